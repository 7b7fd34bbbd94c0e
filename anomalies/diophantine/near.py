"""All dark sectors close to wanted lepton charges.

A fit to data prefers some lepton charges, but hardly any with a dark sector of its own.  `near`
lists every rational point in a neighbourhood that has one, up to a bound on the denominator.

Key results
-----------
near : the complete search, lazy, ordered by denominator and then by distance

Method
------
For each denominator d the charges are integers A_i / d and N_i / d.  With the product form (see
`anomalies.diophantine.dark`) the equations are X + Y + Z = p + q + r and X Y Z = p q r, where
p = A_mu + A_tau, q = A_tau + A_e, r = A_e + A_mu and X = s - N_1, with s = A_e + A_mu + A_tau.

* p q r != 0: the smallest of |X|, |Y|, |Z| is a divisor of |p q r| not above its cube root.  Nor is
  it below |p q r| / w^2, if all three are at most w = |s| + d max_charge.  For each such divisor, with
  either sign, the other two are the roots of a quadratic.
* p q r = 0: some X is zero, so that N = (s, c, -c) for any integer c.

So the time goes with the number of lattice points (A_e, A_tau), times the length of a short list of
divisors; the memory with one row of points.

References
----------
W. Altmannshofer, J. Davighi, M. Nardecchia, arXiv:1909.02021: equation (2.6) and appendix A.1,
where (A.4) is an example found near the best fit (59/100, 1, 0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from heapq import merge
from math import ceil, floor, gcd, isqrt, lcm
from typing import TypeAlias

from anomalies.diophantine.dark import DarkSector, as_sense, sectors_from_integers
from anomalies.diophantine.integers import cube_root_floor, divisors
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_integer, as_rational, as_rationals
from anomalies.solutions import SearchDomain, SearchResult

__all__ = ["near"]

_Triple: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    """The domain of the search, all exact."""

    target: tuple[Fraction, ...]
    radius: tuple[Fraction, ...]
    max_charge: Fraction
    sense: str


def near(
    target: Iterable[RationalLike],
    *,
    max_denominator: int,
    radius: RationalLike | Iterable[RationalLike] = "1/10",
    max_charge: RationalLike = 10,
    nontrivial: str = "permutation",
) -> SearchResult[DarkSector]:
    """Return every dark sector with three dark charges whose lepton charges are near a target.

    These are all (a_e, a_mu, a_tau; n_1, n_2, n_3) with sum n = sum a and sum n^3 = sum a^3 such that

    * the least common denominator of all six charges is at most `max_denominator`,
    * a_mu is exactly its target, |a_e - target_e| <= R_e and |a_tau - target_tau| <= R_tau,
    * |n_i| <= `max_charge`, and the sector is non-trivial in the named sense.

    Each appears once, since the order of the n_i means nothing.  They come ordered by least common
    denominator, then by the distance of (a_e, a_tau) from the target, then by (a, n).

    Parameters
    ----------
    target : the wanted (a_e, a_mu, a_tau).
    max_denominator : a positive integer.
    radius : R_e = R_tau, or the pair (R_e, R_tau); not negative.
    max_charge : the bound on the dark charges; not negative.
    nontrivial : "permutation", "disjoint" or "chiral"; see `anomalies.diophantine.dark`.

    Returns
    -------
    An exhaustive `SearchResult`, which searches while it is iterated.

    Raises
    ------
    ArgumentError, ArgumentTypeError
        If an argument is out of its range or not exact.

    Source: arXiv:1909.02021, appendix A.1, around (A.4).

    Examples
    --------
    >>> found = near(["59/100", 1, 0], max_denominator=20)
    >>> DarkSector(["3/5", 1, "1/20"], ["1/4", "7/20", "21/20"]) in found
    True
    >>> found.exhaustive
    True
    """
    where = _Neighbourhood(
        as_rationals(target, "target", 3),
        _radii(radius),
        _not_negative(max_charge, "max_charge"),
        as_sense(nontrivial, "nontrivial"),
    )
    largest = as_integer(max_denominator, "max_denominator", 1)
    domain = SearchDomain(
        (
            ("search", "dark charges near a point"),
            ("target", where.target),
            ("max_denominator", largest),
            ("radius", where.radius),
            ("max_charge", where.max_charge),
            ("nontrivial", where.sense),
        )
    )
    return SearchResult(domain, exhaustive=True, stopped_by="", source=partial(_sectors, where, largest))


def _radii(radius: RationalLike | Iterable[RationalLike]) -> tuple[Fraction, ...]:
    if isinstance(radius, str) or not isinstance(radius, Iterable):
        return (_not_negative(radius, "radius"),) * 2
    values = tuple(radius)
    if len(values) != 2:
        raise ArgumentError(must_be("radius", "one rational number or a pair", radius))
    return _not_negative(values[0], "radius[0]"), _not_negative(values[1], "radius[1]")


def _not_negative(value: RationalLike, argument: str) -> Fraction:
    number = as_rational(value, argument)
    if number < 0:
        raise ArgumentError(must_be(argument, "a rational number of at least 0", value))
    return number


def _sectors(where: _Neighbourhood, max_denominator: int) -> Iterator[DarkSector]:
    # d a_mu must be an integer, so d is a multiple of the denominator of a_mu.
    step = where.target[1].denominator
    for denominator in range(step, max_denominator + 1, step):
        yield from _sectors_at(where, denominator)


def _sectors_at(where: _Neighbourhood, denominator: int) -> Iterator[DarkSector]:
    """Yield the sectors whose least common denominator is `denominator`, in order."""
    a_mu = int(where.target[1] * denominator)
    largest = floor(where.max_charge * denominator)
    for a_e, a_tau in _points(where, denominator):
        a = (a_e, a_mu, a_tau)
        dark = _dark_charges(a, largest, where.sense)
        shared = gcd(denominator, *a)
        if shared > 1:
            dark = _coprime(dark, shared)
        yield from sectors_from_integers(denominator, a, dark)


def _coprime(dark: Iterable[_Triple], shared: int) -> Iterator[_Triple]:
    """Leave out what has a smaller common denominator, and was found there."""
    return (n for n in dark if gcd(shared, *n) == 1)


def _points(where: _Neighbourhood, denominator: int) -> Iterator[tuple[int, int]]:
    """Yield all (A_e, A_tau) in the box, by distance from the target and then by size.

    Rows of constant A_e are merged, so that one point of each row is in memory, not all of them.
    """
    target_e, _, target_tau = where.target
    radius_e, radius_tau = where.radius
    scale = lcm(target_e.denominator, target_tau.denominator)
    row = _axis(target_tau, radius_tau, denominator, scale)
    rows = [_row(*point, row) for point in _axis(target_e, radius_e, denominator, scale)]
    for _, a_e, a_tau in merge(*rows):
        yield a_e, a_tau


def _row(square: int, a_e: int, row: Iterable[tuple[int, int]]) -> Iterator[_Triple]:
    return ((square + other, a_e, a_tau) for other, a_tau in row)


def _axis(target: Fraction, radius: Fraction, denominator: int, scale: int) -> list[tuple[int, int]]:
    """Return (D, A) for all integers A with |A / d - target| <= radius, nearest first.

    Here D is the square of the distance of A / d from the target in units of 1 / (d scale), an
    integer because `scale` is a multiple of the denominator of the target.
    """
    centre = int(target * scale) * denominator
    least, most = ceil((target - radius) * denominator), floor((target + radius) * denominator)
    return sorted(((scale * a - centre) ** 2, a) for a in range(least, most + 1))


def _dark_charges(a: _Triple, largest: int, sense: str) -> Iterable[_Triple]:
    """Return all non-trivial N with |N_i| <= `largest` that solve the equations with A, in order."""
    a_e, a_mu, a_tau = a
    pqr = (a_mu + a_tau, a_tau + a_e, a_e + a_mu)
    if 0 in pqr:
        # Some N_i = s is then one of the A, so "disjoint" and "chiral" have nothing here.
        return _with_vector_like_pair(a, largest) if sense == "permutation" else ()
    if sense == "chiral" and 0 in a:
        return ()
    # Here "permutation" and "disjoint" agree, and "chiral" adds that no charge is zero: see dark.py.
    total = a_e + a_mu + a_tau
    if abs(total) > 3 * largest:
        return ()
    found = sorted(
        (total - z, total - y, total - x)
        for x, y, z in _splittings(pqr, abs(total) + largest)
        if x >= total - largest and z <= total + largest
    )
    return [n for n in found if 0 not in n] if sense == "chiral" else found


def _with_vector_like_pair(a: _Triple, largest: int) -> Iterator[_Triple]:
    """Yield N = (s, c, -c), sorted, for all c >= 0; the permutation of A is one of them and left out."""
    total = sum(a)
    if abs(total) > largest:
        return
    trivial = sorted(a)
    for c in range(largest, -1, -1):
        n = sorted((total, c, -c))
        if n != trivial:
            yield n[0], n[1], n[2]


def _splittings(pqr: _Triple, width: int) -> set[_Triple]:
    """Return all X <= Y <= Z, not a permutation of p, q, r, with X + Y + Z = p + q + r and X Y Z = p q r.

    The product must not be zero.  Those with some |X| > `width` may be missing.
    """
    p, q, r = pqr
    sigma, pi = p + q + r, p * q * r
    size = abs(pi)
    if size > width**3:
        return set()
    found = set()
    for divisor in divisors(size, -(-size // width**2), cube_root_floor(size)):
        for x in (divisor, -divisor):
            rest, product = sigma - x, pi // x
            discriminant = rest * rest - 4 * product
            if discriminant < 0:
                continue
            root = isqrt(discriminant)
            # root has the parity of rest, so both halves are integers.
            if root * root == discriminant:
                found.add(_sorted(x, (rest - root) // 2, (rest + root) // 2))
    found.discard(_sorted(p, q, r))
    return found


def _sorted(x: int, y: int, z: int) -> _Triple:
    x, y, z = sorted((x, y, z))
    return x, y, z
