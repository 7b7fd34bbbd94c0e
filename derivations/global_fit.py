"""The fits of ADN section 4.2 and appendix B, exactly: signs, Table 1, the regions of Fig. 2."""

from fractions import Fraction
from math import log

from sympy import Eq, Expr, Rational, Symbol, cos, symbols

from anomalies.latex import (
    Derivation,
    Step,
    definition,
    disagreement,
    equality,
    named,
    print_derivation,
    remark,
    statement,
)
from anomalies.phenomenology.fits.fit import Profile, best_fit, normalisation, profile, wilson_coefficients
from anomalies.phenomenology.fits.lattice import BenchmarkPoint, benchmark_points, benchmark_table
from anomalies.phenomenology.fits.likelihood import FITS, deviation, published_likelihood
from anomalies.phenomenology.fits.regions import (
    confidence_region,
    second_lobe_threshold,
    standard_deviations,
    threshold,
)
from anomalies.phenomenology.fits.tables import region_table, rounding_ranges, table_1
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.interactions.wilson_coefficients import code_coefficients
from anomalies.phenomenology.points import BENCHMARK
from anomalies.phenomenology.symbols import a_e, a_mu, a_tau, a_Y, theta_w
from anomalies.tables import Table

C = normalisation
C9, C9_MU, C9_E, C10 = symbols("C_9 C_9_mu C_9_e C_10")
Q_L, Q_E = symbols("Q_l Q_e")
U_X, A_X = symbols("u_x A_x")
CHI2, CHI2_0 = Symbol("chi") ** 2, Symbol("chi_0") ** 2
# (4.6) for muons and (4.7), without the common factor.
PRINTED_C9, PRINTED_C10 = C * (a_mu - Rational(3, 4) * a_Y), -C * a_Y / 4
HALF_A_UNIT = Fraction(1, 200)
MUONS_ONLY = (0, 0)


def derivation() -> Derivation:
    """Return the signs, the best fits, the regions, what the text says of them, and rational points."""
    steps = (
        *_signs(),
        *_best_fits(),
        *_regions(),
        *_special_points(),
        *_alternative(),
        *_with_the_z(),
        *_benchmarks(),
    )
    return Derivation("Global fits", "ADN section 4.2 and appendix B", steps)


# ---------------------------------------------------------------- signs


def _signs() -> tuple[Step, ...]:
    ours = wilson_coefficients()
    chi2 = {(name, sign): _chi2_of_table_1(name, sign) for name in FITS for sign in (1, -1)}
    return (
        equality(
            "In the convention of the flavour codes {C9} is {formula}. For muons, with the charges of the "
            "gauging generator,",
            named(C9_MU, ours["C9_mu"]),
            -PRINTED_C9,
            C9=C9,
            formula=-C * (Q_L + Q_E) / 2,
        ),
        equality(
            "and {C10}, which is {formula} and the same for all leptons,",
            named(C10, ours["C10"]),
            -PRINTED_C10,
            C10=C10,
            formula=C * (Q_L - Q_E) / 2,
        ),
        disagreement(
            "4.6",
            Eq(C9_MU, PRINTED_C9),
            Eq(C9_MU, ours["C9_mu"]),
            "the printed coefficients, and likewise those of (4.7), are those of the Hamiltonian. Taken for "
            "those of the flavour codes, in which (B.1) and (B.2) are given, the best fits of Table 1 would "
            "have a chi squared of {literal_all} for all and {literal_clean} for clean observables, instead "
            "of {all} and {clean}",
            lambda: all(chi2[name, 1] < Fraction(1, 100) and chi2[name, -1] > 60 for name in FITS),
            "chi squared of the printed points with both signs, exactly",
            literal_all=f"{float(chi2['all', -1]):.0f}",
            literal_clean=f"{float(chi2['clean', -1]):.0f}",
            all=f"{float(chi2['all', 1]):.3f}",
            clean=f"{float(chi2['clean', 1]):.3f}",
        ),
    )


def _printed(name: str) -> tuple[Fraction, Fraction, Fraction]:
    """A row of Table 1: a_e, a_Y, C."""
    first, second, third = (physical_input(f"table_1_{name}_{key}").value for key in ("a_e", "a_Y", "C"))
    return first, second, third


def _chi2_of_table_1(name: str, sign: int) -> Fraction:
    """Chi squared of a row of Table 1 with our signs, or with all coefficients reversed."""
    *charges, factor = _printed(name)
    return profile(name).chi2(charges, sign * factor)


# ---------------------------------------------------------------- best fits


def _best_fits() -> tuple[Step, ...]:
    size = 3 * C10 - C9_MU
    formulas = {C: size, a_e: (3 * C10 - C9_E) / size, a_Y: 4 * C10 / size}
    at_benchmark = profile("all").normalisation((BENCHMARK.a_e, BENCHMARK.a_Y))
    return (
        statement(
            "The likelihoods are Gaussian in three coefficients. For all observables",
            published_likelihood("all").table(),
            lambda: len(published_likelihood("all").observables) == 3,
            "read from the data file; the covariance matrix is symmetric and its leading minors are positive",
            tag="B.2",
        ),
        statement(
            "With {condition} three coefficients determine three numbers:",
            tuple(Eq(symbol, value) for symbol, value in formulas.items()),
            lambda: _solves(formulas) and all(_is_best_fit(name, formulas) for name in FITS),
            "put into the coefficients; at the central values chi squared is zero",
            condition=Eq(a_mu, 1),
        ),
        statement(
            "At the central values, and with what their rounding to two decimals allows,",
            table_1(),
            lambda: all(_rounding_allows(name) for name in FITS),
            "ratios of linear functions on a box have their extremes at corners: all eight computed, and "
            "the "
            "printed numbers are in these ranges within their own rounding",
            tag="Table 1",
        ),
        disagreement(
            "Table 1",
            Eq(C, Rational(201, 100)),
            Eq(C, Rational(203, 100)),
            "the printed number for all observables is the end of the range that the rounding of (B.2) "
            "allows; "
            "at the printed charges the best C is {there}",
            lambda: [str(best_fit("all").C), str(rounding_ranges("all")["C"][0])] == ["203/100", "201/100"],
            "exactly, from three linear equations",
            there=f"{float(at_benchmark):.2f}",
        ),
    )


def _solves(formulas: dict[Symbol, Expr]) -> bool:
    wanted = {"C9_mu": C9_MU, "C9_e": C9_E, "C10": C10}
    found = {name: wilson_coefficients()[name].subs({a_mu: 1, a_tau: 0}).subs(formulas) for name in wanted}
    return all((found[name] - value).cancel() == 0 for name, value in wanted.items())


def _is_best_fit(name: str, formulas: dict[Symbol, Expr]) -> bool:
    mean = dict(zip((C9_MU, C9_E, C10), map(_rational, published_likelihood(name).central), strict=True))
    fitted = best_fit(name)
    values = {symbol: _rational(fitted.as_dict()[symbol.name]) for symbol in formulas}
    return fitted.chi2 == 0 and all(formulas[symbol].subs(mean) == value for symbol, value in values.items())


def _rational(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)


def _rounding_allows(name: str) -> bool:
    ranges = zip(rounding_ranges(name).values(), _printed(name), strict=True)
    return all(low - HALF_A_UNIT <= printed <= high + HALF_A_UNIT for (low, high), printed in ranges)


# ---------------------------------------------------------------- regions


def _regions() -> tuple[Step, ...]:
    clean, everything = profile("clean"), profile("all")
    second, universal = second_lobe_threshold(clean), _with_universality("clean")
    return (
        definition(
            "The coefficients are linear in the products of {C} and {x}. So chi squared is the polynomial "
            "{chi2} in {C}, with rational coefficients that are linear and quadratic in these charges, and "
            "at {best} it is smallest:",
            CHI2,
            CHI2_0 - U_X**2 / A_X,
            C=C,
            x=(1, a_e, a_Y),
            chi2=CHI2_0 - 2 * C * U_X + C**2 * A_X,
            best=Eq(C, U_X / A_X),
        ),
        remark(
            "So a region around the best fit is the plane's share of a convex double cone. It is bounded "
            "by an ellipse and has one lobe, or by a hyperbola and has two, each convex; {C} has the "
            "sign of {u}, "
            "positive in one lobe and negative in the other.",
            C=C,
            u=U_X,
        ),
        statement(
            "The fit to clean observables:",
            region_table("clean"),
            lambda: (
                [confidence_region(clean, k).kind for k in (1, 2)] == ["ellipse", "hyperbola"]
                and [lobe.sign for lobe in confidence_region(clean, 2).lobes] == [1, -1]
                and threshold(1) < second < threshold(2)
            ),
            "by the sign of the minor of the conic, exactly; the second lobe appears between one and two "
            "standard deviations",
            tag="Fig. 2, left",
        ),
        statement(
            "The second lobe appears where {no_muon} is allowed: both lobes are one region of "
            "directions {x}, which the normalisation {condition} cuts in two. They lie on both sides "
            "of the line {universal}, on "
            "which {R} is 1:",
            Table(
                ("region", "sign of C", "sign of C times the difference"),
                [("left of the line", "positive", "positive"), ("right of it", "negative", "positive")],
            ),
            lambda: universal > threshold(2) and _sides(clean) == {(1, 1), (-1, -1)},
            "the smallest Delta chi squared with equal coefficients of both leptons is "
            f"{float(universal):.1f}; one point of each lobe, exactly; a lobe is connected",
            no_muon=Eq(a_mu, 0),
            x=(a_e, a_mu, a_Y),
            condition=Eq(a_mu, 1),
            universal=Eq(a_e, a_mu),
            R=Symbol("R_K"),
        ),
        statement(
            "The fit to all observables:",
            region_table("all"),
            lambda: all(confidence_region(everything, k).kind == "ellipse" for k in (1, 2)),
            "by the sign of the minor of the conic, exactly",
            tag="Fig. 2, right",
        ),
    )


def _with_universality(name: str) -> Fraction:
    """The smallest Delta chi squared with the same C9 for electrons and muons."""
    found = published_likelihood(name)
    muon, electron = (found.observables.index(observable) for observable in ("C9_mu", "C9_e"))
    variance = (
        found.covariance[muon][muon]
        + found.covariance[electron][electron]
        - 2 * found.covariance[muon][electron]
    )
    return (found.central[muon] - found.central[electron]) ** 2 / variance


def _sides(clean: Profile) -> set[tuple[int, int]]:
    """The signs of a_mu - a_e and of C, at a point left and a point right of the line a_e = a_mu."""
    region = confidence_region(clean, 2)
    points = [(Fraction(1, 2), Fraction(3, 2)), (Fraction(3), Fraction(-1))]
    return {
        (1 if point[0] < 1 else -1, 1 if clean.normalisation(point) > 0 else -1)
        for point in points
        if point in region
    }


# ---------------------------------------------------------------- points that the text discusses


def _special_points() -> tuple[Step, ...]:
    everything = published_likelihood("all")
    delta = profile("all").delta(MUONS_ONLY)
    pull = everything.central[2] ** 2 / everything.covariance[2][2]
    at_95 = -2 * log(Fraction(1, 20))
    low_bin = physical_input("R_Kstar_low_SM").value
    deviations = [
        ("in the bin from 1.1 to 6, kaon", _deviation("R_K_2019", Fraction(1)), "2.5"),
        ("in the bin from 1.1 to 6, vector meson", _deviation("R_Kstar_2017", Fraction(1)), "2.5"),
        (f"in the low bin, from {float(low_bin):g}", _deviation("R_Kstar_low_2017", low_bin), "2.5"),
        ("in the low bin, from 1", _deviation("R_Kstar_low_2017", Fraction(1)), "2.5"),
    ]
    return (
        statement(
            "New physics in muons only lies within two standard deviations of two parameters, which is a "
            "Delta chi squared of {two}, or of {exact} at 95% exactly. Without {a_Y} also {C10} "
            "is zero, and Delta chi "
            "squared is the square of the pull of {C10} alone.",
            Table(
                ("point", "Delta chi squared", "parameters", "standard deviations"),
                [
                    ("muons only", f"{float(delta):.3f}", 2, f"{standard_deviations(delta):.2f}"),
                    ("no axial coupling", f"{float(pull):.3f}", 1, f"{standard_deviations(pull, 1):.2f}"),
                ],
            ),
            lambda: (
                threshold(1) < delta < at_95 < threshold(2) and best_fit("all", "alternative").chi2 == pull
            ),
            "chi squared minimised over C, and over C and the charge of the electron, exactly",
            tag="section 4.2",
            two=f"{threshold(2):.2f}",
            exact=f"{at_95:.2f}",
            a_Y=a_Y,
            C10=C10,
        ),
        statement(
            "The ratios of the introduction deviate from the Standard Model by so many standard deviations, "
            "uncertainties added in quadrature:",
            Table(("ratio", "ours", "paper"), [(row[0], f"{row[1]:.2f}", row[2]) for row in deviations]),
            lambda: all(abs(found - 2.5) < 0.1 for _, found, _ in deviations[:2]),
            "computed; in the low bin the paper's number lies between those for the two predictions",
            tag="section 1",
        ),
    )


def _deviation(name: str, prediction: Fraction) -> float:
    return deviation(physical_input(name), prediction, physical_input(f"{name}_systematic"))


# ---------------------------------------------------------------- the alternative


def _alternative() -> tuple[Step, ...]:
    fitted = best_fit("all", "alternative")
    a_electron, a_muon = fitted.values
    return (
        statement(
            "In the alternative benchmark only the products of {C} and two charges can be fitted; in "
            "units in which "
            "{condition}, to all observables,",
            region_table("all", "alternative"),
            lambda: fitted.degrees_of_freedom == 1 and abs(a_electron) < a_muon / 20,
            "the normal equations, exactly",
            tag="section 6",
            C=C,
            condition=Eq(C, 1),
        ),
        remark(
            "So this fit prefers nearly {condition}, the difference of the lepton numbers of muon and tau.",
            condition=Eq(a_e, 0),
        ),
    )


# ---------------------------------------------------------------- the Z besides the Z'


def _with_the_z() -> tuple[Step, ...]:
    C9_of = {lepton: code_coefficients(lepton, exchange="Z and Z'")[0] for lepton in ("mu", "e")}
    axial = {code_coefficients(lepton, exchange="Z and Z'")[1] for lepton in ("mu", "e")}
    cos2 = 1 - physical_input("sin2_theta_w").value
    least = {name: best_fit(name, "alternative").chi2 for name in FITS}
    muon, electron = (charge - cos2 * BENCHMARK.a_Y for charge in (BENCHMARK.a_mu, BENCHMARK.a_e))
    there = _chi2_in_direction(profile("all", "alternative"), (electron, muon))
    return (
        statement(
            "All this is exchange of the {Zprime} alone, as in the paper. After mixing the Z couples to s "
            "and b as well, more weakly by the square of the ratio of masses, and its exchange is stronger "
            "by as much. With both, the coefficients of muon and electron in units of {C}, and {C10}, are",
            (C9_of["mu"], C9_of["e"], *axial),
            lambda: (
                axial == {0}
                and all(
                    (C9_of[lepton] + charge - a_Y * cos(theta_w) ** 2).expand() == 0
                    for lepton, charge in (("mu", a_mu), ("e", a_e))
                )
            ),
            "from the matching of both exchanges, compared term by term",
            Zprime=Symbol("Z'"),
            C=C,
            C10=C10,
        ),
        statement(
            "as they must: Yukawa couplings are invariant, and the vacuum of the Higgs field carries no "
            "charge of what is exchanged, so left-handed and right-handed leptons couple alike. Then no "
            "{a_Y} reaches {C10}, and at any charges chi squared is at least that of the alternative "
            "benchmark:",
            Table(
                ("observables", "least chi squared", "one degree of freedom, standard deviations"),
                [
                    (name, f"{float(least[name]):.2f}", f"{standard_deviations(least[name], 1):.1f}")
                    for name in FITS
                ],
            ),
            lambda: axial == {0} and least["all"] < there < profile("all").standard_model,
            "two coefficients are fitted, as there; at the benchmark charges of the paper chi squared is "
            f"{float(there):.1f} for all observables, with the best C, and the Standard Model has "
            f"{float(profile('all').standard_model):.1f}",
            a_Y=a_Y,
            C10=C10,
        ),
    )


def _chi2_in_direction(chi2: Profile, direction: tuple[Fraction, ...]) -> Fraction:
    """The least chi squared with charges in one direction."""
    along = sum(u * x for u, x in zip(chi2.linear, direction, strict=True))
    rows = zip(direction, chi2.quadratic, strict=True)
    square = sum(x * entry * y for x, row in rows for entry, y in zip(row, direction, strict=True))
    return chi2.standard_model - Fraction(along) ** 2 / Fraction(square)


# ---------------------------------------------------------------- rational points


def _benchmarks() -> tuple[Step, ...]:
    found = benchmark_points(confidence_region(profile("all"), 1), max_denominator=8)
    useful = [point for point in found if point.sector is not None]
    return (
        statement(
            "Rational points within one standard deviation of the fit to all observables, all charges "
            "with one denominator of at most 8, with three dark states that have neither Yukawa couplings "
            "nor a mass "
            "without a scalar:",
            benchmark_table(useful),
            lambda: bool(useful) and all(map(_cancels, useful)),
            "the sums of charges and of their cubes agree",
        ),
    )


def _cancels(point: BenchmarkPoint) -> bool:
    dark = () if point.sector is None else point.sector.n
    return all(sum(charge**power for charge in dark) == point.a_e**power + 1 for power in (1, 3))


if __name__ == "__main__":
    print_derivation(derivation)
