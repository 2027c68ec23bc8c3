"""Section 3.2 of the paper, first part: Table 2, saving (14), (15), and the balance (17), (18)."""

from __future__ import annotations

from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.claims.common import EQUILIBRIUM, PACKAGE, sigma_off, unit
from aiecon.korinek_suh.claims.race_common import (
    DELTA,
    ETA,
    K0,
    LONG_RUN_SAVING,
    PHI0,
    RACE,
    RHO,
    SIGMA,
    A_off,
    G,
    S,
    by_differences,
    claim,
    delta_off,
    eta_off,
    growth_rate,
    on_path,
    rho_off,
    slope,
    wage_bent,
)
from aiecon.korinek_suh.scenarios import SCENARIOS, solved
from aiecon.ledger import (
    Claim,
    Differs,
    Exact,
    Kind,
    Number,
    Planted,
    Sign,
    scale,
)

BALANCING = f"{PACKAGE}.long_run:balancing_saving_rate"

# Saving (14), (15) --------------------------------------------------------------------------------


def _euler_ratio() -> np.ndarray:
    """Consumption growth over the right-hand side of (14), along the baseline AGI scenario."""
    t, path = np.arange(0.5, 18.5, 2.0), solved("b")
    return slope(path.log_consumption, t) / ((path.rental_rate(t) - RHO - DELTA) / ETA)


def _response_to_interest() -> float:
    """By how much consumption growth rises for each point of the interest rate."""
    path, t = solved("b"), np.array([2.0, 12.0])
    return np.diff(slope(path.log_consumption, t))[0] / np.diff(path.interest_rate(t))[0]


def _balanced_growth() -> np.ndarray:
    """Of output, capital and consumption, once every task is automated."""
    path, t = solved("b"), np.array([200.0, 300.0])
    return np.array(
        [growth_rate(x, t) for x in (path.log_output, path.log_capital, path.log_consumption)]
    )


_ECONOMIES = [
    ks.Parameters(rho=rho, eta=eta, delta=delta, A=productivity)
    for rho in (0.02, 0.04)
    for eta in (1.0, 2.0, 4.0)
    for delta in (0.0, 0.1)
    for productivity in (0.4, 0.5)
]


def _second_form() -> np.ndarray:
    """The library's s∞ over 1/η − (ρ + (1−η)δ)/(Aη)."""
    return np.array(
        [
            ks.long_run_saving_rate(p)
            / (1 / p.eta - (p.rho + (1 - p.eta) * p.delta) / (p.A * p.eta))
            for p in _ECONOMIES
        ]
    )


# The balancing saving rate (17), (18), (25) -------------------------------------------------------

_K, _SIGMA, _PHI = (
    x.ravel() for x in np.meshgrid([4.0, 6.0, 9.0], [0.4, 0.5, 0.8], [0.4, 0.5, 0.6])
)


def _wages(K: Any, Phi: Any) -> np.ndarray:
    return np.array(
        [ks.equilibrium(k, x, unit(s)).wage for k, x, s in zip(K, Phi, _SIGMA, strict=True)]
    )


def _wage_derivatives(h: float = 1e-5) -> tuple[np.ndarray, np.ndarray]:
    """F_LK and F_LΦ, by difference quotients."""
    by_K = (_wages(_K * (1 + h), _PHI) - _wages(_K * (1 - h), _PHI)) / (2 * h * _K)
    by_Phi = (_wages(_K, _PHI + h) - _wages(_K, _PHI - h)) / (2 * h)
    return by_K, by_Phi


def _cross_derivatives() -> np.ndarray:
    """Our F_LΦ/F_KL over the ratio printed under (17)."""
    by_K, by_Phi = _wage_derivatives()
    k, kappa = _K / _PHI, _PHI / (1 - _PHI)
    power = (k * (1 - _PHI)) ** ((1 - _SIGMA) / _SIGMA)
    printed = (_SIGMA / (1 - _SIGMA) * power - (kappa + 1 / (1 - _SIGMA))) * k
    return by_Phi / by_K / printed


def _balance() -> np.ndarray:
    """The saving rate that holds the wage by our derivatives, over (18), for Φ̇ = .02."""
    by_K, by_Phi = _wage_derivatives()
    holding = [
        -0.02 * b / (a * ks.equilibrium(K, Phi, unit(s)).output)
        for a, b, K, Phi, s in zip(by_K, by_Phi, _K, _PHI, _SIGMA, strict=True)
    ]
    printed = [
        ks.balancing_saving_rate(K, Phi, 0.02, unit(s))
        for K, Phi, s in zip(_K, _PHI, _SIGMA, strict=True)
    ]
    return np.array(holding) / np.array(printed)


def _net_saving_rate(path: Any, t: np.ndarray) -> np.ndarray:
    """K̇/Y."""
    return path.saving_rate(t) - DELTA * path.capital(t) / path.output(t)


def _threshold() -> np.ndarray:
    """Growth of the wage times the excess of saving over (18), along the baseline scenario."""
    path, t = solved("b"), np.arange(0.25, 18.5, 0.5)
    balancing = ks.balancing_saving_rate(path.capital(t), path.share(t), (1 - PHI0) / 20)
    return slope(path.log_wage, t) * (_net_saving_rate(path, t) - balancing)


def _printed_wage_growth() -> np.ndarray:
    """Growth of the wage over (25), along the business-as-usual and the baseline scenario."""
    rows = []
    for panel, t in (("a", np.arange(1.0, 14.0)), ("b", np.array([*range(3, 12), *range(15, 19)]))):
        path = solved(panel)
        Phi, s_K = path.share(t), path.capital_share(t)
        hazard = SCENARIOS[panel].automation.hazard(t)  # Φ̇/(1−Φ)
        productivity = hazard * (1 - s_K - s_K * (1 - Phi) / Phi) / (1 - SIGMA)
        printed = (s_K * slope(path.log_capital, t) + productivity - hazard) / SIGMA
        rows.append(slope(path.log_wage, t) / printed)
    return np.array(rows)


CLAIMS: tuple[Claim, ...] = (
    # Table 2
    claim(
        id="ks.table2.labor-share",
        source="Section 3.3 and Table 2",
        statement="Φ₀ and K₀ give an initial labour share of 66%.",
        reported=Number("66%"),
        compute=lambda: ks.equilibrium(K0, PHI0).labor_share,
        function=EQUILIBRIUM,
        anchor="ks-race-table-2",
        planted=(sigma_off,),
        show=".2%",
    ),
    claim(
        id="ks.table2.steady-state",
        source="Section 3.3 and Table 2",
        page=20,
        statement="K₀ is the steady-state capital at the initial technology, where R = ρ + δ.",
        reported=Exact(
            "R = ρ + δ = .14 (implied)",
            RHO + DELTA,
            tolerance=0.0025,
            because="K₀ is printed to ± .05, which moves R by .0023",
        ),
        compute=lambda: ks.equilibrium(K0, PHI0).rental_rate,
        function=EQUILIBRIUM,
        anchor="ks-race-table-2",
        planted=(Planted(EQUILIBRIUM, scale(0.9, "rental_rate"), "the rental rate 10% too low"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="At K₀ the return is neither ρ + δ = .14 (K = 5.07) nor that of balanced growth, "
            "ρ + δ + ηλg/(1−σ) = .18 (K = 4.19). It is that of an economy growing at λg: "
            "ρ + δ + ηλg = .16 gives K = 4.59, but here growth is λg/(1−σ).",
            instead=Number(".1595"),
            proof=f"{RACE}#ks-race-table-2",
        ),
        show=".4f",
    ),
    # Saving
    claim(
        id="ks.eq14.euler",
        source="(14)",
        page=18,
        statement="On the optimal path consumption grows at (F_K − ρ − δ)/η.",
        reported=by_differences("(14)", 1),
        compute=_euler_ratio,
        anchor="prp-ks-race-euler",
        planted=(eta_off, rho_off, delta_off),
        show=".8f",
        note="Nine dates of the baseline AGI scenario: growth by differences, over (14).",
    ),
    claim(
        id="ks.eq14.elasticity",
        source="Text under (14)",
        page=18,
        statement="η is the elasticity of intertemporal substitution.",
        reported=by_differences("η = 2", ETA),
        compute=_response_to_interest,
        anchor="rem-ks-race-elasticity",
        planted=(eta_off,),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="The elasticity, the response of consumption growth to the interest rate, is 1/η. "
            "Table 2 calls η risk aversion, rightly.",
            instead=by_differences("1/η", 1 / ETA),
            proof=f"{RACE}#rem-ks-race-elasticity",
        ),
        show=".6f",
    ),
    claim(
        id="ks.eq15.growth",
        source="(15) and the text under it",
        page=18,
        statement="In region 2 for ever, output, capital and consumption come to grow at "
        "(A−ρ−δ)/η.",
        reported=on_path("(A−ρ−δ)/η = .18", G),
        compute=_balanced_growth,
        anchor="prp-ks-race-region-2",
        planted=(eta_off, A_off),
        show=".8f",
    ),
    claim(
        id="ks.eq15.saving-rate",
        source="Text under (15)",
        page=18,
        statement="The saving rate tends to s∞ = (A−ρ−δ+ηδ)/(Aη).",
        reported=on_path("s∞ = .56", S),
        compute=lambda: solved("b").saving_rate(np.array([200.0, 400.0])),
        anchor="prp-ks-race-region-2",
        planted=(eta_off, delta_off),
        show=".8f",
    ),
    claim(
        id="ks.eq15.second-form",
        source="Text under (15)",
        page=18,
        statement="s∞ = 1/η − (ρ + (1−η)δ)/(Aη).",
        reported=Exact("s∞", 1),
        compute=_second_form,
        function=LONG_RUN_SAVING,
        anchor="prp-ks-race-region-2",
        planted=(Planted(LONG_RUN_SAVING, scale(1.01), "s∞ 1% too high"),),
        show=".10f",
        note="Our s∞ over the printed second form, 24 economies.",
    ),
    # The balancing saving rate
    claim(
        id="ks.eq17.cross-derivatives",
        source="Text under (17)",
        page=20,
        statement="F_LΦ/F_KL = [σ/(1−σ) (k/ℓ)^((1−σ)/σ) − κ − 1/(1−σ)] k.",
        reported=Exact(
            "the printed ratio",
            1,
            tolerance=1e-5,
            because="ours are difference quotients over 2·10⁻⁵, whose error is of second order",
        ),
        compute=_cross_derivatives,
        function=EQUILIBRIUM,
        anchor="prp-ks-race-balancing",
        planted=(sigma_off,),
        show=".8f",
        note="Our ratio over the printed one, 27 economies.",
    ),
    claim(
        id="ks.eq18.balancing",
        source="(18)",
        page=20,
        statement="If the share (18) of output is saved (δ = 0), the wage stands still.",
        reported=Exact(
            "(18)",
            1,
            tolerance=1e-5,
            because="ours are difference quotients over 2·10⁻⁵, whose error is of second order",
        ),
        compute=_balance,
        function=BALANCING,
        anchor="prp-ks-race-balancing",
        planted=(Planted(BALANCING, scale(1.01), "the balancing saving rate 1% too high"),),
        show=".8f",
        note="The rate that holds the wage by our derivatives of it, over (18), 27 economies.",
    ),
    claim(
        id="ks.eq18.threshold",
        source="Text under (18)",
        page=21,
        statement="The wage rises just where more than (18) is saved, and falls where less is.",
        reported=Sign(">0", "the same sign"),
        compute=_threshold,
        function=BALANCING,
        anchor="fig-ks-race-balancing",
        planted=(Planted(BALANCING, scale(1.1), "the balancing saving rate a tenth too high"),),
        note="Growth of the wage times K̇/Y less (18), on 37 dates of the baseline AGI scenario; "
        "K̇/Y is net of depreciation.",
    ),
    claim(
        id="ks.eq25.wage-growth",
        source="Appendix A.1, (25)",
        page=43,
        statement="Wages grow at the rate (25).",
        reported=by_differences("(25)", 1),
        compute=_printed_wage_growth,
        anchor="prp-ks-race-balancing",
        planted=(wage_bent,),
        show=".8f",
        note="Growth by differences over (25), thirteen dates of scenarios (a) and (b) each.",
    ),
)
