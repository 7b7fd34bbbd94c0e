"""All chiral sets of 5 to 12 charges up to 32: counted, and written to Parquet catalogues, in one thread.

The table that is printed gives for each number of charges how many sets there are, the seconds for counting
and for the catalogue (once, after compilation), and the bytes on disk.  The goal for all of them together is
some seconds and one minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from anomalies.atlas.set_catalogue import build_set_catalogue
from anomalies.diophantine.chiral import count_chiral_sets

pytest.importorskip("numba")
pytest.importorskip("pyarrow")

BOUND, GOAL = 32, 60
SIZES = range(5, 13)


def measured(n: int, directory: Path) -> tuple[int, float, float, int]:
    """Sets, seconds to count, seconds to build, bytes."""
    start = perf_counter()
    number = count_chiral_sets(n, BOUND)
    counted = perf_counter()
    built = build_set_catalogue(n, BOUND, directory)
    done = perf_counter()
    assert built.count() == number > 0
    return number, counted - start, done - counted, sum(part.size for part in built.manifest.parts)


def lines(rows: dict[int, tuple[int, float, float, int]]) -> Iterator[str]:
    yield f"{'n':>3} {'sets':>9} {'count':>9} {'catalogue':>10} {'bytes':>10}"
    total = tuple(map(sum, zip(*rows.values(), strict=True)))
    for name, (number, count, build, size) in [*rows.items(), ("all", total)]:
        yield f"{name:>3} {number:9} {count:8.2f}s {build:9.2f}s {size:10}"


def test_all_sets_up_to_32(tmp_path: Path) -> None:
    build_set_catalogue(7, BOUND, tmp_path / "compilation")
    count_chiral_sets(7, BOUND)
    rows = {n: measured(n, tmp_path / str(n)) for n in SIZES}
    print("", *lines(rows), sep="\n")
    assert sum(count + build for _, count, build, _ in rows.values()) < GOAL
