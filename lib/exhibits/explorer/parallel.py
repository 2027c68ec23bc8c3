"""The same work on many items in several processes."""

from __future__ import annotations

import itertools
import os
import pickle
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

_WORTH_IT = 60  # items; below that, starting a process costs more than it saves
_PATIENCE = 30  # seconds for a child, beside ten times what this process took for its own part

Work = Callable[[Sequence[Any]], list[Any]]


def in_parallel(work: Work, items: Sequence[Any]) -> list[Any]:
    """``work(items)``, the items split among the processors where the system can fork.

    A fork takes the notebook's own functions along, which no other way of starting a process does.
    A child that raises or is silent leaves its part to this process, where an error shows itself.
    Of one that was killed, each item is tried in a child of its own, and one that ends that too is
    named in a RuntimeError: here it would take the kernel along.
    """
    count = max(1, min(_processors(), 4, len(items) // _WORTH_IT))
    borders = [len(items) * part // count for part in range(count + 1)]
    parts = [list(items[start:end]) for start, end in itertools.pairwise(borders)]
    children = [_start(work, part) for part in parts[1:]]
    started = time.monotonic()
    try:
        results = [work(parts[0])]
        patience = _PATIENCE + 10 * (time.monotonic() - started)
        for child, part in zip(children, parts[1:], strict=True):
            try:
                result = child.result(patience)
            except _Ended:
                result = [_alone(work, item, patience) for item in part]
            results.append(work(part) if result is None else result)
    finally:
        for child in children:
            child.end()
    return [item for result in results for item in result]


def _alone(work: Work, item: Any, patience: float) -> Any:
    child = _start(work, [item])
    try:
        result = child.result(patience)
    except _Ended as end:
        raise RuntimeError(f"{item!r} ended the process that worked on it, twice: {end}") from None
    finally:
        child.end()
    return (work([item]) if result is None else result)[0]


def _processors() -> int:
    if sys.platform != "linux":  # elsewhere a forked child may not use the system's libraries
        return 1
    return len(os.sched_getaffinity(0))


class _Ended(Exception):
    """A child ended before it was done; the message says how."""


@dataclass
class _Child:
    process: int
    pipe: int
    waited: bool = False

    def result(self, patience: float) -> list[Any] | None:
        """What the child computed; None when it raised, or is silent for too long."""
        data, block = bytearray(), b"silent"
        while select.select([self.pipe], [], [], patience)[0]:
            block = os.read(self.pipe, 1 << 20)
            if not block:
                break
            data += block
        try:
            return pickle.loads(data)
        except (EOFError, pickle.UnpicklingError):
            if not block:  # it ended: by itself, with 0, where its work raised
                code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
                self.waited = True
                if code:
                    raise _Ended(f"exit code {code}") from None
            return None

    def end(self) -> None:
        os.close(self.pipe)
        if not self.waited:
            os.kill(self.process, signal.SIGKILL)  # it may still be at work, and nobody reads it
            os.waitpid(self.process, 0)


def _start(work: Work, part: Sequence[Any]) -> _Child:
    readable, writable = os.pipe()
    with warnings.catch_warnings():
        # Python warns of forking beside threads, which a kernel has: the child could wait for a
        # lock that a thread held. It draws, writes to its pipe and ends, and we do not wait long.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process:
        os.close(writable)
        return _Child(process, readable)
    try:
        os.close(readable)
        with os.fdopen(writable, "wb") as stream:
            stream.write(pickle.dumps(work(part), protocol=5))
    finally:
        os._exit(0)  # nothing of the kernel's may run here: no handlers, no open files
