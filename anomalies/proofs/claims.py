"""Claims: what the toolkit says, with how it is known.

A `Claim` is a sentence with a source, a status and, unless it is only cited, a formal statement and
a certificate.  The constructor has the certificate checked: a claim that says "proved" and is not
cannot be made.

    proved    the certificate proves the formal statement
    refuted   the formal statement is false, and the certificate is a counterexample
    checked   proved up to a stated bound, or tested with a stated probability of error
    cited     taken from a source

Key results
-----------
prove_claim : find, check and keep a proof
cite_claim : a claim that rests on its source
verify : the checker's verdict on a claim's certificate, or on another text in its place
argument : the claim and its proof in words and formulas
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, CheckFailedError, must_be
from anomalies.proofs.arguments import Formula, Line, as_latex, as_text, proof_lines
from anomalies.proofs.cases import prove_automatically
from anomalies.proofs.certificates import Certificate, certify, verify_text
from anomalies.proofs.check import Verdict
from anomalies.proofs.methods import Method
from anomalies.proofs.statements import Statement

__all__ = ["Claim", "Formula", "argument", "cite_claim", "prove_claim", "verify"]

_STATUSES = ("proved", "refuted", "checked", "cited")


@dataclass(frozen=True, slots=True, repr=False)
class Claim(Printable):
    """A statement of the theory and how it is known; made by `prove_claim` or `cite_claim`.

    Parameters
    ----------
    name : lower case with hyphens, "no-dark-sector".
    statement, latex : the claim as a plain sentence, and as LaTeX for math mode.
    source : the equation that it is, "ADN (2.5)", or "new".
    status : "proved", "refuted", "checked" or "cited".
    hypotheses, exceptions : in words, what is supposed, and where the claim does not hold.
    bound : for "checked", up to what.
    formal, certificate : what is proved and the proof; None where the claim is cited.

    Raises
    ------
    CheckFailedError
        If the certificate does not show the formal statement to have this status.
    """

    name: str
    statement: str
    latex: str
    source: str
    status: str
    hypotheses: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    bound: str = ""
    formal: Statement | None = None
    certificate: Certificate | None = None

    def __post_init__(self) -> None:
        """Have the certificate checked."""
        if self.status not in _STATUSES:
            raise ArgumentError(must_be("status", f"one of {', '.join(_STATUSES)}", self.status))
        if self.status == "cited":
            if self.formal is not None or self.certificate is not None:
                raise ArgumentError("Argument 'status' must not be 'cited' for a claim with a certificate.")
        else:
            verify(self)

    @property
    def method(self) -> str:
        """The method at the root of the proof, or "citation"."""
        return "citation" if self.certificate is None else self.certificate.methods[0]

    def _sympystr(self, printer: Any) -> str:
        return as_text(argument(self), printer)

    def _latex(self, printer: Any) -> str:
        return as_latex(argument(self), printer)


def prove_claim(
    name: str,
    formal: Statement,
    proof: Method = prove_automatically,
    *,
    statement: str,
    latex: str,
    source: str = "new",
    hypotheses: Sequence[str] = (),
    exceptions: Sequence[str] = (),
    bound: str = "",
) -> Claim:
    """Return a claim with the certificate that a method finds, checked.

    The status is what the checker says: "refuted" for a counterexample, "checked" for a sample or
    where a `bound` is stated, else "proved".

    Parameters
    ----------
    name : lower case with hyphens.
    formal : the statement to be proved, from `for_all` or `there_is`.
    proof : the method; `prove_automatically` if left out.
    statement, latex : the same in words, and in LaTeX for math mode.
    source : an equation, "ADN (2.5)", or "new".
    hypotheses, exceptions : in words.
    bound : the bound up to which a statement about a finite domain checks a wider one.

    Raises
    ------
    CheckFailedError
        If no proof is found, or the checker does not accept it.

    Examples
    --------
    >>> from sympy.abc import a, b, c
    >>> from anomalies.proofs import any_of, for_all, prove_claim, split_cases
    >>> claim = prove_claim(
    ...     "two-cancel",
    ...     for_all([a, b, c], any_of(a, b, c), given=[a + b + c, a**3 + b**3 + c**3]),
    ...     split_cases([a, b, c]),
    ...     statement="If the sum and the sum of cubes of three charges vanish, so does one of them.",
    ...     latex=r"a + b + c = a^3 + b^3 + c^3 = 0 \\implies a b c = 0",
    ... )
    >>> claim.status, claim.method
    ('proved', 'split')
    """
    certificate = certify(name, formal, proof)
    method = certificate.methods[0]
    status = "checked" if bound or method == "sample" else "proved"
    if method == "witness" and formal.quantifier == "every":
        status = "refuted"
    return Claim(
        name=name,
        statement=statement,
        latex=latex,
        source=source,
        status=status,
        hypotheses=tuple(hypotheses),
        exceptions=tuple(exceptions),
        bound=bound,
        formal=formal,
        certificate=certificate,
    )


def cite_claim(
    name: str,
    *,
    statement: str,
    latex: str,
    source: str,
    hypotheses: Sequence[str] = (),
    exceptions: Sequence[str] = (),
) -> Claim:
    """Return a claim that rests on its source alone."""
    return Claim(name, statement, latex, source, "cited", tuple(hypotheses), tuple(exceptions))


def verify(claim: Claim, text: str | bytes | None = None) -> Verdict:
    """Return the checker's verdict on a claim's certificate, or on `text` in its place.

    Raises
    ------
    ArgumentError
        If the text is no certificate, or the claim has no formal statement.
    CheckFailedError
        If the certificate is another claim's or another statement's, does not prove what it says,
        or shows another status than the claim's.
    """
    if claim.formal is None or (claim.certificate is None and text is None):
        raise ArgumentError(f"Argument 'claim' must have a certificate: '{claim.name}' has none.")
    if text is None and claim.certificate is not None:
        text = claim.certificate.text
    verdict = verify_text(text or "", claim.name, claim.formal)
    expected = {claim.status} | ({"proved"} if claim.status == "checked" and claim.bound else set())
    if verdict.status not in expected:
        raise CheckFailedError(
            f"The certificate must show '{claim.name}' to be {claim.status}, but it is {verdict.status}."
        )
    return verdict


def argument(claim: Claim) -> tuple[Line, ...]:
    """Return a claim and its proof line by line: strings are words, everything else is a formula.

    A formula is a sympy object or a `Formula`, and prints itself.  A proof that is short is written
    out; of a long one, the size and the hash of the certificate are given.
    """
    lines: list[Line] = [(Formula(claim.latex, claim.statement),)]
    lines += [("Supposed:", sentence) for sentence in claim.hypotheses]
    lines += [("Except:", sentence) for sentence in claim.exceptions]
    if claim.bound:
        lines.append(("Checked up to:", claim.bound))
    if claim.formal is None or claim.certificate is None:
        return (*lines, (f"Cited from {claim.source}.",))
    lines.append((f"Source: {claim.source}. Status: {claim.status}.",))
    lines += proof_lines(claim.formal, claim.certificate.proof)
    size, sha256 = claim.certificate.size, claim.certificate.sha256
    return (*lines, (f"Certificate: {size} bytes, SHA-256 {sha256[:16]}.",))
