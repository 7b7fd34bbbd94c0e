"""The six anomaly conditions of a U(1) extension of the Standard Model: ADN (2.2), (2.3), (2.5)."""

from sympy import Symbol, symbols

from anomalies import anomaly_conditions, standard_model
from anomalies.latex import Derivation, equality, named, print_derivation, remark, statement


def derivation() -> Derivation:
    """Return the conditions for independent families, and ADN's forms for universal quark charges."""
    general = anomaly_conditions(standard_model()).involving("X")
    model = standard_model(universal=("q", "u", "d"))
    universal = anomaly_conditions(model).involving("X")
    dark = set(model.multiplet("nu").charges[-1])
    linear = universal.of_degree(1).select(lambda _, polynomial: not polynomial.free_symbols & dark)
    printed = _printed()
    return Derivation(
        "Anomaly conditions",
        "ADN section 2",
        (
            remark(
                "A left-handed fermion counts with +1, a right-handed one with -1; a triangle with two legs of a "
                "simple group is weighted by the Dynkin index, 1 for the fundamental. Nothing below is typed in: "
                "each coefficient is summed over the table of fields."
            ),
            statement(
                "With eighteen independent fermion charges there are six coefficients that involve the extra U(1).",
                general.table(),
                lambda: len(general) == 6 and len(set().union(*(p.free_symbols for p in general.values()))) == 18,
                "six triangles, eighteen charges between them",
            ),
            remark("With family-universal quark charges they become ADN's."),
            equality("The gravitational anomaly.", named("A_grav", universal["grav^2 X"]), printed["grav"], tag="2.2"),
            equality("The cubic anomaly.", named("A_cubic", universal["X^3"]), printed["cubic"], tag="2.3"),
            equality("The quadratic anomaly.", named("A_quad", universal["Y X^2"]), printed["quad"], tag="2.5"),
            statement(
                "The three conditions that are linear and free of dark charges:",
                linear.table(),
                lambda: list(map(str, linear)) == ["SU(3)^2 X", "SU(2)^2 X", "Y^2 X"],
                "selected by degree and by their symbols, not by name",
            ),
        ),
    )


def _printed() -> dict[str, object]:
    """The coefficients as ADN print them, to be compared with ours."""
    q, u, d = symbols("Q_q Q_u Q_d")
    families = [tuple(Symbol(f"Q_{name}{i}") for name in ("l", "e", "nu")) for i in (1, 2, 3)]

    def weighted(power: int) -> object:
        leptons = sum(2 * l**power - e**power - nu**power for l, e, nu in families)
        return 18 * q**power - 9 * u**power - 9 * d**power + leptons

    quadratic = 3 * q**2 - 6 * u**2 + 3 * d**2 + sum(e**2 - l**2 for l, e, _ in families)
    return {"grav": weighted(1), "cubic": weighted(3), "quad": quadratic}


if __name__ == "__main__":
    print_derivation(derivation)
