"""Masses of dark states: operators, textures, generic ranks and scalars, against brute force and ADN."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement, product
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.polys.matrices import DomainMatrix

from anomalies.dark_masses import (
    NEUTRINO_OPERATORS,
    MajoranaTexture,
    bare_masses,
    fewest_scalars,
    generic_rank,
    majorana_texture,
    operator_charges,
    scalar_candidates,
    weinberg_operators,
    yukawa_couplings,
)
from anomalies.dark_masses.majorana import obstruction
from anomalies.diophantine import DarkSector
from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError, UnknownNameError

REFERENCE = json.loads(
    (Path(__file__).parent / "reference" / "adn_section_2.json").read_text(encoding="utf-8")
)
A4 = DarkSector(REFERENCE["A_4"][:3], REFERENCE["A_4"][3:])
A5 = (Fraction(3, 5), Fraction(21, 10))  # ADN (A.5)
BEST_FIT = (Fraction(59, 100), Fraction(1), Fraction(0))  # ADN (A.3)

Charges = tuple[Fraction, ...]


def small_charges(least: int = 0, most: int = 4) -> st.SearchStrategy[Charges]:
    """Few different values, so that coincidences are common."""
    value = st.builds(Fraction, st.integers(-4, 4), st.sampled_from([1, 2]))
    return st.lists(value, min_size=least, max_size=most).map(tuple)


def patterns(most: int) -> st.SearchStrategy[tuple[tuple[bool, ...], ...]]:
    return st.integers(0, most).flatmap(
        lambda size: st.lists(
            st.booleans(), min_size=size * (size + 1) // 2, max_size=size * (size + 1) // 2
        ).map(lambda bits: symmetric(size, bits))
    )


def symmetric(size: int, bits: Iterable[bool]) -> tuple[tuple[bool, ...], ...]:
    filled = dict(zip(combinations_with_replacement(range(size), 2), bits, strict=True))
    return tuple(tuple(filled[min(i, j), max(i, j)] for j in range(size)) for i in range(size))


def symbolic_rank(pattern: tuple[tuple[bool, ...], ...]) -> int:
    """The rank over the field of rational functions in one symbol for each entry i <= j."""
    size = len(pattern)
    if not any(map(any, pattern)):
        return 0

    def entry(i: int, j: int) -> Any:
        return sympy.Symbol(f"m_{min(i, j)}_{max(i, j)}") if pattern[i][j] else sympy.Integer(0)

    return int(DomainMatrix.from_Matrix(sympy.Matrix(size, size, entry)).to_field().rank())


# ---------------------------------------------------------------- operators


@cache
def derived(operator: str, dark_states: int) -> dict[tuple[int, int], Any]:
    return dict(operator_charges(operator, dark_states))


@settings(max_examples=40)
@given(small_charges(3, 3), small_charges(1, 4))
def test_allowed_operators_are_those_whose_derived_charge_vanishes(a: Charges, n: Charges) -> None:
    names = ["Q_nu"] if len(n) == 1 else [f"Q_nu{j}" for j in range(1, len(n) + 1)]
    values = dict(
        zip(
            map(sympy.Symbol, ("a_e", "a_mu", "a_tau", *names)),
            map(sympy.sympify, map(str, a + n)),
            strict=True,
        )
    )

    def allowed(operator: str) -> set[tuple[int, int]]:
        return {pair for pair, charge in derived(operator, len(n)).items() if charge.subs(values) == 0}

    assert set(yukawa_couplings(a, n)) == allowed("yukawa")
    assert set(weinberg_operators(a)) == allowed("weinberg")
    assert set(bare_masses(n)) == allowed("majorana")


@pytest.mark.parametrize("dark_states", [1, 2, 3])
def test_every_pair_has_a_charge(dark_states: int) -> None:
    count = {
        "yukawa": 3 * dark_states,
        "weinberg": 6,
        "majorana": dark_states * (dark_states + 1) // 2,
        "majorana with scalar": dark_states * (dark_states + 1) // 2,
    }
    assert count.keys() == NEUTRINO_OPERATORS.keys()
    assert {name: len(derived(name, dark_states)) for name in count} == count
    assert not any(
        charge.has(sympy.Symbol("a_Y")) for name in count for charge in derived(name, dark_states).values()
    )


# ---------------------------------------------------------------- generic rank


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_rank_of_every_small_pattern_against_symbols(size: int) -> None:
    ranks = set()
    for bits in product([False, True], repeat=size * (size + 1) // 2):
        pattern = symmetric(size, bits)
        assert generic_rank(pattern) == symbolic_rank(pattern)
        ranks.add(generic_rank(pattern))
    assert ranks == set(range(size + 1))


@settings(max_examples=60, deadline=None)
@given(patterns(5))
def test_rank_against_symbols(pattern: tuple[tuple[bool, ...], ...]) -> None:
    assert generic_rank(pattern) == symbolic_rank(pattern)


@given(patterns(7))
def test_rank_is_the_largest_partial_matching_of_the_graph(pattern: tuple[tuple[bool, ...], ...]) -> None:
    """Another algorithm: dynamic programming over sets of columns, row by row."""
    reached = {0}
    for row in pattern:
        reached |= {
            used | 1 << j for used in reached for j, filled in enumerate(row) if filled and not used >> j & 1
        }
    assert generic_rank(pattern) == max(used.bit_count() for used in reached)


@given(patterns(7), st.data())
def test_obstruction_is_a_proof(pattern: tuple[tuple[bool, ...], ...], data: st.DataObject) -> None:
    size = len(pattern)
    wanted = data.draw(st.integers(0, size))
    found = obstruction(pattern, wanted)
    assert (found is None) == (generic_rank(pattern) >= wanted)
    if found is not None:
        rows, columns = found
        assert len(rows) - len(columns) > size - wanted
        assert not any(pattern[i][j] for i in rows for j in set(range(size)) - columns)


def test_a_long_alternating_path_is_no_problem() -> None:
    size = 1201
    chain = tuple(tuple(abs(i - j) == 1 for j in range(size)) for i in range(size))
    assert generic_rank(chain) == size - 1


# ---------------------------------------------------------------- textures


def test_the_printed_texture_holds_with_the_conjugate_scalars() -> None:
    texture = majorana_texture(A4.n, A5)  # ADN (A.6)
    assert str(texture) == "[[0, chi_1^*, 0], [chi_1^*, 0, 0], [0, 0, chi_2^*]]"
    assert texture.rank == texture.matrix().rank() == 3
    printed = majorana_texture(A4.n, [-charge for charge in A5])
    assert str(printed) == "[[0, chi_1, 0], [chi_1, 0, 0], [0, 0, chi_2]]"
    assert printed.pattern == texture.pattern


def test_the_benchmark() -> None:
    texture = majorana_texture(BEST_FIT, {"Phi": 1})  # ADN (A.2)
    assert str(texture) == "[[0, 0, 0], [0, 0, Phi^*], [0, Phi^*, M]]"
    assert texture.rank == 2
    assert yukawa_couplings(BEST_FIT, BEST_FIT) == ((1, 1), (2, 2), (3, 3))  # ADN (A.1)


@given(small_charges(1, 5), small_charges(0, 3))
def test_each_entry_conserves_charge(charges: Charges, given_scalars: Charges) -> None:
    scalars = tuple(sorted({abs(charge) for charge in given_scalars} - {Fraction(0)}))
    texture = majorana_texture(charges, scalars)
    value = dict(texture.scalars) | {"M": Fraction(0)}
    for i, j in product(range(len(charges)), repeat=2):
        entry, total = texture.entries[i][j], charges[i] + charges[j]
        if entry is None:
            assert total not in {0, *scalars, *(-charge for charge in scalars)}
        else:
            assert total + (-1 if entry.conjugate else 1) * value[entry.name] == 0
            assert entry.is_bare == (total == 0)


@given(small_charges(1, 5), small_charges(0, 3), st.randoms())
def test_permuting_states_permutes_the_texture(charges: Charges, given_scalars: Charges, random: Any) -> None:
    scalars = tuple(sorted({abs(charge) for charge in given_scalars} - {Fraction(0)}))
    order = list(range(len(charges)))
    random.shuffle(order)
    before = majorana_texture(charges, scalars)
    after = majorana_texture([charges[i] for i in order], scalars)
    assert after.entries == tuple(tuple(before.entries[i][j] for j in order) for i in order)
    assert (after.rank, after.residual_order, after.is_protected) == (
        before.rank,
        before.residual_order,
        before.is_protected,
    )


@given(small_charges(1, 5), small_charges(0, 3))
def test_the_opposite_charges_need_the_conjugate_scalars(charges: Charges, given_scalars: Charges) -> None:
    scalars = tuple(sorted({abs(charge) for charge in given_scalars} - {Fraction(0)}))
    before = majorana_texture(charges, scalars)
    after = majorana_texture([-charge for charge in charges], scalars)
    assert after.pattern == before.pattern
    for one, other in zip(sum(before.entries, ()), sum(after.entries, ()), strict=True):
        if one is not None and other is not None:
            assert one.name == other.name
            assert one.conjugate != other.conjugate or (one.is_bare and other.is_bare)


@given(small_charges(1, 4), small_charges(1, 2))
def test_protected_zeros_against_products_of_scalars(charges: Charges, given_scalars: Charges) -> None:
    """In units of 1/2, sums of dark charges are at most 16 and scalar charges 8: 24 insertions are enough."""
    scalars = tuple(sorted({abs(charge) for charge in given_scalars} - {Fraction(0)}))
    texture = majorana_texture(charges, scalars)
    powers = product(*[range(-24, 25)] * len(scalars))
    reached = {sum((k * c for k, c in zip(power, scalars, strict=True)), Fraction(0)) for power in powers}
    zeros = [
        charges[i] + charges[j]
        for i, j in product(range(len(charges)), repeat=2)
        if texture.entries[i][j] is None
    ]
    assert texture.is_protected == all(total not in reached for total in zeros)


@given(small_charges(1, 4), small_charges(1, 3))
def test_the_discrete_group_that_is_left(charges: Charges, given_scalars: Charges) -> None:
    scalars = tuple(sorted({abs(charge) for charge in given_scalars} - {Fraction(0)}))
    order = majorana_texture(charges, scalars).residual_order
    if not scalars:
        assert order == (0 if any(charges) else 1)
        return
    # The group acts by exp(2 pi i n / g): all phases are N-th roots of unity, and N is least.
    unit = next(
        unit
        for k in range(1, 20)
        for unit in (scalars[0] / k,)
        if all((c / unit).denominator == 1 for c in scalars)
    )
    assert order == min(k for k in range(1, 100) if all((k * n / unit).denominator == 1 for n in charges))


def test_the_groups_of_the_three_choices() -> None:
    textures = {scalars: majorana_texture(A4.n, scalars) for scalars in fewest_scalars(A4.n)}
    assert {s: t.residual_order for s, t in textures.items() if t.is_protected} == {A5: 6}
    assert [t.residual_order for s, t in textures.items() if s != A5] == [2, 2]


# ---------------------------------------------------------------- fewest scalars


def smallest_sets(
    charges: Charges, wanted: int, present: Charges, rank: Callable[[Any], int]
) -> set[tuple[Fraction, ...]]:
    """All smallest sets among all subsets of everything that could be of use."""
    candidates = sorted(
        {abs(x + y) for x, y in combinations_with_replacement(charges, 2)} - {Fraction(0), *present}
    )
    for size in range(len(candidates) + 1):
        found = set()
        for chosen in combinations(candidates, size):
            usable = {Fraction(0), *present, *chosen}
            if rank(tuple(tuple(abs(x + y) in usable for y in charges) for x in charges)) >= wanted:
                found.add(chosen)
        if found:
            return found
    raise AssertionError("with all candidates every entry is filled")


def test_the_three_choices_for_the_published_sector() -> None:
    found = fewest_scalars(A4.n)
    assert set(found) == smallest_sets(A4.n, 3, (), symbolic_rank)
    assert len(found) == 3
    assert found[0] == A5


@settings(max_examples=30, deadline=None)
@given(small_charges(0, 3))
def test_complete_with_symbols(charges: Charges) -> None:
    assert set(fewest_scalars(charges)) == smallest_sets(charges, len(charges), (), symbolic_rank)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(-9, 9).map(Fraction), max_size=5).map(tuple), st.data())
def test_complete_for_any_rank_and_with_scalars_present(charges: Charges, data: st.DataObject) -> None:
    wanted = data.draw(st.integers(0, len(charges)))
    present = tuple(data.draw(st.lists(st.integers(1, 12).map(Fraction), max_size=2, unique=True)))
    found = fewest_scalars(charges, rank=wanted, present=present)
    assert len(set(found)) == len(found)
    assert set(found) == smallest_sets(charges, wanted, present, generic_rank)


@given(small_charges(1, 5), st.sampled_from([Fraction(-1), Fraction(3, 2), Fraction(-5)]), st.randoms())
def test_scalars_follow_order_sign_and_scale(charges: Charges, scale: Fraction, random: Any) -> None:
    order = list(charges)
    random.shuffle(order)
    before = fewest_scalars(charges)
    assert fewest_scalars(order) == before
    assert set(fewest_scalars([scale * n for n in charges])) == {
        tuple(abs(scale) * charge for charge in chosen) for chosen in before
    }


def test_generic_charges_are_paired_off() -> None:
    """Without coincidences the smallest sets pair the states off, but for one if their number is odd."""
    charges = [3**k for k in range(1, 7)]
    for count, matchings in ((2, 1), (4, 3), (6, 15), (3, 3), (5, 15)):
        found = fewest_scalars(charges[:count])
        assert len(found) == matchings
        assert {len(chosen) for chosen in found} == {(count + 1) // 2}


def test_present_scalars_count_for_nothing() -> None:
    assert fewest_scalars(A4.n, present=A5) == ((),)
    assert fewest_scalars(A4.n, present={"Phi": 1}) == fewest_scalars(A4.n)
    assert fewest_scalars(A4.n, present=["-3/5"]) == ((Fraction(21, 10),),)
    assert [str(charge) for charge in scalar_candidates([1, -1, 0])] == ["1", "2"]


def test_printed_texture() -> None:
    texture = majorana_texture(A4.n, A5)
    rows = r"0 & \chi_{1}^{*} & 0 \\ \chi_{1}^{*} & 0 & 0 \\ 0 & 0 & \chi_{2}^{*}"
    assert sympy.latex(texture) == rf"\left(\begin{{matrix}}{rows}\end{{matrix}}\right)"
    assert texture.as_json()["scalars"] == {"chi_1": "3/5", "chi_2": "21/10"}
    assert pickle.loads(pickle.dumps(texture)) == texture
    assert sympy.pretty(texture).splitlines()[0] == "[   0     chi_1^*     0   ]"
    assert sympy.pretty(majorana_texture([0], [])) == "[M]"
    assert isinstance(texture, MajoranaTexture)


# ---------------------------------------------------------------- bad input

ONE: Any = 1  # of no type that is asked for below


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: operator_charges("dirac"), UnknownNameError, "'operator' must be one of yukawa, weinberg"),
        (
            lambda: operator_charges("yukawa", 0),
            ArgumentError,
            "'dark_states' must be an integer of at least 1",
        ),
        (lambda: yukawa_couplings([0.6], [1]), InexactNumberError, r"'a\[0\]' must be exact, not 0.6"),
        (lambda: bare_masses(ONE), ArgumentTypeError, "'n' must be a sequence of rational numbers, not 1"),
        (lambda: generic_rank([[True, False]]), ArgumentError, "'pattern' must be square and symmetric"),
        (lambda: generic_rank([[False, True], [False, False]]), ArgumentError, "square and symmetric"),
        (lambda: generic_rank(ONE), ArgumentTypeError, "must be a sequence of rows of truth values"),
        (lambda: generic_rank([ONE]), ArgumentTypeError, "must be a sequence of rows of truth values"),
        (lambda: majorana_texture([1], [0]), ArgumentError, "different from zero, and chi_1 has 0"),
        (lambda: majorana_texture([1], [1, -1]), ArgumentError, "charges that differ up to sign, not 1, -1"),
        (lambda: majorana_texture([1], ONE), ArgumentTypeError, "'scalars' must be a sequence of rational"),
        (
            lambda: majorana_texture([1], {"M": 1}),
            ArgumentError,
            "keyed by names such as 'Phi', other than 'M'",
        ),
        (
            lambda: majorana_texture([1], {1: 1}),
            ArgumentTypeError,
            "'scalars' must be keyed by strings, not 1",
        ),
        (lambda: majorana_texture([1], {"Phi": 0.5}), InexactNumberError, "must be exact, not 0.5"),
        (lambda: fewest_scalars([1, 2], rank=3), ArgumentError, "number of dark states, 2, not 3"),
        (lambda: fewest_scalars([1, 2], rank=-1), ArgumentError, "'rank' must be an integer of at least 0"),
        (lambda: fewest_scalars([1], present=[0]), ArgumentError, "'present' must be charges different from"),
    ],
)
def test_bad_input(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
