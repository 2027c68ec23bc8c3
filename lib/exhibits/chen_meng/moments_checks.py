"""What must be true of the answers to the exercises on moments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import chen_meng as cm
from exhibits.answers import Array, Number, Text, answer, expect
from exhibits.chen_meng.estimates import fitted


@answer("cm.moments.8", Number("m₁"), Number("m₃"), Number("the factor", above=0))
def targets(m_1, m_3, factor):
    """With these logs people make 14% more an hour, and need 55.8% less time."""
    expect(
        abs(np.exp(m_1) - 1.14) < 0.002, f"With this m₁ people make {np.exp(m_1) - 1:+.1%} an hour"
    )
    expect(
        abs(np.exp(-m_3) - 0.442) < 0.002,
        f"With this m₃ a task takes {1 - np.exp(-m_3):.1%} less time",
    )
    expect(abs(factor / np.exp(m_3) - 1) < 0.01, "The factor does not go with your m₃")


@answer("cm.moments.1", Number("v", above=0), Number("v over √S", above=0))
def hidden(v, over):
    """With this noise three tenths of sharing are measured as one."""
    p = replace(cm.Parameters(), xi=0.3)
    measured = cm.measured_sharing(p, v)
    expect(abs(measured - 0.1) < 0.001, f"With this v the measured elasticity is {measured:.3f}")
    spread = p.weight**2 * float(cm.log_productivity_variance(p.ratio, p.zeta))
    expect(abs(over * np.sqrt(spread) / v - 1) < 0.02, "The ratio is not that of your v to √S")


@answer(
    "cm.moments.2",
    Number("λ", share=True),
    Number("J", least=0),
    Number("the degrees of freedom", least=0),
)
def without_coders(lam, J, degrees):
    """So large are λ and J, with so many degrees of freedom, without the third target."""
    found = cm.estimate(cm.TARGETS, use=[0, 1, 3, 4, 5])
    expect(degrees == found.degrees_of_freedom, "Count targets and parameters once more")
    with_coders = fitted(0.01)
    expect(with_coders.criterion > J, "A sum of squares with one term less is not larger")
    expect(abs(J - found.criterion) < 0.005, "J is not that of this estimate")
    expect(abs(lam / found.vector[0] - 1) < 0.005, "At this λ the four other rates fit worse")


@answer(
    "cm.moments.3",
    Array("the predicted moves", shape=(4,)),
    Array("the estimated moves", shape=(4,)),
)
def in_logs(predicted, estimated):
    """Another first target moves the estimates so, by the matrix and by estimating."""
    found = fitted(0.01)
    change = 0.138 - np.log(1.14)
    # the first-order condition G'W(G dθ − dm) = 0, of which Λ dm is the solution
    W = np.diag([1 / t.se**2 for t in found.targets])
    left = found.jacobian.T @ W @ (found.jacobian @ predicted - change * np.eye(6)[0])
    expect(
        np.abs(left) * found.se < 0.05,
        "After your predicted move the first-order condition does not hold: is it the column of "
        "the first target, times its change?",
    )
    expect(
        np.abs(estimated - predicted) < 0.05 * found.se,
        "The model is nearly linear here: estimating again must give nearly what was predicted",
    )
    expect(
        np.any(estimated != predicted),
        "These are the predictions once more: estimate again as well",
    )


@answer("cm.moments.4", Array("the standard errors", shape=(4,), above=0))
def equal_weights(errors):
    """With equal weights the estimates scatter like this."""
    found = fitted(0.01)
    expect(errors >= 0.999 * found.se, "No weight gives a smaller error than the optimal one")
    rng = np.random.default_rng(3)
    draws = rng.standard_normal((40_000, 6)) * [t.se for t in found.targets]
    moves = np.linalg.lstsq(found.jacobian, draws.T, rcond=None)[0]
    expect(
        np.abs(errors / moves.std(axis=1) - 1) < 0.02,
        "Targets drawn from their distribution scatter the estimates otherwise: is V still in your "
        "formula?",
    )


@answer(
    "cm.moments.5",
    Number("the target for the ratio", least=1, most=6),
    Number("the target for ξ", least=1, most=6),
    Number("the error of ln η₁/η₀", above=0),
    Number("the error of ξ", above=0),
)
def better(for_ratio, for_xi, se_ratio, se_xi):
    """No other target, measured twice as well, leaves these two errors smaller."""
    found = fitted(0.01)

    def error(target, parameter):
        se = np.array([t.se for t in found.targets])
        se[target] /= 2
        G = found.jacobian
        return float(np.sqrt(np.linalg.inv(G.T @ np.diag(se**-2.0) @ G)[parameter, parameter]))

    for chosen, given, k, name in ((for_ratio, se_ratio, 2, "ln η₁/η₀"), (for_xi, se_xi, 3, "ξ")):
        expect(chosen == round(chosen), "Say which one: 1 to 6")
        mine, others = error(round(chosen) - 1, k), [error(j, k) for j in range(6)]
        expect(
            mine <= min(others), f"Another target, measured better, lowers the error of {name} more"
        )
        expect(abs(given / mine - 1) < 0.01, f"With it the error of {name} is another")


@answer("cm.moments.6", Array("the powers", shape=(3,), least=0, most=1))
def pooled(power):
    """So often the three panels find the effect."""
    expect(power[0] < power[1], "Pooled years dilute an effect that one of them has")
    expect(power[2] < power[1], "A larger sampling error cannot help")
    levels, _ = cm.regimes()
    panels = cm.Panel(), cm.Panel(pooled=1), cm.Panel(pooled=1, sampling=0.02 * np.sqrt(3))
    for given, panel, which in zip(power, panels, ("first", "second", "third"), strict=True):
        drawn = cm.occupation_panel(levels, 0.08, panel, sets=200, seed=7).power()
        expect(abs(given - drawn) < 0.13, f"Other draws give the {which} panel another power")


@answer(
    "cm.moments.7", Number("the number of firms", least=2), Text("what else, and which comparison")
)
def accounts(firms, _):
    """With so many firms four samples of five tell the regimes apart."""
    expect(firms == round(firms) and firms <= 10_000, "A number of firms, some dozens")
    levels, concentrates = cm.regimes()
    large = cm.firm_accounts(levels, 4000, noise=0.3, sets=100, seed=1)
    truth = float(large.estimate.mean())
    power = cm.firm_accounts(concentrates, round(firms), noise=0.3, sets=400).power(null=truth)
    expect(power > 0.74, f"With so few firms {power:.0%} of the samples tell the regimes apart")
    expect(power < 0.87, f"Fewer firms do it: with so many the power is {power:.0%}")
    return [
        "what else changes the wage share when AI arrives",
        "who is hit by the same shocks without having AI",
        "how one would see who gets what workers do not",
    ]
