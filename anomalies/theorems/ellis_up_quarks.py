r"""Theorems on EFT's models with right-handed up quarks and one dark particle (arXiv:1705.03447).

The linear conditions leave q, u, mu_L, mu_R, chi_L and X = 2 q + t (`anomalies.theorems.ellis_conditions`).
The quadratic condition D X = N has two branches.

* D != 0: X = N/D, which are (2.16)-(2.20), and the cubic condition is one quintic form in the five charges.
* D = 0, which EFT leave out: then N = 0, a conic with rational points, and X is free.  Over each of its
  points the cubic condition is a plane cubic curve, y^2 = 1 - E x - B x^2 - A x^3 with x = 1/X and
  y = (chi_L + chi_R)/(2 X); the tangent at (0, -1) gives a model in closed form.

On both branches six numbers say it better: the sum and differences below, of which three enter by their
squares alone,

    b^2 - a^2 = K,   c^2 - a^2 = L,     K, L functions of p, r and X,

so that for each p : r : X the models give points x = a^2, y = a b c of the curve y^2 = x (x + K)(x + L).

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, (2.16)-(2.20) and the text after them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sympy import Expr, Rational, Symbol, symbols

from anomalies.proofs import (
    Method,
    Proof,
    Statement,
    all_of,
    for_all,
    no_zero_modulo,
    nonzero,
    prove_contradiction,
    prove_each,
    prove_identity,
    prove_membership,
    split_cases,
    witness,
)
from anomalies.theorems.ellis_conditions import (
    COMPACT_CHARGES,
    CUBIC,
    CUBIC_COEFFICIENTS,
    DENOMINATOR,
    GRAVITY,
    NUMERATOR,
    QUADRATIC,
    SIMPLE,
    TRIANGLES,
    scenario_conditions,
)
from anomalies.theorems.theorem import Theorem

__all__ = ["CONIC", "CUBIC_FORM", "DIFFERENCES", "QUADRIC", "THEOREMS"]

q, t, u, t_R, mu_L, mu_R, tau_L, tau_R, X = symbols("q t u t_R mu_L mu_R tau_L tau_R X")
chi_L, chi_R = symbols("chi_L chi_R")
FREE = (q, u, mu_L, mu_R)
FIVE = (*SIMPLE, QUADRATIC, GRAVITY)
SECTOR = (True, ("chi",))

# Half the differences and sums, and thirds, that diagonalise the conditions.
p, r, a, b, c = symbols("p r a b c")
DIFFERENCES = {
    X: 2 * q + t,
    p: (q - t) / 3,
    r: (u - t_R) / 3,
    a: (mu_L - tau_L) / 2,
    b: (mu_R - tau_R) / 2,
    c: (chi_L + chi_R) / 2,
}
QUADRIC = 6 * p**2 - 12 * r**2 - 2 * a**2 + 2 * b**2 + Rational(7, 6) * X**2
CUBIC_FORM = (
    X * (6 * p**2 - 6 * r**2 - 3 * a**2 + 2 * b**2 + c**2) + Rational(5, 12) * X**3 + 3 * r**3 - 6 * p**3
)
ELL = Symbol("ell")

# A model of the branch that EFT leave out, with chi_L = 1: all its charges are in their range.
LEFT_OUT = {
    q: Rational(1, 2),
    t: Rational(-1, 2),
    u: 0,
    t_R: 1,
    mu_L: -1,
    mu_R: Rational(-1, 2),
    tau_L: Rational(-1, 2),
    tau_R: Rational(-3, 2),
    chi_L: 1,
    chi_R: 0,
}
v, w = symbols("v w")
# All points with D = N = 0, by the lines through (q, u, mu_L, mu_R) = (1, 0, -2, -1).
CONIC = {
    q: 7 * w**2 + 64 * v * w + 118 * v**2,
    u: 6 * v * (5 * w + 16 * v),
    mu_L: 2 * (13 * w**2 + 40 * v * w + 10 * v**2),
    mu_R: 23 * w**2 + 32 * v * w - 118 * v**2,
}


def _conditions(triangles: Iterable[str] = TRIANGLES) -> list[Expr]:
    conditions = scenario_conditions(*SECTOR)[1]
    return [conditions[triangle] for triangle in triangles]


def _variables() -> tuple[Symbol, ...]:
    return scenario_conditions(*SECTOR)[0].symbols


def _compact_form() -> Statement:
    goals = [symbol - value for symbol, value in COMPACT_CHARGES.items() if symbol != t]
    goals.append(DENOMINATOR * X - NUMERATOR)
    return for_all(_variables(), all_of(*goals), given=_conditions(FIVE), lets={X: 2 * q + t})


def _compact_form_solves() -> Statement:
    return for_all(
        [*FREE, chi_L, X],
        all_of(*_conditions(FIVE)),
        given=[DENOMINATOR * X - NUMERATOR],
        lets=COMPACT_CHARGES,
    )


def _numerator_vanishes() -> Statement:
    return for_all(_variables(), NUMERATOR, given=[*_conditions(FIVE), DENOMINATOR])


def _denominator_never_zero() -> Statement:
    return for_all(_variables(), nonzero(DENOMINATOR), given=_conditions(), nonzero=[q - t, chi_L - chi_R])


def _conic_complete() -> Statement:
    scale = 6 * (5 * w + 16 * v)
    goals = [scale * symbol - value for symbol, value in CONIC.items()]
    return for_all(FREE, all_of(*goals), given=[DENOMINATOR, NUMERATOR], lets={v: u, w: q + mu_R})


def _conic_solves() -> Statement:
    return for_all([v, w], all_of(DENOMINATOR, NUMERATOR), lets=CONIC)


def _cubic_on_the_branch() -> Statement:
    first, second, third = CUBIC_COEFFICIENTS
    form = first + second * X + third * X**2 + X * c**2 - X**3
    (cubic,) = _conditions([CUBIC])
    return for_all([*FREE, chi_L, X], cubic - 6 * form, lets=COMPACT_CHARGES | {c: chi_L - X})


def _tangent_model() -> Statement:
    """The tangent at (0, -1) of y^2 = 1 - E x - B x^2 - A x^3: x = -(4 B + E^2)/(4 A), y = E x/2 - 1."""
    first, second, third = CUBIC_COEFFICIENTS
    root = 4 * second + third**2
    return for_all(
        FREE,
        all_of(*_conditions()),
        given=[DENOMINATOR, NUMERATOR],
        quotients={X: -4 * first / root},
        lets={chi_L: third / 2} | COMPACT_CHARGES,
    )


def _quintic() -> Statement:
    first, second, third = CUBIC_COEFFICIENTS
    d, n = DENOMINATOR, NUMERATOR
    quintic = first * d**2 + n * d * (second + chi_L**2) + n**2 * (third - 2 * chi_L)
    (cubic,) = _conditions([CUBIC])
    return for_all([*FREE, chi_L], d**2 * cubic - 6 * quintic, quotients={X: n / d}, lets=COMPACT_CHARGES)


def _sums_and_differences() -> Statement:
    quadratic, cubic = _conditions([QUADRATIC, CUBIC])
    goals = (quadratic - QUADRIC, cubic - 6 * CUBIC_FORM)
    return for_all(_variables(), all_of(*goals), given=_conditions((*SIMPLE, GRAVITY)), lets=DIFFERENCES)


def _equal_differences() -> Statement:
    goals = (
        b**2 - a**2 - (6 * r**2 - 3 * p**2 - Rational(7, 12) * X**2),
        X * (c**2 - a**2) - (Rational(3, 4) * X**3 - 6 * X * r**2 + 6 * p**3 - 3 * r**3),
    )
    return for_all(_variables(), all_of(*goals), given=_conditions(), lets=DIFFERENCES)


def _vector_like_dark() -> Statement:
    return for_all(_variables(), all_of(q, u, t, t_R), given=[*_conditions(), chi_L - chi_R])


def _no_light_quarks() -> Statement:
    given = [*_conditions(), q, u, mu_L**2 - mu_R**2]
    return for_all(_variables(), all_of(t, t_R), given=given, nonzero=[mu_L])


def _singular_points() -> Statement:
    """Where both equations hold and the gradient of the cubic is a multiple of that of the quadric."""
    unknowns = (p, r, a, b, c, X)
    gradients = [CUBIC_FORM.diff(s) - ELL * QUADRIC.diff(s) for s in unknowns]
    goals = (X, p, r, a**2 - b**2, c**2 - a**2)
    return for_all([*unknowns, ELL], all_of(*goals), given=[QUADRIC, CUBIC_FORM, *gradients])


def _because_of(place: int) -> Method:
    """Return the method that uses one hypothesis alone: Buchberger's algorithm need not see the others."""

    def method(statement: Statement) -> Proof:
        alone = prove_membership(replace(statement, given=(statement.given[place],)))
        cofactors: list[dict[str, str]] = [{} for _ in statement.given]
        cofactors[place] = alone["cofactors"][0]
        return alone | {"cofactors": cofactors}

    return method


def _prove_singular_points(statement: Statement) -> Proof:
    """Five derivatives split, X c, p (...), r (...), a (...), b (...); with X != 0 none is possible."""
    elsewhere: Method = prove_contradiction
    for place, product in (
        (2, (p, 2 * X - 3 * p - 2 * ELL)),
        (3, (r, 4 * X - 3 * r - 8 * ELL)),
        (4, (a, 3 * X - 2 * ELL)),
        (5, (b, X - ELL)),
    ):
        elsewhere = split_cases(product, because=_because_of(place), cases=elsewhere)
    quarks_vanish = no_zero_modulo(r**3 - 2 * p**3, then=prove_each(*(prove_membership,) * 5))
    return split_cases([X, c], because=_because_of(6), cases=[quarks_vanish, elsewhere])(statement)


THEOREMS = (
    Theorem(
        "eft-compact-form",
        "Five of the six conditions leave the charges of the first two families, chi_L and X, with one "
        "equation between them.",
        r"t = X - 2 q,\; t_R = 2 X - 2 u,\; \tau_L = -3 X - \mu_L,\; \tau_R = -4 X - \mu_R,\; "
        r"\chi_R = \chi_L - 2 X,\; D X = N",
        "new",
        _compact_form,
        prove_each(*(prove_membership,) * 5),
        hypotheses=("X = 2 q + t, D = 2 q + 3 mu_L - 8 u - 4 mu_R, N = 3 q^2 - 6 u^2 - mu_L^2 + mu_R^2",),
    ),
    Theorem(
        "eft-compact-form-solves",
        "Conversely these charges solve five of the six conditions, also where D vanishes.",
        r"D X = N",
        "new",
        _compact_form_solves,
        prove_each(*(prove_identity,) * 3, prove_membership, prove_identity),
    ),
    Theorem(
        "eft-numerator-vanishes",
        "Where the denominator of (2.16)-(2.20) vanishes, the numerator of X does.",
        r"D = 0 \implies 3 q^2 - 6 u^2 - \mu_L^2 + \mu_R^2 = 0",
        "new",
        _numerator_vanishes,
        prove_membership,
    ),
    Theorem(
        "eft-denominator-never-vanishes",
        "In no model with a chiral dark particle and a coupling of b to s does the denominator of "
        "(2.16)-(2.20) vanish, as its silent exclusion suggests.",
        r"2 q + 3 \mu_L - 8 u - 4 \mu_R \neq 0",
        "EFT (2.16)-(2.20)",
        _denominator_never_zero,
        witness(LEFT_OUT),
        holds=False,
    ),
    Theorem(
        "eft-conic",
        "The charges of the first two families where the denominator vanishes are the points of a conic, all "
        "of them quadratic in two numbers up to a common factor.",
        r"D = N = 0 \implies k\, (q, u, \mu_L, \mu_R) = (7 w^2 + 64 v w + 118 v^2,\; 6 v (5 w + 16 v),\; "
        r"2 (13 w^2 + 40 v w + 10 v^2),\; 23 w^2 + 32 v w - 118 v^2)",
        "new",
        _conic_complete,
        prove_each(prove_membership, prove_identity, prove_membership, prove_membership),
        hypotheses=("v = u, w = q + mu_R, k = 6 (5 w + 16 v)",),
        exceptions=("k = 0, which leaves multiples of (1, 0, -2, -1): w = 16, v = -5 gives them",),
    ),
    Theorem(
        "eft-conic-solves",
        "Conversely these charges make denominator and numerator vanish.",
        r"D = N = 0",
        "new",
        _conic_solves,
        prove_each(prove_identity, prove_identity),
    ),
    Theorem(
        "eft-cubic-condition",
        "In X and c = (chi_L + chi_R)/2 the cubic condition is a plane cubic curve for each choice of the "
        "other charges.",
        r"\tfrac16 A_{\mathrm{cubic}} = A + B X + E X^2 + X c^2 - X^3",
        "new",
        _cubic_on_the_branch,
        prove_identity,
        hypotheses=(
            "A = 3 u^3 - 6 q^3, B = 12 q^2 - 3 mu_L^2 - 12 u^2 + 2 mu_R^2, E = -6 q - 9 mu_L + 12 u + 8 mu_R",
        ),
    ),
    Theorem(
        "eft-tangent-model",
        "Where the denominator vanishes a tangent of that curve gives a model in closed form.",
        r"X = -\frac{4 A}{4 B + E^2},\quad \chi_L = \frac{E}{2}",
        "new",
        _tangent_model,
        prove_each(*(prove_identity,) * 3, *(prove_membership,) * 2, prove_identity),
        exceptions=("4 B + E^2 = 0",),
    ),
    Theorem(
        "eft-quintic",
        "Where the denominator does not vanish, the cubic condition is one quintic form in five charges.",
        r"D^2 A_{\mathrm{cubic}} = 6\, \bigl(A D^2 + N D (B + \chi_L^2) + N^2 (E - 2 \chi_L)\bigr)",
        "EFT (2.16)-(2.20)",
        _quintic,
        prove_membership,
        exceptions=("D = 0",),
    ),
    Theorem(
        "eft-sums-and-differences",
        "Sums and differences of the charges make the quadratic condition diagonal, and three of them enter "
        "the cubic one by their squares alone.",
        r"\tfrac16 A_{\mathrm{cubic}} = X (6 p^2 - 6 r^2 - 3 a^2 + 2 b^2 + c^2) "
        r"+ \tfrac{5}{12} X^3 + 3 r^3 - 6 p^3",
        "new",
        _sums_and_differences,
        prove_each(prove_membership, prove_membership),
        hypotheses=(
            "X = 2 q + t, 3 p = q - t, 3 r = u - t_R, 2 a = mu_L - tau_L, 2 b = mu_R - tau_R, "
            "2 c = chi_L + chi_R",
        ),
    ),
    Theorem(
        "eft-three-squares",
        "For given quark charges a model is three squares with given differences.",
        r"b^2 - a^2 = 6 r^2 - 3 p^2 - \tfrac{7}{12} X^2,\quad "
        r"X (c^2 - a^2) = \tfrac34 X^3 - 6 X r^2 + 6 p^3 - 3 r^3",
        "new",
        _equal_differences,
        prove_each(prove_membership, prove_membership),
    ),
    Theorem(
        "eft-vector-like-dark",
        "With a vector-like dark particle the Z' decouples from all quarks, so that it must be chiral.",
        r"\chi_L = \chi_R \implies q = u = t = t_R = 0",
        "new",
        _vector_like_dark,
        no_zero_modulo(u**3 - 2 * q**3),
    ),
    Theorem(
        "eft-no-light-quarks",
        "If light quarks are neutral and the muon coupling is purely vector or purely axial, the third "
        "family of quarks is neutral as well.",
        r"q = u = 0,\; \mu_L = \pm \mu_R \neq 0 \implies t = t_R = 0",
        "EFT section 2",
        _no_light_quarks,
        split_cases([2 * q + t, mu_L]),
    ),
    Theorem(
        "eft-singular-points",
        "The threefold of all models is singular in five rational points alone: a vector-like dark particle "
        "by itself, and four points where it has the charge of the muon, up to signs.",
        r"X = p = r = 0,\quad a^2 = b^2 = c^2",
        "new",
        _singular_points,
        _prove_singular_points,
        hypotheses=(
            "the point is no zero of the gradient of the quadratic form, which is that particle alone",
        ),
    ),
)
