"""Dark sectors: right-handed charges that soak up the remaining anomalies of the lepton charges.

Given lepton charges a = (a_e, a_mu, a_tau), the gauging generator leaves two anomalies, and dark
states with charges n_1 ... n_k cancel them when

    n_1 + ... + n_k = a_e + a_mu + a_tau    and    n_1^3 + ... + n_k^3 = a_e^3 + a_mu^3 + a_tau^3.

The dark charges are those of right-handed fields.  A list that gives the charges of their
left-handed conjugates shows them with the opposite sign.

Key results
-----------
DarkSector : charges (a; n) that satisfy both equations; the constructor checks
is_nontrivial : three different meanings of the word, and which of them implies which
product_form : for three dark states the equations say X + Y + Z = p + q + r and X Y Z = p q r
one_dark_charge, two_dark_charges : complete decisions
VectorLikeFamily : the infinite families that consist of fixed charges and a pair (c, -c)

Relations between the three meanings, for any number of charges: "chiral" implies "disjoint", and
"disjoint" implies "permutation" unless all charges are zero.  For three lepton charges and three
dark charges the product form says more.  Put pi = (a_mu + a_tau)(a_tau + a_e)(a_e + a_mu).

* If pi = 0, some n_i is the sum of all a, which is one of the a.  So no sector is disjoint.
* If pi != 0 and n_1 = a_e, then X = p, so Y + Z = q + r and Y Z = q r: a permutation.
  So "permutation" and "disjoint" mean the same.
* If n_1 = -n_2, then X_3 = n_1 + n_2 = 0, so pi = 0; and a_e = -a_mu also gives pi = 0.
  So "chiral" is "disjoint" without a zero charge.

References
----------
W. Altmannshofer, J. Davighi, M. Nardecchia, arXiv:1909.02021: equation (2.6), footnotes 13 and 29,
appendix A.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, count
from math import gcd
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.diophantine.integers import rational_sqrt
from anomalies.errors import ArgumentError, NotASolutionError, UnknownNameError, must_be
from anomalies.exact import RationalLike, as_rational, as_rationals, common_denominator, height, to_sympy

__all__ = [
    "NONTRIVIAL_SENSES",
    "DarkSector",
    "ProductForm",
    "VectorLikeFamily",
    "is_chiral",
    "is_disjoint",
    "is_no_permutation",
    "is_nontrivial",
    "one_dark_charge",
    "product_form",
    "product_form_identity",
    "sectors_from_integers",
    "two_dark_charges",
]


@dataclass(frozen=True, slots=True, init=False, repr=False)
class DarkSector(Printable):
    """Lepton charges a and dark charges n with equal sums and equal sums of cubes.

    The equations are sum n = sum a and sum n^3 = sum a^3.  The lepton charges keep their order,
    because families are labelled; the dark charges are sorted.

    Parameters
    ----------
    a : the lepton charges, usually (a_e, a_mu, a_tau); any number of exact rational numbers.
    n : the dark charges, as right-handed fields; any number, in any order.

    Raises
    ------
    NotASolutionError
        If one of the equations does not hold; the message gives both residuals.
    ArgumentTypeError
        If a charge is not exact.

    Source: arXiv:1909.02021, equation (2.6); the example is its (A.4).

    Examples
    --------
    >>> sector = DarkSector(["3/5", 1, "1/20"], ["21/20", "7/20", "1/4"])
    >>> sector
    (3/5, 1, 1/20; 1/4, 7/20, 21/20)
    >>> sector.denominator, sector.height
    (20, 21)
    >>> DarkSector([1, 2, 3], [1, 2, 4])
    Traceback (most recent call last):
        ...
    anomalies.errors.NotASolutionError: Argument 'n' must be dark charges with the sum and the sum of \
cubes of the lepton charges, not charges that exceed them by 1 and 37.
    """

    a: tuple[Fraction, ...]
    n: tuple[Fraction, ...]

    def __init__(self, a: Iterable[RationalLike], n: Iterable[RationalLike]) -> None:
        """Check that the charges solve both equations."""
        lepton, dark = as_rationals(a, "a"), as_rationals(n, "n")
        wanted, found = _power_sums(lepton), _power_sums(dark)
        if found != wanted:
            raise NotASolutionError(_residuals(found[0] - wanted[0], found[1] - wanted[1]))
        object.__setattr__(self, "a", lepton)
        object.__setattr__(self, "n", tuple(sorted(dark)))

    @property
    def denominator(self) -> int:
        """The least common denominator of all charges."""
        return common_denominator(self.a + self.n)

    @property
    def height(self) -> int:
        """The height max(d, |d a_1|, ..., |d n_k|), with d the least common denominator."""
        return height(self.a + self.n)

    def as_json(self) -> dict[str, Any]:
        """Return charges, denominator and height, every rational as a string."""
        return {
            "a": [str(charge) for charge in self.a],
            "n": [str(charge) for charge in self.n],
            "denominator": self.denominator,
            "height": self.height,
        }

    def _sympystr(self, printer: Any) -> str:
        return f"({', '.join(map(str, self.a))}; {', '.join(map(str, self.n))})"

    def _latex(self, printer: Any) -> str:
        return rf"\left({_latex_list(self.a, printer)};\, {_latex_list(self.n, printer)}\right)"


# The same few thousand charges return in every sector of a search.
_fraction = lru_cache(maxsize=1 << 14)(Fraction)


def sectors_from_integers(
    denominator: int, a: Sequence[int], dark: Iterable[Sequence[int]]
) -> Iterator[DarkSector]:
    """Yield the sectors with charges a_i / denominator and n_i / denominator, for each n in `dark`.

    The equations are checked on the integers, which makes this the way in for searches.

    Raises
    ------
    ArgumentError
        If `denominator` is not positive.
    NotASolutionError
        If some n does not solve the equations; the message gives the residuals of the integers.

    Examples
    --------
    >>> list(sectors_from_integers(20, (12, 20, 1), [(5, 7, 21)]))
    [(3/5, 1, 1/20; 1/4, 7/20, 21/20)]
    """
    if denominator < 1:
        raise ArgumentError(must_be("denominator", "an integer of at least 1", denominator))
    lepton = tuple([_fraction(x, denominator) for x in a])
    linear, cubic = sum(a), sum([x * x * x for x in a])
    for n in dark:
        excess, cubic_excess = sum(n) - linear, sum([x * x * x for x in n]) - cubic
        if excess or cubic_excess:
            raise NotASolutionError(_residuals(excess, cubic_excess))
        sector = DarkSector.__new__(DarkSector)
        object.__setattr__(sector, "a", lepton)
        object.__setattr__(sector, "n", tuple([_fraction(x, denominator) for x in sorted(n)]))
        yield sector


def _residuals(linear: Fraction | int, cubic: Fraction | int) -> str:
    try:
        excess = f"{linear} and {cubic}"
    except ValueError:  # Python refuses to print integers of more than 4300 digits
        excess = "numbers too long to print"
    return (
        "Argument 'n' must be dark charges with the sum and the sum of cubes of the lepton charges, "
        f"not charges that exceed them by {excess}."
    )


def _latex_list(charges: Iterable[Fraction], printer: Any) -> str:
    return ", ".join(printer._print(to_sympy(charge)) for charge in charges)


# ---------------------------------------------------------------- non-trivial, in three senses


def is_no_permutation(sector: DarkSector) -> bool:
    """Return whether the dark charges are not the lepton charges in another order.

    This is sense (a), "permutation".  A zero charge contributes to neither equation, so zeros on
    both sides are dropped before the two multisets are compared; with as many dark charges as lepton
    charges that changes nothing.

    >>> is_no_permutation(DarkSector([1, -1, 5], [5])), is_no_permutation(DarkSector([0, 5], [5]))
    (True, False)
    """
    return sorted(filter(None, sector.a)) != list(filter(None, sector.n))


def is_disjoint(sector: DarkSector) -> bool:
    """Return whether no dark charge equals any lepton charge, zero included.

    This is sense (b), "disjoint".

    >>> is_disjoint(DarkSector([1, -1, 5], [2, -2, 5])), is_disjoint(DarkSector([7, 8, -9], [1, 5]))
    (False, True)
    """
    return not set(sector.a) & set(sector.n)


def is_chiral(sector: DarkSector) -> bool:
    """Return whether {a, -n}, all charges as left-handed ones, has no zero and no pair x, -x.

    This is sense (c), "chiral": no field is neutral, and no two fields could share a mass term that
    the gauge symmetry allows.

    >>> is_chiral(DarkSector([5, -4, -4], [-1, -1, -1])), is_chiral(DarkSector([7, 8, -9], [0, 1, 5]))
    (True, False)
    """
    charges = sector.a + tuple(-charge for charge in sector.n)
    return 0 not in charges and not any(x + y == 0 for x, y in combinations(charges, 2))


_SENSES = {"permutation": is_no_permutation, "disjoint": is_disjoint, "chiral": is_chiral}

NONTRIVIAL_SENSES = tuple(_SENSES)


def is_nontrivial(sector: DarkSector, sense: str) -> bool:
    """Return whether a sector is non-trivial in the named sense.

    Parameters
    ----------
    sector : the charges.
    sense : "permutation" (`is_no_permutation`), "disjoint" (`is_disjoint`) or "chiral" (`is_chiral`).

    Raises
    ------
    UnknownNameError
        If `sense` is none of the three.

    Examples
    --------
    >>> sector = DarkSector([1, -1, 5], [2, -2, 5])
    >>> [is_nontrivial(sector, sense) for sense in NONTRIVIAL_SENSES]
    [True, False, False]
    """
    return _SENSES[as_sense(sense, "sense")](sector)


def as_sense(value: object, argument: str) -> str:
    """Return `value` if it names a sense of "non-trivial", or refuse it under the name `argument`."""
    if not isinstance(value, str) or value not in _SENSES:
        raise UnknownNameError(must_be(argument, "'permutation', 'disjoint' or 'chiral'", value))
    return value


# ---------------------------------------------------------------- three against three


@dataclass(frozen=True, slots=True)
class ProductForm:
    """The numbers p = a_mu + a_tau, q = a_tau + a_e, r = a_e + a_mu of three lepton charges.

    Three dark charges n_i solve the anomaly equations exactly when X_i = (a_e + a_mu + a_tau) - n_i
    satisfy X_1 + X_2 + X_3 = sigma and X_1 X_2 X_3 = pi.  See `product_form`.
    """

    p: Fraction
    q: Fraction
    r: Fraction

    @property
    def sigma(self) -> Fraction:
        """The sum p + q + r, which is twice the sum of the lepton charges."""
        return self.p + self.q + self.r

    @property
    def pi(self) -> Fraction:
        """The product p q r."""
        return self.p * self.q * self.r


def product_form(a: Iterable[RationalLike]) -> ProductForm:
    """Return the product form of the equations for three lepton and three dark charges.

    With s = a_e + a_mu + a_tau, the sum of the X_i = s - n_i is 3s - s = 2s = sigma; and by
    `product_form_identity`, applied to a and to n, 3 X_1 X_2 X_3 = s^3 - sum n^3 while
    3 pi = s^3 - sum a^3.  The permutation n = a is (X_1, X_2, X_3) = (p, q, r).

    Parameters
    ----------
    a : the three lepton charges (a_e, a_mu, a_tau).

    Examples
    --------
    >>> form = product_form([5, -4, -4])
    >>> form.p, form.q, form.r, form.sigma, form.pi
    (Fraction(-8, 1), Fraction(1, 1), Fraction(1, 1), Fraction(-6, 1), Fraction(-8, 1))
    """
    a_e, a_mu, a_tau = as_rationals(a, "a", 3)
    return ProductForm(a_mu + a_tau, a_tau + a_e, a_e + a_mu)


def product_form_identity() -> tuple[Any, Any]:
    """Return the two sides, as sympy expressions, of the identity behind the product form.

    (x + y + z)^3 - x^3 - y^3 - z^3 = 3 (x + y)(y + z)(z + x).

    >>> left, right = product_form_identity()
    >>> (left - right).expand()
    0
    """
    from sympy import symbols

    x, y, z = symbols("x y z")
    return (x + y + z) ** 3 - x**3 - y**3 - z**3, 3 * ((x + y) * (y + z) * (z + x))


# ---------------------------------------------------------------- families with a vector-like pair


@dataclass(frozen=True, slots=True, init=False, repr=False)
class VectorLikeFamily(Printable):
    """All sectors with dark charges (fixed, c, -c), for given fixed charges and any rational c.

    The pair drops out of both equations, so `fixed` must solve them by itself.  Since c and -c give
    the same sector, c >= 0 gives each sector exactly once.  Iteration never ends: c runs through
    0, 1, 1/2, 2, 1/3, 2/3, 3/2, 3, ..., by height and then by size.

    Parameters
    ----------
    a : the lepton charges.
    fixed : the dark charges besides the pair; none by default.

    Raises
    ------
    NotASolutionError
        If the fixed charges do not solve the anomaly equations.

    Examples
    --------
    >>> family = VectorLikeFamily([1, -1, 0])
    >>> family
    {(1, -1, 0; c, -c): c rational}
    >>> family.subs("2/3"), DarkSector([1, -1, 0], [-7, 7]) in family
    ((1, -1, 0; -2/3, 2/3), True)
    >>> family.parameter_of(DarkSector([1, -1, 0], [-7, 7]))
    Fraction(7, 1)
    """

    a: tuple[Fraction, ...]
    fixed: tuple[Fraction, ...]

    def __init__(self, a: Iterable[RationalLike], fixed: Iterable[RationalLike] = ()) -> None:
        """Check that the fixed charges solve both equations."""
        core = DarkSector(a, fixed)
        object.__setattr__(self, "a", core.a)
        object.__setattr__(self, "fixed", core.n)

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The one parameter, as a sympy symbol."""
        from sympy import Symbol

        return (Symbol("c", rational=True),)

    def subs(self, c: RationalLike) -> DarkSector:
        """Return the sector at the rational number `c`."""
        value = as_rational(c, "c")
        return DarkSector(self.a, (*self.fixed, value, -value))

    def parameter_of(self, sector: DarkSector) -> Fraction:
        """Return the c >= 0 of a sector of this family.

        Raises
        ------
        ArgumentError
            If the sector is not in the family.
        """
        if sector not in self:
            raise ArgumentError(must_be("sector", "a sector of this family", sector))
        return abs(_without(sector.n, self.fixed)[0])

    def __contains__(self, sector: object) -> bool:
        """Return whether `sector` has these lepton charges and dark charges (fixed, c, -c)."""
        if not isinstance(sector, DarkSector) or sector.a != self.a:
            return False
        pair = _without(sector.n, self.fixed)
        # A pair that does not add to zero cannot be left over: the sector solves the linear equation.
        return len(pair) == 2 and len(sector.n) == len(self.fixed) + 2

    def __iter__(self) -> Iterator[DarkSector]:
        """Iterate over all sectors of the family, by the height of c."""
        return map(self.subs, _rationals_by_height())

    def _sympystr(self, printer: Any) -> str:
        dark = ", ".join([*map(str, self.fixed), "c", "-c"])
        return f"{{({', '.join(map(str, self.a))}; {dark}): c rational}}"

    def _latex(self, printer: Any) -> str:
        dark = ", ".join([*(printer._print(to_sympy(charge)) for charge in self.fixed), "c", "-c"])
        sector = rf"\left({_latex_list(self.a, printer)};\, {dark}\right)"
        return rf"\left\{{{sector} : c \in \mathbb{{Q}}\right\}}"


def _without(charges: Iterable[Fraction], removed: Iterable[Fraction]) -> list[Fraction]:
    """Return the multiset difference of charges."""
    left = list(charges)
    for charge in removed:
        if charge in left:
            left.remove(charge)
    return left


def _rationals_by_height() -> Iterator[Fraction]:
    """Yield every rational number >= 0 once, by height max(numerator, denominator), then by size."""
    yield from (Fraction(0), Fraction(1))
    for top in count(2):
        coprime = [k for k in range(1, top) if gcd(k, top) == 1]
        yield from (Fraction(k, top) for k in coprime)
        yield from (Fraction(top, k) for k in reversed(coprime))


# ---------------------------------------------------------------- one or two dark charges


def one_dark_charge(a: Iterable[RationalLike]) -> tuple[DarkSector, ...]:
    """Return all sectors with one dark charge: at most one.

    The charge must be n = s, with s = sum a, and then s^3 = sum a^3.  For three lepton charges that
    is (a_e + a_mu)(a_mu + a_tau)(a_tau + a_e) = 0.

    >>> one_dark_charge([1, -1, 5]), one_dark_charge([1, 2, 3])
    (((1, -1, 5; 5),), ())
    """
    charges = as_rationals(a, "a")
    total, cubes = _power_sums(charges)
    return (DarkSector(charges, (total,)),) if total**3 == cubes else ()


def two_dark_charges(a: Iterable[RationalLike]) -> tuple[DarkSector, ...] | VectorLikeFamily:
    """Return all sectors with two dark charges: at most one, or an infinite family.

    With s = sum a and t = sum a^3: if s != 0, then n_1 + n_2 = s and n_1 n_2 = (s^3 - t)/(3 s), and
    a sector exists exactly when the discriminant s^2 - 4 n_1 n_2 is the square of a rational number.
    If s = 0, then n_2 = -n_1, so t must be 0; and then every pair (c, -c) will do.

    Source: arXiv:1909.02021, footnote 29, whose lists show the dark charges with a minus sign.

    Examples
    --------
    >>> two_dark_charges([7, 8, -9]), two_dark_charges([1, 2, 3])
    (((7, 8, -9; 1, 5),), ())
    >>> two_dark_charges([1, -1, 0])
    {(1, -1, 0; c, -c): c rational}
    """
    charges = as_rationals(a, "a")
    total, cubes = _power_sums(charges)
    if total == 0:
        return VectorLikeFamily(charges) if cubes == 0 else ()
    root = rational_sqrt(total**2 - 4 * (total**3 - cubes) / (3 * total))
    if root is None:
        return ()
    return (DarkSector(charges, ((total - root) / 2, (total + root) / 2)),)


def _power_sums(charges: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    return sum(charges, Fraction(0)), sum((charge**3 for charge in charges), Fraction(0))
