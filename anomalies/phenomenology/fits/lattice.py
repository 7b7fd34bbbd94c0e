"""Rational benchmark points of small denominator in a region of the fit, and which have useful dark sectors.

A fit prefers real numbers; a model needs rational charges, and dark charges that cancel what is left of the
anomalies: sum n = sum a, sum n^3 = sum a^3, which do not involve a_Y.  So the points with dark sectors stand
in columns of the plane (a_e, a_Y).

A point with a_mu = 1, a_tau = 0 is called useful here if

* a_e, a_mu, a_tau are all different, as the alignment of charged leptons needs;
* it has a dark sector of three states with |n| at most `max_charge`, all charges and a_Y having one common
  denominator of at most `max_denominator`;
* no coupling l-bar H nu_R is allowed, ADN (A.1): no dark charge equals a lepton charge;
* every dark mass needs a scalar: no dark charge is 0 and no two are opposite.

Among the dark sectors of a point the one shown is the first by `anomalies.dark_masses.rank_sectors`.  With
a_tau = 0 the operator l_3 l_3 H^c H^c is always allowed; ADN's (A.4) avoids it with a_tau = 1/20.

Key results
-----------
benchmark_points : all rational points of a region, useful or not, up to a denominator
BenchmarkPoint : a point, its denominator, its dark sector

References
----------
ADN, arXiv:1909.02021, (2.6), appendix A.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from sympy import Symbol

from anomalies.dark_masses import rank_sectors
from anomalies.diophantine import DarkSector, near
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_integer, as_rational, common_denominator
from anomalies.phenomenology.fits.regions import ConfidenceRegion, Window, as_window
from anomalies.tables import Table

__all__ = ["BenchmarkPoint", "benchmark_points", "benchmark_table"]


@dataclass(frozen=True, slots=True)
class BenchmarkPoint:
    """A rational point (a_e, a_Y) with a_mu = 1 and a_tau = 0.

    Attributes
    ----------
    a_e, a_Y : the charges.
    sector : its most useful dark sector, or None if it has no useful one within the bounds of the search.
    delta_chi2 : chi^2, the normalisation profiled out, minus its smallest value.
    """

    a_e: Fraction
    a_Y: Fraction
    sector: DarkSector | None
    delta_chi2: Fraction

    @property
    def denominator(self) -> int:
        """The least common denominator of all charges, dark ones included."""
        dark = () if self.sector is None else self.sector.n
        return common_denominator((self.a_e, self.a_Y, *dark))


def benchmark_points(
    region: ConfidenceRegion,
    *,
    max_denominator: int = 10,
    max_charge: RationalLike = 4,
    window: Window | None = None,
) -> tuple[BenchmarkPoint, ...]:
    """Return every point of a region whose charges have a common denominator of at most a bound.

    They are ordered by denominator, and by Delta chi^2 among those of one denominator.

    Parameters
    ----------
    region : of the benchmark model.
    max_denominator : a positive integer.
    max_charge : the largest |dark charge|; not negative.
    window : ranges of a_e and a_Y; the extent of the region by default.

    Raises
    ------
    ArgumentError
        If the region is not bounded and there is no window.

    Examples
    --------
    >>> from anomalies.phenomenology.fits.fit import profile
    >>> from anomalies.phenomenology.fits.regions import confidence_region
    >>> found = benchmark_points(confidence_region(profile("all"), 1), max_denominator=4)
    >>> [(str(point.a_e), str(point.a_Y)) for point in found if point.sector is not None]
    [('1/2', '3/4'), ('1/2', '1'), ('1/2', '1/2')]
    """
    if region.profile.model.absorbed:
        raise ArgumentError(must_be("region", "a region of the benchmark model", region.profile.model.name))
    largest = as_integer(max_denominator, "max_denominator", 1)
    (left, right), (low, high) = _window(region, window)
    sectors = _useful_sectors(left, right, largest, as_rational(max_charge, "max_charge"))
    found = []
    for denominator in range(1, largest + 1):
        for i in range(ceil(left * denominator), floor(right * denominator) + 1):
            for j in range(ceil(low * denominator), floor(high * denominator) + 1):
                if gcd(i, j, denominator) > 1:
                    continue
                a_e, a_Y = Fraction(i, denominator), Fraction(j, denominator)
                if (a_e, a_Y) in region:
                    sector = _first_with(sectors.get(a_e, ()), denominator, largest)
                    found.append(BenchmarkPoint(a_e, a_Y, sector, region.profile.delta((a_e, a_Y))))
    return tuple(sorted(found, key=lambda point: (point.denominator, point.delta_chi2, point.a_e, point.a_Y)))


def _window(region: ConfidenceRegion, window: Window | None) -> tuple[tuple[Fraction, ...], ...]:
    if window is not None:
        return as_window(window)
    extent = region.extent()
    if extent is None:
        raise ArgumentError(must_be("window", "given for a region that is not bounded", window))
    # A float is a fraction; membership in the region is decided exactly.
    return tuple((Fraction(low), Fraction(high)) for low, high in extent)


def _first_with(sectors: tuple[DarkSector, ...], denominator: int, largest: int) -> DarkSector | None:
    """The first sector whose common denominator with a_Y is not too large."""
    return next((s for s in sectors if lcm(s.denominator, denominator) <= largest), None)


def _useful_sectors(
    left: Fraction, right: Fraction, max_denominator: int, max_charge: Fraction
) -> dict[Fraction, tuple[DarkSector, ...]]:
    """All useful sectors by a_e, the best first."""
    # "disjoint": no dark charge equals a lepton charge.
    found = near(
        ((left + right) / 2, 1, 0),
        max_denominator=max_denominator,
        radius=((right - left) / 2, 0),
        max_charge=max_charge,
        nontrivial="disjoint",
    )
    useful: dict[Fraction, list[DarkSector]] = {}
    for description in rank_sectors(s for s in found if len(set(s.a)) == len(s.a)):
        if not description.bare:
            useful.setdefault(description.sector.a[0], []).append(description.sector)
    return {a_e: tuple(sectors) for a_e, sectors in useful.items()}


def benchmark_table(points: Iterable[BenchmarkPoint]) -> Table:
    """Return points with their Delta chi^2 and their dark charges.

    Examples
    --------
    >>> from anomalies.phenomenology.fits.fit import profile
    >>> from anomalies.phenomenology.fits.regions import confidence_region
    >>> found = benchmark_points(confidence_region(profile("all"), 1), max_denominator=4)
    >>> print(benchmark_table([point for point in found if point.sector]).text())
    a_e  a_Y  Delta chi squared  dark charges
    ---  ---  -----------------  --------------
    1/2  3/4  0.41               -5/2, 7/4, 9/4
    1/2    1  1.20               -5/2, 7/4, 9/4
    1/2  1/2  2.28               -5/2, 7/4, 9/4
    """
    rows = [
        (
            point.a_e,
            point.a_Y,
            f"{float(point.delta_chi2):.2f}",
            "-" if point.sector is None else ", ".join(map(str, point.sector.n)),
        )
        for point in points
    ]
    return Table((Symbol("a_e"), Symbol("a_Y"), "Delta chi squared", "dark charges"), rows)
