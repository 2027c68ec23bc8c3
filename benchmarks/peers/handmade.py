"""What a short NumPy script reaches that is written for one model and nothing else.

One interval, N Chebyshev nodes, Newton's method with the exact Jacobian as one dense system; no
search for the order of regimes, no refinement, no error estimate, no checks. It shows what the
generality of our solver costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from benchmarks.measure import Case, Path, script
from benchmarks.problems import RAMSEY, TAKEOVER, FloatArray

STEPS = 20


@cache
def chebyshev(n: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Nodes 0 = x_0 < … < x_n = 1, the differentiation matrix, barycentric weights."""
    x = (1 - np.cos(np.pi * np.arange(n + 1) / n)) / 2
    w: FloatArray = np.where(np.arange(n + 1) % 2, -1.0, 1.0)
    w[[0, -1]] /= 2
    distance = x[:, None] - x
    np.fill_diagonal(distance, 1.0)
    D = w / w[:, None] / distance
    np.fill_diagonal(D, 0.0)
    np.fill_diagonal(D, -D.sum(axis=1))
    return x, D, w


def interpolate(n: int, z: FloatArray, at: FloatArray) -> FloatArray:
    """(2, points) from the values (2, n + 1) at the nodes."""
    x, _, w = chebyshev(n)
    distance = at[:, None] - x
    hit = np.abs(distance) < 1e-15
    matrix = w / np.where(hit, 1.0, distance)
    matrix /= matrix.sum(axis=1, keepdims=True)
    return z @ np.where(hit.any(axis=1, keepdims=True), hit, matrix).T


def solve_ramsey(n: int) -> tuple[int, FloatArray]:
    """In ξ = 1 − exp(−μt): μ(1 − ξ) x′ = f(x), k(0) = k₀; at ξ = 1 the equation is f = 0."""
    p = RAMSEY
    mu, slope = p.stable()
    xi, D, _ = chebyshev(n)
    m = n + 1
    linear = np.zeros((2 * m, 2 * m))
    linear[:m, :m] = linear[m:, m:] = mu * (1 - xi)[:, None] * D
    deviation = np.log(p.share) * (1 - xi)
    z = np.array([p.k_star + deviation, p.q_star + slope * deviation])
    diagonal = np.arange(m)
    for _ in range(STEPS):
        J = p.jacobian(z)
        residual = linear @ z.ravel() - p.field(z).ravel()
        matrix = linear.copy()
        for i in range(2):
            for j in range(2):
                matrix[i * m + diagonal, j * m + diagonal] -= J[i, j]
        matrix[0], matrix[0, 0], residual[0] = 0.0, 1.0, z[0, 0] - p.k0
        step = np.linalg.solve(matrix, residual).reshape(2, m)
        z = z - step
        if np.abs(step).max() < 1e-7:  # Newton's next step would be of its square
            return n, z
    raise RuntimeError("no convergence")


def ramsey_path(result: tuple[int, FloatArray]) -> Path:
    n, z = result
    mu, _ = RAMSEY.stable()

    def path(t: FloatArray) -> FloatArray:
        k, q = interpolate(n, z, -np.expm1(-mu * t))
        return np.array([np.exp(k), np.exp(k + q)])

    return path


def solve_takeover(n: int) -> tuple[int, FloatArray]:
    """On s = t/d: x′ = d·f(d s, x); the date d is the last unknown, the border its equation."""
    p = TAKEOVER
    s, D, _ = chebyshev(n)
    m = n + 1
    linear = np.zeros((2 * m, 2 * m))
    linear[:m, :m] = linear[m:, m:] = D
    diagonal = np.arange(m)
    d = 0.9 * p.T
    u = p.unautomated(d)
    k = p.k0 + (np.log((1 - u) / u) - p.k0) * s
    q = np.log(0.35) + (p.consumption_ratio(k[-1]) - np.log(0.35)) * s
    z = np.concatenate([k, q, [d]])
    for _ in range(STEPS):
        k, q, d = z[:m], z[m:-1], z[-1]
        t = d * s
        y, R, y_k, R_k, y_t, R_t = p.region_1(t, k)
        c, u = np.exp(q), p.unautomated(d)
        saving = y - p.delta - c
        f = np.concatenate([saving, (R - p.rho - p.delta) / p.eta - saving])
        f_t = np.concatenate([y_t, R_t / p.eta - y_t])
        residual = np.empty(2 * m + 1)
        residual[:-1] = linear @ z[:-1] - d * f
        residual[-1] = k[-1] - np.log((1 - u) / u)
        matrix = np.zeros((2 * m + 1, 2 * m + 1))
        matrix[:-1, :-1] = linear
        matrix[diagonal, diagonal] -= d * y_k
        matrix[diagonal, m + diagonal] += d * c
        matrix[m + diagonal, diagonal] -= d * (R_k / p.eta - y_k)
        matrix[m + diagonal, m + diagonal] -= d * c
        matrix[:-1, -1] = -f - np.concatenate([t, t]) * f_t
        matrix[-1, n], matrix[-1, -1] = 1.0, -p.rest / (p.T * u * (1 - u))
        w = p.W * np.exp(-k[-1])
        rows = [0, 2 * m - 1]  # capital is given at first, consumption at the end
        matrix[rows] = 0.0
        matrix[0, 0], residual[0] = 1.0, k[0] - p.k0
        matrix[2 * m - 1, [n, 2 * m - 1]] = w / (1 + w), 1.0
        residual[2 * m - 1] = q[-1] - p.consumption_ratio(k[-1])
        step = np.linalg.solve(matrix, residual)
        z = z - step
        if np.abs(step).max() < 1e-7:
            return n, z
    raise RuntimeError("no convergence")


def takeover_path(result: tuple[int, FloatArray]) -> Path:
    n, z = result
    p, d = TAKEOVER, result[1][-1]

    def path(t: FloatArray) -> FloatArray:
        inside = t <= d
        k, q = interpolate(n, z[:-1].reshape(2, -1), t[inside] / d)
        values = np.empty((2, t.size))
        values[:, inside] = np.exp(k), np.exp(k + q)
        values[:, ~inside] = p.after(t[~inside], d, float(np.exp(z[n])))
        return values

    return path


def cases() -> Iterator[Case]:
    for problem, solve, path, sizes in (
        ("ramsey", solve_ramsey, ramsey_path, (6, 8, 10, 12, 14, 16)),
        ("takeover", solve_takeover, takeover_path, (12, 16, 20, 24, 28, 32)),
    ):
        for n in sizes:
            yield Case(
                "NumPy script for this model only",
                problem,
                f"{n + 1} nodes",
                lambda n=n: n,  # type: ignore[misc]
                solve,  # type: ignore[arg-type]
                path,
                "no error estimate",
            )


if __name__ == "__main__":
    script(cases)
