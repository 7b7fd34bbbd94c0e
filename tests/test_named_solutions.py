"""Charges with a name: each verified by hand-written sums, and recognised in every disguise."""

from __future__ import annotations

import json
import pickle
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement
from math import gcd
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import lepton_charges, rationals
from sympy import latex

from anomalies import Charges, FieldContent, adn_framework, multiplet, standard_model
from anomalies.diophantine.powersums import canonical_modulo, charges_of, power_sum_system, solutions
from anomalies.errors import (
    AnomaliesError,
    ArgumentError,
    ArgumentTypeError,
    InexactNumberError,
    NotASolutionError,
    UnknownNameError,
)
from anomalies.exact import primitive
from anomalies.literature.dark_examples import DARK_EXAMPLES
from anomalies.literature.identify import identify, identify_set
from anomalies.literature.matches import SHIFTS, Match, SetMatch
from anomalies.literature.named_solutions import (
    ACCIDENTAL,
    NAMED_FAMILIES,
    NAMED_SETS,
    NAMED_SOLUTIONS,
    VECTOR_LIKE,
    FieldCharges,
    NamedSet,
)

SPECIES = ("q", "u", "d", "l", "e")
Y = dict(zip((*SPECIES, "nu"), map(Fraction, ("1/6", "2/3", "-1/3", "-1/2", "-1", "0")), strict=True))
B_MINUS_L = dict(zip((*SPECIES, "nu"), map(Fraction, ("1/3", "1/3", "1/3", "-1", "-1", "-1")), strict=True))
REFERENCE = json.loads(
    (Path(__file__).parent / "reference" / "pure_u1_sets.json").read_text(encoding="utf-8")
)


def _residuals(charges: FieldCharges) -> list[int]:
    """The six conditions, ADN (2.2), (2.3), (2.5) and the three that the Yukawa couplings do not imply."""
    row = primitive([x for name in (*SPECIES, "nu") for x in charges.get(name, ())])
    q, u, d, l, e = (row[3 * place : 3 * place + 3] for place in range(5))  # noqa: E741 - the doublet
    nu = row[15:]

    def s(values: Sequence[int], power: int) -> int:
        return sum(x**power for x in values)

    return [
        2 * s(q, 1) - s(u, 1) - s(d, 1),
        3 * s(q, 1) + s(l, 1),
        s(q, 1) - 8 * s(u, 1) - 2 * s(d, 1) + 3 * s(l, 1) - 6 * s(e, 1),
        6 * s(q, 1) - 3 * s(u, 1) - 3 * s(d, 1) + 2 * s(l, 1) - s(e, 1) - s(nu, 1),
        s(q, 2) - 2 * s(u, 2) + s(d, 2) - s(l, 2) + s(e, 2),
        6 * s(q, 3) - 3 * s(u, 3) - 3 * s(d, 3) + 2 * s(l, 3) - s(e, 3) - s(nu, 3),
    ]


def _exact(text: str) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, text.split()))


# ---------------------------------------------------------------- the tables


@pytest.mark.parametrize("name", NAMED_SOLUTIONS)
def test_every_named_solution_solves_the_conditions(name: str) -> None:
    named = NAMED_SOLUTIONS[name]
    assert named.name == name
    assert named.source
    assert named.statement
    assert any(x for xs in named.charges.values() for x in xs)
    assert _residuals(named.charges) == [0] * 6


def test_the_sums_of_this_file_can_fail() -> None:
    charges = NAMED_SOLUTIONS["deformed Y_3"].charges
    assert _residuals(charges | {"e": tuple(-x for x in charges["e"])}) != [0] * 6


def test_there_is_something_in_the_tables() -> None:
    assert {"Y", "B - L", "L_mu - L_tau", "B - 3 L_tau", "Y_3", "B_3 - L_2"} <= set(NAMED_SOLUTIONS)
    assert len(NAMED_SOLUTIONS) == len(set(NAMED_SOLUTIONS)) == len(NAMED_SOLUTIONS.values())
    assert "B + L" not in NAMED_SOLUTIONS
    with pytest.raises(UnknownNameError, match=r"Argument 'name' must be one of Y, B - L, .*not 'B \+ L'"):
        NAMED_SOLUTIONS["B + L"]


def test_charges_as_their_names_say() -> None:
    """The third family alone, with its hypercharge; and what abstracts state in words."""
    third = NAMED_SOLUTIONS["Y_3"].charges
    assert all(third[name] == (*_exact("0 0"), Y[name]) for name in SPECIES)
    b3_l2 = NAMED_SOLUTIONS["B_3 - L_2"].charges
    assert all(b3_l2[name] == _exact("0 0 1/3") for name in ("q", "u", "d"))
    assert all(b3_l2[name] == _exact("0 -1 0") for name in ("l", "e", "nu"))
    # arXiv:1905.10327: quarks as in the third-family model, and C9 = -9 C10 for the muon.
    deformed = NAMED_SOLUTIONS["deformed Y_3"].charges
    left, right = deformed["l"][1], deformed["e"][1]
    assert all(deformed[name] == third[name] for name in ("q", "u", "d"))
    assert left + right == -9 * (right - left)
    # arXiv:0706.0473: L = 4, 4, -5 for the right-handed neutrinos.
    assert sorted(NAMED_SOLUTIONS["B - L with (5, -4, -4)"].charges["nu"]) == [-4, -4, 5]


def test_dark_sectors_of_adn_are_what_the_paper_prints() -> None:
    for example in DARK_EXAMPLES:
        charges = NAMED_SOLUTIONS[f"ADN {example.name}"].charges
        assert (charges["l"], charges["e"], charges["nu"]) == (example.a, example.a, example.n)
        assert set(charges["q"]) == {-sum(example.a) / 9}
    benchmark = NAMED_SOLUTIONS["ADN (A.3)"].charges
    assert [str(round(100 * benchmark[name][0])) for name in ("q", "u", "d", "l", "e")] == [
        "-3", "40", "-47", "16", "-28",
    ]  # ADN Table 2, in hundredths  # fmt: skip


@given(st.tuples(*(rationals() for _ in range(5))))
def test_vector_like_families_are_solutions(values: tuple[Fraction, ...]) -> None:
    last = -3 * sum(values[:3]) - values[3] - values[4]
    charges = VECTOR_LIKE.formula((*values, last))
    assert _residuals(charges) == [0] * 6
    with pytest.raises(NotASolutionError):
        VECTOR_LIKE.solution(*values, last + 1)


@given(lepton_charges(), rationals())
def test_gauged_accidental_symmetries_are_solutions(a: tuple[Fraction, ...], a_Y: Fraction) -> None:
    assert _residuals(ACCIDENTAL.formula((*a, a_Y, *a))) == [0] * 6


def test_members_of_families_are_verified() -> None:
    assert NAMED_FAMILIES[ACCIDENTAL.name].solution(0, 1, -1, "1/2").conditions.is_anomaly_free
    with pytest.raises(NotASolutionError):
        ACCIDENTAL.solution(1, 2, 3, 0, 1, 2, 4)
    with pytest.raises(ArgumentError, match="must have at least 4 entries, not 3"):
        ACCIDENTAL.solution(1, 2, 3)
    with pytest.raises(ArgumentError, match="must have 6 entries, not 5"):
        VECTOR_LIKE.solution(1, 2, 3, 4, 5)


# ---------------------------------------------------------------- recognised in every disguise


@st.composite
def disguises(draw: st.DrawFn) -> tuple[str, FieldCharges, tuple[Fraction, Fraction]]:
    """A name, its charges reordered, rescaled and shifted by hypercharge; the scale and the shift."""
    name = draw(st.sampled_from(NAMED_SOLUTIONS.names))
    scale = draw(rationals().filter(bool))
    shift = draw(rationals()) if name != "Y" else Fraction(0)
    charges = NAMED_SOLUTIONS[name].charges
    states = max(draw(st.sampled_from([0, 3, 4])), len(charges.get("nu", ())))
    padded = charges | {
        "nu": (*charges.get("nu", ()), *[Fraction(0)] * (states - len(charges.get("nu", ()))))
    }
    hidden = {
        field: tuple(scale * x + shift * Y[field] for x in draw(st.permutations(values)))
        for field, values in padded.items()
    }
    return name, hidden, (scale, shift)


def _row(charges: FieldCharges) -> list[Fraction]:
    return [x for values in charges.values() for x in values]


@given(disguises())
def test_a_disguise_does_not_hide_the_name(
    disguise: tuple[str, FieldCharges, tuple[Fraction, Fraction]],
) -> None:
    name, hidden, (scale, shift) = disguise
    content = standard_model(3, len(hidden["nu"]))
    matches = identify(_row(hidden), content)
    (match,) = [match for match in matches if match.named.name == name]
    assert abs(match.scale) == abs(scale)
    assert match.hypercharge == shift
    for found in matches:
        assert {k: v for k, v in found.charges.items() if v} == {k: v for k, v in hidden.items() if v}
        assert _applied(found, hidden)
        assert pickle.loads(pickle.dumps(found)) == found
        assert hash(found) == hash(pickle.loads(pickle.dumps(found)))
        assert latex(found)
        assert str(found)


def _applied(match: Match, hidden: FieldCharges) -> bool:
    """The transformation, applied here and not by the match."""
    if match.parameters:
        return True
    named = NAMED_SOLUTIONS[match.named.name].charges
    for field, places in match.places:
        if field != "nu":
            assert sorted(places) == [0, 1, 2]
            base = [named[field][place] for place in places]
            if tuple(match.scale * x + match.hypercharge * Y[field] for x in base) != hidden[field]:
                return False
        else:
            assert sorted(places) == list(range(len(hidden["nu"])))
    return True


@pytest.mark.parametrize("name", NAMED_SOLUTIONS)
def test_the_name_itself_comes_first(name: str) -> None:
    first = identify(NAMED_SOLUTIONS[name].solution)[0]
    assert first.named.name == name
    assert (first.scale, first.hypercharge, first.b_minus_l) == _exact("1 0 0")
    assert first.reordered == "nothing"


def test_what_has_to_be_reordered_is_said() -> None:
    found = {match.named.name: match.reordered for match in identify("l1=1, e1=1, l2=-1, e2=-1")}
    assert found["L_e - L_mu"] == "nothing"
    assert found["L_mu - L_tau"] == found["L_e - L_tau"] == "families"
    mixed = {match.named.name: match.reordered for match in identify(NAMED_SOLUTIONS["B_3 - L_2"].solution)}
    assert mixed["B_3 - L_2"] == "nothing"
    assert mixed["(B - L)_3"] == "fields"
    # Left- and right-handed muon and tau crossed: no longer the difference of two lepton numbers.
    assert identify("l1=1, e3=1, l2=-1, e2=-1")[0].reordered == "fields"


@cache
def _small() -> tuple[tuple[int, ...], ...]:
    return tuple(solutions(power_sum_system(standard_model(), bound=2)))


@cache
def _named_rows(modulo: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """The representatives of the named solutions with at most three nu, by another method."""
    system = power_sum_system(standard_model(), bound=2)
    rows = {}
    for name, named in NAMED_SOLUTIONS.items():
        states = named.charges.get("nu", ())
        if len(states) <= 3 and name not in ("Y", "B - L"):
            padded = (*states, *[Fraction(0)] * (3 - len(states)))
            row = primitive([x for field in SPECIES for x in named.charges[field]] + list(padded))
            rows[name] = canonical_modulo(system, row, modulo)
    return rows


@pytest.mark.parametrize("modulo", [("hypercharge",), ("hypercharge", "B-L"), ()])
def test_other_solutions_have_no_name(modulo: tuple[str, ...]) -> None:
    """Small solutions have a name exactly if the canonical forms of another room agree."""
    system = power_sum_system(standard_model(), bound=2)
    named = _named_rows(modulo)
    nameless = recognised = 0
    for place, row in enumerate(_small()):
        representative = canonical_modulo(system, row, modulo)
        expected = {name for name, other in named.items() if other == representative}
        if place % 25 and not expected:
            continue
        found = {match.named.name for match in identify(charges_of(system, row), modulo=modulo)}
        assert found - {"Y", "B - L", ACCIDENTAL.name, VECTOR_LIKE.name} == expected
        nameless += not found
        recognised += bool(expected)
    assert nameless > recognised > 0


def test_hypercharge_here_is_that_of_the_library() -> None:
    content = standard_model(extra=None)
    for field in content.fermions:
        charges = {Fraction(str(charge)) for charge in field.charges[content.place_of("Y")]}
        assert charges == {SHIFTS["hypercharge"][field.name]} == {Y[field.name]}
    assert SHIFTS["B-L"] == B_MINUS_L


def test_no_charges_match_nothing() -> None:
    assert identify("q=0") == ()


def test_shifts_are_a_choice() -> None:
    shifted = ACCIDENTAL.solution(1, -1, 0, 2, 1, -1, 0)
    found = identify(shifted)
    assert {match.hypercharge for match in found if match.named is not ACCIDENTAL} == {2}
    assert {"L_e - L_mu with nu_R", ACCIDENTAL.name, VECTOR_LIKE.name} <= {
        match.named.name for match in found
    }
    assert [match.named.name for match in identify(shifted, modulo=())] == [ACCIDENTAL.name]


def test_a_shift_by_b_minus_l() -> None:
    """(B - L)_3 lies on a line of solutions along B - L."""
    member = VECTOR_LIKE.solution(0, 0, 1, 0, 0, -3)
    values = dict(member.values)
    shifted = {
        symbol: value + 2 * B_MINUS_L.get(str(symbol)[2:-1], Fraction(0)) for symbol, value in values.items()
    }
    moved = Charges(member.content, shifted)
    assert not [match for match in identify(moved) if match.named.name == "(B - L)_3"]
    (match,) = [
        match for match in identify(moved, modulo=["hypercharge", "B-L"]) if match.named.name == "(B - L)_3"
    ]
    assert (match.scale, match.hypercharge, match.b_minus_l) == _exact("3 0 2")
    assert str(match) == "3*[(B - L)_3] + 2*(B - L)"
    with pytest.raises(ArgumentError, match="B-L needs three right-handed neutrinos"):
        identify("l1=1, e1=1, l2=-1, e2=-1", standard_model(3, 2), modulo=["B-L"])


def test_hypercharge_and_b_minus_l_are_recognised_as_multiples() -> None:
    both = ["hypercharge", "B-L"]
    text = "q=1, u=3/2, d=1/2, l=-3, e=-7/2, nu=-5/2"  # Y + 5/2 (B - L)
    found = {match.named.name: match for match in identify(text, modulo=both)}
    assert (found["Y"].scale, found["Y"].b_minus_l) == _exact("1 5/2")
    assert (found["B - L"].scale, found["B - L"].hypercharge) == _exact("5/2 1")
    (only,) = [match for match in identify(text) if match.named.name in ("Y", "B - L")]
    assert only.named.name == "B - L"
    assert (only.scale, only.hypercharge) == _exact("5/2 1")


@given(lepton_charges(), rationals())
def test_members_of_families_are_recognised(a: tuple[Fraction, ...], a_Y: Fraction) -> None:
    solution = ACCIDENTAL.solution(*a, a_Y, *a)
    found = {match.named.name: match for match in identify(solution)}
    if any((*a, a_Y)):
        assert found[ACCIDENTAL.name].parameters == (*a, a_Y, *a)
    if any(a):
        assert found[VECTOR_LIKE.name].parameters[3:] == a
        assert found[VECTOR_LIKE.name].hypercharge == a_Y


def test_fields_that_enter_no_condition_are_not_looked_at() -> None:
    content = adn_framework()
    values = {str(symbol): symbol for symbol in content.charge_symbols}
    charges = dict.fromkeys(content.charge_symbols, Fraction(0))
    charges |= {values["Q_l2"]: Fraction(1), values["Q_e2"]: Fraction(1), values["Q_Phi"]: Fraction(7)}
    charges |= {values["Q_l3"]: Fraction(-1), values["Q_e3"]: Fraction(-1)}
    assert identify(charges, content)[0].named.name == "L_mu - L_tau"


# ---------------------------------------------------------------- pure U(1)


def test_table_one_is_all_there_is() -> None:
    """The chiral sets of six charges up to 12, by joining the positive and the negative ones."""
    largest = REFERENCE["largest"]
    halves = {k: list(combinations_with_replacement(range(1, largest + 1), k)) for k in range(1, 6)}
    found = set()
    for k, plus in halves.items():
        by_sums: dict[tuple[int, int], list[tuple[int, ...]]] = {}
        for half in halves[6 - k]:
            by_sums.setdefault((sum(half), sum(x**3 for x in half)), []).append(half)
        for half in plus:
            for other in by_sums.get((sum(half), sum(x**3 for x in half)), ()):
                if not set(half) & set(other) and gcd(*half, *other) == 1:
                    found.add(_oriented((*half, *(-x for x in other))))
    printed = {_oriented(z) for z in REFERENCE["sets"]}
    assert found == printed
    assert len(printed) == len(REFERENCE["sets"]) == 6
    assert printed == {
        _oriented(named.charges) for named in NAMED_SETS.values() if "1905.13729" in named.source
    }


def _oriented(z: Sequence[int]) -> tuple[int, ...]:
    return max(tuple(sorted(z)), tuple(sorted(-x for x in z)))


@given(st.sampled_from(NAMED_SETS.names), rationals().filter(bool), st.data())
def test_sets_are_recognised(name: str, scale: Fraction, data: Any) -> None:
    z = [scale * x for x in data.draw(st.permutations(NAMED_SETS[name].charges))]
    (match,) = identify_set(z)
    assert match.named.name == name
    assert [match.scale * NAMED_SETS[name].charges[place] for place in match.places] == z
    assert sorted(match.places) == list(range(len(z)))
    assert match.charges == tuple(z)
    assert pickle.loads(pickle.dumps(match)) == match
    assert str(match).startswith(f"{scale}*{name}")
    assert latex(match)


@pytest.mark.parametrize("z", [(1, -1), (), (0, 0), (1, -1, 2, -2, 3, -3), (5, -4, -4, 1, 1, 1, 0)])
def test_other_sets_have_no_name(z: tuple[int, ...]) -> None:
    found: tuple[SetMatch, ...] = identify_set(z)
    assert found == ()


# ---------------------------------------------------------------- bad input


def _with_exotics() -> FieldContent:
    base = standard_model()
    return base.with_fields(multiplet(base.group, "p", ("3", "1"), {"Y": "0"}, chirality="left"))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: identify("q=1"), NotASolutionError, "must solve the anomaly conditions, and SU"),
        (lambda: identify([0.5] * 18), InexactNumberError, r"Argument 'charges\[0\]' must be exact, not 0.5"),
        (lambda: identify([1] * 17), ArgumentError, "Argument 'charges' must have 18 entries, not 17"),
        (lambda: identify(5), ArgumentTypeError, "Argument 'charges' must be a sequence"),  # type: ignore[arg-type]
        (lambda: identify("z=1"), UnknownNameError, "must be about charges among"),
        (lambda: identify({}), ArgumentError, "must have every charge"),
        (lambda: identify("q=0", 5), ArgumentTypeError, "must be a FieldContent"),  # type: ignore[arg-type]
        (lambda: identify("q=0", modulo="B-L"), ArgumentTypeError, "must be a list such as"),
        (lambda: identify("q=0", modulo=5), ArgumentTypeError, "must be a list such as"),  # type: ignore[arg-type]
        (lambda: identify("q=0", modulo=[["B-L"]]), UnknownNameError, "must be made of"),  # type: ignore[list-item]
        (lambda: identify("q=0", modulo=["Y"]), UnknownNameError, "must be made of 'hypercharge', 'B-L'"),
        (
            lambda: identify("q=0", standard_model(2, 2)),
            ArgumentError,
            "must be the Standard Model with three families and right-handed states nu, not .2 q, 2 u",
        ),
        (lambda: identify("p=0", _with_exotics()), ArgumentError, "must be the Standard Model with three"),
        (lambda: identify("", standard_model(extra=None)), ArgumentError, "exactly one U"),
        (
            lambda: identify(NAMED_SOLUTIONS["Y"].solution, standard_model()),
            ArgumentError,
            "Argument 'content' must be that of the charges",
        ),
        (
            lambda: identify_set([1, 2, 4]),
            NotASolutionError,
            "must have the sums z = z\\^3 = 0, not 7 and 73",
        ),
        (lambda: identify_set([1.0, -1.0]), InexactNumberError, r"Argument 'z\[0\]' must be exact"),
        (lambda: NamedSet("half", "", "", ("1/2", "-1/2")), ArgumentError, "must be an integer"),  # type: ignore[arg-type]
    ],
)
def test_bad_input(call: Any, error: type[AnomaliesError], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
