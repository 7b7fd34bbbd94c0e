"""Masses and mixing of the neutral gauge bosons: SU(2) matrices by brute force, 50 digits, and ADN's rows."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational, Symbol, sqrt

from anomalies import FieldContent, adn_framework, multiplet, standard_model
from anomalies.errors import (
    ArgumentError,
    ArgumentTypeError,
    RepresentationError,
    UnitWarning,
    UnknownNameError,
)
from anomalies.phenomenology.electroweak_inputs import (
    COUPLING_CHOICES,
    electroweak_couplings,
    explicit_couplings,
    input_in_TeV,
)
from anomalies.phenomenology.mixing.expansion import SERIES, mass_ratio, mixing_series, mixing_strength
from anomalies.phenomenology.mixing.gauge_masses import (
    NeutralMasses,
    adn_masses,
    coupling_vector,
    isospins,
    neutral_masses,
)
from anomalies.phenomenology.mixing.neutral_bosons import (
    BOSONS,
    ZMixing,
    boson_coupling,
    leading_sin_alpha,
    mixing_at,
    z_mixing,
)
from anomalies.phenomenology.points import BENCHMARK, LeptonPoint, framework_content
from anomalies.phenomenology.symbols import a_e, a_mu, a_Y, g, g_prime, g_X, v, v_Phi

Q_PHI = Symbol("Q_Phi")
DIGITS = 50
SMALL = mpmath.mpf(10) ** (5 - DIGITS)

# ---------------------------------------------------------------- brute force


def _generators(spin: Rational) -> list[sympy.Matrix]:
    """T1, T2, T3 in the basis of decreasing T3, from the ladder operators."""
    size = int(2 * spin + 1)
    values = [spin - k for k in range(size)]
    raising = sympy.zeros(size, size)
    for row in range(size - 1):
        m = values[row + 1]
        raising[row, row + 1] = sqrt(spin * (spin + 1) - m * (m + 1))
    return [(raising + raising.T) / 2, (raising - raising.T) / (2 * sympy.I), sympy.diag(*values)]


def _mass_matrix_by_matrices(
    scalars: list[tuple[Rational, Rational, Rational, Rational]], couplings: tuple[Rational, ...]
) -> sympy.Matrix:
    """M^2 of (W1, W2, B, W3, X): (1/2) v^T {T_a, T_b} v for each scalar (spin, Y, Q_X, v)."""
    hypercharge, weak, extra = couplings
    total = sympy.zeros(5, 5)
    for spin, Y, Q, value in scalars:
        t1, t2, t3 = _generators(spin)
        one = sympy.eye(t1.shape[0])
        matrices = [weak * t1, weak * t2, hypercharge * Y * one, weak * t3, extra * Q * one]
        vector = sympy.Matrix([value if t3[k, k] == -Y else 0 for k in range(one.shape[0])])
        for a, b in product(range(5), repeat=2):
            total[a, b] += (vector.T * (matrices[a] * matrices[b] + matrices[b] * matrices[a]) * vector)[
                0
            ] / 2
    return total


def _content(scalars: list[tuple[Rational, Rational, Rational, Rational]]) -> FieldContent:
    group = standard_model().group
    fields = tuple(
        multiplet(group, name, ("1", str(int(2 * spin + 1))), {"Y": Y, "X": Q}, chirality="scalar")
        for name, (spin, Y, Q, _) in zip("abcd", scalars, strict=False)
    )
    return FieldContent(group, fields)


_rationals = st.fractions(-3, 3, max_denominator=5).map(lambda q: Rational(q.numerator, q.denominator))
_positive = st.fractions(Fraction(1, 5), 4, max_denominator=5).map(
    lambda q: Rational(q.numerator, q.denominator)
)


@st.composite
def _scalars(draw: st.DrawFn) -> list[tuple[Rational, Rational, Rational, Rational]]:
    found = []
    for _ in range(draw(st.integers(1, 4))):
        dimension = draw(st.integers(1, 5))
        spin = Rational(dimension - 1, 2)
        found.append((spin, draw(st.integers(0, dimension - 1)) - spin, draw(_rationals), draw(_positive)))
    return found


@settings(max_examples=25, deadline=None)
@given(_scalars(), st.tuples(_positive, _positive, _positive))
def test_any_scalars_agree_with_the_matrices_of_su2(
    scalars: list[tuple[Rational, Rational, Rational, Rational]], couplings: tuple[Rational, ...]
) -> None:
    content = _content(scalars)
    values = {name: value for name, (*_, value) in zip("abcd", scalars, strict=False)}
    masses = neutral_masses(content, values, couplings=dict(zip(("Y", "SU(2)", "X"), couplings, strict=True)))
    full = _mass_matrix_by_matrices(scalars, couplings).applyfunc(sympy.expand)
    assert full[2:, 2:] == masses.matrix.as_mutable()
    assert full[:2, :2] == sympy.diag(masses.m_W_squared, masses.m_W_squared)
    assert full[:2, 2:] == sympy.zeros(2, 3)
    assert (masses.matrix * masses.photon).applyfunc(sympy.expand) == sympy.zeros(3, 1)
    assert masses.matrix.det() == 0
    rotated = (masses.weak_rotation.T * masses.matrix * masses.weak_rotation).applyfunc(sympy.expand)
    assert rotated[1:, 1:] == masses.z_block.applyfunc(sympy.expand)
    assert masses.weak_rotation[:, 0] == masses.photon


def test_a_triplet_and_two_extra_u1s() -> None:
    base = standard_model(families=1, right_handed_neutrinos=0, extra=None)
    two = FieldContent(
        adn_framework().group.__class__(
            (*base.group.factors, *(type(base.group.abelian_factors[0])(n) for n in "XZ"))
        ),
        (),
    )
    fields = [
        multiplet(two.group, "H", ("1", "2"), {"Y": "-1/2", "X": "1/3", "Z": "1/5"}, chirality="scalar"),
        multiplet(two.group, "S", ("1", "1"), {"Y": 0, "X": 1, "Z": -2}, chirality="scalar"),
    ]
    masses = neutral_masses(two.with_fields(*fields), {("H", "1/2"): v, "S": v_Phi})
    assert [str(boson) for boson in masses.bosons] == ["B", "W3", "X", "Z"]
    assert masses.matrix.shape == (4, 4)
    assert (masses.matrix * masses.photon).applyfunc(sympy.simplify) == sympy.zeros(4, 1)
    assert sympy.expand(masses.matrix.det()) == 0
    assert masses.couplings[3] == Symbol("g_Z", positive=True)
    with pytest.raises(ArgumentError, match=r"those of B, W3 and one X"):
        z_mixing(masses)


# ---------------------------------------------------------------- (3.14), (3.15)


def test_3_14_as_printed() -> None:
    printed = (
        v**2
        / 4
        * sympy.Matrix(
            [
                [g_prime**2, -g * g_prime, a_Y * g_prime * g_X],
                [-g * g_prime, g**2, -a_Y * g * g_X],
                [
                    a_Y * g_prime * g_X,
                    -a_Y * g * g_X,
                    a_Y**2 * g_X**2 * (1 + 4 * Q_PHI**2 * v_Phi**2 / (a_Y**2 * v**2)),
                ],
            ]
        )
    )
    masses = adn_masses()
    assert (masses.matrix - printed).applyfunc(sympy.expand) == sympy.zeros(3, 3)
    assert sympy.expand(masses.matrix.det()) == 0
    assert list(masses.matrix * sympy.Matrix([g, g_prime, 0])) == [0, 0, 0]
    # "product of nonzero eigenvalues", the sum of the principal 2 x 2 minors
    minors = sum(masses.matrix.extract(rows, rows).det() for rows in ([0, 1], [0, 2], [1, 2]))
    product_of_masses = g_X**2 * Q_PHI**2 * v**2 * v_Phi**2 * (g**2 + g_prime**2) / 4
    assert sympy.expand(minors - product_of_masses) == 0
    assert masses.rho_before_mixing == 1
    assert masses.m_W_squared == g**2 * v**2 / 4


def test_3_15_as_printed() -> None:
    sw, cw = g_prime / sqrt(g**2 + g_prime**2), g / sqrt(g**2 + g_prime**2)
    mixing = z_mixing(adn_masses())
    ca, sa = mixing.cos_alpha, mixing.sin_alpha
    printed = sympy.Matrix([[cw, -sw * ca, sw * sa], [sw, cw * ca, -cw * sa], [0, sa, ca]])
    assert mixing.rotation.as_mutable() == printed


@st.composite
def _points(draw: st.DrawFn) -> dict[Any, Any]:
    symbols = (a_Y, g, g_prime, g_X, v, v_Phi, Q_PHI)
    values = dict(zip(symbols, (draw(_positive) for _ in symbols), strict=True))
    values[a_Y] *= draw(st.sampled_from((1, -1)))
    return values


def _at(values: dict[Any, Any], heavier: bool = True) -> ZMixing:
    """The exact formulas at numbers of twice 50 digits: away from its own branch the tangent loses some."""
    block = adn_masses().z_block.subs(values).evalf(2 * DIGITS)
    rotation = adn_masses().weak_rotation.subs(values).evalf(2 * DIGITS)
    return ZMixing(block[0, 0], block[1, 1], -block[0, 1], rotation, 1 if heavier else -1)


@settings(max_examples=25, deadline=None)
@given(_points(), st.booleans())
def test_the_exact_diagonalisation_to_50_digits(values: dict[Any, Any], heavier: bool) -> None:
    mixing = _at(values, heavier)
    with mpmath.workdps(DIGITS):
        matrix = adn_masses().matrix.subs(values).evalf(DIGITS)
        eigenvalues = sorted(mpmath.eigsy(mpmath.matrix(matrix.tolist()), eigvals_only=True))
        ends = (0, mixing.m_Z_squared, mixing.m_Zprime_squared)
        light, heavy = ends[1:] if heavier else ends[:0:-1]
        scale = eigenvalues[2]
        found = zip((0, light, heavy), eigenvalues, strict=True)
        assert all(abs(ours - theirs) < SMALL * scale for ours, theirs in found)
        rotation = mixing.rotation
        assert max(abs(rotation.T * matrix * rotation - sympy.diag(*ends))) < SMALL * scale
        assert max(abs(rotation.T * rotation - sympy.eye(3))) < SMALL
        assert rotation[2, 2] > 0


def test_the_symbolic_eigenvalues_to_50_digits() -> None:
    values = dict(zip((a_Y, g, g_prime, g_X, v, v_Phi, Q_PHI), map(Rational, "1234567"), strict=True))
    symbolic, numerical = z_mixing(adn_masses()), _at(values)
    for name in ("tan_alpha", "sin_alpha", "cos_alpha", "m_Z_squared", "m_Zprime_squared", "strength"):
        ours = getattr(symbolic, name).subs(values).evalf(DIGITS)
        assert abs(ours - getattr(numerical, name)) < SMALL * abs(ours)


@settings(max_examples=25, deadline=None)
@given(_points())
def test_relations_among_the_exact_quantities(values: dict[Any, Any]) -> None:
    values = values | {Q_PHI: Rational(1)}
    mixing = _at(values)
    t, m_Z, m_Zprime = mixing.tan_alpha, mixing.m_Z_squared, mixing.m_Zprime_squared
    A, E, r = mixing.m_Z0_squared, mixing.m_X_squared, mixing.delta / mixing.m_Z0_squared
    x = m_Z / m_Zprime
    scale = (values[g_X] * values[v_Phi]) ** 2
    small = sympy.Float(SMALL, DIGITS) * (1 + r**2) ** 2 * (1 + 1 / x) * (1 + E / A)
    assert abs(r * t**2 - (1 - x) * t + r * x) < small
    assert abs(scale - m_Z * (1 + r / t)) < small * scale
    assert abs(m_Zprime * m_Z - scale * A) < small * scale * A
    assert abs(A / m_Z - 1 / (1 - r * t)) < small
    # ADN (5.18): the squared mass of the Z before mixing, m_W^2/cos^2 theta_w
    cosine = 1 / (1 + t**2)
    assert abs(m_Z * cosine + m_Zprime * t**2 * cosine - A) < small * A


# ---------------------------------------------------------------- series

EXACT = {
    "tan_alpha": lambda m: m.tan_alpha,
    "sin_alpha": lambda m: m.sin_alpha,
    "cos_alpha": lambda m: m.cos_alpha,
    "rho": lambda m: m.m_Z0_squared / m.m_Z_squared,
    "m_Z/m_Z0": lambda m: sqrt(m.m_Z_squared / m.m_Z0_squared),
    "m_Z'/m_X": lambda m: sqrt(m.m_Zprime_squared / m.m_X_squared),
    # For ADN's scalars g_X^2 v_Phi^2 = E - r^2 A.
    "m_Z'/(g_X v_Phi)": lambda m: sqrt(m.m_Zprime_squared / (m.m_X_squared - m.delta**2 / m.m_Z0_squared)),
}


def _remainder(quantity: str, order: int, heavy: Rational, r: Rational) -> tuple[Any, Any]:
    """How far the series is from the exact quantity at A = 1, E = heavy, and x."""
    mixing = ZMixing(Rational(1), heavy, r, sympy.eye(3), 1)
    with mpmath.workdps(DIGITS):
        x = (mixing.m_Z_squared / mixing.m_Zprime_squared).evalf(DIGITS)
        series = mixing_series(quantity, order).subs({mixing_strength: r, mass_ratio: x})
        return mpmath.mpf((EXACT[quantity](mixing) - series).evalf(DIGITS)), mpmath.mpf(x)


@pytest.mark.parametrize("quantity", SERIES)
@pytest.mark.parametrize("order", [0, 1, 2, 3, 5])
def test_series_have_the_error_they_should(quantity: str, order: int) -> None:
    errors = [_remainder(quantity, order, Rational(10) ** power, Rational(7, 5)) for power in (5, 6)]
    (first, x1), (second, x2) = errors
    exponent = mpmath.log(first / second) / mpmath.log(x1 / x2)
    # The next order is the first that is left out, or the one after it where the coefficient vanishes.
    assert abs(exponent - round(exponent)) < mpmath.mpf("0.01")
    left_out = mixing_series(quantity, order + 2) - mixing_series(quantity, order)
    lowest = min(monomial[0] for monomial in sympy.Poly(left_out, mass_ratio).monoms())
    assert round(exponent) == lowest
    assert lowest > order


def test_the_series_of_the_tangent_solves_the_quadratic_equation() -> None:
    order = 10
    t, r, x = mixing_series("tan_alpha", order), mixing_strength, mass_ratio
    residue = sympy.Poly(r * t**2 - (1 - x) * t + r * x, x)
    assert min(monomial[0] for monomial in residue.monoms()) > order
    assert sympy.expand(t).coeff(r, 1).coeff(x, order) == 1


def test_the_coefficients_of_the_tangent_count_lattice_paths() -> None:
    # At r = 1 they are the large Schroeder numbers, OEIS A006318.
    series = sympy.Poly(mixing_series("tan_alpha", 8).subs(mixing_strength, 1), mass_ratio)
    assert series.all_coeffs()[::-1] == [0, 1, 2, 6, 22, 90, 394, 1806, 8558]


def test_the_series_converge_up_to_their_radius() -> None:
    r = Rational(6, 5)
    radius = (math.sqrt(1 + r**2) - r) ** 2
    for share, converges in ((Rational(9, 10), True), (Rational(11, 10), False)):
        x = Rational(radius) * share
        terms = [mixing_series("tan_alpha", n).coeff(mass_ratio, n) for n in (39, 40)]
        ratio = terms[1].subs(mixing_strength, r) / terms[0].subs(mixing_strength, r) * x
        assert bool(ratio < 1) is converges


@pytest.mark.parametrize(("excess", "is_smaller_root"), [("0.1", True), ("-0.1", False)])
def test_which_root_is_physical(excess: str, is_smaller_root: bool) -> None:
    r = Rational(6, 5)
    mixing = ZMixing(Rational(1), 1 + 2 * r**2 + Rational(excess), r, sympy.eye(3), 1)
    x = mixing.m_Z_squared / mixing.m_Zprime_squared
    other_root = x / mixing.tan_alpha
    assert bool(mixing.tan_alpha < other_root) is is_smaller_root


def test_3_16_and_3_17_are_the_leading_orders() -> None:
    r, x = mixing_strength, mass_ratio
    assert mixing_series("sin_alpha", 1) == r * x
    assert mixing_series("m_Z'/(g_X v_Phi)", 0) == mixing_series("m_Z'/m_X", 1) == 1
    mixing = z_mixing(adn_masses())
    assert sympy.cancel(mixing.strength - a_Y * g_X / sqrt(g**2 + g_prime**2)) == 0
    printed = v * a_Y * g_X / 2 * sqrt(1 + 4 * Q_PHI**2 * v_Phi**2 / (a_Y**2 * v**2))
    assert sympy.expand(printed**2 - mixing.m_X_squared) == 0
    assert sympy.expand(mixing.m_X_squared.subs(v, 0)) == Q_PHI**2 * g_X**2 * v_Phi**2


def test_3_16_and_3_17_at_the_benchmark() -> None:
    # g_X = 1, v_Phi = 3.1 TeV, a_Y = 0.87; g and g' of the MS-bar scheme, to which the mass is not sensitive.
    couplings = explicit_couplings("0.6517", "0.3576")
    numbers = mixing_at(BENCHMARK, "3.1", 1, couplings=couplings)
    assert f"{numbers.m_Zprime_TeV:.6f}" == "3.101851"
    first = sqrt(adn_masses().z_block[1, 1]).subs(
        {
            a_Y: Rational(87, 100),
            Q_PHI: 1,
            g_X: 1,
            v_Phi: Rational(31, 10),
            v: input_in_TeV("v"),
        }
    )
    assert f"{float(first):.6f}" == "3.101850"
    assert math.isclose(numbers.sin_alpha, 1.019598e-03, rel_tol=1e-4)
    assert math.isclose(numbers.sin_alpha_leading, 1.017495e-03, rel_tol=1e-4)
    assert numbers.m_Zprime_leading_TeV == 3.1
    # The angle (3.17) leaves an off-diagonal element of a few per mille of m_Z^2.
    light, delta, heavy = (
        entry.subs({**BENCHMARK.values, **couplings.values, Q_PHI: 1, g_X: 1, v_Phi: Rational(31, 10)}).subs(
            v, input_in_TeV("v")
        )
        for entry in (adn_masses().z_block[0, 0], -adn_masses().z_block[0, 1], adn_masses().z_block[1, 1])
    )
    sine = numbers.sin_alpha_leading
    off = (heavy - light) * sine * math.sqrt(1 - sine**2) - delta * (1 - 2 * sine**2)
    assert math.isclose(abs(off) / light, 2.42e-03, rel_tol=0.02)


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(COUPLING_CHOICES),
    st.fractions("0.3", 5, max_denominator=20),
    st.fractions("0.1", 3, max_denominator=10),
    st.fractions(-2, 2, max_denominator=10),
)
def test_numbers_agree_with_50_digits(choice: str, scale: Fraction, coupling: Fraction, Y: Fraction) -> None:
    point = LeptonPoint(Fraction(1, 2), Fraction(1), Fraction(0), Y)
    numbers = mixing_at(point, scale, coupling, couplings=choice)
    values = {
        **point.values,
        **electroweak_couplings(choice).values,
        Q_PHI: 1,
        v: input_in_TeV("v"),
        v_Phi: Rational(scale),
        g_X: Rational(coupling),
    }
    with mpmath.workdps(DIGITS):
        matrix = adn_masses().matrix.subs(values).evalf(DIGITS)
        eigenvalues = sorted(mpmath.eigsy(mpmath.matrix(matrix.tolist()), eigvals_only=True))
    masses = sorted((numbers.m_Z_GeV / 1000, numbers.m_Zprime_TeV))
    for ours, squared in zip(masses, eigenvalues[1:], strict=True):
        assert math.isclose(ours, math.sqrt(squared), rel_tol=1e-7)
    assert abs(numbers.sin_alpha) <= math.sqrt(0.5) + 1e-12


def test_nothing_mixes_without_an_off_diagonal_element() -> None:
    for heavy in (Rational(1, 2), Rational(1), Rational(2)):
        mixing = ZMixing(Rational(1), heavy, Rational(0), sympy.eye(3), 1)
        assert (mixing.tan_alpha, mixing.m_Z_squared, mixing.m_Zprime_squared) == (0, 1, heavy)
        assert mixing.rotation == sympy.eye(3)


def test_the_z_prime_may_be_the_lighter_one() -> None:
    numbers = mixing_at(BENCHMARK, "0.05", "0.3")
    assert numbers.m_Zprime_TeV < numbers.m_Z_GeV / 1000
    assert -math.sqrt(0.5) < numbers.sin_alpha < 0
    without = mixing_at(LeptonPoint(1, 0, 0, 0), "0.05", "0.3")  # type: ignore[arg-type]
    assert (without.sin_alpha, without.rho) == (0, 1)
    assert math.isclose(without.m_Zprime_TeV, 0.015)


# ---------------------------------------------------------------- couplings


def test_the_photon_couples_to_the_electric_charge() -> None:
    content = framework_content(normalised=False)
    charge = g * g_prime / sqrt(g**2 + g_prime**2)
    count = 0
    for field in content.fermions:
        for T3 in isospins(content, field):
            Y = field.charges[content.place_of("Y")][0]
            coupling = boson_coupling(content, field.name, T3, "A")
            assert sympy.cancel(coupling - charge * (Y + Rational(T3.numerator, T3.denominator))) == 0
            count += 1
    assert count == 10


def test_z_and_z_prime_rotate_into_each_other() -> None:
    angle = Symbol("angle", real=True)
    for name, T3 in (("l", "-1/2"), ("l", "1/2"), ("e", 0), ("q", "1/2"), ("u", 0)):
        unmixed = [
            boson_coupling(framework_content(normalised=False), name, T3, boson, alpha=0) for boson in BOSONS
        ]
        mixed = [
            boson_coupling(framework_content(normalised=False), name, T3, boson, alpha=angle)
            for boson in BOSONS
        ]
        cosine, sine = sympy.cos(angle), sympy.sin(angle)
        assert sympy.expand(mixed[1] - cosine * unmixed[1] - sine * unmixed[2]) == 0
        assert sympy.expand(mixed[2] + sine * unmixed[1] - cosine * unmixed[2]) == 0


def test_5_10_as_printed() -> None:
    vectors = [coupling_vector(framework_content(normalised=False), "l", "-1/2", family=i) for i in (1, 2)]
    for vector, a in zip(vectors, (a_e, a_mu), strict=True):
        printed = (-g_prime / 2, -g / 2, (2 * a - a_Y) * g_X / 2)
        assert all(sympy.expand(k - p) == 0 for k, p in zip(vector, printed, strict=True))
    printed = (-g_prime, 0, (a_e - a_Y) * g_X)
    ours = coupling_vector(framework_content(normalised=False), "e", 0)
    assert all(sympy.expand(k - p) == 0 for k, p in zip(ours, printed, strict=True))


# ---------------------------------------------------------------- bad input


def test_bad_vacuum_values() -> None:
    content = framework_content(normalised=False)
    with pytest.raises(
        ArgumentError, match=r"electrically neutral components, T3 = -Y = 1/2 of H.*not to T3"
    ):
        neutral_masses(content, {("H", "-1/2"): v})
    with pytest.raises(ArgumentError, match="keyed by scalars without families, not 'q'"):
        neutral_masses(content, {"q": v})
    with pytest.raises(ArgumentError, match="must be not empty"):
        neutral_masses(content, {})
    with pytest.raises(ArgumentError, match="must name each scalar once, not 'H' twice"):
        neutral_masses(content, {"H": v, ("H", "1/2"): v})
    with pytest.raises(ArgumentTypeError, match="mapping from scalars"):
        neutral_masses(content, [("H", v)])  # type: ignore[arg-type]
    with pytest.raises(ArgumentTypeError, match=r"pairs \(name, T3\)"):
        neutral_masses(content, {("H", "1/2", 1): v})
    with pytest.raises(UnknownNameError, match="one of the fields"):
        neutral_masses(content, {"chi": v})
    with pytest.raises(UnknownNameError, match="keyed by factors among Y, SU"):
        neutral_masses(content, {"H": v}, couplings={"Z": 1})
    with pytest.raises(ArgumentError, match=r"'couplings\[X\]' must be different from zero"):
        neutral_masses(content, {"H": v}, couplings={"X": 0})
    singlet = neutral_masses(content, {"Phi": v_Phi})
    with pytest.raises(ArgumentError, match="must give the Z a mass"):
        singlet.rho_before_mixing  # noqa: B018 - the property raises
    with pytest.raises(ArgumentError, match="those of a massive Z"):
        z_mixing(singlet)
    coloured = multiplet(content.group, "c", ("3", "1"), {"Y": 0, "X": 0}, chirality="scalar")
    with pytest.raises(ArgumentError, match="without colour"):
        neutral_masses(content.with_fields(coloured), {"c": v})
    charged = multiplet(content.group, "c", ("1", "1"), {"Y": 1, "X": 0}, chirality="scalar")
    with pytest.raises(ArgumentError, match="T3 = -Y = -1 of c, which has T3 = 0"):
        neutral_masses(content.with_fields(charged), {"c": v})
    left_right = "SU(3) x SU(2)_L x SU(2)_R x U(1)_Y"
    both = multiplet(left_right, "b", ("1", "2", "2"), {"Y": 0}, chirality="scalar")
    from anomalies import gauge_group

    with pytest.raises(RepresentationError, match="exactly one SU"):
        neutral_masses(FieldContent(gauge_group(left_right), (both,)), {"b": v})


def test_bad_components_and_quantities() -> None:
    content = framework_content(normalised=False)
    with pytest.raises(ArgumentError, match="'T3' must be one of 1/2, -1/2 for l"):
        coupling_vector(content, "l", 1)
    with pytest.raises(ArgumentError, match="'family' must be from 1 to 3"):
        coupling_vector(content, "l", "1/2", family=4)
    with pytest.raises(UnknownNameError, match="'quantity' must be one of tan_alpha"):
        mixing_series("alpha")
    with pytest.raises(ArgumentError, match="'order' must be an integer of at least 0"):
        mixing_series("rho", -1)
    with pytest.raises(UnknownNameError, match="'boson' must be one of A, Z, Z'"):
        boson_coupling(content, "l", "1/2", "W")
    with pytest.raises(ArgumentTypeError, match="neutral_masses"):
        z_mixing(adn_masses().matrix)


def test_bad_points() -> None:
    with pytest.raises(ArgumentError, match="'v_Phi_TeV' must be a positive number of TeV, not 0"):
        mixing_at(BENCHMARK, 0, 1)
    with pytest.raises(ArgumentError, match="'g_X_value' must be a positive number, not '-1'"):
        mixing_at(BENCHMARK, 1, "-1")
    with pytest.raises(ArgumentTypeError, match="'point' must be a LeptonPoint"):
        mixing_at((1, 1, 0, 1), 1, 1)  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="'couplings' must be one of ADN; from m_Z and v"):
        mixing_at(BENCHMARK, 1, 1, couplings="mine")
    with pytest.warns(UnitWarning, match=r"Write 3\.1 if GeV were meant"):
        mixing_at(BENCHMARK, 3100, 1)
    with pytest.raises(
        ArgumentError, match=r"so large that alpha_z is small, not 0\.1: .* exactly it is 0\.4"
    ):
        leading_sin_alpha(BENCHMARK, "0.1", 1)
    with pytest.raises(ArgumentError, match="'g' must be positive"):
        explicit_couplings(0, 1)
    with pytest.raises(ArgumentError, match="an input in GeV"):
        input_in_TeV("rho")


def test_results_are_values() -> None:
    import pickle

    masses = adn_masses()
    assert isinstance(masses, NeutralMasses)
    assert pickle.loads(pickle.dumps(masses)) == masses
    mixing = z_mixing(masses)
    assert hash(pickle.loads(pickle.dumps(mixing))) == hash(mixing)
    assert "tan" in sympy.latex(mixing)
    assert sympy.latex(masses) == sympy.latex(masses.matrix)
