"""One economy, before and after AI: incomes of simulated people, and their Gini coefficients.

Incomes are in units of mean commodity pay. Person i earns uᵢ·(Aᵢ/η₀)^{aλξ}, with uᵢ the screened
pay at commodity AI (mean one) and Aᵢ the AI of her firm, and owns qᵢ of the rents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from aiecon.chen_meng.firms import mean_power, rents
from aiecon.chen_meng.inequality import fast_gini, ownership
from aiecon.chen_meng.parameters import Parameters, instance, read_only
from aiecon.chen_meng.population import People, people
from aiecon.chen_meng.schooling import Schooling, schooling
from aiecon.validation import FloatArray

__all__ = [
    "Economy",
    "commodity_pay",
    "economy",
    "educated",
    "firm_factor",
    "log_human_capital",
]


@dataclass(frozen=True, eq=False)
class Economy:
    """Inequality before and after AI, and what else an economist would measure.

    The arrays hold one entry for each person, in units of mean commodity pay; they are read-only,
    because the Gini coefficients are computed once.
    """

    params: Parameters
    before: Schooling  # education and screening without AI
    after: Schooling
    rents: float  # owners' income, for each person
    pay_before: FloatArray = field(repr=False)  # without AI all income is pay
    commodity: FloatArray = field(repr=False)  # pay at commodity AI: homogenisation alone
    pay: FloatArray = field(repr=False)  # pay, with what firms share of their rents
    income: FloatArray = field(repr=False)  # pay and rents

    def __post_init__(self) -> None:
        read_only(self.pay_before, self.commodity, self.pay, self.income)

    @cached_property
    def gini_before(self) -> float:
        """Gini of income before AI."""
        return fast_gini(self.pay_before)

    @cached_property
    def gini_commodity(self) -> float:
        """Gini of pay at commodity AI."""
        return fast_gini(self.commodity)

    @cached_property
    def gini_labour(self) -> float:
        """Gini of pay after AI."""
        return fast_gini(self.pay)

    @cached_property
    def gini(self) -> float:
        """Gini of total income after AI."""
        return fast_gini(self.income)

    @property
    def capital_share(self) -> float:
        """Owners' rents over total income."""
        return self.rents / (self.rents + float(self.pay.mean()))

    @property
    def delta_gini(self) -> float:
        """ΔGini, after less before."""
        return self.gini - self.gini_before

    @property
    def regime(self) -> str:
        """``"levelling"`` where AI lowers the Gini of income, else ``"concentrating"``."""
        return "levelling" if self.delta_gini < 0 else "concentrating"


def educated(school: Schooling, crowd: People) -> FloatArray:
    """Who studies: one, zero, and a fraction for the one person at the margin.

    The fraction keeps all results continuous in the parameters.
    """
    instance("school", school, Schooling)
    instance("crowd", crowd, People)
    return np.clip(crowd.n * (crowd.wish_rank - ndtr(school.threshold)) + 0.5, 0.0, 1.0)


def log_human_capital(params: Parameters, school: Schooling, crowd: People) -> FloatArray:
    """ln h = ln x + ψe for each person."""
    rho = instance("params", params, Parameters).sorting
    e = educated(school, crowd)
    ln_x = params.varsigma * (rho * crowd.wish + np.sqrt(1 - rho**2) * crowd.talent)
    return ln_x + params.psi * e


def commodity_pay(params: Parameters, school: Schooling, crowd: People) -> FloatArray:
    """Screened pay at commodity AI, mean one: u ∝ exp β((1−aλ) ln h + τ·luck).

    Employers break even on average, which fixes the constant.
    """
    ln_h = log_human_capital(params, school, crowd)
    ln_u = school.weight * (school.exponent * ln_h + params.tau * crowd.luck)
    u = np.exp(ln_u - ln_u.max())  # relative to the best paid, so that nothing overflows
    return u / u.mean()


def firm_factor(params: Parameters, crowd: People) -> FloatArray:
    """(A/η₀)^{aλξ} at each person's firm, scaled to its exact mean over all firms."""
    instance("crowd", crowd, People)
    power = instance("params", params, Parameters).weight * params.xi
    if power == 0 or params.ratio == 0:
        return np.ones(crowd.n)
    factor = np.exp(power * np.logaddexp(0, np.log(params.ratio) + crowd.log_firm / params.zeta))
    return factor * (float(mean_power(params.ratio, params.zeta, power)) / factor.mean())


def economy(params: Parameters | None = None, n: int = 20_000, seed: int = 2026) -> Economy:
    """The economy before and after AI, with n simulated people.

    The same ``seed`` means the same people whatever the parameters, so that differences between
    economies are not blurred by chance. ValueError for n < 10, for numbers of people and seeds that
    are not whole, and for parameters that are none.

    >>> result = economy(Parameters())
    >>> round(result.gini_before, 3), round(result.gini_labour, 3), round(result.gini, 3)
    (0.312, 0.274, 0.304)
    >>> result.regime, economy(Parameters(eta1=10.0)).regime
    ('levelling', 'concentrating')
    """
    params = instance("params", params, Parameters, Parameters)
    crowd = people(n, seed)
    before, after = schooling(params, 1.0), schooling(params)
    commodity = commodity_pay(params, after, crowd)
    pay = commodity * firm_factor(params, crowd)
    capital = rents(params)
    return Economy(
        params=params,
        before=before,
        after=after,
        rents=capital,
        pay_before=commodity_pay(params, before, crowd),
        commodity=commodity,
        pay=pay,
        income=pay + capital * ownership(params.Omega, crowd.n)[crowd.owner],
    )
