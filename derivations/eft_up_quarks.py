"""EFT (2.14)-(2.20): right-handed up quarks, one dark particle, and the branch that is left out."""

from fractions import Fraction
from functools import cache
from typing import Any

from sympy import (
    Eq,
    Expr,
    Matrix,
    Ne,
    Poly,
    Rational,
    Symbol,
    Tuple,
    cancel,
    expand,
    solve,
    symbols,
)

from anomalies.diophantine.quadrics import rational_point
from anomalies.exact import to_sympy
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
from anomalies.theorems.ellis_conditions import (
    COMPACT_CHARGES,
    CUBIC_COEFFICIENTS,
    DENOMINATOR,
    NUMERATOR,
)

q, t, u, t_R, mu_L, mu_R, tau_L, tau_R = symbols("q t u t_R mu_L mu_R tau_L tau_R")
chi_L, chi_R, X, D, N = symbols("chi_L chi_R X D N")
A, B, E, K, L = symbols("A B E K L")
x, y, v, w = symbols("x y v w")
p, r, a, b, c = symbols("p r a b c")
LINEAR = ("SU(3)^2 X", "SU(2)^2 X", "Y^2 X", "grav^2 X")
FREE = (q, u, mu_L, mu_R)
# (2.16)-(2.20) as they are printed, without the common denominator D, and with chi_L = 1.
PRINTED: dict[Symbol, tuple[str, Expr]] = {
    t: ("2.16", -(-2 * q * (-3 * mu_L + 8 * u + 4 * mu_R) + q**2 + mu_L**2 + 6 * u**2 - mu_R**2)),
    t_R: (
        "2.17",
        2 * (u * (4 * mu_R - 3 * mu_L) - 2 * q * u + 3 * q**2 - mu_L**2 + 2 * u**2 + mu_R**2),
    ),
    tau_L: ("2.18", 8 * mu_L * u - 2 * q * mu_L - 9 * q**2 + mu_R * (4 * mu_L - 3 * mu_R) + 18 * u**2),
    tau_R: (
        "2.19",
        -2 * q * mu_R - 12 * q**2 + mu_L * (4 * mu_L - 3 * mu_R) + 8 * u * mu_R + 24 * u**2,
    ),
    chi_R: (
        "2.20",
        -6 * q**2 + 2 * q + 2 * mu_L**2 + 3 * mu_L + 12 * u**2 - 8 * u - 2 * mu_R**2 - 4 * mu_R,
    ),
}


def derivation() -> Derivation:
    """Return the model without dark matter, and both branches with one dark particle."""
    steps = (
        *_without_dark(),
        *_compact(),
        *_left_out(),
    )
    return Derivation("EFT: right-handed up quarks", "EFT section 2", steps)


def _same(left: Any, right: Any) -> Eq:
    return Eq(left, right, evaluate=False)


# ---------------------------------------------------------------- no dark particle


def _without_dark() -> tuple[Step, ...]:
    conditions = scenario(up_quarks=True).conditions
    solution = solve([conditions[triangle] for triangle in LINEAR], (t, t_R, tau_L, tau_R))
    return (
        equality(
            "Let right-handed up quarks be charged, with no dark particle. The four linear conditions fix "
            "the third family,",
            named(Tuple(t, t_R, tau_L, tau_R), Tuple(*(solution[s] for s in (t, t_R, tau_L, tau_R)))),
            Tuple(-2 * q, -2 * u, -mu_L, -mu_R),
        ),
        equality(
            "and the quadratic and the cubic condition are, in the normalisation of EFT,",
            named("A_d", 2 * conditions["Y X^2"].subs(solution).expand()),
            -4 * (mu_L**2 - mu_R**2 - 3 * q**2 + 6 * u**2),
            tag="2.14",
        ),
        equality(
            "and",
            named("A_e", conditions["X^3"].subs(solution).expand()),
            18 * (-2 * q**3 + u**3),
            tag="2.15",
        ),
        claimed("eft-up-quarks-irrational", _same(Tuple(q, u, t, t_R), Tuple(0, 0, 0, 0))),
    )


# ---------------------------------------------------------------- one dark particle


@cache
def _solved() -> tuple[dict[Symbol, Expr], Expr, Expr]:
    """The compact charges from the linear conditions, with t = X - 2 q; and what the other two become."""
    conditions = scenario(up_quarks=True, dark=("chi",)).conditions
    linear = [conditions[triangle].subs(t, X - 2 * q) for triangle in LINEAR]
    solution: dict[Symbol, Expr] = {t: X - 2 * q} | solve(linear, (t_R, tau_L, tau_R, chi_R))
    quadratic, cubic = (conditions[name].subs(solution).expand() for name in ("Y X^2", "X^3"))
    return solution, quadratic, cubic


def _compact() -> tuple[Step, ...]:
    solution, quadratic, _ = _solved()
    rest = Poly(quadratic, X)
    quotient = -rest.coeff_monomial(1) / rest.coeff_monomial(X)
    printed = [_printed_step(symbol, *PRINTED[symbol], solution, quotient) for symbol in PRINTED]
    return (
        remark(
            "Now add one dark particle. Call the sum of the three left-handed quark charges {X}; it "
            "measures how far the model is from the one before.",
            X=X,
        ),
        equality(
            "Solve the four linear conditions:",
            named(Tuple(*COMPACT_CHARGES), Tuple(*(solution[symbol] for symbol in COMPACT_CHARGES))),
            Tuple(*COMPACT_CHARGES.values()),
        ),
        definition("The squares of {X} cancel in the quadratic condition. With", D, DENOMINATOR, X=X),
        definition("and", N, NUMERATOR),
        equality("it is linear:", named("A_d", 2 * quadratic), 4 * (NUMERATOR - DENOMINATOR * X)),
        equality(
            "Where {D} does not vanish, this is the solution of five of the six conditions:",
            named(X, quotient),
            NUMERATOR / DENOMINATOR,
            D=D,
        ),
        *printed,
        claimed("eft-five-of-six", _same(D * X, N)),
        claimed("eft-compact-form", _same(Tuple(*COMPACT_CHARGES), Tuple(*COMPACT_CHARGES.values()))),
        claimed("eft-no-light-quarks", _same(Tuple(t, t_R), Tuple(0, 0))),
        claimed("eft-vector-like-dark", _same(Tuple(q, u, t, t_R), Tuple(0, 0, 0, 0))),
    )


def _printed_step(
    symbol: Symbol, tag: str, numerator: Expr, solution: dict[Symbol, Expr], quotient: Expr
) -> Step:
    ours = solution[symbol].subs(X, quotient).subs(chi_L, 1)
    return equality(
        "In the form of EFT, with {chi} = 1,",
        named(symbol, cancel(ours)),
        numerator / DENOMINATOR,
        tag=tag,
        chi=chi_L,
    )


# ---------------------------------------------------------------- where the denominator vanishes


def _left_out() -> tuple[Step, ...]:
    _, _, cubic = _solved()
    form = sum(k * X**power for power, k in enumerate(CUBIC_COEFFICIENTS)) + X * (chi_L - X) ** 2 - X**3
    gram = _conic()
    point = rational_point(gram)
    return (
        remark(
            "Where {D} vanishes EFT stop. But then {N} must vanish as well, and {X} is free: one equation "
            "less, one unknown more.",
            D=D,
            N=N,
            X=X,
        ),
        claimed("eft-numerator-vanishes", _same(N, 0)),
        statement(
            "With {mu} eliminated by {D} = 0, the condition {N} = 0 is a conic in {three}, nine times",
            Matrix(gram),
            lambda: _is_point(point),
            "it has the rational point (1, 0, -2, -1), in the order q, u, mu_L, mu_R",
            mu=mu_L,
            D=D,
            N=N,
            three=Tuple(q, u, mu_R),
        ),
        claimed("eft-conic", _same(Tuple(v, w), Tuple(u, q + mu_R))),
        definition(
            "Write the coefficients of the cubic condition as", Tuple(A, B, E), Tuple(*CUBIC_COEFFICIENTS)
        ),
        equality(
            "It is then, on both branches,",
            named("A_e", cubic),
            6 * form,
        ),
        statement(
            "Divide by the cube of {X}. For each point of the conic this is a curve of genus one, with the "
            "point (0, 1) at infinity of {X}:",
            _same(y**2, 1 - E * x - B * x**2 - A * x**3),
            lambda: _is_the_curve(form),
            "x = 1/X and y = (chi_L + chi_R)/(2 X) put in",
            X=X,
        ),
        claimed("eft-tangent-model", _same(Tuple(X, chi_L), Tuple(-4 * A / (4 * B + E**2), E / 2))),
        statement(
            "Each further multiple of (0, 1) on the curve gives another model. Over the point (1, 0, -2, "
            "-1) of the conic the first twelve are different, so by Mazur's theorem all are, and there are "
            "infinitely many models that EFT leave out, for this choice of {four} alone:",
            Table(("multiple", X, chi_L, chi_R), _first_multiples()),
            _has_infinite_order,
            "chord and tangent with exact rational numbers; each model verified in all six conditions",
            four=Tuple(*FREE),
        ),
        disagreement(
            "2.16-2.20",
            Ne(D, 0),
            _excluded_model(),
            "EFT write that these formulas hold where {D} does not vanish, and do not come back to the "
            "other case. This model, the first multiple above with all charges halved, is in it, and inside "
            "their range of charges: the muon's left-handed charge is twice the right-handed one, as in "
            "their Table 1",
            _excluded_is_a_model,
            "all six conditions vanish, D = 0, chi_L = 1, and every charge is p/q with p and q up to 4",
            D=D,
        ),
        claimed("eft-denominator-never-vanishes", _same(D, 0)),
        remark("That claim is refuted, by the same model."),
    )


def _conic() -> list[list[int]]:
    eliminated = expand(9 * NUMERATOR.subs(mu_L, _eliminated()))
    names = (q, u, mu_R)
    return [[int(eliminated.diff(i, j) / 2) for j in names] for i in names]


def _eliminated() -> Expr:
    """mu_L from D = 0, which is linear in it."""
    return -DENOMINATOR.subs(mu_L, 0) / DENOMINATOR.coeff(mu_L)


def _is_point(point: Any) -> bool:
    values = dict(zip((q, u, mu_R), point, strict=True))
    full = values | {mu_L: _eliminated().subs(values)}
    return DENOMINATOR.subs(full) == 0 and NUMERATOR.subs(full) == 0 and any(point)


def _is_the_curve(form: Expr) -> bool:
    scaled = form.subs({chi_L: X + y * X}).subs(X, 1 / x) * x**3
    first, second, third = CUBIC_COEFFICIENTS
    return bool(expand(expand(scaled) - (y**2 - 1 + third * x + second * x**2 + first * x**3)) == 0)


def _coefficients_at(values: dict[Symbol, int]) -> tuple[Fraction, Fraction, Fraction]:
    first, second, third = (Fraction(int(k.subs(values))) for k in CUBIC_COEFFICIENTS)
    return first, second, third


_BASE = {q: 1, u: 0, mu_L: -2, mu_R: -1}


def _multiples(count: int) -> list[tuple[Fraction, Fraction]]:
    """The points 2 P, 3 P, ... with P = (0, 1) of y^2 = 1 - E x - B x^2 - A x^3."""
    first, second, third = _coefficients_at(_BASE)
    start = (Fraction(0), Fraction(1))
    found = []
    current = start
    for _ in range(count):
        tangent = current == start
        slope = -third / 2 if tangent else (current[1] - start[1]) / (current[0] - start[0])
        # The three roots of the cubic on a line with this slope have the sum -(B + slope^2)/A.
        root = -(second + slope**2) / first - current[0] - start[0]
        current = (root, -(start[1] + slope * (root - start[0])))
        found.append(current)
    return found


def _charges_at(point: tuple[Fraction, Fraction]) -> dict[Symbol, Expr]:
    inverse, ratio = map(to_sympy, point)
    values: dict[Symbol, Expr] = {symbol: Rational(value) for symbol, value in _BASE.items()}
    values |= {X: 1 / inverse, chi_L: (1 + ratio) / inverse}
    return values | {symbol: value.subs(values) for symbol, value in COMPACT_CHARGES.items()}


def _first_multiples() -> list[tuple[Any, ...]]:
    rows = []
    for multiple, point in enumerate(_multiples(3), 2):
        charges = _charges_at(point)
        rows.append((multiple, *(charges[symbol] for symbol in (X, chi_L, chi_R))))
    return rows


def _has_infinite_order() -> bool:
    points = _multiples(12)
    conditions = scenario(up_quarks=True, dark=("chi",)).conditions
    return len({x for x, _ in points}) == 12 and all(
        conditions.subs(_charges_at(point)).is_anomaly_free for point in points[:3]
    )


def _excluded() -> dict[Symbol, Expr]:
    charges = _charges_at(_multiples(1)[0])
    del charges[X]
    return {symbol: value / 2 for symbol, value in charges.items()}


def _excluded_model() -> Table:
    charges = _excluded()
    order = (q, t, u, t_R, mu_L, mu_R, tau_L, tau_R, chi_L, chi_R)
    return Table(order, [tuple(charges[symbol] for symbol in order)])


def _excluded_is_a_model() -> bool:
    charges = _excluded()
    conditions = scenario(up_quarks=True, dark=("chi",)).conditions
    return bool(
        conditions.subs(charges).is_anomaly_free
        and DENOMINATOR.subs(charges) == 0
        and charges[chi_L] == 1
        and all(abs(value.p) <= 4 and value.q <= 4 for value in charges.values())
    )


if __name__ == "__main__":
    print_derivation(derivation)
