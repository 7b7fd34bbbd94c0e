r"""Fits of the charges to rare B decays, exactly: best fit, and chi^2 with the normalisation profiled out.

The Wilson coefficients are products of one normalisation C and charges; in the convention of the flavour
codes

    C9^alpha = -C (Q_l + Q_e) / 2 = -C (a_alpha - 3 a_Y / 4),     C10 = C (Q_l - Q_e) / 2 = C a_Y / 4.

ADN's (4.6), (4.7) have the opposite signs, because their operators stand in the Hamiltonian; read literally,
the printed best fit to all observables has chi^2 = 98.

This is exchange of the Z' alone, as in the paper.  With that of the Z, which mixes, C10 vanishes at the same
order, see `anomalies.phenomenology.interactions.wilson_coefficients`; then chi^2 is nowhere below that of
the alternative benchmark, and the fit does not depend on a_Y in another way than on a common shift of a_e
and a_mu.

So the coefficients are *linear* in (C, C a_e, C a_Y), and a Gaussian likelihood stays Gaussian: the best fit
solves three linear equations.  With x = (1, a_e, a_Y), chi^2 = chi^2(C=0) - 2 C u.x + C^2 x.A x, hence

    C = u.x / x.A x,     chi^2 profiled over C = chi^2(C=0) - (u.x)^2 / x.A x,

with rational A and u: all chi^2 of this module are fractions.

Key results
-----------
wilson_coefficients : C9 and C10 from the charges, symbolically
linear_model : which charges are fixed and which are free
best_fit : in closed form; minimised_fit : by numerical minimisation
profile : chi^2 with C profiled out, an exact rational function of the charges

References
----------
ADN, arXiv:1909.02021, (4.4)-(4.7), Table 1, appendix B.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from sympy import Integer, Symbol

from anomalies.errors import ArgumentError, ArgumentTypeError, MissingToolError, UnknownNameError, must_be
from anomalies.exact import RationalLike, as_rational, as_rationals, to_sympy
from anomalies.gauging import gauging_generator
from anomalies.library import adn_framework
from anomalies.linear import linear_coefficients
from anomalies.linear import solve as solve_exactly
from anomalies.phenomenology.fits.likelihood import (
    FITTED,
    GaussianLikelihood,
    Matrix,
    published_likelihood,
    quadratic_form,
)
from anomalies.phenomenology.symbols import LEPTONS, a_e, a_mu, a_tau, a_Y

__all__ = [
    "MODELS",
    "BestFit",
    "LinearModel",
    "Profile",
    "best_fit",
    "linear_model",
    "minimised_fit",
    "normalisation",
    "profile",
    "wilson_coefficients",
]

# C of (4.6), (4.7).
normalisation = Symbol("C", real=True)

MODELS = ("benchmark", "alternative")


@cache
def wilson_coefficients() -> Mapping[str, Any]:
    """Return C9_e, C9_mu, C9_tau and C10, the same for all leptons, in C and the charges.

    They follow from the charges of the gauging generator, with the sign of the flavour codes.

    Source: ADN (4.6), (4.7) with the opposite sign.

    Examples
    --------
    >>> wilson_coefficients()["C9_mu"], wilson_coefficients()["C10"]
    (C*(3*a_Y/4 - a_mu), C*a_Y/4)
    """
    charges = {symbol.name: charge for symbol, charge in gauging_generator(adn_framework()).charges.items()}
    families = range(1, len(LEPTONS) + 1)
    vector = [(charges[f"Q_l{i}"] + charges[f"Q_e{i}"]) / 2 for i in families]
    axial = {((charges[f"Q_e{i}"] - charges[f"Q_l{i}"]) / 2).expand() for i in families}
    if len(axial) != 1:
        raise ArgumentError(must_be("charges", "equally axial for all leptons", axial))
    found = {
        f"C9_{name}": normalisation * (-charge).expand() for name, charge in zip(LEPTONS, vector, strict=True)
    }
    return MappingProxyType(found | {"C10": -normalisation * axial.pop()})


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Charges of which some are fixed: the coefficients are linear in C times those that are left.

    Attributes
    ----------
    name : "benchmark" or "alternative".
    charges : the names of the charges that the coefficients depend on.  In the benchmark model the first of
        them is 1; in the alternative C is 1: only the products of C and charges can be fitted.
    directions : for each of C9_mu, C9_e, C10 the derivatives by C times these charges.
    conditions : what is fixed, as pairs (symbol, value).
    """

    name: str
    charges: tuple[str, ...]
    directions: Matrix
    conditions: tuple[tuple[Any, Any], ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the charges that are fitted."""
        return self.charges if self.absorbed else self.charges[1:]

    @property
    def absorbed(self) -> bool:
        """Whether the normalisation is absorbed in the unit of the charges."""
        return self.name == "alternative"


@cache
def linear_model(name: str) -> LinearModel:
    """Return "benchmark", a_mu = 1 and a_tau = 0, or "alternative", a_Y = 0 and a_e + a_mu + a_tau = 0.

    In the alternative a_tau = -a_e - a_mu plays no role in the fit, and neither does the unit of the charges:
    the normalisation C is absorbed in it.

    Source: ADN section 4.2 and section 6.

    Examples
    --------
    >>> for row in linear_model("benchmark").directions:
    ...     print(*row)
    -1 0 3/4
    0 -1 3/4
    0 0 1/4
    """
    if name == "benchmark":
        return _model(name, (a_mu, a_e, a_Y), ((a_mu, Integer(1)), (a_tau, Integer(0))))
    if name == "alternative":
        return _model(name, (a_e, a_mu), ((a_Y, Integer(0)), (a_tau, -a_e - a_mu)))
    raise UnknownNameError(must_be("model", f"one of {', '.join(MODELS)}", name))


def _model(name: str, charges: Sequence[Any], conditions: tuple[tuple[Any, Any], ...]) -> LinearModel:
    fixed = {symbol: value for symbol, value in conditions if symbol not in charges}
    values = (wilson_coefficients()[observable].subs(fixed) / normalisation for observable in FITTED)
    directions = tuple(linear_coefficients(value, charges, "wilson_coefficients") for value in values)
    return LinearModel(name, tuple(symbol.name for symbol in charges), directions, conditions)


@dataclass(frozen=True, slots=True)
class Profile:
    """chi^2 of a likelihood in a model, as a polynomial of the second degree in C times the charges x.

    Attributes
    ----------
    model : the model.
    likelihood : the likelihood, in C9_mu, C9_e and C10.
    standard_model : chi^2 at C = 0.
    linear, quadratic : u and A of chi^2 = standard_model - 2 C u.x + C^2 x.A x.

    Examples
    --------
    >>> found = profile("all")
    >>> round(float(found.delta((0, 0))), 3), round(float(found.normalisation((0, 0))), 3)
    (5.373, 0.801)
    """

    model: LinearModel
    likelihood: GaussianLikelihood
    standard_model: Fraction
    linear: tuple[Fraction, ...]
    quadratic: Matrix

    @property
    def products(self) -> tuple[Fraction, ...]:
        """The best fit of C times the charges, A^(-1) u."""
        solution = solve_exactly(self.quadratic, self.linear)
        if solution is None:
            raise ArgumentError(must_be("likelihood", "sensitive to all charges", self.likelihood.name))
        return solution

    @property
    def least(self) -> Fraction:
        """The smallest chi^2 of the model."""
        return self.standard_model - _dot(self.linear, self.products)

    def point(self, values: Sequence[RationalLike]) -> tuple[Fraction, ...]:
        """Return x for values of the fitted charges, in the order of `model.parameters`."""
        given = as_rationals(values, "values", len(self.model.parameters))
        return given if self.model.absorbed else (Fraction(1), *given)

    def normalisation(self, values: Sequence[RationalLike]) -> Fraction:
        """Return the C that fits best at these charges, u.x / x.A x; 1 where it is absorbed."""
        x = self.point(values)
        if self.model.absorbed:
            return Fraction(1)
        return _dot(self.linear, x) / quadratic_form(self.quadratic, x, x)

    def normalisation_uncertainty(self, values: Sequence[RationalLike]) -> float:
        """Return one standard deviation of C at these charges, (x.A x)^(-1/2); 0 where it is absorbed."""
        x = self.point(values)
        if self.model.absorbed:
            return 0.0
        return 1 / math.sqrt(quadratic_form(self.quadratic, x, x))

    def chi2(self, values: Sequence[RationalLike], C: RationalLike | None = None) -> Fraction:
        """Return chi^2 at these charges, with the best C unless one is given."""
        x = self.point(values)
        factor = self.normalisation(values) if C is None else as_rational(C, "C")
        square = quadratic_form(self.quadratic, x, x)
        return self.standard_model - 2 * factor * _dot(self.linear, x) + factor**2 * square

    def delta(self, values: Sequence[RationalLike]) -> Fraction:
        """Return chi^2 with the best C, minus the smallest chi^2."""
        return self.chi2(values) - self.least

    def expression(self) -> Any:
        """Return `delta` as a rational function of the symbols of the fitted charges."""
        symbols = [Symbol(name) for name in self.model.charges]
        if not self.model.absorbed:
            symbols[0] = Integer(1)
        u = sum(to_sympy(c) * s for c, s in zip(self.linear, symbols, strict=True))
        square = sum(
            to_sympy(entry) * x * y
            for x, row in zip(symbols, self.quadratic, strict=True)
            for entry, y in zip(row, symbols, strict=True)
        )
        explained = 2 * u - square if self.model.absorbed else u**2 / square
        return to_sympy(self.standard_model - self.least) - explained


def _dot(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def profile(likelihood: str | GaussianLikelihood = "all", model: str = "benchmark") -> Profile:
    """Return chi^2 as a function of the charges and of C, exactly.

    Parameters
    ----------
    likelihood : "all", "clean", or one of your own in C9_mu, C9_e and C10.
    model : "benchmark" or "alternative".

    Source: ADN appendix B.

    Examples
    --------
    >>> profile("all").standard_model > profile("clean").standard_model
    True
    """
    return _profile(_as_likelihood(likelihood), model)


def _as_likelihood(likelihood: object) -> GaussianLikelihood:
    if isinstance(likelihood, GaussianLikelihood):
        return likelihood
    if not isinstance(likelihood, str):
        raise ArgumentTypeError(must_be("likelihood", "a name or a GaussianLikelihood", likelihood))
    return published_likelihood(likelihood)


@cache
def _profile(likelihood: GaussianLikelihood, model: str) -> Profile:
    fitted = likelihood.marginal(FITTED)
    known = linear_model(model)
    precision, mean = fitted.precision(), fitted.central
    columns = tuple(zip(*known.directions, strict=True))
    return Profile(
        known,
        fitted,
        quadratic_form(precision, mean, mean),
        tuple(quadratic_form(precision, mean, column) for column in columns),
        tuple(tuple(quadratic_form(precision, x, y) for y in columns) for x in columns),
    )


@dataclass(frozen=True, slots=True)
class BestFit:
    """The best fit of a model, exactly.

    Attributes
    ----------
    profile : what was minimised.
    values : the fitted charges, in the order of `profile.model.parameters`.
    C : the normalisation; 1 in the alternative model.
    chi2 : the smallest chi^2.
    """

    profile: Profile
    values: tuple[Fraction, ...]
    C: Fraction
    chi2: Fraction

    @property
    def degrees_of_freedom(self) -> int:
        """Coefficients minus fitted numbers."""
        return len(FITTED) - len(self.profile.model.charges)

    def as_dict(self) -> dict[str, Fraction]:
        """Return the fitted charges by name, and C."""
        return dict(zip(self.profile.model.parameters, self.values, strict=True)) | {"C": self.C}


def best_fit(likelihood: str | GaussianLikelihood = "all", model: str = "benchmark") -> BestFit:
    """Return the best fit in closed form, A^(-1) u.

    In the benchmark model these are C = 3 C10 - C9_mu, a_Y = 4 C10 / C and a_e = (3 C10 - C9_e) / C at the
    central values, with chi^2 = 0.  The normalisation may come out negative.

    Raises
    ------
    ArgumentError
        If the best fit has C a_mu = 0: with a_mu = 1 there is none then.

    Source: ADN Table 1.

    Examples
    --------
    >>> {name: str(value) for name, value in best_fit("all").as_dict().items()}
    {'a_e': '120/203', 'a_Y': '176/203', 'C': '203/100'}
    """
    found = profile(likelihood, model)
    products = found.products
    if found.model.absorbed:
        return BestFit(found, products, Fraction(1), found.least)
    if products[0] == 0:
        raise ArgumentError(
            must_be("likelihood", "best fitted with a_mu different from 0", found.likelihood.name)
        )
    return BestFit(found, tuple(p / products[0] for p in products[1:]), products[0], found.least)


def minimised_fit(
    likelihood: str | GaussianLikelihood = "all",
    model: str = "benchmark",
    *,
    start: Sequence[float] | None = None,
) -> dict[str, float]:
    """Return the best fit by numerical minimisation of chi^2 over C and the charges, for comparison.

    Parameters
    ----------
    start : where the search begins: C and the fitted charges in the benchmark model, the charges in the
        alternative; by default C = 1 and all charges 1.

    Raises
    ------
    MissingToolError
        If scipy is not installed.

    Examples
    --------
    >>> round(minimised_fit("all")["a_e"], 3)  # doctest: +SKIP
    0.591
    """
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise MissingToolError(
            "Minimising numerically needs scipy: install gauge-anomalies[figures], or use best_fit."
        ) from error
    known = linear_model(model)
    given = _as_likelihood(likelihood).marginal(FITTED)
    mean = [float(value) for value in given.central]
    precision = [[float(entry) for entry in row] for row in given.precision()]
    directions = [[float(entry) for entry in row] for row in known.directions]

    def chi2(parameters: Sequence[float]) -> float:
        products = parameters
        if not known.absorbed:
            products = [parameters[0], *(parameters[0] * charge for charge in parameters[1:])]
        off = [
            sum(d * p for d, p in zip(row, products, strict=True)) - m
            for row, m in zip(directions, mean, strict=True)
        ]
        return sum(
            x * p * y for x, row in zip(off, precision, strict=True) for p, y in zip(row, off, strict=True)
        )

    names = known.parameters if known.absorbed else ("C", *known.parameters)
    begin = [1.0] * len(names) if start is None else list(map(float, start))
    if len(begin) != len(names):
        raise ArgumentError(must_be("start", f"numbers for {', '.join(names)}", start))
    result = minimize(chi2, begin, method="BFGS", tol=1e-10)
    return dict(zip(names, map(float, result.x), strict=True)) | {"chi2": float(result.fun)}
