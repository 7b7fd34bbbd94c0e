"""The command about figures: figures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import click

__all__ = ["figures"]

# The other scans of EFT ask for vector-like muons, and have no direction of their own.
_SCANS = ("eft-dark", "eft-up-quarks", "eft-up-quarks-branch")


@click.command()
@click.option("--out", metavar="DIR", required=True, help="Where to write; made if it does not exist.")
@click.option("--only", "names", metavar="NAME", multiple=True, help="Only this figure; repeatable.")
def figures(out: str, names: tuple[str, ...]) -> int:
    """Draw the figures as PDF and PNG, with their captions: fits, mixing, alternative, eft_directions.

    The last shows the directions of all models of the scans eft-dark, eft-up-quarks and eft-up-quarks-branch.
    """
    from anomalies.phenomenology.figures import NAMES, make_figures

    chosen = names or NAMES
    couplings = tuple(_muon_couplings()) if "eft_directions" in chosen else ()
    for path in make_figures(out, chosen, muon_couplings=couplings):
        click.echo(str(path))
    return 0


def _muon_couplings() -> Iterator[tuple[Fraction, Fraction]]:
    """The vector and axial couplings (L + R)/2 and (R - L)/2 of the muon, in all models of some scans."""
    from anomalies.literature.eft_scans import named_scan

    for name in _SCANS:
        for model in named_scan(name).run().models:
            charges = {symbol.name: value for symbol, value in model.charges.items()}
            left, right = charges["mu_L"], charges["mu_R"]
            yield (left + right) / 2, (right - left) / 2
