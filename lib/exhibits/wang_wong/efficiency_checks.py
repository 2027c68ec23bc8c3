"""What must be true of the answers to the exercises on efficiency."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import wang_wong as ww
from exhibits.answers import Array, Choice, Number, Text, answer, expect, same

_P = ww.Parameters()


@answer("ww.eff.7", Number("the cost", above=0), Number("the marginal cost", above=0, unit="years"))
def margin(cost, marginal):
    """This is what vacancies cost before AI, and what one more match costs."""
    expect(
        abs(cost / ww.vacancy_cost(_P.alpha, _P) - 1) < 0.01,
        "With free entry it is what firms expect to gain from one who looks for a job: their share "
        "of a match, times the rate at which matches are made",
    )
    h = 1e-4
    slope = (ww.vacancy_cost(_P.alpha + h, _P) - ww.vacancy_cost(_P.alpha - h, _P)) / (2 * h)
    expect(
        abs(marginal / slope - 1) < 0.01,
        "One more unit of job finding costs another amount: c is no straight line",
    )


@answer("ww.eff.8", Number("the lower rate", share=True), Number("the higher rate", share=True))
def patience(unbounded, bounded):
    """Output per worker grows at the first rate if nobody is replaced, at most at the second."""
    spared = _P.r + ww.growth_when_spared(_P)
    expect(
        abs(unbounded - spared) < 0.002,
        f"At {unbounded:.1%} output does not grow if all stay at work who work without AI",
    )
    expect(bounded > unbounded, "More cannot be at work than all: the second rate is higher")
    most = ww.growth_when_spared(replace(_P, alpha=1e9 * _P.sigma)) + _P.r
    expect(
        abs(bounded - most) < 0.002, f"At {bounded:.1%} output does not grow with everybody at work"
    )


def _steady_output(alpha):
    jobs = alpha / (alpha + _P.sigma)
    return jobs + (_P.b - ww.vacancy_cost(alpha, _P)) * (1 - jobs)


@answer("ww.eff.1", Number("the share", share=True), Number("x", share=True))
def hosios(share, x):
    """No other share of firms makes output net of vacancies larger."""
    alpha = np.linspace(0.2, 8, 400_001)
    cost = ww.vacancy_cost(alpha, _P)

    def found(part):
        worth = (1 - _P.b) / (_P.sigma + alpha * (1 - part))
        return _steady_output(alpha[np.abs(cost - part * alpha * worth).argmin()])

    here = found(share)
    for off, way in ((-0.02, "less"), (0.02, "more")):
        expect(here > found(share + off), f"Firms that get a little {way} make net output larger")
    expect(abs(x - here) < 0.001, f"With this share net output is not {x:.4f}")


@answer("ww.eff.2", Number("the plan's rate"), Number("the rate without a transfer"))
def decentralised(rate, without):
    """The transfer closes the gap between your two rates."""
    plan = ww.solve_plan(_P)
    omega = plan.match_value(np.array([4.9, 5.0, 5.1]))
    expect(rate < 0, "On the plan a match loses value while AI becomes capable")
    expect(
        abs(rate / (np.log(omega[2] / omega[0]) / 0.2) - 1) < 0.03,
        "ω does not change at this rate around year five: is it divided by ω?",
    )
    gap = (without - rate) * omega[1]
    expect(
        abs(gap / plan.transfer(5.0) - 1) < 0.01,
        f"The difference of your rates would be closed by a transfer of {gap:.3g} times output, "
        "which is not μψ",
    )


@answer("ww.eff.3", Array("T", shape=(3,), above=0), Array("AI", shape=(3,), above=0))
def patient(transfers, capability):
    """In all three the plan rests there, and pays this for teaching."""
    expect(np.diff(transfers) < 0, "A planner who discounts more pays less for what comes later")
    for rate, T, A in zip((0.03, 0.05, 0.08), transfers, capability, strict=True):
        q = ww.Parameters(r=np.log(1 + rate))
        rest = ww.planned_rest(q)
        R, H = q.rho * q.mu * A * q.A_0, rest.H
        alpha = (q.sigma + R) * H / (1 - H)
        omega = ww.vacancy_cost(alpha, q) / (q.xi * alpha)
        expect(
            abs(omega / rest.omega - 1) < 0.01,
            f"At {rate:.0%} so much AI goes with a match worth {omega:.2f} years, which is not "
            "that of the resting plan",
        )
        x = H + (q.b - ww.vacancy_cost(alpha, q)) * (1 - H) + R * H * q.pi_A
        flow = q.epsilon * x + R * H * (q.pi_A - omega)
        expect(
            abs(T / (q.mu * flow / q.r) - 1) < 0.03,
            f"At {rate:.0%} the transfer is not μ times the capitalised flow of AI's benefits",
        )


@answer("ww.eff.4", Number("T", above=0), Number("the share", share=True))
def best_constant(T, share):
    """Firms adopt from the first day with this transfer, and would wait with a larger one."""
    expect(
        ww.highest_transfer(_P) > T, "With this transfer firms gain from no replacement, even late"
    )
    one = replace(_P, epsilon=np.array([_P.epsilon]))
    paid = ww.solve_transitions(one, transfer=np.array([T]))
    years = np.concatenate([np.linspace(0, 5, 51), np.linspace(5, 200, 400)])
    above = float(paid.surplus(years).max()) - _P.pi_A
    expect(above < 0.006, "With this transfer firms wait before they adopt")
    expect(above > -0.012, "A larger transfer leaves adoption in place, and gains more")
    market, plan = ww.solve_transition(_P), ww.solve_plan(_P)
    gain = ww.welfare_gain(paid, ww.solve_transitions(one))[0]
    reached = gain / ww.welfare_gain(plan, market)
    expect(
        abs(share - reached) < 0.01, "Of the plan's gain over the market it brings another share"
    )


@answer(
    "ww.eff.5", Number("d", above=0, unit="1/year"), Number("the half-life", above=0, unit="months")
)
def obsolete(d, months):
    """With this obsolescence the transfer would be 26.6% of output."""
    end = ww.long_run(_P)
    H, R = end.employment, _P.rho * _P.mu * end.capability
    alpha = (_P.sigma + R) * H / (1 - H)
    x = H + (_P.b - ww.vacancy_cost(alpha, _P)) * (1 - H) + R * H * _P.pi_A
    T = _P.mu * (_P.epsilon * x + R * H * (_P.pi_A - end.surplus)) / (_P.r + d)
    expect(
        abs(T / 0.266 - 1) < 0.01, f"With this d the transfer is {T:.3g} times output, not 0.266"
    )
    left = np.exp(-d * months / 12)
    expect(
        abs(left - 0.5) < 0.02, f"After so many months {left:.0%} of knowledge is left, not half"
    )


@answer("ww.eff.6", Choice("abc"), Number("the factor", above=0), Text("what it says"))
def allowed(letter, factor, _):
    """Welfare is finite for these i, and AI at rest changes by this factor."""
    feedback = {
        "a": "Does AI grow for ever if a few matches are open to it?",
        "b": "Sparing is like a lower exposure: is there an exposure too small for a steady state?",
    }
    expect(same(letter, "7e7266609449"), feedback.get(letter, "Read the three once more"))
    rest = ww.planned_rest(_P)
    tenth = 0.1 * _P.rho * _P.mu * factor * rest.A
    expect(
        abs(tenth / (_P.rho * _P.mu * rest.A) - 1) < 0.01,
        "A match would give way to AI at another rate than before: employment would not be at rest",
    )
    return [
        "what exactly the planner may forbid, and what not",
        "what bounds growth if she may forbid everything",
        "which of these a reported number would have to name",
    ]
