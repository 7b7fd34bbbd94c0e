"""The anomalies left for the dark sector, and what follows without one: ADN (2.6), (2.7), footnote 13."""

from sympy import Expr, Symbol, symbols

from anomalies import DarkSector, gauging_generator, standard_model
from anomalies.diophantine import is_nontrivial
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
from anomalies.tables import Table

A = A_E, A_MU, A_TAU = symbols("a_e a_mu a_tau")
NU = tuple(Symbol(f"Q_nu{family}") for family in (1, 2, 3))

FOOTNOTE_13 = (((5, -4, -4), (-1, -1, -1)), ((6, -5, -5), (-3, -2, 1)), ((11, -9, -9), (-4, -4, 1)))
# ADN list the two dark charges with a minus sign here.
FOOTNOTE_29 = (((7, 8, -9), (1, 5)), ((9, -2, -10), (4, -7)))


def derivation() -> Derivation:
    """Return (2.6), the theorem without a dark sector, and the printed examples."""
    return Derivation("Dark anomalies", "ADN section 2", (*_remaining(), *_no_dark_sector(), *_examples()))


def _remaining() -> tuple[Step, ...]:
    left = gauging_generator(standard_model(universal=("q", "u", "d"))).conditions
    trivial = dict(zip(NU, A, strict=True))
    return (
        remark(
            "With the charges of the generator put in, two of the six conditions are left, and both see "
            "the dark charges."
        ),
        equality("The gravitational one:", named("A_grav", left["grav^2 X"]), sum(A) - sum(NU), tag="2.6"),
        equality("The cubic one:", named("A_cubic", left["X^3"]), _cubes(A) - _cubes(NU), tag="2.6"),
        statement(
            "The charges of right-handed neutrinos, one for each family, solve both, in any order:",
            Table(("dark charge", "value"), list(trivial.items())),
            lambda: left.subs(trivial).is_anomaly_free,
            "all six coefficients vanish identically in the four parameters",
            tag="2.7",
        ),
    )


def _cubes(values: tuple[Expr, ...]) -> Expr:
    return sum(value**3 for value in values)


def _no_dark_sector() -> tuple[Step, ...]:
    total = sum(A)
    left = gauging_generator(standard_model(right_handed_neutrinos=0)).conditions
    quotient = _cubes(A) - 3 * A_E * A_MU * A_TAU
    return (
        remark(
            "Without dark fermions the sum of the lepton charges and the sum of their cubes must "
            "vanish. ADN use the cubic condition alone, and Fermat's last theorem for the exponent 3. "
            "With both it is elementary."
        ),
        equality(
            "The identity behind it:",
            quotient,
            total * (A_E**2 + A_MU**2 + A_TAU**2 - A_E * A_MU - A_MU * A_TAU - A_TAU * A_E),
        ),
        statement(
            "If the sum vanishes the right side does, so the sum of cubes is three times the product: "
            "one of the three charges is 0, and then the other two are opposite. What can be gauged "
            "without a dark sector is therefore exactly {answer}. Solving the gravitational condition "
            "first, the toolkit is left with a single cubic condition,",
            left.of_degree(3).table(),
            lambda: _is_product_of_charges(left.of_degree(3).polynomials),
            "three times the product of the charges, with the third eliminated",
            answer=Symbol("a") * (Symbol("T_L_i") - Symbol("T_L_j")) + Symbol("b") * Symbol("T_Y"),
        ),
    )


def _is_product_of_charges(polynomials: tuple[Expr, ...]) -> bool:
    product = 3 * A_E * A_MU * (-A_E - A_MU)
    return len(polynomials) == 1 and (polynomials[0] - product).expand() == 0


def _examples() -> tuple[Step, ...]:
    three = [DarkSector(a, n) for a, n in FOOTNOTE_13]
    two = [DarkSector(a, n) for a, n in FOOTNOTE_29]
    return (
        statement(
            "For particular lepton charges there are other dark sectors. ADN quote these, and the "
            "toolkit adds in which sense each is non-trivial: (a) the dark charges are not a "
            "permutation of the lepton charges, (b) none of them equals a lepton charge, (c) among the "
            "lepton charges and the opposites of the dark charges there is no zero and no pair of "
            "opposites.",
            Table(("sector", "(a)", "(b)", "(c)"), [(s, *_senses(s)) for s in (*three, *two)]),
            lambda: all(is_nontrivial(sector, "permutation") for sector in (*three, *two)),
            "sums and sums of cubes compared exactly when each sector is built",
            tag="footnotes 13, 29",
        ),
        remark(
            "The two examples with two dark states are printed with the signs of the dark charges "
            "reversed, unlike those with three."
        ),
        disagreement(
            "footnote 13",
            "(5, -4, -4, -1, -1, -1), (6, -5, -5, -3, -2, 1), (11, -9, -9, -4, -4, 1) as examples in "
            "the framework",
            Table(
                ("sector", "lepton charges all different"),
                [(s, "no" if _repeats(s) else "yes") for s in three],
            ),
            "they solve the equations, but each has two equal lepton charges, while the framework wants "
            "all three different so that the charged-lepton Yukawa matrix is diagonal",
            lambda: all(_repeats(sector) for sector in three),
            "the lepton charges of each example compared",
        ),
    )


def _senses(sector: DarkSector) -> list[str]:
    return [
        "yes" if is_nontrivial(sector, sense) else "no" for sense in ("permutation", "disjoint", "chiral")
    ]


def _repeats(sector: DarkSector) -> bool:
    return len(set(sector.a)) < len(sector.a)


if __name__ == "__main__":
    print_derivation(derivation)
