"""A progress bar on the terminal, for work that takes more than a few seconds.

Key results
-----------
progress_bar : the callback that a long task reports to; Ctrl-C within is a KeyboardInterrupt
say_how_to_resume : what to do after Ctrl-C
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import click

__all__ = ["is_interruption", "progress_bar", "say_how_to_resume"]

_SECONDS_WITHOUT = 2


@contextmanager
def progress_bar(description: str) -> Iterator[Callable[[int, int], None]]:
    """Show the share of the work that is done, and an estimate of the time that is left, on standard error.

    The bar appears after two seconds, only on a terminal, and only where rich is installed: a bar is no
    reason to refuse the work.

    Parameters
    ----------
    description : what is being done.
    """
    bar = _Bar(description) if sys.stderr.isatty() else None
    try:
        yield bar.report if bar is not None else _ignore
    except SystemError as error:
        if is_interruption(error):
            raise KeyboardInterrupt from error
        raise
    finally:
        if bar is not None:
            bar.close()


def is_interruption(error: BaseException | None) -> bool:
    """Return whether an error comes from Ctrl-C: numba wraps what a signal raises, several times over."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error is not None


def say_how_to_resume(directory: str) -> int:
    """Say on standard error what is there of a catalogue, and return the exit status of an interruption."""
    kept = sum(1 for _ in Path(directory).glob("part-*.parquet"))
    click.echo(f"anomalies: interrupted; the same command resumes {directory} with {kept} parts", err=True)
    return 130


def _ignore(done: int, total: int) -> None:
    """Report to nobody."""


class _Bar:
    """A rich progress bar that begins late."""

    def __init__(self, description: str) -> None:
        self.description = description
        self.begin = monotonic()
        self.shown: Any = None
        self.task: Any = None

    def report(self, done: int, total: int) -> None:
        if self.shown is None and monotonic() - self.begin >= _SECONDS_WITHOUT:
            self._open(total)
        if self.shown:
            self.shown.update(self.task, completed=done, total=total)

    def _open(self, total: int) -> None:
        try:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
        except ImportError:
            self.shown = False
            return
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self.shown = Progress(*columns, console=Console(stderr=True), transient=True)
        self.shown.start()
        self.task = self.shown.add_task(self.description, total=total)

    def close(self) -> None:
        if self.shown:
            self.shown.stop()
