r"""A derivation: a list of steps, each a sentence, a formula, and the check that the formula holds.

The check of a step runs when the step is built, so that a derivation which exists is a derivation
which holds, and a script that tells a false one stops before it prints anything.

Key results
-----------
Derivation, Step : the document, as frozen data
remark, definition, equality, statement, disagreement : build a step, and check it

Every formula that is displayed is either a definition or was checked, and says how.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from anomalies.errors import AnomaliesError, ArgumentError, ArgumentTypeError, CheckFailedError, must_be
from anomalies.latex.equality import difference
from anomalies.latex.printer import Chain, Named, as_name, latex, text
from anomalies.latex.words import Words, words, words_in_text

__all__ = ["Derivation", "Step", "definition", "disagreement", "equality", "remark", "statement"]

Kind: TypeAlias = Literal["remark", "definition", "equality", "statement", "disagreement"]

_EQUATION_NUMBER = re.compile(r"\(?(?:[A-Z]\.)?[0-9]")
_LONGEST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation; use the builders of this module, which run the check.

    Attributes
    ----------
    kind : what the step does.
    words : the sentence.
    formula : what is displayed, or None in a remark.
    checked : how the formula was checked; empty for remarks and definitions, which claim nothing.
    source : the number of the equation in the paper that the derivation follows.
    printed : in a disagreement, what the paper prints instead of `formula`.
    """

    kind: Kind
    words: Words
    formula: Any = None
    checked: str = ""
    source: str = ""
    printed: Any = None

    def __post_init__(self) -> None:
        """Refuse a displayed claim that does not say how it was checked."""
        claims = self.kind not in {"remark", "definition"}
        if claims and not (isinstance(self.checked, str) and self.checked.strip()):
            raise ArgumentError(
                must_be("checked", "a sentence that says how the step was checked", self.checked)
            )
        if not isinstance(self.source, str):
            raise ArgumentTypeError(must_be("tag", 'an equation number such as "2.8"', self.source))


@dataclass(frozen=True, slots=True)
class Derivation:
    """A title, the source that is followed, and the steps.

    Parameters
    ----------
    title : plain words.
    source : what the derivation follows, its key first: "ADN section 2"; or "".
    steps : the steps, at least one.

    Raises
    ------
    ArgumentTypeError, ArgumentError
        If an argument is not of this form.

    Examples
    --------
    >>> derivation = Derivation("Trivia", steps=(remark("Nothing to do."),))
    >>> derivation.steps[0].kind
    'remark'
    """

    title: str
    source: str = ""
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        """Turn the steps into a tuple and check the arguments."""
        for argument in ("title", "source"):
            if not isinstance(getattr(self, argument), str):
                raise ArgumentTypeError(must_be(argument, "a string", getattr(self, argument)))
        if not self.title.strip():
            raise ArgumentError(must_be("title", "a non-empty string", self.title))
        if not isinstance(self.steps, list | tuple) or not all(isinstance(step, Step) for step in self.steps):
            raise ArgumentTypeError(must_be("steps", "a sequence of steps", self.steps))
        if not self.steps:
            raise ArgumentError(must_be("steps", "a non-empty sequence of steps", self.steps))
        object.__setattr__(self, "steps", tuple(self.steps))


def tag_of(step: Step, derivation: Derivation) -> str:
    """Return the equation number of a step with the key of its paper: "ADN 2.8".

    >>> step = definition("Let", "x", 1, tag="2.8")
    >>> tag_of(step, Derivation("Trivia", "ADN section 2", (step,)))
    'ADN 2.8'
    """
    if not derivation.source or not _EQUATION_NUMBER.match(step.source):
        return step.source
    return f"{derivation.source.split()[0].rstrip(',:')} {step.source}"


def remark(template: str, **values: Any) -> Step:
    """Return a step of words alone.

    Parameters
    ----------
    template : a sentence; "{x}" stands for the value named x.
    values : what stands in the placeholders, in this and in all builders below.

    >>> words_in_text(remark("There are {n} fields.", n=18).words)
    'There are 18 fields.'
    """
    return Step("remark", words(template, values))


def definition(template: str, name: Any, value: Any, *, tag: str = "", **values: Any) -> Step:
    """Return a step that introduces a notation, name := value; there is nothing to check.

    >>> from sympy.abc import x
    >>> definition("We write", "sigma", x + 1).formula
    sigma := x + 1
    """
    formula = Chain((as_name(name), value), ":=")
    return _printable(Step("definition", words(template, values), formula, source=tag))


def equality(template: str, *members: Any, tag: str = "", **values: Any) -> Step:
    r"""Return a step that displays m_1 = m_2 = ... after checking that all members agree identically.

    Parameters
    ----------
    template : a sentence.
    members : at least two rational functions, or vectors or matrices of them.  The first may be
        `named(name, expression)`: the name is displayed, then the expression.
    tag : the number of the equation in the source, "2.8".

    Raises
    ------
    CheckFailedError
        If two members differ; the message names the sentence, the formula and the difference.
    ArgumentError
        If there are fewer than two members.

    Examples
    --------
    >>> from sympy.abc import x, y
    >>> equality("A difference of squares:", x**2 - y**2, (x - y)*(x + y)).formula
    x**2 - y**2 = (x - y)*(x + y)
    >>> equality("Wrong:", x, x + y)
    Traceback (most recent call last):
        ...
    anomalies.errors.CheckFailedError: Step "Wrong:" fails: x = x + y does not hold, the difference is -y.
    """
    sentence = words(template, values)
    if len(members) < 2:
        raise ArgumentError(must_be("members", "at least two expressions to compare", members))
    expressions = [member.value if isinstance(member, Named) else member for member in members]
    for other in expressions[1:]:
        found = difference(expressions[0], other)
        if found is not None:
            raise _failure(
                sentence, Chain((expressions[0], other)), f"does not hold, the difference is {found}"
            )
    count = len(expressions)
    checked = "the difference of both sides is identically zero"
    if count > 2:
        checked = f"the differences of the {count} expressions are identically zero"
    return Step("equality", sentence, Chain(_displayed(members)), checked, tag)


def _displayed(members: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what a chain of equalities shows: names before values, and no expression twice in a row."""
    shown: list[Any] = []
    for member in members:
        parts = (member.name, member.value) if isinstance(member, Named) else (member,)
        for part in parts:
            if len(shown) < 2 or shown[-1] != part:
                shown.append(part)
    return tuple(shown)


def statement(
    template: str, formula: Any, check: Callable[[], bool], checked: str, *, tag: str = "", **values: Any
) -> Step:
    """Return a step that displays any formula or table after running the check that it holds.

    Parameters
    ----------
    template : a sentence.
    formula : anything printable, a `Table` included.
    check : a function without arguments; it must return True, not merely something true, so that
        no check passes by accident.
    checked : how the formula was checked, in plain words.
    tag : the number of the equation in the source.

    Raises
    ------
    CheckFailedError
        If `check` returns anything else, or raises an error of this toolkit.

    Examples
    --------
    >>> from sympy import Ne
    >>> from sympy.abc import x
    >>> statement("Excluded is", Ne(x, 0), lambda: 1 != 0, "by inspection").checked
    'by inspection'
    """
    sentence = words(template, values)
    _run(check, sentence, formula)
    return _printable(Step("statement", sentence, formula, checked, tag))


def disagreement(
    source: str, printed: Any, ours: Any, why: str, check: Callable[[], bool], checked: str, **values: Any
) -> Step:
    """Return a step that displays what a paper prints, what is found instead, and why they differ.

    Parameters
    ----------
    source : the place in the paper, "3.11".
    printed, ours : anything printable; words are given as a `str`.
    why : a sentence, with placeholders for `values`.
    check : as for `statement`: it establishes that `ours` is right and `printed` is not.
    checked : how that was checked, in plain words.

    Raises
    ------
    CheckFailedError
        If `check` does not return True.
    ArgumentError
        If `printed` and `ours` look the same.

    Examples
    --------
    >>> disagreement("5.1", 1, 2, "A factor is missing.", lambda: True, "by hand").printed
    1
    """
    sentence = words(why, values)
    if latex(printed) == latex(ours):
        raise ArgumentError(must_be("ours", "different from what is printed", ours))
    _run(check, sentence, ours)
    return _printable(Step("disagreement", sentence, ours, checked, source, printed))


def _printable(step: Step) -> Step:
    """Return the step, after making sure that it can be printed: a script fails early or not at all."""
    for formula in (step.formula, step.printed):
        if formula is not None:
            latex(formula)
    return step


def _run(check: Callable[[], bool], sentence: Words, formula: Any) -> None:
    if not callable(check):
        raise ArgumentTypeError(must_be("check", "a function without arguments", check))
    try:
        outcome = check()
    except AnomaliesError as error:
        raise _failure(sentence, formula, f"could not be checked: {error}") from error
    if outcome is not True:
        raise _failure(
            sentence,
            formula,
            f"does not hold, the check returned {outcome!r} ({type(outcome).__name__}) and not the bool True",
        )


def _failure(sentence: Words, formula: Any, reason: str) -> CheckFailedError:
    """Return an error, on one line, that names the step and says what came out instead."""
    shown = " ".join(text(formula).split())
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[:_LONGEST_SHOWN]}..."
    message = f'Step "{words_in_text(sentence)}" fails: {shown} {reason}.'
    return CheckFailedError(" ".join(message.split()))
