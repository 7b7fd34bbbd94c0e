"""What it costs to import the package and to derive the framework, as multiples of importing sympy.

Each process is started fresh; sympy and the command alternate, so that a machine whose speed drifts
changes both.
The bounds that the project sets itself are printed beside the ratios: import 1.15, derive 4.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 7
SYMPY = [sys.executable, "-c", "import sympy"]
COMMANDS = {
    "import anomalies": ([sys.executable, "-c", "import anomalies"], 1.15),
    "anomalies derive": ([sys.executable, "-c", "from anomalies.cli import main; main()", "derive"], 4.0),
}


def _seconds(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


@pytest.mark.parametrize("name", COMMANDS)
def test_ratio_to_importing_sympy(benchmark: BenchmarkFixture, name: str) -> None:
    command, bound = COMMANDS[name]
    base: list[float] = []
    benchmark.pedantic(
        subprocess.run,
        args=(command,),
        kwargs={"check": True, "stdout": subprocess.DEVNULL},
        setup=lambda: base.append(_seconds(SYMPY)),
        rounds=ROUNDS,
        warmup_rounds=1,
    )
    if benchmark.disabled or benchmark.stats is None:
        return
    benchmark.extra_info["median of import sympy"] = median(base)
    benchmark.extra_info["ratio of medians"] = benchmark.stats.stats.median / median(base)
    benchmark.extra_info["bound"] = bound
    print(f"\n{name}: {benchmark.extra_info['ratio of medians']:.2f} x import sympy (bound {bound})")
