r"""Theorems of EFT (arXiv:1705.03447), section 2: what is possible with few new particles.

EFT print the conditions with overall factors of their own; the first theorem relates them to ours.

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, (2.1)-(2.20).
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Eq, Expr, Rational, symbols

from anomalies.proofs import (
    Statement,
    all_of,
    for_all,
    no_zero_modulo,
    prove_each,
    prove_identity,
    prove_membership,
    split_cases,
)
from anomalies.theorems.ellis_conditions import (
    COLOUR,
    CUBIC,
    GRAVITY,
    HYPERCHARGE,
    QUADRATIC,
    SIMPLE,
    WEAK,
    scenario_conditions,
)
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS"]

q, t, u, t_R, mu_L, mu_R, tau_L, tau_R = symbols("q t u t_R mu_L mu_R tau_L tau_R")
A_L, A_R, B_L, B_R, chi_L, chi_R = symbols("A_L A_R B_L B_R chi_L chi_R")

# By a name of this module, so that a test can put the conditions of another content in its place.
_scenario = scenario_conditions


def _statement(
    goals: Sequence[Expr], given: Sequence[str], up_quarks: bool = False, dark: tuple[str, ...] = ()
) -> Statement:
    """For all charges of a scenario: the goals follow from the conditions of these triangles."""
    chosen, conditions = _scenario(up_quarks, dark)
    return for_all(chosen.symbols, all_of(*goals), given=[conditions[triangle] for triangle in given])


def _condition(triangle: str, up_quarks: bool = False, dark: tuple[str, ...] = ()) -> Expr:
    return _scenario(up_quarks, dark)[1][triangle]


def _as_printed() -> Statement:
    printed = {
        COLOUR: (1, 2 * (2 * q + t)),
        WEAK: (1, mu_L + tau_L + 3 * t + 6 * q),
        HYPERCHARGE: (4, Rational(2, 3) * (3 * mu_L - 6 * mu_R + 3 * tau_L - 6 * tau_R + t + 2 * q)),
        QUADRATIC: (2, 2 * (-(mu_L**2) + mu_R**2 - tau_L**2 + tau_R**2 + t**2 + 2 * q**2)),
        CUBIC: (1, -(mu_R**3) - tau_R**3 + 2 * (mu_L**3 + tau_L**3) + 6 * (t**3 + 2 * q**3)),
        GRAVITY: (1, -mu_R - tau_R + 2 * (mu_L + tau_L) + 6 * (t + 2 * q)),
    }
    # The printed forms go in as abbreviations, so that both sides stand in the certificate.
    names = symbols(f"printed_1:{len(printed) + 1}")
    goals = [
        factor * _condition(name) - p for p, (name, (factor, _)) in zip(names, printed.items(), strict=True)
    ]
    forms = {p: form for p, (_, form) in zip(names, printed.values(), strict=True)}
    return for_all(_scenario()[0].symbols, all_of(*goals), lets=forms)


def _charges_printed() -> dict[object, Expr]:
    """(2.16)-(2.20) as printed, with chi_L = 1."""
    denominator = 2 * q + 3 * mu_L - 8 * u - 4 * mu_R
    return {
        t: -(-2 * q * (-3 * mu_L + 8 * u + 4 * mu_R) + q**2 + mu_L**2 + 6 * u**2 - mu_R**2) / denominator,
        t_R: 2
        * (u * (4 * mu_R - 3 * mu_L) - 2 * q * u + 3 * q**2 - mu_L**2 + 2 * u**2 + mu_R**2)
        / denominator,
        tau_L: (8 * mu_L * u - 2 * q * mu_L - 9 * q**2 + mu_R * (4 * mu_L - 3 * mu_R) + 18 * u**2)
        / denominator,
        tau_R: (-2 * q * mu_R - 12 * q**2 + mu_L * (4 * mu_L - 3 * mu_R) + 8 * u * mu_R + 24 * u**2)
        / denominator,
        chi_R: (-6 * q**2 + 2 * q + 2 * mu_L**2 + 3 * mu_L + 12 * u**2 - 8 * u - 2 * mu_R**2 - 4 * mu_R)
        / denominator,
    }


def _five_of_six() -> Statement:
    conditions = _scenario(True, ("chi",))[1]
    normalised = [conditions[name].subs(chi_L, 1) for name in (*SIMPLE, QUADRATIC, GRAVITY)]
    return for_all([q, u, mu_L, mu_R], all_of(*normalised), quotients=_charges_printed())


DARK = ("A", "B")

THEOREMS = (
    Theorem(
        "eft-conditions",
        "The six conditions of the first scenario, as printed, are ours up to the factors 1, 1, 4, 2, 1, 1.",
        r"\mathrm{(2.1)}\text{--}\mathrm{(2.6)}",
        "EFT (2.1)-(2.6)",
        _as_printed,
        prove_each(*(prove_identity,) * 6),
    ),
    Theorem(
        "eft-linear",
        "The three conditions with simple factors or two hypercharges fix the third family.",
        r"t = -2 q,\quad \tau_L = -\mu_L,\quad \tau_R = -\mu_R",
        "EFT (2.7)-(2.9)",
        lambda: _statement([t + 2 * q, tau_L + mu_L, tau_R + mu_R], SIMPLE),
        prove_each(*(prove_membership,) * 3),
    ),
    Theorem(
        "eft-gravity-follows",
        "The gravitational condition follows from them.",
        r"\mathrm{(2.1)}\text{--}\mathrm{(2.3)} \implies \mathrm{(2.6)}",
        "EFT (2.6)",
        lambda: _statement([_condition(GRAVITY)], SIMPLE),
        prove_membership,
    ),
    Theorem(
        "eft-quadratic",
        "The quadratic condition then is that of a difference of squares.",
        r"2 A_{\mathrm{quad}} = 4\, (-\mu_L^2 + \mu_R^2 + 3 q^2)",
        "EFT (2.10)",
        lambda: _statement([Eq(2 * _condition(QUADRATIC), 4 * (-(mu_L**2) + mu_R**2 + 3 * q**2))], SIMPLE),
        prove_membership,
    ),
    Theorem(
        "eft-cubic",
        "The cubic condition is left with the quark charge alone.",
        r"A_{\mathrm{cubic}} = -36\, q^3",
        "EFT (2.11)",
        lambda: _statement([Eq(_condition(CUBIC), -36 * q**3)], SIMPLE),
        prove_membership,
    ),
    Theorem(
        "eft-no-quark-coupling",
        "Without new particles the Z' decouples from all quarks.",
        r"q = t = 0",
        "EFT (2.11)",
        lambda: _statement([q, t], (*SIMPLE, CUBIC)),
        split_cases([q, q, q]),
    ),
    Theorem(
        "eft-one-dark-particle",
        "A single dark particle must be vector-like.",
        r"A_L = A_R",
        "EFT section 2",
        lambda: _statement([A_L - A_R], (*SIMPLE, GRAVITY), dark=("A",)),
        prove_membership,
    ),
    Theorem(
        "eft-one-dark-particle-does-not-help",
        "A single dark particle does not change that the Z' decouples from all quarks.",
        r"q = t = 0",
        "EFT section 2",
        lambda: _statement([q, t], (*SIMPLE, GRAVITY, CUBIC), dark=("A",)),
        split_cases([q, q, q]),
    ),
    Theorem(
        "eft-two-dark-gravity",
        "With two dark particles the gravitational condition relates their charges.",
        r"A_L = A_R - B_L + B_R",
        "EFT (2.12)",
        lambda: _statement([Eq(A_L, A_R - B_L + B_R)], (*SIMPLE, GRAVITY), dark=DARK),
        prove_membership,
    ),
    Theorem(
        "eft-two-dark-cubic",
        "With two dark particles the cubic condition is solvable.",
        r"A_{\mathrm{cubic}} = -36 q^3 + 3 (B_L - A_R)(B_L - B_R)(A_R + B_R)",
        "EFT (2.13)",
        lambda: _statement(
            [Eq(_condition(CUBIC, dark=DARK), -36 * q**3 + 3 * (B_L - A_R) * (B_L - B_R) * (A_R + B_R))],
            (*SIMPLE, GRAVITY),
            dark=DARK,
        ),
        prove_membership,
    ),
    Theorem(
        "eft-up-quarks-quadratic",
        "With charged right-handed up quarks and no dark particle, the quadratic condition is (2.14).",
        r"A_{\mathrm{quad}} = -2\, (\mu_L^2 - \mu_R^2 - 3 q^2 + 6 u^2)",
        "EFT (2.14)",
        lambda: _statement(
            [Eq(_condition(QUADRATIC, True), -2 * (mu_L**2 - mu_R**2 - 3 * q**2 + 6 * u**2))],
            (*SIMPLE, GRAVITY),
            True,
        ),
        prove_membership,
    ),
    Theorem(
        "eft-up-quarks-cubic",
        "With charged right-handed up quarks and no dark particle, the cubic condition is (2.15).",
        r"A_{\mathrm{cubic}} = 18\, (-2 q^3 + u^3)",
        "EFT (2.15)",
        lambda: _statement([Eq(_condition(CUBIC, True), 18 * (-2 * q**3 + u**3))], (*SIMPLE, GRAVITY), True),
        prove_membership,
    ),
    Theorem(
        "eft-up-quarks-irrational",
        "That has no rational solution with a coupling to quarks: 2 is not the cube of a rational number.",
        r"u^3 = 2 q^3 \implies q = u = t = t_R = 0",
        "EFT (2.15)",
        lambda: _statement([q, u, t, t_R], (*SIMPLE, GRAVITY, CUBIC), True),
        no_zero_modulo(u**3 - 2 * q**3),
    ),
    Theorem(
        "eft-five-of-six",
        "With charged right-handed up quarks and one dark particle, chi_L = 1, the printed charges "
        "solve five of the six conditions.",
        r"\mathrm{(2.16)}\text{--}\mathrm{(2.20)}",
        "EFT (2.16)-(2.20)",
        _five_of_six,
        prove_each(*(prove_membership,) * 5),
        exceptions=("2 q + 3 mu_L - 8 u - 4 mu_R = 0, where the denominator vanishes",),
    ),
)
