"""The printed statements of ADN, section 2, the footnotes, Table 2 and appendix A, as tests.

The values are in reference/adn_section_2.json, as the paper prints them; the toolkit finds them by itself.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import sympy
from sympy import Symbol

from anomalies import (
    DarkSector,
    accidental_symmetries,
    anomaly_conditions,
    charge_conditions,
    gauging_generator,
    linear_dependencies,
    near,
    standard_model,
)
from anomalies.diophantine import NONTRIVIAL_SENSES, is_nontrivial

PRINTED: dict[str, Any] = json.loads(
    (Path(__file__).parent / "reference" / "adn_section_2.json").read_text(encoding="utf-8")
)
MODEL = standard_model(universal=("q", "u", "d"))
VISIBLE = standard_model(right_handed_neutrinos=0, universal=("q", "u", "d"))
GENERATOR = gauging_generator(MODEL)


def _same(ours: sympy.Expr, printed: str) -> bool:
    return bool(sympy.expand(ours - sympy.sympify(printed)) == 0)


def test_2_1_five_constraints_on_ten_charges() -> None:
    conditions = charge_conditions(VISIBLE)
    symbols = VISIBLE.charge_symbols
    assert len(symbols) == 10
    ours = sympy.Matrix([[c.expression.coeff(s) for s in symbols] for c in conditions])
    theirs = sympy.Matrix([[sympy.sympify(c).coeff(s) for s in symbols] for c in PRINTED["conditions_2_1"]])
    assert ours.rank() == theirs.rank() == ours.col_join(theirs).rank() == 5
    assert accidental_symmetries(VISIBLE).dimension == 5


def test_footnote_11_which_linear_conditions_are_new() -> None:
    report = linear_dependencies(VISIBLE)
    ranks = {str(triangle): rank for triangle, rank in report.ranks}
    assert report.coupling_rank == 5
    assert (ranks["SU(3)^2 X"], ranks["SU(2)^2 X"], ranks["Y^2 X"]) == (5, 6, 6)
    dark = linear_dependencies(MODEL)
    assert dark.total_rank == 6
    assert [{str(t): c for t, c in relation} for relation in dark.relations] == [
        {"SU(3)^2 X": 1},
        {"SU(2)^2 X": 1, "Y^2 X": 2},
    ]


def test_2_2_2_3_2_5_conditions_as_printed() -> None:
    conditions = anomaly_conditions(MODEL)
    assert _same(conditions["grav^2 X"], PRINTED["A_grav_2_2"])
    assert _same(conditions["X^3"], PRINTED["A_cubic_2_3"])
    assert _same(conditions["Y X^2"], PRINTED["A_quad_2_5"])


def test_2_4_the_complete_solution() -> None:
    assert GENERATOR.dimension - 3 == 4  # three more for the free dark charges
    for name, printed in PRINTED["charges_2_4"].items():
        assert _same(GENERATOR.charges[Symbol(name)], printed)


def test_2_5_the_quadratic_anomaly_vanishes_and_factorises() -> None:
    assert GENERATOR.conditions["Y X^2"] == 0
    conditions = anomaly_conditions(VISIBLE)
    singlets = sympy.symbols("Q_u Q_d Q_e1 Q_e2 Q_e3")
    solution = sympy.solve([c.expression for c in charge_conditions(VISIBLE)], singlets)
    product_form = 2 * Symbol("Q_H") * conditions["SU(2)^2 X"]
    assert sympy.expand(conditions["Y X^2"].subs(solution) - product_form) == 0


def test_2_6_what_is_left() -> None:
    assert _same(GENERATOR.conditions["grav^2 X"], PRINTED["A_grav_2_6"])
    assert _same(GENERATOR.conditions["X^3"], PRINTED["A_cubic_2_6"])


def test_2_6_without_a_dark_sector_only_differences_of_lepton_numbers() -> None:
    left = gauging_generator(VISIBLE).conditions
    (cubic,) = left.of_degree(3).values()
    a, b = sympy.symbols("a_e a_mu")
    check = sympy.lambdify((a, b), cubic, modules="math")
    found = {(x, y) for x, y in product(range(-30, 31), repeat=2) if check(x, y) == 0}
    assert found == {(x, y) for x, y in product(range(-30, 31), repeat=2) if x == 0 or y == 0 or x + y == 0}


def test_1_2_1_3_2_8_the_generator() -> None:
    assert _same(GENERATOR.as_expr(), PRINTED["T_X_1_3"])
    assert _same(GENERATOR.as_expr(), PRINTED["T_X_1_2"])


def test_b_plus_l_is_not_in_the_family() -> None:
    values = {Symbol("a_e"): 1, Symbol("a_mu"): 1, Symbol("a_tau"): 1, Symbol("a_Y"): 0}
    assert GENERATOR.as_expr().subs(values).coeff(Symbol("T_B")) == -1


@pytest.mark.parametrize("charges", PRINTED["footnote_13"])
def test_footnote_13_examples_and_what_is_wrong_with_them(charges: list[int]) -> None:
    sector = DarkSector(charges[:3], charges[3:])
    assert is_nontrivial(sector, "permutation")
    assert len(set(sector.a)) == 2  # two equal lepton charges, against the requirement of the framework


@pytest.mark.parametrize("charges", PRINTED["footnote_29_with_dark_charges_reversed"])
def test_footnote_29_examples_with_the_opposite_sign(charges: list[int]) -> None:
    sector = DarkSector(charges[:3], [-n for n in charges[3:]])
    assert is_nontrivial(sector, "chiral")


def test_a_4_in_every_sense_and_found_by_the_search() -> None:
    sector = DarkSector(PRINTED["A_4"][:3], PRINTED["A_4"][3:])
    assert all(is_nontrivial(sector, sense) for sense in NONTRIVIAL_SENSES)
    pair_sums = {x + y for x in sector.n for y in sector.n}
    assert 0 not in pair_sums
    for radius in ("1/20", "1/10", ("1/100", "1/20")):
        assert sector in set(near(("59/100", 1, 0), max_denominator=20, radius=radius))
    assert sector not in set(near(("59/100", 1, 0), max_denominator=19))


def test_a_4_allows_no_neutrino_yukawa_coupling() -> None:
    values = dict(zip(sympy.symbols("a_e a_mu a_tau Q_nu1 Q_nu2 Q_nu3"), PRINTED["A_4"], strict=True))
    charges = GENERATOR.subs(values)
    couplings = charge_conditions(MODEL, ["lbar_L^i nu_R^j H"])
    assert len(couplings) == 9
    assert all(sympy.expand(c.expression.subs(charges)) != 0 for c in couplings)


def test_a_7_doublet_charges() -> None:
    values = dict(zip(sympy.symbols("a_e a_mu a_tau"), PRINTED["A_4"], strict=False))
    charges = GENERATOR.subs(values | {Symbol("a_Y"): PRINTED["A_7"]["a_Y"]})
    for name in ("Q_l1", "Q_l2", "Q_l3"):
        assert charges[Symbol(name)] == sympy.Rational(PRINTED["A_7"][name])


def test_table_2_rounded_half_away_from_zero() -> None:
    table = PRINTED["Table_2"]
    charges = GENERATOR.subs({Symbol(name): value for name, value in table["parameters"].items()})
    for name, printed in table["charges"].items():
        exact = Fraction(str(charges[Symbol(name)]))
        hundredths = int(abs(exact) * 100 + Fraction(1, 2))
        assert Fraction(printed) == Fraction(hundredths if exact > 0 else -hundredths, 100)
