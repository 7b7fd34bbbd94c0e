"""A claim as a test: its formal statement evaluated at points, by nothing that proved or checked it.

The points satisfy the hypotheses by construction.  An equation of which a factor is linear in some variable is
solved for it, one component of the solutions for each factor; what nobody can solve is searched for small
rational points, and says so.  Every point is put into the hypotheses and into the goal with Python's fractions.

Key results
-----------
components : the points that satisfy the given equations, in coordinates
points : a hypothesis strategy of points that satisfy all hypotheses
property_test : the statement at such points: evidence
grid_test : the statement on a grid with more values of each variable than its degree: a proof
domain_test : the statement at every point of its finite domain: a proof
space_test : a solution space by rank and nullity: a proof
holds_at : a statement at one point, for witnesses and counterexamples
way_to_test : which of these a statement admits
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import Any, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly_ctx
from hypothesis import given, reject
from hypothesis import strategies as st
from strategies import rationals
from sympy import Expr, Symbol

from anomalies.proofs import Goal, Statement, any_of

Point: TypeAlias = Mapping[Symbol, Fraction]
_Polynomial: TypeAlias = Any  # a flint fmpq_mpoly

_TRIES = 20  # points drawn in a row before an example is given up
_MOST_CANDIDATES = 20_000  # of a search for points of what is not solved
_MOST_GRID_POINTS = 5_000
_MOST_CASES = 300_000  # of a finite domain


class NothingToTestError(Exception):
    """No point that satisfies the hypotheses is known: the test would pass on nothing."""


# -------------------------------------------------------------------------------------- evaluation


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


def with_lets(statement: Statement, point: Point) -> Point:
    """Return the point with the values of the abbreviations."""
    at = dict(point)
    for name, meaning in statement.lets:
        at[name] = value(meaning, at)
    return at


def holds(goal: Goal, at: Point) -> bool:
    """Tell whether a goal about single points holds at one."""
    if goal.kind == "all":
        return all(holds(part, at) for part in goal.parts)
    if goal.kind == "any":
        return any(holds(part, at) for part in goal.parts)
    assert goal.kind in ("zero", "nonzero", "false")
    return goal.kind != "false" and bool(value(goal.expression, at) == 0) == (goal.kind == "zero")


def solves(statement: Statement, point: Point) -> bool:
    """Tell whether the given equations hold at a point."""
    at = with_lets(statement, point)
    return all(value(h, at) == 0 for h in statement.given)


def is_admissible(statement: Statement, point: Point) -> bool:
    """Tell whether a point satisfies all hypotheses."""
    at = with_lets(statement, point)
    return solves(statement, point) and all(value(s, at) != 0 for s in statement.nonzero)


def holds_at(statement: Statement, point: Point) -> bool:
    """Tell whether a point satisfies the hypotheses and the goal."""
    return is_admissible(statement, point) and holds(statement.goal, with_lets(statement, point))


def refutes(statement: Statement, point: Point) -> bool:
    """Tell whether a point satisfies the hypotheses and violates the goal."""
    return is_admissible(statement, point) and not holds(statement.goal, with_lets(statement, point))


# -------------------------------------------------------------------------------------- components


@dataclass(frozen=True, slots=True)
class Component:
    """Some of the points that satisfy the given equations, in coordinates.

    Attributes
    ----------
    variables : those of the statement.
    solved : (position, p, q): that variable is p/q in the free ones and in those solved after it.
    unsolved : equations that are linear in no variable.
    roots : values of the variables in `unsolved` that solve it: one empty mapping if there is nothing to solve,
        all small integers otherwise.
    """

    variables: tuple[Symbol, ...]
    solved: tuple[tuple[int, _Polynomial, _Polynomial], ...]
    unsolved: tuple[_Polynomial, ...]
    roots: tuple[Mapping[int, int], ...]

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
        yield Component(variables, system.solved, (), ({},))
        return
    options = [_factors(h, system.nonzero) for h in equations]
    best = min(range(len(options)), key=lambda index: _cost(options[index]))
    others = (*equations[:best], *equations[best + 1 :])
    for factor in options[best]:
        if factor.coefficient is None:
            unsolved = (factor.polynomial, *others)
            yield Component(variables, system.solved, unsolved, _roots(unsolved))
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


def _roots(equations: Sequence[_Polynomial]) -> tuple[Mapping[int, int], ...]:
    """Return the common zeros in small integers of the variables that occur."""
    used = [
        i for i, degrees in enumerate(zip(*(h.degrees() for h in equations), strict=True)) if any(degrees)
    ]
    bound = max(b for b in range(_MOST_CANDIDATES) if (2 * b + 1) ** len(used) <= _MOST_CANDIDATES)
    size, found = len(equations[0].degrees()), []
    for candidate in product(range(-bound, bound + 1), repeat=len(used)):
        root = dict(zip(used, candidate, strict=True))
        at = [root.get(index, 0) for index in range(size)]
        if all(h(*at) == 0 for h in equations):
            found.append(root)
    return tuple(found)


# ---------------------------------------------------------------------------------------- evidence


def without_false(statement: Statement) -> Statement:
    """Return "no point exists" as what it means for points: where all given vanish, one of the nonzero does."""
    if statement.goal.kind != "false" or not statement.nonzero:
        return statement
    return replace(statement, nonzero=(), goal=any_of(*statement.nonzero))


@st.composite
def points(draw: st.DrawFn, statement: Statement, parts: Sequence[Component]) -> Point:
    """Rational points that satisfy the hypotheses of a statement, on all components of the solutions."""
    part = draw(st.sampled_from([part for part in parts if part.roots]))
    numbers = st.integers(-3, 3) | rationals()
    for _ in range(_TRIES):
        root = draw(st.sampled_from(part.roots))
        point = part.point([root[index] if index in root else draw(numbers) for index in part.free])
        assert point is None or solves(statement, point), "the equations were not solved"
        if point is not None and is_admissible(statement, point):
            return point
    return reject()


def property_test(statement: Statement) -> Callable[[], None]:
    """Return the test that a statement holds at random points that satisfy its hypotheses: evidence.

    Raises `NothingToTestError` if no such point is known.
    """
    meant = without_false(statement)
    parts = components(meant)
    if not any(part.roots for part in parts):
        raise NothingToTestError(f"no point is known where {meant.given} vanish and {meant.nonzero} do not")

    @given(points(meant, parts))
    def test(point: Point) -> None:
        assert holds_at(meant, point)

    return test


# ------------------------------------------------------------------------------------------ proofs


def grid_of(statement: Statement) -> tuple[Component, tuple[tuple[Expr, tuple[int, ...]], ...]] | None:
    """Return free coordinates, and every expression that has to vanish with the degrees of it in these.

    None where a grid proves nothing: the hypotheses are not solved by one set of polynomials, the goal is no
    list of expressions that vanish, or the grid is too large.
    """
    parts = components(statement)
    goals = statement.goal.parts if statement.goal.kind == "all" else (statement.goal,)
    single = len(parts) == 1 and parts[0].is_polynomial
    if statement.nonzero or not single or any(goal.kind != "zero" for goal in goals):
        return None
    bounds = _degrees_of_symbols(statement, parts[0])
    degrees = tuple((goal.expression, _degrees(goal.expression, bounds)) for goal in goals)
    if max(prod(d + 1 for d in bound) for _, bound in degrees) > _MOST_GRID_POINTS:
        return None
    return parts[0], degrees


def _degrees_of_symbols(statement: Statement, part: Component) -> dict[Symbol, tuple[int, ...]]:
    """Return a bound of the degree in each free coordinate for every variable and abbreviation."""
    size = len(part.free)
    known = {part.variables[index]: tuple(int(index == j) for j in part.free) for index in part.free}
    for index, p, _ in reversed(part.solved):
        bound = (0,) * size
        for exponents in p.to_dict():
            used = [(known[part.variables[i]], k) for i, k in enumerate(exponents) if k]
            bound = tuple(max(bound[j], sum(k * row[j] for row, k in used)) for j in range(size))
        known[part.variables[index]] = bound
    for name, meaning in statement.lets:
        known[name] = _degrees(meaning, known)
    return known


def _degrees(expression: Expr, known: Mapping[Symbol, tuple[int, ...]]) -> tuple[int, ...]:
    """Return degree bounds as the expression is written: a cancellation can only lower them."""
    if expression.is_Symbol:
        return known[expression]
    if expression.is_Pow:
        return tuple(int(expression.exp) * bound for bound in _degrees(expression.base, known))
    rows = [_degrees(part, known) for part in expression.args]
    if not rows:
        return (0,) * len(next(iter(known.values())))
    return tuple(map(max if expression.is_Add else sum, zip(*rows, strict=True)))


def grid_test(statement: Statement) -> Callable[[], None]:
    """Return the test that expressions vanish on a grid with one value more than their degrees: a proof.

    The hypotheses have to be solved by polynomials; their solutions are then all that there is to test.
    """
    found = grid_of(statement)
    if found is None:
        raise NothingToTestError("a grid is no proof of this statement")
    part, goals = found

    def test() -> None:
        for expression, degrees in goals:
            for candidate in product(*(range(-(d // 2), d - d // 2 + 1) for d in degrees)):
                point = part.point(candidate)
                assert point is not None
                assert solves(statement, point), "the equations were not solved"
                assert value(expression, with_lets(statement, point)) == 0, point

    return test


def domain_points(statement: Statement) -> Iterator[Point]:
    """Yield every point of a finite domain that satisfies the hypotheses."""
    assert statement.domain is not None
    if prod(map(len, statement.domain)) > _MOST_CASES:
        raise NothingToTestError("the domain is too large")
    for candidate in product(*statement.domain):
        point = dict(zip(statement.variables, map(Fraction, candidate), strict=True))
        ordered = all(point[a] <= point[b] for group in statement.ascending for a, b in pairwise(group))
        if ordered and is_admissible(statement, point):
            yield point


def domain_test(statement: Statement) -> Callable[[], None]:
    """Return the test that a statement holds at every point of its finite domain: a proof."""

    def test() -> None:
        found = list(domain_points(statement))
        if statement.goal.kind == "solutions":
            assert {tuple(point.values()) for point in found} == set(statement.goal.points)
        else:
            assert all(holds(statement.goal, with_lets(statement, point)) for point in found)

    return test


def space_test(statement: Statement) -> Callable[[], None]:
    """Return the test that vectors are a basis of the solutions of A x = 0, by rank and nullity: a proof."""
    matrix, basis, size = statement.goal.matrix, statement.goal.basis, len(statement.variables)

    def test() -> None:
        assert not any(sum(x * y for x, y in zip(row, v, strict=True)) for row in matrix for v in basis)
        assert rank(basis) == len(basis) == size - rank(matrix)

    return test


def rank(matrix: Sequence[Sequence[Fraction]]) -> int:
    """Return the rank of a rational matrix, by elimination."""
    rows, found = [list(row) for row in matrix], 0
    while rows:
        pivot = rows.pop()
        column = next((index for index, entry in enumerate(pivot) if entry), None)
        if column is not None:
            found += 1
            rows = [
                [x - row[column] / pivot[column] * y for x, y in zip(row, pivot, strict=True)] for row in rows
            ]
    return found


def way_to_test(statement: Statement, method: str = "") -> str:
    """Return "witness", "space", "domain", "grid" or "property", the strongest test that a statement admits."""
    if statement.quantifier == "some" or method == "witness":
        return "witness"
    if statement.goal.kind == "solution_space":
        return "space"
    if statement.domain is not None:
        return "domain"
    return "property" if grid_of(statement) is None else "grid"


def witness_point(statement: Statement, values: Sequence[str]) -> Point:
    """Return the point of a witness, from the texts of its certificate."""
    return dict(zip(statement.variables, map(Fraction, values), strict=True))
