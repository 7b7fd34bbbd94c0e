"""How many chiral sets there are, without keeping them.

Key results
-----------
count_chiral_sets : the number of sets up to a bound

Method
------
Without a condition on the common factor the kernels only count; by Moebius inversion the number of primitive
sets up to Z is the sum over d of mu(d) times the number of all sets up to floor(Z/d).
"""

from __future__ import annotations

from flint import fmpz

from anomalies.diophantine.chiral.enumeration import as_flag, as_number
from anomalies.diophantine.chiral.resources import MEMORY, kernels_for, partition_numbers, require_memory
from anomalies.diophantine.chiral.sets import exact_rows, splittings
from anomalies.exact import as_integer

__all__ = ["count_chiral_sets", "machine_count"]


def count_chiral_sets(
    n: int,
    bound: int,
    *,
    zeros: bool = False,
    common_factors: bool = False,
    memory: int = MEMORY,
) -> int:
    """Return the number of sets that `chiral_sets` has with the same arguments.

    Parameters
    ----------
    n, bound, zeros, common_factors, memory : as for `chiral_sets`.

    Raises
    ------
    ArgumentError : bad arguments; the search needs more memory (the message says how much).
    MissingToolError : the search is large and the extra 'search' is not installed.

    Examples
    --------
    >>> count_chiral_sets(6, 15), count_chiral_sets(6, 15, common_factors=True)
    (12, 15)
    """
    n, bound = as_number(n), as_integer(bound, "bound", 1)
    zeros, common_factors = as_flag(zeros, "zeros"), as_flag(common_factors, "common_factors")
    require_memory(n, bound, memory, machine=kernels_for(n, bound) is not None)
    sizes = range(5, n + 1) if zeros else (n,)
    divisors = [(1, 1)] if common_factors else [(d, mu) for d in range(1, bound + 1) if (mu := _moebius(d))]
    return sum(mu * _count(size, bound // d) for size in sizes for d, mu in divisors)


def _moebius(number: int) -> int:
    result = 1
    for _, exponent in fmpz(number).factor():
        result = -result if exponent == 1 else 0
    return result


def _count(n: int, bound: int) -> int:
    """The number of sets of n non-zero charges, multiples included."""
    if kernels_for(n, bound) is None:
        return sum(1 for _ in exact_rows(n, bound, common_factors=True))
    return machine_count(n, bound)


def machine_count(n: int, bound: int) -> int:
    """Return the number of sets of n non-zero charges, multiples included, by the compiled kernels."""
    import numpy

    from anomalies.diophantine.chiral import kernels
    from anomalies.diophantine.chiral.enumeration import entry_type

    kind = numpy.dtype(entry_type(bound))
    empty = numpy.zeros((0, n), kind)
    result = 0
    for positive, negative in splittings(n):
        numbers = partition_numbers(negative, bound)
        for total in range(positive, negative * bound + 1):
            table = kernels.tabulate(total, negative, bound, numbers[total], kind)
            result += kernels.join(total, positive, bound, table, False, empty)
    return result
