"""Perturbative diagonalisation, and quark flavour violation from a vector-like quark (ADN section 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import I, Integer, Matrix, Rational, Symbol, conjugate, eye, sqrt, symbols, zeros

from anomalies import adn_framework
from anomalies.errors import ArgumentError, ArgumentTypeError, CouplingError, InexactNumberError
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.mixing.diagonalisation import (
    DiagonalisationSeries,
    diagonalise_numerically,
    expand_diagonalisation,
)
from anomalies.phenomenology.mixing.quarks import (
    DOWN_MASSES,
    DOWN_MIXINGS,
    LagrangianTerm,
    adn_quark_terms,
    ckm_matrix,
    ckm_symbols,
    down_mass_terms,
    down_mixing,
    flavour_violating_coupling,
    left_down_couplings,
    left_down_values,
    left_up_couplings,
    mass_matrix,
)
from anomalies.phenomenology.symbols import Y_Qb, Y_Qs, g_X, m_Q, v, v_Phi

VACUUM = {"H": (v / sqrt(2), 0), "Phi": v_Phi / sqrt(2)}
Q_q, Q_Q = symbols("Q_q Q_Q", real=True)


# ---------------------------------------------------------------- the general routine


def gaussian_rationals() -> st.SearchStrategy[Any]:
    """Complex rational numbers."""
    part = st.integers(-4, 4)
    return st.builds(lambda x, y, d: Rational(x, d) + I * Rational(y, d), part, part, st.integers(1, 3))


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Any], list[tuple[int, ...]]]:
    """M_0 with different positive masses, or equal ones inside a block, and one or two perturbations."""
    size = draw(st.integers(2, 3))
    masses = draw(st.lists(st.integers(1, 9), min_size=size, max_size=size, unique=True))
    blocks: list[tuple[int, ...]] = [(index,) for index in range(size)]
    if size == 3 and draw(st.booleans()):
        masses[1], blocks = masses[0], [(0, 1), (2,)]
    count = draw(st.integers(1, 2))
    entries = st.lists(gaussian_rationals(), min_size=size**2, max_size=size**2)
    return [Matrix.diag(*masses), *(Matrix(size, size, draw(entries)) for _ in range(count))], blocks


def coefficient(series: Sequence[Any], power: int) -> Any:
    return series[power] if power < len(series) else zeros(*series[0].shape)


@given(problems(), st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_the_series_solves_the_problem_at_every_order(
    problem: tuple[list[Any], list[tuple[int, ...]]], order: int
) -> None:
    matrices, blocks = problem
    series = expand_diagonalisation(matrices, order, blocks)
    size = matrices[0].rows
    block_of = {index: block for block in blocks for index in block}
    for power in range(order + 1):
        for unitary in (series.left, series.right):
            total = sum(
                (unitary[j].H * unitary[power - j] for j in range(power + 1)), zeros(size, size)
            ).expand()
            assert total == (eye(size) if power == 0 else zeros(size, size))
        product = sum(
            (
                series.left[j].H * coefficient(matrices, power - j - k) * series.right[k]
                for j in range(power + 1)
                for k in range(power + 1 - j)
            ),
            zeros(size, size),
        ).expand()
        assert product == series.masses[power].expand()
        for i in range(size):
            assert series.left[power][i, i].is_real
            if len(block_of[i]) == 1:
                assert series.masses[power][i, i].is_real
            for j in set(range(size)) - set(block_of[i]):
                assert series.masses[power][i, j] == 0


@pytest.mark.parametrize("order", [1, 2, 3])
def test_halving_the_perturbation_divides_the_error_by_two_to_the_order_plus_one(order: int) -> None:
    perturbation = Matrix([[1 + I, 2, I], [1 - I, 3 * I, 2], [1, 2 + I, -1]])
    series = expand_diagonalisation([Matrix.diag(1, 3, 7), perturbation], order)
    with mpmath.workdps(50):
        errors = [error_at(series, perturbation, mpmath.mpf(1) / n) for n in (10**5, 2 * 10**5)]
    for first, second in zip(*errors, strict=True):
        assert second > 0
        assert abs(first / second - 2 ** (order + 1)) < 0.01


def error_at(series: DiagonalisationSeries, perturbation: Any, t: Any) -> tuple[Any, Any, Any]:
    """The largest errors of U_L, U_R and D at M_0 + t M_1."""
    exact = diagonalise_numerically(as_numbers(series.masses[0]) + t * as_numbers(perturbation))
    left, right, masses = (
        sum((t**k * as_numbers(m) for k, m in enumerate(part)), mpmath.zeros(3))
        for part in (series.left, series.right, series.masses)
    )
    return (
        mpmath.mnorm(left - exact[0], "inf"),
        mpmath.mnorm(right - exact[2], "inf"),
        mpmath.mnorm(masses - mpmath.diag(exact[1]), "inf"),
    )


def as_numbers(matrix: Any) -> Any:
    entries = [[complex_number(entry) for entry in matrix.row(i)] for i in range(matrix.rows)]
    return mpmath.matrix(entries)


def complex_number(entry: Any) -> Any:
    real, imaginary = entry.as_real_imag()
    return mpmath.mpc(*(mpmath.mpf(int(x.p)) / int(x.q) for x in (real, imaginary)))


def test_the_numerical_routine_diagonalises_and_keeps_places() -> None:
    with mpmath.workdps(50):
        matrix = mpmath.matrix([[5, mpmath.mpc("0.1", "0.2")], [0.3, -1]])
        left, masses, right = diagonalise_numerically(matrix)
        assert mpmath.mnorm(left.H * matrix * right - mpmath.diag(masses)) < mpmath.mpf(10) ** -45
        assert mpmath.mnorm(left.H * left - mpmath.eye(2)) < mpmath.mpf(10) ** -45
        assert masses[0] > 4 > masses[1] > 0
        assert all(abs(mpmath.im(left[i, i])) < mpmath.mpf(10) ** -45 and left[i, i].real > 0 for i in (0, 1))


def test_bad_problems_are_refused() -> None:
    x, m = Symbol("x"), Symbol("m", positive=True)
    for matrices, message in (
        ([Matrix.diag(1, 1)], r"states 0 and 1, of equal mass, into one block"),
        ([Matrix.diag(1, -1)], "of equal mass"),
        ([Matrix([[1, x], [0, m]])], r"'matrices\[0\]' must be diagonal"),
        ([Matrix.diag(x, 1)], "must be real"),
        ([Matrix.diag(0, 1), Matrix.diag(x, 0)], "which is massless at first"),
        ([Matrix.diag(sqrt(2), 1)], "rational functions with rational coefficients"),
        ([Matrix([[1, 2]])], "a square matrix"),
        ([Matrix.diag(1, 2), Matrix.diag(1, 2, 3)], "of one size"),
        ([], "at least one"),
    ):
        with pytest.raises(ArgumentError, match=message):
            expand_diagonalisation(matrices, 1)
    with pytest.raises(ArgumentError, match="a partition of the indices 0 to 1"):
        expand_diagonalisation([Matrix.diag(1, 2)], 1, [(0,), (0, 1)])
    with pytest.raises(InexactNumberError, match="must be exact"):
        expand_diagonalisation([Matrix.diag(0.5, 2)], 1)
    with pytest.raises(ArgumentTypeError, match="a matrix, or a list of rows"):
        expand_diagonalisation([7], 1)
    with pytest.raises(ArgumentError, match="must be square"):
        diagonalise_numerically([[1, 2]])
    with pytest.raises(ArgumentTypeError, match="a matrix of numbers"):
        diagonalise_numerically("mass")
    with pytest.raises(ArgumentError, match="must have 2 entries, not 3"):
        expand_diagonalisation([Matrix.diag(1, 2)], 1).left_coupling([1, 2, 3])


# ---------------------------------------------------------------- ADN (3.2)-(3.5)


def test_the_mass_matrix_is_the_printed_one_up_to_signs_of_fields() -> None:
    """ADN (3.3) has +m_i and +epsilon_i m_Q; from (3.2), with H^c = (H^+, -H^0*), both are negative."""
    zeroth, first = down_mass_terms()
    printed = Matrix.diag(*DOWN_MASSES, m_Q)
    printed[:3, 3] = m_Q * Matrix(DOWN_MIXINGS)
    assert zeroth - first == printed
    derived = mass_matrix(adn_framework(), adn_quark_terms(), VACUUM, "-1/3").matrix
    assert derived[3, 3] == m_Q
    assert derived[2, 3] == -Y_Qb * v_Phi / sqrt(2)
    assert derived[2, 2] == -Symbol("Y_b", positive=True) * v / sqrt(2)


def test_up_quarks_have_the_same_mixing_with_the_heavy_quark() -> None:
    up = mass_matrix(adn_framework(), adn_quark_terms(), VACUUM, Rational(2, 3))
    down = mass_matrix(adn_framework(), adn_quark_terms(), VACUUM, Rational(-1, 3))
    assert up.left == down.left == ("q1", "q2", "q3", "Q")
    assert up.right == ("u1", "u2", "u3", "Q")
    assert up.matrix[:, 3] == down.matrix[:, 3]
    assert up.matrix[0, 1] == Symbol("Y_U12", complex=True) * v / sqrt(2)
    assert mass_matrix(adn_framework(), adn_quark_terms(), VACUUM, 2).matrix.shape == (0, 0)


def test_terms_that_give_no_mass_are_refused() -> None:
    content = adn_framework()
    for term, message in (
        (LagrangianTerm("ubar_R q_L H^c", Matrix.ones(3, 3)), "a barred left-handed fermion"),
        (LagrangianTerm("lbar_L e_R H^c H H^c", Matrix.ones(3, 3)), "one weak contraction"),
    ):
        with pytest.raises(CouplingError, match=message):
            mass_matrix(content, [term], VACUUM, -1)
    with pytest.raises(ArgumentError, match="a 3 x 1 matrix for qbar_L Q_R Phi"):
        mass_matrix(content, [LagrangianTerm("qbar_L Q_R Phi", Matrix.ones(1, 3))], VACUUM, "-1/3")
    with pytest.raises(InexactNumberError, match="'electric_charge' must be exact"):
        mass_matrix(content, adn_quark_terms(), VACUUM, -0.33)
    with pytest.raises(ArgumentError, match="given for Phi"):
        mass_matrix(content, adn_quark_terms(), {"H": (v, 0)}, "-1/3")


def test_the_leading_mixing_matrices_are_the_printed_ones() -> None:
    """ADN (3.5), with the sign of epsilon that follows from (3.2), and corrections (m_i / m_Q)^2 to U_L."""
    eps = -Matrix(DOWN_MIXINGS)
    massless = down_mixing(1, massless=True)
    printed = zeros(4, 4)
    printed[:3, 3] = eps
    printed[3, :3] = -eps.H
    assert massless.left[1] == printed
    assert massless.right[1] == zeros(4, 4)
    massive = down_mixing(1)
    for i, mass in enumerate(DOWN_MASSES):
        factor = m_Q**2 / (m_Q**2 - mass**2)
        assert (massive.left[1][i, 3] / (eps[i] * factor)).cancel() == 1
        assert (massive.right[1][i, 3] / (eps[i] * factor * mass / m_Q)).cancel() == 1


def test_the_flavour_violating_coupling_is_derived_with_its_conjugation() -> None:
    """ADN (3.10); (3.11) prints the conjugate, Y_Qb Y_Qs^*."""
    eps = DOWN_MIXINGS
    couplings = left_down_couplings(Q_q, Q_Q, massless=True)
    for i in range(3):
        for j in range(3):
            wanted = (Q_Q - Q_q) * eps[i] * conjugate(eps[j]) + Q_q * int(i == j)
            assert (couplings[i, j] - wanted).expand() == 0
    g_sb = flavour_violating_coupling("s", "b")
    assert g_sb == -g_X * v_Phi**2 * Y_Qs * conjugate(Y_Qb) / (2 * m_Q**2)
    printed = -g_X * v_Phi**2 * Y_Qb * conjugate(Y_Qs) / (2 * m_Q**2)
    assert g_sb != printed
    assert conjugate(g_sb) == printed == flavour_violating_coupling("b", "s")


def test_light_masses_correct_the_coupling_by_known_factors() -> None:
    """At order epsilon^2 the coupling is epsilon_s epsilon_b^* / ((1 - m_s^2/m_Q^2)(1 - m_b^2/m_Q^2))."""
    coupling = left_down_couplings(0, 1)[1, 2]
    _, m_s, m_b = DOWN_MASSES
    expected = DOWN_MIXINGS[1] * conjugate(DOWN_MIXINGS[2])
    expected /= (1 - m_s**2 / m_Q**2) * (1 - m_b**2 / m_Q**2)
    assert (coupling - expected).together().expand().cancel() == 0


# ---------------------------------------------------------------- against exact diagonalisation

EPSILON = [mpmath.mpc("-0.4", "0.3"), mpmath.mpc("0.7", "0.6"), mpmath.mpc("0.5", "-0.8")]
MASSES = [mpmath.mpf(m) for m in ("0.0047", "0.095", "4.18", "2000")]  # GeV


def exact_left_couplings(scale: Any, masses: Sequence[Any] = MASSES) -> Any:
    """U_L^dagger diag(0, 0, 0, 1) U_L of the light quarks, from the full matrix at 50 digits."""
    matrix = mpmath.diag(list(masses))
    for i, epsilon in enumerate(EPSILON):
        matrix[i, 3] = -scale * epsilon * masses[3]
    left, _, _ = diagonalise_numerically(matrix)
    return left.H * mpmath.diag([0, 0, 0, 1]) * left


def test_the_coupling_agrees_with_exact_diagonalisation_and_the_error_has_the_right_order() -> None:
    """L^(d) is even in epsilon: after the second order the error is of the fourth."""
    formula = left_down_couplings(0, 1).subs(dict(zip((*DOWN_MASSES, m_Q), (1, 2, 3, 10), strict=True)))
    masses = [mpmath.mpf(m) for m in (1, 2, 3, 10)]
    with mpmath.workdps(50):
        errors = []
        for scale in (mpmath.mpf(10) ** -4, mpmath.mpf(10) ** -4 / 2):
            exact = exact_left_couplings(scale, masses)
            values = dict(zip(DOWN_MIXINGS, (scale * e for e in EPSILON), strict=True))
            errors.append(
                max(
                    abs(exact[i, j] - mpmath.mpmathify(formula[i, j].subs(values).evalf(50)))
                    for i in range(3)
                    for j in range(3)
                )
            )
    assert 0 < errors[1] < 1e-15
    assert abs(errors[0] / errors[1] - 16) < 0.01


def test_the_sb_coupling_has_the_phase_of_epsilon_s_epsilon_b_conjugate() -> None:
    with mpmath.workdps(50):
        exact = exact_left_couplings(mpmath.mpf("0.001"))
        expected = EPSILON[1] * mpmath.conj(EPSILON[2]) * mpmath.mpf("1e-6")
        assert abs(exact[1, 2] / expected - 1) < 1e-5
        assert abs(exact[1, 2] / mpmath.conj(expected) - 1) > 0.5


def test_flavour_violation_has_rank_one_to_all_orders() -> None:
    with mpmath.workdps(50):
        exact = exact_left_couplings(mpmath.mpf("0.2"))
        for i, j in ((0, 1), (0, 2), (1, 2)):
            for k, m in ((0, 1), (0, 2), (1, 2)):
                minor = exact[i, k] * exact[j, m] - exact[i, m] * exact[j, k]
                assert abs(minor) < mpmath.mpf(10) ** -40
        assert abs(exact[1, 2]) > 1e-3


def test_massless_quarks_have_a_closed_form() -> None:
    """Against the sixth order of the series, and against the exact matrix with tiny light masses."""
    small = (Rational(1, 50), Rational(1, 40) + I / 60, -I / 30)
    series = sum(down_mixing(6, massless=True).left_coupling([0, 0, 0, 1]), zeros(4, 4))
    values = dict(zip(DOWN_MIXINGS, small, strict=True))
    closed = left_down_values(0, 1, [complex(e) for e in small])
    for i in range(3):
        for j in range(3):
            assert abs(complex(series[i, j].subs(values)) - closed[i][j]) < 1e-10
    exact = exact_left_couplings(mpmath.mpf(1), [mpmath.mpf(m) for m in ("1e-13", "2e-12", "1e-10", "1")])
    large = left_down_values(0, 1, [complex(e) for e in EPSILON])
    # Where epsilon is not small light quarks rotate among themselves: the rank-one matrix keeps its trace.
    assert abs(sum(complex(exact[i, i]) for i in range(3)) - sum(large[i][i] for i in range(3))) < 1e-9


def test_up_quark_couplings_are_rotated_by_the_quark_mixing_matrix() -> None:
    """The exact 4 x 4 matrices of up and down quarks, whose mismatch defines V: L^u = V L^d V^dagger."""
    V = mpmath.matrix([list(row) for row in ckm_matrix()])
    charges = mpmath.diag([mpmath.mpf("-0.03")] * 3 + [mpmath.mpf("-1.03")])
    with mpmath.workdps(50):
        scale = mpmath.mpf("0.03")
        rotations = []
        for light, turned in (([0.0047, 0.095, 4.18], mpmath.eye(3)), ([0.0022, 1.27, 173.0], V.H)):
            matrix = mpmath.zeros(4)
            matrix[:3, :3] = turned * mpmath.diag(light)
            matrix[3, 3] = mpmath.mpf(10) ** 6
            for i, epsilon in enumerate(EPSILON):
                matrix[i, 3] = -scale * epsilon * matrix[3, 3]
            rotations.append(diagonalise_numerically(matrix)[0])
        down, up = ((U.H * charges * U)[:3, :3] for U in rotations)
        mismatch = (rotations[1].H * rotations[0])[:3, :3]
    rotated = left_up_couplings(as_lists(down), as_lists(mismatch))
    for i in range(3):
        for j in range(3):
            assert abs(complex(rotated[i, j]) - complex(up[i, j])) < 1e-8
    assert abs(complex(up[0, 2])) > 1e-5


def as_lists(matrix: Any) -> list[list[complex]]:
    return [[complex(matrix[i, j]) for j in range(matrix.cols)] for i in range(matrix.rows)]


# ---------------------------------------------------------------- the quark mixing matrix


@given(st.floats(0.05, 0.5), st.floats(0.1, 1.5), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
@settings(max_examples=50, deadline=None)
def test_the_quark_mixing_matrix_is_unitary_and_has_its_apex(
    lam: float, A: float, rho: float, eta: float
) -> None:
    V = ckm_matrix((lam, A, rho, eta))
    for i in range(3):
        for j in range(3):
            assert abs(sum(V[i][k] * V[j][k].conjugate() for k in range(3)) - (i == j)) < 1e-12
    apex = -V[0][0] * V[0][2].conjugate() / (V[1][0] * V[1][2].conjugate())
    assert abs(apex - complex(rho, eta)) < 1e-10


def test_the_inputs_give_the_usual_numbers() -> None:
    V = ckm_matrix()
    lambda_t = V[2][2] * V[2][1].conjugate()
    expected = physical_input("lambda_t")
    assert abs(abs(lambda_t) - float(expected)) < 2 * float(expected.upper)
    assert lambda_t.real < 0


def test_a_symbolic_matrix_serves_as_well() -> None:
    V = ckm_symbols()
    couplings = left_up_couplings(Matrix.diag(Q_q, Q_q, Q_Q), V)
    assert couplings[1, 2] == sum(
        V[1, k] * conjugate(V[2, k]) * charge for k, charge in enumerate((Q_q, Q_q, Q_Q))
    )


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(ArgumentError, match="'first' must be one of 'd', 's', 'b'"):
        flavour_violating_coupling("t", "b")
    with pytest.raises(ArgumentError, match="another quark than 'b'"):
        flavour_violating_coupling("b", "b")
    with pytest.raises(ArgumentError, match="with lambda < 1"):
        ckm_matrix((1.5, 1, 0, 0))
    with pytest.raises(ArgumentError, match="of the size of 'left_down'"):
        left_up_couplings(eye(3), eye(2))
    with pytest.raises(ArgumentError, match="three numbers"):
        left_down_values(0, 1, [0.1, 0.1])
    with pytest.raises(ArgumentError, match="'order' must be an integer of at least 0"):
        down_mixing(-1)
    assert down_mixing(0).order == 0
    assert down_mixing(0).left_coupling([Q_q] * 3 + [Q_Q])[0] == Matrix.diag(Q_q, Q_q, Q_q, Q_Q)
    assert left_down_couplings(Integer(1), Integer(1)) == eye(3)
