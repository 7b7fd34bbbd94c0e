r"""How the number of solutions grows with the largest charge: a fit, and what it should come to.

In a box of n charges there are about Q^n points, and a condition of degree d holds for about one in Q^d of
them.  So one expects N(Q) = C Q^k with k = n - sum d, which is n - 9 for four linear conditions, a quadratic
and a cubic one.  The numbers approach this from above; log N = log C + k log Q + b/Q, with C and b fitted by
least squares, describes them to some per cent from Q = 6 on; at worst to 9, for the Standard Model alone,
where they are irregular.  This is an observation and no theorem, and the only place in this room with
numbers that are not exact.

Key results
-----------
expected_exponent : n - sum d of a power-sum system
growth_law : the fit
GrowthLaw : what it returns
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Float, Pow, Symbol, exp
from sympy.printing.defaults import Printable

from anomalies.diophantine.powersums.system import PowerSumSystem
from anomalies.errors import ArgumentError, must_be

__all__ = ["GrowthLaw", "expected_exponent", "growth_law"]

_DIGITS = 3
_WORKING_DIGITS = 40
_FEWEST = 3  # counts, for two parameters


def expected_exponent(system: PowerSumSystem) -> int:
    """Return the number of charges minus the degrees of the conditions.

    >>> from anomalies import standard_model
    >>> from anomalies.diophantine.powersums import power_sum_system
    >>> [expected_exponent(power_sum_system(standard_model(3, nu), bound=1)) for nu in range(4)]
    [6, 7, 8, 9]
    """
    quadratic = 2 * any(entry.square for entry in system.classes)
    cubic = 3 * any(entry.cube for entry in system.classes)
    return len(system.variables) - len(system.linear_constant) - quadratic - cubic


@dataclass(frozen=True, slots=True, repr=False)
class GrowthLaw(Printable):
    """N(Q) = C Q^k exp(b/Q), fitted.

    Parameters
    ----------
    exponent : k, which is not fitted.
    factor, correction : C and b, with three digits.
    deviation : the largest relative deviation of the counts from the fit.
    smallest, largest : the Q that were used.
    """

    exponent: int
    factor: Float
    correction: Float
    deviation: Float
    smallest: int
    largest: int

    def formula(self) -> Any:
        """Return C Q^k exp(b/Q) as a sympy expression."""
        Q = Symbol("Q")
        return self.factor * Pow(Q, self.exponent) * exp(self.correction / Q)

    def _sympystr(self, printer: Any) -> str:
        used = f"for Q = {self.smallest}, ..., {self.largest}, deviation at most {self.deviation}"
        return f"{self.factor} Q^{self.exponent} exp({self.correction}/Q) {used}"

    def _latex(self, printer: Any) -> str:
        correction = printer._print(self.correction)
        return rf"{printer._print(self.factor)}\, Q^{{{self.exponent}}}\, e^{{{correction}/Q}}"


def growth_law(counts: Mapping[int, int], exponent: int) -> GrowthLaw:
    """Fit log N = log C + k log Q + b/Q to numbers of solutions, by least squares.

    Parameters
    ----------
    counts : the positive numbers N by Q, at least three.
    exponent : k.

    Examples
    --------
    >>> growth_law({bound: 5 * bound**6 for bound in (4, 5, 6, 7)}, 6)
    5.00 Q^6 exp(0.0/Q) for Q = 4, ..., 7, deviation at most 0.0
    """
    import mpmath

    if len(counts) < _FEWEST or any(number <= 0 for number in counts.values()):
        raise ArgumentError(must_be("counts", f"at least {_FEWEST} positive numbers", dict(counts)))
    with mpmath.workdps(_WORKING_DIGITS):
        rows = mpmath.matrix([[1, mpmath.mpf(1) / bound] for bound in counts])
        values = mpmath.matrix([mpmath.log(n) - exponent * mpmath.log(Q) for Q, n in counts.items()])
        solution = mpmath.lu_solve(rows, values)
        deviation = max(abs(mpmath.expm1(x)) for x in rows * solution - values)
        factor, correction, rounded = (_rounded(x) for x in (mpmath.exp(solution[0]), solution[1], deviation))
    return GrowthLaw(exponent, factor, correction, rounded, min(counts), max(counts))


def _rounded(value: Any) -> Float:
    """Three digits; what is numerical noise is zero."""
    return Float(value, _DIGITS) if abs(value) > 1e-9 else Float(0)
