"""The command about chiral sets: sets."""

from __future__ import annotations

from typing import Any

import click

from anomalies.cli.output import shown_as_json
from anomalies.cli.parameters import IntegerParameter, json_option, numbers_command
from anomalies.errors import ArgumentError

__all__ = ["sets"]


@numbers_command()
@click.argument("n", type=IntegerParameter(5))
@click.argument("zmax", type=IntegerParameter(1))
@click.option("--count", "only_count", is_flag=True, help="Print only how many there are.")
@click.option("--limit", type=IntegerParameter(0), metavar="L", help="Print the first L; all by default.")
@click.option("--zeros", is_flag=True, help="Allow charges that are zero.")
@click.option("--common-factors", is_flag=True, help="Keep multiples of a set.")
@click.option("--out", metavar="DIR", help="Write a Parquet catalogue.")
@click.option("--memory", type=IntegerParameter(1), default="1024", show_default=True, metavar="MIB")
@json_option
def sets(
    n: int,
    zmax: int,
    only_count: bool,
    limit: int | None,
    zeros: bool,
    common_factors: bool,
    out: str | None,
    memory: int,
    as_json: bool,
) -> int:
    """List all chiral sets of N integers of size up to ZMAX with sum z = sum z^3 = 0.

    No charge is zero and no two add to zero; sets are counted up to order, overall sign and common factor.
    """
    from anomalies.diophantine.chiral import chiral_sets, count_chiral_sets

    if sum((only_count, limit is not None, out is not None)) > 1:
        raise ArgumentError(
            "Argument '--count' must be given without '--limit' and '--out', one of the three."
        )
    options: dict[str, Any] = {"zeros": zeros, "common_factors": common_factors, "memory": memory}
    if out is not None:
        return _write(n, zmax, out, options, as_json)
    result = chiral_sets(n, zmax, **options)
    if only_count:
        number = count_chiral_sets(n, zmax, **options)
        report = {"domain": result.domain.as_json(), "exhaustive": True, "count": number}
        click.echo(shown_as_json(report) if as_json else str(number))
        return 0 if number else 1
    shown = result if limit is None else result.first(limit)
    if as_json:
        listed = shown.as_json()
        click.echo(shown_as_json(listed))
        return 0 if listed["count"] or not shown.exhaustive else 1
    found = 0
    for entry in shown:
        click.echo(str(entry))
        found += 1
    click.echo(f"{found} sets; {shown}")
    return 0 if found or not shown.exhaustive else 1


def _write(n: int, zmax: int, out: str, options: dict[str, Any], as_json: bool) -> int:
    from anomalies.atlas.set_catalogue import build_set_catalogue
    from anomalies.cli.progress import progress_bar, say_how_to_resume

    try:
        with progress_bar("building") as progress:
            catalogue = build_set_catalogue(n, zmax, out, progress=progress, **options)
    except KeyboardInterrupt:
        return say_how_to_resume(out)
    manifest = catalogue.manifest
    if as_json:
        click.echo(shown_as_json(manifest.as_json()))
    else:
        size = sum(part.size for part in manifest.parts)
        click.echo(f"{manifest.rows} sets, {size} bytes, in {out}; {manifest.domain()}: exhaustive")
    return 0 if manifest.rows else 1
