"""What the summary of Kuhle (2026) reports, and the computation that checks it.

The paper's equations and tables were not available: the source of each claim is a press summary,
which gives few numbers and many directions. Where it says "several times" or "near doubling", the
row states how we read the words.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from aiecon.kuhle.calibration import annuity, calibrate, indifference_scale, value_of_skill
from aiecon.kuhle.data import DEFLATORS, households, incomes, two_years
from aiecon.kuhle.education import Cost, Education, optimal_education, overreach_gain
from aiecon.kuhle.extrapolation import extrapolate
from aiecon.kuhle.firms import winner_take_most
from aiecon.kuhle.lognormal import Economy, top_share
from aiecon.kuhle.rents import Race, best_reply, private_education, social_education, surplus, wedge
from aiecon.kuhle.time_cost import opportunity_cost
from aiecon.kuhle.welfare import (
    certainty_equivalent,
    indifference_gamma,
    log_certainty_equivalent,
    plateau,
)
from aiecon.ledger import (
    Claim,
    Course,
    Edition,
    Exact,
    NotIdentified,
    Number,
    Planted,
    Range,
    Sign,
    scale,
    shift,
)

PACKAGE = "aiecon.kuhle"
EDITION = Edition(
    "Kuhle (2026)",
    read="Read in a press summary and in the public abstract.",
    unseen="The paper itself, its proofs, tables and figures were not seen.",
    searched="Up to November 2026 we found no erratum and no published code.",
    paged=False,
)

claim = partial(Claim, edition=EDITION)

# Errors that several claims plant -----------------------------------------------------------------

_log_utility = Planted(
    f"{PACKAGE}.welfare:log_certainty_equivalent",
    instead=lambda economy, gamma: economy.log_median - gamma * economy.dispersion**2 / 2,
    says="CE = M e^{−γσ²/2}, the premium taken from the median",
)
_riskless = Planted(
    f"{PACKAGE}.welfare:log_certainty_equivalent",
    instead=lambda economy, gamma: economy.log_median + 0 * gamma * economy.dispersion,
    says="risk not subtracted",
)
_mean_wrong_sign = Planted(
    f"{PACKAGE}.lognormal:Economy.mean",
    instead=lambda economy: np.exp(economy.log_median - economy.dispersion**2 / 2),
    says="E[w] = M e^{−σ²/2}",
)
_mean_first_order = Planted(
    f"{PACKAGE}.lognormal:Economy.mean",
    instead=lambda economy: economy.median * (1 + economy.dispersion**2 / 2),
    says="E[w] = M(1 + σ²/2), a first-order expansion",
)


def _stationary(rate: float, benefit: float, cost: Cost, highest: float) -> tuple[float, float]:
    point = np.log(rate * benefit / cost.level) / (cost.curvature - rate)
    return min(max(float(point), 0.0), 0.9 * highest), float(point)


_first_order_only = Planted(
    f"{PACKAGE}.education:maximiser",
    instead=_stationary,
    says="the first-order condition taken for an optimum",
)
_no_growth = Planted(
    f"{PACKAGE}.calibration:dispersion_from_mean",
    lambda sigma: 0 * sigma + 0.7,
    "the same dispersion in every year",
)


# The plateau --------------------------------------------------------------------------------------


def _by_technology(highest: float = 0.25) -> Economy:
    """Technology from little to much, skill 17.7 points above the origin on average."""
    return Economy(np.linspace(0.002, highest, 60), 1.0, 17.7, 15.0)


def _mean_and_inequality() -> np.ndarray:
    economy = _by_technology()
    return np.stack([np.log(economy.mean), economy.gini, top_share(economy, 0.01)])


def _growth_rates() -> np.ndarray:
    """∂ln E[w]/∂μ over a, and ∂ln E[w]/∂ς² over a²/2, on grids of μ and of ς²."""
    a, mu, variance = 0.05, np.linspace(80, 120, 9), np.linspace(100, 400, 9)
    by_mean = np.diff(np.log(Economy(a, 300.0, mu).mean)) / np.diff(mu) / a
    by_variance = np.diff(np.log(Economy(a, 300.0, 100.0, np.sqrt(variance)).mean))
    return np.stack([by_mean, by_variance / np.diff(variance) / (a**2 / 2)])


def _ce(*gammas: float) -> np.ndarray:
    return np.stack([log_certainty_equivalent(_by_technology(), g) for g in gammas])


def _threshold() -> float:
    """The γ at which the peak of CE leaves for infinity: ln CE is a parabola in a, and the inverse
    of its vertex is linear in γ."""
    inverse = []
    for gamma in (2.0, 4.0):
        a = np.array([0.02, 0.04, 0.06])
        y = log_certainty_equivalent(Economy(a, 1.0, 17.7, 15.0), gamma)
        bend, slope, _ = np.polyfit(a, y, 2)
        inverse.append(-2 * bend / slope)
    return 2.0 - inverse[0] * 2.0 / (inverse[1] - inverse[0])


def _beyond_the_plateau() -> np.ndarray:
    """Growth of mean income, and the fall of CE, in steps beyond a* for three γ."""
    found = []
    for gamma in (1.5, 2.5, 4.0):
        a = plateau(gamma, 17.7, 15.0) * np.linspace(1.0, 1.8, 9)
        economy = Economy(a, 1.0, 17.7, 15.0)
        found.append(np.diff(np.log(economy.mean)))
        found.append(-np.diff(log_certainty_equivalent(economy, gamma)))
    return np.stack(found)


# The arms race ------------------------------------------------------------------------------------


def _corner(times: float = 1.5) -> Education:
    """In the economy of 2024: education that multiplies income by more than the threshold, at a
    price in the middle of the window of :func:`overreach_gain`."""
    _, new = two_years()
    gain = times * float(overreach_gain(new.dispersion))
    points = np.log(gain) / new.technology
    spending = (new.median * gain + new.mean * (gain - 1)) / 2
    return optimal_education(new, Cost(spending / points), spending)


def _spending_over_limit() -> np.ndarray:
    _, new = two_years()
    found = []
    for limit in np.array([0.5, 1.0, 2.0, 4.0]) * new.median:
        best = optimal_education(new, Cost(0.8 * new.technology * new.mean), limit)
        found.append(best.spending / limit)
    return np.array(found)


CHI = np.linspace(0.05, 0.9, 18)


def _race(chi: float, eta: float = 0.12, level: float = 250.0) -> Race:
    return Race(Economy(0.05, 300.0), Cost(level, eta), chi)


def _wedges() -> np.ndarray:
    return np.array([[wedge(_race(chi, eta)) for chi in CHI] for eta in (0.06, 0.12, 0.3)])


def _waste() -> np.ndarray:
    """Surplus lost to the race, as a share of the planner's, rising with rents."""
    found = []
    for chi in CHI:
        race = _race(chi)
        best, got = (surplus(race, f(race)) for f in (social_education, private_education))
        found.append(1 - got / best)
    return np.array(found)


def _firm() -> Race:
    """A firm whose capability is cheap at the margin and whose credit is limited."""
    return Race(Economy(0.05, 300.0), Cost(2000.0, 0.02), 0.9, limit=60_000.0)


def _losing_firms() -> np.ndarray:
    rng = np.random.default_rng(2026)
    return np.array(
        [winner_take_most(s, 10, markets=4000, rng=rng).losing for s in (0.8, 1.5, 2.5)]
    )


# The calibration ----------------------------------------------------------------------------------


def _each_deflator(f: Any) -> np.ndarray:
    return np.array([f(*two_years(d)) for d in DEFLATORS])


def _gamma_star(deflator: str) -> float:
    return float(indifference_gamma(*two_years(deflator)))


def _required_price_factor() -> float:
    """Dollars of 2024 for a dollar of 1975 with which γ* is 2.5."""
    now = incomes(1975)
    nominal = calibrate(now.median, now.mean)
    return float(indifference_scale(nominal, two_years()[1], 2.5))


def _who_prefers_1975() -> np.ndarray:
    """CE₁₉₇₅/CE₂₀₂₄ − 1 for γ above γ*, and its negative below."""
    old, new = two_years()
    star = indifference_gamma(old, new)
    gammas = star * np.array([0.0, 0.5, 0.9, 1.1, 1.5, 3.0])
    ratio = certainty_equivalent(old, gammas) / certainty_equivalent(new, gammas) - 1
    return ratio * np.sign(gammas - star)


def _mean_growth(deflator: str = "c-cpi-u") -> float:
    old, new = two_years(deflator)
    return float(new.mean / old.mean)


RANKS = np.array([0.5, 0.6, 0.7, 0.8413, 0.9, 0.95, 0.9772])


def _value_growth() -> np.ndarray:
    old, new = two_years()
    return value_of_skill(new, RANKS) / value_of_skill(old, RANKS)


def _lifetime_value() -> np.ndarray:
    """Forty years of one point at the median, in years of median income, at 0, 2 and 4%."""
    _, new = two_years()
    return value_of_skill(new, 0.5) * annuity(np.array([0.0, 0.02, 0.04])) / new.median


def _carried_on() -> np.ndarray:
    """The value of a point at +1 standard deviation, median held, if dispersion goes on rising."""
    data, years = households(), np.arange(2026, 2051, 4)
    sigma = np.sqrt(2 * np.log(data.ratio))
    kept = data.year >= 1975
    ahead = extrapolate(data.year[kept], sigma[kept], years, without=(1993,)).centre
    sigma = np.concatenate([[sigma[-1]], ahead])
    return sigma / 15 * incomes(2024).median * np.exp(sigma)


def _time() -> np.ndarray:
    """Three years away and three points of skill: log change of the cost, 1975 to 2024."""
    old, new = (opportunity_cost(e, RANKS, 3.0, 3.0).total for e in two_years())
    return np.log(new / old)


PLATEAU, RACE, CALIBRATION = "kuhle/plateau", "kuhle/arms_race", "kuhle/calibration"
RETURNS = "Summary, “Exponential returns and the educational arms race”"
CAL = "Summary, “Calibration: rising GDP, rising risk”"
FIRMS = "Summary, “From human capital to AI arms race”"

CLAIMS = (
    claim(
        id="ku.plateau.mean-inequality",
        source=RETURNS,
        statement="As technology rises, mean income and inequality rise (mean, Gini coefficient, "
        "share of the top 1%).",
        reported=Course("rises"),
        compute=_mean_and_inequality,
        function=f"{PACKAGE}.lognormal:top_share",
        chapter=PLATEAU,
        anchor="fig-ku-plateau-inequality",
        planted=(
            _mean_wrong_sign,
            Planted(f"{PACKAGE}.lognormal:Economy.gini", lambda g: 1 - g, "equality for the Gini"),
        ),
    ),
    claim(
        id="ku.plateau.exponential",
        source=RETURNS,
        statement="Expected income grows exponentially with mean skill and with its variance: at "
        "the constant rates a and a²/2.",
        reported=Exact("constant rates, over a and a²/2: one", 1.0),
        compute=_growth_rates,
        function=f"{PACKAGE}.lognormal:Economy.mean",
        chapter=PLATEAU,
        anchor="prop-ku-mean",
        planted=(_mean_first_order, _mean_wrong_sign),
    ),
    claim(
        id="ku.plateau.low-gamma",
        source=RETURNS,
        statement="With relative risk aversion up to one, more technology always raises expected "
        "utility (γ = 0, ½, 1).",
        reported=Course("rises"),
        compute=lambda: _ce(0.0, 0.5, 1.0),
        function=f"{PACKAGE}.welfare:log_certainty_equivalent",
        chapter=PLATEAU,
        anchor="fig-ku-plateau-ce",
        planted=(_log_utility,),
    ),
    claim(
        id="ku.plateau.high-gamma",
        source=RETURNS,
        statement="With relative risk aversion above one, expected utility rises up to a plateau "
        "and falls beyond it (γ = 1.5, 2.5, 4).",
        reported=Course("rises", "falls"),
        compute=lambda: _ce(1.5, 2.5, 4.0),
        function=f"{PACKAGE}.welfare:log_certainty_equivalent",
        chapter=PLATEAU,
        anchor="fig-ku-plateau-ce",
        planted=(_riskless,),
    ),
    claim(
        id="ku.plateau.threshold",
        source=RETURNS,
        statement="The plateau appears once the coefficient of relative risk aversion exceeds one.",
        reported=Exact("one", 1.0),
        compute=_threshold,
        function=f"{PACKAGE}.welfare:log_certainty_equivalent",
        chapter=PLATEAU,
        anchor="prop-ku-plateau",
        planted=(_log_utility,),
        note="From the peaks of CE at γ = 2 and γ = 4, not from the formula for the plateau.",
    ),
    claim(
        id="ku.plateau.gdp-welfare",
        source=RETURNS,
        statement="Beyond the plateau GDP goes on rising while welfare falls.",
        reported=Sign(">0", "income rises, welfare falls"),
        compute=_beyond_the_plateau,
        function=f"{PACKAGE}.welfare:plateau",
        chapter=PLATEAU,
        anchor="fig-ku-plateau-ce",
        planted=(
            Planted(f"{PACKAGE}.welfare:plateau", scale(0.5), "half the plateau"),
            _riskless,
        ),
    ),
    claim(
        id="ku.race.corner",
        source=RETURNS,
        statement="With income exponential in skill and a linear cost, optimal education is a "
        "corner: as much as one can pay for.",
        reported=Exact("all of the limit", 1.0),
        compute=_spending_over_limit,
        function=f"{PACKAGE}.education:optimal_education",
        chapter=RACE,
        anchor="fig-ku-race-corner",
        planted=(_first_order_only,),
        note="Four limits, from half a median income to four. A price above the expected marginal "
        "benefit turns the same corner into no education at all.",
    ),
    claim(
        id="ku.race.above-median",
        source=RETURNS,
        statement="The optimal education can cost more than the median income.",
        reported=Range(1.0, np.inf, "more than the median", because="cost over median income"),
        compute=lambda: _corner().spending / _corner().median_income,
        function=f"{PACKAGE}.education:optimal_education",
        chapter=RACE,
        anchor="prop-ku-overreach",
        planted=(_mean_wrong_sign,),
        note="Possible only where education multiplies income by more than mean/(mean − median): "
        "3.25 in the economy of 2024. The example takes 1.5 times that.",
    ),
    claim(
        id="ku.race.more-than-half",
        source=RETURNS,
        statement="More than half may later earn too little to cover the cost of their education.",
        reported=Range(0.5, 1.0, "more than half", because="a share above one half"),
        compute=lambda: _corner().share_not_recovering,
        function=f"{PACKAGE}.education:share_not_recovering",
        chapter=RACE,
        anchor="fig-ku-race-recover",
        planted=(
            Planted(f"{PACKAGE}.education:share_not_recovering", lambda p: 1 - p, "those who can"),
        ),
        show=".1%",
        note="At most N(aς/2), 66.6% in 2024, reached where the whole expected income is spent.",
    ),
    claim(
        id="ku.race.overinvestment",
        source=RETURNS,
        statement="Private education exceeds the social optimum whenever a share χ of income is "
        "rent (χ from .05 to .9, three curvatures of the cost).",
        reported=Sign(">0"),
        compute=_wedges,
        function=f"{PACKAGE}.rents:wedge",
        chapter=RACE,
        anchor="fig-ku-race-wedge",
        planted=(
            Planted(
                f"{PACKAGE}.rents:private_education",
                instead=lambda race: social_education(race),
                says="each person takes the average for her own doing",
            ),
        ),
        note="Where both choices are interior or zero. At the borrowing limit both can agree.",
    ),
    claim(
        id="ku.race.rents",
        source=RETURNS,
        statement="Overinvestment grows with the share of rents, as long as the planner wants any "
        "education.",
        reported=Course("rises"),
        compute=_wedges,
        function=f"{PACKAGE}.rents:wedge",
        chapter=RACE,
        anchor="fig-ku-race-wedge",
        planted=(
            Planted(
                f"{PACKAGE}.rents:social_education",
                instead=lambda race: private_education(race) - 1.0,
                says="a planner who always wants one point less",
            ),
        ),
        note="Private education itself falls with χ: the others' education lowers one's income.",
    ),
    claim(
        id="ku.firms.corner",
        source=FIRMS,
        statement="Firms push spending on AI to the limit of their financial capacity.",
        reported=Exact("the limit", 1.0),
        compute=lambda: best_reply(_firm(), 0.0) / _firm().highest,
        function=f"{PACKAGE}.rents:best_reply",
        chapter=RACE,
        anchor="fig-ku-race-firms",
        planted=(_first_order_only,),
        note="Against rivals who do not invest. If all invest, the last firm may be better off "
        "without: identical firms then split.",
    ),
    claim(
        id="ku.firms.losses",
        source=FIRMS,
        statement="Ex post many firms find that their investment does not pay.",
        reported=Range(
            0.5, 1.0, "many", because="“many” is read as more than half, spending = fair share"
        ),
        compute=_losing_firms,
        function=f"{PACKAGE}.firms:winner_take_most",
        chapter=RACE,
        anchor="fig-ku-race-firms",
        planted=(
            Planted(
                f"{PACKAGE}.firms:winner_take_most",
                lambda r: scale(0.5, "losing")(r),
                "half of the losers",
            ),
            Planted(
                f"{PACKAGE}.firms:market_shares",
                instead=lambda x: np.full(np.shape(x), 1.0 / np.shape(x)[-1]),
                says="equal shares whatever the capability",
            ),
        ),
        show=".1%",
        note="Ten firms, dispersion of log capability .8, 1.5 and 2.5; simulated, 4000 markets.",
    ),
    claim(
        id="ku.firms.network",
        source=FIRMS,
        statement="Network effects (a larger χ) intensify the race: the share of surplus that is "
        "lost rises.",
        reported=Course("rises"),
        compute=_waste,
        function=f"{PACKAGE}.rents:surplus",
        chapter=RACE,
        anchor="fig-ku-race-wedge",
        planted=(
            Planted(
                f"{PACKAGE}.rents:private_education",
                instead=lambda race: social_education(race),
                says="each person takes the average for her own doing",
            ),
        ),
    ),
    claim(
        id="ku.cal.technology",
        source=CAL,
        statement="The technology that amplifies skill rose by more than 50% from 1975 to 2024.",
        reported=Range(1.5, 1.6, "more than 50%", because="read as 50 to 60%"),
        compute=lambda: two_years()[1].technology / two_years()[0].technology,
        function=f"{PACKAGE}.calibration:calibrate",
        chapter=CALIBRATION,
        anchor="ku-cal-two-years",
        planted=(
            Planted(
                f"{PACKAGE}.calibration:dispersion_from_mean",
                instead=lambda median, mean: np.log(mean / median),
                says="σ = ln(mean/median)",
            ),
        ),
        show=".3f",
    ),
    claim(
        id="ku.cal.scale",
        source=CAL,
        statement="The baseline productivity B fell (log change, three deflators).",
        reported=Sign("<0", "fell"),
        compute=lambda: _each_deflator(lambda old, new: np.log(new.scale / old.scale)),
        function=f"{PACKAGE}.calibration:calibrate",
        chapter=CALIBRATION,
        anchor="ku-cal-two-years",
        planted=(
            Planted(
                f"{PACKAGE}.calibration:calibrate",
                instead=lambda median, mean, skill_mean=100.0, skill_sd=15.0: Economy(
                    np.sqrt(2 * np.log(mean / median)) / skill_sd, median, 0.0, skill_sd
                ),
                says="skill measured from its mean, so that B is the median",
            ),
        ),
        note="B is the income at IQ zero, 6.7 standard deviations below the mean. Measured from an "
        "IQ of 83 or more, B rose.",
    ),
    claim(
        id="ku.cal.levels",
        source=CAL,
        statement="Mean and median income rose substantially (log changes, three deflators).",
        reported=Sign(">0", "rose"),
        compute=lambda: _each_deflator(
            lambda old, new: [np.log(new.mean / old.mean), np.log(new.median / old.median)]
        ),
        function=f"{PACKAGE}.data:two_years",
        chapter=CALIBRATION,
        anchor="ku-cal-two-years",
        planted=(
            Planted(f"{PACKAGE}.data:two_years", lambda pair: pair[::-1], "the years interchanged"),
        ),
    ),
    claim(
        id="ku.cal.mean-median",
        source=CAL,
        statement="The ratio of mean to median income rose.",
        reported=Sign(">0", "rose"),
        compute=lambda: _each_deflator(
            lambda old, new: new.mean / new.median - old.mean / old.median
        ),
        function=f"{PACKAGE}.data:two_years",
        chapter=CALIBRATION,
        anchor="ku-cal-two-years",
        planted=(_no_growth,),
        note="Part of the rise is measurement: the survey's questions, limits and processing "
        "changed in between.",
    ),
    claim(
        id="ku.cal.gamma-star",
        source=CAL,
        statement="Whoever has a relative risk aversion above about 2.5 prefers the incomes of "
        "1975.",
        reported=Number("2.5", 0.25, "“approximately”: nearer to 2.5 than to 2 or 3"),
        compute=lambda: _gamma_star("c-cpi-u"),
        function=f"{PACKAGE}.welfare:indifference_gamma",
        chapter=CALIBRATION,
        anchor="fig-ku-cal-gamma",
        planted=(
            Planted(f"{PACKAGE}.welfare:indifference_gamma", shift(-1.0), "the one forgotten"),
            Planted(f"{PACKAGE}.lognormal:Economy.log_median", scale(1.05), "log median 5% off"),
        ),
        finding=NotIdentified(
            "The deflator is not printed",
            required=_required_price_factor,
            otherwise=lambda: _gamma_star("cpi-u"),
            says="a dollar of 1975 counts as about {:.2f} dollars of 2024 (γ* = 2.5 exactly)",
        ),
        show=".2f",
        note="2.67 with the Census Bureau's C-CPI-U series, 2.35 with the CPI-U-RS to 2019 and the "
        "CPI-U from there, 1.92 with the plain CPI-U, 10.2 without deflating.",
    ),
    claim(
        id="ku.cal.prefer-1975",
        source=CAL,
        statement="Above γ* the certainty equivalent of 1975 is the larger one, below it that of "
        "2024.",
        reported=Sign(">0", "1975 above γ*, 2024 below"),
        compute=_who_prefers_1975,
        function=f"{PACKAGE}.welfare:certainty_equivalent",
        chapter=CALIBRATION,
        anchor="fig-ku-cal-gamma",
        planted=(
            Planted(f"{PACKAGE}.welfare:indifference_gamma", scale(1.5), "γ* one half too large"),
            _riskless,
        ),
    ),
    claim(
        id="ku.cal.doubling",
        source=CAL,
        statement="Income per head nearly doubled from 1975 to 2024 (we have mean household "
        "income).",
        reported=Range(1.7, 2.1, "near doubling", because="read as a factor of 1.7 to 2.1"),
        compute=_mean_growth,
        function=f"{PACKAGE}.data:two_years",
        chapter=CALIBRATION,
        anchor="ku-cal-two-years",
        planted=(
            Planted(
                f"{PACKAGE}.calibration:dispersion_from_mean", scale(0.7), "dispersion 30% low"
            ),
        ),
        finding=NotIdentified(
            "Neither the deflator nor the measure of income per head is printed",
            required=lambda: incomes(2024).mean / 1.7 / incomes(1975).mean,
            otherwise=lambda: _mean_growth("cpi-u"),
            says="a dollar of 1975 counts as at most {:.2f} dollars of 2024",
        ),
        show=".2f",
        note="1.77 with the C-CPI-U series, 1.65 and 1.51 with the others. Households have become "
        "smaller, so income per head rose by more than income per household.",
    ),
    claim(
        id="ku.cal.iq-point",
        source=CAL,
        statement="What one IQ point adds to yearly income multiplied several times (at the median "
        "and above, in dollars of 2024).",
        reported=Range(2.0, 12.0, "several times", because="read as twice or more"),
        compute=_value_growth,
        function=f"{PACKAGE}.calibration:value_of_skill",
        chapter=CALIBRATION,
        anchor="fig-ku-cal-value",
        planted=(
            Planted(
                f"{PACKAGE}.calibration:value_of_skill",
                instead=lambda economy, p=None: economy.median * (0 * np.asarray(p) + 1),
                says="the median income for the value of a point",
            ),
        ),
        note="From 2.2 times at the median to 4.0 times two standard deviations above; 10.9 times "
        "at the median in current dollars.",
    ),
    claim(
        id="ku.cal.iq-point-above",
        source=CAL,
        statement="The value of a point multiplied by more, the higher above the average.",
        reported=Course("rises"),
        compute=_value_growth,
        function=f"{PACKAGE}.calibration:value_of_skill",
        chapter=CALIBRATION,
        anchor="fig-ku-cal-value",
        planted=(_no_growth,),
    ),
    claim(
        id="ku.cal.lifetime",
        source=CAL,
        statement="Over forty years the value of a point is substantial (at the median, in years "
        "of median income, at 4%, 2% and 0%).",
        reported=Range(
            1.0, np.inf, "substantial", because="read as more than a year's median income"
        ),
        compute=_lifetime_value,
        function=f"{PACKAGE}.calibration:annuity",
        chapter=CALIBRATION,
        anchor="fig-ku-cal-value",
        planted=(
            Planted(f"{PACKAGE}.calibration:annuity", scale(0.5), "half of the present value"),
        ),
    ),
    claim(
        id="ku.cal.extrapolation",
        source=CAL,
        statement="If technological amplification goes on, the rewards of high skill become "
        "steeper still (value of a point at +1 standard deviation, 2024 to 2050).",
        reported=Course("rises"),
        compute=_carried_on,
        function=f"{PACKAGE}.extrapolation:extrapolate",
        chapter=CALIBRATION,
        anchor="fig-ku-cal-series",
        planted=(
            Planted(
                f"{PACKAGE}.extrapolation:extrapolate",
                lambda f: scale(-1.0, "centre")(shift(-1.8, "centre")(f)),
                "the drift carried on downwards",
            ),
        ),
        note="The centre of the forecast; its interval is wide, and past forecasts of this kind "
        "were too high.",
    ),
    claim(
        id="ku.cal.time",
        source=CAL,
        statement="The opportunity cost of time away from the market rose (three years away and "
        "three points of skill, log change, at the median and above).",
        reported=Sign(">0", "rose"),
        compute=_time,
        function=f"{PACKAGE}.time_cost:opportunity_cost",
        chapter=CALIBRATION,
        anchor="ku-cal-time",
        planted=(
            Planted(f"{PACKAGE}.data:two_years", lambda pair: pair[::-1], "the years interchanged"),
        ),
        note="That this lowered fertility is a conjecture of the paper, which the model cannot "
        "test.",
    ),
)
