"""What the summary of Kuhle (2026) reports on education, rents and AI firms."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from aiecon import kuhle
from exhibits.kuhle.claims import PACKAGE, PAPER, RETURNS, mean_wrong_sign
from exhibits.ledger import (
    ByConstruction,
    Course,
    NotIdentified,
    Planted,
    Range,
    Shape,
    Sign,
    scale,
)

claim = partial(PAPER.claim, source=RETURNS, chapter="kuhle/arms_race")

of_firms = partial(claim, source="Summary, “From human capital to AI arms race”")

RENTS, EDUCATION = f"{PACKAGE}.rents", f"{PACKAGE}.education"

WEDGE, FIRMS = "fig-ku-race-wedge", "fig-ku-race-firms"

CHI = np.linspace(0.05, 0.9, 18)


def _stationary(
    rate: float, benefit: float, cost: kuhle.Cost, highest: float
) -> tuple[float, float]:
    point = np.log(rate * benefit / cost.level) / (cost.curvature - rate)
    return min(max(float(point), 0.0), 0.9 * highest), float(point)


_first_order_only = Planted(
    f"{EDUCATION}:maximiser",
    instead=_stationary,
    says="the first-order condition taken for an optimum",
)

_average_for_ones_own = Planted(
    f"{RENTS}:private_education",
    instead=lambda race: kuhle.social_education(race),
    says="each person takes the average for her own doing",
)


def _corner() -> kuhle.Education:
    """In the economy of 2024: education that multiplies income by more than the threshold, at a
    price in the middle of the window of :func:`overreach_gain`."""
    _, new = kuhle.two_years()
    gain = 1.5 * float(kuhle.overreach_gain(new.dispersion))
    points = np.log(gain) / new.technology
    spending = (new.median * gain + new.mean * (gain - 1)) / 2
    return kuhle.optimal_education(new, kuhle.Cost(spending / points), spending)


def _race(chi: float, eta: float = 0.12, level: float = 250.0) -> kuhle.Race:
    return kuhle.Race(kuhle.Economy(0.05, 300.0), kuhle.Cost(level, eta), chi)


def _wedges() -> np.ndarray:
    return np.array([[kuhle.wedge(_race(chi, eta)) for chi in CHI] for eta in (0.06, 0.12, 0.3)])


def _spending_by_rents(passed_on: float) -> np.ndarray:
    """Private spending against χ, where the private return to skill is a(1 − χ)^−``passed_on``.

    At 0 the return to one's own skill is given and rents come in place of product, as in
    :mod:`aiecon.kuhle.rents`; at 1 the social return a(1 − χ)·(1 − χ)⁻¹ is given and rents come on
    top of it. Skill is measured from its mean, so that the median income stays the same.
    """
    chi, a = np.linspace(0.05, 0.5, 10), 0.05
    found = []
    for x in chi:
        economy = kuhle.Economy(a * (1 - x) ** -passed_on, 44_524.0, 0.0)
        race = kuhle.Race(economy, kuhle.Cost(250.0, 0.12), float(x))
        found.append(race.cost.spending(kuhle.private_education(race)))
    return np.array(found)


def _passed_on() -> float:
    """The smallest exponent with which spending rises with χ throughout, to three digits."""
    low, high = 0.0, 1.0
    while high - low > 1e-3:
        middle = (low + high) / 2
        rises = bool((np.diff(_spending_by_rents(middle)) > 0).all())
        low, high = (low, middle) if rises else (middle, high)
    return high


@claim(
    Shape("all that one can pay for", lambda x: np.allclose(x, 1.0, rtol=1e-9)),
    anchor="fig-ku-race-corner",
    function=f"{EDUCATION}:optimal_education",
    planted=(_first_order_only,),
    note="The summary: education “can exhibit corner solutions”. The linear cost and its "
    "price, 80% of the expected marginal benefit, are ours; four limits, from half a median "
    "income to four. A higher price can turn the corner into no education at all.",
)
def race_corner() -> Any:
    """With income exponential in skill and a linear cost, optimal education is a corner: as
    much as one can pay for.
    """
    _, new = kuhle.two_years()
    found = []
    for limit in np.array([0.5, 1.0, 2.0, 4.0]) * new.median:
        best = kuhle.optimal_education(new, kuhle.Cost(0.8 * new.technology * new.mean), limit)
        found.append(best.spending / limit)
    return np.array(found)


@claim(
    Range(1.0, np.inf, "more than the median", because="cost over median income"),
    anchor="prop-ku-overreach",
    function=f"{EDUCATION}:optimal_education",
    planted=(mean_wrong_sign,),
    finding=ByConstruction(
        "The example is chosen inside the window of the proposition: education multiplies "
        "income by 1.5 times the smallest factor, and the price lies in the middle."
    ),
    note="“Under certain conditions” in the summary. Possible only where education multiplies "
    "income by more than mean/(mean − median): 3.25 in the economy of 2024.",
)
def race_above_median() -> Any:
    """The optimal education can cost more than the median income."""
    return _corner().spending / _corner().median_income


@claim(
    Range(0.5, 1.0, "more than half", because="a share above one half"),
    anchor="fig-ku-race-recover",
    function=f"{EDUCATION}:share_not_recovering",
    planted=(Planted(f"{EDUCATION}:share_not_recovering", lambda p: 1 - p, "those who can"),),
    finding=ByConstruction(
        "The same fact as ku.race.above-median: of a lognormal income more than half lies "
        "below a sum if and only if the sum exceeds the median."
    ),
    show=".1%",
    note="At most N(aς/2), 66.6% in 2024, reached where the whole expected income is spent.",
)
def race_more_than_half() -> Any:
    """More than half may later earn too little to cover the cost of their education."""
    return _corner().share_not_recovering


@claim(
    Sign(">0"),
    anchor=WEDGE,
    function=f"{RENTS}:wedge",
    planted=(_average_for_ones_own,),
    note="The condition is ours: where nobody learns, or all are at the borrowing limit, both "
    "can agree. Mean education is also above that of a planner who may treat people "
    "differently; the chapter proves it.",
)
def race_overinvestment() -> Any:
    """Private education exceeds the social optimum as long as a share χ of income is rent,
    where the private choice is interior (χ from 0.05 to 0.9, three curvatures of the cost; a
    planner who gives everybody the same).
    """
    return _wedges()


@claim(
    Course("rises"),
    anchor=WEDGE,
    function=f"{RENTS}:wedge",
    planted=(
        Planted(
            f"{RENTS}:social_education",
            instead=lambda race: kuhle.private_education(race) - 1.0,
            says="a planner who always wants one point less",
        ),
    ),
    note="Private education itself falls with χ: the others' education lowers one's income.",
)
def race_rents() -> Any:
    """Overinvestment grows with the share of rents (against a planner who gives everybody the
    same and wants to give some).
    """
    return _wedges()


@of_firms(
    Shape("the limit", lambda x: np.allclose(x, 1.0, rtol=1e-9)),
    anchor=FIRMS,
    function=f"{RENTS}:best_reply",
    planted=(_first_order_only,),
    note="Against rivals who do not invest. If all invest, the last firm may be better off "
    "without: identical firms then split.",
)
def firms_corner() -> Any:
    """Firms push spending on AI to the limit of their financial capacity."""
    # Capability is cheap at the margin and credit is limited.
    firm = kuhle.Race(kuhle.Economy(0.05, 300.0), kuhle.Cost(2000.0, 0.02), 0.9, limit=60_000.0)
    return kuhle.best_reply(firm, 0.0) / firm.highest


@of_firms(
    Shape("many", lambda x: bool((x > 0.5).all()), says=lambda x: ", ".join(f"{y:.1%}" for y in x)),
    anchor=FIRMS,
    function=f"{PACKAGE}.firms:winner_take_most",
    planted=(
        Planted(
            f"{PACKAGE}.firms:winner_take_most",
            scale(0.5, "losing"),
            "half of the losers",
        ),
        Planted(
            f"{PACKAGE}.firms:market_shares",
            instead=lambda x: np.full(np.shape(x), 1.0 / np.shape(x)[-1]),
            says="equal shares whatever the capability",
        ),
    ),
    show=".1%",
    note="“Many” is read as more than half. That each firm spends a fair share of revenue is "
    "ours: of firms that spend less than the share e^(−σ²/2) of that, fewer than half lose. "
    "Ten firms, dispersion of log capability 0.8, 1.5 and 2.5; simulated, 4000 markets.",
)
def firms_losses() -> Any:
    """Ex post many firms find that their investment does not pay."""
    rng = np.random.default_rng(2026)
    return np.array(
        [kuhle.winner_take_most(s, 10, markets=4000, rng=rng).losing for s in (0.8, 1.5, 2.5)]
    )


@of_firms(
    Course("rises"),
    anchor=WEDGE,
    function=f"{RENTS}:surplus",
    planted=(_average_for_ones_own,),
    note="Computed for the race in education, which is the same game. Whether spending itself "
    "rises is ku.firms.escalation.",
)
def firms_network() -> Any:
    """Network effects (a larger χ) make overinvestment worse: the share of the surplus that is
    lost rises (against equal education for all).
    """
    # Surplus lost to the race, as a share of the planner's, rising with rents.
    found = []
    for chi in CHI:
        race = _race(chi)
        best, got = (
            kuhle.surplus(race, f(race)) for f in (kuhle.social_education, kuhle.private_education)
        )
        found.append(1 - got / best)
    return np.array(found)


@of_firms(
    Course("rises"),
    anchor="prop-ku-reply",
    function=f"{RENTS}:private_education",
    planted=(
        Planted(
            f"{PACKAGE}.lognormal:Economy.mean",
            instead=lambda economy: economy.median * 0.5 / economy.technology**2,
            says="a mean that falls with technology",
        ),
    ),
    finding=NotIdentified(
        "How rents enter income is not printed: in place of product, as in our form, or on top "
        "of it",
        required=_passed_on,
        otherwise=lambda: _spending_by_rents(0.0),
        says="the private return to skill rises with rents as (1 − χ)^−{:.2f} or faster",
    ),
    show=".0f",
    note="In our form, exponent 0, private spending falls with χ, because what the others "
    "learn lowers one's income. That this race is a commons and not an escalation is a "
    "property of our form, no finding about the paper.",
)
def firms_escalation() -> Any:
    """Network effects (a larger χ) drive up the spending of firms."""
    return _spending_by_rents(1.0)
