"""What data could tell: simulated panels, the regression that each would be used for, its power.

Three shapes of data are drawn from the model: occupations over years (the shape of the OEWS),
workers within a task before and after some of them get AI, and accounts of firms. Many data sets
are drawn at once; each gives an estimate and its standard error.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.special import stdtrit

from aiecon.chen_meng.firms import log_productivity_variance
from aiecon.chen_meng.moments import ridge
from aiecon.chen_meng.parameters import Parameters, unknown, with_ratio
from aiecon.chen_meng.schooling import pay_dispersion
from aiecon.validation import FloatArray, finite, instance, number, require, whole

__all__ = ["Panel", "Tests", "firm_accounts", "log_pay_spread", "occupation_panel"]
__all__ += ["occupation_slope", "regimes", "task_panel"]

#: ln(P90/P10) of a normal distribution over its standard deviation.
_DECILES = 2.5631031310892007


@dataclass(frozen=True)
class Panel:
    """A panel of occupations in the shape of the OEWS; every number is an assumption of ours."""

    occupations: int = 400
    years: int = 5  # 2019 to 2023, AI in the last one
    pooled: int = 3  # a published year pools the surveys of three years
    sampling: float = 0.02  # standard error of a published ln(P90/P10)
    drift: float = 0.01  # standard deviation of its yearly change, composition above all
    exposure_error: float = 0.1  # error in the measured share of exposed tasks

    def __post_init__(self) -> None:
        for name, least in (("occupations", 10), ("years", 2), ("pooled", 1)):
            object.__setattr__(self, name, whole(name, getattr(self, name), least, name))
        for name in ("sampling", "drift", "exposure_error"):
            value = number(name, getattr(self, name), 0, 100, f"0 ≤ {name} ≤ 100")
            object.__setattr__(self, name, value)


@dataclass(frozen=True, eq=False)
class Tests:
    """The estimates of many simulated data sets and their standard errors."""

    estimate: FloatArray
    se: FloatArray
    degrees_of_freedom: int

    def power(self, null: float = 0.0, level: float = 0.05) -> float:
        """The share of data sets that reject ``null``, two-sided, at this level.

        >>> Tests(np.array([0.0, 3.0]), np.ones(2), 100).power()
        0.5
        """
        null = number("null", null, -np.inf, np.inf, "a number")
        level = number("level", level, 1e-300, 1 - 1e-15, "0 < level < 1")
        critical = float(stdtrit(self.degrees_of_freedom, 1 - level / 2))
        return float(np.mean(np.abs(self.estimate - null) > critical * self.se))


def log_pay_spread(exposure: FloatArray, adoption: float, params: Parameters) -> FloatArray:
    """ln(P90/P10) of pay in occupations, when a share ``adoption`` of their workers uses AI.

    Education is the same within an occupation. Users' log pay has the dispersion of
    :func:`pay_dispersion` and the firms' part (aλξ)²Var ln A; the mixture is taken as normal.

    >>> log_pay_spread(np.array([0.0, 0.5]), 0.2, Parameters()).round(4).tolist()
    [1.0499, 1.0236]
    """
    adoption = number("adoption", adoption, 0, 1, "0 ≤ adoption ≤ 1, a share of workers")
    exposure = finite("exposure", exposure)
    require("exposure", exposure, (exposure >= 0) & (exposure <= 1), "0 ≤ exposure ≤ 1")
    instance("params", params, Parameters)
    weight = exposure * params.lam
    old, new = pay_dispersion(0.0, params) ** 2, pay_dispersion(weight, params) ** 2
    spread = float(log_productivity_variance(params.ratio, params.zeta))
    users = new + (weight * params.xi) ** 2 * spread
    return _DECILES * np.sqrt((1 - adoption) * old + adoption * users)


def occupation_slope(adoption: float, params: Parameters, panel: Panel | None = None) -> float:
    """The slope of the change of ln(P90/P10) in exposure, without noise.

    >>> round(occupation_slope(0.08, Parameters()), 4)
    -0.0065
    """
    panel = instance("panel", panel, Panel, Panel)
    exposure = np.linspace(0.02, 0.98, 97)
    density = exposure * (1 - exposure)
    change = _last_less_first(exposure, adoption, params, panel)
    x = exposure - np.average(exposure, weights=density)
    return float(np.sum(density * x * change) / np.sum(density * x**2))


def _last_less_first(
    exposure: FloatArray, adoption: float, params: Parameters, panel: Panel
) -> FloatArray:
    """The last published year less the mean of the others: AI is in one of the pooled surveys."""
    after = log_pay_spread(exposure, adoption, params)
    return (after - log_pay_spread(exposure, 0.0, params)) / panel.pooled


def occupation_panel(
    params: Parameters,
    adoption: float,
    panel: Panel | None = None,
    sets: int = 1000,
    seed: int = 2026,
) -> Tests:
    """Occupation-level data: dispersion of pay on exposure × after, two-way fixed effects.

    With AI in the last year alone this is the regression, over occupations, of the last year less
    the mean of the earlier ones on measured exposure.

    >>> tests = occupation_panel(Parameters(), 0.04, sets=200)
    >>> tests.power() < 0.2
    True
    """
    panel = instance("panel", panel, Panel, Panel)
    rng = _generator(seed)
    shape = (whole("sets", sets, 1, "data sets"), panel.occupations)
    exposure = rng.beta(2.0, 2.0, shape)
    change = _last_less_first(exposure, adoption, params, panel)
    earlier = panel.years - 1
    drift = panel.drift * rng.standard_normal((*shape, panel.years)).cumsum(axis=-1)
    noise = panel.sampling * rng.standard_normal((*shape, panel.years))
    both = drift + noise
    y = change + both[..., -1] - both[..., :earlier].mean(axis=-1)
    x = exposure + panel.exposure_error * rng.standard_normal(shape)
    return _slopes(x, y)


def task_panel(
    params: Parameters,
    workers: int,
    noise: float = 0.25,
    sets: int = 1000,
    seed: int = 2026,
) -> Tests:
    """Within-task data: output of workers before and after half of them, at random, get AI.

    The gain is regressed on access, on output before, and on their product, whose coefficient is
    −λ (towards zero by the noise in output before). ``noise`` is that of log output, each time.

    >>> task_panel(Parameters(), 1000, sets=200).power() > 0.8
    True
    """
    instance("params", params, Parameters)
    noise = number("noise", noise, 0, 100, "0 ≤ noise ≤ 100")
    rng = _generator(seed)
    shape = (whole("sets", sets, 1, "data sets"), whole("workers", workers, 10, "workers"))
    skill = params.varsigma * rng.standard_normal(shape)
    access = rng.permuted(np.broadcast_to(np.arange(workers) % 2, shape), axis=1)
    gain = params.lam * (np.log(params.eta0) - skill) * access
    before = skill + noise * rng.standard_normal(shape)
    after = skill + gain + noise * rng.standard_normal(shape)
    slope, variance = [], []
    for group in (0, 1):
        inside = _grouped(before, after - before, access == group)
        slope.append(inside.estimate)
        variance.append(inside.se**2)
    return Tests(slope[1] - slope[0], np.sqrt(variance[0] + variance[1]), workers - 4)


def firm_accounts(
    params: Parameters,
    firms: int,
    noise: float = 0.1,
    sets: int = 1000,
    seed: int = 2026,
) -> Tests:
    """Accounts of firms: the change of the log wage share, −aλ(1 − ξ) ln(A/η₀) on average.

    ``noise`` is the standard deviation of other changes of a firm's log wage share.

    >>> firm_accounts(Parameters(), 100, sets=200).power() > 0.9
    True
    """
    instance("params", params, Parameters)
    noise = number("noise", noise, 0, 100, "0 ≤ noise ≤ 100")
    rng = _generator(seed)
    shape = (whole("sets", sets, 1, "data sets"), whole("firms", firms, 10, "firms"))
    k = np.exp(rng.standard_exponential(shape) / params.zeta)
    change = -params.weight * (1 - params.xi) * np.log1p(params.ratio * k)
    y = change + noise * rng.standard_normal(shape)
    return Tests(y.mean(axis=1), y.std(axis=1, ddof=1) / np.sqrt(firms), firms - 1)


def _generator(seed: int) -> np.random.Generator:
    return np.random.default_rng(whole("seed", seed, 0))


def _slopes(x: FloatArray, y: FloatArray) -> Tests:
    """Least squares with a constant over the last axis, standard errors robust to variance."""
    return _grouped(x, y, np.ones(x.shape, dtype=bool))


def _grouped(x: FloatArray, y: FloatArray, inside: np.ndarray) -> Tests:
    count = inside.sum(axis=-1, keepdims=True)
    dx = np.where(inside, x - (x * inside).sum(axis=-1, keepdims=True) / count, 0.0)
    dy = np.where(inside, y - (y * inside).sum(axis=-1, keepdims=True) / count, 0.0)
    square = (dx**2).sum(axis=-1)
    slope = (dx * dy).sum(axis=-1) / square
    left = dy - slope[..., None] * dx
    n = int(count.flat[0])
    meat = (dx**2 * left**2).sum(axis=-1) * n / (n - 2)
    return Tests(slope, np.sqrt(meat) / square, n - 2)


# The power study ----------------------------------------------------------------------------------


def regimes() -> tuple[Parameters, Parameters]:
    """Two economies on one ridge, m₁ to m₅ alike: a levelling and a concentrating one."""
    ratios = np.array([0.4, 4.0])
    xi, _ = ridge(ratios, n=100)
    base = Parameters()
    low, high = (
        with_ratio(replace(base, xi=float(x)), float(r)) for x, r in zip(xi, ratios, strict=True)
    )
    return low, high


def power_at(kind: str, size: Any, sets: int = 1000, seed: int = 2026) -> dict[str, float]:
    """Power at 5% of one kind of data, at one size of it.

    ``kind`` is *occupations* (size: the share of workers who use AI in the last year), *unpooled*
    (the same, in surveys published year by year), *tasks* (workers in the panel) or *firms*
    (accounts). *effect* is the power to see that AI does anything in the levelling economy; *size*
    is how often no effect is called one; *regime* the power to tell the concentrating economy from
    the levelling one.
    """
    kinds = ("occupations", "unpooled", "tasks", "firms")
    if not isinstance(kind, str) or kind not in kinds:
        raise unknown("kind", kind, f"one of {', '.join(map(repr, kinds))}")
    number("size", size, 0, 1e9, "a share of workers, or a number of workers or firms,")
    low, high = regimes()
    nothing = replace(low, lam=0.0)
    if kind in ("occupations", "unpooled"):
        panel = Panel(pooled=3 if kind == "occupations" else 1)
        a, b, c = (
            occupation_panel(p, size, panel, sets=sets, seed=seed) for p in (low, high, nothing)
        )
        other = occupation_panel(low, size, panel, sets=sets, seed=seed + 1)
    else:
        draw = task_panel if kind == "tasks" else firm_accounts
        a, b, c = (draw(p, size, sets=sets, seed=seed) for p in (low, high, nothing))
        other = draw(low, size, sets=sets, seed=seed + 1)
    truth = float(other.estimate.mean())  # what the regression finds on average where AI levels
    return {"effect": a.power(), "size": c.power(), "regime": b.power(null=truth)}
