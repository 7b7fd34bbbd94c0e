"""Polynomial expressions as the text of the schema: from sympy and back.

A product or a power stays as it is written; the monomials of a sum are collected into one object.

Key results
-----------
formal_expression : a sympy expression as JSON data
expression_of : JSON data as a sympy expression
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sympy import Add, Expr, Mul, Pow, Rational, Symbol

from anomalies.errors import ArgumentError, must_be

__all__ = ["expression_of", "formal_expression"]

_Powers: TypeAlias = tuple[tuple[Symbol, int], ...]


def formal_expression(expression: Expr, positions: Mapping[Symbol, int]) -> Any:
    """Return the formal text of a polynomial expression, its products and powers kept.

    Terms that are monomials are collected, so that an expanded polynomial becomes one object.
    """
    if expression.is_Rational:
        return str(expression)
    if expression.is_Symbol:
        _known(expression, positions)
        return expression.name
    if (
        expression.is_Pow
        and expression.exp.is_Integer
        and expression.exp >= 2
        and not expression.base.is_Symbol
    ):
        return ["^", formal_expression(expression.base, positions), int(expression.exp)]
    parts: list[Any] = []
    terms: dict[_Powers, Any] = {}
    for term in expression.args if expression.is_Add else (expression,):
        monomial = _monomial(term, positions)
        if monomial is None:
            parts.append(_formal_product(term, positions))
        else:
            terms[monomial[0]] = terms.get(monomial[0], 0) + monomial[1]
    terms = {powers: coefficient for powers, coefficient in terms.items() if coefficient}
    if terms:
        parts.insert(0, _formal_terms(terms, positions))
    return ["+", *parts] if len(parts) > 1 else parts[0] if parts else "0"


def _known(expression: Expr, positions: Mapping[Symbol, int]) -> None:
    if not expression.free_symbols <= set(positions):
        known = ", ".join(symbol.name for symbol in positions)
        raise ArgumentError(must_be("expression", f"written in the names {known}", expression))


def _formal_product(term: Expr, positions: Mapping[Symbol, int]) -> Any:
    if not term.is_Mul:
        if term.is_Pow and term.exp.is_Integer and term.exp >= 2 and not term.base.is_Symbol:
            return formal_expression(term, positions)
        _known(term, positions)
        raise ArgumentError(must_be("expression", "a polynomial with rational coefficients", term))
    simple = [factor for factor in term.args if _monomial(factor, positions) is not None]
    others = [factor for factor in term.args if _monomial(factor, positions) is None]
    factors = [formal_expression(factor, positions) for factor in others]
    if simple:
        factors.insert(0, formal_expression(Mul(*simple), positions))
    return ["*", *factors]


def _monomial(term: Expr, positions: Mapping[Symbol, int]) -> tuple[_Powers, Any] | None:
    """Return the powers and the coefficient of a term, or None if it is no monomial."""
    coefficient, factors = term.as_coeff_mul()
    powers: dict[Symbol, int] = {}
    for factor in factors:
        base, exponent = factor.as_base_exp()
        if not (base in positions and exponent.is_Integer and exponent >= 1):
            return None
        powers[base] = powers.get(base, 0) + int(exponent)
    if not coefficient.is_Rational:
        return None
    return tuple(sorted(powers.items(), key=lambda pair: positions[pair[0]])), coefficient


def _formal_terms(terms: Mapping[_Powers, Any], positions: Mapping[Symbol, int]) -> dict[str, str]:
    def order(powers: _Powers) -> Any:
        return (*((positions[symbol], -exponent) for symbol, exponent in powers), (len(positions), 0))

    return {
        "*".join(s.name if k == 1 else f"{s.name}^{k}" for s, k in powers) or "1": str(terms[powers])
        for powers in sorted(terms, key=order)
    }


def expression_of(data: Any, symbols: Mapping[str, Symbol]) -> Expr:
    """Return the sympy expression that formal text stands for, in the symbols of these names."""
    if isinstance(data, str):
        return symbols[data] if data in symbols else Rational(data)
    if isinstance(data, dict):
        return Add(*(Rational(value) * _product_of(key, symbols) for key, value in data.items()))
    operator, *parts = data
    if operator == "^":
        return Pow(expression_of(parts[0], symbols), parts[1])
    values = [expression_of(part, symbols) for part in parts]
    return Add(*values) if operator == "+" else Mul(*values)


def _product_of(text: str, symbols: Mapping[str, Symbol]) -> Expr:
    factors = [factor.partition("^") for factor in text.split("*") if text != "1"]
    return Mul(*(symbols[name] ** int(exponent or 1) for name, _, exponent in factors))
