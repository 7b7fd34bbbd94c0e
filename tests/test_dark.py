"""Dark sectors: the equations, the three meanings of non-trivial, and the small complete decisions."""

from __future__ import annotations

import json
import pickle
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, islice, permutations, product
from math import gcd

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from anomalies.diophantine import (
    NONTRIVIAL_SENSES,
    DarkSector,
    VectorLikeFamily,
    is_chiral,
    is_disjoint,
    is_no_permutation,
    is_nontrivial,
    one_dark_charge,
    product_form,
    product_form_identity,
    sectors_from_integers,
    two_dark_charges,
)
from anomalies.diophantine.integers import cube_root_floor, divisors, rational_sqrt
from anomalies.errors import ArgumentError, InexactNumberError, NotASolutionError, UnknownNameError

rationals = st.fractions(min_value=-20, max_value=20, max_denominator=30)
triples = st.tuples(rationals, rationals, rationals)

# arXiv:1909.02021, (A.4)
A4 = DarkSector(["3/5", 1, "1/20"], ["1/4", "7/20", "21/20"])
# arXiv:1909.02021, footnote 13: (a_e, a_mu, a_tau, n_1, n_2, n_3)
FOOTNOTE_13 = [(5, -4, -4, -1, -1, -1), (6, -5, -5, -3, -2, 1), (11, -9, -9, -4, -4, 1)]
# arXiv:1909.02021, footnote 29: the sets {a_e, a_mu, a_tau, -n_1, -n_2}
FOOTNOTE_29 = [(7, 8, -9, -1, -5), (9, -2, -10, -4, 7)]


def integer_sectors(bound: int) -> Iterator[DarkSector]:
    """Yield all sectors with three and three integer charges up to a bound, a sorted."""
    table: dict[tuple[int, int], list[tuple[int, ...]]] = defaultdict(list)
    for charges in combinations_with_replacement(range(-bound, bound + 1), 3):
        table[sum(charges), sum(x**3 for x in charges)].append(charges)
    for cell in table.values():
        for a, n in product(cell, repeat=2):
            yield DarkSector(a, n)


SMALL_SECTORS = tuple(integer_sectors(10))


# ---------------------------------------------------------------- the type


def test_the_published_example_is_a_sector_in_every_sense() -> None:
    assert (A4.denominator, A4.height) == (20, 21)
    assert all(is_nontrivial(A4, sense) for sense in NONTRIVIAL_SENSES)


@pytest.mark.parametrize("charges", FOOTNOTE_13)
def test_footnote_13(charges: tuple[int, ...]) -> None:
    sector = DarkSector(charges[:3], charges[3:])
    assert is_no_permutation(sector)
    assert len(set(sector.a)) == 2  # all three examples repeat a lepton charge


@pytest.mark.parametrize("charges", FOOTNOTE_29)
def test_footnote_29_shows_the_dark_charges_with_a_minus_sign(charges: tuple[int, ...]) -> None:
    for a in permutations(charges, 3):
        rest = [x for x in charges if x not in a]
        sector = DarkSector(a, [-x for x in rest])
        assert two_dark_charges(a) == (sector,)
        assert is_chiral(sector)
        with pytest.raises(NotASolutionError):
            DarkSector(a, rest)


def test_lepton_charges_keep_their_order_and_dark_charges_are_sorted() -> None:
    sector = DarkSector([sympy.Rational(3, 5), "1", "0.05"], (Fraction(21, 20), "7/20", "0.25"))
    assert sector == A4
    assert hash(sector) == hash(A4)
    assert DarkSector([1, "3/5", "1/20"], A4.n) != A4


def test_a_sector_can_be_pickled_and_written_as_json() -> None:
    assert pickle.loads(pickle.dumps(A4)) == A4
    assert json.loads(json.dumps(A4.as_json())) == {
        "a": ["3/5", "1", "1/20"],
        "n": ["1/4", "7/20", "21/20"],
        "denominator": 20,
        "height": 21,
    }


def test_a_sector_is_immutable() -> None:
    with pytest.raises(AttributeError):
        A4.n = ()  # type: ignore[misc]


def test_a_sector_prints_alone_and_inside_a_list() -> None:
    text = "(3/5, 1, 1/20; 1/4, 7/20, 21/20)"
    assert str(A4) == repr(A4) == text
    assert sympy.pretty(A4, use_unicode=False) == text
    latex = r"\left(\frac{3}{5}, 1, \frac{1}{20};\, \frac{1}{4}, \frac{7}{20}, \frac{21}{20}\right)"
    assert sympy.latex(A4) == latex
    assert latex in sympy.latex([A4])


def test_what_does_not_solve_the_equations_is_refused_with_both_residuals() -> None:
    message = (
        "Argument 'n' must be dark charges with the sum and the sum of cubes of the lepton charges, "
        "not charges that exceed them by {} and {}."
    )
    with pytest.raises(NotASolutionError) as wrong_sum:
        DarkSector([1, 2, 3], [1, 2, "7/2"])
    assert str(wrong_sum.value) == message.format("1/2", "127/8")
    with pytest.raises(NotASolutionError) as wrong_cubes:
        DarkSector([1, 2, 3], [0, 3, 3])
    assert str(wrong_cubes.value) == message.format(0, 18)
    with pytest.raises(NotASolutionError):
        list(sectors_from_integers(2, (1, 2, 3), [(3, 2, 1), (0, 3, 3)]))
    with pytest.raises(NotASolutionError, match="numbers too long to print"):
        DarkSector([10**5000], [1])


def test_inexact_charges_and_bad_denominators_are_refused() -> None:
    with pytest.raises(InexactNumberError, match=r"Argument 'n\[1\]' must be exact, not 0\.5"):
        DarkSector([1, 2, 3], [1, 0.5])
    with pytest.raises(ArgumentError, match="Argument 'denominator' must be an integer of at least 1, not 0"):
        list(sectors_from_integers(0, (1,), [(1,)]))


@given(st.integers(1, 30), st.lists(st.integers(-30, 30), max_size=5))
def test_integers_and_fractions_give_the_same_sector(d: int, a: list[int]) -> None:
    shuffled = sorted(a, key=lambda x: (x * x, x))
    (sector,) = sectors_from_integers(d, a, [shuffled])
    assert sector == DarkSector([Fraction(x, d) for x in a], [Fraction(x, d) for x in reversed(shuffled)])


# ---------------------------------------------------------------- non-trivial


def test_chiral_implies_disjoint_implies_no_permutation_and_each_is_stricter() -> None:
    flags = {(is_chiral(s), is_disjoint(s), is_no_permutation(s)) for s in SMALL_SECTORS}
    assert flags == {
        (False, False, False),
        (False, False, True),
        (False, True, True),
        (True, True, True),
    }


def test_for_three_dark_charges_the_product_decides_what_the_senses_mean() -> None:
    # The two statements that `near` relies on.
    degenerate = [s for s in SMALL_SECTORS if product_form(s.a).pi == 0]
    regular = [s for s in SMALL_SECTORS if product_form(s.a).pi != 0]
    assert any(is_no_permutation(s) for s in degenerate)
    assert not any(is_disjoint(s) for s in degenerate)
    assert all(is_no_permutation(s) == is_disjoint(s) for s in regular)
    assert all(is_chiral(s) == (is_disjoint(s) and 0 not in s.a + s.n) for s in SMALL_SECTORS)


@pytest.mark.parametrize(
    ("a", "n", "expected"),
    [
        ([1, -1, 5], [5], (True, False, False)),
        ([0, 5], [5], (False, False, False)),
        ([0, 0, 0], [], (False, True, False)),
        ([1, -1, 0], [], (True, True, False)),
        ([1, -1, 5], [2, -2, 5], (True, False, False)),
        ([3, 2, 1], [1, 2, 3], (False, False, False)),
        ([5, -4, -4], [-1, -1, -1], (True, True, True)),
        ([7, 8, -9], [0, 1, 5], (True, True, False)),
        ([7, 8, -9], [1, 5], (True, True, True)),
    ],
)
def test_examples_that_separate_the_senses(a: list[int], n: list[int], expected: tuple[bool, ...]) -> None:
    assert tuple(is_nontrivial(DarkSector(a, n), sense) for sense in NONTRIVIAL_SENSES) == expected


def test_an_unknown_sense_is_refused() -> None:
    expected = "Argument 'sense' must be 'permutation', 'disjoint' or 'chiral', not 'any'."
    with pytest.raises(UnknownNameError) as caught:
        is_nontrivial(A4, "any")
    assert str(caught.value) == expected


# ---------------------------------------------------------------- the product form


def test_the_identity_behind_the_product_form() -> None:
    left, right = product_form_identity()
    assert sympy.expand(left) != 0
    assert sympy.expand(left - right) == 0


@given(triples, rationals, rationals)
def test_the_product_form_is_the_cubic_equation(a: tuple[Fraction, ...], x: Fraction, y: Fraction) -> None:
    n = (x, y, sum(a, Fraction(0)) - x - y)  # the linear equation
    form = product_form(a)
    xs = [form.sigma / 2 - charge for charge in n]
    assert sum(xs) == form.sigma
    residual = sum(c**3 for c in n) - sum(c**3 for c in a)
    assert residual == 3 * (form.pi - xs[0] * xs[1] * xs[2])


def test_the_product_form_takes_three_charges() -> None:
    with pytest.raises(ArgumentError, match=r"Argument 'a' must have 3 entries, not 2\."):
        product_form([1, 2])


# ---------------------------------------------------------------- one and two dark charges

INTEGER_TRIPLES = tuple(combinations_with_replacement(range(-6, 7), 3))


def test_one_dark_charge_is_complete() -> None:
    for a in INTEGER_TRIPLES:
        # A single charge is the sum of all a.
        solvable = sum(a) ** 3 == sum(x**3 for x in a)
        assert one_dark_charge(a) == ((DarkSector(a, [sum(a)]),) if solvable else ())
        assert bool(one_dark_charge(a)) == any(x + y == 0 for x, y in combinations(a, 2))


def test_two_dark_charges_agree_with_trying_all_of_them() -> None:
    grid = sorted({Fraction(k, d) for d in range(1, 9) for k in range(-12 * d, 12 * d + 1)})
    tried = 0
    for a in INTEGER_TRIPLES[::3]:
        if sum(a) == 0:
            continue
        found = two_dark_charges(a)
        assert isinstance(found, tuple)
        assert len(found) <= 1
        cubes = sum(x**3 for x in a)
        brute = {tuple(sorted((x, sum(a) - x))) for x in grid if x**3 + (sum(a) - x) ** 3 == cubes}
        in_grid = {s.n for s in found if s.n[0] in grid or s.n[1] in grid}
        assert in_grid == brute
        tried += len(brute)
    assert tried > 30


def test_two_dark_charges_with_sum_zero_are_an_infinite_family_or_nothing() -> None:
    family = two_dark_charges([3, -3, 0])
    assert family == VectorLikeFamily([3, -3, 0])
    assert two_dark_charges([1, 1, -2]) == ()
    assert two_dark_charges([]) == VectorLikeFamily([])


@given(triples)
def test_families_with_a_vector_like_pair(a: tuple[Fraction, ...]) -> None:
    (sector,) = one_dark_charge((a[0], -a[0], a[1]))
    family = VectorLikeFamily(sector.a, sector.n)
    member = family.subs(a[2])
    assert member in family
    assert family.parameter_of(member) == abs(a[2])
    assert family.subs(-a[2]) == member


def test_a_family_is_iterated_by_height_without_repetition() -> None:
    family = VectorLikeFamily([1, -1, 5], [5])
    found = list(islice(family, 200))
    parameters = [family.parameter_of(sector) for sector in found]
    heights = [max(c.numerator, c.denominator) for c in parameters]
    assert len(set(found)) == 200
    assert heights == sorted(heights)
    # Nothing below the last complete height is missing.
    top = heights[-1]
    complete = {Fraction(p, q) for p, q in product(range(top), range(1, top)) if gcd(p, q) == 1}
    assert complete <= set(parameters)


def test_a_family_knows_what_is_not_in_it() -> None:
    family = VectorLikeFamily([1, -1, 5], [5])
    assert DarkSector([1, -1, 5], [5]) not in family
    assert DarkSector([-1, 1, 5], [5, 2, -2]) not in family
    assert DarkSector([1, -1, 5], [5, 2, -2, 3, -3]) not in family
    assert (2, -2, 5) not in family
    with pytest.raises(ArgumentError, match="Argument 'sector' must be a sector of this family"):
        family.parameter_of(DarkSector([1, -1, 5], [5]))
    with pytest.raises(NotASolutionError):
        VectorLikeFamily([1, 2, 3])


def test_a_family_prints_and_pickles() -> None:
    family = VectorLikeFamily([1, -1, "1/2"], ["1/2"])
    assert str(family) == "{(1, -1, 1/2; 1/2, c, -c): c rational}"
    assert r"\left(1, -1, \frac{1}{2};\, \frac{1}{2}, c, -c\right)" in sympy.latex([family])
    assert pickle.loads(pickle.dumps(family)) == family
    assert [str(symbol) for symbol in family.parameters] == ["c"]


# ---------------------------------------------------------------- integers


@given(st.fractions(max_denominator=10**6))
def test_rational_square_roots(value: Fraction) -> None:
    assert rational_sqrt(value * value) == abs(value)
    root = rational_sqrt(value)
    if root is not None:
        assert root >= 0
        assert root * root == value


def test_rational_square_roots_miss_nothing() -> None:
    squares = {Fraction(p, q) ** 2 for p in range(40) for q in range(1, 40)}
    for p, q in product(range(-5, 40), range(1, 40)):
        assert (rational_sqrt(Fraction(p, q)) is not None) == (Fraction(p, q) in squares)


@given(st.integers(0, 10**40))
def test_cube_roots(value: int) -> None:
    root = cube_root_floor(value)
    assert root**3 <= value < (root + 1) ** 3


# Both ways of finding divisors, below and above the limit for trial division.
@given(
    st.integers(1, 10**6),
    st.sampled_from([-1, 1]),
    st.integers(-3, 300),
    st.sampled_from([50, 219, 220, 900]),
)
def test_divisors(value: int, sign: int, least: int, most: int) -> None:
    found = divisors(sign * value, least, most)
    assert sorted(found) == [x for x in range(max(least, 1), most + 1) if value % x == 0]
