"""Counting solutions, contents of one's own, and what a bad question is told."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational, Symbol

pytest.importorskip("numba")
pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from anomalies import FieldContent, adn_framework, field_content, gauge_group, multiplet, standard_model
from anomalies.atlas import build_catalogue, count_table, read_content
from anomalies.atlas.content_files import content_as_data, content_from_data
from anomalies.atlas.growth import growth_law
from anomalies.cli import run
from anomalies.errors import AnomaliesError, ArgumentError

REFERENCE = json.loads(
    (Path(__file__).parent / "reference" / "atlas_counts.json").read_text(encoding="utf-8")
)
COUNTS: dict[str, dict[str, int]] = REFERENCE["counts"]


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(("atlas", *arguments))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


# ---------------------------------------------------------------- counting


def test_counts_are_those_of_the_published_atlas(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("sm", "sm+3nu"):
        table = count_table(field_content(name), 3)
        assert {str(bound): n for bound, n in enumerate(table.counts, 1)} == dict(
            list(COUNTS[name].items())[:3]
        )
    status, out, _ = _run(capsys, "count", "--content", "sm", "--qmax", "3", "--json")
    assert status == 0
    assert json.loads(out)["counts"] == {"1": 8, "2": 22, "3": 82}
    status, out, _ = _run(capsys, "count", "--content", "sm", "--qmax", "2")
    assert [line.split() for line in out.splitlines()[2:]] == [["1", "8"], ["2", "22"]]


def test_counts_agree_with_catalogues(tmp_path: Path) -> None:
    for restriction in ((), ("q1 = q2",), ("l2 = e2", "e1 = 0")):
        table = count_table(standard_model(), 2, equalities=restriction)
        folder = tmp_path / str(len(restriction))
        assert table.counts[1] == build_catalogue(standard_model(), 2, folder, equalities=restriction).count()


# ---------------------------------------------------------------- contents of one's own

TWO_DARK_STATES = """
extends = "sm"
[[fields]]
name = "N"
irreps = ["1", "1"]
charges = { Y = 0 }
chirality = "right"
families = 2
"""


def test_a_content_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dark.toml"
    path.write_text(TWO_DARK_STATES, encoding="utf-8")
    content = read_content(str(path))
    assert content.name == "dark"
    assert [str(symbol) for symbol in content.charge_symbols[-2:]] == ["Q_N1", "Q_N2"]
    assert count_table(content, 2).counts == count_table(standard_model(right_handed_neutrinos=2), 2).counts
    folder = str(tmp_path / "atlas")
    assert _run(capsys, "build", "--content", str(path), "--qmax", "1", "--out", folder)[0] == 0
    status, out, _ = _run(capsys, "query", folder, "n1 <> 0", "--json")
    report = json.loads(out)
    assert status == 0
    assert all(solution["N1"] != 0 for solution in report["solutions"])
    assert report["count"] == len(report["solutions"]) > 0


@pytest.mark.parametrize(
    "content", [standard_model(), adn_framework(), standard_model(4, 1, universal=("q",))]
)
def test_contents_survive_as_data(content: FieldContent) -> None:
    assert content_from_data(json.loads(json.dumps(content_as_data(content)))) == content


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fields = 3", "list of tables"),
        ("x = 1", "described by couplings, extends"),
        ("group = 'SU(3)'\nextends = 'sm'", "either a 'group' or"),
        ("", "either a 'group' or"),
        ("group = 'SU(3'", "SU"),
        ("extends = 'mssm'", "one of adn, sm"),
        (
            "extends = 'sm'\n[[fields]]\nname = 'N'\nirreps = ['1', '1']\ncharges={Y=0.5}\nchirality = ''",
            "exact",
        ),
        ("extends = 'sm'\n[[fields]]\nname = 'N'\nirreps = '1'\nchirality='left'", "irreps of N"),
        (
            "extends = 'sm'\n[[fields]]\nname = 'N'\nirreps = ['1', '1']\ncharges = 1\nchirality='left'",
            "charges of N",
        ),
        ("extends = 'sm'\n[[fields]]\nname = 'N'\nirreps = ['1', '1']\nchirality='both'", "one of 'left'"),
        ("extends = 'sm'\n[[fields]]\nspin = 1", "described by charges, chirality"),
        ("extends = 'sm'\nname = 3", "a string"),
        ("extends = 'sm'\ncouplings = 'x'", "a list of strings"),
        ("not toml", "a TOML file"),
    ],
)
def test_bad_content_files(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnomaliesError, match=re.escape(message)):
        read_content(str(path))
    status, out, err = _run(capsys, "count", "--content", str(path), "--qmax", "1")
    assert (status, out, len(err.splitlines())) == (2, "", 1)


def test_contents_that_make_no_catalogue(tmp_path: Path) -> None:
    group = gauge_group("SU(2) x U(1)_X")
    left = [multiplet(group, name, ["2"], chirality="left") for name in ("q", "Q")]
    right = [multiplet(group, name, ["1"], chirality="right") for name in ("a", "b")]
    with pytest.raises(ArgumentError, match="upper and lower case"):
        build_catalogue(FieldContent(group, (*left, *right)), 1, tmp_path / "atlas")
    with pytest.raises(ArgumentError, match="exactly one U"):
        build_catalogue(standard_model(extra=None), 1, tmp_path / "atlas")
    assert not (tmp_path / "atlas").exists()


# ---------------------------------------------------------------- the command line


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("count", "--qmax", "-1"), "'--qmax' must be an integer of at least 1"),
        (("count", "--qmax", "1.5"), "'--qmax' must be an integer of at least 1"),
        (("count", "--qmax", "x"), "'--qmax' must be an integer of at least 1, not 'x'"),
        (("count", "--qmax", "0"), "'--qmax' must be an integer of at least 1"),
        (("count", "--qmax", "1", "--content", "mssm"), "'content' must be one of"),
        (("count", "--qmax", "1", "--content", "none.toml"), "No such file or directory: none.toml"),
        (("count", "--qmax", "1", "--where", "q9 = 0"), "'equalities' must be about charges"),
        (("count", "--qmax", "1", "--where", "q1 = 1"), "'equalities' must be homogeneous"),
        (
            ("build", "--qmax", "1", "--out", "/proc/none"),
            "'directory' must be a directory that can be written",
        ),
        (
            ("build", "--qmax", "2", "--out", "x", "--threads", "0"),
            "'--threads' must be an integer of at least 1",
        ),
        (("verify", "/none"), "'directory' must be a finished catalogue"),
        (("query", "/none", "q1 = 0"), "'directory' must be a finished catalogue"),
        (("query",), "Missing argument 'DIR'"),
    ],
)
def test_bad_input_is_one_line(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        status, out, err = _run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert message in err


# ---------------------------------------------------------------- growth


@given(st.integers(1, 9), st.fractions(1, 50), st.integers(3, 9))
def test_the_growth_law_of_a_power_is_that_power(exponent: int, factor: Fraction, number: int) -> None:
    counts = {bound: int(10**9 * factor) * bound**exponent for bound in range(4, 4 + number)}
    law = growth_law(counts, exponent)
    assert law.deviation.is_zero
    assert law.correction.is_zero
    assert abs(law.factor / int(10**9 * factor) - 1) < Rational(1, 100)
    assert law.formula() == law.factor * Symbol("Q") ** exponent


def test_a_box_that_takes_forever_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"'bound' must be small enough .* takes more than 10\^[1-9]"):
        count_table(standard_model(), 1000)


def test_the_counts_grow_as_expected() -> None:
    table = count_table(standard_model(right_handed_neutrinos=0), 12)
    law = table.growth_law()
    assert law.exponent == table.exponent == 15 - 4 - 2 - 3
    assert 0 < law.deviation < Rational(1, 10)
    assert f"Q^{law.exponent}" in str(law)
    with pytest.raises(ArgumentError, match="'counts' must be at least 3 positive numbers"):
        growth_law({1: 8, 2: 22}, 6)
