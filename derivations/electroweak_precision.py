"""Electroweak precision: universality of the Z couplings and the rho parameter (ADN (5.8)-(5.20))."""

from fractions import Fraction

from sympy import Abs, Derivative, Eq, Expr, Function, Rational, Symbol, cancel, cos, sin, sqrt, symbols

from anomalies.exact import to_sympy
from anomalies.latex import (
    Chain,
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
from anomalies.phenomenology.bounds.bound import stated
from anomalies.phenomenology.bounds.electroweak import (
    lepton_universality_bound,
    rho_bound,
    rho_upper_bound,
    universality_limits,
)
from anomalies.phenomenology.bounds.universality import (
    lepton_z_couplings,
    universality_coefficient,
    universality_ratio,
)
from anomalies.phenomenology.electroweak_inputs import (
    COUPLING_CHOICES,
    electroweak_couplings,
)
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.mixing.gauge_masses import coupling_vector
from anomalies.phenomenology.points import BENCHMARK, CLEAN, LeptonPoint, framework_content
from anomalies.phenomenology.symbols import (
    a_e,
    a_mu,
    a_Y,
    alpha_z,
    g,
    g_prime,
    g_X,
    m_Z,
    m_Zprime,
    theta_w,
    v_Phi,
)
from anomalies.tables import Table

G, S2, T, RHO, R = Symbol("G", positive=True), Symbol("s"), Symbol("t"), Symbol("rho"), Symbol("R")
KAPPA_L, KAPPA_R = symbols("kappa_L kappa_R")
MEASURED = "from m_Z and v"
UNIT = LeptonPoint(Fraction(0), Fraction(1), Fraction(0), Fraction(1))
COUPLINGS = (Rational(1, 5), 1)
SHOWN = ("ADN", "from m_Z and v")
# With t = tan(alpha_z) and r = a_Y g_X/G, for ADN's scalars.
STRENGTH = a_Y * g_X / G


def derivation() -> Derivation:
    """Return the way from the mixing to both bounds."""
    return Derivation(
        "Electroweak precision observables",
        "ADN section 5.3",
        (
            *_couplings(),
            *_ratio(),
            *_sensitivity(),
            *_universality(),
            *_rho(),
            *_rho_bounds(),
            *_comparison(),
        ),
    )


# ---------------------------------------------------------------- (5.8)-(5.12)


def _couplings() -> tuple[Step, ...]:
    content = framework_content(normalised=False)
    vectors = [
        ("left-handed electron", *coupling_vector(content, "l", "-1/2")),
        ("left-handed muon", *coupling_vector(content, "l", "-1/2", family=2)),
        ("right-handed electron", *coupling_vector(content, "e", 0)),
        ("right-handed muon", *coupling_vector(content, "e", 0, family=2)),
    ]
    electron, muon = lepton_z_couplings(1), lepton_z_couplings(2)
    return (
        remark(
            "LEP compares the partial widths of the Z into electrons and into muons, R = {value} (5.8). "
            "The mixing with X makes R differ from 1.",
            value=_measured("R_LEP"),
        ),
        statement(
            "The covariant derivatives of the charged leptons give their couplings to B, W3 and X:",
            Table(("lepton", *map(Symbol, ("B", "W3", "X"))), vectors),
            lambda: all(
                cancel(ours - printed) == 0
                for row, charges in zip(vectors, _printed_vectors(), strict=True)
                for ours, printed in zip(row[1:], charges, strict=True)
            ),
            "the printed coefficients compared one by one",
            tag="5.10",
        ),
        statement(
            "Rotated to the mass basis, the couplings of the Z are, exactly,",
            Table(
                ("lepton", "coupling"),
                [(row[0], k) for row, k in zip(vectors, _ordered(electron, muon), strict=True)],
            ),
            lambda: all(
                cancel(k - cos(alpha_z) * k.subs(alpha_z, 0) - sin(alpha_z) * row[3]) == 0
                for row, k in zip(vectors, _ordered(electron, muon), strict=True)
            ),
            "the cosine of the angle times the coupling without mixing plus its sine times that of X; ADN "
            "put the cosine to 1",
            tag="5.11",
        ),
        statement(
            "The couplings without mixing are, with the weak angle, {left} and",
            Chain((KAPPA_R, g_prime * sin(theta_w))),
            lambda: all(
                cancel(k.subs(alpha_z, 0) - printed) == 0
                for k, printed in zip(electron, _printed_kappas(), strict=True)
            ),
            "with the tangent of the weak angle g'/g",
            tag="5.12",
            left=Eq(KAPPA_L, -g * cos(theta_w) / 2 + g_prime * sin(theta_w) / 2, evaluate=False),
        ),
    )


def _measured(name: str) -> str:
    entry = physical_input(name)
    return f"{float(entry)} ± {float(entry.upper)}"


def _ordered(electron: tuple[Expr, Expr], muon: tuple[Expr, Expr]) -> tuple[Expr, ...]:
    return electron[0], muon[0], electron[1], muon[1]


def _printed_vectors() -> list[tuple[Expr, ...]]:
    left = [(-g_prime / 2, -g / 2, (2 * a - a_Y) * g_X / 2) for a in (a_e, a_mu)]
    return left + [(-g_prime, 0, (a - a_Y) * g_X) for a in (a_e, a_mu)]


def _printed_kappas() -> tuple[Expr, Expr]:
    length = sqrt(g**2 + g_prime**2)
    angle = {cos(theta_w): g / length, sin(theta_w): g_prime / length}
    return (
        (-g * cos(theta_w) / 2 + g_prime * sin(theta_w) / 2).subs(angle),
        (g_prime * sin(theta_w)).subs(angle),
    )


# ---------------------------------------------------------------- (5.9), (5.13), (5.14)


def _ratio() -> tuple[Step, ...]:
    left, right = _printed_kappas()
    slope = universality_ratio().diff(alpha_z).subs(alpha_z, 0)
    return (
        statement(
            "The ratio R of the widths is the ratio of the sums of squared couplings (5.9). To first "
            "order in the mixing angle",
            Eq(
                R, 1 + 2 * g_X * sin(alpha_z) * (KAPPA_L + KAPPA_R) * (a_e - a_mu) / (KAPPA_L**2 + KAPPA_R**2)
            ),
            lambda: (
                cancel(slope - 2 * g_X * (left + right) * (a_e - a_mu) / (left**2 + right**2)) == 0
                and universality_ratio().subs(alpha_z, 0) == 1
            ),
            "the derivative of the exact ratio at zero mixing",
            tag="5.13",
        ),
        definition(
            "With the leading order of the angle the coupling constant of X drops out. We write",
            R,
            1 + Symbol("K") * (a_mu - a_e) * a_Y * m_Z**2 / v_Phi**2,
            tag="5.14",
        ),
        equality(
            "with the coefficient",
            named("K", universality_coefficient()),
            4 * (g**2 - 3 * g_prime**2) / (g**4 - 2 * g**2 * g_prime**2 + 5 * g_prime**4),
        ),
    )


# ---------------------------------------------------------------- how strongly it depends on the inputs


def _sensitivity() -> tuple[Step, ...]:
    squares = {g: sqrt(G**2 * (1 - S2)), g_prime: sqrt(G**2 * S2)}
    in_angle = cancel(universality_coefficient().subs(squares))
    slope = cancel(S2 * in_angle.diff(S2) / in_angle)
    at_m_Z = {S2: to_sympy(physical_input("sin2_theta_w").value)}
    return (
        equality(
            "This coefficient is a small difference: with the squared sine s of the weak angle and {G}",
            named("K", in_angle),
            4 * (1 - 4 * S2) / (G**2 * (1 - 4 * S2 + 8 * S2**2)),
            G=Eq(G**2, g**2 + g_prime**2, evaluate=False),
        ),
        statement(
            "It vanishes where s is 1/4, so that a relative change of s is multiplied by about twelve at the "
            "measured value:",
            Chain(
                (
                    Derivative(Function("K")(S2), S2) * S2 / Symbol("K"),
                    slope,
                    f"{float(slope.subs(at_m_Z)):.1f}",
                )
            ),
            lambda: bool(in_angle.subs(S2, Rational(1, 4)) == 0 and -13 < slope.subs(at_m_Z) < -12),
            "the logarithmic derivative, evaluated",
        ),
        statement(
            "At tree level all ways to find g and g' from measurements agree; in numbers they do not:",
            _table_of_inputs(),
            lambda: stated(_coefficient("ADN"), 5) == "1.7957",
            "each evaluated from the data file; the first is the printed 1.7957",
            tag="5.14",
        ),
        statement(
            "The digits of 1.7957 are more than the rounding of 0.64 and 0.34 allows. Over the couplings "
            "that round to these, K takes values between",
            tuple(f"{value:.2f}" for value in _over_the_rounding()),
            lambda: _over_the_rounding(2) == _over_the_rounding(5),
            "the corners of the rectangle, and that no point of a grid inside is beyond them",
        ),
        disagreement(
            "5.14",
            Chain((Symbol("K"), "1.7957")),
            Chain((Symbol("K"), f"{_coefficient(MEASURED):.3f}")),
            "the printed number follows from g = 0.64, g' = 0.34 exactly; the mass of the Z, the vacuum "
            "value and the weak angle of the MS-bar scheme give the other, and on-shell values one in "
            "between. A tree-level formula does not say which to take, and the cancellation makes the "
            "choice matter",
            lambda: (
                stated(_coefficient("ADN"), 5) == "1.7957"
                and abs(_coefficient(MEASURED) - 1.089) < 0.001
                and _coefficient(MEASURED) < _coefficient("from m_W, m_Z and v") < _coefficient("ADN")
            ),
            "the formula evaluated with each set of inputs",
        ),
    )


def _coefficient(choice: str) -> float:
    return float(universality_coefficient().subs(electroweak_couplings(choice).values))


def _table_of_inputs() -> Table:
    rows = []
    left, right = lepton_z_couplings()
    for choice in COUPLING_CHOICES:
        values = electroweak_couplings(choice).values
        angle = (g_prime**2 / (g**2 + g_prime**2)).subs(values)
        kappas = (left + right).subs(alpha_z, 0).subs(values)
        numbers = (values[g], values[g_prime], angle, kappas, _coefficient(choice))
        rows.append((choice, *(f"{float(number):.4f}" for number in numbers)))
    return Table(("inputs", g, g_prime, Symbol("s"), KAPPA_L + KAPPA_R, Symbol("K")), rows)


def _over_the_rounding(points: int = 2) -> tuple[float, float]:
    """The least and the largest K on a grid over the couplings that round to 0.64 and 0.34."""
    steps = [Fraction(k, 100 * (points - 1)) - Fraction(1, 200) for k in range(points)]
    found = [
        float(universality_coefficient().xreplace({g: to_sympy(first + x), g_prime: to_sympy(second + y)}))
        for first, second in [(Fraction("0.64"), Fraction("0.34"))]
        for x in steps
        for y in steps
    ]
    return min(found), max(found)


# ---------------------------------------------------------------- (5.15), (5.16)


def _universality() -> tuple[Step, ...]:
    bound = lepton_universality_bound(BENCHMARK)
    return (
        statement(
            "The bounds on {ratio} in TeV, for a positive and a negative product of charges. The printed "
            "1.73 and 1.46 are those for 2 standard deviations and ADN's couplings:",
            _table_of_limits(),
            lambda: [f"{limit:.2f}" for limit in universality_limits()] == ["1.73", "1.46"],
            "from the ends of the interval of R",
            tag="5.15",
            ratio=v_Phi / sqrt(Abs((a_mu - a_e) * a_Y)),
        ),
        statement(
            "At the benchmark point, where the product is {product}:",
            bound,
            lambda: f"{bound.limit_TeV:.2f}" == "1.03" and bound.paper_TeV == Fraction("1.03"),
            "as printed",
            tag="5.16",
            product=str(float((BENCHMARK.a_mu - BENCHMARK.a_e) * BENCHMARK.a_Y)),
        ),
        statement(
            "With the exact mixing the bound depends on the coupling of X. The equation for R at the end "
            "of its interval is quadratic in the tangent of the angle, and the near cancellation makes "
            "the quadratic term matter even where the angle is small. In TeV, at the benchmark point and "
            "at the best fit to the clean observables:",
            Table(
                ("point", "inputs", "leading", *(Eq(g_X, value, evaluate=False) for value in COUPLINGS)),
                [
                    (
                        name,
                        choice,
                        *(_universality_text(choice, value, point) for value in (None, *COUPLINGS)),
                    )
                    for name, point in (("benchmark", BENCHMARK), ("clean", CLEAN))
                    for choice in SHOWN
                ],
            ),
            lambda: (
                _universality_limit(BENCHMARK, 10**4) < _universality_limit(BENCHMARK, None)
                and _universality_limit(CLEAN, 10**4) > _universality_limit(CLEAN, None) * 1.1
            ),
            "the root that is met first as the vacuum value falls, with m_Z, v and the weak angle for the "
            "inputs",
        ),
    )


def _universality_limit(point: LeptonPoint, coupling: object, choice: str = MEASURED) -> float:
    return lepton_universality_bound(point, couplings=choice, g_X_value=coupling).limit_TeV or 0.0


def _universality_text(choice: str, coupling: object, point: LeptonPoint = BENCHMARK) -> str:
    return stated(_universality_limit(point, coupling, choice))


def _table_of_limits() -> Table:
    rows = []
    for choice in COUPLING_CHOICES:
        limits = [f"{x:.2f}" for k in ("2", "1.96") for x in universality_limits(sigmas=k, couplings=choice)]
        rows.append((choice, *limits))
    return Table(("inputs", "2 σ, +", "2 σ, −", "1.96 σ, +", "1.96 σ, −"), rows)


# ---------------------------------------------------------------- (5.17)-(5.20)


def _rho() -> tuple[Step, ...]:
    # The squares of m_Z and m_Z' in units of that of the Z before mixing, as the topic z_mixing derives them.
    r = STRENGTH
    light, heavy = 1 - r * T, 1 + r / T
    cosine2, sine2 = 1 / (1 + T**2), T**2 / (1 + T**2)
    rho = 1 / light
    scale = m_Z**2 * (1 + r / T) / g_X**2
    return (
        remark(
            "The rho parameter is measured as {value} (5.17). It is the "
            "squared mass that the Z has without mixing, divided by the one it has.",
            value=_measured("rho"),
        ),
        statement(
            "The relation of masses and angle is exact:",
            Eq(m_Z**2 * cos(alpha_z) ** 2 + m_Zprime**2 * sin(alpha_z) ** 2, RHO * m_Z**2, evaluate=False),
            lambda: cancel(light * cosine2 + heavy * sine2 - 1) == 0,
            "a rational identity in the tangent of the angle",
            tag="5.18",
        ),
        statement(
            "So is the relation of the vacuum value and rho, with {G}:",
            Eq(v_Phi**2, m_Z**2 * (a_Y**2 * RHO / (G**2 * (RHO - 1)) + 1 / g_X**2), evaluate=False),
            lambda: cancel(scale - m_Z**2 * (a_Y**2 * rho / (G**2 * (rho - 1)) + 1 / g_X**2)) == 0,
            "a rational identity in the tangent of the angle and the couplings",
            G=Eq(G**2, g**2 + g_prime**2, evaluate=False),
        ),
        remark(
            "For a large vacuum value this is {leading}, without the coupling of X. As {rho} times the "
            "squared mass of the Z is that before mixing, the first term is exactly a quarter of {term}.",
            leading=Eq(RHO - 1, a_Y**2 * m_Z**2 / (G**2 * v_Phi**2), evaluate=False),
            rho=RHO,
            term=a_Y**2 * Symbol("v") ** 2 / (RHO - 1),
        ),
    )


def _rho_bounds() -> tuple[Step, ...]:
    _, largest = physical_input("rho").range(2)
    unit = {choice: rho_bound(UNIT, couplings=choice).limit_TeV or 0.0 for choice in SHOWN}
    return (
        statement(
            "At two standard deviations the excess over 1 is at most {end}, and the factor 36 of (5.19) is",
            Chain((1 / sqrt(Symbol("rho_max") - 1), f"{float(1 / sqrt(to_sympy(largest - 1))):.3f}")),
            lambda: largest - 1 == Fraction("0.00039") + 2 * Fraction("0.00019"),
            "evaluated",
            tag="5.19",
            end="0.00077",
        ),
        disagreement(
            "5.19",
            Chain((v_Phi / a_Y, "4.4 TeV")),
            Chain((v_Phi / a_Y, f"{unit['ADN']:.2f} TeV")),
            "the couplings 0.64 and 0.34 that ADN quote after (5.13) give the larger number; the printed "
            "one, {found} before rounding, follows if the square root of the sum of their squares is 2 "
            "m_Z/v. The two sets of couplings give Z masses that differ by two per cent",
            lambda: f"{unit['ADN']:.2f}" == "4.53" and f"{unit[MEASURED]:.1f}" == "4.4",
            "the formula evaluated with both",
            found=f"{unit[MEASURED]:.2f}",
        ),
        statement(
            "At the benchmark point, in TeV; 3.9 is printed:",
            Table(
                ("inputs", "leading", *(Eq(g_X, value, evaluate=False) for value in COUPLINGS)),
                [
                    (choice, *(_rho_text(choice, value) for value in (None, *COUPLINGS)))
                    for choice in COUPLING_CHOICES
                ],
            ),
            lambda: (
                f"{rho_bound(BENCHMARK).limit_TeV:.1f}"
                == "3.9"
                == f"{rho_bound(BENCHMARK, couplings='ADN').limit_TeV:.1f}"
            ),
            "both sets of couplings round to 3.9",
            tag="5.20",
        ),
        remark(
            "The lower end of the interval, {end}, is above 1: taken literally it would also bound the "
            "vacuum value from above, at {bound}. The Standard Model itself is then excluded, at {sigmas} "
            "standard deviations, and ADN do not use it.",
            end=f"{float(physical_input('rho').range(2)[0])}",
            bound=rho_upper_bound(BENCHMARK),
            sigmas=f"{float((physical_input('rho').value - 1) / physical_input('rho').lower):.2f}",
        ),
    )


def _rho_text(choice: str, coupling: object) -> str:
    return stated(rho_bound(BENCHMARK, couplings=choice, g_X_value=coupling).limit_TeV or 0.0)


# ---------------------------------------------------------------- the paper beside the toolkit


def _comparison() -> tuple[Step, ...]:
    positive, negative = universality_limits()
    sharper = universality_limits(sigmas="1.96")
    rows = [
        (
            "5.14",
            "1.7957",
            f"{_coefficient('ADN'):.4f}; {_coefficient(MEASURED):.4f}",
            "with g = 0.64, g' = 0.34; with m_Z, v, sin² θ",
        ),
        (
            "5.15",
            "1.73, 1.46",
            f"{positive:.2f}, {negative:.2f}",
            f"2 σ; at 1.96 σ {sharper[0]:.2f}, {sharper[1]:.2f}",
        ),
        (
            "5.16",
            "1.03",
            _universality_text("ADN", None),
            f"{_universality_text(MEASURED, None)} with m_Z, v, sin² θ",
        ),
        ("5.19", "36", f"{float(1 / sqrt(Rational('0.00077'))):.2f}", "2 σ"),
        (
            "5.19",
            "4.4",
            f"{rho_bound(UNIT).limit_TeV:.2f}",
            f"from 2 m_Z/v; {rho_bound(UNIT, couplings='ADN').limit_TeV:.2f} with ADN's g, g'",
        ),
        (
            "5.20",
            "3.9",
            f"{rho_bound(BENCHMARK).limit_TeV:.2f}",
            f"from 2 m_Z/v; {rho_bound(BENCHMARK, couplings='ADN').limit_TeV:.2f} with ADN's g, g'",
        ),
    ]
    return (
        statement(
            "In short, scales in TeV:",
            Table(("ADN", "printed", "here", "with these inputs"), rows),
            lambda: len(rows) == 6 and f"{rho_bound(UNIT).limit_TeV:.1f}" == "4.4",
            "every number is computed above",
        ),
    )


if __name__ == "__main__":
    print_derivation(derivation)
