"""The linear system at a point of rest: how fast paths settle, where they start, how many are.

With J = ∂f/∂x there, the n₀ roots with the smallest real parts span the directions along which a
path with n₀ given components settles: x = x* + S a, ȧ = M a with S an orthonormal basis of them and
M = SᵀJS. A path is on them in the end if the orthogonal complement W of S is zero, W (x − x*) = 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aiecon.validation import FloatArray, require

__all__ = ["Rest", "compactification_rate", "is_saddle", "jacobian", "mismatch"]
__all__ += ["point_of_rest", "rest_of"]

HIGH_POWER = 6
REST_STEPS = 60
REST_MOVE = 1e-13  # relative: of the last of Newton's steps to the point of rest
NEUTRAL = 1e-7  # of the largest root: a real part this small neither falls nor grows
SPIRAL = 6.0  # a complex root decays at six times the rate of compactified time, or faster


def mismatch(J: FloatArray, given: int) -> str:
    """Why there is no path or more than one, by the roots of J (d, d); empty if there is one.

    >>> mismatch(np.diag([-0.2, 0.5]), 1)
    ''
    >>> mismatch(np.diag([-0.2, -0.5]), 1)[:57]
    'indeterminate: 2 stable roots at the point of rest (-0.5,'
    """
    if is_saddle(J[None], given).all():
        return ""
    roots = np.sort_complex(np.linalg.eigvals(J))
    stable = int((roots.real < -_tiny(roots)).sum())
    listed = ", ".join(f"{r.real:.3g}" if r.imag == 0 else f"{r:.3g}" for r in roots)
    facts = f"{stable} stable roots at the point of rest ({listed}), {given} given at t = 0"
    if given < stable:
        return (
            f"indeterminate: {facts}. A continuum of paths settles there. Give {stable - given} "
            "more initial condition(s), or check the signs of the equations"
        )
    return (
        f"overdetermined: {facts}. From most starts no path settles there. Give fewer initial "
        "conditions, let a component jump, or check the signs of the equations"
    )


def is_saddle(J: FloatArray, given: int) -> NDArray[np.bool_]:
    """Whether as many roots as are given are stable, or neutral, at J (B, d, d), (B,).

    True where J is not finite: nothing is known there.
    """
    known = np.asarray(np.isfinite(J).all(axis=(1, 2)))
    roots = np.linalg.eigvals(np.where(known[:, None, None], J, 0.0))
    tiny = _tiny(roots)[..., None]
    stable, falls_or_rests = (roots.real < -tiny).sum(axis=1), (roots.real <= tiny).sum(axis=1)
    return np.asarray(~known | ((stable <= given) & (given <= falls_or_rests)))


def _tiny(roots: Any) -> Any:
    return NEUTRAL * np.abs(roots).max(axis=-1, initial=1e-300)


class Rest:
    """What follows from the points of rest x (d, B) and J (B, d, d), with n₀ components given."""

    def __init__(self, x: FloatArray, J: FloatArray, given: int) -> None:
        self.x, self.J, self.given = x, J, given
        wrong = next(filter(None, (mismatch(own, given) for own in J)), "")
        if wrong:
            raise ValueError(wrong)
        roots, vectors = np.linalg.eig(J)
        first = np.argsort(roots.real, axis=1)[:, :given]
        self.roots = np.take_along_axis(roots, first, 1)  # (B, n₀)
        chosen = np.take_along_axis(vectors, first[:, None], 2)
        both = np.concatenate([chosen.real, chosen.imag], axis=2)
        basis = np.linalg.svd(both)[0]
        self.S, self.W = basis[:, :, :given], basis[:, :, given:].transpose(0, 2, 1)
        self.M = self.S.transpose(0, 2, 1) @ J @ self.S
        self.rates = np.array([_rate(own) for own in self.roots])  # (B,), of compactified time
        self.time_scale = float(1.0 / np.abs(self.roots).max(initial=1e-300))  # of the fastest

    def take(self, draws: NDArray[np.intp]) -> Rest:
        """The points of rest of some of the draws."""
        return Rest(self.x[:, draws], self.J[draws], self.given)

    def terminal(self, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """W (x − x*) = 0 at x (d, B, E, N), with its derivatives."""
        gap = x - self.x[:, :, None, None]
        g = np.einsum("bij,jb...->ib...", self.W, gap)
        g_x = self.W.transpose(1, 2, 0)[..., None, None] + np.zeros((1, *x.shape))
        return g, g_x, np.zeros_like(g)

    def path(self, initial: FloatArray) -> Callable[[FloatArray], FloatArray]:
        """The path of the linear system from initial (n₀, B): t (B, E, N) → (d, B, E, N)."""
        gap = (initial - self.x[: self.given]).T
        start = np.stack(
            [np.linalg.lstsq(S[: self.given], g)[0] for S, g in zip(self.S, gap, strict=True)]
        )
        roots, modes = np.linalg.eig(self.M)
        weights = np.linalg.solve(modes, start[..., None].astype(complex))
        modes = (self.S @ modes) * weights.transpose(0, 2, 1)  # (B, d, n₀)
        roots = np.minimum(roots.real, 0.0) + 1j * roots.imag
        last = 700.0 / np.nanmin(self.rates, initial=np.inf)  # by then nothing is left to settle

        def path(t: FloatArray) -> FloatArray:
            left = np.exp(roots.T[:, :, None, None] * np.minimum(t, last))  # (n₀, B, E, N)
            moved = np.einsum("bdm,mben->dben", modes, left).real
            return np.asarray(self.x[:, :, None, None] + moved)

        return path


def _rate(roots: NDArray[np.complex128]) -> float:
    """One rate for all the stable roots of a draw; NaN if there is none."""
    stable = roots[roots.real < -_tiny(roots)]
    if not len(stable):
        return np.nan
    if np.abs(stable.imag).max() > 0:
        return float(-stable.real.max() / SPIRAL)
    return float(compactification_rate(*-stable.real))


def compactification_rate(*decay_rates: Any) -> Any:
    """The rate r of a tail on which everything decays at one of the rates given, or faster.

    With s = exp(−r t) a decay at the rate μ is the power s^(μ/r). An integer power is a polynomial;
    another power p is smooth enough if it is high: the error with N nodes falls as N^(−2p−1). A
    single rate is taken as it is; several are all made whole powers or at least sixth powers, by
    the largest r that does so. Rates are numbers, or arrays of draws.

    >>> compactification_rate(0.2), compactification_rate(0.01, 0.2)
    (0.2, 0.01)
    >>> compactification_rate(0.1, 0.15)
    0.05
    """
    rates = np.array(np.broadcast_arrays(*decay_rates), dtype=np.float64)
    slowest = rates.min(axis=0)
    powers = np.multiply.outer(np.arange(1, HIGH_POWER + 1), rates / slowest)
    fits = (powers >= HIGH_POWER) | (np.abs(powers - np.rint(powers)) < 1e-12)
    rate = slowest / (1 + fits.all(axis=1).argmax(axis=0))
    return rate if rate.ndim else float(rate)


def rest_of(problem: Any) -> Rest:
    """The linear system at ``steady_state``; ValueError if there is none, or it is no saddle."""
    name, x = type(problem).__name__, problem.steady_state
    if x is None:
        raise ValueError(
            f"{name} says no steady_state, from which tail_rate, time_scale, terminal and guesses "
            "would follow. Give it as an array (d, B), or give these four."
        )
    shape = problem.size, problem.initial.shape[1]
    require("steady_state", np.shape(x), np.shape(x) == shape, f"shape {shape}")
    found = point_of_rest(problem, x)
    if found is None:
        raise ValueError(
            f"steady_state of {name}: from {x.tolist()} no point of rest was found. "
            f"field(t = ∞, x, {problem.last_regime}) must be finite, and zero there."
        )
    return Rest(*found, len(problem.initial))


def point_of_rest(problem: Any, x: FloatArray | None) -> tuple[FloatArray, FloatArray] | None:
    """The point of rest next to x (d, B), by Newton's method, and ∂f/∂x (B, d, d) there, if any.

    On a line of points of rest it is the nearest one.
    """
    if x is None or not np.isfinite(x).all():
        return None
    t = np.full((x.shape[1], 1, 1), np.inf)
    for _ in range(REST_STEPS):
        with np.errstate(all="ignore"):
            f, f_x, _ = problem.field(t, x[:, :, None, None], problem.last_regime)
        f, J = np.broadcast_to(f, (*x.shape, 1, 1))[..., 0, 0].T, jacobian(f_x, x)
        if not (np.isfinite(f).all() and np.isfinite(J).all()):
            break
        move = np.stack([np.linalg.lstsq(own, -g)[0] for own, g in zip(J, f, strict=True)]).T
        x = x + move
        if np.abs(move).max(initial=0.0) <= REST_MOVE * (1.0 + np.abs(x).max()):
            return x, J
    return None


def jacobian(f_x: FloatArray, x: FloatArray) -> FloatArray:
    """∂f/∂x at one time, (B, d, d), from what ``field`` returned for x (d, B)."""
    whole = np.broadcast_to(f_x, (len(x), *x.shape, 1, 1))
    return np.asarray(whole[..., 0, 0].transpose(2, 0, 1))
