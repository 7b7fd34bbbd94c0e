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

__all__ = ["CHAPTERS", "FURTHER_TOPICS", "TOPICS", "derivations", "load_derivation", "script_directory"]

# The chapters, and the scripts of each in the order in which they are read.
CHAPTERS: dict[str, tuple[str, ...]] = {
    "framework": (
        "field_content",
        "anomaly_conditions",
        "gauging_generator",
        "quadratic_identity",
        "dark_anomalies",
        "dark_sectors",
    ),
    "solutions": ("all_dark_solutions", "cubic_curve", "tangent_sector", "dark_masses"),
    "eft": (
        "eft_conditions",
        "eft_no_go",
        "eft_dark",
        "eft_up_quarks",
        "eft_cubic_condition",
        "eft_vector_like_leptons",
        "eft_all_quarks",
    ),
    "phenomenology": (
        "quark_mixing",
        "z_mixing",
        "feynman_rules",
        "wilson_coefficients",
        "global_fit",
        "electroweak_precision",
        "mixing_and_tridents",
        "bounds",
        "alternative_benchmark",
        "neutrino_masses",
    ),
    "proofs": ("theorems",),
}

# ADN section 2 is what is told when nothing is named; the rest takes longer.
TOPICS = CHAPTERS["framework"]
FURTHER_TOPICS = tuple(name for names in CHAPTERS.values() if names is not TOPICS for name in names)


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
        known = ", ".join((*CHAPTERS, *TOPICS, *FURTHER_TOPICS))
        raise UnknownNameError(must_be("TOPIC", f"one of {known}", topic))
    spec = spec_from_file_location(f"anomalies_derivation_{name}", script_directory() / f"{name}.py")
    if spec is None or spec.loader is None:
        raise AnomaliesError(f"The derivation script {name}.py cannot be read.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    result: Derivation = module.derivation()
    return result


def derivations(topics: Iterable[str] = ()) -> tuple[Derivation, ...]:
    """Run the scripts of the given topics or chapters, or all of `TOPICS` in order.

    >>> [derivation.title for derivation in derivations(["field_content", "dark_anomalies"])]
    ['Field content', 'Dark anomalies']
    """
    named = tuple(topics) or TOPICS
    return tuple(load_derivation(name) for topic in named for name in CHAPTERS.get(topic, (topic,)))
