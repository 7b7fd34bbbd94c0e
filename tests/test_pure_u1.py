"""Pure U(1): the merge, the parametrisation of all solutions with its inverse, and fixed charges."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, islice, permutations, takewhile
from math import gcd

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy.printing.latex import latex

from anomalies.diophantine.chiral import chiral_sets, count_chiral_sets
from anomalies.diophantine.pure_u1 import ChargeSet, PureU1Family, merge, parametrised_charges
from anomalies.diophantine.pure_u1_fixed import (
    FixedChargesFamily,
    chord_with_fixed_charges,
    node_charges,
    with_fixed_charges,
)
from anomalies.diophantine.pure_u1_inverse import (
    merge_vectors,
    mergeable_parameters,
    partial_sums,
    planes,
    trilinear,
)
from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError, NotASolutionError
from anomalies.exact import as_rationals
from anomalies.solutions import SolutionFamily
from anomalies.theorems.pure_u1 import THEOREMS
from anomalies.theorems.theorem import Theorem, proved

# arXiv:1905.13729, Table I: the chiral sets of six charges up to 12.
TABLE_I = (
    (5, -4, -4, 1, 1, 1),
    (6, -5, -5, 3, 2, -1),
    (11, -9, -9, 4, 4, -1),
    (11, -9, -9, 5, 1, 1),
    (11, -10, -8, 5, 4, -2),
    (12, -11, -10, 8, 6, -5),
)

# The numbers of chiral sets up to 10, from an independent enumeration.
CHIRAL_UP_TO_10 = {5: 2, 6: 2, 7: 11, 8: 24}

numbers = st.integers(3, 12)
large = st.integers(-(10**1000), 10**1000)
rationals = st.fractions(min_value=-20, max_value=20, max_denominator=30)


@cache
def brute_force(n: int, bound: int) -> frozenset[tuple[int, ...]]:
    """All coprime solutions up to a bound, up to order and sign: every multiset of n - 1 charges is tried."""
    found = set()
    for z in combinations_with_replacement(range(-bound, bound + 1), n - 1):
        last = -sum(z)
        whole = sorted((*z, last), reverse=True)
        if abs(last) <= bound and not sum(x**3 for x in whole) and gcd(*whole) == 1:
            found.add(tuple(max(whole, [-x for x in reversed(whole)])))
    return frozenset(found)


def walk(n: int, bound: int) -> list[ChargeSet]:
    if n == 3:
        return list(PureU1Family(3))
    return list(takewhile(lambda solution: solution.height <= bound, PureU1Family(n)))


def descending(solution: ChargeSet) -> tuple[int, ...]:
    assert all(z.denominator == 1 for z in solution)
    return tuple(sorted((int(z) for z in solution), reverse=True))


# ---------------------------------------------------------------- charge sets


@given(st.permutations(TABLE_I[5]))
def test_the_order_of_charges_does_not_count(charges: Sequence[int]) -> None:
    assert ChargeSet(charges) == ChargeSet(TABLE_I[5])
    assert str(ChargeSet(charges)) == "(12, -11, -10, 8, 6, -5)"


@given(st.sampled_from(TABLE_I), rationals.filter(bool))
def test_primitive_sets_forget_factor_and_sign(charges: tuple[int, ...], factor: Fraction) -> None:
    scaled = ChargeSet(factor * z for z in charges)
    assert scaled.primitive == ChargeSet(charges).primitive == ChargeSet(charges)
    assert (scaled == scaled.primitive) == (factor == 1)
    assert scaled.height == max(map(abs, charges))


def test_chiral_and_vector_like() -> None:
    assert all(ChargeSet(z).is_chiral and not ChargeSet(z).is_vector_like for z in TABLE_I)
    pairs = ChargeSet([0, 1, -1, 2, -2])
    assert pairs.is_vector_like
    assert not pairs.is_chiral
    neither = ChargeSet([*TABLE_I[0], 7, -7])
    assert not neither.is_vector_like
    assert not neither.is_chiral


def test_charge_sets_are_values_that_print() -> None:
    charges = ChargeSet(["-5/2", 2, 2, "-1/2", "-1/2", "-1/2"])
    assert pickle.loads(pickle.dumps(charges)) == charges
    assert hash(pickle.loads(pickle.dumps(charges))) == hash(charges)
    assert len(charges) == 6
    assert json.dumps(charges.as_json()) == json.dumps({"charges": [str(z) for z in charges]})
    assert sympy.sympify(charges) == sympy.Tuple(*map(sympy.Rational, charges))
    assert latex([charges]) == rf"\left[ {latex(charges)}\right]"
    assert r"- \frac{5}{2}" in latex(charges)


@pytest.mark.parametrize(
    ("charges", "error", "message"),
    [
        ([3, -1, -1, -1], NotASolutionError, "sum z = sum z\\^3 = 0, not 0 and 24"),
        ([1, 1, 1], NotASolutionError, "not 3 and 3"),
        (["1/2", "-1/3"], NotASolutionError, "not 1/6 and 19/216"),
        ([10**5000, 1], NotASolutionError, "numbers too long to print"),
        ([0, 0, 0], ArgumentError, "must be charges that are not all zero"),
        ([], ArgumentError, "must be charges that are not all zero"),
        ([1.0, -1.0], InexactNumberError, "must be exact, not 1.0"),
        (5, ArgumentTypeError, "Argument 'charges'"),
    ],
)
def test_charges_that_are_no_solution(charges: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ChargeSet(charges)  # type: ignore[arg-type]


# ---------------------------------------------------------------- merge


@st.composite
def pairs_of_solutions(draw: st.DrawFn) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Two solutions of any kind with the same number of charges, in any order."""
    n = draw(numbers)
    found = []
    for _ in range(2):
        g = draw(st.lists(large, min_size=n // 2, max_size=n // 2))
        f = draw(st.lists(large, min_size=n - 1 - n // 2, max_size=n - 1 - n // 2))
        found.append(tuple(draw(st.permutations(draw(st.sampled_from(planes(g, f)))))))
    return found[0], found[1]


@given(pairs_of_solutions())
def test_the_merge_of_large_solutions_is_a_solution(pair: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    x, y = pair
    merged = merge(x, y)
    if merged is None:
        assert trilinear(x, y, y) == trilinear(x, x, y) == 0
        return
    assert any(merged)
    assert sum(merged) == sum(z**3 for z in merged) == 0
    assert merge(y, x) == tuple(-z for z in merged)
    forward, backward = trilinear(x, y, y), trilinear(x, x, y)
    assert merged == tuple(forward * a - backward * b for a, b in zip(x, y, strict=True))


@given(pairs_of_solutions(), st.integers(-9, 9), st.integers(-9, 9))
def test_where_there_is_no_merge_the_line_consists_of_solutions(
    pair: tuple[tuple[int, ...], tuple[int, ...]], a: int, b: int
) -> None:
    x, y = pair
    for other in (y, tuple(3 * z for z in x), (0,) * len(x)):
        if merge(x, other) is None:
            line = [a * s + b * t for s, t in zip(x, other, strict=True)]
            assert sum(line) == sum(z**3 for z in line) == 0


def test_merge_examples() -> None:
    merged = merge((-4, -3, -1, 4, 3, 1), (0, -1, 2, 1, -2, 0))
    assert merged == as_rationals((-36, -36, 9, 45, 9, 9), "charges")
    assert merge((1, -1, 0, 0), (0, 0, 1, -1)) is None  # disjoint pairs
    assert merge((1, 2, -1, -2), (2, 4, -2, -4)) is None  # proportional
    assert merge((0, 0, 0), (1, -1, 0)) is None


def test_merge_refuses_bad_input() -> None:
    with pytest.raises(NotASolutionError, match="Argument 'x' must have sum z = sum z\\^3 = 0, not 1 and 1"):
        merge([1, 0, 0], [1, -1, 0])
    with pytest.raises(NotASolutionError, match="Argument 'y'"):
        merge([1, -1, 0], [2, -1, -1])
    with pytest.raises(ArgumentError, match="Argument 'y'"):
        merge([1, -1, 0], [1, -1])
    with pytest.raises(InexactNumberError, match="exact"):
        merge([1.0, -1.0], [1, -1])


# ---------------------------------------------------------------- the parametrisation and its inverse


@pytest.mark.parametrize("n", range(3, 9))
def test_iteration_is_complete(n: int) -> None:
    bound = {3: 9, 4: 9, 5: 12, 6: 9, 7: 6, 8: 4}[n]
    found = walk(n, bound)
    assert Counter(map(descending, found)) == Counter(brute_force(n, bound))
    assert found
    heights = [solution.height for solution in found]
    assert heights == sorted(heights)
    assert all(solution == solution.primitive for solution in found)


@pytest.mark.parametrize("n", CHIRAL_UP_TO_10)
def test_every_solution_comes_back_from_its_parameters(n: int) -> None:
    family = PureU1Family(n)
    found = walk(n, 10)
    assert sum(solution.is_chiral for solution in found) == CHIRAL_UP_TO_10[n]
    for solution in found:
        for factor in (1, -2, Fraction(3, 7)):
            scaled = ChargeSet(factor * z for z in solution)
            parameters = family.parameters_of(scaled)
            assert family.subs(parameters) == scaled
            assert all(x.denominator == 1 for x in parameters[:-1])


@pytest.mark.parametrize("charges", TABLE_I)
def test_table_one_comes_back_in_every_order(charges: tuple[int, ...]) -> None:
    family = PureU1Family(6)
    assert ChargeSet(charges) in family
    assert str(ChargeSet(charges)) == str(charges)
    assert family.subs(family.parameters_of(ChargeSet(charges))) == ChargeSet(charges)
    for order in set(permutations(charges)):
        g, f = mergeable_parameters(order)
        merged = parametrised_charges(g, f)
        assert any(merged)
        assert ChargeSet(merged).primitive == ChargeSet(charges)


def test_table_one_is_what_six_charges_up_to_twelve_give() -> None:
    assert {z for z in walk(6, 12) if z.is_chiral} == {ChargeSet(z) for z in TABLE_I}


@st.composite
def parameters_with_size(draw: st.DrawFn) -> tuple[int, list[int | Fraction]]:
    n = draw(numbers)
    values = draw(st.lists(st.one_of(large, rationals), min_size=n - 1, max_size=n - 1))
    return n, [*values, draw(rationals.filter(bool))]


@given(parameters_with_size())
def test_parameters_give_solutions_and_these_their_parameters(
    drawn: tuple[int, list[int | Fraction]],
) -> None:
    n, values = drawn
    family = PureU1Family(n)
    *free, scale = values
    merged = parametrised_charges(free[: n // 2], free[n // 2 :])
    assume(any(merged))
    solution = family.subs(values)
    assert Counter(solution) == Counter(scale * z for z in merged)
    assert solution in family
    assert family.subs(family.parameters_of(solution)) == solution
    assert solution not in PureU1Family(n + 1)


@given(st.integers(2, 7).flatmap(lambda k: st.lists(large, min_size=k, max_size=k)), st.booleans())
def test_vector_like_sets_have_parameters_too(pairs: list[int], zero: bool) -> None:
    assume(any(pairs))
    solution = ChargeSet([*pairs, *(-x for x in pairs), *([0] if zero else [])])
    family = PureU1Family(len(solution))
    assert family.subs(family.parameters_of(solution)) == solution


@pytest.mark.parametrize("pairs", range(2, 7))
@pytest.mark.parametrize("size", [1, -3, Fraction(5, 2), 10**1000])
def test_charges_of_equal_size_are_reached_as_the_plane_itself(pairs: int, size: Fraction | int) -> None:
    """The only sets that no order brings to T(P, Q, Q) != 0."""
    solution = ChargeSet([size, -size] * pairs)
    family = PureU1Family(2 * pairs)
    assert family.subs(family.parameters_of(solution)) == solution
    if pairs <= 3:
        for order in set(permutations(solution.charges)):
            p, q = planes(*partial_sums(order))
            assert trilinear(p, q, q) == 0


@given(st.integers(3, 11).flatmap(lambda n: st.lists(large, min_size=n, max_size=n)))
def test_charges_with_sum_zero_are_one_sum_of_the_planes(charges: list[int]) -> None:
    charges[-1] -= sum(charges)
    p, q = planes(*partial_sums(charges))
    assert [a + b for a, b in zip(p, q, strict=True)] == charges
    assert sorted(p) == sorted(-x for x in p)
    assert sorted(q) == sorted(-x for x in q)


def test_both_of_the_two_orders_are_needed() -> None:
    """Which of the two orders the inverse took: both occur, and so does the exceptional case."""
    taken = set()
    for n in (4, 5, 6):
        for solution in walk(n, 12 - n):
            g, f = mergeable_parameters([int(z) for z in solution])
            p, q = planes(g, f)
            combined = sorted(a + b for a, b in zip(p, q, strict=True))
            first = combined == sorted(solution) and g[0] + g[1] + f[0] == solution.charges[0]
            taken.add("plane" if combined != sorted(solution) else "first" if first else "second")
            assert trilinear(p, q, q) != 0
    assert taken >= {"plane"}
    assert len(taken) == 3


def test_five_chiral_charges_can_be_merged_in_every_order() -> None:
    chiral = [solution for solution in walk(5, 20) if solution.is_chiral]
    assert len(chiral) == 3
    for solution in chiral:
        for order in permutations(solution.charges):
            assert ChargeSet(parametrised_charges(*partial_sums(order))).primitive == solution


def test_an_order_can_lead_to_zero() -> None:
    order = (1, -4, 1, -4, 1, 5)
    g, f = partial_sums(order)
    assert not any(merge_vectors(*planes(g, f)))
    with pytest.raises(ArgumentError, match="for which P and Q do not merge to zero"):
        PureU1Family(6).subs([*g, *f, 1])


@pytest.mark.parametrize(
    ("n", "values"),
    [
        (6, [0, 0, 0, 0, 0, 1]),
        (6, [1, 2, 3, 1, 1, 0]),
        (6, [1, 2, 3, 0, 0, 1]),
        (6, [0, 0, 0, 1, 2, 1]),
        (5, [1, 1, 0, 0, 1]),
        (4, [1, 1, 5, 1]),
        (3, [0, 7, 1]),
    ],
)
def test_parameters_without_a_solution_are_refused(n: int, values: list[int]) -> None:
    with pytest.raises(ArgumentError, match="parameters with s != 0 for which"):
        PureU1Family(n).subs(values)


@pytest.mark.parametrize("n", [3, 4])
def test_few_charges_are_vector_like(n: int) -> None:
    assert brute_force(n, 9)
    assert all(ChargeSet(z).is_vector_like for z in brute_force(n, 9))
    assert not all(ChargeSet(z).is_vector_like for z in brute_force(5, 9))
    assert list(PureU1Family(3)) == [ChargeSet([1, 0, -1])]


@pytest.mark.parametrize("n", range(3, 9))
def test_families_are_values_that_print(n: int) -> None:
    family: SolutionFamily[ChargeSet] = PureU1Family(n)
    assert pickle.loads(pickle.dumps(family)) == family
    assert hash(family) == hash(PureU1Family(n))
    assert len(family.parameters) == n
    shown = latex(family)
    assert shown.count("{") == shown.count("}")
    assert shown in latex([family])
    assert len({str(PureU1Family(k)) for k in range(3, 9)}) == 6
    values = list(range(2, n + 2))
    solution = family.subs(values)
    assert family.subs(dict(zip(family.parameters, values, strict=True))) == solution
    assert family.subs({str(s): v for s, v in zip(family.parameters, values, strict=True)}) == solution


def test_sympy_sets() -> None:
    solutions = PureU1Family(6).as_set()
    assert isinstance(solutions, sympy.ConditionSet)
    assert all(sympy.Tuple(*z) in solutions for z in TABLE_I)
    assert sympy.Tuple(5, -4, -4, 1, 1, 2) not in solutions
    image = PureU1Family(5).image()
    assert isinstance(image, sympy.ImageSet)
    values = (1, 3, 2, -5, 7)
    charges = image.lamda(values)
    assert Counter(map(int, charges)) == Counter(map(int, PureU1Family(5).subs(values)))
    assert charges in PureU1Family(5).as_set()


@pytest.mark.parametrize("n", [2, 0, -1, "2"])
def test_too_few_charges(n: object) -> None:
    with pytest.raises(ArgumentError, match="Argument 'charges' must be an integer of at least 3"):
        PureU1Family(n)  # type: ignore[arg-type]


def test_families_refuse_bad_input() -> None:
    family = PureU1Family(6)
    with pytest.raises(ArgumentError, match="Argument 'values'"):
        family.subs([1, 2, 3, 4, 5])
    with pytest.raises(ArgumentError, match="Argument 'values'"):
        family.subs([1, 2, 3, 4, 5, 6, 7])
    with pytest.raises(InexactNumberError, match="exact"):
        family.subs([1, 2, 3, 4, 5, 0.5])
    with pytest.raises(InexactNumberError, match="exact"):
        PureU1Family(6.0)  # type: ignore[arg-type]
    with pytest.raises(
        ArgumentError, match="Argument 'solution' must be a ChargeSet of 6 charges, not \\(9,"
    ):
        family.parameters_of(ChargeSet([9, -8, -7, 5, 1]))
    with pytest.raises(ArgumentError, match="must be a ChargeSet of 6 charges, not \\(5, -4"):
        family.parameters_of(TABLE_I[0])  # type: ignore[arg-type]
    assert TABLE_I[0] not in family
    with pytest.raises(ArgumentError, match="too long to print"):
        family.subs([10**5000, 10**5000, 10**5000, 0, 0, 1])


# ---------------------------------------------------------------- fixed charges

NODES = [([1, 1, 1], 3), ([1, 1, 1], 5), ([2, 2, 2], 7), ([1], 3), ([1, 1], 4), (["1/2", "1/2", 1, -1], 4)]


@pytest.mark.parametrize(("fixed", "n"), NODES)
def test_sets_with_fixed_charges_come_back(fixed: list[object], n: int) -> None:
    family = with_fixed_charges(fixed, n)
    limit = (
        3 if n == 3 and len(fixed) == 3 else 25
    )  # chiral sets of six charges with three equal ones are rare
    found = list(islice(family, limit))
    assert len(set(found)) == limit
    assert [solution.height for solution in found] == sorted(solution.height for solution in found)
    for solution in found:
        assert not Counter(family.fixed) - Counter(solution)
        assert solution in family
        assert family.subs(family.parameters_of(solution)) == solution


@pytest.mark.parametrize(("fixed", "n"), NODES[:4])
def test_all_sets_with_fixed_charges_are_there_but_the_node(fixed: list[int], n: int) -> None:
    """Every solution of brute force that holds multiples of the fixed charges."""
    family = FixedChargesFamily(fixed, n)
    node = ChargeSet([*family.fixed, *family.node])
    expected = set()
    bound = {4: 9, 6: 9, 8: 4, 10: 2}[n + len(fixed)]
    for whole in brute_force(n + len(fixed), bound):
        for factor in {Fraction(fixed[0], z) for z in whole if z}:
            solution = ChargeSet(factor * z for z in whole)
            if not Counter(family.fixed) - Counter(solution):
                expected.add(solution)
    assert {solution for solution in expected if solution not in family} == {node}
    found = list(takewhile(lambda solution: solution.height <= bound, family))
    assert len(found) == len(set(found)) > 0
    assert set(found) == expected - {node}


@given(st.lists(rationals, min_size=4, max_size=4), rationals.filter(bool))
def test_directions_give_solutions_with_fixed_charges(v: list[Fraction], m: Fraction) -> None:
    family = with_fixed_charges([m, m, m], 5)
    try:
        solution = family.subs(v)
    except ArgumentError:
        whole = (*v, -sum(v, Fraction(0)))
        squares = sum(c * x * x for c, x in zip(family.node, whole, strict=True))
        assert squares == 0 or sum(x**3 for x in whole) == 0
        return
    assert solution in family or solution == ChargeSet([*family.fixed, *family.node])
    if solution in family:
        assert family.subs(family.parameters_of(solution)) == solution


def test_the_node() -> None:
    assert node_charges([1, 1, 1], 3) == as_rationals((-1, -1, -1), "C")
    assert node_charges([-2, -2, -2], 5) == as_rationals((2, 2, 2, 2, -2), "C")
    for fixed, n in (([1, 1, 1], 4), ([1, 2], 4), ([1, -1], 4), ([1, 1, 1, 1, 1], 3), ([2, -1, -1], 5)):
        assert node_charges(fixed, n) is None
        with pytest.raises(ArgumentError, match="Argument 'fixed' must be charges with sum s != 0"):
            with_fixed_charges(fixed, n)
    with pytest.raises(ArgumentError, match="Argument 'n' must be an integer of at least 3"):
        with_fixed_charges([1, 1, 1], 2)
    family = with_fixed_charges([1, 1, 1], 3)
    node = ChargeSet([1, 1, 1, -1, -1, -1])
    assert node not in family
    with pytest.raises(ArgumentError, match="Argument 'solution' must be a set of this family"):
        family.parameters_of(node)
    with pytest.raises(ArgumentError, match="a direction v"):
        family.subs([0, 1])


@pytest.mark.parametrize(("fixed", "n"), NODES)
def test_families_with_fixed_charges_print(fixed: list[object], n: int) -> None:
    family: SolutionFamily[ChargeSet] = with_fixed_charges(fixed, n)
    assert pickle.loads(pickle.dumps(family)) == family
    assert str(family.parameters[0]) == "v_1"
    assert len(family.parameters) == n - 1
    assert latex(family).count("{") == latex(family).count("}")
    assert latex(family) in latex([family])
    assert "tau*v" in str(family)


@given(st.lists(large, min_size=2, max_size=2), rationals, rationals.filter(bool))
def test_the_chord_gives_charges_for_the_fixed_ones(y: list[int], x: Fraction, m: Fraction) -> None:
    known = [-m, -m, -m, x, -x, 0]
    direction = [y[0], y[1], 0, -y[0], 0, -y[1]]
    found = chord_with_fixed_charges([m, m, m], known, direction)
    if found is None:
        return
    assert ChargeSet([m, m, m, *found]).charges
    assert list(found) != known
    difference = [a - b for a, b in zip(found, as_rationals(known, "known"), strict=True)]
    assert sum(z**3 for z in difference) == 0


def test_the_chord_finds_chiral_sets_and_refuses_bad_input() -> None:
    found = chord_with_fixed_charges([1, 1, 1], [-1, -1, -1, 0], [2, -2, 3, -3])
    assert found is not None
    assert ChargeSet([1, 1, 1, *found]).is_chiral
    assert chord_with_fixed_charges([1, 1, 1], [-1, -1, -1, 0], [0, 0, 0, 0]) is None
    with pytest.raises(NotASolutionError, match="Argument 'known' must be a solution together with 'fixed'"):
        chord_with_fixed_charges([1, 1, 1], [-1, -1, 0, 0], [0, 0, 0, 0])
    with pytest.raises(NotASolutionError, match="Argument 'direction' must be a solution"):
        chord_with_fixed_charges([1, 1, 1], [-1, -1, -1, 0], [1, 0, 0, 0])
    with pytest.raises(ArgumentError, match="Argument 'direction'"):
        chord_with_fixed_charges([1, 1, 1], [-1, -1, -1], [1, -1])


# ---------------------------------------------------------------- theorems


@pytest.mark.parametrize("theorem", THEOREMS, ids=[theorem.name for theorem in THEOREMS])
def test_theorems(theorem: Theorem) -> None:
    assert proved(theorem).status == theorem.expected
    assert theorem.statement.endswith(".")
    assert theorem.latex.count("{") == theorem.latex.count("}")


def test_one_theorem_is_refuted() -> None:
    assert [theorem.name for theorem in THEOREMS if not theorem.holds] == ["pure-u1-every-order"]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5, 10))
def test_every_chiral_set_up_to_thirty_has_parameters(number: int) -> None:
    family, seen = PureU1Family(number), 0
    for found in chiral_sets(number, 30):
        solution = ChargeSet(found)
        assert family.subs(family.parameters_of(solution)) == solution
        seen += 1
    assert seen == count_chiral_sets(number, 30) > 0
