r"""All solutions of (2.6) together: any charges with equal sums, after one common shift.

Shifting every charge, a_i -> a_i + t and n_i -> n_i + t, adds a multiple of B - L with its right-handed
neutrinos.  With as many dark charges as lepton charges it respects sum a = sum n, and

    sum (a_i + t)^3 - sum (n_i + t)^3 = sum a^3 - sum n^3 + 3 t (sum a^2 - sum n^2),

linear in t, because B - L is a double point of the cubic.  So charges alpha, nu with equal sums and
different sums of squares become a solution by exactly one shift, and every solution with different sums of
squares is obtained in this way, exactly once for each class of charges that differ by a shift only.

Key results
-----------
common_shift : the one t for which (alpha + t; nu + t) solves both equations
ShiftFamily : all solutions with different sums of squares, with the inverse map

In each class one member has sum alpha = 0, hence sum nu = 0: the shift that leads there is minus the mean of
the charges, no other.  It stands for the class.

What is left out are the solutions with sum a^2 = sum n^2.  With up to three charges on either side they are
the permutations n = a, since the first three power sums determine three numbers.  With four they are also
the solutions of the Prouhet-Tarry-Escott problem of degree three, (0, 4, 7, 11; 1, 2, 9, 10), which stay
solutions under every shift.

References
----------
W. Altmannshofer, J. Davighi, M. Nardecchia, arXiv:1909.02021: equation (2.6).
That B - L is a double point has parametrised the anomaly equations of all families in
B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:2006.03588.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from sympy.printing.defaults import Printable

from anomalies.diophantine.dark import DarkSector
from anomalies.diophantine.families import parameter_values, sectors_by_height
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_integer, as_rationals

__all__ = ["ShiftFamily", "common_shift", "shift_formula"]

N = TypeVar("N")


def shift_formula(alpha: Iterable[Any], nu: Iterable[Any]) -> tuple[Any, Any]:
    """Return numerator and denominator of t = -(sum alpha^3 - sum nu^3) / (3 (sum alpha^2 - sum nu^2)).

    Parameters
    ----------
    alpha, nu : rational numbers or sympy expressions.

    Examples
    --------
    >>> shift_formula((1, 2, -3), (1, 0, -1))
    (18, 36)
    """
    alpha, nu = tuple(alpha), tuple(nu)
    cubes, squares = (sum(x**k for x in alpha) - sum(x**k for x in nu) for k in (3, 2))
    return -cubes, 3 * squares


def common_shift(alpha: Iterable[RationalLike], nu: Iterable[RationalLike]) -> Fraction:
    """Return the one t for which (alpha_i + t; nu_i + t) solves the equations of the dark sector.

    t = -(sum alpha^3 - sum nu^3) / (3 (sum alpha^2 - sum nu^2)).

    Parameters
    ----------
    alpha, nu : as many rational numbers on either side, with equal sums and different sums of squares.

    Raises
    ------
    ArgumentError
        If the numbers of charges or their sums differ, or the sums of squares agree: then every shift or
        none gives a solution.

    Examples
    --------
    >>> t = common_shift([1, 2, -3], [1, 0, -1])
    >>> t, DarkSector([1 + t, 2 + t, -3 + t], [1 + t, t, -1 + t])
    (Fraction(1, 2), (3/2, 5/2, -5/2; -1/2, 1/2, 3/2))
    """
    charges = as_rationals(alpha, "alpha")
    dark = as_rationals(nu, "nu", len(charges))
    if sum(dark) != sum(charges):
        raise ArgumentError(must_be("nu", f"charges with the sum {sum(charges)} of 'alpha'", sum(dark)))
    numerator, denominator = shift_formula(charges, dark)
    if denominator == 0:
        outcome = "no shift solves" if numerator else "every shift solves"
        raise ArgumentError(
            f"Argument 'nu' must have another sum of squares than 'alpha', not the same, where {outcome} the "
            "equations."
        )
    return Fraction(numerator, denominator)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class ShiftFamily(Printable):
    """All sectors with k lepton and k dark charges, except those with sum a^2 = sum n^2.

    The parameters are rational numbers alpha_1, ..., alpha_{k-1}, nu_1, ..., nu_{k-1}; alpha_k and nu_k
    complete both sums to zero.  The sector is (alpha + t; nu + t) with the t of `common_shift`, which does
    not exist, so that the parameters are refused, when sum alpha^2 = sum nu^2.  Left out are for k <= 3
    exactly the trivial sectors in the sense "permutation", and for k >= 4 also the solutions of the
    Prouhet-Tarry-Escott problem of degree three.

    A sector determines its parameters up to the order of nu; `parameters_of` gives nu_1 <= ... <= nu_k.

    Parameters
    ----------
    charges : the number k >= 2 of charges on either side.

    Raises
    ------
    ArgumentError
        If `charges` is not an integer of at least 2: with one charge on either side there is no family.

    Examples
    --------
    >>> family = ShiftFamily()
    >>> family.parameters
    (alpha_1, alpha_2, nu_1, nu_2)
    >>> a4 = DarkSector(["3/5", 1, "1/20"], ["1/4", "7/20", "21/20"])
    >>> [str(value) for value in family.parameters_of(a4)]
    ['1/20', '9/20', '-3/10', '-1/5']
    >>> family.subs(["1/20", "9/20", "-3/10", "-1/5"])
    (3/5, 1, 1/20; 1/4, 7/20, 21/20)
    >>> next(iter(family))
    (-1, -1, 1; -1, 0, 0)
    """

    charges: int

    def __init__(self, charges: int = 3) -> None:
        """Check the number of charges."""
        object.__setattr__(self, "charges", as_integer(charges, "charges", 2))

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The 2k - 2 parameters, as sympy symbols."""
        from sympy import symbols

        last = self.charges
        return (*symbols(f"alpha_1:{last}"), *symbols(f"nu_1:{last}"))

    def normal_form(self, values: Iterable[N]) -> tuple[tuple[N, ...], tuple[N, ...]]:
        """Return alpha and nu, completed to sum zero, from the parameters; numbers or expressions.

        >>> ShiftFamily(3).normal_form((1, 2, 3, 4))
        ((1, 2, -3), (3, 4, -7))
        """
        listed: list[Any] = list(values)
        free = self.charges - 1
        alpha, nu = listed[:free], listed[free:]
        return (*alpha, -sum(alpha)), (*nu, -sum(nu))

    def subs(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> DarkSector:
        """Return the sector at rational values of the parameters.

        Raises
        ------
        ArgumentError
            If the sums of squares agree.
        """
        alpha, nu = self.normal_form(parameter_values(self.parameters, values))
        numerator, denominator = shift_formula(alpha, nu)
        if denominator == 0:
            raise ArgumentError(
                must_be("values", "parameters with sum alpha^2 different from sum nu^2", values)
            )
        shift = Fraction(numerator, denominator)
        return DarkSector([x + shift for x in alpha], [x + shift for x in nu])

    def parameters_of(self, sector: DarkSector) -> tuple[Fraction, ...]:
        """Return the parameters of a sector of this family, with nu_1 <= nu_2 <= ... <= nu_k.

        Raises
        ------
        ArgumentError
            If the sector is not in the family.
        """
        if sector not in self:
            raise ArgumentError(must_be("sector", "a sector of this family", sector))
        mean = sum(sector.a, Fraction(0)) / self.charges
        return tuple(x - mean for x in (*sector.a[:-1], *sector.n[:-1]))

    def __contains__(self, sector: object) -> bool:
        """Return whether `sector` has k and k charges and different sums of squares."""
        return (
            isinstance(sector, DarkSector)
            and len(sector.a) == len(sector.n) == self.charges
            and sum(x * x for x in sector.a) != sum(x * x for x in sector.n)
        )

    def __iter__(self) -> Iterator[DarkSector]:
        """Iterate over all sectors of the family, by height."""
        return filter(self.__contains__, sectors_by_height(self.charges, self.charges))

    def _sympystr(self, printer: Any) -> str:
        last = self.charges
        return (
            f"{{(alpha_1 + t, ..., alpha_{last} + t; nu_1 + t, ..., nu_{last} + t): sum alpha = sum nu = 0, "
            "t = -(sum alpha^3 - sum nu^3)/(3*(sum alpha^2 - sum nu^2))}"
        )

    def _latex(self, printer: Any) -> str:
        sums = r"\sum_i \alpha_i^{0} - \sum_i \nu_i^{0}"
        shift = rf"-\frac{{{sums.format(3)}}}{{3 \left({sums.format(2)}\right)}}"
        family = rf"\left\{{\left(\alpha_i + t;\, \nu_i + t\right)_{{i = 1, \ldots, {self.charges}}} : "
        zero = r"\sum_i \alpha_i = \sum_i \nu_i = 0,\ "
        return rf"{family}{zero}t = {shift}\right\}}"
