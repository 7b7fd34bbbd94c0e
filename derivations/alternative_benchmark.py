"""ADN section 6: the alternative benchmark, in which quarks and the Higgs are neutral, and its bounds."""

from fractions import Fraction

from sympy import Eq, Symbol, pi

from anomalies import adn_framework, anomaly_conditions, standard_model
from anomalies.latex import Derivation, Step, equality, named, print_derivation, remark, statement
from anomalies.phenomenology.bounds.alternative import (
    RESTRICTION,
    alternative_charges,
    alternative_point,
    bound_factors,
    vanishing_table,
)
from anomalies.phenomenology.bounds.bound import stated
from anomalies.phenomenology.bounds.overview import all_bounds, fitted_normalisation
from anomalies.phenomenology.bounds.perturbativity import relative_width
from anomalies.phenomenology.bounds.report import BoundsReport
from anomalies.phenomenology.bounds.tridents import Q_e, Q_l, zprime_couplings
from anomalies.phenomenology.fits.fit import wilson_coefficients
from anomalies.phenomenology.points import BENCHMARK, framework_charges
from anomalies.phenomenology.symbols import a_e, a_mu, a_tau, a_Y, g_X, v, v_Phi
from anomalies.tables import Table

NEUTRAL = ("Q_q", "Q_u", "Q_d", "Q_H")
LEPTONS = ("Q_l1", "Q_l2", "Q_l3", "Q_e1", "Q_e2", "Q_e3")
VANISHING = ("direct searches at the LHC", "universality of Z couplings", "rho parameter")
# a_e for a_mu = 1: L_mu - L_tau, and electrons of both signs.
ELECTRON_CHARGES = (Fraction(0), Fraction(-1, 4), Fraction(1, 4))


def derivation() -> Derivation:
    """Return the charges, the anomalies, the bounds that vanish and those that stay."""
    return Derivation(
        "The alternative benchmark", "ADN section 6", (*_charges(), *_bounds(), *_what_is_left())
    )


# ---------------------------------------------------------------- charges and anomalies


def _charges() -> tuple[Step, ...]:
    general, charges = framework_charges(), alternative_charges()
    condition = (Eq(a_Y, 0, evaluate=False), Eq(a_tau, -a_e - a_mu, evaluate=False))
    return (
        equality(
            "Quarks and the Higgs have the charges",
            named(tuple(Symbol(name) for name in NEUTRAL), tuple(general[name] for name in NEUTRAL)),
            tuple(-a_Y * h / 6 - (a_e + a_mu + a_tau) * b / 9 for h, b in ((-1, 1), (-4, 1), (2, 1), (3, 0))),
            tag="2.4",
        ),
        equality(
            "which are all zero for {condition}, and only then. The leptons become vectorial, and the heavy "
            "quark keeps the charge of {Phi}, with the opposite sign:",
            named(
                tuple(Symbol(name) for name in (*LEPTONS, "Q_Q")),
                tuple(charges[name] for name in (*LEPTONS, "Q_Q")),
            ),
            (*(a_e, a_mu, -a_e - a_mu) * 2, -1),
            condition=condition,
            Phi=Symbol("Phi"),
        ),
        statement(
            "Without dark states every anomaly vanishes but the cubic one, which is zero exactly if one of "
            "the lepton charges is; dark states of the charges {dark} cancel it always.",
            Eq(Symbol("A_cubic"), -3 * a_e * a_mu * (a_e + a_mu), evaluate=False),
            _only_the_cubic_is_left,
            "all triangles computed from the field content",
            dark=(a_e, a_mu, a_tau),
        ),
        equality(
            "The Wilson coefficients, in the convention of flavour codes, are vectorial:",
            named(
                (Symbol("C_9_e"), Symbol("C_9_mu"), Symbol("C_10")),
                tuple(wilson_coefficients()[name].subs(RESTRICTION) for name in ("C9_e", "C9_mu", "C10")),
            ),
            tuple(-Symbol("C", real=True) * charge for charge in (a_e, a_mu, 0)),
            tag="4.4, 4.5",
        ),
    )


def _only_the_cubic_is_left() -> bool:
    content = standard_model(universal=("q", "u", "d"), right_handed_neutrinos=0)
    charges = alternative_charges()
    conditions = anomaly_conditions(content).subs({s: charges[s.name] for s in content.charge_symbols})
    left = {str(triangle): value for triangle, value in conditions.items() if value != 0}
    return list(left) == ["X^3"] and (left["X^3"] + 3 * a_e * a_mu * (a_e + a_mu)).expand() == 0


# ---------------------------------------------------------------- bounds


def _bounds() -> tuple[Step, ...]:
    return (
        statement(
            "What each bound is proportional to, in general and here. For tridents the two shifts are in "
            "units of {unit}.",
            vanishing_table(),
            lambda: tuple(entry.name for entry in bound_factors() if entry.vanishes) == VANISHING,
            "the charges of the gauging generator put in",
            unit=v**2 / v_Phi**2,
        ),
        remark(
            "So the limits of the LHC and of the rho parameter, which press hardest at the benchmark of "
            "section 4, are gone. The Z' is still produced, from b and s quarks, in proportion to their "
            "mixing with the heavy quark."
        ),
        equality(
            "Tridents bound the muon charge alone: the vector coupling is shifted by",
            zprime_couplings()[0].subs({Q_l: a_mu, Q_e: a_mu}),
            2 * a_mu**2 * v**2 / v_Phi**2,
        ),
        equality(
            "and the width of the Z', without dark states, is {unit} times",
            _reduced_width(),
            3 * (a_e**2 + a_mu**2 + (a_e + a_mu) ** 2),
            unit=g_X**2 * Symbol("m_Z'") / (24 * pi),
        ),
    )


def _reduced_width() -> object:
    content, charges = adn_framework(), alternative_charges()
    content = content.subs({s: charges[s.name] for s in content.charge_symbols if s.name in charges})
    return (relative_width(content) * 24 * pi / g_X**2).expand()


# ---------------------------------------------------------------- windows


def _what_is_left() -> tuple[Step, ...]:
    reports = [all_bounds(alternative_point(charge, 1)) for charge in ELECTRON_CHARGES]
    standard = all_bounds(BENCHMARK)
    return (
        statement(
            "With the normalisation that fits rare decays best, and its error, the windows are wide, where "
            "the benchmark of section 4 has none. Ranges of {v_Phi}:",
            Table(
                (a_e, a_mu, a_tau, a_Y, "C", "TeV, sum rules", "TeV, lattice"),
                [_row(report) for report in (*reports, standard)],
            ),
            lambda: (
                all(window.is_open for report in reports for window in report.windows)
                and not any(window.is_open for window in standard.windows)
            ),
            "largest lower bound and smallest upper bound at 2 sigma, in each case",
            v_Phi=v_Phi,
        ),
    )


def _row(report: BoundsReport) -> tuple[object, ...]:
    point, fit = report.point, fitted_normalisation(report.point)
    normalisation = "" if fit is None else f"{float(fit.value):.2f} +- {fit.uncertainty or 0:.2f}"
    ends = (
        f"{stated(window.lower.limit_TeV or 0)} to {stated(window.upper.limit_TeV or 0)}"
        if window.is_open
        else "none"
        for window in report.windows
        if window.lower is not None and window.upper is not None
    )
    return point.a_e, point.a_mu, point.a_tau, point.a_Y, normalisation, *ends


if __name__ == "__main__":
    print_derivation(derivation)
