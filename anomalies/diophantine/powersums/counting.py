"""Counting the solutions of a power-sum system, without listing them.

The compiled kernels (extra `search`) count cell by cell, in threads.  What does not fit into machine integers
(`bounds`), and everything small when the extra is missing, is counted by the exact engine instead.

What is counted
---------------
`count` counts rows: charges sorted within each class, so that family permutations are divided out and
nothing else.

`count_inequivalent` also divides out the overall sign and a common factor, in boxes of all integers from -Q
to Q:

    N = 1 + (P + F)/2,      P = sum_d mu(d) (count_d - 1),      F = sum_d mu(d) (fixed_d - 1),

where count_d is the number of rows whose charges are all multiples of d, so that P is the number of
primitive rows (Moebius); X ~ -X has (P + F)/2 orbits on them (Burnside), F of the primitive rows being
equal to their negatives up to the order of families; and the zero row is counted once.  In a row that is
its own negative, each class consists of pairs x, -x, and of a zero if its size is odd: all odd power sums
vanish, and only the quadratic condition is left.

Key results
-----------
count, count_inequivalent : of a whole system
count_cell : of one cell, a pure function of picklable arguments
orbit_representatives : the cells of which the others are negatives

References
----------
B.C. Allanach, J. Davighi, S. Melville, arXiv:1812.04602, section 3: the same equivalences, Q up to 10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import replace
from itertools import combinations_with_replacement
from os import cpu_count
from typing import TypeAlias, TypeVar

from anomalies.diophantine.powersums.bounds import bounds, is_little_work, require_little_work
from anomalies.diophantine.powersums.canonical import has_integer_box
from anomalies.diophantine.powersums.cells import Cell, cells
from anomalies.diophantine.powersums.exact_engine import solutions_in_cell
from anomalies.diophantine.powersums.system import PowerSumSystem
from anomalies.errors import ArgumentError, MissingToolError
from anomalies.exact import as_integer

__all__ = [
    "Progress",
    "count",
    "count_cell",
    "count_fixed",
    "count_inequivalent",
    "divided",
    "has_kernels",
    "in_threads",
    "orbit_representatives",
    "require_kernels",
    "up_to_sign_and_scale",
]

T = TypeVar("T")
U = TypeVar("U")

Progress: TypeAlias = Callable[[int, int], None]  # called with the work done and the total work

_PIECES = 64  # of a count: small enough to be stopped soon, large enough that starting them costs nothing


# ---------------------------------------------------------------- the extra


def has_kernels() -> bool:
    """Return whether numpy and numba, the extra `search`, can be imported."""
    try:
        # Imported and not only looked for: numba refuses releases of numpy that are too new for it.
        import numba  # noqa: F401
        import numpy  # noqa: F401
    except ImportError:
        return False
    return True


def require_kernels() -> None:
    """Refuse to go on without the extra `search`.

    Raises
    ------
    MissingToolError
        If numpy or numba is not installed.
    """
    if not has_kernels():
        raise MissingToolError(
            "A search of this size needs numba and numpy: pip install 'gauge-anomalies[search]'"
        )


def in_threads(function: Callable[[T], U], work: Sequence[T], threads: int | None) -> Iterator[tuple[T, U]]:
    """Yield the results for pieces of work as they come; an interruption waits for those running only."""
    workers = (cpu_count() or 1) if threads is None else as_integer(threads, "threads", 1)
    if workers == 1 or len(work) <= 1:
        yield from ((piece, function(piece)) for piece in work)
        return
    with ThreadPoolExecutor(workers) as pool:
        pieces: dict[Future[U], T] = {pool.submit(function, piece): piece for piece in work}
        try:
            for future in as_completed(pieces):
                yield pieces[future], future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


# ---------------------------------------------------------------- all rows


def count_cell(system: PowerSumSystem, cell: Cell) -> int:
    """Return the number of rows in one cell: solutions sorted within each class.

    Raises
    ------
    ArgumentError
        If `cell` is none of the system, or neither machine integers nor the exact engine can deal with it.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> count_cell(power_sum_system(standard_model(), bound=3), Cell((0, 0, 0, 0, 0, 0)))
    674
    """
    return _count_cells(system, [cell])[0] if _is_compiled(system) else _count_exactly(system, cell)


def _is_compiled(system: PowerSumSystem) -> bool:
    return has_kernels() and bounds(system).fit


def _count_exactly(system: PowerSumSystem, cell: Cell) -> int:
    require_little_work(system, cell)
    return sum(1 for _ in solutions_in_cell(system, cell))


def _count_cells(system: PowerSumSystem, chosen: Sequence[Cell]) -> list[int]:
    """The number of rows in each cell, by the kernels where they can hold it."""
    import numpy as np

    from anomalies.diophantine.powersums import kernels
    from anomalies.diophantine.powersums.tables import power_tables

    tables = power_tables(system, False)
    starts, ends = tables.cell_slices(chosen)
    counts = np.zeros(len(chosen), np.int64)
    kernels.count_cells(
        tables.contributions,
        starts,
        ends,
        tables.roles,
        system.square_constant,
        system.cube_constant,
        tables.histogram,
        counts,
    )
    return [
        _count_exactly(system, cell) if number == kernels.TOO_LARGE else number
        for cell, number in zip(chosen, counts.tolist(), strict=True)
    ]


def count(system: PowerSumSystem, *, threads: int | None = None, progress: Progress | None = None) -> int:
    """Return the number of rows of a system: solutions in its box, sorted within each class.

    Parameters
    ----------
    system : the system, with its box.
    threads : how many threads count; by default as many as there are processors.
    progress : called now and then with the estimated work that is done, and the total.

    Raises
    ------
    MissingToolError
        If the extra `search` is not installed and the exact engine would take more than some seconds.
    ArgumentError
        If neither machine integers nor the exact engine can deal with the system.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> count(power_sum_system(standard_model(), bound=3))
    8196
    """
    if not has_kernels() and not is_little_work(system):
        require_kernels()
    if not _is_compiled(system):
        return sum(weight * _count_exactly(system, cell) for cell, weight in orbit_representatives(system))
    weights = dict(orbit_representatives(system))
    pieces = _pieces(system, list(weights))
    total = sum(cost for cost, _ in pieces)
    done = result = 0
    for (cost, chosen), numbers in in_threads(lambda piece: _count_cells(system, piece[1]), pieces, threads):
        result += sum(weights[cell] * number for cell, number in zip(chosen, numbers, strict=True))
        done += cost
        if progress is not None:
            progress(done, total)
    return result


def orbit_representatives(system: PowerSumSystem) -> Iterator[tuple[Cell, int]]:
    """Yield cells and how many cells each stands for: a cell and its negative have equally many rows.

    That needs a homogeneous system with symmetric boxes; otherwise every cell stands for itself.
    """
    symmetric = system.is_homogeneous and all(
        entry.allowed == tuple(-value for value in reversed(entry.allowed)) for entry in system.classes
    )
    for cell in cells(system):
        negative = tuple(-total for total in cell.sums)
        if not symmetric or cell.sums == negative:
            yield cell, 1
        elif cell.sums > negative:
            yield cell, 2


def _pieces(system: PowerSumSystem, chosen: Sequence[Cell]) -> list[tuple[int, list[Cell]]]:
    """Cells in pieces of similar cost, the most expensive first, so that all threads end at the same time."""
    from anomalies.diophantine.powersums.tables import power_tables

    tables = power_tables(system, False)
    costs = tables.costs(*tables.cell_slices(chosen)).tolist()
    most = sum(costs) // _PIECES + 10**5
    pieces: list[tuple[int, list[Cell]]] = []
    cost, piece = 0, []
    for number, cell in sorted(zip(costs, chosen, strict=True), key=lambda pair: -pair[0]):
        piece.append(cell)
        cost += number
        if cost >= most:
            pieces.append((cost, piece))
            cost, piece = 0, []
    return [*pieces, (cost, piece)] if piece else pieces


# ---------------------------------------------------------------- modulo sign and scale


def count_inequivalent(
    system: PowerSumSystem, *, threads: int | None = None, progress: Progress | None = None
) -> int:
    """Return the number of solutions modulo family permutations, overall sign and a common factor.

    The zero solution is counted once.  See the module's docstring for the formula; the source of the
    definition is arXiv:1812.04602.

    Parameters
    ----------
    system : a homogeneous system in boxes of all integers from -Q to Q, where Q may depend on the class.
    threads, progress : as for `count`; the progress is that of the largest of the counts.

    Raises
    ------
    ArgumentError
        If the system is not homogeneous, or a box is not of this form: multiples of solutions are then no
        solutions, or solutions without the common factor may lie outside.
    MissingToolError
        As for `count`.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> [count_inequivalent(power_sum_system(standard_model(), bound=bound)) for bound in (1, 2, 3)]
    [38, 358, 4116]
    """
    if not system.is_homogeneous or not has_integer_box(system):
        raise ArgumentError(
            "Argument 'system' must be homogeneous, in boxes of all integers from -Q to Q, for its "
            "solutions to be counted up to sign and scale."
        )
    largest = max((entry.allowed[-1] for entry in system.classes), default=0)
    return up_to_sign_and_scale(
        largest,
        lambda d: count(divided(system, d), threads=threads, progress=progress if d == 1 else None),
        lambda d: count_fixed(divided(system, d)),
    )


def up_to_sign_and_scale(largest: int, rows: Callable[[int], int], fixed: Callable[[int], int]) -> int:
    """Return N = 1 + (P + F)/2 of the module's text, from the numbers of rows that are multiples of d.

    Parameters
    ----------
    largest : the largest charge.
    rows, fixed : count_d and fixed_d as functions of d; they are called where mu(d) is not zero.
    """
    signs = {d: sign for d in range(1, largest + 1) if (sign := _moebius(d))}
    return 1 + sum(sign * (rows(d) + fixed(d) - 2) for d, sign in signs.items()) // 2


def divided(system: PowerSumSystem, d: int) -> PowerSumSystem:
    """Return the system of the rows whose charges are all multiples of d, divided by d."""
    return replace(
        system,
        classes=tuple(
            replace(entry, allowed=tuple(value // d for value in entry.allowed if value % d == 0))
            for entry in system.classes
        ),
    )


def _moebius(n: int) -> int:
    from flint import fmpz

    powers = [power for _, power in fmpz(n).factor()]
    return 0 if any(power > 1 for power in powers) else (-1) ** len(powers)


def count_fixed(system: PowerSumSystem) -> int:
    """Return the number of rows that are equal to their negatives, in boxes of all integers from -Q to Q.

    They are pairs x, -x, with a zero where the size of a class is odd, so this is the quadratic condition.
    """
    totals: Counter[int] = Counter({0: 1})
    for entry in system.classes:
        positive = tuple(value for value in entry.allowed if value >= 0)
        of_class: Counter[int] = Counter(
            2 * entry.square * sum(value**2 for value in pairs)
            for pairs in combinations_with_replacement(positive, entry.size // 2)
        )
        totals = _convolution(totals, of_class)
    return totals[0]


def _convolution(first: Counter[int], second: Counter[int]) -> Counter[int]:
    result: Counter[int] = Counter()
    for value, number in first.items():
        for other, many in second.items():
            result[value + other] += number * many
    return result
