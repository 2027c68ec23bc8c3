"""What must be true of the answers to the exercises on predator and prey."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import wang_wong as ww
from exhibits.answers import Choice, Expression, Number, Text, answer, expect, same

_P = ww.Parameters()


def _at_rest(params):
    """Employment and the rate of displacement ρμA where both stand still, by the chapter's (2)."""
    return params.delta / params.mu, params.alpha * (params.mu / params.delta - 1) - params.sigma


@answer(
    "ww.prey.1",
    Number("employment in (a)", above=0),
    Number("AI in (a)", above=0),
    Number("employment in (b)", above=0),
    Number("AI in (b)", above=0),
    Choice("ab"),
)
def two_doublings(H_a, A_a, H_b, A_b, changes):
    """The four factors leave employment and AI at rest; the eigenvalues change as named."""
    H, taken = _at_rest(_P)
    H_fast, taken_fast = _at_rest(replace(_P, mu=2 * _P.mu))
    expect(
        abs(_P.mu * H_a * H - _P.delta) < 3e-3,
        "In (a) AI would not stand still: its growth depends on employment alone",
    )
    expect(
        abs(2 * _P.rho * A_a - _P.rho) < 5e-3,
        "In (a) displacement, exposure times AI, must be what it was for employment to stand still",
    )
    expect(
        abs(H_b * H - H_fast) < 3e-3,
        "In (b) AI would not stand still: is what it learns from those at work what it forgets?",
    )
    expect(A_b > 1, "In (b) fewer are at work and more look for jobs: hirings, and AI, are higher")
    expect(
        abs(2 * A_b * taken / taken_fast - 1) < 5e-3,
        "In (b) employment would not stand still at this capability",
    )
    expect(
        same(changes, "ebe3f6369f71"),
        "Look at the Jacobian: does it contain the exposure, once AI has found its place?",
    )


@answer("ww.prey.7", Number("the half-life", above=0, unit="years"))
def longest_memory(years):
    """At this half-life employment without AI is just what AI needs to keep its knowledge."""
    needed = ww.error_rate(years) / _P.mu
    expect(
        abs(needed / _P.H_0 - 1) < 5e-3,
        f"With this half-life AI needs {needed:.3f} of the labour force at work to stand still; "
        "at the border it needs all that work without it",
    )


@answer(
    "ww.prey.2",
    Number("the half-life", above=0, unit="months"),
    Number("the lower μ", above=0),
    Number("the higher μ", above=0),
    Number("employment", share=True),
)
def stale(months, low, high, H):
    """Spirals begin at this half-life, and with two months lie between these learning rates."""
    rate = ww.error_rate(months / 12)
    expect(
        abs(rate / (_P.alpha + _P.sigma) - 1) < 0.02,
        f"With this half-life δ is {rate:.2f} a year: not where the window of the corollary opens",
    )
    expect(low < high, "The lower learning rate comes first")
    two = replace(_P, delta=ww.error_rate(2 / 12))
    for mu, which in ((low, "lower"), (high, "higher")):
        gap = mu * two.alpha / (4 * two.delta**2) - 1
        gap += two.delta * (two.alpha + two.sigma) / (mu * two.alpha)
        expect(
            abs(gap) < 0.01,
            f"At the {which} learning rate the condition is no equality",
        )
    middle = 2 * two.delta / (low + high)
    expect(abs(H - middle) < 0.005, "Employment is not that of the middle of your window")


@answer(
    "ww.prey.3",
    Expression("the divergence", of="A, H, alpha, sigma, rho, mu, delta"),
    Choice("abc"),
)
def dulac(divergence, reason):
    """This is the divergence of the system divided by A; and the reason is the right one."""
    rng = np.random.default_rng(1)
    A, H, alpha, sigma, rho, mu, delta = rng.uniform(0.2, 2, (7, 5))
    h = 1e-5

    def flow(A, H):
        return mu * H - delta, (alpha * (1 - H) - (sigma + rho * mu * A) * H) / A

    wanted = (flow(A + h, H)[0] - flow(A - h, H)[0]) / (2 * h)
    wanted = wanted + (flow(A, H + h)[1] - flow(A, H - h)[1]) / (2 * h)
    found = np.broadcast_to(divergence(A, H, alpha, sigma, rho, mu, delta), 5)
    expect(found < 0, "At some A and H your divergence is not negative")
    expect(
        np.abs(found / wanted - 1) < 1e-4,
        "The divergence of (Ȧ/A, Ḣ/A), by differences, is another",
    )
    feedback = {
        "a": "It vanishes nowhere",
        "c": "One steady state with AI is all there is, and no path closes around anything",
    }
    expect(same(reason, "690269e8902c"), feedback.get(reason, "Read the three once more"))


@answer("ww.prey.4", Number("the band's factor", above=0), Number("the drift's factor", above=0))
def orders(band, drift):
    """The band shrinks as the second order has it, the drift faster than the fourth."""
    economy = ww.Parameters(alpha=0.2, mu=1.5, sigma=0.05, A_0=1.0)

    def V(step, method):
        return ww.lotka_volterra(economy, 1.0, 0.6, 400.0, step, method)

    ranges = [np.ptp(V(h, "midpoint").conserved) for h in (0.5, 0.25)]
    expect(
        abs(band / (ranges[0] / ranges[1]) - 1) < 0.15,
        "The midpoint rule's band does not shrink like this",
    )
    runs = [V(h, "runge-kutta") for h in (0.5, 0.25)]
    falls = [run.conserved[0] - run.conserved[-1] for run in runs]
    expect(drift > 1.5 * band, "A method of fourth order gains more from a halved step than this")
    expect(
        abs(drift / (falls[0] / falls[1]) - 1) < 0.15,
        "The drift of Runge–Kutta does not shrink like this: compute it, do not infer it from the "
        "order",
    )


@answer(
    "ww.prey.5",
    Number("the lower ν"),
    Number("the upper ν"),
    Number("employment", share=True),
)
def alone(low, high, H):
    """Between these ν AI and employment can rest together, and employment is what AI then needs."""
    expect(low < high, "The lower ν comes first")
    expect(
        abs((_P.delta - low) / _P.mu - _P.H_0) < 0.005,
        "At the lower end AI must need all those who work without it, neither more nor fewer",
    )
    expect(
        abs(_P.delta - high) < 0.005,
        "At the upper end AI must just be able to keep its knowledge with nobody at work",
    )
    expect(
        abs((_P.mu * H + 0.2) / _P.delta - 1) < 0.01,
        "With this employment and ν = 0.2 AI does not stand still",
    )


@answer(
    "ww.prey.6",
    Number("the period", above=0, unit="years"),
    Number("the width", above=0),
    Text("what data would tell"),
)
def shaken(period, width, _):
    """Employment swings most at this period, and the peak is as wide as you say."""
    roots = ww.eigenvalues(_P, "simple")
    det, tr = np.prod(roots).real, np.sum(roots).real

    def power(omega):
        return 1 / ((det / omega - omega) ** 2 + tr**2)

    here = 2 * np.pi / period
    expect(
        power(here) > power(np.array([0.98, 1.02]) * here),
        "At another period near yours employment swings more",
    )
    expect(
        abs(width * np.sqrt(det) / abs(tr) - 1) < 0.05,
        "The width over the place is not this: where has the power fallen to half?",
    )
    return [
        "which of the two moves first, and by what part of a turn",
        "how long the series must be for a peak as wide as this to be seen at all",
        "who shares the business cycle but not AI",
    ]
