"""Functions that the tests of aiecon.sweep send to other processes: they must be importable."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np

from aiecon.sweep import vectorised


def noisy(scale: float, rng: np.random.Generator) -> float:
    return float(scale * rng.standard_normal(50).sum())


def picky(x: float) -> float:
    if x < 0:
        raise ValueError(f"x = {x} is negative")
    return float(np.sqrt(x))


@vectorised
def picky_batch(x: np.ndarray) -> dict[str, np.ndarray]:
    if np.any(x < 0):
        raise ValueError("a negative x")
    return {"root": np.sqrt(x), "square": x**2}


@vectorised
def misshapen(x: np.ndarray) -> float:
    return float(x.sum())


def counted(item: tuple[str, float]) -> float:
    """Leaves a line in a file, so that a test can count the calls."""
    name, x = item
    with Path(name).open("a") as log:
        log.write(f"{x}\n")
    return 2 * x


def slow(x: float) -> float:
    time.sleep(0.02)
    return x * x


def kills_once(item: tuple[str, int]) -> int:
    """At item 3 the process is killed, the first time."""
    name, i = item
    if i == 3 and not Path(name).exists():
        Path(name).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return i * i


def deadly(item: tuple[int, bool]) -> int:
    """Where it is told to, the process is killed, every time."""
    i, kill = item
    if kill:
        os.kill(os.getpid(), signal.SIGKILL)
    return i * i


def greedy(x: np.ndarray) -> float:
    """Changes the draw that it is given."""
    x *= 2
    return float(x.sum())


def scaled(factor: float):
    return lambda x: factor * x
