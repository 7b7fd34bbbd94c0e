"""The figures: what is written, that it is the same every time, and that colours survive a print in grey."""

from __future__ import annotations

import struct
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from anomalies.cli.figures import figures as figures_command
from anomalies.errors import MissingToolError, UnknownNameError
from anomalies.phenomenology.figures import FIGURES, NAMES, make_figures
from anomalies.phenomenology.figures.style import DARK, SHADES


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    pytest.importorskip("matplotlib")
    return make_figures(tmp_path_factory.mktemp("figures"))


def test_every_figure_is_written_as_pdf_and_png(written: tuple[Path, ...]) -> None:
    assert {"fits", "mixing", "alternative"} == set(FIGURES)
    expected = {f"{name}.{ending}" for name in NAMES for ending in ("pdf", "png")} | {"captions.txt"}
    assert {path.name for path in written} == expected
    assert {path.name for path in written[0].parent.iterdir()} == expected


def test_pdf_is_vector_and_carries_no_date(written: tuple[Path, ...]) -> None:
    for path in written:
        if path.suffix == ".pdf":
            content = path.read_bytes()
            assert content.startswith(b"%PDF")
            assert b"CreationDate" not in content
            assert b"/Subtype /Image" not in content


def test_png_is_wide_enough_to_print(written: tuple[Path, ...]) -> None:
    for path in written:
        if path.suffix == ".png":
            header = path.read_bytes()[:24]
            assert header.startswith(b"\x89PNG")
            width, height = struct.unpack(">II", header[16:24])
            assert width >= 1000
            assert height >= 800


def test_captions_state_what_is_drawn(written: tuple[Path, ...]) -> None:
    captions = written[-1].read_text(encoding="utf-8")
    for words in (
        "Delta chi^2 = 2.30 and 6.18",
        "appears at Delta chi^2 = 2.61",
        "Useful means",
        "at most 10",
        "1.18 with lattice averages",
        "C = 2.03 +- 0.41",
        "the smallest chi^2 is 4.7 and 5.4",
    ):
        assert words in captions
    assert [line.partition(":")[0] for line in captions.splitlines() if line] == list(NAMES)


def test_the_command_writes_the_same_bytes_every_time(written: tuple[Path, ...], tmp_path: Path) -> None:
    out = tmp_path / "new"
    result = CliRunner().invoke(figures_command, ["--out", str(out), "--only", "alternative"])
    assert result.exit_code == 0
    files = [out / f"alternative.{ending}" for ending in ("pdf", "png")]
    assert result.output.split() == [*map(str, files), str(out / "captions.txt")]
    before = {path.name: path for path in written}
    for path in files:
        assert path.read_bytes() == before[path.name].read_bytes()


def _lightness(colour: str) -> float:
    """The luma of a colour such as "#08519c", between 0 and 1."""
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_shades_differ_in_grey() -> None:
    for inner, outer, line in SHADES.values():
        steps = [1.0, _lightness(outer), _lightness(inner), _lightness(line)]
        assert all(light - dark > 0.12 for light, dark in pairwise(steps))
    assert _lightness(DARK) < 0.5


def test_bad_input(tmp_path: Path) -> None:
    with pytest.raises(
        UnknownNameError, match="'names' must be names among fits, mixing, alternative, eft_directions"
    ):
        make_figures(tmp_path / "nothing", ["fig2"])
    assert not (tmp_path / "nothing").exists()


def test_without_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        MissingToolError, match=r"Figures need matplotlib: install gauge-anomalies\[figures\]\."
    ):
        make_figures(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()
