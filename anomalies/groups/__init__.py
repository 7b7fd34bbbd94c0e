"""Gauge groups and their irreducible representations.

roots : the root system of a simple Lie algebra, as integers
gauge : simple groups, U(1) factors, and their products
irreps : representations by Dynkin labels; dimension, index, cubic coefficient, reality
"""

from anomalies.groups.gauge import SO, SU, U1, GaugeGroup, SimpleGroup, Sp, exceptional, gauge_group
from anomalies.groups.irreps import (
    Irrep,
    conjugate,
    cubic_coefficient,
    dimension,
    dynkin_index,
    has_cubic_anomaly,
    has_witten_anomaly,
    irrep,
    irreps_of_dimension,
    reality,
    witten_parity,
)

__all__ = [
    "SO",
    "SU",
    "U1",
    "GaugeGroup",
    "Irrep",
    "SimpleGroup",
    "Sp",
    "conjugate",
    "cubic_coefficient",
    "dimension",
    "dynkin_index",
    "exceptional",
    "gauge_group",
    "has_cubic_anomaly",
    "has_witten_anomaly",
    "irrep",
    "irreps_of_dimension",
    "reality",
    "witten_parity",
]
