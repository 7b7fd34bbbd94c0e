r"""What the theorems of EFT (arXiv:1705.03447) share: scenarios with conditions, and the compact charges.

With right-handed up quarks and one dark particle the linear conditions leave q, u, mu_L, mu_R, chi_L and
X = 2 q + t:

    t = X - 2 q,  t_R = 2 X - 2 u,  tau_L = -3 X - mu_L,  tau_R = -4 X - mu_R,  chi_R = chi_L - 2 X.

The quadratic condition is then D X = N, and the cubic one, with c = (chi_L + chi_R)/2 = chi_L - X,

    A + B X + E X^2 + X c^2 - X^3 = 0.

Key results
-----------
scenario_conditions : a scenario with its six conditions, computed once
COMPACT_CHARGES : the five charges above
NUMERATOR, DENOMINATOR : N and D
CUBIC_COEFFICIENTS : A, B and E

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, section 2.
"""

from __future__ import annotations

from functools import lru_cache

from sympy import Expr, Symbol, symbols

from anomalies.conditions import AnomalyConditions
from anomalies.literature import Scenario, scenario

__all__ = [
    "COLOUR",
    "COMPACT_CHARGES",
    "CUBIC",
    "CUBIC_COEFFICIENTS",
    "DENOMINATOR",
    "GRAVITY",
    "HYPERCHARGE",
    "NUMERATOR",
    "QUADRATIC",
    "SIMPLE",
    "TRIANGLES",
    "WEAK",
    "scenario_conditions",
]

COLOUR, WEAK, HYPERCHARGE, QUADRATIC, CUBIC, GRAVITY = TRIANGLES = (
    "SU(3)^2 X",
    "SU(2)^2 X",
    "Y^2 X",
    "Y X^2",
    "X^3",
    "grav^2 X",
)
SIMPLE = (COLOUR, WEAK, HYPERCHARGE)

_q, _u, _mu_L, _mu_R, _chi_L, _X = symbols("q u mu_L mu_R chi_L X")

NUMERATOR: Expr = 3 * _q**2 - 6 * _u**2 - _mu_L**2 + _mu_R**2
DENOMINATOR: Expr = 2 * _q + 3 * _mu_L - 8 * _u - 4 * _mu_R
CUBIC_COEFFICIENTS: tuple[Expr, Expr, Expr] = (
    3 * _u**3 - 6 * _q**3,
    12 * _q**2 - 3 * _mu_L**2 - 12 * _u**2 + 2 * _mu_R**2,
    -6 * _q - 9 * _mu_L + 12 * _u + 8 * _mu_R,
)
COMPACT_CHARGES: dict[Symbol, Expr] = {
    Symbol("t"): _X - 2 * _q,
    Symbol("t_R"): 2 * _X - 2 * _u,
    Symbol("tau_L"): -3 * _X - _mu_L,
    Symbol("tau_R"): -4 * _X - _mu_R,
    Symbol("chi_R"): _chi_L - 2 * _X,
}


@lru_cache(maxsize=8)
def scenario_conditions(
    up_quarks: bool = False, dark: tuple[str, ...] = ()
) -> tuple[Scenario, AnomalyConditions]:
    """Return a scenario and its conditions; the arguments are those of `scenario`.

    >>> scenario_conditions()[1][COLOUR]
    4*q + 2*t
    """
    chosen = scenario(up_quarks=up_quarks, dark=dark)
    return chosen, chosen.conditions
