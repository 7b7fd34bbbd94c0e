"""The anomaly equations of a model as exact objects, and the double points of its quadrics and cubic."""

from __future__ import annotations

import pickle
from fractions import Fraction
from functools import lru_cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational, symbols
from sympy.printing.latex import latex

from anomalies.conditions import anomaly_conditions
from anomalies.diophantine.double_points import DoublePoint, DoublePoints, double_points, double_points_of
from anomalies.diophantine.solution_space import (
    SolutionSpace,
    SymmetricForm,
    combination,
    complement,
    gram_matrix,
    radical,
    restricted,
    shift_space,
    short_basis,
    solution_space,
)
from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError
from anomalies.fields import FieldContent, multiplet
from anomalies.groups import gauge_group
from anomalies.library import adn_framework, standard_model
from anomalies.linear import Vector, in_span, rank, solve
from anomalies.solutions import parse_charges

HYPERCHARGE = "q=1, u=4, d=-2, l=-3, e=-6"
B_MINUS_L = "q=1, u=1, d=1, l=-3, e=-3, nu=-3"


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


@lru_cache
def space_of(content: FieldContent) -> SolutionSpace:
    return solution_space(content)


@lru_cache
def found_in(content: FieldContent) -> DoublePoints:
    return double_points_of(space_of(content))


def vector(content: FieldContent, charges: str) -> Vector:
    return tuple(parse_charges(content, charges).values())


CONTENTS = (
    standard_model(),
    standard_model(3, 0),
    standard_model(2, 2),
    standard_model(1, 1),
    standard_model(3, 0, universal=("q", "u", "d")),
    singlets(5, -4, -4, 1, 1, 1),
    weyl(6),
)


# ---------------------------------------------------------------- the equations


@pytest.mark.parametrize("content", CONTENTS)
def test_the_space_and_the_forms_are_the_anomaly_conditions(content: FieldContent) -> None:
    space = space_of(content)
    conditions = anomaly_conditions(content)
    for k, coefficients in enumerate(((1, 2, -1), (3, 0, 5), (-2, 7, 1))):
        padded = [coefficients[(i + k) % 3] for i in range(space.dimension)]
        x = combination(padded, space.basis, len(space.symbols))
        values = conditions.subs(
            {s: Rational(v.numerator, v.denominator) for s, v in zip(space.symbols, x, strict=True)}
        )
        open_legs = content.open_factors[0]
        by_degree = {d: [v for t, v in values.items() if t.legs.count(open_legs) == d] for d in (1, 2, 3)}
        assert not any(by_degree[1])
        assert [q(x, x) for q in space.quadrics] == [v for v in by_degree[2] if space.quadrics]
        assert [space.cubic(x, x, x)] == by_degree[3]


@pytest.mark.parametrize("content", CONTENTS)
def test_the_space_is_all_of_the_linear_solutions(content: FieldContent) -> None:
    space = space_of(content)
    linear = anomaly_conditions(content).of_degree(1)
    rows = [[Fraction(int(v.coeff(s).p), int(v.coeff(s).q)) for s in space.symbols] for v in linear.values()]
    assert space.dimension + rank(rows) == len(space.symbols)
    assert all(x.denominator == 1 for v in space.basis for x in v)


def test_the_numbers_of_the_standard_model() -> None:
    space = space_of(standard_model())
    assert str(space) == "19 charges, 15 linearly free, one quadric, one cubic"
    assert (len(space.gram_matrices[0]), rank(space.gram_matrices[0])) == (15, 10)
    assert all(space.cubic(*(space.basis[i] for i in places)) == t for places, t in space.cubic_coefficients)
    assert r"\operatorname{span}" in latex(space)
    assert pickle.loads(pickle.dumps(space)) == space


def test_one_family_has_no_equation_but_the_linear_ones() -> None:
    space = space_of(standard_model(1, 1))
    assert (space.quadrics, space.cubic_coefficients) == ((), ())


@given(
    st.lists(st.integers(-4, 4), min_size=4, max_size=4), st.lists(st.integers(-4, 4), min_size=4, max_size=4)
)
def test_polarisation(x: list[int], y: list[int]) -> None:
    terms = (((0, 0, 1), Fraction(6)), ((1, 2, 3), Fraction(-5)), ((2, 2, 2), Fraction(1, 2)))
    form = SymmetricForm(3, terms)

    def value(v: list[int]) -> Fraction:
        return 6 * v[0] ** 2 * v[1] - 5 * Fraction(v[1] * v[2] * v[3]) + Fraction(v[2] ** 3, 2)

    both = [a + b for a, b in zip(x, y, strict=True)]
    assert form(x, x, x) == value(x)
    assert value(both) == value(x) + 3 * form(x, x, y) + 3 * form(x, y, y) + value(y)


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(-9, 9), min_size=4, max_size=4), min_size=1, max_size=3))
def test_short_bases_hold_all_integer_vectors(rows: list[list[int]]) -> None:
    vectors = [tuple(map(Fraction, row)) for row in rows]
    basis = short_basis(vectors, 4)
    assert len(basis) == rank(vectors)
    for x in product(range(-2, 3), repeat=4):
        exact = tuple(map(Fraction, x))
        if in_span(vectors, exact):
            assert rank((*basis, exact)) == len(basis)
            assert all(c.denominator == 1 for c in _coordinates(basis, exact))


def _coordinates(basis: tuple[Vector, ...], x: Vector) -> Vector:
    found = solve(basis, x) if basis else ()
    assert found is not None
    return found


# ---------------------------------------------------------------- hypercharge and B-L


@pytest.mark.parametrize("families", [2, 3])
def test_hypercharge_is_a_shift_and_b_minus_l_a_double_point(families: int) -> None:
    content = standard_model(families, families)
    found = found_in(content)
    assert found.exhaustive
    shifts = [point.vector for point in found.shifts]
    hypercharge, b_minus_l = vector(content, HYPERCHARGE), vector(content, B_MINUS_L)
    assert len(shifts) == 2
    assert in_span(shifts, hypercharge)
    assert in_span(shifts, vector(content, "H=1"))
    assert DoublePoint(found.space, hypercharge).identities == (
        "B(D, X) = 0",
        "T(D, D, X) = 0",
        "T(D, X, X') = a combination of the B(X, X')",
    )
    assert DoublePoint(found.space, b_minus_l).identities == ("B(D, X) = 0", "T(D, D, X) = 0")
    assert len(found.points) == 1
    assert in_span([*shifts, found.points[0].vector], b_minus_l)
    assert not in_span(shifts, b_minus_l)


def test_without_right_handed_neutrinos_hypercharge_is_all() -> None:
    found = found_in(standard_model(3, 0))
    assert (len(found.shifts), found.points, found.exhaustive) == (2, (), True)
    assert str(found) == "no double point modulo 2 shifts (exhaustive)"


def test_of_one_family_everything_is_a_shift() -> None:
    content = standard_model(1, 1)
    found = found_in(content)
    assert len(found.shifts) == found.space.dimension == 3
    assert DoublePoint(found.space, vector(content, B_MINUS_L)).identities[-1] == "T(D, X, X') = 0"


@given(st.lists(st.fractions(-5, 5, max_denominator=4), min_size=15, max_size=15), st.fractions(-9, 9))
@settings(max_examples=30)
def test_what_shifts_and_double_points_are_for(coefficients: list[Fraction], s: Fraction) -> None:
    found = found_in(standard_model())
    space = found.space
    (quadric,) = space.quadrics
    x = combination(coefficients, space.basis, len(space.symbols))
    for point, is_shift in ((found.shifts[1], True), (found.points[0], False)):
        d = point.vector
        y = tuple(a + s * b for a, b in zip(x, d, strict=True))
        assert quadric(y, y) == quadric(x, x)
        assert space.cubic(y, y, y) == space.cubic(x, x, x) + 3 * s * space.cubic(d, x, x)
        if is_shift:
            assert space.cubic(d, x, x) * quadric(space.basis[0], space.basis[0]) == quadric(
                x, x
            ) * space.cubic(d, space.basis[0], space.basis[0])


# ---------------------------------------------------------------- others


@pytest.mark.parametrize(("fermions", "count"), [(3, 0), (4, 3), (5, 0), (6, 10), (7, 0)])
def test_the_nodes_of_the_pure_u1_cubics(fermions: int, count: int) -> None:
    """sum z = sum z^3 = 0 is singular where all z^2 agree: (n choose n/2)/2 points, Segre's ten for n = 6."""
    found = found_in(weyl(fermions))
    assert found.exhaustive
    assert len(found.points) == count
    assert {abs(x) for point in found.points for x in point.vector} <= {1}


@pytest.mark.parametrize("content", [weyl(4), weyl(6), standard_model(2, 2), singlets(1, -1, 1, -1)])
def test_no_double_point_in_a_box_is_missed(content: FieldContent) -> None:
    """Against all points of a box in the common radical of the quadrics."""
    found = found_in(content)
    space = found.space
    candidates = radical(space)
    shifts = [point.vector for point in found.shifts]
    known = [(*shifts, point.vector) for point in found.points]
    for c in product(range(-2, 3), repeat=len(candidates)):
        x = combination(c, candidates, len(space.symbols))
        if (
            not any(space.cubic(x, x, v) for v in space.basis)
            and not (shifts and in_span(shifts, x))
            and any(x)
        ):
            assert any(in_span(span, x) for span in known)


def tied() -> FieldContent:
    """Charges that are sums of four unknowns: quadrics in three variables that algebra does not reduce."""
    a, b, c, d = symbols("Q_a Q_b Q_c Q_d")
    charges = [a + b - c, b + d, b - c, b - a, a - b + d, a + b + c]
    group = gauge_group("U(1)_X")
    return FieldContent(group, (multiplet(group, "z", (), {"X": charges}, chirality="left", families=6),))


def test_heights_are_searched_where_algebra_does_not_decide() -> None:
    found = double_points(tied())
    assert (found.exhaustive, found.searched, found.height) == (False, (3,), 3)
    assert "not exhaustive, coordinates up to 3 in spaces of dimension 3" in str(found)
    assert double_points(tied(), 5).height == 5
    with pytest.raises(ArgumentError, match=r"at most 1000000 vectors to try \(there are 1030301\), not 50"):
        double_points(tied(), 50)


def test_restriction_to_a_subspace() -> None:
    space = space_of(standard_model(2, 2))
    smaller = restricted(space, radical(space))
    assert smaller.quadrics == ()
    assert smaller.dimension == len(radical(space)) == 4
    assert gram_matrix(space.quadrics[0], smaller.basis) == ((Fraction(0),) * 4,) * 4
    assert len(complement(shift_space(space), space.basis)) == space.dimension - 2


def test_printing() -> None:
    found = found_in(weyl(4))
    assert str(found).startswith("3 double points modulo 0 shifts (exhaustive):\n  Q_z1 = ")
    assert r"\begin{aligned}" in latex(found)
    assert "Q_{z1}" in latex(found.points[0])
    assert pickle.loads(pickle.dumps(found)) == found
    assert len({found, pickle.loads(pickle.dumps(found))}) == 1
    assert str(found.points[0].charges) == str(found.points[0])


# ---------------------------------------------------------------- bad input


def test_contents_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ArgumentTypeError, match="Argument 'content' must be a FieldContent"):
        double_points("sm")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="exactly one U\\(1\\) of unknown charges"):
        double_points(standard_model(extra=None))
    half = standard_model(1, 1).subs({standard_model(1, 1).charge_symbols[0]: 1})
    with pytest.raises(ArgumentError, match="must have homogeneous anomaly conditions, and SU\\(3\\)\\^2 X"):
        double_points(half)
    with pytest.raises(ArgumentError, match="that no charges under U\\(1\\)_X can cancel, and Y\\^3"):
        double_points(singlets(1, 2, -3))
    group = gauge_group("SU(2) x U(1)_X")
    odd = FieldContent(group, (multiplet(group, "a", ("2",), {}, chirality="left"),))
    with pytest.raises(ArgumentError, match="must have no Witten anomaly, unlike that of SU\\(2\\)"):
        double_points(odd)


@pytest.mark.parametrize(
    ("height", "message"),
    [(0, "an integer of at least 1"), (-1, "at least 1"), ("a", "an integer of at least 1")],
)
def test_heights_are_positive_integers(height: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=f"Argument 'height' must be .*{message}"):
        double_points(standard_model(1, 1), height)  # type: ignore[arg-type]
    with pytest.raises(InexactNumberError):
        double_points(standard_model(1, 1), 1.0)  # type: ignore[arg-type]


def test_double_points_are_checked() -> None:
    content = standard_model(2, 2)
    space = space_of(content)
    for charges, reason in (
        ("q=1", "in the linear solution space"),
        ("q1=1, q2=-1", "a double point of the quadrics"),
        ("nu1=1, nu2=-1", "a double point of the cubic"),
    ):
        with pytest.raises(ArgumentError, match=f"Argument 'vector' must be {reason}"):
            DoublePoint(space, vector(content, charges))


def test_the_framework_with_a_tied_charge() -> None:
    """A vector-like quark and scalars are in no condition: their charges are shifts."""
    found = double_points(adn_framework())
    assert found.exhaustive
    assert len(found.points) >= 1
