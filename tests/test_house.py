"""The guards of the house: the direction of imports, the public names, and what is installed."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import importlib.util
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import anomalies

PACKAGE = Path(anomalies.__file__).parent
CHECKOUT = Path(__file__).parent.parent

# Who may import whom: each room with the rooms whose names it may use.  A room may always import itself.
ARROWS: dict[str, set[str]] = {
    "errors": set(),
    "exact": {"errors"},
    "linear": {"exact", "errors"},
    "tables": {"errors"},
    "proofs": {"exact", "errors"},
    "groups": {"exact", "errors"},
    "weights": {"groups", "exact", "errors"},
    "latex": {"exact", "errors", "tables"},
    "fields": {"groups", "tables", "exact", "errors"},
    "library": {"fields", "groups", "exact", "errors"},
    "conditions": {"fields", "groups", "tables", "exact", "errors"},
    "couplings": {"fields", "groups", "weights", "exact", "errors"},
    "symmetries": {"couplings", "fields", "groups", "linear", "exact", "errors"},
    "gauging": {"conditions", "couplings", "symmetries", "fields", "linear", "tables", "exact", "errors"},
    "solutions": {"conditions", "fields", "tables", "exact", "errors"},
    "diophantine": {
        "solutions",
        "conditions",
        "library",
        "fields",
        "linear",
        "tables",
        "proofs",
        "exact",
        "errors",
    },
    "atlas": {
        "diophantine",
        "solutions",
        "conditions",
        "fields",
        "groups",
        "library",
        "tables",
        "exact",
        "errors",
    },
    "dark_masses": {"couplings", "diophantine", "fields", "gauging", "library", "tables", "exact", "errors"},
    "phenomenology": {
        "conditions",
        "couplings",
        "dark_masses",
        "diophantine",
        "fields",
        "gauging",
        "groups",
        "library",
        "linear",
        "solutions",
        "tables",
        "weights",
        "exact",
        "errors",
    },
    "scans": {
        "conditions",
        "couplings",
        "diophantine",
        "fields",
        "linear",
        "phenomenology",
        "solutions",
        "tables",
        "exact",
        "errors",
    },
    "literature": {
        "conditions",
        "diophantine",
        "fields",
        "library",
        "phenomenology",
        "scans",
        "solutions",
        "exact",
        "errors",
    },
    "theorems": {
        "conditions",
        "couplings",
        "diophantine",
        "gauging",
        "library",
        "literature",
        "proofs",
        "exact",
        "errors",
    },
    "reports": {"latex", "proofs", "tables", "theorems", "errors"},
    "topics": {"latex", "errors"},
    "cli": {
        "atlas",
        "conditions",
        "diophantine",
        "latex",
        "library",
        "literature",
        "phenomenology",
        "proofs",
        "reports",
        "scans",
        "solutions",
        "tables",
        "theorems",
        "topics",
        "exact",
        "errors",
    },
}

PUBLIC_NAMES = """
    AnomalyConditions Charges Chirality CubicCurve DarkSector DarkSectors FieldContent GaugeGroup
    GaugingGenerator LinearSolution Multiplet Solution Triangle accidental_symmetries adn_framework
    anomaly_conditions charge_conditions charge_symbols conjugate_multiplet cubic_curve dark_sectors
    field_content gauge_group gauging_generator irrep linear_dependencies multiplet near parse_coupling
    standard_model tangent_sector
""".split()


def _modules() -> Iterator[tuple[str, Path]]:
    for info in pkgutil.walk_packages([str(PACKAGE)], "anomalies."):
        if not info.name.startswith("anomalies.derivations"):
            spec = importlib.util.find_spec(info.name)
            assert spec is not None
            assert spec.origin is not None
            yield info.name, Path(spec.origin)


MODULES = sorted(_modules())


def _imported_rooms(source: Path) -> set[str]:
    """The rooms that a file imports anywhere, also inside functions."""
    rooms = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source.name}: relative imports hide the arrows"
            names = [node.module or ""]
            if node.module == "anomalies":
                names = [f"anomalies.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("anomalies.")}
    return rooms


@pytest.mark.parametrize(("name", "source"), MODULES, ids=[name for name, _ in MODULES])
def test_arrows_point_one_way(name: str, source: Path) -> None:
    room = name.split(".")[1]
    assert room in ARROWS, f"{room} is a new room: decide what it may import"
    assert _imported_rooms(source) - {room} <= ARROWS[room]


def test_the_checker_stands_on_its_own() -> None:
    """The trusted files import the standard library, each other and the exceptions, and nothing else."""
    trusted = {"check", "checked_polynomials", "checked_statements", "checked_values"}
    for name in trusted:
        tree = ast.parse((PACKAGE / "proofs" / f"{name}.py").read_text(encoding="utf-8"))
        imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        ours = {module for module in imported if module.startswith("anomalies")}
        assert ours <= {
            "anomalies.errors",
            "anomalies.exact",
            *(f"anomalies.proofs.{other}" for other in trusted),
        }
        assert {module.split(".")[0] for module in imported - ours} <= set(sys.stdlib_module_names)


# Within phenomenology/ a room stands on those before it; the neutrino sector stands on its own.
STOREYS = ("mixing", "interactions", "fits", "bounds", "figures")


@pytest.mark.parametrize("room", [*STOREYS, "neutrinos"])
def test_the_storeys_of_phenomenology_stand_on_each_other(room: str) -> None:
    allowed = {room, *STOREYS[: STOREYS.index(room)]} if room in STOREYS else {room}
    sources = sorted((PACKAGE / "phenomenology" / room).glob("*.py"))
    assert sources
    for source in sources:
        text = source.read_text(encoding="utf-8")
        named = set(re.findall(r"^(?: *)from anomalies\.phenomenology\.(\w+)", text, re.MULTILINE))
        assert named & {*STOREYS, "neutrinos"} <= allowed, source.name


def test_the_arrows_have_no_cycle() -> None:
    below: dict[str, set[str]] = {}
    remaining = dict(ARROWS)
    while remaining:
        free = [room for room, targets in remaining.items() if targets <= below.keys()]
        assert free, f"a cycle among {sorted(remaining)}"
        below |= {room: remaining.pop(room) for room in free}


def test_the_guard_sees_imports_inside_functions(tmp_path: Path) -> None:
    source = tmp_path / "room.py"
    source.write_text("def f():\n    from anomalies.cli import main\n    import anomalies.latex.printer\n")
    assert _imported_rooms(source) == {"cli", "latex"}


def test_scripts_use_the_public_api_only() -> None:
    scripts = sorted((CHECKOUT / "derivations").glob("*.py"))
    assert scripts
    for script in scripts:
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("anomalies"):
                module = importlib.import_module(node.module or "")
                names = {alias.name for alias in node.names}
                assert names <= set(module.__all__), script.name


def test_public_names_are_frozen() -> None:
    assert sorted(anomalies.__all__) == sorted(PUBLIC_NAMES)
    assert set(anomalies.__all__) <= set(dir(anomalies))
    with pytest.raises(AttributeError, match="has no attribute 'anomaly_condition'"):
        anomalies.anomaly_condition  # noqa: B018 - a misspelt name


def test_what_type_checkers_see_is_what_is_loaded() -> None:
    """The imports under TYPE_CHECKING name the same objects that are found when they are used."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    seen: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("anomalies."):
            room = importlib.import_module(node.module or "")
            seen |= {alias.name: getattr(room, alias.name) for alias in node.names}
    assert seen == {name: getattr(anomalies, name) for name in anomalies.__all__}


@pytest.mark.parametrize(("name", "source"), MODULES, ids=[name for name, _ in MODULES])
def test_every_module_says_what_it_exports(name: str, source: Path) -> None:
    module = importlib.import_module(name)
    assert all(hasattr(module, exported) for exported in module.__all__)
    assert len(source.read_text(encoding="utf-8").splitlines()) <= 500
    for exported in (getattr(module, name) for name in module.__all__):
        if inspect.isclass(exported) or inspect.isfunction(exported):
            assert exported.__doc__


def test_the_installed_package_is_what_the_tests_import() -> None:
    if (CHECKOUT / "anomalies").resolve() == PACKAGE.resolve():
        # Only an editable installation points back here; the source folder must not be found by accident.
        direct = importlib.metadata.distribution("gauge-anomalies").read_text("direct_url.json") or ""
        assert '"editable": true' in direct or '"editable":true' in direct
    assert (PACKAGE / "py.typed").is_file()


def test_import_is_light() -> None:
    heavy = "numpy scipy matplotlib pandas pyarrow duckdb cypari numba dask flavio click hypothesis".split()
    code = f"import sys, anomalies; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
