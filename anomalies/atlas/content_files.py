"""Field contents of the user's own, as TOML files, and the same description as JSON data.

A file says what one would put on paper:

    extends = "sm"                               # or: group = "SU(3) x SU(2) x U(1)_Y x U(1)_X"
    name = "sm with two dark states"

    [[fields]]
    name = "N"
    irreps = ["1", "1"]                          # dimensions, "3bar", or Dynkin labels [1, 0]
    charges = { Y = 0 }                          # a U(1) that is left out has unknown charges
    chirality = "right"
    families = 2                                 # 1 unless said otherwise

Keys of the file: `group` or `extends` (a built-in content whose fields come first), `fields`, and optionally
`name`, `source`, `couplings`.  A charge is a rational number ("1/6", 0), the name of an unknown ("Q_N": the
same name in two places is the same charge), or a list of these with one entry for each family.

Key results
-----------
read_content : a built-in content by name, or the one in a file
content_as_data, content_from_data : a content as JSON data and back
anomalous_fields : the content without the fields that enter no anomaly condition
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sympy import Rational, Symbol

from anomalies.errors import ArgumentError, UnknownNameError, must_be
from anomalies.fields import FieldContent, Multiplet, multiplet
from anomalies.groups import GaugeGroup, gauge_group
from anomalies.library import CONTENTS, field_content

__all__ = ["anomalous_fields", "content_as_data", "content_from_data", "read_content"]

_UNKNOWN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_CONTENT_KEYS = frozenset({"couplings", "extends", "fields", "group", "name", "source"})
_FIELD_KEYS = frozenset({"charges", "chirality", "families", "irreps", "name"})


def read_content(name: str) -> FieldContent:
    """Return the built-in content of that name, or the content in the TOML file of that name.

    Parameters
    ----------
    name : "sm+3nu", say, or a file's name that ends in ".toml".

    Raises
    ------
    UnknownNameError : neither a built-in content nor a file's name.
    ArgumentError : the file cannot be read, or says something that is not a content.

    Examples
    --------
    >>> read_content("sm").name
    'sm'
    """
    if name in CONTENTS:
        return field_content(name)
    if not name.endswith(".toml"):
        known = ", ".join(CONTENTS)
        raise UnknownNameError(must_be("content", f"one of {known}, or the name of a .toml file", name))
    try:
        data = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise ArgumentError(
            f"Argument 'content' must be a file that can be read: {error.strerror}: {name}."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArgumentError(f"Argument 'content' must be a TOML file, and {name} is none: {error}.") from None
    return content_from_data(data, name=Path(name).stem)


def content_from_data(data: Mapping[str, Any], *, name: str = "") -> FieldContent:
    """Return the content that the keys of this module's docstring describe.

    Parameters
    ----------
    data : the parsed TOML or JSON.
    name : the name of the content, if the data do not give one.

    Examples
    --------
    >>> field = {"name": "n", "irreps": [], "chirality": "left", "families": 5}
    >>> content_from_data({"group": "U(1)_X", "fields": [field]}).charge_symbols
    (Q_n1, Q_n2, Q_n3, Q_n4, Q_n5)
    """
    _known_keys(data, _CONTENT_KEYS, "content")
    fields = data.get("fields", [])
    if not isinstance(fields, list) or not all(isinstance(entry, Mapping) for entry in fields):
        raise ArgumentError(must_be("fields", "a list of tables, written [[fields]]", fields))
    if ("extends" in data) == ("group" in data):
        raise ArgumentError(
            "Argument 'content' must have either a 'group' or another content that it 'extends'."
        )
    couplings = _strings(data.get("couplings", []), "couplings")
    own, source = _text(data, "name", name), _text(data, "source", "")
    if "group" in data:
        group = gauge_group(data["group"])
        return FieldContent(group, tuple(_field(group, entry) for entry in fields), couplings, own, source)
    base = field_content(_text(data, "extends", ""))
    added = tuple(_field(base.group, entry) for entry in fields)
    return FieldContent(base.group, (*base.multiplets, *added), (*base.couplings, *couplings), own, source)


def content_as_data(content: FieldContent) -> dict[str, Any]:
    """Return a content as data that `json` can write and `content_from_data` reads back.

    Raises
    ------
    ArgumentError : a charge is neither a number nor a single unknown.

    Examples
    --------
    >>> from anomalies import standard_model
    >>> content_from_data(content_as_data(standard_model())) == standard_model()
    True
    """
    return {
        "name": content.name,
        "source": content.source,
        "group": str(content.group),
        "couplings": list(content.couplings),
        "fields": [
            {
                "name": field.name,
                "irreps": [list(irrep.labels) for irrep in field.irreps],
                "charges": {
                    factor.name: [_charge_text(charge) for charge in charges]
                    for factor, charges in zip(content.group.abelian_factors, field.charges, strict=True)
                },
                "chirality": field.chirality.value,
                "families": field.families,
            }
            for field in content.multiplets
        ],
    }


def anomalous_fields(content: FieldContent) -> FieldContent:
    """Return the content without couplings, scalars and vector-like fermions, which enter no anomaly.

    >>> from anomalies import standard_model
    >>> [field.name for field in anomalous_fields(standard_model()).multiplets]
    ['q', 'u', 'd', 'l', 'e', 'nu']
    """
    kept = tuple(field for field in content.multiplets if field.chirality.sign)
    return FieldContent(content.group, kept, (), content.name, content.source)


def _charge_text(charge: Any) -> str:
    if isinstance(charge, Rational | Symbol):
        return str(charge)
    raise ArgumentError(must_be("content", "one whose charges are numbers or single unknowns", charge))


def _field(group: GaugeGroup, data: Mapping[str, Any]) -> Multiplet:
    _known_keys(data, _FIELD_KEYS, "fields")
    name = _text(data, "name", "")
    charges = data.get("charges", {})
    if not isinstance(charges, Mapping):
        raise ArgumentError(must_be(f"charges of {name}", "a table such as { Y = '1/6' }", charges))
    irreps = data.get("irreps", [])
    if not isinstance(irreps, list):
        raise ArgumentError(must_be(f"irreps of {name}", "a list such as ['3', '2']", irreps))
    return multiplet(
        group,
        name,
        irreps,
        {factor: _charge(value) for factor, value in charges.items()},
        chirality=data.get("chirality", ""),
        families=data.get("families", 1),
    )


def _charge(value: object) -> object:
    """A charge for `multiplet`: names become symbols, the rest is judged there."""
    if isinstance(value, list):
        return [_charge(entry) for entry in value]
    return Symbol(value) if isinstance(value, str) and _UNKNOWN.fullmatch(value) else value


def _known_keys(data: Mapping[str, Any], known: frozenset[str], argument: str) -> None:
    for key in data:
        if key not in known:
            raise UnknownNameError(must_be(argument, f"described by {', '.join(sorted(known))}", key))


def _text(data: Mapping[str, Any], key: str, default: str) -> str:
    value = data.get(key, default)
    if not isinstance(value, str):
        raise ArgumentError(must_be(key, "a string", value))
    return value


def _strings(value: object, argument: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ArgumentError(must_be(argument, "a list of strings", value))
    return tuple(value)
