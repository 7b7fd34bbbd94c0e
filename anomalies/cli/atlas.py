"""The commands about catalogues: atlas count, build, verify, query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from anomalies.cli.output import shown_as_json
from anomalies.cli.parameters import IntegerParameter, json_option

if TYPE_CHECKING:
    from anomalies.atlas import QueryResult

__all__ = ["atlas"]

_FITTED = 10  # with fewer numbers, a fit would say little

content_option = click.option(
    "--content",
    default="sm+3nu",
    show_default=True,
    metavar="NAME|FILE",
    help="sm, sm+1nu, sm+2nu, sm+3nu, or a TOML file with a content of your own.",
)
bound_option = click.option(
    "--qmax", "bound", type=IntegerParameter(1), required=True, metavar="N", help="The largest charge."
)
equalities_option = click.option(
    "--where", "equalities", multiple=True, metavar="EQUALITY", help='A restriction, "q1 = q2"; repeatable.'
)
threads_option = click.option(
    "--threads", type=IntegerParameter(1), metavar="N", help="Threads; all processors by default."
)
scheduler_option = click.option(
    "--scheduler", metavar="ADDRESS", help="Run on the Dask cluster at this address, tcp://host:8786."
)


@click.group(invoke_without_command=True)
@click.pass_context
def atlas(context: click.Context) -> int:
    """Count, build, verify and query catalogues of anomaly-free charges."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


@atlas.command()
@content_option
@bound_option
@equalities_option
@threads_option
@scheduler_option
@json_option
def count(
    content: str,
    bound: int,
    equalities: tuple[str, ...],
    threads: int | None,
    scheduler: str | None,
    as_json: bool,
) -> int:
    """Count the inequivalent solutions with charges up to 1, 2, ..., QMAX."""
    from anomalies.atlas import count_table, read_content
    from anomalies.cli.progress import progress_bar

    fields = read_content(content)
    with progress_bar("counting") as progress:
        table = count_table(
            fields, bound, equalities=equalities, threads=threads, scheduler=scheduler, progress=progress
        )
    if as_json:
        click.echo(shown_as_json(table.as_json()))
        return 0
    click.echo(table.table().text().rstrip("\n"))
    if bound >= _FITTED:
        click.echo(f"fit: {table.growth_law()}")
    return 0


@atlas.command()
@content_option
@bound_option
@equalities_option
@click.option("--out", "directory", required=True, metavar="DIR", help="Where to build.")
@click.option(
    "--memory",
    type=IntegerParameter(1),
    default="2048",
    show_default=True,
    metavar="MIB",
    help="Memory to use.",
)
@threads_option
@scheduler_option
@json_option
def build(
    content: str,
    bound: int,
    equalities: tuple[str, ...],
    directory: str,
    memory: int,
    threads: int | None,
    scheduler: str | None,
    as_json: bool,
) -> int:
    """Build the catalogue of all solutions with charges up to QMAX, or finish one that was begun."""
    from anomalies.atlas import build_catalogue, read_content
    from anomalies.cli.progress import progress_bar, say_how_to_resume

    fields = read_content(content)
    try:
        with progress_bar("building") as progress:
            catalogue = build_catalogue(
                fields,
                bound,
                directory,
                equalities=equalities,
                threads=threads,
                scheduler=scheduler,
                memory=memory << 20,
                progress=progress,
            )
    except KeyboardInterrupt:
        return say_how_to_resume(directory)
    if as_json:
        click.echo(shown_as_json(catalogue.manifest.as_json()))
    else:
        size = sum(part.size for part in catalogue.manifest.parts)
        click.echo(f"{catalogue.manifest.rows} solutions in {directory}, {size} bytes")
    return 0


@atlas.command()
@click.argument("directory", metavar="DIR")
@click.option(
    "--sample",
    type=IntegerParameter(1),
    metavar="N",
    help="Check the conditions on N rows of each file only.",
)
@json_option
def verify(directory: str, sample: int | None, as_json: bool) -> int:
    """Check every file and every row of a catalogue, in exact arithmetic."""
    from anomalies.atlas import verify_catalogue

    outcome = verify_catalogue(directory, sample)
    click.echo(shown_as_json(outcome.as_json()) if as_json else outcome.table().text())
    return 0 if outcome.holds else 1


@atlas.command()
@click.argument("directory", metavar="DIR", required=False)
@click.argument("predicate", default="")
@click.option("--limit", type=IntegerParameter(0), metavar="N", help="Print at most N solutions.")
@click.option("--count", "only_count", is_flag=True, help="Print how many there are, and none of them.")
@click.option("--list", "list_named", is_flag=True, help="List the predicates that have a name, and stop.")
@json_option
def query(
    directory: str | None,
    predicate: str,
    limit: int | None,
    only_count: bool,
    list_named: bool,
    as_json: bool,
) -> int:
    """Print the solutions in DIR of which PREDICATE is true, "Q1 = Q2 and Q3 <> Q2 and e1 = 0".

    Charges are the integers of the catalogue; those of a species are in non-decreasing order, so q1 is the
    smallest.
    """
    from anomalies.atlas import NAMED, open_catalogue

    if list_named:
        click.echo("\n".join(f"{named.usage}\n    {named.definition}" for named in NAMED.values()))
        return 0
    if directory is None:
        raise click.UsageError("Missing argument 'DIR'.")
    result = open_catalogue(directory).query(predicate, limit=limit)
    if only_count:
        number = result.count()
        click.echo(shown_as_json({"count": number}) if as_json else number)
        return 0 if number else 1
    return _print_as_json(result) if as_json else _print_rows(result)


def _print_as_json(result: QueryResult) -> int:
    report = result.as_json()
    click.echo(shown_as_json(report))
    return 0 if report["count"] else 1


def _print_rows(result: QueryResult) -> int:
    """Print rows as they are found: a catalogue is larger than what fits on a page."""
    columns = result.catalogue.manifest.columns
    width = max(len(str(-result.catalogue.manifest.largest_entry)), *map(len, columns))
    number = 0
    for row in result.rows():
        if not number:
            click.echo(" ".join(name.rjust(width) for name in columns))
        click.echo(" ".join(str(entry).rjust(width) for entry in row))
        number += 1
    more = "; there are more" if result.stopped_by_limit() else ""
    click.echo(f"{number} solutions{more}")
    return 0 if number else 1
