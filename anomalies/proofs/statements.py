"""Statements that can be proved: sympy on the outside, one formal text on the inside.

A `Statement` is universal (`for_all`) or existential (`there_is`) over rational values of sympy
symbols.  It says what is given to vanish, what is given not to, perhaps from which finite domain
the values come, and a goal.  `Statement.formal` turns it into the JSON that certificates carry and
`anomalies.proofs.check` describes; products and powers stay as the user wrote them.

Key results
-----------
for_all, there_is : the two quantifiers
all_of, any_of, nonzero, impossible : goals; an expression alone is a goal, that it vanishes
solution_space, solutions : goals about all the solutions at once
statement_digest : the hash by which a statement is recognised

References
----------
The form of the statements is that of the schema in `anomalies.proofs.check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from typing import Any, TypeAlias

from sympy import Basic, Eq, Expr, Mul, Ne, Rational, S, Symbol, fraction, together
from sympy.logic.boolalg import BooleanAtom

from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import as_rational, as_rationals
from anomalies.proofs.checked_statements import digest, point_line
from anomalies.proofs.formal import formal_expression

__all__ = [
    "Goal",
    "GoalLike",
    "Statement",
    "all_of",
    "any_of",
    "as_expression",
    "as_goal",
    "for_all",
    "impossible",
    "nonzero",
    "solution_space",
    "solutions",
    "statement_digest",
    "there_is",
]

GoalLike: TypeAlias = Any  # a Goal, an expression (that vanishes), Eq, Ne, or a sequence of these (all)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_MOST_LISTED = 100  # points that a statement lists; more are given by their hash


@dataclass(frozen=True, slots=True)
class Goal:
    """What a statement claims: `kind` is the key of the formal goal, the rest belongs to it."""

    kind: str
    expression: Expr = S.Zero
    parts: tuple[Goal, ...] = ()
    matrix: tuple[tuple[Fraction, ...], ...] = ()  # of "solution_space"
    basis: tuple[tuple[Fraction, ...], ...] = ()
    points: tuple[tuple[Fraction, ...], ...] = ()  # of "solutions"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about rational values of its variables; built by `for_all` and `there_is`."""

    quantifier: str
    variables: tuple[Symbol, ...]
    lets: tuple[tuple[Symbol, Expr], ...]
    given: tuple[Expr, ...]
    nonzero: tuple[Expr, ...]
    goal: Goal
    domain: tuple[tuple[Fraction, ...] | range, ...] | None = None
    ascending: tuple[tuple[Symbol, ...], ...] = ()

    @property
    def formal(self) -> dict[str, Any]:
        """The statement as the JSON data of a certificate."""
        return _formal_statement(self)

    def assuming(
        self, zero: Sequence[Expr] = (), nonzero: Sequence[Expr] = (), goal: Goal | None = None
    ) -> Statement:
        """Return the statement with more hypotheses, or another goal."""
        return replace(
            self,
            given=(*self.given, *zero),
            nonzero=(*self.nonzero, *nonzero),
            goal=self.goal if goal is None else goal,
        )


# ------------------------------------------------------------------------------------------- goals


def as_expression(value: Any, argument: str = "expression") -> Expr:
    """Return a sympy expression, or left minus right side of an `Eq`; numbers have to be exact."""
    if isinstance(value, Eq | Ne):
        return as_expression(value.lhs, argument) - as_expression(value.rhs, argument)
    if isinstance(value, Expr):
        return value
    if isinstance(value, Basic):
        raise ArgumentTypeError(must_be(argument, "an expression", value))
    number = as_rational(value, argument)
    return Rational(number.numerator, number.denominator)


def as_goal(value: GoalLike) -> Goal:
    """Return a goal: an expression is to vanish, `Eq` and `Ne` are read, a sequence means all of it."""
    if isinstance(value, Goal):
        return value
    if isinstance(value, BooleanAtom):  # what sympy makes of an Eq or Ne that it decides by itself
        return Goal("zero") if value else impossible()
    if isinstance(value, Ne):
        return nonzero(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all_of(*value)
    return Goal("zero", as_expression(value, "goal"))


def all_of(*goals: GoalLike) -> Goal:
    """Return the goal that all of these hold."""
    return _list_of("all", goals)


def any_of(*goals: GoalLike) -> Goal:
    """Return the goal that at least one of these holds."""
    return _list_of("any", goals)


def _list_of(kind: str, goals: Sequence[GoalLike]) -> Goal:
    if not goals:
        raise ArgumentError(f"Argument 'goals' must be at least one goal for '{kind}_of', not none.")
    parts = tuple(as_goal(goal) for goal in goals)
    return parts[0] if len(parts) == 1 else Goal(kind, parts=parts)


def nonzero(expression: Any) -> Goal:
    """Return the goal that an expression does not vanish; of an `Eq` or `Ne`, that its sides differ."""
    return Goal("nonzero", as_expression(expression, "goal"))


def impossible() -> Goal:
    """Return the goal that never holds: the hypotheses exclude each other."""
    return Goal("false")


def solution_space(forms: Sequence[Any], variables: Sequence[Symbol], basis: Sequence[Any]) -> Goal:
    """Return the goal that linear forms vanish together exactly on the span of an independent basis.

    Parameters
    ----------
    forms : homogeneous linear expressions in the variables.
    variables : the coordinates, in the order of the entries of a basis vector.
    basis : the vectors, each a sequence of as many rational numbers as there are variables.
    """
    return Goal(
        "solution_space",
        matrix=tuple(_linear_row(as_expression(form, "forms"), variables) for form in forms),
        basis=tuple(as_rationals(vector, "basis", len(variables)) for vector in basis),
    )


def _linear_row(form: Expr, variables: Sequence[Symbol]) -> tuple[Fraction, ...]:
    entries = [form.expand().coeff(variable) for variable in variables]
    rest = form - sum(entry * variable for entry, variable in zip(entries, variables, strict=True))
    if not all(entry.is_Rational for entry in entries) or rest.expand() != 0:
        raise ArgumentError(must_be("forms", "homogeneous linear forms in the variables", form))
    return tuple(as_rational(entry, "forms") for entry in entries)


def solutions(points: Iterable[Sequence[Any]]) -> Goal:
    """Return the goal that exactly these points of the domain satisfy the hypotheses."""
    found = {as_rationals(point, "points") for point in points}
    return Goal("solutions", points=tuple(sorted(found)))


# -------------------------------------------------------------------------------------- statements


def for_all(
    variables: Sequence[Symbol],
    goal: GoalLike,
    *,
    given: Iterable[Any] = (),
    nonzero: Iterable[Any] = (),
    lets: Mapping[Symbol, Any] | None = None,
    quotients: Mapping[Symbol, Any] | None = None,
    domain: Mapping[Symbol, Iterable[Any]] | None = None,
    ascending: Iterable[Sequence[Symbol]] = (),
) -> Statement:
    """Return the statement that the goal holds for every rational value of the variables.

    Parameters
    ----------
    variables : symbols whose names are letters, digits and underscores.
    goal : a `Goal`; or an expression, which is to vanish, an `Eq` or `Ne`, or a sequence of these.
    given, nonzero : expressions (or `Eq`) that vanish, expressions (or `Ne`) that do not.
    lets : abbreviations, polynomials in the variables and in the abbreviations before.
    quotients : names of rational functions.  X: p/q becomes one more variable with the hypotheses
        q X - p = 0 and q != 0, each factor of q by itself.
    domain : a finite set of values for each variable; left out, all rational numbers.
    ascending : groups of variables whose values do not descend, for points up to permutations.

    Raises
    ------
    ArgumentError
        If a name is unknown, repeated, or not made of letters, digits and underscores, or an
        expression is no polynomial with rational coefficients.

    Examples
    --------
    >>> from sympy.abc import a, b, c
    >>> statement = for_all([a, b, c], a**3 + b**3 + c**3 - 3 * a * b * c, given=[a + b + c])
    >>> statement.formal["given"]
    [{'a': '1', 'b': '1', 'c': '1'}]
    """
    return _statement("every", variables, goal, given, nonzero, lets, quotients, domain, ascending)


def there_is(
    variables: Sequence[Symbol],
    goal: GoalLike = (0,),
    *,
    given: Iterable[Any] = (),
    nonzero: Iterable[Any] = (),
    lets: Mapping[Symbol, Any] | None = None,
    domain: Mapping[Symbol, Iterable[Any]] | None = None,
    ascending: Iterable[Sequence[Symbol]] = (),
) -> Statement:
    """Return the statement that some rational point satisfies the hypotheses and the goal.

    The arguments are those of `for_all`.
    """
    return _statement("some", variables, goal, given, nonzero, lets, None, domain, ascending)


def _statement(
    quantifier: str,
    variables: Sequence[Symbol],
    goal: GoalLike,
    given: Iterable[Any],
    nonzero: Iterable[Any],
    lets: Mapping[Symbol, Any] | None,
    quotients: Mapping[Symbol, Any] | None,
    domain: Mapping[Symbol, Iterable[Any]] | None,
    ascending: Iterable[Sequence[Symbol]],
) -> Statement:
    zeros = [as_expression(entry, "given") for entry in given]
    excluded = [as_expression(entry, "nonzero") for entry in nonzero]
    symbols = list(variables)
    for name, value in (quotients or {}).items():
        numerator, denominator = fraction(together(as_expression(value, "quotients")))
        symbols.append(name)
        zeros.append(denominator * name - numerator)
        excluded += [factor for factor in _factors(denominator) if factor not in excluded]
    statement = Statement(
        quantifier,
        tuple(symbols),
        tuple((name, as_expression(value, "lets")) for name, value in (lets or {}).items()),
        tuple(zeros),
        tuple(excluded),
        as_goal(goal),
        None if domain is None else _domain(domain, symbols),
        tuple(tuple(group) for group in ascending),
    )
    _formal_statement(statement)  # refuses what has no formal counterpart
    return statement


def _factors(denominator: Expr) -> list[Expr]:
    bases = (factor.base if factor.is_Pow else factor for factor in Mul.make_args(denominator))
    return [base for base in bases if not base.is_Rational]


def _domain(
    domain: Mapping[Symbol, Iterable[Any]], variables: Sequence[Symbol]
) -> tuple[tuple[Fraction, ...] | range, ...]:
    if set(domain) != set(variables):
        raise ArgumentError("Argument 'domain' must give the values of every variable and of nothing else.")
    result: list[tuple[Fraction, ...] | range] = []
    for variable in variables:
        values = domain[variable]
        if isinstance(values, range) and values.step == 1 and values:
            result.append(values)
        else:
            result.append(tuple(sorted({as_rational(value, "domain") for value in values})))
    return tuple(result)


# ------------------------------------------------------------------------------------- formal text


def _formal_statement(statement: Statement) -> dict[str, Any]:
    positions: dict[Symbol, int] = {}
    for symbol in (*statement.variables, *(name for name, _ in statement.lets)):
        if not (isinstance(symbol, Symbol) and _NAME.fullmatch(symbol.name)):
            raise ArgumentError(must_be("variables", "symbols named by letters, digits and _", symbol))
        if symbol.name in {known.name for known in positions}:
            raise ArgumentError(must_be("variables", "symbols with different names", symbol))
        positions[symbol] = len(positions)
    before = {symbol: positions[symbol] for symbol in statement.variables}
    lets = []
    for name, value in statement.lets:
        lets.append([name.name, formal_expression(value, before)])
        before[name] = positions[name]
    return {
        "quantifier": statement.quantifier,
        "variables": [symbol.name for symbol in statement.variables],
        "lets": lets,
        "given": [formal_expression(entry, positions) for entry in statement.given],
        "nonzero": [formal_expression(entry, positions) for entry in statement.nonzero],
        "domain": _formal_domain(statement),
        "goal": _formal_goal(statement.goal, positions),
    }


def _formal_domain(statement: Statement) -> dict[str, Any] | None:
    if statement.domain is None:
        return None
    values = [
        {"from": entry[0], "to": entry[-1]} if isinstance(entry, range) else [str(value) for value in entry]
        for entry in statement.domain
    ]
    return {
        "values": values,
        "ascending": [[symbol.name for symbol in group] for group in statement.ascending],
    }


def _formal_goal(goal: Goal, positions: Mapping[Symbol, int]) -> dict[str, Any]:
    match goal.kind:
        case "zero" | "nonzero":
            return {goal.kind: formal_expression(goal.expression, positions)}
        case "all" | "any":
            return {goal.kind: [_formal_goal(part, positions) for part in goal.parts]}
        case "false":
            return {"false": True}
        case "solution_space":
            return {"solution_space": {"matrix": _rows(goal.matrix), "basis": _rows(goal.basis)}}
        case _:
            rows = _rows(goal.points)
            text = b"".join(point_line(row) for row in rows)
            listed = rows if len(rows) <= _MOST_LISTED else []
            return {"solutions": {"count": len(rows), "sha256": sha256(text).hexdigest(), "points": listed}}


def _rows(matrix: Iterable[Iterable[Fraction]]) -> list[list[str]]:
    return [[str(entry) for entry in row] for row in matrix]


def statement_digest(statement: Statement) -> str:
    """Return the SHA-256 of a statement's formal text: what it means, whatever it is called."""
    return digest(statement.formal)
