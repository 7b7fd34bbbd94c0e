"""Field contents with a name and a source.

Hypercharge Q = T3 + Y, so Y(q, u, d, l, e, nu, H) = (1/6, 2/3, -1/3, -1/2, -1, 0, -1/2): the Higgs doublet is
ADN's, with Y = -1/2, so that up quarks couple to H and down quarks and charged leptons to H^c.

Key results
-----------
standard_model : the Standard Model with any number of families and right-handed neutrinos
adn_framework : the content of ADN (2.4), with Phi and the vector-like quark
field_content : the same by name, as the command line knows them

References
----------
ADN, arXiv:1909.02021, section 2 and (2.4); Particle Data Group, Phys. Rev. D 110 (2024) 030001, section 10.1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from anomalies.errors import UnknownNameError, must_be
from anomalies.exact import as_integer
from anomalies.fields import FieldContent, Multiplet, charge_symbols, multiplet
from anomalies.groups import GaugeGroup, gauge_group

__all__ = ["CONTENTS", "STANDARD_YUKAWAS", "adn_framework", "field_content", "standard_model"]

# name, SU(3) and SU(2) dimensions, hypercharge, chirality; the source is ADN section 2.
_FERMIONS = (
    ("q", "3", "2", "1/6", "left"),
    ("u", "3", "1", "2/3", "right"),
    ("d", "3", "1", "-1/3", "right"),
    ("l", "1", "2", "-1/2", "left"),
    ("e", "1", "1", "-1", "right"),
)

# Generic quark Yukawa matrices and diagonal charged-lepton ones: ADN's requirements 2 and 3.
STANDARD_YUKAWAS = ("qbar_L^i u_R^j H", "qbar_L^i d_R^j H^c", "lbar_L^i e_R^i H^c")


def standard_model(
    families: int = 3,
    right_handed_neutrinos: int = 3,
    *,
    extra: str | None = "X",
    universal: Sequence[str] = (),
) -> FieldContent:
    """Return the Standard Model with an extra U(1) under which every field may be charged.

    The gauge group is SU(3) x SU(2) x U(1)_Y x U(1)_X.  The charges under U(1)_X are the symbols Q_q1, ...,
    Q_H, Q_nu3.  The couplings asked for are ADN's: generic quark Yukawa matrices, and the diagonal entries
    of the charged-lepton one.

    Parameters
    ----------
    families : the number of families of q, u, d, l, e, at least 1.
    right_handed_neutrinos : the number of Standard Model singlets nu_R, at least 0.
    extra : the name of the extra U(1); None for the Standard Model itself.
    universal : the fermions whose U(1)_X charge is the same in all families, e.g. ("q", "u", "d").

    Source: ADN section 2.

    Examples
    --------
    >>> standard_model(right_handed_neutrinos=1, universal=("q", "u", "d")).charge_symbols
    (Q_q, Q_u, Q_d, Q_l1, Q_l2, Q_l3, Q_e1, Q_e2, Q_e3, Q_H, Q_nu)
    """
    count = as_integer(families, "families", 1)
    neutrinos = as_integer(right_handed_neutrinos, "right_handed_neutrinos", 0)
    group = gauge_group("SU(3) x SU(2) x U(1)_Y" + (f" x U(1)_{extra}" if extra is not None else ""))
    known = [name for name, *_ in _FERMIONS] + ["nu"]
    for name in universal:
        if name not in known:
            raise UnknownNameError(must_be("universal", f"names of fermions among {', '.join(known)}", name))
    field = partial(_field, group, extra, universal=tuple(universal))
    fields = [
        field(name, (colour, weak), hypercharge, chirality=chirality, families=count)
        for name, colour, weak, hypercharge, chirality in _FERMIONS
    ]
    fields.append(field("H", ("1", "2"), "-1/2", chirality="scalar", families=1))
    if neutrinos:
        fields.append(field("nu", ("1", "1"), "0", chirality="right", families=neutrinos))
    suffix = f"+{neutrinos}nu" if neutrinos else ""
    return FieldContent(group, tuple(fields), STANDARD_YUKAWAS, f"sm{suffix}", "ADN section 2")


def _field(
    group: GaugeGroup,
    extra: str | None,
    name: str,
    irreps: tuple[str, str],
    hypercharge: str,
    *,
    chirality: str,
    families: int,
    universal: tuple[str, ...] = (),
) -> Multiplet:
    charges: dict[str, object] = {"Y": hypercharge}
    if extra is not None:
        charges[extra] = charge_symbols(name, families, universal=name in universal)
    return multiplet(group, name, irreps, charges, chirality=chirality, families=families)


def adn_framework() -> FieldContent:
    """Return the full content of ADN: the Standard Model, three nu_R, Phi, and a vector-like quark Q.

    Quark charges are family-universal, as ADN's generic quark Yukawa couplings demand.  The coupling
    qbar_L Q_R Phi ties the charge of Q to that of Phi, Q_Q = Q_q - Q_Phi; ADN normalise Q_Phi = 1.

    Source: ADN (2.4), (3.2).

    Examples
    --------
    >>> print(adn_framework().multiplet("Q").field_name)
    Q_L/R
    """
    base = standard_model(universal=("q", "u", "d"))
    phi = _field(base.group, "X", "Phi", ("1", "1"), "0", chirality="scalar", families=1)
    quark = _field(base.group, "X", "Q", ("3", "2"), "1/6", chirality="vector-like", families=1)
    return FieldContent(
        base.group,
        (*base.multiplets, phi, quark),
        (*STANDARD_YUKAWAS, "qbar_L^i Q_R Phi"),
        "adn",
        "ADN (2.4)",
    )


CONTENTS: dict[str, Callable[[], FieldContent]] = {
    "adn": adn_framework,
    "sm": partial(standard_model, right_handed_neutrinos=0),
    "sm+1nu": partial(standard_model, right_handed_neutrinos=1),
    "sm+2nu": partial(standard_model, right_handed_neutrinos=2),
    "sm+3nu": partial(standard_model, right_handed_neutrinos=3),
}


def field_content(name: str) -> FieldContent:
    """Return the built-in content of that name.

    >>> field_content("sm+3nu") == standard_model()
    True
    """
    if name not in CONTENTS:
        raise UnknownNameError(must_be("content", "one of " + ", ".join(CONTENTS), name))
    return CONTENTS[name]()
