r"""Power series of the Z-Z' mixing in the ratio of the squared masses, to any order.

With the mass matrix ((A, -delta), (-delta, E)) of Z0 and X, r = delta/A, and the ratio of the physical masses
x = m_Z^2/m_Z'^2, the tangent t of the mixing angle is a root of

    r t^2 - (1 - x) t + r x = 0,    t = r sum_{n >= 0} x^(n+1) sum_k C(n+k, 2k) Cat(k) r^(2k),

with the Catalan numbers Cat(k).  The series is the root that goes to zero with x.  It is the physical one for
E > A (1 + 2 r^2), and it converges for sqrt(x) < sqrt(1 + r^2) - |r|.  Everything else is a function of t:

    A/m_Z^2 = 1/(1 - r t),    E/m_Z'^2 = 1 - x r t/(1 - r t),

and for ADN's scalars, where E = g_X^2 v_Phi^2 + r^2 A, m_Z'^2 = g_X^2 v_Phi^2/(1 - r t).

Key results
-----------
mixing_series : tan, sin, cos and the masses as power series in x
mixing_strength, mass_ratio : the symbols r and x

References
----------
ADN, arXiv:1909.02021, (3.16), (3.17), which are the leading orders; OEIS A088617 for the coefficients.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import comb
from types import MappingProxyType
from typing import Any

from sympy import Rational, Symbol

from anomalies.errors import UnknownNameError, must_be
from anomalies.exact import as_integer

__all__ = ["SERIES", "mass_ratio", "mixing_series", "mixing_strength"]

mixing_strength = Symbol("r", real=True)
mass_ratio = Symbol("x", positive=True)


def mixing_series(quantity: str, order: int = 2) -> Any:
    """Return a quantity as a power series in x = m_Z^2/m_Z'^2, up to and including x^order.

    Its coefficients are polynomials in r; see the module's docstring.

    Parameters
    ----------
    quantity : a key of `SERIES`: "tan_alpha", "sin_alpha", "cos_alpha"; "rho", which is A/m_Z^2;
        "m_Z/m_Z0", "m_Z'/m_X" with m_Z0^2 = A, m_X^2 = E; and for ADN's scalars "m_Z'/(g_X v_Phi)".
    order : at least 0.

    Returns a sympy polynomial in the symbols r and x.

    Raises `UnknownNameError` for another quantity.

    Source: ADN (3.16), (3.17) are the leading orders.

    Examples
    --------
    >>> mixing_series("tan_alpha", 3)
    r*x + x**3*(2*r**5 + 3*r**3 + r) + x**2*(r**3 + r)
    >>> mixing_series("rho", 1), mixing_series("m_Z'/(g_X v_Phi)", 1)
    (r**2*x + 1, r**2*x/2 + 1)
    """
    if quantity not in SERIES:
        raise UnknownNameError(must_be("quantity", f"one of {', '.join(SERIES)}", quantity))
    return SERIES[quantity](_Truncated(as_integer(order, "order", 0)))


class _Truncated:
    """Power series in x up to a fixed order: lists of polynomials in r over the rationals."""

    def __init__(self, order: int) -> None:
        from sympy import QQ, ring

        self.order = order
        self.ring, self.r = ring(str(mixing_strength), QQ)

    def tangent(self) -> list[Any]:
        """Return t; the coefficients count Schroeder paths, and solve the quadratic equation."""
        r = self.r
        return [
            self.ring(0),
            *(
                sum((comb(n + k, 2 * k) * _catalan(k) * r ** (2 * k + 1) for k in range(n + 1)), self.ring(0))
                for n in range(self.order)
            ),
        ]

    def times(self, left: list[Any], right: list[Any]) -> list[Any]:
        return [
            sum((left[i] * right[n - i] for i in range(n + 1)), self.ring(0)) for n in range(self.order + 1)
        ]

    def scaled(self, factor: Any, series: list[Any]) -> list[Any]:
        return [factor * coefficient for coefficient in series]

    def times_x(self, series: list[Any]) -> list[Any]:
        return [self.ring(0), *series[: self.order]]

    def power(self, series: list[Any], exponent: Fraction) -> list[Any]:
        """Return (1 + u)^exponent for u = O(x): n c_n = sum_k (k exponent - (n - k)) u_k c_(n-k)."""
        result = [self.ring(1)]
        for n in range(1, self.order + 1):
            terms = (
                series[k] * result[n - k] * _rational(self.ring, exponent * k - (n - k))
                for k in range(1, n + 1)
            )
            result.append(sum(terms, self.ring(0)) / n)
        return result

    def expression(self, series: list[Any]) -> Any:
        terms = (c.as_expr(mixing_strength) * mass_ratio**n for n, c in enumerate(series))
        return sum(terms, Rational(0))


def _rational(ring: Any, value: Fraction) -> Any:
    return ring.domain(value.numerator, value.denominator)


def _catalan(k: int) -> int:
    return comb(2 * k, k) // (k + 1)


def _circular(power_of_t: int) -> Callable[[_Truncated], Any]:
    """t^power / sqrt(1 + t^2): the sine and the cosine."""

    def series(s: _Truncated) -> Any:
        t = s.tangent()
        result = s.power(s.times(t, t), Fraction(-1, 2))
        return s.expression(s.times(t, result) if power_of_t else result)

    return series


def _shrunk(exponent: Fraction) -> Callable[[_Truncated], Any]:
    """(m_Z^2 / A)^exponent = (1 - r t)^exponent."""
    return lambda s: s.expression(s.power(s.scaled(-s.r, s.tangent()), exponent))


def _heavy_over_unmixed(s: _Truncated) -> Any:
    """m_Z'/m_X: m_X^2/m_Z'^2 = 1 - x r t A/m_Z^2."""
    product = s.scaled(s.r, s.tangent())
    inverse = s.power(s.scaled(-1, product), Fraction(-1))
    return s.expression(s.power(s.scaled(-1, s.times_x(s.times(product, inverse))), Fraction(-1, 2)))


SERIES: Mapping[str, Callable[[_Truncated], Any]] = MappingProxyType(
    {
        "tan_alpha": lambda s: s.expression(s.tangent()),
        "sin_alpha": _circular(1),
        "cos_alpha": _circular(0),
        "rho": _shrunk(Fraction(-1)),
        "m_Z/m_Z0": _shrunk(Fraction(1, 2)),
        "m_Z'/m_X": _heavy_over_unmixed,
        "m_Z'/(g_X v_Phi)": _shrunk(Fraction(-1, 2)),
    }
)
