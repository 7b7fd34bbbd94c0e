"""What the toolkit states about the framework, each statement with a proof that can be checked.

A `Theorem` says how to state and prove something; `proved` makes a claim of it, with a certificate that the
independent checker has accepted.  A statement that is false is kept too, as a refuted claim with its
counterexample.

Key results
-----------
THEOREMS : all of them, in the order of the papers
find_theorem, select_theorems : by name
proved : a theorem as a claim
"""

from collections.abc import Iterable

from anomalies.errors import UnknownNameError, must_be
from anomalies.theorems import (
    curves,
    dark,
    ellis,
    ellis_dark,
    ellis_dense,
    ellis_leptons,
    ellis_up_quarks,
    flavour,
    framework,
    model_families,
    pure_u1,
    segre,
    sm_family,
)
from anomalies.theorems.theorem import Theorem, proved

__all__ = ["THEOREMS", "Theorem", "find_theorem", "proved", "select_theorems"]

THEOREMS: tuple[Theorem, ...] = (
    *framework.THEOREMS,
    *dark.THEOREMS,
    *curves.THEOREMS,
    *segre.THEOREMS,
    *flavour.THEOREMS,
    *sm_family.THEOREMS,
    *model_families.THEOREMS,
    *pure_u1.THEOREMS,
    *ellis.THEOREMS,
    *ellis_dark.THEOREMS,
    *ellis_up_quarks.THEOREMS,
    *ellis_dense.THEOREMS,
    *ellis_leptons.THEOREMS,
)


def find_theorem(name: str) -> Theorem:
    """Return the theorem of that name.

    >>> find_theorem("quadratic-vanishes").source
    'ADN (2.5)'
    """
    for theorem in THEOREMS:
        if theorem.name == name:
            return theorem
    raise UnknownNameError(must_be("CLAIM", "a name that 'anomalies prove --list' shows", name))


def select_theorems(names: Iterable[str] = ()) -> tuple[Theorem, ...]:
    """Return the named theorems, or all of them."""
    chosen = tuple(find_theorem(name) for name in names)
    return chosen or THEOREMS
