"""Section 3.2 of the paper, third part: Lemma 6, Proposition 7 and Figure 7."""

from __future__ import annotations

from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics.scenarios import solved
from exhibits.korinek_suh.claims.race_common import (
    CONSTANT,
    DELTA,
    ETA,
    PATH,
    RACE,
    RHO,
    SIGMA,
    A,
    A_off,
    G,
    S,
    claim,
    constant,
    eta_off,
    far,
    growth_rate,
    late,
    on_path,
    optimal,
    rate_off,
    share_off,
    wage_bent,
    wage_growth,
)
from exhibits.ledger import (
    Claim,
    Course,
    Differs,
    Exact,
    Kind,
    OfTheBook,
    Planted,
    Range,
    scale,
)

# Lemma 6 and Proposition 7 ------------------------------------------------------------------------

_CASE_2, _CASE_3 = (0.10, 0.12, 0.15), (0.01, 0.03, 0.05)


def _lemma_6(paths: int) -> Exact:
    """What Lemma 6 says of each of several paths."""
    return Exact(
        "R → A, growth G, s∞",
        [[A, G, S]] * paths,
        tolerance=1e-7,
        because="the path is solved to an estimated error of 10⁻⁸",
    )


def _slow_limits() -> list[list[float]]:
    """With optimal saving in case 3: R = ρ + δ + ηγ, growth γ = λg/(1−σ), and (γ+δ) K/Y saved."""
    gammas = [rate / (1 - SIGMA) for rate in _CASE_3]
    returns = [RHO + DELTA + ETA * g for g in gammas]
    return [
        [R, g, (g + DELTA) * (R / A) ** (1 - SIGMA) / R]
        for R, g in zip(returns, gammas, strict=True)
    ]


def _limits(path: Any, t: np.ndarray) -> np.ndarray:
    """Return on capital, growth of capital and saving rate in the long run."""
    growth = growth_rate(path.log_capital, t)
    return np.array([path.rental_rate(t[0]), growth, path.saving_rate(t[0])])


def _omega() -> np.ndarray:
    """Ω = K^((σ−1)/σ) (Φ/(1−Φ))^(1/σ) in case 2, after 300 and 400 years."""
    t, e = np.array([300.0, 400.0]), (SIGMA - 1) / SIGMA
    rows = []
    for path in map(constant, _CASE_2):
        odds = np.log(path.share(t)) - np.log(path.unautomated(t))
        rows.append(np.exp(e * path.log_capital(t) + odds / SIGMA))
    return np.array(rows)


def _at_the_edge() -> np.ndarray:
    """The late wage at λg = G: saving s∞, from three amounts of capital; optimal saving; δ = 0."""
    t = np.array([500.0, 1000.0])
    path, idle = ks.BusinessAsUsual(G), ks.Parameters(delta=0.0)
    G_0, S_0 = ks.region_2_growth(idle), ks.long_run_saving_rate(idle)
    races: list[Any] = [ks.constant_saving(path, S, K0=K0) for K0 in (1.6, 4.6, 50.0)]
    races.append(ks.solve_transition(path))
    races.append(ks.constant_saving(ks.BusinessAsUsual(G_0), S_0, params=idle))
    return np.array([race.wage(t) for race in races])


def _printed_share(rate: Any) -> Any:
    """Proposition 7, case 3."""
    top = (A - RHO - DELTA + ETA * DELTA) / ETA
    return 1 - (top / (np.asarray(rate) / (1 - SIGMA) + DELTA)) ** ((SIGMA - 1) / SIGMA)


def _kinks_of_figure_7() -> np.ndarray:
    """Where simulated growth stops rising, how high it is there, and where it reaches zero."""
    low, high, first, second = (
        wage_growth([constant(rate)])[0] for rate in (0.03, 0.05, 0.12, 0.15)
    )
    up, down = (high - low) / 0.02, (second - first) / 0.03
    peak = (first - low + 0.03 * up - 0.12 * down) / (up - down)
    return np.array([peak, low + up * (peak - 0.03), 0.12 - first / down])


_SLOW = Exact(
    "the printed limit",
    [_printed_share(rate) for rate in _CASE_3],
    tolerance=1e-7,
    because="the path is solved to an estimated error of 10⁻⁸",
)


CLAIMS: tuple[Claim, ...] = (
    # Lemma 6
    claim(
        id="ks.lemma6.full-automation",
        source="Lemma 6",
        page=21,
        statement="In the limit case of full automation, and for tails with λg ≥ (1−σ)G, R → A, "
        "growth tends to G and saving to s∞.",
        reported=_lemma_6(4),
        compute=lambda: np.array(
            [
                _limits(solved("b"), np.array([200.0, 300.0])),
                *(_limits(path := optimal(rate), far(path)) for rate in (0.10, 0.12, 0.25)),
            ]
        ),
        anchor="lem-ks-race-6",
        planted=(eta_off, A_off),
        show=".6f",
        note="All tasks automated in year 20, and tails with λg = 0.10, 0.12 and 0.25 > (1−σ)G. "
        "The first is one fact with ks.eq15.",
    ),
    claim(
        id="ks.lemma6.tail",
        source="Lemma 6",
        page=21,
        statement="If Φ → 1 as time passes, then in the limit R → A, output and capital grow at G "
        "and the saving rate tends to s∞.",
        reported=_lemma_6(3),
        compute=lambda: np.array([_limits(path := optimal(rate), far(path)) for rate in _CASE_3]),
        anchor="lem-ks-race-6",
        planted=(rate_off,),
        finding=Differs(
            kind=Kind.MISSING_CONDITION,
            quotation="and focus on the limit case",
            assumptions="Table 2, optimal saving, Pareto tails with λg = 0.01, 0.03 and 0.05",
            readings=(
                "“The limit case” is the economy in which Φ = 1: then the lemma holds "
                "(ks.lemma6.full-automation), but it speaks of what happens as t increases, and "
                "the proof of Proposition 7 takes its s∞ for Pareto paths, on which Φ < 1.",
                "The limit Φ → 1 at given K, as the proof has it: F_K → A, but on the path K "
                "grows.",
                "Tails that are automated fast, λg ≥ (1−σ)G: there it holds.",
                "s∞ as the constant of Proposition 7: the paper calls that a simplifying "
                "assumption and says that it can be interpreted as the long-run rate. As an "
                "assumption we take it; the rate that a household chooses is another in case 3.",
            ),
            because="If λg < (1−σ)G capital grows fast enough for the tasks that are left to keep "
            "a share of income, and R stays below A. The lemma needs λg ≥ (1−σ)G; Proposition 7, "
            "case 3, is about the paths that it misses.",
            instead=Exact(
                "R → ρ+δ+ηγ, growth γ, saving (γ+δ)K/Y",
                _slow_limits(),
                tolerance=1e-7,
                because="the path is solved to an estimated error of 10⁻⁸",
            ),
            proof=f"{RACE}#lem-ks-race-6",
        ),
        show=".6f",
        note="γ = λg/(1−σ). With it goes the saving rate of case 3, 0.40 to 0.49 instead of 0.56.",
    ),
    # Proposition 7
    claim(
        id="ks.prop7.case1",
        source="Proposition 7, case 1",
        page=22,
        statement="If λg > G the wage tends to A and the labour share to zero.",
        reported=Exact("A and 0", np.array([[A], [0.0]])),
        compute=lambda: np.array(
            [late(name, map(constant, (0.2, 0.25))) for name in ("wage", "labor_share")]
        ),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(A_off,),
        show=".8f",
        note="λg = 0.20 and 0.25.",
    ),
    claim(
        id="ks.prop7.case2-growth",
        source="Proposition 7, case 2",
        page=22,
        statement="If (1−σ)G < λg ≤ G wages come to grow at (G − λg)/σ.",
        reported=on_path("(G − λg)/σ", [(G - rate) / SIGMA for rate in _CASE_2]),
        compute=lambda: wage_growth(map(constant, _CASE_2)),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(rate_off, wage_bent),
        show=".6f",
        note="λg = 0.10, 0.12 and 0.15.",
    ),
    claim(
        id="ks.prop7.case2-labor-share",
        source="Proposition 7, case 2",
        page=22,
        statement="If (1−σ)G < λg ≤ G the labour share tends to one.",
        reported=Exact("one", 1),
        compute=lambda: np.array(
            [
                late("labor_share", map(constant, (*_CASE_2, G))),
                late("labor_share", map(optimal, (*_CASE_2, G))),
            ]
        ),
        function=CONSTANT,
        anchor="prop-7-case-2",
        planted=(share_off,),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="and the labor share converges to one",
            assumptions="Table 2, saving rate s∞, Pareto path, start in region 1, as the "
            "proposition has it",
            readings=(
                "Optimal saving instead of the constant rate: the share tends to zero, too.",
                "The edge λg = G: zero.",
                "The capital share is meant: that does tend to one, but cases 1 and 3 speak of the "
                "labour share in the same words, rightly.",
                "The appendix's second case, in which the share tends to one: that is Ω → 0, which "
                "the appendix rules out; it is not case 2 of the proposition.",
                "A slip for zero: the appendix finds zero for this case; the proposition is what "
                "is quoted, and nothing in the text corrects it.",
            ),
            because="The wage grows at (G − λg)/σ, output at G, which is more. The appendix "
            "agrees: its Ω tends to infinity, and the labour share L^((σ−1)/σ)/(Ω + L^((σ−1)/σ)) "
            "to zero.",
            instead=Exact("zero", 0),
            proof=f"{RACE}#prop-7-case-2",
        ),
        show=".1e",
        note="λg = 0.10, 0.12, 0.15 and 0.18, when exp(−100) of the tasks are left; saving s∞, "
        "then optimal saving.",
    ),
    claim(
        id="ks.prop7.omega",
        source="Appendix A.1, under the formula of the labour share",
        page=42,
        statement="Where capital grows more slowly than λg/(1−σ), Ω → 1 and so the labour share "
        "tends to zero.",
        reported=Exact("Ω → 1", 1),
        compute=_omega,
        function=CONSTANT,
        anchor="prop-7-case-2",
        planted=(Planted(f"{PATH}.log_capital", lambda k: k + 200, "capital e²⁰⁰ times as much"),),
        finding=Differs(
            kind=Kind.MISPRINT,
            quotation="Ωt → 1 and so LSt → 0",
            assumptions="Table 2, saving rate s∞, λg = 0.10, 0.12 and 0.15",
            readings=(
                "Ω divided by Ω + L^((σ−1)/σ), capital's share: that tends to one, but Ω is "
                "defined without the division.",
                "Another L: the labour share L^((σ−1)/σ)/(Ω + L^((σ−1)/σ)) vanishes only if "
                "Ω → ∞, whatever L is.",
            ),
            because="Ω → ∞ is meant, as the proof says where it takes up the case. The "
            "conclusion, a labour share of zero, is right.",
            instead=Range(1e3, np.inf, "Ω → ∞", because="without limit: more than a thousand"),
            proof=f"{RACE}#prop-7-case-2",
        ),
        show=".1e",
        note="Ω by its definition, after 300 and 400 years.",
    ),
    claim(
        id="ks.prop7.case3-growth",
        source="Proposition 7, case 3",
        page=22,
        statement="If λg ≤ (1−σ)G wages come to grow at λg/(1−σ).",
        reported=on_path("λg/(1−σ)", [rate / (1 - SIGMA) for rate in _CASE_3]),
        compute=lambda: wage_growth(map(constant, _CASE_3)),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(rate_off, wage_bent),
        show=".6f",
        note="λg = 0.01, 0.03 and 0.05.",
    ),
    claim(
        id="ks.prop7.case3-labor-share",
        source="Proposition 7, case 3",
        page=22,
        statement="In case 3, at the constant saving rate s∞, the labour share tends to "
        "1 − [s∞A/(λg/(1−σ)+δ)]^((σ−1)/σ).",
        reported=_SLOW,
        compute=lambda: late("labor_share", map(constant, _CASE_3)),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(share_off, rate_off),
        show=".6f",
        note="λg = 0.01, 0.03 and 0.05.",
    ),
    claim(
        id="ks.prop7.appendix-capital-share",
        source="Appendix A.1",
        page=44,
        statement="Where capital grows at λg/(1−σ), the capital share tends to one.",
        reported=Exact("one", 1),
        compute=lambda: late("capital_share", map(constant, _CASE_3)),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(Planted(f"{PATH}.capital_share", scale(1.05), "the capital share 5% too high"),),
        finding=Differs(
            kind=Kind.MISPRINT,
            quotation="SK converges to one",
            assumptions="Table 2, saving rate s∞, λg = 0.01, 0.03 and 0.05",
            readings=(
                "With optimal saving: (R/A)^(1−σ), below one, too.",
                "At the edge λg = (1−σ)G it is one, but the sentence is about the whole case.",
            ),
            because="A constant is meant, [s∞A/(λg/(1−σ)+δ)]^((σ−1)/σ), as found before: the next "
            "line keeps S_K and 1 − S_K. The growth rate derived there is right.",
            instead=on_path(
                "one less the labour share", [1 - _printed_share(rate) for rate in _CASE_3]
            ),
            proof=f"{RACE}#prp-ks-race-7",
        ),
        show=".6f",
        note="λg = 0.01, 0.03 and 0.05.",
    ),
    claim(
        id="ks.prop7.edge",
        source="Appendix A.1, last sentence",
        page=44,
        statement="If s∞A − δ ≤ λg, so at λg = G too, the economy enters region 2 and the wage "
        "falls to A.",
        reported=Exact("w = A", A),
        compute=_at_the_edge,
        function=CONSTANT,
        anchor="rem-ks-race-edge",
        planted=(Planted(f"{PATH}.wage", lambda w: 0 * w + 0.5, "the wage A"),),
        finding=Differs(
            kind=Kind.MISPRINT,
            quotation="wages decline until the automation index crosses the threshold",
            assumptions="Table 2, λg = G, start in region 1",
            readings=(
                "λg > G only: there it is right; the sentence has ≤, and (24) has > for staying in "
                "region 1.",
                "Optimal saving instead of s∞: the wage tends to a constant above A.",
                "δ = 0: the same.",
            ),
            because="< is meant for ≤, as in the proposition, which counts λg = G to case 2, with "
            "growth zero: at this one point the border is never crossed and the wage tends to a "
            "constant above A.",
            instead=Range(0.55, np.inf, "above A", because="a tenth above A, or more"),
            proof=f"{RACE}#rem-ks-race-edge",
        ),
        show=".4f",
        note="A = 0.5; the wage after 500 and 1,000 years: saving s∞ from K₀ = 1.6, 4.6 and 50, "
        "optimal saving, and δ = 0. A knife edge: nothing rests on it.",
    ),
    claim(
        id="ks.prop7.growth-optimal",
        source="Section 3.2, with Proposition 7",
        page=22,
        statement="The growth rates of Proposition 7 hold with optimal saving too.",
        reported=on_path("the rates of Proposition 7", [0.02, 0.06, 0.10, 0.16, 0.12, 0.06, 0.0]),
        compute=lambda: wage_growth(map(optimal, (*_CASE_3, *_CASE_2, 0.25))),
        anchor="prp-ks-race-optimal",
        planted=(rate_off, wage_bent),
        finding=OfTheBook("The paper states them for a constant saving rate s∞."),
        show=".6f",
        note="λg = 0.01, 0.03, 0.05, 0.10, 0.12, 0.15 and 0.25.",
    ),
    claim(
        id="ks.prop7.labor-share-optimal",
        source="Section 3.3, with Proposition 7",
        page=25,
        statement="With optimal saving the labour share of business as usual tends to "
        "1 − (R/A)^(1−σ), where R = ρ + δ + ηλg/(1−σ).",
        reported=on_path("1 − (R/A)^(1−σ) = 0.40", 0.4),
        compute=lambda: optimal(0.01).labor_share(np.array([10000.0, 20000.0])),
        anchor="prp-ks-race-optimal",
        planted=(share_off, rate_off),
        finding=OfTheBook(
            "The proposition gives 4/7 for a constant saving rate s∞. Of Figure 8 (a), where "
            "saving is optimal, the paper says case 3 and no limit of the share."
        ),
        show=".6f",
    ),
    # Figure 7
    claim(
        id="ks.fig7.shape",
        source="Text on Figure 7",
        page=23,
        statement="Long-run wage growth rises with λg, then falls, then is zero.",
        reported=Course("rises", "falls", "stays", text="up, down, then zero"),
        compute=lambda: wage_growth(map(constant, (0.01, 0.03, 0.05, 0.10, 0.12, 0.15, 0.2, 0.25))),
        function=CONSTANT,
        anchor="fig-ks-race-figure-7",
        planted=(
            Planted(f"{PATH}.log_wage", lambda w: -w, "the sign of the log of the wage wrong"),
        ),
        note="Simulated for eight rates from 0.01 to 0.25, at the constant saving rate s∞.",
    ),
    claim(
        id="ks.fig7.thresholds",
        source="Figure 7, its axes",
        page=22,
        statement="Wage growth peaks at λg = (1−σ)G, where it is G, and is zero from λg = G on.",
        reported=on_path("(1−σ)G, G and G", [(1 - SIGMA) * G, G, G]),
        compute=_kinks_of_figure_7,
        function=CONSTANT,
        anchor="fig-ks-race-figure-7",
        planted=(wage_bent,),
        show=".6f",
        note="Where the straight lines through simulated growth rates meet each other, and zero.",
    ),
    claim(
        id="ks.fig7.case-label",
        source="Text on Figure 7",
        page=23,
        statement="In case 1, where λg is low, wage growth rises with the rate of automation.",
        reported=Course("rises"),
        compute=lambda: wage_growth(map(constant, (0.2, 0.22, 0.25))),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(
            Planted(f"{PATH}.log_wage", lambda w: w * np.arange(1, 1 + np.size(w)), "a trend"),
        ),
        finding=Differs(
            kind=Kind.MISPRINT,
            quotation="low as in case 1, then the wage growth rate",
            assumptions="Table 2, saving rate s∞",
            readings=(
                "The cases counted from the left of the figure: its labels, too, run 3, 2, 1 from "
                "the left.",
            ),
            because="Case 3 is meant: there growth is λg/(1−σ). In case 1 there is none.",
            instead=Exact("zero", 0),
            proof=f"{RACE}#prp-ks-race-7",
        ),
        show=".6f",
        note="λg = 0.20, 0.22 and 0.25.",
    ),
)
