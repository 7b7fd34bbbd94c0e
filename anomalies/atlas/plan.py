"""What a catalogue will hold, and how the work is divided: from a field content to parts.

A part is a file of the catalogue: the solutions of consecutive cells (fixed sums of the charges of every
species), about a million of them before sign and common factor are divided out.  The division depends on the
question alone, never on threads, memory or scheduler, so every run writes the same files.

Key results
-----------
pose : what a catalogue answers, from a content, a bound and restrictions
plan_parts : how the work is divided
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from sympy import Symbol

from anomalies.atlas.content_files import anomalous_fields
from anomalies.atlas.manifest import Manifest
from anomalies.conditions import anomaly_conditions
from anomalies.diophantine.powersums.cells import Cell, cell_cost, cells
from anomalies.diophantine.powersums.counting import count_cell
from anomalies.diophantine.powersums.system import PowerSumSystem, power_sum_system
from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import as_integer
from anomalies.fields import FieldContent, as_content

__all__ = ["ROWS_PER_PART", "PlannedPart", "plan_parts", "pose", "restrictions"]

ROWS_PER_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """Cells that share a file, their rows before sign and factor are divided out, and the estimated work."""

    cells: tuple[Cell, ...]
    rows: int
    cost: int


def pose(
    content: FieldContent, bound: int, equalities: Iterable[str] = ()
) -> tuple[PowerSumSystem, Manifest]:
    """Return the system to be solved, and the manifest of its catalogue without parts.

    Parameters
    ----------
    content : a content with one U(1) of unknown charges; fields that enter no anomaly are left out.
    bound : every charge is an integer in [-bound, bound]; at least 1.
    equalities : restrictions such as "q1 = q2".
    """
    content = anomalous_fields(as_content(content))
    largest = as_integer(bound, "bound", 1)
    texts = restrictions(equalities)
    system = power_sum_system(content, bound=largest, equalities=texts)
    return system, _manifest(content, largest, texts, system)


def plan_parts(system: PowerSumSystem) -> tuple[PlannedPart, ...]:
    """Return the parts to be made, with the number of rows of each: this counts all solutions."""
    return tuple(_parts(system))


def restrictions(equalities: Iterable[str]) -> tuple[str, ...]:
    """Return the texts of the restrictions, in the order in which they were given."""
    if isinstance(equalities, str) or not isinstance(equalities, Iterable):
        raise ArgumentTypeError(must_be("equalities", "a list of texts such as ['q1 = q2']", equalities))
    return tuple(equalities)


def _parts(system: PowerSumSystem) -> Iterator[PlannedPart]:
    chosen: list[Cell] = []
    rows = cost = 0
    begun = False
    for cell in cells(system):
        count = count_cell(system, cell)
        if not count:
            continue
        if chosen and rows + count > ROWS_PER_PART:
            yield PlannedPart(tuple(chosen), rows, cost)
            begun = True
            chosen, rows, cost = [], 0, 0
        chosen.append(cell)
        rows += count
        cost += cell_cost(system, cell) + count
    # A question without a solution has one part, without rows.
    if chosen or not begun:
        yield PlannedPart(tuple(chosen), rows, cost)


def _manifest(
    content: FieldContent, bound: int, equalities: tuple[str, ...], system: PowerSumSystem
) -> Manifest:
    columns = _columns(system)
    (factor,) = content.open_factors
    conditions = anomaly_conditions(content, "primitive").involving(factor)
    return Manifest(
        content=content,
        bound=bound,
        equalities=equalities,
        conditions=tuple((str(triangle), str(value)) for triangle, value in conditions.items() if value != 0),
        charges=tuple(_charges(system, content, columns)),
        columns=tuple(columns.values()),
        classes=tuple(
            tuple(columns[names[0]] for names in charge_class.members) for charge_class in system.classes
        ),
        scale=system.scale,
        canonical=system.is_homogeneous,
        parts=(),
        version=version("gauge-anomalies"),
    )


def _columns(system: PowerSumSystem) -> dict[str, str]:
    """The column of every variable: q1 for Q_q1."""
    columns = {name: name.removeprefix("Q_") for name in system.variables}
    if len({column.lower() for column in columns.values()}) < len(columns):
        raise ArgumentError(
            must_be(
                "content", "one whose charges differ in more than upper and lower case", ", ".join(columns)
            )
        )
    return columns


def _charges(
    system: PowerSumSystem, content: FieldContent, columns: dict[str, str]
) -> Iterator[tuple[str, str | int]]:
    """Every charge of the content by its short name, with its column or its fixed value."""
    places: dict[str, str | int] = dict(system.fixed)
    for charge_class in system.classes:
        for names in charge_class.members:
            places |= dict.fromkeys(names, columns[names[0]])
    for symbol in content.charge_symbols:
        name = _name(symbol)
        if str(symbol) not in places:
            raise ArgumentError(must_be("content", "one whose charges all enter anomaly conditions", name))
        yield name, places[str(symbol)]


def _name(symbol: Symbol) -> str:
    return str(symbol).removeprefix("Q_")
