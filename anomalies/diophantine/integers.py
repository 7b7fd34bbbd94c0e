"""The little number theory that the searches stand on.

Key results
-----------
rational_sqrt : the square root of a rational number, if it is rational
divisors : the divisors of an integer in a range

`divisors` has two ways, and chooses by measurement: below `_TRIAL_LIMIT` trying every candidate
takes about 30 ns each and beats anything that factors first (python-flint takes 1 us for a number
of six digits, and the divisors still have to be multiplied together, which takes 10 us or more);
above, it is the other way round.  For comparison, `sympy.divisors` takes 30 us.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from flint import fmpz

__all__ = ["cube_root_floor", "divisors", "rational_sqrt"]

_TRIAL_LIMIT = 220


def rational_sqrt(value: Fraction | int) -> Fraction | None:
    """Return the non-negative rational r with r^2 = `value`, or None if there is none.

    A fraction in lowest terms is a square exactly when its numerator and denominator are.

    >>> rational_sqrt(Fraction(9, 4)), rational_sqrt(2), rational_sqrt(-1)
    (Fraction(3, 2), None, None)
    """
    if value < 0:
        return None
    numerator, denominator = isqrt(value.numerator), isqrt(value.denominator)
    if numerator**2 != value.numerator or denominator**2 != value.denominator:
        return None
    return Fraction(numerator, denominator)


def cube_root_floor(value: int) -> int:
    """Return the largest integer whose cube is at most `value` >= 0.

    >>> cube_root_floor(26), cube_root_floor(27)
    (2, 3)
    """
    return int(fmpz(value).root(3))


def divisors(value: int, least: int, most: int) -> list[int]:
    """Return the positive divisors x of `value` != 0 with `least` <= x <= `most`, in no fixed order.

    >>> sorted(divisors(-60, 3, 12))
    [3, 4, 5, 6, 10, 12]
    """
    least = max(least, 1)
    if most < _TRIAL_LIMIT:
        return [x for x in range(least, most + 1) if not value % x]
    return [x for x in _divisors_up_to(abs(value), most) if x >= least]


def _divisors_up_to(value: int, most: int) -> list[int]:
    """Multiply prime powers together, dropping each product as soon as it is too large."""
    found = [1]
    for prime, exponent in fmpz(value).factor():
        p, layer = int(prime), found
        for _ in range(exponent):
            layer = [y for x in layer if (y := x * p) <= most]
            found = found + layer
    return found
