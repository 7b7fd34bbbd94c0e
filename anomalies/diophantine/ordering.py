"""Merging layers of sectors into one sequence of non-decreasing height.

A family or a group comes in layers: after each layer, a floor is known below which nothing is missing.  What
lies under the floor can be handed out, and the rest waits.

Key results
-----------
by_height : the merge, each sector once
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from heapq import heappop, heappush
from itertools import groupby

from anomalies.diophantine.dark import DarkSector, VectorLikeFamily
from anomalies.exact import height

__all__ = ["by_height", "vector_like_layers"]


def by_height(layers: Iterable[tuple[int, Iterable[DarkSector]]]) -> Iterator[DarkSector]:
    """Yield the sectors of all layers once each, by height and then by charges.

    Parameters
    ----------
    layers : pairs (floor, sectors).  Every sector of a later layer that did not occur before must have a
        height of at least `floor`.

    Examples
    --------
    >>> sectors = [DarkSector([0, 0, 0], [0, c, -c]) for c in (3, 1, 2)]
    >>> [sector.height for sector in by_height([(2, sectors[:2]), (9, sectors[2:])])]
    [1, 2, 3]
    """
    waiting: list[tuple[int, tuple[Fraction, ...], DarkSector]] = []
    seen: set[DarkSector] = set()
    for floor, sectors in layers:
        for sector in sectors:
            if sector not in seen:
                seen.add(sector)
                heappush(waiting, (sector.height, sector.n, sector))
        while waiting and waiting[0][0] < floor:
            yield heappop(waiting)[2]
    while waiting:
        yield heappop(waiting)[2]


def vector_like_layers(family: VectorLikeFamily) -> Iterator[tuple[int, Iterator[DarkSector]]]:
    """Yield the layers of constant height of c: the height of a sector (fixed, c, -c) is not below that."""
    for size, sectors in groupby(family, lambda sector: height([family.parameter_of(sector)])):
        yield size + 1, sectors
