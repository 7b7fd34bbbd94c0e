r"""The fewest scalars that make dark states massive, and all choices of their charges.

A scalar is of use only if its charge is some |n_i + n_j| that is not zero.  A set of such charges is enough
when the pattern it fills, together with the entries that need no scalar, has the wanted generic rank.

Key results
-----------
scalar_candidates : the charges that are of use
fewest_scalars : all sets of the least size, complete, best first

Method
------
Iterative deepening over the size of the set.  A set that is not enough leaves some rows with too few columns
(`obstruction`); whatever completes it must fill an entry in these rows outside these columns, so only the
charges of such entries are tried.  A charge raises the rank by no more than the rank of what it fills alone,
which prunes.

References
----------
ADN, arXiv:1909.02021: (A.5), (A.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import TypeAlias

from anomalies.dark_masses.majorana import (
    Pattern,
    as_scalars,
    generic_rank,
    majorana_texture,
    obstruction,
)
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_integer, as_rationals, height, primitive

__all__ = ["fewest_scalars", "scalar_candidates"]

_Chosen: TypeAlias = frozenset[Fraction]


def scalar_candidates(charges: Iterable[RationalLike]) -> tuple[Fraction, ...]:
    """Return the charges, up to sign, of the scalars that fill an entry: all |n_i + n_j| but 0, sorted.

    >>> [str(charge) for charge in scalar_candidates(["1/4", "7/20", "21/20"])]
    ['1/2', '3/5', '7/10', '13/10', '7/5', '21/10']
    """
    pairs = combinations_with_replacement(as_rationals(charges, "charges"), 2)
    return tuple(sorted({abs(x + y) for x, y in pairs} - {Fraction(0)}))


def fewest_scalars(
    charges: Iterable[RationalLike],
    *,
    rank: int | None = None,
    present: Mapping[str, RationalLike] | Iterable[RationalLike] = (),
) -> tuple[tuple[Fraction, ...], ...]:
    """Return every smallest set of scalars that gives the Majorana mass matrix a wanted rank.

    Charges are given up to sign: chi^* is at hand with chi.  There is always such a set, since every entry
    of the matrix can be filled, and ((),) says that no scalar is needed.

    Parameters
    ----------
    charges : the dark charges.
    rank : the number of massive states wanted; all of them by default.
    present : scalars that the model has already, as in `majorana_texture`.

    Returns
    -------
    All sets of the least size, each sorted.  First those whose zeros stay zero with any number of insertions,
    of the scalars present too (`MajoranaTexture.is_protected`); within these, the simplest ratio of charges
    first, then the smallest charges.

    Raises
    ------
    ArgumentError
        If `rank` is negative or above the number of dark states, or a scalar present is neutral.

    Source: ADN (A.5), whose choice for (A.4) is the first of three.

    Examples
    --------
    >>> [tuple(map(str, charges)) for charges in fewest_scalars(["1/4", "7/20", "21/20"])]
    [('3/5', '21/10'), ('7/10', '13/10'), ('1/2', '7/5')]
    >>> fewest_scalars([1, -1, 0])
    ((),)
    """
    dark = as_rationals(charges, "charges")
    known = as_scalars(present, "present")
    wanted = len(dark) if rank is None else as_integer(rank, "rank", 0)
    if wanted > len(dark):
        raise ArgumentError(must_be("rank", f"at most the number of dark states, {len(dark)}", rank))
    search = _Search(dark, frozenset(abs(charge) for _, charge in known), wanted)
    # One scalar for each diagonal entry is always enough, so no more than `wanted` are needed.
    found = next(filter(None, map(search.sets_of_size, range(wanted + 1))))
    charges_present = tuple(charge for _, charge in known)
    return tuple(sorted(map(_sorted, found), key=lambda scalars: _simplicity(dark, charges_present, scalars)))


def _sorted(chosen: _Chosen) -> tuple[Fraction, ...]:
    return tuple(sorted(chosen))


def _simplicity(
    dark: tuple[Fraction, ...], present: tuple[Fraction, ...], scalars: tuple[Fraction, ...]
) -> tuple[bool, int, tuple[Fraction, ...]]:
    protected = majorana_texture(dark, present + scalars).is_protected
    return not protected, height(primitive(scalars)), scalars


class _Search:
    """The search for all sets of a given size; `present` scalars are always there."""

    def __init__(self, dark: tuple[Fraction, ...], present: _Chosen, wanted: int) -> None:
        self._totals = tuple(tuple(abs(x + y) for y in dark) for x in dark)
        self._always = present | {Fraction(0)}
        self._wanted = wanted
        alone = {
            charge: generic_rank(self._pattern(frozenset({charge})))
            for charge in scalar_candidates(dark)
            if charge not in self._always
        }
        self._largest_gain = max(alone.values(), default=0)

    def sets_of_size(self, size: int) -> set[_Chosen]:
        """Return all sets of exactly `size` charges that are enough, if no smaller set is."""
        found: set[_Chosen] = set()
        seen: set[_Chosen] = set()
        waiting: list[_Chosen] = [frozenset()]
        while waiting:
            chosen = waiting.pop()
            pattern = self._pattern(chosen | self._always)
            blocked = obstruction(pattern, self._wanted)
            if blocked is None:
                found.add(chosen)
            elif self._wanted - generic_rank(pattern) <= (size - len(chosen)) * self._largest_gain:
                new = {chosen | {charge} for charge in self._outside(*blocked)} - seen
                seen |= new
                waiting.extend(new)
        return found

    def _pattern(self, chosen: _Chosen) -> Pattern:
        return tuple(tuple(total in chosen for total in row) for row in self._totals)

    def _outside(self, rows: frozenset[int], columns: frozenset[int]) -> set[Fraction]:
        """Return the charges of the entries in these rows outside these columns."""
        others = set(range(len(self._totals))) - columns
        return {self._totals[row][column] for row in rows for column in others}
