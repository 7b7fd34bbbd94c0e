"""Exact linear algebra over the rationals, on python-flint.

The linear anomaly and charge-conservation conditions are small dense systems; everything that is
asked of them follows from one reduced row echelon form.  Vectors are tuples of `Fraction`.

Key results
-----------
reduced_rows : the reduced row echelon form with its pivots, for any order of the columns
null_space : a basis of {x : A x = 0}, one vector for each free column
solve : one exact solution, or None
linear_coefficients : a sympy expression as a vector, or an error when it is not linear
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from flint import fmpq, fmpq_mat
from sympy import Expr, Symbol, sympify

from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_rational

__all__ = ["Vector", "in_span", "linear_coefficients", "null_space", "rank", "reduced_rows", "solve"]

Vector: TypeAlias = tuple[Fraction, ...]


def reduced_rows(
    rows: Sequence[Sequence[Fraction]], order: Sequence[int] | None = None
) -> tuple[tuple[Vector, ...], tuple[int, ...]]:
    """Return the non-zero rows of the reduced row echelon form, and their pivot columns.

    Parameters
    ----------
    rows : the matrix; all rows of one length.
    order : the columns in the order in which they are to become pivots; left to right by default.

    Examples
    --------
    >>> one, two = Fraction(1), Fraction(2)
    >>> reduced_rows([(one, two), (two, one)])[1]
    (0, 1)
    >>> reduced_rows([(one, two)], order=(1, 0))
    (((Fraction(1, 2), Fraction(1, 1)),), (1,))
    """
    if not rows or not rows[0]:
        return (), ()
    width = len(rows[0])
    columns = tuple(range(width)) if order is None else tuple(order)
    matrix = fmpq_mat(
        len(rows), width, [fmpq(row[c].numerator, row[c].denominator) for row in rows for c in columns]
    )
    reduced, matrix_rank = matrix.rref()
    result, pivots = [], []
    for index in range(matrix_rank):
        entries = [Fraction(int(reduced[index, c].p), int(reduced[index, c].q)) for c in range(width)]
        pivots.append(columns[next(c for c, entry in enumerate(entries) if entry)])
        restored = [Fraction(0)] * width
        for column, entry in zip(columns, entries, strict=True):
            restored[column] = entry
        result.append(tuple(restored))
    return tuple(result), tuple(pivots)


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    """Return the rank of a matrix.

    >>> rank([(Fraction(1), Fraction(2)), (Fraction(2), Fraction(4))])
    1
    """
    return len(reduced_rows(rows)[1])


def null_space(
    rows: Sequence[Sequence[Fraction]], width: int, order: Sequence[int] | None = None
) -> tuple[Vector, ...]:
    """Return a basis of {x in Q^width : A x = 0}.

    Each basis vector is 1 in one free column and 0 in the other free columns; `order` lists the
    columns that are to be solved for first.

    >>> null_space([(Fraction(1), Fraction(-2), Fraction(0))], 3)
    ((Fraction(2, 1), Fraction(1, 1), Fraction(0, 1)), (Fraction(0, 1), Fraction(0, 1), Fraction(1, 1)))
    """
    reduced, pivots = reduced_rows(rows, order)
    basis = []
    for free in (column for column in range(width) if column not in pivots):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for row, pivot in zip(reduced, pivots, strict=True):
            vector[pivot] = -row[free]
        basis.append(tuple(vector))
    return tuple(basis)


def solve(columns: Sequence[Sequence[Fraction]], target: Sequence[Fraction]) -> Vector | None:
    """Return coefficients c with sum c_i columns_i = target, or None when there are none.

    Coefficients that the equations leave free are 0.

    >>> solve([(Fraction(1), Fraction(0)), (Fraction(1), Fraction(1))], (Fraction(3), Fraction(1)))
    (Fraction(2, 1), Fraction(1, 1))
    """
    unknowns = len(columns)
    rows = [[*(column[index] for column in columns), Fraction(value)] for index, value in enumerate(target)]
    reduced, pivots = reduced_rows(rows)
    if unknowns in pivots:
        return None
    result = [Fraction(0)] * unknowns
    for row, pivot in zip(reduced, pivots, strict=True):
        result[pivot] = row[unknowns]
    return tuple(result)


def in_span(columns: Sequence[Sequence[Fraction]], target: Sequence[Fraction]) -> bool:
    """Return whether `target` is a linear combination of `columns`."""
    return solve(columns, target) is not None


def linear_coefficients(expression: Expr, symbols: Sequence[Symbol], argument: str) -> Vector:
    """Return the coefficients of a homogeneous linear expression in the given symbols.

    Raises
    ------
    ArgumentError
        If the expression has a constant term, a term of higher degree, or another symbol in it.

    Examples
    --------
    >>> from sympy.abc import x, y
    >>> linear_coefficients(2*x - y/3, (x, y), "condition")
    (Fraction(2, 1), Fraction(-1, 3))
    """
    place = {symbol: index for index, symbol in enumerate(symbols)}
    result = [Fraction(0)] * len(place)
    terms: dict[Any, Any] = sympify(expression).expand().as_coefficients_dict()
    for monomial, coefficient in terms.items():
        if coefficient == 0:
            continue
        if monomial not in place:
            raise ArgumentError(must_be(argument, "linear and homogeneous in the charges", expression))
        result[place[monomial]] = as_rational(coefficient, argument)
    return tuple(result)
