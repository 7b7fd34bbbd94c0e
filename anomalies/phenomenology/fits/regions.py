r"""Confidence regions of the charges: conics, with their lobes, exactly.

Chi^2 with the normalisation C profiled out is chi^2(C=0) - (u.x)^2 / x.A x with x = (1, a_e, a_Y).  So the
region Delta chi^2 <= t is

    (u.x)^2 >= K x.A x,     K = chi^2(C=0) - smallest chi^2 - t.

* K <= 0: the Standard Model lies within t of the best fit, C may vanish, and all charges are allowed.
* K > 0: the region is the plane's share of a convex double cone around the best fit.  It is bounded by a
  conic: an ellipse if the plane meets one half of the cone only, a hyperbola if it meets both.  Each half
  gives one convex lobe; C has the sign of u.x, positive in one and negative in the other.  So there are at
  most two lobes, they differ in the sign of C, and no window cuts a lobe in two.

The second lobe appears at t = smallest chi^2 with a_mu = 0 minus the smallest chi^2: the two lobes are one
region of directions (a_e : a_mu : a_Y), cut in two by the normalisation a_mu = 1.  It has no best fit of its
own: in it chi^2 falls towards infinity, to that value.

Key results
-----------
confidence_region : the region of a fit at a number of standard deviations or a Delta chi^2
ConfidenceRegion, Lobe : exact membership, kind of the conic, lobes with the sign of C, extent
threshold, standard_deviations : Delta chi^2 for a number of standard deviations, and back
second_lobe_threshold : the Delta chi^2 from which on there are two lobes

References
----------
ADN, arXiv:1909.02021, Fig. 2 and appendix B.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from anomalies.errors import ArgumentError, must_be
from anomalies.exact import RationalLike, as_rational, as_rationals
from anomalies.linear import solve
from anomalies.phenomenology.fits.fit import Profile
from anomalies.phenomenology.fits.likelihood import Matrix, quadratic_form

__all__ = [
    "ConfidenceRegion",
    "Lobe",
    "Window",
    "as_window",
    "confidence_region",
    "second_lobe_threshold",
    "standard_deviations",
    "threshold",
]

# Least and largest value of both charges.
Window: TypeAlias = tuple[tuple[RationalLike, RationalLike], tuple[RationalLike, RationalLike]]
_Point: TypeAlias = tuple[Fraction, ...]

_LARGEST = 1000  # a Delta chi^2 beyond which nobody counts standard deviations


def threshold(sigmas: RationalLike = 1, parameters: int = 2) -> float:
    r"""Return the Delta chi^2 whose probability is that of a number of standard deviations.

    With two parameters it is -2 log(1 - p), p = erf(sigmas / sqrt(2)): 2.30 for one standard deviation, 6.18
    for two, where a probability of 95% exactly has 5.99.

    Parameters
    ----------
    sigmas : positive.
    parameters : 1 or 2.

    Examples
    --------
    >>> [round(threshold(k), 2) for k in (1, 2)], threshold(2, 1)
    ([2.3, 6.18], 4.0)
    """
    number = float(as_rational(sigmas, "sigmas"))
    if number <= 0:
        raise ArgumentError(must_be("sigmas", "positive", sigmas))
    _check_parameters(parameters)
    if parameters == 1:
        return number**2
    # In mpmath erfc does not underflow.
    from mpmath import erfc, mp

    return float(-2 * mp.log(erfc(mp.mpf(number) / mp.sqrt(2))))


def standard_deviations(delta_chi2: RationalLike, parameters: int = 2) -> float:
    r"""Return the number of standard deviations of a Delta chi^2, the inverse of `threshold`.

    Examples
    --------
    >>> f'{standard_deviations("5.373"):.2f}', f'{standard_deviations("5.363", 1):.2f}'
    ('1.82', '2.32')
    """
    from mpmath import erfinv, expm1, mp

    delta = as_rational(delta_chi2, "delta_chi2")
    if not 0 <= delta <= _LARGEST:
        raise ArgumentError(must_be("delta_chi2", f"from 0 to {_LARGEST}", delta_chi2))
    _check_parameters(parameters)
    if parameters == 1:
        return math.sqrt(delta)
    # The probability differs from 1 by exp(-delta / 2).
    with mp.workdps(30 + int(delta / 4)):
        return float(mp.sqrt(2) * erfinv(-expm1(-mp.mpf(delta.numerator) / (2 * delta.denominator))))


def _check_parameters(parameters: int) -> None:
    if parameters not in (1, 2):
        raise ArgumentError(must_be("parameters", "1 or 2", parameters))


@dataclass(frozen=True, slots=True)
class Lobe:
    """A connected, convex part of a region.

    Attributes
    ----------
    sign : the sign of C in it; 0 if C may have either sign.
    bounded : whether it is an ellipse.
    """

    sign: int
    bounded: bool


@dataclass(frozen=True, slots=True)
class ConfidenceRegion:
    """The charges (a_e, a_Y), or (a_e, a_mu) in the alternative model, with Delta chi^2 at most t.

    Attributes
    ----------
    profile : chi^2.
    delta_chi2 : t.
    conic : the symmetric matrix Q of the region x.Q x >= 0 with x = (1, first charge, second charge).
    normal : the linear form in x whose sign is that of C.

    Examples
    --------
    >>> from anomalies.phenomenology.fits.fit import profile
    >>> region = confidence_region(profile("all"), 2)
    >>> region.kind, ("0", "0") in region, (1, 1) in region
    ('ellipse', True, False)
    """

    profile: Profile
    delta_chi2: Fraction
    conic: Matrix
    normal: tuple[Fraction, ...]

    @property
    def kind(self) -> str:
        """One of "plane", "ellipse", "parabola" and "hyperbola"."""
        if (
            self.profile.standard_model - self.profile.least <= self.delta_chi2
            and not self.profile.model.absorbed
        ):
            return "plane"
        minor = _minor(self.conic)
        return "ellipse" if minor > 0 else "parabola" if minor == 0 else "hyperbola"

    @property
    def lobes(self) -> tuple[Lobe, ...]:
        """The lobes, that of the best fit first; there are at most two.

        >>> from anomalies.phenomenology.fits.fit import profile
        >>> [lobe.sign for lobe in confidence_region(profile("clean"), 2).lobes]
        [1, -1]
        """
        if self.kind == "plane":
            return (Lobe(0, False),)
        sign = 1 if self.profile.model.absorbed or self.profile.products[0] >= 0 else -1
        if self.kind == "hyperbola":
            return (Lobe(sign, False), Lobe(-sign, False))
        return (Lobe(sign, self.kind == "ellipse"),)

    def __contains__(self, charges: object) -> bool:
        """Whether a pair of exact numbers lies in the region."""
        x = (Fraction(1), *as_rationals(charges, "charges", 2))
        return quadratic_form(self.conic, x, x) >= 0

    def lobes_in(self, window: Window) -> tuple[Lobe, ...]:
        """Return the lobes that meet a window: as many connected components the region has in it.

        A lobe is convex and so is the window, hence what they share is connected.  A lobe that meets the
        window and is not inside it has points on its edges; on an edge x.Q x is a quadratic polynomial, and
        it is looked at where it ends and where it is stationary.

        >>> from anomalies.phenomenology.fits.fit import profile
        >>> region = confidence_region(profile("clean"), 2)
        >>> [lobe.sign for lobe in region.lobes_in(((-1, 2), (0, 3)))]
        [1]
        """
        (left, right), (low, high) = as_window(window)
        if self.kind == "plane":
            return self.lobes
        points = [point for edge in _edges(left, right, low, high) for point in self._candidates(*edge)]
        points += [point for point in self._centre() if left < point[1] < right and low < point[2] < high]
        inside = [x for x in points if quadratic_form(self.conic, x, x) >= 0]
        signs = {(_dot(self.normal, x) > 0) - (_dot(self.normal, x) < 0) for x in inside}
        return tuple(lobe for lobe in self.lobes if lobe.sign in signs)

    def _candidates(self, start: _Point, end: _Point) -> tuple[_Point, ...]:
        """The ends of an edge, and where x.Q x is stationary between them."""
        step = tuple(b - a for a, b in zip(start, end, strict=True))
        curvature = quadratic_form(self.conic, step, step)
        if curvature == 0:
            return (start, end)
        share = -quadratic_form(self.conic, step, start) / curvature
        if not 0 < share < 1:
            return (start, end)
        return (start, end, tuple(a + share * b for a, b in zip(start, step, strict=True)))

    def _centre(self) -> tuple[_Point, ...]:
        """The centre of an ellipse, where x.Q x is largest."""
        if self.kind != "ellipse":
            return ()
        centre = solve([row[1:] for row in self.conic[1:]], [-row[0] for row in self.conic[1:]])
        return () if centre is None else ((Fraction(1), *centre),)

    def extent(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Return the least and the largest value of both charges, None if the region is not bounded.

        With Delta chi^2 = k^2 these are the intervals of k standard deviations of one charge, whatever the
        other is.

        >>> from anomalies.phenomenology.fits.fit import profile
        >>> [[round(end, 2) for end in ends] for ends in confidence_region(profile("all"), 1).extent()]
        [[0.22, 0.8], [0.48, 1.1]]
        """
        if self.kind != "ellipse":
            return None
        first, second = (_ends(self.conic, place) for place in (1, 2))
        return first, second


def confidence_region(
    chi2: Profile, sigmas: RationalLike = 1, *, delta_chi2: RationalLike | float | None = None
) -> ConfidenceRegion:
    """Return the charges within a number of standard deviations of the best fit, for two parameters.

    Parameters
    ----------
    chi2 : from `anomalies.phenomenology.fits.fit.profile`.
    sigmas : positive; see `threshold`.
    delta_chi2 : the Delta chi^2 itself instead, positive.

    Source: ADN Fig. 2.

    Examples
    --------
    >>> from anomalies.phenomenology.fits.fit import profile
    >>> [confidence_region(profile("clean"), sigmas).kind for sigmas in (1, 2)]
    ['ellipse', 'hyperbola']
    """
    given = threshold(sigmas) if delta_chi2 is None else delta_chi2
    if isinstance(given, float) and not math.isfinite(given):
        raise ArgumentError(must_be("delta_chi2", "a finite number", given))
    # A float is a fraction, and the one that was meant for all purposes: thresholds are transcendental.
    t = Fraction(given) if isinstance(given, float) else as_rational(given, "delta_chi2")
    if t <= 0:
        raise ArgumentError(must_be("delta_chi2", "positive", delta_chi2))
    if chi2.model.absorbed:
        return ConfidenceRegion(chi2, t, _around(chi2, t), (Fraction(1), Fraction(0), Fraction(0)))
    room = chi2.standard_model - chi2.least - t
    conic = tuple(
        tuple(x * y - room * entry for y, entry in zip(chi2.linear, row, strict=True))
        for x, row in zip(chi2.linear, chi2.quadratic, strict=True)
    )
    return ConfidenceRegion(chi2, t, conic, chi2.linear)


def _around(chi2: Profile, t: Fraction) -> Matrix:
    """The conic t - (p - best).A (p - best) >= 0."""
    u, square = chi2.linear, chi2.quadratic
    constant = t - chi2.standard_model + chi2.least
    return (
        (constant, *u),
        *((u[i], *(-entry for entry in row)) for i, row in enumerate(square)),
    )


def as_window(window: Window) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Return the ranges of both charges, exactly, or raise `ArgumentError`.

    >>> as_window(((0, "1/2"), (-1, 1)))[0]
    (Fraction(0, 1), Fraction(1, 2))
    """
    given: object = window
    pairs = tuple(given) if isinstance(given, Sequence) and not isinstance(given, str) else ()
    if len(pairs) != 2:
        raise ArgumentError(must_be("window", "two pairs (least, largest)", window))
    (left, right), (low, high) = ranges = tuple(as_rationals(ends, "window", 2) for ends in pairs)
    if not (left < right and low < high):
        raise ArgumentError(must_be("window", "two pairs (least, largest)", window))
    return ranges[0], ranges[1]


def second_lobe_threshold(chi2: Profile) -> Fraction:
    """Return the Delta chi^2 from which on the region has two lobes: that of the best fit with a_mu = 0.

    Source: ADN section 4.2, assumption 1, and Fig. 2.

    Examples
    --------
    >>> from anomalies.phenomenology.fits.fit import profile
    >>> [round(float(second_lobe_threshold(profile(name))), 2) for name in ("clean", "all")]
    [2.61, 12.47]
    """
    if chi2.model.absorbed:
        raise ArgumentError(must_be("chi2", "a profile of the benchmark model", chi2.model.name))
    u = chi2.linear[1:]
    products = solve([row[1:] for row in chi2.quadratic[1:]], u)
    if products is None:
        raise ArgumentError(must_be("chi2", "sensitive to all charges", chi2.likelihood.name))
    return chi2.standard_model - _dot(u, products) - chi2.least


def _dot(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def _minor(conic: Matrix) -> Fraction:
    """The determinant of the part of second degree: positive for an ellipse."""
    return conic[1][1] * conic[2][2] - conic[1][2] ** 2


def _edges(
    left: Fraction, right: Fraction, low: Fraction, high: Fraction
) -> tuple[tuple[_Point, _Point], ...]:
    one = Fraction(1)
    corners = [(one, left, low), (one, right, low), (one, right, high), (one, left, high)]
    return tuple(zip(corners, corners[1:] + corners[:1], strict=True))


def _ends(conic: Matrix, place: int) -> tuple[float, float]:
    """The least and largest coordinate on an ellipse: the other coordinate has a double root there."""
    other = 3 - place
    # x.Q x as a polynomial in the other coordinate y is a y^2 + 2 b y + c; b^2 = a c is quadratic in x_place.
    a = conic[other][other]
    second = conic[place][other] ** 2 - a * conic[place][place]
    first = conic[0][other] * conic[place][other] - a * conic[0][place]
    zeroth = conic[0][other] ** 2 - a * conic[0][0]
    root = math.sqrt(first**2 - second * zeroth)
    ends = sorted(((-first - root) / second, (-first + root) / second))
    return float(ends[0]), float(ends[1])
