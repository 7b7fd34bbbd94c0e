"""The program: its commands, and what errors become.

Exit status 0 done; 1 a check failed, a charge assignment is anomalous, or nothing was found; 2 bad input, in
one line on standard error.  JSON output writes every rational number as a string, "3/5".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from anomalies.cli.atlas import atlas
from anomalies.cli.bounds import bounds
from anomalies.cli.dark import dark, dark_survey, near
from anomalies.cli.figures import figures
from anomalies.cli.fit import fit
from anomalies.cli.framework import check, derive, table
from anomalies.cli.progress import is_interruption
from anomalies.cli.proof import prove, verify
from anomalies.cli.scan import scan
from anomalies.cli.sets import sets
from anomalies.errors import AnomaliesError, CheckFailedError

__all__ = ["main", "program", "run"]


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gauge-anomalies", message="%(package)s %(version)s")
@click.pass_context
def program(context: click.Context) -> int:
    """Exact computer algebra for gauge-anomaly cancellation in U(1) extensions of the Standard Model."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


for command in (
    *(derive, table, check, prove, verify),
    *(near, dark, dark_survey, sets, atlas, scan),
    *(bounds, fit, figures),
):
    program.add_command(command)


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
    except SystemError as error:
        if is_interruption(error):
            return _fail("interrupted", 130)
        raise
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
