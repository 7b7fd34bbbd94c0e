"""EFT (2.7)-(2.11): without new particles, or with one dark fermion, the Z' does not couple to quarks."""

from sympy import Eq, Expr, Symbol, Tuple, solve, symbols

from anomalies.latex import Derivation, Step, equality, named, print_derivation, remark, statement
from anomalies.literature import scenario
from anomalies.reports import claimed

q, t, mu_L, mu_R, tau_L, tau_R, A_L, A_R = symbols("q t mu_L mu_R tau_L tau_R A_L A_R")
LINEAR = ("SU(3)^2 X", "SU(2)^2 X", "Y^2 X")
THIRD_FAMILY = (t, tau_L, tau_R)


def derivation() -> Derivation:
    """Return both no-go theorems."""
    return Derivation(
        "EFT: no coupling to quarks without dark particles",
        "EFT section 2",
        (*_alone(), *_one_dark_particle()),
    )


def _third_family() -> dict[Symbol, Expr]:
    """The charges of the third family, solved from the linear conditions (a), (b), (c)."""
    conditions = scenario().conditions
    solution: dict[Symbol, Expr] = solve([conditions[triangle] for triangle in LINEAR], THIRD_FAMILY)
    return solution


def _alone() -> tuple[Step, ...]:
    conditions, solution = scenario().conditions, _third_family()
    left = conditions.subs(solution)
    return (
        *(
            equality(words, named(symbol, solution[symbol]), printed, tag=tag)
            for words, symbol, printed, tag in (
                ("Solve (a), (b) and (c) for the third family:", t, -2 * q, "2.7"),
                ("and for its leptons:", tau_L, -mu_L, "2.8"),
                ("and", tau_R, -mu_R, "2.9"),
            )
        ),
        equality(
            "The gravitational condition then holds by itself. The quadratic one, in the normalisation of "
            "EFT, is a difference of squares:",
            named("A_d", 2 * left["Y X^2"]),
            4 * (-(mu_L**2) + mu_R**2 + 3 * q**2),
            tag="2.10",
        ),
        equality(
            "In the cubic condition all leptons cancel:",
            named("A_e", left["X^3"]),
            -36 * q**3,
            tag="2.11",
        ),
        statement(
            "These are all: what each condition has become.",
            left.table(),
            lambda: all(value == 0 for triangle, value in left.items() if triangle.legs.count("X") == 1),
            "the four linear conditions vanish identically",
        ),
        claimed("eft-no-quark-coupling", Eq(Tuple(q, t), Tuple(0, 0), evaluate=False)),
        claimed("eft-no-vector-like-muon", Eq(mu_L**2 - mu_R**2, 3 * q**2, evaluate=False)),
    )


def _one_dark_particle() -> tuple[Step, ...]:
    conditions = scenario(dark=("A",)).conditions
    solution = solve([conditions[triangle] for triangle in (*LINEAR, "grav^2 X")], (*THIRD_FAMILY, A_L))
    return (
        remark(
            "A dark fermion enters the gravitational and the cubic condition only, so the third family is "
            "fixed as before."
        ),
        equality("A single dark particle must be vector-like:", named(A_L, solution[A_L]), A_R),
        equality(
            "Then it drops out of the cubic condition as well:",
            named("A_e", conditions["X^3"].subs(solution).expand()),
            -36 * q**3,
        ),
        claimed("eft-one-dark-particle-does-not-help", Eq(Tuple(q, t), Tuple(0, 0), evaluate=False)),
    )


if __name__ == "__main__":
    print_derivation(derivation)
