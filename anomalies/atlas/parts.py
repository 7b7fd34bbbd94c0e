"""One file of a catalogue: the rows of some cells, sorted, as Parquet.

The columns are integers of one byte where the bound allows it.  Rows are sorted lexicographically, so that
the database can skip row groups by the ranges of the first columns, and so that equal neighbours compress.

Key results
-----------
part_as_bytes : the Parquet file of some cells
sort_keys : numbers whose order is the lexicographic order of rows
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from anomalies.diophantine.powersums.cells import Cell
from anomalies.diophantine.powersums.enumeration import enumerate_cells
from anomalies.diophantine.powersums.system import PowerSumSystem
from anomalies.errors import MissingToolError

__all__ = ["FinishedPart", "import_duckdb", "import_pyarrow", "part_as_bytes", "sort_keys"]

ROWS_PER_GROUP = 1 << 17
_ROWS_PER_BATCH = 1 << 20
_KEY_LIMIT = 1 << 62


@dataclass(frozen=True, slots=True)
class FinishedPart:
    """The bytes of a file, and the number of its rows."""

    rows: int
    data: bytes


def import_pyarrow() -> Any:
    """Return pyarrow with its Parquet module, or say which extra to install."""
    return _import("pyarrow", "pyarrow.parquet")


def import_duckdb() -> Any:
    """Return duckdb, or say which extra to install."""
    return _import("duckdb")


def _import(tool: str, *modules: str) -> Any:
    try:
        for module in modules:
            import_module(module)
        return import_module(tool)
    except ImportError:
        raise MissingToolError(
            f"Catalogues need {tool}: pip install 'gauge-anomalies[search,catalogue]'."
        ) from None


def part_as_bytes(
    system: PowerSumSystem, cells: Sequence[Cell], columns: Sequence[str], canonical: bool
) -> FinishedPart:
    """Return the Parquet file with the rows of some cells.

    Parameters
    ----------
    system, cells : what is enumerated.
    columns : the names of the columns.
    canonical : whether only one of all multiples of a solution is kept.
    """
    pyarrow = import_pyarrow()
    bound = max((abs(value) for entry in system.classes for value in entry.allowed), default=0)
    schema = pyarrow.schema([(name, _type_for(pyarrow, bound)) for name in columns])
    sink = pyarrow.BufferOutputStream()
    rows = 0
    with pyarrow.parquet.ParquetWriter(sink, schema, compression="zstd", use_dictionary=True) as writer:
        for batch in enumerate_cells(
            system, list(cells), canonical=canonical, batch_rows=_ROWS_PER_BATCH, threads=1
        ):
            ordered = _in_order(batch, bound)
            arrays = [pyarrow.array(column) for column in ordered]
            table = pyarrow.Table.from_arrays(arrays, names=list(columns)).cast(schema)
            writer.write_table(table, row_group_size=ROWS_PER_GROUP)
            rows += len(batch)
    return FinishedPart(rows, sink.getvalue().to_pybytes())


def _type_for(pyarrow: Any, bound: int) -> Any:
    """The smallest signed integer type that holds -bound to bound."""
    for bits, kind in ((8, pyarrow.int8()), (16, pyarrow.int16()), (32, pyarrow.int32())):
        if bound < 1 << (bits - 1):
            return kind
    return pyarrow.int64()


def _in_order(batch: Any, bound: int) -> Any:
    """The columns of a batch, its rows in lexicographic order."""
    import numpy

    keys = sort_keys(numpy.ascontiguousarray(batch.T), bound)
    # Few rows agree in the first key, 14 columns for charges up to 10: one fast sort, then those rows again.
    order = numpy.argsort(keys[0])
    if len(keys) > 1 and len(order) > 1:
        first = keys[0][order]
        tied = numpy.concatenate(([False], first[1:] == first[:-1], [False]))
        places = numpy.flatnonzero(tied[1:] | tied[:-1])
        chosen = order[places]
        order[places] = chosen[numpy.lexsort([key[chosen] for key in reversed(keys)])]
    return numpy.ascontiguousarray(batch[order].T)


def sort_keys(columns: Any, bound: int) -> list[Any]:
    """Return arrays of 64-bit integers that order rows as their entries do, the most significant first.

    Parameters
    ----------
    columns : one array of integers for each column.
    bound : no entry is larger in absolute value.  As many columns as fit below 2^62 in base 2 bound + 1 share
        a key.
    """
    import numpy

    base, keys, used = 2 * bound + 1, [], _KEY_LIMIT
    for column in columns:
        digit = column.astype(numpy.int64) + bound
        if used * base >= _KEY_LIMIT:
            keys.append(digit)
            used = base
        else:
            keys[-1] *= base
            keys[-1] += digit
            used *= base
    return keys
