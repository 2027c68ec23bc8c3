"""CasADi: the first-order conditions collocated at Gauss points, solved by its own root finder.

CasADi differentiates the equations and compiles nothing; once the functions stand, a solve with
other parameter values needs no set-up. Two variants: with the collocation coefficients that CasADi
provides (``collocation_points``, at most nine Gauss points on an element), and with one element of
many Gauss points whose coefficients are computed here (barycentric formula), since CasADi's own
lose digits at high order. Both use what our solver uses: compactified time for Ramsey, the
switching date as an unknown for the takeover.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import casadi as ca
import numpy as np

from benchmarks.measure import Case, Path, script
from benchmarks.problems import RAMSEY, TAKEOVER, FloatArray, Takeover

TOLERANCE = 1e-12


def points_of_casadi(degree: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    tau = ca.collocation_points(degree, "legendre")
    slope, end, _ = ca.collocation_coeff(tau)
    return np.array(tau), np.array(slope), np.array(end).ravel()


def weights(nodes: FloatArray) -> FloatArray:
    """Barycentric weights, up to a factor."""
    return np.array([1 / np.prod(4 * (x - np.delete(nodes, i))) for i, x in enumerate(nodes)])


def gauss_points(degree: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    tau = (np.polynomial.legendre.leggauss(degree)[0] + 1) / 2
    nodes = np.concatenate([[0.0], tau])
    w = weights(nodes)
    distance = nodes[:, None] - nodes
    np.fill_diagonal(distance, 1.0)
    slope = w / w[:, None] / distance
    np.fill_diagonal(slope, 0.0)
    np.fill_diagonal(slope, -slope.sum(axis=1))
    end = w / (1 - nodes)
    return tau, slope[1:].T, end / end.sum()


@dataclass(frozen=True)
class Collocated:
    """A root finder for one problem, with its elements."""

    root: Any
    edges: FloatArray
    tau: FloatArray
    points: FloatArray  # where the unknowns lie on [0, 1], element starts included, and 1

    def interpolate(self, z: FloatArray, x: FloatArray) -> FloatArray:
        """The logarithms (2, n) at x in [0, 1]."""
        count = len(self.edges) - 1
        nodes = np.concatenate([[0.0], self.tau])
        values = z[: 2 * count * nodes.size].reshape(count, nodes.size, 2)
        element = np.minimum((x * count).astype(int), count - 1)
        distance = (x - self.edges[element])[:, None] * count - nodes
        hit = np.abs(distance) < 1e-15
        matrix = weights(nodes) / np.where(hit, 1.0, distance)
        matrix /= matrix.sum(axis=1, keepdims=True)
        matrix = np.where(hit.any(axis=1, keepdims=True), hit, matrix)
        return np.einsum("np,npd->dn", matrix, values[element])


def collocate(
    elements: int,
    coefficients: tuple[FloatArray, FloatArray, FloatArray],
    parameters: Any,
    field: Callable[[float, Any], Any],
    conditions: Callable[[Any, Any], list[Any]],
    extra: Any = None,
) -> Collocated:
    """dx/ds = field(s, x) on [0, 1] with the conditions at both ends."""
    tau, slope, end = coefficients
    edges = np.linspace(0, 1, elements + 1)
    starts = [ca.SX.sym(f"s{e}", 2) for e in range(elements + 1)]
    unknowns, equations, points = [], [], []
    for e in range(elements):
        inner = ca.SX.sym(f"x{e}", 2, len(tau))
        values, width = ca.horzcat(starts[e], inner), edges[e + 1] - edges[e]
        for j, y in enumerate(tau):
            rate = field(edges[e] + width * y, inner[:, j])
            equations.append(ca.mtimes(values, slope[:, j]) - width * rate)
        equations.append(ca.mtimes(values, end) - starts[e + 1])
        unknowns += [starts[e], ca.vec(inner)]
        points.append(edges[e] + width * np.concatenate([[0.0], tau]))
    unknowns.append(starts[-1])
    if extra is not None:
        unknowns.append(extra)
    system = {
        "x": ca.vertcat(*unknowns),
        "p": parameters,
        "g": ca.vertcat(*conditions(starts[0], starts[-1]), *equations),
    }
    root = ca.rootfinder("root", "fast_newton", system, {"abstol": TOLERANCE})
    return Collocated(root, edges, tau, np.concatenate([*points, [1.0]]))


def answered(system: Collocated, guess: FloatArray, parameters: list[float]) -> FloatArray:
    z = np.array(system.root(guess, parameters)).ravel()
    if not system.root.stats()["success"]:
        raise RuntimeError("the root finder did not converge")
    return z


# Ramsey -------------------------------------------------------------------------------------------


def prepare_ramsey(elements: int, coefficients: Any) -> Collocated:
    parameters = ca.SX.sym("p", 6)
    alpha, rho, delta, eta, k0, mu = ca.vertsplit(parameters)

    def field(xi: float, x: Any) -> Any:
        y = ca.exp((alpha - 1) * x[0])
        growth = y - delta - ca.exp(x[1])
        return ca.vertcat(growth, (alpha * y - rho - delta) / eta - growth) / (mu * (1 - xi))

    def conditions(a: Any, b: Any) -> list[Any]:
        return [a[0] - k0, b[1] - ca.log((rho + delta) / alpha - delta)]

    return collocate(elements, coefficients, parameters, field, conditions)


def solve_ramsey(system: Collocated) -> tuple[Collocated, FloatArray]:
    p = RAMSEY
    mu, slope = p.stable()
    deviation = np.log(p.share) * (1 - system.points)
    guess = np.array([p.k_star + deviation, p.q_star + slope * deviation]).T.ravel()
    return system, answered(system, guess, [p.alpha, p.rho, p.delta, p.eta, p.k0, mu])


def ramsey_path(result: tuple[Collocated, FloatArray]) -> Path:
    system, z = result
    mu, _ = RAMSEY.stable()

    def path(t: FloatArray) -> FloatArray:
        k, q = system.interpolate(z, -np.expm1(-mu * t))
        return np.array([np.exp(k), np.exp(k + q)])

    return path


# Takeover -----------------------------------------------------------------------------------------


def prepare_takeover(elements: int, coefficients: Any) -> Collocated:
    parameters, date = ca.SX.sym("p", 8), ca.SX.sym("date")
    T, rho, delta, eta, sigma, A, rest, k0 = ca.vertsplit(parameters)
    e = (sigma - 1) / sigma

    def field(s: float, x: Any) -> Any:
        u = rest * (1 - date * s / T)
        P = (1 - u) ** (1 / sigma)
        z = P + u ** (1 / sigma) * ca.exp(-e * x[0])
        growth = A * z ** (1 / e) - delta - ca.exp(x[1])
        R = A * z ** (1 / (sigma - 1)) * P
        return date * ca.vertcat(growth, (R - rho - delta) / eta - growth)

    def conditions(a: Any, b: Any) -> list[Any]:
        u = rest * (1 - date / T)
        m = A - delta - (A - rho - delta) / eta
        rule = ca.log(m * (1 + A / (A - delta) * ca.exp(-b[0])))
        return [a[0] - k0, b[0] - ca.log((1 - u) / u), b[1] - rule]

    return collocate(elements, coefficients, parameters, field, conditions, date)


def solve_takeover(
    system: Collocated, p: Takeover = TAKEOVER, start: float = 0.9
) -> tuple[Collocated, FloatArray]:
    date = start * p.T
    u = p.unautomated(date)
    k = p.k0 + (np.log((1 - u) / u) - p.k0) * system.points
    q = np.log(0.35) + (p.consumption_ratio(k[-1]) - np.log(0.35)) * system.points
    guess = np.concatenate([np.array([k, q]).T.ravel(), [date]])
    values = [p.T, p.rho, p.delta, p.eta, p.sigma, p.A, p.rest, p.k0]
    return system, answered(system, guess, values)


def takeover_path(result: tuple[Collocated, FloatArray], p: Takeover = TAKEOVER) -> Path:
    system, z = result
    date, K = z[-1], float(np.exp(z[-3]))

    def path(t: FloatArray) -> FloatArray:
        inside = t <= date
        k, q = system.interpolate(z, t[inside] / date)
        values = np.empty((2, t.size))
        values[:, inside] = np.exp(k), np.exp(k + q)
        values[:, ~inside] = p.after(t[~inside], date, K)
        return values

    return path


def cases() -> Iterator[Case]:
    own, ours = "CasADi, its own Gauss points", "CasADi, one element of many points"
    problems = {
        "ramsey": (prepare_ramsey, solve_ramsey, ramsey_path),
        "takeover": (prepare_takeover, solve_takeover, takeover_path),
    }
    settings = {
        "ramsey": [(own, 1, 6), (own, 1, 8), (own, 2, 7), (own, 3, 7)]
        + [(ours, 1, n) for n in (6, 8, 10, 12, 14)],
        "takeover": [(own, 1, 9), (own, 2, 9), (own, 4, 9), (own, 6, 9), (own, 8, 9)]
        + [(ours, 1, n) for n in (12, 16, 20, 24, 28)],
    }
    for problem, (prepare, solve, path) in problems.items():
        for solver, elements, degree in settings[problem]:
            points = points_of_casadi if solver == own else gauss_points
            yield Case(
                solver,
                problem,
                f"{elements} × {degree} points",
                partial(prepare, elements, points(degree)),
                solve,
                path,
            )


if __name__ == "__main__":
    script(cases)
