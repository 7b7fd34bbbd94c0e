"""The files of a catalogue that is being built, each with its facts beside it: a build can be resumed.

Beside a part `part-00003.parquet` lies `part-00003.parquet.json` with its rows, bytes and SHA-256, written
when the part is whole.  A part without such a file, or with another checksum, is made again.

Key results
-----------
write_part, read_part : one part with its facts
clean : remove what a finished catalogue has no need of
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from anomalies.atlas.directories import BUILDING, as_text, write_atomically
from anomalies.atlas.manifest import Part, sha256_of_bytes, sha256_of_file

__all__ = ["clean", "read_part", "write_part"]


def write_part(folder: Path, index: int, rows: int, data: bytes, **facts: int) -> Part:
    """Write the bytes of a part, then its facts, and return it.

    Parameters
    ----------
    folder, index : the directory, and the number of the part in it.
    rows, data : how many rows the part has, and its bytes.
    facts : what else `read_part` is to return.

    Raises
    ------
    ArgumentError : the disk is full, or the directory cannot be written.
    """
    part = Part(_name(index), rows, len(data), sha256_of_bytes(data))
    write_atomically(folder / part.name, data)
    known = {"rows": part.rows, "bytes": part.size, "sha256": part.sha256}
    write_atomically(_sidecar(folder, part.name), as_text(known | facts))
    return part


def read_part(folder: Path, index: int, *facts: str) -> tuple[Part, tuple[int, ...]] | None:
    """Return a part with the named facts if it is whole, and None if it is not, or not there."""
    name = _name(index)
    try:
        data: dict[str, Any] = json.loads(_sidecar(folder, name).read_text(encoding="utf-8"))
        part = Part(name, int(data["rows"]), int(data["bytes"]), str(data["sha256"]))
        values = tuple(int(data[fact]) for fact in facts)
        whole = sha256_of_file(folder / name) == part.sha256
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (part, values) if whole else None


def clean(folder: Path) -> None:
    """Remove what a finished catalogue has no need of."""
    for pattern in (BUILDING, "part-*.parquet.json", "*.tmp"):
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)


def _name(index: int) -> str:
    return f"part-{index:05}.parquet"


def _sidecar(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"
