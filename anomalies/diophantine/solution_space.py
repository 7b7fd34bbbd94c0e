r"""The anomaly equations of any model as exact objects: a linear space, quadrics on it, and a cubic.

The linear conditions on the charges of one extra U(1) leave a linear space V.  On it, the quadratic
conditions are symmetric bilinear forms B(., .), and the cubic one is a symmetric trilinear form T(., ., .).
Vectors are charges in the order of the content, tuples of `Fraction`.

Key results
-----------
solution_space : V, the quadrics and the cubic of a content
SolutionSpace, SymmetricForm : the exact objects
radical : R = {D: B(D, .) = 0 for every quadric}
shift_space : S, the directions along which every solution may be moved
restricted : the same equations on a subspace
short_basis : a reduced basis of the integer vectors of a space
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement, permutations
from math import factorial, prod
from typing import Any

from flint import fmpz_mat
from sympy import Expr, Poly, Symbol
from sympy.printing.defaults import Printable

from anomalies.conditions import anomaly_conditions
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_rational, primitive, to_sympy
from anomalies.fields import FieldContent, as_content
from anomalies.linear import Vector, null_space, rank, reduced_rows

__all__ = [
    "SolutionSpace",
    "SymmetricForm",
    "combination",
    "complement",
    "gram_matrix",
    "radical",
    "restricted",
    "shift_space",
    "short_basis",
    "solution_space",
]


# ---------------------------------------------------------------- the equations


@dataclass(frozen=True, slots=True)
class SymmetricForm:
    """A homogeneous polynomial of degree 2 or 3 as its multilinear form: form(x, x) or form(x, x, x).

    Parameters
    ----------
    degree : the degree.
    terms : pairs (indices, coefficient): the monomial is the product of the charges with these places.

    Examples
    --------
    >>> form = SymmetricForm(2, (((0, 0), Fraction(1)), ((0, 1), Fraction(4))))
    >>> form((1, 0), (0, 1)), form((1, 1), (1, 1))
    (Fraction(2, 1), Fraction(5, 1))
    """

    degree: int
    terms: tuple[tuple[tuple[int, ...], Fraction], ...]

    def __call__(self, *vectors: Sequence[Fraction | int]) -> Fraction:
        """Return the value of the multilinear form."""
        total = Fraction(0)
        for places, coefficient in self.terms:
            if len(set(places)) == 1:
                total += coefficient * prod([v[places[0]] for v in vectors])
            else:
                orders = permutations(places)
                value = sum(prod([v[i] for v, i in zip(vectors, order, strict=True)]) for order in orders)
                total += coefficient * Fraction(value, factorial(self.degree))
        return total

    def vanishes_on(self, basis: Sequence[Vector]) -> bool:
        """Return whether the polynomial is zero on the span of `basis`."""
        return not any(self(*vectors) for vectors in combinations_with_replacement(basis, self.degree))


@dataclass(frozen=True, slots=True, repr=False)
class SolutionSpace(Printable):
    """The linear solution space of a content, with the quadratic and cubic conditions on it.

    Attributes
    ----------
    content : the field content.
    symbols : its unknown charges, the coordinates of all vectors.
    basis : a basis of the space.
    quadrics : the quadratic conditions; on the space they are linearly independent, so none is zero.
    cubic : the cubic condition, which may be zero on the space.
    """

    content: FieldContent
    symbols: tuple[Symbol, ...]
    basis: tuple[Vector, ...]
    quadrics: tuple[SymmetricForm, ...]
    cubic: SymmetricForm

    @property
    def dimension(self) -> int:
        """The number of linearly independent charges that the linear conditions leave."""
        return len(self.basis)

    @property
    def gram_matrices(self) -> tuple[tuple[Vector, ...], ...]:
        """The matrix B(b_i, b_j) of every quadric on the basis."""
        return tuple(gram_matrix(quadric, self.basis) for quadric in self.quadrics)

    @property
    def cubic_coefficients(self) -> tuple[tuple[tuple[int, int, int], Fraction], ...]:
        """The values T(b_i, b_j, b_k) with i <= j <= k that are not zero, each after its (i, j, k)."""
        entries = (
            ((i, j, k), self.cubic(self.basis[i], self.basis[j], self.basis[k]))
            for i, j, k in combinations_with_replacement(range(self.dimension), 3)
        )
        return tuple((places, value) for places, value in entries if value)

    def is_solution(self, x: Sequence[Fraction]) -> bool:
        """Return whether a vector of the space solves the quadratic and cubic conditions."""
        return not any(form(*(x,) * form.degree) for form in (*self.quadrics, self.cubic))

    def _sympystr(self, printer: Any) -> str:
        quadrics = {0: "no quadric", 1: "one quadric"}.get(
            len(self.quadrics), f"{len(self.quadrics)} quadrics"
        )
        cubic = "no cubic" if self.cubic.vanishes_on(self.basis) else "one cubic"
        return f"{len(self.symbols)} charges, {self.dimension} linearly free, {quadrics}, {cubic}"

    def _latex(self, printer: Any) -> str:
        rows = (", ".join(printer._print(to_sympy(x)) for x in primitive(v)) for v in self.basis)
        vectors = r",\\ &".join(rf"\left({row}\right)" for row in rows)
        return rf"\begin{{aligned}} \operatorname{{span}}\{{&{vectors}\}} \end{{aligned}}"


def gram_matrix(quadric: SymmetricForm, basis: Sequence[Vector]) -> tuple[Vector, ...]:
    """Return the matrix of a quadric on some vectors."""
    return tuple(tuple(quadric(v, w) for w in basis) for v in basis)


def solution_space(content: FieldContent) -> SolutionSpace:
    """Return the linear solution space of the extra U(1), with quadrics and cubic.

    Parameters
    ----------
    content : a field content with exactly one U(1) of unknown charges.  Charges may be symbols or homogeneous
        linear expressions in them, so that every condition is homogeneous.

    Raises
    ------
    ArgumentError
        If another number of U(1) factors is unknown, a condition is not homogeneous, an anomaly cannot be
        cancelled by any charges, or there is a Witten anomaly.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> print(solution_space(standard_model()))
    19 charges, 15 linearly free, one quadric, one cubic
    """
    as_content(content)
    if len(content.open_factors) != 1:
        expected = "one with exactly one U(1) of unknown charges"
        raise ArgumentError(must_be("content", expected, content.open_factors))
    symbols = content.symbols_of(content.open_factors[0])
    by_degree = _conditions_by_degree(content, symbols)
    linear = [_as_vector(form, len(symbols)) for form in by_degree[1]]
    basis = short_basis(null_space(linear, len(symbols)), len(symbols))
    cubic = next(iter(by_degree[3]), SymmetricForm(3, ()))
    return SolutionSpace(content, symbols, basis, _independent(by_degree[2], basis), cubic)


def _conditions_by_degree(
    content: FieldContent, symbols: tuple[Symbol, ...]
) -> dict[int, list[SymmetricForm]]:
    factor = content.open_factors[0]
    conditions = anomaly_conditions(content)
    odd = [name for name, parity in conditions.witten if parity]
    if odd:
        raise ArgumentError(
            f"Argument 'content' must have no Witten anomaly, unlike that of {', '.join(odd)}."
        )
    found: dict[int, list[SymmetricForm]] = {1: [], 2: [], 3: []}
    for triangle, value in conditions.items():
        if value == 0:
            continue
        degree = triangle.legs.count(factor)
        if not degree:
            raise ArgumentError(
                f"Argument 'content' must be free of anomalies that no charges under U(1)_{factor} can "
                f"cancel, and {triangle} = {value}."
            )
        found[degree].append(_as_form(triangle, value, degree, symbols))
    return found


def _as_form(triangle: object, value: Expr, degree: int, symbols: tuple[Symbol, ...]) -> SymmetricForm:
    terms = []
    for exponents, coefficient in Poly(value, *symbols).terms():
        if sum(exponents) != degree:
            raise ArgumentError(
                f"Argument 'content' must have homogeneous anomaly conditions, and {triangle} = {value} "
                "is not."
            )
        places = tuple(i for i, exponent in enumerate(exponents) for _ in range(exponent))
        terms.append((places, as_rational(coefficient, "content")))
    return SymmetricForm(degree, tuple(terms))


def _as_vector(form: SymmetricForm, width: int) -> Vector:
    coefficients = {places[0]: coefficient for places, coefficient in form.terms}
    return tuple(coefficients.get(i, Fraction(0)) for i in range(width))


def _independent(forms: Sequence[SymmetricForm], basis: Sequence[Vector]) -> tuple[SymmetricForm, ...]:
    """The first forms that are linearly independent on the span of the basis."""
    pairs = tuple(combinations_with_replacement(basis, 2))
    rows = [[form(v, w) for form in forms] for v, w in pairs]
    _, pivots = reduced_rows(rows)
    return tuple(forms[i] for i in pivots)


def restricted(space: SolutionSpace, basis: Sequence[Vector]) -> SolutionSpace:
    """Return the same equations on a subspace, without the quadrics that the others imply there."""
    return replace(space, basis=tuple(basis), quadrics=_independent(space.quadrics, basis))


# ---------------------------------------------------------------- linear algebra


def combination(coefficients: Sequence[Fraction | int], vectors: Sequence[Vector], width: int) -> Vector:
    """Return sum c_i v_i, a vector of that width.

    >>> combination((1, 2), ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))), 2)
    (Fraction(1, 1), Fraction(2, 1))
    """
    pairs = [(c, v) for c, v in zip(coefficients, vectors, strict=True) if c]
    return tuple(sum((c * v[i] for c, v in pairs), Fraction(0)) for i in range(width))


def complement(vectors: Sequence[Vector], within: Sequence[Vector]) -> tuple[Vector, ...]:
    """Return those of `within` that extend independent `vectors` to a basis of what both span.

    >>> e, f = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))
    >>> complement([e], [e, f]) == (f,)
    True
    """
    columns = (*vectors, *within)
    _, pivots = reduced_rows(list(zip(*columns, strict=True)))
    return tuple(columns[i] for i in pivots if i >= len(vectors))


def radical(space: SolutionSpace) -> tuple[Vector, ...]:
    """Return a basis of R = {D in V: B(D, .) = 0 on V for every quadric}.

    >>> from anomalies import standard_model
    >>> len(radical(solution_space(standard_model()))), len(radical(solution_space(standard_model(3, 0))))
    (5, 2)
    """
    rows = [row for gram in space.gram_matrices for row in gram]
    kernel = null_space(rows, space.dimension)
    width = len(space.symbols)
    return short_basis([combination(c, space.basis, width) for c in kernel], width)


def shift_space(space: SolutionSpace) -> tuple[Vector, ...]:
    """Return a basis of S = {D in R: T(D, ., .) is a combination of the quadrics on V}.

    A scalar whose charge is in no condition counts as well: it is free.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> space = solution_space(standard_model(1, 0))
    >>> print(space.symbols)
    (Q_q, Q_u, Q_d, Q_l, Q_e, Q_H)
    >>> [tuple(map(str, shift)) for shift in shift_space(space)]
    [('0', '0', '0', '0', '0', '1'), ('1', '4', '-2', '-3', '-6', '0')]
    """
    candidates = radical(space)
    # The unknowns are the coefficients of D in R, and then the multiples of the quadrics.
    rows = [
        [*(space.cubic(r, v, w) for r in candidates), *(-quadric(v, w) for quadric in space.quadrics)]
        for v, w in combinations_with_replacement(space.basis, 2)
    ]
    kernel = null_space(rows, len(candidates) + len(space.quadrics))
    width = len(space.symbols)
    return short_basis([combination(c[: len(candidates)], candidates, width) for c in kernel], width)


def short_basis(vectors: Sequence[Vector], width: int) -> tuple[Vector, ...]:
    """Return a reduced basis (LLL) of the integer vectors in the span of `vectors`.

    The integer vectors x with A x = 0 are the short ones in the lattice of all (x, c A x), for a large c.

    >>> [tuple(map(str, v)) for v in short_basis([(Fraction(9), Fraction(6))], 2)]
    [('3', '2')]
    """
    equations = [primitive(row) for row in null_space(vectors, width)]
    size, weight = rank(vectors) if vectors else 0, 1
    while size:
        weight *= 1000
        rows = [
            [*(int(i == j) for j in range(width)), *(weight * row[i] for row in equations)]
            for i in range(width)
        ]
        reduced = fmpz_mat(rows).lll().tolist()
        inside = [tuple(map(_as_fraction, row[:width])) for row in reduced if not any(row[width:])]
        if len(inside) == size:
            return tuple(inside)
    return ()


def _as_fraction(value: Any) -> Fraction:
    return Fraction(int(value))
