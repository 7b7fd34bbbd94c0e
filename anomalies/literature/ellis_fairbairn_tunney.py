"""The scenarios of EFT (arXiv:1705.03447), section 2: the third family apart, the electron and d_R uncoupled.

Their names for the charges: q, t for the quark doublets of the first two and the third family, u, t_R for the
right-handed up quarks, d, b_R for the right-handed down quarks of the appendix, mu_L, mu_R, tau_L, tau_R for
the leptons, A_L, A_R, ... for dark fermions A, B, chi.  A vector-like lepton doublet l' has the charges
ellprime_L, ellprime_R, and a vector-like charged singlet mu' has muprime_L, muprime_R.
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
_DOWN_QUARKS = {"Q_d1": "d", "Q_d2": "d", "Q_d3": "b_R"}
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
# Names of the fields, with irreps and hypercharge as for l_L and e_R; the charges are ellprime_L and so on.
_VECTOR_LIKE_LEPTONS = (("ellprime", ("1", "2"), "-1/2"), ("muprime", ("1", "1"), "-1"))


@dataclass(frozen=True, slots=True)
class Scenario:
    """A field content with its restricted charges, and the symbols that are left free."""

    content: FieldContent
    symbols: tuple[Symbol, ...]

    @property
    def conditions(self) -> AnomalyConditions:
        """The six conditions (a)-(f) in the free charges."""
        return anomaly_conditions(self.content).involving("X")


def scenario(
    *,
    up_quarks: bool = False,
    down_quarks: bool = False,
    dark: Sequence[str] = (),
    vector_like_leptons: bool = False,
) -> Scenario:
    """Return EFT's content with charges restricted as in their section 2.

    Parameters
    ----------
    up_quarks, down_quarks : whether the right-handed up and down quarks are charged.
    dark : the names of dark Dirac fermions among "A", "B", "chi"; each has a left- and a right-handed
        component with charges such as A_L and A_R.
    vector_like_leptons : whether there are a doublet l' and a singlet mu', each with both chiralities.

    Source: EFT section 2.

    Examples
    --------
    >>> scenario().conditions["SU(3)^2 X"]
    4*q + 2*t
    >>> scenario(vector_like_leptons=True).conditions["SU(2)^2 X"]
    ellprime_L - ellprime_R + mu_L + 6*q + 3*t + tau_L
    """
    for name in dark:
        if name not in _DARK:
            raise UnknownNameError(must_be("dark", f"names among {', '.join(_DARK)}", name))
    base = standard_model(right_handed_neutrinos=0)
    named = _CHARGES | (_UP_QUARKS if up_quarks else {}) | (_DOWN_QUARKS if down_quarks else {})
    values: dict[Symbol, Expr] = {
        symbol: Symbol(named[symbol.name]) if symbol.name in named else Integer(0)
        for symbol in base.charge_symbols
    }
    added = [(name, ("1", "1"), "0") for name in dark]
    added += _VECTOR_LIKE_LEPTONS if vector_like_leptons else ()
    fields = [
        multiplet(
            base.group,
            f"{name}{side}",
            irreps,
            {"Y": hypercharge, "X": Symbol(f"{name}_{side}")},
            chirality=chirality,
        )
        for name, irreps, hypercharge in added
        for side, chirality in (("L", "left"), ("R", "right"))
    ]
    content = base.subs(values).with_fields(*fields)
    return Scenario(content, content.charge_symbols)
