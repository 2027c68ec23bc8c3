"""Many parameter draws: batched NumPy, the processors of this machine, or a cluster.

:func:`sweep` evaluates a function at many draws of its parameters::

    result = sweep(function, {"xi": xi, "ratio": ratio})            # this machine
    result = sweep(function, draws, Client("tcp://scheduler:8786"))  # the same on a Dask cluster

The result does not depend on where or by how many it was computed: draws are numbered, each has a
seed of its own and is a copy that the function may change, and the chunks are cut by their number
alone. A draw that fails is recorded with its parameters and its error, and the rest is kept; so is
a draw that takes its process along, and no other. This module knows no model.
"""

from __future__ import annotations

import copy
import functools
import math
import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

from aiecon.draws import columns_of, items_of, latin_hypercube
from aiecon.kept import Kept
from aiecon.processes import Cluster, Processes, how_it_ended, processors
from aiecon.progress import Bar
from aiecon.validation import filled, finite, whole

__all__ = ["Failure", "Sweep", "latin_hypercube", "sweep", "vectorised"]

F = TypeVar("F", bound=Callable[..., Any])

#: Draws in a chunk: enough that sending one costs little, few enough to lose little.
_CHUNKS, _BATCH = 64, 4096


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
        """Results that are numbers or arrays of one shape, stacked; NaN where the draw failed.

        Integers and truth values stay what they are unless a draw failed, complex numbers always.
        ValueError where results differ in shape or are no numbers: take ``values``.
        """
        return _stacked(self.values, self.ok)

    def column(self, name: str) -> np.ndarray:
        """One entry of results that are mappings, or one attribute of results that are objects."""
        picked = [
            None if not good else (v[name] if isinstance(v, Mapping) else getattr(v, name))
            for v, good in zip(self.values, self.ok, strict=True)
        ]
        return _stacked(picked, self.ok)


def _stacked(values: Sequence[Any], ok: np.ndarray) -> np.ndarray:
    good = np.flatnonzero(ok)
    if not good.size:
        return np.full(len(values), np.nan)
    arrays = [np.asarray(filled(values[i])) for i in good.tolist()]
    for i, array in zip(good.tolist(), arrays, strict=True):
        if array.shape != arrays[0].shape:
            raise ValueError(
                f"results of different shapes cannot be stacked: draw {good[0]} gave "
                f"{arrays[0].shape}, draw {i} gave {array.shape}; take them from `values`."
            )
    stacked = np.stack(arrays)
    if stacked.dtype == object:  # fractions, integers beyond 64 bits
        stacked = finite("results", stacked)
    if stacked.dtype.kind not in "biufc":
        raise ValueError(
            f"results of type {stacked.dtype} are no numbers; take them from `values`."
        )
    if good.size == len(values):
        return stacked
    kind = np.result_type(stacked.dtype, np.float16 if stacked.dtype.kind in "fc" else np.float64)
    out = np.full((len(values), *stacked.shape[1:]), np.nan, dtype=kind)
    out[good] = stacked
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
        A function of a notebook or script, a closure, a partial or a callable object will do.
    draws : names to arrays of one length (a mapping, a data frame, a structured array), or a
        sequence of anything. The function gets copies.
    client : a ``dask.distributed.Client``; then the chunks run on its cluster, and are run again
        when a worker is lost. ``pip install "aiecon[cluster]"`` installs Dask.
    seed : gives the function an argument ``rng``, a NumPy generator of its own for each draw.
    workers : processes on this machine (all processors unless given; 1 uses this process, and so
        do a vectorised function and a single chunk unless ``workers`` is given).
    chunk : draws that are sent together, 1/64 of all unless given (4096 for a batch).
    folder : keeps the finished draws, so that an interrupted sweep goes on where it ended. They
        are used only for the same function (its code, defaults and closure, the globals and
        modules that it names, this library), draws, seed and chunks; failures are not kept.
    progress : a bar on standard error; unless given, if that is a terminal.

    Raises
    ------
    ValueError : draws of unequal length, no draws, text as draws, a chunk or number of workers
        that is no whole number ≥ 1, a seed that is no whole number ≥ 0 or comes with a vectorised
        function (draw its random numbers beforehand), a function that cannot be pickled; with
        ``folder`` also a function or draw that has no fingerprint.
    RuntimeError : the other processes, or the cluster, cannot compute the function at all.

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
    size = _BATCH if work.batched else math.ceil(work.count / _CHUNKS)
    size = size if chunk is None else whole("chunk", chunk)
    processes = processors() if workers is None else whole("workers", workers)
    chunks = [range(i, min(i + size, work.count)) for i in range(0, work.count, size)]
    here = processes == 1 or (workers is None and (work.batched or len(chunks) == 1))

    kept = Kept(folder, function, work.some)
    found = {i: _Result(done) for part in chunks for i, done in kept.load(part).items()}
    bar = Bar(work.count, len(found), progress)
    rest = [tuple(i for i in numbers if i not in found) for numbers in chunks]
    parts = [_Part(part, home) for home, part in enumerate(rest) if part]
    with closing(_computed(work, parts, client, 1 if here else processes)) as computed:
        for part, results in computed:
            found |= zip(part.numbers, results, strict=True)
            if all(i in found for i in chunks[part.home]):
                kept.save(chunks[part.home], {i: found[i].pickled for i in chunks[part.home]})
            bar.add([result.error for result in results])
    bar.close()
    outcomes = [found.pop(i).read() for i in range(work.count)]
    failures = [Failure(i, work.draw(i), error) for i, (_, error) in enumerate(outcomes) if error]
    return Sweep(tuple(value for value, _ in outcomes), tuple(failures))


# Some draws ---------------------------------------------------------------------------------------


class _Result(NamedTuple):
    """What came of a draw: pickled at once, so that no later draw can change it; or the error."""

    pickled: bytes | None
    error: str = ""

    def read(self) -> tuple[Any, str]:
        try:
            return (None if self.pickled is None else pickle.loads(self.pickled)), self.error
        except Exception as error:
            return None, f"its result cannot be read: {_in_words(error)}"


def _in_words(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # one that cannot say what it is
        return type(error).__name__


class _Part(NamedTuple):
    """Draws that are computed together, and the chunk they are of."""

    numbers: tuple[int, ...]
    home: int
    suspect: bool = False  # whether a process ended in which these draws were

    def pieces(self, suspect: bool) -> list[_Part]:
        size = math.ceil(len(self.numbers) / _CHUNKS)
        cuts = range(0, len(self.numbers), size)
        return [_Part(self.numbers[i : i + size], self.home, suspect) for i in cuts]


def _evaluate(
    function: Callable[..., Any], draws: Any, numbers: Sequence[int], seed: int | None, batch: bool
) -> list[_Result]:
    """The results for some draws; the function gets copies, here as in another process."""

    def call(cut: Any) -> Any:
        mapping, extra = isinstance(draws, Mapping), dict[str, Any]()
        some = copy.deepcopy({n: v[cut] for n, v in draws.items()} if mapping else draws[cut])
        if seed is not None:
            own = np.random.SeedSequence(seed, spawn_key=(numbers[cut],))
            extra["rng"] = np.random.default_rng(own)
        return function(**some, **extra) if mapping else function(some, **extra)

    def results(start: int, stop: int) -> list[_Result]:
        try:
            rows = _rows(call(slice(start, stop)), stop - start) if batch else [call(start)]
            return [_pickled(row) for row in rows]
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # sys.exit() included
            if stop - start == 1:
                return [_Result(None, _in_words(error))]
        middle = (start + stop) // 2
        return results(start, middle) + results(middle, stop)

    if batch:
        return results(0, len(numbers))
    return [result for i in range(len(numbers)) for result in results(i, i + 1)]


def _pickled(value: Any) -> _Result:
    """Pickled by name where that is enough, else with its class or code."""
    try:
        return _Result(pickle.dumps(value, protocol=5))
    except Exception:
        try:
            import cloudpickle

            return _Result(cloudpickle.dumps(value, protocol=5))
        except Exception as error:
            raise TypeError(f"its result cannot be pickled: {error}") from None


def _rows(result: Any, count: int) -> Iterable[Any]:
    """A vectorised function's result, split by draws."""
    if isinstance(result, Mapping):
        columns = {name: list(_rows(column, count)) for name, column in result.items()}
        return [{name: column[i] for name, column in columns.items()} for i in range(count)]
    if isinstance(result, tuple):
        raise ValueError("a vectorised function returned a tuple: name its arrays in a dictionary.")
    rows = np.asanyarray(result)
    if rows.ndim == 0 or len(rows) != count:
        raise ValueError(
            f"a vectorised function returned shape {rows.shape} for {count} draws: "
            "its first axis must be the draws."
        )
    return list(rows)


class _Work:
    """The function and the draws, checked, and cut into parts."""

    def __init__(self, function: Callable[..., Any], draws: Any, seed: int | None) -> None:
        if not callable(function):
            raise ValueError(f"function = {function!r} is not allowed: it cannot be called.")
        self.function = function
        self.seed = None if seed is None else whole("seed", seed, 0)
        while isinstance(function, functools.partial) and not hasattr(function, "vectorised"):
            function = function.func
        self.batched = bool(getattr(function, "vectorised", False))
        if self.batched and seed is not None:
            raise ValueError(
                f"seed = {seed} is not allowed with a vectorised function: draw its random "
                "numbers beforehand and pass them as draws."
            )
        columns = columns_of(draws)
        self.draws: Any = items_of(draws, self.batched) if columns is None else columns
        self.count = len(self.draws if columns is None else next(iter(columns.values())))
        if self.count == 0:
            raise ValueError("draws: there are none; at least one is required.")

    def draw(self, i: int) -> Any:
        if isinstance(self.draws, Mapping):
            return {name: values[i] for name, values in self.draws.items()}
        return self.draws[i]

    def some(self, numbers: Sequence[int]) -> tuple[Any, ...]:
        """All arguments of ``_evaluate`` but the function."""
        if isinstance(self.draws, Mapping):
            draws: Any = {name: values[list(numbers)] for name, values in self.draws.items()}
        elif isinstance(self.draws, np.ndarray):
            draws = self.draws[list(numbers)]
        else:
            draws = [self.draws[i] for i in numbers]
        return draws, tuple(numbers), self.seed, self.batched


# Where the draws are computed ---------------------------------------------------------------------


def _computed(
    work: _Work, parts: Sequence[_Part], client: Any, processes: int
) -> Generator[tuple[_Part, list[_Result]]]:
    """The parts as they are done, in this process or in others."""
    if parts and (client is not None or processes > 1):
        yield from _elsewhere(work, parts, client, processes)
        return
    for part in parts:
        yield part, _evaluate(work.function, *work.some(part.numbers))


def _elsewhere(
    work: _Work, parts: Sequence[_Part], client: Any, processes: int
) -> Generator[tuple[_Part, list[_Result]]]:
    """A part whose process ends is computed again in pieces, a draw alone, and then given up."""
    name = getattr(work.function, "__qualname__", repr(work.function))
    try:
        import cloudpickle

        function = cloudpickle.dumps(work.function, protocol=5)
    except ImportError as error:
        raise ImportError("Other processes need loky: pip install loky; or workers=1.") from error
    except Exception as error:
        raise ValueError(
            f"function = {name} cannot be sent to another process: {error}; make what it uses "
            "within it, or take workers=1."
        ) from error
    waiting, running = deque(parts), dict[Any, _Part]()
    place: Any
    place = Processes(processes) if client is None else Cluster(client)
    with closing(place):
        first = place.submit(_check, function)
        place.finished([first])
        if (end := place.error(first)) is not None:
            raise RuntimeError(
                f"function = {name} cannot be computed in another process: "
                f"{_in_words(end)}; workers=1 computes it in this one."
            ) from end
        while waiting or running:
            while waiting and len(running) < place.room:
                part = waiting.popleft()
                try:
                    some = cloudpickle.dumps(work.some(part.numbers), protocol=5)
                except Exception as error:
                    if len(part.numbers) > 1:
                        waiting.extendleft(part.pieces(part.suspect))
                    else:
                        yield part, [_Result(None, _in_words(error))]
                    continue
                running[place.submit(_run, function, some)] = part
            for future in place.finished(list(running)) if running else ():
                part, end = running.pop(future), place.error(future)
                if end is None:
                    yield part, future.result()
                elif not isinstance(end, BrokenExecutor | KeyboardInterrupt):
                    raise RuntimeError(
                        f"function = {name}: the draws {part.numbers} could not be computed: "
                        f"{type(end).__name__}: {end}"
                    ) from end
                elif len(part.numbers) > 1 or not part.suspect:
                    waiting.extend(part.pieces(True))
                else:
                    how = f"Lost: its process ended, twice ({how_it_ended(end)})"
                    yield part, [_Result(None, how)]


def _check(function: bytes) -> None:
    pickle.loads(function)


def _run(function: bytes, some: bytes) -> list[_Result]:
    return _evaluate(pickle.loads(function), *pickle.loads(some))
