"""The most general generator that can be gauged: ADN (2.1), footnote 11, (2.4), (2.8), (1.2)."""

from decimal import Decimal

from sympy import Eq, Expr, Rational, Symbol, symbols

from anomalies import (
    FieldContent,
    GaugingGenerator,
    accidental_symmetries,
    adn_framework,
    charge_conditions,
    gauging_generator,
    linear_dependencies,
    parse_coupling,
    standard_model,
)
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

A_E, A_MU, A_TAU, A_Y = PARAMETERS = symbols("a_e a_mu a_tau a_Y")
SUM = A_E + A_MU + A_TAU
BENCHMARK = dict(zip(PARAMETERS, map(Rational, ("59/100", "1", "0", "87/100")), strict=True))

# As printed, with two decimals.
TABLE_2 = {
    Symbol(f"Q_{name}"): Decimal(printed)
    for name, printed in (
        ("q", "-0.03"),
        ("u", "0.40"),
        ("d", "-0.47"),
        ("l1", "0.16"),
        ("l2", "0.57"),
        ("l3", "-0.44"),
        ("e1", "-0.28"),
        ("e2", "0.13"),
        ("e3", "-0.87"),
        ("H", "-0.44"),
    )
}


def derivation() -> Derivation:
    """Return the way from the Yukawa couplings to T_X."""
    return Derivation(
        "The gauging generator", "ADN section 2", (*_couplings(), *_dependencies(), *_generator())
    )


def _couplings() -> tuple[Step, ...]:
    independent = standard_model(right_handed_neutrinos=0)
    visible = standard_model(right_handed_neutrinos=0, universal=("q", "u", "d"))
    symmetries = accidental_symmetries(visible)
    return (
        statement(
            "The theory must allow generic quark Yukawa couplings, every family with every other, and "
            "the diagonal charged-lepton ones. With a charge for each family these couplings are as "
            "many linear conditions:",
            Table(
                ("coupling", "conditions"),
                [
                    (parse_coupling(independent, c), len(charge_conditions(independent, [c])))
                    for c in independent.couplings
                ],
            ),
            lambda: _quarks_are_universal(independent),
            "in every solution the charges of q, of u and of d do not depend on the family",
        ),
        statement(
            "Quark charges are therefore family-universal, and on the ten charges that remain there are",
            Table(("condition",), [(condition,) for condition in symmetries.conditions]),
            lambda: (symmetries.rank, symmetries.dimension, len(visible.charge_symbols)) == (5, 5, 10),
            "rank 5, and a solution space of dimension 5",
            tag="2.1",
        ),
        statement(
            "The solutions are the accidental symmetries of the Standard Model, here by their charges:",
            Table(
                ("field", *symmetries.generators),
                [(s, *(g.charge(s) for g in symmetries.generators)) for s in visible.charge_symbols],
            ),
            lambda: symmetries.names == ("L_e", "L_mu", "L_tau", "B", "Y"),
            "each solves the conditions, and five independent ones span the space",
        ),
    )


def _quarks_are_universal(content: FieldContent) -> bool:
    generators = accidental_symmetries(content).generators
    return all(
        len({generator.charge(symbol) for symbol in content.multiplet(name).charges[-1]}) == 1
        for generator in generators
        for name in ("q", "u", "d")
    )


def _dependencies() -> tuple[Step, ...]:
    without_neutrinos = linear_dependencies(
        standard_model(right_handed_neutrinos=0, universal=("q", "u", "d"))
    )
    visible = linear_dependencies(standard_model(universal=("q", "u", "d")))
    return (
        remark(
            "Three linear anomaly conditions see no dark charge. Which of them are new? On the "
            "solutions of the coupling conditions they satisfy exactly the relations {relations}.",
            relations=visible,
        ),
        statement(
            "So the first is implied, and one more condition is independent, as ADN say; it can be "
            "either of the other two:",
            Table(("condition", "rank together with the couplings"), [(t, r) for t, r in visible.ranks]),
            lambda: (visible.coupling_rank, visible.total_rank) == (5, 6) and len(visible.implied) == 1,
            "ranks computed exactly: 5 for the couplings alone, 6 with all three",
            tag="footnote 11",
        ),
        disagreement(
            "footnote 11",
            "the additional constraint can be either of the two, or indeed a linear combination of these two",
            visible,
            "one combination vanishes identically on the solutions of the coupling conditions and "
            "constrains nothing; every other one serves",
            lambda: len(visible.relations) == 2 and visible.relations == without_neutrinos.relations[:2],
            "the relations are a basis of all linear combinations that vanish on the solution space",
        ),
    )


def _generator() -> tuple[Step, ...]:
    result = gauging_generator(adn_framework())
    benchmark = result.subs(BENCHMARK)
    return (
        statement(
            "The independent condition fixes the coefficient of baryon number, and the most general "
            "generator is",
            result,
            lambda: result.as_expr().expand() == _printed() and result.parameters[:4] == PARAMETERS,
            "equal to the printed form; four free rational parameters in the visible sector",
            tag="2.8",
        ),
        equality(
            "In terms of the combinations {combination} it reads",
            named("T_X", _in_b_minus_l()),
            _printed(),
            tag="1.2",
            combination=Symbol("T_B") / 3 - Symbol("T_L_i"),
        ),
        statement(
            "The charges of all fields. Those of the dark fermions and of Phi are still free; the "
            "coupling of the vector-like quark Q ties its charge to that of Phi, which ADN normalise to "
            "1.",
            result.table(),
            lambda: all(result.charges[symbol] == value for symbol, value in _printed_charges().items()),
            "the ten visible charges and that of Q equal the printed ones",
            tag="2.4",
        ),
        statement(
            "Baryon number comes with minus a third of the sum of the lepton numbers' coefficients, so "
            "B + L is not in the family:",
            Eq(Symbol("a_B"), -SUM / 3, evaluate=False),
            lambda: _coefficient(result, "B").subs({A_E: 1, A_MU: 1, A_TAU: 1}) == -1,
            "with all three lepton coefficients 1, that of B is -1",
        ),
        statement(
            "At the best-fit point {parameters} = {values} the charges are exactly",
            Table(
                ("charge", "exact", "ADN Table 2"), [(s, benchmark[s], str(p)) for s, p in TABLE_2.items()]
            ),
            lambda: all(
                abs(benchmark[symbol] - Rational(str(printed))) <= Rational(1, 200)
                for symbol, printed in TABLE_2.items()
            ),
            "each printed value is the exact one rounded to two decimals",
            tag="Table 2",
            parameters=PARAMETERS,
            values=tuple(BENCHMARK.values()),
        ),
    )


def _coefficient(generator: GaugingGenerator, name: str) -> Expr:
    return next(
        c for c, g in zip(generator.coefficients, generator.generators, strict=True) if g.name == name
    )


def _printed() -> Expr:
    """T_X as ADN (2.8) print it."""
    e, mu, tau, baryon, hypercharge = symbols("T_L_e T_L_mu T_L_tau T_B T_Y")
    return (A_E * e + A_MU * mu + A_TAU * tau - SUM / 3 * baryon + A_Y * hypercharge).expand()


def _in_b_minus_l() -> Expr:
    """T_X as ADN (1.2) print it, with T_{B/3-L_i} = T_B/3 - T_{L_i}."""
    e, mu, tau, baryon, hypercharge = symbols("T_L_e T_L_mu T_L_tau T_B T_Y")
    return A_Y * hypercharge - A_E * (baryon / 3 - e) - A_MU * (baryon / 3 - mu) - A_TAU * (baryon / 3 - tau)


def _printed_charges() -> dict[Symbol, Expr]:
    """The charges as ADN (2.4) print them."""
    quarks = {"q": A_Y / 6, "u": 2 * A_Y / 3, "d": -A_Y / 3}
    printed = {Symbol(f"Q_{name}"): -SUM / 9 + shift for name, shift in quarks.items()}
    for family, a in enumerate((A_E, A_MU, A_TAU), 1):
        printed |= {Symbol(f"Q_l{family}"): a - A_Y / 2, Symbol(f"Q_e{family}"): a - A_Y}
    printed |= {Symbol("Q_H"): -A_Y / 2, Symbol("Q_Q"): printed[Symbol("Q_q")] - Symbol("Q_Phi")}
    return {symbol: value.expand() for symbol, value in printed.items()}


if __name__ == "__main__":
    print_derivation(derivation)
