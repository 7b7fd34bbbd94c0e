"""What the fits give, as tables: ADN's Table 1 beside ours, the regions, and several likelihoods compared.

Key results
-----------
rounding_ranges, table_1 : ADN's Table 1, ours, and what the rounding of the printed likelihoods allows
region_table : best fit, regions with their lobes, and the points that ADN discuss
comparison_table : how the fit moves from one likelihood to another

References
----------
ADN, arXiv:1909.02021, section 4.2, Table 1, appendix B.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from sympy import Symbol

from anomalies.errors import ArgumentError, must_be
from anomalies.exact import to_sympy
from anomalies.phenomenology.fits.fit import BestFit, best_fit, profile
from anomalies.phenomenology.fits.likelihood import FITS, FITTED, GaussianLikelihood, published_likelihood
from anomalies.phenomenology.fits.regions import ConfidenceRegion, confidence_region, second_lobe_threshold
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import BENCHMARK
from anomalies.tables import Table

__all__ = ["comparison_table", "region_table", "rounding_ranges", "table_1"]

# The likelihoods are printed to two decimals.
_HALF_A_UNIT = Fraction(1, 200)
_SIGMAS = (1, 2)


def rounding_ranges(name: str) -> dict[str, tuple[Fraction, Fraction]]:
    """Return the range of a_e, a_Y and C that the rounding of a published mean allows.

    The fit is a ratio of linear functions of the mean, so over a box of means its extremes lie at corners.

    Source: ADN (B.1), (B.2), printed to two decimals.

    Examples
    --------
    >>> [str(end) for end in rounding_ranges("all")["C"]]
    ['201/100', '41/20']
    """
    published = published_likelihood(name)
    fits = []
    for shifts in product((-_HALF_A_UNIT, _HALF_A_UNIT), repeat=len(FITTED)):
        central = tuple(mean + shift for mean, shift in zip(published.central, shifts, strict=True))
        moved = GaussianLikelihood(name, FITTED, central, published.covariance, published.source)
        fits.append(best_fit(moved).as_dict())
    if len({fit["C"] > 0 for fit in fits}) > 1:
        raise ArgumentError(must_be("likelihood", "one whose C has a sign despite rounding", name))
    return {key: (min(fit[key] for fit in fits), max(fit[key] for fit in fits)) for key in fits[0]}


def table_1(names: Sequence[str] = FITS) -> Table:
    """Return the numbers of ADN's Table 1, ours, what the rounding of (B.1) or (B.2) allows, and a verdict.

    Examples
    --------
    >>> print(table_1(["all"]).text())
    fit  quantity  paper  ours   rounding        verdict
    ---  --------  -----  -----  --------------  -----------------------------------
    all  a_e       0.59   0.591  0.584 to 0.598  agrees
    all  a_Y       0.87   0.867  0.861 to 0.873  agrees
    all  C         2.01   2.030  2.010 to 2.050  agrees within the rounding of (B.2)
    """
    rows = []
    for name in names:
        fit, ranges = best_fit(name).as_dict(), rounding_ranges(name)
        for key, ours in fit.items():
            paper = physical_input(f"table_1_{name}_{key}").value
            low, high = ranges[key]
            rows.append(
                (
                    name,
                    Symbol(key),
                    f"{float(paper):.2f}",
                    f"{float(ours):.3f}",
                    f"{float(low):.3f} to {float(high):.3f}",
                    _verdict(name, paper, ours, low, high),
                )
            )
    return Table(("fit", "quantity", "paper", "ours", "rounding", "verdict"), rows)


def _verdict(name: str, paper: Fraction, ours: Fraction, low: Fraction, high: Fraction) -> str:
    if abs(paper - ours) <= _HALF_A_UNIT:
        return "agrees"
    if low - _HALF_A_UNIT <= paper <= high + _HALF_A_UNIT:
        return f"agrees within the rounding of {'(B.1)' if name == 'clean' else '(B.2)'}"
    return "differs"


def region_table(likelihood: str | GaussianLikelihood = "all", model: str = "benchmark") -> Table:
    """Return the best fit, the regions of one and two standard deviations, and special points.

    A region has the ranges of both fitted charges beside it; the last three rows are Delta chi squared: where
    the second lobe appears, at a_e = a_Y = 0, and the least with a_Y = 0.

    Examples
    --------
    >>> region_table("clean")
    quantity               value
    ---------------------  -------------------------------------------------------
    a_mu                   1
    a_tau                  0
    a_e                    1/2
    a_Y                    63/38
    C                      38/25
    as decimals            0.500, 1.658, 1.520
    chi squared            0.000, degrees of freedom 0
    at C = 0               16.487
    within 1 sigma (2.30)  an ellipse, -7.32 to 0.81 and 0.78 to 15.01, C positive
    within 2 sigma (6.18)  two lobes of a hyperbola, C positive and C negative
    second lobe from       2.61
    muons only             5.451, with C = 0.770
    no axial coupling      4.719
    """
    best = best_fit(likelihood, model)
    chi2 = best.profile
    absorbed = chi2.model.absorbed
    fitted = [(name, value) for name, value in best.as_dict().items() if not (absorbed and name == "C")]
    rows: list[tuple[Any, Any]] = [
        *chi2.model.conditions,
        *((Symbol(name), to_sympy(value)) for name, value in fitted),
        ("as decimals", ", ".join(f"{float(value):.3f}" for _, value in fitted)),
        ("chi squared", f"{float(best.chi2):.3f}, degrees of freedom {best.degrees_of_freedom}"),
        ("at C = 0", f"{float(chi2.standard_model):.3f}"),
    ]
    for sigmas in _SIGMAS:
        region = confidence_region(chi2, sigmas)
        rows.append((f"within {sigmas} sigma ({float(region.delta_chi2):.2f})", _described(region)))
    return Table(("quantity", "value"), rows if absorbed else [*rows, *_special(best)])


def _special(best: BestFit) -> list[tuple[str, str]]:
    """The points that ADN's section 4.2 discusses; Delta chi squared everywhere."""
    chi2, muons_only = best.profile, (0, 0)
    factor = float(chi2.normalisation(muons_only))
    # With a_Y = 0 the alternative model has the same coefficients, whatever it calls its charges.
    without_axial = best_fit(chi2.likelihood, "alternative").chi2 - best.chi2
    return [
        ("second lobe from", f"{float(second_lobe_threshold(chi2)):.2f}"),
        ("muons only", f"{float(chi2.delta(muons_only)):.3f}, with C = {factor:.3f}"),
        ("no axial coupling", f"{float(without_axial):.3f}"),
    ]


_SIGNS = {1: "positive", -1: "negative"}


def _described(region: ConfidenceRegion) -> str:
    """The kind of a region, how far it extends, and the sign of C."""
    if region.kind == "plane":
        return "all charges, C of either sign or zero"
    signs = [_SIGNS[lobe.sign] for lobe in region.lobes]
    if region.kind == "hyperbola":
        return f"two lobes of a hyperbola, C {signs[0]} and C {signs[1]}"
    extent = region.extent()
    if extent is None:
        return f"a parabola, C {signs[0]}"
    ranges = " and ".join(f"{low:.2f} to {high:.2f}" for low, high in extent)
    return f"an ellipse, {ranges}" + ("" if region.profile.model.absorbed else f", C {signs[0]}")


def comparison_table(likelihoods: Iterable[GaussianLikelihood]) -> Table:
    """Return for each likelihood its mean, how far the Standard Model and ADN's benchmark are, its regions.

    Delta chi^2 of the Standard Model is that of C = 0; that of the benchmark has the best C.

    Examples
    --------
    >>> table = comparison_table([published_likelihood("clean"), published_likelihood("all")])
    >>> [row["Standard Model"] for row in table.as_json()]
    ['16.5', '24.8']
    """
    rows = []
    for likelihood in likelihoods:
        chi2 = profile(likelihood)
        regions = [confidence_region(chi2, sigmas).kind for sigmas in _SIGMAS]
        values = dict(
            zip(
                likelihood.observables,
                zip(likelihood.central, likelihood.uncertainties, strict=True),
                strict=True,
            )
        )
        rows.append(
            (
                likelihood.name,
                *(f"{float(values[name][0]):.2f} +- {values[name][1]:.2f}" for name in FITTED),
                f"{float(chi2.standard_model - chi2.least):.1f}",
                f"{float(chi2.delta((BENCHMARK.a_e, BENCHMARK.a_Y))):.2f}",
                f"{float(chi2.normalisation((BENCHMARK.a_e, BENCHMARK.a_Y))):.2f}",
                *regions,
            )
        )
    header = ("fit", *FITTED, "Standard Model", "benchmark", "C there", "1 sigma", "2 sigma")
    return Table(header, rows)
