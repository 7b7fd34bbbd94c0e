"""From the tree of a predicate to an SQL expression.

Nothing of the user's text reaches SQL: the tree holds names of charges, which are looked up among the columns
of the catalogue, rational numbers, which are written as integers with a common denominator cleared, and one
of six operators.

A bound on every linear form is computed from its coefficients and the largest charge first.  The database
does the arithmetic in the smallest type that the bound allows; a form that could leave 64 bits is refused.

Key results
-----------
as_sql : the SQL expression of a predicate
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from anomalies.atlas.predicates import AllOf, AnyOf, Comparison, LinearForm, Not, Predicate
from anomalies.errors import ArgumentError
from anomalies.exact import common_denominator

__all__ = ["as_sql"]

_LARGEST = 1 << 62
_TYPES = (("SMALLINT", 16), ("INTEGER", 32), ("BIGINT", 64))
_OPERATORS = {"=": "=", "<>": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_MIRRORED = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def as_sql(predicate: Predicate, charges: Mapping[str, str | Fraction], scale: int, largest: int) -> str:
    """Return the SQL expression that is true of the rows of which the predicate is.

    Parameters
    ----------
    predicate : the tree.
    charges : for every charge the column that holds it, times `scale`, or its value if that is fixed.
    scale : the common denominator of the charges.
    largest : no entry of a column is larger in absolute value.

    Raises
    ------
    ArgumentError : a linear form could exceed 64-bit integers.

    Examples
    --------
    >>> from anomalies.atlas.predicates import Vocabulary, parse_predicate
    >>> tree = parse_predicate("q1 = q2 and 1/2 < q3", Vocabulary((("q", ("q1", "q2", "q3")),)))
    >>> as_sql(tree, {"q1": "q1", "q2": "q2", "q3": "q3"}, 1, 10)
    '("q1" = "q2" AND -2::SMALLINT * "q3"::SMALLINT < -1)'
    """
    match predicate:
        case Comparison(form, operator):
            return _comparison(form, operator, charges, scale, largest)
        case AllOf(parts):
            return _joined((as_sql(part, charges, scale, largest) for part in parts), " AND ", "true")
        case AnyOf(parts):
            return _joined((as_sql(part, charges, scale, largest) for part in parts), " OR ", "false")
        case Not(part):
            return f"(NOT {as_sql(part, charges, scale, largest)})"


def _joined(parts: Iterable[str], word: str, empty: str) -> str:
    joined = word.join(parts)
    return f"({joined})" if joined else empty


def _comparison(
    form: LinearForm, operator: str, charges: Mapping[str, str | Fraction], scale: int, largest: int
) -> str:
    terms, constant = _cleared(form, charges, scale)
    bound = largest * sum(map(abs, terms.values())) + abs(constant)
    if bound >= _LARGEST:
        raise ArgumentError(
            "Argument 'predicate' must have smaller coefficients: a form exceeds 64-bit integers."
        )
    sign = _OPERATORS[operator]
    match list(terms.items()):
        case [(column, factor)] if constant % factor == 0:
            # A bare column against a number lets the database skip row groups by their statistics.
            return f"{_quoted(column)} {sign if factor > 0 else _MIRRORED[operator]} {-constant // factor}"
        case [(left, 1), (right, -1)] if not constant:
            return f"{_quoted(left)} {sign} {_quoted(right)}"
        case [(left, -1), (right, 1)] if not constant:
            return f"{_quoted(right)} {sign} {_quoted(left)}"
    kind = next(name for name, bits in _TYPES if bound < 1 << (bits - 1))
    total = " + ".join(f"{factor}::{kind} * {_quoted(column)}::{kind}" for column, factor in terms.items())
    return f"{total or 0} {sign} {-constant}"


def _cleared(
    form: LinearForm, charges: Mapping[str, str | Fraction], scale: int
) -> tuple[dict[str, int], int]:
    """A positive multiple of the form with integer coefficients, in terms of columns."""
    columns: dict[str, Fraction] = {}
    constant = form.constant * scale
    for name, factor in form.terms:
        place = charges[name]
        if isinstance(place, Fraction):
            constant += factor * place * scale
        else:
            columns[place] = columns.get(place, Fraction(0)) + factor
    denominator = common_denominator((constant, *columns.values()))
    terms = {column: int(factor * denominator) for column, factor in columns.items() if factor}
    return terms, int(constant * denominator)


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
