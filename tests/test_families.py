"""All solutions together: the common shift, the Clebsch surface of two dark states, the Segre cubic."""

from __future__ import annotations

import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, combinations_with_replacement, islice, permutations, product
from math import gcd

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy.printing.latex import latex

from anomalies.diophantine import DarkSector, is_chiral, is_disjoint, is_no_permutation
from anomalies.diophantine.clebsch import (
    EXCEPTIONAL_LINES,
    EXCEPTIONAL_SECTORS,
    TwoDarkFamily,
    clebsch_charges,
    skew_points,
)
from anomalies.diophantine.families import parameter_values, sectors_by_height
from anomalies.diophantine.segre import (
    clebsch_lines,
    is_vector_like,
    left_handed,
    pairings,
    planes_through,
    segre_nodes,
    segre_planes,
)
from anomalies.diophantine.shift import ShiftFamily, common_shift, shift_formula
from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError
from anomalies.solutions import SolutionFamily
from anomalies.theorems.segre import THEOREMS
from anomalies.theorems.theorem import Theorem, proved

rationals = st.fractions(min_value=-20, max_value=20, max_denominator=30)
FAMILIES: tuple[SolutionFamily[DarkSector], ...] = (ShiftFamily(2), ShiftFamily(3), TwoDarkFamily())
Charges = tuple[int, ...]


@lru_cache(maxsize=4)
def integer_solutions(leptons: int, darks: int, bound: int) -> tuple[tuple[Charges, Charges], ...]:
    """All integers (a; n) up to a bound that solve both equations, a in every order, n sorted."""
    table: dict[tuple[int, int], list[Charges]] = defaultdict(list)
    box = range(-bound, bound + 1)
    for n in combinations_with_replacement(box, darks):
        table[sum(n), sum(x**3 for x in n)].append(n)
    return tuple(
        (a, n) for a in product(box, repeat=leptons) for n in table.get((sum(a), sum(x**3 for x in a)), ())
    )


def sectors(leptons: int, darks: int, bound: int) -> Iterator[DarkSector]:
    return (DarkSector(a, n) for a, n in integer_solutions(leptons, darks, bound))


# ---------------------------------------------------------------- what every family promises


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_gives_back_what_it_is_given(family: SolutionFamily[DarkSector]) -> None:
    first = list(islice(family, 300))
    assert len(set(first)) == 300
    for sector in first:
        assert sector in family
        assert family.subs(family.parameters_of(sector)) == sector


@pytest.mark.parametrize(("leptons", "darks"), [(2, 1), (2, 2), (3, 2), (3, 1)])
def test_the_walk_is_by_height_and_leaves_nothing_out(leptons: int, darks: int) -> None:
    """All sectors of height up to 5, from integers up to 5 over denominators up to 5, against the walk."""
    largest = 5
    expected = {
        DarkSector([Fraction(x, d) for x in a], [Fraction(x, d) for x in n])
        for d in range(1, largest + 1)
        for a, n in integer_solutions(leptons, darks, largest)
    }
    assert all(sector.height <= largest for sector in expected)
    found = list(islice(sectors_by_height(leptons, darks), len(expected) + 1))
    assert set(found[:-1]) == expected
    heights = [sector.height for sector in found]
    assert heights == sorted(heights)
    assert heights[-1] > largest


def test_families_iterate_over_their_own_part_of_the_walk() -> None:
    family = TwoDarkFamily()
    walk = list(islice(sectors_by_height(3, 2), 500))
    own = [sector for sector in walk if sector in family]
    assert 0 < len(own) < len(walk)
    assert list(islice(family, len(own))) == own


@pytest.mark.parametrize("family", FAMILIES)
def test_families_are_values_that_print(family: SolutionFamily[DarkSector]) -> None:
    assert pickle.loads(pickle.dumps(family)) == family
    assert hash(pickle.loads(pickle.dumps(family))) == hash(family)
    assert len(set(map(str, FAMILIES))) == len(FAMILIES)
    shown = latex(family)
    assert shown.count("{") == shown.count("}")
    assert shown in latex([family])
    assert str(family.parameters[0]) in str(family)


@pytest.mark.parametrize("family", FAMILIES)
def test_parameters_by_name_by_symbol_and_in_order_agree(family: SolutionFamily[DarkSector]) -> None:
    values = [2, "9/2", 6, Fraction(5, 7)][: len(family.parameters)]
    sector = family.subs(values)
    assert family.subs(dict(zip(family.parameters, values, strict=True))) == sector
    assert family.subs({str(s): v for s, v in zip(family.parameters, values, strict=True)}) == sector


# ---------------------------------------------------------------- the common shift


@given(st.lists(rationals, min_size=2, max_size=5), st.data())
def test_one_shift_solves_and_no_other(alpha: list[Fraction], data: st.DataObject) -> None:
    nu = [data.draw(rationals) for _ in alpha[1:]]
    nu.append(sum(alpha, Fraction(0)) - sum(nu, Fraction(0)))
    assume(sum(x * x for x in alpha) != sum(x * x for x in nu))
    t = common_shift(alpha, nu)
    sector = DarkSector([x + t for x in alpha], [x + t for x in nu])
    assert sector in ShiftFamily(len(alpha))
    other = data.draw(rationals.filter(lambda x: x != t))
    assert sum((x + other) ** 3 for x in alpha) != sum((x + other) ** 3 for x in nu)


@given(st.tuples(*(rationals,) * 4), rationals)
def test_parameters_name_shift_classes(values: tuple[Fraction, ...], shift: Fraction) -> None:
    """Any member of a class leads to the same sector, and the sector to the member with both sums zero."""
    family = ShiftFamily(3)
    alpha, nu = family.normal_form(values)
    assume(sum(x * x for x in alpha) != sum(x * x for x in nu))
    sector = family.subs(values)
    t = common_shift([x + shift for x in alpha], [x + shift for x in nu])
    assert DarkSector([x + shift + t for x in alpha], [x + shift + t for x in nu]) == sector
    canonical = family.parameters_of(sector)
    assert family.normal_form(canonical) == (alpha, tuple(sorted(nu)))


@pytest.mark.parametrize(("charges", "bound"), [(2, 12), (3, 7)])
def test_every_nontrivial_solution_is_in_the_shift_family(charges: int, bound: int) -> None:
    family, parameters = ShiftFamily(charges), set()
    new = trivial = 0
    for sector in sectors(charges, charges, bound):
        if is_no_permutation(sector):
            new += 1
            values = family.parameters_of(sector)
            assert family.subs(values) == sector
            parameters.add(values)
        else:
            trivial += 1
            assert sector not in family
    assert len(parameters) == new > 100
    assert trivial > 100


def test_four_charges_leave_out_prouhet_tarry_escott() -> None:
    """Among solutions that are no permutation, the family misses exactly those with equal sums of squares."""
    family = ShiftFamily(4)
    table: dict[tuple[int, int], list[Charges]] = defaultdict(list)
    for charges in combinations_with_replacement(range(12), 4):
        table[sum(charges), sum(x**3 for x in charges)].append(charges)
    missed = {
        (a, n) for cell in table.values() for a, n in permutations(cell, 2) if DarkSector(a, n) not in family
    }
    assert ((0, 4, 7, 11), (1, 2, 9, 10)) in missed
    for a, n in missed:
        for t in (Fraction(1, 3), Fraction(-5)):
            DarkSector([x + t for x in a], [x + t for x in n])
    assert any(DarkSector(a, n) in family for cell in table.values() for a, n in permutations(cell, 2))


def test_equal_squares_are_refused_with_the_reason() -> None:
    with pytest.raises(ArgumentError, match=r"'nu' must have another sum of squares .* every shift solves"):
        common_shift([0, 4, 7, 11], [1, 2, 9, 10])
    with pytest.raises(ArgumentError, match="no shift solves"):
        common_shift([1, 5, 6], [2, 3, 7])  # 1 + 25 + 36 = 4 + 9 + 49
    with pytest.raises(ArgumentError, match="'values' must be parameters with sum alpha"):
        ShiftFamily().subs([1, 2, 2, 1])


def test_bad_arguments_of_the_shift() -> None:
    with pytest.raises(ArgumentError, match=r"'nu' must be charges with the sum 6 of 'alpha', not .*7"):
        common_shift([1, 2, 3], [1, 2, 4])
    with pytest.raises(ArgumentError, match="'nu' must have 3 entries, not 2"):
        common_shift([1, 2, 3], [1, 2])
    with pytest.raises(InexactNumberError, match=r"'alpha\[1\]' must be exact, not 0.5"):
        common_shift([1, 0.5], [1, 2])
    with pytest.raises(ArgumentError, match="'charges' must be an integer of at least 2, not 1"):
        ShiftFamily(1)
    with pytest.raises(ArgumentError, match=r"'values' must have 4 entries, not 3"):
        ShiftFamily().subs([1, 2, 3])
    with pytest.raises(
        ArgumentError, match=r"'values' must be given once for each of alpha_1, alpha_2, nu_1"
    ):
        ShiftFamily().subs({"alpha_1": 1, "beta": 2})
    with pytest.raises(ArgumentError, match="'sector' must be a sector of this family"):
        ShiftFamily().parameters_of(DarkSector([1, 2, 3], [3, 2, 1]))
    assert DarkSector([7, 8, -9], [1, 5]) not in ShiftFamily(3)
    assert (1, 2, 3) not in ShiftFamily(3)


# ---------------------------------------------------------------- two dark states


def _ordered_points(bound: int) -> Iterator[Charges]:
    """Every primitive solution with two dark charges, both orders of n, one of x and -x."""
    for a, n in integer_solutions(3, 2, bound):
        for x in {a + n, a + n[::-1]}:
            if gcd(*x) == 1 and x > tuple(-y for y in x):
                yield x


def _on_line(x: Charges, points: tuple[tuple[int, ...], tuple[int, ...]]) -> bool:
    return bool(sympy.Matrix([*points, x]).rank() == 2)


def _ratio(x: Charges, y: Charges) -> bool:
    return all(a * d == b * c for (a, c), (b, d) in combinations(zip(x, y, strict=True), 2))


def test_a_point_of_the_plane_for_every_solution_off_the_four_lines() -> None:
    """The map from points of the surface, n ordered, is undone by the cubics, and one to one."""
    from anomalies.diophantine.clebsch import _plane_point

    points: set[Charges] = set()
    count = exceptional = 0
    for x in _ordered_points(14):
        point = _plane_point(x)
        on_lines = any(_on_line(x, line) for _, line in EXCEPTIONAL_LINES) if point is None else False
        assert on_lines == (point is None)
        if point is None:
            exceptional += 1
            continue
        image = clebsch_charges(*point)
        assert any(image)
        assert _ratio(x, image)
        points.add(point)
        count += 1
    assert len(points) == count > 1000
    assert exceptional > 100


def test_the_exceptional_lines_are_solutions_without_a_point() -> None:
    from anomalies.diophantine.clebsch import _plane_point

    for point, (first, second) in EXCEPTIONAL_LINES:
        assert clebsch_charges(*point) == (0,) * 5
        for g, h in product(range(-5, 6), repeat=2):
            x = tuple(g * y + h * z for y, z in zip(first, second, strict=True))
            assert is_vector_like(DarkSector(x[:3], x[3:]))
            assert _plane_point(x) is None


def test_the_cubics_vanish_at_the_four_points_only() -> None:
    points = {p for p in product(range(-12, 13), repeat=3) if any(p) and not any(clebsch_charges(*p))}
    assert {p for p in points if gcd(*p) == 1 and p > tuple(-x for x in p)} == {
        p for p, _ in EXCEPTIONAL_LINES
    }


def test_only_multiples_of_eight_sectors_are_missing() -> None:
    family = TwoDarkFamily()
    missing = {sector for sector in sectors(3, 2, 8) if sector not in family}
    rays = (
        DarkSector([c * x for x in e[:3]], [c * x for x in e[3:]])
        for e in EXCEPTIONAL_SECTORS
        for c in range(-8, 9)
    )
    assert missing == set(rays)
    assert len(missing) == 8 * 16 + 1


@given(st.tuples(*(st.integers(-30, 30),) * 3), rationals.filter(bool))
def test_the_cubics_solve_and_the_parameters_come_back(point: tuple[int, int, int], scale: Fraction) -> None:
    family = TwoDarkFamily()
    assume(any(clebsch_charges(*point)))
    sector = family.subs([*point, scale])
    values = family.parameters_of(sector)
    assert family.subs(values) == sector
    *_, n_1, n_2 = (scale * x for x in clebsch_charges(*point))
    if n_1 <= n_2:
        assert _ratio(point, tuple(map(int, values[:3])))


def test_the_cubics_are_the_third_point_of_a_chord() -> None:
    plane = sympy.symbols("u v w")
    w = plane[2]
    P, Q = skew_points(*plane)

    def polar(*points: tuple[sympy.Expr, ...]) -> sympy.Expr:
        signs = (1, 1, 1, -1, -1)
        return sum(s * sympy.Mul(*(p[i] for p in points)) for i, s in enumerate(signs))

    assert sympy.expand(polar(P, P, P)) == sympy.expand(polar(Q, Q, Q)) == 0
    chord = [polar(P, Q, Q) * p - polar(P, P, Q) * q for p, q in zip(P, Q, strict=True)]
    assert all(sympy.expand(c - w * x) == 0 for c, x in zip(chord, clebsch_charges(*plane), strict=True))


def test_bad_arguments_of_the_two_dark_family() -> None:
    family = TwoDarkFamily()
    for values in (
        [1, 0, 0, 1],
        [0, 5, 0, 1],
        [0, 0, -2, 1],
        ["1/2", "1/2", "1/2", 1],
        [0, 0, 0, 1],
        [2, 9, 6, 0],
    ):
        with pytest.raises(
            ArgumentError, match=r"'values' must be parameters with s != 0 and \(u:v:w\) none"
        ):
            family.subs(values)
    with pytest.raises(InexactNumberError, match=r"'values\[3\]' must be exact"):
        family.subs([1, 2, 3, 0.5])
    for sector in (
        DarkSector([1, 1, 0], [1, 1]),
        DarkSector([0, 0, 0], [0, 0]),
        DarkSector([5, -4, -4], [-1, -1, -1]),
    ):
        assert sector not in family
        with pytest.raises(ArgumentError, match="'sector' must be a sector of this family"):
            family.parameters_of(sector)
    assert "a sector" not in family  # type: ignore[operator,unused-ignore]


def test_large_charges_come_back() -> None:
    family = TwoDarkFamily()
    sector = family.subs([10**400 + 1, -(3**700), 7**300, Fraction(1, 10**200 + 7)])
    assert family.subs(family.parameters_of(sector)) == sector


# ---------------------------------------------------------------- planes, lines and nodes


def test_the_numbers_of_pairings_are_odd_factorials() -> None:
    assert [len(pairings(size)) for size in (0, 2, 4, 6, 8)] == [1, 1, 3, 15, 105]
    for pairing in pairings(6):
        assert sorted(index for pair in pairing for index in pair) == list(range(6))
    with pytest.raises(ArgumentError, match="'size' must be even, not 5"):
        pairings(5)


def test_planes_and_nodes_by_brute_force() -> None:
    """Singular are the points where the squares agree; planes hold four nodes, nodes lie on six planes."""
    nodes = segre_nodes()
    singular = {x for x in product((1, -1), repeat=6) if sum(x) == 0}
    assert {*nodes, *(tuple(-y for y in x) for x in nodes)} == singular
    incidence = [(x, p) for x in nodes for p in segre_planes() if all(x[i] + x[j] == 0 for i, j in p)]
    assert set(Counter(x for x, _ in incidence).values()) == {6}
    assert set(Counter(p for _, p in incidence).values()) == {4}
    for x in nodes:
        sector = DarkSector(x[:3], [-y for y in x[3:]])
        assert len(planes_through(sector)) == 6
        assert not is_no_permutation(sector)


def test_the_three_senses_are_planes_and_zeros() -> None:
    """For three and three charges; the sixth of the pairings without a pair of leptons are permutations."""
    trivial = {plane for plane in segre_planes() if all(i < 3 <= j for i, j in plane)}
    assert len(trivial) == 6
    seen = Counter[tuple[bool, ...]]()
    for sector in sectors(3, 3, 7):
        planes, x = set(planes_through(sector)), left_handed(sector)
        opposites = any(y + z == 0 for y, z in combinations(x, 2))
        assert bool(planes) == opposites == is_vector_like(sector)
        assert is_no_permutation(sector) == (not planes & trivial)
        assert is_disjoint(sector) == (not planes)
        assert is_chiral(sector) == (not planes and 0 not in x)
        seen[bool(planes & trivial), bool(planes), 0 in x] += 1
    # On a plane of permutations, on any plane, with a zero charge; a zero off all planes needs a charge 9.
    both = (True, False)
    assert set(seen) == {(True, True, z) for z in both} | {(False, True, z) for z in both} | {(False,) * 3}


def test_the_three_senses_beyond_the_planes() -> None:
    """Sectors off all planes, with and without a zero charge, from the family of shifts."""
    found = {0 in left_handed(sector): sector for sector in sectors(3, 3, 9) if not is_vector_like(sector)}
    assert set(found) == {True, False}
    for zero, sector in found.items():
        assert is_no_permutation(sector)
        assert is_disjoint(sector)
        assert is_chiral(sector) != zero


def test_a_zero_charge_alone_is_not_vector_like() -> None:
    sector = DarkSector([7, 8, -9], [0, 1, 5])
    assert planes_through(sector) == ()
    assert is_disjoint(sector)
    assert not is_chiral(sector)
    assert not is_vector_like(sector)


def test_two_dark_states_are_chiral_or_on_a_line() -> None:
    lines, on_lines, chiral = clebsch_lines(), set(), 0
    assert len(lines) == len(set(lines)) == 15
    for sector in sectors(3, 2, 12):
        x = left_handed(sector)
        found = {(z, p) for z, p in lines if x[z] == 0 and all(x[i] + x[j] == 0 for i, j in p)}
        assert bool(found) == is_vector_like(sector) == (not is_chiral(sector))
        on_lines |= found
        chiral += not found
    assert on_lines == set(lines)
    assert chiral > 10


@given(st.lists(rationals, max_size=4), st.lists(rationals, max_size=3))
def test_vector_like_is_found_in_any_number_of_charges(pairs: list[Fraction], shared: list[Fraction]) -> None:
    a = [*pairs, *(-x for x in pairs), *shared]
    assert is_vector_like(DarkSector(a, [*shared, 0]))


def test_bad_arguments_of_the_geometry() -> None:
    with pytest.raises(ArgumentError, match="'sector' must be a sector of six charges, not"):
        planes_through(DarkSector([7, 8, -9], [1, 5]))
    with pytest.raises(ArgumentTypeError, match=r"'sector' must be a DarkSector, not \(1, 2\)"):
        left_handed((1, 2))  # type: ignore[arg-type]


# ---------------------------------------------------------------- theorems and small parts


@pytest.mark.parametrize("theorem", THEOREMS, ids=[theorem.name for theorem in THEOREMS])
def test_every_theorem_has_a_proof(theorem: Theorem) -> None:
    assert proved(theorem).status == theorem.expected


def test_theorems_have_names_of_their_own() -> None:
    assert len({theorem.name for theorem in THEOREMS}) == len(THEOREMS) == 20


def test_the_formula_of_the_shift_takes_symbols() -> None:
    alpha, nu = sympy.symbols("alpha_1:4"), sympy.symbols("nu_1:4")
    numerator, denominator = shift_formula(alpha, nu)
    t = sympy.Symbol("t")
    cubes = sum((x + t) ** 3 for x in alpha) - sum((x + t) ** 3 for x in nu)
    rest = sympy.expand(cubes - (denominator * t - numerator))
    assert rest == sympy.expand(3 * t**2 * (sum(alpha) - sum(nu)))


def test_parameter_values_refuse_a_name_given_twice() -> None:
    u = sympy.Symbol("u")
    with pytest.raises(ArgumentError, match="'values' must be given once for each of u"):
        parameter_values((u,), {u: 1, "u": 2})
    with pytest.raises(ArgumentTypeError, match="'values' must be a sequence of rational numbers"):
        parameter_values((u,), "12")
