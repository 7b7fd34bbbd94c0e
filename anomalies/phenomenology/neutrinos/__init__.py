"""Neutrino masses from charges and scalars: operators, textures, the scalars a texture needs, the scale."""

from anomalies.phenomenology.neutrinos.operators import (
    BLOCKS,
    NeutrinoOperator,
    OperatorShape,
    neutrino_operators,
    operator_shapes,
)
from anomalies.phenomenology.neutrinos.scalar_search import (
    scalars_for_masses,
    scalars_for_texture,
)
from anomalies.phenomenology.neutrinos.scales import (
    Lambda_LFV,
    lepton_flavour_scale,
    lepton_flavour_scale_TeV,
    m_nu,
)
from anomalies.phenomenology.neutrinos.sector import NeutrinoSector, neutrino_sector
from anomalies.phenomenology.neutrinos.textures import (
    NeutrinoTexture,
    PatternMatrix,
    block_rank,
    neutrino_texture,
    seesaw_pattern,
)

__all__ = [
    "BLOCKS",
    "Lambda_LFV",
    "NeutrinoOperator",
    "NeutrinoSector",
    "NeutrinoTexture",
    "OperatorShape",
    "PatternMatrix",
    "block_rank",
    "lepton_flavour_scale",
    "lepton_flavour_scale_TeV",
    "m_nu",
    "neutrino_operators",
    "neutrino_sector",
    "neutrino_texture",
    "operator_shapes",
    "scalars_for_masses",
    "scalars_for_texture",
    "seesaw_pattern",
]
