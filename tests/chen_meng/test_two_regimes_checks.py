"""The checks of the chapter on the two regimes: solutions pass, the usual mistakes do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from aiecon import chen_meng as cm
from tests.checking import Case, of, wrong

BASE = cm.Parameters()
TRAP = cm.Parameters(varsigma=0.3, psi=1.2, kappa=0.9, theta=0.5, chi=0.1, tau=0.35)
WORDS = "The model needs the accumulation of assets, entry of firms, and where assets can move."


def _sharing():
    strong = cm.with_ratio(BASE, 5.0)
    xi = brentq(lambda x: cm.delta_gini(replace(strong, xi=x), n=10_000), 0, 1)
    return xi, float(cm.labour_share(replace(strong, xi=xi)))


def _halved(noise):
    plain = cm.Parameters(psi=0.0, tau=noise)

    def gini(w):
        return float(cm.lognormal_gini(cm.pay_dispersion(w, plain)))

    return brentq(lambda w: gini(w) - gini(0.0) / 2, 0, 0.9)


def _tails():
    tails = np.array([3.0, 1.5, 1.2])
    r = np.array([float(cm.boundary_ratio(0.2, cm.Parameters(zeta=x))) for x in tails])
    return r.tolist(), (r * tails / (tails - 1)).tolist()


def _open():
    now = cm.with_ratio(BASE, 2.0)
    doubled = replace(now, eta0=2 * now.eta0)
    models = now, doubled, replace(doubled, eta1=2 * now.eta1)
    return ([float(cm.delta_gini(one)) for one in models],)


def _traps():
    low, high = 0.1, 0.15
    while high - low > 1e-4:
        w = (low + high) / 2
        low, high = (w, high) if cm.schooling(TRAP, 1 - w).share > 0.1 else (low, w)
    return [one.share for one in cm.all_schooling(TRAP, 1.0)], 2.0, low


def _able():
    e = cm.economy(BASE)
    n, rng = e.pay.size, np.random.default_rng(5)
    score = ndtri((e.pay.argsort().argsort() + 0.5) / n)
    changes = []
    for corr in (0.0, 0.3, 0.6):
        mixed = corr * score + np.sqrt(1 - corr**2) * rng.standard_normal(n)
        held = cm.ownership(BASE.Omega, n)[mixed.argsort().argsort()]
        changes.append(float(cm.gini(e.pay + e.rents * held) - e.gini_before))
    return (changes,)


def _fund():
    e = cm.economy(cm.with_ratio(BASE, 5.0))
    own = e.income - e.pay
    q = brentq(lambda q: cm.gini(e.pay + (1 - q) * own + q * e.rents) - e.gini_before, 0, 1)
    return q, WORDS


SHARES = [0.0013, 0.0091, 0.71]

test_answers = of(
    {
        "cm.regimes.1": Case(
            right=_sharing,
            also=((0.55, 0.897),),
            wrong={
                "the chapter's ξ": wrong(0.2, 0.824, says="raises"),
                "all is shared": wrong(1.0, 1.0, says="lowers"),
                "the share at ξ = 0.2": wrong(0.55, 0.824, says="another share"),
                "owners' share": wrong(0.55, 0.103, says="another share"),
                "in per cent": wrong(55, 90, says="divide by 100"),
            },
        ),
        "cm.regimes.2": Case(
            right=lambda: (_halved(0.1), _halved(0.8)),
            also=((0.48, 0.32), (0.482, 0.323)),
            wrong={
                "in proportion": wrong(0.5, 0.5, says="At τ = 0.1"),
                "exchanged": wrong(0.32, 0.48, says="At τ = 0.1"),
                "without screening": wrong(0.48, 0.5, says="At τ = 0.8"),
                "its square": wrong(0.48, 0.293, says="At τ = 0.8"),
            },
        ),
        "cm.regimes.3": Case(
            right=_tails,
            also=(([2.09, 1.42, 1.15], [3.14, 4.25, 6.89]),),
            wrong={
                "the tail does not matter": wrong([1.42] * 3, [2.1, 4.25, 8.5], says="ζ = 3"),
                "in the other order": wrong(
                    [1.15, 1.42, 2.09], [6.89, 4.25, 3.14], says="no border"
                ),
                "another mean": wrong([2.09, 1.42, 1.15], [1.57, 0.85, 0.63], says="Pareto"),
                "nothing is multiplied": wrong(
                    [2.09, 1.42, 1.15], [2.09, 1.42, 1.15], says="Pareto"
                ),
            },
        ),
        "cm.regimes.4": Case(
            right=_open,
            also=(([0.0106, -0.0072, 0.0106],),),
            wrong={
                "closed is worse": wrong([0.0106, -0.0072, 0.0212], says="closed model"),
                "open is worse": wrong([0.0106, 0.0283, 0.0106], says="commodity"),
                "from now on": wrong([0.0, -0.0178, 0.0], says="from before AI"),
                "at the ratio of one": wrong([-0.0072, -0.02, -0.0072], says="from before AI"),
            },
        ),
        "cm.regimes.5": Case(
            right=_traps,
            also=((SHARES, 2, 0.137), ([0.00125, 0.0091, 0.71], 2.0, 0.14)),
            wrong={
                "from the highest": wrong(SHARES[::-1], 2, 0.135, says="lowest"),
                "the weights β": wrong([0.435, 0.49, 0.829], 2, 0.135, says="expect"),
                "the bad one": wrong(SHARES, 1, 0.135, says="dies out"),
                "the good one": wrong(SHARES, 3, 0.135, says="dies out"),
                "too early": wrong(SHARES, 2, 0.10, says="many still study"),
                "too late": wrong(SHARES, 2, 0.20, says="already collapsed"),
            },
        ),
        "cm.regimes.6": Case(
            right=_able,
            wrong={
                "from AI on": wrong([0.0, 0.012, 0.024], says="of the chapter"),
                "it does not matter": wrong([-0.0073] * 3, says="widen"),
                "Ginis added": wrong([-0.0073, 0.05, 0.12], says="by less"),
                "pay for its score": wrong([-0.0073, 0.0, 0.004], says="another draw"),
            },
        ),
        "cm.regimes.7": Case(
            right=_fund,
            also=((0.28, WORDS),),
            wrong={
                "half": wrong(0.5, WORDS, says="below"),
                "a tenth": wrong(0.1, WORDS, says="above"),
                "in per cent": wrong(28, WORDS, says="divide by 100"),
            },
        ),
    }
)
