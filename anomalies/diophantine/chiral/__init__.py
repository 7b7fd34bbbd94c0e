"""Complete lists of chiral sets, the charges of a U(1) of its own, and what model builders ask of them.

The conditions are solved by a join (`sets`): slowly in Python integers, or by compiled kernels, which need
the extra `search` and are imported inside functions only.
"""

from anomalies.diophantine.chiral.counting import count_chiral_sets
from anomalies.diophantine.chiral.enumeration import chiral_sets
from anomalies.diophantine.chiral.masses import (
    mass_terms,
    massive_states,
    massless_states,
    scalar_charges,
    useful_scalars,
)
from anomalies.diophantine.chiral.predicates import (
    Predicate,
    gives_dirac_neutrinos,
    has_divisible,
    has_mass_term,
    has_pattern,
    has_stable_sectors,
    has_triplet,
    leaves_massless,
    some_scalar_leaves,
)
from anomalies.diophantine.chiral.properties import (
    ActiveSet,
    DiracOperator,
    StableSector,
    active_sets_of,
    all_active_sets,
    dirac_operators,
    divisible_charges,
    multiplicities,
    multiplicity_pattern,
    residual_factors,
    residual_order,
    stable_sectors,
)
from anomalies.diophantine.chiral.sets import ChiralSet, chiral_set

__all__ = [
    "ActiveSet",
    "ChiralSet",
    "DiracOperator",
    "Predicate",
    "StableSector",
    "active_sets_of",
    "all_active_sets",
    "chiral_set",
    "chiral_sets",
    "count_chiral_sets",
    "dirac_operators",
    "divisible_charges",
    "gives_dirac_neutrinos",
    "has_divisible",
    "has_mass_term",
    "has_pattern",
    "has_stable_sectors",
    "has_triplet",
    "leaves_massless",
    "mass_terms",
    "massive_states",
    "massless_states",
    "multiplicities",
    "multiplicity_pattern",
    "residual_factors",
    "residual_order",
    "scalar_charges",
    "some_scalar_leaves",
    "stable_sectors",
    "useful_scalars",
]
