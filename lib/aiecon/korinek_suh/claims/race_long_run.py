"""Section 3.2 of the paper, third part: Lemma 6, Proposition 7 and Figure 7."""

from __future__ import annotations

from typing import Any

import numpy as np

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.claims.race_common import (
    CONSTANT,
    DELTA,
    ETA,
    LONG_RUN_SAVING,
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
from aiecon.korinek_suh.scenarios import solved
from aiecon.ledger import (
    Claim,
    Course,
    Differs,
    Exact,
    Kind,
    Planted,
    Range,
    scale,
    shift,
)

# Lemma 6 and Proposition 7 ------------------------------------------------------------------------

_LEMMA_6 = Exact(
    "R = A, growth G, s∞",
    [A, G, S],
    tolerance=1e-7,
    because="the path is solved to an estimated error of 10⁻⁸",
)
_CASE_2, _CASE_3 = (0.10, 0.12, 0.15), (0.01, 0.03, 0.05)


def _limits(path: Any, t: np.ndarray) -> np.ndarray:
    """Return on capital, growth of capital and saving rate in the long run."""
    growth = growth_rate(path.log_capital, t)
    return np.array([path.rental_rate(t[0]), growth, path.saving_rate(t[0])])


def _growth_over_saving() -> np.ndarray:
    """(A−ρ−δ)/η over s∞ for several η, relative to the first."""
    rows = [ks.Parameters(eta=eta) for eta in (2.0, 3.0, 4.0)]
    ratio = np.array([(A - RHO - DELTA) / p.eta / ks.long_run_saving_rate(p) for p in rows])
    return ratio[1:] / ratio[0]


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
        statement="If all tasks are automated, R = A, growth tends to G and saving to s∞.",
        reported=_LEMMA_6,
        compute=lambda: _limits(solved("b"), np.array([200.0, 300.0])),
        anchor="lem-ks-race-6",
        planted=(eta_off, A_off),
        show=".6f",
    ),
    claim(
        id="ks.lemma6.tail",
        page=999,
        source="Lemma 6",
        statement="Φ → 1 suffices for R → A, growth G and saving s∞.",
        reported=_LEMMA_6,
        compute=lambda: _limits(path := optimal(0.01), far(path)),
        anchor="lem-ks-race-6",
        planted=(rate_off,),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="The proof lets Φ → 1 at given K. If λg < (1−σ)G capital grows fast enough for the "
            "tasks that are left to keep a share of income, and R stays below A. The lemma needs "
            "λg ≥ (1−σ)G. Proposition 7, case 3, is about the paths that it misses.",
            instead=on_path("R = .18, growth .02, s = .40", [0.18, 0.02, 0.40]),
            proof=f"{RACE}#lem-ks-race-6",
        ),
        show=".6f",
        note="Business as usual, λg = .01.",
    ),
    # Proposition 7
    claim(
        id="ks.prop7.case1",
        source="Proposition 7, case 1",
        statement="If λg > G the wage tends to A and the labour share to zero.",
        reported=Exact("A and 0", np.array([[A], [0.0]])),
        compute=lambda: np.array(
            [late(name, map(constant, (0.2, 0.25))) for name in ("wage", "labor_share")]
        ),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(A_off,),
        show=".8f",
        note="λg = .20 and .25.",
    ),
    claim(
        id="ks.prop7.case2-growth",
        source="Proposition 7, case 2",
        statement="If (1−σ)G < λg ≤ G wages come to grow at (G − λg)/σ.",
        reported=on_path("(G − λg)/σ", [(G - rate) / SIGMA for rate in _CASE_2]),
        compute=lambda: wage_growth(map(constant, _CASE_2)),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(rate_off, wage_bent),
        show=".6f",
        note="λg = .10, .12 and .15.",
    ),
    claim(
        id="ks.prop7.case2-labor-share",
        page=999,
        source="Proposition 7, case 2",
        statement="In case 2 the labour share tends to one.",
        reported=Exact("one", 1),
        compute=lambda: late("labor_share", map(constant, _CASE_2)),
        function=CONSTANT,
        anchor="prop-7-case-2",
        planted=(share_off,),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="The wage grows at (G − λg)/σ, output at G, which is more. The paper's own Ω tends to "
            "infinity, and the labour share L^((σ−1)/σ)/(Ω + L^((σ−1)/σ)) to zero.",
            instead=Exact("zero", 0),
            proof=f"{RACE}#prop-7-case-2",
        ),
        show=".1e",
        note="λg = .10, .12 and .15, when exp(−100) of the tasks are left.",
    ),
    claim(
        id="ks.prop7.omega",
        page=999,
        source="Appendix A.1",
        statement="In the case of capital growth below λg/(1−σ), Ω → 1 and so the labour share "
        "tends to zero.",
        reported=Exact("Ω → 1", 1),
        compute=lambda: np.array(
            [path.capital_share(400.0) / path.labor_share(400.0) for path in map(constant, _CASE_2)]
        ),
        function=CONSTANT,
        anchor="prop-7-case-2",
        planted=(Planted(f"{PATH}.labor_share", lambda _: 0.5, "labour and capital shares equal"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="With L = 1, Ω → 1 would mean a labour share of one half. Ω → ∞ is meant, as the same "
            "proof says before; its conclusion, a labour share of zero, contradicts the "
            "proposition.",
            instead=Range(1e3, np.inf, "Ω → ∞", because="without limit: more than a thousand"),
            proof=f"{RACE}#prop-7-case-2",
        ),
        show=".1e",
        note="Ω = s_K/s_L (L = 1) after 400 years, λg = .10, .12 and .15.",
    ),
    claim(
        id="ks.prop7.case3-growth",
        source="Proposition 7, case 3",
        statement="If λg ≤ (1−σ)G wages come to grow at λg/(1−σ).",
        reported=on_path("λg/(1−σ)", [rate / (1 - SIGMA) for rate in _CASE_3]),
        compute=lambda: wage_growth(map(constant, _CASE_3)),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(rate_off, wage_bent),
        show=".6f",
        note="λg = .01, .03 and .05.",
    ),
    claim(
        id="ks.prop7.case3-labor-share",
        source="Proposition 7, case 3",
        statement="In case 3, at the constant saving rate s∞, the labour share tends to "
        "1 − [s∞A/(λg/(1−σ)+δ)]^((σ−1)/σ).",
        reported=_SLOW,
        compute=lambda: late("labor_share", map(constant, _CASE_3)),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(share_off, rate_off),
        show=".6f",
        note="λg = .01, .03 and .05.",
    ),
    claim(
        id="ks.prop7.appendix-capital-share",
        source="Appendix A.1",
        page=43,
        statement="Where capital grows at λg/(1−σ), the capital share tends to one.",
        reported=Exact("one", 1),
        compute=lambda: late("capital_share", map(constant, _CASE_3)),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(Planted(f"{PATH}.capital_share", scale(1.05), "the capital share 5% too high"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="It tends to [s∞A/(λg/(1−σ)+δ)]^((σ−1)/σ), below one, as the same appendix found "
            "before. The growth rate that is derived does not depend on it.",
            instead=on_path(
                "one less the labour share", [1 - _printed_share(rate) for rate in _CASE_3]
            ),
            proof=f"{RACE}#prp-ks-race-7",
        ),
        show=".6f",
        note="λg = .01, .03 and .05.",
    ),
    claim(
        id="ks.prop7.edge",
        source="Appendix A.1, under (24) and at its end",
        page=42,
        statement="At λg = s∞A − δ, too, the economy enters region 2 and the wage falls to A.",
        reported=Exact("w = A", A),
        compute=lambda: constant(0.18).wage(np.array([500.0, 1000.0])),
        function=CONSTANT,
        anchor="rem-ks-race-edge",
        planted=(Planted(f"{PATH}.wage", lambda w: 0 * w + 0.5, "the wage A"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="With δ > 0 the border repels at λg = G: just above it k/ℓ rises at δ(1−Φ)/Φ. The "
            "wage tends to a constant above A, as the proposition says (case 2 holds λg = G).",
            instead=Range(0.75, 2.0, "above A", because="half as much again as A, or more"),
            proof=f"{RACE}#rem-ks-race-edge",
        ),
        show=".4f",
        note="A = .5; the wage after 500 and 1,000 years.",
    ),
    claim(
        id="ks.prop7.growth-optimal",
        source="Section 3.2, before Proposition 7 (implied)",
        statement="The growth rates hold with optimal saving too, for which s∞ is a stand-in.",
        reported=on_path("the rates of Proposition 7", [0.02, 0.06, 0.10, 0.16, 0.12, 0.06, 0.0]),
        compute=lambda: wage_growth(map(optimal, (*_CASE_3, *_CASE_2, 0.25))),
        anchor="prp-ks-race-optimal",
        planted=(rate_off, wage_bent),
        show=".6f",
        note="λg = .01, .03, .05, .10, .12, .15 and .25.",
    ),
    claim(
        id="ks.prop7.saving-rate",
        page=999,
        source="Section 3.2, before Proposition 7",
        statement="s∞ is the saving rate in the long run.",
        reported=on_path("s∞ = .56", S),
        compute=lambda: late("saving_rate", map(optimal, _CASE_3)),
        anchor="prp-ks-race-optimal",
        planted=(Planted(f"{PATH}.log_output", shift(0.5), "output 65% too high"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="In cases 1 and 2 it is. In case 3 growth is slower, and an optimising household "
            "saves less: (γ+δ) times the capital–output ratio, with γ = λg/(1−σ).",
            instead=on_path(
                "(γ+δ) K/Y",
                [
                    (2 * rate + DELTA) * ((0.14 + 4 * rate) / A) ** (1 - SIGMA) / (0.14 + 4 * rate)
                    for rate in _CASE_3
                ],
            ),
            proof=f"{RACE}#prp-ks-race-optimal",
        ),
        show=".4f",
        note="λg = .01, .03 and .05.",
    ),
    claim(
        id="ks.prop7.labor-share-optimal",
        page=999,
        source="Section 3.3 on Figure 8 (a), with Proposition 7 (implied)",
        statement="Business as usual is case 3: its labour share tends to that of the proposition.",
        reported=on_path("4/7 = .571", _printed_share(0.01)),
        compute=lambda: optimal(0.01).labor_share(np.array([10000.0, 20000.0])),
        anchor="prp-ks-race-optimal",
        planted=(share_off, rate_off),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="The formula assumes that s∞ is saved; the household of Figure 8 optimises. Then "
            "R → ρ + δ + ηλg/(1−σ) = .18, and the labour share tends to 1 − (R/A)^(1−σ).",
            instead=on_path("1 − (R/A)^(1−σ) = .40", 0.4),
            proof=f"{RACE}#prp-ks-race-optimal",
        ),
        show=".6f",
        note="The proposition states its assumption, and Figure 8 drops it.",
    ),
    claim(
        id="ks.prop7.proportional",
        page=999,
        source="Text under Proposition 7",
        statement="G = (A−ρ−δ)/η is proportional to the long-run saving rate.",
        reported=Exact("the same ratio", 1),
        compute=_growth_over_saving,
        function=LONG_RUN_SAVING,
        anchor="prp-ks-race-region-2",
        planted=(Planted(LONG_RUN_SAVING, shift(-0.2), "s∞ without depreciation"),),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="G = s∞A − δ: a line with a negative intercept, proportional only at δ = 0.",
            instead=Range(
                0.5, 0.95, "falls with η", because="the ratio at η = 3 and 4 over that at 2"
            ),
            proof=f"{RACE}#prp-ks-race-region-2",
        ),
        note="G/s∞ at η = 3 and 4, relative to η = 2. A loose word, nothing rests on it.",
    ),
    # Figure 7
    claim(
        id="ks.fig7.shape",
        source="Figure 7",
        statement="Long-run wage growth rises with λg, then falls, then is zero.",
        reported=Course("rises", "falls", "stays", text="up, down, then zero"),
        compute=lambda: wage_growth(map(constant, (0.01, 0.03, 0.05, 0.10, 0.12, 0.15, 0.2, 0.25))),
        function=CONSTANT,
        anchor="fig-ks-race-figure-7",
        planted=(
            Planted(f"{PATH}.log_wage", lambda w: -w, "the sign of the log of the wage wrong"),
        ),
        note="Simulated for eight rates from .01 to .25, at the constant saving rate s∞.",
    ),
    claim(
        id="ks.fig7.thresholds",
        source="Figure 7",
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
        page=999,
        source="Text on Figure 7",
        statement="In case 1 wage growth rises with the rate of automation.",
        reported=Course("rises"),
        compute=lambda: wage_growth(map(constant, (0.2, 0.22, 0.25))),
        function=CONSTANT,
        anchor="prp-ks-race-7",
        planted=(
            Planted(f"{PATH}.log_wage", lambda w: w * np.arange(1, 1 + np.size(w)), "a trend"),
        ),
        finding=Differs(
            kind=Kind.FALSE,
            quotation="TODO",
            assumptions="TODO",
            readings=("TODO",),
            because="Case 3 is meant: there growth is λg/(1−σ). In case 1 there is none.",
            instead=Exact("zero", 0),
            proof=f"{RACE}#prp-ks-race-7",
        ),
        show=".6f",
        note="λg = .20, .22 and .25. A slip of numbering.",
    ),
)
