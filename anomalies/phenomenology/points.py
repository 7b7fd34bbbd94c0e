"""Points of the parameter space: exact charges, and scales that know their unit.

Key results
-----------
LeptonPoint : (a_e, a_mu, a_tau, a_Y), exactly, with the charge of each Standard Model field
BENCHMARK, CLEAN : ADN's two best-fit points
framework_charges, framework_content : the charges (2.4) in a_e, a_mu, a_tau, a_Y
as_scale_TeV : a positive scale in TeV, with a warning for a number that looks like GeV

References
----------
ADN, arXiv:1909.02021, (2.4), Table 1, Table 2.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from anomalies.errors import ArgumentError, UnitWarning, must_be
from anomalies.exact import as_rational, to_sympy
from anomalies.fields import FieldContent
from anomalies.gauging import gauging_generator
from anomalies.library import adn_framework
from anomalies.phenomenology.inputs import as_float
from anomalies.phenomenology.symbols import a_e, a_mu, a_tau, a_Y

__all__ = [
    "BENCHMARK",
    "CLEAN",
    "LeptonPoint",
    "as_scale_TeV",
    "framework_charges",
    "framework_content",
]

# No scale of these models is so many TeV, nor so few GeV: a larger number was meant in GeV.
_LARGEST_TEV = 150


@dataclass(frozen=True, slots=True)
class LeptonPoint:
    """The parameters of T_X = sum a_i L_i - (sum a_i / 3) B + a_Y Y, exactly.

    Attributes
    ----------
    a_e, a_mu, a_tau, a_Y : rational numbers; dimensionless.

    Examples
    --------
    >>> BENCHMARK.charges["Q_l2"], BENCHMARK.charges["Q_H"]
    (113/200, -87/200)
    """

    a_e: Fraction
    a_mu: Fraction
    a_tau: Fraction
    a_Y: Fraction

    def __post_init__(self) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, as_rational(getattr(self, name), name))

    @property
    def values(self) -> dict[Any, Any]:
        """The sympy symbols a_e, a_mu, a_tau, a_Y with their values, for `subs`."""
        numbers = (self.a_e, self.a_mu, self.a_tau, self.a_Y)
        return dict(zip((a_e, a_mu, a_tau, a_Y), map(to_sympy, numbers), strict=True))

    @property
    def charges(self) -> dict[str, Any]:
        """The U(1)_X charge of each field by the name of its symbol, "Q_q" to "Q_Q"; Q_Phi is 1.

        Dark charges are not determined by the point and are left out.
        """
        return {
            name: charge.subs(self.values)
            for name, charge in framework_charges().items()
            if not name.startswith("Q_nu")
        }

    @property
    def content(self) -> FieldContent:
        """ADN's content with these charges; the dark charges stay symbols."""
        framework = adn_framework()
        known = self.charges
        return framework.subs({s: known[s.name] for s in framework.charge_symbols if s.name in known})


@cache
def framework_charges() -> Mapping[str, Any]:
    """Return the charge of each field in a_e, a_mu, a_tau and a_Y, by the name of its symbol; Q_Phi is 1.

    The dark charges stay symbols.  Source: ADN (2.4), as the gauging generator gives it.

    >>> framework_charges()["Q_H"]
    -a_Y/2
    """
    charges = gauging_generator(adn_framework()).charges
    unit = {symbol: 1 for symbol in charges if symbol.name == "Q_Phi"}
    return MappingProxyType({symbol.name: charge.subs(unit) for symbol, charge in charges.items()})


@cache
def framework_content(*, normalised: bool = True) -> FieldContent:
    """Return ADN's content with the charges (2.4) in a_e, a_mu, a_tau, a_Y; the dark charges stay symbols.

    Parameters
    ----------
    normalised : whether the charge of Phi is 1, as ADN have it; else it stays Q_Phi.

    >>> framework_content().multiplet("Q").charges[1]
    (a_Y/6 - a_e/9 - a_mu/9 - a_tau/9 - 1,)
    """
    framework = adn_framework()
    charges = gauging_generator(framework).charges
    if normalised:
        charges = {symbol: framework_charges()[symbol.name] for symbol in charges}
    return framework.subs({symbol: charge for symbol, charge in charges.items() if symbol != charge})


BENCHMARK = LeptonPoint(Fraction(59, 100), Fraction(1), Fraction(0), Fraction(87, 100))
CLEAN = LeptonPoint(Fraction(49, 100), Fraction(1), Fraction(0), Fraction(166, 100))


def as_scale_TeV(value: object, argument: str) -> float:
    """Return a positive scale in TeV as a float; warn with `UnitWarning` if it looks like a number of GeV.

    Examples
    --------
    >>> as_scale_TeV("3.1", "v_Phi_TeV")
    3.1
    """
    number = as_float(value, argument, "a number of TeV")
    if not (math.isfinite(number) and number > 0):
        raise ArgumentError(must_be(argument, "a positive number of TeV", value))
    if number > _LARGEST_TEV:
        warnings.warn(
            f"Argument '{argument}' is in TeV: {number:g} TeV were read. "
            f"Write {number / 1000:g} if GeV were meant.",
            UnitWarning,
            stacklevel=3,
        )
    return number
