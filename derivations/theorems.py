"""Every claim of the toolkit about the framework, with the argument that proves it and its certificate."""

from sympy import Eq

from anomalies.latex import Derivation, Step, print_derivation, remark, statement
from anomalies.proofs import Claim, argument, verify
from anomalies.theorems import THEOREMS, Theorem, proved

COFACTORS = "It follows from the hypotheses:"
MOST_LINES = 14  # of an argument that is written out; of a longer one there is the certificate


def derivation() -> Derivation:
    """Return all claims in the order of the papers, each proved and checked."""
    return Derivation(
        "Claims and certificates",
        "ADN section 2; EFT section 2",
        (
            remark(
                "Each claim below was proved while this text was made. Its certificate was checked by "
                "a program that knows integers and fractions and no algebra system; the command prove "
                "writes the certificates, and verify checks them again from their files. A claim that "
                "is false is kept, with its counterexample."
            ),
            *(step for theorem in THEOREMS for step in _claim(theorem)),
        ),
    )


def _claim(theorem: Theorem) -> tuple[Step, ...]:
    claim = proved(theorem)
    formula, *lines = argument(claim)
    claimed = statement(
        f"{theorem.name}. {theorem.statement}",
        formula[0],
        lambda: verify(claim).status == theorem.expected,
        _how(claim),
        tag=theorem.source,
    )
    told = [line for line in lines if not str(line[0]).startswith(("Source:", "Certificate:"))]
    return (claimed, *(_step(claim, line) for line in told if len(told) <= MOST_LINES))


def _how(claim: Claim) -> str:
    if claim.certificate is None:
        return claim.status
    digest = claim.certificate.sha256[:16]
    return (
        f"{claim.status}: {claim.method}, certificate of {claim.certificate.size} bytes, SHA-256 {digest}..."
    )


def _step(claim: Claim, line: tuple[object, ...]) -> Step:
    """One line of an argument: cofactors are multiplied out once more, the rest is words with formulas."""
    if line[0] == COFACTORS and len(line) == 2 and isinstance(line[1], Eq):
        combination = line[1]
        return statement(
            COFACTORS, combination, lambda: _holds(claim, combination), "multiplied out once more"
        )
    words = [piece if isinstance(piece, str) else f"{{piece_{index}}}" for index, piece in enumerate(line)]
    values = {f"piece_{index}": piece for index, piece in enumerate(line) if not isinstance(piece, str)}
    return remark(" ".join(words), **values)


def _holds(claim: Claim, combination: Eq) -> bool:
    """Expand the difference of both sides, with the abbreviations of the statement put in."""
    difference = combination.lhs - combination.rhs
    for name, value in reversed(claim.formal.lets if claim.formal is not None else ()):
        difference = difference.xreplace({name: value})
    return bool(difference.expand() == 0)


if __name__ == "__main__":
    print_derivation(derivation)
