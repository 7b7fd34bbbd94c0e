"""Cells: the sums S1 of all classes, with the linear conditions solved once and for all.

Every solution belongs to exactly one cell, so cells are independent pieces of work.  The linear conditions
leave a few sums free; the others follow.  Which sums are free is a choice, and the best one has the shortest
loops.  Sets of columns in which A s = b can be solved are the bases of a matroid, so the greedy choice is the
best: solve for the classes with the widest ranges of sums, and the product of the ranges of the free ones is
as small as it can be.  Inside the loops, the bounds on the dependent sums bound the free ones.

The number of sorted tuples with given sum is a coefficient of the complete homogeneous symmetric polynomial
h_k of the monomials x^v, v allowed.  Newton's identities give it from p_i = sum x^(i v):

    k h_k = sum_{i=1..k} p_i h_{k-i}

Key results
-----------
cells : all cells of a system
cell_cost : the estimated work in one cell
halves : the split of the classes that makes the join of two halves cheap
tuple_counts, sorted_tuples : how many sorted tuples there are for each sum, and which

References
----------
I.G. Macdonald, Symmetric Functions and Hall Polynomials (1995), (2.11) of chapter I: Newton's identities.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, prod

from flint import fmpz_poly

from anomalies.diophantine.powersums.system import ChargeClass, PowerSumSystem
from anomalies.exact import common_denominator
from anomalies.linear import reduced_rows

__all__ = ["Cell", "cell_cost", "cells", "halves", "sorted_tuples", "tuple_counts"]

# Subsets of at most so many classes are all tried for the best split.
_MOST_CLASSES_TRIED = 14


@dataclass(frozen=True, slots=True)
class Cell:
    """The sum S1 of every class, in order; they satisfy all linear conditions."""

    sums: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Dependent:
    """A sum that follows from the free ones: divisor * sum = constant + coefficients . free sums."""

    place: int
    divisor: int
    constant: int
    coefficients: tuple[int, ...]


# ---------------------------------------------------------------- sorted tuples


@lru_cache(maxsize=64)
def tuple_counts(allowed: tuple[int, ...], size: int) -> Mapping[int, int]:
    """Return, for every possible sum, the number of sorted tuples of `size` allowed values with that sum.

    >>> tuple_counts((-1, 0, 1), 2)
    {-2: 1, -1: 1, 0: 2, 1: 1, 2: 1}
    """
    least, span = min(allowed, default=0), max(allowed, default=0) - min(allowed, default=0)
    if comb(len(allowed) + size, size) < span:
        return _sparse_counts(allowed, size)
    power_sums = [_power_sum_polynomial(allowed, least, i) for i in range(1, size + 1)]
    complete = [fmpz_poly([1])]
    for k in range(1, size + 1):
        total = sum((power_sums[i] * complete[k - 1 - i] for i in range(k)), fmpz_poly([0]))
        complete.append(fmpz_poly([coefficient // k for coefficient in total.coeffs()]))
    return {
        degree + size * least: int(count) for degree, count in enumerate(complete[size].coeffs()) if count
    }


def _sparse_counts(allowed: tuple[int, ...], size: int) -> Mapping[int, int]:
    """The same for few values that are far apart, where a polynomial would be all zeros: value by value."""
    by_length: list[Counter[int]] = [Counter({0: 1}), *(Counter() for _ in range(size))]
    for value in allowed:
        # Ascending lengths: a value may be taken more than once.
        for length in range(1, size + 1):
            for total, number in by_length[length - 1].items():
                by_length[length][total + value] += number
    return dict(sorted(by_length[size].items()))


def _power_sum_polynomial(allowed: Sequence[int], least: int, i: int) -> fmpz_poly:
    coefficients = [0] * (i * (max(allowed, default=0) - least) + 1)
    for value in allowed:
        coefficients[i * (value - least)] = 1
    return fmpz_poly(coefficients)


def sorted_tuples(allowed: tuple[int, ...], size: int, total: int) -> Iterator[tuple[int, ...]]:
    """Yield every sorted tuple of `size` allowed values with that sum, in lexicographic order.

    >>> list(sorted_tuples((-1, 0, 1), 3, 0))
    [(-1, 0, 1), (0, 0, 0)]
    """
    if size == 0:
        if total == 0:
            yield ()
        return
    values = frozenset(allowed)
    yield from _tuples_from(allowed, values, 0, size, total)


def _tuples_from(
    allowed: tuple[int, ...], values: frozenset[int], start: int, size: int, total: int
) -> Iterator[tuple[int, ...]]:
    if size == 1:
        if total in values and total >= allowed[start]:
            yield (total,)
        return
    for index in range(start, len(allowed)):
        value = allowed[index]
        if size * value > total:
            return
        if value + (size - 1) * allowed[-1] >= total:
            for rest in _tuples_from(allowed, values, index, size - 1, total - value):
                yield (value, *rest)


def _counts(entry: ChargeClass) -> Mapping[int, int]:
    return tuple_counts(entry.allowed, entry.size)


# ---------------------------------------------------------------- cells


def cells(system: PowerSumSystem) -> Iterator[Cell]:
    """Yield every cell with a tuple of allowed values for each class, lazily and always in the same order.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums.system import power_sum_system
    >>> found = list(cells(power_sum_system(standard_model(), bound=1)))
    >>> len(found), found[0]
    (9, Cell(sums=(-1, -1, -1, 3, 3, 3)))
    """
    counts = [_counts(entry) for entry in system.classes]
    solved = _solve_linear(system, counts)
    if solved is not None and all(counts):
        free, dependent = solved
        values = [sorted(counts[place]) for place in free]
        bounds = [_bounded(entry, values, counts) for entry in dependent]
        # Where every class stands in (free sums, dependent sums).
        places = (*free, *(entry.place for entry in dependent))
        order = sorted(range(len(places)), key=places.__getitem__)
        for chosen, totals in _free_sums(values, bounds, (), [0] * len(bounds)):
            found = (*chosen, *_dependent_sums(dependent, totals, counts))
            if len(found) == len(order):
                yield Cell(tuple([found[place] for place in order]))


def _solve_linear(
    system: PowerSumSystem, counts: Sequence[Mapping[int, int]]
) -> tuple[tuple[int, ...], tuple[_Dependent, ...]] | None:
    """The places of the free sums and the equations for the others; None if the conditions contradict."""
    width = len(system.classes)
    rows = [
        [*(Fraction(entry.linear[index]) for entry in system.classes), Fraction(constant)]
        for index, constant in enumerate(system.linear_constant)
    ]
    widest_first = sorted(range(width), key=lambda place: (-len(counts[place]), -place))
    reduced, pivots = reduced_rows(rows, (*widest_first, width))
    if width in pivots:
        return None
    # The narrowest range is the outermost loop: the bounds of the others are then cut the earliest.
    free = sorted(set(range(width)) - set(pivots), key=lambda place: (len(counts[place]), place))
    return tuple(free), tuple(
        _dependent(row, pivot, free) for row, pivot in zip(reduced, pivots, strict=True)
    )


def _dependent(row: Sequence[Fraction], pivot: int, free: Sequence[int]) -> _Dependent:
    divisor = common_denominator(row)
    return _Dependent(
        pivot, divisor, int(row[-1] * divisor), tuple(int(-row[place] * divisor) for place in free)
    )


@dataclass(frozen=True, slots=True)
class _Bounded:
    """What the range of a dependent sum says of the free ones: least <= coefficients . free <= most.

    `lowest[k]`, `highest[k]` are the extreme values that the free sums from the k-th on can add.
    """

    coefficients: tuple[int, ...]
    least: int
    most: int
    lowest: tuple[int, ...]
    highest: tuple[int, ...]


def _bounded(
    entry: _Dependent, values: Sequence[Sequence[int]], counts: Sequence[Mapping[int, int]]
) -> _Bounded:
    least, most = (entry.divisor * end - entry.constant for end in _ends(counts[entry.place]))
    extremes = [sorted((c * v[0], c * v[-1])) for c, v in zip(entry.coefficients, values, strict=True)]
    lowest, highest = (
        tuple(sum(pair[end] for pair in extremes[place:]) for place in range(len(extremes) + 1))
        for end in (0, 1)
    )
    return _Bounded(entry.coefficients, least, most, lowest, highest)


def _ends(count: Mapping[int, int]) -> tuple[int, int]:
    return min(count), max(count)


def _free_sums(
    values: Sequence[Sequence[int]],
    bounds: Sequence[_Bounded],
    chosen: tuple[int, ...],
    known: Sequence[int],
) -> Iterator[tuple[tuple[int, ...], Sequence[int]]]:
    """All choices of the free sums that bounds do not exclude, with their contributions to the bounds.

    `values` are the sorted possible values of each free sum; `known` is what the chosen sums contribute to
    each of the bounds.
    """
    place = len(chosen)
    if place == len(values):
        yield chosen, known
        return
    least, most = values[place][0], values[place][-1]
    for bound, total in zip(bounds, known, strict=True):
        least, most = _narrowed(least, most, bound, place, total)
    for value in values[place][bisect_left(values[place], least) : bisect_right(values[place], most)]:
        totals = [
            total + bound.coefficients[place] * value for bound, total in zip(bounds, known, strict=True)
        ]
        yield from _free_sums(values, bounds, (*chosen, value), totals)


def _narrowed(least: int, most: int, bound: _Bounded, place: int, total: int) -> tuple[int, int]:
    """The range of a free sum, given the contribution of those before it and the ranges of those after it."""
    coefficient = bound.coefficients[place]
    low = bound.least - total - bound.highest[place + 1]
    high = bound.most - total - bound.lowest[place + 1]
    if coefficient > 0:
        return max(least, -(-low // coefficient)), min(most, high // coefficient)
    if coefficient < 0:
        return max(least, -(high // -coefficient)), min(most, -low // -coefficient)
    return least, most


def _dependent_sums(
    dependent: Sequence[_Dependent], totals: Sequence[int], counts: Sequence[Mapping[int, int]]
) -> Iterator[int]:
    """The dependent sums, up to the first that is no integer or that no tuple reaches."""
    for entry, total in zip(dependent, totals, strict=True):
        value, remainder = divmod(entry.constant + total, entry.divisor)
        if remainder or value not in counts[entry.place]:
            return
        yield value


# ---------------------------------------------------------------- cost


@lru_cache(maxsize=64)
def halves(system: PowerSumSystem) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the classes in two halves, the places of each, so that the fuller half has few tuples.

    The measure is a typical cell, in which each class has its most frequent sum.  The first class is in the
    first half.
    """
    largest = {place: max(_counts(entry).values(), default=1) for place, entry in enumerate(system.classes)}
    tried = sorted(largest, key=lambda place: (-largest[place], place))[:_MOST_CLASSES_TRIED]
    subsets: list[tuple[int, tuple[int, ...]]] = [(1, ())]
    for place in tried:
        subsets += [(size * largest[place], (*chosen, place)) for size, chosen in subsets]
    total = prod(largest[place] for place in tried)
    _, best = min((size + total // size, chosen) for size, chosen in subsets)
    first, second = set(best), set(tried) - set(best)
    for place in sorted(set(largest) - set(tried)):
        smaller = min(first, second, key=lambda half: prod(largest[member] for member in half))
        smaller.add(place)
    ordered = sorted((tuple(sorted(first)), tuple(sorted(second))), key=lambda half: half[:1] != (0,))
    return ordered[0], ordered[1]


def cell_cost(system: PowerSumSystem, cell: Cell) -> int:
    """Return the estimated work in a cell: the number of combinations of tuples in both halves together.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums.system import power_sum_system
    >>> cell_cost(power_sum_system(standard_model(), bound=1), Cell((0, 0, 0, 0, 0, 0)))
    16
    """
    numbers = [_counts(entry).get(total, 0) for entry, total in zip(system.classes, cell.sums, strict=True)]
    return sum(prod(numbers[place] for place in half) for half in halves(system))
