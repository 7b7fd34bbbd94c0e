"""Who mixes with whom: quarks with the heavy quark, neutral gauge bosons with each other.

Key results
-----------
mass_matrix, expand_diagonalisation : mass matrices from the Lagrangian, and their diagonalisation
left_down_couplings, left_up_couplings : what it does to the couplings of quarks
neutral_masses, z_mixing, mixing_series : neutral gauge bosons for any scalars; exact, and as a series
"""

from anomalies.phenomenology.mixing.diagonalisation import diagonalise_numerically, expand_diagonalisation
from anomalies.phenomenology.mixing.expansion import mixing_series
from anomalies.phenomenology.mixing.gauge_masses import NeutralMasses, neutral_masses
from anomalies.phenomenology.mixing.neutral_bosons import ZMixing, boson_coupling, mixing_at, z_mixing
from anomalies.phenomenology.mixing.quarks import (
    ckm_matrix,
    flavour_violating_coupling,
    left_down_couplings,
    left_up_couplings,
    mass_matrix,
)

__all__ = [
    "NeutralMasses",
    "ZMixing",
    "boson_coupling",
    "ckm_matrix",
    "diagonalise_numerically",
    "expand_diagonalisation",
    "flavour_violating_coupling",
    "left_down_couplings",
    "left_up_couplings",
    "mass_matrix",
    "mixing_at",
    "mixing_series",
    "neutral_masses",
    "z_mixing",
]
