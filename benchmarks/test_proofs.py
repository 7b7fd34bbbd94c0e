"""Proving every claim: how the time is split between stating, finding and checking."""

from __future__ import annotations

from time import perf_counter_ns

from pytest_benchmark.fixture import BenchmarkFixture

from anomalies.proofs.certificates import certify, verify_text
from anomalies.theorems import THEOREMS


def _split() -> dict[str, int]:
    spent = {"stating": 0, "finding": 0, "checking": 0}
    for theorem in THEOREMS:
        start = perf_counter_ns()
        formal = theorem.formal()
        stated = perf_counter_ns()
        certificate = certify(theorem.name, formal, theorem.method)
        found = perf_counter_ns()
        verify_text(certificate.text, theorem.name, formal)
        spent["stating"] += stated - start
        spent["finding"] += found - stated
        spent["checking"] += perf_counter_ns() - found
    return spent


def test_all_claims(benchmark: BenchmarkFixture) -> None:
    spent = benchmark.pedantic(_split, rounds=1, warmup_rounds=1)
    total = sum(spent.values())
    shares = {name: f"{100 * time // total} %" for name, time in spent.items()}
    benchmark.extra_info |= shares | {"claims": len(THEOREMS), "bound in seconds": 20}
    print(f"\n{len(THEOREMS)} claims in {total // 10**6} ms: {shares}")
