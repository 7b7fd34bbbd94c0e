"""Diophantine equations of anomaly cancellation: dark sectors, and complete bounded searches."""

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

__all__ = [
    "NONTRIVIAL_SENSES",
    "DarkSector",
    "ProductForm",
    "VectorLikeFamily",
    "is_chiral",
    "is_disjoint",
    "is_no_permutation",
    "is_nontrivial",
    "near",
    "one_dark_charge",
    "product_form",
    "product_form_identity",
    "sectors_from_integers",
    "two_dark_charges",
]
