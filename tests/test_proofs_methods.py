from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Add, Basic, Eq, Function, Matrix, Mul, Ne, Symbol, latex, pretty, sqrt, symbols

from anomalies.errors import (
    AnomaliesError,
    ArgumentError,
    ArgumentTypeError,
    CheckFailedError,
    InexactNumberError,
)
from anomalies.proofs import (
    Certificate,
    Claim,
    Formula,
    Method,
    Statement,
    all_of,
    any_of,
    argument,
    certify,
    check_certificate,
    choose,
    cite_claim,
    decide_on,
    for_all,
    impossible,
    no_zero_modulo,
    nonzero,
    prove_by_polarisation,
    prove_by_search,
    prove_claim,
    prove_contradiction,
    prove_each,
    prove_identity,
    prove_membership,
    prove_on_grid,
    prove_solution_space,
    read_certificates,
    sample,
    solution_space,
    solutions,
    split_cases,
    statement_digest,
    sum_of_squares,
    suppose_not,
    there_is,
    verify,
    witness,
    write_certificates,
)
from anomalies.proofs.checked_statements import MOST_BYTES

a, b, c, t, x, y, z = symbols("a b c t x y z")
SUMS = (a + b + c, a**3 + b**3 + c**3)


def status(statement: Statement, *method: Method) -> str:
    return check_certificate(certify("test", statement, *method).text).status


def dark() -> Claim:
    return prove_claim(
        "no-dark-sector",
        for_all([a, b, c], any_of(a, b, c), given=SUMS),
        split_cases([a, b, c]),
        statement="Without dark states one of the a_i vanishes.",
        latex=r"a + b + c = a^3 + b^3 + c^3 = 0 \implies a b c = 0",
        source="ADN, footnote 12",
        exceptions=("none",),
    )


# --------------------------------------------------------------------------------------- statements


def test_products_and_powers_stay_as_they_are_written() -> None:
    statement = for_all([a, b, c], 2 * a * (b + c) ** 3 * (a - b) + a**2 / 3 - 1, lets={t: (a + b) ** 2})
    assert statement.formal["lets"] == [["t", ["^", {"a": "1", "b": "1"}, 2]]]
    total, monomials, long_product = statement.formal["goal"]["zero"]
    assert (total, monomials) == ("+", {"a^2": "1/3", "1": "-1"})
    assert long_product[:2] == ["*", {"a": "2"}]
    assert sorted(map(str, long_product[2:])) == ["['^', {'b': '1', 'c': '1'}, 3]", "{'a': '1', 'b': '-1'}"]


def test_unevaluated_expressions_mean_the_same() -> None:
    doubled = Add(a, a, Mul(b, b, evaluate=False), evaluate=False)
    assert for_all([a, b], doubled).formal["goal"] == {"zero": {"a": "2", "b^2": "1"}}
    assert for_all([a], Add(a, -a, evaluate=False)).formal["goal"] == {"zero": "0"}


def test_quotients_become_variables_with_their_hypotheses() -> None:
    statement = for_all(
        [a, b], Eq(x * (a - b), a), quotients={x: a / (a - b) + 0 * b, y: 1 / (2 * (a - b) ** 2 * a)}
    )
    assert statement.variables == (a, b, x, y)
    assert set(statement.nonzero) == {a - b, a}
    assert status(statement) == "proved"


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (
            lambda: for_all([a], a + b),
            ArgumentError,
            "Argument 'expression' must be written in the names a, not b",
        ),
        (lambda: for_all([a, a], a), ArgumentError, "symbols with different names"),
        (lambda: for_all([a], a, lets={a: a}), ArgumentError, "symbols with different names"),
        (lambda: for_all([a], a, lets={t: x, x: a}), ArgumentError, "must be written in the names a, not x"),
        (lambda: for_all([Symbol("Q_{e}")], 0), ArgumentError, "symbols named by letters, digits and _"),
        (lambda: for_all([a], sqrt(a)), ArgumentError, "a polynomial with rational coefficients"),
        (lambda: for_all([a], 1 / a), ArgumentError, "a polynomial with rational coefficients"),
        (lambda: for_all([a], sqrt(2) * a), ArgumentError, "a polynomial with rational coefficients"),
        (lambda: for_all([a], Function("f")(a)), ArgumentError, "a polynomial with rational coefficients"),
        (lambda: for_all([a], a * 0.5), ArgumentError, "a polynomial with rational coefficients"),
        (lambda: for_all([a], 0.5), InexactNumberError, "Argument 'goal' must be exact, not 0.5"),
        (lambda: for_all([a], a < b), ArgumentTypeError, "Argument 'goal' must be an expression, not a < b"),
        (lambda: any_of(), ArgumentError, "at least one goal for 'any_of', not none"),
        (
            lambda: for_all([a], a, domain={b: [1]}),
            ArgumentError,
            "values of every variable and of nothing else",
        ),
        (
            lambda: solution_space([a * b], [a, b], []),
            ArgumentError,
            "homogeneous linear forms in the variables",
        ),
        (
            lambda: solution_space([a + 1], [a], []),
            ArgumentError,
            "homogeneous linear forms in the variables",
        ),
        (lambda: solution_space([a], [a, b], [[1]]), ArgumentError, "must have 2 entries, not 1"),
    ],
)
def test_statements_that_cannot_be_made(
    make: Callable[[], Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        make()


def test_a_statement_is_known_by_what_it_says() -> None:
    one = for_all([a, b], Eq(a, b), given=[a - b])
    assert statement_digest(one) == statement_digest(for_all([a, b], a - b, given=[Eq(a, b)]))
    changed = [
        for_all([b, a], Eq(a, b), given=[a - b]),
        for_all([a, b], Eq(b, a), given=[a - b]),
        for_all([a, b], Ne(a, b), given=[a - b]),
        for_all([a, b], Eq(a, b), nonzero=[a - b]),
        for_all([a, b], Eq(a, b)),
        there_is([a, b], Eq(a, b), given=[a - b]),
    ]
    assert len({statement_digest(statement) for statement in [one, *changed]}) == 7


def test_certificates_do_not_depend_on_the_hash_seed() -> None:
    program = """
from sympy import symbols
from anomalies.proofs import *
a, b, c, x = symbols("a b c x")
goal = all_of(x * (a - b) * (b - c) * (c - a) ** 2, any_of(a * (b + c) - b * (a + c), b))
given = [x * (a + 1) - 2, a - b, (a + b + 1) * (a + c + 1) * (b + c) * b]
print(certify("test", for_all([a, b, c, x], goal, given=given)).sha256)
"""
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(hashes) == 1


# ------------------------------------------------------------------------------------------ methods


@pytest.mark.parametrize(
    ("statement", "method", "message"),
    [
        (for_all([a], a), prove_identity, "does not expand to 0"),
        (for_all([a, b], a, given=[a * b]), prove_membership, "no combination of the given"),
        (for_all([a, b], impossible(), given=[a * b]), prove_contradiction, "no combination of the given"),
        (for_all([a], a), prove_by_polarisation, "no form in the abbreviations"),
        (for_all([a, b], solution_space([a], [a, b], [[1, 0]])), prove_solution_space, "is no solution"),
        (for_all([a, b], solution_space([a], [a, b], [])), prove_solution_space, "has dimension 1"),
        (
            for_all([a, b, c], solution_space([a], [a, b, c], [[0, 1, 1], [0, 2, 2]])),
            prove_solution_space,
            "is not independent",
        ),
        (for_all([a, b], any_of(a, b), given=[a * b]), choose(0), "no combination of the given"),
        (for_all([a, b], a, given=[a**2 - b**2]), split_cases([a - b, a + b]), "no combination of the given"),
        (for_all([a], Ne(a, 0)), suppose_not(), "no combination of the given"),
    ],
)
def test_methods_say_when_they_find_nothing(statement: Statement, method: Method, message: str) -> None:
    with pytest.raises(CheckFailedError, match=message):
        method(statement)


def test_forms_with_zeros_everywhere_are_given_up() -> None:
    with pytest.raises(CheckFailedError, match="zeros modulo every prime power tried"):
        no_zero_modulo(x**2 - y**2)


@pytest.mark.parametrize(
    ("statement", "method", "message"),
    [
        (for_all([a], Ne(a, 0)), prove_identity, "must have a goal 'zero' for prove_identity, not 'nonzero'"),
        (for_all([a], a), prove_by_search, "must have a finite domain"),
        (for_all([a], a), choose(0), "must have a goal 'any' for choose"),
        (for_all([a], any_of(a, Ne(a, 0))), choose(2), "Argument 'index' must be less than 2, not 2"),
        (for_all([a], all_of(a, a)), prove_each(prove_identity), "must be 2 methods, one each, not 1"),
        (for_all([a], a), witness({b: 1}), "must give the value of every variable"),
        (for_all([a], a), witness([1, 2]), "Argument 'values' must have 1 entries, not 2"),
        (for_all([a], impossible()), suppose_not(), "must have a goal 'nonzero' for suppose_not"),
    ],
)
def test_methods_refuse_statements_that_they_are_not_for(
    statement: Statement, method: Method, message: str
) -> None:
    with pytest.raises(ArgumentError, match=message):
        method(statement)


COEFFICIENTS = st.integers(-4, 4)
LINEAR = st.tuples(*[COEFFICIENTS] * 4).map(lambda k: k[0] * a + k[1] * b + k[2] * c + k[3])


@settings(max_examples=40, deadline=None)
@given(forms=st.lists(LINEAR, min_size=1, max_size=2), cofactors=st.lists(LINEAR, min_size=2, max_size=2))
def test_every_combination_of_hypotheses_is_found(forms: list[Any], cofactors: list[Any]) -> None:
    hypotheses = [*forms, a**2 * b + c]
    target = sum(k * h for k, h in zip([*cofactors, a - 2], hypotheses, strict=False))
    assert status(for_all([a, b, c], target, given=hypotheses)) == "proved"


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(*[COEFFICIENTS] * 4), min_size=1, max_size=4), scale=st.integers(1, 3))
def test_every_solution_space_is_proved_and_no_smaller_one(rows: list[tuple[int, ...]], scale: int) -> None:
    variables = (a, b, c, t)
    forms = [sum(k * v for k, v in zip(row, variables, strict=True)) for row in rows]
    basis = [[scale * entry for entry in vector] for vector in Matrix(rows).nullspace()]
    assert status(for_all(variables, solution_space(forms, variables, basis))) == "proved"
    if basis:
        with pytest.raises(CheckFailedError):
            certify("test", for_all(variables, solution_space(forms, variables, basis[1:])))


@settings(max_examples=25, deadline=None)
@given(
    bound=st.integers(1, 3),
    weights=st.tuples(*[st.integers(-2, 2)] * 3),
    degree=st.integers(1, 3),
    excluded=st.booleans(),
    sorted_up=st.booleans(),
)
def test_a_search_finds_what_brute_force_finds(
    bound: int, weights: tuple[int, ...], degree: int, excluded: bool, sorted_up: bool
) -> None:
    values = range(-bound, bound + 1)
    points: list[tuple[int, ...]] = [
        p
        for p in product(values, repeat=3)
        if sum(k * v**degree for k, v in zip(weights, p, strict=True)) == 0
        and not (excluded and p[0] == p[1])
        and not (sorted_up and (p[0] > p[2]))
    ]

    def stated(listed: list[tuple[int, ...]]) -> Statement:
        return for_all(
            [a, b, c],
            solutions(listed),
            given=[sum(k * v**degree for k, v in zip(weights, (a, b, c), strict=True))],
            nonzero=[t] if excluded else [],
            lets={t: a - b},
            domain=dict.fromkeys((a, b, c), values),
            ascending=[(a, c)] if sorted_up else [],
        )

    assert status(stated(points), prove_by_search) == "proved"
    wrong: list[tuple[int, ...]] = points[1:] if points else [(0, 0, 0)]
    with pytest.raises(CheckFailedError, match="differ"):
        status(stated(wrong), prove_by_search)


def test_long_lists_of_solutions_are_known_by_their_hash() -> None:
    box = {v: range(-5, 6) for v in (a, b)}
    points = [p for p in product(range(-5, 6), repeat=2) if p[0] != p[1]]
    statement = for_all([a, b], solutions(points), nonzero=[a - b], domain=box)
    assert statement.formal["goal"]["solutions"] | {"sha256": ""} == {
        "count": 110,
        "sha256": "",
        "points": [],
    }
    assert status(statement) == "proved"
    with pytest.raises(CheckFailedError, match="the set of solutions differs"):
        status(for_all([a, b], solutions([*points[1:], (0, 0)]), nonzero=[a - b], domain=box))


@settings(max_examples=40, deadline=None)
@given(vectors=st.lists(st.tuples(*[COEFFICIENTS] * 3), min_size=1, max_size=3), degree=st.integers(2, 3))
def test_polarisation_and_grid_agree_with_expansion(vectors: list[tuple[int, ...]], degree: int) -> None:
    parameters = symbols("v1:4")[: len(vectors)]
    coordinates = [sum(p * v[i] for p, v in zip(parameters, vectors, strict=True)) for i in range(3)]
    assume(any(coordinates))
    form = x**degree + y**degree + 2 * z**degree - x ** (degree - 1) * y
    statement = for_all(parameters, form, lets=dict(zip((x, y, z), coordinates, strict=True)))
    vanishes = form.subs(dict(zip((x, y, z), coordinates, strict=True)), simultaneous=True).expand() == 0
    for method in (prove_by_polarisation, prove_on_grid, sample(2), prove_identity):
        try:
            verdict = status(statement, method)
        except CheckFailedError:
            verdict = ""
        assert bool(verdict) == vanishes


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_form_that_vanishes_on_a_space_is_proved_by_evaluation(count: int) -> None:
    parameters = symbols(f"v1:{count + 1}")
    lets = {x: sum(parameters), y: -sum(parameters), z: 2 * sum(parameters)}
    statement = for_all(parameters, x**3 + y**3 + (x + y) * z**2, lets=lets)
    assert status(statement, prove_by_polarisation) == "proved"
    assert status(statement, prove_on_grid) == "proved"
    assert status(statement, sample()) == "checked"


def test_a_power_of_nonzero_expressions_is_found() -> None:
    statement = for_all([a, b, x], x, given=[x * a**2 * (a - b)], nonzero=[a, a - b])
    assert certify("test", statement).proof == {
        "method": "membership",
        "powers": [2, 1],
        "cofactors": [{"1": "1"}],
    }


def test_cases_know_that_earlier_factors_do_not_vanish() -> None:
    statement = for_all([a, b], any_of(all_of(Ne(a, 0), b), a), given=[a * b])
    methods = [choose(1), choose(0)]
    assert status(statement, split_cases([a, b], cases=methods)) == "proved"
    with pytest.raises(CheckFailedError):
        certify("test", statement, split_cases([b, a], cases=methods[::-1]))


def test_a_lemma_is_a_split_on_one_factor() -> None:
    statement = for_all([a, b, c], a * b * c * (a - b), given=SUMS)
    assert (
        status(statement, split_cases([a * b * c], because=prove_membership, cases=prove_membership))
        == "proved"
    )


# ------------------------------------------------------------------------------------------- claims


def test_claims_pickle_compare_and_hash() -> None:
    claim = dark()
    again = pickle.loads(pickle.dumps(claim))
    assert again == claim == dark()
    assert hash(again) == hash(claim)
    with pytest.raises(FrozenInstanceError):
        claim.status = "refuted"  # type: ignore[misc]


def test_no_claim_is_proved_without_a_certificate() -> None:
    claim = dark()
    assert claim.formal is not None
    with pytest.raises(ArgumentError, match="must have a certificate: 'no-dark-sector' has none"):
        replace(claim, certificate=None)
    with pytest.raises(
        CheckFailedError, match="must prove the statement of 'no-dark-sector', but it states another"
    ):
        replace(claim, formal=for_all([a, b, c], any_of(a, b), given=SUMS))
    with pytest.raises(CheckFailedError, match="must be that of 'other', but it is that of 'no-dark-sector'"):
        replace(claim, name="other")
    with pytest.raises(CheckFailedError, match="must show 'no-dark-sector' to be refuted, but it is proved"):
        replace(claim, status="refuted")
    with pytest.raises(ArgumentError, match="must be JSON"):
        replace(claim, certificate=Certificate(""))
    with pytest.raises(ArgumentError, match="Argument 'status' must be one of proved"):
        replace(claim, status="obvious")
    with pytest.raises(ArgumentError, match="must not be 'cited' for a claim with a certificate"):
        replace(claim, status="cited")


def test_the_status_is_what_the_checker_says() -> None:
    def made(statement: Statement, method: Method, **more: Any) -> Claim:
        return prove_claim("test", statement, method, statement="", latex="", **more)

    assert made(for_all([a], a**2), witness([1])).status == "refuted"
    assert made(there_is([a], Ne(a, 0)), witness(["1/2"])).status == "proved"
    assert made(for_all([a], a - a), sample()).status == "checked"
    box = for_all([a], Ne(a**2, 2), domain={a: range(-9, 10)})
    assert made(box, prove_by_search).status == "proved"
    bounded = made(box, prove_by_search, bound="|a| <= 9")
    assert bounded.status == verify(bounded).status.replace("proved", "checked") == "checked"
    cited = cite_claim("fermat", statement="Fermat, 3", latex="x^3 + y^3 = z^3", source="Euler")
    assert (cited.status, cited.method) == ("cited", "citation")
    with pytest.raises(ArgumentError, match="'fermat' has none"):
        verify(cited)


def test_certificates_go_to_a_directory_and_back(tmp_path: Path) -> None:
    claim = dark()
    assert claim.certificate is not None
    folder = tmp_path / "certificates"
    first = [p.read_bytes() for p in write_certificates({claim.name: claim.certificate}, folder)]
    second = [p.read_bytes() for p in write_certificates({claim.name: claim.certificate}, folder)]
    assert first == second == [read_certificates(folder)["no-dark-sector"]]
    assert verify(claim, first[0]).status == "proved"
    with pytest.raises(ArgumentError, match=r"Argument 'directory' must be a directory of certificates"):
        read_certificates(tmp_path / "nowhere")
    (folder / "long.json").write_bytes(b" " * (MOST_BYTES + 1))
    with pytest.raises(ArgumentError, match=r"bytes long \(long.json\)"):
        read_certificates(folder)
    (folder / "long.json").unlink()
    (folder / "folder.json").mkdir()
    with pytest.raises(ArgumentError, match=r"must be readable, not 'folder\.json"):
        read_certificates(folder)


ARGUMENTS: dict[str, tuple[Statement, Method, str]] = {
    "membership": (
        for_all([a, b], a**2 - b**2, given=[a - b]),
        prove_membership,
        "a**2 - b**2 = (a - b)*(a + b)",
    ),
    "contradiction": (
        for_all([a], impossible(), given=[a**2], nonzero=[a]),
        prove_contradiction,
        "a**2 = a**2",
    ),
    "polarisation": (for_all([a], x - y, lets={x: a, y: a}), prove_by_polarisation, "all 1 tuples"),
    "grid": (for_all([a], a - a), prove_on_grid, "1 points of a grid"),
    "linear algebra": (
        for_all([a, b], solution_space([a], [a, b], [[0, 1]])),
        prove_solution_space,
        "P A + N L = 1",
    ),
    "search": (for_all([a], Ne(a, 2), domain={a: [1, 3]}), prove_by_search, "All 2 points"),
    "witness": (for_all([a, b], a - b), witness([1, 2]), "A counterexample: (a, b) = (1, 2)"),
    "sample": (for_all([a], a - a), sample(), "4 points fixed by the hash"),
    "decide": (
        for_all([a], any_of(a, Ne(a, 0))),
        decide_on(a, zero=choose(0), nonzero=choose(1)),
        "Case a != 0",
    ),
    "anisotropic": (
        for_all([a, b], all_of(a, b), given=[a**3 - 2 * b**3]),
        no_zero_modulo(a**3 - 2 * b**3),
        "Modulo 4 (16 residues) only integers with the common factor 2 solve y1**3 - 2*y2**3 = 0",
    ),
    "squares": (
        for_all([a, b], a, given=[a**2 + b**2]),
        sum_of_squares([(1, a), (1, b)]),
        "So a = 0 and b = 0",
    ),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_arguments_read_as_proofs(name: str) -> None:
    statement, method, words = ARGUMENTS[name]
    claim = prove_claim("test", statement, method, statement="It holds.", latex=r"\star", source="100% new")
    assert words in str(claim)
    assert str(claim).startswith("It holds.\n")
    assert "SHA-256" in str(claim)
    written = latex(claim)
    assert written.startswith(r"\begin{aligned} & \star \\ & \text{Source: 100\% new.")
    assert written.count("{") - written.count(r"\{") == written.count("}") - written.count(r"\}")
    assert latex([claim]).count(r"\begin{aligned}") == 1
    assert "It holds." in pretty(claim)
    assert all(isinstance(piece, str | Basic | Formula) for line in argument(claim) for piece in line)


def test_long_cofactors_are_not_written_out() -> None:
    target = (a + b + c) * (a + 2 * b + 3 * c + 1) ** 5
    claim = prove_claim(
        "test", for_all([a, b, c], target.expand(), given=[a + b + c]), statement="", latex=""
    )
    assert "terms in its cofactors" in str(claim)
    assert len(str(claim)) < 600


def test_the_errors_are_ours() -> None:
    assert issubclass(CheckFailedError, AnomaliesError)
    assert nonzero(a) == for_all([a], Ne(a, 0)).goal
