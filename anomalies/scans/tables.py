r"""Scans as tables: what was asked, what each step left, the models, and what they mean for experiment.

Key results
-----------
written : a whole result as text, LaTeX, Markdown, CSV or JSON
counts_table, models_table, columns_table : its parts
"""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from sympy import Symbol, latex, sstr
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, must_be
from anomalies.scans.results import Model, ScanResult
from anomalies.tables import Cell, Table, latex_words, markdown_words

__all__ = ["STYLES", "columns_table", "counts_table", "models_table", "result_as_json", "written"]

STYLES = ("text", "latex", "markdown", "csv", "json")

_PAGE = 100  # characters of a line
_WIDEST_COLUMN = 18  # characters; wider cells are folded
_ROWS = 30  # of a page
_CHARGE = re.compile(r"\b([A-Za-z]+_[A-Za-z]+)\b")


# ---------------------------------------------------------------- words


@dataclass(frozen=True, slots=True, repr=False)
class _Phrase(Printable):
    """Words in which the names of charges, mu_L, are printed as formulas where that can be done."""

    words: str

    def _latex(self, printer: Any) -> str:
        return rf"\text{{{_latex_phrase(self.words)}}}"

    def _sympystr(self, printer: Any) -> str:
        return self.words


def _latex_phrase(words: str) -> str:
    """Words as LaTeX text, with the names of charges as formulas."""
    pieces = enumerate(_CHARGE.split(words))
    return "".join(f"${latex(Symbol(text))}$" if place % 2 else latex_words(text) for place, text in pieces)


# ---------------------------------------------------------------- the parts


def counts_table(result: ScanResult) -> Table:
    """Return the steps of a scan, of its properties and of its equivalences, each with its number."""
    rows: list[tuple[Cell, ...]] = [(stage.words, stage.count) for stage in result.stages]
    rows += [
        (f"of these ({mark}) {entry.words}", len(places))
        for mark, entry, places in zip(ascii_lowercase, result.scan.properties, result.having, strict=False)
    ]
    rows += [
        (f"classes up to {'' if place == 0 else 'these and '}{entry.equivalence.words}", len(entry.members))
        for place, entry in enumerate(result.classes)
    ]
    if result.unsolved:
        rows.append(
            ("values of the free charges with infinitely many solutions, not listed", result.unsolved)
        )
    return Table(("step", "number"), tuple(rows))


def _shown(result: ScanResult, one_of_each_class: bool) -> list[tuple[int, int, Model]]:
    """The number of each model that is shown, that of its class, and the model."""
    class_of = {place: number for number, members in enumerate(result.members, 1) for place in members}
    places = [members[0] for members in result.members] if one_of_each_class else range(len(result.models))
    return [(place + 1, class_of[place], result.models[place]) for place in places]


def models_table(result: ScanResult, *, one_of_each_class: bool = False) -> Table:
    """Return one row for each model: its number, its charges, its class, the letters of its properties."""
    header: list[Cell] = ["model", *result.scan.symbols]
    header += ["class"] if result.classes else []
    header += ["has"] if result.scan.properties else []
    rows = []
    for number, class_number, model in _shown(result, one_of_each_class):
        row: list[Cell] = [number, *model.values]
        row += [class_number] if result.classes else []
        row += [_letters(result, number)] if result.scan.properties else []
        rows.append(tuple(row))
    return Table(tuple(header), tuple(rows))


def _letters(result: ScanResult, number: int) -> str:
    pairs = zip(ascii_lowercase, result.having, strict=False)
    return " ".join(letter for letter, places in pairs if number - 1 in places) or "-"


def _words(result: ScanResult, number: int) -> list[str]:
    pairs = zip(result.scan.properties, result.having, strict=True)
    return [entry.words for entry, places in pairs if number - 1 in places]


def columns_table(result: ScanResult, *, one_of_each_class: bool = False) -> Table:
    """Return one row for each model: its number and its columns for experiment.

    Source: EFT, Tables 1-3.
    """
    from anomalies.scans.columns import model_columns

    shown = _shown(result, one_of_each_class)
    found = [(number, model_columns(model.content)) for number, _, model in shown]
    header: tuple[Cell, ...] = ("model", *found[0][1].headings) if found else ("model",)
    return Table(header, tuple((number, *columns.entries) for number, columns in found))


def _narrow(table: Table) -> list[Table]:
    """A table as several that fit a page, each with the first column."""
    cells = [_plain(row) for row in (table.header, *table.rows)]
    widths = [min(_WIDEST_COLUMN, max(map(len, column))) + 2 for column in zip(*cells, strict=True)]
    pieces: list[list[int]] = [[]]
    for place in range(1, len(widths)):
        if pieces[-1] and sum(widths[column] for column in (0, *pieces[-1], place)) > _PAGE:
            pieces.append([])
        pieces[-1].append(place)
    return [_selected(table, (0, *piece)) for piece in pieces]


def _selected(table: Table, places: Sequence[int]) -> Table:
    def of(row: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(row[place] for place in places)

    return Table(of(table.header), tuple(of(row) for row in table.rows), table.caption)


# ---------------------------------------------------------------- whole results


def result_as_json(result: ScanResult) -> dict[str, Any]:
    """Return question and answer, every rational as a string."""
    chosen = result.scan
    return {
        "scan": chosen.name,
        "title": chosen.title,
        "source": chosen.source,
        "convention": chosen.convention,
        "allowed": {str(symbol): [str(value) for value in values] for symbol, values in chosen.allowed},
        "equalities": [f"{equality.lhs} = {equality.rhs}" for equality in chosen.equalities],
        "restrictions": [{"words": r.words, "condition": sstr(r.condition)} for r in chosen.restrictions],
        "exhaustive": result.exhaustive,
        "steps": [{"step": stage.words, "number": stage.count} for stage in result.stages],
        "properties": [
            {"words": entry.words, "number": len(places), "models": [place + 1 for place in places]}
            for entry, places in zip(chosen.properties, result.having, strict=True)
        ],
        "equivalences": [
            {"words": entry.equivalence.words, "classes": len(entry.members)} for entry in result.classes
        ],
        "models": list(_models_as_json(result)),
        "notes": list(chosen.notes),
    }


def _models_as_json(result: ScanResult) -> Iterator[dict[str, Any]]:
    columns = result.columns().as_json()
    for (number, class_number, model), of_model in zip(_shown(result, False), columns, strict=True):
        yield {
            "model": number,
            "class": class_number,
            "charges": {str(symbol): str(value) for symbol, value in model.charges.items()},
            "properties": _words(result, number),
            "columns": {name: value for name, value in of_model.items() if name != "model"},
        }


def written(result: ScanResult, style: str, *, one_of_each_class: bool = False) -> str:
    """Return a whole result in one of the forms, ended by a newline.

    Parameters
    ----------
    style : "text", "latex" (floats for a document with amsmath), "markdown", "csv" (charges and columns in
        one table, without what surrounds them) or "json".
    one_of_each_class : whether to show one model for each class only; JSON always has all.
    """
    if style not in STYLES:
        raise ArgumentError(must_be("style", f"one of {', '.join(STYLES)}", style))
    if style == "json":
        return json.dumps(result_as_json(result), indent=2, ensure_ascii=False) + "\n"
    if style == "csv":
        return _csv(result, one_of_each_class)
    models = models_table(result, one_of_each_class=one_of_each_class)
    columns = columns_table(result, one_of_each_class=one_of_each_class)
    writer = {"text": _text, "latex": _latex, "markdown": _markdown}[style]
    return writer(result, models, columns)


def _text(result: ScanResult, models: Table, columns: Table) -> str:
    parts = [str(result.scan), *([f"Source: {result.scan.source}."] if result.scan.source else [])]
    parts.append(result.counts().text())
    if result.models:
        parts += [table.text() for whole in (models, columns) for table in _narrow(whole)]
    return "\n\n".join([*parts, _guarantee(result), *map(_wrapped, result.scan.notes)]) + "\n"


def _wrapped(words: str) -> str:
    return "\n".join(textwrap.wrap(words, _PAGE))


def _guarantee(result: ScanResult) -> str:
    if not result.exhaustive:
        return f"Not exhaustive: {result.unsolved} values of the free charges have infinitely many solutions."
    if not result.models:
        return "Exhaustive: there is no such model in the domain."
    return "Exhaustive: every model in the domain is listed."


def _markdown(result: ScanResult, models: Table, columns: Table) -> str:
    convention = f"{_caption(result)} {_convention(result)}"
    parts = [markdown_words(convention), result.counts().markdown()]
    parts += [models.markdown(), columns.markdown()] if result.models else []
    return "\n\n".join([*parts, _guarantee(result), *map(markdown_words, result.scan.notes)]) + "\n"


def _caption(result: ScanResult) -> str:
    chosen = result.scan
    return ". ".join(part.rstrip(".") for part in (chosen.title or chosen.name, chosen.source) if part) + "."


def _convention(result: ScanResult) -> str:
    """The allowed values and the convention, as one sentence."""
    ranges = "; ".join(f"{charges} in {values}" for charges, values in result.scan.ranges())
    return f"Scanned: {ranges}; {result.scan.convention}."


def _latex(result: ScanResult, models: Table, columns: Table) -> str:
    first = f"{_caption(result)} {_convention(result)} {_guarantee(result)}"
    counts = result.counts()
    floats = [_float(Table(counts.header, tuple((_Phrase(words), n) for words, n in counts.rows)), first)]
    if result.models:
        charges = f"{_caption(result)} Charges under U(1)'; the letters are those of the table of steps."
        others = f"{_caption(result)} Couplings, branching ratios into massless fermions, and operators."
        floats += [_float(table, charges) for table in _pages(models)]
        floats += [_float(table, others) for table in _pages(columns)]
    return "\n".join([*floats, *(_latex_phrase(note) + "\n" for note in result.scan.notes)])


def _pages(table: Table) -> Iterator[Table]:
    """A table in parts that fit a page both ways."""
    for part in _narrow(table):
        for start in range(0, len(part.rows), _ROWS):
            yield Table(part.header, part.rows[start : start + _ROWS])


def _float(table: Table, caption: str) -> str:
    """A table as LaTeX sets it in papers."""
    lines = [
        r"\begin{table}",
        r"\centering",
        r"\small\renewcommand{\arraystretch}{1.3}",
        f"${_lines(table.latex())}$",
        rf"\caption{{{_latex_phrase(caption)}}}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def _lines(array: str) -> str:
    """A LaTeX array with one row on each line."""
    return array.replace(r" \\ ", " \\\\\n").replace(r"\hline ", "\\hline\n")


def _csv(result: ScanResult, one_of_each_class: bool) -> str:
    """Charges, class, properties in words, and columns of every model in one table."""
    columns = columns_table(result, one_of_each_class=one_of_each_class)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_plain(("model", *result.scan.symbols, "class", "properties", *columns.header[1:])))
    shown = _shown(result, one_of_each_class)
    for (number, class_number, model), row in zip(shown, columns.rows, strict=True):
        words = "; ".join(_words(result, number))
        writer.writerow(_plain((number, *model.values, class_number, words, *row[1:])))
    return out.getvalue()


def _plain(row: Sequence[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) else str(cell) for cell in row]
