"""Polynomial algebra for those who look for proofs: python-flint, and cofactors that are kept.

Nothing here is trusted: what comes out are certificates, and the checker multiplies them out.

Key results
-----------
Ring : the polynomials of a statement, from sympy to flint and to formal text
find_combination : exponents and cofactors of prod s_j^e_j p = sum c_i h_i

The search goes in two steps.  A hypothesis A v + B with A a constant or a product of nonzero
expressions removes the variable v, where the cofactor is (p(v) - p(-B/A)) / (v + B/A) up to powers
of A.  What then is left goes through Buchberger's algorithm with the cofactors written along.

References
----------
B. Buchberger, J. Symb. Comput. 41 (2006) 475 (his thesis of 1965, translated).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, islice
from typing import Any, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly_ctx
from sympy import Expr, Symbol

from anomalies.errors import ArgumentError, CheckFailedError, must_be
from anomalies.proofs.statements import Statement

__all__ = ["Combination", "Ring", "find_combination"]

_Polynomial: TypeAlias = Any  # a flint fmpq_mpoly
_MOST_PAIRS = 300
_HIGHEST_POWER, _MOST_MULTIPLIERS = 6, 400  # products of nonzero expressions tried as multipliers


class Ring:
    """The polynomial ring of a statement: its variables, and what its abbreviations stand for."""

    __slots__ = ("context", "names", "values")

    def __init__(self, statement: Statement) -> None:
        """Set up the ring of the statement's variables."""
        self.names = [symbol.name for symbol in statement.variables]
        self.context = fmpq_mpoly_ctx.get(self.names, Ordering.degrevlex)
        self.values: dict[Symbol, _Polynomial] = dict(
            zip(statement.variables, self.context.gens(), strict=True)
        )
        for name, value in statement.lets:
            self.values[name] = self.polynomial(value)

    def polynomial(self, expression: Expr) -> _Polynomial:
        """Return the flint polynomial that an expression expands to."""
        if expression.is_Rational:
            return self.context.constant(fmpq(int(expression.p), int(expression.q)))
        if expression.is_Symbol:
            return self.values[expression]
        if expression.is_Pow and expression.exp.is_Integer and expression.exp >= 0:
            return self.polynomial(expression.base) ** int(expression.exp)
        if expression.is_Add:
            return sum(map(self.polynomial, expression.args), start=self.context.constant(0))
        if expression.is_Mul:
            result = self.context.constant(1)
            for factor in expression.args:
                result *= self.polynomial(factor)
            return result
        raise ArgumentError(must_be("expression", "a polynomial with rational coefficients", expression))

    def formal(self, polynomial: _Polynomial) -> dict[str, str]:
        """Return a polynomial as the object of its monomials, in the order of the schema."""
        terms = sorted(polynomial.to_dict().items(), reverse=True)
        return {
            "*".join(
                name if exponent == 1 else f"{name}^{exponent}"
                for name, exponent in zip(self.names, exponents, strict=True)
                if exponent
            )
            or "1": str(coefficient)
            for exponents, coefficient in terms
        }


@dataclass(frozen=True, slots=True)
class Combination:
    """The exponents e_j and the cofactors c_i of prod s_j^e_j p = sum c_i h_i."""

    powers: tuple[int, ...]
    cofactors: tuple[_Polynomial, ...]


@dataclass(frozen=True, slots=True)
class _Tracked:
    """A polynomial and how it is made: value = prod s_j^e_j target - sum c_i h_i.

    For a consequence of the hypotheses the target is 0, and the exponents do not matter.
    """

    value: _Polynomial
    powers: tuple[int, ...]
    cofactors: tuple[_Polynomial, ...]

    def times(self, factor: _Polynomial, powers: Sequence[int] | None = None) -> _Tracked:
        raised = self.powers if powers is None else tuple(map(sum, zip(self.powers, powers, strict=True)))
        return _Tracked(self.value * factor, raised, tuple(c * factor for c in self.cofactors))

    def minus(self, factor: _Polynomial, other: _Tracked) -> _Tracked:
        """Return self - factor * other, where other is a consequence of the hypotheses."""
        return _Tracked(
            self.value - factor * other.value,
            self.powers,
            tuple(c - factor * d for c, d in zip(self.cofactors, other.cofactors, strict=True)),
        )


def find_combination(
    target: _Polynomial, hypotheses: Sequence[_Polynomial], nonzero: Sequence[_Polynomial]
) -> Combination:
    """Return cofactors that show prod s_j^e_j target = sum c_i h_i for some exponents e_j.

    Raises
    ------
    CheckFailedError
        If there are none, or only with a higher power of the nonzero expressions, or the search
        takes too many steps.
    """
    nought, zeros = target * 0, (0,) * len(nonzero)
    goal = _Tracked(target, zeros, (nought,) * len(hypotheses))
    known = [
        _Tracked(h, zeros, tuple(nought - (1 if i == j else 0) for j in range(len(hypotheses))))
        for i, h in enumerate(hypotheses)
    ]
    pivots, rest = _eliminate(known, nonzero)
    basis = _groebner([entry for entry in rest if entry.value])
    for powers in islice(_multipliers(len(nonzero)), _MOST_MULTIPLIERS):
        factor = nought + 1
        for s, exponent in zip(nonzero, powers, strict=True):
            factor *= s**exponent
        reduced = goal.times(factor, powers)
        for pivot in pivots:
            reduced = _substitute(reduced, pivot)
        reduced = _reduce(reduced, basis)
        if not reduced.value:
            return _cancel(reduced, nonzero)
    raise CheckFailedError("No certificate was found: the goal is no combination of the given expressions.")


def _multipliers(count: int) -> Iterator[tuple[int, ...]]:
    """Yield the exponents of products of nonzero expressions, by total degree."""
    for total in range(_HIGHEST_POWER + 1 if count else 1):
        for chosen in combinations_with_replacement(range(count), total):
            yield tuple(chosen.count(index) for index in range(count))


def _cancel(goal: _Tracked, nonzero: Sequence[_Polynomial]) -> Combination:
    """Divide the equation by nonzero expressions as often as all of its cofactors allow."""
    powers, cofactors = list(goal.powers), goal.cofactors
    for index, factor in enumerate(nonzero):
        while powers[index] and not any(divmod(c, factor)[1] for c in cofactors):
            cofactors, powers[index] = tuple(c // factor for c in cofactors), powers[index] - 1
    return Combination(tuple(powers), cofactors)


# ------------------------------------------------------------------------------------- elimination


@dataclass(frozen=True, slots=True)
class _Pivot:
    """A consequence A v + B of the hypotheses, with A = prod s_j^e_j, that determines v."""

    relation: _Tracked
    variable: int
    powers: tuple[int, ...]


def _eliminate(known: list[_Tracked], nonzero: Sequence[_Polynomial]) -> tuple[list[_Pivot], list[_Tracked]]:
    """Take out hypotheses A v + B whose A does not vanish, the simplest first, and what is left."""
    pivots: list[_Pivot] = []
    while candidates := list(_candidates(known, nonzero)):
        _, index, pivot = min(candidates, key=lambda candidate: candidate[:2])
        pivots.append(pivot)
        known = [_substitute(entry, pivot) for entry in known[:index] + known[index + 1 :]]
    return pivots, known


def _candidates(
    known: Sequence[_Tracked], nonzero: Sequence[_Polynomial]
) -> Iterator[tuple[tuple[int, int], int, _Pivot]]:
    for index, entry in enumerate(known):
        for variable, degree in enumerate(entry.value.degrees()):
            if degree == 1:
                unit = _unit(_coefficients(entry.value, variable)[1], nonzero)
                if unit is not None:
                    constant, powers = unit
                    relation = entry.times(1 / constant)
                    yield (sum(powers), len(entry.value)), index, _Pivot(relation, variable, powers)


def _coefficients(polynomial: _Polynomial, variable: int) -> dict[int, _Polynomial]:
    """Return the coefficients of the powers of one variable."""
    parts: dict[int, dict[tuple[int, ...], Any]] = {}
    for exponents, coefficient in polynomial.to_dict().items():
        rest = (*exponents[:variable], 0, *exponents[variable + 1 :])
        parts.setdefault(int(exponents[variable]), {})[rest] = coefficient
    return {degree: polynomial.context().from_dict(part) for degree, part in parts.items()}


def _unit(polynomial: _Polynomial, nonzero: Sequence[_Polynomial]) -> tuple[Any, tuple[int, ...]] | None:
    """Return constant and exponents of a constant times a product of nonzero expressions, else None."""
    powers = [0] * len(nonzero)
    for index, factor in enumerate(nonzero):
        while factor.total_degree() > 0:
            quotient, remainder = divmod(polynomial, factor)
            if remainder:
                break
            polynomial, powers[index] = quotient, powers[index] + 1
    return (polynomial.coefficient(0), tuple(powers)) if polynomial.is_constant() else None


def _substitute(entry: _Tracked, pivot: _Pivot) -> _Tracked:
    """Replace v by -B / A in an entry, multiplied by A to its degree in v."""
    parts = _coefficients(entry.value, pivot.variable)
    degree = max(parts, default=0)
    if degree == 0:
        return entry
    linear = _coefficients(pivot.relation.value, pivot.variable)
    nought = entry.value * 0
    lead, minus = linear[1], -linear.get(0, nought)
    leading_term = lead * entry.value.context().gens()[pivot.variable]
    # A^d p(v) - sum p_k (-B)^k A^(d-k) = (A v + B) * quotient
    quotient = nought
    for k, part in parts.items():
        geometric = sum((leading_term**j * minus ** (k - 1 - j) for j in range(k)), start=nought)
        quotient += part * lead ** (degree - k) * geometric
    raised = entry.times(lead**degree, [degree * exponent for exponent in pivot.powers])
    return raised.minus(quotient, pivot.relation)


# -------------------------------------------------------------------------------------- Buchberger


def _reduce(entry: _Tracked, basis: Sequence[_Tracked]) -> _Tracked:
    """Return the remainder of a division by all of the basis."""
    changed = True
    while changed and entry.value:
        changed = False
        for divisor in basis:
            quotient, _ = divmod(entry.value, divisor.value)
            if quotient:
                entry, changed = entry.minus(quotient, divisor), True
    return entry


def _groebner(known: Sequence[_Tracked]) -> list[_Tracked]:
    basis = list(known)
    pairs = [(i, j) for j in range(len(basis)) for i in range(j)]
    steps = 0
    while pairs:
        pairs.sort(key=lambda pair: sum(_join(basis[pair[0]], basis[pair[1]])), reverse=True)
        i, j = pairs.pop()
        steps += 1
        if steps > _MOST_PAIRS:
            raise CheckFailedError(
                f"No certificate was found within {_MOST_PAIRS} steps of Buchberger's algorithm."
            )
        remainder = _reduce(_s_polynomial(basis[i], basis[j]), basis)
        if remainder.value:
            pairs += [(k, len(basis)) for k in range(len(basis))]
            basis.append(remainder)
    return basis


def _join(left: _Tracked, right: _Tracked) -> tuple[int, ...]:
    return tuple(map(max, left.value.monomial(0), right.value.monomial(0)))


def _s_polynomial(left: _Tracked, right: _Tracked) -> _Tracked:
    join = _join(left, right)
    factors = []
    for entry in (left, right):
        exponents = tuple(a - b for a, b in zip(join, entry.value.monomial(0), strict=True))
        factors.append(entry.value.context().from_dict({exponents: 1 / entry.value.coefficient(0)}))
    return left.times(factors[0]).minus(factors[1], right)
