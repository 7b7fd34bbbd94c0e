from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from strategies import lepton_charges, rationals
from sympy import Symbol

from anomalies import Charges, FieldContent, LinearSolution, Solution, multiplet, standard_model
from anomalies.errors import ArgumentError, InexactNumberError, NotASolutionError, UnknownNameError
from anomalies.solutions import parse_charges

SM = standard_model()


def _member(a: tuple[Fraction, ...], a_y: Fraction, n: tuple[Fraction, ...]) -> dict[Symbol, Fraction]:
    total = sum(a, Fraction(0))
    hypercharge = {"q": "1/6", "u": "2/3", "d": "-1/3", "l": "-1/2", "e": "-1", "H": "-1/2", "nu": "0"}
    shift = {name: Fraction(y) * a_y for name, y in hypercharge.items()}
    values = {Symbol(f"Q_{name}{i}"): -total / 9 + shift[name] for name in "qud" for i in (1, 2, 3)}
    values |= {Symbol(f"Q_{name}{i}"): a[i - 1] + shift[name] for name in "le" for i in (1, 2, 3)}
    return values | {Symbol(f"Q_nu{i}"): n[i - 1] for i in (1, 2, 3)} | {Symbol("Q_H"): shift["H"]}


@given(lepton_charges(), rationals())
def test_members_of_the_family_are_solutions(a: tuple[Fraction, ...], a_y: Fraction) -> None:
    solution = Solution(SM, _member(a, a_y, a))
    assert isinstance(solution, LinearSolution)
    assert isinstance(solution, Charges)
    assert solution.conditions.is_anomaly_free
    assert pickle.loads(pickle.dumps(solution)) == solution


@given(lepton_charges(), rationals(), rationals())
def test_one_more_charge_breaks_gravity_and_two_break_the_cube(
    a: tuple[Fraction, ...], a_y: Fraction, shift: Fraction
) -> None:
    if shift == 0:
        return
    with pytest.raises(NotASolutionError, match=r"grav\^2 X = "):
        LinearSolution(SM, _member(a, a_y, (a[0] + shift, a[1], a[2])))
    moved = (a[0] + shift, a[1] - shift, a[2])
    LinearSolution(SM, _member(a, a_y, moved))
    # n_1^3 + n_2^3 is the same for equal sums only if {n_1, n_2} is {a_1, a_2}, or the sum is zero.
    if a[0] + shift != a[1] and a[0] + a[1] != 0:
        with pytest.raises(NotASolutionError, match=r"X\^3 = "):
            Solution(SM, _member(a, a_y, moved))


def test_witten_anomaly_is_part_of_the_guarantee() -> None:
    doublet = multiplet(SM.group, "f", ("1", "2"), {"Y": 0}, chirality="left")
    content = FieldContent(SM.group, (doublet,))
    with pytest.raises(NotASolutionError, match="Witten anomaly of SU\\(2\\)"):
        Solution(content, {Symbol("Q_f"): 0})


def test_charges_are_exact_and_complete() -> None:
    small = standard_model(1, 0)
    with pytest.raises(ArgumentError, match="Q_u, Q_d, Q_l, Q_e, Q_H is missing"):
        Charges(small, {Symbol("Q_q"): 1})
    with pytest.raises(UnknownNameError, match="keyed by charges of the content, not x"):
        Charges(small, {Symbol("x"): 1})
    with pytest.raises(InexactNumberError, match="Argument 'Q_q' must be exact"):
        Charges(small, {**parse_charges(small, ""), Symbol("Q_q"): 0.5})


def test_names_of_charges() -> None:
    by_field = parse_charges(SM, "q=1, nu=-1/2")
    by_family = parse_charges(SM, "q1=1,Q2=1,Q_q3=1,nu1=-0.5,nu2=-1/2,Nu3=-1/2")
    assert by_field == by_family
    universal = standard_model(universal=("q",))
    assert parse_charges(universal, "q=2")[Symbol("Q_q")] == 2
