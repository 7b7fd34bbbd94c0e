r"""Breaking a formula that is too long for the page.

A formula is split at its relations first, then before + and - signs, then before a factor in
parentheses, from the outside inwards: a pair of parentheses is opened only if it cannot stay
whole.  The rows are aligned at the first relation, as `aligned` and `align*` want them.

Key results
-----------
lay_out : the rows of a formula, none wider than the page if that can be had
inline : a formula for running text, which TeX may break

References
----------
American Mathematical Society, User's Guide for the amsmath Package, section 3 (displayed equations).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from anomalies.latex.boxes import Box, read_formula, rows_of, total_width

__all__ = ["LINE_WIDTH", "Layout", "aligned", "inline", "lay_out"]

# The text width of the documents, 154 mm, in thousandths of an em of their 10.95 pt type, less a margin.
LINE_WIDTH = 39_000

_INDENT = 1_000  # a \quad before every continued line
_LEAST_FULL = 45  # per cent of a line that must be full before a break at an outer place is preferred
_WIDEST_LEFT_SIDE = 35  # per cent of a line: beyond, the left-hand side has lines of its own
_WIDEST_WHOLE_FENCE = 60  # per cent of a line: beyond, parentheses may be opened
_LONG_NUMBER = 24  # digits; a longer number may be broken
_SIZES = ((r"\bigl", r"\bigr"), (r"\biggl", r"\biggr"), (r"\Biggl", r"\Biggr"))
_LAST_RESORT = 99


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of a formula, with & at the alignment, and the estimated width of the widest."""

    rows: tuple[str, ...]
    width: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line; `rank` says how bad a break before it is (None: none allowed)."""

    latex: str
    width: int
    rank: int | None = None
    lead: str = ""  # what a new line starts with, should it start here


def lay_out(formula: str, limit: int = LINE_WIDTH) -> Layout:
    r"""Return a formula in rows for `aligned`, broken where it would be wider than `limit`.

    A function applied to an argument must be written as sympy does, f{\left(x \right)}: a bare
    \left( after a letter is read as a factor, and may move to a new line behind a \times.

    Parameters
    ----------
    formula : LaTeX without delimiters.
    limit : the width of a line, in thousandths of an em.

    Raises
    ------
    ArgumentError
        If braces or delimiters of `formula` do not match.

    Examples
    --------
    >>> lay_out("y = a + b", limit=20_000).rows
    ('y = a + b',)
    >>> lay_out("y = a + b", limit=4_000).rows
    ('y &= a', '&\\quad {} + b')
    """
    boxes = read_formula(formula)
    if len(boxes) == 1 and boxes[0].role == "aligned":
        return _stacked([_without_marks(row) for row in rows_of(_body(boxes[0].latex))], limit)
    if total_width(boxes) <= limit:
        return Layout((formula,), total_width(boxes))
    clauses = _clauses(boxes)
    if len(clauses) > 1:
        return _merged([_broken(clause, limit) for clause in clauses])
    return _broken(boxes, limit)


def aligned(layout: Layout) -> str:
    """Return the rows of a layout as one formula, in an `aligned` environment if there are several."""
    if len(layout.rows) == 1:
        return _without_marks(rows_of(layout.rows[0])[0]) if "&" in layout.rows[0] else layout.rows[0]
    return "\\begin{aligned}\n" + " \\\\\n".join(layout.rows) + "\n\\end{aligned}"


def inline(formula: str, limit: int = LINE_WIDTH // 5) -> str:
    r"""Return a formula for running text; in a long one TeX may break within parentheses, too.

    >>> inline(r"\left( a, \  b\right)", limit=0)
    '\\bigl( a , \\  \\allowbreak b \\bigr)'
    """
    boxes = read_formula(formula)
    if total_width(boxes) <= limit:
        return formula
    pieces = _pieces(boxes, 0, limit)
    opened = _joined(rf"\allowbreak {p.latex}" if _breaks_before(p) else p.latex for p in pieces)
    return opened.replace(r"\bigg", r"\big")  # the fractions of running text are small


def _breaks_before(piece: _Piece) -> bool:
    # TeX itself breaks after + and -, but never after a comma.
    return piece.rank is not None and not piece.lead and piece.latex not in {"+", "-"}


def _body(environment: str) -> str:
    return environment[environment.index("}") + 1 : environment.rindex("\\end")]


def _without_marks(cells: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in cells if cell.strip())


def _stacked(formulas: Sequence[str], limit: int) -> Layout:
    """Return the layout of several formulas below each other, aligned at their first relation."""
    return _merged([_aligned_if_whole(lay_out(formula, limit)) for formula in formulas])


def _aligned_if_whole(layout: Layout) -> Layout:
    """Put the alignment mark of a one-row formula before its first relation."""
    if len(layout.rows) > 1 or "&" in layout.rows[0]:
        return layout
    left, right = _at_first_relation(read_formula(layout.rows[0]))
    row = (
        f"{_joined(b.latex for b in left)} &{_joined(b.latex for b in right)}"
        if left
        else f"&{layout.rows[0]}"
    )
    return Layout((row,), layout.width)


def _at_first_relation(boxes: Sequence[Box]) -> tuple[Sequence[Box], Sequence[Box]]:
    for position, box in enumerate(boxes):
        if box.role == "relation":
            return boxes[:position], boxes[position:]
    return [], boxes


def _merged(layouts: Sequence[Layout]) -> Layout:
    return Layout(
        tuple(row for layout in layouts for row in layout.rows), max(layout.width for layout in layouts)
    )


def _clauses(boxes: Sequence[Box]) -> list[Sequence[Box]]:
    """Split "a = 1, b = 2" at commas between formulas with a relation each; anything else stays whole."""
    parts: list[list[Box]] = [[]]
    for box in boxes:
        parts[-1].append(box)
        if box.role == "comma":
            parts.append([])
    if all(any(box.role == "relation" for box in part) for part in parts):
        return [[box for box in part if box.role != "space"] for part in parts]
    return [boxes]


def _broken(boxes: Sequence[Box], limit: int) -> Layout:
    """Return the rows of one formula that is too wide for a line."""
    left, right = _at_first_relation(boxes)
    if not left:
        return _rows("&", boxes, limit, limit)
    left_width = total_width(left)
    if left_width > limit * _WIDEST_LEFT_SIDE // 100:
        head = _rows("&", left, limit, limit)
        left_width, prefix = _INDENT, "&\\quad "
        return _merged([head, *_members(right, prefix, prefix, limit - left_width)])
    return _merged(
        _members(right, f"{_joined(box.latex for box in left)} &", "&", limit - left_width, left_width)
    )


def _members(boxes: Sequence[Box], first: str, others: str, limit: int, shift: int = 0) -> list[Layout]:
    """Return the layout of "= a = b", each relation on a line of its own."""
    starts = [position for position, box in enumerate(boxes) if box.role == "relation"]
    layouts = []
    for begin, end in pairwise([*starts, len(boxes)]):
        sign = boxes[begin]
        prefix = first if begin == 0 else others
        layout = _rows(f"{prefix}{sign.latex} ", boxes[begin + 1 : end], limit - sign.width, limit, others)
        layouts.append(Layout(layout.rows, layout.width + shift + sign.width))
    return layouts


def _rows(prefix: str, boxes: Sequence[Box], limit: int, full: int, indent: str = "&") -> Layout:
    """Fill lines with the pieces of `boxes`; the first starts with `prefix`, the others with a \\quad."""
    pieces = _pieces(boxes, 0, limit)
    if prefix == "&" and boxes and boxes[0].role == "sign":
        # After an alignment mark a bare minus would be spaced as if something stood to its left.
        pieces[0] = replace(pieces[0], latex=f"{{{pieces[0].latex}}}")
    rows, widest, lead = [], 0, ""
    room = limit
    while pieces:
        end = _end_of_line(pieces, room)
        rows.append(f"{prefix}{lead}{_joined(piece.latex for piece in pieces[:end])}")
        widest = max(widest, sum(piece.width for piece in pieces[:end]))
        pieces = pieces[end:]
        prefix = f"{indent}\\quad "
        lead = f"{pieces[0].lead or '{}'} " if pieces else ""
        room = min(limit, full - _INDENT) - (1240 if pieces and pieces[0].lead else 0)
    return Layout(tuple(rows), widest)


def _end_of_line(pieces: Sequence[_Piece], room: int) -> int:
    """Return how many pieces go on this line: up to the outermost break that leaves it reasonably full."""
    reached = [0, *accumulate(piece.width for piece in pieces)]
    if reached[-1] <= room:
        return len(pieces)
    breaks = [
        (position, piece.rank) for position, piece in enumerate(pieces) if position and piece.rank is not None
    ]
    within = [(position, rank) for position, rank in breaks if reached[position] <= room]
    full = [(rank, -position) for position, rank in within if reached[position] * 100 >= room * _LEAST_FULL]
    if full:
        return -min(full)[1]
    return within[-1][0] if within else next((position for position, _ in breaks), len(pieces))


def _pieces(boxes: Sequence[Box], depth: int, limit: int) -> list[_Piece]:
    """Return the unbreakable pieces of a line, parentheses opened that are too wide to stay whole."""
    pieces: list[_Piece] = []
    digits = 0
    previous: Box | None = None
    for position, box in enumerate(boxes):
        digits = digits + 1 if box.role == "digit" else 0
        rank, lead = _break_before(box, previous, depth, digits)
        following = boxes[position + 1] if position + 1 < len(boxes) else None
        opened = _opened(box, depth, limit, _stands_alone(previous) and _stands_alone(following))
        first, *rest = opened or [_Piece(box.latex, box.width)]
        pieces.append(_Piece(first.latex, first.width, rank, lead))
        pieces.extend(rest)
        if box.role != "space":
            previous = box
    return pieces


def _break_before(box: Box, previous: Box | None, depth: int, digits: int) -> tuple[int | None, str]:
    """Return how bad a break before a box is, and what the next line would start with."""
    if box.role == "plus":
        return 2 * depth, ""
    if previous is None or box.role == "space":
        return None, ""
    if previous.role == "comma":
        return 2 * depth, ""
    if box.role == "times":
        return 2 * depth + 1, ""
    if (
        box.role == "fence"
        and _is_sum(box)
        and previous.role in {"ordinary", "fence", "fraction", "group", "digit"}
    ):
        return 2 * depth + 1, r"{} \times"
    if digits > _LONG_NUMBER and digits % 10 == 0:
        return _LAST_RESORT, r"\ldots"
    return None, ""


def _is_sum(fence: Box) -> bool:
    roles = {box.role for box in fence.inside}
    return "plus" in roles and "comma" not in roles


def _stands_alone(neighbour: Box | None) -> bool:
    return neighbour is None or neighbour.role in {"plus", "relation", "comma"}


def _opened(box: Box, depth: int, limit: int, alone: bool) -> list[_Piece]:
    """Return the pieces of a wide fence, group or fraction; none if the box stays whole."""
    if box.role == "group" and not box.scripts and box.width > limit:
        return _pieces(box.inside, depth, limit)
    if box.role == "fence" and box.width * 100 > limit * _WIDEST_WHOLE_FENCE:
        return _fence(box.fence, box.scripts, box.inside, box.height, depth, limit)
    if box.role == "fraction" and box.width > limit:
        return _slashed(box, depth, limit, alone)
    return []


def _fence(
    delimiters: tuple[str, str], scripts: str, inside: Sequence[Box], height: int, depth: int, limit: int
) -> list[_Piece]:
    # \left and \right cannot stand on different lines; delimiters of a fixed size can.
    left, right = _SIZES[height]
    closing = _Piece(f"{right}{delimiters[1]}{scripts}", 700 + total_width(read_formula(f"x{scripts}")))
    return [_Piece(f"{left}{delimiters[0]}", 700), *_pieces(inside, depth + 1, limit), closing]


def _slashed(box: Box, depth: int, limit: int, alone: bool) -> list[_Piece]:
    """Return a fraction as numerator / denominator, in brackets unless it is a term of its own."""
    upper = _term(box.inside, box.height, depth + 1, limit)
    lower = _term(box.below, box.height, depth + 1, limit)
    slash = _Piece(r"\big/", 700, 2 * depth + 1)
    pieces = [*upper, slash, *lower]
    if alone:
        return pieces
    return [_Piece(r"\Bigl[", 700), *pieces, _Piece(rf"\Bigr]{box.scripts}", 1000)]


def _term(boxes: Sequence[Box], height: int, depth: int, limit: int) -> list[_Piece]:
    if len(boxes) == 1 or all(box.role == "digit" for box in boxes):
        return _pieces(boxes, depth, limit)
    return _fence(("(", ")"), "", boxes, height - 1, depth, limit)


def _joined(parts: Iterable[str]) -> str:
    """Join LaTeX with spaces, which matter after a command only; the digits of a number stay together."""
    result = ""
    for part in parts:
        between = "" if not result or (result[-1].isdigit() and part.isdigit()) else " "
        result += between + part
    return result
