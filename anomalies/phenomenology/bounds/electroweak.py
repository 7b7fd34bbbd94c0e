r"""Electroweak precision bounds on v_Phi: universality of the Z couplings to leptons, and the rho parameter.

Both come from Z-Z' mixing: R is the ratio of the widths of the Z into electrons and muons, and rho =
m_W^2/(m_Z^2 cos^2 theta_w) that of the squared Z masses before and after mixing.  With t = tan(alpha_z),
r = a_Y g_X/sqrt(g^2 + g'^2) and v_Phi^2 = (m_Z^2/g_X^2)(1 + r/t) both bounds are exact closed forms:

    R = R_max is quadratic in g_X t;
    rho = 1/(1 - r t), hence v_Phi^2 = m_Z^2 (a_Y^2 rho / ((g^2 + g'^2)(rho - 1)) + 1/g_X^2).

Their leading orders for large v_Phi do not depend on g_X.

Key results
-----------
universality_at, rho_at : R and rho at a parameter point, exactly and at leading order
universality_excess, rho_excess : their leading orders, with uncertainties
lepton_universality_bound, rho_bound, rho_upper_bound : the bounds (5.16), (5.20), and one that is not printed

References
----------
ADN, arXiv:1909.02021, (5.8)-(5.20).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import cos, sin, sqrt

from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import to_sympy
from anomalies.phenomenology.bounds.bound import (
    Bound,
    Estimate,
    as_sigmas,
    confidence_level,
    estimate,
    stated,
)
from anomalies.phenomenology.bounds.universality import (
    mixing_for_ratio,
    universality_coefficient,
    universality_ratio,
)
from anomalies.phenomenology.electroweak_inputs import (
    ElectroweakCouplings,
    electroweak_couplings,
    input_in_TeV,
)
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.mixing.neutral_bosons import as_coupling, leading_sin_alpha, mixing_at
from anomalies.phenomenology.points import BENCHMARK, LeptonPoint, as_scale_TeV
from anomalies.phenomenology.symbols import (
    a_e,
    a_mu,
    a_Y,
    alpha_z,
    g,
    g_prime,
    g_X,
    m_Z,
    v_Phi,
)

__all__ = [
    "ExactAndLeading",
    "lepton_universality_bound",
    "rho_at",
    "rho_bound",
    "rho_excess",
    "rho_upper_bound",
    "universality_at",
    "universality_coefficient",
    "universality_excess",
    "universality_limits",
    "universality_ratio",
]

_Z_STRENGTH = sqrt(g**2 + g_prime**2)
_RHO_EXCESS = a_Y**2 * m_Z**2 / ((g**2 + g_prime**2) * v_Phi**2)  # rho - 1 at leading order
_SMALL = 0.1  # how much higher orders may change a bound without a remark

_GEV_IN_A_TEV = 1000

_UNIVERSALITY, _RHO = "ADN (5.16)", "ADN (5.20)"
_PRINTED_UNIVERSALITY = Fraction(103, 100)  # ADN (5.16)
_PRINTED_RHO = Fraction(39, 10)  # ADN (5.20)


@dataclass(frozen=True, slots=True)
class ExactAndLeading:
    """A number from the exact mixing, and from the leading order in m_Z^2/m_Z'^2."""

    exact: float
    leading: float


def universality_excess(
    point: LeptonPoint,
    v_Phi_TeV: object,
    *,
    couplings: str | ElectroweakCouplings = "from m_Z and v",
) -> Estimate:
    """Return R - 1 at leading order, with the uncertainties of m_Z, g and g'.

    Source: ADN (5.14).

    Examples
    --------
    >>> universality_excess(BENCHMARK, "3.1")
    0.00033618 +- 0.00000053
    """
    expression = universality_coefficient() * (a_mu - a_e) * a_Y * m_Z**2 / v_Phi**2
    return _estimated(expression, point, v_Phi_TeV, couplings)


def rho_excess(
    point: LeptonPoint,
    v_Phi_TeV: object,
    *,
    couplings: str | ElectroweakCouplings = "from m_Z and v",
) -> Estimate:
    """Return rho - 1 = a_Y^2 m_Z^2 / ((g^2 + g'^2) v_Phi^2), the leading order, with uncertainties.

    Source: ADN (5.18).

    Examples
    --------
    >>> f"{float(rho_excess(BENCHMARK, '3.1')):.5f}"
    '0.00119'
    """
    return _estimated(_RHO_EXCESS, point, v_Phi_TeV, couplings)


def universality_at(
    point: LeptonPoint,
    v_Phi_TeV: object,
    g_X_value: object,
    *,
    couplings: str | ElectroweakCouplings = "from m_Z and v",
) -> ExactAndLeading:
    """Return R from the exact mixing and couplings, and to leading order.

    Raises `ArgumentError` where alpha_z is not small, as `leading_sin_alpha`.

    Source: ADN (5.9)-(5.14).

    Examples
    --------
    >>> R = universality_at(BENCHMARK, "3.1", 1, couplings="ADN")
    >>> f"{R.exact:.6f} {R.leading:.6f}"
    '1.000528 1.000531'
    """
    choice = electroweak_couplings(couplings)
    values = {**_at(point).values, **choice.values, g_X: as_coupling(g_X_value, "g_X_value")}
    sine = mixing_at(point, v_Phi_TeV, g_X_value, couplings=choice).sin_alpha
    leading = leading_sin_alpha(point, v_Phi_TeV, g_X_value, couplings=choice)
    slope = universality_ratio().diff(alpha_z).subs(alpha_z, 0).subs(values)
    exact = universality_ratio().subs({sin(alpha_z): sine, cos(alpha_z): (1 - sine**2) ** 0.5}).subs(values)
    return ExactAndLeading(float(exact), 1 + float(slope) * leading)


def rho_at(
    point: LeptonPoint,
    v_Phi_TeV: object,
    g_X_value: object,
    *,
    couplings: str | ElectroweakCouplings = "from m_Z and v",
) -> ExactAndLeading:
    """Return rho = (m_Z^2 cos^2 + m_Z'^2 sin^2)/m_Z^2 from the exact mixing, and to leading order.

    Raises `ArgumentError` where alpha_z is not small, as `leading_sin_alpha`.

    Source: ADN (5.18).

    Examples
    --------
    >>> rho = rho_at(BENCHMARK, "3.1", 1)
    >>> f"{rho.exact:.6f} {rho.leading:.6f}"
    '1.001195 1.001194'
    """
    leading_sin_alpha(point, v_Phi_TeV, g_X_value, couplings=couplings)
    mixing = mixing_at(point, v_Phi_TeV, g_X_value, couplings=couplings)
    return ExactAndLeading(mixing.rho, 1 + float(rho_excess(point, v_Phi_TeV, couplings=couplings)))


def universality_limits(
    *, sigmas: object = 2, couplings: str | ElectroweakCouplings = "ADN"
) -> tuple[float, float]:
    """Return the lower limits on v_Phi / sqrt|(a_mu - a_e) a_Y| in TeV, for a product above and below 0.

    Parameters
    ----------
    sigmas : how many standard deviations of R_LEP; ADN's numbers are for 2.
    couplings : where g and g' come from; ADN's numbers are for theirs, "ADN".

    Source: ADN (5.15), at leading order.

    Examples
    --------
    >>> [f"{limit:.2f}" for limit in universality_limits()]
    ['1.73', '1.46']
    >>> [f"{limit:.2f}" for limit in universality_limits(couplings="from m_Z and v")]
    ['1.35', '1.14']
    """
    values = {**electroweak_couplings(couplings).values, m_Z: input_in_TeV("m_Z")}
    positive, negative = (
        m_Z * sqrt(universality_coefficient() * sign / _allowed_excess(sign, couplings, sigmas))
        for sign in (1, -1)
    )
    return float(positive.subs(values)), float(negative.subs(values))


def lepton_universality_bound(
    point: LeptonPoint,
    *,
    sigmas: object = 2,
    couplings: str | ElectroweakCouplings = "ADN",
    g_X_value: object | None = None,
) -> Bound:
    """Return the lower bound on v_Phi from R_LEP, Gamma(Z -> e e)/Gamma(Z -> mu mu).

    Parameters
    ----------
    point : the charges.
    sigmas : how many standard deviations of R_LEP; ADN take 2.
    couplings : where g and g' come from; ADN round to 0.64 and 0.34, which raises the bound by 28%.
    g_X_value : None for the leading order, which does not depend on g_X; the reason of the bound says so if
        higher orders in the mixing change it by more than 10%.  With a number the bound is exact: it is the
        largest v_Phi at which R leaves its interval, for a Z' that is heavier than the Z.

    Source: ADN (5.15), (5.16).

    Examples
    --------
    >>> lepton_universality_bound(BENCHMARK)
    v_Phi > 1.03 TeV
    >>> lepton_universality_bound(BENCHMARK, couplings="from m_Z and v", g_X_value=1)
    v_Phi > 0.750 TeV
    """
    where, choice = _at(point), electroweak_couplings(couplings)
    level = confidence_level(as_sigmas(sigmas))
    printed = _PRINTED_UNIVERSALITY if where == BENCHMARK else None
    names = ("universality of Z couplings", "lower")
    if why := _why_universal(where):
        return Bound(*names, None, level, _UNIVERSALITY, printed, why, None)
    if g_X_value is None:
        expression = _leading_universality(where, choice, sigmas)
    else:
        exact = _exact_universality(where, choice, sigmas)
        expression = None if exact is None else m_Z * sqrt(1 / g_X**2 + exact)
    if expression is None:
        why = f"R stays within its interval for any v_Phi, at g_X = {g_X_value}"
        return Bound(*names, None, level, _UNIVERSALITY, printed, why, None)
    limit, uncertainty = _limit(expression, where, choice, g_X_value)
    remark = _remark(choice, g_X_value)
    if g_X_value is None:
        remark += _beyond_leading_order(where, choice, sigmas, limit)
    return Bound(*names, limit, level, _UNIVERSALITY, printed, remark, expression, uncertainty)


def rho_bound(
    point: LeptonPoint,
    *,
    sigmas: object = 2,
    couplings: str | ElectroweakCouplings = "from m_Z and v",
    g_X_value: object | None = None,
) -> Bound:
    """Return the lower bound on v_Phi from the upper end of the allowed interval of rho.

        v_Phi^2 > a_Y^2 m_Z^2/((g^2 + g'^2)(rho - 1)) at leading order,
        v_Phi^2 > m_Z^2 (a_Y^2 rho/((g^2 + g'^2)(rho - 1)) + 1/g_X^2) exactly, if Z' is heavier than Z.

    Arguments as for `lepton_universality_bound`, but ADN's numbers are for "from m_Z and v".

    Source: ADN (5.19), (5.20).

    Examples
    --------
    >>> rho_bound(BENCHMARK), rho_bound(BENCHMARK, couplings="ADN"), rho_bound(BENCHMARK, g_X_value="0.1")
    (v_Phi > 3.86 TeV, v_Phi > 3.95 TeV, v_Phi > 3.97 TeV)
    """
    _, largest = physical_input("rho").range(as_sigmas(sigmas))
    printed = _PRINTED_RHO if point == BENCHMARK else None
    return _rho_limit("lower", largest, point, sigmas, couplings, g_X_value, _RHO, printed)


def rho_upper_bound(
    point: LeptonPoint,
    *,
    sigmas: object = 2,
    couplings: str | ElectroweakCouplings = "from m_Z and v",
    g_X_value: object | None = None,
) -> Bound:
    """Return the upper bound on v_Phi from the lower end of the interval of rho, if that end is above 1.

    The measured rho is 2.05 standard deviations above 1: at 2 of them the Standard Model itself is outside,
    which ADN do not use.  Arguments as for `rho_bound`.

    Examples
    --------
    >>> rho_upper_bound(BENCHMARK)
    v_Phi < 33.9 TeV
    >>> rho_upper_bound(BENCHMARK, sigmas=3)
    no bound on v_Phi: rho = 1 is allowed
    """
    smallest, _ = physical_input("rho").range(as_sigmas(sigmas))
    return _rho_limit("upper", smallest, point, sigmas, couplings, g_X_value, "not in ADN", None)


def _rho_limit(
    side: str,
    end: Fraction,
    point: LeptonPoint,
    sigmas: object,
    couplings: str | ElectroweakCouplings,
    g_X_value: object | None,
    equation: str,
    printed: Fraction | None,
) -> Bound:
    """The value of v_Phi at which rho reaches an end of its interval."""
    where, choice = _at(point), electroweak_couplings(couplings)
    level = confidence_level(as_sigmas(sigmas))
    why = "rho = 1 is allowed" if end <= 1 else "a_Y = 0: no Z-Z' mixing, rho = 1" if where.a_Y == 0 else ""
    if why:
        return Bound("rho parameter", side, None, level, equation, printed, why, None)
    rho = to_sympy(end)
    strength = a_Y**2 / ((g**2 + g_prime**2) * (rho - 1))
    expression = m_Z * sqrt(strength if g_X_value is None else strength * rho + 1 / g_X**2)
    limit, uncertainty = _limit(expression, where, choice, g_X_value)
    remark = _remark(choice, g_X_value)
    return Bound("rho parameter", side, limit, level, equation, printed, remark, expression, uncertainty)


def _leading_universality(point: LeptonPoint, couplings: ElectroweakCouplings, sigmas: object) -> Any:
    """The value of v_Phi at which R of (5.14) reaches an end of its interval."""
    sign = 1 if (point.a_mu - point.a_e) * point.a_Y > 0 else -1
    excess = _allowed_excess(sign, couplings, sigmas)
    return m_Z * sqrt(universality_coefficient() * (a_mu - a_e) * a_Y / excess)


def _exact_universality(point: LeptonPoint, couplings: ElectroweakCouplings, sigmas: object) -> Any:
    """The largest v_Phi^2/m_Z^2 - 1/g_X^2 at which R leaves its interval; None if it does for no v_Phi."""
    values = {**point.values, **couplings.values}
    found = []
    for end in _universality_interval(sigmas):
        for root in mixing_for_ratio(end):
            at_point = root.xreplace(values).evalf()
            if at_point.is_real and at_point * values[a_Y] > 0:
                found.append((abs(float(at_point)), a_Y / (_Z_STRENGTH * root)))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _allowed_excess(sign: int, couplings: str | ElectroweakCouplings, sigmas: object) -> Any:
    """The end of the interval of R that is reached if the product of charges has this sign, minus one."""
    positive = sign * universality_coefficient().subs(electroweak_couplings(couplings).values) > 0
    return _universality_interval(sigmas)[bool(positive)] - 1


def _universality_interval(sigmas: object) -> tuple[Any, Any]:
    """The interval of R, which must contain the value 1 of universal couplings."""
    number = as_sigmas(sigmas)
    lower, upper = (to_sympy(end) for end in physical_input("R_LEP").range(number))
    if not lower < 1 < upper:
        raise ArgumentError(must_be("sigmas", "so many that R = 1 is allowed, more than 1/3", str(number)))
    return lower, upper


def _why_universal(point: LeptonPoint) -> str:
    """Why there is no bound from universality, or nothing."""
    reasons = []
    if point.a_Y == 0:
        reasons.append("a_Y = 0: the Higgs is neutral, so that Z and Z' do not mix")
    if point.a_e == point.a_mu:
        reasons.append("a_e = a_mu: electrons and muons couple alike")
    return "; ".join(reasons)


def _remark(couplings: ElectroweakCouplings, g_X_value: object | None) -> str:
    origin = "as ADN round them" if couplings.name == "ADN" else couplings.name
    order = "leading order" if g_X_value is None else f"exact mixing at g_X = {g_X_value}"
    return f"g and g' {origin}; {order}"


def _beyond_leading_order(
    point: LeptonPoint, couplings: ElectroweakCouplings, sigmas: object, limit_TeV: float
) -> str:
    """What to say where higher orders in the mixing matter, or nothing: kappa_L + kappa_R nearly cancels."""
    exact = _exact_universality(point, couplings, sigmas)
    if exact is None:
        return ", which is not valid here: with higher orders in the mixing R stays within its interval"
    heavy, _ = _limit(m_Z * sqrt(exact), point, couplings, None)
    if abs(heavy - limit_TeV) < _SMALL * limit_TeV:
        return ""
    return f", which is not valid here: with higher orders in the mixing {stated(heavy)} TeV, for a large g_X"


def _at(point: object) -> LeptonPoint:
    if not isinstance(point, LeptonPoint):
        raise ArgumentTypeError(must_be("point", "a LeptonPoint", point))
    return point


def _limit(
    expression: Any, point: LeptonPoint, couplings: ElectroweakCouplings, g_X_value: object | None
) -> tuple[float, float]:
    """The value of a limit in TeV and what the uncertainties of m_Z, g and g' do to it."""
    extra = {} if g_X_value is None else {g_X: as_coupling(g_X_value, "g_X_value")}
    result = _estimate(expression, point, couplings, extra)
    return result.value / _GEV_IN_A_TEV, max(result.upper, result.lower) / _GEV_IN_A_TEV


def _estimated(
    expression: Any, point: LeptonPoint, v_Phi_TeV: object, couplings: str | ElectroweakCouplings
) -> Estimate:
    scale = as_scale_TeV(v_Phi_TeV, "v_Phi_TeV") * _GEV_IN_A_TEV
    return _estimate(expression, _at(point), electroweak_couplings(couplings), {v_Phi: scale})


def _estimate(
    expression: Any, point: LeptonPoint, couplings: ElectroweakCouplings, extra: dict[Any, float]
) -> Estimate:
    """Evaluate in GeV, with g and g' as functions of the inputs, so that m_Z is varied once."""
    squares = {g: sqrt(couplings.g_squared), g_prime: sqrt(couplings.g_prime_squared)}
    in_inputs = expression.xreplace(point.values).xreplace(squares)
    return estimate(in_inputs, {m_Z: physical_input("m_Z"), **dict(couplings.inputs), **extra})
