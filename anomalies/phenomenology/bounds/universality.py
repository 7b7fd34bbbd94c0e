"""Universality of the Z couplings to charged leptons: the ratio of widths as a function of the Z-Z' mixing.

The Z of ADN (3.15) couples to a lepton by cos(alpha_z) kappa + sin(alpha_z) g_X Q_X, and the ratio of the
widths is

    R = (g_eL^2 + g_eR^2)/(g_muL^2 + g_muR^2).

Key results
-----------
lepton_z_couplings : the couplings, exactly: (5.11), (5.12)
universality_ratio : R, exactly: (5.9)
universality_coefficient : its leading order (5.13), with the number of (5.14) as a function of g and g'
mixing_for_ratio : the mixing at which R takes a given value, in closed form

References
----------
ADN, arXiv:1909.02021, (5.8)-(5.14).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sympy import Poly, Symbol, cancel, cos, sin, sqrt

from anomalies.phenomenology.mixing.neutral_bosons import boson_coupling
from anomalies.phenomenology.points import framework_content
from anomalies.phenomenology.symbols import a_e, a_mu, a_Y, alpha_z, g, g_prime, g_X

__all__ = ["lepton_z_couplings", "mixing_for_ratio", "universality_coefficient", "universality_ratio"]

_Z_STRENGTH = sqrt(g**2 + g_prime**2)
_RATIO = Symbol("ratio", positive=True)


def lepton_z_couplings(family: int = 1) -> tuple[Any, Any]:
    """Return the couplings of the Z to the left- and right-handed charged lepton of a family.

    At alpha_z = 0 they are kappa_L and kappa_R.  Source: ADN (5.11), (5.12).

    >>> [coupling.subs(alpha_z, 0) for coupling in lepton_z_couplings()]
    [(-g**2 + g'**2)/(2*sqrt(g**2 + g'**2)), g'**2/sqrt(g**2 + g'**2)]
    """
    content = framework_content(normalised=False)
    return (
        boson_coupling(content, "l", "-1/2", "Z", family=family),
        boson_coupling(content, "e", 0, "Z", family=family),
    )


def universality_ratio(first: int = 1, second: int = 2) -> Any:
    """Return R = Gamma(Z -> first pair) / Gamma(Z -> second pair) for two lepton families, exactly.

    It is the ratio of the sums of squared couplings to left- and right-handed leptons, in the symbol alpha_z.

    Source: ADN (5.9), (5.11).

    >>> from sympy import diff
    >>> universality_ratio(1, 2).subs(alpha_z, 0)
    1
    """
    above, below = (sum(k**2 for k in lepton_z_couplings(family)) for family in (first, second))
    return above / below


@cache
def universality_coefficient() -> Any:
    """Return K(g, g') of R = 1 + K (a_mu - a_e) a_Y m_Z^2/v_Phi^2, to leading order.

    It is dR/d(alpha_z) at alpha_z = 0 times sin(alpha_z) = a_Y m_Z^2/(sqrt(g^2 + g'^2) g_X v_Phi^2).

    Source: ADN (5.13), (5.14).

    Examples
    --------
    The numerator is a small difference, 4 (g^2 + g'^2)(1 - 4 sin^2 theta_w):

    >>> from sympy import factor
    >>> factor(universality_coefficient())
    4*(g**2 - 3*g'**2)/(g**4 - 2*g**2*g'**2 + 5*g'**4)
    """
    slope = universality_ratio().diff(alpha_z).subs(alpha_z, 0)
    leading = slope * a_Y / (_Z_STRENGTH * g_X)
    return cancel(leading / ((a_mu - a_e) * a_Y))


def mixing_for_ratio(ratio: Any) -> Iterator[Any]:
    """Yield both values of g_X tan(alpha_z) at which R takes a value: the roots of a quadratic equation.

    They are written so that neither is 0/0 where the other is infinite.

    >>> first, _ = mixing_for_ratio(universality_ratio().subs(alpha_z, 0))
    >>> first
    0
    """
    c2, c1, c0 = (coefficient.subs(_RATIO, ratio) for coefficient in _quadratic_of_ratio())
    for sign in (1, -1):
        yield 2 * c0 / (-c1 + sign * sqrt(c1**2 - 4 * c0 * c2))


@cache
def _quadratic_of_ratio() -> tuple[Any, ...]:
    """The coefficients of the quadratic equation R = ratio for g_X tan(alpha_z)."""
    tangent = Symbol("tau")
    above, below = (
        sum(k.subs({cos(alpha_z): 1, sin(alpha_z): tangent / g_X}) ** 2 for k in lepton_z_couplings(family))
        for family in (1, 2)
    )
    return tuple(Poly(above - _RATIO * below, tangent).all_coeffs())
