"""Masses of the dark states, and which dark sectors are useful to a model builder."""

from anomalies.dark_masses.majorana import Insertion, MajoranaTexture, generic_rank, majorana_texture
from anomalies.dark_masses.operators import (
    NEUTRINO_OPERATORS,
    bare_masses,
    operator_charges,
    weinberg_operators,
    yukawa_couplings,
)
from anomalies.dark_masses.scalars import fewest_scalars, scalar_candidates
from anomalies.dark_masses.usefulness import (
    CRITERIA,
    SectorDescription,
    describe_sector,
    rank_sectors,
    ranking_table,
)

__all__ = [
    "CRITERIA",
    "NEUTRINO_OPERATORS",
    "Insertion",
    "MajoranaTexture",
    "SectorDescription",
    "bare_masses",
    "describe_sector",
    "fewest_scalars",
    "generic_rank",
    "majorana_texture",
    "operator_charges",
    "rank_sectors",
    "ranking_table",
    "scalar_candidates",
    "weinberg_operators",
    "yukawa_couplings",
]
