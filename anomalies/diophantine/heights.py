r"""All points of a subgroup of the cubic curve, as sectors in the order of their height - exactly.

The canonical height is a positive definite quadratic form, so the points below any bound are the lattice
points of an ellipsoid.  It is a real number, but here it is only ever needed up to an error that is known:
all logarithms are to base 2 and enter as bit lengths, so that every bound is a rational number and no
floating point is used.

Bounds, with h(P) = log2 of the height H of the abscissa and c(P) = lim h(2^k P)/4^k the canonical height
---------------------------------------------------------------------------------------------------------
* x(2P) = F(x)/G(x) with F of degree 4 and G of degree 3.  So H(2P) <= S H(P)^4, where S is the larger sum of
  the absolute values of their coefficients, and c <= h + log2(S)/3.
* Bezout's identities u F + v G = R z^7 and u' F + v' G = R x^7 in homogeneous (x : z), with integer
  coefficients, give H(2P) >= H(P)^4/B, where B is the larger sum of the absolute values of the coefficients
  of u, v or u', v' (the common divisor of F and G divides R).  So c >= h - log2(B)/3.
* Both, applied to 2^k P, shrink by 4^k: c is known to any accuracy from the number of digits of 2^k P.
* Sectors.  Let H be the height of the rational vector (X, Y, Z).  Where a prime divides the common
  denominator, it divides the denominators of exactly two of X, Y, Z, and with the same power; so H(X) H(Y)
  H(Z) <= |pi| H^2 (at the real place: if the smallest of the three is at most 1 in size, the product of the
  other two is at most H^2; if not, all three multiply to |pi|).  The points of the class +-P + <T> have the
  abscissas -pi/X, -pi/Y, -pi/Z and the same canonical height, hence 3 c <= 4 log2|pi| + 2 log2 H + log2 S.

Key results
-----------
sector_classes_by_height : the sectors of a subgroup, each once, by height
HeightForm : the canonical height on a subgroup, from below and with known error

References
----------
J. H. Silverman, The Arithmetic of Elliptic Curves, 2nd edition, VIII.4-VIII.9.  U. Fincke, M. Pohst,
Math. Comp. 44 (1985) 463.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, isqrt
from typing import Any

from flint import fmpq_poly

from anomalies.diophantine.curve import CubicCurve, CurvePoint
from anomalies.diophantine.dark import DarkSector
from anomalies.diophantine.ordering import by_height
from anomalies.diophantine.torsion import TorsionGroup
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import common_denominator

__all__ = ["HeightForm", "height_form", "sector_classes_by_height"]

_MOST_DOUBLINGS = 7  # a point with 4^7 times the digits takes a tenth of a second
_GRID = 1 << 12  # the form is rounded down to multiples of 1/_GRID


def _bits(value: int | Fraction) -> int:
    """An integer that is not below log2 of a number of at least 1."""
    return ceil(value).bit_length()


def _duplication(curve: CubicCurve) -> tuple[Any, Any]:
    """F = x^4 - b4 x^2 - 2 b6 x - b8 and G = 4 x^3 + b2 x^2 + 2 b4 x + b6, with b8 = 0 for these curves."""
    b2, b4, b6 = curve.sigma**2, curve.sigma * curve.pi, curve.pi**2
    return fmpq_poly([0, -2 * b6, -b4, 0, 1]), fmpq_poly([b6, 2 * b4, b2, 4])


def _size(*polynomials: Any) -> Fraction:
    coefficients = [c for polynomial in polynomials for c in polynomial.coeffs()]
    return sum((Fraction(abs(int(c.p)), int(c.q)) for c in coefficients), Fraction(0))


def _reversed(polynomial: Any, degree: int) -> Any:
    coefficients = polynomial.coeffs()
    return fmpq_poly([0] * (degree + 1 - len(coefficients)) + list(reversed(coefficients)))


def _upper(curve: CubicCurve) -> int:
    """log2 S, rounded up."""
    F, G = _duplication(curve)
    return _bits(max(_size(F), _size(G)))


def _lower(curve: CubicCurve) -> int:
    """log2 B, rounded up: the identities scaled to R = 1, times the common denominator R that this leaves."""
    F, G = _duplication(curve)
    cofactors = [_bezout(F, G), _bezout(_reversed(F, 4), _reversed(G, 4))]
    denominators = [int(c.q) for pair in cofactors for polynomial in pair for c in polynomial.coeffs()]
    shared = common_denominator([Fraction(1, q) for q in denominators])
    return _bits(max(_size(*pair) for pair in cofactors) * shared)


def _bezout(F: Any, G: Any) -> tuple[Any, Any]:
    """Polynomials u, v with u F + v G = 1, of degree 3 at most."""
    one, u, v = F.xgcd(G)
    return u / one, v / one


@dataclass(frozen=True, slots=True)
class HeightForm:
    """A quadratic form that bounds the canonical height of sum k_i P_i (+ torsion) from below, to base 2.

    Parameters
    ----------
    generators : the points P_i.
    diagonal, above : d and u with sum_i d_i (k_i + sum_{j > i} u_ij k_j)^2 <= c(sum k_i P_i), all d_i > 0.
        That they exist proves that the P_i are independent.
    """

    generators: tuple[CurvePoint, ...]
    diagonal: tuple[Fraction, ...]
    above: tuple[tuple[Fraction, ...], ...]

    def vectors(self, bound: Fraction) -> Iterator[tuple[int, ...]]:
        """Yield, one of each pair k and -k, at least all k at which the form is not above `bound`."""
        return _ellipsoid(self, bound, ())


def _ellipsoid(form: HeightForm, rest: Fraction, tail: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Choose k from the last entry to the first, which is Fincke's and Pohst's recursion."""
    i = len(form.diagonal) - len(tail) - 1
    if i < 0:
        yield tail
        return
    centre = -sum((u * k for u, k in zip(form.above[i], tail, strict=True)), Fraction(0))
    reach = Fraction(isqrt(floor(rest / form.diagonal[i] * _GRID)) + 1, isqrt(_GRID))
    # Up to sign: the last entry that is not zero is positive.
    least = 0 if not any(tail) else ceil(centre - reach)
    for k in range(least, floor(centre + reach) + 1):
        left = rest - form.diagonal[i] * (k - centre) ** 2
        yield from _ellipsoid(form, max(left, Fraction(0)), (k, *tail))


def height_form(generators: Sequence[CurvePoint]) -> HeightForm:
    """Return a lower bound for the canonical height on the subgroup of independent points.

    Raises
    ------
    ArgumentError
        If the points are dependent modulo torsion, or too nearly so for the accuracy used.

    Examples
    --------
    >>> from anomalies.diophantine.curve import cubic_curve
    >>> curve = cubic_curve(["3/5", 1, "1/20"])
    >>> len(height_form([curve.trivial, curve.point_of(["1/4", "7/20", "21/20"])]).diagonal)
    2
    """
    points = tuple(generators)
    for doublings in range(4, _MOST_DOUBLINGS + 1):
        gram, error = _gram_matrix(points, doublings)
        # |sum e_ij k_i k_j| <= n max|e| sum k_i^2, so this much less on the diagonal is a lower bound.
        margin = len(points) * error
        found = _decompose([[g - margin * (i == j) for j, g in enumerate(row)] for i, row in enumerate(gram)])
        # A margin that eats up a pivot leaves a correct bound, but one that makes for long lists.
        if found is not None and min(found[0]) >= margin:
            return HeightForm(points, *found)
    raise ArgumentError(must_be("generators", "independent points of infinite order", points))


def _gram_matrix(points: tuple[CurvePoint, ...], doublings: int) -> tuple[list[list[Fraction]], Fraction]:
    """The matrix (c(P + Q) - c(P) - c(Q))/2 and a bound for the error of its entries."""
    curve = points[0].curve
    upper, lower = _upper(curve), _lower(curve)
    # h lies between bits - 1 and bits, and c between h - lower/3 and h + upper/3.
    error = Fraction(3 + upper + lower, 6 * 4**doublings) + Fraction(1, _GRID)
    offset = Fraction(upper - lower - 3, 6)

    def canonical(point: CurvePoint) -> Fraction:
        scaled = (_bits((point * 2**doublings).height) + offset) / 4**doublings
        return Fraction(round(scaled * _GRID), _GRID)

    own = [canonical(point) for point in points]
    gram = [[value if i == j else Fraction(0) for j in range(len(own))] for i, value in enumerate(own)]
    for i, P in enumerate(points):
        for j in range(i):
            gram[i][j] = gram[j][i] = (canonical(P + points[j]) - own[i] - own[j]) / 2
    return gram, Fraction(3, 2) * error


def _decompose(
    matrix: list[list[Fraction]],
) -> tuple[tuple[Fraction, ...], tuple[tuple[Fraction, ...], ...]] | None:
    """Complete squares, or return None if the form is not positive definite."""
    size = len(matrix)
    work = [list(row) for row in matrix]
    diagonal, above = [], []
    for i in range(size):
        pivot = work[i][i]
        if pivot <= 0:
            return None
        row = tuple(work[i][j] / pivot for j in range(i + 1, size))
        for j in range(i + 1, size):
            for k in range(i + 1, size):
                work[j][k] -= pivot * row[j - i - 1] * row[k - i - 1]
        diagonal.append(pivot)
        above.append(row)
    return tuple(diagonal), tuple(above)


def sector_classes_by_height(generators: Sequence[CurvePoint], torsion: TorsionGroup) -> Iterator[DarkSector]:
    """Yield every sector in the subgroup of some independent points and the torsion, once, by its height.

    The height is that of `DarkSector`; sectors of one height come by charges.

    >>> from itertools import islice
    >>> from anomalies.diophantine.curve import cubic_curve
    >>> from anomalies.diophantine.torsion import torsion_subgroup
    >>> curve = cubic_curve([3, 2, 1])
    >>> list(islice(sector_classes_by_height([curve.trivial], torsion_subgroup(curve)), 3))
    [(3, 2, 1; 1, 2, 3), (3, 2, 1; -10, 15/2, 17/2), (3, 2, 1; 29/33, 318/143, 113/39)]
    """
    return by_height(_layers(tuple(generators), torsion))


def _layers(
    generators: tuple[CurvePoint, ...], torsion: TorsionGroup
) -> Iterator[tuple[int, Iterator[DarkSector]]]:
    form = height_form(generators)
    curve = generators[0].curve
    extra = _sector_offset(curve)
    # Start where the trivial sector is certain to be found.
    exponent = curve.trivial.sector.height.bit_length()
    while True:
        yield 2**exponent, _sectors(form, torsion, (2 * exponent + extra) / 3)
        exponent += max(4, exponent // 3)


def _sector_offset(curve: CubicCurve) -> Fraction:
    """A number k with 3 c <= 2 log2 H + k for each sector of height H.

    The scale is g/q with 1/q the step of the pair sums: X = (s - n)/scale, and d X = (d s - d n) q/g with
    |d s - d n| <= 4H, so (X, Y, Z) has a height of at most H max(g, 4q).
    """
    g, q = curve.scale.numerator, curve.scale.denominator
    return Fraction(4 * _bits(abs(curve.pi)) + 2 * _bits(max(g, 4 * q)) + _upper(curve))


def _sectors(form: HeightForm, torsion: TorsionGroup, bound: Fraction) -> Iterator[DarkSector]:
    shifts = torsion.representatives()
    for vector in form.vectors(bound):
        point = torsion.points[0]
        for k, generator in zip(vector, form.generators, strict=True):
            point = point + k * generator
        for shift in shifts:
            shifted = point + shift
            if shifted.is_sector:
                yield shifted.sector
