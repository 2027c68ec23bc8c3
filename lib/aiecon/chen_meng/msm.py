"""The method of simulated moments: estimates, standard errors, and what each moment is worth.

The criterion is g'Wg, g the moments used less their targets, W the inverse of the targets'
covariance, which is taken as diagonal (the optimal weight, if it is). Common random
numbers make g a smooth function, so that Gauss–Newton converges in a few steps and derivatives can
be taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import index
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicSpline
from scipy.optimize import least_squares
from scipy.special import chdtrc

from aiecon.cached import read_only
from aiecon.chen_meng.moments import TARGETS, Target, moments, standard_errors, values
from aiecon.chen_meng.parameters import Parameters, items, unknown
from aiecon.chen_meng.schooling import schooling
from aiecon.validation import FloatArray, finite, instance, require

__all__ = ["NAMES", "Estimate", "Knockout", "estimate", "hansen_j"]
__all__ += ["jacobian", "knockouts"]

#: What is estimated; the other parameters are held.
NAMES = ("λ", "ln η₀", "ln η₁/η₀", "ξ")
_LOW = np.array([0.01, -1.0, -4.0, 0.0])
_HIGH = np.array([0.8, 4.0, 5.0, 1.0])
_STEP = np.array([1e-3, 1e-3, 1e-2, 1e-3])

#: Below this share of the largest singular value a direction of the parameters counts as flat.
_FLAT = 1e-9

#: A search has ended if a further step would lower the criterion by less than this share of it
#: (by less than this where the criterion is below one).
_LEFT = 1e-5


def to_vector(params: Parameters) -> FloatArray:
    """λ, ln η₀, ln(η₁/η₀), ξ. ValueError for η₁ = 0, whose logarithm is not finite."""
    instance("params", params, Parameters)
    require("eta1", params.eta1, params.eta1 > 0, "η₁ > 0 where it is estimated")
    return np.array([params.lam, np.log(params.eta0), np.log(params.ratio), params.xi])


def from_vector(vector: ArrayLike, held: Parameters | None = None) -> Parameters:
    """The parameters that a vector of four stands for, the others as in ``held``.

    >>> base = Parameters()
    >>> from_vector(to_vector(base), base) == base
    True
    """
    four = finite("vector", vector)
    require("vector", four.shape, four.shape == (4,), "four numbers (λ, ln η₀, ln η₁/η₀, ξ)")
    lam, log_eta0, log_ratio, xi = four.tolist()
    eta0 = round(float(np.exp(log_eta0)), 14)
    eta1 = round(float(np.exp(log_eta0 + log_ratio)), 14)
    held = instance("held", held, Parameters, Parameters)
    return replace(held, lam=lam, eta0=eta0, eta1=eta1, xi=xi)


def jacobian(params: Parameters, n: int = 20_000, seed: int = 2026) -> FloatArray:
    """Derivatives of the six moments in the four estimated parameters, (6, 4), by central
    differences (one-sided at a bound). ValueError for parameters outside the bounds of the search.
    """
    vector = to_vector(params)
    for name, value, low, high in zip(NAMES, vector, _LOW, _HIGH, strict=True):
        require(name, value, low - 1e-9 <= value <= high + 1e-9, f"{low:g} ≤ {name} ≤ {high:g}")
    columns = []
    for i, step in enumerate(_STEP):
        ahead, behind = vector.copy(), vector.copy()
        ahead[i] = min(vector[i] + step, _HIGH[i])
        behind[i] = max(vector[i] - step, _LOW[i])
        rise = moments(from_vector(ahead, params), n, seed)
        fall = moments(from_vector(behind, params), n, seed)
        columns.append((rise - fall) / (ahead[i] - behind[i]))
    return np.stack(columns, axis=1)


@dataclass(frozen=True, eq=False)
class Estimate:
    """Estimated parameters with everything that says how good they are.

    What is derived is of the moments used, in the order in which ``use`` named them. At a bound of
    the search the standard errors do not hold: then :attr:`message` says so.
    """

    params: Parameters
    targets: tuple[Target, ...]
    vector: FloatArray  # the four estimates, in the order of NAMES
    moments: FloatArray  # the six simulated moments there
    jacobian: FloatArray = field(repr=False)  # (6, 4)
    criterion: float  # g'Wg at the minimum: Hansen's J if more moments than parameters are used
    converged: bool
    message: str
    evaluations: int
    used: tuple[int, ...] = tuple(range(6))  # positions of the moments in the criterion

    def __post_init__(self) -> None:
        read_only([self.vector, self.moments, self.jacobian])

    @property
    def degrees_of_freedom(self) -> int:
        """Moments used less parameters."""
        return len(self.used) - len(NAMES)

    @property
    def J(self) -> float:
        """Hansen's J; NaN with as many moments as parameters, where there is nothing to test."""
        return self.criterion if self.degrees_of_freedom else float("nan")

    @property
    def p_value(self) -> float:
        """Of Hansen's J test: how often a true model fits as badly. NaN where there is no J."""
        degrees = self.degrees_of_freedom
        return float(chdtrc(degrees, self.J)) if degrees else float("nan")

    @property
    def weight(self) -> FloatArray:
        """W, the inverse of the covariance of the k targets used, (k, k)."""
        return np.diag(standard_errors(self._targets_used) ** -2.0)

    @property
    def covariance(self) -> FloatArray:
        """(G'WG)⁻¹ with the k rows of G that are used: the delta method, optimal weight, (4, 4)."""
        scaled = self._jacobian_used / standard_errors(self._targets_used)[:, None]
        root = np.linalg.inv(np.linalg.qr(scaled * _STEP)[1]) * _STEP[:, None]
        return np.asarray(root @ root.T)  # by way of QR: G'WG would square the condition number

    @property
    def _targets_used(self) -> list[Target]:
        return [self.targets[i] for i in self.used]

    @property
    def _jacobian_used(self) -> FloatArray:
        return self.jacobian[list(self.used)]

    @property
    def se(self) -> FloatArray:
        """Standard errors of the estimates."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def misfit(self) -> FloatArray:
        """Model less target of the k moments used, in standard errors, (k,)."""
        some = self._targets_used
        return (self.moments[list(self.used)] - values(some)) / standard_errors(some)

    @property
    def sensitivity(self) -> FloatArray:
        """Andrews, Gentzkow & Shapiro's matrix: how the estimates move with each target, (4, 6).

        (G'WG)⁻¹G'W, with the sign of a change in the target; zero for a moment that is not used.
        """
        out = np.zeros((len(NAMES), len(self.targets)))
        out[:, list(self.used)] = self.covariance @ self._jacobian_used.T @ self.weight
        return out

    @property
    def delta_gini(self) -> float:
        """ΔGini at the estimates."""
        return float(self.moments[5])

    @property
    def delta_gini_se(self) -> float:
        """Its standard error, by the delta method."""
        row = self.jacobian[5]
        return float(np.sqrt(row @ self.covariance @ row))

    @property
    def delta_gini_sensitivity(self) -> FloatArray:
        """How the estimated ΔGini moves with each target, (6,)."""
        return np.asarray(self.jacobian[5] @ self.sensitivity)


def _promised(residual: FloatArray, slopes: FloatArray, free: np.ndarray) -> float:
    """By how much a Gauss–Newton step in the free parameters would lower the criterion: zero where
    the first-order condition holds, whatever the search says of itself."""
    step = np.linalg.lstsq(slopes[:, free] * _STEP[free], -residual, rcond=_FLAT)[0]
    return float(np.sum((slopes[:, free] * _STEP[free] @ step) ** 2))


def _positions(use: Any) -> tuple[int, ...]:
    """The moments used, checked."""
    try:
        some = tuple(-1 if isinstance(i, bool) else index(i) for i in items(use) or ())
    except TypeError:
        some = ()
    if len(some) < len(NAMES) or len(set(some)) < len(some) or not set(some) <= set(range(6)):
        raise unknown("use", use, "a sequence of at least four different whole numbers from 0 to 5")
    return some


def estimate(
    targets: Sequence[Target] = TARGETS,
    start: Parameters | None = None,
    n: int = 20_000,
    seed: int = 2026,
    data: ArrayLike | None = None,
    use: Sequence[int] = range(6),
    check: bool = True,
) -> Estimate:
    """Estimates λ, η₀, η₁ and ξ from the six targets with the optimal weight.

    Parameters
    ----------
    targets : six targets in the order of :data:`TARGETS`.
    start : where to begin, and the parameters that are held.
    n, seed : the simulated people.
    data : values that replace the targets' (a bootstrap sample), all six.
    use : the moments that enter the criterion: at least four different whole numbers from 0 to 5.
        With four there are as many moments as parameters and there is no J.
    check : raise if the search did not converge.

    Raises
    ------
    ValueError : not six targets, a ``use`` that is none, or the moments used leave a direction of
        the parameters flat at the solution. RuntimeError : no convergence.

    Examples
    --------
    >>> found = estimate(n=2000)
    >>> found.converged, found.degrees_of_freedom, bool(found.delta_gini > 0)
    (True, 2, True)
    """
    some = items(targets) or ()
    if len(some) != 6 or not all(isinstance(target, Target) for target in some):
        raise unknown("targets", targets, "a sequence of six targets")
    targets, use = some, _positions(use)
    used = list(use)
    if data is not None:
        aim = finite("data", data)
        require("data", aim.shape, aim.shape == (6,), "six numbers")
        targets = tuple(replace(t, value=x) for t, x in zip(targets, aim.tolist(), strict=True))
    aim = values(targets)
    held = instance("start", start, Parameters, Parameters)
    check = instance("check", check, bool)
    scale = standard_errors(targets)

    def residual(vector: FloatArray) -> FloatArray:
        return ((moments(from_vector(vector, held), n, seed) - aim) / scale)[used]

    def slopes(vector: FloatArray) -> FloatArray:
        return (jacobian(from_vector(vector, held), n, seed) / scale[:, None])[used]

    first = np.clip(to_vector(held), _LOW + 1e-3, _HIGH - 1e-3)
    found = least_squares(  # no gtol: it is not relative, and standard errors may be large
        residual,
        first,
        jac=slopes,
        bounds=(_LOW, _HIGH),
        x_scale=_STEP,
        xtol=1e-8,
        ftol=1e-10,
        gtol=None,
    )
    params = from_vector(found.x, held)
    G = jacobian(params, n, seed)
    singular = np.linalg.svd((G / scale[:, None] * _STEP)[used])[1]
    if singular[-1] < _FLAT * singular[0]:
        raise ValueError(
            f"use = {used} is not allowed: these moments leave a direction of the "
            "parameters flat, so that there is no estimate. Add the moment that is missing."
        )
    near = 1e-3 * (_HIGH - _LOW)
    low, high = found.x - _LOW < near, _HIGH - found.x < near
    left = _promised(found.fun, found.jac, ~(low & (found.grad > 0) | high & (found.grad < 0)))
    converged = bool(found.success and left < _LEFT * max(1.0, 2 * found.cost))
    failed = (
        f"No convergence after {found.nfev} steps from λ = {held.lam:g}, η₀ = {held.eta0:g}, "
        f"η₁ = {held.eta1:g}, ξ = {held.xi:g}: the criterion is {2 * found.cost:.3g}, and its "
        f"slope promises {left:.2g} less. Try another start, more people, or targets that some "
        "economy has."
    )
    if check and not converged:
        raise RuntimeError(failed)
    ends = [f"{NAMES[i]} = {found.x[i]:.3g}" for i in np.flatnonzero(low | high)]
    end = f" at a bound of the search ({', '.join(ends)}), where standard errors do not hold"
    return Estimate(
        params=params,
        targets=targets,
        vector=found.x,
        moments=moments(params, n, seed),
        jacobian=G,
        criterion=float(2 * found.cost),
        converged=converged,
        message=f"Converged in {found.nfev} steps{end if ends else ''}." if converged else failed,
        evaluations=int(found.nfev),
        used=use,
    )


@dataclass(frozen=True)
class Knockout:
    """What is left when one more moment is not used."""

    name: str
    identified: bool
    se: tuple[float, ...]  # of the four estimates; infinite where a parameter is not identified
    delta_gini_se: float  # infinite where the sign of ΔGini is open


def knockouts(found: Estimate) -> tuple[Knockout, ...]:
    """Standard errors with each moment used left out in turn, from the derivatives at the estimate.

    A parameter is identified if it does not move along the directions that the moments leave
    flat; the same for ΔGini.
    """
    instance("found", found, Estimate)
    scale = standard_errors(found.targets)
    G = found.jacobian / scale[:, None] * _STEP
    rows = []
    for left_out in found.used:
        some = G[[i for i in found.used if i != left_out]]
        _, singular, right = np.linalg.svd(some, full_matrices=True)
        good = np.zeros(len(NAMES), dtype=bool)
        good[: singular.size] = singular > _FLAT * singular[0]
        flat = right[~good]
        spread = right[good].T / singular[good[: singular.size]]

        def error(direction: FloatArray, flat: FloatArray, spread: FloatArray) -> float:
            if flat.size and np.max(np.abs(flat @ direction)) > 1e-7 * np.linalg.norm(direction):
                return float("inf")
            return float(np.linalg.norm(direction @ spread))

        se = tuple(error(np.eye(4)[i], flat, spread) * float(_STEP[i]) for i in range(4))
        change = error(G[5] * scale[5], flat, spread)
        rows.append(Knockout(found.targets[left_out].name, bool(good.all()), se, change))
    return tuple(rows)


def hansen_j(fitted: Estimate, data: ArrayLike) -> FloatArray:
    """Hansen's J of n sets of six targets at once, (n,) for ``data`` of the shape (n, 6).

    η₁/η₀ and ξ meet m₄ and m₆ exactly, so that J is the least misfit over λ and η₀ of those of m₁,
    m₂, m₃ and m₅ that ``fitted`` uses. Gains are λ ln η₀ less λ times a mean of ln h: in λ ln η₀
    the minimum is a weighted mean, and λ is tried at steps of a thousandth, which leaves J within
    0.001 of its minimum.
    ValueError if ``data`` has another shape, and if ``fitted`` uses four moments: there is no J.

    >>> found = estimate(n=1000)
    >>> aim = np.array([target.value for target in found.targets])
    >>> bool(abs(hansen_j(found, aim[None])[0] - found.criterion) < 1e-3)
    True
    """
    degrees = instance("fitted", fitted, Estimate).degrees_of_freedom
    require("fitted", degrees, degrees > 0, "an estimate that uses more moments than parameters")
    aim = finite("data", data)
    require("data", aim.shape, aim.ndim == 2 and aim.shape[1] == 6, "six numbers in each row")
    scale = standard_errors(fitted.targets)
    lam = np.linspace(0.01, 0.8, 791)
    before, nodes = schooling(fitted.params, 1.0).premium, lam[::10]
    after = [schooling(replace(fitted.params, lam=float(x))).premium for x in nodes]
    change = CubicSpline(nodes, np.array(after) - before)(lam)
    mean_ln_h = np.log(fitted.params.eta0) - fitted.moments[:3] / fitted.params.lam

    weights = np.isin(np.arange(6), fitted.used) / scale**2
    weight = weights[:3]
    gap = aim[:, :3] - np.average(aim[:, :3], weights=weight, axis=1)[:, None]
    slope = mean_ln_h - np.average(mean_ln_h, weights=weight)  # the gap closes by λ times this
    constant, linear, square = gap**2 @ weight, gap @ (weight * slope), slope**2 @ weight
    best = np.full(len(aim), np.inf)
    for x, premium in zip(lam, change, strict=True):
        misfit = constant + 2 * x * linear + x**2 * square + weights[4] * (premium - aim[:, 4]) ** 2
        best = np.minimum(best, misfit)
    return best
