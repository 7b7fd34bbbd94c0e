r"""The whole mass matrix of neutrinos and dark states: which entries operators fill, and its generic rank.

In the basis (nu_L, nu_R^c) it is the symmetric matrix

    ( M_light    M_dirac )      l_i l_j H^c H^c chi...    l-bar_i H nu_j chi...
    ( M_dirac^T  M_dark  )                                nu_i nu_j chi...

Of each operator either itself or its Hermitian conjugate contributes.  Every one has a coupling of its own:
the entries that are not zero are independent, but for the symmetry.

Key results
-----------
neutrino_texture : charges and scalars -> `NeutrinoTexture`: leading operators, pattern and rank
PatternMatrix : a pattern of crosses and zeros, to print
block_rank : the generic rank of a rectangular block
seesaw_pattern : which masses heavy dark states give to light neutrinos

The rank of a symmetric matrix with independent entries is the size of the largest matching of rows to
columns; `anomalies.dark_masses.generic_rank` computes it and proves it.  A rectangular block B has half the
rank of the symmetric matrix ((0, B), (B^T, 0)), which has no other entries than B.

References
----------
ADN, arXiv:1909.02021: (A.1), (A.2), (A.6), (A.9).
P. Minkowski, Phys. Lett. B 67 (1977) 421 (seesaw).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.dark_masses import generic_rank
from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError, must_be
from anomalies.exact import as_integer
from anomalies.phenomenology.neutrinos.operators import BLOCKS, NeutrinoOperator, neutrino_operators
from anomalies.phenomenology.neutrinos.sector import NeutrinoSector

__all__ = ["NeutrinoTexture", "PatternMatrix", "block_rank", "neutrino_texture", "seesaw_pattern"]

_Pattern: TypeAlias = tuple[tuple[bool, ...], ...]

_LEPTONS = 3
_LEAST_DIMENSION = 3
# Where the families of each block begin among rows and columns.
_OFFSETS = {"light": (0, 0), "dirac": (0, _LEPTONS), "dark": (_LEPTONS, _LEPTONS)}


@dataclass(frozen=True, slots=True, repr=False)
class NeutrinoTexture(Printable):
    """The mass matrix of all neutral fermions as far as charges determine it; see `neutrino_texture`.

    It prints what fills each entry: the scalars of its operator of least dimension, M for a mass without any,
    and "+ ..." where several have that dimension.

    Attributes
    ----------
    sector : the charges and scalars.
    max_dimension : the largest dimension of the operators.
    operators : for every entry, the operators of least dimension.
    """

    sector: NeutrinoSector
    max_dimension: int
    operators: tuple[NeutrinoOperator, ...]

    @property
    def size(self) -> int:
        """The number of rows: three, and one for each dark state."""
        return _LEPTONS + len(self.sector.n)

    @property
    def entries(self) -> tuple[tuple[tuple[NeutrinoOperator, ...], ...], ...]:
        """The operators of each entry of the whole matrix, leptons first."""
        found: dict[tuple[int, int], list[NeutrinoOperator]] = {}
        for operator in self.operators:
            row, column = _place(operator)
            for place in {(row, column), (column, row)}:
                found.setdefault(place, []).append(operator)
        return tuple(tuple(tuple(found.get((i, j), ())) for j in range(self.size)) for i in range(self.size))

    @property
    def pattern(self) -> _Pattern:
        """Which entries of the whole matrix are filled."""
        return tuple(tuple(bool(entry) for entry in row) for row in self.entries)

    @property
    def dimensions(self) -> tuple[tuple[int, ...], ...]:
        """The least dimension of an operator for each entry, 0 where there is none."""
        return tuple(tuple(entry[0].dimension if entry else 0 for entry in row) for row in self.entries)

    @property
    def rank(self) -> int:
        """The number of massive Majorana states, for almost all values of the couplings."""
        return generic_rank(self.pattern)

    @property
    def massless(self) -> int:
        """The number of states that stay massless up to this dimension."""
        return self.size - self.rank

    def block(self, name: str) -> _Pattern:
        """Return the pattern of the block "light", "dirac" (leptons in rows) or "dark".

        >>> from anomalies.phenomenology.neutrinos import neutrino_sector
        >>> benchmark = neutrino_sector(["59/100", 1, 0, "87/100"], ["59/100", 1, 0], {"Phi": 1})
        >>> neutrino_texture(benchmark, 4).block("dirac")
        ((True, False, False), (False, True, False), (False, False, True))
        """
        if name not in BLOCKS:
            raise UnknownNameError(must_be("name", f"one of {', '.join(BLOCKS)}", name))
        top, left = _OFFSETS[name]
        rows = slice(top, top + (_LEPTONS if top == 0 else len(self.sector.n)))
        columns = slice(left, left + (_LEPTONS if left == 0 else len(self.sector.n)))
        return tuple(row[columns] for row in self.pattern[rows])

    def up_to(self, dimension: int) -> NeutrinoTexture:
        """Return the texture with the operators up to a smaller dimension only."""
        most = as_integer(dimension, "dimension", _LEAST_DIMENSION)
        if most > self.max_dimension:
            raise ArgumentError(must_be("dimension", f"at most {self.max_dimension}", dimension))
        chosen = tuple(operator for operator in self.operators if operator.dimension <= most)
        return NeutrinoTexture(self.sector, most, chosen)

    def seesaw(self) -> _Pattern:
        """Return which entries M_dirac M_dark^-1 M_dirac^T fills; see `seesaw_pattern`."""
        return seesaw_pattern(self.block("dirac"), self.block("dark"))

    def matrix(self) -> Any:
        """Return the matrix with an independent symbol m_i_j, i <= j, for each entry that is filled."""
        from sympy import Integer, Matrix, Symbol

        pattern = self.pattern
        return Matrix(
            self.size,
            self.size,
            lambda i, j: Symbol(f"m_{min(i, j) + 1}_{max(i, j) + 1}") if pattern[i][j] else Integer(0),
        )

    def as_json(self) -> dict[str, Any]:
        """Return operators, pattern and rank."""
        return {
            "max_dimension": self.max_dimension,
            "operators": [operator.as_json() for operator in self.operators],
            "dimensions": [list(row) for row in self.dimensions],
            "rank": self.rank,
        }

    def _cells(self, printer: Any, more: str) -> list[list[str]]:
        return [[_shown(entry, printer, more) for entry in row] for row in self.entries]

    def _sympystr(self, printer: Any) -> str:
        return _as_text(self._cells(printer, "..."))

    def _latex(self, printer: Any) -> str:
        return _as_latex(self._cells(printer, r"\dots"))

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.str import StrPrinter

        return _as_lines(self._cells(StrPrinter(), "..."))


@dataclass(frozen=True, slots=True, repr=False)
class PatternMatrix(Printable):
    """A pattern that prints as papers write it: a cross for an entry, 0 for a zero, * for either (None).

    >>> PatternMatrix(((True, True), (True, False)))
    [[x, x], [x, 0]]
    """

    rows: tuple[tuple[bool | None, ...], ...]

    def _cells(self, cross: str) -> list[list[str]]:
        return [["*" if entry is None else cross if entry else "0" for entry in row] for row in self.rows]

    def _sympystr(self, printer: Any) -> str:
        return _as_text(self._cells("x"))

    def _latex(self, printer: Any) -> str:
        return _as_latex(self._cells(r"\times"))

    def _pretty(self, printer: Any) -> Any:
        return _as_lines(self._cells("x"))


def _as_text(cells: list[list[str]]) -> str:
    return "[" + ", ".join(f"[{', '.join(row)}]" for row in cells) + "]"


def _as_latex(cells: list[list[str]]) -> str:
    rows = (" & ".join(row) for row in cells)
    return r"\left(\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}\right)"


def _as_lines(cells: list[list[str]]) -> Any:
    from sympy.printing.pretty.stringpict import prettyForm

    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(cell.center(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    return prettyForm("\n".join(f"[{line}]" for line in lines) or "[]")


def _shown(entry: tuple[NeutrinoOperator, ...], printer: Any, more: str) -> str:
    if not entry:
        return "0"
    # The first two factors are the fermions.
    scalars = " ".join(str(printer._print(factor)) for factor in entry[0].factors[2:]) or "M"
    return f"{scalars} + {more}" if len(entry) > 1 else scalars


def _place(operator: NeutrinoOperator) -> tuple[int, int]:
    """The row and the column of an operator in the whole matrix."""
    top, left = _OFFSETS[operator.block]
    return operator.families[0] - 1 + top, operator.families[1] - 1 + left


def neutrino_texture(sector: NeutrinoSector, max_dimension: int = 6) -> NeutrinoTexture:
    """Return the mass matrix of neutrinos and dark states from all operators up to a dimension.

    Parameters
    ----------
    sector : charges and scalars, all of which get a vacuum expectation value.
    max_dimension : from 3 to 20.

    Raises
    ------
    ArgumentTypeError, ArgumentError
        As `neutrino_operators`.

    Source: ADN (A.1), (A.2), whose three dark states and three neutrinos are all massive at dimension four.

    Examples
    --------
    >>> from anomalies.phenomenology.neutrinos import neutrino_sector
    >>> benchmark = neutrino_sector(["59/100", 1, 0, "87/100"], ["59/100", 1, 0], {"Phi": 1})
    >>> texture = neutrino_texture(benchmark, 4)
    >>> texture.entries[5]
    ((), (), (lbar_L^3 nu_R^3 H,), (), (nu_R^2 nu_R^3 Phi^*,), (nu_R^3 nu_R^3,))
    >>> [texture.up_to(dimension).rank for dimension in (3, 4)]
    [1, 6]
    """
    operators = neutrino_operators(sector, max_dimension)
    least: dict[tuple[int, int], int] = {}
    for operator in operators:  # by dimension
        least.setdefault(_place(operator), operator.dimension)
    leading = tuple(operator for operator in operators if operator.dimension == least[_place(operator)])
    return NeutrinoTexture(sector, as_integer(max_dimension, "max_dimension"), leading)


def block_rank(pattern: Sequence[Sequence[bool]]) -> int:
    """Return the rank of a rectangular matrix for almost all values of its non-zero entries.

    Parameters
    ----------
    pattern : rows of truth values, all of one length.

    Raises
    ------
    ArgumentTypeError, ArgumentError
        If the pattern is no sequence of rows of one length.

    Source: D. König, Math. Ann. 77 (1916) 453.

    >>> block_rank([[True, False, True], [True, False, False]])
    2
    """
    rows = _as_rows(pattern, "pattern")
    height, width = len(rows), len(rows[0]) if rows else 0
    upper = [(False,) * height + row for row in rows]
    lower = [tuple(row[column] for row in rows) + (False,) * width for column in range(width)]
    return generic_rank([*upper, *lower]) // 2


def seesaw_pattern(dirac: Sequence[Sequence[bool]], dark: Sequence[Sequence[bool]]) -> _Pattern:
    r"""Return which entries of D M^-1 D^T differ from zero for almost all D and symmetric M.

    The entry (i, j) is, up to sign, the determinant of the bordered matrix ((M, D_j^T), (D_i, 0)) divided by
    det M.  It differs from zero exactly when the bordered pattern has a perfect matching.

    Proof.  A permutation that contributes is a path of entries of M between an entry of D_i and one of D_j,
    and cycles.  Read as a graph on the indices of M, its monomial is this path and these cycles without their
    directions.  Every index has degree two, so the graph falls into them in one way only, and monomials that
    agree come from permutations that differ by reversing cycles.  (For i = j, by reversing the path, too, if
    the matrix is read as a symmetric one.)  That changes no sign: nothing cancels.

    Parameters
    ----------
    dirac : the pattern of D, one row for each lepton and one column for each dark state.
    dark : the pattern of M, symmetric and of full generic rank.

    Raises
    ------
    ArgumentError
        If the sizes do not fit, `dark` is not symmetric, or some dark state stays massless.

    Examples
    --------
    >>> paired = [[False, True], [True, False]]
    >>> seesaw_pattern([[True, False], [False, True]], paired)
    ((False, True), (True, False))
    >>> seesaw_pattern([[True, False], [True, False]], paired)
    ((False, False), (False, False))
    """
    rows, heavy = _as_rows(dirac, "dirac"), _as_rows(dark, "dark")
    if generic_rank(heavy) < len(heavy):
        raise ArgumentError(must_be("dark", "of full generic rank, so that all dark states are heavy", dark))
    if any(len(row) != len(heavy) for row in rows):
        raise ArgumentError(must_be("dirac", f"in rows of length {len(heavy)}", dirac))

    def filled(left: tuple[bool, ...], right: tuple[bool, ...]) -> bool:
        bordered = [(*row, end) for row, end in zip(heavy, right, strict=True)]
        return block_rank([*bordered, (*left, False)]) == len(heavy) + 1

    return tuple(tuple(filled(left, right) for right in rows) for left in rows)


def _as_rows(pattern: object, argument: str) -> _Pattern:
    """Return a pattern as tuples, or refuse it under the name `argument`."""
    if not isinstance(pattern, Sequence) or not all(isinstance(row, Sequence) for row in pattern):
        raise ArgumentTypeError(must_be(argument, "a sequence of rows of truth values", pattern))
    rows = tuple(tuple(bool(entry) for entry in row) for row in pattern)
    if any(len(row) != len(rows[0]) for row in rows):
        raise ArgumentError(must_be(argument, "a sequence of rows of one length", pattern))
    return rows
