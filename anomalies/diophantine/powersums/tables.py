"""Tables of a system for the kernels: the tuples of every class by their sum, and the list each class joins.

Needs numpy, which is imported inside functions.

Key results
-----------
power_tables : degree-2 and degree-3 contributions of all sorted tuples, and the tuples themselves if asked
for PowerTables.cell_slices : where a cell finds its tuples
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import gcd, prod
from typing import Any, TypeAlias

from anomalies.diophantine.powersums.cells import Cell
from anomalies.diophantine.powersums.system import ChargeClass, PowerSumSystem
from anomalies.errors import ArgumentError, must_be

__all__ = ["PowerTables", "power_tables"]

Array: TypeAlias = Any  # numpy.ndarray, which only the extra `search` brings

FIRST_DENSE, FIRST_OUTER, SECOND_DENSE, SECOND_OUTER = range(4)

_LARGEST_DENSE = 2**20  # combinations in a dense list, so that it stays in the cache, or nearly
_MOST_CLASSES_TRIED = 10


@dataclass(frozen=True, slots=True, eq=False)
class PowerTables:
    """What the kernels need to know of a system.

    Attributes
    ----------
    contributions : arrays of square*S2, cube*S3 and multiplicity, class after class, by rising S1.
    charges : arrays of the tuples, their sign codes and the gcds of their charges; empty for counting.
    sizes : the number of charges of every class.
    slices : for every class, from S1 to the start and end of its tuples.
    roles : for every class, the list that it joins (see `kernels`).
    histogram : an empty histogram of the type that holds every count.
    """

    contributions: tuple[Array, Array, Array]
    charges: tuple[Array, Array, Array]
    sizes: Array
    slices: tuple[dict[int, tuple[int, int]], ...]
    roles: Array
    histogram: Array

    def cell_slices(self, cells: Iterable[Cell]) -> tuple[Array, Array]:
        """Return where the tuples of every class start and end, a row for each cell."""
        import numpy as np

        found = []
        for cell in cells:
            if len(cell.sums) != len(self.slices) or any(map(_is_missing, self.slices, cell.sums)):
                raise ArgumentError(must_be("cell", "a cell of the system", cell))
            found.append([entry[total] for entry, total in zip(self.slices, cell.sums, strict=True)])
        both = np.array(found, np.int64).reshape(len(found), len(self.slices), 2)
        return np.ascontiguousarray(both[:, :, 0]), np.ascontiguousarray(both[:, :, 1])

    def costs(self, starts: Array, ends: Array) -> Array:
        """Return the number of combinations of both sides of each cell."""
        first = self.roles <= FIRST_OUTER
        numbers = ends - starts
        return numbers[:, first].prod(axis=1) + numbers[:, ~first].prod(axis=1)


def _is_missing(entry: dict[int, tuple[int, int]], total: int) -> bool:
    return total not in entry


@lru_cache(maxsize=16)
def power_tables(system: PowerSumSystem, with_charges: bool) -> PowerTables:
    """Return the tables of a system; without charges, tuples with equal contributions are merged."""
    import numpy as np

    built = [_class_table(system, place, with_charges) for place in range(len(system.classes))]
    offsets = np.cumsum([0, *(len(table.sums) for table in built)])
    slices = tuple(
        _slices(table.sums, int(offset)) for table, offset in zip(built, offsets[:-1], strict=True)
    )
    roles = _roles([_measure(table) for table in built])
    widest = max((entry.size for entry in system.classes), default=0)
    rows = [
        np.pad(table.rows, ((0, 0), (0, widest - table.rows.shape[1]))) for table in built if with_charges
    ]
    second = [table for table, role in zip(built, roles, strict=True) if role >= SECOND_DENSE]
    fullest = prod(int(np.add.reduceat(table.weights, _starts(table.sums)).max()) for table in second)
    return PowerTables(
        contributions=(
            _joined([table.squares for table in built]),
            _joined([table.cubes for table in built]),
            _joined([table.weights for table in built]),
        ),
        charges=(
            np.concatenate(rows).astype(np.int32) if rows else np.zeros((0, widest), np.int32),
            _joined([table.signs for table in built]),
            _joined([table.divisors for table in built]),
        ),
        sizes=np.array([entry.size for entry in system.classes], np.int64),
        slices=slices,
        roles=np.array(roles, np.int64),
        histogram=np.zeros(0, np.int32 if fullest < 2**31 else np.int64),
    )


def _joined(parts: Sequence[Array]) -> Array:
    import numpy as np

    return np.concatenate([np.zeros(0, np.int64), *parts])


@dataclass(frozen=True, slots=True, eq=False)
class _ClassTable:
    sums: Array
    squares: Array
    cubes: Array
    weights: Array
    rows: Array
    signs: Array
    divisors: Array


def _class_table(system: PowerSumSystem, place: int, with_charges: bool) -> _ClassTable:
    import numpy as np

    entry = system.classes[place]
    rows = _sorted_tuples(entry)
    sums = rows.sum(axis=1)
    squares, cubes = entry.square * (rows**2).sum(axis=1), entry.cube * (rows**3).sum(axis=1)
    if with_charges:
        order = np.argsort(sums, kind="stable")
        rows = rows[order]
        weight = 3 ** (len(system.classes) - 1 - place)
        return _ClassTable(
            sums[order],
            squares[order],
            cubes[order],
            np.ones(len(order), np.int64),
            rows,
            weight * _signs(rows),
            np.gcd.reduce(rows, axis=1),
        )
    order = np.lexsort((cubes, squares, sums))
    sums, squares, cubes = sums[order], squares[order], cubes[order]
    different = np.ones(len(sums), bool)
    different[1:] = (np.diff(sums) != 0) | (np.diff(squares) != 0) | (np.diff(cubes) != 0)
    starts = np.flatnonzero(different)
    none = np.zeros(0, np.int64)
    weights = np.diff(np.append(starts, len(sums)))
    return _ClassTable(sums[starts], squares[starts], cubes[starts], weights, none[:, None], none, none)


def _sorted_tuples(entry: ChargeClass) -> Array:
    """All sorted tuples of allowed charges, in lexicographic order."""
    import numpy as np

    number = len(entry.allowed)
    places = np.zeros((1, 0), np.int64)
    last = np.zeros(1, np.int64)
    for _ in range(entry.size):
        repeats = number - last
        ends = np.cumsum(repeats)
        last = np.arange(ends[-1]) - np.repeat(ends - repeats - last, repeats)
        places = np.column_stack([np.repeat(places, repeats, axis=0), last])
    return np.array(entry.allowed, np.int64)[places]


def _signs(rows: Array) -> Array:
    """1, 0 or -1: whether a tuple is larger than, equal to or smaller than its negative, both sorted."""
    import numpy as np

    difference = rows + rows[:, ::-1]  # x - (-x reversed)
    result = np.zeros(len(rows), np.int64)
    for column in reversed(range(rows.shape[1])):
        result = np.where(difference[:, column] != 0, np.sign(difference[:, column]), result)
    return result


def _starts(sums: Array) -> Array:
    import numpy as np

    return np.flatnonzero(np.append(True, np.diff(sums) != 0))


def _slices(sums: Array, offset: int) -> dict[int, tuple[int, int]]:
    starts = _starts(sums).tolist()
    ends = [*starts[1:], len(sums)]
    return {int(sums[start]): (start + offset, end + offset) for start, end in zip(starts, ends, strict=True)}


# ---------------------------------------------------------------- which list a class joins


@dataclass(frozen=True, slots=True)
class _Measure:
    """A class in a typical cell: its number of tuples, and range and gcd of their degree-2 and -3 values."""

    number: int
    square_range: int
    square_gcd: int
    cube_range: int
    cube_gcd: int


def _measure(table: _ClassTable) -> _Measure:
    import numpy as np

    starts = _starts(table.sums)
    numbers = np.diff(np.append(starts, len(table.sums)))

    def spread(values: Array) -> tuple[int, int]:
        least = np.minimum.reduceat(values, starts)
        divisor = int(np.gcd.reduce(values - np.repeat(least, numbers)))
        return int((np.maximum.reduceat(values, starts) - least).max()), divisor

    return _Measure(int(numbers.max()), *spread(table.squares), *spread(table.cubes))


def _roles(measures: Sequence[_Measure]) -> list[int]:
    """Deal the classes into two sides and these into lists, the cheapest way by the estimates below."""
    order = sorted(range(len(measures)), key=lambda place: (-measures[place].number, place))
    tried, rest = order[:_MOST_CLASSES_TRIED], order[_MOST_CLASSES_TRIED:]
    splits = (_split(tried, second) for second in product((False, True), repeat=len(tried)))
    first, second = min(splits, key=lambda sides: _sides_cost([[measures[p] for p in s] for s in sides]))
    for place in rest:
        min(first, second, key=lambda side: prod(measures[p].number for p in side)).append(place)
    roles = [FIRST_DENSE] * len(measures)
    for side, dense_role in ((first, FIRST_DENSE), (second, SECOND_DENSE)):
        dense = _dense(side, measures)
        for place in side:
            roles[place] = dense_role if place in dense else dense_role + 1
    return roles


def _split(places: Sequence[int], chosen: Sequence[bool]) -> tuple[list[int], list[int]]:
    pairs = list(zip(places, chosen, strict=True))
    return [place for place, last in pairs if not last], [place for place, last in pairs if last]


def _sides_cost(sides: Sequence[Sequence[_Measure]]) -> int:
    """The entries of the first side in the window of the second, and of the second with the right residue."""
    widths = [sum(entry.cube_range for entry in side) + 1 for side in sides]
    divisors = [gcd(*(entry.cube_gcd for entry in side)) for side in sides]
    looked_up, filled = (prod(entry.number for entry in side) for side in sides)
    modulus = divisors[0] // (gcd(*divisors) or 1) or 1
    # The window saves no more than the innermost loops: not more than three quarters are counted on.
    window = max(widths[0], 4 * min(widths))
    return looked_up * min(window, 4 * widths[0]) // (4 * widths[0]) + filled // modulus + 1


def _dense(side: Sequence[int], measures: Sequence[_Measure]) -> set[int]:
    """The classes of a side whose combinations are listed; the others form the outer list."""
    side = [*side[:_MOST_CLASSES_TRIED]]

    def cost(dense: Sequence[bool]) -> tuple[int, int]:
        lists = [[measures[p] for p in part] for part in _split(side, dense)]
        (outer, outer_groups), (inner, inner_groups) = map(_groups, lists)
        loops = min(outer * inner_groups, inner * outer_groups)
        tried = outer_groups * (
            outer_groups + inner_groups
        )  # for each sum of degree 2, all groups of the outer list
        work = 8 * loops + 10 * inner + 10 * outer + 3 * tried
        return (max(0, inner - _LARGEST_DENSE), work)

    best = min(product((False, True), repeat=len(side)), key=cost)
    return set(_split(side, best)[1])


def _groups(part: Iterable[_Measure]) -> tuple[int, int]:
    """The number of combinations and an estimate of how many different degree-2 values they have."""
    entries: list[_Measure] = list(part)
    number = prod(entry.number for entry in entries)
    divisor = gcd(*(entry.square_gcd for entry in entries)) or 1
    return number, min(number, sum(entry.square_range for entry in entries) // divisor + 1)
