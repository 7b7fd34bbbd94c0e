"""The complete search near ADN's benchmark, at growing denominators and radii."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from anomalies import near


@pytest.mark.parametrize(
    ("largest", "radius", "sense"),
    [(20, "1/10", "permutation"), (60, "1/10", "permutation"), (20, "1", "permutation"), (60, "1", "chiral")],
)
def test_search_near_the_best_fit(benchmark: BenchmarkFixture, largest: int, radius: str, sense: str) -> None:
    result = near(("59/100", 1, 0), max_denominator=largest, radius=radius, nontrivial=sense)
    found = benchmark.pedantic(result.count, rounds=1)
    benchmark.extra_info["sectors"] = found
    assert found > 0
