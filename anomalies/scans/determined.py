"""Scans that restrict some charges only: the others are solved for, whatever rationals they turn out to be.

With values for the free charges, the equalities and the linear conditions leave at most one charge z, and
with it a quadratic and a cubic polynomial in z whose coefficients are polynomials in the free charges.  The
rational zeros of the quadratic one are tried in the cubic one; where the quadratic one vanishes identically,
the zeros of the cubic one are found instead.  Where both do, every z is a solution.

The work is one step for every combination of the free charges, some microseconds each in plain Python.  The
free charges go in as integers, times their common denominator, so that the steps are in integers.

Key results
-----------
determined : the solver of a scan
Determined : its type
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Any

from flint import fmpz_poly
from sympy import Expr, Integer, Poly, Symbol, lambdify

from anomalies.conditions import anomaly_conditions
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_rational, to_sympy
from anomalies.linear import linear_coefficients, reduced_rows
from anomalies.scans.definition import Scan

__all__ = ["Determined", "determined"]

Values = tuple[Fraction, ...]
_Function = Callable[..., Any]
_UNKNOWN = Symbol("_z")


@dataclass(frozen=True, slots=True)
class Determined:
    """The charges as affine functions of the free ones and z, and the conditions on z.

    Attributes
    ----------
    scale : the common denominator of the allowed values of the free charges.
    allowed : these values times the scale, for each free charge.
    affine : for each charge of the content a constant, and the coefficients of the scaled free charges and z.
    conditions : each a tuple of integer functions of the scaled free charges, the coefficients of powers of z
    within : for each charge of the content the values that it may take; None for any.
    """

    scale: int
    allowed: tuple[tuple[int, ...], ...]
    affine: tuple[Values, ...]
    conditions: tuple[tuple[_Function, ...], ...]
    within: tuple[frozenset[Fraction] | None, ...]

    def solutions(self) -> Iterator[Values | None]:
        """Yield the charges of all solutions; None for free charges at which every z is one."""
        for chosen in product(*self.allowed):
            zeros = self._zeros(chosen)
            if zeros is None:
                yield None
                continue
            for zero in zeros:
                values = self._charges(chosen, zero)
                if all(box is None or value in box for value, box in zip(values, self.within, strict=True)):
                    yield values

    def _zeros(self, chosen: Sequence[int]) -> tuple[Fraction, ...] | None:
        """The common rational zeros of all conditions in z; None if they vanish identically."""
        zeros: tuple[Fraction, ...] | None = None
        for functions in self.conditions:
            if zeros == ():
                break
            polynomial = [function(*chosen) for function in functions]
            if zeros is not None:
                zeros = tuple(zero for zero in zeros if _is_zero(polynomial, zero))
            elif any(polynomial):
                zeros = _rational_zeros(polynomial)
        return zeros

    def _charges(self, chosen: Sequence[int], zero: Fraction) -> Values:
        point: tuple[int | Fraction, ...] = (1, *chosen, zero)
        return tuple(
            sum((c * x for c, x in zip(row, point, strict=True) if c), Fraction(0)) for row in self.affine
        )


def _is_zero(polynomial: Sequence[int], zero: Fraction) -> bool:
    """Whether sum c_k z^k = 0, in integers."""
    total, power = 0, 1
    for coefficient in reversed(polynomial):
        total = total * zero.numerator + coefficient * power
        power *= zero.denominator
    return not total


def _rational_zeros(polynomial: Sequence[int]) -> tuple[Fraction, ...]:
    """The rational zeros of a polynomial that is not zero."""
    if len(polynomial) == 2 or not any(polynomial[2:]):
        constant, slope = polynomial[0], polynomial[1] if len(polynomial) > 1 else 0
        return (Fraction(-constant, slope),) if slope else ()
    _, factors = fmpz_poly(list(polynomial)).factor()
    linear = (factor for factor, _ in factors if factor.degree() == 1)
    return tuple(sorted(Fraction(-int(factor[0]), int(factor[1])) for factor in linear))


# ---------------------------------------------------------------- the solver of a scan


def determined(chosen: Scan) -> Determined:
    """Return the solver of a scan with free charges.

    Raises
    ------
    ArgumentError
        If the linear conditions leave more than one charge undetermined, or a free charge has no allowed
        values.

    Examples
    --------
    >>> from anomalies.literature import scenario
    >>> from anomalies.scans import scan
    >>> content = scenario(up_quarks=True, dark=["chi"]).content
    >>> chosen = scan("q, u, muons", content, range(-2, 3), ["chi_L = 1"], free=["q1", "u1", "mu_L", "mu_R"])
    >>> print(*next(values for values in determined(chosen).solutions() if values and values[0]))
    -1 0 -2 0 0 6 1 7 1 5
    """
    symbols = chosen.symbols
    values = dict(chosen.allowed)
    for symbol in chosen.free:
        if symbol not in values:
            raise ArgumentError(must_be("allowed", "given for every free charge", f"without {symbol}"))
    scale = lcm(*(value.denominator for symbol in chosen.free for value in values[symbol]))
    conditions = [value for value in anomaly_conditions(chosen.content).values() if value != 0]
    linear = [value for value in conditions if Poly(value, *symbols).total_degree() == 1]
    affine, constraints = _affine(chosen, linear, scale)
    point = (Integer(1), *chosen.free, _UNKNOWN)
    images: dict[Symbol, Expr] = {
        symbol: sum((to_sympy(c) * x for c, x in zip(row, point, strict=True)), Integer(0))
        for symbol, row in zip(symbols, affine, strict=True)
    }
    higher = [value.subs(images, simultaneous=True) for value in conditions if value not in linear]
    higher.sort(key=lambda value: int(Poly(value, *chosen.free, _UNKNOWN).total_degree()))
    return Determined(
        scale,
        tuple(tuple(int(value * scale) for value in values[symbol]) for symbol in chosen.free),
        affine,
        tuple(_coefficients(value, chosen.free) for value in (*constraints, *higher)),
        tuple(frozenset(values[s]) if s in values and s not in chosen.free else None for s in symbols),
    )


def _affine(chosen: Scan, linear: Sequence[Expr], scale: int) -> tuple[tuple[Values, ...], list[Expr]]:
    """All charges as affine functions of the scaled free ones and of z; and what must vanish besides."""
    symbols = chosen.symbols
    width = len(symbols)
    free = [symbols.index(symbol) for symbol in chosen.free]
    rows = [_row(expression, symbols) for expression in (*linear, *_differences(chosen))]
    others = [place for place in reversed(range(width)) if place not in free]
    reduced, pivots = reduced_rows(rows, (*others, *free, width))
    if width in pivots:
        raise ArgumentError("Argument 'equalities' must be consistent, and no charges satisfy all of them.")
    unknown = [place for place in sorted(others) if place not in pivots]
    if len(unknown) > 1:
        names = ", ".join(str(symbols[place]) for place in unknown)
        raise ArgumentError(
            f"Argument 'free' must leave at most one charge that linear conditions do not give, not {names}."
        )
    solved = {pivot: row for row, pivot in zip(reduced, pivots, strict=True)}
    affine = []
    for place in range(width):
        row = solved[place] if place in solved and place not in free else None
        constant = row[width] if row else Fraction(0)
        of_free = [-row[column] if row else Fraction(column == place) for column in free]
        of_unknown = [-row[column] if row else Fraction(column == place) for column in unknown]
        affine.append((constant, *(c / scale for c in of_free), *(of_unknown or [Fraction(0)])))
    between_free = [row for pivot, row in solved.items() if pivot in free]
    constraints = [
        sum((to_sympy(row[c] / scale) * symbols[c] for c in free), -to_sympy(row[width]))
        for row in between_free
    ]
    return tuple(affine), constraints if unknown else [_UNKNOWN, *constraints]


def _differences(chosen: Scan) -> list[Expr]:
    return [(equality.lhs - equality.rhs).expand() for equality in chosen.equalities]


def _row(expression: Expr, symbols: Sequence[Symbol]) -> Values:
    """A linear equation, expression = 0, as its coefficients and its right-hand side."""
    constant = expression.as_coeff_Add()[0]
    return (*linear_coefficients(expression - constant, symbols, "equalities"), -as_rational(constant))


def _coefficients(expression: Expr, free: Sequence[Symbol]) -> tuple[_Function, ...]:
    """The coefficients of 1, z, z^2, ... in a polynomial, times one integer, as functions."""
    _, cleared = Poly(expression, *free, _UNKNOWN, domain="QQ").clear_denoms(convert=True)
    in_unknown = Poly(cleared.as_expr(), _UNKNOWN)
    return tuple(lambdify(list(free), c, modules=[{}]) for c in reversed(in_unknown.all_coeffs()))
