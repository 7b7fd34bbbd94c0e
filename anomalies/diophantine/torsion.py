r"""Torsion of the cubic curve of a dark sector, decided exactly.

Every curve y^2 + sigma x y + pi y = x^3 has the point T = (0, 0) of order three, so by Mazur's theorem its
rational torsion is one of Z/3, Z/6, Z/9, Z/12, Z/2 x Z/6.  Which one is a matter of integer roots of monic
cubics and of integer squares.  In the coordinates X + Y + Z = sigma, X Y Z = pi of the plane cubic:

* Order two.  -D = D means X = Z; with w = 2X the rest is w^3 - sigma w^2 + 4 pi = 0.  It is monic, so its
  rational roots are integers.  One root: Z/2; three: Z/2 x Z/2, and then the group is Z/2 x Z/6.
* Order four (with one point D of order two, since Z/2 x Z/12 does not occur).  On u = 4x, the curve is
  v^2 = u^3 + (sigma u + 4 pi)^2 and D is u = -w^2; moved to the origin, v^2 = u (u^2 + A u + B) with
  A = sigma^2 - 3 w^2 and B = w^3 (3 w - 2 sigma).  Then 2R = D exactly when u(R)^2 = B and v(R) is rational:
  B = g^2, and A + 2g is a square for one sign of g.  (The tangent at R passes through D = -2R + 2D.)
* Order nine (not with a point of order two, since order 18 does not occur).  The only points of order three
  are T and -T (two independent ones would need the cube roots of unity in Q), so R has order nine exactly
  when 3R = T or -T: -2R = R -+ T, the tangent at R meets the curve again in a cyclic permutation of R, and
  this is

      X^2 Y + Y^2 Z + Z^2 X = 3 X Y Z,  or the same with X and Z exchanged (which is -R).

  With t = XY + YZ + ZX, the two cyclic sums add up to sigma t - 3 pi and multiply to
  t^3 + sigma^3 pi - 6 sigma t pi + 9 pi^2.  Elimination leaves the monic cubic

      t^3 - 9 sigma pi t + pi (sigma^3 + 27 pi) = 0,

  and R is rational exactly when, for an integer root t, the cubic z^3 - sigma z^2 + t z - pi has three
  integer roots.  (Integers: it is monic.  One root suffices, for the difference of the cyclic sums is a
  square root of its discriminant, and it is rational.)

Key results
-----------
torsion_subgroup : the group, and all its points
order_of_point : the order of one point, None if infinite

References
----------
B. Mazur, Publ. Math. IHES 47 (1977) 33, theorem 8.  J. H. Silverman, J. T. Tate, Rational Points on Elliptic
Curves, 2nd edition, III.5 (halving a point of order two).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import isqrt, prod
from typing import Any

from flint import fmpz_poly
from sympy.printing.defaults import Printable

from anomalies.diophantine.curve import CubicCurve, CurvePoint

__all__ = ["TorsionGroup", "order_of_point", "torsion_subgroup"]

_LARGEST_ORDER = 12  # Mazur


@dataclass(frozen=True, slots=True, repr=False)
class TorsionGroup(Printable):
    """The rational points of finite order of a cubic curve.

    Parameters
    ----------
    invariants : the orders of the cyclic factors, such as (3,) for Z/3 and (2, 6) for Z/2 x Z/6.
    points : all points, zero first.
    """

    invariants: tuple[int, ...]
    points: tuple[CurvePoint, ...]

    @property
    def order(self) -> int:
        """The number of points."""
        return prod(self.invariants)

    def representatives(self) -> tuple[CurvePoint, ...]:
        """Return one point of each class modulo T, zero first."""
        found: list[CurvePoint] = []
        for point in self.points:
            T = point.curve.three_torsion
            if not {point, point + T, point - T} & set(found):
                found.append(point)
        return tuple(found)

    def as_json(self) -> list[int]:
        """Return the orders of the cyclic factors."""
        return list(self.invariants)

    def _sympystr(self, printer: Any) -> str:
        return " x ".join(f"Z/{n}" for n in self.invariants)

    def _latex(self, printer: Any) -> str:
        return r" \times ".join(rf"\mathbb{{Z}}/{n}" for n in self.invariants)


def torsion_subgroup(curve: CubicCurve) -> TorsionGroup:
    """Return the group of all rational points of finite order.

    Examples
    --------
    >>> from anomalies.diophantine.curve import cubic_curve
    >>> [torsion_subgroup(cubic_curve(a)) for a in ([3, 2, 1], [2, 1, 1], [7, 1, -5])]
    [Z/3, Z/6, Z/9]
    >>> torsion_subgroup(cubic_curve([2, 1, 1])).points[1]
    (0, 0)
    """
    T = curve.three_torsion
    twos = tuple(_points_of_order_two(curve))
    if len(twos) == 3:
        return TorsionGroup((2, 6), _span(T, *twos[:2]))
    if twos:
        four = _half(*twos)
        return TorsionGroup((6,), _span(T, *twos)) if four is None else TorsionGroup((12,), _span(T, four))
    nine = _point_of_order_nine(curve)
    return TorsionGroup((3,), _span(T)) if nine is None else TorsionGroup((9,), _span(nine))


def order_of_point(point: CurvePoint) -> int | None:
    """Return the order of a point, or None if no multiple of it is zero.

    By Mazur's theorem the twelve first multiples decide.

    >>> from anomalies.diophantine.curve import cubic_curve
    >>> [order_of_point(cubic_curve(a).trivial) for a in ([3, 2, 1], [2, 1, 1], [7, 1, -5])]
    [None, 6, 9]
    """
    multiple = point
    for order in range(1, _LARGEST_ORDER + 1):
        if multiple.is_zero:
            return order
        multiple = multiple + point
    return None


def _span(*generators: CurvePoint) -> tuple[CurvePoint, ...]:
    """All points generated by points of finite order, each once."""
    found = [generators[0].curve.infinity]
    for generator in generators:
        layer, multiple = list(found), generator
        while multiple not in layer:
            found += [point + multiple for point in layer]
            multiple = multiple + generator
    return tuple(found)


def _integer_roots(constant: int, linear: int, quadratic: int) -> list[int]:
    """The rational roots of z^3 + quadratic z^2 + linear z + constant, with their multiplicity."""
    _, factors = fmpz_poly([constant, linear, quadratic, 1]).factor()
    return [-int(factor[0]) for factor, power in factors if factor.degree() == 1 for _ in range(power)]


def _points_of_order_two(curve: CubicCurve) -> Iterator[CurvePoint]:
    """(X, Y, Z) = (w/2, sigma - w, w/2), so that x = -pi/Y = -w^2/4 and y = -X x."""
    for w in sorted(_integer_roots(4 * curve.pi, 0, -curve.sigma)):
        yield CurvePoint(curve, Fraction(-w * w, 4), Fraction(w**3, 8))


def _square_root(value: int) -> int | None:
    root = isqrt(max(value, 0))
    return root if root * root == value else None


def _half(two: CurvePoint) -> CurvePoint | None:
    """A point R with 2R = `two` of order two, if there is one; v = 4 (2y + sigma x + pi)."""
    curve, w = two.curve, int(2 * -two.y / two.x)
    B = _square_root(w**3 * (3 * w - 2 * curve.sigma))
    if B is None:
        return None
    for g in (B, -B):
        root = _square_root(curve.sigma**2 - 3 * w * w + 2 * g)
        if root is not None:
            x = Fraction(g - w * w, 4)
            return CurvePoint(curve, x, (Fraction(g * root, 4) - curve.sigma * x - curve.pi) / 2)
    return None


def _point_of_order_nine(curve: CubicCurve) -> CurvePoint | None:
    sigma, pi = curve.sigma, curve.pi
    for t in _integer_roots(pi * (sigma**3 + 27 * pi), -9 * sigma * pi, 0):
        roots = _integer_roots(-pi, t, -sigma)
        if len(roots) == 3:
            return _cyclic(curve, roots)
    return None


def _cyclic(curve: CubicCurve, roots: list[int]) -> CurvePoint:
    """The point of order nine among the orders of its X, Y, Z: any of them, by the argument above."""
    X, Y, _ = next(permutations(roots))
    return CurvePoint(curve, Fraction(-curve.pi, Y), Fraction(curve.pi * X, Y))
