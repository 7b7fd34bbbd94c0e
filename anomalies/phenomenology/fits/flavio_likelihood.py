r"""ADN's clean likelihood rebuilt with flavio, for a named list of measurements, in C9_mu, C9_e and C10.

What is fitted are the ratios R_K and R_K*, BR(B_s -> mu mu) and BR(B -> X_s l l).  Each prediction is the
ratio or the sum of a quadratic polynomial in the coefficients of the muon and one in those of the electron,
since amplitudes are linear in C9 and C10; eleven evaluations of flavio determine both.  After that chi^2
costs microseconds, and it is not assumed to be Gaussian.

Experiment: the distributions of flavio's measurements, their means and covariances from random values with a
fixed seed.  Theory: for branching ratios flavio's covariance matrix in the Standard Model; for ratios 1%, and
2.8% in bins that begin below 1 GeV^2, uncorrelated (Bordone, Isidori, Pattori, arXiv:1605.07633).

A rebuilt likelihood takes a minute or so, nearly all of it in flavio; with a cache directory it is computed
once.  flavio is imported inside the functions only: the extra is `flavour`.

Key results
-----------
SELECTIONS, selection_table : the named lists of measurements, with what is left out and why
rebuild : a list to a `RebuiltLikelihood`, with chi^2, its minimum and the Gaussian approximation there

References
----------
D. Straub, flavio, arXiv:1810.08132.  ADN, arXiv:1909.02021, appendix B.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from anomalies.errors import ArgumentError, MissingToolError, UnknownNameError, must_be
from anomalies.phenomenology.fits.likelihood import FITTED, GaussianLikelihood
from anomalies.phenomenology.inputs import physical_input
from anomalies.tables import Table

__all__ = ["SELECTIONS", "RebuiltLikelihood", "Selection", "rebuild", "selection_table"]

# A name of flavio's with the ends of the bin in q^2, GeV^2, if it has one.
Observable: TypeAlias = tuple[Any, ...]
Progress: TypeAlias = Callable[[int, int], None]

SCALE_GeV = 4.8  # where flavio's b -> s l l coefficients are usually quoted; ADN's too

# The coefficients (C9, C10) of one lepton at which flavio is evaluated: six fix a quadratic polynomial.
_NODES = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1))
_EXPERIMENT_SAMPLES = 20000
_THEORY_SAMPLES = 60
_THEORY_SHARE = 20  # the theory uncertainties take about as long as so many observables
_SEED = 1909
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Selection:
    """A list of measurements.

    Attributes
    ----------
    name : "2019" or "2022".
    measurements : flavio's names, each with the observables that are taken from it.
    excluded : flavio's names of measurements of the same observables that are left out, each with the reason.
    remark : what else to know.
    """

    name: str
    measurements: tuple[tuple[str, tuple[Observable, ...]], ...]
    excluded: tuple[tuple[str, str], ...]
    remark: str

    @property
    def observables(self) -> tuple[Observable, ...]:
        """All observables, each once."""
        return tuple(dict.fromkeys(observable for _, chosen in self.measurements for observable in chosen))


_BELLE_R_K = tuple(
    (f"<Rmue>({b}->Kll)", low, high)
    for b in ("B+", "B0")
    for low, high in ((0.1, 4.0), (4.0, 8.12), (14.18, 19.0))
)
_BELLE_R_KSTAR = tuple(
    (f"<Rmue>({b}->K*ll)", low, high) for b in ("B+", "B0") for low, high in ((0.1, 8.0), (15, 19))
)
_BABAR = tuple(
    (f"<BR>(B->Xs{lepton})", low, high)
    for lepton in ("mumu", "ee")
    for low, high in ((1.0, 6.0), (14.2, 25.0))
)
_BELLE_X = (("<BR>(B->Xsll)", 1.0, 6.0), ("<BR>(B->Xsll)", 14.4, 25.0))
_COMMON = (
    ("Belle RK 2019", _BELLE_R_K),
    ("Belle RK* 2019", _BELLE_R_KSTAR),
    ("BaBar B->Xll 2013", _BABAR),
    ("Belle B->Xll 2005", _BELLE_X),
)
_LATER = "published after ADN"
_IN_2022 = "superseded by 'LHCb RK RK* 2022', which has the same events and more"
_IN_GSSS = "part of, or superseded by, 'GSSS combination Bs->mumu 2022'"
_IN_2019 = "part of 'inofficial combination Bs->mumu 2019'"
_OTHER = "another way to combine the same data"

_LARGER_BINS = (
    "Bins that overlap with those taken, and BaBar's average of electrons and muons, are left out. "
)

SELECTIONS: Mapping[str, Selection] = MappingProxyType(
    {
        "2019": Selection(
            "2019",
            (
                ("LHCb RK* 2017", (("<Rmue>(B0->K*ll)", 0.045, 1.1), ("<Rmue>(B0->K*ll)", 1.1, 6.0))),
                ("LHCb RK 2019", (("<Rmue>(B+->Kll)", 1.1, 6.0),)),
                ("inofficial combination Bs->mumu 2019", (("BR(Bs->mumu)",),)),
                *_COMMON,
            ),
            (
                ("LHCb RK 2021", _LATER),
                ("LHCb RKS 2021", _LATER),
                ("LHCb RKstplus 2021", _LATER),
                ("LHCb RK RK* 2022", _LATER),
                ("LHCb Bs->mumu 2021", _LATER),
                ("CMS Bs->mumu 2022", _LATER),
                ("CMS Bs->mumu 2019", _IN_2019),
                ("ATLAS CMS LHCb combination Bs->mumu 2020", _LATER),
                ("ATLAS CMS LHCb combination Bs->mumu 2020 Gaussian", _LATER),
                ("AS combination Bs->mumu 2021", _LATER),
                ("GSSS combination Bs->mumu 2022", _LATER),
                ("CMS Bs->mumu 2013", _IN_2019),
                ("LHCb Bs->mumu 2017", _IN_2019),
                ("ATLAS Bs->mumu 2018", _IN_2019),
                ("inofficial combination Bs->mumu 2019 CMS19", _OTHER),
            ),
            f"The measurements of ADN's clean fit. {_LARGER_BINS}",
        ),
        "2022": Selection(
            "2022",
            (
                (
                    "LHCb RK RK* 2022",
                    tuple(
                        (name, *ends)
                        for name in ("<Rmue>(B+->Kll)", "<Rmue>(B0->K*ll)")
                        for ends in ((0.1, 1.1), (1.1, 6.0))
                    ),
                ),
                ("LHCb RKS 2021", (("<Rmue>(B0->Kll)", 1.1, 6.0),)),
                ("LHCb RKstplus 2021", (("<Rmue>(B+->K*ll)", 0.045, 6.0),)),
                ("GSSS combination Bs->mumu 2022", (("BR(Bs->mumu)",),)),
                *_COMMON,
            ),
            (
                ("LHCb RK* 2017", _IN_2022),
                ("LHCb RK 2019", _IN_2022),
                ("LHCb RK 2021", _IN_2022),
                ("CMS Bs->mumu 2013", _IN_GSSS),
                ("LHCb Bs->mumu 2017", _IN_GSSS),
                ("ATLAS Bs->mumu 2018", _IN_GSSS),
                ("LHCb Bs->mumu 2021", _IN_GSSS),
                ("CMS Bs->mumu 2019", _IN_GSSS),
                ("CMS Bs->mumu 2022", _IN_GSSS),
                ("inofficial combination Bs->mumu 2019", _IN_GSSS),
                ("inofficial combination Bs->mumu 2019 CMS19", _IN_GSSS),
                ("ATLAS CMS LHCb combination Bs->mumu 2020", _IN_GSSS),
                ("ATLAS CMS LHCb combination Bs->mumu 2020 Gaussian", _IN_GSSS),
                ("AS combination Bs->mumu 2021", _IN_GSSS),
            ),
            f"{_LARGER_BINS}CMS's R_K of 2023, arXiv:2401.07090, is not in flavio 2.7.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class RebuiltLikelihood:
    """A likelihood in C9_mu, C9_e, C10 from flavio's predictions; see the module.

    Attributes
    ----------
    selection : the measurements.
    samples : for each observable flavio's predictions, where the muon's coefficients run through six nodes
        and then the electron's through five.
    mean, covariance : the measurements combined; experiment and theory.
    """

    selection: Selection
    samples: tuple[tuple[float, ...], ...]
    mean: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]

    def predictions(self, C9_mu: float, C9_e: float, C10: float) -> dict[Observable, float]:
        """Return the prediction of each observable."""
        muon, electron = _weights(C9_mu, C10), _weights(C9_e, C10)
        return {
            observable: _prediction(observable, samples, muon, electron)
            for observable, samples in zip(self.selection.observables, self.samples, strict=True)
        }

    def chi2(self, C9_mu: float, C9_e: float, C10: float) -> float:
        """Return chi^2 of the measurements."""
        numpy = _tool("numpy")
        off = numpy.array(list(self.predictions(C9_mu, C9_e, C10).values())) - numpy.array(self.mean)
        return float(off @ numpy.linalg.solve(numpy.array(self.covariance), off))

    def best_fit(self) -> tuple[tuple[float, float, float], float]:
        """Return the coefficients where chi^2 is smallest, and its value there."""
        optimize = _tool("scipy.optimize")
        starts = ((0.0, 0.0, 0.0), (0.5, 1.0, 0.5), (-1.0, 0.0, 0.5), (-3.0, 0.0, 0.0))
        found = [
            optimize.minimize(lambda x: self.chi2(*x), start, method="Nelder-Mead", options=_PRECISE)
            for start in starts
        ]
        best = min(found, key=lambda result: float(result.fun))
        first, second, third = map(float, best.x)
        return (first, second, third), float(best.fun)

    def gaussian(self) -> GaussianLikelihood:
        """Return the Gaussian approximation at the best fit: the mean and twice the inverse Hessian of chi^2.

        The numbers are rounded to four and six decimals, and exact from there on.

        Raises
        ------
        ArgumentError
            If the measurements do not determine the three coefficients.
        """
        numpy = _tool("numpy")
        centre, least = self.best_fit()
        hessian = numpy.array(_hessian(lambda x: self.chi2(*x) - least, centre))
        curvatures = numpy.linalg.eigvalsh(hessian)
        if curvatures[0] <= _FLAT * curvatures[-1]:
            raise ArgumentError(
                must_be("measurements", "sensitive to all three coefficients", self.selection.name)
            )
        covariance = numpy.linalg.inv(hessian / 2)
        return GaussianLikelihood(
            f"clean {self.selection.name}",
            FITTED,
            tuple(Fraction(f"{value:.4f}") for value in centre),
            tuple(
                tuple(Fraction(f"{(covariance[i][j] + covariance[j][i]) / 2:.6f}") for j in range(3))
                for i in range(3)
            ),
            f"flavio with the measurements '{self.selection.name}'",
        )


# A direction in which chi^2 curves so little, compared with others, is not measured.
_FLAT = 1e-3
_PRECISE = {"xatol": 1e-6, "fatol": 1e-9, "maxiter": 4000, "maxfev": 4000}


def _hessian(
    function: Callable[[Sequence[float]], float], centre: Sequence[float], step: float = 0.05
) -> list[list[float]]:
    """Second derivatives by central differences; chi^2 has size 1 over distances of several steps."""
    size = len(centre)

    def at(*moves: tuple[int, float]) -> float:
        point = list(centre)
        for place, move in moves:
            point[place] += move
        return function(point)

    return [
        [
            sum(s * t * at((i, s * step), (j, t * step)) for s in (1, -1) for t in (1, -1)) / (4 * step**2)
            for j in range(size)
        ]
        for i in range(size)
    ]


def _weights(C9: float, C10: float) -> tuple[float, ...]:
    """The weights of the six nodes: the quadratic polynomials that are 1 at one node and 0 at the others."""
    mixed = C9 * C10
    return (
        1 - C9**2 - C10**2 + mixed,
        (C9**2 + C9) / 2 - mixed,
        (C9**2 - C9) / 2,
        (C10**2 + C10) / 2 - mixed,
        (C10**2 - C10) / 2,
        mixed,
    )


def _prediction(
    observable: Observable, samples: Sequence[float], muon: Sequence[float], electron: Sequence[float]
) -> float:
    """A ratio is a quadratic polynomial of the muon over one of the electron, a branching ratio their sum."""
    in_muon = samples[: len(_NODES)]
    in_electron = (samples[0], *samples[len(_NODES) :])
    numerator = sum(w * value for w, value in zip(muon, in_muon, strict=True))
    if _is_ratio(observable):
        denominator = sum(w / value for w, value in zip(electron, in_electron, strict=True))
        return numerator / (samples[0] * denominator)
    return numerator + sum(w * value for w, value in zip(electron, in_electron, strict=True)) - samples[0]


def _is_ratio(observable: Observable) -> bool:
    return "Rmue" in observable[0]


def _tool(name: str) -> Any:
    """Import a module of the extra `flavour`."""
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise MissingToolError(
            f"Rebuilding the likelihood needs {name.partition('.')[0]}: install gauge-anomalies[flavour]."
        ) from error


def rebuild(
    selection: str = "2022", *, cache: str | Path | None = None, progress: Progress = lambda done, total: None
) -> RebuiltLikelihood:
    """Return the likelihood of a list of measurements, with flavio's predictions.

    Parameters
    ----------
    selection : "2019", the measurements of ADN's clean fit, or "2022", those of today.
    cache : a directory; what was computed is read from there, or written to it.
    progress : called with the steps that are done, and with all.

    Raises
    ------
    UnknownNameError
        If there is no such list.
    MissingToolError
        If flavio or scipy is not installed.
    """
    chosen = _selection(selection)
    file = None if cache is None else Path(cache) / f"anomalies-flavio-{selection}.json"
    key = _key(chosen)
    stored = None if file is None else _stored(file, key)
    if stored is None:
        stored = _computed(chosen, progress)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps({"key": key, "values": stored}), encoding="utf-8")
    samples, mean, covariance = stored
    return RebuiltLikelihood(chosen, tuple(map(tuple, samples)), tuple(mean), tuple(map(tuple, covariance)))


_Values: TypeAlias = tuple[list[list[float]], list[float], list[list[float]]]


def _key(selection: Selection) -> dict[str, Any]:
    """What the stored numbers depend on."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        flavio = version("flavio")
    except PackageNotFoundError as error:
        raise MissingToolError(
            "Rebuilding the likelihood needs flavio: install gauge-anomalies[flavour]."
        ) from error
    measurements = [[name, [list(o) for o in chosen]] for name, chosen in selection.measurements]
    return {
        "format": _FORMAT,
        "flavio": flavio,
        "measurements": measurements,
        "samples": [_EXPERIMENT_SAMPLES, _THEORY_SAMPLES, _SEED],
    }


def _stored(file: Path, key: Mapping[str, Any]) -> _Values | None:
    """Return what the file holds, None if it does not exist or belongs to another version."""
    if not file.is_file():
        return None
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ArgumentError(f"The cache {file} is damaged: remove it.") from error
    if not isinstance(content, dict) or content.get("key") != key:
        return None
    samples, mean, covariance = content["values"]
    return samples, mean, covariance


def _computed(selection: Selection, progress: Progress) -> _Values:
    """Ask flavio for the predictions at the nodes, the measurements, and the theory uncertainties."""
    flavio, numpy = _tool("flavio"), _tool("numpy")
    observables = selection.observables
    total = len(observables) + _THEORY_SHARE
    samples = []
    for done, observable in enumerate(observables):
        progress(done, total)
        samples.append(_evaluated(flavio, observable))
    progress(len(observables), total)
    numpy.random.seed(_SEED)
    mean, experiment = _experiment(flavio, numpy, selection)
    theory = _theory(flavio, numpy, observables)
    progress(total, total)
    return samples, mean.tolist(), (experiment + theory).tolist()


def _evaluated(flavio: Any, observable: Observable) -> list[float]:
    """Flavio's predictions at the nodes, the muon's first."""
    points = [("mumu", node) for node in _NODES] + [("ee", node) for node in _NODES[1:]]
    name, *ends = observable
    values = []
    for lepton, (C9, C10) in points:
        coefficients = flavio.WilsonCoefficients()
        coefficients.set_initial({f"C9_bs{lepton}": C9, f"C10_bs{lepton}": C10}, scale=SCALE_GeV)
        values.append(float(flavio.np_prediction(name, coefficients, *ends)))
    return values


def _experiment(flavio: Any, numpy: Any, selection: Selection) -> tuple[Any, Any]:
    """The weighted mean of all measurements and its covariance."""
    place = {observable: index for index, observable in enumerate(selection.observables)}
    weight = numpy.zeros((len(place), len(place)))
    weighted = numpy.zeros(len(place))
    for name, chosen in selection.measurements:
        values = flavio.Measurement[name].get_random_all(size=_EXPERIMENT_SAMPLES)
        rows = numpy.array(
            [values[observable[0] if len(observable) == 1 else observable] for observable in chosen]
        )
        inverse = numpy.linalg.inv(numpy.atleast_2d(numpy.cov(rows)))
        places = [place[observable] for observable in chosen]
        weight[numpy.ix_(places, places)] += inverse
        weighted[places] += inverse @ rows.mean(axis=1)
    covariance = numpy.linalg.inv(weight)
    return covariance @ weighted, covariance


def _theory(flavio: Any, numpy: Any, observables: Sequence[Observable]) -> Any:
    """The covariance of the predictions in the Standard Model."""
    rates = [observable for observable in observables if not _is_ratio(observable)]
    named = [observable[0] if len(observable) == 1 else observable for observable in rates]
    found = numpy.zeros((len(observables), len(observables)))
    places = [observables.index(observable) for observable in rates]
    found[numpy.ix_(places, places)] = flavio.sm_covariance(named, N=_THEORY_SAMPLES)
    for index, observable in enumerate(observables):
        if _is_ratio(observable):
            source = "R_Kstar_low_SM" if observable[1] < 1 else "R_K_SM"
            found[index, index] = float(physical_input(source).upper) ** 2
    return found


def selection_table(name: str) -> Table:
    """Return the measurements of a list, those left out, and why.

    Examples
    --------
    >>> for row in selection_table("2022").as_json():
    ...     if row["measurement"].startswith("LHCb RK"):
    ...         print(row["measurement"], "|", row["used"])
    LHCb RK RK* 2022 | yes
    LHCb RKS 2021 | yes
    LHCb RKstplus 2021 | yes
    LHCb RK* 2017 | no
    LHCb RK 2019 | no
    LHCb RK 2021 | no
    """
    chosen = _selection(name)
    used = [(measurement, "yes", _listed(observables)) for measurement, observables in chosen.measurements]
    return Table(
        ("measurement", "used", "observables, or why not"),
        [*used, *((measurement, "no", why) for measurement, why in chosen.excluded)],
        caption=chosen.remark,
    )


def _listed(observables: Sequence[Observable]) -> str:
    """Observables with their bins: "<Rmue>(B+->Kll) 1.1-6.0"."""
    bins: dict[str, list[str]] = {}
    for name, *ends in observables:
        bins.setdefault(name, []).append("-".join(f"{end:g}" for end in ends))
    return "; ".join(f"{name} {', '.join(found)}".strip() for name, found in bins.items())


def _selection(name: str) -> Selection:
    if name not in SELECTIONS:
        raise UnknownNameError(must_be("selection", f"one of {', '.join(SELECTIONS)}", name))
    return SELECTIONS[name]
