"""Bounds on v_Phi, the scale at which U(1)_X breaks, and on the coupling.

Key results
-----------
all_bounds : every bound at a point, and the window they leave
lepton_universality_bound, rho_bound, mixing_bound, trident_bound, direct_search_bound : one each
largest_coupling : perturbativity
"""

from anomalies.phenomenology.bounds.alternative import alternative_point
from anomalies.phenomenology.bounds.bound import Bound, Estimate, estimate
from anomalies.phenomenology.bounds.collider import direct_search_bound
from anomalies.phenomenology.bounds.electroweak import lepton_universality_bound, rho_bound, rho_upper_bound
from anomalies.phenomenology.bounds.meson_mixing import largest_v_Phi_TeV, mixing_bound
from anomalies.phenomenology.bounds.overview import all_bounds
from anomalies.phenomenology.bounds.perturbativity import largest_coupling, relative_width
from anomalies.phenomenology.bounds.report import BoundsReport, Window
from anomalies.phenomenology.bounds.tridents import trident_bound

__all__ = [
    "Bound",
    "BoundsReport",
    "Estimate",
    "Window",
    "all_bounds",
    "alternative_point",
    "direct_search_bound",
    "estimate",
    "largest_coupling",
    "largest_v_Phi_TeV",
    "lepton_universality_bound",
    "mixing_bound",
    "relative_width",
    "rho_bound",
    "rho_upper_bound",
    "trident_bound",
]
