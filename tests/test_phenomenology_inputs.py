"""Physical inputs, units, points of the parameter space, and the widths of the Z'."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rationals
from sympy import N, Rational, Symbol

from anomalies import field_content, standard_model
from anomalies.errors import ArgumentError, ArgumentTypeError, UnitWarning, UnknownNameError
from anomalies.phenomenology.inputs import physical_input, physical_inputs
from anomalies.phenomenology.points import BENCHMARK, CLEAN, LeptonPoint, as_scale_TeV
from anomalies.phenomenology.symbols import g_X
from anomalies.phenomenology.widths import branching_ratios, width_over_mass, width_weights


def test_every_input_says_what_it_is_and_where_it_is_from() -> None:
    assert len(physical_inputs()) > 10
    for name, found in physical_inputs().items():
        assert found.name == name
        assert min(len(found.meaning), len(found.source)) > 5, name
        low, high = found.range(1)
        assert low <= found.value <= high


def test_the_vacuum_expectation_value_follows_from_the_fermi_constant() -> None:
    v, fermi = physical_input("v"), physical_input("G_F")
    assert float(v) == pytest.approx((math.sqrt(2) * float(fermi)) ** -0.5, abs=1e-4)


def test_unknown_inputs_are_named() -> None:
    with pytest.raises(UnknownNameError, match=r"'name' must be one of the inputs .*m_Z.*, not 'm_T'"):
        physical_input("m_T")


@pytest.mark.parametrize("value", [0, -3, "nan", "inf"])
def test_scales_are_positive(value: object) -> None:
    with pytest.raises(ArgumentError, match="'v_Phi_TeV' must be a positive number of TeV"):
        as_scale_TeV(value, "v_Phi_TeV")
    with pytest.raises(ArgumentTypeError, match="'v_Phi_TeV' must be a number of TeV, not 'heavy'"):
        as_scale_TeV("heavy", "v_Phi_TeV")


def test_a_number_of_gev_where_tev_are_meant_is_noticed() -> None:
    with pytest.warns(UnitWarning, match="3100 TeV were read. Write 3.1 if GeV were meant"):
        assert as_scale_TeV(3100, "v_Phi_TeV") == 3100


def test_charges_of_the_benchmark_point() -> None:
    # ADN Table 2, rounded to two digits: q, u, d, l1, l2, l3, e1, e2, e3, H.
    printed = ["-0.03", "0.40", "-0.47", "0.16", "0.57", "-0.44", "-0.28", "0.13", "-0.87", "-0.44"]
    names = ["Q_q", "Q_u", "Q_d", "Q_l1", "Q_l2", "Q_l3", "Q_e1", "Q_e2", "Q_e3", "Q_H"]
    charges = BENCHMARK.charges
    for name, value in zip(names, printed, strict=True):
        assert abs(charges[name] - Rational(value)) <= Rational(1, 200), name
    assert {s.name for s in BENCHMARK.content.charge_symbols} == {"Q_nu1", "Q_nu2", "Q_nu3"}
    assert CLEAN.a_Y == Fraction(166, 100)


@given(rationals(), rationals(), rationals(), rationals())
def test_charges_are_linear_in_the_point(
    e: Fraction, mu: Fraction, tau: Fraction, hypercharge: Fraction
) -> None:
    once, twice = LeptonPoint(e, mu, tau, hypercharge), LeptonPoint(2 * e, 2 * mu, 2 * tau, 2 * hypercharge)
    for name in ("Q_q", "Q_u", "Q_d", "Q_l1", "Q_e3", "Q_H"):
        assert twice.charges[name] == 2 * once.charges[name]


def test_width_of_the_benchmark_point_counts_the_standard_model_fermions() -> None:
    # ADN (5.1): 0.071 g_X^2.
    content = BENCHMARK.content
    assert float(N(width_over_mass(content, heavy=("Q", "nu")) / g_X**2)) == pytest.approx(0.071, abs=5e-4)
    heavier = width_over_mass(content, heavy=("Q", "nu"), scalars=True)
    assert float(N(heavier / g_X**2)) > 0.0735


@given(st.lists(st.integers(-5, 5), min_size=6, max_size=6).filter(any))
def test_branching_ratios_are_shares(charges: list[int]) -> None:
    content = standard_model(families=1, right_handed_neutrinos=1)
    symbols = [s for s in content.charge_symbols if s.name != "Q_H"]
    ratios = branching_ratios(content.subs(dict(zip(symbols, charges, strict=True))))
    assert sum(ratios.values()) == 1
    assert all(share >= 0 for share in ratios.values())
    weights = [6, 3, 3, 2, 1, 1]
    expected = [w * c**2 for w, c in zip(weights, charges, strict=True)]
    assert list(ratios.values()) == [Rational(w, sum(expected)) for w in expected]


def test_widths_refuse_what_they_cannot_answer() -> None:
    content = field_content("sm")
    with pytest.raises(UnknownNameError, match=r"'heavy' must be names of fields among .*, not 'top'"):
        width_weights(content, heavy="top")
    with pytest.raises(UnknownNameError, match="'factor' must be a U"):
        width_weights(content, "Z")
    nothing = content.subs(dict.fromkeys(content.charge_symbols, 0))
    with pytest.raises(ArgumentError, match="'content' must be charged"):
        branching_ratios(nothing)
    assert width_weights(content, heavy="l") == width_weights(content, heavy=("l",))
    assert Symbol("Q_H") not in width_over_mass(content).free_symbols
