"""All dark sectors of given lepton charges up to a bound, without any theory of curves.

Key results
-----------
sectors_with_denominator : every sector with three dark charges and a bounded common denominator
many_states_by_height : every sector with four or more dark charges, by height

Method
------
On a common denominator d the charges are integers.  For three of them, N with sum S and sum of cubes C, the
product form says X + Y + Z = 2S and X Y Z = (S^3 - C)/3, where X = S - N_1.  If the product is not zero, the
smallest of |X|, |Y|, |Z| is a divisor of it not above its cube root, and for each divisor, with either sign,
the other two are the roots of a quadratic.  That finds all of them, however large.  If the product is zero,
then N = (S, c, -c).  With more charges, all but three are tried out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations_with_replacement
from math import gcd, isqrt
from typing import TypeAlias

from anomalies.diophantine.dark import DarkSector, product_form, sectors_from_integers
from anomalies.diophantine.integers import cube_root_floor, divisors
from anomalies.diophantine.ordering import by_height
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_integer, as_rationals, common_denominator, height
from anomalies.solutions import SearchDomain, SearchResult

__all__ = ["many_states_by_height", "sectors_with_denominator"]

_Triple: TypeAlias = tuple[int, int, int]


def sectors_with_denominator(a: Iterable[RationalLike], max_denominator: int) -> SearchResult[DarkSector]:
    """Return every dark sector of three lepton charges with a common denominator of at most D.

    These are all (a; n) with sum n = sum a, sum n^3 = sum a^3 and d a, d n integers for some d <= D; the
    size of the charges is not bounded, and permutations of a are included.  They come by least common
    denominator, then by charges.

    Parameters
    ----------
    a : the lepton charges (a_e, a_mu, a_tau) with p q r != 0; otherwise there are infinitely many.
    max_denominator : a positive integer.

    Returns
    -------
    An exhaustive `SearchResult`, which searches while it is iterated.

    Raises
    ------
    ArgumentError
        If p q r = 0, or an argument is out of its range.

    Examples
    --------
    >>> list(sectors_with_denominator(["3/5", 1, "1/20"], 20))[:2]
    [(3/5, 1, 1/20; 1/20, 3/5, 1), (3/5, 1, 1/20; 1/4, 7/20, 21/20)]
    """
    charges = as_rationals(a, "a", 3)
    if product_form(charges).pi == 0:
        raise ArgumentError(
            must_be("a", "lepton charges with p q r != 0", f"({', '.join(map(str, charges))})")
        )
    largest = as_integer(max_denominator, "max_denominator", 1)
    domain = SearchDomain(
        (("search", "dark charges by denominator"), ("a", charges), ("max_denominator", largest))
    )
    return SearchResult(domain, exhaustive=True, stopped_by="", source=partial(_up_to, charges, largest))


def _up_to(a: tuple[Fraction, ...], largest: int) -> Iterator[DarkSector]:
    step = common_denominator(a)
    for d in range(step, largest + 1, step):
        A = [int(charge * d) for charge in a]
        total, cubes = sum(A), sum(x**3 for x in A)
        shared = gcd(d, *A)
        found = (n for n in _splittings(total, cubes) if gcd(shared, *n) == 1)
        yield from sectors_from_integers(d, A, sorted(found))


def _splittings(total: int, cubes: int, bound: int | None = None) -> set[_Triple]:
    """All sorted N with the given sum and sum of cubes, and |N_i| <= `bound` if that is given.

    Without a bound, total^3 must not be equal to `cubes`.
    """
    product, remainder = divmod(total**3 - cubes, 3)
    if remainder:
        return set()
    if product == 0 and bound is not None:
        return {_sorted(total, c, -c) for c in range(bound + 1)} if abs(total) <= bound else set()
    size = abs(product)
    # With a bound, |X| <= |total| + bound for all three, which bounds the smallest from below.
    least = 1 if bound is None else -(-size // (abs(total) + bound) ** 2 or 1)
    found = set()
    for divisor in divisors(size, least, cube_root_floor(size)):
        for X in (divisor, -divisor):
            rest = 2 * total - X
            discriminant = rest * rest - 4 * (product // X)
            root = isqrt(max(discriminant, 0))
            # root has the parity of rest, so the halves are integers.
            if root * root == discriminant:
                Y, Z = (rest - root) // 2, (rest + root) // 2
                found.add(_sorted(total - X, total - Y, total - Z))
    return found if bound is None else {n for n in found if -bound <= n[0] and n[2] <= bound}


def _sorted(x: int, y: int, z: int) -> _Triple:
    x, y, z = sorted((x, y, z))
    return x, y, z


def many_states_by_height(a: Iterable[RationalLike], states: int) -> Iterator[DarkSector]:
    """Yield every dark sector with a given number of dark charges, at least four, by height.

    The height is that of `DarkSector`, and the sequence never ends.  The time up to the height H goes as H
    to the power states - 2, divided by the square of the common denominator of a.

    Raises
    ------
    ArgumentError
        If there are not three lepton charges, or fewer than four dark states.

    Examples
    --------
    >>> from itertools import islice
    >>> list(islice(many_states_by_height([3, 2, 1], 4), 3))
    [(3, 2, 1; 0, 1, 2, 3), (3, 2, 1; -2/3, 5/3, 7/3, 8/3), (3, 2, 1; -5, 3, 7/2, 9/2)]
    """
    return by_height(_layers(as_rationals(a, "a", 3), as_integer(states, "states", 4)))


def _layers(a: tuple[Fraction, ...], states: int) -> Iterator[tuple[int, list[DarkSector]]]:
    bound = height(a)
    while True:
        yield bound + 1, list(_of_height_up_to(a, states, bound))
        bound += max(2, bound // 4)


def _of_height_up_to(a: tuple[Fraction, ...], states: int, bound: int) -> Iterator[DarkSector]:
    step = common_denominator(a)
    for d in range(step, bound + 1, step):
        A = [int(charge * d) for charge in a]
        if max(map(abs, A)) <= bound:
            yield from sectors_from_integers(d, A, _dark_charges(d, A, states, bound))


def _dark_charges(d: int, A: list[int], states: int, bound: int) -> set[tuple[int, ...]]:
    """All sorted integer N with |N_i| <= bound that solve the equations; no divisor shared by d, A and N."""
    total, cubes, shared = sum(A), sum(x**3 for x in A), gcd(d, *A)
    found: set[tuple[int, ...]] = set()
    for outer in combinations_with_replacement(range(-bound, bound + 1), states - 3):
        rest, rest_cubes = total - sum(outer), cubes - sum(x**3 for x in outer)
        found.update(tuple(sorted((*outer, *n))) for n in _splittings(rest, rest_cubes, bound))
    return {n for n in found if gcd(shared, *n) == 1}
