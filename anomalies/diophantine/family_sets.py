"""Families of solutions as sets of sympy: by a condition on the charges, and by the image of parameters.

Key results
-----------
set_of_solutions : the charges that solve the conditions of a content, with what else is asked of them
set_of_values : the values of rational functions of parameters
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from anomalies.conditions import anomaly_conditions
from anomalies.fields import FieldContent

__all__ = ["set_of_solutions", "set_of_values"]


def set_of_solutions(content: FieldContent, *others: Any) -> Any:
    """Return the rational charges that solve all conditions, as a sympy `ConditionSet`.

    Its elements are tuples in the order of `content.charge_symbols`.

    Parameters
    ----------
    content : a field content with one U(1) of unknown charges.
    others : further conditions on these symbols, as sympy relations.

    Examples
    --------
    >>> from sympy import Tuple
    >>> from anomalies import standard_model
    >>> solutions = set_of_solutions(standard_model(1, 1))
    >>> Tuple(1, 1, 1, -3, -3, 7, -3) in solutions, Tuple(1, 1, 1, -3, -3, 7, -2) in solutions
    (True, False)
    """
    from sympy import And, ConditionSet, Eq, Tuple

    values = (value for value in anomaly_conditions(content, "primitive").values() if value != 0)
    condition = And(*(Eq(value, 0) for value in values), *others)
    return ConditionSet(Tuple(*content.charge_symbols), condition, _rationals(len(content.charge_symbols)))


def set_of_values(parameters: Sequence[Any], values: Sequence[Any], *domain: Any) -> Any:
    """Return the tuples of values of rational parameters, as a sympy `ImageSet`.

    Parameters
    ----------
    parameters : symbols.
    values : rational functions of them.
    domain : what the parameters have to satisfy, as sympy relations.

    Examples
    --------
    >>> from sympy import Ne
    >>> from sympy.abc import a, b
    >>> set_of_values([a, b], [a/b, a + b], Ne(b, 0)).lamda((1, 2))
    (1/2, 3)
    """
    from sympy import And, ConditionSet, ImageSet, Lambda, Tuple

    everywhere = _rationals(len(parameters))
    base = ConditionSet(Tuple(*parameters), And(*domain), everywhere) if domain else everywhere
    return ImageSet(Lambda((tuple(parameters),), Tuple(*values)), base)


def _rationals(dimension: int) -> Any:
    from sympy import ProductSet, S

    return ProductSet(*[S.Rationals] * dimension)
