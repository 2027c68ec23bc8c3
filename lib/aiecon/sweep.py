"""Many parameter draws: batched NumPy, the processors of this machine, or a cluster.

:func:`sweep` evaluates a function at many draws of its parameters::

    result = sweep(function, {"xi": xi, "ratio": ratio})            # this machine
    result = sweep(function, draws, Client("tcp://scheduler:8786"))  # the same on a Dask cluster

The result does not depend on where or by how many it was computed: draws are numbered, each has a
seed of its own, and the chunks are cut by their number alone. A draw that fails is recorded with
its parameters and its error, and the rest is kept. This module knows no model.
"""

from __future__ import annotations

import hashlib
import inspect
import math
import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

__all__ = ["Failure", "Sweep", "latin_hypercube", "sweep", "vectorised"]

F = TypeVar("F", bound=Callable[..., Any])

#: Draws in a chunk: enough that sending one costs little, few enough to lose little.
_CHUNKS, _BATCH = 64, 4096
#: How often a chunk is tried again when the process that computed it was killed.
_TRIES = 3


def vectorised(function: F) -> F:
    """Marks a function that takes arrays with one entry for each draw and returns such arrays.

    >>> @vectorised
    ... def output(K, L):
    ...     return K**0.3 * L**0.7
    >>> sweep(output, {"K": [1.0, 2.0], "L": [1.0, 1.0]}).array.round(3).tolist()
    [1.0, 1.231]
    """
    function.vectorised = True  # type: ignore[attr-defined]
    return function


def latin_hypercube(
    count: int, share: float, rng: np.random.Generator, **centres: float
) -> dict[str, np.ndarray]:
    """``count`` draws within ``share`` of each centre: in each parameter evenly spread, in all at
    once as ``rng`` shuffles them (McKay, Beckman & Conover 1979).

    >>> draws = latin_hypercube(4, 0.1, np.random.default_rng(0), rho=0.04)
    >>> sorted(draws["rho"].round(4).tolist())
    [0.037, 0.039, 0.041, 0.043]
    """
    grid = 1 + share * (2 * (np.arange(count) + 0.5) / count - 1)
    return {name: centre * rng.permutation(grid) for name, centre in centres.items()}


@dataclass(frozen=True)
class Failure:
    """A draw at which the function raised: its number, its parameters, the error in words."""

    index: int
    parameters: Any
    error: str


@dataclass(frozen=True, eq=False)
class Sweep:
    """The results in the order of the draws (None where the draw failed), and the failures."""

    values: tuple[Any, ...]
    failures: tuple[Failure, ...]

    @property
    def ok(self) -> np.ndarray:
        """Which draws succeeded."""
        good = np.ones(len(self.values), dtype=bool)
        good[[failure.index for failure in self.failures]] = False
        return good

    @property
    def array(self) -> np.ndarray:
        """Results that are numbers or arrays of one shape, stacked; NaN where the draw failed."""
        return _stacked(self.values, self.ok)

    def column(self, name: str) -> np.ndarray:
        """One entry of results that are mappings, or one attribute of results that are objects."""
        picked = [
            None if not good else (v[name] if isinstance(v, Mapping) else getattr(v, name))
            for v, good in zip(self.values, self.ok, strict=True)
        ]
        return _stacked(picked, self.ok)


def _stacked(values: Sequence[Any], ok: np.ndarray) -> np.ndarray:
    if not ok.any():
        return np.full(len(values), np.nan)
    first = np.asarray(values[int(np.argmax(ok))], dtype=float)
    out = np.full((len(values), *first.shape), np.nan)
    for i, (value, good) in enumerate(zip(values, ok, strict=True)):
        if good:
            out[i] = value
    return out


def sweep(
    function: Callable[..., Any],
    draws: Mapping[str, Any] | Sequence[Any],
    client: Any = None,
    *,
    seed: int | None = None,
    workers: int | None = None,
    chunk: int | None = None,
    folder: str | Path | None = None,
    progress: bool | None = None,
) -> Sweep:
    """Evaluates ``function`` at every draw.

    Parameters
    ----------
    function : called as ``function(**draw)`` for each draw of a mapping, ``function(draw)`` for
        each item of a sequence. A function marked :func:`vectorised` is called with whole arrays
        instead, in batches; where a batch fails it is halved until the bad draws are found.
        For several processes, and for a cluster, it must be importable there; a function of a
        notebook runs in this process.
    draws : names to arrays of one length, or a sequence of anything.
    client : a ``dask.distributed.Client``; then the chunks run on its cluster, and are run again
        when a worker is lost. ``pip install "aiecon[cluster]"`` installs Dask.
    seed : gives the function an argument ``rng``, a NumPy generator of its own for each draw.
    workers : processes on this machine (all processors unless given; 1 uses this process).
    chunk : draws that are sent together, 1/64 of all unless given (4096 for a batch).
    folder : keeps the finished chunks, so that an interrupted sweep goes on where it ended. They
        are used only for the same function (its source), draws and seed.
    progress : a bar on standard error; unless given, if that is a terminal.

    Raises
    ------
    ValueError : draws of unequal length, no draws, a chunk or number of workers below one, a seed
        for a vectorised function (draw its random numbers beforehand).

    Examples
    --------
    >>> import math
    >>> result = sweep(math.sqrt, [4.0, -1.0, 9.0], workers=1)
    >>> result.values, result.failures[0].parameters
    ((2.0, None, 3.0), -1.0)
    >>> result.failures[0].error  # doctest: +ELLIPSIS
    'ValueError: ...'
    """
    work = _Work(function, draws, seed)
    size = chunk or (_BATCH if work.batched else max(1, math.ceil(work.count / _CHUNKS)))
    for name, value in (("chunk", size), ("workers", 1 if workers is None else workers)):
        if value < 1:
            raise ValueError(f"{name} = {value} is not allowed: {name} ≥ 1 is required.")
    chunks = [range(i, min(i + size, work.count)) for i in range(0, work.count, size)]
    kept = _Kept(folder, work)
    found: dict[int, list[_Outcome]] = {}
    for number, part in enumerate(chunks):
        if (outcome := kept.load(part)) is not None:
            found[number] = outcome
    todo = {n: work.part(part) for n, part in enumerate(chunks) if n not in found}
    bar = _Bar(work.count, sys.stderr.isatty() if progress is None else progress)
    for outcome in found.values():
        bar.add(outcome)
    for number, outcome in _computed(todo, client, workers, function):
        found[number] = outcome
        if not any(o.lost for o in outcome):  # a lost worker is no property of the draw: try again
            kept.save(chunks[number], outcome)
        bar.add(outcome)
    bar.close()
    outcomes = [outcome for number in range(len(chunks)) for outcome in found[number]]
    return Sweep(
        tuple(outcome.value for outcome in outcomes),
        tuple(
            Failure(i, work.draw(i), outcome.error)
            for i, outcome in enumerate(outcomes)
            if outcome.error
        ),
    )


# One chunk ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Outcome:
    value: Any
    error: str = ""
    lost: bool = False  # with the process that computed it


@dataclass(frozen=True)
class _Part:
    """What a worker gets: the function, some draws, and the numbers that make their seeds."""

    function: Callable[..., Any]
    draws: Any
    start: int
    count: int
    seed: int | None
    batched: bool

    def __call__(self) -> list[_Outcome]:
        if self.batched:
            return self._batch(0, self.count)
        return [self._one(i) for i in range(self.count)]

    def _one(self, i: int) -> _Outcome:
        extra = {}
        if self.seed is not None:
            own = np.random.SeedSequence(self.seed, spawn_key=(self.start + i,))
            extra["rng"] = np.random.default_rng(own)
        try:
            if isinstance(self.draws, Mapping):
                one = {name: values[i] for name, values in self.draws.items()}
                return _Outcome(self.function(**one, **extra))
            return _Outcome(self.function(self.draws[i], **extra))
        except Exception as error:
            return _Outcome(None, f"{type(error).__name__}: {error}")

    def _batch(self, start: int, stop: int) -> list[_Outcome]:
        try:
            if isinstance(self.draws, Mapping):
                some = {name: values[start:stop] for name, values in self.draws.items()}
                result = self.function(**some)
            else:
                result = self.function(self.draws[start:stop])
            return [_Outcome(value) for value in _rows(result, stop - start)]
        except Exception as error:
            if stop - start == 1:
                return [_Outcome(None, f"{type(error).__name__}: {error}")]
            middle = (start + stop) // 2
            return self._batch(start, middle) + self._batch(middle, stop)


def _rows(result: Any, count: int) -> Iterable[Any]:
    """A vectorised function's result, split by draws."""
    if isinstance(result, Mapping):
        columns = {name: list(_rows(column, count)) for name, column in result.items()}
        return [{name: column[i] for name, column in columns.items()} for i in range(count)]
    rows = np.asarray(result)
    if rows.ndim == 0 or len(rows) != count:
        raise ValueError(
            f"a vectorised function returned shape {rows.shape} for {count} draws: "
            "its first axis must be the draws."
        )
    return list(rows)


class _Work:
    """The draws, checked, and cut into parts."""

    def __init__(self, function: Callable[..., Any], draws: Any, seed: int | None) -> None:
        self.function, self.seed = function, seed
        self.batched = bool(getattr(function, "vectorised", False))
        if self.batched and seed is not None:
            raise ValueError(
                f"seed = {seed} is not allowed with a vectorised function: draw its random "
                "numbers beforehand and pass them as draws."
            )
        if isinstance(draws, Mapping):
            self.draws: Any = {name: np.asarray(values) for name, values in draws.items()}
            lengths = {n: len(v) if v.ndim else -1 for n, v in self.draws.items()}
            if len(set(lengths.values())) != 1 or -1 in lengths.values():
                told = ", ".join(f"{name}: {v.shape}" for name, v in self.draws.items())
                raise ValueError(f"draws = {{{told}}}: arrays of one length are required.")
            self.count = next(iter(lengths.values()))
        else:
            self.draws = np.asarray(draws) if self.batched else list(draws)
            self.count = len(self.draws)
        if self.count == 0:
            raise ValueError("draws: there are none; at least one is required.")

    def part(self, numbers: range) -> _Part:
        cut = slice(numbers.start, numbers.stop)
        mapping = isinstance(self.draws, Mapping)
        some = {n: v[cut] for n, v in self.draws.items()} if mapping else self.draws[cut]
        return _Part(self.function, some, numbers.start, len(numbers), self.seed, self.batched)

    def draw(self, i: int) -> Any:
        if isinstance(self.draws, Mapping):
            return {name: values[i] for name, values in self.draws.items()}
        return self.draws[i]


# Where the chunks are computed --------------------------------------------------------------------


def _computed(
    todo: dict[int, _Part], client: Any, workers: int | None, function: Callable[..., Any]
) -> Iterator[tuple[int, list[_Outcome]]]:
    if client is not None:
        yield from _on_cluster(todo, client)
        return
    count = min(workers or len(_processors()), len(todo))
    batched = bool(getattr(function, "vectorised", False))
    if count <= 1 or (batched and workers is None) or not _importable(function):
        for number, part in todo.items():
            yield number, part()
        return
    yield from _in_processes(todo, count)


def _processors() -> Sequence[int]:
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return range(os.cpu_count() or 1)


def _importable(function: Callable[..., Any]) -> bool:
    """Whether another process finds the function by its name (a notebook's it does not)."""
    if getattr(function, "__module__", "__main__") == "__main__":
        return False
    try:
        pickle.dumps(function)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


def _run(part: _Part) -> list[_Outcome]:
    return part()


def _in_processes(todo: dict[int, _Part], count: int) -> Iterator[tuple[int, list[_Outcome]]]:
    """Chunks in processes of this machine; when one is killed, what it held is computed again."""
    waiting = dict(todo)
    for _ in range(_TRIES):
        context = multiprocessing.get_context("spawn")  # no fork beside threads
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            futures = {pool.submit(_run, part): number for number, part in waiting.items()}
            for future in as_completed(futures):
                try:
                    outcome = future.result()
                except BrokenProcessPool:
                    continue
                del waiting[futures[future]]
                yield futures[future], outcome
        if not waiting:
            return
    for number, part in waiting.items():
        yield number, _lost(part, "the process that computed it was killed, each time")


def _on_cluster(todo: dict[int, _Part], client: Any) -> Iterator[tuple[int, list[_Outcome]]]:
    """Chunks on a Dask cluster, which computes again what a lost worker held."""
    try:
        from dask.distributed import as_completed as completed
    except ImportError as error:
        raise ImportError(
            'A client needs Dask: pip install "aiecon[cluster]" (or: pip install distributed).'
        ) from error
    futures = {
        client.submit(_run, part, pure=False, retries=_TRIES): number
        for number, part in todo.items()
    }
    for future in completed(list(futures)):
        number = futures[future]
        if future.status == "finished":
            yield number, future.result()
        else:
            yield number, _lost(todo[number], f"the cluster gave up: {future.exception()}")
        future.release()


def _lost(part: _Part, why: str) -> list[_Outcome]:
    return [_Outcome(None, f"Lost: {why}", lost=True)] * part.count


# What is kept, and what is shown ------------------------------------------------------------------


class _Kept:
    """Finished chunks in a folder, each under the fingerprint of what was computed."""

    def __init__(self, folder: str | Path | None, work: _Work) -> None:
        self.folder = None if folder is None else Path(folder)
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.work = work
        try:
            source = inspect.getsource(work.function)
        except (OSError, TypeError):
            source = ""
        name = f"{work.function.__module__}.{work.function.__qualname__}"
        self.function = f"{name}\n{source}".encode()

    def _file(self, numbers: range) -> Path:
        part = self.work.part(numbers)
        what = hashlib.sha256(self.function)
        what.update(pickle.dumps((part.draws, part.start, part.count, part.seed), protocol=5))
        assert self.folder is not None
        return self.folder / f"{what.hexdigest()[:32]}.pickle"

    def load(self, numbers: range) -> list[_Outcome] | None:
        if self.folder is None or not (file := self._file(numbers)).exists():
            return None
        return pickle.loads(file.read_bytes())

    def save(self, numbers: range, outcome: list[_Outcome]) -> None:
        if self.folder is None:
            return
        file = self._file(numbers)
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_bytes(pickle.dumps(outcome, protocol=5))
        os.replace(draft, file)  # whole or not at all


class _Bar:
    def __init__(self, count: int, shown: bool) -> None:
        self.count, self.shown, self.done, self.failed = count, shown, 0, 0

    def add(self, outcome: list[_Outcome]) -> None:
        self.done += len(outcome)
        self.failed += sum(bool(o.error) for o in outcome)
        if self.shown:
            filled = 30 * self.done // self.count
            failed = f", {self.failed} failed" if self.failed else ""
            line = f"\r[{'#' * filled}{'.' * (30 - filled)}] {self.done}/{self.count}{failed}"
            print(line, end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self.shown:
            print(file=sys.stderr)
