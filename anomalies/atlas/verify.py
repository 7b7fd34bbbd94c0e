"""Verifying a catalogue on disk, with nothing taken from the engine that made it.

The anomaly conditions are derived again from the field content and evaluated as polynomials on every row: in
64-bit integers where a bound on all intermediate values is proved from the coefficients and the largest
charge, otherwise in Python integers, and in Python integers on a sample in any case.  Rows that are
different, in canonical form, and as many as the counting engine finds, are all solutions: soundness and
completeness are checked by different means.

Key results
-----------
verify_catalogue : the checks and their outcomes
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from sympy import Poly, Symbol
from sympy.printing.defaults import Printable

from anomalies.atlas.catalogue import Catalogue, open_catalogue
from anomalies.atlas.manifest import Part, sha256_of_file
from anomalies.atlas.parts import import_pyarrow, sort_keys
from anomalies.atlas.plan import pose
from anomalies.conditions import anomaly_conditions
from anomalies.diophantine.powersums.counting import count, count_inequivalent
from anomalies.diophantine.powersums.system import power_sum_system
from anomalies.exact import as_integer, to_sympy
from anomalies.tables import Table

__all__ = ["Check", "Verification", "verify_catalogue"]

_LARGEST = 1 << 62
_SAMPLE = 64  # rows of each part that are evaluated in Python integers


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, whether it holds, and what was found."""

    name: str
    holds: bool
    found: str


@dataclass(frozen=True, slots=True, repr=False)
class Verification(Printable):
    """The outcome of all checks."""

    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether every check holds."""
        return all(check.holds for check in self.checks)

    def table(self) -> Table:
        """Return the checks as a table."""
        rows = [(check.name, "yes" if check.holds else "NO", check.found) for check in self.checks]
        return Table(("Check", "Holds", "Found"), tuple(rows))

    def as_json(self) -> dict[str, Any]:
        """Return verdict and checks."""
        checks = [{"name": c.name, "holds": c.holds, "found": c.found} for c in self.checks]
        return {"holds": self.holds, "checks": checks}

    def _sympystr(self, printer: Any) -> str:
        return self.table().text()

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.table()))


@dataclass(frozen=True, slots=True)
class Condition:
    """A polynomial in the columns: (integer coefficient, ((column, power), ...)) for each monomial."""

    name: str
    terms: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]

    def bound(self, largest: int) -> int:
        """Return a bound on every partial sum at entries up to `largest`."""
        return sum(abs(c) * largest ** sum(power for _, power in powers) for c, powers in self.terms)

    def value(self, row: Sequence[Any]) -> Any:
        """Return the value at a row of Python integers, or at arrays with one entry for each row."""
        total: Any = 0
        for coefficient, powers in self.terms:
            monomial: Any = coefficient
            for column, power in powers:
                for _ in range(power):
                    monomial = monomial * row[column]
            total = total + monomial
        return total


def verify_catalogue(directory: str | Path, sample: int | None = None) -> Verification:
    """Check a catalogue: files, order, canonical form, bound, anomaly conditions, and number of solutions.

    Parameters
    ----------
    directory : a finished catalogue.
    sample : at most so many rows of each file are put into the anomaly conditions, evenly spaced; all rows
        for None.

    Raises
    ------
    ArgumentError : the directory is not a whole catalogue.

    Returns
    -------
    Verification : every check with its outcome; none stops the others.
    """
    most = None if sample is None else as_integer(sample, "sample", 1)
    catalogue = open_catalogue(directory)
    bad = [part.name for part in catalogue.manifest.parts if not _is_intact(catalogue, part)]
    files = Check(
        "checksums of the files", not bad, ", ".join(bad) or f"{len(catalogue.manifest.parts)} files"
    )
    if bad:
        # What a damaged file holds is no evidence of anything.
        return Verification((files,))
    return Verification((files, _question(catalogue), *_row_checks(catalogue, most), _number(catalogue)))


def _is_intact(catalogue: Catalogue, part: Part) -> bool:
    return sha256_of_file(catalogue.directory / part.name) == part.sha256


def _question(catalogue: Catalogue) -> Check:
    """That the conditions and columns of the manifest are those of its content and bound."""
    manifest = catalogue.manifest
    expected = pose(manifest.content, manifest.bound, manifest.equalities)[1].question()
    differing = [
        key for key, value in expected.items() if manifest.question()[key] != value and key != "version"
    ]
    return Check("conditions follow from the content", not differing, ", ".join(differing) or "derived again")


def _number(catalogue: Catalogue) -> Check:
    manifest = catalogue.manifest
    system = power_sum_system(manifest.content, bound=manifest.bound, equalities=manifest.equalities)
    expected = count_inequivalent(system) if manifest.canonical else count(system)
    return Check(
        "as many as the counting engine finds", expected == manifest.rows, f"{manifest.rows} of {expected}"
    )


def _row_checks(catalogue: Catalogue, sample: int | None) -> list[Check]:
    """Everything that is checked on rows, in one pass over the files."""
    names = (
        "rows and columns of the files",
        "order, no row twice",
        "canonical form",
        "bound",
        "anomaly conditions",
    )
    failures: dict[str, str] = {}
    cells: set[tuple[int, ...]] = set()
    rows = 0
    conditions = derived_conditions(catalogue)
    for part in catalogue.manifest.parts:
        for name, reason in _part_failures(catalogue, part, conditions, sample, cells):
            failures.setdefault(name, f"{part.name}: {reason}")
        rows += part.rows
    found = dict.fromkeys(names, f"{rows} rows") | failures
    return [Check(name, name not in failures, found[name]) for name in names]


def _part_failures(
    catalogue: Catalogue,
    part: Part,
    conditions: Sequence[Condition],
    sample: int | None,
    cells: set[tuple[int, ...]],
) -> Iterator[tuple[str, str]]:
    import numpy

    manifest = catalogue.manifest
    table = import_pyarrow().parquet.read_table(catalogue.directory / part.name)
    if tuple(table.column_names) != manifest.columns or table.num_rows != part.rows:
        yield "rows and columns of the files", f"{table.num_rows} rows of {', '.join(table.column_names)}"
        return
    columns = [column.to_numpy() for column in table.columns]
    if not part.rows:
        return
    largest = max(int(numpy.abs(column.astype(numpy.int64)).max()) for column in columns)
    if largest > manifest.largest_entry:
        yield "bound", f"a charge of {largest}"
        return
    keys = sort_keys(columns, manifest.largest_entry)
    if not _strictly_increasing(keys) and _has_repetition(keys):
        yield "order, no row twice", "a row occurs twice"
    sums = _cells_of(manifest.classes, manifest.columns, columns)
    if sums & cells:
        yield "order, no row twice", "sums of charges that an earlier file has"
    cells |= sums
    if not _is_in_canonical_form(manifest.classes, manifest.columns, columns, manifest.canonical):
        yield "canonical form", "a row that is not canonical"
    yield from _broken_conditions(columns, conditions, manifest.largest_entry, sample)


def _strictly_increasing(keys: Sequence[Any]) -> bool:
    """Whether rows increase strictly, by their keys, the most significant first."""
    import numpy

    undecided = numpy.ones(len(keys[0]) - 1, dtype=bool)
    for key in keys:
        if (undecided & (key[1:] < key[:-1])).any():
            return False
        undecided &= key[1:] == key[:-1]
    return not undecided.any()


def _has_repetition(keys: Sequence[Any]) -> bool:
    import numpy

    order = numpy.lexsort(tuple(keys)[::-1])
    return not _strictly_increasing([key[order] for key in keys])


def _places(classes: Sequence[Sequence[str]], names: Sequence[str]) -> list[list[int]]:
    return [[names.index(name) for name in members] for members in classes]


def _cells_of(
    classes: Sequence[Sequence[str]], names: Sequence[str], columns: Sequence[Any]
) -> set[tuple[int, ...]]:
    """The sums of the classes that occur; different files have none in common."""
    import numpy

    sums = [
        sum(columns[place].astype(numpy.int64) for place in members) for members in _places(classes, names)
    ]
    keys = sort_keys(sums, max(int(numpy.abs(total).max()) for total in sums))
    order = numpy.lexsort(keys[::-1])
    first = numpy.ones(len(order), dtype=bool)
    for total in sums:
        first[1:] &= total[order][1:] == total[order][:-1]
    first[1:] = ~first[1:]
    return set(zip(*(total[order][first].tolist() for total in sums), strict=True))


def _is_in_canonical_form(
    classes: Sequence[Sequence[str]], names: Sequence[str], columns: Sequence[Any], canonical: bool
) -> bool:
    """Order within classes; and, if asked for, coprime entries and a row no smaller than its negative."""
    import numpy

    places = _places(classes, names)
    for members in places:
        for left, right in pairwise(members):
            if (columns[left] > columns[right]).any():
                return False
    if not canonical:
        return True
    divisor = numpy.gcd.reduce([numpy.abs(column.astype(numpy.int64)) for column in columns])
    if (divisor > 1).any():
        return False
    # Negation reverses the order within a class, so the last charge of a class meets its first.
    undecided = numpy.ones(len(columns[0]), dtype=bool)
    for members in places:
        for own, opposite in zip(members, reversed(members), strict=True):
            total = columns[own].astype(numpy.int64) + columns[opposite]
            if (undecided & (total < 0)).any():
                return False
            undecided &= total == 0
    return True


def _broken_conditions(
    columns: Sequence[Any], conditions: Sequence[Condition], largest: int, sample: int | None
) -> Iterator[tuple[str, str]]:
    import numpy

    number = len(columns[0])
    chosen = _evenly(number, number if sample is None else sample)
    wide = [column[chosen].astype(numpy.int64) for column in columns]
    few = [list(map(int, column[_evenly(number, _SAMPLE)])) for column in columns]
    for condition in conditions:
        exact = [condition.value(row) for row in zip(*few, strict=True)]
        if condition.bound(largest) < _LARGEST:
            broken = bool(numpy.any(condition.value(wide) != 0))
        else:
            rows = zip(*(map(int, column) for column in wide), strict=True)
            broken = any(condition.value(row) for row in rows)
        if broken or any(exact):
            yield "anomaly conditions", f"{condition.name} does not vanish on some row"


def _evenly(number: int, most: int) -> slice:
    """At most that many of a number of places, evenly spaced."""
    return slice(None, None, max(1, -(-number // most)))


def derived_conditions(catalogue: Catalogue) -> list[Condition]:
    """Return the anomaly conditions of the content, as polynomials in the columns of the catalogue."""
    manifest = catalogue.manifest
    symbols = [Symbol(name) for name in manifest.columns]
    places = {
        name: Symbol(place) / manifest.scale if isinstance(place, str) else to_sympy(place)
        for name, place in manifest.places.items()
    }
    values = {symbol: places[str(symbol).removeprefix("Q_")] for symbol in manifest.content.charge_symbols}
    conditions = anomaly_conditions(manifest.content).subs(values)
    return [_condition(str(triangle), value, symbols) for triangle, value in conditions.items() if value != 0]


def _condition(name: str, polynomial: Any, symbols: Sequence[Symbol]) -> Condition:
    _, cleared = Poly(polynomial, *symbols).clear_denoms(convert=True)
    return Condition(
        name,
        tuple(
            (int(coefficient), tuple((place, power) for place, power in enumerate(powers) if power))
            for powers, coefficient in cleared.terms()
        ),
    )
