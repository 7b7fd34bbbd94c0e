"""Verifying a catalogue of chiral sets, with nothing taken from the engine that made it but the count.

Every row is put into the conditions again: in 64-bit integers where its largest entry proves that enough,
otherwise in Python integers.

Key results
-----------
verify_set_catalogue : the checks and their outcomes
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from anomalies.atlas.manifest import Part, sha256_of_file
from anomalies.atlas.parts import import_pyarrow
from anomalies.atlas.set_catalogue import SetCatalogue, SetManifest, open_set_catalogue
from anomalies.atlas.verify import Check, Verification
from anomalies.diophantine.chiral.counting import count_chiral_sets
from anomalies.diophantine.chiral.resources import MEMORY

__all__ = ["verify_set_catalogue"]

_LARGEST = 1 << 62


def verify_set_catalogue(directory: str | Path, *, memory: int = MEMORY) -> Verification:
    """Check a catalogue: files, sums, pairs, canonical form, bound, no row twice, and the number of sets.

    Rows that are different, canonical and as many as the count, which keeps none, are all sets.

    Parameters
    ----------
    directory : a finished catalogue.
    memory : MiB that the count may take.

    Raises
    ------
    ArgumentError : the directory is not a whole catalogue.

    Returns
    -------
    Verification : every check with its outcome; none stops the others, except damaged files.
    """
    catalogue = open_set_catalogue(directory)
    manifest = catalogue.manifest
    bad = [part.name for part in manifest.parts if not _is_intact(catalogue.directory / part.name, part)]
    found = ", ".join(bad) or f"{len(manifest.parts)} files"
    files = Check("checksums of the files", not bad, found)
    if bad:
        return Verification((files,))
    rows = _all_rows(catalogue)
    if rows is None:
        return Verification(
            (files, Check("rows and columns of the files", False, "not those of the manifest"))
        )
    expected = count_chiral_sets(
        manifest.n,
        manifest.bound,
        zeros=manifest.zeros,
        common_factors=manifest.common_factors,
        memory=memory,
    )
    number = Check("as many as are counted", expected == len(rows), f"{len(rows)} of {expected}")
    return Verification((files, *_row_checks(rows, manifest), number))


def _is_intact(path: Path, part: Part) -> bool:
    return path.is_file() and sha256_of_file(path) == part.sha256


def _all_rows(catalogue: SetCatalogue) -> Any:
    """All rows as one array, or None if a file has other columns or rows than the manifest says."""
    import numpy

    arrays = []
    for part in catalogue.manifest.parts:
        table = import_pyarrow().parquet.read_table(catalogue.directory / part.name)
        if tuple(table.column_names) != catalogue.manifest.columns or table.num_rows != part.rows:
            return None
        arrays.append(numpy.column_stack([column.to_numpy() for column in table.columns]))
    return numpy.concatenate(arrays)


def _row_checks(rows: Any, manifest: SetManifest) -> list[Check]:
    """The checks on rows, in 64-bit integers where a bound proves that enough, else in Python integers."""
    import numpy

    number = f"{len(rows)} rows"
    if not len(rows):
        return [Check("rows", True, number)]
    # The smallest integer of two's complement has no absolute value, so the bound is checked without one.
    largest = max(int(rows.max()), -int(rows.min()))
    exact = largest**3 * manifest.n >= _LARGEST
    columns = [rows[:, place].astype(object if exact else numpy.int64) for place in range(manifest.n)]
    broken = {
        "bound": largest > manifest.bound,
        "sum z = 0": bool(numpy.any(sum(columns) != 0)),
        "sum z^3 = 0": bool(numpy.any(sum(z * z * z for z in columns) != 0)),
        "no vector-like pair": any(
            bool(numpy.any((left + right == 0) & (left != 0)))
            for place, left in enumerate(columns)
            for right in columns[place + 1 :]
        ),
        "zeros as asked for": _has_wrong_zeros(columns, manifest.zeros),
        "canonical form": not _is_canonical(columns, manifest.common_factors),
        "no row twice": _has_repetition(rows),
    }
    return [Check(name, not wrong, "no" if wrong else number) for name, wrong in broken.items()]


def _has_wrong_zeros(columns: list[Any], zeros: bool) -> bool:
    zero = sum((column == 0).astype("int64") for column in columns)
    return bool((zero == len(columns)).any() or (not zeros and zero.any()))


def _is_canonical(columns: list[Any], common_factors: bool) -> bool:
    """Whether rows are sorted, of the sign that is kept, and coprime unless multiples count."""
    import numpy

    if any(bool((left > right).any()) for left, right in pairwise(columns)):
        return False
    excess = sum((column > 0).astype("int64") - (column < 0).astype("int64") for column in columns)
    kept = (excess > 0) | ((excess == 0) & (columns[0] + columns[-1] > 0))
    if not bool(numpy.all(kept)):
        return False
    return common_factors or not bool(numpy.any(numpy.gcd.reduce(columns) != 1))


def _has_repetition(rows: Any) -> bool:
    """Whether two rows agree, by sorting their bytes."""
    import numpy

    wide = numpy.ascontiguousarray(rows)
    keys = numpy.sort(wide.view(numpy.dtype((numpy.void, wide.dtype.itemsize * wide.shape[1]))).ravel())
    return bool((keys[1:] == keys[:-1]).any())
