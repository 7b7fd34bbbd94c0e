r"""Solutions on a line through a double point, over the chords of a quadric: a family with its inverse.

`anomalies.diophantine.model_family` derives the construction and finds its ingredients in a model.

Key results
-----------
ModelFamily : the map from parameters to solutions, the inverse, and the formula of every charge
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, permutations, product
from math import gcd
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.diophantine.charges_by_height import solutions_by_height
from anomalies.diophantine.families import parameter_values
from anomalies.diophantine.family_sets import set_of_solutions, set_of_values
from anomalies.diophantine.solution_space import SolutionSpace, combination, complement
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_rationals, height, primitive, to_sympy
from anomalies.linear import Vector, solve
from anomalies.solutions import Solution

__all__ = ["ModelFamily"]


@dataclass(frozen=True, slots=True, repr=False)
class ModelFamily(Printable):
    """Solutions X = sum sigma_i S_i + beta D + w of a model, by rational parameters tau, lambda and sigma.

    In the notation of `anomalies.diophantine.model_family`, w = lambda (B(tau, tau) C - 2 B(tau, C) tau), or
    lambda tau without a quadric, and beta = -T(w, w, w) / (3 T(D, w, w)), or 0 if no double point is needed.

    Refused are parameters with w = 0, B(tau, C) = 0 or T(D, w, w) = 0.  Not reached are exactly the solutions

    * with B(w, C) = 0, where there is a quadric: `through` gives the family of another point C;
    * with T(D, w, w) = 0, where there is a double point: then T(w, w, w) = 0, and beta is free;
    * with w = 0.

    Every other solution is reached, by one tau up to scale.  `parameters_of` takes tau as coprime integers,
    the first that is not zero positive.  If all solutions are shifts, the parameters are the sigma alone, and
    nothing is refused or left out.

    Iteration is by the height of the charges, over the solutions of the complete search that are reached;
    `by_parameters` is the other order.

    Attributes
    ----------
    space : the solution space, restricted to the radical of a quadric without points.
    shifts : a basis of S.
    double : D; None if no double point is needed.
    point : C; None if there is no quadric.
    directions : a basis of the space of tau.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.model_family import model_family
    >>> family = model_family(standard_model()).family
    >>> len(family.parameters)
    14
    >>> solution = family.subs([1, 0, 2, 0, 0, 0, 1, 0, 0, 3, 0, 1, 0, 0])
    >>> family.subs(family.parameters_of(solution)) == solution
    True
    """

    space: SolutionSpace
    shifts: tuple[Vector, ...]
    double: Vector | None
    point: Vector | None
    directions: tuple[Vector, ...]

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters tau_1, ..., lambda, sigma_1, ..., as sympy symbols."""
        from sympy import Symbol, symbols

        sigma = symbols(f"sigma_1:{len(self.shifts) + 1}")
        if not self.directions:
            return tuple(sigma)
        return (*symbols(f"tau_1:{len(self.directions) + 1}"), Symbol("lambda"), *sigma)

    def subs(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> Solution:
        """Return the solution at rational values of the parameters, verified.

        Raises
        ------
        ArgumentError
            If w, B(tau, C) or T(D, w, w) vanishes.
        """
        given = parameter_values(self.parameters, values)
        free = len(self.parameters) - len(self.shifts)
        x = combination(given[free:], self.shifts, len(self.space.symbols))
        if free:
            tau = combination(given[: free - 1], self.directions, len(x))
            w = _scaled(given[free - 1], self.on_the_quadric(tau))
            beta = self._beta(w)
            if beta is None:
                expected = "parameters where none of lambda, B(tau, C) and T(D, w, w) vanishes"
                raise ArgumentError(must_be("values", expected, tuple(map(str, given))))
            x = _sum(x, w, _scaled(beta, self.double or w))
        return _solution(self.space, x)

    def on_the_quadric(self, tau: Vector) -> Vector:
        """Return B(tau, tau) C - 2 B(tau, C) tau, or tau without a quadric, for charges tau."""
        if self.point is None:
            return tau
        (form,) = self.space.quadrics
        return _sum(_scaled(form(tau, tau), self.point), _scaled(-2 * form(tau, self.point), tau))

    def _beta(self, w: Vector) -> Fraction | None:
        """The multiple of D for a point of the quadric; None where it is not in the family."""
        if not any(w) or (self.point is not None and not self.space.quadrics[0](w, self.point)):
            return None
        if self.double is None:
            return Fraction(0)
        slope = 3 * self.space.cubic(self.double, w, w)
        return -self.space.cubic(w, w, w) / slope if slope else None

    def through(self, point: Iterable[RationalLike]) -> ModelFamily:
        """Return the family with another point C of the quadric; it may reach what this one leaves out.

        Parameters
        ----------
        point : charges in the order of `space.symbols`: linear conditions and quadric vanish, and the point
        is not in
            the radical of the quadric.

        Raises
        ------
        ArgumentError
            If there is no quadric, or the point is none of its points.
        """
        if self.point is None:
            raise ArgumentError(
                must_be("point", "given for a model with a quadric only", "one for a model without")
            )
        charges = as_rationals(point, "point", len(self.space.symbols))
        (form,) = self.space.quadrics
        outside = any(form(charges, v) for v in self.space.basis)
        if solve(self.space.basis, charges) is None or form(charges, charges) or not outside:
            expected = "a point of the quadric outside of its radical"
            raise ArgumentError(must_be("point", expected, tuple(map(str, charges))))
        fixed = (*self.shifts, *filter(None, (self.double,)), charges)
        return ModelFamily(self.space, self.shifts, self.double, charges, complement(fixed, self.space.basis))

    def parameters_of(self, solution: Solution) -> tuple[Fraction, ...]:
        """Return the parameters of a solution of this family.

        Raises
        ------
        ArgumentError
            If the solution is not in the family.
        """
        found = self._parameters_of(solution)
        if found is None:
            raise ArgumentError(must_be("solution", "a solution of this family", solution))
        return found

    def _parameters_of(self, solution: object) -> tuple[Fraction, ...] | None:
        if not isinstance(solution, Solution) or solution.content != self.space.content:
            return None
        values = dict(solution.values)
        x = tuple(values[symbol] for symbol in self.space.symbols)
        middle = tuple(v for v in (self.double, self.point) if v is not None)
        coordinates = solve((*self.shifts, *middle, *self.directions), x)
        if coordinates is None:
            return None
        first, last = len(self.shifts), len(self.shifts) + len(middle)
        sigma = coordinates[:first]
        if not self.directions:
            return sigma
        tau = _normal(coordinates[last:])
        reached = self.on_the_quadric(combination(tau, self.directions, len(x)))
        w = _sum(x, *(_scaled(-c, s) for c, s in zip(sigma, self.shifts, strict=True)))
        if self.double is not None:
            w = _sum(w, _scaled(-coordinates[first], self.double))
        scale = next((a / b for a, b in zip(w, reached, strict=True) if b), Fraction(0))
        if self._beta(w) is None or _scaled(scale, reached) != w:
            return None
        return (*tau, scale, *sigma)

    def __contains__(self, solution: object) -> bool:
        """Return whether a solution is reached, exactly."""
        return self._parameters_of(solution) is not None

    def __iter__(self) -> Iterator[Solution]:
        """Yield every solution of the family once, by the height of its charges, without end.

        Raises
        ------
        ArgumentError
            If the conditions of the content are not power sums, so that no complete search knows its
            solutions; `by_parameters` goes through them in another order.
        """
        return solutions_by_height(self.space.content, self._has)

    def _has(self, charges: Sequence[int]) -> bool:
        """Whether integers that solve the conditions are reached; shifts make no difference to the answer."""
        if self.point is not None and not self.space.quadrics[0](charges, self.point):
            return False
        return self.double is None or bool(self.space.cubic(self.double, charges, charges))

    def by_parameters(self) -> Iterator[Solution]:
        """Yield every solution of the family once, by the height of its parameters, without end.

        The height of the charges does not rise with it: simple parameters can make large charges.
        """
        for values in _by_height(len(self.directions), len(self.parameters), self._allows):
            yield self.subs(values)

    def _allows(self, tau: Sequence[Fraction | int]) -> bool:
        """Whether tau is not refused, whatever lambda != 0 and sigma are."""
        w = self.on_the_quadric(combination(tau, self.directions, len(self.space.symbols)))
        return self._beta(w) is not None

    def formula(self) -> tuple[tuple[Any, Any], ...]:
        """Return (symbol, expression) for each charge: rational functions of the parameters."""
        from sympy import Add, Mul

        names = self.parameters
        free = len(names) - len(self.shifts)
        width = range(len(self.space.symbols))
        parts = [
            [Mul(s, to_sympy(v[i])) for s, v in zip(names[free:], self.shifts, strict=True)] for i in width
        ]
        if free:
            w = self._symbolic_quadric(self._symbolic_tau(), names[free - 1])
            beta = self._symbolic_beta(w)
            for i in width:
                parts[i] += [w[i], beta * to_sympy(self.double[i]) if self.double else 0]
        return tuple((s, Add(*terms)) for s, terms in zip(self.space.symbols, parts, strict=True))

    def _symbolic_tau(self) -> list[Any]:
        from sympy import Add

        pairs = list(zip(self.parameters, self.directions, strict=False))
        return [Add(*(t * to_sympy(v[i]) for t, v in pairs)) for i in range(len(self.space.symbols))]

    def _symbolic_quadric(self, tau: Sequence[Any], scale: Any) -> list[Any]:
        if self.point is None:
            return [scale * t for t in tau]
        (form,) = self.space.quadrics
        c = [to_sympy(x) for x in self.point]
        square, mixed = _polar(form.terms, tau, tau), _polar(form.terms, tau, c)
        return [scale * (square * x - 2 * mixed * t) for x, t in zip(c, tau, strict=True)]

    def _symbolic_beta(self, w: Sequence[Any]) -> Any:
        if self.double is None:
            return 0
        terms = self.space.cubic.terms
        return -_polar(terms, w, w, w) / (3 * _polar(terms, [to_sympy(x) for x in self.double], w, w))

    def as_set(self) -> Any:
        """Return the charges of the solutions as a sympy `ConditionSet`; membership is decided, as by `in`.

        Its elements are tuples in the order of `space.symbols`.  The condition is that all anomalies vanish
        and that B(X, C) and T(D, X, X), which are those of w, do not.

        >>> from sympy import Tuple
        >>> from anomalies import standard_model
        >>> from anomalies.diophantine.model_family import model_family
        >>> family = model_family(standard_model()).family
        >>> solution = family.subs([1, 0, 2, 0, 0, 0, 1, 0, 0, 3, 0, 1, 0, 0])
        >>> charges = Tuple(*(value for _, value in solution.values))
        >>> charges in family.as_set(), 0 * charges in family.as_set()
        (True, False)
        """
        from sympy import Ne, expand

        exceptions = self._exceptions(self.space.symbols)
        return set_of_solutions(self.space.content, *(Ne(expand(value), 0) for value in exceptions))

    def image(self) -> Any:
        """Return the same charges as a sympy `ImageSet`: the values of `formula` where it is defined.

        The parameters are rational, and a condition leaves out those with lambda = 0, B(tau, C) = 0 or
        T(D, w, w) = 0.
        """
        from sympy import Ne

        names, formula = self.parameters, self.formula()
        if not self.directions:
            return set_of_values(names, [value for _, value in formula])
        scale = names[len(self.directions)]
        w = self._symbolic_quadric(self._symbolic_tau(), 1)
        refused = (scale, *self._exceptions(w))
        return set_of_values(names, [value for _, value in formula], *(Ne(value, 0) for value in refused))

    def _exceptions(self, x: Sequence[Any]) -> tuple[Any, ...]:
        """B(x, C) and T(D, x, x), as far as there are C and D."""
        found = []
        if self.point is not None:
            found.append(_polar(self.space.quadrics[0].terms, x, [to_sympy(c) for c in self.point]))
        if self.double is not None:
            found.append(_polar(self.space.cubic.terms, [to_sympy(c) for c in self.double], x, x))
        return tuple(found)

    def _sympystr(self, printer: Any) -> str:
        rows = [f"X = {'S' if self.shifts else ''}" if not self.directions else self._shape()]
        rows += [f"  S_{i + 1}: {self._charges(v)}" for i, v in enumerate(self.shifts)]
        rows += [f"  {name}: {self._charges(v)}" for name, v in (("D", self.double), ("C", self.point)) if v]
        return "\n".join(rows)

    def _shape(self) -> str:
        w = "lambda*tau" if self.point is None else "lambda*(B(tau, tau)*C - 2*B(tau, C)*tau)"
        shift = "sigma*S + " if self.shifts else ""
        if self.double is None:
            return f"X = {shift}w, w = {w}"
        return f"X = {shift}beta*D + w, w = {w}, beta = -T(w, w, w)/(3*T(D, w, w))"

    def _charges(self, vector: Vector) -> str:
        return ", ".join(f"{s} = {x}" for s, x in zip(self.space.symbols, vector, strict=True) if x)

    def _latex(self, printer: Any) -> str:
        sigma = r"\textstyle\sum_i \sigma_i S_i"
        if not self.directions:
            return rf"X = {sigma}"
        chord = r"\lambda \left(B(\tau, \tau)\, C - 2 B(\tau, C)\, \tau\right)"
        w = r"\lambda\, \tau" if self.point is None else chord
        terms = ([sigma] if self.shifts else []) + ([r"\beta D"] if self.double else []) + ["w"]
        beta = r",\quad \beta = -\frac{T(w, w, w)}{3\, T(D, w, w)}" if self.double else ""
        return rf"X = {' + '.join(terms)},\quad w = {w}{beta}"


def _polar(terms: Iterable[tuple[tuple[int, ...], Fraction]], *vectors: Sequence[Any]) -> Any:
    """The multilinear form of a polynomial at vectors of expressions."""
    from sympy import Add, Mul, Rational

    parts = []
    for places, coefficient in terms:
        orders = list(permutations(places))
        weight = to_sympy(coefficient) * Rational(1, len(orders))
        parts += [Mul(weight, *(v[i] for v, i in zip(vectors, order, strict=True))) for order in orders]
    return Add(*parts)


def _solution(space: SolutionSpace, x: Vector) -> Solution:
    return Solution(space.content, dict(zip(space.symbols, x, strict=True)))


def _scaled(factor: Fraction | int, vector: Vector) -> Vector:
    return tuple(factor * x for x in vector)


def _sum(*vectors: Vector) -> Vector:
    return tuple(sum(entries, Fraction(0)) for entries in zip(*vectors, strict=True))


def _normal(vector: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The coprime integers on the line, the first that is not zero positive."""
    integers = primitive(vector)
    sign = -1 if next(filter(None, integers), 0) < 0 else 1
    return tuple(Fraction(sign * x) for x in integers)


def _by_height(
    directions: int, parameters: int, allowed: Callable[[Sequence[int]], bool]
) -> Iterator[tuple[Fraction, ...]]:
    """Parameters in their normal form, each once: coprime integers tau, then lambda != 0 and sigma."""
    if parameters == 0:
        yield ()
        return
    for largest in count(1 if directions else 0):
        integers = sorted(range(-largest, largest + 1), key=lambda x: (abs(x), -x))
        rationals = _rationals(largest)
        for tau in product(integers, repeat=directions):
            if directions and not (gcd(*tau) == 1 and next(filter(None, tau)) > 0 and allowed(tau)):
                continue
            for rest in product(rationals, repeat=parameters - directions):
                size = max([0, *map(abs, tau), *(height([x]) if x else 0 for x in rest)])
                if size == largest and (not directions or rest[0]):
                    yield (*map(Fraction, tau), *rest)


def _rationals(largest: int) -> list[Fraction]:
    """The rational numbers up to a height, 0 of height 0."""
    found = {Fraction(a, b) for b in range(1, largest + 1) for a in range(-largest, largest + 1)}
    return sorted(found | {Fraction(0)}, key=lambda x: (height([x]) if x else 0, abs(x), -x))
