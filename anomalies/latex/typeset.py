r"""Formulas and tables as displays of a LaTeX document that stay within its margins.

A formula is broken into rows; a table gets smaller type, then its wide cells are
folded.  What is
still too wide, such as a large matrix, is scaled down as a picture: nothing runs off the page.

Key results
-----------
display : a formula with the number of the equation in the source
display_table : a table, over several pages if it is long
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anomalies.latex.boxes import width_of
from anomalies.latex.glyphs import width_of_words
from anomalies.latex.layout import LINE_WIDTH, aligned, lay_out
from anomalies.latex.printer import latex
from anomalies.tables import Table, latex_words

__all__ = ["display", "display_table", "tag_command"]

_SIZES = ((r"\normalsize", 1000), (r"\small", 925), (r"\footnotesize", 855), (r"\scriptsize", 780))
_SIZE_OF_FOLDED = _SIZES[1]
_COLUMN_GAP = 1_200  # between two columns, in thousandths of an em
_WIDE_CELL = 9_000  # a column that is wider may be folded
_LEAST_CELL = 6_000  # but not to less than this
_MOST_ROWS_TOGETHER = 12  # a longer table may go on over pages
_ROWS_OF_A_PART = 30  # rows that surely fit on a page, even with fractions in them


def tag_command(tag: str) -> str:
    r"""Return the LaTeX that sets an equation number in the margin, or "".

    >>> print(tag_command("ADN 2.8"), tag_command("ADN (3.2) against (3.3)"))
    \tag{ADN 2.8} \tag*{ADN (3.2) against (3.3)}
    """
    if not tag:
        return ""
    return rf"\tag*{{{latex_words(tag)}}}" if "(" in tag else rf"\tag{{{latex_words(tag)}}}"


def display(formula: Any, tag: str = "") -> str:
    """Return a formula, or a table, as a display with an equation number."""
    if isinstance(formula, Table):
        return display_table(formula, tag)
    limit = LINE_WIDTH - (width_of_words(tag) + 2_500 if tag else 0)
    source = latex(formula)
    layout = lay_out(source, limit)
    if layout.width > limit:
        # What could not be broken is scaled as it was written, its delimiters in their own size.
        return _scaled(source if len(layout.rows) == 1 else aligned(layout), limit, tag)
    if len(layout.rows) == 1:
        return _environment("equation*", aligned(layout), tag)
    return _environment("align*", " \\\\\n".join(layout.rows), tag)


def _environment(name: str, body: str, tag: str) -> str:
    number = f" {tag_command(tag)}" if tag else ""
    return f"\\begin{{{name}}}\n{body}{number}\n\\end{{{name}}}"


def _scaled(body: str, limit: int, tag: str) -> str:
    thousandths = min(1000, limit * 1000 // LINE_WIDTH)
    share = f"{thousandths // 1000}.{thousandths % 1000:03d}"
    picture = f"\\resizebox{{{share}\\linewidth}}{{!}}{{$\\displaystyle {body}$}}"
    return _environment("equation*", picture, tag)


@dataclass(frozen=True, slots=True)
class _Columns:
    """How the columns of a table are set: the type, and the widths of folded columns (0: natural)."""

    size: str
    scale: int
    folded: tuple[int, ...]
    natural: tuple[int, ...]

    @property
    def width(self) -> int:
        widths = (fixed or own for fixed, own in zip(self.folded, self.natural, strict=True))
        return (sum(widths) + _COLUMN_GAP * (len(self.natural) - 1)) * self.scale // 1000


def display_table(table: Table, tag: str = "") -> str:
    """Return a table as a centred display with its caption, which goes on over pages if it is long."""
    columns = _columns(table)
    caption = " ".join(filter(None, (latex_words(table.caption), f"({latex_words(tag)})" if tag else "")))
    if columns.width > LINE_WIDTH:
        return _scaled_table(table, columns, caption)
    if len(table.rows) > _MOST_ROWS_TOGETHER:
        return _long_table(table, columns, caption)
    return _centred(columns.size, caption, _tabular(table, columns, table.rows))


def _centred(size: str, caption: str, body: str) -> str:
    heading = f"{{\\small {caption}}}\\\\*[0.8ex]\n" if caption else ""
    return f"\\begin{{center}}\n{size}\n{heading}{body}\n\\end{{center}}"


def _tabular(table: Table, columns: _Columns, rows: Sequence[Sequence[Any]]) -> str:
    body = (_row(row, columns) for row in rows)
    lines = "\n".join(["\\hline", _row(table.header, columns), "\\hline", *body, "\\hline"])
    specification = _specification(columns, table.alignment())
    return f"\\begin{{tabular}}{{{specification}}}\n{lines}\n\\end{{tabular}}"


def _long_table(table: Table, columns: _Columns, caption: str) -> str:
    heading = f"\\begin{{center}}\n\\small {caption}\n\\end{{center}}\n" if caption else ""
    head = f"\\hline\n{_row(table.header, columns)}\n\\hline"
    lines = "\n".join([f"{head}\n\\endhead", "\\hline\n\\endfoot"])
    body = "\n".join(_row(row, columns) for row in table.rows)
    specification = _specification(columns, table.alignment())
    longtable = f"\\begin{{longtable}}{{{specification}}}\n{lines}\n{body}\n\\end{{longtable}}"
    return f"{heading}\\par\\nopagebreak{{{columns.size}\n{longtable}\\par}}"


def _scaled_table(table: Table, columns: _Columns, caption: str) -> str:
    """Return a table that is too wide for the smallest type, scaled down, in parts that fit on a page."""
    parts = [table.rows[i : i + _ROWS_OF_A_PART] for i in range(0, max(1, len(table.rows)), _ROWS_OF_A_PART)]
    bodies = [_tabular(table, columns, part) for part in parts]
    return "\n\n".join(
        _centred(columns.size, "" if index else caption, f"\\resizebox{{\\linewidth}}{{!}}{{{body}}}")
        for index, body in enumerate(bodies)
    )


def _columns(table: Table) -> _Columns:
    """Choose the largest type in which the table fits; else fold its wide cells; else the smallest type."""
    natural = tuple(max(map(_cell_width, column)) for column in zip(table.header, *table.rows, strict=True))
    none = (0,) * len(natural)
    *readable, smallest = (_Columns(size, scale, none, natural) for size, scale in _SIZES)
    fitting = next((columns for columns in readable if columns.width <= LINE_WIDTH), None)
    return fitting or _folded(table, natural) or smallest


def _folded(table: Table, natural: tuple[int, ...]) -> _Columns | None:
    """Return the columns with wide cells folded, or None if that does not make the table narrow enough."""
    size, scale = _SIZE_OF_FOLDED
    wide = [width > _WIDE_CELL for width in natural]
    wanted = sum(width for width, is_wide in zip(natural, wide, strict=True) if is_wide)
    fixed = sum(natural) - wanted + _COLUMN_GAP * (len(natural) - 1)
    room = LINE_WIDTH * 1000 // scale - fixed
    if not wanted or room < _LEAST_CELL * sum(wide):
        return None
    spare = room - _LEAST_CELL * sum(wide)
    shares = [
        _LEAST_CELL + spare * width // wanted if is_wide else 0
        for width, is_wide in zip(natural, wide, strict=True)
    ]
    columns = zip(shares, zip(table.header, *table.rows, strict=True), strict=True)
    if all(_fits(cell, share) for share, column in columns if share for cell in column):
        return _Columns(size, scale, tuple(shares), natural)
    return None


def _fits(cell: Any, share: int) -> bool:
    return isinstance(cell, str) or lay_out(latex(cell), share).width <= share


def _cell_width(cell: Any) -> int:
    return width_of_words(cell) if isinstance(cell, str) else width_of(latex(cell))


def _specification(columns: _Columns, alignment: str) -> str:
    letters = (
        f">{{\\raggedright\\arraybackslash}}p{{{_in_em(fixed)}}}" if fixed else letter
        for fixed, letter in zip(columns.folded, alignment, strict=True)
    )
    return f"@{{}}{''.join(letters)}@{{}}"


def _in_em(width: int) -> str:
    return f"{width // 1000}.{width % 1000:03d}em"


def _row(row: Sequence[Any], columns: _Columns) -> str:
    return " & ".join(_cell(cell, share) for cell, share in zip(row, columns.folded, strict=True)) + r" \\"


def _cell(cell: Any, share: int) -> str:
    """Return the LaTeX of a cell; a formula that is wider than its share has several lines."""
    if isinstance(cell, str):
        return latex_words(cell)
    layout = lay_out(latex(cell), share) if share else None
    if layout is None or len(layout.rows) == 1:
        return f"${latex(cell)}$"
    return f"${aligned(layout)}$".replace(r"\begin{aligned}", r"\begin{aligned}[t]", 1)
