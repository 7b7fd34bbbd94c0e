"""How many inequivalent solutions there are, for every bound up to a given one; nothing is kept.

What is counted: charges of all families that are integers in [-Qmax, Qmax] and satisfy all anomaly
conditions.  Order of families within a species, a common factor and an overall sign do not matter; the
solution without any charge is counted once; shifts by hypercharge or B-L are not divided out.  The numbers
are cumulative in Qmax.

Key results
-----------
count_table : the numbers
CountTable : with what was counted

References
----------
B.C. Allanach, J. Davighi, S. Melville, arXiv:1812.04602: the Anomaly-free Atlas, whose definition this is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.atlas.content_files import anomalous_fields
from anomalies.atlas.growth import GrowthLaw, expected_exponent, growth_law
from anomalies.atlas.plan import restrictions
from anomalies.atlas.schedulers import number_of_threads, run_tasks
from anomalies.diophantine.powersums.cells import Cell, cell_cost, cells
from anomalies.diophantine.powersums.counting import count, count_cell, count_fixed, up_to_sign_and_scale
from anomalies.diophantine.powersums.system import PowerSumSystem, power_sum_system
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_integer
from anomalies.fields import FieldContent, as_content
from anomalies.tables import Table

__all__ = ["CountTable", "count_cells", "count_table"]

DEFINITION = (
    "integer charges in [-Qmax, Qmax] that satisfy all anomaly conditions, modulo order of families, common "
    "factor and sign; the zero solution counted once; cumulative in Qmax"
)
_CHUNKS = 64
_FITTED_FROM = 6
_SMALL_BOX = 5
_MOST_WORK = 10**16  # a processor does some 10^9 of these in a second


@dataclass(frozen=True, slots=True, repr=False)
class CountTable(Printable):
    """Numbers of inequivalent solutions by the largest charge.

    Attributes
    ----------
    content : the name of the field content.
    equalities : restrictions on the charges.
    counts : the numbers for the largest charge 1, 2, ...
    exponent : the power of Qmax with which they are expected to grow.
    """

    content: str
    equalities: tuple[str, ...]
    counts: tuple[int, ...]
    exponent: int

    def growth_law(self) -> GrowthLaw:
        """Return the fit to the numbers from Qmax = 6 on, where there are at least three."""
        return growth_law(dict(list(enumerate(self.counts, 1))[_FITTED_FROM - 1 :]), self.exponent)

    def table(self) -> Table:
        """Return the numbers as a table."""
        return Table(("Qmax", "inequivalent solutions"), tuple(enumerate(self.counts, 1)))

    def as_json(self) -> dict[str, Any]:
        """Return what was counted, and the numbers by Qmax."""
        return {
            "content": self.content,
            "equalities": list(self.equalities),
            "definition": DEFINITION,
            "expected_exponent": self.exponent,
            "counts": {str(bound): number for bound, number in enumerate(self.counts, 1)},
        }

    def _sympystr(self, printer: Any) -> str:
        return self.table().text()

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.table()))


def count_table(
    content: FieldContent,
    bound: int,
    *,
    equalities: Iterable[str] = (),
    threads: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CountTable:
    """Count the inequivalent solutions with charges up to 1, 2, ..., bound.

    Parameters
    ----------
    content : a content with one U(1) of unknown charges.
    bound : the largest charge, at least 1.
    equalities : homogeneous restrictions such as "q1 = q2".
    threads : how many run at a time; all processors by default.
    scheduler : the address of a Dask scheduler on whose workers to run instead.
    progress : called with the work done and the work to do.

    Raises
    ------
    ArgumentError : bad arguments, a restriction that is not homogeneous, or no answer from the scheduler.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> count_table(standard_model(1, 1), 6).counts
    (2, 2, 3, 5, 7, 9)
    """
    content = anomalous_fields(as_content(content))
    largest = as_integer(bound, "bound", 1)
    texts = restrictions(equalities)
    smallest = power_sum_system(content, bound=1, equalities=texts)
    if not smallest.is_homogeneous:
        raise ArgumentError(
            must_be("equalities", "homogeneous, to divide by a common factor", ", ".join(texts))
        )
    _require_feasible(content, texts, largest)
    systems = [power_sum_system(content, bound=size, equalities=texts) for size in range(1, largest + 1)]
    totals = (
        _counted_here(systems, threads, progress)
        if scheduler is None
        else _counted_on_cluster(systems, scheduler, progress)
    )
    counts = tuple(_inequivalent(systems, totals))
    return CountTable(content.name, texts, counts, expected_exponent(systems[-1]))


def _require_feasible(content: FieldContent, equalities: tuple[str, ...], bound: int) -> None:
    """Refuse what no computer finishes, from the work in two small boxes and a power law through it."""
    if bound <= 2 * _SMALL_BOX:
        return
    small, large = (
        max(1, _work(power_sum_system(content, bound=size, equalities=equalities)))
        for size in (_SMALL_BOX, 2 * _SMALL_BOX)
    )
    steps = (bound // _SMALL_BOX).bit_length() - 1
    # The ratio of doubling the box still grows a little: this is an estimate from below.
    estimate = small * large**steps // small**steps
    if estimate > _MOST_WORK:
        expected = f"small enough for less than 10^{len(str(_MOST_WORK)) - 1} steps"
        raise ArgumentError(
            must_be("bound", expected, f"{bound}, which takes more than 10^{len(str(estimate)) - 1}")
        )


def _inequivalent(systems: Sequence[PowerSumSystem], totals: Sequence[int]) -> Iterator[int]:
    fixed = [count_fixed(system) for system in systems]
    for bound in range(1, len(systems) + 1):
        yield up_to_sign_and_scale(bound, _multiples(totals, bound), _multiples(fixed, bound))


def _multiples(numbers: Sequence[int], bound: int) -> Callable[[int], int]:
    """The rows in the box of `bound` that are multiples of d: those in the box of bound // d."""
    return lambda d: numbers[bound // d - 1]


def _work(system: PowerSumSystem) -> int:
    return sum(cell_cost(system, cell) for cell in cells(system))


def _counted_here(
    systems: Sequence[PowerSumSystem], threads: int | None, progress: Callable[[int, int], None] | None
) -> list[int]:
    """The number of rows of every system."""
    work = [_work(system) for system in systems] if progress is not None else [0] * len(systems)
    totals = []
    for index, system in enumerate(systems):
        share = (
            None if progress is None else partial(_share, progress, sum(work[:index]), work[index], sum(work))
        )
        totals.append(count(system, threads=number_of_threads(threads), progress=share))
    return totals


def _share(
    progress: Callable[[int, int], None], before: int, own: int, everything: int, done: int, total: int
) -> None:
    """Report the progress of one bound as progress of all of them."""
    progress(before + own * done // max(total, 1), everything)


# ---------------------------------------------------------------- on a cluster


def count_cells(system: PowerSumSystem, chosen: Sequence[Cell]) -> int:
    """Return the number of rows in some cells, sign and factor not divided out: the task of a worker."""
    return sum(count_cell(system, cell) for cell in chosen)


def _counted_on_cluster(
    systems: Sequence[PowerSumSystem], scheduler: str, progress: Callable[[int, int], None] | None
) -> list[int]:
    """The number of rows of every system; chunks of cells of similar cost are the tasks."""
    owners, tasks, costs = [], [], []
    for index, system in enumerate(systems):
        for chosen, cost in _chunks(system):
            owners.append(index)
            tasks.append((system, chosen))
            costs.append(cost)
    totals, done = [0] * len(systems), 0
    with closing(run_tasks(count_cells, tasks, threads=1, scheduler=scheduler)) as results:
        for place, number in results:
            totals[owners[place]] += number
            done += costs[place]
            if progress is not None:
                progress(done, sum(costs))
    return totals


def _chunks(system: PowerSumSystem) -> Iterator[tuple[tuple[Cell, ...], int]]:
    """Consecutive cells, about `_CHUNKS` groups of them with similar work."""
    enough = _work(system) // _CHUNKS
    chosen: list[Cell] = []
    cost = 0
    for cell in cells(system):
        chosen.append(cell)
        cost += cell_cost(system, cell)
        if cost > enough:
            yield tuple(chosen), cost
            chosen, cost = [], 0
    if chosen:
        yield tuple(chosen), cost
