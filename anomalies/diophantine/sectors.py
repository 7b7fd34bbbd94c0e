r"""Every dark sector of given lepton charges: none, finitely many, or infinitely many, and why.

For lepton charges a and k dark states, `dark_sectors` answers for any rational input.  Each input belongs to
exactly one branch (s = sum a, t = sum a^3; p, q, r, sigma, pi as in `product_form`):

* "elementary": k = 0, 1, or k = 2 unless s = t = 0.  At most one sector, by a formula.
* "vector-like": k = 2 with s = t = 0, or k = 3 with pi = 0.  All sectors are (fixed, c, -c).
* "nodal": k = 3, sigma^3 = 27 pi != 0.  All sectors are rational in two parameters (`NodalFamily`).
* "torsion": k = 3, the cubic is smooth, and the trivial point P has finite order.  It is 2 or 6 when exactly
  two lepton charges are equal; otherwise 9, or 4 or 12, which is rare.  Whether there are more than finitely
  many sectors depends on the rank.
* "elliptic": k = 3, the cubic is smooth, and P has infinite order: infinitely many sectors, for certain.
* "many": k >= 4.  Infinitely many, by an explicit family (`TangentFamily`, `VectorLikeFamily`).

In the branches "torsion" and "elliptic" the sectors up to order are E(Q)/<T> without zero, up to sign
(see `anomalies.diophantine.curve`).  The torsion is decided here, the rank in `anomalies.diophantine.ranks`,
and what is not proved is said not to be.

Key results
-----------
dark_sectors : the answer
DarkSectors : its type: branch, status, reason, rank, torsion, generators; exact `in`, iteration by height
BRANCHES : the branches with their descriptions

References
----------
W. Altmannshofer, J. Davighi, M. Nardecchia, arXiv:1909.02021, equation (2.6), footnotes 12, 13 and 29.
L. J. Mordell, Proc. Camb. Phil. Soc. 21 (1922) 179: E(Q) is finitely generated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Any, TypeAlias

from sympy.printing.defaults import Printable

from anomalies.diophantine.bounded import many_states_by_height
from anomalies.diophantine.curve import CubicCurve, CurvePoint
from anomalies.diophantine.dark import (
    DarkSector,
    VectorLikeFamily,
    one_dark_charge,
    product_form,
    two_dark_charges,
)
from anomalies.diophantine.heights import sector_classes_by_height
from anomalies.diophantine.ordering import by_height, vector_like_layers
from anomalies.diophantine.pari import as_seconds
from anomalies.diophantine.ranks import RankBounds, as_rank_method, known_rank
from anomalies.diophantine.rational_families import NodalFamily, TangentFamily
from anomalies.diophantine.torsion import TorsionGroup, order_of_point, torsion_subgroup
from anomalies.exact import RationalLike, as_integer, as_rationals, to_sympy

__all__ = ["BRANCHES", "DarkSectors", "dark_sectors"]

_Charges: TypeAlias = tuple[Fraction, ...]
_Family: TypeAlias = VectorLikeFamily | NodalFamily | TangentFamily

BRANCHES = {
    "elementary": "fewer than three dark states, decided by a formula",
    "vector-like": "all sectors have dark charges (fixed, c, -c)",
    "nodal": "three dark states on a singular cubic: all sectors are rational in two parameters",
    "torsion": "three dark states on a smooth cubic; the trivial sector has finite order",
    "elliptic": "three dark states on a smooth cubic; the trivial sector has infinite order",
    "many": "four or more dark states",
}

# The theorems behind each branch, by their names in `anomalies.theorems`.
_FEW_STATES_CLAIMS = (
    ("no-dark-sector", "lepton-differences"),
    ("one-dark-state", "one-dark-state-exists"),
    ("two-dark-states", "two-dark-states-exist", "two-dark-states-cancel"),
)
_PRODUCT_FORM = ("three-dark-states-as-product", "three-dark-states-sum")
_NODAL_CLAIMS = (*_PRODUCT_FORM, "nodal-cubic", "nodal-cubic-complete", "nodal-cubic-isolated")
_CURVE_CLAIMS = (*_PRODUCT_FORM, "dark-curve-equation", "dark-curve-inverse", "dark-curve-singular")


@dataclass(frozen=True, slots=True, repr=False)
class DarkSectors(Printable):
    """The set of all dark sectors of given lepton charges and number of dark states.

    `in` is exact membership of that set.  Iteration is lazy, by the height of the sectors (ties by charges),
    each once up to the order of the dark charges, the trivial one included; whether it is proved to reach
    all of them is `complete`.  If not, `sectors_with_denominator` completes the list up to any denominator.

    Parameters
    ----------
    a, states : the lepton charges, and the number of dark states.
    branch : a key of `BRANCHES`.
    status : "none", "finite", "infinite", or "undecided" between the last two.
    reason : why, in a sentence or two.
    complete : whether the iteration is proved to reach every sector; for rank 0, as far as the upper bound
        of the rank is proved.
    claims : the names of the theorems behind `reason`, as `anomalies prove` knows them.
    finite : the sectors, if finitely many; those of finite order, if undecided.
    family : a parametrisation, of all sectors ("vector-like", "nodal") or of infinitely many ("many").
    curve, torsion, rank_bounds, generators : for the smooth cubics: the curve, its torsion, what is known of
        its rank, and independent points.
    """

    a: _Charges
    states: int
    branch: str
    status: str
    reason: str
    complete: bool
    claims: tuple[str, ...]
    finite: tuple[DarkSector, ...] = ()
    family: _Family | None = None
    curve: CubicCurve | None = None
    torsion: TorsionGroup | None = None
    rank_bounds: RankBounds | None = None
    generators: tuple[CurvePoint, ...] = field(default=())

    @property
    def rank(self) -> int | RankBounds | None:
        """The rank of the curve if it is decided, the bounds if not, and None where there is no curve."""
        bounds = self.rank_bounds
        return bounds.lower if bounds is not None and bounds.decided else bounds

    def __contains__(self, sector: object) -> bool:
        """Return whether `sector` has these lepton charges and this number of dark charges."""
        return isinstance(sector, DarkSector) and sector.a == self.a and len(sector.n) == self.states

    def __iter__(self) -> Iterator[DarkSector]:
        """Iterate over the sectors, by height."""
        if self.generators and self.torsion is not None:
            return sector_classes_by_height(self.generators, self.torsion)
        if self.branch == "many":
            return many_states_by_height(self.a, self.states)
        if isinstance(self.family, VectorLikeFamily):
            return by_height(vector_like_layers(self.family))
        return iter(self.finite if self.family is None else self.family)

    def first(self, limit: int) -> tuple[DarkSector, ...]:
        """Return the first `limit` sectors, or all if there are fewer."""
        return tuple(islice(self, as_integer(limit, "limit", 0)))

    def as_json(self, limit: int = 10) -> dict[str, Any]:
        """Return the answer with the first sectors, every rational as a string."""
        return {
            "a": [str(charge) for charge in self.a],
            "states": self.states,
            "branch": self.branch,
            "status": self.status,
            "reason": self.reason,
            "claims": list(self.claims),
            "rank": None if self.rank_bounds is None else self.rank_bounds.as_json(),
            "torsion": None if self.torsion is None else self.torsion.as_json(),
            "generators": [list(map(str, point.charges)) for point in self.generators],
            "complete": self.complete,
            "limit": limit,
            "sectors": [sector.as_json() for sector in self.first(limit)],
        }

    def _sympystr(self, printer: Any) -> str:
        a = ", ".join(map(str, self.a))
        asked = f"dark sectors of ({a}) with {_states(self.states)}"
        return f"{asked}: {self._answer()} ({self.branch}). {self.reason}"

    def _answer(self) -> str:
        return f"{self.status}, {len(self.finite)}" if self.status == "finite" else self.status

    def _latex(self, printer: Any) -> str:
        a = ", ".join(printer._print(to_sympy(charge)) for charge in self.a)
        n = ", ".join(f"n_{{{index}}}" for index in range(1, self.states + 1))
        return rf"\left({a};\, {n}\right):\; \text{{{self._answer()} ({self.branch})}}"


def _states(number: int) -> str:
    return f"{number} dark state{'' if number == 1 else 's'}"


def dark_sectors(
    a: Iterable[RationalLike],
    states: int = 3,
    *,
    rank: str = "auto",
    time_limit: RationalLike | None = None,
) -> DarkSectors:
    """Return all dark sectors of three lepton charges: sum n = sum a and sum n^3 = sum a^3.

    Parameters
    ----------
    a : the lepton charges (a_e, a_mu, a_tau), exact.
    states : the number of dark states, at least 0.
    rank : who decides the rank of a smooth cubic: "descent" for the descent by the 3-isogeny alone; "pari"
        for PARI where that leaves it open, which needs the extra `curves`, and to saturate the generators;
        or "auto", which is PARI if it is installed.
    time_limit : seconds that PARI may take, or None for no limit; Ctrl-C always works.

    Raises
    ------
    ArgumentError, ArgumentTypeError
        If an argument is out of its range or not exact.
    MissingToolError
        If `rank` is "pari" and cypari is not installed.
    AnomaliesError
        If PARI gives up.

    Examples
    --------
    >>> dark_sectors([7, 8, -9], 2).finite
    ((7, 8, -9; 1, 5),)
    >>> found = dark_sectors([5, -4, -4])
    >>> found.branch, found.status, found.complete
    ('nodal', 'infinite', True)
    >>> found.first(3)
    ((5, -4, -4; -4, -4, 5), (5, -4, -4; -1, -1, -1), (5, -4, -4; -17/3, -10/3, 6))
    >>> found = dark_sectors(["3/5", 1, "1/20"], rank="descent")
    >>> found.branch, found.status, found.torsion, found.rank
    ('elliptic', 'infinite', Z/3, 2)
    >>> dark_sectors([2, 1, 1], rank="descent").reason
    'The trivial point has order 6, and rank 0 leaves only the points of finite order. Rank 0, by a descent \
by the 3-isogeny.'
    """
    charges = as_rationals(a, "a", 3)
    number, seconds = as_integer(states, "states", 0), as_seconds(time_limit)
    method = as_rank_method(rank)
    if number < 3:
        return _few_states(charges, number)
    if number > 3:
        return _many_states(charges, number)
    form = product_form(charges)
    if form.pi == 0:
        return _vector_like(charges)
    if form.sigma**3 == 27 * form.pi:
        reason = (
            "sigma^3 = 27 pi: the cubic has a node, and the lines through it give every other sector once."
        )
        family = NodalFamily(charges)
        return DarkSectors(
            charges, 3, "nodal", "infinite", reason, complete=True, claims=_NODAL_CLAIMS, family=family
        )
    return _smooth(CubicCurve(charges), method, seconds)


def _few_states(a: _Charges, states: int) -> DarkSectors:
    """None, one or two dark states: the formulas of `anomalies.diophantine.dark`."""
    total, cubes = sum(a, Fraction(0)), sum((x**3 for x in a), Fraction(0))
    if states == 0:
        found: tuple[DarkSector, ...] = (DarkSector(a, ()),) if total == cubes == 0 else ()
        reason = (
            "Without dark states, sum a and sum a^3 must vanish: one charge is zero and two are opposite."
        )
    elif states == 1:
        found = one_dark_charge(a)
        reason = (
            "The dark charge is sum a, and (sum a)^3 = sum a^3 says that two of the charges are opposite."
        )
    else:
        pair = two_dark_charges(a)
        if isinstance(pair, VectorLikeFamily):
            reason = "sum a = sum a^3 = 0, so that n_2 = -n_1 is all that is asked."
            any_pair = ("two-dark-states-any-pair",)
            return DarkSectors(
                a, 2, "vector-like", "infinite", reason, complete=True, claims=any_pair, family=pair
            )
        found = pair
        reason = "Sum and product of the two charges are fixed; the discriminant decides."
        if total == 0:
            reason = "sum a = 0 asks for n_2 = -n_1, and then sum a^3 would vanish."
    status = "finite" if found else "none"
    claims = _FEW_STATES_CLAIMS[states]
    return DarkSectors(a, states, "elementary", status, reason, complete=True, claims=claims, finite=found)


def _vector_like(a: _Charges) -> DarkSectors:
    reason = (
        "p q r = 0: some n_i is sum a, which is one of the a, and the other two dark charges are opposite."
    )
    family = VectorLikeFamily(a, (sum(a, Fraction(0)),))
    claims = ("opposite-lepton-charges",)
    return DarkSectors(a, 3, "vector-like", "infinite", reason, complete=True, claims=claims, family=family)


def _many_states(a: _Charges, states: int) -> DarkSectors:
    family: _Family
    claims: tuple[str, ...] = ("trivial-dark-sector",)
    if states > 4:
        family = VectorLikeFamily(a, (*a, *[Fraction(0)] * (states - 5)))
        reason = (
            "The lepton charges themselves with any pair (c, -c), and zeros, are infinitely many sectors."
        )
    elif 0 in a:
        rest = list(a)
        rest.remove(Fraction(0))
        family = VectorLikeFamily(a, rest)
        reason = "The two other lepton charges with any pair (c, -c) are infinitely many sectors."
    else:
        family, claims = TangentFamily(a), ("tangents-of-four-states",)
        reason = "The tangents to the cubic surface at (a, 0) give infinitely many sectors."
    return DarkSectors(a, states, "many", "infinite", reason, complete=True, claims=claims, family=family)


def _smooth(curve: CubicCurve, method: str, seconds: Fraction | None) -> DarkSectors:
    torsion, order = torsion_subgroup(curve), order_of_point(curve.trivial)
    known = known_rank(curve, torsion, method, seconds)
    status = "infinite" if known.generators else "finite" if known.bounds.decided else "undecided"
    return DarkSectors(
        curve.a,
        3,
        "elliptic" if order is None else "torsion",
        status,
        f"{_why(order, status)} {known.remark}",
        complete=status == "finite",
        claims=_CURVE_CLAIMS,
        finite=() if status == "infinite" else _torsion_sectors(torsion),
        curve=curve,
        torsion=torsion,
        rank_bounds=known.bounds,
        generators=known.generators,
    )


def _torsion_sectors(torsion: TorsionGroup) -> tuple[DarkSector, ...]:
    found = {point.sector for point in torsion.points if point.is_sector}
    return tuple(sorted(found, key=lambda sector: (sector.height, sector.n)))


def _why(order: int | None, status: str) -> str:
    if order is None:
        return "By Mazur's theorem the trivial point has infinite order, and its multiples are sectors."
    if status == "infinite":
        return f"The trivial point has order {order}, but there are points of infinite order."
    if status == "finite":
        return f"The trivial point has order {order}, and rank 0 leaves only the points of finite order."
    return f"The trivial point has order {order}, and beyond the points of finite order nothing is decided."
