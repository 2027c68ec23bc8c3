"""Kuhle (2026), Janus-Faced Technological Progress and the Arms Race in Education.

The paper was available only as a summary; the model is the lognormal one which the summary
describes, and every derivation is ours. The certainty equivalent, the plateau and γ* are in
``welfare``, education and rents in ``education`` and ``rents``, the years 1975 and 2024 in
``calibration`` and ``data``; ``tails`` and ``taxes`` are extensions of ours.
"""

from aiecon.kuhle.calibration import (
    annuity,
    calibrate,
    dispersion_from_bottom_share,
    dispersion_from_gini,
    dispersion_from_mean,
    dispersion_from_top_share,
    indifference_scale,
    value_of_skill,
)
from aiecon.kuhle.data import (
    DEFLATORS,
    Households,
    Incomes,
    households,
    incomes,
    pivotal_economy,
    two_years,
)
from aiecon.kuhle.education import (
    Cost,
    Education,
    optimal_education,
    overreach_gain,
    power_cost_extrema,
    share_not_recovering,
)
from aiecon.kuhle.extrapolation import Forecast, backtest, extrapolate
from aiecon.kuhle.firms import ExPost, loss_share, market_shares, winner_take_most
from aiecon.kuhle.lognormal import (
    Economy,
    density,
    generalised_lorenz,
    income,
    lorenz,
    quantile,
    share_below,
    top_share,
)
from aiecon.kuhle.measures import dispersion_measures, grouped_gini, jump_of_1993
from aiecon.kuhle.rents import (
    Race,
    best_reply,
    corrective_income_tax,
    corrective_spending_tax,
    expected_income,
    investing_share,
    population_path,
    private_education,
    social_education,
    surplus,
    wedge,
)
from aiecon.kuhle.tails import Skill
from aiecon.kuhle.taxes import after_tax, insuring_progressivity, plateau_after_tax
from aiecon.kuhle.time_cost import TimeCost, opportunity_cost
from aiecon.kuhle.welfare import (
    Dominance,
    certainty_equivalent,
    crossing_rank,
    dominance,
    expected_utility,
    indifference_gamma,
    log_certainty_equivalent,
    pivot_skill,
    plateau,
    plateau_gamma,
)

__all__ = [
    "DEFLATORS",
    "Cost",
    "Dominance",
    "Economy",
    "Education",
    "ExPost",
    "Forecast",
    "Households",
    "Incomes",
    "Race",
    "Skill",
    "TimeCost",
    "after_tax",
    "annuity",
    "backtest",
    "best_reply",
    "calibrate",
    "certainty_equivalent",
    "corrective_income_tax",
    "corrective_spending_tax",
    "crossing_rank",
    "density",
    "dispersion_from_bottom_share",
    "dispersion_from_gini",
    "dispersion_from_mean",
    "dispersion_from_top_share",
    "dispersion_measures",
    "dominance",
    "expected_income",
    "expected_utility",
    "extrapolate",
    "generalised_lorenz",
    "grouped_gini",
    "households",
    "income",
    "incomes",
    "indifference_gamma",
    "indifference_scale",
    "insuring_progressivity",
    "investing_share",
    "jump_of_1993",
    "log_certainty_equivalent",
    "lorenz",
    "loss_share",
    "market_shares",
    "opportunity_cost",
    "optimal_education",
    "overreach_gain",
    "pivot_skill",
    "pivotal_economy",
    "plateau",
    "plateau_after_tax",
    "plateau_gamma",
    "population_path",
    "power_cost_extrema",
    "private_education",
    "quantile",
    "share_below",
    "share_not_recovering",
    "social_education",
    "surplus",
    "top_share",
    "two_years",
    "value_of_skill",
    "wedge",
    "winner_take_most",
]
