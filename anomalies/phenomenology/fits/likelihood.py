"""Gaussian likelihoods of a few quantities, exactly, and the two of ADN's appendix B.

A Gaussian likelihood is a mean and a covariance matrix; chi^2 = (x - mean)^T covariance^(-1) (x - mean) is a
quadratic polynomial with rational coefficients if the printed numbers are decimals, and it is kept so: every
chi^2 of this module is a fraction.

ADN's likelihoods are in C9^mu, C9^e and C10^mu = C10^e = C10, new physics only, in the convention of the
flavour codes: H_eff = - (4 G_F / sqrt 2) V_tb V_ts^* (alpha / 4 pi) sum C_i O_i.

Key results
-----------
GaussianLikelihood : the mean and the covariance; chi^2 at any point; marginal likelihoods
gaussian_likelihood : from uncertainties and correlations, as papers print them
published_likelihood : ADN's "clean" and "all"
deviation : how many standard deviations a measurement is from a prediction

References
----------
ADN, arXiv:1909.02021, (B.1), (B.2).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from flint import fmpq, fmpq_mat
from sympy.printing.defaults import Printable

from anomalies.errors import ArgumentError, ArgumentTypeError, UnknownNameError, must_be
from anomalies.exact import RationalLike, as_rational, as_rationals
from anomalies.phenomenology.inputs import PhysicalInput, physical_input
from anomalies.tables import Table

__all__ = [
    "FITS",
    "FITTED",
    "GaussianLikelihood",
    "Matrix",
    "deviation",
    "gaussian_likelihood",
    "published_likelihood",
    "quadratic_form",
]

Matrix: TypeAlias = tuple[tuple[Fraction, ...], ...]

FITS = ("all", "clean")
FITTED = ("C9_mu", "C9_e", "C10")


@dataclass(frozen=True, slots=True, repr=False)
class GaussianLikelihood(Printable):
    """A multivariate Gaussian in named quantities; numbers are exact.

    Parameters
    ----------
    name : a short name, for messages and figures.
    observables : the names of the quantities, pairwise different.
    central : the mean.
    covariance : a symmetric, positive definite matrix.
    source : where the numbers are from.

    Raises
    ------
    ArgumentError
        If the sizes do not fit, or the matrix is not symmetric and positive definite.

    Examples
    --------
    >>> likelihood = GaussianLikelihood("one", ("x", "y"), (0, 1), ((1, 0), (0, 4)), "an example")
    >>> likelihood.chi2({"x": 1, "y": 2})
    Fraction(5, 4)
    """

    name: str
    observables: tuple[str, ...]
    central: tuple[Fraction, ...]
    covariance: Matrix
    source: str

    def __post_init__(self) -> None:
        """Make the numbers exact, and check the covariance matrix."""
        names = _names(self.observables)
        size = len(names)
        if len(set(names)) < size or not names:
            raise ArgumentError(must_be("observables", "a non-empty sequence of different names", names))
        central = as_rationals(self.central, "central", size)
        rows = _rows(self.covariance, "covariance", size)
        _check_positive(names, rows)
        for attribute, value in (("observables", names), ("central", central), ("covariance", rows)):
            object.__setattr__(self, attribute, value)

    @property
    def uncertainties(self) -> tuple[float, ...]:
        """One standard deviation of each quantity."""
        return tuple(math.sqrt(self.covariance[i][i]) for i in range(len(self.observables)))

    def precision(self) -> Matrix:
        """Return the inverse of the covariance matrix."""
        return _inverse(self.covariance)

    def chi2(self, values: Mapping[str, RationalLike]) -> Fraction:
        """Return chi^2 where the quantities have the given values, one for each of them.

        >>> published_likelihood("all").chi2({"C9_mu": "-0.71", "C9_e": "0.12", "C10": "0.44"})
        Fraction(0, 1)
        """
        if not isinstance(values, Mapping):
            raise ArgumentTypeError(must_be("values", "a mapping from names to numbers", values))
        self._known(values)
        missing = [name for name in self.observables if name not in values]
        if missing:
            raise ArgumentError(must_be("values", f"given for {', '.join(missing)} too", sorted(values)))
        x = tuple(
            as_rational(values[name], name) - mean
            for name, mean in zip(self.observables, self.central, strict=True)
        )
        return quadratic_form(self.precision(), x, x)

    def marginal(self, observables: Iterable[str]) -> GaussianLikelihood:
        """Return the likelihood of some of the quantities, whatever the others are.

        >>> published_likelihood("all").marginal(["C10"]).central
        (Fraction(11, 25),)
        """
        names = _names(observables)
        self._known(names)
        places = [self.observables.index(name) for name in names]
        return GaussianLikelihood(
            self.name,
            names,
            tuple(self.central[i] for i in places),
            tuple(tuple(self.covariance[i][j] for j in places) for i in places),
            self.source,
        )

    def _known(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.observables:
                expected = f"one of the observables {', '.join(self.observables)} of the fit '{self.name}'"
                raise UnknownNameError(must_be("observable", expected, name))

    def table(self) -> Table:
        """Return each quantity with its mean, its uncertainty, and its correlation with the others."""
        sigma = self.uncertainties
        rows = [
            (
                name,
                f"{float(self.central[i]):.4g}",
                f"{sigma[i]:.3g}",
                *(f"{self.covariance[i][j] / (sigma[i] * sigma[j]):.2f}" for j in range(len(sigma))),
            )
            for i, name in enumerate(self.observables)
        ]
        correlations = (f"with {name}" for name in self.observables)
        return Table(("quantity", "value", "uncertainty", *correlations), rows)

    def _sympystr(self, printer: Any) -> str:
        return self.table().text(printer._print)

    def _latex(self, printer: Any) -> str:
        return self.table().latex(printer._print)

    def _pretty(self, printer: Any) -> Any:
        return self.table()._pretty(printer)


def quadratic_form(matrix: Matrix, x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    """Return x^T matrix y.

    >>> one, two = Fraction(1), Fraction(2)
    >>> quadratic_form(((one, two), (two, one)), (one, two), (two, one))
    Fraction(14, 1)
    """
    pairs = ((a, m, b) for a, row in zip(x, matrix, strict=True) for m, b in zip(row, y, strict=True))
    return sum((a * m * b for a, m, b in pairs), Fraction(0))


def _names(observables: object) -> tuple[str, ...]:
    if isinstance(observables, str) or not isinstance(observables, Iterable):
        raise ArgumentTypeError(must_be("observables", "a sequence of names", observables))
    return tuple(observables)


def _rows(matrix: object, argument: str, size: int) -> Matrix:
    """Return a square matrix of the given size with exact entries."""
    if isinstance(matrix, str) or not isinstance(matrix, Iterable):
        raise ArgumentTypeError(must_be(argument, "a sequence of rows", matrix))
    rows = tuple(as_rationals(row, f"{argument}[{index}]", size) for index, row in enumerate(matrix))
    if len(rows) != size:
        raise ArgumentError(f"Argument '{argument}' must have {size} rows, not {len(rows)}.")
    return rows


def _flint(rows: Matrix) -> Any:
    entries = [fmpq(entry.numerator, entry.denominator) for row in rows for entry in row]
    return fmpq_mat(len(rows), len(rows), entries)


def _check_positive(names: Sequence[str], rows: Matrix) -> None:
    """Refuse a matrix that is not symmetric, or whose leading minors are not all positive."""
    for i, row in enumerate(rows):
        for j in range(i):
            if row[j] != rows[j][i]:
                raise ArgumentError(
                    f"Argument 'covariance' must be symmetric, and the entries ({i + 1}, {j + 1}) and "
                    f"({j + 1}, {i + 1}) are {row[j]} and {rows[j][i]}."
                )
    for size in range(1, len(rows) + 1):
        minor = _flint(tuple(row[:size] for row in rows[:size])).det()
        if minor <= 0:
            what = "singular" if minor == 0 else "not positive definite"
            raise ArgumentError(
                f"Argument 'covariance' must be positive definite, and it is {what} in the quantities "
                f"{', '.join(names[:size])}: their determinant is {minor}."
            )


@cache
def _inverse(rows: Matrix) -> Matrix:
    inverse = _flint(rows).inv()
    size = range(len(rows))
    return tuple(tuple(Fraction(int(inverse[i, j].p), int(inverse[i, j].q)) for j in size) for i in size)


def gaussian_likelihood(
    name: str,
    observables: Iterable[str],
    central: Iterable[RationalLike],
    uncertainties: Iterable[RationalLike],
    correlation: Iterable[Iterable[RationalLike]],
    source: str,
) -> GaussianLikelihood:
    """Return a likelihood from what papers print: values, uncertainties and a correlation matrix.

    Raises
    ------
    ArgumentError
        If an uncertainty is not positive, a diagonal correlation is not 1, or the covariance is singular.

    Examples
    --------
    >>> gaussian_likelihood("two", ["x", "y"], [0, 0], [1, 1], [[1, 1], [1, 1]], "an example")
    Traceback (most recent call last):
        ...
    anomalies.errors.ArgumentError: Argument 'covariance' must be positive definite, and it is singular \
in the quantities x, y: their determinant is 0.
    """
    names = _names(observables)
    size = len(names)
    sigma = as_rationals(uncertainties, "uncertainties", size)
    for index, value in enumerate(sigma):
        if value <= 0:
            raise ArgumentError(must_be(f"uncertainties[{index}]", "positive", str(value)))
    rho = _rows(correlation, "correlation", size)
    for index, row in enumerate(rho):
        if row[index] != 1:
            raise ArgumentError(must_be(f"correlation[{index}][{index}]", "1", str(row[index])))
    covariance = tuple(tuple(sigma[i] * r * sigma[j] for j, r in enumerate(row)) for i, row in enumerate(rho))
    return GaussianLikelihood(name, names, as_rationals(central, "central", size), covariance, source)


@cache
def published_likelihood(name: str) -> GaussianLikelihood:
    """Return ADN's likelihood in C9_mu, C9_e, C10: "all", (B.2), or "clean", (B.1).

    Examples
    --------
    >>> published_likelihood("clean")
    quantity  value  uncertainty  with C9_mu  with C9_e  with C10
    --------  -----  -----------  ----------  ---------  --------
    C9_mu     0.37   0.76         1.00        0.95       0.34
    C9_e      1.13   0.78         0.95        1.00       0.29
    C10       0.63   0.29         0.34        0.29       1.00
    """
    if name not in FITS:
        raise UnknownNameError(must_be("likelihood", f"one of {', '.join(FITS)}", name))
    entries = [physical_input(f"fit_{name}_{observable}") for observable in FITTED]
    rho = {
        frozenset(pair): physical_input(f"fit_{name}_correlation_{'_'.join(pair)}").value
        for pair in ((FITTED[0], FITTED[1]), (FITTED[0], FITTED[2]), (FITTED[1], FITTED[2]))
    }
    return gaussian_likelihood(
        name,
        FITTED,
        [entry.value for entry in entries],
        [entry.upper for entry in entries],
        [[1 if x == y else rho[frozenset((x, y))] for y in FITTED] for x in FITTED],
        entries[0].source,
    )


def deviation(
    measured: PhysicalInput, prediction: RationalLike, *further: PhysicalInput, theory: RationalLike = 0
) -> float:
    """Return how many standard deviations a measurement is from a prediction, positive if it lies below.

    The uncertainties of the measurement on the side of the prediction, those of `further`, and the
    uncertainty `theory` of the prediction are added in quadrature.

    Examples
    --------
    >>> R_K = physical_input("R_K_2019")
    >>> round(deviation(R_K, 1, physical_input("R_K_2019_systematic")), 2)
    2.48
    """
    distance = as_rational(prediction, "prediction") - measured.value
    parts = [entry.upper if distance > 0 else entry.lower for entry in (measured, *further)]
    variance = sum(part**2 for part in parts) + as_rational(theory, "theory") ** 2
    if variance == 0:
        raise ArgumentError(must_be("measured", "uncertain, by an amount that is not 0", measured.name))
    return float(distance) / math.sqrt(variance)
