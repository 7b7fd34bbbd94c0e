"""Chiral sets: complete, verified, and counted in two ways."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement
from math import gcd
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import latex

from anomalies.cli.sets import sets as sets_command
from anomalies.diophantine.chiral import ChiralSet, chiral_set, chiral_sets, count_chiral_sets
from anomalies.diophantine.chiral.resources import (
    fits_machine,
    kernels_for,
    needed_bytes,
    partition_numbers,
    require_memory,
)
from anomalies.diophantine.chiral.sets import exact_rows, parts_of, splittings
from anomalies.errors import (
    ArgumentError,
    ArgumentTypeError,
    InexactNumberError,
    MissingToolError,
    NotASolutionError,
)

Row = tuple[int, ...]
REFERENCE = json.loads((Path(__file__).parent / "reference" / "chiral_counts.json").read_text())

# Table I of arXiv:1905.13729 for n = 6, largest |charge| up to 12.
TABLE_I = [
    (5, -4, -4, 1, 1, 1),
    (6, -5, -5, 3, 2, -1),
    (11, -9, -9, 4, 4, -1),
    (11, -9, -9, 5, 1, 1),
    (11, -10, -8, 5, 4, -2),
    (12, -11, -10, 8, 6, -5),
]


def brute_force(n: int, bound: int, zeros: bool = False, common_factors: bool = False) -> set[Row]:
    """Every multiset tried, one of each pair of opposite signs kept by its own rule."""
    allowed = [z for z in range(-bound, bound + 1) if z or zeros]
    found = set()
    for row in combinations_with_replacement(allowed, n):
        nonzero = {z for z in row if z}
        if (
            sum(row) == 0 == sum(z**3 for z in row)
            and nonzero
            and not any(-z in nonzero for z in nonzero)
            and (common_factors or gcd(*row) == 1)
        ):
            found.add(max(row, tuple(sorted(-z for z in row))))
    return found


def up_to_sign(rows: Iterator[Row]) -> list[Row]:
    return [max(row, tuple(sorted(-z for z in row))) for row in rows]


def machine_rows(n: int, bound: int, common_factors: bool = False) -> list[Row]:
    pytest.importorskip("numba")
    from anomalies.diophantine.chiral.enumeration import machine_batches

    batches = machine_batches(n, bound, common_factors=common_factors)
    return [tuple(row) for batch in batches for row in batch.tolist()]


# --- completeness ---------------------------------------------------------------------------------------


CASES = [(n, int(bound), count) for n, row in REFERENCE["counts"].items() for bound, count in row.items()]


@pytest.mark.parametrize(("n", "bound", "expected"), [(int(n), bound, count) for n, bound, count in CASES])
def test_reference_counts(n: int, bound: int, expected: int) -> None:
    assert count_chiral_sets(n, bound) == expected
    assert chiral_sets(n, bound).count() == expected


@pytest.mark.parametrize(("n", "bound"), [(5, 10), (6, 8), (7, 6), (8, 7), (10, 5), (11, 5)])
@pytest.mark.parametrize("zeros", [False, True])
@pytest.mark.parametrize("common_factors", [False, True])
def test_all_of_a_box(n: int, bound: int, zeros: bool, common_factors: bool) -> None:
    result = chiral_sets(n, bound, zeros=zeros, common_factors=common_factors)
    found = up_to_sign(entry.charges for entry in result)
    assert len(found) == len(set(found))
    assert set(found) == brute_force(n, bound, zeros, common_factors)
    assert count_chiral_sets(n, bound, zeros=zeros, common_factors=common_factors) == len(found)


def test_the_boxes_are_not_all_empty() -> None:
    assert len(brute_force(5, 10)) == 2
    assert len(brute_force(6, 10, common_factors=True)) > len(brute_force(6, 10)) > 0
    assert len(brute_force(7, 6, zeros=True)) > len(brute_force(7, 6)) > 0
    assert len(brute_force(8, 7)) > 0
    assert len(brute_force(10, 5)) > 0


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_fewer_than_five_charges_always_pair_off(n: int) -> None:
    """Why smaller numbers of charges are refused."""
    assert not brute_force(n, 12)
    assert not list(exact_rows(n, 30))
    assert not brute_force(n, 8, zeros=True)


@pytest.mark.parametrize(("n", "bound"), [(5, 20), (6, 12), (7, 10), (8, 9), (9, 8), (10, 6), (12, 5)])
@pytest.mark.parametrize("common_factors", [False, True])
def test_kernels_and_python_agree_row_by_row(n: int, bound: int, common_factors: bool) -> None:
    rows = machine_rows(n, bound, common_factors)
    assert rows == list(exact_rows(n, bound, common_factors))
    if common_factors:
        from anomalies.diophantine.chiral.counting import machine_count

        assert machine_count(n, bound) == len(rows)


@pytest.mark.parametrize("bound", [63, 64, 65, 90])
def test_masks_beyond_64_bits(bound: int) -> None:
    """Charges that agree modulo 64 share a bit of the mask; from 64 on halves are compared."""
    rows = machine_rows(5, bound)
    assert rows == list(exact_rows(5, bound))
    assert rows
    assert all(sum(row) == 0 == sum(z**3 for z in row) for row in rows)


def test_charges_that_agree_modulo_64_are_not_lost() -> None:
    rows = machine_rows(6, 70)
    shared = [row for row in rows if {z % 64 for z in row if z > 0} & {-z % 64 for z in row if z < 0}]
    assert shared
    for row in shared:
        assert ChiralSet(row).is_canonical


def test_batches_are_the_sets() -> None:
    pytest.importorskip("numpy")
    from anomalies.diophantine.chiral.enumeration import chiral_batches

    for n, bound, zeros in ((7, 30, False), (8, 18, True), (5, 9, True), (5, 8, False)):
        batches = chiral_batches(n, bound, zeros=zeros)
        rows = [tuple(row) for batch in batches for row in batch.tolist()]
        assert rows == [entry.charges for entry in chiral_sets(n, bound, zeros=zeros)]


def test_as_many_as_are_found_at_larger_bounds() -> None:
    pytest.importorskip("numba")
    for n, bound in ((8, 32), (9, 24)):
        assert count_chiral_sets(n, bound) == len(machine_rows(n, bound)) > 1000


@given(st.integers(1, 5), st.integers(1, 9))
def test_partition_numbers(size: int, bound: int) -> None:
    numbers = partition_numbers(size, bound)
    for total, number in enumerate(numbers):
        parts = list(parts_of(total, size, bound))
        assert len(parts) == number
        assert parts == sorted(set(parts))
        assert all(sum(p) == total and list(p) == sorted(p, reverse=True) for p in parts)
    assert not list(parts_of(len(numbers), size, bound))


def test_splittings() -> None:
    assert list(splittings(12)) == [(6, 6), (7, 5), (8, 4), (9, 3), (10, 2)]
    assert list(splittings(3)) == []


# --- one set --------------------------------------------------------------------------------------------


def test_table_i() -> None:
    assert {chiral_set(row) for row in TABLE_I} == set(chiral_sets(6, 12))


FOUND = tuple(chiral_sets(7, 14, zeros=True))


@settings(max_examples=50)
@given(
    st.sampled_from(FOUND),
    st.randoms(use_true_random=False),
    st.sampled_from([-1, 1]),
    st.fractions(min_value=Fraction(1, 50), max_value=50),
)
def test_order_sign_and_scale_do_not_matter(
    found: ChiralSet, random: object, sign: int, scale: Fraction
) -> None:
    assert found.is_canonical
    charges = [sign * scale * z for z in found]
    random.shuffle(charges)  # type: ignore[attr-defined]
    assert chiral_set(charges) == found
    negative = ChiralSet([-z for z in found])
    assert not negative.is_canonical
    assert negative.canonical() == found


def test_a_set_prints_pickles_and_compares() -> None:
    entry = ChiralSet([5, -4, -4, 1, 1, 1])
    assert str(entry) == "(-4, -4, 1, 1, 1, 5)"
    assert latex(entry) == r"\left(-4, -4, 1, 1, 1, 5\right)"
    assert pickle.loads(pickle.dumps(entry)) == entry
    assert len({entry, ChiralSet(reversed(entry.charges))}) == 1
    assert entry.bound == 5
    assert ChiralSet([10, -8, -8, 2, 2, 2]).canonical() == entry
    assert chiral_sets(6, 10).as_json()["solutions"][1] == [-4, -4, 1, 1, 1, 5]


def test_a_result_is_lazy_and_can_be_pickled() -> None:
    result = chiral_sets(12, 32)
    assert next(iter(result)).is_canonical
    assert result.first(3).stopped_by == "limit"
    small = chiral_sets(6, 12)
    assert list(pickle.loads(pickle.dumps(small))) == list(small)


@pytest.mark.parametrize(
    ("charges", "message"),
    [
        ([1, 2, 3], "must have sum z = 0, and it is 6"),
        ([1, 2, -3], "must have sum z\\^3 = 0, and it is -18"),
        ([1, -1, 0], "must have no vector-like pair, and 1 and -1 are one"),
        ([0, 0], "must be different from zero, one at least"),
        ([], "must be different from zero, one at least"),
    ],
)
def test_what_is_no_chiral_set(charges: list[int], message: str) -> None:
    with pytest.raises(NotASolutionError, match=f"Argument 'charges' {message}"):
        ChiralSet(charges)


def test_wrong_types_of_charges() -> None:
    with pytest.raises(ArgumentTypeError, match="must be a sequence of integers, not '5, 1'"):
        ChiralSet("5, 1")  # type: ignore[arg-type]
    with pytest.raises(InexactNumberError, match=r"'charges\[0\]' must be exact"):
        ChiralSet([5.0, -4, -4, 1, 1, 1])  # type: ignore[list-item]
    with pytest.raises(ArgumentError, match=r"'charges\[1\]' must be an integer, not '1/2'"):
        ChiralSet([1, "1/2"])  # type: ignore[list-item]


# --- bad input and resources ----------------------------------------------------------------------------


@pytest.mark.parametrize("function", [chiral_sets, count_chiral_sets])
def test_bad_input(function: object) -> None:
    call = function
    assert callable(call)
    with pytest.raises(ArgumentError, match=r"Argument 'n' must be an integer of at least 5 .*, not 4"):
        call(4, 10)
    with pytest.raises(ArgumentError, match="Argument 'bound' must be an integer of at least 1, not 0"):
        call(6, 0)
    with pytest.raises(InexactNumberError, match="Argument 'bound' must be exact"):
        call(6, 10.0)
    with pytest.raises(ArgumentTypeError, match="Argument 'zeros' must be True or False, not 1"):
        call(6, 10, zeros=1)
    with pytest.raises(ArgumentError, match="Argument 'memory' must be an integer of at least 1, not 0"):
        call(6, 10, memory=0)
    with pytest.raises(ArgumentError, match=r"'memory' must be at least [0-9]+ MiB for this search, not 10"):
        call(12, 100, memory=10)
    with pytest.raises(
        ArgumentError, match=r"'memory' must be at least [0-9]+ MiB for this search, not 1024"
    ):
        call(40, 10**5)


def test_the_memory_that_is_asked_for_is_enough() -> None:
    needed = needed_bytes(12, 100, machine=True)
    require_memory(12, 100, -(-needed >> 20), machine=True)
    with pytest.raises(ArgumentError, match="must be at least"):
        require_memory(12, 100, (needed >> 20) - 1, machine=True)


def test_large_integers_are_left_to_python() -> None:
    assert fits_machine(12, 32)
    assert not fits_machine(5, 10**6)
    assert kernels_for(5, 10**6) is None


def test_a_small_search_needs_no_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "anomalies.diophantine.chiral.kernels", None)
    monkeypatch.delattr("anomalies.diophantine.chiral.kernels", raising=False)
    assert chiral_sets(7, 20).count() == REFERENCE["counts"]["7"]["20"]
    with pytest.raises(MissingToolError, match=r"need numba: pip install 'gauge-anomalies\[search\]'"):
        count_chiral_sets(12, 32)


# --- the command ----------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = sets_command.main(list(arguments), standalone_mode=False)
    return int(status), capsys.readouterr().out


def test_command_lists_and_counts(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(capsys, "6", "12")
    assert status == 0
    assert out.splitlines()[:-1] == [str(entry) for entry in chiral_sets(6, 12)]
    assert out.splitlines()[-1].startswith("6 sets; search = chiral sets, charges = 6, bound = 12")
    assert run(capsys, "6", "20", "--count") == (0, "38\n")
    assert run(capsys, "6", "2", "--count") == (1, "0\n")
    assert run(capsys, "6", "2")[0] == 1
    zeros = count_chiral_sets(7, 14, zeros=True, common_factors=True)
    assert run(capsys, "7", "14", "--count", "--zeros", "--common-factors") == (0, f"{zeros}\n")


def test_command_with_json_and_limit(capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(run(capsys, "6", "12", "--json")[1])
    assert report["count"] == 6
    assert report["exhaustive"] is True
    limited = json.loads(run(capsys, "6", "12", "--limit", "2", "--json")[1])
    assert limited["solutions"] == report["solutions"][:2]
    assert limited["stopped_by"] == "limit"
    counted = json.loads(run(capsys, "6", "12", "--count", "--json")[1])
    assert counted == {"domain": report["domain"], "exhaustive": True, "count": 6}
    assert "not exhaustive, stopped by limit" in run(capsys, "6", "12", "--limit", "0")[1]


def test_command_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ArgumentError, match="'--count' must be given without '--limit' and '--out'"):
        run(capsys, "6", "12", "--count", "--limit", "3")
    with pytest.raises(ArgumentError, match="Argument 'N' must be an integer of at least 5, not '4'"):
        run(capsys, "4", "12")
    with pytest.raises(ArgumentError, match=r"'memory' must be at least [0-9]+ MiB"):
        run(capsys, "14", "200", "--memory", "5")
