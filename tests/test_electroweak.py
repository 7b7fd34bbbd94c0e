"""Universality of Z couplings and the rho parameter: exact formulas against the mixing, and ADN's rows."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational, cos, sin, sqrt

from anomalies.errors import ArgumentError, ArgumentTypeError, UnitWarning, UnknownNameError
from anomalies.phenomenology.bounds.electroweak import (
    lepton_universality_bound,
    rho_at,
    rho_bound,
    rho_excess,
    rho_upper_bound,
    universality_at,
    universality_excess,
    universality_limits,
)
from anomalies.phenomenology.bounds.universality import (
    lepton_z_couplings,
    universality_coefficient,
    universality_ratio,
)
from anomalies.phenomenology.electroweak_inputs import (
    COUPLING_CHOICES,
    electroweak_couplings,
    explicit_couplings,
)
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import BENCHMARK, CLEAN, LeptonPoint
from anomalies.phenomenology.symbols import a_e, a_mu, a_Y, alpha_z, g, g_prime, g_X, m_Z, theta_w, v_Phi

POINTS = st.builds(
    LeptonPoint,
    *(st.fractions(-2, 2, max_denominator=10) for _ in range(3)),
    st.fractions(-2, 2, max_denominator=10),
)

# ---------------------------------------------------------------- (5.9)-(5.14)


def _printed_kappas() -> tuple[Any, Any]:
    """ADN (5.12), with tan theta_w = g'/g."""
    values = {sin(theta_w): g_prime / sqrt(g**2 + g_prime**2), cos(theta_w): g / sqrt(g**2 + g_prime**2)}
    left = -g * cos(theta_w) / 2 + g_prime * sin(theta_w) / 2
    return left.subs(values), (g_prime * sin(theta_w)).subs(values)


def test_5_11_and_5_12_as_printed() -> None:
    kappas = _printed_kappas()
    for family, a in ((1, a_e), (2, a_mu)):
        charges = ((2 * a - a_Y) / 2, a - a_Y)
        for ours, kappa, charge in zip(lepton_z_couplings(family), kappas, charges, strict=True):
            # ADN put cos(alpha_z) = 1: the same to leading order in alpha_z.
            exact = ours - (cos(alpha_z) * kappa + sin(alpha_z) * g_X * charge)
            assert sympy.cancel(sympy.expand(exact)) == 0


def test_5_13_as_printed() -> None:
    left, right = _printed_kappas()
    printed = 2 * g_X * (left + right) * (a_e - a_mu) / (left**2 + right**2)
    ours = universality_ratio().diff(alpha_z).subs(alpha_z, 0)
    assert sympy.cancel(ours - printed) == 0
    assert universality_ratio().subs(alpha_z, 0) == 1
    # The next order does not vanish: (5.13) is not exact.
    assert universality_ratio().diff(alpha_z, 2).subs(alpha_z, 0).subs(BENCHMARK.values) != 0


def test_5_14_at_the_printed_couplings() -> None:
    values = electroweak_couplings("ADN").values
    assert f"{float(universality_coefficient().subs(values)):.4f}" == "1.7957"
    left, right = (kappa.subs(values) for kappa in _printed_kappas())
    assert f"{float(left):.4f} {float(right):.4f}" == "-0.2028 0.1595"


def test_5_14_depends_strongly_on_the_weak_angle() -> None:
    coefficient = universality_coefficient()
    values = {choice: electroweak_couplings(choice).values for choice in COUPLING_CHOICES}
    found = [float(coefficient.subs(values[choice])) for choice in COUPLING_CHOICES]
    assert [f"{value:.2f}" for value in found] == ["1.80", "1.09", "1.56", "1.08"]
    total, s2 = sympy.symbols("total s2", positive=True)
    in_angle = sympy.cancel(coefficient.subs({g: sqrt(total * (1 - s2)), g_prime: sqrt(total * s2)}))
    assert sympy.cancel(in_angle - 4 * (1 - 4 * s2) / (total * (1 - 4 * s2 + 8 * s2**2))) == 0
    elasticity = (s2 * in_angle.diff(s2) / in_angle).subs(s2, Rational(physical_input("sin2_theta_w").value))
    assert -13 < float(elasticity) < -12
    assert in_angle.subs(s2, Rational(1, 4)) == 0


# ---------------------------------------------------------------- (5.15), (5.16)


def test_5_15_and_5_16() -> None:
    assert [f"{limit:.4f}" for limit in universality_limits(sigmas=2)] == ["1.7281", "1.4605"]
    assert [f"{limit:.4f}" for limit in universality_limits(sigmas="1.96")] == ["1.7492", "1.4732"]
    bound = lepton_universality_bound(BENCHMARK)
    assert f"{bound.limit_TeV:.4f}" == "1.0321"
    assert (BENCHMARK.a_mu - BENCHMARK.a_e) * BENCHMARK.a_Y == Fraction("0.3567")
    assert (bound.side, bound.paper_TeV, bound.equation) == ("lower", Fraction("1.03"), "ADN (5.16)")
    assert bound.confidence.startswith("2 sigma")
    assert lepton_universality_bound(CLEAN).paper_TeV is None


@pytest.mark.parametrize("Y", [1, -1])
def test_the_sign_of_the_product_chooses_the_end_of_the_interval(Y: int) -> None:
    point = LeptonPoint(0, 1, 0, Y)  # type: ignore[arg-type]
    limit = lepton_universality_bound(point).limit_TeV
    assert limit is not None
    assert math.isclose(limit, universality_limits()[0 if Y > 0 else 1])
    lower, upper = physical_input("R_LEP").range(2)
    end = upper if Y > 0 else lower
    excess = universality_excess(point, limit, couplings="ADN")
    assert math.isclose(float(excess), float(end - 1), rel_tol=1e-9)


def test_beyond_sin2_of_a_quarter_the_ends_change_places() -> None:
    flipped = explicit_couplings("0.5", "0.5")
    assert universality_coefficient().subs(flipped.values) < 0
    positive, negative = universality_limits(couplings=flipped)
    # The interval of R is shorter above 1 than below.
    assert negative > positive
    point = LeptonPoint(0, 1, 0, 1)  # type: ignore[arg-type]
    assert math.isclose(lepton_universality_bound(point, couplings=flipped).limit_TeV or 0, positive)


def test_where_universality_gives_no_bound() -> None:
    neutral = lepton_universality_bound(LeptonPoint(0, 1, 0, 0))  # type: ignore[arg-type]
    assert neutral.limit_TeV is None
    assert "Higgs is neutral" in neutral.reason
    alike = lepton_universality_bound(LeptonPoint(1, 1, 0, 1), g_X_value=1)  # type: ignore[arg-type]
    assert alike.limit_TeV is None
    assert "a_e = a_mu" in alike.reason


def test_a_bound_where_higher_orders_matter_says_so() -> None:
    assert "not valid here" not in lepton_universality_bound(BENCHMARK).reason
    # The mixing is small, but the squares of large charges are not, beside kappa_L + kappa_R.
    large = LeptonPoint(-9, -15, 8, Fraction(-3, 4))  # type: ignore[arg-type]
    bound, exact = (lepton_universality_bound(large, g_X_value=value) for value in (None, 1000))
    assert "not valid here" in bound.reason
    assert exact.limit_TeV is not None
    assert f"{exact.limit_TeV:.2f} TeV" in bound.reason
    assert "not valid here" not in exact.reason
    none = LeptonPoint(0, Fraction(1, 1000), 0, 2)  # type: ignore[arg-type]
    assert "R stays within its interval" in lepton_universality_bound(none).reason
    assert lepton_universality_bound(none, g_X_value=1).limit_TeV is None


def _mixed(t: Any, strength: Any) -> tuple[Any, Any]:
    """m_Z^2 and g_X^2 v_Phi^2 in units of A, from t and r: the eigenvector equation, nothing else."""
    heavy = 1 + strength * (1 - t**2) / t
    return 1 - strength * t, heavy - strength**2


@settings(max_examples=8, deadline=None)
@given(POINTS, st.fractions("0.2", 3, max_denominator=10), st.sampled_from((2, "1.96", 3)))
def test_the_exact_bound_is_where_r_reaches_its_interval(
    point: LeptonPoint, coupling: Fraction, sigmas: object
) -> None:
    bound = lepton_universality_bound(point, sigmas=sigmas, couplings="from m_Z and v", g_X_value=coupling)
    if bound.limit_TeV is None:
        assert bound.reason
        return
    values = {
        **point.values,
        **electroweak_couplings("from m_Z and v").values,
        g_X: Rational(coupling),
    }
    strength = float((a_Y * g_X / sqrt(g**2 + g_prime**2)).subs(values))
    mass = float(physical_input("m_Z")) / 1000
    # g_X^2 v_Phi^2 = m_Z^2 (1 + r/t), solved for t
    t = strength / ((float(coupling) * bound.limit_TeV / mass) ** 2 - 1)
    ratio = universality_ratio().subs({sin(alpha_z): t, cos(alpha_z): 1}).subs(values)
    ends = [float(end) for end in physical_input("R_LEP").range(Fraction(str(sigmas)))]
    assert min(abs(float(ratio) - end) for end in ends) < 1e-9
    light, heavy = _mixed(t, strength)
    assert math.isclose(heavy / light, (float(coupling) * bound.limit_TeV / mass) ** 2, rel_tol=1e-9)
    inside = universality_ratio().subs({sin(alpha_z): t / 2, cos(alpha_z): 1}).subs(values)
    assert ends[0] < float(inside) < ends[1]


def test_the_exact_bounds_differ_from_the_leading_ones_by_what_they_should() -> None:
    point = LeptonPoint(Fraction("0.999"), Fraction(1), Fraction(0), Fraction(1))
    leading = lepton_universality_bound(point).limit_TeV
    exact = lepton_universality_bound(point, g_X_value=1000).limit_TeV
    assert leading is not None
    assert exact is not None
    assert leading != exact
    strong = rho_bound(BENCHMARK, g_X_value=10**6).limit_TeV
    weak = rho_bound(BENCHMARK).limit_TeV
    assert strong is not None
    assert weak is not None
    assert math.isclose(strong, weak * math.sqrt(1.00077), rel_tol=1e-9)


def test_r_at_a_point() -> None:
    ratio = universality_at(BENCHMARK, 4, 1, couplings="ADN")
    excess = universality_excess(BENCHMARK, 4, couplings="ADN")
    # The masses follow from g, g' and v, of which the rounded couplings give a Z of 89 GeV.
    assert math.isclose(ratio.leading - 1, float(excess), rel_tol=0.05)
    assert math.isclose(ratio.exact - 1, ratio.leading - 1, rel_tol=0.01)
    assert math.isclose(
        universality_at(BENCHMARK, 4, 1).leading - 1, float(universality_excess(BENCHMARK, 4)), rel_tol=1e-4
    )


# ---------------------------------------------------------------- rho


def test_rho_of_5_19_is_the_square_of_36() -> None:
    _, largest = physical_input("rho").range(2)
    assert largest - 1 == Fraction("0.00077")
    assert f"{1 / math.sqrt(largest - 1):.3f}" == "36.037"


def test_5_19_and_5_20_need_the_measured_mass_of_the_z() -> None:
    unit = LeptonPoint(0, 1, 0, 1)  # type: ignore[arg-type]
    assert f"{rho_bound(unit).limit_TeV:.3f}" == "4.437"
    assert f"{rho_bound(unit, couplings='ADN').limit_TeV:.3f}" == "4.534"
    assert f"{rho_bound(BENCHMARK).limit_TeV:.3f}" == "3.860"
    assert f"{rho_bound(BENCHMARK, couplings='ADN').limit_TeV:.3f}" == "3.945"
    assert rho_bound(BENCHMARK).paper_TeV == Fraction("3.9")
    v_GeV = float(physical_input("v"))
    assert math.isclose(rho_bound(unit).limit_TeV or 0, v_GeV / 2000 / math.sqrt(0.00077), rel_tol=1e-9)


def test_5_18_is_exact() -> None:
    leading = rho_excess(BENCHMARK, 10)
    for coupling in ("0.5", 1, 2):
        rho = rho_at(BENCHMARK, 10, coupling)
        assert math.isclose(rho.exact - 1, float(leading), rel_tol=1e-3)
        assert math.isclose(rho.leading - 1, float(leading), rel_tol=1e-9)
        assert rho.exact - 1 != rho.leading - 1


@settings(max_examples=15, deadline=None)
@given(POINTS, st.fractions("0.2", 3, max_denominator=10))
def test_the_exact_rho_bound_is_where_rho_reaches_its_end(point: LeptonPoint, coupling: Fraction) -> None:
    bound = rho_bound(point, g_X_value=coupling)
    if point.a_Y == 0:
        assert bound.limit_TeV is None
        assert "a_Y = 0" in bound.reason
        return
    assert bound.limit_TeV is not None
    couplings = electroweak_couplings("from m_Z and v")
    strength = float(
        (a_Y * g_X / sqrt(g**2 + g_prime**2))
        .subs(point.values)
        .subs(couplings.values)
        .subs(g_X, Rational(coupling))
    )
    mass = float(physical_input("m_Z")) / 1000
    t = strength / ((float(coupling) * bound.limit_TeV / mass) ** 2 - 1)
    assert math.isclose(1 / (1 - strength * t), 1.00077, rel_tol=1e-9)
    light, heavy = _mixed(t, strength)
    assert math.isclose(heavy / light, (float(coupling) * bound.limit_TeV / mass) ** 2, rel_tol=1e-9)


def test_the_lower_end_of_rho() -> None:
    smallest, _ = physical_input("rho").range(2)
    assert smallest > 1
    bound = rho_upper_bound(BENCHMARK)
    assert (bound.side, bound.paper_TeV) == ("upper", None)
    assert math.isclose(float(rho_excess(BENCHMARK, bound.limit_TeV)), float(smallest - 1), rel_tol=1e-6)
    assert rho_upper_bound(BENCHMARK, sigmas=3).limit_TeV is None
    lower = rho_bound(BENCHMARK).limit_TeV
    assert lower is not None
    assert bound.limit_TeV is not None
    assert lower < bound.limit_TeV


# ---------------------------------------------------------------- inputs, uncertainties, bad input


@pytest.mark.parametrize("choice", COUPLING_CHOICES)
def test_the_ways_to_the_couplings_agree_within_a_few_percent(choice: str) -> None:
    values = electroweak_couplings(choice).values
    angle = float((g_prime**2 / (g**2 + g_prime**2)).subs(values))
    assert 0.219 < angle < 0.232
    total = float(sqrt(g**2 + g_prime**2).subs(values))
    assert math.isclose(total, 2 * float(physical_input("m_Z")) / float(physical_input("v")), rel_tol=0.025)


def test_uncertainties_of_the_bounds() -> None:
    bound = lepton_universality_bound(BENCHMARK, couplings="from m_Z and v")
    assert bound.uncertainty_TeV is not None
    assert bound.limit_TeV is not None
    # half of 12 times the relative uncertainty of sin^2 theta_w
    s2 = physical_input("sin2_theta_w")
    expected = 12.2 / 2 * float(s2.upper / s2.value) * bound.limit_TeV
    assert math.isclose(bound.uncertainty_TeV, expected, rel_tol=0.02)
    free = lepton_universality_bound(BENCHMARK).uncertainty_TeV
    assert free is not None
    assert free < bound.uncertainty_TeV / 10


def test_bounds_hold_their_expressions() -> None:
    values = {**BENCHMARK.values, m_Z: Rational(physical_input("m_Z").value) / 1000, g_X: 1}
    for bound, choice in (
        (lepton_universality_bound(BENCHMARK), "ADN"),
        (lepton_universality_bound(BENCHMARK, g_X_value=1), "ADN"),
        (rho_bound(BENCHMARK), "from m_Z and v"),
        (rho_bound(BENCHMARK, g_X_value=1), "from m_Z and v"),
    ):
        number = float(bound.expression.subs(values).subs(electroweak_couplings(choice).values))
        assert math.isclose(number, bound.limit_TeV or 0, rel_tol=1e-9)
        assert v_Phi not in bound.expression.free_symbols


def test_bad_input() -> None:
    with pytest.raises(ArgumentError, match=r"'sigmas' must be so many that R = 1 is allowed"):
        lepton_universality_bound(BENCHMARK, sigmas="0.1")
    with pytest.raises(ArgumentError, match=r"'sigmas' must be so many that R = 1 is allowed"):
        lepton_universality_bound(BENCHMARK, sigmas="0.1", g_X_value=1)
    with pytest.raises(ArgumentError, match="positive number of standard deviations"):
        rho_bound(BENCHMARK, sigmas=0)
    with pytest.raises(ArgumentTypeError, match="'point' must be a LeptonPoint"):
        rho_bound((1, 2, 3, 4))  # type: ignore[arg-type]
    with pytest.raises(ArgumentTypeError, match="'point' must be a LeptonPoint"):
        universality_excess("benchmark", 3)  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="'couplings' must be one of ADN"):
        rho_bound(BENCHMARK, couplings="best")
    with pytest.raises(ArgumentTypeError, match="a name or ElectroweakCouplings"):
        rho_bound(BENCHMARK, couplings=0.64)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="'g_X_value' must be a positive number, not 0"):
        rho_bound(BENCHMARK, g_X_value=0)
    with pytest.raises(ArgumentError, match="'v_Phi_TeV' must be a positive number of TeV"):
        universality_excess(BENCHMARK, -1)
    with pytest.raises(ArgumentError, match="so large that alpha_z is small"):
        universality_at(BENCHMARK, "0.2", "0.1")
    with pytest.raises(ArgumentError, match="so large that alpha_z is small"):
        rho_at(BENCHMARK, "0.2", "0.1")
    with pytest.warns(UnitWarning, match=r"Write 3\.1 if GeV"):
        rho_excess(BENCHMARK, 3100)
