"""Catalogues of chiral sets on disk: all sets of n charges up to a bound, as Parquet files with a manifest.

The files have one row for each set, sorted charges in columns z1 ... zn of one byte where the bound allows
that, in the order of `chiral_sets`.  A part holds the sets of consecutive sums of their positive charges,
about a million of them.  The manifest is written last: a directory that has one is whole.  Until then
`building.json` and a file beside each finished part say what is there, and the same call goes on from it.
There is no date in any of them, and the same question gives the same files, byte for byte, with the same
versions of the tools.

Key results
-----------
build_set_catalogue, open_set_catalogue : a catalogue, made or found
SetCatalogue.query : the sets of which a predicate is true, exact and lazy
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, cast

from sympy.printing.defaults import Printable

from anomalies.atlas.build import Progress
from anomalies.atlas.database import connect
from anomalies.atlas.directories import (
    MANIFEST,
    as_text,
    claim_directory,
    damaged,
    read_manifest_data,
    taken,
    write_atomically,
)
from anomalies.atlas.manifest import Part
from anomalies.atlas.part_files import clean, read_part, write_part
from anomalies.atlas.parts import ROWS_PER_GROUP, import_pyarrow
from anomalies.diophantine.chiral.enumeration import (
    ChiralCell,
    cell_rows,
    chiral_cells,
    chiral_domain,
    chiral_sets,
    entry_type,
)
from anomalies.diophantine.chiral.predicates import Predicate
from anomalies.diophantine.chiral.resources import MEMORY
from anomalies.diophantine.chiral.sets import ChiralSet, Row
from anomalies.errors import ArgumentTypeError, must_be
from anomalies.exact import as_integer
from anomalies.solutions import SearchDomain, SearchResult

__all__ = [
    "SetCatalogue",
    "SetManifest",
    "build_set_catalogue",
    "open_set_catalogue",
]

FORMAT = "gauge-anomalies chiral sets 1"
DEFINITION = (
    "Multisets of n integers with |z| <= bound, not all zero, sum z = sum z^3 = 0 and no two non-zero "
    "entries that add to zero, up to order and overall sign."
)
REPRESENTATIVE = (
    "Charges are in non-decreasing order.  There are more positive than negative ones or, with as many, the "
    "largest |charge| is positive."
)
_ROWS_PER_PART = 1 << 20
_ROWS_AT_ONCE = 1 << 14


@dataclass(frozen=True, slots=True)
class SetManifest:
    """What a catalogue of chiral sets says about itself.

    Attributes
    ----------
    n, bound, zeros, common_factors : the arguments of `chiral_sets`.
    parts : the files, in order.
    """

    n: int
    bound: int
    zeros: bool
    common_factors: bool
    parts: tuple[Part, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(f"z{index}" for index in range(1, self.n + 1))

    @property
    def rows(self) -> int:
        """The number of sets."""
        return sum(part.rows for part in self.parts)

    def domain(self) -> SearchDomain:
        """Return the question that the catalogue answers."""
        return chiral_domain(self.n, self.bound, self.zeros, self.common_factors)

    def question(self) -> dict[str, Any]:
        """Return what determines the rows, as JSON data."""
        return {
            "format": FORMAT,
            "definition": DEFINITION,
            "canonical_form": REPRESENTATIVE,
            "n": self.n,
            "bound": self.bound,
            "zeros": self.zeros,
            "common_factors": self.common_factors,
            "exhaustive": True,
            "columns": list(self.columns),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the manifest as it is written."""
        files = [
            {"name": part.name, "rows": part.rows, "bytes": part.size, "sha256": part.sha256}
            for part in self.parts
        ]
        return self.question() | {"rows": self.rows, "files": files}


@dataclass(frozen=True, slots=True, repr=False)
class SetCatalogue(Printable):
    """All chiral sets of a number of charges up to a bound, in files.

    Attributes
    ----------
    directory : where it is.
    manifest : what it holds.
    """

    directory: Path
    manifest: SetManifest

    def __iter__(self) -> Iterator[ChiralSet]:
        """Yield all sets, verified, in the order of the catalogue."""
        return iter(self.query())

    def count(self, predicate: Predicate | None = None) -> int:
        """Return the number of sets, or of those of which a predicate is true."""
        if predicate is None:
            return self.manifest.rows
        if not _checked(predicate).exact:
            return sum(1 for _ in _rows(self, predicate))
        with connect(cast(Any, self)) as database:
            found = database.execute(f"SELECT count(*) FROM solutions WHERE {_condition(self, predicate)}")
            return int(found.fetchone()[0])

    def query(self, predicate: Predicate | None = None) -> SearchResult[ChiralSet]:
        """Return the sets of which a predicate of `anomalies.diophantine.chiral` is true, lazily.

        Raises
        ------
        ArgumentTypeError : not a `Predicate`.
        """
        domain = self.manifest.domain()
        if predicate is not None:
            domain = SearchDomain((*domain.entries, ("predicate", _checked(predicate).name)))
        return SearchResult(domain, True, "", partial(_found, self, predicate))

    def _sympystr(self, printer: Any) -> str:
        return f"{self.manifest.domain()}: {self.manifest.rows} sets"

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.query()))


def _checked(predicate: object) -> Predicate:
    if not isinstance(predicate, Predicate):
        raise ArgumentTypeError(must_be("predicate", "a Predicate", predicate))
    return predicate


def _condition(catalogue: SetCatalogue, predicate: Predicate) -> str:
    # Sums of a few columns must fit: one byte would not hold them.
    kind = "INTEGER" if catalogue.manifest.bound < 1 << 20 else "HUGEINT"
    return predicate.sql([f"{column}::{kind}" for column in catalogue.manifest.columns])


def _rows(catalogue: SetCatalogue, predicate: Predicate | None) -> Iterator[Row]:
    condition = "TRUE" if predicate is None else _condition(catalogue, predicate)
    columns = ", ".join(catalogue.manifest.columns)
    with connect(cast(Any, catalogue)) as database:
        cursor = database.execute(f"SELECT {columns} FROM solutions WHERE {condition}")
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            if predicate is None or predicate.exact:
                yield from rows
            else:
                yield from filter(predicate.holds, rows)


def _found(catalogue: SetCatalogue, predicate: Predicate | None) -> Iterator[ChiralSet]:
    return map(ChiralSet, _rows(catalogue, predicate))


# ---------------------------------------------------------------- building


def build_set_catalogue(
    n: int,
    bound: int,
    directory: str | Path,
    *,
    zeros: bool = False,
    common_factors: bool = False,
    memory: int = MEMORY,
    progress: Progress | None = None,
) -> SetCatalogue:
    """Build the catalogue of all chiral sets of n charges up to a bound.

    A build that was interrupted is taken up again by the same call: parts whose checksum is right are kept.
    The files are the same, byte for byte, however often that happened.

    Parameters
    ----------
    n, bound, zeros, common_factors, memory : as for `chiral_sets`.
    directory : a directory that does not exist, is empty, or holds the same catalogue, finished or not.
    progress : called with the work done and the work to do, in partitions of sums.

    Raises
    ------
    ArgumentError : bad arguments; the directory holds something else; the disk is full.
    MissingToolError : the extras 'search' and 'catalogue' are not installed.
    """
    import_pyarrow()
    chiral_sets(n, bound, zeros=zeros, common_factors=common_factors, memory=memory)  # checks
    manifest = SetManifest(as_integer(n, "n"), as_integer(bound, "bound"), zeros, common_factors)
    folder = Path(directory)
    if _is_finished(folder, manifest):
        return open_set_catalogue(folder)
    claim_directory(folder, as_text(manifest.question()))
    cells = chiral_cells(manifest.n, manifest.bound, zeros)
    costs = [cell.cost(manifest.bound) for cell in cells]
    parts: list[Part] = []
    for part, end in _parts(folder, manifest, cells, as_integer(memory, "memory", 1)):
        parts.append(part)
        if progress is not None:
            progress(sum(costs[:end]), sum(costs))
    write_atomically(folder / MANIFEST, as_text(replace(manifest, parts=tuple(parts)).as_json()))
    clean(folder)
    return open_set_catalogue(folder)


def _parts(
    folder: Path, manifest: SetManifest, cells: Sequence[ChiralCell], memory: int
) -> Iterator[tuple[Part, int]]:
    """Yield each part and the number of cells up to its end: kept if it is there, made if it is not."""
    end, made = 0, None
    # A catalogue without a set has one part, without rows: a database wants a file.
    for index in count():
        begin = end
        kept = read_part(folder, index, "begin", "end")
        if kept is not None and kept[1][0] == begin:
            part, (_, end), made = kept[0], kept[1], None
        else:
            made = made or _in_parts(manifest, cells, begin, memory)
            rows, end = next(made)
            part = write_part(folder, index, len(rows), _as_parquet(rows, manifest), begin=begin, end=end)
        yield part, end
        if end == len(cells):
            return


def _in_parts(
    manifest: SetManifest, cells: Sequence[ChiralCell], begin: int, memory: int
) -> Iterator[tuple[Any, int]]:
    """Yield the rows of consecutive cells from `begin` on, and the place after the last of them.

    Cells are not divided; a part ends before the cell with which it would have too many rows.
    """
    import numpy

    waiting = [numpy.zeros((0, manifest.n), entry_type(manifest.bound))]
    for place in range(begin, len(cells)):
        rows = cell_rows(cells[place], manifest.n, manifest.bound, manifest.common_factors, memory)
        if len(waiting) > 1 and sum(map(len, waiting)) + len(rows) > _ROWS_PER_PART:
            yield numpy.concatenate(waiting), place
            waiting = waiting[:1]
        if len(rows):
            waiting.append(rows)
    yield numpy.concatenate(waiting), len(cells)


def _as_parquet(rows: Any, manifest: SetManifest) -> bytes:
    pyarrow = import_pyarrow()
    arrays = [pyarrow.array(rows[:, place].copy()) for place in range(manifest.n)]
    table = pyarrow.Table.from_arrays(arrays, names=list(manifest.columns))
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, sink, compression="zstd", row_group_size=ROWS_PER_GROUP)
    return bytes(sink.getvalue().to_pybytes())


def _is_finished(folder: Path, manifest: SetManifest) -> bool:
    """Whether the directory holds this catalogue already; refuse another one."""
    if not (folder / MANIFEST).exists():
        return False
    if open_set_catalogue(folder).manifest.question() != manifest.question():
        raise taken(folder, "another catalogue")
    return True


# ---------------------------------------------------------------- opening


def open_set_catalogue(directory: str | Path) -> SetCatalogue:
    """Return a catalogue that was built.

    Raises
    ------
    ArgumentError : the directory is not a finished catalogue of chiral sets, or its manifest is damaged.
    """
    folder = Path(directory)
    data = read_manifest_data(folder, FORMAT)
    try:
        manifest = SetManifest(
            as_integer(data["n"], "n", 1),
            as_integer(data["bound"], "bound", 1),
            bool(data["zeros"]),
            bool(data["common_factors"]),
            tuple(_part(index, entry) for index, entry in enumerate(data["files"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise damaged(folder, f"{type(error).__name__}: {error}") from None
    # This compares the names of the files too, which therefore cannot lead out of the directory.
    if data != manifest.as_json():
        raise damaged(folder, "its entries contradict each other")
    return SetCatalogue(folder, manifest)


def _part(index: int, data: dict[str, Any]) -> Part:
    rows, size = as_integer(data["rows"], "rows", 0), as_integer(data["bytes"], "bytes", 0)
    return Part(f"part-{index:05}.parquet", rows, size, str(data["sha256"]))
