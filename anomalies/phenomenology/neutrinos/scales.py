r"""The scale of lepton flavour violation that neutrino masses point to.

An operator l_i l_j H^c H^c chi^k / Lambda^(k+1) gives, at the level of naive dimensional analysis, the mass

    m_nu = v^2 v_Phi^k / Lambda^(k+1).

The seesaw with l-bar_i H nu_j chi / Lambda, of dimension five, and dark states with masses of order v_Phi
gives as much as k = 1 does: m_nu = (v v_Phi / Lambda)^2 / v_Phi.

Key results
-----------
lepton_flavour_scale : Lambda in the symbols v, v_Phi, m_nu
lepton_flavour_scale_TeV : the number

References
----------
ADN, arXiv:1909.02021, (A.11).
"""

from __future__ import annotations

import math
import warnings
from typing import Any

from sympy import Rational, Symbol

from anomalies.errors import ArgumentError, ArgumentTypeError, UnitWarning, must_be
from anomalies.exact import as_integer
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import as_scale_TeV
from anomalies.phenomenology.symbols import v, v_Phi

__all__ = ["Lambda_LFV", "lepton_flavour_scale", "lepton_flavour_scale_TeV", "m_nu"]

m_nu, Lambda_LFV = Symbol("m_nu", positive=True), Symbol("Lambda_LFV", positive=True)

_GEV_IN_A_TEV = 1000
_LARGEST_NEUTRINO_MASS_TEV = 1e-9  # a keV: no neutrino is so heavy, so a larger number was meant in eV


def lepton_flavour_scale(insertions: int = 1) -> Any:
    """Return Lambda = (v^2 v_Phi^k / m_nu)^(1/(k + 1)) in the symbols v, v_Phi and m_nu.

    Parameters
    ----------
    insertions : the number k of scalars of vacuum expectation value v_Phi, at least 0; 0 is Weinberg's
        operator, 1 the operator of dimension six.

    Source: ADN (A.11).

    >>> lepton_flavour_scale()
    v*sqrt(v_Phi)/sqrt(m_nu)
    """
    count = as_integer(insertions, "insertions", 0)
    return (v**2 * v_Phi**count / m_nu) ** Rational(1, count + 1)


def lepton_flavour_scale_TeV(
    v_Phi_TeV: Any, *, m_nu_TeV: Any = None, v_TeV: Any = None, insertions: int = 1
) -> float:
    """Return the scale Lambda in TeV at which neutrino masses of a given size arise.

    Parameters
    ----------
    v_Phi_TeV : the vacuum expectation value of the scalars, in TeV.
    m_nu_TeV : the neutrino mass, in TeV; by default that of ADN (A.11), the input "m_nu".
    v_TeV : the vacuum expectation value of the Higgs field, in TeV; by default the input "v".
    insertions : the number of scalars, as in `lepton_flavour_scale`.

    Returns
    -------
    A float, to be trusted up to factors of order one: that is all that dimensional analysis gives.

    Raises
    ------
    ArgumentError, ArgumentTypeError
        If a scale is not a positive number.

    Warns
    -----
    UnitWarning
        If a scale looks as if it were given in GeV, or a neutrino mass in eV.

    Source: ADN (A.11), where 10^5 TeV is printed for v_Phi of a few TeV.

    >>> f"{lepton_flavour_scale_TeV('3.1'):.2e}"
    '1.37e+06'
    """
    values = {
        v: _input_TeV("v") if v_TeV is None else as_scale_TeV(v_TeV, "v_TeV"),
        v_Phi: as_scale_TeV(v_Phi_TeV, "v_Phi_TeV"),
        m_nu: _input_TeV("m_nu") if m_nu_TeV is None else _as_neutrino_mass(m_nu_TeV),
    }
    return float(lepton_flavour_scale(insertions).subs(values))


def _input_TeV(name: str) -> float:
    known = physical_input(name)
    return float(known.value / _GEV_IN_A_TEV if known.unit == "GeV" else known.value)


def _as_neutrino_mass(value: Any) -> float:
    """Return a positive mass in TeV as a float; warn if it looks like a number of eV."""
    try:
        mass = float(value)
    except (TypeError, ValueError) as error:
        raise ArgumentTypeError(must_be("m_nu_TeV", "a number of TeV", value)) from error
    if not (math.isfinite(mass) and mass > 0):
        raise ArgumentError(must_be("m_nu_TeV", "a positive number of TeV", value))
    if mass > _LARGEST_NEUTRINO_MASS_TEV:
        warnings.warn(
            f"Argument 'm_nu_TeV' is in TeV: {mass:g} TeV were read. "
            f"Write {mass * 1e-12:g} if eV were meant.",
            UnitWarning,
            stacklevel=3,
        )
    return mass
