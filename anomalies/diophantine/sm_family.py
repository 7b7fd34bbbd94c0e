"""All anomaly-free charges of three families and three nu_R, and what is left of them without nu_R.

Charges that solve the linear conditions are X = alpha Y + beta (B-L) + T with T traceless in each species.
The charts of `sm_geometry` solve the quadratic condition by rational functions; then the cubic one is

    6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e - P_nu + 2 beta D = 0,       D = 3 N_u - 3 N_d - N_e + N_nu,

with N = x^2 + x y + y^2 and P = -x y (x + y) for T_f = (x, y, -x - y), and it gives beta unless D = 0.

Key results
-----------
StandardModelFamily : the solutions of one locus, one to one with rational parameters, with the inverse
standard_model_families, locate_charges : the families of all loci; the one that has given charges
vectors_by_height : the order of parameters in which a family may be walked
remaining_cubic, solution_without_neutrinos, locate_without_neutrinos : the Standard Model without nu_R

Without nu_R the condition of gravity leaves no B-L, so that X = alpha Y + T.  The charts of the quadric stay
as they are, and of the cubic condition 6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e = 0 is left, a cubic in the
coordinates of the charts, with no further variable to solve it for.

References
----------
B. C. Allanach, B. Gripaios, J. Tooby-Smith, arXiv:2006.03588: the general solution, by B-L as a double point
and by chords from a fixed point of the quadric.  The charts here use a point that moves instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import count, product
from math import gcd
from typing import Any

from sympy import Symbol
from sympy.printing.defaults import Printable

from anomalies.diophantine.charges_by_height import solutions_by_height
from anomalies.diophantine.families import parameter_values
from anomalies.diophantine.family_sets import set_of_solutions, set_of_values
from anomalies.diophantine.sm_geometry import (
    B_MINUS_L,
    CHARTS,
    HYPERCHARGE,
    LOCI,
    SPECIES,
    Triples,
    Values,
    charge_rows,
    chart_of,
    components,
    cubic,
    locus_of,
    quadric,
    slope,
)
from anomalies.diophantine.sm_symbols import domain, formulas, locus_condition
from anomalies.errors import ArgumentError, ArgumentTypeError, NotASolutionError, must_be
from anomalies.exact import RationalLike, as_rational, as_rationals
from anomalies.fields import FieldContent
from anomalies.library import standard_model
from anomalies.solutions import Solution

__all__ = [
    "LOCI",
    "StandardModelFamily",
    "locate_charges",
    "locate_without_neutrinos",
    "remaining_cubic",
    "solution_without_neutrinos",
    "standard_model_families",
    "vectors_by_height",
]


@dataclass(frozen=True, slots=True, init=False, repr=False)
class StandardModelFamily(Printable):
    """The solutions for `standard_model()`, three families and three nu_R, on one of four loci.

    X = alpha Y + beta (B-L) + T; the charge Q_H of the Higgs doublet enters no condition and is the last
    parameter.  A triple (x, y, -x - y) is given by x and y, N and P are its norm and product, and the locus
    says how T is given:

    * "generic", T_q != T_l: by A = T_q - T_l, w, T_u, T_d, T_e, T_nu, with T_q + T_l = r A + w A', A' = (A_2
      - A_3, A_3 - A_1, A_1 - A_2), r = (2 N_u - N_d - N_e)/N_A.  Refused is A = 0.
    * "equal doublets", T_q = T_l and G = T_d + T_e - 2 T_u != 0: by T_q, B = T_d - T_u, C = T_e - T_u, w,
      T_nu, with T_u = r G + w G', r = -(N_B + N_C)/(2 N_G), G = B + C.  Refused is G = 0.
    * "equal singlets", T_q = T_l and T_u = T_d = T_e: by T_q, T_u, T_nu.
    * "every shift", D = 3 N_u - 3 N_d - N_e + N_nu = 0: by beta, which is free, and T itself, with three
      equations left: the two conditions on T, and D = 0.  Refused is a T that violates one of them.

    On the first three D = 0 is refused, and beta = -(6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e - P_nu)/(2 D).
    Every rational solution is on exactly one locus and has exactly one set of parameters there.  Adding a
    multiple of Y to it changes alpha only.

    Iteration is by the height of the charges, over the solutions of the complete search that are on the
    locus; `by_parameters` is the other order.

    Parameters
    ----------
    locus : one of `LOCI`.

    Raises
    ------
    ArgumentError
        If there is no such locus.

    Examples
    --------
    >>> family = StandardModelFamily()
    >>> family.parameters
    (alpha, a_1, a_2, w, u_1, u_2, d_1, d_2, e_1, e_2, nu_1, nu_2, Q_H)
    >>> values = [6, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]
    >>> solution = family.subs(values)
    >>> solution in family, family.parameters_of(solution) == tuple(values)
    (True, True)
    >>> [[str(charge) for charge in row] for row in family.charges(values)[:2]]
    [['2', '1', '0'], ['5', '4', '3']]
    """

    locus: str

    def __init__(self, locus: str = "generic") -> None:
        """Check the name of the locus."""
        if locus not in LOCI:
            raise ArgumentError(must_be("locus", f"one of {', '.join(LOCI)}", locus))
        object.__setattr__(self, "locus", locus)

    @property
    def content(self) -> FieldContent:
        """The field content, `standard_model()`."""
        return _content()

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters, as sympy symbols."""
        shift = ("beta",) if self.locus == "every shift" else ()
        return tuple(map(Symbol, ("alpha", *shift, *CHARTS[self.locus].names.split(), "Q_H")))

    def charges(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> tuple[Values, ...]:
        """Return what `subs` makes a solution of: three charges for each of q, u, d, l, e, nu, in this order.

        Raises
        ------
        ArgumentError
            If the parameters are among those that the locus refuses.
        """
        exact = parameter_values(self.parameters, values)
        found = self._charges(exact)
        if found is None:
            raise ArgumentError(must_be("values", self._domain, _shown(exact)))
        return found

    def subs(self, values: Mapping[Any, RationalLike] | Iterable[RationalLike]) -> Solution:
        """Return the solution at rational values of the parameters, verified.

        Raises
        ------
        ArgumentError
            If the parameters are among those that the locus refuses.
        """
        exact = parameter_values(self.parameters, values)
        return _as_solution(self.content, self.charges(exact), exact[-1])

    def parameters_of(self, solution: Solution) -> tuple[Fraction, ...]:
        """Return the parameters of a solution of this family.

        Raises
        ------
        ArgumentError
            If the solution is not in the family.
        """
        if solution not in self:
            raise ArgumentError(must_be("solution", f"a solution on the locus '{self.locus}'", solution))
        rows, higgs = _rows(solution)
        return _located(*components(rows), higgs)[1]

    def __contains__(self, solution: object) -> bool:
        """Return whether `solution` is a `Solution` for this content, on this locus."""
        return (
            isinstance(solution, Solution)
            and solution.content == self.content
            and locus_of(components(_rows(solution)[0])[2]) == self.locus
        )

    @property
    def _domain(self) -> str:
        """The parameters that are not refused, in words; D is as in the text of the module."""
        slope_too = "" if self.locus == "every shift" else "D = 3 N_u - 3 N_d - N_e + N_nu != 0"
        return f"parameters with {' and '.join(filter(None, (CHARTS[self.locus].domain, slope_too)))}"

    def __iter__(self) -> Iterator[Solution]:
        """Yield every solution of the family once, by the height of its charges, without end."""
        return solutions_by_height(self.content, self._has)

    def _has(self, charges: Sequence[int]) -> bool:
        """Whether integers that solve the conditions are on this locus; asked of 3 T, which are integers."""
        rows = [[charges[place] for place in places] for places in _places()]
        triples: list[list[Any]] = [[3 * x - sum(row) for x in row] for row in rows]
        return locus_of(triples) == self.locus

    def by_parameters(self) -> Iterator[Solution]:
        """Yield every solution of the family once, by the height of its parameters, without end.

        The height of the charges does not rise with it: simple parameters can make large charges.
        """
        for values in vectors_by_height(len(self.parameters)):
            found = self._charges(values)
            if found is not None:
                yield _as_solution(self.content, found, values[-1])

    def formula(self) -> tuple[tuple[Any, Any], ...]:
        """Return (symbol, expression) for each charge: rational functions of the parameters."""
        symbols, doublet = _symbols(self.content)
        values = (value for row in formulas(self.locus) for value in row)
        known = dict(zip(symbols, values, strict=True)) | {doublet: self.parameters[-1]}
        return tuple((symbol, known[symbol]) for symbol in self.content.charge_symbols)

    def as_set(self) -> Any:
        """Return the charges of the solutions as a sympy `ConditionSet`; membership is decided, as by `in`.

        Its elements are tuples in the order of `content.charge_symbols`, and its condition is that of the
        anomalies and of the locus.

        >>> from sympy import Tuple
        >>> solution = StandardModelFamily().subs([6, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0])
        >>> charges = Tuple(*(value for _, value in solution.values))
        >>> [charges in family.as_set() for family in standard_model_families()]
        [True, False, False, False]
        """
        return set_of_solutions(
            self.content, locus_condition(self.locus, _by_species(_symbols(self.content)[0]))
        )

    def image(self) -> Any:
        """Return the same charges as a sympy `ImageSet`: the values of `formula` where it is defined.

        The parameters are rational, and those that the locus refuses are left out by a condition.
        """
        return set_of_values(self.parameters, [value for _, value in self.formula()], domain(self.locus))

    def _charges(self, values: Values) -> tuple[Values, ...] | None:
        chart = CHARTS[self.locus]
        if self.locus == "every shift":
            triples = chart.triples(values[2:-1])
            return None if triples is None else charge_rows(values[0], values[1], triples)
        triples = chart.triples(values[1:-1])
        divisor = 0 if triples is None else slope(triples)
        if triples is None or divisor == 0:
            return None
        return charge_rows(values[0], Fraction(-cubic(triples)) / (2 * divisor), triples)

    def _sympystr(self, printer: Any) -> str:
        names = ", ".join(map(str, self.parameters))
        return f"{{alpha*Y + beta*(B-L) + T: {self.locus}; {names}}}"

    def _latex(self, printer: Any) -> str:
        general = r"X = \alpha\, Y + \beta\, (B - L) + T"
        return rf"\left\{{\begin{{aligned}} &{general},\\ &{_LATEX[self.locus]} \end{{aligned}}\right\}}"


_BETA = (
    r"\beta = -\frac{6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e - P_\nu}"
    r"{2 \left(3 N_u - 3 N_d - N_e + N_\nu\right)}"
)
_LATEX = {
    "generic": r"T_q - T_l = A,\; T_q + T_l = \frac{2 N_u - N_d - N_e}{N_A}\, A + w A',\\ &" + _BETA,
    "equal doublets": r"T_q = T_l,\; T_u = -\frac{N_B + N_C}{2 N_G}\, G + w G',\; T_d = T_u + B,\; "
    r"T_e = T_u + C,\; G = B + C,\\ &" + _BETA,
    "equal singlets": r"T_q = T_l,\; T_u = T_d = T_e,\; "
    r"\beta = -\frac{8 P_q - 7 P_u - P_\nu}{2 \left(N_\nu - N_u\right)}",
    "every shift": r"N_q - N_l - 2 N_u + N_d + N_e = 0,\; 3 N_u - 3 N_d - N_e + N_\nu = 0,\\ &"
    r"6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e - P_\nu = 0",
}


def standard_model_families() -> tuple[StandardModelFamily, ...]:
    """Return the families of all four loci: together they hold every rational solution, each once.

    >>> [len(family.parameters) for family in standard_model_families()]
    [13, 11, 8, 15]
    """
    return tuple(map(StandardModelFamily, LOCI))


def locate_charges(
    values: Iterable[RationalLike], higgs: RationalLike = 0
) -> tuple[StandardModelFamily, tuple[Fraction, ...]]:
    """Return the family of 18 charges that solve all conditions, and their parameters there.

    Parameters
    ----------
    values : the charges of q, u, d, l, e and nu, three each, in this order.
    higgs : the charge of the Higgs doublet.

    Raises
    ------
    NotASolutionError
        If a condition is violated.

    Examples
    --------
    >>> mu_minus_tau = (0,) * 9 + (0, 1, -1) * 3
    >>> family, parameters = locate_charges(mu_minus_tau)
    >>> family.locus, [str(x) for x in family.charges(parameters)[3]]
    ('every shift', ['0', '1', '-1'])
    """
    exact = as_rationals(values, "values", 18)
    rows = _by_species(exact)
    alpha, beta, triples = components(rows)
    if _off_centre(alpha, beta, rows):
        raise NotASolutionError(must_be("values", "charges that solve the linear conditions", _shown(exact)))
    if quadric(triples) != 0:
        raise NotASolutionError(must_be("values", "charges that solve Y X^2", _shown(exact)))
    if cubic(triples) + 2 * beta * slope(triples) != 0:
        raise NotASolutionError(must_be("values", "charges that solve X^3", _shown(exact)))
    return _located(alpha, beta, triples, as_rational(higgs, "higgs"))


def _off_centre(alpha: Fraction, beta: Fraction, rows: Sequence[Sequence[Fraction]]) -> bool:
    """Whether some species has another sum of charges than alpha Y + beta (B-L)."""
    centres = zip(rows, HYPERCHARGE, B_MINUS_L, strict=True)
    return any(sum(row) != 3 * (alpha * y + beta * b) for row, y, b in centres)


def _located(
    alpha: Fraction, beta: Fraction, triples: Triples, higgs: Fraction
) -> tuple[StandardModelFamily, tuple[Fraction, ...]]:
    locus = locus_of(triples)
    shift = (beta,) if locus == "every shift" else ()
    return StandardModelFamily(locus), (alpha, *shift, *CHARTS[locus].inverse(triples), higgs)


def _by_species(values: Sequence[Any]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(values[i : i + 3]) for i in range(0, len(values), 3))


def _shown(values: Iterable[Fraction]) -> str:
    return ", ".join(map(str, values))


@lru_cache(maxsize=2)
def _content(right_handed_neutrinos: int = 3) -> FieldContent:
    return standard_model(3, right_handed_neutrinos)


@lru_cache(maxsize=2)
def _symbols(content: FieldContent) -> tuple[tuple[Symbol, ...], Symbol]:
    """The symbols of the charges, species by species, and that of the Higgs doublet."""
    place = content.place_of("X")
    known = {field.name: field.charges[place] for field in content.multiplets}
    return tuple(symbol for name in SPECIES for symbol in known.get(name, ())), known["H"][0]


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[int, ...], ...]:
    """Where the charges of each species are among those of the content."""
    content = _content()
    return _by_species([content.charge_symbols.index(symbol) for symbol in _symbols(content)[0]])


def _as_solution(content: FieldContent, rows: Iterable[Iterable[Fraction]], higgs: Fraction) -> Solution:
    symbols, doublet = _symbols(content)
    values = (value for row in rows for value in row)
    return Solution(content, dict(zip(symbols, values, strict=True)) | {doublet: higgs})


def _rows(solution: Solution) -> tuple[tuple[tuple[Fraction, ...], ...], Fraction]:
    symbols, doublet = _symbols(solution.content)
    known = dict(solution.values)
    return _by_species([known[symbol] for symbol in symbols]), known[doublet]


def vectors_by_height(length: int) -> Iterator[tuple[Fraction, ...]]:
    """Yield every rational vector of that length once, by height, without end.

    The height is max(d, |d v_1|, ..., |d v_k|) with the least common denominator d.

    >>> from itertools import islice
    >>> [str(v) for v, in islice(vectors_by_height(1), 7)]
    ['-1', '0', '1', '-2', '2', '-1/2', '1/2']
    """
    for size in count(1):
        box = range(-size, size + 1)
        for denominator in range(1, size + 1):
            for v in product(box, repeat=length):
                if gcd(denominator, *v) == 1 and (denominator == size or max(map(abs, v)) == size):
                    yield tuple(Fraction(x, denominator) for x in v)


# ---------------------------------------------------------------- without nu_R


def remaining_cubic(values: Iterable[RationalLike], chart: str = "generic") -> Fraction:
    """Return 6 P_q + 2 P_l - 3 P_u - 3 P_d - P_e, the condition that is left to solve without nu_R.

    All other conditions hold for alpha Y + T, with any alpha.

    Parameters
    ----------
    values : the coordinates of T in a chart of the quadric, without nu_1 and nu_2: for "generic" a_1, a_2, w,
        u_1, u_2, d_1, d_2, e_1, e_2, as in `StandardModelFamily`.
    chart : "generic", "equal doublets" or "equal singlets".

    Raises
    ------
    ArgumentError
        If there is no such chart, or it is not defined at these values.

    Examples
    --------
    >>> remaining_cubic([1, 0, 0, 1, 0, 1, 0, 1, 0])
    Fraction(0, 1)
    >>> remaining_cubic([1, 0, 0, 1, 1, 1, 0, 1, 0])
    Fraction(6, 1)
    """
    return Fraction(cubic(_without_neutrinos(values, chart)))


def solution_without_neutrinos(
    alpha: RationalLike, values: Iterable[RationalLike], chart: str = "generic", *, higgs: RationalLike = 0
) -> Solution:
    """Return alpha Y + T as a solution for the Standard Model without nu_R, verified.

    Parameters
    ----------
    alpha, higgs : any rational numbers; `higgs` is the charge of the Higgs doublet, in no condition.
    values, chart : as in `remaining_cubic`, which has to vanish.

    Raises
    ------
    ArgumentError
        If there is no such chart, or it is not defined at these values.
    NotASolutionError
        If the remaining cubic does not vanish.

    Examples
    --------
    >>> solution_without_neutrinos(0, [1, 0, 0, 1, 0, 1, 0, 1, 0]).conditions.is_anomaly_free
    True
    """
    shift, doublet = as_rational(alpha, "alpha"), as_rational(higgs, "higgs")
    triples = _without_neutrinos(values, chart)
    left = Fraction(cubic(triples))
    if left != 0:
        expected = f"parameters at which the remaining cubic vanishes, where it is {left}"
        raise NotASolutionError(f"Argument 'values' must be {expected}.")
    return _as_solution(_content(0), charge_rows(shift, Fraction(0), triples)[:5], doublet)


def locate_without_neutrinos(solution: Solution) -> tuple[str, Fraction, tuple[Fraction, ...], Fraction]:
    """Return chart, alpha, values and higgs of a solution without nu_R: the inverse of the function above.

    Raises
    ------
    ArgumentTypeError, ArgumentError
        If `solution` is no `Solution` for `standard_model(right_handed_neutrinos=0)`.

    Examples
    --------
    >>> solution = solution_without_neutrinos(6, [1, 0, 0, 1, 0, 1, 0, 1, 0])
    >>> chart, alpha, values, higgs = locate_without_neutrinos(solution)
    >>> solution_without_neutrinos(alpha, values, chart, higgs=higgs) == solution
    True
    """
    if not isinstance(solution, Solution):
        raise ArgumentTypeError(must_be("solution", "a Solution", solution))
    if solution.content != _content(0):
        raise ArgumentError(must_be("solution", "one for the Standard Model without nu_R", solution))
    rows, higgs = _rows(solution)
    alpha, _, triples = components((*rows, (Fraction(0),) * 3))
    chart = chart_of(triples)
    return chart, alpha, CHARTS[chart].inverse(triples)[:-2], higgs


def _without_neutrinos(values: Iterable[RationalLike], chart: str) -> Triples:
    if chart not in LOCI[:3]:
        raise ArgumentError(must_be("chart", f"one of {', '.join(LOCI[:3])}", chart))
    exact = as_rationals(values, "values", len(CHARTS[chart].names.split()) - 2)
    triples = CHARTS[chart].triples((*exact, Fraction(0), Fraction(0)))
    if triples is None:
        raise ArgumentError(must_be("values", f"coordinates with {CHARTS[chart].domain}", _shown(exact)))
    return triples
