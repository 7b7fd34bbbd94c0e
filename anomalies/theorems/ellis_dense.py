r"""Theorems on EFT's models with right-handed up quarks: a dense set of them by rational functions.

In the sums and differences of `anomalies.theorems.ellis_up_quarks` put b - a = h X and w = c - a.  Then
the quadratic condition is linear in a, 2 h X a = K - h^2 X^2, and the cubic one becomes

    h X w^2 + (K - h^2 X^2) w = h (3/4 X^3 - 6 X r^2 + 6 p^3 - 3 r^3),      K = 6 r^2 - 3 p^2 - 7/12 X^2:

for each h a cubic surface in X : p : r : w, with the smooth point 0 : 0 : 0 : 1.  The tangents of a cubic
surface lead from one point to a dense set, so the models are unirational: three free parameters give a
dense set of them.  A purely vector coupling of the muon is h = 1/2.

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, (2.16)-(2.20).
J. Kollar, J. Inst. Math. Jussieu 1 (2002) 467: a cubic surface with a rational point is unirational.
"""

from __future__ import annotations

from sympy import Expr, Rational, Symbol, symbols

from anomalies.proofs import Statement, all_of, for_all, prove_each, prove_identity, prove_membership
from anomalies.theorems.ellis_conditions import TRIANGLES, scenario_conditions
from anomalies.theorems.ellis_up_quarks import DIFFERENCES
from anomalies.theorems.theorem import Theorem

__all__ = ["OF_DIFFERENCES", "SURFACE", "THEOREMS", "VECTOR_LIKE_MUON", "K"]

q, t, u, t_R, mu_L, mu_R, tau_L, tau_R, X = symbols("q t u t_R mu_L mu_R tau_L tau_R X")
chi_L, chi_R, p, r, a, b, c, h, n, w = symbols("chi_L chi_R p r a b c h n w")
# The charges by X and the differences.
OF_DIFFERENCES: dict[Symbol, Expr] = {
    q: X / 3 + p,
    t: X / 3 - 2 * p,
    u: 2 * X / 3 + r,
    t_R: 2 * X / 3 - 2 * r,
    mu_L: a - 3 * X / 2,
    tau_L: -a - 3 * X / 2,
    mu_R: b - 2 * X,
    tau_R: -b - 2 * X,
    chi_L: c + X,
    chi_R: c - X,
}
W = {w: (chi_L + chi_R) / 2 - (mu_L - tau_L) / 2}
K = 6 * r**2 - 3 * p**2 - Rational(7, 12) * X**2
CUBES = Rational(3, 4) * X**3 - 6 * X * r**2 + 6 * p**3 - 3 * r**3
SURFACE = h * X * w**2 + w * (K - h**2 * X**2) - h * CUBES

# A tangent of a tangent: a model with a purely vector muon coupling for every n.
MUON = 31 * n**4 + 46 * n**3 - 179 * n**2 - 386 * n - 193
VECTOR_LIKE_MUON: dict[Symbol, Expr] = {
    q: 4 * (n + 1) * (n**2 + 13 * n + 13),
    t: -8 * (n + 1) * (n**2 + 7 * n + 7),
    u: 16 * (n + 1) ** 2 * (n + 2),
    t_R: -32 * (n - 1) * (n + 1) ** 2,
    mu_L: MUON,
    mu_R: MUON,
    tau_L: -31 * n**4 - 46 * n**3 + 35 * n**2 + 98 * n + 49,
    tau_R: -31 * n**4 - 46 * n**3 - 13 * n**2 + 2 * n + 1,
    chi_L: 31 * n**4 + 42 * n**3 - 91 * n**2 - 202 * n - 101,
    chi_R: 31 * n**4 + 42 * n**3 - 187 * n**2 - 394 * n - 197,
}


def _conditions() -> list[Expr]:
    conditions = scenario_conditions(True, ("chi",))[1]
    return [conditions[triangle] for triangle in TRIANGLES]


def _on_a_surface() -> Statement:
    variables = (*scenario_conditions(True, ("chi",))[0].symbols, h)
    goals = (2 * h * X * a - (K - h**2 * X**2), SURFACE)
    return for_all(variables, all_of(*goals), given=[*_conditions(), b - a - h * X], lets=DIFFERENCES | W)


def _surface_solves() -> Statement:
    return for_all(
        [X, p, r, w, h],
        all_of(*_conditions()),
        given=[SURFACE],
        quotients={a: (K - h**2 * X**2) / (2 * h * X)},
        lets={b: a + h * X, c: a + w} | OF_DIFFERENCES,
    )


def _family() -> Statement:
    return for_all([n], all_of(*_conditions()), lets=VECTOR_LIKE_MUON)


THEOREMS = (
    Theorem(
        "eft-cubic-surfaces",
        "Every model is on one of a family of cubic surfaces, by a parameter h that is 1/2 where the muon "
        "coupling is purely a vector.",
        r"h X w^2 + (K - h^2 X^2)\, w = h\, (\tfrac34 X^3 - 6 X r^2 + 6 p^3 - 3 r^3),\quad "
        r"2 h X a = K - h^2 X^2",
        "new",
        _on_a_surface,
        prove_each(prove_membership, prove_membership),
        hypotheses=(
            "b = a + h X, c = a + w, K = 6 r^2 - 3 p^2 - 7/12 X^2, and X, p, r, a, b, c as in "
            "eft-sums-and-differences",
        ),
        exceptions=("X = 0, where quarks decouple",),
    ),
    Theorem(
        "eft-cubic-surfaces-solve",
        "Conversely every point of each of these surfaces is a model.",
        r"a = \frac{K - h^2 X^2}{2 h X},\; b = a + h X,\; c = a + w",
        "new",
        _surface_solves,
        prove_each(*(prove_identity,) * 3, prove_membership, prove_membership, prove_identity),
        exceptions=("h X = 0",),
    ),
    Theorem(
        "eft-vector-like-muon-family",
        "There are infinitely many models whose muon coupling is purely a vector, one for every rational "
        "number n.",
        r"\mu_L = \mu_R = 31 n^4 + 46 n^3 - 179 n^2 - 386 n - 193,\; "
        r"q = 4 (n + 1)(n^2 + 13 n + 13),\; \ldots",
        "new",
        _family,
        prove_each(*(prove_identity,) * 6),
    ),
)
