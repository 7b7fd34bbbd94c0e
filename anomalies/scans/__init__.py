"""Scans: complete answers to questions about models: a content, equalities, allowed charges, restrictions.

Key results
-----------
scan : define a scan; `run` answers it
ScanResult, Model : the answer: models, the number left at every step, the classes
SCALE, SIGN, relabelling, charge_conjugation, regrouping : equivalences that may be divided out
fractions_up_to : the charges p/q with bounded p and q

Examples
--------
One's own scenario: the third family apart, electron and d_R uncoupled, one right-handed neutrino of charge 1.

>>> from sympy import Eq, Ne, symbols
>>> from anomalies import standard_model
>>> q, t, mu_L, mu_R = symbols("Q_q1 Q_q3 Q_l2 Q_e2")
>>> found = scan(
...     "one right-handed neutrino",
...     standard_model(right_handed_neutrinos=1),
...     fractions_up_to(4, 4),
...     ["q1 = q2", "u1 = u2", "d = 0", "l1 = e1 = 0", "nu = 1"],
...     {"b to s": Ne(q, t), "muons": Ne(mu_L, 0)},
...     properties={"vector-like muon": Eq(mu_L, mu_R)},
...     equivalences=[SCALE, SIGN],
... ).run()
>>> print(found.counts())
step                                         number
--------------------------------------  -----------
values of all charges                   78310985281
anomaly-free                                      8
b to s                                            8
muons                                             6
of these (a) vector-like muon                     1
classes up to a common positive factor            6
classes up to these and overall sign              6
>>> (model,) = found.with_property("vector-like muon")
>>> [str(model[charge]) for charge in (q, t, mu_L, mu_R)]
['-1/2', '1/2', '1/2', '1/2']
"""

from anomalies.diophantine.powersums import fractions_up_to
from anomalies.scans.definition import Scan, scan
from anomalies.scans.equivalences import (
    SCALE,
    SIGN,
    Equivalence,
    charge_conjugation,
    regrouping,
    relabelling,
)
from anomalies.scans.restrictions import Restriction
from anomalies.scans.results import Classes, Model, ScanResult, Stage

__all__ = [
    "SCALE",
    "SIGN",
    "Classes",
    "Equivalence",
    "Model",
    "Restriction",
    "Scan",
    "ScanResult",
    "Stage",
    "charge_conjugation",
    "fractions_up_to",
    "regrouping",
    "relabelling",
    "scan",
]
