r"""Three families and three nu_R: the geometry behind all anomaly-free charges.

The four linear conditions leave 14 of 18 charges.  With T traceless in each species they are

    X = alpha Y + beta (B-L) + T,      T_f = (x, y, -x - y)     for f = q, u, d, l, e, nu,

and with N = x^2 + x y + y^2 and P = -x y (x + y) the two others become

    N_q - N_l - 2 N_u + N_d + N_e = 0,
    6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e - P_nu + 2 beta (2 N_q - N_u - N_d - 2 N_l + N_e + N_nu) = 0,

because Y and B-L are double points: the quadric is a cone over both, the cubic is independent of alpha on the
quadric and linear in beta.  On the quadric the bracket is D = 3 N_u - 3 N_d - N_e + N_nu.

N is the norm form of Q(sqrt(-3)), which vanishes at zero only, and <A, B> its polar form, with <A, A> = N_A.
So N_q - N_l = <T_q - T_l, T_q + T_l>: given A = T_q - T_l, the quadratic condition is linear in the sum S of
T_q and T_l.  If A is not zero its solutions are

    S = r A + w A',     r = (2 N_u - N_d - N_e)/N_A,     A' = (A_2 - A_3, A_3 - A_1, A_1 - A_2),

for any w.  This is the chord of the quadric through its rational point (T_q, T_l) = (A, A), which moves with
A so that no chord is a tangent.

If A = 0, the condition is N(U + B) + N(U + C) = 2 N(U) with U = T_u, B = T_d - T_u, C = T_e - T_u.  It is
linear in U, and for G = B + C not zero its solutions are

    U = r G + w G',     r = -(N_B + N_C)/(2 N_G).

If A = G = 0 then C = -B and N_B = 0, that is T_u = T_d = T_e.

Key results
-----------
norm, polar, product_of, perpendicular : N, <A, B>, P and A' of traceless triples
quadric, cubic, slope : the three forms in T above: the quadratic condition, the cubic one, and D
doublets, singlets : the solutions of the quadratic condition
CHARTS, chart_of : three charts that cover the quadric, each point once, with their inverses
charge_rows, components : from (alpha, beta, T) to X and back

References
----------
B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:2006.03588: B-L as a double point, and chords through a
rational point of the quadric.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

__all__ = [
    "B_MINUS_L",
    "CHARTS",
    "HYPERCHARGE",
    "LOCI",
    "SPECIES",
    "Chart",
    "Triples",
    "Values",
    "charge_rows",
    "chart_of",
    "components",
    "cubic",
    "doublets",
    "doublets_ratio",
    "locus_of",
    "norm",
    "perpendicular",
    "polar",
    "product_of",
    "quadric",
    "singlets",
    "singlets_ratio",
    "slope",
    "traceless",
]

SPECIES = ("q", "u", "d", "l", "e", "nu")
HYPERCHARGE = tuple(map(Fraction, ("1/6", "2/3", "-1/3", "-1/2", "-1", "0")))
B_MINUS_L = tuple(map(Fraction, ("1/3", "1/3", "1/3", "-1", "-1", "-1")))

Number: TypeAlias = Any  # a rational number, or a polynomial
Triple: TypeAlias = Sequence[Any]
Values: TypeAlias = tuple[Fraction, ...]
Triples: TypeAlias = Sequence[Sequence[Fraction]]
_HALF = Fraction(1, 2)


def traceless(x: Number, y: Number) -> tuple[Number, Number, Number]:
    """Return (x, y, -x - y)."""
    return x, y, -x - y


def norm(t: Triple) -> Number:
    """Return N = x^2 + x y + y^2 of a traceless triple, half the sum of its squares.

    >>> norm((1, 2, -3))
    7
    """
    x, y, _ = t
    return x * x + x * y + y * y


def polar(s: Triple, t: Triple) -> Number:
    """Return 2 <s, t> = N(s + t) - N(s) - N(t), the sum of products of traceless triples.

    >>> polar((1, 2, -3), (1, 0, -1)), polar((1, 2, -3), (1, 2, -3))
    (4, 14)
    """
    return s[0] * t[0] + s[1] * t[1] + s[2] * t[2]


def product_of(t: Triple) -> Number:
    """Return P, the product of a triple: a third of the sum of its cubes if it is traceless.

    >>> product_of((1, 2, -3))
    -6
    """
    return t[0] * t[1] * t[2]


def perpendicular(t: Triple) -> tuple[Number, Number, Number]:
    """Return the traceless triple (t_2 - t_3, t_3 - t_1, t_1 - t_2), for which <t, .> = 0.

    >>> perpendicular((1, 2, -3)), polar((1, 2, -3), perpendicular((1, 2, -3)))
    ((5, -4, -1), 0)
    """
    x, y, z = t
    return y - z, z - x, x - y


def quadric(triples: Sequence[Triple]) -> Number:
    """Return N_q - N_l - 2 N_u + N_d + N_e."""
    q, u, d, lepton, e, _ = map(norm, triples)
    return q - lepton - 2 * u + d + e


def cubic(triples: Sequence[Triple]) -> Number:
    """Return 6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e - P_nu, a third of the cubic condition at beta = 0."""
    q, u, d, lepton, e, nu = map(product_of, triples)
    return 6 * q + 2 * lepton - 3 * u - 3 * d - e - nu


def slope(triples: Sequence[Triple]) -> Number:
    """Return D = 3 N_u - 3 N_d - N_e + N_nu: on the quadric, beta = -cubic/(2 D)."""
    _, u, d, _, e, nu = map(norm, triples)
    return 3 * u - 3 * d - e + nu


def doublets_ratio(a: Triple, u: Triple, d: Triple, e: Triple) -> tuple[Number, Number]:
    """Return numerator and denominator of r = (2 N_u - N_d - N_e)/N_A."""
    return 2 * norm(u) - norm(d) - norm(e), norm(a)


def doublets(
    a: Triple, w: Number, r: Number
) -> tuple[tuple[Number, Number, Number], tuple[Number, Number, Number]]:
    """Return 2 T_q and 2 T_l for T_q - T_l = A and T_q + T_l = r A + w A'.

    >>> doublets((1, -1, 0), 1, 0)
    ((0, -2, 2), (-2, 0, 2))
    """
    sums = [r * x + w * y for x, y in zip(a, perpendicular(a), strict=True)]
    (s_1, s_2, s_3), (a_1, a_2, a_3) = sums, a
    return (s_1 + a_1, s_2 + a_2, s_3 + a_3), (s_1 - a_1, s_2 - a_2, s_3 - a_3)


def singlets_ratio(b: Triple, c: Triple) -> tuple[Number, Number]:
    """Return numerator and denominator of r = -(N_B + N_C)/(2 N_G), G = B + C."""
    return -(norm(b) + norm(c)), 2 * norm(_sum(b, c))


def singlets(b: Triple, c: Triple, w: Number, r: Number) -> tuple[tuple[Number, Number, Number], ...]:
    """Return T_u = r G + w G', T_d = T_u + B and T_e = T_u + C, G = B + C.

    >>> singlets((1, -1, 0), (0, 1, -1), 0, -1)
    ((-1, 0, 1), (0, -1, 1), (-1, 1, 0))
    """
    g = _sum(b, c)
    x, y, z = (r * first + w * second for first, second in zip(g, perpendicular(g), strict=True))
    u = (x, y, z)
    return u, _sum(u, b), _sum(u, c)


def _sum(s: Triple, t: Triple) -> tuple[Number, Number, Number]:
    return s[0] + t[0], s[1] + t[1], s[2] + t[2]


def charge_rows(alpha: Number, beta: Number, triples: Sequence[Triple]) -> tuple[tuple[Number, ...], ...]:
    """Return X = alpha Y + beta (B-L) + T, three charges for each of the species.

    >>> charge_rows(6, 0, [(0, 0, 0)] * 6)[0]
    (Fraction(1, 1), Fraction(1, 1), Fraction(1, 1))
    """
    centres = (alpha * y + beta * b for y, b in zip(HYPERCHARGE, B_MINUS_L, strict=True))
    return tuple(tuple(c + t for t in triple) for c, triple in zip(centres, triples, strict=True))


def components(rows: Sequence[Triple]) -> tuple[Number, Number, tuple[Triple, ...]]:
    """Return alpha, beta and T of charges that satisfy the linear conditions.

    alpha = 2 (S_u - S_q)/3 and beta = -S_nu/3 with S the sum over families; T is what is left.

    >>> components(charge_rows(Fraction(6), Fraction(3), [(1, 1, -2)] * 6))[:2]
    (Fraction(6, 1), Fraction(3, 1))
    """
    totals = [row[0] + row[1] + row[2] for row in rows]
    alpha, beta = Fraction(2, 3) * (totals[1] - totals[0]), Fraction(-1, 3) * totals[5]
    third = Fraction(1, 3)
    triples = tuple(tuple(x - total * third for x in row) for row, total in zip(rows, totals, strict=True))
    return alpha, beta, triples


# ---------------------------------------------------------------- charts of the quadric


def _pairs(values: Sequence[Fraction]) -> list[tuple[Fraction, Fraction, Fraction]]:
    return [traceless(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]


def _first_two(*triples: Sequence[Fraction]) -> Values:
    return tuple(x for triple in triples for x in triple[:2])


def _minus(s: Sequence[Fraction], t: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    return s[0] - t[0], s[1] - t[1], s[2] - t[2]


def _along(s: Sequence[Fraction], t: Sequence[Fraction]) -> Fraction:
    """The coefficient of the direction t in s, for a t that is not zero."""
    return Fraction(polar(s, t), polar(t, t))


def _generic(values: Values) -> Triples | None:
    a, w, (u, d, e, nu) = traceless(*values[:2]), values[2], _pairs(values[3:])
    numerator, denominator = doublets_ratio(a, u, d, e)
    if denominator == 0:
        return None
    q, lepton = doublets(a, w, Fraction(numerator, denominator))
    return tuple(x * _HALF for x in q), u, d, tuple(x * _HALF for x in lepton), e, nu


def _generic_inverse(triples: Triples) -> Values:
    q, u, d, lepton, e, nu = triples
    a = _minus(q, lepton)
    sums = [x + y for x, y in zip(q, lepton, strict=True)]
    return (*a[:2], _along(sums, perpendicular(a)), *_first_two(u, d, e, nu))


def _equal_doublets(values: Values) -> Triples | None:
    (q, b, c), w, nu = _pairs(values[:6]), values[6], traceless(*values[7:])
    numerator, denominator = singlets_ratio(b, c)
    if denominator == 0:
        return None
    u, d, e = singlets(b, c, w, Fraction(numerator, denominator))
    return q, u, d, q, e, nu


def _equal_doublets_inverse(triples: Triples) -> Values:
    q, u, d, _, e, nu = triples
    b, c = _minus(d, u), _minus(e, u)
    g = [x + y for x, y in zip(b, c, strict=True)]
    return (*_first_two(q, b, c), _along(u, perpendicular(g)), *nu[:2])


def _equal_singlets(values: Values) -> Triples:
    q, u, nu = _pairs(values)
    return q, u, u, q, u, nu


def _equal_singlets_inverse(triples: Triples) -> Values:
    return _first_two(triples[0], triples[1], triples[5])


def _coordinates(values: Values) -> Triples | None:
    triples = tuple(_pairs(values))
    return None if quadric(triples) or slope(triples) or cubic(triples) else triples


def _coordinates_inverse(triples: Triples) -> Values:
    return _first_two(*triples)


@dataclass(frozen=True, slots=True)
class Chart:
    """How T is given on a locus.

    Attributes
    ----------
    names : the coordinates, separated by blanks; those of T_nu are the last two.
    domain : what the coordinates have to satisfy, in words; empty if nothing.
    triples : from coordinates to T, or None where the chart is not defined.
    inverse : from T to coordinates, exact wherever T is on the locus.
    """

    names: str
    domain: str
    triples: Callable[[Values], Triples | None]
    inverse: Callable[[Triples], Values]


# The first three are charts of the quadric, of which every point is in exactly one of them.
CHARTS = {
    "generic": Chart(
        "a_1 a_2 w u_1 u_2 d_1 d_2 e_1 e_2 nu_1 nu_2",
        "(a_1, a_2) not (0, 0)",
        _generic,
        _generic_inverse,
    ),
    "equal doublets": Chart(
        "q_1 q_2 b_1 b_2 c_1 c_2 w nu_1 nu_2",
        "(b_1 + c_1, b_2 + c_2) not (0, 0)",
        _equal_doublets,
        _equal_doublets_inverse,
    ),
    "equal singlets": Chart("q_1 q_2 u_1 u_2 nu_1 nu_2", "", _equal_singlets, _equal_singlets_inverse),
    "every shift": Chart(
        "q_1 q_2 u_1 u_2 d_1 d_2 l_1 l_2 e_1 e_2 nu_1 nu_2",
        "N_q + N_d + N_e = N_l + 2 N_u, D = 0 and 6 P_q + 2 P_l = 3 P_u + 3 P_d + P_e + P_nu",
        _coordinates,
        _coordinates_inverse,
    ),
}
LOCI = tuple(CHARTS)


def chart_of(triples: Triples) -> str:
    """Return the name of the one chart of the quadric, among three, that has this point.

    >>> chart_of([(0, 0, 0)] * 6), chart_of([(1, -1, 0)] + [(0, 0, 0)] * 5)
    ('equal singlets', 'generic')
    """
    q, u, d, lepton, e, _ = triples
    if any(_minus(q, lepton)):
        return "generic"
    if any(y + z - 2 * x for x, y, z in zip(u, d, e, strict=True)):
        return "equal doublets"
    return "equal singlets"


def locus_of(triples: Triples) -> str:
    """Return the one of `LOCI` that has this point: "every shift" if D = 0, else its chart.

    >>> locus_of([(0, 0, 0)] * 6)
    'every shift'
    """
    return chart_of(triples) if slope(triples) else "every shift"
