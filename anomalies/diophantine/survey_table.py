r"""The survey of small lepton charges as a table in a file: comma-separated values.

The file opens with comment lines, which start with "#", and the third holds the parameters; then come the
names of the columns, and one line for each class.  It is plain UTF-8 with "\n" at the end of each line, and
the same survey always gives the same bytes.  With pandas: `read_csv(path, comment="#")`.

Columns
-------
a_1, a_2, a_3, triples, branch, status, remark : as in `SurveyRow`.
torsion : the orders of the cyclic factors, with spaces: "2 6".  Empty without a smooth curve.
rank_lower, rank_upper : bounds of the rank.  Empty without a smooth curve; rank_upper also if there is none.
rank_source : where the upper bound comes from.
generators : dark charges with spaces, and "; " between generators: "1/4 7/20 21/20; 3/5 1 1/20".
smallest, chiral : the dark charges of the smallest non-trivial sectors, "-5 4 4", or empty.
smallest_standing, chiral_standing : "smallest", "known", "none" or "unknown" (`STANDINGS`).
smallest_height, chiral_height : the heights, or empty.

Key results
-----------
write_survey, read_survey : to a file and back, without loss
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, TextIO

from anomalies.diophantine.dark import DarkSector
from anomalies.diophantine.ranks import RankBounds
from anomalies.diophantine.sectors import BRANCHES
from anomalies.diophantine.smallest import SmallestSector
from anomalies.diophantine.survey import Survey, SurveyRow
from anomalies.errors import AnomaliesError, ArgumentError, must_be
from anomalies.exact import as_integer, as_rational

__all__ = ["COLUMNS", "read_survey", "write_survey"]

COLUMNS = (
    "a_1",
    "a_2",
    "a_3",
    "triples",
    "branch",
    "status",
    "torsion",
    "rank_lower",
    "rank_upper",
    "rank_source",
    "generators",
    "smallest",
    "smallest_standing",
    "smallest_height",
    "chiral",
    "chiral_standing",
    "chiral_height",
    "remark",
)

_STATUSES = ("finite", "infinite", "undecided")
_PARAMETERS = re.compile(r"# bound = ([0-9]+), max_denominator = ([0-9]+)")


def write_survey(survey: Survey, path: str | os.PathLike[str]) -> None:
    """Write a survey to a file, at once: the file is complete or, if anything fails, as it was before.

    Parameters
    ----------
    survey : the survey.
    path : where to; an existing file is replaced.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            _write(survey, file)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _write(survey: Survey, file: TextIO) -> None:
    file.write(f"# {survey.description()}.\n")
    file.write("# Lists are separated by spaces; the columns: anomalies.diophantine.survey_table.\n")
    file.write(f"# bound = {survey.bound}, max_denominator = {survey.max_denominator}\n")
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_cells(row) for row in survey.rows)


def _cells(row: SurveyRow) -> list[Any]:
    return [
        *row.a,
        row.triples,
        row.branch,
        row.status,
        _list(row.torsion),
        *_rank_cells(row.rank),
        "; ".join(map(_list, row.generators)),
        *_smallest_cells(row.smallest),
        *_smallest_cells(row.chiral),
        row.remark,
    ]


def _rank_cells(rank: RankBounds | None) -> list[Any]:
    if rank is None:
        return ["", "", ""]
    return [rank.lower, "" if rank.upper is None else rank.upper, rank.source]


def _list(values: tuple[Any, ...]) -> str:
    return " ".join(map(str, values))


def _smallest_cells(found: SmallestSector) -> list[Any]:
    if found.sector is None:
        return ["", found.standing, ""]
    return [_list(found.sector.n), found.standing, found.sector.height]


def read_survey(path: str | os.PathLike[str]) -> Survey:
    """Return the survey that a file holds.

    Every sector is checked against its equations, and the rows against the list of all classes.

    Raises
    ------
    ArgumentError
        If the file is not as `write_survey` writes it; the message names the line.
    OSError
        If the file cannot be read.
    """
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return _read(file, str(path))
    except UnicodeDecodeError as error:
        raise _no_survey(str(path), 1, "it is not text") from error


def _read(file: TextIO, path: str) -> Survey:
    comments = [file.readline() for _ in range(3)]
    found = _PARAMETERS.fullmatch(comments[-1].rstrip("\n"))
    if found is None:
        raise _no_survey(path, len(comments), "the parameters are missing")
    table = csv.reader(file, strict=True)
    rows: list[SurveyRow] = []
    try:
        if tuple(next(table, ())) != COLUMNS:
            raise ArgumentError(f"The columns must be {', '.join(COLUMNS)}.")
        rows.extend(_row(cells) for cells in table)
    except (csv.Error, AnomaliesError) as error:
        raise _no_survey(path, len(comments) + table.line_num, str(error)) from error
    try:
        return Survey(int(found[1]), int(found[2]), tuple(rows))
    except ArgumentError as error:
        raise _no_survey(path, len(comments) + table.line_num, str(error)) from error


def _no_survey(path: str, line: int, why: str) -> ArgumentError:
    expected = "a file as write_survey writes it"
    return ArgumentError(f"{must_be('path', expected, path)[:-1]} (line {line}: {why.rstrip('.')}).")


def _row(cells: list[str]) -> SurveyRow:
    if len(cells) != len(COLUMNS):
        raise ArgumentError(f"A line must have {len(COLUMNS)} cells, not {len(cells)}.")
    cell = dict(zip(COLUMNS, cells, strict=True))
    a_1, a_2, a_3 = (as_integer(cell[name], name) for name in COLUMNS[:3])
    a = (a_1, a_2, a_3)
    generators = tuple(_charges(text, a) for text in filter(None, cell["generators"].split("; ")))
    row = SurveyRow(
        a,
        _one_of(BRANCHES, cell, "branch"),
        _one_of(_STATUSES, cell, "status"),
        tuple(as_integer(order, "torsion") for order in cell["torsion"].split()),
        _rank(cell, len(generators)),
        generators,
        _smallest(cell, "smallest", a),
        _smallest(cell, "chiral", a),
        cell["remark"],
    )
    # What follows from other cells, or can be written in several ways, must be as we write it.
    for name, text, expected in zip(COLUMNS, cells, _cells(row), strict=True):
        if text != str(expected):
            raise ArgumentError(must_be(name, repr(str(expected)), text))
    return row


def _one_of(names: Iterable[str], cell: dict[str, str], column: str) -> str:
    if cell[column] not in names:
        raise ArgumentError(must_be(column, f"one of {', '.join(names)}", cell[column]))
    return cell[column]


def _charges(text: str, a: tuple[int, ...]) -> tuple[Fraction, ...]:
    """Three dark charges in the order given, after a check of their equations."""
    charges = tuple(as_rational(charge, "n") for charge in text.split())
    if len(DarkSector(a, charges).n) != 3:
        raise ArgumentError(must_be("n", "three charges", text))
    return charges


def _rank(cell: dict[str, str], lower: int) -> RankBounds | None:
    if not cell["rank_lower"]:
        return None
    upper = as_integer(cell["rank_upper"], "rank_upper", lower) if cell["rank_upper"] else None
    return RankBounds(lower, upper, cell["rank_source"])


def _smallest(cell: dict[str, str], column: str, a: tuple[int, ...]) -> SmallestSector:
    text = cell[column]
    return SmallestSector(DarkSector(a, _charges(text, a)) if text else None, cell[f"{column}_standing"])
