"""The explorer of the transition with a fixed factor: how much of it, how fast, from where.

>>> fixed_factor.description().split(".")[0]
'Wages are highest in year 78'
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from aiecon.cached import cached
from aiecon.korinek_suh.extensions.fixed_factor import fixed_factor_steady_state
from aiecon.korinek_suh.extensions.fixed_factor_transition import FixedFactorTransition
from aiecon.validation import FloatArray
from exhibits.explorer import Explorer, Slider
from exhibits.korinek_suh.fixed_factor_figures import (
    CAPITAL,
    LABOR,
    candidates,
    draw_shares,
    fixed,
    peak_of,
)
from exhibits.plotting import DASHES, PALETTE, BookFigure

__all__ = ["fixed_factor"]

_YEARS = np.linspace(0.0, 80.0, 97)
_TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10]


class _Path(NamedTuple):
    path: FixedFactorTransition
    wage: FloatArray
    rental: FloatArray
    peak: float  # date, ∞ if it lies beyond the years shown
    entry: float  # into region 2 for good, years
    goal: float  # log10 K*


@cached()
def _solved(rate: float, exponent: float, K0: float) -> _Path:
    path = fixed(rate, 10.0**exponent, K0)
    peak = peak_of(path, 80.0)[0]
    entry = [change.date for change in path.region_changes if change.region == 2]
    goal = fixed_factor_steady_state(path.factor, path.params).log_capital / np.log(10.0)
    return _Path(
        path,
        path.wage(_YEARS),
        path.rental_rate(_YEARS),
        peak if peak < 80.0 else np.inf,
        entry[-1] if entry else 0.0,
        float(goal),
    )


def draw_fixed_factor(figure: BookFigure, rate: float, M: float, K0: float) -> None:
    """Left wage and rental rate, right shares of output; a dotted line where region 2 begins."""
    left, right = figure.subplots(1, 2)
    now = _solved(rate, M, K0)
    left.plot(_YEARS, now.wage, color=PALETTE[LABOR], label="wage")
    left.plot(_YEARS, now.rental, color=PALETTE[CAPITAL], linestyle=DASHES[1], label="rental rate")
    draw_shares(right, _YEARS, now.path)
    for ax in (left, right):
        if now.entry < 80.0:
            ax.axvline(now.entry, color=PALETTE["ink"], linewidth=1, linestyle=DASHES[2])
    left.set_yscale("log")
    left.set_yticks(_TICKS, [f"{tick:g}" for tick in _TICKS])
    left.minorticks_off()
    left.set(xlim=(0, 80), ylim=(0.04, 30), xlabel="years", title="Prices (log scale)")
    left.legend(loc="upper left")
    right.set_title("Labour, capital, owners of M")


def _number(log10: float) -> str:
    value = 10.0**log10
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


def describe_fixed_factor(rate: float, M: float, K0: float) -> str:
    """The two dates of Figure 9, the steady state, and labour's share."""
    now = _solved(rate, M, K0)
    peak = (
        f"Wages are highest in year {now.peak:.0f}"
        if np.isfinite(now.peak)
        else "Wages rise for 80 years and more"
    )
    start, later = now.path.labor_share([0.0, 80.0])
    return (
        f"{peak}. Labour stops being scarce for good in year {now.entry:,.0f}. Labour's share of "
        f"output is {start:.0%} at first and {later:.0%} after 80 years; the owners of M receive "
        f"10% throughout. Capital ends at {_number(now.goal)}, the wage at 0.14."
    )


def fixed_factor_data(rate: float, M: float, K0: float) -> dict[str, Any]:
    """Prices and shares, date by date."""
    now = _solved(rate, M, K0)
    return {
        "year": _YEARS,
        "wage w": now.wage,
        "rental rate R": now.rental,
        "capital K": now.path.capital(_YEARS),
        "labour share": now.path.labor_share(_YEARS),
        "capital share": now.path.capital_share(_YEARS),
    }


def _choices() -> tuple[tuple[float, float, float], ...]:
    return tuple((c.rate, float(np.log10(c.M)), c.K0) for c in candidates().values())


_TABLE_2, _LESS, _FASTER = _choices()

#: The transition with a fixed factor, Figure 9 and its neighbours.
fixed_factor = Explorer(
    name="fixed-factor",
    title="The transition with a fixed factor",
    alt=(
        "Left: wage and rental rate over 80 years on a logarithmic axis; the wage may rise first, "
        "then falls to the rental rate, which it meets at a dotted line. Right: shares of output, "
        "stacked: a shrinking band for labour, a growing one for capital, a tenth for M."
    ),
    draw=draw_fixed_factor,
    controls={
        "M": Slider(
            "Fixed factor, log₁₀ M",
            [_TABLE_2[1], _LESS[1], -2.0, 0.0, 2.0, _FASTER[1]],
            default=0.0,
            format="{:.2f}",
        ),
        "rate": Slider(
            "Rate of automation λg, per year",
            [0.01, 0.05, 0.2, _FASTER[0]],
            default=0.05,
            format="{:.2f}",
        ),
        "K0": Slider("Initial capital K₀", [_LESS[2], 2.5, 4.6], default=4.6, format="{:.2f}"),
    },
    describe=describe_fixed_factor,
    data=fixed_factor_data,
    caption=(
        "α = 0.9, Φ₀ = 0.608, the other parameters from Table 2, optimal saving. Dotted: labour "
        "stops being scarce. Try: lower M from the right, then ask how fast tasks must be "
        "automated for wages to peak after ten years."
    ),
    presets={
        "Table 2, region 2 in year 25": dict(
            zip(("rate", "M", "K0"), (*_TABLE_2[:2], 4.6), strict=True)
        ),
        "Both dates, less capital": dict(zip(("rate", "M", "K0"), _LESS, strict=True)),
        "Both dates, faster": dict(zip(("rate", "M", "K0"), (*_FASTER[:2], 4.6), strict=True)),
        "M = 1, business as usual": {"rate": 0.01, "M": 0.0, "K0": 4.6},
    },
    size=(6.8, 3.6),
)
