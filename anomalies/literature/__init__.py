"""What papers state: named examples and scenarios, keyed by paper and equation.

Nothing here is believed: the rooms above prove it, or record that it fails.

Key results
-----------
DARK_EXAMPLES : the dark sectors that ADN print
ellis_fairbairn_tunney : the field content and the charges of EFT's first scenarios
NAMED_SOLUTIONS, NAMED_SETS, NAMED_FAMILIES : charges with a name, each checked when it is looked up
identify, identify_set : which of these given charges are, and by which permutation, scale and shift
"""

from anomalies.literature.dark_examples import DARK_EXAMPLES, DarkExample
from anomalies.literature.ellis_fairbairn_tunney import Scenario, scenario
from anomalies.literature.identify import identify, identify_set
from anomalies.literature.matches import Match, SetMatch
from anomalies.literature.named_solutions import (
    NAMED_FAMILIES,
    NAMED_SETS,
    NAMED_SOLUTIONS,
    NamedFamily,
    NamedSet,
    NamedSolution,
)

__all__ = [
    "DARK_EXAMPLES",
    "NAMED_FAMILIES",
    "NAMED_SETS",
    "NAMED_SOLUTIONS",
    "DarkExample",
    "Match",
    "NamedFamily",
    "NamedSet",
    "NamedSolution",
    "Scenario",
    "SetMatch",
    "identify",
    "identify_set",
    "scenario",
]
