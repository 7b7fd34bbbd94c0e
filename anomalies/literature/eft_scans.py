"""The scans of EFT (arXiv:1705.03447), section 2 and appendix, as `anomalies.scans` of their scenarios.

EFT allow charges p/q with p, q in [-4, 4].  Their numbers come out when this holds for every charge, dark
and determined ones included, and not when it holds only for the charges that they leave undetermined; where
the two conventions differ, both can be asked for.

Key results
-----------
SCANS : the scans by name; each is a function of the largest p and q
named_scan : a scan by its name
DENOMINATOR : what EFT divide by in (2.16)-(2.20)

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, section 2, Tables 1-3, appendix.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from sympy import And, Eq, Expr, Integer, Ne, Or, Symbol, expand, symbols
from sympy.logic.boolalg import Boolean

from anomalies.diophantine.powersums import fractions_up_to
from anomalies.errors import ArgumentError, UnknownNameError, must_be
from anomalies.exact import as_integer
from anomalies.fields import FieldContent
from anomalies.literature.ellis_fairbairn_tunney import scenario
from anomalies.scans import SCALE, SIGN, Scan, charge_conjugation, regrouping, relabelling, scan

__all__ = ["DENOMINATOR", "SCANS", "named_scan"]

q, t, u, t_R, d, b_R = symbols("q t u t_R d b_R")
mu_L, mu_R, tau_L, tau_R = symbols("mu_L mu_R tau_L tau_R")
A_L, A_R, B_L, B_R, chi_L, chi_R = symbols("A_L A_R B_L B_R chi_L chi_R")
ell_L, ell_R, muprime_L, muprime_R = symbols("ellprime_L ellprime_R muprime_L muprime_R")

DENOMINATOR: Expr = 2 * q + 3 * mu_L - 8 * u - 4 * mu_R

_FLAVOUR_CHANGING = {"coupling to b -> s": Ne(q, t)}
_MUON = {"coupling to muons": Or(Ne(mu_L, 0), Ne(mu_R, 0))}


def _axial(left: Symbol, right: Symbol) -> Boolean:
    return Eq(left, -right)


def dark(largest: int, free_only: bool = False) -> Scan:
    """Return the scan with two dark fermions and no charged right-handed quarks, A_R = 1.

    Source: EFT (2.10)-(2.13), Table 1.
    """
    charges = fractions_up_to(largest, largest)
    restricted = (q, mu_L, mu_R, B_L, B_R)
    small = [Eq(x * (9 * x**2 - 1) * (9 * x**2 - 16), 0) for x in (A_L, B_L, B_R)]
    return scan(
        "eft-dark",
        scenario(dark=("A", "B")).content,
        dict.fromkeys(restricted, charges) if free_only else charges,
        [Eq(A_R, 1)],
        {"coupling to quarks": Ne(q, 0)},
        properties={
            "mu_V/mu_A = -3": Eq(mu_L, 2 * mu_R),
            "mu_V/mu_A = -1/3": Eq(mu_L, -2 * mu_R),
            "A or B axial": Or(_axial(A_L, A_R), _axial(B_L, B_R)),
            "A_L, B_L, B_R among 0, ±1/3, ±4/3": And(*small),
        },
        equivalences=[
            charge_conjugation(A_L, A_R),
            charge_conjugation(B_L, B_R),
            SCALE,
            SIGN,
            relabelling((A_L, A_R), (B_L, B_R)),
            regrouping((A_L, A_R), (B_L, B_R)),
        ],
        free=(mu_L, mu_R, B_L, B_R) if free_only else (),
        title="Two dark fermions A, B, with left-handed quarks only and A_R = 1",
        source="EFT section 2, (2.10)-(2.13), Table 1",
        notes=(
            "The charges 0, ±1/3, ±4/3 that EFT print for A_R, B_L, B_R are those of A_L, B_L, B_R: A_R is "
            "1. They go with |q| = 1/3; other normalisations of the same models have other charges of the "
            "Standard Model fermions, so these are not the same for all models of a class.",
            "That no dark fermion is axial holds in EFT's range only: beyond it there is q = 2, mu_L = 4, "
            "mu_R = 2, (A_L, A_R, B_L, B_R) = (7, 1, -3, 3), in which B is.",
        ),
    )


_VECTOR_LIKE = Eq(mu_L, mu_R)
_NO_LIGHT_QUARKS = And(Eq(q, 0), Eq(u, 0))
_UP_QUARK_PROPERTIES = {
    "vector-like muon": _VECTOR_LIKE,
    "no coupling to the first two families": _NO_LIGHT_QUARKS,
    "axial chi": _axial(chi_L, chi_R),
}


def _up_quarks(
    name: str, largest: int, free_only: bool, branch: dict[str, Boolean], properties: dict[str, Boolean]
) -> Scan:
    """What both branches of (2.16)-(2.20) have in common."""
    return scan(
        name,
        scenario(up_quarks=True, dark=("chi",)).content,
        fractions_up_to(largest, largest),
        [Eq(chi_L, 1)],
        branch | _FLAVOUR_CHANGING | _MUON,
        properties=_UP_QUARK_PROPERTIES | properties,
        equivalences=[charge_conjugation(chi_L, chi_R), SCALE, SIGN],
        free=(q, u, mu_L, mu_R) if free_only else (),
    )


def up_quarks(largest: int, free_only: bool = False) -> Scan:
    """Return the scan with right-handed up quarks and one dark fermion, chi_L = 1, as EFT have it.

    Source: EFT (2.16)-(2.20), Table 2.
    """
    branch = {"denominator of (2.16)-(2.20) not zero": Ne(DENOMINATOR, 0)}
    letters = {
        "model (A) of Table 2": And(_VECTOR_LIKE, _axial(chi_L, chi_R)),
        "model (B) or (C) of Table 2": And(_VECTOR_LIKE, Ne(chi_L, -chi_R)),
        "model (D) of Table 2, mu_V/mu_A = 7": And(_NO_LIGHT_QUARKS, Eq(4 * mu_L, 3 * mu_R)),
        "model (E) of Table 2, mu_V/mu_A = -1": And(_NO_LIGHT_QUARKS, Eq(mu_R, 0)),
        "model not shown, right-handed muon": And(_NO_LIGHT_QUARKS, Eq(mu_L, 0)),
    }
    return replace(
        _up_quarks("eft-up-quarks", largest, free_only, branch, letters),
        title="Right-handed up quarks and one dark fermion chi, with chi_L = 1",
        source="EFT section 2, (2.16)-(2.20), Table 2",
        notes=(
            "(A), (D) and (E) of Table 2 are fixed by what the text says of them. (B) and (C) have a "
            "vector-like muon and a dark fermion that is not axial, and three models in EFT's range do. Two "
            "of these, q = -1 and q = 1/3, are one model: they differ by the antiparticle of chi and the "
            "overall factor. If (B) and (C) are different models, one of them is the third, q = 1/2; "
            "which letter it has, the text does not say.",
        ),
    )


def up_quarks_branch(largest: int, free_only: bool = False) -> Scan:
    """Return the scan of the branch that EFT leave out, where the denominator of (2.16)-(2.20) vanishes.

    Source: EFT (2.16)-(2.20).
    """
    branch = {"denominator of (2.16)-(2.20) zero": Eq(DENOMINATOR, 0)}
    return replace(
        _up_quarks(
            "eft-up-quarks-branch", largest, free_only, branch, {"mu_V/mu_A = -3": Eq(mu_L, 2 * mu_R)}
        ),
        title="As eft-up-quarks, in the branch with vanishing denominator",
        source="EFT section 2, (2.16)-(2.20)",
        notes=(
            "EFT leave this branch out. Its model in their range has mu_V/mu_A = -3, the ratio of Table 1, "
            "with a single dark fermion.",
        ),
    )


def vector_like_leptons(largest: int, free_only: bool = False) -> Scan:
    """Return the scan with a vector-like doublet l' and singlet mu', by rising branching ratio into muons.

    Source: EFT section 2, Table 3.
    """
    _refuse(free_only, "eft-vector-like-leptons")
    content = scenario(vector_like_leptons=True).content
    muons, everything = _weights(content)
    return scan(
        "eft-vector-like-leptons",
        content,
        fractions_up_to(largest, largest),
        [Eq(mu_L, mu_R), Eq(ell_L, muprime_R)],
        {**_FLAVOUR_CHANGING, **_MUON},
        properties={"other decays more than ten times those into muons": 11 * muons < everything},
        equivalences=[SCALE, SIGN],
        order_by=muons / everything,
        title="A vector-like lepton doublet l' and singlet mu', vector-like muons, l'_L = mu'_R",
        source="EFT section 2, Table 3",
        notes=(
            "In EFT's range the first model is that of Table 3. EFT print 3/130 for its branching ratio into "
            "muons, which counts the muon neutrino; that into mu+ mu- is 2/130.",
        ),
    )


def _weights(content: FieldContent) -> tuple[Expr, Expr]:
    """The widths into mu+ mu- and into everything, as sums of squared charges."""
    from anomalies.phenomenology.widths import width_weights

    weights = width_weights(content)
    return expand(weights["l2"] / 2 + weights["e2"]), expand(sum(weights.values(), Integer(0)))


def all_quarks(largest: int, free_only: bool = False) -> Scan:
    """Return the scan of the appendix: all quarks charged, no new fermions, no C10, both C9 and C9'.

    The text of the appendix does not give its charges; these are all that have its properties.

    Source: EFT appendix.
    """
    _refuse(free_only, "eft-all-quarks")
    return scan(
        "eft-all-quarks",
        scenario(up_quarks=True, down_quarks=True).content,
        fractions_up_to(largest, largest),
        [Eq(mu_L, mu_R), Eq(mu_L, 1)],
        {
            "C9 not zero": Ne(q, t),
            "C9' not zero": Ne(d, b_R),
            "couplings to all quarks": And(*(Ne(charge, 0) for charge in (q, t, u, t_R, d, b_R))),
        },
        properties={
            "q = u = d = (a, a, -2a), l = e = (0, b, -b)": And(
                Eq(q, u), Eq(q, d), Eq(t, t_R), Eq(t, b_R), Eq(t, -2 * q), Eq(tau_L, -1), Eq(tau_R, -1)
            ),
            "q = u = d = (-b/6, -b/6), third family (t, 4t - b, b - 2t, -3t, b - 6t)": And(
                Eq(q, u), Eq(q, d), Eq(6 * q, -1), *_third_family()
            ),
        },
        title="Couplings to all quarks, no new fermions, vector-like muons with mu_L = 1",
        source="EFT appendix",
        notes=(
            "All models in EFT's range are the family (a), which solves all conditions for any a, b. The "
            "family (b), which solves them for any b, t, begins with |p|, q = 6.",
        ),
    )


def _third_family() -> tuple[Boolean, ...]:
    return Eq(t_R, 4 * t - 1), Eq(b_R, 1 - 2 * t), Eq(tau_L, -3 * t), Eq(tau_R, 1 - 6 * t)


def _refuse(free_only: bool, name: str) -> None:
    if free_only:
        raise ArgumentError(
            must_be("free_only", f"false for {name}, where EFT restrict all charges", free_only)
        )


SCANS: Mapping[str, Callable[[int, bool], Scan]] = MappingProxyType(
    {
        "eft-dark": dark,
        "eft-up-quarks": up_quarks,
        "eft-up-quarks-branch": up_quarks_branch,
        "eft-vector-like-leptons": vector_like_leptons,
        "eft-all-quarks": all_quarks,
    }
)


def named_scan(name: str, largest: int = 4, *, free_only: bool = False) -> Scan:
    """Return a scan of EFT by its name.

    Parameters
    ----------
    name : one of `SCANS`.
    largest : charges are p/q with |p|, q up to this; EFT have 4.
    free_only : whether this holds for the charges that EFT leave undetermined only, instead of for all.

    Examples
    --------
    >>> found = named_scan("eft-up-quarks").run()
    >>> [len(found.with_property(words)) for words in ("vector-like muon", "axial chi")]
    [4, 3]
    """
    if name not in SCANS:
        raise UnknownNameError(must_be("name", f"one of {', '.join(SCANS)}", name))
    return SCANS[name](as_integer(largest, "largest", 1), free_only)
