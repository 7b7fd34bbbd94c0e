"""What machine integers can hold: proved with Python integers, before a kernel starts.

A kernel adds and multiplies int64 without looking.  Here every intermediate value is bounded from the
system alone: with M the largest |charge| of a class of size k and weight w, its contribution to degree d is
at most |w| k M^d, and no sum or difference in a kernel exceeds twice the total of these and the constant.
A number of rows in a cell is at most the product of the numbers of tuples of the classes.

Key results
-----------
bounds : the largest values that can occur
Bounds.fit : whether they fit

Nothing that does not fit is ever counted by a kernel: it goes to the exact engine (`exact_engine`), and
what is too much work there is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import comb, prod

from anomalies.diophantine.powersums.cells import Cell, cell_cost, cells, tuple_counts
from anomalies.diophantine.powersums.system import ChargeClass, PowerSumSystem
from anomalies.errors import ArgumentError

__all__ = ["LARGEST_EXACT_COST", "Bounds", "bounds", "is_little_work", "require_little_work"]

LARGEST_EXACT_COST = 5 * 10**6  # pairs of tuples: some ten seconds for the exact engine

_MACHINE = 2**61  # a factor 4 below the largest int64: room for a sum and a difference of two such values
_LARGEST_CHARGE = 2**31 - 1
_MOST_TUPLES = 10**7
_MOST_CLASSES = 38  # 3^38 < 2^61, for the sign codes


@dataclass(frozen=True, slots=True)
class Bounds:
    """The largest absolute values that can occur in the search of a system.

    Attributes
    ----------
    charge : of a charge.
    square, cube : of all contributions to degree 2 and 3 together, the constant included.
    tuples : the number of sorted tuples of all classes, which the tables hold.
    rows : the number of rows in a cell.
    classes : the number of classes.
    """

    charge: int
    square: int
    cube: int
    tuples: int
    rows: int
    classes: int

    @property
    def fit(self) -> bool:
        """Whether a kernel can hold everything."""
        return (
            self.charge <= _LARGEST_CHARGE
            and max(self.square, self.cube, self.rows) < _MACHINE
            and self.tuples <= _MOST_TUPLES
            and self.classes <= _MOST_CLASSES
        )


@lru_cache(maxsize=64)
def bounds(system: PowerSumSystem) -> Bounds:
    """Return the largest values that can occur in the search of a system.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> found = bounds(power_sum_system(standard_model(), bound=32))
    >>> found.cube, found.fit
    (1572864, True)
    """
    tuples = sum(comb(len(entry.allowed) + entry.size - 1, entry.size) for entry in system.classes)
    return Bounds(
        charge=max((_largest(entry) for entry in system.classes), default=0),
        square=abs(system.square_constant)
        + sum(abs(entry.square) * entry.size * _largest(entry) ** 2 for entry in system.classes),
        cube=abs(system.cube_constant)
        + sum(abs(entry.cube) * entry.size * _largest(entry) ** 3 for entry in system.classes),
        tuples=tuples,
        # Listing the sums of a hopelessly large table would take as long as the search.
        rows=prod(_fullest(entry) for entry in system.classes) if tuples <= _MOST_TUPLES else _MACHINE,
        classes=len(system.classes),
    )


def _largest(entry: ChargeClass) -> int:
    return max(map(abs, entry.allowed), default=0)


def _fullest(entry: ChargeClass) -> int:
    return max(tuple_counts(entry.allowed, entry.size).values(), default=0)


def is_little_work(system: PowerSumSystem) -> bool:
    """Return whether the exact engine can search the whole system in some seconds."""
    total = 0
    for cell in cells(system):
        total += cell_cost(system, cell) + 1
        if total > LARGEST_EXACT_COST:
            return False
    return True


def require_little_work(system: PowerSumSystem, cell: Cell) -> None:
    """Refuse a cell that does not fit into machine integers and is too much for the exact engine.

    Raises
    ------
    ArgumentError
        If it is both.
    """
    if cell_cost(system, cell) > LARGEST_EXACT_COST:
        raise ArgumentError(
            "Argument 'system' must have numbers that fit into 64-bit integers and tables that "
            "fit into memory, or be small enough for exact Python integers: use a smaller bound or fewer "
            "allowed charges."
        )
