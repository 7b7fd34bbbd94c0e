"""Pure U(1) beside the package `anomalies` 0.2 of the package index, in one run.

That package is installed into an environment of its own, made for the run; without a package index the
benchmark is skipped.  Both evaluate 2000 random sets of parameters up to 10^3, ..., 10^6, for n = 6 charges:
the peer from two lists l and k of two integers each, we from g and f of three and two.  An answer is wrong if
its sum or its sum of cubes, in Python integers, is not zero; an answer that is zero throughout is counted
apart, and so is one that the peer could not give.
"""

from __future__ import annotations

import json
import subprocess
import venv
from collections.abc import Sequence
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from anomalies.diophantine.pure_u1 import parametrised_charges

SIZES = (10**3, 10**4, 10**5, 10**6)
DRAWS = 2000

WORKER = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
from anomalies import anomaly
draws = json.load(sys.stdin)
begin, answers = time.perf_counter(), []
for l, k in draws:
    try:
        answers.append(anomaly.free(l, k))
    except Exception:  # of whatever kind: no answer, which is counted as such
        answers.append(None)
seconds = time.perf_counter() - begin
rows = [None if z is None else [int(x) for x in z] for z in answers]
json.dump([seconds, rows], sys.stdout)
"""


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which the peer is installed."""
    folder = tmp_path_factory.mktemp("peer")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    wanted = ["anomalies>=0.2,<0.3", "numpy"]
    ran = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", *wanted], capture_output=True, timeout=300, check=False
    )
    if ran.returncode:
        pytest.skip("the peer could not be installed")
    return python


def _verdicts(rows: Sequence[list[int] | None]) -> dict[str, int]:
    given = [row for row in rows if row is not None]
    wrong = sum(sum(row) != 0 or sum(x**3 for x in row) != 0 for row in given)
    zero = sum(not any(row) for row in given)
    return {"wrong": wrong, "zero": zero, "none": len(rows) - len(given)}


@pytest.mark.parametrize("size", SIZES)
def test_evaluations_beside_the_peer(benchmark: BenchmarkFixture, peer: Path, size: int) -> None:
    random = Random(size)
    draws = [[[random.randint(-size, size) for _ in range(2)] for _ in range(2)] for _ in range(DRAWS)]
    asked = json.dumps(draws)
    command = [
        str(peer),
        "-P",
        "-c",
        WORKER,
    ]  # -P: the package of that environment, not the one in this folder
    ran = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    seconds, rows = json.loads(ran.stdout)
    parameters = [
        tuple(tuple(random.randint(-size, size) for _ in range(length)) for length in (3, 2))
        for _ in range(DRAWS)
    ]
    begin = perf_counter()
    own = [list(parametrised_charges(g, f)) for g, f in parameters]
    own_seconds = perf_counter() - begin
    benchmark.pedantic(lambda: [parametrised_charges(g, f) for g, f in parameters], rounds=3)
    theirs, ours = _verdicts(rows), _verdicts(own)
    benchmark.extra_info |= {"peer": theirs, "peer seconds": seconds}
    print(
        f"\nup to {size}: peer {DRAWS / seconds:.0f} a second, {theirs}; "
        f"here {DRAWS / own_seconds:.0f} a second, {ours}"
    )
    assert ours["wrong"] == 0


# The rows of the data set that the peer's page names: 5 to 12 integers of size up to 30,
# doi 10.5281/zenodo.7380817.
PUBLISHED_ROWS = 390_074


def test_all_sets_beside_the_published_ones(benchmark: BenchmarkFixture) -> None:
    pytest.importorskip("numba")
    from anomalies.diophantine.chiral import count_chiral_sets

    count_chiral_sets(5, 5)  # compiles
    total = benchmark.pedantic(
        lambda: sum(count_chiral_sets(n, 30) for n in range(5, 13)), rounds=1, iterations=1
    )
    benchmark.extra_info["sets"] = total
    print(f"\n{total} chiral sets of 5 to 12 integers up to 30: the published {PUBLISHED_ROWS} are", end=" ")
    print(f"{PUBLISHED_ROWS / total:.1%} of them, if all of them are such sets")
    assert total >= PUBLISHED_ROWS
