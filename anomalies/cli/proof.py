"""The commands about proofs: prove, verify."""

from __future__ import annotations

import click

from anomalies.cli.output import shown_as_json
from anomalies.cli.parameters import json_option

__all__ = ["prove", "verify"]


@click.command()
@click.argument("claims", metavar="[CLAIM]...", nargs=-1)
@json_option
@click.option("--certificates", metavar="DIR", help="Write the certificates to DIR, one JSON file a claim.")
@click.option("--coq", metavar="DIR", help="Write the claims that ring can prove as Coq files to DIR.")
@click.option("--list", "list_claims", is_flag=True, help="List the names of the claims and stop.")
def prove(
    claims: tuple[str, ...], as_json: bool, certificates: str | None, coq: str | None, list_claims: bool
) -> int:
    """Prove the claims of the framework, all of them or the ones named, and check every certificate."""
    from anomalies.proofs import write_certificates
    from anomalies.proofs.coq import export_to_coq, write_coq
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
        write_coq(map(export_to_coq, proved), coq)
    if as_json:
        click.echo(shown_as_json([report.as_json() for report in reports]))
    else:
        click.echo(report_table(reports).text())
    failures = [report for report in reports if report.claim is None]
    for report in failures:
        click.echo(f"anomalies: {report.theorem.name}: {report.failure}", err=True)
    return 1 if failures else 0


@click.command()
@click.argument("directory", metavar="DIR")
@json_option
def verify(directory: str, as_json: bool) -> int:
    """Check the certificates in DIR against the claims they are named after."""
    from anomalies.proofs import read_certificates
    from anomalies.reports import verdict_table, verify_all

    verdicts = verify_all(read_certificates(directory))
    if as_json:
        click.echo(shown_as_json([verdict.as_json() for verdict in verdicts]))
    else:
        click.echo(verdict_table(verdicts).text())
    return 0 if all(verdict.holds for verdict in verdicts) else 1
