"""The six anomaly conditions of a U(1) extension of the Standard Model: ADN (2.2), (2.3), (2.5)."""

from collections.abc import Iterator
from itertools import product
from math import prod

from sympy import Expr, Rational, Symbol, symbols

from anomalies import FieldContent, Multiplet, Triangle, anomaly_conditions, standard_model
from anomalies.latex import Derivation, Step, equality, named, print_derivation, remark, statement
from anomalies.weights import weight_multiplicities


def derivation() -> Derivation:
    """Return the conditions for independent families, and ADN's forms for universal quark charges."""
    content = standard_model()
    general = anomaly_conditions(content).involving("X")
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
                "A left-handed fermion counts with +1, a right-handed one with -1; a triangle with two "
                "legs of a simple group is weighted by the Dynkin index, 1 for the fundamental. Nothing "
                "below is typed in: each coefficient is summed over the table of fields."
            ),
            remark(
                "With eighteen independent fermion charges there are six coefficients that involve the "
                "extra U(1). Each is compared with the bare trace, the sum over every single component "
                "of every field."
            ),
            *(_against_trace(content, triangle, polynomial) for triangle, polynomial in general.items()),
            remark("With family-universal quark charges they become ADN's."),
            equality(
                "The gravitational anomaly.",
                named("A_grav", universal["grav^2 X"]),
                printed["grav"],
                tag="2.2",
            ),
            equality("The cubic anomaly.", named("A_cubic", universal["X^3"]), printed["cubic"], tag="2.3"),
            equality(
                "The quadratic anomaly.", named("A_quad", universal["Y X^2"]), printed["quad"], tag="2.5"
            ),
            statement(
                "The three conditions that are linear and free of dark charges:",
                linear.table(),
                lambda: list(map(str, linear)) == ["SU(3)^2 X", "SU(2)^2 X", "Y^2 X"],
                "selected by degree and by their symbols, not by name",
            ),
        ),
    )


def _against_trace(content: FieldContent, triangle: Triangle, polynomial: Expr) -> Step:
    trace = sum(
        field.chirality.sign * weight * prod(charges)
        for field in content.fermions
        for charges, weight in _components(field, triangle)
    )
    return statement(
        "The triangle {triangle}:",
        polynomial,
        lambda: (polynomial - trace).expand() == 0,
        "equal to the trace over all components",
        triangle=triangle,
    )


def _components(field: Multiplet, triangle: Triangle) -> Iterator[tuple[list[Expr], Expr]]:
    """For each component the U(1) charges of the legs, and the squared eigenvalue of a coroot on simple legs.

    The trace of a squared coroot in the fundamental is 2, so half of it is the Dynkin index.
    """
    legs = [{"Y": 0, "X": 1}[leg] for leg in triangle.legs if leg in ("Y", "X")]
    place = {"SU(3)": 0, "SU(2)": 1}.get(triangle.legs[0])
    weights = product(*(weight_multiplicities(irrep) for irrep in field.irreps))
    for component in weights:
        copies = prod(multiplicity for _, multiplicity in component)
        square = 1 if place is None else Rational(component[place][0][0] ** 2, 2)
        for family in range(field.families):
            yield [field.charges[leg][family] for leg in legs], copies * square


def _printed() -> dict[str, Expr]:
    """The coefficients as ADN print them, to be compared with ours."""
    q, u, d = symbols("Q_q Q_u Q_d")
    families = [tuple(Symbol(f"Q_{name}{i}") for name in ("l", "e", "nu")) for i in (1, 2, 3)]

    def weighted(power: int) -> Expr:
        leptons = sum(2 * ell**power - e**power - nu**power for ell, e, nu in families)
        return 18 * q**power - 9 * u**power - 9 * d**power + leptons

    quadratic = 3 * q**2 - 6 * u**2 + 3 * d**2 + sum(e**2 - ell**2 for ell, e, _ in families)
    return {"grav": weighted(1), "cubic": weighted(3), "quad": quadratic}


if __name__ == "__main__":
    print_derivation(derivation)
