"""Neutrinos and dark states with their charges, and the scalars that may break U(1)_X.

Key results
-----------
neutrino_sector : charges and scalars, checked -> `NeutrinoSector`

References
----------
ADN, arXiv:1909.02021, (2.4), (A.4), (A.5), (A.7), (A.10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.dark_masses.majorana import as_scalars
from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import RationalLike, as_rational, as_rationals
from anomalies.phenomenology.points import LeptonPoint

__all__ = ["NeutrinoSector", "neutrino_sector"]

# The other fields of the operators: a scalar of the same name would be mistaken for them.
_TAKEN = frozenset(("H", "l", "nu"))


@dataclass(frozen=True, slots=True, repr=False)
class NeutrinoSector(Printable):
    """Three lepton doublets, dark states nu_R and scalars, with their U(1)_X charges; see `neutrino_sector`.

    Attributes
    ----------
    point : (a_e, a_mu, a_tau, a_Y), from which the gauging generator gives the charges of l and H.
    n : the charges of the dark states, any number.
    scalars : pairs (name, charge) of Standard Model singlets; no charge is zero, no two agree up to sign.
    """

    point: LeptonPoint
    n: tuple[Fraction, ...]
    scalars: tuple[tuple[str, Fraction], ...]

    @property
    def a(self) -> tuple[Fraction, Fraction, Fraction]:
        """The lepton charges (a_e, a_mu, a_tau)."""
        return self.point.a_e, self.point.a_mu, self.point.a_tau

    @property
    def majorana_charges(self) -> tuple[Fraction, ...]:
        """The charges -a_1, -a_2, -a_3, n_1, ..., n_k of the neutral states, all written as right-handed.

        A left-handed neutrino enters as the conjugate of the Standard Model singlet l_i H^c, whose charge a_i
        does not depend on a_Y.  So the entry of the whole mass matrix for two states has the sum of their
        charges, whichever states they are, and what `anomalies.dark_masses` does for dark states it does for
        all of them.
        """
        return (*(-charge for charge in self.a), *self.n)

    def field_charges(self) -> dict[str, tuple[Fraction, ...]]:
        """Return the charges of l, H and nu, one for each family, as the gauging generator gives them.

        >>> sector = neutrino_sector(["3/5", 1, "1/20", "9/10"], ["1/4", "7/20", "21/20"])
        >>> [str(charge) for charge in sector.field_charges()["l"]]
        ['3/20', '11/20', '-2/5']
        """
        charges = self.point.charges
        return {
            "l": tuple(as_rational(charges[f"Q_l{family}"]) for family in (1, 2, 3)),
            "H": (as_rational(charges["Q_H"]),),
            "nu": self.n,
        }

    def with_scalars(
        self, scalars: Mapping[str, RationalLike] | Iterable[RationalLike] = ()
    ) -> NeutrinoSector:
        """Return the sector with these scalars instead."""
        return neutrino_sector(self.point, self.n, scalars)

    def _sympystr(self, printer: Any) -> str:
        scalars = ", ".join(f"{name} {charge}" for name, charge in self.scalars) or "none"
        lepton, dark = (", ".join(map(str, charges)) for charges in (self.a, self.n))
        return f"a = ({lepton}), a_Y = {self.point.a_Y}, n = ({dark}), scalars: {scalars}"

    def _latex(self, printer: Any) -> str:
        from sympy import Symbol

        lepton, dark = (r",\, ".join(map(str, charges)) for charges in (self.a, self.n))
        scalars = "".join(rf",\; {printer._print(Symbol(name))}: {charge}" for name, charge in self.scalars)
        return rf"a = ({lepton}),\; a_{{Y}} = {self.point.a_Y},\; n = ({dark}){scalars}"


def neutrino_sector(
    point: LeptonPoint | Iterable[RationalLike],
    n: Iterable[RationalLike],
    scalars: Mapping[str, RationalLike] | Iterable[RationalLike] = (),
) -> NeutrinoSector:
    """Return neutrinos, dark states and scalars with the given charges.

    The dark charges need not cancel the anomalies of the others: `anomalies.dark_sectors` says which do.

    Parameters
    ----------
    point : (a_e, a_mu, a_tau, a_Y), as a `LeptonPoint` or a sequence of four rationals.
    n : the dark charges, in the order of rows and columns.
    scalars : the charges of the scalars, by name or in a sequence, which names them chi_1, chi_2, ...; not
        zero, and different up to sign.

    Raises
    ------
    ArgumentError, ArgumentTypeError, InexactNumberError
        If `point` has not four entries, a scalar is neutral, two agree up to sign, a name is no single word
        or one of "M", "H", "l", "nu", or a number is not exact.

    Source: ADN (A.4), (A.5).

    Examples
    --------
    >>> neutrino_sector(["3/5", 1, "1/20", "9/10"], ["1/4", "7/20", "21/20"], ["3/5", "21/10"])
    a = (3/5, 1, 1/20), a_Y = 9/10, n = (1/4, 7/20, 21/20), scalars: chi_1 3/5, chi_2 21/10
    """
    if not isinstance(point, LeptonPoint):
        point = LeptonPoint(*as_rationals(point, "point", 4))
    pairs = as_scalars(scalars, "scalars")
    for name, _ in pairs:
        if name in _TAKEN:
            raise ArgumentError(
                must_be("scalars", f"keyed by names other than {', '.join(sorted(_TAKEN))}", name)
            )
    return NeutrinoSector(point, as_rationals(n, "n"), pairs)


def as_sector(sector: object) -> NeutrinoSector:
    """Return a sector as it is, or refuse anything else."""
    if not isinstance(sector, NeutrinoSector):
        raise ArgumentTypeError(
            must_be("sector", "a NeutrinoSector, which neutrino_sector() returns", sector)
        )
    return sector
