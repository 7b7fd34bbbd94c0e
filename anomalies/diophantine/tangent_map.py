r"""A dense set of solutions where there is no quadric: third points on tangents of the cubic.

Without a quadric, the solutions are the rational points of one cubic T(X, X, X) = 0 in the linear solution
space.  A line that touches it in P, that is P + t y with T(P, P, y) = 0, meets it in one more point,

    third(P, y) = T(y, y, y) P - 3 T(P, y, y) y.

The third points of all tangents at one known P are a hypersurface in the cubic.  So the step is done twice:

    Q = third(P, y),    X = third(Q, z),    T(P, P, y) = 0,    T(Q, Q, z) = 0,

where y and z are projected to the tangent spaces along a fixed direction e, y = T(P, P, e) u - T(P, P, u) e.
This is a rational map from an affine space to the cubic.  If its differential has the rank of the cubic's own
dimension at one point, the `witness`, the image is Zariski dense in the component of the cubic through its
value.

Dense is not all: nothing is said about which solutions are left out, and the map has no rational inverse.

Key results
-----------
tangent_map : the map of a content without a quadric
TangentMap : the map, with the witness for its density

References
----------
J. Kollar, J. Inst. Math. Jussieu 1 (2002) 467: unirationality of cubic hypersurfaces with a rational point,
after B. Segre.  B. Gripaios, K. Le Nguyen Nguyen, arXiv:2508.11583: the theorem in anomaly cancellation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.diophantine.families import parameter_values
from anomalies.diophantine.solution_space import (
    SolutionSpace,
    combination,
    complement,
    shift_space,
    solution_space,
)
from anomalies.errors import ArgumentError, NotASolutionError, must_be
from anomalies.exact import RationalLike
from anomalies.fields import FieldContent
from anomalies.linear import Vector, rank
from anomalies.solutions import Solution

__all__ = ["TangentMap", "tangent_map"]

_MOST_POINTS = 60


@dataclass(frozen=True, slots=True, repr=False)
class TangentMap(Printable):
    """Solutions X = lambda third(third(P, y), z) + sum sigma_i S_i; dense, not all.

    Parameters
    ----------
    space : a solution space without quadrics.
    shifts : a basis of the shifts S.
    directions : a basis of a complement of S, for the parameters u and v.
    point : a solution P where the cubic is smooth.
    axis : the direction e, with T(P, P, e) != 0.
    witness : values of u and v where the differential has the rank `len(directions) - 1`.

    Raises
    ------
    ArgumentError
        If P is no smooth point, or the witness does not prove that the image is dense.
    """

    space: SolutionSpace
    shifts: tuple[Vector, ...]
    directions: tuple[Vector, ...]
    point: Vector
    axis: Vector
    witness: tuple[tuple[int, ...], tuple[int, ...]]

    def __post_init__(self) -> None:
        """Check the point and the witness."""
        cubic, point = self.space.cubic, self.point
        if self.space.quadrics or cubic(point, point, point) or not cubic(point, point, self.axis):
            raise ArgumentError(must_be("point", "a smooth point of the cubic", tuple(map(str, point))))
        if _rank_at(self, *self.witness) != len(self.directions) - 1:
            raise ArgumentError(must_be("witness", "a place where the map has full rank", self.witness))

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters u_1, ..., v_1, ..., lambda, sigma_1, ..., as sympy symbols."""
        from sympy import Symbol, symbols

        last = len(self.directions) + 1
        sigma = symbols(f"sigma_1:{len(self.shifts) + 1}")
        return (*symbols(f"u_1:{last}"), *symbols(f"v_1:{last}"), Symbol("lambda"), *sigma)

    def subs(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> Solution:
        """Return the solution at rational values of the parameters, verified.

        Raises
        ------
        ArgumentError
            If the third point is not defined there: the line is in the cubic.
        """
        given = parameter_values(self.parameters, values)
        size = len(self.directions)
        u, v = given[:size], given[size : 2 * size]
        x = _image(self, u, v)
        if not any(x):
            expected = "parameters where both tangents have a third point"
            raise ArgumentError(must_be("values", expected, tuple(map(str, given))))
        scaled = tuple(given[2 * size] * a for a in x)
        shift = combination(given[2 * size + 1 :], self.shifts, len(x))
        charges = [a + b for a, b in zip(scaled, shift, strict=True)]
        return Solution(self.space.content, dict(zip(self.space.symbols, charges, strict=True)))

    def _sympystr(self, printer: Any) -> str:
        charges = ", ".join(f"{s} = {a}" for s, a in zip(self.space.symbols, self.point, strict=True) if a)
        return f"a dense set of solutions: third points of tangents, twice, from {charges}"

    def _latex(self, printer: Any) -> str:
        third = r"\operatorname{third}(P, y) = T(y, y, y)\, P - 3\, T(P, y, y)\, y"
        return rf"X = \lambda \operatorname{{third}}(\operatorname{{third}}(P, y), z),\quad {third}"


def _tangent(mapping: TangentMap, p: Vector, u: Vector) -> Vector:
    """Project u to the tangent space at p along the axis."""
    cubic, e = mapping.space.cubic, mapping.axis
    a, b = cubic(p, p, e), cubic(p, p, u)
    return tuple(a * x - b * y for x, y in zip(u, e, strict=True))


def _third(mapping: TangentMap, p: Vector, y: Vector) -> Vector:
    cubic = mapping.space.cubic
    a, b = cubic(y, y, y), 3 * cubic(p, y, y)
    return tuple(a * r - b * s for r, s in zip(p, y, strict=True))


def _image(mapping: TangentMap, u: Iterable[Fraction | int], v: Iterable[Fraction | int]) -> Vector:
    width = len(mapping.space.symbols)
    first, second = (combination(tuple(c), mapping.directions, width) for c in (u, v))
    q = _third(mapping, mapping.point, _tangent(mapping, mapping.point, first))
    return _third(mapping, q, _tangent(mapping, q, second))


# The differentials, by the product rule for symmetric forms.


def _d_tangent(mapping: TangentMap, p: Vector, u: Vector, dp: Vector, du: Vector) -> Vector:
    cubic, e = mapping.space.cubic, mapping.axis
    a = cubic(p, p, e)
    da, db = 2 * cubic(p, dp, e), 2 * cubic(p, dp, u) + cubic(p, p, du)
    return tuple(da * x + a * dx - db * y for x, dx, y in zip(u, du, e, strict=True))


def _d_third(mapping: TangentMap, p: Vector, y: Vector, dp: Vector, dy: Vector) -> Vector:
    cubic = mapping.space.cubic
    a, b = cubic(y, y, y), 3 * cubic(p, y, y)
    da, db = 3 * cubic(y, y, dy), 3 * cubic(dp, y, y) + 6 * cubic(p, y, dy)
    return tuple(da * r + a * dr - db * s - b * ds for r, dr, s, ds in zip(p, dp, y, dy, strict=True))


def _differential(
    mapping: TangentMap, u: Sequence[Fraction | int], v: Sequence[Fraction | int]
) -> tuple[Vector, list[Vector]]:
    """Return X and its derivatives by u_1, ..., then by v_1, ...."""
    width = len(mapping.space.symbols)
    first, second = (combination(c, mapping.directions, width) for c in (u, v))
    p, zero = mapping.point, (Fraction(0),) * width
    y = _tangent(mapping, p, first)
    q = _third(mapping, p, y)
    z = _tangent(mapping, q, second)
    rows = []
    for direction in mapping.directions:
        dq = _d_third(mapping, p, y, zero, _d_tangent(mapping, p, first, zero, direction))
        rows.append(_d_third(mapping, q, z, dq, _d_tangent(mapping, q, second, dq, zero)))
    rows += [
        _d_third(mapping, q, z, zero, _d_tangent(mapping, q, second, zero, direction))
        for direction in mapping.directions
    ]
    return _third(mapping, q, z), rows


def _rank_at(mapping: TangentMap, u: tuple[int, ...], v: tuple[int, ...]) -> int:
    """The rank of the differential, 0 where X = 0 or the cubic is not smooth."""
    x, rows = _differential(mapping, u, v)
    smooth = any(mapping.space.cubic(x, x, direction) for direction in mapping.directions)
    return rank(rows) if smooth else 0


def tangent_map(content: FieldContent) -> TangentMap:
    """Return a rational map onto a dense part of the solutions of a content without a quadric.

    Parameters
    ----------
    content : a field content with exactly one U(1) of unknown charges, homogeneous conditions, and no
        quadratic one beside the linear ones.

    Raises
    ------
    ArgumentError
        If there is a quadric, or no cubic beyond shifts.
    NotASolutionError
        If no solution with up to three charges 1 or -1, in a reduced basis, starts a dense map.

    Examples
    --------
    >>> from anomalies.fields import FieldContent, multiplet
    >>> from anomalies.groups import gauge_group
    >>> group = gauge_group("U(1)_X")
    >>> z = multiplet(group, "z", (), {}, chirality="left", families=5)
    >>> found = tangent_map(FieldContent(group, (z,)))
    >>> len(found.parameters)
    9
    """
    space = solution_space(content)
    shifts = shift_space(space)
    directions = complement(shifts, space.basis)
    if space.quadrics or len(directions) < 3:
        expected = "one without a quadratic condition, and with a cubic one in three variables or more"
        raise ArgumentError(must_be("content", expected, str(space)))
    for point in _start(space, directions):
        axis = next((e for e in directions if space.cubic(point, point, e)), None)
        for witness in _witnesses(len(directions)) if axis is not None else ():
            try:
                return TangentMap(space, shifts, directions, point, axis or point, witness)
            except ArgumentError:  # another place or another point
                continue
    raise NotASolutionError("No small solution was found whose tangents give a dense set of solutions.")


def _start(space: SolutionSpace, directions: tuple[Vector, ...]) -> Iterator[Vector]:
    """Solutions with few coordinates, all 1 or -1: at most `_MOST_POINTS` of them."""
    found = 0
    for count in (1, 2, 3):
        for places in combinations(range(len(directions)), count):
            for signs in product((1, -1), repeat=count - 1):
                chosen = [directions[i] for i in places]
                x = combination((1, *signs), chosen, len(space.symbols))
                if not space.cubic(x, x, x):
                    found += 1
                    yield x
                if found == _MOST_POINTS:
                    return


def _witnesses(size: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Two places without visible symmetry."""
    for a, b in ((3, 5), (5, 7)):
        yield (
            tuple((a * i * i + 1) % 11 - 5 for i in range(size)),
            tuple((b * i * i * i + 2 * i + 1) % 13 - 6 for i in range(size)),
        )
