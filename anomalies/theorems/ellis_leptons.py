r"""Theorems on EFT's models without dark matter (arXiv:1705.03447): vector-like leptons, and the appendix.

Add a lepton doublet and a charged singlet, vector-like under the Standard Model.  EFT take mu_L = mu_R = mu,
and one charge a for the left-handed doublet and the right-handed singlet; let b be that of the right-handed
doublet, d that of the left-handed singlet, and s = mu + a.  The linear conditions fix t, b and tau_R, and
leave

    3 q^2 = s (d - tau_L - s),      12 q^3 = s (d^2 - s d - 2 tau_L^2 - 2 s tau_L - mu a).

The appendix of EFT has a model with all quarks charged and no new fermions.  Charges that are the same for q,
u and d of each family, and for l and e, with vanishing sums, solve all conditions but the cubic one; and that
as well, if one lepton family is neutral.  A second family of models has a chiral third family.

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, section 2.4 and appendix.
"""

from __future__ import annotations

from sympy import Expr, Symbol, symbols

from anomalies.conditions import anomaly_conditions
from anomalies.library import standard_model
from anomalies.literature import scenario
from anomalies.proofs import (
    Statement,
    all_of,
    for_all,
    prove_each,
    prove_identity,
    prove_membership,
    split_cases,
)
from anomalies.theorems.ellis_conditions import CUBIC, GRAVITY, QUADRATIC, SIMPLE, TRIANGLES
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS"]

q, t, mu, tau_L, tau_R, a, b, d, s = symbols("q t mu tau_L tau_R a b d s")
ASSUMED = {
    Symbol("mu_L"): mu,
    Symbol("mu_R"): mu,
    Symbol("ellprime_L"): a,
    Symbol("ellprime_R"): b,
    Symbol("muprime_L"): d,
    Symbol("muprime_R"): a,
}
CHARGES = (q, t, mu, tau_L, tau_R, a, b, d)
NAMED = ("mu is the charge of both muons, a that of l'_L and mu'_R, b of l'_R, d of mu'_L", "s = mu + a")


def _conditions() -> dict[str, Expr]:
    """The six conditions, with EFT's assumption of a vector-like muon, and l'_L and mu'_R alike."""
    conditions = scenario(vector_like_leptons=True).conditions.subs(ASSUMED)
    return {triangle: conditions[triangle] for triangle in TRIANGLES}


def _linear() -> Statement:
    conditions = _conditions()
    goals = (t + 2 * q, b - s - tau_L, tau_R - d + s)
    return for_all(CHARGES, all_of(*goals), given=[conditions[k] for k in SIMPLE], lets={s: mu + a})


def _gravity() -> Statement:
    conditions = _conditions()
    return for_all(CHARGES, conditions[GRAVITY], given=[conditions[k] for k in SIMPLE])


def _nonlinear() -> Statement:
    conditions = _conditions()
    square = 3 * q**2 - s * (d - tau_L - s)
    cube = 12 * q**3 - s * (d**2 - s * d - 2 * tau_L**2 - 2 * s * tau_L - mu * a)
    goals = (conditions[QUADRATIC] - 2 * square, conditions[CUBIC] + 3 * cube)
    return for_all(CHARGES, all_of(*goals), given=[conditions[k] for k in SIMPLE], lets={s: mu + a})


def _needed() -> Statement:
    conditions = _conditions()
    given = [*(conditions[k] for k in (*SIMPLE, QUADRATIC)), mu + a]
    return for_all(CHARGES, all_of(q, t), given=given)


def _all_quarks(rows: dict[str, tuple[Expr, ...]]) -> tuple[list[Expr], dict[Symbol, Expr]]:
    """The six conditions in the charges Q_q1, ..., and what the charges of these fields are."""
    conditions = anomaly_conditions(standard_model(right_handed_neutrinos=0))
    charges = {
        Symbol(f"Q_{name}{family}"): charge
        for name, row in rows.items()
        for family, charge in enumerate(row, 1)
    }
    return [conditions[triangle] for triangle in TRIANGLES], charges


def _vector_like(
    quarks: tuple[Expr, ...], leptons: tuple[Expr, ...]
) -> tuple[list[Expr], dict[Symbol, Expr]]:
    """The same with q, u and d alike, and l and e."""
    return _all_quarks(dict.fromkeys("qud", quarks) | dict.fromkeys("le", leptons))


def _appendix() -> Statement:
    conditions, charges = _vector_like((a, a, -2 * a), (0 * b, b, -b))
    return for_all([a, b], all_of(*conditions), lets=charges)


def _appendix_cubic() -> Statement:
    names = q_1, q_2, l_1, l_2 = symbols("q_1 q_2 l_1 l_2")
    conditions, charges = _vector_like((q_1, q_2, -q_1 - q_2), (l_1, l_2, -l_1 - l_2))
    by_name = dict(zip(TRIANGLES, conditions, strict=True))
    by_name[CUBIC] += 3 * l_1 * l_2 * (l_1 + l_2)
    return for_all(names, all_of(*by_name.values()), lets=charges)


def _appendix_third_family() -> Statement:
    third = {"q": t, "u": 4 * t - b, "d": b - 2 * t, "l": -3 * t, "e": b - 6 * t}
    light = {"q": (-b / 6, -b / 6), "l": (0 * b, b)}
    rows = {name: (*light["l" if name in "le" else "q"], charge) for name, charge in third.items()}
    conditions, charges = _all_quarks(rows)
    return for_all([t, b], all_of(*conditions), lets=charges)


THEOREMS = (
    Theorem(
        "eft-vector-like-leptons",
        "With vector-like leptons and a vector-like muon coupling, the linear conditions fix three charges.",
        r"t = -2 q,\; b = s + \tau_L,\; \tau_R = d - s",
        "EFT section 2",
        _linear,
        prove_each(*(prove_membership,) * 3),
        hypotheses=NAMED,
    ),
    Theorem(
        "eft-vector-like-leptons-gravity",
        "Then the gravitational condition follows.",
        r"\mathrm{(a)}\text{--}\mathrm{(c)} \implies \mathrm{(f)}",
        "EFT section 2",
        _gravity,
        prove_membership,
        hypotheses=NAMED[:1],
    ),
    Theorem(
        "eft-vector-like-leptons-rest",
        "What is left are a quadratic and a cubic equation with a common factor on one side.",
        r"3 q^2 = s (d - \tau_L - s),\quad 12 q^3 = s (d^2 - s d - 2 \tau_L^2 - 2 s \tau_L - \mu a)",
        "new",
        _nonlinear,
        prove_each(prove_membership, prove_membership),
        hypotheses=NAMED,
    ),
    Theorem(
        "eft-vector-like-leptons-needed",
        "So the new leptons must not have the opposite charge of the muon, if quarks are to be charged.",
        r"a = -\mu \implies q = t = 0",
        "new",
        _needed,
        split_cases([q, q]),
        hypotheses=NAMED[:1],
    ),
    Theorem(
        "eft-all-quarks",
        "With all quarks charged no new fermions are needed: this family solves all six conditions.",
        r"q = u = d = (a, a, -2 a),\quad \ell = e = (0, b, -b)",
        "new",
        _appendix,
        prove_each(*(prove_identity,) * 6),
    ),
    Theorem(
        "eft-all-quarks-cubic",
        "More generally, with vector-like charges in each family whose sums over the families vanish, only "
        "the cubic condition is left, and it forces one lepton family to be neutral.",
        r"A_{\mathrm{cubic}} = -3\, l_1 l_2 (l_1 + l_2)",
        "new",
        _appendix_cubic,
        prove_each(*(prove_identity,) * 6),
    ),
    Theorem(
        "eft-all-quarks-third-family",
        "A second family of models with all quarks charged: light quarks vector-like with -1/6 of the muon's "
        "charge, and a third family that is chiral.",
        r"q = u = d = -\tfrac{b}{6},\; (q, u, d, \ell, e)_3 = (t, 4t - b, b - 2t, -3t, b - 6t)",
        "new",
        _appendix_third_family,
        prove_each(*(prove_identity,) * 6),
    ),
)
