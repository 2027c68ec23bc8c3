"""What must be true of the answers to the exercises on nostalgic jobs."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.welfare import welfare
from exhibits.answers import Array, Choice, Expression, Number, Text, answer, expect, same

HORIZONS = np.array([5.0, 10.0, 15.0, 30.0, 60.0])


@answer("ks.nostalgic.1", Array("the years", shape=(5,), least=0), Choice("abc"))
def other_horizons(dates, limit):
    """On each date as many tasks are left by technology as on the Pareto path, and before it
    technology leaves more."""
    for T, date in zip(HORIZONS, dates, strict=True):
        expect(date < T, f"With T = {T:g} all is automated by then")
        rate = ks.wage_maximising_rate()
        slow = rate > 1 / T  # technology's pace at first
        expect(slow or date == 0, f"With T = {T:g} technology is too fast from the start")
        expect(not slow or date > 0, f"With T = {T:g} the limit does not bind from the start")
        gap = 1 - date / T - np.exp(-rate * date)
        word = "still slower" if gap > 0 else "beyond the policy's path"
        expect(abs(gap) < 5e-4, f"With T = {T:g} technology is {word} in your year")
    expect(same(limit, "3cee02a2f90f"), "Divide your dates by T")


@answer("ks.nostalgic.2", Expression("R", of="A, sigma"), Number("σ", share=True), Choice("abc"))
def wage_of_the_day(R, sigma, wages):
    """The library's return tends to R on the peak of the wage, and at this σ it is ρ + δ."""
    for A, s in ((0.5, 0.5), (0.5, 0.3), (0.8, 0.7)):
        p = ks.Parameters(A=A, sigma=s)
        found = ks.equilibrium(1e7, ks.wage_peak(1e7, p).Phi, p).rental_rate
        expect(
            abs(R(A, s) / found - 1) < 1e-3,
            f"At A = {A:g} and σ = {s:g} the return does not tend to {R(A, s):.3g}",
        )
    earned = R(0.5, sigma)
    expect(abs(earned - 0.14) < 5e-4, f"At your σ capital earns {earned:.3g} in the end")
    expect(same(wages, "013502d0898e"), "Compare R with ρ + δ at σ = 0.5")


@answer("ks.nostalgic.3", Number("the date", above=40), Number("the gain"), Choice("abc"))
def lapses(date, gain, until):
    """Labour stops being scarce on that date, and the repeal is worth that much."""
    law = ks.HeldBack(ks.Bounded(horizon=20), 0.09, until=40.0, later=np.log(2))
    path = ks.solve_transition(law)
    expect(path.region(date + 0.1) == 2, "On your date labour is still scarce")
    expect(path.region(date - 0.1) == 1, "Labour has stopped being scarce before your date")
    expect(gain > 0, "To the household a repeal is a gain")
    expect(gain < 0.01, "That is more than a hundredth of consumption: is it in per cent?")
    expect(same(gain, "1c39e89bc4a8", 2, "the gain"), "The repeal is not worth that much")
    expect(same(until, "2b6fdfa77034"), "Compare capital before year 40 on both paths")


@answer(
    "ks.nostalgic.4",
    Number("the worker's factor", above=0),
    Number("the saver's factor", above=0),
    Number("the rate", above=0),
    Choice("abc"),
)
def five_years(worker, saver, rate, why):
    """Both factors are those of the two paths, and no rate a little higher or lower is worth more
    to a worker who does not save."""
    fast = ks.Bounded(horizon=5)
    free, held = ks.solve_transition(fast), ks.solve_policy(ks.wage_maximising_policy(fast))
    worth = [welfare(path) for path in (free, held)]
    expect(worker > 1, "Is she not better off with the policy?")
    expect(
        abs(worker * worth[0].hand_to_mouth / worth[1].hand_to_mouth - 1) < 0.01,
        "The factor of the worker who does not save is not that of the two paths",
    )
    expect(
        abs(saver * worth[0].worker / worth[1].worker - 1) < 0.01,
        "The factor of the worker who saves is not that of the two paths",
    )
    near = np.clip(rate + np.array([-0.003, 0.0, 0.003]), 1e-3, 0.5)
    values = ks.policy_frontier(near, [10.0], technology=fast).hand_to_mouth
    way = "higher" if values[2] > values[0] else "lower"
    expect(values[1] >= values.max(), f"A {way} rate is worth more to her")
    reasons = {
        "a": "How badly off she is without a policy does not say which policy is best",
        "c": "Do they, at a rate above this one or below it?",
    }
    expect(same(why, "f1e374612ff4"), reasons.get(why, ""))


@answer("ks.nostalgic.5", Expression("the limit", of="A, rho, delta, eta"))
def constant_saving(limit):
    """The limit is a number of years, and that of a path with Table 2."""
    base = limit(0.5, 0.04, 0.1, 2.0)
    expect(base > 0, "Labour's share is positive, and so is the limit")
    expect(
        abs(limit(1.0, 0.08, 0.2, 2.0) / base - 0.5) < 1e-6,
        "The limit is a time: where all rates double it must halve",
    )
    expect(
        abs(base - 2) > 0.01, "That is the limit with optimal saving; here the saving rate is fixed"
    )
    expect(same(base, "168210c936b3", 3, "the limit"), "With Table 2 the limit is another one")
    expect(
        same(limit(0.4, 0.02, 0.05, 3.0), "feeec2257f9c", 3, "the limit"),
        "It is right with Table 2 and wrong for other parameters",
    )


@answer(
    "ks.nostalgic.6",
    Number("growth at σ = 0.3", share=True),
    Number("growth at σ = 0.7", share=True),
    Choice("abcd"),
    Text(),
)
def mistaken(low, high, lost, _):
    """Both are the growth of wages in the long run, and output is lost where you say."""
    for sigma, growth in ((0.3, low), (0.7, high)):
        p = ks.Parameters(sigma=sigma)
        side = "below" if ks.wage_maximising_rate(p) > 0.09 else "above"
        found = float(ks.long_run(0.09, p).wage_growth)
        expect(
            abs(growth - found) < 1e-3,
            f"At σ = {sigma:g} the rate 0.09 is {side} the best one: wages do not grow at that",
        )
    expect(
        same(lost, "d2a4825011e0"), "All output is lost exponentially where the rate is below λg*"
    )
    return [
        "whether anybody believes in a commitment over centuries",
        "what other countries do",
        "whether workers could own capital instead",
    ]


@answer(
    "ks.nostalgic.7",
    *(Number(name, above=0) for name in ("λg*", "growth there", "growth at half", "growth above")),
)
def two_branches(best, at_best, at_half, above):
    """The library's long run has these growth rates, and the first of them is the highest."""
    p = ks.Parameters(A=0.44, sigma=0.6)
    near = ks.long_run(best * np.array([0.99, 1.0, 1.01]), p).wage_growth
    way = "faster" if near[2] > near[0] else "more slowly"
    expect(near[1] >= near.max(), f"Wages would grow faster if automation went a little {way}")
    found = ks.long_run(ks.wage_maximising_rate(p) * np.array([1.0, 0.5, 1.5]), p).wage_growth
    for name, given, growth in zip(
        ("at λg*", "at half of λg*", "above λg*"), (at_best, at_half, above), found, strict=True
    ):
        expect(abs(given - growth) < 5e-4, f"The growth of wages {name} is another one")
