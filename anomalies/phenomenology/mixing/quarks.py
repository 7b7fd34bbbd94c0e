r"""Quark flavour violation from a vector-like quark: ADN section 3.1.

The terms of the Lagrangian, evaluated at the vacuum expectation values of the scalars, give the mass matrix
of the quarks of one electric charge, L = -psibar_L M psi_R + h.c.  For the down quarks of ADN's framework
it is

    M_d = ( -m_i delta_ij   -epsilon_i m_Q )     m_i = v Y_i / sqrt(2),
          (  0               m_Q           ),    epsilon_i = v_Phi Y_Qi / (sqrt(2) m_Q),

which is diagonalised to any order in epsilon.  The left-handed Z' couplings of the mass eigenstates are

    L = U_L^dagger diag(Q_q, Q_q, Q_q, Q_Q) U_L = Q_q 1 + (Q_Q - Q_q) u^dagger u,

with u the fourth row of U_L: the flavour-violating part has rank one to all orders, and to leading order it
is (Q_Q - Q_q) epsilon_i epsilon_j^*.  Signs: the lower component of <H^c> is -v/sqrt(2), so that m_i enters
with a minus sign, as epsilon_i does; ADN (3.3) prints plus signs.  The fields d_R^i -> -d_R^i and Y_Qi ->
-Y_Qi bring one to the other, and nothing observable changes.

Key results
-----------
LagrangianTerm, mass_matrix : terms of a Lagrangian to the mass matrix of the quarks of one electric charge
adn_quark_terms, down_mass_terms : ADN (3.2), and M_d as a series in epsilon, (3.3)
down_mixing : U_L, U_R and the masses as series in epsilon, (3.5)
left_down_couplings, left_up_couplings : L^(d) and L^(u), (3.8), (3.9)
left_down_values : L^(d) as numbers
flavour_violating_coupling : g_ij, (3.10), (3.11)
ckm_symbols, ckm_matrix : the quark mixing matrix, as symbols or from Wolfenstein's parameters

References
----------
ADN, arXiv:1909.02021, section 3.1; A. J. Buras, M. E. Lautenbacher and G. Ostermaier, hep-ph/9403384, for
the exact Wolfenstein parametrisation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Expr, ImmutableMatrix, Integer, Matrix, Rational, Symbol, conjugate, sqrt, symbols, sympify

from anomalies.couplings import Factor, parse_coupling
from anomalies.errors import ArgumentError, CouplingError, must_be
from anomalies.exact import as_rational, to_sympy
from anomalies.fields import FieldContent, Multiplet
from anomalies.groups import dimension
from anomalies.library import adn_framework
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.mixing.diagonalisation import DiagonalisationSeries, expand_diagonalisation
from anomalies.phenomenology.symbols import Y_Qb, Y_Qd, Y_Qs, g_X, m_Q, v, v_Phi

__all__ = [
    "DOWN_MASSES",
    "DOWN_MIXINGS",
    "DOWN_QUARKS",
    "LagrangianTerm",
    "MassMatrix",
    "adn_quark_terms",
    "ckm_matrix",
    "ckm_symbols",
    "down_mass_terms",
    "down_mixing",
    "flavour_violating_coupling",
    "left_down_couplings",
    "left_down_values",
    "left_up_couplings",
    "mass_matrix",
    "weak_dimension",
]

DOWN_QUARKS = ("d", "s", "b")
# Masses of the light down quarks, in the unit of m_Q; and the small mixings, dimensionless and complex.
DOWN_MASSES: tuple[Symbol, ...] = symbols("m_d m_s m_b", positive=True)
DOWN_MIXINGS: tuple[Symbol, ...] = symbols("epsilon_d epsilon_s epsilon_b", complex=True)
_UP_QUARKS = ("u", "c", "t")
_YUKAWAS = (Y_Qd, Y_Qs, Y_Qb)
_DOWN_YUKAWAS = symbols("Y_d Y_s Y_b", positive=True)
_SMALL = Symbol("t")


@dataclass(frozen=True, slots=True)
class LagrangianTerm:
    """One term of a Lagrangian, coefficient times coupling plus its Hermitian conjugate.

    Attributes
    ----------
    coupling : a product of fields such as "qbar_L^i d_R^j H^c": a barred left-handed fermion, a
        right-handed one, and scalars.
    coefficients : the matrix of coefficients with the sign they have in the Lagrangian: a row for each
        family of the first fermion, a column for each of the second.
    """

    coupling: str
    coefficients: ImmutableMatrix


@dataclass(frozen=True, slots=True)
class MassMatrix:
    """L = -psibar_L M psi_R + h.c.; `left` and `right` name the states, "q2" or "Q"."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    matrix: ImmutableMatrix


def mass_matrix(
    content: FieldContent,
    terms: Sequence[LagrangianTerm],
    vevs: Mapping[str, Any],
    electric_charge: Any,
) -> MassMatrix:
    """Return the mass matrix of the fermions of one electric charge T3 + Y.

    Parameters
    ----------
    content : the fields, with an SU(2) and a U(1)_Y.
    terms : the terms of the Lagrangian that give masses.
    vevs : for each scalar its vacuum expectation value: one value for a singlet, the two components for a
        doublet.
    electric_charge : -1/3 for down quarks.

    Raises
    ------
    CouplingError
        If a term is not a barred left-handed fermion, a right-handed one and scalars, or if its SU(2)
        structure is another than doublet-doublet, singlet-singlet or doublet-singlet-doublet.
    ArgumentError
        If a matrix of coefficients does not fit the families, or a vev is missing.

    Source: ADN (3.2), (3.3).

    Examples
    --------
    >>> content = adn_framework()
    >>> vacuum = {"H": (v / sqrt(2), 0), "Phi": v_Phi / sqrt(2)}
    >>> found = mass_matrix(content, adn_quark_terms(), vacuum, "-1/3")
    >>> found.left, found.right
    (('q1', 'q2', 'q3', 'Q'), ('d1', 'd2', 'd3', 'Q'))
    >>> found.matrix[1, :]
    Matrix([[0, -sqrt(2)*Y_s*v/2, 0, -sqrt(2)*Y_Qs*v_Phi/2]])
    """
    charge = to_sympy(as_rational(electric_charge, "electric_charge"))
    entries: dict[tuple[str, str], Any] = {}
    left: dict[str, None] = {}
    right: dict[str, None] = {}
    for term in terms:
        bar, fermion, *scalars = _factors(content, term)
        if (
            _component(content, bar.field, charge) is None
            or _component(content, fermion.field, charge) is None
        ):
            continue
        if term.coefficients.shape != (bar.field.families, fermion.field.families):
            expected = f"a {bar.field.families} x {fermion.field.families} matrix for {term.coupling}"
            raise ArgumentError(must_be("coefficients", expected, term.coefficients.tolist()))
        vev = _vev_of_term(content, term, bar, scalars, vevs, charge)
        left |= dict.fromkeys(bar.field.labels)
        right |= dict.fromkeys(fermion.field.labels)
        for i, row in enumerate(bar.field.labels):
            for j, column in enumerate(fermion.field.labels):
                entries[row, column] = entries.get((row, column), 0) - term.coefficients[i, j] * vev
    values = [entries.get((row, column), Integer(0)) for row in left for column in right]
    return MassMatrix(tuple(left), tuple(right), ImmutableMatrix(len(left), len(right), values))


def _factors(content: FieldContent, term: LagrangianTerm) -> tuple[Factor, ...]:
    factors = parse_coupling(content, term.coupling).factors
    handed = [(factor.handedness, factor.bar, factor.charge_conjugate) for factor in factors[:2]]
    if handed != [("L", True, False), ("R", False, False)] or any(f.handedness for f in factors[2:]):
        raise CouplingError(
            "Argument 'coupling' must be a barred left-handed fermion, a right-handed one, and scalars, "
            f"not '{term.coupling}'."
        )
    return factors


def weak_dimension(content: FieldContent, field: Multiplet) -> int:
    """Return the dimension of a field's SU(2) irrep.

    >>> content = adn_framework()
    >>> weak_dimension(content, content.multiplet("q")), weak_dimension(content, content.multiplet("u"))
    (2, 1)
    """
    places = [i for i, group in enumerate(content.group.simple_factors) if group.name == "SU(2)"]
    return dimension(field.irreps[places[0]]) if places else 1


def _component(content: FieldContent, field: Multiplet, charge: Any) -> int | None:
    """The place of the component with a given electric charge: T3 falls from the first to the last."""
    weak = weak_dimension(content, field)
    hypercharge = field.charges[content.place_of("Y")][0]
    highest = Rational(weak - 1, 2)
    place = highest + hypercharge - charge
    return int(place) if place.is_Integer and 0 <= place < weak else None


def _vev_of_term(
    content: FieldContent,
    term: LagrangianTerm,
    bar: Factor,
    scalars: Sequence[Factor],
    vevs: Mapping[str, Any],
    charge: Any,
) -> Any:
    """The product of the scalars' vevs, with the component of a doublet that the fermions pick out."""
    result: Any = Integer(1)
    doublets = 0
    for scalar in scalars:
        if scalar.field.name not in vevs:
            raise ArgumentError(must_be("vevs", f"given for {scalar.field.name}", dict(vevs)))
        value, weak = vevs[scalar.field.name], weak_dimension(content, scalar.field)
        if weak == 1:
            result *= conjugate(sympify(value)) if scalar.charge_conjugate else sympify(value)
            continue
        doublets += 1
        place = _component(content, bar.field, charge)
        if weak != 2 or len(value) != 2 or weak_dimension(content, bar.field) != 2 or place is None:
            raise CouplingError(f"Argument 'coupling' must have scalar doublets only, not '{term.coupling}'.")
        result *= _doublet(value, scalar.charge_conjugate)[place]
    fermions = weak_dimension(content, bar.field) - 1
    if doublets > fermions or doublets > 1:
        raise CouplingError(f"Argument 'coupling' must have one weak contraction, not '{term.coupling}'.")
    return result


def _doublet(value: Sequence[Any], conjugated: bool) -> tuple[Any, Any]:
    """A doublet or its conjugate i tau_2 S^*, which is (H^+, -H^0*) for ADN's H = (H^0, H^-)."""
    upper, lower = sympify(value[0]), sympify(value[1])
    return (conjugate(lower), -conjugate(upper)) if conjugated else (upper, lower)


def adn_quark_terms(up_yukawas: Any = None) -> tuple[LagrangianTerm, ...]:
    """Return the quark terms of ADN (3.2), in the basis where Y_D is diagonal.

    Parameters
    ----------
    up_yukawas : the 3 x 3 matrix Y_U; by default symbols Y_U11, ..., Y_U33.

    Source: ADN (3.2).

    Examples
    --------
    >>> [term.coupling for term in adn_quark_terms()]
    ['qbar_L^i d_R^j H^c', 'qbar_L^i u_R^j H', 'Qbar_L Q_R', 'qbar_L^i Q_R Phi']
    """
    if up_yukawas is None:
        up_yukawas = Matrix(3, 3, lambda i, j: Symbol(f"Y_U{i + 1}{j + 1}", complex=True))
    return (
        LagrangianTerm("qbar_L^i d_R^j H^c", ImmutableMatrix(-Matrix.diag(*_DOWN_YUKAWAS))),
        LagrangianTerm("qbar_L^i u_R^j H", ImmutableMatrix(-Matrix(up_yukawas))),
        LagrangianTerm("Qbar_L Q_R", ImmutableMatrix([[-m_Q]])),
        LagrangianTerm("qbar_L^i Q_R Phi", ImmutableMatrix([[Y] for Y in _YUKAWAS])),
    )


def down_mass_terms() -> tuple[ImmutableMatrix, ImmutableMatrix]:
    """Return M_0 and M_1 of M_d = M_0 + M_1, where M_1 is linear in the mixings epsilon_i.

    The mass matrix is derived from `adn_quark_terms`, with m_i = v Y_i / sqrt(2) and epsilon_i =
    v_Phi Y_Qi / (sqrt(2) m_Q) put in, and d_R^i -> -d_R^i to make the light masses positive.

    Source: ADN (3.3), where the last column has the opposite sign.

    Examples
    --------
    >>> down_mass_terms()[1][:, 3].T
    Matrix([[-epsilon_d*m_Q, -epsilon_s*m_Q, -epsilon_b*m_Q, 0]])
    """
    vacuum = {"H": (v / sqrt(2), 0), "Phi": v_Phi / sqrt(2)}
    derived = mass_matrix(adn_framework(), adn_quark_terms(), vacuum, Rational(-1, 3)).matrix
    parameters = {Y: sqrt(2) * mass / v for Y, mass in zip(_DOWN_YUKAWAS, DOWN_MASSES, strict=True)}
    parameters |= {
        Y: sqrt(2) * m_Q * _SMALL * mixing / v_Phi for Y, mixing in zip(_YUKAWAS, DOWN_MIXINGS, strict=True)
    }
    positive = derived.subs(parameters) * Matrix.diag(-1, -1, -1, 1)
    diagonal = positive.subs(_SMALL, 0)
    return ImmutableMatrix(diagonal), ImmutableMatrix((positive - diagonal).subs(_SMALL, 1))


def down_mixing(order: int, *, massless: bool = False) -> DiagonalisationSeries:
    """Return U_L, U_R and the masses of the down quarks as series in epsilon.

    Parameters
    ----------
    order : the highest power of epsilon.
    massless : leave out the light masses, as ADN do in (3.5); then the three light quarks form one block.

    Source: ADN (3.4), (3.5).

    Examples
    --------
    >>> down_mixing(1, massless=True).left[1][:, 3].T
    Matrix([[-epsilon_d, -epsilon_s, -epsilon_b, 0]])
    """
    terms = down_mass_terms()
    if not massless:
        return expand_diagonalisation(terms, order)
    light = dict.fromkeys(DOWN_MASSES, Integer(0))
    return expand_diagonalisation([term.subs(light) for term in terms], order, [(0, 1, 2), (3,)])


def left_down_couplings(light: Any, heavy: Any, order: int = 2, *, massless: bool = False) -> ImmutableMatrix:
    """Return the 3 x 3 matrix L^(d) of the left-handed down quarks, to an order in epsilon.

    The coupling is g_X Z'_mu L_ij dbar^i gamma^mu P_L d^j.

    Parameters
    ----------
    light, heavy : the charges Q_q and Q_Q.
    order, massless : as for `down_mixing`.

    Source: ADN (3.8), (3.10).

    Examples
    --------
    >>> Q_q, Q_Q = symbols("Q_q Q_Q")
    >>> left_down_couplings(Q_q, Q_Q, massless=True)[1, 2]
    epsilon_s*(Q_Q - Q_q)*conjugate(epsilon_b)
    """
    series = down_mixing(order, massless=massless).left_coupling([light] * 3 + [heavy])
    total = sum(series[1:], Matrix(series[0]))[:3, :3]
    return ImmutableMatrix(
        total.applyfunc(lambda entry: entry.factor() if isinstance(entry, Expr) else entry)
    )


def left_down_values(
    light: float, heavy: float, mixings: Sequence[complex]
) -> tuple[tuple[complex, ...], ...]:
    """Return L^(d) as numbers for any mixings, exactly in the limit of massless light quarks.

        L_ij = Q_q delta_ij + (Q_Q - Q_q) epsilon_i epsilon_j^* / (1 + sum |epsilon|^2)

    Parameters
    ----------
    light, heavy : the charges Q_q and Q_Q.
    mixings : (epsilon_d, epsilon_s, epsilon_b), complex.

    Source: ADN (3.10), to all orders in epsilon.

    Examples
    --------
    >>> left_down_values(0, -1, (0, 0.5, 0.5j))[1][2]
    0.16666666666666666j
    """
    values = [complex(mixing) for mixing in mixings]
    if len(values) != 3:
        raise ArgumentError(must_be("mixings", "three numbers, for d, s and b", mixings))
    strength = (float(heavy) - float(light)) / (1 + sum(abs(value) ** 2 for value in values))
    return tuple(
        tuple((i == j) * float(light) + strength * one * other.conjugate() for j, other in enumerate(values))
        for i, one in enumerate(values)
    )


def left_up_couplings(left_down: Any, ckm: Any) -> ImmutableMatrix:
    """Return L^(u) = V L^(d) V^dagger.

    It holds up to (m / m_Q)^2, because up and down quarks of a doublet mix with the same epsilon.

    Parameters
    ----------
    left_down : the 3 x 3 matrix L^(d).
    ckm : the quark mixing matrix V, of symbols or numbers.

    Source: ADN (3.9).

    Examples
    --------
    >>> left_up_couplings(Matrix.diag(0, 0, 1), ckm_symbols())[0, 1]
    V_ub*conjugate(V_cb)
    """
    coupling, mixing = Matrix(left_down), Matrix(ckm)
    if coupling.shape != mixing.shape or mixing.rows != mixing.cols:
        raise ArgumentError(must_be("ckm", "a square matrix of the size of 'left_down'", ckm))
    return ImmutableMatrix(mixing * coupling * mixing.H)


def flavour_violating_coupling(first: str, second: str, charge_difference: Any = -1) -> Any:
    """Return g_ij of L = g_ij Z'_mu dbar^i_L gamma^mu d^j_L for two different down quarks, at leading order.

        g_sb = g_X (Q_Q - Q_q) epsilon_s epsilon_b^* = -g_X v_Phi^2 Y_Qs Y_Qb^* / (2 m_Q^2)

    ADN print Y_Qb Y_Qs^* in (3.11), the complex conjugate, against their own (3.10).

    Parameters
    ----------
    first, second : "d", "s" or "b"; the first is the barred one.
    charge_difference : Q_Q - Q_q, by default ADN's -1.

    Source: ADN (3.10), (3.11).

    Examples
    --------
    >>> flavour_violating_coupling("s", "b")
    -Y_Qs*g_X*v_Phi**2*conjugate(Y_Qb)/(2*m_Q**2)
    """
    for argument, name in (("first", first), ("second", second)):
        if name not in DOWN_QUARKS:
            raise ArgumentError(must_be(argument, "one of 'd', 's', 'b'", name))
    if first == second:
        raise ArgumentError(must_be("second", f"another quark than '{first}'", second))
    i, j = DOWN_QUARKS.index(first), DOWN_QUARKS.index(second)
    entry = left_down_couplings(0, charge_difference, massless=True)[i, j]
    yukawas = {mixing: v_Phi * Y / (sqrt(2) * m_Q) for mixing, Y in zip(DOWN_MIXINGS, _YUKAWAS, strict=True)}
    return g_X * entry.subs(yukawas)


def ckm_symbols() -> ImmutableMatrix:
    """Return the quark mixing matrix as complex symbols V_ud, ..., V_tb.

    >>> ckm_symbols()[2, 1]
    V_ts
    """
    return ImmutableMatrix(
        [[Symbol(f"V_{up}{down}", complex=True) for down in DOWN_QUARKS] for up in _UP_QUARKS]
    )


def ckm_matrix(wolfenstein: Sequence[Any] | None = None) -> tuple[tuple[complex, ...], ...]:
    """Return the quark mixing matrix from Wolfenstein's parameters, unitary to machine precision.

    Parameters
    ----------
    wolfenstein : (lambda, A, rho-bar, eta-bar), by default the inputs ckm_lambda, ckm_A, ckm_rho_bar and
        ckm_eta_bar.  The definition is exact: s_12 = lambda, s_23 = A lambda^2,
        s_13 e^(i delta) = A lambda^3 (rho-bar + i eta-bar) sqrt(1 - A^2 lambda^4) /
        (sqrt(1 - lambda^2) (1 - A^2 lambda^4 (rho-bar + i eta-bar))).

    Returns complex numbers, in the standard phase convention of the Particle Data Group.

    Source: A. J. Buras, M. E. Lautenbacher and G. Ostermaier, hep-ph/9403384.

    Examples
    --------
    >>> V = ckm_matrix((0.2245, 0.84, 0.12, 0.36))
    >>> round(V[2][1].real, 4), round(abs(V[2][2]), 4)
    (-0.0415, 0.9991)
    """
    import math

    if wolfenstein is None:
        wolfenstein = [physical_input(f"ckm_{name}") for name in ("lambda", "A", "rho_bar", "eta_bar")]
    lam, A, rho, eta = (float(value) for value in wolfenstein)
    s12, s23 = lam, A * lam**2
    if not (0 < abs(s12) < 1 and abs(s23) < 1):
        raise ArgumentError(
            must_be("wolfenstein", "(lambda, A, rho-bar, eta-bar) with lambda < 1", wolfenstein)
        )
    apex = complex(rho, eta)
    s13 = A * lam**3 * apex * math.sqrt(1 - s23**2) / (math.sqrt(1 - lam**2) * (1 - s23**2 * apex))
    c12, c23, c13 = (math.sqrt(1 - abs(s) ** 2) for s in (s12, s23, s13))
    return (
        (c12 * c13, s12 * c13, s13.conjugate()),
        (-s12 * c23 - c12 * s23 * s13, c12 * c23 - s12 * s23 * s13, s23 * c13),
        (s12 * s23 - c12 * c23 * s13, -c12 * s23 - s12 * c23 * s13, c23 * c13),
    )
