"""A second way to the transition: expectations that are revised until they come true.

Everybody expects some path of the surplus. Firms post vacancies by it, employment and AI follow
(integrated forward in time); the surplus that such a world warrants is integrated backward from the
steady state; that is what everybody expects next. It shares nothing with collocation but the
equations, which are those of ``equations``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.numerics.initial_value import follow
from aiecon.validation import finite, require, whole
from aiecon.wang_wong.equations import dynamics
from aiecon.wang_wong.initial_value import checked
from aiecon.wang_wong.parameters import Parameters
from aiecon.wang_wong.steady_states import long_run

__all__ = ["Expectations", "revise_expectations"]


@dataclass(frozen=True, eq=False)
class Expectations:
    """The last round: ln A, H that follow from what is expected, ln s that they warrant."""

    forward: Any
    backward: Any
    horizon: float
    revisions: tuple[float, ...]  # the largest change of ln s in each round

    def states(self, t: ArrayLike) -> Any:
        """ln A, H and ln s at t ≤ horizon, (3, …)."""
        t = finite("t", t)
        require("t", t, (t >= 0) & (t <= self.horizon), f"0 ≤ t ≤ {self.horizon:g}")
        flat = t.ravel()
        x = np.concatenate([self.forward(flat), self.backward(flat)])
        return x.reshape(3, *t.shape)


def revise_expectations(
    params: Parameters | None = None,
    *,
    rounds: int = 20,
    horizon: float = 320.0,
    accuracy: float = 1e-12,
) -> Expectations:
    """Expect, live, revise: ``rounds`` times, from the expectation of the steady-state surplus.

    ``accuracy`` is the tolerance of the integrations (by LSODA). The path ends at ``horizon``
    years, where it has come to rest up to exp(−.075·horizon).

    >>> three = revise_expectations(rounds=3, accuracy=1e-8)
    >>> bool(three.revisions[-1] < 0.5 * three.revisions[0])
    True
    """
    p = params or Parameters()
    rounds = whole("rounds", rounds)
    horizon = checked("horizon", horizon, high=1e6)
    accuracy = checked("accuracy", accuracy, high=1e-3)
    require("accuracy", accuracy, accuracy >= 1e-13, "1e-13 ≤ accuracy ≤ 1e-3")
    require("horizon", horizon, horizon >= 100, "horizon ≥ 100, where the path is at rest")
    rest = long_run(p)
    require("params", str(p), rest.exists, "a steady state with some AI")
    end = float(np.log(rest.surplus))
    probe = np.concatenate([np.linspace(0, 5, 51), np.linspace(5.5, 100, 190)])
    steady: dict[str, Any] = {"tol": accuracy, "methods": ("LSODA",)}
    revisions: list[float] = []
    expected, before = (lambda t: [end]), np.full(probe.shape, end)
    for _ in range(rounds):

        def lives(t: float, x: Any, z: Any = expected) -> Any:
            return dynamics(np.array([x[0], x[1], z(t)[0]]), p)[:2]

        start = [float(np.log(p.A_0)), p.H_0]
        forward = follow(lives, 0.0, horizon, start, **steady).sol

        def warrants(t: float, z: Any, x: Any = forward) -> Any:
            return dynamics(np.array([*x(t), z[0]]), p)[2:]

        expected = follow(warrants, horizon, 0.0, [end], **steady).sol
        now = expected(probe)[0]
        revisions.append(float(np.abs(now - before).max()))
        before = now
    return Expectations(forward, expected, horizon, tuple(revisions))
