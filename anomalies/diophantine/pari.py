r"""Rank and generators of the cubic curve, from PARI.

PARI decides what elementary means do not: a 2-descent with the Cassels pairing bounds the rank, a search
finds points, and saturation replaces them by generators of a larger group.  It is reached through `cypari`,
the extra `curves`, which is imported inside the function only.

What is taken from PARI, and what is not
----------------------------------------
* The upper bound of the rank is PARI's, from `ellrank`; its class groups are those of `bnfinit`, which are
  proved under the generalised Riemann hypothesis.
* The lower bound is the number of independent points.  PARI's own lower bound may exceed it, when it is
  deduced from the parity of the 2-Selmer group; that assumes a finite Tate-Shafarevich group, and is left.
* The points are checked to lie on the curve, and `height_form` proves that they are independent.  They
  generate a subgroup whose index in E(Q), modulo torsion, has no prime factor below `SATURATED_BELOW`
  (`ellsaturation`); they need not generate all of it.

How it is stopped
-----------------
Ctrl-C raises KeyboardInterrupt.  A time limit makes PARI run in a process of its own, which costs some 0.1 s
and is stopped from outside: an alarm inside this process would leave PARI's error handling pointing at a
place that is gone, and the next error would end the whole session (measured with cypari 2.5.7; Python's own
timers are only looked at when PARI returns).

Key results
-----------
mordell_weil : bounds for the rank, and independent points
MordellWeil : what it returns
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from typing import TypeAlias

from anomalies.diophantine import pari_worker
from anomalies.diophantine.curve import CubicCurve, CurvePoint
from anomalies.diophantine.heights import height_form
from anomalies.diophantine.torsion import order_of_point
from anomalies.errors import AnomaliesError, ArgumentError, MissingToolError, must_be
from anomalies.exact import RationalLike, as_integer, as_rational

__all__ = ["SATURATED_BELOW", "MordellWeil", "as_seconds", "mordell_weil", "pari_is_installed"]

SATURATED_BELOW = 50

_NO_BOUND = 10**6  # no rank comes near it
# sigma, pi, the known points as integers i, j, k, m with x = i/j and y = k/m, the upper bound, and
# SATURATED_BELOW.
_Question: TypeAlias = tuple[int, int, list[list[int]], int, int]


@dataclass(frozen=True, slots=True)
class MordellWeil:
    """Bounds for the rank of a cubic curve, and independent points of infinite order.

    Parameters
    ----------
    upper : an upper bound for the rank, None if the computation was stopped by its time limit.
    generators : independent points; their number is a lower bound for the rank.
    """

    upper: int | None
    generators: tuple[CurvePoint, ...]


def pari_is_installed() -> bool:
    """Return whether the extra `curves` is installed."""
    try:
        return find_spec("cypari") is not None
    except ValueError:  # somebody forbade the import by an entry None in sys.modules
        return False


def mordell_weil(
    curve: CubicCurve,
    time_limit: RationalLike | None = None,
    known: Sequence[CurvePoint] | None = None,
    upper: int | None = None,
) -> MordellWeil:
    """Return bounds for the rank of a cubic curve and generators of a subgroup of full known rank.

    Parameters
    ----------
    curve : the curve.
    time_limit : a positive number of seconds, or None for no limit; Ctrl-C always works.
    known : independent points of infinite order; None for the trivial point, if it is one.
    upper : an upper bound for the rank.  With as many known points there is nothing left but to saturate.

    Raises
    ------
    MissingToolError
        If cypari is not installed.
    AnomaliesError
        If PARI gives up, for instance because its stack of 1 GB is full; the message is PARI's.

    Examples
    --------
    >>> from anomalies.diophantine.curve import cubic_curve
    >>> from anomalies.diophantine.pari import pari_is_installed
    >>> found = mordell_weil(cubic_curve([2, 1, 1])) if pari_is_installed() else MordellWeil(0, ())
    >>> found
    MordellWeil(upper=0, generators=())
    """
    seconds = as_seconds(time_limit)
    if not pari_is_installed():
        raise MissingToolError(
            "The rank of a cubic curve needs cypari: pip install 'gauge-anomalies[curves]'."
        )
    points = _infinite_order(curve) if known is None else tuple(known)
    most = _NO_BOUND if upper is None else as_integer(upper, "upper", 0)
    question = (
        curve.sigma,
        curve.pi,
        [[P.m, P.e**2, P.n, P.e**3] for P in points],
        most,
        SATURATED_BELOW,
    )
    answer = _here(curve, question) if seconds is None else _in_a_process(curve, question, seconds)
    if answer is None:
        return MordellWeil(None, ())
    bound, rows = answer
    found = tuple(CurvePoint(curve, Fraction(i, j), Fraction(k, m)) for i, j, k, m in rows)
    if found:
        height_form(found)
    return MordellWeil(bound, found)


def as_seconds(time_limit: RationalLike | None) -> Fraction | None:
    """Return a time limit as an exact positive number, None for none.

    >>> as_seconds("1/2")
    Fraction(1, 2)
    """
    if time_limit is None:
        return None
    seconds = as_rational(time_limit, "time_limit")
    if seconds <= 0:
        raise ArgumentError(must_be("time_limit", "a positive number of seconds", time_limit))
    return seconds


def _infinite_order(curve: CubicCurve) -> tuple[CurvePoint, ...]:
    """The trivial point, which spares PARI a search, if it has infinite order."""
    return (curve.trivial,) if order_of_point(curve.trivial) is None else ()


def _here(curve: CubicCurve, question: _Question) -> pari_worker.Answer:
    from cypari import PariError

    try:
        return pari_worker.compute(*question)
    except PariError as error:
        raise _failure(curve, str(error)) from error


def _in_a_process(curve: CubicCurve, question: _Question, seconds: Fraction) -> pari_worker.Answer | None:
    """Run the worker as a script; None if the time was over."""
    asked = json.dumps(pari_worker.encode(question))
    # The one place where the seconds meet the clock; -P keeps the worker's folder out of its import path.
    limit = max(1, round(1000 * seconds)) / 1000
    command = [sys.executable, "-P", pari_worker.__file__]
    try:
        ran = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return None
    if ran.returncode != 0:
        lines = ran.stderr.strip().splitlines() or [f"the process ended with status {ran.returncode}"]
        raise _failure(curve, lines[-1])
    upper, rows = pari_worker.decode(json.loads(ran.stdout))
    return upper, rows


def _failure(curve: CubicCurve, why: str) -> AnomaliesError:
    return AnomaliesError(f"PARI could not compute the rank of {curve}: {why.splitlines()[0].rstrip('.')}.")
