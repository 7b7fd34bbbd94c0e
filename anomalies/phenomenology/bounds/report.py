"""The bounds on v_Phi at one point, put together: a table beside the paper's numbers, and what is left.

Key results
-----------
BoundsReport : every bound at a point; prints as a table and as JSON
Window : what one prediction of B_s mixing leaves of v_Phi, and the pair of bounds that closes it
Normalisation : the normalisation C of the Wilson coefficients and where it comes from
agreement : whether a limit is what the paper prints

References
----------
ADN, arXiv:1909.02021, section 5.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol
from sympy.printing.defaults import Printable

from anomalies.phenomenology.bounds.bound import Bound, stated
from anomalies.phenomenology.bounds.perturbativity import largest_coupling, relative_width
from anomalies.phenomenology.inputs import physical_input
from anomalies.phenomenology.points import LeptonPoint
from anomalies.phenomenology.symbols import g_X, m_Zprime
from anomalies.tables import Table

__all__ = ["BoundsReport", "Normalisation", "Window", "agreement"]

_WIDTH = 92  # characters of a line, as in tables


@dataclass(frozen=True, slots=True)
class Normalisation:
    """The normalisation C of the Wilson coefficients, its origin, and one standard deviation of the fit."""

    value: Fraction
    origin: str
    uncertainty: float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Window(Printable):
    """What is left of v_Phi if one prediction of B_s mixing is taken.

    Attributes
    ----------
    prediction : "sum rules" or "lattice".
    lower, upper : the strongest bounds from below and above; None if there is none.
    opens_at : the size of C below which a closed window opens; None if it is open, or for no C.
    deviations : how many standard deviations of the fit that C is away; None if not known.
    """

    prediction: str
    lower: Bound | None
    upper: Bound | None
    opens_at: float | None = None
    deviations: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether some v_Phi respects all bounds."""
        low = 0.0 if self.lower is None else self.lower.limit_TeV or 0.0
        high = math.inf if self.upper is None or self.upper.limit_TeV is None else self.upper.limit_TeV
        return low < high

    def _sympystr(self, _printer: Any) -> str:
        start = f"v_Phi with the prediction of B_s mixing from {self.prediction}:"
        if self.is_open:
            sides = [_side(bound) for bound in (self.lower, self.upper) if bound is not None]
            return f"{start} open; " + (" and ".join(sides) or "no bound applies") + "."
        if self.lower is None or self.upper is None or not self.upper.limit_TeV:
            return f"{start} closed; {'' if self.upper is None else self.upper.reason}."
        return f"{start} closed by the pair {_side(self.lower)} and {_side(self.upper)}{self._opening()}."

    def _opening(self) -> str:
        """What opens a closed window, in words."""
        if self.opens_at is None:
            return ""
        away = "" if self.deviations is None else f", {self.deviations:.1f} sigma of the fit away"
        return f"; it opens for |C| < {stated(self.opens_at)}{away}"

    def as_json(self) -> dict[str, Any]:
        """Return the window with its numbers as text."""
        return {
            "prediction": self.prediction,
            "open": self.is_open,
            "lower": None if self.lower is None else self.lower.name,
            "lower_TeV": None if self.lower is None else stated(self.lower.limit_TeV or 0.0),
            "upper": None if self.upper is None else self.upper.name,
            "upper_TeV": None if self.upper is None else stated(self.upper.limit_TeV or 0.0),
            "opens_at_C": None if self.opens_at is None else stated(self.opens_at),
            "sigma_of_C_away": None if self.deviations is None else f"{self.deviations:.1f}",
        }


@dataclass(frozen=True, slots=True, repr=False)
class BoundsReport(Printable):
    """Every bound at a point, the windows that are left, and how strong the coupling may be.

    Attributes
    ----------
    point : the charges.
    C : the normalisation of the Wilson coefficients, or None if nothing determines it.
    sigmas : how many standard deviations.
    m_Q_TeV : the mass of the heavy quark, or None if the box is left out.
    g_X : the coupling, or None.
    bounds : the bounds, lower ones first.
    windows : one for each prediction of B_s mixing.
    """

    point: LeptonPoint
    C: Normalisation | None
    sigmas: Fraction
    m_Q_TeV: float | None
    g_X: Fraction | None
    bounds: tuple[Bound, ...]
    windows: tuple[Window, ...]

    def table(self) -> Table:
        """Return the bounds as a table: ours, the paper's, and whether they agree."""
        rows = [
            (
                bound.name,
                _limit_words(bound),
                bound.confidence,
                _paper_words(bound),
                agreement(bound),
                bound.reason,
            )
            for bound in self.bounds
        ]
        return Table(("bound", "ours [TeV]", "at", "paper [TeV]", "agree", "remark"), rows, self.title())

    def title(self) -> str:
        """Return the point and the normalisation, in words."""
        charges = ", ".join(map(str, (self.point.a_e, self.point.a_mu, self.point.a_tau, self.point.a_Y)))
        return f"Bounds on v_Phi at (a_e, a_mu, a_tau, a_Y) = ({charges}), {self._normalisation()}"

    def _normalisation(self) -> str:
        if self.C is None:
            return "C not determined"
        error = "" if self.C.uncertainty is None else f" +- {self.C.uncertainty:.2f}"
        return f"C = {float(self.C.value):.2f}{error} ({self.C.origin})"

    def perturbativity(self) -> Table:
        """Return Gamma / m_Z' over g_X^2 and the largest g_X, for three ways to count decays."""
        rows = []
        for name, options in _decays(self.point).items():
            width = relative_width(self.point, **options).subs(g_X, 1)
            rows.append((name, f"{float(width):.4f}", stated(float(largest_coupling(self.point, **options)))))
        return Table(("Z' decays into", Symbol("Gamma") / (g_X**2 * m_Zprime), "largest g_X"), rows)

    def remarks(self) -> tuple[str, ...]:
        """Return what the windows are, and what g_X means if it is given; one sentence each."""
        said = [str(window) for window in self.windows]
        if self.g_X is not None:
            said.append(_coupling_words(self.point, self.g_X))
        return tuple(said)

    def as_json(self) -> dict[str, Any]:
        """Return everything, exact charges as fractions and numbers with their digits, all of them text."""
        names = ("a_e", "a_mu", "a_tau", "a_Y")
        return {
            "point": {name: str(getattr(self.point, name)) for name in names},
            "C": None if self.C is None else {"value": f"{float(self.C.value):.2f}", "origin": self.C.origin},
            "sigmas": str(self.sigmas),
            "m_Q_TeV": None if self.m_Q_TeV is None else stated(self.m_Q_TeV),
            "g_X": None if self.g_X is None else str(self.g_X),
            "bounds": [_bound_as_json(bound) for bound in self.bounds],
            "windows": [window.as_json() for window in self.windows],
            "perturbativity": self.perturbativity().as_json(),
            "remarks": list(self.remarks()),
        }

    def _sympystr(self, printer: Any) -> str:
        said = (textwrap.fill(line, _WIDTH, subsequent_indent="  ") for line in self.remarks())
        parts = (textwrap.fill(self.title(), _WIDTH), self.table().text(), "\n".join(said))
        return "\n\n".join((*parts, self.perturbativity().text()))

    def _latex(self, printer: Any) -> str:
        return self.table().latex(printer._print)


def agreement(bound: Bound) -> str:
    """Return whether a limit, rounded to the digits that the paper prints, is what the paper prints.

    >>> agreement(Bound("rho", "lower", 3.8604, "2 sigma", "ADN (5.20)", Fraction(39, 10), "", 1))
    'yes'
    """
    if bound.paper_TeV is None:
        return ""
    if bound.expression is None:
        return "quoted"
    if bound.limit_TeV is None:
        return "no"
    digits = _decimals(bound.paper_TeV)
    return "yes" if round(Fraction(bound.limit_TeV), digits) == bound.paper_TeV else "no"


def _decimals(value: Fraction) -> int:
    """How many decimals a printed number has."""
    return next(places for places in range(20) if (value * 10**places).denominator == 1)


def _side(bound: Bound) -> str:
    """A bound in a sentence."""
    return f"{bound.name} ({_limit_words(bound)} TeV)"


def _limit_words(bound: Bound) -> str:
    """A limit with its relation, or a dash."""
    if bound.limit_TeV is None:
        return "none"
    return f"{'>' if bound.side == 'lower' else '<'} {stated(bound.limit_TeV)}"


def _paper_words(bound: Bound) -> str:
    """What the paper prints for this point, with the equation."""
    if bound.paper_TeV is None:
        return "" if bound.equation.startswith("ADN") else bound.equation
    relation = ">" if bound.side == "lower" else "<"
    return f"{relation} {_as_printed(bound.paper_TeV)} {bound.equation.removeprefix('ADN ')}"


def _as_printed(value: Fraction) -> str:
    return f"{float(value):.{_decimals(value)}f}"


def _bound_as_json(bound: Bound) -> dict[str, Any]:
    numbers = {
        "limit_TeV": bound.limit_TeV,
        "uncertainty_TeV": bound.uncertainty_TeV,
    }
    return {
        "name": bound.name,
        "side": bound.side,
        **{name: None if value is None else stated(value) for name, value in numbers.items()},
        "confidence": bound.confidence,
        "equation": bound.equation,
        "paper_TeV": None if bound.paper_TeV is None else _as_printed(bound.paper_TeV),
        "agrees": agreement(bound) or None,
        "remark": bound.reason,
    }


def _decays(point: LeptonPoint) -> dict[str, dict[str, Any]]:
    """Three ways to count the decays of the Z', with the arguments of `relative_width`."""
    dark = (point.a_e, point.a_mu, point.a_tau)
    return {
        "fermions of the Standard Model, as in ADN (5.1)": {},
        "and dark states of charges a_e, a_mu, a_tau": {"dark": dark},
        "and W W, Z h": {"dark": dark, "higgs": True},
    }


def _coupling_words(point: LeptonPoint, coupling: Fraction) -> str:
    """What a value of g_X means for the width and the mass."""
    width = float(relative_width(point).subs(g_X, 1)) * float(coupling) ** 2
    limit, reach = physical_input("width_largest"), float(physical_input("m_dilepton_largest"))
    strength = "perturbative" if width <= float(limit) else "not perturbative"
    scale = stated(reach / float(coupling))
    return (
        f"g_X = {coupling}: Gamma/m = {stated(width)}, {strength} (limit {float(limit):g}); "
        f"m_Z' = g_X v_Phi is beyond dilepton searches, {reach:g} TeV, for v_Phi > {scale} TeV"
    )
