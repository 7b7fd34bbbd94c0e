"""Rows of a power-sum system: what they say about charges, and whether they solve it.

Key results
-----------
charges_of, solution_of : a row of integers as charges of the content
satisfies : whether a row solves the system, in Python integers
parts_of : the charges of a row, class by class
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from sympy import Symbol

from anomalies.diophantine.powersums.system import PowerSumSystem, Row
from anomalies.errors import ArgumentError
from anomalies.exact import as_integer
from anomalies.solutions import Solution

__all__ = ["charges_of", "parts_of", "satisfies", "solution_of"]


def charges_of(system: PowerSumSystem, row: Sequence[int]) -> dict[Symbol, Fraction]:
    """Return a row of the system as charges of its content; charges that enter no condition are 0.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import fractions_up_to, power_sum_system
    >>> system = power_sum_system(standard_model(1, 1), allowed=fractions_up_to(1, 2))
    >>> [str(value) for value in charges_of(system, (1, 1, 1, -3, -3, -3)).values()]
    ['1/2', '1/2', '1/2', '-3/2', '-3/2', '0', '-3/2']
    """
    entries = _as_row(system, row)
    result = dict.fromkeys(system.content.charge_symbols, Fraction(0))
    members = [names for entry in system.classes for names in entry.members]
    for names, value in (
        *zip(members, entries, strict=True),
        *(((name,), value) for name, value in system.fixed),
    ):
        result |= {Symbol(name): Fraction(value, system.scale) for name in names}
    return result


def solution_of(system: PowerSumSystem, row: Sequence[int]) -> Solution:
    """Return a row of the system as a `Solution` of its content, which checks every condition again."""
    return Solution(system.content, charges_of(system, row))


def satisfies(system: PowerSumSystem, row: Sequence[int]) -> bool:
    """Return whether a row satisfies every condition of the system, in Python integers.

    The box is not looked at: a solution outside it is a solution.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> system = power_sum_system(standard_model(1, 1), bound=3)
    >>> satisfies(system, (1, 1, 1, -3, -3, -3)), satisfies(system, (1, 1, 1, -3, -3, -2))
    (True, False)
    """
    totals = [0] * (len(system.linear_constant) + 2)
    for entry, charges in zip(system.classes, parts_of(system, row), strict=True):
        first, second, third = (sum(x**k for x in charges) for k in (1, 2, 3))
        parts = (*(weight * first for weight in entry.linear), entry.square * second, entry.cube * third)
        totals = [total + part for total, part in zip(totals, parts, strict=True)]
    return totals == [*system.linear_constant, system.square_constant, system.cube_constant]


def parts_of(system: PowerSumSystem, row: Sequence[int]) -> tuple[Row, ...]:
    """Return the charges of a row, class by class; the row must have one integer for each variable.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums.system import power_sum_system
    >>> parts_of(power_sum_system(standard_model(2, 0), bound=1), (0, 0, 0, 0, 0, 0, -1, 1, -1, 1))
    ((0, 0), (0, 0), (0, 0), (-1, 1), (-1, 1))
    """
    entries = _as_row(system, row)
    ends = accumulate(entry.size for entry in system.classes)
    return tuple(entries[end - entry.size : end] for entry, end in zip(system.classes, ends, strict=True))


def _as_row(system: PowerSumSystem, row: Sequence[int]) -> Row:
    width = sum(entry.size for entry in system.classes)
    entries = tuple(as_integer(value, "row") for value in row)
    if len(entries) != width:
        raise ArgumentError(f"Argument 'row' must have {width} entries, not {len(entries)}.")
    return entries
