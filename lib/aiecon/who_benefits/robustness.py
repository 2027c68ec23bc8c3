"""Which rankings of the instruments survive other parameters: 10,000 draws, stored.

Each draw is an economy of owners and workers, (σ, η, ρ, δ, A, T, ω, K₀) and how much of the mean
the median household owns. AGI comes at T for good (ω = 1), or a bout of automation leaves tasks to
labour (ω < 1). For each draw: no instrument; a tax of 30% on capital's income; the tax on
consumption that is worth as much to a worker (a public fund of θ/(1+θ) is the same); a tax of 10%
that is saved in a fund; automation at half speed. :func:`instrument_draws` takes many draws at once
and is what :func:`~aiecon.sweep.sweep` takes, here or on a cluster.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize.elementwise import find_root

from aiecon.cached import cached
from aiecon.drafts import write_whole
from aiecon.korinek_suh import Bounded, Mixed
from aiecon.korinek_suh.dynamics.automation_paths import AutomationPath
from aiecon.sweep import sweep, vectorised
from aiecon.validation import FloatArray, finite, require, whole
from aiecon.who_benefits.instruments import SLOW, YEARS, slowed
from aiecon.who_benefits.transition import solve_two_agents_many

__all__ = ["RANKINGS", "Rankings", "draws", "instrument_draws", "rankings", "stored_rankings"]

TAX, SAVED, TOL, BLOCK = 0.3, 0.1, 1e-6, 256
#: From where to where draws are uniform around Table 2, our choice; ``median`` is the median
#: household's capital over the mean, ``horizon`` T in years (half as long for a bout).
RANGES = {
    "sigma": (0.3, 0.8),
    "eta": (1.2, 4.0),
    "rho": (0.02, 0.06),
    "delta": (0.05, 0.12),
    "A": (0.3, 0.7),
    "horizon": (5.0, 30.0),
    "weight": (0.75, 0.95),
    "K0": (3.0, 8.0),
    "median": (0.05, 0.4),
}
CASES = ("none", "capital", "consumption", "built", "slow")
WHAT = ("worker", "median", "owner", "representative", "output")
COLUMNS = (*(f"{case} {what}" for case in CASES for what in WHAT), "wage today", "theta")
#: What is asked of each draw: which column is larger, and than which.
RANKINGS = {
    "AI leaves a worker who only has wages worse off": ("wage today", "none worker"),
    "the tax on capital helps workers": ("capital worker", "none worker"),
    "the tax on capital helps the median": ("capital median", "none median"),
    "with the tax AI leaves a worker better off": ("capital worker", "wage today"),
    "owners prefer the equivalent consumption tax": ("consumption owner", "capital owner"),
    "the median prefers the equivalent consumption tax": ("consumption median", "capital median"),
    "10% saved in a fund is worth more to workers than 30% paid out": (
        "built worker",
        "capital worker",
    ),
    "owners prefer 10% saved to 30% paid out": ("built owner", "capital owner"),
    "10% saved in a fund leaves more output than no tax": ("built output", "none output"),
    "half speed helps workers": ("slow worker", "none worker"),
    "half speed helps the median": ("slow median", "none median"),
    "workers prefer the tax on capital to half speed": ("capital worker", "slow worker"),
    "half speed costs more output than the tax": ("capital output", "slow output"),
    "half speed costs owners more than the tax": ("capital owner", "slow owner"),
}
_X, _W = np.polynomial.legendre.leggauss(4)
_EDGES = np.unique([*np.arange(0, 30, 0.5), *range(30, 61), *60.0 * 2.0 ** np.arange(0, 6.5, 0.5)])
_HALF = 0.5 * np.diff(_EDGES)[:, None]
_DATES = (_EDGES[:-1, None] + _HALF * (1.0 + _X)).ravel()  # years
_WEIGHTS = (_HALF * _W).ravel()


def draws(count: int = 10_000, seed: int = 2026) -> dict[str, FloatArray]:
    """Draws from ``RANGES``, (count,) each; every fourth is a bout, the others are AGI for good.

    >>> draws(4)["weight"].round(2)
    array([1.  , 1.  , 1.  , 0.87])
    """
    n, rng = whole("count", count, 1), np.random.default_rng(whole("seed", seed, 0))
    found = {name: rng.uniform(*ends, n) for name, ends in RANGES.items()}
    bout = np.arange(n) % 4 == 3
    found["weight"] = np.where(bout, found["weight"], 1.0)
    found["horizon"] = np.where(bout, 0.5 * found["horizon"], found["horizon"])
    return found


@vectorised
def instrument_draws(**draw: ArrayLike) -> FloatArray:
    """What each instrument is worth to whom, and the output it leaves: (n, ``COLUMNS``).

    ``draw``: the names of ``RANGES``, each (n,). Worths are constant consumption, good to about
    2e-4; NaN for draws without a path.

    >>> found = instrument_draws(**draws(3, seed=1))
    >>> found.shape == (3, len(COLUMNS)), bool(np.isfinite(found).all())
    (True, True)
    """
    require("draw", ", ".join(draw), set(draw) == set(RANGES), f"the names {', '.join(RANGES)}")
    arrays = {name: np.atleast_1d(finite(name, draw[name])) for name in RANGES}
    found = np.full((len(arrays["sigma"]), len(COLUMNS)), np.nan)
    for forever in (True, False):
        alike = np.flatnonzero((arrays["weight"] >= 1.0) == forever)
        for first in range(0, len(alike), BLOCK):
            some = alike[first : first + BLOCK]
            found[some] = _block({name: x[some] for name, x in arrays.items()}, forever)
    return found


def _block(draw: dict[str, FloatArray], forever: bool) -> FloatArray:
    T, omega = draw["horizon"], draw["weight"]
    path: AutomationPath = Bounded(horizon=T) if forever else Mixed(omega, horizon=T)
    rest: dict[str, Any] = {name: draw[name] for name in ("sigma", "eta", "rho", "delta", "A")}
    rho, eta, delta, median = (draw[name][:, None] for name in ("rho", "eta", "delta", "median"))

    def solved(automation: AutomationPath, tax: float, **other: Any) -> tuple[FloatArray, ...]:
        """log of what wage and transfer buy, log of owners' spending, output, the wage today,
        log of owners' spending today."""
        many = solve_two_agents_many(automation, tax, draw["K0"], tol=TOL, **rest | other)
        now, (k, q) = many._logs(_DATES), many._x(_DATES)
        net = tax * (np.exp(now.rental) - delta)
        gap = np.log(np.maximum(np.abs(net), 1e-300)) + k - now.wage  # transfer over wage
        less = np.log1p(-np.exp(np.minimum(gap, -1e-12)))
        income = now.wage + np.where(net >= 0, np.logaddexp(0.0, gap), less)
        income = np.where(many.converged[:, None], income, np.nan)
        today = many._x([0.0]).sum(axis=0)  # (n, 1)
        return income, k + q, many.output([YEARS])[:, 0], many.wage([0.0])[:, 0], today

    def worth(log_c: FloatArray, i: Any = slice(None)) -> FloatArray:
        values = (1.0 - eta[i]) * log_c - rho[i] * _DATES
        top = values.max(axis=1, keepdims=True)
        total = np.exp(values - top) @ _WEIGHTS
        return np.asarray(np.exp((np.log(rho[i, 0] * total) + top[:, 0]) / (1.0 - eta[i, 0])))

    def people(case: tuple[FloatArray, ...], private: FloatArray | float = 0.0) -> list[FloatArray]:
        """A worker, the median, an owner, the average, and output; log(1−φ) is what no fund has."""
        income, spent, output, *_ = case
        with np.errstate(divide="ignore"):
            worker, middle, both = (
                worth(np.logaddexp(income, np.log(a - (1.0 - a) * np.expm1(private)) + spent))
                for a in (0.0 * median, median, 0.0 * median + 1.0)
            )
        return [worker, middle, worth(private + spent), both, output]

    none, taxed, slow = solved(path, 0.0), solved(path, TAX), solved(slowed(path, SLOW), 0.0)
    target = people(taxed)
    kappa = 1.0 + SAVED * (eta - 1.0)  # as in built_fund: capital is that of ρ/κ and η/κ
    built = solved(path, 0.0, rho=(rho / kappa)[:, 0], eta=(eta / kappa)[:, 0])
    growth = built[1] - built[4]  # of what owners and fund spend
    private = np.minimum(-SAVED * (rho * _DATES + eta * growth) / kappa, 0.0)  # −τ∫(R−δ)

    def gap(fund: FloatArray, i: NDArray[np.intp]) -> FloatArray:
        with np.errstate(divide="ignore"):
            log_c = np.logaddexp(none[0][i], np.log(fund)[:, None] + none[1][i])
        return worth(log_c, i) - target[0][i]

    every = np.arange(len(median))  # the fund that is worth as much to a worker:
    ends = np.zeros(len(every)), np.ones(len(every)) - 1e-9
    fund = find_root(gap, ends, args=(every,), tolerances={"xrtol": 1e-10}).x[:, None]
    given = people(none, np.log1p(-fund))
    cases = people(none), target, given, people(built, private), people(slow)
    theta = (fund / (1.0 - fund))[:, 0]
    return np.stack([*(x for case in cases for x in case), none[3], theta], axis=1)


# The rankings -------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Rankings:
    """How often each ranking holds, in the draws that have a path, and how far things move."""

    count: int
    failed: int
    share: dict[str, float]  # by the names of RANKINGS
    change: dict[str, tuple[float, ...]]  # of a column over none, at 5, 50, 95% of draws


def rankings(count: int = 10_000, seed: int = 2026, client: Any = None) -> Rankings:
    """All rankings over draws; ``client`` is a Dask client, as for ``sweep``.

    >>> rankings(8).share["the tax on capital helps workers"]
    1.0
    """
    values = sweep(instrument_draws, draws(count, seed), client, chunk=2 * BLOCK).array
    good = np.isfinite(values).all(axis=1)
    column = {name: values[good, i] for i, name in enumerate(COLUMNS)}
    share = {name: float(np.mean(column[a] > column[b])) for name, (a, b) in RANKINGS.items()}
    change = {}
    for case in CASES[1:]:
        for what in WHAT:
            moved = column[f"{case} {what}"] / column[f"none {what}"] - 1.0
            spread = np.quantile(moved, [0.05, 0.5, 0.95])
            change[f"{case} {what}"] = tuple(float(x) for x in spread)
    return Rankings(int(good.sum()), int(len(good) - good.sum()), share, change)


FILE = "who_benefits_rankings.csv"
#: SHA-256 of the stored result.
CHECKSUM = "e2fe6d3c449b0435076b996848cbbe9c5b0b79c7825a34992e9d5418e1ef4a4a"
HEADER = (
    "# Who benefits: how often each ranking of instruments holds over draws of (sigma, eta, rho,\n"
    "# delta, A, T, omega, K0, wealth of the median), and changes at 5, 50, 95% of the draws.\n"
    "# Made by python -m aiecon.who_benefits.robustness.\n"
    "what,name,first,second,third\n"
)


def stored_rankings() -> Rankings:
    """:func:`rankings` of 10,000 draws as stored. ValueError if the file is not what was written.

    >>> stored_rankings().count + stored_rankings().failed
    10000
    """
    return _stored()


@cached(1)
def _stored() -> Rankings:
    text = (resources.files("aiecon") / "data" / FILE).read_bytes()
    found = hashlib.sha256(text).hexdigest()
    if found != CHECKSUM:
        raise ValueError(
            f"{FILE} has the checksum {found}, expected {CHECKSUM}: make it again with "
            "python -m aiecon.who_benefits.robustness"
        )
    parts: dict[str, dict[str, tuple[float, ...]]] = {}
    for line in text.decode().removeprefix(HEADER).splitlines():
        what, name, *numbers = line.split(",")
        parts.setdefault(what, {})[name] = tuple(float(x) for x in numbers if x)
    count, failed = (int(parts["draws"][name][0]) for name in ("solved", "failed"))
    share = {name: x[0] for name, x in parts["share"].items()}
    return Rankings(count, failed, share, parts["change"])


def main() -> None:
    """Make the draws and print the checksum."""
    found = rankings()
    rows = [f"draws,solved,{found.count},,", f"draws,failed,{found.failed},,"]
    rows += [f"share,{name},{x:.6g},," for name, x in found.share.items()]
    rows += [f"change,{name},{a:.4g},{b:.4g},{c:.4g}" for name, (a, b, c) in found.change.items()]
    text = HEADER + "\n".join(rows) + "\n"
    write_whole(Path(__file__).parents[1] / "data" / FILE, text.encode())
    print(FILE, hashlib.sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    main()
