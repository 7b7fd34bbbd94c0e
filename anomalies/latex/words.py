r"""Sentences with formulas in them, written once and printed in every format.

A sentence is a template such as "the charge {x} is free", with a value for each placeholder.  The
words are escaped for the format at hand, and the values are printed as its inline formulas.

Key results
-----------
Words, words : a sentence and its values
words_in_latex, words_in_markdown, words_in_text : the sentence in a format
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.latex.layout import inline
from anomalies.latex.printer import latex, text
from anomalies.tables import latex_words, markdown_formula, markdown_words

__all__ = ["Words", "words", "words_in_latex", "words_in_markdown", "words_in_text"]


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence with placeholders, and the value of each; built by `words`."""

    template: str
    values: tuple[tuple[str, Any], ...] = ()


def words(template: str, values: Mapping[str, Any]) -> Words:
    r"""Return a sentence, checked: each placeholder has a value and each value a placeholder.

    Parameters
    ----------
    template : plain words; "{x}" stands for the value named x, "{{" and "}}" for braces.
    values : anything printable; a `str` stands for itself, as words.

    Raises
    ------
    ArgumentTypeError
        If `template` is not a string.
    ArgumentError
        If its braces do not match, or its placeholders are not the names of `values`.

    Examples
    --------
    >>> from sympy import Symbol
    >>> sentence = words("{charge} of the {name} is free.", {"charge": Symbol("Q_H"), "name": "Higgs"})
    >>> print(words_in_latex(sentence))
    $\hat{Q}_{H}$ of the Higgs is free.
    """
    if not isinstance(template, str):
        raise ArgumentTypeError(must_be("words", "a string", template))
    placeholders = {name for _, name in _parts(template) if name is not None}
    if placeholders != set(values):
        expected = f"a sentence with the placeholders {sorted(values)}" if values else "without placeholders"
        raise ArgumentError(must_be("words", expected, template))
    return Words(template, tuple(values.items()))


def words_in_latex(sentence: Words) -> str:
    """Return a sentence as LaTeX text."""
    return _filled(sentence, latex_words, lambda value: f"${inline(latex(value))}$")


def words_in_markdown(sentence: Words) -> str:
    """Return a sentence as Markdown."""
    return _filled(sentence, markdown_words, lambda value: markdown_formula(latex(value)))


def words_in_text(sentence: Words) -> str:
    """Return a sentence as plain text on one line."""
    return " ".join(_filled(sentence, str, text).split())


def _parts(template: str) -> list[tuple[str, str | None]]:
    """Return the words of a template, each with the placeholder that follows it."""
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError:
        raise ArgumentError(must_be("words", "a sentence with matching braces", template)) from None
    for _, name, specification, conversion in fields:
        if name is not None and (not name.isidentifier() or specification or conversion):
            raise ArgumentError(must_be("words", "a sentence with placeholders such as {x}", template))
    return [(literal, name) for literal, name, _, _ in fields]


def _filled(sentence: Words, plain: Callable[[str], str], formula: Callable[[Any], str]) -> str:
    values = dict(sentence.values)
    pieces = []
    for literal, name in _parts(sentence.template):
        pieces.append(_spaced(literal, plain))
        if name is not None:
            value = values[name]
            pieces.append(plain(value) if isinstance(value, str) else formula(value))
    return "".join(pieces)


def _spaced(literal: str, plain: Callable[[str], str]) -> str:
    """Return the words of a piece, with the spaces at its ends that an escape may strip."""
    core = " ".join(literal.split())
    if not core:
        return " " if literal else ""
    return " " * literal[:1].isspace() + plain(core) + " " * literal[-1:].isspace()
