r"""The solutions of any model as a family: from a double point, and a point on the quadric.

On the linear solution space V, let S be the shifts and D a double point that quadric and cubic share
(`anomalies.diophantine.double_points`); let W be a complement of S and D in V.  Then

    X = sum_i sigma_i S_i + beta D + w,      w in W,

solves all conditions if and only if

    B(w, w) = 0      and      T(w, w, w) + 3 beta T(D, w, w) = 0.

The second equation is linear in beta.  The first is solved by chords: if C in W is a rational point of the
quadric, not in its radical, and tau runs through a complement of C in W,

    w = lambda (B(tau, tau) C - 2 B(tau, C) tau)

is every point of the quadric with B(w, C) != 0, each for one tau up to scale.  Without a quadric, w = lambda
tau.

Three cases are simpler.
* The cubic is a linear form times the quadric, up to shifts: then no double point is needed, and X = S + w.
* All of V is shifts: the linear conditions are enough.
* A quadric has no rational point outside of its radical R: then all rational solutions are in R, and V is
  replaced by R.  The place where it fails is the certificate.

Key results
-----------
model_family : the family of a content, or what stands in its way
FamilySearch : what `model_family` returns

References
----------
B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:2006.03588: the construction for three families with three
right-handed neutrinos, D = B-L.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.diophantine.chord_family import ModelFamily
from anomalies.diophantine.double_points import DoublePoint, DoublePoints, double_points_of
from anomalies.diophantine.quadrics import Obstruction, local_obstruction, rational_point
from anomalies.diophantine.solution_space import (
    SolutionSpace,
    combination,
    complement,
    gram_matrix,
    radical,
    restricted,
    short_basis,
    solution_space,
)
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import primitive
from anomalies.fields import FieldContent
from anomalies.linear import Vector, null_space, solve

__all__ = ["FamilySearch", "model_family"]


@dataclass(frozen=True, slots=True, repr=False)
class FamilySearch(Printable):
    """The family of a model, or why there is none, and what was searched.

    Attributes
    ----------
    content : the field content.
    family : the family; None if the construction does not apply.
    double_points : the double points, with what was searched for them.
    obstructions : the proofs that a quadric has no rational points outside of its radical, in the order in
        which the solution space was restricted to these radicals.
    outcome : what was found, in words.
    """

    content: FieldContent
    family: ModelFamily | None
    double_points: DoublePoints
    obstructions: tuple[Obstruction, ...]
    outcome: str

    def _sympystr(self, printer: Any) -> str:
        rows = [self.outcome, *(printer._print(obstruction) for obstruction in self.obstructions)]
        rows.append(printer._print(self.double_points if self.family is None else self.family))
        return "\n".join(rows)

    def _latex(self, printer: Any) -> str:
        if self.family is not None:
            return str(printer._print(self.family))
        return rf"\text{{{self.outcome}}}"


def model_family(content: FieldContent, height: int | None = None) -> FamilySearch:
    """Return the solutions of a model as a family, if its equations have what the construction needs.

    Parameters
    ----------
    content : a field content with exactly one U(1) of unknown charges and homogeneous conditions.
    height : how far to look for double points where algebra does not decide; see `double_points`.

    Raises
    ------
    ArgumentError
        If the conditions are not of this kind.
    MissingToolError
        If finding a point on the quadric needs cypari, and it is not installed.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> print(model_family(standard_model(3, 0)))
    no family: quadric and cubic share no double point other than shifts
    no double point modulo 2 shifts (exhaustive)
    >>> print(model_family(standard_model(1, 0)))
    all solutions: the linear conditions are enough
    X = S
      S_1: Q_H = 1
      S_2: Q_q = 1, Q_u = 4, Q_d = -2, Q_l = -3, Q_e = -6
    """
    space = solution_space(content)
    obstructions = []
    while (found := _first_obstruction(space)) is not None:
        obstruction, space = found
        obstructions.append(obstruction)
    points = double_points_of(space, height)
    family, outcome = _family(space, points)
    if obstructions:
        outcome = f"all rational solutions are in the radical of a quadric, and there {outcome}"
    return FamilySearch(content, family, points, tuple(obstructions), outcome)


def _first_obstruction(space: SolutionSpace) -> tuple[Obstruction, SolutionSpace] | None:
    """A quadric without points outside of its radical, and the space restricted to this radical."""
    width = len(space.symbols)
    for quadric in space.quadrics:
        obstruction = local_obstruction(gram_matrix(quadric, space.basis))
        if obstruction is not None:
            alone = SolutionSpace(space.content, space.symbols, space.basis, (quadric,), space.cubic)
            return obstruction, restricted(space, short_basis(radical(alone), width))
    return None


def _family(space: SolutionSpace, points: DoublePoints) -> tuple[ModelFamily | None, str]:
    shifts = tuple(shift.vector for shift in points.shifts)
    rest = complement(shifts, space.basis)
    if not rest:
        return ModelFamily(space, shifts, None, None, ()), "all solutions: the linear conditions are enough"
    if len(space.quadrics) > 1:
        return None, f"no family: there are {len(space.quadrics)} quadrics, and the construction takes one"
    if _cubic_follows(space, rest):
        return _with_point(space, shifts, None), "a family: the quadratic condition is enough"
    if not points.points:
        return None, "no family: quadric and cubic share no double point other than shifts"
    return _with_point(space, shifts, points.points[0]), "a family: the cubic is linear along a double point"


def _cubic_follows(space: SolutionSpace, rest: Sequence[Vector]) -> bool:
    """Whether T(w, w, w) is a linear form times B(w, w) on the span of `rest`, and then on V up to shifts."""
    if not space.quadrics:
        return False
    (form,) = space.quadrics
    triples = tuple(combinations_with_replacement(range(len(rest)), 3))
    gram, size = gram_matrix(form, rest), range(len(rest))

    def coefficient(index: int, i: int, j: int, k: int) -> Fraction:
        return (index == i) * gram[j][k] + (index == j) * gram[i][k] + (index == k) * gram[i][j]

    columns = [[Fraction(coefficient(index, *places)) for places in triples] for index in size]
    return solve(columns, [space.cubic(rest[i], rest[j], rest[k]) for i, j, k in triples]) is not None


def _with_point(space: SolutionSpace, shifts: tuple[Vector, ...], double: DoublePoint | None) -> ModelFamily:
    vector = None if double is None else double.vector
    fixed = shifts if vector is None else (*shifts, vector)
    rest = complement(fixed, space.basis)
    if not space.quadrics:
        return ModelFamily(space, shifts, vector, None, rest)
    found = rational_point(gram_matrix(space.quadrics[0], rest))
    if isinstance(found, Obstruction):  # the loop over obstructions has met it before
        raise ArgumentError(must_be("space", "one whose quadric has a point", str(space)))
    point = _primitive(combination(found, rest, len(space.symbols)))
    family = ModelFamily(space, shifts, vector, point, complement((*fixed, point), rest))
    return _other_plane(family, rest) or family


def _other_plane(family: ModelFamily, rest: tuple[Vector, ...]) -> ModelFamily | None:
    """The family through another point, if the quadric is two planes and T(D, w, w) = 0 on the one reached.

    It cannot vanish on both, nor on a quadric of higher rank: D would be a shift.
    """
    space = family.space
    (form,) = space.quadrics
    kernel = null_space(gram_matrix(form, rest), len(rest))
    if family.double is None or len(rest) - len(kernel) > 2:
        return None
    plane = [combination(c, rest, len(space.symbols)) for c in kernel]
    other = next(w for w in map(family.on_the_quadric, family.directions) if any(w))
    plane.append(other)
    pairs = combinations_with_replacement(plane, 2)
    vanishes = not any(space.cubic(family.double, v, w) for v, w in pairs)
    return family.through(_primitive(other)) if vanishes else None


def _primitive(vector: Vector) -> Vector:
    return tuple(map(Fraction, primitive(vector)))
