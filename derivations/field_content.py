"""The field content of ADN (2.4) and what each representation contributes to a triangle."""

from collections.abc import Callable

from sympy import Rational

from anomalies import FieldContent, adn_framework, anomaly_conditions, standard_model
from anomalies.groups import Irrep, cubic_coefficient, dimension, dynkin_index, reality
from anomalies.latex import Derivation, print_derivation, remark, statement
from anomalies.tables import Table
from anomalies.weights import weight_multiplicities

# The electric charges of the components of each doublet and singlet.
PRINTED = {
    "q": {Rational(2, 3), Rational(-1, 3)},
    "u": {Rational(2, 3)},
    "d": {Rational(-1, 3)},
    "l": {Rational(0), Rational(-1)},
    "e": {Rational(-1)},
    "H": {Rational(0), Rational(-1)},
    "nu": {Rational(0)},
    "Phi": {Rational(0)},
    "Q": {Rational(2, 3), Rational(-1, 3)},
}


def derivation() -> Derivation:
    """Return the table of fields, the numbers of its irreps, and the Standard Model's own anomalies."""
    content = adn_framework()
    bare = anomaly_conditions(standard_model(extra=None))
    irreps = dict.fromkeys(irrep for field in content.multiplets for irrep in field.irreps)
    numbers = Table(
        ("group", "irrep", "dimension", "Dynkin index 2T", "cubic coefficient", "reality"),
        [(r.group, r, dimension(r), dynkin_index(r), cubic_coefficient(r), reality(r)) for r in irreps],
    )
    return Derivation(
        "Field content",
        "ADN section 2 and (2.4)",
        (
            remark(
                "The gauge group is {group}. Fermions are written with the chirality they have, "
                "electric charge is T3 + Y, and every field may be charged under the extra U(1).",
                group=content.group,
            ),
            statement(
                "The fields, with the unknown charges under the extra U(1). Quark charges are the same "
                "in all families, which generic quark Yukawa couplings enforce.",
                content.table(),
                lambda: all(_electric_charges(content, name) == charges for name, charges in PRINTED.items()),
                "electric charges T3 + Y of every component compared with the known ones",
                tag="2.4",
            ),
            statement(
                "From the Cartan matrix by Weyl's formulas: the dimension, the Dynkin index (1 for the "
                "fundamental of SU(N)) and the cubic coefficient of each irreducible representation "
                "that occurs.",
                numbers,
                lambda: all(_agrees_with_traces(r) for r in irreps),
                "index and cubic coefficient compared with traces over the weights",
            ),
            statement(
                "Without the extra U(1), every anomaly of the Standard Model vanishes, Witten's included.",
                bare.table(),
                lambda: bare.is_anomaly_free,
                "each coefficient computed from the table and found to be 0",
            ),
        ),
    )


def _electric_charges(content: FieldContent, name: str) -> set[Rational]:
    """T3 + Y for the components: half the Dynkin label of each weight of SU(2), plus the hypercharge."""
    field = content.multiplet(name)
    weights = [weight for weight, _ in weight_multiplicities(field.irreps[1])]
    return {Rational(label, 2) + hypercharge for (label,) in weights for hypercharge in field.charges[0]}


def _agrees_with_traces(representation: Irrep) -> bool:
    """Compare index and cubic coefficient with traces of diagonal generators over the weights.

    The first Dynkin label is the eigenvalue of a coroot H with tr H^2 = 2 (2T); sum_k k * label_k is that of
    a generator whose cube has a non-zero trace in the fundamental of SU(N >= 3), with which it is compared.
    """

    def trace(irrep: Irrep, power: int, generator: Callable[[tuple[int, ...]], int]) -> int:
        return sum(m * generator(weight) ** power for weight, m in weight_multiplicities(irrep))

    def graded(weight: tuple[int, ...]) -> int:
        return sum(k * label for k, label in enumerate(weight, 1))

    rank = representation.group.rank
    fundamental = Irrep(representation.group, (1,) + (0,) * (rank - 1))
    quadratic = trace(representation, 2, lambda weight: weight[0]) == 2 * dynkin_index(representation)
    expected = cubic_coefficient(representation) * trace(fundamental, 3, graded)
    return quadratic and trace(representation, 3, graded) == expected


if __name__ == "__main__":
    print_derivation(derivation)
