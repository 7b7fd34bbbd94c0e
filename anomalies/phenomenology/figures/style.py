"""How figures look, and how they are written: the same bytes every time.

Colours differ in lightness, so that a print in grey keeps them apart.

Key results
-----------
drawing : a context with the style of all figures; gives matplotlib.pyplot
save : a figure as PDF and PNG, without dates
SHADES : a dark and a light shade of each colour
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from logging import ERROR, getLogger
from pathlib import Path
from types import MappingProxyType
from typing import Any

from anomalies.errors import MissingToolError

__all__ = ["DARK", "INK", "SHADES", "arrays", "drawing", "save"]

# The inner region, the outer region, lines on white.
SHADES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "blue": ("#5b8fc9", "#c6dbef", "#08519c"),
        "green": ("#5aae61", "#cfe8c9", "#00692c"),
        "orange": ("#e08214", "#fdd9a8", "#7f3b08"),
    }
)
INK = "#222222"
DARK = "#5f5f5f"

_DOTS_PER_INCH = 200
_STYLE: Any = {
    "figure.constrained_layout.use": True,
    "font.family": "serif",
    "font.size": 9.5,
    "mathtext.fontset": "cm",
    "axes.labelsize": 11.5,
    "axes.titlesize": 10.5,
    "axes.linewidth": 0.8,
    "axes.edgecolor": INK,
    "legend.fontsize": 8.5,
    "legend.frameon": True,
    "legend.framealpha": 0.92,
    "legend.edgecolor": "#bbbbbb",
    "xtick.direction": "in",
    "ytick.direction": "in",
    "xtick.top": True,
    "ytick.right": True,
    "xtick.minor.visible": True,
    "ytick.minor.visible": True,
    "lines.linewidth": 1.2,
    "pdf.fonttype": 42,
    "svg.hashsalt": "anomalies",
}


@contextmanager
def drawing() -> Iterator[Any]:
    """Give matplotlib.pyplot in the style of the figures, drawing to files only.

    Raises
    ------
    MissingToolError
        If matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
        from matplotlib import pyplot
    except ImportError as error:
        raise MissingToolError("Figures need matplotlib: install gauge-anomalies[figures].") from error
    before = mpl.get_backend()
    pyplot.switch_backend("Agg")
    try:
        with mpl.rc_context(_STYLE):
            yield pyplot
    finally:
        pyplot.close("all")
        pyplot.switch_backend(before)


def arrays() -> Any:
    """Return numpy, which comes with the extra `figures`."""
    try:
        import numpy
    except ImportError as error:
        raise MissingToolError("Figures need numpy: install gauge-anomalies[figures].") from error
    return numpy


def save(figure: Any, folder: Path, name: str) -> tuple[Path, ...]:
    """Write a figure as folder/name.pdf and folder/name.png and return both paths."""
    # Without these keys matplotlib writes the date and its version.
    anonymous = {"CreationDate": None, "Creator": None, "Producer": None}
    files = (folder / f"{name}.pdf", folder / f"{name}.png")
    # The fonts that come with matplotlib have an early date, of which fontTools warns each time.
    getLogger("fontTools").setLevel(ERROR)
    figure.savefig(files[0], metadata=anonymous)
    figure.savefig(files[1], metadata={"Software": None}, dpi=_DOTS_PER_INCH)
    return files
