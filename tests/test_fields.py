from __future__ import annotations

import pickle

import pytest
import sympy
from hypothesis import given
from strategies import field_contents
from sympy import Symbol, symbols

from anomalies import FieldContent, adn_framework, charge_symbols, field_content, multiplet, standard_model
from anomalies.errors import (
    AnomaliesError,
    ArgumentError,
    ArgumentTypeError,
    InexactNumberError,
    RepresentationError,
    UnknownNameError,
)

SM = "SU(3) x SU(2) x U(1)_Y"


def test_the_content_of_adn_prints_like_its_table() -> None:
    rows = [
        (row["Field"], row["SU(3) x SU(2) x U(1)_Y"], row["U(1)_X"])
        for row in adn_framework().table().as_json()
    ]
    assert rows == [
        ("q_L^i", "(3, 2, 1/6)", "Q_q"),
        ("u_R^i", "(3, 1, 2/3)", "Q_u"),
        ("d_R^i", "(3, 1, -1/3)", "Q_d"),
        *((f"l_L^{i}", "(1, 2, -1/2)", f"Q_l{i}") for i in (1, 2, 3)),
        *((f"e_R^{i}", "(1, 1, -1)", f"Q_e{i}") for i in (1, 2, 3)),
        ("H", "(1, 2, -1/2)", "Q_H"),
        *((f"nu_R^{i}", "(1, 1, 0)", f"Q_nu{i}") for i in (1, 2, 3)),
        ("Phi", "(1, 1, 0)", "Q_Phi"),
        ("Q_L/R", "(3, 2, 1/6)", "Q_Q"),
    ]


def test_every_form_of_the_table_has_every_field() -> None:
    table = adn_framework().table()
    latex, markdown, text = table.latex(), table.markdown(), table.text()
    assert r"\ell_{L}^{1}" in latex
    assert r"(\mathbf{3},\, \mathbf{2},\, 1/6)" in latex
    assert r"\nu_{R}^{3}" in markdown
    assert len(text.splitlines()) == 2 + 15
    content = adn_framework()
    assert r"\begin{array}" in content._repr_latex_()
    assert r"\begin{array}" in sympy.latex([content])


@pytest.mark.parametrize("name", ["adn", "sm", "sm+1nu", "sm+2nu", "sm+3nu"])
def test_built_in_contents_have_a_name_and_a_source(name: str) -> None:
    content = field_content(name)
    assert content.name == name
    assert content.source
    assert content.open_factors == ("X",)


def test_charge_symbols_of_families() -> None:
    assert charge_symbols("q", 2) == symbols("Q_q1 Q_q2")
    assert charge_symbols("q", 1) == symbols("Q_q,")
    content = standard_model(universal=("q", "nu"))
    assert content.multiplet("q").charges[1] == symbols("Q_q,") * 3
    assert len(content.charge_symbols) == 1 + 1 + 3 * 4 + 1


@given(field_contents())
def test_contents_are_values(content: FieldContent) -> None:
    copy = pickle.loads(pickle.dumps(content))
    assert copy == content
    assert hash(copy) == hash(content)
    assert len({content, copy}) == 1
    assert str(content) == content.table().text()


@given(field_contents())
def test_substituting_nothing_and_renaming_back_is_the_identity(content: FieldContent) -> None:
    fresh = {symbol: Symbol(f"z_{symbol.name}") for symbol in content.charge_symbols}
    back = {new: old for old, new in fresh.items()}
    assert content.subs({}) == content
    assert content.subs(fresh).subs(back) == content


def test_a_number_or_a_symbol_or_one_of_each_family() -> None:
    a, b = symbols("a b")
    field = multiplet(
        "U(1)_X x U(1)_Z", "f", (), {"X": "1/6", "Z": (a, 1, -2 * b)}, chirality="left", families=3
    )
    assert field.charges == ((sympy.Rational(1, 6),) * 3, (a, sympy.Integer(1), -2 * b))
    assert field.labels == ("f1", "f2", "f3")


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (
            {"irreps": ("5", "2")},
            RepresentationError,
            "SU(3) has no irreducible representation of dimension 5",
        ),
        ({"irreps": ("3",)}, RepresentationError, "Argument 'irreps' must have 2 entries"),
        ({"charges": {"Y": 0.5}}, InexactNumberError, "Argument 'charges[Y] of f' must be exact, not 0.5"),
        ({"charges": {"Y": 0.5 * Symbol("a")}}, ArgumentTypeError, "must be exact"),
        ({"charges": {"Y": sympy.sqrt(2)}}, ArgumentError, "a polynomial with rational coefficients"),
        ({"charges": {"Y": 1 / Symbol("a")}}, ArgumentError, "a polynomial with rational coefficients"),
        (
            {"charges": {"Y": sympy.zoo * Symbol("a")}},
            ArgumentError,
            "a polynomial with rational coefficients",
        ),
        ({"charges": {"Z": 1}}, UnknownNameError, "Argument 'charges' must be keyed by the U(1) factors"),
        ({"charges": {"Y": [1, 2]}}, ArgumentError, "must have 3 entries, not 2"),
        ({"charges": {"Y": "1/0"}}, ArgumentError, "non-zero denominator"),
        ({"chirality": "up"}, ArgumentError, "Argument 'chirality' must be one of 'left', 'right'"),
        ({"families": 0}, ArgumentError, "Argument 'families' must be an integer of at least 1, not 0"),
        ({"name": "q1"}, ArgumentError, "Argument 'name' must be letters only"),
        ({"name": "qbar"}, ArgumentError, "not end in 'bar'"),
    ],
)
def test_bad_fields(change: dict[str, object], error: type[AnomaliesError], message: str) -> None:
    arguments: dict[str, object] = {
        "name": "f",
        "irreps": ("3", "2"),
        "charges": {"Y": 1},
        "chirality": "left",
        "families": 3,
    }
    with pytest.raises(error) as raised:
        multiplet(SM, **(arguments | change))  # type: ignore[arg-type]
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_bad_contents() -> None:
    field = multiplet("SU(2)", "f", "2", chirality="left")
    content = FieldContent(standard_model().group, ())
    with pytest.raises(RepresentationError, match="f is not one"):
        content.with_fields(field)
    with pytest.raises(ArgumentError, match="different names, not 'q' twice"):
        standard_model().with_fields(standard_model().multiplet("q"))
    with pytest.raises(ArgumentTypeError, match="Argument 'group' must be a GaugeGroup"):
        FieldContent("SU(3)", ())
    with pytest.raises(ArgumentTypeError, match="Argument 'multiplets' must be a tuple of Multiplet"):
        FieldContent(standard_model().group, (1,))
    with pytest.raises(UnknownNameError, match="one of the fields q, u, d, l, e, H, nu, not 'x'"):
        standard_model().multiplet("x")
    with pytest.raises(UnknownNameError, match="Argument 'content' must be one of adn, sm, "):
        field_content("mssm")
    with pytest.raises(UnknownNameError, match="Argument 'universal'"):
        standard_model(universal=("x",))
    with pytest.raises(
        ArgumentError, match="Argument 'right_handed_neutrinos' must be an integer of at least 0"
    ):
        standard_model(right_handed_neutrinos=-1)
