r"""Pure U(1): all rational charges with sum z = sum z^3 = 0, from two planes of vector-like charges.

The charges z_1, ..., z_n of left-handed fields are free of the gravitational and the cubic anomaly when

    z_1 + ... + z_n = 0    and    z_1^3 + ... + z_n^3 = 0.

The line through two solutions x and y meets the cubic in a third point, their merge

    T(x, y, y) x - T(x, x, y) y,        T(x, y, z) = sum_i x_i y_i z_i,

and if that is zero, the line consists of solutions.  The vector-like charges

    P = (g, -g),     Q = (0, f, -f, 0)     for even n,
    P = (g, 0, -g),  Q = (0, f, -f)        for odd n,

span all charges with sum zero, so every such vector is P + Q in exactly one way.  The merge of P and Q
therefore gives every solution, up to order and a common factor: `pure_u1_inverse` finds g and f, and proves
that it does.  The order of the charges matters: for n = 6 there are chiral sets with orders in which P and Q
merge to zero.  For n = 5 there are none (theorem "pure-u1-every-order-of-five").

Few charges
-----------
A solution is vector-like if its non-zero charges cancel in pairs, and chiral if it has neither a zero nor a
pair x, -x.  For n = 3, sum z = 0 makes sum z^3 = 3 z_1 z_2 z_3, so a charge is zero and the two others are a
pair.  For n = 4, it makes sum z^3 = 3 (z_1 + z_2)(z_1 + z_3)(z_1 + z_4): two pairs.  So there are vector-like
solutions only.  From n = 5 on there are others: (9, -8, -7, 5, 1).

Key results
-----------
ChargeSet : charges that solve both equations, up to their order; the constructor checks
merge : the third point of the chord of two solutions, or None
PureU1Family : all solutions with n charges, with the inverse map

References
----------
D. B. Costa, B. A. Dobrescu, P. J. Fox, arXiv:1905.13729.
B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:1912.04804.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, count
from math import gcd
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.diophantine.families import parameter_values
from anomalies.diophantine.pure_u1_inverse import merge_vectors, mergeable_parameters, planes, trilinear
from anomalies.errors import ArgumentError, NotASolutionError, must_be
from anomalies.exact import (
    RationalLike,
    as_integer,
    as_rationals,
    common_denominator,
    primitive,
    to_sympy,
)

__all__ = ["ChargeSet", "PureU1Family", "merge", "parametrised_charges"]

_Integers: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True, init=False, repr=False)
class ChargeSet(Printable):
    """Charges with sum z = sum z^3 = 0, not all zero, up to their order.

    They are kept by falling absolute value, of opposite charges the positive one first.  Sets that differ by
    a factor are different; their `primitive` sets are equal.

    Parameters
    ----------
    charges : exact rational numbers, in any order.

    Raises
    ------
    NotASolutionError
        If a sum does not vanish; the message gives both.
    ArgumentError
        If there is no charge other than zero.

    Examples
    --------
    >>> charges = ChargeSet(["-1/2", "-1/2", "-1/2", 2, 2, "-5/2"])
    >>> charges, charges.primitive, charges.is_chiral
    ((-5/2, 2, 2, -1/2, -1/2, -1/2), (5, -4, -4, 1, 1, 1), True)
    >>> ChargeSet([3, -1, -1, -1])
    Traceback (most recent call last):
        ...
    anomalies.errors.NotASolutionError: Argument 'charges' must have sum z = sum z^3 = 0, not 0 and 24.
    """

    charges: tuple[Fraction, ...]

    def __init__(self, charges: Iterable[RationalLike]) -> None:
        """Check both equations and sort."""
        z = as_rationals(charges, "charges")
        if not any(z):
            raise ArgumentError(must_be("charges", "charges that are not all zero", tuple(map(str, z))))
        _verify(z, "charges")
        object.__setattr__(self, "charges", tuple(sorted(z, key=lambda x: (-abs(x), -x))))

    def __len__(self) -> int:
        """Return the number of charges."""
        return len(self.charges)

    def __iter__(self) -> Iterator[Fraction]:
        """Iterate over the charges, by falling absolute value."""
        return iter(self.charges)

    @property
    def primitive(self) -> ChargeSet:
        """The coprime integers that are proportional to the charges, with a fixed choice of sign.

        Of the two signs it is the one for which the charges, by falling value, are lexicographically larger.
        """
        integers = primitive(self.charges)
        return ChargeSet(max(sorted((s * z for z in integers), reverse=True) for s in (1, -1)))

    @property
    def height(self) -> int:
        """The largest absolute value of the primitive set."""
        return max(map(abs, primitive(self.charges)))

    @property
    def is_chiral(self) -> bool:
        """Whether no charge is zero and no two charges are opposite."""
        present = set(self.charges)
        return not any(-z in present for z in present)

    @property
    def is_vector_like(self) -> bool:
        """Whether all charges other than zero cancel in pairs."""
        return sorted(self.charges) == sorted(-z for z in self.charges)

    def as_json(self) -> dict[str, Any]:
        """Return the charges, as strings."""
        return {"charges": [str(z) for z in self.charges]}

    def _sympystr(self, printer: Any) -> str:
        return f"({', '.join(map(str, self.charges))})"

    def _latex(self, printer: Any) -> str:
        return rf"\left({', '.join(printer._print(to_sympy(z)) for z in self.charges)}\right)"

    def _sympy_(self) -> Any:
        from sympy import Tuple

        return Tuple(*map(to_sympy, self.charges))


def merge(x: Iterable[RationalLike], y: Iterable[RationalLike]) -> tuple[Fraction, ...] | None:
    """Return the third point of the chord through two solutions, T(x, y, y) x - T(x, x, y) y, or None.

    None says that both coefficients vanish; then every point of the line through x and y is a solution, and
    no third one is singled out.  This includes proportional x and y.  A vector of zeros is never returned.

    Parameters
    ----------
    x, y : solutions of sum z = sum z^3 = 0 with the same number of charges, whose order counts.

    Returns
    -------
    A solution, in the order of the charges of x and y.

    Raises
    ------
    NotASolutionError
        If x or y does not solve the equations.
    ArgumentError
        If their lengths differ.

    Source: arXiv:1905.13729, the operation written as a plus in a circle.

    Examples
    --------
    >>> [str(z) for z in merge([-4, -3, -1, 4, 3, 1], [0, -1, 2, 1, -2, 0])]
    ['-36', '-36', '9', '45', '9', '9']
    >>> merge([1, -1, 0, 0], [0, 0, 1, -1]) is None
    True
    """
    first = as_rationals(x, "x")
    second = as_rationals(y, "y", len(first))
    _verify(first, "x")
    _verify(second, "y")
    merged = merge_vectors(first, second)
    return merged if any(merged) else None


def _verify(z: tuple[Fraction, ...], argument: str) -> None:
    """Refuse charges that do not solve both equations; checked on integers, which is faster."""
    denominator = common_denominator(z)
    integers = [int(x * denominator) for x in z]
    linear, cubic = sum(integers), sum([x**3 for x in integers])
    if linear or cubic:
        try:
            found = f"{Fraction(linear, denominator)} and {Fraction(cubic, denominator**3)}"
        except ValueError:  # Python refuses to print integers of more than 4300 digits
            found = "numbers too long to print"
        raise NotASolutionError(f"Argument '{argument}' must have sum z = sum z^3 = 0, not {found}.")


def parametrised_charges(g: Iterable[Any], f: Iterable[Any]) -> tuple[Any, ...]:
    """Return the merge of the planes of g and f; numbers or symbols, nothing is checked.

    >>> from sympy.abc import g, f
    >>> [z.factor() for z in parametrised_charges([g], [f])]
    [-f**2*g**2, f**2*g**2, 0]
    """
    return merge_vectors(*planes(tuple(g), tuple(f)))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class PureU1Family(Printable):
    """All sets of n charges with sum z = sum z^3 = 0, not all zero.

    The parameters are g, f and a factor s other than 0: floor(n/2) numbers g and n - 1 - floor(n/2) numbers
    f.  The set at (g, f, s) is s times the merge of P and Q (see the module's head).  Refused are s = 0 and
    the g and f whose merge is zero, those with T(P, Q, Q) P = T(P, P, Q) Q = 0; there is no other exception.
    Every set has parameters, and more than one: one choice for each order of its charges that does not lead
    to zero, and g, f can each be multiplied by a number.

    Iteration gives each set once up to order, factor and sign, as coprime integers, by the largest of them
    and then by charges.  It searches all integers up to that size, so it is complete, but slow for many
    charges.

    Parameters
    ----------
    charges : the number n >= 3 of charges.

    Source: arXiv:1905.13729 and arXiv:1912.04804.

    Examples
    --------
    >>> family = PureU1Family(6)
    >>> family.parameters
    (g_1, g_2, g_3, f_1, f_2, s)
    >>> family.subs([-4, -3, -1, -1, 2, 1])
    (45, -36, -36, 9, 9, 9)
    >>> [str(x) for x in family.parameters_of(ChargeSet([5, -4, -4, 1, 1, 1]))]
    ['-4', '-3', '-1', '-1', '2', '1/9']
    >>> next(charges for charges in family if charges.is_chiral)
    (5, -4, -4, 1, 1, 1)
    """

    charges: int

    def __init__(self, charges: int) -> None:
        """Check the number of charges."""
        object.__setattr__(self, "charges", as_integer(charges, "charges", 3))

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters g, f and s, as sympy symbols; there are n of them."""
        from sympy import Symbol

        return tuple(map(Symbol, self._names()))

    def _names(self) -> tuple[str, ...]:
        half = self.charges // 2
        return (
            *(f"g_{i}" for i in range(1, half + 1)),
            *(f"f_{i}" for i in range(1, self.charges - half)),
            "s",
        )

    def subs(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> ChargeSet:
        """Return the charges at rational values of the parameters, verified.

        Raises
        ------
        ArgumentError
            If all charges would be zero.
        """
        *free, scale = parameter_values(self._names(), values)
        # Without denominators: multiplying g and f by k multiplies the merge by k^4.
        denominator = common_denominator(free)
        integers = [int(x * denominator) for x in free]
        half = self.charges // 2
        merged = parametrised_charges(integers[:half], integers[half:])
        if not scale or not any(merged):
            expected = "parameters with s != 0 for which P and Q do not merge to zero"
            raise ArgumentError(must_be("values", expected, values))
        factor = scale / denominator**4
        return ChargeSet([factor * z for z in merged])

    def parameters_of(self, solution: ChargeSet) -> tuple[Fraction, ...]:
        """Return integers g and f, and s, that give a set of n charges.

        Raises
        ------
        ArgumentError
            If `solution` is not a `ChargeSet` of n charges; every other one has parameters.
        """
        if solution not in self:
            raise ArgumentError(must_be("solution", f"a ChargeSet of {self.charges} charges", solution))
        integers = primitive(solution.charges)
        g, f = mergeable_parameters(integers)
        p, q = planes(g, f)
        # The merge is b (P + Q), or b P if Q only serves to reach P.
        factor = trilinear(p, q, q)
        scale = Fraction(max(map(abs, solution.charges))) / max(map(abs, integers)) / factor
        return (*map(Fraction, g), *map(Fraction, f), scale)

    def __contains__(self, solution: object) -> bool:
        """Return whether `solution` is a `ChargeSet` of n charges, which is all it takes."""
        return isinstance(solution, ChargeSet) and len(solution.charges) == self.charges

    def __iter__(self) -> Iterator[ChargeSet]:
        """Iterate over all primitive sets, by height; for n = 3 there is only one, (1, -1, 0)."""
        for largest in (1,) if self.charges == 3 else count(1):
            found = (ChargeSet(z).primitive for z in _integer_sets(self.charges, largest))
            yield from sorted(found, key=lambda solution: solution.charges, reverse=True)

    def as_set(self) -> Any:
        """Return the solutions with ordered charges, zero included, as a sympy `ConditionSet`.

        >>> from sympy import Tuple
        >>> solutions = PureU1Family(5).as_set()
        >>> Tuple(9, -8, -7, 5, 1) in solutions, Tuple(9, -8, -7, 5, 2) in solutions
        (True, False)
        """
        from sympy import And, ConditionSet, Eq, ProductSet, S, Tuple, symbols

        z = symbols(f"z_1:{self.charges + 1}")
        condition = And(*(Eq(sum(x**k for x in z), 0) for k in (1, 3)))
        return ConditionSet(Tuple(*z), condition, ProductSet(*[S.Rationals] * self.charges))

    def image(self) -> Any:
        """Return what the parametrisation gives in its own order of charges, zero included, as an `ImageSet`.

        >>> PureU1Family(3).image()
        ImageSet(Lambda(((g_1, f_1, s),), (-f_1**2*g_1**2*s, f_1**2*g_1**2*s, 0)), \
ProductSet(Rationals, Rationals, Rationals))
        """
        from sympy import ImageSet, Lambda, ProductSet, S, Tuple, factor

        *free, scale = self.parameters
        half = self.charges // 2
        merged = parametrised_charges(free[:half], free[half:])
        rule = Lambda((self.parameters,), Tuple(*(factor(scale * z) for z in merged)))
        return ImageSet(rule, ProductSet(*[S.Rationals] * len(self.parameters)))

    def _sympystr(self, printer: Any) -> str:
        shape = "(0, f, -f)" if self.charges % 2 else "(0, f, -f, 0)"
        start = "(g, 0, -g)" if self.charges % 2 else "(g, -g)"
        half = self.charges // 2
        sizes = f"g in Q^{half}, f in Q^{self.charges - 1 - half}"
        return f"{{s*(T(P,Q,Q)*P - T(P,P,Q)*Q): P = {start}, Q = {shape}, {sizes}, s != 0}}"

    def _latex(self, printer: Any) -> str:
        odd = self.charges % 2
        p, q = (r"(g, 0, -g)", r"(0, f, -f)") if odd else (r"(g, -g)", r"(0, f, -f, 0)")
        half = self.charges // 2
        merged = r"s \left(T(P, Q, Q)\, P - T(P, P, Q)\, Q\right)"
        domain = rf"g \in \mathbb{{Q}}^{{{half}}},\ f \in \mathbb{{Q}}^{{{self.charges - 1 - half}}}"
        return rf"\left\{{ {merged} : P = {p},\ Q = {q},\ {domain},\ s \in \mathbb{{Q}}^\times \right\}}"


def _integer_sets(charges: int, largest: int) -> Iterator[_Integers]:
    """Yield the solutions of coprime integers of largest absolute value `largest`, up to order and sign.

    The positive charges and the absolute values of the negative ones have equal sums and equal sums of cubes.
    A single positive charge allows a single negative one only: a sum of cubes is smaller than the cube of the
    sum.
    """
    box = range(1, largest + 1)
    for fewer in range(1, charges // 2 + 1):
        table: dict[tuple[int, int], list[_Integers]] = {}
        for one in combinations_with_replacement(box, fewer):
            table.setdefault((sum(one), sum([x**3 for x in one])), []).append(one)
        for more in range(fewer, 2 if fewer == 1 else charges - fewer + 1):
            zeros = (0,) * (charges - fewer - more)
            for other in combinations_with_replacement(box, more):
                for one in table.get((sum(other), sum([x**3 for x in other])), ()):
                    # Of equally many on either side, the sign has to be chosen.
                    new = max(one[-1], other[-1]) == largest and gcd(*one, *other) == 1
                    if new and (fewer < more or one >= other):
                        yield (*one, *(-x for x in other), *zeros)
