"""How strong the Z' may couple: its width over its mass, field by field, and the largest g_X.

    Gamma / m_Z' = g_X^2 / (24 pi) sum n Q^2

over everything that it decays into; ADN call the coupling strong where this exceeds 0.3.  What is counted
matters: ADN's 0.071 g_X^2 has the fermions of the Standard Model only.

Key results
-----------
relative_width : Gamma / m_Z' in g_X, at a point, with the decays that are asked for
width_budget : what each kind of decay adds
largest_coupling : g_X where Gamma / m_Z' reaches its limit

References
----------
ADN, arXiv:1909.02021, (5.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Integer, Rational, Symbol, pi, sqrt

from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_rational, to_sympy
from anomalies.fields import FieldContent
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import LeptonPoint
from anomalies.phenomenology.symbols import g_X, m_Zprime
from anomalies.phenomenology.widths import width_over_mass, width_weights
from anomalies.tables import Table

__all__ = ["largest_coupling", "relative_width", "width_budget"]

# Q is heavier than the Z', and the dark states have charges that the point does not determine.
_NOT_DECAYED_INTO = frozenset(("Q", "nu"))


def relative_width(
    point: LeptonPoint | FieldContent, *, dark: Sequence[RationalLike] = (), higgs: bool = False
) -> Any:
    """Return Gamma / m_Z' as a sympy expression in g_X, all decay products massless.

        Gamma / m_Z' = g_X^2 / (24 pi) (sum_f n_f Q_f^2 + sum_i n_i^2 + Q_H^2)

    Parameters
    ----------
    point : the charges; or ADN's content with symbolic charges.
    dark : the charges n_i of the dark states that the Z' decays into; none by default, as in ADN (5.1).
    higgs : whether the Higgs doublet counts.  Its four components are the longitudinal W and Z and the Higgs
        boson at high energy, so that this is Z' -> W W and Z h.

    Source: ADN (5.1).

    Examples
    --------
    >>> from anomalies.phenomenology.points import BENCHMARK
    >>> relative_width(BENCHMARK).subs(g_X, 1).evalf(3)
    0.0711
    """
    content = point.content if isinstance(point, LeptonPoint) else point
    total = width_over_mass(content, heavy=_NOT_DECAYED_INTO)
    extra = sum((to_sympy(as_rational(n, "dark")) ** 2 for n in dark), Integer(0))
    if higgs:
        extra += width_weights(content, heavy=_NOT_DECAYED_INTO, scalars=True)["H"]
    return total + g_X**2 * extra / (24 * pi)


def width_budget(point: LeptonPoint, *, dark: Sequence[RationalLike] = ()) -> Table:
    """Return what each kind of decay adds to w = 24 pi Gamma / (g_X^2 m_Z'), exactly, and to Gamma.

    Parameters
    ----------
    point : the charges of the Standard Model fields.
    dark : the charges of the dark states; (a_e, a_mu, a_tau) if empty, which always cancels the anomalies.

    Examples
    --------
    >>> from anomalies.phenomenology.points import BENCHMARK
    >>> print(width_budget(BENCHMARK).text())
    decays into                                    w  Gamma/(g_X**2*m_Z')
    -----------------------------------  -----------  -------------------
    fermions of the Standard Model       53593/10000  0.07108
    dark states of charges 59/100, 1, 0  13481/10000  0.01788
    Higgs doublet: W W, Z h               7569/40000  0.00251
    all of these                          55173/8000  0.09147
    """
    states = tuple(dark) or (point.a_e, point.a_mu, point.a_tau)
    fermions = relative_width(point)
    parts = (
        ("fermions of the Standard Model", fermions),
        (
            f"dark states of charges {', '.join(map(str, states))}",
            relative_width(point, dark=states) - fermions,
        ),
        ("Higgs doublet: W W, Z h", relative_width(point, higgs=True) - fermions),
        ("all of these", relative_width(point, dark=states, higgs=True)),
    )
    rows = [
        (name, Rational(width * 24 * pi / g_X**2), f"{float(width.subs(g_X, 1)):.5f}")
        for name, width in parts
    ]
    return Table(("decays into", Symbol("w"), Symbol("Gamma") / (g_X**2 * m_Zprime)), rows)


def largest_coupling(
    point: LeptonPoint,
    *,
    largest_width: RationalLike | None = None,
    dark: Sequence[RationalLike] = (),
    higgs: bool = False,
) -> Any:
    """Return the g_X at which Gamma / m_Z' reaches its limit, 0.3 unless another is given, as a sympy number.

    The other arguments are those of `relative_width`.

    Raises `ArgumentError` if the Z' decays into nothing.

    Source: ADN, text after (5.1): 2.1.

    Examples
    --------
    >>> from anomalies.phenomenology.points import BENCHMARK
    >>> largest_coupling(BENCHMARK).evalf(4)
    2.054
    """
    limit = physical_input("width_largest").value if largest_width is None else as_rational(largest_width)
    if limit <= 0:
        raise ArgumentError(must_be("largest_width", "positive", largest_width))
    width = relative_width(point, dark=dark, higgs=higgs).subs(g_X, 1)
    if width == 0:
        raise ArgumentError(must_be("point", "charged, so that the Z' decays", str(point)))
    return sqrt(to_sympy(limit) / width)
