r"""The alternative benchmark of ADN's conclusions: fits in the plane of a_e and a_mu, with a_Y = 0.

Key results
-----------
alternative_figure : both fits

References
----------
ADN, arXiv:1909.02021, section 6.
"""

from __future__ import annotations

from typing import Any

from anomalies.phenomenology.figures.fits import add_legend, shade
from anomalies.phenomenology.figures.style import INK
from anomalies.phenomenology.fits.fit import best_fit, profile

__all__ = ["alternative_figure", "caption"]

_PANELS = (
    ("clean", "blue", ((-3.0, 1.8), (-2.2, 2.4)), "clean observables, ADN (B.1)"),
    ("all", "green", ((-1.3, 1.3), (-0.75, 1.85)), "all observables, ADN (B.2)"),
)
_FAR = 9

# Directions (a_e, a_mu) in which one charge vanishes or two agree.
_LINES = (
    ((0, 1), r"$L_\mu - L_\tau$", "-"),
    ((1, 0), r"$L_e - L_\tau$", "--"),
    ((1, -1), r"$L_e - L_\mu$", "-."),
    ((1, 1), r"$a_e = a_\mu$: $R_K = 1$", ":"),
)


def caption() -> str:
    """Return the words below the figure."""
    least = " and ".join(f"{float(best_fit(panel[0], 'alternative').chi2):.1f}" for panel in _PANELS)
    return (
        "The alternative benchmark, a_Y = 0 and a_tau = -a_e - a_mu, fitted to ADN's likelihoods (B.1), "
        "left, and (B.2), right: regions of one and two standard deviations for two parameters. The "
        "coefficients depend on the products of C and the charges only, C9 = -C a_e for electrons and -C "
        "a_mu for muons, C10 = 0; the axes show these products, that is the charges in units in which C = "
        "1. Only their ratio, the direction from the origin, is a matter of charges; the lines are "
        "directions with a name. The likelihoods prefer C10 > 0, which is out of reach: the smallest "
        f"chi^2 is {least}, for one degree of freedom."
    )


def alternative_figure(pyplot: Any) -> Any:
    """Draw the regions of one and two standard deviations in the plane of C a_e and C a_mu."""
    figure, axes = pyplot.subplots(1, 2, figsize=(9.6, 5.2))
    for axis, (fit, colour, window, title) in zip(axes, _PANELS, strict=True):
        shade(axis, profile(fit, "alternative"), window, colour)
        for (a_e, a_mu), label, style in _LINES:
            ends = [-_FAR * a_e, _FAR * a_e], [-_FAR * a_mu, _FAR * a_mu]
            axis.plot(*ends, style, color=INK, lw=0.8, label=label)
        best = best_fit(fit, "alternative").as_dict()
        ink = {"mec": INK, "ls": "none", "zorder": 5}
        point = float(best["a_e"]), float(best["a_mu"])
        axis.plot(*point, "P", ms=7.5, mfc="white", mew=0.9, label="best fit", **ink)
        axis.plot(0, 0, "o", ms=5, mfc=INK, label="Standard Model", **ink)
        axis.set(xlim=window[0], ylim=window[1], xlabel=r"$C\,a_e$", ylabel=r"$C\,a_\mu$", title=title)
    add_legend(figure, axes)
    return figure
