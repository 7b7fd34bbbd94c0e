"""Tree-level matching, the coefficients of b -> s l l and of contact operators, and files in WCxf."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import I, Integer, Matrix, Poly, Rational, Symbol, cos, expand, latex, simplify, sin, symbols

from anomalies import adn_framework, standard_model
from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.interactions.matching import (
    Bilinear,
    Current,
    Form,
    current_of,
    exchange_matrix,
    form_sign,
    higgs_operators,
    operator_coefficient,
)
from anomalies.phenomenology.interactions.wilson_coefficients import (
    code_coefficients,
    contact_coefficients,
    fit_normalisation,
    low_energy_currents,
    low_energy_exchange,
    normalisation,
    normalisation_per_GeV2,
    semileptonic_coefficients,
)
from anomalies.phenomenology.mixing.quarks import ckm_matrix
from anomalies.phenomenology.points import framework_content
from anomalies.phenomenology.symbols import (
    LEPTON_CHARGES,
    LEPTONS,
    Y_Qb,
    Y_Qs,
    a_Y,
    g,
    g_prime,
    g_X,
    m_Q,
    theta_w,
    v,
    v_Phi,
)

FORMS: tuple[Form, ...] = get_args(Form)
V = ckm_matrix()
STRENGTH = Y_Qs * Y_Qb.conjugate() / (2 * m_Q**2)
PAIRS = list(zip(LEPTONS, LEPTON_CHARGES, strict=True))


# ---------------------------------------------------------------- symmetry factors


@given(
    st.lists(st.lists(st.integers(-5, 5), min_size=4, max_size=4), min_size=1, max_size=3),
    st.lists(st.integers(-4, 4), min_size=6, max_size=6),
)
@settings(max_examples=30, deadline=None)
def test_coefficients_are_those_of_the_expanded_square(rows: list[list[int]], numbers: list[int]) -> None:
    """-1/2 sum P_ab J_a J_b, expanded by sympy with bilinears as commuting symbols."""
    bilinears = [Bilinear("q", 2, 3), Bilinear("q", 3, 2), Bilinear("l", 1, 1), Bilinear("H")]
    letters = symbols("b0:4")
    currents = [Current(tuple(zip(bilinears, map(Integer, row), strict=True))) for row in rows]
    size = len(rows)
    entries = iter(numbers)
    exchange = Matrix(size, size, lambda i, j: 0)
    for i in range(size):
        for j in range(i + 1):
            exchange[i, j] = exchange[j, i] = next(entries)
    sums = [sum(c * b for c, b in zip(row, letters, strict=True)) for row in rows]
    square = expand(-sum(exchange[a, b] * sums[a] * sums[b] for a in range(size) for b in range(size)) / 2)
    polynomial = Poly(square, *letters)
    for i, first in enumerate(bilinears):
        for j, second in enumerate(bilinears):
            found = operator_coefficient(currents, exchange, first, second, as_="lagrangian")
            assert found == polynomial.coeff_monomial(letters[i] * letters[j])
            opposite = operator_coefficient(currents, exchange, first, second, as_="hamiltonian")
            assert opposite == -found


def test_different_bilinears_count_twice_and_equal_ones_once() -> None:
    x, y, m = symbols("x y m")
    first, second = Bilinear("q", 1, 1), Bilinear("l", 2, 2)
    current = Current(((first, x), (second, y)))
    assert operator_coefficient(current, 1 / m**2, first, second, as_="lagrangian") == -x * y / m**2
    assert operator_coefficient(current, 1 / m**2, second, second, as_="lagrangian") == -(y**2) / (2 * m**2)
    assert operator_coefficient(current, 1 / m**2, first, Bilinear("u", 1, 1), as_="lagrangian") == 0


# ---------------------------------------------------------------- exchange of Z and Z'


def test_the_exchange_matrix_is_the_inverse_of_the_mass_matrix_of_ADN() -> None:
    """ADN (3.14) in the basis (B, W3, X), restricted to Z = cos W3 - sin B and X, with its couplings."""
    root = (g**2 + g_prime**2) ** Rational(1, 2)
    column = Matrix([-g_prime, g, -a_Y * g_X]) / 2
    mass_squared = v**2 * column * column.T + Matrix.diag(0, 0, g_X**2 * v_Phi**2)
    basis = Matrix([[-g_prime / root, 0], [g / root, 0], [0, 1]])
    restricted = (basis.T * mass_squared * basis).applyfunc(simplify)
    couplings = Matrix.diag(root, g_X)
    expected = (couplings * restricted.inv() * couplings).applyfunc(simplify)
    found = low_energy_exchange(framework_content(), "Z and Z'")
    assert (found - expected).applyfunc(simplify) == Matrix.zeros(2, 2)
    assert mass_squared * Matrix([g, g_prime, 0]) == Matrix.zeros(3, 1)
    assert low_energy_exchange(framework_content(), "Z'") == Matrix([[0, 0], [0, 1 / v_Phi**2]])
    assert found[1, 1] == 1 / v_Phi**2


def test_the_exchange_matrix_refuses_massless_bosons() -> None:
    with pytest.raises(ArgumentError, match="every vector boson gets a mass"):
        exchange_matrix([(v, (1, 1))])
    with pytest.raises(ArgumentError, match="a vev and 2 charges"):
        exchange_matrix([(v, (1, 1)), (v_Phi, (1,))])
    with pytest.raises(ArgumentError, match="at least one scalar"):
        exchange_matrix([])
    with pytest.raises(ArgumentError, match="'exchange' must be"):
        low_energy_exchange(framework_content(), "photon")  # type: ignore[arg-type]


def test_the_low_energy_currents_are_vectors_up_to_the_weak_spin() -> None:
    """The axial charges under J_Z are T3 of the left-handed component, under J_X they are -a_Y T3."""
    weak, extra = low_energy_currents(framework_content())
    for left, right, spin in (("u_L", "u_R", 1), ("d_L", "d_R", -1), ("e_L", "e_R", -1)):
        for family in (1, 2, 3):
            pair = [Bilinear(name, family, family) for name in (left, right)]
            axial = [current.coefficient(pair[0]) - current.coefficient(pair[1]) for current in (weak, extra)]
            assert expand(axial[0]) == Rational(spin, 2)
            assert expand(axial[1]) == -a_Y * Rational(spin, 2)
    assert weak.coefficient(Bilinear("nu_L", 1, 1)) == Rational(1, 2)
    assert weak.coefficient(Bilinear("nu_R", 1, 1)) == 0


# ---------------------------------------------------------------- ADN (4.1)-(4.7)


@pytest.mark.parametrize(("lepton", "a"), PAIRS)
def test_the_printed_coefficients_are_those_of_the_hamiltonian(lepton: str, a: Symbol) -> None:
    """ADN (4.2)-(4.5) with Y_Qs Y_Qb^* in place of its conjugate."""
    found = semileptonic_coefficients(as_="hamiltonian", exchange="Z'")
    place = LEPTONS.index(lepton)
    assert expand(found.left[place] + STRENGTH * (a - a_Y / 2)) == 0
    assert expand(found.right[place] + STRENGTH * (a - a_Y)) == 0
    assert expand(found.C9(lepton) + STRENGTH * (a - 3 * a_Y / 4)) == 0
    assert expand(found.C10(lepton) - STRENGTH * a_Y / 4) == 0
    lagrangian = semileptonic_coefficients(as_="lagrangian", exchange="Z'")
    assert expand(lagrangian.C9(lepton) + found.C9(lepton)) == 0
    assert lagrangian.form == "lagrangian"


@pytest.mark.parametrize(("lepton", "a"), PAIRS)
def test_with_the_Z_the_axial_coefficient_vanishes(lepton: str, a: Symbol) -> None:
    found = semileptonic_coefficients(as_="lagrangian", exchange="Z and Z'")
    assert found.C10(lepton) == 0
    assert simplify(found.C9(lepton) - STRENGTH * (a - a_Y * cos(theta_w) ** 2)) == 0
    both = code_coefficients(lepton, exchange="Z and Z'")
    alone = code_coefficients(lepton, exchange="Z'")
    assert simplify(both[0] + a - a_Y * (1 - sin(theta_w) ** 2)) == 0
    assert both[1] == 0
    # ADN (4.6), (4.7) in the convention of the codes
    assert expand(alone[0] + a - 3 * a_Y / 4) == 0
    assert alone[1] == a_Y / 4


def test_no_axial_operator_for_any_fermion_pair_when_both_are_exchanged() -> None:
    """A flavour-violating X current sees P_XZ J_Z + P_XX J_X, with axial charges T3 and -a_Y T3."""
    exchange = low_energy_exchange(framework_content(), "Z and Z'")
    assert expand(exchange[1, 0] - a_Y * exchange[1, 1]) == 0


def test_C_is_positive_for_equal_yukawa_couplings() -> None:
    N = normalisation_per_GeV2(V[2][2] * V[2][1].conjugate())
    assert N.real < 0
    values = {"G_F": complex(physical_input("G_F").value), "V_tb": V[2][2], "V_ts": V[2][1]}
    values["alpha_em"] = 1 / 133
    numbers = {symbol: values[symbol.name] for symbol in normalisation().free_symbols}
    assert abs(complex(normalisation().subs(numbers).evalf()) - N) < 1e-6 * abs(N)
    numbers |= {Y_Qs: 1, Y_Qb: 1, m_Q: 1000}
    C = complex(fit_normalisation().subs(numbers).evalf())
    assert abs(C + 1e-6 / (2 * N)) < 1e-9 * abs(C)
    assert C.real > 0


def test_the_normalisation_of_the_introduction() -> None:
    """ADN (1.1): (36 TeV)^-2, 'agrees within input choice': 35.4 TeV for 1/133 and |V_ts| = 0.0405."""
    assert abs(normalisation_per_GeV2(0.0405, 133)) ** -0.5 / 1000 == pytest.approx(35.4, abs=0.05)
    assert abs(normalisation_per_GeV2(0.0405, 127.9)) ** -0.5 / 1000 == pytest.approx(34.7, abs=0.05)
    with pytest.raises(ArgumentError, match="a positive number such as 133"):
        normalisation_per_GeV2(0.04, -1)


def test_results_print_themselves() -> None:
    found = semileptonic_coefficients(as_="hamiltonian", exchange="Z'")
    assert str(found) == found.table().text()
    assert r"\text{tau}" in latex(found)
    assert str(found).count("conjugate(Y_Qb)") == 12
    assert str(Bilinear("l", 1, 2)) == "lbar^1 l^2"
    assert latex(Bilinear("l", 1, 2)) == r"\bar{\ell}^{1} \gamma \ell^{2}"
    assert "overleftrightarrow" in latex(Bilinear("H"))


# ---------------------------------------------------------------- ADN (5.2), (5.3) and the Higgs


@pytest.mark.parametrize("family", [1, 2, 3])
def test_contact_operators_differ_from_the_printed_ones_by_minus_two(family: int) -> None:
    content = framework_content()
    place = content.place_of("X")
    found = contact_coefficients(family)
    assert [comparison.name for comparison in found] == [f"{quark}1 l{family}" for quark in "qdu"]
    for comparison, quark in zip(found, "qdu", strict=True):
        charges = [content.multiplet(name).charges[place] for name in (quark, "l")]
        product = charges[0][0] * charges[1][family - 1]
        assert expand(comparison.ours + v**2 / v_Phi**2 * product) == 0
        assert expand(comparison.printed - v**2 / (2 * v_Phi**2) * product) == 0
        assert simplify(comparison.ours / comparison.printed) == -2
        assert "factor 2 and the sign" in comparison.reason
    with pytest.raises(ArgumentError, match="'family' must be 1, 2 or 3"):
        contact_coefficients(4)


def test_the_square_of_the_higgs_current() -> None:
    """(i phi^dagger D phi + h.c.)^2 = 4 |A|^2 - (A + A^*)^2 with A = phi^dagger D phi."""
    x, y = symbols("x y", real=True)
    A = x + I * y
    assert expand((I * (A - A.conjugate())) ** 2) == expand(4 * (x**2 + y**2) - (A + A.conjugate()) ** 2)
    found = higgs_operators(a_Y / 2, 1 / v_Phi**2, as_="lagrangian")
    assert found == {"phiD": -(a_Y**2) / (2 * v_Phi**2), "phiBox": -(a_Y**2) / (8 * v_Phi**2)}


def test_phiD_gives_the_rho_parameter_of_ZZ_mixing() -> None:
    """rho - 1 = -v^2 C_phiD / 2 = a_Y^2 v^2 / (4 v_Phi^2): by so much mixing lowers m_Z^2."""
    from_operator = -(v**2) * higgs_operators(a_Y / 2, 1 / v_Phi**2, as_="lagrangian")["phiD"] / 2
    assert expand(from_operator - a_Y**2 * v**2 / (4 * v_Phi**2)) == 0
    x = Symbol("x")  # v^2 / v_Phi^2, with couplings and v_Phi set to 1
    trace, determinant = x / 4 + a_Y**2 * x / 4 + 1, x / 4
    lighter = x / 4 * (1 - a_Y**2 * x / 4)
    characteristic = expand(lighter**2 - trace * lighter + determinant)
    assert characteristic.coeff(x, 1) == characteristic.coeff(x, 2) == 0 != characteristic.coeff(x, 3)


# ---------------------------------------------------------------- currents


def test_currents_of_a_content() -> None:
    current = current_of(standard_model(right_handed_neutrinos=1), scalars=["H"])
    assert current.coefficient(Bilinear("q", 2, 2)) == Symbol("Q_q2")
    assert current.coefficient(Bilinear("q", 2, 3)) == 0
    assert current.coefficient(Bilinear("nu", 1, 1)) == Symbol("Q_nu")
    assert current.coefficient(Bilinear("H")) == Symbol("Q_H")
    assert current_of(adn_framework()).bilinears("Q") == ()
    mixed = current_of(standard_model(), mixed={"q": Matrix(3, 3, symbols("L0:9"))})
    assert mixed.coefficient(Bilinear("q", 2, 3)) == Symbol("L5")
    assert len(mixed.bilinears("q")) == 9


def test_bad_currents_are_refused() -> None:
    with pytest.raises(
        UnknownNameError, match="'mixed' must be keyed by chiral fermions among d, e, l, nu, q, u"
    ):
        current_of(standard_model(), mixed={"H": [[1]]})
    with pytest.raises(ArgumentError, match="a 3 x 3 matrix"):
        current_of(standard_model(), mixed={"q": [[1]]})
    with pytest.raises(ArgumentError, match="a Hermitian matrix"):
        current_of(standard_model(), mixed={"q": [[1, 1j, 0], [1j, 1, 0], [0, 0, 1]]})
    with pytest.raises(UnknownNameError, match="keyed by chiral fermions"):
        low_energy_currents(framework_content(), mixed={"Q": [[1]]})
    with pytest.raises(ArgumentError, match="names of scalars"):
        current_of(standard_model(), scalars=["q"])
    with pytest.raises(ArgumentError, match="different bilinears"):
        Current(((Bilinear("q", 1, 1), 1), (Bilinear("q", 1, 1), 2)))
    with pytest.raises(ArgumentError, match="'second' must be 0 exactly if 'first' is"):
        Bilinear("q", 1)
    with pytest.raises(ArgumentTypeError, match="the name of a field"):
        Bilinear("")
    with pytest.raises(ArgumentError, match="'as_' must be 'hamiltonian' or 'lagrangian'"):
        form_sign("action")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="one row for each current"):
        operator_coefficient([], Matrix([[1]]), Bilinear("H"), Bilinear("H"), as_="lagrangian")
    with pytest.raises(ArgumentError, match="'lepton' must be"):
        code_coefficients("pi", exchange="Z'")
    assert [form_sign(form) for form in FORMS] == [-1, 1]
