r"""Two dark states: every sector of three lepton charges, from five cubics in three parameters.

Up to a common factor, the sectors (a_e, a_mu, a_tau; n_1, n_2) are the rational points of

    a_e + a_mu + a_tau = n_1 + n_2,    a_e^3 + a_mu^3 + a_tau^3 = n_1^3 + n_2^3,

the diagonal cubic surface of Clebsch.  Fifteen of its 27 lines are rational: a zero charge beside two
vector-like pairs.  The other twelve are defined over Q(sqrt 5).

Take two of the fifteen that do not meet, with a point on each,

    P = (w, -w, -u; -u, 0)   and   Q = (w, v-w, -w; 0, v-w).

The line through P and Q meets the surface in a third point.  With B the polar form of the
cubic, that is B(P, Q, Q) P - B(P, P, Q) Q.  Divided by w it reads

    a_e   = w (u - v)(u + v - w)          n_1 = u (u w + v^2 - 2 v w)
    a_mu  = (u - w)(u v - u w + v w)      n_2 = (u^2 - v w)(v - w)
    a_tau = v (u v - 2 u w + w^2)

These cubics vanish together at the corners (1:0:0), (0:1:0), (0:0:1), at (1:1:1), and at the two points of
u + v = w, u^2 + u w = w^2, which are not rational.  So the surface is the plane with six points blown up; the
four rational ones stand for the four lines `EXCEPTIONAL_LINES`.

Key results
-----------
clebsch_charges : the five cubics, of numbers or of symbols
TwoDarkFamily : the sectors with two dark states as a family, with the inverse map

The inverse map
---------------
Each of the ratios v/w = (a_e + a_mu)/(n_1 - a_tau), u/w = n_1/(a_mu - n_2), u/v = (n_2 - a_e)/a_tau names a
plane of the pencil through a line; these three lines are rational, too.  On the line itself the ratio is
0/0, and the plane is the tangent plane of the surface, which gives

    v/w = n_1^2/a_e^2,    u/w = (a_tau^2 - a_mu^2)/a_tau^2,    u/v = a_mu^2/(a_mu^2 - a_e^2).

The surface is smooth, so one of the two forms always works: the ratios are defined everywhere.  A point
that is not on one of the four exceptional lines is determined by two of them.

References
----------
A. Clebsch, Math. Ann. 4 (1871) 284, for the surface.
W. Altmannshofer, J. Davighi, M. Nardecchia, arXiv:1909.02021: footnote 29, for sectors with two states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.diophantine.dark import DarkSector
from anomalies.diophantine.families import parameter_values, sectors_by_height
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, primitive

__all__ = ["EXCEPTIONAL_LINES", "EXCEPTIONAL_SECTORS", "TwoDarkFamily", "clebsch_charges", "skew_points"]

_Numbers: TypeAlias = Sequence[Fraction | int]

# The four rational base points, and above each the line (a_e, a_mu, a_tau; n_1, n_2), by two of its points.
EXCEPTIONAL_LINES: tuple[tuple[tuple[int, ...], tuple[tuple[int, ...], tuple[int, ...]]], ...] = (
    ((1, 0, 0), ((1, 0, 0, 1, 0), (0, 1, 0, 0, 1))),
    ((0, 1, 0), ((1, 0, 0, 0, 1), (0, 0, 1, 1, 0))),
    ((0, 0, 1), ((1, -1, 0, 0, 0), (0, 0, 1, 0, 1))),
    ((1, 1, 1), ((1, 0, -1, 0, 0), (0, 1, 0, 1, 0))),
)
_BASE_POINTS = frozenset(point for point, _ in EXCEPTIONAL_LINES)

# What lies on these lines for either order of n_1 and n_2: the four points with n_1 = n_2, and four pairs of
# points that the exchange maps to each other.
EXCEPTIONAL_SECTORS: tuple[tuple[int, ...], ...] = (
    (1, 1, 0, 1, 1),
    (1, 0, 1, 1, 1),
    (1, -1, 0, 0, 0),
    (1, 0, -1, 0, 0),
    (1, 0, 0, 0, 1),
    (0, 1, 0, 0, 1),
    (0, 0, 1, 0, 1),
    (-1, 1, 1, 0, 1),
)


def clebsch_charges(u: Any, v: Any, w: Any) -> tuple[Any, ...]:
    """Return (a_e, a_mu, a_tau, n_1, n_2), the five cubics of the module's head, at u, v, w.

    They solve both equations identically.  Numbers and symbols are equally welcome.

    >>> clebsch_charges(2, 9, 6)
    (-210, -240, 270, -30, -150)
    """
    return (
        w * (u - v) * (u + v - w),
        (u - w) * (u * v - u * w + v * w),
        v * (u * v - 2 * u * w + w**2),
        u * (u * w + v**2 - 2 * v * w),
        (u**2 - v * w) * (v - w),
    )


def skew_points(u: Any, v: Any, w: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the points P and Q on two skew lines whose chord meets the surface in `clebsch_charges`.

    >>> skew_points(1, 2, 3)
    ((3, -3, -1, -1, 0), (3, -1, -3, 0, -1))
    """
    return (w, -w, -u, -u, 0 * w), (w, v - w, -w, 0 * w, v - w)


@dataclass(frozen=True, slots=True, repr=False)
class TwoDarkFamily(Printable):
    """All sectors with three lepton and two dark charges, except eight of them and their multiples.

    The sector at (u, v, w, s) is s times `clebsch_charges` (u, v, w).  Refused are s = 0 and (u, v, w) that
    are a multiple of (1, 0, 0), (0, 1, 0), (0, 0, 1) or (1, 1, 1), or zero, where all five cubics vanish.
    Not reached are the multiples, zero included, of `EXCEPTIONAL_SECTORS`, which are vector-like:

        (1, 1, 0; 1, 1)   (1, 0, 1; 1, 1)   (1, -1, 0; 0, 0)   (1, 0, -1; 0, 0)
        (1, 0, 0; 0, 1)   (0, 1, 0; 0, 1)   (0, 0, 1; 0, 1)    (-1, 1, 1; 0, 1)

    Charges in the order (a_e, a_mu, a_tau, n_1, n_2) have exactly one point (u:v:w) and s, unless they are
    on one of `EXCEPTIONAL_LINES`, where they have none.  A sector does not order its dark charges, so it
    has one point for each order that is on none of these lines.  `parameters_of` takes n_1 <= n_2 if it
    can, and returns coprime integers u, v, w of which the first that is not zero is positive.

    Examples
    --------
    >>> family = TwoDarkFamily()
    >>> sector = DarkSector([7, 8, -9], [1, 5])
    >>> [str(value) for value in family.parameters_of(sector)]
    ['2', '9', '6', '-1/30']
    >>> family.subs([2, 9, 6, "-1/30"])
    (7, 8, -9; 1, 5)
    >>> DarkSector([2, 0, -2], [0, 0]) in family
    False
    """

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters u, v, w, s, as sympy symbols."""
        from sympy import symbols

        return tuple(symbols("u v w s"))

    def subs(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> DarkSector:
        """Return the sector at rational values of the parameters.

        Raises
        ------
        ArgumentError
            If all charges would be zero.
        """
        u, v, w, scale = parameter_values(self.parameters, values)
        charges = [scale * x for x in clebsch_charges(u, v, w)]
        if not any(charges):
            expected = "parameters with s != 0 and (u:v:w) none of (1:0:0), (0:1:0), (0:0:1), (1:1:1)"
            raise ArgumentError(must_be("values", expected, values))
        return DarkSector(charges[:3], charges[3:])

    def parameters_of(self, sector: DarkSector) -> tuple[Fraction, ...]:
        """Return the parameters of a sector of this family: coprime integers u, v, w, and s.

        Raises
        ------
        ArgumentError
            If the sector is not in the family.
        """
        found = _parameters(sector)
        if found is None:
            raise ArgumentError(must_be("sector", "a sector of this family", sector))
        return found

    def __contains__(self, sector: object) -> bool:
        """Return whether `sector` has three and two charges and is none of the exceptions."""
        return _parameters(sector) is not None

    def __iter__(self) -> Iterator[DarkSector]:
        """Iterate over all sectors of the family, by height."""
        return filter(self.__contains__, sectors_by_height(3, 2))

    def _sympystr(self, printer: Any) -> str:
        charges = [printer._print(x) for x in clebsch_charges(*self.parameters[:3])]
        return f"{{s*({', '.join(charges[:3])}; {', '.join(charges[3:])}): (u:v:w) rational, s != 0}}"

    def _latex(self, printer: Any) -> str:
        charges = [printer._print(x) for x in clebsch_charges(*self.parameters[:3])]
        separator = r",\\ &\qquad "
        a, n = separator.join(charges[:3]), separator.join(charges[3:])
        domain = r"\left(u : v : w\right) \in \mathbb{P}^2(\mathbb{Q}),\ s \in \mathbb{Q}^\times"
        sector = rf"s\, \bigl(&{a};\\ &\qquad {n}\bigr)"
        return rf"\begin{{aligned}} \Bigl\{{ {sector} :\\ &{domain} \Bigr\}} \end{{aligned}}"


def _parameters(sector: object) -> tuple[Fraction, ...] | None:
    if not isinstance(sector, DarkSector) or (len(sector.a), len(sector.n)) != (3, 2):
        return None
    for n in (sector.n, sector.n[::-1]):
        charges = primitive((*sector.a, *n))
        point = _plane_point(charges)
        if point is not None:
            scale = next(
                Fraction(x) / y for x, y in zip((*sector.a, *n), clebsch_charges(*point), strict=True) if y
            )
            return (*map(Fraction, point), scale)
    return None


def _plane_point(charges: Sequence[int]) -> tuple[int, ...] | None:
    """Return (u, v, w) of a point of the surface, coprime; None on an exceptional line, and for zero."""
    (v_1, w_1), (u_2, w_2), (u_3, v_3) = _pencils(charges)
    if w_1 and w_2:
        point = primitive((u_2 * w_1, v_1 * w_2, w_1 * w_2))
    elif w_1 == w_2 == 0:
        point = primitive((u_3, v_3, 0))
    else:  # v/w and u/w contradict each other: above (1:0:0) or (0:1:0) one of them takes any value
        return None
    if next(filter(None, point), 0) < 0:
        point = tuple(-x for x in point)
    return None if point in _BASE_POINTS or not any(point) else point


def _pencils(charges: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return (v, w), (u, w) and (u, v), each up to a factor, (0, 0) only for zero charges."""
    a_e, a_mu, a_tau, n_1, n_2 = charges
    ratios = ((a_e + a_mu, n_1 - a_tau), (n_1, a_mu - n_2), (n_2 - a_e, a_tau))
    tangents = ((n_1**2, a_e**2), (a_tau**2 - a_mu**2, a_tau**2), (a_mu**2, a_mu**2 - a_e**2))
    return tuple(ratio if any(ratio) else tangent for ratio, tangent in zip(ratios, tangents, strict=True))
