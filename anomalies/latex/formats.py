r"""Derivations in every format: LaTeX, Markdown, plain text and JSON.

Key results
-----------
render : derivations as one text in a format
FORMATS : the names of the formats
print_derivation : the last line of a derivation script
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from anomalies.errors import ArgumentError, ArgumentTypeError, CheckFailedError, UnknownNameError, must_be
from anomalies.latex.derivation import Derivation, Step, tag_of
from anomalies.latex.document import TITLE, latex_document, papers_of
from anomalies.latex.layout import aligned, lay_out
from anomalies.latex.printer import Chain, latex, text
from anomalies.latex.typeset import tag_command
from anomalies.latex.words import words_in_markdown, words_in_text
from anomalies.tables import Table, markdown_words

__all__ = ["FORMATS", "print_derivation", "render"]

_TEXT_WIDTH = 96
_SHORT_NAME = 24  # characters of a left-hand side whose right-hand side starts on its line
# In a formula a sign starts a line and never ends one; short parentheses and equation numbers stay whole.
_KEPT_TOGETHER = re.compile(r"\((?:[^()]{1,40}|[A-Z]+ [^ ]+)\)|(?<= )[-+] ")
_JOINT = "\N{NO-BREAK SPACE}"


def render(derivations: Derivation | Iterable[Derivation], format: str) -> str:
    """Return derivations as one text.

    Parameters
    ----------
    derivations : one derivation or several.
    format : "latex" (a complete document), "markdown", "text" or "json".

    Raises
    ------
    UnknownNameError
        If there is no such format.
    ArgumentError, ArgumentTypeError
        If there is no derivation, or something else among them.

    Examples
    --------
    >>> from sympy.abc import x
    >>> from anomalies.latex.derivation import equality
    >>> step = equality("Doubling:", x + x, 2*x, tag="2.8")
    >>> print(render(Derivation("Trivia", "ADN section 2", (step,)), "text").split("References")[0].rstrip())
    Trivia
    ======
    After ADN section 2.
    <BLANKLINE>
    Doubling:
    <BLANKLINE>
        2*x = 2*x  (ADN 2.8)
    <BLANKLINE>
        [checked: the difference of both sides is identically zero]
    """
    if format not in FORMATS:
        raise UnknownNameError(must_be("format", f"one of {', '.join(FORMATS)}", format))
    several: object = (derivations,) if isinstance(derivations, Derivation) else derivations
    if isinstance(several, str) or not isinstance(several, Iterable):
        raise ArgumentTypeError(must_be("derivations", "derivations", derivations))
    documents: tuple[Derivation, ...] = tuple(several)
    if not all(isinstance(document, Derivation) for document in documents):
        raise ArgumentTypeError(must_be("derivations", "derivations", documents))
    if not documents:
        raise ArgumentError(must_be("derivations", "at least one derivation", documents))
    return _RENDERERS[format](documents)


def print_derivation(derivation: Callable[[], Derivation]) -> None:
    """Build a derivation and print it as a LaTeX document; the last line of a derivation script.

    If a check fails, the failure goes to standard error in one line and the exit status is 1.
    """
    try:
        document = render(derivation(), "latex")
    except CheckFailedError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    sys.stdout.write(document)


def _markdown(derivations: Sequence[Derivation]) -> str:
    blocks = [f"# {markdown_words(TITLE)}"] if len(derivations) > 1 else []
    for derivation in derivations:
        blocks.append(f"## {markdown_words(derivation.title)}")
        if derivation.source:
            blocks.append(f"*After {markdown_words(derivation.source)}.*")
        for step in derivation.steps:
            blocks += _markdown_step(step, tag_of(step, derivation))
    papers = [f"- **{key}**: {markdown_words(entry)}" for key, entry in papers_of(derivations).items()]
    blocks += ["## References", "\n".join(papers)] if papers else []
    return "\n\n".join(blocks) + "\n"


def _markdown_step(step: Step, tag: str) -> list[str]:
    sentence = words_in_markdown(step.words)
    if step.formula is None:
        return [sentence]
    checked = [f"<sub>✓ *{markdown_words(step.checked)}*</sub>"] if step.checked else []
    if step.kind != "disagreement":
        return [sentence, *_markdown_display(step.formula, tag), *checked]
    opening = f"**Disagreement{f' with {markdown_words(tag)}' if tag else ''}.** The source prints"
    ours = ["but what is found is", *_markdown_display(step.formula, "")]
    return [opening, *_markdown_display(step.printed, ""), *ours, sentence, *checked]


def _markdown_display(formula: Any, tag: str) -> list[str]:
    if isinstance(formula, Table):
        caption = " ".join(filter(None, (formula.caption, f"({tag})" if tag else "")))
        return [*([f"*{markdown_words(caption)}*"] if caption else []), formula.markdown(latex)]
    body = aligned(lay_out(latex(formula)))
    return [f"$$\n{body}{f' {tag_command(tag)}' if tag else ''}\n$$"]


def _text(derivations: Sequence[Derivation]) -> str:
    blocks = []
    for derivation in derivations:
        heading = [derivation.title, "=" * len(derivation.title)]
        blocks.append("\n".join([*heading, *([f"After {derivation.source}."] if derivation.source else [])]))
        for step in derivation.steps:
            blocks += _text_step(step, tag_of(step, derivation))
    papers = [_wrapped(f"{key}: {entry}.") for key, entry in papers_of(derivations).items()]
    blocks += ["References\n==========\n" + "\n".join(papers)] if papers else []
    return "\n\n".join(blocks) + "\n"


def _text_step(step: Step, tag: str) -> list[str]:
    sentence = _wrapped(words_in_text(step.words))
    if step.formula is None:
        return [sentence]
    checked = [_wrapped(f"[checked: {step.checked}]", 4)] if step.checked else []
    if step.kind != "disagreement":
        return [sentence, _text_display(step.formula, tag), *checked]
    opening = f"Disagreement{f' with {tag}' if tag else ''}. The source prints"
    ours = ["but what is found is", _text_display(step.formula, "")]
    return [_wrapped(opening), _text_display(step.printed, ""), *ours, sentence, *checked]


def _text_display(formula: Any, tag: str) -> str:
    """Return a formula indented; a chain that is too long for a line has one member on each."""
    number = f"  ({tag})" if tag else ""
    if isinstance(formula, Table):
        caption = f"{formula.caption}{number}".strip()
        body = "\n".join(filter(None, (caption, formula.text(text))))
    elif getattr(formula, "is_Matrix", False):
        body = _text_matrix(formula) + number
    else:
        body = _text_formula(formula, number)
    return textwrap.indent(body, "    ")


def _text_matrix(matrix: Any) -> str:
    """Return a matrix as aligned rows in brackets."""
    rows = [[text(entry) for entry in row] for row in matrix.tolist()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(f"[{'  '.join(map(str.rjust, row, widths))}]" for row in rows)


def _text_formula(formula: Any, number: str) -> str:
    """Return a formula on one line if it fits, else each member of a chain on its own lines."""
    shown = text(formula) + number
    if len(shown) <= _TEXT_WIDTH - 4 or "\n" in shown:
        return shown
    if not isinstance(formula, Chain):
        return _wrapped_formula(shown, 0, 4)
    first, *others = (text(member) for member in formula.members)
    others = [f"{formula.sign} {member}" for member in others]
    others[-1] += number
    if len(first) <= _SHORT_NAME:
        first = f"{first} {others.pop(0)}"
    return "\n".join([_wrapped_formula(first, 0, 8), *(_wrapped_formula(line, 4, 8) for line in others)])


def _wrapped(words: str, indent: int = 0, hanging: int | None = None) -> str:
    """Return words in lines of a terminal, the first indented by `indent`, the others by `hanging`."""
    return textwrap.fill(
        words,
        _TEXT_WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent if hanging is None else hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped_formula(formula: str, indent: int, hanging: int) -> str:
    joined = _KEPT_TOGETHER.sub(lambda match: match[0].replace(" ", _JOINT), formula)
    return _wrapped(joined, indent, hanging).replace(_JOINT, " ")


def _json(derivations: Sequence[Derivation]) -> str:
    documents = [
        {
            "title": derivation.title,
            "source": derivation.source,
            "steps": [_json_step(step, tag_of(step, derivation)) for step in derivation.steps],
        }
        for derivation in derivations
    ]
    return json.dumps(documents, indent=2, ensure_ascii=False) + "\n"


def _json_step(step: Step, tag: str) -> dict[str, Any]:
    """Return a step as plain data; what a paper prints instead is there in a disagreement only."""
    data: dict[str, Any] = {"kind": step.kind, "words": words_in_text(step.words)}
    data |= _json_formula(step.formula, "")
    if step.printed is not None:
        data |= _json_formula(step.printed, "printed_")
    return data | {"checked": step.checked or None, "source": tag or None}


def _json_formula(formula: Any, prefix: str) -> dict[str, Any]:
    if formula is None:
        return {f"{prefix}latex": None, f"{prefix}text": None}
    data: dict[str, Any] = {f"{prefix}latex": latex(formula), f"{prefix}text": text(formula)}
    if isinstance(formula, Table):
        data[f"{prefix}table"] = formula.as_json(text)
    return data


_RENDERERS: dict[str, Callable[[Sequence[Derivation]], str]] = {
    "latex": latex_document,
    "markdown": _markdown,
    "text": _text,
    "json": _json,
}

FORMATS = tuple(_RENDERERS)
