"""A survey of all small lepton charges: branch, torsion, rank, and the smallest non-trivial dark sector.

Dark sectors do not change when the lepton charges are permuted, and scale with them.  So all rational
lepton charges are covered by primitive integer ones, one for each class under permutations and the common
sign.  The representative is the one with a_1 >= a_2 >= a_3 and a_1 >= |a_3|, and a_2 >= 0 if a_1 = -a_3.
The zero vector, whose sectors are (0, c, -c), is on no ray and is left out.  What is known of the smallest
non-trivial sector is said in the words of `anomalies.diophantine.smallest`.

Key results
-----------
survey : all classes with |a_i| <= N
Survey, SurveyRow : what it returns; how often each branch, torsion and rank occurs
lepton_charges_up_to, representative : the classes

References
----------
W. Altmannshofer, J. Davighi, M. Nardecchia, arXiv:1909.02021, equation (2.6), footnote 13.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import gcd
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.diophantine.dark import is_chiral
from anomalies.diophantine.pari import as_seconds
from anomalies.diophantine.processes import available_processors, completed
from anomalies.diophantine.ranks import RankBounds, as_rank_method
from anomalies.diophantine.sectors import BRANCHES, DarkSectors, dark_sectors
from anomalies.diophantine.smallest import SmallestSector, smallest_sector
from anomalies.errors import AnomaliesError, ArgumentError, must_be
from anomalies.exact import RationalLike, as_integer, as_rationals, primitive
from anomalies.tables import Table

__all__ = ["Survey", "SurveyRow", "lepton_charges_up_to", "representative", "survey"]

_Triple: TypeAlias = tuple[int, int, int]
_Charges: TypeAlias = tuple[Fraction, ...]

_CHUNK = 16  # classes, a quarter of a second
_HEADER = ("branch", "torsion", "rank", "classes", "triples", "without", "smallest sector")


# ---------------------------------------------------------------- the classes of lepton charges


def lepton_charges_up_to(bound: int) -> Iterator[_Triple]:
    """Yield all primitive integer lepton charges with |a_i| <= `bound`, one for each class.

    A class consists of the permutations of a and of -a.  They come by their largest |a_i|, which is a_1, so
    that a smaller bound gives a beginning of the list of a larger one.  Zero is not among them.

    Parameters
    ----------
    bound : a non-negative integer.

    Examples
    --------
    >>> list(lepton_charges_up_to(1))
    [(1, 1, 1), (1, 1, 0), (1, 1, -1), (1, 0, 0), (1, 0, -1)]
    """
    largest = as_integer(bound, "bound", 0)
    for a_1 in range(1, largest + 1):
        for a_2 in range(a_1, -a_1 - 1, -1):
            # For a_3 = -a_1 the opposite charges are (a_1, -a_2, -a_1).
            for a_3 in range(a_2, -a_1 - (a_2 >= 0), -1):
                if gcd(a_1, a_2, a_3) == 1:
                    yield a_1, a_2, a_3


def representative(a: Iterable[RationalLike]) -> _Triple:
    """Return the representative of lepton charges under scaling by rationals other than 0, and permutations.

    >>> representative(["-1/2", 1, "1/3"]), representative([0, 0, 0])
    ((6, 2, -3), (0, 0, 0))
    """
    vector = primitive(as_rationals(a, "a", 3))
    return max(_descending(vector), _descending(-x for x in vector))


def _descending(values: Iterable[int]) -> _Triple:
    a_1, a_2, a_3 = sorted(values, reverse=True)
    return a_1, a_2, a_3


# ---------------------------------------------------------------- the survey


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """What the survey says of one class of lepton charges.

    Parameters
    ----------
    a : the representative of the class.
    branch, status : those of `DarkSectors`.
    torsion : the orders of the cyclic factors; () where there is no smooth curve.
    rank : what is known of the rank; None where there is no smooth curve.
    generators : the dark charges of that many independent points, each in the order of its point.
    smallest, chiral : the smallest sector that is no permutation of a, and the smallest chiral one.
    remark : why the rank is not decided although PARI was asked; else "".
    """

    a: _Triple
    branch: str
    status: str
    torsion: tuple[int, ...]
    rank: RankBounds | None
    generators: tuple[_Charges, ...]
    smallest: SmallestSector
    chiral: SmallestSector
    remark: str = ""

    @property
    def triples(self) -> int:
        """The number of integer triples in the class: the permutations of a and of -a."""
        permutations = {1: 1, 2: 3, 3: 6}[len(set(self.a))]
        return permutations if sorted(self.a) == sorted(-x for x in self.a) else 2 * permutations

    def as_json(self) -> dict[str, Any]:
        """Return the row, every rational as a string."""
        return {
            "a": list(self.a),
            "triples": self.triples,
            "branch": self.branch,
            "status": self.status,
            "torsion": list(self.torsion),
            "rank": None if self.rank is None else self.rank.as_json(),
            "generators": [list(map(str, charges)) for charges in self.generators],
            "smallest": self.smallest.as_json(),
            "chiral": self.chiral.as_json(),
            "remark": self.remark,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Survey(Printable):
    """The rows of all classes of primitive integer lepton charges with |a_i| <= `bound`.

    Parameters
    ----------
    bound : the bound N.
    max_denominator : up to where the search for small sectors was complete.
    rows : one for each class, in the order of `lepton_charges_up_to`; the constructor checks.

    Raises
    ------
    ArgumentError
        If a row is missing, or is not in its place.
    """

    bound: int
    max_denominator: int
    rows: tuple[SurveyRow, ...]

    def __post_init__(self) -> None:
        """Check that every class is there."""
        if [row.a for row in self.rows] != list(lepton_charges_up_to(self.bound)):
            expected = f"one row for each class of charges up to {self.bound}, in order"
            raise ArgumentError(must_be("rows", expected, f"{len(self.rows)} rows"))

    @property
    def triples(self) -> int:
        """The number of primitive integer triples that the rows stand for."""
        return sum(row.triples for row in self.rows)

    def row_of(self, a: Iterable[RationalLike]) -> SurveyRow:
        """Return the row of lepton charges, whose sectors are those of the row up to a factor.

        Raises
        ------
        ArgumentError
            If their representative is zero or beyond the bound.
        """
        wanted = representative(a)
        for row in self.rows:
            if row.a == wanted:
                return row
        expected = f"proportional to non-zero integer charges of size at most {self.bound}"
        raise ArgumentError(must_be("a", expected, f"({', '.join(map(str, wanted))})"))

    def frequencies(self) -> Table:
        """Return how often each branch, torsion group and rank occurs, with the smallest sector of each.

        "classes" counts rows and "triples" the integer charges that they stand for; "without" counts the
        classes that have no non-trivial sector ("permutation") at all; the sector is the smallest of all
        that are in the column `smallest` of these rows.
        """
        groups: dict[tuple[Any, ...], list[SurveyRow]] = {}
        for row in self.rows:
            groups.setdefault(_kind(row), []).append(row)
        rows = [_frequency(groups[kind]) for kind in sorted(groups)]
        return Table(_HEADER, tuple(rows), caption=self.description())

    def as_json(self) -> dict[str, Any]:
        """Return bounds, definitions and rows, every rational as a string."""
        return {
            "bound": self.bound,
            "max_denominator": self.max_denominator,
            "definition": self.description(),
            "classes": len(self.rows),
            "triples": self.triples,
            "rows": [row.as_json() for row in self.rows],
        }

    def description(self) -> str:
        """Return what was surveyed, in one line."""
        return (
            "dark sectors with three dark states of all primitive integer lepton charges up to "
            f"{self.bound}: {len(self.rows)} classes under permutations and sign, {self.triples} triples"
        )

    def _sympystr(self, printer: Any) -> str:
        return "\n\n".join([self.description(), *([printer._print(self.frequencies())] if self.rows else [])])

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.frequencies()))


def _kind(row: SurveyRow) -> tuple[Any, ...]:
    """What rows are counted by, and how the counts are sorted: a rank without upper bound comes last."""
    place = list(BRANCHES).index(row.branch)
    if row.rank is None:
        return place, row.torsion, -1, False, -1
    upper = row.rank.upper
    return place, row.torsion, row.rank.lower, upper is None, upper or 0


def _frequency(rows: list[SurveyRow]) -> tuple[Any, ...]:
    first = rows[0]
    torsion = " x ".join(f"Z/{n}" for n in first.torsion) or "–"
    rank = "–" if first.rank is None else first.rank.lower if first.rank.decided else first.rank
    sectors = [row.smallest.sector for row in rows if row.smallest.sector is not None]
    without = sum(row.smallest.standing == "none" for row in rows)
    # The first of equal height is that of the first class.
    smallest = min(sectors, key=lambda sector: sector.height, default="–")
    return first.branch, torsion, rank, len(rows), sum(row.triples for row in rows), without, smallest


def survey(
    bound: int,
    *,
    rank: str = "auto",
    processes: int | None = None,
    time_limit: RationalLike | None = None,
    max_denominator: int = 100,
    progress: Callable[[int, int], object] | None = None,
) -> Survey:
    """Return the survey of all primitive integer lepton charges with |a_i| <= `bound`.

    The number of classes goes as bound^3/1.8, and each takes some 20 ms with PARI: 30 takes minutes.  The
    outcome does not depend on the number of processes.  If PARI gives up on one of the curves, its row says
    so, and the descent by the 3-isogeny stands alone.

    Parameters
    ----------
    bound : a non-negative integer.
    rank, time_limit : as for `dark_sectors`; the time limit is for each class.
    processes : how many to use, None for as many as there are processors.  If there are several, a script
        must keep its own work under `if __name__ == "__main__":`.
    max_denominator : up to where the search for small sectors is complete.
    progress : called with the number of classes that are done, and of all; from (0, total) to (total, total).

    Raises
    ------
    ArgumentError, ArgumentTypeError
        If an argument is out of its range or not exact.
    MissingToolError
        If `rank` is "pari" and cypari is not installed.
    AnomaliesError
        If one of the processes dies.

    Examples
    --------
    >>> found = survey(2, rank="descent", processes=1)
    >>> len(found.rows), found.triples
    (13, 98)
    >>> found.row_of(["1/7", "1/7", "1/7"]).smallest
    (1, 1, 1; -5, 4, 4), smallest
    """
    largest = as_integer(max_denominator, "max_denominator", 1)
    wanted = as_integer(bound, "bound", 0)
    number = available_processors() if processes is None else as_integer(processes, "processes", 1)
    seconds = as_seconds(time_limit)
    # Asks for the rank of one curve, so that what is wrong with the arguments is said before the work starts.
    dark_sectors([3, 2, 1], rank=rank, time_limit=seconds)
    classes = tuple(lepton_charges_up_to(wanted))
    chunks = [classes[start : start + _CHUNK] for start in range(0, len(classes), _CHUNK)]
    work = partial(_rows, rank=rank, time_limit=seconds, max_denominator=largest)
    rows: list[tuple[SurveyRow, ...]] = [()] * len(chunks)
    report = progress or (lambda done, total: None)
    done = 0
    report(done, len(classes))
    for place, answer in completed(work, chunks, number):
        rows[place] = answer
        done += len(answer)
        report(done, len(classes))
    return Survey(wanted, largest, tuple(row for chunk in rows for row in chunk))


def _rows(
    classes: tuple[_Triple, ...], rank: str, time_limit: Fraction | None, max_denominator: int
) -> tuple[SurveyRow, ...]:
    return tuple(_row(a, rank, time_limit, max_denominator) for a in classes)


def _row(a: _Triple, rank: str, time_limit: Fraction | None, max_denominator: int) -> SurveyRow:
    found, remark = _decided(a, rank, time_limit)
    smallest = smallest_sector(found, "permutation", max_denominator)
    # "chiral" implies "permutation".
    same = smallest.sector is not None and is_chiral(smallest.sector)
    chiral = smallest if same else smallest_sector(found, "chiral", max_denominator)
    return SurveyRow(
        a,
        found.branch,
        found.status,
        () if found.torsion is None else found.torsion.invariants,
        found.rank_bounds,
        tuple(point.charges for point in found.generators),
        smallest,
        chiral,
        remark,
    )


def _decided(a: _Triple, rank: str, time_limit: Fraction | None) -> tuple[DarkSectors, str]:
    """The sectors of a, and why PARI did not decide their rank, if it was asked and did not."""
    try:
        found = dark_sectors(a, rank=rank, time_limit=time_limit)
    except AnomaliesError as error:
        if type(error) is not AnomaliesError:
            raise
        return dark_sectors(a, rank="descent"), str(error)
    is_open = found.rank_bounds is not None and not found.rank_bounds.decided
    return found, found.reason if is_open and as_rank_method(rank) == "pari" else ""
