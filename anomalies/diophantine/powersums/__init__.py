"""Power-sum systems: complete bounded searches for anomaly-free charges of any field content.

The conditions become integer-weighted power sums over classes of interchangeable charges (`system`), the
linear ones are solved by cells of fixed sums (`cells`), and each cell is a join of two halves: slowly in
Python integers (`exact_engine`), or by compiled kernels.  Those need the extra `search`; they are imported
from their own modules and never from here.
"""

from anomalies.diophantine.powersums.allowed import fractions_up_to
from anomalies.diophantine.powersums.canonical import (
    Equivalence,
    canonical,
    canonical_modulo,
    has_integer_box,
    inequivalent,
    is_canonical,
)
from anomalies.diophantine.powersums.cells import Cell, cell_cost, cells
from anomalies.diophantine.powersums.detection import PowerSum, power_sums
from anomalies.diophantine.powersums.exact_engine import brute_force, solutions, solutions_in_cell
from anomalies.diophantine.powersums.rows import charges_of, parts_of, satisfies, solution_of
from anomalies.diophantine.powersums.system import ChargeClass, PowerSumSystem, power_sum_system

__all__ = [
    "Cell",
    "ChargeClass",
    "Equivalence",
    "PowerSum",
    "PowerSumSystem",
    "brute_force",
    "canonical",
    "canonical_modulo",
    "cell_cost",
    "cells",
    "charges_of",
    "fractions_up_to",
    "has_integer_box",
    "inequivalent",
    "is_canonical",
    "parts_of",
    "power_sum_system",
    "power_sums",
    "satisfies",
    "solution_of",
    "solutions",
    "solutions_in_cell",
]
