"""What the abstract says about moments and data."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from scipy.optimize import brentq

from aiecon import chen_meng as cm
from aiecon.cached import cached
from aiecon.chen_meng.moments import standard_errors
from aiecon.chen_meng.results import SOBOL_RANGES, sobol_draw
from aiecon.validation import FloatArray
from exhibits.chen_meng.claims import PACKAGE, PAPER, equal_owners, no_rents, note
from exhibits.ledger import ByConstruction, Course, NotIdentified, Planted, Shape, Sign, scale

claim = partial(PAPER.claim, source="Abstract", chapter="chen_meng/moments")
of_power = partial(claim, anchor="fig-cm-moments-power", show=".0%")

RATIOS = np.array([0.3, 0.6, 1.2, 2.5, 5.0])
DRAWS = 400
SURVEYS = (0.08, 0.12)  # of the employed used ChatGPT for work: Pew, March and July 2023
CANNOT = 0.2  # a power below this is read as "cannot test"; the threshold is ours

RIDGE, PANEL = f"{PACKAGE}.moments:ridge", f"{PACKAGE}.power:occupation_panel"
LAM = f"{PACKAGE}.parameters:Parameters.lam"


@cached(2)
def _ridge() -> tuple[FloatArray, FloatArray]:
    return cm.ridge(RATIOS, n=2000)


def _power(adoption: float, sets: int = 1000) -> float:
    return cm.occupation_panel(cm.regimes()[0], adoption, sets=sets).power()


@cached(2)
def _largest_adoption() -> float:
    """The share of users up to which the occupational test has a power of at most a fifth."""
    low, high = 0.0, 0.4
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (middle, high) if _power(middle, 400) <= CANNOT else (low, middle)
    return low


_noise_forgotten = Planted(
    f"{PACKAGE}.moments:measured_sharing",
    instead=lambda params, noise=0.05: params.xi,
    says="rent sharing measured without noise",
)

_one_end = Planted(
    RIDGE,
    instead=lambda ratio, params=None, noise=0.05, n=0: (
        np.full(np.shape(ratio), 0.2),
        np.full(np.shape(ratio), 0.01),
    ),
    says="the same ΔGini everywhere on the ridge",
)

_SIGN = "identify mechanism rates but not the aggregate sign"


@claim(
    Sign(">0", "identify"),
    anchor="tab-cm-moments-knockout",
    function=f"{PACKAGE}.msm:jacobian",
    planted=(
        Planted(
            f"{PACKAGE}.moments:moments",
            lambda m: np.array([m[0], 2 * m[0], -m[0], m[3], 0 * m[4], m[5]]),
            "novices, coders and the premium tell nothing beyond the average gain",
        ),
    ),
    note=note(_SIGN, more="Which five moments the paper uses is not in the abstract."),
)
def moments_rates() -> Any:
    """The five moments other than ΔGini identify the rates of the mechanism (λ and ln η₀,
    whatever η₁ and ξ are: ratio of the singular values of the derivatives, one over each
    standard error).
    """
    # What the five moments say of λ and ln η₀ alone: smallest over largest singular value, and
    # one over each standard error (zero where it is infinite). The columns of ln η₁/η₀ and ξ
    # are projected out first, so that what is left is information on the two rates whatever
    # the other two are.
    G = (cm.jacobian(cm.Parameters(), n=1000) / standard_errors(cm.TARGETS)[:, None])[:5]
    left, size, _ = np.linalg.svd(G[:, 2:], full_matrices=False)
    others = left[:, size > 1e-9 * size[0]]
    rates = G[:, :2] - others @ (others.T @ G[:, :2])
    _, singular, right = np.linalg.svd(rates, full_matrices=False)
    share = singular[-1] / singular[0]
    if share < 1e-9:
        return np.zeros(3)
    return np.array([share, *1 / np.linalg.norm(right.T / singular, axis=1)])


@claim(
    Sign(">0", "not the sign"),
    anchor="prop-cm-ridge",
    function=RIDGE,
    planted=(_noise_forgotten, no_rents),
    finding=ByConstruction(
        "We define m₁ to m₃ at commodity AI and m₅ on screened pay, so that none of them "
        "contains η₁ or ξ: one moment, m₄, is left for two parameters."
    ),
    note=note(
        _SIGN,
        more="Without noise in measured revenue m₄ would be ξ itself. The openness is of these "
        "five moments: labour's share of revenue differs along the flat direction.",
    ),
)
def moments_sign() -> Any:
    """They do not identify the aggregate sign: with m₁ to m₅ the same, ΔGini is negative
    (first, times −1) or positive.
    """
    # Minus ΔGini at one end of the ridge and ΔGini at the other, if m₁ to m₅ are the same.
    low, high = cm.regimes()
    first, second = cm.moments(low, n=1000), cm.moments(high, n=1000)
    if not np.allclose(first[:5], second[:5], rtol=1e-9, atol=0):
        return np.full(2, np.nan)
    return np.array([-first[5], second[5]])


@claim(
    Course("rises", text="pinned by m₆"),
    anchor="fig-cm-moments-ridge",
    function=RIDGE,
    planted=(_one_end, equal_owners),
    finding=ByConstruction(
        "m₆ is ΔGini: what the other targets leave open is set by this one (prop-cm-block)."
    ),
    note=note("is pinned by m_6 and ξ"),
)
def moments_m6() -> Any:
    """The sign is pinned by m₆: along the flat direction each value of ΔGini occurs once
    (ΔGini, by η₁/η₀).
    """
    return _ridge()[1]


@claim(
    Course("falls", text="pinned by ξ"),
    anchor="fig-cm-moments-ridge",
    function=RIDGE,
    planted=(_one_end,),
    finding=ByConstruction(
        "The values of cm.moments.m6 in the opposite order: along the flat direction ξ falls "
        "as η₁/η₀ rises, so that either names the point."
    ),
    note=note("is pinned by m_6 and ξ"),
)
def moments_xi() -> Any:
    """The sign is pinned by ξ: along the flat direction ΔGini falls as ξ rises."""
    xi, change = _ridge()
    return change[np.argsort(xi)]


@claim(
    Sign(">0", "crosses the boundary"),
    anchor="fig-cm-moments-ridge",
    function=f"{PACKAGE}.economy:delta_gini_map",
    planted=(no_rents, equal_owners),
    note=note("independently crosses the boundary"),
)
def moments_technology() -> Any:
    """η₁ against η₀ crosses the boundary on its own, all else held (−ΔGini at η₁/η₀ = 0.3,
    ΔGini at 5).
    """
    change = cm.delta_gini_map(cm.Parameters().xi, np.array([0.3, 5.0]), n=1000)
    return np.array([-change[0], change[1]])


@claim(
    Shape("no verdict", lambda share: bool(0 < share < 1)),
    anchor="fig-cm-moments-sobol",
    function=f"{PACKAGE}.results:sobol_draw",
    planted=(no_rents,),
    show=".0%",
    note=note(
        "not a verdict on the sign",
        more=f"{DRAWS} draws. Both signs occur, and that is all: the share is one of the "
        "ranges, which are ours, and levelling is much the more frequent.",
    ),
)
def moments_no_verdict() -> Any:
    """There is no verdict on the sign (share of draws, over wide ranges of eight parameters, at
    which AI raises the Gini: neither none nor all).
    """
    # The share of draws over wide ranges at which AI raises the Gini.
    rng = np.random.default_rng(7)
    u = (np.arange(DRAWS) + 0.5) / DRAWS
    draws = {
        name: low + (high - low) * rng.permutation(u) for name, (low, high) in SOBOL_RANGES.items()
    }
    found = [
        sobol_draw(**{name: float(column[i]) for name, column in draws.items()}, n=300)
        for i in range(DRAWS)
    ]
    return float(np.mean(np.array(found) > 0))


@of_power(
    Shape("cannot test", lambda power: bool(power <= CANNOT)),
    function=PANEL,
    planted=(
        Planted(f"{PACKAGE}.power:log_pay_spread", lambda y: y * 20, "twenty times the effect"),
    ),
    finding=NotIdentified(
        missing="The abstract prints neither the share of workers who use AI nor the noise; "
        "surveys of 2023 found 8% (March) and 12% (July) of the employed",
        required=_largest_adoption,
        otherwise=lambda: _power(SURVEYS[1]),
        says="at most {:.1%} of workers use AI in 2023, if a power of a fifth is no test",
    ),
    note=note(
        "such data cannot test the model's task-level predictions",
        more="The abstract's reason is the level of observation, which is the next row; the "
        "power is ours. No OEWS data are used: the panel is simulated in their shape.",
    ),
)
def moments_occupations() -> Any:
    """Occupation-level data for 2019 to 2023 cannot test the task-level predictions (power of a
    5% test to see any effect; 400 occupations, 8% of workers use AI in 2023).
    """
    return _power(SURVEYS[0])


@of_power(
    Shape(
        "cannot test; testable within tasks",
        lambda power: bool(power[:-1].max() < CANNOT and power[-1] > 0.8),
    ),
    function=PANEL,
    planted=(
        Planted(
            f"{PACKAGE}.power:occupation_slope",
            instead=lambda adoption, params, panel=None: -adoption,
            says="the change in exposed occupations does not depend on λ",
        ),
        Planted(LAM, lambda x: 0 * x + 0.2, "λ = 0.2 for all"),
    ),
    note=note(
        "such data cannot test the model's task-level predictions",
        more="A power below 20% is read as “cannot”, above 80% as “testable”: thresholds of ours.",
    ),
)
def moments_aggregation() -> Any:
    """What occupation-level data lack is the task: they cannot tell the weight of AI within a
    task (power to tell λ = 0.1 from 0.2 when exposed occupations change alike, at 8, 12 and 20%
    of users), and 4,000 workers within one task can (last).
    """
    # Power to tell λ = 0.1 from λ = 0.2: occupations at 8, 12 and 20% of users, then workers.
    # Where λ is half as large more people use AI, so that exposed occupations change as much.
    strong = cm.regimes()[0]
    weak = cm.Parameters(lam=strong.lam / 2, xi=strong.xi, eta1=strong.eta1)
    found = []
    for adoption in (*SURVEYS, 0.2):
        slope = cm.occupation_slope(adoption, strong)
        same = float(brentq(lambda s, y: cm.occupation_slope(s, weak) - y, 0, 1, args=(slope,)))
        null = float(cm.occupation_panel(strong, adoption, sets=300, seed=1).estimate.mean())
        found.append(cm.occupation_panel(weak, same, sets=300).power(null=null))
    null = float(cm.task_panel(strong, 4000, sets=200, seed=1).estimate.mean())
    return np.array([*found, cm.task_panel(weak, 4000, sets=200).power(null=null)])


@of_power(
    Shape("testable", lambda power: bool(power >= 0.8)),
    function=f"{PACKAGE}.power:task_panel",
    planted=(Planted(LAM, scale(0.1), "λ a tenth of its value"),),
    note=note(
        "testable with within-occupation, within-task panel data",
        more="A power of 80% is read as testable: a threshold of ours.",
    ),
)
def moments_tasks() -> Any:
    """Within-task panels can test them (power of a 5% test with 1,000 workers)."""
    return cm.task_panel(cm.regimes()[0], 1000, sets=100).power()
