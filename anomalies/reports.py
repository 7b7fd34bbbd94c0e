"""What came out of proving theorems and of verifying certificates, as records and tables.

Key results
-----------
claimed : a theorem, proved, as a step of a derivation
prove_all : theorems to reports; a proof that fails is a report too
verify_all : a directory's certificates against the claims they are named after
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter_ns
from typing import Any

from anomalies.errors import AnomaliesError, CheckFailedError
from anomalies.latex import Step, statement
from anomalies.proofs import Claim, verify
from anomalies.proofs.certificates import verify_text
from anomalies.proofs.coq import why_not_in_coq
from anomalies.tables import Table
from anomalies.theorems import Theorem, find_theorem, proved

__all__ = [
    "ProofReport",
    "VerdictReport",
    "claimed",
    "prove_all",
    "report_table",
    "verdict_table",
    "verify_all",
]


@dataclass(frozen=True, slots=True)
class ProofReport:
    """A theorem with its claim, or with the reason why there is none; and the time that took.

    `not_in_coq` is the reason why the claim has no Coq file, empty if it has one.
    """

    theorem: Theorem
    claim: Claim | None
    failure: str
    milliseconds: int
    not_in_coq: str

    def as_json(self) -> dict[str, Any]:
        """Return everything but the certificate itself, which has a file of its own."""
        certificate = None if self.claim is None else self.claim.certificate
        return {
            "claim": self.theorem.name,
            "statement": self.theorem.statement,
            "latex": self.theorem.latex,
            "source": self.theorem.source,
            "hypotheses": list(self.theorem.hypotheses),
            "exceptions": list(self.theorem.exceptions),
            "status": "failed" if self.claim is None else self.claim.status,
            "expected": self.theorem.expected,
            "method": None if self.claim is None else self.claim.method,
            "failure": self.failure,
            "certificate": None
            if certificate is None
            else {"bytes": certificate.size, "sha256": certificate.sha256},
            "coq": {"exported": not self.not_in_coq, "reason": self.not_in_coq},
            "milliseconds": self.milliseconds,
        }


@dataclass(frozen=True, slots=True)
class VerdictReport:
    """What the checker says of a certificate; `failure` when it does not show what its claim says."""

    name: str
    status: str
    failure: str

    @property
    def holds(self) -> bool:
        """Whether the certificate shows what its claim says."""
        return not self.failure

    def as_json(self) -> dict[str, Any]:
        """Return the verdict."""
        return {"claim": self.name, "status": self.status, "holds": self.holds, "failure": self.failure}


def claimed(name: str, formula: object, **values: Any) -> Step:
    """Return a claim as a step of a derivation: its own words, a formula, and its certificate checked again.

    Parameters
    ----------
    name : a name that `anomalies prove --list` shows.
    formula, values : what is displayed, and what its words refer to; as for `anomalies.latex.statement`.

    >>> claimed("eft-no-quark-coupling", "q = t = 0").checked.split(",")[0]
    'proved: split'
    """
    theorem = find_theorem(name)
    claim = proved(theorem)
    digest = claim.certificate.sha256[:16] if claim.certificate is not None else "none"
    return statement(
        f"Claim {name}. {theorem.statement}",
        formula,
        lambda: verify(claim).status == theorem.expected,
        f"{claim.status}: {claim.method}, certificate with SHA-256 {digest}...",
        **values,
    )


def prove_all(theorems: Iterable[Theorem]) -> tuple[ProofReport, ...]:
    """Prove theorems one after the other; one that fails, for whatever reason, does not stop the others."""
    return tuple(_prove(theorem) for theorem in theorems)


def _prove(theorem: Theorem) -> ProofReport:
    start = perf_counter_ns()
    claim, failure = None, ""
    try:
        claim = proved(theorem)
    except CheckFailedError as error:
        failure = str(error)
    except AnomaliesError as error:
        # Not a proof that fails but a statement or a method that cannot be carried out, and with which tool.
        failure = f"it could not be stated or tried: {error}"
    milliseconds = (perf_counter_ns() - start) // 10**6
    return ProofReport(
        theorem, claim, failure, milliseconds, "no proof" if claim is None else why_not_in_coq(claim)
    )


def report_table(reports: Sequence[ProofReport]) -> Table:
    """Return claim, source, method, status, whether there is a Coq file, and the time."""
    rows = [
        (
            report.theorem.name,
            report.theorem.source,
            "-" if report.claim is None else report.claim.method,
            "FAILED" if report.claim is None else report.claim.status,
            "no" if report.not_in_coq else "yes",
            report.milliseconds,
        )
        for report in reports
    ]
    return Table(("claim", "source", "method", "status", "Coq", "ms"), rows)


def verify_all(certificates: Mapping[str, bytes]) -> tuple[VerdictReport, ...]:
    """Check certificates against the claims they are named after.

    Raises
    ------
    UnknownNameError : a name that is no claim's.
    ArgumentError : a text that is no certificate.
    """
    theorems = {name: find_theorem(name) for name in certificates}
    return tuple(_verify(theorems[name], text) for name, text in certificates.items())


def _verify(theorem: Theorem, text: bytes) -> VerdictReport:
    try:
        verdict = verify_text(text, theorem.name, theorem.formal())
    except CheckFailedError as error:
        return VerdictReport(theorem.name, "rejected", str(error))
    wrong = "" if verdict.status == theorem.expected else f"it is {verdict.status}, not {theorem.expected}"
    return VerdictReport(theorem.name, verdict.status, wrong)


def verdict_table(verdicts: Sequence[VerdictReport]) -> Table:
    """Return claim, status and what is wrong, if anything."""
    return Table(("claim", "status", "remark"), [(v.name, v.status, v.failure) for v in verdicts])
