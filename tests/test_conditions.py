from __future__ import annotations

import pickle
from fractions import Fraction
from itertools import product
from math import gcd

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import field_contents, multiplets, rationals
from sympy import Expr, Symbol, expand

from anomalies import (
    Chirality,
    FieldContent,
    Multiplet,
    anomaly_conditions,
    conjugate_multiplet,
    gauge_group,
    multiplet,
    standard_model,
)
from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError
from anomalies.groups import conjugate

SIX = ("SU(3)^2 X", "SU(2)^2 X", "grav^2 X", "Y^2 X", "Y X^2", "X^3")


def _numbers(content: FieldContent) -> dict[str, Expr]:
    return {str(triangle): value for triangle, value in anomaly_conditions(content).items()}


# --- The Standard Model ------------------------------------------------------------------------------


@pytest.mark.parametrize("families", [1, 2, 3, 4])
@pytest.mark.parametrize("neutrinos", [0, 1, 3])
def test_the_standard_model_is_anomaly_free(families: int, neutrinos: int) -> None:
    conditions = anomaly_conditions(standard_model(families, neutrinos, extra=None))
    assert list(map(str, conditions)) == ["SU(3)^3", "SU(3)^2 Y", "SU(2)^2 Y", "grav^2 Y", "Y^3"]
    assert conditions.witten == (("SU(2)", 0),)
    assert conditions.is_anomaly_free


@pytest.mark.parametrize("missing", ["q", "u", "d", "l", "e"])
def test_without_one_field_the_standard_model_is_anomalous(missing: str) -> None:
    content = standard_model(1, 0, extra=None)
    rest = tuple(field for field in content.multiplets if field.name != missing)
    conditions = anomaly_conditions(FieldContent(content.group, rest))
    assert not conditions.is_anomaly_free
    assert conditions.witten == (("SU(2)", int(missing in "ql")),)  # an odd number of doublets is left


def test_the_table_of_weighted_power_sums() -> None:
    """The six conditions of U(1)_X as the weights of theory: S_k of each species."""
    conditions = anomaly_conditions(standard_model())
    names = ("q", "u", "d", "l", "e", "nu")
    sums = {
        (name, k): sum(Symbol(f"Q_{name}{i}") ** k for i in (1, 2, 3))
        for name, k in product(names, (1, 2, 3))
    }
    weights = {
        "SU(3)^2 X": (1, {"q": 2, "u": -1, "d": -1}),
        "SU(2)^2 X": (1, {"q": 3, "l": 1}),
        "grav^2 X": (1, {"q": 6, "l": 2, "u": -3, "d": -3, "e": -1, "nu": -1}),
        "Y X^2": (2, {"q": 1, "l": -1, "u": -2, "d": 1, "e": 1}),
        "X^3": (3, {"q": 6, "l": 2, "u": -3, "d": -3, "e": -1, "nu": -1}),
    }
    for triangle, (power, weight) in weights.items():
        assert conditions[triangle] == expand(sum(w * sums[name, power] for name, w in weight.items()))
    sixfold = sum(w * sums[name, 1] for name, w in {"q": 1, "l": 3, "u": -8, "d": -2, "e": -6}.items())
    assert expand(6 * conditions["Y^2 X"] - sixfold) == 0
    primitive = anomaly_conditions(standard_model(), "primitive")
    assert primitive["Y^2 X"] == expand(sixfold)
    assert list(map(str, conditions.involving("X"))) == list(SIX)


# --- Against a trace that knows nothing of irreps ----------------------------------------------------


def test_two_u1_conditions_are_the_traces_over_all_components() -> None:
    """Every component of every field, written out one by one, with its chirality."""
    content = standard_model(2, 2)
    components = [
        (field.chirality.sign, field.charges[0][family], field.charges[1][family])
        for field in content.multiplets
        for family in range(field.families)
        for _ in range(field.multiplicity)
    ]
    conditions = anomaly_conditions(content)
    for power in range(4):
        name = {0: "Y^3", 1: "Y^2 X", 2: "Y X^2", 3: "X^3"}[power]
        assert conditions[name] == expand(sum(s * y ** (3 - power) * x**power for s, y, x in components))
    assert conditions["grav^2 X"] == expand(sum(s * x for s, _, x in components))


# --- Known theories ----------------------------------------------------------------------------------


def test_known_grand_unified_contents() -> None:
    five = multiplet("SU(5)", "f", "5bar", chirality="left")
    ten = multiplet("SU(5)", "t", "10", chirality="left")
    assert anomaly_conditions(FieldContent(gauge_group("SU(5)"), (five, ten)))["SU(5)^3"] == 0
    assert anomaly_conditions(FieldContent(gauge_group("SU(5)"), (five,)))["SU(5)^3"] == -1
    spinor = multiplet("SO(10)", "s", "16", chirality="left")
    assert anomaly_conditions(FieldContent(gauge_group("SO(10)"), (spinor,))).is_anomaly_free


def test_witten_anomaly_of_one_doublet_and_of_isospin_three_halves() -> None:
    group = gauge_group("SU(2)")
    parity = {
        dimension: anomaly_conditions(
            FieldContent(group, (multiplet(group, "f", (dimension,), chirality="left"),))
        ).witten[0][1]
        for dimension in range(1, 9)
    }
    # The index 2T = d(d^2-1)/6 of the d-dimensional irrep is odd exactly for d = 2 mod 4.
    assert parity == {d: d * (d * d - 1) // 6 % 2 for d in range(1, 9)}
    assert parity[2] == 1
    assert parity[4] == 0


# --- Invariances, for random contents ----------------------------------------------------------------


@given(st.data())
def test_a_vector_like_pair_changes_nothing(data: st.DataObject) -> None:
    content = data.draw(field_contents())
    left = data.draw(multiplets(content.group, "x", "left"))
    right = Multiplet("y", left.irreps, left.charges, Chirality.RIGHT, left.families)
    assert anomaly_conditions(content.with_fields(left, right)) == anomaly_conditions(content)


@given(st.data())
def test_a_field_with_its_conjugate_changes_nothing(data: st.DataObject) -> None:
    content = data.draw(field_contents())
    left = data.draw(multiplets(content.group, "x", "left"))
    charges = tuple(tuple(-charge for charge in charges) for charges in left.charges)
    partner = Multiplet("y", tuple(map(conjugate, left.irreps)), charges, Chirality.LEFT, left.families)
    assert anomaly_conditions(content.with_fields(left, partner)) == anomaly_conditions(content)


@given(field_contents(), st.data())
def test_conjugating_a_field_changes_nothing(content: FieldContent, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from([field.name for field in content.multiplets])))
    changed = content.map_fields({name: conjugate_multiplet(content.multiplet(name)) for name in chosen})
    assert anomaly_conditions(changed) == anomaly_conditions(content)


@given(field_contents())
def test_opposite_chirality_of_everything_reverses_every_coefficient(content: FieldContent) -> None:
    mirror = {Chirality.LEFT: Chirality.RIGHT, Chirality.RIGHT: Chirality.LEFT}
    changed = FieldContent(
        content.group,
        tuple(
            Multiplet(f.name, f.irreps, f.charges, mirror.get(f.chirality, f.chirality), f.families)
            for f in content.multiplets
        ),
    )
    before, after = anomaly_conditions(content), anomaly_conditions(changed)
    assert [-value for value in before.values()] == list(after.values())
    assert before.witten == after.witten


@given(field_contents(), st.data())
def test_permuting_families_permutes_variables_only(content: FieldContent, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(content.multiplets))
    order = data.draw(st.permutations(range(field.families)))
    permuted = tuple(tuple(charges[i] for i in order) for charges in field.charges)
    changed = content.map_fields(
        {field.name: Multiplet(field.name, field.irreps, permuted, field.chirality, field.families)}
    )
    assert anomaly_conditions(changed) == anomaly_conditions(content)
    before, after = field.charges[-1], permuted[-1]
    if all(symbol.is_Symbol for symbol in before):
        renaming = dict(zip(before, after, strict=True))
        only_x = content.map_fields(
            {
                field.name: Multiplet(
                    field.name, field.irreps, (*field.charges[:-1], after), field.chirality, field.families
                )
            }
        )
        assert anomaly_conditions(only_x) == anomaly_conditions(content).subs(renaming)


@given(field_contents(), rationals())
def test_rescaling_the_charge_scales_by_the_number_of_legs(content: FieldContent, scale: Fraction) -> None:
    factor = sympy.Rational(scale.numerator, scale.denominator)
    changed = content.map_fields(
        {
            f.name: Multiplet(
                f.name,
                f.irreps,
                (*f.charges[:-1], tuple(factor * charge for charge in f.charges[-1])),
                f.chirality,
                f.families,
            )
            for f in content.multiplets
        }
    )
    before, after = anomaly_conditions(content), anomaly_conditions(changed)
    for triangle in before:
        legs = triangle.legs.count("X")
        assert after[triangle] == expand(factor**legs * before[triangle])


@given(field_contents())
def test_primitive_conditions_are_positive_multiples_with_coprime_integers(content: FieldContent) -> None:
    derived, primitive = anomaly_conditions(content), anomaly_conditions(content, "primitive")
    for triangle, value in derived.items():
        if value == 0:
            assert primitive[triangle] == 0
            continue
        ratio = sympy.cancel(primitive[triangle] / value)
        assert ratio.is_Rational
        assert ratio > 0
        coefficients = primitive[triangle].as_coefficients_dict().values()
        assert all(c.is_Integer for c in coefficients)
        assert gcd(*map(int, coefficients)) == 1


@given(field_contents())
def test_the_conditions_of_a_substituted_content_are_the_substituted_conditions(
    content: FieldContent,
) -> None:
    symbols = content.charge_symbols
    assume(symbols)
    values = {symbol: sympy.Rational(index, 3) for index, symbol in enumerate(symbols, -1)}
    assert anomaly_conditions(content.subs(values)) == anomaly_conditions(content).subs(values)


def test_random_contents_are_anomalous_often_enough_to_test_anything() -> None:
    found = []

    @given(field_contents())
    def collect(content: FieldContent) -> None:
        found.append(any(value != 0 for value in anomaly_conditions(content).values()))

    collect()
    assert sum(found) > len(found) / 4


# --- As a Python and sympy object --------------------------------------------------------------------


def test_conditions_are_sympy_friendly() -> None:
    conditions = anomaly_conditions(standard_model(1))
    assert pickle.loads(pickle.dumps(conditions)) == conditions
    assert hash(pickle.loads(pickle.dumps(conditions))) == hash(conditions)
    assert conditions["Y X^2"].subs({Symbol("Q_q"): 1, Symbol("Q_l"): 1}).free_symbols
    assert sympy.factor(conditions["SU(2)^2 X"]) == conditions["SU(2)^2 X"]
    assert r"\begin{array}" in sympy.latex(conditions)
    assert r"\begin{array}" in sympy.latex([conditions])
    assert "SU(3)^2 X" in str(conditions)
    assert len(dict(conditions)) == len(conditions) == 11


@pytest.mark.parametrize(
    "name", ["X SU(3)^2", "SU(3)^2 U(1)_X", "SU(3) X SU(3)", "SU(3)^2*X", "U(1)_X×SU(3)^2"]
)
def test_a_triangle_has_many_names(name: str) -> None:
    conditions = anomaly_conditions(standard_model())
    assert conditions[name] == conditions["SU(3)^2 X"]
    assert conditions["gravity^2 X"] == conditions["grav^2 X"]


@pytest.mark.parametrize("name", ["SU(4)^2 X", "X^4", "Z^3", "", "SU(3)^2", "grav X^2"])
def test_an_unknown_triangle_is_named(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"Argument 'triangle' must be one of SU\(3\)\^3, .*, not "):
        anomaly_conditions(standard_model())[name]


def test_asking_for_a_triangle() -> None:
    conditions = anomaly_conditions(standard_model())
    assert "X SU(3)^2" in conditions
    assert next(iter(conditions)) in conditions
    for absent in ("SU(4)^2 X", "nonsense", 3, None):
        assert absent not in conditions
        assert conditions.get(absent, 7) == 7
    with pytest.raises(UnknownNameError, match="Argument 'triangle'"):
        conditions[3]  # type: ignore[index]


def test_bad_arguments() -> None:
    with pytest.raises(ArgumentTypeError, match="Argument 'content' must be a FieldContent"):
        anomaly_conditions("sm")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="Argument 'normalisation' must be 'derived' or 'primitive'"):
        anomaly_conditions(standard_model(), "unit")  # type: ignore[arg-type]
    with pytest.raises(
        UnknownNameError, match="Argument 'factor' must be a factor of the gauge group, not 'Z'"
    ):
        anomaly_conditions(standard_model()).involving("Z")
    group = gauge_group("U(1)_grav")
    with pytest.raises(ArgumentError, match="without a U\\(1\\) named after gravity"):
        anomaly_conditions(FieldContent(group, (multiplet(group, "f", (), chirality="left"),)))
