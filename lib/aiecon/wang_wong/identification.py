"""Which economies meet the reported numbers? A₀, σ, θ, b and ξ are not in the summary.

Everything reported is relative to the start, where only the product ρμA₀ enters: with a = ln(A/A₀)

    ȧ = μH − δ,   Ḣ = α(1−H) − (σ + ρμA₀eᵃ)H,   ṡ = [r+σ+α(1−θ)+ρμA₀eᵃ−εȧ]s − (1−b) − ρμA₀eᵃπ_A.

The long run gives two of the five in closed form (:func:`family`): the reported s and A∞/A₀ fix b
and ξ for every A₀, σ and θ. :func:`best_fits` finds, for every A₀ and σ, the θ and the unrounded
inputs that meet the six numbers of the transition best.

``python -m aiecon.wang_wong.identification`` stores its result on a grid (:func:`profile`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import linprog
from scipy.optimize.elementwise import find_root

from aiecon.cached import cached, read_only
from aiecon.drafts import write_whole
from aiecon.validation import FloatArray, finite, require, whole
from aiecon.wang_wong.initial_value import checked
from aiecon.wang_wong.parameters import Parameters, job_finding_rate
from aiecon.wang_wong.steady_states import is_spiral, long_run
from aiecon.wang_wong.transition import solve_transitions

__all__ = [
    "INPUTS",
    "MOMENTS",
    "VARIANTS",
    "Fits",
    "best_fits",
    "family",
    "hosios",
    "identified_set",
    "misfit",
    "moments",
    "other_facts",
    "profile",
    "sensitivities",
]

S_AI, A_AI = 0.8735, 4.21  # reported with some AI: the surplus, and 1 + 321%, A∞ over A₀

#: What is reported of the transition: name, value, one unit in the last printed place.
MOMENTS: dict[str, tuple[float, float]] = {
    "employment lost in 5 years": (0.115, 0.001),
    "capability gained in 5 years": (0.455, 0.001),
    "productivity gained in 5 years": (0.493, 0.001),
    "capability gained in 10 years": (0.940, 0.001),
    "productivity gained in 10 years": (1.03, 0.01),
    "yearly productivity growth": (0.0708, 0.0001),
}
_VALUES, _UNITS = (np.array(column) for column in zip(*MOMENTS.values(), strict=True))


def family(
    sigma: ArrayLike,
    theta: ArrayLike,
    base: Parameters | None = None,
    s: ArrayLike = S_AI,
    A: ArrayLike = A_AI,
) -> tuple[Any, Any]:
    """(b, ξ) such that the some-AI steady state has the surplus s and A times the capability at the
    start. With the rate of displacement a = ρμA₀A in the long run,

        α = (σ + a) H/(1−H),   1−b = (r+σ+α(1−θ)+a)s − aπ_A,
        ξ/(1−ξ) = ln(α/α₀)/ln(s/s₀),   α₀ = 19σ.

    NaN where that b is not in [0, 1) or that ξ not in (0, 1).

    >>> b, xi = family(0.105, 0.5381)
    >>> round(float(b), 2), round(float(xi), 2)
    (0.69, 0.54)
    """
    share = finite("theta", theta)
    require("theta", share, (share >= 0) & (share <= 1), "0 ≤ theta ≤ 1")
    for name, value in (("s", s), ("A", A)):
        require(name, value, finite(name, value) > 0, f"{name} > 0")
    return _family(sigma, theta, base or Parameters(), s, A)


def _family(
    sigma: ArrayLike, theta: ArrayLike, p: Parameters, s: ArrayLike = S_AI, A: ArrayLike = A_AI
) -> tuple[Any, Any]:
    """:func:`family` on the way to a θ: NaN also where θ is NaN or outside [0, 1]."""
    sigma, theta, s, A = np.broadcast_arrays(*(np.asarray(x, float) for x in (sigma, theta, s, A)))
    H, before = p.delta / p.mu, job_finding_rate(sigma)
    displaced = p.rho * p.mu * p.A_0 * A
    alpha = (sigma + displaced) * H / (1 - H)
    flow = (p.r + sigma + alpha * (1 - theta) + displaced) * s - displaced * p.pi_A
    possible = (flow > 0) & (flow <= 1) & (theta >= 0) & (theta <= 1)
    s_0 = np.where(possible, flow, 0.5) / (p.r + sigma + before * (1 - theta))
    possible &= (alpha > before) & (s > s_0)
    ratio = np.where(possible, alpha / before, 2.0)
    power = np.log(ratio) / np.log(np.where(possible, s / s_0, 2.0))
    b, xi = np.where(possible, 1 - flow, np.nan), np.where(possible, power / (1 + power), np.nan)
    return b[()], xi[()]


def moments(params: Parameters, tol: float = 1e-7) -> FloatArray:
    """The six numbers of :data:`MOMENTS` for n economies (fields of shape (n,)): (6, n).

    NaN where there is no saddle path.

    >>> one = Parameters(sigma=np.array([0.105]))
    >>> moments(one)[:, 0].round(3)
    array([0.116, 0.456, 0.494, 0.94 , 1.03 , 0.071])
    """
    paths = solve_transitions(params, tol)
    a, H, _ = paths.states([5.0, 10.0])
    epsilon, start = (np.broadcast_to(x, len(a))[:, None] for x in (params.epsilon, params.A_0))
    a = a - np.log(start)
    log_y = epsilon * a
    return np.stack(
        [
            params.H_0 - H[:, 0],
            np.expm1(a[:, 0]),
            np.expm1(log_y[:, 0]),
            np.expm1(a[:, 1]),
            np.expm1(log_y[:, 1]),
            log_y[:, 1] / 10,
        ]
    )


def misfit(found: FloatArray, *, relative: bool = True) -> FloatArray:
    """The largest deviation from :data:`MOMENTS`: as a share of what is printed, or in units of
    the last printed place."""
    found = np.asarray(found, dtype=np.float64)
    require("found", found.shape, found.shape[:1] == (len(MOMENTS),), "a row per number of MOMENTS")
    shape = (-1, *(1,) * (found.ndim - 1))
    gap = np.abs(found - _VALUES.reshape(shape))
    return np.asarray((gap / (_VALUES if relative else _UNITS).reshape(shape)).max(axis=0))


#: The inputs that are printed, free within their rounding: name, lowest, highest.
INPUTS: dict[str, tuple[float, float]] = {
    "mu": (0.6315, 0.6325),
    "epsilon": (1.0685, 1.0695),
    "phi": (0.00425, 0.00435),
    "s": (0.87345, 0.87355),
    "A": (4.205, 4.215),
}
_LOW, _HIGH = (np.array(ends) for ends in zip(*INPUTS.values(), strict=True))
_MIDDLE = 0.5 * (_LOW + _HIGH)


@dataclass(frozen=True, eq=False)
class Fits:
    """n economies, each the best for its A₀ and σ; arrays (n,), NaN where there is none."""

    A_0: FloatArray
    sigma: FloatArray
    theta: FloatArray
    b: FloatArray
    xi: FloatArray
    inputs: FloatArray  # (5, n), unrounded, in the order of INPUTS
    misfit: FloatArray  # in units of the last printed place; half a unit is rounding

    @property
    def within_rounding(self) -> NDArray[np.bool_]:
        return self.misfit <= 0.5

    def members(self, chosen: ArrayLike) -> Parameters:
        """The chosen ones, by number or by a mask, as a record of arrays."""
        i = np.arange(len(self.A_0))[np.asarray(chosen)]
        mu, epsilon, phi = self.inputs[:3, i]
        base = Parameters(mu=mu, epsilon=epsilon, phi=phi, A_0=self.A_0[i])
        return _member(self.sigma[i], self.theta[i], self.b[i], self.xi[i], base)


def best_fits(
    A_0: ArrayLike,
    sigma: ArrayLike,
    *,
    without: str | None = None,
    hosios: bool = False,
    printed: bool = False,
    rounds: int = 12,
) -> Fits:
    """For each A₀ and σ the θ and inputs with the smallest largest deviation from MOMENTS.

    Parameters
    ----------
    A_0, sigma : of the shape (n,); α₀ = 19σ, and b and ξ are those of :func:`family`
    without : the name of a moment that does not count
    hosios : hold θ = ξ
    printed : hold the inputs at what is printed, in place of within their rounding
    rounds : of linearisation; each solves one linear program for all economies at once

    A minimax by successive linear programs from the best θ of a grid; every step is judged by the
    model itself, and only steps that improve are taken. So the misfit that is returned is attained,
    and the smallest possible one may be lower.

    >>> fit = best_fits([1 / 0.632], [0.105], hosios=True, printed=True)
    >>> fit.theta.round(4), fit.misfit.round(2)
    (array([0.5381]), array([1.14]))
    """
    given = finite("A_0", A_0), finite("sigma", sigma)
    A_0, sigma = np.broadcast_arrays(*map(np.atleast_1d, given))
    rounds = whole("rounds", rounds, 0)
    if without is not None and without not in MOMENTS:
        raise ValueError(f"without = {without!r} is not allowed: one of {', '.join(MOMENTS)}.")
    counts = np.array([name != without for name in MOMENTS])
    low, high = (_MIDDLE, _MIDDLE) if printed else (_LOW, _HIGH)
    q = _first(A_0, sigma, counts, hosios)
    size = np.concatenate([[0.3], np.maximum(high - low, 1e-12)])
    step = 1e-3 * size
    reach = np.full(len(A_0), 0.15)
    found, worst = _tried(A_0, sigma, q, counts)
    for _ in range(rounds):
        live = np.flatnonzero((reach > 1e-5) & np.isfinite(worst))
        if not live.size:
            break
        beyond = q[:, live] + step[:, None] > np.concatenate([[0.99], high])[:, None]
        moved = np.where(beyond, -1.0, 1.0) * step[:, None]
        levels, rates = (np.repeat(x[live], 6) for x in (A_0, sigma))
        tries = (q[:, live, None] + np.eye(6)[:, None] * moved[:, :, None]).reshape(6, -1)
        tries = _on_hosios(levels, rates, tries) if hosios else tries
        near = _tried(levels, rates, tries, counts)[0][:6].reshape(-1, live.size, 6)
        J = (near - found[:6, live, None]) / moved.T * size
        deviation = (found[:6, live] - _VALUES[:, None]) / _UNITS[:, None]
        room = np.stack([low[:, None] - q[1:, live], high[:, None] - q[1:, live]])
        move = _linear_program(
            (J / _UNITS[:, None, None])[counts],
            deviation[counts],
            np.zeros(live.size) if hosios else reach[live],
            np.minimum(np.abs(room / size[1:, None]), reach[live] / 0.15) * np.sign(room),
        )
        new = q[:, live] + size[:, None] * move
        new = _on_hosios(A_0[live], sigma[live], new) if hosios else new
        new_found, new_worst = _tried(A_0[live], sigma[live], new, counts)
        better = new_worst < worst[live] - 1e-7
        taken = live[better]
        q[:, taken], found[:, taken] = new[:, better], new_found[:, better]
        worst[taken] = new_worst[better]
        reach[live] *= np.where(better, 1.0, 0.2)
    if hosios:
        worst = np.where(np.abs(found[7] - q[0]) < 1e-6, worst, np.inf)
    lost = ~np.isfinite(worst)
    theta, b, xi, misfits = (np.where(lost, np.nan, x) for x in (q[0], *found[6:8], worst))
    return Fits(A_0, sigma, theta, b, xi, q[1:], misfits)


def _first(A_0: FloatArray, sigma: FloatArray, counts: Any, at_hosios: bool) -> FloatArray:
    """θ and inputs (6, n) to begin with: the best θ on a grid, or θ = ξ, at the printed inputs."""
    theta = np.full(len(sigma), 0.49)
    printed = np.repeat(_MIDDLE[:, None], len(sigma), axis=1)
    if at_hosios:
        return _on_hosios(A_0, sigma, np.concatenate([theta[None], printed]), _EVERYWHERE)
    for reach, points in ((0.13, 53), (0.005, 11)):  # where σ is small the valley is narrow
        grid = theta[:, None] + np.linspace(-reach, reach, points)
        levels, rates = (np.repeat(x, points) for x in (A_0, sigma))
        q = np.concatenate([grid.reshape(1, -1), np.repeat(_MIDDLE[:, None], grid.size, axis=1)])
        worst = _tried(levels, rates, q, counts, 1e-5)[1].reshape(grid.shape)
        theta = np.take_along_axis(grid, np.argmin(worst, axis=1)[:, None], 1)[:, 0]
    return np.concatenate([theta[None], printed])


def _on_hosios(A_0: FloatArray, sigma: FloatArray, q: FloatArray, grid: Any = None) -> FloatArray:
    """The same with the θ at which θ = ξ: the one next to the θ given, or on a grid."""
    p = Parameters(A_0=A_0, mu=q[1], epsilon=q[2], phi=q[3])
    theta = q[0][:, None] + _NEARBY if grid is None else grid
    return np.concatenate([_hosios(sigma, theta, p, q[4], q[5])[None], q[1:]])


def _tried(
    A_0: FloatArray, sigma: FloatArray, q: FloatArray, counts: Any, tol: float = 1e-8
) -> tuple[FloatArray, FloatArray]:
    """Moments, b and ξ (8, n), and the misfit (n,) in units of the last printed place."""
    theta, mu, epsilon, phi, s, A = q
    p = Parameters(A_0=A_0, mu=mu, epsilon=epsilon, phi=phi)
    b, xi = _family(sigma, theta, p, s, A)
    found = np.full((len(MOMENTS) + 2, len(b)), np.nan)
    found[-2:] = b, xi
    there = np.flatnonzero(np.isfinite(b))
    if there.size:
        members = Fits(A_0, sigma, theta, b, xi, q[1:], b).members(there)
        found[: len(MOMENTS), there] = moments(members, tol)
    deviation = np.abs(found[: len(MOMENTS)] - _VALUES[:, None]) / _UNITS[:, None]
    worst = deviation[counts].max(axis=0)
    return found, np.where(np.isnan(worst), np.inf, worst)


def _linear_program(
    J: FloatArray, deviation: FloatArray, reach: FloatArray, room: FloatArray
) -> FloatArray:
    """Moves (6, n) that minimise max |deviation + J·move| of each economy: one program for all.

    J (m, n, 6), deviation (m, n); θ moves by ``reach`` at most, inputs within ``room`` (2, 5, n).
    """
    m, n, _ = J.shape
    usable = np.asarray(np.isfinite(J).all(axis=(0, 2)) & np.isfinite(deviation).all(axis=0))
    J, deviation = np.where(usable[:, None], J, 0.0), np.where(usable, deviation, 0.0).ravel()
    columns = 6 * np.tile(np.arange(n), m)[:, None] + np.arange(6)
    moves = sparse.csr_array((J.ravel(), columns.ravel(), np.arange(0, J.size + 1, 6)))
    worst = sparse.kron(np.ones((m, 1)), sparse.eye_array(n))
    ends = (
        np.vstack([way * reach, side]).T.ravel() for way, side in zip((-1, 1), room, strict=True)
    )
    result = linprog(
        np.repeat([0.0, 1.0], [6 * n, n]),
        A_ub=sparse.block_array([[moves, -worst], [-moves, -worst]]),
        b_ub=np.concatenate([-deviation, deviation]),
        bounds=np.vstack([np.stack([*ends], axis=1), np.tile([0.0, np.inf], (n, 1))]),
        method="highs",
    )
    if not result.success:
        return np.zeros((6, n))
    return np.where(usable, result.x[: 6 * n].reshape(n, 6).T, 0.0)


def _member(sigma: Any, theta: Any, b: Any, xi: Any, p: Parameters) -> Parameters:
    return replace(p, alpha=job_finding_rate(sigma), sigma=sigma, theta=theta, b=b, xi=xi)


def other_facts(members: Parameters) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Two more reported facts, α₀ and b kept: (both steady states at θ = .95; a complex pair of
    roots at the some-AI steady state with θ = 1, ξ = .765, ε = 6), each (n,)."""
    high = replace(members, theta=0.95)
    both = long_run(high).exists & long_run(high, "unbounded-AI").exists
    pair = is_spiral(replace(members, theta=1.0, xi=0.765, epsilon=6.0))
    n = members.shape[0]
    return np.broadcast_to(both, (n,)), np.broadcast_to(pair, (n,))


def hosios(sigma: ArrayLike, base: Parameters | None = None) -> Any:
    """θ at which the family has θ = ξ, for each σ (n,); NaN where there is none.

    Fields of ``base`` are numbers or of the shape (n,).

    >>> round(float(hosios(0.105)), 4)
    0.5381
    """
    found = _hosios(np.atleast_1d(finite("sigma", sigma)), _EVERYWHERE, base or Parameters())
    return found[()] if found.size > 1 else found[0]


_EVERYWHERE = np.linspace(0.30, 0.70, 401)
_NEARBY = np.geomspace(1e-7, 0.02, 13)  # dense near zero: where σ is small the valley is narrow
_NEARBY = np.concatenate([-_NEARBY[::-1], _NEARBY])


def _hosios(
    sigma: FloatArray, theta: FloatArray, p: Parameters, s: Any = S_AI, A: Any = A_AI
) -> FloatArray:
    """The first θ, between those of a grid (…, m), at which ξ falls below θ: (n,), or NaN."""
    arrays = [np.broadcast_to(x, sigma.shape) for x in (sigma, s, A)]
    arrays += [np.broadcast_to(getattr(p, f.name), sigma.shape) for f in fields(p)]

    def gap(theta: Any, sigma: Any, s: Any, A: Any, *values: Any) -> Any:
        return _family(sigma, theta, Parameters(*values), s, A)[1] - theta

    at = gap(theta, *(x[:, None] for x in arrays))
    cross = np.isfinite(at[:, 1:]) & (at[:, :-1] > 0) & (at[:, 1:] <= 0)
    some, first = np.flatnonzero(cross.any(axis=1)), np.argmax(cross, axis=1)
    found, theta = np.full(sigma.shape, np.nan), np.broadcast_to(theta, at.shape)
    if some.size:
        bracket = theta[some, first[some]], theta[some, first[some] + 1]
        found[some] = find_root(gap, bracket, args=tuple(x[some] for x in arrays)).x
    return found


def sensitivities(params: Parameters | None = None, step: float = 1e-4) -> FloatArray:
    """∂ln(moment)/∂(σ, ln θ) along the family, σ in hundredths: (6, 2), by central differences."""
    p, step = params or Parameters(), checked("step", step, high=0.1)
    require("params", "arrays", p.shape == (), "numbers")
    sigma = p.sigma + 0.01 * step * np.array([1.0, -1.0, 0.0, 0.0])
    theta = p.theta * np.exp(step * np.array([0.0, 0.0, 1.0, -1.0]))
    b, xi = family(sigma, theta, p)
    log = np.log(moments(_member(sigma, theta, b, xi, p), 1e-10))
    return np.stack([log[:, 0] - log[:, 1], log[:, 2] - log[:, 3]], axis=1) / (2 * step)


# The stored profile -------------------------------------------------------------------------------

PROFILE = "wang_wong_profile.csv"
#: SHA-256 of the stored result.
CHECKSUM = "d4564eebc83da0bf2834c04c01a01c81b03667650ce960ff4505e0b3be0d458c"
#: What the profile is computed for: every number, without the 11.5 (half of 23, and perhaps no
#: number of its own), and both under Hosios.
VARIANTS: dict[str, dict[str, Any]] = {
    "all": {},
    "without 11.5": {"without": "employment lost in 5 years"},
    "Hosios": {"hosios": True},
    "Hosios without 11.5": {"hosios": True, "without": "employment lost in 5 years"},
}
_A_0 = np.array([1.0, 1.2, 1.4, 1.5, 1.55, 1 / 0.632, 1.65, 1.7, 1.8, 1.9, 2.0, 2.2, 2.4, 2.7])
#: Under Hosios the fit in σ is narrow, and so are the steps.
_SIGMA = {False: np.linspace(0.01, 0.20, 48), True: np.linspace(0.02, 0.20, 91)}


def profile(variant: str = "all") -> Fits:
    """:func:`best_fits` on a grid of A₀ from 1 to 2.7 and σ up to .20, stored.

    ``variant``: "all", "without 11.5", "Hosios", "Hosios without 11.5". Arrays are read-only.

    >>> fits = profile()
    >>> bool(fits.misfit[fits.A_0 == 1.0].min() > 4), bool(fits.within_rounding.any())
    (True, True)
    """
    known = isinstance(variant, str) and variant in VARIANTS
    require("variant", repr(variant), known, ", ".join(VARIANTS))
    return _profile(variant)


@cached(4)
def _profile(variant: str) -> Fits:
    table = _table()
    A_0, sigma, theta, *inputs, worst = table[table[:, 0] == list(VARIANTS).index(variant)].T[1:]
    mu, epsilon, phi, s, A = inputs
    base = Parameters(A_0=A_0, mu=mu, epsilon=epsilon, phi=phi)
    b, xi = _family(sigma, theta, base, s, A)
    return Fits(A_0, sigma, theta, b, xi, np.array(inputs), worst)


def _table() -> FloatArray:
    text = (resources.files("aiecon") / "data" / PROFILE).read_bytes()
    found = hashlib.sha256(text).hexdigest()
    if found != CHECKSUM:
        raise ValueError(
            f"{PROFILE} has the checksum {found}, expected {CHECKSUM}: make it again with "
            "python -m aiecon.wang_wong.identification"
        )
    lines = [line for line in text.decode().splitlines() if line and not line.startswith("#")]
    return np.array([[float(x) for x in line.split(",")] for line in lines[1:]])


def identified_set(variant: str = "all") -> Parameters:
    """The economies of :func:`profile` that meet every number within its rounding: arrays (n,).

    >>> members = identified_set()
    >>> bool(misfit(moments(members), relative=False).max() < 0.501)
    True
    """
    fits = profile(variant)
    return read_only(fits.members(fits.within_rounding))


def main() -> None:
    """Make the profile and print its checksum."""
    lines = [
        "# Wang & Wong (2025): for each level of AI at the start and separation rate, the economy",
        "# that meets the reported transition best, s and A in the long run as reported; misfit in",
        "# units of the last printed place; printed inputs free within their rounding.",
        f"# variant: {', '.join(f'{i} {name}' for i, name in enumerate(VARIANTS))}.",
        "# Made by python -m aiecon.wang_wong.identification.",
        "variant,A_0,sigma,theta,mu,epsilon,phi,s,A,misfit",
    ]
    for i, settings in enumerate(VARIANTS.values()):
        grid = np.meshgrid(_A_0, _SIGMA[settings.get("hosios", False)], indexing="ij")
        f = best_fits(*(x.ravel() for x in grid), **settings)
        rows = np.array([f.A_0, f.sigma, f.theta, *f.inputs, f.misfit])[:, np.isfinite(f.misfit)].T
        lines += [",".join([str(i), *(f"{x:.9g}" for x in row)]) for row in rows]
    text = "\n".join(lines) + "\n"
    write_whole(Path(__file__).parents[1] / "data" / PROFILE, text.encode())
    print(PROFILE, hashlib.sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    main()
