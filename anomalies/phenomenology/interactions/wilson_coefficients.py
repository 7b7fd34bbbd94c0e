r"""Wilson coefficients of b -> s l l and contact operators: ADN (4.1)-(4.7), (5.2), (5.3).

Everything follows from L_eff = -1/2 sum P_ab J_a J_b (see `matching`) with the currents of the content.
With K = Y_Qs Y_Qb^* / (2 m_Q^2), exchange of the Z' alone gives in the *Lagrangian*

    C_L^alpha = K (a_alpha - a_Y / 2),   C_R^alpha = K (a_alpha - a_Y),
    C_9^alpha = K (a_alpha - 3 a_Y / 4),   C_10^alpha = -K a_Y / 4.

ADN print the opposite signs under the name of a Lagrangian; they are those of H_eff = -L_eff.  In the
convention of flavour codes, L = N sum_i C_i O_i with N = 4 G_F / sqrt(2) V_tb V_ts^* alpha_em / (4 pi),
this is

    C_9 = -C (a_alpha - 3 a_Y / 4),   C_10 = C a_Y / 4,   C = -K / N,

and C > 0 for Y_Qs Y_Qb^* > 0 because V_ts < 0.

The Z counts as well.  The Higgs is charged if a_Y is not 0, so that the Z mixes with the Z' and gets a
flavour-violating coupling of relative size m_Z^2 / m_Z'^2, which its propagator compensates.  Exchange of
both gives, exactly,

    C_9^alpha = K (a_alpha - cos^2(theta_w) a_Y),   C_10^alpha = 0.

At low energy the charge a_Y Y is seen through Y = Q - T3 and the neutral current through T3 -
sin^2(theta_w) Q, and T3, the only axial part, drops out of the sum.  ADN (4.2)-(4.7) leave the Z out; here
it is an explicit argument.

Key results
-----------
low_energy_currents : J_Z and J_X of quarks and leptons after electroweak symmetry breaking
semileptonic_coefficients : C_L, C_R, C9, C10 of each lepton
code_coefficients, fit_normalisation : the same in the convention of flavour codes, (4.6), (4.7), and C
normalisation_per_GeV2 : N as a number
contact_coefficients : (5.2), (5.3), beside what ADN print

References
----------
ADN, arXiv:1909.02021, sections 4.1 and 5.1; D. Straub, arXiv:1810.08132 (flavio), for the convention of the
codes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias, get_args

from sympy import (
    ImmutableMatrix,
    Integer,
    Matrix,
    Rational,
    conjugate,
    expand,
    factor,
    pi,
    sqrt,
    symbols,
)
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, must_be
from anomalies.fields import FieldContent
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.interactions.matching import (
    Bilinear,
    Current,
    Form,
    coupling_matrices,
    current_of,
    exchange_matrix,
    form_sign,
    operator_coefficient,
)
from anomalies.phenomenology.mixing.quarks import weak_dimension
from anomalies.phenomenology.points import framework_content
from anomalies.phenomenology.symbols import LEPTONS, Y_Qb, Y_Qd, Y_Qs, m_Q, theta_w, v, v_Phi
from anomalies.tables import Table

__all__ = [
    "Exchange",
    "PaperComparison",
    "SemileptonicCoefficients",
    "adn_left_couplings",
    "alpha_em",
    "code_coefficients",
    "contact_coefficients",
    "fit_normalisation",
    "low_energy_currents",
    "low_energy_exchange",
    "normalisation",
    "normalisation_per_GeV2",
    "semileptonic_coefficients",
]

Exchange: TypeAlias = Literal["Z'", "Z and Z'"]

G_F, alpha_em = symbols("G_F alpha_em", positive=True)  # the Fermi constant in 1/energy^2
V_tb, V_ts = symbols("V_tb V_ts", complex=True)

# The components of the multiplets after electroweak symmetry breaking, T3 = +1/2 first.
_COMPONENTS = {
    "q": ("u_L", "d_L"),
    "l": ("nu_L", "e_L"),
    "u": ("u_R",),
    "d": ("d_R",),
    "e": ("e_R",),
    "nu": ("nu_R",),
}


@dataclass(frozen=True, slots=True, repr=False)
class SemileptonicCoefficients(Printable):
    """The coefficients of (sbar_L gamma b_L)(lbar_L gamma l_L) and of (sbar_L gamma b_L)(lbar_R gamma l_R).

    Attributes
    ----------
    form : "lagrangian" or "hamiltonian".
    left, right : C_L and C_R for e, mu, tau, in 1/(unit of m_Q)^2.
    """

    form: Form
    left: tuple[Any, ...]
    right: tuple[Any, ...]

    def C9(self, lepton: str) -> Any:
        """Return C_9 = (C_L + C_R) / 2, the coefficient of (sbar_L gamma b_L)(lbar gamma l)."""
        place = _lepton(lepton)
        return factor((self.left[place] + self.right[place]) / 2)

    def C10(self, lepton: str) -> Any:
        """Return C_10 = -(C_L - C_R) / 2, the coefficient of (sbar_L gamma b_L)(lbar gamma gamma_5 l)."""
        place = _lepton(lepton)
        return factor((self.right[place] - self.left[place]) / 2)

    def table(self, unit: Any = 1) -> Table:
        """Return C_L, C_R, C_9 and C_10 of each lepton, divided by a common factor."""
        rows = []
        for place, lepton in enumerate(LEPTONS):
            values = (self.left[place], self.right[place], self.C9(lepton), self.C10(lepton))
            rows.append((lepton, *(factor(value / unit) for value in values)))
        return Table(("lepton", *symbols("C_L C_R C_9 C_10")), rows)

    def _latex(self, printer: Any) -> str:
        return self.table().latex(printer._print)

    def _sympystr(self, printer: Any) -> str:
        return self.table().text(printer._print)


@dataclass(frozen=True, slots=True)
class PaperComparison:
    """What is derived, what the paper prints, and why they differ; `reason` is empty where they agree."""

    equation: str
    name: str
    ours: Any
    printed: Any
    reason: str


def _lepton(name: str) -> int:
    if name not in LEPTONS:
        raise ArgumentError(must_be("lepton", "'e', 'mu' or 'tau'", name))
    return LEPTONS.index(name)


def adn_left_couplings() -> ImmutableMatrix:
    """Return L^(d) at leading order, Q_q delta_ij - v_Phi^2 Y_Qi Y_Qj^* / (2 m_Q^2).

    Off the diagonal this is ADN (3.10); on it the same correction makes the charges slightly non-universal.

    >>> adn_left_couplings()[1, 2]
    -Y_Qs*v_Phi**2*conjugate(Y_Qb)/(2*m_Q**2)
    """
    charge = framework_content().multiplet("q").charges[1][0]
    yukawas = Matrix([Y_Qd, Y_Qs, Y_Qb])
    return ImmutableMatrix(charge * Matrix.eye(3) - v_Phi**2 * yukawas * yukawas.H / (2 * m_Q**2))


def low_energy_currents(
    content: FieldContent,
    *,
    mixed: Mapping[str, Any] | None = None,
    ckm: Any = None,
    sin2_theta_w: Any = None,
) -> tuple[Current, Current]:
    """Return J_Z and J_X of the components u_L, d_L, nu_L, e_L, u_R, d_R, e_R, nu_R of the multiplets.

    J_Z has the charges T3 - sin^2(theta_w) Q; its coupling is sqrt(g^2 + g'^2).

    Parameters
    ----------
    content : the Standard Model's fields with charges under U(1)_X.
    mixed : matrices of couplings in place of diagonal charges, by field: {"q": L^(d)}.  The one of q is
        that of the down quarks.
    ckm : the quark mixing matrix V, by which u_L couples with V L^(d) V^dagger; the unit matrix if it is
        left out.
    sin2_theta_w : a number or an expression, by default sin(theta_w)^2.

    Source: ADN (3.7)-(3.9), (3.19).

    Examples
    --------
    >>> J_Z, J_X = low_energy_currents(framework_content())
    >>> J_Z.coefficient(Bilinear("e_R", 1, 1)), J_X.coefficient(Bilinear("e_R", 1, 1))
    (sin(theta_w)**2, -a_Y + a_e)
    """
    from sympy import sin

    weak_angle = sin(theta_w) ** 2 if sin2_theta_w is None else sin2_theta_w
    place = content.place_of("Y")
    matrices = coupling_matrices(content, "X", mixed)
    weak: list[tuple[Bilinear, Any]] = []
    extra: list[tuple[Bilinear, Any]] = []
    for field in content.multiplets:
        if field.name not in _COMPONENTS or field.name not in matrices:
            continue
        couplings = Matrix(matrices[field.name])
        weak_spin = Rational(weak_dimension(content, field) - 1, 2)
        for component in _COMPONENTS[field.name]:
            charge = weak_spin + field.charges[place][0]
            rotated = (
                couplings if component != "u_L" or ckm is None else Matrix(ckm) * couplings * Matrix(ckm).H
            )
            for i in range(field.families):
                weak.append((Bilinear(component, i + 1, i + 1), weak_spin - weak_angle * charge))
                extra += [(Bilinear(component, i + 1, j + 1), rotated[i, j]) for j in range(field.families)]
            weak_spin -= 1
    charged = [tuple((b, c) for b, c in terms if c != 0) for terms in (weak, extra)]
    return Current(charged[0]), Current(charged[1])


def low_energy_exchange(
    content: FieldContent, exchange: Exchange, *, higgs: Any = v, phi: Any = v_Phi
) -> Any:
    """Return the exchange matrix P for (J_Z, J_X): of the Z' alone, or of the Z and the Z' with their mixing.

    Parameters
    ----------
    content : it has H and Phi, with numbers or symbols as charges.
    exchange : "Z'" or "Z and Z'".
    higgs, phi : the vevs v and v_Phi, in one unit.

    The Z' alone is approximated by P = 1 / (Q_Phi v_Phi)^2: its mass and its coupling without mixing, as
    ADN do.

    Examples
    --------
    >>> low_energy_exchange(framework_content(), "Z and Z'")[0, 1]
    a_Y/v_Phi**2
    """
    if exchange not in get_args(Exchange):
        raise ArgumentError(must_be("exchange", '"Z\'" or "Z and Z\'"', exchange))
    place = content.place_of("X")
    charge_H, charge_Phi = (content.multiplet(name).charges[place][0] for name in ("H", "Phi"))
    if exchange == "Z'":
        return ImmutableMatrix([[0, 0], [0, exchange_matrix([(phi, (charge_Phi,))])[0, 0]]])
    return exchange_matrix([(higgs, (Rational(1, 2), charge_H)), (phi, (Integer(0), charge_Phi))])


def semileptonic_coefficients(*, as_: Form, exchange: Exchange) -> SemileptonicCoefficients:
    """Return C_L and C_R of b -> s l l for e, mu, tau in ADN's framework, as formulas.

    Parameters
    ----------
    as_ : "lagrangian", or "hamiltonian" for the signs that ADN print.
    exchange : "Z'" for what ADN compute, "Z and Z'" for everything that is exchanged at tree level.

    Source: ADN (4.1)-(4.5).

    Examples
    --------
    >>> found = semileptonic_coefficients(as_="hamiltonian", exchange="Z'")
    >>> found.C10("mu")
    Y_Qs*a_Y*conjugate(Y_Qb)/(8*m_Q**2)
    >>> semileptonic_coefficients(as_="hamiltonian", exchange="Z and Z'").C10("mu")
    0
    """
    form_sign(as_)
    return _semileptonic(as_, exchange)


@cache
def _semileptonic(as_: Form, exchange: Exchange) -> SemileptonicCoefficients:
    content = framework_content()
    currents = low_energy_currents(content, mixed={"q": adn_left_couplings()})
    matrix = low_energy_exchange(content, exchange)
    quarks = Bilinear("d_L", 2, 3)
    left, right = (
        tuple(
            factor(
                operator_coefficient(currents, matrix, quarks, Bilinear(component, i, i), as_=as_).trigsimp()
            )
            for i in (1, 2, 3)
        )
        for component in ("e_L", "e_R")
    )
    return SemileptonicCoefficients(as_, left, right)


def normalisation() -> Any:
    """Return N = 4 G_F / sqrt(2) V_tb V_ts^* alpha_em / (4 pi), in 1/(unit of energy)^2.

    Source: ADN (4.6), (4.7).
    """
    return 4 * G_F / sqrt(2) * V_tb * conjugate(V_ts) * alpha_em / (4 * pi)


def normalisation_per_GeV2(V_tb_V_ts: complex, inverse_alpha_em: float | None = None) -> complex:
    """Return N in GeV^-2.

    Parameters
    ----------
    V_tb_V_ts : V_tb V_ts^*, for instance from `quark_mixing.ckm_matrix`.
    inverse_alpha_em : 1/alpha_em, by default at the scale of the b quark.

    Examples
    --------
    >>> round(abs(normalisation_per_GeV2(-0.0405)) ** -0.5 / 1000, 1)
    35.4
    """
    inverse = physical_input("inverse_alpha_em_m_b") if inverse_alpha_em is None else inverse_alpha_em
    if not float(inverse) > 0:
        raise ArgumentError(must_be("inverse_alpha_em", "a positive number such as 133", inverse_alpha_em))
    fermi = float(physical_input("G_F"))
    return complex(V_tb_V_ts) * 4 * fermi / math.sqrt(2) / (4 * math.pi * float(inverse))


def fit_normalisation() -> Any:
    """Return C of ADN (4.6), (4.7): -Y_Qs Y_Qb^* / (2 m_Q^2 N), dimensionless.

    It is positive for Y_Qs Y_Qb^* > 0, since V_tb V_ts^* < 0.

    >>> fit_normalisation().subs({Y_Qs: 1, Y_Qb: 1, V_tb: 1, V_ts: -1, alpha_em: pi, G_F: sqrt(2), m_Q: 1})
    1/2
    """
    return -Y_Qs * conjugate(Y_Qb) / (2 * m_Q**2 * normalisation())


def code_coefficients(lepton: str, *, exchange: Exchange) -> tuple[Any, Any]:
    """Return (C9, C10) in the convention of flavour codes, L = N (C9 O9 + C10 O10), in units of C.

    Parameters
    ----------
    lepton : "e", "mu" or "tau".
    exchange : "Z'" or "Z and Z'".

    Source: ADN (4.6), (4.7), with the signs of the codes.

    Examples
    --------
    >>> code_coefficients("mu", exchange="Z'")
    (3*a_Y/4 - a_mu, a_Y/4)
    >>> code_coefficients("mu", exchange="Z and Z'")
    (a_Y*cos(theta_w)**2 - a_mu, 0)
    """
    found = semileptonic_coefficients(as_="lagrangian", exchange=exchange)
    unit = fit_normalisation() * normalisation()
    return expand(found.C9(lepton) / unit), expand(found.C10(lepton) / unit)


def contact_coefficients(family: int = 2) -> tuple[PaperComparison, ...]:
    """Return the coefficients C of ADN (5.2), L = C / v^2 (qbar gamma q)(lbar gamma l), for quarks q, d, u.

    Parameters
    ----------
    family : the family of the lepton doublet, 1 to 3; ADN have the muon, 2.

    Source: ADN (5.2), (5.3).

    Examples
    --------
    >>> found = contact_coefficients()[1]
    >>> found.name, (found.ours / found.printed).cancel()
    ('d1 l2', -2)
    """
    if family not in (1, 2, 3):
        raise ArgumentError(must_be("family", "1, 2 or 3", family))
    content = framework_content()
    current = current_of(content)
    lepton = Bilinear("l", family, family)
    place = content.place_of("X")
    found = []
    for name in ("q", "d", "u"):
        coefficient = operator_coefficient(
            current, 1 / v_Phi**2, Bilinear(name, 1, 1), lepton, as_="lagrangian"
        )
        product = (
            content.multiplet(name).charges[place][0] * content.multiplet("l").charges[place][family - 1]
        )
        found.append(
            PaperComparison(
                "5.3",
                f"{name}1 l{family}",
                factor(coefficient * v**2),
                factor(v**2 / (2 * v_Phi**2) * product),
                "The Lagrangian is -J^2/(2 v_Phi^2), in which the product of two different bilinears occurs "
                "twice: the printed coefficient lacks the factor 2 and the sign, which is the sign of the "
                "interference with the photon and the Z.",
            )
        )
    return tuple(found)
