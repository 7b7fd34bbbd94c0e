r"""How charges of a pure U(1) are taken apart: partial sums, and an ordering in which they can be merged.

Write the charges in some order w_1, ..., w_n with sum zero, and let S_k = w_1 + ... + w_k.  Then w is the sum
of the vectors S_k (e_k - e_{k+1}).  Those with odd k make P, those with even k make Q: each of P and Q
consists of pairs of opposite charges, so each solves both equations.  With T the trilinear form of the cube,

    sum w^3 = 3 T(P, P, Q) + 3 T(P, Q, Q),        T(P, Q, Q) = sum over even k of (w_k + w_{k+1}) S_k^2,

and if w is a solution, T(P, Q, Q) P - T(P, P, Q) Q = T(P, Q, Q) w.  So the merge of P and Q gives w back
whenever b = T(P, Q, Q) is not zero.

An ordering with b != 0
-----------------------
Let x, y, u be three of the charges, and compare the orders (u, x, y, rest) and (u, y, x, rest) of w.  Only
the term k = 2 of b differs, by

    (x + y) ((u + x)^2 - (u + y)^2) = (x^2 - y^2) (x + y + 2u).

If this is not zero, one of the two orders has b != 0.  When can it be zero for every choice?

* All charges have the same absolute value c.  Then n is even and the set is c (1, ..., 1, -1, ..., -1).
* Otherwise take x^2 != y^2.  If x + y + 2u = 0 for each of the n - 2 others, they are all equal to u, and sum
  zero says (4 - n) (x + y) = 0.  For n != 4 this contradicts x != -y.  For n = 4 the charges are x, y, -x, -y
  (see `pure_u1`), so the two others are equal only if x = y.

So two orders are enough, unless the set is c (1, ..., 1, -1, ..., -1).  That one is P itself for
g = (c, -c, ...), and the merge with f = (1, 0, ..., 0) gives -2c P: T(P, P, Q) = 0 and T(P, Q, Q) = -2c.

Key results
-----------
trilinear : T(x, y, z) = sum x_i y_i z_i
planes : the vectors P and Q of given g and f
merge_vectors : T(x, y, y) x - T(x, x, y) y, of numbers or symbols
partial_sums : g and f of charges in a given order
mergeable_parameters : g and f of any solution

References
----------
D. B. Costa, B. A. Dobrescu, P. J. Fox, arXiv:1905.13729; B. C. Allanach, B. Gripaios, J. Tooby-Smith,
arXiv:1912.04804, for the two planes and the line through a point that meets both.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any

__all__ = ["merge_vectors", "mergeable_parameters", "partial_sums", "planes", "trilinear"]


def trilinear(x: Sequence[Any], y: Sequence[Any], z: Sequence[Any]) -> Any:
    """Return T(x, y, z) = sum over i of x_i y_i z_i, the polar form of the sum of cubes.

    >>> trilinear((1, 2), (3, 4), (5, 6))
    63
    """
    return sum(a * b * c for a, b, c in zip(x, y, z, strict=True))


def merge_vectors(x: Sequence[Any], y: Sequence[Any]) -> tuple[Any, ...]:
    """Return T(x, y, y) x - T(x, x, y) y, the third point of the chord through two solutions.

    It is zero when the whole line through x and y solves the equations; nothing is checked here.

    >>> merge_vectors((1, 2, 0, -1, -2), (0, 1, -3, -1, 3))
    (-17, -49, 45, 32, -11)
    """
    forward, backward = trilinear(x, y, y), trilinear(x, x, y)
    return tuple(forward * a - backward * b for a, b in zip(x, y, strict=True))


def planes(g: Sequence[Any], f: Sequence[Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return P = (g, -g), Q = (0, f, -f, 0), or P = (g, 0, -g), Q = (0, f, -f) for g and f of equal length.

    Parameters
    ----------
    g, f : numbers or symbols; n - 1 of them for n charges.

    Examples
    --------
    >>> planes((1, 2), (3,))
    ((1, 2, -1, -2), (0, 3, -3, 0))
    >>> planes((1, 2), (3, 4))
    ((1, 2, 0, -1, -2), (0, 3, 4, -3, -4))
    """
    middle = (0,) * (len(f) - len(g) + 1)
    end = (0,) * (len(g) - len(f))
    return (*g, *middle, *(-x for x in g)), (0, *f, *(-x for x in f), *end)


def partial_sums(charges: Sequence[Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the g and f for which P + Q is `charges`, in this order; their sum has to be zero.

    >>> partial_sums((1, 5, -4, -3, 1))
    ((1, 3), (2, -4))
    >>> [sum(pair) for pair in zip(*planes((1, 3), (2, -4)))]
    [1, 5, -4, -3, 1]
    """
    half = (len(charges) + 1) // 2
    path: list[Any] = [None] * len(charges)
    path[0::2], path[1::2] = charges[:half], charges[half:]
    sums = list(accumulate(path))[:-1]
    return tuple(sums[0::2]), tuple(-x for x in sums[1::2])


def mergeable_parameters(
    charges: Sequence[Fraction | int],
) -> tuple[tuple[Fraction | int, ...], tuple[Fraction | int, ...]]:
    """Return g and f whose merge is a multiple of a permutation of `charges`, a solution other than zero.

    This never fails: the module's head has the proof.  At most two orders are tried.

    >>> g, f = mergeable_parameters((5, -4, -4, 1, 1, 1))
    >>> g, f, merge_vectors(*planes(g, f))
    ((-4, -3, -1), (-1, 2), (-36, -36, 9, 45, 9, 9))
    """
    x, *others = charges
    place = next((i for i, y in enumerate(others) if abs(y) != abs(x)), None)
    if place is None:
        signs = [x if i % 2 == 0 else -x for i in range(len(charges) // 2)]
        return tuple(signs), (1, *(0 for _ in signs[2:]))
    y = others.pop(place)
    u = others.pop(next(i for i, u in enumerate(others) if x + y + 2 * u))
    g, f = partial_sums(_along_the_path((u, x, y, *others)))
    if not trilinear(*_two_and_one(g, f)):
        g, f = partial_sums(_along_the_path((u, y, x, *others)))
    return g, f


def _along_the_path(path: Sequence[Any]) -> tuple[Any, ...]:
    """Return w_1, w_3, ..., w_2, w_4, ...: the order of charges whose path is w."""
    return (*path[0::2], *path[1::2])


def _two_and_one(g: Sequence[Any], f: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
    p, q = planes(g, f)
    return p, q, q
