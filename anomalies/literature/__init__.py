"""What papers state: named examples and scenarios, keyed by paper and equation.

Nothing here is believed: the rooms above prove it, or record that it fails.

Key results
-----------
DARK_EXAMPLES : the dark sectors that ADN print
ellis_fairbairn_tunney : the field content and the charges of EFT's first scenarios
"""

from anomalies.literature.dark_examples import DARK_EXAMPLES, DarkExample
from anomalies.literature.ellis_fairbairn_tunney import Scenario, scenario

__all__ = ["DARK_EXAMPLES", "DarkExample", "Scenario", "scenario"]
