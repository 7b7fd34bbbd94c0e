"""Numbers, expressions and polynomials as the checker reads and computes them.

The half of the checker that knows no logic: it reads the rational numbers, monomials and
expression trees of a certificate, expands and evaluates them, and counts what that costs.
Everything is a Python integer, `Fraction`, tuple or dict, and every file is taken to be hostile:
there is one way to write each number and each polynomial, and no step is taken that the budget,
which is fixed by the size of the file, does not pay for.

Key results
-----------
Budget : the steps and the terms that a file of a given size may cost
read_rational, read_terms, read_expression : from JSON to numbers and trees, or a refusal
expand, multiply, power, add_to : exact polynomial arithmetic on dicts
evaluate : the value of a tree at a point, without expanding it
degree_bounds : bounds of the degrees of a tree, read off without expanding it
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from operator import add
from typing import Any, TypeAlias

from anomalies.errors import ArgumentError, must_be

__all__ = [
    "ZERO",
    "Budget",
    "Expression",
    "Number",
    "Polynomial",
    "Power",
    "Product",
    "Sum",
    "Terms",
    "add_to",
    "degree_bounds",
    "evaluate",
    "expand",
    "is_natural",
    "multiply",
    "names_of",
    "power",
    "read_expression",
    "read_rational",
    "read_terms",
    "words",
]

MOST_DIGITS = 1000  # of a numerator and its denominator together
_STEPS, _STEPS_PER_BYTE = 10_000_000, 100
_TERMS, _TERMS_PER_BYTE = 200_000, 1
_OVERHEAD = 32  # steps of a multiplication, however small

_RATIONAL = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?", re.ASCII)
_FACTOR = re.compile(r"([A-Za-z][A-Za-z0-9_]*)(?:\^([1-9][0-9]{0,8}))?", re.ASCII)

Number: TypeAlias = int | Fraction  # an int where the denominator is 1: ten times as fast
Polynomial: TypeAlias = dict[tuple[int, ...], Number]  # exponents -> coefficient, never zero


@dataclass(frozen=True, slots=True)
class Terms:
    """A sum of terms: a coefficient and (name, exponent) pairs each.  Numbers and names are such sums."""

    terms: tuple[tuple[Number, tuple[tuple[str, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of two or more expressions."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """The product of two or more expressions."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Power:
    """An expression to a natural exponent of at least 2."""

    base: Expression
    exponent: int


Expression: TypeAlias = Terms | Sum | Product | Power

ZERO = Terms(())


class Budget:
    """What a file of `size` bytes may cost: steps bound the time, terms the memory.

    A step is about one multiplication of 64-bit words; a term is one term of a polynomial in few variables.
    """

    __slots__ = ("_steps", "_terms")

    def __init__(self, size: int) -> None:
        """Grant what a file of `size` bytes may cost."""
        self._steps = _STEPS + _STEPS_PER_BYTE * size
        self._terms = _TERMS + _TERMS_PER_BYTE * size

    def spend(self, steps: int) -> None:
        """Pay for `steps` before taking them, or refuse the file."""
        self._steps -= steps
        if self._steps < 0:
            raise ArgumentError("Argument 'certificate' must be checkable in the time its size allows.")

    def hold(self, polynomial: Polynomial) -> int:
        """Refuse the file if a polynomial has more terms than it may keep, else return their price."""
        price = len(polynomial) * (1 + len(next(iter(polynomial), ())) // 8)
        if price > self._terms:
            raise ArgumentError("Argument 'certificate' must be checkable in the memory its size allows.")
        return price

    def keep(self, polynomial: Polynomial) -> Polynomial:
        """Return the polynomial, its terms paid for."""
        self._terms -= self.hold(polynomial)
        return polynomial


# ---------------------------------------------------------------------------------------- reading


def is_natural(value: object, least: int = 0) -> bool:
    """Tell whether a JSON value is an integer of at least `least` (true and false are none)."""
    return type(value) is int and value >= least


def read_rational(data: object, where: str) -> Number:
    """Return the number written as "p" or "p/q" in lowest terms with q > 1."""
    if isinstance(data, str) and len(data) <= MOST_DIGITS and (match := _RATIONAL.fullmatch(data)):
        numerator, denominator = int(match[1]), int(match[2] or 1)
        if match[2] is None:
            return numerator
        if denominator > 1 and gcd(numerator, denominator) == 1:
            return Fraction(numerator, denominator)
    raise ArgumentError(must_be(where, 'a rational number such as "-3/5" in lowest terms', data))


def read_terms(data: object, names: Mapping[str, int], where: str) -> Terms:
    """Return the polynomial written as {"x^2*y": "3/5", "1": "-2"}.

    The monomials come in strictly descending lexicographic order of their exponents, the
    factors of each in the order of `names` (a name and its position), and no coefficient is zero.
    """
    if not isinstance(data, dict):
        raise ArgumentError(must_be(where, "a polynomial as an object of monomials", data))
    terms, last = [], None
    for monomial, coefficient in data.items():
        factors = _read_monomial(monomial, names, where)
        # The first difference decides: a name that comes earlier, or the same to a higher power.
        key = (*((names[name], -exponent) for name, exponent in factors), (len(names), 0))
        number = read_rational(coefficient, where)
        if number == 0 or (last is not None and key <= last):
            raise ArgumentError(must_be(where, "a polynomial with sorted, non-zero terms", monomial))
        terms.append((number, factors))
        last = key
    return Terms(tuple(terms))


def _read_monomial(text: str, names: Mapping[str, int], where: str) -> tuple[tuple[str, int], ...]:
    if text == "1":
        return ()
    factors, last = [], -1
    for factor in text.split("*"):
        match = _FACTOR.fullmatch(factor)
        if match is None or names.get(match[1], -1) <= last or match[2] == "1":
            raise ArgumentError(must_be(where, "a monomial such as 'x^2*y' in the known names", text))
        last = names[match[1]]
        factors.append((match[1], int(match[2] or 1)))
    return tuple(factors)


def read_expression(data: Any, names: Mapping[str, int], where: str) -> Expression:
    """Return the tree of an expression.

    "3/5" | "x" | {"x^2*y": "3/5", ...} | ["+", e, e, ...] | ["*", e, e, ...] | ["^", e, k], k >= 2.
    """
    match data:
        case str() if data in names:
            return Terms(((1, ((data, 1),)),))
        case str():
            number = read_rational(data, where)
            return Terms(((number, ()),) if number else ())
        case dict() if data:
            return read_terms(data, names, where)
        case ["+", _, _, *_]:
            return Sum(tuple(read_expression(part, names, where) for part in data[1:]))
        case ["*", _, _, *_]:
            return Product(tuple(read_expression(part, names, where) for part in data[1:]))
        case ["^", base, exponent] if is_natural(exponent, 2):
            return Power(read_expression(base, names, where), exponent)
    raise ArgumentError(must_be(where, "an expression in the known names", data))


# ------------------------------------------------------------------------------------- polynomials


def words(value: Number) -> int:
    """Return the size of a number in words of 64 bits, at least 1."""
    if isinstance(value, int):
        return 1 + value.bit_length() // 64
    return 2 + (value.numerator.bit_length() + value.denominator.bit_length()) // 64


def add_to(total: Polynomial, other: Polynomial, budget: Budget, sign: int = 1) -> None:
    """Add `sign` times `other` to `total`, in place."""
    for monomial, coefficient in other.items():
        value = total.get(monomial, 0) + sign * coefficient
        budget.spend(words(value) ** 2)
        if value:
            total[monomial] = value
        else:
            del total[monomial]
    budget.hold(total)


def multiply(left: Polynomial, right: Polynomial, budget: Budget) -> Polynomial:
    """Return the product of two polynomials.

    It is computed in integers, over the common denominator: sums of many fractions would grow
    without being paid for.
    """
    budget.spend(_OVERHEAD)
    left, left_denominator = _integral(left, budget)
    right, right_denominator = _integral(right, budget)
    size = max(map(words, left.values()), default=0) * max(map(words, right.values()), default=0)
    width = len(next(iter(left), ())) // 8 + 1
    product: Polynomial = {}
    for monomial, coefficient in left.items():
        budget.spend(len(right) * (size + width))
        for other, factor in right.items():
            exponents = tuple(map(add, monomial, other))
            product[exponents] = product.get(exponents, 0) + coefficient * factor
        budget.hold(product)
    denominator = left_denominator * right_denominator
    return budget.keep({m: _quotient(value, denominator, budget) for m, value in product.items() if value})


def _integral(polynomial: Polynomial, budget: Budget) -> tuple[Polynomial, int]:
    """Return a polynomial times its common denominator, and that denominator."""
    denominator = 1
    for value in polynomial.values():
        if isinstance(value, Fraction):
            denominator = lcm(denominator, value.denominator)
            budget.spend(words(denominator))
    if denominator == 1:
        return polynomial, 1
    budget.spend(len(polynomial) * words(denominator))
    return {
        m: value.numerator * (denominator // value.denominator) for m, value in polynomial.items()
    }, denominator


def _quotient(value: Number, denominator: int, budget: Budget) -> Number:
    if denominator == 1:
        return value
    budget.spend(words(value) * words(denominator))
    quotient = Fraction(value, denominator)
    return quotient if quotient.denominator > 1 else quotient.numerator


def power(base: Polynomial, exponent: int, one: Polynomial, budget: Budget) -> Polynomial:
    """Return a power of a polynomial, by repeated multiplication: best for few terms."""
    budget.spend(exponent * _OVERHEAD)
    result = one
    for _ in range(exponent):
        result = multiply(result, base, budget)
    return result


def expand(
    expression: Expression, values: Mapping[str, Polynomial], one: Polynomial, budget: Budget
) -> Polynomial:
    """Return the polynomial that an expression is, with the polynomial of each name in `values`."""
    if isinstance(expression, Power):
        return power(expand(expression.base, values, one, budget), expression.exponent, one, budget)
    if isinstance(expression, Product):
        result = one
        for part in expression.parts:
            result = multiply(result, expand(part, values, one, budget), budget)
        return result
    total: Polynomial = {}
    if isinstance(expression, Sum):
        for part in expression.parts:
            add_to(total, expand(part, values, one, budget), budget)
        return budget.keep(total)
    for coefficient, factors in expression.terms:
        term = {monomial: coefficient * value for monomial, value in one.items()}
        for name, exponent in factors:
            term = multiply(term, power(values[name], exponent, one, budget), budget)
        add_to(total, term, budget)
    return budget.keep(total)


# ------------------------------------------------------------------------------ without expanding


def _number_power(base: Number, exponent: int, budget: Budget) -> Number:
    budget.spend((exponent * words(base)) ** 2)
    value: Number = base**exponent
    return value


def evaluate(expression: Expression, values: Mapping[str, Number], budget: Budget) -> Number:
    """Return the value of an expression at a point."""
    budget.spend(1)
    if isinstance(expression, Power):
        return _number_power(evaluate(expression.base, values, budget), expression.exponent, budget)
    if isinstance(expression, Product):
        result: Number = 1
        for part in expression.parts:
            factor = evaluate(part, values, budget)
            budget.spend(words(result) * words(factor))
            result *= factor
        return result
    total: Number = 0
    if isinstance(expression, Sum):
        for part in expression.parts:
            term = evaluate(part, values, budget)
            budget.spend(words(total) * words(term))
            total += term
        return total
    for coefficient, factors in expression.terms:
        term = coefficient
        for name, exponent in factors:
            factor = values[name] if exponent == 1 else _number_power(values[name], exponent, budget)
            budget.spend(words(term) * words(factor))
            term *= factor
        budget.spend(words(total) * words(term))
        total += term
    return total


def names_of(expression: Expression) -> set[str]:
    """Return the names in an expression."""
    if isinstance(expression, Power):
        return names_of(expression.base)
    if isinstance(expression, Terms):
        return {name for _, factors in expression.terms for name, _ in factors}
    return set().union(*map(names_of, expression.parts))


def degree_bounds(expression: Expression, bounds: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Return bounds of the degrees of an expression, given those of each name.

    The degree of a product is at most the sum, that of a sum at most the maximum; a
    cancellation can only lower them.
    """
    if isinstance(expression, Power):
        return tuple(expression.exponent * bound for bound in degree_bounds(expression.base, bounds))
    if isinstance(expression, Product):
        return tuple(map(sum, zip(*(degree_bounds(part, bounds) for part in expression.parts), strict=True)))
    if isinstance(expression, Sum):
        return tuple(map(max, zip(*(degree_bounds(part, bounds) for part in expression.parts), strict=True)))
    zero = (0,) * len(next(iter(bounds.values()), ()))
    result = zero
    for _, factors in expression.terms:
        degrees = zero
        for name, exponent in factors:
            degrees = tuple(d + exponent * bound for d, bound in zip(degrees, bounds[name], strict=True))
        result = tuple(map(max, result, degrees))
    return result
