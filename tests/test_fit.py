"""Likelihoods, fits, regions and rational benchmark points, exactly; ADN section 4.2 and appendix B."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from typing import Any

import pytest
import sympy
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Rational, Symbol

from anomalies.cli.fit import fit as fit_command
from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError, UnknownNameError
from anomalies.phenomenology.fits.fit import (
    Profile,
    best_fit,
    linear_model,
    minimised_fit,
    profile,
    wilson_coefficients,
)
from anomalies.phenomenology.fits.lattice import benchmark_points
from anomalies.phenomenology.fits.likelihood import (
    FITS,
    FITTED,
    GaussianLikelihood,
    deviation,
    gaussian_likelihood,
    published_likelihood,
)
from anomalies.phenomenology.fits.regions import (
    ConfidenceRegion,
    confidence_region,
    second_lobe_threshold,
    standard_deviations,
    threshold,
)
from anomalies.phenomenology.fits.tables import comparison_table, region_table, rounding_ranges, table_1
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.interactions.wilson_coefficients import code_coefficients
from anomalies.phenomenology.points import BENCHMARK, CLEAN

# ADN, arXiv:1909.02021: (4.6), (4.7) for muons without the common factor, Table 1.
PRINTED_4_6, PRINTED_4_7 = "C*(a_mu - 3*a_Y/4)", "-C*a_Y/4"
TABLE_1 = {"clean": ("0.49", "1.66", "1.51"), "all": ("0.59", "0.87", "2.01")}
MODELS = ("benchmark", "alternative")

small = st.fractions(min_value=-3, max_value=3, max_denominator=12)
charges = st.tuples(small, small)


@st.composite
def likelihoods(draw: st.DrawFn) -> GaussianLikelihood:
    """Any mean, and a covariance T T^t with a triangular T."""
    mean = draw(st.tuples(small, small, small))
    d = [draw(st.fractions(min_value=Fraction(1, 4), max_value=2, max_denominator=4)) for _ in range(3)]
    x, y, z = draw(st.tuples(small, small, small))
    rows = ((d[0], Fraction(0), Fraction(0)), (x, d[1], Fraction(0)), (y, z, d[2]))
    covariance = tuple(
        tuple(sum((a * b for a, b in zip(row, other, strict=True)), Fraction(0)) for other in rows)
        for row in rows
    )
    return GaussianLikelihood("drawn", FITTED, mean, covariance, "a test")


def _profile(likelihood: str | GaussianLikelihood, model: str) -> Profile:
    return profile(likelihood, model)


def _coefficients(model: str, values: tuple[Fraction, Fraction], C: Fraction) -> dict[str, Fraction]:
    """C9 and C10 from the printed formulas with the opposite sign, independently of `linear_model`."""
    if model == "benchmark":
        (e, Y), mu = values, Fraction(1)
    else:
        (e, mu), Y = values, Fraction(0)
    return {
        "C9_mu": -C * (mu - Fraction(3, 4) * Y),
        "C9_e": -C * (e - Fraction(3, 4) * Y),
        "C10": C * Y / 4,
    }


# ---------------------------------------------------------------- signs, (4.6), (4.7)


def test_4_6_and_4_7_follow_from_the_charges_with_the_opposite_sign() -> None:
    ours, names = wilson_coefficients(), {"C": Symbol("C", real=True)}
    assert sympy.expand(ours["C9_mu"] + sympy.sympify(PRINTED_4_6, names)) == 0
    assert sympy.expand(ours["C10"] + sympy.sympify(PRINTED_4_7, names)) == 0
    assert ours["C9_tau"].subs("a_tau", 5) == ours["C9_e"].subs("a_e", 5)


@pytest.mark.parametrize("lepton", ["e", "mu", "tau"])
def test_coefficients_agree_with_those_matched_from_exchange_of_the_zprime(lepton: str) -> None:
    ours, C = wilson_coefficients(), Symbol("C", real=True)
    C9, C10 = code_coefficients(lepton, exchange="Z'")
    assert sympy.expand(ours[f"C9_{lepton}"] - C * C9) == sympy.expand(ours["C10"] - C * C10) == 0


@pytest.mark.parametrize(("name", "literal"), [("all", 98), ("clean", 66)])
def test_the_literal_sign_does_not_fit(name: str, literal: int) -> None:
    a_e, a_Y, C = TABLE_1[name]
    found = profile(name)
    assert round(found.chi2((a_e, a_Y), Fraction(C) * -1)) == literal
    assert found.chi2((a_e, a_Y), C) < Fraction(1, 250)


# ---------------------------------------------------------------- Table 1


def test_table_1_in_closed_form() -> None:
    everything, clean = best_fit("all"), best_fit("clean")
    assert everything.as_dict() == {
        "a_e": Fraction(120, 203),
        "a_Y": Fraction(176, 203),
        "C": Fraction("2.03"),
    }
    assert clean.as_dict() == {"a_e": Fraction(1, 2), "a_Y": Fraction(63, 38), "C": Fraction("1.52")}
    assert everything.chi2 == clean.chi2 == 0


@pytest.mark.parametrize("name", FITS)
def test_table_1_as_printed_is_allowed_by_rounding(name: str) -> None:
    ranges = rounding_ranges(name)
    for (low, high), printed in zip(ranges.values(), TABLE_1[name], strict=True):
        assert low - Fraction(1, 200) <= Fraction(printed) <= high + Fraction(1, 200)
        assert low < high
    inputs = [physical_input(f"table_1_{name}_{key}").value for key in ("a_e", "a_Y", "C")]
    assert inputs == [Fraction(text) for text in TABLE_1[name]]
    point = {"all": BENCHMARK, "clean": CLEAN}[name]
    assert (point.a_e, point.a_Y) == tuple(inputs[:2])


def test_rounding_ranges_of_all_observables_as_they_were_checked_before() -> None:
    shown = {key: tuple(f"{float(end):.3f}" for end in ends) for key, ends in rounding_ranges("all").items()}
    assert shown == {"a_e": ("0.584", "0.598"), "a_Y": ("0.861", "0.873"), "C": ("2.010", "2.050")}


@given(st.tuples(*[st.integers(-10, 10)] * 3))
def test_rounding_ranges_contain_every_mean_that_rounds_to_the_printed_one(shifts: tuple[int, ...]) -> None:
    published = published_likelihood("clean")
    mean = tuple(c + Fraction(s, 2000) for c, s in zip(published.central, shifts, strict=True))
    moved = GaussianLikelihood("moved", FITTED, mean, published.covariance, "a test")
    for key, value in best_fit(moved).as_dict().items():
        low, high = rounding_ranges("clean")[key]
        assert low <= value <= high


def test_table_1_says_where_the_paper_differs() -> None:
    verdicts = {(row["fit"], row["quantity"]): row["verdict"] for row in table_1().as_json()}
    assert verdicts["all", "C"] == "agrees within the rounding of (B.2)"
    assert verdicts["clean", "a_e"] == "agrees within the rounding of (B.1)"
    assert verdicts["all", "a_e"] == verdicts["all", "a_Y"] == verdicts["clean", "a_Y"] == "agrees"


# ---------------------------------------------------------------- best fits of any likelihood


@given(likelihoods(), charges, small, st.sampled_from(MODELS))
def test_chi2_is_that_of_the_coefficients_and_never_below_the_best(
    likelihood: GaussianLikelihood, values: tuple[Fraction, Fraction], C: Fraction, model: str
) -> None:
    found = _profile(likelihood, model)
    C = Fraction(1) if model == "alternative" else C
    chi2 = found.chi2(values, C)
    assert chi2 == likelihood.chi2(_coefficients(model, values, C))
    assert chi2 >= found.chi2(values) >= found.least >= 0
    assert found.delta(values) == found.chi2(values) - found.least
    names = [Symbol(name) for name in found.model.parameters]
    numbers = {name: Rational(str(value)) for name, value in zip(names, values, strict=True)}
    assert Fraction(str(found.expression().subs(numbers))) == found.delta(values)


@given(likelihoods(), st.sampled_from(MODELS))
def test_the_best_fit_has_the_least_chi2(likelihood: GaussianLikelihood, model: str) -> None:
    assume(likelihood.central[0] != 3 * likelihood.central[2])
    found = best_fit(likelihood, model)
    assert likelihood.chi2(_coefficients(model, found.values, found.C)) == found.chi2 == found.profile.least  # type: ignore[arg-type]
    assert found.profile.normalisation(found.values) == found.C
    if model == "benchmark":
        assert found.chi2 == 0


@pytest.mark.parametrize(("name", "model"), list(product(FITS, MODELS)))
def test_minimisation_agrees_with_the_closed_form(name: str, model: str) -> None:
    pytest.importorskip("scipy")
    found, exact = minimised_fit(name, model), best_fit(name, model)
    assert found["chi2"] == pytest.approx(float(exact.chi2), abs=1e-7)
    for key in exact.profile.model.parameters:
        assert found[key] == pytest.approx(float(exact.as_dict()[key]), abs=1e-4)


def test_the_uncertainty_of_the_normalisation_is_where_chi2_rises_by_one() -> None:
    found, point = profile("all"), (BENCHMARK.a_e, BENCHMARK.a_Y)
    C = float(found.normalisation(point)) + found.normalisation_uncertainty(point)
    assert float(found.chi2(point, Fraction(C)) - found.chi2(point)) == pytest.approx(1)
    assert found.normalisation_uncertainty(point) == pytest.approx(0.408, abs=1e-3)


def test_a_best_fit_at_infinity_is_refused() -> None:
    unit = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    likelihood = GaussianLikelihood("odd", FITTED, (3, 0, 1), unit, "a test")
    with pytest.raises(ArgumentError, match="'likelihood' must be best fitted with a_mu different from 0"):
        best_fit(likelihood)
    assert confidence_region(profile(likelihood), 1).kind == "hyperbola"


# ---------------------------------------------------------------- points of section 4.2


def test_muons_only_lie_within_two_standard_deviations() -> None:
    found = profile("all")
    delta = found.delta((0, 0))
    assert f"{float(delta):.3f}" == "5.373"
    assert f"{standard_deviations(delta):.2f}" == "1.82"
    assert f"{math.exp(-float(delta) / 2):.3f}" == "0.068"
    for region in (confidence_region(found, 2), confidence_region(found, delta_chi2="5.99")):
        assert (0, 0) in region
    assert (0, 0) not in confidence_region(found, 1)


def test_a_Y_is_favoured_independently_of_a_e() -> None:
    found = profile("all")
    least = best_fit("all", "alternative").chi2
    pull = (Fraction("0.44") / Fraction("0.19")) ** 2
    assert least == pull
    assert f"{float(least):.2f}" == "5.36"
    assert f"{standard_deviations(least, 1):.1f}" == "2.3"
    scanned = min(found.delta((Fraction(k, 500), 0)) for k in range(-200, 400))
    assert 0 <= scanned - least < Fraction(1, 1000)
    assert best_fit("all").as_dict()["a_Y"] > 0


@pytest.mark.parametrize(
    ("name", "against", "expected"),
    [
        ("R_K_2019", "1", "2.48"),
        ("R_Kstar_2017", "1", "2.57"),
        ("R_Kstar_low_2017", "0.906", "2.16"),
        ("R_Kstar_low_2017", "1", "2.98"),
    ],
)
def test_deviations_of_the_introduction(name: str, against: str, expected: str) -> None:
    found = deviation(physical_input(name), against, physical_input(f"{name}_systematic"))
    assert f"{found:.2f}" == expected


def test_a_deviation_needs_an_uncertainty_and_has_a_sign() -> None:
    with pytest.raises(ArgumentError, match="'measured' must be uncertain"):
        deviation(physical_input("table_1_all_C"), 3)
    assert deviation(physical_input("R_K_2019"), "0.8") < 0


# ---------------------------------------------------------------- regions


def test_thresholds() -> None:
    assert [f"{threshold(k):.2f}" for k in (1, 2)] == ["2.30", "6.18"]
    assert f"{-2 * math.log(0.05):.2f}" == "5.99"
    for sigmas, parameters in product((1, 2, 3), (1, 2)):
        assert standard_deviations(Fraction(threshold(sigmas, parameters)), parameters) == pytest.approx(
            sigmas
        )


def test_kinds_and_lobes_of_the_published_fits() -> None:
    kinds = {
        (name, sigmas): confidence_region(profile(name), sigmas).kind
        for name, sigmas in product(FITS, (1, 2))
    }
    assert kinds == {
        ("all", 1): "ellipse",
        ("all", 2): "ellipse",
        ("clean", 1): "ellipse",
        ("clean", 2): "hyperbola",
    }
    lobes = confidence_region(profile("clean"), 2).lobes
    assert [(lobe.sign, lobe.bounded) for lobe in lobes] == [(1, False), (-1, False)]


@given(
    likelihoods(),
    charges,
    st.fractions(min_value=Fraction(1, 10), max_value=20, max_denominator=10),
    st.sampled_from(MODELS),
)
def test_membership_is_delta_chi2_below_the_threshold(
    likelihood: GaussianLikelihood, values: tuple[Fraction, Fraction], t: Fraction, model: str
) -> None:
    found = _profile(likelihood, model)
    region = confidence_region(found, delta_chi2=t)
    inside = values in region
    assert inside == (found.delta(values) <= t)
    if inside and model == "benchmark" and region.kind != "plane":
        C = found.normalisation(values)
        assert (C > 0) - (C < 0) in {lobe.sign for lobe in region.lobes}


@settings(max_examples=15)
@given(
    likelihoods(),
    st.lists(charges, min_size=8, max_size=8),
    st.fractions(min_value=0, max_value=1, max_denominator=7),
)
def test_lobes_are_convex_and_connected(
    likelihood: GaussianLikelihood, points: list[tuple[Fraction, Fraction]], share: Fraction
) -> None:
    found = _profile(likelihood, "benchmark")
    region = confidence_region(found, 2)
    C, *best = found.products
    assume(region.kind != "plane" and C != 0)
    points = [*points, (best[0] / C, best[1] / C)]
    for sign in (1, -1):
        lobe = [point for point in points if point in region and sign * found.normalisation(point) > 0]
        for one, other in combinations(lobe, 2):
            between = tuple(a + share * (b - a) for a, b in zip(one, other, strict=True))
            assert between in region


@settings(max_examples=25)
@given(likelihoods())
def test_the_second_lobe_appears_where_a_mu_may_vanish(likelihood: GaussianLikelihood) -> None:
    found = _profile(likelihood, "benchmark")
    t = second_lobe_threshold(found)
    assume(0 < t < found.standard_model - found.least)
    assert confidence_region(found, delta_chi2=t).kind == "parabola"
    assert confidence_region(found, delta_chi2=t * Fraction(999, 1000)).kind == "ellipse"
    above = t + (found.standard_model - found.least - t) / 1000
    assert confidence_region(found, delta_chi2=above).kind == "hyperbola"
    assert confidence_region(found, delta_chi2=found.standard_model - found.least).kind == "plane"


def _components(region: ConfidenceRegion, window: Any, steps: int) -> int:
    """The connected components on a grid, by flood fill."""
    (left, right), (low, high) = window
    chi2 = sympy.lambdify(
        [Symbol(n) for n in region.profile.model.parameters], region.profile.expression(), "math"
    )
    t = float(region.delta_chi2)
    inside = {
        (i, j)
        for i, j in product(range(steps + 1), repeat=2)
        if chi2(left + (right - left) * i / steps, low + (high - low) * j / steps) <= t
    }
    count = 0
    while inside:
        count += 1
        stack = [inside.pop()]
        while stack:
            i, j = stack.pop()
            for neighbour in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                if neighbour in inside:
                    inside.remove(neighbour)
                    stack.append(neighbour)
    return count


@pytest.mark.parametrize(
    ("name", "sigmas", "window", "expected"),
    [
        ("clean", 2, ((-3, 4), (-3, 6)), 2),
        ("clean", 2, ((-1, 1), (-1, 3)), 1),
        ("clean", 2, ((1, 5), (-3, 0)), 1),
        ("clean", 2, ((1, 1.5), (-3, 0)), 0),
        ("clean", 1, ((-10, 4), (-3, 16)), 1),
        ("all", 2, ((-1, 2), (-1, 2)), 1),
        ("all", 1, ((0, 1), (0, 2)), 1),
        ("all", 1, ((2, 3), (2, 3)), 0),
    ],
)
def test_components_by_flood_fill(name: str, sigmas: int, window: Any, expected: int) -> None:
    region = confidence_region(profile(name), sigmas)
    exact = tuple(tuple(Fraction(end) for end in ends) for ends in window)
    assert len(region.lobes_in(exact)) == expected  # type: ignore[arg-type]
    assert _components(region, window, 70) == expected


@pytest.mark.parametrize(
    ("name", "model"), [("all", "benchmark"), ("all", "alternative"), ("clean", "alternative")]
)
def test_the_extent_is_reached_and_not_exceeded(name: str, model: str) -> None:
    region = confidence_region(profile(name, model), 1)
    extent = region.extent()
    assert extent is not None
    (left, right), (low, high) = extent
    heights = [Fraction(low) + Fraction(high - low) * k / 400 for k in range(401)]
    for x, inside in ((left + 1e-3, True), (right - 1e-3, True), (left - 1e-9, False), (right + 1e-9, False)):
        assert any((Fraction(x), y) in region for y in heights) is inside
    assert confidence_region(profile("clean"), 2).extent() is None


def test_alternative_is_a_plain_gaussian() -> None:
    found = best_fit("all", "alternative")
    assert found.degrees_of_freedom == 1
    assert set(linear_model("alternative").directions[2]) == {Fraction(0)}
    region = confidence_region(found.profile, 2)
    assert region.kind == "ellipse"
    assert found.values in region
    assert (0, 0) not in region


# ---------------------------------------------------------------- bad input


def test_singular_and_other_bad_covariances() -> None:
    with pytest.raises(
        ArgumentError, match="must be positive definite, and it is singular in the quantities x, y"
    ):
        gaussian_likelihood("s", ["x", "y"], [0, 0], [1, 2], [[1, -1], [-1, 1]], "a test")
    with pytest.raises(ArgumentError, match="it is not positive definite in the quantities x, y"):
        gaussian_likelihood("s", ["x", "y"], [0, 0], [1, 2], [[1, 2], [2, 1]], "a test")
    with pytest.raises(
        ArgumentError, match=r"must be symmetric, and the entries \(2, 1\) and \(1, 2\) are 1/2 and 0"
    ):
        GaussianLikelihood("s", ("x", "y"), (0, 0), ((1, 0), ("1/2", 1)), "a test")
    with pytest.raises(ArgumentError, match="'covariance' must have 2 rows, not 1"):
        GaussianLikelihood("s", ("x", "y"), (0, 0), ((1, 0),), "a test")
    with pytest.raises(ArgumentError, match=r"'uncertainties\[1\]' must be positive, not '0'"):
        gaussian_likelihood("s", ["x", "y"], [0, 0], [1, 0], [[1, 0], [0, 1]], "a test")
    with pytest.raises(ArgumentError, match=r"'correlation\[0\]\[0\]' must be 1"):
        gaussian_likelihood("s", ["x"], [0], [1], [[2]], "a test")
    with pytest.raises(InexactNumberError, match="must be exact"):
        gaussian_likelihood("s", ["x"], [0.5], [1], [[1]], "a test")
    with pytest.raises(ArgumentError, match="non-empty sequence of different names"):
        gaussian_likelihood("s", ["x", "x"], [0, 0], [1, 1], [[1, 0], [0, 1]], "a test")


def test_unknown_names() -> None:
    with pytest.raises(
        UnknownNameError, match="'observable' must be one of the observables C9_mu, C9_e, C10 of the"
    ):
        published_likelihood("all").chi2({"C9_tau": 0})
    with pytest.raises(UnknownNameError, match="'observable' must be one of"):
        published_likelihood("all").marginal(["R_K"])
    with pytest.raises(ArgumentError, match="'values' must be given for C9_e, C10 too"):
        published_likelihood("all").chi2({"C9_mu": 0})
    with pytest.raises(UnknownNameError, match="'likelihood' must be one of all, clean, not 'dirty'"):
        best_fit("dirty")
    with pytest.raises(UnknownNameError, match="'model' must be one of benchmark, alternative, not 'other'"):
        best_fit("all", "other")
    with pytest.raises(ArgumentTypeError, match="'likelihood' must be a name or a GaussianLikelihood, not 3"):
        best_fit(3)  # type: ignore[arg-type]
    with pytest.raises(ArgumentTypeError, match="'values' must be a mapping from names to numbers, not 3"):
        published_likelihood("all").chi2(3)  # type: ignore[arg-type]
    unit = ((1, 0), (0, 1))
    other = GaussianLikelihood("two", ("C9_mu", "C9_e"), (0, 0), unit, "a test")
    with pytest.raises(
        UnknownNameError, match="must be one of the observables C9_mu, C9_e of the fit 'two', not 'C10'"
    ):
        best_fit(other)


def test_bad_thresholds_and_windows() -> None:
    found = profile("all")
    with pytest.raises(ArgumentError, match="'delta_chi2' must be a finite number, not nan"):
        confidence_region(found, delta_chi2=math.nan)
    with pytest.raises(ArgumentError, match="'delta_chi2' must be from 0 to 1000, not -1"):
        standard_deviations(-1)
    with pytest.raises(ArgumentError, match="'window' must be two pairs"):
        confidence_region(found, 1).lobes_in(3)  # type: ignore[arg-type]
    # The complement of the error function at x is exp(-x^2) / (x sqrt(pi)) for large x.
    assert threshold(40) == pytest.approx(1600 + 2 * math.log(40 * math.sqrt(math.pi / 2)), abs=1e-2)
    with pytest.raises(ArgumentError, match="'sigmas' must be positive, not 0"):
        confidence_region(found, 0)
    with pytest.raises(ArgumentError, match="'delta_chi2' must be positive, not -1"):
        confidence_region(found, delta_chi2=-1)
    with pytest.raises(ArgumentError, match="'parameters' must be 1 or 2, not 3"):
        threshold(1, 3)
    with pytest.raises(ArgumentError, match="'window' must be two pairs"):
        confidence_region(found, 1).lobes_in(((1, 0), (0, 1)))
    with pytest.raises(ArgumentError, match="'chi2' must be a profile of the benchmark model"):
        second_lobe_threshold(profile("all", "alternative"))


# ---------------------------------------------------------------- benchmark points


def _brute_force_sectors(a_e: Fraction, denominator: int, max_charge: int) -> Iterable[tuple[Fraction, ...]]:
    """All useful dark charges with one denominator, by trying all."""
    a = (a_e, Fraction(1), Fraction(0))
    values = [
        Fraction(k, denominator) for k in range(-max_charge * denominator, max_charge * denominator + 1)
    ]
    for x, y in combinations_with_replacement(values, 2):
        z = sum(a) - x - y
        n = (x, y, z)
        if not (y <= z <= max_charge) or sum(c**3 for c in n) != sum(c**3 for c in a):
            continue
        if not set(n) & set(a) and all(p + q != 0 for p, q in combinations_with_replacement(n, 2)):
            yield n


def test_benchmark_points_against_brute_force() -> None:
    region = confidence_region(profile("all"), 2)
    found = benchmark_points(region, max_denominator=5, max_charge=3)
    expected = {
        (Fraction(i, d), Fraction(j, d))
        for d in range(1, 6)
        for i, j in product(range(-2 * d, 2 * d + 1), repeat=2)
    }
    assert {(point.a_e, point.a_Y) for point in found} == {pair for pair in expected if pair in region}
    useful = {point.a_e: point for point in found if point.sector is not None}
    assert useful
    for point in found:
        both = math.lcm(point.a_e.denominator, point.a_Y.denominator)
        options = [
            n
            for d in range(both, 6, both)
            if point.a_e not in (0, 1)
            for n in _brute_force_sectors(point.a_e, d, 3)
        ]
        assert (point.sector is None) == (not options)
        if point.sector is not None:
            assert tuple(sorted(point.sector.n)) in options
            assert point.denominator <= 5
        assert point.delta_chi2 == region.profile.delta((point.a_e, point.a_Y)) <= region.delta_chi2


def test_benchmark_points_are_ordered_and_those_of_one_bound_are_among_those_of_a_larger_one() -> None:
    region = confidence_region(profile("all"), 1)
    few, many = (benchmark_points(region, max_denominator=d) for d in (4, 8))
    keys = [(point.denominator, point.delta_chi2) for point in many]
    assert keys == sorted(keys)
    assert {(p.a_e, p.a_Y) for p in few} < {(p.a_e, p.a_Y) for p in many}


def test_benchmark_points_need_a_bounded_region_or_a_window() -> None:
    region = confidence_region(profile("clean"), 2)
    with pytest.raises(ArgumentError, match="'window' must be given for a region that is not bounded"):
        benchmark_points(region)
    found = benchmark_points(region, max_denominator=2, window=((0, 1), (0, 2)))
    assert found
    assert all(0 <= point.a_e <= 1 and 0 <= point.a_Y <= 2 for point in found)
    with pytest.raises(ArgumentError, match="'region' must be a region of the benchmark model"):
        benchmark_points(confidence_region(profile("all", "alternative"), 1))


# ---------------------------------------------------------------- tables and the command


def test_tables_print_in_every_form() -> None:
    for table in (region_table("clean"), region_table("all", "alternative"), table_1()):
        assert table.text()
        assert table.latex()
        assert table.markdown()
    rows = comparison_table([published_likelihood(name) for name in FITS]).as_json()
    assert [row["2 sigma"] for row in rows] == ["ellipse", "hyperbola"]
    standard_model = GaussianLikelihood(
        "near", FITTED, (0, 0, "0.1"), ((1, 0, 0), (0, 1, 0), (0, 0, 1)), "a test"
    )
    assert comparison_table([standard_model]).as_json()[0]["1 sigma"] == "plane"
    assert "all charges, C of either sign or zero" in region_table(standard_model).text()


def test_the_command_prints_table_1_and_the_regions() -> None:
    result = CliRunner().invoke(fit_command, [])
    assert result.exit_code == 0
    for words in ("ADN's Table 1", "120/203", "two lobes of a hyperbola", "5.373, with C = 0.801"):
        assert words in result.output


def test_json_of_the_command_is_exact() -> None:
    result = CliRunner().invoke(fit_command, ["--json", "--likelihood", "clean"])
    report = json.loads(result.output, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    (found,) = report["fits"]
    assert found["best_fit"] == {"a_e": "1/2", "a_Y": "63/38", "C": "38/25"}
    assert found["regions"][1]["signs_of_C"] == [1, -1]
    alternative = json.loads(CliRunner().invoke(fit_command, ["--alternative", "--json"]).output)
    assert [entry["chi2"] for entry in alternative["fits"]] == ["1936/361", str((Fraction(63) / 29) ** 2)]


def test_a_cache_without_anything_to_keep() -> None:
    result = CliRunner().invoke(fit_command, ["--cache", "somewhere"])
    assert isinstance(result.exception, ArgumentError)
    assert "'--cache' must be given together with '--rebuild'" in str(result.exception)
