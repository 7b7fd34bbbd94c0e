"""Claims for a kernel that is not ours: Coq files, over the integers, proved by `ring`.

The statement is the formal one with the denominators cleared: h = 0 becomes d h = 0 with the least
integer d that makes the printed coefficients integers, and an abbreviation x = p becomes one more
variable with the premise d x - d p = 0.  A homogeneous statement says over the integers what it says
over the rationals.  The proofs use the ring axioms, that Z has no zero divisors, that equality on Z
is decidable, and the cofactors; no automation that searches.

Key results
-----------
export_to_coq : a claim as a Coq file, or the reason why not
why_not_in_coq : that reason alone, decided without writing a proof
write_coq : a directory of them
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import lcm, prod
from pathlib import Path
from typing import Any

from sympy import Expr, Mul, S

from anomalies.proofs.algebra import Ring, find_combination
from anomalies.proofs.checked_polynomials import (
    read_expression,
    read_terms,
)
from anomalies.proofs.claims import Claim
from anomalies.proofs.coq_spaces import solution_space_theorems
from anomalies.proofs.coq_text import HEADER, block, comment_safe, coq_name, print_expression, vanishing_sum
from anomalies.proofs.formal import expression_of, formal_expression
from anomalies.proofs.methods import Proof
from anomalies.proofs.statements import Goal, Statement, statement_digest

__all__ = ["CoqExport", "export_to_coq", "why_not_in_coq", "write_coq"]


@dataclass(frozen=True, slots=True)
class CoqExport:
    """A claim as the text of a Coq file, or the reason why there is none."""

    name: str  # of the file, without its suffix
    text: str | None
    reason: str = ""


def export_to_coq(claim: Claim) -> CoqExport:
    """Return a claim's statement and proof as a Coq file, or the reason why it has none.

    Identities, cofactors, polarisation, grids, solution spaces and case splits are translated;
    forms without zeros, finite searches, witnesses and samples are not.

    Examples
    --------
    >>> from sympy.abc import a, b
    >>> from anomalies.proofs import for_all, prove_claim
    >>> from anomalies.proofs.coq import export_to_coq
    >>> claim = prove_claim("square", for_all([a, b], a**2 - b**2, given=[a + b]), statement="", latex="")
    >>> print(export_to_coq(claim).text.partition("Theorem")[2], end="")
     square : forall (a b : Z),
      a + b = 0 ->
      a ^ 2 + (-1) * b ^ 2 = 0.
    Proof.
      intros a b g'0.
      transitivity ((a + (-1) * b) * (a + b)); [ring |].
      exact (times' _ _ g'0).
    Qed.
    """
    name = claim.name.replace("-", "_")
    name = f"claim_{name}" if name[0].isdigit() or coq_name(name) != name else name
    reason = why_not_in_coq(claim)
    if reason or claim.formal is None or claim.certificate is None:
        return CoqExport(name, None, reason)
    words = f"{claim.name}: {claim.statement} Source: {claim.source}."
    header = HEADER.format(words=comment_safe(words), digest=statement_digest(claim.formal))
    if claim.formal.goal.kind == "solution_space":
        body = solution_space_theorems(name, claim.formal, claim.certificate.proof)
    else:
        body = _theorem(name, _without_lets(claim.formal), claim.certificate.proof)
    return CoqExport(name, header + body)


def why_not_in_coq(claim: Claim) -> str:
    """Return why a claim has no Coq file, or "" if it has one; no proof is written to find out.

    Examples
    --------
    >>> from sympy.abc import a
    >>> from anomalies.proofs import for_all, prove_claim, sample
    >>> from anomalies.proofs.coq import why_not_in_coq
    >>> claim = prove_claim("sampled", for_all([a], a - a), sample(), statement="", latex="")
    >>> why_not_in_coq(claim)
    "it uses 'sample'"
    """
    if claim.formal is None or claim.certificate is None:
        return "it is cited"
    if claim.formal.quantifier != "every" or claim.formal.domain is not None:
        return "it is about single points"
    translated = {"linear-algebra"} if claim.formal.goal.kind == "solution_space" else _STEPS.keys()
    used = _methods(claim.certificate.proof)
    return next((f"it uses '{method}'" for method in used if method not in translated), "")


def _methods(proof: Proof) -> Iterator[str]:
    """Yield the method of every node of a proof, in the order in which the nodes are written."""
    yield proof["method"]
    for key in _SUBPROOFS.get(proof["method"], ()):
        for part in proof[key] if isinstance(proof[key], list) else [proof[key]]:
            yield from _methods(part)


def write_coq(exports: Iterable[CoqExport], directory: str | Path) -> tuple[Path, ...]:
    """Write every Coq file that there is to a directory, and return the files."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for export in exports:
        if export.text is not None:
            path = folder / f"{export.name}.v"
            path.write_text(export.text, encoding="utf-8")
            paths.append(path)
    return tuple(paths)


# -------------------------------------------------------------------------------------- statements


def _without_lets(statement: Statement) -> Statement:
    """Return the statement with its abbreviations as variables, and their definitions given first."""
    definitions = [name - value for name, value in statement.lets]
    names = [name for name, _ in statement.lets]
    return replace(
        statement,
        variables=(*statement.variables, *names),
        lets=(),
        given=(*definitions, *statement.given),
    )


@dataclass(frozen=True, slots=True)
class _Printed:
    """A premise or goal: what it says, the text of its expression, and by what that is multiplied."""

    expression: Expr
    text: str
    factor: int
    hypothesis: str = ""


def _printed(statement: Statement, expression: Expr, hypothesis: str = "") -> _Printed:
    names = {symbol: index for index, symbol in enumerate(statement.variables)}
    formal = formal_expression(expression, names)
    text, factor = print_expression(read_expression(formal, {s.name: i for s, i in names.items()}, "coq"))
    return _Printed(expression, text, factor, hypothesis)


def _goal_text(statement: Statement, goal: Goal) -> str:
    if goal.kind == "false":
        return "False"
    if goal.kind in ("all", "any"):
        joint = r" /\ " if goal.kind == "all" else r" \/ "
        return joint.join(f"({_goal_text(statement, part)})" for part in goal.parts)
    return f"{_printed(statement, goal.expression).text} {'=' if goal.kind == 'zero' else '<>'} 0"


def _theorem(name: str, statement: Statement, proof: Proof) -> str:
    given = tuple(_printed(statement, h, f"g'{i}") for i, h in enumerate(statement.given))
    nonzero = tuple(_printed(statement, s, f"n'{i}") for i, s in enumerate(statement.nonzero))
    variables = " ".join(coq_name(symbol.name) for symbol in statement.variables)
    lines = [f"Theorem {name} : forall ({variables} : Z)," if variables else f"Theorem {name} :"]
    lines += [f"  {h.text} = 0 ->" for h in given] + [f"  {s.text} <> 0 ->" for s in nonzero]
    lines += [f"  {_goal_text(statement, statement.goal)}.", "Proof."]
    names = " ".join([variables, *(entry.hypothesis for entry in (*given, *nonzero))]).strip()
    lines += [f"  intros {names}."] if names else []
    lines += [f"  {line}" for line in _steps(_Node(statement, given, nonzero), proof)]
    return "\n".join([*lines, "Qed.", ""])


# ------------------------------------------------------------------------------------------ proofs


@dataclass(frozen=True, slots=True)
class _Node:
    """A statement at one node of a proof, with the names of its hypotheses."""

    statement: Statement
    given: tuple[_Printed, ...]
    nonzero: tuple[_Printed, ...]

    def goal(self, goal: Goal) -> _Node:
        return replace(self, statement=self.statement.assuming(goal=goal))

    def assuming(self, zero: Sequence[Expr] = (), nonzero: Sequence[Expr] = ()) -> _Node:
        printed = [_printed(self.statement, e, f"g'{len(self.given) + i}") for i, e in enumerate(zero)]
        excluded = [_printed(self.statement, e, f"n'{len(self.nonzero) + i}") for i, e in enumerate(nonzero)]
        return _Node(
            self.statement.assuming(zero, nonzero), (*self.given, *printed), (*self.nonzero, *excluded)
        )


def _steps(node: _Node, proof: Proof) -> Iterator[str]:
    return _STEPS[proof["method"]](node, proof)


def _vanishes(node: _Node, proof: Proof) -> Iterator[str]:
    return _from_cofactors(node, _printed(node.statement, node.statement.goal.expression))


def _contradiction(node: _Node, proof: Proof) -> Iterator[str]:
    yield "exfalso. enough (e' : 1 = 0) by discriminate."
    yield from _from_cofactors(node, _Printed(S.One, "1", 1))


def _from_cofactors(node: _Node, goal: _Printed) -> Iterator[str]:
    """Prove goal = 0: multiply by what does not vanish, write as a combination, and drop its terms."""
    ring = Ring(node.statement)
    found = find_combination(
        ring.polynomial(goal.expression) * goal.factor,
        [ring.polynomial(h.expression) * h.factor for h in node.given],
        [ring.polynomial(s.expression) * s.factor for s in node.nonzero],
    )
    names = {name: index for index, name in enumerate(ring.names)}
    printed = [
        print_expression(read_terms(ring.formal(cofactor), names, "coq")) for cofactor in found.cofactors
    ]
    scale = lcm(*(factor for _, factor in printed))
    if scale != 1:
        yield f"apply (cancel' {scale}); [discriminate |]."
    for s, exponent in zip(node.nonzero, found.powers, strict=True):
        yield from [f"apply (cancel' ({s.text})); [exact {s.hypothesis} |]."] * exponent
    yield from vanishing_sum(
        [text if factor == scale else f"{scale // factor} * ({text})" for text, factor in printed],
        [h.text for h in node.given],
        [h.hypothesis for h in node.given],
    )


def _all(node: _Node, proof: Proof) -> Iterator[str]:
    last = len(proof["proofs"]) - 1
    for index, (part, sub) in enumerate(zip(node.statement.goal.parts, proof["proofs"], strict=True)):
        if index < last:
            yield "split."
        yield from block(_steps(node.goal(part), sub))


def _any(node: _Node, proof: Proof) -> Iterator[str]:
    parts, choice = node.statement.goal.parts, proof["choice"]
    yield from ["right."] * choice + ["left."] * (choice < len(parts) - 1)
    yield from _steps(node.goal(parts[choice]), proof["proof"])


def _expression(node: _Node, data: Any) -> Expr:
    return expression_of(data, {symbol.name: symbol for symbol in node.statement.variables})


def _split(node: _Node, proof: Proof) -> Iterator[str]:
    factors = [_expression(node, entry) for entry in proof["product"]]
    whole = Mul(*factors, evaluate=False) if len(factors) > 1 else factors[0]
    texts = [_printed(node.statement, factor).text for factor in factors]
    level = f"p'{len(node.given)}"
    product = texts[-1]
    for text in reversed(texts[:-1]):
        product = f"({text}) * ({product})"
    yield f"assert ({level} : {product} = 0)."
    goal = _Printed(whole, product, prod(_printed(node.statement, factor).factor for factor in factors))
    yield from block(_because(node.goal(Goal("zero", whole)), proof["because"], goal))
    for index, (factor, case) in enumerate(zip(factors, proof["cases"], strict=True)):
        branch = node.assuming([factor], factors[:index])
        zero = branch.given[-1].hypothesis
        if index == len(factors) - 1:
            yield f"rename {level} into {zero}."
            yield from _steps(branch, case)
        else:
            no = f"n'{len(node.nonzero) + index}"
            yield f"destruct (Z.eq_dec ({texts[index]}) 0) as [{zero} | {no}]."
            yield from block([f"clear {level}.", *_steps(branch, case)])
            yield f"apply (cancel' _ _ {no}) in {level}."


def _because(node: _Node, proof: Proof, goal: _Printed) -> Iterator[str]:
    """Prove a product that is printed as nested factors, not as the formal text has it."""
    if proof["method"] in ("identity", "membership", "polarisation", "grid"):
        yield from _from_cofactors(node, goal)
    elif proof["method"] == "contradiction":
        yield from _contradiction(node, proof)
    else:
        plain = _printed(node.statement, goal.expression).text
        yield f"transitivity ({plain}). {{ ring. }}"
        yield from _steps(node, proof)


def _decide(node: _Node, proof: Proof) -> Iterator[str]:
    e = _expression(node, proof["expression"])
    zero, other = node.assuming([e]), node.assuming((), [e])
    names = f"[{zero.given[-1].hypothesis} | {other.nonzero[-1].hypothesis}]"
    yield f"destruct (Z.eq_dec ({zero.given[-1].text}) 0) as {names}."
    yield from block(_steps(zero, proof["zero"]))
    yield from _steps(other, proof["nonzero"])


def _suppose(node: _Node, proof: Proof) -> Iterator[str]:
    e = node.statement.goal.expression
    if node.statement.goal.kind == "nonzero":
        opposite = node.assuming([e]).goal(Goal("false"))
        yield f"intros {opposite.given[-1].hypothesis}."
    else:
        opposite = node.assuming((), [e]).goal(Goal("false"))
        text, name = opposite.nonzero[-1].text, opposite.nonzero[-1].hypothesis
        yield f"destruct (Z.eq_dec ({text}) 0) as [yes' | {name}]; [exact yes' | exfalso]."
    yield from _steps(opposite, proof["then"])


_STEPS = {
    "identity": _vanishes,
    "membership": _vanishes,
    "polarisation": _vanishes,
    "grid": _vanishes,
    "contradiction": _contradiction,
    "all": _all,
    "any": _any,
    "split": _split,
    "decide": _decide,
    "suppose": _suppose,
}

# Where the proofs are that a proof is made of.
_SUBPROOFS: dict[str, tuple[str, ...]] = {
    "all": ("proofs",),
    "any": ("proof",),
    "split": ("because", "cases"),
    "decide": ("zero", "nonzero"),
    "suppose": ("then",),
}
