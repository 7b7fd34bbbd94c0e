r"""What model builders ask of the charges of a chiral set; every function here is pure.

Let z_1 ... z_n be left-handed Weyl fermions, singlets of the Standard Model, charged under a new U(1).

* Three Standard Model families may carry the U(1) too.  If that amounts to three equal charges m in the sums,
  sum z = -3 m and sum z^3 = -3 m^3 for the others, the U(1) is *active*; with m = 0 it is *dark*.  So the
  active models with n states are the chiral sets of n + 3 charges, three of them equal, these set aside.
* Dirac masses of neutrinos come from the operator  nu L H (S^(*)/Lambda)^delta, allowed if
  nu + m + delta s = 0, where s is the charge of the scalar S and nu a charge of a right-handed neutrino.
* If a scalar of charge s has a vacuum expectation value, Z_|s| is left; the charge of a state is z mod |s|.

Key results
-----------
multiplicities, multiplicity_pattern : which charges repeat, and how often
ActiveSet, active_sets_of : three equal charges set aside
all_active_sets : every active set up to a bound, complete
DiracOperator, dirac_operators : the scalar charges that give neutrinos Dirac masses
residual_order, residual_factors : Z_N and its primary factors
stable_sectors : which parts of the residual symmetry give dark matter components of their own
divisible_charges : the charges divisible by N

References
----------
Bernal, Restrepo, arXiv:2108.05907, and before it arXiv:2102.06211: active and dark symmetries, the operator,
and multi-component dark matter.  The examples are computed here, not taken from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import gcd
from typing import Any, TypeAlias

from flint import fmpz
from sympy.printing.defaults import Printable

from anomalies.diophantine.chiral.enumeration import chiral_sets
from anomalies.diophantine.chiral.resources import MEMORY
from anomalies.diophantine.chiral.sets import ChiralSet
from anomalies.errors import ArgumentError, ArgumentTypeError, NotASolutionError, must_be
from anomalies.exact import as_integer
from anomalies.solutions import SearchDomain, SearchResult

__all__ = [
    "ActiveSet",
    "ChargesLike",
    "DiracOperator",
    "StableSector",
    "active_sets_of",
    "all_active_sets",
    "as_charges",
    "dirac_operators",
    "divisible_charges",
    "multiplicities",
    "multiplicity_pattern",
    "residual_factors",
    "residual_order",
    "stable_sectors",
]

# A ChiralSet, or any sequence of integers: most of what is asked does not need the two conditions.
ChargesLike: TypeAlias = ChiralSet | Iterable[int]


def as_charges(charges: object) -> tuple[int, ...]:
    """Return the charges of a set or sequence, sorted, or refuse it."""
    if isinstance(charges, ChiralSet):
        return charges.charges
    if isinstance(charges, str | bytes) or not isinstance(charges, Iterable):
        raise ArgumentTypeError(must_be("charges", "a ChiralSet or a sequence of integers", charges))
    return tuple(sorted(as_integer(z, f"charges[{i}]") for i, z in enumerate(charges)))


def as_scalar(s: object, argument: str = "s") -> int:
    """Return the absolute value of the integer charge of a scalar, or refuse it: S^* is at hand with S."""
    charge = as_integer(s, argument)
    if charge == 0:
        raise ArgumentError(must_be(argument, "an integer different from zero", s))
    return abs(charge)


# ---------------------------------------------------------------- repeated charges


def multiplicities(charges: ChargesLike) -> tuple[tuple[int, int], ...]:
    """Return the pairs (charge, how often it occurs), by charge.

    >>> multiplicities([5, -4, -4, 1, 1, 1])
    ((-4, 2), (1, 3), (5, 1))
    """
    return tuple(sorted(Counter(as_charges(charges)).items()))


def multiplicity_pattern(charges: ChargesLike) -> tuple[int, ...]:
    """Return how often charges occur, without saying which, largest first.

    >>> multiplicity_pattern([5, -4, -4, 1, 1, 1])
    (3, 2, 1)
    """
    return tuple(sorted((number for _, number in multiplicities(charges)), reverse=True))


def divisible_charges(charges: ChargesLike, divisor: int) -> tuple[int, ...]:
    """Return the charges that `divisor` >= 1 divides, repeated as they are; zero is among them.

    >>> divisible_charges([5, -4, -4, 1, 1, 1], 2)
    (-4, -4)
    """
    divisor = as_integer(divisor, "divisor", 1)
    return tuple(z for z in as_charges(charges) if z % divisor == 0)


# ---------------------------------------------------------------- three equal charges set aside


@dataclass(frozen=True, slots=True, init=False, repr=False)
class ActiveSet(Printable):
    """Charges z with sum z = -3 m and sum z^3 = -3 m^3, where m is not zero; the constructor checks.

    With m three times they are a chiral set.

    >>> ActiveSet(1, [5, -4, -4])
    (-4, -4, 5; m = 1)
    """

    m: int
    charges: tuple[int, ...]

    def __init__(self, m: int, charges: Iterable[int]) -> None:
        """Sort and verify."""
        shift, values = as_integer(m, "m"), as_charges(charges)
        if shift == 0:
            raise NotASolutionError(must_be("m", "different from zero", m))
        ChiralSet((shift, shift, shift, *values))
        object.__setattr__(self, "m", shift)
        object.__setattr__(self, "charges", values)

    def chiral_set(self) -> ChiralSet:
        """Return all charges, m three times among them."""
        return ChiralSet((self.m, self.m, self.m, *self.charges))

    def as_json(self) -> dict[str, Any]:
        """Return m and the charges."""
        return {"m": self.m, "charges": list(self.charges)}

    def _sympystr(self, printer: Any) -> str:
        return f"({', '.join(map(str, self.charges))}; m = {self.m})"

    def _latex(self, printer: Any) -> str:
        return rf"\left({', '.join(map(str, self.charges))};\, m = {self.m}\right)"


def active_sets_of(charges: ChiralSet) -> tuple[ActiveSet, ...]:
    """Return every way to set aside three equal non-zero charges, by m.

    Raises
    ------
    ArgumentTypeError
        If `charges` is no `ChiralSet`.

    Examples
    --------
    >>> active_sets_of(ChiralSet([5, -4, -4, 1, 1, 1]))
    ((-4, -4, 5; m = 1),)
    """
    if not isinstance(charges, ChiralSet):
        raise ArgumentTypeError(must_be("charges", "a ChiralSet", charges))
    return tuple(
        ActiveSet(m, (charges.charges[:place] + charges.charges[place + 3 :]))
        for m, number in multiplicities(charges)
        if m and number >= 3
        for place in (charges.charges.index(m),)
    )


def all_active_sets(n: int, bound: int, *, memory: int = MEMORY) -> SearchResult[ActiveSet]:
    """Return all sets of n charges not 0 with sum z = -3 m, sum z^3 = -3 m^3, m not 0, and no pair (x, -x).

    No charge is -m either, all charges and m have gcd 1, and |z|, |m| <= bound; sets that differ by order or
    an overall sign are one.  The list is complete.

    Parameters
    ----------
    n : the number of charges besides m, at least 2.
    bound, memory : as for `chiral_sets`.

    Raises
    ------
    ArgumentError, MissingToolError : as for `chiral_sets`.

    Examples
    --------
    >>> list(all_active_sets(3, 15))
    [(-4, -4, 5; m = 1)]
    """
    number = as_integer(n, "n", 2)
    source = chiral_sets(number + 3, bound, memory=memory)
    domain = SearchDomain(
        (("search", "active sets"), ("charges", number), ("bound", as_integer(bound, "bound", 1)))
    )
    return SearchResult(domain, True, "", partial(_active, source))


def _active(source: SearchResult[ChiralSet]) -> Iterator[ActiveSet]:
    for found in source:
        yield from active_sets_of(found)


# ---------------------------------------------------------------- Dirac masses of neutrinos


@dataclass(frozen=True, slots=True)
class DiracOperator:
    """A solution of nu + m + delta s = 0.

    Attributes
    ----------
    nu : the charge of the right-handed neutrinos.
    copies : how many states have it: at most so many neutrinos get a mass.
    delta : the number of scalars in the operator.
    s : the charge of the scalar.
    """

    nu: int
    copies: int
    delta: int
    s: Fraction


def dirac_operators(
    charges: ChargesLike, m: int = 0, *, largest_delta: int = 4, copies: int = 2
) -> tuple[DiracOperator, ...]:
    """Return every operator with nu + m + delta s = 0 and s not 0 that serves enough neutrinos.

    Parameters
    ----------
    charges : the dark charges, those of an active set without m.
    m : the charge set aside three times; 0 for a dark U(1).
    largest_delta : delta is 1 to this.
    copies : nu must occur at least so often: two massive neutrinos at least are observed.

    Source: the condition is that of arXiv:2108.05907.

    Examples
    --------
    >>> [(o.nu, o.delta, str(o.s)) for o in dirac_operators([5, -4, -4], 1, largest_delta=2)]
    [(-4, 1, '3'), (-4, 2, '3/2')]
    """
    shift, most = as_integer(m, "m"), as_integer(largest_delta, "largest_delta", 1)
    least = as_integer(copies, "copies", 1)
    return tuple(
        DiracOperator(nu, number, delta, Fraction(-(nu + shift), delta))
        for nu, number in multiplicities(charges)
        if number >= least and nu + shift
        for delta in range(1, most + 1)
    )


# ---------------------------------------------------------------- residual symmetry


def residual_order(charges: ChargesLike, s: int) -> int:
    """Return N, where Z_N is what a scalar of charge s leaves of the U(1), acting faithfully on the states.

    exp(2 pi i k/|s|) acts trivially on all of them if it does on g = gcd(z), so N = |s|/gcd(s, g).

    >>> residual_order([5, -4, -4, 1, 1, 1], 6), residual_order([2, 4], 6)
    (6, 3)
    """
    scalar = as_scalar(s)
    return scalar // gcd(scalar, *as_charges(charges))


def residual_factors(charges: ChargesLike, s: int) -> tuple[int, ...]:
    """Return the prime powers whose product is N: Z_N is the product of these cyclic groups, in this order.

    >>> residual_factors([5, -4, -4, 1, 1, 1], 12)
    (4, 3)
    """
    return tuple(
        int(prime) ** exponent for prime, exponent in sorted(fmpz(residual_order(charges, s)).factor())
    )


@dataclass(frozen=True, slots=True)
class StableSector:
    """A factor Z_order of the residual symmetry, and the charges of all states that it acts on."""

    order: int
    charges: tuple[int, ...]


def stable_sectors(charges: ChargesLike, s: int) -> tuple[StableSector, ...]:
    """Return the finest factors of Z_N, of coprime order, such that no state is charged under two of them.

    The lightest state charged under a factor cannot decay, for everything lighter is neutral under it; states
    of different factors are different.  So there are at least as many stable particles as sectors, and two or
    more are a candidate for multi-component dark matter, whatever the masses.

    With g the greatest common divisor of s and all charges, a state is charged under the primary factor
    Z_{p^k} of Z_N, N = |s|/g, if p^k does not divide z/g.  Two primary factors belong to the same sector if
    some state is charged under both, or if a chain of such pairs joins them: no finer product will do.

    Parameters
    ----------
    charges : all states that matter.
    s : the charge of the scalar, not 0.

    Returns
    -------
    The sectors, by their smallest primary factor; no sector for N = 1.

    Examples
    --------
    >>> [(sector.order, sector.charges) for sector in stable_sectors([2, 2, 3, 12], 6)]
    [(2, (3,)), (3, (2, 2))]
    >>> [sector.order for sector in stable_sectors([1, 2, 3], 6)]
    [6]
    """
    values, scalar = as_charges(charges), as_scalar(s)
    common = gcd(scalar, *values)
    blocks: list[set[int]] = [{factor} for factor in residual_factors(values, scalar)]
    for z in values:
        touched = [block for block in blocks if any((z // common) % factor for factor in block)]
        if len(touched) > 1:
            blocks = [block for block in blocks if block not in touched] + [set().union(*touched)]
    return tuple(
        StableSector(
            _product(block), tuple(z for z in values if any((z // common) % factor for factor in block))
        )
        for block in sorted(blocks, key=min)
    )


def _product(factors: Iterable[int]) -> int:
    result = 1
    for factor in factors:
        result *= factor
    return result
