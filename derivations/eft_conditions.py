"""EFT's set-up, the third family apart and electrons neutral: the six conditions (2.1)-(2.6) as printed."""

from dataclasses import replace

from sympy import Expr, Poly, Rational, Tuple, solve, symbols

from anomalies import FieldContent, anomaly_conditions
from anomalies.latex import Derivation, Step, equality, named, print_derivation, remark, statement
from anomalies.literature import scenario
from anomalies.tables import Table

q, t, mu_L, mu_R, tau_L, tau_R = symbols("q t mu_L mu_R tau_L tau_R")

# Letter, equation, triangle, and what is printed.
PRINTED: tuple[tuple[str, str, str, Expr], ...] = (
    ("a", "2.1", "SU(3)^2 X", 2 * (2 * q + t)),
    ("b", "2.2", "SU(2)^2 X", mu_L + tau_L + 3 * t + 6 * q),
    ("c", "2.3", "Y^2 X", Rational(2, 3) * (3 * mu_L - 6 * mu_R + 3 * tau_L - 6 * tau_R + t + 2 * q)),
    ("d", "2.4", "Y X^2", 2 * (-(mu_L**2) + mu_R**2 - tau_L**2 + tau_R**2 + t**2 + 2 * q**2)),
    ("e", "2.5", "X^3", -(mu_R**3) - tau_R**3 + 2 * (mu_L**3 + tau_L**3) + 6 * (t**3 + 2 * q**3)),
    ("f", "2.6", "grav^2 X", -mu_R - tau_R + 2 * (mu_L + tau_L) + 6 * (t + 2 * q)),
)


def derivation() -> Derivation:
    """Return the charges of the set-up, the normalisation, and the six conditions."""
    return Derivation(
        "EFT: the six conditions", "EFT section 2", (*_set_up(), *_conditions(), *_independent())
    )


def _set_up() -> tuple[Step, ...]:
    chosen = scenario()
    return (
        remark(
            "EFT let the Z' couple to left-handed quarks, alike in the first two families, and to muons and "
            "tau leptons; electrons and right-handed quarks are neutral."
        ),
        statement(
            "The charges, all others being zero:",
            chosen.content.table(),
            lambda: chosen.symbols == (q, t, mu_L, tau_L, mu_R, tau_R),
            "six charges are free",
        ),
    )


def _with_doubled_hypercharge(content: FieldContent) -> FieldContent:
    place = content.place_of("Y")
    fields = {
        field.name: replace(
            field,
            charges=tuple(
                tuple(2 * charge for charge in row) if index == place else row
                for index, row in enumerate(field.charges)
            ),
        )
        for field in content.multiplets
    }
    return content.map_fields(fields)


def _conditions() -> tuple[Step, ...]:
    content = scenario().content
    names = {str(triangle): triangle for triangle in anomaly_conditions(content)}
    ours, theirs = anomaly_conditions(content), anomaly_conditions(_with_doubled_hypercharge(content))
    return (
        remark(
            "EFT print traces over left-handed minus right-handed fields, of the anticommutator where the "
            "generators are non-abelian, and count hypercharge such that the electric charge is T3 + Y/2: "
            "twice the hypercharge of this toolkit. With hypercharges doubled the conditions of the toolkit "
            "are theirs as they are printed."
        ),
        *(
            equality(f"Condition ({letter}):", named(f"A_{letter}", theirs[triangle]), printed, tag=tag)
            for letter, tag, triangle, printed in PRINTED
        ),
        statement(
            "So each of their traces is that of the toolkit times a power of two, one factor for each leg of "
            "hypercharge:",
            Table(
                ("condition", "triangle", "factor"),
                [(f"({letter})", names[triangle], _factor(triangle)) for letter, _, triangle, _ in PRINTED],
            ),
            lambda: all(
                (printed - _factor(triangle) * ours[triangle]).expand() == 0
                for _, _, triangle, printed in PRINTED
            ),
            "each printed form compared with the toolkit's own conditions",
        ),
    )


def _factor(triangle: str) -> int:
    factors = {"Y^2 X": 4, "Y X^2": 2}
    return factors.get(triangle, 1)


def _independent() -> tuple[Step, ...]:
    linear = [printed for _, tag, _, printed in PRINTED if tag not in ("2.4", "2.5")]
    weights = symbols("alpha beta gamma")
    combination = sum(weight * form for weight, form in zip(weights, linear, strict=False))
    values = solve(Poly(combination - linear[3], q, t, mu_L, mu_R, tau_L, tau_R).coeffs(), weights)
    return (
        equality(
            "The four linear conditions are not independent. The gravitational one is a combination of the "
            "others, with the coefficients {weights}:",
            named("A_f", linear[3]),
            combination.subs(values),
            weights=Tuple(*(values[weight] for weight in weights)),
        ),
    )


if __name__ == "__main__":
    print_derivation(derivation)
