"""All chiral sets up to a bound, one by one or in batches of rows.

Key results
-----------
chiral_sets : every set, lazily, with the guarantee
chiral_batches : the same as numpy arrays
chiral_cells, cell_rows : the joins that it is made of, for catalogues that are built piece by piece
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from anomalies.diophantine.chiral.resources import (
    MEMORY,
    kernels_for,
    partition_numbers,
    refuse_above,
    require_memory,
)
from anomalies.diophantine.chiral.sets import ChiralSet, Row, exact_rows, rows_of_sum, splittings
from anomalies.errors import ArgumentError, ArgumentTypeError, MissingToolError, must_be
from anomalies.exact import as_integer
from anomalies.solutions import SearchDomain, SearchResult

__all__ = [
    "ChiralCell",
    "as_flag",
    "as_number",
    "cell_rows",
    "chiral_batches",
    "chiral_cells",
    "chiral_domain",
    "chiral_sets",
    "machine_batches",
]

_LEAST = 5


def as_number(n: object) -> int:
    """Return a number of charges, or refuse it: fewer than five always pair off."""
    number = as_integer(n, "n")
    if number < _LEAST:
        raise ArgumentError(
            must_be("n", f"an integer of at least {_LEAST} (no fewer charges make a chiral set)", n)
        )
    return number


def as_flag(value: object, argument: str) -> bool:
    """Return a truth value, or refuse what is none."""
    if not isinstance(value, bool):
        raise ArgumentTypeError(must_be(argument, "True or False", value))
    return value


def chiral_domain(n: int, bound: int, zeros: bool, common_factors: bool) -> SearchDomain:
    """Return the question that a search for chiral sets answers."""
    return SearchDomain(
        (
            ("search", "chiral sets"),
            ("charges", n),
            ("bound", bound),
            ("zeros", "any number" if zeros else "none"),
            ("common factors", "kept" if common_factors else "divided out"),
        )
    )


def chiral_sets(
    n: int,
    bound: int,
    *,
    zeros: bool = False,
    common_factors: bool = False,
    memory: int = MEMORY,
) -> SearchResult[ChiralSet]:
    """Return all multisets of n non-zero integers |z| <= bound with sum z = sum z^3 = 0 and no pair (x, -x).

    Sets that differ by order, an overall sign or a common factor are one; the representative is that of
    `ChiralSet.is_canonical`.  The list is complete.

    Parameters
    ----------
    n : the number of charges, at least 5: with fewer, the two conditions leave nothing but pairs.
    bound : the largest |charge|, at least 1.
    zeros : whether any number of charges may be zero, though not all; first come the sets without.
    common_factors : whether multiples of a set count too.
    memory : MiB that the search may take.

    Raises
    ------
    ArgumentError : bad arguments; the search needs more memory (the message says how much).
    MissingToolError : the search is large and the extra 'search' is not installed.

    Source: table I of arXiv:1905.13729 has the six sets of the example.

    Examples
    --------
    >>> found = chiral_sets(6, 12)
    >>> found.count(), next(iter(found))
    (6, (-5, -5, -1, 2, 3, 6))
    >>> print(found)
    search = chiral sets, charges = 6, bound = 12, zeros = none, common factors = divided out: exhaustive
    """
    n, bound = as_number(n), as_integer(bound, "bound", 1)
    zeros, common_factors = as_flag(zeros, "zeros"), as_flag(common_factors, "common_factors")
    memory = as_integer(memory, "memory", 1)
    machine = kernels_for(n, bound) is not None
    require_memory(n, bound, memory, machine=machine)
    source = partial(_sets, n, bound, zeros, common_factors, memory)
    return SearchResult(chiral_domain(n, bound, zeros, common_factors), True, "", source)


def _sets(n: int, bound: int, zeros: bool, common_factors: bool, memory: int) -> Iterator[ChiralSet]:
    for size in _sizes(n, zeros):
        for row in _rows(size, bound, common_factors, memory):
            # Every set is verified here in Python integers, whichever engine found it.
            yield ChiralSet((*row, *[0] * (n - size)))


def _sizes(n: int, zeros: bool) -> range:
    """The possible numbers of non-zero charges, largest first."""
    return range(n, _LEAST - 1 if zeros else n - 1, -1)


def _rows(n: int, bound: int, common_factors: bool, memory: int) -> Iterator[Row]:
    if kernels_for(n, bound) is None:
        yield from exact_rows(n, bound, common_factors)
    else:
        for batch in machine_batches(n, bound, common_factors=common_factors, memory=memory):
            yield from map(tuple, batch.tolist())


def machine_batches(
    n: int, bound: int, *, common_factors: bool = False, width: int | None = None, memory: int = MEMORY
) -> Iterator[Any]:
    """Yield the sets of n non-zero charges as arrays of rows, one array for each sum that has any.

    Parameters
    ----------
    n, bound, common_factors, memory : as for `chiral_sets`, checked by the caller.
    width : the number of columns, at least n; what is more is filled with zeros between negative and
        positive charges.
    """
    columns = n if width is None else width
    for cell in chiral_cells(n, bound):
        rows = _machine_rows(cell, bound, columns, common_factors, memory)
        if len(rows):
            yield rows


def _machine_rows(cell: ChiralCell, bound: int, columns: int, common_factors: bool, memory: int) -> Any:
    import numpy

    from anomalies.diophantine.chiral import kernels

    kind = numpy.dtype(entry_type(bound))
    number = partition_numbers(cell.negative, bound)[cell.total]
    table = kernels.tabulate(cell.total, cell.negative, bound, number, kind)
    empty = numpy.zeros((0, columns), kind)
    found = kernels.join(cell.total, cell.positive, bound, table, not common_factors, empty)
    if not found:
        return empty
    refuse_above(2 * found * columns * kind.itemsize, memory)
    out = numpy.zeros((found, columns), kind)
    kernels.join(cell.total, cell.positive, bound, table, not common_factors, out)
    return out


@dataclass(frozen=True, slots=True)
class ChiralCell:
    """The sets with so many positive and negative charges, and this sum of the positive ones: one join."""

    positive: int
    negative: int
    total: int

    def cost(self, bound: int) -> int:
        """Return the number of partitions that the join goes through, a measure of its time."""
        sizes = (self.positive, self.negative)
        return sum(partition_numbers(size, bound)[self.total] for size in sizes)


def chiral_cells(n: int, bound: int, zeros: bool = False) -> tuple[ChiralCell, ...]:
    """Return the joins that together make `chiral_sets`, in the order of its sets.

    >>> len(chiral_cells(7, 10)), chiral_cells(7, 10)[0]
    (43, ChiralCell(positive=4, negative=3, total=4))
    """
    return tuple(
        ChiralCell(positive, negative, total)
        for size in _sizes(n, zeros)
        for positive, negative in splittings(size)
        for total in range(positive, negative * bound + 1)
    )


def cell_rows(cell: ChiralCell, n: int, bound: int, common_factors: bool, memory: int) -> Any:
    """Return the sets of a cell as an array of rows, filled with zeros to n columns.

    Parameters
    ----------
    cell : one of `chiral_cells`.
    n, bound, common_factors, memory : as for `chiral_sets`, checked by the caller.

    Raises
    ------
    ArgumentError : more memory than allowed.
    MissingToolError : numpy or numba is not installed.
    """
    try:
        import numpy
    except ImportError:
        raise MissingToolError("Arrays need numpy: pip install 'gauge-anomalies[search]'.") from None
    if kernels_for(n, bound) is not None:
        return _machine_rows(cell, bound, n, common_factors, memory)
    between = [0] * (n - cell.positive - cell.negative)
    found = rows_of_sum(cell.positive, cell.negative, cell.total, bound, common_factors)
    rows = [(*row[: cell.negative], *between, *row[cell.negative :]) for row in found]
    return numpy.array(rows, entry_type(bound)).reshape(len(rows), n)


def entry_type(bound: int) -> str:
    """Return the name of the smallest signed integer type that holds -bound to bound."""
    return next((f"int{bits}" for bits in (8, 16, 32) if bound < 1 << (bits - 1)), "int64")


def chiral_batches(
    n: int, bound: int, *, zeros: bool = False, common_factors: bool = False, memory: int = MEMORY
) -> Iterator[Any]:
    """Yield all sets of `chiral_sets`, in the same order, as numpy arrays of sorted rows.

    Raises
    ------
    ArgumentError : bad arguments; charges of more than 64 bits; more memory than allowed.
    MissingToolError : numpy or numba is not installed.
    """
    chiral_sets(n, bound, zeros=zeros, common_factors=common_factors, memory=memory)  # checks
    n, bound = as_number(n), as_integer(bound, "bound", 1)
    arrays = (
        cell_rows(cell, n, bound, common_factors, as_integer(memory, "memory", 1))
        for cell in chiral_cells(n, bound, zeros)
    )
    return filter(len, arrays)
