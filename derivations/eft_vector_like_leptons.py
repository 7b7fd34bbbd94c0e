"""EFT's models with vector-like leptons: the equations that are left, and the branching ratio of Table 3."""

from fractions import Fraction
from typing import Any

from sympy import Eq, Expr, Symbol, Tuple, solve, symbols

from anomalies.latex import (
    Derivation,
    Step,
    definition,
    disagreement,
    equality,
    named,
    print_derivation,
    remark,
    statement,
)
from anomalies.literature import scenario
from anomalies.phenomenology.widths import branching_ratios, width_weights
from anomalies.reports import claimed
from anomalies.tables import Table

q, t, mu_L, mu_R, tau_L, tau_R = symbols("q t mu_L mu_R tau_L tau_R")
DOUBLET_L, DOUBLET_R, SINGLET_L, SINGLET_R = NEW = symbols("ellprime_L ellprime_R muprime_L muprime_R")
mu, s, a, b, d = symbols("mu s a b d")
LINEAR = ("SU(3)^2 X", "SU(2)^2 X", "Y^2 X", "grav^2 X")
ASSUMED = {mu_L: mu, mu_R: mu, DOUBLET_L: a, SINGLET_R: a, DOUBLET_R: b, SINGLET_L: d}
# Of all models in EFT's range that with the smallest branching ratio to muons.
TABLE_3: dict[Symbol, int] = {
    q: 1,
    t: -2,
    mu_L: 1,
    mu_R: 1,
    tau_L: 4,
    tau_R: 3,
    DOUBLET_L: -4,
    DOUBLET_R: 1,
    SINGLET_L: 0,
    SINGLET_R: -4,
}


def derivation() -> Derivation:
    """Return the conditions, solved, and the decays of the model of Table 3."""
    return Derivation("EFT: vector-like leptons", "EFT section 2", (*_conditions(), *_decays()))


def _conditions() -> tuple[Step, ...]:
    conditions = scenario(vector_like_leptons=True).conditions.subs(ASSUMED)
    dependent = (t, b, tau_R)
    solution = solve([conditions[triangle] for triangle in LINEAR], dependent)
    left = conditions.subs(solution)
    total = mu + a
    square = total * (d - tau_L - total)
    cube = total * (d**2 - total * d - 2 * tau_L**2 - 2 * total * tau_L - mu * a)
    return (
        remark(
            "Add a lepton doublet and a charged singlet, each with both chiralities. Only left-handed "
            "quarks are charged, the muon coupling is a vector, {mu} for both chiralities, and the "
            "left-handed doublet has the charge of the right-handed singlet, {a}. The right-handed doublet "
            "has the charge {b}, the left-handed singlet {d}.",
            mu=mu,
            a=a,
            b=b,
            d=d,
        ),
        definition("Write", s, total),
        equality(
            "The four linear conditions fix three charges:",
            named(Tuple(*dependent), Tuple(*(solution[symbol] for symbol in dependent))),
            Tuple(-2 * q, total + tau_L, d - total),
        ),
        equality(
            "The quadratic condition is, in the normalisation of EFT,",
            named("A_d", 2 * left["Y X^2"]),
            12 * q**2 - 4 * square,
        ),
        equality("and the cubic one", named("A_e", left["X^3"]), -36 * q**3 + 3 * cube),
        claimed(
            "eft-vector-like-leptons-rest",
            Eq(3 * q**2, s * (d - tau_L - s), evaluate=False),
        ),
        claimed("eft-vector-like-leptons-needed", Eq(Tuple(q, t), Tuple(0, 0), evaluate=False)),
    )


def _decays() -> tuple[Step, ...]:
    chosen = scenario(vector_like_leptons=True)
    content = chosen.content.subs(TABLE_3)
    weights = {label: weight for label, weight in width_weights(content).items() if weight}
    total = sum(weights.values())
    ratios = branching_ratios(content)
    neutrino, muon = ratios["l2"] / 2, ratios["l2"] / 2 + ratios["e2"]
    return (
        statement(
            "The model of Table 3:",
            Table(tuple(TABLE_3), [tuple(TABLE_3.values())]),
            lambda: chosen.conditions.subs(TABLE_3).is_anomaly_free,
            "all six conditions vanish",
        ),
        statement(
            "In the limit of massless fermions each field has a partial width in proportion to its number of "
            "components times its charge squared. The sum is {total}:",
            Table(("field", "components times charge squared"), list(weights.items())),
            lambda: total == 130 and sum(ratios.values()) == 1,
            "the number of components from the representations",
            total=total,
        ),
        disagreement(
            "Table 3",
            Fraction(3, 130),
            muon,
            "the muon doublet has the weight 2, one for the muon and one for its neutrino. EFT's number is "
            "the sum of decays to muons and to muon neutrinos; the decay to a pair of muons alone is {muon}",
            lambda: _is(muon, 2, 130) and _is(muon + neutrino, 3, 130),
            "the doublet's width shared by its two members, and both chiralities of the muon added",
            muon=muon,
        ),
    )


def _is(value: Any, numerator: int, denominator: int) -> bool:
    difference: Expr = value * denominator - numerator
    return bool(difference == 0)


if __name__ == "__main__":
    print_derivation(derivation)
