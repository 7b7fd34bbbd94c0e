"""The tangent sector: dark charges as rational functions of the lepton charges, and when they are new."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import gcd, prod
from typing import Any

from sympy import Eq, Expr, Le, Symbol, Tuple, symbols

from anomalies import DarkSector
from anomalies.diophantine import (
    NONTRIVIAL_SENSES,
    cubic_curve,
    is_nontrivial,
    order_nine_conditions,
    order_of_point,
    product_form,
    tangent_identity,
    tangent_sector,
)
from anomalies.exact import as_rational, to_sympy
from anomalies.latex import Derivation, Step, definition, print_derivation, remark, statement
from anomalies.latex.equality import difference
from anomalies.proofs import verify
from anomalies.tables import Table
from anomalies.theorems import find_theorem, proved

PAIRS = p, q, r = symbols("p q r")
XYZ = X, Y, Z = symbols("X Y Z")
A = symbols("a_e a_mu a_tau")
N = symbols("n_1:4")
# The lepton charges with the pair sums p, q, r.
A_OF_PAIRS = ((q + r - p) / 2, (r + p - q) / 2, (p + q - r) / 2)
SLOPE = alpha, beta, gamma = symbols("alpha beta gamma")
DIFFERENCES = dict(zip(SLOPE, (q - r, r - p, p - q), strict=True))
t, k, m = symbols("t k m")
UVW = u, v, w = symbols("u v w")
C_PLUS, C_MINUS, NORM = symbols("C_+ C_- N")
CYCLIC = dict(zip((C_PLUS, C_MINUS), order_nine_conditions(A_OF_PAIRS), strict=True))
CYCLIC[NORM] = p**2 + q**2 + r**2 - p * q - q * r - r * p

OLD = (7, 1, -5)
EXAMPLES = (("3/5", 1, "1/20"), ("59/100", 1, 0), (3, 2, 1), (-19, -1, 17), OLD)
SWEPT = 12


def derivation() -> Derivation:
    """Return the closed form, the condition under which it is new, and what the other multiples are."""
    steps = (*_closed_form(), *_novelty(), *_multiples(), *_examples())
    return Derivation("The tangent sector", "ADN (2.6), footnote 13", steps)


def _agree(left: object, right: object) -> bool:
    return difference(left, right) is None


def _said(template: str, formula: object, check: Callable[[], bool], checked: str, **values: Any) -> Step:
    """A statement in whose sentence {P}, {X} and other symbols stand for themselves."""
    return statement(template, formula, check, checked, **_symbols_in(template), **values)


def _remark(template: str, **values: Any) -> Step:
    return remark(template, **_symbols_in(template), **values)


def _symbols_in(template: str) -> dict[str, Expr]:
    return {name: Symbol(name) for name in "pqrtkPTOXYZ" if f"{{{name}}}" in template}


def _claim(name: str, words: str, formula: object, check: Callable[[], bool], **values: Any) -> Step:
    """A claim in its own words: proved once more, its certificate checked, and a formula beside it."""
    theorem = find_theorem(name)
    claim = proved(theorem)
    assert claim.certificate is not None
    return _said(
        f"Claim {name}. {theorem.statement} {words}",
        formula,
        lambda: verify(claim).status == theorem.expected and check(),
        f"{claim.status}: {claim.method}, certificate with SHA-256 {claim.certificate.sha256[:16]}...; the "
        "formula by exact computation",
        **values,
    )


# ---------------------------------------------------------------- the closed form


def _closed_form() -> tuple[Step, ...]:
    line = tuple(value * (1 + t * slope) for value, slope in zip(PAIRS, SLOPE, strict=True))
    bracket = alpha * beta + beta * gamma + gamma * alpha + t * alpha * beta * gamma
    of_leptons = (A[1] - A[0], A[2] - A[1], A[0] - A[2])
    return (
        _said(
            "Three dark charges are the sum of the lepton charges minus {X}, {Y} and {Z}, where these have "
            "the sum and the product of {p}, {q} and {r}, the sums of two lepton charges. These are "
            "pairwise different just when the lepton charges are:",
            Eq(Tuple(p - q, q - r, r - p), Tuple(*of_leptons), evaluate=False),
            lambda: _agree([value.subs(_pairs_of(A)) for value in (p - q, q - r, r - p)], of_leptons),
            "the pair sums put in",
        ),
        _said(
            "With {differences}, whose sum is zero, the points {line} have the right sum for every {t}, and",
            Eq(X * Y * Z - p * q * r, p * q * r * t**2 * bracket, evaluate=False),
            lambda: (
                _agree(
                    *(x.subs(gamma, -alpha - beta) for x in (prod(line), p * q * r * (1 + t**2 * bracket)))
                )
                and _agree(sum(line).subs(DIFFERENCES), p + q + r)
            ),
            "identities, with the third difference eliminated",
            differences=Eq(Tuple(*SLOPE), Tuple(*DIFFERENCES.values()), evaluate=False),
            line=Eq(Tuple(*XYZ), Tuple(*line), evaluate=False),
        ),
        _claim(
            "tangent-sector",
            "The line above touches the curve where {t} is zero, and the bracket vanishes at the third "
            "point:",
            Eq(Tuple(*XYZ), Tuple(*_coordinates(-2)), evaluate=False),
            lambda: _agree(_third_point(line), _coordinates(-2)),
        ),
        _claim(
            "tangent-sector-exception",
            "With {r} equal to {p}, the equation for {X} is",
            Eq(p * (p - q) ** 2, 0, evaluate=False),
            lambda: _agree((p * (q - r) ** 2 - X * (p - r) * (q - p)).subs(r, p), p * (p - q) ** 2),
        ),
    )


def _pairs_of(a: tuple[Expr, ...]) -> dict[Expr, Expr]:
    return {p: a[1] + a[2], q: a[2] + a[0], r: a[0] + a[1]}


def _third_point(line: tuple[Expr, ...]) -> list[Expr]:
    root = -(alpha * beta + beta * gamma + gamma * alpha) / (alpha * beta * gamma)
    return [value.subs(t, root).subs(DIFFERENCES) for value in line]


def _coordinates(multiple: int, shift: int = 0) -> tuple[Expr, ...]:
    """X, Y, Z of m P + j T as functions of p, q, r."""
    return tuple(sum(A_OF_PAIRS) - n for n in tangent_sector(A_OF_PAIRS, multiple, shift))


# ---------------------------------------------------------------- when it is new


def _novelty() -> tuple[Step, ...]:
    denominator = ((p - q) * (q - r) * (r - p)) ** 2
    old = product_form(OLD)
    right = 2 * C_PLUS * C_MINUS * NORM / denominator
    return (
        _claim(
            "tangent-sector-always-new",
            "This is refuted: for {a}, where {pairs}, the tangent sector is the trivial one:",
            Eq(Tuple(*XYZ), Tuple(*_tangent_at(OLD)), evaluate=False),
            lambda: sorted(_tangent_at(OLD)) == sorted((old.p, old.q, old.r)),
            a=Eq(Symbol("a"), Tuple(*OLD), evaluate=False),
            pairs=Eq(Tuple(*PAIRS), Tuple(*map(to_sympy, (old.p, old.q, old.r))), evaluate=False),
        ),
        definition(
            "When, then, is it new? Three numbers are determined by the sums of their first three powers: a "
            "sector is a permutation of the lepton charges just when the sums of squares agree. Let",
            Tuple(C_PLUS, C_MINUS),
            Tuple(CYCLIC[C_PLUS], CYCLIC[C_MINUS]),
        ),
        statement(
            "With {N}, the sums of squares of the tangent sector and of the lepton charges are related by",
            Eq(sum(n**2 for n in N), sum(a**2 for a in A) + right, evaluate=False),
            lambda: (
                _agree(*tangent_identity(A_OF_PAIRS))
                and _agree(tangent_identity(A_OF_PAIRS)[1], right.subs(CYCLIC))
            ),
            "an identity in p, q, r",
            N=Eq(NORM, CYCLIC[NORM], evaluate=False),
        ),
        _claim(
            "tangent-sector-old-only-if",
            "The factor {N} is not zero, for",
            Eq(NORM, ((p - q) ** 2 + (q - r) ** 2 + (r - p) ** 2) / 2, evaluate=False),
            lambda: _agree(CYCLIC[NORM], ((p - q) ** 2 + (q - r) ** 2 + (r - p) ** 2) / 2),
            N=NORM,
        ),
        _claim(
            "tangent-sector-old-if",
            "Each condition is a cubic with a node: {ratios} have the product 1, and the sum 3 if {C} "
            "vanishes. So these, for any {k} and {uvw}, are all exceptions, as they stand or with {p} and "
            "{r} exchanged:",
            Eq(Tuple(*PAIRS), Tuple(*(k * value for value in _exception(u, v, w))), evaluate=False),
            _are_all_exceptions,
            ratios=Tuple(p / r, q / p, r / q),
            C=C_PLUS,
            uvw=Eq(u + v + w, 0, evaluate=False),
        ),
        _remark(
            "The example is {simplest}. In the group of the curve, with {P} the trivial sector and {T} of "
            "order three (see the derivation of the cubic curve), the tangent sector is −2{P}. It is one of "
            "the six orders of {P}, which are ±{P} plus multiples of {T}, just when 3{P} is a multiple of "
            "{T}; and not zero, since only ±{T} have order three. So the exceptions are those where {P} has "
            "order nine.",
            simplest=Eq(Tuple(*UVW), Tuple(1, 1, -2), evaluate=False),
        ),
    )


def _exception(u: Expr, v: Expr, w: Expr) -> tuple[Expr, Expr, Expr]:
    """The pair sums at which C_+ vanishes, if u + v + w = 0."""
    return u**2 * w, v**2 * u, w**2 * v


def _are_all_exceptions() -> bool:
    """Whether these are solutions, all of them, and points of order nine."""
    plus, product = CYCLIC[C_PLUS], p * q * r
    at = dict(zip(PAIRS, _exception(u, v, -u - v), strict=True))
    back = dict(zip(UVW, (p / r - 1, q / p - 1, r / q - 1), strict=True))
    return (
        _agree(plus.subs(at, simultaneous=True), 0)
        and _agree(sum(back.values()), plus / product)
        and _agree((u**2 - p / r * v * w).subs(back), p / r * plus / product)
        and _agree(CYCLIC[C_MINUS], plus.subs({p: r, r: p}, simultaneous=True))
        and all(_order(_a_of(_exception(*uv, -sum(uv)))) == 9 for uv in ((1, 1), (2, 1), (1, 2), (5, -3)))
    )


def _a_of(pairs: tuple[Any, ...]) -> tuple[Fraction, ...]:
    """The lepton charges with the given pair sums."""
    total = sum(map(Fraction, pairs)) / 2
    return tuple(total - pair for pair in pairs)


def _order(a: Iterable[Any]) -> int | None:
    return order_of_point(cubic_curve(a).trivial)


def _tangent_at(a: tuple[object, ...]) -> tuple[Expr, ...]:
    total = sum(to_sympy(as_rational(value)) for value in a)
    return tuple(total - n for n in tangent_sector(a))


# ---------------------------------------------------------------- the other multiples


def _multiples() -> tuple[Step, ...]:
    triple = (
        C_MINUS**2 / (C_PLUS * NORM),
        p * q * r * NORM**2 / (C_PLUS * C_MINUS),
        C_PLUS**2 / (C_MINUS * NORM),
    )
    equal = (k**3 * (k + 1), k + 1, k * (k**2 + 1))
    swept = [_tangent_of(a) for a in _small_charges()]
    orders = sorted({s.order for s in swept}, key=lambda order: order or 0)
    return (
        _said(
            "Adding {T} moves {X} to the end, and the opposite point has {X} and {Z} exchanged, which "
            "changes no sector. The chord through {P} and 2{P} gives another, 3{P}, just when the tangent "
            "sector is new:",
            Eq(Tuple(*XYZ), Tuple(*triple), evaluate=False),
            lambda: (
                _agree([value.subs(CYCLIC) for value in triple], _coordinates(3))
                and _agree(sum(triple).subs(CYCLIC), p + q + r)
                and _agree(prod(triple), p * q * r)
                and all(_orders_are_shifts(multiple) for multiple in (2, 3, 4))
            ),
            "sum and product identically; the orders of 2P, 3P and 4P compared",
        ),
        _said(
            "If two dark charges of the tangent sector agree, it is its own opposite up to order: 4{P} is a "
            "multiple of {T}, and no multiple of {P} gives more than 2{P} does. {X} and {Y} agree if "
            "{condition}, that is, if {p}, {q}, {r} are proportional to",
            Tuple(*equal),
            lambda: _is_order_four(equal),
            "X - Y is the condition over a denominator; solved for r, with k = (r - p)/(q - r); order 12 "
            "for small k",
            condition=Eq(p * (q - r) ** 3, q * (r - p) ** 3, evaluate=False),
        ),
        _said(
            "On a smooth curve, by Mazur's theorem, the order of {P} modulo {T} is at most four or "
            "infinite. It is two if two lepton charges are equal, three for the exceptions, and four in the "
            "last case. In all others the multiples of {P} are infinitely many different sectors, all new "
            "but the first. These are all coprime integers {bound}, different and with no pair sum zero, up "
            "to order and sign, with the number of their tangent sectors that are non-trivial in each sense:",
            Table(
                ("order of P", "number", *(f"({letter})" for letter in "abc")),
                [_counted(order, [s for s in swept if s.order == order]) for order in orders],
            ),
            lambda: len(swept) > 500 and {None, 9} <= set(orders) and all(map(_is_as_stated, swept)),
            "for each: order nine, a vanishing condition and a permutation go together, and so do order "
            "four or twelve and equal dark charges, and (b) without a zero and (c)",
            bound=Le(Symbol("|a_i|"), SWEPT),
        ),
    )


def _orders_are_shifts(multiple: int) -> bool:
    X, Y, Z = _coordinates(multiple)
    return all(
        _agree(one, other)
        for one, other in (
            (_coordinates(multiple, 1), (Y, Z, X)),
            (_coordinates(multiple, 2), (Z, X, Y)),
            (_coordinates(-multiple), (Z, Y, X)),
        )
    )


def _is_order_four(pairs: tuple[Expr, ...]) -> bool:
    """Whether X = Y is the condition, these solve it, p and k determine r, and P has the order twelve."""
    X, Y, _ = _coordinates(-2)
    condition = p * (q - r) ** 3 - q * (r - p) ** 3
    at = dict(zip(PAIRS, pairs, strict=True))
    slope = (r - p) / (q - r)
    return (
        _agree(X - Y, condition / ((p - q) * (q - r) * (r - p)))
        and _agree(condition.subs(at, simultaneous=True), 0)
        and _agree(slope.subs(at, simultaneous=True), k)
        and _agree(r, (p + slope * q) / (1 + slope))
        and all(_order(_a_of(tuple(pair.subs(k, i) for pair in pairs))) == 12 for i in (2, 3, -2, -3))
    )


def _small_charges() -> Iterator[tuple[int, ...]]:
    """Coprime integers, different and without a vanishing pair sum, one of each a and -a."""
    for a in combinations(range(SWEPT, -SWEPT - 1, -1), 3):
        if product_form(a).pi != 0 and gcd(*a) == 1 and a >= tuple(-value for value in reversed(a)):
            yield a


@dataclass(frozen=True)
class _Tangent:
    """Lepton charges, the order of their trivial point, and their tangent sector."""

    a: tuple[Any, ...]
    order: int | None
    sector: DarkSector

    @property
    def senses(self) -> list[bool]:
        return [is_nontrivial(self.sector, sense) for sense in NONTRIVIAL_SENSES]


def _tangent_of(a: tuple[Any, ...]) -> _Tangent:
    trivial = cubic_curve(a).trivial
    return _Tangent(a, order_of_point(trivial), (trivial * -2).sector)


def _counted(order: int | None, found: list[_Tangent]) -> tuple[object, ...]:
    columns = zip(*(s.senses for s in found), strict=True)
    return ("infinite" if order is None else order, len(found), *map(sum, columns))


def _is_as_stated(tangent: _Tangent) -> bool:
    plus, minus = order_nine_conditions(tangent.a)
    permutation, disjoint, chiral = tangent.senses
    return (
        (plus * minus == 0) == (tangent.order == 9) == (not permutation) == (not disjoint)
        and (len(set(tangent.sector.n)) < 3) == (tangent.order in (4, 12))
        and chiral == (disjoint and 0 not in (*tangent.sector.a, *tangent.sector.n))
        and tangent.order in (None, 4, 9, 12)
    )


# ---------------------------------------------------------------- examples


def _examples() -> tuple[Step, ...]:
    shown = [_tangent_of(a) for a in EXAMPLES]
    return (
        _remark(
            "The senses are: (a) no permutation of the lepton charges, (b) no dark charge equal to a lepton "
            "charge, (c) moreover no zero and no pair of opposites. Without a vanishing pair sum (a) and "
            "(b) are the same: if {X} is one of {p}, {q}, {r}, then {Y} and {Z} have the sum and the "
            "product of the other two. Opposite dark charges would make {X}, {Y} or {Z} vanish, so all that "
            "(c) adds is that no charge is zero."
        ),
        statement(
            "ADN's two points, one integer example, one of order twelve, and the smallest exception:",
            Table(
                ("lepton charges", "order of P", *N, "senses"),
                [
                    (
                        Tuple(*map(to_sympy, map(Fraction, s.a))),
                        "infinite" if s.order is None else str(s.order),
                        *s.sector.n,
                        " ".join(f"({x})" for x, holds in zip("abc", s.senses, strict=True) if holds)
                        or "none",
                    )
                    for s in shown
                ],
            ),
            lambda: (
                all(map(_is_as_stated, shown))
                and [s.order for s in shown] == [None, None, None, 12, 9]
                and all(sorted(tangent_sector(s.a)) == list(map(to_sympy, s.sector.n)) for s in shown)
            ),
            "by the group law and by the closed form",
        ),
    )


if __name__ == "__main__":
    print_derivation(derivation)
