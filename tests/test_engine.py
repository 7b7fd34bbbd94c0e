"""The fast engine: equal to the exact one and to brute force, complete, bounded, clear in what it refuses."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from fractions import Fraction
from math import gcd
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Symbol

from anomalies import standard_model
from anomalies.diophantine.powersums import (
    Cell,
    ChargeClass,
    PowerSumSystem,
    brute_force,
    canonical,
    cell_cost,
    cells,
    counting,
    fractions_up_to,
    inequivalent,
    is_canonical,
    power_sum_system,
    satisfies,
    solutions,
    solutions_in_cell,
)
from anomalies.diophantine.powersums.bounds import LARGEST_EXACT_COST, bounds
from anomalies.diophantine.powersums.counting import count, count_cell, count_inequivalent
from anomalies.diophantine.powersums.enumeration import enumerate_cells, search, smallest_type
from anomalies.errors import ArgumentError, MissingToolError
from anomalies.fields import FieldContent, multiplet
from anomalies.solutions import Solution

pytest.importorskip("numpy")
pytest.importorskip("numba")

Row = tuple[int, ...]

SM = standard_model(3, 0)
SM3 = standard_model(3, 3)


def rows(system: PowerSumSystem, canonical: bool = False, **options: Any) -> list[Row]:
    batches = enumerate_cells(system, cells(system), canonical=canonical, **options)
    return [tuple(row) for batch in batches for row in batch.tolist()]


# ---------------------------------------------------------------- equal to the exact engine and to brute
# force

weights = st.integers(-3, 3)


@st.composite
def systems(draw: st.DrawFn) -> PowerSumSystem:
    """Small systems of every shape, most of them with a solution: the constants are those of some row."""
    number = draw(st.integers(1, 4))
    conditions = draw(st.integers(0, 2))
    classes, row = [], []
    for place in range(number):
        size = draw(st.integers(1, 3 if number < 4 else 2))
        allowed = tuple(sorted(draw(st.sets(st.integers(-6, 6), min_size=1, max_size=5))))
        linear = tuple(draw(st.lists(weights, min_size=conditions, max_size=conditions)))
        members = tuple((f"x{place}{index}",) for index in range(size))
        classes.append(ChargeClass(f"x{place}", members, linear, draw(weights), draw(weights), allowed))
        row.append([draw(st.sampled_from(allowed)) for _ in range(size)])
    if draw(st.booleans()):
        row = [[0] * len(part) for part in row]
    sums = [[sum(x**k for x in part) for k in (1, 2, 3)] for part in row]
    linear_constant = tuple(
        sum(entry.linear[c] * s[0] for entry, s in zip(classes, sums, strict=True)) for c in range(conditions)
    )
    square = sum(entry.square * s[1] for entry, s in zip(classes, sums, strict=True))
    cube = sum(entry.cube * s[2] for entry, s in zip(classes, sums, strict=True))
    names = tuple(f"condition {c}" for c in range(conditions))
    return PowerSumSystem(tuple(classes), names, linear_constant, square, cube, 1, (), SM)


@settings(max_examples=120)
@given(systems(), st.integers(1, 40))
def test_engine_equals_brute_force(system: PowerSumSystem, batch_rows: int) -> None:
    expected = sorted(brute_force(system))
    assert sorted(rows(system, batch_rows=batch_rows, threads=1)) == expected == sorted(solutions(system))
    assert count(system, threads=1) == len(expected)


@settings(max_examples=40)
@given(systems())
def test_cells_equal_the_exact_engine(system: PowerSumSystem) -> None:
    for cell in cells(system):
        assert count_cell(system, cell) == sum(1 for _ in solutions_in_cell(system, cell))


def mssm_like() -> FieldContent:
    """Two families and a vector-like pair of Higgsinos, in the five lines that a user would write."""
    base = standard_model(2, 1)
    doublets = [
        multiplet(base.group, name, ("1", "2"), {"Y": y, "X": Symbol(f"Q_{name}")}, chirality="left")
        for name, y in (("hu", "1/2"), ("hd", "-1/2"))
    ]
    return base.with_fields(*doublets)


CONTENTS: dict[str, Any] = {
    "sm": lambda: power_sum_system(SM, bound=3),
    "sm+3nu": lambda: power_sum_system(SM3, bound=2),
    "one family": lambda: power_sum_system(standard_model(1, 2), bound=8),
    "two families": lambda: power_sum_system(standard_model(2, 2), bound=4),
    "four families": lambda: power_sum_system(standard_model(4, 0), bound=1),
    "two dark states": lambda: power_sum_system(standard_model(2, 4), bound=2),
    "equalities": lambda: power_sum_system(SM3, bound=3, equalities=["q1 = q2", "l2 = e2", "nu1 = 0"]),
    "line": lambda: power_sum_system(SM, bound=3, equalities=["2 l1 = l2 + l3"]),
    "fixed": lambda: power_sum_system(SM3, bound=3, fixed={"l1": 1, "q": 0}),
    "rational": lambda: power_sum_system(standard_model(2, 1), allowed=fractions_up_to(2, 3)),
    "Higgsinos": lambda: power_sum_system(mssm_like(), bound=2),
    "mixed": lambda: power_sum_system(SM, bound=2, allowed={"e": [-5, -1, 0, Fraction(1, 2), 4]}),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_contents_equal_the_exact_engine(name: str) -> None:
    system = CONTENTS[name]()
    expected = sorted(solutions(system))
    assert expected
    assert sorted(rows(system)) == expected
    assert count(system) == len(expected)
    assert all(satisfies(system, row) for row in expected)


# ---------------------------------------------------------------- counts

REFERENCE = Path(__file__).parent / "reference" / "atlas_counts.json"


@pytest.mark.parametrize(("name", "neutrinos"), [("sm", 0), ("sm+3nu", 3)])
def test_reference_counts(name: str, neutrinos: int) -> None:
    reference = json.loads(REFERENCE.read_text(encoding="utf-8"))["counts"][name]
    assert reference
    for bound, expected in reference.items():
        system = power_sum_system(standard_model(3, neutrinos), bound=int(bound))
        assert count_inequivalent(system) == expected, bound


@pytest.mark.parametrize(
    "name", ["sm", "sm+3nu", "one family", "two families", "four families", "two dark states"]
)
def test_inequivalent_rows_are_as_many_as_counted(name: str) -> None:
    system = CONTENTS[name]()
    found = rows(system, canonical=True)
    assert len(found) == len(set(found)) == count_inequivalent(system)
    assert sorted(found) == sorted(inequivalent(system, solutions(system)))
    assert all(is_canonical(system, row) for row in found)


@pytest.mark.parametrize("neutrinos", [0, 3])
def test_count_and_enumerate_agree(neutrinos: int) -> None:
    system = power_sum_system(standard_model(3, neutrinos), bound=4)
    found = rows(system, canonical=True, batch_rows=1000)
    assert len(found) == count_inequivalent(system)
    assert all(satisfies(system, row) for row in found)


@pytest.mark.slow
@pytest.mark.parametrize("bound", [5, 6, 7, 8])
def test_count_and_enumerate_agree_in_larger_boxes(bound: int) -> None:
    system = power_sum_system(SM3, bound=bound)
    listed = sum(len(batch) for batch in enumerate_cells(system, cells(system)))
    assert listed == count_inequivalent(system)


def test_boxes_of_different_sizes() -> None:
    system = power_sum_system(SM, bound=1, allowed={"q": range(-2, 3), "e": range(-4, 5)})
    assert count_inequivalent(system) == len(set(inequivalent(system, solutions(system)))) > 1


# ---------------------------------------------------------------- complete and closed

# Anomaly-free directions that may be added up: B-L in the simplest sense, hypercharge times 6, and L_i - L_j.
B_MINUS_L = (1, 1, 1, 1, 1, 1, 1, 1, 1, -3, -3, -3, -3, -3, -3, -3, -3, -3)
HYPERCHARGE = (1, 1, 1, 4, 4, 4, -2, -2, -2, -3, -3, -3, -6, -6, -6, 0, 0, 0)


@given(st.integers(-1, 1), st.integers(-1, 1), st.integers(-2, 2), st.integers(-2, 2))
@settings(max_examples=30)
def test_solutions_made_by_hand_are_found(b_minus_l: int, y: int, mu: int, tau: int) -> None:
    leptons = (-mu - tau, mu, tau)
    lepton_direction = (*(0,) * 9, *leptons * 3)
    row = [
        b_minus_l * b + y * h + x for b, h, x in zip(B_MINUS_L, HYPERCHARGE, lepton_direction, strict=True)
    ]
    system = power_sum_system(SM3, bound=max(map(abs, row)))
    ordered = tuple(x for start in range(0, 18, 3) for x in sorted(row[start : start + 3]))
    assert satisfies(system, ordered)
    cell = Cell(tuple(sum(ordered[start : start + 3]) for start in range(0, 18, 3)))
    assert any(
        ordered in set(map(tuple, batch.tolist()))
        for batch in enumerate_cells(system, [cell], canonical=False)
    )


def test_the_set_is_closed_under_sign_and_scale() -> None:
    system = power_sum_system(SM3, bound=3)
    found = set(rows(system))
    assert len(found) > 1000
    for row in found:
        divisor = gcd(*row) or 1
        negative = tuple(-x for start in range(0, 18, 3) for x in row[start : start + 3][::-1])
        assert negative in found
        assert tuple(x // divisor for x in row) in found
        assert canonical(system, row) in found


def test_cells_part_the_solutions() -> None:
    system = power_sum_system(SM, bound=4)
    assert sum(count_cell(system, cell) for cell in cells(system)) == count(system) == len(set(rows(system)))


# ---------------------------------------------------------------- batches, threads, order


def test_batches_are_full_and_in_one_order() -> None:
    system = power_sum_system(SM3, bound=3)
    batches = list(enumerate_cells(system, cells(system), batch_rows=500, threads=2))
    assert {len(batch) for batch in batches[:-1]} == {500}
    assert 0 < len(batches[-1]) <= 500
    assert batches[0].dtype == "int8"
    alone = list(enumerate_cells(system, cells(system), batch_rows=500, threads=1))
    assert [batch.tolist() for batch in batches] == [batch.tolist() for batch in alone]


def test_threads_do_not_change_the_count_and_progress_ends_at_the_total() -> None:
    system = power_sum_system(SM3, bound=6)
    seen: list[tuple[int, int]] = []
    assert count(system, threads=1, progress=lambda *now: seen.append(now)) == count(system, threads=3)
    assert len(seen) > 1
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


def test_an_interruption_ends_a_count() -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count(power_sum_system(SM3, bound=8), progress=stop)


def test_work_can_be_sent_to_other_processes() -> None:
    system = power_sum_system(SM, bound=2)
    for cell in list(cells(system))[:5]:
        again = pickle.loads(pickle.dumps((system, cell)))
        assert count_cell(*again) == count_cell(system, cell)


def test_smallest_type() -> None:
    for bound, expected in [
        (127, "int8"),
        (128, "int16"),
        (32767, "int16"),
        (32768, "int32"),
        (10**6, "int32"),
    ]:
        assert smallest_type(power_sum_system(standard_model(1, 0), allowed=[-bound, 0, bound])) == expected
    system = power_sum_system(standard_model(1, 1), allowed=[-128, 0, 128])
    batches = list(enumerate_cells(system, cells(system), canonical=False))
    assert {str(batch.dtype) for batch in batches} == {"int16"}
    assert max(batch.max() for batch in batches) == 128


# ---------------------------------------------------------------- exact objects


def test_search_yields_solutions() -> None:
    system = power_sum_system(standard_model(1, 1), bound=4)
    result = search(system)
    found = list(result)
    assert result.exhaustive
    assert all(isinstance(solution, Solution) for solution in found)
    assert len(found) == count_inequivalent(system) == len(set(found))
    assert search(system, up_to_sign_and_scale=False).count() == count(system)
    assert list(pickle.loads(pickle.dumps(result))) == found
    assert "q = -4..4" in str(result)


def test_search_of_rational_charges() -> None:
    system = power_sum_system(standard_model(1, 1), allowed=fractions_up_to(1, 3))
    everything = search(system)
    assert everything.count() == sum(1 for _ in brute_force(system)) > 1
    assert search(system, up_to_sign_and_scale=True).count() == len(
        set(inequivalent(system, solutions(system)))
    )


# ---------------------------------------------------------------- bounds


def scaled(system: PowerSumSystem, factor: int) -> PowerSumSystem:
    """Both higher conditions times a factor: the same solutions, numbers as large as one likes."""
    classes = tuple(
        replace(entry, square=entry.square * factor, cube=entry.cube * factor) for entry in system.classes
    )
    return replace(system, classes=classes)


def largest_factor_that_fits(system: PowerSumSystem) -> int:
    low, high = 1, 2**70
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if bounds(scaled(system, middle)).fit else (low, middle)
    return low


def test_numbers_at_the_edge_of_machine_integers() -> None:
    system = power_sum_system(standard_model(1, 1), bound=2)
    edge = largest_factor_that_fits(system)
    expected = sorted(solutions(system))
    assert edge > 2**40
    for factor in (edge - 1, edge, edge + 1, 2**62, 2**64, 2**70):
        large = scaled(system, factor)
        assert bounds(large).fit == (factor <= edge)
        assert count(large) == len(expected)
        assert sorted(rows(large)) == expected
        assert search(large, up_to_sign_and_scale=False).count() == len(expected)


@settings(max_examples=60)
@given(systems(), st.data())
def test_every_contribution_is_within_the_bounds(system: PowerSumSystem, data: st.DataObject) -> None:
    square = cube = 0
    for entry in system.classes:
        charges = [data.draw(st.sampled_from(entry.allowed)) for _ in range(entry.size)]
        square += entry.square * sum(x**2 for x in charges)
        cube += entry.cube * sum(x**3 for x in charges)
    found = bounds(system)
    assert abs(square) + abs(system.square_constant) <= found.square
    assert abs(cube) + abs(system.cube_constant) <= found.cube
    assert count(system, threads=1) <= found.rows * max(1, sum(1 for _ in cells(system)))


def test_what_neither_engine_can_do_is_refused() -> None:
    system = scaled(power_sum_system(SM3, bound=17), 2**64)
    fullest = Cell((0,) * 6)
    assert cell_cost(system, fullest) > LARGEST_EXACT_COST
    with pytest.raises(
        ArgumentError, match=r"^Argument 'system' must have numbers that fit into 64-bit integers"
    ):
        count_cell(system, fullest)
    with pytest.raises(ArgumentError, match="or be small enough for exact Python integers"):
        next(enumerate_cells(system, [fullest], canonical=False))


# ---------------------------------------------------------------- bad input


def test_bad_input() -> None:
    system = power_sum_system(SM, bound=2)
    with pytest.raises(
        ArgumentError, match=r"^Argument 'cell' must be a cell of the system, not Cell\(sums=\(99,"
    ):
        count_cell(system, Cell((99, 0, 0, 0, 0)))
    with pytest.raises(ArgumentError, match=r"^Argument 'cell' must be a cell of the system"):
        count_cell(system, Cell((0,)))
    with pytest.raises(ArgumentError, match="Argument 'batch_rows' must be an integer of at least 1, not 0"):
        enumerate_cells(system, cells(system), batch_rows=0)
    with pytest.raises(ArgumentError, match="Argument 'threads' must be an integer of at least 1, not -1"):
        count(power_sum_system(SM3, bound=8), threads=-1)
    fixed = power_sum_system(SM, bound=2, fixed={"l1": 1})
    for refused in (fixed, power_sum_system(SM, allowed=[-2, 0, 2])):
        with pytest.raises(
            ArgumentError, match=r"^Argument 'system' must be homogeneous, in boxes of all integers"
        ):
            count_inequivalent(refused)
        with pytest.raises(
            ArgumentError, match=r"^Argument 'system' must be homogeneous, in boxes of all integers"
        ):
            enumerate_cells(refused, cells(refused))


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (power_sum_system(SM3, bound=bound) for bound in (1, 12))
    expected = count(small), count_inequivalent(small), list(map(str, search(small)))
    monkeypatch.setattr(counting, "has_kernels", lambda: False)
    monkeypatch.setattr("anomalies.diophantine.powersums.enumeration.has_kernels", lambda: False)
    assert (count(small), count_inequivalent(small)) == expected[:2]
    assert sorted(map(str, search(small))) == sorted(expected[2])
    with pytest.raises(MissingToolError, match=r"pip install 'gauge-anomalies\[search\]'"):
        count(large)
    with pytest.raises(MissingToolError, match=r"pip install 'gauge-anomalies\[search\]'"):
        enumerate_cells(small, cells(small))
