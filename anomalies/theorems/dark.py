r"""Theorems of the dark sector: which dark charges solve ADN (2.6), with none, one, two and three states.

The equations are sum n = sum a and sum n^3 = sum a^3; that these are what the framework leaves is the theorem
"dark-conditions".  A multiset of three numbers is determined by the sums of its first three powers, so that
"n is no permutation of a", for a solution, is the inequality sum n² != sum a².

References
----------
ADN, arXiv:1909.02021, section 2, footnotes 12, 13, 29, appendix A.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sympy import Eq, Expr, Mul, Ne, Rational, Symbol, symbols

from anomalies.literature import DARK_EXAMPLES, DarkExample
from anomalies.proofs import (
    Goal,
    Proof,
    Statement,
    all_of,
    any_of,
    for_all,
    no_zero_modulo,
    prove_contradiction,
    prove_each,
    prove_identity,
    prove_membership,
    split_cases,
    there_is,
    witness,
)
from anomalies.theorems.framework import PARAMETERS, conditions, family
from anomalies.theorems.theorem import Theorem

__all__ = ["PAIR_SUMS", "THEOREMS", "A", "N", "X", "Y", "Z", "equations", "power_sum"]

A = A_E, A_MU, A_TAU = PARAMETERS[:3]
N = N_1, N_2, N_3 = symbols("n_1 n_2 n_3")
T = Symbol("t")
PAIR_SUMS = P, Q, R = (A_MU + A_TAU, A_TAU + A_E, A_E + A_MU)
X, Y, Z = symbols("X Y Z")


def power_sum(values: Sequence[Expr], power: int) -> Expr:
    """Return the sum of the powers of some charges."""
    return sum((value**power for value in values), Rational(0))


def equations(a: Sequence[Expr], n: Sequence[Expr]) -> tuple[Expr, Expr]:
    """Return the two sides' differences of ADN (2.6): sums, and sums of cubes."""
    return power_sum(a, 1) - power_sum(n, 1), power_sum(a, 3) - power_sum(n, 3)


def _trivial() -> Statement:
    goals = [conditions()[triangle] for triangle in ("grav^2 X", "X^3")]
    return for_all(PARAMETERS, all_of(*goals), lets=family())


def _one_is_zero_and_two_are_opposite() -> Goal:
    return any_of(*(all_of(A[i], A[i - 2] + A[i - 1]) for i in range(3)))


def _one_state_exists() -> Statement:
    total = power_sum(A, 1)
    return for_all(A, power_sum(A, 3) - total**3, given=[Mul(*PAIR_SUMS)])


def _two_states() -> Statement:
    s, cubes = power_sum(A, 1), power_sum(A, 3)
    discriminant = 3 * s**3 - 4 * (s**3 - cubes)
    return for_all(
        [*A, N_1, N_2],
        Eq(3 * s * (N_1 - N_2) ** 2, discriminant),
        given=equations(A, (N_1, N_2)),
    )


def _two_states_exist() -> Statement:
    s, cubes, d = power_sum(A, 1), power_sum(A, 3), Symbol("d")
    discriminant = 3 * s**3 - 4 * (s**3 - cubes)
    roots = {N_1: (s - d) / 2, N_2: (s + d) / 2}
    return for_all(
        [*A, d],
        all_of(*equations(A, (N_1, N_2))),
        lets=roots,
        given=[3 * s * d**2 - discriminant],
        nonzero=[s],
    )


def _three_states_as_product() -> Statement:
    total = power_sum(A, 1)
    linear, cubic = equations(A, N)
    product = Mul(*(total - n for n in N)) - Mul(*PAIR_SUMS)
    return for_all([*A, *N], Eq(cubic, 3 * product), given=[linear])


def _product_form_sums() -> Statement:
    total = power_sum(A, 1)
    shifted = {X: total - N_1, Y: total - N_2, Z: total - N_3}
    return for_all([*A, *N], Eq(X + Y + Z - sum(PAIR_SUMS), equations(A, N)[0]), lets=shifted)


def _permutation() -> Statement:
    difference = Mul(*(T - n for n in N)) - Mul(*(T - a for a in A))
    return for_all([*A, *N, T], difference, given=[*equations(A, N), power_sum(A, 2) - power_sum(N, 2)])


def _tangent() -> dict[Symbol, Expr]:
    p, q, r = PAIR_SUMS
    return {
        X: p * (q - r) ** 2 / ((p - r) * (q - p)),
        Y: q * (r - p) ** 2 / ((q - p) * (r - q)),
        Z: r * (p - q) ** 2 / ((r - q) * (p - r)),
    }


def _tangent_solves() -> Statement:
    total = power_sum(A, 1)
    goals = equations(A, tuple(total - x for x in (X, Y, Z)))
    return for_all(A, all_of(*goals), quotients=_tangent())


def _tangent_needs_different() -> Statement:
    """With p = r the equation X (p - r)(q - p) = p (q - r)^2 has a solution only if p (q - p) = 0."""
    p, q, r = PAIR_SUMS
    defining = X * (p - r) * (q - p) - p * (q - r) ** 2
    return for_all([*A, X], p * (q - p), given=[defining, p - r])


def _tangent_novelty() -> Expr:
    """The sum of squares of the tangent sector minus that of the lepton charges: 0 for a permutation."""
    total = power_sum(A, 1)
    return power_sum(tuple(total - x for x in (X, Y, Z)), 2) - power_sum(A, 2)


def _cyclic_forms() -> Expr:
    """The product (p^2 q + q^2 r + r^2 p - 3 p q r)(p^2 r + r^2 q + q^2 p - 3 p q r)."""
    p, q, r = PAIR_SUMS
    return (p**2 * q + q**2 * r + r**2 * p - 3 * p * q * r) * (p**2 * r + r**2 * q + q**2 * p - 3 * p * q * r)


def _tangent_is_new() -> Statement:
    """That the tangent sector is never a permutation of pairwise different lepton charges, p q r != 0."""
    return for_all(A, Ne(_tangent_novelty(), 0), quotients=_tangent(), nonzero=PAIR_SUMS)


def _norm() -> Expr:
    p, q, r = PAIR_SUMS
    return p**2 + q**2 + r**2 - p * q - q * r - r * p


def _only_if_cyclic(statement: Statement) -> Proof:
    """The novelty is 2 F G N over squares, F G the cyclic forms; N has no zero but p = q = r."""
    p, q, r = PAIR_SUMS
    u, v = symbols("u v")
    no_norm = no_zero_modulo(u**2 + u * v + v**2, at={u: p - q, v: q - r}, then=prove_contradiction)
    method = split_cases(
        [_cyclic_forms(), _norm()], because=prove_membership, cases=[prove_membership, no_norm]
    )
    return method(statement)


def _tangent_at(*a: int) -> tuple[Rational, ...]:
    """Lepton charges with the X, Y, Z of their tangent sector."""
    at = dict(zip(A, map(Rational, a), strict=True))
    return (*at.values(), *(value.subs(at) for value in _tangent().values()))


def _example(example: DarkExample) -> Theorem:
    n = N[: len(example.n)]
    senses = {
        "permutation": [power_sum(A, 2) - power_sum(n, 2)] if len(n) == 3 else list(n),
        "disjoint": [a - m for a in A for m in n],
        "chiral": _chiral(A, n),
    }

    def formal() -> Statement:
        pinned = [Eq(s, Rational(str(v))) for s, v in zip((*A, *n), (*example.a, *example.n), strict=True)]
        factors = [factor for sense in example.senses for factor in senses[sense]]
        return there_is(
            [*A, *n], all_of(*(Ne(factor, 0) for factor in factors)), given=[*pinned, *equations(A, n)]
        )

    shown = ", ".join(map(str, example.a)) + "; " + ", ".join(map(str, example.n))
    return Theorem(
        example.name,
        f"The charges ({shown}) solve the equations of the dark sector, and are non-trivial in the sense of "
        f"{', '.join(example.senses)}.",
        rf"({shown})",
        example.source,
        formal,
        witness((*example.a, *example.n)),
    )


def _chiral(a: Sequence[Expr], n: Sequence[Expr]) -> list[Expr]:
    charges = [*a, *(-m for m in n)]
    return [*charges, *(x + y for x, y in combinations(charges, 2))]


THEOREMS = (
    Theorem(
        "trivial-dark-sector",
        "Right-handed neutrinos, one for each family with its lepton number, cancel both remaining "
        "anomalies.",
        r"\hat{Q}_{\nu^i} = a_i \implies A_{\mathrm{grav}} = A_{\mathrm{cubic}} = 0",
        "ADN (2.7)",
        _trivial,
        prove_each(prove_identity, prove_identity),
    ),
    Theorem(
        "no-dark-sector",
        "Without dark states one lepton charge is zero and the other two are opposite: T_X = a (L_i - "
        "L_j) + b Y.",
        r"\sum_i a_i = \sum_i a_i^3 = 0 \implies a_i = 0,\ a_j = -a_k",
        "ADN (2.6), footnote 12",
        lambda: for_all(A, _one_is_zero_and_two_are_opposite(), given=equations(A, ())),
        split_cases(A),
    ),
    Theorem(
        "lepton-differences",
        "The difference of two lepton numbers, with any amount of hypercharge, needs no dark state.",
        r"a_i = 0,\ a_j = -a_k \implies \sum_i a_i = \sum_i a_i^3 = 0",
        "ADN section 2",
        lambda: for_all(A, all_of(*equations(A, ())), given=[A_E, A_MU + A_TAU]),
    ),
    Theorem(
        "one-dark-state",
        "If one dark state solves the equations, two of the lepton charges are opposite.",
        r"n = \sum_i a_i,\ n^3 = \sum_i a_i^3 \implies (a_e + a_\mu)(a_\mu + a_\tau)(a_\tau + a_e) = 0",
        "new",
        lambda: for_all([*A, N_1], Mul(*PAIR_SUMS), given=equations(A, (N_1,))),
        prove_membership,
    ),
    Theorem(
        "one-dark-state-exists",
        "If two of the lepton charges are opposite, one dark state with the sum of the lepton charges "
        "suffices.",
        r"(a_e + a_\mu)(a_\mu + a_\tau)(a_\tau + a_e) = 0 \implies \left(\sum_i a_i\right)^3 = \sum_i a_i^3",
        "new",
        _one_state_exists,
        prove_membership,
    ),
    Theorem(
        "two-dark-states",
        "Two dark charges are the roots of a quadratic equation fixed by the lepton charges: with s "
        "the sum of the lepton charges and t that of their cubes, 3 s (n_1 - n_2)² = 4 t - s³.",
        r"3 s\, (n_1 - n_2)^2 = 4 t - s^3",
        "new",
        _two_states,
        prove_membership,
    ),
    Theorem(
        "two-dark-states-exist",
        "If the discriminant (4 t - s³) / (3 s) is the square of a rational number d, then (s - d)/2 "
        "and (s + d)/2 solve the equations.",
        r"3 s\, d^2 = 4 t - s^3,\ s \neq 0 \implies n_{1,2} = \tfrac{1}{2}(s \mp d)",
        "new",
        _two_states_exist,
        exceptions=("s = 0: see two-dark-states-cancel and two-dark-states-any-pair",),
    ),
    Theorem(
        "two-dark-states-cancel",
        "If two dark states solve the equations and the sum of the lepton charges is zero, the sum of "
        "their cubes is.",
        r"s = 0 \implies t = 0",
        "new",
        lambda: for_all([*A, N_1, N_2], power_sum(A, 3), given=[*equations(A, (N_1, N_2)), power_sum(A, 1)]),
        prove_membership,
    ),
    Theorem(
        "two-dark-states-any-pair",
        "Conversely, if both sums over the lepton charges vanish, every pair of opposite dark charges "
        "solves the equations.",
        r"s = t = 0 \implies n_1 = -n_2\ \mathrm{arbitrary}",
        "new",
        lambda: for_all(
            [*A, N_1, N_2],
            all_of(*equations(A, (N_1, N_2))),
            given=[power_sum(A, 1), power_sum(A, 3), N_1 + N_2],
        ),
        prove_each(prove_membership, prove_membership),
    ),
    Theorem(
        "three-dark-states-as-product",
        "For three dark charges with the sum of the lepton charges, the cubic condition is X Y Z = p "
        "q r, where X, Y, Z are that sum minus the dark charges, and p, q, r the sums of two lepton "
        "charges.",
        r"\sum_i n_i = \sum_i a_i \implies \sum_i a_i^3 - \sum_i n_i^3 = 3\, (X Y Z - p q r)",
        "new",
        _three_states_as_product,
        prove_membership,
    ),
    Theorem(
        "three-dark-states-sum",
        "In the same variables the linear condition is X + Y + Z = p + q + r.",
        r"X + Y + Z - (p + q + r) = \sum_i a_i - \sum_i n_i",
        "new",
        _product_form_sums,
        prove_identity,
    ),
    Theorem(
        "permutations-by-squares",
        "Three dark charges that solve the equations and have the same sum of squares as the lepton "
        "charges are a permutation of them.",
        r"\sum_i n_i^2 = \sum_i a_i^2 \implies \prod_i (t - n_i) = \prod_i (t - a_i)",
        "new",
        _permutation,
        prove_membership,
    ),
    Theorem(
        "tangent-sector",
        "If the lepton charges are pairwise different, the tangent at the trivial solution meets the "
        "cubic curve in a dark sector that is a rational function of them.",
        r"X = \frac{p (q-r)^2}{(p-r)(q-p)},\quad Y = \frac{q (r-p)^2}{(q-p)(r-q)},\quad "
        r"Z = \frac{r (p-q)^2}{(r-q)(p-r)}",
        "new",
        _tangent_solves,
        prove_each(prove_membership, prove_membership),
        exceptions=("two equal lepton charges, where a denominator vanishes",),
    ),
    Theorem(
        "tangent-sector-exception",
        "The exception is necessary: with exactly two equal lepton charges, p = r, the equation that "
        "defines X has no solution, unless p = 0.",
        r"p = r,\ X (p-r)(q-p) = p (q-r)^2 \implies p\, (q-p) = 0",
        "new",
        _tangent_needs_different,
        split_cases([P, Q - P, Q - P]),
    ),
    Theorem(
        "tangent-sector-always-new",
        "The tangent sector of pairwise different lepton charges without a vanishing pair sum is "
        "never a permutation of them.",
        r"a_i \neq a_j,\ p q r \neq 0 \implies \{n\} \neq \{a\}",
        "new",
        _tangent_is_new,
        # p, q, r = -4, 2, 8: the trivial solution is a point of order nine.
        lambda statement: witness(_tangent_at(7, 1, -5))(statement),
        holds=False,
    ),
    Theorem(
        "tangent-sector-old-only-if",
        "The tangent sector of pairwise different lepton charges is a permutation of them only if p² "
        "q + q² r + r² p = 3 p q r or p² r + r² q + q² p = 3 p q r.",
        r"\{n\} = \{a\} \implies (p^2 q + q^2 r + r^2 p - 3 p q r)(p^2 r + r^2 q + q^2 p - 3 p q r) = 0",
        "new",
        lambda: for_all(A, _cyclic_forms(), quotients=_tangent(), given=[_tangent_novelty()]),
        _only_if_cyclic,
    ),
    Theorem(
        "tangent-sector-old-if",
        "Conversely, if one of these two cubic conditions holds, the tangent sector is a permutation of the "
        "lepton charges; so it is non-trivial in the sense (a) exactly when neither does.",
        r"(p^2 q + q^2 r + r^2 p - 3 p q r)(p^2 r + r^2 q + q^2 p - 3 p q r) = 0 \implies \{n\} = \{a\}",
        "new",
        lambda: for_all(A, _tangent_novelty(), quotients=_tangent(), given=[_cyclic_forms()]),
        prove_membership,
    ),
    *(_example(example) for example in DARK_EXAMPLES),
)
