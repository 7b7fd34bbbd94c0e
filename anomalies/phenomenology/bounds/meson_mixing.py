"""Mixing of B_s mesons: the Z' at tree level and the box with the heavy quark, and how large v_Phi may be.

The flavour-violating coupling grows like v_Phi^2 while the mass of the Z' grows like v_Phi, so that

    M_12 / M_12^SM = 1 + 16 pi^2 m_W^2 / (g^4 (V_tb V_ts^*)^2 S_0) C_LL,
    C_LL = (Y_Qb Y_Qs^*)^2 (v_Phi^2 / m_Q^4 + 1 / (16 pi^2 m_Q^2))

bounds v_Phi from *above*.  Where Y_Qb Y_Qs^* is fixed by the normalisation C of the Wilson coefficients,
the CKM elements and v cancel, and what is left of the bound M_12 / M_12^SM < r is

    v_Phi^2 < m_W^2 S_0 (r - 1) / (alpha^2 C^2) - m_Q^2 / (16 pi^2),

with nothing else of the model in it.  Couplings are taken real, as in the paper's Fig. 3; then the ratio is
never below 1, and only its upper limit matters.

Key results
-----------
zprime_coefficient, box_coefficient, standard_model_coefficient : the three Hamiltonians, each derived
mixing_ratio, mixing_ratio_at : M_12 / M_12^SM, in symbols and in numbers with uncertainties
mixing_ratio_range : its range that a measured and a predicted mass difference allow
largest_v_Phi_squared, largest_v_Phi_TeV : the limit in the plane of couplings and m_Q, for contours
mixing_bound : the upper bound on v_Phi at a point with a given C

References
----------
ADN, arXiv:1909.02021, (3.11), (4.4), (4.6), (5.5)-(5.7), Fig. 3.
G. Buchalla, A. Buras and M. Lautenbacher, Rev. Mod. Phys. 68 (1996) 1125, section XVIII.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from sympy import Integer, Symbol, pi, sqrt, symbols

from anomalies.errors import ArgumentError, UnknownNameError, must_be
from anomalies.exact import RationalLike, as_rational
from anomalies.phenomenology.bounds.bound import (
    Bound,
    Estimate,
    as_real,
    as_sigmas,
    confidence_level,
    estimate,
)
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import BENCHMARK, CLEAN, LeptonPoint, as_scale_TeV
from anomalies.phenomenology.symbols import g, g_X, m_Q, m_W, m_Zprime, v, v_Phi

__all__ = [
    "PREDICTIONS",
    "S_0",
    "Y_bs",
    "alpha",
    "box_coefficient",
    "box_integral",
    "lambda_t",
    "largest_C",
    "largest_normalisation",
    "largest_v_Phi_TeV",
    "largest_v_Phi_squared",
    "mixing_bound",
    "mixing_coefficient",
    "mixing_ratio",
    "mixing_ratio_at",
    "mixing_ratio_range",
    "product_from_wilson",
    "ratio_limit",
    "standard_model_coefficient",
    "wilson_C",
    "wilson_limit",
    "zprime_coefficient",
]


# Re(Y_Qb Y_Qs^*), the imaginary part being zero; |V_tb V_ts^*|; the loop function of the top quark; the
# fine-structure constant; the normalisation of ADN (4.6), (4.7); a limit on |M_12 / M_12^SM|.
Y_bs = Symbol("Y_bs", real=True)
lambda_t, S_0, alpha, wilson_C, ratio_limit = symbols("lambda_t S_0 alpha C r", positive=True)

PREDICTIONS = ("sum rules", "lattice")
_DATA = {"sum rules": "sum_rules", "lattice": "lattice"}
_ALPHA = "inverse_alpha_em_m_b"
_INPUTS = {m_W: "m_W", v: "v", S_0: "S_0", lambda_t: "lambda_t"}
# At the central value of the fit, "between 3 and 3.5 TeV" in ADN section 5.2.
_PAPER_TEV = {"sum rules": Fraction(3), "lattice": Fraction(7, 2)}


def zprime_coefficient() -> Any:
    """Return the coefficient of (sbar gamma P_L b)^2 in the Hamiltonian from exchange of the Z'.

    L = g_sb sbar gamma P_L b Z' + h.c. with g_sb = -g_X v_Phi^2 Y / (2 m_Q^2); integrating out the Z' gives
    H = J^2 / (2 m_Z'^2), with m_Z' = g_X v_Phi.

    Source: ADN (3.11), (3.16), (5.6).

    >>> zprime_coefficient()
    Y_bs**2*v_Phi**2/(8*m_Q**4)
    """
    coupling = -g_X * v_Phi**2 * Y_bs / (2 * m_Q**2)
    return (coupling**2 / (2 * m_Zprime**2)).subs(m_Zprime, g_X * v_Phi)


def box_integral() -> Any:
    """Return the Euclidean loop integral of d^4k / (2 pi)^4 1 / (k^2 (k^2 + m_Q^2)^2) = 1 / (16 pi^2 m_Q^2).

    The angles give d^4k / (2 pi)^4 = t dt / (16 pi^2) with t = k^2.

    >>> box_integral()
    1/(16*pi**2*m_Q**2)
    """
    t = Symbol("t", positive=True)
    antiderivative = -1 / (t + m_Q**2)  # of t / (t (t + m_Q^2)^2)
    return (Integer(0) - antiderivative.subs(t, 0)) / (16 * pi**2)


def box_coefficient() -> Any:
    """Return the coefficient of (sbar gamma P_L b)^2 in the Hamiltonian from the box with two Q and two Phi.

    With momenta and masses of everything but Q neglected, the four vertices give Y^2, the exchange of the two
    equal quark lines 1/2, and the numerator k_mu k_nu becomes k^2 g_munu / 4:

        H = Y^2 / 8 times the integral of d^4k / (2 pi)^4 1 / (k^2 (k^2 + m_Q^2)^2).

    Source: ADN (5.6), second term.

    >>> box_coefficient()
    Y_bs**2/(128*pi**2*m_Q**2)
    """
    return Y_bs**2 / 8 * box_integral()


def standard_model_coefficient() -> Any:
    """Return the coefficient of (sbar gamma P_L b)^2 in the Hamiltonian of the Standard Model.

        H = G_F^2 m_W^2 / (4 pi^2) (V_tb V_ts^*)^2 S_0,  G_F / sqrt(2) = g^2 / (8 m_W^2)

    Running below the weak scale multiplies all coefficients alike here and is left out.

    Source: Buchalla, Buras and Lautenbacher, section XVIII; ADN (5.5).

    >>> standard_model_coefficient()
    S_0*g**4*lambda_t**2/(128*pi**2*m_W**2)
    """
    fermi = sqrt(2) * g**2 / (8 * m_W**2)
    return fermi**2 * m_W**2 / (4 * pi**2) * lambda_t**2 * S_0


def mixing_coefficient() -> Any:
    """Return C_LL as ADN normalise it: what divides g^4 / (16 pi^2 m_W^2) (V_tb V_ts^*)^2 S_0 in (5.5).

    Source: ADN (5.5), (5.6).
    """
    factor = g**4 * lambda_t**2 * S_0 / (16 * pi**2 * m_W**2) / standard_model_coefficient()
    return factor * (zprime_coefficient() + box_coefficient())


@cache
def mixing_ratio() -> Any:
    """Return M_12 / M_12^SM in Y_bs, m_Q, v_Phi, lambda_t, S_0, m_W and v, with g = 2 m_W / v.

    Source: ADN (5.5).

    >>> mixing_ratio().subs(Y_bs, 0)
    1
    """
    ratio = 1 + (zprime_coefficient() + box_coefficient()) / standard_model_coefficient()
    return ratio.subs(g, 2 * m_W / v)


def mixing_ratio_at(product: object, m_Q_TeV: object, v_Phi_TeV: object) -> Estimate:
    """Return M_12 / M_12^SM with the uncertainties of m_W, v and |V_tb V_ts^*|.

    Parameters
    ----------
    product : Re(Y_Qb Y_Qs^*), a real number.
    m_Q_TeV, v_Phi_TeV : positive, in TeV.

    Examples
    --------
    >>> mixing_ratio_at(0, 10, 3)
    1.00
    """
    values = {Y_bs: as_real(product, "product"), m_Q: as_scale_TeV(m_Q_TeV, "m_Q_TeV") * 1000}
    scale = as_scale_TeV(v_Phi_TeV, "v_Phi_TeV") * 1000
    return estimate(mixing_ratio(), _constants() | values | {v_Phi: scale})


def mixing_ratio_range(prediction: str, sigmas: RationalLike = 2) -> tuple[Fraction, Fraction | None]:
    """Return the range of |M_12 / M_12^SM|: the measured mass difference over the predicted one.

    Parameters
    ----------
    prediction : "sum rules" or "lattice", the two that ADN compare.
    sigmas : how far the prediction moves.  The measurement is seven times more precise than one per cent and
        stays; so it is in ADN (5.7).

    Returns the two ends, exactly; the upper one is None if the prediction may vanish.

    Source: ADN (5.7).

    Examples
    --------
    >>> [f"{float(end):.3f}" for end in mixing_ratio_range("sum rules")]
    ['0.850', '1.146']
    """
    if prediction not in PREDICTIONS:
        raise UnknownNameError(must_be("prediction", f"one of {', '.join(PREDICTIONS)}", prediction))
    measured = physical_input("Delta_M_s").value
    low, high = physical_input(f"Delta_M_s_{_DATA[prediction]}").range(as_sigmas(sigmas))
    return measured / high, measured / low if low > 0 else None


@cache
def largest_v_Phi_squared() -> Any:
    """Return v_Phi^2 where M_12 / M_12^SM = r, in Y_bs, m_Q, r, lambda_t, S_0, m_W and v.

    Negative values say that the box alone exceeds r: no v_Phi is allowed there.

    Source: ADN (5.5), (5.6), Fig. 3.

    >>> largest_v_Phi_squared()
    S_0*lambda_t**2*m_Q**4*m_W**2*(r - 1)/(pi**2*Y_bs**2*v**4) - m_Q**2/(16*pi**2)
    """
    without, slope = (mixing_ratio() - 1).expand().subs(v_Phi, 0), mixing_ratio().expand().coeff(v_Phi, 2)
    return (ratio_limit - 1) / slope - (without / slope).cancel()


def largest_v_Phi_TeV(product: object, m_Q_TeV: object, limit: object) -> float | None:
    """Return the largest v_Phi in TeV that B_s mixing allows; None where it allows none.

    Parameters
    ----------
    product : Re(Y_Qb Y_Qs^*); infinity is returned if it is 0.
    m_Q_TeV : the mass of the heavy quark, positive, in TeV.
    limit : the largest |M_12 / M_12^SM|, such as 1.15.

    Source: ADN Fig. 3, the dashed contours; None is the dark region.

    Examples
    --------
    >>> largest_v_Phi_TeV(2, 10, "1.15") is None
    True
    >>> f'{largest_v_Phi_TeV(1, 25, "1.15"):.2f}'
    '6.08'
    """
    couplings, mass = as_real(product, "product"), as_scale_TeV(m_Q_TeV, "m_Q_TeV") * 1000
    largest = as_real(limit, "limit")
    if largest <= 0:
        raise ArgumentError(must_be("limit", "a positive ratio", limit))
    if couplings == 0:
        return math.inf if largest >= 1 else None
    values = {Y_bs: couplings, m_Q: mass, ratio_limit: largest}
    square = estimate(largest_v_Phi_squared(), _constants() | values).value
    return math.sqrt(square) / 1000 if square > 0 else None


def product_from_wilson() -> Any:
    """Return |Y_Qb Y_Qs^*| in terms of C, from ADN's two ways to write the Wilson coefficients.

        |Y| / (2 m_Q^2) = 4 G_F / sqrt(2) |V_tb V_ts^*| alpha / (4 pi) C,  4 G_F / sqrt(2) = 2 / v^2

    Source: ADN (4.4), (4.6).

    >>> product_from_wilson()
    C*alpha*lambda_t*m_Q**2/(pi*v**2)
    """
    return 2 * m_Q**2 * (2 / v**2 * lambda_t * alpha / (4 * pi) * wilson_C)


@cache
def wilson_limit() -> Any:
    """Return v_Phi^2 where M_12 / M_12^SM = r, in terms of C: the CKM elements and v are gone.

    Source: ADN (4.4), (4.6), (5.5), (5.6).

    >>> wilson_limit()
    -m_Q**2/(16*pi**2) + S_0*m_W**2*(r - 1)/(C**2*alpha**2)
    """
    return largest_v_Phi_squared().subs(Y_bs, product_from_wilson())


@cache
def largest_normalisation() -> Any:
    """Return the C at which `wilson_limit` is v_Phi^2: what leaves room for a v_Phi that is given.

    >>> largest_normalisation().subs(m_Q, 0)
    sqrt(S_0)*m_W*sqrt(r - 1)/(alpha*v_Phi)
    """
    limit = wilson_limit()
    box = limit.coeff(wilson_C, 0)
    return sqrt(((limit - box) * wilson_C**2).expand().factor() / (v_Phi**2 - box))


def largest_C(
    v_Phi_TeV: object, *, prediction: str, m_Q_TeV: object | None = None, sigmas: RationalLike = 2
) -> float | None:
    """Return the largest C for which B_s mixing allows a given v_Phi; None if it allows none at all.

    Arguments as for `mixing_bound`.

    Examples
    --------
    >>> f'{largest_C("3.9", prediction="lattice"):.2f}'
    '1.82'
    """
    upper = mixing_ratio_range(prediction, sigmas)[1]
    if upper is None or upper <= 1:
        return None
    values = _wilson_inputs(upper, m_Q_TeV, _ALPHA) | {v_Phi: as_scale_TeV(v_Phi_TeV, "v_Phi_TeV") * 1000}
    return estimate(largest_normalisation(), values).value


def mixing_bound(
    point: LeptonPoint,
    *,
    C: RationalLike | None = None,
    prediction: str = "sum rules",
    m_Q_TeV: object | None = None,
    sigmas: RationalLike = 2,
    limit: RationalLike | None = None,
    inverse_alpha: str = _ALPHA,
) -> Bound:
    """Return the upper bound on v_Phi from B_s mixing where the Wilson coefficients have the normalisation C.

        v_Phi^2 < m_W^2 S_0 (r - 1) / (alpha^2 C^2) - m_Q^2 / (16 pi^2)

    Parameters
    ----------
    point : enters through C alone, and through what the paper prints.
    C : the normalisation of ADN (4.6), of either sign; if it is not given, what ADN's Table 1 has at its
        two points.
    prediction : "sum rules" or "lattice": the Standard Model prediction of the mass difference.
    m_Q_TeV : the mass of the heavy quark in TeV; the box is left out if it is None, which weakens the bound.
    sigmas : how far the prediction moves, see `mixing_ratio_range`.
    limit : r itself, instead of `sigmas`; ADN print 1.15 and 1.18.
    inverse_alpha : the name of the input for 1/alpha; ADN do not say which they take.

    Source: ADN (5.5)-(5.7), Fig. 3: 3 to 3.5 TeV at the central value.

    Examples
    --------
    >>> mixing_bound(BENCHMARK, limit="1.15")
    v_Phi < 3.12 TeV
    >>> mixing_bound(BENCHMARK, limit="1.18", prediction="lattice")
    v_Phi < 3.42 TeV
    """
    upper = mixing_ratio_range(prediction, sigmas)[1] if limit is None else _ratio(limit)
    confidence = confidence_level(sigmas) if limit is None else f"r = {float(as_rational(limit)):g}"
    normalisation = _normalisation(point, C)
    blank = Bound(f"B_s mixing, {prediction}", "upper", None, confidence, "ADN (5.7)", None, "", None)
    if not normalisation:
        return replace(blank, reason="C is not known here" if normalisation is None else "C is zero")
    if upper is None:
        return replace(blank, reason="at so many sigma the predicted mass difference may be zero")
    paper = None
    if point == BENCHMARK and normalisation == physical_input("table_1_all_C").value:
        paper = _PAPER_TEV[prediction]
    square, values = wilson_limit(), _wilson_inputs(upper, m_Q_TeV, inverse_alpha)
    values[wilson_C] = float(normalisation)
    found = estimate(square, values)
    expression = sqrt(square)
    if found.value <= 0:
        cause = "the box alone" if upper > 1 else "the Standard Model"
        reason = f"no v_Phi is allowed: {cause} exceeds r"
        return replace(blank, limit_TeV=0.0, paper_TeV=paper, reason=reason, expression=expression)
    limit = math.sqrt(found.value) / 1000
    return replace(
        blank,
        limit_TeV=limit,
        paper_TeV=paper,
        reason=_remark(m_Q_TeV, inverse_alpha),
        expression=expression,
        uncertainty_TeV=max(found.upper, found.lower) / 1000**2 / (2 * limit),
    )


def _normalisation(point: LeptonPoint, given: RationalLike | None) -> Fraction | None:
    """The size of C: as given, or as ADN print it at their two best fits."""
    if given is not None:
        return abs(as_rational(given, "C"))
    printed = {BENCHMARK: "table_1_all_C", CLEAN: "table_1_clean_C"}.get(point)
    return None if printed is None else physical_input(printed).value


def _wilson_inputs(upper: Fraction, m_Q_TeV: object | None, inverse_alpha: str) -> dict[Any, Any]:
    """The inputs of `wilson_limit` but C; energies in GeV."""
    return {
        ratio_limit: float(upper),
        alpha: 1 / float(physical_input(inverse_alpha)),
        m_W: physical_input("m_W"),
        S_0: physical_input("S_0"),
        m_Q: 0.0 if m_Q_TeV is None else as_scale_TeV(m_Q_TeV, "m_Q_TeV") * 1000,
    }


def _remark(m_Q_TeV: object | None, inverse_alpha: str) -> str:
    """What was put in."""
    box = "without the box: no m_Q" if m_Q_TeV is None else f"m_Q = {as_scale_TeV(m_Q_TeV, 'm_Q_TeV'):g} TeV"
    return f"1/alpha = {float(physical_input(inverse_alpha)):g}; {box}"


def _ratio(limit: RationalLike) -> Fraction:
    number = as_rational(limit, "limit")
    if number <= 0:
        raise ArgumentError(must_be("limit", "a positive ratio", limit))
    return number


def _constants() -> dict[Any, Any]:
    """The inputs of `mixing_ratio` that are no parameters of the model; energies in GeV."""
    return {symbol: physical_input(name) for symbol, name in _INPUTS.items()}
