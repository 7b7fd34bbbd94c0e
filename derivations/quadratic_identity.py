"""Why the quadratic anomaly vanishes: a factorisation, ten pairings, and an exhaustive grid (ADN (2.5))."""

from collections.abc import Mapping
from itertools import combinations_with_replacement, product

from sympy import Expr, Integer, Rational, Symbol, solve

from anomalies import anomaly_conditions, charge_conditions, gauging_generator, standard_model
from anomalies.latex import Derivation, Step, equality, named, print_derivation, remark, statement
from anomalies.tables import Table

MODEL = standard_model(right_handed_neutrinos=0, universal=("q", "u", "d"))
DEGREE = 2


def derivation() -> Derivation:
    """Return the three proofs."""
    conditions = anomaly_conditions(MODEL)
    return Derivation(
        "The quadratic identity",
        "ADN section 2",
        (
            remark(
                "The anomaly with one leg of hypercharge and two of the extra U(1) is the only one that "
                "is quadratic. ADN find that it vanishes on their general solution, somewhat "
                "surprisingly. Here are three proofs."
            ),
            *_by_factorisation(conditions["Y X^2"], conditions["SU(2)^2 X"]),
            *_by_polarisation(conditions["Y X^2"]),
            *_by_exhaustion(conditions["Y X^2"]),
        ),
    )


def _by_factorisation(quadratic: Expr, weak: Expr) -> tuple[Step, ...]:
    dependent = [Symbol(name) for name in ("Q_u", "Q_d", "Q_e1", "Q_e2", "Q_e3")]
    solution = solve([condition.expression for condition in charge_conditions(MODEL)], dependent)
    return (
        equality(
            "First, by factorisation. Put in the charges of the singlets from the Yukawa couplings, and "
            "nothing else:",
            named("A_quad", quadratic.subs(solution).expand()),
            2 * Symbol("Q_H") * weak,
            tag="2.5",
        ),
        remark(
            "The second factor is the coefficient of the weak anomaly. So the quadratic condition is "
            "implied by a linear one as soon as all Yukawa couplings are there: this is why it is never "
            "seen."
        ),
    )


def _by_polarisation(quadratic: Expr) -> tuple[Step, ...]:
    basis = _basis()
    pairs = list(combinations_with_replacement(basis, 2))
    values = {pair: _pairing(quadratic, basis[pair[0]], basis[pair[1]]) for pair in pairs}
    rows = [(first, *(values.get((first, second), "") for second in basis)) for first in basis]
    return (
        statement(
            "Second, by polarisation. A quadratic form vanishes on a space if its bilinear form "
            "vanishes on every pair of basis vectors. The basis has four, hypercharge and three "
            "combinations of lepton and baryon number, so there are ten pairings:",
            Table(("pairing", *basis), rows),
            lambda: len(pairs) == 10 and all(value == 0 for value in values.values()),
            "each pairing evaluated exactly; these are also the mixed anomalies with two different "
            "generators",
        ),
    )


def _basis() -> dict[Expr, dict[Symbol, Expr]]:
    """The charges of the generators that multiply a_e, a_mu, a_tau and a_Y."""
    generator = gauging_generator(standard_model(universal=("q", "u", "d")))
    baryon = Symbol("T_B") / 3
    names = {f"a_{family}": Symbol(f"T_L_{family}") - baryon for family in ("e", "mu", "tau")} | {
        "a_Y": Symbol("T_Y")
    }
    return {
        name: {symbol: generator.charges[symbol].coeff(Symbol(a)) for symbol in MODEL.charge_symbols}
        for a, name in names.items()
    }


def _pairing(form: Expr, first: Mapping[Symbol, Expr], second: Mapping[Symbol, Expr]) -> Expr:
    """The bilinear form, (F(v + w) - F(v) - F(w)) / 2."""
    both = {symbol: first[symbol] + second[symbol] for symbol in first}
    return (form.subs(both) - form.subs(first) - form.subs(second)) / 2


def _by_exhaustion(quadratic: Expr) -> tuple[Step, ...]:
    generator = gauging_generator(standard_model(universal=("q", "u", "d")))
    charges = {symbol: generator.charges[symbol] for symbol in MODEL.charge_symbols}
    parameters = generator.parameters[:4]
    points = list(product(range(DEGREE + 1), repeat=len(parameters)))
    return (
        statement(
            "Third, by exhaustion. A polynomial of degree at most {degree} in each variable that "
            "vanishes on a grid with {size} values of each is zero. The charges are linear in the four "
            "parameters, and the form is quadratic, so the grid of the values 0, 1, 2 for each decides:",
            Table(
                ("parameters", "degree in each", "points", "points where the form is not zero"),
                [
                    (
                        parameters,
                        Integer(DEGREE),
                        len(points),
                        _exceptions(quadratic, charges, parameters, points),
                    )
                ],
            ),
            lambda: (
                all(charge.as_poly(*parameters).total_degree() <= 1 for charge in charges.values())
                and quadratic.as_poly().total_degree() == DEGREE
                and _exceptions(quadratic, charges, parameters, points) == 0
            ),
            "degrees bounded from the charges; the form evaluated in the charges at every point of the grid",
            degree=DEGREE,
            size=DEGREE + 1,
        ),
    )


def _exceptions(
    form: Expr,
    charges: Mapping[Symbol, Expr],
    parameters: tuple[Symbol, ...],
    points: list[tuple[int, ...]],
) -> int:
    """The number of points where the form does not vanish; nothing is expanded on the way."""
    coefficients = {s: [Rational(charge.coeff(p)) for p in parameters] for s, charge in charges.items()}
    count = 0
    for point in points:
        values = {s: sum(c * x for c, x in zip(row, point, strict=True)) for s, row in coefficients.items()}
        count += form.xreplace(values) != 0
    return count


if __name__ == "__main__":
    print_derivation(derivation)
