"""All figures, with their captions.

Key results
-----------
FIGURES, NAMES : each figure by the name of its files
make_figures : write them all
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from anomalies.errors import UnknownNameError, must_be
from anomalies.exact import RationalLike
from anomalies.phenomenology.figures import alternative, fits, mixing
from anomalies.phenomenology.figures.style import drawing, save

__all__ = ["FIGURES", "NAMES", "Figure", "make_figures"]


@dataclass(frozen=True, slots=True)
class Figure:
    """How a figure is drawn, and the words below it.

    Attributes
    ----------
    draw : from matplotlib.pyplot to a figure.
    caption : gives what is shown, in plain words.
    """

    draw: Callable[[Any], Any]
    caption: Callable[[], str]


FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        "fits": Figure(fits.fit_figure, fits.caption),
        "mixing": Figure(mixing.mixing_figure, mixing.caption),
        "alternative": Figure(alternative.alternative_figure, alternative.caption),
    }
)


# Drawn by a room of its own, from the models that it is given.
_EFT = "eft_directions"
NAMES = (*FIGURES, _EFT)


def make_figures(
    out: str | Path,
    names: Iterable[str] = NAMES,
    *,
    muon_couplings: Iterable[tuple[RationalLike, RationalLike]] = (),
) -> tuple[Path, ...]:
    """Write figures as PDF and PNG, and their captions as captions.txt; return the paths.

    The same bytes are written every time with the same versions of matplotlib and of its fonts.

    Parameters
    ----------
    out : a directory, made if it does not exist.
    names : which figures, all by default.
    muon_couplings : for "eft_directions", the vector and axial couplings of the muon in each model.

    Raises
    ------
    MissingToolError
        If matplotlib is not installed.
    UnknownNameError
        If there is no such figure.
    """
    from anomalies.phenomenology.figures.eft import eft_caption, eft_figure

    chosen, couplings = tuple(names), tuple(muon_couplings)
    for name in chosen:
        if name not in NAMES:
            raise UnknownNameError(must_be("names", f"names among {', '.join(NAMES)}", name))
    folder = Path(out)
    written: list[Path] = []
    with drawing() as pyplot:
        folder.mkdir(parents=True, exist_ok=True)
        for name in chosen:
            if name in FIGURES:
                written += save(FIGURES[name].draw(pyplot), folder, name)
    if _EFT in chosen:
        written += eft_figure(couplings, folder)
    words = {name: FIGURES[name].caption() if name in FIGURES else eft_caption(couplings) for name in chosen}
    captions = folder / "captions.txt"
    captions.write_text("".join(f"{name}: {text}\n\n" for name, text in words.items()), encoding="utf-8")
    return (*written, captions)
