r"""Theorems on EFT's models with two dark fermions (arXiv:1705.03447): all of them, and their muon couplings.

With A_L = A_R - B_L + B_R, put x = B_L - A_R, y = B_L - B_R, z = A_R + B_R.  Then the six conditions are

    (mu_L - mu_R)(mu_L + mu_R) = 3 q^2,      x y z = 12 q^3,

the first with t = -2 q, tau = -mu, and every charge of the dark fermions is half a sum of x, y and z with
signs.  So all models with a coupling to quarks are known: q, mu_L - mu_R, x and y, none of them 0, are free.

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, (2.10)-(2.13) and the text after them.
"""

from __future__ import annotations

from sympy import Symbol, symbols

from anomalies.proofs import (
    Statement,
    all_of,
    any_of,
    for_all,
    nonzero,
    prove_each,
    prove_identity,
    prove_membership,
    split_cases,
    witness,
)
from anomalies.theorems.ellis_conditions import (
    CUBIC,
    GRAVITY,
    QUADRATIC,
    SIMPLE,
    TRIANGLES,
    scenario_conditions,
)
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS"]

q, t, mu_L, mu_R, tau_L, tau_R = symbols("q t mu_L mu_R tau_L tau_R")
A_L, A_R, B_L, B_R = symbols("A_L A_R B_L B_R")
x, y, z = XYZ = symbols("x y z")
DARK = ("A", "B")
ALL = (*SIMPLE, QUADRATIC, CUBIC, GRAVITY)

OF_CHARGES = {x: B_L - A_R, y: B_L - B_R, z: A_R + B_R}
OF_PRODUCT = {A_L: (z - x - y) / 2, A_R: (y + z - x) / 2, B_L: (x + y + z) / 2, B_R: (x - y + z) / 2}
VISIBLE = {t: -2 * q, tau_L: -mu_L, tau_R: -mu_R}
# Twice the muon charge, and a purely axial coupling of A; beyond EFT's range.
AXIAL = {
    "q": 1,
    "t": -2,
    "mu_L": 2,
    "mu_R": 1,
    "tau_L": -2,
    "tau_R": -1,
    "A_L": -6,
    "A_R": 6,
    "B_L": 5,
    "B_R": -7,
}


def _given(*triangles: str) -> tuple[tuple[Symbol, ...], list[object]]:
    chosen, conditions = scenario_conditions(dark=DARK)
    return chosen.symbols, [conditions[triangle] for triangle in triangles]


def _vector_like_muon() -> Statement:
    variables, given = _given(*SIMPLE, QUADRATIC)
    return for_all(variables, all_of(q, t), given=[*given, mu_L**2 - mu_R**2])


def _ratio_two() -> Statement:
    variables, given = _given(*SIMPLE, QUADRATIC)
    return for_all(variables, any_of(mu_R - q, mu_R + q), given=[*given, mu_L - 2 * mu_R])


def _product() -> Statement:
    variables, given = _given(*SIMPLE, GRAVITY)
    cubic = scenario_conditions(dark=DARK)[1][CUBIC]
    goals = (cubic - 3 * (x * y * z - 12 * q**3), A_L - OF_PRODUCT[A_L])
    return for_all(variables, all_of(*goals), given=given, lets=OF_CHARGES)


def _all_models() -> Statement:
    _, conditions = scenario_conditions(dark=DARK)
    return for_all(
        [q, mu_L, mu_R, *XYZ],
        all_of(*(conditions[triangle] for triangle in TRIANGLES)),
        given=[x * y * z - 12 * q**3, (mu_L - mu_R) * (mu_L + mu_R) - 3 * q**2],
        lets=VISIBLE | OF_PRODUCT,
    )


def _axial() -> Statement:
    variables, given = _given(*SIMPLE, CUBIC, GRAVITY)
    return for_all(variables, 6 * q**3 - A_R * (A_R + B_R) ** 2, given=[*given, A_L + A_R])


def _never_axial() -> Statement:
    variables, given = _given(*ALL)
    return for_all(variables, nonzero(A_L + A_R), given=[*given, mu_L - 2 * mu_R], nonzero=[q])


def _axial_point() -> dict[Symbol, int]:
    return {symbol: AXIAL[symbol.name] for symbol in scenario_conditions(dark=DARK)[0].symbols}


THEOREMS = (
    Theorem(
        "eft-no-vector-like-muon",
        "Where only left-handed quarks are charged, a muon with a purely vector or purely axial coupling "
        "excludes couplings to quarks, whatever the dark particles are.",
        r"\mu_L = \pm \mu_R \implies q = t = 0",
        "EFT (2.10)",
        _vector_like_muon,
        split_cases([q, q]),
    ),
    Theorem(
        "eft-twice-the-charge",
        "In EFT's class of models, where the left-handed muon has twice the charge of the right-handed one, "
        "the latter is the charge of the light quarks, up to its sign.",
        r"\mu_L = 2 \mu_R \implies \mu_R = \pm q",
        "new",
        _ratio_two,
        split_cases([mu_R - q, mu_R + q]),
    ),
    Theorem(
        "eft-two-dark-product",
        "With two dark particles the cubic condition fixes the product of three numbers; the dark charges "
        "are half sums of these.",
        r"A_{\mathrm{cubic}} = 3\, (x y z - 12 q^3),\quad A_L = \tfrac{z - x - y}{2}",
        "new",
        _product,
        prove_each(prove_membership, prove_membership),
        hypotheses=("x = B_L - A_R, y = B_L - B_R, z = A_R + B_R",),
    ),
    Theorem(
        "eft-two-dark-all",
        "Conversely any three numbers with that product, and any muon charges that solve the quadratic "
        "condition, give a model with two dark particles.",
        r"A_L = \tfrac{z - x - y}{2},\; A_R = \tfrac{y + z - x}{2},\; B_L = \tfrac{x + y + z}{2},\; "
        r"B_R = \tfrac{x - y + z}{2}",
        "new",
        _all_models,
        prove_each(*(prove_identity,) * 3, *(prove_membership,) * 2, prove_identity),
    ),
    Theorem(
        "eft-two-dark-axial",
        "A dark particle with a purely axial coupling needs a special quark charge.",
        r"A_L = -A_R \implies 6 q^3 = A_R (A_R + B_R)^2",
        "new",
        _axial,
        prove_membership,
    ),
    Theorem(
        "eft-two-dark-never-axial",
        "No model of that class with a coupling to quarks has a dark particle with a purely axial coupling.",
        r"A_L \neq -A_R",
        "new",
        _never_axial,
        lambda statement: witness(_axial_point())(statement),
        holds=False,
    ),
)
