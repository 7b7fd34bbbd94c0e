"""The cubic curve: group law, maps to sectors, torsion, closed forms, and bounds for heights."""

from __future__ import annotations

import pickle
from fractions import Fraction
from itertools import combinations_with_replacement, islice, permutations, product

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anomalies.diophantine import (
    CubicCurve,
    CurvePoint,
    DarkSector,
    cubic_curve,
    is_no_permutation,
    order_nine_conditions,
    order_of_point,
    sectors_with_denominator,
    tangent_identity,
    tangent_sector,
    torsion_subgroup,
)
from anomalies.diophantine.heights import height_form, sector_classes_by_height
from anomalies.errors import AnomaliesError, ArgumentError, ArgumentTypeError, InexactNumberError

charges = st.fractions(min_value=-8, max_value=8, max_denominator=6)

# Lepton charges for each torsion group that Mazur's theorem leaves, found by a search to |a_i| = 30.
TORSION = {
    (3,): (3, 2, 1),
    (6,): (2, 1, 1),
    (9,): (7, 1, -5),
    (12,): (-26, 10, 10),
    (2, 6): (-30, -6, -6),
}


def _curve(a: tuple[Fraction, ...]) -> CubicCurve | None:
    try:
        return cubic_curve(a)
    except ArgumentError:
        return None


curves = st.tuples(charges, charges, charges).map(_curve).filter(lambda curve: curve is not None)


@st.composite
def points(draw: st.DrawFn, number: int) -> tuple[CurvePoint, ...]:
    """Points of one curve: small multiples of what is known, with torsion."""
    curve = draw(curves)
    assert curve is not None
    torsion = torsion_subgroup(curve).points
    return tuple(
        curve.trivial * draw(st.integers(-4, 4)) + draw(st.sampled_from(torsion)) for _ in range(number)
    )


# ---------------------------------------------------------------- the group


@given(points(3))
def test_group_axioms(triple: tuple[CurvePoint, ...]) -> None:
    P, Q, R = triple
    zero = P.curve.infinity
    assert (P + Q) + R == P + (Q + R)
    assert P + Q == Q + P
    assert P + zero == P
    assert zero == P - P
    assert -(P + Q) == -P - Q


@given(points(1), st.integers(-6, 6), st.integers(-6, 6))
def test_multiples(single: tuple[CurvePoint, ...], j: int, k: int) -> None:
    (P,) = single
    assert P * j + P * k == (j + k) * P
    assert j * (P * k) == (j * k) * P


@given(points(2))
def test_sums_lie_on_the_curve_in_lowest_terms(pair: tuple[CurvePoint, ...]) -> None:
    P = pair[0] + pair[1]
    assume(not P.is_zero)
    assert P.curve.contains(P.x, P.y)
    assert CurvePoint(P.curve, P.x, P.y) == P


def test_three_collinear_points_add_up_to_zero() -> None:
    curve = cubic_curve(["3/5", 1, "1/20"])
    P, Q = curve.trivial, curve.point_of(["1/4", "7/20", "21/20"])
    rows = [sympy.Matrix([[*point.charges]]) for point in (P, Q, -(P + Q))]
    assert sympy.Matrix([[*row, 1] for row in rows]).rank() == 2


def test_points_of_different_curves_do_not_add() -> None:
    with pytest.raises(ArgumentError, match=r"Argument 'other' must be a point of the curve y\*\*2 \+ 12"):
        cubic_curve([3, 2, 1]).trivial + cubic_curve([2, 1, 1]).trivial
    with pytest.raises(TypeError):
        cubic_curve([3, 2, 1]).trivial + 1
    with pytest.raises(ArgumentTypeError, match="Argument 'factor' must be an integer"):
        cubic_curve([3, 2, 1]).trivial * cubic_curve([3, 2, 1]).trivial
    with pytest.raises(InexactNumberError):
        2.0 * cubic_curve([3, 2, 1]).trivial


# ---------------------------------------------------------------- points and sectors


@given(points(1))
def test_every_point_is_a_sector_and_back(single: tuple[CurvePoint, ...]) -> None:
    (P,) = single
    assume(P.is_sector)
    sector = P.sector
    assert isinstance(sector, DarkSector)  # whose constructor checks both equations
    assert P.curve.point_of(P.charges) == P
    T = P.curve.three_torsion
    assert P.curve.point_of(sector) in {sign * P + T * k for sign in (1, -1) for k in range(3)}


@given(points(1))
def test_the_six_orders_are_plus_minus_the_point_plus_three_torsion(single: tuple[CurvePoint, ...]) -> None:
    (P,) = single
    assume(P.is_sector)
    T = P.curve.three_torsion
    orders = {(P * sign + T * k).charges for sign in (1, -1) for k in range(3)}
    assert orders == set(permutations(P.charges))
    assert (P + T).charges == P.charges[1:] + P.charges[:1]
    assert (-P).charges == P.charges[::-1]


def test_the_three_points_at_infinity_are_no_sectors() -> None:
    curve = cubic_curve([3, 2, 1])
    T = curve.three_torsion
    for point in (curve.infinity, T, -T):
        assert not point.is_sector
        with pytest.raises(ArgumentError, match="Argument 'point' must be other than 0, T and -T"):
            _ = point.charges
    with pytest.raises(ArgumentError, match="Argument 'point' must not be zero"):
        _ = curve.infinity.x


@given(curves)
def test_discriminant_and_j_invariant(curve: CubicCurve) -> None:
    a1, a3 = curve.sigma, curve.pi
    b2, b4, b6, b8 = a1**2, a1 * a3, a3**2, 0
    assert curve.discriminant == -(b2**2) * b8 - 8 * b4**3 - 27 * b6**2 + 9 * b2 * b4 * b6 != 0
    assert curve.j_invariant == Fraction((b2**2 - 24 * b4) ** 3, curve.discriminant)


@pytest.mark.parametrize("a", [(1, -1, 5), (0, 0, 1), (5, -4, -4), (1, 1, 1), (0, 0, 0)])
def test_singular_cubics_are_refused(a: tuple[int, ...]) -> None:
    with pytest.raises(ArgumentError, match=r"Argument 'a' must be lepton charges with p q r != 0 and"):
        cubic_curve(a)


def test_bad_input() -> None:
    with pytest.raises(InexactNumberError, match=r"Argument 'a\[0\]' must be exact, not 0.6"):
        cubic_curve([0.6, 1, 1])
    with pytest.raises(ArgumentError, match="Argument 'a' must have 3 entries, not 2"):
        cubic_curve([1, 2])
    with pytest.raises(ArgumentError, match=r"Argument '\(x, y\)' must be on the curve"):
        CurvePoint(cubic_curve([3, 2, 1]), 1, 1)
    with pytest.raises(ArgumentError, match="Argument 'n' must be dark charges of the lepton charges"):
        cubic_curve([3, 2, 1]).point_of([3, 2, 2])
    with pytest.raises(ArgumentError, match="Argument 'n' must be dark charges of the lepton charges"):
        cubic_curve([3, 2, 1]).point_of(DarkSector([1, 2, 3], [1, 2, 3]))


def test_printing_pickling_and_comparison() -> None:
    curve = cubic_curve([7, 1, -5])
    assert str(curve) == "y**2 + 3*x*y - 8*y = x**3"
    # The signs and the missing terms, checked by sympy: left minus right vanishes at every point.
    x, y = sympy.symbols("x y")
    left, right = (sympy.sympify(side, {"x": x, "y": y}) for side in str(curve).replace("=", "|").split("|"))
    for point in torsion_subgroup(curve).points[1:]:
        at = {x: sympy.Rational(str(point.x)), y: sympy.Rational(str(point.y))}
        assert (left - right).subs(at) == 0
    assert sympy.latex(curve) == "y^{2} + 3 x y - 8 y = x^{3}"
    assert sympy.latex([curve.three_torsion, curve.infinity])
    copy = pickle.loads(pickle.dumps(curve.trivial))
    assert copy == curve.trivial
    assert {copy} == {curve.trivial}


# ---------------------------------------------------------------- torsion


@pytest.mark.parametrize(("invariants", "a"), TORSION.items())
def test_each_torsion_group_occurs(invariants: tuple[int, ...], a: tuple[int, ...]) -> None:
    torsion = torsion_subgroup(cubic_curve(a))
    assert torsion.invariants == invariants
    assert len(set(torsion.points)) == len(torsion.points) == torsion.order
    assert {P + Q for P in torsion.points for Q in torsion.points} == set(torsion.points)
    exponent = max(order_of_point(P) or 0 for P in torsion.points)
    assert exponent == invariants[-1]
    assert 3 * len(torsion.representatives()) == torsion.order


def test_torsion_contains_every_point_of_finite_order_with_small_denominator() -> None:
    checked = 0
    for a in combinations_with_replacement(range(-5, 6), 3):
        curve = _curve(tuple(map(Fraction, a)))
        if curve is None:
            continue
        torsion = set(torsion_subgroup(curve).points)
        for sector in sectors_with_denominator(a, 6):
            P = curve.point_of(sector)
            assert (P in torsion) == (order_of_point(P) is not None)
            checked += P in torsion
    assert checked > 20


def test_torsion_agrees_with_pari() -> None:
    # An independent computation; the extra `curves` is optional.
    pari = pytest.importorskip("cypari").pari
    seen = set()
    for a in [*product(range(-7, 8, 2), range(-6, 7), (1, 10)), *TORSION.values()]:
        curve = _curve(tuple(map(Fraction, a)))
        if curve is not None:
            expected = pari.elltors(pari.ellinit([curve.sigma, 0, curve.pi, 0, 0]))[1]
            found = torsion_subgroup(curve).invariants
            assert found == tuple(sorted(map(int, expected))), a
            seen.add(found)
    assert seen == set(TORSION)


# ---------------------------------------------------------------- closed forms

SYMBOLS = sympy.symbols("a_e a_mu a_tau")


@pytest.mark.parametrize("multiple", [-4, -3, -2, -1, 1, 2, 3, 4])
@pytest.mark.parametrize("shift", [0, 1, 2])
def test_closed_forms_are_the_multiples_of_the_trivial_point(multiple: int, shift: int) -> None:
    closed = tangent_sector(SYMBOLS, multiple, shift)
    for a in [(3, 2, 1), (Fraction(3, 5), 1, Fraction(1, 20)), (-2, 5, 7)]:
        curve = cubic_curve(a)
        expected = (curve.trivial * multiple + shift * curve.three_torsion).charges
        at = {symbol: sympy.Rational(str(value)) for symbol, value in zip(SYMBOLS, a, strict=True)}
        wanted = tuple(sympy.Rational(str(n)) for n in expected)
        assert tuple(n.subs(at) for n in closed) == wanted
        assert tangent_sector(a, multiple, shift) == wanted


def test_the_closed_form_solves_both_equations_identically() -> None:
    n = tangent_sector(SYMBOLS)
    for power in (1, 3):
        difference = sum(x**power for x in n) - sum(x**power for x in SYMBOLS)
        assert sympy.cancel(difference) == 0


def test_tangent_identity_holds_for_symbols() -> None:
    left, right = tangent_identity(SYMBOLS)
    assert sympy.cancel(left - right) == 0
    assert left != 0


def test_the_tangent_sector_is_new_exactly_when_the_trivial_point_has_not_order_nine() -> None:
    exceptions = 0
    for a in combinations_with_replacement(range(-9, 10), 3):
        curve = _curve(tuple(map(Fraction, a)))
        if curve is None or len(set(a)) < 3:
            continue
        plus, minus = order_nine_conditions(a)
        tangent = (-curve.trivial * 2).sector
        assert is_no_permutation(tangent) == bool(plus * minus)
        assert (order_of_point(curve.trivial) == 9) == (plus * minus == 0)
        exceptions += plus * minus == 0
    assert exceptions > 0  # (7, 1, -5) is among them


def test_the_tangent_sector_exists_exactly_for_different_charges() -> None:
    for a in product(range(-3, 4), repeat=3):
        if _curve(tuple(map(Fraction, a))) is None:
            continue
        if len(set(a)) == 3:
            assert len(tangent_sector(a)) == 3
        else:
            with pytest.raises(ArgumentError, match="at which this multiple of the trivial point is a dark"):
                tangent_sector(a)


def test_bad_input_of_closed_forms() -> None:
    with pytest.raises(ArgumentError, match="Argument 'multiple' must be a non-zero integer of size at most"):
        tangent_sector(SYMBOLS, 0)
    with pytest.raises(ArgumentError, match="Argument 'multiple' must be a non-zero integer of size at most"):
        tangent_sector(SYMBOLS, 7)
    with pytest.raises(ArgumentError, match="Argument 'a' must have 3 entries, not 2"):
        tangent_sector(SYMBOLS[:2])
    with pytest.raises(InexactNumberError):
        tangent_sector([0.5, 1, 2])


# ---------------------------------------------------------------- heights

RANK_TWO = cubic_curve(["3/5", 1, "1/20"])
GENERATORS = (RANK_TWO.trivial, RANK_TWO.point_of(["1/4", "7/20", "21/20"]))


def test_the_form_is_a_lower_bound_of_the_canonical_height() -> None:
    form = height_form(GENERATORS)
    for k in product(range(-2, 3), repeat=2):
        P = GENERATORS[0] * k[0] + GENERATORS[1] * k[1]
        bound = sum(
            (
                d * (k[i] + sum(u * x for u, x in zip(row, k[i + 1 :], strict=True))) ** 2
                for i, (d, row) in enumerate(zip(form.diagonal, form.above, strict=True))
            ),
            Fraction(0),
        )
        # The logarithm of the height of 64 P, over 64^2, approaches the canonical height.
        approximate = Fraction((P * 64).height.bit_length(), 64**2) if any(k) else Fraction(0)
        assert bound <= approximate + Fraction(1, 20)
        assert bound >= approximate * Fraction(4, 5) - Fraction(1, 20)


def test_dependent_points_are_refused() -> None:
    P = RANK_TWO.trivial
    with pytest.raises(AnomaliesError, match="Argument 'generators' must be independent points"):
        height_form([P, P * 2 + RANK_TWO.three_torsion])
    with pytest.raises(AnomaliesError, match="Argument 'generators' must be independent points"):
        height_form([RANK_TWO.three_torsion])


def test_enumeration_by_height_misses_nothing_that_combinations_reach() -> None:
    torsion = torsion_subgroup(RANK_TWO)
    found = list(islice(sector_classes_by_height(GENERATORS, torsion), 40))
    heights = [sector.height for sector in found]
    assert heights == sorted(heights)
    assert len(set(found)) == len(found) == 40
    combined = set()
    for j, k in product(range(-6, 7), repeat=2):
        P = GENERATORS[0] * j + GENERATORS[1] * k
        if P.is_sector:
            combined.add(P.sector)
    assert {sector for sector in combined if sector.height < heights[-1]} <= set(found)
    assert len(combined & set(found)) > 30


@settings(max_examples=10)
@given(curves)
def test_enumeration_by_height_on_random_curves(curve: CubicCurve) -> None:
    assume(order_of_point(curve.trivial) is None)
    torsion = torsion_subgroup(curve)
    found = list(islice(sector_classes_by_height([curve.trivial], torsion), 4))
    heights = [sector.height for sector in found]
    assert heights == sorted(heights)
    multiples = {
        (curve.trivial * k + t).sector
        for k in range(8)
        for t in torsion.points
        if (curve.trivial * k + t).is_sector
    }
    assert set(found) == set(sorted(multiples, key=lambda sector: (sector.height, sector.n))[:4])
