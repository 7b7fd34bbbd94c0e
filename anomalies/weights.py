r"""Weights of a representation, products of representations, and how many invariants a product has.

Freudenthal's recursion gives the multiplicity of each weight; the Racah-Speiser (Klimyk) algorithm turns
the weights of one factor into the decomposition of a product.  Both are exact integer arithmetic over the
root system of `anomalies.groups.roots`.

Key results
-----------
weight_multiplicities : the weights of an irrep with their multiplicities
tensor_product : R_1 x R_2 as a sum of irreps
count_singlets : the number of invariants in a product, which decides whether a coupling exists

References
----------
J. E. Humphreys, Introduction to Lie Algebras and Representation Theory (1972), section 22.3 (Freudenthal)
    and exercise 24.9 (Klimyk)
J. R. Stembridge, Adv. Math. 136 (1998) 340 (dominant weights: covers of the order are positive roots)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from anomalies.errors import ArgumentTypeError, RepresentationError, must_be
from anomalies.groups import Irrep, SimpleGroup, conjugate, dimension
from anomalies.groups.roots import (
    Weight,
    cartan_matrix,
    level_vector,
    pairing,
    positive_roots,
    simple_root_lengths,
    to_chamber,
)

__all__ = ["count_singlets", "tensor_product", "weight_multiplicities"]

_LARGEST_DIMENSION = 100_000  # of a representation whose weights are listed: a second at most


def weight_multiplicities(irrep: Irrep) -> tuple[tuple[Weight, int], ...]:
    """Return every weight of `irrep`, as Dynkin labels, with its multiplicity; the highest weight first.

    Dominant weights by Freudenthal's recursion,

        (|lambda + rho|^2 - |mu + rho|^2) m(mu)
            = 2 sum_{beta > 0} sum_{k >= 1} m(mu + k beta) (mu + k beta, beta),

    and the others from the Weyl orbits, along which the multiplicity is constant (Humphreys, section 22.3).

    Raises
    ------
    RepresentationError
        If the dimension of `irrep` exceeds 100000.

    >>> from anomalies.groups import SU, irrep
    >>> weight_multiplicities(irrep(SU(2), 3))
    (((2,), 1), ((0,), 1), ((-2,), 1))
    """
    _must_be_irreps(irrep)
    return _weight_multiplicities(irrep)


@lru_cache(maxsize=256)
def _weight_multiplicities(irrep: Irrep) -> tuple[tuple[Weight, int], ...]:
    if dimension(irrep) > _LARGEST_DIMENSION:
        raise RepresentationError(
            f"The weights of {irrep} of {irrep.group} cannot be listed: "
            f"its dimension {dimension(irrep)} exceeds {_LARGEST_DIMENSION}."
        )
    level = level_vector(irrep.group.series, irrep.group.rank)
    weights = [
        (weight, multiplicity)
        for dominant, multiplicity in _dominant_multiplicities(irrep).items()
        for weight in _orbit(irrep.group, dominant)
    ]
    return tuple(sorted(weights, key=lambda pair: (pairing(level, pair[0]), pair[0]), reverse=True))


def _dominant_weights(irrep: Irrep) -> dict[Weight, Weight]:
    """Every dominant weight mu, by decreasing height, with the n_i of lambda - mu = sum n_i alpha_i.

    Between dominant weights mu < lambda there is a chain of dominant weights that descends by one positive
    root at a time (Stembridge).
    """
    depths = {irrep.labels: (0,) * irrep.group.rank}
    pending = [irrep.labels]
    for weight in pending:
        for root in positive_roots(irrep.group.series, irrep.group.rank):
            lower = tuple(label - step for label, step in zip(weight, root.labels, strict=True))
            if lower not in depths and min(lower) >= 0:
                depths[lower] = tuple(map(sum, zip(depths[weight], root.coefficients, strict=True)))
                pending.append(lower)
    return dict(sorted(depths.items(), key=lambda pair: sum(pair[1])))


def _dominant_multiplicities(irrep: Irrep) -> dict[Weight, int]:
    """The multiplicities of the dominant weights, by Freudenthal's recursion."""
    lengths = simple_root_lengths(irrep.group.series, irrep.group.rank)
    multiplicities = {irrep.labels: 1}
    sums: dict[Weight, list[int]] = {}
    for weight, depth in _dominant_weights(irrep).items():
        sums[weight] = _string_sums(irrep.group, weight, multiplicities, sums)
        if weight == irrep.labels:
            continue
        # 2 (lambda - mu, lambda + mu + 2 rho)
        gap = sum(
            n * length * (high + low + 2)
            for n, length, high, low in zip(depth, lengths, irrep.labels, weight, strict=True)
        )
        multiplicities[weight] = 2 * sum(sums[weight]) // gap
    return multiplicities


def _string_sums(
    group: SimpleGroup,
    weight: Weight,
    multiplicities: Mapping[Weight, int],
    sums: Mapping[Weight, list[int]],
) -> list[int]:
    """For each beta > 0, the sum over k >= 1 of m(mu + k beta) 2(mu + k beta, beta).

    Weights above mu have dominant representatives above mu, whose multiplicities are known already; and
    the weights along a root form an unbroken string, the rest of which is known from its first dominant
    weight on.
    """
    result = []
    for index, root in enumerate(positive_roots(group.series, group.rank)):
        total = 0
        higher = weight
        while higher == weight or higher not in sums:
            higher = tuple(map(sum, zip(higher, root.labels, strict=True)))
            multiplicity = multiplicities.get(to_chamber(group.series, group.rank, higher)[0])
            if multiplicity is None:
                break
            total += multiplicity * pairing(root.covector, higher)
        else:
            total += sums[higher][index]
        result.append(total)
    return result


def _orbit(group: SimpleGroup, dominant: Weight) -> Iterator[Weight]:
    """The Weyl orbit: every element is reached from the dominant one by reflections that lower it."""
    cartan = cartan_matrix(group.series, group.rank)
    seen = {dominant}
    pending = [dominant]
    for weight in pending:
        yield weight
        for label, row in zip(weight, cartan, strict=True):
            if label > 0:
                lower = tuple(entry - label * step for entry, step in zip(weight, row, strict=True))
                if lower not in seen:
                    seen.add(lower)
                    pending.append(lower)


def tensor_product(left: Irrep, right: Irrep) -> tuple[tuple[Irrep, int], ...]:
    """Return the irreps in left x right with their multiplicities, by decreasing dimension.

    For each weight mu of the smaller factor, reflect lambda + mu + rho into the dominant chamber, where
    lambda is the highest weight of the larger one; the sign of the reflection counts the irrep of highest
    weight w(lambda + mu + rho) - rho, and those on a wall do not count (Humphreys, exercise 24.9).

    Raises
    ------
    RepresentationError
        If the factors belong to different groups, or the dimension of the smaller exceeds 100000.

    >>> from anomalies.groups import SU, irrep
    >>> tensor_product(irrep(SU(3), 3), irrep(SU(3), 3))
    ((6, 1), (3bar, 1))
    """
    _must_be_irreps(left, right)
    return _tensor_product(*sorted((left, right), key=lambda factor: (dimension(factor), factor.labels)))


@lru_cache(maxsize=4096)
def _tensor_product(smaller: Irrep, larger: Irrep) -> tuple[tuple[Irrep, int], ...]:
    group = larger.group
    total: Counter[Weight] = Counter()
    for weight, multiplicity in weight_multiplicities(smaller):
        shifted = tuple(high + low + 1 for high, low in zip(larger.labels, weight, strict=True))
        dominant, sign = to_chamber(group.series, group.rank, shifted)
        if min(dominant) > 0:
            total[dominant] += sign * multiplicity
    terms = [
        (Irrep(group, tuple(label - 1 for label in dominant)), multiplicity)
        for dominant, multiplicity in total.items()
        if multiplicity
    ]
    return tuple(sorted(terms, key=lambda term: (dimension(term[0]), term[0].labels), reverse=True))


def count_singlets(irreps: Iterable[Irrep]) -> int:
    """Return the number of independent invariants in a product of irreps of one group.

    The product is split in two halves: each irrep of one half makes an invariant with its conjugate in
    the other.  The empty product is itself an invariant.

    Raises
    ------
    RepresentationError
        If the factors belong to different groups, or are too large for `tensor_product`.

    >>> from anomalies.groups import SU, irrep
    >>> count_singlets([irrep(SU(3), 3)] * 3), count_singlets([irrep(SU(2), 2)] * 4)
    (1, 2)
    """
    factors = tuple(irreps)
    _must_be_irreps(*factors)
    ordered = sorted(
        (factor for factor in factors if not factor.is_trivial),
        key=lambda factor: (dimension(factor), factor.labels),
        reverse=True,
    )
    if not ordered:
        return 1
    first, second = _product(ordered[0::2]), _product(ordered[1::2])
    return sum(multiplicity * second[conjugate(irrep)] for irrep, multiplicity in first.items())


def _product(factors: Sequence[Irrep]) -> Counter[Irrep]:
    """The decomposition of a product, empty for no factors."""
    total = Counter(factors[:1])
    for factor in factors[1:]:
        terms: Counter[Irrep] = Counter()
        for irrep, multiplicity in total.items():
            for term, count in tensor_product(irrep, factor):
                terms[term] += multiplicity * count
        total = terms
    return total


def _must_be_irreps(*factors: Irrep) -> None:
    for factor in factors:
        if not isinstance(factor, Irrep):
            raise ArgumentTypeError(
                must_be("irreps", "Irrep objects, which irrep(group, ...) returns", factor)
            )
    groups = list(dict.fromkeys(factor.group for factor in factors))
    if len(groups) > 1:
        raise RepresentationError(
            f"Argument 'irreps' must be representations of one group, not of {groups[0]} and {groups[1]}."
        )
