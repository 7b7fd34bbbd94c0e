r"""Chiral sets: integers z_1 ... z_n with sum z = sum z^3 = 0 and no vector-like pair.

These are the charges of n Weyl fermions of one U(1) alone, with neither a gravitational nor a cubic anomaly
and without a mass term that the U(1) allows.  A set is primitive (gcd 1) and counted up to order and overall
sign.  One of z and -z is kept:

    there are more positive than negative charges or, with as many, the largest |charge| is positive.

That decides: the largest |charge| cannot occur with both signs.

Key results
-----------
ChiralSet : a verified set, sorted
chiral_set : the set of any charges, with sign and common factor divided out
splittings, parts_of, rows_of_sum, exact_rows : the join of positive and negative half, in Python integers

Method
------
There are p positive and q = n - p negative charges, p >= q >= 2: with q = 1 the only negative charge would
have |z|^3 = (sum x)^3 > sum x^3 for p > 1 positive x.  For every common sum s the partitions of s into q
parts are tabulated by their sum of cubes, and the partitions of s into p parts are looked up in this table.

References
----------
Costa, Dobrescu, Fox, arXiv:1905.13729: the sets, and a formula that gives all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import gcd
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentTypeError, NotASolutionError, must_be
from anomalies.exact import as_integer, as_rationals, primitive

__all__ = ["ChiralSet", "Row", "chiral_set", "exact_rows", "parts_of", "rows_of_sum", "splittings"]

Row: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True, init=False, repr=False)
class ChiralSet(Printable):
    """A multiset of integers with sum z = sum z^3 = 0 and no two non-zero entries that add to zero.

    The constructor sorts the charges, in non-decreasing order, and verifies them; sign and common factor
    stay as they are given (`chiral_set` divides them out).

    Parameters
    ----------
    charges : integers, not all of them zero.

    Raises
    ------
    NotASolutionError
        If a sum does not vanish, two charges form a vector-like pair, or all are zero.

    Source: the example is in table I of arXiv:1905.13729.

    Examples
    --------
    >>> z = ChiralSet([5, -4, -4, 1, 1, 1])
    >>> z, len(z), z.is_canonical
    ((-4, -4, 1, 1, 1, 5), 6, True)
    >>> ChiralSet([3, -3, 1, -1])
    Traceback (most recent call last):
        ...
    anomalies.errors.NotASolutionError: Argument 'charges' must have no vector-like pair, and 1 and -1 \
are one.
    """

    charges: tuple[int, ...]

    def __init__(self, charges: Iterable[int]) -> None:
        """Sort and verify the charges."""
        if isinstance(charges, str | bytes) or not isinstance(charges, Iterable):
            raise ArgumentTypeError(must_be("charges", "a sequence of integers", charges))
        values = tuple(sorted(as_integer(z, f"charges[{i}]") for i, z in enumerate(charges)))
        _verify(values)
        object.__setattr__(self, "charges", values)

    def __len__(self) -> int:
        """Return the number of charges."""
        return len(self.charges)

    def __iter__(self) -> Iterator[int]:
        """Iterate over the charges, in non-decreasing order."""
        return iter(self.charges)

    @property
    def is_canonical(self) -> bool:
        """Whether the charges are coprime and of the sign that is kept."""
        return gcd(*self.charges) == 1 and _has_kept_sign(self.charges)

    @property
    def bound(self) -> int:
        """The largest |charge|."""
        return max(map(abs, self.charges))

    def canonical(self) -> ChiralSet:
        """Return the set with common factor and sign divided out."""
        return chiral_set(self.charges)

    def as_json(self) -> list[int]:
        """Return the charges."""
        return list(self.charges)

    def _sympystr(self, printer: Any) -> str:
        return f"({', '.join(map(str, self.charges))})"

    def _latex(self, printer: Any) -> str:
        return rf"\left({', '.join(map(str, self.charges))}\right)"


def _verify(values: Row) -> None:
    """Refuse what is no chiral set; `values` are sorted."""
    if not any(values):
        raise NotASolutionError(must_be("charges", "different from zero, one at least", values))
    for power, name in ((1, "sum z"), (3, "sum z^3")):
        total = sum(z**power for z in values)
        if total:
            raise NotASolutionError(f"Argument 'charges' must have {name} = 0, and it is {total}.")
    known = set(values)
    for z in values:
        if z > 0 and -z in known:
            raise NotASolutionError(
                f"Argument 'charges' must have no vector-like pair, and {z} and {-z} are one."
            )


def _has_kept_sign(values: Iterable[int]) -> bool:
    """Whether z is kept, of z and -z."""
    listed = tuple(values)
    excess = sum((z > 0) - (z < 0) for z in listed)
    return excess > 0 or (excess == 0 and max(listed, key=abs, default=0) > 0)


def chiral_set(charges: Iterable[Any]) -> ChiralSet:
    """Return the chiral set of rational charges, with common factor, denominator and sign divided out.

    Raises
    ------
    NotASolutionError
        If the charges are no chiral set.

    Examples
    --------
    >>> chiral_set(["-5/2", 2, 2, "-1/2", "-1/2", "-1/2"])
    (-4, -4, 1, 1, 1, 5)
    """
    values = primitive(as_rationals(charges, "charges"))
    return ChiralSet(values if _has_kept_sign(values) else [-z for z in values])


# ---------------------------------------------------------------- the join in Python integers


def splittings(charges: int) -> Iterator[tuple[int, int]]:
    """Yield the numbers (p, q) of positive and negative charges that are possible, p >= q >= 2.

    >>> list(splittings(7))
    [(4, 3), (5, 2)]
    """
    return ((charges - q, q) for q in range(charges // 2, 1, -1))


def parts_of(total: int, size: int, bound: int) -> Iterator[Row]:
    """Yield the partitions of `total` into `size` parts from 1 to `bound`, each in non-increasing order.

    The partitions come in lexicographic order.

    >>> list(parts_of(7, 3, 4))
    [(3, 2, 2), (3, 3, 1), (4, 2, 1)]
    """
    if size == 0:
        if total == 0:
            yield ()
        return
    for first in range(max(1, -(-total // size)), min(bound, total - size + 1) + 1):
        for rest in parts_of(total - first, size - 1, first):
            yield (first, *rest)


def exact_rows(charges: int, bound: int, common_factors: bool = False) -> Iterator[Row]:
    """Yield all canonical sets of `charges` non-zero integers up to `bound`, sorted.

    The order is by the number of positive charges, by their sum, by the positive charges in non-increasing
    order, and by the negative ones; the compiled kernels have the same.

    >>> list(exact_rows(5, 10))
    [(-8, -7, 1, 5, 9), (-9, -7, 2, 4, 10)]
    """
    for positive, negative in splittings(charges):
        for total in range(positive, negative * bound + 1):
            yield from rows_of_sum(positive, negative, total, bound, common_factors)


def rows_of_sum(
    positive: int, negative: int, total: int, bound: int, common_factors: bool = False
) -> Iterator[Row]:
    """Yield those of `exact_rows` with so many positive and negative charges and this sum of the former.

    >>> list(rows_of_sum(3, 2, 15, 10))
    [(-8, -7, 1, 5, 9)]
    """
    table: dict[int, list[Row]] = {}
    for y in parts_of(total, negative, bound):
        table.setdefault(sum(v**3 for v in y), []).append(y)
    for x in parts_of(total, positive, bound):
        for y in table.get(sum(v**3 for v in x), ()):
            if positive == negative and x[0] < y[0]:
                continue
            if set(x).isdisjoint(y) and (common_factors or gcd(*x, *y) == 1):
                yield (*(-v for v in y), *reversed(x))
