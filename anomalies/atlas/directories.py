"""A directory that holds a catalogue, or the beginnings of one: what both kinds of catalogue ask of it.

Key results
-----------
claim_directory : make it, say in it what is being built, and refuse one that holds something else
read_manifest_data : the JSON of the manifest of a finished catalogue
write_atomically : a file that is whole or not there
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from anomalies.errors import ArgumentError, must_be

__all__ = [
    "BUILDING",
    "MANIFEST",
    "as_text",
    "claim_directory",
    "damaged",
    "read_manifest_data",
    "taken",
    "write_atomically",
]

MANIFEST = "manifest.json"
BUILDING = "building.json"


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file under another name first, so that the name never belongs to half a file.

    Raises
    ------
    ArgumentError : the disk is full, or the directory cannot be written; nothing is left behind.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        try:
            with temporary.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ArgumentError(
            "Argument 'directory' must be one that can be written to, with room for the catalogue: "
            f"{error.strerror}: {path}."
        ) from error


def as_text(data: object) -> bytes:
    """Return JSON data as the bytes of a file."""
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def claim_directory(folder: Path, question: bytes) -> None:
    """Make the directory and say in it what is being built.

    Raises
    ------
    ArgumentError : it cannot be written to, or holds something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        begun = (folder / BUILDING).read_bytes() if (folder / BUILDING).exists() else None
        empty = not any(path for path in folder.iterdir() if not path.name.endswith(".tmp"))
    except OSError as error:
        raise ArgumentError(
            f"Argument 'directory' must be a directory that can be written to: {error.strerror}: {folder}."
        ) from None
    if begun is None and not empty:
        raise taken(folder, "files that belong to no catalogue")
    if begun is not None and begun != question:
        raise taken(folder, "the beginnings of another catalogue")
    if begun is None:
        write_atomically(folder / BUILDING, question)


def taken(folder: Path, what: str) -> ArgumentError:
    """Return the error for a directory that holds something else."""
    return ArgumentError(
        f"Argument 'directory' must be empty or hold this catalogue, and {folder} holds {what}."
    )


def read_manifest_data(directory: Path, form: str) -> dict[str, Any]:
    """Return the JSON of a manifest that says it is of the given form.

    Raises
    ------
    ArgumentError : the directory is not a finished catalogue of that form, or its manifest is damaged.
    """
    try:
        data = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ArgumentError(
            must_be("directory", f"a finished catalogue with a {MANIFEST}", str(directory))
        ) from None
    except OSError as error:
        raise ArgumentError(
            f"Argument 'directory' must be a catalogue that can be read: {error.strerror}: {directory}."
        ) from None
    except ValueError:
        raise damaged(directory, "it is no JSON") from None
    if not isinstance(data, dict) or data.get("format") != form:
        raise ArgumentError(must_be("directory", f"a catalogue of the form '{form}'", str(directory)))
    return data


def damaged(directory: Path, reason: str) -> ArgumentError:
    """Return the error for a manifest that cannot be believed."""
    return ArgumentError(
        f"Argument 'directory' must be a catalogue, and the {MANIFEST} of {directory} is damaged: {reason}."
    )
