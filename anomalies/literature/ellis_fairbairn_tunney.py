"""The scenarios of EFT (arXiv:1705.03447), section 2: the third family apart, the electron and d_R uncoupled.

Their names for the charges: q, t for the quark doublets of the first two and the third family, u, t_R for the
right-handed up quarks, mu_L, mu_R, tau_L, tau_R for the leptons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Integer, Symbol

from anomalies.conditions import AnomalyConditions, anomaly_conditions
from anomalies.errors import UnknownNameError, must_be
from anomalies.fields import FieldContent, multiplet
from anomalies.library import standard_model

__all__ = ["Scenario", "scenario"]

_UP_QUARKS = {"Q_u1": "u", "Q_u2": "u", "Q_u3": "t_R"}
_CHARGES = {
    "Q_q1": "q",
    "Q_q2": "q",
    "Q_q3": "t",
    "Q_l2": "mu_L",
    "Q_e2": "mu_R",
    "Q_l3": "tau_L",
    "Q_e3": "tau_R",
}
_DARK = ("A", "B", "chi")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A field content with its restricted charges, and the symbols that are left free."""

    content: FieldContent
    symbols: tuple[Symbol, ...]

    @property
    def conditions(self) -> AnomalyConditions:
        """The six conditions (a)-(f) in the free charges."""
        return anomaly_conditions(self.content).involving("X")


def scenario(*, up_quarks: bool = False, dark: Sequence[str] = ()) -> Scenario:
    """Return EFT's content with charges restricted as in their section 2.

    Parameters
    ----------
    up_quarks : whether the right-handed up quarks are charged.
    dark : the names of dark Dirac fermions among "A", "B", "chi"; each has a left- and a right-handed
        component with charges such as A_L and A_R.

    Source: EFT section 2.

    Examples
    --------
    >>> scenario().conditions["SU(3)^2 X"]
    4*q + 2*t
    """
    for name in dark:
        if name not in _DARK:
            raise UnknownNameError(must_be("dark", f"names among {', '.join(_DARK)}", name))
    base = standard_model(right_handed_neutrinos=0)
    named = _CHARGES | (_UP_QUARKS if up_quarks else {})
    values: dict[Symbol, Expr] = {
        symbol: Symbol(named[symbol.name]) if symbol.name in named else Integer(0)
        for symbol in base.charge_symbols
    }
    content = base.subs(values)
    for name in dark:
        for side, chirality in (("L", "left"), ("R", "right")):
            charges = {"Y": "0", "X": Symbol(f"{name}_{side}")}
            field = multiplet(base.group, f"{name}{side}", ("1", "1"), charges, chirality=chirality)
            content = content.with_fields(field)
    return Scenario(content, content.charge_symbols)
