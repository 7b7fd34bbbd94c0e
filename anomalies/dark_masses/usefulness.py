r"""Which dark sectors are useful: the questions of a model builder, asked of one sector or of many.

ADN's appendix A wants a dark sector without the Yukawa couplings (A.1), in which neutrino masses come from
operators of dimension six and a few scalars make the dark states massive.  `rank_sectors` orders sectors by
these wishes, in this sequence:

    yukawas         fewest couplings l-bar H nu_R                       ADN appendix A.1
    weinberg        fewest operators l l H^c H^c without a scalar       ADN (A.8): none of dimension five
    bare            fewest dark masses that no scalar has to give       vector-like pairs and neutral states
    scalars         fewest scalars that make all dark states massive    ADN (A.5)
    height          smallest height                                     the simplest numbers
    largest_charge  smallest |charge|                                   perturbativity
    distance        nearest to a target, if one is given

What selects ADN's (A.4) = (3/5, 1, 1/20; 1/4, 7/20, 21/20) from the seven sectors within 1/20 of their best
fit (59/100, 1, 0) with a common denominator of at most 20, honestly told:

* None of the seven has a Yukawa coupling, and all need two scalars: these wishes decide nothing.
* The second wish decides alone.  The other six have a_tau = 0, as the best fit itself; there l_3 l_3 H^c H^c
  is allowed, and they are not non-trivial in the sense "chiral".
* Without it (5/9, 1, 0; -1/9, 7/9, 8/9) is simpler by height and by largest charge, with (A.4) second; by
  distance (A.4) is the last of the seven, though the first by |a_e - 59/100| alone, the one distance that
  matters for the bounds (ADN's footnote 30).
* With it, (A.4) has the least height of all sectors within 1/20, whatever their denominator; that holds up
  to a radius of 1/19, where simpler sectors come in.

Key results
-----------
describe_sector : one sector -> `SectorDescription`, which prints as a table and as JSON
rank_sectors, ranking_table : many sectors, most useful first

References
----------
ADN, arXiv:1909.02021, appendix A and footnote 30.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from types import MappingProxyType
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.dark_masses.majorana import MajoranaTexture, as_scalars, majorana_texture
from anomalies.dark_masses.operators import Pair, bare_masses, weinberg_operators, yukawa_couplings
from anomalies.dark_masses.scalars import fewest_scalars
from anomalies.diophantine import NONTRIVIAL_SENSES, DarkSector, is_nontrivial
from anomalies.errors import ArgumentTypeError, UnknownNameError, must_be
from anomalies.exact import RationalLike, as_rationals
from anomalies.tables import Table

__all__ = ["CRITERIA", "SectorDescription", "describe_sector", "rank_sectors", "ranking_table"]


@dataclass(frozen=True, slots=True, repr=False)
class SectorDescription(Printable):
    """What a model builder wants to know of a dark sector; see `describe_sector`.

    Attributes
    ----------
    sector : the charges; dark states are counted in its order, which is sorted.
    yukawas : the pairs (i, j) with a coupling l-bar_i H nu_R^j.
    weinberg : the pairs (i, j) with an operator l_i l_j H^c H^c.
    bare : the pairs (i, j) of dark states with a mass that needs no scalar.
    senses : the senses in which the sector is non-trivial.
    scalar_sets : every smallest set of scalars that makes all dark states massive.
    present : the scalars that were there already, as pairs (name, charge).
    target : the lepton charges it is compared with, or None.
    """

    sector: DarkSector
    yukawas: tuple[Pair, ...]
    weinberg: tuple[Pair, ...]
    bare: tuple[Pair, ...]
    senses: tuple[str, ...]
    scalar_sets: tuple[tuple[Fraction, ...], ...]
    present: tuple[tuple[str, Fraction], ...] = ()
    target: tuple[Fraction, ...] | None = None

    @property
    def scalars(self) -> int:
        """The number of scalars that all dark masses need, besides those present."""
        return len(self.scalar_sets[0])

    @property
    def largest_charge(self) -> Fraction:
        """The largest |charge| of a lepton or a dark state, 0 if there is none."""
        return max(map(abs, self.sector.a + self.sector.n), default=Fraction(0))

    @property
    def distance_squared(self) -> Fraction | None:
        """The sum of (a_i - target_i)^2, None without a target: exact, where the distance is not rational."""
        if self.target is None:
            return None
        pairs = zip(self.sector.a, self.target, strict=True)
        return sum(((x - y) ** 2 for x, y in pairs), Fraction(0))

    def texture(self, choice: int = 0) -> MajoranaTexture:
        """Return the mass matrix with the scalars present and those of a set, the first by default.

        The scalars of the set are called chi_1, chi_2, ..., without the names that are present.
        """
        known = dict(self.present)
        names = (name for index in count(1) if (name := f"chi_{index}") not in known)
        return majorana_texture(
            self.sector.n, known | dict(zip(names, self.scalar_sets[choice], strict=False))
        )

    def table(self) -> Table:
        """Return the description as a table of two columns."""
        rows = [
            ("sector", self.sector),
            ("Yukawa couplings", _listed(self.yukawas)),
            ("Weinberg operators", _listed(self.weinberg)),
            ("masses without a scalar", _listed(self.bare)),
            ("non-trivial", ", ".join(self.senses) or "no"),
            ("denominator", self.sector.denominator),
            ("height", self.sector.height),
            ("largest charge", self.largest_charge),
            ("scalars present", ", ".join(f"{name} {charge}" for name, charge in self.present) or "none"),
            ("fewest scalars", "; ".join(", ".join(map(str, s)) for s in self.scalar_sets) or "none"),
            ("mass matrix", self.texture()),
        ]
        if self.distance_squared is not None:
            rows.append(("distance squared", self.distance_squared))
        return Table(("property", "value"), rows)

    def as_json(self) -> dict[str, Any]:
        """Return everything, every rational as a string."""
        distance = self.distance_squared
        return {
            "sector": self.sector.as_json(),
            "yukawas": [list(pair) for pair in self.yukawas],
            "weinberg": [list(pair) for pair in self.weinberg],
            "bare": [list(pair) for pair in self.bare],
            "senses": list(self.senses),
            "largest_charge": str(self.largest_charge),
            "present": {name: str(charge) for name, charge in self.present},
            "scalar_sets": [[str(charge) for charge in chosen] for chosen in self.scalar_sets],
            "texture": self.texture().as_json(),
            "target": None if self.target is None else [str(charge) for charge in self.target],
            "distance_squared": None if distance is None else str(distance),
        }

    def _sympystr(self, printer: Any) -> str:
        return self.table().text(printer._print)

    def _latex(self, printer: Any) -> str:
        return self.table().latex(printer._print)

    def _pretty(self, printer: Any) -> Any:
        return self.table()._pretty(printer)


def _listed(pairs: Sequence[Pair]) -> str:
    return ", ".join(f"({i}, {j})" for i, j in pairs) or "none"


def describe_sector(
    sector: DarkSector,
    *,
    target: Iterable[RationalLike] | None = None,
    present: Mapping[str, RationalLike] | Iterable[RationalLike] = (),
) -> SectorDescription:
    """Return the couplings, masses and sizes of a dark sector.

    Parameters
    ----------
    sector : lepton and dark charges, any number of each.
    target : lepton charges to compare with, as many as the sector has.
    present : charged scalars that the model has already, by name or in a sequence; none by default.

    Raises
    ------
    ArgumentTypeError, ArgumentError
        If `sector` is no `DarkSector`, or `target` or `present` does not fit it.

    Source: ADN (A.4), (A.5), (A.6).

    Examples
    --------
    >>> sector = DarkSector(["3/5", 1, "1/20"], ["1/4", "7/20", "21/20"])
    >>> describe_sector(sector, target=["59/100", 1, 0])
    property                 value
    -----------------------  ---------------------------------------------------
    sector                   (3/5, 1, 1/20; 1/4, 7/20, 21/20)
    Yukawa couplings         none
    Weinberg operators       none
    masses without a scalar  none
    non-trivial              permutation, disjoint, chiral
    denominator              20
    height                   21
    largest charge           21/20
    scalars present          none
    fewest scalars           3/5, 21/10; 7/10, 13/10; 1/2, 7/5
    mass matrix              [[0, chi_1^*, 0], [chi_1^*, 0, 0], [0, 0, chi_2^*]]
    distance squared         13/5000
    """
    if not isinstance(sector, DarkSector):
        raise ArgumentTypeError(must_be("sector", "a DarkSector", sector))
    known = as_scalars(present, "present")
    return SectorDescription(
        sector,
        yukawa_couplings(sector.a, sector.n),
        weinberg_operators(sector.a),
        bare_masses(sector.n),
        tuple(sense for sense in NONTRIVIAL_SENSES if is_nontrivial(sector, sense)),
        fewest_scalars(sector.n, present=dict(known)),
        known,
        None if target is None else as_rationals(target, "target", len(sector.a)),
    )


# Every criterion wants its number small.  Their order is the sequence explained at the top.
CRITERIA: Mapping[str, Callable[[SectorDescription], Fraction | int]] = MappingProxyType(
    {
        "yukawas": lambda description: len(description.yukawas),
        "weinberg": lambda description: len(description.weinberg),
        "bare": lambda description: len(description.bare),
        "scalars": lambda description: description.scalars,
        "height": lambda description: description.sector.height,
        "largest_charge": lambda description: description.largest_charge,
        "distance": lambda description: description.distance_squared or Fraction(0),
    }
)


def rank_sectors(
    sectors: Iterable[DarkSector],
    *,
    target: Iterable[RationalLike] | None = None,
    present: Mapping[str, RationalLike] | Iterable[RationalLike] = (),
    criteria: Iterable[str] = tuple(CRITERIA),
) -> tuple[SectorDescription, ...]:
    """Return the descriptions of sectors, the most useful first.

    The sectors are compared by one criterion after the other, as this module explains; what is still equal
    is ordered by the charges, so that the order of the input does not matter.

    Parameters
    ----------
    sectors : finitely many sectors.
    target : lepton charges to compare with; without one, "distance" decides nothing.
    present : charged scalars that the model has already.
    criteria : names from `CRITERIA`, the most important first.

    Raises
    ------
    UnknownNameError
        If a criterion does not exist.

    Source: ADN appendix A.

    Examples
    --------
    >>> from anomalies.diophantine import near
    >>> target = ("59/100", 1, 0)
    >>> found = near(target, max_denominator=20, radius="1/20")
    >>> best = rank_sectors(found, target=target)[0]
    >>> best.sector, best.scalar_sets[0]
    ((3/5, 1, 1/20; 1/4, 7/20, 21/20), (Fraction(3, 5), Fraction(21, 10)))
    """
    measures = tuple(_criterion(name) for name in _names(criteria))
    wanted = None if target is None else as_rationals(target, "target")
    known = dict(as_scalars(present, "present"))
    descriptions = [describe_sector(sector, target=wanted, present=known) for sector in sectors]
    return tuple(
        sorted(
            descriptions,
            key=lambda description: (
                tuple(measure(description) for measure in measures),
                description.sector.a,
                description.sector.n,
            ),
        )
    )


def _names(criteria: object) -> tuple[object, ...]:
    if isinstance(criteria, str) or not isinstance(criteria, Iterable):
        raise ArgumentTypeError(
            must_be("criteria", f"a sequence of names among {', '.join(CRITERIA)}", criteria)
        )
    return tuple(criteria)


def _criterion(name: object) -> Callable[[SectorDescription], Fraction | int]:
    if not isinstance(name, str) or name not in CRITERIA:
        raise UnknownNameError(must_be("criteria", f"names among {', '.join(CRITERIA)}", name))
    return CRITERIA[name]


def ranking_table(descriptions: Iterable[SectorDescription]) -> Table:
    """Return ranked sectors with their place and the number behind each criterion.

    >>> from anomalies.diophantine import near
    >>> found = near(("59/100", 1, 0), max_denominator=9, radius="1/20")
    >>> print(ranking_table(rank_sectors(found)))
    place  sector                         Yukawa  Weinberg  bare  scalars  height  largest
    -----  -----------------------------  ------  --------  ----  -------  ------  -------
        1  (5/9, 1, 0; -1/9, 7/9, 8/9)         0         1     0        2       9        1
        2  (5/8, 1, 0; -27/8, 7/4, 13/4)       0         1     0        2      27     27/8
    """
    rows = [
        (
            place,
            description.sector,
            len(description.yukawas),
            len(description.weinberg),
            len(description.bare),
            description.scalars,
            description.sector.height,
            description.largest_charge,
        )
        for place, description in enumerate(descriptions, 1)
    ]
    return Table(("place", "sector", "Yukawa", "Weinberg", "bare", "scalars", "height", "largest"), rows)
