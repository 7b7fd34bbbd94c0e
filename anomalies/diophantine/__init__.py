"""Diophantine equations of anomaly cancellation: dark sectors, and complete bounded searches."""

from anomalies.diophantine.bounded import many_states_by_height, sectors_with_denominator
from anomalies.diophantine.charges_by_height import solutions_by_height
from anomalies.diophantine.chord_family import ModelFamily
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
from anomalies.diophantine.double_points import DoublePoint, DoublePoints, double_points
from anomalies.diophantine.model_family import FamilySearch, model_family
from anomalies.diophantine.near import near
from anomalies.diophantine.pari import MordellWeil, mordell_weil, pari_is_installed
from anomalies.diophantine.pure_u1 import ChargeSet, PureU1Family, merge
from anomalies.diophantine.pure_u1_fixed import (
    FixedChargesFamily,
    chord_with_fixed_charges,
    node_charges,
    with_fixed_charges,
)
from anomalies.diophantine.pure_u1_pairs import PairSums, pair_sums_of
from anomalies.diophantine.quadrics import (
    Obstruction,
    check_obstruction,
    hilbert_symbol,
    local_obstruction,
    rational_point,
)
from anomalies.diophantine.ranks import KnownRank, RankBounds, known_rank
from anomalies.diophantine.rational_families import NodalFamily, TangentFamily
from anomalies.diophantine.sectors import BRANCHES, DarkSectors, dark_sectors
from anomalies.diophantine.segre import is_vector_like, segre_nodes, segre_planes
from anomalies.diophantine.shift import ShiftFamily, common_shift
from anomalies.diophantine.sm_family import (
    StandardModelFamily,
    locate_charges,
    locate_without_neutrinos,
    remaining_cubic,
    solution_without_neutrinos,
    standard_model_families,
)
from anomalies.diophantine.smallest import SmallestSector, smallest_sector
from anomalies.diophantine.solution_space import SolutionSpace, solution_space
from anomalies.diophantine.survey import Survey, SurveyRow, lepton_charges_up_to, survey
from anomalies.diophantine.survey_table import read_survey, write_survey
from anomalies.diophantine.tangent_map import TangentMap, tangent_map
from anomalies.diophantine.tangents import order_nine_conditions, tangent_identity, tangent_sector
from anomalies.diophantine.torsion import TorsionGroup, order_of_point, torsion_subgroup

__all__ = [
    "BRANCHES",
    "NONTRIVIAL_SENSES",
    "ChargeSet",
    "CubicCurve",
    "CurvePoint",
    "DarkSector",
    "DarkSectors",
    "DoublePoint",
    "DoublePoints",
    "FamilySearch",
    "FixedChargesFamily",
    "IsogenyDescent",
    "KnownRank",
    "ModelFamily",
    "MordellWeil",
    "NodalFamily",
    "Obstruction",
    "PairSums",
    "ProductForm",
    "PureU1Family",
    "RankBounds",
    "ShiftFamily",
    "SmallestSector",
    "SolutionSpace",
    "StandardModelFamily",
    "Survey",
    "SurveyRow",
    "TangentFamily",
    "TangentMap",
    "TorsionGroup",
    "TwoDarkFamily",
    "VectorLikeFamily",
    "check_obstruction",
    "chord_with_fixed_charges",
    "common_shift",
    "cubic_curve",
    "dark_sectors",
    "double_points",
    "hilbert_symbol",
    "is_chiral",
    "is_disjoint",
    "is_no_permutation",
    "is_nontrivial",
    "is_vector_like",
    "isogeny_descent",
    "known_rank",
    "lepton_charges_up_to",
    "local_obstruction",
    "locate_charges",
    "locate_without_neutrinos",
    "many_states_by_height",
    "merge",
    "model_family",
    "mordell_weil",
    "near",
    "node_charges",
    "one_dark_charge",
    "order_nine_conditions",
    "order_of_point",
    "pair_sums_of",
    "pari_is_installed",
    "product_form",
    "product_form_identity",
    "rational_point",
    "read_survey",
    "remaining_cubic",
    "sectors_from_integers",
    "sectors_with_denominator",
    "segre_nodes",
    "segre_planes",
    "smallest_sector",
    "solution_space",
    "solution_without_neutrinos",
    "solutions_by_height",
    "standard_model_families",
    "survey",
    "tangent_identity",
    "tangent_map",
    "tangent_sector",
    "torsion_subgroup",
    "two_dark_charges",
    "with_fixed_charges",
    "write_survey",
]
