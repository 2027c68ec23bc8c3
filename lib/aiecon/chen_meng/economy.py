"""One economy, before and after AI: simulated people, their incomes, and where ΔGini = 0.

People are the same random numbers in every economy. Each has a rank in ability given the wish to
study, in that wish, in luck with the employer's signal, in the firm and in ownership. Every rank is
a shuffled (i + ½)/n, a Latin hypercube: each margin is exact and only the joint distribution is
random. What changes from economy to economy is what the ranks are mapped to, so that results are
smooth in the parameters.

Incomes are in units of mean commodity pay. Person i earns uᵢ·(Aᵢ/η₀)^{aλξ}, with uᵢ the screened
pay at commodity AI (mean one) and Aᵢ the AI of her firm, and owns qᵢ of the rents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from aiecon.cached import cached, read_only
from aiecon.chen_meng.firms import mean_power, rents
from aiecon.chen_meng.inequality import fast_gini, ownership
from aiecon.chen_meng.parameters import Parameters, with_ratio
from aiecon.chen_meng.schooling import Schooling, schooling
from aiecon.validation import FloatArray, broadcast, finite, instance, require, share, whole

__all__ = ["Economy", "People", "boundary_ratio", "commodity_pay", "delta_gini", "delta_gini_map"]
__all__ += ["economy", "educated", "firm_factor", "log_human_capital", "people"]

#: Where the boundary is looked for, ln η₁/η₀: first between the innermost two, then further out.
_BELOW = np.log([1e-3, 1e-10, 1e-100])
_ABOVE = np.log([1e4, 1e20, 1e100, 1e200])


@dataclass(frozen=True, eq=False)
class People:
    """n people; each array has one entry for each, none depends on any parameter."""

    wish: FloatArray  # standard normal: the index by which they rank themselves for education
    wish_rank: FloatArray  # its rank in (0, 1)
    talent: FloatArray  # standard normal: ability beyond what the index tells
    luck: FloatArray  # standard normal: noise in the employer's signal
    log_firm: FloatArray  # −ln(1 − u), exponential: log assets of the firm, times ζ
    owner: np.ndarray  # place among the owners, 0 the poorest

    @property
    def n(self) -> int:
        return self.wish.size


def people(n: int = 20_000, seed: int = 2026) -> People:
    """n people, the same for the same seed; they are kept, and cannot be written to.

    ValueError for n < 10 and for what is not a whole number; also for ``seed = None``, which would
    be other people at each call and blur every comparison.

    >>> crowd = people(1000)
    >>> abs(float(crowd.wish.mean())) < 1e-12, crowd is people(1000)
    (True, True)
    """
    return _people(whole("n", n, 10, "people"), whole("seed", seed, 0))


@cached(8)
def _people(n: int, seed: int) -> People:
    rng = np.random.default_rng(seed)
    grid = (np.arange(n) + 0.5) / n
    wish, talent, luck, firm = (rng.permutation(grid) for _ in range(4))
    owner = rng.permutation(n)
    return People(ndtri(wish), wish, ndtri(talent), ndtri(luck), -np.log1p(-firm), owner)


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
        read_only([self.pay_before, self.commodity, self.pay, self.income])

    @cached_property
    def gini_before(self) -> float:
        """Gini of income before AI."""
        return fast_gini(self.pay_before)

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


# The border between the regimes -------------------------------------------------------------------


def delta_gini(params: Parameters, n: int = 20_000, seed: int = 2026) -> float:
    """ΔGini alone, the change of the Gini of income. ValueError as :func:`economy`.

    >>> round(delta_gini(Parameters(eta1=0.0)), 3)
    -0.037
    """
    return economy(params, n, seed).delta_gini


def delta_gini_map(
    xi: ArrayLike, ratio: ArrayLike, params: Parameters | None = None, n: int = 4000
) -> FloatArray:
    """ΔGini over ξ and η₁/η₀ (broadcast), the other parameters held.

    Neither moves screened pay, which is computed once. ValueError for ξ outside [0, 1], a ratio
    below zero, and shapes that do not broadcast.
    """
    params = instance("params", params, Parameters, Parameters)
    xi, ratio = broadcast(xi=share("xi", xi), ratio=finite("ratio", ratio))
    require("ratio", ratio, ratio >= 0, "η₁/η₀ ≥ 0")
    change, _ = _change(params, n)
    found = [change(*one) for one in zip(xi.flat, ratio.flat, strict=True)]
    return np.array(found).reshape(xi.shape)


def _change(params: Parameters, n: int) -> tuple[Callable[[float, float], float], float]:
    """ΔGini as a function of ξ and η₁/η₀, the rest held, and its value without firms and rents."""
    crowd = people(n)
    pay = commodity_pay(params, schooling(params), crowd)
    before = fast_gini(commodity_pay(params, schooling(params, 1.0), crowd))
    owned = ownership(params.Omega, n)[crowd.owner]

    def change(xi: float, ratio: float) -> float:
        one = with_ratio(replace(params, xi=float(xi)), float(ratio))
        return fast_gini(pay * firm_factor(one, crowd) + rents(one) * owned) - before

    return change, fast_gini(pay) - before


def boundary_ratio(xi: ArrayLike, params: Parameters | None = None, n: int = 10_000) -> FloatArray:
    """The η₁/η₀ at which ΔGini = 0, for each ξ; infinite where AI levels at all to 1e200.

    Below it AI levels, above it AI concentrates. ValueError for ξ outside [0, 1], and if AI
    concentrates at every ratio (it has no weight in production, or no skill to homogenise).

    >>> boundary_ratio([0.0, 0.2, 1.0]).round(2).tolist()
    [0.95, 1.42, inf]
    """
    params = instance("params", params, Parameters, Parameters)
    xi = share("xi", xi)
    change, compression = _change(replace(params, eta0=1.0, eta1=0.0), n)  # only the ratio matters
    allowed = "a weight aλ of AI that homogenises"
    require("lam", params.lam, compression < 0, allowed, "Raise a or lam.")
    out = np.full(xi.shape, np.inf)
    for i in np.ndindex(xi.shape):

        def at(log_ratio: float, sharing: float = float(xi[i])) -> float:
            return change(sharing, np.exp(log_ratio))

        low = next((x for x in _BELOW if at(x) < 0), None)
        high = next((x for x in _ABOVE if at(x) >= 0), None)
        if low is None:
            out[i] = 0.0
        elif high is not None:
            out[i] = np.exp(brentq(at, low, high, xtol=1e-4))
    return out
