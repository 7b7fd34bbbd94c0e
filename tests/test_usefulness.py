"""Useful dark sectors: what is said of one, the ranking of many, and the choice that ADN print."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from anomalies.dark_masses import (
    CRITERIA,
    describe_sector,
    majorana_texture,
    rank_sectors,
    ranking_table,
)
from anomalies.diophantine import DarkSector, VectorLikeFamily, is_chiral, near
from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError

REFERENCE = json.loads(
    (Path(__file__).parent / "reference" / "adn_section_2.json").read_text(encoding="utf-8")
)
A4 = DarkSector(REFERENCE["A_4"][:3], REFERENCE["A_4"][3:])
A5 = (Fraction(3, 5), Fraction(21, 10))  # ADN (A.5)
BEST_FIT = (Fraction(59, 100), Fraction(1), Fraction(0))  # ADN (A.3)
NEAR = tuple(near(BEST_FIT, max_denominator=20, radius="1/20"))


def sectors() -> st.SearchStrategy[DarkSector]:
    known = [
        DarkSector(BEST_FIT, BEST_FIT),
        DarkSector((), ()),
        *near(BEST_FIT, max_denominator=12, radius="1/2"),
    ]
    families = st.builds(
        lambda a, c: VectorLikeFamily((a, -a, 0)).subs(c),
        st.fractions(-2, 2, max_denominator=4),
        st.fractions(-2, 2, max_denominator=4),
    )
    trivial = st.lists(st.fractions(-2, 2, max_denominator=2), max_size=4).map(lambda a: DarkSector(a, a))
    return st.one_of(st.sampled_from(known), families, trivial)


@given(sectors())
def test_chiral_means_that_no_operator_is_allowed_without_a_scalar(sector: DarkSector) -> None:
    description = describe_sector(sector)
    assert is_chiral(sector) == (not (description.yukawas or description.weinberg or description.bare))
    assert ("chiral" in description.senses) == is_chiral(sector)


def test_the_published_choice_comes_first() -> None:
    ranked = rank_sectors(NEAR, target=BEST_FIT)
    assert len(ranked) == len(NEAR) == 7
    assert ranked[0].sector == A4
    assert ranked[0].scalar_sets[0] == A5
    assert ranked[0].texture() == majorana_texture(A4.n, A5)


def test_which_criterion_decides() -> None:
    """What the module says about the choice, criterion by criterion."""
    ranked = rank_sectors(NEAR)
    assert {len(d.yukawas) for d in ranked} == {0}
    assert {d.scalars for d in ranked} == {2}
    assert [d.sector for d in ranked if not d.weinberg] == [A4]
    assert {d.sector.a[2] for d in ranked if d.weinberg} == {0}

    def place(criterion: str) -> int:
        order = rank_sectors(NEAR, target=BEST_FIT, criteria=[criterion])
        return [d.sector for d in order].index(A4) + 1

    assert {name: place(name) for name in ("height", "largest_charge", "distance")} == {
        "height": 2,
        "largest_charge": 2,
        "distance": 7,
    }
    assert min(NEAR, key=lambda s: abs(s.a[0] - BEST_FIT[0])) == A4


def test_least_height_within_a_twentieth_whatever_the_denominator() -> None:
    """A height of at most 21 bounds the denominator and every charge by 21."""

    def up_to_21(radius: str) -> list[DarkSector]:
        found = near(BEST_FIT, max_denominator=21, radius=radius, max_charge=21, nontrivial="chiral")
        return [sector for sector in found if sector.height <= 21]

    assert A4.height == 21
    assert up_to_21("1/20") == [A4]
    assert len(up_to_21("1/19")) == 3


@given(st.permutations(NEAR), st.lists(st.sampled_from(list(CRITERIA)), unique=True))
def test_the_order_of_the_input_does_not_matter(shuffled: list[DarkSector], criteria: list[str]) -> None:
    ranked = rank_sectors(shuffled, target=BEST_FIT, criteria=criteria)
    assert ranked == rank_sectors(NEAR, target=BEST_FIT, criteria=criteria)
    keys = [tuple(CRITERIA[name](description) for name in criteria) for description in ranked]
    assert keys == sorted(keys)


def test_description_of_the_trivial_sector() -> None:
    description = describe_sector(DarkSector(BEST_FIT, BEST_FIT), present={"Phi": 1})
    assert len(description.yukawas) == 3
    assert description.weinberg == ((3, 3),)
    assert description.bare == ((1, 1),)
    assert description.senses == ()
    # Phi and the bare mass leave the state of charge 59/100 massless: one scalar fills its diagonal entry,
    # or the one that it shares with the state of charge 1.
    assert description.scalar_sets == ((Fraction(59, 50),), (Fraction(159, 100),))
    assert description.texture().rank == 3
    assert description.texture(1).scalars == (("Phi", Fraction(1)), ("chi_1", Fraction(159, 100)))


def test_scalars_present_keep_their_names() -> None:
    description = describe_sector(A4, present={"chi_1": "3/5"})
    assert description.texture().scalars == (("chi_1", Fraction(3, 5)), ("chi_2", Fraction(21, 10)))
    assert "chi_1 3/5" in str(description)
    assert description.as_json()["present"] == {"chi_1": "3/5"}


@given(sectors())
def test_descriptions_print_hash_pickle_and_compare(sector: DarkSector) -> None:
    description = describe_sector(sector, target=[0] * len(sector.a))
    assert pickle.loads(pickle.dumps(description)) == description
    assert hash(describe_sector(sector, target=[0] * len(sector.a))) == hash(description)
    assert description.distance_squared == sum(x**2 for x in sector.a)
    assert description.texture().rank == len(sector.n)
    text = json.dumps(description.as_json())

    def refuse(number: str) -> None:
        raise AssertionError(f"{number} is a float")

    assert json.loads(text, parse_float=refuse) == description.as_json()
    for printed in (str(description), sympy.latex(description), sympy.pretty(description)):
        assert printed
    assert str(sector) in " ".join(str(description).split())


def test_ranking_table_has_a_row_for_each_sector() -> None:
    table = ranking_table(rank_sectors(NEAR))
    assert [row[0] for row in table.rows] == list(range(1, 8))
    assert table.rows[0][1] == A4


def test_six_permutations_of_the_dark_charges_are_one_sector() -> None:
    described = {describe_sector(DarkSector(A4.a, n)) for n in permutations(A4.n)}
    assert len(described) == 1


WRONG: Any = 1


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: describe_sector(WRONG), ArgumentTypeError, r"'sector' must be a DarkSector, not 1"),
        (lambda: describe_sector(A4, target=[1]), ArgumentError, "'target' must have 3 entries, not 1"),
        (lambda: describe_sector(A4, present=[0]), ArgumentError, "'present' must be charges different from"),
        (lambda: rank_sectors(NEAR, criteria=["beauty"]), UnknownNameError, "must be names among yukawas"),
        (lambda: rank_sectors(NEAR, criteria="height"), ArgumentTypeError, "must be a sequence of names"),
        (lambda: rank_sectors([WRONG]), ArgumentTypeError, "'sector' must be a DarkSector, not 1"),
    ],
)
def test_bad_input(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
