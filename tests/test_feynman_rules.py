"""Vertices and the terms of the Lagrangian, against the printed ones and against the charges themselves."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational, Symbol, sqrt

from anomalies import FieldContent, adn_framework, multiplet, standard_model
from anomalies.errors import ArgumentError, UnknownNameError
from anomalies.latex import latex
from anomalies.phenomenology.interactions.feynman_rules import (
    feynman_rules,
    vector_couplings,
    vector_like_quark,
)
from anomalies.phenomenology.interactions.lagrangian import (
    covariant_derivative,
    gauge_current,
    lagrangian_table,
)
from anomalies.phenomenology.mixing.neutral_bosons import BOSONS
from anomalies.phenomenology.points import BENCHMARK, LeptonPoint, framework_content
from anomalies.phenomenology.symbols import a_Y, alpha_z, g, g_prime, g_X

ELECTRIC = {"u": Rational(2, 3), "d": Rational(-1, 3), "nu": Rational(0), "e": Rational(-1)}
FIELDS = {"u": ("q", "u"), "d": ("q", "d"), "nu": ("l", "nu"), "e": ("l", "e")}


def _charge(name: str, family: str) -> Symbol:
    universal = name in ("q", "u", "d")
    return Symbol(f"Q_{name}" + ("" if universal else family))


def test_couplings_without_mixing_are_the_charges() -> None:
    couplings = vector_couplings(adn_framework(), heavy=False)
    assert [str(c.fermion) for c in couplings] == [
        "u^i", "d^i", "nu^1", "nu^2", "nu^3", "e^1", "e^2", "e^3",
    ]  # fmt: skip
    for coupling in couplings:
        left, right = FIELDS[coupling.fermion.name]
        assert coupling.left == g_X * _charge(left, coupling.fermion.family)
        assert coupling.right == g_X * _charge(right, coupling.fermion.family)


def test_the_heavy_quark_is_a_vector() -> None:
    heavy = [c for c in vector_couplings(adn_framework()) if c.fermion.family == "4"]
    assert [c.fermion.name for c in heavy] == ["u", "d"]
    assert all(c.left == c.right == g_X * Symbol("Q_Q") and c.axial == 0 for c in heavy)


@pytest.mark.parametrize("boson", BOSONS)
def test_the_three_bosons_at_any_angle(boson: str) -> None:
    e, length = g * g_prime, sqrt(g**2 + g_prime**2)
    for coupling in vector_couplings(framework_content(normalised=False), boson, alpha=alpha_z):
        charge = ELECTRIC[coupling.fermion.name]
        isospin = Rational(1, 2) if coupling.fermion.name in ("u", "nu") else Rational(-1, 2)
        for hand, value in (("L", coupling.left), ("R", coupling.right)):
            t3 = isospin if hand == "L" or coupling.fermion.family == "4" else 0
            z = (g**2 * t3 - g_prime**2 * (charge - t3)) / length
            without_x = value.subs(g_X, 0)
            expected = {"A": e * charge / length, "Z": sympy.cos(alpha_z) * z, "Z'": -sympy.sin(alpha_z) * z}
            assert sympy.cancel(sympy.expand(without_x - expected[boson])) == 0
            assert (g_X in value.free_symbols) is (boson != "A")


def test_the_axial_couplings_of_charged_leptons_are_universal() -> None:
    # ADN section 4.1: the axial contribution is lepton flavour universal, and needs a_Y.
    leptons = [c for c in vector_couplings(framework_content(normalised=False)) if c.fermion.name == "e"]
    assert [c.axial for c in leptons] == [-a_Y * g_X / 4] * 3
    assert len({c.vector for c in leptons}) == 3


@settings(max_examples=10, deadline=None)
@given(st.lists(st.fractions(-2, 2, max_denominator=5), min_size=4, max_size=4))
def test_numbers_are_what_the_symbols_become(values: list[Any]) -> None:
    point = LeptonPoint(*values)
    symbolic = vector_couplings(framework_content(normalised=False), heavy=False)
    numeric = {str(c.fermion): c for c in vector_couplings(point.content, heavy=False)}
    for coupling in symbolic:
        # Families of the same charges are listed as one.
        key = str(coupling.fermion) if str(coupling.fermion) in numeric else f"{coupling.fermion.name}^i"
        expected = sympy.expand(coupling.left.subs(point.values))
        assert sympy.expand(numeric[key].left - expected) == 0


def test_families_are_joined_only_if_both_couplings_agree() -> None:
    same = LeptonPoint(1, 1, 1, 0)  # type: ignore[arg-type]
    names = [str(c.fermion) for c in vector_couplings(same.content, heavy=False)]
    # The dark charges stay different symbols.
    assert names == ["u^i", "d^i", "nu^1", "nu^2", "nu^3", "e^i"]


# ---------------------------------------------------------------- tables


def test_the_vertices_of_figure_1() -> None:
    table = feynman_rules(adn_framework())
    rules = {row["vertex"]: row["rule"] for row in table.as_json()}
    assert rules["Z' ebar^2 e^2"] == "i g_X gamma^mu (Q_l2 P_L + Q_e2 P_R)"
    assert rules["Z' ubar^i u^i"] == "i g_X gamma^mu (Q_q P_L + Q_u P_R)"
    assert rules["Phi sbar d^4"] == "i Y_Qs P_R"
    assert "V_tb*Y_Qb" in rules["Phi tbar u^4"]
    assert len(rules) == len(table.rows) == 20


def test_the_flavour_violating_vertex_at_the_benchmark() -> None:
    rules = {row["vertex"]: row["rule"] for row in feynman_rules(BENCHMARK.content).as_json()}
    # ADN (3.11) with the conjugation that (3.10) implies.
    assert rules["Z' sbar b"] == "i g_X gamma^mu (-Y_Qs*v_Phi**2*conjugate(Y_Qb)/(2*m_Q**2)) P_L"


@pytest.mark.parametrize("content", [adn_framework(), framework_content(normalised=False), BENCHMARK.content])
@pytest.mark.parametrize("alpha", [0, alpha_z])
def test_every_format_prints(content: FieldContent, alpha: Any) -> None:
    table = feynman_rules(content, alpha=alpha)
    for shown in (latex(table), table.markdown(latex)):
        assert shown.count("{") == shown.count("}")
        assert shown.count(r"\left(") == shown.count(r"\right)")
        assert not re.search(r"\+ *-", shown)
        assert r"\mu} -" not in shown
    assert json.loads(json.dumps(table.as_json()))


def test_zero_couplings_print() -> None:
    neutral = LeptonPoint(0, 1, -1, 0)  # type: ignore[arg-type]
    couplings = {str(c.fermion): c for c in vector_couplings(neutral.content)}
    assert (couplings["u^i"].left, couplings["u^i"].right) == (0, 0)
    assert str(couplings["u^i"]) == "0"
    assert latex(couplings["u^i"]) == "0"
    assert str(couplings["e^2"]) == "i g_X gamma^mu"
    assert str(couplings["e^3"]) == "i g_X gamma^mu (-1)"


def test_the_lagrangian() -> None:
    rows = lagrangian_table(adn_framework()).as_json()
    assert [row["ADN"] for row in rows] == ["", "", "3.2", "3.6", "3.19", "3.12", "3.13", "3.13", "", ""]
    assert rows[2]["formula"] == "-m_Q Qbar Q + (Y_Qi qbar_L^i Q_R Phi + h.c.)"
    # ADN (3.19), with e for the charged leptons
    assert rows[4]["formula"] == (
        "g_X Z'_alpha sum_i (Q_l^i nubar^i gamma^alpha P_L nu^i + Q_l^i ebar^i gamma^alpha P_L e^i "
        "+ Q_e^i ebar^i gamma^alpha P_R e^i + Q_nu^i nubar^i gamma^alpha P_R nu^i)"
    )
    assert rows[6]["formula"] == "D_mu H = (d_mu - i (g/2 tau^a W^a_mu - g'/2 B_mu + Q_H*g_X X_mu)) H"
    assert "a_Y*g_X/2" in lagrangian_table(framework_content(normalised=False)).as_json()[6]["formula"]


def test_the_current_and_the_vertices_agree() -> None:
    for content in (adn_framework(), framework_content(normalised=False), BENCHMARK.content):
        current = gauge_current(content)
        charges: dict[tuple[str, str], Any] = {}
        for term in (*current.summed, *current.single):
            families = ("1", "2", "3") if term.fermion.family == "i" else (term.fermion.family,)
            for family in families:
                charge = term.charge
                if isinstance(charge, str):
                    charge = Symbol(f"Q_{charge}{family}")
                charges[f"{term.fermion.name}^{family}", term.hand] = charge
        for coupling in vector_couplings(content):
            family = "1" if coupling.fermion.family == "i" else coupling.fermion.family
            key = f"{coupling.fermion.name}^{family}"
            assert sympy.expand(coupling.left - g_X * charges.get((key, "L"), 0)) == 0
            assert sympy.expand(coupling.right - g_X * charges.get((key, "R"), 0)) == 0


def test_a_neutral_current_vanishes() -> None:
    neutral = LeptonPoint(0, 1, -1, 0)  # type: ignore[arg-type]
    quarks = gauge_current(neutral.content, coloured=True)
    assert [str(term.fermion) for term in (*quarks.summed, *quarks.single)] == ["u^4", "u^4", "d^4", "d^4"]
    empty = standard_model(right_handed_neutrinos=0)
    zero = empty.subs(dict.fromkeys(empty.charge_symbols, 0))
    assert str(gauge_current(zero)) == "g_X Z'_alpha 0"


def test_other_fermions_get_names() -> None:
    base = standard_model(families=1, right_handed_neutrinos=0)
    triplet = multiplet(base.group, "T", ("1", "3"), {"Y": 0, "X": 2}, chirality="left")
    couplings = vector_couplings(base.with_fields(triplet), "A")
    assert [str(c.fermion) for c in couplings][-3:] == ["T_1", "T_0", "T_-1"]
    assert [sympy.cancel(c.left * sqrt(g**2 + g_prime**2) / (g * g_prime)) for c in couplings][-3:] == [
        1,
        0,
        -1,
    ]


# ---------------------------------------------------------------- bad input


def test_bad_input() -> None:
    with pytest.raises(UnknownNameError, match="'boson' must be one of A, Z, Z'"):
        vector_couplings(framework_content(normalised=False), "W")
    with pytest.raises(ArgumentError, match="with one vector-like quark Q and its coupling"):
        feynman_rules(standard_model())
    with pytest.raises(ArgumentError, match="with one vector-like quark Q and its coupling"):
        vector_like_quark(standard_model())
    with pytest.raises(ArgumentError, match="one extra U"):
        vector_couplings(standard_model(extra=None))
    with pytest.raises(UnknownNameError, match="a U\\(1\\) among Y, X"):
        gauge_current(framework_content(normalised=False), "Z")
    with pytest.raises(ArgumentError, match="singlet or doublet without colour"):
        covariant_derivative(framework_content(normalised=False), "q")
