r"""Theorems behind the branches of `dark_sectors`: the cubic of given lepton charges, smooth or singular.

The variables X, Y, Z are sum a minus the dark charges; "three-dark-states-as-product" and
"three-dark-states-sum" are the step from the anomaly equations to X + Y + Z = sigma, X Y Z = pi.

References
----------
ADN, arXiv:1909.02021, (2.6), footnote 13.  J. H. Silverman, The Arithmetic of Elliptic Curves, 2nd edition,
III.1 and III.2.
"""

from __future__ import annotations

from sympy import Expr, Integer, Mul, Symbol, symbols

from anomalies.proofs import (
    Statement,
    all_of,
    any_of,
    choose,
    for_all,
    prove_each,
    prove_identity,
    prove_membership,
    split_cases,
)
from anomalies.theorems.dark import PAIR_SUMS, A, N, X, Y, Z, equations, power_sum
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS"]

M, U, V, W = symbols("m u v w")
SIGMA, PI = symbols("sigma pi_0")
ABSCISSA, ORDINATE = symbols("x y")


def _weierstrass(sigma: Expr, pi: Expr, x: Expr, y: Expr) -> Expr:
    return y**2 + sigma * x * y + pi * y - x**3


def _to_weierstrass() -> Statement:
    """x = -pi/Y = -X Z and y = pi X/Y = X^2 Z: no division is left."""
    return for_all([X, Y, Z], _weierstrass(X + Y + Z, X * Y * Z, -X * Z, X**2 * Z))


def _from_weierstrass() -> Statement:
    """X = -y/x, Y = -pi/x, Z = (y + sigma x + pi)/x."""
    return for_all(
        [SIGMA, PI, ABSCISSA, ORDINATE],
        all_of(X + Y + Z - SIGMA, X * Y * Z - PI),
        given=[_weierstrass(SIGMA, PI, ABSCISSA, ORDINATE)],
        quotients={
            X: -ORDINATE / ABSCISSA,
            Y: -PI / ABSCISSA,
            Z: (ORDINATE + SIGMA * ABSCISSA + PI) / ABSCISSA,
        },
    )


def _singular() -> Statement:
    """On the plane cubic X + Y + Z = sigma, X Y Z = pi the gradients are parallel: Y Z = Z X = X Y."""
    gradients = [Y * Z - Z * X, Z * X - X * Y]
    return for_all([X, Y, Z], (X + Y + Z) ** 3 - 27 * X * Y * Z, given=gradients, nonzero=[X, Y, Z])


def _product_zero() -> Statement:
    """One dark charge is sum a, and the two others are opposite."""
    s = power_sum(A, 1)
    cases = [all_of(N[i] - s, N[i - 2] + N[i - 1]) for i in range(3)]
    return for_all([*A, *N], any_of(*cases), given=[*equations(A, N), Mul(*PAIR_SUMS)])


def _nodal_solves() -> Statement:
    quotients = {X: M * U**2 / (V * W), Y: M * V**2 / (W * U), Z: M * W**2 / (U * V)}
    return for_all(
        [M, U, V, W], all_of(X + Y + Z - 3 * M, X * Y * Z - M**3), given=[U + V + W], quotients=quotients
    )


def _nodal_complete() -> Statement:
    """With u = X - m, v = Y - m, w = Z - m, the parametrisation gives back X, Y and Z."""
    u, v, w = X - M, Y - M, Z - M
    return for_all(
        [M, X, Y, Z],
        all_of(X * v * w - M * u**2, Y * w * u - M * v**2, Z * u * v - M * w**2),
        given=[X + Y + Z - 3 * M, X * Y * Z - M**3],
    )


def _nodal_isolated() -> Statement:
    """If u = 0 then v^2 = 0: a rational point in one of the directions left out is the node itself."""
    u, v = X - M, Y - M
    return for_all([M, X, Y, Z], M * v**2, given=[X + Y + Z - 3 * M, X * Y * Z - M**3, u])


def _tangents_of_four() -> Statement:
    """n = (a, 0) + t v with a direction v of the tangent plane, and t from the cubic condition."""
    v = symbols("v_1 v_2 v_3 v_4")
    step, point = Symbol("t"), (*A, Integer(0))
    first, second = (
        sum((a**k * x ** (3 - k) for a, x in zip(point, v, strict=True)), Integer(0)) for k in (2, 1)
    )
    n = [a + step * x for a, x in zip(point, v, strict=True)]
    below = (v[0] + v[1]) * (v[1] + v[2]) * (v[2] + v[0])
    return for_all(
        [*A, *v], all_of(*equations(A, n)), given=[sum(v), first], quotients={step: second / below}
    )


THEOREMS = (
    Theorem(
        "dark-curve-equation",
        "A dark sector of three states, X + Y + Z = sigma and X Y Z = pi with pi not zero, is a point of the "
        "curve y^2 + sigma x y + pi y = x^3.",
        r"x = -X Z,\ y = X^2 Z \implies y^2 + (X + Y + Z)\, x y + X Y Z\, y = x^3",
        "new",
        _to_weierstrass,
        prove_identity,
    ),
    Theorem(
        "dark-curve-inverse",
        "A point of the curve with x not zero is a dark sector.",
        r"X = -\frac{y}{x},\ Y = -\frac{\pi}{x},\ Z = \frac{y + \sigma x + \pi}{x} \implies "
        r"X + Y + Z = \sigma,\ X Y Z = \pi",
        "new",
        _from_weierstrass,
        prove_each(prove_membership, prove_membership),
    ),
    Theorem(
        "dark-curve-singular",
        "If pi is not zero, the plane cubic of given lepton charges is singular only where sigma^3 = 27 pi.",
        r"Y Z = Z X = X Y \neq 0 \implies (X + Y + Z)^3 = 27 X Y Z",
        "new",
        _singular,
        prove_membership,
    ),
    Theorem(
        "opposite-lepton-charges",
        "If two of the lepton charges are opposite, one of three dark charges is the sum of the lepton "
        "charges, and the other two are opposite.",
        r"p q r = 0 \implies n_i = \sum_j a_j,\ n_k + n_l = 0",
        "new",
        _product_zero,
        split_cases(
            [n - power_sum(A, 1) for n in N], because=prove_membership, cases=[choose(i) for i in range(3)]
        ),
    ),
    Theorem(
        "nodal-cubic",
        "For sigma = 3 m and pi = m^3, every direction (u, v, w) with u + v + w = 0 gives a dark sector.",
        r"X = \frac{m u^2}{v w},\ Y = \frac{m v^2}{w u},\ Z = \frac{m w^2}{u v} \implies "
        r"X + Y + Z = 3m,\ X Y Z = m^3",
        "new",
        _nodal_solves,
        prove_each(prove_membership, prove_membership),
    ),
    Theorem(
        "nodal-cubic-complete",
        "Every dark sector of a nodal cubic comes from the direction (X - m, Y - m, Z - m).",
        r"X (Y - m)(Z - m) = m (X - m)^2 \text{ and cyclic}",
        "new",
        _nodal_complete,
        prove_each(prove_membership, prove_membership, prove_membership),
    ),
    Theorem(
        "nodal-cubic-isolated",
        "The only dark sector of a nodal cubic with X = m is the node.",
        r"X = m \implies m (Y - m)^2 = 0",
        "new",
        _nodal_isolated,
        prove_membership,
    ),
    Theorem(
        "tangents-of-four-states",
        "A line through (a, 0) in a direction of the tangent plane gives a dark sector of four states.",
        r"t = \frac{\sum_i a_i v_i^2}{(v_1 + v_2)(v_2 + v_3)(v_3 + v_1)} \implies "
        r"(a_e, a_\mu, a_\tau;\, (a, 0) + t v)",
        "new",
        _tangents_of_four,
        prove_each(prove_membership, prove_membership),
    ),
)
