"""The command about fits: fit."""

from __future__ import annotations

from fractions import Fraction
from textwrap import fill
from typing import TYPE_CHECKING, Any

import click

from anomalies.cli.output import rendered, shown_as_json
from anomalies.cli.parameters import STYLES
from anomalies.errors import ArgumentError

if TYPE_CHECKING:
    from anomalies.phenomenology.fits.likelihood import GaussianLikelihood
    from anomalies.tables import Table

__all__ = ["fit"]

_SIGMAS = (1, 2)
_WIDTH = 88
_REMARK = (
    "This is exchange of the Z' alone, as in ADN. The Z mixes with it, and its exchange is of the same "
    "order: with both, C10 = 0, and at any charges chi squared is larger than at the best fit by at least "
    "the value in the row 'no axial coupling' (anomalies derive global_fit wilson_coefficients)."
)


@click.command()
@click.option(
    "--likelihood",
    "name",
    type=click.Choice(["all", "clean"]),
    help="ADN's likelihood (B.2) or (B.1); both by default.",
)
@click.option("--alternative", is_flag=True, help="Fit a_e and a_mu with a_Y = 0 and a_e + a_mu + a_tau = 0.")
@click.option(
    "--rebuild",
    type=click.Choice(["2019", "2022"]),
    help="Rebuild the clean likelihood with flavio, from these measurements, and compare: a minute or two.",
)
@click.option("--cache", metavar="DIR", help="Keep what flavio computes here; for --rebuild.")
@click.option("--format", "style", type=STYLES, default="text", show_default=True, help="What to print.")
@click.option("--json", "style", flag_value="json", help="The same as --format json.")
def fit(name: str | None, alternative: bool, rebuild: str | None, cache: str | None, style: str) -> int:
    """Fit the charges to rare B decays: best fit, regions, and ADN's Table 1 beside ours."""
    if cache is not None and rebuild is None:
        raise ArgumentError("Argument '--cache' must be given together with '--rebuild'.")
    model = "alternative" if alternative else "benchmark"
    names = (name,) if name is not None else ("all", "clean")
    if rebuild is not None:
        return _compare(names, rebuild, cache, model, style)
    if style == "json":
        click.echo(shown_as_json(_as_json(names, model)))
        return 0
    for title, table in _tables(names, model):
        _show(title, table, style)
    if style == "text" and not alternative:
        click.echo(fill(_REMARK, _WIDTH))
    return 0


def _tables(names: tuple[str, ...], model: str) -> list[tuple[str, Table]]:
    from anomalies.phenomenology.fits.likelihood import published_likelihood
    from anomalies.phenomenology.fits.tables import region_table, table_1

    titles = {name: f"{name} observables, {published_likelihood(name).source}" for name in names}
    tables = [(titles[name], region_table(name, model)) for name in names]
    return tables if model == "alternative" else [("ADN's Table 1", table_1(names)), *tables]


def _show(title: str, table: Table, style: str) -> None:
    click.echo(f"{title}\n\n{rendered(table, style)}\n")


def _as_json(names: tuple[str, ...], model: str) -> dict[str, Any]:
    from anomalies.phenomenology.fits.likelihood import published_likelihood
    from anomalies.phenomenology.fits.tables import table_1

    found = [_fit_as_json(published_likelihood(name), model) for name in names]
    compared = {} if model == "alternative" else {"table_1": table_1(names).as_json(), "remark": _REMARK}
    return {"fits": found} | compared


def _fit_as_json(likelihood: GaussianLikelihood, model: str) -> dict[str, Any]:
    from anomalies.phenomenology.fits.fit import best_fit
    from anomalies.phenomenology.fits.regions import confidence_region

    best = best_fit(likelihood, model)
    regions = [(sigmas, confidence_region(best.profile, sigmas)) for sigmas in _SIGMAS]
    return {
        "likelihood": likelihood.name,
        "source": likelihood.source,
        "model": model,
        "conditions": {str(symbol): str(value) for symbol, value in best.profile.model.conditions},
        "best_fit": {name: str(value) for name, value in best.as_dict().items()},
        "chi2": str(best.chi2),
        "degrees_of_freedom": best.degrees_of_freedom,
        "chi2_standard_model": str(best.profile.standard_model),
        "regions": [
            {
                "sigmas": sigmas,
                "delta_chi2": _digits(region.delta_chi2),
                "kind": region.kind,
                "signs_of_C": [lobe.sign for lobe in region.lobes],
                "extent": _extent(region.extent()),
            }
            for sigmas, region in regions
        ],
    }


def _digits(number: Fraction | float) -> str:
    """A number that is not exact, with the digits that mean something."""
    return f"{float(number):.4f}"


def _extent(extent: tuple[tuple[float, float], tuple[float, float]] | None) -> list[list[str]] | None:
    return None if extent is None else [[_digits(end) for end in ends] for ends in extent]


def _compare(names: tuple[str, ...], selection: str, cache: str | None, model: str, style: str) -> int:
    """Print the fit to a likelihood that flavio rebuilds, beside the published ones."""
    from anomalies.cli.progress import progress_bar
    from anomalies.phenomenology.fits.flavio_likelihood import rebuild, selection_table
    from anomalies.phenomenology.fits.likelihood import published_likelihood
    from anomalies.phenomenology.fits.tables import comparison_table, region_table

    with progress_bar("observables") as progress:
        found = rebuild(selection, cache=cache, progress=progress)
    gaussian = found.gaussian()
    exact = f"{found.chi2(0, 0, 0) - found.best_fit()[1]:.2f}"
    compared = comparison_table([*map(published_likelihood, names), gaussian])
    chosen = selection_table(selection)
    if style == "json":
        report = {
            "measurements": chosen.as_json(),
            "fit": _fit_as_json(gaussian, model),
            "comparison": compared.as_json(),
            "standard_model_delta_chi2_not_gaussian": exact,
        }
        click.echo(shown_as_json(report))
        return 0
    _show("measurements", chosen, style)
    _show(f"{gaussian.name}: {gaussian.source}", region_table(gaussian, model), style)
    _show("Delta chi squared of the Standard Model and of ADN's benchmark point", compared, style)
    if style == "text":
        click.echo(f"Delta chi squared of the Standard Model without the Gaussian approximation: {exact}")
    return 0
