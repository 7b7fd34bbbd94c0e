"""A catalogue on disk, and what one asks it.

Key results
-----------
open_catalogue : a catalogue that was built
Catalogue.query : the solutions of which a predicate is true
QueryResult : exact solutions one by one, an Arrow table, a pandas frame, or their number
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from sympy import Symbol
from sympy.printing.defaults import Printable

from anomalies.atlas.database import connect
from anomalies.atlas.manifest import Manifest, read_manifest
from anomalies.atlas.named import expansions
from anomalies.atlas.predicates import Predicate, Vocabulary, parse_predicate
from anomalies.atlas.sql import as_sql
from anomalies.errors import ArgumentError
from anomalies.exact import as_integer
from anomalies.solutions import SearchDomain, SearchResult, Solution, as_exact_json

__all__ = ["Catalogue", "QueryResult", "open_catalogue", "solution_from_row", "vocabulary"]

_ROWS_AT_ONCE = 1 << 14


@dataclass(frozen=True, slots=True, repr=False)
class Catalogue(Printable):
    """All solutions of a content up to a bound, in files.

    Attributes
    ----------
    directory : where it is.
    manifest : what it holds.
    """

    directory: Path
    manifest: Manifest

    def count(self, predicate: str = "") -> int:
        """Return the number of solutions, or of those of which a predicate is true."""
        return self.query(predicate).count() if predicate else self.manifest.rows

    def query(self, predicate: str = "", *, limit: int | None = None) -> QueryResult:
        """Return the solutions of which a predicate is true, in the order of the catalogue.

        Parameters
        ----------
        predicate : in the language of `anomalies.atlas.predicates`, with the names of
            `anomalies.atlas.named`; "" for all solutions.
        limit : at most so many solutions.

        Raises
        ------
        ArgumentError : not a predicate.
        UnknownNameError : a name in it that the content does not have.
        """
        names = vocabulary(self.manifest)
        tree = parse_predicate(predicate, names, expansions()) if predicate.strip() else None
        most = None if limit is None else as_integer(limit, "limit", 0)
        return QueryResult(self, predicate.strip(), tree, most)

    def domain(self) -> SearchDomain:
        """Return the question that the catalogue answers."""
        manifest = self.manifest
        restricted = (("equalities", ", ".join(manifest.equalities)),) if manifest.equalities else ()
        return SearchDomain((("content", manifest.content.name), ("bound", manifest.bound), *restricted))

    def _sympystr(self, printer: Any) -> str:
        return f"{self.domain()}: {self.manifest.rows} solutions"

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.query().as_search_result()))


@dataclass(frozen=True, slots=True, repr=False)
class QueryResult(Printable):
    """The solutions in a catalogue of which a predicate is true.

    Iterating yields exact, verified `Solution` objects, read from the files as they are asked for.

    Attributes
    ----------
    catalogue : where they are.
    predicate : the text of the predicate; "" for all.
    tree : its tree, or None.
    limit : the largest number of solutions, or None.
    """

    catalogue: Catalogue
    predicate: str
    tree: Predicate | None
    limit: int | None

    def __iter__(self) -> Iterator[Solution]:
        """Yield the solutions, in the order of the catalogue."""
        for row in self.rows():
            yield solution_from_row(self.catalogue.manifest, row)

    def rows(self) -> Iterator[tuple[int, ...]]:
        """Yield the rows as integers, in the order of the columns of the manifest."""
        with connect(self.catalogue) as database:
            cursor = database.execute(self._select(self._columns()))
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                yield from rows

    def count(self) -> int:
        """Return the number of solutions."""
        with connect(self.catalogue) as database:
            found = database.execute(f"SELECT count(*) FROM ({self._select('1')})").fetchone()
        return int(found[0])

    def to_arrow(self) -> Any:
        """Return the rows as a pyarrow table of integers."""
        with connect(self.catalogue) as database:
            return database.sql(self._select(self._columns())).to_arrow_table()

    def to_pandas(self) -> Any:
        """Return the rows as a pandas frame of integers; pandas has to be installed."""
        return self.to_arrow().to_pandas()

    def stopped_by_limit(self) -> bool:
        """Return whether there are more solutions than the limit lets through."""
        if self.limit is None:
            return False
        return QueryResult(self.catalogue, self.predicate, self.tree, self.limit + 1).count() > self.limit

    def domain(self) -> SearchDomain:
        """Return the question that is answered: that of the catalogue, predicate and limit."""
        asked = (("predicate", self.predicate),) if self.predicate else ()
        cut = (("limit", self.limit),) if self.limit is not None else ()
        return SearchDomain((*self.catalogue.domain().entries, *asked, *cut))

    def as_search_result(self) -> SearchResult[Solution]:
        """Return the same solutions, with the guarantee that they are all there are."""
        stopped = self.stopped_by_limit()
        return SearchResult(self.domain(), not stopped, "limit" if stopped else "", partial(iter, self))

    def as_json(self) -> dict[str, Any]:
        """Return domain, guarantee, count and solutions; charges that are no integers as strings."""
        result, manifest = self.as_search_result(), self.catalogue.manifest
        solutions = [
            {name: as_exact_json(_plain(value)) for name, value in _named_charges(manifest, row)}
            for row in self.rows()
        ]
        return {
            "domain": result.domain.as_json(),
            "exhaustive": result.exhaustive,
            "stopped_by": result.stopped_by,
            "count": len(solutions),
            "solutions": solutions,
        }

    def _columns(self) -> str:
        return ", ".join(f'"{name}"' for name in self.catalogue.manifest.columns)

    def _select(self, columns: str) -> str:
        text = f"SELECT {columns} FROM solutions"
        if self.tree is not None:
            manifest = self.catalogue.manifest
            text += f" WHERE {as_sql(self.tree, manifest.places, manifest.scale, manifest.largest_entry)}"
        return text if self.limit is None else f"{text} LIMIT {self.limit}"

    def _sympystr(self, printer: Any) -> str:
        return str(self.domain())

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.as_search_result()))


def open_catalogue(directory: str | Path) -> Catalogue:
    """Return the catalogue in a directory.

    That all files are there, with the sizes of the manifest, is checked here; checksums and rows are checked
    by `verify_catalogue`.

    Raises
    ------
    ArgumentError : the directory is not a whole catalogue.
    """
    folder = Path(directory)
    manifest = read_manifest(folder)
    for part in manifest.parts:
        path = folder / part.name
        size = path.stat().st_size if path.is_file() else None
        if size != part.size:
            found = "missing" if size is None else f"{size} bytes long instead of {part.size}"
            raise ArgumentError(f"Argument 'directory' must be a whole catalogue, and {path} is {found}.")
    return Catalogue(folder, manifest)


def vocabulary(manifest: Manifest) -> Vocabulary:
    """Return the names that predicates on a catalogue may use."""
    content = manifest.content
    place = content.place_of(content.open_factors[0])
    known = {name for name, _ in manifest.charges}
    species, aliases = [], []
    for field in content.multiplets:
        names = []
        for label, charge in zip(field.labels, field.charges[place], strict=True):
            name = str(charge).removeprefix("Q_")
            if name in known:
                names.append(name)
                aliases += [(str(charge), name), (label, name)]
        species.append((field.name, tuple(dict.fromkeys(names))))
    ordered = tuple(name for name, names in species if names in manifest.classes)
    return Vocabulary(tuple(species), tuple(aliases), ordered)


def _named_charges(manifest: Manifest, row: Sequence[int]) -> Iterator[tuple[str, Fraction]]:
    """Every charge of the content with its value in a row."""
    values = dict(zip(manifest.columns, row, strict=True))
    for name, place in manifest.charges:
        yield name, Fraction(values[place] if isinstance(place, str) else place, manifest.scale)


def _plain(value: Fraction) -> Fraction | int:
    return value.numerator if value.denominator == 1 else value


def solution_from_row(manifest: Manifest, row: Sequence[int]) -> Solution:
    """Return a row of a catalogue as charges that are verified to solve the anomaly conditions."""
    values = dict(_named_charges(manifest, row))
    symbols: dict[str, Symbol] = {
        str(symbol).removeprefix("Q_"): symbol for symbol in manifest.content.charge_symbols
    }
    return Solution(manifest.content, {symbols[name]: value for name, value in values.items()})
