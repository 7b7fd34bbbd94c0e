r"""Theorems about the solutions of a pure U(1): the merge, the parametrisation, its inverse, a node.

The statements are about `anomalies.diophantine.pure_u1`, `pure_u1_inverse` and `pure_u1_fixed`, for small
numbers of charges; the proofs in the heads of these modules are for every number.

References
----------
D. B. Costa, B. A. Dobrescu, P. J. Fox, arXiv:1905.13729.
B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:1912.04804.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from sympy import Expr, Integer, Ne, Symbol, symbols

from anomalies.diophantine.pure_u1 import parametrised_charges
from anomalies.diophantine.pure_u1_fixed import node_charges
from anomalies.diophantine.pure_u1_inverse import merge_vectors, partial_sums, planes, trilinear
from anomalies.proofs import (
    Proof,
    Statement,
    all_of,
    any_of,
    choose,
    for_all,
    no_zero_modulo,
    prove_each,
    prove_identity,
    prove_membership,
    split_cases,
    witness,
)
from anomalies.theorems.dark import power_sum
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS"]

C, M, TAU, U, X, Y = symbols("c m tau u x y")
_NUMBERS = (5, 6, 7, 8)


def _charges(n: int) -> tuple[Symbol, ...]:
    return tuple(symbols(f"z_1:{n + 1}"))


def _both(z: Sequence[Expr]) -> list[Expr]:
    return [power_sum(z, 1), power_sum(z, 3)]


def _along_the_path(path: Sequence[Expr]) -> tuple[Expr, ...]:
    return (*path[0::2], *path[1::2])


def _coefficient(z: Sequence[Expr]) -> Expr:
    """T(P, Q, Q) for the P and Q of charges in this order."""
    p, q = planes(*partial_sums(z))
    return trilinear(p, q, q)


# ------------------------------------------------------------------------------ merge, and few charges


def _merge_solves() -> Statement:
    """For five charges, each with sum zero by construction, so that only the two cubes are given."""
    x, y = ((*free, -power_sum(free, 1)) for free in (symbols("x_1:5"), symbols("y_1:5")))
    merged = merge_vectors(x, y)
    return for_all([*x[:-1], *y[:-1]], all_of(*_both(merged)), given=[power_sum(x, 3), power_sum(y, 3)])


def _three_charges() -> Statement:
    z = _charges(3)
    return for_all(z, any_of(*(all_of(z[i], z[i - 2] + z[i - 1]) for i in range(3))), given=_both(z))


def _four_charges() -> Statement:
    z = _charges(4)
    pairs = [all_of(z[0] + z[i], power_sum(z, 1) - z[0] - z[i]) for i in (1, 2, 3)]
    return for_all(z, any_of(*pairs), given=_both(z))


# ------------------------------------------------------------------------------ the parametrisation


def _parametrisation(n: int) -> Callable[[], Statement]:
    def formal() -> Statement:
        g, f = symbols(f"g_1:{n // 2 + 1}"), symbols(f"f_1:{n - n // 2}")
        z = _charges(n)
        lets = dict(zip(z, parametrised_charges(g, f), strict=True))
        return for_all([*g, *f], all_of(*_both(z)), lets=lets)

    return formal


def _inverse(n: int) -> Callable[[], Statement]:
    """The merge of the P and Q of a solution is T(P, Q, Q) times the solution: for z_1 because Q_1 = 0."""

    def formal() -> Statement:
        z = _charges(n)
        p, q = planes(*partial_sums(z))
        merged, b = merge_vectors(p, q), trilinear(p, q, q)
        goals = [x - b * y for x, y in zip(merged[1:], z[1:], strict=True)]
        return for_all(z, all_of(*goals), given=_both(z))

    return formal


def _two_orders(n: int) -> Callable[[], Statement]:
    def formal() -> Statement:
        rest = _charges(n)[3:]
        one, other = (_coefficient(_along_the_path(path)) for path in ((U, X, Y, *rest), (U, Y, X, *rest)))
        return for_all([U, X, Y, *rest], one - other - (X**2 - Y**2) * (X + Y + 2 * U))

    return formal


def _some_order(n: int) -> Callable[[], Statement]:
    """If x + y + 2u = 0 for every other charge u, then x + y = 0."""

    def formal() -> Statement:
        x, y, *others = z = _charges(n)
        return for_all(z, x + y, given=[power_sum(z, 1), *(x + y + 2 * u for u in others)])

    return formal


def _equal_size() -> Statement:
    """The set c (1, 1, 1, -1, -1, -1) is P itself, reached with f = (1, 0)."""
    g, f = (C, -C, C), (Integer(1), Integer(0))
    z = _charges(6)
    lets = dict(zip(z, parametrised_charges(g, f), strict=True))
    return for_all([C], all_of(*(x + 2 * C * y for x, y in zip(z, planes(g, f)[0], strict=True))), lets=lets)


def _every_order() -> Statement:
    z = _charges(6)
    chiral = [*z, *(x + y for x, y in combinations(z, 2))]
    return for_all(z, Ne(_coefficient(z), 0), given=_both(z), nonzero=chiral)


def _every_order_of_five() -> Statement:
    """If T(P, Q, Q) = 0, a charge is zero or two are opposite."""
    z = _charges(5)
    zero_or_pair = (z[1], z[2], z[3], z[1] + z[3], z[2] + z[3])
    return for_all(z, any_of(*zero_or_pair), given=[*_both(z), _coefficient(z)])


def _by_elimination(statement: Statement) -> Proof:
    """Eliminate z_1: besides zeros and pairs, the resultant has a form without rational zeros."""
    z = _charges(5)
    conic = no_zero_modulo(
        X**2 + X * Y - Y**2, at={X: z[1] + z[2], Y: z[3]}, because=prove_membership, then=choose(2)
    )
    one, other, pair, second = z[1], z[2], z[1] + z[3], z[2] + z[3]
    line = (z[1] + z[2]) ** 2 + (z[1] + z[2]) * z[3] - z[3] ** 2
    return split_cases(
        [one, other, other, pair, pair, second, line],
        because=prove_membership,
        cases=[choose(0), choose(1), choose(1), choose(3), choose(3), choose(4), conic],
    )(statement)


# ------------------------------------------------------------------------------ fixed charges


def _through_node(n: int) -> Callable[[], Statement]:
    """Three equal charges m, completed by C + tau v."""

    def formal() -> Statement:
        node = [M * Integer(int(c)) for c in node_charges([1, 1, 1], n) or ()]
        free = symbols(f"v_1:{n}")
        v = (*free, -power_sum(free, 1))
        z = [c + TAU * x for c, x in zip(node, v, strict=True)]
        above = -3 * sum((c * x**2 for c, x in zip(node, v, strict=True)), Integer(0))
        below = power_sum(v, 3)
        return for_all(
            [M, TAU, *free], all_of(*_both([M, M, M, *z])), given=[below * TAU - above], nonzero=[below]
        )

    return formal


def _node_inverse(n: int) -> Callable[[], Statement]:
    """A solution is C + tau v for v = z - C and tau = 1."""

    def formal() -> Statement:
        node = [M * Integer(int(c)) for c in node_charges([1, 1, 1], n) or ()]
        z = _charges(n)
        v = [x - c for x, c in zip(z, node, strict=True)]
        above = -3 * sum((c * x**2 for c, x in zip(node, v, strict=True)), Integer(0))
        return for_all([M, *z], power_sum(v, 3) - above, given=_both([M, M, M, *z]))

    return formal


_MERGED = r"T(P, Q, Q)\, P - T(P, P, Q)\, Q"
_CDF, _AGT = "arXiv:1905.13729", "arXiv:1912.04804"

THEOREMS = (
    Theorem(
        "pure-u1-merge",
        "The merge of two solutions of a pure U(1) with five charges is a solution.",
        r"\sum_i x_i^k = \sum_i y_i^k = 0 \implies "
        r"\sum_i \left(T(x, y, y)\, x - T(x, x, y)\, y\right)_i^k = 0,\ k = 1, 3",
        _CDF,
        _merge_solves,
        prove_each(prove_identity, prove_membership),
        exceptions=("the merge can be zero: then the whole line through x and y solves the equations",),
    ),
    Theorem(
        "pure-u1-three-charges",
        "Three charges that solve both equations are a zero and a pair of opposite charges.",
        r"\sum_i z_i = \sum_i z_i^3 = 0 \implies z_i = 0,\ z_j + z_k = 0",
        "new",
        _three_charges,
        split_cases(_charges(3), because=prove_membership, cases=[choose(i) for i in range(3)]),
    ),
    Theorem(
        "pure-u1-four-charges",
        "Four charges that solve both equations are two pairs of opposite charges.",
        r"\sum_i z_i = \sum_i z_i^3 = 0 \implies z_1 + z_i = 0,\ z_j + z_k = 0",
        "new",
        _four_charges,
        split_cases(
            [_charges(4)[0] + z for z in _charges(4)[1:]],
            because=prove_membership,
            cases=[choose(i) for i in range(3)],
        ),
    ),
    *(
        Theorem(
            f"pure-u1-parametrisation-{n}",
            f"The merge of P and Q solves both equations, for {n} charges and all g and f.",
            rf"z = {_MERGED} \implies \sum_i z_i = \sum_i z_i^3 = 0",
            f"{_CDF}, {_AGT}",
            _parametrisation(n),
            prove_each(prove_identity, prove_identity),
        )
        for n in _NUMBERS
    ),
    *(
        Theorem(
            f"pure-u1-inverse-{n}",
            f"The P and Q of the partial sums of a solution with {n} charges merge to a multiple of it.",
            rf"{_MERGED} = T(P, Q, Q)\, z",
            "new",
            _inverse(n),
            prove_each(*[prove_membership] * (n - 1)),
            exceptions=("T(P, Q, Q) = 0, where the charges have to be put in another order",),
        )
        for n in _NUMBERS
    ),
    *(
        Theorem(
            f"pure-u1-two-orders-{n}",
            f"Exchanging the second and third of {n} charges on the path changes T(P, Q, Q) by a product.",
            r"T(P, Q, Q)_{u, x, y, \ldots} - T(P, Q, Q)_{u, y, x, \ldots} = (x^2 - y^2)(x + y + 2u)",
            "new",
            _two_orders(n),
            prove_identity,
        )
        for n in _NUMBERS
    ),
    *(
        Theorem(
            f"pure-u1-some-order-{n}",
            f"Of {n} charges, x + y + 2u is not zero for some other charge u, unless x = -y.",
            r"\sum_i z_i = 0,\ x + y + 2 u = 0 \text{ for all other } u \implies x + y = 0",
            "new",
            _some_order(n),
            prove_membership,
        )
        for n in _NUMBERS
    ),
    Theorem(
        "pure-u1-equal-size",
        "The six charges c (1, 1, 1, -1, -1, -1), in a suitable order, are a multiple of the merge of "
        "g = (c, -c, c) and f = (1, 0).",
        rf"{_MERGED} = -2 c P",
        "new",
        _equal_size,
        prove_each(*[prove_identity] * 6),
    ),
    Theorem(
        "pure-u1-every-order-of-five",
        "A chiral set of five charges can be merged from P and Q in every order.",
        r"\sum_i z_i = \sum_i z_i^3 = T(P, Q, Q) = 0 \implies z_i = 0 \text{ or } z_i + z_j = 0",
        "new",
        _every_order_of_five,
        _by_elimination,
    ),
    Theorem(
        "pure-u1-every-order",
        "A chiral set of six charges can be merged from P and Q in every order.",
        r"z_i \neq 0,\ z_i + z_j \neq 0 \implies T(P, Q, Q) \neq 0",
        "new",
        _every_order,
        witness((1, -4, 1, -4, 1, 5)),
        holds=False,
    ),
    *(
        Theorem(
            f"pure-u1-node-{n}",
            f"Every line through the node gives {n} charges that complete three equal charges m.",
            r"z = C + \tau v,\ \tau = -\frac{3 \sum_i C_i v_i^2}{\sum_i v_i^3} \implies "
            r"\sum_i z_i = -3m,\ \sum_i z_i^3 = -3m^3",
            "new",
            _through_node(n),
            prove_each(prove_identity, prove_membership),
            hypotheses=("sum v = 0, and sum v^3 is not zero.",),
        )
        for n in (3, 5)
    ),
    *(
        Theorem(
            f"pure-u1-node-complete-{n}",
            f"Any {n} charges that complete three equal charges m are C + v with tau = 1.",
            r"v = z - C \implies \sum_i v_i^3 = -3 \sum_i C_i v_i^2",
            "new",
            _node_inverse(n),
            prove_membership,
            exceptions=("sum v^3 = 0, where the charges have to be put in another order, or are the node",),
        )
        for n in (3, 5)
    ),
)
