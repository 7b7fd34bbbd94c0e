"""The columns of a model: couplings, decays, coefficients and Yukawa entries, each against another way."""

from __future__ import annotations

import pickle
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import rationals
from sympy import Integer, Symbol

from anomalies.couplings import parse_coupling
from anomalies.errors import ArgumentError, ArgumentTypeError, CouplingError, UnknownNameError
from anomalies.exact import to_sympy
from anomalies.fields import FieldContent, multiplet
from anomalies.latex import latex, text
from anomalies.library import standard_model
from anomalies.literature import scenario
from anomalies.scans.columns import DiracCouplings, ModelColumns, YukawaMatrix, model_columns

# EFT Tables 1-3: the charges are those of models with the printed properties.
NAMES = {
    "Table 1": "q t mu_L mu_R tau_L tau_R A_L A_R B_L B_R",
    "D": "q t u t_R mu_L mu_R tau_L tau_R chi_L chi_R",
    "E": "q t u t_R mu_L mu_R tau_L tau_R chi_L chi_R",
    "Table 3": "q t mu_L mu_R tau_L tau_R ellprime_L ellprime_R muprime_L muprime_R",
}
CHARGES = {
    "Table 1": "1 -2 2 1 -2 -1 0 3 4 1",
    "D": "0 1/2 0 1 -3/2 -2 0 0 1 0",
    "E": "0 1/2 0 1 -3/2 0 0 -2 1 0",
    "Table 3": "1 -2 1 1 4 3 -4 1 0 -4",
}
SCENARIOS = {
    "Table 1": scenario(dark=("A", "B")),
    "D": scenario(up_quarks=True, dark=("chi",)),
    "E": scenario(up_quarks=True, dark=("chi",)),
    "Table 3": scenario(vector_like_leptons=True),
}
SM = standard_model(right_handed_neutrinos=0)
DIRAC = SM.with_fields(
    *(
        multiplet(
            SM.group, f"chi{side}", ("1", "1"), {"Y": 0, "X": Symbol(f"chi_{side}")}, chirality=chirality
        )
        for side, chirality in (("L", "left"), ("R", "right"))
    )
)


def _content(name: str) -> FieldContent:
    chosen = SCENARIOS[name]
    charges = dict(zip(NAMES[name].split(), CHARGES[name].split(), strict=True))
    values = {s: to_sympy(Fraction(charges[s.name])) for s in chosen.symbols}
    assert chosen.conditions.subs(values).is_anomaly_free
    return chosen.content.subs(values)


def _columns(name: str) -> ModelColumns:
    return model_columns(_content(name))


def _charged(values: dict[str, Fraction]) -> FieldContent:
    """The Standard Model and a Dirac fermion with any charges, the Higgs neutral."""
    charges = {s: to_sympy(values.get(s.name, Fraction(0))) for s in DIRAC.charge_symbols}
    return DIRAC.subs(charges)


@st.composite
def any_charges(draw: st.DrawFn) -> dict[str, Fraction]:
    names = [s.name for s in DIRAC.charge_symbols if s.name != "Q_H"]
    values = {name: draw(rationals(4, 3)) for name in names}
    assume(any(values.values()))
    return values


# ---------------------------------------------------------------- what EFT print


@pytest.mark.parametrize(("name", "ratio"), [("Table 1", -3), ("D", 7), ("E", -1)])
def test_the_ratios_that_are_printed(name: str, ratio: int) -> None:
    columns = _columns(name)
    assert columns.muon.ratio == ratio
    c9, c10, *primed = columns.coefficients
    assert Fraction(c9, c10) == ratio
    assert primed == [0, 0]
    assert columns.operators == ("C9", "C10")


def test_the_branching_ratio_of_table_3() -> None:
    columns = _columns("Table 3")
    assert columns.branching_ratio("mu") == Fraction(2, 130)
    assert columns.branching_ratio("nu_mu") == Fraction(1, 130)
    # EFT's 3/130 counts both.
    assert columns.branching_ratio("mu") + columns.branching_ratio("nu_mu") == Fraction(3, 130)
    assert sum(decay.weight for decay in columns.decays) == 130
    assert columns.muon.kind == "vector"
    assert columns.operators == ("C9",)
    assert [pair.name for pair in columns.pairs] == ["ellprime", "muprime"]


def test_couplings_of_new_particles() -> None:
    pairs = {pair.name: pair for pair in _columns("Table 1").pairs}
    assert {name: (pair.vector, pair.axial) for name, pair in pairs.items()} == {
        "A": (Fraction(3, 2), Fraction(3, 2)),
        "B": (Fraction(5, 2), Fraction(-3, 2)),
    }
    assert _columns("E").muon.kind == "left"
    assert _columns("D").pairs[0].kind == "left"


def test_what_one_more_higgs_does_for_model_d() -> None:
    columns = _columns("D")
    assert columns.higgs_charges == (Fraction(-1, 2),)
    up = columns.yukawas[0]
    assert up.allowed == ((1, 1), (1, 2), (2, 1), (2, 2))
    assert up.rank() == 2
    assert up.rank((Fraction(0), Fraction(-1, 2))) == 3


# ---------------------------------------------------------------- any charges


@settings(max_examples=40, deadline=None)
@given(any_charges())
def test_decays_by_hand(values: dict[str, Fraction]) -> None:
    columns = model_columns(_charged(values))
    colours = {"q": 3, "u": 3, "d": 3}
    by_hand: dict[str, Fraction] = {}
    members = {"q": ("uct", "dsb"), "u": ("uct",), "d": ("dsb",), "l": (0, 1), "e": (1,)}
    leptons = (("nu_e", "nu_mu", "nu_tau"), ("e", "mu", "tau"))
    for field, rows in members.items():
        for row in rows:
            names = leptons[row] if isinstance(row, int) else row
            for family, name in enumerate(names, 1):
                weight = colours.get(field, 1) * values[f"Q_{field}{family}"] ** 2
                by_hand[name] = by_hand.get(name, Fraction(0)) + weight
    by_hand |= {f"chi{side}": values[f"chi_{side}"] ** 2 for side in "LR"}
    assert {d.name: d.weight for d in columns.decays} == {name: w for name, w in by_hand.items() if w}
    assert sum(d.branching_ratio for d in columns.decays) == 1
    assert [d.weight for d in columns.decays] == sorted((d.weight for d in columns.decays), reverse=True)
    assert columns.branching_ratio("not a particle") == 0


@settings(max_examples=40, deadline=None)
@given(any_charges())
def test_wilson_coefficients_by_chirality(values: dict[str, Fraction]) -> None:
    """C9 - C10 goes with the left-handed muon, C9 + C10 with the right-handed one."""
    c9, c10, c9p, c10p = model_columns(_charged(values)).coefficients
    left, right = (values[f"Q_{name}3"] - values[f"Q_{name}2"] for name in "qd")
    expected = [
        left * values["Q_l2"],
        left * values["Q_e2"],
        right * values["Q_l2"],
        right * values["Q_e2"],
    ]
    found = [c9 - c10, c9 + c10, c9p - c10p, c9p + c10p]
    for (a, b), (c, d) in combinations(zip(expected, found, strict=True), 2):
        assert a * d == b * c
    assert all((a > 0) == (b > 0) and (a < 0) == (b < 0) for a, b in zip(expected, found, strict=True))


@settings(max_examples=30, deadline=None)
@given(any_charges(), rationals(5, 3).filter(bool))
def test_a_common_factor_changes_no_ratio(values: dict[str, Fraction], factor: Fraction) -> None:
    one = model_columns(_charged(values))
    other = model_columns(_charged({name: factor * value for name, value in values.items()}))
    assert other.muon.ratio == one.muon.ratio
    assert other.muon.vector == factor * one.muon.vector
    assert other.coefficients == one.coefficients
    assert {d.name: d.branching_ratio for d in other.decays} == {
        d.name: d.branching_ratio for d in one.decays
    }
    assert [m.allowed for m in other.yukawas] == [m.allowed for m in one.yukawas]
    assert {factor * charge for m in one.yukawas for charge in m.further_charges} == {
        charge for m in other.yukawas for charge in m.further_charges
    }


@settings(max_examples=10, deadline=None)
@given(any_charges())
def test_yukawa_entries_are_couplings_of_a_higgs_with_that_charge(values: dict[str, Fraction]) -> None:
    content = _charged(values)
    place = content.place_of("X")
    patterns = {"up": ("q", "u", "H"), "down": ("q", "d", "H^c"), "lepton": ("l", "e", "H^c")}
    for matrix in model_columns(content).yukawas:
        doublet, singlet, scalar = patterns[matrix.name]
        for i, j in product((1, 2, 3), repeat=2):
            coupling = f"{doublet}bar_L^{i} {singlet}_R^{j} {scalar}"
            for shift in (0, 1):
                higgs = content.multiplet("H")
                charge = to_sympy(matrix.charges[i - 1][j - 1] + shift)
                rows = tuple((charge,) if k == place else row for k, row in enumerate(higgs.charges))
                other = content.map_fields({"H": replace(higgs, charges=rows)})
                if shift:
                    with pytest.raises(CouplingError, match=r"U\(1\)_X charge"):
                        parse_coupling(other, coupling)
                else:
                    parse_coupling(other, coupling)


@given(st.lists(st.lists(st.integers(-1, 1).map(Fraction), min_size=3, max_size=3), min_size=3, max_size=3))
def test_the_generic_rank_of_a_pattern(rows: list[list[Fraction]]) -> None:
    """The largest non-zero minor of independent entries: a determinant expanded over permutations."""
    matrix = YukawaMatrix("up", tuple(map(tuple, rows)))
    allowed = {(i - 1, j - 1) for i, j in matrix.allowed}
    assert allowed == {(i, j) for i in range(3) for j in range(3) if rows[i][j] == 0}
    minors = [
        size
        for size in (1, 2, 3)
        for chosen in combinations(range(3), size)
        for columns in permutations(range(3), size)
        if all(pair in allowed for pair in zip(chosen, columns, strict=True))
    ]
    assert matrix.rank() == max(minors, default=0)
    assert matrix.further_charges == tuple(sorted({x for row in rows for x in row if x}))


def _few_charges() -> st.SearchStrategy[dict[str, Fraction]]:
    """Charges with few different values, so that few Higgs doublets are enough."""
    names = [s.name for s in DIRAC.charge_symbols if s.name != "Q_H"]
    return st.fixed_dictionaries({name: st.sampled_from([Fraction(n) for n in (-1, 0, 1)]) for name in names})


@settings(max_examples=15, deadline=None)
@given(_few_charges().filter(lambda values: any(values.values())))
def test_no_smaller_set_of_higgs_charges_is_enough(values: dict[str, Fraction]) -> None:
    """Against all subsets of the charges that occur, smallest first and in ascending order."""
    columns = model_columns(_charged(values))
    known = sorted({charge for m in columns.yukawas for charge in m.further_charges})
    subsets = (chosen for size in range(len(known) + 1) for chosen in combinations(known, size))
    enough = (
        chosen for chosen in subsets if all(m.rank((Fraction(0), *chosen)) == 3 for m in columns.yukawas)
    )
    assert columns.higgs_charges == next(enough)


@given(rationals(), rationals())
def test_kinds_of_couplings(left: Fraction, right: Fraction) -> None:
    couplings = DiracCouplings("f", left, right)
    assert couplings.vector - couplings.axial == left
    assert couplings.vector + couplings.axial == right
    assert (couplings.ratio is None) == (left == right)
    assert (couplings.kind in ("none", "vector")) == (left == right)
    assert (couplings.kind in ("none", "axial")) == (left == -right)
    assert (couplings.kind in ("none", "left")) == (right == 0)
    assert (couplings.kind in ("none", "right")) == (left == 0)


# ---------------------------------------------------------------- printing, and what is refused


@pytest.mark.parametrize("name", SCENARIOS)
def test_printing(name: str) -> None:
    columns = _columns(name)
    assert len(columns.headings) == len(columns.entries) == len(columns.values())
    shown = str(columns)
    assert "mu_V/mu_A" in shown
    assert "C9 : C10 : C9' : C10'" in shown
    assert text(columns) == shown
    assert latex(columns).startswith(r"\begin{array}")
    assert all(isinstance(entry, str | Fraction) for entry in columns.entries)
    assert columns.decay_table().text().count("\n") == len(columns.decays) + 1
    assert pickle.loads(pickle.dumps(columns)) == columns
    assert hash(columns) == hash(_columns(name))


def test_models_of_one_scan_have_the_same_headings() -> None:
    assert _columns("D").headings == _columns("E").headings
    assert _columns("D") != _columns("E")


def test_a_neutral_model_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"must be charged under U\(1\)_X"):
        model_columns(_charged({}))


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(ArgumentError, match="one with a number as the charge of q1, not q"):
        model_columns(scenario().content)
    with pytest.raises(ArgumentError, match="one with three families of q"):
        model_columns(standard_model(families=2))
    with pytest.raises(ArgumentTypeError, match="Argument 'content' must be a FieldContent"):
        model_columns("standard_model")  # type: ignore[arg-type]
    content = _content("D")
    without = FieldContent(content.group, tuple(f for f in content.multiplets if f.name != "H"))
    with pytest.raises(UnknownNameError, match="must be one of the fields"):
        model_columns(without)


def test_only_two_chiralities_of_one_particle_are_a_pair() -> None:
    """Another hypercharge, a second family or another name: three fields that are no Dirac fermion."""
    group = SM.group
    one, charged = Integer(1), {"Y": 1, "X": 1}
    neutral = {"Y": 0, "X": one}
    fields = (
        multiplet(group, "psiL", ("1", "1"), neutral, chirality="left"),
        multiplet(group, "psiR", ("1", "1"), charged, chirality="right"),
        multiplet(group, "xiL", ("1", "1"), neutral, chirality="left", families=2),
        multiplet(group, "xiR", ("1", "1"), neutral, chirality="right", families=2),
        multiplet(group, "etaL", ("1", "1"), neutral, chirality="left"),
    )
    base = SM.subs(dict.fromkeys(SM.charge_symbols, 0))
    columns = model_columns(base.with_fields(*fields))
    assert columns.pairs == ()
    assert {decay.name for decay in columns.decays} == {
        "psiL",
        "psiR",
        "xiL1",
        "xiL2",
        "xiR1",
        "xiR2",
        "etaL",
    }
