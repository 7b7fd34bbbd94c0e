"""The derivation scripts: where they are, in which order, and how to run one.

There is one copy of each script.  In a source checkout it lies in the top-level folder `derivations/`; a
wheel carries the same files inside the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from anomalies.errors import AnomaliesError, UnknownNameError, must_be
from anomalies.latex import Derivation

__all__ = ["FURTHER_TOPICS", "TOPICS", "derivations", "load_derivation", "script_directory"]

# The order of ADN section 2.
TOPICS = (
    "field_content",
    "anomaly_conditions",
    "gauging_generator",
    "quadratic_identity",
    "dark_anomalies",
    "dark_sectors",
)

# Left out unless they are named: they go beyond section 2, or take longer.
FURTHER_TOPICS = ("all_dark_solutions", "cubic_curve", "tangent_sector", "dark_masses", "theorems")


def script_directory() -> Path:
    """Return the folder that holds the scripts."""
    package = Path(__file__).parent
    for folder in (package / "derivations", package.parent / "derivations"):
        if (folder / f"{TOPICS[0]}.py").is_file():
            return folder
    raise AnomaliesError("The derivation scripts are missing from this installation: reinstall the package.")


def load_derivation(topic: str) -> Derivation:
    """Run the script of a topic and return its derivation, every check executed.

    Raises
    ------
    UnknownNameError : there is no such topic.
    CheckFailedError : a step does not hold.

    Examples
    --------
    >>> load_derivation("field_content").title
    'Field content'
    """
    name = topic.replace("-", "_").removesuffix(".py")
    if name not in (*TOPICS, *FURTHER_TOPICS):
        raise UnknownNameError(must_be("TOPIC", "one of " + ", ".join((*TOPICS, *FURTHER_TOPICS)), topic))
    spec = spec_from_file_location(f"anomalies_derivation_{name}", script_directory() / f"{name}.py")
    if spec is None or spec.loader is None:
        raise AnomaliesError(f"The derivation script {name}.py cannot be read.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    result: Derivation = module.derivation()
    return result


def derivations(topics: Iterable[str] = ()) -> tuple[Derivation, ...]:
    """Run the scripts of the given topics, or all of `TOPICS` in order."""
    return tuple(load_derivation(topic) for topic in (tuple(topics) or TOPICS))
