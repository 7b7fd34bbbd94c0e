"""The search for dark sectors near a point: sound, complete, ordered, lazy, and clear about bad input."""

from __future__ import annotations

import json
import pickle
from collections import defaultdict
from fractions import Fraction
from itertools import combinations_with_replacement, islice, pairwise
from math import ceil, floor
from time import perf_counter
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from anomalies.diophantine import NONTRIVIAL_SENSES, DarkSector, is_nontrivial, near
from anomalies.errors import AnomaliesError
from anomalies.solutions import SearchDomain, SearchResult, as_exact_json

Rationals = tuple[Fraction, ...]

BEST_FIT = (Fraction(59, 100), Fraction(1), Fraction(0))
A4 = DarkSector(["3/5", 1, "1/20"], ["1/4", "7/20", "21/20"])


def multiples(least: Fraction, most: Fraction, denominator: int) -> list[Fraction]:
    return [Fraction(k, denominator) for k in range(ceil(least * denominator), floor(most * denominator) + 1)]


def brute_force(
    target: Rationals, max_denominator: int, radius: Rationals, max_charge: Fraction, sense: str
) -> set[DarkSector]:
    """Try all dark triples by their sum and sum of cubes: only the question is the same."""
    found = set()
    for d in range(1, max_denominator + 1):
        if (target[1] * d).denominator != 1:
            continue
        table: dict[tuple[int, int], list[tuple[int, ...]]] = defaultdict(list)
        bound = floor(max_charge * d)
        for triple in combinations_with_replacement(range(-bound, bound + 1), 3):
            table[sum(triple), sum(x**3 for x in triple)].append(triple)
        for a_e in multiples(target[0] - radius[0], target[0] + radius[0], d):
            for a_tau in multiples(target[2] - radius[1], target[2] + radius[1], d):
                a = (a_e, target[1], a_tau)
                scaled = [int(x * d) for x in a]
                for n in table[sum(scaled), sum(x**3 for x in scaled)]:
                    sector = DarkSector(a, [Fraction(x, d) for x in n])
                    if is_nontrivial(sector, sense):
                        found.add(sector)
    return found


def search(
    target: Rationals, max_denominator: int, radius: Rationals, max_charge: Fraction, sense: str
) -> list[DarkSector]:
    result = near(
        target, max_denominator=max_denominator, radius=radius, max_charge=max_charge, nontrivial=sense
    )
    assert result.exhaustive
    return list(result)


def exact(*values: str) -> Rationals:
    return tuple(map(Fraction, values))


# ---------------------------------------------------------------- complete

REGIONS = {
    "best fit": (BEST_FIT, exact("1/10", "1/10"), Fraction(3)),
    "wide": (BEST_FIT, exact("1/2", "3/4"), Fraction(3, 2)),
    "a_e = -a_tau": (exact("1/2", "1", "-1/2"), exact("1/4", "1/4"), Fraction(1)),
    "a_mu = 0": (exact("1/3", "0", "1/2"), exact("1/3", "1/5"), Fraction(1)),
    "a_mu = -a_e": (exact("-1", "1", "1/4"), exact("1/4", "1/2"), Fraction(2)),
    "zero": (exact("0", "0", "0"), exact("1/2", "1/2"), Fraction(1)),
    "line": (exact("5/12", "-1/2", "1/3"), exact("0", "1"), Fraction(2)),
}


@pytest.mark.parametrize("sense", NONTRIVIAL_SENSES)
@pytest.mark.parametrize("region", REGIONS)
def test_complete_up_to_denominator_twelve(region: str, sense: str) -> None:
    target, radius, max_charge = REGIONS[region]
    found = search(target, 12, radius, max_charge, sense)
    assert len(found) == len(set(found))
    assert set(found) == brute_force(target, 12, radius, max_charge, sense)
    assert found or (sense == "chiral" and target[1] == 0)


fractions = st.fractions(min_value=-1, max_value=1, max_denominator=8)


@settings(max_examples=40)
@given(
    st.tuples(fractions, st.sampled_from(exact("1", "-1", "1/2", "2/3", "0")), fractions),
    st.tuples(*[st.fractions(min_value=0, max_value=1, max_denominator=6)] * 2),
    st.fractions(min_value=0, max_value=3, max_denominator=6),
    st.sampled_from(NONTRIVIAL_SENSES),
)
def test_complete_anywhere(target: Rationals, radius: Rationals, max_charge: Fraction, sense: str) -> None:
    found = search(target, 5, radius, max_charge, sense)
    assert len(found) == len(set(found))
    assert set(found) == brute_force(target, 5, radius, max_charge, sense)


def test_the_published_example_is_found() -> None:
    for sense in NONTRIVIAL_SENSES:
        assert A4 in set(near(["59/100", 1, 0], max_denominator=20, nontrivial=sense))
    assert A4 not in set(near(["59/100", 1, 0], max_denominator=19))


def test_all_bounds_are_inclusive() -> None:
    # (A.4) is 1/100 and 1/20 away from the best fit, and its largest dark charge is 21/20.
    tight: dict[str, Any] = {"max_denominator": 20, "radius": ("1/100", "1/20"), "max_charge": "21/20"}
    assert A4 in set(near(BEST_FIT, **tight))
    for name, value in [
        ("radius", ("1/101", "1/20")),
        ("radius", ("1/100", "1/21")),
        ("max_charge", "31/30"),
    ]:
        assert A4 not in set(near(BEST_FIT, **(tight | {name: value})))


def test_a_sector_with_every_dark_charge_on_the_bound() -> None:
    # 4^3 + 4^3 - 5^3 = 3 and 4 + 4 - 5 = 3: the sum of a is three times the bound, the most it can be.
    assert list(near([4, 4, -5], max_denominator=1, max_charge=1)) == [DarkSector([4, 4, -5], [1, 1, 1])]
    assert not near([4, 4, -5], max_denominator=1, max_charge="99/100")


def test_a_charge_bound_of_zero_leaves_only_neutral_states() -> None:
    found = list(near([1, 0, -1], max_denominator=3, max_charge=0))
    assert found
    assert {sector.n for sector in found} == {(Fraction(0),) * 3}


def test_every_sector_satisfies_every_bound() -> None:
    found = list(near(BEST_FIT, max_denominator=24, radius="1/3", max_charge=4))
    assert len(found) > 1000
    for sector in found:
        assert sector == DarkSector(sector.a, sector.n)
        assert sector.denominator <= 24
        assert sector.a[1] == 1
        assert abs(sector.a[0] - BEST_FIT[0]) <= Fraction(1, 3)
        assert abs(sector.a[2]) <= Fraction(1, 3)
        assert max(abs(n) for n in sector.n) <= 4


def test_senses_are_nested_and_agree_with_their_definitions() -> None:
    everything = list(near([1, 1, -1], max_denominator=8, radius=1, max_charge=3))
    for sense in NONTRIVIAL_SENSES:
        named = list(near([1, 1, -1], max_denominator=8, radius=1, max_charge=3, nontrivial=sense))
        assert named == [sector for sector in everything if is_nontrivial(sector, sense)]
        assert named


# ---------------------------------------------------------------- invariances


def test_exchanging_electron_and_tau() -> None:
    one = search(exact("1/2", "1", "-1/3"), 15, exact("1/2", "1/4"), Fraction(3), "permutation")
    two = search(exact("-1/3", "1", "1/2"), 15, exact("1/4", "1/2"), Fraction(3), "permutation")
    assert one
    assert {DarkSector(s.a[::-1], s.n) for s in one} == set(two)


def test_changing_all_signs() -> None:
    radius = exact("1/2", "1/4")
    one = search(exact("1/2", "1", "-1/3"), 15, radius, Fraction(3), "permutation")
    two = search(exact("-1/2", "-1", "1/3"), 15, radius, Fraction(3), "permutation")
    assert one
    assert {DarkSector([-x for x in s.a], [-x for x in s.n]) for s in one} == set(two)


def test_a_larger_bound_only_adds_to_the_end() -> None:
    small = list(near(BEST_FIT, max_denominator=20))
    assert list(near(BEST_FIT, max_denominator=25))[: len(small)] == small


# ---------------------------------------------------------------- ordered, lazy, repeatable


def test_order_is_denominator_then_distance_then_charges() -> None:
    target = exact("7/12", "1", "-1/3")

    def key(sector: DarkSector) -> tuple[Any, ...]:
        distance = (sector.a[0] - target[0]) ** 2 + (sector.a[2] - target[2]) ** 2
        return sector.denominator, distance, sector.a, sector.n

    found = list(near(target, max_denominator=12, radius="2/3", max_charge=2))
    assert len({sector.denominator for sector in found}) == 12
    assert all(key(one) < key(two) for one, two in pairwise(found))


def test_a_huge_search_starts_at_once() -> None:
    start = perf_counter()
    assert len(list(islice(near(BEST_FIT, max_denominator=10**9, radius=1), 1000))) == 1000
    assert len(list(islice(near(["1/2", "1/997", 1], max_denominator=10**9, radius=1), 10))) == 10
    assert perf_counter() - start < 5


def test_far_points_cost_little() -> None:
    start = perf_counter()
    assert near([10**60, 1, 0], max_denominator=3, radius=1).count() == 0
    assert perf_counter() - start < 1


def test_a_result_can_be_walked_twice_counted_and_pickled() -> None:
    result = near(BEST_FIT, max_denominator=16, radius="1/5")
    found = list(result)
    assert found
    assert list(result) == found
    assert result.count() == len(found)
    assert bool(result)
    assert not near(BEST_FIT, max_denominator=1, max_charge=0)
    copy = pickle.loads(pickle.dumps(result))
    assert copy == result
    assert hash(copy) == hash(result)
    assert list(copy) == found


def test_a_result_with_another_domain_is_another_result() -> None:
    results = {
        near(BEST_FIT, max_denominator=16),
        near(BEST_FIT, max_denominator=17),
        near(BEST_FIT, max_denominator=16, radius="1/5"),
        near(BEST_FIT, max_denominator=16, max_charge=9),
        near(BEST_FIT, max_denominator=16, nontrivial="chiral"),
        near(["3/5", 1, 0], max_denominator=16),
    }
    assert len(results) == 6
    assert near(["0.59", "1", "0"], max_denominator=16, radius=["0.1", "1/10"]) in results


def test_a_cut_result_says_so() -> None:
    result = near(BEST_FIT, max_denominator=20)
    cut = result.first(5)
    assert list(cut) == list(result)[:5]
    assert (cut.exhaustive, cut.stopped_by) == (False, "limit")
    assert cut.domain["limit"] == 5
    assert pickle.loads(pickle.dumps(cut)) == cut
    assert cut.first(2).as_json()["count"] == cut.first(2).count() == 2
    assert cut.first(2).domain["limit"] == 2
    assert result.first(result.count()) is result
    assert not result.first(result.count() - 1).exhaustive
    with pytest.raises(ValueError, match="Argument 'limit' must be an integer of at least 0, not -1"):
        result.first(-1)


# ---------------------------------------------------------------- what is printed


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for entry in value.values() for leaf in leaves(entry)]
    if isinstance(value, list):
        return [leaf for entry in value for leaf in leaves(entry)]
    return [value]


def test_json_holds_no_float() -> None:
    written = near(BEST_FIT, max_denominator=20).as_json()
    again = json.loads(json.dumps(written))
    assert again == written
    assert {type(leaf) for leaf in leaves(again)} == {str, int, bool}
    assert again["domain"]["target"] == ["59/100", "1", "0"]
    assert again["domain"]["radius"] == ["1/10", "1/10"]
    assert again["domain"]["max_denominator"] == 20
    assert again["exhaustive"] is True
    assert again["stopped_by"] == ""
    assert again["count"] == len(again["solutions"]) > 0
    assert A4.as_json() in again["solutions"]


def test_a_result_prints_its_domain_and_guarantee() -> None:
    result = near(BEST_FIT, max_denominator=20)
    assert str(result) == (
        "search = dark charges near a point, target = (59/100, 1, 0), max_denominator = 20, "
        "radius = (1/10, 1/10), max_charge = 10, nontrivial = permutation: exhaustive"
    )
    latex = sympy.latex(result)
    assert r"\text{max\_denominator} &= 20" in latex
    assert r"\left(\frac{59}{100}, 1, 0\right)" in latex
    assert r"\text{(exhaustive)}" in latex


def test_the_small_types_refuse_nonsense() -> None:
    with pytest.raises(ValueError, match="Argument 'entries' must be pairs with different names"):
        SearchDomain((("bound", 1), ("bound", 2)))
    domain = SearchDomain((("bound", 1),))
    assert dict(domain) == {"bound": 1}
    with pytest.raises(KeyError):
        domain["radius"]
    for exhaustive, reason in [(True, "limit"), (False, "")]:
        with pytest.raises(ValueError, match="Argument 'stopped_by' must be"):
            SearchResult(domain, exhaustive, reason, tuple)
    with pytest.raises(TypeError, match="Argument 'value' must be exact"):
        as_exact_json(0.5)


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"target": [1, 2]}, "Argument 'target' must have 3 entries, not 2."),
        ({"target": 1}, "Argument 'target' must be a sequence of rational numbers, not 1."),
        (
            {"target": [0.5, 1, 0]},
            'Argument \'target[0]\' must be exact, not 0.5: write "3/5", or the decimal as a string, "0.5".',
        ),
        ({"max_denominator": 0}, "Argument 'max_denominator' must be an integer of at least 1, not 0."),
        ({"max_denominator": -3}, "Argument 'max_denominator' must be an integer of at least 1, not -3."),
        (
            {"max_denominator": "5/2"},
            "Argument 'max_denominator' must be an integer of at least 1, not '5/2'.",
        ),
        ({"radius": "-1/10"}, "Argument 'radius' must be a rational number of at least 0, not '-1/10'."),
        (
            {"radius": (1, "-1/10")},
            "Argument 'radius[1]' must be a rational number of at least 0, not '-1/10'.",
        ),
        ({"radius": (1, 2, 3)}, "Argument 'radius' must be one rational number or a pair, not (1, 2, 3)."),
        (
            {"radius": 0.1},
            'Argument \'radius\' must be exact, not 0.1: write "3/5", or the decimal as a string, "0.1".',
        ),
        ({"max_charge": -1}, "Argument 'max_charge' must be a rational number of at least 0, not -1."),
        (
            {"nontrivial": "any"},
            "Argument 'nontrivial' must be 'permutation', 'disjoint' or 'chiral', not 'any'.",
        ),
        (
            {"nontrivial": None},
            "Argument 'nontrivial' must be 'permutation', 'disjoint' or 'chiral', not None.",
        ),
    ],
)
def test_bad_input_is_refused_at_once(changed: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"target": BEST_FIT, "max_denominator": 20} | changed
    with pytest.raises(AnomaliesError) as caught:
        near(arguments.pop("target"), **arguments)
    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError | TypeError)
