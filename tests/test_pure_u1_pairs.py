"""Fixed charges completed by pairs: each solution is on a quadric; where there is none there is a proof."""

from __future__ import annotations

import pickle
from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rationals
from sympy import Matrix, Rational, discriminant, expand, factor, latex, sqrt, symbols

from anomalies.diophantine.pure_u1 import ChargeSet
from anomalies.diophantine.pure_u1_fixed import with_fixed_charges
from anomalies.diophantine.pure_u1_pairs import PairSums, pair_sums_of
from anomalies.diophantine.quadrics import Obstruction, check_obstruction
from anomalies.errors import ArgumentError, InexactNumberError, NotASolutionError


def completions(m: int, n: int, largest: int) -> set[tuple[int, ...]]:
    """Sorted integers with sum z = -3m and sum z^3 = -3m^3, by trying all."""
    box = combinations_with_replacement(range(-largest, largest + 1), n)
    return {z for z in box if sum(z) == -3 * m and sum(x**3 for x in z) == -3 * m**3}


@pytest.mark.parametrize(("m", "n", "largest"), [(1, 4, 12), (2, 4, 14), (3, 4, 18), (1, 6, 4)])
def test_every_solution_is_on_a_quadric_in_every_order(m: int, n: int, largest: int) -> None:
    found = completions(m, n, largest)
    assert len(found) > 1
    for z in found:
        for order in sorted(set(permutations(z)))[:: 24 if n == 6 else 1]:
            family, u = pair_sums_of([m] * 3, order)
            assert Counter(family.charges(u)) == Counter((*order, m, m, m))
            start = family.point()
            assert not isinstance(start, Obstruction)
            assert Counter(family.charges(start))[m] >= 3
            direction = [x - y for x, y in zip(u, start, strict=True)]
            norm = sum(a * d * d for a, d in zip(family.sums, direction, strict=True))
            if norm:
                assert family.other_point(start, direction) == u


def test_with_two_pairs_every_other_point_is_reached() -> None:
    """On a quadric that is not degenerate; the direction is the difference."""
    reached = 0
    for z in completions(3, 4, 18):
        for order in set(permutations(z)):
            family, u = pair_sums_of([3] * 3, order)
            start = family.point()
            assert isinstance(start, tuple)
            if 0 in (*family.sums, family.constant) or u == start:
                continue
            direction = [x - y for x, y in zip(u, start, strict=True)]
            assert family.other_point(start, direction) == u
            reached += 1
    assert reached > 50


def test_where_there_is_no_point_there_is_a_proof_and_no_solution() -> None:
    known: set[Fraction] = set()
    for m in (1, 2, 3):
        for z in completions(m, 4, 16):
            known.update(Fraction(x + y, m) for x, y in permutations(z, 2))
    decided: Counter[bool] = Counter()
    for a in {Fraction(p, q) for p, q in product(range(-15, 12), (1, 2, 3))}:
        family = PairSums([1, 1, 1], [a, -3 - a])
        point = family.point()
        decided[isinstance(point, Obstruction)] += 1
        if isinstance(point, Obstruction):
            assert check_obstruction(point)
            assert a not in known
        else:
            assert Counter(family.charges(point))[1] >= 3
    assert min(decided[True], decided[False]) > 10


@given(st.lists(rationals(6, 4), min_size=3, max_size=3), st.lists(rationals(6, 4), min_size=4, max_size=4))
def test_points_are_solutions_whatever_is_fixed(fixed: list[Fraction], sums: list[Fraction]) -> None:
    pairs = [*sums, -sum(fixed) - sum(sums)]
    family = PairSums(fixed, pairs)
    point = family.point()
    if isinstance(point, Obstruction):
        # Five pairs and the constant: six variables, so that only signs can stand in the way.
        signs = {x > 0 for x in (*pairs, -family.constant) if x}
        assert len(signs) == 1 or 0 in pairs
        return
    if any((*fixed, *pairs, *point)):
        found = family.charges(point)
        rest = [x for a, d in zip(pairs, point, strict=True) for x in ((a + d) / 2, (a - d) / 2)]
        assert pair_sums_of(fixed, rest) == (family, point)
        assert Counter(found) == Counter([*fixed, *rest])


def test_chiral_sets_with_a_triplet_that_no_node_gives() -> None:
    family = PairSums([1, 1, 1], ["-5/3", "-4/3"])
    start = family.point()
    assert isinstance(start, tuple)
    found = set()
    for direction in product(range(-4, 5), repeat=2):
        other = family.other_point(start, direction)
        if other is not None:
            charges = family.charges(other)
            if charges.is_chiral:
                found.add(charges)
    assert len(found) > 10


# ---------------------------------------------------------------- the statements about n = 4


def test_the_cubic_surface_is_a_bundle_of_conics_with_five_degenerate_fibres() -> None:
    a, u, v, m = symbols("a u v m")
    b = -3 - a
    z = ((a * m + u) / 2, (a * m - u) / 2, (b * m + v) / 2, (b * m - v) / 2)
    cubic = expand(sum(x**3 for x in z) + 3 * m**3)
    conic = a * u**2 + b * v**2 + (3 * a * b - 5) * m**2
    assert expand(cubic - Rational(3, 4) * m * conic) == 0
    matrix = Matrix(3, 3, lambda i, j: (a, b, 3 * a * b - 5)[i] if i == j else 0)
    degenerate = factor(matrix.det())
    assert expand(degenerate - a * b * (3 * a * b - 5)) == 0
    # Four fibres at finite a, all different; their lines are conjugate over Q(sqrt(-15)).
    assert discriminant(expand(degenerate), a) != 0
    roots = [(-3 + sign * sqrt(Rational(7, 3))) / 2 for sign in (1, -1)]
    assert all(expand((3 * a * b - 5).subs(a, r)) == 0 for r in roots)
    assert all((sqrt(x) / sqrt(-15)).is_rational for x in (Rational(-5, 3), Rational(-3, 5)))
    # At a = infinity, in the plane m = 0, they are z_1 + z_3 = 0 and z_1 + z_4 = 0.
    at_infinity = expand(cubic.subs(a, a / m)).subs(m, 0)
    assert expand(at_infinity - Rational(3, 4) * a * (u - v) * (u + v)) == 0


@pytest.mark.parametrize("n", [4, 6, 8])
def test_there_is_no_node_for_an_even_number(n: int) -> None:
    assert all(sum(signs) != -3 for signs in product((1, -1), repeat=n))
    with pytest.raises(
        ArgumentError, match=r"Argument 'fixed' must be .* PairSums has all solutions for an even"
    ):
        with_fixed_charges([1, 1, 1], n)


# ---------------------------------------------------------------- values, printing, bad input


def test_values_print_and_pickle() -> None:
    family = PairSums([1, 1, 1], ["-5/3", "-4/3"])
    assert pickle.loads(pickle.dumps(family)) == family
    assert hash(pickle.loads(pickle.dumps(family))) == hash(family)
    assert str(family) == "{(1, 1, 1) and (a +- u)/2: a = (-5/3, -4/3), sum a*u**2 = -5/3}"
    shown = latex(family)
    assert shown.count("{") == shown.count("}")
    assert shown in latex([family])


def test_special_quadrics() -> None:
    cone = PairSums([1, -1], [0, 0])
    assert cone.constant == 0
    assert cone.point() == (Fraction(0), Fraction(0))
    assert cone.charges([5, 7]) == ChargeSet([1, -1, "5/2", "-5/2", "7/2", "-7/2"])
    empty = PairSums([1, 2, -3], [0, 0]).point()
    assert isinstance(empty, Obstruction)
    plane = PairSums([1, 1, -2, 3, -3], [0, 0, 0])
    assert isinstance(plane.point(), Obstruction)
    assert PairSums([1, 1, 1], [1, -4]).other_point([9, -4], [0, 0]) is None


def test_bad_input() -> None:
    with pytest.raises(ArgumentError, match="'sums' must be at least two numbers with sum -3, not"):
        PairSums([1, 1, 1], [-3])
    with pytest.raises(ArgumentError, match="'sums' must be at least two numbers with sum -3, not"):
        PairSums([1, 1, 1], [-1, -1])
    with pytest.raises(InexactNumberError, match="must be exact"):
        PairSums([1, 1, 1], [0.5, -3.5])
    family = PairSums([1, 1, 1], [1, -4])
    with pytest.raises(NotASolutionError, match="'differences' must be a point of the quadric"):
        family.charges([1, 1])
    with pytest.raises(NotASolutionError, match="'known' must be a point of the quadric"):
        family.other_point([1, 1], [1, 0])
    with pytest.raises(ArgumentError, match="'differences' must have 2 entries, not 3"):
        family.charges([1, 1, 1])
    with pytest.raises(
        ArgumentError, match="'charges' must have an even number of entries, at least 4, not 3"
    ):
        pair_sums_of([1, 1, 1], [-1, -1, -1])
    with pytest.raises(NotASolutionError, match="'charges' must be a solution together with 'fixed'"):
        pair_sums_of([1, 1, 1], [-1, -1, -1, 1])
