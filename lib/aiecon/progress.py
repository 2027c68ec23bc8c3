"""A bar on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

__all__ = ["Bar"]


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


class Bar:
    """How far a sweep is, how fast, and how long it will take."""

    def __init__(self, count: int, kept: int, shown: bool | None) -> None:
        shown = _is_terminal() if shown is None else shown
        self.count, self.kept, self.shown = count, kept, shown
        self.done, self.failed, self.started = kept, 0, time.monotonic()
        self.add(())

    def add(self, errors: Sequence[str]) -> None:
        self.done += len(errors)
        self.failed += sum(map(bool, errors))
        if not self.shown:
            return
        filled = 30 * self.done // self.count
        words = f"[{'#' * filled}{'.' * (30 - filled)}] {self.done}/{self.count}"
        words += f", {self.failed} failed" if self.failed else ""
        fresh, seconds = self.done - self.kept, time.monotonic() - self.started
        if fresh and seconds > 0 and self.done < self.count:
            rate = fresh / seconds
            words += f", {rate:.3g} a second, {_in_words((self.count - self.done) / rate)} left"
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self.shown:
            print(file=sys.stderr)


def _in_words(seconds: float) -> str:
    for unit, length in (("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
