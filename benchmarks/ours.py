"""Our solver on both problems, at several tolerances; the versions of everything.

A solve is everything from the parameters to the path: the description of the problem, the first
guess, the search for the order of regimes, Newton's method, and the refined solve that gives the
error estimate (or one solve on a grid of a given number of nodes, without an estimate). Ramsey is
written here as a user would write a model that the library does not have.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.numerics import INFINITY, Guess, Problem, SaddlePath, Structure, solve
from benchmarks.measure import Case, Path, script
from benchmarks.problems import RAMSEY, FloatArray, Ramsey
from exhibits.benchmarks import ONCE, OURS

PACKAGES = ("numpy", "scipy", "casadi", "gekko", "sequence-jacobian", "mpmath")


class RamseyProblem(Problem):
    """The :class:`aiecon.numerics.Problem` of the Ramsey model, in k = log K and q = log(C/K)."""

    size = 2
    nodes = 10
    time_scale = 10.0

    def __init__(self, model: Ramsey = RAMSEY) -> None:
        self.model = model
        self.rate, self.slope = model.stable()
        self.initial = np.array([[model.k0]])
        self.tail_rate = np.array([self.rate])

    def field(
        self, t: FloatArray, x: FloatArray, regime: int
    ) -> tuple[FloatArray, FloatArray, None]:
        return self.model.field(x), self.model.jacobian(x), None

    def terminal(self, t: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        g_x = np.zeros((1, *x.shape))
        g_x[0, 1] = 1.0
        return x[1:] - self.model.q_star, g_x, np.zeros((1, *x.shape[1:]))

    def guesses(self) -> Iterator[Guess]:
        """The linear stable manifold."""
        p = self.model

        def path(t: FloatArray) -> FloatArray:
            deviation = np.log(p.share) * np.exp(-self.rate * t)
            return np.array([p.k_star + deviation, p.q_star + self.slope * deviation])

        yield Guess(path, Structure((1,), (INFINITY,), last_regime=1), np.zeros((1, 1)))


def levels(path: SaddlePath) -> Path:
    def of(t: FloatArray) -> FloatArray:
        k, q = path(t)
        return np.array([np.exp(k), np.exp(k + q)])

    return of


@dataclass(frozen=True)
class Setting:
    """A tolerance, with an error estimate; or a number of nodes, without one."""

    tol: float = 1e-11
    nodes: int | None = None

    def __str__(self) -> str:
        return f"tol {self.tol:.0e}" if self.nodes is None else f"{self.nodes} nodes"


def ramsey(setting: Setting) -> SaddlePath:
    return solve(RamseyProblem(), setting.tol, nodes=setting.nodes)


def takeover(setting: Setting) -> ks.Transition:
    return ks.solve_transition(ks.Bounded(horizon=20.0), tol=setting.tol, nodes=setting.nodes)


def takeover_path(path: ks.Transition) -> Path:
    return lambda t: np.array([path.capital(t), path.consumption(t)])


def cases() -> Iterator[Case]:
    estimated = [Setting(tol) for tol in (1e-4, 1e-6, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12)]
    for problem, solver, path, sizes in (
        ("ramsey", ramsey, levels, (6, 8, 10, 12, 14)),
        ("takeover", takeover, takeover_path, (12, 16, 20, 24, 28, 32)),
    ):
        once = [Setting(nodes=n) for n in sizes]
        for name, settings, words in (
            (OURS, estimated, "with an error estimate"),
            (ONCE, once, "no error estimate"),
        ):
            for setting in settings:
                yield Case(
                    name,
                    problem,
                    str(setting),
                    lambda setting=setting: setting,  # type: ignore[misc]
                    solver,  # type: ignore[arg-type]
                    path,  # type: ignore[arg-type]
                    words,
                )


def versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":
    print(json.dumps({"versions": versions()}))
    script(cases)
