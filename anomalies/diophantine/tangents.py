r"""Dark sectors in closed form: the multiples of the trivial sector, as rational functions of a.

The tangent of the cubic curve at the trivial point P = (p, q, r) meets the curve again in -2P,

    X' = p (q - r)^2/((p - r)(q - p)),  Y' = q (r - p)^2/((q - p)(r - q)),  Z' = r (p - q)^2/((r - q)(p - r)),

and n_i = sum a - X'_i solves both equations identically.  The chord through two multiples of P gives the
next, and adding T = (0, 0) turns (X, Y, Z) into (Y, Z, X).

When the tangent sector exists, and when it is new
--------------------------------------------------
Let p q r != 0 and the curve be smooth.  The tangent sector exists exactly when 2P is not in <T>, that is
when p, q, r are pairwise different - just as a_e, a_mu, a_tau are.  It is then a permutation of a exactly
when -2P is one of +-P + <T>; -P is excluded since P is not in <T>, so exactly when 3P is in <T>; and 3P = 0
is excluded because T and -T are the only rational points of order three.  What is left is that P has order
nine:

    C_+ C_- = 0,   C_+ = p^2 q + q^2 r + r^2 p - 3 p q r,   C_- = p^2 r + r^2 q + q^2 p - 3 p q r.

As one identity, which proves it again (`tangent_identity`; a sector of three is a permutation of a exactly
when the sums of squares agree):

    sum n^2 - sum a^2 = 2 C_+ C_- (p^2 + q^2 + r^2 - p q - q r - r p) / ((p - q)^2 (q - r)^2 (r - p)^2),

whose third factor vanishes over the rationals only for p = q = r.  The example a = (7, 1, -5), with
(p, q, r) = (-4, 2, 8) and C_+ = 0, is pairwise different, p q r != 0, and its tangent sector is a itself.

Key results
-----------
tangent_sector : the charges of m P + j T, for symbols or numbers
tangent_identity : the two sides of the identity above
order_nine_conditions : C_+ and C_-
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeAlias

from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_expression, as_integer

__all__ = ["order_nine_conditions", "tangent_identity", "tangent_sector"]

_Triple: TypeAlias = tuple[Any, Any, Any]
# Numerators and common denominator, as polynomials of python-flint.
_Fractions: TypeAlias = tuple[Any, Any, Any, Any]

_LARGEST_MULTIPLE = 6  # the degree grows as three times the square


def _charges(a: Iterable[Any]) -> _Triple:
    values = tuple(as_expression(value, f"a[{index}]") for index, value in enumerate(a))
    if len(values) != 3:
        raise ArgumentError(f"Argument 'a' must have 3 entries, not {len(values)}.")
    return values[0], values[1], values[2]


def _pair_sums(a: _Triple) -> _Triple:
    return a[1] + a[2], a[2] + a[0], a[0] + a[1]


def tangent_sector(a: Iterable[Any], multiple: int = -2, shift: int = 0) -> tuple[Any, Any, Any]:
    """Return the ordered dark charges of the point m P + j T, P the trivial point, as exact expressions.

    They solve sum n = sum a and sum n^3 = sum a^3 identically.  The default is the tangent sector -2P.

    Parameters
    ----------
    a : three symbols, expressions or exact numbers (a_e, a_mu, a_tau).
    multiple : the integer m, not zero, |m| <= 6; m = 1 gives a itself.
    shift : the integer j, modulo 3.

    Raises
    ------
    ArgumentError
        If m is out of range, or if m P is in <T> at the given a, so that there is no such sector.

    Examples
    --------
    >>> from sympy import symbols
    >>> tangent_sector(["3/5", 1, "1/20"])
    (-4677/1760, 6589/3040, 1789/836)
    >>> a_e, a_mu, a_tau = symbols("a_e a_mu a_tau")
    >>> n = tangent_sector([a_e, a_mu, a_tau])
    >>> sum(n).subs({a_e: 3, a_mu: 2, a_tau: 1})
    6
    """
    charges, m = _charges(a), as_integer(multiple, "multiple")
    if m == 0 or abs(m) > _LARGEST_MULTIPLE:
        raise ArgumentError(
            must_be("multiple", f"a non-zero integer of size at most {_LARGEST_MULTIPLE}", multiple)
        )
    j = as_integer(shift, "shift") % 3
    pair_sums, total = _pair_sums(charges), sum(charges)
    X = [_evaluate(factors, pair_sums, charges) for factors in _closed_form(m)]
    return total - X[j], total - X[(j + 1) % 3], total - X[(j + 2) % 3]


def _evaluate(factors: tuple[tuple[Any, int], ...], values: _Triple, a: _Triple) -> Any:
    from sympy import Mul, cancel

    bases = [(cancel(_at(base, values)) if _numeric(values) else _at(base, values), k) for base, k in factors]
    if any(base == 0 and power < 0 for base, power in bases):
        raise ArgumentError(
            must_be("a", "lepton charges at which this multiple of the trivial point is a dark sector", a)
        )
    return Mul(*(base**power for base, power in bases))


def _numeric(values: _Triple) -> bool:
    return all(value.is_Rational for value in values)


def _at(polynomial: Any, values: _Triple) -> Any:
    """A polynomial of python-flint in p, q, r at three expressions."""
    from sympy import Add, Integer, Mul

    terms = polynomial.to_dict().items()
    return Add(
        *(Mul(Integer(int(c)), *(v**k for v, k in zip(values, powers, strict=True))) for powers, c in terms)
    )


@lru_cache(maxsize=2 * _LARGEST_MULTIPLE)
def _closed_form(multiple: int) -> tuple[tuple[tuple[Any, int], ...], ...]:
    """X, Y, Z of a multiple of P, each as its factors with exponents, negative ones for the denominator."""
    triple = _multiple_of_trivial(multiple)
    return tuple(_factored(value, triple[3]) for value in triple[:3])


def _factored(numerator: Any, denominator: Any) -> tuple[tuple[Any, int], ...]:
    shared = numerator.gcd(denominator)
    content, above = (numerator // shared).factor()
    unit, below = (denominator // shared).factor()
    sign = numerator.context().constant(int(content) * int(unit))  # the denominator is primitive: unit = +-1
    return ((sign, 1), *((base, int(k)) for base, k in above), *((base, -int(k)) for base, k in below))


def _multiple_of_trivial(multiple: int) -> _Fractions:
    """The third point of a chord is minus the sum, and minus exchanges X and Z."""
    if multiple < 0:
        X, Y, Z, D = _multiple_of_trivial(-multiple)
        return Z, Y, X, D
    from flint import Ordering, fmpz_mpoly_ctx

    p, q, r = fmpz_mpoly_ctx.get(("p", "q", "r"), Ordering.lex).gens()
    if multiple == 1:
        return p, q, r, p**0
    if multiple == 2:
        # -2P is the closed form of the module's text; -(-2P) exchanges X and Z.
        alpha, beta, gamma = q - r, r - p, p - q
        return r * gamma**3, q * beta**3, p * alpha**3, alpha * beta * gamma
    X, Y, Z, D = _chord(_multiple_of_trivial(multiple - 1), (p, q, r, p**0))
    return Z, Y, X, D


def _chord(A: _Fractions, B: _Fractions) -> _Fractions:
    """The third intersection A + t (B - A) of the curve with the line through two points.

    In t the cubic X Y Z - pi has roots 0 and 1, and its coefficients of t^3 and t^2 give the third.
    """
    common = B[3] * A[3]
    a = [value * B[3] for value in A[:3]]
    d = [b * A[3] - value for b, value in zip(B[:3], a, strict=True)]
    cubic = d[0] * d[1] * d[2]
    square = a[0] * d[1] * d[2] + a[1] * d[2] * d[0] + a[2] * d[0] * d[1]
    t = -square - cubic
    numerators = [value * cubic + t * step for value, step in zip(a, d, strict=True)]
    denominator = cubic * common
    shared = denominator
    for value in numerators:
        shared = shared.gcd(value)
    X, Y, Z = (value // shared for value in numerators)
    return X, Y, Z, denominator // shared


def order_nine_conditions(a: Iterable[Any]) -> tuple[Any, Any]:
    """Return C_+ and C_-, whose product vanishes when the trivial point has order nine.

    C_+ = p^2 q + q^2 r + r^2 p - 3 p q r, and C_- with p and r exchanged.  They are what stands between
    "pairwise different lepton charges with p q r != 0" and "the tangent sector is no permutation of a"; the
    module's text says why.

    >>> order_nine_conditions([7, 1, -5]), order_nine_conditions([3, 2, 1])
    ((0, 432), (11, 13))
    """
    p, q, r = _pair_sums(_charges(a))
    return (
        p**2 * q + q**2 * r + r**2 * p - 3 * p * q * r,
        r**2 * q + q**2 * p + p**2 * r - 3 * p * q * r,
    )


def tangent_identity(a: Iterable[Any]) -> tuple[Any, Any]:
    """Return both sides of the identity for sum n^2 - sum a^2, with n the tangent sector.

    The right side is 2 C_+ C_- (p^2 + q^2 + r^2 - p q - q r - r p) / ((p - q)^2 (q - r)^2 (r - p)^2).

    >>> tangent_identity([3, 2, 1])
    (429/2, 429/2)
    """
    charges = _charges(a)
    p, q, r = _pair_sums(charges)
    plus, minus = order_nine_conditions(charges)
    left = sum(n**2 for n in tangent_sector(charges)) - sum(value**2 for value in charges)
    norm = p**2 + q**2 + r**2 - p * q - q * r - r * p
    return left, 2 * plus * minus * norm / ((p - q) * (q - r) * (r - p)) ** 2
