r"""Mixing of the Z with the gauge boson X of an extra U(1): the exact masses and angle.

With the photon split off, the mass matrix of (Z0, X) is ((A, -delta), (-delta, E)).  Signs as in ADN (3.15):

    Z = cos(alpha_z) Z0 + sin(alpha_z) X,    Z' = -sin(alpha_z) Z0 + cos(alpha_z) X,

with Z0 = (g W3 - g' B)/sqrt(g^2 + g'^2); cos(alpha_z) is positive, and Z' is the heavier mass eigenstate
unless the lighter one is asked for.  Exactly, with R = sqrt((E - A)^2 + 4 delta^2),

    tan(alpha_z) = 2 delta / (E - A + R),
    m_Z^2 = A - delta tan(alpha_z),    m_Z'^2 = E + delta tan(alpha_z).

With r = delta/A, which is a_Y g_X / sqrt(g^2 + g'^2) for ADN's scalars, and t = tan(alpha_z) their vacuum
values and masses are related exactly by

    g_X^2 v_Phi^2 = m_Z^2 (1 + r/t),    m_Z'^2 = g_X^2 v_Phi^2 A / m_Z^2.

Key results
-----------
z_mixing : the exact masses, angle and orthogonal matrix of a mass matrix
mixing_at : numbers at a parameter point
boson_coupling : the coupling of A, Z or Z' to any component of a field

References
----------
ADN, arXiv:1909.02021, (3.15)-(3.17), (5.18).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

from sympy import ImmutableMatrix, Integer, Rational, Symbol, cancel, cos, sin, sqrt
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError, must_be
from anomalies.fields import FieldContent
from anomalies.phenomenology.electroweak_inputs import (
    ElectroweakCouplings,
    electroweak_couplings,
    input_in_TeV,
)
from anomalies.phenomenology.inputs import as_float
from anomalies.phenomenology.mixing.gauge_masses import (
    NeutralMasses,
    adn_masses,
    coupling_vector,
    neutral_rotation,
)
from anomalies.phenomenology.points import LeptonPoint, as_scale_TeV
from anomalies.phenomenology.symbols import alpha_z, g_X, v, v_Phi

__all__ = [
    "BOSONS",
    "MixingNumbers",
    "ZMixing",
    "as_coupling",
    "boson_coupling",
    "leading_sin_alpha",
    "mixing_at",
    "rotation_by",
    "z_mixing",
]

BOSONS = ("A", "Z", "Z'")

_GEV_IN_A_TEV = 1000
_DIGITS = 30  # twice those of a float: the differences of squared masses lose some

# The leading order is refused where it misses the exact angle by more.
_LARGEST_ERROR = Rational(1, 10)


@dataclass(frozen=True, slots=True, repr=False)
class ZMixing(Printable):
    """The exact diagonalisation of the Z-X mass matrix ((A, -delta), (-delta, E)).

    Attributes
    ----------
    m_Z0_squared, m_X_squared, delta : A, E and delta.
    weak_rotation : the matrix with the columns photon, Z0, X.
    sign : +1 if Z' is the heavier mass eigenstate, -1 if it is the lighter one.
    """

    m_Z0_squared: Any
    m_X_squared: Any
    delta: Any
    weak_rotation: Any
    sign: int

    @property
    def tan_alpha(self) -> Any:
        """tan(alpha_z) = 2 delta / (E - A +- R); 0 if delta is 0, where Z' is X itself."""
        if self.delta == 0:
            return Integer(0)
        gap = self.m_X_squared - self.m_Z0_squared
        return 2 * self.delta / (gap + self.sign * sqrt(gap**2 + 4 * self.delta**2))

    @property
    def cos_alpha(self) -> Any:
        """cos(alpha_z), positive."""
        return 1 / sqrt(1 + self.tan_alpha**2)

    @property
    def sin_alpha(self) -> Any:
        """sin(alpha_z), with the sign of delta if Z' is the heavier one."""
        return self.tan_alpha / sqrt(1 + self.tan_alpha**2)

    @property
    def m_Z_squared(self) -> Any:
        """The squared mass of the Z, A - delta tan(alpha_z)."""
        return self.m_Z0_squared - self.delta * self.tan_alpha

    @property
    def m_Zprime_squared(self) -> Any:
        """The squared mass of the Z', E + delta tan(alpha_z)."""
        return self.m_X_squared + self.delta * self.tan_alpha

    @property
    def strength(self) -> Any:
        """r = delta / A, which multiplies x in the leading order of the angle."""
        return cancel(self.delta / self.m_Z0_squared)

    @property
    def rotation(self) -> Any:
        """The orthogonal matrix O of (B, W3, X) = O (A, Z, Z'), ADN (3.15), exactly."""
        return rotation_by(self.weak_rotation, self.cos_alpha, self.sin_alpha)

    def _sympystr(self, printer: Any) -> str:
        return f"tan(alpha_z) = {printer._print(self.tan_alpha)}"

    def _latex(self, printer: Any) -> str:
        return rf"\tan \alpha_{{z}} = {printer._print(self.tan_alpha)}"


def rotation_by(weak_rotation: Any, cosine: Any, sine: Any) -> Any:
    """Return the weak rotation followed by the one of Z0 and X, ADN (3.15)."""
    return weak_rotation * ImmutableMatrix([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]])


def boson_coupling(
    content: FieldContent, name: str, T3: object, boson: str = "Z'", *, family: int = 1, alpha: Any = alpha_z
) -> Any:
    """Return the coupling of A, Z or Z' to a component of a field, at any mixing angle.

        A: g g' Q / G,    Z: cos k + sin g_X Q_X,    Z': -sin k + cos g_X Q_X,    k = (g^2 T3 - g'^2 Y)/G

    with G = sqrt(g^2 + g'^2), and the electric charge Q = T3 + Y.

    Parameters
    ----------
    content, name, T3, family : as for `coupling_vector`; one extra U(1).
    boson : "A", "Z" or "Z'".
    alpha : the mixing angle alpha_z; a symbol or a number.

    Raises
    ------
    UnknownNameError : there is no such boson, or no such field.
    ArgumentError : the gauge group does not have exactly one extra U(1), or there is no such component.

    Source: ADN (3.15), (5.10), (5.11).

    Examples
    --------
    >>> from anomalies.phenomenology.points import framework_content
    >>> boson_coupling(framework_content(normalised=False), "e", 0, "A")
    -g*g'/sqrt(g**2 + g'**2)
    >>> boson_coupling(framework_content(normalised=False), "e", 0, "Z'", family=2, alpha=0)
    g_X*(-a_Y + a_mu)
    """
    if boson not in BOSONS:
        raise UnknownNameError(must_be("boson", f"one of {', '.join(BOSONS)}", boson))
    vector = coupling_vector(content, name, T3, family=family)
    if len(vector) != len(BOSONS):
        raise ArgumentError(must_be("content", "one with U(1)_Y and one extra U(1)", str(content.group)))
    rotation = rotation_by(neutral_rotation(content), cos(alpha), sin(alpha))
    hypercharge, weak, extra = (
        k * entry for k, entry in zip(vector, rotation[:, BOSONS.index(boson)], strict=True)
    )
    share = {"A": Integer(1), "Z": cos(alpha), "Z'": sin(alpha)}[boson]
    return (_cancelled((hypercharge + weak) / share) * share if share != 0 else Integer(0)) + extra


# The families of a field share what they do not owe to X.
_cancelled = lru_cache(maxsize=256)(cancel)


def z_mixing(masses: NeutralMasses, *, heavier: bool = True) -> ZMixing:
    """Return the exact masses and mixing of the Z and the Z'.

    Parameters
    ----------
    masses : the mass matrix of B, W3 and one X.
    heavier : whether Z' is the heavier mass eigenstate.  With the lighter one |alpha_z| < pi/4 if m_X < m_Z0.

    Raises `ArgumentError` unless there is exactly one extra U(1), and the Z has a mass.

    Source: ADN (3.15)-(3.17).

    Examples
    --------
    >>> z_mixing(adn_masses()).strength
    a_Y*g_X/sqrt(g**2 + g'**2)
    """
    if not isinstance(masses, NeutralMasses):
        raise ArgumentTypeError(must_be("masses", "what neutral_masses() returns", masses))
    if len(masses.bosons) != 3:
        raise ArgumentError(must_be("masses", "those of B, W3 and one X", str(masses.bosons)))
    block = masses.z_block
    if block[0, 0] == 0:
        raise ArgumentError(must_be("masses", "those of a massive Z", "a massless one"))
    return ZMixing(block[0, 0], block[1, 1], -block[0, 1], masses.weak_rotation, 1 if heavier else -1)


@dataclass(frozen=True, slots=True)
class MixingNumbers:
    """Masses and mixing at a parameter point.

    Attributes
    ----------
    m_Z_GeV, m_Zprime_TeV : the masses, exactly diagonalised.
    sin_alpha : sin(alpha_z), exactly.
    sin_alpha_leading : a_Y g_X/sqrt(g^2 + g'^2) times the ratio of these squared masses, ADN (3.17).
    m_Zprime_leading_TeV : g_X v_Phi, ADN (3.16).
    rho : the ratio of the squared masses of the Z before and after mixing, ADN (5.18).
    """

    m_Z_GeV: float
    m_Zprime_TeV: float
    sin_alpha: float
    sin_alpha_leading: float
    m_Zprime_leading_TeV: float
    rho: float


def mixing_at(
    point: LeptonPoint,
    v_Phi_TeV: object,
    g_X_value: object,
    *,
    couplings: str | ElectroweakCouplings = "from m_Z and v",
) -> MixingNumbers:
    """Return the exact masses and mixing of ADN's model at a parameter point, beside the leading order.

    Z' is the mass eigenstate that is mostly X: the lighter one if m_X < m_Z0.

    Parameters
    ----------
    point : its charges; Q_Phi = 1.
    v_Phi_TeV : positive, in TeV.
    g_X_value : the coupling g_X, positive.
    couplings : where g and g' come from, see `electroweak_couplings`.

    Source: ADN (3.14)-(3.17).

    Examples
    --------
    >>> from anomalies.phenomenology.points import BENCHMARK
    >>> numbers = mixing_at(BENCHMARK, "3.1", 1)
    >>> f"{numbers.m_Zprime_TeV:.4f} {numbers.sin_alpha:.3e}"
    '3.1019 1.016e-03'
    """
    values = _values(point, v_Phi_TeV, g_X_value, electroweak_couplings(couplings))
    exact = _diagonalised(values)
    ratio = exact.m_Z_squared / exact.m_Zprime_squared
    return MixingNumbers(
        float(sqrt(exact.m_Z_squared)) * _GEV_IN_A_TEV,
        float(sqrt(exact.m_Zprime_squared)),
        float(exact.sin_alpha),
        float(exact.delta / exact.m_Z0_squared * ratio),
        float(values[g_X] * values[v_Phi]),
        float(exact.m_Z0_squared / exact.m_Z_squared),
    )


def leading_sin_alpha(
    point: LeptonPoint,
    v_Phi_TeV: object,
    g_X_value: object,
    *,
    couplings: str | ElectroweakCouplings = "from m_Z and v",
) -> float:
    """Return sin(alpha_z) at leading order, with m_Z' = g_X v_Phi; arguments as for `mixing_at`.

    Raises `ArgumentError` where it differs from the exact angle by more than 10%.

    Source: ADN (3.16), (3.17).

    Examples
    --------
    >>> from anomalies.phenomenology.points import BENCHMARK
    >>> f"{leading_sin_alpha(BENCHMARK, '3.1', 1):.3e}"
    '1.016e-03'
    """
    values = _values(point, v_Phi_TeV, g_X_value, electroweak_couplings(couplings))
    exact = _diagonalised(values)
    leading = float(exact.delta / (values[g_X] * values[v_Phi]) ** 2)
    if abs(leading - exact.sin_alpha) > _LARGEST_ERROR * abs(exact.sin_alpha):
        raise ArgumentError(
            f"Argument 'v_Phi_TeV' must be so large that alpha_z is small, not {v_Phi_TeV}: with "
            f"g_X = {float(values[g_X]):g} the leading order gives sin(alpha_z) = {leading:.3g}, and "
            f"exactly it is {float(exact.sin_alpha):.3g}. mixing_at() gives the exact mixing."
        )
    return leading


def _values(
    point: LeptonPoint, v_Phi_TeV: object, g_X_value: object, couplings: ElectroweakCouplings
) -> dict[Any, Any]:
    """Every symbol of ADN's mass matrix with its value; masses in TeV."""
    if not isinstance(point, LeptonPoint):
        raise ArgumentTypeError(must_be("point", "a LeptonPoint", point))
    return {
        **point.values,
        **couplings.values,
        Symbol("Q_Phi"): Rational(1),
        v: input_in_TeV("v"),
        v_Phi: Rational(as_scale_TeV(v_Phi_TeV, "v_Phi_TeV")),
        g_X: Rational(as_coupling(g_X_value, "g_X_value")),
    }


def _diagonalised(values: Mapping[Any, Any]) -> ZMixing:
    """ADN's mixing as numbers, on the branch on which Z' is mostly X."""
    masses = adn_masses()
    light, delta, heavy = (
        entry.subs(values).evalf(_DIGITS)
        for entry in (masses.z_block[0, 0], -masses.z_block[0, 1], masses.z_block[1, 1])
    )
    return ZMixing(light, heavy, delta, masses.weak_rotation, 1 if heavy >= light else -1)


def as_coupling(value: object, argument: str) -> float:
    """Return a positive finite coupling constant as a float.

    >>> as_coupling("0.5", "g_X")
    0.5
    """
    number = as_float(value, argument)
    if not (isfinite(number) and number > 0):
        raise ArgumentError(must_be(argument, "a positive number", value))
    return number
