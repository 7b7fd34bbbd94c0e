from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Eq, Expr, Ne, expand, symbols, sympify

from anomalies.proofs import (
    Claim,
    Method,
    Statement,
    all_of,
    any_of,
    choose,
    cite_claim,
    decide_on,
    for_all,
    impossible,
    no_zero_modulo,
    prove_automatically,
    prove_by_polarisation,
    prove_by_search,
    prove_claim,
    prove_each,
    prove_on_grid,
    sample,
    solution_space,
    split_cases,
    suppose_not,
    there_is,
    witness,
)
from anomalies.proofs.checked_polynomials import read_expression
from anomalies.proofs.coq import export_to_coq, why_not_in_coq, write_coq
from anomalies.proofs.coq_text import print_expression
from anomalies.proofs.formal import formal_expression

a, b, c, x, y, Z, forall = symbols("a b c x y Z forall")
SUMS = (a + b + c, a**3 / 2 + b**3 / 2 + c**3 / 2)


def claim(name: str, statement: Statement, proof: Method = prove_automatically, words: str = "") -> Claim:
    return prove_claim(name, statement, proof, statement=words, latex="")


CLAIMS = [
    claim(
        "identity", for_all([a, b], (a + b / 3) ** 2 - a**2 - 2 * a * b / 3 - b**2 / 9), words='(* "odd" *)'
    ),
    claim(
        "membership",
        for_all([a, b, x], Eq(x * b, a / 2), quotients={y: a / (2 * b * (a - b))}, given=[x - y * (a - b)]),
    ),
    claim(
        "cases",
        for_all([a, b, c], any_of(a, b, all_of(c, a + b)), given=SUMS),
        split_cases([a / 2, b, 3 * c]),
    ),
    claim(
        "nested",
        for_all([a, b, c], any_of(a, b, c), given=SUMS),
        split_cases([a, b, c], because=decide_on(a, nonzero=suppose_not())),
    ),
    claim("negation", for_all([a, b], any_of(Ne(a, b), a**2 - b**2)), decide_on(a - b, choose(1), choose(0))),
    claim("contradiction", for_all([a], impossible(), given=[a**2 / 3], nonzero=[2 * a])),
    claim("form", for_all([a], x**3 - 8 * y**3, lets={x: a / 3, y: a / 6}), prove_by_polarisation),
    claim("grid", for_all([a], x * y - a**2 / 6, lets={x: a / 2, y: a / 3}), prove_on_grid),
    claim(
        "space",
        for_all([a, b, c], solution_space([a - b / 2, 2 * a - b], [a, b, c], [["1/3", "2/3", 0], [0, 0, 2]])),
    ),
    claim("point", for_all([a, b], solution_space([a, a - b / 3], [a, b], []))),
    claim("everything", for_all([a, b], solution_space([], [a, b], [[1, 1], [0, "1/2"]]))),
    claim("mod", for_all([Z, forall], Z**2 - forall**2, given=[Z - forall])),
    claim("3-nothing", for_all([], all_of(0, Ne(1, 0)))),
]


@pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")
@pytest.mark.parametrize("proved", CLAIMS, ids=lambda entry: entry.name)
def test_coq_accepts_the_proof(proved: Claim, tmp_path: Path) -> None:
    (path,) = write_coq([export_to_coq(proved)], tmp_path)
    result = subprocess.run(["coqc", "-q", path.name], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, path.read_text() + result.stderr
    assert "Axioms" not in result.stdout


@pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")
def test_coq_refuses_another_statement(tmp_path: Path) -> None:
    text = export_to_coq(CLAIMS[2]).text
    assert text is not None
    (tmp_path / "wrong.v").write_text(text.replace("a ^ 3 + b ^ 3 + c ^ 3 = 0 ->", "a ^ 3 + b ^ 3 = 0 ->"))
    result = subprocess.run(["coqc", "-q", "wrong.v"], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode != 0


@pytest.mark.parametrize("proved", CLAIMS, ids=lambda entry: entry.name)
def test_nothing_is_left_to_belief(proved: Claim) -> None:
    text = export_to_coq(proved).text
    assert text is not None
    proof = text.partition("Theorem")[2]
    assert "Qed." in proof
    assert not any(word in text for word in ("Admitted", "Axiom", "admit", "Parameter", "Hypothesis"))
    assert proof.count("Theorem") == proof.count("Proof.") - 1
    assert text.count("(*") == text.count("*)") == 1


REASONS: dict[str, Claim] = {
    "it is cited": cite_claim("cited", statement="", latex="", source="ADN"),
    "it uses 'sample'": claim("sampled", for_all([a], a - a), sample()),
    "it uses 'witness'": claim("refuted", for_all([a], a), witness([1])),
    "it uses 'anisotropic'": claim(
        "irrational", for_all([a, b], a, given=[a**3 - 2 * b**3]), no_zero_modulo(a**3 - 2 * b**3)
    ),
    "it is about single points": claim("exists", there_is([a], Ne(a, 0)), witness([1])),
}


@pytest.mark.parametrize("reason", REASONS)
def test_what_is_not_exported_says_why(reason: str) -> None:
    export = export_to_coq(REASONS[reason])
    assert (export.text, export.reason) == (None, reason)
    assert why_not_in_coq(REASONS[reason]) == reason


@pytest.mark.parametrize("proved", CLAIMS, ids=lambda entry: entry.name)
def test_what_is_exported_has_no_reason_not_to_be(proved: Claim) -> None:
    assert why_not_in_coq(proved) == export_to_coq(proved).reason == ""


@pytest.mark.parametrize("place", ["because", "zero", "then", "proofs", "proof"])
def test_a_step_without_translation_is_found_wherever_it_is(place: str) -> None:
    """The same leaf, at the end of each kind of branch that a proof has."""
    form = no_zero_modulo(a**3 - 2 * b**3)
    method: Method = {
        "because": split_cases([a], because=form),
        "zero": decide_on(b, zero=form, nonzero=form),
        "then": suppose_not(form),
        "proofs": prove_each(prove_automatically, form),
        "proof": choose(0, form),
    }[place]
    goal = {"proofs": all_of(a**3 - 2 * b**3, a), "proof": any_of(a, b)}.get(place, a)
    nested = claim("nested-form", for_all([a, b], goal, given=[a**3 - 2 * b**3]), method)
    assert why_not_in_coq(nested) == export_to_coq(nested).reason == "it uses 'anisotropic'"


def test_a_finite_domain_is_not_forgotten(tmp_path: Path) -> None:
    bounded = claim("bounded", for_all([a], Ne(a, 2), domain={a: [0, 1]}), prove_by_search)
    assert export_to_coq(bounded).text is None
    assert write_coq([export_to_coq(bounded)], tmp_path) == ()


EXPRESSIONS: Any = st.recursive(
    st.sampled_from([a, b, a**2 - b / 3, 2 * a * b / 5 + 1])
    | st.fractions(-3, 3, max_denominator=6).map(sympify),
    lambda inner: (
        st.tuples(inner, inner).map(lambda pair: pair[0] + pair[1])
        | st.tuples(inner, inner).map(lambda pair: pair[0] * pair[1])
        | inner.map(lambda base: base**2)
    ),
    max_leaves=5,
)


@settings(max_examples=100, deadline=None)
@given(expression=EXPRESSIONS)
def test_the_printed_text_is_an_integer_multiple_of_the_expression(expression: Expr) -> None:
    formal = formal_expression(expression, {a: 0, b: 1})
    text, factor = print_expression(read_expression(formal, {"a": 0, "b": 1}, "test"))
    assert "/" not in text
    assert factor >= 1
    assert expand(sympify(text.replace("^", "**"), locals={"a": a, "b": b}) - factor * expression) == 0
