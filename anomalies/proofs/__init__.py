"""The language of proof: statements, methods that prove them, certificates, and an independent checker.

Three steps, each with its own trust.  A `Statement` (`for_all`, `there_is`) says something about all
rational values of some symbols; its formal text is what counts.  A method (`prove_membership`,
`split_cases`, ...) finds a proof with any tool it likes, and nobody has to believe it.  The checker
(`check_certificate`, in `anomalies.proofs.check`) reads the certificate and verifies it with Python integers
and fractions alone.  A `Claim` binds the three to a name, a source and a status.

    from sympy.abc import a, b, c
    claim = prove_claim(
        "three-charges",
        for_all([a, b, c], any_of(a, b, c), given=[a + b + c, a**3 + b**3 + c**3]),
        split_cases([a, b, c]),
        statement="...", latex="...", source="ADN, footnote 12",
    )

References
----------
The schema of certificates, and the rules of proof: `anomalies.proofs.check`.
"""

from anomalies.proofs.arguments import Formula
from anomalies.proofs.cases import (
    choose,
    decide_on,
    no_zero_modulo,
    prove_automatically,
    prove_each,
    split_cases,
    sum_of_squares,
    suppose_not,
)
from anomalies.proofs.certificates import Certificate, certify, read_certificates, write_certificates
from anomalies.proofs.check import Verdict, check_certificate
from anomalies.proofs.claims import Claim, argument, cite_claim, prove_claim, verify
from anomalies.proofs.methods import (
    Method,
    Proof,
    prove_by_polarisation,
    prove_by_search,
    prove_contradiction,
    prove_identity,
    prove_membership,
    prove_on_grid,
    prove_solution_space,
    sample,
    witness,
)
from anomalies.proofs.statements import (
    Goal,
    Statement,
    all_of,
    any_of,
    for_all,
    impossible,
    nonzero,
    solution_space,
    solutions,
    statement_digest,
    there_is,
)

__all__ = [
    "Certificate",
    "Claim",
    "Formula",
    "Goal",
    "Method",
    "Proof",
    "Statement",
    "Verdict",
    "all_of",
    "any_of",
    "argument",
    "certify",
    "check_certificate",
    "choose",
    "cite_claim",
    "decide_on",
    "for_all",
    "impossible",
    "no_zero_modulo",
    "nonzero",
    "prove_automatically",
    "prove_by_polarisation",
    "prove_by_search",
    "prove_claim",
    "prove_contradiction",
    "prove_each",
    "prove_identity",
    "prove_membership",
    "prove_on_grid",
    "prove_solution_space",
    "read_certificates",
    "sample",
    "solution_space",
    "solutions",
    "split_cases",
    "statement_digest",
    "sum_of_squares",
    "suppose_not",
    "there_is",
    "verify",
    "witness",
    "write_certificates",
]
