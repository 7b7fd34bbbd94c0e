r"""From couplings to accidental symmetries to the most general generator that can be gauged.

Charge conservation in the couplings is linear; its solution space is the space of accidental U(1)
symmetries.  They are identified by name where they have one.  The linear anomaly conditions that see
no free dark charge then cut the space down to the gaugeable one, and the general element is

    T_X = sum_g c_g(a) T_g ,

with one free rational parameter a_g for each generator that is not solved for.  Baryon number is solved
for first, so that for the Standard Model the result is ADN's own form,
T_X = sum_i a_i T_{L_i} - (sum_i a_i / 3) T_B + a_Y T_Y.

Key results
-----------
accidental_symmetries : the symmetries of the couplings, by name
gauging_generator : the most general T_X, ADN (1.3), (2.4), (2.8)
linear_dependencies : which linear anomaly conditions the couplings imply, ADN footnote 11

References
----------
ADN, arXiv:1909.02021, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Add, Expr, Symbol, together
from sympy.printing.defaults import Printable

from anomalies.conditions import AnomalyConditions, Triangle, anomaly_conditions
from anomalies.couplings import ChargeCondition, Coupling, charge_conditions
from anomalies.errors import ArgumentError, UnknownNameError, must_be
from anomalies.exact import substitute_all, to_sympy
from anomalies.fields import FieldContent, as_content
from anomalies.linear import Vector, linear_coefficients, null_space, rank, reduced_rows
from anomalies.symmetries import AccidentalSymmetries, Generator, dark_fields, identify
from anomalies.tables import Table

__all__ = [
    "GaugingGenerator",
    "LinearDependencies",
    "accidental_symmetries",
    "gauging_generator",
    "linear_dependencies",
]


@dataclass(frozen=True, slots=True, repr=False)
class GaugingGenerator(Printable):
    """The most general generator of a U(1) that the couplings and the linear anomalies allow.

    Attributes
    ----------
    content : the field content, with symbols for the charges to be determined.
    factor : the name of the U(1), "X".
    generators : the accidental symmetries, named ones first.
    coefficients : the coefficient of each generator in T_X, linear in the parameters.
    parameters : the free rational parameters, in the order of the generators.
    conditions : the anomaly conditions that are left, in the parameters; the ones that vanish
        identically are kept, as zeros.
    """

    content: FieldContent
    factor: str
    generators: tuple[Generator, ...]
    coefficients: tuple[Expr, ...]
    parameters: tuple[Symbol, ...]
    conditions: AnomalyConditions

    @property
    def charges(self) -> dict[Symbol, Expr]:
        """The charge of every field as a linear function of the parameters, ADN (2.4)."""
        symbols = self.content.symbols_of(self.factor)
        return {
            symbol: Add(
                *(
                    coefficient * to_sympy(generator.charge(symbol))
                    for coefficient, generator in zip(self.coefficients, self.generators, strict=True)
                )
            ).expand()
            for symbol in symbols
        }

    @property
    def dimension(self) -> int:
        """The number of free parameters."""
        return len(self.parameters)

    def as_expr(self, *, dark: bool = False) -> Expr:
        """Return T_X as a sympy sum of coefficients times generators T_B, T_L_e, ..., T_Y.

        The number generators of dark fields (singlets of everything but the U(1)) are left out unless
        `dark` is true, as in ADN (2.8).
        """
        return Add(*(coefficient * generator.symbol for coefficient, generator in self.terms(dark=dark)))

    def terms(self, *, dark: bool = False) -> tuple[tuple[Expr, Generator], ...]:
        """Return the pairs (coefficient, generator) of T_X with non-zero coefficient, in order."""
        pairs = zip(self.coefficients, self.generators, strict=True)
        return tuple((c, g) for c, g in pairs if c != 0 and (dark or not g.is_dark))

    def subs(self, values: Mapping[Symbol, Any]) -> dict[Symbol, Expr]:
        """Return the charges with values put in for the parameters."""
        return dict(zip(self.charges, substitute_all(self.charges.values(), values), strict=True))

    def table(self) -> Table:
        """Return the field content with its charges in the parameters: ADN (2.4)."""
        return self.content.table(self.charges)

    def _latex(self, printer: Any) -> str:
        return f"T_{{{self.factor}}} = " + self._sum(printer, r"{}\, {}", r"\left({}\right)")

    def _sympystr(self, printer: Any) -> str:
        return f"T_{self.factor} = " + self._sum(printer, "{}*{}", "({})")

    def _sum(self, printer: Any, product: str, bracket: str) -> str:
        """The terms in the order of the generators, as ADN (2.8) writes them; sympy would sort them."""
        result = ""
        for coefficient, generator in self.terms():
            negative = all(term.could_extract_minus_sign() for term in Add.make_args(coefficient))
            size = together(-coefficient if negative else coefficient)
            shown = printer._print(size)
            shown = bracket.format(shown) if size.is_Add else shown
            term = (
                printer._print(generator) if size == 1 else product.format(shown, printer._print(generator))
            )
            sign = ("-" if negative else "") if not result else (" - " if negative else " + ")
            result += sign + term
        return result or "0"


@dataclass(frozen=True, slots=True, repr=False)
class LinearDependencies(Printable):
    """How the linear anomaly conditions depend on the charge conditions and on each other.

    Attributes
    ----------
    coupling_rank : the rank of the charge conditions.
    total_rank : the rank of charge and anomaly conditions together.
    ranks : for each linear anomaly condition, the rank of the charge conditions with it alone.
    relations : a basis of the combinations sum c_t A_t of linear anomalies that vanish on the solutions of
        the charge conditions, as primitive tuples of (triangle, coefficient).
    """

    coupling_rank: int
    total_rank: int
    ranks: tuple[tuple[Triangle, int], ...]
    relations: tuple[tuple[tuple[Triangle, Fraction], ...], ...]

    @property
    def implied(self) -> tuple[Triangle, ...]:
        """The linear anomaly conditions that the charge conditions imply."""
        return tuple(triangle for triangle, value in self.ranks if value == self.coupling_rank)

    @property
    def independent(self) -> tuple[Triangle, ...]:
        """The linear anomaly conditions of which each, alone, adds something to the charge conditions."""
        return tuple(triangle for triangle, value in self.ranks if value > self.coupling_rank)

    def _sympystr(self, printer: Any) -> str:
        relations = "; ".join(self._relation(printer, relation) for relation in self.relations)
        return f"rank {self.coupling_rank} -> {self.total_rank}; {relations}"

    def _latex(self, printer: Any) -> str:
        return r",\quad ".join(self._relation(printer, relation) for relation in self.relations)

    @staticmethod
    def _relation(printer: Any, relation: Sequence[tuple[Triangle, Fraction]]) -> str:
        total = Add(*(to_sympy(c) * Symbol(f"[{printer._print(t)}]") for t, c in relation), evaluate=False)
        return f"{printer._print(total)} = 0"


def accidental_symmetries(
    content: FieldContent, couplings: Iterable[str | Coupling] | None = None, *, factor: str | None = None
) -> AccidentalSymmetries:
    """Return the accidental U(1) symmetries of a set of couplings, identified by name.

    Parameters
    ----------
    content : the field content, with symbols for the charges of the U(1) in question.
    couplings : the couplings, `content.couplings` by default.
    factor : the U(1) whose charges are unknown; needed only when there are several.

    Source: ADN section 2, after (2.1).

    Examples
    --------
    >>> from anomalies import standard_model
    >>> accidental_symmetries(standard_model(right_handed_neutrinos=0)).names
    ('L_e', 'L_mu', 'L_tau', 'B', 'Y')
    """
    name = _open_factor(content, factor)
    conditions = [c for c in charge_conditions(content, couplings) if c.factor == name]
    symbols = content.symbols_of(name)
    rows = [linear_coefficients(c.expression, symbols, "couplings") for c in conditions]
    return AccidentalSymmetries(
        identify(content, name, null_space(rows, len(symbols))), tuple(conditions), rank(rows)
    )


def _open_factor(content: FieldContent, factor: str | None) -> str:
    names = as_content(content).open_factors
    if factor is None and len(names) == 1:
        return names[0]
    if factor is None:
        raise ArgumentError(
            must_be("content", "one with exactly one U(1) of unknown charges (or give factor=...)", names)
        )
    if factor not in names:
        raise UnknownNameError(must_be("factor", f"a U(1) with unknown charges among {names}", factor))
    return factor


def gauging_generator(
    content: FieldContent, couplings: Iterable[str | Coupling] | None = None, *, factor: str | None = None
) -> GaugingGenerator:
    r"""Return the most general U(1) generator that couplings and linear anomalies allow.

    Dark fields (singlets of everything but the U(1)) that no coupling ties to the rest keep their own
    charges as parameters; the linear conditions in which these occur are left to the dark sector, among
    `GaugingGenerator.conditions`.  All other linear anomaly conditions are solved.

    Parameters
    ----------
    content : the field content, with symbols for the charges of the U(1) in question.
    couplings : the couplings that must be allowed, `content.couplings` by default.
    factor : the U(1) whose charges are unknown; needed only when there are several.

    Raises
    ------
    CouplingError : a coupling is not invariant under the known gauge group.
    ArgumentError : the content has no U(1) with unknown charges, or a charge is not linear in symbols.

    Source: ADN (1.3), (2.4), (2.8).

    Examples
    --------
    >>> from anomalies import standard_model
    >>> generator = gauging_generator(standard_model(universal=("q", "u", "d")))
    >>> generator
    T_X = a_e*T_L_e + a_mu*T_L_mu + a_tau*T_L_tau - (a_e + a_mu + a_tau)/3*T_B + a_Y*T_Y
    >>> generator.charges[Symbol("Q_q")]
    a_Y/6 - a_e/9 - a_mu/9 - a_tau/9
    >>> generator.conditions["Y X^2"]
    0
    """
    name = _open_factor(content, factor)
    symmetries = accidental_symmetries(content, couplings, factor=name)
    generators = symmetries.generators
    charges = _general_charges(content.symbols_of(name), generators)
    derived = anomaly_conditions(content).involving(name)
    conditions = derived.subs(charges)
    imposed = _imposed(derived, conditions, _dark_symbols(content, name))
    solution = _solve_linear(imposed, generators)
    coefficients = tuple(solution.get(g.parameter, g.parameter) for g in generators)
    return GaugingGenerator(
        content,
        name,
        generators,
        coefficients,
        tuple(g.parameter for g in generators if g.parameter not in solution),
        conditions.subs(solution),
    )


def _imposed(derived: AnomalyConditions, conditions: AnomalyConditions, dark: set[Symbol]) -> list[Expr]:
    """The linear conditions that dark charges do not enter, before or after the couplings are used."""
    return [
        polynomial
        for triangle, polynomial in conditions.of_degree(1).items()
        if not (derived[triangle].free_symbols & dark and polynomial.free_symbols & dark)
    ]


def _general_charges(symbols: Sequence[Symbol], generators: Sequence[Generator]) -> dict[Symbol, Expr]:
    return {s: Add(*(g.parameter * to_sympy(g.charge(s)) for g in generators)) for s in symbols}


def _solve_linear(conditions: Sequence[Expr], generators: Sequence[Generator]) -> dict[Symbol, Expr]:
    """Solve for parameters, those of the generators of highest `elimination` rank first."""
    parameters = [generator.parameter for generator in generators]
    order = sorted(range(len(generators)), key=lambda index: generators[index].elimination)
    rows = [linear_coefficients(c, parameters, "conditions") for c in conditions]
    reduced, pivots = reduced_rows(rows, order)
    return {
        parameters[pivot]: Add(
            *(-to_sympy(c) * p for i, (c, p) in enumerate(zip(row, parameters, strict=True)) if i != pivot)
        )
        for row, pivot in zip(reduced, pivots, strict=True)
    }


def linear_dependencies(
    content: FieldContent,
    couplings: Iterable[str | Coupling] | None = None,
    *,
    factor: str | None = None,
) -> LinearDependencies:
    """Return which linear anomaly conditions follow from the couplings, and how the others depend.

    Only the conditions without dark charges are compared, that is, those that the visible fields have to
    satisfy on their own.

    Source: ADN footnote 11; its exception, the combination SU(2)^2 X + 2 Y^2 X that vanishes identically.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> linear_dependencies(standard_model(universal=("q", "u", "d")))
    rank 5 -> 6; [SU(3)^2 X] = 0; [SU(2)^2 X] + 2*[Y^2 X] = 0
    """
    name = _open_factor(content, factor)
    symbols = content.symbols_of(name)
    given: Sequence[ChargeCondition] = [c for c in charge_conditions(content, couplings) if c.factor == name]
    rows = [linear_coefficients(c.expression, symbols, "couplings") for c in given]
    dark = _dark_symbols(content, name)
    linear = [
        (triangle, linear_coefficients(polynomial, symbols, "content"))
        for triangle, polynomial in anomaly_conditions(content).involving(name).of_degree(1).items()
        if not polynomial.free_symbols & dark
    ]
    return LinearDependencies(
        rank(rows),
        rank([*rows, *(row for _, row in linear)]),
        tuple((triangle, rank([*rows, row])) for triangle, row in linear),
        _relations(rows, linear),
    )


def _dark_symbols(content: FieldContent, factor: str) -> set[Symbol]:
    index = content.place_of(factor)
    return {s for field in dark_fields(content, factor) for c in field.charges[index] for s in c.free_symbols}


def _relations(
    rows: Sequence[Vector], linear: Sequence[tuple[Triangle, Vector]]
) -> tuple[tuple[tuple[Triangle, Fraction], ...], ...]:
    """Combinations of the linear forms that vanish on the null space of the rows."""
    if not linear:
        return ()
    basis = null_space(rows, len(linear[0][1]))
    values = [
        tuple(sum((x * y for x, y in zip(form, vector, strict=True)), Fraction(0)) for _, form in linear)
        for vector in basis
    ]
    return tuple(
        tuple((triangle, c) for (triangle, _), c in zip(linear, _leading_one(relation), strict=True) if c)
        for relation in null_space(values, len(linear))
    )


def _leading_one(vector: Vector) -> Vector:
    """Scale so that the first non-zero entry is 1: relations then read SU(2)^2 X + 2 Y^2 X."""
    lead = next(entry for entry in vector if entry)
    return tuple(entry / lead for entry in vector)
