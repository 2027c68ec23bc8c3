"""Reference paths to more than thirty digits, by methods of another family than the solver's.

The solver collocates a boundary value problem on Chebyshev nodes in double precision. Here nothing
is collocated: the path is continued backwards in time, in which saddle paths are stable, by Taylor
series of order 40 in 40-digit arithmetic.

* Ramsey: the path near the steady state is a power series in s = exp(−μt), found term by term (the
  stable manifold, exact to the working precision). From there backwards to K₀.
* Korinek & Suh, bounded tasks: from region 2, where consumption is known in closed form, backwards
  through region 1 to t = 0; the switching date is the root of K(0) − K₀ (secant method).

    python -m benchmarks.references      prints the known answers to thirty digits
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from mpmath import mp, mpf

from benchmarks.problems import RAMSEY, TAKEOVER, FloatArray, Ramsey, Takeover

Series = list[mpf]

DIGITS = 40  # of the arithmetic, and the order of the series; 34 digits are asked of a step


@dataclass(frozen=True)
class Reference:
    """K(t) and C(t) in double precision, from pieces that are series in a local variable."""

    K0: mpf
    C0: mpf
    switch: mpf | None  # the date at which region 2 begins
    starts: FloatArray  # (P,): the pieces' first dates, increasing
    origins: FloatArray  # (P,): where each piece is expanded
    pieces: FloatArray  # (P, 2, N): coefficients of K and C
    tail: Callable[[FloatArray], FloatArray]  # K and C after the last piece
    tail_from: float

    def __call__(self, t: FloatArray) -> FloatArray:
        """(2, n): K and C at the dates t (n,)."""
        t = np.asarray(t, dtype=np.float64)
        out = np.empty((2, t.size))
        late = t >= self.tail_from
        out[:, late] = self.tail(t[late])
        piece = np.searchsorted(self.starts, t[~late], side="right") - 1
        local = t[~late] - self.origins[piece]
        value = np.zeros((2, local.size))
        for n in range(self.pieces.shape[2] - 1, -1, -1):  # Horner
            value = value * local + self.pieces[piece, :, n].T
        out[:, ~late] = value
        return out


def exact(value: float) -> mpf:
    """The short fraction that a parameter in double precision stands for: 0.04 is 1/25."""
    fraction = Fraction(value).limit_denominator(10**6)
    return mpf(fraction.numerator) / fraction.denominator


# Power series, one coefficient at a time ----------------------------------------------------------


def product(a: Series, b: Series, n: int) -> mpf:
    """The coefficient n of a·b."""
    return mp.fdot(a[: n + 1], b[n::-1])


def power(a: Series, exponent: mpf, y: Series, n: int) -> mpf:
    """The coefficient n of y = a^exponent, given those before it (J. C. P. Miller's recurrence).

    ``a`` may be shorter than n + 1: its further coefficients are zero.
    """
    if n == 0:
        return a[0] ** exponent
    known = a[1 : n + 1]
    before = y[n - len(known) : n][::-1]  # y_(n−i) beside a_i
    rising = mp.fdot([i * x for i, x in enumerate(known, 1)], before)
    return ((exponent + 1) * rising - n * mp.fdot(known, before)) / (n * a[0])


def quotient(a: Series, b: Series, y: Series, n: int) -> mpf:
    """The coefficient n of y = a/b, given those before it."""
    return (a[n] - mp.fdot(b[1 : n + 1], y[n - 1 :: -1] if n else [])) / b[0]


class Flow:
    """K̇ and Ċ as series: ``rates(n)`` gives their coefficient n once K, C are known up to n."""

    K: Series
    C: Series

    def start(self, t: mpf, K: mpf, C: mpf) -> None:
        raise NotImplementedError

    def rates(self, n: int) -> tuple[mpf, mpf]:
        raise NotImplementedError


class RamseyFlow(Flow):
    R: Series

    def __init__(self, problem: Ramsey) -> None:
        p = problem
        self.alpha, self.rho, self.delta, self.eta = map(exact, (p.alpha, p.rho, p.delta, p.eta))

    def start(self, t: mpf, K: mpf, C: mpf) -> None:
        self.K, self.C, self.R = [K], [C], []

    def rates(self, n: int) -> tuple[mpf, mpf]:
        self.R.append(power(self.K, self.alpha - 1, self.R, n))  # K^(α−1) = Y/K
        saving = product(self.K, self.R, n) - self.delta * self.K[n] - self.C[n]
        growth = self.alpha * product(self.C, self.R, n) - (self.rho + self.delta) * self.C[n]
        return saving, growth / self.eta


class TakeoverFlow(Flow):
    """Region 1 of Korinek & Suh: equations (4) and (14)."""

    P: Series
    U: Series
    M: Series
    Z: Series
    X: Series
    N: Series
    Q: Series
    R: Series

    def __init__(self, problem: Takeover) -> None:
        p = problem
        self.rho, self.delta, self.eta = map(exact, (p.rho, p.delta, p.eta))
        self.sigma, self.A, self.T, self.rest = map(exact, (p.sigma, p.A, p.T, p.rest))
        self.e = (self.sigma - 1) / self.sigma

    def start(self, t: mpf, K: mpf, C: mpf) -> None:
        slope = self.rest / self.T
        self.u = [self.rest - slope * t, -slope]
        self.Phi = [1 - self.u[0], slope]
        self.K, self.C = [K], [C]
        # the series of rates(), in its order
        self.P, self.U, self.M, self.Z = [], [], [], []
        self.X, self.N, self.Q, self.R = [], [], [], []

    def rates(self, n: int) -> tuple[mpf, mpf]:
        self.P.append(power(self.Phi, 1 / self.sigma, self.P, n))  # Φ^(1/σ)
        self.U.append(power(self.u, 1 / self.sigma, self.U, n))  # (1−Φ)^(1/σ)
        self.M.append(power(self.K, self.e, self.M, n))  # K^((σ−1)/σ)
        self.Z.append(product(self.M, self.P, n) + self.U[n])
        self.X.append(power(self.Z, 1 / (self.sigma - 1), self.X, n))  # (Y/A)^(1/σ)
        self.N.append(quotient(self.M, self.K, self.N, n))  # K^(−1/σ)
        self.Q.append(product(self.X, self.N, n))
        self.R.append(product(self.Q, self.P, n))  # F_K/A
        output = self.A * product(self.X, self.Z, n)
        growth = self.A * product(self.C, self.R, n) - (self.rho + self.delta) * self.C[n]
        return output - self.delta * self.K[n] - self.C[n], growth / self.eta


def expand(flow: Flow, t: mpf, K: mpf, C: mpf) -> tuple[Series, Series]:
    """The Taylor series in time of K and C at a point, of an order that suits the arithmetic."""
    flow.start(t, K, C)
    for n in range(mp.dps):
        saving, growth = flow.rates(n)
        flow.K.append(saving / (n + 1))
        flow.C.append(growth / (n + 1))
    return flow.K, flow.C


def reach(K: Series, C: Series) -> mpf:
    """The step at which the last terms of both series fall to the truncation error."""
    truncation, last = mpf(10) ** (6 - mp.dps), len(K) - 1
    return min(
        (truncation * abs(series[0] / series[n])) ** (mpf(1) / n)
        for series in (K, C)
        for n in (last - 1, last)
        if series[n] != 0
    )


def at(series: Series, h: mpf) -> mpf:
    return mp.polyval(series[::-1], h)


@dataclass
class Piece:
    origin: mpf
    start: mpf
    K: Series
    C: Series


def backwards(flow: Flow, t: mpf, K: mpf, C: mpf, stop: Callable[[mpf, mpf], mpf]) -> list[Piece]:
    """Pieces from (t, K, C) back to the date at which ``stop(t, K)`` is zero (positive before)."""
    pieces: list[Piece] = []
    while True:
        K_series, C_series = expand(flow, t, K, C)
        h = reach(K_series, C_series)
        if stop(t - h, at(K_series, -h)) <= 0:
            h = mp.findroot(
                lambda h, t=t, K=K_series: stop(t - h, at(K, -h)), (mpf(0), h), solver="anderson"
            )
            pieces.append(Piece(t, t - h, K_series, C_series))
            return pieces
        pieces.append(Piece(t, t - h, K_series, C_series))
        t, K, C = t - h, at(K_series, -h), at(C_series, -h)


def _arrays(pieces: list[Piece], shift: mpf) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Starts, origins and coefficients in double precision, in order of time; dates less shift."""
    pieces = pieces[::-1]
    starts = np.array([float(piece.start - shift) for piece in pieces])
    starts[0] = 0.0
    origins = np.array([float(piece.origin - shift) for piece in pieces])
    series = [[[float(a) for a in piece.K], [float(a) for a in piece.C]] for piece in pieces]
    return starts, origins, np.array(series)


# The two problems ---------------------------------------------------------------------------------


def solve_ramsey(problem: Ramsey = RAMSEY, digits: int = DIGITS) -> Reference:
    """The stable manifold as a power series in exp(−μt), then Taylor steps back to K₀.

    ``digits`` of the arithmetic are also the order of the Taylor series; a step loses six of them.
    """
    with mp.workdps(digits):
        flow = RamseyFlow(problem)
        alpha, rho, delta, eta = flow.alpha, flow.rho, flow.delta, flow.eta
        K_star = (alpha / (rho + delta)) ** (1 / (1 - alpha))
        C_star = K_star**alpha - delta * K_star
        a12 = C_star * alpha * (alpha - 1) * K_star ** (alpha - 2) / eta  # ∂Ċ/∂K
        mu = (mp.sqrt(rho**2 - 4 * a12) - rho) / 2  # ∂K̇/∂K = ρ, ∂K̇/∂C = −1
        flow.start(mpf(0), K_star, C_star)
        flow.rates(0)
        flow.K.append(-K_star)  # the scale of s: K = K* − K* s + …
        flow.C.append((rho + mu) * flow.K[1])
        flow.rates(1)
        for n in range(2, 2 * digits + 1):
            # the term n moves as −μ n; everything in the rates but the linear part is known
            flow.K.append(mpf(0))
            flow.C.append(mpf(0))
            b1, b2 = flow.rates(n)
            determinant = (-mu * n - rho) * (-mu * n) + a12
            flow.K[n] = (-mu * n * b1 - b2) / determinant
            flow.C[n] = ((-mu * n - rho) * b2 + a12 * b1) / determinant
            flow.R[n] += (alpha - 1) * K_star ** (alpha - 2) * flow.K[n]
        K_manifold, C_manifold = flow.K, flow.C
        s = reach(K_manifold, C_manifold)
        K0 = exact(problem.share) * K_star
        if at(K_manifold, s) > K0:
            pieces = backwards(
                flow, mpf(0), at(K_manifold, s), at(C_manifold, s), lambda t, K: K - K0
            )
            start = pieces[-1].start
            arrays = _arrays(pieces, start)
            C0 = at(pieces[-1].C, start - pieces[-1].origin)
        else:  # the power series covers the whole path
            s = mp.findroot(lambda s: at(K_manifold, s) - K0, (mpf(0), s), solver="anderson")
            start, C0 = mpf(0), at(C_manifold, s)
            arrays = np.zeros(1), np.zeros(1), np.zeros((1, 2, 1))
        rows = np.array(
            [[float(a * s**n) for n, a in enumerate(x)] for x in (K_manifold, C_manifold)]
        )
        rate, begin = float(mu), float(-start)

        def tail(t: FloatArray) -> FloatArray:
            decay = np.exp(-rate * (t - begin))
            return np.array([np.polynomial.polynomial.polyval(decay, row) for row in rows])

        return Reference(K0, C0, None, *arrays, tail, begin)


def solve_takeover(problem: Takeover = TAKEOVER, digits: int = DIGITS) -> Reference:
    """Backwards from the switch to region 2; the switching date by the secant method."""
    with mp.workdps(digits):
        flow = TakeoverFlow(problem)
        A, K0 = flow.A, exact(problem.K0)
        G = (A - flow.rho - flow.delta) / flow.eta
        m, wage_wealth = A - flow.delta - G, A / (A - flow.delta)

        def back(date: mpf) -> list[Piece]:
            u = flow.rest * (1 - date / flow.T)
            K = (1 - u) / u  # the border: K = Φ/(1−Φ)
            return backwards(flow, date, K, m * (K + wage_wealth), lambda t, K: t)

        def initial(pieces: list[Piece]) -> mpf:
            return at(pieces[-1].K, -pieces[-1].origin)

        def root(date: mpf, step: mpf, tolerance: mpf) -> tuple[mpf, list[Piece]]:
            """The date at which K(0) = K₀ by the secant method, kept inside (0, T)."""
            f = initial(back(date)) - K0
            for _ in range(40):
                before, f_before = date, f
                date = min(max(date + step, date / 2), (date + flow.T) / 2)
                pieces = back(date)
                f = initial(pieces) - K0
                if abs(f) < tolerance:
                    return date, pieces
                step = -f * (date - before) / (f - f_before)
            raise RuntimeError(f"takeover reference: K(0) − K0 = {mp.nstr(f, 5)} after 40 steps")

        with mp.workdps(digits // 2):
            rough, _ = root(mpf("0.9") * flow.T, mpf(-1) / 1000, mpf(10) ** (8 - digits // 2))
        switch, pieces = root(rough, mpf(10) ** (7 - digits // 2), mpf(10) ** (8 - digits))
        K_switch = float(at(pieces[0].K, mpf(0)))
        wealth = K_switch + float(wage_wealth)
        growth, propensity, begin = float(G), float(m), float(switch)

        def tail(t: FloatArray) -> FloatArray:
            total = wealth * np.exp(growth * (t - begin))
            return np.array([total - float(wage_wealth), propensity * total])

        C0 = at(pieces[-1].C, -pieces[-1].origin)
        return Reference(K0, C0, switch, *_arrays(pieces, mpf(0)), tail, begin)


def known_answers() -> dict[str, dict[str, object]]:
    """C₀ and switching dates to thirty digits, and both paths at whole years."""
    found: dict[str, dict[str, object]] = {}
    for name, problem, path in (
        ("ramsey", RAMSEY, solve_ramsey()),
        ("takeover", TAKEOVER, solve_takeover()),
        ("takeover, T = 5", Takeover(T=5.0), solve_takeover(Takeover(T=5.0))),
    ):
        t = np.arange(0.0, problem.until + 1)
        K, C = path(t)
        found[name] = {
            "C0": mp.nstr(path.C0, 30),
            "t": t.tolist(),
            "K": K.tolist(),
            "C": C.tolist(),
        }
        if path.switch is not None:
            found[name]["switch"] = mp.nstr(path.switch, 30)
    return found


def main() -> None:
    answers = known_answers()
    if "--json" in sys.argv:
        print(json.dumps({"references": answers}))
        return
    for name, answer in answers.items():
        switch = f", switch = {answer['switch']}" if "switch" in answer else ""
        print(f"{name}: C0 = {answer['C0']}{switch}")


if __name__ == "__main__":
    main()
