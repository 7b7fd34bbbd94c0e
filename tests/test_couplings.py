from __future__ import annotations

import pickle
from itertools import product

import pytest
import sympy
from sympy import Expr, Symbol

from anomalies import (
    FieldContent,
    adn_framework,
    charge_conditions,
    gauge_group,
    multiplet,
    parse_coupling,
    standard_model,
)
from anomalies.errors import ArgumentTypeError, CouplingError

SM = standard_model()
ADN = adn_framework()


def _expressions(text: str, content: FieldContent = SM) -> set[Expr]:
    return {condition.expression for condition in charge_conditions(content, [text])}


def _sums(*texts: str) -> set[Expr]:
    return {sympy.sympify(text) for text in texts}


def test_a_generic_coupling_runs_over_all_pairs_of_families() -> None:
    generic = _sums(*(f"Q_H - Q_q{i} + Q_u{j}" for i, j in product((1, 2, 3), repeat=2)))
    assert _expressions("qbar_L^i u_R^j H") == generic
    assert _expressions("qbar_L u_R H") == generic
    assert _expressions("qbar u H") == generic


def test_equal_letters_run_together_and_numbers_stay() -> None:
    assert _expressions("lbar_L^i e_R^i H^c") == _sums(*(f"Q_e{i} - Q_H - Q_l{i}" for i in (1, 2, 3)))
    assert _expressions("lbar_L^2 e_R^3 H^c") == _sums("Q_e3 - Q_H - Q_l2")
    assert _expressions("lbar_L^2 e_R^j H^c") == _sums(*(f"Q_e{j} - Q_H - Q_l2" for j in (1, 2, 3)))


def test_conjugations_reverse_charges_and_cancel() -> None:
    assert _expressions("nubar_R^c^1 nu_R^2") == _sums("Q_nu1 + Q_nu2")
    assert _expressions("nubar_R^c nu_R Phi^*", ADN) == _sums(
        *(f"Q_nu{i} + Q_nu{j} - Q_Phi" for i, j in product((1, 2, 3), repeat=2))
    )
    assert _expressions("Phi Phi^*", ADN) == set()
    assert _expressions("H^c^c H^c") == set()


def test_one_condition_for_every_unknown_charge_once() -> None:
    conditions = charge_conditions(standard_model(universal=("q", "u", "d")))
    assert len(conditions) == 5
    assert len({condition.expression for condition in conditions}) == 5
    assert all(condition.factor == "X" for condition in conditions)
    assert charge_conditions(standard_model(extra=None)) == ()


def test_four_fermions_and_dimension_five() -> None:
    # The Weinberg operator is invariant with H^c, whose hypercharge is +1/2 here, and not with H.
    parse_coupling(SM, "lbar_L^c l_L H^c H^c")
    with pytest.raises(CouplingError, match=r"has U\(1\)_Y charge -2"):
        parse_coupling(SM, "lbar_L^c l_L H H")
    parse_coupling(SM, "qbar_L^c q_L qbar_L^c l_L")


def test_what_is_printed_can_be_read_again() -> None:
    for text in ("qbar_L^i u_R^j H", "lbar_L^2 e_R^2 H^c", "nubar_R^c^i nu_R^j Phi^*", "qbar_L^i Q_R Phi"):
        coupling = parse_coupling(ADN, text)
        assert parse_coupling(ADN, str(coupling)) == coupling
        assert pickle.loads(pickle.dumps(coupling)) == coupling
    assert sympy.latex(parse_coupling(ADN, "lbar_L^i e_R^i H^c")) == r"\bar{\ell}_{L}^{i}\, e_{R}^{i}\, H^{c}"


def test_vector_like_fields_need_a_chirality() -> None:
    assert parse_coupling(ADN, "Qbar_L Q_R").factors[0].handedness == "L"
    with pytest.raises(CouplingError, match="must say Q_L or Q_R, not 'Q'"):
        parse_coupling(ADN, "qbar_L Q Phi")


def test_invariance_under_groups_with_more_than_doublets() -> None:
    group = "SU(5)"
    fields = FieldContent(
        gauge_group(group),
        (
            multiplet(group, "f", "5bar", chirality="left", families=3),
            multiplet(group, "t", "10", chirality="left", families=3),
            multiplet(group, "h", "5", chirality="scalar"),
        ),
    )
    parse_coupling(fields, "tbar^c t h")
    parse_coupling(fields, "tbar^c f h^*")
    with pytest.raises(CouplingError, match=r"no SU\(5\) singlet"):
        parse_coupling(fields, "tbar^c f h")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("qbar_L u_R H^c", "has U(1)_Y charge 1"),
        ("qbar_L d_R H", "has U(1)_Y charge -1"),
        ("qbar_L u_R", "no SU(2) singlet in 2 x 1"),
        ("lbar_L u_R H", "no SU(3) singlet"),
        ("qbar_L q_L", "1 left-handed and 1 right-handed"),
        ("qbar_L H", "must be a Lorentz scalar"),
        ("qbar_L x_R H", "must name fields among q, u, d, l, e, H, nu, not 'x'"),
        ("qbar_R u_R H", "must call the field q_L, not 'qbar_R'"),
        ("qbar_L^4 u_R H", "must use families 1 to 3 of q, not 'qbar_L^4'"),
        ("qbar_L^0 u_R H", "must use families 1 to 3"),
        ("q!", "must be a product of"),
        ("q!bar u_R H", "made of factors like qbar_L^i, not 'q!bar'"),
        ("", "a product of at least two fields"),
        ("H", "a product of at least two fields"),
    ],
)
def test_bad_couplings(text: str, message: str) -> None:
    with pytest.raises(CouplingError) as raised:
        parse_coupling(SM, text)
    assert message in str(raised.value) or "made of factors" in str(raised.value)
    assert "Argument 'coupling'" in str(raised.value)


def test_couplings_are_a_sequence_of_text() -> None:
    with pytest.raises(ArgumentTypeError, match="Argument 'couplings' must be a sequence"):
        charge_conditions(SM, "qbar_L u_R H")
    with pytest.raises(ArgumentTypeError, match="Argument 'coupling' must be a product of fields"):
        charge_conditions(SM, [3])  # type: ignore[list-item]


def test_condition_knows_where_it_comes_from() -> None:
    condition = charge_conditions(SM, ["lbar_L^i e_R^i H^c"])[1]
    assert condition.families == (2, 2, 0)
    assert str(condition.coupling) == "lbar_L^i e_R^i H^c"
    assert condition.expression == Symbol("Q_e2") - Symbol("Q_H") - Symbol("Q_l2")
