"""The command about scans: scan."""

from __future__ import annotations

import click

from anomalies.cli.parameters import IntegerParameter
from anomalies.errors import ArgumentError

__all__ = ["scan"]

_STYLES = click.Choice(["text", "latex", "markdown", "csv", "json"])


@click.command()
@click.argument("name", required=False)
@click.option(
    "--range",
    "largest",
    type=IntegerParameter(1),
    default="4",
    show_default=True,
    metavar="N",
    help="Charges are p/q with p from -N to N, q from 1 to N.",
)
@click.option(
    "--free-only",
    is_flag=True,
    help="Restrict only the charges that the conditions leave free, not those that follow.",
)
@click.option("--classes", is_flag=True, help="Print one model for each equivalence class.")
@click.option("--format", "style", type=_STYLES, default="text", show_default=True, help="What to print.")
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
@click.option("--list", "list_scans", is_flag=True, help="List the scans and stop.")
def scan(name: str | None, largest: int, free_only: bool, classes: bool, style: str, list_scans: bool) -> int:
    """Find all models of a named scan: what is asked, how many are left at each step, and what they mean.

    The scans are those of EFT, arXiv:1705.03447; one's own are a few lines of Python with anomalies.scans.
    """
    from anomalies.literature.eft_scans import SCANS, named_scan
    from anomalies.scans.tables import written

    if list_scans:
        for known in SCANS:
            click.echo(f"{known}: {named_scan(known).title}")
        return 0
    if name is None:
        raise ArgumentError(f"Argument 'NAME' must be one of {', '.join(SCANS)}; none is given.")
    found = named_scan(name, largest, free_only=free_only).run()
    click.echo(written(found, style, one_of_each_class=classes), nl=False)
    return 0 if found.models else 1
