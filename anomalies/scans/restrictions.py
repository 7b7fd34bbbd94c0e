"""Restrictions of a scan: exact conditions on charges, with the words that a table prints.

A condition is a sympy one, made of =, !=, <, <= between polynomials and of And, Or, Not.  It is evaluated on
exact rationals: each side is cleared of denominators first, so that no number ever becomes a float.

Key results
-----------
Restriction : words and a condition
holds, condition_text : whether a condition is true at given charges; a condition as one writes it
polynomial_function, rational_function : sympy expressions as functions of exact numbers
equality_text : a linear equality as a text for the engine
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sympy import (
    And,
    Eq,
    Float,
    Ge,
    Gt,
    Le,
    Lt,
    Ne,
    Not,
    Or,
    Poly,
    PolynomialError,
    Symbol,
    fraction,
    lambdify,
    sympify,
    together,
)
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError, UnknownNameError, must_be
from anomalies.exact import as_rational
from anomalies.fields import FieldContent
from anomalies.linear import linear_coefficients
from anomalies.solutions import charge_names

__all__ = [
    "Restriction",
    "Test",
    "charge_labels",
    "condition_function",
    "condition_text",
    "equality_text",
    "holds",
    "polynomial_function",
    "rational_function",
    "require_charges",
]

_COMPARISONS: dict[Any, tuple[str, Callable[[Any, Any], bool]]] = {
    Eq: ("=", operator.eq),
    Ne: ("!=", operator.ne),
    Lt: ("<", operator.lt),
    Le: ("<=", operator.le),
    Gt: (">", operator.gt),
    Ge: (">=", operator.ge),
}
Test = Callable[[Sequence[Fraction]], bool]


@dataclass(frozen=True, slots=True, repr=False)
class Restriction(Printable):
    """A condition on charges, and its words.

    Parameters
    ----------
    words : what it means, for a line of a table: "the muon is vector-like".
    condition : a sympy condition between polynomials in charges: Eq(mu_L, mu_R), Ne(q, t), And(...).

    Examples
    --------
    >>> from sympy import Eq
    >>> from sympy.abc import x, y
    >>> restriction = Restriction("a circle", Eq(x**2 + y**2, 1))
    >>> print(restriction, holds(restriction.condition, {x: Fraction(3, 5), y: Fraction(-4, 5)}))
    a circle: x**2 + y**2 = 1 True
    """

    words: str
    condition: Boolean

    def __post_init__(self) -> None:
        """Refuse what is no condition, or one that cannot be decided exactly."""
        if not isinstance(self.words, str) or not self.words:
            raise ArgumentTypeError(must_be("words", "a sentence", self.words))
        if not isinstance(self.condition, Boolean):
            raise ArgumentTypeError(
                must_be(f"restrictions[{self.words}]", "a condition such as Eq(mu_L, mu_R)", self.condition)
            )
        condition_function(self.condition, tuple(sorted(self.symbols, key=str)))

    @property
    def symbols(self) -> frozenset[Symbol]:
        """The charges that the condition is about."""
        return frozenset(self.condition.free_symbols)

    def _sympystr(self, printer: Any) -> str:
        return f"{self.words}: {condition_text(self.condition)}"

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.condition))


def condition_text(condition: Boolean) -> str:
    """Return a condition as one writes it.

    >>> from sympy.abc import x, y
    >>> condition_text(Eq(x, 1) & (Ne(y, 0) | (x < y)))
    '(y != 0 or x < y) and x = 1'
    """
    if isinstance(condition, And | Or):
        joint = " and " if isinstance(condition, And) else " or "
        return joint.join(
            f"({condition_text(part)})" if isinstance(part, And | Or) else condition_text(part)
            for part in sorted(condition.args, key=str)
        )
    if isinstance(condition, Not):
        return f"not ({condition_text(condition.args[0])})"
    if type(condition) in _COMPARISONS:
        return f"{condition.lhs} {_COMPARISONS[type(condition)][0]} {condition.rhs}"
    return str(condition)


def holds(condition: Boolean, charges: Mapping[Symbol, Fraction]) -> bool:
    """Return whether a condition is true at exact charges, which must include all that it is about."""
    symbols = tuple(charges)
    require_charges(condition.free_symbols, symbols, "charges")
    return condition_function(condition, symbols)([charges[symbol] for symbol in symbols])


def require_charges(named: Iterable[Symbol], known: Iterable[Symbol], argument: str) -> None:
    """Refuse symbols that are no charges of the content."""
    unknown = sorted(set(named) - set(known), key=str)
    if unknown:
        names = ", ".join(map(str, known))
        raise UnknownNameError(must_be(argument, f"about charges among {names}", str(unknown[0])))


@lru_cache(maxsize=256)
def condition_function(condition: Boolean, symbols: tuple[Symbol, ...]) -> Test:
    """Return a condition as a function of the values of the symbols, in their order."""
    if isinstance(condition, BooleanTrue | BooleanFalse):
        constant = bool(condition)
        return lambda _: constant
    if isinstance(condition, Not):
        inner = condition_function(condition.args[0], symbols)
        return lambda values: not inner(values)
    if isinstance(condition, And | Or):
        parts = [condition_function(part, symbols) for part in condition.args]
        combine = all if isinstance(condition, And) else any
        return lambda values: combine(part(values) for part in parts)
    if type(condition) not in _COMPARISONS:
        raise ArgumentError(must_be("condition", "made of =, !=, <, <=, And, Or and Not", str(condition)))
    _, compare = _COMPARISONS[type(condition)]
    if condition.atoms(Float):
        raise InexactNumberError(must_be("condition", "exact, with Rational(1, 2) for 0.5", str(condition)))
    difference = polynomial_function(condition.lhs - condition.rhs, symbols)
    return lambda values: compare(difference(*values), 0)


def polynomial_function(expression: Any, symbols: Sequence[Symbol]) -> Callable[..., Any]:
    """Return a positive integer multiple of a rational polynomial as a function of exact values.

    >>> from sympy.abc import x
    >>> polynomial_function(x**2 / 3 - 1, [x])(Fraction(1, 2))
    Fraction(-11, 4)
    """
    try:
        _, cleared = Poly(sympify(expression), *symbols, domain="QQ").clear_denoms(convert=True)
    except PolynomialError:
        raise ArgumentError(must_be("condition", "between polynomials in charges", str(expression))) from None
    compiled: Callable[..., Any] = lambdify(list(symbols), cleared.as_expr(), modules=[{}])
    return compiled


def rational_function(
    expression: Any, symbols: Sequence[Symbol], argument: str = "expression"
) -> Callable[..., Fraction]:
    """Return a rational function as a function of exact values.

    Where the denominator vanishes it raises `ZeroDivisionError`.

    >>> from sympy.abc import x
    >>> rational_function(x / 3 - 1 / x, [x])(Fraction(1, 2))
    Fraction(-11, 6)
    """
    require_charges(sympify(expression).free_symbols, symbols, argument)
    sides = []
    for side in fraction(together(sympify(expression))):
        try:
            factor, cleared = Poly(side, *symbols, domain="QQ").clear_denoms(convert=True)
        except PolynomialError:
            raise ArgumentError(
                must_be(argument, "a rational function of charges", str(expression))
            ) from None
        sides.append((int(factor), lambdify(list(symbols), cleared.as_expr(), modules=[{}])))
    (over, numerator), (under, denominator) = sides

    def value(*values: Fraction) -> Fraction:
        result: Fraction = Fraction(under * numerator(*values)) / (over * denominator(*values))
        return result

    return value


# ---------------------------------------------------------------- linear equalities


def equality_text(content: FieldContent, equality: Any) -> str:
    """Return a linear equality between charges as a text that `parse_equality` reads.

    A text names fields and families, so that the symbol q and the field q are not mistaken for each other.

    Examples
    --------
    >>> from sympy import Symbol
    >>> from anomalies.literature import scenario
    >>> equality_text(scenario().content, Eq(Symbol("t"), -2 * Symbol("q")))
    '2 q1 + 1 t = 0'
    """
    if not isinstance(equality, Eq):
        raise ArgumentTypeError(must_be("equalities", "made of equalities such as Eq(mu_L, mu_R)", equality))
    symbols = content.charge_symbols
    require_charges(equality.free_symbols, symbols, "equalities")
    difference = sympify(equality.lhs - equality.rhs).expand()
    constant, _ = difference.as_coeff_Add()
    coefficients = linear_coefficients(difference - constant, symbols, "equalities")
    names = charge_labels(content)
    terms = [
        f"{coefficient} {names[s]}"
        for s, coefficient in zip(symbols, coefficients, strict=True)
        if coefficient
    ]
    return f"{' + '.join(terms) or '0'} = {-as_rational(constant, 'equalities')}".replace("+ -", "- ")


def charge_labels(content: FieldContent) -> dict[Symbol, str]:
    """Return a name for each charge that means it and nothing else."""
    return {
        symbols[0]: name for name, symbols in reversed(charge_names(content).items()) if len(symbols) == 1
    }
