r"""Majorana masses of dark states: which entries of the mass matrix scalars fill, and its generic rank.

The term (nu_R^c-bar)_i nu_R^j has charge n_i + n_j.  It is allowed as it stands, with a mass M, if that is
zero; with one insertion of a scalar chi of charge c if n_i + n_j = -c; and with its conjugate chi^* if
n_i + n_j = c.  Every allowed entry has a coupling of its own, so the mass matrix is a symmetric matrix with
independent entries where it is not zero.

Key results
-----------
majorana_texture : charges and scalars -> `MajoranaTexture`, which entry is filled by what
generic_rank : the rank for almost all values of the entries, exactly and without choosing any

References
----------
ADN, arXiv:1909.02021: (A.2), (A.5), (A.6).
D. König, Math. Ann. 77 (1916) 453: largest matchings and smallest covers of a bipartite graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import RationalLike, as_rational, as_rationals

__all__ = [
    "Insertion",
    "MajoranaTexture",
    "Pattern",
    "as_pattern",
    "generic_rank",
    "majorana_texture",
    "obstruction",
]

# Which entries of a square matrix may differ from zero.
Pattern: TypeAlias = tuple[tuple[bool, ...], ...]

_BARE = "M"


@dataclass(frozen=True, slots=True, repr=False)
class Insertion(Printable):
    """What fills an entry of the mass matrix: a scalar, its conjugate, or a mass "M" without any scalar."""

    name: str
    conjugate: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether the mass term needs no scalar."""
        return self.name == _BARE

    def _sympystr(self, printer: Any) -> str:
        return self.name + ("^*" if self.conjugate else "")

    def _latex(self, printer: Any) -> str:
        from sympy import Symbol

        return str(printer._print(Symbol(self.name))) + ("^{*}" if self.conjugate else "")


@dataclass(frozen=True, slots=True, repr=False)
class MajoranaTexture(Printable):
    """The Majorana mass matrix of dark states as far as charges determine it; see `majorana_texture`.

    Attributes
    ----------
    charges : the dark charges, in the order of rows and columns.
    scalars : pairs (name, charge); no charge is zero, and no two agree up to sign.
    """

    charges: tuple[Fraction, ...]
    scalars: tuple[tuple[str, Fraction], ...]

    @property
    def entries(self) -> tuple[tuple[Insertion | None, ...], ...]:
        """What fills each entry, None for a zero; at most one scalar can, since their |charges| differ."""
        found: dict[Fraction, Insertion] = {Fraction(0): Insertion(_BARE)}
        for name, charge in self.scalars:
            found[charge] = Insertion(name, conjugate=True)
            found[-charge] = Insertion(name)
        return tuple(tuple(found.get(x + y) for y in self.charges) for x in self.charges)

    @property
    def pattern(self) -> Pattern:
        """Which entries are filled."""
        return tuple(tuple(entry is not None for entry in row) for row in self.entries)

    @property
    def rank(self) -> int:
        """The number of massive dark states, for almost all values of the couplings; see `generic_rank`."""
        return generic_rank(self.pattern)

    @property
    def residual_order(self) -> int:
        """The order of the group Z_N that is left acting on the dark states; 0 if U(1)_X is unbroken.

        With vacuum expectation values for all scalars, the unbroken elements are the powers of
        exp(2 pi i T_X / g), where g is the greatest common divisor of the scalar charges.
        """
        unit = self._unit()
        if not unit:
            return 1 if not any(self.charges) else 0
        return lcm(*((charge / unit).denominator for charge in self.charges))

    @property
    def is_protected(self) -> bool:
        """Whether every zero stays zero with any number of insertions of the scalars.

        Products of k scalars and conjugates carry exactly the multiples of the greatest common divisor g of
        the scalar charges, so the question is whether n_i + n_j is a multiple of g where the entry is zero.
        """
        unit = self._unit()
        zeros = {
            x + y
            for x, row in zip(self.charges, self.entries, strict=True)
            for y, entry in zip(self.charges, row, strict=True)
            if entry is None
        }
        return not unit or all((total / unit).denominator > 1 for total in zeros)

    def matrix(self) -> Any:
        """Return the matrix with an independent symbol m_ij, i <= j, for each entry that is filled.

        >>> majorana_texture(["1/4", "7/20", "21/20"], ["3/5", "21/10"]).matrix().det()
        -m_12**2*m_33
        """
        from sympy import Integer, Matrix, Symbol

        pattern, size = self.pattern, len(self.charges)
        return Matrix(
            size,
            size,
            lambda i, j: Symbol(_entry_name(min(i, j), max(i, j), size)) if pattern[i][j] else Integer(0),
        )

    def as_json(self) -> dict[str, Any]:
        """Return charges, scalars, entries ("" for a zero) and rank, every rational as a string."""
        return {
            "charges": [str(charge) for charge in self.charges],
            "scalars": {name: str(charge) for name, charge in self.scalars},
            "entries": [["" if entry is None else str(entry) for entry in row] for row in self.entries],
            "rank": self.rank,
        }

    def _unit(self) -> Fraction:
        """Return the greatest common divisor of the scalar charges, 0 if there are none."""
        denominator = lcm(*(charge.denominator for _, charge in self.scalars))
        return Fraction(gcd(*(int(charge * denominator) for _, charge in self.scalars)), denominator)

    def _sympystr(self, printer: Any) -> str:
        rows = (
            ", ".join("0" if entry is None else printer._print(entry) for entry in row)
            for row in self.entries
        )
        return "[" + ", ".join(f"[{row}]" for row in rows) + "]"

    def _latex(self, printer: Any) -> str:
        rows = (
            " & ".join("0" if entry is None else printer._print(entry) for entry in row)
            for row in self.entries
        )
        return r"\left(\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}\right)"

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm

        cells = [["0" if entry is None else str(entry) for entry in row] for row in self.entries]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = (
            "  ".join(cell.center(width) for cell, width in zip(row, widths, strict=True)) for row in cells
        )
        return prettyForm("\n".join(f"[{line}]" for line in lines) or "[]")


def _entry_name(i: int, j: int, size: int) -> str:
    # Two digits are read as two indices only while there are fewer than ten.
    return f"m_{i + 1}{j + 1}" if size < 10 else f"m_{i + 1}_{j + 1}"


def majorana_texture(
    charges: Iterable[RationalLike], scalars: Mapping[str, RationalLike] | Iterable[RationalLike] = ()
) -> MajoranaTexture:
    """Return which Majorana mass terms dark states have, with at most one insertion of a scalar each.

    The entry (i, j) is filled by a mass M if n_i + n_j = 0, by chi if n_i + n_j + c = 0, and by chi^* if
    n_i + n_j - c = 0, where c is the charge of chi.

    Parameters
    ----------
    charges : the dark charges n_1 ... n_k, in the order wanted.
    scalars : the charges of the scalars, by name or in a sequence, which names them chi_1, chi_2, ...; not
        zero, and different up to sign.

    Raises
    ------
    ArgumentError
        If a scalar is neutral, two agree up to sign, or a name is "M" or no single word.

    Source: ADN (A.5), (A.6); the examples are these and (A.2).

    Examples
    --------
    >>> texture = majorana_texture(["1/4", "7/20", "21/20"], ["3/5", "21/10"])
    >>> texture, texture.rank
    ([[0, chi_1^*, 0], [chi_1^*, 0, 0], [0, 0, chi_2^*]], 3)
    >>> benchmark = majorana_texture(["59/100", 1, 0], {"Phi": 1})
    >>> benchmark, benchmark.rank
    ([[0, 0, 0], [0, 0, Phi^*], [0, Phi^*, M]], 2)
    """
    return MajoranaTexture(as_rationals(charges, "charges"), as_scalars(scalars, "scalars"))


def as_scalars(scalars: object, argument: str) -> tuple[tuple[str, Fraction], ...]:
    """Return scalars as pairs (name, charge), or refuse them under the name `argument`."""
    if isinstance(scalars, Mapping):
        pairs = [(name, as_rational(charge, f"{argument}[{name!r}]")) for name, charge in scalars.items()]
    else:
        pairs = [(f"chi_{index}", c) for index, c in enumerate(as_rationals(scalars, argument), 1)]
    for name, charge in pairs:
        if not isinstance(name, str):
            raise ArgumentTypeError(must_be(argument, "keyed by strings", name))
        if not name.isidentifier() or name == _BARE:
            raise ArgumentError(
                must_be(argument, f"keyed by names such as 'Phi', other than '{_BARE}'", name)
            )
        if charge == 0:
            raise ArgumentError(
                f"Argument '{argument}' must be charges different from zero, and {name} has 0."
            )
    if len({abs(charge) for _, charge in pairs}) < len(pairs):
        shown = ", ".join(str(charge) for _, charge in pairs)
        raise ArgumentError(f"Argument '{argument}' must be charges that differ up to sign, not {shown}.")
    return tuple(pairs)


# ---------------------------------------------------------------- generic rank


def generic_rank(pattern: Sequence[Sequence[bool]]) -> int:
    r"""Return the rank of a symmetric matrix for almost all values of its non-zero entries.

    That is its rank over the field of rational functions in one symbol for each pair i <= j, and equals the
    size of the largest matching of rows to columns through non-zero entries.

    Proof.  The matching number t bounds every rank.  Conversely, a matching of t rows i to columns j is a
    set of t arrows i -> j, at most one out of each index and one into each: disjoint cycles and paths.  A
    path with an even number 2m of indices has 2m - 1 arrows, but m exchanges i <-> j along it would have
    2m: a largest matching has no such path.  A path with 2m + 1 indices has 2m arrows, and m exchanges on
    the first 2m indices have as many.  So some largest matching is a permutation of a set S of t indices.
    In the determinant of the principal submatrix on S two permutations have the same monomial only if they
    differ by reversing cycles, which changes no sign: nothing cancels, and it is not zero.

    Parameters
    ----------
    pattern : rows of truth values, square and symmetric.

    Raises
    ------
    ArgumentError
        If the pattern is not square or not symmetric.

    Source: for the matching number of general matrices, D. König, Math. Ann. 77 (1916) 453.

    Examples
    --------
    >>> generic_rank([[False, True, False], [True, False, False], [False, False, True]])
    3
    >>> generic_rank([[True, True, True], [True, False, False], [True, False, False]])
    2
    """
    return sum(column is not None for column in _row_of_column(as_pattern(pattern, "pattern")))


def as_pattern(pattern: object, argument: str) -> Pattern:
    """Return a symmetric pattern as tuples, or refuse it under the name `argument`."""
    if not isinstance(pattern, Sequence) or not all(isinstance(row, Sequence) for row in pattern):
        raise ArgumentTypeError(must_be(argument, "a sequence of rows of truth values", pattern))
    rows = tuple(tuple(bool(entry) for entry in row) for row in pattern)
    if any(len(row) != len(rows) for row in rows) or rows != tuple(zip(*rows, strict=True)):
        raise ArgumentError(must_be(argument, "square and symmetric", pattern))
    return rows


def obstruction(pattern: Pattern, wanted: int) -> tuple[frozenset[int], frozenset[int]] | None:
    """Return why the generic rank of a pattern is below a wanted one, or None if it is not.

    The answer is a set of rows all of whose non-zero entries lie in a set of columns, too few of them: any
    matching leaves more than size - wanted of these rows without a column.  So every pattern with more
    entries and the wanted rank has an entry in one of these rows outside these columns.

    The rows are what alternating paths of a largest matching reach from just enough unmatched rows; the
    columns met on the way are all matched, to rows that are reached (Hall's and König's theorem).

    >>> obstruction(((True, True), (True, False)), 2) is None
    True
    >>> obstruction(((False, True), (True, False)), 2) is None
    True
    >>> obstruction(((True, False), (False, False)), 2)
    (frozenset({1}), frozenset())
    """
    size = len(pattern)
    row_of = _row_of_column(pattern)
    unmatched = sorted(set(range(size)) - {row for row in row_of if row is not None})
    if size - len(unmatched) >= wanted:
        return None
    waiting = unmatched[: size - wanted + 1]
    rows, columns = set(waiting), set[int]()
    while waiting:
        for column in set(_columns(pattern, waiting.pop())) - columns:
            columns.add(column)
            partner = row_of[column]
            # The matching is largest, so no alternating path ends in an unmatched column.
            if partner is not None and partner not in rows:
                rows.add(partner)
                waiting.append(partner)
    return frozenset(rows), frozenset(columns)


def _row_of_column(pattern: Pattern) -> list[int | None]:
    """Return the row that a largest matching gives to each column, or None; by augmenting paths."""
    row_of: list[int | None] = [None] * len(pattern)
    column_of: list[int | None] = [None] * len(pattern)
    for start in range(len(pattern)):
        column, reached_from = _free_column(pattern, start, row_of)
        while column is not None:
            row = reached_from[column]
            row_of[column] = row
            column_of[row], column = column, column_of[row]
    return row_of


def _free_column(
    pattern: Pattern, start: int, row_of: Sequence[int | None]
) -> tuple[int | None, dict[int, int]]:
    """Return an unmatched column on an alternating path, if any, and the row before each column reached."""
    reached_from: dict[int, int] = {}
    waiting = [start]
    while waiting:
        row = waiting.pop()
        for column in _columns(pattern, row):
            if column in reached_from:
                continue
            reached_from[column] = row
            holder = row_of[column]
            if holder is None:
                return column, reached_from
            waiting.append(holder)
    return None, reached_from


def _columns(pattern: Pattern, row: int) -> list[int]:
    return [column for column, filled in enumerate(pattern[row]) if filled]
