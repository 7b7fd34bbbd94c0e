r"""Theorems of the framework: from the Yukawa couplings to T_X and the vanishing of A_quad.

Every polynomial comes from the rooms below: the charge conditions of the couplings, the anomaly conditions of
the content, the charges of the gauging generator.

References
----------
ADN, arXiv:1909.02021, section 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sympy import Eq, Expr, Ne, Symbol, symbols

from anomalies.conditions import AnomalyConditions, anomaly_conditions
from anomalies.couplings import charge_conditions
from anomalies.exact import to_sympy
from anomalies.gauging import GaugingGenerator, accidental_symmetries, gauging_generator
from anomalies.library import standard_model
from anomalies.proofs import (
    Goal,
    Statement,
    all_of,
    for_all,
    impossible,
    prove_by_polarisation,
    prove_each,
    prove_identity,
    prove_membership,
    prove_on_grid,
    solution_space,
    there_is,
    witness,
)
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS", "family", "general_charges", "generator", "yukawa_conditions"]

PARAMETERS = A_E, A_MU, A_TAU, A_Y = symbols("a_e a_mu a_tau a_Y")
NEUTRINOS = symbols("Q_nu1 Q_nu2 Q_nu3")
WEAK, HYPERCHARGE, COLOUR, QUADRATIC, CUBIC = "SU(2)^2 X", "Y^2 X", "SU(3)^2 X", "Y X^2", "X^3"
LINEAR = (COLOUR, WEAK, HYPERCHARGE)
_VISIBLE = standard_model(right_handed_neutrinos=0, universal=("q", "u", "d"))
CHARGES = _VISIBLE.charge_symbols


@lru_cache(maxsize=1)
def conditions() -> AnomalyConditions:
    """The anomaly conditions with family-universal quarks and three right-handed neutrinos."""
    return anomaly_conditions(standard_model(universal=("q", "u", "d"))).involving("X")


@lru_cache(maxsize=1)
def yukawa_conditions() -> tuple[Expr, ...]:
    """ADN (2.1), from the couplings."""
    return tuple(condition.expression for condition in charge_conditions(_VISIBLE))


@lru_cache(maxsize=1)
def generator() -> GaugingGenerator:
    """The most general T_X with free dark charges."""
    return gauging_generator(standard_model(universal=("q", "u", "d")))


def general_charges(symbols_wanted: Sequence[Symbol] = CHARGES) -> dict[Symbol, Expr]:
    """ADN (2.4): the charges as functions of a_e, a_mu, a_tau, a_Y."""
    charges = generator().charges
    return {symbol: charges[symbol] for symbol in symbols_wanted}


def family() -> dict[Symbol, Expr]:
    """ADN (2.4) with (2.7): all charges, the dark ones those of right-handed neutrinos."""
    dark = dict(zip(NEUTRINOS, (A_E, A_MU, A_TAU), strict=True))
    return {s: charge.subs(dark) for s, charge in generator().charges.items()}


def _basis() -> list[list[Expr]]:
    return [[charge.coeff(a) for charge in general_charges().values()] for a in PARAMETERS]


def _symmetry(name: str) -> list[object]:
    chosen = accidental_symmetries(_VISIBLE)[name]
    return [chosen.charge(symbol) for symbol in CHARGES]


def _rank_five() -> Statement:
    basis = [_symmetry(name) for name in ("L_e", "L_mu", "L_tau", "B", "Y")]
    return for_all(CHARGES, solution_space(yukawa_conditions(), CHARGES, basis))


def _follows(*goals: Expr, more: Sequence[Expr] = ()) -> Statement:
    return for_all(CHARGES, all_of(*goals), given=[*yukawa_conditions(), *more])


def _does_not_follow(triangle: str) -> Statement:
    return there_is(CHARGES, Ne(conditions()[triangle], 0), given=yukawa_conditions())


def _baryon_number(statement: Statement) -> dict[str, object]:
    return witness(_symmetry("B"))(statement)


def _combination() -> Statement:
    alpha, beta = symbols("alpha beta")
    weak, hypercharge = conditions()[WEAK], conditions()[HYPERCHARGE]
    return for_all(
        [*CHARGES, alpha, beta],
        all_of(weak, hypercharge),
        given=[*yukawa_conditions(), alpha * weak + beta * hypercharge],
        nonzero=[beta - 2 * alpha],
    )


def _any_combination() -> Statement:
    """Footnote 11 as it is printed: that every combination of the two conditions, not both zero, serves."""
    alpha, beta = symbols("alpha beta")
    weak, hypercharge = conditions()[WEAK], conditions()[HYPERCHARGE]
    return for_all(
        [*CHARGES, alpha, beta],
        weak,
        given=[*yukawa_conditions(), alpha * weak + beta * hypercharge],
        nonzero=[alpha, beta],
    )


def _exceptional_baryon_number(statement: Statement) -> dict[str, object]:
    return witness([*_symmetry("B"), 1, 2])(statement)


def _general_solution() -> Statement:
    forms = [*yukawa_conditions(), *(conditions()[triangle] for triangle in LINEAR)]
    return for_all(CHARGES, solution_space(forms, CHARGES, _basis()))


def _quadratic_in_parameters() -> Statement:
    return for_all(PARAMETERS, conditions()[QUADRATIC], lets=general_charges())


def _b_plus_l() -> Statement:
    x, y = symbols("x y")
    symmetries = accidental_symmetries(_VISIBLE)
    weights = {"L_e": x, "L_mu": x, "L_tau": x, "B": x, "Y": y}
    charges = {
        symbol: sum(weight * to_sympy(symmetries[name].charge(symbol)) for name, weight in weights.items())
        for symbol in CHARGES
    }
    return for_all([x, y], impossible(), lets=charges, given=[conditions()[WEAK]], nonzero=[x])


def _left_for_the_dark_sector() -> Statement:
    charges = general_charges()
    gravity, cubic = conditions()["grav^2 X"], conditions()[CUBIC]
    lepton = (A_E, A_MU, A_TAU)
    return for_all(
        [*PARAMETERS, *NEUTRINOS],
        all_of(
            Eq(gravity, sum(lepton) - sum(NEUTRINOS)),
            Eq(cubic, sum(a**3 for a in lepton) - sum(n**3 for n in NEUTRINOS)),
        ),
        lets=charges,
    )


def _everything_vanishes() -> Goal:
    linear = (*LINEAR, "grav^2 X")
    return all_of(*(conditions()[triangle] for triangle in (*linear, QUADRATIC, CUBIC)))


THEOREMS = (
    Theorem(
        "yukawa-symmetries",
        "The five Yukawa conditions on ten charges are independent, and they are solved exactly by "
        "the combinations of L_e, L_mu, L_tau, B and Y.",
        r"\{Q : \mathrm{(2.1)}\} = \mathrm{span}\{L_e, L_\mu, L_\tau, B, Y\}",
        "ADN (2.1)",
        _rank_five,
    ),
    Theorem(
        "colour-anomaly-implied",
        "The SU(3)² X anomaly condition follows from the Yukawa conditions.",
        r"\mathrm{(2.1)} \implies SU(3)^2\, X = 0",
        "ADN footnote 11",
        lambda: _follows(conditions()[COLOUR]),
        prove_membership,
    ),
    Theorem(
        "weak-anomaly-new",
        "The SU(2)² X anomaly condition does not follow from the Yukawa conditions: baryon number "
        "violates it.",
        r"\mathrm{(2.1)} \not\implies SU(2)^2\, X = 0",
        "ADN footnote 11",
        lambda: _does_not_follow(WEAK),
        _baryon_number,
    ),
    Theorem(
        "hypercharge-anomaly-new",
        "The Y² X anomaly condition does not follow from the Yukawa conditions: baryon number violates it.",
        r"\mathrm{(2.1)} \not\implies Y^2 X = 0",
        "ADN footnote 11",
        lambda: _does_not_follow(HYPERCHARGE),
        _baryon_number,
    ),
    Theorem(
        "one-combination-suffices",
        "With the Yukawa conditions, any combination alpha SU(2)² X + beta Y² X = 0 with beta "
        "different from 2 alpha implies both conditions.",
        r"\beta \neq 2 \alpha:\quad \alpha\, A_{SU(2)} + \beta\, A_{Y} = 0 \implies A_{SU(2)} = A_{Y} = 0",
        "ADN footnote 11",
        _combination,
        exceptions=("beta = 2 alpha, where the combination vanishes identically",),
    ),
    Theorem(
        "any-combination-suffices",
        "With the Yukawa conditions, any combination alpha SU(2)² X + beta Y² X = 0 with non-zero "
        "coefficients implies SU(2)² X = 0.",
        r"\mathrm{(2.1)},\ \alpha\, SU(2)^2 X + \beta\, Y^2 X = 0 \implies SU(2)^2 X = 0",
        "ADN footnote 11",
        _any_combination,
        _exceptional_baryon_number,
        holds=False,
    ),
    Theorem(
        "exceptional-combination",
        "The combination SU(2)² X + 2 Y² X vanishes identically on the solutions of the Yukawa conditions.",
        r"\mathrm{(2.1)} \implies SU(2)^2 X + 2\, Y^2 X = 0",
        "new",
        lambda: _follows(conditions()[WEAK] + 2 * conditions()[HYPERCHARGE]),
        prove_membership,
    ),
    Theorem(
        "general-solution",
        "The Yukawa conditions and the three linear anomaly conditions of the visible sector are "
        "solved exactly by the four-parameter family T_X.",
        r"T_X = \sum_i a_i L_i - \tfrac{1}{3} \sum_i a_i\, B + a_Y Y",
        "ADN (2.4), (2.8)",
        _general_solution,
    ),
    Theorem(
        "quadratic-factorises",
        "On the Yukawa conditions alone the quadratic anomaly is 2 Q_H times the SU(2)² X anomaly.",
        r"\mathrm{(2.1)} \implies A_{\mathrm{quad}} = 2\, \hat{Q}_H "
        r"\left(9 \hat{Q}_q + \sum_i \hat{Q}_{\ell^i}\right)",
        "new",
        lambda: _follows(conditions()[QUADRATIC] - 2 * Symbol("Q_H") * conditions()[WEAK]),
        prove_membership,
    ),
    Theorem(
        "quadratic-vanishes",
        "The Yukawa conditions and the SU(2)² X condition imply that the quadratic anomaly vanishes.",
        r"\mathrm{(2.1)},\ SU(2)^2 X = 0 \implies A_{\mathrm{quad}} = 0",
        "ADN (2.5)",
        lambda: _follows(conditions()[QUADRATIC], more=[conditions()[WEAK]]),
        prove_membership,
    ),
    Theorem(
        "quadratic-polarised",
        "The quadratic anomaly vanishes on T_X: all ten pairings of the four generators do.",
        r"A_{\mathrm{quad}}(T_X) = 0",
        "ADN (2.5)",
        _quadratic_in_parameters,
        prove_by_polarisation,
    ),
    Theorem(
        "quadratic-on-a-grid",
        "The quadratic anomaly vanishes on T_X: it does on a grid of more points than its degrees.",
        r"A_{\mathrm{quad}}(T_X) = 0",
        "ADN (2.5)",
        _quadratic_in_parameters,
        prove_on_grid,
    ),
    Theorem(
        "baryon-plus-lepton",
        "No multiple of B + L, with any amount of hypercharge added, can be gauged.",
        r"x (B + L) + y Y,\ x \neq 0 \implies SU(2)^2 X \neq 0",
        "ADN section 2",
        _b_plus_l,
    ),
    Theorem(
        "dark-conditions",
        "With the charges of T_X, the gravitational and the cubic anomaly are the sums of the lepton "
        "parameters and of their cubes, minus those of the dark charges.",
        r"A_{\mathrm{grav}} = \sum_i a_i - \sum_i \hat{Q}_{\nu^i},\quad "
        r"A_{\mathrm{cubic}} = \sum_i a_i^3 - \sum_i \hat{Q}_{\nu^i}^3",
        "ADN (2.6)",
        _left_for_the_dark_sector,
        prove_each(prove_identity, prove_identity),
    ),
    Theorem(
        "simultaneous-gauging",
        "With three right-handed neutrinos the four generators can be gauged at the same time: all "
        "mixed anomalies among them vanish, also with the Standard Model.",
        r"U(1)_{B/3-L_e} \times U(1)_{B/3-L_\mu} \times U(1)_{B/3-L_\tau} \times U(1)_Y",
        "new",
        lambda: for_all(PARAMETERS, _everything_vanishes(), lets=family()),
        prove_each(*(prove_identity,) * 4, prove_by_polarisation, prove_by_polarisation),
        hypotheses=("the dark charges are those of right-handed neutrinos, one for each family",),
    ),
)
