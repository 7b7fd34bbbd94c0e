"""The printer, the layout, the checks behind a derivation, and the documents that come out."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import Matrix, Ne, Rational, Symbol, expand, symbols

from anomalies.errors import (
    ArgumentError,
    ArgumentTypeError,
    CheckFailedError,
    InexactNumberError,
    MissingToolError,
    UnknownNameError,
)
from anomalies.latex import (
    FORMATS,
    Chain,
    Derivation,
    Step,
    compile_pdf,
    definition,
    disagreement,
    equality,
    latex,
    named,
    print_derivation,
    remark,
    render,
    statement,
    text,
)
from anomalies.latex.boxes import read_formula, width_of
from anomalies.latex.equality import difference
from anomalies.latex.layout import LINE_WIDTH, inline, lay_out
from anomalies.latex.typeset import display
from anomalies.tables import Table

# On a machine without TeX the rest of this file still runs; .ci/run has TeX.
needs_pdflatex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")

CHARGES = tuple(
    Symbol(f"Q_{field}{family}") for field in ("q", "u", "d", "l", "e", "nu") for family in (1, 2, 3)
)
X, Y = symbols("x y")
P, Q, R = symbols("p q r")


def cubic() -> Any:
    return sum(
        w * charge**3 for w, charge in zip([6] * 3 + [-3] * 6 + [2] * 3 + [-1] * 6, CHARGES, strict=True)
    )


def hard_derivation() -> Derivation:
    """Everything that could run off a page."""
    long_product = (sum(CHARGES[:9]) / 3 + 1) * sum(CHARGES)
    tangent = P * (Q - R) ** 2 / ((P - R) * (Q - P)) + Q * (R - P) ** 2 / ((Q - P) * (R - Q))
    tangent += R * (P - Q) ** 2 / ((R - Q) * (P - R))
    vector = tuple(Rational(3**power, 2**power) for power in range(30))
    words = "a cell with many words in it " * 4
    return Derivation(
        "Long formulas & <wide> tables of Σ_i",
        "ADN section 2",
        (
            remark("The charges {c} and the vector {v} are long, in a sentence.", c=CHARGES, v=vector),
            definition("We write", "sigma", P + Q + R, tag="2.1"),
            equality("The cubic anomaly:", named("A_cub", cubic()), expand(cubic()), tag="2.3"),
            equality("A product:", named("F", long_product), expand(long_product), tag="2.8"),
            equality("No name on the left:", long_product, expand(long_product), tag="A.12"),
            equality("A fraction:", named("G", cubic() / sum(CHARGES)), cubic() / sum(CHARGES)),
            equality("The tangent:", tangent, P + Q + R, tag="A.4"),
            equality("A long number:", named("n", 7**400), sympy.Integer(7) ** 400),
            statement("A wide matrix:", Matrix([[sum(CHARGES)] * 3] * 2), lambda: True, "it is just there"),
            statement("A vector:", vector, lambda: True, "it is just there"),
            statement("Nested:", sympy.sqrt(1 + 1 / (1 + sum(CHARGES))), lambda: True, "it is just there"),
            statement(
                "Wide:", Table(("a", "b", "n"), [(words, words, 1)] * 40, words), lambda: True, "by eye"
            ),
            statement("Many:", Table(CHARGES, [CHARGES] * 40), lambda: True, "by eye"),
            statement("Very wide:", Table(CHARGES, [[cubic()] * 18] * 3), lambda: True, "by eye"),
            statement(
                "Small:", Table(("n", "half"), [(1, Fraction(1, 2))]), lambda: True, "by eye", tag="Table 1"
            ),
            disagreement(
                "(3.2) against (3.3)", cubic(), -cubic(), "A {s}.", lambda: True, "by hand", s="sign"
            ),
        ),
    )


# ------------------------------------------------------------------ names and the two printers


@pytest.mark.parametrize(
    ("name", "expected"),
    [  # the notation of ADN (arXiv:1909.02021), section 2
        ("Q_q", r"\hat{Q}_{q}"),
        ("Q_l1", r"\hat{Q}_{\ell^{1}}"),
        ("Q_nu2", r"\hat{Q}_{\nu^{2}}"),
        ("Q_e3", r"\hat{Q}_{e^{3}}"),
        ("Q_H", r"\hat{Q}_{H}"),
        ("Q_Phi", r"\hat{Q}_{\Phi}"),
        ("a_e", "a_{e}"),
        ("a_mu", r"a_{\mu}"),
        ("a_tau", r"a_{\tau}"),
        ("a_Y", "a_{Y}"),
        ("T_B", "T_{B}"),
        ("T_L_mu", r"T_{L_{\mu}}"),
        ("n_1", "n_{1}"),
        ("X", "X"),
        ("sigma", r"\sigma"),
        ("pi", r"\pi"),
        ("A_quad", r"A_{\mathrm{quad}}"),
        ("A_YXX", "A_{YXX}"),
        ("X'", "X'"),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert latex(Symbol(name)) == expected


def test_a_power_of_a_charge_has_no_parentheses() -> None:
    assert latex(Symbol("Q_l1") ** 2) == r"\hat{Q}_{\ell^{1}}^{2}"
    assert latex(Symbol("x^2") ** 2) == r"\left(x^{2}\right)^{2}"


def test_exact_numbers_and_relations() -> None:
    import flint

    assert latex(Fraction(-3, 5)) == latex(flint.fmpq(-3, 5)) == r"- \frac{3}{5}"
    assert latex(3) == latex(flint.fmpz(3)) == "3"
    assert text((Fraction(3, 5), X)) == "(3/5, x)"
    assert text(sympy.Eq(X, Y)) == "x = y"
    assert text(Ne(X, 0)) == "x != 0"


def test_what_would_print_its_address_is_refused() -> None:
    for printer in (latex, text):
        with pytest.raises(
            ArgumentTypeError, match="Argument 'formula' must be something that prints itself"
        ):
            printer(object())


def test_a_chain_prints_in_every_way() -> None:
    chain = Chain((X / 2, Y, 1))
    assert str(chain) == "x/2 = y = 1"
    assert sympy.latex([chain]) == r"\left[ \frac{x}{2} = y = 1\right]"
    assert len(sympy.pretty(chain).splitlines()) == 3
    assert pickle.loads(pickle.dumps(chain)) == chain


# ------------------------------------------------------------------ layout

letters = st.sampled_from([*CHARGES, X, Y, *symbols("a_mu T_L_e Sigma")])
expressions = st.recursive(
    letters | st.fractions(-9, 9, max_denominator=9).map(lambda f: Rational(f.numerator, f.denominator)),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=7).map(lambda terms: sympy.Add(*terms))
        | st.lists(inner, min_size=2, max_size=3).map(lambda factors: sympy.Mul(*factors))
        | st.tuples(inner, st.integers(2, 3)).map(lambda pair: sympy.Pow(*pair))
    ),
    max_leaves=30,
)


def ink(formula: str) -> str:
    """Return what a formula shows, without the marks that only lay it out."""
    shown = formula.replace(r"{} \times", "").replace(r"\quad", "").replace("{}", "").replace("&", "")
    return re.sub(r"\\(?:left|right|[Bb]igg?[lr])(?![a-z])|\s+", "", shown)


@given(expressions, st.integers(9_000, 40_000))
def test_breaking_a_formula_loses_nothing(expression: Any, limit: int) -> None:
    source = latex(Chain((Symbol("A_quad"), expression)))
    layout = lay_out(source, limit)
    assume(r"\big/" not in " ".join(layout.rows))  # there a fraction became numerator / denominator
    assert ink(" ".join(layout.rows)) == ink(source)


@given(expressions, st.integers(20_000, 40_000))
def test_delimiters_match_in_each_row(expression: Any, limit: int) -> None:
    for row in lay_out(latex(expression), limit).rows:
        read_formula(row.replace("&", ""))
        assert row.count(r"\left") == row.count(r"\right")


@given(st.lists(st.tuples(st.integers(-99, 99), letters, letters), min_size=1, max_size=60))
def test_a_sum_of_short_terms_always_fits(terms: list[tuple[int, Any, Any]]) -> None:
    total = sympy.Add(*(number * one * other**2 for number, one, other in terms))
    layout = lay_out(latex(Chain((Symbol("A"), total))), 20_000)
    assert layout.width <= 20_000
    assert max(width_of(row.replace("&", "")) for row in layout.rows) <= 20_000 + width_of("A")


def test_a_formula_is_broken_at_its_outermost_signs() -> None:
    rows = lay_out(latex(Chain((Symbol("A"), 2 * X * sum(CHARGES), cubic())))).rows
    assert rows[0].startswith("A &= ")
    assert sum(row.startswith("&= ") for row in rows) == 1
    assert all(
        row.startswith((r"&\quad {} +", r"&\quad {} -", r"&\quad {} \times", "&= ", "A &= ")) for row in rows
    )


@pytest.mark.parametrize("name", ["muprime_R", "g'", "ellprime"])
def test_the_power_of_a_primed_symbol_has_one_superscript(name: str) -> None:
    assert latex(Symbol(name) ** 2) == f"{{{latex(Symbol(name))}}}^{{2}}"


def test_a_matrix_wider_than_the_page_is_scaled_as_it_was_written() -> None:
    entries = symbols("b_1:16")
    wide = Matrix(3, 3, lambda row, column: sum(entries[row + column : row + column + 11]))
    source = display(Chain((Symbol("M"), wide)))
    assert r"\resizebox{1.000\linewidth}" in source
    assert r"$\displaystyle M = \left[\begin{matrix}" in source


def test_rows_of_a_result_that_is_aligned_itself_are_broken_too() -> None:
    source = r"\begin{aligned} a &= " + " + ".join("b" * 40) + r" \\ c &= d \end{aligned}"
    rows = lay_out(source).rows
    assert rows[0].startswith("a &= b")
    assert rows[-1] == "c &= d"
    assert len(rows) > 2


def test_a_leading_minus_is_a_sign() -> None:
    assert lay_out(latex(cubic())).rows[0].startswith(r"&{-} 3 \hat{Q}_{d^{1}}^{3} - 3")


def test_a_list_of_equations_is_broken_at_its_commas() -> None:
    assert lay_out("a = 1, b = 2 + c, c = 3", 5_000).rows == ("a &= 1 ,", "b &= 2 + c ,", "c &= 3")


@pytest.mark.parametrize(
    "source", ["{a", "a}", r"\left(a", r"a\right)", r"\begin{array}{c} a", "x^", r"\frac{a}"]
)
def test_unbalanced_latex_is_refused(source: str) -> None:
    with pytest.raises(ArgumentError, match="Argument 'formula' must be LaTeX with matching braces"):
        lay_out(source)


def test_a_long_formula_in_a_sentence_may_be_broken() -> None:
    assert r"\left" not in inline(latex(CHARGES))
    assert inline(latex(CHARGES)).count(r"\allowbreak") == len(CHARGES) - 1
    assert inline(latex((X, Y))) == latex((X, Y))


@needs_pdflatex
def test_estimated_widths_are_those_of_pdflatex_rounded_up(tmp_path: Path) -> None:
    samples = [
        X + Y,
        cubic(),
        2 * CHARGES[0] * (9 * CHARGES[3] + CHARGES[4]),
        P * (Q - R) ** 2 / ((P - R) * (Q - P)),
        (X, Rational(3, 17), Rational(-549, 200)),
        sympy.Integer(7) ** 30,
        sum(symbols("a:z")),
        sum(symbols("A:Z")),
        sum(symbols("alpha beta gamma delta mu nu xi rho sigma tau phi psi omega Sigma Phi Omega")),
        sympy.sin(X + Y),
        sympy.And(Ne(P, 0), Q < R),
        "some words, in a row (mmm WWW ill)",
        Symbol("A_quad") * Symbol("T_L_mu") / 3,
    ]
    formulas = [latex(sample) for sample in samples]
    preamble = render(Derivation("x", steps=(remark("x"),)), "latex").split(r"\begin{document}")[0]
    lines = [rf"\setbox0\hbox{{$\displaystyle {formula}$}}\typeout{{W=\the\wd0}}" for formula in formulas]
    source = "\n".join([preamble, r"\begin{document}", *lines, r"\typeout{L=\the\textwidth}x\end{document}"])
    (tmp_path / "w.tex").write_text(source)
    command = ["pdflatex", "-interaction=batchmode", "w.tex"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    log = (tmp_path / "w.log").read_text()
    # Hundredths of a point, as integers; an em of the text is 10.95 pt.
    measured = [
        int(whole) * 100 + int(part[:2]) for whole, part in re.findall(r"^W=(\d+)\.(\d\d)", log, re.M)
    ]
    assert len(measured) == len(formulas)
    for formula, width in zip(formulas, measured, strict=True):
        estimate = width_of(formula) * 1095 // 1000
        assert width <= estimate <= width * 130 // 100, formula
    (line,) = re.findall(r"^L=(\d+)", log, re.M)
    assert int(line) >= LINE_WIDTH * 1095 // 100_000


# ------------------------------------------------------------------ equality

polynomials = st.lists(
    st.tuples(st.integers(-5, 5), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=5
).map(lambda terms: sum((c * X**i * Y**j for c, i, j in terms), sympy.Integer(0)))


@given(polynomials, polynomials, polynomials)
def test_rational_functions_that_agree_are_found_equal(f: Any, g: Any, h: Any) -> None:
    assume(g != 0)
    assert difference((f + h) * (f - h), f**2 - h**2) is None
    assert difference(f / g + h, (f + g * h) / g) is None


@given(polynomials, polynomials)
def test_equality_agrees_with_expansion(f: Any, g: Any) -> None:
    assert (difference(f, g) is None) == (expand(f - g) == 0)
    assert difference(f, f + 1) == "-1"


@given(st.lists(polynomials, min_size=2, max_size=4), st.integers(0, 3))
def test_vectors_are_compared_entry_by_entry(entries: list[Any], place: int) -> None:
    place %= len(entries)
    changed = [*entries]
    changed[place] += X
    assert difference(entries, tuple(entries)) is None
    assert difference(entries, changed) == f"-x in entry {place + 1}"
    assert difference(Matrix(entries), entries) == f"shape ({len(entries)}, 1) against ({len(entries)},)"


def test_sums_over_an_index_are_evaluated() -> None:
    assert difference(sympy.Sum(X * Y, (Y, 1, 3)), 6 * X) is None


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (0.5, InexactNumberError, "Argument 'member' must be exact, not 0.5"),
        (1.5 * X, InexactNumberError, "Argument 'member' must be exact"),
        (sympy.sqrt(X), ArgumentTypeError, r"must be a rational function of symbols .*, not sqrt\(x\)"),
        ("x", ArgumentTypeError, "must be a rational function of symbols with exact coefficients, not 'x'"),
        (True, ArgumentTypeError, "must be a rational function of symbols with exact coefficients, not True"),
        (sympy.Eq(X, Y), ArgumentTypeError, r"must be a rational function of symbols .*, not Eq\(x, y\)"),
        (1 / sympy.UnevaluatedExpr(X - X), ArgumentError, "must be defined, without a division by zero"),
        (Symbol("x", positive=True), ArgumentError, "must be free of different symbols with one name"),
    ],
)
def test_what_is_no_rational_function_is_refused(value: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        difference(value, X)


# ------------------------------------------------------------------ steps


def test_an_equality_that_fails_names_the_step_and_the_difference() -> None:
    with pytest.raises(CheckFailedError) as failure:
        equality("The square of {z}:", (X + Y) ** 2, X**2 + Y**2, z=X + Y)
    expected = (
        'Step "The square of x + y:" fails: (x + y)**2 = x**2 + y**2 does not hold, the difference is 2*x*y.'
    )
    assert str(failure.value) == expected


def test_every_member_of_a_chain_is_checked() -> None:
    with pytest.raises(CheckFailedError, match=r"x = x \+ y does not hold, the difference is -y"):
        equality("Chain:", named("A", X), X, X + Y)


def test_a_name_is_shown_before_its_value_and_nothing_twice() -> None:
    assert text(equality("w", named("A", X + X), 2 * X).formula) == "A = 2*x"
    assert text(equality("w", named("A", X * (X + 1)), X**2 + X).formula) == "A = x*(x + 1) = x**2 + x"
    assert text(equality("w", X * (X + 1), X**2 + X).formula) == "x*(x + 1) = x**2 + x"


@pytest.mark.parametrize("outcome", [None, 1, 0, False, "yes", sympy.true, Rational(1)])
def test_only_true_passes_a_check(outcome: Any) -> None:
    with pytest.raises(
        CheckFailedError, match='Step "Claim" fails: x != 0 does not hold, the check returned'
    ):
        statement("Claim", Ne(X, 0), lambda: outcome, "somehow")
    with pytest.raises(CheckFailedError, match='Step "Why" fails: y does not hold, the check returned'):
        disagreement("5.1", X, Y, "Why", lambda: outcome, "somehow")


def test_a_check_that_raises_fails_the_step() -> None:
    def check() -> bool:
        raise ArgumentError("Argument 'x' must be 1, not 2.")

    with pytest.raises(
        CheckFailedError, match="could not be checked: Argument 'x' must be 1, not 2"
    ) as failure:
        statement("Claim", X, check, "somehow")
    assert isinstance(failure.value.__cause__, ArgumentError)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: remark("a {x"), "Argument 'words' must be a sentence with matching braces, not 'a {x'."),
        (lambda: remark("a {x}"), "Argument 'words' must be without placeholders, not 'a {x}'."),
        (
            lambda: remark("a", x=X),
            "Argument 'words' must be a sentence with the placeholders ['x'], not 'a'.",
        ),
        (lambda: remark("a {x!r}", x=X), "Argument 'words' must be a sentence with placeholders such as {x}"),
        (
            lambda: remark("{x.name}", x=X),
            "Argument 'words' must be a sentence with placeholders such as {x}",
        ),
        (
            lambda: equality("w", X),
            "Argument 'members' must be at least two expressions to compare, not (x,).",
        ),
        (lambda: equality("w", named("A", X)), "Argument 'members' must be at least two expressions"),
        (lambda: statement("w", X, lambda: True, " "), "Argument 'checked' must be a sentence that says how"),
        (
            lambda: disagreement("1", X, X, "w", lambda: True, "c"),
            "Argument 'ours' must be different from what",
        ),
        (
            lambda: Derivation(" ", steps=(remark("w"),)),
            "Argument 'title' must be a non-empty string, not ' '.",
        ),
        (lambda: Derivation("t"), "Argument 'steps' must be a non-empty sequence of steps, not ()."),
        (lambda: render([], "text"), "Argument 'derivations' must be at least one derivation, not ()."),
    ],
)
def test_bad_values_are_refused(build: Callable[[], object], message: str) -> None:
    with pytest.raises(ArgumentError, match=re.escape(message)):
        build()


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: remark(3), "Argument 'words' must be a string, not 3."),  # type: ignore[arg-type]
        (lambda: statement("w", X, True, "c"), "Argument 'check' must be a function without"),  # type: ignore[arg-type]
        (
            lambda: statement("w", object(), lambda: True, "c"),
            "Argument 'formula' must be something that prints",
        ),
        (lambda: equality("w", X, X, tag=2), "Argument 'tag' must be an equation number"),  # type: ignore[arg-type]
        (lambda: Derivation("t", steps=(X,)), "Argument 'steps' must be a sequence of steps, not (x,)."),
        (lambda: render(3, "text"), "Argument 'derivations' must be derivations, not 3."),  # type: ignore[arg-type]
        (lambda: compile_pdf(3, "x.pdf"), "Argument 'source' must be a LaTeX document"),  # type: ignore[arg-type]
    ],
)
def test_bad_types_are_refused(build: Callable[[], object], message: str) -> None:
    with pytest.raises(ArgumentTypeError, match=re.escape(message)):
        build()


def test_a_step_that_claims_must_say_how_it_was_checked() -> None:
    with pytest.raises(ArgumentError, match="Argument 'checked' must be a sentence"):
        Step("statement", remark("w").words, X)


# ------------------------------------------------------------------ formats


def short_derivation() -> Derivation:
    Q_H, Q_q, Q_l1 = symbols("Q_H Q_q Q_l1")
    anomaly = 2 * Q_H * (9 * Q_q + Q_l1)
    return Derivation(
        "The gauging generator",
        "ADN section 2",
        (
            remark("The charge {Q} is 50% of a_e, {{really}}: {name}.", Q=Q_H, name="a|b"),
            definition("We write", "sigma", Q_H + Q_q),
            equality("It factorises:", named("A_quad", expand(anomaly)), anomaly, tag="2.8"),
            statement(
                "Table:", Table(("n", Q_H), [(1, Rational(1, 2))]), lambda: True, "by hand", tag="EFT 3"
            ),
            disagreement("5.3", Q_H / 2, -Q_H, "A factor.", lambda: True, "by recomputation"),
        ),
    )


def test_latex() -> None:
    source = render(short_derivation(), "latex")
    assert source.startswith("\\documentclass")
    assert source.endswith("\\end{document}\n")
    assert r"The charge $\hat{Q}_{H}$ is 50\% of a\_e, \{really\}: a$|$b." in source
    assert "\\begin{equation*}\n\\sigma \\equiv \\hat{Q}_{H} + \\hat{Q}_{q}\n\\end{equation*}" in source
    assert r"\tag{ADN 2.8}" in source
    assert r"\checked{the difference of both sides is identically zero}" in source
    assert r"\textbf{Disagreement with ADN 5.3.} The source prints" in source
    assert "arXiv:1909.02021" in source
    assert "arXiv:1705.03447" in source


def test_several_derivations_are_sections() -> None:
    source = render([short_derivation(), short_derivation()], "latex")
    assert source.count(r"\section{") == 2
    assert source.count(r"\documentclass") == source.count(r"\tableofcontents") == 1


def test_markdown() -> None:
    shown = render(short_derivation(), "markdown")
    assert shown.startswith("## The gauging generator\n\n*After ADN section 2.*\n")
    assert r"The charge $\hat{Q}_{H}$ is 50% of a\_e, {really}: a\|b." in shown
    assert "\\end{aligned} \\tag{ADN 2.8}\n$$" in shown or "\\right) \\tag{ADN 2.8}\n$$" in shown
    assert r"| n | $\hat{Q}_{H}$ |" in shown
    assert "**Disagreement with ADN 5.3.** The source prints" in shown


def test_text() -> None:
    shown = render(short_derivation(), "text")
    assert shown.startswith("The gauging generator\n=====================\nAfter ADN section 2.\n\n")
    assert "The charge Q_H is 50% of a_e, {really}: a|b.\n" in shown
    assert "\n    A_quad = 2*Q_H*Q_l1 + 18*Q_H*Q_q = 2*Q_H*(Q_l1 + 9*Q_q)  (ADN 2.8)\n" in shown
    assert "\n    sigma := Q_H + Q_q\n" in shown
    assert "\n    [checked: by recomputation]\n" in shown


def test_text_keeps_to_the_width_of_a_terminal() -> None:
    lines = render(Derivation("t", steps=hard_derivation().steps[:7]), "text").splitlines()
    assert max(map(len, lines)) <= 100


def test_json() -> None:
    (document,) = json.loads(render(short_derivation(), "json"))
    assert (document["title"], document["source"]) == ("The gauging generator", "ADN section 2")
    comment, notation, factorised, table, wrong = document["steps"]
    assert comment["kind"] == "remark"
    assert comment["latex"] is comment["text"] is comment["checked"] is comment["source"] is None
    assert notation["text"] == "sigma := Q_H + Q_q"
    assert notation["checked"] is None
    assert factorised["latex"].startswith(r"A_{\mathrm{quad}} = 2 \hat{Q}_{H}")
    assert factorised["source"] == "ADN 2.8"
    assert factorised["checked"] == "the difference of both sides is identically zero"
    assert table["table"] == [{"n": "1", "Q_H": "1/2"}]
    assert (wrong["printed_text"], wrong["text"]) == ("Q_H/2", "-Q_H")


@pytest.mark.parametrize("format", FORMATS)
def test_every_claim_says_how_it_was_checked_in_every_format(format: str) -> None:
    derivation = hard_derivation()
    shown = " ".join(render(derivation, format).split())
    ways = {step.checked for step in derivation.steps if step.kind not in {"remark", "definition"}}
    assert len(ways) > 2
    for way in ways:
        assert way in shown


def test_unknown_formats_are_refused() -> None:
    message = "Argument 'format' must be one of latex, markdown, text, json, not 'html'."
    with pytest.raises(UnknownNameError, match=re.escape(message)):
        render(short_derivation(), "html")


def test_a_derivation_pickles_and_compares() -> None:
    derivation = hard_derivation()
    copy = pickle.loads(pickle.dumps(derivation))
    assert copy == derivation
    assert render(copy, "latex") == render(derivation, "latex")


def test_output_does_not_depend_on_the_order_of_sets() -> None:
    program = (
        "from sympy import symbols, expand\n"
        "from anomalies.latex import *\n"
        "xs = symbols('Q_q1 Q_u1 Q_d1 Q_l1 Q_e1 Q_nu1')\n"
        "step = equality('w {v}', named('A', sum(xs)**2), expand(sum(xs)**2), v=set(xs))\n"
        "for format in FORMATS: print(render(Derivation('t', 'ADN', (step,)), format))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert b"documentclass" in outputs.pop()


# ------------------------------------------------------------------ scripts and documents


def test_a_script_prints_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    print_derivation(short_derivation)
    assert capsys.readouterr().out == render(short_derivation(), "latex")


def test_a_script_with_a_false_claim_fails_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def false_derivation() -> Derivation:
        return Derivation("t", steps=(equality("Wrong:", X, Y),))

    with pytest.raises(SystemExit) as stop:
        print_derivation(false_derivation)
    printed = capsys.readouterr()
    assert stop.value.code == 1
    assert printed.out == ""
    assert printed.err == 'Step "Wrong:" fails: x = y does not hold, the difference is x - y.\n'


def test_wide_formulas_in_a_table_are_folded_rather_than_shrunk() -> None:
    table = Table(("triangle", "coefficient"), [("X^3", cubic()), ("grav^2 X", sum(CHARGES))])
    step = statement("Anomalies:", table, lambda: True, "by eye")
    source = render(Derivation("t", steps=(step,)), "latex")
    assert "resizebox" not in source
    assert r"$\begin{aligned}[t]" in source
    assert max(map(len, render(Derivation("t", steps=(step,)), "text").splitlines())) <= 100


@needs_pdflatex
def test_nothing_runs_off_the_page(tmp_path: Path) -> None:
    report = compile_pdf(render(hard_derivation(), "latex"), tmp_path / "hard.pdf")
    assert report.overfull == ()
    assert report.pages > 3
    assert report.path.read_bytes().startswith(b"%PDF")


@needs_pdflatex
def test_overfull_lines_are_reported(tmp_path: Path) -> None:
    source = r"\documentclass{article}\begin{document}\hbox to 1pt{too wide}\end{document}"
    (line,) = compile_pdf(source, tmp_path / "x.pdf").overfull
    assert line.startswith(r"Overfull \hbox")


@needs_pdflatex
def test_a_document_with_contents_is_the_same_each_time(tmp_path: Path) -> None:
    source = render([short_derivation(), short_derivation()], "latex")
    first = compile_pdf(source, tmp_path / "1.pdf")
    second = compile_pdf(source, tmp_path / "2.pdf")
    assert first.overfull == second.overfull == ()
    assert first.path.read_bytes() == second.path.read_bytes()


@needs_pdflatex
def test_every_character_that_words_may_hold_compiles(tmp_path: Path) -> None:
    ascii_signs = "".join(map(chr, range(32, 127))).replace("{", "{{").replace("}", "}}")
    words = ascii_signs + " αβγδεζηθικλμνξπρστυφχψω ΓΔΘΛΞΠΣΥΦΨΩ ×·±≤≥≠→∈∞√ ²₁⁻ – — ‘’“” … é ö ç Å ł § ℚℤ"
    table = Table((words,), [(words,)], words)
    claim = statement(words, table, lambda: True, words)
    derivation = Derivation("All: " + words.replace("{{", "{"), "EFT", (claim, remark("{w}", w=words)))
    report = compile_pdf(render([derivation, derivation], "latex"), tmp_path / "words.pdf")
    assert report.pages > 0


@needs_pdflatex
def test_the_first_complaint_of_latex_is_in_the_error(tmp_path: Path) -> None:
    source = "\\documentclass{article}\n\\begin{document}\n\\nonsense\n\\end{document}"
    message = r"must be LaTeX that compiles, not one with: Undefined control sequence\. \(l\.3 \\nonsense\)"
    with pytest.raises(ArgumentError, match=message):
        compile_pdf(source, tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def test_the_directory_of_a_pdf_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="Argument 'path' must be a file in an existing directory"):
        compile_pdf("", tmp_path / "missing" / "x.pdf")


def test_a_missing_pdflatex_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match="pdflatex is needed to make a PDF"):
        compile_pdf(render(short_derivation(), "latex"), tmp_path / "x.pdf")
