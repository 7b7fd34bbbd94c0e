r"""The geometry of dark sectors: fifteen planes, ten nodes, and where a sector lies among them.

Write all charges as left-handed ones, x = (a, -n).  For three lepton and three dark charges the equations
x_1 + ... + x_6 = x_1^3 + ... + x_6^3 = 0 are the Segre cubic threefold, which permutations of all six map
to itself.

* The threefold has ten nodes, the ten ways to give three charges the value 1 and three the value -1.  One of
  them is B - L, n = a = (1, 1, 1); the other nine are n = a = (1, 1, -1), in any order.  All are trivial.
* It holds the fifteen planes x_i + x_j = x_k + x_l = x_m + x_n = 0.  One pair of opposites x_i + x_j = 0
  among the charges of a solution is enough for it to lie on such a plane: the other four satisfy the same
  two equations, and these say (x_k + x_l)(x_k + x_m)(x_k + x_n) = 0.
* A zero charge alone does not lead to a plane.  The six sections x_i = 0 are Clebsch surfaces (`clebsch`),
  each with infinitely many points off all planes: (7, 8, -9; 0, 1, 5).

For three and three charges the three senses of "non-trivial" are therefore: "permutation", off the six
planes that pair every lepton charge with a dark one; "disjoint", off all fifteen planes; "chiral", off all
planes and off the six surfaces x_i = 0.  Vector-like means on one of the planes.

With two dark charges the fifteen planes meet the surface x_6 = 0 in fifteen lines,
x_i = x_j + x_k = x_l + x_m = 0.  A sector with a zero charge or with a pair of opposites lies on one of them,
so that here "chiral" is off all lines, and what is not chiral is vector-like.

Key results
-----------
pairings : the ways to pair an even number of charges: 15 for six
segre_nodes, segre_planes, clebsch_lines : the ten, the fifteen, the fifteen
planes_through : the planes on which a sector lies
is_vector_like : whether all charges cancel in pairs, zeros aside

References
----------
C. Segre, Atti R. Accad. Sci. Torino 22 (1887) 791, for the threefold.
W. Altmannshofer, J. Davighi, M. Nardecchia, arXiv:1909.02021: equation (2.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from anomalies.diophantine.dark import DarkSector
from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import as_integer

__all__ = [
    "Pairing",
    "clebsch_lines",
    "is_vector_like",
    "left_handed",
    "pairings",
    "planes_through",
    "segre_nodes",
    "segre_planes",
]

Pairing: TypeAlias = tuple[tuple[int, int], ...]


def pairings(size: int) -> tuple[Pairing, ...]:
    """Return all ways to divide the numbers 0, ..., size - 1 into pairs; size is even.

    There are 1 * 3 * 5 * ... * (size - 1).

    >>> pairings(4)
    (((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2)))
    """
    number = as_integer(size, "size", 0)
    if number % 2:
        raise ArgumentError(must_be("size", "even", size))
    return _pairings(tuple(range(number)))


def _pairings(indices: Sequence[int]) -> tuple[Pairing, ...]:
    if not indices:
        return ((),)
    first, rest = indices[0], indices[1:]
    return tuple(
        ((first, other), *pairing)
        for other in rest
        for pairing in _pairings([index for index in rest if index != other])
    )


def segre_planes() -> tuple[Pairing, ...]:
    """Return the fifteen planes x_i + x_j = x_k + x_l = x_m + x_n = 0 of the Segre cubic.

    >>> len(segre_planes()), segre_planes()[0]
    (15, ((0, 1), (2, 3), (4, 5)))
    """
    return pairings(6)


def segre_nodes() -> tuple[tuple[int, ...], ...]:
    """Return the ten nodes of the Segre cubic, each with x_1 = 1.

    >>> len(segre_nodes()), segre_nodes()[0]
    (10, (1, 1, 1, -1, -1, -1))
    """
    return tuple((1, *rest) for rest in product((1, -1), repeat=5) if sum(rest) == -1)


def clebsch_lines() -> tuple[tuple[int, Pairing], ...]:
    """Return the fifteen rational lines of the Clebsch surface: the zero charge and the two pairs.

    >>> len(clebsch_lines()), clebsch_lines()[0]
    (15, (0, ((1, 2), (3, 4))))
    """
    return tuple(
        (zero, pairing)
        for zero in range(5)
        for pairing in _pairings([index for index in range(5) if index != zero])
    )


def left_handed(sector: DarkSector) -> tuple[Fraction, ...]:
    """Return x = (a, -n), the charges of all fields as left-handed ones.

    >>> [str(x) for x in left_handed(DarkSector([7, 8, -9], [1, 5]))]
    ['7', '8', '-9', '-1', '-5']
    """
    if not isinstance(sector, DarkSector):
        raise ArgumentTypeError(must_be("sector", "a DarkSector", sector))
    return (*sector.a, *(-charge for charge in sector.n))


def planes_through(sector: DarkSector) -> tuple[Pairing, ...]:
    """Return the planes of the Segre cubic on which a sector of six charges lies, as pairs of indices.

    The indices are those of `left_handed`: 0, 1, 2 are a_e, a_mu, a_tau and 3, 4, 5 the dark charges.  A
    general sector lies on none, a node on six.

    Raises
    ------
    ArgumentError
        If the sector does not have six charges.

    Examples
    --------
    >>> planes_through(DarkSector([1, -1, 5], [5, 2, -2]))
    (((0, 1), (2, 5), (3, 4)),)
    >>> planes_through(DarkSector([5, -4, -4], [-1, -1, -1]))
    ()
    """
    x = left_handed(sector)
    if len(x) != 6:
        raise ArgumentError(must_be("sector", "a sector of six charges", sector))
    return tuple(plane for plane in segre_planes() if all(x[i] + x[j] == 0 for i, j in plane))


def is_vector_like(sector: DarkSector) -> bool:
    """Return whether all charges of (a, -n) other than zero cancel in pairs; for any number of charges.

    For six charges that is to lie on one of `segre_planes`, and to hold a single pair x, -x is
    enough; for five charges, to lie on one of `clebsch_lines`, and a pair or a zero is enough.

    >>> is_vector_like(DarkSector([1, -1, 5], [5, 2, -2])), is_vector_like(DarkSector([7, 8, -9], [0, 1, 5]))
    (True, False)
    """
    x = left_handed(sector)
    return sorted(x) == sorted(-charge for charge in x)
