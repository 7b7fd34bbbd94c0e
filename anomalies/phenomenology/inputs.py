"""Physical inputs: each a number with its uncertainty, its unit and its source, read from a data file.

The data files are the ``*.toml`` files of ``anomalies/phenomenology/data``; one table for each input, its
name the key.  Values are kept exactly as they are printed in the source, as decimal fractions; they become
floating-point numbers where a formula is evaluated, by ``float(physical_input("m_Z"))``.

Key results
-----------
physical_input : one input by name
physical_inputs : all of them, by name
as_float : the border at which a user's number becomes a float
PhysicalInput : a value, its uncertainties (one standard deviation, if the source gives one), unit, source

References
----------
Each input names its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError, must_be
from anomalies.exact import as_rational

__all__ = ["PhysicalInput", "as_float", "physical_input", "physical_inputs"]

_UNITS = frozenset(("1", "GeV", "TeV", "GeV^-2", "1/ps"))


@dataclass(frozen=True, slots=True)
class PhysicalInput:
    """A number from a measurement, a calculation or a paper.

    Attributes
    ----------
    name : its key, such as "m_Z".
    value : the printed value, exactly.
    upper, lower : the uncertainties upwards and downwards, one standard deviation, not negative; 0 where the
        source gives none or calls the number exact.
    unit : "1", "GeV", "TeV", "GeV^-2" or "1/ps".
    meaning : what it is.
    source : where it is printed.

    Examples
    --------
    >>> m_Z = physical_input("m_Z")
    >>> float(m_Z), m_Z.unit
    (91.1876, 'GeV')
    """

    name: str
    value: Fraction
    upper: Fraction
    lower: Fraction
    unit: str
    meaning: str
    source: str

    def __float__(self) -> float:
        return float(self.value)

    def range(self, sigmas: Fraction | int = 1) -> tuple[Fraction, Fraction]:
        """Return value - sigmas * lower and value + sigmas * upper.

        >>> [str(end) for end in physical_input("R_LEP").range(2)]
        ['993/1000', '201/200']
        """
        return self.value - sigmas * self.lower, self.value + sigmas * self.upper


def as_float(value: object, argument: str, expected: str = "a number") -> float:
    """Return what Python can read as a float: numbers, and strings such as "3.1"; the range is the caller's.

    >>> as_float("3.1", "v_Phi_TeV")
    3.1
    """
    try:
        return float(value)  # type: ignore[arg-type]  # whatever has no float is what is caught here
    except (TypeError, ValueError) as error:
        raise ArgumentTypeError(must_be(argument, expected, value)) from error


def physical_input(name: str) -> PhysicalInput:
    """Return the input of that name, or raise `UnknownNameError` with the names there are.

    >>> str(physical_input("v").value)
    '4924393/20000'
    """
    known = physical_inputs()
    if name not in known:
        raise UnknownNameError(must_be("name", f"one of the inputs {', '.join(sorted(known))}", name))
    return known[name]


@cache
def physical_inputs() -> Mapping[str, PhysicalInput]:
    """Return every input by its name, from all data files."""
    found: dict[str, PhysicalInput] = {}
    folder = files("anomalies.phenomenology").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if name in found:
                raise ArgumentError(f"Argument 'name' must be in one data file only, and {name!r} is in two.")
            found[name] = _input(name, entry)
    return MappingProxyType(found)


def _input(name: str, entry: Mapping[str, str]) -> PhysicalInput:
    """Read one table; every key is required but the uncertainty, which may be one number or two."""
    symmetric = entry.get("uncertainty", "0")
    upper = as_rational(entry.get("upper", symmetric), f"{name}.upper")
    lower = as_rational(entry.get("lower", symmetric), f"{name}.lower")
    if min(upper, lower) < 0:
        raise ArgumentError(must_be(f"{name}.uncertainty", "not negative", min(upper, lower)))
    if entry["unit"] not in _UNITS:
        raise UnknownNameError(must_be(f"{name}.unit", f"one of {', '.join(sorted(_UNITS))}", entry["unit"]))
    value = as_rational(entry["value"], f"{name}.value")
    return PhysicalInput(name, value, upper, lower, entry["unit"], entry["meaning"], entry["source"])
