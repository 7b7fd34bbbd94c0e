r"""How wide a LaTeX formula will be: a formula read into boxes, each with an estimated width.

Widths are integers in thousandths of an em of the surrounding type.  They follow the metrics of
Computer Modern, rounded up, so that a formula that is estimated to fit on a line does fit; the
tests compare them with what pdflatex measures.

Key results
-----------
read_formula : the boxes of a formula
width_of : the width of a formula
Box : one glyph, command, fraction or parenthesis, with what is inside it

References
----------
D. E. Knuth, The TeXbook, chapters 17 and 18 (the kinds of atoms, and the space between them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from anomalies.errors import ArgumentError, must_be
from anomalies.latex.glyphs import Glyph, glyph, width_of_words

__all__ = ["Box", "read_formula", "total_width", "width_of"]

_TOKEN = re.compile(r"\\begin\s*\{[a-z]+\*?\}|\\end\s*\{[a-z]+\*?\}|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([a-z]+\*?)\}")

_WORD_COMMANDS = frozenset(
    {r"\text", r"\mathrm", r"\operatorname", r"\mathtt", r"\texttt", r"\textit", r"\mathit", r"\mbox"}
)
_ACCENTS = frozenset({
    r"\hat", r"\bar", r"\tilde", r"\overline", r"\underline", r"\widehat", r"\dot", r"\ddot", r"\vec",
    r"\check", r"\acute", r"\breve", r"\grave", r"\mathring", r"\mathbf", r"\mathbb", r"\mathcal",
    r"\mathfrak", r"\mathscr", r"\boldsymbol",
})  # fmt: skip
_OPERATIONS = frozenset({"plus", "times"})
_NOTHING_BEFORE = frozenset({"plus", "times", "sign", "relation", "comma", "open"})
_SCRIPT_SIZE = 780  # of 1000, the glyphs of 8 pt against those of 10.95 pt, which are relatively narrower


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of a formula.

    Attributes
    ----------
    latex : what it was read from.
    width : in thousandths of an em.
    role : "ordinary", "plus", "times", "sign", "relation", "comma", "open", "close", "space", "fence",
        "group", "fraction", "aligned" or "digit".
    height : 0 for one line of letters, 1 if it holds a fraction, 2 if it holds a matrix.
    inside : the boxes within a fence or group, or of the numerator of a fraction.
    below : the boxes of the denominator of a fraction.
    fence : the two delimiters of a fence; empty for others.
    scripts, script_width : the sub- and superscripts, which are part of `latex` and of `width`.
    """

    latex: str
    width: int
    role: str = "ordinary"
    height: int = 0
    inside: tuple[Box, ...] = ()
    below: tuple[Box, ...] = ()
    fence: tuple[str, str] = ("", "")
    scripts: str = ""
    script_width: int = 0


def total_width(boxes: Iterable[Box]) -> int:
    """Return the sum of the widths of boxes."""
    return sum(box.width for box in boxes)


def width_of(formula: str) -> int:
    r"""Return the estimated width of a formula in thousandths of an em.

    >>> width_of("x") < width_of(r"\frac{x}{3}") < width_of("x + 3")
    True
    """
    return total_width(read_formula(formula))


def read_formula(formula: str) -> tuple[Box, ...]:
    r"""Return the boxes of a LaTeX formula.

    Raises
    ------
    ArgumentError
        If braces, \left ... \right or \begin ... \end do not match.

    Examples
    --------
    >>> [box.role for box in read_formula(r"a = -\left(b + 1\right)^{2}")]
    ['ordinary', 'relation', 'sign', 'fence']
    """
    reader = _Reader(formula)
    boxes = reader.read_until(frozenset())
    return tuple(boxes)


class _Reader:
    """A recursive-descent reader of the LaTeX that printers write."""

    def __init__(self, formula: str) -> None:
        self._formula = formula
        self._tokens: list[str] = _TOKEN.findall(formula)
        self._position = 0

    def read_until(self, ends: frozenset[str]) -> list[Box]:
        """Return the boxes up to a token in `ends`, which is left unread."""
        boxes: list[Box] = []
        while self._position < len(self._tokens):
            token = self._tokens[self._position]
            if token in ends:
                return boxes
            self._position += 1
            if token in {"^", "_"}:
                self._attach_script(boxes, token)
            elif not token.isspace():
                boxes.append(self._box(token, boxes))
        if ends:
            raise self._unbalanced()
        return boxes

    def _unbalanced(self) -> ArgumentError:
        return ArgumentError(must_be("formula", "LaTeX with matching braces and delimiters", self._formula))

    def _next(self) -> str:
        while self._position < len(self._tokens):
            self._position += 1
            token = self._tokens[self._position - 1]
            if not token.isspace():
                return token
        raise self._unbalanced()

    def _argument(self) -> tuple[str, list[Box]]:
        """Return the source of the next argument and its boxes."""
        token = self._next()
        if token != "{":
            return f"{{{token}}}", [self._box(token, [])]
        start = self._position
        boxes = self.read_until(frozenset("}"))
        self._position += 1
        return "{" + "".join(self._tokens[start : self._position - 1]) + "}", boxes

    def _raw_argument(self) -> str:
        """Return the source of the next argument without reading it as a formula."""
        depth, start = 1, self._position + 1
        if self._next() != "{":
            raise self._unbalanced()
        start = self._position
        while depth:
            token = self._next()
            depth += (token == "{") - (token == "}")
        return "".join(self._tokens[start : self._position - 1])

    def _attach_script(self, boxes: list[Box], mark: str) -> None:
        source, script = self._argument()
        base = boxes.pop() if boxes else Box("", 0)
        width = total_width(script) * _SCRIPT_SIZE // 1000 + 60
        # A subscript and a superscript stand above each other: the wider one counts.
        extra = max(0, width - base.script_width)
        boxes.append(
            replace(
                base,
                latex=f"{base.latex}{mark}{source}",
                width=base.width + extra,
                role="ordinary" if base.role == "digit" else base.role,
                scripts=f"{base.scripts}{mark}{source}",
                script_width=base.script_width + extra,
            )
        )

    def _box(self, token: str, before: list[Box]) -> Box:
        if token == "{":
            self._position -= 1
            source, inside = self._argument()
            return Box(source, total_width(inside), "group", _height(inside), tuple(inside))
        if token in {"}", r"\right"} or token.startswith(r"\end"):
            raise self._unbalanced()
        if token == r"\left":
            return self._fence()
        if token in {r"\frac", r"\dfrac", r"\tfrac"}:
            return self._fraction(token)
        if token == r"\sqrt":
            return self._root()
        if token in _WORD_COMMANDS:
            words = self._raw_argument()
            return Box(f"{token}{{{words}}}", width_of_words(_visible(words)))
        if token in _ACCENTS:
            source, inside = self._argument()
            return Box(f"{token}{source}", total_width(inside) + 60)
        if token.startswith(r"\begin"):
            return self._environment(token)
        return _single(token, before)

    def _fence(self) -> Box:
        start = self._position
        opening = self._next()
        inside = self.read_until(frozenset({r"\right"}))
        self._position += 1
        closing = self._next()
        height = _height(inside)
        width = total_width(inside) + (470 + 160 * height) * 2
        latex = r"\left" + "".join(self._tokens[start : self._position])
        return Box(latex, width, "fence", height, tuple(inside), fence=(opening, closing))

    def _fraction(self, command: str) -> Box:
        above, inside = self._argument()
        under, below = self._argument()
        width = max(total_width(inside), total_width(below)) + 260
        return Box(f"{command}{above}{under}", width, "fraction", 1, tuple(inside), tuple(below))

    def _root(self) -> Box:
        degree = ""
        if self._position < len(self._tokens) and self._tokens[self._position] == "[":
            end = self._tokens.index("]", self._position)
            degree = "".join(self._tokens[self._position : end + 1])
            self._position = end + 1
        source, inside = self._argument()
        return Box(rf"\sqrt{degree}{source}", total_width(inside) + 1000, height=_height(inside))

    def _environment(self, token: str) -> Box:
        name = _environment_name(token)
        start, depth = self._position, 1
        while depth:
            following = self._next()
            if following.startswith((r"\begin", r"\end")) and _ENVIRONMENT.fullmatch(following):
                depth += 1 if following.startswith(r"\begin") else -1
        body = "".join(self._tokens[start : self._position - 1])
        columns = ""
        if name == "array":
            columns, body = _column_specification(body)
        role = "aligned" if name in {"aligned", "align*"} else "ordinary"
        latex = rf"\begin{{{name}}}{columns}{body}\end{{{name}}}"
        return Box(latex, _width_of_rows(body), role, 2)


def _environment_name(token: str) -> str:
    match = _ENVIRONMENT.fullmatch(token)
    return match[1] if match else ""


def _column_specification(body: str) -> tuple[str, str]:
    stripped = body.lstrip()
    end = stripped.index("}") + 1 if stripped.startswith("{") else 0
    return stripped[:end], stripped[end:]


def rows_of(body: str) -> list[list[str]]:
    """Return the cells of the body of an environment, row by row; nested environments stay whole."""
    rows, cell, depth = [[""]], "", 0
    for token in _TOKEN.findall(body):
        depth += token == "{" or token.startswith(r"\begin")
        depth -= token == "}" or token.startswith(r"\end")
        if depth == 0 and token in {"&", r"\\"}:
            rows[-1][-1] = cell
            cell = ""
            if token == "&":
                rows[-1].append("")
            else:
                rows.append([""])
        elif token != r"\hline":
            cell += token
    rows[-1][-1] = cell
    return [row for row in rows if any(item.strip() for item in row)]


def _width_of_rows(body: str) -> int:
    rows = rows_of(body)
    columns = max((len(row) for row in rows), default=0)
    widest = [max((width_of(row[i]) for row in rows if i < len(row)), default=0) for i in range(columns)]
    return sum(widest) + 1000 * columns


def _height(boxes: Iterable[Box]) -> int:
    return max((box.height for box in boxes), default=0)


def _visible(words: str) -> str:
    """Return words without the marks of LaTeX, each command counted as one letter."""
    return re.sub(r"\\[A-Za-z]+(?:\{\})?|\\.", "x", words).replace("$", "").replace("{", "").replace("}", "")


def _single(token: str, before: list[Box]) -> Box:
    """Return the box of one glyph; a plus or times with nothing to its left is a sign."""
    found: Glyph = glyph(token)
    last = next((box.role for box in reversed(before) if box.role != "space"), "open")
    if found.role in _OPERATIONS and last in _NOTHING_BEFORE:
        found = Glyph(790, "sign")
    return Box(token, found.width, found.role, found.height)
