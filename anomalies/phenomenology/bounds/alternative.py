"""The alternative benchmark: a_Y = 0 and a_e + a_mu + a_tau = 0, where quarks and the Higgs are neutral.

With a_tau = -a_e - a_mu the general charges become

    Q_q = Q_u = Q_d = Q_H = 0,   Q_l = Q_e = a_i,   Q_Q = -Q_Phi,

so that every anomaly is zero but the cubic one, 3 a_e a_mu a_tau, which the dark states cancel.  Bounds that
need valence quarks or Z-Z' mixing vanish, each because its formula carries a factor that is zero; B_s mixing
and tridents stay.  The Wilson coefficients are vectorial: C9 = -C a_i, C10 = 0.

Key results
-----------
alternative_charges : the charge of each field in a_e and a_mu
alternative_point : the point of given a_e and a_mu
bound_factors, vanishing_table : what each bound is proportional to, in general and here

References
----------
ADN, arXiv:1909.02021, sections 4.1 and 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from sympy import Symbol, Tuple, factor

from anomalies.exact import RationalLike, as_rational
from anomalies.phenomenology.bounds.tridents import Q_l, zprime_couplings
from anomalies.phenomenology.points import LeptonPoint, framework_charges
from anomalies.phenomenology.symbols import a_e, a_mu, a_tau, a_Y, v, v_Phi
from anomalies.tables import Table

__all__ = [
    "RESTRICTION",
    "BoundFactor",
    "alternative_charges",
    "alternative_point",
    "bound_factors",
    "vanishing_table",
]

RESTRICTION: Mapping[Any, Any] = MappingProxyType({a_Y: 0, a_tau: -a_e - a_mu})


@dataclass(frozen=True, slots=True)
class BoundFactor:
    """What a bound on v_Phi is proportional to.

    Attributes
    ----------
    name : the bound.
    factors : expressions in charges, "Q_q" to "Q_Q"; the bound vanishes where all of them are zero.
    reason : why, in words.
    """

    name: str
    factors: tuple[Any, ...]
    reason: str

    @property
    def restricted(self) -> tuple[Any, ...]:
        """The factors in the alternative benchmark, in a_e and a_mu."""
        values = {Symbol(name): charge for name, charge in alternative_charges().items()}
        return tuple(expression.subs(values).expand() for expression in self.factors)

    @property
    def vanishes(self) -> bool:
        """Whether all factors are zero in the alternative benchmark, for all a_e and a_mu."""
        return not any(self.restricted)


def alternative_charges() -> dict[str, Any]:
    """Return the charge of each field but the dark states in a_e and a_mu.

    Source: ADN section 6, from (2.4).

    >>> charges = alternative_charges()
    >>> charges["Q_q"], charges["Q_u"], charges["Q_d"], charges["Q_H"], charges["Q_Q"], charges["Q_l3"]
    (0, 0, 0, 0, -1, -a_e - a_mu)
    """
    return {
        name: charge.subs(RESTRICTION).expand()
        for name, charge in framework_charges().items()
        if not name.startswith("Q_nu")
    }


def alternative_point(a_e_value: RationalLike, a_mu_value: RationalLike) -> LeptonPoint:
    """Return the point (a_e, a_mu, -a_e - a_mu) with a_Y = 0.

    >>> alternative_point("1/2", 1).a_tau
    Fraction(-3, 2)
    """
    first, second = as_rational(a_e_value, "a_e_value"), as_rational(a_mu_value, "a_mu_value")
    return LeptonPoint(first, second, -first - second, Fraction(0))


def bound_factors() -> tuple[BoundFactor, ...]:
    """Return what each bound of ADN section 5 is proportional to, in the charges that the toolkit derives.

    >>> [entry.name for entry in bound_factors() if entry.vanishes]
    ['direct searches at the LHC', 'universality of Z couplings', 'rho parameter']
    """
    q, u, d, H, heavy, electron = (Symbol(f"Q_{name}") for name in ("q", "u", "d", "H", "Q", "l1"))
    vector, axial = (factor(coupling.subs({v: 1, v_Phi: 1})) for coupling in zprime_couplings())
    return (
        BoundFactor(
            "direct searches at the LHC",
            (q, u, d),
            "valence quarks must couple; mixing with Q leaves b and s",
        ),
        BoundFactor(
            "universality of Z couplings", (H * (Q_l - electron),), "a neutral Higgs does not mix Z and Z'"
        ),
        BoundFactor("rho parameter", (H**2,), "a neutral Higgs does not mix Z and Z'"),
        BoundFactor("B_s mixing", (heavy - q,), "minus the charge of Phi at any point"),
        BoundFactor("neutrino tridents", (vector, axial), "zero for a_mu = 0 only"),
    )


def vanishing_table() -> Table:
    """Return the bounds with what they are proportional to, in general and in the alternative benchmark."""
    rows: list[tuple[Any, ...]] = [
        (entry.name, _joined(entry.factors), _joined(entry.restricted), entry.reason)
        for entry in bound_factors()
    ]
    return Table(("bound", "proportional to", "here", "why"), rows)


def _joined(factors: tuple[Any, ...]) -> Any:
    """One expression, or several as a tuple."""
    return factors[0] if len(factors) == 1 else Tuple(*factors)
