"""The commands about the framework: derive, table, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from anomalies.cli.output import rendered, shown_as_json
from anomalies.cli.parameters import STYLES, json_option, numbers_command

__all__ = ["check", "derive", "table"]


@click.command()
@click.argument("topics", metavar="[TOPIC]...", nargs=-1)
@click.option("--format", "style", type=STYLES, default="latex", show_default=True, help="What to print.")
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
@click.option("--output", metavar="FILE", help="Write to FILE instead of standard output.")
@click.option("--pdf", metavar="FILE", help="Compile the LaTeX with pdflatex and write FILE.")
@click.option("--list", "list_topics", is_flag=True, help="List the chapters with their topics and stop.")
def derive(
    topics: tuple[str, ...], style: str, output: str | None, pdf: str | None, list_topics: bool
) -> int:
    """Derive the framework, checking every step: ADN section 2, or the topics and chapters that are named."""
    from anomalies.latex import compile_pdf, render
    from anomalies.topics import CHAPTERS, derivations

    if list_topics:
        click.echo("\n".join(f"{chapter}: {' '.join(names)}" for chapter, names in CHAPTERS.items()))
        return 0
    built = derivations(topics)
    if pdf is not None:
        compile_pdf(render(built, "latex"), Path(pdf))
    if output is not None:
        Path(output).write_text(render(built, style), encoding="utf-8")
    elif pdf is None:
        click.echo(render(built, style), nl=False)
    return 0


@click.command()
@click.argument("content", default="adn")
@click.option("--format", "style", type=STYLES, default="text", show_default=True, help="What to print.")
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
def table(content: str, style: str) -> int:
    """Print a field content: adn, sm, sm+1nu, sm+2nu or sm+3nu."""
    from anomalies.library import field_content

    click.echo(rendered(field_content(content).table(), style))
    return 0


@numbers_command()
@click.argument("content")
@click.option(
    "--charges", metavar="LIST", help='Charges under U(1)_X, "Q1=1,L1=-3,..."; those not named are 0.'
)
@click.option(
    "--normalisation", type=click.Choice(["derived", "primitive"]), default="derived", show_default=True
)
@click.option(
    "--triangle", "triangles", multiple=True, metavar="NAME", help='Only this one, "SU(3)^2 X"; repeatable.'
)
@json_option
def check(
    content: str, charges: str | None, normalisation: Any, triangles: tuple[str, ...], as_json: bool
) -> int:
    """Print the anomaly conditions of a content, or their values at given charges."""
    from anomalies.conditions import anomaly_conditions
    from anomalies.library import field_content
    from anomalies.solutions import Charges, parse_charges

    fields = field_content(content)
    conditions = anomaly_conditions(fields, normalisation)
    if charges is not None:
        conditions = conditions.subs(dict(Charges(fields, parse_charges(fields, charges)).values))
    if triangles:
        wanted = {conditions.triangle(name) for name in triangles}
        conditions = conditions.select(lambda triangle, _: triangle in wanted)
    verdict = conditions.is_anomaly_free
    if as_json:
        click.echo(
            shown_as_json(
                {"content": content} | conditions.as_json() | ({"anomaly_free": verdict} if charges else {})
            )
        )
    else:
        click.echo(conditions.table().text().rstrip("\n"))
        if charges is not None:
            click.echo("anomaly-free" if verdict else "anomalous")
    return 0 if charges is None or verdict else 1
