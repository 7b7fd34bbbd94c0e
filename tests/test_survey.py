"""The survey of small lepton charges: every class once, the smallest sectors, the table in a file."""

from __future__ import annotations

import csv
import importlib
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product
from math import gcd, isqrt
from pathlib import Path

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anomalies.diophantine import (
    BRANCHES,
    NONTRIVIAL_SENSES,
    DarkSector,
    DarkSectors,
    dark_sectors,
    is_nontrivial,
    pari_is_installed,
    sectors_with_denominator,
)
from anomalies.diophantine.processes import available_processors, completed
from anomalies.diophantine.smallest import STANDINGS, SmallestSector, smallest_sector
from anomalies.diophantine.survey import Survey, lepton_charges_up_to, representative, survey
from anomalies.diophantine.survey_table import COLUMNS, read_survey, write_survey
from anomalies.errors import (
    AnomaliesError,
    ArgumentError,
    InexactNumberError,
    MissingToolError,
    UnknownNameError,
)

# The package may have a function of the same name.
survey_module = importlib.import_module("anomalies.diophantine.survey")

needs_pari = pytest.mark.skipif(not pari_is_installed(), reason="needs cypari, the extra 'curves'")

charges = st.fractions(min_value=-6, max_value=6, max_denominator=5)
triples = st.tuples(charges, charges, charges)


@pytest.fixture(scope="module")
def small() -> Survey:
    return survey(5, processes=1)


@pytest.fixture(scope="module")
def core() -> Survey:
    return survey(5, rank="descent", processes=1, max_denominator=20)


# ---------------------------------------------------------------- the classes


def _orbit(a: tuple[int, ...]) -> set[tuple[int, ...]]:
    return {tuple(sign * x for x in order) for order in permutations(a) for sign in (1, -1)}


@pytest.mark.parametrize("bound", range(5))
def test_every_primitive_triple_is_in_exactly_one_class(bound: int) -> None:
    hits: Counter[tuple[int, ...]] = Counter()
    for a in lepton_charges_up_to(bound):
        hits.update(_orbit(a))
    assert set(hits) == {a for a in product(range(-bound, bound + 1), repeat=3) if gcd(*a) == 1}
    assert set(hits.values()) <= {1}


def test_rows_count_the_triples_of_their_class(small: Survey) -> None:
    assert [row.triples for row in small.rows] == [len(_orbit(row.a)) for row in small.rows]
    assert small.triples == sum(gcd(*a) == 1 for a in product(range(-5, 6), repeat=3))


def test_a_smaller_survey_is_a_beginning_of_a_larger_one(small: Survey) -> None:
    assert survey(3, processes=1).rows == small.rows[: len(list(lepton_charges_up_to(3)))]
    assert survey(0).rows == ()


@given(triples, st.permutations(range(3)), charges)
def test_the_representative_is_the_same_all_over_the_class(
    a: tuple[Fraction, ...], order: list[int], factor: Fraction
) -> None:
    assume(factor != 0)
    chosen = representative(a)
    assert representative([factor * a[place] for place in order]) == chosen == representative(chosen)
    if any(a):
        assert gcd(*chosen) == 1
        assert chosen == max(_orbit(chosen))


# ---------------------------------------------------------------- rows against direct calls


def test_rows_agree_with_direct_calls(small: Survey) -> None:
    seen: Counter[tuple[str, tuple[int, ...], str]] = Counter()
    for row in small.rows:
        found = dark_sectors(row.a)
        assert (row.branch, row.status, row.rank) == (found.branch, found.status, found.rank_bounds), row.a
        assert row.torsion == (() if found.torsion is None else found.torsion.invariants)
        assert [DarkSector(row.a, n) for n in row.generators] == [point.sector for point in found.generators]
        assert row.remark == ""
        seen[row.branch, row.torsion, str(row.rank)] += 1
    assert {branch for branch, _, _ in seen} == {"vector-like", "nodal", "torsion", "elliptic"}
    table = small.frequencies()
    assert table.header[:4] == ("branch", "torsion", "rank", "classes")
    counted = {
        (row[0], row[1].replace("–", ""), str(row[2]).replace("–", "None")): row[3] for row in table.rows
    }
    assert counted == {(b, " x ".join(f"Z/{n}" for n in t), r): count for (b, t, r), count in seen.items()}
    assert sum(row[4] for row in table.rows) == small.triples
    assert [row[0] for row in table.rows] == sorted((row[0] for row in table.rows), key=list(BRANCHES).index)


def test_branch_and_status_do_not_depend_on_the_representative(core: Survey) -> None:
    for row in core.rows[::7]:
        for a in sorted(_orbit(row.a)):
            found = dark_sectors([Fraction(x, 3) for x in a], rank="descent")
            assert core.row_of(found.a) == row
            assert (found.branch, found.status, found.rank_bounds) == (row.branch, row.status, row.rank)


def _height_and_charges(sector: DarkSector) -> tuple[int, tuple[Fraction, ...]]:
    return sector.height, sector.n


def test_the_smallest_sector_agrees_with_an_independent_search(small: Survey) -> None:
    standings: Counter[str] = Counter()
    for row in small.rows:
        if row.branch == "vector-like":
            continue
        searched = list(sectors_with_denominator(row.a, 60))
        for sense, stated in (("permutation", row.smallest), ("chiral", row.chiral)):
            candidates = [sector for sector in searched if is_nontrivial(sector, sense)]
            best = min(candidates, key=_height_and_charges, default=None)
            if best is not None and best.height <= 60 * max(map(abs, row.a)):
                assert stated == SmallestSector(best, "smallest")
            elif stated.sector is not None:
                assert stated.sector.height > 60 * max(map(abs, row.a))
            else:
                assert stated.standing == "none"
                assert candidates == []
            standings[stated.standing] += 1
    assert standings["smallest"] > 50
    assert standings["none"] > 20


@needs_pari
def test_the_standings_with_and_without_the_rank(small: Survey, core: Survey) -> None:
    better = 0
    for full, without in zip(small.rows, core.rows, strict=True):
        assert full.a == without.a
        for one, other in ((full.smallest, without.smallest), (full.chiral, without.chiral)):
            if other.standing in {"smallest", "none"}:
                assert one == other
            elif other.sector is not None:
                assert one.sector is not None
                assert _height_and_charges(one.sector) <= _height_and_charges(other.sector)
            better += one.standing != other.standing
    assert better > 0
    stated = {found.standing for row in core.rows for found in (row.smallest, row.chiral)}
    assert stated == set(STANDINGS)


def test_vector_like_charges_have_a_smallest_sector_of_their_own_and_no_chiral_one(small: Survey) -> None:
    rows = [row for row in small.rows if row.branch == "vector-like"]
    assert rows
    for row in rows:
        assert row.chiral == SmallestSector(None, "none")
        top = max(row.a)
        # Dark charges (sum a, c, -c) with c in a grid that holds all of the same height as a.
        grid = {Fraction(x, d) for d in (1, 2) for x in range(2 * top + 1)}
        sectors = [DarkSector(row.a, [sum(row.a), c, -c]) for c in grid]
        expected = min((s for s in sectors if is_nontrivial(s, "permutation")), key=_height_and_charges)
        assert row.smallest == SmallestSector(expected, "smallest")


@pytest.mark.parametrize("sense", NONTRIVIAL_SENSES)
def test_a_zero_charge_or_a_pair_forbids_what_it_forbids(sense: str) -> None:
    with_zero = smallest_sector(dark_sectors([3, 1, 0], rank="descent"), sense)
    assert (with_zero.standing == "none") == (sense == "chiral")
    pair = smallest_sector(dark_sectors([3, -3, 5], rank="descent"), sense)
    assert (pair.standing == "none") == (sense != "permutation")


@settings(max_examples=25, deadline=None)
@given(triples)
def test_the_smallest_sector_of_any_rational_charges(a: tuple[Fraction, ...]) -> None:
    found = dark_sectors(a, rank="descent")
    stated = smallest_sector(found, max_denominator=12)
    if stated.sector is not None:
        assert stated.sector in found
        assert is_nontrivial(stated.sector, "permutation")
    if found.curve is not None:
        below = [
            sector
            for sector in sectors_with_denominator(a, 12)
            if is_nontrivial(sector, "permutation")
            and (stated.sector is None or _height_and_charges(sector) < _height_and_charges(stated.sector))
        ]
        assert below == []


def test_a_finite_list_decides_and_an_undecided_one_does_not() -> None:
    # Charges whose torsion Z/12 holds a second sector, charges of rank 0 without one, and charges of rank 0
    # for which the descent alone leaves rank 2 possible.
    found = smallest_sector(dark_sectors([-2, 34, -38], rank="descent"))
    assert found == SmallestSector(DarkSector([-2, 34, -38], [-26, 10, 10]), "smallest")
    assert smallest_sector(dark_sectors([2, 1, 1], rank="descent")).standing == "none"
    assert smallest_sector(dark_sectors([3, 3, 2], rank="descent")).standing == "unknown"
    if pari_is_installed():
        assert smallest_sector(dark_sectors([3, 3, 2])).standing == "none"


# ---------------------------------------------------------------- processes, progress, interruption


def test_the_outcome_does_not_depend_on_the_number_of_processes(core: Survey) -> None:
    calls: list[tuple[int, int]] = []
    found = survey(
        5, rank="descent", processes=2, max_denominator=20, progress=lambda *call: calls.append(call)
    )
    assert found == core
    total = len(core.rows)
    assert calls[0] == (0, total)
    assert calls[-1] == (total, total)
    assert calls == sorted(calls)
    assert len(calls) > 3


def test_a_callback_that_raises_ends_the_survey() -> None:
    def full(done: int, total: int) -> None:
        if done:
            raise OSError("no room")

    for processes in (1, 2):
        with pytest.raises(OSError, match="no room"):
            survey(4, rank="descent", processes=processes, progress=full)


def test_errors_come_back_from_processes() -> None:
    assert available_processors() >= 1
    with pytest.raises(ValueError, match="nonnegative"):
        list(completed(isqrt, [81, 64, 49, 36, -1], 2))


def test_a_process_that_dies_is_noticed() -> None:
    with pytest.raises(AnomaliesError, match="A process ended without an answer"):
        list(completed(os._exit, [3, 3], 2))


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
@pytest.mark.parametrize("group", [True, False])
def test_ctrl_c_ends_everything_at_once_and_quietly(tmp_path: Path, group: bool) -> None:
    """As from a terminal, where every process gets the signal, and sent to the first one only."""
    script = tmp_path / "script.py"
    script.write_text("""
import multiprocessing, sys
from pathlib import Path
from anomalies.diophantine.survey import survey
from anomalies.diophantine.survey_table import write_survey

def progress(done, total):
    if done:
        print(*[child.pid for child in multiprocessing.active_children()], flush=True)

if __name__ == "__main__":
    try:
        write_survey(survey(60, processes=2, progress=progress), sys.argv[1])
    except KeyboardInterrupt:
        print("interrupted", multiprocessing.active_children())
""")
    command = [sys.executable, str(script), str(tmp_path / "table.csv")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        assert run.stdout is not None
        workers = [int(pid) for pid in run.stdout.readline().split()]
        (os.killpg if group else os.kill)(run.pid, signal.SIGINT)
        started = time.monotonic()
        shown, errors = run.communicate(timeout=20)
    assert time.monotonic() - started < 10
    assert len(workers) == 2
    assert shown.splitlines()[-1] == "interrupted []"
    assert errors == ""
    assert list(tmp_path.iterdir()) == [script]
    for pid in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@needs_pari
def test_a_curve_on_which_pari_gives_up_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    decide = dark_sectors

    def sometimes(a: tuple[int, ...], *, rank: str, time_limit: Fraction | None = None) -> DarkSectors:
        if a == (3, 3, 2) and rank != "descent":
            raise AnomaliesError("PARI could not compute the rank: it would not.")
        return decide(a, rank=rank, time_limit=time_limit)

    monkeypatch.setattr(survey_module, "dark_sectors", sometimes)
    row = survey(3, processes=1).row_of([3, 3, 2])
    assert row.remark == "PARI could not compute the rank: it would not."
    assert (row.status, row.smallest.standing) == ("undecided", "unknown")
    assert row.rank == dark_sectors([3, 3, 2], rank="descent").rank


@needs_pari
def test_a_time_limit_that_is_over_is_named() -> None:
    hopeless = (10**30 + 7, 10**29 + 9, 3 * 10**28)
    found, remark = survey_module._decided(hopeless, "auto", Fraction(1, 2))
    assert found.status == "infinite"
    assert "PARI was stopped by the time limit" in remark
    assert survey_module._decided((3, 2, 1), "auto", Fraction(60))[1] == ""
    assert survey_module._decided((3, 3, 2), "descent", None)[1] == ""


# ---------------------------------------------------------------- the table in a file


def test_a_survey_comes_back_from_its_file(small: Survey, core: Survey, tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    for found in (small, core, survey(0), small):
        write_survey(found, path)
        assert read_survey(path) == found
    again = tmp_path / "again.csv"
    write_survey(read_survey(path), again)
    assert again.read_bytes() == path.read_bytes()
    assert sorted(tmp_path.iterdir()) == [again, path]


def test_the_file_is_a_plain_table(small: Survey, tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    write_survey(small, path)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(small.rows)
    for line, row in zip(rows, small.rows, strict=True):
        a = [int(line[f"a_{k}"]) for k in (1, 2, 3)]
        assert tuple(a) == row.a
        if line["smallest"]:
            assert DarkSector(a, line["smallest"].split()) == row.smallest.sector
        assert "#" not in "".join(line.values())


def test_the_file_keeps_its_remarks(core: Survey, tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    for remark in ('stopped, by "the" limit', "# 3; and\nmore", ""):
        found = replace(core, rows=(replace(core.rows[0], remark=remark), *core.rows[1:]))
        write_survey(found, path)
        assert read_survey(path) == found


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    core: Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "survey.csv"
    write_survey(core, path)
    before = path.read_bytes()
    monkeypatch.setattr(Survey, "description", lambda self: "\ud800")
    with pytest.raises(UnicodeEncodeError):
        write_survey(core, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileNotFoundError):
        write_survey(core, tmp_path / "no" / "survey.csv")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# bound = 5, ", "# ", r"line 3: the parameters are missing"),
        ("a_1,a_2", "a_1,b_2", r"line 4: The columns must be a_1"),
        ("\n1,1,1,", "\n1,1,2,", r"line 5: Argument 'n' must be dark charges with the sum"),
        ("\n1,1,0,6,", "\n1,1,0,7,", r"line 6: Argument 'triples' must be '6', not '7'"),
        (
            "\n1,1,0,6,torsion,",
            "\n1,1,0,6,tension,",
            r"line 6: Argument 'branch' must be one of elementary",
        ),
        (",finite,6,", ",finite,06,", r"line 6: Argument 'torsion' must be '6', not '06'"),
        (",6,0,0,", ",6,7,0,", r"line 6: Argument 'rank_lower' must be '0', not '7'"),
        (",smallest,5,", ",smallest,6,", r"Argument 'smallest_height' must be '5', not '6'"),
        (",smallest,5,", ",small,5,", r"Argument 'standing' must be 'smallest' or 'known', not 'small'"),
        ("\n1,1,0,6,torsion", "\n1,1,0,6", r"line 6: A line must have 18 cells, not 17"),
        ("\n1,1,0,", "\n1,1,0.5,", r"line 6: Argument 'a_3' must be an integer"),
        ("\n1,1,0,", '\n1,"1"1,0,', r"line 6: ',' expected after '\"'"),
        (",-5 4 4,", ",0 0 0 -5 4 4,", r"line 5: Argument 'n' must be three charges"),
    ],
)
def test_a_damaged_file_is_refused(core: Survey, tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "survey.csv"
    write_survey(core, path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(
        ArgumentError, match="Argument 'path' must be a file as write_survey writes it, .*" + message
    ):
        read_survey(path)


def test_a_file_that_lacks_lines_is_refused(core: Survey, tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    write_survey(core, path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for kept in (
        lines[:-1],
        lines[:-2] + lines[-1:],
        lines[:4],
        lines[:3],
        lines[:1],
        [],
        [*lines, lines[-1]],
    ):
        path.write_text("".join(kept), encoding="utf-8")
        with pytest.raises(ArgumentError, match="must be a file as write_survey writes it"):
            read_survey(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ArgumentError, match="it is not text"):
        read_survey(path)


# ---------------------------------------------------------------- the result object, and bad input


def test_surveys_print_pickle_and_compare(small: Survey, core: Survey) -> None:
    assert pickle.loads(pickle.dumps(small)) == small != core
    assert len({small, core, small}) == 2
    assert str(small).startswith(small.description())
    assert small.frequencies().text() in str(small)
    assert sympy.latex(small) == sympy.latex(small.frequencies())
    assert sympy.pretty(small) != ""
    shown = small.as_json()
    assert json.loads(json.dumps(shown)) == shown
    assert shown["classes"] == len(shown["rows"]) == len(small.rows)
    assert sympy.latex([small.rows[0].smallest]).count("smallest") == 1
    assert str(small.rows[0].smallest) == "(1, 1, 1; -5, 4, 4), smallest"


def test_rows_are_found_by_any_charges_of_their_class(small: Survey) -> None:
    assert small.row_of(["-5/7", "4/7", "4/7"]).a == (5, -4, -4)
    with pytest.raises(ArgumentError, match="proportional to non-zero integer charges of size at most 5"):
        small.row_of([7, 1, 0])
    with pytest.raises(ArgumentError, match="proportional to non-zero"):
        small.row_of([0, 0, 0])


def test_bad_input(core: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ArgumentError, match="Argument 'bound' must be an integer of at least 0, not -1"):
        survey(-1)
    with pytest.raises(InexactNumberError, match=r"Argument 'bound' must be exact, not 2.5"):
        survey(2.5)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="Argument 'processes' must be an integer of at least 1, not 0"):
        survey(2, processes=0)
    with pytest.raises(ArgumentError, match="Argument 'max_denominator' must be an integer of at least 1"):
        survey(2, max_denominator=0)
    with pytest.raises(
        UnknownNameError, match="Argument 'rank' must be 'auto', 'pari' or 'descent', not 'gp'"
    ):
        survey(2, rank="gp")
    with pytest.raises(
        UnknownNameError, match="Argument 'sense' must be 'permutation', 'disjoint' or 'chiral'"
    ):
        smallest_sector(dark_sectors([3, 2, 1], rank="descent"), "new")
    with pytest.raises(
        ArgumentError, match="Argument 'found' must be the dark sectors with three dark states"
    ):
        smallest_sector(dark_sectors([3, 2, 1], 4))
    with pytest.raises(
        ArgumentError, match="Argument 'standing' must be 'none' or 'unknown', not 'smallest'"
    ):
        SmallestSector(None, "smallest")
    with pytest.raises(ArgumentError, match="Argument 'rows' must be one row for each class"):
        Survey(5, 20, core.rows[1:])
    with pytest.raises(ArgumentError, match="Argument 'a' must have 3 entries, not 2"):
        representative([1, 2])
    monkeypatch.setitem(sys.modules, "cypari", None)
    with pytest.raises(MissingToolError, match="needs cypari"):
        survey(2, rank="pari", processes=1)
