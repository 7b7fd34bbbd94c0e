"""Every rational solution of a content, once each, by the height of its charges.

The height of rational charges x is max(d, |d x_1|, ..., |d x_k|) with their least common denominator d.  The
conditions are homogeneous, so x solves them if and only if the integers d x do, and the solutions of height h
are the vectors v/d of integer solutions v in the box |v_i| <= h with

    gcd(d, v) = 1   and   max(d, |v|) = h.

The complete search of power-sum systems finds all v: one row for charges that differ by the order of the
families, so that every order is made from it.  Whatever is asked of the solutions besides is asked of each of
them, and so what is kept is complete as well, and in order.

Key results
-----------
solutions_by_height : every solution of a content, or those with a property
integer_charges_by_height : the same as integers with a denominator, not made into solutions
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import count, product
from math import gcd
from typing import TypeAlias

from anomalies.diophantine.powersums import PowerSumSystem, parts_of, power_sum_system, solutions
from anomalies.errors import ArgumentError, must_be
from anomalies.fields import FieldContent, as_content
from anomalies.solutions import Solution

__all__ = ["Property", "integer_charges_by_height", "solutions_by_height"]

_Integers: TypeAlias = tuple[int, ...]

# Asked of integer charges in the order of the content's symbols; the answer is that for all multiples.
Property: TypeAlias = Callable[[_Integers], bool]


def solutions_by_height(content: FieldContent, has: Property | None = None) -> Iterator[Solution]:
    """Yield every rational solution of a content, once, by the height of its charges; without end.

    The number of solutions of a height grows fast with the number of charges, but none is made before it is
    asked for.

    Parameters
    ----------
    content : one with one U(1) of unknown charges, and with homogeneous conditions that are power sums.
    has : a property that solutions must have, asked of integer charges in the order of
        `content.charge_symbols`.  It has to hold for all positive multiples or for none, and must not
        depend on charges that are in no condition: in the question these are 0.

    Raises
    ------
    ArgumentError
        If the conditions are no power sums (see `power_sum_system`), or not homogeneous.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> first = next(solutions_by_height(standard_model(1, 1), lambda charges: charges[0] != 0))
    >>> [str(value) for _, value in first.values]
    ['-1', '-1', '-1', '3', '3', '-3', '3']
    """
    symbols = as_content(content).charge_symbols
    return (
        Solution(content, {s: Fraction(x, d) for s, x in zip(symbols, vector, strict=True)})
        for d, vector in integer_charges_by_height(content, has)
    )


def integer_charges_by_height(
    content: FieldContent, has: Property | None = None
) -> Iterator[tuple[int, _Integers]]:
    """Yield (d, v) for every rational solution v/d of a content, as `solutions_by_height` does.

    The integers v are in the order of `content.charge_symbols`, and have no divisor in common with d > 0.

    >>> from itertools import islice
    >>> from anomalies import standard_model
    >>> list(islice(integer_charges_by_height(standard_model(1, 1)), 2))
    [(1, (0, -1, 1, 0, 1, -1, -1)), (1, (0, -1, 1, 0, 1, 0, -1))]
    """
    if not power_sum_system(content, bound=1).is_homogeneous:
        raise ArgumentError(must_be("content", "one with homogeneous conditions", content))
    return (found for height in count(1) for found in _of_height(content, height, has or _anything))


def _anything(vector: _Integers) -> bool:
    return True


def _of_height(content: FieldContent, height: int, has: Property) -> Iterator[tuple[int, _Integers]]:
    for vector in _integer_solutions(content, height, has):
        divisor = gcd(*vector)
        if max(map(abs, vector)) < height:
            if gcd(height, divisor) == 1:
                yield height, vector
            continue
        for d in range(1, height + 1):
            if gcd(d, divisor) == 1:
                yield d, vector


def _integer_solutions(content: FieldContent, largest: int, has: Property) -> Iterator[_Integers]:
    """Yield every solution in integers of at most that size, in the order of the content's charges."""
    system = power_sum_system(content, bound=largest)
    names = [str(symbol) for symbol in content.charge_symbols]
    columns = [system.variables.index(name) if name in system.variables else None for name in names]
    places = [index for index, column in enumerate(columns) if column is None]
    for row in solutions(system):
        for ordered in _orders(system, row):
            vector = [0 if column is None else ordered[column] for column in columns]
            if not has(tuple(vector)):
                continue
            for free in product(range(-largest, largest + 1), repeat=len(places)):
                for place, value in zip(places, free, strict=True):
                    vector[place] = value
                yield tuple(vector)


def _orders(system: PowerSumSystem, row: Sequence[int]) -> Iterator[_Integers]:
    """Yield the row with the charges of each class in every order."""
    for parts in product(*(list(_arrangements(part)) for part in parts_of(system, row))):
        yield tuple(x for part in parts for x in part)


def _arrangements(part: _Integers) -> Iterator[_Integers]:
    """Yield the different orders of sorted integers, each once."""
    if not part:
        yield ()
    for index, first in enumerate(part):
        if not index or part[index - 1] != first:
            yield from ((first, *rest) for rest in _arrangements(part[:index] + part[index + 1 :]))
