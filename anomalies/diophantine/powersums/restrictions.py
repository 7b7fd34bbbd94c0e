"""Extra equalities between charges: from "q1 = q2", "e1 = 0", "2 l1 = l2 + l3" to merged and fixed charges.

Equalities are solved together, exactly.  Every charge that they name becomes an affine function of a few free
ones; charges with the same function are one charge with several names, charges with a constant function are
fixed, and what is left over are linear relations between different charges.  So "l1 = l2" with "l1 = -l2"
fixes both charges to 0, and equalities that contradict each other are found out whatever their form.

Key results
-----------
parse_equality : a text as linear equations in the charges of a content
Restrictions, solve_restrictions : what a list of equations says about the charges
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sympy import Add, Symbol

from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import as_rational, to_sympy
from anomalies.fields import FieldContent
from anomalies.linear import reduced_rows
from anomalies.solutions import find_charges

__all__ = ["Equation", "Relation", "Restrictions", "parse_equality", "solve_restrictions"]

_FORM = "a linear equality such as 'q1 = q2', 'e1 = 0' or '2 l1 = l2 + l3'"
_TERM = re.compile(
    r"\s*(?P<sign>[+-]?)\s*(?P<number>[0-9]+(?:/[0-9]+|\.[0-9]+)?)?\s*(?P<times>\*?)\s*"
    r"(?P<name>[A-Za-z][A-Za-z0-9_]*)?(?:\s*/\s*(?P<divisor>[0-9]+))?\s*",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Equation:
    """One linear equation, sum coefficients[x] x = constant."""

    coefficients: tuple[tuple[Symbol, Fraction], ...]
    constant: Fraction


@dataclass(frozen=True, slots=True)
class Relation:
    """A linear equation between charges that differ, with the text by which messages call it."""

    text: str
    equation: Equation


@dataclass(frozen=True, slots=True)
class Restrictions:
    """What equalities say about charges.

    Attributes
    ----------
    fixed : charges with their only possible value.
    groups : the other charges that are restricted, those of equal value together.
    relations : linear equations between the first charges of the groups.
    """

    fixed: tuple[tuple[Symbol, Fraction], ...]
    groups: tuple[tuple[Symbol, ...], ...]
    relations: tuple[Relation, ...]


def parse_equality(content: FieldContent, text: str, argument: str = "equalities") -> tuple[Equation, ...]:
    """Return the linear equations that a text states.

    Parameters
    ----------
    content : the field content, with one U(1) of unknown charges.
    text : sums of multiples of charges and numbers with "=" between them: "q1 = q2", "e1 = e2 = 0",
        "2 l1 = l2 + l3", "l1 = 1/2".  The name of a whole field stands for each of its families in turn:
        "l = e" for three equations.
    argument : the name that an error message uses.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> [dict(equation.coefficients) for equation in parse_equality(standard_model(), "l = e")][1]
    {Q_l2: Fraction(1, 1), Q_e2: Fraction(-1, 1)}
    """
    if not isinstance(text, str):
        raise ArgumentTypeError(must_be(argument, f"a list of texts, each {_FORM}", text))
    sides = text.split("=")
    if len(sides) < 2:
        raise ArgumentError(must_be(argument, _FORM, text))
    parsed = [list(_terms(content, side, text, argument)) for side in sides]
    return tuple(
        equation for left, right in pairwise(parsed) for equation in _equations(left, right, text, argument)
    )


def _terms(
    content: FieldContent, side: str, text: str, argument: str
) -> Iterator[tuple[Fraction, tuple[Symbol, ...]]]:
    """The terms of one side: a factor and the charges it multiplies, none for a number."""
    position = 0
    while position < len(side) or not position:
        match = _TERM.match(side, position)
        if not match or not (match["number"] or match["name"]):
            raise ArgumentError(must_be(argument, _FORM, text))
        if (position and not match["sign"]) or (match["times"] and not (match["number"] and match["name"])):
            raise ArgumentError(must_be(argument, _FORM, text))
        factor = as_rational(match["sign"] + (match["number"] or "1"), argument)
        divisor = as_rational(match["divisor"] or 1, argument)
        if not divisor:
            raise ArgumentError(must_be(argument, "without a division by zero", text))
        yield factor / divisor, find_charges(content, match["name"], argument) if match["name"] else ()
        position = match.end()


def _equations(
    left: Sequence[tuple[Fraction, tuple[Symbol, ...]]],
    right: Sequence[tuple[Fraction, tuple[Symbol, ...]]],
    text: str,
    argument: str,
) -> Iterator[Equation]:
    terms = [*left, *((-factor, charges) for factor, charges in right)]
    lengths = {len(charges) for _, charges in terms if len(charges) > 1}
    if len(lengths) > 1:
        raise ArgumentError(must_be(argument, "between fields with equally many families", text))
    for family in range(max(lengths, default=1)):
        coefficients: dict[Symbol, Fraction] = {}
        constant = Fraction(0)
        for factor, charges in terms:
            if charges:
                charge = charges[family if len(charges) > 1 else 0]
                coefficients[charge] = coefficients.get(charge, Fraction(0)) + factor
            else:
                constant -= factor
        yield Equation(tuple(coefficients.items()), constant)


def solve_restrictions(
    symbols: Sequence[Symbol], equations: Sequence[Equation], argument: str = "equalities"
) -> Restrictions:
    """Return what the equations say about the charges.

    Parameters
    ----------
    symbols : the unknown charges, in the order in which they are to be listed.
    equations : linear equations between them.

    Raises
    ------
    ArgumentError
        If the equations contradict each other.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> content = standard_model()
    >>> equations = [e for text in ("q1 = q2", "2 l1 = l2 + l3") for e in parse_equality(content, text)]
    >>> found = solve_restrictions(content.charge_symbols, equations)
    >>> found.groups, [relation.text for relation in found.relations]
    (((Q_q1, Q_q2), (Q_l1,), (Q_l2,), (Q_l3,)), ['Q_l3 = 2*Q_l1 - Q_l2'])
    """
    affine = _affine_functions(symbols, equations, argument)
    free = {symbol for symbol, (_, linear) in affine.items() if linear == {symbol: 1}}
    by_function: dict[tuple[Any, ...], list[Symbol]] = {}
    for symbol, (constant, linear) in affine.items():
        by_function.setdefault((constant, tuple(linear.items())), []).append(symbol)
    groups = tuple(tuple(group) for (_, linear), group in by_function.items() if linear)
    relations = tuple(_relation(group[0], *affine[group[0]]) for group in groups if free.isdisjoint(group))
    related = {symbol for relation in relations for symbol, _ in relation.equation.coefficients}
    return Restrictions(
        tuple((symbol, constant) for symbol, (constant, linear) in affine.items() if not linear),
        tuple(group for group in groups if len(group) > 1 or group[0] in related),
        relations,
    )


def _affine_functions(
    symbols: Sequence[Symbol], equations: Sequence[Equation], argument: str
) -> dict[Symbol, tuple[Fraction, dict[Symbol, Fraction]]]:
    """Every symbol as constant + linear function of the free symbols, which stand for themselves."""
    width = len(symbols)
    place = {symbol: index for index, symbol in enumerate(symbols)}
    rows = []
    for equation in equations:
        row = [Fraction(0)] * width + [equation.constant]
        for symbol, coefficient in equation.coefficients:
            row[place[symbol]] += coefficient
        rows.append(row)
    # Later charges are solved for first, so that the first charge of a group is the free one.
    reduced, pivots = reduced_rows(rows, (*reversed(range(width)), width))
    if width in pivots:
        raise ArgumentError(f"Argument '{argument}' must be consistent, and no charges satisfy all of them.")
    solved = {
        symbols[pivot]: (
            row[width],
            {symbols[i]: -row[i] for i in range(width) if row[i] and i != pivot},
        )
        for row, pivot in zip(reduced, pivots, strict=True)
    }
    return {symbol: solved.get(symbol, (Fraction(0), {symbol: Fraction(1)})) for symbol in symbols}


def _relation(symbol: Symbol, constant: Fraction, linear: Mapping[Symbol, Fraction]) -> Relation:
    shown = Add(to_sympy(constant), *(to_sympy(c) * x for x, c in linear.items()))
    coefficients = ((symbol, Fraction(1)), *((other, -c) for other, c in linear.items()))
    return Relation(f"{symbol} = {shown}", Equation(coefficients, constant))
