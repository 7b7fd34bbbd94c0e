"""Allowed charges: finite sets of rationals, by name, from a bound or from an explicit set.

Key results
-----------
fractions_up_to : the rationals p/q with bounded numerator and denominator
allowed_values : the allowed values of every charge of a content
fixed_charges : the charges with a given value

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447: charges p/q with |p|, |q| <= 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

from sympy import Symbol

from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import RationalLike, as_integer, as_rational
from anomalies.fields import FieldContent
from anomalies.solutions import find_charges

__all__ = ["AllowedValues", "allowed_values", "fixed_charges", "fractions_up_to"]

# The values that one charge may take: integers for a box, so that a large one costs little.
AllowedValues: TypeAlias = tuple[Fraction | int, ...]

# Allowed values are listed one by one; no search comes anywhere near this box.
_LARGEST_BOUND = 10**6


def fractions_up_to(largest_numerator: int, largest_denominator: int) -> tuple[Fraction, ...]:
    """Return all p/q with |p| <= largest_numerator and 1 <= q <= largest_denominator, sorted.

    Source: EFT, arXiv:1705.03447, where |p|, |q| <= 4.

    >>> [str(value) for value in fractions_up_to(2, 2)]
    ['-2', '-1', '-1/2', '0', '1/2', '1', '2']
    """
    numerator = as_integer(largest_numerator, "largest_numerator", 0)
    denominator = as_integer(largest_denominator, "largest_denominator", 1)
    return tuple(
        sorted({Fraction(p, q) for p in range(-numerator, numerator + 1) for q in range(1, denominator + 1)})
    )


def fixed_charges(content: FieldContent, fixed: Mapping[str, RationalLike] | None) -> dict[Symbol, Fraction]:
    """Return the charges that a mapping from names fixes, with their values."""
    if not isinstance(fixed or {}, Mapping):
        raise ArgumentTypeError(must_be("fixed", "a mapping from names of charges to their values", fixed))
    return {
        symbol: as_rational(value, f"fixed[{name}]")
        for name, value in (fixed or {}).items()
        for symbol in find_charges(content, name, "fixed")
    }


def allowed_values(
    content: FieldContent,
    bound: int | None,
    allowed: Mapping[str, Iterable[RationalLike]] | Iterable[RationalLike] | None,
) -> tuple[dict[Symbol, AllowedValues], set[Symbol]]:
    """Return the allowed values of every charge that has any, sorted; and the charges that are named."""
    result: dict[Symbol, AllowedValues] = {}
    named: set[Symbol] = set()
    if allowed is not None and not isinstance(allowed, Mapping):
        if bound is not None:
            raise ArgumentError(must_be("bound", "left out when one set is allowed for all charges", bound))
        return dict.fromkeys(content.charge_symbols, _as_values(allowed, "allowed")), named
    if bound is not None:
        largest = as_integer(bound, "bound", 0)
        if largest > _LARGEST_BOUND:
            raise ArgumentError(must_be("bound", f"an integer from 0 to {_LARGEST_BOUND}", bound))
        result = dict.fromkeys(content.charge_symbols, tuple(range(-largest, largest + 1)))
    for name, values in (allowed or {}).items():
        charges = find_charges(content, name, "allowed")
        result |= dict.fromkeys(charges, _as_values(values, f"allowed[{name}]"))
        named.update(charges)
    return result, named


def _as_values(values: Iterable[RationalLike], argument: str) -> AllowedValues:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ArgumentTypeError(must_be(argument, "a set of rational numbers", values))
    found = {as_rational(value, argument) for value in values}
    if not found:
        raise ArgumentError(must_be(argument, "a set with at least one number", "an empty one"))
    return tuple(sorted(found))
