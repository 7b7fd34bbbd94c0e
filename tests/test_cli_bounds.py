"""The command bounds as a user types it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from anomalies.cli import run
from anomalies.phenomenology.bounds.overview import all_bounds
from anomalies.phenomenology.points import BENCHMARK, LeptonPoint

POINT = ("--a-e", "59/100", "--a-mu", "1", "--a-tau", "0", "--a-y", "87/100")


def _point(*charges: Any) -> LeptonPoint:
    """(a_e, a_mu, a_tau, a_Y) from anything exact."""
    return LeptonPoint(*charges)


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(("bounds", *arguments))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_bounds_prints_the_table_the_windows_and_the_widths(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = _run(capsys, *POINT)
    assert (status, err) == (0, "")
    assert out.rstrip("\n") == str(all_bounds(BENCHMARK))
    assert (status, out, err) == _run(capsys)
    assert out.count("closed by the pair rho parameter") == 2
    for limit in ("> 3.10", "> 1.03", "> 3.86", "> 0.272", "< 3.08", "< 3.53"):
        assert limit in out


def test_bounds_as_json_has_exact_charges_and_no_floats(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (
        "--a-e",
        "0",
        "--a-tau",
        "-1",
        "--a-y",
        "0",
        "--wilson",
        "-4/5",
        "--g-x",
        "1/2",
        "--m-q",
        "5",
    )
    status, out, _ = _run(capsys, *arguments, "--sigmas", "1.96", "--json")
    floats: list[str] = []
    shown: dict[str, Any] = json.loads(out, parse_float=floats.append)
    assert (status, floats) == (0, [])
    report = all_bounds(_point(0, 1, -1, 0), C="-4/5", g_X_value="1/2", m_Q_TeV=5, sigmas="1.96")
    assert shown == report.as_json()
    assert shown["point"]["a_tau"] == "-1"
    assert [window["open"] for window in shown["windows"]] == [True, True]
    assert _run(capsys, *arguments, "--sigmas", "1.96", "--format", "json")[1] == out


@pytest.mark.parametrize(
    ("style", "start", "words"),
    [
        ("markdown", "Bounds on v\\_Phi", "| rho parameter | \\> 3.86 |"),
        ("latex", "\\begin{center}", "rho parameter & $>$ 3.86"),
    ],
)
def test_bounds_in_other_forms(
    style: str, start: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "--format", style)
    assert (status, err) == (0, "")
    assert out.startswith(start)
    assert words in out


def test_a_mass_in_GeV_gets_one_line_of_warning(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = _run(capsys, "--m-q", "10000")
    assert status == 0
    assert "no v_Phi is allowed" in " ".join(out.split())
    assert err == (
        "anomalies: warning: Argument 'm_Q_TeV' is in TeV: 10000 TeV were read. Write 10 if GeV were meant.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--a-e", "x"), "Argument '--a-e' must be a rational number"),
        (("--a-e", "0", "--a-mu", "0", "--a-y", "0"), "Argument 'point' must be charged"),
        (("--g-x", "0"), "Argument 'g_X_value' must be a positive number, not '0'"),
        (("--m-q", "-1"), "Argument 'm_Q_TeV' must be a positive number of TeV"),
        (("--sigmas", "0"), "Argument 'sigmas' must be a positive number of standard deviations"),
        (("--format", "pdf"), "--format"),
        (("--a-z", "1"), "No such option"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert len(err.splitlines()) == 1
