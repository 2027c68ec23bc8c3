"""The checks of the chapter on indeterminacy: solutions pass, the usual mistakes do not."""

from __future__ import annotations

from dataclasses import replace

from aiecon import wang_wong as ww
from tests.checking import Case, of, wrong

P = ww.Parameters()
TWO = replace(P, theta=0.95)
WORDS = "A theory needs private information that is refreshed at every date or a law for sunspots."
#: Found by mixing two of many draws, as the solution does.
CROSSING = [0.428, 0.868, 8.957, 0.043, 0.808, 0.436, 0.559]


def _costs():
    growth = P.epsilon * (P.mu * P.H_0 - P.delta)
    grown = (1 - P.b) / ((1 - P.b) / P.s_0 - growth)
    return tuple(float(1 - (P.r + P.delta) * s) for s in (P.s_0, grown))


def _indifferent():
    lost = float(ww.benchmark_path(TWO, "some-AI").surplus(0.0))
    kept = float(ww.steady_states(TWO, "benchmark").unbounded_ai.surplus)
    return (kept - float(TWO.pi_A)) / (kept - lost), WORDS


def _worth():
    top = 1 - ((1 - P.b) / P.pi_A - P.r - P.sigma) / P.alpha
    return float(P.s_0), float(top)


test_answers = of(
    {
        "ww.ind.7": Case(
            right=_worth,
            also=((0.285, 0.998),),
            wrong={
                "θ for 1 − θ": wrong(0.249, 0.998, says="more than home"),
                "without the worker's search": wrong(1.99, 0.998, says="more than home"),
                "what home is worth": wrong(0.646, 0.998, says="more than home"),
                "the paper's θ": wrong(0.285, 0.95, says="1.208 years"),
            },
        ),
        "ww.ind.1": Case(
            right=_costs,
            also=((0.855, 0.831),),
            wrong={
                "exchanged": wrong(0.831, 0.855, says="a cost at which both exist"),
                "the worth of AI": wrong(0.715, 0.831, says="both exist"),
                "in per cent": wrong(85.5, 83.1, says="divide by 100"),
                "discounted without r": wrong(0.868, 0.847, says="first cost"),
                "growth of AI for that of output": wrong(0.855, 0.833, says="second cost"),
            },
        ),
        "ww.ind.2": Case(
            right=lambda: (
                float(P.rho * ww.steady_states(P).some_ai.capability),
                float(P.H_0),
                float(P.s_0),
            ),
            also=((4.12, 0.95, 0.285),),
            wrong={
                "AI vanishes": wrong(0.001, 0.95, 0.285, says="exposure does not change"),
                "AI itself": wrong(6.66, 0.95, 0.285, says="exposure does not change"),
                "employment with AI": wrong(4.12, 0.731, 0.285, says="Employment would change"),
                "the surplus with AI": wrong(4.12, 0.95, 0.873, says="neither takes places"),
            },
        ),
        "ww.ind.3": Case(
            right=lambda: ([1, 1, 2, 0],),
            wrong={
                "the trough is overlooked": wrong([1, 1, 1, 0], says="the trough"),
                "always one": wrong([1, 1, 1, 1], says="0.92926"),
                "never": wrong([0, 0, 0, 0], says="0.925"),
                "a date for a number": wrong([0.06, 0.99, 1.48, 0], says="whole numbers"),
            },
        ),
        "ww.ind.4": Case(
            right=lambda: (float(TWO.pi_A - TWO.s_0), "b"),
            also=((0.741, "b"),),
            wrong={
                "the wrong future": wrong(-0.948, "b", says="positive"),
                "all that AI is worth": wrong(1.949, "b", says="the smallest"),
                "a tenth": wrong(0.19, "b", says="still be worth"),
                "no return": wrong(0.741, "a", says="how much AI"),
                "nobody obeys": wrong(0.741, "c", says="in force"),
            },
        ),
        "ww.ind.5": Case(
            right=lambda: ("ac", CROSSING),
            wrong={
                "a fold": wrong("bd", CROSSING, says="real root"),
                "one of the two": wrong("a", CROSSING, says="real root"),
                "the reference point": wrong(
                    "ac", [0.538, 0.538, 1.069, 0.105, 1.995, 0.694, 0.632], says="nothing turns"
                ),
                "where the pair is stable": wrong(
                    "ac", [1, 0.765, 6, 0.1, 1.9, 0.722, 0.632], says="not at zero"
                ),
                "nobody learns": wrong(
                    "ac", [0.538, 0.538, 1.069, 0.105, 1.995, 0.694, 0.4], says="No some-AI"
                ),
                "a share above one": wrong(
                    "ac", [1.5, 0.765, 6, 0.1, 1.9, 0.722, 0.632], says="does not take"
                ),
            },
        ),
        "ww.ind.6": Case(
            right=_indifferent,
            also=((0.87, WORDS),),
            wrong={
                "the other way round": wrong(0.129, WORDS, says="a match is worth"),
                "evens": wrong(0.5, WORDS, says="a match is worth"),
                "the surplus without AI": wrong(0.561, WORDS, says="a match is worth"),
            },
        ),
    }
)
