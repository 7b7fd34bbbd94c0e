"""The command line as a user types it, in a process of its own where that matters."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from anomalies import near
from anomalies.cli import run
from anomalies.diophantine import dark_sectors, read_survey

COMMAND = [sys.executable, "-c", "from anomalies.cli import main; main()"]


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


# --- near --------------------------------------------------------------------------------------------


def test_near_finds_a_4(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, "near", "59/100", "1", "0", "--max-denominator", "20", "--json")
    report = json.loads(out)
    assert status == 0
    assert report["exhaustive"] is True
    assert report["count"] == len(report["solutions"])
    assert report["domain"]["target"] == ["59/100", "1", "0"]
    charges = [solution["a"] + solution["n"] for solution in report["solutions"]]
    assert ["3/5", "1", "1/20", "1/4", "7/20", "21/20"] in charges
    assert not re.search(r"\d\.\d", out)


def test_negative_numbers_are_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    typed = _run(capsys, "near", "-1/2", "1", "-1/10", "--max-denominator", "12", "--json")
    dashed = _run(capsys, "near", "--max-denominator", "12", "--json", "--", "-1/2", "1", "-1/10")
    assert typed == dashed
    assert typed[0] == 0
    report = json.loads(typed[1])
    result = near(("-1/2", 1, "-1/10"), max_denominator=12)
    assert report["solutions"] == [sector.as_json() for sector in result]
    decimals = _run(capsys, "near", "-.5", "1", "-0.1", "--max-denominator", "12", "--json")
    assert decimals == typed


def test_two_radii_and_the_three_senses(capsys: pytest.CaptureFixture[str]) -> None:
    base = ("near", "59/100", "1", "0", "--max-denominator", "20", "--radius", "1/50,1/10", "--json")
    counts = {}
    for sense in ("permutation", "disjoint", "chiral"):
        report = json.loads(_run(capsys, *base, "--nontrivial", sense)[1])
        assert report["domain"]["radius"] == ["1/50", "1/10"]
        assert report["domain"]["nontrivial"] == sense
        counts[sense] = report["count"]
    assert counts["permutation"] >= counts["disjoint"] >= counts["chiral"] > 0


def test_near_prints_a_table_and_says_that_it_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, "near", "59/100", "1", "0", "--max-denominator", "20")
    assert status == 0
    lines = out.splitlines()
    assert lines[0].split() == ["denominator", "a_e", "a_mu", "a_tau", "n_1", "n_2", "n_3"]
    assert lines[-1].startswith(f"{len(lines) - 3} solutions; ")
    assert lines[-1].endswith("exhaustive")


def test_nothing_found_is_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = _run(capsys, "near", "59/100", "1", "0", "--max-denominator", "1", "--json")
    assert (status, json.loads(out)["count"], err) == (1, 0, "")


# --- check and table ---------------------------------------------------------------------------------


def test_check_prints_the_conditions(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, "check", "sm+3nu", "--json")
    report = json.loads(out)
    assert status == 0
    assert report["conditions"]["SU(3)^2 Y"] == "0"
    assert report["conditions"]["SU(2)^2 X"] == "Q_l1 + Q_l2 + Q_l3 + 3*Q_q1 + 3*Q_q2 + 3*Q_q3"
    assert "anomaly_free" not in report


def test_check_decides_charges(capsys: pytest.CaptureFixture[str]) -> None:
    b_minus_l = "q=1/3,u=1/3,d=1/3,l=-1,e=-1,nu=-1"
    status, out, _ = _run(capsys, "check", "sm+3nu", "--charges", b_minus_l, "--json")
    assert (status, json.loads(out)["anomaly_free"]) == (0, True)
    status, out, _ = _run(capsys, "check", "sm+3nu", "--charges", "Q1=1,L1=-3")
    assert status == 1
    assert out.splitlines()[-1] == "anomalous"
    status, out, _ = _run(capsys, "check", "sm", "--charges", "l2=1,e2=1,l3=-1,e3=-1")
    assert (status, out.splitlines()[-1]) == (0, "anomaly-free")


def test_check_one_triangle_in_primitive_integers(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("check", "adn", "--triangle", "Y^2 X", "--normalisation", "primitive", "--json")
    status, out, _ = _run(capsys, *arguments)
    assert status == 0
    conditions = json.loads(out)["conditions"]
    assert list(conditions) == ["Y^2 X"]
    assert "/" not in conditions["Y^2 X"]


@pytest.mark.parametrize("style", ["latex", "markdown", "text", "json"])
def test_table_in_every_format(capsys: pytest.CaptureFixture[str], style: str) -> None:
    status, out, _ = _run(capsys, "table", "--format", style)
    assert status == 0
    assert ("Q_nu3" if style in ("text", "json") else r"\nu") in out
    if style == "json":
        assert len(json.loads(out)) == 15


# --- derive ------------------------------------------------------------------------------------------


def test_derive_writes_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.md"
    assert _run(capsys, "derive", "field-content", "--format", "markdown", "--output", str(target)) == (
        0,
        "",
        "",
    )
    assert target.read_text(encoding="utf-8").startswith("#")
    status, out, _ = _run(capsys, "derive", "--list")
    assert status == 0
    assert out.split()[:2] == ["framework:", "field_content"]


def test_derive_runs_in_an_empty_folder(tmp_path: Path) -> None:
    shown = subprocess.run(
        [*COMMAND, "derive", "gauging_generator"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert r"\begin{document}" in shown.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    command = " ".join(f"'{part}'" for part in COMMAND)
    pipe = f"{command} derive 2>err | head -n 1"
    shown = subprocess.run(["bash", "-c", pipe], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("\\documentclass")
    assert (tmp_path / "err").read_text() == ""


# --- Bad input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("near", "1/0", "1", "0", "--max-denominator", "9"), "Argument 'A_E' must be a rational number"),
        (("near", "abc", "1", "0", "--max-denominator", "9"), "Argument 'A_E' must be a rational number"),
        (("near", "nan", "1", "0", "--max-denominator", "9"), "Argument 'A_E' must be a rational number"),
        (
            ("near", "1", "1", "0", "--max-denominator", "-3"),
            "Argument '--max-denominator' must be an integer of at",
        ),
        (
            ("near", "1", "1", "0", "--max-denominator", "0"),
            "Argument '--max-denominator' must be an integer of at",
        ),
        (
            ("near", "1", "1", "0", "--max-denominator", "1/2"),
            "Argument '--max-denominator' must be an integer",
        ),
        (("near", "1", "1", "0"), "Missing option '--max-denominator'"),
        (("near", "1", "1", "--max-denominator", "9"), "Missing argument 'A_TAU'"),
        (("near", "1", "1", "0", "4", "--max-denominator", "9"), "unexpected extra argument"),
        (
            ("near", "1", "1", "0", "--max-denominator", "9", "--radius", "-1"),
            "Argument 'radius' must be a rational",
        ),
        (
            ("near", "1", "1", "0", "--max-denominator", "9", "--radius", "1,2,3"),
            "Argument '--radius' must be R or",
        ),
        (
            ("near", "1", "1", "0", "--max-denominator", "9", "--max-charge", "-1"),
            "Argument 'max_charge' must be",
        ),
        (("near", "1", "1", "0", "--max-denominator", "9", "--nontrivial", "x"), "'--nontrivial'"),
        (("near", "1", "1", "0", "--max-denominatr", "9"), "No such option"),
        (("table", "mssm"), "Argument 'content' must be one of adn, sm"),
        (("check", "mssm"), "Argument 'content' must be one of adn, sm"),
        (("check", "sm", "--charges", "x1=1"), "Argument 'charges' must be about charges among q1, q2"),
        (("check", "sm", "--charges", "q1"), "Argument 'charges' must be a list such as"),
        (("check", "sm", "--charges", "q1=0.1e5"), "Argument 'charges: q1' must be a rational number"),
        (("check", "sm", "--charges", "q1=1,q=2"), "must give each charge once, and Q_q1 is given twice"),
        (("check", "sm", "--triangle", "SU(7)^2 X"), "Argument 'triangle' must be one of SU(3)^3"),
        (("derive", "everything"), "Argument 'TOPIC' must be one of framework, solutions, "),
        (("derive", "--output", "/nonexistent/folder/out.tex"), "/nonexistent/folder/out.tex"),
        (("derive", "--format", "html"), "'--format'"),
        (("solve",), "No such command 'solve'"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    status, out, err = _run(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert err.startswith("anomalies: ")
    assert err.count("\n") == 1
    assert message in err
    assert "Traceback" not in err


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ((), ("--help",), ("near", "-h")):
        status, out, _ = _run(capsys, *arguments)
        assert status == 0
        assert "Usage: anomalies" in out
    assert _run(capsys, "--version")[1].startswith("gauge-anomalies ")


# --- dark --------------------------------------------------------------------------------------------


def test_dark_prints_the_branch_the_proof_and_the_sectors(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = _run(capsys, "dark", "5", "-4", "-4", "--limit", "3")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("dark sectors of (5, -4, -4) with 3 dark states: infinite (nodal).")
    rows = [line.split() for line in lines if line[:1].isdigit()]
    assert ["5", "-1", "-1", "-1", "permutation,", "disjoint,", "chiral"] in rows
    assert lines[-1] == "3 shown, by height; none is left out among them"
    names = next(line for line in lines if line.startswith("proved as: ")).removeprefix("proved as: ")
    assert _run(capsys, "prove", *names.split(", "))[0] == 0


def test_dark_as_json_has_the_answer_and_exact_charges(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, "dark", "3/5", "1", "1/20", "--limit", "2", "--json", "--rank", "descent")
    shown = json.loads(out)
    assert status == 0
    assert shown["branch"] == "elliptic"
    assert (shown["torsion"], shown["rank"]) == ([3], 2)
    assert len(shown["sectors"]) == 2
    assert shown == dark_sectors(["3/5", 1, "1/20"], rank="descent").as_json(2)
    assert not re.search(r"\d\.\d", out)


def test_dark_without_a_sector_is_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, "dark", "1", "2", "3", "--states", "2")
    assert status == 1
    assert out.splitlines()[-1] == "0 shown, by height; that is all"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("1", "2", "x"), "Argument 'A_TAU' must be a rational number"),
        (("1", "2"), "Missing argument 'A_TAU'"),
        (("1", "2", "3", "--states", "-1"), "Argument '--states' must be an integer of at least 0"),
        (("1", "2", "3", "--limit", "1/2"), "Argument '--limit' must be an integer of at least 0"),
        (("1", "2", "3", "--rank", "gp"), "--rank"),
        (("1", "2", "3", "--time-limit", "0"), "Argument 'time_limit' must be a positive number"),
    ],
)
def test_dark_refuses_bad_input(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "dark", *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert len(err.splitlines()) == 1


def test_the_survey_counts_and_writes_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    arguments = ("dark-survey", "2", "--rank", "descent", "--processes", "1", "--output", str(path))
    status, out, err = _run(capsys, *arguments)
    assert (status, err) == (0, "")
    found = read_survey(path)
    assert len(found.rows) == 13
    assert out.rstrip("\n") == found.frequencies().text().rstrip("\n")
    shown = json.loads(_run(capsys, *arguments, "--json")[1])
    assert shown == found.as_json()
    assert _run(capsys, "dark-survey", "-1")[0] == 2
