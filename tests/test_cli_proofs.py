"""The commands prove and verify, and what they say of files that are no certificates."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from sympy import symbols

import anomalies.theorems
from anomalies.cli import run
from anomalies.errors import MissingToolError
from anomalies.proofs import Statement, for_all
from anomalies.theorems import THEOREMS, find_theorem

FEW = ("quadratic-vanishes", "no-dark-sector", "any-combination-suffices")


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_prove_prints_a_table_of_the_named_claims(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = _run(capsys, "prove", *FEW)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["claim", "source", "method", "status", "Coq", "ms"]
    assert [line.split()[0] for line in lines[2:]] == list(FEW)


def test_prove_lists_every_claim(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, "prove", "--list")
    assert status == 0
    assert out.split() == [theorem.name for theorem in THEOREMS]


def test_prove_as_json_has_no_floats(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = _run(capsys, "prove", *FEW, "--json")
    report = json.loads(out, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    assert status == 0
    assert [(entry["claim"], entry["status"]) for entry in report] == list(
        zip(FEW, ("proved", "proved", "refuted"), strict=True)
    )
    assert all(re.fullmatch("[0-9a-f]{64}", entry["certificate"]["sha256"]) for entry in report)
    assert [entry["coq"]["exported"] for entry in report] == [True, True, False]


def test_certificates_are_written_and_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "certificates"
    assert _run(capsys, "prove", *FEW, "--certificates", str(folder))[0] == 0
    assert sorted(path.stem for path in folder.iterdir()) == sorted(FEW)
    status, out, err = _run(capsys, "verify", str(folder), "--json")
    assert (status, err) == (0, "")
    assert {entry["claim"]: entry["holds"] for entry in json.loads(out)} == dict.fromkeys(FEW, True)


def test_coq_files_are_written_and_compile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "prove", *FEW, "--coq", str(tmp_path))[0] == 0
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["no_dark_sector.v", "quadratic_vanishes.v"]
    if shutil.which("coqc") is None:
        pytest.skip("coqc is not installed; .ci/run installs it and compiles every file")
    for file in files:
        subprocess.run(["coqc", "-q", file], cwd=tmp_path, check=True, capture_output=True)


def test_a_claim_that_fails_is_status_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = symbols("a b")
    broken = replace(find_theorem("quadratic-vanishes"), formal=lambda: for_all([a, b], a**2 - b))
    monkeypatch.setattr(anomalies.theorems, "THEOREMS", (broken, find_theorem("no-dark-sector")))
    status, out, err = _run(capsys, "prove", "quadratic-vanishes", "no-dark-sector")
    assert status == 1
    assert "FAILED" in out
    assert "proved" in out
    assert err.startswith("anomalies: quadratic-vanishes: ")


def test_a_claim_that_cannot_be_tried_is_a_failure_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any error of the toolkit is reported for its claim, and the claims after it are proved."""
    a, b = symbols("a b")

    def without_tool() -> Statement:
        raise MissingToolError("This needs PARI.")

    broken = [
        replace(find_theorem("quadratic-vanishes"), name="no-tool", formal=without_tool),
        replace(find_theorem("quadratic-vanishes"), name="no-variable", formal=lambda: for_all([a], b)),
    ]
    monkeypatch.setattr(anomalies.theorems, "THEOREMS", (*broken, find_theorem("no-dark-sector")))
    status, out, err = _run(capsys, "prove")
    assert status == 1
    assert [line.split()[-3:-1] for line in out.splitlines()[2:]] == [
        ["FAILED", "no"],
        ["FAILED", "no"],
        ["proved", "yes"],
    ]
    first, second = err.splitlines()
    assert first == "anomalies: no-tool: it could not be stated or tried: This needs PARI."
    assert second.startswith("anomalies: no-variable: it could not be stated or tried: Argument ")


def test_a_tampered_certificate_is_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "prove", *FEW, "--certificates", str(tmp_path))[0] == 0
    file = tmp_path / "quadratic-vanishes.json"
    text = file.read_text()
    assert '"9"' in text
    file.write_text(text.replace('"9"', '"8"', 1))
    status, out, _ = _run(capsys, "verify", str(tmp_path), "--json")
    assert status == 1
    verdicts = {entry["claim"]: entry for entry in json.loads(out)}
    assert not verdicts["quadratic-vanishes"]["holds"]
    assert verdicts["no-dark-sector"]["holds"]


def test_a_certificate_under_another_name_is_rejected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(capsys, "prove", "quadratic-vanishes", "--certificates", str(tmp_path))[0] == 0
    (tmp_path / "quadratic-vanishes.json").rename(tmp_path / "quadratic-factorises.json")
    status, out, _ = _run(capsys, "verify", str(tmp_path))
    assert status == 1
    assert "rejected" in out


HOSTILE = {
    "truncated": b'{"schema": "gauge-anomalies/certificate/1", "claim": "quadratic-vanishes", ',
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "another schema": b'{"schema": "gauge-anomalies/certificate/9", "claim": "x", "statement": {}}',
    "a long integer": b'{"schema": ' + b"9" * 10**6 + b"}",
    "deep nesting": b"[" * 200_000,
    "a list": b"[]",
    "not a number": b'{"schema": NaN}',
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_certificate_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    (tmp_path / "quadratic-vanishes.json").write_bytes(HOSTILE[kind])
    status, out, err = _run(capsys, "verify", str(tmp_path))
    assert (status, out) == (2, "")
    assert err.startswith("anomalies: ")
    assert err.count("\n") == 1
    assert len(err) < 500


def test_directories_that_hold_no_certificates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "no-such-claim.json").write_bytes(b"{}")
    (tmp_path / "sub" / "no-dark-sector.json").mkdir(parents=True)
    for folder, message in (
        (tmp_path, "Argument 'CLAIM' must be a name"),
        (tmp_path / "missing", "a directory of certificates"),
        (tmp_path / "sub", "no-dark-sector.json"),
    ):
        status, out, err = _run(capsys, "verify", str(folder))
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert message in err
    status, _, err = _run(capsys, "prove", "no-such-claim")
    assert (status, err.count("\n")) == (2, 1)
    assert "Argument 'CLAIM' must be a name" in err
