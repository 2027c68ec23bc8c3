"""What a saddle-path problem is: the equations, their regimes, and how the path ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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
        return arcs.removesuffix(f" →{INFINITY}→ ") if self.tail else arcs + self.closing

    @property
    def closing(self) -> str:
        return f"{self.last_regime} (closing rule)"

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


class Problem(Protocol):
    """A path x(t) in R^d on [0, ∞), its first components given at t = 0, the others by its end.

        ẋ = f_r(t, x)       in regime r = 1 where b(t, x) > 0 and r = 2 where b(t, x) ≤ 0
        x_i(0) = initial_i  for the first n₀ components (the states)
        g(t, x) = 0         d − n₀ conditions: at infinity, or at the date from which a closed
                            form continues the path (the closing rule)

    f may have kinks at known dates and at the regime border and is smooth elsewhere; there it is
    continuous. Arrays carry the components first, then the draws (one for a single problem), the
    elements and the nodes: t has shape (B, E, N), x (d, B, E, N), Jacobians (d, d, B, E, N) and
    one axis of length B, E or N may be 1. Variables should be of order one: take logarithms, and
    detrend what grows for ever when the path is closed at infinity.

    A model may inherit from this class. It then has to say what it is only where it differs from
    one smooth regime that is closed at infinity.
    """

    size: int  # d
    initial: FloatArray  # (n₀, B)
    kinks: FloatArray = np.empty((0, 1))  # (kinks, B): dates at which f or b has a kink in t
    has_border: bool = False  # False: regime 1 throughout, ``border`` is never called
    ends_at_infinity: bool = True  # g holds there in ``last_regime``; otherwise the rule closes
    last_regime: int = 1  # the regime that lasts for ever
    rule_from: int | None = None  # the kink from which the closing rule holds for certain
    tail_rate: FloatArray  # (B,): r in the compactified time ξ = 1 − exp(−r t) of the last arc
    nodes: int  # per element of the first grid; what a smooth path of the model needs at tol 1e-8

    @property
    def time_scale(self) -> float:
        """Over which the solution changes; only used to place the elements."""
        ...

    def take(self, draws: NDArray[np.intp]) -> Problem:
        """The problem of some of the draws (used for many draws at once only)."""
        raise TypeError("This problem is not written for many draws.")

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, FloatArray | None]:
        """f, ∂f/∂x and ∂f/∂t (None if zero)."""
        ...

    def border(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """b (B, E, N), ∂b/∂x (d, B, E, N) and ∂b/∂t (B, E, N)."""
        raise TypeError("This problem has no border.")

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """g, ∂g/∂x and ∂g/∂t, of shapes (d−n₀, B, E, N), (d−n₀, d, B, E, N), (d−n₀, B, E, N)."""
        ...

    def continuation(self, t: FloatArray, date: FloatArray, x: FloatArray) -> FloatArray:
        """x(t) (d, B, 1, n) at t (B, 1, n) ≥ date, given x(date) = x (d, B, 1, 1)."""
        raise TypeError("This problem has no closing rule.")

    def guesses(self) -> Iterator[Guess]:
        """Where to start: the next guess is tried if the solver fails from the one before."""
        ...
