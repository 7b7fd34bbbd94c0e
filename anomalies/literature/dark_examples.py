"""Dark sectors that ADN (arXiv:1909.02021) print, with the sense in which each is non-trivial.

The dark charges are those of right-handed fields; ADN's footnote 29 prints them with the opposite sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = ["DARK_EXAMPLES", "DarkExample"]

_ALL = ("permutation", "disjoint", "chiral")


@dataclass(frozen=True, slots=True)
class DarkExample:
    """Lepton charges a, dark charges n, where they are printed, and the senses of non-trivial."""

    name: str
    a: tuple[Fraction, ...]
    n: tuple[Fraction, ...]
    source: str
    senses: tuple[str, ...]


def _example(name: str, a: str, n: str, source: str) -> DarkExample:
    def read(text: str) -> tuple[Fraction, ...]:
        return tuple(Fraction(entry) for entry in text.split())

    return DarkExample(name, read(a), read(n), source, _ALL)


DARK_EXAMPLES = (
    _example("footnote-13-first", "5 -4 -4", "-1 -1 -1", "ADN footnote 13"),
    _example("footnote-13-second", "6 -5 -5", "-3 -2 1", "ADN footnote 13"),
    _example("footnote-13-third", "11 -9 -9", "-4 -4 1", "ADN footnote 13"),
    _example("footnote-29-first", "7 8 -9", "1 5", "ADN footnote 29"),
    _example("footnote-29-second", "9 -2 -10", "4 -7", "ADN footnote 29"),
    _example("alternative-dark-sector", "3/5 1 1/20", "1/4 7/20 21/20", "ADN (A.4)"),
)
