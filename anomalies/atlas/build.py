"""Building a catalogue: every solution of a content up to a bound, as files with a manifest.

While a catalogue is being built its directory holds `building.json` (the question), finished parts, and
beside each of them its checksum; every file gets its name only when it is whole.  A build that was killed, by
Ctrl-C or worse, is taken up again by the same call: parts whose checksum is right are kept.  The manifest is
written at the end, so a directory without one does not look like a catalogue.

Key results
-----------
build_catalogue : build one, or finish one that was begun
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from anomalies.atlas.catalogue import Catalogue, open_catalogue
from anomalies.atlas.directories import as_text, claim_directory, taken
from anomalies.atlas.manifest import MANIFEST, Manifest, Part, read_manifest, write_manifest
from anomalies.atlas.part_files import clean, read_part, write_part
from anomalies.atlas.parts import import_pyarrow, part_as_bytes
from anomalies.atlas.plan import ROWS_PER_PART, PlannedPart, plan_parts, pose
from anomalies.atlas.schedulers import number_of_threads, run_tasks
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_integer
from anomalies.fields import FieldContent

__all__ = ["MEMORY", "Progress", "build_catalogue", "finished_parts"]

MEMORY = 2 << 30

# Called with the work done and the work to do, in the units of the cost model.
Progress: TypeAlias = Callable[[int, int], None]


def build_catalogue(
    content: FieldContent,
    bound: int,
    directory: str | Path,
    *,
    equalities: Iterable[str] = (),
    threads: int | None = None,
    scheduler: str | None = None,
    memory: int = MEMORY,
    progress: Progress | None = None,
) -> Catalogue:
    """Build the catalogue of all solutions with integer charges between -bound and bound.

    Solutions that differ by the order of families, by a common factor or by an overall sign are one row.  The
    files are the same, byte for byte, whatever the number of threads, the memory and the scheduler.

    Parameters
    ----------
    content : a content with one U(1) of unknown charges.
    bound : the largest charge, at least 1.
    directory : a directory that does not exist, is empty, or holds the same catalogue, finished or not.
    equalities : restrictions such as "q1 = q2" or "l2 = e2"; families that they name keep their numbers.
    threads : how many run at a time; all processors by default.
    scheduler : the address of a Dask scheduler on whose workers to run instead.
    memory : bytes that parts in work may take on this machine; fewer threads run where it is small.
    progress : called with the work done and the work to do.

    Raises
    ------
    ArgumentError : bad arguments; the directory holds something else; the disk is full; no answer from the
        scheduler.
    MissingToolError : the extras 'search' and 'catalogue' are not installed.
    """
    import_pyarrow()
    system, manifest = pose(content, bound, equalities)
    most, available = number_of_threads(threads), as_integer(memory, "memory", 1)
    folder = Path(directory)
    if _is_finished(folder, manifest):
        return open_catalogue(folder)
    planned = plan_parts(system)
    workers = _workers(manifest, planned, most, available)
    claim_directory(folder, as_text(manifest.question()))
    parts = finished_parts(folder, len(planned))
    missing = [index for index in range(len(planned)) if index not in parts]
    tasks = [(system, planned[index].cells, manifest.columns, manifest.canonical) for index in missing]
    done, total = sum(planned[index].cost for index in parts), sum(part.cost for part in planned)
    _report(progress, done, total)
    with closing(run_tasks(part_as_bytes, tasks, threads=workers, scheduler=scheduler)) as results:
        for place, finished in results:
            index = missing[place]
            parts[index] = write_part(folder, index, finished.rows, finished.data)
            done += planned[index].cost
            _report(progress, done, total)
    write_manifest(folder, replace(manifest, parts=tuple(parts[index] for index in range(len(planned)))))
    clean(folder)
    return open_catalogue(folder)


def _report(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _workers(manifest: Manifest, planned: Sequence[PlannedPart], threads: int, memory: int) -> int:
    """The number of threads whose parts fit into memory together."""
    row = len(manifest.columns) * manifest.entry_bytes
    largest = max(part.rows for part in planned)
    # Of a batch: four copies (of the engine, by columns, sorted, in Arrow), sort keys, and the order.  Of the
    # file, which is kept in memory until it is written: no more than the rows themselves.
    needed = min(largest, ROWS_PER_PART) * (4 * row + 48) + largest * row + 1
    fit = memory // needed
    if not fit:
        raise ArgumentError(must_be("memory", f"at least {needed} bytes for this catalogue", memory))
    return min(threads, fit)


def _is_finished(folder: Path, manifest: Manifest) -> bool:
    """Whether the directory holds this catalogue already; refuse another one."""
    if not (folder / MANIFEST).exists():
        return False
    found = read_manifest(folder)
    if replace(found, version=manifest.version).question() != manifest.question():
        raise taken(folder, "another catalogue")
    clean(folder)
    return True


def finished_parts(folder: Path, number: int) -> dict[int, Part]:
    """Return the parts of an unfinished catalogue whose files are there and have the right checksum."""
    found = {}
    for index in range(number):
        kept = read_part(folder, index)
        if kept is not None:
            found[index] = kept[0]
    return found
