"""Catalogues on disk: complete, the same bytes however they are built, resumed, verified, never half."""

from __future__ import annotations

import errno
import json
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sympy import latex, pretty

pytest.importorskip("numba")
pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from anomalies import field_content, standard_model
from anomalies.atlas import build as building
from anomalies.atlas import build_catalogue, count_table, open_catalogue, verify_catalogue
from anomalies.atlas import manifest as manifests
from anomalies.atlas import plan as planning
from anomalies.atlas.content_files import anomalous_fields, content_from_data
from anomalies.atlas.part_files import write_part
from anomalies.cli import run
from anomalies.diophantine.powersums.exact_engine import solutions
from anomalies.diophantine.powersums.system import power_sum_system
from anomalies.errors import ArgumentError, MissingToolError
from anomalies.solutions import Solution

pyarrow = import_module("pyarrow")
parquet = import_module("pyarrow.parquet")

REFERENCE = json.loads(
    (Path(__file__).parent / "reference" / "atlas_counts.json").read_text(encoding="utf-8")
)
COUNTS: dict[str, dict[str, int]] = REFERENCE["counts"]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "ROWS_PER_PART", 100)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(("atlas", *arguments))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


# ---------------------------------------------------------------- complete and exact


@pytest.mark.parametrize(("name", "bound"), [("sm", 1), ("sm", 2), ("sm", 3), ("sm+3nu", 1), ("sm+3nu", 2)])
def test_numbers_of_the_published_atlas(name: str, bound: int, tmp_path: Path) -> None:
    catalogue = build_catalogue(field_content(name), bound, tmp_path / "atlas")
    assert catalogue.count() == COUNTS[name][str(bound)]
    assert verify_catalogue(tmp_path / "atlas").holds


@pytest.mark.parametrize("equalities", [(), ("q1 = q2",), ("l2 = e2", "e1 = 0"), ("l1 = l2 = l3", "nu3 = 0")])
def test_rows_are_all_representatives_of_the_exact_engine(
    equalities: tuple[str, ...], tmp_path: Path
) -> None:
    """The exact engine, and orbits made by hand, against the catalogue."""
    content = anomalous_fields(standard_model())
    catalogue = build_catalogue(content, 2, tmp_path / "atlas", equalities=equalities)
    system = power_sum_system(content, bound=2, equalities=equalities)
    everything = set(solutions(system))
    found = list(catalogue.query().rows())
    orbits = set()
    for row in found:
        negative, start = [], 0
        for entry in system.classes:
            negative += [-x for x in reversed(row[start : start + entry.size])]
            start += entry.size
        for factor in (1, 2):
            orbits |= {tuple(factor * x for x in row), tuple(factor * x for x in negative)}
    assert len(found) == len(set(found)) > 10
    assert everything == {row for row in orbits if max(map(abs, row)) <= 2}
    assert verify_catalogue(tmp_path / "atlas").holds
    names = [name for name, _ in catalogue.manifest.charges]
    assert names == [f"{field}{i}" for field in "q u d l e nu".split() for i in (1, 2, 3)]
    assert all(isinstance(solution, Solution) for solution in catalogue.query(limit=3))


def test_restrictions_are_seen_by_predicates(tmp_path: Path) -> None:
    catalogue = build_catalogue(standard_model(), 2, tmp_path / "atlas", equalities=["l2 = e2", "e1 = 0"])
    assert catalogue.manifest.rows > 10
    assert catalogue.count("l2 = e2 and e1 = 0 and Q_E1 = 0") == catalogue.manifest.rows
    assert catalogue.count("l2 <> e2") == catalogue.count("e1 > 0") == 0
    for solution in catalogue.query("l2 = 1", limit=3):
        values = {str(symbol): value for symbol, value in solution.values}
        assert [values[name] for name in ("Q_l2", "Q_e2", "Q_e1")] == [1, 1, 0]


def test_families_whose_charges_have_a_common_name(tmp_path: Path) -> None:
    catalogue = build_catalogue(standard_model(universal=("q", "u", "d")), 2, tmp_path / "atlas")
    assert catalogue.manifest.columns[:3] == ("q", "u", "d")
    assert catalogue.count("some(q) = u") == catalogue.count("Q = Q_u") > 0
    assert catalogue.count("is_gauged_accidental") > 0
    assert verify_catalogue(tmp_path / "atlas").holds


def test_a_restriction_that_is_not_homogeneous_keeps_multiples(tmp_path: Path) -> None:
    catalogue = build_catalogue(standard_model(1, 1), 4, tmp_path / "atlas", equalities=["l = -3"])
    assert not catalogue.manifest.canonical
    system = power_sum_system(standard_model(1, 1), bound=4, equalities=["l = -3"])
    assert set(catalogue.query("q = 1").rows()) == set(solutions(system))
    assert catalogue.count("l = -3") == catalogue.count() > 1
    assert verify_catalogue(tmp_path / "atlas").holds


def test_a_question_without_solutions_has_a_catalogue(tmp_path: Path) -> None:
    catalogue = build_catalogue(standard_model(1, 1), 4, tmp_path / "atlas", equalities=["q = 1", "l = 1"])
    assert catalogue.count() == catalogue.count("q = 1") == len(list(catalogue.query())) == 0
    assert verify_catalogue(tmp_path / "atlas").holds


def test_too_little_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        ArgumentError, match=r"'memory' must be at least \d+ bytes for this catalogue, not 1000"
    ):
        build_catalogue(standard_model(), 2, tmp_path / "atlas", memory=1000)
    assert not (tmp_path / "atlas").exists()


# ---------------------------------------------------------------- the same bytes


@pytest.mark.usefixtures("small_parts")
def test_the_bytes_do_not_depend_on_threads_and_memory(tmp_path: Path) -> None:
    build_catalogue(standard_model(), 2, tmp_path / "one", threads=1)
    build_catalogue(standard_model(), 2, tmp_path / "four", threads=4, memory=1 << 24)
    assert contents(tmp_path / "one") == contents(tmp_path / "four")
    assert len(contents(tmp_path / "one")) > 5


@pytest.mark.usefixtures("small_parts")
def test_rows_are_sorted_and_of_one_byte(tmp_path: Path) -> None:
    catalogue = build_catalogue(standard_model(), 2, tmp_path / "atlas")
    assert len(catalogue.manifest.parts) > 5
    for part in catalogue.manifest.parts:
        table = parquet.read_table(tmp_path / "atlas" / part.name)
        rows = list(zip(*table.to_pydict().values(), strict=True))
        assert rows == sorted(set(rows))
        assert {str(kind) for kind in table.schema.types} == {"int8"}


def test_charges_of_more_than_one_byte(tmp_path: Path) -> None:
    catalogue = build_catalogue(
        standard_model(1, 1), 200, tmp_path / "atlas", equalities=["u = 4 q + 130 nu"]
    )
    table = catalogue.query().to_arrow()
    assert {str(kind) for kind in table.schema.types} == {"int16"}
    assert catalogue.count() == len(list(catalogue.query().rows())) > 1
    assert catalogue.count("130 * nu = u - 4*q and 1000000 * q < 1000000000") == catalogue.count()
    assert verify_catalogue(tmp_path / "atlas").holds


def test_the_manifest_says_what_is_in_it(tmp_path: Path) -> None:
    build_catalogue(standard_model(), 1, tmp_path / "atlas")
    text = (tmp_path / "atlas" / "manifest.json").read_text(encoding="utf-8")
    data = json.loads(text)
    assert data["conditions"][0].startswith("SU(3)^2 X: ")
    assert len(data["conditions"]) == 6
    assert re.fullmatch("[0-9a-f]{64}", data["conditions_sha256"])
    assert (data["bound"], data["rows"], data["exhaustive"]) == (1, 38, True)
    assert content_from_data(data["content"]) == anomalous_fields(standard_model())
    assert not re.search(r"20[0-9][0-9]-|\d\.\d+e", text)


# ---------------------------------------------------------------- interrupted


class Interruption(BaseException):
    """What a kill or Ctrl-C does to a build."""


def interrupt_after(parts: int) -> building.Progress:
    calls = []

    def progress(done: int, total: int) -> None:
        assert 0 <= done <= total
        calls.append(done)
        if len(calls) > parts:
            raise Interruption

    return progress


@pytest.mark.usefixtures("small_parts")
def test_an_interrupted_build_is_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_catalogue(standard_model(), 2, tmp_path / "whole")
    with pytest.raises(Interruption):
        build_catalogue(standard_model(), 2, tmp_path / "atlas", threads=1, progress=interrupt_after(3))
    kept = sorted(path.name for path in (tmp_path / "atlas").glob("part-*.parquet"))
    assert 3 <= len(kept) < len(list((tmp_path / "whole").glob("part-*.parquet")))
    with pytest.raises(ArgumentError, match="a finished catalogue"):
        open_catalogue(tmp_path / "atlas")
    damaged = tmp_path / "atlas" / kept[0]
    damaged.write_bytes(damaged.read_bytes()[:-1])
    (tmp_path / "atlas" / "part-00007.parquet.1.tmp").write_bytes(b"half")
    made = []

    def recorded(folder: Path, index: int, rows: int, data: bytes) -> Any:
        made.append(index)
        return write_part(folder, index, rows, data)

    monkeypatch.setattr(building, "write_part", recorded)
    build_catalogue(standard_model(), 2, tmp_path / "atlas")
    assert contents(tmp_path / "atlas") == contents(tmp_path / "whole")
    assert 0 in made
    assert len(made) == len(contents(tmp_path / "whole")) - 1 - (len(kept) - 1)
    made.clear()
    assert build_catalogue(standard_model(), 2, tmp_path / "atlas").count() == 358
    assert made == []


@pytest.mark.usefixtures("small_parts")
def test_a_full_disk_leaves_nothing_that_looks_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original, calls = os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > 6:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        original(descriptor)

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ArgumentError, match="with room for the catalogue: No space left on device"):
        build_catalogue(standard_model(), 2, tmp_path / "atlas")
    names = {path.name for path in (tmp_path / "atlas").iterdir()}
    assert not any(name.endswith(".tmp") for name in names)
    assert "manifest.json" not in names
    monkeypatch.setattr("os.fsync", original)
    assert build_catalogue(standard_model(), 2, tmp_path / "atlas").count() == 358


def test_other_directories_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("precious")
    with pytest.raises(ArgumentError, match="holds files that belong to no catalogue"):
        build_catalogue(standard_model(), 1, tmp_path / "mine")
    with pytest.raises(ArgumentError, match="must be a directory that can be written to"):
        build_catalogue(standard_model(), 1, tmp_path / "mine" / "thesis.tex")
    assert contents(tmp_path / "mine") == {"thesis.tex": b"precious"}
    build_catalogue(standard_model(), 1, tmp_path / "atlas")
    with pytest.raises(ArgumentError, match="holds another catalogue"):
        build_catalogue(standard_model(), 2, tmp_path / "atlas")
    with pytest.raises(Interruption):
        build_catalogue(standard_model(), 1, tmp_path / "begun", progress=interrupt_after(0))
    with pytest.raises(ArgumentError, match="the beginnings of another catalogue"):
        build_catalogue(standard_model(), 2, tmp_path / "begun")


@pytest.mark.usefixtures("small_parts")
def test_control_c_says_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "atlas")
    calls = []

    def interrupted(*arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return write_part(*arguments)

    monkeypatch.setattr(building, "write_part", interrupted)
    command = ("build", "--content", "sm+3nu", "--qmax", "2", "--out", folder)
    status, out, err = _run(capsys, *command)
    assert (status, out) == (130, "")
    assert err == f"anomalies: interrupted; the same command resumes {folder} with 2 parts\n"
    monkeypatch.undo()
    monkeypatch.setattr(planning, "ROWS_PER_PART", 100)
    assert _run(capsys, *command)[0] == 0
    assert verify_catalogue(folder).holds


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
def test_a_build_survives_ctrl_c_and_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    code = "from anomalies.cli import main; main()"
    command = [sys.executable, "-c", code, "atlas", "build", "--qmax", "8", "--out", str(folder)]
    for stop, status in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
        kept = len(list(folder.glob("part-*.parquet")))
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            while process.poll() is None and len(list(folder.glob("part-*.parquet"))) <= kept:
                time.sleep(0.01)
            process.send_signal(stop)
            _, err = process.communicate(timeout=60)
        assert process.returncode == status
        assert ("the same command resumes" in err) == (stop == signal.SIGINT)
        with pytest.raises(ArgumentError, match="a finished catalogue"):
            open_catalogue(folder)
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert ran.stdout.startswith(f"{count_table(standard_model(), 8).counts[-1]} solutions")
    assert verify_catalogue(folder, sample=100).holds


# ---------------------------------------------------------------- verified


def rewrite(folder: Path, change: Any) -> None:
    """Change the rows of the first part, and make the manifest agree with the file."""
    path = folder / "part-00000.parquet"
    table = parquet.read_table(path)
    rows = change(list(zip(*table.to_pydict().values(), strict=True)))
    columns = {name: [row[i] for row in rows] for i, name in enumerate(table.column_names)}
    parquet.write_table(pyarrow.table(columns, schema=table.schema), path)
    data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    data["files"][0] |= {
        "rows": len(rows),
        "bytes": path.stat().st_size,
        "sha256": manifests.sha256_of_file(path),
    }
    data["rows"] = sum(entry["rows"] for entry in data["files"])
    (folder / "manifest.json").write_text(json.dumps(data), encoding="utf-8")


def failing(folder: Path) -> set[str]:
    return {check.name for check in verify_catalogue(folder).checks if not check.holds}


def _negated(row: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(-x for i in range(0, 18, 3) for x in reversed(row[i : i + 3]))


def _asymmetric(rows: list[tuple[int, ...]]) -> int:
    return next(i for i, row in enumerate(rows) if _negated(row) != row and max(row) <= 1 and min(row) >= -1)


NUMBER = "as many as the counting engine finds"
SPOILED = {
    "a row left out": (lambda rows: rows[1:], {NUMBER}),
    "a row twice": (lambda rows: [*rows, rows[3]], {NUMBER, "order, no row twice"}),
    "a row twice instead of another": (lambda rows: [rows[0], rows[0], *rows[2:]], {"order, no row twice"}),
    "a row negated": (
        lambda rows: sorted(_negated(r) if i == _asymmetric(rows) else r for i, r in enumerate(rows)),
        {"canonical form"},
    ),
    "a row doubled": (
        lambda rows: sorted(
            tuple(2 * x for x in r) if i == _asymmetric(rows) else r for i, r in enumerate(rows)
        ),
        {"canonical form"},
    ),
    "families in another order": (
        lambda rows: [(r[2], r[1], r[0], *r[3:]) for r in rows],
        {"canonical form"},
    ),
    "a charge changed": (lambda rows: [*rows[:-1], (*rows[-1][:-1], 2)], {"anomaly conditions"}),
    "a charge too large": (lambda rows: [*rows[:-1], (*rows[-1][:-1], 3)], {"bound"}),
}


@pytest.mark.parametrize("case", SPOILED)
def test_every_kind_of_damage_is_found(case: str, tmp_path: Path) -> None:
    change, expected = SPOILED[case]
    build_catalogue(standard_model(), 2, tmp_path / "atlas")
    assert failing(tmp_path / "atlas") == set()
    rewrite(tmp_path / "atlas", lambda rows: rows)
    assert failing(tmp_path / "atlas") == set()
    rewrite(tmp_path / "atlas", change)
    assert expected <= failing(tmp_path / "atlas")


@pytest.mark.usefixtures("small_parts")
def test_a_row_moved_into_another_file_as_well(tmp_path: Path) -> None:
    build_catalogue(standard_model(), 2, tmp_path / "atlas")
    last = sorted((tmp_path / "atlas").glob("part-*.parquet"))[-1]
    stray = next(zip(*parquet.read_table(last).to_pydict().values(), strict=True))
    rewrite(tmp_path / "atlas", lambda rows: sorted([*rows, stray]))
    assert failing(tmp_path / "atlas") == {NUMBER, "order, no row twice"}


def test_damaged_files_and_manifests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "atlas"
    build_catalogue(standard_model(), 1, folder)
    part, manifest = folder / "part-00000.parquet", folder / "manifest.json"
    good_part, good_manifest = part.read_bytes(), manifest.read_text(encoding="utf-8")

    part.write_bytes(good_part[:100] + bytes([good_part[100] ^ 1]) + good_part[101:])
    assert failing(folder) == {"checksums of the files"}
    assert _run(capsys, "verify", str(folder))[0] == 1
    part.write_bytes(good_part[:-1])
    with pytest.raises(ArgumentError, match=r"is \d+ bytes long instead of"):
        open_catalogue(folder)
    assert _run(capsys, "query", str(folder), "q1 = 0")[0] == 2
    part.unlink()
    with pytest.raises(ArgumentError, match="is missing"):
        open_catalogue(folder)
    part.write_bytes(b"x" * len(good_part))
    with pytest.raises(ArgumentError, match="must be a catalogue that can be read"):
        open_catalogue(folder).query("q1 = 0").count()
    part.write_bytes(good_part)

    for spoiled, message in [
        ("{", "damaged: it is no JSON"),
        ("[]", "a catalogue of the form"),
        ("{}", "a catalogue of the form"),
        (good_manifest.replace('"bound": 1', '"bound": "x"'), "damaged: ArgumentError"),
        (good_manifest.replace('"rows": 38', '"rows": 39', 1), "damaged: its entries contradict"),
        (good_manifest.replace("part-00000", "../part-00000"), "damaged: ArgumentError"),
        (good_manifest.replace('"chirality"', '"handedness"'), "damaged: UnknownNameError"),
    ]:
        assert spoiled != good_manifest
        manifest.write_text(spoiled, encoding="utf-8")
        with pytest.raises(ArgumentError, match=message) as error:
            open_catalogue(folder)
        assert "\n" not in str(error.value)
    manifest.write_text(good_manifest.replace('"bound": 1', '"bound": 2'), encoding="utf-8")
    assert NUMBER in failing(folder)
    manifest.write_text(good_manifest.replace("2*Q_q3", "3*Q_q3"), encoding="utf-8")
    with pytest.raises(ArgumentError, match="contradict"):
        open_catalogue(folder)


def test_results_print_and_pickle(tmp_path: Path) -> None:
    catalogue = build_catalogue(standard_model(1, 1), 3, tmp_path / "it's an atlas")
    result = catalogue.query("q = 0", limit=1)
    assert str(catalogue) == "content = sm+1nu, bound = 3: 3 solutions"
    assert str(result) == "content = sm+1nu, bound = 3, predicate = q = 0, limit = 1"
    for shown in (
        catalogue,
        result,
        verify_catalogue(catalogue.directory),
        count_table(standard_model(1, 1), 3),
    ):
        copied = pickle.loads(pickle.dumps(shown))
        assert copied == shown
        assert hash(copied) == hash(shown)
        assert latex(shown)
        assert pretty(shown)
    assert result.as_search_result().count() == 1
    assert not result.as_search_result().exhaustive


# ---------------------------------------------------------------- the extras


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = build_catalogue(standard_model(), 1, tmp_path / "atlas")

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("anomalies.atlas.parts.import_module", missing)
    with pytest.raises(
        MissingToolError, match=r"need duckdb: pip install 'gauge-anomalies\[search,catalogue\]'"
    ):
        catalogue.count("q1 = 0")
    with pytest.raises(MissingToolError, match="need pyarrow"):
        build_catalogue(standard_model(), 1, tmp_path / "other")
    monkeypatch.setattr("anomalies.atlas.schedulers.import_module", missing)
    with pytest.raises(
        MissingToolError, match=r"needs dask: pip install 'gauge-anomalies\[search,cluster\]'"
    ):
        count_table(standard_model(), 1, scheduler="tcp://127.0.0.1:8786")
    assert not (tmp_path / "other").exists()


# ---------------------------------------------------------------- the command line


def test_build_verify_and_query(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "atlas")
    status, out, err = _run(capsys, "build", "--content", "sm+3nu", "--qmax", "2", "--out", folder)
    assert (status, err) == (0, "")
    assert out.startswith(f"358 solutions in {folder}, ")
    status, out, _ = _run(capsys, "verify", folder)
    assert status == 0
    assert "NO" not in out
    assert json.loads(_run(capsys, "verify", folder, "--json", "--sample", "5")[1])["holds"] is True

    wanted = "Q1 = Q2 and Q3 <> Q2 and e1 = 0 and L2 = e2"
    status, out, _ = _run(capsys, "query", folder, wanted, "--limit", "2")
    assert status == 0
    assert out.splitlines()[0].split() == [f"{f}{i}" for f in "q u d l e nu".split() for i in (1, 2, 3)]
    assert out.splitlines()[-1] == "2 solutions; there are more"
    assert len(out.splitlines()) == 4
    number = open_catalogue(folder).count(wanted)
    assert _run(capsys, "query", folder, wanted, "--count")[1] == f"{number}\n"
    assert _run(capsys, "query", folder, wanted)[1].splitlines()[-1] == f"{number} solutions"
    assert _run(capsys, "query", folder, "q1 = 2 and q3 = 0")[0] == 1
    assert "vectorlike_muon" in _run(capsys, "query", "--list")[1]
