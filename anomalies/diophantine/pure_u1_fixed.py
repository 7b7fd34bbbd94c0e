r"""Pure U(1) with some charges given: sum z = -s, sum z^3 = -t.

Given charges phi_1, ..., phi_k with s = sum phi and t = sum phi^3 are to be completed by z_1, ..., z_n such
that (z, phi) is free of anomalies.  Three equal charges m, for example, have s = 3m and t = 3m^3.

Through a node: all solutions
-----------------------------
As an equation for z and a common factor of phi, this is a cubic.  It has a double point where every z_i^2 is
t/s: let t/s = r^2 with a rational r, s != 0, and let C consist of charges +r and -r with sum C = -s.  Then
sum C^3 = r^2 sum C = -t, so C is a solution, and for every v with sum v = 0

    sum (C + tau v)^3 + t = 3 tau^2 sum C v^2 + tau^3 sum v^3,        tau = -3 (sum C v^2) / (sum v^3),

because the linear term is 3 tau r^2 sum v = 0.  So each direction v with both sums other than zero gives one
more solution C + tau v, and a solution z has the direction z - C, in which

    sum (z - C)^3 = -3 (sum C z^2 - sum C^3).

Suppose that this is zero for every order of z.

* If C has both signs, exchanging z_i with z_j, at places of +r and -r, changes sum C z^2 by 2r (z_j^2 -
  z_i^2).  So all z_i^2 are equal, to q^2 say, and q^2 sum C = sum C^3 = r^2 sum C.  With s != 0, q^2 = r^2,
  and z is C in another order.
* If C = (c, ..., c), then sum z^2 = n c^2 and sum z = n c, so that sum (z - c)^2 = 0 and z = C.

So the directions give every solution but C itself, and one exchange of two charges is enough to find an order
that works.  For k equal charges m, r = m, and C exists if n >= k and n - k is even: with three of them, for
every odd n >= 3.  For every even n there is none: the cubic is smooth, and for n = 4 there is no invertible
parametrisation at all.  `pure_u1_pairs` says why, and gives all solutions for even n on quadrics.

From a known solution: some solutions
-------------------------------------
Without a node there is also the chord: if z_0 is a known solution and y any of sum y = sum y^3 = 0, then

    z_0 + tau y,        tau = -(sum z_0^2 y) / (sum z_0 y^2),

is another one.  It reaches the z for which, in some order, sum (z - z_0)^3 = 0 and neither sum vanishes; not
all.

Key results
-----------
with_fixed_charges : the family of all solutions, where there is a node
FixedChargesFamily : that family, with the inverse map
chord_with_fixed_charges : another solution from a known one
node_charges : the charges C, or None

References
----------
Lines through double points: B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:1912.04804, arXiv:2006.03588.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, count
from math import gcd, isqrt
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.diophantine.families import parameter_values
from anomalies.diophantine.integers import rational_sqrt
from anomalies.diophantine.pure_u1 import ChargeSet
from anomalies.errors import ArgumentError, NotASolutionError, must_be
from anomalies.exact import RationalLike, as_integer, as_rationals, primitive, to_sympy

__all__ = ["FixedChargesFamily", "chord_with_fixed_charges", "node_charges", "with_fixed_charges"]

_Charges = tuple[Fraction, ...]


def node_charges(fixed: Iterable[RationalLike], n: int) -> tuple[Fraction, ...] | None:
    """Return the n charges C = (-r, ..., -r, r, ..., r) with sum C = -s and r^2 = t/s, or None.

    Here s = sum phi != 0 and t = sum phi^3 for the fixed charges phi, and r has the sign of s.

    Parameters
    ----------
    fixed : the charges phi.
    n : the number of other charges, at least 3.

    Examples
    --------
    >>> [str(c) for c in node_charges([1, 1, 1], 5)], node_charges([1, 1, 1], 6), node_charges([1, 2], 4)
    (['-1', '-1', '-1', '-1', '1'], None, None)
    """
    phi, n = as_rationals(fixed, "fixed"), as_integer(n, "n", 3)
    s, t = sum(phi, Fraction(0)), sum((x**3 for x in phi), Fraction(0))
    if not s or not t:
        return None
    r = rational_sqrt(t / s)
    if r is None:
        return None
    r = r if s > 0 else -r
    excess = s / r  # of charges -r over charges r
    if excess.denominator != 1 or excess > n or (n - int(excess)) % 2:
        return None
    positive = (n - int(excess)) // 2
    return (-r,) * (n - positive) + (r,) * positive


@dataclass(frozen=True, slots=True, init=False, repr=False)
class FixedChargesFamily(Printable):
    """All ways to complete fixed charges by n others to a solution of sum z = sum z^3 = 0, except the node.

    The parameters are n - 1 rational numbers v_1, ..., v_{n-1}; with v_n = -(v_1 + ... + v_{n-1}) the other
    charges are C + tau v as in the module's head.  Refused are v with sum v^3 = 0 or sum C v^2 = 0.  Not
    reached is C itself.  The set at v is a `ChargeSet` of fixed and other charges together; v counts up to a
    factor only.

    Parameters
    ----------
    fixed : the fixed charges.
    n : the number of other charges, at least 3.

    Raises
    ------
    ArgumentError
        If `node_charges` finds no C.

    Examples
    --------
    >>> family = FixedChargesFamily([1, 1, 1], 3)
    >>> family.subs([2, -1]), [str(v) for v in family.parameters_of(ChargeSet([5, -4, -4, 1, 1, 1]))]
    ((5, -4, -4, 1, 1, 1), ['2', '-1'])
    """

    fixed: _Charges
    n: int

    def __init__(self, fixed: Iterable[RationalLike], n: int) -> None:
        """Check that there is a node."""
        phi = tuple(sorted(as_rationals(fixed, "fixed")))
        if node_charges(phi, n) is None:
            expected = (
                "charges with sum s != 0 and sum of cubes s r^2, r rational, such that s/r is an integer "
                f"with the parity of n = {n} and not above it"
            )
            # With an even number of charges to find, there is another way to all solutions.
            advice = " PairSums has all solutions for an even n, quadric by quadric." if n % 2 == 0 else ""
            raise ArgumentError(must_be("fixed", expected, f"({', '.join(map(str, phi))})") + advice)
        object.__setattr__(self, "fixed", phi)
        object.__setattr__(self, "n", as_integer(n, "n", 3))

    @property
    def node(self) -> tuple[Fraction, ...]:
        """The charges C."""
        found = node_charges(self.fixed, self.n)
        assert found is not None
        return found

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters v_1, ..., v_{n-1}, as sympy symbols."""
        from sympy import symbols

        return tuple(symbols(f"v_1:{self.n}"))

    def subs(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> ChargeSet:
        """Return the fixed charges together with C + tau v.

        Raises
        ------
        ArgumentError
            If sum v^3 = 0 or sum C v^2 = 0.
        """
        found = parameter_values(self.parameters, values)
        v = (*found, -sum(found, Fraction(0)))
        above, below = _line_through_node(self.node, v)
        if not above or not below:
            expected = "a direction v, with sum v = 0, for which sum v^3 and sum C v^2 are not zero"
            raise ArgumentError(must_be("values", expected, tuple(map(str, found))))
        tau = above / below
        return ChargeSet([*self.fixed, *(c + tau * x for c, x in zip(self.node, v, strict=True))])

    def parameters_of(self, solution: ChargeSet) -> tuple[Fraction, ...]:
        """Return coprime integers v_1, ..., v_{n-1} that give a set of this family.

        Raises
        ------
        ArgumentError
            If the set is not in the family.
        """
        found = self._direction(solution)
        if found is None:
            raise ArgumentError(must_be("solution", "a set of this family", solution))
        return found

    def _direction(self, solution: object) -> _Charges | None:
        rest = _without(solution, self.fixed)
        if rest is None or len(rest) != self.n:
            return None
        node = self.node
        for z in _exchanges(rest, node):
            v = primitive([x - c for x, c in zip(z, node, strict=True)])
            if _line_through_node(node, tuple(map(Fraction, v)))[1]:
                return tuple(map(Fraction, v[:-1]))
        return None

    def __contains__(self, solution: object) -> bool:
        """Return whether `solution` has the fixed charges and n others, which are not the node."""
        return self._direction(solution) is not None

    def __iter__(self) -> Iterator[ChargeSet]:
        """Iterate over all sets of the family, by the height of their primitive sets, without repetition."""
        integers = primitive(self.fixed)
        unit = max(self.fixed, key=abs) / max(integers, key=abs)
        for largest in count(1):
            for factor, z in _completions(integers, self.n, largest):
                solution = ChargeSet([*self.fixed, *(unit * x / factor for x in z)])
                if solution in self:
                    yield solution

    def _sympystr(self, printer: Any) -> str:
        fixed, node = (", ".join(map(str, x)) for x in (self.fixed, self.node))
        return f"{{({fixed}) and C + tau*v: C = ({node}), sum v = 0, tau = -3*(sum C*v**2)/(sum v**3)}}"

    def _latex(self, printer: Any) -> str:
        fixed, node = (", ".join(printer._print(to_sympy(x)) for x in z) for z in (self.fixed, self.node))
        rule = r"\tau = -\frac{3 \sum_i C_i v_i^{2}}{\sum_i v_i^{3}}"
        return (
            rf"\left\{{ \left({fixed};\, C + \tau v\right) : C = \left({node}\right),\ "
            rf"\sum_i v_i = 0,\ {rule} \right\}}"
        )


def with_fixed_charges(fixed: Iterable[RationalLike], n: int) -> FixedChargesFamily:
    """Return all ways to complete fixed charges by n others to a solution, as a family with its inverse.

    sum z = -s and sum z^3 = -t with the sum s and the sum of cubes t of the fixed charges.

    Raises
    ------
    ArgumentError
        If there is no node; then `PairSums` has all solutions for an even n, on one quadric for each choice
        of the sums of pairs, and `chord_with_fixed_charges` makes some from a known one.

    Examples
    --------
    >>> from itertools import islice
    >>> [charges for charges in islice(with_fixed_charges([1, 1, 1], 3), 2)]
    [(5, -4, -4, 1, 1, 1), (6, -17/3, -10/3, 1, 1, 1)]
    """
    return FixedChargesFamily(fixed, n)


def chord_with_fixed_charges(
    fixed: Iterable[RationalLike], known: Iterable[RationalLike], direction: Iterable[RationalLike]
) -> tuple[Fraction, ...] | None:
    """Return the other solution on a line from a known one, along a pure U(1) solution, or None.

    It is z_0 + tau y with tau = -(sum z_0^2 y) / (sum z_0 y^2).

    None says that the line through z_0 in the direction y has no further point, or consists of solutions: one
    of the two sums vanishes.  Varying y does not reach all solutions, only those with sum (z - z_0)^3 = 0.

    Parameters
    ----------
    fixed : the fixed charges phi.
    known : charges z_0 that complete them, such as -phi and any pairs x, -x.
    direction : as many charges y with sum y = sum y^3 = 0.

    Raises
    ------
    NotASolutionError
        If `known` and `fixed` together, or `direction`, do not solve the equations.

    Examples
    --------
    >>> z = chord_with_fixed_charges([1, 1, 1], [-1, -1, -1, 0], [2, -2, 3, -3])
    >>> [str(x) for x in z], ChargeSet([*z, 1, 1, 1]).is_chiral
    (['-11/17', '-23/17', '-8/17', '-9/17'], True)
    """
    phi, start = as_rationals(fixed, "fixed"), as_rationals(known, "known")
    y = as_rationals(direction, "direction", len(start))
    for argument, charges in (("known", phi + start), ("direction", y)):
        if sum(charges) or sum(x**3 for x in charges):
            expected = "a solution together with 'fixed'" if argument == "known" else "a solution"
            raise NotASolutionError(must_be(argument, expected, tuple(map(str, charges))))
    above = sum((z * z * x for z, x in zip(start, y, strict=True)), Fraction(0))
    below = sum((z * x * x for z, x in zip(start, y, strict=True)), Fraction(0))
    if not above or not below:
        return None
    return tuple(z - above / below * x for z, x in zip(start, y, strict=True))


def _line_through_node(node: _Charges, v: _Charges) -> tuple[Fraction, Fraction]:
    """Return -3 sum C v^2 and sum v^3, the numerator and the denominator of tau."""
    above = sum((c * x * x for c, x in zip(node, v, strict=True)), Fraction(0))
    return -3 * above, sum((x**3 for x in v), Fraction(0))


def _exchanges(z: _Charges, node: _Charges) -> Iterator[_Charges]:
    """Yield z, and z after one exchange that changes sum C z^2, if there is one."""
    yield z
    for i, j in combinations(range(len(z)), 2):
        if node[i] != node[j] and abs(z[i]) != abs(z[j]):
            exchanged = list(z)
            exchanged[i], exchanged[j] = z[j], z[i]
            yield tuple(exchanged)
            return


def _completions(phi: Sequence[int], n: int, largest: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield k > 0 and sorted z, with (k phi, z) coprime solutions of largest absolute value `largest`."""
    s, t = sum(phi), sum(x**3 for x in phi)
    box = range(-largest, largest + 1)
    for factor in range(1, largest // max(map(abs, phi)) + 1):
        scaled = [factor * x for x in phi]
        for z in combinations_with_replacement(box, n - 2):
            total, cubes = -factor * s - sum(z), -(factor**3) * t - sum([x**3 for x in z])
            for last in _two_charges(total, cubes, largest):
                whole = (*scaled, *z, *last)
                if last[0] >= z[-1] and max(map(abs, whole)) == largest and gcd(*whole) == 1:
                    yield factor, (*z, *last)


def _two_charges(total: int, cubes: int, largest: int) -> Iterator[tuple[int, int]]:
    """Yield the integers a <= b of sum S and sum of cubes S (S^2 - 3ab); for S = 0, b <= `largest`."""
    if total == 0:
        yield from ((-b, b) for b in range(largest + 1) if cubes == 0)
    elif cubes % total == 0 and (total**2 - cubes // total) % 3 == 0:
        difference_squared = total**2 - 4 * ((total**2 - cubes // total) // 3)
        if difference_squared >= 0 and isqrt(difference_squared) ** 2 == difference_squared:
            difference = isqrt(difference_squared)
            yield (total - difference) // 2, (total + difference) // 2


def _without(solution: object, fixed: _Charges) -> _Charges | None:
    """Return the charges of a set other than the fixed ones, or None if these are not among them."""
    if not isinstance(solution, ChargeSet):
        return None
    rest = list(solution.charges)
    for x in fixed:
        if x not in rest:
            return None
        rest.remove(x)
    return tuple(rest)
