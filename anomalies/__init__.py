"""Exact computer algebra for gauge-anomaly cancellation in U(1) extensions of the Standard Model.

>>> from anomalies import gauging_generator, standard_model
>>> gauging_generator(standard_model())
T_X = a_e*T_L_e + a_mu*T_L_mu + a_tau*T_L_tau - (a_e + a_mu + a_tau)/3*T_B + a_Y*T_Y

Public names are loaded from their rooms when they are first used: a session pays for the rooms it enters.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anomalies.conditions import AnomalyConditions, Triangle, anomaly_conditions
    from anomalies.couplings import charge_conditions, parse_coupling
    from anomalies.diophantine import (
        CubicCurve,
        DarkSector,
        DarkSectors,
        cubic_curve,
        dark_sectors,
        near,
        tangent_sector,
    )
    from anomalies.fields import (
        Chirality,
        FieldContent,
        Multiplet,
        charge_symbols,
        conjugate_multiplet,
        multiplet,
    )
    from anomalies.gauging import (
        GaugingGenerator,
        accidental_symmetries,
        gauging_generator,
        linear_dependencies,
    )
    from anomalies.groups import GaugeGroup, gauge_group, irrep
    from anomalies.library import adn_framework, field_content, standard_model
    from anomalies.solutions import Charges, LinearSolution, Solution

__all__ = [
    "AnomalyConditions",
    "Charges",
    "Chirality",
    "CubicCurve",
    "DarkSector",
    "DarkSectors",
    "FieldContent",
    "GaugeGroup",
    "GaugingGenerator",
    "LinearSolution",
    "Multiplet",
    "Solution",
    "Triangle",
    "accidental_symmetries",
    "adn_framework",
    "anomaly_conditions",
    "charge_conditions",
    "charge_symbols",
    "conjugate_multiplet",
    "cubic_curve",
    "dark_sectors",
    "field_content",
    "gauge_group",
    "gauging_generator",
    "irrep",
    "linear_dependencies",
    "multiplet",
    "near",
    "parse_coupling",
    "standard_model",
    "tangent_sector",
]

__version__ = "0.1.0"

# The rooms that are searched for a public name; each says in its own __all__ what it has.  From the ground
# up, so that a name of the lower floors does not load the upper ones.
_ROOMS = ("groups", "fields", "library", "conditions", "solutions", "couplings", "gauging", "diophantine")


def __getattr__(name: str) -> Any:
    if name in __all__:
        for room in (import_module(f"anomalies.{room}") for room in _ROOMS):
            if name in room.__all__:
                globals()[name] = value = getattr(room, name)
                return value
    raise AttributeError(f"module 'anomalies' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
