"""Screening and education: what a signal tells an employer, and who studies because of it.

Employers see ln ỹ with noise and pay the best linear guess, whose weight on the signal is the
signal's share of true variance. Education raises the signal; the wage gain is what is worth
studying for; who studies decides how much human capital varies; and that decides the weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import ndtr

from aiecon.chen_meng.parameters import Parameters, unknown
from aiecon.validation import FloatArray, finite, instance, number, require

__all__ = ["Schooling", "all_schooling", "compression_elasticity", "pay_dispersion", "schooling"]
__all__ += ["screening_weight", "skill_variance", "study_threshold"]

_GRID = np.linspace(0.0, 1.0, 129)[1:-1]


def screening_weight(variance: ArrayLike, tau: float) -> FloatArray:
    """β = v/(v + τ²): the share of a signal's variance that is true, v the variance of ln ỹ.

    >>> float(screening_weight(0.09, 0.3))
    0.5
    """
    v = finite("variance", variance)
    require("variance", v, v >= 0, "a variance ≥ 0")
    tau = number("tau", tau, 1e-100, 1e100, "τ > 0 (1e-100 to 1e100)")
    return np.asarray(v / (v + tau**2))


def study_threshold(gain: ArrayLike, params: Parameters) -> FloatArray:
    """The standardised index above which people study when it raises log pay by ``gain``.

    They study if gain ≥ κ x^{−θ} e^{−χz}; infinite where there is no gain.

    >>> float(study_threshold(0.33, Parameters()))
    0.0
    """
    instance("params", params, Parameters)
    g = finite("gain", gain)
    require("gain", g, g >= 0, "a gain ≥ 0")
    with_gain = np.where(g > 0, g, 1.0)
    short = np.log(params.kappa) - np.log(with_gain)  # not of the quotient, which can overflow
    return np.where(g > 0, short / params.index_sd, np.inf)


def skill_variance(threshold: ArrayLike, params: Parameters) -> FloatArray:
    """Var ln h = ς² + ψ²p(1 − p) + 2ψςρφ(t), p = Φ(−t) the share that studies.

    >>> float(skill_variance(np.inf, Parameters()))  # nobody studies: ability alone
    0.25
    """
    instance("params", params, Parameters)
    try:
        t = np.asarray(threshold)
    except ValueError:  # rows of unequal length
        t = np.asarray("")
    if t.dtype.kind not in "biuf" or np.isnan(t).any():
        raise unknown("threshold", threshold, "a number, ∞, −∞ or an array of such")
    t = t.astype(float)
    p = ndtr(-t)
    density = np.exp(-(np.clip(t, -40, 40) ** 2) / 2) / np.sqrt(2 * np.pi)  # zero from ±39 on
    covariance = params.varsigma * params.sorting * density
    return params.varsigma**2 + params.psi**2 * p * (1 - p) + 2 * params.psi * covariance


@dataclass(frozen=True)
class Schooling:
    """An equilibrium of education and screening, before AI (exponent 1) or after (1 − aλ)."""

    exponent: float  # of human capital in output over all tasks
    weight: float  # β, of the signal in pay
    threshold: float  # t, of the standardised index for education
    variance: float  # of log human capital
    gain: float  # of log pay from education, given ability
    premium: float  # difference of mean log pay, educated less others; NaN if all do the same

    @property
    def share(self) -> float:
        """The share of people who study."""
        return float(ndtr(-self.threshold))

    @property
    def dispersion(self) -> float:
        """Standard deviation of log pay before firms differ: √β (1 − aλ) sd(ln h)."""
        return float(np.sqrt(self.weight * self.variance) * self.exponent)


def schooling(params: Parameters, exponent: float | None = None) -> Schooling:
    """The equilibrium; of several, the one with the most informative signal.

    β solves β = (1−aλ)²V(t)/((1−aλ)²V(t) + τ²) with t the threshold at the gain β(1−aλ)ψ.
    ``exponent`` is 1 − aλ unless given. ValueError if it is not in (0, 1].

    >>> before, after = schooling(Parameters(), 1.0), schooling(Parameters())
    >>> round(before.weight, 3), round(after.weight, 3)
    (0.772, 0.727)
    >>> before.share > after.share
    True
    """
    return all_schooling(params, exponent)[-1]


def all_schooling(params: Parameters, exponent: float | None = None) -> tuple[Schooling, ...]:
    """Every equilibrium, by rising weight; almost always one. ValueError as :func:`schooling`."""
    instance("params", params, Parameters)
    m = 1 - params.weight if exponent is None else exponent
    m = number("exponent", m, np.nextafter(0, 1), 1, "0 < exponent ≤ 1")
    return _all_schooling(params, m)


@lru_cache(maxsize=256)
def _all_schooling(params: Parameters, m: float) -> tuple[Schooling, ...]:
    def excess(beta: float | FloatArray) -> FloatArray:
        t = study_threshold(beta * m * params.psi, params)
        return screening_weight(m**2 * skill_variance(t, params), params.tau) - beta

    if params.psi == 0 or params.index_sd == 0:
        return (_at(float(excess(0.0)), m, params),)
    border = np.concatenate([[0.0], _GRID, [1.0]])
    signs = np.sign(excess(border))
    roots = []
    for i in np.flatnonzero(signs[1:] != signs[:-1]):
        roots.append(float(brentq(excess, border[i], border[i + 1], xtol=1e-15, rtol=1e-14)))
    return tuple(_at(root, m, params) for root in roots)


def _at(beta: float, m: float, params: Parameters) -> Schooling:
    gain = beta * m * params.psi
    t = float(study_threshold(gain, params))
    p = float(ndtr(-t))
    premium = np.nan
    if 0 < p < 1:  # E[ln h | e = 1] − E[ln h | e = 0], times the weight
        density = np.exp(-(t**2) / 2) / np.sqrt(2 * np.pi)
        apart = params.psi + params.varsigma * params.sorting * density / (p * (1 - p))
        premium = beta * m * apart
    return Schooling(m, beta, t, float(skill_variance(t, params)), gain, float(premium))


# Closed form: nobody studies ----------------------------------------------------------------------


def pay_dispersion(weight: ArrayLike, params: Parameters) -> FloatArray:
    """Dispersion of log pay when education adds nothing (ψ = 0): v/√(v + τ²), v = (1−aλ)²ς².

    ``weight`` is aλ.

    >>> float(pay_dispersion(0.2, Parameters(varsigma=0.5, tau=0.3))).__round__(6)
    0.32
    """
    instance("params", params, Parameters)
    w = finite("weight", weight)
    require("weight", w, (w >= 0) & (w < 1), "0 ≤ aλ < 1")
    v = ((1 - w) * params.varsigma) ** 2
    return np.asarray(v / np.sqrt(v + params.tau**2))


def compression_elasticity(weight: ArrayLike, params: Parameters) -> FloatArray:
    """2 − β: by how many per cent pay is compressed when skill in output is, by one per cent.

    >>> float(compression_elasticity(0.2, Parameters(varsigma=0.5, tau=0.4)))
    1.5
    """
    instance("params", params, Parameters)
    w = finite("weight", weight)
    require("weight", w, (w >= 0) & (w < 1), "0 ≤ aλ < 1")
    return 2 - screening_weight(((1 - w) * params.varsigma) ** 2, params.tau)
