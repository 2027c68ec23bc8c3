"""Paths with a constant saving rate, as in Proposition 7: K̇ = s Y − δ K."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import exprel

from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath, automation_path
from aiecon.korinek_suh.dynamics.first_guess import Interpolated, geometric_times, implicit_path
from aiecon.korinek_suh.dynamics.technology import (
    EDGE,
    Accumulation,
    Destination,
    Technology,
    endings,
    tail_rate,
)
from aiecon.korinek_suh.dynamics.transition import OnePath, initial_capital
from aiecon.korinek_suh.parameters import Parameters, given
from aiecon.numerics import Guess, SolverError, solve
from aiecon.validation import FloatArray, number, require

__all__ = ["SavingPath", "constant_saving"]


class ConstantSaving(Accumulation):
    """The :class:`~aiecon.numerics.Problem` of log(K/L) − γt alone, given at t = 0."""

    size = 1
    nodes = 18

    def __init__(self, *problem: Any, s: float) -> None:
        super().__init__(*problem)
        self.s, self.delta = s, self.params.delta
        self.g = s * self.params.A - self.delta

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        p = self.technology.products(x[0] + self.trend * t, t, regime)
        f = self.s * p.average - (self.delta + self.trend)
        f_t = self.s * (p.average_t + self.trend * p.average_k)
        return f[None], (self.s * p.average_k)[None, None], (f_t + 0.0 * f)[None]

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """No condition: the path is given by its start."""
        none = np.empty((0, *x.shape[1:]))
        return none, none[:, None], none

    def continuation(self, t: FloatArray, date: FloatArray, x: FloatArray) -> FloatArray:
        """K = K₁ exp(gτ) + s A L (exp(gτ) − 1)/g, τ years after the last date."""
        since, k = t - date, x[0] + self.trend * date
        added = (
            self.s * self.params.A * since * exprel(-abs(self.g) * since)
        )  # over exp(gτ) if g > 0
        with np.errstate(divide="ignore"):  # nothing is added at τ = 0
            log_added = np.log(added) + max(self.g, 0.0) * since
        return (np.logaddexp(k + self.g * since, log_added) - self.trend * t)[None]

    def guesses(self) -> Iterator[Guess]:
        def growth(k: FloatArray, t: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
            p, _ = self.technology.products_where_it_is(k[:, None, None], t[:, None, None])
            rate = self.s * p.average.ravel() - self.delta
            return rate, self.s * p.average_k.ravel(), rate

        def highest(k: FloatArray, step: FloatArray) -> FloatArray:
            """With all output A (K + L)."""
            sA = self.s * self.params.A
            return k + sA * step + np.log1p(np.exp(-k) * -np.expm1(-sA * step))

        times = geometric_times(self, self.horizon)
        loss = np.array([self.delta])
        k, _, _ = implicit_path(growth, self.initial[0], times, loss, highest)
        yield Interpolated(times, (k - self.trend * times)[None]).guess()


def where_savers_go(path: AutomationPath, s: float, params: Parameters, region: int) -> Destination:
    """Where paths go that end in a region if the share s of output is saved.

    With g = s A − δ, growth if all output were A K: region 2 for ever if λg > g, otherwise region 1
    with balanced growth at γ = λg/(1−σ) if that is less than g, and else growth at γ = g.
    """
    p, g, rate = params, s * params.A - params.delta, float(path.long_run_rate)
    if region == 2:
        if np.isinf(rate):
            return Destination(2, False)
        tail = 0.25 * min(x for x in (abs(g), rate - g, rate) if x > 0)
        return Destination(2, False, max(g, 0.0), tail_rate=tail)
    edge = (1.0 - p.sigma) * g
    balanced = rate < edge or rate == 0
    trend = 0.0
    if rate > 0:
        trend = g if p.sigma >= 1 else min(rate / (1.0 - p.sigma), g)
    average = (trend + p.delta) / s
    theta = (1.0 - p.sigma) / p.sigma
    share = float(path.long_run_share) ** (1.0 / p.sigma) * (average / p.A) ** theta
    decay = s * average * (1.0 - share) if balanced else (rate - edge) / p.sigma
    return Destination(1, True, trend, tail_rate=tail_rate(balanced, decay, rate, g - rate))


@dataclass(frozen=True, eq=False)
class SavingPath(OnePath):
    """A path on which the share s of output is saved."""

    s: float

    def saving_rate(self, t: ArrayLike) -> Any:
        """s, with the shape of t."""
        return np.full(np.shape(t), self.s)[()]

    def log_consumption(self, t: ArrayLike) -> Any:
        """log C, C = (1 − s) Y; −∞ if everything is saved."""
        share = np.log1p(-self.s) if self.s < 1 else -np.inf
        return self.log_output(t) + share


def constant_saving(
    path: AutomationPath,
    s: float,
    K0: float = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
) -> SavingPath:
    """The path of capital if the share s of output is saved: K̇ = s Y − δK from K(0) = K0.

    Solved on [0, ∞) by the same method as :func:`solve_transition`, with the same facts about the
    error: what happens in the long run is part of the solution. ``s`` in (0, 1]; K0, params and tol
    as there. ValueError for other values, and where the long run is not reached exponentially: λg
    within 1e-9 of (1−σ)(s A − δ), or λg = δ = 0.

    Source: Korinek & Suh (2024), Proposition 7 (there s = s∞, :func:`long_run_saving_rate`).

    >>> from aiecon import korinek_suh as ks
    >>> slow = ks.constant_saving(ks.BusinessAsUsual(rate=0.01), s=0.56)
    >>> round(float(slow.labor_share(1e4)), 6)
    0.571429
    """
    automation_path("path", path)
    params = given(params)
    capital = initial_capital(K0)
    share = number("s", s)
    require("s", share, 0 < share <= 1, "0 < s ≤ 1")
    rate, g = float(path.long_run_rate), share * params.A - params.delta
    edge = (1.0 - params.sigma) * g
    slow = rate > 0 and abs(rate - edge) <= EDGE * g
    hint = "There growth does not settle exponentially; take a rate beside it."
    require(
        "rate", rate, not slow, f"a rate other than (1 − sigma)(s A − delta) = {edge:.9g}", hint
    )
    hint = "Without depreciation and automation capital grows for ever, ever more slowly."
    require("delta", params.delta, rate > 0 or params.delta > 0, "delta > 0 at rate = 0", hint)
    regions = endings(rate, g)
    if rate == 0:  # a steady state, in region 1 if capital is worth saving there
        scarce = share * params.A > params.delta * float(path.long_run_share)
        regions = (1,) if scarce else (2,)
    technology = Technology(path, params.A, params.sigma)
    initial = np.array([np.log(capital / params.L)])
    for region in regions:
        end = where_savers_go(path, share, params, region)
        problem = ConstantSaving(technology, initial, params, end, s=share)
        try:
            return SavingPath(path, capital, params, solve(problem, tol), share)
        except SolverError as error:
            failure = error
    raise failure
