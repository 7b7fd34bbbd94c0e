"""Neutrino tridents, nu_mu N -> nu_mu mu mu N: the Z' against W and Z, and the scales that are excluded.

All of it is one contact interaction,

    L = -1/(2 v^2) (nubar gamma P_L nu) (mubar gamma (G_V - G_A gamma_5) mu),

with G_V = 1 + 4 sin^2 theta_w and G_A = 1 in the Standard Model.  The Z' adds Q_l (Q_l + Q_e) v^2/v_Phi^2
to G_V and Q_l (Q_l - Q_e) v^2/v_Phi^2 to G_A.  The cross section is quadratic in v^2/v_Phi^2, so that the
excluded scales are found in closed form; they may be two intervals.

With the charges of muon and muon neutrino equal, as SU(2) demands, the cross section never falls below 94% of
that of the Standard Model: only the upper end of the measured range excludes anything
(`smallest_trident_ratio`).

If the Higgs is charged, mixing lets the Z contribute at the same order in v^2/v_Phi^2.  ADN leave this out;
here it is an argument.

Key results
-----------
standard_model_couplings, zprime_couplings : (G_V, G_A), derived from the exchange of W, Z and Z'
trident_ratio, trident_ratio_at : the cross section over that of the Standard Model
excluded_scales : the values of v_Phi that a measured range excludes
trident_bound : the lower bound on v_Phi

References
----------
ADN, arXiv:1909.02021, (5.21)-(5.25); W. Altmannshofer, S. Gori, M. Pospelov and I. Yavin, arXiv:1406.2332.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any, get_args

from sympy import Rational, Symbol, sqrt, symbols

from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, to_sympy
from anomalies.phenomenology.bounds.bound import (
    Bound,
    Estimate,
    as_real,
    as_sigmas,
    confidence_level,
    estimate,
)
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.interactions.wilson_coefficients import Exchange
from anomalies.phenomenology.points import BENCHMARK, LeptonPoint, as_scale_TeV
from anomalies.phenomenology.symbols import v, v_Phi

__all__ = [
    "Q_H",
    "Q_e",
    "Q_l",
    "axial_weight",
    "cross_section",
    "excluded_scales",
    "sin2_theta_w",
    "smallest_trident_ratio",
    "standard_model_couplings",
    "trident_bound",
    "trident_ratio",
    "trident_ratio_at",
    "trident_roots",
    "trident_shifts",
    "zprime_couplings",
]

# The U(1)_X charges of the muon doublet, the muon singlet and the Higgs; sin^2 theta_w, printed x_w; the
# weight of the axial coupling; the ratio of cross sections.
Q_l, Q_e, Q_H = symbols("Q_l2 Q_e2 Q_H")
sin2_theta_w, axial_weight = symbols("x_w kappa", positive=True)
cross_section = Symbol("sigma", positive=True)
_P, _Q = symbols("p q", real=True)


def standard_model_couplings() -> tuple[Any, Any]:
    """Return (G_V, G_A) of the Standard Model, from Z and W exchange at small momenta.

    Z: L = -(2/v^2) J^2 with J = sum (T_3 - Q sin^2 theta_w).  W: L = -(2/v^2) (nubar gamma P_L mu)
    (mubar gamma P_L nu), by a Fierz identity -(2/v^2) (nubar gamma P_L nu)(mubar gamma P_L mu).

    Source: ADN (5.22).

    >>> standard_model_couplings()
    (4*x_w + 1, 1)
    """
    neutrino, left, right = Rational(1, 2), Rational(-1, 2) + sin2_theta_w, sin2_theta_w
    neutral = -2 / v**2 * 2 * neutrino
    charged = -2 / v**2
    return _vector_and_axial(neutral * left + charged, neutral * right)


def zprime_couplings(exchange: Exchange = "Z'") -> tuple[Any, Any]:
    """Return what is added to (G_V, G_A), from L = -J^2 / (2 v_Phi^2).

    Parameters
    ----------
    exchange : "Z'" for the current J of the charges Q, as in ADN; "Z and Z'" for everything at tree level: a
        charged Higgs mixes Z and Z', and this replaces Q by Q - 2 Q_H (T_3 - Q_em sin^2 theta_w), which is
        zero for the vacuum.  The effect is of the same order, v^2/v_Phi^2.  Here sin^2 theta_w stands for
        g'^2/(g^2 + g'^2); how mixing shifts its measured value is left out.

    Source: ADN (5.23), (5.24), where Delta g_A is minus what is added to G_A.

    >>> zprime_couplings()[0]
    Q_e2*Q_l2*v**2/v_Phi**2 + Q_l2**2*v**2/v_Phi**2
    """
    if exchange not in get_args(Exchange):
        raise ArgumentError(must_be("exchange", '"Z\'" or "Z and Z\'"', exchange))
    neutrino, left, right = Q_l, Q_l, Q_e
    if exchange != "Z'":
        neutrino -= 2 * Q_H * Rational(1, 2)
        left -= 2 * Q_H * (sin2_theta_w - Rational(1, 2))
        right -= 2 * Q_H * sin2_theta_w
    # A product of two different terms of J occurs twice in J^2.
    return _vector_and_axial(-neutrino * left / v_Phi**2, -neutrino * right / v_Phi**2)


def _vector_and_axial(left: Any, right: Any) -> tuple[Any, Any]:
    """(G_V, G_A) from the coefficients in L of (nubar gamma P_L nu) with mubar gamma P_L mu and P_R."""
    return (-(v**2) * (left + right)).expand(), (-(v**2) * (left - right)).expand()


def trident_shifts(point: LeptonPoint, exchange: Exchange = "Z'") -> tuple[Any, Any]:
    """Return what is added to (G_V, G_A) at a point, as multiples of v^2 / v_Phi^2; exact.

    With exchange of Z and Z' both, the first is 2 a_mu (a_mu - a_Y cos^2 theta_w) and the second zero.

    >>> trident_shifts(LeptonPoint(0, 1, -1, 0))
    (2, 0)
    >>> trident_shifts(LeptonPoint(0, 1, 0, 1), "Z and Z'")
    (2*x_w, 0)
    """
    charges = point.charges
    values = {Q_l: charges["Q_l2"], Q_e: charges["Q_e2"], Q_H: charges["Q_H"], v: 1, v_Phi: 1}
    vector, axial = (coupling.subs(values).expand() for coupling in zprime_couplings(exchange))
    return vector, axial


def trident_ratio(vector: Any, axial: Any) -> Any:
    """Return the cross section over that of the Standard Model, if so much is added to G_V and G_A.

        (G_V^2 + kappa G_A^2) over the same of the Standard Model, kappa = 1.13 at CCFR

    Source: ADN (5.22).

    >>> trident_ratio(0, 0)
    1
    """
    standard_vector, standard_axial = standard_model_couplings()
    standard = standard_vector**2 + axial_weight * standard_axial**2
    return ((standard_vector + vector) ** 2 + axial_weight * (standard_axial + axial) ** 2) / standard


def trident_ratio_at(point: LeptonPoint, v_Phi_TeV: object, exchange: Exchange = "Z'") -> Estimate:
    """Return the cross section over that of the Standard Model, with the uncertainties of the inputs.

    Examples
    --------
    >>> trident_ratio_at(BENCHMARK, 3).value < 1.01
    True
    """
    scale = as_scale_TeV(v_Phi_TeV, "v_Phi_TeV") * 1000
    vector, axial = (shift * v**2 / v_Phi**2 for shift in trident_shifts(point, exchange))
    return estimate(trident_ratio(vector, axial), _inputs() | {v: physical_input("v"), v_Phi: scale})


def trident_roots(vector: Any, axial: Any) -> tuple[Any, Any]:
    """Return the two values of x = v^2/v_Phi^2 where the cross-section ratio is sigma, the smaller first.

    With p and q what is added to G_V and G_A at x = 1,

        (p^2 + kappa q^2) x^2 + 2 (G_V p + kappa G_A q) x + (1 - sigma) (G_V^2 + kappa G_A^2) = 0.

    Parameters
    ----------
    vector, axial : p and q, numbers or symbols, not both zero.

    Source: ADN (5.22), solved.

    >>> trident_roots(1, 0)[1].subs({sin2_theta_w: 0, axial_weight: 1, cross_section: 2})
    -1 + sqrt(3)
    """
    standard_vector, standard_axial = standard_model_couplings()
    square = vector**2 + axial_weight * axial**2
    half = standard_vector * vector + axial_weight * standard_axial * axial
    standard = standard_vector**2 + axial_weight * standard_axial**2
    root = sqrt(half**2 + (cross_section - 1) * square * standard)
    return (-half - root) / square, (-half + root) / square


def excluded_scales(
    vector: object, axial: object, low: object, high: object
) -> tuple[tuple[float, float], ...]:
    """Return the intervals of v_Phi/v where the cross-section ratio is below `low` or above `high`.

    The ratio is a convex parabola in x = v^2/v_Phi^2 that is 1 at x = 0.  It exceeds `high` > 1 from one x
    on, which excludes small v_Phi; it may be below `low` < 1 between two x, which excludes an interval of
    larger v_Phi.  An end may be infinity, where the Standard Model itself is excluded.

    Parameters
    ----------
    vector, axial : what is added to G_V and G_A in units of v^2/v_Phi^2, real numbers; for those of
        `trident_shifts` the second kind of interval never occurs.
    low, high : the ends of the allowed range, 0 < low < high.

    Returns pairs (lower end, upper end), not overlapping, from small to large; none if nothing is excluded.

    Examples
    --------
    >>> excluded_scales(0, 0, "0.26", "1.38")
    ()
    >>> [(round(a, 2), round(b, 2)) for a, b in excluded_scales(-1, -1, "0.26", "1.38")]
    [(0.0, 0.56), (0.7, 1.1)]
    """
    p, q, least, most = (
        as_real(value, name)
        for value, name in ((vector, "vector"), (axial, "axial"), (low, "low"), (high, "high"))
    )
    if not 0 < least < most:
        raise ArgumentError(must_be("low", "positive and below high", low))
    if p == q == 0:
        return () if least <= 1 <= most else ((0.0, math.inf),)
    inside, outside = _where_equal(p, q, least), _where_equal(p, q, most)
    if outside is None:
        return ((0.0, math.inf),)
    excluded = [(0.0, _scale(outside[1])), (_scale(outside[0]), math.inf)]
    if inside is not None:
        excluded.insert(1, (_scale(inside[1]), _scale(inside[0])))
    return tuple((start, end) for start, end in excluded if start < end)


def _where_equal(vector: float, axial: float, ratio: float) -> tuple[float, float] | None:
    """The two x at which the cross-section ratio has a value, or None if it never has."""
    central = {symbol: float(value) for symbol, value in _inputs().items()}
    values = {**central, cross_section: ratio, _P: vector, _Q: axial}
    try:
        first, second = (estimate(root, values).value for root in _general_roots())
    except ArgumentError:  # the root of a negative number
        return None
    return first, second


@cache
def _general_roots() -> tuple[Any, Any]:
    return trident_roots(_P, _Q)


def _scale(x: float) -> float:
    """v_Phi/v from v^2/v_Phi^2; what is at negative x or at 0 is never reached."""
    return 1 / math.sqrt(x) if x > 0 else math.inf


def smallest_trident_ratio() -> Any:
    """Return the least cross-section ratio that a Z' reaches, whatever its charges.

    What is added to (G_V, G_A) is x (p, q) with p + q = 2 Q_l^2, not negative.  Of these directions (-1, 1)
    is the most opposed to (G_V, G_A), and the parabola is deepest there, with the value

        1 - (G_V - kappa G_A)^2 / ((1 + kappa) (G_V^2 + kappa G_A^2)).

    >>> f"{estimate(smallest_trident_ratio(), _inputs()).value:.3f}"
    '0.939'
    """
    vector, axial = standard_model_couplings()
    opposed = (vector - axial_weight * axial) ** 2
    return 1 - opposed / ((1 + axial_weight) * (vector**2 + axial_weight * axial**2))


def trident_bound(point: LeptonPoint, *, sigmas: RationalLike = 2, exchange: Exchange = "Z'") -> Bound:
    """Return the lower bound on v_Phi from the tridents that CCFR saw.

        v_Phi > v / sqrt(x) with x the larger root of `trident_roots` at the upper end of the measured range

    Parameters
    ----------
    point : the charges.
    sigmas : the measured range is 0.82 +- 0.28 times this; ADN's (5.21) is at 2.
    exchange : "Z'", or "Z and Z'" to include what mixing with the Z adds; see `zprime_couplings`.

    Source: ADN (5.21)-(5.25).

    Examples
    --------
    >>> trident_bound(BENCHMARK)
    v_Phi > 0.272 TeV
    >>> trident_bound(BENCHMARK, exchange="Z and Z'")
    v_Phi > 0.306 TeV
    """
    _, high = physical_input("trident_ratio").range(as_sigmas(sigmas))
    blank = Bound("neutrino tridents", "lower", None, confidence_level(sigmas), "ADN (5.25)", None, "", None)
    vector, axial = trident_shifts(point, exchange)
    if vector == axial == 0:
        return replace(blank, reason="muons or their neutrinos do not couple to the Z'")
    if high <= 1:
        return replace(blank, reason="the Standard Model lies outside the measured range at so few sigma")
    limit = v / sqrt(trident_roots(vector, axial)[1].subs(cross_section, to_sympy(high)))
    found = estimate(limit / 1000, _inputs() | {v: physical_input("v")})
    return replace(
        blank,
        limit_TeV=found.value,
        paper_TeV=Fraction(27, 100) if point == BENCHMARK else None,
        expression=limit,
        uncertainty_TeV=max(found.upper, found.lower),
    )


def _inputs() -> dict[Any, Any]:
    return {
        sin2_theta_w: physical_input("sin2_theta_w"),
        axial_weight: physical_input("trident_axial_weight"),
    }
