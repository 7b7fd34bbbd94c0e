r"""ADN's Fig. 2: the fits in the plane of a_e and a_Y, with rational benchmark points.

Key results
-----------
fit_figure : both panels
shade : the regions of a fit, for any figure

References
----------
ADN, arXiv:1909.02021, Fig. 2, Table 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol, lambdify

from anomalies.exact import as_rational
from anomalies.phenomenology.figures.style import INK, SHADES, arrays
from anomalies.phenomenology.fits.fit import Profile, best_fit, profile
from anomalies.phenomenology.fits.lattice import BenchmarkPoint, benchmark_points
from anomalies.phenomenology.fits.regions import Window, confidence_region, second_lobe_threshold, threshold
from anomalies.phenomenology.inputs import physical_input

__all__ = ["add_legend", "caption", "fit_figure", "shade"]

_MAX_CHARGE = 4
# a_e of ADN's (A.4), and what their appendix A.2 takes for a_Y.
_A_4 = (Fraction(3, 5), Fraction(9, 10))


@dataclass(frozen=True, slots=True)
class _Panel:
    """What is particular to a panel."""

    fit: str
    colour: str
    window: Window
    max_denominator: int
    dots: bool
    labelled: int
    title: str
    lobes: tuple[tuple[float, float, str], ...]


_PANELS = (
    _Panel(
        "clean",
        "blue",
        ((-3, 4), (-3, 6)),
        4,
        False,
        0,
        "clean observables, ADN (B.1)",
        ((-1.35, 0.7, "$C > 0$"), (3.1, -2.4, "$C < 0$")),
    ),
    _Panel(
        "all",
        "green",
        (("-11/20", "21/20"), ("-3/10", "27/20")),
        10,
        True,
        4,
        "all observables, ADN (B.2)",
        (),
    ),
)


def caption() -> str:
    """Return the words below the figure."""
    second = float(second_lobe_threshold(profile("clean")))
    levels = " and ".join(f"{threshold(sigmas):.2f}" for sigmas in (1, 2))
    clean, everything = (panel.max_denominator for panel in _PANELS)
    return (
        "Fits in the plane of a_e and a_Y with a_mu = 1 and a_tau = 0, the normalisation C profiled out: "
        f"regions of one and two standard deviations (Delta chi^2 = {levels}) of the Gaussian likelihoods "
        "ADN (B.1), left, and (B.2), right. Left, the region of two standard deviations consists of two "
        f"lobes, which differ in the sign of C; the second appears at Delta chi^2 = {second:.2f}, where "
        "a_mu = 0 is allowed. Small dots: all points whose coordinates have a common denominator of at "
        f"most {everything} (right only). Discs: those with a useful dark sector, larger for smaller "
        "denominators. Useful means: a_e, 1 and 0 are all different; there are three dark states of "
        f"charges up to {_MAX_CHARGE} that cancel the anomalies, with all charges and a_Y of one common "
        f"denominator of at most {everything} (left: {clean}); no coupling l-bar H nu_R is allowed, and no "
        "dark mass without a scalar. Star: the charges of ADN's (A.4), which has a_tau = 1/20, with their "
        "a_Y = 9/10."
    )


def fit_figure(pyplot: Any) -> Any:
    """Draw the regions of one and two standard deviations, the best fits and the benchmark points."""
    figure, axes = pyplot.subplots(1, 2, figsize=(9.6, 5.3))
    for axis, panel in zip(axes, _PANELS, strict=True):
        _draw(axis, panel)
    add_legend(figure, axes)
    return figure


def add_legend(figure: Any, axes: Sequence[Any]) -> None:
    """One legend for both panels; a label that both have shows the colours of both."""
    from matplotlib.legend_handler import HandlerTuple

    handles: dict[str, list[Any]] = {}
    for axis in axes:
        for handle, label in zip(*axis.get_legend_handles_labels(), strict=True):
            handles.setdefault(label, []).append(handle)
    shown = [tuple(found) if "sigma" in label else found[-1] for label, found in handles.items()]
    figure.legend(
        shown,
        list(handles),
        loc="outside lower center",
        ncols=3,
        handler_map={tuple: HandlerTuple(ndivide=None, pad=0.2)},
    )


def _draw(axis: Any, panel: _Panel) -> None:
    chi2 = profile(panel.fit)
    ranges = [[float(as_rational(end)) for end in ends] for ends in panel.window]
    shade(axis, chi2, ranges, panel.colour)
    region = confidence_region(chi2, 2)
    points = benchmark_points(
        region, max_denominator=panel.max_denominator, max_charge=_MAX_CHARGE, window=panel.window
    )
    _draw_points(axis, points, panel)
    fitted = best_fit(panel.fit).as_dict()
    printed = [float(physical_input(f"table_1_{panel.fit}_{name}")) for name in ("a_e", "a_Y")]
    exact = [float(fitted[name]) for name in ("a_e", "a_Y")]
    ink = {"mec": INK, "ls": "none", "zorder": 5}
    axis.plot(*exact, "P", ms=7.5, mfc="white", mew=0.9, label="best fit, exact", **ink)
    axis.plot(*printed, "s", ms=10, mfc="none", mew=1.0, label="best fit as printed in Table 1", **ink)
    axis.plot(0, 0, "D", ms=4.5, mfc="white", label="muons only, $a_e = a_Y = 0$", **ink)
    axis.plot(
        *map(float, _A_4), "*", ms=10, mfc="#ffd92f", mew=0.7, label="charges of (A.4), $a_Y = 9/10$", **ink
    )
    for x, y, words in panel.lobes:
        axis.text(x, y, words, color=SHADES[panel.colour][2], fontsize=11)
    axis.set(xlim=ranges[0], ylim=ranges[1], xlabel="$a_e$", ylabel="$a_Y$", title=panel.title)


def _draw_points(axis: Any, points: Sequence[BenchmarkPoint], panel: _Panel) -> None:
    """Small dots for all points, discs for useful ones."""
    useful = [point for point in points if point.sector is not None]
    if panel.dots:
        plain = [point for point in points if point.sector is None]
        axis.plot(
            [float(point.a_e) for point in plain],
            [float(point.a_Y) for point in plain],
            ".",
            ms=2.2,
            color="#666666",
            label="common denominator at most 10",
        )
    axis.scatter(
        [float(point.a_e) for point in useful],
        [float(point.a_Y) for point in useful],
        s=[(160 if panel.dots else 50) / point.denominator for point in useful],
        c=INK if panel.dots else SHADES[panel.colour][2],
        edgecolors="white",
        linewidths=0.6,
        zorder=3,
        label="with a useful dark sector" if panel.dots else None,
    )
    for point in useful[: panel.labelled]:
        axis.annotate(
            f"$({point.a_e}, {point.a_Y})$",
            (float(point.a_e), float(point.a_Y)),
            xytext=(-7, 0),
            textcoords="offset points",
            fontsize=8.5,
            ha="right",
            va="center",
            zorder=4,
            bbox={"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none", "alpha": 0.75},
        )


def shade(axis: Any, chi2: Profile, window: Sequence[Sequence[float]], colour: str, label: str = "") -> None:
    """Fill the regions of one and two standard deviations in a window, and draw their boundaries."""
    numpy = arrays()
    x, y = (numpy.linspace(*ends, 500) for ends in window)
    symbols = [Symbol(name) for name in chi2.model.parameters]
    delta = lambdify(symbols, chi2.expression(), "numpy")(*numpy.meshgrid(x, y))
    inner, outer, line = SHADES[colour]
    levels = [threshold(1), threshold(2)]
    axis.contourf(x, y, delta, levels=[-1, *levels], colors=[inner, outer])
    axis.contour(x, y, delta, levels=levels, colors=[line], linewidths=[1.1, 0.8])
    for share, fill in ((1, inner), (2, outer)):
        axis.fill([], [], color=fill, ec=line, lw=0.8, label=f"{label}{share}$\\sigma$")
