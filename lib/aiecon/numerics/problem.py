"""What a saddle-path problem is: the equations, their regimes, and how the path ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aiecon.numerics.rest import Rest, rest_of

__all__ = ["BORDER", "INFINITY", "Guess", "Problem", "SolverError", "Structure"]

FloatArray = NDArray[np.float64]

BORDER = "border"  # an arc ends where the path crosses the regime border, at a date to be found
INFINITY = "infinity"  # an arc never ends
POINTWISE = 0  # an arc in which each node takes the regime it is in (used to find the structure)


class SolverError(RuntimeError):
    """A path was not found; the message says what happened and what to try."""


@dataclass(frozen=True)
class Structure:
    """The order of regimes and dates: arc i is in ``regimes[i]`` and ends at ``ends[i]``.

    An end is the regime border, infinity, or the index of a kink date of the problem. After a last
    arc that ends at a date, the problem's closing rule holds for ever, in ``last_regime``.

    >>> print(Structure((1, 2, 2), (BORDER, 0, BORDER), last_regime=1))
    1 →border→ 2 →kink 1→ 2 →border→ 1 (closing rule)
    """

    regimes: tuple[int, ...]
    ends: tuple[str | int, ...]
    last_regime: int

    def __str__(self) -> str:
        arcs = ""
        for regime, end in zip(self.regimes, self.ends, strict=True):
            name = "mixed" if regime == POINTWISE else str(regime)
            label = f"kink {end + 1}" if isinstance(end, int) else end
            arcs += f"{name} →{label}→ "
        end = f" →{INFINITY}→ "
        return arcs.removesuffix(end) if self.tail else f"{arcs}{self.last_regime} (closing rule)"

    @property
    def tail(self) -> bool:
        """Whether the last arc runs to infinity."""
        return bool(self.ends) and self.ends[-1] == INFINITY

    @property
    def free(self) -> tuple[int, ...]:
        """The arcs whose end is an unknown date."""
        return tuple(i for i, end in enumerate(self.ends) if end == BORDER)

    @property
    def size(self) -> int:
        return len(self.regimes)


@dataclass(frozen=True)
class Guess:
    """Where to start: a path, and an order of regimes if one is known.

    ``path`` maps times (B, E, N), infinity included where the problem is closed there, to
    (d, B, E, N). Without a ``structure`` it is read off the path; for many draws ``of_draws`` then
    gives the path of some of them.
    """

    path: Callable[[FloatArray], FloatArray]
    structure: Structure | None = None
    dates: FloatArray | None = None  # (B, D): 0, then the end of each arc that ends
    of_draws: Callable[[NDArray[np.intp]], Callable[[FloatArray], FloatArray]] | None = None


class FromRest:
    """An attribute that follows from the point of rest unless a problem says it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, problem: Problem | None, owner: type[Problem]) -> Any:
        return self if problem is None else getattr(problem.at_rest, self.name)


class Problem:
    """A path x(t) in R^d on [0, ∞), its first components given at t = 0, the others by its end.

        ẋ = f_r(t, x)       in regime r = 1 where b(t, x) > 0 and r = 2 where b(t, x) ≤ 0
        x_i(0) = initial_i  for the first n₀ components (the states)
        g(t, x) = 0         d − n₀ conditions: at infinity, or at the date from which a closed
                            form continues the path (the closing rule)

    A model inherits from this class and says where it differs from one smooth regime that is closed
    at infinity. f may jump or have kinks at known dates (``kinks``), may have kinks at the regime
    border (or jump there, if paths cross it), and is smooth elsewhere; b does not jump. Variables
    should be of order one: take logarithms, and detrend what grows for ever.

    **Shapes.** Components come first, then draws (B, one for a single problem), elements (E) and
    nodes (N): t is (B, E, N), x and f are (d, B, E, N), and ``f_x[i, j]`` is ∂f_i/∂x_j, of the
    shape (d, d, B, E, N). In what a model returns an axis of length B, E or N may be 1.

    **At the least** a model that settles at a point of rest says ``size``, ``initial``, ``field``
    and ``steady_state``. ``tail_rate``, ``time_scale``, the condition at infinity and the first
    guess then come from the roots of ∂f/∂x at that point, which must be as many stable ones as
    there are given components. A model that says them itself needs no ``steady_state``.

    >>> class Ramsey(Problem):  # k = log K is given, q = log(C/K) jumps
    ...     size, initial = 2, np.array([[0.0]])
    ...     steady_state = np.array([[1.0], [-1.0]])  # roughly; it is found exactly
    ...     def field(self, t, x, regime):
    ...         y, c = np.exp(-0.7 * x[0]), np.exp(x[1])
    ...         growth, y_k = y - 0.1 - c, -0.7 * y
    ...         f = np.array([growth, (0.3 * y - 0.14) / 2 - growth])
    ...         return f, np.array([[y_k, -c], [(0.15 - 1) * y_k, c]]), None
    >>> from aiecon.numerics import check_jacobian, solve
    >>> check_jacobian(Ramsey()) < 1e-6
    True
    >>> abs(solve(Ramsey())([0.0, np.inf]).round(4))
    array([[0.    , 1.0888],
           [0.3601, 1.0033]])
    """

    size: int  # d
    initial: FloatArray  # (n₀, B): x₁ … at t = 0
    steady_state: FloatArray | None = None  # (d, B), roughly: the point at which paths settle
    kinks: FloatArray = np.empty((0, 1))  # (kinks, B), increasing: dates at which f or b has a kink
    has_border: bool = False  # False: regime 1 throughout, ``border`` is never called
    ends_at_infinity: bool = True  # g holds there in ``last_regime``; otherwise the rule closes
    last_regime: int = 1  # the regime that lasts for ever
    rule_from: int | None = None  # the kink from which the closing rule holds for certain
    nodes: int = 16  # per element of the first grid; what a smooth path needs at tol 1e-8
    samples: int = 4000  # times beside the grid at which a path is tried; 0: f is known as smooth
    first_scale: float | FloatArray | None = None  # as ``time_scale``, at t = 0, if another one
    # (B,): r of the compactified time exp(−r t) of the last arc
    tail_rate: FloatArray = FromRest("rates")  # type: ignore[assignment]
    # over which the fastest component changes, a number or (B,); only used to place the elements
    time_scale: float | FloatArray = FromRest("time_scale")  # type: ignore[assignment]

    def take(self, draws: NDArray[np.intp]) -> Problem:
        """The problem of some of the draws (used for many draws at once only)."""
        raise TypeError("This problem is not written for many draws.")

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        """f, ∂f/∂x and ∂f/∂t (None if zero), also a little outside of the regime."""
        raise NotImplementedError(f"{type(self).__name__} has no field(t, x, regime).")

    def border(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """b (B, E, N), ∂b/∂x (d, B, E, N) and ∂b/∂t (B, E, N)."""
        raise TypeError("This problem has no border.")

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """g, ∂g/∂x and ∂g/∂t, of shapes (d−n₀, B, E, N), (d−n₀, d, B, E, N), (d−n₀, B, E, N).

        Unless said otherwise the path is on the stable directions at ``steady_state`` in the end.
        """
        return self.at_rest.terminal(x)

    def continuation(self, t: FloatArray, date: FloatArray, x: FloatArray) -> FloatArray:
        """x(t) (d, B, 1, n) at t (B, 1, n) ≥ date, given x(date) = x (d, B, 1, 1)."""
        raise TypeError("This problem has no closing rule.")

    def guesses(self) -> Iterator[Guess]:
        """Where to start: the next guess is tried if the solver fails from the one before.

        A guess is finite for all t, at ∞ too. Unless said otherwise it is the path of the linear
        system at ``steady_state``.
        """
        at, initial = self.at_rest, self.initial
        yield Guess(at.path(initial), of_draws=lambda draws: at.take(draws).path(initial[:, draws]))

    @property
    def at_rest(self) -> Rest:
        """The linear system at ``steady_state``; ValueError if there is none or it is no saddle."""
        said, found = self.__dict__.get("_at_rest", (None, None))
        if found is None or not np.array_equal(said, np.asarray(self.steady_state)):
            found = rest_of(self)
            self.__dict__["_at_rest"] = self.steady_state, found
        return found
