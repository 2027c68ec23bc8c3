"""The method of simulated moments: estimates, standard errors, and what each moment is worth.

The criterion is g'Wg, g the model's moments less the targets, W the inverse of the targets'
covariance (the optimal weight). Common random numbers make g a smooth function, so that
Gauss–Newton converges in a few steps and derivatives can be taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import least_squares
from scipy.stats import chi2

from aiecon.chen_meng.moments import TARGETS, Target, moments, standard_errors, values
from aiecon.chen_meng.parameters import Parameters
from aiecon.validation import FloatArray, finite, require

__all__ = [
    "NAMES",
    "Estimate",
    "Knockout",
    "estimate",
    "from_vector",
    "jacobian",
    "knockouts",
    "to_vector",
]

#: What is estimated; the other parameters are held.
NAMES = ("λ", "ln η₀", "ln η₁/η₀", "ξ")
_LOW = np.array([0.01, -1.0, -4.0, 0.0])
_HIGH = np.array([0.8, 4.0, 5.0, 1.0])
_STEP = np.array([1e-3, 1e-3, 1e-2, 1e-3])


def to_vector(params: Parameters) -> FloatArray:
    """λ, ln η₀, ln(η₁/η₀), ξ."""
    require("eta1", params.eta1, params.eta1 > 0, "η₁ > 0 where it is estimated")
    return np.array([params.lam, np.log(params.eta0), np.log(params.ratio), params.xi])


def from_vector(vector: ArrayLike, held: Parameters | None = None) -> Parameters:
    """The parameters that a vector stands for, the others as in ``held``.

    >>> base = Parameters()
    >>> from_vector(to_vector(base), base) == base
    True
    """
    lam, log_eta0, log_ratio, xi = (float(x) for x in np.asarray(vector, dtype=float))
    eta0 = round(float(np.exp(log_eta0)), 14)
    eta1 = round(float(np.exp(log_eta0 + log_ratio)), 14)
    return replace(held or Parameters(), lam=lam, eta0=eta0, eta1=eta1, xi=xi)


def jacobian(params: Parameters, n: int = 20_000, seed: int = 2026) -> FloatArray:
    """Derivatives of the six moments in the four estimated parameters, by central differences."""
    vector = to_vector(params)
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
    """Estimated parameters with everything that says how good they are."""

    params: Parameters
    targets: tuple[Target, ...]
    vector: FloatArray  # the four estimates, in the order of NAMES
    moments: FloatArray  # the six simulated moments there
    jacobian: FloatArray = field(repr=False)  # (6, 4)
    criterion: float  # g'Wg: Hansen's J
    converged: bool
    message: str
    evaluations: int

    @property
    def degrees_of_freedom(self) -> int:
        """Moments less parameters."""
        return len(self.targets) - len(NAMES)

    @property
    def p_value(self) -> float:
        """Of Hansen's J test: how often a true model fits as badly."""
        return float(chi2.sf(self.criterion, self.degrees_of_freedom))

    @property
    def weight(self) -> FloatArray:
        """W, the inverse of the targets' covariance."""
        return np.diag(standard_errors(self.targets) ** -2.0)

    @property
    def covariance(self) -> FloatArray:
        """(G'WG)⁻¹, the delta method with the optimal weight."""
        G = self.jacobian
        return np.asarray(np.linalg.inv(G.T @ self.weight @ G))

    @property
    def se(self) -> FloatArray:
        """Standard errors of the estimates."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def misfit(self) -> FloatArray:
        """Model less target, in standard errors."""
        return (self.moments - values(self.targets)) / standard_errors(self.targets)

    @property
    def sensitivity(self) -> FloatArray:
        """Andrews, Gentzkow & Shapiro's matrix: how the estimates move with each target, (4, 6).

        (G'WG)⁻¹G'W, with the sign of a change in the target.
        """
        return np.asarray(self.covariance @ self.jacobian.T @ self.weight)

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
    data : values that replace the targets' (a bootstrap sample).
    use : the moments that enter the criterion; at least four.
    check : raise if the search did not converge.

    Raises
    ------
    ValueError : not six targets, fewer than four used, or the moments used leave a direction of the
        parameters flat at the solution (it says which). RuntimeError : no convergence.

    Examples
    --------
    >>> found = estimate(n=2000)
    >>> found.converged, found.degrees_of_freedom, bool(found.delta_gini > 0)
    (True, 2, True)
    """
    targets = tuple(targets)
    require("targets", len(targets), len(targets) == 6, "six targets")
    used = np.array(sorted(set(use)), dtype=int)
    require("use", used.size, used.size >= 4, "at least four of the six moments")
    aim = values(targets) if data is None else finite("data", data)
    require("data", aim.shape, aim.shape == (6,), "six numbers")
    held = start or Parameters()
    scale = standard_errors(targets)

    def residual(vector: FloatArray) -> FloatArray:
        return ((moments(from_vector(vector, held), n, seed) - aim) / scale)[used]

    def slopes(vector: FloatArray) -> FloatArray:
        return (jacobian(from_vector(vector, held), n, seed) / scale[:, None])[used]

    first = np.clip(to_vector(held), _LOW + 1e-3, _HIGH - 1e-3)
    found = least_squares(
        residual, first, jac=slopes, bounds=(_LOW, _HIGH), x_scale=_STEP, xtol=1e-8, ftol=1e-10
    )
    params = from_vector(found.x, held)
    G = jacobian(params, n, seed)
    singular = np.linalg.svd((G / scale[:, None] * _STEP)[used])[1]
    if singular[-1] < 1e-9 * singular[0]:
        raise ValueError(
            f"use = {used.tolist()} is not allowed: these moments leave a direction of the "
            "parameters flat, so that there is no estimate. Add the moment that is missing."
        )
    if check and not found.success:
        raise RuntimeError(
            f"No convergence after {found.nfev} steps (criterion {2 * found.cost:.3g}): "
            f"{found.message} Try another start, or more people."
        )
    return Estimate(
        params=params,
        targets=targets,
        vector=found.x,
        moments=moments(params, n, seed),
        jacobian=G,
        criterion=float(2 * found.cost),
        converged=bool(found.success),
        message=(
            f"Converged in {found.nfev} steps."
            if found.success
            else f"No convergence in {found.nfev} steps; try another start, or more people."
        ),
        evaluations=int(found.nfev),
    )


@dataclass(frozen=True)
class Knockout:
    """What is left when one moment is not used."""

    name: str
    identified: bool
    se: tuple[float, ...]  # of the four estimates; infinite where a parameter is not identified
    delta_gini_se: float  # infinite where the sign of ΔGini is open


def knockouts(found: Estimate) -> tuple[Knockout, ...]:
    """Standard errors with each moment left out in turn, from the derivatives at the estimate.

    A parameter is identified if it does not move along the directions that the moments leave
    flat; the same for ΔGini.
    """
    scale = standard_errors(found.targets)
    G = found.jacobian / scale[:, None] * _STEP
    rows = []
    for left_out in range(6):
        some = np.delete(G, left_out, axis=0)
        _, singular, right = np.linalg.svd(some, full_matrices=True)
        good = np.zeros(len(NAMES), dtype=bool)
        good[: singular.size] = singular > 1e-9 * singular[0]
        flat = right[~good]
        spread = right[good].T / singular[good[: singular.size]]

        def error(direction: FloatArray, flat: FloatArray, spread: FloatArray) -> float:
            if flat.size and np.max(np.abs(flat @ direction)) > 1e-7 * np.linalg.norm(direction):
                return float("inf")
            return float(np.linalg.norm(direction @ spread))

        se = tuple(error(np.eye(4)[i], flat, spread) * _STEP[i] for i in range(4))
        change = error(G[5] * scale[5], flat, spread)
        rows.append(Knockout(found.targets[left_out].name, bool(good.all()), se, change))
    return tuple(rows)
