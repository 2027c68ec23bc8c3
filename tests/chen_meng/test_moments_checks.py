"""The checks of the chapter on moments: solutions pass, the usual mistakes do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon import chen_meng as cm
from exhibits.chen_meng.estimates import fitted
from tests.checking import Case, of, wrong

WORDS = "Markups move wage shares too, so compare firms with early access to a tool with others."


def _hidden():
    p = replace(cm.Parameters(), xi=0.3)
    spread = p.weight**2 * float(cm.log_productivity_variance(p.ratio, p.zeta))
    return float(np.sqrt(2 * spread)), float(np.sqrt(2))


def _without():
    found = cm.estimate(cm.TARGETS, use=[0, 1, 3, 4, 5])
    return float(found.vector[0]), float(found.criterion), 1.0


def _in_logs():
    plus = fitted(0.01)
    other = replace(plus.targets[0], value=0.138, se=0.0199), *plus.targets[1:]
    predicted = plus.sensitivity[:, 0] * (0.138 - np.log(1.14))
    return predicted, cm.estimate(other).vector - plus.vector


def _equal():
    G, V = fitted(0.01).jacobian, np.diag([t.se**2 for t in cm.TARGETS])
    equal = np.linalg.inv(G.T @ G) @ G.T
    return (np.sqrt(np.diag(equal @ V @ equal.T)),)


def _wrong_variance():
    G = fitted(0.01).jacobian
    return np.sqrt(np.diag(np.linalg.inv(G.T @ G)))


def _better():
    G, table = fitted(0.01).jacobian, []
    for j in range(6):
        se = np.array([t.se for t in cm.TARGETS])
        se[j] /= 2
        table.append(np.sqrt(np.diag(np.linalg.inv(G.T @ np.diag(se**-2.0) @ G))))
    table = np.array(table)[:, 2:]
    ratio, xi = (table.argmin(axis=0) + 1).tolist()
    return float(ratio), float(xi), *table.min(axis=0).tolist()


def _powers():
    levels, _ = cm.regimes()
    panels = cm.Panel(), cm.Panel(pooled=1), cm.Panel(pooled=1, sampling=0.02 * np.sqrt(3))
    return ([cm.occupation_panel(levels, 0.08, q, sets=300).power() for q in panels],)


PREDICTED = [-0.00257, 0.0451, 0.0205, 0.00231]
ESTIMATED = [-0.00256, 0.0457, 0.0207, 0.00234]

test_answers = of(
    {
        "cm.moments.8": Case(
            right=lambda: (float(np.log(1.14)), float(-np.log(0.442)), 1 / 0.442),
            also=((0.131, 0.816, 2.26),),
            wrong={
                "per cent for logs": wrong(0.14, 0.816, 2.26, says="+15.0%"),
                "more speed": wrong(0.131, 0.443, 2.26, says="less time"),
                "the sign": wrong(0.131, -0.816, 2.26, says="less time"),
                "the time left": wrong(0.131, 0.816, 0.442, says="does not go with"),
            },
        ),
        "cm.moments.1": Case(
            right=_hidden,
            also=((0.0718, 1.41), (0.072, 1.414)),
            wrong={
                "the variance": wrong(0.00515, 1.41, says="measured elasticity"),
                "the chapter's noise": wrong(0.05, 1.0, says="measured elasticity"),
                "ξ over m₄": wrong(0.0879, 1.73, says="measured elasticity"),
                "the ratio of variances": wrong(0.0718, 2.0, says="your v"),
            },
        ),
        "cm.moments.2": Case(
            right=_without,
            also=((0.1796, 0.0175, 1), (0.18, 0.02, 1)),
            wrong={
                "as before": wrong(0.176, 4.03, 2, says="Count"),
                "J as before": wrong(0.176, 4.03, 1, says="not that of"),
                "no misfit at all": wrong(0.18, 0.0, 1, says="not that of"),
                "λ as before": wrong(0.1764, 0.0175, 1, says="fit worse"),
            },
        ),
        "cm.moments.3": Case(
            right=_in_logs,
            also=((PREDICTED, ESTIMATED),),
            wrong={
                "the sign": wrong([-x for x in PREDICTED], ESTIMATED, says="first-order"),
                "the column alone": wrong([0.37, -6.6, -3.0, -0.34], ESTIMATED, says="first-order"),
                "nothing moves": wrong([0.0] * 4, ESTIMATED, says="first-order"),
                "the estimates themselves": wrong(
                    PREDICTED, [0.174, 0.99, 0.799, 0.199], says="nearly linear"
                ),
                "estimated once": wrong(PREDICTED, PREDICTED, says="once more"),
            },
        ),
        "cm.moments.4": Case(
            right=_equal,
            also=(([0.192, 1.68, 1.55, 0.179],),),
            wrong={
                "the optimal ones": wrong(
                    fitted(0.01).se.round(4).tolist(), says="scatter the estimates"
                ),
                "the weight alone": wrong(_wrong_variance().tolist(), says="is V still"),
                "variances": wrong([0.0369, 2.81, 2.41, 0.0320], says="No weight"),
                "smaller ones": wrong([0.02, 0.1, 0.2, 0.04], says="No weight"),
            },
        ),
        "cm.moments.5": Case(
            right=_better,
            also=((5, 4, 0.26, 0.0352),),
            wrong={
                "where the sign comes from": wrong(6, 4, 0.279, 0.0352, says="of ln η₁/η₀ more"),
                "the least precise": wrong(5, 3, 0.26, 0.0532, says="of ξ more"),
                "the errors as they were": wrong(5, 4, 0.323, 0.0352, says="is another"),
                "half the error": wrong(5, 4, 0.26, 0.0266, says="is another"),
            },
        ),
        "cm.moments.6": Case(
            right=_powers,
            also=(([0.18, 0.85, 0.45],), ([0.175, 0.86, 0.44],)),
            wrong={
                "pooling helps": wrong([0.85, 0.18, 0.45], says="dilute"),
                "the error helps": wrong([0.18, 0.45, 0.85], says="cannot help"),
                "three times the error": wrong([0.18, 0.85, 0.13], says="third panel"),
                "at 12%": wrong([0.35, 0.99, 0.75], says="first panel"),
            },
        ),
        "cm.moments.7": Case(
            right=lambda: (40.0, WORDS),
            also=((42, WORDS), (45.0, WORDS)),
            wrong={
                "as at 0.1": wrong(20, WORDS, says="so few"),
                "as the workers": wrong(1600, WORDS, says="Fewer firms"),
                "half a firm": wrong(40.5, WORDS, says="some dozens"),
            },
        ),
    }
)
