r"""Theorems about all solutions of ADN (2.6) together: shifts, the Clebsch surface, the Segre cubic.

The statements are about `anomalies.diophantine`: its shift, its parametrisation of the sectors with two
dark states and its inverse, its fifteen planes, fifteen lines and ten nodes.

References
----------
ADN, arXiv:1909.02021, (2.6), footnotes 12, 13 and 29.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from sympy import Eq, Expr, Mul, Ne, Symbol, symbols

from anomalies.diophantine.clebsch import clebsch_charges
from anomalies.diophantine.segre import clebsch_lines, segre_nodes, segre_planes
from anomalies.diophantine.shift import ShiftFamily, shift_formula
from anomalies.proofs import (
    Method,
    Proof,
    Statement,
    all_of,
    any_of,
    choose,
    decide_on,
    for_all,
    impossible,
    no_zero_modulo,
    prove_by_search,
    prove_contradiction,
    prove_each,
    prove_identity,
    prove_membership,
    solutions,
    split_cases,
    suppose_not,
    there_is,
    witness,
)
from anomalies.theorems.dark import power_sum
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS"]

A = A_E, A_MU, A_TAU = symbols("a_e a_mu a_tau")
N = N_1, N_2, N_3 = symbols("n_1 n_2 n_3")
ALPHA, NU = symbols("alpha_1:5"), symbols("nu_1:5")
X = symbols("x_1:7")
PLANE = U, V, W = symbols("u v w")
CLEBSCH = (A_E, A_MU, A_TAU, N_1, N_2)
T, T_1, T_2 = symbols("t t_1 t_2")


def _difference(a: Sequence[Expr], n: Sequence[Expr], power: int) -> Expr:
    return power_sum(a, power) - power_sum(n, power)


def _shifted(values: Sequence[Expr], t: Expr) -> list[Expr]:
    return [value + t for value in values]


# ------------------------------------------------------------------------------- the common shift


def _shift_solves() -> Statement:
    alpha, nu = ALPHA[:3], NU[:3]
    numerator, denominator = shift_formula(alpha, nu)
    a, n = _shifted(alpha, T), _shifted(nu, T)
    return for_all(
        [*alpha, *nu, T],
        all_of(_difference(a, n, 1), _difference(a, n, 3)),
        given=[_difference(alpha, nu, 1), denominator * T - numerator],
        nonzero=[denominator],
    )


def _shift_is_unique() -> Statement:
    alpha, nu = ALPHA[:3], NU[:3]
    cubes = [_difference(_shifted(alpha, t), _shifted(nu, t), 3) for t in (T_1, T_2)]
    squares = _difference(alpha, nu, 2)
    return for_all(
        [*alpha, *nu, T_1, T_2],
        Eq(T_1, T_2),
        given=[_difference(alpha, nu, 1), *cubes],
        nonzero=[squares],
    )


def _every_solution_is_a_shift() -> Statement:
    """That a solution is its own normal form (sum alpha = sum nu = 0) after the shift by the formula."""
    mean = power_sum(A, 1) / 3
    alpha, nu = ShiftFamily(3).normal_form([x - mean for x in (*A[:2], *N[:2])])
    numerator, denominator = shift_formula(alpha, nu)
    goals = [Eq(denominator * mean, numerator), Eq(denominator, 3 * _difference(A, N, 2))]
    return for_all(
        [*A, *N], all_of(*goals, Eq(N_3, nu[-1] + mean)), given=[_difference(A, N, k) for k in (1, 3)]
    )


def _equal_squares(count: int) -> Statement:
    """That equal sums of squares leave only permutations, whatever the shift."""
    alpha, nu = ALPHA[:count], NU[:count]
    difference = Mul(*(T_1 - x for x in nu)) - Mul(*(T_1 - x for x in alpha))
    given = [_difference(alpha, nu, 1), _difference(alpha, nu, 2)]
    cubes = _difference(_shifted(alpha, T), _shifted(nu, T), 3)
    return for_all([*alpha, *nu, T, T_1], difference, given=[*given, cubes])


# ------------------------------------------------------------------------------- the Segre cubic


def _segre(x: Sequence[Symbol]) -> list[Expr]:
    return [power_sum(x, 1), power_sum(x, 3)]


def _pair_sums(x: Sequence[Symbol]) -> list[Expr]:
    return [left + right for left, right in combinations(x, 2)]


def _planes() -> list[list[Expr]]:
    return [[X[i] + X[j] for i, j in plane] for plane in segre_planes()]


def _one_pair_is_enough() -> Statement:
    no_pair = all_of(*(Ne(total, 0) for total in _pair_sums(X)))
    return for_all(X, any_of(no_pair, *(all_of(*plane) for plane in _planes())), given=_segre(X))


def _pair_by_pair(statement: Statement) -> Proof:
    pairs = list(combinations(range(6), 2))
    return _first_zero(_pair_sums(X), [_planes_with(i, j) for i, j in pairs])(statement)


def _first_zero(expressions: Sequence[Expr], cases: Sequence[Method]) -> Method:
    """Case by case, the first of the expressions that vanishes; if none does, the first goal says so."""
    proof = choose(0, prove_each(*(suppose_not(prove_contradiction),) * len(expressions)))
    for expression, case in reversed(list(zip(expressions, cases, strict=True))):
        proof = decide_on(expression, zero=case, nonzero=proof)
    return proof


def _planes_with(i: int, j: int) -> Method:
    """The case x_i + x_j = 0: the other four charges satisfy (x_k + x_l)(x_k + x_m)(x_k + x_n) = 0."""
    k, *others = (index for index in range(6) if index not in (i, j))
    ways = [1 + _find_plane((i, j), (k, other)) for other in others]
    return split_cases([X[k] + X[other] for other in others], cases=[choose(way) for way in ways])


def _find_plane(*pairs: tuple[int, int]) -> int:
    return next(index for index, plane in enumerate(segre_planes()) if set(pairs) <= set(plane))


def _planes_solve() -> Statement:
    return for_all(X, all_of(*_segre(X)), given=_planes()[0])


def _zero_without_pair() -> Statement:
    charges = (*A, *(-n for n in N))
    given = [_difference(A, N, 1), _difference(A, N, 3), N_1]
    return there_is([*A, *N], all_of(*(Ne(total, 0) for total in _pair_sums(charges))), given=given)


def _nodes() -> Statement:
    both = [point for node in segre_nodes() for point in (node, tuple(-x for x in node))]
    return for_all(X, solutions(both), given=[power_sum(X, 1)], domain=dict.fromkeys(X, (-1, 1)))


def _singular_points() -> Statement:
    """Singular: the squares, derivatives of the cubes, are proportional to (1, ..., 1)."""
    nodes = [all_of(*(X[i] - node[i] * X[0] for i in range(1, 6))) for node in segre_nodes()]
    return for_all(
        X,
        any_of(*nodes),
        given=[power_sum(X, 1), *(x**2 - X[0] ** 2 for x in X[1:])],
        nonzero=[X[0]],
    )


def _sign_by_sign(signs: tuple[int, ...] = (1,)) -> Method:
    """All patterns of signs: ten are nodes, the others contradict the sum zero."""
    if len(signs) == 6:
        nodes = segre_nodes()
        return choose(nodes.index(signs)) if signs in nodes else prove_contradiction
    x = X[len(signs)]
    return split_cases([x - X[0], x + X[0]], cases=[_sign_by_sign((*signs, sign)) for sign in (1, -1)])


def _nodes_in_a_plane() -> Statement:
    nodes = [p for node in segre_nodes() for p in (node, tuple(-x for x in node))]
    first = segre_planes()[0]
    inside = [node for node in nodes if all(node[i] + node[j] == 0 for i, j in first)]
    return for_all(X, solutions(inside), given=_planes()[0], domain=dict.fromkeys(X, (-1, 1)))


# ----------------------------------------------------------------------------- the Clebsch surface


def _clebsch_equations() -> list[Expr]:
    return [_difference(A, N[:2], 1), _difference(A, N[:2], 3)]


def _clebsch_lets() -> dict[Symbol, Expr]:
    return dict(zip(CLEBSCH, clebsch_charges(*PLANE), strict=True))


def _cubics_solve() -> Statement:
    return for_all(PLANE, all_of(*_clebsch_equations()), lets=_clebsch_lets())


def _ratios() -> list[Expr]:
    """The equations that give back v/w, u/w and u/v."""
    return [
        V * (N_1 - A_TAU) - W * (A_E + A_MU),
        U * (A_MU - N_2) - W * N_1,
        U * A_TAU - V * (N_2 - A_E),
    ]


def _ratios_hold() -> Statement:
    return for_all(PLANE, all_of(*_ratios()), lets=_clebsch_lets())


def _tangent_holds(index: int) -> Callable[[], Statement]:
    """On a line where a ratio is 0/0, which comes from a conic, the tangent plane of the surface has it."""
    conic, goal = (
        (U**2 - V * W, V * A_E**2 - W * N_1**2),
        (U * W + V**2 - 2 * V * W, U * A_TAU**2 - W * (A_TAU**2 - A_MU**2)),
        (U * V - 2 * U * W + W**2, U * (A_MU**2 - A_E**2) - V * A_MU**2),
    )[index]
    return lambda: for_all(PLANE, goal, lets=_clebsch_lets(), given=[conic])


def _every_point_is_reached() -> Statement:
    u, w = N_1, A_MU - N_2
    v, w_too = A_E + A_MU, N_1 - A_TAU
    cubics = clebsch_charges(u * w_too, v * w, w * w_too)
    pairs = combinations(zip(CLEBSCH, cubics, strict=True), 2)
    minors = [x * other - y * cubic for (x, cubic), (y, other) in pairs]
    return for_all(CLEBSCH, all_of(*minors), given=_clebsch_equations())


def _base_points() -> Statement:
    points = (all_of(V, W), all_of(U, W), all_of(U, V), all_of(U - V, U - W))
    return for_all(PLANE, any_of(*points), given=clebsch_charges(*PLANE))


def _point_by_point(statement: Statement) -> Proof:
    at_infinity = split_cases([U, V, V])
    conic = U**2 + U * W - W**2
    irrational = split_cases([conic, W], cases=[no_zero_modulo(conic), prove_contradiction])
    return split_cases([W, U - V, U + V - W], cases=[at_infinity, split_cases([U, U, U - W]), irrational])(
        statement
    )


def _zero_or_pair_means_line() -> Statement:
    x = X[:5]
    neither = all_of(*(Ne(total, 0) for total in (*x, *_pair_sums(x))))
    lines = [all_of(x[zero], *(x[i] + x[j] for i, j in pairs)) for zero, pairs in clebsch_lines()]
    return for_all(x, any_of(neither, *lines), given=_segre(x))


def _line_by_line(statement: Statement) -> Proof:
    x, everyone = X[:5], set(range(5))
    cases = []
    for zero in range(5):
        first, *others = everyone - {zero}
        cases.append(_lines_with([(zero, (first, o)) for o in others], [x[first] + x[o] for o in others]))
    for pair in combinations(range(5), 2):
        others = sorted(everyone - set(pair))
        cases.append(_lines_with([(zero, pair) for zero in others], [x[zero] for zero in others]))
    return _first_zero([*x, *_pair_sums(x)], cases)(statement)


def _lines_with(wanted: Sequence[tuple[int, tuple[int, int]]], factors: Sequence[Expr]) -> Method:
    """A product that vanishes: each factor leads to the line with that zero charge and that pair."""
    lines = clebsch_lines()
    ways = [
        next(way for way, (zero, pairs) in enumerate(lines, 1) if zero == z and pair in pairs)
        for z, pair in wanted
    ]
    return split_cases(factors, cases=[choose(way) for way in ways])


def _clebsch_is_smooth() -> Statement:
    signs = dict.fromkeys(X[:5], (-1, 1))
    return for_all(X[:5], impossible(), given=[power_sum(X[:5], 1)], domain=signs)


THEOREMS = (
    Theorem(
        "common-shift",
        "Three lepton and three dark charges with equal sums and different sums of squares solve the "
        "equations "
        "after a common shift.",
        r"t = -\frac{\sum_i \alpha_i^3 - \sum_i \nu_i^3}{3 (\sum_i \alpha_i^2 - \sum_i \nu_i^2)}",
        "new",
        _shift_solves,
        prove_each(prove_membership, prove_membership),
        hypotheses=("The sums of charges are equal, the sums of squares are not.",),
    ),
    Theorem(
        "common-shift-unique",
        "No other common shift does.",
        r"\sum_i (\alpha_i + t_{1,2})^3 = \sum_i (\nu_i + t_{1,2})^3 \implies t_1 = t_2",
        "new",
        _shift_is_unique,
        prove_membership,
        hypotheses=("The sums of charges are equal, the sums of squares are not.",),
    ),
    Theorem(
        "every-solution-is-a-shift",
        "Every solution is a shift of charges with both sums zero: shift it by minus its mean, and "
        "the formula for "
        "the shift gives the mean back; no shift changes the difference of the sums of squares.",
        r"\alpha_i = a_i - m,\ \nu_i = n_i - m,\ m = \tfrac{1}{3} \sum_i a_i \implies t = m",
        "new",
        _every_solution_is_a_shift,
        exceptions=("solutions with equal sums of squares, where numerator and denominator vanish",),
    ),
    Theorem(
        "equal-squares-are-permutations",
        "Three and three charges with equal sums and equal sums of squares solve the equations after a shift "
        "only if they are permutations of each other.",
        r"\sum_i \alpha_i^k = \sum_i \nu_i^k,\ k = 1, 2 \implies \prod_i (t - \alpha_i) = "
        r"\prod_i (t - \nu_i)",
        "new",
        lambda: _equal_squares(3),
        prove_membership,
    ),
    Theorem(
        "equal-squares-are-permutations-of-four",
        "The same for four and four charges, where it is false: a solution of the "
        "Prouhet-Tarry-Escott problem "
        "is a counterexample.",
        r"\sum_i \alpha_i^k = \sum_i \nu_i^k,\ k = 1, 2 \implies \{\alpha\} = \{\nu\}",
        "new",
        lambda: _equal_squares(4),
        # The last two values are the shift and the variable of the two polynomials.
        witness((0, 4, 7, 11, 1, 2, 9, 10, 0, 0)),
        holds=False,
    ),
    Theorem(
        "segre-planes",
        "Six charges in three pairs of opposites solve both equations; so do all fifteen pairings, "
        "since the equations "
        "are symmetric.",
        r"x_1 + x_2 = x_3 + x_4 = x_5 + x_6 = 0 \implies \sum_i x_i = \sum_i x_i^3 = 0",
        "new",
        _planes_solve,
    ),
    Theorem(
        "one-pair-makes-three",
        "If two of six charges that solve the equations are opposite, all six are opposite in pairs: the "
        "solution lies on one of the fifteen planes.",
        r"\sum_i x_i = \sum_i x_i^3 = 0,\ x_i + x_j = 0 \implies x_k + x_l = x_m + x_n = 0",
        "new",
        _one_pair_is_enough,
        _pair_by_pair,
    ),
    Theorem(
        "zero-without-pair",
        "A zero charge alone does not make a solution vector-like.",
        r"(7, 8, -9;\, 0, 1, 5)",
        "new",
        _zero_without_pair,
        witness((7, 8, -9, 0, 1, 5)),
    ),
    Theorem(
        "segre-singular-points",
        "Where the cubic is singular, all charges have the same square, and the solution is a "
        "multiple of one "
        "of ten nodes.",
        r"\sum_i x_i = 0,\ x_1^2 = \cdots = x_6^2 \neq 0 \implies x = x_1 (\pm 1, \ldots, \pm 1)",
        "new",
        _singular_points,
        _sign_by_sign(),
        hypotheses=(
            "The derivatives of both equations are proportional, which says that all squares are equal.",
        ),
    ),
    Theorem(
        "segre-nodes",
        "Of the 64 patterns of six signs, the ten nodes and their opposites have the sum zero.",
        r"\sum_i \epsilon_i = 0",
        "new",
        _nodes,
        prove_by_search,
    ),
    Theorem(
        "nodes-in-a-plane",
        "A plane holds four of the ten nodes.",
        r"x_1 + x_2 = x_3 + x_4 = x_5 + x_6 = 0,\ x_i = \pm 1",
        "new",
        _nodes_in_a_plane,
        prove_by_search,
    ),
    Theorem(
        "zero-or-pair-with-two-states",
        "With two dark states, a zero charge or a pair of opposites puts a solution on one of "
        "fifteen lines: a "
        "zero charge and two pairs.",
        r"x_i = 0\ \text{or}\ x_j + x_k = 0 \implies x_i = x_j + x_k = x_l + x_m = 0",
        "new",
        _zero_or_pair_means_line,
        _line_by_line,
        hypotheses=("The five charges solve both equations.",),
    ),
    Theorem(
        "clebsch-smooth",
        "The surface of solutions with two dark states has no singular point: five signs do not add to zero.",
        r"x_1^2 = \cdots = x_5^2 \neq 0 \implies \sum_i x_i \neq 0",
        "new",
        _clebsch_is_smooth,
        prove_by_search,
    ),
    Theorem(
        "clebsch-cubics",
        "Five cubics in three parameters solve the equations for two dark states identically.",
        r"a_e = w (u - v)(u + v - w),\ \ldots",
        "new",
        _cubics_solve,
        prove_each(prove_identity, prove_identity),
    ),
    Theorem(
        "clebsch-inverse",
        "Ratios of sums of two charges give the parameters back.",
        r"\frac{v}{w} = \frac{a_e + a_\mu}{n_1 - a_\tau},\quad \frac{u}{w} = \frac{n_1}{a_\mu - n_2},\quad "
        r"\frac{u}{v} = \frac{n_2 - a_e}{a_\tau}",
        "new",
        _ratios_hold,
        prove_each(*(prove_identity,) * 3),
        exceptions=("where numerator and denominator vanish, on a rational line",),
    ),
    *(
        Theorem(
            f"clebsch-inverse-on-line-{index + 1}",
            "Where such a ratio is 0/0, the tangent plane gives the parameters back.",
            formula,
            "new",
            _tangent_holds(index),
            prove_membership,
        )
        for index, formula in enumerate(
            (
                r"u^2 = v w \implies v\, a_e^2 = w\, n_1^2",
                r"u w + v^2 = 2 v w \implies u\, a_\tau^2 = w\, (a_\tau^2 - a_\mu^2)",
                r"u v + w^2 = 2 u w \implies u\, (a_\mu^2 - a_e^2) = v\, a_\mu^2",
            )
        )
    ),
    Theorem(
        "clebsch-complete",
        "Every solution with two dark states is proportional to the cubics at the parameters of its ratios.",
        r"(u : v : w) = (n_1 (n_1 - a_\tau) : (a_e + a_\mu)(a_\mu - n_2) : (a_\mu - n_2)(n_1 - a_\tau))",
        "new",
        _every_point_is_reached,
        exceptions=("where the ratios are 0/0 or the cubics vanish, on rational lines",),
    ),
    Theorem(
        "clebsch-base-points",
        "The five cubics vanish together at four rational points only; the other two are not rational.",
        r"(1:0:0),\ (0:1:0),\ (0:0:1),\ (1:1:1)",
        "new",
        _base_points,
        _point_by_point,
    ),
)
