"""EFT (2.12), (2.13): all models with two dark fermions in closed form, and what Table 1 is one of."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from sympy import Eq, Symbol, Tuple, factor, solve, symbols

from anomalies.exact import primitive, to_sympy
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
from anomalies.reports import claimed
from anomalies.tables import Table
from anomalies.theorems import Theorem
from anomalies.theorems.ellis_dark import THEOREMS

q, t, mu_L, mu_R, tau_L, tau_R = symbols("q t mu_L mu_R tau_L tau_R")
A_L, A_R, B_L, B_R = symbols("A_L A_R B_L B_R")
x, y, z = symbols("x y z")
LINEAR = ("SU(3)^2 X", "SU(2)^2 X", "Y^2 X", "grav^2 X")
KNOWN: dict[str, Theorem] = {theorem.name: theorem for theorem in THEOREMS}
RANGE = 4  # EFT's p/q with p and q up to 4

# q, mu_L, mu_R, A_L, A_R, B_L, B_R
Model: TypeAlias = tuple[Fraction, ...]


def derivation() -> Derivation:
    """Return the two remaining conditions, their solution, and what EFT's range holds."""
    steps = (*_conditions(), *_all_models(), *_in_the_range(), *_axial())
    return Derivation("EFT: two dark fermions", "EFT section 2", steps)


def _conditions() -> tuple[Step, ...]:
    conditions = scenario(dark=("A", "B")).conditions
    solution = solve([conditions[triangle] for triangle in LINEAR], (t, tau_L, tau_R, A_L))
    cubic = conditions["X^3"].subs(solution).expand()
    return (
        equality(
            "Solve the four linear conditions. The third family is fixed as without dark fermions, and one "
            "dark charge by the others:",
            named(A_L, solution[A_L]),
            A_R - B_L + B_R,
            tag="2.12",
        ),
        equality(
            "The cubic condition becomes",
            named("A_e", -36 * q**3 + factor(cubic + 36 * q**3)),
            -36 * q**3 + 3 * (B_L - A_R) * (B_L - B_R) * (A_R + B_R),
            tag="2.13",
        ),
        equality(
            "The quadratic condition does not see the dark fermions:",
            named("A_d", 2 * conditions["Y X^2"].subs(solution).expand()),
            4 * (-(mu_L**2) + mu_R**2 + 3 * q**2),
            tag="2.10",
        ),
    )


def _all_models() -> tuple[Step, ...]:
    halves = Tuple((z - x - y) / 2, (y + z - x) / 2, (x + y + z) / 2, (x - y + z) / 2)
    return (
        definition(
            "The three factors are independent, and as good as the three charges. Write",
            Tuple(x, y, z),
            Tuple(B_L - A_R, B_L - B_R, A_R + B_R),
        ),
        claimed("eft-two-dark-product", Eq(x * y * z, 12 * q**3, evaluate=False)),
        claimed("eft-two-dark-all", Eq(Tuple(A_L, A_R, B_L, B_R), halves, evaluate=False)),
        remark(
            "This is a parametrisation of all models with two dark fermions and a coupling to quarks: "
            "{free}, none of them zero, are free; {z} and the sum of the muon charges follow by division.",
            free=Tuple(q, x, y, mu_L - mu_R),
            z=z,
        ),
        claimed("eft-twice-the-charge", Eq((mu_R - q) * (mu_R + q), 0, evaluate=False)),
        statement(
            "With twice the charge for the left-handed muon, the ratio of its vector coupling, half the sum "
            "of both charges, to its axial coupling, half of right minus left, is",
            Eq(Symbol("mu_V") / Symbol("mu_A"), -3, evaluate=False),
            lambda: ((2 * mu_R + mu_R) / 2) / ((mu_R - 2 * mu_R) / 2) == -3,
            "the charges put in",
        ),
    )


def _allowed() -> list[Fraction]:
    return sorted({Fraction(a, b) for a in range(-RANGE, RANGE + 1) for b in range(1, RANGE + 1)})


@cache
def _models() -> tuple[Model, ...]:
    """All models with A_R = 1, a coupling to quarks, and every charge in EFT's range."""
    return tuple(_search())


def _search() -> Iterator[Model]:
    values = _allowed()
    inside = set(values)
    one = Fraction(1)
    for quark in values:
        if not quark or -2 * quark not in inside:
            continue
        muons = [(a, b) for a in values for b in values if a**2 - b**2 == 3 * quark**2]
        for b_left in values if muons else ():
            for b_right in values:
                a_left = one - b_left + b_right
                product = (b_left - one) * (b_left - b_right) * (one + b_right)
                if product == 12 * quark**3 and a_left in inside:
                    yield from ((quark, *muon, a_left, one, b_left, b_right) for muon in muons)


def _weyl(model: Model) -> tuple[int, ...]:
    """The class of a model: q, muons and the four left-handed dark charges in any order, up to one factor."""
    quark, left, right, a_left, a_right, b_left, b_right = model
    dark = sorted(charge / quark for charge in (a_left, b_left, -a_right, -b_right))
    return primitive((Fraction(1), left / quark, right / quark, *dark))


def _table_of_classes() -> Table:
    models = _models()
    classes = sorted({_weyl(model) for model in models}, key=lambda c: (-c[1], c))
    rows = []
    for key in classes:
        members = [model for model in models if _weyl(model) == key]
        quarks = sorted({model[0] for model in members})
        rows.append(
            (
                *map(to_sympy, map(Fraction, key[:3])),
                ", ".join(map(str, key[3:])),
                len(members),
                ", ".join(map(str, quarks)),
            )
        )
    header = (q, mu_L, mu_R, "left-handed dark charges", "models", "their q at A_R = 1")
    return Table(header, rows)


def _in_the_range() -> tuple[Step, ...]:
    models = _models()
    twice = [model for model in models if model[1] == 2 * model[2]]
    return (
        statement(
            "EFT set {A_R} to 1 and admit charges p/q with p and q up to 4. A complete search, every charge "
            "in that range, gives {count} models, all with {mu_L} plus or minus twice {mu_R}. Up to one "
            "common factor and the order in which four left-handed dark charges are called A and B, there "
            "are four:",
            _table_of_classes(),
            lambda: all(abs(m[1]) == 2 * abs(m[2]) for m in models) and len({_weyl(m) for m in models}) == 4,
            "all charges tried with exact rational numbers",
            A_R=A_R,
            mu_L=mu_L,
            mu_R=mu_R,
            count=len(models),
        ),
        disagreement(
            "2.13",
            "A_R, B_L, B_R = 0, ±1/3, ±4/3",
            Table(
                (q, "muon charges", "A_L, B_L, B_R"),
                [
                    (to_sympy(quark), *_values_at(twice, quark))
                    for quark in sorted({model[0] for model in twice})
                ],
            ),
            "A_R is the charge that is set to 1, so the list must be of A_L, B_L and B_R; it is that of the "
            "representative with {q} = 1/3, whose Standard Model charges are the same for all of its models "
            "only up to the sign of the muon's. The other two rows are in the range as well: the same "
            "models, with another of the four dark charges called A_R",
            lambda: (
                _dark_values(twice, Fraction(1, 3))
                == {sign * Fraction(n, 3) for n in (0, 1, 4) for sign in (1, -1)}
                and len({model[0] for model in twice}) == 3
                and len({_weyl(model) for model in twice}) == 2
            ),
            "read off the complete list",
            q=q,
        ),
    )


def _dark_values(models: list[Model], quark: Fraction) -> set[Fraction]:
    return {charge for m in models if m[0] == quark for charge in (m[3], m[5], m[6])}


def _values_at(models: list[Model], quark: Fraction) -> tuple[str, str]:
    muons = sorted({(m[1], m[2]) for m in models if m[0] == quark})
    dark = sorted(_dark_values(models, quark))
    return "; ".join(f"{a}, {b}" for a, b in muons), ", ".join(map(str, dark))


def _axial() -> tuple[Step, ...]:
    models = _models()
    return (
        statement(
            "In the range no dark fermion has a purely axial coupling, as EFT say:",
            Table(
                ("models", "with A axial", "with B axial"),
                [(len(models), _count_axial(3, 4), _count_axial(5, 6))],
            ),
            lambda: len(models) > 0 and _count_axial(3, 4) == _count_axial(5, 6) == 0,
            "both dark fermions of every model compared",
        ),
        claimed("eft-two-dark-axial", Eq(6 * q**3, A_R * (A_R + B_R) ** 2, evaluate=False)),
        claimed("eft-two-dark-never-axial", _axial_model()),
        remark(
            "That claim is refuted: the model shown is beyond the range. For a Dirac pair to mean more than "
            "a name its mass term must be given: the conditions see four left-handed charges and no pairs."
        ),
    )


def _count_axial(left: int, right: int) -> int:
    return sum(model[left] == -model[right] for model in _models())


def _axial_model() -> Table:
    theorem = KNOWN["eft-two-dark-never-axial"]
    formal = theorem.formal()
    values = theorem.method(formal)["values"]
    return Table(("charge", "value"), list(zip(formal.variables, map(Fraction, values), strict=True)))


if __name__ == "__main__":
    print_derivation(derivation)
