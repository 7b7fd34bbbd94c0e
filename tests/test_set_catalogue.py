"""Catalogues of chiral sets: the same sets on disk, verified, and predicates that mean the same in SQL."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sympy import latex

from anomalies.atlas.build import Progress
from anomalies.atlas.manifest import Part
from anomalies.atlas.part_files import write_part
from anomalies.atlas.set_catalogue import SetCatalogue, build_set_catalogue, open_set_catalogue
from anomalies.atlas.set_verification import verify_set_catalogue
from anomalies.cli import run
from anomalies.cli.sets import sets as sets_command
from anomalies.diophantine.chiral import (
    Predicate,
    chiral_sets,
    count_chiral_sets,
    gives_dirac_neutrinos,
    has_divisible,
    has_mass_term,
    has_pattern,
    has_stable_sectors,
    has_triplet,
    leaves_massless,
    scalar_charges,
    some_scalar_leaves,
)
from anomalies.errors import ArgumentError, ArgumentTypeError

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("duckdb")
pytest.importorskip("numba")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> SetCatalogue:
    return build_set_catalogue(9, 16, tmp_path_factory.mktemp("sets") / "nine", zeros=True)


def test_round_trip(catalogue: SetCatalogue) -> None:
    again = open_set_catalogue(catalogue.directory)
    assert again == catalogue
    assert list(again) == list(chiral_sets(9, 16, zeros=True))
    assert again.count() == count_chiral_sets(9, 16, zeros=True) > 500
    assert "charges = 9, bound = 16, zeros = any number" in str(again)
    assert "bound" in latex(again)
    schema = parquet.read_schema(catalogue.directory / "part-00000.parquet")
    assert schema.names == [f"z{i}" for i in range(1, 10)]
    assert set(schema.types) == {pyarrow.int8()}


@pytest.mark.parametrize(
    ("n", "bound", "options"),
    [(5, 3, {}), (5, 20, {"common_factors": True}), (6, 12, {"zeros": True}), (5, 200, {}), (7, 32, {})],
)
def test_verification_holds(n: int, bound: int, options: dict[str, Any], tmp_path: Path) -> None:
    built = build_set_catalogue(n, bound, tmp_path / "c", **options)
    outcome = verify_set_catalogue(tmp_path / "c")
    assert outcome.holds, str(outcome)
    assert list(built) == list(chiral_sets(n, bound, **options))


def test_files_depend_on_the_question_only(catalogue: SetCatalogue, tmp_path: Path) -> None:
    other = build_set_catalogue(9, 16, tmp_path / "again", zeros=True)
    names = sorted(path.name for path in catalogue.directory.iterdir())
    assert (
        names
        == sorted(path.name for path in other.directory.iterdir())
        == ["manifest.json", "part-00000.parquet"]
    )
    for name in names:
        assert (catalogue.directory / name).read_bytes() == (other.directory / name).read_bytes()


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anomalies.atlas.set_catalogue._ROWS_PER_PART", 100)


@pytest.mark.usefixtures("small_parts")
def test_many_parts(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    built = build_set_catalogue(8, 20, tmp_path / "parts", progress=lambda *work: seen.append(work))
    sizes = [part.rows for part in built.manifest.parts]
    assert sum(sizes) == count_chiral_sets(8, 20) == 624
    assert max(sizes) <= 100
    assert all(one + following > 50 for one, following in pairwise(sizes))
    assert [total for _, total in seen] == [seen[-1][0]] * len(sizes)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert list(built) == list(chiral_sets(8, 20))
    assert verify_set_catalogue(tmp_path / "parts").holds


@pytest.mark.usefixtures("small_parts")
def test_both_engines_make_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_set_catalogue(8, 14, tmp_path / "machine", zeros=True)
    monkeypatch.setattr("anomalies.diophantine.chiral.enumeration.kernels_for", lambda *_: None)
    build_set_catalogue(8, 14, tmp_path / "python", zeros=True)
    assert contents(tmp_path / "machine") == contents(tmp_path / "python")
    assert len(contents(tmp_path / "python")) > 2


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# --- predicates -----------------------------------------------------------------------------------------

PREDICATES = [
    has_pattern((3, 2, 2, 1, 1)),
    has_pattern((1,) * 9),
    has_pattern((3, 2)),
    has_triplet(),
    has_triplet(1),
    has_divisible(3, 4),
    has_divisible(7, 0),
    has_mass_term(5),
    leaves_massless(5, 2),
    leaves_massless(6),
    some_scalar_leaves(0),
    some_scalar_leaves(3),
    some_scalar_leaves(1) & has_triplet(),
    ~some_scalar_leaves(2),
    some_scalar_leaves(9),
    gives_dirac_neutrinos(4),
    gives_dirac_neutrinos("3/2", 1),
    gives_dirac_neutrinos(3, 2, largest_delta=2, copies=3),
    has_stable_sectors(6),
    has_stable_sectors(12),
    has_stable_sectors(4, 1),
    has_stable_sectors(30, 3),
    has_triplet() & ~has_mass_term(5),
    ~leaves_massless(5, 4) | has_divisible(2, 6),
    ~(has_pattern((2, 2, 2, 1, 1, 1)) | has_triplet()),
]


@pytest.mark.parametrize("predicate", PREDICATES, ids=str)
def test_sql_means_the_same(predicate: Predicate, catalogue: SetCatalogue) -> None:
    expected = [entry for entry in catalogue if predicate(entry)]
    assert list(catalogue.query(predicate)) == expected
    assert catalogue.count(predicate) == len(expected)
    if predicate.exact:
        assert catalogue.count(~predicate) == catalogue.count() - len(expected)


def test_most_predicates_divide_the_catalogue(catalogue: SetCatalogue) -> None:
    numbers = [catalogue.count(predicate) for predicate in PREDICATES]
    assert sum(0 < number < catalogue.count() for number in numbers) >= len(numbers) - 5


@pytest.mark.parametrize("most", [0, 1, 2, 3, 5, 9])
def test_the_condition_in_sql_for_some_scalar_is_necessary(most: int, catalogue: SetCatalogue) -> None:
    """It loses no set, and keeps exactly those in which some scalar leaves so few states without partner."""
    kept = {tuple(entry) for entry in catalogue.query(replace(some_scalar_leaves(most), exact=True))}
    expected = {
        tuple(entry)
        for entry in catalogue
        if any(
            sum(v != 0 and all(abs(v + w) != s for w in entry) for v in entry) <= most
            for s in scalar_charges(entry)
        )
    }
    assert kept == expected
    assert kept >= {tuple(entry) for entry in catalogue if some_scalar_leaves(most)(entry)}
    assert 0 < len(kept) < catalogue.count() or most not in (1, 2, 3)


def test_a_query_says_what_was_asked(catalogue: SetCatalogue) -> None:
    result = catalogue.query(has_mass_term(5))
    assert result.exhaustive
    assert result.domain["predicate"] == "mass_term(5)"
    with pytest.raises(ArgumentTypeError, match="Argument 'predicate' must be a Predicate, not 'z1 > 0'"):
        catalogue.query("z1 > 0")  # type: ignore[arg-type]


# --- damage ---------------------------------------------------------------------------------------------


def tampered(directory: Path, rows: list[list[int]]) -> set[str]:
    """Write other rows with a right checksum, and return the names of the checks that fail."""
    built = build_set_catalogue(6, 12, directory)
    names = built.manifest.columns
    table = pyarrow.table(
        {name: pyarrow.array([row[i] for row in rows], pyarrow.int8()) for i, name in enumerate(names)}
    )
    path = directory / "part-00000.parquet"
    parquet.write_table(table, path)
    data = json.loads((directory / "manifest.json").read_text())
    from anomalies.atlas.manifest import sha256_of_file

    data["rows"] = len(rows)
    data["files"] = [
        {
            "name": path.name,
            "rows": len(rows),
            "bytes": path.stat().st_size,
            "sha256": sha256_of_file(path),
        }
    ]
    (directory / "manifest.json").write_text(json.dumps(data))
    return {check.name for check in verify_set_catalogue(directory).checks if not check.holds}


GOOD = [entry.as_json() for entry in chiral_sets(6, 12)]


@pytest.mark.parametrize(
    ("row", "broken"),
    [
        (GOOD[1], "no row twice"),
        ([-8, -8, 2, 2, 2, 10], "canonical form"),
        ([-5, -1, -1, -1, 4, 4], "canonical form"),
        ([-4, -4, 1, 1, 5, 1], "canonical form"),
        ([-4, -4, 1, 1, 1, 6], "sum z = 0"),
        ([-3, -1, 1, 1, 1, 1], "sum z^3 = 0"),
        ([-3, -2, -1, 1, 2, 3], "no vector-like pair"),
        ([-9, -7, 0, 2, 4, 10], "zeros as asked for"),
        ([0] * 6, "zeros as asked for"),
        ([-128, 1, 1, 2, 3, 4], "bound"),
        ([-16, -13, 1, 1, 12, 15], "bound"),
    ],
)
def test_every_wrong_row_is_found(row: list[int], broken: str, tmp_path: Path) -> None:
    assert broken in tampered(tmp_path / "c", [row, *GOOD[1:]])


def test_a_missing_row_is_found_and_the_right_rows_pass(tmp_path: Path) -> None:
    assert tampered(tmp_path / "right", GOOD) == set()
    assert tampered(tmp_path / "short", GOOD[1:]) == {"as many as are counted"}
    assert "as many as are counted" in tampered(tmp_path / "empty", [])


def test_damaged_files_and_manifests(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    build_set_catalogue(6, 12, folder)
    part, manifest = folder / "part-00000.parquet", folder / "manifest.json"
    whole, text = part.read_bytes(), manifest.read_text()
    part.write_bytes(whole[:-1] + b"x")
    outcome = verify_set_catalogue(folder)
    assert not outcome.holds
    assert len(outcome.checks) == 1
    part.unlink()
    assert not verify_set_catalogue(folder).holds
    manifest.write_text(text.replace("part-00000", "../part-00000"))
    with pytest.raises(ArgumentError, match="is damaged: its entries contradict each other"):
        open_set_catalogue(folder)
    manifest.write_text(text.replace('"bound": 12', '"bound": "x"'))
    with pytest.raises(ArgumentError, match="is damaged: ArgumentError"):
        open_set_catalogue(folder)
    manifest.write_text("{")
    with pytest.raises(ArgumentError, match="is damaged: it is no JSON"):
        open_set_catalogue(folder)
    manifest.write_text("{}")
    with pytest.raises(
        ArgumentError, match="must be a catalogue of the form 'gauge-anomalies chiral sets 1'"
    ):
        open_set_catalogue(folder)


def test_what_a_directory_may_hold(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    built = build_set_catalogue(6, 12, folder)
    assert build_set_catalogue(6, 12, folder) == built
    with pytest.raises(ArgumentError, match="holds another catalogue"):
        build_set_catalogue(6, 13, folder)
    (folder / "manifest.json").rename(folder / "building.json")
    with pytest.raises(ArgumentError, match="holds the beginnings of another catalogue"):
        build_set_catalogue(6, 12, folder)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("")
    with pytest.raises(ArgumentError, match="holds files that belong to no catalogue"):
        build_set_catalogue(6, 12, tmp_path / "other")
    with pytest.raises(ArgumentError, match=r"must be a finished catalogue with a manifest\.json"):
        open_set_catalogue(tmp_path / "nothing")
    with pytest.raises(ArgumentError, match="Argument 'n' must be an integer of at least 5"):
        build_set_catalogue(4, 12, tmp_path / "four")
    assert not (tmp_path / "four").exists()


# --- interrupted ----------------------------------------------------------------------------------------


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the parts that are written, as they are."""
    numbers: list[int] = []

    def recorded(folder: Path, index: int, rows: int, data: bytes, **facts: int) -> Part:
        numbers.append(index)
        return write_part(folder, index, rows, data, **facts)

    monkeypatch.setattr("anomalies.atlas.set_catalogue.write_part", recorded)
    return numbers


def stop_after(parts: int) -> Progress:
    calls: list[int] = []

    def progress(done: int, total: int) -> None:
        calls.append(done)
        if len(calls) == parts:
            raise KeyboardInterrupt

    return progress


@pytest.mark.usefixtures("small_parts")
def test_an_interrupted_build_is_resumed(tmp_path: Path, made: list[int]) -> None:
    build_set_catalogue(8, 20, tmp_path / "whole")
    number = len(made)
    made.clear()
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            build_set_catalogue(8, 20, tmp_path / "c", progress=stop_after(3))
        with pytest.raises(ArgumentError, match="must be a finished catalogue"):
            open_set_catalogue(tmp_path / "c")
    assert made == [0, 1, 2]
    with pytest.raises(KeyboardInterrupt):
        build_set_catalogue(8, 20, tmp_path / "c", progress=stop_after(5))
    assert made == [0, 1, 2, 3, 4]
    made.clear()
    damaged = tmp_path / "c" / "part-00001.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    (tmp_path / "c" / "part-00003.parquet.json").write_text("{")
    (tmp_path / "c" / "part-00005.parquet.1.tmp").write_bytes(b"half")
    build_set_catalogue(8, 20, tmp_path / "c")
    assert made == [1, 3, *range(5, number)]
    assert contents(tmp_path / "c") == contents(tmp_path / "whole")
    made.clear()
    assert build_set_catalogue(8, 20, tmp_path / "c").count() == 624
    assert made == []


def test_parts_of_another_division_are_made_again(
    tmp_path: Path, made: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part is kept only if it begins where the one before it ends."""
    monkeypatch.setattr("anomalies.atlas.set_catalogue._ROWS_PER_PART", 60)
    with pytest.raises(KeyboardInterrupt):
        build_set_catalogue(8, 20, tmp_path / "c", progress=stop_after(4))
    (tmp_path / "c" / "part-00000.parquet").unlink()
    monkeypatch.setattr("anomalies.atlas.set_catalogue._ROWS_PER_PART", 100)
    made.clear()
    built = build_set_catalogue(8, 20, tmp_path / "c")
    assert made[0] == 0
    assert list(built) == list(chiral_sets(8, 20))
    assert verify_set_catalogue(tmp_path / "c").holds


@pytest.mark.usefixtures("small_parts")
def test_control_c_says_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "c")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("anomalies.cli.progress._ignore", stop_after(2))
        assert run(("sets", "8", "20", "--out", folder)) == 130
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == (
        "",
        f"anomalies: interrupted; the same command resumes {folder} with 2 parts\n",
    )
    assert run(("sets", "8", "20", "--out", folder)) == 0
    assert capsys.readouterr().out.startswith("624 sets, ")
    assert verify_set_catalogue(folder).holds


def test_control_c_in_compiled_code_is_one_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """numba raises SystemError from the KeyboardInterrupt."""

    def interrupted(done: int, total: int) -> None:
        raise SystemError("returned a result with an exception set") from KeyboardInterrupt()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("anomalies.cli.progress._ignore", interrupted)
        assert run(("sets", "8", "20", "--out", str(tmp_path / "c"))) == 130
    assert "the same command resumes" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
def test_a_build_survives_ctrl_c_and_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    code = "from anomalies.cli import main; main()"
    command = [sys.executable, "-c", code, "sets", "12", "34", "--out", str(folder)]
    for stop, status in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
        kept = len(list(folder.glob("part-*.json")))
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            while process.poll() is None and len(list(folder.glob("part-*.json"))) <= kept:
                time.sleep(0.01)
            process.send_signal(stop)
            _, err = process.communicate(timeout=60)
        assert process.returncode == status
        assert ("the same command resumes" in err) == (stop == signal.SIGINT)
        with pytest.raises(ArgumentError, match="a finished catalogue"):
            open_set_catalogue(folder)
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert ran.stdout.startswith(f"{count_chiral_sets(12, 34)} sets")
    assert len(build_set_catalogue(12, 34, tmp_path / "whole").manifest.parts) > 3
    assert contents(folder) == contents(tmp_path / "whole")


# --- the command ----------------------------------------------------------------------------------------


def test_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = str(tmp_path / "c")
    assert sets_command.main(["7", "20", "--out", folder], standalone_mode=False) == 0
    assert capsys.readouterr().out.startswith("140 sets, ")
    assert sets_command.main(["7", "20", "--out", folder, "--json"], standalone_mode=False) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 140
    assert open_set_catalogue(folder).count() == 140
