"""The same function on many tasks, in several processes, with nothing left behind when it ends early.

Each process has a pipe of its own and gets its next task when it has answered.  Against the pools of the
standard library: a process that dies is noticed (`multiprocessing.Pool` waits for its answer forever), and
an interrupt ends the tasks that are under way (`concurrent.futures` waits for them).

Key results
-----------
completed : the results as they come, with the places of their tasks
available_processors : how many processes are worth starting
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from anomalies.errors import AnomaliesError

__all__ = ["available_processors", "completed"]

Task = TypeVar("Task")
Result = TypeVar("Result")

_PATIENCE = 2  # seconds that a process has to end by itself; foreign code may not listen


def available_processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def completed(
    function: Callable[[Task], Result], tasks: Sequence[Task], processes: int
) -> Iterator[tuple[int, Result]]:
    """Yield pairs (i, function(tasks[i])), each once, in the order in which they are ready.

    With one process or one task everything happens here.  The processes are started afresh ("spawn"), so
    that a script which asks for them must keep its own work under `if __name__ == "__main__":`.

    Parameters
    ----------
    function : a function at the top level of a module, or a `functools.partial` of one.
    tasks : what it is called with.
    processes : how many to start, at least 1.

    Raises
    ------
    AnomaliesError
        If a process ends without an answer.  What `function` raises is raised here.

    Examples
    --------
    >>> list(completed(abs, [-3, 2], 1))
    [(0, 3), (1, 2)]
    """
    if min(processes, len(tasks)) <= 1:
        yield from ((place, function(task)) for place, task in enumerate(tasks))
        return
    workers: dict[Connection[Any, Any], Any] = {}
    try:
        with _interrupts_held():
            for _ in range(min(processes, len(tasks))):
                _start(function, workers)
        yield from _dealt_out(tasks, workers)
    finally:
        _stop(workers)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold back Ctrl-C, here for a moment and for good in the processes that start now: we end them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # A process of the standard library's own, which comes with the first of ours and resets the mask.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(function: Callable[[Task], Result], workers: dict[Connection[Any, Any], Any]) -> None:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, function), daemon=True)
    workers[ours] = process
    process.start()
    # The only other end is now with the process: if it dies, reading from ours fails at once.
    theirs.close()


def _dealt_out(tasks: Sequence[Task], workers: dict[Connection[Any, Any], Any]) -> Iterator[tuple[int, Any]]:
    """One task to each process, and the next to whichever answers."""
    waiting = iter(enumerate(tasks))
    places: dict[Any, int] = {}
    for connection, (place, task) in zip(workers, waiting):  # noqa: B905 - there are more tasks
        places[connection] = place
        _send(connection, task)
    while places:
        for ready in wait(list(places)):
            place, answer = places.pop(ready), _answer(ready)
            following = next(waiting, None)
            if following is not None:
                places[ready] = following[0]
                _send(ready, following[1])
            yield place, answer


def _send(connection: Any, task: object) -> None:
    try:
        connection.send(task)
    except OSError as error:
        raise _death() from error


def _answer(connection: Any) -> Any:
    try:
        succeeded, answer = connection.recv()
    except (EOFError, OSError) as error:
        raise _death() from error
    if not succeeded:
        raise answer
    return answer


def _death() -> AnomaliesError:
    return AnomaliesError(
        "A process ended without an answer: it was killed, or the script that started it does not keep its "
        'own work under `if __name__ == "__main__":`.'
    )


def _stop(workers: dict[Connection[Any, Any], Any]) -> None:
    for connection in workers:
        connection.close()
    started = [process for process in workers.values() if process.pid is not None]
    for process in started:
        process.terminate()
    for process in started:
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def _serve(connection: Connection[Any, Any], function: Callable[[Any], Any]) -> None:
    """Answer tasks until there are no more; what runs in a process of a process ends with it."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        while True:
            task = connection.recv()
            try:
                answer = (True, function(task))
            except Exception as error:  # it is raised again on the other side
                answer = (False, error)
            connection.send(answer)
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _leave(*_: object) -> None:
    sys.exit(1)
