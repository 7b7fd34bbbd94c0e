"""Quark flavour violation from a vector-like quark: from the Lagrangian to the Z' coupling of s and b."""

from typing import Any

import mpmath
from sympy import Expr, Matrix, Symbol, conjugate, expand, sqrt

from anomalies import adn_framework, charge_conditions, gauging_generator, parse_coupling
from anomalies.latex import (
    Chain,
    Derivation,
    Step,
    definition,
    disagreement,
    print_derivation,
    remark,
    statement,
)
from anomalies.phenomenology.mixing.diagonalisation import diagonalise_numerically
from anomalies.phenomenology.mixing.quarks import (
    DOWN_MASSES,
    DOWN_MIXINGS,
    adn_quark_terms,
    ckm_symbols,
    down_mass_terms,
    down_mixing,
    flavour_violating_coupling,
    left_down_couplings,
    left_up_couplings,
    mass_matrix,
)
from anomalies.phenomenology.symbols import Y_Qb, Y_Qd, Y_Qs, g_X, m_Q, v, v_Phi
from anomalies.tables import Table

U_L = Symbol("U_L")
Q_q, Q_Q = Symbol("Q_q"), Symbol("Q_Q")
VACUUM = {"H": (v / sqrt(2), 0), "Phi": v_Phi / sqrt(2)}
DIGITS = 50
# Masses and mixings at which the exact matrix is diagonalised: of one size, so that nothing is small but t.
MASSES = (1, 2, 3, 10)
MIXINGS = (mpmath.mpc(-3, 2) / 7, mpmath.mpc(5, 4) / 7, mpmath.mpc(3, -6) / 7)


def derivation() -> Derivation:
    """Return the mass matrix, its diagonalisation and the couplings."""
    return Derivation(
        "Quark mixing", "ADN section 3.1", (*_masses(), *_diagonalisation(), *_couplings(), *_up_quarks())
    )


def _derived(words: str, name: str, value: Any, expected: Any, *, tag: str = "", **values: Any) -> Step:
    """A formula with roots and conjugates, compared entry by entry with an independent expression."""
    difference = (Matrix([value]) - Matrix([expected])).applyfunc(lambda entry: expand(expand(entry)))
    checked = "the difference from an independent expression is zero"
    formula = Chain((Symbol(name), value))
    return statement(words, formula, lambda: difference.is_zero_matrix is True, checked, tag=tag, **values)


# ---------------------------------------------------------------- the mass matrix


def _masses() -> tuple[Step, ...]:
    content = adn_framework()
    charges = gauging_generator(content).charges
    conditions = charge_conditions(content, [term.coupling for term in adn_quark_terms()])
    derived = mass_matrix(content, adn_quark_terms(), VACUUM, "-1/3")
    zeroth, first = down_mass_terms()
    return (
        statement(
            "The terms of the Lagrangian that give masses to quarks are these, with their coefficients. "
            "Rows belong to the first family index.",
            Table(
                ("term", "coefficients"),
                [(parse_coupling(content, term.coupling), term.coefficients) for term in adn_quark_terms()],
            ),
            lambda: all(expand(condition.expression.subs(charges)) == 0 for condition in conditions),
            "each product of fields is parsed as an invariant, and the charges of (2.4) conserve it",
            tag="3.2",
        ),
        _derived(
            "At the vacuum expectation values, the mass matrix of the quarks of charge -1/3 follows. "
            "The second component of the conjugate Higgs doublet has the value {lower}.",
            "M_d",
            derived.matrix,
            _from_components(),
            lower=-v / sqrt(2),
        ),
        definition("Masses and mixings are", "m_s", v * Symbol("Y_s") / sqrt(2)),
        definition("and likewise for d and b, and", DOWN_MIXINGS[1], v_Phi * Y_Qs / (sqrt(2) * m_Q)),
        disagreement(
            "3.3",
            _printed(),
            zeroth + first,
            "With the right-handed light quarks redefined by a sign, the masses are positive, and the "
            "mixings enter with a minus sign, by the sign of the last term of (3.2). It is the sign of "
            "all three Yukawa couplings together, and nothing observable depends on it.",
            lambda: zeroth + first != _printed() and zeroth - first == _printed(),
            "the matrix above in these parameters",
        ),
    )


def _from_components() -> Matrix:
    """The mass matrix written out by hand: minus the coefficients times the components of the vevs."""
    lower = -v / sqrt(2)
    result = Matrix.diag(*(Symbol(f"Y_{q}", positive=True) * lower for q in "dsb"), m_Q)
    result[:3, 3] = -v_Phi / sqrt(2) * Matrix([Y_Qd, Y_Qs, Y_Qb])
    return result


def _printed() -> Matrix:
    matrix = Matrix.diag(*DOWN_MASSES, m_Q)
    matrix[:3, 3] = m_Q * Matrix(DOWN_MIXINGS)
    return matrix


# ---------------------------------------------------------------- the diagonalisation


def _diagonalisation() -> tuple[Step, ...]:
    massless = down_mixing(1, massless=True)
    ratios = _ratios()
    mixing = Matrix.eye(4)
    mixing[:3, 3] = -Matrix(DOWN_MIXINGS)
    mixing[3, :3] = Matrix(DOWN_MIXINGS).H
    return (
        _derived(
            "A unitary matrix for the left-handed and one for the right-handed quarks make the mass "
            "matrix diagonal, order by order in the mixings. Without the light masses the first order "
            "is the one that ADN print, with the sign above.",
            "U_L",
            massless.left[0] + massless.left[1],
            mixing,
            tag="3.5",
        ),
        statement(
            "The same routine keeps the light masses and goes to any order. Against the exact matrix, "
            "diagonalised numerically for complex mixings t times fixed numbers and t = 1/10000, half "
            "the t must divide the error of the order n by two to the power n + 1. For the couplings of "
            "the left-handed quarks only even orders occur.",
            Table(("order", "quantity", "error at t divided by error at t/2"), ratios),
            lambda: [round(float(ratio)) for *_, ratio in ratios] == [4, 8, 16],
            "50-digit arithmetic",
        ),
    )


def _ratios() -> list[tuple[int, Expr, str]]:
    """What halving the mixings does to the errors of U_L at orders one and two and of L at order two."""
    values = dict(zip((*DOWN_MASSES, m_Q), MASSES, strict=True))
    series = [matrix.subs(values) for matrix in down_mixing(2).left]
    couplings = left_down_couplings(0, 1).subs(values)
    errors: list[list[mpmath.mpf]] = [[], [], []]
    with mpmath.workdps(DIGITS):
        for t in (mpmath.mpf(10) ** -4, mpmath.mpf(10) ** -4 / 2):
            mixings = {e: t * number for e, number in zip(DOWN_MIXINGS, MIXINGS, strict=True)}
            matrix = mpmath.diag([mpmath.mpf(mass) for mass in MASSES])
            for i, number in enumerate(mixings.values()):
                matrix[i, 3] = -number * MASSES[3]
            left = diagonalise_numerically(matrix, DIGITS)[0]
            exact = (left.H * mpmath.diag([0, 0, 0, 1]) * left)[:3, :3]
            first = _numbers(series[0] + series[1], mixings)
            errors[0].append(mpmath.mnorm(left - first))
            errors[1].append(mpmath.mnorm(left - first - _numbers(series[2], mixings)))
            errors[2].append(mpmath.mnorm(exact - _numbers(couplings, mixings)))
    shown = [mpmath.nstr(first / second, 4) for first, second in errors]
    return list(zip((1, 2, 2), (U_L, U_L, Symbol("L^d")), shown, strict=True))


def _numbers(matrix: Matrix, values: dict[Expr, mpmath.mpc]) -> mpmath.matrix:
    rows = [
        [mpmath.mpmathify(entry.subs(values).evalf(DIGITS)) for entry in matrix.row(i)]
        for i in range(matrix.rows)
    ]
    return mpmath.matrix(rows)


# ---------------------------------------------------------------- couplings


def _couplings() -> tuple[Step, ...]:
    couplings = left_down_couplings(Q_q, Q_Q, massless=True)
    column = Matrix(DOWN_MIXINGS)
    g_sb = flavour_violating_coupling("s", "b")
    printed = -g_X * v_Phi**2 * Y_Qb * conjugate(Y_Qs) / (2 * m_Q**2)
    return (
        _derived(
            "The Z' couples to the mass eigenstates with the rotated charges. What is not universal "
            "comes from the fourth row of the unitary matrix alone, so that it has rank one to all "
            "orders. At second order the couplings are {Q_q} times the unit matrix plus {difference} "
            "times",
            "N",
            ((couplings - Q_q * Matrix.eye(3)) / (Q_Q - Q_q)).applyfunc(lambda entry: entry.cancel()),
            column * column.H,
            tag="3.10",
            Q_q=Q_q,
            difference=Q_Q - Q_q,
        ),
        statement(
            "Light masses change this by a factor for each quark. For s and b, at second order,",
            Chain((Symbol("L^d_sb"), left_down_couplings(Q_q, Q_Q)[1, 2])),
            lambda: _has_mass_factors(left_down_couplings(Q_q, Q_Q)[1, 2]),
            "divided by the coupling without masses, and compared with the product of two factors",
        ),
        disagreement(
            "3.11",
            Chain((Symbol("g_sb"), printed)),
            Chain((Symbol("g_sb"), g_sb)),
            "From (3.10), with charges that differ by -1, the operator in which s is barred has the "
            "coupling of s, and the conjugate of that of b. Printed is the complex conjugate, here and "
            "in (4.2) and (5.6), which is the same for real couplings.",
            lambda: expand(g_sb - conjugate(printed)) == 0 and g_sb != printed,
            "from the rotated charges, with which the exact matrix above agrees for complex mixings",
        ),
    )


def _has_mass_factors(coupling: Expr) -> bool:
    plain = (Q_Q - Q_q) * DOWN_MIXINGS[1] * conjugate(DOWN_MIXINGS[2])
    factors = [m_Q**2 / (m_Q**2 - mass**2) for mass in DOWN_MASSES[1:]]
    return bool((coupling / plain / (factors[0] * factors[1])).cancel() == 1)


def _up_quarks() -> tuple[Step, ...]:
    V = ckm_symbols()
    column = Matrix(DOWN_MIXINGS)
    rotated = left_up_couplings(column * column.H, V)
    turned = V * column
    return (
        remark(
            "Up quarks sit in the same doublets, so that they mix with the heavy quark in the same way, "
            "and their couplings differ by the quark mixing matrix only."
        ),
        _derived(
            "The flavour-violating one of u and c, which drives the mixing of D mesons, is, in units of "
            "the difference of charges,",
            "L^u_uc",
            rotated[0, 1],
            turned[0] * conjugate(turned[1]),
            tag="3.9",
        ),
    )


if __name__ == "__main__":
    print_derivation(derivation)
