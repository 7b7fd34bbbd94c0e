"""Results that carry their guarantee.

What a search found means little without what it searched.  A `SearchResult` therefore states the
domain and the bounds of the search, whether it is exhaustive there, and, when it is not, what
stopped it.  The solutions themselves are found again each time somebody asks for them, one by one,
so that a result is small however many solutions there are.

Key results
-----------
SearchDomain : the named bounds of a search, in order
SearchResult : a domain, a guarantee, and the solutions, lazily
as_exact_json : exact values as JSON, every rational a string such as "3/5"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeAlias, TypeVar

from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import as_integer, to_sympy

__all__ = ["DomainValue", "SearchDomain", "SearchResult", "as_exact_json"]

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
