r"""Infinite families of dark sectors of given lepton charges, with rational parameters.

The singular cubics, for three dark states
------------------------------------------
Let sigma^3 = 27 pi != 0, sigma = 3m.  The cubic X + Y + Z = 3m, X Y Z = m^3 has a node at X = Y = Z = m,
where the second-order terms are -m (x^2 + x y + y^2): over the rationals the node is isolated.  A line
through it in the direction (u, v, w), u + v + w = 0, meets the cubic in one more point,

    X = m u^2/(v w),   Y = m v^2/(w u),   Z = m w^2/(u v),       u + v + w = 0,  u v w != 0,

and conversely (u : v : w) = (X - m : Y - m : Z - m).  So this gives every sector but the node, n_i = m/2 for
all i, and each once if u >= v > 0 are coprime integers.  The lepton charges themselves are one of them: p =
q = r is the node, and (5, -4, -4) has (u : v : w) = (1 : 1 : -2).

Four dark states
----------------
The trivial point n = (a_e, a_mu, a_tau, 0) lies on the cubic surface sum n = sum a, sum n^3 = sum a^3, and
the lines that touch the surface there,

    n = (a, 0) + t v,   v_1 + v_2 + v_3 + v_4 = 0,   a_e^2 v_1 + a_mu^2 v_2 + a_tau^2 v_3 = 0,
    t = (a_e v_1^2 + a_mu v_2^2 + a_tau v_3^2) / ((v_1 + v_2)(v_2 + v_3)(v_3 + v_1)),

meet it once more.  If no lepton charge is zero, then neither the numerator nor the denominator of t vanishes
for all v: a non-degenerate form in three variables has no isotropic plane, and the plane of v is none of v_i
+ v_j = 0, whose normal has a zero.  So all but finitely many directions give a sector other than the trivial
one, and different directions give different n: there are infinitely many sectors.

Key results
-----------
NodalFamily : every sector on a singular cubic
TangentFamily : an infinite family of sectors with four dark charges

References
----------
W. Altmannshofer, J. Davighi, M. Nardecchia, arXiv:1909.02021, equation (2.6), footnote 13: the example
(5, -4, -4; -1, -1, -1) is the node of its cubic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import gcd
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.diophantine.bounded import many_states_by_height
from anomalies.diophantine.dark import DarkSector, product_form
from anomalies.diophantine.families import parameter_values
from anomalies.diophantine.ordering import by_height
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_rationals, primitive, to_sympy

__all__ = ["NodalFamily", "TangentFamily"]


@dataclass(frozen=True, slots=True, init=False, repr=False)
class NodalFamily(Printable):
    """All sectors with three dark charges, for lepton charges with sigma^3 = 27 pi != 0.

    With m = 2 (a_e + a_mu + a_tau)/3 and w = -u - v they are n_1 = 3m/2 - m u^2/(v w) and cyclic, for u v w
    != 0, and the node, n_i = m/2 for all i, which has the parameters (0, 0) by convention.

    Parameters
    ----------
    a : the lepton charges.

    Raises
    ------
    ArgumentError
        If p q r = 0 or (p + q + r)^3 != 27 p q r.

    Examples
    --------
    >>> family = NodalFamily([5, -4, -4])
    >>> family.node, family.subs([1, 1]), family.subs([2, 1])
    ((5, -4, -4; -1, -1, -1), (5, -4, -4; -4, -4, 5), (5, -4, -4; -17/3, -10/3, 6))
    >>> family.parameters_of(family.subs([-3, 1]))
    (Fraction(2, 1), Fraction(1, 1))
    """

    a: tuple[Fraction, ...]

    def __init__(self, a: Iterable[RationalLike]) -> None:
        """Check that the cubic has a node."""
        charges = as_rationals(a, "a", 3)
        form = product_form(charges)
        if form.pi == 0 or form.sigma**3 != 27 * form.pi:
            expected = "lepton charges with p q r != 0 and (p + q + r)^3 = 27 p q r, whose cubic is nodal"
            raise ArgumentError(must_be("a", expected, f"({', '.join(map(str, charges))})"))
        object.__setattr__(self, "a", charges)

    @property
    def m(self) -> Fraction:
        """The coordinate X = Y = Z of the node, sigma/3."""
        return product_form(self.a).sigma / 3

    @property
    def node(self) -> DarkSector:
        """The sector with three equal dark charges."""
        return DarkSector(self.a, (self.m / 2,) * 3)

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The homogeneous parameters (u, v), as sympy symbols."""
        from sympy import symbols

        return tuple(symbols("u v", rational=True))

    def subs(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> DarkSector:
        """Return the sector in the direction (u, v, -u - v), the node for (0, 0).

        Raises
        ------
        ArgumentError
            If u v (u + v) = 0 otherwise.
        """
        u, v = parameter_values(self.parameters, values)
        if u == v == 0:
            return self.node
        uvw = (u, v, -u - v)
        product = uvw[0] * uvw[1] * uvw[2]
        if product == 0:
            raise ArgumentError(must_be("values", "(0, 0), or u, v with u v (u + v) != 0", (str(u), str(v))))
        return DarkSector(self.a, (self.m * (Fraction(3, 2) - x**3 / product) for x in uvw))

    def parameters_of(self, sector: DarkSector) -> tuple[Fraction, ...]:
        """Return the coprime integers u >= v > 0 of a sector, or (0, 0).

        Raises
        ------
        ArgumentError
            If the sector is not in the family.
        """
        if sector not in self:
            raise ArgumentError(must_be("sector", "a sector of this family", sector))
        # Two of the three directions have one sign, and the third is minus their sum, the largest.
        smaller = sorted(abs(x) for x in primitive([self.m / 2 - n for n in sector.n]))[:2]
        return Fraction(smaller[1]), Fraction(smaller[0])

    def __contains__(self, sector: object) -> bool:
        """Return whether `sector` has these lepton charges and three dark charges, which is all it takes."""
        return isinstance(sector, DarkSector) and sector.a == self.a and len(sector.n) == 3

    def __iter__(self) -> Iterator[DarkSector]:
        """Iterate over all sectors, by height."""
        return by_height(self._layers())

    def _layers(self) -> Iterator[tuple[int, list[DarkSector]]]:
        """Yield the sectors with w = -k for k = 2, 3, ..., and a floor for the height of the rest.

        With m = M/D, the integers (2D u v w, M (3 u v w - 2 u^3), ...) have a common divisor of at most 4 D
        |M| (it divides 4 D M u^3 and 4 D M v^3) and 4 D |M w^3| <= (2D + 3|M|) max, so the height is at
        least |w|^3/(2D + 3|M|).
        """
        scale = 2 * self.m.denominator + 3 * abs(self.m.numerator)
        yield 0, [self.node]
        k = 1
        while True:
            k += 1
            pairs = [(k - v, v) for v in range(1, k // 2 + 1) if gcd(k, v) == 1]
            yield -(-((k + 1) ** 3) // scale), [self.subs(pair) for pair in pairs]

    def _sympystr(self, printer: Any) -> str:
        a = ", ".join(map(str, self.a))
        return f"{{({a}; n): n_1 = {self.m}*(3/2 - u**2/(v*w)), cyclic; u + v + w = 0}}"

    def _latex(self, printer: Any) -> str:
        a = ", ".join(printer._print(to_sympy(charge)) for charge in self.a)
        m = printer._print(to_sympy(self.m))
        rule = rf"n_1 = {m} \left(\tfrac{{3}}{{2}} - \frac{{u^{{2}}}}{{v w}}\right) \text{{ and cyclic}}"
        return rf"\left\{{\left({a};\, n\right) : {rule},\; u + v + w = 0\right\}}"


@dataclass(frozen=True, slots=True, init=False, repr=False)
class TangentFamily(Printable):
    """Sectors with four dark charges on the tangent plane of the trivial one, for non-zero lepton charges.

    These are n = (a, 0) + t v as in the text of the module, for all directions v at which the numerator and
    the denominator of t do not vanish.  In some order they lie on the tangent plane, a_e^2 n_1 + a_mu^2 n_2
    + a_tau^2 n_3 = a_e^3 + a_mu^3 + a_tau^3; what else lies on it is the trivial point, and lines n = (a, 0)
    + t v with (v_1 + v_2)(v_2 + v_3)(v_3 + v_1) = 0 if the surface contains them.

    Parameters
    ----------
    a : three lepton charges, none of them zero.

    Examples
    --------
    >>> family = TangentFamily([3, 2, 1])
    >>> sector = family.subs([1, 1])
    >>> sector, sector in family, family.parameters_of(sector)
    ((3, 2, 1; -329/48, 125/48, 173/48, 319/48), True, (Fraction(1, 1), Fraction(1, 1)))
    """

    a: tuple[Fraction, ...]

    def __init__(self, a: Iterable[RationalLike]) -> None:
        """Check that no charge is zero."""
        charges = as_rationals(a, "a", 3)
        if 0 in charges:
            raise ArgumentError(must_be("a", "three charges other than zero", tuple(map(str, charges))))
        object.__setattr__(self, "a", charges)

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The homogeneous parameters (v_1, v_2), as sympy symbols."""
        from sympy import symbols

        return tuple(symbols("v_1 v_2", rational=True))

    def subs(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> DarkSector:
        """Return the sector in the direction v.

        Raises
        ------
        ArgumentError
            If the numerator or the denominator of t vanishes.
        """
        v_1, v_2 = parameter_values(self.parameters, values)
        n = self._third_point(v_1, v_2)
        if n is None:
            expected = "a direction that meets the surface in a point other than the trivial one"
            raise ArgumentError(must_be("values", expected, (str(v_1), str(v_2))))
        return DarkSector(self.a, n)

    def _third_point(self, v_1: Fraction, v_2: Fraction) -> tuple[Fraction, ...] | None:
        e, mu, tau = self.a
        v_3 = -(e**2 * v_1 + mu**2 * v_2) / tau**2
        above = e * v_1**2 + mu * v_2**2 + tau * v_3**2
        below = (v_1 + v_2) * (v_2 + v_3) * (v_3 + v_1)
        if above == 0 or below == 0:
            return None
        t = above / below
        return e + t * v_1, mu + t * v_2, tau + t * v_3, -t * (v_1 + v_2 + v_3)

    def parameters_of(self, sector: DarkSector) -> tuple[Fraction, ...]:
        """Return coprime integers (v_1, v_2), the first positive, that give a sector of this family.

        Raises
        ------
        ArgumentError
            If the sector is not in the family.
        """
        found = self._direction(sector)
        if found is None:
            raise ArgumentError(must_be("sector", "a sector of this family", sector))
        return found

    def _direction(self, sector: object) -> tuple[Fraction, Fraction] | None:
        if not isinstance(sector, DarkSector) or sector.a != self.a or len(sector.n) != 4:
            return None
        for n in sorted(set(permutations(sector.n))):
            v_1, v_2 = map(Fraction, primitive((n[0] - self.a[0], n[1] - self.a[1])))
            if self._third_point(v_1, v_2) == n:
                return (v_1, v_2) if v_1 > 0 or (v_1 == 0 and v_2 > 0) else (-v_1, -v_2)
        return None

    def __contains__(self, sector: object) -> bool:
        """Return whether `sector` is reached from some direction."""
        return self._direction(sector) is not None

    def __iter__(self) -> Iterator[DarkSector]:
        """Iterate over all sectors, by height: those with four dark charges that are in the family."""
        return (sector for sector in many_states_by_height(self.a, 4) if sector in self)

    def _sympystr(self, printer: Any) -> str:
        return f"{{({', '.join(map(str, self.a))}; n): n on the tangent plane at (a, 0)}}"

    def _latex(self, printer: Any) -> str:
        a = ", ".join(printer._print(to_sympy(charge)) for charge in self.a)
        rule = r"\textstyle\sum_i a_i^{2} n_i = \sum_i a_i^{3}"
        return rf"\left\{{\left({a};\, n\right) : {rule}\right\}}"
