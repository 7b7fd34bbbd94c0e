"""The catalogue of the Standard Model with three nu_R: building, asking, verifying; its size on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

pytest.importorskip("numba")
pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from anomalies import standard_model
from anomalies.atlas import Catalogue, build_catalogue, open_catalogue, verify_catalogue

BOUND = 10
QUERIES = [
    "Q1 = Q2 and Q3 <> Q2 and e1 = 0 and L2 = e2",
    "vectorlike_muon and no_electron_coupling and universal_first_two_quark_families",
    "is_gauged_accidental",
    "q1 = 0 and q3 = 0",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("atlas") / "sm+3nu"


def _build(folder: Path) -> Catalogue:
    return build_catalogue(standard_model(), BOUND, folder)


def test_build(benchmark: BenchmarkFixture, folder: Path, tmp_path: Path) -> None:
    build_catalogue(standard_model(), 1, tmp_path / "compiled")
    catalogue = benchmark.pedantic(_build, (folder,), rounds=1)
    benchmark.extra_info["rows"] = catalogue.count()
    benchmark.extra_info["megabytes"] = sum(part.size for part in catalogue.manifest.parts) >> 20


@pytest.mark.parametrize("predicate", QUERIES)
def test_query(benchmark: BenchmarkFixture, folder: Path, predicate: str) -> None:
    catalogue = open_catalogue(_build(folder).directory)
    benchmark.extra_info["solutions"] = benchmark.pedantic(
        lambda: catalogue.query(predicate).count(), rounds=5, warmup_rounds=1
    )


def test_verify(benchmark: BenchmarkFixture, folder: Path) -> None:
    _build(folder)
    assert benchmark.pedantic(verify_catalogue, (folder,), rounds=1).holds
