r"""Root systems: the integers behind every statement about a simple Lie algebra.

All of it follows from the Cartan matrix A_ij = 2(alpha_i, alpha_j)/(alpha_j, alpha_j), with the simple
roots alpha_i numbered as in Bourbaki.  Row i of A is alpha_i in the basis of fundamental weights, and
s_j(lambda) = lambda - lambda_j alpha_j is the reflection at alpha_j of a weight with Dynkin labels lambda_j.
Squared lengths of roots are counted in units of the shortest, so that everything here is an integer.

Key results
-----------
cartan_matrix, simple_root_lengths : the data
positive_roots : every positive root in three bases, by height
level_vector : the sum of the positive coroots, whose scalar product with a weight is twice its height
to_chamber : the dominant weight in a Weyl orbit, and the sign of the Weyl group element that leads there

References
----------
N. Bourbaki, Groupes et algebres de Lie, ch. VI, plates I-IX
J. E. Humphreys, Introduction to Lie Algebras and Representation Theory (1972), sections 8-13
R. Slansky, Phys. Rept. 79 (1981) 1 (level vectors)
"""

from __future__ import annotations

from functools import lru_cache
from operator import mul
from typing import NamedTuple, TypeAlias

__all__ = [
    "Root",
    "Weight",
    "cartan_matrix",
    "level_vector",
    "pairing",
    "positive_roots",
    "simple_root_lengths",
    "to_chamber",
]

Weight: TypeAlias = tuple[int, ...]


class Root(NamedTuple):
    """A root beta = sum_i k_i alpha_i.

    Attributes
    ----------
    coefficients : k_i.
    labels : the Dynkin labels of beta, sum_i k_i A_ij.
    covector : k_i (alpha_i, alpha_i): its scalar product with the labels of lambda is 2(lambda, beta).
    """

    coefficients: Weight
    labels: Weight
    covector: Weight


def pairing(left: Weight, right: Weight) -> int:
    """Return sum_i left_i right_i.

    >>> pairing((2, 2), (1, 0))
    2
    """
    return sum(map(mul, left, right))


@lru_cache(maxsize=256)
def cartan_matrix(series: str, rank: int) -> tuple[Weight, ...]:
    """Return A_ij = 2(alpha_i, alpha_j)/(alpha_j, alpha_j) for the algebra `series`_`rank`.

    >>> cartan_matrix("B", 2)  # alpha_1 is long
    ((2, -2), (-1, 2))
    """
    from sympy.liealgebras.cartan_matrix import CartanMatrix

    if rank == 1:  # sympy 1.14 fails on A1, and starts the series C at rank 3
        return ((2,),)
    if (series, rank) == ("C", 2):
        return ((2, -1), (-2, 2))
    return tuple(tuple(int(entry) for entry in row) for row in CartanMatrix(f"{series}{rank}").tolist())


def simple_root_lengths(series: str, rank: int) -> Weight:
    """Return the squared lengths (alpha_i, alpha_i) in units of the shortest: 1, 2 or 3.

    >>> simple_root_lengths("B", 3), simple_root_lengths("G", 2)
    ((2, 2, 1), (1, 3))
    """
    unequal = {
        "B": (2,) * (rank - 1) + (1,),
        "C": (1,) * (rank - 1) + (2,),
        "F": (2, 2, 1, 1),
        "G": (1, 3),
    }
    return unequal.get(series, (1,) * rank)


@lru_cache(maxsize=256)
def positive_roots(series: str, rank: int) -> tuple[Root, ...]:
    """Return the positive roots by height; the last is the highest root.

    Every positive root that is not simple is s_j of a lower positive root (Humphreys, section 10.2), so
    reflecting upwards from the simple roots finds all of them.

    >>> [root.coefficients for root in positive_roots("C", 2)]
    [(1, 0), (0, 1), (1, 1), (2, 1)]
    """
    cartan = cartan_matrix(series, rank)
    simple = [tuple(int(i == j) for j in range(rank)) for i in range(rank)]
    labels = dict(zip(simple, cartan, strict=True))
    pending = list(simple)
    for root in pending:
        for j, label in enumerate(labels[root]):
            higher = (*root[:j], root[j] - label, *root[j + 1 :])
            if label < 0 and higher not in labels:
                labels[higher] = tuple(m - label * a for m, a in zip(labels[root], cartan[j], strict=True))
                pending.append(higher)
    lengths = simple_root_lengths(series, rank)
    pending.sort(key=sum)
    return tuple(Root(k, labels[k], tuple(map(mul, k, lengths))) for k in pending)


@lru_cache(maxsize=256)
def level_vector(series: str, rank: int) -> Weight:
    """Return R with R . lambda = sum over beta > 0 of 2(lambda, beta)/(beta, beta).

    R is the sum of the positive coroots: R . alpha_j = 2 for every simple root, and the weights of an
    irrep of highest weight Lambda have R . Lambda, R . Lambda - 2, ..., -R . Lambda (Slansky).

    >>> level_vector("A", 4)
    (4, 6, 6, 4)
    """
    total = [0] * rank
    for root in positive_roots(series, rank):
        length = pairing(root.covector, root.labels) // 2
        total = [t + c // length for t, c in zip(total, root.covector, strict=True)]
    return tuple(total)


@lru_cache(maxsize=256)
def _neighbours(series: str, rank: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The non-zero entries (j, A_ij) of each row: at most four, whatever the rank."""
    return tuple(
        tuple((j, entry) for j, entry in enumerate(row) if entry) for row in cartan_matrix(series, rank)
    )


def to_chamber(series: str, rank: int, weight: Weight) -> tuple[Weight, int]:
    """Return the dominant weight in the Weyl orbit of `weight`, and the determinant of the reflections used.

    The determinant is meaningful when no label of the result is zero: then the element is unique.

    >>> to_chamber("A", 2, (-1, 2))
    ((1, 1), -1)
    """
    rows = _neighbours(series, rank)
    labels = list(weight)
    sign = 1
    negative = [i for i, label in enumerate(labels) if label < 0]
    while negative:
        i = negative.pop()
        label = labels[i]
        if label < 0:
            for j, entry in rows[i]:
                labels[j] -= label * entry
                if labels[j] < 0:
                    negative.append(j)
            sign = -sign
    return tuple(labels), sign
