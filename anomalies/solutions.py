"""Results that carry their guarantee.

Charges climb in what is known of them: `Charges` are exact and complete, a `LinearSolution` satisfies the
linear anomaly conditions, a `Solution` satisfies all of them; the constructors check.

What a search found means little without what it searched.  A `SearchResult` therefore states the
domain and the bounds of the search, whether it is exhaustive there, and, when it is not, what
stopped it.  The solutions themselves are found again each time somebody asks for them, one by one,
so that a result is small however many solutions there are.

Key results
-----------
Charges, LinearSolution, Solution : charges of a field content, with what is proved about them
parse_charges : "q=1, l1=-9" as charges of a content
find_charges, charge_names : the charges that a name stands for
SearchDomain : the named bounds of a search, in order
SearchResult : a domain, a guarantee, and the solutions, lazily
SolutionFamily : what an infinite family of solutions can be asked
as_exact_json : exact values as JSON, every rational a string such as "3/5"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from sympy import Symbol
from sympy.printing.defaults import Printable

from anomalies.conditions import AnomalyConditions, Triangle, anomaly_conditions
from anomalies.errors import ArgumentError, ArgumentTypeError, NotASolutionError, UnknownNameError, must_be
from anomalies.exact import RationalLike, as_integer, as_rational, to_sympy
from anomalies.fields import FieldContent
from anomalies.tables import Table

__all__ = [
    "Charges",
    "DomainValue",
    "LinearSolution",
    "SearchDomain",
    "SearchResult",
    "Solution",
    "SolutionFamily",
    "as_exact_json",
    "charge_names",
    "find_charges",
    "parse_charges",
]

T = TypeVar("T")

DomainValue: TypeAlias = int | Fraction | str | tuple[Fraction, ...]


def as_exact_json(value: object) -> Any:
    """Return an exact value in terms of what `json` can write, without any float.

    A `Fraction` becomes a string, an `int` and a `str` stay, a tuple or list becomes a list, and an
    object with a method `as_json` answers for itself.

    Raises
    ------
    ArgumentTypeError
        If `value` is of any other type, a float in particular.

    Examples
    --------
    >>> as_exact_json((Fraction(3, 5), 2, "limit"))
    ['3/5', 2, 'limit']
    """
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, int | str):
        return value
    if isinstance(value, tuple | list):
        return [as_exact_json(entry) for entry in value]
    own = getattr(value, "as_json", None)
    if own is None:
        raise ArgumentTypeError(must_be("value", "exact, or an object with a method as_json()", value))
    return own()


@dataclass(frozen=True, slots=True)
class SearchDomain(Mapping[str, DomainValue]):
    """The named bounds of a search: an immutable, hashable mapping that keeps its order.

    Two searches with equal domains have the same solutions in the same order, so a domain names
    the search and holds everything that its outcome depends on.

    Parameters
    ----------
    entries : pairs (name, exact value), each name once.

    Raises
    ------
    ArgumentError
        If a name occurs twice.

    Examples
    --------
    >>> domain = SearchDomain((("search", "an example"), ("radius", Fraction(1, 10))))
    >>> print(domain)
    search = an example, radius = 1/10
    >>> domain["radius"], domain.as_json()
    (Fraction(1, 10), {'search': 'an example', 'radius': '1/10'})
    """

    entries: tuple[tuple[str, DomainValue], ...]

    def __post_init__(self) -> None:
        """Check that names are not repeated."""
        if len(set(self)) != len(self.entries):
            raise ArgumentError(must_be("entries", "pairs with different names", self.entries))

    def __getitem__(self, name: str) -> DomainValue:
        """Return the value of a name."""
        for known, value in self.entries:
            if known == name:
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, in order."""
        return (name for name, _ in self.entries)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self.entries)

    def __str__(self) -> str:
        """Return the pairs as "name = value"."""
        return ", ".join(f"{name} = {_shown(value)}" for name, value in self.entries)

    def as_json(self) -> dict[str, Any]:
        """Return the domain as a dictionary, every rational as a string."""
        return {name: as_exact_json(value) for name, value in self.entries}


def _shown(value: DomainValue) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(str, value))})"
    return str(value)


@dataclass(frozen=True, slots=True, repr=False)
class SearchResult(Printable, Generic[T]):
    """What a search found, and what is promised about it.

    Iterating runs the search; iterating again runs it again, with the same outcome.  There is no
    `len`, because Python asks for it behind one's back (in `list`, for one) and here it would cost
    a whole search: `count` says what it does.

    Parameters
    ----------
    domain : the search and its bounds.
    exhaustive : whether every solution in the domain is among the solutions.
    stopped_by : what ended a search that is not exhaustive, such as "limit"; "" for one that is.
    source : a function of no arguments that starts the search.  A result can be pickled if this
        can: use `functools.partial` of a function at module level.  It takes no part in comparison.

    Raises
    ------
    ArgumentError
        If `exhaustive` and `stopped_by` contradict each other.

    Examples
    --------
    >>> squares = SearchResult(
    ...     SearchDomain((("search", "squares"), ("bound", 9))),
    ...     exhaustive=True,
    ...     stopped_by="",
    ...     source=partial(iter, (0, 1, 4, 9)),
    ... )
    >>> squares.count(), list(squares)
    (4, [0, 1, 4, 9])
    >>> first = squares.first(2)
    >>> print(first)
    search = squares, bound = 9, limit = 2: not exhaustive, stopped by limit
    >>> first.as_json()["solutions"]
    [0, 1]
    """

    domain: SearchDomain
    exhaustive: bool
    stopped_by: str
    source: Callable[[], Iterable[T]] = field(compare=False)

    def __post_init__(self) -> None:
        """Check that the guarantee is consistent."""
        if self.exhaustive == bool(self.stopped_by):
            expected = '"" for an exhaustive search, and a reason for any other'
            raise ArgumentError(must_be("stopped_by", expected, self.stopped_by))

    def __iter__(self) -> Iterator[T]:
        """Run the search."""
        return iter(self.source())

    def __bool__(self) -> bool:
        """Return whether there is a solution, by looking for the first."""
        return any(True for _ in self)

    def count(self) -> int:
        """Return the number of solutions, by running the search."""
        return sum(1 for _ in self)

    def first(self, limit: int) -> SearchResult[T]:
        """Return the first `limit` solutions, as a result that says whether any were left out.

        This looks for one solution more than `limit`: without one, the result is complete and
        comes back as it is.

        Raises
        ------
        ArgumentError
            If `limit` is not a non-negative integer.
        """
        limit = as_integer(limit, "limit", 0)
        if sum(1 for _ in islice(self, limit + 1)) <= limit:
            return self
        entries = tuple(entry for entry in self.domain.entries if entry[0] != "limit")
        return SearchResult(
            SearchDomain((*entries, ("limit", limit))), False, "limit", partial(_first, self.source, limit)
        )

    def as_json(self) -> dict[str, Any]:
        """Return domain, guarantee, count and solutions, every rational as a string."""
        solutions = [as_exact_json(solution) for solution in self]
        return {
            "domain": self.domain.as_json(),
            "exhaustive": self.exhaustive,
            "stopped_by": self.stopped_by,
            "count": len(solutions),
            "solutions": solutions,
        }

    def _guarantee(self) -> str:
        return "exhaustive" if self.exhaustive else f"not exhaustive, stopped by {self.stopped_by}"

    def _sympystr(self, printer: Any) -> str:
        return f"{self.domain}: {self._guarantee()}"

    def _latex(self, printer: Any) -> str:
        rows = [f"{_text(name)} &= {_latex_value(value, printer)}" for name, value in self.domain.items()]
        rows.append(f"&{_text(f'({self._guarantee()})')}")
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _text(words: str) -> str:
    escaped = words.replace("_", r"\_")
    return rf"\text{{{escaped}}}"


def _latex_value(value: DomainValue, printer: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        entries = ", ".join(_latex_value(entry, printer) for entry in value)
        return rf"\left({entries}\right)"
    return str(printer._print(to_sympy(value)))


def _first(source: Callable[[], Iterable[T]], limit: int) -> Iterator[T]:
    return islice(iter(source()), limit)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Charges(Printable):
    """An exact value for every unknown charge of a field content.

    Parameters
    ----------
    content : the field content; its unknown charges are `content.charge_symbols`.
    values : a mapping from each of these symbols to a rational number.

    Raises
    ------
    UnknownNameError : a symbol that is no charge of the content.
    ArgumentError : a charge is missing.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> content = standard_model(1, 1)
    >>> b_minus_l = Charges(content, parse_charges(content, "q=1/3, u=1/3, d=1/3, l=-1, e=-1, nu=-1"))
    >>> b_minus_l.conditions.is_anomaly_free
    True
    """

    content: FieldContent
    values: tuple[tuple[Symbol, Fraction], ...]

    def __init__(self, content: FieldContent, values: Mapping[Symbol, RationalLike]) -> None:
        """Check that the values are exact and complete."""
        symbols = content.charge_symbols
        for unknown in values.keys() - set(symbols):
            raise UnknownNameError(must_be("values", "keyed by charges of the content", unknown))
        missing = [str(symbol) for symbol in symbols if symbol not in values]
        if missing:
            raise ArgumentError(
                f"Argument 'values' must have every charge, and {', '.join(missing)} is missing."
            )
        object.__setattr__(self, "content", content)
        object.__setattr__(self, "values", tuple((s, as_rational(values[s], str(s))) for s in symbols))
        self._verify()

    def _verify(self) -> None:
        """Refuse charges without the guarantee of the class; plain charges have none."""

    @property
    def conditions(self) -> AnomalyConditions:
        """The values of all anomaly coefficients at these charges."""
        values = {symbol: to_sympy(value) for symbol, value in self.values}
        return anomaly_conditions(self.content).subs(values)

    def _refuse(self, broken: Iterable[tuple[Triangle, Any]]) -> None:
        shown = ", ".join(f"{triangle} = {value}" for triangle, value in broken)
        if shown:
            raise NotASolutionError(f"Argument 'values' must solve the anomaly conditions, and {shown}.")

    def table(self) -> Table:
        """Return the field content with its charges."""
        return self.content.table({symbol: to_sympy(value) for symbol, value in self.values})

    def _sympystr(self, printer: Any) -> str:
        return ", ".join(f"{symbol} = {value}" for symbol, value in self.values)

    def _latex(self, printer: Any) -> str:
        pairs = ((printer._print(symbol), printer._print(to_sympy(value))) for symbol, value in self.values)
        return r",\; ".join(f"{symbol} = {value}" for symbol, value in pairs)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class LinearSolution(Charges):
    """Charges that satisfy every linear anomaly condition; the constructor checks.

    >>> from anomalies import standard_model
    >>> content = standard_model(1, 0)
    >>> LinearSolution(content, parse_charges(content, "q=1"))
    Traceback (most recent call last):
        ...
    anomalies.errors.NotASolutionError: Argument 'values' must solve the anomaly conditions, and \
SU(3)^2 X = 2, SU(2)^2 X = 3, grav^2 X = 6, Y^2 X = 1/6.
    """

    def _verify(self) -> None:
        """Refuse charges that violate a linear condition."""
        linear = anomaly_conditions(self.content).of_degree(1)
        values = self.conditions
        self._refuse((triangle, values[triangle]) for triangle in linear if values[triangle] != 0)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Solution(LinearSolution):
    """Charges that satisfy every anomaly condition, the global ones included; the constructor checks.

    >>> from anomalies import standard_model
    >>> content = standard_model(3, 0)
    >>> mu_minus_tau = Solution(content, parse_charges(content, "l2=1, e2=1, l3=-1, e3=-1"))
    >>> mu_minus_tau.conditions.is_anomaly_free
    True
    """

    def _verify(self) -> None:
        """Refuse charges that violate any condition."""
        values = self.conditions
        self._refuse((triangle, value) for triangle, value in values.items() if value != 0)
        odd = [factor for factor, parity in values.witten if parity]
        if odd:
            raise NotASolutionError(f"Argument 'content' must have no Witten anomaly of {', '.join(odd)}.")


def parse_charges(content: FieldContent, text: str) -> dict[Symbol, Fraction]:
    """Return the charges that a text names, and 0 for those it does not.

    Parameters
    ----------
    content : the field content, with one U(1) of unknown charges.
    text : "q=1, l1=-9, Q_e3=1/2": a family by field and number, a whole field by its name, or the symbol.
        Upper and lower case may be mixed where that is unambiguous, so "Q1=1, L1=-3" works for the
        Standard Model.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> [str(symbol) for symbol, value in parse_charges(standard_model(), "q=1, L1=-9").items() if value]
    ['Q_q1', 'Q_q2', 'Q_q3', 'Q_l1']
    """
    result = dict.fromkeys(content.charge_symbols, Fraction(0))
    seen: set[Symbol] = set()
    for entry in filter(None, (part.strip() for part in text.split(","))):
        name, equals, value = (part.strip() for part in entry.partition("="))
        if not equals:
            raise ArgumentError(must_be("charges", "a list such as 'q=1,l1=-9'", entry))
        for symbol in find_charges(content, name):
            if symbol in seen:
                raise ArgumentError(
                    f"Argument 'charges' must give each charge once, and {symbol} is given twice."
                )
            seen.add(symbol)
            result[symbol] = as_rational(value, f"charges: {name}")
    return result


def charge_names(content: FieldContent) -> dict[str, tuple[Symbol, ...]]:
    """Return every name of an unknown charge with what it stands for.

    Names are a field with its family ("q1"), a field ("q", all its families), and the symbol itself ("Q_q1").

    Raises
    ------
    ArgumentError
        If the content has not exactly one U(1) of unknown charges.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> names = charge_names(standard_model(families=2, right_handed_neutrinos=0))
    >>> names["q1"], names["q"], names["Q_e2"]
    ((Q_q1,), (Q_q1, Q_q2), (Q_e2,))
    """
    if len(content.open_factors) != 1:
        raise ArgumentError(
            must_be("content", "one with exactly one U(1) of unknown charges", content.open_factors)
        )
    factor = content.open_factors[0]
    place = content.place_of(factor)
    names: dict[str, tuple[Symbol, ...]] = {str(symbol): (symbol,) for symbol in content.symbols_of(factor)}
    for species in content.multiplets:
        labelled = zip(species.labels, species.charges[place], strict=True)
        unknown = {label: charge for label, charge in labelled if charge.is_Symbol}
        names |= {label: (charge,) for label, charge in unknown.items()}
        if unknown:
            names[species.name] = tuple(dict.fromkeys(unknown.values()))
    return names


def find_charges(content: FieldContent, name: object, argument: str = "charges") -> tuple[Symbol, ...]:
    """Return the charges that a name stands for: "q1", "q_1", "Q_q1", or "q" for all families.

    Upper and lower case may be mixed where that is unambiguous.

    Raises
    ------
    ArgumentTypeError, UnknownNameError
        If there is no such charge; the message begins with `argument`.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> find_charges(standard_model(), "L_2"), find_charges(standard_model(), "nu")
    ((Q_l2,), (Q_nu1, Q_nu2, Q_nu3))
    """
    if not isinstance(name, str | Symbol):
        raise ArgumentTypeError(must_be(argument, "about charges by their names, such as 'q1'", name))
    names = charge_names(content)
    for spelling in (str(name), str(name).replace("_", "")):
        if spelling in names:
            return names[spelling]
        matches = {symbols for known, symbols in names.items() if known.lower() == spelling.lower()}
        if len(matches) == 1:
            return matches.pop()
    known = ", ".join(name for name in names if not name.startswith("Q_"))
    raise UnknownNameError(must_be(argument, f"about charges among {known}", str(name)))


# ---------------------------------------------------------------- infinite families


class SolutionFamily(Protocol[T]):
    """What an infinite family of solutions can be asked, whatever the equations.

    A family is a map from rational parameters to solutions, together with its inverse.  Its docstring
    names the values of the parameters that it refuses and the solutions that it does not reach.
    """

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters, as sympy symbols."""

    def subs(self, values: Any, /) -> T:
        """Return the solution at rational values of the parameters, verified."""

    def parameters_of(self, solution: T, /) -> tuple[Fraction, ...]:
        """Return the parameters of a solution of the family: `subs` of them gives it back.

        Raises
        ------
        ArgumentError
            If the solution is not in the family.
        """

    def __contains__(self, solution: object, /) -> bool:
        """Return whether a solution is in the family, exactly."""

    def __iter__(self) -> Iterator[T]:
        """Yield every solution of the family once, by height, without end."""
