"""The commands about dark sectors: near, dark, dark-survey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from anomalies.cli.output import shown_as_json
from anomalies.cli.parameters import RATIONAL, IntegerParameter, json_option, numbers_command
from anomalies.errors import ArgumentError

if TYPE_CHECKING:
    from anomalies.diophantine import DarkSector, DarkSectors

__all__ = ["dark", "dark_survey", "near"]

_RANKS = ["auto", "pari", "descent"]
_RANK_HELP = "Who decides the rank of the cubic curve."


@numbers_command()
@click.argument("a_e", type=RATIONAL)
@click.argument("a_mu", type=RATIONAL)
@click.argument("a_tau", type=RATIONAL)
@click.option("--max-denominator", type=IntegerParameter(1), required=True, metavar="D")
@click.option("--radius", default="1/10", show_default=True, metavar="R | R_E,R_TAU")
@click.option("--max-charge", type=RATIONAL, default="10", show_default=True, metavar="M")
@click.option(
    "--nontrivial",
    type=click.Choice(["permutation", "disjoint", "chiral"]),
    default="permutation",
    show_default=True,
    help="{n} no permutation of {a}; no n_i equal to an a_j; no zero and no vector-like pair in {a, -n}.",
)
@json_option
def near(
    a_e: Fraction,
    a_mu: Fraction,
    a_tau: Fraction,
    max_denominator: int,
    radius: str,
    max_charge: Fraction,
    nontrivial: Any,
    as_json: bool,
) -> int:
    """Find every dark sector of three states near the lepton charges (A_E, A_MU, A_TAU).

    A_MU is kept exactly; A_E and A_TAU move by at most the radius; all six charges have a common
    denominator of at most D, and the dark charges are at most M in size.
    """
    from anomalies.diophantine import near as search

    parts = radius.split(",")
    if len(parts) > 2:
        raise ArgumentError(f"Argument '--radius' must be R or R_E,R_TAU, not '{radius}'.")
    result = search(
        (a_e, a_mu, a_tau),
        max_denominator=max_denominator,
        radius=parts[0] if len(parts) == 1 else (parts[0], parts[1]),
        max_charge=max_charge,
        nontrivial=nontrivial,
    )
    if as_json:
        report = result.as_json()
        click.echo(shown_as_json(report))
        return 0 if report["count"] else 1
    found = list(result)
    click.echo(_near_table(found))
    click.echo(f"{len(found)} solutions; {result}")
    return 0 if found else 1


def _near_table(sectors: Sequence[Any]) -> str:
    from anomalies.tables import Table

    header = ("denominator", "a_e", "a_mu", "a_tau", "n_1", "n_2", "n_3")
    return (
        Table(header, tuple((str(s.denominator), *map(str, (*s.a, *s.n))) for s in sectors))
        .text()
        .rstrip("\n")
    )


@numbers_command()
@click.argument("a_e", type=RATIONAL)
@click.argument("a_mu", type=RATIONAL)
@click.argument("a_tau", type=RATIONAL)
@click.option("--states", type=IntegerParameter(0), default="3", show_default=True, metavar="K")
@click.option("--limit", type=IntegerParameter(0), default="10", show_default=True, metavar="N")
@click.option("--rank", type=click.Choice(_RANKS), default="auto", show_default=True, help=_RANK_HELP)
@click.option("--time-limit", type=RATIONAL, metavar="S", help="Seconds that PARI may take.")
@json_option
def dark(
    a_e: Fraction,
    a_mu: Fraction,
    a_tau: Fraction,
    states: int,
    limit: int,
    rank: str,
    time_limit: Fraction | None,
    as_json: bool,
) -> int:
    """Decide which dark sectors of K states the lepton charges (A_E, A_MU, A_TAU) have, and why.

    The first N are printed, by height; with fewer, the list is complete or says what is missing.
    """
    from anomalies.diophantine import dark_sectors

    found = dark_sectors((a_e, a_mu, a_tau), states, rank=rank, time_limit=time_limit)
    click.echo(shown_as_json(found.as_json(limit)) if as_json else "\n".join(_answer(found, limit)))
    return 1 if found.status == "none" else 0


def _answer(found: DarkSectors, limit: int) -> Iterator[str]:
    """The lines that say what is known, and the table of the first sectors."""
    yield str(found)
    if found.curve is not None:
        yield f"curve: {found.curve}"
        yield f"torsion: {found.torsion}; rank: {found.rank}"
    for point in found.generators:
        yield f"generator: n = ({', '.join(map(str, point.charges))})"
    yield f"proved as: {', '.join(found.claims)}"
    first = found.first(limit)
    if first:
        yield _sector_table(first)
    yield f"{len(first)} shown, by height; {_remainder(found, len(first) < limit)}"


def _remainder(found: DarkSectors, exhausted: bool) -> str:
    """What the list leaves out, in words."""
    if exhausted and found.complete:
        return "that is all"
    if found.complete:
        return "none is left out among them"
    return "others that are not known may lie among them"


def _sector_table(sectors: Sequence[DarkSector]) -> str:
    from anomalies.diophantine import NONTRIVIAL_SENSES, is_nontrivial
    from anomalies.tables import Table

    dark_charges = [f"n_{index}" for index in range(1, len(sectors[0].n) + 1)]
    rows = [
        (
            str(sector.height),
            *map(str, sector.n),
            ", ".join(sense for sense in NONTRIVIAL_SENSES if is_nontrivial(sector, sense)) or "-",
        )
        for sector in sectors
    ]
    return Table(("height", *dark_charges, "non-trivial"), rows).text().rstrip("\n")


@click.command("dark-survey")
@click.argument("bound", metavar="N", type=IntegerParameter(0))
@click.option("--output", metavar="FILE", help="Write one row for each class of charges, as CSV.")
@click.option("--rank", type=click.Choice(_RANKS), default="auto", show_default=True, help=_RANK_HELP)
@click.option("--time-limit", type=RATIONAL, metavar="S", help="Seconds that PARI may take for one curve.")
@click.option("--max-denominator", type=IntegerParameter(1), default="100", show_default=True, metavar="D")
@click.option("--processes", type=IntegerParameter(1), metavar="P", help="As many as processors by default.")
@json_option
def dark_survey(
    bound: int,
    output: str | None,
    rank: str,
    time_limit: Fraction | None,
    max_denominator: int,
    processes: int | None,
    as_json: bool,
) -> int:
    """Decide all primitive integer lepton charges up to N, and count branches, torsion groups and ranks.

    The smallest non-trivial sector of each is looked for, completely up to the denominator D.
    """
    from anomalies.cli.progress import progress_bar
    from anomalies.diophantine.survey import survey
    from anomalies.diophantine.survey_table import write_survey

    with progress_bar("lepton charges") as progress:
        found = survey(
            bound,
            rank=rank,
            processes=processes,
            time_limit=time_limit,
            max_denominator=max_denominator,
            progress=progress,
        )
    if output is not None:
        write_survey(found, output)
    if as_json:
        click.echo(shown_as_json(found.as_json()))
    elif found.rows:
        click.echo(found.frequencies().text().rstrip("\n"))
    return 0
