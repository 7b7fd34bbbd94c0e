from __future__ import annotations

import json
import random
from typing import Any

import pytest
from certificate_mutations import agrees, mutate
from sympy import Eq, Ne, symbols

from anomalies.errors import AnomaliesError, CheckFailedError
from anomalies.proofs import (
    Claim,
    Method,
    Statement,
    all_of,
    any_of,
    choose,
    decide_on,
    for_all,
    impossible,
    no_zero_modulo,
    prove_automatically,
    prove_by_polarisation,
    prove_by_search,
    prove_claim,
    prove_contradiction,
    prove_each,
    prove_identity,
    prove_membership,
    prove_on_grid,
    prove_solution_space,
    sample,
    solution_space,
    solutions,
    split_cases,
    sum_of_squares,
    suppose_not,
    there_is,
    verify,
    witness,
)
from anomalies.proofs.check import METHODS

CHARGES = symbols("Q_q Q_u Q_d Q_l1 Q_l2 Q_l3 Q_e1 Q_e2 Q_e3 Q_H")
Q_q, Q_u, Q_d, Q_l1, Q_l2, Q_l3, Q_e1, Q_e2, Q_e3, Q_H = CHARGES
PARAMETERS = a_e, a_mu, a_tau, a_y = symbols("a_e a_mu a_tau a_Y")
a, b, c, n1, n2, n3, s, u, q, x, y, z = symbols("a b c n1 n2 n3 s u q x y z")

NEUTRINOS = Q_n1, Q_n2, Q_n3 = symbols("Q_n1 Q_n2 Q_n3")

# arXiv:1909.02021 (ADN): the Yukawa conditions (2.1), the SU(2)^2 X anomaly, (2.5), (2.3), the table (2.4).
YUKAWA = (Q_q - Q_u - Q_H, Q_q - Q_d + Q_H, Q_l1 - Q_e1 + Q_H, Q_l2 - Q_e2 + Q_H, Q_l3 - Q_e3 + Q_H)
WEAK = 9 * Q_q + Q_l1 + Q_l2 + Q_l3
A_QUAD = (
    3 * Q_q**2
    - 6 * Q_u**2
    + 3 * Q_d**2
    + sum(right**2 - left**2 for right, left in ((Q_e1, Q_l1), (Q_e2, Q_l2), (Q_e3, Q_l3)))
)
A_CUBIC = (
    18 * Q_q**3
    - 9 * Q_u**3
    - 9 * Q_d**3
    + sum(
        2 * left**3 - right**3 - dark**3
        for left, right, dark in zip(CHARGES[3:6], CHARGES[6:9], NEUTRINOS, strict=True)
    )
)
_THIRD = -(a_e + a_mu + a_tau) / 9
TABLE = {
    Q_q: _THIRD + a_y / 6,
    Q_u: _THIRD + 2 * a_y / 3,
    Q_d: _THIRD - a_y / 3,
    Q_l1: a_e - a_y / 2,
    Q_l2: a_mu - a_y / 2,
    Q_l3: a_tau - a_y / 2,
    Q_e1: a_e - a_y,
    Q_e2: a_mu - a_y,
    Q_e3: a_tau - a_y,
    Q_H: -a_y / 2,
    Q_n1: a_e,
    Q_n2: a_mu,
    Q_n3: a_tau,
}
BASIS = [[TABLE[charge].coeff(parameter) for charge in CHARGES] for parameter in PARAMETERS]
SUMS = (a + b + c, a**3 + b**3 + c**3)
PAIRS = any_of(all_of(a, b + c), all_of(b, c + a), all_of(c, a + b))

EXAMPLES: dict[str, tuple[Statement, Method, str]] = {
    "cube-sum": (
        for_all(
            [a, b, c],
            a**3 + b**3 + c**3 - 3 * a * b * c - (a + b + c) * (a**2 + b**2 + c**2 - a * b - b * c - c * a),
        ),
        prove_identity,
        "proved",
    ),
    "quadratic-factorises": (
        for_all(CHARGES, Eq(A_QUAD, 2 * Q_H * WEAK), given=YUKAWA),
        prove_automatically,
        "proved",
    ),
    "quadratic-vanishes": (for_all(CHARGES, A_QUAD, given=[*YUKAWA, WEAK]), prove_membership, "proved"),
    "cubic-polarised": (for_all(PARAMETERS, A_CUBIC, lets=TABLE), prove_by_polarisation, "proved"),
    "quadratic-on-grid": (for_all(PARAMETERS, A_QUAD, lets=TABLE), prove_on_grid, "proved"),
    "quadratic-sampled": (for_all(PARAMETERS, a_e * A_QUAD, lets=TABLE), sample(), "checked"),
    "general-charges": (
        for_all(CHARGES, solution_space([*YUKAWA, WEAK], CHARGES, BASIS)),
        prove_solution_space,
        "proved",
    ),
    "no-dark-sector": (for_all([a, b, c], PAIRS, given=SUMS), split_cases([a, b, c]), "proved"),
    "no-baryon-plus-lepton": (
        for_all([x], impossible(), lets={Q_q: x / 3, Q_l1: x, Q_l2: x, Q_l3: x}, given=[WEAK], nonzero=[x]),
        prove_contradiction,
        "proved",
    ),
    "one-dark-state": (
        for_all([a, b, c, s], (a + b) * (b + c) * (c + a), given=[a + b + c - s, a**3 + b**3 + c**3 - s**3]),
        prove_automatically,
        "proved",
    ),
    "two-dark-states": (
        for_all(
            [a, b, c, n1, n2],
            Eq((n1 - n2) ** 2 * 3 * s, 3 * s**3 - 4 * (s**3 - (a**3 + b**3 + c**3))),
            lets={s: a + b + c},
            given=[a + b + c - n1 - n2, a**3 + b**3 + c**3 - n1**3 - n2**3],
        ),
        prove_membership,
        "proved",
    ),
    "tangent": (
        for_all(
            [a, b, c],
            [Eq(x + y + z, a + b + c), Eq(x * y * z, a * b * c)],
            quotients={
                x: a * (b - c) ** 2 / ((a - c) * (b - a)),
                y: b * (c - a) ** 2 / ((b - a) * (c - b)),
                z: c * (a - b) ** 2 / ((c - b) * (a - c)),
            },
        ),
        prove_each(prove_membership, prove_membership),
        "proved",
    ),
    "irrational-cube-root": (
        for_all([u, q], all_of(u, q), given=[u**3 - 2 * q**3]),
        no_zero_modulo(u**3 - 2 * q**3),
        "proved",
    ),
    "irrational-nonzero": (
        for_all([u, q], impossible(), given=[u**3 - 2 * q**3], nonzero=[q]),
        no_zero_modulo(u**3 - 2 * q**3, then=prove_contradiction),
        "proved",
    ),
    "eisenstein-norm": (
        for_all([a, b, c], all_of(a - b, b - c), given=[a**2 + b**2 + c**2 - a * b - b * c - c * a]),
        no_zero_modulo(x**2 + x * y + y**2, at={x: a - b, y: b - c}),
        "proved",
    ),
    "sum-of-squares": (
        for_all([a, b, c], all_of(a, b, c), given=[a**2 + 2 * b**2 + c**2 / 3]),
        sum_of_squares([(1, a), (2, b), ("1/3", c)]),
        "proved",
    ),
    "decided": (
        for_all([a, b], any_of(Ne(a, b), a**2 - b**2)),
        decide_on(a - b, zero=choose(1), nonzero=choose(0, suppose_not())),
        "proved",
    ),
    "square-free": (for_all([a], a, given=[a**5]), suppose_not(prove_contradiction), "proved"),
    "small-triples": (
        for_all(
            [a, b, c],
            solutions([(-1, 0, 1), (-2, 0, 2), (0, 0, 0)]),
            given=SUMS,
            domain={v: range(-2, 3) for v in (a, b, c)},
            ascending=[(a, b, c)],
        ),
        prove_by_search,
        "proved",
    ),
    "small-cubes": (
        for_all([a, b, c], PAIRS, given=SUMS[1:], domain={v: ["-1/2", 0, "1/2", 1] for v in (a, b, c)}),
        prove_by_search,
        "proved",
    ),
    "footnote-13": (
        there_is(
            [a, b, c, n1, n2, n3],
            all_of(*(Ne(v, w) for v in (a, b, c) for w in (n1, n2, n3))),
            given=[a + b + c - n1 - n2 - n3, a**3 + b**3 + c**3 - n1**3 - n2**3 - n3**3],
        ),
        witness((6, -5, -5, -3, -2, 1)),  # ADN footnote 13
        "proved",
    ),
    "too-bold": (
        for_all([a, b, c], a * b, given=[a + b + c]),
        witness({a: 1, b: "1/2", c: "-3/2"}),
        "refuted",
    ),
}


CLAIMS = {
    name: prove_claim(name, formal, method, statement=name, latex=name)
    for name, (formal, method, _) in EXAMPLES.items()
}
PROOFS = {name: claim.certificate.proof for name, claim in CLAIMS.items() if claim.certificate}

BY_CHECKER_ALONE = ("linear-algebra", "search", "sample")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_certificate_shows_the_status(name: str) -> None:
    claim, status = CLAIMS[name], EXAMPLES[name][2]
    verdict = verify(claim)
    assert claim.status == verdict.status == status
    assert (verdict.error > 0) == (status == "checked")


def test_the_examples_use_every_method_of_the_checker() -> None:
    used = {method for claim in CLAIMS.values() if claim.certificate for method in claim.certificate.methods}
    assert used == set(METHODS)


@pytest.mark.parametrize(
    "name", [name for name in EXAMPLES if PROOFS[name]["method"] not in BY_CHECKER_ALONE]
)
def test_sympy_agrees_with_the_checker(name: str) -> None:
    assert agrees(EXAMPLES[name][0], PROOFS[name])


def _data(claim: Claim) -> Any:
    assert claim.certificate is not None
    return json.loads(claim.certificate.text)


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_changed_certificate_passes(name: str) -> None:
    original = _data(CLAIMS[name])
    chance = random.Random(name)
    tried = 0
    while tried < 250:
        mutant = mutate(original, PROOFS, chance)
        if json.dumps(mutant) == json.dumps(original):
            continue
        tried += 1
        try:
            verify(CLAIMS[name], json.dumps(mutant))
        except AnomaliesError:
            continue
        # Another true proof of the same statement may pass, and nothing else.
        assert mutant["statement"] == original["statement"]
        assert agrees(EXAMPLES[name][0], mutant["proof"]), json.dumps(mutant["proof"])


def test_no_certificate_passes_for_another_statement() -> None:
    names = sorted(CLAIMS)
    for name, other in zip(names, [*names[7:], *names[:7]], strict=True):
        with pytest.raises(CheckFailedError, match="it is that of"):
            verify(CLAIMS[other], json.dumps(_data(CLAIMS[name])))
        renamed = json.dumps(_data(CLAIMS[name]) | {"claim": other})
        with pytest.raises(CheckFailedError, match="it states another"):
            verify(CLAIMS[other], renamed)
