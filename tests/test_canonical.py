"""Canonical forms of power-sum rows: sign and scale, shifts, dark labels."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import permutations
from math import gcd
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anomalies import FieldContent, multiplet, standard_model
from anomalies.diophantine.powersums import (
    Equivalence,
    PowerSumSystem,
    canonical,
    canonical_modulo,
    fractions_up_to,
    has_integer_box,
    inequivalent,
    is_canonical,
    parts_of,
    power_sum_system,
    satisfies,
    solutions,
)
from anomalies.errors import (
    AnomaliesError,
    ArgumentError,
    ArgumentTypeError,
    NotASolutionError,
    UnknownNameError,
)

GROUP = "SU(3) x SU(2) x U(1)_Y x U(1)_X"
HYPERCHARGE = (1, 4, -2, -3, -6, 0)
B_MINUS_L = (1, 1, 1, -3, -3, -3)
Row = tuple[int, ...]


@cache
def _system() -> PowerSumSystem:
    return power_sum_system(standard_model(), bound=2)


@cache
def _solutions() -> tuple[Row, ...]:
    return tuple(solutions(_system()))


def _sorted(system: PowerSumSystem, row: Sequence[int]) -> Row:
    return tuple(x for part in parts_of(system, row) for x in sorted(part))


def _plus(row: Row, steps: Sequence[int], times: int) -> Row:
    """A row of the Standard Model with three of everything, with a universal charge added."""
    return tuple(x + times * steps[place // 3] for place, x in enumerate(row))


def _obstacle(row: Row) -> int:
    """T(B-L, Q, Q): the second derivative of the cubic condition along B-L."""
    s = [sum(x**2 for x in part) for part in parts_of(_system(), row)]
    return 2 * s[0] - s[1] - s[2] - 2 * s[3] + s[4] + s[5]


def rows() -> st.SearchStrategy[Row]:
    """Solutions of SM + 3 nu_R with charges up to 2."""
    return st.deferred(lambda: st.sampled_from(_solutions()))


# ---------------------------------------------------------------- sign and scale


@given(rows(), st.integers(-4, 4).filter(bool), st.randoms())
def test_one_representative_for_each_orbit(row: Row, factor: int, random: Any) -> None:
    system = _system()
    representative = canonical(system, row)
    parts = [[factor * x for x in part] for part in parts_of(system, row)]
    for part in parts:
        random.shuffle(part)
    assert canonical(system, [x for part in parts for x in part]) == representative
    assert canonical(system, representative) == representative
    assert is_canonical(system, representative)
    assert gcd(*representative) == (1 if any(row) else 0)
    assert representative >= _sorted(system, [-x for x in representative])
    assert representative in set(_solutions())


def test_the_solutions_are_closed_under_sign_and_the_orbits_are_counted_once() -> None:
    system, found = _system(), set(_solutions())
    assert {_sorted(system, [-x for x in row]) for row in found} == found
    representatives = list(inequivalent(system, _solutions()))
    assert len(representatives) == len(set(representatives))
    assert set(representatives) == {canonical(system, row) for row in found}
    assert (0,) * 18 in representatives


def test_other_sets_than_integer_boxes_may_lack_the_representative() -> None:
    wide = power_sum_system(standard_model(1, 1), allowed=fractions_up_to(3, 2))
    lopsided = power_sum_system(standard_model(1, 1), allowed=[-2, 0, 6])
    assert not has_integer_box(wide)
    assert not has_integer_box(lopsided)
    assert has_integer_box(power_sum_system(standard_model(1, 1), bound=3, allowed={"q": [-1, 0, 1]}))
    assert has_integer_box(power_sum_system(standard_model(1, 1), bound=0))
    for system in (wide, lopsided):
        found = list(solutions(system))
        representatives = list(inequivalent(system, found))
        assert len(representatives) == len(set(representatives)) >= 2
        assert set(representatives) == {canonical(system, row) for row in found}
    assert not set(inequivalent(lopsided, solutions(lopsided))) <= set(solutions(lopsided))


# ---------------------------------------------------------------- shifts


@given(rows(), st.integers(-5, 5))
def test_hypercharge_can_be_added_to_every_solution(row: Row, times: int) -> None:
    shifted = _plus(row, HYPERCHARGE, times)
    assert satisfies(_system(), shifted)
    modulo = ["hypercharge"]
    assert canonical_modulo(_system(), shifted, modulo) == canonical_modulo(_system(), row, modulo)


@given(rows(), st.integers(-5, 5).filter(bool))
def test_b_minus_l_can_be_added_where_the_obstacle_vanishes_and_only_there(row: Row, times: int) -> None:
    shifted = _plus(row, B_MINUS_L, times)
    assert satisfies(_system(), shifted) == (_obstacle(row) == 0)
    if _obstacle(row) == 0:
        for modulo in (["B-L"], ["B-L", "hypercharge"]):
            assert canonical_modulo(_system(), shifted, modulo) == canonical_modulo(_system(), row, modulo)
    else:
        assert canonical_modulo(_system(), row, ["B-L"]) == canonical(_system(), row)


def test_both_kinds_of_solutions_exist() -> None:
    obstacles = [_obstacle(row) == 0 for row in _solutions()]
    assert any(obstacles)
    assert not all(obstacles)


def _lines(row: Row) -> tuple[Fraction, ...]:
    """What Y, and B-L where it may be added, do not change: the charges minus their means, and one more."""
    parts = parts_of(_system(), row)
    free = [Fraction(0)] * 6
    if _obstacle(row):
        # S1(u) - 4 S1(q) is the coordinate that hypercharge leaves alone.
        free = [Fraction(sum(parts[1]) - 4 * sum(parts[0]))] * 6
    centred = [x - Fraction(sum(part), 3) for part in parts for x in part]
    return (*centred, *free)


def _up_to_scale(values: tuple[Fraction, ...]) -> frozenset[tuple[Fraction, ...]]:
    largest = max(map(abs, values)) or Fraction(1)
    scaled = tuple(x / largest for x in values)
    negative = [-x for x in scaled[18:]]
    reflected = [-x for start in range(0, 18, 3) for x in reversed(scaled[start : start + 3])]
    return frozenset({scaled, (*reflected, *negative)})


def test_the_classes_modulo_shifts_are_those_of_an_independent_invariant() -> None:
    modulo = ["hypercharge", "B-L"]
    pairs = {(canonical_modulo(_system(), row, modulo), _up_to_scale(_lines(row))) for row in _solutions()}
    assert len(pairs) == len({form for form, _ in pairs}) == len({invariant for _, invariant in pairs})
    assert len(pairs) < len(list(inequivalent(_system(), _solutions())))


@given(rows())
def test_the_representative_is_a_solution_with_vanishing_sums(row: Row) -> None:
    system = _system()
    for modulo in (["hypercharge"], ["B-L"], ["hypercharge", "B-L"], list(Equivalence)):
        form = canonical_modulo(system, row, modulo)
        assert satisfies(system, form)
        assert canonical_modulo(system, form, modulo) == form
    sums = [sum(part) for part in parts_of(system, canonical_modulo(system, row, ["hypercharge", "B-L"]))]
    assert sums[0] == 0
    assert any(sums) <= bool(_obstacle(row))


def test_shifts_respect_the_content_and_its_restrictions() -> None:
    # One lepton family gauged as L_e - L_mu: without nu_R hypercharge still shifts.
    system = power_sum_system(standard_model(right_handed_neutrinos=0), bound=6)
    difference = (0,) * 9 + (-1, 0, 1) * 2
    hypercharge = [x for x in HYPERCHARGE[:5] for _ in range(3)]
    shifted = [a + 2 * b for a, b in zip(difference, hypercharge, strict=True)]
    assert canonical_modulo(system, shifted, ["hypercharge"]) == canonical(system, difference)
    # Equalities that hypercharge respects are fine.
    equal = power_sum_system(standard_model(), bound=6, equalities=["q1 = q2 = q3", "2 l1 = l2 + l3"])
    assert set(canonical_modulo(equal, [1] + [4] * 3 + [-2] * 3 + [-3] * 3 + [-6] * 3 + [0] * 3)) == {0}
    yukawa = power_sum_system(standard_model(1, 1), bound=6, equalities=["q - u = H", "l - e = -H"])
    assert yukawa.variables == ("Q_q", "Q_u", "Q_d", "Q_l", "Q_e", "Q_H", "Q_nu")
    assert set(canonical_modulo(yukawa, (1, 4, -2, -3, -6, -3, 0))) == {0}


# ---------------------------------------------------------------- dark labels


def _dark() -> FieldContent:
    """Two left-handed and one right-handed state that are neutral under the Standard Model."""
    chi = multiplet(GROUP, "chi", ("1", "1"), {"Y": 0}, chirality="left", families=2)
    return standard_model(1, 1).with_fields(chi)


def test_dark_labels_are_forgotten() -> None:
    split = power_sum_system(standard_model(), bound=3, allowed={"nu1": [-2, -1, 0, 1, 2]})
    assert [entry.name for entry in split.classes][-2:] == ["nu_1", "nu_2, nu_3"]
    visible = (0,) * 9 + (-1, 0, 1) * 2
    labelled = [(*visible, *dark) for dark in ((0, -1, 1), (1, -1, 0), (-1, 0, 1))]
    assert all(satisfies(split, row) for row in labelled)
    assert len({canonical(split, row) for row in labelled}) > 1
    forms = {canonical_modulo(split, row, ["dark labels"]) for row in labelled}
    assert forms == {canonical_modulo(_system(), labelled[0], ["dark labels"])}


def test_left_and_right_dark_states_change_places() -> None:
    content = _dark()
    system = power_sum_system(content, bound=2)
    found = list(solutions(system))
    groups: dict[Row, set[Row]] = {}
    for row in found:
        # nu_R counts as its left-handed antiparticle.
        dark = tuple(sorted((-row[5], row[6], row[7])))
        key = max((*row[:5], *dark), (*(-x for x in row[:5]), *sorted(-x for x in dark)))
        divisor = gcd(*key) or 1
        groups.setdefault(tuple(x // divisor for x in key), set()).add(
            canonical_modulo(system, row, ["dark labels"])
        )
    assert all(len(forms) == 1 for forms in groups.values())
    forms = set().union(*groups.values())
    assert len(forms) == len(groups) < len({canonical(system, row) for row in found})
    assert all(satisfies(system, form) for form in forms)


@given(rows())
def test_dark_labels_are_sorting_when_nu_is_one_class(row: Row) -> None:
    assert canonical_modulo(_system(), row, [Equivalence.DARK_LABELS]) == canonical(_system(), row)
    dark = set(permutations(row[15:]))
    assert {canonical(_system(), row[:15] + order) for order in dark} == {canonical(_system(), row)}


# ---------------------------------------------------------------- what it refuses


def test_what_canonical_forms_refuse() -> None:
    zero = (0,) * 18
    inhomogeneous = power_sum_system(standard_model(1, 1), bound=1, fixed={"q": 1})
    for call in (canonical, is_canonical, canonical_modulo):
        with pytest.raises(ArgumentError, match="Argument 'system' must be homogeneous"):
            call(inhomogeneous, (0,) * 5)
    with pytest.raises(ArgumentError, match="Argument 'system' must be homogeneous"):
        list(inequivalent(inhomogeneous, []))
    with pytest.raises(ArgumentError, match="'row' must have 18 entries, not 1"):
        canonical(_system(), (0,))
    with pytest.raises(ArgumentTypeError, match="'modulo' must be a list"):
        canonical_modulo(_system(), zero, "B-L")
    with pytest.raises(
        UnknownNameError, match="'modulo' must be made of 'hypercharge', 'B-L', 'dark labels', not 'Y'"
    ):
        canonical_modulo(_system(), zero, ["Y"])
    with pytest.raises(NotASolutionError, match="'row' must be a solution of the system"):
        canonical_modulo(_system(), (1, *zero[1:]))


@pytest.mark.parametrize(
    ("content", "arguments", "shift", "reason"),
    [
        (standard_model(3, 0), {}, "B-L", "grav^2 X does not vanish on it"),
        (standard_model(3, 2), {}, "B-L", "grav^2 X does not vanish on it"),
        (
            standard_model(),
            {"equalities": ["l2 = e2"]},
            "hypercharge",
            "treat the charges of l_2 = e_2 differently",
        ),
        (standard_model(), {"equalities": ["nu2 = 0"]}, "B-L", "it is not free to change Q_nu2"),
        (standard_model(), {"equalities": ["2 nu1 = nu2"]}, "B-L", "Q_nu2 = 2*Q_nu1 does not vanish on it"),
    ],
)
def test_shifts_that_do_not_keep_solutions(
    content: FieldContent, arguments: dict[str, Any], shift: str, reason: str
) -> None:
    system = power_sum_system(content, bound=1, **arguments)
    with pytest.raises(ArgumentError) as caught:
        canonical_modulo(system, (0,) * len(system.variables), [shift])
    expected = f"Argument 'modulo' must hold shifts that keep solutions solutions, and {shift} does not: "
    assert str(caught.value).startswith(expected)
    assert reason in str(caught.value)
    assert isinstance(caught.value, AnomaliesError)


def test_an_equality_that_b_minus_l_respects() -> None:
    system = power_sum_system(standard_model(), bound=3, equalities=["l2 = e2", "nu1 = 0"])
    with pytest.raises(ArgumentError, match="B-L does not"):
        canonical_modulo(system, (0,) * len(system.variables), ["B-L"])
    free = power_sum_system(standard_model(), bound=3, equalities=["l2 = e2"])
    assert free.variables.count("Q_e2") == 0
    row = [1] * 9 + [-3] * 8
    assert set(canonical_modulo(free, row, ["B-L"])) == {0}
