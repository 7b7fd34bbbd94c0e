"""Mixing of B_s mesons: the formula, its inversion, and the numbers of ADN section 5.2."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import lambdify, pi

from anomalies.errors import ArgumentError, ArgumentTypeError, UnitWarning, UnknownNameError
from anomalies.phenomenology.bounds.bound import estimate
from anomalies.phenomenology.bounds.meson_mixing import (
    S_0,
    Y_bs,
    box_coefficient,
    box_integral,
    lambda_t,
    largest_C,
    largest_v_Phi_squared,
    largest_v_Phi_TeV,
    mixing_bound,
    mixing_coefficient,
    mixing_ratio,
    mixing_ratio_at,
    mixing_ratio_range,
    product_from_wilson,
    ratio_limit,
    standard_model_coefficient,
    wilson_C,
    wilson_limit,
    zprime_coefficient,
)
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import BENCHMARK, CLEAN, LeptonPoint
from anomalies.phenomenology.symbols import g, m_Q, m_W, v, v_Phi

# ADN section 5.2: the printed limits of (5.7), and "between 3 and 3.5 TeV".
PRINTED_RANGES = {"sum rules": ("0.85", "1.15"), "lattice": ("0.87", "1.18")}
# The limits on v_Phi in TeV recomputed from the stated inputs: (C, 1/alpha) -> with 1.15 and with 1.18.
RECOMPUTED = {
    ("2.01", "inverse_alpha_em_m_b"): ("3.12", "3.42"),
    ("2.01", "inverse_alpha_em_m_Z"): ("3.01", "3.29"),
    ("2.01", "inverse_alpha_em_0"): ("3.22", "3.53"),
    ("2.03", "inverse_alpha_em_m_b"): ("3.09", "3.39"),
    ("2.03", "inverse_alpha_em_m_Z"): ("2.98", "3.26"),
    ("2.03", "inverse_alpha_em_0"): ("3.19", "3.49"),
}

products = st.floats(0.01, 3) | st.floats(-3, -0.01)
masses = st.floats(1, 100)
limits = st.floats(1.01, 2)


def _point(*charges: Any) -> LeptonPoint:
    """(a_e, a_mu, a_tau, a_Y) from anything exact."""
    return LeptonPoint(*charges)


# --- the formula -------------------------------------------------------------------------------------


def test_the_ratio_is_that_of_the_paper() -> None:
    normalisation = g**4 / (16 * pi**2 * m_W**2) * lambda_t**2 * S_0
    printed = Y_bs**2 * (v_Phi**2 / m_Q**4 + 1 / (16 * pi**2 * m_Q**2))
    assert (mixing_coefficient() - printed).expand() == 0
    assert (mixing_ratio() - (1 + printed / normalisation).subs(g, 2 * m_W / v)).expand() == 0
    both = zprime_coefficient() + box_coefficient()
    assert (both / standard_model_coefficient() - printed / normalisation).expand() == 0


def test_the_loop_integral_is_that_of_a_numerical_integration() -> None:
    mass = mpmath.mpf("1.7")
    radial = mpmath.quad(lambda k: k**3 / (k**2 * (k**2 + mass**2) ** 2), [0, mass, mpmath.inf])
    found = radial * 2 * mpmath.pi**2 / (2 * mpmath.pi) ** 4
    expected = lambdify(m_Q, box_integral(), "mpmath")(mass)
    assert mpmath.almosteq(found, expected, 1e-10)


def test_the_couplings_follow_from_both_ways_to_write_the_wilson_coefficients() -> None:
    G_F = float(physical_input("G_F"))
    values: dict[Any, Any] = {wilson_C: 2.0, lambda_t: 0.04, m_Q: 1000.0, v: physical_input("v")}
    numbers = {symbol: values.get(symbol, 1 / 133) for symbol in product_from_wilson().free_symbols}
    found = estimate(product_from_wilson(), numbers).value
    expected = 2 * 1000**2 * 4 * G_F / math.sqrt(2) * 0.04 / 133 / (4 * math.pi) * 2.0
    assert found == pytest.approx(expected, rel=1e-5)


def test_the_CKM_elements_and_v_cancel_in_the_limit() -> None:
    assert not wilson_limit().free_symbols & {lambda_t, v, Y_bs}
    assert largest_v_Phi_squared().free_symbols >= {lambda_t, v, Y_bs, ratio_limit}


# --- the largest v_Phi -------------------------------------------------------------------------------


@given(product=products, mass=masses, limit=limits)
def test_the_ratio_reaches_the_limit_at_the_largest_v_Phi(product: float, mass: float, limit: float) -> None:
    largest = largest_v_Phi_TeV(product, mass, limit)
    if largest is None:
        assert mixing_ratio_at(product, mass, "0.000001").value >= limit * (1 - 1e-9)
    elif largest < 150:
        assert mixing_ratio_at(product, mass, largest).value == pytest.approx(limit, rel=1e-9)
        assert largest == largest_v_Phi_TeV(-product, mass, limit)


def test_both_regions_of_the_plane_are_there() -> None:
    assert largest_v_Phi_TeV(2, 10, "1.15") is None
    assert (largest_v_Phi_TeV("0.1", 10, "1.15") or 0) > 1
    assert largest_v_Phi_TeV(0, 10, "1.15") == math.inf
    assert largest_v_Phi_TeV(0, 10, "0.9") is None
    assert largest_v_Phi_TeV(1, 10, 1) is None


def test_the_ratio_has_the_uncertainties_of_its_inputs() -> None:
    found = mixing_ratio_at("0.4", 25, 3)
    assert found.value > 1
    relative = 2 * float(physical_input("lambda_t").upper) / float(physical_input("lambda_t"))
    assert found.upper == pytest.approx((found.value - 1) * relative, rel=0.05)


# --- numbers of the paper ----------------------------------------------------------------------------


@pytest.mark.parametrize("prediction", PRINTED_RANGES)
def test_the_ranges_are_those_of_the_paper_at_2_sigma_but_for_one_end(prediction: str) -> None:
    low, high = (f"{float(end or 0):.2f}" for end in mixing_ratio_range(prediction))
    printed = PRINTED_RANGES[prediction]
    assert low == printed[0]
    # 17.757/(17.7 - 2 x 1.4) = 1.192, printed 1.18; at 1.96 sigma it is 1.187.
    assert high == ("1.19" if prediction == "lattice" else printed[1])


def test_the_ranges_are_exact() -> None:
    assert mixing_ratio_range("lattice") == (Fraction(17757, 20500), Fraction(17757, 14900))
    assert mixing_ratio_range("sum rules", "1.96")[1] == Fraction(17757, 18500 - 1960 * 3 // 2)


@pytest.mark.parametrize(("key", "expected"), RECOMPUTED.items())
def test_limits_at_the_best_fit(key: tuple[str, str], expected: tuple[str, str]) -> None:
    C, inverse_alpha = key
    bounds = [mixing_bound(BENCHMARK, C=C, limit=r, inverse_alpha=inverse_alpha) for r in ("1.15", "1.18")]
    assert tuple(f"{bound.limit_TeV:.2f}" for bound in bounds) == expected


def test_limits_at_the_benchmark_are_between_3_and_3_and_a_half() -> None:
    rules, lattice = (mixing_bound(BENCHMARK, prediction=name) for name in PRINTED_RANGES)
    assert (rules.paper_TeV, lattice.paper_TeV) == (Fraction(3), Fraction(7, 2))
    assert f"{rules.limit_TeV:.0f}" == "3"
    assert f"{lattice.limit_TeV:.1f}" == "3.5"
    heavy = mixing_bound(BENCHMARK, m_Q_TeV=10)
    assert f"{(rules.limit_TeV or 0) - (heavy.limit_TeV or 0):.1f}" == "0.1"


# --- bounds ------------------------------------------------------------------------------------------


@given(C=st.fractions(Fraction(1, 10), 3, max_denominator=50), mass=st.none() | st.floats(1, 15))
def test_the_largest_C_is_the_inverse_of_the_bound(C: Fraction, mass: float | None) -> None:
    bound = mixing_bound(BENCHMARK, C=C, prediction="lattice", m_Q_TeV=mass)
    assert bound.limit_TeV
    found = largest_C(bound.limit_TeV, prediction="lattice", m_Q_TeV=mass)
    assert found == pytest.approx(float(C), rel=1e-9)


@given(C=st.fractions(Fraction(1, 10), 5, max_denominator=50))
def test_the_bound_is_that_of_the_plane_whatever_the_CKM_elements(C: Fraction) -> None:
    mass = 8.0
    values: dict[Any, Any] = {
        wilson_C: float(C),
        m_Q: 1000 * mass,
        lambda_t: physical_input("lambda_t"),
        v: physical_input("v"),
    }
    (coupling,) = product_from_wilson().free_symbols - set(values)
    product = estimate(
        product_from_wilson(), values | {coupling: 1 / float(physical_input("inverse_alpha_em_m_b"))}
    ).value
    bound = mixing_bound(BENCHMARK, C=C, m_Q_TeV=mass, limit="1.15")
    assert bound.limit_TeV == pytest.approx(largest_v_Phi_TeV(product, mass, "1.15"), rel=1e-9)
    assert bound == mixing_bound(BENCHMARK, C=-C, m_Q_TeV=mass, limit="1.15")


def test_where_there_is_no_bound_or_no_v_Phi_the_reason_is_said() -> None:
    assert mixing_bound(BENCHMARK, C=0).reason == "C is zero"
    assert mixing_bound(_point(0, 1, 0, 0)).reason == "C is not known here"
    assert "may be zero" in mixing_bound(BENCHMARK, sigmas=13).reason
    heavy = mixing_bound(BENCHMARK, m_Q_TeV=100)
    assert (heavy.limit_TeV, heavy.reason) == (0.0, "no v_Phi is allowed: the box alone exceeds r")
    strict = mixing_bound(BENCHMARK, sigmas="1/10")
    assert (strict.limit_TeV, strict.reason) == (0.0, "no v_Phi is allowed: the Standard Model exceeds r")
    assert largest_C(3, prediction="sum rules", sigmas="1/10") is None
    assert mixing_bound(CLEAN).limit_TeV == pytest.approx(
        (mixing_bound(BENCHMARK).limit_TeV or 0) * 201 / 151
    )


def test_bad_input_is_refused_in_a_sentence() -> None:
    with pytest.raises(ArgumentError, match="'m_Q_TeV' must be a positive number of TeV, not 0"):
        largest_v_Phi_TeV(1, 0, "1.15")
    with pytest.raises(ArgumentError, match="'v_Phi_TeV' must be a positive number of TeV, not -3"):
        mixing_ratio_at(1, 10, -3)
    with pytest.raises(ArgumentError, match="'limit' must be a positive ratio, not 0"):
        largest_v_Phi_TeV(1, 10, 0)
    with pytest.raises(ArgumentTypeError, match="'product' must be a real number, not 1j"):
        largest_v_Phi_TeV(1j, 10, "1.15")
    with pytest.raises(UnknownNameError, match="'prediction' must be one of sum rules, lattice, not 'other'"):
        mixing_ratio_range("other")
    with pytest.raises(ArgumentError, match="'sigmas' must be a positive number of standard deviations"):
        mixing_bound(BENCHMARK, sigmas=0)
    with pytest.raises(ArgumentError, match="'limit' must be a positive ratio, not -1"):
        mixing_bound(BENCHMARK, limit=-1)


def test_a_mass_in_GeV_gets_a_warning_that_names_the_unit() -> None:
    with pytest.warns(UnitWarning, match="is in TeV: 10000 TeV were read. Write 10 if GeV were meant"):
        largest_v_Phi_TeV("0.1", 10000, "1.15")
