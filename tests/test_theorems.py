"""What the toolkit claims: names, coverage, determinism, and that they are about the real conditions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sympy import Symbol

from anomalies.errors import ArgumentError, CheckFailedError, UnknownNameError
from anomalies.proofs import Goal, all_of, for_all, prove_automatically
from anomalies.proofs.certificates import certify, verify_text
from anomalies.theorems import THEOREMS, Theorem, find_theorem, proved, select_theorems

CLAIMS = {theorem.name: proved(theorem) for theorem in THEOREMS}

# What the framework has to have claims about, and the claims.
REQUIRED = {
    "(2.1) has rank 5": ["yukawa-symmetries"],
    "dependencies, footnote 11": [
        "colour-anomaly-implied",
        "weak-anomaly-new",
        "hypercharge-anomaly-new",
        "one-combination-suffices",
    ],
    "the exception of footnote 11": ["exceptional-combination", "any-combination-suffices"],
    "(2.4) is the complete solution": ["general-solution"],
    "A_quad = 0 by cofactors, polarisation, grid": [
        "quadratic-vanishes",
        "quadratic-polarised",
        "quadratic-on-a-grid",
    ],
    "A_quad factorises": ["quadratic-factorises"],
    "B + L": ["baryon-plus-lepton"],
    "(2.6)": ["dark-conditions"],
    "no dark sector": ["no-dark-sector", "lepton-differences"],
    "one dark state": ["one-dark-state", "one-dark-state-exists"],
    "two dark states": [
        "two-dark-states",
        "two-dark-states-exist",
        "two-dark-states-cancel",
        "two-dark-states-any-pair",
    ],
    "three dark states as a product": ["three-dark-states-as-product", "three-dark-states-sum"],
    "(2.7)": ["trivial-dark-sector"],
    "footnotes 13 and 29, (A.4)": [
        "footnote-13-first",
        "footnote-13-second",
        "footnote-13-third",
        "footnote-29-first",
        "footnote-29-second",
        "alternative-dark-sector",
    ],
    "the tangent sector and its exceptions": [
        "tangent-sector",
        "tangent-sector-exception",
        "tangent-sector-old-if",
        "tangent-sector-old-only-if",
        "tangent-sector-always-new",
    ],
    "gauging all at once": ["simultaneous-gauging"],
    "the charged-lepton Yukawa matrix": [
        "lepton-yukawa-entries",
        "lepton-yukawa-diagonal",
        "lepton-yukawa-not-diagonal",
    ],
    "couplings to quarks": ["quarks-decouple", "quarks-decouple-conversely"],
    "C10": ["axial-coupling-universal", "violation-is-vectorial"],
    "EFT (2.1)-(2.9)": ["eft-conditions", "eft-linear", "eft-gravity-follows"],
    "EFT (2.10), (2.11)": ["eft-quadratic", "eft-cubic", "eft-no-quark-coupling"],
    "EFT one dark particle": ["eft-one-dark-particle", "eft-one-dark-particle-does-not-help"],
    "EFT (2.12), (2.13)": ["eft-two-dark-gravity", "eft-two-dark-cubic"],
    "EFT (2.14), (2.15)": [
        "eft-up-quarks-quadratic",
        "eft-up-quarks-cubic",
        "eft-up-quarks-irrational",
    ],
    "EFT (2.16)-(2.20)": ["eft-five-of-six"],
}
FALSE = {"any-combination-suffices", "tangent-sector-always-new"}


def test_everything_required_is_claimed() -> None:
    wanted = {name for names in REQUIRED.values() for name in names}
    assert wanted <= CLAIMS.keys()


def test_what_is_false_is_recorded_as_refuted() -> None:
    assert {name for name, claim in CLAIMS.items() if claim.status == "refuted"} >= FALSE
    assert all(claim.status in ("proved", "refuted") for claim in CLAIMS.values())
    assert all(CLAIMS[theorem.name].status == theorem.expected for theorem in THEOREMS)


@pytest.mark.parametrize("theorem", THEOREMS, ids=lambda theorem: theorem.name)
def test_a_theorem_says_what_it_is(theorem: Theorem) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", theorem.name)
    assert theorem.statement.endswith(".")
    assert theorem.latex
    assert theorem.source == "new" or theorem.source.startswith(("ADN ", "EFT "))
    assert theorem.statement in str(CLAIMS[theorem.name])


def test_names_are_unique() -> None:
    assert len(CLAIMS) == len(THEOREMS)


def _leaves(goal: Goal) -> Iterator[Goal]:
    for part in goal.parts:
        yield from _leaves(part)
    if not goal.parts:
        yield goal


@pytest.mark.parametrize("name", CLAIMS)
def test_no_statement_is_empty(name: str) -> None:
    formal = CLAIMS[name].formal
    assert formal is not None
    for goal in _leaves(formal.goal):
        assert goal.kind != "zero" or goal.expression != 0
        assert goal.kind != "nonzero" or not goal.expression.is_number


def test_an_empty_statement_is_refused() -> None:
    a = Symbol("a")
    hollow = replace(
        find_theorem("quadratic-vanishes"), formal=lambda: for_all([a], all_of(a, a * 0), given=[a])
    )
    with pytest.raises(ArgumentError, match="must have no empty goal"):
        proved(hollow)


def test_a_theorem_with_the_wrong_expectation_fails() -> None:
    with pytest.raises(CheckFailedError, match="must be refuted, not proved"):
        proved(replace(find_theorem("quadratic-vanishes"), holds=False))
    with pytest.raises(CheckFailedError, match="must be proved, not refuted"):
        proved(replace(find_theorem("any-combination-suffices"), holds=True))


@pytest.mark.parametrize(
    "name", ["quadratic-vanishes", "quadratic-factorises", "no-dark-sector", "one-dark-state"]
)
def test_every_hypothesis_is_needed(name: str) -> None:
    """Drop one hypothesis of a minimal statement, and there is no proof any more."""
    formal = CLAIMS[name].formal
    assert formal is not None
    needed = 0
    for index in range(len(formal.given)):
        weaker = replace(formal, given=formal.given[:index] + formal.given[index + 1 :])
        with pytest.raises(CheckFailedError):
            verify_text(certify(name, weaker, prove_automatically).text, name, weaker)
        needed += 1
    assert needed == len(formal.given) > 0


def test_the_statements_are_those_of_the_field_content() -> None:
    """With one coefficient of an anomaly changed by one, the proof is gone."""
    formal = CLAIMS["quadratic-factorises"].formal
    assert formal is not None
    goal = formal.goal.expression
    for symbol in sorted(goal.free_symbols, key=str):
        wrong = replace(formal, goal=Goal("zero", goal + symbol**2))
        with pytest.raises(CheckFailedError):
            certify("wrong", wrong, prove_automatically)


def test_certificates_do_not_depend_on_the_process() -> None:
    names = ["general-solution", "no-dark-sector", "tangent-sector", "eft-up-quarks-irrational"]
    code = (
        "from anomalies.theorems import find_theorem, proved\n"
        f"for name in {names}: print(proved(find_theorem(name)).certificate.sha256)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
    ).stdout.split()
    certificates = [CLAIMS[name].certificate for name in names]
    assert shown == [certificate.sha256 for certificate in certificates if certificate is not None]


def test_choosing_theorems() -> None:
    assert select_theorems() == THEOREMS
    assert [t.name for t in select_theorems(["no-dark-sector"])] == ["no-dark-sector"]
    with pytest.raises(UnknownNameError, match="Argument 'CLAIM' must be a name"):
        find_theorem("fermat")
