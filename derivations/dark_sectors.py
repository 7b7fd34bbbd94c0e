"""Dark charges as X Y Z = p q r, and the search that finds ADN's (A.4); appendix A.1 and (A.7)."""

from sympy import Eq, Rational, Symbol, symbols

from anomalies import DarkSector, charge_conditions, gauging_generator, near, standard_model
from anomalies.diophantine import NONTRIVIAL_SENSES, is_nontrivial, product_form_identity
from anomalies.latex import Derivation, Step, equality, print_derivation, remark, statement
from anomalies.tables import Table

A = A_E, A_MU, A_TAU = symbols("a_e a_mu a_tau")
BENCHMARK = ("59/100", 1, 0)
A4 = DarkSector(("3/5", 1, "1/20"), ("1/4", "7/20", "21/20"))
FORBIDDEN = "lbar_L^i nu_R^j H"


def derivation() -> Derivation:
    """Return the product form of (2.6) and what a complete search near ADN's benchmark finds."""
    return Derivation("Dark sectors", "ADN appendix A.1", (*_product_form(), *_search(), *_alternative()))


def _product_form() -> tuple[Step, ...]:
    n_1, n_2, X, Y, Z, p, q, r = symbols("n_1 n_2 X Y Z p q r")
    total = sum(A)
    dark = (n_1, n_2, total - n_1 - n_2)
    shifted = tuple(total - n for n in dark)
    return (
        equality(
            "One identity turns the equations for three dark charges into a product.",
            *product_form_identity(),
        ),
        equality(
            "Use it on the lepton charges and on the dark ones, which have the same sum; write {left} "
            "for that sum minus each dark charge, and {right} for the sums of two lepton charges. The "
            "cubic condition becomes {product}, beside {sum}. With the third dark charge eliminated:",
            sum(a**3 for a in A) - sum(n**3 for n in dark),
            3 * (shifted[0] * shifted[1] * shifted[2]) - 3 * ((A_MU + A_TAU) * (A_TAU + A_E) * (A_E + A_MU)),
            left=(X, Y, Z),
            right=(p, q, r),
            product=Eq(X * Y * Z, p * q * r, evaluate=False),
            sum=Eq(X + Y + Z, p + q + r, evaluate=False),
        ),
        remark(
            "For given lepton charges with a common denominator this is a search through the divisors "
            "of one integer, complete and without a floating-point number."
        ),
    )


def _search() -> tuple[Step, ...]:
    result = near(BENCHMARK, max_denominator=20, radius="1/20")
    found = list(result)
    return (
        statement(
            "Near the best fit (59/100, 1, 0), with the middle charge kept and the other two within "
            "1/20, these are all sectors with a common denominator of at most 20 and dark charges of at "
            "most 10 that are no permutation of the lepton charges:",
            Table(
                ("denominator", "sector", *(f"({letter})" for letter in "abc")),
                [(s.denominator, s, *_senses(s)) for s in found],
            ),
            lambda: result.exhaustive and A4 in found and all(is_nontrivial(s, "permutation") for s in found),
            "every sector verified exactly when it is built; the search is exhaustive in its domain and "
            "holds (A.4)",
        ),
        remark(
            "The columns say in which sense a sector is non-trivial: (a) the dark charges are no "
            "permutation of the lepton charges, (b) none of them equals a lepton charge, (c) no zero "
            "and no pair of opposites among the lepton charges and the opposites of the dark ones."
        ),
    )


def _senses(sector: DarkSector) -> list[str]:
    return ["yes" if is_nontrivial(sector, sense) else "no" for sense in NONTRIVIAL_SENSES]


def _alternative() -> tuple[Step, ...]:
    model = standard_model(universal=("q", "u", "d"))
    generator = gauging_generator(model)
    values = dict(zip(A, map(Rational, map(str, A4.a)), strict=True)) | {Symbol("a_Y"): Rational("9/10")}
    values |= {Symbol(f"Q_nu{i}"): Rational(str(n)) for i, n in enumerate(A4.n, 1)}
    charges = generator.subs(values)
    couplings = charge_conditions(model, [FORBIDDEN])
    return (
        statement(
            "ADN choose this one. It is non-trivial in all three senses, the only one above that is.",
            A4,
            lambda: (
                list(near(BENCHMARK, max_denominator=20, radius="1/20", nontrivial="chiral")) == [A4]
                and generator.conditions.subs(values).is_anomaly_free
            ),
            "all six anomaly coefficients vanish at these charges, with a_Y = 9/10",
            tag="A.4",
        ),
        statement(
            "With it no neutrino Yukawa coupling is allowed at the renormalisable level. The nine "
            "charges of {coupling} are",
            Table(
                ("lepton", *(Symbol(f"nu_{j}") for j in (1, 2, 3))),
                [
                    (
                        Symbol(f"ell_{i}"),
                        *(c.expression.subs(charges) for c in couplings if c.families[0] == i),
                    )
                    for i in (1, 2, 3)
                ],
            ),
            lambda: len(couplings) == 9 and all(c.expression.subs(charges) != 0 for c in couplings),
            "none of the nine is zero",
            coupling=couplings[0].coupling,
        ),
        statement(
            "The charges of the lepton doublets, for {choice}:",
            Table(
                ("doublet", "charge"), [(Symbol(f"ell_{i}"), charges[Symbol(f"Q_l{i}")]) for i in (1, 2, 3)]
            ),
            lambda: (
                [charges[Symbol(f"Q_l{i}")] for i in (1, 2, 3)]
                == [Rational(3, 20), Rational(11, 20), Rational(-2, 5)]
            ),
            "equal to the printed 3/20, 11/20, -2/5",
            tag="A.7",
            choice=Eq(Symbol("a_Y"), values[Symbol("a_Y")], evaluate=False),
        ),
        remark(
            "Appendix A.1 of ADN refers to footnote 12 for the existence of other dark sectors. "
            "Footnote 12 is the theorem on three cubes; the footnote that is meant is number 13."
        ),
    )


if __name__ == "__main__":
    print_derivation(derivation)
