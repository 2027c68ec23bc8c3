"""What must be true of the answers to the exercises on the four scenarios."""

from __future__ import annotations

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics import scenarios, welfare
from exhibits.answers import Array, Choice, Expression, Number, Text, answer, expect, same


@answer(
    "ks.scen.1",
    Number("the distance", above=0),
    Expression("the distance in region 2", of="K"),
    Choice("abc"),
)
def stacked(today, distance, letter):
    """The distance is minus the log of labour's share, on either side of the border."""
    share = float(scenarios.solved("a").labor_share(0.0))
    expect(
        abs(np.exp(-today) - share) < 0.005,
        f"Edges so far apart mean a labour share of {np.exp(-today):.0%}; the axis is logarithmic",
    )
    K = np.array([1.0, 20.0, 300.0])
    expect(
        np.abs(np.exp(-distance(K)) * (1 + K) - 1) < 0.001,
        "In region 2 both factors earn the same: what is labour's share of K + L = K + 1?",
    )
    expect(same(letter, "56760993b3d5"), "What still moves in region 2, the wage bill or output?")


@answer("ks.scen.2", Number("capital", above=0), Number("how many times", above=0))
def half_a_year(capital, times):
    """With so much capital labour is scarce until half a year before the end."""
    left = 0.392 * 0.5 / 20  # of all tasks, half a year before the end
    border = 1 / left - 1
    expect(capital > 1, "Half a year before the end almost everything is automated: K/L is large")
    expect(
        abs(capital / border - 1) < 0.005,
        "On the border 1 − Φ is L/(K + L): with your capital it is not what is left half a year "
        "before the end",
    )
    path = scenarios.solved("b")
    there = float(path.capital(path.region_changes[0].date))
    expect(
        abs(times * there / capital - 1) < 0.02,
        "Compare with the capital of the path at the date of the collapse; yours is another date's",
    )


@answer(
    "ks.scen.3",
    Number("λg", above=0, below=0.09),
    Number("the share after 25 years", share=True),
    Number("the share in the end", share=True),
)
def two_per_cent(rate, later, end):
    """Output grows by two per cent a year on average, and labour's share falls all the time."""
    path = ks.solve_transition(ks.BusinessAsUsual(rate))
    growth = float(path.log_output(25.0) - path.log_output(0.0)) / 25
    expect(
        abs(growth - 0.02) < 2e-4,
        f"At your rate output grows by {growth:.2%} a year on average over 25 years, not by 2%",
    )
    expect(end < later, "Labour's share goes on falling after year 25")
    expect(
        abs(later - path.labor_share(25.0)) < 0.003,
        "The share after 25 years is another one",
    )
    limit = ks.long_run(rate)
    expect(
        abs(end - limit.labor_share_optimal) < 0.004,
        "In the end R = ρ + δ + ηγ and s_K = (R/A)^(1−σ), with γ = λg/(1−σ): is saving optimal in "
        "yours?",
    )


@answer("ks.scen.4", Array("β", shape=(2,), above=0, below=10), Choice("abc"))
def sooner(betas, letter):
    """With these β region 2 begins after three and a half years, and after three."""
    for date, beta in zip((3.5, 3.0), betas, strict=True):
        found = float(ks.solve_transition(ks.Bounded(5.0, beta)).region_changes[0].date)
        expect(
            abs(found - date) < 0.02,
            f"At β = {beta:.3g} region 2 begins in year {found:.2f}, not in year {date}",
        )
    expect(same(letter, "81e2ea502f9c"), "How much is left half-way, (1/2)^β, at a higher β?")


RATES = (0.01, 0.05, 0.1, 0.15, 0.2)


@answer(
    "ks.scen.5",
    Array("the dates", shape=(4,), above=0),
    Array("H", shape=(5,), above=0),
    Choice("abc"),
)
def a_faster_tail(dates, values, letter):
    """The faster the tail is automated, the later labour is scarce again, and the less wages are
    worth."""
    expect(np.diff(dates) > 0, "The faster the tail is automated, the later labour is scarce again")
    expect(np.diff(values) < 0, "The faster the tail is automated, the less wages are worth today")
    paths = [ks.solve_transition(ks.Mixed(scenarios.WEIGHT, 5.0, rate)) for rate in RATES]
    for rate, path, date in zip(RATES, paths, dates, strict=False):
        expect(date > path.region_changes[0].date, "Region 2 has to begin before it ends")
        before, after = path.region(np.array([date - 0.05, date + 0.05]))
        expect(before == 2, f"λg = {rate}: a little before your date labour is scarce already")
        expect(after == 1, f"λg = {rate}: a little after your date labour is not scarce yet")
    for rate, path, value in zip(RATES, paths, values, strict=True):
        expect(
            abs(value / welfare.human_wealth(path) - 1) < 0.005,
            f"λg = {rate}: H is the value today of wages for ever, at the path's interest",
        )
    expect(
        same(letter, "124bc5e0f7b0"),
        "At which rates do capital and the border κ grow in the long run?",
    )


@answer("ks.scen.6", Array("η", shape=(2,), above=1, below=10), Choice("abc"))
def gains_up_to(etas, letter):
    """Below these η the saving worker gains, above them she loses."""
    for T, eta in zip((20.0, 5.0), etas, strict=True):
        low, high = (_gain(T, eta * x) for x in (0.99, 1.01))
        expect(
            low > 0, f"T = {T:g}: she loses at a smaller η already; is (a) solved at the same η?"
        )
        expect(high < 0, f"T = {T:g}: a little above your η she still gains")
    expect(
        same(letter, "b8cf33d02d20"),
        "Her gain is the owner's times H over H in (a): which part falls?",
    )


def _gain(T: float, eta: float) -> float:
    """What the saving worker gains from full automation in T years."""
    p = ks.Parameters(eta=eta)
    new, old = (
        welfare.welfare(ks.solve_transition(path, params=p))
        for path in (ks.Bounded(T), ks.BusinessAsUsual(0.01))
    )
    return float(new.gain_over(old)["worker"])


@answer("ks.scen.7", Array("the bills", shape=(2,), above=0, unit="goods"), Text("your answer"))
def the_bill(bills, words):
    """So much today, at interest, pays her what she misses in every year."""
    expect(bills[0] < bills[1], "In (c) she misses more, and sooner, than in (b)")
    usual = scenarios.solved("a")
    t = np.linspace(0, 150, 15001)
    for panel, bill in zip("bc", bills, strict=True):
        path = scenarios.solved(panel)
        missing = np.maximum(usual.wage(t) - path.wage(t), 0)
        value = np.trapezoid(np.exp(path.log_discount_factor(t)) * missing, t)
        expect(
            abs(bill / value - 1) < 0.02,
            f"({panel}): discount at the interest rates of ({panel}), and count only years in "
            "which the wage is lower than in (a)",
        )
    return (
        "how capital is accumulated when only its owners save",
        "why that path is no longer a planner's",
        "which transfer, announced when and paid from what",
    )
