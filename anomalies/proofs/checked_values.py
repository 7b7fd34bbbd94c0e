"""Proofs by evaluation, the half of the checker's rules that never expands anything.

The rules polarisation, grid, search, witness and sample; `check` says what each of them claims.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, pairwise, product
from math import comb, prod
from typing import Any, TypeAlias

from anomalies.proofs.checked_polynomials import (
    Budget,
    Expression,
    Number,
    Polynomial,
    degree_bounds,
    evaluate,
    expand,
    is_natural,
    names_of,
    read_rational,
    words,
)
from anomalies.proofs.checked_statements import (
    Domain,
    Goal,
    Sequent,
    Setting,
    fail,
    items,
    matrix,
    point_line,
    require,
    units,
    zero_goal,
)

__all__ = ["grid", "polarisation", "sample", "search", "witness"]

_HIGHEST_FORM = 6  # the polar form of degree d costs 2^d evaluations
_SAMPLE_BITS = 32
_CASE = 5  # steps of going to the next point
_MOST_TRIALS = 16

Point: TypeAlias = tuple[Number, ...]


def polarisation(
    setting: Setting, sequent: Sequent, degree: Any, coordinates: Any, basis: Any, tuples: Any
) -> None:
    """Check that a form vanishes on a space, by its polar form on a basis."""
    form, names, budget = zero_goal(sequent), [name for name, _ in setting.lets], setting.budget
    require(bool(names) and coordinates == names, "the coordinates are not the lets")
    require(names_of(form) <= set(names), "the form contains more than the coordinates")
    require(is_natural(degree, 1) and degree <= _HIGHEST_FORM, "the degree is out of range")
    slots: dict[str, Polynomial] = {
        name: {unit: 1} for name, unit in zip(names, units(len(names)), strict=True)
    }
    expanded = expand(form, slots, {(0,) * len(names): 1}, budget)
    require({sum(exponents) for exponents in expanded} == {degree}, "the form has another degree")
    count = len(setting.variables)
    vectors = matrix(basis, "basis", len(names), count)
    for j, name in enumerate(names):
        linear = {unit: vector[j] for unit, vector in zip(units(count), vectors, strict=True) if vector[j]}
        require(setting.names[name] == linear, "the lets are not these combinations of the basis")
    require(tuples == comb(count + degree - 1, degree), "the number of tuples differs")
    for chosen in combinations_with_replacement(vectors, degree):
        require(_polar(form, names, chosen, budget) == 0, "the polar form does not vanish on the basis")


def _polar(form: Expression, names: list[str], vectors: tuple[list[Number], ...], budget: Budget) -> Number:
    """Return d! times the polar form, the alternating sum of f over the sums of subsets."""
    total: Number = 0
    weight = max(words(entry) for vector in vectors for entry in vector) ** 2
    for size in range(1, len(vectors) + 1):
        for subset in combinations(vectors, size):
            budget.spend(len(names) * size * weight)
            point = dict(zip(names, map(sum, zip(*subset, strict=True)), strict=True))
            total += (-1) ** (len(vectors) - size) * evaluate(form, point, budget)
    return total


def _values_at(setting: Setting, point: Point) -> dict[str, Number]:
    values: dict[str, Number] = dict(zip(setting.variables, point, strict=True))
    for name, expression in setting.lets:
        values[name] = evaluate(expression, values, setting.budget)
    return values


def _degrees_of_names(setting: Setting, bounds: list[tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return degree bounds of every name, given those of the variables."""
    known = dict(zip(setting.variables, bounds, strict=True))
    for name, definition in setting.lets:
        known[name] = degree_bounds(definition, known)
    return known


def grid(setting: Setting, sequent: Sequent, degrees: Any, cases: Any) -> None:
    """Check that an expression vanishes on a grid that its degrees do not let it vanish on otherwise."""
    p = zero_goal(sequent)
    bounds = degree_bounds(p, _degrees_of_names(setting, units(len(setting.variables))))
    require(degrees == list(bounds), "the degree bounds differ from those of the expression")
    require(cases == prod(d + 1 for d in bounds), "the number of grid points differs")
    setting.budget.spend(_CASE * cases)
    for point in product(*(range(-(d // 2), d - d // 2 + 1) for d in bounds)):
        value = evaluate(p, _values_at(setting, point), setting.budget)
        require(value == 0, "the expression does not vanish on the grid")


def _holds(goal: Goal, values: Mapping[str, Number], budget: Budget) -> bool:
    if goal.kind in ("all", "any"):
        results = (_holds(part, values, budget) for part in goal.parts)
        return all(results) if goal.kind == "all" else any(results)
    require(goal.kind in ("zero", "nonzero", "false"), "the goal has no value at a point")
    return goal.kind != "false" and (evaluate(goal.expression, values, budget) == 0) == (goal.kind == "zero")


def _admissible(
    setting: Setting, sequent: Sequent, domain: Domain
) -> Iterator[tuple[Point, dict[str, Number]]]:
    """Yield the points of the domain that satisfy the hypotheses, testing each as early as it can be."""
    budget, count = setting.budget, len(setting.variables)
    degrees = _degrees_of_names(setting, units(count))
    earlier = {b: a for group in domain.ascending for a, b in pairwise(group)}

    def decided(expression: Expression) -> int:
        """Return how many variables have to be known before the expression is."""
        bounds = degree_bounds(expression, degrees)
        return max((index + 1 for index, bound in enumerate(bounds) if bound), default=0)

    lets: list[list[tuple[str, Expression]]] = [[] for _ in range(count + 1)]
    tests: list[list[tuple[Expression, bool]]] = [[] for _ in range(count + 1)]
    for name, expression in setting.lets:
        lets[decided(expression)].append((name, expression))
    for vanishing, expressions in ((True, sequent.given), (False, sequent.nonzero)):
        for expression in expressions:
            tests[decided(expression)].append((expression, vanishing))

    def descend(point: Point, values: dict[str, Number]) -> Iterator[tuple[Point, dict[str, Number]]]:
        depth = len(point)
        budget.spend(_CASE)
        for name, expression in lets[depth]:
            values[name] = evaluate(expression, values, budget)
        if any((evaluate(e, values, budget) == 0) != vanishing for e, vanishing in tests[depth]):
            return
        if depth == count:
            yield point, values
            return
        for value in domain.values[depth]:
            if depth not in earlier or point[earlier[depth]] <= value:
                values[setting.variables[depth]] = value
                yield from descend((*point, value), values)

    return descend((), {})


def search(setting: Setting, sequent: Sequent, cases: Any) -> None:
    """Check a goal at every point of a finite domain, or the list of all points there."""
    domain = setting.domain
    if domain is None:
        fail("the statement has no finite domain to search")
    require(cases == prod(map(len, domain.values)), "the number of cases differs")
    points = _admissible(setting, sequent, domain)
    if sequent.goal.kind == "solutions":
        _check_solutions(sequent.goal, points)
        return
    for _, values in points:
        require(_holds(sequent.goal, values, setting.budget), "a point of the domain is an exception")


def _check_solutions(goal: Goal, points: Iterator[tuple[Point, dict[str, Number]]]) -> None:
    count, sha256, listed = goal.data
    found, text = 0, hashlib.sha256()
    for point, _ in points:
        row = [str(value) for value in point]
        require(not listed or (found < len(listed) and listed[found] == row), "the points listed differ")
        text.update(point_line(row))
        found += 1
    require(found == count and text.hexdigest() == sha256, "the set of solutions differs")
    require(len(listed) in (0, count), "the points listed differ")


def witness(setting: Setting, sequent: Sequent, values: Any) -> str:
    """Check a point that decides the statement, and return the verdict: "proved" or "refuted"."""
    point = tuple(read_rational(value, "values") for value in items(values, "values", len(setting.variables)))
    at, budget = _values_at(setting, point), setting.budget
    require(all(evaluate(e, at, budget) == 0 for e in sequent.given), "the point violates a given equation")
    require(all(evaluate(e, at, budget) != 0 for e in sequent.nonzero), "the point is an excluded one")
    require(setting.domain is None or _inside(point, setting.domain), "the point is outside the domain")
    expected = setting.quantifier == "some"
    require(_holds(sequent.goal, at, budget) == expected, "the point does not decide the statement")
    return "proved" if expected else "refuted"


def _inside(point: Point, domain: Domain) -> bool:
    ordered = ([point[i] for i in group] for group in domain.ascending)
    return all(value in allowed for value, allowed in zip(point, domain.values, strict=True)) and all(
        group == sorted(group) for group in ordered
    )


def sample(setting: Setting, sequent: Sequent, degree: Any, trials: Any, error: Any) -> Fraction:
    """Check that an expression vanishes on a sample, and return the bound of the error's probability."""
    p = zero_goal(sequent)
    bounds = degree_bounds(p, _degrees_of_names(setting, [(1,)] * len(setting.variables)))
    bound = sum(bounds)  # of the one entry that there is if there are variables
    require(degree == bound, "the degree bound differs from that of the expression")
    require(is_natural(trials, 1) and trials <= _MOST_TRIALS, "the number of points is out of range")
    probability: Fraction = Fraction(bound, 2**_SAMPLE_BITS) ** trials
    require(error == str(probability) and probability < 1, "the error probability differs")
    for trial in range(trials):
        point = tuple(_pseudorandom(setting.digest, trial, i) for i in range(len(setting.variables)))
        value = evaluate(p, _values_at(setting, point), setting.budget)
        require(value == 0, "the expression does not vanish on the sample")
    return probability


def _pseudorandom(statement: str, trial: int, index: int) -> int:
    # From the statement's own hash: whoever writes the certificate cannot choose the points.
    seed = hashlib.sha256(f"{statement}/{trial}/{index}".encode()).digest()
    return int.from_bytes(seed[: _SAMPLE_BITS // 8], "big")
