"""EFT's models: the theorems against brute force and in other worlds, the derivations, the figure."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from types import ModuleType

import pytest
from claims_as_tests import counterexample, holds_at, refutes, witness_point
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import rationals
from sympy import Expr, Poly, Rational, Symbol, lambdify

from anomalies.conditions import AnomalyConditions
from anomalies.errors import AnomaliesError, ArgumentError, ArgumentTypeError, CheckFailedError
from anomalies.latex import Derivation, Step
from anomalies.literature import Scenario, scenario
from anomalies.proofs import Claim, all_of, verify
from anomalies.theorems import (
    Theorem,
    ellis,
    ellis_dark,
    ellis_dense,
    ellis_leptons,
    ellis_up_quarks,
    proved,
)
from anomalies.theorems.ellis_conditions import COMPACT_CHARGES, CUBIC_COEFFICIENTS, DENOMINATOR, NUMERATOR

ROOMS = (ellis_dark, ellis_up_quarks, ellis_dense, ellis_leptons)
THEOREMS: dict[str, Theorem] = {theorem.name: theorem for room in ROOMS for theorem in room.THEOREMS}
FALSE = {"eft-two-dark-never-axial", "eft-denominator-never-vanishes"}
SCRIPTS = (
    "eft_conditions",
    "eft_no_go",
    "eft_dark",
    "eft_up_quarks",
    "eft_cubic_condition",
    "eft_vector_like_leptons",
    "eft_all_quarks",
)
# EFT section 2: "rational values ... in the form p/q: p, q in [-4, 4]".
VALUES = sorted({Fraction(n, d) for n in range(-4, 5) for d in range(1, 5)})


@cache
def _claim(name: str) -> Claim:
    return proved(THEOREMS[name])


Terms = tuple[tuple[tuple[int, ...], Fraction], ...]


def _terms(expression: Expr, symbols: tuple[Symbol, ...]) -> Terms:
    rows = Poly(expression, *symbols).terms()
    return tuple((exponents, Fraction(int(value.p), int(value.q))) for exponents, value in rows)


def _value(terms: Terms, point: Sequence[Fraction | int]) -> Fraction:
    products = (k * prod(x**e for x, e in zip(point, powers, strict=True) if e) for powers, k in terms)
    return sum(products, Fraction(0))


@cache
def _conditions(up_quarks: bool, dark: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Terms, ...]]:
    """The names of the charges, and the conditions as polynomials in them."""
    chosen = scenario(up_quarks=up_quarks, dark=dark)
    names = tuple(symbol.name for symbol in chosen.symbols)
    return names, tuple(_terms(condition, chosen.symbols) for condition in chosen.conditions.polynomials)


def _left(charges: dict[str, Fraction], up_quarks: bool, dark: tuple[str, ...]) -> list[Fraction]:
    """The conditions that do not hold."""
    names, conditions = _conditions(up_quarks, dark)
    point = [charges[name] for name in names]
    return [value for terms in conditions if (value := _value(terms, point))]


def _is_model(charges: dict[str, Fraction], up_quarks: bool, dark: tuple[str, ...]) -> bool:
    return not _left(charges, up_quarks, dark)


@cache
def _form(expression: Expr) -> tuple[tuple[str, ...], Terms]:
    symbols = tuple(sorted(expression.free_symbols, key=str))
    return tuple(symbol.name for symbol in symbols), _terms(expression, symbols)


def _at(expression: Expr, values: dict[str, Fraction]) -> Fraction:
    names, terms = _form(expression)
    return _value(terms, [values[name] for name in names])


# ---------------------------------------------------------------- the theorems


@pytest.mark.parametrize("name", THEOREMS)
def test_every_theorem_has_a_certificate(name: str) -> None:
    claim = _claim(name)
    assert claim.status == ("refuted" if name in FALSE else "proved")
    assert verify(claim).status == claim.status
    assert name not in {theorem.name for theorem in ellis.THEOREMS}


def _other_world(kind: str) -> tuple[Scenario, AnomalyConditions]:
    """The scenario with up quarks and a dark particle, one field with another hypercharge or chirality."""
    chosen = scenario(up_quarks=True, dark=("chi",))
    name, change = kind.split()
    field = chosen.content.multiplet(name)
    place = chosen.content.place_of("Y")
    if change == "mirror":
        opposite = {"left": "right", "right": "left"}[field.chirality.value]
        field = replace(field, chirality=type(field.chirality)(opposite))
    else:
        rows = list(field.charges)
        rows[place] = tuple(charge + Rational(1, 6) for charge in rows[place])
        field = replace(field, charges=tuple(rows))
    wrong = Scenario(chosen.content.map_fields({name: field}), chosen.symbols)
    return wrong, wrong.conditions


@pytest.mark.parametrize(
    "kind", ["q hypercharge", "u hypercharge", "l hypercharge", "e mirror", "chiR mirror"]
)
def test_in_another_world_they_fail(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = _other_world(kind)
    monkeypatch.setattr(ellis_up_quarks, "scenario_conditions", lambda *_: wrong)
    broken = set()
    for name in ("eft-compact-form", "eft-compact-form-solves", "eft-quintic", "eft-sums-and-differences"):
        try:
            proved(THEOREMS[name])
        except AnomaliesError:
            broken.add(name)
    assert len(broken) >= 3


@pytest.mark.parametrize("name", sorted(FALSE))
def test_counterexamples_are_models(name: str) -> None:
    formal = THEOREMS[name].formal()
    point = witness_point(formal, THEOREMS[name].method(formal)["values"])
    assert refutes(formal, point)
    charges = {symbol.name: value for symbol, value in point.items()}
    dark = ("A", "B") if "A_L" in charges else ("chi",)
    assert _is_model(charges, "u" in charges, dark)
    assert charges["q"] != charges["t"]
    assert charges["mu_L"] == 2 * charges["mu_R"]
    if dark == ("chi",):
        assert charges["chi_L"] == 1
        assert set(charges.values()) <= set(VALUES)
    else:
        assert charges["A_L"] == -charges["A_R"]


def test_these_statements_are_false() -> None:
    """Each is a theorem with something missing or too much; the tests of claims find a counterexample."""
    up = THEOREMS["eft-vector-like-dark"].formal()
    light = THEOREMS["eft-no-light-quarks"].formal()
    needed = THEOREMS["eft-vector-like-leptons-needed"].formal()
    conic = THEOREMS["eft-conic"].formal()
    wrong = [
        replace(up, given=up.given[:-1]),
        replace(light, nonzero=()),
        replace(needed, given=needed.given[:-1]),
        replace(conic, given=conic.given[:1]),
    ]
    for statement in wrong:
        assert counterexample(statement) is not None


# ---------------------------------------------------------------- two dark particles


def _two_dark() -> Iterator[dict[str, Fraction]]:
    """All models with A_R = 1 and every charge in EFT's range, by (2.10), (2.12) and (2.13)."""
    inside = set(VALUES)
    for q in VALUES:
        if not q or -2 * q not in inside:
            continue
        muons = [(a, b) for a, b in product(VALUES, repeat=2) if a * a - b * b == 3 * q * q]
        for B_L, B_R in product(VALUES, repeat=2):
            A_L = 1 - B_L + B_R
            if A_L in inside and 12 * q**3 == (B_L - 1) * (B_L - B_R) * (1 + B_R):
                for mu_L, mu_R in muons:
                    yield {
                        "q": q, "t": -2 * q, "mu_L": mu_L, "mu_R": mu_R, "tau_L": -mu_L, "tau_R": -mu_R,
                        "A_L": A_L, "A_R": Fraction(1), "B_L": B_L, "B_R": B_R,
                    }  # fmt: skip


def test_two_dark_particles_in_the_range() -> None:
    found = list(_two_dark())
    # 72 solutions, none with a purely axial dark fermion: an independent count.
    assert len(found) == 72
    assert all(_is_model(model, False, ("A", "B")) for model in found)
    assert all(abs(model["mu_L"]) == 2 * abs(model["mu_R"]) for model in found)
    assert not any(model[f"{name}_L"] == -model[f"{name}_R"] for model in found for name in "AB")
    dark = {tuple(sorted(c / m["q"] for c in (m["A_L"], m["B_L"], -m["A_R"], -m["B_R"]))) for m in found}
    assert [tuple(map(int, charges)) for charges in dark] == [(-3, -1, 0, 4)]


@settings(max_examples=60, deadline=None)
@given(*[rationals(6, 4).filter(bool)] * 4)
def test_two_dark_particles_by_their_parameters(q: Fraction, x: Fraction, y: Fraction, d: Fraction) -> None:
    """Any q, x, y and mu_L - mu_R give a model, and the parameters are read off it again."""
    z = 12 * q**3 / (x * y)
    total = 3 * q**2 / d
    mu_L, mu_R = (total + d) / 2, (total - d) / 2
    charges = {"q": q, "t": -2 * q, "mu_L": mu_L, "mu_R": mu_R, "tau_L": -mu_L, "tau_R": -mu_R}
    values = {"x": x, "y": y, "z": z}
    charges |= {symbol.name: _at(form, values) for symbol, form in ellis_dark.OF_PRODUCT.items()}
    assert _is_model(charges, False, ("A", "B"))
    assert [_at(form, charges) for form in ellis_dark.OF_CHARGES.values()] == [x, y, z]


# ---------------------------------------------------------------- one dark particle


def _compact(values: dict[str, Fraction]) -> dict[str, Fraction]:
    return values | {symbol.name: _at(form, values) for symbol, form in COMPACT_CHARGES.items()}


small = rationals(4, 3)


@settings(max_examples=40, deadline=None)
@given(small, small, small, small, small)
def test_five_conditions_have_the_compact_solution(
    q: Fraction, u: Fraction, mu_L: Fraction, mu_R: Fraction, chi_L: Fraction
) -> None:
    values = {"q": q, "u": u, "mu_L": mu_L, "mu_R": mu_R, "chi_L": chi_L}
    denominator = _at(DENOMINATOR, values)
    if not denominator:
        return
    charges = _compact(values | {"X": _at(NUMERATOR, values) / denominator})
    left = _left(charges, True, ("chi",))
    X = charges["X"]
    first, second, third = (_at(k, values) for k in CUBIC_COEFFICIENTS)
    cubic = 6 * (first + second * X + third * X**2 + X * (chi_L - X) ** 2 - X**3)
    assert left == ([cubic] if cubic else [])
    a, b, c = (mu_L - charges["tau_L"]) / 2, (mu_R - charges["tau_R"]) / 2, (chi_L + charges["chi_R"]) / 2
    p, r = (q - charges["t"]) / 3, (u - charges["t_R"]) / 3
    assert b**2 - a**2 == 6 * r**2 - 3 * p**2 - Fraction(7, 12) * X**2
    square = X * (c**2 - a**2) - (Fraction(3, 4) * X**3 - 6 * X * r**2 + 6 * p**3 - 3 * r**3)
    assert square == cubic / 6


def _branch() -> Iterator[dict[str, Fraction]]:
    """All (q, u, mu_L, mu_R) with D = N = 0, the first three of them in EFT's range, by trying."""
    for q, u, mu_R in product(VALUES, repeat=3):
        mu_L = (8 * u - 2 * q + 4 * mu_R) / 3
        if 3 * q**2 - 6 * u**2 - mu_L**2 + mu_R**2 == 0:
            yield {"q": q, "u": u, "mu_L": mu_L, "mu_R": mu_R}


def test_the_conic_has_all_points_of_the_branch() -> None:
    found = list(_branch())
    assert len(found) > 20
    reached = 0
    for values in found:
        v, w = values["u"], values["q"] + values["mu_R"]
        if not (v or w):
            v, w = Fraction(-5), Fraction(16)
        point = [_at(form, {"v": v, "w": w}) for form in ellis_up_quarks.CONIC.values()]
        wanted = [values[symbol.name] for symbol in ellis_up_quarks.CONIC]
        assert all(
            a * d == b * c
            for a, b in zip(point, wanted, strict=True)
            for c, d in zip(point, wanted, strict=True)
        )
        reached += any(point) and any(wanted)
    assert reached == len(found) - 1  # all but the point where everything vanishes


@settings(max_examples=40, deadline=None)
@given(st.integers(-6, 6), st.integers(-6, 6))
def test_tangent_models(v: int, w: int) -> None:
    values = {
        s.name: _at(form, {"v": Fraction(v), "w": Fraction(w)}) for s, form in ellis_up_quarks.CONIC.items()
    }
    assert not _at(DENOMINATOR, values)
    assert not _at(NUMERATOR, values)
    first, second, third = (_at(k, values) for k in CUBIC_COEFFICIENTS)
    if 4 * second + third**2:
        charges = _compact(values | {"X": -4 * first / (4 * second + third**2), "chi_L": third / 2})
        assert _is_model(charges, True, ("chi",))


def test_the_branch_that_is_left_out_in_the_range() -> None:
    """All models with D = 0, chi_L = 1, every charge p/q in EFT's range and a coupling to b and s."""
    found = []
    for values in _branch():
        first, second, third = (_at(k, values) for k in CUBIC_COEFFICIENTS)
        for X in {t + 2 * values["q"] for t in VALUES}:
            if first + second * X + third * X**2 + X * (1 - X) ** 2 - X**3 == 0:
                charges = _compact(values | {"X": X, "chi_L": Fraction(1)})
                del charges["X"]
                assert _is_model(charges, True, ("chi",))
                if set(charges.values()) <= set(VALUES) and charges["t"] != charges["q"]:
                    found.append(charges)
    shown = {" ".join(str(c[name]) for name in ("q", "t", "mu_L", "mu_R", "chi_R")) for c in found}
    assert shown == {"0 1/2 0 0 0", "1/2 -1/2 -1 -1/2 0"}


@settings(max_examples=30, deadline=None)
@given(rationals(20, 9))
def test_vector_like_muons_by_one_number(n: Fraction) -> None:
    charges = {s.name: _at(form, {"n": n}) for s, form in ellis_dense.VECTOR_LIKE_MUON.items()}
    assert _is_model(charges, True, ("chi",))
    assert charges["mu_L"] == charges["mu_R"] != 0
    assert (charges["q"] == charges["t"]) == (n == -1)


def _differences(charges: dict[str, Fraction]) -> dict[str, Fraction]:
    return {s.name: _at(form, charges) for s, form in ellis_up_quarks.DIFFERENCES.items()}


@settings(max_examples=30, deadline=None)
@given(rationals(4, 3).filter(bool), st.integers(-4, 4), rationals(4, 3))
def test_tangents_of_the_cubic_surfaces(h: Fraction, second: int, slope: Fraction) -> None:
    module = _loaded("eft_cubic_condition")
    try:
        point = module._third_point(h, Fraction(second), slope)
    except ZeroDivisionError:  # the tangent has no third point
        return
    values = dict(zip("Xprw", map(Fraction, map(str, point)), strict=True)) | {"h": h}
    assert _at(ellis_dense.SURFACE, values) == 0
    if not values["X"]:
        return
    values["a"] = _at(ellis_dense.K, values) / (2 * h * values["X"]) - h * values["X"] / 2
    values |= {"b": values["a"] + h * values["X"], "c": values["a"] + values["w"]}
    charges = {s.name: _at(form, values) for s, form in ellis_dense.OF_DIFFERENCES.items()}
    assert _is_model(charges, True, ("chi",))
    again = _differences(charges)
    assert all(again[name] == values[name] for name in again)
    assert (h == Fraction(1, 2)) == (charges["mu_L"] == charges["mu_R"])


def test_singular_points_by_trying() -> None:
    """All points with coordinates up to 2 where both equations hold and the gradients are dependent."""
    names = tuple(map(Symbol, "prabcX"))
    forms = [ellis_up_quarks.QUADRIC, ellis_up_quarks.CUBIC_FORM]
    gradients = lambdify(names, [[12 * form.diff(s) for s in names] for form in forms], "math")
    values = lambdify(names, [12 * form for form in forms], "math")
    found = set()
    for point in product(range(-2, 3), repeat=6):
        if next((x for x in point if x), 1) < 0 or not any(point) or any(values(*point)):
            continue
        quadric, cubic = gradients(*point)
        if all(quadric[i] * cubic[j] == quadric[j] * cubic[i] for i in range(6) for j in range(i)):
            found.add(tuple(x // max(map(abs, point)) for x in point))
    assert found == {(0, 0, 0, 0, 1, 0)} | {(0, 0, 1, b, c, 0) for b in (1, -1) for c in (1, -1)}


def test_a_wrong_singular_locus_is_not_proved() -> None:
    theorem = THEOREMS["eft-singular-points"]
    formal = theorem.formal()
    for goal in (Symbol("a"), Symbol("b"), Symbol("c"), Symbol("a") - Symbol("c")):
        wrong = replace(formal, goal=all_of(Symbol("X"), Symbol("p"), Symbol("r"), goal, goal))
        with pytest.raises(CheckFailedError):
            theorem.method(wrong)


def test_the_quintic_is_irreducible() -> None:
    """Against sympy: one factor of degree five, with coprime content in every variable."""
    statement = THEOREMS["eft-quintic"].formal()
    first, second, third = CUBIC_COEFFICIENTS
    chi_L = Symbol("chi_L")
    form = (
        first * DENOMINATOR**2
        + NUMERATOR * DENOMINATOR * (second + chi_L**2)
        + NUMERATOR**2 * (third - 2 * chi_L)
    )
    poly = Poly(form, *sorted(form.free_symbols, key=str))
    assert poly.is_homogeneous
    assert poly.total_degree() == 5
    assert poly.is_irreducible
    assert set(statement.variables) >= form.free_symbols


# ---------------------------------------------------------------- leptons


@settings(max_examples=30, deadline=None)
@given(small, small)
def test_all_quarks_charged(a: Fraction, b: Fraction) -> None:
    formal = THEOREMS["eft-all-quarks"].formal()
    assert not refutes(formal, dict(zip(formal.variables, (a, b), strict=True)))
    assert holds_at(formal, dict(zip(formal.variables, (a, b), strict=True)))


# ---------------------------------------------------------------- derivations


@cache
def _loaded(name: str) -> ModuleType:
    path = Path(__file__).parent.parent / "derivations" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"tested_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _derivation(name: str) -> Derivation:
    result: Derivation = _loaded(name).derivation()
    return result


def _steps() -> list[Step]:
    return [step for name in SCRIPTS for step in _derivation(name).steps]


def test_every_equation_of_the_section_is_derived() -> None:
    tags = {step.source for step in _steps()}
    assert {f"2.{number}" for number in range(1, 21)} <= tags


def test_errata_are_derived() -> None:
    found = {step.source: step for step in _steps() if step.kind == "disagreement"}
    assert set(found) == {"2.13", "2.16-2.20", "Table 3"}
    assert found["Table 3"].printed == Fraction(3, 130)
    assert found["Table 3"].formula == Rational(2, 130)


def test_claims_are_told() -> None:
    told = " ".join(str(step.words) for step in _steps())
    assert all(name in told for name in THEOREMS if name not in _LEFT_TO_THE_LIST)


# Claims that other claims of the derivations imply or repeat.
_LEFT_TO_THE_LIST = {
    "eft-compact-form-solves",
    "eft-conic-solves",
    "eft-cubic-condition",
    "eft-vector-like-leptons",
    "eft-vector-like-leptons-gravity",
}


# ---------------------------------------------------------------- the figure


def test_directions() -> None:
    from anomalies.phenomenology.figures.eft import eft_caption, eft_directions

    couplings = [(3, -1), ("-3/2", "1/2"), (0, 2), (0, -1), (7, 1), (Fraction(-5), 0)]
    assert eft_directions(couplings) == (((3, -1), 2), ((1, 0), 1), ((7, 1), 1), ((0, 1), 2))
    assert eft_directions(()) == ()
    assert "4 lines for 6 models" in eft_caption(couplings)
    assert "grey" not in eft_caption()
    with pytest.raises(ArgumentError, match="must be pairs that are not both zero"):
        eft_directions([(0, 0)])
    with pytest.raises(ArgumentTypeError, match="must be pairs of a vector and an axial coupling, not 'D'"):
        eft_directions("D")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="must have 2 entries, not 3"):
        eft_directions([(1, 2, 3)])  # type: ignore[list-item]


def test_the_named_lines_are_the_named_models() -> None:
    """C10/C9 = A/V with V = (L + R)/2 and A = (R - L)/2, from the charges of the muon."""
    from anomalies.phenomenology.figures.eft import eft_directions

    muons = {"Table 1": ("2", "1"), "E": ("-3/2", "0"), "D": ("-3/2", "-2"), "Table 3": ("1", "1")}
    charges = [(Fraction(left), Fraction(right)) for left, right in muons.values()]
    pairs = [((left + right) / 2, (right - left) / 2) for left, right in charges]
    assert [direction for direction, _ in eft_directions(pairs)] == [(1, -1), (3, -1), (1, 0), (7, 1)]


@pytest.mark.slow
def test_the_figure_is_the_same_every_time(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from anomalies.phenomenology.figures.eft import eft_figure

    first = eft_figure([(3, -1), (1, 2)], tmp_path / "one")
    again = eft_figure([(3, -1), (1, 2)], tmp_path / "two")
    assert [path.suffix for path in first] == [".pdf", ".png"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    other = eft_figure([], tmp_path / "three")
    assert other[1].read_bytes() != first[1].read_bytes()
