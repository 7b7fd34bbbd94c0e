"""The Lagrangian and what follows from exchanging the Z' once: vertices and Wilson coefficients.

Key results
-----------
lagrangian_table, feynman_rules : ADN (3.18), (3.19), Fig. 1
operator_coefficient : tree-level matching, with the right symmetry factor
semileptonic_coefficients, contact_coefficients : ADN (4.1)-(4.5), (5.3)
warsaw_file, flavio_file : the coefficients as WCxf
"""

from anomalies.phenomenology.interactions.feynman_rules import feynman_rules
from anomalies.phenomenology.interactions.lagrangian import (
    covariant_derivative,
    gauge_current,
    lagrangian_table,
)
from anomalies.phenomenology.interactions.matching import current_of, exchange_matrix, operator_coefficient
from anomalies.phenomenology.interactions.wcxf import (
    WilsonFile,
    flavio_file,
    match_with_wilson,
    read_wcxf,
    warsaw_file,
)
from anomalies.phenomenology.interactions.wilson_coefficients import (
    code_coefficients,
    contact_coefficients,
    semileptonic_coefficients,
)

__all__ = [
    "WilsonFile",
    "code_coefficients",
    "contact_coefficients",
    "covariant_derivative",
    "current_of",
    "exchange_matrix",
    "feynman_rules",
    "flavio_file",
    "gauge_current",
    "lagrangian_table",
    "match_with_wilson",
    "operator_coefficient",
    "read_wcxf",
    "semileptonic_coefficients",
    "warsaw_file",
]
