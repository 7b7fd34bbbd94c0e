"""The solutions of polynomial equations in coordinates, for tests that need points on them.

An equation of which a factor is linear in some variable is solved for it, one component of the solutions for
each factor.  An equation that no factor solves is searched for zeros in small integers, and says so.

Key results
-----------
value : an expression where its symbols have values of any ring
components : the points that satisfy the given equations of a statement, in coordinates
small_roots : zeros of what is not solved
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly_ctx
from sympy import Expr, Symbol

from anomalies.proofs import Statement

Point: TypeAlias = Mapping[Symbol, Fraction]
_Polynomial: TypeAlias = Any  # a flint fmpq_mpoly

_MOST_CANDIDATES = 30_000  # of a search for points of what is not solved


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def value(expression: Expr, at: Mapping[Symbol, Any], number: Callable[[Any], Any] = _fraction) -> Any:
    """Return the value of an expression where its symbols have values of any ring."""
    if expression.is_Rational:
        return number(expression)
    if expression.is_Symbol:
        return at[expression]
    if expression.is_Pow:
        return value(expression.base, at, number) ** int(expression.exp)
    parts = [value(part, at, number) for part in expression.args]
    return sum(parts[1:], parts[0]) if expression.is_Add else prod(parts[1:], start=parts[0])


@dataclass(frozen=True, slots=True)
class Component:
    """Some of the points that satisfy the given equations, in coordinates.

    Attributes
    ----------
    variables : those of the statement.
    solved : (position, p, q): that variable is p/q in the free ones and in those solved after it.
    unsolved : equations that are linear in no variable.
    nonzero : what must not vanish.
    """

    variables: tuple[Symbol, ...]
    solved: tuple[tuple[int, _Polynomial, _Polynomial], ...]
    unsolved: tuple[_Polynomial, ...]
    nonzero: tuple[_Polynomial, ...]

    @property
    def free(self) -> tuple[int, ...]:
        """The positions of the variables that are not solved for."""
        solved = {index for index, _, _ in self.solved}
        return tuple(index for index in range(len(self.variables)) if index not in solved)

    @property
    def is_polynomial(self) -> bool:
        """Whether every point is reached, by polynomials in the free variables."""
        return not self.unsolved and all(q.is_constant() for _, _, q in self.solved)

    def point(self, values: Sequence[Fraction | int]) -> Point | None:
        """Return the point with these values of the free variables, None where a denominator vanishes."""
        at = [fmpq(0)] * len(self.variables)
        for index, number in zip(self.free, values, strict=True):
            at[index] = fmpq(number.numerator, number.denominator)
        for index, p, q in reversed(self.solved):
            denominator = q(*at)
            if denominator == 0:
                return None
            at[index] = p(*at) / denominator
        return dict(zip(self.variables, map(_fraction, at), strict=True))


@dataclass(frozen=True, slots=True)
class _System:
    """Equations, what must not vanish, and what has been solved so far."""

    equations: tuple[_Polynomial, ...]
    nonzero: tuple[_Polynomial, ...]
    solved: tuple[tuple[int, _Polynomial, _Polynomial], ...] = ()


@dataclass(frozen=True, slots=True)
class _Factor:
    """A factor c x + r of an equation, to be solved for the variable x; c is None if it is linear in none.

    `cost` is 0 if c is a number, 1 if c cannot vanish, 2 if it can, and 3 if there is none.
    """

    polynomial: _Polynomial
    index: int = 0
    coefficient: _Polynomial = None
    cost: int = 3

    @property
    def rest(self) -> _Polynomial:
        """The part r without the variable."""
        return self.polynomial - self.coefficient * self.coefficient.context().gen(self.index)


def components(statement: Statement) -> tuple[Component, ...]:
    """Return all points that satisfy the given equations, and for which the nonzero ones can be nonzero.

    Where the coefficient of the variable vanishes that an equation is solved for, a component of its own
    begins: nothing is left out but the zeros of `Component.unsolved`.
    """
    context = fmpq_mpoly_ctx.get([symbol.name for symbol in statement.variables], Ordering.lex)

    def constant(number: Any) -> _Polynomial:
        return context.constant(fmpq(int(number.p), int(number.q)))

    at = dict(zip(statement.variables, context.gens(), strict=True))
    for name, meaning in statement.lets:
        at[name] = value(meaning, at, constant)
    equations = tuple(value(h, at, constant) for h in statement.given)
    nonzero = tuple(value(s, at, constant) for s in statement.nonzero)
    return tuple(_components(statement.variables, _System(equations, nonzero)))


def _components(variables: tuple[Symbol, ...], system: _System) -> Iterator[Component]:
    equations = [h for h in system.equations if h != 0]
    if any(h.is_constant() for h in equations) or any(s == 0 for s in system.nonzero):
        return
    if not equations:
        yield Component(variables, system.solved, (), system.nonzero)
        return
    options = [_factors(h, system.nonzero) for h in equations]
    best = min(range(len(options)), key=lambda index: _cost(options[index]))
    others = (*equations[:best], *equations[best + 1 :])
    for factor in options[best]:
        if factor.coefficient is None:
            unsolved = (factor.polynomial, *others)
            yield Component(variables, system.solved, unsolved, system.nonzero)
            continue
        yield from _components(variables, _solve(replace(system, equations=others), factor))
        if factor.cost == 2:
            both = (factor.coefficient, factor.rest)
            yield from _components(variables, replace(system, equations=(*both, *others)))


def _cost(factors: Sequence[_Factor]) -> tuple[int, int]:
    return max((factor.cost for factor in factors), default=-1), len(factors)


def _factors(equation: _Polynomial, nonzero: Sequence[_Polynomial]) -> list[_Factor]:
    """Return the factors that may vanish, each with the variable that is easiest to solve for."""
    return [
        min(
            (_linear(factor, index, nonzero) for index, k in enumerate(factor.degrees()) if k == 1),
            key=lambda found: (found.cost, len(found.coefficient)),
            default=_Factor(factor),
        )
        for factor, _ in equation.factor()[1]
        if not _divides_one(factor, nonzero)
    ]


def _linear(factor: _Polynomial, index: int, nonzero: Sequence[_Polynomial]) -> _Factor:
    coefficient = factor.derivative(index)
    if coefficient.is_constant():
        return _Factor(factor, index, coefficient, 0)
    never_zero = all(_divides_one(part, nonzero) for part, _ in coefficient.factor()[1])
    return _Factor(factor, index, coefficient, 1 if never_zero else 2)


def _divides_one(factor: _Polynomial, nonzero: Sequence[_Polynomial]) -> bool:
    return any(divmod(s, factor)[1] == 0 for s in nonzero)


def _solve(system: _System, factor: _Factor) -> _System:
    numerator, denominator = -factor.rest, factor.coefficient

    def put_in(polynomial: _Polynomial) -> _Polynomial:
        """Return the polynomial at x = n/d, times a power of d."""
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        for exponents, coefficient in polynomial.to_dict().items():
            k = exponents[factor.index]
            rest = (*exponents[: factor.index], 0, *exponents[factor.index + 1 :])
            parts.setdefault(k, {})[rest] = coefficient
        context, top = polynomial.context(), max(parts, default=0)
        terms = (
            context.from_dict(part) * numerator**k * denominator ** (top - k) for k, part in parts.items()
        )
        return sum(terms, context.constant(0))

    return _System(
        tuple(map(put_in, system.equations)),
        (*map(put_in, system.nonzero), denominator),
        (*system.solved, (factor.index, numerator, denominator)),
    )


def small_roots(part: Component) -> tuple[Mapping[int, int], ...]:
    """Return values of the variables in `part.unsolved` that solve it and are not excluded.

    These are all small integers; or one empty mapping, if there is nothing left to solve.
    """
    if not part.unsolved:
        return ({},)
    degrees = [h.degrees() for h in part.unsolved]
    used = [index for index, column in enumerate(zip(*degrees, strict=True)) if any(column)]
    excluded = [
        s for s in part.nonzero if not any(k for index, k in enumerate(s.degrees()) if index not in used)
    ]
    bound = max(b for b in range(_MOST_CANDIDATES) if (2 * b + 1) ** len(used) <= _MOST_CANDIDATES)
    at, found = [0] * len(part.variables), []
    for candidate in product(range(-bound, bound + 1), repeat=len(used)):
        for index, number in zip(used, candidate, strict=True):
            at[index] = number
        if all(h(*at) == 0 for h in part.unsolved) and all(s(*at) != 0 for s in excluded):
            found.append(dict(zip(used, candidate, strict=True)))
    return tuple(found)
