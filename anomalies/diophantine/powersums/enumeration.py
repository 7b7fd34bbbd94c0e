"""Listing the solutions of a power-sum system: arrays of rows in batches, or exact objects one by one.

Each cell is counted first, split by the degree-2 value of one side; then its rows are written, by intervals
of that value that hold no more rows than a batch.  So memory is bounded by the batch and the threads, not
by the cell, as long as no single degree-2 value has more rows than that.

Order: cells in the order they are given; within a cell by rising degree-2 value of the first side, then as
the join meets them.  It depends on nothing but the system, the cells and `batch_rows`, and not on the
number of threads.

Key results
-----------
enumerate_cells : the rows of cells, in batches
search : all solutions as a `SearchResult`, lazily
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from os import cpu_count
from typing import Any, TypeAlias

from anomalies.diophantine.powersums.bounds import bounds, require_little_work
from anomalies.diophantine.powersums.canonical import has_integer_box, inequivalent, is_canonical
from anomalies.diophantine.powersums.cells import Cell, cells
from anomalies.diophantine.powersums.counting import has_kernels, require_kernels
from anomalies.diophantine.powersums.exact_engine import solutions, solutions_in_cell
from anomalies.diophantine.powersums.rows import solution_of
from anomalies.diophantine.powersums.system import PowerSumSystem, Row
from anomalies.errors import ArgumentError
from anomalies.exact import as_integer
from anomalies.solutions import DomainValue, SearchDomain, SearchResult, Solution

__all__ = ["enumerate_cells", "search", "smallest_type"]

Array: TypeAlias = Any  # numpy.ndarray, which only the extra `search` brings

_BATCH_ROWS = 1 << 20


def smallest_type(system: PowerSumSystem) -> str:
    """Return the name of the smallest signed integer type that holds every allowed charge.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> smallest_type(power_sum_system(standard_model(), bound=127))
    'int8'
    """
    largest = bounds(system).charge
    return next((f"int{bits}" for bits in (8, 16, 32, 64) if largest < 2 ** (bits - 1)), "object")


def enumerate_cells(
    system: PowerSumSystem,
    chosen: Iterable[Cell],
    *,
    canonical: bool = True,
    batch_rows: int = _BATCH_ROWS,
    threads: int | None = None,
) -> Iterator[Array]:
    """Yield the solutions in cells as arrays of rows, of at most `batch_rows` rows each.

    Columns are the charges times the scale of the system, in the order of its `variables`, sorted within each
    class; the type of the arrays is `smallest_type`.

    Parameters
    ----------
    system : the system, with its box.
    chosen : cells of the system, from which every row comes once.
    canonical : only rows that represent their orbit under sign and scale (see `canonical`); for homogeneous
        systems in boxes of all integers from -Q to Q.
    batch_rows : the size of a batch; the memory in use is some three batches for every thread.
    threads : how many threads work ahead; by default as many as there are processors.

    Raises
    ------
    MissingToolError
        If the extra `search` is not installed.
    ArgumentError
        If canonical rows of another system are asked for, or a cell fits neither into machine integers nor
        the exact engine.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import cells, power_sum_system
    >>> system = power_sum_system(standard_model(1, 1), bound=1)
    >>> [batch.tolist() for batch in enumerate_cells(system, cells(system))]
    [[[0, 0, 0, 0, 0, 0], [0, 1, -1, 0, -1, 1]]]
    """
    require_kernels()
    if canonical and not (system.is_homogeneous and has_integer_box(system)):
        raise ArgumentError(
            "Argument 'system' must be homogeneous, in boxes of all integers from -Q to Q, for its "
            "solutions to be listed up to sign and scale."
        )
    size = as_integer(batch_rows, "batch_rows", 1)
    workers = (cpu_count() or 1) if threads is None else as_integer(threads, "threads", 1)
    return _batches(_parts(system, chosen, canonical, size, workers), size)


def _parts(
    system: PowerSumSystem, chosen: Iterable[Cell], canonical: bool, size: int, workers: int
) -> Iterator[Array]:
    """The rows in order, in arrays of any length; two stages of work run ahead in threads."""
    if not bounds(system).fit:
        yield from (_exact_rows(system, cell, canonical) for cell in chosen)
        return
    with ThreadPoolExecutor(workers) as pool:
        try:
            plans = _ahead(pool, (partial(_plan, system, cell, size) for cell in chosen), 4 * workers)
            work = (partial(_rows, system, piece, canonical) for plan in plans for piece in plan)
            yield from _ahead(pool, work, 2 * workers)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _ahead(pool: ThreadPoolExecutor, work: Iterable[Callable[[], Any]], number: int) -> Iterator[Any]:
    """Yield results in order, with `number` pieces of work under way."""
    waiting: deque[Future[Any]] = deque()
    for piece in work:
        waiting.append(pool.submit(piece))
        if len(waiting) >= number:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


# A cell, an interval of degree-2 indices, and how many rows it has, canonical or not; -1 for the exact
# engine.
_Piece: TypeAlias = tuple[Cell, int, int, int]


def _plan(system: PowerSumSystem, cell: Cell, size: int) -> list[_Piece]:
    """Split a cell into intervals of degree-2 indices with at most `size` rows each, or a single index."""
    from anomalies.diophantine.powersums import kernels
    from anomalies.diophantine.powersums.tables import power_tables

    # The same tables as for the rows, so that what fits here fits there.
    tables = power_tables(system, True)
    starts, ends = tables.cell_slices([cell])
    counts = kernels.count_values(
        tables.contributions,
        starts[0],
        ends[0],
        tables.roles,
        system.square_constant,
        system.cube_constant,
        tables.histogram,
    ).tolist()
    if counts == [kernels.TOO_LARGE]:
        return [(cell, 0, 0, kernels.TOO_LARGE)]
    pieces = []
    first = rows = 0
    for index, number in enumerate(counts):
        if rows and rows + number > size:
            pieces.append((cell, first, index, rows))
            first, rows = index, 0
        rows += number
    return [*pieces, (cell, first, len(counts), rows)] if rows else pieces


def _rows(system: PowerSumSystem, piece: _Piece, canonical: bool) -> Array:
    """The rows of one piece of a cell."""
    import numpy as np

    from anomalies.diophantine.powersums import kernels
    from anomalies.diophantine.powersums.tables import power_tables

    cell, first, end, number = piece
    if number == kernels.TOO_LARGE:
        return _exact_rows(system, cell, canonical)
    tables = power_tables(system, True)
    starts, ends = tables.cell_slices([cell])
    out = np.empty((number, int(tables.sizes.sum())), smallest_type(system))
    written = kernels.fill_rows(
        tables.contributions,
        tables.charges,
        tables.sizes,
        starts[0],
        ends[0],
        tables.roles,
        system.square_constant,
        system.cube_constant,
        first,
        end,
        canonical,
        out,
    )
    assert written >= 0, "the plan of the cell has checked with the same tables that it fits"
    return out[:written].copy() if 4 * written < 3 * number else out[:written]


def _exact_rows(system: PowerSumSystem, cell: Cell, canonical: bool) -> Array:
    import numpy as np

    require_little_work(system, cell)
    found = (row for row in solutions_in_cell(system, cell) if not canonical or is_canonical(system, row))
    width = sum(entry.size for entry in system.classes)
    return np.array(list(found), smallest_type(system)).reshape(-1, width)


def _batches(parts: Iterator[Array], size: int) -> Iterator[Array]:
    """Join short arrays and split long ones, so that all batches but the last have `size` rows."""
    import numpy as np

    kept: list[Array] = []
    rows = 0
    for part in parts:
        rest = part
        while rows + len(rest) >= size:
            yield np.concatenate([*kept, rest[: size - rows]])
            rest = rest[size - rows :]
            kept, rows = [], 0
        if len(rest):
            kept.append(rest)
            rows += len(rest)
    if kept:
        yield np.concatenate(kept)


# ---------------------------------------------------------------- exact objects


def search(system: PowerSumSystem, *, up_to_sign_and_scale: bool | None = None) -> SearchResult[Solution]:
    """Return all solutions in the box of a system, lazily, as `Solution` objects, which check it again.

    Family permutations are divided out.  The exact engine is used where the extra `search` is missing or
    machine integers are too small.

    Parameters
    ----------
    system : the system, with its box.
    up_to_sign_and_scale : one representative for all multiples of a solution; by default wherever that
    makes sense,
        for homogeneous systems in boxes of all integers from -Q to Q.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> for solution in search(power_sum_system(standard_model(1, 1), bound=1)):
    ...     print(solution)
    Q_q = 0, Q_u = 0, Q_d = 0, Q_l = 0, Q_e = 0, Q_H = 0, Q_nu = 0
    Q_q = 0, Q_u = 1, Q_d = -1, Q_l = 0, Q_e = -1, Q_H = 0, Q_nu = 1
    """
    boxed = system.is_homogeneous and has_integer_box(system)
    reduced = boxed if up_to_sign_and_scale is None else up_to_sign_and_scale
    entries: list[tuple[str, DomainValue]] = [("search", "anomaly-free charges in a box")]
    entries += [(entry.name, _described(entry.allowed, system.scale)) for entry in system.classes]
    entries += [(name, _described((value,), system.scale)) for name, value in system.fixed]
    entries += [("up to sign and scale", "yes" if reduced else "no")]
    return SearchResult(SearchDomain(tuple(entries)), True, "", partial(_solutions, system, reduced))


def _described(allowed: Sequence[int], scale: int) -> str:
    over = f" over {scale}" if scale != 1 else ""
    if len(allowed) > 3 and allowed[-1] - allowed[0] == len(allowed) - 1:
        return f"{allowed[0]}..{allowed[-1]}{over}"
    return "{" + ", ".join(map(str, allowed)) + "}" + over


def _solutions(system: PowerSumSystem, reduced: bool) -> Iterator[Solution]:
    return (solution_of(system, row) for row in _all_rows(system, reduced))


def _all_rows(system: PowerSumSystem, reduced: bool) -> Iterator[Row]:
    boxed = system.is_homogeneous and has_integer_box(system)
    if reduced and not boxed:
        yield from inequivalent(system, _all_rows(system, False))
    elif has_kernels() and bounds(system).fit:
        for batch in enumerate_cells(system, cells(system), canonical=reduced):
            yield from map(tuple, batch.tolist())
    else:
        found = solutions(system)
        yield from inequivalent(system, found) if reduced else found
