"""The command line: parse, call, print.

Exit status 0 done; 1 a check failed, a charge assignment is anomalous, or nothing was found; 2 bad input, in
one line on standard error.  JSON output writes every rational number as a string, "3/5".
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from anomalies.errors import AnomaliesError, ArgumentError, CheckFailedError

__all__ = ["main", "run"]

_NEGATIVE = re.compile(r"-\.?[0-9].*")
_STYLES = click.Choice(["latex", "markdown", "text", "json"])


if TYPE_CHECKING:
    _Parameter = click.ParamType[Any]  # generic for type checkers only, in older releases of click not at all
else:
    _Parameter = click.ParamType


class RationalParameter(_Parameter):
    """A rational number typed on the command line."""

    name = "rational"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Return the exact number, or fail with the sentence of `as_rational`."""
        from anomalies.exact import as_rational

        return as_rational(value, _name(param))


class IntegerParameter(_Parameter):
    """An integer of at least `least`."""

    name = "integer"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the integer, or fail with the sentence of `as_integer`."""
        from anomalies.exact import as_integer

        return as_integer(value, _name(param), self.least)


RATIONAL = RationalParameter()


def _name(param: click.Parameter | None) -> str:
    return (
        "value"
        if param is None
        else param.opts[0]
        if isinstance(param, click.Option)
        else param.human_readable_name
    )


class NumbersAreArguments(click.Command):
    """A command on whose line -1/2 is an argument and never an option."""

    ignore_unknown_options = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse unknown options as usual, but let negative numbers through."""
        known = {option for param in self.get_params(ctx) for option in (*param.opts, *param.secondary_opts)}
        for argument in args:
            option = argument.partition("=")[0]
            looks_like_one = argument.startswith("-") and argument not in ("-", "--")
            if looks_like_one and option not in known and not _NEGATIVE.fullmatch(argument):
                similar = sorted(name for name in known if name.startswith("--"))
                raise click.NoSuchOption(option, possibilities=similar, ctx=ctx)
        return super().parse_args(ctx, args)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gauge-anomalies", message="%(package)s %(version)s")
@click.pass_context
def program(context: click.Context) -> int:
    """Exact computer algebra for gauge-anomaly cancellation in U(1) extensions of the Standard Model."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


@program.command()
@click.argument("topics", metavar="[TOPIC]...", nargs=-1)
@click.option("--format", "style", type=_STYLES, default="latex", show_default=True, help="What to print.")
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
@click.option("--output", metavar="FILE", help="Write to FILE instead of standard output.")
@click.option("--pdf", metavar="FILE", help="Compile the LaTeX with pdflatex and write FILE.")
@click.option("--list", "list_topics", is_flag=True, help="List the topics and stop.")
def derive(
    topics: tuple[str, ...], style: str, output: str | None, pdf: str | None, list_topics: bool
) -> int:
    """Derive the framework, checking every step: ADN section 2 in order, or the topics that are named."""
    from anomalies.latex import compile_pdf, render
    from anomalies.topics import FURTHER_TOPICS, TOPICS, derivations

    if list_topics:
        click.echo("\n".join((*TOPICS, *FURTHER_TOPICS)))
        return 0
    built = derivations(topics)
    if pdf is not None:
        compile_pdf(render(built, "latex"), Path(pdf))
    if output is not None:
        Path(output).write_text(render(built, style), encoding="utf-8")
    elif pdf is None:
        click.echo(render(built, style), nl=False)
    return 0


@program.command()
@click.argument("content", default="adn")
@click.option("--format", "style", type=_STYLES, default="text", show_default=True, help="What to print.")
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
def table(content: str, style: str) -> int:
    """Print a field content: adn, sm, sm+1nu, sm+2nu or sm+3nu."""
    from anomalies.library import field_content

    click.echo(_rendered(field_content(content).table(), style))
    return 0


def _rendered(shown: Any, style: str) -> str:
    if style == "json":
        return _json(shown.as_json())
    return str({"latex": shown.latex, "markdown": shown.markdown, "text": shown.text}[style]()).rstrip("\n")


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


@program.command(cls=NumbersAreArguments, context_settings={"ignore_unknown_options": True})
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
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
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
            _json(
                {"content": content} | conditions.as_json() | ({"anomaly_free": verdict} if charges else {})
            )
        )
    else:
        click.echo(conditions.table().text().rstrip("\n"))
        if charges is not None:
            click.echo("anomaly-free" if verdict else "anomalous")
    return 0 if charges is None or verdict else 1


@program.command(cls=NumbersAreArguments, context_settings={"ignore_unknown_options": True})
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
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
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
        click.echo(_json(report))
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


@program.command()
@click.argument("claims", metavar="[CLAIM]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--certificates", metavar="DIR", help="Write the certificates to DIR, one JSON file a claim.")
@click.option("--coq", metavar="DIR", help="Write the claims that ring can prove as Coq files to DIR.")
@click.option("--list", "list_claims", is_flag=True, help="List the names of the claims and stop.")
def prove(
    claims: tuple[str, ...], as_json: bool, certificates: str | None, coq: str | None, list_claims: bool
) -> int:
    """Prove the claims of the framework, all of them or the ones named, and check every certificate."""
    from anomalies.proofs import write_certificates
    from anomalies.proofs.coq import write_coq
    from anomalies.reports import prove_all, report_table
    from anomalies.theorems import select_theorems

    theorems = select_theorems(claims)
    if list_claims:
        click.echo("\n".join(theorem.name for theorem in theorems))
        return 0
    reports = prove_all(theorems)
    proved = [report.claim for report in reports if report.claim is not None]
    if certificates is not None:
        write_certificates({c.name: c.certificate for c in proved if c.certificate is not None}, certificates)
    if coq is not None:
        write_coq((report.coq for report in reports if report.coq is not None), coq)
    if as_json:
        click.echo(_json([report.as_json() for report in reports]))
    else:
        click.echo(report_table(reports).text())
    failures = [report for report in reports if report.claim is None]
    for report in failures:
        click.echo(f"anomalies: {report.theorem.name}: {report.failure}", err=True)
    return 1 if failures else 0


@program.command()
@click.argument("directory", metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(directory: str, as_json: bool) -> int:
    """Check the certificates in DIR against the claims they are named after."""
    from anomalies.proofs import read_certificates
    from anomalies.reports import verdict_table, verify_all

    verdicts = verify_all(read_certificates(directory))
    if as_json:
        click.echo(_json([verdict.as_json() for verdict in verdicts]))
    else:
        click.echo(verdict_table(verdicts).text())
    return 0 if all(verdict.holds for verdict in verdicts) else 1


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status."""
    try:
        status = program.main(list(arguments), prog_name="anomalies", standalone_mode=False)
        sys.stdout.flush()
        return int(status or 0)
    except CheckFailedError as error:
        return _fail(error, 1)
    except click.Abort:
        return _fail("interrupted", 130)
    except click.ClickException as error:
        return _fail(error.format_message(), 2)
    except BrokenPipeError:
        # The reader of our output left, as `head` does; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except AnomaliesError as error:
        return _fail(error, 2)
    except OSError as error:
        return _fail(f"{error.strerror}: {error.filename}", 2)


def _fail(message: object, status: int) -> int:
    click.echo("anomalies: " + " ".join(str(message).split()), err=True)
    return status


def main() -> None:
    """Entry point of the `anomalies` command."""
    sys.exit(run(sys.argv[1:]))
