"""ADN (5.5)-(5.7), (5.21)-(5.25): mixing of B_s mesons and neutrino tridents, formulas and limits."""

from fractions import Fraction
from functools import cache
from typing import Any

from sympy import Eq, Rational, Symbol, conjugate, pi

from anomalies.latex import (
    Derivation,
    Step,
    disagreement,
    equality,
    named,
    print_derivation,
    remark,
    statement,
)
from anomalies.phenomenology.bounds.bound import estimate, stated
from anomalies.phenomenology.bounds.meson_mixing import (
    S_0,
    Y_bs,
    alpha,
    box_coefficient,
    box_integral,
    lambda_t,
    mixing_bound,
    mixing_coefficient,
    mixing_ratio,
    mixing_ratio_range,
    product_from_wilson,
    ratio_limit,
    standard_model_coefficient,
    wilson_C,
    wilson_limit,
    zprime_coefficient,
)
from anomalies.phenomenology.bounds.report import agreement
from anomalies.phenomenology.bounds.tridents import (
    Q_H,
    Q_e,
    Q_l,
    axial_weight,
    sin2_theta_w,
    smallest_trident_ratio,
    standard_model_couplings,
    trident_bound,
    trident_ratio,
    zprime_couplings,
)
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import BENCHMARK, framework_charges
from anomalies.phenomenology.symbols import Y_Qb, Y_Qs, a_mu, a_Y, g, g_X, m_Q, m_W, v, v_Phi
from anomalies.tables import Table

ALPHAS = {"m_b": "inverse_alpha_em_m_b", "0": "inverse_alpha_em_0", "m_Z": "inverse_alpha_em_m_Z"}
LIMITS = {"sum rules": "M_12_upper_sum_rules", "lattice": "M_12_upper_lattice"}
# The dark charges of ADN (A.4).
DARK = (Fraction(1, 4), Fraction(7, 20), Fraction(21, 20))


def derivation() -> Derivation:
    """Return the formulas for meson mixing and tridents, derived, and the limits that follow."""
    return Derivation(
        "Mixing of strange B mesons and neutrino tridents",
        "ADN sections 5.2, 5.4",
        (*_mixing_formula(), *_mixing_numbers(), *_tridents()),
    )


# ---------------------------------------------------------------- mixing of B_s mesons


def _mixing_formula() -> tuple[Step, ...]:
    couplings = S_0 * g**4 * lambda_t**2 / (16 * pi**2 * m_W**2)
    printed = Y_bs**2 * (v_Phi**2 / m_Q**4 + 1 / (16 * pi**2 * m_Q**2))
    return (
        equality(
            "For mixing of {B_s} mesons we need, in the Hamiltonian, the coefficient of the square of the "
            "left-handed current of s and b, with {Y} for {product}, taken real. Integrating out the Z' of "
            "mass {mass} and coupling {g_sb} gives",
            named(Symbol("H_Z'"), zprime_coefficient()),
            (g_X * v_Phi**2 * Y_bs / (2 * m_Q**2)) ** 2 / (2 * (g_X * v_Phi) ** 2),
            B_s=Symbol("B_s"),
            Y=Y_bs,
            product=Y_Qb * conjugate(Y_Qs),
            mass=g_X * v_Phi,
            g_sb=-g_X * v_Phi**2 * Y_bs / (2 * m_Q**2),
        ),
        equality(
            "the box with two heavy quarks and two {Phi} gives an eighth of a loop integral, {integral},",
            named(Symbol("H_box"), box_coefficient()),
            Y_bs**2 / 8 * box_integral(),
            Phi=Symbol("Phi"),
            integral=box_integral(),
        ),
        equality(
            "and the Standard Model, with {lambda_t} for the product of two elements of the CKM matrix,",
            named(Symbol("H_SM"), standard_model_coefficient()),
            couplings / 8,
            lambda_t=lambda_t,
        ),
        equality(
            "In the normalisation of the paper, 8 times the coefficient in the Hamiltonian, this is",
            named(Symbol("C_LL"), mixing_coefficient()),
            printed,
            tag="5.6",
        ),
        equality(
            "and the mixing amplitude over that of the Standard Model is, with {g} for g,",
            mixing_ratio(),
            (1 + printed / couplings).subs(g, 2 * m_W / v),
            tag="5.5",
            g=Eq(g, 2 * m_W / v, evaluate=False),
        ),
        equality(
            "Where rare decays fix the couplings, through the normalisation C of (4.6), they are",
            named(Y_bs, product_from_wilson()),
            2 * m_Q**2 * (2 / v**2) * lambda_t * alpha / (4 * pi) * wilson_C,
        ),
        equality(
            "and both {lambda_t} and v cancel. The amplitude is {r} times that of the Standard Model at",
            named(v_Phi**2, wilson_limit()),
            m_W**2 * S_0 * (ratio_limit - 1) / (alpha * wilson_C) ** 2 - m_Q**2 / (16 * pi**2),
            lambda_t=lambda_t,
            r=ratio_limit,
        ),
        remark(
            "No charge appears: B_s mixing bounds the scale from above by C alone. The other derived bounds "
            "are proportional to the charges, and C is inversely so: a common factor in the charges changes "
            "all limits alike, except for the box. Whether they leave a window does not depend on {a_mu}.",
            a_mu=Eq(a_mu, 1, evaluate=False),
        ),
    )


def _mixing_numbers() -> tuple[Step, ...]:
    ranges = {(name, sigmas): mixing_ratio_range(name, sigmas) for name in LIMITS for sigmas in ("2", "1.96")}
    return (
        statement(
            "The measured mass difference over the predicted one, for two predictions, lies in",
            Table(
                ("prediction", "sigma", "from", "to", "paper"),
                [
                    (name, sigmas, f"{float(low):.3f}", f"{float(high or 0):.3f}", PRINTED_RANGES[name])
                    for (name, sigmas), (low, high) in ranges.items()
                ],
            ),
            lambda: _shown_range("sum rules") == PRINTED_RANGES["sum rules"],
            "the first range at 2 sigma, rounded, compared with the paper",
            tag="5.7",
        ),
        disagreement(
            "5.7",
            PRINTED_RANGES["lattice"],
            _shown_range("lattice"),
            "17.7 +- 1.4 gives 1.19 at 2 sigma and at 1.96; the printed 1.18 may come from numbers before "
            "they were rounded.",
            lambda: all(f"{float(ranges['lattice', s][1] or 0):.2f}" == "1.19" for s in ("2", "1.96")),
            "the ratio with 17.7 - 2.8 and with 17.7 - 1.96 x 1.4",
        ),
        statement(
            "The largest {v_Phi} in TeV at the benchmark then depends on C, on the limit, and on the scale "
            "of {alpha}, which the paper does not state; all values without the box. A heavy quark of 10 TeV "
            "lowers them by 0.1.",
            _scale_table(),
            lambda: all(2.9 < value < 3.6 for _, _, value in _scales()) and _box_lowers_by_a_tenth(),
            "the paper has 3 to 3.5 TeV; every entry is between 2.9 and 3.6",
            v_Phi=v_Phi,
            alpha=alpha,
        ),
    )


PRINTED_RANGES = {"sum rules": "0.85 to 1.15", "lattice": "0.87 to 1.18"}


def _shown_range(prediction: str) -> str:
    low, high = mixing_ratio_range(prediction)
    return f"{float(low):.2f} to {float(high or 0):.2f}"


@cache
def _scales() -> tuple[tuple[str, tuple[str, str], float], ...]:
    """The largest v_Phi for two values of C, the printed limits and three values of alpha."""
    found = []
    for C in ("2.01", "2.03"):
        for scale, name in ALPHAS.items():
            for prediction, limit in LIMITS.items():
                bound = mixing_bound(
                    BENCHMARK,
                    C=C,
                    prediction=prediction,
                    limit=physical_input(limit).value,
                    inverse_alpha=name,
                )
                found.append((C, (scale, prediction), bound.limit_TeV or 0.0))
    return tuple(found)


def _scale_table() -> Table:
    columns = [(scale, prediction) for scale in ALPHAS for prediction in LIMITS]
    header = [
        f"{float(physical_input(ALPHAS[scale])):.0f}, {float(physical_input(LIMITS[prediction]))}"
        for scale, prediction in columns
    ]
    values = {(C, place): f"{value:.2f}" for C, place, value in _scales()}
    rows = [(C, *(values[C, place] for place in columns)) for C in ("2.01", "2.03")]
    return Table(("C; 1/α, limit:", *header), rows)


def _box_lowers_by_a_tenth() -> bool:
    without, heavy = (mixing_bound(BENCHMARK, m_Q_TeV=mass).limit_TeV or 0.0 for mass in (None, 10))
    return f"{without - heavy:.1f}" == "0.1"


# ---------------------------------------------------------------- tridents


def _tridents() -> tuple[Step, ...]:
    known = framework_charges()
    muon = {Q_l: known["Q_l2"], Q_e: known["Q_e2"], Q_H: known["Q_H"]}
    vector, axial = (coupling.subs(muon) for coupling in zprime_couplings())
    full = tuple(coupling.subs(muon) for coupling in zprime_couplings("Z and Z'"))
    scale = v**2 / v_Phi**2
    least = float(estimate(smallest_trident_ratio(), _trident_inputs()))
    return (
        equality(
            "Tridents need an interaction of two currents: {factor} times the left-handed current of the "
            "muon neutrino times that of the muon, with vector coupling {G_V} and axial coupling {G_A}. "
            "Exchange of Z and W gives, with {x} for the squared sine of the weak mixing angle,",
            named((Symbol("G_V"), Symbol("G_A")), standard_model_couplings()),
            (1 + 4 * sin2_theta_w, 1),
            factor=-1 / (2 * v**2),
            G_V=Symbol("G_V"),
            G_A=Symbol("G_A"),
            x=sin2_theta_w,
        ),
        equality(
            "The Z' adds to the first, with {Q_l} and {Q_e} for the muon,",
            vector,
            (a_mu - Rational(3, 4) * a_Y) * (2 * a_mu - a_Y) * scale,
            tag="5.23",
            Q_l=Q_l,
            Q_e=Q_e,
        ),
        equality(
            "and to the second, which is minus the printed shift,",
            axial,
            a_Y / 4 * (2 * a_mu - a_Y) * scale,
            tag="5.24",
        ),
        equality(
            "The cross section over that of the Standard Model is, if p and q are added,",
            trident_ratio(Symbol("p"), Symbol("q")),
            ((1 + 4 * sin2_theta_w + Symbol("p")) ** 2 + axial_weight * (1 + Symbol("q")) ** 2)
            / ((1 + 4 * sin2_theta_w) ** 2 + axial_weight),
            tag="5.22",
        ),
        statement(
            "It is a quadratic in {x}, so that the bound is a root. The upper limit 1.38 gives",
            trident_bound(BENCHMARK),
            lambda: agreement(trident_bound(BENCHMARK)) == "yes",
            "rounded, it is the paper's 0.27",
            tag="5.25",
            x=scale,
        ),
        statement(
            "The lower limit 0.26 never excludes anything: for a Z' that couples to both members of the "
            "doublet alike the ratio is at least {least},",
            Eq(Symbol("sigma_min"), smallest_trident_ratio(), evaluate=False),
            _lowest_is_a_minimum,
            "p + q is twice a square; compared with the minima along 400 directions in which it is positive",
            least=f"{least:.2f}",
        ),
        disagreement(
            "5.23",
            (vector.factor(), axial.factor()),
            tuple(coupling.factor() for coupling in full),
            "Exchange of the Z' alone is not all: a charged Higgs mixes Z and Z', and exchange of the Z is "
            "then of the same order. Both together shift only the vector coupling, and the bound is {bound} "
            "TeV instead of {alone}.",
            lambda: (
                _same(full[0], 2 * a_mu * (a_mu - a_Y * (1 - sin2_theta_w)) * scale)
                and _same(full[1], 0)
                and not _same(full[1], axial)
            ),
            "the charges are shifted so that the vacuum is neutral; compared with the closed form",
            bound=stated(trident_bound(BENCHMARK, exchange="Z and Z'").limit_TeV or 0.0),
            alone=stated(trident_bound(BENCHMARK).limit_TeV or 0.0),
        ),
    )


def _same(left: Any, right: Any) -> bool:
    return bool((left - right).expand() == 0)


def _trident_inputs() -> dict[Any, Any]:
    return {
        sin2_theta_w: physical_input("sin2_theta_w"),
        axial_weight: physical_input("trident_axial_weight"),
    }


def _lowest_is_a_minimum() -> bool:
    """The bound on the ratio, compared with its minimum along 400 directions (p, q) with p + q >= 0."""
    G, kappa = 1 + 4 * physical_input("sin2_theta_w").value, physical_input("trident_axial_weight").value
    larger = [1 + Fraction(step, 40) for step in range(200)]
    minima = []
    for p, q in [*((Fraction(-1), q) for q in larger), *((p, Fraction(-1)) for p in larger)]:
        slope = G * p + kappa * q
        if slope < 0:
            minima.append(1 - slope**2 / ((p**2 + kappa * q**2) * (G**2 + kappa)))
    least = float(estimate(smallest_trident_ratio(), _trident_inputs()))
    return bool(minima) and abs(float(min(minima)) - least) < 1e-12


if __name__ == "__main__":
    print_derivation(derivation)
