"""The engine for power-sum systems beside two plain ones: nested loops in numba, a numpy sort-merge join.

All three count the rows of the Standard Model with three right-handed neutrinos, in one thread, in one run,
and must agree.  The table that is printed gives seconds (the least of a few rounds, after compilation) and
ratios to the engine; the plain methods stop where they become hopeless.  With ATLAS_PLOT=file.png in the
environment the scaling is also drawn (extra `figures`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from anomalies import standard_model
from anomalies.diophantine.powersums import PowerSumSystem, cells, power_sum_system
from anomalies.diophantine.powersums.counting import count, count_inequivalent
from anomalies.diophantine.powersums.enumeration import enumerate_cells

np = pytest.importorskip("numpy")
numba = pytest.importorskip("numba")

Measured = dict[str, dict[int, float]]


def sm3(bound: int) -> PowerSumSystem:
    return power_sum_system(standard_model(), bound=bound)


def by_sum(system: PowerSumSystem, place: int) -> dict[int, Any]:
    """The degree-2 and degree-3 contributions of the tuples of a class, for every sum."""
    entry = system.classes[place]
    grids = np.meshgrid(*[np.array(entry.allowed)] * entry.size, indexing="ij")
    rows = np.stack(grids, axis=-1).reshape(-1, entry.size)
    rows = rows[(np.diff(rows, axis=1) >= 0).all(axis=1)]
    sums = rows.sum(axis=1)
    both = np.stack([entry.square * (rows**2).sum(axis=1), entry.cube * (rows**3).sum(axis=1)])
    return {int(total): both[:, sums == total] for total in np.unique(sums)}


# ---------------------------------------------------------------- (a) nested loops


def loops_in_cell(a: Any, b: Any, c: Any, d: Any, e: Any, f: Any) -> int:
    found = 0
    for i in range(a.shape[1]):
        for j in range(b.shape[1]):
            for k in range(c.shape[1]):
                square, cube = a[0, i] + b[0, j] + c[0, k], a[1, i] + b[1, j] + c[1, k]
                for x in range(d.shape[1]):
                    for y in range(e.shape[1]):
                        if square + d[0, x] + e[0, y] == 0:
                            rest = cube + d[1, x] + e[1, y]
                            for z in range(f.shape[1]):
                                found += rest + f[1, z] == 0
    return found


compiled_loops = numba.njit(loops_in_cell)


def nested_loops(system: PowerSumSystem) -> int:
    tables = [by_sum(system, place) for place in range(6)]
    return sum(
        int(compiled_loops(*(table[total] for table, total in zip(tables, cell.sums, strict=True))))
        for cell in cells(system)
    )


# ---------------------------------------------------------------- (b) sort-merge join


def keys(parts: list[Any]) -> Any:
    """One integer for degree 2 and degree 3 of every combination: exact in these boxes."""
    total = np.zeros(1, np.int64)
    for part in parts:
        key = part[0] * 2**24 + part[1]
        total = (total[:, None] + key).ravel()
    return total


def sort_merge(system: PowerSumSystem) -> int:
    tables = [by_sum(system, place) for place in range(6)]
    found = 0
    for cell in cells(system):
        parts = [table[total] for table, total in zip(tables, cell.sums, strict=True)]
        first, numbers = np.unique(keys(parts[:3]), return_counts=True)
        second, others = np.unique(-keys(parts[3:]), return_counts=True)
        _, i, j = np.intersect1d(first, second, assume_unique=True, return_indices=True)
        found += int(numbers[i] @ others[j])
    return found


# ---------------------------------------------------------------- side by side

METHODS: dict[str, tuple[Callable[[PowerSumSystem], int], range]] = {
    "engine": (lambda system: count(system, threads=1), range(1, 13)),
    "sort-merge": (sort_merge, range(1, 10)),
    "nested loops": (nested_loops, range(1, 8)),
}


def best_of(function: Callable[[], int], rounds: int) -> tuple[int, float]:
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        found = function()
        best = min(best, perf_counter() - start)
    return found, best


def lines(seconds: Measured, numbers: dict[int, int]) -> Iterator[str]:
    yield f"{'Q':>3} {'rows':>12}" + "".join(f"{name:>14} {'ratio':>8}" for name in seconds)
    for bound, number in numbers.items():
        columns = ""
        for times in seconds.values():
            if bound in times:
                columns += f"{times[bound]:13.4f}s {times[bound] / seconds['engine'][bound]:8.1f}"
        yield f"{bound:>3} {number:>12}" + columns


def test_engine_beside_plain_searches() -> None:
    seconds: Measured = {name: {} for name in METHODS}
    numbers: dict[int, int] = {}
    for name, (method, boxes) in METHODS.items():
        method(sm3(1))  # compilation
        for bound in boxes:
            system = sm3(bound)
            # The lambda is called before the loop goes on.
            found, seconds[name][bound] = best_of(lambda: method(system), 3)  # noqa: B023
            assert numbers.setdefault(bound, found) == found, (name, bound)
    print("", *lines(seconds, numbers), sep="\n")
    if "ATLAS_PLOT" in os.environ:
        plot(seconds, numbers, os.environ["ATLAS_PLOT"])


def plot(seconds: Measured, numbers: dict[int, int], path: str) -> None:
    figures = pytest.importorskip("matplotlib.figure")
    figure = figures.Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    for name, times in seconds.items():
        axes.loglog(list(times), list(times.values()), "o-", label=f"{name} (s)")
    axes.loglog(list(numbers), [number / 1e9 for number in numbers.values()], "k--", label="rows / 10^9")
    axes.set_xlabel("largest charge")
    axes.legend()
    figure.savefig(path)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("bound", [10, 16])
def test_counting(benchmark: BenchmarkFixture, bound: int, threads: int) -> None:
    system = sm3(bound)
    found = benchmark.pedantic(count, (system,), {"threads": threads}, rounds=3, warmup_rounds=1)
    benchmark.extra_info["rows"] = found
    assert found > 0


def test_listing(benchmark: BenchmarkFixture) -> None:
    def listed() -> int:
        system = sm3(8)
        return sum(len(batch) for batch in enumerate_cells(system, cells(system)))

    assert benchmark.pedantic(listed, rounds=3, warmup_rounds=1) == count_inequivalent(sm3(8))
