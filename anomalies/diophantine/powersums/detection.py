"""Detection of power sums: anomaly conditions that are diagonal in the charges.

A condition with k legs of the extra U(1) is a weighted power sum if it is sum w_x x^k + constant over the
charges x: no products of different charges, which would come from charges that are sums, and no other powers,
which would come from charges with a known part.

Key results
-----------
power_sums : the conditions of a content as weighted power sums, or the reason why they are not
PowerSum : one of them

References
----------
ADN, arXiv:1909.02021, (2.2), (2.3), (2.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Symbol

from anomalies.conditions import Triangle, anomaly_conditions
from anomalies.errors import ArgumentError, must_be
from anomalies.exact import as_rational
from anomalies.fields import FieldContent, as_content

__all__ = ["PowerSum", "power_sums"]


@dataclass(frozen=True, slots=True)
class PowerSum:
    """One condition of a content, sum weights[x] x^degree + constant = 0, named after its triangle."""

    name: str
    degree: int
    weights: tuple[tuple[Symbol, Fraction], ...]
    constant: Fraction


def power_sums(content: FieldContent) -> tuple[PowerSum, ...]:
    """Return the anomaly conditions on the extra U(1) as weighted power sums, identically zero ones left out.

    Raises
    ------
    ArgumentError
        If there is not exactly one U(1) of unknown charges, or some condition is not of this form.  The
        message names the triangle and the reason.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> for condition in power_sums(standard_model(families=1, right_handed_neutrinos=0)):
    ...     print(condition.name, condition.degree, [int(6 * weight) for _, weight in condition.weights])
    SU(3)^2 X 1 [12, -6, -6]
    SU(2)^2 X 1 [18, 6]
    grav^2 X 1 [36, -18, -18, 12, -6]
    Y^2 X 1 [1, -8, -2, 3, -6]
    Y X^2 2 [6, -12, 6, -6, 6]
    X^3 3 [36, -18, -18, 12, -6]
    """
    as_content(content)
    if len(content.open_factors) != 1:
        raise ArgumentError(
            must_be("content", "one with exactly one U(1) of unknown charges", content.open_factors)
        )
    conditions = anomaly_conditions(content)
    odd = [factor for factor, parity in conditions.witten if parity]
    if odd:
        raise ArgumentError(
            f"Argument 'content' must have no Witten anomaly, unlike that of {', '.join(odd)}."
        )
    factor = content.open_factors[0]
    symbols = content.symbols_of(factor)
    found = (_power_sum(triangle, value, factor, symbols) for triangle, value in conditions.items())
    return tuple(condition for condition in found if condition is not None)


def _power_sum(
    triangle: Triangle, polynomial: Expr, factor: str, symbols: Sequence[Symbol]
) -> PowerSum | None:
    degree = triangle.legs.count(factor)
    weights: dict[Symbol, Fraction] = {}
    constant = Fraction(0)
    for monomial, coefficient in polynomial.as_coefficients_dict().items():
        base, power = monomial.as_base_exp()
        if base.is_Symbol and power == degree:
            weights[base] = as_rational(coefficient, "content")
        elif base.is_Rational:
            constant += as_rational(coefficient * monomial, "content")
        else:
            raise ArgumentError(
                f"Argument 'content' must have diagonal anomaly conditions, and {triangle} contains "
                f"{coefficient * monomial}."
            )
    if not weights and constant:
        raise ArgumentError(
            f"Argument 'content' must be free of anomalies that no charges under U(1)_{factor} can cancel, "
            f"and {triangle} = {constant}."
        )
    # In the order of the content: sympy's own depends on hashes.
    ordered = tuple((symbol, weights[symbol]) for symbol in symbols if symbol in weights)
    return PowerSum(str(triangle), degree, ordered, constant) if weights else None
