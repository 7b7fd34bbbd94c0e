"""All quarks charged and no new fermions, the scenario of EFT's appendix: a family, and its operators."""

from sympy import Expr, Integer, Symbol, Tuple, symbols

from anomalies import anomaly_conditions, standard_model
from anomalies.latex import Derivation, Step, equality, named, print_derivation, remark, statement
from anomalies.reports import claimed
from anomalies.tables import Table

a, b, t, q_1, q_2, l_1, l_2 = symbols("a b t q_1 q_2 l_1 l_2")


def derivation() -> Derivation:
    """Return the general form, the simplest family, and the couplings to b, s and muons."""
    return Derivation("EFT: all quarks charged", "EFT appendix", (*_general(), *_family()))


def _charges(quarks: tuple[Expr, ...], leptons: tuple[Expr, ...]) -> dict[Symbol, Expr]:
    rows = [(name, quarks) for name in "qud"] + [(name, leptons) for name in "le"]
    return {Symbol(f"Q_{name}{i}"): value for name, row in rows for i, value in enumerate(row, 1)}


def _general() -> tuple[Step, ...]:
    conditions = anomaly_conditions(standard_model(right_handed_neutrinos=0))
    left = conditions.subs(_charges((q_1, q_2, -q_1 - q_2), (l_1, l_2, -l_1 - l_2)))
    return (
        remark(
            "The appendix of EFT announces a model with couplings to all quarks, without exotic fermions, "
            "with a muon coupling that is a vector. Give each family the same charge for its quarks of "
            "either chirality, and for its charged leptons; and let the sum over the families vanish, for "
            "quarks and for leptons."
        ),
        equality(
            "Five conditions then hold identically. In the cubic one quarks cancel between doublets and "
            "singlets, and half of the leptons is left:",
            named("A_e", left["X^3"]),
            -3 * l_1 * l_2 * (l_1 + l_2),
        ),
        claimed("eft-all-quarks-cubic", left.table()),
        remark(
            "It vanishes when one lepton family is neutral, and only then. If that is the first, electrons "
            "do not couple, as EFT want."
        ),
    )


def _family() -> tuple[Step, ...]:
    conditions = anomaly_conditions(standard_model(right_handed_neutrinos=0))
    charges = _charges((a, a, -2 * a), (Integer(0), b, -b))
    left, right = (charges[Symbol(f"Q_{name}3")] - charges[Symbol(f"Q_{name}2")] for name in "qd")
    muon_left, muon_right = charges[Symbol("Q_l2")], charges[Symbol("Q_e2")]
    rows = [
        ("C9", left * (muon_right + muon_left) / 2),
        ("C10", left * (muon_right - muon_left) / 2),
        ("C9'", right * (muon_right + muon_left) / 2),
        ("C10'", right * (muon_right - muon_left) / 2),
    ]
    return (
        statement(
            "With quarks alike in the first two families this is the simplest family of models,",
            Table(
                ("species", "charges"),
                [("q, u, d", Tuple(a, a, -2 * a)), ("leptons", Tuple(0, b, -b))],
            ),
            lambda: conditions.subs(charges).is_anomaly_free,
            "all six conditions vanish identically in both parameters",
        ),
        claimed("eft-all-quarks", Tuple(a, b)),
        statement(
            "and it has the operators that EFT announce. Up to mixing angles and one factor, the "
            "coefficients are the difference of the charges of b and s, times the vector or the axial "
            "coupling of the muon:",
            Table(("coefficient", "in proportion to"), rows),
            lambda: rows[1][1] == rows[3][1] == 0 and rows[0][1] == rows[2][1] == -3 * a * b,
            "the charges put in",
        ),
        claimed("eft-all-quarks-third-family", Tuple(t, b)),
        remark(
            "The text of that appendix was not at hand: this is a family with the announced properties, not "
            "EFT's own. The scan eft-all-quarks finds all that there are in a range."
        ),
    )


if __name__ == "__main__":
    print_derivation(derivation)
