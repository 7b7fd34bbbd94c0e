r"""The rational double points that the quadrics and the cubic of a model share.

On the linear solution space V of a model, let B(., .) be the bilinear form of each quadratic condition and
T(., ., .) the trilinear form of the cubic one (`anomalies.diophantine.solution_space`).  Two kinds of points
D in V move solutions along lines:

* shifts: B(D, .) = 0 and T(D, ., .) = c B.  Then B(X + s D, X + s D) = B(X, X), and T changes by 3 s c B(X,
  X) only: every multiple of D can be added to every solution.  Hypercharge is one.  Shifts are a linear space
  S.
* double points of both: B(D, .) = 0 and T(D, D, .) = 0.  Then B does not see s, and

      T(X + s D, X + s D, X + s D) = T(X, X, X) + 3 s T(D, X, X)

  is linear in s: if T(D, X, X) != 0, exactly one point of the line is a solution.  B-L is one, if there are
  as many right-handed neutrinos as families.

A shift is a double point (T(D, D, .) = c B(D, .) = 0), and adding a shift to a double point gives another
one.  So double points are looked for in R/S, where R is the common radical of the quadrics.

Key results
-----------
double_points : the double points outside of S, with what was searched
DoublePoint : one of them; the constructor checks both identities

How they are found
------------------
T(D, D, v) = 0 for all v in V is a span of quadratic forms on R/S.  As long as some form of the span permits,
R/S is replaced by a smaller space without loss:

* a form with no rational zero outside of its radical (`local_obstruction` proves it) leaves its radical;
* a form that splits into two rational linear factors leaves two hyperplanes.

What is left are linear spaces of double points, nothing, or spaces on which no form tried permits more.  In
the last case alone, points with coprime integer coordinates up to a height are tried, and the result says so.

Points that are singular on the intersection of quadric and cubic, without being double on both, are not
looked for: projecting from them does not make the equations linear.

References
----------
B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:2006.03588: Y and B-L for three families.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import gcd
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.diophantine.integers import rational_sqrt
from anomalies.diophantine.quadrics import Gram, diagonalise, evaluate, local_obstruction
from anomalies.diophantine.solution_space import (
    SolutionSpace,
    combination,
    complement,
    radical,
    shift_space,
    solution_space,
)
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_integer, primitive, to_sympy
from anomalies.fields import FieldContent
from anomalies.linear import Vector, null_space, rank, reduced_rows
from anomalies.solutions import LinearSolution

__all__ = ["DoublePoint", "DoublePoints", "double_points", "double_points_of"]

# Without a height the search takes the largest up to 3 with this many vectors at most; with one, it refuses
# more.
_FEW_VECTORS, _MOST_VECTORS, _LARGEST_DEFAULT = 20_000, 1_000_000, 3
_MOST_STEPS = 2000


@dataclass(frozen=True, slots=True, repr=False)
class DoublePoint(Printable):
    """A point D with B(D, .) = 0 and T(D, D, .) = 0 on the linear solution space; the constructor checks.

    Parameters
    ----------
    space : the solution space.
    vector : the charges, in the order of `space.symbols`.

    Raises
    ------
    ArgumentError
        If the vector is not in the space, or one of the identities fails.
    """

    space: SolutionSpace
    vector: Vector

    def __post_init__(self) -> None:
        """Check that the vector is in the space and both identities hold."""
        space, vector = self.space, self.vector
        if len(vector) != len(space.symbols) or rank((*space.basis, vector)) != space.dimension:
            raise ArgumentError(must_be("vector", "in the linear solution space", tuple(map(str, vector))))
        if any(quadric(vector, v) for quadric in space.quadrics for v in space.basis):
            raise ArgumentError(must_be("vector", "a double point of the quadrics", tuple(map(str, vector))))
        if not _is_double(space, vector):
            raise ArgumentError(must_be("vector", "a double point of the cubic", tuple(map(str, vector))))

    @property
    def is_shift(self) -> bool:
        """Whether T(D, ., .) is a combination of the quadrics as well: D can be added to every solution."""
        shifts = shift_space(self.space)
        return rank((*shifts, self.vector)) == len(shifts)

    @property
    def identities(self) -> tuple[str, ...]:
        """What holds for all charges X and X' that satisfy the linear conditions."""
        shown = ("B(D, X) = 0", "T(D, D, X) = 0")
        if not self.is_shift:
            return shown
        follows = "a combination of the B(X, X')" if self.space.quadrics else "0"
        return (*shown, f"T(D, X, X') = {follows}")

    @property
    def charges(self) -> LinearSolution:
        """The double point as charges of the content."""
        return LinearSolution(self.space.content, dict(zip(self.space.symbols, self.vector, strict=True)))

    def _sympystr(self, printer: Any) -> str:
        charges = ((s, x) for s, x in zip(self.space.symbols, self.vector, strict=True) if x)
        return ", ".join(f"{symbol} = {value}" for symbol, value in charges) or "0"

    def _latex(self, printer: Any) -> str:
        charges = ((s, x) for s, x in zip(self.space.symbols, self.vector, strict=True) if x)
        return r",\; ".join(f"{printer._print(s)} = {printer._print(to_sympy(x))}" for s, x in charges) or "0"


def _is_double(space: SolutionSpace, vector: Vector) -> bool:
    return not any(space.cubic(vector, vector, v) for v in space.basis)


@dataclass(frozen=True, slots=True, repr=False)
class DoublePoints(Printable):
    """The double points of quadrics and cubic that were found, and what was searched.

    Attributes
    ----------
    space : the solution space.
    shifts : a basis of the shifts S, which are double points.
    candidates : a basis of a complement of S in the common radical R of the quadrics.
    points : the double points found, none of them in S: one for each class modulo S and scale, and where
        there is a linear space of them, a basis of it.
    searched : how many dimensions each space had that was searched by height, because algebra did not decide.
    height : the largest coordinate tried in these spaces; 0 if nothing was tried.
    """

    space: SolutionSpace
    shifts: tuple[DoublePoint, ...]
    candidates: tuple[Vector, ...]
    points: tuple[DoublePoint, ...]
    searched: tuple[int, ...]
    height: int

    @property
    def exhaustive(self) -> bool:
        """Whether algebra alone decided, so that there are no other double points."""
        return not self.searched

    def _sympystr(self, printer: Any) -> str:
        found = "".join(f"\n  {printer._print(point)}" for point in self.points)
        return f"{self._summary()}{':' if found else ''}{found}"

    def _summary(self) -> str:
        count = len(self.points)
        dimensions = ", ".join(map(str, self.searched))
        searched = (
            "exhaustive"
            if self.exhaustive
            else f"not exhaustive, coordinates up to {self.height} in spaces of dimension {dimensions}"
        )
        what = {0: "no double point", 1: "1 double point"}.get(count, f"{count} double points")
        return f"{what} modulo {len(self.shifts)} shifts ({searched})"

    def _latex(self, printer: Any) -> str:
        rows = [rf"&\text{{{self._summary()}}}", *(f"&{printer._print(point)}" for point in self.points)]
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def double_points(content: FieldContent, height: int | None = None) -> DoublePoints:
    """Return the rational double points that the quadrics and the cubic of a content share.

    Parameters
    ----------
    content : a field content with exactly one U(1) of unknown charges and homogeneous conditions.
    height : the largest coordinate that is tried where algebra does not decide; None for the largest up to 3
        with at most 20,000 vectors.

    Raises
    ------
    ArgumentError
        If the conditions are not of this kind, or `height` asks for more than a million vectors.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> print(double_points(standard_model(1, 1)))
    no double point modulo 3 shifts (exhaustive)
    >>> found = double_points(standard_model(2, 2))
    >>> print(found)
    1 double point modulo 2 shifts (exhaustive):
      Q_u1 = 1, Q_u2 = 1, Q_d1 = -1, Q_d2 = -1, Q_e1 = -1, Q_e2 = -1, Q_nu1 = 1, Q_nu2 = 1
    >>> found.points[0].identities
    ('B(D, X) = 0', 'T(D, D, X) = 0')
    """
    return double_points_of(solution_space(content), height)


def double_points_of(space: SolutionSpace, height: int | None = None) -> DoublePoints:
    """Return the double points of a solution space; see `double_points`."""
    if height is not None:
        height = as_integer(height, "height", 1)
    width = len(space.symbols)
    shifts = shift_space(space)
    candidates = complement(shifts, radical(space))
    forms = [
        tuple(tuple(space.cubic(a, b, v) for b in candidates) for a in candidates)
        for v in (*candidates, *space.basis)
    ]
    solved, open_spaces = _double_subspaces(forms, len(candidates))
    used = _height_to_use(open_spaces, height)
    found = [vector for subspace in solved for vector in subspace]
    for subspace in open_spaces:
        for c in _projective(len(subspace), used):
            vector = combination(c, subspace, len(candidates))
            if not any(evaluate(form, vector, vector) for form in forms):
                found.append(vector)
    moved = tuple(DoublePoint(space, shift) for shift in shifts)
    points = (DoublePoint(space, combination(c, candidates, width)) for c in _projectively_different(found))
    return DoublePoints(space, moved, candidates, tuple(points), tuple(map(len, open_spaces)), used)


_Subspace: TypeAlias = tuple[Vector, ...]


def _double_subspaces(forms: Sequence[Gram], size: int) -> tuple[list[_Subspace], list[_Subspace]]:
    """Return spaces on which all forms vanish, and spaces that may hold all their other common zeros."""
    waiting: list[_Subspace] = [tuple(tuple(Fraction(i == j) for j in range(size)) for i in range(size))]
    solved, undecided = [], []
    for _ in range(_MOST_STEPS):
        if not waiting:
            break
        subspace = waiting.pop()
        here = [gram for gram in (_on(form, subspace) for form in forms) if any(map(any, gram))]
        if not subspace or (here and len(subspace) == 1):
            continue
        if not here:
            solved.append(subspace)
            continue
        smaller = next(filter(None, map(_zeros_inside, _span(here))), None)
        if smaller is None:
            undecided.append(subspace)
        else:
            waiting.extend(_inside(subspace, coordinates, size) for coordinates in smaller)
    return solved, undecided + waiting


def _on(form: Gram, subspace: _Subspace) -> Gram:
    return tuple(tuple(evaluate(form, v, w) for w in subspace) for v in subspace)


def _inside(subspace: _Subspace, coordinates: Sequence[Vector], size: int) -> _Subspace:
    return tuple(combination(c, subspace, size) for c in coordinates)


def _span(forms: Sequence[Gram]) -> Iterator[Gram]:
    """Forms of the span to be tried: those given, and a basis in which many coefficients are zero."""
    seen: set[Gram] = set()
    size = len(forms[0])
    basis, _ = reduced_rows([[x for row in form for x in row] for form in forms])
    square = [tuple(flat[size * i : size * (i + 1)] for i in range(size)) for flat in basis]
    for form in (*forms, *square):
        if form not in seen:
            seen.add(form)
            yield form


def _zeros_inside(form: Gram) -> tuple[_Subspace, ...] | None:
    """Smaller spaces that together hold all zeros of a form that is not zero; None if there are none such."""
    coefficients, vectors = diagonalise(form)
    kernel = null_space(form, len(form))
    if local_obstruction(form) is not None:
        return (kernel,)
    if len(coefficients) > 2:
        return None
    root = rational_sqrt(Fraction(-coefficients[1], coefficients[0]))
    if root is None:
        return None
    v, w = vectors
    return tuple((*kernel, combination((root, sign), (v, w), len(form))) for sign in (1, -1))


def _projectively_different(vectors: Sequence[Vector]) -> Iterator[tuple[int, ...]]:
    seen = set()
    for vector in vectors:
        c = primitive(vector)
        if next(filter(None, c)) < 0:
            c = tuple(-x for x in c)
        if c not in seen:
            seen.add(c)
            yield c


def _height_to_use(spaces: Sequence[_Subspace], height: int | None) -> int:
    """The height, or the default one; 0 if even a height of 1 is too much for a default."""
    if not spaces:
        return 0
    if height is None:
        allowed = (h for h in range(_LARGEST_DEFAULT, 0, -1) if _vectors(spaces, h) <= _FEW_VECTORS)
        return next(allowed, 0)
    if _vectors(spaces, height) > _MOST_VECTORS:
        expected = f"one with at most {_MOST_VECTORS} vectors to try (there are {_vectors(spaces, height)})"
        raise ArgumentError(must_be("height", expected, height))
    return height


def _vectors(spaces: Sequence[_Subspace], height: int) -> int:
    return sum((2 * height + 1) ** len(subspace) for subspace in spaces)


def _projective(size: int, height: int) -> Iterator[tuple[int, ...]]:
    """Coprime integers up to a height, the first that is not zero positive, small ones first."""
    for largest in range(1, height + 1):
        for c in product(range(-largest, largest + 1), repeat=size):
            if max(map(abs, c)) == largest and next(filter(None, c)) > 0 and gcd(*c) == 1:
                yield c
