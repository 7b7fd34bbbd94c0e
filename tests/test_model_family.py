"""The solutions of any model as a family: round trips, completeness in a box, and what stands in the way."""

from __future__ import annotations

import pickle
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from sympy import Rational, Tuple, symbols, true
from sympy.printing.latex import latex

from anomalies.diophantine.charges_by_height import solutions_by_height
from anomalies.diophantine.chord_family import ModelFamily
from anomalies.diophantine.double_points import DoublePoint
from anomalies.diophantine.model_family import FamilySearch, _with_point, model_family
from anomalies.diophantine.quadrics import check_obstruction
from anomalies.diophantine.solution_space import SolutionSpace, SymmetricForm
from anomalies.errors import ArgumentError, ArgumentTypeError
from anomalies.exact import height
from anomalies.fields import FieldContent, multiplet
from anomalies.groups import gauge_group
from anomalies.library import standard_model
from anomalies.linear import Vector, in_span
from anomalies.solutions import Solution, SolutionFamily, parse_charges


def weyl(fermions: int) -> FieldContent:
    """U(1)_X with left-handed fermions of unknown charges."""
    group = gauge_group("U(1)_X")
    field = multiplet(group, "z", (), {}, chirality="left", families=fermions)
    return FieldContent(group, (field,))


def singlets(*hypercharges: int) -> FieldContent:
    """U(1)_Y x U(1)_X with one left-handed fermion for each hypercharge."""
    group = gauge_group("U(1)_Y x U(1)_X")
    named = zip("abcdefgh", hypercharges, strict=False)
    return FieldContent(group, tuple(multiplet(group, n, (), {"Y": y}, chirality="left") for n, y in named))


def higgsinos(families: int) -> FieldContent:
    content = standard_model(families, families)
    up, down = (
        multiplet(content.group, name, ("1", "2"), {"Y": y}, chirality="left")
        for name, y in (("h", "1/2"), ("k", "-1/2"))
    )
    return content.with_fields(up, down)


def two_dark(families: int) -> FieldContent:
    content = standard_model(families, families)
    dark = multiplet(content.group, "chi", ("1", "1"), {"Y": "0"}, chirality="left", families=2)
    return content.with_fields(dark)


@lru_cache
def search(content: FieldContent) -> FamilySearch:
    return model_family(content)


def family_of(content: FieldContent) -> ModelFamily:
    family = search(content).family
    assert family is not None
    return family


MODELS = {
    "sm+3nu": standard_model(),
    "two families": standard_model(2, 0),
    "two families+2nu": standard_model(2, 2),
    "one family": standard_model(1, 0),
    "one family+1nu": standard_model(1, 1),
    "Higgsinos": higgsinos(1),
    "Higgsinos, two families": higgsinos(2),
    "two dark states": two_dark(1),
    "two dark states, two families": two_dark(2),
    "four fermions": weyl(4),
    "six fermions": weyl(6),
    "two pairs": singlets(1, -1, 1, -1),
    "no points": singlets(1, 5, -7, -8, 9),
}
every_model = pytest.mark.parametrize("content", MODELS.values(), ids=MODELS)
values = st.lists(st.fractions(-9, 9, max_denominator=5), min_size=16, max_size=16)


# ---------------------------------------------------------------- what every family promises


@every_model
def test_families_give_back_what_they_are_given(content: FieldContent) -> None:
    family = family_of(content)
    first = list(islice(family, 12))
    assert len(set(first)) == 12
    for solution in first:
        assert isinstance(solution, Solution)
        assert solution in family
        assert family.subs(family.parameters_of(solution)) == solution
    parameters = [family.parameters_of(solution) for solution in first]
    assert len(set(parameters)) == 12


@every_model
def test_families_iterate_by_the_height_of_the_charges(content: FieldContent) -> None:
    family = family_of(content)
    first = list(islice(family, 12))
    heights = [height([value for _, value in solution.values]) for solution in first]
    assert heights == sorted(heights)
    both = islice(solutions_by_height(content), 60)
    expected = [solution for solution in both if solution in family]
    assert first[: len(expected)] == expected[:12]


@every_model
def test_families_iterate_by_their_parameters_as_well(content: FieldContent) -> None:
    family = family_of(content)
    found = list(islice(family.by_parameters(), 12))
    assert len(set(found)) == 12
    assert all(solution in family for solution in found)
    sizes = [max(height([x]) if x else 0 for x in family.parameters_of(solution)) for solution in found]
    assert sizes == sorted(sizes)


@every_model
def test_sets_of_sympy_agree_with_the_family(content: FieldContent) -> None:
    family = family_of(content)
    chosen = [*islice(family.by_parameters(), 0, 9, 4), *islice(solutions_by_height(content), 0, 30, 4)]
    members = family.as_set()
    for solution in chosen:
        charges = Tuple(*(value for _, value in solution.values))
        assert (charges in members) == (solution in family)
    for solution in chosen[:2]:
        at = tuple(map(Rational, family.parameters_of(solution)))
        assert family.image().lamda(at) == Tuple(*(value for _, value in solution.values))
        assert family.image().base_set.contains(Tuple(*at)) is true
    if family.directions:
        nothing = Tuple(*[0] * len(family.parameters))
        assert family.image().base_set.contains(nothing) is not true


def test_a_model_that_no_complete_search_knows_is_iterated_by_parameters_only() -> None:
    """Charges x + y, y - x, -y, -y: the cubic is 6 x^2 y, and x = 0 is a double point."""
    group = gauge_group("U(1)_X")
    x, y = symbols("x y")
    charges = {"a": x + y, "b": y - x, "c": -y, "d": -y}
    content = FieldContent(
        group, tuple(multiplet(group, n, (), {"X": q}, chirality="left") for n, q in charges.items())
    )
    family = family_of(content)
    assert len(list(islice(family.by_parameters(), 5))) == 5
    with pytest.raises(ArgumentError, match="must have diagonal anomaly conditions"):
        iter(family)
    assert Tuple(3, 0) in family.as_set()
    assert Tuple(3, 1) not in family.as_set()
    assert Tuple(0, 1) not in family.as_set()


@pytest.mark.parametrize("name", ["sm+3nu", "two families", "Higgsinos, two families", "six fermions"])
@given(given_values=values)
@settings(max_examples=15, deadline=None)
def test_any_parameters_give_a_solution_or_are_refused(name: str, given_values: list[Fraction]) -> None:
    family = family_of(MODELS[name])
    chosen = given_values[: len(family.parameters)]
    chosen += [Fraction(1)] * (len(family.parameters) - len(chosen))
    try:
        solution = family.subs(chosen)
    except ArgumentError:
        event("refused")
        assert chosen[len(family.directions)] == 0 or not family._allows(chosen[: len(family.directions)])
        return
    assert family.subs(family.parameters_of(solution)) == solution


@every_model
def test_solutions_may_be_shifted_and_scaled(content: FieldContent) -> None:
    family = family_of(content)
    solution = next(islice(family, 7, None))
    x = tuple(value for _, value in solution.values)
    symbols = family.space.symbols
    for s in family.shifts:
        moved = [3 * a + Fraction(b, 7) for a, b in zip(x, s, strict=True)]
        assert Solution(content, dict(zip(symbols, moved, strict=True))) in family


@pytest.mark.parametrize("name", ["sm+3nu", "two families+2nu", "two families", "six fermions", "one family"])
def test_formulas_are_the_solutions(name: str) -> None:
    family = family_of(MODELS[name])
    solution = next(islice(family, 5, None))
    numbers = dict(zip(family.parameters, family.parameters_of(solution), strict=True))
    formulas = dict(family.formula())
    for symbol, value in solution.values:
        assert Fraction(str(formulas[symbol].subs(numbers))) == value


def test_families_satisfy_the_protocol() -> None:
    families: tuple[SolutionFamily[Solution], ...] = (
        family_of(MODELS["sm+3nu"]),
        family_of(MODELS["six fermions"]),
    )
    assert [len(family.parameters) for family in families] == [14, 5]
    assert str(families[1].parameters) == "(tau_1, tau_2, tau_3, tau_4, lambda)"


# ---------------------------------------------------------------- completeness


def left_out(family: ModelFamily, solution: Solution) -> bool:
    """Whether a solution is one that the docstring of the family excludes."""
    space, x = family.space, tuple(value for _, value in solution.values)
    fixed = [v for v in (*family.shifts, family.double) if v is not None]
    if in_span(fixed, x):
        return True
    if family.point is not None and space.quadrics[0](x, family.point) == 0:
        return True
    return family.double is not None and space.cubic(family.double, x, x) == 0


@pytest.mark.parametrize(("fermions", "largest"), [(4, 6), (6, 2)])
def test_all_small_solutions_of_the_pure_u1_are_reached_or_named(fermions: int, largest: int) -> None:
    content = weyl(fermions)
    family = family_of(content)
    reached = missed = 0
    for x in product(range(-largest, largest + 1), repeat=fermions - 1):
        z = (*x, -sum(x))
        if z[0] >= abs(z[-1]) and sum(a**3 for a in z) == 0:
            solution = Solution(content, dict(zip(content.charge_symbols, z, strict=True)))
            assert (solution in family) != left_out(family, solution)
            reached += solution in family
            missed += solution not in family
    assert reached > 10
    assert missed > 3


@pytest.mark.parametrize("name", ["two families", "two families+2nu", "two dark states", "Higgsinos"])
def test_all_small_solutions_are_reached_or_named(name: str) -> None:
    content = MODELS[name]
    family = family_of(content)
    space = family.space
    counts = {True: 0, False: 0}
    for c in islice(product((0, 1, -1), repeat=space.dimension), 700):
        x = tuple(
            sum((a * b[i] for a, b in zip(c, space.basis, strict=True)), Fraction(0))
            for i in range(len(space.symbols))
        )
        if space.is_solution(x):
            solution = Solution(content, dict(zip(space.symbols, x, strict=True)))
            assert (solution in family) != left_out(family, solution)
            counts[solution in family] += 1
    assert min(counts.values()) > 3


def test_another_point_reaches_what_one_leaves_out() -> None:
    family = family_of(MODELS["two families+2nu"])
    assert family.point is not None
    (form,) = family.space.quadrics
    solutions = list(islice(family, 40))
    others = [tuple(v for _, v in s.values) for s in solutions]
    # The points of the quadric that the family itself reaches, as further points C.
    points = [family.on_the_quadric(direction) for direction in family.directions]
    changed = [family.through(w) for w in points if any(form(w, v) for v in family.space.basis)]
    assert changed
    for other in changed:
        assert other.point is not None
        for solution, x in zip(solutions, others, strict=True):
            assert (solution in other) == (form(x, other.point) != 0)
    through_first = [s for s in islice(changed[0], 200) if s not in family]
    assert through_first


def test_of_two_planes_the_one_with_solutions_is_taken() -> None:
    """B = w_1 w_2 and T = d w_1^2 + w_2^3: T(D, w, w) vanishes where w_1 = 0, so C has to be (0, 0, 1)."""
    content = weyl(3)
    one = Fraction(1)
    basis = tuple(tuple(Fraction(i == j) for j in range(3)) for i in range(3))
    quadric = SymmetricForm(2, (((1, 2), one),))
    cubic = SymmetricForm(3, (((0, 1, 1), one), ((2, 2, 2), one)))
    space = SolutionSpace(content, content.charge_symbols, basis, (quadric,), cubic)
    family = _with_point(space, (), DoublePoint(space, basis[0]))
    assert family.point is not None
    assert family.point[1] == 0 != family.point[2]


def test_known_charges_of_three_families() -> None:
    """L_mu - L_tau and B - 3 L_tau solve the conditions; a point C that reaches each exists."""
    family = family_of(MODELS["sm+3nu"])
    content = MODELS["sm+3nu"]
    for charges in ("l2=1, e2=1, nu2=1, l3=-1, e3=-1, nu3=-1", "q=1, u=1, d=1, l3=-9, e3=-9, nu3=-9"):
        solution = Solution(content, parse_charges(content, charges))
        assert (solution in family) != left_out(family, solution)


# ---------------------------------------------------------------- no family, no points


@pytest.mark.parametrize(
    "content", [standard_model(3, 0), weyl(5), weyl(7), standard_model(3, 2), singlets(5, -4, -4, 1, 1, 1)]
)
def test_where_there_is_no_family_the_search_says_what_it_did(content: FieldContent) -> None:
    found = search(content)
    assert found.family is None
    assert str(found).startswith("no family: quadric and cubic share no double point other than shifts")
    assert "(exhaustive)" in str(found)
    assert found.double_points.exhaustive
    assert r"\text{no family" in latex(found)


@pytest.mark.parametrize("hypercharges", [(1, 5, -7, -8, 9), (2, 4, -7, -9, 10)])
def test_a_quadric_without_points_leaves_its_radical(hypercharges: tuple[int, ...]) -> None:
    content = singlets(*hypercharges)
    found = search(content)
    family = family_of(content)
    assert len(found.obstructions) == 1
    assert check_obstruction(found.obstructions[0])
    assert found.outcome.startswith("all rational solutions are in the radical of a quadric, and there ")
    # All solutions are multiples of hypercharge: so are all in a box.
    assert len(family.shifts) == 1
    solutions = 0
    for x in product(range(-10, 11), repeat=3):
        charges = _completed(hypercharges, x)
        if charges is not None:
            solutions += 1
            assert in_span(family.shifts, charges)
            assert Solution(content, dict(zip(content.charge_symbols, charges, strict=True))) in family
    assert solutions > 2


def _completed(y: tuple[int, ...], x: tuple[int, ...]) -> Vector | None:
    """Complete three charges by the conditions sum x = sum y^2 x = 0; None unless the others hold as well."""
    first, second = sum(x), sum(a * a * b for a, b in zip(y, x, strict=False))
    last = Fraction(y[3] ** 2 * first - second, y[4] ** 2 - y[3] ** 2)
    z = (*map(Fraction, x), -first - last, last)
    solves = not sum(a * b * b for a, b in zip(y, z, strict=True)) and not sum(b**3 for b in z)
    return z if solves else None


def test_two_quadrics_are_reported() -> None:
    """Two U(1) of known charges give up to two quadratic conditions; the construction takes one."""
    group = gauge_group("U(1)_Y x U(1)_Z x U(1)_X")
    pairs = [("a", 1, 0), ("b", -1, 0), ("c", 0, 1), ("d", 0, -1)]
    fields = (multiplet(group, n, (), {"Y": y, "Z": z}, chirality="left", families=2) for n, y, z in pairs)
    found = model_family(FieldContent(group, tuple(fields)))
    assert len(found.double_points.space.gram_matrices) == 2
    assert found.family is None
    assert found.outcome == "no family: there are 2 quadrics, and the construction takes one"


# ---------------------------------------------------------------- printing, bad input


def test_printing() -> None:
    found = search(MODELS["two families+2nu"])
    assert str(found).splitlines()[0] == "a family: the cubic is linear along a double point"
    assert "beta = -T(w, w, w)/(3*T(D, w, w))" in str(found)
    assert r"\beta = -\frac{T(w, w, w)}{3\, T(D, w, w)}" in latex(found)
    assert "\nX = S\n" in str(search(MODELS["one family"]))
    assert pickle.loads(pickle.dumps(found)) == found
    assert len({found, pickle.loads(pickle.dumps(found))}) == 1


def test_bad_parameters_are_refused() -> None:
    family = family_of(MODELS["two families+2nu"])
    count = len(family.parameters)
    with pytest.raises(ArgumentError, match=f"Argument 'values' must have {count} entries, not 2"):
        family.subs([1, 2])
    with pytest.raises(ArgumentTypeError, match=r"must be exact, not 0\.5"):
        family.subs([0.5] * count)
    with pytest.raises(ArgumentError, match="none of lambda, B\\(tau, C\\) and T\\(D, w, w\\) vanishes"):
        family.subs([0] * count)
    with pytest.raises(ArgumentError, match="Argument 'values' must be given once for each of tau_1"):
        family.subs({"tau_1": 1})


def test_strangers_are_no_members() -> None:
    family = family_of(MODELS["two families+2nu"])
    other = next(iter(family_of(MODELS["two families"])))
    zero = Solution(MODELS["two families+2nu"], dict.fromkeys(family.space.symbols, 0))
    for stranger in (other, zero, "q=1", None):
        assert stranger not in family
        with pytest.raises(ArgumentError, match="Argument 'solution' must be a solution of this family"):
            family.parameters_of(stranger)  # type: ignore[arg-type]


def test_points_of_a_quadric_are_checked() -> None:
    family = family_of(MODELS["two families"])
    message = "Argument 'point' must be a point of the quadric outside of its radical"
    with pytest.raises(ArgumentError, match=message):
        family.through(family.shifts[0])
    with pytest.raises(ArgumentError, match=message):
        family.through([1] + [0] * (len(family.space.symbols) - 1))
    with pytest.raises(ArgumentError, match="Argument 'point' must have 11 entries, not 1"):
        family.through([1])
    with pytest.raises(ArgumentError, match="given for a model with a quadric only"):
        family_of(MODELS["six fermions"]).through([0] * 6)
    with pytest.raises(ArgumentTypeError, match="Argument 'content' must be a FieldContent"):
        model_family("sm")  # type: ignore[arg-type]
