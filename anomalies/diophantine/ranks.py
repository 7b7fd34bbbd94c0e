r"""What is known of the rank of a cubic curve: independent points from below, descents from above.

From below: independent points.  The trivial point is one if its order is infinite; more come from sectors
of small denominator, or from PARI.  That points are independent is seen from their classes in the Selmer
group of the 3-isogeny.  If sum k_i P_i is of finite order, the k_i can be divided by three until one of them
is no multiple of three, and 3E(Q) lies in the kernel phi^E'(Q) of the class; so the classes of the P_i are
then dependent modulo those of the points of finite order.  Classes that are not dependent prove independence;
dependent classes prove nothing, and `height_form` decides.

From above: the descent by the 3-isogeny, which rests on no conjecture and takes less than a millisecond for
small charges (`anomalies.diophantine.descent`).  If the bounds do not meet, PARI's 2-descent is asked, which
is sharper and assumes the generalised Riemann hypothesis (`anomalies.diophantine.pari`).

Key results
-----------
known_rank : bounds for the rank, with points
RankBounds, KnownRank : what is known
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.diophantine.bounded import sectors_with_denominator
from anomalies.diophantine.curve import CubicCurve, CurvePoint
from anomalies.diophantine.descent import IsogenyDescent, isogeny_descent
from anomalies.diophantine.pari import SATURATED_BELOW, mordell_weil, pari_is_installed
from anomalies.diophantine.torsion import TorsionGroup, order_of_point
from anomalies.errors import AnomaliesError, UnknownNameError, must_be
from anomalies.exact import common_denominator

__all__ = ["KnownRank", "RankBounds", "as_rank_method", "known_rank"]

_METHODS = ("auto", "pari", "descent")
_DESCENT = "a descent by the 3-isogeny"
_PARI = "PARI's ellrank (2-descent with the Cassels pairing; class groups under GRH)"

_FACTORED_DIGITS = 40  # a number of that many digits is factored in 0.05 s
_SEARCHED_MULTIPLES = 12  # sectors with up to so many times the denominator of a are tried for new points


@dataclass(frozen=True, slots=True, repr=False)
class RankBounds(Printable):
    """What is known of the rank: lower <= rank, and rank <= upper unless that is None.

    Parameters
    ----------
    lower : the number of independent points that are known.
    upper : an upper bound, or None.
    source : where the upper bound comes from, "" for none.
    """

    lower: int
    upper: int | None
    source: str = ""

    @property
    def decided(self) -> bool:
        """Whether the bounds agree."""
        return self.lower == self.upper

    def as_json(self) -> int | list[int | None]:
        """Return the rank, or the pair of bounds."""
        return self.lower if self.decided else [self.lower, self.upper]

    def _sympystr(self, printer: Any) -> str:
        if self.decided:
            return str(self.lower)
        return f"at least {self.lower}" if self.upper is None else f"{self.lower} to {self.upper}"

    def _latex(self, printer: Any) -> str:
        if self.decided:
            return str(self.lower)
        return rf"\geq {self.lower}" if self.upper is None else rf"{self.lower}, \ldots, {self.upper}"


@dataclass(frozen=True, slots=True)
class KnownRank:
    """Bounds for the rank, with independent points.

    Parameters
    ----------
    bounds : the bounds.
    generators : independent points, as many as the lower bound says.
    remark : a sentence: how the bounds were found, and how much of the group the points generate.
    """

    bounds: RankBounds
    generators: tuple[CurvePoint, ...]
    remark: str


def as_rank_method(value: object) -> str:
    """Return who decides the rank, "auto", "pari" or "descent"; with "auto", PARI if it is there."""
    if value not in _METHODS:
        raise UnknownNameError(must_be("rank", "'auto', 'pari' or 'descent'", value))
    if value == "auto":
        return "pari" if pari_is_installed() else "descent"
    return str(value)


def known_rank(
    curve: CubicCurve, torsion: TorsionGroup, method: str = "auto", seconds: Fraction | None = None
) -> KnownRank:
    """Return what can be found out about the rank.

    Parameters
    ----------
    curve, torsion : the curve and its points of finite order.
    method : "descent" for the core alone; "pari" to ask PARI where that leaves the rank open, and to saturate
        the points; "auto" for PARI if it is installed.
    seconds : how long PARI may take, or None.

    Raises
    ------
    MissingToolError
        If `method` is "pari", PARI is needed, and cypari is not installed.
    AnomaliesError
        If PARI gives up.

    Examples
    --------
    >>> from anomalies.diophantine.curve import cubic_curve
    >>> from anomalies.diophantine.torsion import torsion_subgroup
    >>> curve = cubic_curve(["3/5", 1, "1/20"])
    >>> found = known_rank(curve, torsion_subgroup(curve), "descent")
    >>> found.bounds, len(found.generators)
    (2, 2)
    """
    chosen = as_rank_method(method)
    descent = _descent(curve)
    upper = None if descent is None else descent.upper
    points: tuple[CurvePoint, ...] = (curve.trivial,) if order_of_point(curve.trivial) is None else ()
    if upper == 0:
        return KnownRank(RankBounds(0, 0, _DESCENT), (), f"Rank 0, by {_DESCENT}.")
    if descent is not None and len(points) < descent.upper:
        points = _more_points(descent, torsion, points)
    if chosen == "descent":
        bounds = RankBounds(len(points), upper, "" if upper is None else _DESCENT)
        return KnownRank(bounds, points, _remark(bounds, "of finite index"))
    found = mordell_weil(curve, seconds, points, upper)
    if found.upper is None:
        bounds = RankBounds(len(points), upper, "" if upper is None else _DESCENT)
        return KnownRank(bounds, points, f"PARI was stopped by the time limit. {_remark(bounds, '')}")
    by_descent = upper is not None and upper <= found.upper
    bounds = RankBounds(
        len(found.generators), upper if by_descent else found.upper, _DESCENT if by_descent else _PARI
    )
    index = f"whose index has no prime factor below {SATURATED_BELOW}, by PARI's ellsaturation"
    return KnownRank(bounds, found.generators, _remark(bounds, index))


def _descent(curve: CubicCurve) -> IsogenyDescent | None:
    """The descent, unless it would have to factor a large number."""
    try:
        return isogeny_descent(curve, _FACTORED_DIGITS)
    except AnomaliesError:
        return None


def _remark(bounds: RankBounds, index: str) -> str:
    if bounds.upper is None:
        return "The rank is not decided: the descents did not finish."
    if not bounds.decided:
        return f"The rank is not decided: {bounds.lower} to {bounds.upper}, by {bounds.source}."
    if bounds.lower == 0:
        return f"Rank 0, by {bounds.source}."
    return (
        f"Rank {bounds.lower}, by independent points and {bounds.source}. They generate a subgroup {index}."
    )


# ---------------------------------------------------------------- independent points


def _more_points(
    descent: IsogenyDescent, torsion: TorsionGroup, points: tuple[CurvePoint, ...]
) -> tuple[CurvePoint, ...]:
    """The points, with others of small denominator whose classes are independent of theirs."""
    span = _Span(descent, torsion)
    found = [point for point in points if span.add(point)]
    alone = list(points)
    for point in _candidates(descent.curve):
        if len(found) == descent.upper:
            break
        if span.add(point):
            found.append(point)
        elif not alone and order_of_point(point) is None:
            alone.append(point)
    # One point of infinite order is independent whatever its class is.
    return tuple(found or alone)


def _candidates(curve: CubicCurve) -> Iterator[CurvePoint]:
    largest = _SEARCHED_MULTIPLES * common_denominator(curve.a)
    return (curve.point_of(sector.n) for sector in sectors_with_denominator(curve.a, largest))


class _Span:
    """The classes of some points in the Selmer group, modulo those of the points of finite order."""

    def __init__(self, descent: IsogenyDescent, torsion: TorsionGroup) -> None:
        self._descent = descent
        self._rows: dict[int, list[int]] = {}
        for point in torsion.points:
            self.add(point)

    def add(self, point: CurvePoint) -> bool:
        """Take the class of a point in, and return whether it is new."""
        row = _exponents(self._descent.image(point), self._descent.primes)
        for pivot, known in self._rows.items():
            row = [(x - row[pivot] * y) % 3 for x, y in zip(row, known, strict=True)]
        first = next((index for index, x in enumerate(row) if x), None)
        if first is None:
            return False
        lead = row[first]  # its own inverse modulo three
        self._rows[first] = [lead * x % 3 for x in row]
        return True


def _exponents(value: int, primes: tuple[int, ...]) -> list[int]:
    """The exponents, 0 to 2, of the primes in an integer without cubes."""
    return [2 if value % p**2 == 0 else int(value % p == 0) for p in primes]
