"""The command about bounds on the scale of the new gauge boson: bounds."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from anomalies.cli.output import shown_as_json
from anomalies.cli.parameters import RATIONAL, STYLES, numbers_command
from anomalies.errors import UnitWarning

if TYPE_CHECKING:
    from anomalies.phenomenology.bounds.report import BoundsReport

__all__ = ["bounds"]


@numbers_command()
@click.option("--a-e", type=RATIONAL, default="59/100", show_default=True)
@click.option("--a-mu", type=RATIONAL, default="1", show_default=True)
@click.option("--a-tau", type=RATIONAL, default="0", show_default=True)
@click.option("--a-y", type=RATIONAL, default="87/100", show_default=True)
@click.option(
    "--wilson",
    type=RATIONAL,
    metavar="C",
    help="Normalisation of the Wilson coefficients; by default ADN's or the best fit's.",
)
@click.option(
    "--g-x", type=RATIONAL, metavar="G", help="Gauge coupling; by default leading order, without it."
)
@click.option("--m-q", type=RATIONAL, metavar="TEV", help="Mass of the heavy quark; by default no box.")
@click.option("--sigmas", type=RATIONAL, default="2", show_default=True, metavar="K")
@click.option("--format", "style", type=STYLES, default="text", show_default=True, help="What to print.")
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
def bounds(
    a_e: Fraction,
    a_mu: Fraction,
    a_tau: Fraction,
    a_y: Fraction,
    wilson: Fraction | None,
    g_x: Fraction | None,
    m_q: Fraction | None,
    sigmas: Fraction,
    style: str,
) -> int:
    """Print all bounds on v_Phi at a point, beside ADN's, and whether they leave a window.

    The point is T_X = a_e L_e + a_mu L_mu + a_tau L_tau - (a_e + a_mu + a_tau)/3 B + a_Y Y.
    """
    from anomalies.phenomenology.bounds.overview import all_bounds
    from anomalies.phenomenology.points import LeptonPoint

    with _unit_warnings_on_standard_error():
        report = all_bounds(
            LeptonPoint(a_e, a_mu, a_tau, a_y), C=wilson, m_Q_TeV=m_q, g_X_value=g_x, sigmas=sigmas
        )
        click.echo(_shown(report, style))
    return 0


@contextmanager
def _unit_warnings_on_standard_error() -> Iterator[None]:
    """Print each warning about units once, in one line."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UnitWarning)
        yield
    for message in dict.fromkeys(str(warning.message) for warning in caught):
        click.echo(f"anomalies: warning: {message}", err=True)


def _shown(report: BoundsReport, style: str) -> str:
    """The report in one of the forms."""
    if style == "json":
        return shown_as_json(report.as_json())
    if style == "text":
        return str(report)
    tables = (report.table(), report.perturbativity())
    if style == "markdown":
        from anomalies.tables import markdown_words

        first, second = (table.markdown() for table in tables)
        said = [f"- {markdown_words(line)}" for line in report.remarks()]
        return "\n\n".join((markdown_words(report.title()), first, "\n".join(said), second))
    from anomalies.latex.typeset import display_table
    from anomalies.tables import latex_words

    first, second = (display_table(table) for table in tables)
    return "\n\n".join((first, *map(latex_words, report.remarks()), second))
