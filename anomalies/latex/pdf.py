r"""From LaTeX to PDF, by the pdflatex that is installed.

Key results
-----------
compile_pdf : compile a document, and report its pages and the lines that stick out of the margin
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from anomalies.errors import ArgumentError, ArgumentTypeError, MissingToolError, must_be

__all__ = ["PdfReport", "compile_pdf"]

_MOST_RUNS = 3  # a table of contents needs two; a third settles page numbers that it has moved
_TIME_LIMIT = 300  # seconds for one run
_RERUN = re.compile(r"Rerun to get|Rerun LaTeX|No file \S+\.(?:toc|out)\.")
_OVERFULL = re.compile(r"^Overfull \\[hv]box .*$", re.MULTILINE)
_PAGES = re.compile(r"Output written on .*\((\d+) page")
_ERROR = re.compile(r"^! (.*)$", re.MULTILINE)
_ERROR_LINE = re.compile(r"^(l\.\d+ .*)$", re.MULTILINE)
_NO_LINE_BREAKS = {"max_print_line": "10000"}  # else the log breaks its lines after 79 characters


@dataclass(frozen=True, slots=True)
class PdfReport:
    """What pdflatex made: the file, its number of pages, and its overfull boxes, line by line of the log."""

    path: Path
    pages: int
    overfull: tuple[str, ...]


def compile_pdf(source: str, path: str | os.PathLike[str]) -> PdfReport:
    """Compile a LaTeX document with pdflatex and write the PDF to `path`.

    Parameters
    ----------
    source : a complete document.
    path : where the PDF goes; the directory must exist.

    Raises
    ------
    MissingToolError
        If pdflatex is not installed.
    ArgumentError
        If `path` is in no directory, or `source` does not compile; the message holds LaTeX's first complaint.
    ArgumentTypeError
        If `source` is not a string.
    """
    if not isinstance(source, str):
        raise ArgumentTypeError(must_be("source", "a LaTeX document", source))
    target = Path(path)
    if target.is_dir() or not target.parent.is_dir():
        raise ArgumentError(must_be("path", "a file in an existing directory", str(path)))
    program = shutil.which("pdflatex")
    if program is None:
        raise MissingToolError(
            "pdflatex is needed to make a PDF: install TeX Live (Debian: texlive-latex-base)."
        )
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        (folder / "document.tex").write_text(source, encoding="utf-8")
        log = _run_until_settled(program, folder)
        target.write_bytes((folder / "document.pdf").read_bytes())
    pages = _PAGES.search(log)
    return PdfReport(target, int(pages[1]) if pages else 0, tuple(_OVERFULL.findall(log)))


def _run_until_settled(program: str, folder: Path) -> str:
    """Run pdflatex until its references are right, and return the log of the last run."""
    log = ""
    for _ in range(_MOST_RUNS):
        log = _run_once(program, folder)
        if not _RERUN.search(log):
            return log
    return log


def _run_once(program: str, folder: Path) -> str:
    options = ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape"]
    try:
        finished = subprocess.run(
            [program, *options, "document.tex"],
            cwd=folder,
            env={**os.environ, **_NO_LINE_BREAKS},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ArgumentError(f"Argument 'source' must compile within {_TIME_LIMIT} s, and did not.") from None
    log_file = folder / "document.log"
    output = log_file.read_bytes() if log_file.exists() else finished.stdout
    log = output.decode("utf-8", errors="replace")
    if finished.returncode != 0 or not (folder / "document.pdf").exists():
        raise ArgumentError(
            f"Argument 'source' must be LaTeX that compiles, not one with: {_first_error(log)}"
        )
    return log


def _first_error(log: str) -> str:
    """Return the first complaint in a log, and the line of the document that it is about."""
    complaint = _ERROR.search(log)
    if complaint is None:
        return "no page of output"
    line = _ERROR_LINE.search(log, complaint.end())
    return f"{complaint[1]} ({line[1].strip()})" if line else complaint[1]
