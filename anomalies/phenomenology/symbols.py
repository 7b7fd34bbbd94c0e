"""The symbols of the phenomenology, one each, so that formulas of different topics can be put together.

Formulas are homogeneous: masses and vevs may be in any one unit of energy.  Functions that take numbers say
their unit in the argument's name (``v_Phi_TeV``, ``m_Z_GeV``).

Key results
-----------
a_e, a_mu, a_tau, a_Y : the parameters of T_X = sum a_i L_i - (sum a / 3) B + a_Y Y
g, g_prime, g_X : the gauge couplings of SU(2), U(1)_Y and U(1)_X
v, v_Phi : vacuum expectation values, <H> = v/sqrt(2), <Phi> = v_Phi/sqrt(2)
m_Z, m_Zprime, m_W, m_Q : masses
Y_Qd, Y_Qs, Y_Qb : couplings of qbar_L^i Q_R Phi; complex
LEPTONS, LEPTON_CHARGES : the names e, mu, tau and (a_e, a_mu, a_tau)

References
----------
ADN, arXiv:1909.02021, (2.4), (3.2), (3.13), (4.1).
"""

from __future__ import annotations

from sympy import Symbol, symbols

__all__ = [
    "LEPTONS",
    "LEPTON_CHARGES",
    "Y_Qb",
    "Y_Qd",
    "Y_Qs",
    "a_Y",
    "a_e",
    "a_mu",
    "a_tau",
    "alpha_z",
    "g",
    "g_X",
    "g_prime",
    "m_Q",
    "m_W",
    "m_Z",
    "m_Zprime",
    "theta_w",
    "v",
    "v_Phi",
]

# The names agree with those of gauging_generator, so that its charges can be substituted.
a_e, a_mu, a_tau, a_Y = symbols("a_e a_mu a_tau a_Y")
LEPTONS = ("e", "mu", "tau")
LEPTON_CHARGES: tuple[Symbol, ...] = (a_e, a_mu, a_tau)

g, g_prime, g_X = symbols("g g' g_X", positive=True)
v, v_Phi = symbols("v v_Phi", positive=True)
m_Z, m_Zprime, m_W, m_Q = symbols("m_Z m_Z' m_W m_Q", positive=True)
theta_w, alpha_z = symbols("theta_w alpha_z", real=True)
Y_Qd, Y_Qs, Y_Qb = symbols("Y_Qd Y_Qs Y_Qb", complex=True)
