"""A theorem before it is proved: the sentence, its source, and how to state and prove it.

Nothing is computed when a module of theorems is imported; `proved` does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from anomalies.errors import ArgumentError, CheckFailedError
from anomalies.proofs import Claim, Goal, Method, Statement, prove_automatically, prove_claim

__all__ = ["Theorem", "proved"]


@dataclass(frozen=True, slots=True)
class Theorem:
    """What is claimed, and the means to state it formally and to prove it.

    Attributes
    ----------
    name : lower case with hyphens; the name of the claim and of its certificate.
    statement, latex : the claim as a plain sentence, and as LaTeX for math mode.
    source : "ADN (2.5)", or "new".
    formal : a function of no arguments that computes the formal statement from the framework.
    method : how it is proved.
    hypotheses, exceptions : in words.
    holds : False for a statement that is known to be false; its method then shows a counterexample.
    """

    name: str
    statement: str
    latex: str
    source: str
    formal: Callable[[], Statement]
    method: Method = prove_automatically
    hypotheses: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    holds: bool = True

    @property
    def expected(self) -> str:
        """The status that the claim of this theorem must have: "proved" or "refuted"."""
        return "proved" if self.holds else "refuted"


def proved(theorem: Theorem) -> Claim:
    """Return the claim of a theorem, with a certificate that the checker has accepted.

    A theorem that does not hold comes back as a refuted claim.

    Raises
    ------
    CheckFailedError : the method finds no proof, or the checker does not accept it.
    ArgumentError : a goal is "0 = 0": the statement would say nothing, whatever its words say.

    Examples
    --------
    >>> from sympy.abc import a, b
    >>> from anomalies.proofs import for_all
    >>> square = Theorem("squares", "...", "...", "new", lambda: for_all([a, b], a**2 - b**2, given=[a - b]))
    >>> proved(square).status
    'proved'
    """
    formal = theorem.formal()
    if any(goal.kind == "zero" and goal.expression == 0 for goal in _leaves(formal.goal)):
        raise ArgumentError(f"Argument 'theorem' must have no empty goal, and '{theorem.name}' has one.")
    claim = prove_claim(
        theorem.name,
        formal,
        theorem.method,
        statement=theorem.statement,
        latex=theorem.latex,
        source=theorem.source,
        hypotheses=theorem.hypotheses,
        exceptions=theorem.exceptions,
    )
    if claim.status != theorem.expected:
        raise CheckFailedError(f"The claim '{claim.name}' must be {theorem.expected}, not {claim.status}.")
    return claim


def _leaves(goal: Goal) -> Iterator[Goal]:
    if not goal.parts:
        yield goal
    for part in goal.parts:
        yield from _leaves(part)
