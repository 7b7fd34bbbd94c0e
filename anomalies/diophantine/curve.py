r"""The cubic curve of given lepton charges, and its group law.

For three dark states the anomaly equations are X + Y + Z = sigma and X Y Z = pi (`product_form`), a plane
cubic whose three points at infinity are flexes.  With one of them as the origin it is

    E:  y^2 + sigma x y + pi y = x^3,    X = -y/x,  Y = -pi/x,  Z = (y + sigma x + pi)/x,
                                         x = -pi/Y, y = pi X/Y.

Three points of the plane cubic are collinear exactly when their sum is zero.  The points at infinity are
the origin, T = (0, 0) and -T = (0, -pi), of order three; every other rational point is an ordered dark
sector.  Adding T turns (X, Y, Z) into (Y, Z, X) and negation into (Z, Y, X), so that the six orders of a
sector are +-P + <T>: sectors up to order are the elements of E(Q)/<T>, without zero and up to sign.

Key results
-----------
cubic_curve : lepton charges to their curve, in a model with integer coefficients
CubicCurve : coefficients, discriminant, j-invariant; sectors to points
CurvePoint : a rational point; the group law, and points to sectors

The discriminant is pi^3 (sigma^3 - 27 pi): the curve is smooth unless pi = 0 or sigma^3 = 27 pi.

Points are held as integers (m, n, e) with x = m/e^2, y = n/e^3 in lowest terms: on a model with integer
coefficients every rational point has this form.  One addition is then a few products and one gcd, for which
python-flint has subquadratic algorithms and Python has not.

References
----------
J. H. Silverman, The Arithmetic of Elliptic Curves, 2nd edition, III.2.3 (the group law), VII.3 (points with
denominators).  W. Altmannshofer, J. Davighi, M. Nardecchia, arXiv:1909.02021, equation (2.6), footnote 13.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from flint import fmpz
from sympy.printing.defaults import Printable

from anomalies.diophantine.dark import DarkSector, product_form
from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import RationalLike, as_integer, as_rational, as_rationals, primitive, to_sympy

__all__ = ["CubicCurve", "CurvePoint", "cubic_curve"]

_SMOOTH = "lepton charges with p q r != 0 and (p + q + r)^3 != 27 p q r, whose cubic curve is smooth"


@dataclass(frozen=True, slots=True, init=False, repr=False)
class CubicCurve(Printable):
    """The curve y^2 + sigma x y + pi y = x^3 of three lepton charges, over the integers.

    The model belongs to the primitive integer vector on the ray through (p, q, r), and its X, Y, Z are those
    of the product form divided by `scale`.

    Parameters
    ----------
    a : the lepton charges (a_e, a_mu, a_tau).

    Raises
    ------
    ArgumentError
        If the curve is not smooth: p q r = 0, or (p + q + r)^3 = 27 p q r.

    Examples
    --------
    >>> curve = CubicCurve(["3/5", 1, "1/20"])
    >>> curve
    y**2 + 66*x*y + 8736*y = x**3
    >>> curve.scale, curve.trivial
    (Fraction(1, 20), (-672, 14112))
    """

    a: tuple[Fraction, ...]
    scale: Fraction
    sigma: int
    pi: int

    def __init__(self, a: Iterable[RationalLike]) -> None:
        """Clear denominators and common factors."""
        charges = as_rationals(a, "a", 3)
        form = product_form(charges)
        vector = primitive((form.p, form.q, form.r))
        sigma, pi = sum(vector), vector[0] * vector[1] * vector[2]
        if pi == 0 or sigma**3 == 27 * pi:
            raise ArgumentError(must_be("a", _SMOOTH, f"({', '.join(map(str, charges))})"))
        object.__setattr__(self, "a", charges)
        object.__setattr__(self, "scale", form.p / vector[0])
        object.__setattr__(self, "sigma", sigma)
        object.__setattr__(self, "pi", pi)

    @property
    def discriminant(self) -> int:
        """The discriminant pi^3 (sigma^3 - 27 pi) of this model."""
        return self.pi**3 * (self.sigma**3 - 27 * self.pi)

    @property
    def j_invariant(self) -> Fraction:
        """The j-invariant sigma^3 (sigma^3 - 24 pi)^3 / (pi^3 (sigma^3 - 27 pi))."""
        cube = self.sigma**3
        return Fraction(cube * (cube - 24 * self.pi) ** 3, self.discriminant)

    @property
    def infinity(self) -> CurvePoint:
        """The zero of the group."""
        return _point(self, 1, 1, 0)

    @property
    def three_torsion(self) -> CurvePoint:
        """The point T = (0, 0) of order three."""
        return _point(self, 0, 0, 1)

    @property
    def trivial(self) -> CurvePoint:
        """The point P of the trivial sector n = a."""
        return self.point_of(self.a)

    def point_of(self, n: DarkSector | Iterable[RationalLike]) -> CurvePoint:
        """Return the point of a dark sector, or of three dark charges in the order given.

        It is x = -pi/Y, y = pi X/Y with X = (sum a - n_1)/scale and Y = (sum a - n_2)/scale.

        Raises
        ------
        ArgumentError
            If the charges do not solve the equations with the lepton charges of this curve.

        Examples
        --------
        >>> CubicCurve(["3/5", 1, "1/20"]).point_of(["1/4", "7/20", "21/20"])
        (-336, 9408)
        """
        charges = n.n if isinstance(n, DarkSector) else as_rationals(n, "n", 3)
        total = sum(self.a, Fraction(0))
        X, Y, Z = ((total - charge) / self.scale for charge in charges)
        if self.sigma != X + Y + Z or self.pi != X * Y * Z or getattr(n, "a", self.a) != self.a:
            raise ArgumentError(must_be("n", f"dark charges of the lepton charges {_shown(self.a)}", n))
        return CurvePoint(self, -self.pi / Y, self.pi * X / Y)

    def contains(self, x: Fraction, y: Fraction) -> bool:
        """Return whether y^2 + sigma x y + pi y = x^3."""
        return y * (y + self.sigma * x + self.pi) == x**3

    def _sympystr(self, printer: Any) -> str:
        return f"y**2{_term(self.sigma, 'x*y', '*')}{_term(self.pi, 'y', '*')} = x**3"

    def _latex(self, printer: Any) -> str:
        return f"y^{{2}}{_term(self.sigma, 'x y', ' ')}{_term(self.pi, 'y', ' ')} = x^{{3}}"


def _term(coefficient: int, monomial: str, times: str) -> str:
    """A term of a sum in textbook order, which sympy's printers do not keep."""
    if coefficient == 0:
        return ""
    size = "" if abs(coefficient) == 1 else f"{abs(coefficient)}{times}"
    return f" {'-' if coefficient < 0 else '+'} {size}{monomial}"


def _shown(charges: Iterable[Fraction]) -> str:
    return f"({', '.join(map(str, charges))})"


def cubic_curve(a: Iterable[RationalLike]) -> CubicCurve:
    """Return the cubic curve of three lepton charges.

    The curve is y^2 + sigma x y + pi y = x^3 with sigma = p + q + r and pi = p q r, after (p, q, r) has been
    made a primitive integer vector.

    Raises
    ------
    ArgumentError
        If the curve is not smooth, or if there are not three charges.

    Examples
    --------
    >>> curve = cubic_curve([2, 1, 1])
    >>> curve.discriminant, curve.j_invariant
    (151632, Fraction(16384000, 9477))
    """
    return CubicCurve(a)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class CurvePoint(Printable):
    """A rational point of a cubic curve: (x, y) = (m/e^2, n/e^3) in lowest terms, e >= 0, or zero with e = 0.

    Points of one curve form a group: `P + Q`, `P - Q`, `-P`, `3*P`.

    Parameters
    ----------
    curve : the curve.
    x, y : the rational coordinates; the constructor checks that they lie on the curve.

    Raises
    ------
    ArgumentError
        If (x, y) is not on the curve, or if points of different curves are added.

    Examples
    --------
    >>> curve = cubic_curve(["3/5", 1, "1/20"])
    >>> P, Q = curve.trivial, curve.point_of(["1/4", "7/20", "21/20"])
    >>> P + Q, (P + Q).sector
    ((280, -28000), (3/5, 1, 1/20; -67/20, 179/100, 321/100))
    >>> 3 * curve.three_torsion
    O
    """

    curve: CubicCurve
    m: int
    n: int
    e: int

    def __init__(self, curve: CubicCurve, x: RationalLike, y: RationalLike) -> None:
        """Check that the point lies on the curve."""
        abscissa, ordinate = as_rational(x, "x"), as_rational(y, "y")
        if not curve.contains(abscissa, ordinate):
            raise ArgumentError(must_be("(x, y)", f"on the curve {curve}", f"({abscissa}, {ordinate})"))
        object.__setattr__(self, "curve", curve)
        object.__setattr__(self, "m", abscissa.numerator)
        object.__setattr__(self, "n", ordinate.numerator)
        object.__setattr__(self, "e", isqrt(abscissa.denominator))

    @property
    def is_zero(self) -> bool:
        """Whether this is the zero of the group."""
        return self.e == 0

    @property
    def x(self) -> Fraction:
        """The abscissa m/e^2; zero of the group has none."""
        self._affine("the point at infinity has no coordinates")
        return Fraction(self.m, self.e**2)

    @property
    def y(self) -> Fraction:
        """The ordinate n/e^3; zero of the group has none."""
        self._affine("the point at infinity has no coordinates")
        return Fraction(self.n, self.e**3)

    @property
    def height(self) -> int:
        """The height max(|m|, e^2) of the abscissa."""
        return max(abs(self.m), self.e**2)

    @property
    def is_sector(self) -> bool:
        """Whether the point is none of 0, T, -T, the three points at infinity of the plane cubic."""
        return self.e != 0 and self.m != 0

    @property
    def charges(self) -> tuple[Fraction, ...]:
        """The ordered dark charges n_i = sum a - scale X_i.

        Raises
        ------
        ArgumentError
            If the point is 0, T or -T.
        """
        if not self.is_sector:
            raise ArgumentError(must_be("point", "other than 0, T and -T, which are no dark sectors", self))
        curve, total = self.curve, sum(self.curve.a, Fraction(0))
        me = self.m * self.e
        # One common denominator first: the Fractions reduce it.
        D = total.denominator * curve.scale.denominator * me
        base = total.numerator * curve.scale.denominator * me
        unit = total.denominator * curve.scale.numerator
        cube = curve.pi * self.e**3
        XYZ = (-self.n, -cube, self.n + curve.sigma * me + cube)
        return tuple(Fraction(base - unit * X, D) for X in XYZ)

    @property
    def sector(self) -> DarkSector:
        """The dark sector of the point."""
        return DarkSector(self.curve.a, self.charges)

    def _affine(self, otherwise: str) -> None:
        if self.is_zero:
            raise ArgumentError(f"Argument 'point' must not be zero: {otherwise}.")

    def __neg__(self) -> CurvePoint:
        """Return (x, -y - sigma x - pi)."""
        curve, m, n, e = self.curve, self.m, self.n, self.e
        return _point(curve, m, -n - curve.sigma * m * e - curve.pi * e**3, e) if e else self

    def __add__(self, other: object) -> CurvePoint:
        """Return the sum of two points of one curve."""
        if not isinstance(other, CurvePoint):
            return NotImplemented
        if other.curve != self.curve:
            raise ArgumentError(must_be("other", f"a point of the curve {self.curve}", other))
        if self.is_zero or other.is_zero:
            return other if self.is_zero else self
        return _sum(self, other)

    def __sub__(self, other: object) -> CurvePoint:
        """Return the difference of two points of one curve."""
        return self + -other if isinstance(other, CurvePoint) else NotImplemented

    def __mul__(self, factor: object) -> CurvePoint:
        """Return an integer multiple."""
        if isinstance(factor, CurvePoint):
            raise ArgumentTypeError(must_be("factor", "an integer", factor))
        number = as_integer(factor, "factor")
        return _multiple(self, number) if number >= 0 else _multiple(-self, -number)

    __rmul__ = __mul__

    def _sympystr(self, printer: Any) -> str:
        return "O" if self.is_zero else f"({self.x}, {self.y})"

    def _latex(self, printer: Any) -> str:
        if self.is_zero:
            return r"\mathcal{O}"
        x, y = (printer._print(to_sympy(value)) for value in (self.x, self.y))
        return rf"\left({x},\, {y}\right)"


def _point(curve: CubicCurve, m: int, n: int, e: int) -> CurvePoint:
    """A point from integers in lowest terms that are known to lie on the curve."""
    point = CurvePoint.__new__(CurvePoint)
    for name, value in (("curve", curve), ("m", m), ("n", n), ("e", e)):
        object.__setattr__(point, name, value)
    return point


def _sum(first: CurvePoint, second: CurvePoint) -> CurvePoint:
    """Add two points other than zero, with slope V/E of the line through them."""
    m1, n1, e1 = fmpz(first.m), fmpz(first.n), fmpz(first.e)
    m2, n2, e2 = fmpz(second.m), fmpz(second.n), fmpz(second.e)
    square1, square2 = e1 * e1, e2 * e2
    left, right = m1 * square2, m2 * square1
    U = right - left
    V = n2 * square1 * e1 - n1 * square2 * e2
    if U == 0:
        return _double(first) if V == 0 else first.curve.infinity
    cube = n1 * square2 * e2 * U
    return _third_point(first.curve, U, V, e1 * e2 * U, left, right, cube)


def _double(point: CurvePoint) -> CurvePoint:
    """Add a point other than zero to itself, with slope V/E of the tangent."""
    curve = point.curve
    m, n, e = fmpz(point.m), fmpz(point.n), fmpz(point.e)
    U = 2 * n + curve.sigma * m * e + curve.pi * e * e * e
    if U == 0:
        return curve.infinity
    V = 3 * m * m - curve.sigma * n * e
    return _third_point(curve, U, V, e * U, m, m, n * U)


def _third_point(curve: CubicCurve, U: Any, V: Any, E: Any, left: Any, right: Any, cube: Any) -> CurvePoint:
    """The negative of the third intersection with the line of slope V/E through x = left U^2/E^2.

    With x = m/E^2, y = n/E^3 the sum has m = V^2 + sigma V E - (left + right) U^2 and
    n = V (left U^2 - m) - cube U^2 - sigma m E - pi E^3.
    """
    square = U * U
    m = V * V + curve.sigma * V * E - (left + right) * square
    n = V * (left * square - m) - cube * square - curve.sigma * m * E - curve.pi * E * E * E
    # x = m/E^2 has the square of an integer as its denominator, so the gcd is the square of what cancels.
    shared = m.gcd(E * E).isqrt()
    if E < 0:
        shared = -shared
    if shared != 1:
        m, n, E = m // (shared * shared), n // (shared * shared * shared), E // shared
    return _point(curve, int(m), int(n), int(E))


def _multiple(point: CurvePoint, factor: int) -> CurvePoint:
    """Double and add, from the leading bit."""
    result = point.curve.infinity
    for bit in bin(factor)[2:]:
        if not result.is_zero:
            result = _double(result)
        if bit == "1":
            result = result + point
    return result
