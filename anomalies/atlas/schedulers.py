"""Where independent tasks run: threads of this process, or the workers of a Dask cluster.

Key results
-----------
run_tasks : results of tasks as they are finished, on either
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from importlib import import_module
from typing import Any, TypeVar

from anomalies.errors import ArgumentError, ArgumentTypeError, MissingToolError, must_be
from anomalies.exact import as_integer

__all__ = ["number_of_threads", "run_tasks"]

T = TypeVar("T")

_RETRIES = 3
_SECONDS_TO_ANSWER = 10


def number_of_threads(threads: int | None) -> int:
    """Return a number of threads, all processors for None."""
    if threads is not None:
        return as_integer(threads, "threads", 1)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_tasks(
    function: Callable[..., T],
    tasks: Sequence[tuple[Any, ...]],
    *,
    threads: int,
    scheduler: str | None = None,
) -> Generator[tuple[int, T], None, None]:
    """Yield (index of the task, function(*task)) as tasks are finished, in no particular order.

    On threads, only a few results wait to be taken at any time.  Close the iterator, as
    `contextlib.closing` does, to drop the tasks that have not begun.

    Parameters
    ----------
    function : importable by name on the workers of a cluster.
    tasks : the arguments of each call; tasks are started in this order.
    threads : how many run at a time on this machine.
    scheduler : the address of a Dask scheduler, "tcp://host:8786"; None for threads.

    Raises
    ------
    ArgumentError : the scheduler does not answer, or has no workers.
    MissingToolError : a cluster is asked for and dask is not installed.
    """
    if scheduler is None:
        return _on_threads(function, tasks, threads)
    return _on_cluster(function, tasks, scheduler)


def _on_threads(
    function: Callable[..., T], tasks: Sequence[tuple[Any, ...]], threads: int
) -> Generator[tuple[int, T], None, None]:
    waiting = iter(enumerate(tasks))
    running: dict[Future[T], int] = {}
    pool = ThreadPoolExecutor(threads, thread_name_prefix="atlas")
    try:
        while True:
            while len(running) < threads and (entry := next(waiting, None)) is not None:
                running[pool.submit(function, *entry[1])] = entry[0]
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _on_cluster(
    function: Callable[..., T], tasks: Sequence[tuple[Any, ...]], address: str
) -> Generator[tuple[int, T], None, None]:
    client = _connect(address)
    distributed = import_module("distributed")
    try:
        # A worker that dies takes its running tasks with it: the scheduler gives them to another one.
        futures = {
            client.submit(function, *task, pure=False, retries=_RETRIES, priority=-index): index
            for index, task in enumerate(tasks)
        }
        for future in distributed.as_completed(list(futures), loop=client.loop):
            yield futures.pop(future), future.result()
    except (distributed.KilledWorker, CancelledError) as error:
        expected = "the address of a cluster that stays alive"
        raise ArgumentError(f"{must_be('scheduler', expected, address)}  {type(error).__name__}.") from error
    finally:
        client.close()


def _connect(address: str) -> Any:
    """A client of the scheduler, with at least one worker."""
    if not isinstance(address, str):
        raise ArgumentTypeError(must_be("scheduler", "an address such as 'tcp://host:8786'", address))
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise MissingToolError(
            "A cluster needs dask: pip install 'gauge-anomalies[search,cluster]'."
        ) from None
    expected = "the address of a Dask scheduler that answers, such as 'tcp://host:8786'"
    try:
        client = distributed.Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise ArgumentError(must_be("scheduler", expected, address)) from None
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
    except (OSError, TimeoutError):
        client.close()
        raise ArgumentError(must_be("scheduler", "a Dask scheduler with workers", address)) from None
    return client
