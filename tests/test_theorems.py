"""The theorems: what has to be among them, that they hold, and that they would not in another world."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from certificate_mutations import agrees, mutate
from claims_as_tests import holds_at, refutes, witness_point
from sympy import Integer, Rational, symbols

from anomalies.conditions import anomaly_conditions
from anomalies.errors import AnomaliesError, ArgumentError, CheckFailedError, UnknownNameError
from anomalies.fields import Chirality, FieldContent, Multiplet
from anomalies.library import standard_model
from anomalies.literature import Scenario, scenario
from anomalies.proofs import Claim, Goal, Statement, all_of, for_all, statement_digest
from anomalies.proofs.certificates import certify, verify_text
from anomalies.proofs.coq import export_to_coq, why_not_in_coq
from anomalies.reports import verify_all
from anomalies.theorems import (
    THEOREMS,
    Theorem,
    dark,
    ellis,
    find_theorem,
    framework,
    proved,
    select_theorems,
)

NAMES = [theorem.name for theorem in THEOREMS]


@cache
def _claim(name: str) -> Claim:
    return proved(find_theorem(name))


def _formal(name: str) -> Statement:
    formal = _claim(name).formal
    assert formal is not None
    return formal


def _text(name: str) -> str:
    certificate = _claim(name).certificate
    assert certificate is not None
    return certificate.text


@cache
def _digest(name: str) -> str:
    return statement_digest(_formal(name))


# What has to be proved, at least.
REQUIRED = {
    # ADN
    "(2.1) has rank 5": ["yukawa-symmetries"],
    "footnote 11: the dependencies of the linear conditions": [
        "colour-anomaly-implied",
        "weak-anomaly-new",
        "hypercharge-anomaly-new",
        "one-combination-suffices",
    ],
    "footnote 11: the exception": ["any-combination-suffices", "exceptional-combination"],
    "(2.4) is the complete solution": ["general-solution"],
    "A_quad = 0 by cofactors": ["quadratic-vanishes"],
    "A_quad = 0 by polarisation": ["quadratic-polarised"],
    "A_quad = 0 on a grid": ["quadratic-on-a-grid"],
    "A_quad factorises": ["quadratic-factorises"],
    "B + L cannot be gauged": ["baryon-plus-lepton"],
    "(2.6)": ["dark-conditions"],
    "no dark sector means L_i - L_j + a Y": ["no-dark-sector", "lepton-differences"],
    "one dark state, both ways": ["one-dark-state", "one-dark-state-exists"],
    "two dark states, all cases": [
        "two-dark-states",
        "two-dark-states-exist",
        "two-dark-states-cancel",
        "two-dark-states-any-pair",
    ],
    "three dark states: X + Y + Z = sigma, X Y Z = pi": [
        "three-dark-states-as-product",
        "three-dark-states-sum",
    ],
    "the trivial solution (2.7)": ["trivial-dark-sector"],
    "the examples of footnotes 13 and 29 and (A.4)": [
        "footnote-13-first",
        "footnote-13-second",
        "footnote-13-third",
        "footnote-29-first",
        "footnote-29-second",
        "alternative-dark-sector",
    ],
    "the closed form, its exception and where it is new": [
        "tangent-sector",
        "tangent-sector-exception",
        "tangent-sector-always-new",
        "tangent-sector-old-only-if",
        "tangent-sector-old-if",
    ],
    "simultaneous gauging of the whole family": ["simultaneous-gauging"],
    "the Yukawa matrix, all nine entries": [
        "lepton-yukawa-entries",
        "lepton-yukawa-diagonal",
        "lepton-yukawa-not-diagonal",
    ],
    "the Z' decouples from quarks, both ways": ["quarks-decouple", "quarks-decouple-conversely"],
    "C10 is universal, the violation vectorial": ["axial-coupling-universal", "violation-is-vectorial"],
    # EFT
    "(2.1)-(2.9)": ["eft-conditions", "eft-linear", "eft-gravity-follows"],
    "(2.10)": ["eft-quadratic"],
    "(2.11), so no quark coupling without new particles": ["eft-cubic", "eft-no-quark-coupling"],
    "a single dark particle is vector-like": [
        "eft-one-dark-particle",
        "eft-one-dark-particle-does-not-help",
    ],
    "(2.12), (2.13)": ["eft-two-dark-gravity", "eft-two-dark-cubic"],
    "(2.14), and (2.15) has no rational solution": [
        "eft-up-quarks-quadratic",
        "eft-up-quarks-cubic",
        "eft-up-quarks-irrational",
    ],
    "(2.16)-(2.20) solve five of the six": ["eft-five-of-six"],
    "C10 vanishes when Z and Z' are exchanged": ["vector-like-at-low-energy"],
    "EFT: all two-dark models": ["eft-two-dark-product", "eft-two-dark-all"],
    "EFT: no vector-like muon": ["eft-no-vector-like-muon"],
    "EFT: compact form, both ways": ["eft-compact-form", "eft-compact-form-solves"],
    "EFT: the branch D = 0": [
        "eft-numerator-vanishes",
        "eft-conic",
        "eft-conic-solves",
        "eft-tangent-model",
        "eft-denominator-never-vanishes",
    ],
    "EFT: the cubic condition": [
        "eft-quintic",
        "eft-three-squares",
        "eft-singular-points",
        "eft-cubic-surfaces",
        "eft-cubic-surfaces-solve",
    ],
    "EFT: appendix": ["eft-all-quarks", "eft-all-quarks-third-family"],
}

REFUTED = {
    "any-combination-suffices",
    "eft-denominator-never-vanishes",
    "eft-two-dark-never-axial",
    "equal-squares-are-permutations-of-four",
    "pure-u1-every-order",
    "tangent-sector-always-new",
}


@pytest.mark.parametrize("requirement", REQUIRED)
def test_what_has_to_be_proved_is(requirement: str) -> None:
    for name in REQUIRED[requirement]:
        assert _claim(name).status == ("refuted" if name in REFUTED else "proved")


def test_every_certificate_shows_the_expected_status() -> None:
    assert {name for name in NAMES if _claim(name).status == "refuted"} == REFUTED
    assert {_claim(name).status for name in NAMES} == {"proved", "refuted"}


# `proved` has had every certificate checked, and .ci/run checks them all once more, from their files.
@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.slow)])
def test_the_checker_accepts_certificates_as_texts(every: int) -> None:
    verdicts = verify_all({name: _text(name).encode() for name in NAMES[::every]})
    assert [(v.name, v.status, v.failure) for v in verdicts] == [
        (theorem.name, theorem.expected, "") for theorem in THEOREMS[::every]
    ]


@pytest.mark.slow
def test_whether_a_claim_has_a_coq_file_is_known_without_writing_it() -> None:
    reasons = {name: why_not_in_coq(_claim(name)) for name in NAMES}
    assert reasons == {name: export_to_coq(_claim(name)).reason for name in NAMES}
    assert {bool(reason) for reason in reasons.values()} == {True, False}


def test_theorems_say_what_they_are() -> None:
    assert len(set(NAMES)) == len(NAMES)
    for theorem in THEOREMS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", theorem.name)
        assert theorem.statement.endswith(".")
        assert "  " not in theorem.statement
        assert theorem.latex
        assert theorem.statement in str(_claim(theorem.name))
        assert re.match(
            r"new$|arXiv:[0-9]{4}\.[0-9]{5}|(ADN|EFT) (\([0-9A]|footnote|section)", theorem.source
        ), theorem.source
        assert all((*theorem.hypotheses, *theorem.exceptions, True))


def _leaves(goal: Goal) -> list[Goal]:
    return [leaf for part in goal.parts for leaf in _leaves(part)] or [goal]


def test_no_statement_is_empty() -> None:
    for name in NAMES:
        for leaf in _leaves(_formal(name).goal):
            assert leaf.kind not in ("zero", "nonzero") or leaf.expression.free_symbols
        assert not any(h == 0 for h in _formal(name).given)
    digests = [_digest(name) for name in NAMES]
    twice = {name for name in NAMES if digests.count(_digest(name)) > 1}
    assert twice == {"quadratic-polarised", "quadratic-on-a-grid"}  # one statement, two proofs


def test_a_statement_that_says_nothing_is_refused() -> None:
    a, b = symbols("a b")
    empty = Theorem("empty", "Nothing.", "0 = 0", "new", lambda: for_all([a], all_of(a - b * 0, Integer(0))))
    with pytest.raises(ArgumentError, match="must have no empty goal, and 'empty' has one"):
        proved(empty)


def test_a_theorem_that_turns_out_otherwise_is_refused() -> None:
    wrong = replace(find_theorem("any-combination-suffices"), holds=True)
    with pytest.raises(CheckFailedError, match="must be proved, not refuted"):
        proved(wrong)
    with pytest.raises(CheckFailedError, match="must be refuted, not proved"):
        proved(replace(find_theorem("quadratic-vanishes"), holds=False))


def test_theorems_are_found_by_name() -> None:
    assert select_theorems() == THEOREMS
    assert [theorem.name for theorem in select_theorems(NAMES[:2])] == NAMES[:2]
    with pytest.raises(UnknownNameError, match="Argument 'CLAIM' must be a name that"):
        find_theorem("quadratic-vanish")


@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.slow)])
def test_certificates_do_not_depend_on_the_process(every: int) -> None:
    code = (
        "import json\nfrom anomalies.proofs.certificates import certify\n"
        f"from anomalies.theorems import THEOREMS\nchosen = THEOREMS[::{every}]\n"
        "print(json.dumps({t.name: certify(t.name, t.formal(), t.method).text for t in chosen}))"
    )
    seed = str(int(os.environ.get("PYTHONHASHSEED", "0").replace("random", "0")) + 1)
    shown = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(shown.stdout) == {name: _text(name) for name in NAMES[::every]}


@pytest.mark.parametrize(
    "name", ["quadratic-vanishes", "quadratic-factorises", "no-dark-sector", "one-dark-state"]
)
def test_without_any_one_hypothesis_there_is_no_proof(name: str) -> None:
    formal, method = _formal(name), find_theorem(name).method
    assert formal.given
    for index in range(len(formal.given)):
        weaker = replace(formal, given=formal.given[:index] + formal.given[index + 1 :])
        with pytest.raises(CheckFailedError):
            verify_text(certify(name, weaker, method).text, name, weaker)


# ------------------------------------------------------------------ that the theorems are about physics


def _hypercharge(field: Multiplet) -> Multiplet:
    y, *others = field.charges
    return replace(field, charges=(tuple(charge + Rational(1, 6) for charge in y), *others))


def _hypercharge_of_the_last_family(field: Multiplet) -> Multiplet:
    y, *others = field.charges
    return replace(field, charges=((*y[:-1], y[-1] + Rational(1, 6)), *others))


def _mirror(field: Multiplet) -> Multiplet:
    opposite = {Chirality.LEFT: Chirality.RIGHT, Chirality.RIGHT: Chirality.LEFT}
    return replace(field, chirality=opposite[field.chirality])


WRONG_CONTENTS: dict[str, tuple[str, Callable[[Multiplet], Multiplet]]] = {
    **{f"hypercharge of {name}": (name, _hypercharge) for name in ("q", "u", "d", "l", "e", "nu")},
    **{f"third family of {name}": (name, _hypercharge_of_the_last_family) for name in ("q", "l", "e")},
    **{f"chirality of {name}": (name, _mirror) for name in ("q", "u")},
}

ABOUT_CONTENTS = (*framework.THEOREMS, *dark.THEOREMS, *ellis.THEOREMS)


def _use_wrong_content(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Let the theorems take their anomaly conditions from a content with one field changed."""
    name, change = WRONG_CONTENTS[kind]

    def changed(content: FieldContent) -> FieldContent:
        if name not in {field.name for field in content.multiplets}:
            return content
        return content.map_fields({name: change(content.multiplet(name))})

    @cache
    def conditions_of(up_quarks: bool = False, dark: tuple[str, ...] = ()) -> object:
        right = scenario(up_quarks=up_quarks, dark=dark)
        wrong = Scenario(changed(right.content), right.symbols)
        return wrong, wrong.conditions

    wrong = anomaly_conditions(changed(standard_model(universal=("q", "u", "d")))).involving("X")
    monkeypatch.setattr(framework, "conditions", lambda: wrong)
    monkeypatch.setattr(dark, "conditions", lambda: wrong)
    monkeypatch.setattr(ellis, "_scenario", conditions_of)


def _affected(known: frozenset[str] = frozenset()) -> tuple[set[str], set[str]]:
    """Return the theorems that state something else now, and those of them that cannot be proved.

    Of those that are `known` to break in some world only the first that breaks in this one is looked for.
    """
    stated: set[str] = set()
    broken: set[str] = set()
    for theorem in sorted(ABOUT_CONTENTS, key=lambda entry: entry.name not in known):
        if broken and theorem.name in known:
            continue
        try:
            if statement_digest(theorem.formal()) == _digest(theorem.name):
                continue
            stated.add(theorem.name)
            proved(theorem)
        except AnomaliesError:  # no proof; or a charge in the statement that is none of its variables
            stated.add(theorem.name)
            broken.add(theorem.name)
    return stated, broken


def test_wrong_contents_break_the_theorems(monkeypatch: pytest.MonkeyPatch) -> None:
    stated: set[str] = set()
    broken: set[str] = set()
    for kind in WRONG_CONTENTS:
        with monkeypatch.context() as patch:
            _use_wrong_content(patch, kind)
            found = _affected(frozenset(broken))
        assert found[1], kind
        stated, broken = stated | found[0], broken | found[1]
    # That the SU(2)^2 X condition is new holds whatever hypercharges and chiralities are.
    assert stated - broken == {"weak-anomaly-new"}
    assert len(broken) > 25
    assert _affected() == (set(), set())


def test_one_wrong_hypercharge_is_a_failed_check(monkeypatch: pytest.MonkeyPatch) -> None:
    _use_wrong_content(monkeypatch, "hypercharge of d")
    for name in ("quadratic-vanishes", "quadratic-polarised", "quadratic-on-a-grid", "simultaneous-gauging"):
        with pytest.raises(CheckFailedError):
            proved(find_theorem(name))


def test_a_power_of_an_unknown_symbol_is_refused() -> None:
    a, b = symbols("a b")
    for expression in (b**2, a - b**3, a * b**2):
        with pytest.raises(ArgumentError, match="must be written in the names a, not"):
            for_all([a], expression)


# ------------------------------------------------------------------------------- changed certificates


def _is_proof(claim: Claim, proof: dict[str, Any]) -> bool:
    """Tell without the checker whether a proof shows what the claim says."""
    formal = _formal(claim.name)
    if proof["method"] != "witness":
        return agrees(formal, proof)
    point = witness_point(formal, proof["values"])
    return refutes(formal, point) if claim.status == "refuted" else holds_at(formal, point)


@pytest.mark.parametrize("mutants", [8, pytest.param(30, marks=pytest.mark.slow)])
def test_no_changed_certificate_passes(mutants: int) -> None:
    donors = {name: json.loads(_text(name))["proof"] for name in NAMES}
    tried = 0
    for name in NAMES:
        claim, original, chance = _claim(name), json.loads(_text(name)), random.Random(name)
        for _ in range(mutants):
            mutant = mutate(original, donors, chance)
            if json.dumps(mutant) == json.dumps(original):
                continue
            tried += 1
            try:
                verdict = verify_text(json.dumps(mutant), name, _formal(name))
            except AnomaliesError:
                continue
            # Another true proof of the same statement may pass, and nothing else.
            assert verdict.status == claim.status
            assert mutant["statement"] == original["statement"]
            assert _is_proof(claim, mutant["proof"]), mutant["proof"]
    assert tried > 5 * mutants // 6 * len(NAMES)


LONGEST = "pure-u1-merge"  # its certificate of a hundred kilobytes takes half a second to check


@pytest.mark.parametrize(
    ("name", "most"),
    [
        *((name, 3 if name == LONGEST else 12) for name in NAMES),
        pytest.param(LONGEST, 12, marks=pytest.mark.slow),
    ],
)
def test_every_number_of_a_certificate_matters(name: str, most: int) -> None:
    """Add one to each number of the proof that stands for itself, one at a time."""
    claim = _claim(name)
    head, _, proof = _text(name).partition('"proof": ')
    numbers = list(re.finditer(r'(?<=[":\[ ])-?[0-9]+(?=["\],}])', proof))
    for match in random.Random(name).sample(numbers, min(most, len(numbers))):
        changed = f"{proof[: match.start()]}{int(match[0]) + 1}{proof[match.end() :]}"
        try:
            verdict = verify_text(f'{head}"proof": {changed}', name, _formal(name))
        except AnomaliesError:
            continue
        assert verdict.status == claim.status
        assert _is_proof(claim, json.loads(f'{head}"proof": {changed}')["proof"]), changed
