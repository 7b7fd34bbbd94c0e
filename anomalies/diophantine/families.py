"""What the infinite families of dark sectors share: reading parameters, and the walk by height.

A family is a map from rational parameters to dark sectors with an inverse (`SolutionFamily`, in
`anomalies.solutions`).  Parameters are a poor measure of size: simple ones can make large charges, and the
other way round.  So a family is iterated by the height of the sectors themselves, over all sectors of its
shape, and keeps those that are its own.

Key results
-----------
sectors_by_height : every dark sector with given numbers of charges, once, by height
parameter_values : values of parameters, as a sequence or by name

Method
------
A sector of height H is a vector v of integers over a denominator d, with gcd(d, v) = 1 and max(d, |v|) = H.
The integer solutions up to H are found by meeting in the middle: the dark charges go into a table by their
sum and sum of cubes, and the lepton charges look themselves up there.  For three and three charges time
and memory grow like H^3, and so does the number of sectors of that height, most of which are vector-like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, count, product
from math import gcd
from typing import Any, TypeAlias

from anomalies.diophantine.dark import DarkSector, sectors_from_integers
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_integer, as_rational, as_rationals

__all__ = ["parameter_values", "sectors_by_height"]

_Integers: TypeAlias = tuple[int, ...]


def parameter_values(
    parameters: Sequence[Any], values: Mapping[Any, RationalLike] | Iterable[RationalLike]
) -> tuple[Fraction, ...]:
    """Return exact values of parameters, in their order.

    Parameters
    ----------
    parameters : sympy symbols.
    values : a rational number for each, in order; or a mapping from symbols or names to numbers.

    Raises
    ------
    ArgumentError, ArgumentTypeError
        If a value is missing, is one too many, or is not exact.

    Examples
    --------
    >>> from sympy.abc import u, v
    >>> parameter_values((u, v), {v: "1/2", "u": 3})
    (Fraction(3, 1), Fraction(1, 2))
    """
    names = [str(parameter) for parameter in parameters]
    if not isinstance(values, Mapping):
        return as_rationals(values, "values", len(names))
    given = {str(name): value for name, value in values.items()}
    if len(given) != len(values) or set(given) != set(names):
        expected = f"given once for each of {', '.join(names)}"
        raise ArgumentError(must_be("values", expected, ", ".join(map(str, values))))
    return tuple(as_rational(given[name], name) for name in names)


def sectors_by_height(leptons: int, darks: int) -> Iterator[DarkSector]:
    """Yield every dark sector with so many lepton and dark charges, once, by height; without end.

    Sectors of equal height come by denominator, then by (a, n).  The order of the lepton charges counts,
    that of the dark charges does not.

    Parameters
    ----------
    leptons, darks : the numbers of charges, at least 1.

    Examples
    --------
    >>> from itertools import islice
    >>> list(islice(sectors_by_height(2, 1), 3))
    [(-1, 0; -1), (-1, 1; 0), (0, -1; -1)]
    """
    leptons, darks = as_integer(leptons, "leptons", 1), as_integer(darks, "darks", 1)
    return _walk(leptons, darks)


def _walk(leptons: int, darks: int) -> Iterator[DarkSector]:
    for height in count(1):
        found = list(_integer_solutions(leptons, darks, height))
        for denominator in range(1, height):
            for size, divisor, a, n in found:
                if size == height and gcd(denominator, divisor) == 1:
                    yield from sectors_from_integers(denominator, a, (n,))
        for _, divisor, a, n in found:
            if gcd(height, divisor) == 1:
                yield from sectors_from_integers(height, a, (n,))


def _integer_solutions(
    leptons: int, darks: int, largest: int
) -> Iterator[tuple[int, int, _Integers, _Integers]]:
    """Yield (max |v|, gcd v, a, n) for all integers v = (a, n) that solve the equations up to `largest`."""
    box = range(-largest, largest + 1)
    table: dict[tuple[int, int], list[_Integers]] = {}
    for n in combinations_with_replacement(box, darks):
        table.setdefault((sum(n), sum([x * x * x for x in n])), []).append(n)
    for a in product(box, repeat=leptons):
        for n in table.get((sum(a), sum([x * x * x for x in a])), ()):
            yield max(map(abs, a + n)), gcd(*a, *n), a, n
