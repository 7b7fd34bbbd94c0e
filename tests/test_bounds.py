"""Bounds on v_Phi: widths, tridents, direct searches, the report, and the alternative benchmark."""

from __future__ import annotations

import json
import math
import pickle
import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational, Symbol, pi, sqrt, symbols

from anomalies.errors import ArgumentError, ArgumentTypeError, UnitWarning
from anomalies.linear import rank
from anomalies.phenomenology.bounds.alternative import (
    RESTRICTION,
    alternative_charges,
    alternative_point,
    bound_factors,
    vanishing_table,
)
from anomalies.phenomenology.bounds.bound import (
    Bound,
    Estimate,
    as_real,
    as_sigmas,
    confidence_level,
    estimate,
    stated,
)
from anomalies.phenomenology.bounds.collider import (
    contact_regime_coupling,
    direct_search_bound,
    light_quark_charges,
)
from anomalies.phenomenology.bounds.meson_mixing import largest_C
from anomalies.phenomenology.bounds.overview import all_bounds, fitted_normalisation
from anomalies.phenomenology.bounds.perturbativity import largest_coupling, relative_width, width_budget
from anomalies.phenomenology.bounds.report import BoundsReport, agreement
from anomalies.phenomenology.bounds.tridents import (
    axial_weight,
    cross_section,
    excluded_scales,
    sin2_theta_w,
    smallest_trident_ratio,
    standard_model_couplings,
    trident_bound,
    trident_ratio,
    trident_ratio_at,
    trident_roots,
    trident_shifts,
    zprime_couplings,
)
from anomalies.phenomenology.fits.fit import profile
from anomalies.phenomenology.inputs import PhysicalInput, physical_input
from anomalies.phenomenology.interactions.matching import Bilinear, operator_coefficient
from anomalies.phenomenology.interactions.wilson_coefficients import (
    low_energy_currents,
    low_energy_exchange,
)
from anomalies.phenomenology.points import BENCHMARK, CLEAN, LeptonPoint, framework_charges, framework_content
from anomalies.phenomenology.symbols import a_e, a_mu, a_tau, a_Y, g_X, m_Z, v, v_Phi

# ADN section 5, arXiv:1909.02021: what is printed, and what the stated inputs give.
WIDTH, LARGEST_COUPLING = "0.071", "2.1"  # (5.1)
RECOMPUTED_WIDTHS = {"": "0.07108", "neutrinos": "0.08896", "A.4": "0.08816"}
DARK_A4 = (Fraction(1, 4), Fraction(7, 20), Fraction(21, 20))
TRIDENTS = "0.27"  # (5.25)

charges = st.fractions(-2, 2, max_denominator=20)
points = st.builds(LeptonPoint, charges, charges, charges, charges)
couplings = st.floats(-4, 4).filter(lambda x: abs(x) > 1e-3)


def _point(*charges: Any) -> LeptonPoint:
    """(a_e, a_mu, a_tau, a_Y) from anything exact."""
    return LeptonPoint(*charges)


# --- bounds and estimates ----------------------------------------------------------------------------


def _bound(**changes: Any) -> Bound:
    given: dict[str, Any] = {
        "name": "rho parameter",
        "side": "lower",
        "limit_TeV": 3.86,
        "confidence": "2 sigma",
        "equation": "ADN (5.20)",
        "paper_TeV": Fraction(39, 10),
        "reason": "",
        "expression": m_Z,
    }
    return Bound(**(given | changes))


def test_a_bound_says_what_it_allows_and_pickles() -> None:
    lower, upper = _bound(), _bound(side="upper")
    assert (lower.allows(3), lower.allows(4), upper.allows(3), upper.allows(4)) == (False, True, True, False)
    assert _bound(limit_TeV=None).allows("0.001")
    assert pickle.loads(pickle.dumps(lower)) == lower
    assert len({lower, upper, _bound()}) == 2
    assert (str(lower), str(upper)) == ("v_Phi > 3.86 TeV", "v_Phi < 3.86 TeV")
    assert str(_bound(limit_TeV=None, reason="a_Y = 0")) == "no bound on v_Phi: a_Y = 0"
    assert str(_bound(side="upper", limit_TeV=0.0)) == "no v_Phi is allowed"


def test_a_bound_refuses_nonsense_and_warns_about_GeV() -> None:
    with pytest.raises(ArgumentError, match="'side' must be \"lower\" or \"upper\", not 'above'"):
        _bound(side="above")
    for limit in (-1.0, math.inf, math.nan):
        with pytest.raises(ArgumentError, match="'limit_TeV' must be a number of TeV that is not negative"):
            _bound(limit_TeV=limit)
    for scale in (0, -3, "nan"):
        with pytest.raises(ArgumentError, match="'v_Phi_TeV' must be a positive number of TeV"):
            _bound().allows(scale)
    with pytest.warns(UnitWarning, match=r"'v_Phi_TeV' is in TeV: 3100 TeV were read. Write 3.1 if GeV"):
        assert _bound().allows(3100)


def test_uncertainties_add_in_quadrature_upwards_and_downwards() -> None:
    x, y = symbols("x y")
    first = PhysicalInput("x", Fraction(2), Fraction(3, 10), Fraction(1, 10), "1", "", "")
    second = PhysicalInput("y", Fraction(1), Fraction(4, 10), Fraction(4, 10), "1", "", "")
    found = estimate(x - 2 * y, {x: first, y: second})
    assert found.value == 0
    assert found.upper == pytest.approx(math.hypot(0.3, 0.8))
    assert found.lower == pytest.approx(math.hypot(0.1, 0.8))
    assert estimate(x * y, {x: 2.0, y: 3.0}) == Estimate(6.0)
    assert str(Estimate(1.0, 0.5, 0.25)) == "1.00 +0.50 -0.25"


def test_an_expression_that_has_no_real_value_is_refused() -> None:
    x, y = symbols("x y")
    with pytest.raises(ArgumentError, match="'values' must be a value for each symbol, y included, not"):
        estimate(x + y, {x: 1.0})
    for expression, value in ((sqrt(x), -1.0), (1 / x, 0.0), (2**x, 1e6)):
        with pytest.raises(ArgumentError, match="'values' must be numbers at which the expression is real"):
            estimate(expression, {x: value})


def test_numbers_as_text_and_at_the_border() -> None:
    assert [stated(x) for x in (3.1, 0.0027, 99.96, -2.5, 1e-20)] == [
        "3.10", "0.00270", "100", "-2.50", "1.00e-20",
    ]  # fmt: skip
    assert confidence_level(2) != confidence_level("1.96")
    with pytest.raises(ArgumentError, match="'sigmas' must be a positive number of standard deviations"):
        as_sigmas(-1)
    with pytest.raises(ArgumentTypeError, match="'product' must be a real number, not 'many'"):
        as_real("many", "product")
    with pytest.raises(ArgumentError, match="'product' must be a finite real number, not inf"):
        as_real(math.inf, "product")


# --- widths ------------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(point=points)
def test_the_width_is_the_sum_over_the_fermions_of_the_standard_model(point: LeptonPoint) -> None:
    Q = point.charges
    quarks = 3 * (6 * Q["Q_q"] ** 2 + 3 * Q["Q_u"] ** 2 + 3 * Q["Q_d"] ** 2)
    leptons = sum(2 * Q[f"Q_l{i}"] ** 2 + Q[f"Q_e{i}"] ** 2 for i in (1, 2, 3))
    assert relative_width(point) == g_X**2 * (quarks + leptons) / (24 * pi)
    with_higgs = relative_width(point, higgs=True) - relative_width(point)
    assert (with_higgs - g_X**2 * Q["Q_H"] ** 2 / (24 * pi)).expand() == 0


def test_widths_of_the_paper() -> None:
    neutrinos = (BENCHMARK.a_e, BENCHMARK.a_mu, BENCHMARK.a_tau)
    widths = {
        name: float(relative_width(BENCHMARK, dark=dark).subs(g_X, 1))
        for name, dark in (("", ()), ("neutrinos", neutrinos), ("A.4", DARK_A4))
    }
    assert {name: f"{width:.5f}" for name, width in widths.items()} == RECOMPUTED_WIDTHS
    assert f"{widths['']:.3f}" == WIDTH
    assert f"{float(largest_coupling(BENCHMARK)):.1f}" == LARGEST_COUPLING
    assert f"{float(largest_coupling(BENCHMARK, dark=neutrinos)):.2f}" == "1.84"
    rows = width_budget(BENCHMARK).rows
    assert [row[2] for row in rows] == ["0.07108", "0.01788", "0.00251", "0.09147"]
    assert sum(row[1] for row in rows[:-1]) == rows[-1][1]


@settings(max_examples=15)
@given(point=points, dark=st.lists(charges, max_size=3), limit=st.fractions("1/100", 1))
def test_at_the_largest_coupling_the_width_is_at_its_limit(
    point: LeptonPoint, dark: list[Fraction], limit: Fraction
) -> None:
    if relative_width(point, dark=dark) == 0:
        with pytest.raises(ArgumentError, match="'point' must be charged, so that the Z' decays"):
            largest_coupling(point, dark=dark)
    else:
        coupling = largest_coupling(point, dark=dark, largest_width=limit)
        width = relative_width(point, dark=dark).subs(g_X, coupling)
        assert float(width) == pytest.approx(float(limit))


def test_a_limit_on_the_width_is_positive() -> None:
    with pytest.raises(ArgumentError, match="'largest_width' must be positive, not 0"):
        largest_coupling(BENCHMARK, largest_width=0)


# --- tridents ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("exchange", ["Z'", "Z and Z'"])
def test_the_couplings_are_those_of_the_general_matching(exchange: Any) -> None:
    content = framework_content()
    currents = low_energy_currents(content, sin2_theta_w=sin2_theta_w)
    matrix = low_energy_exchange(content, exchange)
    left, right = (
        operator_coefficient(currents, matrix, Bilinear("nu_L", 2, 2), Bilinear(name, 2, 2), as_="lagrangian")
        for name in ("e_L", "e_R")
    )
    known = framework_charges()
    values = {Symbol(name): known[name] for name in ("Q_l2", "Q_e2", "Q_H")}
    expected = [shift.subs(values) for shift in zprime_couplings(exchange)]
    if (
        exchange == "Z and Z'"
    ):  # then the Z of the Standard Model is in it too; exchange of the W gives (2, 2)
        expected = [
            shift + weak - 2 for shift, weak in zip(expected, standard_model_couplings(), strict=True)
        ]
    assert (-(v**2) * (left + right) - expected[0]).expand() == 0
    assert (-(v**2) * (left - right) - expected[1]).expand() == 0


def test_the_shifts_are_those_that_the_paper_prints() -> None:
    known = framework_charges()
    values = {Symbol(name): known[name] for name in ("Q_l2", "Q_e2")}
    vector, axial = (shift.subs(values) for shift in zprime_couplings())
    scale = v**2 / v_Phi**2
    assert (vector - (a_mu - Rational(3, 4) * a_Y) * (2 * a_mu - a_Y) * scale).expand() == 0  # ADN (5.23)
    assert (-axial + a_Y / 4 * (2 * a_mu - a_Y) * scale).expand() == 0  # ADN (5.24)


@settings(max_examples=15)
@given(point=points)
def test_with_the_Z_the_shift_is_vectorial(point: LeptonPoint) -> None:
    vector, axial = trident_shifts(point, "Z and Z'")
    expected = 2 * point.a_mu * (point.a_mu - point.a_Y * (1 - sin2_theta_w))
    assert (vector - expected).expand() == axial == 0


def test_the_trident_bound_is_that_of_the_paper() -> None:
    bound = trident_bound(BENCHMARK)
    assert f"{bound.limit_TeV:.2f}" == TRIDENTS
    assert bound.paper_TeV == Fraction(TRIDENTS)
    low, high = physical_input("trident_ratio").range(2)
    assert (f"{float(low):.2f}", f"{float(high):.2f}") == ("0.26", "1.38")  # ADN (5.21)


@settings(max_examples=12)
@given(point=points, sigmas=st.sampled_from([1, "1.96", 2, 3]))
def test_the_cross_section_is_at_its_limit_where_tridents_bound_v_Phi(
    point: LeptonPoint, sigmas: Any
) -> None:
    for exchange in ("Z'", "Z and Z'"):
        bound = trident_bound(point, sigmas=sigmas, exchange=exchange)
        if bound.limit_TeV is None:
            assert trident_shifts(point, exchange) == (0, 0)
            assert bound.reason
        elif bound.limit_TeV > 1e-6:
            found = trident_ratio_at(point, bound.limit_TeV, exchange).value
            high = float(physical_input("trident_ratio").range(as_sigmas(sigmas))[1])
            assert found == pytest.approx(high, rel=1e-9)
            assert trident_ratio_at(point, 1.1 * bound.limit_TeV, exchange).value < high


def _ratio(vector: float, axial: float, x: float) -> float:
    expression = trident_ratio(vector * x, axial * x)
    return estimate(expression, {s: float(physical_input(n)) for s, n in _NAMES.items()}).value


_NAMES = {sin2_theta_w: "sin2_theta_w", axial_weight: "trident_axial_weight"}


def _ratio_by_hand(vector: float, axial: float, x: float) -> float:
    G, kappa = 1 + 4 * float(physical_input("sin2_theta_w")), float(physical_input("trident_axial_weight"))
    return ((G + vector * x) ** 2 + kappa * (1 + axial * x) ** 2) / (G**2 + kappa)


@given(vector=couplings, axial=couplings, low=st.floats(0.05, 1.5), width=st.floats(0.05, 1))
def test_the_excluded_scales_are_those_of_a_scan(
    vector: float, axial: float, low: float, width: float
) -> None:
    high = low + width
    excluded = excluded_scales(vector, axial, low, high)
    assert all(start < end for start, end in excluded)
    assert all(first[1] <= second[0] for first, second in pairwise(excluded))
    for scale in (0.05 * 1.1**step for step in range(120)):
        ratio = _ratio_by_hand(vector, axial, scale**-2)
        if min(abs(ratio - low), abs(ratio - high)) > 1e-6:
            inside = any(start < scale < end for start, end in excluded)
            assert inside is not (low < ratio < high)


def test_there_may_be_one_two_or_three_intervals_or_none() -> None:
    assert _ratio(-1, -1, 0.5) == pytest.approx(_ratio_by_hand(-1, -1, 0.5))
    assert len(excluded_scales(1, 1, "0.26", "1.38")) == 1
    assert len(excluded_scales(-1, -1, "0.26", "1.38")) == 2
    assert len(excluded_scales(-1, -1, "0.26", "0.9")) == 3
    assert excluded_scales(0, 0, "0.26", "1.38") == ()
    assert excluded_scales(0, 0, "0.26", "0.9") == ((0.0, math.inf),)
    assert excluded_scales(1, 1, "0.26", "0.9") == ((0.0, math.inf),)
    for low, high in ((0, 1), (2, 1), (-1, 1)):
        with pytest.raises(ArgumentError, match="'low' must be positive and below high"):
            excluded_scales(1, 1, low, high)


@given(Q_l=charges, Q_e=charges, x=st.floats(0, 50))
def test_no_zprime_lowers_the_cross_section_below_94_percent(Q_l: Fraction, Q_e: Fraction, x: float) -> None:
    least = estimate(smallest_trident_ratio(), {s: float(physical_input(n)) for s, n in _NAMES.items()}).value
    assert 0.93 < least < 0.95
    assert _ratio_by_hand(float(Q_l * (Q_l + Q_e)), float(Q_l * (Q_l - Q_e)), x) >= least - 1e-12


def test_the_roots_solve_the_quadratic() -> None:
    p, q, x = symbols("p q x", real=True)
    for root in trident_roots(p, q):
        quadratic = (trident_ratio(p * x, q * x) - cross_section).subs(x, root)
        values = {p: Rational(3, 7), q: -2, sin2_theta_w: Rational(2, 9), axial_weight: 1, cross_section: 2}
        assert abs(quadratic.subs(values).evalf(30)) < 1e-25


def test_tridents_say_why_there_is_no_bound() -> None:
    assert "muons or their neutrinos" in trident_bound(_point(1, 1, 0, 2)).reason
    assert "so few sigma" in trident_bound(BENCHMARK, sigmas="1/2").reason
    with pytest.raises(ArgumentError, match="'exchange' must be \"Z'\" or \"Z and Z'\""):
        zprime_couplings("photon")  # type: ignore[arg-type]


# --- direct searches ---------------------------------------------------------------------------------


def test_the_limit_of_the_LHC_is_quoted_at_the_benchmark_only() -> None:
    assert direct_search_bound(BENCHMARK).limit_TeV == 3.1
    assert agreement(direct_search_bound(BENCHMARK)) == "quoted"
    assert direct_search_bound(CLEAN).reason == "known at ADN's benchmark point only"
    assert f"{contact_regime_coupling('3.1'):.2f}" == "1.94"
    with pytest.raises(ArgumentError, match="'v_Phi_TeV' must be a positive number of TeV, not 0"):
        contact_regime_coupling(0)


# --- the alternative benchmark -----------------------------------------------------------------------


@settings(max_examples=15)
@given(a=charges, b=charges)
def test_in_the_alternative_benchmark_quarks_and_the_higgs_are_neutral(a: Fraction, b: Fraction) -> None:
    point = alternative_point(a, b)
    neutral = {**light_quark_charges(point), "Q_H": point.charges["Q_H"]}
    assert set(neutral.values()) == {0}
    assert {
        name: charge.subs(point.values) for name, charge in alternative_charges().items()
    } == point.charges
    assert direct_search_bound(point).reason == "Q_q = Q_u = Q_d = 0: valence quarks do not couple"


def test_nothing_less_makes_them_neutral() -> None:
    general = framework_charges()
    rows = [
        [Fraction(str(general[name].coeff(symbol))) for symbol in (a_e, a_mu, a_tau, a_Y)]
        for name in ("Q_q", "Q_u", "Q_d", "Q_H")
    ]
    assert rank(rows) == len(RESTRICTION) == 2


def test_which_bounds_vanish_and_which_stay() -> None:
    vanishing = {entry.name: entry.vanishes for entry in bound_factors()}
    assert vanishing == {
        "direct searches at the LHC": True,
        "universality of Z couplings": True,
        "rho parameter": True,
        "B_s mixing": False,
        "neutrino tridents": False,
    }
    report = all_bounds(alternative_point("1/4", 1))
    for bound in report.bounds:
        name = bound.name.partition(",")[0]
        assert (bound.limit_TeV is None) is vanishing[name], bound.name
    assert len(vanishing_table().rows) == len(vanishing)


# --- the report --------------------------------------------------------------------------------------


def test_every_printed_bound_is_reproduced_at_the_benchmark() -> None:
    report = all_bounds(BENCHMARK)
    found = {(b.name, b.side): agreement(b) for b in report.bounds if b.paper_TeV is not None}
    assert len(found) == 6
    assert set(found.values()) == {"yes", "quoted"}


def test_the_window_of_the_benchmark_is_closed_by_rho_and_mixing_and_opens_at_1_sigma() -> None:
    for window in all_bounds(BENCHMARK).windows:
        assert window.lower is not None
        assert window.upper is not None
        assert not window.is_open
        assert (window.lower.name, window.upper.name) == ("rho parameter", f"B_s mixing, {window.prediction}")
        assert window.opens_at is not None
        assert 0 < (window.deviations or 0) < 1.05
        lowest = window.lower.limit_TeV or 0
        assert window.opens_at == pytest.approx(largest_C(lowest, prediction=window.prediction))
        for factor, is_open in ((Fraction(99, 100), True), (Fraction(101, 100), False)):
            C = Fraction(f"{window.opens_at:.6f}") * factor
            again = {w.prediction: w for w in all_bounds(BENCHMARK, C=C).windows}
            assert again[window.prediction].is_open is is_open


@settings(max_examples=5)
@given(factor=st.fractions("1/4", 4, max_denominator=8).filter(lambda f: f != 1))
def test_limits_scale_with_the_charges(factor: Fraction) -> None:
    point = _point("3/5", 1, 0, "4/5")
    scaled = _point(*(factor * a for a in (point.a_e, point.a_mu, point.a_tau, point.a_Y)))
    first, second = all_bounds(point), all_bounds(scaled)
    compared = 0
    for one, other in zip(first.bounds, second.bounds, strict=True):
        assert (one.limit_TeV is None) == (other.limit_TeV is None)
        if one.limit_TeV is not None:
            assert other.limit_TeV == pytest.approx(float(factor) * one.limit_TeV, rel=1e-9)
            compared += 1
    assert compared == 6
    assert [w.is_open for w in first.windows] == [w.is_open for w in second.windows]


def test_the_fitted_normalisation_is_that_of_the_fit() -> None:
    found = fitted_normalisation(BENCHMARK)
    assert found is not None
    assert found.value == profile("all").normalisation((BENCHMARK.a_e, BENCHMARK.a_Y))
    assert fitted_normalisation(_point(0, 0, 1, 0)) is None
    doubled = fitted_normalisation(_point("59/50", 2, 0, "87/50"))
    assert doubled is not None
    assert doubled.value == found.value / 2


def test_where_the_papers_number_differs_the_remark_says_why() -> None:
    report = all_bounds(BENCHMARK, m_Q_TeV=10, g_X_value="1/10", sigmas="1.96")
    differing = [bound for bound in report.bounds if agreement(bound) == "no"]
    assert differing
    assert all("the paper has 2 sigma" in bound.reason for bound in differing)
    assert any(bound.reason.endswith("a small m_Q") for bound in differing)


def test_a_point_where_nothing_couples_is_refused() -> None:
    with pytest.raises(
        ArgumentError, match=r"'point' must be charged, .* couples to something, not \(0, 0, 0, 0\)"
    ):
        all_bounds(_point(0, 0, 0, 0))
    with pytest.raises(ArgumentError, match="'g_X_value' must be a positive number, not '0'"):
        all_bounds(BENCHMARK, g_X_value=0)


def test_a_point_that_nothing_bounds_says_so() -> None:
    report = all_bounds(_point(0, 0, 1, 0))
    assert all(bound.limit_TeV is None for bound in report.bounds)
    assert all(bound.reason for bound in report.bounds)
    assert [str(window).endswith("open; no bound applies.") for window in report.windows] == [True, True]
    assert report.C is None


def test_the_report_prints_and_is_json_without_floats() -> None:
    report = all_bounds(BENCHMARK, m_Q_TeV=10, g_X_value="3/2")
    shown = report.as_json()
    assert json.loads(json.dumps(shown)) == shown
    assert not any(isinstance(value, float) for value in _leaves(shown))
    assert shown["point"]["a_e"] == "59/100"
    assert len(shown["bounds"]) == len(report.bounds) == 7
    limits = [entry["limit_TeV"] for entry in shown["bounds"]]
    assert all(re.fullmatch(r"[0-9]+\.[0-9]+", limit) for limit in limits)
    assert "perturbative (limit 0.3)" in report.remarks()[-1]
    assert str(report).count("closed by the pair rho parameter") == 2
    assert pickle.loads(pickle.dumps(report)) == report
    assert report.table().latex().startswith(r"\begin{array}")
    assert isinstance(report, BoundsReport)


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for entry in value.values() for leaf in _leaves(entry)]
    if isinstance(value, list):
        return [leaf for entry in value for leaf in _leaves(entry)]
    return [value]
