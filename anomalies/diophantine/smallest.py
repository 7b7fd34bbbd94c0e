"""The smallest non-trivial dark sector of given lepton charges, and what is proved of it.

"Smallest" is by the height of a sector, then by its charges, which is the order of `dark_sectors`.  The
answer has one of four standings:

* "smallest": no smaller one exists.
* "known": it exists, and is the smallest that is known.
* "none": there is none.
* "unknown": none is known, and none is excluded.

The list of sectors that `dark_sectors` gives decides it where that is complete; for rank 0 this rests on the
upper bound of the rank.  Elsewhere the generators are not proved to generate everything, and the sectors
are compared with the complete search by common denominator d, up to a bound D.  A sector of height H has
d <= H and d max|a_i| <= H.  So D = H/max(1, max|a_i|), rounded down, proves that there is no smaller one.

Key results
-----------
smallest_sector : the answer
SmallestSector : its type, a sector and its standing
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.diophantine.bounded import sectors_with_denominator
from anomalies.diophantine.dark import DarkSector, as_sense, is_nontrivial
from anomalies.diophantine.sectors import DarkSectors
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_integer

__all__ = ["STANDINGS", "SmallestSector", "smallest_sector"]

STANDINGS = ("smallest", "known", "none", "unknown")
_WITH_SECTOR, _WITHOUT = STANDINGS[:2], STANDINGS[2:]


@dataclass(frozen=True, slots=True, repr=False)
class SmallestSector(Printable):
    """The smallest non-trivial sector of given lepton charges, as far as it is known.

    Parameters
    ----------
    sector : the sector, or None.
    standing : what is proved of it: "smallest", "known", "none" or "unknown"; see above.

    Raises
    ------
    ArgumentError
        If the standing is none of the four, or does not go with the sector.
    """

    sector: DarkSector | None
    standing: str

    def __post_init__(self) -> None:
        """Check that a sector is there exactly if the standing says so."""
        expected = _WITH_SECTOR if self.sector is not None else _WITHOUT
        if self.standing not in expected:
            raise ArgumentError(must_be("standing", " or ".join(map(repr, expected)), self.standing))

    def as_json(self) -> dict[str, Any]:
        """Return the standing, and the dark charges as strings with the height."""
        found = self.sector
        return {
            "standing": self.standing,
            "n": None if found is None else [str(charge) for charge in found.n],
            "height": None if found is None else found.height,
        }

    def _sympystr(self, printer: Any) -> str:
        return self.standing if self.sector is None else f"{self.sector}, {self.standing}"

    def _latex(self, printer: Any) -> str:
        standing = rf"\text{{{self.standing}}}"
        return standing if self.sector is None else rf"{printer._print(self.sector)},\; {standing}"


def smallest_sector(
    found: DarkSectors, sense: str = "permutation", max_denominator: int = 100
) -> SmallestSector:
    """Return the smallest sector that is non-trivial, of given lepton charges and three dark states.

    Parameters
    ----------
    found : what `dark_sectors` returned, for three dark states.
    sense : "permutation", which for three dark states is the same as "disjoint" unless (a_e + a_mu)(a_mu +
        a_tau)(a_tau + a_e) = 0; or "disjoint", or "chiral" (see `is_nontrivial`).
    max_denominator : the common denominators that are searched completely, as far as that helps.

    Raises
    ------
    ArgumentError
        If the number of dark states is not three.

    Examples
    --------
    >>> from anomalies.diophantine.sectors import dark_sectors
    >>> smallest_sector(dark_sectors([5, -4, -4]))
    (5, -4, -4; -1, -1, -1), smallest
    >>> smallest_sector(dark_sectors([1, -1, 5]), "chiral")
    none
    >>> smallest_sector(dark_sectors(["3/5", 1, "1/20"], rank="descent"))
    (3/5, 1, 1/20; 1/4, 7/20, 21/20), smallest
    """
    as_sense(sense, "sense")
    largest = as_integer(max_denominator, "max_denominator", 1)
    if found.states != 3:
        raise ArgumentError(must_be("found", "the dark sectors with three dark states", found.states))
    if _is_excluded(found, sense):
        return SmallestSector(None, "none")
    # This ends: only one sector is a permutation of a, and where no two charges can be opposite (pi != 0)
    # only one has a zero charge, because two charges are fixed by their sum and their sum of cubes.
    candidate = next((sector for sector in found if is_nontrivial(sector, sense)), None)
    if found.complete:
        return SmallestSector(candidate, "none" if candidate is None else "smallest")
    searched = sectors_with_denominator(found.a, _enough(candidate, largest))
    better = [sector for sector in searched if is_nontrivial(sector, sense)]
    known = min(better if candidate is None else [candidate, *better], key=_order, default=None)
    if known is None:
        return SmallestSector(None, "unknown")
    return SmallestSector(known, "smallest" if _denominators(known) <= largest else "known")


def _is_excluded(found: DarkSectors, sense: str) -> bool:
    """Whether the lepton charges alone forbid a non-trivial sector (`anomalies.diophantine.dark`)."""
    if sense == "permutation":
        return False
    return found.branch == "vector-like" or (sense == "chiral" and 0 in found.a)


def _order(sector: DarkSector) -> tuple[int, tuple[Fraction, ...]]:
    return sector.height, sector.n


def _denominators(sector: DarkSector) -> int:
    """The largest common denominator of any sector of the same a that is not higher."""
    return sector.height // max(Fraction(1), *map(abs, sector.a))


def _enough(candidate: DarkSector | None, largest: int) -> int:
    return largest if candidate is None else min(largest, _denominators(candidate))
