"""The questions about chiral sets as predicates: true or false of a set, and SQL for a catalogue.

A predicate holds twice what it means: a Python function of the charges, which decides, and a condition in SQL
on sorted columns, which a database evaluates on millions of rows.  The condition is equivalent, except where
`exact` is False: then it is only necessary, and what passes it is decided in Python.  No answer depends on
the sign of the whole set.

Key results
-----------
Predicate : a question; combined by &, | and ~
has_pattern, has_triplet, has_divisible, gives_dirac_neutrinos, has_stable_sectors : those of `properties`
has_mass_term, leaves_massless, some_scalar_leaves : those of `masses`
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

from flint import fmpz

from anomalies.diophantine.chiral import masses, properties
from anomalies.errors import ArgumentTypeError, must_be
from anomalies.exact import as_integer, as_rational

__all__ = [
    "Predicate",
    "gives_dirac_neutrinos",
    "has_divisible",
    "has_mass_term",
    "has_pattern",
    "has_stable_sectors",
    "has_triplet",
    "leaves_massless",
    "some_scalar_leaves",
]

Row: TypeAlias = tuple[int, ...]
Columns: TypeAlias = Sequence[str]
# For every choice of m, the charges nu that will do, each with the number of states that must have it.
_Choices: TypeAlias = tuple[tuple[int, tuple[tuple[int, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A question about the charges of a set.

    Attributes
    ----------
    name : the question, as it is printed.
    holds : the answer for sorted charges.
    sql : from expressions for the sorted charges to a condition.
    exact : whether the condition is equivalent; otherwise it is necessary.
    """

    name: str
    holds: Callable[[Row], bool]
    sql: Callable[[Columns], str]
    exact: bool = True

    def __call__(self, charges: properties.ChargesLike) -> bool:
        """Return the answer for a set."""
        return self.holds(properties.as_charges(charges))

    def __and__(self, other: Predicate) -> Predicate:
        """Return the predicate that both hold."""
        _require(other)
        return Predicate(
            f"({self.name} and {other.name})",
            partial(_both, self.holds, other.holds),
            partial(_joined, self.sql, other.sql, "AND"),
            self.exact and other.exact,
        )

    def __or__(self, other: Predicate) -> Predicate:
        """Return the predicate that one of them holds at least."""
        _require(other)
        return Predicate(
            f"({self.name} or {other.name})",
            partial(_either, self.holds, other.holds),
            partial(_joined, self.sql, other.sql, "OR"),
            self.exact and other.exact,
        )

    def __invert__(self) -> Predicate:
        """Return the opposite."""
        # What is necessary for a predicate says nothing about its opposite.
        condition = partial(_negated, self.sql) if self.exact else _anything
        return Predicate(f"not {self.name}", partial(_not, self.holds), condition, self.exact)

    def __str__(self) -> str:
        """Return the question."""
        return self.name


def _require(other: object) -> None:
    if not isinstance(other, Predicate):
        raise ArgumentTypeError(must_be("predicate", "a Predicate", other))


def _both(left: Callable[[Row], bool], right: Callable[[Row], bool], row: Row) -> bool:
    return left(row) and right(row)


def _either(left: Callable[[Row], bool], right: Callable[[Row], bool], row: Row) -> bool:
    return left(row) or right(row)


def _not(inner: Callable[[Row], bool], row: Row) -> bool:
    return not inner(row)


def _joined(left: Callable[[Columns], str], right: Callable[[Columns], str], word: str, z: Columns) -> str:
    return f"({left(z)} {word} {right(z)})"


def _negated(inner: Callable[[Columns], str], z: Columns) -> str:
    return f"(NOT {inner(z)})"


def _anything(z: Columns) -> str:
    return "TRUE"


def _any(conditions: Iterable[str]) -> str:
    return f"({' OR '.join(conditions) or 'FALSE'})"


def _all(conditions: Iterable[str]) -> str:
    return f"({' AND '.join(conditions) or 'TRUE'})"


def _number(conditions: Iterable[str]) -> str:
    """The number of conditions that hold."""
    return f"({' + '.join(f'({condition})::INTEGER' for condition in conditions) or '0'})"


# ---------------------------------------------------------------- repeated charges


def has_pattern(pattern: Iterable[int]) -> Predicate:
    """Return whether the multiplicity pattern is the given one, such as (3, 2, 1); its order is no matter.

    >>> has_pattern((3, 2, 1))([5, -4, -4, 1, 1, 1])
    True
    """
    if isinstance(pattern, str | bytes) or not isinstance(pattern, Iterable):
        raise ArgumentTypeError(must_be("pattern", "a sequence of integers", pattern))
    wanted = tuple(sorted((as_integer(m, "pattern", 1) for m in pattern), reverse=True))
    shown = ", ".join(map(str, wanted))
    return Predicate(f"pattern({shown})", partial(_is_pattern, wanted), partial(_pattern_sql, wanted))


def _is_pattern(pattern: Row, row: Row) -> bool:
    return properties.multiplicity_pattern(row) == pattern


def _pattern_sql(pattern: Row, z: Columns) -> str:
    """The numbers of runs of every length determine how often charges repeat: their second differences."""
    if sum(pattern) != len(z):
        return "FALSE"
    return _all(
        f"{_number(f'{z[i]} = {z[i + r - 1]}' for i in range(len(z) - r + 1))}"
        f" = {sum(max(0, m - r + 1) for m in pattern)}"
        for r in range(2, len(z) + 1)
    )


def has_triplet(m: int | None = None) -> Predicate:
    """Return whether three charges, at least, are equal and not zero (or all m, or all -m): an active U(1).

    >>> has_triplet()([5, -4, -4, 1, 1, 1]), has_triplet(4)([5, -4, -4, 1, 1, 1])
    (True, False)
    """
    value = None if m is None else properties.as_scalar(m, "m")
    shown = "" if value is None else str(value)
    return Predicate(f"triplet({shown})", partial(_is_triplet, value), partial(_triplet_sql, value))


def _is_triplet(value: int | None, row: Row) -> bool:
    return any(
        number >= 3 and charge != 0 and value in (None, abs(charge))
        for charge, number in properties.multiplicities(row)
    )


def _triplet_sql(value: int | None, z: Columns) -> str:
    wanted = "<> 0" if value is None else f"IN ({value}, {-value})"
    return _any(f"({z[i]} = {z[i + 2]} AND {z[i]} {wanted})" for i in range(len(z) - 2))


def has_divisible(divisor: int, least: int = 1) -> Predicate:
    """Return whether `divisor` divides at least so many charges.

    >>> has_divisible(2, 2)([5, -4, -4, 1, 1, 1]), has_divisible(2, 3)([5, -4, -4, 1, 1, 1])
    (True, False)
    """
    number, wanted = as_integer(divisor, "divisor", 1), as_integer(least, "least", 0)
    return Predicate(
        f"divisible({number}, {wanted})",
        partial(_is_divisible, number, wanted),
        partial(_divisible_sql, number, wanted),
    )


def _is_divisible(divisor: int, least: int, row: Row) -> bool:
    return len(properties.divisible_charges(row, divisor)) >= least


def _divisible_sql(divisor: int, least: int, z: Columns) -> str:
    return f"({_number(f'{column} % {divisor} = 0' for column in z)} >= {least})"


# ---------------------------------------------------------------- masses


def has_mass_term(s: int) -> Predicate:
    """Return whether a scalar of charge s fills an entry: z_i + z_j = +-s or 2 z_i = +-s.

    >>> has_mass_term(3)([5, -4, -4, 1, 1, 1]), has_mass_term(4)([5, -4, -4, 1, 1, 1])
    (True, False)
    """
    scalar = properties.as_scalar(s)
    return Predicate(f"mass_term({scalar})", partial(_has_term, scalar), partial(_term_sql, scalar))


def _has_term(s: int, row: Row) -> bool:
    return s in masses.scalar_charges(row)


def _term_sql(s: int, z: Columns) -> str:
    return _any(f"abs({z[i]} + {z[j]}) = {s}" for i in range(len(z)) for j in range(i, len(z)))


def leaves_massless(s: int, most: int = 0) -> Predicate:
    """Return whether one scalar of charge s leaves at most so many states massless.

    The condition in SQL is only necessary: no more states than that are without any partner.

    >>> leaves_massless(3, 2)([5, -4, -4, 1, 1, 1]), leaves_massless(3, 1)([5, -4, -4, 1, 1, 1])
    (True, False)
    """
    scalar, left = properties.as_scalar(s), as_integer(most, "most", 0)
    return Predicate(
        f"massless({scalar}, {left})",
        partial(_leaves, scalar, left),
        partial(_leaves_sql, scalar, left),
        exact=False,
    )


def _leaves(s: int, most: int, row: Row) -> bool:
    return masses.massless_states(row, s) <= most


def _leaves_sql(s: int, most: int, z: Columns) -> str:
    alone = (_all([f"{v} <> 0", *(f"abs({v} + {w}) <> {s}" for w in z)]) for v in z)
    return f"({_number(alone)} <= {most})"


def some_scalar_leaves(most: int = 0) -> Predicate:
    """Return whether some scalar leaves at most so many states massless.

    The condition in SQL is only necessary: no more states than that are without any partner.

    >>> some_scalar_leaves(2)([5, -4, -4, 1, 1, 1]), some_scalar_leaves(1)([5, -4, -4, 1, 1, 1])
    (True, False)
    """
    left = as_integer(most, "most", 0)
    return Predicate(
        f"some_scalar({left})", partial(_some_leaves, left), partial(_some_leaves_sql, left), exact=False
    )


def _some_leaves(most: int, row: Row) -> bool:
    return bool(masses.useful_scalars(row, most))


def _some_leaves_sql(most: int, z: Columns) -> str:
    """One scalar is in the lists of almost all charged states, each that of the scalars with which it pairs.

    Neutral states need none.  Lists are faster here than a condition for each scalar that is possible.
    """
    lists = (
        f"CASE WHEN {v} = 0 THEN [] ELSE list_distinct([{', '.join(f'abs({v} + {w})' for w in z)}]) END"
        for v in z
    )
    numbers = f"map_values(list_aggregate(flatten([{', '.join(lists)}]), 'histogram'))"
    return f"(coalesce(list_max({numbers}), 0) + {_number(f'{v} = 0' for v in z)} >= {len(z) - most})"


def gives_dirac_neutrinos(s: Any, m: int = 0, *, largest_delta: int = 4, copies: int = 2) -> Predicate:
    """Return whether nu + m + delta s = 0 with delta = 1 to 4 for a charge nu that occurs often enough.

    Either sign of s is accepted: S^* is at hand with S.  With m not 0, it is asked of sets that have m three
    times among their charges, or -m with all signs reversed; nu may be m itself only if it occurs `copies`
    times more.

    Parameters
    ----------
    s : the rational charge of the scalar, not 0.
    m, largest_delta, copies : as for `dirac_operators`; nu must occur `copies` times.

    Examples
    --------
    >>> gives_dirac_neutrinos(3, 1)([5, -4, -4, 1, 1, 1]), gives_dirac_neutrinos(3)([5, -4, -4, 1, 1, 1])
    (True, False)
    """
    scalar, shift = as_rational(s, "s"), as_integer(m, "m")
    most, least = as_integer(largest_delta, "largest_delta", 1), as_integer(copies, "copies", 1)
    if scalar == 0:
        properties.as_scalar(0)
    choices = tuple(
        (sign, tuple(_neutrinos(scalar, sign, most, least))) for sign in sorted({shift, -shift}, reverse=True)
    )
    return Predicate(
        f"dirac({scalar}, {shift}, {most}, {least})",
        partial(_has_neutrino, choices),
        partial(_neutrino_sql, choices),
    )


def _neutrinos(s: Fraction, m: int, largest_delta: int, copies: int) -> Iterator[tuple[int, int]]:
    """The integers nu with nu + m = +-delta s, and how often they have to occur."""
    for delta in range(1, largest_delta + 1):
        for nu in (-m - delta * s, -m + delta * s):
            if nu.denominator == 1:
                yield int(nu), copies + (3 if nu == m != 0 else 0)


def _has_neutrino(choices: _Choices, row: Row) -> bool:
    return any(
        (m == 0 or row.count(m) >= 3) and any(row.count(nu) >= number for nu, number in neutrinos)
        for m, neutrinos in choices
    )


def _neutrino_sql(choices: _Choices, z: Columns) -> str:
    return _any(
        _all(
            [
                _any(_run_sql(nu, number, z) for nu, number in neutrinos),
                *([_run_sql(m, 3, z)] if m else []),
            ]
        )
        for m, neutrinos in choices
    )


def _run_sql(charge: int, number: int, z: Columns) -> str:
    """That a charge occurs at least so often: columns are sorted."""
    return _any(f"({z[i]} = {charge} AND {z[i + number - 1]} = {charge})" for i in range(len(z) - number + 1))


# ---------------------------------------------------------------- residual symmetry


def has_stable_sectors(s: int, least: int = 2) -> Predicate:
    """Return whether a scalar of charge s leaves at least so many stable sectors; see `stable_sectors`.

    The condition in SQL is only necessary.

    >>> has_stable_sectors(6)([2, 2, 3, 12]), has_stable_sectors(6)([1, 2, 3])
    (True, False)
    """
    scalar, wanted = properties.as_scalar(s), as_integer(least, "least", 0)
    return Predicate(
        f"stable_sectors({scalar}, {wanted})",
        partial(_has_sectors, scalar, wanted),
        partial(_sectors_sql, scalar, wanted),
        exact=False,
    )


def _has_sectors(s: int, least: int, row: Row) -> bool:
    return len(properties.stable_sectors(row, s)) >= least


def _sectors_sql(s: int, least: int, z: Columns) -> str:
    """With two sectors or more, s is a product of coprime numbers one of which divides each charge."""
    if least < 2:
        return "TRUE"
    factors = [int(prime) ** exponent for prime, exponent in fmpz(s).factor()]
    if len(factors) < least:
        return "FALSE"
    return _any(
        _all(f"({column} % {left} = 0 OR {column} % {s // left} = 0)" for column in z)
        for left in _coprime_divisors(factors, s)
    )


def _coprime_divisors(factors: Sequence[int], s: int) -> Iterator[int]:
    """The proper divisors of s that are products of some primary factors, one of each pair of complements."""
    for chosen in range(1, 1 << (len(factors) - 1)):
        product = 1
        for place, factor in enumerate(factors):
            product *= factor if chosen >> place & 1 else 1
        yield product
