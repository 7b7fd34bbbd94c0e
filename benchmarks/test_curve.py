"""The cubic curve: deciding lepton charges with PARI, and the group law on large heights beside PARI's own.

The bounds that the project sets itself are printed beside the medians: 20 ms for integer lepton charges up to
100, 0.3 s for rational ones with independent denominators up to 100.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from anomalies.diophantine import CurvePoint, cubic_curve, dark_sectors, pari_is_installed

pytestmark = pytest.mark.skipif(not pari_is_installed(), reason="needs cypari, the extra 'curves'")


def _integer(random: Random) -> Fraction:
    return Fraction(random.randint(-100, 100))


def _up_to_two(random: Random) -> Fraction:
    denominator = random.randint(1, 100)
    return Fraction(random.randint(-2 * denominator, 2 * denominator), denominator)


def _any_numerator(random: Random) -> Fraction:
    return Fraction(random.randint(-100, 100), random.randint(1, 100))


# How a charge is drawn, the goal in seconds for the median if there is one, and the number of samples.
KINDS = {
    "integers up to 100": (_integer, 0.02, 100),
    "denominators up to 100, charges up to 2": (_up_to_two, 0.3, 40),
    "denominators and numerators up to 100": (_any_numerator, None, 24),
}


@pytest.mark.parametrize("kind", KINDS)
def test_deciding_lepton_charges(benchmark: BenchmarkFixture, kind: str) -> None:
    draw, goal, number = KINDS[kind]
    random = Random(20)
    sample = [tuple(draw(random) for _ in range(3)) for _ in range(number)]
    dark_sectors([3, 2, 1], rank="pari")  # the first call loads PARI
    seconds: list[float] = []

    def decide_all() -> int:
        decided = 0
        for a in sample:
            start = perf_counter()
            bounds = dark_sectors(a, rank="pari").rank_bounds
            seconds.append(perf_counter() - start)
            decided += bounds is None or bounds.decided
        return decided

    decided = benchmark.pedantic(decide_all, rounds=1)
    benchmark.extra_info |= {"median": median(seconds), "goal": goal, "decided": decided, "of": number}
    print(f"\n{kind}: median {median(seconds):.4f} s (goal {goal}), longest {max(seconds):.2f} s")
    assert decided > 0


def _large_points(digits: int) -> tuple[CurvePoint, CurvePoint]:
    P = cubic_curve(["3/5", 1, "1/20"]).trivial
    Q = P
    while Q.height < 10**digits:
        Q = Q + Q
    return Q, Q + P


def test_group_law_beside_pari(benchmark: BenchmarkFixture) -> None:
    from cypari import pari

    P, Q = _large_points(10_000)
    E = pari.ellinit([P.curve.sigma, 0, P.curve.pi, 0, 0])
    ours, theirs = ([pari(R.m) / pari(R.e) ** 2, pari(R.n) / pari(R.e) ** 3] for R in (P, Q))
    start = perf_counter()
    for _ in range(10):
        expected = E.elladd(ours, theirs)
    theirs_seconds = (perf_counter() - start) / 10
    product_start = perf_counter()
    for _ in range(100):
        P.m * Q.m
    product_seconds = (perf_counter() - product_start) / 100
    found = benchmark(P.__add__, Q)
    assert expected[0] == pari(found.m) / pari(found.e) ** 2
    if benchmark.stats is None:
        return
    seconds = benchmark.stats.stats.median
    benchmark.extra_info |= {"elladd": theirs_seconds, "one product of two abscissas": product_seconds}
    print(
        f"\none sum {seconds:.4f} s, elladd {theirs_seconds:.4f} s, "
        f"one Python product {product_seconds:.4f} s"
    )
