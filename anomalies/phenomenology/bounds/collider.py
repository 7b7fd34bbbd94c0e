"""Direct searches for the Z' at the LHC: ADN's limit as a quoted number, and where it can be used.

The limit comes from a recast of dilepton data at one point of the parameter space, by others; it is quoted,
not derived.  It needs valence quarks and charged leptons that couple to the Z', and it holds in the contact
regime, where m_Z' = g_X v_Phi is beyond the dilepton masses that the search for resonances covers.

Key results
-----------
direct_search_bound : v_Phi > 3.1 TeV at ADN's benchmark point, or why nothing is known
light_quark_charges : what couples to protons
contact_regime_coupling : the least g_X for the contact regime

References
----------
ADN, arXiv:1909.02021, (5.4) and section 5.1; ATLAS, arXiv:1903.06248.
"""

from __future__ import annotations

from typing import Any

from anomalies.phenomenology.bounds.bound import Bound
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import BENCHMARK, LeptonPoint, as_scale_TeV

__all__ = ["contact_regime_coupling", "direct_search_bound", "light_quark_charges"]


def light_quark_charges(point: LeptonPoint) -> dict[str, Any]:
    """Return the charges Q_q, Q_u, Q_d that valence quarks have, exactly.

    Mixing with the heavy quark adds |Y_Qd v_Phi / m_Q|^2 / 2 or, through the CKM matrix, less: zero or tiny.

    >>> light_quark_charges(LeptonPoint(1, 1, -2, 0))
    {'Q_q': 0, 'Q_u': 0, 'Q_d': 0}
    """
    charges = point.charges
    return {name: charges[name] for name in ("Q_q", "Q_u", "Q_d")}


def direct_search_bound(point: LeptonPoint) -> Bound:
    """Return ADN's limit from p p -> e e, mu mu at their benchmark point, and no bound anywhere else.

    Source: ADN (5.4).

    Examples
    --------
    >>> direct_search_bound(BENCHMARK)
    v_Phi > 3.10 TeV
    >>> direct_search_bound(LeptonPoint(1, 1, -2, 0)).reason
    'Q_q = Q_u = Q_d = 0: valence quarks do not couple'
    """
    quoted = physical_input("v_Phi_direct")
    name, equation = "direct searches at the LHC", "ADN (5.4)"
    if point == BENCHMARK:
        reason = "quoted: recast of dilepton data, for m_Z' > 6 TeV"
        return Bound(name, "lower", float(quoted), "95%, quoted", equation, quoted.value, reason, None)
    reason = "known at ADN's benchmark point only"
    if not any(light_quark_charges(point).values()):
        reason = "Q_q = Q_u = Q_d = 0: valence quarks do not couple"
    return Bound(name, "lower", None, "95%, quoted", equation, None, reason, None)


def contact_regime_coupling(v_Phi_TeV: object) -> float:
    """Return the least g_X at which m_Z' = g_X v_Phi is beyond the dilepton masses of the search, 6 TeV.

    Source: ADN section 5.1: 1.5 for v_Phi = 4 TeV, so that couplings from 1.5 to 2.1 serve.

    >>> contact_regime_coupling(4)
    1.5
    """
    return float(physical_input("m_dilepton_largest")) / as_scale_TeV(v_Phi_TeV, "v_Phi_TeV")
