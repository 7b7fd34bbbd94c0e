"""The command line: parse, call, print."""

from anomalies.cli.main import main, run

__all__ = ["main", "run"]
