"""The exact engine: all solutions of a power-sum system, in Python integers.

Slow and obvious, without numpy: what the fast kernels are compared with, what finds solutions when they are
not installed, and what takes over where a machine integer could overflow.  In each cell (fixed S1 of every
class) the classes are split into two halves.  A dictionary from (degree 2, degree 3) to the tuples of the
first half is joined with the second half.

Key results
-----------
solutions_in_cell : the rows of one cell
solutions : the rows of all cells
brute_force : nested loops over everything, for tests
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement, product
from typing import TypeAlias

from anomalies.diophantine.powersums.cells import Cell, cells, halves, sorted_tuples
from anomalies.diophantine.powersums.system import ChargeClass, PowerSumSystem, Row

__all__ = ["brute_force", "solutions", "solutions_in_cell"]

# The charges of one class, with their contributions to the quadratic and the cubic condition.
_Entry: TypeAlias = tuple[int, int, Row]


def solutions_in_cell(system: PowerSumSystem, cell: Cell) -> Iterator[Row]:
    """Yield the rows of a cell, each once, in an order that depends on the system and the cell only.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums.system import power_sum_system
    >>> system = power_sum_system(standard_model(1, 1), bound=3)
    >>> list(solutions_in_cell(system, Cell((-1, -1, -1, 3, 3, 3))))
    [(-1, -1, -1, 3, 3, 3)]
    """
    first, second = halves(system)
    tuples = [_tuples(entry, total) for entry, total in zip(system.classes, cell.sums, strict=True)]
    table: dict[tuple[int, int], list[tuple[Row, ...]]] = {}
    for square, cube, charges in _combinations([tuples[place] for place in first]):
        table.setdefault((system.square_constant - square, system.cube_constant - cube), []).append(charges)
    places = sorted(range(len(tuples)), key=(first + second).__getitem__)
    for square, cube, charges in _combinations([tuples[place] for place in second]):
        for others in table.get((square, cube), ()):
            parts = others + charges
            yield tuple(x for place in places for x in parts[place])


def _tuples(entry: ChargeClass, total: int) -> list[_Entry]:
    return [
        (entry.square * sum(x**2 for x in charges), entry.cube * sum(x**3 for x in charges), charges)
        for charges in sorted_tuples(entry.allowed, entry.size, total)
    ]


def _combinations(classes: list[list[_Entry]]) -> Iterator[tuple[int, int, tuple[Row, ...]]]:
    """One tuple from every class of a half, with the sums of their contributions."""
    for chosen in product(*classes):
        yield sum(s for s, _, _ in chosen), sum(c for _, c, _ in chosen), tuple(row for _, _, row in chosen)


def solutions(system: PowerSumSystem) -> Iterator[Row]:
    """Yield every row of the system, cell by cell; sorted within each class, otherwise as they come.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums.system import power_sum_system
    >>> sorted(solutions(power_sum_system(standard_model(1, 1), bound=1)))
    [(0, -1, 1, 0, 1, -1), (0, 0, 0, 0, 0, 0), (0, 1, -1, 0, -1, 1)]
    """
    for cell in cells(system):
        yield from solutions_in_cell(system, cell)


def brute_force(system: PowerSumSystem) -> Iterator[Row]:
    """Yield every row of the system, by trying all: for tests of a few thousand combinations."""
    target = (*system.linear_constant, system.square_constant, system.cube_constant)
    for chosen in product(*(_every_contribution(entry) for entry in system.classes)):
        totals = [sum(values) for values in zip(*(values for values, _ in chosen), strict=True)]
        if totals == list(target) or (not chosen and not any(target)):
            yield tuple(x for _, charges in chosen for x in charges)


def _every_contribution(entry: ChargeClass) -> list[tuple[Row, Row]]:
    """Every sorted tuple of a class, after what it adds to each of the conditions."""
    return [
        (
            (
                *(weight * sum(charges) for weight in entry.linear),
                entry.square * sum(x**2 for x in charges),
                entry.cube * sum(x**3 for x in charges),
            ),
            charges,
        )
        for charges in combinations_with_replacement(entry.allowed, entry.size)
    ]
