"""Which labour markets meet the reported moments? σ, θ, b and ξ are not in the summary.

The steady state gives two of the four in closed form (:func:`family`): the reported s and A∞ fix b
and ξ for every σ and θ. The numbers after five and ten years have to settle σ and θ.

``python -m aiecon.wang_wong.identification`` makes two stored results again: the set of labour
markets that meet the numbers to 4% (``data/wang_wong_set.csv``), and how well they can be met if
the rate of replacement is scaled, with every printed input free within its rounding
(``data/wang_wong_exposure.csv``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aiecon.validation import FloatArray, require
from aiecon.wang_wong.free_entry import long_run
from aiecon.wang_wong.parameters import Parameters, job_finding_rate
from aiecon.wang_wong.transition import FullModel, solve_transitions

__all__ = [
    "MOMENTS",
    "Map",
    "exposure_table",
    "family",
    "find_set",
    "hosios",
    "identified_set",
    "map_of_moments",
    "misfit",
    "moments",
    "other_facts",
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

    >>> b, xi = family(0.05, 0.547)
    >>> round(float(b), 3), round(float(xi), 3)
    (0.859, 0.571)
    """
    p = base or Parameters()
    sigma, theta, s, A = np.broadcast_arrays(*(np.asarray(x, float) for x in (sigma, theta, s, A)))
    H, before = p.delta / p.mu, job_finding_rate(sigma)
    displaced = p.rho * p.mu * p.A_0 * A
    alpha = (sigma + displaced) * H / (1 - H)
    flow = (p.r + sigma + alpha * (1 - theta) + displaced) * s - displaced * p.pi_A
    possible = (flow > 0) & (flow <= 1)
    s_0 = np.where(possible, flow, 0.5) / (p.r + sigma + before * (1 - theta))
    possible &= (alpha > before) & (s > s_0)
    ratio = np.where(possible, alpha / before, 2.0)
    power = np.log(ratio) / np.log(np.where(possible, s / s_0, 2.0))
    b, xi = np.where(possible, 1 - flow, np.nan), np.where(possible, power / (1 + power), np.nan)
    return b[()], xi[()]


def moments(params: Parameters, tol: float = 1e-7) -> FloatArray:
    """The six numbers of :data:`MOMENTS` for n economies (fields of shape (n,)): (6, n).

    NaN where there is no saddle path.

    >>> one = Parameters(sigma=np.array([0.05]))
    >>> moments(one)[:, 0].round(3)
    array([0.116, 0.466, 0.505, 0.95 , 1.042, 0.071])
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
    shape = (-1, *(1,) * (found.ndim - 1))
    gap = np.abs(found - _VALUES.reshape(shape))
    return np.asarray((gap / (_VALUES if relative else _UNITS).reshape(shape)).max(axis=0))


@dataclass(frozen=True, eq=False)
class Map:
    """The family on a grid of σ (rows) and θ (columns): NaN where there is no economy."""

    sigma: FloatArray  # (m,)
    theta: FloatArray  # (n,)
    b: FloatArray  # (m, n)
    xi: FloatArray  # (m, n)
    moments: FloatArray  # (6, m, n)

    @property
    def misfit(self) -> FloatArray:
        """Largest relative deviation of a moment, (m, n)."""
        return misfit(self.moments)


@lru_cache(maxsize=8)
def map_of_moments(
    rows: int = 32,
    columns: int = 25,
    highest_sigma: float = 0.128,
    base: Parameters | None = None,
) -> Map:
    """The moments over σ from .004 and θ from .36 to .60 (α₀ = 19σ, s and A∞ as reported)."""
    sigma = np.linspace(0.004, highest_sigma, rows)
    theta = np.linspace(0.36, 0.60, columns)
    p = base or Parameters()
    S, T = (x.ravel() for x in np.meshgrid(sigma, theta, indexing="ij"))
    b, xi = family(S, T, p)
    there = np.isfinite(b)
    found = np.full((len(MOMENTS), S.size), np.nan)
    economies = _member(S[there], T[there], b[there], xi[there], p)
    found[:, there] = moments(economies, 1e-6)
    shape = (rows, columns)
    return Map(sigma, theta, b.reshape(shape), xi.reshape(shape), found.reshape(-1, *shape))


def _member(sigma: Any, theta: Any, b: Any, xi: Any, p: Parameters) -> Parameters:
    return Parameters(
        mu=p.mu,
        delta=p.delta,
        rho=p.rho,
        epsilon=p.epsilon,
        phi=p.phi,
        r=p.r,
        A_0=p.A_0,
        alpha=job_finding_rate(sigma),
        sigma=sigma,
        theta=theta,
        b=b,
        xi=xi,
    )


def find_set(tolerance: float = 0.04, rows: int = 62, columns: int = 31) -> Parameters:
    """The members of the family whose numbers are within ``tolerance``, searched for anew: (n,).

    ``rows`` of σ up to .128 and ``columns`` of θ around the best one for each σ, because the
    moments turn quickly with θ. Takes ten seconds; :func:`identified_set` has its result.
    """
    chart = map_of_moments(rows)
    worst = np.where(np.isnan(chart.misfit), np.inf, chart.misfit)
    kept = np.isfinite(worst).any(axis=1)
    centre = chart.theta[np.argmin(worst[kept], axis=1)]
    step = chart.theta[1] - chart.theta[0]
    theta = (centre[:, None] + step * np.linspace(-1.5, 1.5, columns)).ravel()
    sigma = np.repeat(chart.sigma[kept], columns)
    b, xi = family(sigma, theta)
    there = np.flatnonzero(np.isfinite(b))
    p = Parameters()
    members = _member(sigma[there], theta[there], b[there], xi[there], p)
    good = there[misfit(moments(members, 1e-6)) <= tolerance]
    return _member(sigma[good], theta[good], b[good], xi[good], p)


@lru_cache(maxsize=16)
def identified_set(tolerance: float = 0.025) -> Parameters:
    """The members of the family whose six numbers are all within ``tolerance`` ≤ 4% of the printed.

    As a record of arrays (n,), from the stored result of :func:`find_set` (see the module's head).

    >>> members = identified_set()
    >>> ten = slice(None, None, members.shape[0] // 10)
    >>> some = Parameters(
    ...     sigma=members.sigma[ten], alpha=members.alpha[ten], theta=members.theta[ten],
    ...     b=members.b[ten], xi=members.xi[ten],
    ... )
    >>> bool(misfit(moments(some)).max() <= 0.0251)
    True
    """
    require("tolerance", tolerance, 0.0 < tolerance <= 0.04, "0 < tolerance ≤ 0.04")
    table = _table(SET)
    good = table["misfit"] <= tolerance
    require("tolerance", tolerance, good.any(), "a tolerance that some member meets (from 1.8%)")
    sigma, theta, b, xi = (table[name][good] for name in ("sigma", "theta", "b", "xi"))
    return _member(sigma, theta, b, xi, Parameters())


def other_facts(members: Parameters) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Two more reported facts, α₀ and b kept: (both steady states at θ = .95; a complex pair of
    roots at the some-AI steady state with θ = 1, ξ = .765, ε = 6), each (n,)."""
    n = members.shape[0]
    keep = {"sigma": members.sigma, "alpha": members.alpha, "b": members.b, "rho": members.rho}
    high = Parameters(theta=0.95, xi=members.xi, mu=members.mu, **keep)
    both = long_run(high).exists & long_run(high, "unbounded-AI").exists
    local = Parameters(theta=1.0, xi=0.765, epsilon=6.0, mu=members.mu, **keep)
    rest = np.broadcast_to(long_run(local).exists, (n,))
    pair = np.zeros(n, dtype=bool)
    if rest.any():
        parts = {k: np.broadcast_to(v, (n,))[rest] for k, v in keep.items()}
        there = Parameters(theta=1.0, xi=0.765, epsilon=6.0, mu=local.mu, **parts)
        roots = FullModel(there, "some-AI").roots
        pair[rest] = np.abs(roots.imag).max(axis=1) > 0
    return np.broadcast_to(both, (n,)), pair


def hosios(sigma: ArrayLike, base: Parameters | None = None) -> Any:
    """θ at which the family has θ = ξ, for each σ (n,); NaN where there is none.

    >>> round(float(hosios(0.05)), 3)
    0.551
    """
    sigma = np.atleast_1d(np.asarray(sigma, dtype=np.float64))
    theta = np.linspace(0.30, 0.70, 401)
    _, xi = family(sigma[:, None], theta, base)
    gap = xi - theta
    cross = np.isfinite(gap[:, 1:]) & (gap[:, :-1] > 0) & (gap[:, 1:] <= 0)
    found = cross.any(axis=1)
    low = np.where(found, theta[np.argmax(cross, axis=1)], np.nan)
    high = low + theta[1] - theta[0]
    for _ in range(50):
        middle = 0.5 * (low + high)
        above = family(sigma, middle, base)[1] > middle
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return low[()] if low.size > 1 else low[0]


def sensitivities(params: Parameters | None = None, step: float = 1e-4) -> FloatArray:
    """∂ln(moment)/∂(σ, ln θ) along the family, σ in hundredths: (6, 2), by central differences."""
    p = params or Parameters()
    sigma = p.sigma + 0.01 * step * np.array([1.0, -1.0, 0.0, 0.0])
    theta = p.theta * np.exp(step * np.array([0.0, 0.0, 1.0, -1.0]))
    b, xi = family(sigma, theta, p)
    log = np.log(moments(_member(sigma, theta, b, xi, p), 1e-10))
    return np.stack([log[:, 0] - log[:, 1], log[:, 2] - log[:, 3]], axis=1) / (2 * step)


# The scale of replacement -------------------------------------------------------------------------

EXPOSURE = "wang_wong_exposure.csv"
SET = "wang_wong_set.csv"
#: SHA-256 of the stored results.
CHECKSUMS = {
    EXPOSURE: "1c4c1eb7b9785a3a8afe2e51454b51a40f0c4dca9038c819cddf122c5a377a6b",
    SET: "b603f7835a9d7517bec251d91f83a8bffb619b9419d5dc7ee234f31854eb16e5",
}
# σ, θ, μ, ε, φ, s and A∞: the first two are free, the others within their rounding
_LOW = np.array([0.004, 0.30, 0.6315, 1.0685, 0.00425, 0.87345, 4.205])
_HIGH = np.array([0.26, 0.68, 0.6325, 1.0695, 0.00435, 0.87355, 4.215])


def exposure_table() -> dict[str, FloatArray]:
    """For each ρ: the smallest possible misfit, in units of the last printed place, and where.

    Columns: rho, misfit, sigma, theta, b, xi, mu, epsilon, phi, s, A, and the six moments. Half a
    unit is rounding. Stored (see the module's head); ValueError if the file is not the one that
    this version was checked with.

    >>> table = exposure_table()
    >>> bool(table["misfit"][np.argmin(abs(table["rho"] - 0.618))] > 3)
    True
    """
    return _table(EXPOSURE)


@lru_cache(maxsize=4)
def _table(name: str) -> dict[str, FloatArray]:
    text = (resources.files("aiecon") / "data" / name).read_bytes()
    found = hashlib.sha256(text).hexdigest()
    if found != CHECKSUMS[name]:
        raise ValueError(
            f"{name} has the checksum {found}, expected {CHECKSUMS[name]}: make it again with "
            "python -m aiecon.wang_wong.identification"
        )
    rows = [line for line in text.decode().splitlines() if line and not line.startswith("#")]
    table = np.array([[float(x) for x in row.split(",")] for row in rows[1:]])
    return dict(zip(rows[0].split(","), table.T, strict=True))


def _tried(rho: float, q: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Moments (6, n) and misfit (n,) in units of the last place; q is (7, n)."""
    sigma, theta, mu, epsilon, phi, s, A = q
    p = Parameters(rho=rho, mu=mu, epsilon=epsilon, phi=phi)
    b, xi = family(sigma, theta, p, s, A)
    there = np.isfinite(b)
    found = np.full((len(MOMENTS), len(b)), np.nan)
    base = Parameters(rho=rho, mu=mu[there], epsilon=epsilon[there], phi=phi[there])
    if there.any():
        members = _member(sigma[there], theta[there], b[there], xi[there], base)
        found[:, there] = moments(members, 1e-6)
    worst = misfit(found, relative=False)
    return found, np.where(np.isnan(worst), np.inf, worst)


def best_fit(rho: float, rng: np.random.Generator, rounds: int = 16) -> FloatArray:
    """A row of the table: random search with a step that shrinks, restarted around the best."""
    q = _LOW[:, None] + (_HIGH - _LOW)[:, None] * rng.random((7, 3000))
    found, worst = _tried(rho, q)
    for k in range(rounds):
        best = np.argsort(worst)[:40]
        move = (_HIGH - _LOW)[:, None] * rng.standard_normal((7, 800)) * 0.15 * 0.72**k
        tries = np.clip(q[:, rng.choice(best, 800)] + move, _LOW[:, None], _HIGH[:, None])
        new_found, new_worst = _tried(rho, tries)
        q = np.concatenate([q[:, best], tries], axis=1)
        found = np.concatenate([found[:, best], new_found], axis=1)
        worst = np.concatenate([worst[best], new_worst])
    i = int(np.argmin(worst))
    sigma, theta, mu, epsilon, phi, s, A = q[:, i]
    b, xi = family(sigma, theta, Parameters(rho=rho, mu=mu, epsilon=epsilon, phi=phi), s, A)
    return np.array([rho, worst[i], sigma, theta, b, xi, *q[2:, i], *found[:, i]])


def _stored(name: str, head: str, columns: str, rows: list[FloatArray]) -> None:
    made = "# Made by python -m aiecon.wang_wong.identification."
    lines = [f"# {line}" for line in head.splitlines()] + [made, columns]
    lines += [",".join(f"{x:.8g}" for x in row) for row in rows]
    text = "\n".join(lines) + "\n"
    path = Path(__file__).parents[1] / "data" / name
    path.write_text(text, encoding="utf-8")
    print(name, hashlib.sha256(text.encode()).hexdigest())


def main() -> None:
    """Make both tables and print their checksums (three minutes)."""
    members = find_set()
    found = moments(members, 1e-6)
    both, pair = other_facts(members)
    rows = np.stack([members.sigma, members.theta, members.b, members.xi, misfit(found)])
    columns = "sigma,theta,b,xi,misfit,H5,A5,y5,A10,y10,g10,both,pair"
    head = """Wang & Wong (2025): labour markets (s and A in the long run as reported) that meet
the reported transition to 4%. misfit: largest relative deviation; both: two steady states at
theta = .95; pair: complex roots at theta = 1, xi = .765, epsilon = 6."""
    _stored(SET, head, columns, list(np.concatenate([rows, found, [both, pair]]).T))
    rng = np.random.default_rng(20250618)
    grid = (0.5, 0.618, 0.7, 0.8, 0.9, 1.0, 1.05, 1.1, 1.2, 1.4)
    head = """Wang & Wong (2025): the best fit to the reported transition for each scale of the rate
of replacement; misfit in units of the last printed place."""
    columns = "rho,misfit,sigma,theta,b,xi,mu,epsilon,phi,s,A,H5,A5,y5,A10,y10,g10"
    _stored(EXPOSURE, head, columns, [best_fit(rho, rng) for rho in grid])


if __name__ == "__main__":
    main()
