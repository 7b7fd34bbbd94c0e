"""Counting and building on the workers of a Dask cluster: the same answers, also when a worker dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numba")
pytest.importorskip("pyarrow")
distributed = pytest.importorskip("distributed")

from anomalies import standard_model  # noqa: E402
from anomalies.atlas import build_catalogue, count_table, verify_catalogue  # noqa: E402
from anomalies.atlas import plan as planning  # noqa: E402
from anomalies.atlas.schedulers import run_tasks  # noqa: E402
from anomalies.cli import run  # noqa: E402
from anomalies.diophantine.powersums.counting import count_fixed  # noqa: E402
from anomalies.diophantine.powersums.exact_engine import solutions  # noqa: E402
from anomalies.diophantine.powersums.system import power_sum_system  # noqa: E402
from anomalies.errors import ArgumentError  # noqa: E402

# Dask's own networking leaves sockets to the garbage collector when a worker is killed.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as running:
        yield running


def square(number: int) -> int:
    return number * number


def test_threads_return_every_result_once() -> None:
    results = dict(run_tasks(square, [(n,) for n in range(20)], threads=3))
    assert results == {n: n * n for n in range(20)}
    assert list(run_tasks(square, [], threads=2)) == []


def test_an_error_in_a_task_is_raised() -> None:
    with pytest.raises(TypeError):
        list(run_tasks(square, [(2,), ("x",)], threads=2))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://127.0.0.1:9", "'scheduler' must be the address of a Dask scheduler that answers"),
        ("no address", "'scheduler' must be the address of a Dask scheduler that answers"),
        ("", "'scheduler' must be the address of a Dask scheduler that answers"),
    ],
)
def test_a_scheduler_that_does_not_answer(
    address: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("anomalies.atlas.schedulers._SECONDS_TO_ANSWER", 1)
    with pytest.raises(ArgumentError, match=message):
        count_table(standard_model(), 1, scheduler=address)
    assert run(("atlas", "count", "--qmax", "1", "--scheduler", address)) == 2
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1


def test_symmetric_rows_against_the_exact_engine() -> None:
    for equalities in ((), ("q1 = q2",), ("l2 = e2", "e1 = 0")):
        system = power_sum_system(standard_model(), bound=2, equalities=equalities)
        expected = 0
        for row in solutions(system):
            negative: list[int] = []
            start = 0
            for entry in system.classes:
                negative += [-x for x in reversed(row[start : start + entry.size])]
                start += entry.size
            expected += tuple(negative) == row
        assert count_fixed(system) == expected > 1


@pytest.mark.slow
def test_counts_on_a_cluster(cluster: Any) -> None:
    here = count_table(standard_model(), 3)
    there = count_table(standard_model(), 3, scheduler=cluster.scheduler_address)
    assert there == here
    restricted = count_table(standard_model(), 3, equalities=["q1 = q2", "e1 = 0"])
    assert restricted == count_table(
        standard_model(), 3, equalities=["q1 = q2", "e1 = 0"], scheduler=cluster.scheduler_address
    )


@pytest.mark.slow
def test_a_worker_that_is_killed_changes_nothing(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "ROWS_PER_PART", 50)
    build_catalogue(standard_model(), 2, tmp_path / "here")
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if 0 < done < total and not killed:
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                pids = client.run(os.getpid)
            killed.append(min(pids.values()))
            os.kill(killed[0], signal.SIGKILL)

    catalogue = build_catalogue(
        standard_model(), 2, tmp_path / "there", scheduler=cluster.scheduler_address, progress=kill_one
    )
    assert killed
    assert len(catalogue.manifest.parts) > 8
    for path in (tmp_path / "here").iterdir():
        assert (tmp_path / "there" / path.name).read_bytes() == path.read_bytes()
    assert verify_catalogue(tmp_path / "there").holds
