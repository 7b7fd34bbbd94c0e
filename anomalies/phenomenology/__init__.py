"""What follows from the exact charges: mixing, Wilson coefficients, bounds, fits, neutrino masses.

The topics are modules of their own, imported one by one; here is the ground they share.

Key results
-----------
physical_input : a measured number with its uncertainty, unit and source
LeptonPoint, BENCHMARK, CLEAN : points of the parameter space
framework_charges, framework_content : ADN's charges and fields in a_e, a_mu, a_tau, a_Y
width_weights, branching_ratios, width_over_mass : the decays of the Z'
"""

from anomalies.phenomenology.inputs import PhysicalInput, physical_input, physical_inputs
from anomalies.phenomenology.points import (
    BENCHMARK,
    CLEAN,
    LeptonPoint,
    as_scale_TeV,
    framework_charges,
    framework_content,
)
from anomalies.phenomenology.widths import branching_ratios, width_over_mass, width_weights

__all__ = [
    "BENCHMARK",
    "CLEAN",
    "LeptonPoint",
    "PhysicalInput",
    "as_scale_TeV",
    "branching_ratios",
    "framework_charges",
    "framework_content",
    "physical_input",
    "physical_inputs",
    "width_over_mass",
    "width_weights",
]
