"""Every exception of the toolkit, in one tree.

All of them derive from `AnomaliesError`.  Bad input is also a `ValueError` or a `TypeError`,
so that callers who know nothing of this module still catch what they expect.

Messages follow one template, "Argument 'x' must be ..., not ...", built by `must_be`.
"""

from __future__ import annotations

__all__ = [
    "AnomaliesError",
    "ArgumentError",
    "ArgumentTypeError",
    "CheckFailedError",
    "CouplingError",
    "InexactNumberError",
    "MissingToolError",
    "NotASolutionError",
    "RepresentationError",
    "UnitWarning",
    "UnknownNameError",
    "must_be",
]

_LONGEST_SHOWN = 60


class AnomaliesError(Exception):
    """Base class of every exception that the toolkit raises on purpose."""


class ArgumentError(AnomaliesError, ValueError):
    """An argument of the right type has a value outside its range."""


class ArgumentTypeError(AnomaliesError, TypeError):
    """An argument has the wrong type."""


class InexactNumberError(ArgumentTypeError):
    """A float or another inexact number was given where an exact one is needed."""


class UnknownNameError(ArgumentError):
    """A name (of a field, triangle, content, topic) is not among the known ones."""


class RepresentationError(ArgumentError):
    """A representation that does not exist, or a dimension that does not determine one."""


class CouplingError(ArgumentError):
    """A product of fields that is not an invariant coupling, or cannot be read as one."""


class NotASolutionError(ArgumentError):
    """Charges that do not satisfy the conditions they were claimed to satisfy."""


class CheckFailedError(AnomaliesError):
    """The check behind a step of a derivation failed: nothing unproved is printed as proved."""


class MissingToolError(AnomaliesError):
    """A program or an optional dependency that was asked for is not installed."""


class UnitWarning(UserWarning):
    """A number that is valid, and looks as if it were meant in another unit."""


def must_be(argument: str, expected: str, value: object) -> str:
    """Return the sentence "Argument '<argument>' must be <expected>, not <value>."."""
    try:
        shown = repr(value)
    except ValueError:  # Python refuses to print integers of more than 4300 digits
        return f"Argument '{argument}' must be {expected}, not a {type(value).__name__} too long to print."
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[:_LONGEST_SHOWN]}... ({type(value).__name__})"
    return f"Argument '{argument}' must be {expected}, not {shown}."
