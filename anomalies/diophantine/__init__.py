"""Diophantine equations of anomaly cancellation: dark sectors, and complete bounded searches."""

from anomalies.diophantine.clebsch import TwoDarkFamily
from anomalies.diophantine.dark import (
    NONTRIVIAL_SENSES,
    DarkSector,
    ProductForm,
    VectorLikeFamily,
    is_chiral,
    is_disjoint,
    is_no_permutation,
    is_nontrivial,
    one_dark_charge,
    product_form,
    product_form_identity,
    sectors_from_integers,
    two_dark_charges,
)
from anomalies.diophantine.near import near
from anomalies.diophantine.segre import is_vector_like, segre_nodes, segre_planes
from anomalies.diophantine.shift import ShiftFamily, common_shift

__all__ = [
    "NONTRIVIAL_SENSES",
    "DarkSector",
    "ProductForm",
    "ShiftFamily",
    "TwoDarkFamily",
    "VectorLikeFamily",
    "common_shift",
    "is_chiral",
    "is_disjoint",
    "is_no_permutation",
    "is_nontrivial",
    "is_vector_like",
    "near",
    "one_dark_charge",
    "product_form",
    "product_form_identity",
    "sectors_from_integers",
    "segre_nodes",
    "segre_planes",
    "two_dark_charges",
]
