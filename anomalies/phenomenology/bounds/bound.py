"""Bounds on v_Phi, the scale where U(1)_X breaks, and numbers with uncertainties.

Every function of this room that bounds v_Phi returns a `Bound`: the limit, how sure it is, the formula it
comes from, and what the paper prints, so that the two stand side by side.  Formulas stay symbolic;
`estimate` is where they become numbers, and it carries the uncertainties of the inputs along.

Key results
-----------
Bound : a lower or an upper bound on v_Phi, or the reason why there is none
Estimate, estimate : the value of a formula, and what the uncertainties of its inputs do to it
confidence_level : how much of a normal distribution lies within some standard deviations
stated : a number with so many significant digits, as text

References
----------
ADN, arXiv:1909.02021, section 5.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sympy import lambdify
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_rational
from anomalies.phenomenology.inputs import PhysicalInput, as_float
from anomalies.phenomenology.points import as_scale_TeV

__all__ = ["Bound", "Estimate", "as_real", "as_sigmas", "confidence_level", "estimate", "stated"]


@dataclass(frozen=True, slots=True, repr=False)
class Bound(Printable):
    """A lower or an upper bound on v_Phi.

    Attributes
    ----------
    name : what it comes from, in words.
    side : "lower" (v_Phi is larger) or "upper" (v_Phi is smaller).
    limit_TeV : the limit in TeV; None if there is no bound; 0 on the upper side if no v_Phi is
        allowed at all.
    confidence : what stands behind it: the number of standard deviations, or "95%".
    equation : where the paper has it.
    paper_TeV : the limit that the paper prints for this point, or None.
    reason : why there is no bound, or a remark; may be empty.
    expression : the limit as a sympy expression, in any one unit of energy; None for a quoted number.
    uncertainty_TeV : what the uncertainties of other inputs than the measurement that bounds do to the
        limit; None if not given.

    Examples
    --------
    >>> from sympy import Symbol
    >>> bound = Bound("rho", "lower", 3.86, "2 sigma", "ADN (5.20)", Fraction(39, 10), "", Symbol("x"))
    >>> bound
    v_Phi > 3.86 TeV
    >>> bound.allows(3.1), bound.allows(4)
    (False, True)
    """

    name: str
    side: str
    limit_TeV: float | None
    confidence: str
    equation: str
    paper_TeV: Fraction | None
    reason: str
    expression: Any
    uncertainty_TeV: float | None = None

    def __post_init__(self) -> None:
        """Refuse a side that is none, and a limit that is negative."""
        if self.side not in ("lower", "upper"):
            raise ArgumentError(must_be("side", '"lower" or "upper"', self.side))
        if self.limit_TeV is not None and not (math.isfinite(self.limit_TeV) and self.limit_TeV >= 0):
            raise ArgumentError(
                must_be("limit_TeV", "a number of TeV that is not negative, or None", self.limit_TeV)
            )

    def allows(self, v_Phi_TeV: object) -> bool:
        """Return whether a value of v_Phi, in TeV, respects the bound."""
        scale = as_scale_TeV(v_Phi_TeV, "v_Phi_TeV")
        if self.limit_TeV is None:
            return True
        return scale > self.limit_TeV if self.side == "lower" else scale < self.limit_TeV

    def _words(self) -> tuple[str, str]:
        """The relation and the number, as text."""
        return ">" if self.side == "lower" else "<", stated(self.limit_TeV or 0.0)

    def _sympystr(self, _printer: Any) -> str:
        if self.limit_TeV is None:
            return f"no bound on v_Phi: {self.reason}"
        if self.limit_TeV == 0 and self.side == "upper":
            return self.reason or "no v_Phi is allowed"
        relation, limit = self._words()
        return f"v_Phi {relation} {limit} TeV"

    def _latex(self, _printer: Any) -> str:
        if self.limit_TeV is None:
            return r"\text{no bound}"
        if self.limit_TeV == 0 and self.side == "upper":
            return r"\text{no } v_\Phi \text{ is allowed}"
        relation, limit = self._words()
        return rf"v_\Phi {relation} {limit}\,\mathrm{{TeV}}"


@dataclass(frozen=True, slots=True, repr=False)
class Estimate(Printable):
    """A number with its uncertainties upwards and downwards, one standard deviation each.

    >>> Estimate(3.1234, 0.02, 0.01)
    3.123 +0.020 -0.010
    >>> Estimate(3.1234, 0.02, 0.02)
    3.123 +- 0.020
    >>> Estimate(3.1234)
    3.12
    """

    value: float
    upper: float = 0.0
    lower: float = 0.0

    def __float__(self) -> float:
        return self.value

    def _sympystr(self, _printer: Any) -> str:
        value, upper, lower = self._digits()
        if not upper:
            return value
        return f"{value} +- {upper}" if upper == lower else f"{value} +{upper} -{lower}"

    def _latex(self, _printer: Any) -> str:
        value, upper, lower = self._digits()
        if not upper:
            return value
        return rf"{value} \pm {upper}" if upper == lower else f"{value}^{{+{upper}}}_{{-{lower}}}"

    def _digits(self) -> tuple[str, str, str]:
        """The number and its uncertainties as text, with two digits of the smaller uncertainty."""
        errors = [error for error in (self.upper, self.lower) if error > 0]
        if not errors:
            return stated(self.value), "", ""
        places = max(0, 1 - math.floor(math.log10(min(errors))))
        value, upper, lower = (f"{number:.{places}f}" for number in (self.value, self.upper, self.lower))
        return value, upper, lower


def estimate(expression: Any, values: Mapping[Any, PhysicalInput | float]) -> Estimate:
    """Return the value of an expression, with the uncertainties of its inputs added in quadrature.

    f(x_1, ..., x_n) +- sqrt(sum_i (f(x_i +- sigma_i) - f)^2): each input moves by one standard deviation both
    ways, and the shifts upwards and downwards of f are added apart.

    Parameters
    ----------
    expression : a sympy expression.
    values : for each of its symbols an input, or a number without uncertainty; numbers in one unit of energy.

    Raises `ArgumentError` if a symbol has no value, or the expression is not a real number there.

    Examples
    --------
    >>> from anomalies.phenomenology.inputs import physical_input
    >>> from anomalies.phenomenology.symbols import m_W, v
    >>> estimate(2 * m_W / v, {m_W: physical_input("m_W"), v: physical_input("v")})
    0.652905 +- 0.000097
    """
    missing = expression.free_symbols - set(values)
    if missing:
        names = ", ".join(sorted(symbol.name for symbol in missing))
        raise ArgumentError(
            must_be("values", f"a value for each symbol, {names} included", sorted(map(str, values)))
        )
    symbols = tuple(values)
    function = _compiled(symbols, expression)
    central = [float(values[symbol]) for symbol in symbols]
    value = _real(function, central)
    shifts = [
        _real(function, [*central[:place], central[place] + shift, *central[place + 1 :]]) - value
        for place, symbol in enumerate(symbols)
        for shift in _uncertainties(values[symbol])
    ]
    upper = math.hypot(*(shift for shift in shifts if shift > 0))
    lower = math.hypot(*(shift for shift in shifts if shift < 0))
    return Estimate(value, upper, lower)


@lru_cache(maxsize=256)
def _compiled(symbols: tuple[Any, ...], expression: Any) -> Any:
    """The expression as a function of floats; compiling takes a millisecond, calling it a microsecond."""
    return lambdify(symbols, expression, "math")


def _uncertainties(value: PhysicalInput | float) -> tuple[float, ...]:
    """What is added to an input to move it by one standard deviation either way."""
    if not isinstance(value, PhysicalInput) or not (value.upper or value.lower):
        return ()
    return float(value.upper), -float(value.lower)


def _real(function: Any, arguments: list[float]) -> float:
    try:
        return float(function(*arguments))
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as error:
        raise ArgumentError(
            must_be("values", "numbers at which the expression is real", arguments)
        ) from error


def as_real(value: object, argument: str) -> float:
    """Return a finite real number as a float: where parameters of the model that are not charges come in.

    >>> as_real("0.4", "product")
    0.4
    """
    number = as_float(value, argument, "a real number")
    if not math.isfinite(number):
        raise ArgumentError(must_be(argument, "a finite real number", value))
    return number


def as_sigmas(value: RationalLike, argument: str = "sigmas") -> Fraction:
    """Return a positive number of standard deviations, exactly.

    >>> as_sigmas("1.96")
    Fraction(49, 25)
    """
    number = as_rational(value, argument)
    if number <= 0:
        raise ArgumentError(must_be(argument, "a positive number of standard deviations", str(number)))
    return number


def confidence_level(sigmas: RationalLike) -> str:
    """Return the probability within so many standard deviations of a normal distribution, in words.

    2 and 1.96 standard deviations are both called 95% in the literature.

    >>> confidence_level(2), confidence_level("1.96")
    ('2 sigma, 95.45%', '1.96 sigma, 95.00%')
    """
    number = float(as_sigmas(sigmas))
    return f"{number:g} sigma, {100 * math.erf(number / math.sqrt(2)):.2f}%"


def stated(value: float, digits: int = 3) -> str:
    """Return a number with so many significant digits, without an exponent unless it is very small.

    >>> stated(3.1), stated(0.02724), stated(1234.4), stated(0.0)
    ('3.10', '0.0272', '1234', '0')
    """
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits - 1}e}")  # 99.96 has the decimals of 100
    places = digits - 1 - math.floor(math.log10(abs(rounded)))
    if places > 12:
        return f"{value:.{digits - 1}e}"
    return f"{value:.{max(0, places)}f}"
