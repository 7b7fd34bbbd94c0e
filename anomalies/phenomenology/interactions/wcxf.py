r"""Wilson coefficients as files in the exchange format WCxf, JSON or YAML, in two bases.

SMEFT, basis Warsaw: tree-level exchange of the heavy Z' in the unbroken phase, with the currents of
fermions and of the Higgs doublet.  Four-fermion operators lq1, lu, ld, qe, eu, ed, le, qu1, qd1, ud1, ll,
ee, qq1, uu, dd; phil1, phie, phiq1, phiu, phid; phiD, phiBox.  No kinetic mixing, no loops, no running;
right-handed neutrinos are not in the SMEFT and are left out.

WET, basis flavio: d_i -> d_j transitions with charged leptons (C9, C10 and their primed partners) and
neutrinos, and Delta F = 2 operators of down quarks.  Operators with four quarks and those that conserve
flavour are left out.

Conventions of WCxf: L = sum_O C_O O, plus the Hermitian conjugate where O is not Hermitian; of operators
that are equal or conjugate to each other one is in the basis, the one with the smallest indices.  SMEFT
coefficients are in GeV^-2. The doublets q are in the basis of diagonal down quarks.

Key results
-----------
warsaw_file, flavio_file : the coefficients of a model at a point
WilsonFile : a file, with as_json() and as_yaml()
read_wcxf : a file from text
match_with_wilson : SMEFT to WET by the package wilson, an independent check

References
----------
J. Aebischer et al., arXiv:1712.05298 (WCxf), arXiv:1804.05033 (wilson); B. Grzadkowski et al.,
arXiv:1008.4884.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from typing import Any

from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, MissingToolError, UnknownNameError, must_be
from anomalies.fields import FieldContent
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.interactions.matching import (
    Bilinear,
    Current,
    current_of,
    higgs_operators,
    operator_coefficient,
)
from anomalies.phenomenology.interactions.wilson_coefficients import (
    Exchange,
    low_energy_currents,
    low_energy_exchange,
    normalisation_per_GeV2,
)
from anomalies.phenomenology.points import as_scale_TeV
from anomalies.phenomenology.symbols import LEPTONS

__all__ = ["WilsonFile", "flavio_file", "match_with_wilson", "read_wcxf", "warsaw_file"]

# Operators whose two currents are of one field, of two fields, and of one field and the Higgs.
_ONE_FIELD = {"ll": "l", "ee": "e", "qq1": "q", "uu": "u", "dd": "d"}
_TWO_FIELDS = {
    "lq1": ("l", "q"),
    "lu": ("l", "u"),
    "ld": ("l", "d"),
    "qe": ("q", "e"),
    "eu": ("e", "u"),
    "ed": ("e", "d"),
    "le": ("l", "e"),
    "qu1": ("q", "u"),
    "qd1": ("q", "d"),
    "ud1": ("u", "d"),
}
_HIGGS = {"phil1": "l", "phie": "e", "phiq1": "q", "phiu": "u", "phid": "d"}
# A colourless SU(2) singlet has one contraction only: (ebar_i e_j)(ebar_k e_l) = (ebar_i e_l)(ebar_k e_j).
_ONE_CONTRACTION = frozenset("e")

# Transitions of down quarks: name, and families i, j of (dbar_i d_j); N holds V_tj V_ti^*.  For s -> d with
# neutrinos the text of the basis has the conjugate operator, but wilson and flavio compute with this one.
_TRANSITIONS = (("bs", 2, 3), ("bd", 1, 3), ("sd", 1, 2))

_PACKAGE = "needs the package wilson: pip install 'gauge-anomalies[flavour]'."


@dataclass(frozen=True, slots=True, repr=False)
class WilsonFile(Printable):
    """Wilson coefficients in a basis at a scale.

    Attributes
    ----------
    eft, basis : "SMEFT" and "Warsaw", or "WET" and "flavio".
    scale_GeV : the renormalisation scale, positive.
    values : pairs of the name of a coefficient and its complex value, in the order of the names.
    description : what is in the file, in words.
    """

    eft: str
    basis: str
    scale_GeV: float
    values: tuple[tuple[str, complex], ...]
    description: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.scale_GeV) and self.scale_GeV > 0):
            raise ArgumentError(must_be("scale_GeV", "a positive number of GeV", self.scale_GeV))
        if any(not (math.isfinite(value.real) and math.isfinite(value.imag)) for _, value in self.values):
            raise ArgumentError(must_be("values", "finite", self.values))

    def __getitem__(self, name: str) -> complex:
        """Return a coefficient, 0 if it is not in the file."""
        return dict(self.values).get(name, 0j)

    def _sympystr(self, printer: Any) -> str:
        count = len(self.values)
        plural = "" if count == 1 else "s"
        return f"WCxf file: {self.eft}, {self.basis}, {self.scale_GeV:g} GeV, {count} coefficient{plural}"

    def as_json(self) -> str:
        """Return the file as JSON.

        >>> print(WilsonFile("WET", "flavio", 4.8, (("C9_bsmumu", -1 + 0j),)).as_json())
        {
          "eft": "WET",
          "basis": "flavio",
          "scale": 4.8,
          "values": {
            "C9_bsmumu": -1.0
          }
        }
        """
        return json.dumps(_as_dictionary(self), indent=2)

    def as_yaml(self) -> str:
        """Return the file as YAML.

        >>> print(WilsonFile("WET", "flavio", 4.8, (("C9_bsmumu", 1e-9 + 2j),)).as_yaml(), end="")
        eft: WET
        basis: flavio
        scale: 4.8
        values:
          C9_bsmumu:
            Re: 1.0e-09
            Im: 2.0
        """
        return "".join(_yaml_lines(_as_dictionary(self), ""))


def _as_dictionary(file: WilsonFile) -> dict[str, Any]:
    values = {n: {"Re": c.real, "Im": c.imag} if c.imag else c.real for n, c in file.values}
    described = {"metadata": {"description": file.description}} if file.description else {}
    return {
        "eft": file.eft,
        "basis": file.basis,
        "scale": float(file.scale_GeV),
        **described,
        "values": values,
    }


def _yaml_lines(entries: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, entry in entries.items():
        if isinstance(entry, Mapping):
            yield f"{indent}{name}:{'' if entry else ' {}'}\n"
            yield from _yaml_lines(entry, indent + "  ")
        elif isinstance(entry, float):
            yield f"{indent}{name}: {_yaml_number(entry)}\n"
        else:
            yield f"{indent}{name}: {entry if entry.isalnum() else json.dumps(entry)}\n"


def _yaml_number(number: float) -> str:
    """YAML 1.1 takes 1e-09 for a word: a number has a decimal point."""
    mantissa, mark, exponent = repr(number).partition("e")
    return (mantissa if "." in mantissa else f"{mantissa}.0") + mark + exponent


def read_wcxf(text: str) -> WilsonFile:
    """Return the file that a text in JSON or YAML holds.  YAML needs PyYAML, which comes with wilson.

    Raises
    ------
    ArgumentError : the text is neither, or lacks an entry.
    MissingToolError : the text is not JSON, and PyYAML is not installed.

    Examples
    --------
    >>> text = '{"eft": "WET", "basis": "flavio", "scale": 4.8, "values": {"C9_bsee": {"Re": 0, "Im": 1}}}'
    >>> read_wcxf(text)["C9_bsee"]
    1j
    """
    if not isinstance(text, str):
        raise ArgumentTypeError(must_be("text", "the text of a WCxf file", text))
    try:
        read = json.loads(text)
    except ValueError:
        read = _read_yaml(text)
    try:
        values = {name: _number(value) for name, value in (read["values"] or {}).items()}
        described = (read.get("metadata") or {}).get("description", "")
        return WilsonFile(read["eft"], read["basis"], float(read["scale"]), _sorted(values), described)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ArgumentError(must_be("text", "a WCxf file with eft, basis, scale and values", text)) from error


def _read_yaml(text: str) -> Any:
    try:
        yaml: Any = import_module("yaml")
    except ImportError as error:
        raise MissingToolError(f"Reading YAML {_PACKAGE}") from error
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ArgumentError(must_be("text", "a WCxf file in JSON or YAML", text)) from error


def _number(value: Any) -> complex:
    if isinstance(value, Mapping):
        return complex(float(value.get("Re", 0)), float(value.get("Im", 0)))
    return complex(float(value))


def _sorted(values: Mapping[str, complex]) -> tuple[tuple[str, complex], ...]:
    return tuple(sorted((name, value) for name, value in values.items() if value != 0))


def warsaw_file(
    content: FieldContent,
    *,
    v_Phi_TeV: Any,
    scale_GeV: float,
    mixed: Mapping[str, Any] | None = None,
    higgs: bool = True,
) -> WilsonFile:
    """Return the SMEFT coefficients in GeV^-2 of the exchange of a Z' with m_Z' / g_X = |Q_Phi| v_Phi.

    Parameters
    ----------
    content : fields q, u, d, l, e, H and Phi with numbers as charges.
    v_Phi_TeV : the vacuum expectation value of Phi, in TeV.
    scale_GeV : the scale that is written into the file; the Z' mass, if nothing else is said: no running is
        done.
    mixed : matrices of couplings in place of diagonal charges, {"q": L^(d)}, in the basis of diagonal down
        quarks.
    higgs : include the current of H.  Without it the file holds what ADN (4.1)-(4.5) keep.

    Examples
    --------
    >>> from anomalies.phenomenology.points import BENCHMARK
    >>> file = warsaw_file(BENCHMARK.content, v_Phi_TeV=3.1, scale_GeV=3100)
    >>> file.eft, file.basis, len(file.values)
    ('SMEFT', 'Warsaw', 137)
    """
    phi = 1000 * as_scale_TeV(v_Phi_TeV, "v_Phi_TeV")
    _check_families(content)
    place = content.place_of("X")
    charge_Phi = _float(content.multiplet("Phi").charges[place][0], "content")
    if charge_Phi == 0:
        raise ArgumentError(must_be("content", "such that Phi is charged", charge_Phi))
    exchange = 1 / (charge_Phi * phi) ** 2
    current = _numerical(current_of(content, mixed=mixed))
    values: dict[str, complex] = {}
    for operator, field in _ONE_FIELD.items():
        values |= _one_field(current, operator, field, exchange)
    for operator, (first, second) in _TWO_FIELDS.items():
        values |= _two_fields(current, operator, first, second, exchange)
    if higgs:
        # The doublet of the Warsaw basis has hypercharge +1/2; one of -1/2 is its conjugate.
        doublet = content.multiplet("H")
        hypercharge = doublet.charges[content.place_of("Y")][0]
        charge = _float(doublet.charges[place][0], "content") * (1 if hypercharge > 0 else -1)
        for operator, field in _HIGGS.items():
            values |= _with_higgs(current, operator, field, charge * exchange)
        squares = higgs_operators(charge, exchange, as_="lagrangian")
        values |= {name: complex(value) for name, value in squares.items()}
    what = "fermion and Higgs currents" if higgs else "fermion currents"
    description = (
        f"Tree-level exchange of a Z' with {what}, v_Phi = {phi / 1000:g} TeV; GeV^-2, without running."
    )
    return WilsonFile("SMEFT", "Warsaw", float(scale_GeV), _sorted(values), description)


def _check_families(content: FieldContent) -> None:
    for name in ("q", "u", "d", "l", "e"):
        families = content.multiplet(name).families
        if families != 3:
            raise ArgumentError(must_be("content", f"of three families, as {name}", families))


def _numerical(current: Current) -> Current:
    """The current in numbers, without right-handed neutrinos, whose charges may be unknown."""
    return Current(
        tuple(
            (bilinear, _complex(value, str(bilinear)))
            for bilinear, value in current.terms
            if bilinear.field not in ("nu", "nu_R")
        )
    )


def _complex(value: Any, argument: str) -> complex:
    try:
        return complex(value)
    except TypeError as error:
        raise ArgumentTypeError(
            must_be("content", f"such that {argument} has a number as charge", value)
        ) from error


def _float(value: Any, argument: str) -> float:
    try:
        return float(value)
    except TypeError as error:
        raise ArgumentTypeError(must_be(argument, "charged by numbers, not symbols", value)) from error


def _one_field(current: Current, operator: str, field: str, exchange: float) -> Iterator[tuple[str, complex]]:
    """(fbar_i f_j)(fbar_k f_l): equal to its exchange, and for one contraction to its Fierz transform."""
    coupling = {(b.first, b.second): c for b, c in current.terms if b.field == field}
    for i, j, k, m in product((1, 2, 3), repeat=4):
        equal = {(i, j, k, m), (k, m, i, j)}
        if field in _ONE_CONTRACTION:
            equal |= {(i, m, k, j), (k, j, i, m)}
        conjugate = {(b, a, d, c) for a, b, c, d in equal}
        if (i, j, k, m) != min(equal | conjugate):
            continue
        total = sum(coupling.get((a, b), 0) * coupling.get((c, d), 0) for a, b, c, d in equal)
        value = complex(-exchange * total / 2)
        yield f"{operator}_{i}{j}{k}{m}", complex(value.real) if conjugate & equal else value


def _two_fields(
    current: Current, operator: str, first: str, second: str, exchange: float
) -> Iterator[tuple[str, complex]]:
    """Two different bilinears: both orders occur in the square of the current."""
    coefficients = dict(current.terms)
    for one in current.bilinears(first):
        for other in current.bilinears(second):
            indices = (one.first, one.second, other.first, other.second)
            if indices <= (one.second, one.first, other.second, other.first):
                value = -exchange * coefficients[one] * coefficients[other]
                yield f"{operator}_{one.first}{one.second}{other.first}{other.second}", complex(value)


def _with_higgs(
    current: Current, operator: str, field: str, strength: float
) -> Iterator[tuple[str, complex]]:
    for bilinear in current.bilinears(field):
        if bilinear.first <= bilinear.second:
            value = complex(-strength * current.coefficient(bilinear))
            yield f"{operator}_{bilinear.first}{bilinear.second}", value


def flavio_file(
    content: FieldContent,
    *,
    v_Phi_TeV: Any,
    scale_GeV: float,
    ckm: Any,
    exchange: Exchange,
    mixed: Mapping[str, Any] | None = None,
    sin2_theta_w: float | None = None,
    inverse_alpha_em: float | None = None,
    v_GeV: float | None = None,
) -> WilsonFile:
    """Return the WET coefficients in the basis of flavio: C9, C10, CL, CR without unit, CV in GeV^-2.

    Parameters
    ----------
    content, v_Phi_TeV, scale_GeV, mixed : as in `warsaw_file`.
    ckm : the quark mixing matrix, for instance of `quark_mixing.ckm_matrix`.
    exchange : "Z and Z'" for all that is exchanged at tree level, "Z'" for what ADN keep.
    sin2_theta_w, inverse_alpha_em, v_GeV : by default the inputs sin2_theta_w, inverse_alpha_em_m_b and v.

    Examples
    --------
    >>> from anomalies.phenomenology.points import BENCHMARK
    >>> from anomalies.phenomenology.mixing.quarks import ckm_matrix
    >>> L = [[-0.03, 0, 0], [0, -0.03, -0.001], [0, -0.001, -0.03]]
    >>> file = flavio_file(
    ...     BENCHMARK.content, v_Phi_TeV=3.1, scale_GeV=4.8, ckm=ckm_matrix(), exchange="Z'", mixed={"q": L}
    ... )
    >>> round(file["C9_bsmumu"].real, 3), round(file["C10_bsmumu"].real, 3)
    (-0.044, 0.028)
    """
    phi = 1000 * as_scale_TeV(v_Phi_TeV, "v_Phi_TeV")
    _check_families(content)
    sin2 = float(physical_input("sin2_theta_w") if sin2_theta_w is None else sin2_theta_w)
    higgs = float(physical_input("v") if v_GeV is None else v_GeV)
    if not (0 < sin2 < 1 and higgs > 0):
        raise ArgumentError(must_be("sin2_theta_w", "between 0 and 1, and v_GeV positive", (sin2, higgs)))
    weak, extra = low_energy_currents(content, mixed=mixed, sin2_theta_w=sin2)
    currents = (_numerical(weak), _numerical(extra))
    matrix = low_energy_exchange(content, exchange, higgs=higgs, phi=phi)
    top = [complex(entry) for entry in _row(ckm)]

    def coefficient(first: Bilinear, second: Bilinear) -> complex:
        return complex(operator_coefficient(currents, matrix, first, second, as_="lagrangian"))

    values: dict[str, complex] = {}
    for chirality, prime in (("d_L", ""), ("d_R", "p")):
        for name, i, j in _TRANSITIONS:
            quarks = Bilinear(chirality, i, j)
            unit = normalisation_per_GeV2(top[j - 1] * top[i - 1].conjugate(), inverse_alpha_em)
            for family, lepton in enumerate(LEPTONS, 1):
                left, right, neutrinos = (
                    coefficient(quarks, Bilinear(component, family, family)) / unit
                    for component in ("e_L", "e_R", "nu_L")
                )
                values[f"C9{prime}_{name}{lepton}{lepton}"] = (right + left) / 2
                values[f"C10{prime}_{name}{lepton}{lepton}"] = (right - left) / 2
                # The operator holds nubar gamma (1 - gamma_5) nu, twice the left-handed current.
                values[f"C{chirality[-1]}_{name}nu{lepton}nu{lepton}"] = neutrinos / 2
    values = _without_rounding_errors(values)
    for name, i, j in _TRANSITIONS:
        for first, second in (("L", "L"), ("R", "R"), ("L", "R")):
            pair = (Bilinear(f"d_{first}", i, j), Bilinear(f"d_{second}", i, j))
            values[f"CV{first}{second}_{name}{name}"] = coefficient(*pair)
    description = f"Tree-level exchange of {exchange}, v_Phi = {phi / 1000:g} TeV; without running."
    return WilsonFile("WET", "flavio", float(scale_GeV), _sorted(values), description)


def _without_rounding_errors(values: Mapping[str, complex]) -> dict[str, complex]:
    """Leave out what is left where Z and Z' cancel: C10, for instance."""
    largest = max(map(abs, values.values()))
    return {name: value for name, value in values.items() if abs(value) > 1e-13 * largest}


def _row(ckm: Any) -> list[Any]:
    """The couplings of the top quark, the last row of the mixing matrix."""
    rows = ckm.tolist() if hasattr(ckm, "tolist") else list(ckm)
    if len(rows) != 3 or any(len(row) != 3 for row in rows):
        raise ArgumentError(must_be("ckm", "a 3 x 3 matrix of numbers", ckm))
    return list(rows[2])


def match_with_wilson(file: WilsonFile, parameters: Mapping[str, float] | None = None) -> WilsonFile:
    """Return a SMEFT file in the Warsaw basis as a WET file in flavio's basis, by the package wilson.

    Both files have one scale: nothing runs but what the matching itself contains.

    Parameters
    ----------
    file : from `warsaw_file`, at a scale near m_Z.
    parameters : replacements for wilson's own inputs: GF, alpha_e, m_W, Vus, Vcb, Vub, gamma, ...

    Raises
    ------
    MissingToolError : wilson is not installed.
    UnknownNameError : the file is in another basis.
    """
    if (file.eft, file.basis) != ("SMEFT", "Warsaw"):
        raise UnknownNameError(must_be("file", "in the Warsaw basis of the SMEFT", (file.eft, file.basis)))
    try:
        wcxf: Any = import_module("wilson.wcxf")
    except ImportError as error:
        raise MissingToolError(f"Matching the SMEFT to the WET {_PACKAGE}") from error
    read = wcxf.WC.load(file.as_json())
    read.validate()
    matched = read.match("WET", "flavio", parameters=dict(parameters or {}))
    values = {name: complex(value) for name, value in matched.dict.items()}
    return WilsonFile("WET", "flavio", float(matched.scale), _sorted(values), "Matched by wilson.")
