from __future__ import annotations

import pickle
from collections.abc import Iterator
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from strategies import PARAMETERS, lepton_charges, rationals
from sympy import Symbol, symbols

from anomalies import (
    FieldContent,
    accidental_symmetries,
    adn_framework,
    anomaly_conditions,
    charge_conditions,
    gauge_group,
    gauging_generator,
    linear_dependencies,
    multiplet,
    standard_model,
)
from anomalies.errors import ArgumentError, ArgumentTypeError, CouplingError, UnknownNameError
from anomalies.gauging import GaugingGenerator
from anomalies.library import STANDARD_YUKAWAS

A_E, A_MU, A_TAU, A_Y = PARAMETERS
GENERATOR = gauging_generator(standard_model())
DIAGONAL = ("qbar_L^i u_R^i H", "qbar_L^i d_R^i H^c", "lbar_L^i e_R^i H^c")
UNIVERSAL_LEPTONS = ("qbar_L^i u_R^j H", "qbar_L^i d_R^j H^c", "lbar_L^i e_R^j H^c")


def _shown(content: FieldContent, couplings: tuple[str, ...] | None = None) -> str:
    return str(gauging_generator(content, couplings))


# --- ADN ---------------------------------------------------------------------------------------------


def test_adn_in_its_own_parametrisation() -> None:
    expected = "T_X = a_e*T_L_e + a_mu*T_L_mu + a_tau*T_L_tau - (a_e + a_mu + a_tau)/3*T_B + a_Y*T_Y"
    for content in (standard_model(), standard_model(universal=("q", "u", "d")), adn_framework()):
        generator = gauging_generator(content)
        assert str(generator) == expected
        assert generator.parameters[:4] == PARAMETERS


def test_the_dark_charges_stay_free_and_phi_ties_the_vector_like_quark() -> None:
    generator = gauging_generator(adn_framework())
    assert generator.parameters[4:] == symbols("Q_nu1 Q_nu2 Q_nu3 Q_Phi")
    charges = generator.charges
    assert sympy.expand(charges[Symbol("Q_Q")] - charges[Symbol("Q_q")]) == -Symbol("Q_Phi")


def test_every_charge_assignment_of_the_family_solves_everything_linear() -> None:
    generator = gauging_generator(standard_model())
    conditions = anomaly_conditions(standard_model()).involving("X").subs(generator.charges)
    assert conditions == generator.conditions
    for name in ("SU(3)^2 X", "SU(2)^2 X", "Y^2 X", "Y X^2"):
        assert conditions[name] == 0
    for condition in charge_conditions(standard_model()):
        assert sympy.expand(condition.expression.subs(generator.charges)) == 0


@given(lepton_charges(), rationals())
def test_right_handed_neutrinos_complete_every_member(a: tuple[Fraction, ...], a_y: Fraction) -> None:
    generator = GENERATOR
    values = dict(zip((*PARAMETERS, *symbols("Q_nu1 Q_nu2 Q_nu3")), (*a, a_y, *a), strict=True))
    exact = {s: sympy.Rational(v.numerator, v.denominator) for s, v in values.items()}
    assert generator.conditions.subs(exact).is_anomaly_free


# --- Completeness against brute force ----------------------------------------------------------------


@pytest.mark.parametrize("couplings", [STANDARD_YUKAWAS, DIAGONAL, UNIVERSAL_LEPTONS])
def test_every_small_integer_solution_of_the_linear_conditions_is_in_the_family(
    couplings: tuple[str, ...],
) -> None:
    """One family: all charges in a box that satisfy the linear conditions, against the general solution."""
    content = standard_model(1, 0)
    generator = gauging_generator(content, couplings)
    conditions = anomaly_conditions(content).involving("X").of_degree(1)
    rows = [c.expression for c in charge_conditions(content, couplings)] + list(conditions.values())
    solutions = list(_points_in_a_box(content.charge_symbols, rows, 6))
    matrix = sympy.Matrix(
        [[generator.charges[s].coeff(p) for p in generator.parameters] for s in content.charge_symbols]
    )
    assert len(solutions) > 1
    for solution in solutions:
        assert matrix.rank() == matrix.row_join(sympy.Matrix(solution)).rank()


def _points_in_a_box(
    symbols_left: tuple[Symbol, ...], rows: list[sympy.Expr], bound: int, point: tuple[int, ...] = ()
) -> Iterator[tuple[int, ...]]:
    """Try every integer for one symbol after the other, giving up as soon as a condition fails."""
    if any(row.is_number and row != 0 for row in rows):
        return
    if not symbols_left:
        yield point
        return
    first, *rest = symbols_left
    for value in range(-bound, bound + 1):
        yield from _points_in_a_box(
            tuple(rest), [row.subs(first, value) for row in rows], bound, (*point, value)
        )


@pytest.mark.parametrize("couplings", [STANDARD_YUKAWAS, DIAGONAL, UNIVERSAL_LEPTONS])
@pytest.mark.parametrize("families", [1, 2, 3])
def test_the_dimension_is_what_is_left_by_the_rank(families: int, couplings: tuple[str, ...]) -> None:
    content = standard_model(families, 0)
    rows = [c.expression for c in charge_conditions(content, couplings)]
    rows += anomaly_conditions(content).involving("X").of_degree(1).values()
    matrix = sympy.Matrix([[row.coeff(symbol) for symbol in content.charge_symbols] for row in rows])
    generator = gauging_generator(content, couplings)
    basis = sympy.Matrix(
        [[generator.charges[s].coeff(p) for s in content.charge_symbols] for p in generator.parameters]
    )
    assert generator.dimension == basis.rank() == len(content.charge_symbols) - matrix.rank()
    assert (matrix * basis.T).is_zero_matrix


# --- Other models ------------------------------------------------------------------------------------


def test_one_and_two_families_by_hand() -> None:
    # One family without nu_R: gravity demands sum a = 0, so only hypercharge is left.
    assert _shown(standard_model(1, 0)) == "T_X = a_Y*T_Y"
    # Two families: L_e - L_mu and hypercharge.
    assert _shown(standard_model(2, 0)) == "T_X = a_e*T_L_e - a_e*T_L_mu + a_Y*T_Y"
    # One family with nu_R: B - L appears, with baryon number fixed.
    assert _shown(standard_model(1, 1)) == "T_X = a_L*T_L - a_L*T_B + a_Y*T_Y"
    two = "T_X = a_e*T_L_e + a_mu*T_L_mu - (a_e + a_mu)/2*T_B + a_Y*T_Y"
    assert _shown(standard_model(2, 2)) == two


def test_universal_charged_leptons_leave_b_minus_l() -> None:
    symmetries = accidental_symmetries(standard_model(), UNIVERSAL_LEPTONS)
    assert [name for name in symmetries.names if not name.startswith("N_")] == ["L", "B", "Y"]
    assert _shown(standard_model(), UNIVERSAL_LEPTONS) == "T_X = a_L*T_L - a_L*T_B + a_Y*T_Y"
    assert _shown(standard_model(3, 0), UNIVERSAL_LEPTONS) == "T_X = a_Y*T_Y"


def test_two_equal_families_of_leptons_are_named_together() -> None:
    couplings = (*STANDARD_YUKAWAS, "lbar_L^2 e_R^3 H^c")
    names = accidental_symmetries(standard_model(right_handed_neutrinos=0), couplings).names
    assert names == ("L_e", "L_mu+L_tau", "B", "Y")


def test_diagonal_quark_couplings_have_family_baryon_numbers() -> None:
    names = accidental_symmetries(standard_model(right_handed_neutrinos=0), DIAGONAL).names
    assert names == ("L_e", "L_mu", "L_tau", "B_1", "B_2", "B_3", "Y")


def test_dirac_neutrinos_carry_their_lepton_number() -> None:
    generator = gauging_generator(standard_model(), (*STANDARD_YUKAWAS, "lbar_L^i nu_R^i H"))
    assert generator.parameters == PARAMETERS
    assert [generator.charges[Symbol(f"Q_nu{i}")] for i in (1, 2, 3)] == [A_E, A_MU, A_TAU]
    assert generator.conditions.is_anomaly_free


def test_a_second_higgs_doublet_brings_one_more_symmetry() -> None:
    base = standard_model(right_handed_neutrinos=0)
    second = multiplet(base.group, "K", ("1", "2"), {"Y": "-1/2"}, chirality="scalar")
    couplings = ("qbar_L^i u_R^j H", "qbar_L^i d_R^j K^c", "lbar_L^i e_R^i K^c")
    symmetries = accidental_symmetries(base.with_fields(second), couplings)
    assert symmetries.names == ("L_e", "L_mu", "L_tau", "B", "Y", "S_1")
    # The Peccei-Quinn symmetry has a colour anomaly, so it is not gaugeable: the family is the old one.
    generator = gauging_generator(base.with_fields(second), couplings)
    assert generator.charges[Symbol("Q_H")] == generator.charges[Symbol("Q_K")]
    # One doublet that couples to everything and one that couples to nothing.
    idle = accidental_symmetries(base.with_fields(second), STANDARD_YUKAWAS)
    assert idle.dimension == 6


def test_two_unknown_u1s_at_once() -> None:
    """X and Z have symbols of their own; each is determined by itself, with the other one there."""
    base = standard_model(1, 1, extra=None)
    group = gauge_group("SU(3) x SU(2) x U(1)_Y x U(1)_X x U(1)_Z")
    fields = tuple(
        multiplet(
            group, f.name, tuple(i.labels for i in f.irreps), {"Y": f.charges[0]}, chirality=f.chirality
        )
        for f in base.multiplets
    )
    content = FieldContent(group, fields, STANDARD_YUKAWAS)
    assert content.symbols_of("Z") == symbols("Z_q Z_u Z_d Z_l Z_e Z_H Z_nu")
    assert set(content.charge_symbols) == {*content.symbols_of("X"), *content.symbols_of("Z")}
    for factor in ("X", "Z"):
        generator = gauging_generator(content, factor=factor)
        assert str(generator) == f"T_{factor} = a_L*T_L - a_L*T_B + a_Y*T_Y"
        assert set(generator.charges) == set(content.symbols_of(factor))
    with pytest.raises(ArgumentError, match="exactly one U\\(1\\) of unknown charges"):
        gauging_generator(content)


def test_a_model_that_is_not_the_standard_model() -> None:
    group = gauge_group("SU(2) x U(1)_X")
    content = FieldContent(
        group,
        (
            multiplet(group, "f", ("2",), chirality="left"),
            multiplet(group, "g", ("2",), chirality="left"),
            multiplet(group, "s", ("1",), chirality="scalar"),
        ),
        ("fbar^c g s",),
    )
    generator = gauging_generator(content)
    assert generator.dimension == 1
    charges = generator.charges
    assert sympy.expand(charges[Symbol("Q_f")] + charges[Symbol("Q_g")]) == 0


# --- Dependencies ------------------------------------------------------------------------------------


def test_footnote_11_and_its_exception() -> None:
    for content in (standard_model(), standard_model(3, 0, universal=("q", "u", "d")), adn_framework()):
        report = linear_dependencies(content)
        visible = {str(triangle) for triangle, _ in report.ranks} - {"grav^2 X"}
        assert visible == {"SU(3)^2 X", "SU(2)^2 X", "Y^2 X"}
        relations = [{str(t): c for t, c in relation} for relation in report.relations]
        assert {"SU(3)^2 X": 1} in relations
        assert {"SU(2)^2 X": 1, "Y^2 X": 2} in relations
        assert "SU(3)^2 X" in map(str, report.implied)


@given(rationals(), rationals())
def test_every_combination_but_one_serves(alpha: Fraction, beta: Fraction) -> None:
    """alpha SU(2)^2 X + beta Y^2 X is independent of the couplings unless beta = 2 alpha."""
    content = standard_model(right_handed_neutrinos=0, universal=("q", "u", "d"))
    conditions = anomaly_conditions(content)
    combination = sympy.expand(
        sympy.Rational(alpha.numerator, alpha.denominator) * conditions["SU(2)^2 X"]
        + sympy.Rational(beta.numerator, beta.denominator) * conditions["Y^2 X"]
    )
    rows = [c.expression for c in charge_conditions(content)]
    matrix = sympy.Matrix([[row.coeff(s) for s in content.charge_symbols] for row in (*rows, combination)])
    assert (matrix.rank() == 6) == (beta != 2 * alpha)


# --- As objects, and bad input -----------------------------------------------------------------------


def test_results_are_sympy_friendly() -> None:
    generator: GaugingGenerator = gauging_generator(standard_model())
    copy = pickle.loads(pickle.dumps(generator))
    assert copy == generator
    assert hash(copy) == hash(generator)
    expression = generator.as_expr()
    assert expression.coeff(Symbol("T_Y")) == A_Y
    assert expression.coeff(Symbol("T_B")) == -(A_E + A_MU + A_TAU) / 3
    assert generator.as_expr(dark=True) != expression
    assert r"T_{X} = " in sympy.latex(generator)
    assert generator.subs({A_E: 1, A_MU: -1, A_TAU: 0, A_Y: 0})[Symbol("Q_q1")] == 0


def test_bad_arguments() -> None:
    with pytest.raises(ArgumentTypeError, match="Argument 'content' must be a FieldContent"):
        gauging_generator("sm")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="exactly one U\\(1\\) of unknown charges"):
        gauging_generator(standard_model(extra=None))
    with pytest.raises(UnknownNameError, match="Argument 'factor' must be a U\\(1\\) with unknown charges"):
        gauging_generator(standard_model(), factor="Y")
    with pytest.raises(CouplingError, match="gauge-invariant"):
        gauging_generator(standard_model(), ["qbar_L u_R H^c"])
    with pytest.raises(UnknownNameError, match="Argument 'name' must be one of L_e"):
        accidental_symmetries(standard_model())["B-L"]
