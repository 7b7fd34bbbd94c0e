"""A claim as a test: its formal statement evaluated at points, by nothing that proved or checked it.

The points satisfy the hypotheses by construction, and every one is put into the hypotheses and into the goal
with Python's fractions.

Key results
-----------
way_to_test : which of the following a statement admits
property_test : the statement at random points that satisfy its hypotheses: evidence
grid_test : the statement on a grid with more values of each variable than its degree: a proof
domain_test : the statement at every point of its finite domain: a proof
space_test : a solution space by rank and nullity: a proof
counterexample : a point at which a statement fails, looked for as by property_test
holds_at, refutes : a statement at one point, for witnesses and counterexamples
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise, product
from math import prod

from hypothesis import HealthCheck, Phase, find, given, reject, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from solution_components import Component, Point, components, small_roots, value
from strategies import rationals
from sympy import Expr, Symbol

from anomalies.proofs import Goal, Statement, any_of
from anomalies.proofs.statements import as_goal

_TRIES = 20  # points drawn in a row before an example is given up
_COUNTEREXAMPLES = 60  # points tried until a statement is believed
_MOST_GRID_POINTS = 5_000
_MOST_CASES = 300_000  # of a finite domain


class NothingToTestError(Exception):
    """No point that satisfies the hypotheses is known: the test would pass on nothing."""


# -------------------------------------------------------------------------------------- evaluation


def with_lets(statement: Statement, point: Point) -> Point:
    """Return the point with the values of the abbreviations."""
    at = dict(point)
    for name, meaning in statement.lets:
        at[name] = value(meaning, at)
    return at


def holds(goal: Goal, at: Point) -> bool:
    """Tell whether a goal about single points holds where all names have these values."""
    if goal.kind == "all":
        return all(holds(part, at) for part in goal.parts)
    if goal.kind == "any":
        return any(holds(part, at) for part in goal.parts)
    assert goal.kind in ("zero", "nonzero", "false")
    return goal.kind != "false" and bool(value(goal.expression, at) == 0) == (goal.kind == "zero")


def is_admissible(statement: Statement, at: Point) -> bool:
    """Tell whether all hypotheses hold where all names have these values."""
    return solves(statement, at) and all(value(s, at) != 0 for s in statement.nonzero)


def solves(statement: Statement, at: Point) -> bool:
    """Tell whether the given equations hold where all names have these values."""
    return all(value(h, at) == 0 for h in statement.given)


def holds_at(statement: Statement, point: Point) -> bool:
    """Tell whether a point satisfies the hypotheses and the goal."""
    at = with_lets(statement, point)
    return is_admissible(statement, at) and holds(statement.goal, at)


def refutes(statement: Statement, point: Point) -> bool:
    """Tell whether a point satisfies the hypotheses and violates the goal."""
    at = with_lets(statement, point)
    return is_admissible(statement, at) and not holds(statement.goal, at)


# ---------------------------------------------------------------------------------------- evidence


def without_false(statement: Statement) -> Statement:
    """Return "no point exists" as what it means: where all given vanish, one of the nonzero does."""
    if statement.goal.kind != "false" or not statement.nonzero:
        return statement
    return replace(statement, nonzero=(), goal=any_of(*statement.nonzero))


def points(statement: Statement) -> st.SearchStrategy[Point]:
    """Return rational points that satisfy the hypotheses of a statement, on all components of the solutions.

    Raises `NothingToTestError` if no such point is known.
    """
    parts = _parts(replace(statement, goal=as_goal(0)))
    if not parts:
        raise NothingToTestError(f"no point has {statement.given} zero and {statement.nonzero} nonzero")
    return _points(statement, parts)


@cache
def _parts(hypotheses: Statement) -> tuple[tuple[Component, tuple[Mapping[int, int], ...]], ...]:
    """Return the components with their small roots; kept, because many goals share their hypotheses."""
    return tuple((part, roots) for part in components(hypotheses) if (roots := small_roots(part)))


@st.composite
def _points(
    draw: st.DrawFn, statement: Statement, parts: Sequence[tuple[Component, Sequence[Mapping[int, int]]]]
) -> Point:
    part, roots = draw(st.sampled_from(parts))
    numbers = st.integers(-3, 3) | rationals()
    for _ in range(_TRIES):
        root = draw(st.sampled_from(roots))
        point = part.point([root[index] if index in root else draw(numbers) for index in part.free])
        if point is None:
            continue
        at = with_lets(statement, point)
        assert solves(statement, at), "the equations were not solved"
        if is_admissible(statement, at):
            return point
    return reject()


def property_test(statement: Statement) -> Callable[[], None]:
    """Return the test that a statement holds at random points that satisfy its hypotheses: evidence."""
    meant = without_false(statement)

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(points(meant))
    def test(point: Point) -> None:
        assert holds_at(meant, point)

    return test


def counterexample(statement: Statement) -> Point | None:
    """Return a point that satisfies the hypotheses and violates the goal, if one is found."""
    meant = without_false(statement)
    chosen = settings(
        max_examples=_COUNTEREXAMPLES,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        return find(points(meant), lambda point: refutes(meant, point), settings=chosen)
    except (NoSuchExample, NothingToTestError):
        return None


# ------------------------------------------------------------------------------------------ proofs


def grid_of(statement: Statement) -> tuple[Component, tuple[tuple[Expr, tuple[int, ...]], ...]] | None:
    """Return free coordinates, and every expression that has to vanish with the degrees of it in these.

    None where a grid proves nothing: the hypotheses are not solved by one set of polynomials, the goal is no
    list of expressions that vanish, or the grid is too large.
    """
    statement = without_false(statement)
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
                at = with_lets(statement, point)
                assert solves(statement, at), "the equations were not solved"
                assert value(expression, at) == 0, point

    return test


def domain_points(statement: Statement) -> Iterator[Point]:
    """Yield every point of a finite domain that satisfies the hypotheses."""
    assert statement.domain is not None
    if prod(map(len, statement.domain)) > _MOST_CASES:
        raise NothingToTestError("the domain is too large")
    for candidate in product(*([Fraction(entry) for entry in values] for values in statement.domain)):
        point = dict(zip(statement.variables, candidate, strict=True))
        ordered = all(point[a] <= point[b] for group in statement.ascending for a, b in pairwise(group))
        if ordered and is_admissible(statement, with_lets(statement, point)):
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
    """Return "witness", "space", "domain", "grid" or "property": the strongest test there is."""
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
