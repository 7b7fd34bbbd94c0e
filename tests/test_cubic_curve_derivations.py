"""The derivations of the cubic curve and the tangent sector: typed charges, no PARI, checks that fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anomalies.diophantine import CurvePoint, DarkSector, DarkSectors, RankBounds, dark_sectors, is_nontrivial
from anomalies.errors import CheckFailedError
from anomalies.latex import FORMATS, Derivation, compile_pdf, render
from anomalies.tables import Table
from anomalies.theorems import find_theorem, proved
from anomalies.topics import script_directory

CURVE, TANGENT = "cubic_curve", "tangent_sector"
A4 = ("3/5", 1, "1/20")
CLAIMS = ("", "-exception", "-always-new", "-old-only-if", "-old-if")


def load(name: str) -> ModuleType:
    spec = spec_from_file_location(f"script_{name}", script_directory() / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    # Dataclasses look their module up while they are made.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(name="curve")
def _curve() -> ModuleType:
    return load(CURVE)


@pytest.fixture(name="tangent")
def _tangent() -> ModuleType:
    return load(TANGENT)


@pytest.fixture(name="scripts", scope="module")
def _scripts() -> dict[str, Derivation]:
    return {name: load(name).derivation() for name in (CURVE, TANGENT)}


@pytest.fixture(name="no_pari")
def _no_pari(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cypari", None)


def run(*arguments: str, name: str = CURVE) -> subprocess.CompletedProcess[str]:
    script = script_directory() / f"{name}.py"
    command = [sys.executable, str(script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def tables(derivation: Derivation) -> list[Table]:
    return [step.formula for step in derivation.steps if isinstance(step.formula, Table)]


def column(derivation: Derivation, name: str) -> list[str]:
    """The values of one row in all tables of quantities."""
    quantities = [table for table in tables(derivation) if len(table.header) == 2]
    return [str(row[1]) for table in quantities for row in table.rows if str(row[0]) == name]


def sectors(derivation: Derivation) -> list[tuple[Fraction, ...]]:
    """The dark charges in all tables of sectors."""
    return [
        tuple(Fraction(str(charge)) for charge in row[-4:-1])
        for table in tables(derivation)
        if table.header[-1] == "non-trivial in the senses"
        for row in table.rows
    ]


# ---------------------------------------------------------------- what they say


def test_every_formula_was_checked(scripts: dict[str, Derivation]) -> None:
    for derivation in scripts.values():
        claims = [s for s in derivation.steps if s.formula is not None and s.kind != "definition"]
        assert len(claims) >= 9
        assert all(step.checked for step in claims)


def test_the_examples_have_the_known_torsion_and_sectors(scripts: dict[str, Derivation]) -> None:
    derivation = scripts[CURVE]
    assert column(derivation, "torsion") == ["Z/3", "Z/3", "Z/6", "Z/9"]
    shown = sectors(derivation)
    # ADN (A.4); theory of the best fit point; footnote 13.
    for charges in (("1/4", "7/20", "21/20"), ("-549/200", "3103/1700", "8533/3400"), ("-1", "-1", "-1")):
        assert tuple(map(Fraction, charges)) in shown


def test_ranks_are_those_of_dark_sectors(curve: ModuleType, scripts: dict[str, Derivation]) -> None:
    smooth = [found for found in map(dark_sectors, curve.EXAMPLES) if found.curve is not None]
    assert len(smooth) == 4
    assert column(scripts[CURVE], "rank") == [str(found.rank_bounds) for found in smooth]


@pytest.mark.usefixtures("no_pari")
def test_without_pari_the_checks_hold_and_what_is_open_is_said(curve: ModuleType) -> None:
    derivation = curve.derivation()
    open_ranks = [found.rank_bounds for found in map(dark_sectors, curve.EXAMPLES) if found.rank_bounds]
    assert column(derivation, "rank") == list(map(str, open_ranks))
    text = " ".join(render(derivation, "text").split())
    assert "PARI" not in text
    assert text.count("The rank is not decided") == sum(not bounds.decided for bounds in open_ranks)
    # The search adds what the multiples of P miss.
    assert tuple(map(Fraction, ("-549/200", "3103/1700", "8533/3400"))) in sectors(derivation)


@pytest.mark.usefixtures("no_pari")
def test_an_open_rank_is_not_called_decided(curve: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def undecided(a: Any) -> DarkSectors:
        found = dark_sectors(a)
        P = () if found.branch == "torsion" else (found.curve.trivial,) if found.curve is not None else ()
        bounds = RankBounds(len(P), None)
        status = "infinite" if P else "undecided"
        return replace(found, generators=P, rank_bounds=bounds, status=status, complete=False, reason="Open.")

    monkeypatch.setattr(curve, "dark_sectors", undecided)
    text = " ".join(render(curve.derivation((A4, (2, 1, 1))), "text").split())
    assert "The first sectors that are known" in text
    assert "The sectors that are known" in text
    assert "All sectors" not in text
    assert "1/4 7/20 21/20" in text


@pytest.mark.parametrize("name", [CURVE, TANGENT])
def test_output_is_deterministic_in_every_format(name: str, scripts: dict[str, Derivation]) -> None:
    again = load(name).derivation()
    for style in FORMATS:
        assert render(again, style) == render(scripts[name], style)


@pytest.mark.parametrize("name", [CURVE, TANGENT])
def test_the_script_prints_the_derivation(name: str, scripts: dict[str, Derivation]) -> None:
    shown = run(name=name)
    assert shown.returncode == 0
    assert shown.stdout == render(scripts[name], "latex")


def test_the_claims_are_proved_anew_and_named_with_their_certificates(
    scripts: dict[str, Derivation],
) -> None:
    text = " ".join(render(scripts[TANGENT], "text").split())
    for suffix in CLAIMS:
        claim = proved(find_theorem(f"tangent-sector{suffix}"))
        assert claim.certificate is not None
        assert f"Claim {claim.name}. {claim.statement}" in text
        assert (
            f"{claim.status}: {claim.method}, certificate with SHA-256 {claim.certificate.sha256[:16]}"
            in text
        )
    assert "This is refuted: for a = (7, 1, -5)" in text


def test_the_counts_of_tangent_sectors_agree_with_the_closed_form(
    tangent: ModuleType, scripts: dict[str, Derivation]
) -> None:
    """With the closed form in fractions instead of the group law."""
    counts = [0, 0, 0, 0]
    for a in tangent._small_charges():
        p, q, r = a[1] + a[2], a[2] + a[0], a[0] + a[1]
        X = Fraction(p * (q - r) ** 2, (p - r) * (q - p))
        Y = Fraction(q * (r - p) ** 2, (q - p) * (r - q))
        Z = Fraction(r * (p - q) ** 2, (r - q) * (p - r))
        sector = DarkSector(a, (sum(a) - x for x in (X, Y, Z)))
        senses = [is_nontrivial(sector, sense) for sense in ("permutation", "disjoint", "chiral")]
        counts = [x + y for x, y in zip(counts, (1, *senses), strict=True)]
    table = next(t for t in tables(scripts[TANGENT]) if t.header[:2] == ("order of P", "number"))
    assert counts[0] > 800
    assert [sum(int(row[i]) for row in table.rows) for i in range(1, 5)] == counts


@pytest.mark.usefixtures("no_pari")
def test_sectors_outside_the_subgroup_are_shown_too(curve: ModuleType) -> None:
    """Of rank two, but the points found without PARI generate a subgroup of index three or so."""
    a = (-9, Fraction(10, 3), Fraction(11, 3))
    found, derivation = dark_sectors(a), curve.derivation((a,))
    generated = [sector.n for sector in found.first(5)]
    others = [n for n in sectors(derivation) if n not in generated]
    words = [step.words.template for step in derivation.steps]
    assert found.rank == 2
    assert bool(others) == ("The first sectors that are known, by height:" in words)
    assert others or "that these points generate" in words[-1]


# ---------------------------------------------------------------- typed charges


@pytest.mark.parametrize("arguments", [("-1/2", "1", "-0.1"), ("-11", "31", "17"), ("1", "-1", "5")])
def test_typed_charges(curve: ModuleType, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    shown = run(*arguments)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout == render(curve.derivation((tuple(map(Fraction, arguments)),)), "latex")
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed; .ci/run installs it")
    report = compile_pdf(shown.stdout, tmp_path / "out.pdf")
    assert not report.overfull
    assert report.pages == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("1", "2"), "Arguments A_E A_MU A_TAU must be three numbers, or none, not 2."),
        (("--help",), "Arguments A_E A_MU A_TAU must be three numbers, or none, not 1."),
        (("1", "x", "2"), "Argument 'A_MU' must be a rational number such as 3, '3/5' or '0.6', not 'x'."),
        (("1e5", "1", "2"), "Argument 'A_E' must be a rational number such as 3, '3/5' or '0.6', not '1e5'."),
        (
            ("1", "1", "9" * 31),
            f"Argument 'A_TAU' must be a number of at most 30 characters, not '{'9' * 31}'.",
        ),
    ],
)
def test_bad_input(
    curve: ModuleType, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        curve.main(arguments)
    shown = capsys.readouterr()
    assert stopped.value.code == 2
    assert shown.out == ""
    assert shown.err == f"{message}\n"


@pytest.mark.usefixtures("no_pari")
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(*[st.fractions(min_value=-12, max_value=12, max_denominator=3)] * 3))
def test_every_input_has_its_derivation(curve: ModuleType, a: tuple[Fraction, ...]) -> None:
    derivation = curve.derivation((a,))
    found = dark_sectors(a)
    assert len(derivation.steps) > 6
    assert bool(sectors(derivation)) == (found.branch != "vector-like")
    assert all(DarkSector(a, n) in found for n in sectors(derivation))


# ---------------------------------------------------------------- checks that fail


def _without_a_sector(a: Any, largest: int) -> list[DarkSector]:
    from anomalies.diophantine import sectors_with_denominator

    return list(sectors_with_denominator(a, largest))[1:]


def _changed(**changes: Callable[[DarkSectors], Any]) -> Callable[[Any], DarkSectors]:
    def answer(a: Any) -> DarkSectors:
        found = dark_sectors(a)
        return replace(found, **{name: change(found) for name, change in changes.items()})

    return answer


def _torsion(found: DarkSectors, invariants: tuple[int, ...], points: int) -> Any:
    assert found.torsion is not None
    return replace(found.torsion, invariants=invariants, points=found.torsion.points[:points])


def _trivial(found: DarkSectors) -> CurvePoint:
    assert found.curve is not None
    return found.curve.trivial


WRONG_ANSWERS: dict[str, tuple[Any, Callable[[Any], DarkSectors]]] = {
    "rank too high": (A4, _changed(rank_bounds=lambda found: RankBounds(3, 3, "x"))),
    "upper bound too low": (A4, _changed(rank_bounds=lambda found: RankBounds(2, 1, "x"))),
    "dependent generators": (A4, _changed(generators=lambda found: (_trivial(found), _trivial(found) * 2))),
    "torsion too small to be a group": ((2, 1, 1), _changed(torsion=lambda found: _torsion(found, (5,), 5))),
    "torsion of the wrong structure": (
        (-11, 31, 17),
        _changed(torsion=lambda found: _torsion(found, (2, 6), 12)),
    ),
    "a sector missing": ((-11, 31, 17), _changed(finite=lambda found: found.finite[:1])),
    "the wrong branch": (A4, _changed(branch=lambda found: "torsion")),
}


@pytest.mark.parametrize("wrong", WRONG_ANSWERS)
def test_a_wrong_answer_is_not_printed(
    curve: ModuleType, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    a, answer = WRONG_ANSWERS[wrong]
    monkeypatch.setattr(curve, "dark_sectors", answer)
    with pytest.raises(CheckFailedError):
        curve.derivation((a,))


@pytest.mark.parametrize("a", [A4, (2, 1, 1), (5, -4, -4)])
def test_a_search_that_misses_a_sector_is_noticed(
    curve: ModuleType, monkeypatch: pytest.MonkeyPatch, a: Any
) -> None:
    monkeypatch.setattr(curve, "sectors_with_denominator", _without_a_sector)
    with pytest.raises(CheckFailedError, match="does not hold"):
        curve.derivation((a,))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("CURVE", lambda module: module.CURVE + module.x),
        ("SECTOR_AT", lambda module: module.SECTOR_AT[::-1]),
        ("ORDERS", lambda module: {**module.ORDERS, module.Q: (module.Y, module.X, module.Z)}),
        ("order_of_point", lambda module: lambda point: None),
    ],
)
def test_a_wrong_map_is_not_printed(
    curve: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str, wrong: Callable[[ModuleType], Any]
) -> None:
    monkeypatch.setattr(curve, name, wrong(curve))
    with pytest.raises(CheckFailedError):
        curve.derivation()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("verify", lambda module: lambda claim: SimpleNamespace(status="refused")),
        ("tangent_sector", lambda module: lambda a, m=-2, j=0: module.order_nine_conditions(a) * 2),
        ("tangent_identity", lambda module: lambda a: (0, 1)),
        ("order_of_point", lambda module: lambda point: 9),
        ("CYCLIC", lambda module: {**module.CYCLIC, module.C_PLUS: module.CYCLIC[module.C_MINUS]}),
        ("_exception", lambda module: lambda u, v, w: (u * w**2, v * u**2, w * v**2 + u)),
        ("OLD", lambda module: (3, 2, 1)),
    ],
)
def test_a_wrong_tangent_sector_is_not_printed(
    tangent: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str, wrong: Callable[[ModuleType], Any]
) -> None:
    monkeypatch.setattr(tangent, name, wrong(tangent))
    with pytest.raises(CheckFailedError):
        tangent.derivation()


def test_a_failure_ends_the_script_with_status_1(
    curve: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(curve, "sectors_with_denominator", _without_a_sector)
    with pytest.raises(SystemExit) as stopped:
        curve.main(("2", "1", "1"))
    shown = capsys.readouterr()
    assert (stopped.value.code, shown.out, shown.err.count("\n")) == (1, "", 1)
