"""All rows of a power-sum system by one join over all conditions at once.

The engine of `anomalies.diophantine.powersums` goes cell by cell: it fixes the sum of every class, which
makes large classes cheap.  A scan with equalities has many classes of a single charge, and then nearly as
many cells as combinations.  Here the classes are split into two halves instead.  The contributions of a half
to the linear conditions, the quadratic and the cubic one are the digits of one integer, so that a combination
costs one addition, and a dictionary of one half is looked up for the other.  A linear condition within one
half cuts that half as soon as it can be decided.

Key results
-----------
joined_rows : the rows of a system
join_size : the number of combinations that it goes through, roughly
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, combinations_with_replacement
from math import comb
from typing import TypeAlias

from anomalies.diophantine.powersums import PowerSumSystem
from anomalies.diophantine.powersums.system import ChargeClass, Row

__all__ = ["join_size", "joined_rows"]

# The digits of a combination as one integer, and the charges of its classes, one tuple for each.
_Combination: TypeAlias = tuple[int, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class _Split:
    """The places of the classes in each half, in the order in which they are combined, and their sizes."""

    smaller: tuple[int, ...]
    larger: tuple[int, ...]
    size: int


def join_size(system: PowerSumSystem) -> int:
    """Return roughly how many combinations `joined_rows` goes through.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> join_size(power_sum_system(standard_model(1, 1), bound=1))
    60
    """
    return _split(system).size


def joined_rows(system: PowerSumSystem) -> Iterator[Row]:
    """Yield every row of a system once, sorted within each class, always in the same order.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> sorted(joined_rows(power_sum_system(standard_model(1, 1), bound=1)))
    [(0, -1, 1, 0, 1, -1), (0, 0, 0, 0, 0, 0), (0, 1, -1, 0, -1, 1)]
    """
    split = _split(system)
    constants = (*system.linear_constant, system.square_constant, system.cube_constant)
    base = _base(system)
    target = _digits(constants, base)
    table: dict[int, list[tuple[Row, ...]]] = {}
    for key, rows in _half(system, split.smaller, base):
        table.setdefault(target - key, []).append(rows)
    places = split.smaller + split.larger
    order = sorted(range(len(places)), key=places.__getitem__)
    for key, rows in _half(system, split.larger, base):
        for others in table.get(key, ()):
            parts = others + rows
            yield tuple(x for place in order for x in parts[place])


def _base(system: PowerSumSystem) -> int:
    """A base in which no sum of contributions needs more than one digit, of either sign."""
    totals = [
        abs(constant) for constant in (*system.linear_constant, system.square_constant, system.cube_constant)
    ]
    for entry in system.classes:
        largest = max(map(abs, entry.allowed))
        degrees = (*(1 for _ in entry.linear), 2, 3)
        weights = (*entry.linear, entry.square, entry.cube)
        for index, (weight, degree) in enumerate(zip(weights, degrees, strict=True)):
            totals[index] += abs(weight) * entry.size * largest**degree
    # Two numbers with digits in [-m, m] are equal only if all digits are, once the base exceeds 4 m.
    return 4 * max(totals) + 1


def _digits(values: Iterable[int], base: int) -> int:
    result = 0
    for value in values:
        result = result * base + value
    return result


def _contributions(entry: ChargeClass, base: int) -> list[tuple[int, Row]]:
    """Every sorted tuple of a class with what it adds to the conditions."""
    found = []
    for row in combinations_with_replacement(entry.allowed, entry.size):
        first, second, third = (sum(x**k for x in row) for k in (1, 2, 3))
        values = (*(weight * first for weight in entry.linear), entry.square * second, entry.cube * third)
        found.append((_digits(values, base), row))
    return found


def _half(system: PowerSumSystem, places: Sequence[int], base: int) -> Iterator[_Combination]:
    """All combinations of a half that satisfy the linear conditions within it."""
    found: Iterator[_Combination] = iter([(0, ())])
    decided: set[int] = set()
    for number in range(1, len(places) + 1):
        chosen = places[:number]
        found = _extended(found, _contributions(system.classes[chosen[-1]], base))
        for index in _within(system, chosen):
            if index not in decided:
                decided.add(index)
                found = _satisfying(found, system, chosen, index)
    return found


def _extended(found: Iterator[_Combination], entries: Sequence[tuple[int, Row]]) -> Iterator[_Combination]:
    return ((key + added, (*rows, row)) for key, rows in found for added, row in entries)


def _satisfying(
    found: Iterator[_Combination], system: PowerSumSystem, places: Sequence[int], index: int
) -> Iterator[_Combination]:
    """The combinations of these classes that satisfy one linear condition."""
    weights = [system.classes[place].linear[index] for place in places]
    constant = system.linear_constant[index]
    return (
        (key, rows)
        for key, rows in found
        if sum(weight * sum(row) for weight, row in zip(weights, rows, strict=True)) == constant
    )


# ---------------------------------------------------------------- the split


@lru_cache(maxsize=64)
def _split(system: PowerSumSystem) -> _Split:
    """The split with the fewest combinations in both halves together."""
    places = range(len(system.classes))
    tried = []
    for number in range(len(places) // 2 + 1):
        for chosen in combinations(places, number):
            rest = tuple(place for place in places if place not in chosen)
            ordered = (_ordered(system, half) for half in (chosen, rest))
            smaller, larger = sorted((_work(system, half), half) for half in ordered)
            tried.append((smaller[0] + larger[0], smaller[1], larger[1]))
    size, first, second = min(tried)
    return _Split(first, second, size)


def _within(system: PowerSumSystem, places: Sequence[int]) -> list[int]:
    """The linear conditions that only these classes enter."""
    return [index for index, support in enumerate(_supports(system)) if support and support <= set(places)]


@lru_cache(maxsize=64)
def _supports(system: PowerSumSystem) -> tuple[frozenset[int], ...]:
    """For every linear condition the places of the classes that enter it."""
    return tuple(
        frozenset(place for place, entry in enumerate(system.classes) if entry.linear[index])
        for index in range(len(system.linear_constant))
    )


def _work(system: PowerSumSystem, places: Sequence[int]) -> int:
    """The number of combinations on the way to those of a half, with classes in this order.

    Every condition within the half is taken to leave one combination in as many as a charge has values.
    """
    result, current = 0, 1
    decided: set[int] = set()
    for number, place in enumerate(places, 1):
        entry = system.classes[place]
        current *= comb(len(entry.allowed) + entry.size - 1, entry.size)
        result += current
        for index in set(_within(system, places[:number])) - decided:
            decided.add(index)
            current = max(1, current // max(len(system.classes[p].allowed) for p in _supports(system)[index]))
    return result


def _ordered(system: PowerSumSystem, places: Sequence[int]) -> tuple[int, ...]:
    """The classes of a half in an order in which its conditions can be decided early."""
    supports = _supports(system)
    inside = sorted((len(supports[index]), index) for index in _within(system, places))
    wanted = [place for _, index in inside for place in sorted(supports[index])]
    return tuple(dict.fromkeys((*wanted, *places)))
