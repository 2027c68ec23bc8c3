"""The arms race: the race that several figures show, and one that a reader can move.

>>> education.description(chi=0.0)[:42]
'Each person buys 13.0 points of skill (the'
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp

from aiecon import kuhle
from exhibits.explorer import Choice, Clause, Explorer, Goal, Line, Panel, Points, Rule, Slider

__all__ = ["education", "race"]


def race(
    chi: float,
    curvature: float = 2.0,
    level: float = 0.2,
    year: int = 2024,
    points: float = np.inf,
) -> kuhle.Race:
    """A race with the incomes of a year.

    The curvature of the cost is in multiples of a, the price of the first point in multiples of
    the expected marginal benefit a·E[w]; the borrowing limit pays for so many ``points``.
    """
    economy = kuhle.two_years()[0 if year == 1975 else 1]
    a = float(economy.technology)
    cost = kuhle.Cost(level * a * float(economy.mean), curvature * a)
    limit = np.inf if points == np.inf else float(cost.spending(points))
    return kuhle.Race(economy, cost, chi, limit)


_POINTS = np.linspace(0, 25, 61)


def _education_at(year: str, curvature: float, chi: float, level: float, limit: float) -> Any:
    """The picture at one setting; money over expected income without education, E[w]."""
    game = race(chi, curvature, level, int(year), limit)
    a, unit = float(game.economy.technology), float(game.economy.mean)
    split = curvature <= 1
    share = kuhle.investing_share(game) if split else 1.0
    private = share * limit if split else kuhle.private_education(game)
    social = kuhle.social_education(game)
    chosen = np.array([0.0, limit]) if split else np.full(2, private)

    def alone(e: Any) -> Any:
        """Income less cost of one person, the others' mean education as in equilibrium."""
        return (kuhle.expected_income(game, e, private) - game.cost.spending(e)) / unit

    best = float(kuhle.surplus(game, social)) / unit
    got = (1 - share) * float(alone(0.0)) + share * float(alone(chosen[1]))
    return {
        "a": a,
        "points": _POINTS,
        "benefit": kuhle.expected_income(game, _POINTS, private) / unit,
        "social_benefit": (1 - chi) * kuhle.expected_income(game, _POINTS, _POINTS) / unit,
        "cost": game.cost.marginal(_POINTS) / (a * unit),
        "alone": alone(_POINTS),
        "together": kuhle.surplus(game, _POINTS) / unit,
        "highest": chosen[1],
        "chosen": chosen,
        "chosen_worth": alone(chosen),
        "social": social,
        "best": best,
        "private": private,
        "share": share,
        "lost": 1 - got / best,
        "loses": 1 - got / best - 1e-6,
        "bends": curvature - 1,
        "some": share if split else 0.0,
        "capped": min(-np.log(level) / (a * max(curvature - 1 + chi, 1e-9)) - limit, curvature - 1),
        "taxed": min(1 - got / best - 1e-6, curvature - 1),
    }


def _education(**controls: Any) -> dict[str, Any]:
    year = controls.pop("year")
    columns = zip(*controls.values(), strict=True)
    found = [
        _education_at(year, **dict(zip(controls, map(float, column), strict=True)))
        for column in columns
    ]
    return {name: np.stack([one[name] for one in found]) for name in found[0]}


def _formulas() -> dict[str, Any]:
    """The same in closed form, in x = ae; a stands for the year."""
    curvature, chi, level, limit, a = sp.symbols("curvature chi level limit a", nonnegative=True)
    u = sp.Symbol("u", nonnegative=True)
    where, top = 25 * a * u, a * limit

    def cost(x: Any) -> Any:
        bent = level * (sp.exp(curvature * x) - 1) / sp.Max(curvature, 1e-9)
        return sp.Piecewise((level * x, curvature < 1e-9), (bent, True))

    def inside(x: Any) -> Any:
        return sp.Max(0, sp.Min(top, x))

    split = curvature <= 1
    advantage = sp.log((sp.exp(top) - 1) / cost(top))
    shared = sp.Max(0, sp.Min(1, advantage / (sp.Max(chi, 1e-12) * top)))
    share = sp.Piecewise((shared, split), (1, True))
    interior = -sp.log(level) / sp.Max(curvature - 1 + chi, 1e-9)
    private = sp.Piecewise((share * top, split), (inside(interior), True))
    rate = 1 - chi
    flat = sp.log(sp.Max(rate, 1e-300) / level) / sp.Max(curvature - rate, 1e-9)
    pays = sp.Piecewise((top, sp.exp(rate * top) - 1 > cost(top)), (0, True))
    social = sp.Piecewise((pays, curvature <= rate), (inside(flat), True))
    first, last = sp.Symbol("private"), sp.Symbol("social")  # earlier formulas, in points

    def alone(x: Any) -> Any:
        return sp.exp(x - chi * a * first) - cost(x)

    def together(x: Any) -> Any:
        return sp.exp(rate * x) - cost(x)

    most = sp.Symbol("highest")
    of_all = sp.Symbol("share")
    got = (1 - of_all) * alone(0) + of_all * alone(a * most)
    best = together(a * last)
    return {
        "points": 25 * u,
        "share": share,
        "private": private / a,
        "social": social / a,
        "highest": sp.Piecewise((limit, split), (private / a, True)),
        "benefit": sp.exp(where - chi * a * first),
        "social_benefit": rate * sp.exp(rate * where),
        "cost": level * sp.exp(curvature * where),
        "alone": alone(where),
        "together": together(where),
        "chosen": sp.Piecewise((most * u, split), (most, True)),
        "chosen_worth": alone(a * sp.Piecewise((most * u, split), (most, True))),
        "best": best,
        "lost": 1 - got / best,
        "loses": 1 - got / best - 1e-6,
        "bends": curvature - 1,
        "some": sp.Piecewise((of_all, split), (0, True)),
        "capped": sp.Min(interior / a - limit, curvature - 1),
        "taxed": sp.Min(1 - got / best - 1e-6, curvature - 1),
    }


#: Private against social education (χ, curvature and price of the cost, limit, year).
education = Explorer(
    name="kuhle-education",
    title="Private and social education",
    alt=(
        "Two panels against points of education. Left, on a logarithmic axis: the benefit of one "
        "more point to a person, its benefit to all together, and its price, each a straight line. "
        "Right: income less cost of one person, given what the others do, and of all when they "
        "choose alike, with dots at what people choose and a square at the best equal education; "
        "a vertical line at the borrowing limit."
    ),
    panels={
        "margins": Panel(
            "One more point, over a·E[w]",
            ylabel="log scale",
            ylim=(0.1, 10),
            yscale="log",
            yticks=[0.1, 0.2, 0.5, 1, 2, 5, 10],
            xlabel="education e, points",
            xlim=(0, 25),
        ),
        "worth": Panel(
            "Income less cost, over E[w]",
            ylabel="multiples of E[w]",
            ylim=(0, 3.2),
            xlabel="education e, points",
            xlim=(0, 25),
        ),
    },
    controls={
        "year": Choice("Economy", ["1975", "2024"], default="2024"),
        "curvature": Slider(
            "Curvature of the cost η, in multiples of a", 0, 4, 2, nodes=2, breaks=(1,)
        ),
        "chi": Slider("Share of rents χ", 0, 1, 0.4, nodes=2),
        "level": Slider(
            "Price of the first point, over what it brings", 0.3, 2, 0.4, scale="log", nodes=2
        ),
        "limit": Slider("The limit pays for so many points", 4, 22, 13, format=".1f", nodes=2),
    },
    compute=_education,
    formulas=_formulas(),
    marks=[
        Rule("margins", x="limit", label="limit"),
        Line("margins", "points", "social_benefit", colour="green", dash=1, label="benefit to all"),
        Line("margins", "points", "benefit", colour="blue", label="benefit to one"),
        Line("margins", "points", "cost", colour="vermilion", dash=3, label="price"),
        Rule("worth", x="limit", name="limit"),
        Line("worth", "points", "together", colour="green", dash=1, label="all alike"),
        Line("worth", "points", "alone", colour="blue", label="one, given the others"),
        Points("worth", "social", "best", colour="green", marker="s", label="best equal"),
        Points("worth", "chosen", "chosen_worth", colour="blue", label="chosen"),
    ],
    sentence=[
        Clause("Each person buys {private:.1f} points of skill", when="bends"),
        Clause(
            "The cost bends less than income, so each person buys nothing or all that she can: "
            "{share:.0%} buy {limit:.1f} points, which makes {private:.1f} on average",
            unless="bends",
        ),
        "(the best equal education for all: {social:.1f}).",
        Clause("That is all that the limit pays for.", when="capped"),
        Clause("Nothing is lost.", unless="loses"),
        Clause("The race costs {lost:.1%} of the surplus with that.", when="loses"),
        Clause(
            "A tax of {chi:.0%} on income, given back in equal sums, would make it the private "
            "choice.",
            when="taxed",
        ),
    ],
    columns={
        "education (points)": "points",
        "private marginal benefit over a E[w]": "benefit",
        "social marginal benefit over a E[w]": "social_benefit",
        "marginal cost over a E[w]": "cost",
        "income less cost of one over E[w]": "alone",
        "surplus when all choose alike over E[w]": "together",
    },
    caption=(
        "Where the price is steeper than the benefit to one person (η > a) their crossing is the "
        "best choice; where it is flatter the crossing is the worst, and identical people go to "
        "both ends of a curve that is equally high there. Try: set χ = 0, where all agree, and "
        "raise it; then take “Linear cost” and change its price."
    ),
    presets={
        "No rents": {"year": "2024", "curvature": 2, "chi": 0.0},
        "Half rents": {"year": "2024", "curvature": 2, "chi": 0.5},
        "All rents: a race on the spot": {"year": "2024", "curvature": 2, "chi": 1.0},
        "Linear cost: a corner": {
            "year": "2024", "curvature": 0, "chi": 0.6, "level": 1.5, "limit": 22,
        },
    },
    play="chi",
    goal=Goal(
        "With a linear cost, find a setting at which half of the people learn all that they can.",
        of="some",
        low=0.47,
        high=0.53,
        reached="{some:.0%} learn all that they can, and the others are as well off without.",
    ),
    size=(6.8, 3.8),
)  # fmt: skip
