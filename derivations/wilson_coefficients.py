"""Tree-level matching: b -> s l l from exchange of the Z' and of the Z, contact operators, the Higgs."""

from typing import Any

from sympy import Eq, Expr, I, Rational, Symbol, conjugate, cos, expand, simplify, symbols

from anomalies.latex import Chain, Derivation, Step, disagreement, print_derivation, remark, statement
from anomalies.phenomenology.interactions.matching import (
    Bilinear,
    Current,
    exchange_matrix,
    higgs_operators,
    operator_coefficient,
)
from anomalies.phenomenology.interactions.wilson_coefficients import (
    code_coefficients,
    contact_coefficients,
    low_energy_currents,
    low_energy_exchange,
    semileptonic_coefficients,
)
from anomalies.phenomenology.points import BENCHMARK, framework_content
from anomalies.phenomenology.symbols import (
    LEPTON_CHARGES,
    LEPTONS,
    Y_Qb,
    Y_Qs,
    a_mu,
    a_Y,
    m_Q,
    theta_w,
    v,
    v_Phi,
)
from anomalies.tables import Table

PRODUCT = Y_Qs * conjugate(Y_Qb)  # ADN print its conjugate: see the derivation of quark mixing
STRENGTH = PRODUCT / (2 * m_Q**2)


def derivation() -> Derivation:
    """Return the rule, the coefficients, what the Z adds, the contact operators and the Higgs."""
    steps = (*_rule(), *_z_prime(), *_z_and_z_prime(), *_contact(), *_higgs())
    return Derivation("Wilson coefficients", "ADN section 4.1", steps)


# ---------------------------------------------------------------- the rule


def _rule() -> tuple[Step, ...]:
    x, y, m = symbols("c_A c_B m", positive=True)
    A, B = symbols("A B")
    current = Current(((Bilinear("q", 2, 3), x), (Bilinear("l", 2, 2), y)))
    pairs = {A * B: (0, 1), A**2: (0, 0), B**2: (1, 1)}
    bilinears = [bilinear for bilinear, _ in current.terms]
    coefficients = {
        product: operator_coefficient(current, 1 / m**2, bilinears[i], bilinears[j], as_="lagrangian")
        for product, (i, j) in pairs.items()
    }
    square = -((x * A + y * B) ** 2) / (2 * m**2)
    return (
        remark(
            "A heavy vector boson that couples to a current J with mass m over coupling leaves the "
            "Lagrangian of minus one half of the square of the current, over the square of m. Signs and "
            "factors of two follow from this rule alone, and from the charges (2.4)."
        ),
        statement(
            "The product of two different bilinears A and B occurs twice in the square of a current, "
            "the square of one of them once:",
            Chain(
                (
                    Symbol("L"),
                    sum(coefficient * product for product, coefficient in coefficients.items()),
                )
            ),
            lambda: expand(square - sum(c * product for product, c in coefficients.items())) == 0,
            "the three coefficients of the routine, against the expanded square",
        ),
    )


# ---------------------------------------------------------------- the Z' alone


def _z_prime() -> tuple[Step, ...]:
    lagrangian = semileptonic_coefficients(as_="lagrangian", exchange="Z'")
    hamiltonian = semileptonic_coefficients(as_="hamiltonian", exchange="Z'")
    why = (
        "The coefficients of the Lagrangian have the opposite sign. Printed are those of the "
        "Hamiltonian, its negative: read so, (4.1) to (4.7), Table 1 and the fits agree with each "
        "other. The operator with s barred comes with the product {product}."
    )
    return (
        statement(
            "Exchange of the Z' alone, with its flavour-violating coupling and a mass over coupling of "
            "{v_Phi}, gives in the Lagrangian, in units of {strength}",
            lagrangian.table(STRENGTH),
            lambda: all(_as_expected(lagrangian, lepton, 1) for lepton in LEPTONS),
            "each compared with the product of the couplings",
            v_Phi=v_Phi,
            strength=STRENGTH,
        ),
        disagreement(
            "4.4",
            Chain((Symbol("C_9"), -STRENGTH * (a_mu - 3 * a_Y / 4))),
            Chain((Symbol("C_9"), STRENGTH * (a_mu - 3 * a_Y / 4))),
            why,
            lambda: _as_expected(lagrangian, "mu", 1) and _as_expected(hamiltonian, "mu", -1),
            "both forms computed from the currents",
            product=PRODUCT,
        ),
        statement(
            "In the convention of flavour codes the operators stand in the Lagrangian with a prefactor "
            "that is proportional to {ckm} and so is negative. In units of C, which is positive if "
            "{product} is, they get the coefficients",
            Table(
                ("lepton", *symbols("C_9 C_10")),
                [(lepton, *code_coefficients(lepton, exchange="Z'")) for lepton in LEPTONS],
            ),
            lambda: all(
                expand(code_coefficients(lepton, exchange="Z'")[0] + a - 3 * a_Y / 4) == 0
                and code_coefficients(lepton, exchange="Z'")[1] == a_Y / 4
                for lepton, a in zip(LEPTONS, LEPTON_CHARGES, strict=True)
            ),
            "compared for each lepton",
            tag="4.6, 4.7",
            ckm=Symbol("V_tb") * conjugate(Symbol("V_ts")),
            product=PRODUCT,
        ),
    )


def _as_expected(found: Any, lepton: str, sign: int) -> bool:
    a = LEPTON_CHARGES[LEPTONS.index(lepton)]
    differences: list[Expr] = [
        found.C9(lepton) - sign * STRENGTH * (a - 3 * a_Y / 4),
        found.C10(lepton) + sign * STRENGTH * a_Y / 4,
    ]
    return all(expand(difference) == 0 for difference in differences)


# ---------------------------------------------------------------- the Z as well


def _z_and_z_prime() -> tuple[Step, ...]:
    content = framework_content()
    exchange = low_energy_exchange(content, "Z and Z'")
    charge_H = content.multiplet("H").charges[content.place_of("X")][0]
    both = semileptonic_coefficients(as_="lagrangian", exchange="Z and Z'")
    currents = low_energy_currents(content)
    e_L, e_R = Bilinear("e_L", 2, 2), Bilinear("e_R", 2, 2)
    rows = [
        (
            name,
            current.coefficient(e_L),
            current.coefficient(e_R),
            expand(current.coefficient(e_R) - current.coefficient(e_L)),
        )
        for name, current in zip(("Z", "Z'"), currents, strict=True)
    ]
    numbers = [
        (
            lepton,
            exchanged,
            *(value.subs(BENCHMARK.values) for value in code_coefficients(lepton, exchange=exchanged)),
        )
        for exchanged in ("Z'", "Z and Z'")
        for lepton in ("e", "mu")
    ]
    return (
        remark(
            "The Higgs doublet carries the charge {charge}, so that the Z mixes with the Z' and couples "
            "to s and b as well. The mixing is suppressed by the ratio of the squared masses, but the "
            "propagator of the Z is larger by the inverse ratio: at low energy its exchange is of the "
            "same order. ADN leave it out.",
            charge=charge_H,
        ),
        statement(
            "With masses from vacuum expectation values, gauge couplings drop out of the exchange of "
            "neutral bosons: in the Lagrangian, minus one half of the currents of Z and Z' on both "
            "sides of the matrix",
            Chain((Symbol("P"), exchange)),
            lambda: (
                exchange.inv().applyfunc(simplify)
                == (_outer(v, Rational(1, 2), charge_H) + _outer(v_Phi, 0, 1)).applyfunc(simplify)
                and exchange == exchange_matrix([(v, (Rational(1, 2), charge_H)), (v_Phi, (0, 1))])
            ),
            "inverted and compared with the squares of vevs times charges, which are the mass matrix "
            "(3.14) without the photon",
        ),
        statement(
            "The currents of the muon, and the axial part of each, are",
            Table(("boson", "muon, left", "muon, right", "right minus left"), rows),
            lambda: expand(rows[0][3] * a_Y + rows[1][3]) == 0,
            "from T3 and the charges; the two axial parts differ by the factor -a_Y that P gives back",
        ),
        disagreement(
            "4.5",
            Chain((Symbol("C_10"), STRENGTH * a_Y / 4)),
            Chain((Symbol("C_10"), both.C10("mu"))),
            "The axial coefficient of all leptons vanishes when the Z is exchanged as well as the Z'. "
            "The generator multiplied by {a_Y} is hypercharge, Q - T3, and the Z adds T3 less a "
            "multiple of Q: only the electric charge is left, which is a vector. Printed is the part of "
            "the Z', as the coefficient of the Hamiltonian.",
            lambda: all(both.C10(lepton) == 0 for lepton in LEPTONS),
            "from the matrix P and the currents, for each lepton; the package wilson finds the same "
            "from our coefficients of the SMEFT with the current of the Higgs (test suite)",
            a_Y=a_Y,
        ),
        statement(
            "What remains is a vector coupling, universal but for the lepton charges:",
            Eq(Symbol("C_9"), both.C9("mu"), evaluate=False),
            lambda: simplify(both.C9("mu") - STRENGTH * (a_mu - a_Y * cos(theta_w) ** 2)) == 0,
            "compared with hypercharge replaced by the electric charge times the squared cosine",
        ),
        statement(
            "At the benchmark point, in units of C and in the convention of flavour codes:",
            Table(("lepton", "exchange", *symbols("C_9 C_10")), numbers),
            lambda: [row[3] for row in numbers] == [BENCHMARK.a_Y / 4] * 2 + [0] * 2,
            "exact charges put into the formulas",
        ),
    )


def _outer(vev: Expr, first: Any, second: Any) -> Any:
    from sympy import Matrix

    column = Matrix([first, second])
    return vev**2 * column * column.T


# ---------------------------------------------------------------- contact operators, and the Higgs


def _contact() -> tuple[Step, ...]:
    found = contact_coefficients()
    product = v**2 / v_Phi**2 * Symbol("Q_q") * Symbol("Q_l2")
    rows = [(comparison.name, comparison.printed, comparison.ours) for comparison in found]
    return (
        disagreement(
            "5.3",
            Chain((Symbol("C"), product / 2)),
            Chain((Symbol("C"), -product)),
            "In the normalisation of (5.2) the product of two different bilinears occurs twice in the "
            "square of the current, with a minus sign: the printed coefficient lacks the factor two and "
            "the sign, which is the sign of the interference with the photon and the Z. The same holds "
            "for right-handed quarks.",
            lambda: len(found) == 3 and all(simplify(c.ours + 2 * c.printed) == 0 for c in found),
            "for each of the three operators, with the charges of (2.4)",
        ),
        statement(
            "With the charges of (2.4), for the first quark family and the muon:",
            Table(("operator", "as printed", "derived"), rows),
            lambda: all(_is_product_of_charges(comparison.ours, comparison.name[0]) for comparison in found),
            "compared with the products of charges",
        ),
    )


def _is_product_of_charges(coefficient: Expr, quark: str) -> bool:
    content = framework_content()
    place = content.place_of("X")
    charges = content.multiplet(quark).charges[place][0], content.multiplet("l").charges[place][1]
    return bool(expand(coefficient + v**2 / v_Phi**2 * charges[0] * charges[1]) == 0)


def _higgs() -> tuple[Step, ...]:
    operators = higgs_operators(a_Y / 2, 1 / v_Phi**2, as_="lagrangian")
    x, y = symbols("x y", real=True)
    A = x + I * y
    return (
        statement(
            "The square of the Higgs current gives two more operators. With A the product of the "
            "doublet and its derivative, the current is i times A less its conjugate, and its square is "
            "four times the operator phiD less the square of a derivative, which is phiBox after an "
            "integration by parts. Their coefficients are",
            Table(("operator", "coefficient"), list(operators.items())),
            lambda: (
                expand((I * (A - conjugate(A))) ** 2 - 4 * A * conjugate(A) + (A + conjugate(A)) ** 2) == 0
                and operators["phiD"] == 4 * operators["phiBox"]
                and operators["phiBox"] == -((a_Y / 2) ** 2) / (2 * v_Phi**2)
            ),
            "the identity of the square for complex A",
        ),
        statement(
            "The first one moves the rho parameter from 1, by the amount of the mixing of Z and Z':",
            Chain((Symbol("rho") - 1, -(v**2) * operators["phiD"] / 2)),
            lambda: _rho_agrees(-(v**2) * operators["phiD"] / 2),
            "against the first order of the lighter eigenvalue of the mass matrix",
        ),
    )


def _rho_agrees(value: Expr) -> bool:
    """rho - 1 = M_ZX^2 / (M_ZZ M_XX) at leading order, M_ab = sum v^2 q_a q_b."""
    charge = -a_Y / 2
    off_diagonal, weak, heavy = v**2 * charge / 2, v**2 / 4, v_Phi**2
    return bool(expand(off_diagonal**2 / (weak * heavy) - value) == 0)


if __name__ == "__main__":
    print_derivation(derivation)
