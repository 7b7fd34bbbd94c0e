"""Tables: every format, the escaping, and what is refused."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Matrix, Symbol

from anomalies.errors import ArgumentError, ArgumentTypeError
from anomalies.tables import Table, latex_words, markdown_formula, markdown_words

X = Symbol("X")
TABLE = Table(
    ("field", "a|b", X), [("q_L", Fraction(1, 6), X**2), ("e_R & nu", -1, X / 2)], caption="Charges of 50%"
)

# Words in characters that LaTeX can print.
plain_words = st.text(alphabet="abcXYZ 0189_%&#$^~{}\\<>|\"'*`[]νΦ²₁→≤–é−", max_size=30)


def test_latex_is_an_array_with_words_as_text() -> None:
    shown = TABLE.latex()
    assert shown.startswith(r"\begin{array}{lrl}\hline \text{field} & \text{a$|$b} & X \\ \hline")
    assert r"\text{q\_L} & \frac{1}{6} & X^{2} \\" in shown
    assert r"\text{e\_R \& nu} & -1 & \frac{X}{2} \\" in shown


def test_markdown_escapes_pipes_and_marks_formulas() -> None:
    lines = TABLE.markdown().splitlines()
    assert lines == [
        r"| field | a\|b | $X$ |",
        "| --- | ---: | --- |",
        r"| q\_L | $\frac{1}{6}$ | $X^{2}$ |",
        r"| e\_R & nu | $-1$ | $\frac{X}{2}$ |",
    ]


def test_text_is_aligned() -> None:
    assert TABLE.text().splitlines() == [
        "field     a|b  X",
        "--------  ---  ----",
        "q_L       1/6  X**2",
        "e_R & nu   -1  X/2",
    ]


def test_long_words_are_folded_in_a_terminal_and_none_is_lost() -> None:
    words = "every word of this cell has to be there " * 6
    shown = Table(("claim", "n", "how"), [(words, 7, words)]).text()
    assert max(map(len, shown.splitlines())) <= 92
    assert len(shown.splitlines()) > 5
    assert shown.split().count("there") == words.split().count("there") * 2


def test_a_table_of_numbers_is_never_folded() -> None:
    shown = Table([f"n{i}" for i in range(40)], [[10**i for i in range(40)]]).text()
    assert len(shown.splitlines()) == 3


def test_json_has_a_dictionary_for_each_row() -> None:
    assert json.loads(json.dumps(TABLE.as_json())) == [
        {"field": "q_L", "a|b": "1/6", "X": "X**2"},
        {"field": "e_R & nu", "a|b": "-1", "X": "X/2"},
    ]


def test_a_matrix_in_a_cell_stays_on_its_line() -> None:
    table = Table(("m",), [(Matrix([[1, 2], [3, 4]]),)])
    assert len(table.text().splitlines()) == 3
    assert table.as_json() == [{"m": "Matrix([ [1, 2], [3, 4]])"}]


def test_an_empty_table_keeps_its_header() -> None:
    table = Table(("a", "b"), ())
    assert table.text() == "a  b\n-  -"
    assert table.as_json() == []
    assert r"\text{a} & \text{b}" in table.latex()


def test_prints_itself_alone_and_inside_a_list() -> None:
    assert sympy.latex(TABLE) == TABLE.latex()
    assert TABLE.latex() in sympy.latex([TABLE])
    assert TABLE._repr_latex_() == rf"$\displaystyle {TABLE.latex()}$"
    assert str(TABLE) == repr(TABLE) == TABLE.text()
    assert "q_L" in sympy.pretty([TABLE])


def test_pickles_hashes_and_compares() -> None:
    copy = pickle.loads(pickle.dumps(TABLE))
    assert copy == TABLE
    assert hash(copy) == hash(TABLE)
    assert Table(("a",), [(1,)]) != Table(("a",), [(2,)])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((), ()), r"Argument 'header' must be a non-empty sequence of different names, not \(\)\."),
        ((("a", "a"), ()), "Argument 'header' must be a non-empty sequence of different names"),
        ((("a",), [(1, 2)]), r"Argument 'rows\[0\]' must have 1 cells, one per column, not 2\."),
    ],
)
def test_bad_values_are_refused(arguments: tuple[Any, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        Table(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ab", ()), "Argument 'header' must be a sequence of cells, not 'ab'."),
        ((("a",), 3), "Argument 'rows' must be a sequence of rows, not 3."),
        ((("a",), "x"), "Argument 'rows' must be a sequence of rows, not 'x'."),
        ((("a",), ["x"]), r"Argument 'rows\[0\]' must be a sequence of cells, not 'x'."),
        ((("a",), (), None), "Argument 'caption' must be a string, not None."),
    ],
)
def test_bad_types_are_refused(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ArgumentTypeError, match=message):
        Table(*arguments)


def test_characters_that_latex_cannot_print_are_refused() -> None:
    with pytest.raises(
        ArgumentError, match="Argument 'words' must be text in characters that LaTeX can print"
    ):
        latex_words("a snowman: ☃")


def test_quotes_are_paired() -> None:
    assert latex_words('an "accidental" symmetry') == "an ``accidental'' symmetry"


@given(plain_words)
def test_no_special_character_of_latex_survives(words: str) -> None:
    escaped = latex_words(words)
    assert escaped.count("{") == escaped.count("}") or r"\{" in escaped or r"\}" in escaped
    for special in "%&#_":
        assert escaped.count(special) == escaped.count(f"\\{special}") + escaped.count("$_{") * (
            special == "_"
        )
    assert (escaped.count("$") - escaped.count(r"\$")) % 2 == 0


@given(plain_words)
def test_markdown_words_are_one_cell(words: str) -> None:
    escaped = markdown_words(words)
    assert escaped.count("|") == escaped.count(r"\|") == words.count("|")
    assert "\n" not in escaped


@given(st.lists(st.lists(plain_words, min_size=3, max_size=3), max_size=4))
def test_markdown_has_as_many_cells_as_columns(rows: list[list[str]]) -> None:
    shown = Table(("a", "b", "c"), rows).markdown()
    for line in shown.splitlines():
        assert line.count("|") - line.count(r"\|") == 4
    assert len(shown.splitlines()) == len(rows) + 2


def test_a_pipe_in_a_formula_does_not_end_the_cell() -> None:
    assert "|" not in markdown_formula(sympy.latex(sympy.Abs(X)))
