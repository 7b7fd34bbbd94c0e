"""Every theorem as a test of its own, without its proof; and tests that these tests can fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from claims_as_tests import (
    NothingToTestError,
    counterexample,
    domain_points,
    domain_test,
    grid_of,
    grid_test,
    holds_at,
    points,
    property_test,
    rank,
    refutes,
    space_test,
    way_to_test,
    witness_point,
)
from hypothesis import given
from hypothesis import strategies as st
from solution_components import components, small_roots, value
from strategies import rationals
from sympy import Add, Eq, Matrix, Ne, Rational, symbols

from anomalies.proofs import (
    Goal,
    Statement,
    all_of,
    any_of,
    for_all,
    impossible,
    nonzero,
    prove_automatically,
    prove_claim,
    solution_space,
    solutions,
    there_is,
)
from anomalies.theorems import THEOREMS, find_theorem

a, b, c, x, y = symbols("a b c x y")

STATEMENTS = {theorem.name: theorem.formal() for theorem in THEOREMS}
WAYS = {
    theorem.name: way_to_test(STATEMENTS[theorem.name], "" if theorem.holds else "witness")
    for theorem in THEOREMS
}


def _tested_by(way: str) -> list[str]:
    return [name for name, chosen in WAYS.items() if chosen == way]


@pytest.mark.parametrize("name", _tested_by("grid"))
def test_exhaustive_grid_is_a_proof(name: str) -> None:
    grid_test(STATEMENTS[name])()


@pytest.mark.parametrize("name", _tested_by("domain"))
def test_exhaustive_domain_is_a_proof(name: str) -> None:
    domain_test(STATEMENTS[name])()


@pytest.mark.parametrize("name", _tested_by("space"))
def test_rank_and_nullity_are_a_proof(name: str) -> None:
    space_test(STATEMENTS[name])()


@pytest.mark.parametrize("name", _tested_by("property"))
def test_property_is_evidence(name: str) -> None:
    property_test(STATEMENTS[name])()


@pytest.mark.parametrize("name", _tested_by("witness"))
def test_witness_is_a_proof(name: str) -> None:
    theorem, statement = find_theorem(name), STATEMENTS[name]
    point = witness_point(statement, theorem.method(statement)["values"])
    assert holds_at(statement, point) if theorem.holds else refutes(statement, point)
    assert theorem.holds == (statement.quantifier == "some")
    moved = [{**point, symbol: number + 1} for symbol, number in point.items()]
    assert not all(holds_at(statement, other) or refutes(statement, other) for other in moved)


def test_every_theorem_is_tested_in_some_way() -> None:
    ways = {"grid", "domain", "space", "property", "witness"}
    assert set(WAYS) == {theorem.name for theorem in THEOREMS}
    assert set(WAYS.values()) == ways


# An equation that is linear in no variable: these are tested at its small integer zeros.  A cubic surface or
# threefold (two and three dark states, pure U(1)), a curve (the tangent sector, the nodal cubic), and
# u^3 = 2 q^3.
NOT_SOLVED = {
    "clebsch-base-points",
    "clebsch-complete",
    "eft-compact-form",
    "eft-compact-form-solves",
    "eft-conic",
    "eft-cubic-surfaces",
    "eft-cubic-surfaces-solve",
    "eft-numerator-vanishes",
    "eft-singular-points",
    "eft-tangent-model",
    "eft-three-squares",
    "eft-two-dark-all",
    "eft-two-dark-axial",
    "eft-up-quarks-irrational",
    "eft-vector-like-dark",
    "every-solution-is-a-shift",
    "nodal-cubic-complete",
    "one-pair-makes-three",
    "pure-u1-every-order-of-five",
    "pure-u1-inverse-5",
    "pure-u1-inverse-6",
    "pure-u1-inverse-7",
    "pure-u1-inverse-8",
    "pure-u1-merge",
    "pure-u1-node-complete-3",
    "pure-u1-node-complete-5",
    "tangent-sector-old-if",
    "tangent-sector-old-only-if",
    "two-dark-states",
    "two-dark-states-exist",
    "zero-or-pair-with-two-states",
}


def test_the_hypotheses_of_all_other_theorems_are_solved() -> None:
    tested = [name for name, way in WAYS.items() if way in ("grid", "property")]
    assert {n for n in tested if any(part.unsolved for part in components(STATEMENTS[n]))} == NOT_SOLVED


# ------------------------------------------------------------------------- that these tests can fail


def _goals_with_a_coefficient_doubled(goal: Goal) -> Iterator[Goal]:
    for term in goal.expression.args if goal.kind == "zero" and goal.expression.is_Add else ():
        yield Goal("zero", goal.expression + term)
    for index, part in enumerate(goal.parts):
        for changed in _goals_with_a_coefficient_doubled(part):
            yield replace(goal, parts=(*goal.parts[:index], changed, *goal.parts[index + 1 :]))


def _with_a_coefficient_doubled(statement: Statement) -> Iterator[list[Statement]]:
    """Yield the changes of each goal that has to hold by itself: one of its coefficients is doubled."""
    single = statement.goal.kind != "all"
    for goal in (statement.goal,) if single else statement.goal.parts:
        changes = [replace(statement, goal=changed) for changed in _goals_with_a_coefficient_doubled(goal)]
        if changes:
            yield changes


def _with_a_hypothesis_dropped(statement: Statement) -> Iterator[Statement]:
    for index in range(len(statement.given)):
        yield replace(statement, given=(*statement.given[:index], *statement.given[index + 1 :]))
    for index in range(len(statement.nonzero)):
        yield replace(statement, nonzero=(*statement.nonzero[:index], *statement.nonzero[index + 1 :]))


GENERAL = [*_tested_by("grid"), *_tested_by("property")]
WITH_SUMS = [name for name in GENERAL if any(_with_a_coefficient_doubled(STATEMENTS[name]))]
WITH_HYPOTHESES = [name for name in GENERAL if any(_with_a_hypothesis_dropped(STATEMENTS[name]))]

# Any one of several hypotheses follows from the others.
NO_SINGLE_HYPOTHESIS_NEEDED = {
    "clebsch-base-points",  # the five cubics are the charges of a sector, and satisfy its linear condition
    "lepton-yukawa-not-diagonal",  # the entries (i, j) and (j, i) have opposite charges
    "quarks-decouple",  # (2.4) leaves two parameters in the three quark charges
}


# Every second one at once, the others where it takes longer.
@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow if i % 2 else ()) for i, n in enumerate(WITH_SUMS)]
)
def test_a_changed_coefficient_is_found(name: str) -> None:
    for changes in _with_a_coefficient_doubled(STATEMENTS[name]):
        assert any(counterexample(statement) is not None for statement in changes)


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_HYPOTHESES)
def test_a_dropped_hypothesis_is_found(name: str) -> None:
    weaker, method = list(_with_a_hypothesis_dropped(STATEMENTS[name])), find_theorem(name).method
    if name not in NO_SINGLE_HYPOTHESIS_NEEDED:
        assert any(counterexample(statement) is not None for statement in weaker)
        return
    for statement in weaker:
        assert counterexample(statement) is None
        assert prove_claim(name, statement, method, statement="", latex="").status == "proved"


def test_the_theorems_that_have_hypotheses_are_many() -> None:
    assert len(WITH_HYPOTHESES) > 30
    assert len(WITH_SUMS) > 30
    assert NO_SINGLE_HYPOTHESIS_NEEDED.issubset(WITH_HYPOTHESES)


@pytest.mark.parametrize("name", sorted(NO_SINGLE_HYPOTHESIS_NEEDED))
def test_without_any_hypothesis_these_are_false(name: str) -> None:
    assert counterexample(replace(STATEMENTS[name], given=(), nonzero=())) is not None


FALSE_GRIDS = {
    "identity": for_all([a, b], (a + b) ** 2 - a**2 - b**2),
    "on a line": for_all([a, b], a**3 - a**2 * b, given=[a + b]),
    "one of two": for_all([a, b], all_of(a**2 - b**2, a**2 + b**2), given=[a - b]),
    "a zero at every integer of a smaller grid": for_all([a], a * (a - 1) * (a + 1) * (a - 2)),
    "through an abbreviation": for_all([a, b], x**2 - a**2, lets={x: a + b}),
    "no point": for_all([a, b], impossible(), given=[a - b], nonzero=[a]),
}


@pytest.mark.parametrize("kind", FALSE_GRIDS)
def test_a_grid_and_a_property_find_what_is_false(kind: str) -> None:
    statement = FALSE_GRIDS[kind]
    assert way_to_test(statement) == "grid"
    for test in (grid_test(statement), property_test(statement)):
        with pytest.raises(AssertionError):
            test()
    assert counterexample(statement) is not None


def test_a_grid_is_offered_only_where_it_proves() -> None:
    for statement in (
        for_all([a, b], a, given=[a * b]),  # two components
        for_all([a, b, c], a, given=[a * b - c**2]),  # a denominator
        for_all([a, b], a, given=[a**2 + b**2]),  # not solved
        for_all([a, b], a, nonzero=[b]),
        for_all([a, b], any_of(a, b)),
        for_all([a, b], Ne(a, b)),
        for_all([a], a**6000),
        for_all([a], impossible()),
    ):
        assert grid_of(statement) is None
        with pytest.raises(NothingToTestError, match="a grid is no proof"):
            grid_test(statement)


def test_a_test_on_no_points_is_refused() -> None:
    for statement in (
        for_all([a, b], a, given=[a - b, a - b + 1]),
        for_all([a], a, given=[a], nonzero=[3 * a]),
        for_all([a], a, given=[a**2 - 2]),
        for_all([a], impossible(), given=[Rational(1) + 0 * a]),
    ):
        with pytest.raises(NothingToTestError, match="no point has"):
            property_test(statement)
        assert counterexample(statement) is None


def test_a_domain_is_tried_everywhere() -> None:
    sums = (a + b + c, a**3 + b**3 + c**3)
    domain = {symbol: range(-2, 3) for symbol in (a, b, c)}
    found: list[tuple[Any, ...]] = [(-1, 0, 1), (-2, 0, 2), (0, 0, 0)]
    exact = for_all([a, b, c], solutions(found), given=sums, domain=domain, ascending=[(a, b, c)])
    domain_test(exact)()
    assert sorted(tuple(point.values()) for point in domain_points(exact)) == sorted(found)
    wrong = [
        replace(exact, goal=solutions(found[1:])),
        replace(exact, goal=solutions([*found, (-2, 1, 1)])),
        replace(exact, ascending=()),
        replace(exact, given=sums[1:], nonzero=(a,)),
        replace(exact, goal=any_of(a, c)),
    ]
    for statement in wrong:
        with pytest.raises(AssertionError):
            domain_test(statement)()
    with pytest.raises(NothingToTestError, match="the domain is too large"):
        domain_test(for_all([a, b], a, domain={a: range(1000), b: range(1000)}))()


def test_solution_spaces_that_are_wrong() -> None:
    for name in _tested_by("space"):
        goal = STATEMENTS[name].goal
        last = goal.basis[-1]
        moved = (last[0] + 1, *last[1:])
        dependent = (
            tuple(2 * entry for entry in goal.basis[0]) if len(goal.basis) > 1 else (Fraction(0),) * len(last)
        )
        for basis in (goal.basis[:-1], (*goal.basis[:-1], dependent), (*goal.basis[:-1], moved)):
            with pytest.raises(AssertionError):
                space_test(replace(STATEMENTS[name], goal=replace(goal, basis=basis)))()
    space_test(for_all([a, b], solution_space([a, a - b], [a, b], [])))()
    with pytest.raises(AssertionError):
        space_test(for_all([a, b], solution_space([a - b], [a, b], [])))()


# ------------------------------------------------------------------------------- its parts, one by one


def _expressions() -> st.SearchStrategy[Any]:
    leaves = st.sampled_from([a, b, c]) | rationals(5, 3).map(lambda r: Rational(r.numerator, r.denominator))
    return st.recursive(
        leaves,
        lambda parts: st.one_of(
            st.lists(parts, min_size=2, max_size=3).map(lambda terms: Add(*terms)),
            st.tuples(parts, parts).map(lambda pair: pair[0] * pair[1]),
            st.tuples(parts, st.integers(0, 3)).map(lambda pair: pair[0] ** pair[1]),
        ),
        max_leaves=6,
    )


@given(_expressions(), st.tuples(rationals(), rationals(), rationals()))
def test_values_agree_with_substitution(expression: Any, numbers: tuple[Fraction, ...]) -> None:
    at = dict(zip((a, b, c), numbers, strict=True))
    exact = {symbol: Rational(number.numerator, number.denominator) for symbol, number in at.items()}
    expected = expression.subs(exact)
    assert value(expression, at) == Fraction(int(expected.p), int(expected.q))


SOLVED = {
    "two planes": ([a * b], [], 2, ()),
    "a linear system": ([a + b + c - 1, a - b], [], 1, ()),
    "a denominator and its zeros": ([x * a - b**2], [], 2, ()),
    "a denominator that cannot vanish": ([x * a - b**2], [a], 1, ()),
    "the variable without a denominator": ([x * a - b], [], 1, ()),
    "an excluded factor": ([(a - b) * (a + b)], [a**2 - b * a], 1, ()),
    "cubes": ([a**3 - 8 * b**3], [], 2, ("a^2 + 2*a*b + 4*b^2",)),
    "no rational point": ([a**2 - 2 * b**2 - 3 * c**2], [a, b], 1, ("a^2 - 2*b^2 - 3*c^2",)),
    "a contradiction": ([a, a - 1], [], 0, ()),
    "nothing given": ([], [], 1, ()),
}


@pytest.mark.parametrize("kind", SOLVED)
def test_equations_are_solved_as_far_as_they_can_be(kind: str) -> None:
    zero, excluded, count, unsolved = SOLVED[kind]
    found = components(for_all([a, b, c, x], a, given=zero, nonzero=excluded))
    assert len(found) == count
    assert tuple(str(h) for part in found for h in part.unsolved) == unsolved


def test_small_roots_are_all_of_them() -> None:
    (part,) = components(for_all([a, b], a, given=[a**3 + b**3 - 9 + x * 0]))
    assert sorted(tuple(root.values()) for root in small_roots(part)) == [(1, 2), (2, 1)]
    (part,) = components(for_all([a, b], a, given=[a**2 + b**2 - 25], nonzero=[a - 3, b]))
    brute = {(p, q) for p in range(-9, 10) for q in range(-9, 10) if p * p + q * q == 25 and p != 3 and q}
    assert {tuple(root.values()) for root in small_roots(part)} == brute


@given(st.data())
def test_components_lose_no_small_solution(data: st.DataObject) -> None:
    """Every zero of a product of linear forms lies on a component: its own free coordinates give it back."""
    forms = st.tuples(*[st.integers(-2, 2)] * 4).map(lambda k: k[0] * a + k[1] * b + k[2] * c + k[3] * a * b)
    equations = [data.draw(forms) * data.draw(forms), data.draw(forms)]
    statement = for_all([a, b, c], a, given=equations)
    parts = components(statement)
    for p in range(-2, 3):
        for q in range(-2, 3):
            for r in range(-2, 3):
                at = {a: Fraction(p), b: Fraction(q), c: Fraction(r)}
                if all(value(equation, at) == 0 for equation in equations):
                    assert any(
                        part.unsolved or part.point([(p, q, r)[index] for index in part.free]) == at
                        for part in parts
                    )


def test_points_reach_every_component() -> None:
    statement = for_all([a, b, c], a * b * c, given=[a * b * c])
    for symbol in (a, b, c):
        alone = replace(statement, goal=any_of(*(other for other in (a, b, c) if other != symbol)))
        found = counterexample(alone)
        assert found is not None
        assert found[symbol] == 0


@given(points(for_all([a, b, x], a, given=[x * (a - b) - 1], nonzero=[a + b])))
def test_points_satisfy_the_hypotheses(point: dict[Any, Fraction]) -> None:
    assert point[x] * (point[a] - point[b]) == 1
    assert point[a] + point[b] != 0


@given(st.lists(st.tuples(*[rationals(3, 2)] * 3), max_size=4))
def test_rank_agrees_with_sympy(rows: list[tuple[Fraction, ...]]) -> None:
    exact = [[Rational(entry.numerator, entry.denominator) for entry in row] for row in rows]
    assert rank(rows) == (Matrix(exact).rank() if exact else 0)


def test_goals_at_a_point() -> None:
    at = {a: Fraction(1), b: Fraction(2)}
    for goal, expected in (
        (a - b, False),
        (2 * a - b, True),
        (Ne(a, b), True),
        (nonzero(Eq(2 * a, b)), False),
        (any_of(a - b, Ne(a, 0)), True),
        (all_of(2 * a - b, a), False),
        (impossible(), False),
    ):
        assert holds_at(there_is([a, b], goal), at) == expected
        assert refutes(for_all([a, b], goal), at) != expected
    assert not holds_at(there_is([a, b], 0, given=[a]), at)
    assert not refutes(for_all([a, b], a, nonzero=[2 * a - b]), at)


def test_the_prover_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above stand on their own: neither the prover's ring nor the checker is called."""

    def refuse(*_: object) -> None:
        pytest.fail("the prover or the checker was called")

    monkeypatch.setattr("anomalies.proofs.algebra.Ring.polynomial", refuse)
    monkeypatch.setattr("anomalies.proofs.check.check_certificate", refuse)
    monkeypatch.setattr("anomalies.proofs.certificates.check_certificate", refuse)
    with pytest.raises(pytest.fail.Exception):
        prove_automatically(STATEMENTS["quadratic-vanishes"])
    grid_test(STATEMENTS["quadratic-vanishes"])()
    property_test(STATEMENTS["no-dark-sector"])()
