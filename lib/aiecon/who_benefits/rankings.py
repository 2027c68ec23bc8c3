"""Which rankings of the instruments survive other parameters: 10,000 draws, stored.

Each draw is an economy of owners and workers, (σ, η, ρ, δ, A, T, ω, K₀) and how much of the mean
the median household owns. AGI comes at T for good (ω = 1), or a bout of automation leaves tasks to
labour (ω < 1). For each draw: no instrument; a tax of 30% on capital's income; the tax on
consumption that is worth as much to a worker (a public fund of θ/(1+θ) is the same); automation at
half speed. All of it at once for many draws: :func:`instrument_draws` is what
:func:`~aiecon.sweep.sweep` takes, here or on a cluster.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize.elementwise import find_root

from aiecon.cached import cached
from aiecon.drafts import write_whole
from aiecon.korinek_suh import Bounded, Mixed, Parameters, Transitions
from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.korinek_suh.dynamics.economy import EDGE, Economy
from aiecon.korinek_suh.dynamics.many_transitions import columns, solve_alike, without_path
from aiecon.sweep import sweep, vectorised
from aiecon.validation import FloatArray, finite, number, require, whole
from aiecon.who_benefits.instruments import SLOW, YEARS, slowed
from aiecon.who_benefits.people import MEDIAN_OVER_MEAN
from aiecon.who_benefits.taxed_growth import TaxedGrowth, TaxSchedule

__all__ = [
    "RANKINGS",
    "Rankings",
    "draws",
    "instrument_draws",
    "rankings",
    "solve_two_agents_many",
    "stored_rankings",
]

TAX, TOL, BLOCK = 0.3, 1e-6, 256
PEOPLE = ("worker", "median", "owner", "representative")
CASES = ("none", "tax on capital's income", "tax on consumption", "automation at half speed")
COLUMNS = (
    *(f"{case}: {name}" for case in CASES for name in PEOPLE),
    *(f"{case}: output" for case in CASES),
    "theta",
    "wage today",
)
_X, _W = np.polynomial.legendre.leggauss(4)
_EDGES = np.concatenate([np.arange(0.0, 32.0, 0.5), 2.0 ** np.arange(5.0, 12.5, 0.5)])
_HALF = 0.5 * np.diff(_EDGES)[:, None]
_DATES = (_EDGES[:-1, None] + _HALF * (1.0 + _X)).ravel()  # years
_WEIGHTS = (_HALF * _W).ravel()


def solve_two_agents_many(
    path: AutomationPath,
    capital_tax: ArrayLike = 0.0,
    K0: ArrayLike = 4.6,
    params: Parameters | None = None,
    tol: float = 1e-8,
    **varied: ArrayLike,
) -> Transitions:
    """:func:`~aiecon.who_benefits.solve_two_agents` for n economies at once.

    The fields of ``path``, K0, the parameters in ``varied`` and the tax are numbers or (n,). The
    result is that of :func:`~aiecon.korinek_suh.solve_transitions`, in which ``consumption`` is
    that of owners; economies without a path are in ``failures``.

    >>> many = solve_two_agents_many(Bounded(horizon=[5.0, 20.0]), capital_tax=0.3)
    >>> many.first_change.round(4)
    array([ 2.8038, 15.1009])
    """
    automation, e, arrays = columns(path, K0, params, dict(varied))
    n = len(arrays["K0"])
    tax = np.broadcast_to(finite("capital_tax", capital_tax), (n,))[:, None, None]
    schedule = TaxSchedule((tax,))
    net = Economy(e.rho, e.eta, e.delta, e.sigma, e.delta + (1.0 - tax) * (e.A - e.delta))
    initial = np.log(arrays["K0"] / arrays["L"])

    def problem(some: NDArray[np.intp], stays: bool) -> TaxedGrowth:
        part = automation.take(some), initial[some], e.take(some), stays, schedule.take(some)
        return TaxedGrowth(*part, 0.0, 0.0)

    stays = np.ravel(automation.long_run_rate <= net.growth * (1 + EDGE))
    failures = without_path(automation, net, n)
    return solve_alike(automation, e, arrays["L"], problem, stays, failures, tol)


# One draw, or many --------------------------------------------------------------------------------


@vectorised
def instrument_draws(**draw: ArrayLike) -> FloatArray:
    """What each instrument is worth to whom, and what it leaves of output: (n, columns).

    ``draw``: sigma, eta, rho, delta, A, horizon, weight, K0, median, each (n,); ``weight`` 1 is AGI
    for good. The columns are named in ``COLUMNS``; NaN for draws without a path. Worths are
    constant consumption; the tax on consumption is worth the tax on capital's income to a worker.

    >>> found = instrument_draws(**draws(3, seed=1))
    >>> found.shape == (3, len(COLUMNS)), bool(np.isfinite(found).all())
    (True, True)
    """
    names = ("sigma", "eta", "rho", "delta", "A", "horizon", "weight", "K0", "median")
    require("draw", ", ".join(draw), set(draw) == set(names), f"the names {', '.join(names)}")
    arrays = {name: np.atleast_1d(finite(name, draw[name])) for name in names}
    n = len(arrays["sigma"])
    found = np.full((n, len(COLUMNS)), np.nan)
    for forever in (True, False):
        alike = np.flatnonzero((arrays["weight"] >= 1.0) == forever)
        for first in range(0, len(alike), BLOCK):
            some = alike[first : first + BLOCK]
            found[some] = _block({name: x[some] for name, x in arrays.items()}, forever)
    return found


def _block(draw: Mapping[str, FloatArray], forever: bool) -> FloatArray:
    if forever:
        path: AutomationPath = Bounded(horizon=draw["horizon"])
    else:
        path = Mixed(draw["weight"], horizon=draw["horizon"])
    rest = {name: draw[name] for name in ("sigma", "eta", "rho", "delta", "A")}
    rho, eta, median = (draw[name][:, None] for name in ("rho", "eta", "median"))

    def solved(automation: AutomationPath, tax: float) -> tuple[FloatArray, ...]:
        many = solve_two_agents_many(automation, tax, draw["K0"], tol=TOL, **rest)
        now, (k, q) = many._logs(_DATES), many._x(_DATES)
        log_w, net = now.wage, tax * (np.exp(now.rental) - draw["delta"][:, None])
        log_tax = np.log(np.maximum(np.abs(net), 1e-300)) + k
        gain = np.logaddexp(log_w, log_tax)
        loss = log_w + np.log1p(-np.exp(np.minimum(log_tax - log_w, -1e-12)))
        Y = many.output([YEARS])[:, 0]
        return np.where(net >= 0, gain, loss), k + q, Y, many.wage([0.0])[:, 0]

    def worth(log_c: FloatArray, i: Any = slice(None)) -> FloatArray:
        values = (1.0 - eta[i]) * log_c - rho[i] * _DATES
        top = values.max(axis=1, keepdims=True)
        total = np.exp(values - top) @ _WEIGHTS
        return np.asarray(np.exp((np.log(rho[i, 0] * total) + top[:, 0]) / (1.0 - eta[i, 0])))

    def people(income: FloatArray, spent: FloatArray, fund: FloatArray) -> list[FloatArray]:
        """A worker, the median worker, an owner, the average, with a part φ of owners' spending."""
        own = [np.zeros_like(median), median, np.ones_like(median)]
        with np.errstate(divide="ignore"):
            parts = [np.log((1.0 - fund) * a + fund) + spent for a in own]
        worker, middle, both = (worth(np.logaddexp(income, part)) for part in parts)
        return [worker, middle, worth(np.log(np.maximum(1.0 - fund, 1e-300)) + spent), both]

    none, taxed = solved(path, 0.0), solved(path, TAX)
    slow = solved(slowed(path, SLOW), 0.0)
    nothing = np.zeros_like(median)
    target = people(*taxed[:2], nothing)

    def gap(fund: FloatArray, i: NDArray[np.intp]) -> FloatArray:
        with np.errstate(divide="ignore"):
            log_c = np.logaddexp(none[0][i], np.log(fund)[:, None] + none[1][i])
        return worth(log_c, i) - target[0][i]

    # the fund that is worth as much to a worker
    every = np.arange(len(median))
    ends = (np.zeros(len(median)), np.ones(len(median)))
    fund = find_root(gap, ends, args=(every,), tolerances={"xrtol": 1e-10}).x[:, None]
    fund = np.where(gap(ends[1], every)[:, None] < 0, np.nan, fund)
    columns_ = [people(*none[:2], nothing), target, people(*none[:2], fund)]
    columns_.append(people(*slow[:2], nothing))
    outputs = [none[2], taxed[2], none[2], slow[2]]
    theta = (fund / (1.0 - fund))[:, 0]
    return np.stack([*(x for case in columns_ for x in case), *outputs, theta, none[3]], axis=1)


def draws(count: int = 10_000, seed: int = 2026) -> dict[str, FloatArray]:
    """Draws around Table 2, uniform, our choice: (count,) each, σ from 0.3 to 0.8 and so on.

    Every fourth draw is a bout of automation with ω from 0.75 to 0.95 in T/2 years, the others are
    AGI for good. ``median`` is the median household's capital over the mean, 0.05 to 0.4.

    >>> {name: x.shape for name, x in draws(4).items()}["sigma"]
    (4,)
    """
    n, rng = whole("count", count, 1), np.random.default_rng(whole("seed", seed, 0))
    ranges = {
        "sigma": (0.3, 0.8),
        "eta": (1.2, 4.0),
        "rho": (0.02, 0.06),
        "delta": (0.05, 0.12),
        "A": (0.3, 0.7),
        "horizon": (5.0, 40.0),
        "weight": (0.75, 0.95),
        "K0": (3.0, 8.0),
        "median": (0.05, 0.4),
    }
    found = {name: rng.uniform(*ends, n) for name, ends in ranges.items()}
    bout = np.arange(n) % 4 == 3
    found["weight"] = np.where(bout, found["weight"], 1.0)
    found["horizon"] = np.where(bout, 0.5 * found["horizon"], found["horizon"])
    return found


# Rankings -----------------------------------------------------------------------------------------

#: What is asked of each draw: the column that is to be larger, the one to be smaller.
RANKINGS: dict[str, tuple[str, str]] = {
    "AI leaves a worker who only has wages worse off than her wage today": (
        "wage today",
        "none: worker",
    ),
    "the tax on capital's income makes workers better off": (
        "tax on capital's income: worker",
        "none: worker",
    ),
    "the tax on capital's income makes the median better off": (
        "tax on capital's income: median",
        "none: median",
    ),
    "with the tax on capital's income a worker is better off than with her wage today": (
        "tax on capital's income: worker",
        "wage today",
    ),
    "owners prefer the tax on consumption that is worth as much to workers": (
        "tax on consumption: owner",
        "tax on capital's income: owner",
    ),
    "so does the median": ("tax on consumption: median", "tax on capital's income: median"),
    "half the speed of automation makes workers better off": (
        "automation at half speed: worker",
        "none: worker",
    ),
    "half the speed of automation makes the median better off": (
        "automation at half speed: median",
        "none: median",
    ),
    "workers prefer the tax on capital's income to half the speed": (
        "tax on capital's income: worker",
        "automation at half speed: worker",
    ),
    "half the speed costs more output than the tax": (
        "tax on capital's income: output",
        "automation at half speed: output",
    ),
    "half the speed costs owners more than the tax": (
        "tax on capital's income: owner",
        "automation at half speed: owner",
    ),
}


@dataclass(frozen=True, eq=False)
class Rankings:
    """How often each ranking holds, and where it does not."""

    share: dict[str, float]  # of the draws that have a path
    count: int  # of these draws
    failed: int
    output: dict[str, tuple[float, float, float]]  # change: 5, 50 and 95 per cent of draws
    gain: dict[str, tuple[float, float, float]]  # of a worker, over no instrument, likewise


def rankings(
    count: int = 10_000, seed: int = 2026, client: Any = None, values: FloatArray | None = None
) -> Rankings:
    """Draws, all instruments, all rankings; ``client`` is a Dask client, as for ``sweep``.

    ``values``: what :func:`instrument_draws` gave, if it is known.

    >>> found = rankings(8)
    >>> found.share["the tax on capital's income makes workers better off"]
    1.0
    """
    if values is None:
        done = sweep(instrument_draws, draws(count, seed), client, chunk=2 * BLOCK)
        values = done.array
    good = np.isfinite(values[:, :-2]).all(axis=1)
    column = {name: values[good, i] for i, name in enumerate(COLUMNS)}
    share = {
        text: float(np.mean(column[larger] > column[smaller]))
        for text, (larger, smaller) in RANKINGS.items()
    }
    spread: dict[str, dict[str, tuple[float, float, float]]] = {}
    for what in ("output", "worker"):
        spread[what] = {}
        for case in CASES[1:]:
            change = column[f"{case}: {what}"] / column[f"none: {what}"] - 1.0
            low, middle, high = np.quantile(change, [0.05, 0.5, 0.95])
            spread[what][case] = float(low), float(middle), float(high)
    failed = int(len(good) - good.sum())
    return Rankings(share, int(good.sum()), failed, spread["output"], spread["worker"])


# The stored draws ---------------------------------------------------------------------------------

FILE = "who_benefits_rankings.csv"
#: SHA-256 of the stored result.
CHECKSUM = "552ff2efb6e124d1739b01bad76b9b18adcd94fcdc1ae794ef938f962be22b8e"
HEADER = [
    "# Who benefits: rankings of instruments over draws of (sigma, eta, rho, delta, A, T, omega,",
    "# K0, wealth of the median): the share of draws in which each holds; changes of output after",
    "# 30 years and gains of a worker, at 5, 50 and 95 per cent of the draws.",
    "# Made by python -m aiecon.who_benefits.rankings.",
    "what,name,first,second,third",
]


def stored_rankings() -> Rankings:
    """:func:`rankings` of 10,000 draws as stored. ValueError if the file is not what was written.

    >>> stored_rankings().count + stored_rankings().failed
    10000
    """
    return _stored()


@cached(1)
def _stored() -> Rankings:
    text = (resources.files("aiecon") / "data" / FILE).read_bytes()
    sum_ = hashlib.sha256(text).hexdigest()
    if sum_ != CHECKSUM:
        raise ValueError(
            f"{FILE} has the checksum {sum_}, expected {CHECKSUM}: make it again with "
            "python -m aiecon.who_benefits.rankings"
        )
    parts: dict[str, dict[str, tuple[float, ...]]] = {}
    for line in text.decode().splitlines()[len(HEADER) :]:
        what, name, *numbers = line.split(",")
        parts.setdefault(what, {})[name] = tuple(float(x) for x in numbers if x)
    share = {name: x[0] for name, x in parts["share"].items()}
    count, failed = (int(parts["draws"][name][0]) for name in ("solved", "failed"))
    return Rankings(share, count, failed, parts["output"], parts["gain"])  # type: ignore[arg-type]


def as_text(found: Rankings) -> str:
    """The file's lines."""
    lines = [*HEADER, f"draws,solved,{found.count},,", f"draws,failed,{found.failed},,"]
    lines += [f"share,{name},{share:.6g},," for name, share in found.share.items()]
    for what, table in (("output", found.output), ("gain", found.gain)):
        lines += [f"{what},{name},{a:.4g},{b:.4g},{c:.4g}" for name, (a, b, c) in table.items()]
    return "\n".join(lines) + "\n"


def main(count: float = 10_000) -> None:
    """Make the draws and print the checksum."""
    text = as_text(rankings(int(number("count", count))))
    write_whole(Path(__file__).parents[1] / "data" / FILE, text.encode())
    print(FILE, hashlib.sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    main()
