r"""Tables of words and formulas, in every form in which the toolkit prints them.

A cell is either plain words (a `str`) or anything that sympy's printers can print.  The table
itself knows no notation: whoever prints it says how a formula is written, and gets sympy's way
if nothing is said.

Key results
-----------
Table : header, rows and caption; prints as LaTeX, Markdown, aligned text and JSON
latex_words, markdown_words : plain words, with everything that LaTeX or Markdown would misread escaped

References
----------
GitHub Flavored Markdown, section 4.10 (tables): a pipe inside a cell must be escaped.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, zip_longest
from typing import Any, TypeAlias

import sympy
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, must_be

__all__ = ["Cell", "Table", "latex_words", "markdown_formula", "markdown_words"]

# Plain words, or anything that sympy can print.
Cell: TypeAlias = Any
_Writer: TypeAlias = Callable[[Any], str]

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_SIGNS = {
    "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "le": "≤", "ge": "≥", "ne": "≠", "approx": "≈",
    "equiv": "≡", "in": "∈", "notin": "∉", "infty": "∞", "to": "→", "Rightarrow": "⇒", "leftrightarrow": "↔",
    "Leftrightarrow": "⇔", "sqrt{}": "√", "sum": "∑", "prod": "∏", "ell": "ℓ", "otimes": "⊗", "oplus": "⊕",
    "subset": "⊂", "propto": "∝", "langle": "⟨", "rangle": "⟩", "prime": "′", "partial": "∂",
    "mathbb{Q}": "ℚ", "mathbb{Z}": "ℤ", "mathbb{R}": "ℝ", "backslash": "\\", "sim": "~", "checkmark": "✓",
}  # fmt: skip
_SPECIAL = {
    **{sign: rf"$\{name}$" for name, sign in (_GREEK | _SIGNS).items()},
    **{character: f"\\{character}" for character in "{}_%&#$"},
    **{character: f"${character}$" for character in "<>|"},
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", (f"$^{{{digit}}}$" for digit in "0123456789-"), strict=True)),
    **dict(zip("₀₁₂₃₄₅₆₇₈₉", (f"$_{{{digit}}}$" for digit in "0123456789"), strict=True)),
    "−": "$-$",
    "^": r"\textasciicircum{}",
    "\N{NO-BREAK SPACE}": "~",
}
# What pdflatex typesets from its standard encoding without any further package.
_PLAIN_SIGNS = frozenset("–—‘’“”…§¶©†‡£ßøØåÅæÆœŒłŁ")
_TEXT_WIDTH = 92  # characters of a line in a terminal, less a margin
_WIDE_CELL = 16  # characters; no column is folded to less
_SIGN = re.compile(r"(?<= )[-+](?= )")
_JOINT = "\N{NO-BREAK SPACE}"
_MARKDOWN_SPECIAL = frozenset(r"\`*_$<>[]|~")


def latex_words(words: str) -> str:
    r"""Return plain words as LaTeX text, with every special character escaped.

    Greek letters and common mathematical signs become formulas; straight double quotes are paired.

    Raises
    ------
    ArgumentError
        If `words` holds a character that LaTeX cannot print without further packages.

    Examples
    --------
    >>> print(latex_words("50% of a_e & ν, \"exactly\""))
    50\% of a\_e \& $\nu$, ``exactly''
    """
    pieces = []
    inside_quotes = False
    for character in " ".join(words.split(" ")).replace("\n", " "):
        if character == '"':
            pieces.append("''" if inside_quotes else "``")
            inside_quotes = not inside_quotes
        elif character in _SPECIAL:
            pieces.append(_SPECIAL[character])
        elif _is_plain(character):
            pieces.append(character)
        else:
            raise ArgumentError(must_be("words", "text in characters that LaTeX can print", character))
    return "".join(pieces)


def _is_plain(character: str) -> bool:
    if character in _PLAIN_SIGNS:
        return True
    base = unicodedata.normalize("NFD", character)
    return base[0].isascii() and base[0].isprintable() and len(base) <= 2


def markdown_words(words: str) -> str:
    r"""Return plain words as Markdown, with every special character escaped.

    >>> print(markdown_words("a_e * b | c"))
    a\_e \* b \| c
    """
    flat = " ".join(words.split())
    escaped = "".join(f"\\{character}" if character in _MARKDOWN_SPECIAL else character for character in flat)
    # At the start of a line these would open a heading or a list.
    return f"\\{escaped}" if escaped[:1] in {"#", "+", "-"} else escaped


def markdown_formula(formula: str) -> str:
    r"""Return a LaTeX formula as an inline Markdown formula that is safe inside a table.

    >>> print(markdown_formula(r"\left|x\right|"))
    $\left\vert x\right\vert $
    """
    return "$" + formula.replace(r"\|", r"\Vert ").replace("|", r"\vert ") + "$"


def _latex_of(value: Any) -> str:
    return str(sympy.latex(value))


def _text_of(value: Any) -> str:
    return str(sympy.sstr(value))


@dataclass(frozen=True, slots=True, repr=False)
class Table(Printable):
    r"""A table of words and formulas.

    Parameters
    ----------
    header : one cell for each column, pairwise different.
    rows : the rows, each of the header's length.
    caption : plain words, or "".

    Raises
    ------
    ArgumentError
        If a row has another length than the header, the header is empty, or two columns share a name.
    ArgumentTypeError
        If `header` or `rows` is not a sequence of cells, or `caption` is not a `str`.

    Examples
    --------
    >>> from sympy import Symbol
    >>> table = Table(("field", "charge"), [("q_L", Symbol("x") / 6), ("e_R", -1)])
    >>> print(table.text())
    field  charge
    -----  ------
    q_L    x/6
    e_R    -1
    >>> table.as_json()[1]
    {'field': 'e_R', 'charge': '-1'}
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        """Turn the sequences into tuples of exact, printable cells and check their lengths."""
        header = _cells(self.header, "header")
        given: object = self.rows
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise ArgumentTypeError(must_be("rows", "a sequence of rows", given))
        rows = tuple(_cells(row, f"rows[{index}]") for index, row in enumerate(given))
        if not isinstance(self.caption, str):
            raise ArgumentTypeError(must_be("caption", "a string", self.caption))
        if not header or len({_text_of(cell) for cell in header}) < len(header):
            raise ArgumentError(must_be("header", "a non-empty sequence of different names", header))
        for index, row in enumerate(rows):
            if len(row) != len(header):
                raise ArgumentError(
                    f"Argument 'rows[{index}]' must have {len(header)} cells, one per column, not {len(row)}."
                )
        object.__setattr__(self, "header", header)
        object.__setattr__(self, "rows", rows)

    def latex(self, formula: _Writer = _latex_of) -> str:
        r"""Return the table as a LaTeX `array`, for use inside a formula.

        >>> print(Table(["n"], [["50%"]]).latex())
        \begin{array}{l}\hline \text{n} \\ \hline \text{50\%} \\ \hline\end{array}
        """
        lines = [
            " & ".join(_in_formula(cell, formula) for cell in row) + r" \\"
            for row in (self.header, *self.rows)
        ]
        body = " ".join(lines[1:])
        return rf"\begin{{array}}{{{self.alignment()}}}\hline {lines[0]} \hline {body} \hline\end{{array}}"

    def markdown(self, formula: _Writer = _latex_of) -> str:
        r"""Return the table as GitHub Flavored Markdown.

        >>> print(Table(["n", "a|b"], [["one", 1]]).markdown())
        | n | a\|b |
        | --- | ---: |
        | one | $1$ |
        """
        marks = {"l": "---", "r": "---:"}
        lines = [[_in_markdown(cell, formula) for cell in row] for row in (self.header, *self.rows)]
        lines.insert(1, [marks[letter] for letter in self.alignment()])
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def text(self, formula: _Writer = _text_of) -> str:
        """Return the table as aligned columns of plain text.

        >>> print(Table(["n", "cube"], [[2, 8], [10, 1000]]).text())
         n  cube
        --  ----
         2     8
        10  1000
        """
        cells = [_plain(row, formula) for row in (self.header, *self.rows)]
        natural = [max(map(len, column)) for column in zip(*cells, strict=True)]
        tokens = [max(map(_longest_token, column)) for column in zip(*cells, strict=True)]
        widths = _narrowed(natural, tokens)
        rules = [["-" * width for width in widths]]
        alignment = self.alignment()
        head, *body = (
            [_justified(line, widths, alignment) for line in _folded(row, widths)] for row in cells
        )
        return "\n".join([*head, *(_justified(rule, widths, alignment) for rule in rules), *chain(*body)])

    def as_json(self, formula: _Writer = _text_of) -> list[dict[str, str]]:
        """Return the rows as dictionaries from column name to printed cell.

        >>> Table(["n", "half"], [[1, Fraction(1, 2)]]).as_json()
        [{'n': '1', 'half': '1/2'}]
        """
        names = _plain(self.header, formula)
        return [dict(zip(names, _plain(row, formula), strict=True)) for row in self.rows]

    def alignment(self) -> str:
        """Return one letter for each column: "r" if all its cells are numbers, else "l".

        >>> Table(["n", "x"], [[1, "one"]]).alignment()
        'rl'
        """
        if not self.rows:
            return "l" * len(self.header)
        columns = zip(*self.rows, strict=True)
        return "".join("r" if all(_is_number(cell) for cell in column) else "l" for column in columns)

    def _latex(self, printer: Any) -> str:
        return self.latex(printer._print)

    def _sympystr(self, printer: Any) -> str:
        return self.text(printer._print)

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm

        return prettyForm(self.text())


def _cells(row: object, argument: str) -> tuple[Cell, ...]:
    """Return a row as a tuple of cells, its fractions as sympy numbers, which every printer knows."""
    if isinstance(row, str) or not isinstance(row, Iterable):
        raise ArgumentTypeError(must_be(argument, "a sequence of cells", row))
    return tuple(sympy.Rational(c.numerator, c.denominator) if isinstance(c, Fraction) else c for c in row)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int) or bool(getattr(cell, "is_Number", False))


def _in_formula(cell: Cell, formula: _Writer) -> str:
    return rf"\text{{{latex_words(cell)}}}" if isinstance(cell, str) else formula(cell)


def _in_markdown(cell: Cell, formula: _Writer) -> str:
    return markdown_words(cell) if isinstance(cell, str) else markdown_formula(formula(cell))


def _plain(row: tuple[Cell, ...], formula: _Writer) -> list[str]:
    """Return every cell on one line: some printers break the lines of a matrix."""
    return [" ".join((cell if isinstance(cell, str) else formula(cell)).split()) for cell in row]


def _narrowed(widths: list[int], least: list[int]) -> list[int]:
    """Return the widths of the columns, wide ones narrowed so that a line fits a terminal if it can."""
    excess = sum(widths) + 2 * (len(widths) - 1) - _TEXT_WIDTH
    slack = [width - max(_WIDE_CELL, token) for width, token in zip(widths, least, strict=True)]
    total = sum(spare for spare in slack if spare > 0)
    if excess <= 0 or not total:
        return widths
    return [
        width - min(spare, -(-excess * spare // total)) if spare > 0 else width
        for width, spare in zip(widths, slack, strict=True)
    ]


def _longest_token(cell: str) -> int:
    return max(map(len, _unbroken(cell).split()), default=0)


def _unbroken(cell: str) -> str:
    """Return a cell in which a sign sticks to the term behind it."""
    return _SIGN.sub(rf"\g<0>{_JOINT}", cell).replace(f"{_JOINT} ", _JOINT)


def _folded(row: list[str], widths: list[int]) -> list[list[str]]:
    """Return the lines of a row whose cells are folded to the widths of their columns."""
    cells = []
    for cell, width in zip(row, widths, strict=True):
        lines = textwrap.wrap(_unbroken(cell), width, break_long_words=False, break_on_hyphens=False)
        cells.append([line.replace(_JOINT, " ") for line in lines] if len(cell) > width else [cell])
    return [list(line) for line in zip_longest(*cells, fillvalue="")]


def _justified(line: list[str], widths: list[int], alignment: str) -> str:
    columns = zip(line, widths, alignment, strict=True)
    cells = (cell.rjust(width) if letter == "r" else cell.ljust(width) for cell, width, letter in columns)
    return "  ".join(cells).rstrip()
