"""The derivation scripts: every check, every format, the LaTeX, and what happens when a step is false."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

import anomalies
import anomalies.theorems
from anomalies.errors import CheckFailedError, UnknownNameError
from anomalies.latex import Derivation, Step, compile_pdf, render
from anomalies.topics import CHAPTERS, FURTHER_TOPICS, TOPICS, derivations, load_derivation, script_directory

ALL = derivations()
SCRIPTS = (*TOPICS, *FURTHER_TOPICS)
CHECKOUT = Path(__file__).parent.parent

# The script that proves every claim; .ci/run runs it as well.
LONG = "theorems"
WITH_ARGUMENTS = "cubic_curve"
FIRST = {WITH_ARGUMENTS, *(topics[0] for topics in CHAPTERS.values())} - {LONG}
BUT_LONG = [pytest.param(topic, marks=pytest.mark.slow if topic == LONG else ()) for topic in SCRIPTS]


@cache
def _loaded(topic: str) -> Derivation:
    return load_derivation(topic)


def test_every_script_is_a_topic_and_is_listed_for_readers() -> None:
    scripts = {path.stem for path in (CHECKOUT / "derivations").glob("*.py")}
    assert scripts == set(SCRIPTS)
    readme = (CHECKOUT / "derivations" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{topic}.py`" in readme for topic in SCRIPTS)


@pytest.mark.parametrize("topic", SCRIPTS)
def test_the_installed_copy_is_the_script(topic: str) -> None:
    installed = (script_directory() / f"{topic}.py").read_text(encoding="utf-8")
    assert installed == (CHECKOUT / "derivations" / f"{topic}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("topic", BUT_LONG)
def test_every_displayed_formula_says_how_it_was_checked(topic: str) -> None:
    _check_steps(_loaded(topic).steps)


def test_every_displayed_claim_says_how_it_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The script about the claims, with some of them."""
    some = anomalies.theorems.THEOREMS[::8]
    monkeypatch.setattr(anomalies.theorems, "THEOREMS", some)
    steps = load_derivation(LONG).steps
    _check_steps(steps)
    words = [step.words.template for step in steps]
    assert all(any(word.startswith(f"{theorem.name}. ") for word in words) for theorem in some)


def _check_steps(steps: Iterable[Step]) -> None:
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


def test_output_is_deterministic_in_another_process() -> None:
    styles = ["latex", "markdown", "text", "json"]
    code = (
        "import json\nfrom anomalies.latex import render\nfrom anomalies.topics import derivations\n"
        f"made = derivations()\nprint(json.dumps({{style: render(made, style) for style in {styles}}}))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    ).stdout
    assert json.loads(shown) == {style: render(ALL, style) for style in styles}


def test_json_has_words_formulas_and_checks() -> None:
    report = json.loads(render(ALL, "json"))
    assert len(report) == len(TOPICS)
    for derivation in report:
        assert derivation["title"]
        for step in derivation["steps"]:
            assert step["words"]
            assert bool(step["checked"]) == (step["kind"] not in ("remark", "definition"))


# The first of each chapter, and, as .ci/run does, all of them.
@pytest.mark.parametrize(
    "topic",
    [pytest.param(topic, marks=() if topic in FIRST else pytest.mark.slow) for topic in SCRIPTS],
)
def test_a_script_prints_its_document(topic: str) -> None:
    script = script_directory() / f"{topic}.py"
    shown = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True).stdout
    assert shown == render((_loaded(topic),), "latex")


@pytest.mark.parametrize("topic", SCRIPTS)
def test_a_script_does_nothing_but_print_its_derivation(topic: str) -> None:
    source = (script_directory() / f"{topic}.py").read_text(encoding="utf-8")
    call = "main(sys.argv[1:])" if topic == WITH_ARGUMENTS else "print_derivation(derivation)"
    assert source.endswith(f'\n\nif __name__ == "__main__":\n    {call}\n')


# One document with the whole framework; and, as .ci/run does, that of each script.
@pytest.mark.parametrize("topics", [TOPICS, *(pytest.param((t,), marks=pytest.mark.slow) for t in SCRIPTS)])
def test_documents_compile(topics: tuple[str, ...], tmp_path: Path) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed; .ci/run installs it")
    report = compile_pdf(render(map(_loaded, topics), "latex"), tmp_path / "out.pdf")
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
    with pytest.raises(
        UnknownNameError, match=r"Argument 'TOPIC' must be one of framework, .*field_content, .*, not 'x'"
    ):
        load_derivation("x")
