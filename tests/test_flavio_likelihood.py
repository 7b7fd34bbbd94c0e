"""The likelihood rebuilt with flavio: its lists and polynomials; flavio itself in a slow test."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, product
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from anomalies.errors import ArgumentError, MissingToolError, UnknownNameError
from anomalies.phenomenology.fits import flavio_likelihood
from anomalies.phenomenology.fits.fit import profile
from anomalies.phenomenology.fits.flavio_likelihood import (
    SELECTIONS,
    RebuiltLikelihood,
    Selection,
    rebuild,
    selection_table,
)
from anomalies.phenomenology.fits.likelihood import published_likelihood

NODES = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1))
RATIO, RATE = ("<Rmue>(B+->Kll)", 1.1, 6.0), ("BR(Bs->mumu)",)

number = st.integers(-5, 5).map(float)


def _quadratic(c: Sequence[float], x: float, y: float) -> float:
    return c[0] + c[1] * x + c[2] * y + c[3] * x * x + c[4] * x * y + c[5] * y * y


def _model(muon: Sequence[float], electron: Sequence[float]) -> RebuiltLikelihood:
    """A likelihood of one ratio and one rate whose predictions are known in closed form."""

    def ratio(m: tuple[float, float], e: tuple[float, float]) -> float:
        return _quadratic(muon, *m) / _quadratic(electron, *e)

    def rate(m: tuple[float, float], e: tuple[float, float]) -> float:
        return _quadratic(muon, *m) + _quadratic(electron, *e)

    zero = (0.0, 0.0)
    points = [(node, zero) for node in NODES] + [(zero, node) for node in NODES[1:]]
    samples = tuple(tuple(f(m, e) for m, e in points) for f in (ratio, rate))
    chosen = Selection("made up", (("one", (RATIO, RATE)),), (), "")
    return RebuiltLikelihood(chosen, samples, (1.0, 200.0), ((0.01, 0.0), (0.0, 25.0)))


@given(*[st.tuples(*[st.floats(-0.4, 0.4)] * 5)] * 2, *[st.floats(-2, 2)] * 3)
def test_predictions_are_exact_for_quadratic_polynomials(
    m: tuple[float, ...], e: tuple[float, ...], C9_mu: float, C9_e: float, C10: float
) -> None:
    # Both polynomials are positive at all nodes.
    muon, electron = (100.0, *m), (90.0, *e)
    found = _model(muon, electron).predictions(C9_mu, C9_e, C10)
    up, down = _quadratic(muon, C9_mu, C10), _quadratic(electron, C9_e, C10)
    assert found[RATIO] == pytest.approx(up / down)
    assert found[RATE] == pytest.approx(up + down)


def test_a_gaussian_likelihood_is_its_own_gaussian_approximation() -> None:
    pytest.importorskip("scipy")
    # Rates linear in the coefficients, with the gradients (C9_mu, C9_e, C10) as rows.
    gradients = ((2.0, 0.0, 1.0), (0.0, 1.0, -1.0), (1.0, 1.0, 3.0))
    points = [((x, y), (0, 0)) for x, y in NODES] + [((0, 0), (x, y)) for x, y in NODES[1:]]
    samples = tuple(
        tuple(10 + g[0] * m[0] + g[1] * e[0] + g[2] * (m[1] + e[1]) / 2 for m, e in points) for g in gradients
    )
    chosen = Selection("made up", (("one", tuple((f"rate {k}",) for k in range(3))),), (), "")
    unit = tuple(tuple(float(i == j) for j in range(3)) for i in range(3))
    found = RebuiltLikelihood(chosen, samples, (12.0, 10.0, 14.0), unit)
    # The solution of 2 x + z = 2, y - z = 0, x + y + 3 z = 4, and the inverse of the gradients' Gram matrix.
    approximated = found.gaussian()
    x, y, z = approximated.central
    assert found.best_fit()[1] == pytest.approx(0, abs=1e-6)
    assert [float(2 * x + z), float(y - z), float(x + y + 3 * z)] == pytest.approx([2, 0, 4], abs=2e-3)
    gram = sympy.Matrix(gradients).T * sympy.Matrix(gradients)
    inverse = gram.inv()
    for i, j in product(range(3), repeat=2):
        assert float(approximated.covariance[i][j]) == pytest.approx(float(inverse[i, j]), abs=2e-3)


def test_too_few_observables_determine_no_gaussian() -> None:
    pytest.importorskip("scipy")
    muon, electron = (100.0, -20.0, 10.0, 2.0, 0.0, 2.0), (100.0, -20.0, 0.0, 2.0, 0.0, 2.0)
    found = _model(muon, electron)
    assert found.chi2(0, 0, 0) == pytest.approx(0)
    with pytest.raises(ArgumentError, match="'measurements' must be sensitive to all three coefficients"):
        found.gaussian()


@pytest.mark.parametrize("name", SELECTIONS)
def test_no_measurement_is_both_used_and_left_out_and_every_omission_has_a_reason(name: str) -> None:
    chosen = SELECTIONS[name]
    used = [measurement for measurement, _ in chosen.measurements]
    left_out = [measurement for measurement, _ in chosen.excluded]
    assert len(set(used) | set(left_out)) == len(used) + len(left_out)
    assert all(why for _, why in chosen.excluded)
    assert chosen.name == name
    assert len(selection_table(name).rows) == len(used) + len(left_out)


def test_superseded_measurements_of_lepton_universality_are_excluded_by_name() -> None:
    today = dict(SELECTIONS["2022"].excluded)
    for superseded in ("LHCb RK 2019", "LHCb RK 2021", "LHCb RK* 2017"):
        assert "superseded by 'LHCb RK RK* 2022'" in today[superseded]
    both = [{*dict(s.measurements), *dict(s.excluded)} for s in SELECTIONS.values()]
    assert both[0] == both[1]


def test_no_bin_is_counted_twice() -> None:
    for chosen in SELECTIONS.values():
        for _, observables in chosen.measurements:
            for name in {observable[0] for observable in observables}:
                bins = sorted(observable[1:] for observable in observables if observable[0] == name)
                ends = list(chain.from_iterable(bins))
                assert ends == sorted(ends)


def test_unknown_list_and_missing_flavio(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownNameError, match="'selection' must be one of 2019, 2022, not '1999'"):
        rebuild("1999")
    with pytest.raises(UnknownNameError, match="'selection' must be one of"):
        selection_table("1999")
    monkeypatch.setitem(sys.modules, "flavio", None)
    monkeypatch.setattr(flavio_likelihood, "_key", lambda selection: {})
    with pytest.raises(MissingToolError, match=r"needs flavio: install gauge-anomalies\[flavour\]\."):
        rebuild("2022")


def test_the_cache_is_used_and_a_damaged_one_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    key = {"flavio": "1"}

    def computed(selection: Selection, progress: Any) -> Any:
        calls.append(selection.name)
        return [[1.0] * 11], [1.0], [[2.0]]

    monkeypatch.setattr(flavio_likelihood, "_computed", computed)
    monkeypatch.setattr(flavio_likelihood, "_key", lambda selection: key)
    first, second = (rebuild("2022", cache=tmp_path / "new") for _ in range(2))
    assert first == second
    assert calls == ["2022"]
    key = {"flavio": "2"}  # another version: what is stored is of no use
    rebuild("2022", cache=tmp_path / "new")
    assert calls == ["2022", "2022"]
    (file,) = (tmp_path / "new").iterdir()
    file.write_text("{", encoding="utf-8")
    with pytest.raises(ArgumentError, match="is damaged: remove it"):
        rebuild("2022", cache=tmp_path / "new")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # flavio and what it imports warn of many things
def test_flavio_itself() -> None:
    flavio = pytest.importorskip("flavio")
    done: list[tuple[int, int]] = []
    found = rebuild("2022", progress=lambda count, total: done.append((count, total)))
    assert done == sorted(done)
    assert done[0][0] == 0
    assert done[-1][0] == done[-1][1]

    # Every measurement of these observables is used or left out by name.
    prefixes = ("<Rmue>(B", "<BR>(B->Xs", "BR(Bs->mumu)")
    known = {*dict(found.selection.measurements), *dict(found.selection.excluded)}
    for name, measurement in flavio.Measurement.instances.items():
        observables = {o if isinstance(o, str) else o[0] for o in measurement.all_parameters}
        if any(o.startswith(prefixes) for o in observables) and "Pseudo" not in name:
            assert name in known

    # The polynomials reproduce flavio away from the nodes.
    point = {"C9_bsmumu": -0.7, "C9_bsee": 0.4, "C10_bsmumu": 0.5, "C10_bsee": 0.5}
    coefficients = flavio.WilsonCoefficients()
    coefficients.set_initial(point, scale=4.8)
    for observable, ours in found.predictions(-0.7, 0.4, 0.5).items():
        name, *ends = observable
        assert ours == pytest.approx(float(flavio.np_prediction(name, coefficients, *ends)), rel=1e-4)

    # With today's R_K and R_K* the Standard Model fits, and all charges are allowed; in 2019 it did not.
    _, least = found.best_fit()
    assert 0 <= found.chi2(0, 0, 0) - least < 4
    today, before = profile(found.gaussian()), profile("clean")
    assert today.standard_model < 4 < 16 < before.standard_model
    sigma = dict(zip(today.likelihood.observables, today.likelihood.uncertainties, strict=True))
    assert 0.1 < sigma["C10"] < published_likelihood("clean").uncertainties[2]
    assert abs(today.likelihood.central[2]) < Fraction(1, 2)
