"""SciPy's ``solve_bvp``: collocation of order four on a mesh that adapts (Kierzenka & Shampine).

Two formulations of each problem. Ramsey: on a long but finite horizon, closed by the linear stable
manifold; and in the compactified time ξ = 1 − exp(−μt), in which few nodes are needed. The first
meshes are about as fine as the tolerance needs, which is faster than letting them grow. Takeover:
with the kink inside the interval, as one would write it first; and split at the kink, whose date is
an unknown parameter. Exact Jacobians throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy.integrate import solve_bvp

from benchmarks.measure import Case, Path, script
from benchmarks.problems import RAMSEY, TAKEOVER, FloatArray, Takeover

SLOW = 1e-6  # ξ ends at 1 − SLOW, where the linear manifold is exact to 1e-12
HORIZON = 160.0  # of the formulation that truncates time


def solved(solution: Any) -> Any:
    if solution.status:
        raise RuntimeError(solution.message)
    return solution


# Ramsey -------------------------------------------------------------------------------------------


def ramsey(rate: Any, mesh: FloatArray, decay: FloatArray, tol: float) -> Any:
    """``rate(x)`` is dt/dx for the mesh's variable x, ``decay`` the first guess of exp(−μt)."""
    p = RAMSEY
    _, slope = p.stable()
    left, right = np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [-slope, 1.0]])
    deviation = np.log(p.share) * decay
    solution = solve_bvp(
        lambda x, y: p.field(y) * rate(x),
        lambda a, b: np.array([a[0] - p.k0, b[1] - p.q_star - slope * (b[0] - p.k_star)]),
        mesh,
        np.array([p.k_star + deviation, p.q_star + slope * deviation]),
        fun_jac=lambda x, y: p.jacobian(y) * rate(x),
        bc_jac=lambda a, b: (left, right),
        tol=tol,
        max_nodes=20_000,
    )
    return solved(solution)


def ramsey_truncated(setting: tuple[float, int]) -> Any:
    tol, n = setting
    mu, _ = RAMSEY.stable()
    mesh = HORIZON * np.expm1(np.linspace(0, 1, n) * 2.5) / np.expm1(2.5)
    return ramsey(lambda t: 1.0, mesh, np.exp(-mu * mesh), tol)


def ramsey_compact(setting: tuple[float, int]) -> Any:
    tol, n = setting
    mu, _ = RAMSEY.stable()
    mesh = np.linspace(0, 1 - SLOW, n)
    return ramsey(lambda xi: 1 / (mu * (1 - xi)), mesh, 1 - mesh, tol)


def in_levels(x: FloatArray) -> FloatArray:
    return np.array([np.exp(x[0]), np.exp(x[0] + x[1])])


def truncated_path(solution: Any) -> Path:
    return lambda t: in_levels(solution.sol(t))


def compact_path(solution: Any) -> Path:
    mu, _ = RAMSEY.stable()
    return lambda t: in_levels(solution.sol(-np.expm1(-mu * t)))


# Takeover -----------------------------------------------------------------------------------------


def growth(p: Takeover, y: Any, R: Any, q: Any) -> FloatArray:
    saving = y - p.delta - np.exp(q)
    return np.array([saving, (R - p.rho - p.delta) / p.eta - saving])


def slopes(p: Takeover, y_k: Any, R_k: Any, q: Any) -> FloatArray:
    c = np.exp(q)
    return np.array([[y_k, -c], [R_k / p.eta - y_k, c]])


def closing(p: Takeover, k: float) -> float:
    """The slope dq/dk of the rule of region 2."""
    w = p.W * np.exp(-k)
    return -w / (1 + w)


def takeover_kink(setting: tuple[float, int], p: Takeover = TAKEOVER) -> Any:
    tol, n = setting

    def field(t: FloatArray, x: FloatArray) -> FloatArray:
        y1, R1, *_ = p.region_1(t, x[0])
        y2, R2, *_ = p.region_2(x[0])
        first = p.in_region_1(t, x[0])
        return growth(p, np.where(first, y1, y2), np.where(first, R1, R2), x[1])

    def jacobian(t: FloatArray, x: FloatArray) -> FloatArray:
        _, _, y1, R1, _, _ = p.region_1(t, x[0])
        _, _, y2, R2 = p.region_2(x[0])
        first = p.in_region_1(t, x[0])
        return slopes(p, np.where(first, y1, y2), np.where(first, R1, R2), x[1])

    def ends(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
        return np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [-closing(p, b[0]), 1.0]])

    mesh = np.linspace(0, p.T, n)
    k = p.k0 + 2.0 * (mesh / p.T) ** 2
    q = np.linspace(np.log(0.35), p.consumption_ratio(k[-1]), n)
    solution = solve_bvp(
        field,
        lambda a, b: np.array([a[0] - p.k0, b[1] - p.consumption_ratio(b[0])]),
        mesh,
        np.array([k, q]),
        fun_jac=jacobian,
        bc_jac=ends,
        tol=tol,
        max_nodes=20_000,
    )
    return solved(solution), p.T, 1.0


def takeover_free(setting: tuple[float, int], p: Takeover = TAKEOVER, start: float = 0.9) -> Any:
    tol, n = setting

    def field(s: FloatArray, x: FloatArray, date: FloatArray) -> FloatArray:
        y, R, *_ = p.region_1(date[0] * s, x[0])
        return date[0] * growth(p, y, R, x[1])

    def jacobian(s: FloatArray, x: FloatArray, date: FloatArray) -> tuple[FloatArray, FloatArray]:
        t = date[0] * s
        y, R, y_k, R_k, y_t, R_t = p.region_1(t, x[0])
        by_date = growth(p, y, R, x[1]) + t * np.array([y_t, R_t / p.eta - y_t])
        return date[0] * slopes(p, y_k, R_k, x[1]), by_date[:, None]

    def conditions(a: FloatArray, b: FloatArray, date: FloatArray) -> FloatArray:
        u = p.unautomated(date[0])
        border = b[0] - np.log((1 - u) / u)
        return np.array([a[0] - p.k0, b[1] - p.consumption_ratio(b[0]), border])

    def ends(
        a: FloatArray, b: FloatArray, date: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        u = p.unautomated(date[0])
        left = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
        right = np.array([[0.0, 0.0], [-closing(p, b[0]), 1.0], [1.0, 0.0]])
        return left, right, np.array([[0.0], [0.0], [-p.rest / (p.T * u * (1 - u))]])

    date = start * p.T
    u = p.unautomated(date)
    k = np.linspace(p.k0, np.log((1 - u) / u), n)
    q = np.linspace(np.log(0.35), p.consumption_ratio(k[-1]), n)
    solution = solve_bvp(
        field,
        conditions,
        np.linspace(0, 1, n),
        np.array([k, q]),
        p=[date],
        fun_jac=jacobian,
        bc_jac=ends,
        tol=tol,
        max_nodes=20_000,
    )
    return solved(solution), solution.p[0], solution.p[0]


def takeover_path(result: tuple[Any, float, float], p: Takeover = TAKEOVER) -> Path:
    solution, date, scale = result
    K = float(np.exp(solution.y[0, -1]))

    def path(t: FloatArray) -> FloatArray:
        inside = t <= date
        values = np.empty((2, t.size))
        values[:, inside] = in_levels(solution.sol(t[inside] / scale))
        values[:, ~inside] = p.after(t[~inside], date, K)
        return values

    return path


def cases() -> Iterator[Case]:
    meshes: dict[str, list[tuple[float, int]]] = {
        "truncated": [(1e-4, 40), (1e-6, 160), (1e-8, 320), (1e-9, 500), (1e-10, 900)],
        "compactified": [(1e-3, 10), (1e-6, 40), (1e-6, 80), (1e-8, 160), (1e-8, 320)],
        "kink inside": [(1e-4, 40), (1e-6, 80), (1e-8, 80), (1e-9, 80)],
        "free boundary": [(1e-4, 40), (1e-6, 80), (1e-8, 160), (1e-9, 160), (1e-10, 40)],
    }
    made: dict[str, tuple[str, str, Callable[[Any], Any], Callable[[Any], Path]]] = {
        "truncated": ("ramsey", "long finite horizon", ramsey_truncated, truncated_path),
        "compactified": ("ramsey", "compactified time", ramsey_compact, compact_path),
        "kink inside": ("takeover", "kink inside", takeover_kink, takeover_path),
        "free boundary": ("takeover", "free boundary", takeover_free, takeover_path),
    }
    for name, settings in meshes.items():
        problem, words, solve, path = made[name]
        for setting in settings:
            label = f"tol {setting[0]:.0e}, {setting[1]} nodes at first"
            yield Case(
                f"SciPy solve_bvp, {words}",
                problem,
                label,
                lambda setting=setting: setting,  # type: ignore[misc]
                solve,
                path,
            )


if __name__ == "__main__":
    script(cases)
