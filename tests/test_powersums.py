"""Power-sum systems and the exact engine: detection, restrictions, cells, and completeness by brute force."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, permutations, product
from math import prod
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Symbol

from anomalies import FieldContent, anomaly_conditions, field_content, gauge_group, multiplet, standard_model
from anomalies.diophantine.powersums import (
    Cell,
    ChargeClass,
    PowerSumSystem,
    brute_force,
    cell_cost,
    cells,
    charges_of,
    fractions_up_to,
    inequivalent,
    parts_of,
    power_sum_system,
    power_sums,
    satisfies,
    solution_of,
    solutions,
    solutions_in_cell,
)
from anomalies.diophantine.powersums.cells import halves, sorted_tuples, tuple_counts
from anomalies.diophantine.powersums.restrictions import parse_equality
from anomalies.errors import AnomaliesError, ArgumentError, ArgumentTypeError, UnknownNameError

ATLAS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "reference" / "atlas_counts.json").read_text(encoding="utf-8")
)["counts"]

ONE = standard_model(1, 1)
TWO = standard_model(2, 1)
# Universal quarks, two families of leptons: few solutions, but labels that matter.
LEPTONS = standard_model(2, 1, universal=("q", "u", "d"))
GROUP = "SU(3) x SU(2) x U(1)_Y x U(1)_X"


def _with(content: FieldContent, *fields: tuple[str, str, str, str]) -> FieldContent:
    """The content with singlets of colour: name, weak dimension, hypercharge, chirality."""
    return content.with_fields(
        *(multiplet(GROUP, name, ("1", weak), {"Y": y}, chirality=hand) for name, weak, y, hand in fields)
    )


HIGGSINOS = _with(
    standard_model(1, 0), ("h", "2", "-1/2", "left"), ("k", "2", "1/2", "left"), ("s", "1", "0", "left")
)

# ---------------------------------------------------------------- the counts of the Atlas


@pytest.mark.parametrize(
    ("name", "bound"),
    [("sm", 1), ("sm", 2), ("sm", 3), ("sm", 4), ("sm", 5), *(("sm+3nu", n) for n in (1, 2, 3))],
)
def test_the_counts_of_the_atlas(name: str, bound: int) -> None:
    system = power_sum_system(field_content(name), bound=bound)
    assert sum(1 for _ in inequivalent(system, solutions(system))) == ATLAS[name][str(bound)]


# ---------------------------------------------------------------- completeness against brute force

SYSTEMS: dict[str, Callable[[], PowerSumSystem]] = {
    "one family": lambda: power_sum_system(ONE, bound=2),
    "two families": lambda: power_sum_system(standard_model(2, 0), bound=1),
    "universal quarks": lambda: power_sum_system(standard_model(2, 2, universal=("q", "u", "d")), bound=1),
    "equal and fixed": lambda: power_sum_system(
        TWO, bound=2, equalities=["q1 = q2", "u = d", "l2=e2", "nu=0"]
    ),
    "a relation": lambda: power_sum_system(
        TWO, bound=1, equalities=["2 l1 = l2 - q1", "u1 = u2", "d1 = d2", "e1 = 0"]
    ),
    "inhomogeneous": lambda: power_sum_system(TWO, bound=1, equalities=["l1 = 1", "q = 0"]),
    "outside the box": lambda: power_sum_system(ONE, bound=2, fixed={"l": -3, "e": -3, "nu": -3}),
    "constant relation": lambda: power_sum_system(TWO, bound=1, equalities=["l1 = l2 + 2", "q = u"]),
    "fractions": lambda: power_sum_system(ONE, allowed=fractions_up_to(1, 2)),
    "sets by name": lambda: power_sum_system(
        TWO, bound=1, allowed={"e": [-2, 0, 1], "l2": ["1/2", 1, -1], "nu": [0]}
    ),
    "Yukawa couplings": lambda: power_sum_system(
        ONE, bound=2, equalities=["q-u = H", "q = d - H", "l - e = -H"]
    ),
    "Higgsinos": lambda: power_sum_system(HIGGSINOS, bound=1),
    "all fixed": lambda: power_sum_system(ONE, fixed=dict.fromkeys(["q", "u", "d", "l", "e", "nu"], 0)),
    "no solution": lambda: power_sum_system(ONE, bound=2, fixed={"q": 1, "l": 0}),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_engine_is_complete(name: str) -> None:
    system = SYSTEMS[name]()
    found = list(solutions(system))
    assert sorted(found) == sorted(brute_force(system))
    assert len(found) == len(set(found))
    assert bool(found) == (name != "no solution")
    for row in found:
        assert solution_of(system, row).conditions.is_anomaly_free
        assert all(part == tuple(sorted(part)) for part in parts_of(system, row))


@st.composite
def systems(draw: st.DrawFn) -> PowerSumSystem:
    """Any weights, any allowed sets, and right-hand sides for which there is a solution."""
    weights = st.integers(-3, 3)
    conditions = draw(st.integers(0, 3))
    classes = tuple(
        ChargeClass(
            name,
            tuple((f"Q_{name}{i}",) for i in range(draw(st.integers(1, 3)))),
            tuple(draw(weights) for _ in range(conditions)),
            draw(weights),
            draw(weights),
            tuple(sorted(draw(st.sets(st.integers(-5, 5), min_size=1, max_size=5)))),
        )
        for name in "abcd"[: draw(st.integers(0, 4))]
    )
    row = tuple(draw(st.sampled_from(entry.allowed)) for entry in classes for _ in entry.members)
    zero = PowerSumSystem(classes, ("",) * conditions, (0,) * conditions, 0, 0, 1, (), ONE)
    parts = parts_of(zero, row)
    linear = tuple(
        sum(entry.linear[i] * sum(part) for entry, part in zip(classes, parts, strict=True))
        for i in range(conditions)
    )
    square = sum(e.square * sum(x**2 for x in part) for e, part in zip(classes, parts, strict=True))
    cube = sum(e.cube * sum(x**3 for x in part) for e, part in zip(classes, parts, strict=True))
    return PowerSumSystem(classes, ("",) * conditions, linear, square, cube, 1, (), ONE)


def _choices(system: PowerSumSystem) -> int:
    return prod(len(list(combinations_with_replacement(e.allowed, e.size))) for e in system.classes)


@given(systems().filter(lambda system: _choices(system) < 5_000))
def test_any_system_is_solved_completely(system: PowerSumSystem) -> None:
    found = sorted(solutions(system))
    assert found
    assert found == sorted(brute_force(system))


@given(systems())
def test_cells_are_the_solutions_of_the_linear_conditions(system: PowerSumSystem) -> None:
    reached = [
        {sum(chosen) for chosen in combinations_with_replacement(entry.allowed, entry.size)}
        for entry in system.classes
    ]
    expected = {
        sums
        for sums in product(*reached)
        if all(
            sum(entry.linear[i] * x for entry, x in zip(system.classes, sums, strict=True)) == constant
            for i, constant in enumerate(system.linear_constant)
        )
    }
    found = [cell.sums for cell in cells(system)]
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert all(cell_cost(system, cell) >= 2 for cell in cells(system))


@given(st.sets(st.integers(-9, 9), min_size=1, max_size=6).map(sorted).map(tuple), st.integers(0, 4))
def test_numbers_of_tuples_of_values_far_apart(allowed: tuple[int, ...], size: int) -> None:
    far = tuple(10**12 * value for value in allowed)
    assert {10**12 * total: n for total, n in tuple_counts(allowed, size).items()} == tuple_counts(far, size)


@given(st.sets(st.integers(-9, 9), min_size=1, max_size=6).map(sorted).map(tuple), st.integers(0, 4))
def test_sorted_tuples_and_their_numbers(allowed: tuple[int, ...], size: int) -> None:
    every = list(combinations_with_replacement(allowed, size))
    assert dict(tuple_counts(allowed, size)) == Counter(map(sum, every))
    for total in range(5 * min(allowed) - 1, 5 * max(allowed) + 2):
        assert list(sorted_tuples(allowed, size, total)) == [
            chosen for chosen in every if sum(chosen) == total
        ]


def test_the_cost_is_the_number_of_combinations() -> None:
    system = power_sum_system(standard_model(), bound=2)
    assert sorted(sum(halves(system), ())) == list(range(6))
    total = 0
    for cell in cells(system):
        sizes = [
            len(list(sorted_tuples(e.allowed, e.size, s)))
            for e, s in zip(system.classes, cell.sums, strict=True)
        ]
        cost = cell_cost(system, cell)
        assert cost == sum(prod(sizes[place] for place in half) for half in halves(system))
        total += cost
    # The join looks at far fewer combinations than there are.
    assert 100 * total < _choices(system)


def test_cells_come_in_the_same_order_and_outside_cells_are_empty() -> None:
    system = power_sum_system(standard_model(), bound=3)
    assert list(cells(system)) == list(cells(system))
    assert list(solutions_in_cell(system, Cell((100,) * 6))) == []
    assert cell_cost(system, Cell((100,) * 6)) == 0


# ---------------------------------------------------------------- restrictions


def _labelled(system: PowerSumSystem) -> set[tuple[Fraction, ...]]:
    """All solutions with every family labelled: the charges of the content, in its order."""
    found = set()
    for row in solutions(system):
        orders = [set(permutations(part)) for part in parts_of(system, row)]
        for chosen in product(*orders):
            found.add(tuple(charges_of(system, [x for part in chosen for x in part]).values()))
    return found


@pytest.mark.parametrize(
    ("equalities", "holds"),
    [
        (["q1 = q2"], lambda c: c["q1"] == c["q2"]),
        (["e1 = 0"], lambda c: c["e1"] == 0),
        (["L2 = e_2"], lambda c: c["l2"] == c["e2"]),
        (["l = e"], lambda c: c["l1"] == c["e1"] and c["l2"] == c["e2"]),
        (["2 l1 = l2 + e1"], lambda c: 2 * c["l1"] == c["l2"] + c["e1"]),
        (["l1 = -l2", "e1=e2=0"], lambda c: c["l1"] == -c["l2"] and c["e1"] == c["e2"] == 0),
        (["u1 - d1/2 = 3/2*q1 - 1"], lambda c: c["u1"] - c["d1"] / 2 == Fraction(3, 2) * c["q1"] - 1),
        (["Q_q1 = q2", "q2 + u1 = 0", "u1 = u2"], lambda c: c["q1"] == c["q2"] == -c["u1"] == -c["u2"]),
        (["nu = q1"], lambda c: c["nu"] == c["q1"]),
    ],
)
def test_restricted_solutions_are_the_unrestricted_ones_that_obey(
    equalities: Sequence[str], holds: Callable[[dict[str, Fraction]], bool]
) -> None:
    names = [str(symbol).removeprefix("Q_") for symbol in TWO.charge_symbols]
    everything = _labelled(power_sum_system(TWO, bound=2))
    expected = {values for values in everything if holds(dict(zip(names, values, strict=True)))}
    assert 0 < len(expected) < len(everything)
    assert _labelled(power_sum_system(TWO, bound=2, equalities=equalities)) == expected


@cache
def _everything() -> frozenset[tuple[Fraction, ...]]:
    return frozenset(_labelled(power_sum_system(LEPTONS, bound=2)))


@st.composite
def equalities(draw: st.DrawFn) -> list[tuple[dict[str, int], Fraction]]:
    """Left sides, and right sides that some solution has; rarely others."""
    values = dict(zip(_labels(), draw(st.sampled_from(sorted(_everything()))), strict=True))
    names = st.sampled_from(["q", "u", "l1", "l2", "e1", "e2", "nu"])
    lefts = draw(st.lists(st.dictionaries(names, st.integers(-3, 3), min_size=1, max_size=3), max_size=3))
    off = draw(st.sampled_from([0, 0, 0, 0, 1]))
    return [(left, sum((c * values[name] for name, c in left.items()), Fraction(off))) for left in lefts]


def _labels() -> list[str]:
    return [str(symbol).removeprefix("Q_") for symbol in LEPTONS.charge_symbols]


@settings(max_examples=40)
@given(equalities())
def test_any_equalities_restrict_to_what_they_say(chosen: list[tuple[dict[str, int], Fraction]]) -> None:
    expected = set()
    for values in _everything():
        named = dict(zip(_labels(), values, strict=True))
        if all(sum(c * named[name] for name, c in left.items()) == right for left, right in chosen):
            expected.add(values)
    texts = [
        " + ".join(f"{c} {name}" for name, c in left.items()).replace("+ -", "- ") + f" = {right}"
        for left, right in chosen
    ]
    try:
        system = power_sum_system(LEPTONS, bound=2, equalities=texts)
    except ArgumentError:
        assert not expected
    else:
        assert _labelled(system) == expected


def test_restrictions_split_classes() -> None:
    system = power_sum_system(
        standard_model(),
        bound=3,
        equalities=["q1 = q2", "l2 = e2", "e1 = 0", "2 nu1 = nu2 + nu3"],
        allowed={"d3": [0, 1]},
    )
    shown = {entry.name: (entry.size, entry.square, entry.cube) for entry in system.classes}
    assert shown == {
        "q_1 = q_2": (1, 2, 12),
        "q_3": (1, 1, 6),
        "u": (3, -2, -3),
        "d_1, d_2": (2, 1, -3),
        "d_3": (1, 1, -3),
        "l_1, l_3": (2, -1, 2),
        "l_2 = e_2": (1, 0, 1),
        "e_3": (1, 1, -1),
        "nu_1": (1, 0, -1),
        "nu_2": (1, 0, -1),
        "nu_3": (1, 0, -1),
    }
    assert system.fixed == (("Q_e1", 0),)
    assert system.condition_names[-1] == "Q_nu3 = 2*Q_nu1 - Q_nu2"
    assert system.variables[:2] == ("Q_q1", "Q_q3")
    assert next(entry for entry in system.classes if entry.square == 0).members == (("Q_l2", "Q_e2"),)
    assert charges_of(system, range(15))[Symbol("Q_e2")] == 10


def test_equalities_together_say_more_than_each() -> None:
    system = power_sum_system(
        TWO, bound=3, equalities=["l1 = l2", "l1 + l2 = 2", "e1 = q1 + q2", "e2 = q1 + q2"]
    )
    assert system.fixed == (("Q_l1", 1), ("Q_l2", 1))
    assert not system.is_homogeneous
    assert "e_1 = e_2" in [entry.name for entry in system.classes]
    assert len(power_sum_system(TWO, bound=3, equalities=["q1 = q1", "0 = 0"]).classes) == 6


def test_charges_in_no_condition_are_left_out_unless_named() -> None:
    assert "Q_H" not in power_sum_system(ONE, bound=1).variables
    assert "Q_H" in power_sum_system(ONE, bound=1, allowed={"H": [0, 1]}).variables
    assert power_sum_system(ONE, bound=1, fixed={"H": 1}).fixed == (("Q_H", 1),)
    assert charges_of(power_sum_system(ONE, bound=1), (0,) * 6)[Symbol("Q_H")] == 0


def test_rational_charges_are_scaled() -> None:
    system = power_sum_system(ONE, allowed=fractions_up_to(4, 4))
    assert system.scale == 12
    rows = set(solutions(system))
    assert (4, 4, 4, -12, -12, -12) in rows
    assert solution_of(system, (4, 4, 4, -12, -12, -12)) == solution_of(
        power_sum_system(ONE, bound=1, fixed={"q": "1/3", "u": "1/3", "d": "1/3"}), (-3, -3, -3)
    )
    assert {Fraction(p, q) for p in range(-4, 5) for q in range(1, 5)} == set(fractions_up_to(4, 4))


# ---------------------------------------------------------------- detection


def test_the_conditions_are_those_of_the_content() -> None:
    """The weights, put back together, are the polynomials from which they were read."""
    for content in (standard_model(), HIGGSINOS, standard_model(4, 2, universal=("q",))):
        by_name = {condition.name: condition for condition in power_sums(content)}
        expected = {str(t): value for t, value in anomaly_conditions(content).items() if value != 0}
        assert by_name.keys() == expected.keys()
        for name, condition in by_name.items():
            total = sum(
                sympy.Rational(w.numerator, w.denominator) * x**condition.degree for x, w in condition.weights
            )
            assert sympy.expand(total - expected[name]) == 0


def test_a_known_charge_moves_to_the_constants() -> None:
    known = multiplet(GROUP, "chi", ("1", "1"), {"Y": 0, "X": 2}, chirality="right")
    content = ONE.with_fields(known)
    system = power_sum_system(content, bound=3)
    assert system.linear_constant[2] == 2
    assert not system.is_homogeneous
    # The known state has to be cancelled: nu = -2 does, up to hypercharge and B-L.
    assert (0, 0, 0, 0, 0, -2) in set(solutions(system))


def test_conjugate_fields_and_five_lines_of_the_user() -> None:
    group = gauge_group("SU(2) x U(1)_Y x U(1)_X")
    left = multiplet(group, "l", "2", {"Y": "-1/2"}, chirality="left", families=2)
    right = multiplet(group, "r", "2", {"Y": "-1/2"}, chirality="right", families=2)
    system = power_sum_system(FieldContent(group, (left, right)), bound=3)
    assert {tuple(sorted(row[:2])) == tuple(sorted(row[2:])) for row in solutions(system)} == {True}
    charged = multiplet(
        "U(1)_X", "a", (), {"X": [-Symbol("x"), 2 * Symbol("y")]}, chirality="left", families=2
    )
    one = power_sum_system(FieldContent(gauge_group("U(1)_X"), (charged,)), allowed=[-2, -1, 0, 1, 2, 4])
    assert sorted(solutions(one)) == [(-2, -1), (0, 0), (2, 1), (4, 2)]


@pytest.mark.parametrize("families", [1, 2, 4])
def test_any_number_of_families_has_hypercharge_and_b_minus_l(families: int) -> None:
    system = power_sum_system(standard_model(families, families), bound=1)
    rows = list(solutions(system))
    assert rows
    wide = power_sum_system(standard_model(families, families), bound=6)
    hypercharge = [x for x in (1, 4, -2, -3, -6, 0) for _ in range(families)]
    b_minus_l = [x for x in (1, 1, 1, -3, -3, -3) for _ in range(families)]
    for row in (hypercharge, b_minus_l):
        assert satisfies(wide, row)
        sums = tuple(sum(part) for part in parts_of(wide, row))
        assert Cell(sums) in set(cells(wide))
        if families < 4:
            assert tuple(row) in set(solutions_in_cell(wide, Cell(sums)))


@cache
def _wide() -> PowerSumSystem:
    return power_sum_system(standard_model(2, 2), bound=18)


@settings(max_examples=25)
@given(st.integers(-2, 2), st.integers(-2, 2), st.integers(-1, 1))
def test_solutions_made_by_hand_are_found(a: int, b: int, y: int) -> None:
    """3 (a + b) B - 6 a L_e - 6 b L_mu + 6 y Y of two families, in the box and found in its cell."""
    system = _wide()
    quarks = a + b
    parts = [
        *([quarks + y * step] * 2 for step in (1, 4, -2)),
        *(sorted((-6 * a + step * y, -6 * b + step * y)) for step in (-3, -6, 0)),
    ]
    row = tuple(x for part in parts for x in part)
    assert row in set(solutions_in_cell(system, Cell(tuple(map(sum, parts)))))


# ---------------------------------------------------------------- what it refuses


def _quadratics() -> FieldContent:
    group = gauge_group("U(1)_Y x U(1)_Z x U(1)_X")
    charges = [("a", 1, 2), ("b", -1, 1), ("c", 2, -1), ("d", -2, -2)]
    fields = (multiplet(group, n, (), {"Y": y, "Z": z}, chirality="left") for n, y, z in charges)
    vector = [multiplet(group, n + "c", (), {"Y": -y, "Z": -z}, chirality="left") for n, y, z in charges]
    return FieldContent(group, (*fields, *vector))


def _mixed() -> FieldContent:
    x, y = sympy.symbols("x y")
    field = multiplet("U(1)_X", "a", (), {"X": [x + y, -x, -y]}, chirality="left", families=3)
    return FieldContent(gauge_group("U(1)_X"), (field,))


def _powers() -> FieldContent:
    x = Symbol("x")
    field = multiplet("U(1)_X", "a", (), {"X": [x - 1, -x, 1]}, chirality="left", families=3)
    return FieldContent(gauge_group("U(1)_X"), (field,))


def _hopeless() -> FieldContent:
    group = gauge_group("U(1)_Y x U(1)_X")
    return FieldContent(group, (multiplet(group, "a", (), {"Y": 1}, chirality="left"),))


def _witten() -> FieldContent:
    return FieldContent(
        gauge_group("SU(2) x U(1)_X"), (multiplet("SU(2) x U(1)_X", "l", "2", chirality="left"),)
    )


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"bound": -1}, ArgumentError, "Argument 'bound' must be an integer of at least 0, not -1."),
        ({"bound": "1/2"}, ArgumentError, "'bound' must be an integer"),
        ({"bound": 2.0}, ArgumentTypeError, "'bound' must be exact, not 2.0"),
        ({"bound": 10**9}, ArgumentError, "'bound' must be an integer from 0 to 1000000, not 1000000000."),
        (
            {},
            ArgumentError,
            "'bound' must be given, or 'allowed' must have a set .*: Q_q1 has none",
        ),
        ({"bound": 1, "allowed": [1]}, ArgumentError, "'bound' must be left out"),
        ({"allowed": []}, ArgumentError, "'allowed' must be a set with at least one number"),
        ({"allowed": [0.5]}, ArgumentTypeError, "'allowed' must be exact, not 0.5"),
        ({"allowed": "12"}, ArgumentTypeError, "'allowed' must be a set of rational numbers"),
        ({"allowed": 3}, ArgumentTypeError, "'allowed' must be a set of rational numbers"),
        ({"allowed": {"q": [0]}}, ArgumentError, "'bound' must be given, or .*: Q_u1 has none"),
        (
            {"bound": 1, "allowed": {"x": [0]}},
            UnknownNameError,
            "'allowed' must be about charges among q1, q2, q",
        ),
        (
            {"bound": 1, "fixed": {"q9": 0}},
            UnknownNameError,
            "'fixed' must be about charges among .*, not 'q9'.",
        ),
        ({"bound": 1, "fixed": {3: 0}}, ArgumentTypeError, "'fixed' must be about charges by their names"),
        ({"bound": 1, "fixed": {"q": 0.1}}, ArgumentTypeError, "must be exact, not 0.1"),
        ({"bound": 1, "fixed": ["q"]}, ArgumentTypeError, "'fixed' must be a mapping"),
        ({"bound": 1, "equalities": "q1 = q2"}, ArgumentTypeError, "'equalities' must be a list of texts"),
        ({"bound": 1, "equalities": [3]}, ArgumentTypeError, "'equalities' must be a list of texts"),
        ({"bound": 1, "equalities": ["q1"]}, ArgumentError, "'equalities' must be a linear equality such as"),
        (
            {"bound": 1, "equalities": ["q1 = "]},
            ArgumentError,
            "'equalities' must be a linear equality such as",
        ),
        (
            {"bound": 1, "equalities": ["q1 q2 = 0"]},
            ArgumentError,
            "must be a linear equality .* not 'q1 q2 = 0'.",
        ),
        ({"bound": 1, "equalities": ["2 * = q1"]}, ArgumentError, "must be a linear equality"),
        ({"bound": 1, "equalities": ["q1*q2 = 0"]}, ArgumentError, "must be a linear equality"),
        ({"bound": 1, "equalities": ["q1 <> q2"]}, ArgumentError, "must be a linear equality"),
        ({"bound": 1, "equalities": ["q1 = q2/0"]}, ArgumentError, "without a division by zero"),
        ({"bound": 1, "equalities": ["q1 = 1/0"]}, ArgumentError, "non-zero denominator"),
        (
            {"bound": 1, "equalities": ["q1 = x7"]},
            UnknownNameError,
            "'equalities' must be about charges among",
        ),
        (
            {"bound": 1, "equalities": ["q1 = 0", "q1 = 1"]},
            ArgumentError,
            "must be consistent, and no charges",
        ),
        ({"bound": 1, "equalities": ["q1 = 1"], "fixed": {"q": 0}}, ArgumentError, "must be consistent"),
        ({"bound": 1, "equalities": ["0 = 1"]}, ArgumentError, "must be consistent"),
        ({"bound": 1, "equalities": ["q1 = 1/2"]}, ArgumentError, "and Q_q1 = 1/2 is not one."),
        (
            {"bound": 1, "equalities": ["q1 = q2"], "fixed": {"q1": 5}},
            ArgumentError,
            "and Q_q2 = 5 is not one.",
        ),
        (
            {"bound": 1, "equalities": ["q1 = nu"], "allowed": {"nu": [7]}},
            ArgumentError,
            "Q_q1 = Q_nu has none.",
        ),
        (
            {"bound": 1, "equalities": ["q = u", "adn = 1"]},
            UnknownNameError,
            "'equalities' must be about charges",
        ),
    ],
)
def test_bad_arguments(arguments: dict[str, Any], error: type[AnomaliesError], message: str) -> None:
    with pytest.raises(error, match=message) as caught:
        power_sum_system(TWO, **arguments)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_quadratics, "at most one independent condition of degree two.*not Y X\\^2 and Z X\\^2"),
        (_mixed, "diagonal anomaly conditions, and X\\^3 contains 3\\*"),
        (_powers, "diagonal anomaly conditions, and X\\^3 contains (-3\\*x\\*\\*2|3\\*x)"),
        (_hopeless, "no charges under U\\(1\\)_X can cancel, and grav\\^2 Y = 1."),
        (_witten, "no Witten anomaly, unlike that of SU\\(2\\)"),
        (lambda: standard_model(extra=None), "exactly one U\\(1\\) of unknown charges, not \\(\\)"),
        (lambda: FieldContent(gauge_group("U(1)_A x U(1)_B"), ()), "exactly one U\\(1\\) of unknown charges"),
    ],
)
def test_contents_that_are_no_power_sums(content: Callable[[], FieldContent], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        power_sum_system(content(), bound=1)


def test_other_bad_input() -> None:
    system = power_sum_system(ONE, bound=1)
    with pytest.raises(ArgumentTypeError, match="'content' must be a FieldContent"):
        power_sum_system("sm", bound=1)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="'row' must have 6 entries, not 2"):
        satisfies(system, (0, 0))
    with pytest.raises(ArgumentError, match="between fields with equally many families"):
        parse_equality(standard_model(3, 2), "l = nu")
    with pytest.raises(ArgumentError, match="'largest_denominator' must be an integer of at least 1"):
        fractions_up_to(3, 0)


# ---------------------------------------------------------------- the objects themselves


def test_systems_are_values() -> None:
    arguments: dict[str, Any] = {"bound": 3, "equalities": ["l2 = e2"]}
    system = power_sum_system(standard_model(), **arguments)
    again = pickle.loads(pickle.dumps(system))
    assert again == system == power_sum_system(standard_model(), **arguments)
    assert hash(again) == hash(system)
    assert list(solutions(again))[:5] == list(solutions(system))[:5]


def test_printing() -> None:
    system = power_sum_system(TWO, bound=2, fixed={"nu": "1/2"})
    shown = str(system)
    assert "q: 2 in {-4, -2, 0, 2, 4}" in shown
    assert "charges times 2" in shown
    assert "Q_nu = 1" in shown
    assert sympy.latex(system).startswith("\\begin{aligned}\n2 S_1(q) - S_1(u)")
    assert "S_1(l_{1} = e_{1})" in sympy.latex(power_sum_system(TWO, bound=1, equalities=["l1 = e1"]))
    assert "{aligned}" in sympy.latex([system])
