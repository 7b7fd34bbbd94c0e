"""The gauge couplings g and g' from measured inputs: four usual ways, which do not agree beyond tree level.

Nothing here depends on the choice at tree level; numbers do, and (5.14) strongly.

Key results
-----------
COUPLING_CHOICES : the names of the ways
electroweak_couplings : g^2 and g'^2 by one of them, with the inputs they come from
explicit_couplings : given values
input_in_TeV : an input, in TeV

References
----------
ADN, arXiv:1909.02021, text before (5.14); Particle Data Group, Phys. Rev. D 98 (2018) 030001, section 10.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sympy import Symbol, pi, sqrt, sympify

from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError, must_be
from anomalies.exact import as_rational, to_sympy
from anomalies.phenomenology.inputs import PhysicalInput, physical_input
from anomalies.phenomenology.symbols import g, g_prime

__all__ = [
    "COUPLING_CHOICES",
    "ElectroweakCouplings",
    "electroweak_couplings",
    "explicit_couplings",
    "input_in_TeV",
]

_GEV_IN_A_TEV = 1000


@dataclass(frozen=True, slots=True)
class ElectroweakCouplings:
    """g^2 and g'^2 as functions of measured inputs, and their values.

    Attributes
    ----------
    name : how they are obtained.
    g_squared, g_prime_squared : expressions in the symbols of the inputs.
    inputs : the symbol of each input with the `PhysicalInput`.
    """

    name: str
    g_squared: Any
    g_prime_squared: Any
    inputs: tuple[tuple[Symbol, PhysicalInput], ...] = ()

    @property
    def central(self) -> dict[Any, Any]:
        """The values of the inputs, exactly."""
        return {symbol: to_sympy(entry.value) for symbol, entry in self.inputs}

    @property
    def values(self) -> dict[Any, Any]:
        """The symbols g and g' with their values, for `subs`: square roots of exact numbers."""
        squares = (self.g_squared, self.g_prime_squared)
        return {
            symbol: sqrt(sympify(square).subs(self.central))
            for symbol, square in zip((g, g_prime), squares, strict=True)
        }


def _rounded() -> ElectroweakCouplings:
    inputs = _with_symbols("g", "g_prime")
    return ElectroweakCouplings("ADN", inputs[0][0] ** 2, inputs[1][0] ** 2, inputs)


def _from_z_mass() -> ElectroweakCouplings:
    inputs = _with_symbols("m_Z", "v", "sin2_theta_w")
    m_Z, v, sin2 = (symbol for symbol, _ in inputs)
    total = 4 * m_Z**2 / v**2
    return ElectroweakCouplings("from m_Z and v", total * (1 - sin2), total * sin2, inputs)


def _from_both_masses() -> ElectroweakCouplings:
    inputs = _with_symbols("m_W", "m_Z", "v")
    m_W, m_Z, v = (symbol for symbol, _ in inputs)
    return ElectroweakCouplings(
        "from m_W, m_Z and v", 4 * m_W**2 / v**2, 4 * (m_Z**2 - m_W**2) / v**2, inputs
    )


def _from_alpha() -> ElectroweakCouplings:
    inputs = _with_symbols("inverse_alpha_em_m_Z", "sin2_theta_w")
    inverse, sin2 = (symbol for symbol, _ in inputs)
    charge = 4 * pi / inverse
    return ElectroweakCouplings("from alpha and sin2", charge / sin2, charge / (1 - sin2), inputs)


def _with_symbols(*names: str) -> tuple[tuple[Symbol, PhysicalInput], ...]:
    return tuple((Symbol(name, positive=True), physical_input(name)) for name in names)


_WAYS: Mapping[str, Callable[[], ElectroweakCouplings]] = MappingProxyType(
    {
        "ADN": _rounded,
        "from m_Z and v": _from_z_mass,
        "from m_W, m_Z and v": _from_both_masses,
        "from alpha and sin2": _from_alpha,
    }
)
COUPLING_CHOICES = tuple(_WAYS)


def electroweak_couplings(choice: str | ElectroweakCouplings = "from m_Z and v") -> ElectroweakCouplings:
    """Return g^2 and g'^2 in one of the ways of `COUPLING_CHOICES`, or what was given.

    Parameters
    ----------
    choice : "ADN": g = 0.64, g' = 0.34, as the paper rounds them;
        "from m_Z and v": sqrt(g^2 + g'^2) = 2 m_Z / v with sin^2 theta_w in the MS-bar scheme;
        "from m_W, m_Z and v": the same with g = 2 m_W / v, the on-shell scheme;
        "from alpha and sin2": e^2 = 4 pi alpha(m_Z) with sin^2 theta_w in the MS-bar scheme;
        or couplings of one's own, from `explicit_couplings`.

    Examples
    --------
    >>> for name in COUPLING_CHOICES:
    ...     print(name, *(f"{float(x):.4f}" for x in electroweak_couplings(name).values.values()), sep=", ")
    ADN, 0.6400, 0.3400
    from m_Z and v, 0.6494, 0.3562
    from m_W, m_Z and v, 0.6529, 0.3498
    from alpha and sin2, 0.6517, 0.3574
    """
    if isinstance(choice, ElectroweakCouplings):
        return choice
    if not isinstance(choice, str):
        raise ArgumentTypeError(must_be("couplings", "a name or ElectroweakCouplings", choice))
    if choice not in _WAYS:
        raise UnknownNameError(must_be("couplings", f"one of {'; '.join(COUPLING_CHOICES)}", choice))
    return _WAYS[choice]()


def input_in_TeV(name: str) -> Any:
    """Return the value of an input that is a number of GeV, exactly, in TeV.

    >>> input_in_TeV("m_W")
    80379/1000000
    """
    entry = physical_input(name)
    if entry.unit != "GeV":
        raise ArgumentError(must_be("name", "an input in GeV", f"{name} in {entry.unit}"))
    return to_sympy(entry.value) / _GEV_IN_A_TEV


def explicit_couplings(g_value: object, g_prime_value: object) -> ElectroweakCouplings:
    """Return given exact values of g and g'.

    >>> explicit_couplings("0.65", "0.36").values
    {g: 13/20, g': 9/25}
    """
    first, second = as_rational(g_value, "g"), as_rational(g_prime_value, "g'")
    for name, value in (("g", first), ("g'", second)):
        if value <= 0:
            raise ArgumentError(must_be(name, "positive", str(value)))
    return ElectroweakCouplings(f"g = {first}, g' = {second}", to_sympy(first) ** 2, to_sympy(second) ** 2)
