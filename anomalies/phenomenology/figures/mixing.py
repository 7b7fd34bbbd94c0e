r"""ADN's Fig. 3: what B_s mixing leaves of v_Phi, in the plane of m_Q and Re(Y_Qb Y_Qs^*).

Key results
-----------
mixing_figure : both panels, one for each prediction of the mass difference

References
----------
ADN, arXiv:1909.02021, (5.5)-(5.7), Fig. 3.
"""

from __future__ import annotations

from typing import Any

from sympy import lambdify

from anomalies.phenomenology.bounds.meson_mixing import (
    S_0,
    Y_bs,
    alpha,
    lambda_t,
    largest_v_Phi_squared,
    product_from_wilson,
    ratio_limit,
    wilson_C,
)
from anomalies.phenomenology.figures.style import DARK, INK, SHADES, arrays
from anomalies.phenomenology.fits.fit import profile
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import BENCHMARK
from anomalies.phenomenology.symbols import m_Q, m_W, v

__all__ = ["caption", "mixing_figure"]

_PANELS = (
    ("lattice", "lattice averages, ADN's evaluation"),
    ("sum_rules", "sum rules, arXiv:1904.00940"),
)
_MASSES_TEV = (1.0, 50.0)
_PRODUCTS = (2e-3, 10.0)
# Each contour, and the mass at which its label stands.
_CONTOURS_TEV = {1: 1.9, 2: 2.6, 3: 3.6, 4: 5.0, 5: 7.0, 7: 9.8, 10: 13.5}


def caption() -> str:
    """Return the words below the figure."""
    centre, sigma = _normalisation()
    limits = {name: float(physical_input(f"M_12_upper_{name}")) for name, _ in _PANELS}
    return (
        "Upper limits on v_Phi in TeV from B_s mixing, in the plane of m_Q and Re(Y_Qb Y_Qs^*), for ADN's "
        f"two upper limits on |M_12/M_12^SM| at 95%: {limits['lattice']:g} with lattice averages, left, "
        f"and {limits['sum_rules']:g} with sum rules, right. Dashed: contours of the largest v_Phi. Solid: "
        f"{float(physical_input('v_Phi_direct')):g} TeV, the lower limit of ADN (5.4) at their benchmark "
        "point; the window for v_Phi is open below this line. Dark: no v_Phi is allowed, because the box "
        "alone is too large. Green: the normalisation C of the fit to all observables, ADN (B.2), at a_e "
        f"= {BENCHMARK.a_e}, a_Y = {BENCHMARK.a_Y}, within one and two standard deviations, C = "
        f"{centre:.2f} +- {sigma:.2f}, with |V_tb V_ts^*| = {float(physical_input('lambda_t')):g} and "
        f"1/alpha = {float(physical_input('inverse_alpha_em_m_b')):g}; the line in the middle is the "
        "central value."
    )


def mixing_figure(pyplot: Any) -> Any:
    """Draw the largest v_Phi for both predictions, and the bands that the fit prefers."""
    figure, axes = pyplot.subplots(1, 2, figsize=(9.6, 4.9), sharey=True)
    for axis, (prediction, title) in zip(axes, _PANELS, strict=True):
        limit = physical_input(f"M_12_upper_{prediction}")
        _draw_band(axis)
        _draw_contours(axis, float(limit))
        axis.set(
            xscale="log",
            yscale="log",
            xlim=_MASSES_TEV,
            ylim=_PRODUCTS,
            xlabel=r"$m_Q$ [TeV]",
            title=rf"{title}: $|M_{{12}}/M_{{12}}^{{\rm SM}}| < {float(limit):.2f}$",
        )
        axis.set_xticks([1, 2, 5, 10, 20, 50])
        axis.xaxis.set_minor_formatter("")
        axis.xaxis.set_major_formatter("{x:g}")
        axis.yaxis.set_major_formatter("{x:g}")
    axes[0].set_ylabel(r"Re$(Y_{Qb} Y_{Qs}^*)$")
    _add_legend(axes[0])
    return figure


def _draw_band(axis: Any) -> None:
    """The products of couplings with C within one and two standard deviations of the fit at the benchmark."""
    numpy = arrays()
    masses = numpy.geomspace(*_MASSES_TEV, 200)
    inputs = {lambda_t: "lambda_t", v: "v"}
    values = {symbol: float(physical_input(name)) for symbol, name in inputs.items()}
    values[alpha] = 1 / float(physical_input("inverse_alpha_em_m_b"))
    product = lambdify((m_Q, wilson_C), product_from_wilson().subs(values), "numpy")
    centre, sigma = _normalisation()
    inner, outer, line = SHADES["green"]
    for count, colour in ((2, outer), (1, inner)):
        ends = [product(1000 * masses, centre + sign * count * sigma) for sign in (-1, 1)]
        axis.fill_between(masses, *ends, color=colour, ec=line, lw=0.6)
    axis.plot(masses, product(1000 * masses, centre), color=line, lw=1)


def _normalisation() -> tuple[float, float]:
    """C at ADN's benchmark point and its standard deviation."""
    chi2, point = profile("all"), (BENCHMARK.a_e, BENCHMARK.a_Y)
    return float(chi2.normalisation(point)), chi2.normalisation_uncertainty(point)


def _draw_contours(axis: Any, limit: float) -> None:
    numpy = arrays()
    masses, products = numpy.geomspace(*_MASSES_TEV, 400), numpy.geomspace(*_PRODUCTS, 400)
    inputs = {lambda_t: "lambda_t", v: "v", m_W: "m_W", S_0: "S_0"}
    values = {symbol: float(physical_input(name)) for symbol, name in inputs.items()}
    square = lambdify((m_Q, Y_bs), largest_v_Phi_squared().subs(values).subs(ratio_limit, limit), "numpy")
    # In TeV^2; negative where the box alone is too large.
    largest = square(*numpy.meshgrid(1000 * masses, products)) / 1e6
    axis.contourf(masses, products, largest, levels=[-1e12, 0], colors=[DARK], zorder=3)
    levels = [float(level) ** 2 for level in _CONTOURS_TEV]
    axis.contour(
        masses, products, largest, levels=levels, colors=[INK], linewidths=0.9, linestyles="dashed", zorder=4
    )
    direct = float(physical_input("v_Phi_direct"))
    axis.contour(masses, products, largest, levels=[direct**2], colors=[INK], linewidths=1.5, zorder=4)
    for level, mass in _CONTOURS_TEV.items():
        column = square(1000 * mass, products) / 1e6
        height = products[numpy.argmin(abs(column - level**2))]
        box = {"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none", "alpha": 0.85}
        axis.text(mass, height, f"{level}", fontsize=8.5, ha="center", va="center", zorder=5, bbox=box)


def _add_legend(axis: Any) -> None:
    direct = float(physical_input("v_Phi_direct"))
    inner, outer, line = SHADES["green"]
    for share, colour in ((1, inner), (2, outer)):
        axis.fill([], [], color=colour, ec=line, lw=0.6, label=f"fit to all observables, {share}$\\sigma$")
    axis.plot([], [], "--", color=INK, lw=0.9, label=r"largest $v_\Phi$ [TeV]")
    axis.plot([], [], "-", color=INK, lw=1.5, label=rf"$v_\Phi = {direct:g}$ TeV, limit of (5.4)")
    axis.fill([], [], color=DARK, label=r"no $v_\Phi$ allowed")
    axis.legend(loc="lower right")
