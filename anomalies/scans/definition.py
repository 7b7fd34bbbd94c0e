"""Scans: a field content, linear equalities, allowed charges, and restrictions.

A scan is a question with a finite answer: which anomaly-free charges of a content are among given rational
numbers, satisfy given equalities, and have given properties?  It runs on the power-sum engine
(`anomalies.diophantine.powersums`), which is complete; nothing here knows a particular model.

What is among the given numbers is a convention, and named in every result.  By default every charge is, also
one that the conditions determine; `free` names the charges that are, and the others are then solved for
and may be any rational number (see `determined`).

Key results
-----------
scan : define a scan
Scan : its type; `Scan.run` answers it

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, section 2: charges p/q with p, q in [-4, 4].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from sympy import Eq, Expr, Symbol, sympify
from sympy.logic.boolalg import Boolean
from sympy.printing.defaults import Printable

from anomalies.conditions import anomaly_conditions
from anomalies.diophantine.powersums import fractions_up_to
from anomalies.diophantine.powersums.restrictions import parse_equality
from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import RationalLike, as_rational, to_sympy
from anomalies.fields import FieldContent, as_content
from anomalies.scans.equivalences import Equivalence, require_symmetry
from anomalies.scans.restrictions import Restriction, equality_text, rational_function, require_charges
from anomalies.solutions import find_charges

if TYPE_CHECKING:
    from anomalies.scans.results import ScanResult

__all__ = ["Scan", "described_values", "scan"]

_MOST_PROPERTIES = 26  # tables give each one a letter

AllowedLike: TypeAlias = Iterable[RationalLike] | Mapping[Any, Iterable[RationalLike]]


@dataclass(frozen=True, slots=True, repr=False)
class Scan(Printable):
    """A scan, as `scan` makes it from loose arguments.

    Attributes
    ----------
    name : a short name.
    content : the field content, with symbols for the charges under one U(1).
    allowed : the charges that are restricted to given values, each with its values, sorted.
    equalities : linear equalities between charges.
    restrictions : what a model must satisfy besides, in the order in which it is asked.
    properties : what is counted and shown, without being asked for.
    equivalences : what is divided out, in order.
    free : the charges that are restricted, if the others are to be solved for; empty if all are.
    order_by : a rational function of the charges by which models are listed; None for their size.
    title, source, notes : words for the tables.
    """

    name: str
    content: FieldContent
    allowed: tuple[tuple[Symbol, tuple[Fraction, ...]], ...]
    equalities: tuple[Eq, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    properties: tuple[Restriction, ...] = ()
    equivalences: tuple[Equivalence, ...] = ()
    free: tuple[Symbol, ...] = ()
    order_by: Expr | None = None
    title: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The charges of a model, in the order of the content."""
        return self.content.charge_symbols

    @property
    def convention(self) -> str:
        """What is restricted to the allowed values."""
        if not self.free:
            return "all charges are among the allowed values, also those that the conditions determine"
        names = ", ".join(str(symbol) for symbol, _ in self.allowed)
        return f"{names} are among the allowed values; the other charges are determined, any rationals"

    def ranges(self) -> tuple[tuple[str, str], ...]:
        """Return, in words, the charges that have the same allowed values together, with these."""
        together: dict[tuple[Fraction, ...], list[str]] = {}
        for symbol, values in self.allowed:
            together.setdefault(values, []).append(str(symbol))
        return tuple((", ".join(names), described_values(values)) for values, names in together.items())

    def run(self) -> ScanResult:
        """Return all models of the scan, the counts at every step, and the equivalence classes.

        Examples
        --------
        >>> from sympy import Eq, Ne, symbols
        >>> from anomalies.literature import scenario
        >>> q, mu_L, mu_R = symbols("q mu_L mu_R")
        >>> content = scenario(dark=["A", "B"]).content
        >>> found = scan("dark", content, range(-4, 5), ["A_R = 1"], {"quarks": Ne(q, 0)}).run()
        >>> print(found.models[0])
        q = 1, t = -2, mu_L = 2, tau_L = -2, mu_R = 1, tau_R = -1, A_L = 4, A_R = 1, B_L = 0, B_R = 3
        """
        from anomalies.scans.search import run_scan

        return run_scan(self)

    def _sympystr(self, printer: Any) -> str:
        lines = [f"{self.name}: {self.title}" if self.title else self.name]
        lines += [f"  {symbols} in {values}" for symbols, values in self.ranges()]
        lines += [f"  {equality.lhs} = {equality.rhs}" for equality in self.equalities]
        lines += [f"  {restriction}" for restriction in self.restrictions]
        return "\n".join([*lines, f"  {self.convention}"])


def described_values(values: Sequence[Fraction]) -> str:
    """Return a set of rationals in words: as p/q with bounds if it is all of these.

    >>> described_values(fractions_up_to(2, 3)), described_values([Fraction(1), Fraction(2)])
    ('p/q with p = -2..2, q = 1..3 (11 values)', '{1, 2}')
    """
    numerator = max(abs(value.numerator) for value in values)
    denominator = max(value.denominator for value in values)
    if len(values) > 3 and tuple(values) == fractions_up_to(numerator, denominator):
        if denominator == 1:
            return f"{-numerator}..{numerator}"
        return f"p/q with p = {-numerator}..{numerator}, q = 1..{denominator} ({len(values)} values)"
    return "{" + ", ".join(map(str, values)) + "}"


def scan(
    name: str,
    content: FieldContent,
    allowed: AllowedLike,
    equalities: Iterable[str | Eq] = (),
    restrictions: Mapping[str, Boolean] | None = None,
    *,
    properties: Mapping[str, Boolean] | None = None,
    equivalences: Iterable[Equivalence] = (),
    free: Iterable[Symbol | str] = (),
    order_by: Expr | None = None,
    title: str = "",
    source: str = "",
    notes: Iterable[str] = (),
) -> Scan:
    """Return a scan, its arguments checked.

    Parameters
    ----------
    name : a short name.
    content : a content with symbols for the charges under one U(1), in diagonal conditions.
    allowed : one finite set of rationals for all charges, or a mapping from charges (symbols, or names such
        as "e", "nu3") to sets.  A charge that equalities fix need not have one.
    equalities : Eq(chi_L, 1), or texts such as "chi_L = 1": linear, also with constants.  In a text a name
        means the field of that name before the charge: "q = 0" is about all families of q.
    restrictions : from words to conditions between polynomials in charges: {"quarks": Ne(q, t)}.
    properties : in the same form, for what is to be counted but not asked for.
    equivalences : see `anomalies.scans.equivalences`; they must be symmetries of the anomaly conditions.
    free : the charges that are restricted, if not all.  They, with the equalities, must leave at most one
        charge undetermined by the linear conditions.
    order_by : a rational function of the charges; models are listed by its value, by size otherwise.

    Raises
    ------
    ArgumentError, ArgumentTypeError, UnknownNameError
        For arguments that are not of this form.

    Examples
    --------
    >>> from sympy import Ne, symbols
    >>> from anomalies.literature import scenario
    >>> q, t = symbols("q t")
    >>> content = scenario(dark=["chi"]).content
    >>> print(scan("one dark", content, fractions_up_to(4, 4), ["chi_L = 1"], {"b to s": Ne(q, t)}))
    one dark
      q, t, mu_L, tau_L, mu_R, tau_R, chi_L, chi_R in p/q with p = -4..4, q = 1..4 (23 values)
      chi_L = 1
      b to s: q != t
      all charges are among the allowed values, also those that the conditions determine
    """
    if not isinstance(name, str) or not name:
        raise ArgumentTypeError(must_be("name", "a name", name))
    as_content(content)
    solved = tuple(dict.fromkeys(_symbol(content, entry, "free") for entry in _listed(free, "free")))
    result = Scan(
        name,
        content,
        _allowed(content, allowed, solved),
        tuple(
            equation for entry in _listed(equalities, "equalities") for equation in _equality(content, entry)
        ),
        _restrictions(content, restrictions, "restrictions"),
        _restrictions(content, properties, "properties"),
        _listed(equivalences, "equivalences"),
        solved,
        None if order_by is None else sympify(order_by),
        title,
        source,
        tuple(_listed(notes, "notes")),
    )
    if len(result.properties) > _MOST_PROPERTIES:
        raise ArgumentError(must_be("properties", f"at most {_MOST_PROPERTIES}", len(result.properties)))
    for equivalence in result.equivalences:
        if not isinstance(equivalence, Equivalence):
            raise ArgumentTypeError(
                must_be("equivalences", "made of equivalences such as SCALE", equivalence)
            )
        require_symmetry(content, equivalence)
    if result.order_by is not None:
        rational_function(result.order_by, content.charge_symbols, "order_by")
    return result


def _listed(entries: Any, argument: str) -> tuple[Any, ...]:
    if isinstance(entries, str) or not isinstance(entries, Iterable):
        raise ArgumentTypeError(must_be(argument, "a list", entries))
    return tuple(entries)


def _symbol(content: FieldContent, name: Symbol | str, argument: str) -> Symbol:
    """One charge, by its symbol or by a name."""
    if isinstance(name, Symbol):
        require_charges((name,), content.charge_symbols, argument)
        return name
    found = find_charges(content, name, argument)
    if len(found) != 1:
        raise ArgumentError(must_be(argument, "about single charges, such as 'q1'", name))
    return found[0]


def _allowed(
    content: FieldContent, allowed: AllowedLike, free: Sequence[Symbol]
) -> tuple[tuple[Symbol, tuple[Fraction, ...]], ...]:
    """The values of every charge that is restricted, in the order of the content."""
    if isinstance(allowed, Mapping):
        found: dict[Symbol, tuple[Fraction, ...]] = {}
        for name, values in allowed.items():
            named = (name,) if isinstance(name, Symbol) else find_charges(content, name, "allowed")
            require_charges(named, content.charge_symbols, "allowed")
            found |= dict.fromkeys(named, _values(values, f"allowed[{name}]"))
        return tuple((symbol, found[symbol]) for symbol in content.charge_symbols if symbol in found)
    values = _values(allowed, "allowed")
    # A charge that enters no condition would only repeat every solution once for each of its values.
    entering = {symbol for value in anomaly_conditions(content).values() for symbol in value.free_symbols}
    chosen = free or [symbol for symbol in content.charge_symbols if symbol in entering]
    return tuple((symbol, values) for symbol in chosen)


def _values(values: Any, argument: str) -> tuple[Fraction, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ArgumentTypeError(must_be(argument, "a set of rational numbers", values))
    found = tuple(sorted({as_rational(value, argument) for value in values}))
    if not found:
        raise ArgumentError(must_be(argument, "a set with at least one number", "an empty one"))
    return found


def _equality(content: FieldContent, entry: str | Eq) -> list[Eq]:
    if isinstance(entry, str):
        return [
            Eq(sum(to_sympy(c) * symbol for symbol, c in equation.coefficients), to_sympy(equation.constant))
            for equation in parse_equality(content, entry)
        ]
    equality_text(content, entry)
    return [entry]


def _restrictions(
    content: FieldContent, conditions: Mapping[str, Boolean] | None, argument: str
) -> tuple[Restriction, ...]:
    if not isinstance(conditions or {}, Mapping):
        raise ArgumentTypeError(must_be(argument, "a mapping from words to conditions", conditions))
    found = tuple(Restriction(words, condition) for words, condition in (conditions or {}).items())
    for restriction in found:
        require_charges(restriction.symbols, content.charge_symbols, argument)
    return found
