r"""Theorems behind `StandardModelFamily`: three families of independent charges, with and without nu_R.

The anomaly conditions are those that the toolkit derives from the field content; the forms N, P and D in the
traceless parts are those with which the family computes.

"Y is a double point" means, on the solutions of the linear conditions: adding alpha Y to X changes Y X^2 by
nothing and X^3 by a multiple of Y X^2; the terms of second and third order in alpha vanish.  "B-L is a double
point" means: adding beta (B-L) changes Y X^2 by nothing and X^3 by a term linear in beta.

References
----------
B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:2006.03588: the double points and the chords.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from sympy import Eq, Expr, Integer, Ne, Symbol, symbols

from anomalies.conditions import AnomalyConditions, anomaly_conditions
from anomalies.diophantine.sm_geometry import (
    B_MINUS_L,
    HYPERCHARGE,
    SPECIES,
    Values,
    charge_rows,
    components,
    cubic,
    doublets,
    doublets_ratio,
    norm,
    perpendicular,
    polar,
    quadric,
    singlets,
    singlets_ratio,
    slope,
    traceless,
)
from anomalies.exact import to_sympy
from anomalies.library import standard_model
from anomalies.proofs import (
    Method,
    Statement,
    all_of,
    for_all,
    prove_contradiction,
    prove_membership,
    solution_space,
    sum_of_squares,
    suppose_not,
)
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS"]

ALPHA, BETA, W, R = symbols("alpha beta w r")
QUADRATIC, CUBIC = "Y X^2", "X^3"
_Triple = tuple[Expr, Expr, Expr]


def _triple(name: str) -> _Triple:
    return traceless(*symbols(f"{name}_1 {name}_2"))


A, B, C, S, U, D, E, NU = map(_triple, ("a", "b", "c", "s", "u", "d", "e", "nu"))
T = tuple(_triple(name) for name in SPECIES)
# Triples of abbreviations, for statements about what a chart gives.
_SYMBOLIC_Q, _SYMBOLIC_L, _SYMBOLIC_U, _SYMBOLIC_D, _SYMBOLIC_E = (
    symbols(f"T_{name}1 T_{name}2 T_{name}3") for name in "qlude"
)


def _names(*triples: _Triple) -> list[Symbol]:
    return [x for triple in triples for x in triple[:2]]


def _plus(s: _Triple, t: _Triple) -> _Triple:
    return s[0] + t[0], s[1] + t[1], s[2] + t[2]


def _minus(s: _Triple, t: _Triple) -> _Triple:
    return s[0] - t[0], s[1] - t[1], s[2] - t[2]


def _half(t: _Triple) -> _Triple:
    return t[0] / 2, t[1] / 2, t[2] / 2


@lru_cache(maxsize=2)
def _conditions(right_handed_neutrinos: int = 3) -> AnomalyConditions:
    return anomaly_conditions(standard_model(3, right_handed_neutrinos)).involving("X")


def _linear(right_handed_neutrinos: int = 3) -> tuple[Expr, ...]:
    return _conditions(right_handed_neutrinos).of_degree(1).polynomials


def _charge_symbols(species: Sequence[str] = SPECIES) -> list[Symbol]:
    return [Symbol(f"Q_{name}{i}") for name in species for i in (1, 2, 3)]


def _basis(species: Sequence[str], centres: Sequence[Values]) -> list[list[Fraction]]:
    """The given vectors, universal in each species, and two traceless vectors for each species."""
    universal = [[centre[i] for i in range(len(species)) for _ in range(3)] for centre in centres]
    width = 3 * len(species)
    parts = [
        [Fraction(x) for x in (*(0,) * start, *part, *(0,) * (width - start - 3))]
        for start in range(0, width, 3)
        for part in ((1, 0, -1), (0, 1, -1))
    ]
    return [*universal, *parts]


def _linear_solutions(right_handed_neutrinos: int = 3) -> Statement:
    species = SPECIES if right_handed_neutrinos else SPECIES[:-1]
    basis = _basis(species, (HYPERCHARGE, B_MINUS_L) if right_handed_neutrinos else (HYPERCHARGE,))
    names = _charge_symbols(species)
    return for_all(names, solution_space(_linear(right_handed_neutrinos), names, basis))


# ------------------------------------------------------------------------------------ double points


def _shifted(expression: Expr, amount: Expr, direction: Sequence[Fraction]) -> Expr:
    """A condition at Q + amount (direction), species by species."""
    steps = chain.from_iterable((amount * to_sympy(x),) * 3 for x in direction)
    moved = {q: q + step for q, step in zip(_charge_symbols(), steps, strict=True)}
    return expression.xreplace(moved)


def _hypercharge() -> Statement:
    quadratic, third = _conditions()[QUADRATIC], _conditions()[CUBIC]
    goals = [
        *(_shifted(condition, ALPHA, HYPERCHARGE) for condition in _linear()),
        Eq(_shifted(quadratic, ALPHA, HYPERCHARGE), quadratic),
        Eq(_shifted(third, ALPHA, HYPERCHARGE), third + 3 * ALPHA * quadratic),
    ]
    return for_all([*_charge_symbols(), ALPHA], all_of(*goals), given=_linear())


def _b_minus_l() -> Statement:
    quadratic, third = _conditions()[QUADRATIC], _conditions()[CUBIC]
    q, u, d, lepton, e, nu = (sum(Symbol(f"Q_{f}{i}") ** 2 for i in (1, 2, 3)) for f in SPECIES)
    slope_here = 2 * q - u - d - 2 * lepton + e + nu
    goals = [
        Eq(_shifted(quadratic, BETA, B_MINUS_L), quadratic),
        Eq(_shifted(third, BETA, B_MINUS_L), third + 3 * BETA * slope_here),
    ]
    return for_all([*_charge_symbols(), BETA], all_of(*goals), given=_linear())


# --------------------------------------------------------------------- alpha, beta and traceless parts


def _general_charges() -> dict[Symbol, Expr]:
    rows = chain.from_iterable(charge_rows(ALPHA, BETA, T))
    return dict(zip(_charge_symbols(), rows, strict=True))


def _in_components() -> Statement:
    goals = [
        *_linear(),
        Eq(_conditions()[QUADRATIC], 2 * quadric(T)),
        Eq(_conditions()[CUBIC], 3 * cubic(T) + 6 * BETA * slope(T) + (6 * ALPHA + 12 * BETA) * quadric(T)),
    ]
    return for_all([ALPHA, BETA, *_names(*T)], all_of(*goals), lets=_general_charges())


def _components_come_back() -> Statement:
    listed = list(_charge_symbols())
    alpha, beta, triples = components([tuple(listed[i : i + 3]) for i in range(0, 18, 3)])
    pairs = zip(_names(*T), (x for triple in triples for x in triple[:2]), strict=True)
    goals = [Eq(alpha, ALPHA), Eq(beta, BETA), *(Eq(found, name) for name, found in pairs)]
    return for_all([ALPHA, BETA, *_names(*T)], all_of(*goals), lets=_general_charges())


def _general_solution() -> Statement:
    """The family as it stands: twelve numbers free, r and beta their rational functions."""
    numerator, denominator = doublets_ratio(A, U, D, E)
    q, _, _, lepton, _, _ = _generic_chart(R)
    triples = (_SYMBOLIC_Q, U, D, _SYMBOLIC_L, E, NU)
    rows = chain.from_iterable(charge_rows(ALPHA, BETA, triples))
    lets = dict(zip((*_SYMBOLIC_Q, *_SYMBOLIC_L), (*q, *lepton), strict=True))
    return for_all(
        [ALPHA, W, *_names(A, U, D, E, NU)],
        all_of(*_conditions().polynomials),
        lets=lets | dict(zip(_charge_symbols(), rows, strict=True)),
        quotients={BETA: -cubic(triples) / (2 * slope(triples)), R: numerator / denominator},
    )


# ------------------------------------------------------------------------------ charts of the quadric


def _generic_chart(r: Expr) -> tuple[_Triple, ...]:
    q, lepton = doublets(A, W, r)
    return _half(q), U, D, _half(lepton), E, NU


def _generic_solves() -> Statement:
    numerator, denominator = doublets_ratio(A, U, D, E)
    variables = [W, *_names(A, U, D, E)]
    return for_all(variables, quadric(_generic_chart(R)), quotients={R: numerator / denominator})


def _generic_inverse() -> Statement:
    """T_q - T_l = A, and w is the coefficient of A' in T_q + T_l."""
    q, _, _, lepton, _, _ = _generic_chart(R)
    given = (*_SYMBOLIC_Q, *_SYMBOLIC_L)
    lets = dict(zip(given, (*q, *lepton), strict=True))
    a, sums = _minus(_SYMBOLIC_Q, _SYMBOLIC_L), _plus(_SYMBOLIC_Q, _SYMBOLIC_L)
    side = perpendicular(a)
    goals = [Eq(a[0], A[0]), Eq(a[1], A[1]), Eq(polar(sums, side), W * polar(side, side))]
    return for_all([W, R, *_names(A)], all_of(*goals, Eq(polar(side, side), 6 * norm(a))), lets=lets)


def _generic_complete() -> Statement:
    """With r and w from T_q + T_l = S, this sum is r A + w A', and the quadratic condition is that on r."""
    q, lepton = (_half(triple) for triple in (_plus(S, A), _minus(S, A)))
    numerator, denominator = doublets_ratio(A, U, D, E)
    side = perpendicular(A)
    quotients = {R: polar(S, A) / (2 * norm(A)), W: polar(S, side) / (6 * norm(A))}
    targets = (_plus(S, A), _minus(S, A))
    pairs = zip(doublets(A, W, R), targets, strict=True)
    goals = [Eq(x, y) for pair in pairs for x, y in zip(*pair, strict=True)]
    goals += [Eq(quadric((q, U, D, lepton, E, NU)), R * denominator - numerator)]
    return for_all(_names(A, S, U, D, E), all_of(*goals), quotients=quotients)


def _norm_of_nonzero() -> Statement:
    """N_A is not zero if A_1 is not; it is symmetric in A_1 and A_2."""
    return for_all(_names(A), Ne(norm(A), 0), nonzero=[A[0]])


def _anisotropic(triple: Sequence[Expr]) -> Method:
    """N = 0, that is (2y + x)^2 + 3 x^2 = 0, contradicts that x is not zero."""
    x, y, _ = triple
    squares = [(1, 2 * y + x), (3, x)]
    return suppose_not(sum_of_squares(squares, because=prove_membership, then=prove_contradiction))


def _equal_doublets_solves() -> Statement:
    numerator, denominator = singlets_ratio(B, C)
    q = T[0]
    u, d, e = singlets(B, C, W, R)
    return for_all(
        [W, *_names(q, B, C)], quadric((q, u, d, q, e, NU)), quotients={R: numerator / denominator}
    )


def _equal_doublets_inverse() -> Statement:
    """B = T_d - T_u, C = T_e - T_u, and w is the coefficient of G' in T_u."""
    u, d, e = _SYMBOLIC_U, _SYMBOLIC_D, _SYMBOLIC_E
    lets = dict(zip((*u, *d, *e), chain.from_iterable(singlets(B, C, W, R)), strict=True))
    b, c = _minus(d, u), _minus(e, u)
    side = perpendicular(_plus(b, c))
    goals = [Eq(b[0], B[0]), Eq(b[1], B[1]), Eq(c[0], C[0]), Eq(c[1], C[1])]
    return for_all(
        [W, R, *_names(B, C)], all_of(*goals, Eq(polar(u, side), W * polar(side, side))), lets=lets
    )


def _equal_doublets_complete() -> Statement:
    """With w from the inverse, T_u of the chart is what one began with."""
    g, q = _plus(B, C), T[0]
    numerator, denominator = singlets_ratio(B, C)
    quotients = {R: numerator / denominator, W: polar(U, perpendicular(g)) / (6 * norm(g))}
    goals = [Eq(x, y) for x, y in zip(singlets(B, C, W, R)[0], U, strict=True)]
    given = [quadric((q, U, _plus(U, B), q, _plus(U, C), NU))]
    return for_all(_names(q, U, B, C), all_of(*goals), given=given, quotients=quotients)


def _equal_singlets() -> Statement:
    """T_q = T_l and T_d + T_e = 2 T_u with T_d different from T_u is not on the quadric."""
    q, e = T[0], _minus(_plus(U, U), D)
    return for_all(_names(q, U, D), Ne(quadric((q, U, D, q, e, NU)), 0), nonzero=[D[0] - U[0]])


# ---------------------------------------------------------------------------------- without neutrinos


def _without_neutrinos() -> Statement:
    zero = (Integer(0),) * 3
    triples = (*T[:-1], zero)
    rows = chain.from_iterable(charge_rows(ALPHA, Integer(0), triples)[:-1])
    lets = dict(zip(_charge_symbols(SPECIES[:-1]), rows, strict=True))
    goals = [
        *_linear(0),
        Eq(_conditions(0)[QUADRATIC], 2 * quadric(triples)),
        Eq(_conditions(0)[CUBIC], 3 * cubic(triples) + 6 * ALPHA * quadric(triples)),
    ]
    return for_all([ALPHA, *_names(*T[:-1])], all_of(*goals), lets=lets)


THEOREMS = (
    Theorem(
        "sm-linear-solutions",
        "Charges of three families and three nu_R solve the linear conditions exactly if they are alpha Y + "
        "beta (B-L) + T with T traceless in each species.",
        r"X = \alpha Y + \beta (B - L) + T,\ \sum_i T_{f_i} = 0",
        "arXiv:2006.03588",
        _linear_solutions,
    ),
    Theorem(
        "sm-hypercharge-double-point",
        "Y is a double point of quadric and cubic: adding alpha Y to a solution of the linear conditions "
        "leaves Y X^2 as it is and changes X^3 by 3 alpha Y X^2. So adding hypercharge to a solution "
        "gives a solution.",
        r"\mathcal{A}_{XXX}(X + \alpha Y) = \mathcal{A}_{XXX}(X) + 3 \alpha \mathcal{A}_{YXX}(X)",
        "arXiv:2006.03588",
        _hypercharge,
        hypotheses=("The linear conditions hold.",),
    ),
    Theorem(
        "sm-b-minus-l-double-point",
        "B-L is a double point of quadric and cubic: adding beta (B-L) to a solution of the linear "
        "conditions leaves Y X^2 as it is and changes X^3 by a term linear in beta.",
        r"\mathcal{A}_{XXX}(X + \beta (B - L)) = \mathcal{A}_{XXX}(X) + 3 \beta \left(2 S_2(q) - S_2(u) - "
        r"S_2(d) - 2 S_2(l) + S_2(e) + S_2(\nu)\right)",
        "arXiv:2006.03588",
        _b_minus_l,
        hypotheses=("The linear conditions hold.",),
    ),
    Theorem(
        "sm-conditions-in-components",
        "In alpha, beta and T, Y X^2 is 2 (N_q - N_l - 2 N_u + N_d + N_e), and X^3 is 3 (6 P_q + 2 P_l - "
        "3 P_u - 3 P_d - P_e - P_nu) + 6 beta (3 N_u - 3 N_d - N_e + N_nu) and a multiple of Y X^2. So a "
        "solution with D = 0 stays one for every beta.",
        r"\mathcal{A}_{XXX} = 3 \left(6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e - P_\nu\right) + 6 \beta "
        r"\left(3 N_u - 3 N_d - N_e + N_\nu\right) + (3 \alpha + 6 \beta) \mathcal{A}_{YXX}",
        "arXiv:2006.03588",
        _in_components,
    ),
    Theorem(
        "sm-components-inverse",
        "Sums over families give alpha and beta back, and what is left is T.",
        r"\alpha = \tfrac{2}{3} \left(S_1(u) - S_1(q)\right),\ \beta = -\tfrac{1}{3} S_1(\nu)",
        "new",
        _components_come_back,
    ),
    Theorem(
        "sm-chart-generic",
        "Any A, not zero, and any w, T_u, T_d, T_e give a point of the quadric.",
        r"T_q - T_l = A,\ T_q + T_l = \frac{2 N_u - N_d - N_e}{N_A} A + w A'",
        "new",
        _generic_solves,
        hypotheses=("A is not zero; then N_A is not.",),
    ),
    Theorem(
        "sm-chart-generic-inverse",
        "The difference T_q - T_l gives A back, and the part of T_q + T_l in the direction A' gives w.",
        r"A = T_q - T_l,\ w = \frac{\langle T_q + T_l, A' \rangle}{\langle A', A' \rangle},\ "
        r"\langle A', A' \rangle = 3 N_A",
        "new",
        _generic_inverse,
    ),
    Theorem(
        "sm-chart-generic-complete",
        "Any T_q + T_l is r A + w A' for A = T_q - T_l not zero, and the quadratic condition is the equation "
        "of the chart for r. So every point of the quadric with T_q different from T_l is in the chart.",
        r"T_q + T_l = r A + w A' \implies N_q - N_l - 2 N_u + N_d + N_e = r N_A - (2 N_u - N_d - N_e)",
        "new",
        _generic_complete,
        hypotheses=("A = T_q - T_l is not zero; then N_A is not.",),
    ),
    Theorem(
        "sm-norm-anisotropic",
        "N = x^2 + x y + y^2, which is symmetric, does not vanish if x is not zero.",
        r"4 N = (x + 2 y)^2 + 3 x^2",
        "new",
        _norm_of_nonzero,
        _anisotropic(A),
    ),
    Theorem(
        "sm-chart-equal-doublets",
        "Any T_q = T_l and w, and any B, C with B + C not zero, give a point of the quadric.",
        r"T_u = -\frac{N_B + N_C}{2 N_G} G + w G',\ T_d = T_u + B,\ T_e = T_u + C,\ G = B + C",
        "new",
        _equal_doublets_solves,
        hypotheses=("G is not zero; then N_G is not.",),
    ),
    Theorem(
        "sm-chart-equal-doublets-inverse",
        "The differences of T_u, T_d and T_e give B and C back, and the part of T_u in the direction G' "
        "gives w.",
        r"B = T_d - T_u,\ C = T_e - T_u,\ w = \frac{\langle T_u, G' \rangle}{\langle G', G' \rangle}",
        "new",
        _equal_doublets_inverse,
    ),
    Theorem(
        "sm-chart-equal-doublets-complete",
        "Every point of the quadric with T_q = T_l and T_d + T_e different from 2 T_u is in this chart.",
        r"T_u = -\frac{N_B + N_C}{2 N_G} G + \frac{\langle T_u, G' \rangle}{3 N_G} G'",
        "new",
        _equal_doublets_complete,
        hypotheses=("G = T_d + T_e - 2 T_u is not zero; then N_G is not.",),
    ),
    Theorem(
        "sm-chart-equal-singlets",
        "A point with T_q = T_l and T_d + T_e = 2 T_u is not on the quadric unless T_u = T_d = T_e.",
        r"T_q = T_l,\ T_d + T_e = 2 T_u \implies N_q - N_l - 2 N_u + N_d + N_e = 2 N(T_d - T_u)",
        "new",
        _equal_singlets,
        _anisotropic(_minus(D, U)),
        hypotheses=("T_u and T_d differ in the first family; N is symmetric.",),
    ),
    Theorem(
        "sm-general-solution",
        "Rational functions of twelve free numbers, alpha, w, A, T_u, T_d, T_e and T_nu, solve all six "
        "conditions.",
        r"X = \alpha Y + \beta (B - L) + T",
        "new",
        _general_solution,
        hypotheses=("A is not zero, and 3 N_u - 3 N_d - N_e + N_nu is not.",),
    ),
    Theorem(
        "sm-linear-solutions-without-neutrinos",
        "Without nu_R, charges solve the linear conditions exactly if they are alpha Y + T.",
        r"X = \alpha Y + T,\ \sum_i T_{f_i} = 0",
        "arXiv:2006.03588",
        lambda: _linear_solutions(0),
    ),
    Theorem(
        "sm-conditions-without-neutrinos",
        "Without nu_R, the quadratic condition is that on T as before, and the cubic 6 P_q + 2 P_l - 3 P_u - "
        "3 P_d - P_e is what is left of X^3 on it.",
        r"\mathcal{A}_{XXX} = 3 \left(6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e\right) + 3 \alpha "
        r"\mathcal{A}_{YXX}",
        "new",
        _without_neutrinos,
    ),
)
