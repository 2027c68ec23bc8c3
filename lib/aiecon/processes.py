"""Where a sweep's draws are computed: processes of this machine, or beside a cluster's workers.

Each process is a pool of its own, so that one that ends takes no other along. The pools are loky's
(https://loky.readthedocs.io), which take a notebook's functions and need no main guard.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from typing import Any

__all__ = ["Cluster", "Processes", "how_it_ended", "processors"]


def processors() -> int:
    """How many this process may use."""
    if multiprocessing.current_process().daemon:  # such a process may not start any
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def how_it_ended(error: BaseException) -> str:
    """How a process ended, out of loky's long message."""
    codes = re.search(r"exit codes of the workers are \{(.*?)\}", str(error))
    return codes[1] if codes else str(error).partition("\n")[0]


def _pool(timeout: float | None = None) -> Any:
    from loky import ProcessPoolExecutor

    here = (os.getpid(),)
    return ProcessPoolExecutor(1, timeout=timeout, initializer=_end_with, initargs=here)


def _end_with(parent: int) -> None:
    """In a process: it ends when its parent does, even if that was killed and could not say so."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    if os.name == "posix":
        threading.Thread(target=watch, daemon=True).start()


class Processes:
    """Processes of this machine, each a pool of its own: one that ends takes no other along."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.idle: list[Any] = []
        self.busy: dict[Any, Any] = {}

    def submit(self, run: Callable[..., Any], *arguments: bytes) -> Any:
        pool = self.idle.pop() if self.idle else _pool()
        future = pool.submit(run, *arguments)
        self.busy[future] = pool
        return future

    def finished(self, futures: list[Any]) -> Iterable[Any]:
        return wait(futures, return_when=FIRST_COMPLETED).done

    def error(self, future: Any) -> BaseException | None:
        pool, error = self.busy.pop(future), future.exception()
        if isinstance(error, BrokenExecutor):
            pool.shutdown(kill_workers=True)
        else:
            self.idle.append(pool)
        return error

    def close(self) -> None:
        for pool in (*self.idle, *self.busy.values()):
            pool.shutdown(kill_workers=True)


class Cluster:
    """A Dask cluster, which itself computes again what was under way to a worker that is lost.

    A draw must not end a worker: a cluster gives up workers that end again and again, and takes
    every task that waited at one for a suspect. So each part has a process of its own beside it.
    """

    def __init__(self, client: Any) -> None:
        try:
            import dask.distributed as dask
        except ImportError as error:
            raise ImportError(
                'A client needs Dask: pip install "aiecon[cluster]" (or: pip install distributed).'
            ) from error
        if not isinstance(client, dask.Client):
            raise ValueError(f"client = {client!r} is not allowed: a dask.distributed.Client is.")
        self.dask, self.client = dask, client
        self.futures: set[Any] = set()
        self.room = max(64, 4 * sum(client.nthreads().values()))

    def submit(self, run: Callable[..., Any], *arguments: bytes) -> Any:
        future = self.client.submit(_apart, run, *arguments, pure=False)
        self.futures.add(future)
        return future

    def finished(self, futures: list[Any]) -> Iterable[Any]:
        done = self.dask.wait(futures, return_when="FIRST_COMPLETED").done
        return [future for future in done if future.status != "lost"]  # that is computed again

    def error(self, future: Any) -> BaseException | None:
        self.futures.remove(future)
        error = future.exception()
        return BrokenExecutor(str(error)) if isinstance(error, self.dask.KilledWorker) else error

    def close(self) -> None:
        self.client.cancel(list(self.futures))


def _apart(run: Callable[..., Any], *arguments: bytes) -> Any:
    """On a thread of a Dask worker: in a process beside it, which stays for the thread's next."""
    multiprocessing.current_process().daemon = False  # a daemon, as workers are, may start none
    pool = _beside.__dict__.pop("pool", None) or _pool(timeout=60)
    try:
        answer = pool.submit(run, *arguments).result()
    except BrokenExecutor:
        pool.shutdown(kill_workers=True)
        raise
    _beside.pool = pool
    return answer


_beside = threading.local()
