"""All bounds on v_Phi at one point of the parameter space, and the window they leave.

Lower bounds come from direct searches, universality of the Z couplings, the rho parameter and tridents; upper
bounds from mixing of B_s mesons, once for each of the two Standard Model predictions that ADN compare.  A
window is open if the largest lower bound is below the smallest upper one; else the pair that closes it is
named, and the normalisation C of the Wilson coefficients below which it would open.

All limits but the quoted one, and but for the box in B_s mixing, scale with the charges: a common factor in
(a_e, a_mu, a_tau, a_Y) multiplies them, and 1/C, alike.

Key results
-----------
all_bounds : every bound at a point, with a table, JSON and the windows
fitted_normalisation : the C that fits rare B decays best at a point

References
----------
ADN, arXiv:1909.02021, section 5.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_rational
from anomalies.phenomenology.bounds.bound import Bound, as_sigmas, stated
from anomalies.phenomenology.bounds.collider import contact_regime_coupling, direct_search_bound
from anomalies.phenomenology.bounds.electroweak import lepton_universality_bound, rho_bound, rho_upper_bound
from anomalies.phenomenology.bounds.meson_mixing import PREDICTIONS, mixing_bound
from anomalies.phenomenology.bounds.report import BoundsReport, Normalisation, Window, agreement
from anomalies.phenomenology.bounds.tridents import trident_bound
from anomalies.phenomenology.fits.fit import profile
from anomalies.phenomenology.fits.likelihood import quadratic_form
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import BENCHMARK, CLEAN, LeptonPoint, as_scale_TeV

__all__ = ["all_bounds", "fitted_normalisation"]

_TABLE_1 = {BENCHMARK: "all", CLEAN: "clean"}


def all_bounds(
    point: LeptonPoint,
    *,
    C: RationalLike | None = None,
    m_Q_TeV: object | None = None,
    g_X_value: RationalLike | None = None,
    sigmas: RationalLike = 2,
) -> BoundsReport:
    """Return every bound on v_Phi at a point.

    Parameters
    ----------
    point : the charges.
    C : the normalisation of ADN (4.6), (4.7); without it, Table 1's at ADN's two points, and elsewhere the
        one that fits all observables best.
    m_Q_TeV : the mass of the heavy quark, for the box in B_s mixing; without it the box is left out.
    g_X_value : the coupling; with it Z-Z' mixing is exact, and its effect on the width is stated.
    sigmas : how many standard deviations; quoted limits keep theirs.

    Raises `ArgumentError` for a point where the Z' couples to nothing.

    Source: ADN section 5.

    Examples
    --------
    >>> report = all_bounds(BENCHMARK)
    >>> [window.is_open for window in report.windows]
    [False, False]
    >>> round(report.windows[1].opens_at, 2)
    1.84
    """
    if not any((point.a_e, point.a_mu, point.a_tau, point.a_Y)):
        raise ArgumentError(must_be("point", "charged, so that the Z' couples to something", (0, 0, 0, 0)))
    number = as_sigmas(sigmas)
    coupling = None if g_X_value is None else _positive(g_X_value, "g_X_value")
    mass = None if m_Q_TeV is None else as_scale_TeV(m_Q_TeV, "m_Q_TeV")
    known = _normalisation(point, C)
    lower = (
        _direct(point, coupling),
        _universality(point, number, coupling),
        _rho(point, number, coupling),
        _tridents(point, number),
    )
    mixing = {
        name: mixing_bound(
            point, C=None if known is None else known.value, prediction=name, m_Q_TeV=mass, sigmas=number
        )
        for name in PREDICTIONS
    }
    others = (rho_upper_bound(point, sigmas=number, g_X_value=coupling),)
    windows = tuple(_window(lower, bound, others, name, mass, known) for name, bound in mixing.items())
    explained = (_explained(bound, number, mass, coupling) for bound in (*lower, *others, *mixing.values()))
    return BoundsReport(point, known, number, mass, coupling, tuple(explained), windows)


def fitted_normalisation(point: LeptonPoint, likelihood: str = "all") -> Normalisation | None:
    """Return the C that fits rare B decays best at the charges of a point; None if they do not depend on it.

        C = u.x / x.A x  with x = (a_mu, a_e, a_Y)

    Source: ADN appendix B.

    Examples
    --------
    >>> found = fitted_normalisation(BENCHMARK)
    >>> f"{float(found.value):.2f} +- {found.uncertainty:.2f}"
    '2.03 +- 0.41'
    """
    fit = profile(likelihood)
    charges = [getattr(point, name) for name in fit.model.charges]
    square = quadratic_form(fit.quadratic, charges, charges)
    if square == 0:
        return None
    best = sum((u * x for u, x in zip(fit.linear, charges, strict=True)), Fraction(0)) / square
    return Normalisation(best, f"best fit to {likelihood} observables", 1 / math.sqrt(square))


def _normalisation(point: LeptonPoint, given: RationalLike | None) -> Normalisation | None:
    """C as given, as printed, or as fitted."""
    if given is not None:
        return Normalisation(as_rational(given, "C"), "given")
    if point not in _TABLE_1:
        return fitted_normalisation(point)
    fit = fitted_normalisation(point, _TABLE_1[point])
    value = physical_input(f"table_1_{_TABLE_1[point]}_C").value
    return Normalisation(value, "ADN table 1, error from the fit", None if fit is None else fit.uncertainty)


def _explained(bound: Bound, sigmas: Fraction, m_Q_TeV: float | None, coupling: Fraction | None) -> Bound:
    """The bound with a remark that says why the paper's number differs, if it does."""
    if agreement(bound) != "no":
        return bound
    mixing, tridents = bound.name.startswith("B_s"), bound.name.startswith("neutrino")
    differs = {
        "2 sigma": sigmas != 2,
        "a small m_Q": mixing and m_Q_TeV is not None,
        "leading order": coupling is not None and not mixing and not tridents,
    }
    said = "the paper has " + (
        " and ".join(words for words, true in differs.items() if true) or "other inputs"
    )
    return replace(bound, reason=f"{bound.reason}; {said}" if bound.reason else said)


def _positive(value: RationalLike, argument: str) -> Fraction:
    number = as_rational(value, argument)
    if number <= 0:
        raise ArgumentError(must_be(argument, "a positive number", str(number)))
    return number


def _direct(point: LeptonPoint, coupling: Fraction | None) -> Bound:
    """The quoted limit, with a remark if the coupling is too small for it."""
    bound = direct_search_bound(point)
    if coupling is None or bound.limit_TeV is None or coupling >= contact_regime_coupling(bound.limit_TeV):
        return bound
    least = stated(contact_regime_coupling(bound.limit_TeV))
    return replace(bound, reason=f"{bound.reason}: at this limit it needs g_X > {least}")


def _universality(point: LeptonPoint, sigmas: Fraction, coupling: Fraction | None) -> Bound:
    bound = lepton_universality_bound(point, sigmas=sigmas, g_X_value=coupling)
    other = lepton_universality_bound(point, sigmas=sigmas, g_X_value=coupling, couplings="from m_Z and v")
    return _with_other(bound, other, "with g, g' from m_Z and v")


def _rho(point: LeptonPoint, sigmas: Fraction, coupling: Fraction | None) -> Bound:
    bound = rho_bound(point, sigmas=sigmas, g_X_value=coupling)
    return _with_other(
        bound, rho_bound(point, sigmas=sigmas, g_X_value=coupling, couplings="ADN"), "with ADN's g, g'"
    )


def _tridents(point: LeptonPoint, sigmas: Fraction) -> Bound:
    bound = trident_bound(point, sigmas=sigmas)
    if point.a_Y == 0:
        return bound
    other = trident_bound(point, sigmas=sigmas, exchange="Z and Z'")
    return _with_other(bound, other, "with the Z, which mixing lets contribute")


def _with_other(bound: Bound, other: Bound, words: str) -> Bound:
    """The bound with what other inputs give in its remark."""
    if bound.limit_TeV is None or other.limit_TeV is None:
        return bound
    said = f"{stated(other.limit_TeV)} {words}"
    return replace(bound, reason=f"{bound.reason}; {said}" if bound.reason else said)


def _window(
    lower: Sequence[Bound],
    mixing: Bound,
    others: Sequence[Bound],
    prediction: str,
    m_Q_TeV: float | None,
    C: Normalisation | None,
) -> Window:
    """The strongest bounds from both sides, and what C would open a closed window."""
    lowest = max((b for b in lower if b.limit_TeV is not None), key=_limit, default=None)
    highest = min((b for b in (mixing, *others) if b.limit_TeV is not None), key=_limit, default=None)
    window = Window(prediction, lowest, highest)
    if window.is_open or lowest is None or C is None or not mixing.limit_TeV:
        return window
    if not all(Window(prediction, lowest, other).is_open for other in others):
        return window
    # B_s mixing bounds v_Phi^2 + box by something proportional to 1/C^2.
    box = 0.0 if m_Q_TeV is None else m_Q_TeV**2 / (16 * math.pi**2)
    size = abs(float(C.value))
    opening = size * math.sqrt((mixing.limit_TeV**2 + box) / (_limit(lowest) ** 2 + box))
    deviations = None if C.uncertainty is None else (size - opening) / C.uncertainty
    return replace(window, opens_at=opening, deviations=deviations)


def _limit(bound: Bound) -> float:
    return bound.limit_TeV or 0.0
