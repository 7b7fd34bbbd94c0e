"""Theorems on what T_X does to flavour: Yukawa matrices and the couplings of the Z'.

At low energy Z and Z' are exchanged together.  Currents then couple to each other through Phi by what does
not act on the vacuum of the Higgs field, where T3 = 1/2: T_X - 2 Q_H T3, up to a multiple of the electric
charge.  Yukawa couplings make it vector-like, so that a Z' that couples to b and s gives no C10.

References
----------
ADN, arXiv:1909.02021, section 2 (the diagonal Yukawa matrix) and section 4.1 (vector and axial couplings).
"""

from __future__ import annotations

from functools import lru_cache

from sympy import Eq, Expr, Ne, Rational, Symbol

from anomalies.couplings import charge_conditions
from anomalies.library import standard_model
from anomalies.proofs import Statement, all_of, for_all, prove_each, prove_identity, prove_membership
from anomalies.theorems.framework import CHARGES, PARAMETERS, general_charges, yukawa_conditions
from anomalies.theorems.theorem import Theorem

__all__ = ["THEOREMS"]

A = A_E, A_MU, A_TAU = PARAMETERS[:3]
A_Y = PARAMETERS[3]
FAMILIES = (1, 2, 3)


@lru_cache(maxsize=1)
def _entries() -> dict[tuple[int, int], Expr]:
    """The charge of lbar_i e_j H^c under U(1)_X, for all nine entries of the Yukawa matrix."""
    model = standard_model(right_handed_neutrinos=0, universal=("q", "u", "d"))
    found = charge_conditions(model, ["lbar_L^i e_R^j H^c"])
    return {(c.families[0], c.families[1]): c.expression for c in found}


def _nine_entries() -> Statement:
    goals = [Eq(charge, A[j - 1] - A[i - 1]) for (i, j), charge in _entries().items()]
    return for_all(PARAMETERS, all_of(*goals), lets=general_charges())


def _off_diagonal() -> list[Expr]:
    return [charge for (i, j), charge in _entries().items() if i != j]


def _diagonal_if_different() -> Statement:
    different = [A_E - A_MU, A_MU - A_TAU, A_TAU - A_E]
    diagonal = [charge for (i, j), charge in _entries().items() if i == j]
    goals = all_of(*diagonal, *(Ne(charge, 0) for charge in _off_diagonal()))
    return for_all(PARAMETERS, goals, lets=general_charges(), nonzero=different)


def _different_if_diagonal() -> Statement:
    goals = all_of(Ne(A_E, A_MU), Ne(A_MU, A_TAU), Ne(A_TAU, A_E))
    return for_all(PARAMETERS, goals, lets=general_charges(), nonzero=_off_diagonal())


def _quarks() -> list[Symbol]:
    return [Symbol("Q_q"), Symbol("Q_u"), Symbol("Q_d")]


def _universal_axial() -> Statement:
    axial = [Symbol(f"Q_e{i}") - Symbol(f"Q_l{i}") for i in FAMILIES]
    goals = all_of(*(Eq(difference, -A_Y / 2) for difference in axial))
    return for_all(PARAMETERS, goals, lets=general_charges())


def _vectorial_differences() -> Statement:
    goals = [
        Eq(Symbol(f"Q_{side}{i}") - Symbol(f"Q_{side}{j}"), A[i - 1] - A[j - 1])
        for side in ("l", "e")
        for i, j in ((1, 2), (2, 3), (3, 1))
    ]
    return for_all(PARAMETERS, all_of(*goals), lets=general_charges())


UP, DOWN = Rational(1, 2), -Rational(1, 2)  # T3
Q_H = Symbol("Q_H")


def _neutral_in_the_vacuum(doublet: Symbol, isospin: Expr) -> Expr:
    """T_X - 2 Q_H T3 on a component of a doublet; on a singlet it is T_X."""
    return doublet - 2 * Q_H * isospin


def _vector_like_at_low_energy() -> Statement:
    pairs = [("Q_q", UP, "Q_u"), ("Q_q", DOWN, "Q_d"), *((f"Q_l{i}", DOWN, f"Q_e{i}") for i in FAMILIES)]
    goals = [
        Eq(_neutral_in_the_vacuum(Symbol(left), isospin), Symbol(right)) for left, isospin, right in pairs
    ]
    return for_all(CHARGES, all_of(*goals), given=yukawa_conditions())


THEOREMS = (
    Theorem(
        "lepton-yukawa-entries",
        "The entry (i, j) of the charged-lepton Yukawa matrix has charge a_j - a_i, for all nine entries.",
        r"\hat{Q}(\bar{\ell}_i\, e_j\, H^c) = a_j - a_i",
        "ADN section 2",
        _nine_entries,
        prove_each(*(prove_identity,) * 9),
    ),
    Theorem(
        "lepton-yukawa-diagonal",
        "If the a_i are pairwise different, the charged-lepton Yukawa matrix is diagonal: the three "
        "diagonal entries are allowed and the six others are not.",
        r"a_i \neq a_j \implies Y_e\ \mathrm{diagonal}",
        "ADN section 2",
        _diagonal_if_different,
    ),
    Theorem(
        "lepton-yukawa-not-diagonal",
        "Conversely, if all six off-diagonal entries are forbidden, the a_i are pairwise different.",
        r"Y_e\ \mathrm{diagonal} \implies a_i \neq a_j",
        "new",
        _different_if_diagonal,
    ),
    Theorem(
        "quarks-decouple",
        "If the Z' does not couple to quarks, then a_Y = 0 and the sum of the lepton charges is zero.",
        r"\hat{Q}_q = \hat{Q}_u = \hat{Q}_d = 0 \implies a_Y = 0,\ \sum_i a_i = 0",
        "ADN section 6",
        lambda: for_all(PARAMETERS, all_of(A_Y, sum(A)), lets=general_charges(), given=_quarks()),
        prove_each(prove_membership, prove_membership),
    ),
    Theorem(
        "quarks-decouple-conversely",
        "If a_Y = 0 and the sum of the lepton charges is zero, the Z' does not couple to quarks.",
        r"a_Y = 0,\ \sum_i a_i = 0 \implies \hat{Q}_q = \hat{Q}_u = \hat{Q}_d = 0",
        "ADN section 6",
        lambda: for_all(PARAMETERS, all_of(*_quarks()), lets=general_charges(), given=[A_Y, sum(A)]),
        prove_each(prove_membership, prove_membership, prove_membership),
    ),
    Theorem(
        "axial-coupling-universal",
        "The axial coupling of the Z' to charged leptons, and with it C10, is the same for all families.",
        r"\hat{Q}_{e^i} - \hat{Q}_{\ell^i} = -\tfrac{1}{2} a_Y",
        "ADN (4.5)",
        _universal_axial,
        prove_each(*(prove_identity,) * 3),
    ),
    Theorem(
        "violation-is-vectorial",
        "Left- and right-handed couplings differ between families by the same amount, a_i - a_j: the "
        "violation of lepton-flavour universality is purely vectorial.",
        r"\hat{Q}_{\ell^i} - \hat{Q}_{\ell^j} = \hat{Q}_{e^i} - \hat{Q}_{e^j} = a_i - a_j",
        "ADN (4.4)",
        _vectorial_differences,
        prove_each(*(prove_identity,) * 6),
    ),
    Theorem(
        "vector-like-at-low-energy",
        "For any U(1) that allows the Yukawa couplings, T_X - 2 Q_H T3, which does not act on the vacuum of "
        "the Higgs field, is the same for left- and right-handed quarks and charged leptons: Z and Z', "
        "exchanged together, give no axial coefficient C10.",
        r"(T_X - 2 \hat{Q}_H T_3)_{f_L} = (T_X)_{f_R}",
        "new",
        _vector_like_at_low_energy,
        prove_each(*(prove_membership,) * 5),
    ),
)
