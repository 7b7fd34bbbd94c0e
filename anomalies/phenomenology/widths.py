"""Partial widths of the Z' in the massless limit: exact weights, branching ratios, and the total width.

A massless Weyl fermion with n components (colours times members of the SU(2) multiplet) and charge Q gives

    Gamma = n Q^2 g_X^2 m_Z' / (24 pi),

a complex scalar half of it.  The weight of a field is n Q^2, n Q^2 / 2 for a scalar: rational, and what
branching ratios are made of.

Key results
-----------
width_weights : the weight of each field and family
branching_ratios : weights divided by their sum
width_over_mass : Gamma / m_Z' in the symbol g_X

References
----------
ADN, arXiv:1909.02021, (5.1); EFT, arXiv:1705.03447, Table 3.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sympy import Integer, Rational, pi

from anomalies.errors import ArgumentError, UnknownNameError, must_be
from anomalies.fields import Chirality, FieldContent
from anomalies.phenomenology.symbols import g_X

__all__ = ["branching_ratios", "width_over_mass", "width_weights"]

# What a field of one component and unit charge contributes, in units of g_X^2 m_Z' / (24 pi).
_SHARE = {
    Chirality.LEFT: Integer(1),
    Chirality.RIGHT: Integer(1),
    Chirality.VECTOR_LIKE: Integer(2),
    Chirality.SCALAR: Rational(1, 2),
}


def width_weights(
    content: FieldContent, factor: str = "X", *, heavy: Collection[str] = (), scalars: bool = False
) -> dict[str, Any]:
    """Return n Q^2 for each field and family, the partial width in units of g_X^2 m_Z' / (24 pi).

    Parameters
    ----------
    content : its charges under the factor may be numbers or symbols.
    factor : the name of the U(1) of the Z'.
    heavy : names of fields, or one name, that the Z' is too light to decay into.
    scalars : whether scalars are counted, each with half of what a Weyl fermion has.

    Returns a dictionary from labels such as "q1" or "nu" to sympy expressions.

    Raises `UnknownNameError` for a field or factor that the content does not have.

    Source: ADN, text before (5.1).

    Examples
    --------
    >>> from anomalies import standard_model
    >>> width_weights(standard_model(families=1, right_handed_neutrinos=1))
    {'q': 6*Q_q**2, 'u': 3*Q_u**2, 'd': 3*Q_d**2, 'l': 2*Q_l**2, 'e': Q_e**2, 'nu': Q_nu**2}
    """
    place = content.place_of(factor)
    names = {field.name for field in content.multiplets}
    heavy = (heavy,) if isinstance(heavy, str) else heavy
    for name in heavy:
        if name not in names:
            raise UnknownNameError(
                must_be("heavy", f"names of fields among {', '.join(sorted(names))}", name)
            )
    return {
        label: _SHARE[field.chirality] * field.multiplicity * charge**2
        for field in content.multiplets
        if field.name not in heavy and (scalars or field.chirality.is_fermion)
        for label, charge in zip(field.labels, field.charges[place], strict=True)
    }


def branching_ratios(
    content: FieldContent, factor: str = "X", *, heavy: Collection[str] = (), scalars: bool = False
) -> dict[str, Any]:
    """Return the branching ratio of the Z' into each field and family, exactly.

    The arguments are those of `width_weights`.  Raises `ArgumentError` if nothing is charged.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> content = standard_model(families=1, right_handed_neutrinos=1)
    >>> ratios = branching_ratios(content.subs(dict.fromkeys(content.charge_symbols, 1)))
    >>> ratios["l"], sum(ratios.values())
    (1/8, 1)
    """
    weights = width_weights(content, factor, heavy=heavy, scalars=scalars)
    total = sum(weights.values(), Integer(0))
    if total == 0:
        raise ArgumentError(
            must_be("content", "charged, so that the Z' decays", str(content.name or "neutral"))
        )
    return {label: weight / total for label, weight in weights.items()}


def width_over_mass(
    content: FieldContent, factor: str = "X", *, heavy: Collection[str] = (), scalars: bool = False
) -> Any:
    """Return Gamma / m_Z' = g_X^2 / (24 pi) sum n Q^2; arguments as in `width_weights`.

    Source: ADN (5.1).

    Examples
    --------
    >>> from anomalies import standard_model
    >>> content = standard_model(families=1, right_handed_neutrinos=0)
    >>> width_over_mass(content.subs(dict.fromkeys(content.charge_symbols, 1)))
    5*g_X**2/(8*pi)
    """
    weights = width_weights(content, factor, heavy=heavy, scalars=scalars)
    return g_X**2 * sum(weights.values(), Integer(0)) / (24 * pi)
