"""The calibration: who prefers 1975, by price index, measure of dispersion and risk aversion.

>>> indifference.description()[:41]
'Dispersion rises from 0.557 to 0.858, tec'
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp

from aiecon import kuhle
from exhibits.explorer import Choice, Explorer, Goal, Label, Line, Panel, Points, Rule, Slider

__all__ = ["indifference"]

_MEASURES = kuhle.dispersion_measures()
_NOMINAL, _NOW = kuhle.incomes(1975).median, kuhle.incomes(2024).median
_PRICES = {
    name: kuhle.incomes(1975, deflator).median / _NOMINAL
    for name, deflator in zip(
        ("PCE index", "C-CPI-U chain", "CPI-U-RS", "CPI-U"), kuhle.DEFLATORS, strict=True
    )
}
_GAMMAS = np.linspace(0, 6, 61)


def _indifference(measure: str, price: Any, gamma: Any) -> dict[str, Any]:
    """Both years as lognormals with their medians and the measured dispersions."""
    before, after = _MEASURES[measure]
    old = kuhle.Economy(before / 15, price * _NOMINAL, 0.0)
    new = kuhle.Economy(after / 15, _NOW, 0.0)
    each = kuhle.Economy(before / 15, price[:, None] * _NOMINAL, 0.0)
    worth = [kuhle.certainty_equivalent(e, g) for e, g in ((new, gamma), (old, gamma))]
    return {
        "before": [before],
        "after": [after],
        "gammas": _GAMMAS[None],
        "ratio": kuhle.certainty_equivalent(new, _GAMMAS)
        / kuhle.certainty_equivalent(each, _GAMMAS),
        "star": kuhle.indifference_gamma(old, new),
        "worth": worth[0] / worth[1],
        "technology": [after / before - 1],
        "income": new.median / old.median - 1,
    }


def _formulas() -> dict[str, Any]:
    """The same in closed form, for the page."""
    price, gamma, before, after = sp.symbols("price gamma before after", positive=True)
    gammas = 6 * sp.Symbol("u", nonnegative=True)
    growth, spread = sp.log(_NOW / _NOMINAL / price), (after**2 - before**2) / 2
    return {
        "gammas": gammas,
        "ratio": sp.exp(growth + (1 - gammas) * spread),
        "star": 1 + growth / spread,
        "worth": sp.exp(growth + (1 - gamma) * spread),
        "technology": after / before - 1,
        "income": sp.exp(growth) - 1,
    }


#: γ* by deflator and by measure of dispersion.
indifference = Explorer(
    name="kuhle-indifference",
    title="Who prefers 1975?",
    alt=(
        "Certainty equivalent of 2024 over that of 1975 against relative risk aversion from 0 to "
        "6: a falling curve with a dot where it crosses one and a square at the chosen risk "
        "aversion, over a grey curve for the calibration with the C-CPI-U chain; a dotted line at "
        "2.5."
    ),
    panels={
        "main": Panel(
            xlabel="relative risk aversion γ",
            ylabel="certainty equivalent, 2024 / 1975",
            xlim=(0, 6),
            ylim=(0.3, 2.3),
        )
    },
    controls={
        "measure": Choice("Dispersion from", list(_MEASURES), default="mean over median"),
        "price": Slider(
            "Dollars of 2024 for one of 1975", 4.2, 7, _PRICES["C-CPI-U chain"], nodes=2
        ),
        "gamma": Slider("Your relative risk aversion γ", 0, 6, 4, nodes=2),
    },
    compute=_indifference,
    formulas=_formulas(),
    marks=[
        Rule("main", x=2.5, name="reported"),
        Rule("main", y=1.0, dash=0, width=1.0, name="equally good"),
        Line("main", "gammas", "ratio", name="2024 over 1975", reference=True),
        Points("main", "star", 1.0, colour="vermilion", size=9, label="γ*"),
        Points("main", "gamma", "worth", colour="purple", marker="s", label="you"),
        Label("main", "“about 2.5”", 2.5, 2.0, colour="muted"),
    ],
    sentence=[
        "Dispersion rises from {before:.3f} to {after:.3f}, technology by {technology:.0%}; the "
        "median by {income:.0%}. Whoever is more risk averse than γ* = {star:.2f} prefers 1975. "
        "At γ = {gamma:.2f} a draw from 2024 is worth {worth:.2f} times one from 1975.",
    ],
    columns={"gamma": "gammas", "CE 2024 over CE 1975": "ratio"},
    caption=(
        "Blue: your choice; grey: mean over median with the C-CPI-U chain. Try: find a price "
        "factor at which γ* is 2.5; then change the measure of dispersion and see it move further "
        "than any deflator moves it."
    ),
    presets={name: {"measure": "mean over median", "price": _PRICES[name]} for name in _PRICES}
    | {
        "Without the jump of 1993": {
            "measure": "mean over median, 1993 mended",
            "price": _PRICES["C-CPI-U chain"],
        }
    },
    reference="C-CPI-U chain",
    play="price",
    goal=Goal(
        "Find a price factor at which γ* is 2.5, as reported.",
        of="star",
        low=2.47,
        high=2.53,
        reached="γ* = {star:.2f} where a dollar of 1975 counts as {price:.2f} dollars of 2024.",
    ),
    size=(6.8, 3.7),
)
