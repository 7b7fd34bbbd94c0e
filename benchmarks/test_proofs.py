"""What it costs to prove and to check all claims: stating them, finding the proofs, checking them.

Stating computes the formal statements from the framework (the first time; what the rooms below keep is
kept), finding is the work of the methods, checking that of the independent checker.
The bound that the project sets itself on all three is printed beside their sum: 20 s on two cores.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from anomalies.proofs import Claim, certify, check_certificate
from anomalies.proofs.coq import export_to_coq
from anomalies.theorems import THEOREMS, Theorem, proved

BOUND = 20.0
ROUNDS = 3
SHOWN = 5  # of the slowest

_T = TypeVar("_T")


def _timed(step: Callable[[], _T]) -> tuple[float, _T]:
    start = perf_counter()
    result = step()
    return perf_counter() - start, result


def _split(theorem: Theorem) -> dict[str, float]:
    stating, formal = _timed(theorem.formal)
    finding, certificate = _timed(lambda: certify(theorem.name, formal, theorem.method))
    checking, verdict = _timed(lambda: check_certificate(certificate.text))
    assert verdict.status == theorem.expected
    return {"stating": stating, "finding": finding, "checking": checking}


def test_stating_finding_and_checking(benchmark: BenchmarkFixture) -> None:
    rounds: list[dict[str, dict[str, float]]] = []
    benchmark.pedantic(
        lambda: rounds.append({theorem.name: _split(theorem) for theorem in THEOREMS}), rounds=ROUNDS
    )
    steps = ("stating", "finding", "checking")
    print(f"\n{len(THEOREMS)} claims, bound {BOUND} s:")
    for title, costs in (("first time", rounds[0]), ("again", rounds[-1])):
        total = {step: sum(cost[step] for cost in costs.values()) for step in steps}
        benchmark.extra_info[title] = total
        shown = ", ".join(f"{step} {total[step]:.2f} s" for step in steps)
        print(f"{title}: {sum(total.values()):.2f} s = {shown}")
    for step in steps:
        slowest = sorted(rounds[-1], key=lambda name: -rounds[-1][name][step])[:SHOWN]
        benchmark.extra_info[f"slowest in {step}"] = {name: rounds[-1][name][step] for name in slowest}
        print(f"slowest in {step}: " + ", ".join(f"{n} {rounds[-1][n][step] * 1000:.0f} ms" for n in slowest))


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return [proved(theorem) for theorem in THEOREMS]


def test_checking_alone(benchmark: BenchmarkFixture, claims: list[Claim]) -> None:
    certificates = [claim.certificate for claim in claims if claim.certificate is not None]
    assert len(certificates) == len(THEOREMS)
    benchmark.extra_info["bytes"] = sum(certificate.size for certificate in certificates)
    benchmark.pedantic(
        lambda: [check_certificate(certificate.text) for certificate in certificates], rounds=ROUNDS
    )


def test_export_to_coq(benchmark: BenchmarkFixture, claims: list[Claim]) -> None:
    exports = benchmark.pedantic(lambda: [export_to_coq(claim) for claim in claims], rounds=1)
    exported = sum(export.text is not None for export in exports)
    benchmark.extra_info["exported"] = exported
    assert exported > 0
