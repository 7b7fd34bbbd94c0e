r"""Which operators give neutrinos and dark states a mass before any scalar breaks U(1)_X.

Three kinds of operators need nothing but Standard Model fields and dark states:

    Yukawa coupling   l-bar_i H nu_R^j              dimension 4   allowed when a_i = n_j
    Weinberg operator l_i l_j H^c H^c               dimension 5   allowed when a_i + a_j = 0
    Majorana mass     (nu_R^c-bar)_i nu_R^j         dimension 3   allowed when n_i + n_j = 0

The parameter a_Y drops out of all of them, because T_X - a_Y T_Y leaves the Higgs doublet neutral.

Key results
-----------
operator_charges : the charges of these operators, derived from the fields by the gauging generator
yukawa_couplings, weinberg_operators, bare_masses : what particular charges allow

None of the three is allowed exactly when {a, -n} has no zero and no pair x, -x: that is the sense "chiral" of
non-trivial (`anomalies.diophantine.is_chiral`).  A chiral sector is thus one in which U(1)_X itself keeps all
neutral fermions massless up to dimension five.

References
----------
ADN, arXiv:1909.02021, appendix A: (A.1), (A.2), (A.8).
S. Weinberg, Phys. Rev. Lett. 43 (1979) 1566: the operator of dimension five.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias

from anomalies.errors import UnknownNameError, must_be
from anomalies.exact import RationalLike, as_integer, as_rationals

__all__ = [
    "NEUTRINO_OPERATORS",
    "Pair",
    "bare_masses",
    "operator_charges",
    "weinberg_operators",
    "yukawa_couplings",
]

# Two families or dark states, counted from 1.
Pair: TypeAlias = tuple[int, int]

NEUTRINO_OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        "yukawa": "lbar_L^i nu_R^j H",
        "weinberg": "l_L^i l_L^j H^c H^c",
        "majorana": "nu_R^i nu_R^j",
        "majorana with scalar": "nu_R^i nu_R^j chi",
    }
)


def operator_charges(operator: str, dark_states: int = 3) -> tuple[tuple[Pair, Any], ...]:
    """Return the U(1)_X charge of an operator for each pair (i, j), as derived from the field content.

    The content is the Standard Model with three families, `dark_states` right-handed neutrinos and a scalar
    chi, a Standard Model singlet; its charges are those of the most general gauging generator.

    Parameters
    ----------
    operator : "yukawa", "weinberg", "majorana" or "majorana with scalar": the keys of `NEUTRINO_OPERATORS`.
    dark_states : the number of dark states, at least 1.

    Returns
    -------
    Pairs ((i, j), charge), with i <= j where the operator is symmetric.

    Raises
    ------
    UnknownNameError
        If there is no such operator.

    Source: ADN (2.4), (A.1), (A.6).

    Examples
    --------
    >>> operator_charges("yukawa")[:2]
    (((1, 1), Q_nu1 - a_e), ((1, 2), Q_nu2 - a_e))
    >>> operator_charges("weinberg")[1], operator_charges("majorana with scalar")[1]
    (((1, 2), a_e + a_mu), ((1, 2), Q_chi + Q_nu1 + Q_nu2))
    """
    from anomalies.couplings import charge_conditions
    from anomalies.exact import substitute
    from anomalies.fields import multiplet
    from anomalies.gauging import gauging_generator
    from anomalies.library import standard_model

    if operator not in NEUTRINO_OPERATORS:
        raise UnknownNameError(must_be("operator", f"one of {', '.join(NEUTRINO_OPERATORS)}", operator))
    count = as_integer(dark_states, "dark_states", 1)
    base = standard_model(right_handed_neutrinos=count, universal=("q", "u", "d"))
    chi = multiplet(base.group, "chi", ("1", "1"), {"Y": "0"}, chirality="scalar")
    content = base.with_fields(chi)
    charges = gauging_generator(content).charges
    return tuple(
        (
            (max(condition.families[0], 1), max(condition.families[1], 1)),
            substitute(condition.expression, charges),
        )
        for condition in charge_conditions(content, [NEUTRINO_OPERATORS[operator]])
    )


def yukawa_couplings(a: Iterable[RationalLike], n: Iterable[RationalLike]) -> tuple[Pair, ...]:
    """Return all (i, j) for which l-bar_i H nu_R^j is gauge-invariant: those with a_i = n_j.

    Parameters
    ----------
    a : the lepton charges.
    n : the dark charges.

    Source: ADN (A.1), where n = a.

    Examples
    --------
    >>> yukawa_couplings(["59/100", 1, 0], ["59/100", 1, 0])
    ((1, 1), (2, 2), (3, 3))
    >>> yukawa_couplings(["3/5", 1, "1/20"], ["1/4", "7/20", "21/20"])
    ()
    """
    lepton, dark = as_rationals(a, "a"), as_rationals(n, "n")
    return tuple((i, j) for i, x in enumerate(lepton, 1) for j, y in enumerate(dark, 1) if x == y)


def weinberg_operators(a: Iterable[RationalLike]) -> tuple[Pair, ...]:
    """Return all (i, j) with i <= j for which l_i l_j H^c H^c is gauge-invariant: those with a_i + a_j = 0.

    >>> weinberg_operators(["59/100", 1, 0]), weinberg_operators(["3/5", 1, "1/20"])
    (((3, 3),), ())
    """
    return _opposite_pairs(as_rationals(a, "a"))


def bare_masses(n: Iterable[RationalLike]) -> tuple[Pair, ...]:
    """Return all (i, j) with i <= j for which two dark states share a mass term: those with n_i + n_j = 0.

    A pair (i, i) is a neutral state, a pair i < j a vector-like pair.

    >>> bare_masses([0, "1/3", "-1/3"]), bare_masses(["1/4", "7/20", "21/20"])
    (((1, 1), (2, 3)), ())
    """
    return _opposite_pairs(as_rationals(n, "n"))


def _opposite_pairs(charges: tuple[Fraction, ...]) -> tuple[Pair, ...]:
    return tuple(
        (i, j) for i, x in enumerate(charges, 1) for j, y in enumerate(charges[i - 1 :], i) if x + y == 0
    )
