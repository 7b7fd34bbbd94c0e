"""Methods of proof that are made of others: case by case, and forms that have no zeros.

Proofs compose like the sentences they stand for; `prove_automatically`, which takes goals apart and
looks for cofactors, is used wherever no method is named:

    split_cases([a, b, c])
    decide_on(s, zero=split_cases([m, n]), nonzero=prove_membership)
    no_zero_modulo(u**3 - 2 * q**3, then=choose(1))

Key results
-----------
prove_automatically : the method that needs no name
split_cases, decide_on : a product that vanishes, an expression that does or does not
prove_each, choose, suppose_not : "and", "or", "not"
no_zero_modulo, sum_of_squares : all variables of a form vanish because the form does
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from sympy import Expr, Mul, Symbol

from anomalies.errors import ArgumentError, CheckFailedError, must_be
from anomalies.exact import as_integer, as_rationals, to_sympy
from anomalies.proofs.algebra import Ring
from anomalies.proofs.formal import formal_expression
from anomalies.proofs.methods import (
    Method,
    Proof,
    goal_of,
    prove_by_search,
    prove_contradiction,
    prove_identity,
    prove_membership,
    prove_solution_space,
)
from anomalies.proofs.statements import Goal, Statement, as_expression

__all__ = [
    "choose",
    "decide_on",
    "no_zero_modulo",
    "prove_automatically",
    "prove_each",
    "split_cases",
    "sum_of_squares",
    "suppose_not",
]

_MODULI = ((2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (5, 1), (7, 1), (3, 3), (11, 1), (13, 1), (19, 1), (31, 1))
_MOST_RESIDUES = 100_000


def _formal(statement: Statement, expression: Expr) -> Any:
    names = (*statement.variables, *(name for name, _ in statement.lets))
    return formal_expression(expression, {name: index for index, name in enumerate(names)})


def prove_automatically(statement: Statement) -> Proof:
    """Prove a statement by taking its goal apart and looking for cofactors of the pieces.

    Raises
    ------
    CheckFailedError
        If a piece is not proved that way: then a method has to be named.
    """
    goal = statement.goal
    if statement.domain is not None or goal.kind == "solutions":
        return prove_by_search(statement)
    match goal.kind:
        case "solution_space":
            return prove_solution_space(statement)
        case "all":
            return prove_each()(statement)
        case "any":
            return _first_that_works(
                statement, [choose(index) for index in range(len(goal.parts))] + [prove_contradiction]
            )
        case "false":
            return prove_contradiction(statement)
        case "nonzero":
            return suppose_not()(statement)
        case _:
            if not Ring(statement).polynomial(goal.expression):
                return prove_identity(statement)
            return _first_that_works(statement, [prove_membership, prove_contradiction])


def _first_that_works(statement: Statement, methods: Sequence[Method]) -> Proof:
    failures = []
    for method in methods:
        try:
            return method(statement)
        except CheckFailedError as failure:
            failures.append(failure)
    raise failures[0]


def prove_each(*methods: Method) -> Method:
    """Return the method that proves every part of an `all_of`, by one method each or automatically."""

    def method(statement: Statement) -> Proof:
        goal = goal_of(statement, "all", "prove_each")
        chosen = _one_each(methods, len(goal.parts))
        parts = [prove(statement.assuming(goal=part)) for prove, part in zip(chosen, goal.parts, strict=True)]
        return {"method": "all", "proofs": parts}

    return method


def choose(index: int, proof: Method = prove_automatically) -> Method:
    """Return the method that proves an `any_of` by one of its goals, counted from 0."""

    def method(statement: Statement) -> Proof:
        goal = goal_of(statement, "any", "choose")
        if as_integer(index, "index", 0) >= len(goal.parts):
            raise ArgumentError(must_be("index", f"less than {len(goal.parts)}", index))
        return {"method": "any", "choice": index, "proof": proof(statement.assuming(goal=goal.parts[index]))}

    return method


def suppose_not(proof: Method = prove_automatically) -> Method:
    """Return the method that leads the opposite of a goal "zero" or "nonzero" to a contradiction."""

    def method(statement: Statement) -> Proof:
        expression = (statement.goal.expression,)
        if statement.goal.kind == "zero":
            opposite = statement.assuming(nonzero=expression, goal=Goal("false"))
        else:
            opposite = statement.assuming(zero=expression, goal=Goal("false"))
            goal_of(statement, "nonzero", "suppose_not")
        return {"method": "suppose", "then": proof(opposite)}

    return method


def split_cases(
    factors: Sequence[Any],
    because: Method = prove_automatically,
    cases: Method | Sequence[Method] = prove_automatically,
) -> Method:
    """Return the method that splits on a product that vanishes: one of its factors does.

    In the case of a factor, it is given to vanish and the factors before it not to.  With one
    factor alone this is a lemma: prove that it vanishes, then use it.

    Parameters
    ----------
    factors : the factors f, g, ...
    because : how f g ... = 0 is proved.
    cases : how the goal is proved in each case: one method for all, or one each.
    """
    expressions = [as_expression(factor, "factors") for factor in factors]

    def method(statement: Statement) -> Proof:
        whole = Goal("zero", Mul(*expressions, evaluate=False) if len(expressions) > 1 else expressions[0])
        chosen = _one_each((cases,) * len(expressions) if callable(cases) else tuple(cases), len(expressions))
        return {
            "method": "split",
            "product": [_formal(statement, expression) for expression in expressions],
            "because": because(statement.assuming(goal=whole)),
            "cases": [
                prove(statement.assuming(zero=[expressions[index]], nonzero=expressions[:index]))
                for index, prove in enumerate(chosen)
            ],
        }

    return method


def decide_on(
    expression: Any, zero: Method = prove_automatically, nonzero: Method = prove_automatically
) -> Method:
    """Return the method that proves the goal first where an expression vanishes, then where not."""
    e = as_expression(expression)

    def method(statement: Statement) -> Proof:
        return {
            "method": "decide",
            "expression": _formal(statement, e),
            "zero": zero(statement.assuming(zero=[e])),
            "nonzero": nonzero(statement.assuming(nonzero=[e])),
        }

    return method


def _one_each(methods: Sequence[Method], count: int) -> Sequence[Method]:
    chosen = methods or (prove_automatically,) * count
    if len(chosen) != count:
        raise ArgumentError(f"Argument 'methods' must be {count} methods, one each, not {len(chosen)}.")
    return chosen


# ----------------------------------------------------------------------------- forms without zeros


def no_zero_modulo(
    form: Any,
    at: Mapping[Symbol, Any] | None = None,
    because: Method = prove_automatically,
    then: Method = prove_automatically,
    modulus: tuple[int, int] | None = None,
) -> Method:
    """Return the method that concludes y_1 = ... = y_n = 0 from F(y_1, ..., y_n) = 0.

    The form F has no zero modulo some p^k but those with every y_i divisible by p; a rational zero,
    scaled to coprime integers, would be one.  So u^3 = 2 q^3 modulo 4, or a^2 + ab + b^2 modulo 2.

    Parameters
    ----------
    form : a form with integer coefficients in symbols of its own, or in variables of the statement.
    at : the expression that stands for each symbol of the form; left out, the symbol itself.
    because : how F = 0 is proved.
    then : how the goal is proved, once all of `at` are given to vanish.
    modulus : (p, k); left out, small prime powers are tried.

    Raises
    ------
    CheckFailedError
        If the form has zeros modulo every prime power tried.
    """
    body = as_expression(form, "form")
    slots = at or {symbol: symbol for symbol in sorted(body.free_symbols, key=lambda symbol: symbol.name)}
    letters = tuple(Symbol(f"y{index + 1}") for index in range(len(slots)))
    placed = body.xreplace(dict(zip(slots, letters, strict=True)))
    ring = Ring(Statement("every", letters, (), (), (), Goal("zero", placed)))
    polynomial = ring.polynomial(placed)
    prime, exponent = modulus or _find_modulus(polynomial)
    points = [as_expression(value, "at") for value in slots.values()]

    def method(statement: Statement) -> Proof:
        value = body.xreplace(dict(zip(slots, points, strict=True)))
        return {
            "method": "anisotropic",
            "form": ring.formal(polynomial),
            "at": [_formal(statement, point) for point in points],
            "prime": prime,
            "exponent": exponent,
            "cases": prime ** (exponent * len(letters)),
            "because": because(statement.assuming(goal=Goal("zero", value))),
            "then": then(statement.assuming(zero=points)),
        }

    return method


def _find_modulus(form: Any) -> tuple[int, int]:
    terms = [(exponents, int(coefficient)) for exponents, coefficient in form.to_dict().items()]
    count = len(form.degrees())
    for prime, exponent in _MODULI:
        modulus = prime**exponent
        if modulus**count <= _MOST_RESIDUES and not any(
            sum(c * prod(y**k for y, k in zip(residues, exponents, strict=True)) for exponents, c in terms)
            % modulus
            == 0
            for residues in product(range(modulus), repeat=count)
            if any(y % prime for y in residues)
        ):
            return prime, exponent
    raise CheckFailedError("No certificate was found: the form has zeros modulo every prime power tried.")


def sum_of_squares(
    squares: Sequence[tuple[Any, Any]],
    because: Method = prove_automatically,
    then: Method = prove_automatically,
) -> Method:
    """Return the method that concludes y_1 = ... = y_n = 0 from sum c_i y_i^2 = 0 with c_i > 0.

    Parameters
    ----------
    squares : pairs (c_i, y_i) of a positive rational number and an expression.
    because : how the sum is proved to vanish.
    then : how the goal is proved, once all y_i are given to vanish.
    """
    weights = as_rationals([weight for weight, _ in squares], "squares")
    points = [as_expression(point, "squares") for _, point in squares]

    def method(statement: Statement) -> Proof:
        total = sum(to_sympy(c) * y**2 for c, y in zip(weights, points, strict=True))
        return {
            "method": "squares",
            "coefficients": [str(weight) for weight in weights],
            "at": [_formal(statement, point) for point in points],
            "because": because(statement.assuming(goal=Goal("zero", as_expression(total)))),
            "then": then(statement.assuming(zero=points)),
        }

    return method
