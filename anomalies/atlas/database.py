"""The database that reads a catalogue: duckdb inside this process, shut off from everything else.

It sees one view, `solutions`, on the files of the catalogue.  It cannot read or write any other file, attach
another database, load an extension, or change these settings.

Key results
-----------
connect : a connection to the files of a catalogue
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from anomalies.atlas.manifest import Manifest
from anomalies.atlas.parts import import_duckdb
from anomalies.errors import ArgumentError

__all__ = ["connect"]


class _Files(Protocol):
    @property
    def directory(self) -> Path: ...
    @property
    def manifest(self) -> Manifest: ...


@contextmanager
def connect(catalogue: _Files) -> Iterator[Any]:
    """Open a connection in which the view `solutions` is all there is.

    Raises
    ------
    ArgumentError : a file of the catalogue cannot be read as Parquet.
    MissingToolError : duckdb is not installed.
    """
    duckdb = import_duckdb()
    paths = [str((catalogue.directory / part.name).resolve()) for part in catalogue.manifest.parts]
    files = "[" + ", ".join(_literal(path) for path in paths) + "]"
    database = duckdb.connect(":memory:")
    try:
        database.execute(f"SET allowed_paths = {files}")
        database.execute("SET enable_progress_bar = false")
        database.execute("SET python_enable_replacements = false")
        database.execute("SET autoinstall_known_extensions = false")
        database.execute("SET autoload_known_extensions = false")
        database.execute("SET enable_external_access = false")
        database.execute(f"CREATE VIEW solutions AS SELECT * FROM read_parquet({files})")
        database.execute("SET lock_configuration = true")
        yield database
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ArgumentError(
            "Argument 'directory' must be a catalogue that can be read, and "
            f"{catalogue.directory} is not: {reason}"
        ) from error
    finally:
        database.close()


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
