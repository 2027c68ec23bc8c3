"""Checks of a saddle-path problem that somebody wrote: its parts, and its derivatives.

For :class:`aiecon.numerics.Problem`, whose attributes and methods are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakSet

import numpy as np

from aiecon.validation import FloatArray, require

__all__ = ["check_jacobian", "check_problem"]

STEP = 6e-6  # of central differences
TIMES = (np.arange(12) + 0.5) * 0.618034 % 1.0
Method = Callable[[FloatArray, FloatArray], Any]
_known: WeakSet[type] = WeakSet()  # models whose arrays have been looked at


def check_problem(problem: Any) -> None:
    """ValueError unless a problem is written as it should be (except for its equations)."""

    def check(name: str, fits: Any, allowed: str) -> None:
        if not fits:
            require(name, " ".join(repr(getattr(problem, name)).split()), False, allowed)

    has_rate = problem.ends_at_infinity or problem.rule_from is None
    arrays = {"initial": (2, "[[k0]]"), "kinks": (2, "[[date], [later]]"), "tail_rate": (1, "[r]")}
    for name, (axes, example) in arrays.items():
        if name != "tail_rate" or has_rate:
            value = getattr(problem, name)
            fits = isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim == axes
            allowed = f"an array of finite floats with {axes} axes, as np.array({example}),"
            check(name, fits, allowed)
            finite = np.isfinite(value)
            if not finite.all():
                require(name, value, finite, allowed)
    (given, draws), d, dates = problem.initial.shape, problem.size, problem.kinks
    for name, least in (("size", max(given, 1)), ("nodes", 4), ("samples", 0)):
        value = getattr(problem, name)
        fits = isinstance(value, int | np.integer) and value >= least
        check(name, fits, f"a whole number ≥ {least}")
    if len(dates):
        increasing = (dates[:1] > 0).all() and (dates[1:] > dates[:-1]).all()
        fits = dates.shape[1] == draws and increasing
        check("kinks", fits, f"0 < first date < second date < …, each of {draws} draw(s)")
    check("last_regime", problem.last_regime in (1, 2), "1 or 2")
    if has_rate:
        rates = problem.tail_rate
        check("tail_rate", len(rates) == draws and (rates > 0).all(), f"{draws} rate(s) > 0")
    scale = problem.time_scale
    fits = isinstance(scale, float) and 0 < scale < np.inf
    if not fits:
        fits = np.size(scale) in (1, draws) and np.min(scale) > 0 and np.max(scale) < np.inf
    check("time_scale", fits, "a number > 0, or one of each draw")
    if type(problem) not in _known:  # look once at what the methods of a model return
        t = np.zeros((draws, 1, 1))
        x = np.array(next(iter(problem.guesses())).path(t), dtype=np.float64)
        _compare("guesses", (x,), ((d,),), draws)
        x[:given, :, 0, 0] = problem.initial
        with np.errstate(all="ignore"):
            for name, call in _methods(problem).items():
                parts = {"f": ((d,), (d, d), (d,)), "b": ((), (d,), ())}
                shapes = parts.get(name[0], ((d - given,), (d - given, d), (d - given,)))
                _compare(name, call(t, x), shapes, draws)
        _known.add(type(problem))


def _methods(problem: Any) -> dict[str, Method]:
    """What a problem computes at times and points: values, slopes in x, slopes in t."""
    regimes = (1, 2) if problem.has_border else (problem.last_regime,)
    calls: dict[str, Method] = {
        f"f in regime {r}": lambda t, x, r=r: problem.field(t, x, r)  # type: ignore[misc]
        for r in regimes
    }
    if problem.has_border:
        calls["b"] = problem.border
    at_end = problem.ends_at_infinity
    calls["g"] = lambda t, x: problem.terminal(np.full_like(t, np.inf) if at_end else t, x)
    return calls


def _compare(name: str, found: Any, shapes: Sequence[tuple[int, ...]], draws: int) -> None:
    for part, (value, shape) in enumerate(zip(found, shapes, strict=True)):
        if value is None and part == 2:
            continue
        fits = isinstance(value, np.ndarray) and value.ndim == len(shape) + 3
        fits = fits and value.shape[:-3] == shape and value.shape[-3] in (1, draws)
        said = f"{type(value).__name__} {np.shape(value)}"
        allowed = f"an array {(*shape, draws, 1, 1)} (components, then draws, elements, nodes)"
        require(f"part {part + 1} of {name}", said, bool(fits), allowed)


def check_jacobian(
    problem: Any,
    t: FloatArray | None = None,
    x: FloatArray | None = None,
    tol: float = 1e-5,
) -> float:
    """Compares the derivatives that a problem returns with differences; the largest deviation.

    Looked at are ``field`` in each regime, ``border`` and ``terminal`` at times t (T,) and points
    x (d, T); unless given, at times along the first guess. A deviation |given − difference| is
    relative to 1 + |given|. ValueError names the worst entry if it is above ``tol``.

    >>> from aiecon import korinek_suh as ks
    >>> check_jacobian(ks.solve_transition(ks.Bounded(horizon=20)).solution.problem) < 1e-6
    True
    """
    d, draws = problem.size, problem.initial.shape[1]
    if t is None:
        end = float(problem.kinks.max(initial=0.0)) + problem.time_scale
        t = end * TIMES
    times = np.broadcast_to(t, (draws, 1, np.size(t))).astype(np.float64)
    at = next(iter(problem.guesses())).path(times) if x is None else np.asarray(x)[:, None, None]
    points = np.broadcast_to(at, (d, *times.shape))
    unit = [*np.eye(d)[..., None, None, None], np.zeros((d, 1, 1, 1))]
    worst, words = 0.0, ""
    for name, call in _methods(problem).items():
        _, by_x, by_t = call(times, points)
        for j, move in enumerate(unit):
            h = STEP * (1.0 + np.abs(points[j] if j < d else times))
            up, down = (call(times + (j == d) * e, points + move * e)[0] for e in (h, -h))
            said = by_t if j == d else by_x[j] if name == "b" else by_x[:, j]
            with np.errstate(all="ignore"):
                difference = (up - down) / (2 * h)
            said = np.broadcast_to(0.0 if said is None else said, difference.shape)
            off = np.nan_to_num(np.abs(said - difference) / (1.0 + np.abs(said)))
            if off.max(initial=0.0) > worst:
                place = np.unravel_index(int(np.argmax(off)), off.shape)
                worst, row = float(off[place]), f"_{place[0] + 1}" if name != "b" else ""
                by = "t" if j == d else f"x_{j + 1}"
                words = f"∂{name[0]}{row}/∂{by}{name[1:]} is {said[place]:.6g}, by differences "
                words += f"{difference[place]:.6g}, at t = {times[place[-3:]]:.4g}"
    hint = "Entry [i, j] of ∂f/∂x is ∂f_i/∂x_j."
    require(words or "derivatives", worst, worst <= tol, f"a deviation ≤ {tol:g}", hint)
    return worst
