"""Scans: complete, sound, with the numbers of EFT, and the same by every way of running them."""

from __future__ import annotations

import csv
import io
import json
import pickle
from fractions import Fraction
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sympy import And, Eq, Expr, Integer, Ne, Not, Or, Rational, Symbol, latex, symbols

from anomalies import anomaly_conditions, multiplet, standard_model
from anomalies.cli.scan import scan as command
from anomalies.errors import ArgumentError, ArgumentTypeError, InexactNumberError, UnknownNameError
from anomalies.literature import scenario
from anomalies.literature.eft_scans import DENOMINATOR, SCANS, named_scan
from anomalies.scans import (
    SCALE,
    SIGN,
    Equivalence,
    Model,
    Restriction,
    ScanResult,
    charge_conjugation,
    fractions_up_to,
    regrouping,
    relabelling,
    scan,
    search,
)
from anomalies.scans.columns import model_columns
from anomalies.scans.definition import described_values
from anomalies.scans.equivalences import classes_of
from anomalies.scans.restrictions import condition_text, holds, rational_function
from anomalies.scans.tables import STYLES, written

EFT = json.loads((Path(__file__).parent / "reference" / "eft_scans.json").read_text(encoding="utf-8"))
q, t, u, t_R, d, b_R, mu_L, mu_R, tau_L, tau_R = symbols("q t u t_R d b_R mu_L mu_R tau_L tau_R")
A_L, A_R, B_L, B_R, chi_L, chi_R = symbols("A_L A_R B_L B_R chi_L chi_R")
DARK = scenario(dark=["A", "B"]).content
UP = scenario(up_quarks=True, dark=["chi"]).content


@lru_cache
def named(name: str, largest: int = 4, free_only: bool = False) -> ScanResult:
    return named_scan(name, largest, free_only=free_only).run()


def numbers(result: ScanResult) -> dict[str, int]:
    return {str(step): int(number) for step, number in result.counts().rows}


def having(result: ScanResult, words: str) -> set[Model]:
    return set(result.with_property(words))


# ---------------------------------------------------------------- what EFT find


def test_two_dark_fermions() -> None:
    found = named("eft-dark")
    stated, recomputed = EFT["two_dark"], EFT["recomputed"]
    assert len(found.models) == recomputed["two_dark_models"]
    ratio = having(found, "mu_V/mu_A = -3")
    assert ratio
    for model in ratio:
        assert model["mu_L"] / model["mu_R"] == Fraction(stated["mu_L / mu_R"])
        assert model_columns(model.content).muon.ratio == Fraction(stated["mu_V / mu_A"])
    assert len(having(found, "A or B axial")) == stated["models_with_an_axial_dark_fermion"]
    assert all(model["A_R"] == 1 for model in found.models)


def test_every_ratio_of_muon_charges_is_plus_or_minus_two() -> None:
    found = named("eft-dark")
    assert all(abs(model["mu_L"]) == 2 * abs(model["mu_R"]) != 0 for model in found.models)


def test_the_printed_dark_charges_are_those_of_one_normalisation() -> None:
    """A_L, B_L, B_R of the text belong to |q| = 1/3; the same classes have q = 1 and q = -1/4 as well."""
    found = named("eft-dark")
    printed = [m for m in found.models if m in having(found, "A_L, B_L, B_R among 0, ±1/3, ±4/3")]
    values = {str(model[name]) for model in printed for name in ("A_L", "B_L", "B_R")}
    assert values == set(EFT["two_dark"]["dark_charges"])
    assert {model["q"] for model in printed} == {Fraction(1, 3)}
    for members in found.members:
        charges = {found.models[place]["q"] for place in members}
        assert charges == {Fraction(1), Fraction(1, 3), Fraction(-1, 4)}


def test_classes_of_two_dark_fermions() -> None:
    """Up to grouping, one dark sector {0, 1, 3, -4} q; the two ratios and the sign of mu_L/q are left."""
    found = named("eft-dark")
    assert [len(step.members) for step in found.classes] == sorted(
        (len(step.members) for step in found.classes), reverse=True
    )
    assert len(found.members) == 4
    signs = {(m["mu_L"] / m["q"], m["mu_R"] / m["q"]) for m in found.representatives}
    assert signs == {(Fraction(2 * i), Fraction(j)) for i in (1, -1) for j in (1, -1)}
    for model in found.models:
        states = sorted(s / model["q"] for s in (model["A_L"], -model["A_R"], model["B_L"], -model["B_R"]))
        assert states in ([-4, 0, 1, 3], [-3, -1, 0, 4])


def test_there_is_an_axial_dark_fermion_just_outside_the_range() -> None:
    names = ("q", "t", "mu_L", "tau_L", "mu_R", "tau_R", "A_L", "A_R", "B_L", "B_R")
    assert tuple(map(str, DARK.charge_symbols)) == names
    outside = Model(DARK, tuple(map(Fraction, (2, -4, 4, -4, 2, -2, 7, 1, -3, 3))))
    assert outside.solution.conditions.is_anomaly_free
    assert outside["B_L"] == -outside["B_R"]


def test_up_quarks_and_one_dark_fermion() -> None:
    found, stated = named("eft-up-quarks"), EFT["up_quarks"]
    for words in ("vector-like muon", "no coupling to the first two families", "axial chi"):
        assert len(having(found, words)) == stated[words]
    both = having(found, "vector-like muon") & having(found, "axial chi")
    assert len(both) == stated["vector-like muon and axial chi"]
    assert both == having(found, "model (A) of Table 2")
    others = having(found, "no coupling to the first two families")
    assert not others & (having(found, "vector-like muon") | having(found, "axial chi"))
    assert all(model["q"] != model["t"] for model in found.models)


def test_models_d_and_e_of_table_2() -> None:
    found = named("eft-up-quarks")
    for letter, ratio in EFT["up_quarks"]["mu_V / mu_A"].items():
        (words,) = (p.words for p in found.scan.properties if f"({letter})" in p.words)
        (model,) = found.with_property(words)
        assert model_columns(model.content).muon.ratio == Fraction(ratio)
        assert model["q"] == model["u"] == 0 != model["t"]
    (right_handed,) = found.with_property("model not shown, right-handed muon")
    assert model_columns(right_handed.content).muon.kind == "right"


def test_what_is_known_of_models_b_and_c() -> None:
    """Three candidates, two of which are one model."""
    found = named("eft-up-quarks")
    candidates = having(found, "model (B) or (C) of Table 2")
    assert candidates == having(found, "vector-like muon") - having(found, "axial chi")
    classes = [{found.models[place] for place in members} & candidates for members in found.members]
    assert sorted(len(members) for members in classes if members) == [1, 2]
    (pair,) = (members for members in classes if len(members) == 2)
    assert {model["q"] for model in pair} == {-1, Fraction(1, 3)}


@pytest.mark.slow
def test_the_other_convention_does_not_give_their_numbers() -> None:
    free, stated = named("eft-up-quarks", 4, True), EFT["up_quarks"]
    assert len(having(free, "vector-like muon")) > stated["vector-like muon"]
    assert set(free.models) > set(named("eft-up-quarks").models)
    axial = having(named("eft-dark", 4, True), "A or B axial")
    assert len(axial) > EFT["two_dark"]["models_with_an_axial_dark_fermion"]


def test_the_branch_with_vanishing_denominator() -> None:
    found = named("eft-up-quarks-branch")
    both = numbers(found)["anomaly-free"]
    assert numbers(found)["denominator of (2.16)-(2.20) zero"] == 3
    assert both == 3 + numbers(named("eft-up-quarks"))["denominator of (2.16)-(2.20) not zero"]
    (model,) = found.models
    assert holds(Eq(DENOMINATOR, 0), model.charges)
    assert model.solution.conditions.is_anomaly_free
    assert model_columns(model.content).muon.ratio == -3
    assert model["q"] != model["t"]


def test_the_smallest_branching_ratio_into_muons() -> None:
    found, recomputed = named("eft-vector-like-leptons"), EFT["recomputed"]["table_3"]
    model = found.models[0]
    sign = int(model["mu_L"])
    charges = {str(symbol): str(sign * value) for symbol, value in model.charges.items()}
    assert charges == recomputed["charges"]
    columns = model_columns(model.content)
    weights = {decay.name: decay.weight for decay in columns.decays}
    quarks = sum(weights.pop(name) for name in "udcstb")
    assert {"quarks": quarks, **weights} == recomputed["weights"]
    assert columns.branching_ratio("mu") == Fraction(recomputed["branching_ratio"])
    printed = Fraction(EFT["vector_like_leptons"]["printed_branching_ratio"])
    assert columns.branching_ratio("mu") + columns.branching_ratio("nu_mu") == printed
    others = [model_columns(m.content).branching_ratio("mu") for m in found.representatives[1:]]
    assert others == sorted(others)
    assert others[0] > columns.branching_ratio("mu")


def test_several_models_suppress_muons_by_more_than_an_order_of_magnitude() -> None:
    found = named("eft-vector-like-leptons")
    suppressed = having(found, "other decays more than ten times those into muons")
    assert suppressed
    for model in found.representatives:
        ratio = model_columns(model.content).branching_ratio("mu")
        assert (1 - ratio > 10 * ratio) == (model in suppressed)


def test_all_quarks() -> None:
    found = named("eft-all-quarks")
    words, beyond = (entry.words for entry in found.scan.properties)
    assert set(found.models) == having(found, words)
    assert found.models
    assert not having(found, beyond)
    for model in found.models:
        assert model_columns(model.content).operators == ("C9", "C9'")


def test_both_families_of_the_appendix_solve_all_conditions() -> None:
    a, b, third = symbols("a b third")
    first = {q: a, u: a, d: a, t: -2 * a, t_R: -2 * a, b_R: -2 * a, mu_L: b, mu_R: b, tau_L: -b, tau_R: -b}
    light = dict.fromkeys((q, u, d), -b / 6) | dict.fromkeys((mu_L, mu_R), b)
    second = light | {
        t: third,
        t_R: 4 * third - b,
        b_R: b - 2 * third,
        tau_L: -3 * third,
        tau_R: b - 6 * third,
    }
    conditions = anomaly_conditions(scenario(up_quarks=True, down_quarks=True).content)
    for family in (first, second):
        assert all(value.subs(family, simultaneous=True).expand() == 0 for value in conditions.values())


@pytest.mark.slow
def test_all_quarks_beyond_the_range() -> None:
    found = named("eft-all-quarks", 6)
    families = [having(found, entry.words) for entry in found.scan.properties]
    assert families[0] | families[1] == set(found.models)
    assert families[1] - families[0]


@pytest.mark.slow
def test_up_quarks_beyond_the_range() -> None:
    found, smaller = named("eft-up-quarks", 8), named("eft-up-quarks")
    assert set(smaller.models) < set(found.models)
    assert len(having(found, "vector-like muon")) > len(having(smaller, "vector-like muon"))
    assert len(named("eft-up-quarks-branch", 8).models) > 1


# ---------------------------------------------------------------- sound and complete


@pytest.mark.parametrize("name", SCANS)
def test_models_are_solutions_in_the_domain(name: str) -> None:
    found = named(name)
    values = set(fractions_up_to(4, 4))
    assert found.models
    assert len(set(found.models)) == len(found.models)
    for model in found.models[:20]:
        assert model.solution.conditions.is_anomaly_free
        assert set(model.values) <= values
        assert not model.content.charge_symbols
        assert all(holds(entry.condition, model.charges) for entry in found.scan.restrictions)


def brute(content: Any, allowed: range, equalities: dict[Symbol, Expr], condition: Any) -> set[Any]:
    """All anomaly-free charges, by trying every combination."""
    symbols_ = content.charge_symbols
    free = [symbol for symbol in symbols_ if symbol not in equalities]
    values = [rational_function(equalities.get(symbol, symbol), free) for symbol in symbols_]
    conditions = [value.subs(equalities, simultaneous=True) for value in anomaly_conditions(content).values()]
    tests = [rational_function(value, free) for value in conditions if value.expand() != 0]
    found = set()
    for chosen in product(map(Fraction, allowed), repeat=len(free)):
        if not any(test(*chosen) for test in tests):
            row = tuple(value(*chosen) for value in values)
            if set(row) <= set(allowed) and holds(condition, dict(zip(symbols_, row, strict=True))):
                found.add(row)
    return found


def test_complete_with_one_dark_fermion() -> None:
    content = scenario(dark=["A"]).content
    found = scan("one", content, range(-1, 2)).run()
    assert {model.values for model in found.models} == brute(content, range(-1, 2), {}, Eq(q, q + t - t))
    assert len(found.models) > 10


def test_complete_with_equalities_and_restrictions() -> None:
    condition = And(Ne(q, 0), Or(Eq(mu_L, 2 * mu_R), Not(Eq(mu_R, 1))))
    equalities: dict[Symbol, Expr] = {t: -2 * q, tau_L: -mu_L, A_R: Integer(1)}
    solved = equalities | {A_L: 1 - B_L + B_R, tau_R: -mu_R}
    allowed = range(-4, 3)
    asked = [Eq(left, right) for left, right in equalities.items()]
    found = scan("two dark", DARK, allowed, asked, {"condition": condition}).run()
    assert {model.values for model in found.models} == brute(DARK, allowed, solved, condition)
    assert found.models


def test_free_charges_contain_the_models_with_all_charges_restricted() -> None:
    """The second way of solving finds what the engine finds."""
    for content, equality, names in (
        (UP, Eq(chi_L, 1), ("q1", "u1", "mu_L", "mu_R")),
        (DARK, Eq(A_R, -3), ("q1", "mu_R", "B_L", "B_R")),
    ):
        values = range(-3, 4)
        free = scan("free", content, values, [equality], {"muons": Ne(mu_R, 0)}, free=names).run()
        everything = scan("all", content, values, [equality], {"muons": Ne(mu_R, 0)}).run()
        inside = {model.values for model in free.models if set(model.values) <= set(values)}
        assert inside == {model.values for model in everything.models}
        assert inside


def test_free_charges_with_a_line_of_solutions() -> None:
    """With q = mu = 0 any A_L = A_R is a solution: found out, counted, and not called exhaustive."""
    found = scan("vector-like", scenario(dark=["A"]).content, [0, 1], free=["q1", "mu_L", "mu_R"]).run()
    assert not found.exhaustive
    assert found.unsolved
    assert "Not exhaustive" in written(found, "text")


@pytest.mark.parametrize(("size_of_join", "kernels"), [(0, False), (10**9, False), (10**9, True)])
def test_all_engines_agree(size_of_join: int, kernels: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if kernels:
        pytest.importorskip("numba")
    asked = [
        scan("dark", DARK, range(-3, 4), ["A_R = 1"], {"muons": Ne(mu_L, 0)}),
        scan("up quarks", UP, fractions_up_to(2, 2), ["chi_L = 1"]),
        scan("equal", UP, range(-2, 3), ["mu_L = mu_R", "chi_L = -2", "tau_L = tau_R + 1"]),
    ]
    usual = [entry.run() for entry in asked]
    monkeypatch.setattr(search, "join_size", lambda _: size_of_join)
    monkeypatch.setattr(search, "has_kernels", lambda: kernels)
    monkeypatch.setattr(search, "is_little_work", lambda _: False)
    assert [entry.run() for entry in asked] == usual
    assert all(found.models for found in usual[:2])


# ---------------------------------------------------------------- equivalences


@given(
    st.lists(st.fractions(-4, 4, max_denominator=4), min_size=4, max_size=4),
    st.integers(1, 5),
    st.sampled_from([1, -1]),
)
def test_equivalent_models_are_in_one_class(values: list[Fraction], factor: int, sign: int) -> None:
    left, right, other_left, other_right = values
    images = [
        [factor * sign * value for value in values],
        [-right, -left, other_left, other_right],
        [other_left, other_right, left, right],
        [-other_right * factor, -other_left * factor, left * factor, right * factor],
    ]
    chosen = [
        SCALE,
        SIGN,
        charge_conjugation(A_L, A_R),
        charge_conjugation(B_L, B_R),
        relabelling((A_L, A_R), (B_L, B_R)),
    ]
    assert len(classes_of([values, *images], (A_L, A_R, B_L, B_R), chosen)) == 1


def test_different_models_are_in_different_classes() -> None:
    models = [tuple(map(Fraction, row)) for row in ((1, 2), (2, 4), (-1, -2), (1, -2), (2, 1))]
    pair = (chi_L, chi_R)
    assert classes_of(models, pair, []) == ((0,), (1,), (2,), (3,), (4,))
    assert classes_of(models, pair, [SCALE]) == ((0, 1), (2,), (3,), (4,))
    assert classes_of(models, pair, [SCALE, SIGN]) == ((0, 1, 2), (3,), (4,))
    assert classes_of(models, pair, [SCALE, SIGN, charge_conjugation(*pair)]) == ((0, 1, 2, 4), (3,))


def test_regrouping_joins_all_pairings() -> None:
    chosen = regrouping((A_L, A_R), (B_L, B_R))
    pairings = [(0, 1, -3, -4), (4, 1, -3, 0), (-3, 1, 0, -4)]
    models = [tuple(map(Fraction, row)) for row in pairings]
    assert classes_of(models, (A_L, A_R, B_L, B_R), [chosen]) == ((0, 1, 2),)


def test_equivalences_must_be_symmetries() -> None:
    exchange = Equivalence("muon and quark", (((q, mu_L), (mu_L, q)),))
    with pytest.raises(ArgumentError, match="'equivalences' must be symmetries of the anomaly conditions"):
        scan("no", DARK, range(3), equivalences=[exchange])
    with pytest.raises(UnknownNameError, match="'equivalences' must be about charges among q, t"):
        scan("no", DARK, range(3), equivalences=[charge_conjugation(chi_L, chi_R)])
    with pytest.raises(ArgumentError, match="'maps' must be signed permutations of charges"):
        Equivalence("no", (((A_L, B_L),),))
    with pytest.raises(
        ArgumentTypeError, match="'maps' must be pairs of a charge and plus or minus a charge"
    ):
        Equivalence("no", (((A_L, 2 * A_L),),))


# ---------------------------------------------------------------- restrictions


@given(st.fractions(-5, 5, max_denominator=6), st.fractions(-5, 5, max_denominator=6))
def test_conditions_are_exact(x: Fraction, y: Fraction) -> None:
    values = {q: x, t: y}
    assert holds(Eq(3 * q**2 / 7, t / 5), values) == (3 * x**2 / 7 == y / 5)
    assert holds(q / 3 < t, values) == (x / 3 < y)
    assert holds(Or(And(q > 1, t >= q), Ne(t, 0)), values) == ((x > 1 and y >= x) or y != 0)
    assert holds(Not(q <= t), values) == (x > y)
    if y != 0:
        assert rational_function(q / (2 * t) + Rational(1, 3), (q, t))(x, y) == x / (2 * y) + Fraction(1, 3)


def test_conditions_in_words() -> None:
    assert condition_text(Ne(q, t)) == "q != t"
    assert condition_text(And(Eq(q, 0), Or(q < t, u > 1))) == "(q < t or u > 1) and q = 0"
    assert str(Restriction("quarks", Ne(q, t))) == "quarks: q != t"
    assert latex(Restriction("quarks", Ne(q, t))) == r"q \neq t"
    assert described_values(fractions_up_to(4, 4)) == "p/q with p = -4..4, q = 1..4 (23 values)"
    assert described_values(fractions_up_to(3, 1)) == "-3..3"


# ---------------------------------------------------------------- the name of a field and of a charge


def test_a_symbol_with_the_name_of_a_field_is_no_field() -> None:
    """EFT's charge q is that of two families of the field q; equalities mean the charge."""
    found = scan("q", DARK, range(-4, 5), [Eq(q, 1), Eq(A_R, 1)]).run()
    assert {model["q"] for model in found.models} == {1}
    assert {model["t"] for model in found.models} == {-2}


def test_charges_that_enter_no_condition_are_zero() -> None:
    found = scan("Higgs", standard_model(1, 1), range(-1, 2)).run()
    assert {model["Q_H"] for model in found.models} == {0}
    assert len(found.models) == 3


def test_a_content_of_ones_own() -> None:
    singlet = multiplet("SU(3) x SU(2) x U(1)_Y x U(1)_X", "S", ("1", "1"), {"Y": 0}, chirality="left")
    base = standard_model(1, 0)
    content = base.with_fields(multiplet(base.group, "S", ("1", "1"), {"Y": 0}, chirality="left"))
    assert singlet.name == "S"
    found = scan("S", content, range(-1, 2), equivalences=[SIGN]).run()
    assert [len(step.members) for step in found.classes] == [2]


# ---------------------------------------------------------------- results and tables


def test_stages_only_go_down() -> None:
    for name in SCANS:
        counts = [stage.count for stage in named(name).stages]
        assert counts == sorted(counts, reverse=True)
        assert counts[-1] == len(named(name).models)
        members = [place for places in named(name).members for place in places]
        assert sorted(members) == list(range(len(named(name).models)))


@pytest.mark.parametrize("style", STYLES)
def test_all_forms_are_written(style: str) -> None:
    found = named("eft-up-quarks-branch")
    text = written(found, style)
    assert text.endswith("\n")
    assert "1801152661463" in text or style == "csv"
    assert written(found, style) == text


def test_csv_and_json_say_the_same() -> None:
    found = named("eft-up-quarks")
    rows = list(csv.DictReader(io.StringIO(written(found, "csv"))))
    report = json.loads(written(found, "json"))
    assert len(rows) == len(report["models"]) == len(found.models)
    for row, model in zip(rows, report["models"], strict=True):
        assert {name: row[name] for name in model["charges"]} == model["charges"]
        assert {name: row[name] for name in model["columns"]} == model["columns"]
        assert row["properties"] == "; ".join(model["properties"])
        assert int(row["class"]) == model["class"]
    assert report["exhaustive"] is True
    assert [entry["number"] for entry in report["steps"]] == [stage.count for stage in found.stages]


def test_one_model_of_each_class() -> None:
    found = named("eft-dark")
    assert len(found.table(one_of_each_class=True).rows) == len(found.members)
    assert len(found.columns(one_of_each_class=True).rows) == len(found.members)


def test_latex_tables_fit_a_page() -> None:
    text = written(named("eft-up-quarks"), "latex")
    assert text.count(r"\begin{table}") == text.count(r"\end{table}") > 3
    assert r"$\mu_{V}$/$\mu_{A}$ = 7" in text
    assert max(part.count("\\\\\n") for part in text.split(r"\begin{table}")) <= 31


def test_an_empty_result_is_written() -> None:
    found = scan("none", scenario(dark=["chi"]).content, range(-2, 3), [], {"no": Ne(q, 0)}).run()
    assert not found.models
    assert found.exhaustive
    for style in STYLES:
        assert written(found, style)
    assert "there is no such model" in str(found)


def test_results_compare_hash_and_pickle() -> None:
    found = named("eft-up-quarks-branch")
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert hash(again.models[0]) == hash(found.models[0])
    assert str(found.models[0]).startswith("q = 1/2, t = -1/2")
    assert latex(found.models[0]).startswith(r"q = \frac{1}{2},\; t = - \frac{1}{2}")
    assert latex(found).startswith(r"\begin{array}")


# ---------------------------------------------------------------- bad input


def test_bad_input() -> None:
    with pytest.raises(ArgumentTypeError, match="'name' must be a name, not ''"):
        scan("", DARK, range(3))
    with pytest.raises(InexactNumberError, match="allowed"):
        scan("x", DARK, [0.5])
    with pytest.raises(ArgumentError, match="'allowed' must be a set with at least one number"):
        scan("x", DARK, [])
    with pytest.raises(ArgumentTypeError, match="'equalities' must be a list"):
        scan("x", DARK, range(3), "q1 = 0")
    with pytest.raises(ArgumentTypeError, match="'equalities' must be made of equalities"):
        scan("x", DARK, range(3), [Ne(q, t)])
    with pytest.raises(ArgumentError, match="'equalities' must be linear"):
        scan("x", DARK, range(3), [Eq(q**2, t)])
    with pytest.raises(UnknownNameError, match="'equalities' must be about charges among q, t"):
        scan("x", DARK, range(3), [Eq(u, t)])
    with pytest.raises(UnknownNameError, match="'restrictions' must be about charges among q, t"):
        scan("x", DARK, range(3), [], {"up": Ne(u, 0)})
    with pytest.raises(ArgumentTypeError, match=r"'restrictions\[quarks\]' must be a condition"):
        scan("x", DARK, range(3), [], {"quarks": q - t})
    with pytest.raises(ArgumentTypeError, match="'restrictions' must be a mapping from words to conditions"):
        scan("x", DARK, range(3), [], [Ne(q, t)])  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="must be between polynomials in charges"):
        scan("x", DARK, range(3), [], {"inverse": Ne(1 / q, t)})
    with pytest.raises(ArgumentError, match="'free' must leave at most one charge"):
        scan("x", DARK, range(3), free=["q1"]).run()
    with pytest.raises(UnknownNameError, match="'words' must be a property among vector-like"):
        named("eft-up-quarks").with_property("none")
    with pytest.raises(UnknownNameError, match="'charge' must be one of q, t"):
        named("eft-dark").models[0]["u"]
    with pytest.raises(InexactNumberError, match="'condition' must be exact"):
        scan("x", DARK, range(3), [], {"half": Eq(q, 0.5)})
    with pytest.raises(ArgumentTypeError, match="'equivalences' must be made of equivalences such as SCALE"):
        scan("x", DARK, range(3), equivalences=["scale"])  # type: ignore[list-item]
    with pytest.raises(ArgumentError, match="'order_by' must be defined for every model"):
        scan("x", scenario(dark=["A"]).content, range(2), order_by=1 / q).run()
    with pytest.raises(ArgumentError, match="'style' must be one of text"):
        written(named("eft-dark"), "pdf")


# ---------------------------------------------------------------- the command


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    listed = CliRunner().invoke(command, ["--list"])
    assert [line.partition(":")[0] for line in listed.output.splitlines()] == list(SCANS)
    shown = CliRunner().invoke(command, ["eft-up-quarks-branch", "--json"], standalone_mode=False)
    report = json.loads(shown.output)
    assert report["scan"] == "eft-up-quarks-branch"
    assert [model["charges"]["q"] for model in report["models"]] == ["1/2"]
    assert shown.return_value == 0
    nothing = CliRunner().invoke(command, ["eft-dark", "--range", "1"], standalone_mode=False)
    assert nothing.return_value == 1
    refused = CliRunner().invoke(command, ["eft"], standalone_mode=False)
    assert str(refused.exception).startswith("Argument 'name' must be one of eft-dark")
