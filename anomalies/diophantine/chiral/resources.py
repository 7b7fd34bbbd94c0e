"""What a search for chiral sets needs, known before it starts: memory, machine integers, an engine.

Key results
-----------
partition_numbers : how many partitions every sum has
fits_machine : whether 64-bit integers hold every intermediate value
needed_bytes, require_memory, refuse_above : the memory of the search, and the refusal that names it
kernels_for : the compiled kernels, or None where Python integers do
"""

from __future__ import annotations

from functools import lru_cache
from math import comb
from typing import Any

from anomalies.diophantine.chiral.sets import splittings
from anomalies.errors import ArgumentError, MissingToolError
from anomalies.exact import as_integer

__all__ = [
    "MEMORY",
    "fits_machine",
    "kernels_for",
    "needed_bytes",
    "partition_numbers",
    "refuse_above",
    "require_memory",
]

MEMORY = 1024  # MiB

_MACHINE = 2**61
_PYTHON_WORK = 20_000  # partitions: below, Python is done before numba is loaded
_MOST_PYTHON_WORK = 5 * 10**6
_EXACT_LISTING = 10**6  # steps of the recurrence: less than a second


@lru_cache(maxsize=16)
def partition_numbers(size: int, bound: int) -> tuple[int, ...]:
    """Return for every sum from 0 the number of its partitions into `size` parts from 1 to `bound`.

    The generating function is x^k times the Gaussian binomial, prod_i (1 - x^(Z-1+i))/(1 - x^i), i = 1 ... k.

    >>> partition_numbers(2, 3)
    (0, 0, 1, 1, 2, 1, 1)
    """
    length = size * (bound - 1) + 1
    numbers = [1, *[0] * (length - 1)]
    for i in range(1, size + 1):
        for place in range(length - 1, bound + i - 2, -1):
            numbers[place] -= numbers[place - bound + 1 - i]
        for place in range(i, length):
            numbers[place] += numbers[place - i]
    return (*[0] * size, *numbers)


def fits_machine(charges: int, bound: int) -> bool:
    """Return whether every integer in a kernel fits into 64 bits.

    With |z| <= Z none exceeds 6 n Z^3 (in the test that prunes, six weights at a time).

    >>> fits_machine(12, 32), fits_machine(12, 10**6)
    (True, False)
    """
    return 6 * charges * bound**3 < _MACHINE


def needed_bytes(charges: int, bound: int, *, machine: bool) -> int:
    """Return the memory that the table of one sum can take, at most; a lower bound where that is hopeless.

    The table holds the partitions of one sum into floor(n/2) parts, at most.

    >>> needed_bytes(12, 32, machine=True) < 10**7
    True
    """
    size = charges // 2
    per_row = (2 * size * _entry_bytes(bound) + 5 * 8 + 8 * 8) if machine else 200 + 40 * size
    if size * size * bound <= _EXACT_LISTING:
        number = max(partition_numbers(size, bound))
    else:
        # The largest number is not below the average.
        number = comb(bound - 1 + size, size) // (size * (bound - 1) + 1)
    return number * per_row


def _entry_bytes(bound: int) -> int:
    return next((size for size in (1, 2, 4) if bound < 1 << (8 * size - 1)), 8)


def require_memory(charges: int, bound: int, memory: int, *, machine: bool) -> None:
    """Refuse a search that needs more than `memory` MiB.

    Raises
    ------
    ArgumentError
        With the figure.
    """
    allowed = as_integer(memory, "memory", 1)
    refuse_above(needed_bytes(charges, bound, machine=machine), allowed)


def refuse_above(needed: int, memory: int) -> None:
    """Refuse what needs more bytes than `memory` MiB."""
    if needed > memory << 20:
        raise ArgumentError(
            f"Argument 'memory' must be at least {-(-needed >> 20)} MiB for this search, not {memory}."
        )


def kernels_for(charges: int, bound: int) -> Any:
    """Return the module of kernels, or None where the search is small or its numbers are too large.

    Raises
    ------
    MissingToolError
        If the search is too much for Python and numba is not installed.
    """
    work = sum(comb(bound - 1 + positive, positive) for positive, _ in splittings(charges))
    if work <= _PYTHON_WORK or not fits_machine(charges, bound):
        return None
    try:
        from anomalies.diophantine.chiral import kernels
    except ImportError:
        if work <= _MOST_PYTHON_WORK:
            return None
        raise MissingToolError(
            "Chiral sets of this size need numba: pip install 'gauge-anomalies[search]'."
        ) from None
    return kernels
