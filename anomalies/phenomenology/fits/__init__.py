"""Fits of the charges to rare B decays: likelihoods, best fits, regions, rational points within them.

Key results
-----------
published_likelihood, best_fit, profile, confidence_region : ADN (4.6), (4.7), Table 1, Fig. 2, appendix B
benchmark_points : rational charges within a region that have useful dark sectors
rebuild : the likelihood made anew with flavio
"""

from anomalies.phenomenology.fits.fit import best_fit, linear_model, profile
from anomalies.phenomenology.fits.flavio_likelihood import rebuild
from anomalies.phenomenology.fits.lattice import benchmark_points
from anomalies.phenomenology.fits.likelihood import (
    GaussianLikelihood,
    gaussian_likelihood,
    published_likelihood,
)
from anomalies.phenomenology.fits.regions import ConfidenceRegion, confidence_region
from anomalies.phenomenology.fits.tables import comparison_table, region_table, table_1

__all__ = [
    "ConfidenceRegion",
    "GaussianLikelihood",
    "benchmark_points",
    "best_fit",
    "comparison_table",
    "confidence_region",
    "gaussian_likelihood",
    "linear_model",
    "profile",
    "published_likelihood",
    "rebuild",
    "region_table",
    "table_1",
]
