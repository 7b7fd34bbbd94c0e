r"""Pure U(1) with some charges given and an even number free: all solutions, on quadrics.

Given charges phi with s = sum phi and t = sum phi^3 are completed by z_1, ..., z_n, n = 2k.  With the sums
a_i = z_{2i-1} + z_{2i} and the differences u_i = z_{2i-1} - z_{2i} of pairs the conditions are

    sum a_i = -s,        sum a_i u_i^2 = c,        c = -(4t + sum a_i^3)/3,

because z_{2i-1}^3 + z_{2i}^3 = (a_i^3 + 3 a_i u_i^2)/4.  So for each choice of the a_i the solutions are the
rational points of a quadric.  Whether it has any is decided (Hasse and Minkowski), and lines through one of
them give the others.  If k >= 4, and neither c nor any a_i is zero, only signs can stand in the way.  This
reaches every solution, once for each a and u; but which a have solutions is a question for each of them.

Three equal charges m, n even: what is known
--------------------------------------------
* Where the cubic is singular, every z_i is +-m, and the sum of an even number of signs is not -3.  So it is
  smooth: there is no node, as there is for odd n (`pure_u1_fixed`).
* n = 4 is a smooth cubic surface.  With z_1 + z_2 = a m and b = -3 - a its conics are

      a u^2 + b v^2 + (3ab - 5) m^2 = 0,

  one for each a: a conic bundle with five degenerate fibres.  At a = 0 and b = 0 the two lines are conjugate
  over Q(sqrt(-15)), and so they are at 3ab = 5, that is over Q(sqrt(21)); at m = 0 they are rational.
  Contracting one of the latter leaves four fibres with conjugate lines, and such a conic bundle is not
  rational over Q (Iskovskikh).  So there is no parametrisation by rational functions of two parameters that
  has an inverse, not even of almost all solutions: the condition on a cannot be removed.
* n >= 6: whether there is such a parametrisation is not decided here.

Key results
-----------
PairSums : the quadric of given sums of pairs, its points, or the proof that there are none
pair_sums_of : where a given solution lies

References
----------
V. A. Iskovskikh, Math. USSR Izv. 14 (1980) 17: minimal models of rational surfaces over arbitrary fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.diophantine.pure_u1 import ChargeSet
from anomalies.diophantine.quadrics import Obstruction, rational_point
from anomalies.errors import ArgumentError, NotASolutionError, must_be
from anomalies.exact import RationalLike, as_rationals, to_sympy

__all__ = ["PairSums", "pair_sums_of"]

_Values = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, init=False, repr=False)
class PairSums(Printable):
    """All ways to complete fixed charges by pairs with given sums: sum a_i u_i^2 = c, u_i the differences.

    Parameters
    ----------
    fixed : the fixed charges phi.
    sums : the sums a_1, ..., a_k of the pairs, at least two, with sum a_i = -sum phi.

    Raises
    ------
    ArgumentError
        If there are fewer sums, or their total is another.

    Examples
    --------
    >>> family = PairSums([1, 1, 1], ["-5/3", "-4/3"])
    >>> u = family.point()
    >>> family.charges(u)
    (-4/3, 1, 1, 1, -2/3, -2/3, -1/3)
    >>> family.charges(family.other_point(u, [1, 2]))
    (-8/7, -23/21, 1, 1, 1, -4/7, -4/21)
    >>> PairSums([1, 1, 1], [2, -5]).point().place
    5
    """

    fixed: _Values
    sums: _Values

    def __init__(self, fixed: Iterable[RationalLike], sums: Iterable[RationalLike]) -> None:
        """Check the total of the sums."""
        phi, pairs = as_rationals(fixed, "fixed"), as_rationals(sums, "sums")
        total = -sum(phi, Fraction(0))
        if len(pairs) < 2 or sum(pairs) != total:
            expected = f"at least two numbers with sum {total}"
            raise ArgumentError(must_be("sums", expected, tuple(map(str, pairs))))
        object.__setattr__(self, "fixed", phi)
        object.__setattr__(self, "sums", pairs)

    @property
    def constant(self) -> Fraction:
        """The number c = -(4t + sum a_i^3)/3."""
        cubes = 4 * sum(x**3 for x in self.fixed) + sum(a**3 for a in self.sums)
        return Fraction(-cubes, 3)

    def charges(self, differences: Iterable[RationalLike]) -> ChargeSet:
        """Return the fixed charges together with (a_i + u_i)/2 and (a_i - u_i)/2.

        Raises
        ------
        NotASolutionError
            If sum a_i u_i^2 is not c.
        """
        u = as_rationals(differences, "differences", len(self.sums))
        if self._form(u, u) != self.constant:
            expected = f"a point of the quadric, with sum a_i u_i^2 = {self.constant}"
            raise NotASolutionError(must_be("differences", expected, tuple(map(str, u))))
        pairs = zip(self.sums, u, strict=True)
        return ChargeSet([*self.fixed, *(x for a, d in pairs for x in ((a + d) / 2, (a - d) / 2))])

    def point(self) -> _Values | Obstruction:
        """Return differences u that solve the equation, or the proof that there are none.

        Raises
        ------
        MissingToolError
            If there is a point, small searches do not find it, and cypari is not installed.
        """
        if not self.constant:
            return (Fraction(0),) * len(self.sums)
        diagonal = (*self.sums, -self.constant)
        size = range(len(diagonal))
        found = rational_point([[diagonal[i] if i == j else Fraction(0) for j in size] for i in size])
        if isinstance(found, Obstruction):
            return found
        *direction, last = map(Fraction, found)
        if last:
            return tuple(x / last for x in direction)
        # At infinity: the line from there through a unit vector e, where B(x, e) != 0, has one point more.
        place = next(i for i, (a, x) in enumerate(zip(self.sums, direction, strict=True)) if a * x)
        unit = tuple(Fraction(i == place) for i in range(len(direction)))
        step = (self.constant - self._form(unit, unit)) / (2 * self._form(direction, unit))
        return tuple(e + step * x for e, x in zip(unit, direction, strict=True))

    def other_point(self, known: Iterable[RationalLike], direction: Iterable[RationalLike]) -> _Values | None:
        """Return the other point on the line from a known point, u - 2 (sum a u d)/(sum a d^2) d, or None.

        None says that the line has no other point, or consists of points: sum a_i d_i^2 = 0, or the line is a
        tangent.  Another point u' is reached by d = u' - u, unless sum a_i d_i^2 = 0; for two pairs and a
        quadric that is not degenerate, that does not happen.

        Raises
        ------
        NotASolutionError
            If `known` is not a point.
        """
        u = as_rationals(known, "known", len(self.sums))
        d = as_rationals(direction, "direction", len(self.sums))
        if self._form(u, u) != self.constant:
            expected = f"a point of the quadric, with sum a_i u_i^2 = {self.constant}"
            raise NotASolutionError(must_be("known", expected, tuple(map(str, u))))
        above, below = self._form(u, d), self._form(d, d)
        if not above or not below:
            return None
        return tuple(x - 2 * above / below * y for x, y in zip(u, d, strict=True))

    def _form(self, u: Iterable[Fraction], v: Iterable[Fraction]) -> Fraction:
        return sum((a * x * y for a, x, y in zip(self.sums, u, v, strict=True)), Fraction(0))

    def _sympystr(self, printer: Any) -> str:
        fixed, sums = (", ".join(map(str, x)) for x in (self.fixed, self.sums))
        return f"{{({fixed}) and (a +- u)/2: a = ({sums}), sum a*u**2 = {self.constant}}}"

    def _latex(self, printer: Any) -> str:
        fixed, sums = (", ".join(printer._print(to_sympy(x)) for x in v) for v in (self.fixed, self.sums))
        constant = printer._print(to_sympy(self.constant))
        rule = rf"a = \left({sums}\right),\ \textstyle\sum_i a_i u_i^{{2}} = {constant}"
        return rf"\left\{{ \left({fixed};\, \tfrac{{1}}{{2}} (a_i \pm u_i)\right) : {rule} \right\}}"


def pair_sums_of(fixed: Iterable[RationalLike], charges: Iterable[RationalLike]) -> tuple[PairSums, _Values]:
    """Return the quadric of a solution z_1, ..., z_n in this order, and its point: the inverse map.

    Parameters
    ----------
    fixed : the fixed charges phi.
    charges : an even number of charges that complete them, at least four.

    Raises
    ------
    NotASolutionError
        If `charges` and `fixed` together do not solve the equations.

    Examples
    --------
    >>> family, u = pair_sums_of([1, 1, 1], [-5, 2, 6, -6])
    Traceback (most recent call last):
        ...
    anomalies.errors.NotASolutionError: Argument 'charges' must be a solution together with 'fixed', not \
('-5', '2', '6', '-6').
    >>> family, u = pair_sums_of([1, 1, 1], [5, -4, -4, 0])
    >>> [str(a) for a in family.sums], [str(x) for x in u]
    (['1', '-4'], ['9', '-4'])
    """
    phi, z = as_rationals(fixed, "fixed"), as_rationals(charges, "charges")
    if len(z) < 4 or len(z) % 2:
        raise ArgumentError(
            f"Argument 'charges' must have an even number of entries, at least 4, not {len(z)}."
        )
    if sum(phi + z) or sum(x**3 for x in phi + z):
        expected = "a solution together with 'fixed'"
        raise NotASolutionError(must_be("charges", expected, tuple(map(str, z))))
    first, second = z[::2], z[1::2]
    sums = tuple(x + y for x, y in zip(first, second, strict=True))
    return PairSums(phi, sums), tuple(x - y for x, y in zip(first, second, strict=True))
