"""What a catalogue says about itself: `manifest.json`.

The manifest names the question (field content, anomaly conditions, restrictions, bound), how solutions are
represented, and every file with its rows, bytes and SHA-256.  It is written last, so a directory that has one
is whole.  It holds no date and nothing that depends on the machine: the same question gives the same
manifest.

Key results
-----------
Manifest, Part : its contents
read_manifest, write_manifest : from and to a directory
sha256_of_file, sha256_of_text : checksums
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from anomalies.atlas.content_files import content_as_data, content_from_data
from anomalies.atlas.directories import MANIFEST, as_text, damaged, read_manifest_data, write_atomically
from anomalies.errors import AnomaliesError, ArgumentError, must_be
from anomalies.exact import as_integer
from anomalies.fields import FieldContent

__all__ = [
    "MANIFEST",
    "Manifest",
    "Part",
    "as_text",
    "read_manifest",
    "sha256_of_bytes",
    "sha256_of_file",
    "sha256_of_text",
    "write_atomically",
    "write_manifest",
]

FORMAT = "gauge-anomalies catalogue 1"
CONVENTION = (
    "X charges of chiral fields as they are written in the content; a right-handed field counts with sign -1 "
    "in every anomaly.  A column holds the charge of its name times 'scale'."
)
ORDER = "Charges of interchangeable families are in non-decreasing order."
REPRESENTATIVE = (
    "Of all multiples of a solution the one of coprime integers is kept, and of it and its negative, each in "
    "that order, the lexicographically larger one; the zero solution is kept once."
)
_PART = re.compile(r"part-[0-9]{5}\.parquet", re.ASCII)
_READ_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a catalogue: its name, rows, bytes and SHA-256."""

    name: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of `manifest.json`.

    Attributes
    ----------
    content : the fields that enter anomaly conditions.
    bound : every charge is an integer between -bound and bound.
    equalities : the restrictions, as they were given.
    conditions : pairs (triangle, polynomial that vanishes).
    charges : pairs (name of a charge, the column that holds it or its fixed value times the scale).
    columns : the columns, in the order of the files.
    classes : the columns of interchangeable charges, together.
    scale : charges are entries divided by it.
    canonical : whether solutions are divided by sign and common factor.
    parts : the files, in order.
    version : the version of this package that wrote it.
    """

    content: FieldContent
    bound: int
    equalities: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    charges: tuple[tuple[str, str | int], ...]
    columns: tuple[str, ...]
    classes: tuple[tuple[str, ...], ...]
    scale: int
    canonical: bool
    parts: tuple[Part, ...]
    version: str

    @property
    def rows(self) -> int:
        """The number of solutions."""
        return sum(part.rows for part in self.parts)

    @property
    def places(self) -> dict[str, str | Fraction]:
        """For every charge the column that holds it, or its fixed value."""
        return {
            name: place if isinstance(place, str) else Fraction(place, self.scale)
            for name, place in self.charges
        }

    @property
    def largest_entry(self) -> int:
        """No entry of a column is larger in absolute value."""
        return self.bound * self.scale

    @property
    def entry_bytes(self) -> int:
        """The bytes of an entry in memory: the smallest signed integer that holds the largest one."""
        return next((size for size in (1, 2, 4) if self.largest_entry < 1 << (8 * size - 1)), 8)

    def question(self) -> dict[str, Any]:
        """Return what determines the rows, as JSON data: everything but the files."""
        conditions = [f"{triangle}: {polynomial} = 0" for triangle, polynomial in self.conditions]
        return {
            "format": FORMAT,
            "version": self.version,
            "content": content_as_data(self.content),
            "conditions": conditions,
            "conditions_sha256": sha256_of_text("\n".join(conditions)),
            "convention": CONVENTION,
            "bound": self.bound,
            "equalities": list(self.equalities),
            "scale": self.scale,
            "canonical": self.canonical,
            "canonical_form": f"{ORDER}  {REPRESENTATIVE}" if self.canonical else ORDER,
            "exhaustive": True,
            "charges": dict(self.charges),
            "columns": list(self.columns),
            "classes": [list(names) for names in self.classes],
        }

    def as_json(self) -> dict[str, Any]:
        """Return the manifest as it is written."""
        files = [
            {"name": part.name, "rows": part.rows, "bytes": part.size, "sha256": part.sha256}
            for part in self.parts
        ]
        return self.question() | {"rows": self.rows, "files": files}


def sha256_of_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return sha256_of_bytes(text.encode())


def sha256_of_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_READ_AT_ONCE):
            digest.update(block)
    return digest.hexdigest()


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Write the manifest of a directory whose parts are all there."""
    write_atomically(directory / MANIFEST, as_text(manifest.as_json()))


def read_manifest(directory: Path) -> Manifest:
    """Return the manifest of a catalogue.

    Raises
    ------
    ArgumentError : the directory is not a finished catalogue, or its manifest is damaged.
    """
    data = read_manifest_data(directory, FORMAT)
    try:
        manifest = _from_json(data)
    except (KeyError, TypeError, AttributeError, AnomaliesError) as error:
        raise damaged(directory, f"{type(error).__name__}: {error}") from None
    if data != manifest.as_json():
        raise damaged(directory, "its entries contradict each other")
    return manifest


def _from_json(data: Mapping[str, Any]) -> Manifest:
    return Manifest(
        content_from_data(data["content"]),
        as_integer(data["bound"], "bound", 0),
        tuple(map(str, data["equalities"])),
        tuple(_condition(entry) for entry in data["conditions"]),
        tuple((str(name), place) for name, place in data["charges"].items()),
        tuple(map(str, data["columns"])),
        tuple(tuple(map(str, names)) for names in data["classes"]),
        as_integer(data["scale"], "scale", 1),
        bool(data["canonical"]),
        tuple(_part(entry) for entry in data["files"]),
        str(data["version"]),
    )


def _condition(text: str) -> tuple[str, str]:
    triangle, _, polynomial = text.removesuffix(" = 0").partition(": ")
    return triangle, polynomial


def _part(data: Mapping[str, Any]) -> Part:
    name = str(data["name"])
    # A name with a folder in it would lead out of the catalogue.
    if not _PART.fullmatch(name):
        raise ArgumentError(must_be("files", "named part-00000.parquet and so on", name))
    return Part(
        name, as_integer(data["rows"], "rows", 0), as_integer(data["bytes"], "bytes", 0), str(data["sha256"])
    )
