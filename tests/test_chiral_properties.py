"""Questions about chiral sets, each beside a computation that is as plain as its definition."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations
from math import gcd, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import latex

from anomalies.dark_masses import generic_rank
from anomalies.diophantine.chiral import (
    ActiveSet,
    ChiralSet,
    Predicate,
    active_sets_of,
    all_active_sets,
    chiral_sets,
    dirac_operators,
    divisible_charges,
    gives_dirac_neutrinos,
    has_divisible,
    has_mass_term,
    has_pattern,
    has_stable_sectors,
    has_triplet,
    leaves_massless,
    mass_terms,
    massive_states,
    massless_states,
    multiplicities,
    multiplicity_pattern,
    residual_factors,
    residual_order,
    scalar_charges,
    some_scalar_leaves,
    stable_sectors,
    useful_scalars,
)
from anomalies.errors import ArgumentError, ArgumentTypeError, NotASolutionError

Row = tuple[int, ...]


@cache
def found() -> tuple[ChiralSet, ...]:
    """Sets of six to nine charges, some with zeros and common factors."""
    return (
        *chiral_sets(6, 20, common_factors=True),
        *chiral_sets(8, 12, zeros=True),
        *chiral_sets(9, 10),
    )


SETS = st.deferred(lambda: st.sampled_from(found()))


@st.composite
def unpaired(draw: st.DrawFn) -> Row:
    """Any integers without a vector-like pair, with repetitions and zeros."""
    sizes = draw(st.lists(st.integers(0, 7), min_size=1, max_size=5, unique=True))
    values = [size * draw(st.sampled_from([-1, 1])) for size in sizes]
    return tuple(z for z in values for _ in range(draw(st.integers(1, 3))))


def naive_rank(charges: Row, s: int) -> int:
    """The rank by the general algorithm for matchings, on the full matrix."""
    return generic_rank([[abs(x + y) == abs(s) or x == y == 0 for y in charges] for x in charges])


# --- repeated charges -----------------------------------------------------------------------------------


@given(SETS)
def test_multiplicities(entry: ChiralSet) -> None:
    pairs = multiplicities(entry)
    assert tuple(sorted(Counter(entry.charges).elements())) == entry.charges
    assert [charge for charge, number in pairs for _ in range(number)] == list(entry)
    pattern = multiplicity_pattern(entry)
    assert sum(pattern) == len(entry)
    assert list(pattern) == sorted((number for _, number in pairs), reverse=True)


@given(SETS, st.integers(1, 12))
def test_divisible(entry: ChiralSet, divisor: int) -> None:
    divisible = divisible_charges(entry, divisor)
    assert list(divisible) == [z for z in entry if not z % divisor]
    assert has_divisible(divisor, len(divisible))(entry)
    assert not has_divisible(divisor, len(divisible) + 1)(entry)


# --- active sets ----------------------------------------------------------------------------------------


@given(SETS)
def test_active_sets(entry: ChiralSet) -> None:
    active = active_sets_of(entry)
    assert [a.m for a in active] == sorted({z for z in entry if z and entry.charges.count(z) >= 3})
    for a in active:
        assert a.chiral_set() == entry
        assert sum(a.charges) == -3 * a.m
        assert sum(z**3 for z in a.charges) == -3 * a.m**3


def test_all_active_sets_of_a_box() -> None:
    """Every m and every multiset tried; one of each pair of opposite signs."""
    from itertools import combinations_with_replacement

    bound, expected = 12, set()
    for n in (3, 4):
        for m in range(1, bound + 1):
            allowed = [z for z in range(-bound, bound + 1) if z and z != -m]
            for row in combinations_with_replacement(allowed, n):
                if (
                    sum(row) == -3 * m
                    and sum(z**3 for z in row) == -3 * m**3
                    and not any(-z in row for z in row)
                    and gcd(m, *row) == 1
                ):
                    expected.add((m, row))
        listed = [
            (abs(a.m), a.charges if a.m > 0 else tuple(sorted(-z for z in a.charges)))
            for a in all_active_sets(n, bound)
        ]
        assert len(listed) == len(set(listed))
        assert set(listed) == expected
        assert expected
        expected.clear()


def test_active_sets_print() -> None:
    (entry,) = active_sets_of(ChiralSet([5, -4, -4, 1, 1, 1]))
    assert str(entry) == "(-4, -4, 5; m = 1)"
    assert latex(entry) == r"\left(-4, -4, 5;\, m = 1\right)"
    assert entry.as_json() == {"m": 1, "charges": [-4, -4, 5]}
    assert all_active_sets(3, 5).as_json()["solutions"] == [entry.as_json()]


# --- Dirac masses of neutrinos --------------------------------------------------------------------------


@given(SETS, st.integers(-5, 5), st.integers(1, 4), st.integers(1, 3))
def test_dirac_operators(entry: ChiralSet, m: int, largest: int, copies: int) -> None:
    operators = dirac_operators(entry, m, largest_delta=largest, copies=copies)
    assert len(operators) == len(set(operators))
    for operator in operators:
        assert operator.nu + m + operator.delta * operator.s == 0 != operator.s
        assert entry.charges.count(operator.nu) == operator.copies >= copies
    repeated = {z for z in entry if entry.charges.count(z) >= copies and z != -m}
    assert {(o.nu, o.delta) for o in operators} == {(z, d) for z in repeated for d in range(1, largest + 1)}


@given(SETS, st.fractions(-20, 20, max_denominator=4).filter(bool))
def test_dirac_predicate(entry: ChiralSet, s: Fraction) -> None:
    dark = any(abs(o.s) == abs(s) for o in dirac_operators(entry))
    assert gives_dirac_neutrinos(s)(entry) == dark
    for active in active_sets_of(entry):
        operators = dirac_operators(active.charges, active.m)
        holds = any(abs(o.s) == abs(s) for o in operators)
        assert (
            gives_dirac_neutrinos(s, active.m)(entry) == gives_dirac_neutrinos(s, -active.m)(entry) == holds
        )


# --- masses ---------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(unpaired(), st.integers(-16, 16).filter(bool))
def test_rank_is_that_of_the_full_matrix(charges: Row, s: int) -> None:
    assert massive_states(charges, s) == naive_rank(charges, s)


def test_rank_of_every_set_and_scalar() -> None:
    ranks = set()
    for entry in found()[:150]:
        for s in scalar_charges(entry):
            rank = massive_states(entry, s)
            assert rank == naive_rank(entry.charges, s) == massive_states(entry, -s)
            assert massless_states(entry, s) == len(entry) - rank
            assert massless_states([-z for z in entry], s) == len(entry) - rank
            ranks.add(len(entry) - rank)
    assert {0, 1, 2, 3} <= ranks


@given(unpaired(), st.integers(1, 16))
def test_mass_terms(charges: Row, s: int) -> None:
    pairs = {
        tuple(sorted((x, y)))
        for x, y in [*permutations(charges, 2), *((z, z) for z in charges)]
        if x + y in (s, -s) or x == y == 0
    }
    assert list(mass_terms(charges, s)) == sorted(pairs)
    assert has_mass_term(s)(charges) == any(x + y for x, y in pairs) == (s in scalar_charges(charges))


@given(SETS, st.integers(0, 4))
def test_useful_scalars(entry: ChiralSet, most: int) -> None:
    largest = 2 * entry.bound
    lists = [(s, massless_states(entry, s)) for s in range(1, largest + 1) if has_mass_term(s)(entry)]
    useful = useful_scalars(entry, most)
    assert list(useful) == [(s, left) for s, left in lists if left <= most]
    assert some_scalar_leaves(most)(entry) == bool(useful)
    for s, left in useful:
        assert leaves_massless(s, left)(entry)
        assert left == 0 or not leaves_massless(s, left - 1)(entry)


# --- residual symmetry ----------------------------------------------------------------------------------


@given(SETS, st.integers(1, 60))
def test_residual_symmetry(entry: ChiralSet, s: int) -> None:
    """Z_N is what the phases exp(2 pi i k/s) do to the states: as many different lists as k allows."""
    phases = {tuple(k * z % s for z in entry) for k in range(s)}
    order = residual_order(entry, s)
    factors = residual_factors(entry, -s)
    assert order == len(phases) == prod(factors)
    assert all(gcd(a, b) == 1 for a, b in combinations(factors, 2))


def partitions(factors: Row) -> list[list[Row]]:
    """All set partitions."""
    if not factors:
        return [[]]
    first, rest = factors[0], partitions(factors[1:])
    grown = [[(first,), *p] for p in rest]
    for p in rest:
        grown += [[*p[:i], (first, *p[i]), *p[i + 1 :]] for i in range(len(p))]
    return grown


@settings(max_examples=200)
@given(st.lists(st.integers(-12, 12), min_size=1, max_size=6), st.sampled_from([1, 4, 6, 12, 30, 42, 60]))
def test_stable_sectors_are_the_finest(charges: list[int], s: int) -> None:
    sectors = stable_sectors(charges, s)
    unit = gcd(s, *charges)
    assert prod(sector.order for sector in sectors) == residual_order(charges, s)
    good = [
        p
        for p in partitions(residual_factors(charges, s))
        if all(sum((z // unit) % prod(block) != 0 for block in p) <= 1 for z in charges)
    ]
    assert len(sectors) == max(map(len, good))
    assert sorted(sector.order for sector in sectors) in [sorted(map(prod, p)) for p in good]
    for sector in sectors:
        assert sector.charges
        assert list(sector.charges) == [z for z in sorted(charges) if (z // unit) % sector.order]
    assert has_stable_sectors(s, len(sectors))(charges)
    assert not has_stable_sectors(s, len(sectors) + 1)(charges)


def test_there_are_candidates_for_two_components() -> None:
    two = [entry for entry in found() if len(stable_sectors(entry, 6)) == 2]
    assert two
    for entry in two:
        assert not any(z % 2 and z % 3 for z in entry)


# --- predicates -----------------------------------------------------------------------------------------


@given(SETS)
def test_predicates_combine(entry: ChiralSet) -> None:
    pattern, triplet = has_pattern(reversed(multiplicity_pattern(entry))), has_triplet()
    assert pattern(entry)
    assert not has_pattern((*multiplicity_pattern(entry), 1))(entry)
    assert triplet(entry) == bool(active_sets_of(entry))
    assert all(has_triplet(a.m)(entry) for a in active_sets_of(entry))
    assert (pattern & triplet)(entry) == triplet(entry)
    assert (~pattern | triplet)(entry) == triplet(entry)
    assert (~triplet)(entry) is not triplet(entry)


PREDICATES = [
    has_pattern((3, 2, 1)),
    has_triplet(),
    has_triplet(1),
    has_divisible(2, 3),
    has_mass_term(3),
    leaves_massless(5, 3),
    some_scalar_leaves(1),
    gives_dirac_neutrinos(3),
    gives_dirac_neutrinos(3, 1),
    gives_dirac_neutrinos("1/2", -2),
    has_stable_sectors(6),
]


@pytest.mark.parametrize("predicate", PREDICATES, ids=str)
def test_predicates_do_not_depend_on_sign(predicate: Predicate) -> None:
    answers = set()
    for entry in found():
        answers.add(predicate(entry))
        assert predicate(entry) == predicate([-z for z in entry])
    assert answers == {True, False}


def test_predicates_have_names() -> None:
    assert str(has_pattern([1, 3, 2]) & ~has_triplet(-2)) == "(pattern(3, 2, 1) and not triplet(2))"
    assert str(leaves_massless(-3, 1) | has_mass_term(4)) == "(massless(3, 1) or mass_term(4))"


# --- bad input ------------------------------------------------------------------------------------------


def test_bad_input() -> None:
    entry = ChiralSet([5, -4, -4, 1, 1, 1])
    with pytest.raises(ArgumentError, match="Argument 's' must be an integer different from zero, not 0"):
        massless_states(entry, 0)
    with pytest.raises(ArgumentError, match="Argument 's' must be an integer"):
        residual_order(entry, Fraction(1, 2))  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="must have no vector-like pair, and 2 and -2 are one"):
        massive_states([1, 2, -2], 1)
    with pytest.raises(ArgumentTypeError, match="must be a ChiralSet or a sequence of integers, not 5"):
        multiplicities(5)  # type: ignore[arg-type]
    with pytest.raises(ArgumentTypeError, match="must be a ChiralSet, not"):
        active_sets_of([1, 1, 1])  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="Argument 'divisor' must be an integer of at least 1, not 0"):
        divisible_charges(entry, 0)
    with pytest.raises(ArgumentError, match="Argument 'massless' must be an integer of at least 0"):
        useful_scalars(entry, -1)
    with pytest.raises(NotASolutionError, match="Argument 'm' must be different from zero, not 0"):
        ActiveSet(0, [5, -4, -4, 1, 1, 1])
    with pytest.raises(NotASolutionError, match="must have sum z = 0, and it is 6"):
        ActiveSet(1, [1, 1, 1])
    with pytest.raises(ArgumentError, match="Argument 'n' must be an integer of at least 2, not 1"):
        all_active_sets(1, 10)
    with pytest.raises(ArgumentTypeError, match="Argument 'predicate' must be a Predicate, not 'x'"):
        has_triplet() & "x"  # type: ignore[operator]
    with pytest.raises(ArgumentError, match="Argument 's' must be an integer different from zero"):
        gives_dirac_neutrinos(0)
    with pytest.raises(ArgumentError, match="Argument 'm' must be an integer different from zero, not 0"):
        has_triplet(0)
