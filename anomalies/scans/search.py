"""Running a scan: all its solutions, the restrictions one after the other, the equivalence classes.

Key results
-----------
run_scan : the answer to a scan
anomaly_free_charges : all anomaly-free charges in its domain, before restrictions
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, permutations, product
from math import prod
from typing import Any, TypeAlias

from anomalies.diophantine.powersums import (
    PowerSumSystem,
    cell_cost,
    cells,
    parts_of,
    power_sum_system,
    solutions,
)
from anomalies.diophantine.powersums.bounds import bounds, is_little_work
from anomalies.diophantine.powersums.counting import has_kernels
from anomalies.diophantine.powersums.enumeration import enumerate_cells
from anomalies.diophantine.powersums.system import Row
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import common_denominator, height
from anomalies.scans.definition import Scan
from anomalies.scans.determined import determined
from anomalies.scans.equivalences import classes_of
from anomalies.scans.join import join_size, joined_rows
from anomalies.scans.restrictions import charge_labels, condition_function, equality_text, rational_function
from anomalies.scans.results import Classes, Model, ScanResult, Stage

__all__ = ["anomaly_free_charges", "run_scan", "system_of"]

Values: TypeAlias = tuple[Fraction, ...]

_COST_OF_A_CELL = 100  # combinations in a join take about as long as one cell


def run_scan(chosen: Scan) -> ScanResult:
    """Return all models of a scan; `Scan.run` is the same."""
    kept, counts, unsolved = _survivors(chosen)
    kept.sort(key=_order(chosen))
    size, domain = _domain(chosen)
    words = [domain, "anomaly-free", *(entry.words for entry in chosen.restrictions)]
    return ScanResult(
        chosen,
        tuple(Stage(step, number) for step, number in zip(words, [size, *counts], strict=True)),
        tuple(Model(chosen.content, values) for values in kept),
        _properties(chosen, kept),
        _classes(chosen, kept),
        unsolved,
    )


def _survivors(chosen: Scan) -> tuple[list[Values], list[int], int]:
    """The charges that pass all restrictions, how many pass the first k of them, how many are unsolved."""
    tests = [condition_function(entry.condition, chosen.symbols) for entry in chosen.restrictions]
    counts = [0] * (len(tests) + 1)
    kept: list[Values] = []
    unsolved = 0
    for values in anomaly_free_charges(chosen):
        if values is None:
            unsolved += 1
            continue
        passed = next((place for place, test in enumerate(tests) if not test(values)), len(tests))
        for place in range(passed + 1):
            counts[place] += 1
        if passed == len(tests):
            kept.append(values)
    return kept, counts, unsolved


def anomaly_free_charges(chosen: Scan) -> Iterator[Values | None]:
    """Yield the charges of all solutions in the domain, in the order of `Scan.symbols`.

    None stands for values of the free charges that leave infinitely many solutions; it comes only from a
    scan that restricts the free charges only.
    """
    if chosen.free:
        yield from determined(chosen).solutions()
        return
    system = system_of(chosen)
    places = {str(symbol): place for place, symbol in enumerate(chosen.symbols)}
    for row in _rows(system):
        yield from _arrangements(system, row, places)


def system_of(chosen: Scan) -> PowerSumSystem:
    """Return the power-sum system of a scan that restricts all charges."""
    labels = charge_labels(chosen.content)
    return power_sum_system(
        chosen.content,
        allowed={labels[symbol]: values for symbol, values in chosen.allowed},
        equalities=[equality_text(chosen.content, equality) for equality in chosen.equalities],
    )


def _rows(system: PowerSumSystem) -> Iterator[Row]:
    """All rows of a system, by the way that suits it; all ways find the same."""
    if _has_more_work_in_cells(system):
        yield from joined_rows(system)
    elif is_little_work(system) or not bounds(system).fit or not has_kernels():
        # Compiling and starting kernels costs more than it saves where cells are few or small.
        yield from solutions(system)
    else:
        for batch in enumerate_cells(system, cells(system), canonical=False):
            yield from map(tuple, batch.tolist())


def _has_more_work_in_cells(system: PowerSumSystem) -> bool:
    """Whether cell by cell there is more to do than in one join, as with many classes of a single charge."""
    largest = join_size(system)
    total = 0
    for cell in cells(system):
        total += cell_cost(system, cell) + _COST_OF_A_CELL
        if total > largest:
            return True
    return False


def _arrangements(system: PowerSumSystem, row: Row, places: Mapping[str, int]) -> Iterator[Values]:
    """All ways to give the charges of a row to families: one for the engine, different ones for a scan."""
    charges = [Fraction(0)] * len(places)
    for name, value in system.fixed:
        charges[places[name]] = Fraction(value, system.scale)
    members = [[places[name] for name in names] for entry in system.classes for names in entry.members]
    orders = (sorted(set(permutations(part))) for part in parts_of(system, row))
    for arranged in product(*orders):
        for group, value in zip(members, chain.from_iterable(arranged), strict=True):
            for place in group:
                charges[place] = Fraction(value, system.scale)
        yield tuple(charges)


def _domain(chosen: Scan) -> tuple[int, str]:
    """How many charge assignments the domain has, and which charges they are about."""
    if chosen.free:
        values = dict(chosen.allowed)
        return prod(len(values[symbol]) for symbol in chosen.free), "values of the free charges"
    classes = system_of(chosen).classes
    return prod(len(entry.allowed) ** entry.size for entry in classes), "values of all charges"


def _order(chosen: Scan) -> Callable[[Values], tuple[Any, ...]]:
    if chosen.order_by is None:
        return _size
    first = rational_function(chosen.order_by, chosen.symbols, "order_by")

    def order(values: Values) -> tuple[Any, ...]:
        try:
            return first(*values), _size(values)
        except ZeroDivisionError:
            raise ArgumentError(
                must_be("order_by", "defined for every model of the scan", str(chosen.order_by))
            ) from None

    return order


def _size(values: Values) -> tuple[int, int, Values]:
    """The height of the primitive integer vector, then the common denominator: simple models come first."""
    # Of a model and its negative the one whose first charge is positive.
    return height(values), common_denominator(values), tuple(-value for value in values)


def _properties(chosen: Scan, kept: Sequence[Values]) -> tuple[tuple[int, ...], ...]:
    """For each property, the places of the models that have it."""
    tests = (condition_function(entry.condition, chosen.symbols) for entry in chosen.properties)
    return tuple(tuple(place for place, values in enumerate(kept) if test(values)) for test in tests)


def _classes(chosen: Scan, kept: Sequence[Values]) -> tuple[Classes, ...]:
    """The classes after each of the equivalences is divided out, those before it included."""
    steps = (chosen.equivalences[: number + 1] for number in range(len(chosen.equivalences)))
    return tuple(Classes(step[-1], classes_of(kept, chosen.symbols, step)) for step in steps)
