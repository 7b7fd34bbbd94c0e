"""The derivation scripts: every check, every format, the LaTeX, and what happens when a step is false."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import anomalies
from anomalies.errors import CheckFailedError, UnknownNameError
from anomalies.latex import compile_pdf, render
from anomalies.topics import FURTHER_TOPICS, TOPICS, derivations, load_derivation, script_directory

ALL = derivations()
SCRIPTS = (*TOPICS, *FURTHER_TOPICS)
CHECKOUT = Path(__file__).parent.parent


def test_every_script_is_a_topic_and_is_listed_for_readers() -> None:
    scripts = {path.stem for path in (CHECKOUT / "derivations").glob("*.py")}
    assert scripts == set(SCRIPTS)
    readme = (CHECKOUT / "derivations" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{topic}.py`" in readme for topic in SCRIPTS)


@pytest.mark.parametrize("topic", SCRIPTS)
def test_the_installed_copy_is_the_script(topic: str) -> None:
    installed = (script_directory() / f"{topic}.py").read_text(encoding="utf-8")
    assert installed == (CHECKOUT / "derivations" / f"{topic}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("topic", SCRIPTS)
def test_every_displayed_formula_says_how_it_was_checked(topic: str) -> None:
    steps = load_derivation(topic).steps
    claims = [step for step in steps if step.formula is not None and step.kind != "definition"]
    assert len(claims) >= 2
    assert all(step.checked for step in claims)


def test_the_equations_of_section_2_are_all_there() -> None:
    tags = {step.source for derivation in ALL for step in derivation.steps}
    wanted = {"2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "1.2", "A.4", "A.7", "Table 2"}
    assert wanted <= tags
    assert {"footnote 11", "footnote 13"} <= {
        step.source for derivation in ALL for step in derivation.steps if step.kind == "disagreement"
    }


@pytest.mark.parametrize("style", ["latex", "markdown", "text", "json"])
def test_output_is_deterministic_in_another_process(style: str) -> None:
    command = [sys.executable, "-c", "from anomalies.cli import main; main()", "derive", "--format", style]
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    assert shown == render(ALL, style)


def test_json_has_words_formulas_and_checks() -> None:
    report = json.loads(render(ALL, "json"))
    assert len(report) == len(TOPICS)
    for derivation in report:
        assert derivation["title"]
        for step in derivation["steps"]:
            assert step["words"]
            assert bool(step["checked"]) == (step["kind"] not in ("remark", "definition"))


@pytest.mark.parametrize("topic", SCRIPTS)
def test_a_script_prints_a_document_that_compiles(topic: str, tmp_path: Path) -> None:
    script = script_directory() / f"{topic}.py"
    shown = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True).stdout
    assert shown == render((load_derivation(topic),), "latex")
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed; .ci/run installs it")
    report = compile_pdf(shown, tmp_path / "out.pdf")
    assert not report.overfull
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_a_false_step_stops_the_script(tmp_path: Path) -> None:
    """The quadratic identity with one hypercharge changed: nothing is printed, the status is 1."""
    script = script_directory() / "dark_anomalies.py"
    broken = tmp_path / "broken.py"
    source = script.read_text(encoding="utf-8")
    assert source.count("_cubes(A) - _cubes(NU)") == 1
    broken.write_text(source.replace("_cubes(A) - _cubes(NU)", "_cubes(A) + _cubes(NU)"), encoding="utf-8")
    result = subprocess.run([sys.executable, str(broken)], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "The cubic one:" in result.stderr
    assert "does not hold" in result.stderr


def test_a_false_step_cannot_be_built() -> None:
    from anomalies.latex import equality

    conditions = anomalies.anomaly_conditions(anomalies.standard_model(1))
    with pytest.raises(CheckFailedError, match="does not hold"):
        equality("Wrong:", conditions["SU(3)^2 X"], conditions["SU(2)^2 X"])


def test_unknown_topic() -> None:
    with pytest.raises(UnknownNameError, match=r"Argument 'TOPIC' must be one of field_content, .*, not 'x'"):
        load_derivation("x")
