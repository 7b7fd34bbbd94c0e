r"""The lines of EFT's Fig. 1: where models lie in the plane of C9 and C10 of the muon.

A Z' that couples to left-handed b and s with one strength, and to the muon with V = (L + R)/2 and
A = (R - L)/2, gives

    C9 : C10 = V : A,

in the convention of the flavour codes for the operators, O9 with a vector and O10 with an axial muon current.
So a model is a line through the origin; where on it depends on the coupling, the mass and the mixing angle.
With this sign EFT's models have V/A = -3, 7 and -1, and purely left-handed couplings C9 = -C10.

EFT draw the lines over the regions of a global fit, which is not redrawn: its data are not at hand, and the
likelihoods of ADN's appendix take C10 to be the same for electrons and muons, while here electrons are
neutral.

Key results
-----------
eft_figure : the figure, as PDF and PNG
eft_caption : the words below it

References
----------
J. Ellis, M. Fairbairn, P. Tunney, arXiv:1705.03447, Fig. 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from anomalies.errors import ArgumentError, ArgumentTypeError, must_be
from anomalies.exact import RationalLike, as_rationals, primitive
from anomalies.phenomenology.figures.style import DARK, INK, drawing, save

__all__ = ["Direction", "eft_caption", "eft_directions", "eft_figure"]

Direction: TypeAlias = tuple[int, int]

_NAME = "eft_directions"
_WINDOW = (-2.5, 1.0), (-1.5, 1.5)  # C9, C10
_FAR = 10.0
# (V, A) of the lines in EFT's Fig. 1, with their colours and dashes.
_NAMED: tuple[tuple[Direction, str, str, str], ...] = (
    ((3, -1), r"$V/A = -3$: Table 1", "#00692c", "-."),
    ((7, 1), r"$V/A = 7$: model D", "#7b3294", "--"),
    ((1, -1), r"$V/A = -1$: model E", "#08519c", ":"),
    ((1, 0), r"$C_{10} = 0$: models A, B, C and Table 3", "#7f3b08", "-"),
)


def eft_directions(
    couplings: Iterable[tuple[RationalLike, RationalLike]],
) -> tuple[tuple[Direction, int], ...]:
    """Return the different directions (C9, C10) of models, each with the number of models that have it.

    A direction is a pair of coprime integers, the first that is not zero positive: both signs of C9 are on
    one line.  Sorted by C10/C9.

    Parameters
    ----------
    couplings : pairs (V, A) of muon couplings, not both zero.

    Raises
    ------
    ArgumentError
        If a pair is (0, 0): the Z' of that model does not couple to muons.

    Examples
    --------
    >>> eft_directions([("3/2", "-1/2"), (-3, 1), (1, 0)])
    (((3, -1), 2), ((1, 0), 1))
    """
    given: object = couplings
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ArgumentTypeError(must_be("couplings", "pairs of a vector and an axial coupling", given))
    counted = Counter(_direction(pair) for pair in couplings)
    return tuple(sorted(counted.items(), key=lambda entry: _slope(entry[0])))


def _direction(pair: object) -> Direction:
    vector, axial = primitive(as_rationals(pair, "couplings", 2))
    if not (vector or axial):
        raise ArgumentError(must_be("couplings", "pairs that are not both zero", pair))
    sign = -1 if (vector or axial) < 0 else 1
    return sign * vector, sign * axial


def _slope(direction: Direction) -> tuple[bool, Fraction]:
    vector, axial = direction
    return not vector, Fraction(axial, vector or 1)


def eft_caption(couplings: Iterable[tuple[RationalLike, RationalLike]] = ()) -> str:
    """Return the words below the figure.

    >>> eft_caption([(3, -1)]).endswith("grey lines: the directions of the models given, 1 line for 1 model.")
    True
    """
    found = eft_directions(couplings)
    words = (
        "The plane of C9 and C10 of the muon, new physics alone. A model is a line through the origin with "
        "C10/C9 = A/V, where V = (L + R)/2 and A = (R - L)/2 for charges L and R of the muon; the place on "
        "it depends on the coupling, the mass of the Z' and the mixing of b and s. Coloured: the lines of "
        "EFT's Fig. 1. The regions of their global fit are not redrawn, because its data are not available "
        "here"
    )
    if not found:
        return f"{words}."
    lines, models = len(found), sum(count for _, count in found)
    return (
        f"{words}; grey lines: the directions of the models given, {lines} line{'s' * (lines != 1)} for "
        f"{models} model{'s' * (models != 1)}."
    )


def eft_figure(
    directions: Iterable[tuple[RationalLike, RationalLike]], out_dir: str | Path
) -> tuple[Path, ...]:
    """Draw the lines of EFT's Fig. 1 and the directions of models; return the paths of a PDF and a PNG.

    The same bytes are written every time with the same versions of matplotlib and of its fonts.

    Parameters
    ----------
    directions : pairs (V, A) of muon couplings, one for each model; may be empty.
    out_dir : a directory, made if it does not exist.

    Raises
    ------
    MissingToolError
        If matplotlib is not installed.

    Source: EFT, Fig. 1.
    """
    found = eft_directions(directions)
    folder = Path(out_dir)
    with drawing() as pyplot:
        folder.mkdir(parents=True, exist_ok=True)
        return save(_draw(pyplot, found), folder, _NAME)


def _draw(pyplot: Any, found: tuple[tuple[Direction, int], ...]) -> Any:
    figure, axis = pyplot.subplots(figsize=(5.6, 5.0))
    models = sum(count for _, count in found)
    label = f"{models} models: {len(found)} directions"
    for (vector, axial), _ in found:
        axis.plot(*_ends(vector, axial), color=DARK, lw=0.5, alpha=0.6, zorder=1, label=label)
        label = "_nolegend_"
    for (vector, axial), words, colour, dashes in _NAMED:
        axis.plot(*_ends(vector, axial), dashes, color=colour, lw=1.6, zorder=2, label=words)
    axis.plot(0, 0, "o", ms=5, color=INK, zorder=3, ls="none", label="Standard Model")
    axis.set(xlim=_WINDOW[0], ylim=_WINDOW[1], xlabel=r"$C_9^\mu$", ylabel=r"$C_{10}^\mu$")
    figure.legend(loc="outside lower center", ncols=2)
    return figure


def _ends(vector: int, axial: int) -> tuple[list[float], list[float]]:
    """Both ends of a line through the origin, beyond the window."""
    length = _FAR / max(abs(vector), abs(axial))
    return [-vector * length, vector * length], [-axial * length, axial * length]
