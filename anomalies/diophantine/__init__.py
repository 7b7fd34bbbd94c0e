"""Diophantine equations of anomaly cancellation: dark sectors, and complete bounded searches."""

from anomalies.diophantine.bounded import many_states_by_height, sectors_with_denominator
from anomalies.diophantine.clebsch import TwoDarkFamily
from anomalies.diophantine.curve import CubicCurve, CurvePoint, cubic_curve
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
from anomalies.diophantine.descent import IsogenyDescent, isogeny_descent
from anomalies.diophantine.near import near
from anomalies.diophantine.pari import MordellWeil, mordell_weil, pari_is_installed
from anomalies.diophantine.ranks import KnownRank, RankBounds, known_rank
from anomalies.diophantine.rational_families import NodalFamily, TangentFamily
from anomalies.diophantine.sectors import BRANCHES, DarkSectors, dark_sectors
from anomalies.diophantine.segre import is_vector_like, segre_nodes, segre_planes
from anomalies.diophantine.shift import ShiftFamily, common_shift
from anomalies.diophantine.smallest import SmallestSector, smallest_sector
from anomalies.diophantine.survey import Survey, SurveyRow, lepton_charges_up_to, survey
from anomalies.diophantine.survey_table import read_survey, write_survey
from anomalies.diophantine.tangents import order_nine_conditions, tangent_identity, tangent_sector
from anomalies.diophantine.torsion import TorsionGroup, order_of_point, torsion_subgroup

__all__ = [
    "BRANCHES",
    "NONTRIVIAL_SENSES",
    "CubicCurve",
    "CurvePoint",
    "DarkSector",
    "DarkSectors",
    "IsogenyDescent",
    "KnownRank",
    "MordellWeil",
    "NodalFamily",
    "ProductForm",
    "RankBounds",
    "ShiftFamily",
    "SmallestSector",
    "Survey",
    "SurveyRow",
    "TangentFamily",
    "TorsionGroup",
    "TwoDarkFamily",
    "VectorLikeFamily",
    "common_shift",
    "cubic_curve",
    "dark_sectors",
    "is_chiral",
    "is_disjoint",
    "is_no_permutation",
    "is_nontrivial",
    "is_vector_like",
    "isogeny_descent",
    "known_rank",
    "lepton_charges_up_to",
    "many_states_by_height",
    "mordell_weil",
    "near",
    "one_dark_charge",
    "order_nine_conditions",
    "order_of_point",
    "pari_is_installed",
    "product_form",
    "product_form_identity",
    "read_survey",
    "sectors_from_integers",
    "sectors_with_denominator",
    "segre_nodes",
    "segre_planes",
    "smallest_sector",
    "survey",
    "tangent_identity",
    "tangent_sector",
    "torsion_subgroup",
    "two_dark_charges",
    "write_survey",
]
