from __future__ import annotations

import ast
import json
import subprocess
import sys
import time
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import anomalies.proofs
from anomalies.errors import AnomaliesError, ArgumentError, CheckFailedError
from anomalies.proofs import check_certificate
from anomalies.proofs.check import _METHODS
from anomalies.proofs.checked_polynomials import Budget, degree_bounds, evaluate, expand, read_expression
from anomalies.proofs.checked_statements import MOST_BYTES, SCHEMA, read_certificate

FOLDER = Path(anomalies.proofs.__file__).parent
CHECKER = ("check", "checked_polynomials", "checked_statements", "checked_values")
STANDARD = {
    "__future__",
    "collections.abc",
    "dataclasses",
    "fractions",
    "hashlib",
    "itertools",
    "json",
    "math",
}
STANDARD |= {"operator", "re", "typing"}


def statement(**changes: Any) -> dict[str, Any]:
    plain = {"quantifier": "every", "variables": ["x", "y"], "lets": [], "given": [{"x": "1", "y": "1"}]}
    return plain | {"nonzero": [], "domain": None, "goal": {"zero": {"x^2": "1", "y^2": "-1"}}} | changes


MEMBERSHIP = {"method": "membership", "powers": [], "cofactors": [{"x": "1", "y": "-1"}]}


def certificate(proof: Any = None, **changes: Any) -> str:
    data = {"schema": SCHEMA, "claim": "squares", "statement": statement(**changes)}
    return json.dumps(data | {"proof": MEMBERSHIP if proof is None else proof})


# ----------------------------------------------------------------------------------- what it rests on


@pytest.mark.parametrize("module", CHECKER)
def test_the_checker_imports_the_standard_library_and_itself(module: str) -> None:
    allowed = STANDARD | {
        "anomalies.exact",
        "anomalies.errors",
        *(f"anomalies.proofs.{name}" for name in CHECKER),
    }
    tree = ast.parse((FOLDER / f"{module}.py").read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert len(imported) > 3
    assert imported <= allowed
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called.isdisjoint({"eval", "exec", "compile", "open", "__import__", "getattr", "globals"})


def test_the_checker_is_short_enough_to_read() -> None:
    lines = sum(len((FOLDER / f"{module}.py").read_text().splitlines()) for module in CHECKER)
    assert lines < 1300


def test_the_plain_certificate_passes() -> None:
    verdict = check_certificate(certificate())
    assert (verdict.claim, verdict.status, verdict.error) == ("squares", "proved", Fraction(0))
    assert check_certificate(certificate().encode()) == verdict


# -------------------------------------------------------------------------------------- hostile files


def nested(depth: int) -> str:
    return certificate().replace('{"x": "1", "y": "1"}', '["+", ' * depth + '"x"' + ', "y"]' * depth)


def goal(expression: Any) -> str:
    return certificate({"method": "identity"}, goal={"zero": expression})


HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "must be JSON"),
    "truncated": (certificate()[:-5], "must be JSON"),
    "more after the end": (certificate() + "{}", "must be JSON"),
    "no object": ("[]", "Argument 'certificate' must be an object with the keys schema"),
    "another schema": (certificate().replace("certificate/1", "certificate/2"), "Argument 'schema' must be"),
    "a schema that is no text": (certificate().replace(f'"{SCHEMA}"', "1"), "Argument 'schema' must be"),
    "a claim's name with a path": (
        certificate().replace('"squares"', '"../squares"'),
        "Argument 'claim' must be",
    ),
    "an unknown key": (
        certificate().replace('"lets"', '"let"'),
        "must be an object with the keys quantifier",
    ),
    "keys in another order": (
        json.dumps(dict(reversed(json.loads(certificate()).items()))),
        "must be an object with the keys schema, claim, statement, proof",
    ),
    "a key twice": (certificate().replace('"lets": []', '"lets": [], "lets": []'), "must not repeat a key"),
    "a backslash": (certificate().replace("squares", "squ\\u0061res"), "free of backslashes"),
    "letters beyond ASCII": (certificate().replace("squares", "squäres"), "must be written in ASCII"),
    "bytes that are no text": (b"\xff\xfe\x00", "must be written in ASCII"),
    "a million digits": (certificate().replace('"1"', f'"{"9" * 10**6}"', 1), "a rational number"),
    "a bare number of a million digits": (
        certificate().replace("null", "9" * 10**6),
        "of more than 18 digits",
    ),
    "a float": (certificate().replace("null", "1.0"), "must be free of floating-point numbers"),
    "not a number": (certificate().replace("null", "NaN"), "must be free of floating-point numbers"),
    "minus zero": (certificate().replace("null", "-0"), "more than 18 digits"),
    "a hundred thousand brackets": ("[" * 10**5, "must be nested at most"),
    "a deep expression": (nested(1000), "must be nested at most"),
    "closing brackets first": ("]" * 10**5 + "[" * 10**5, "must be JSON"),
    "two quarters": (goal("2/4"), "in lowest terms"),
    "plus one": (goal("+1"), "in lowest terms"),
    "a leading zero": (goal("01"), "in lowest terms"),
    "minus zero in text": (goal("-0"), "in lowest terms"),
    "one over one": (goal("1/1"), "in lowest terms"),
    "a zero denominator": (goal("1/0"), "in lowest terms"),
    "digits of another script": (goal("٣"), "must be JSON|ASCII|backslashes"),
    "a bare integer": (goal(1), "an expression in the known names"),
    "a boolean": (goal(True), "an expression in the known names"),
    "an unknown name": (goal("z"), "in lowest terms"),
    "an unknown name in a term": (goal({"z": "1"}), "a monomial such as"),
    "factors in another order": (goal({"y*x": "1"}), "a monomial such as"),
    "a factor twice": (goal({"x*x": "1"}), "a monomial such as"),
    "an exponent one": (goal({"x^1": "1"}), "a monomial such as"),
    "terms in another order": (goal({"y": "1", "x": "1"}), "sorted, non-zero terms"),
    "a zero term": (goal({"x": "0"}), "sorted, non-zero terms"),
    "an empty sum": (goal(["+"]), "an expression in the known names"),
    "a sum of one": (goal(["+", "x"]), "an expression in the known names"),
    "an unknown operator": (goal(["-", "x", "y"]), "an expression in the known names"),
    "a power of one": (goal(["^", "x", 1]), "an expression in the known names"),
    "a power of a truth": (goal(["^", "x", True]), "an expression in the known names"),
    "a negative power": (goal(["^", "x", -2]), "an expression in the known names"),
    "a huge expansion": (goal(["^", {"x": "1", "y": "1"}, 10000]), "in the (time|memory) its size allows"),
    "powers of powers": (goal(["^", ["^", ["^", {"x": "1", "y": "1"}, 99], 99], 99]), "in the (time|memory)"),
    "a product that explodes": (
        goal(["*", *([{"x": "1", "y": "1", "1": "1"}] * 500)]),
        "in the (time|memory)",
    ),
    "a monomial to the billionth": (goal({"x^999999999": "1"}), "in the (time|memory)"),
    "a number to the millionth": (goal(["^", "7/3", 10**6]), "in the (time|memory)"),
    "fractions without a common denominator": (
        goal(["+", *({"x": f"1/{10**200 + 2 * i + 1}"} for i in range(3000))]),
        "in the time",
    ),
    "a grid of billions": (
        certificate(
            {"method": "grid", "degrees": [999999999, 0], "cases": 10**9}, goal={"zero": {"x^999999999": "1"}}
        ),
        "in the time",
    ),
    "a name that is code": (
        certificate().replace('"x"', "\"__import__('os')\""),
        "different names in letters",
    ),
    "a name twice": (certificate(variables=["x", "x", "y"]), "different names in letters"),
    "too many variables": (
        certificate(variables=[f"x{i}" for i in range(101)] + ["x", "y"]),
        "at most 100 names",
    ),
    "a let before its time": (certificate(lets=[["z", "w"], ["w", "x"]]), "in lowest terms"),
    "a let of itself": (certificate(lets=[["z", "z"]]), "in lowest terms"),
    "another quantifier": (certificate(quantifier="most"), "Argument 'quantifier' must be"),
    "no goal": (certificate(goal={}), "one of the goals of the schema"),
    "two goals": (certificate(goal={"zero": "x", "nonzero": "x"}), "one of the goals of the schema"),
    "a goal false 1": (certificate(goal={"false": 1}), "one of the goals of the schema"),
    "a list of one goal": (certificate(goal={"all": [{"zero": "x"}]}), "one of the goals of the schema"),
    "an unknown method": (certificate({"method": "trust-me"}), "Argument 'method' must be one of identity"),
    "a method that is no text": (certificate({"method": ["identity"]}), "an object with a method"),
    "a proof that is no object": (certificate([]), "an object with a method"),
    "an unknown part of a proof": (certificate({"method": "identity", "note": "x"}), "keys method, not"),
    "a huge range": (
        certificate(
            {"method": "search", "cases": 1},
            domain={"values": [{"from": 0, "to": 10**17}] * 2, "ascending": []},
        ),
        "a range of at most",
    ),
    "a domain out of order": (
        certificate(domain={"values": [["1", "0"], ["0"]], "ascending": []}),
        "ascending order",
    ),
    "a group that is not there": (
        certificate(domain={"values": [["0"], ["0"]], "ascending": [["x", "z"]]}),
        "groups of variables",
    ),
    "a missing cofactor": (certificate(MEMBERSHIP | {"cofactors": []}), "a list of 1 entries"),
    "a negative exponent": (
        certificate(MEMBERSHIP | {"powers": [-1]}, nonzero=["x"]),
        "Argument 'powers' must be natural numbers",
    ),
    "a huge exponent": (certificate(MEMBERSHIP | {"powers": [10**17]}, nonzero=["x"]), "in the time"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_certificates_are_refused_in_one_line(name: str) -> None:
    text, message = HOSTILE[name]
    start = time.perf_counter()
    with pytest.raises(ArgumentError, match=message) as caught:
        check_certificate(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    assert time.perf_counter() - start < 10


def test_memory_stays_within_bounds(tmp_path: Path) -> None:
    names = ["a huge expansion", "powers of powers", "a product that explodes", "a grid of billions"]
    for name in names:
        (tmp_path / f"{name}.json").write_text(str(HOSTILE[name][0]))
    program = """
import resource, sys
from pathlib import Path
from anomalies.errors import ArgumentError
from anomalies.proofs import check_certificate
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in Path(sys.argv[1]).glob("*.json"):
    try:
        check_certificate(path.read_bytes())
    except ArgumentError:
        print("refused")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    *refused, kilobytes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert len(refused) == len(names)
    assert int(kilobytes) < 100_000


def test_a_file_that_is_too_long_is_not_parsed() -> None:
    with pytest.raises(ArgumentError, match=f"at most {MOST_BYTES} bytes long"):
        check_certificate(" " * (MOST_BYTES + 1))


# ------------------------------------------------------------------------------------- false proofs

X_SQUARED = {"zero": {"x^2": "1"}}
FALSE_PROOFS: dict[str, tuple[str, str]] = {
    "another cofactor": (
        certificate(MEMBERSHIP | {"cofactors": [{"x": "2", "y": "-1"}]}),
        "not this combination",
    ),
    "no identity": (certificate({"method": "identity"}), "does not expand to 0"),
    "membership of zero": (
        certificate(MEMBERSHIP | {"cofactors": [{}]}, goal={"zero": ["+", "x", {"x": "-1"}]}),
        "proved by 'identity'",
    ),
    "a goal that is no zero": (certificate(goal={"nonzero": "x"}), "only shows that an expression vanishes"),
    "existence by algebra": (certificate(quantifier="some"), "only a witness proves"),
    "a contradiction that is none": (
        certificate(
            {"method": "contradiction", "powers": [], "cofactors": [{"1": "1"}]}, goal={"false": True}
        ),
        "is not this combination of the given ones",
    ),
    "a grid that is too small": (
        certificate({"method": "grid", "degrees": [1, 2], "cases": 6}),
        "degree bounds differ",
    ),
    "a value on the grid": (
        certificate({"method": "grid", "degrees": [2, 2], "cases": 9}),
        "not vanish on the grid",
    ),
    "a composite modulus": (
        certificate(
            {
                "method": "anisotropic",
                "form": {"y1^2": "1"},
                "at": ["x"],
                "prime": 4,
                "exponent": 1,
                "cases": 4,
                "because": {"method": "identity"},
                "then": {"method": "identity"},
            },
            goal=X_SQUARED,
        ),
        "no power of a small prime",
    ),
    "a form with zeros": (
        certificate(
            {
                "method": "anisotropic",
                "form": {"y1^2": "1", "y2^2": "1"},
                "at": ["x", "y"],
                "prime": 5,
                "exponent": 1,
                "cases": 25,
                "because": {"method": "identity"},
                "then": {"method": "identity"},
            },
            goal=X_SQUARED,
        ),
        "has a zero modulo",
    ),
    "a difference of squares": (
        certificate(
            {
                "method": "squares",
                "coefficients": ["1", "-1"],
                "at": ["x", "y"],
                "because": MEMBERSHIP,
                "then": {"method": "identity"},
            }
        ),
        "a coefficient is not positive",
    ),
    "a case left out": (
        certificate({"method": "split", "product": [], "because": {"method": "identity"}, "cases": []}),
        "a product needs a factor",
    ),
    "a witness on neither side": (certificate({"method": "witness", "values": ["1", "-1"]}), "not decide"),
    "a witness off the hypotheses": (
        certificate({"method": "witness", "values": ["1", "1"]}),
        "violates a given",
    ),
    "a sample below the root": (
        certificate(
            {"method": "suppose", "then": {"method": "sample", "degree": 2, "trials": 1, "error": "1"}}
        ),
        "Argument 'method' must be one of",
    ),
    "a search of everything": (certificate({"method": "search", "cases": 1}), "no finite domain"),
    "a list proved by contradiction": (
        certificate(
            {"method": "contradiction", "powers": [], "cofactors": [{"1": "1"}]},
            given=["1"],
            domain={"values": [["0"], ["0"]], "ascending": []},
            goal={"solutions": {"count": 1, "sha256": "0" * 64, "points": [["0", "0"]]}},
        ),
        "is proved by 'search'",
    ),
}


@pytest.mark.parametrize("name", FALSE_PROOFS)
def test_false_proofs_are_refused_with_the_reason(name: str) -> None:
    text, message = FALSE_PROOFS[name]
    with pytest.raises(AnomaliesError, match=message):
        check_certificate(text)


def test_hypotheses_of_a_case_do_not_leak_into_the_list_of_solutions() -> None:
    # In the case x = 0 alone the list would be right; the statement is about all points.
    space = {"values": [["0", "1"], ["0"]], "ascending": []}
    points = {"count": 1, "sha256": "", "points": [["0", "0"]]}
    decide = {"method": "decide", "expression": "x", "zero": {"method": "search", "cases": 2}, "nonzero": {}}
    points["sha256"] = sha256(b"0,0\n").hexdigest()
    with pytest.raises(CheckFailedError, match="is proved by 'search'"):
        check_certificate(certificate(decide, given=[], domain=space, goal={"solutions": points}))


# --------------------------------------------------------------------------------------------- fuzzing

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(["x", "y", "0", "1", "-1/2", "2/4", "identity", "x^2*y", "every", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["zero", "all", "any", "method", "x", "x*y", "1", "values"]), inner, max_size=3
        )
        | st.tuples(st.sampled_from("+*^"), inner, inner).map(list)
    ),
    max_leaves=12,
)
PARTS = ("quantifier", "variables", "lets", "given", "nonzero", "domain", "goal")


def refusal(text: str | bytes) -> str:
    """Return what the checker says against a text, nothing if it accepts it."""
    try:
        check_certificate(text)
    except AnomaliesError as error:
        return str(error)
    return ""


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=100) | st.text(max_size=100))
@example("nul")
@example('{"schema":')
def test_random_text_is_refused(text: str | bytes) -> None:
    with pytest.raises(ArgumentError):
        check_certificate(text)


@settings(max_examples=200, deadline=None)
@given(part=st.sampled_from([*PARTS, "proof"]), value=JSON)
def test_random_parts_raise_nothing_but_our_errors(part: str, value: Any) -> None:
    text = certificate(value) if part == "proof" else certificate(**{part: value})
    assert "\n" not in refusal(text)


@settings(max_examples=150, deadline=None)
@given(
    method=st.sampled_from(sorted(_METHODS)),
    values=st.lists(JSON, min_size=8, max_size=8),
    kind=st.sampled_from(["zero", "nonzero"]),
)
def test_random_arguments_never_prove_what_is_false(method: str, values: list[Any], kind: str) -> None:
    proof = {"method": method} | dict(zip(_METHODS[method][1], values, strict=False))
    words = refusal(certificate(proof, goal={kind: {"x": "1", "1": "1"}}))
    assert words
    assert "\n" not in words


# --------------------------------------------------------------------------------------- arithmetic

NAMES = {"x": 0, "y": 1}
NUMBERS = st.fractions(-3, 3, max_denominator=4)
EXPRESSIONS = st.recursive(
    st.sampled_from(["x", "y", {"x^2": "1", "y": "-1/2"}, {"x*y^2": "3", "1": "2"}]) | NUMBERS.map(str),
    lambda inner: (
        st.tuples(st.sampled_from("+*"), inner, inner).map(list)
        | st.tuples(st.just("^"), inner, st.integers(2, 3)).map(list)
    ),
    max_leaves=6,
)


@given(data=EXPRESSIONS, x=NUMBERS, y=NUMBERS)
def test_expanding_and_evaluating_agree(data: Any, x: Any, y: Any) -> None:
    expression, budget = read_expression(data, NAMES, "test"), Budget(0)
    expanded = expand(expression, {"x": {(1, 0): 1}, "y": {(0, 1): 1}}, {(0, 0): 1}, budget)
    assert all(expanded.values())
    by_terms = sum(coefficient * x**i * y**j for (i, j), coefficient in expanded.items())
    assert by_terms == evaluate(expression, {"x": x, "y": y}, budget)
    bounds = degree_bounds(expression, {"x": (1, 0), "y": (0, 1)})
    assert all(i <= bounds[0] and j <= bounds[1] for i, j in expanded)


def test_the_checker_runs_where_neither_sympy_nor_flint_can_be_imported(tmp_path: Path) -> None:
    # The four files and errors.py alone, in a package of their own.
    package = tmp_path / "anomalies" / "proofs"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package.parent / "errors.py").write_text((FOLDER.parent / "errors.py").read_text())
    for module in CHECKER:
        (package / f"{module}.py").write_text((FOLDER / f"{module}.py").read_text())
    (tmp_path / "certificate.json").write_text(certificate())
    program = (
        "import sys; sys.modules['sympy'] = sys.modules['flint'] = None\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "from anomalies.proofs.check import check_certificate\n"
        f"print(check_certificate(open({str(tmp_path / 'certificate.json')!r}).read()).status)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert result.stdout == "proved\n"


def test_reading_gives_back_what_was_written() -> None:
    assert read_certificate(certificate()) == json.loads(certificate())
