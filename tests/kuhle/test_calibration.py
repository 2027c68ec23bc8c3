"""The calibration, its data, the value of skill, time and the extrapolation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiecon import kuhle
from exhibits import ledger
from exhibits.kuhle.calibration import indifference
from tests.told import says

# Data ---------------------------------------------------------------------------------------------


def test_incomes_are_those_of_the_sources():
    assert kuhle.incomes(1975) == kuhle.Incomes(11_800, 13_779)
    assert kuhle.incomes(2024) == kuhle.Incomes(83_730, 121_000)
    assert kuhle.incomes(1975, "cpi-u").median == round(11_800 * 313.689 / 53.8)
    assert kuhle.incomes(1975, "cpi-u-rs").median == round(51_124 * 313.689 / 255.657)
    assert kuhle.incomes(1975, "cpi-u").mean == round(13_779 * 313.689 / 53.8 + 1e-9)
    pce = kuhle.macro("pce", 2024) / kuhle.macro("pce", 1975)
    assert kuhle.incomes(1975, "pce") == kuhle.Incomes(round(11_800 * pce), round(13_779 * pce))
    assert kuhle.incomes(1975, "cpi-u-rs").mean == round(59_698 * 313.689 / 255.657)


def test_deflating_leaves_the_ratio_of_mean_to_median():
    ratio = 13_779 / 11_800
    for deflator in kuhle.DEFLATORS:
        pair = kuhle.incomes(1975, deflator)
        assert pair.mean / pair.median == pytest.approx(ratio, rel=1e-4)


def test_an_unknown_year_is_refused():
    with pytest.raises(ValueError, match="there are 1975 nominal"):
        kuhle.incomes(1999)


def test_households_agree_with_the_two_years():
    data = kuhle.households()
    assert list(data.year) == [*range(1967, 2020), 2024]
    at = {int(y): i for i, y in enumerate(data.year)}
    assert (data.median[at[1975]], data.mean[at[1975]]) == (51_124, 59_698)
    # one dollar a column: that of 2019 in every row
    assert data.median[at[2024]] == pytest.approx(83_730 * 255.657 / 313.689, rel=1e-12)
    assert data.mean[at[2024]] == pytest.approx(121_000 * 255.657 / 313.689, rel=1e-12)
    assert abs(np.log(data.median[at[2024]] / data.median[at[2019]])) < 0.02  # no jump
    assert data.fifths[at[1975]].mean() == pytest.approx(13_779, abs=1)
    assert data.fifths[at[2024]].mean() == pytest.approx(121_026, abs=1)
    np.testing.assert_allclose(data.fifth_shares.sum(axis=1), 1.0, rtol=1e-12)
    assert (np.diff(data.fifths, axis=1) > 0).all()
    assert (data.ratio > 1).all()
    assert np.isnan(data.median_se[-1])
    assert np.isfinite(data.median_se[:-1]).all()


def test_tables_h3_and_h5_agree_with_each_other():
    """mean(2019$)/median(2019$) of H-5 against mean of the fifths (H-3) over the current median."""
    import csv
    from importlib.resources import files

    text = files("aiecon").joinpath("data/us_household_income.csv").read_text("utf8")
    rows = list(csv.DictReader(x for x in text.splitlines() if not x.startswith("#")))
    for row in rows[:-1]:
        year = int(row["year"])
        mean = sum(float(row[f"fifth_{i}"]) for i in range(1, 6)) / 5
        one = float(row["mean_2019"]) / float(row["median_2019"])
        other = mean / float(row["median"])
        known = {1967: 0.023, 1968: 0.004, 1969: 0.001, 1973: 0.011, 1983: 0.009}
        assert one / other == pytest.approx(1, abs=known.get(year, 1e-4)), year


def test_the_macro_series_are_complete_years():
    """Twelve months or four quarters of each year, and what they say of the two years."""
    import csv
    from collections import Counter
    from importlib.resources import files

    text = files("aiecon").joinpath("data/us_macro.csv").read_text("utf8")
    rows = list(csv.DictReader(x for x in text.splitlines() if not x.startswith("#")))
    counts = Counter((row["series"], row["date"][:4]) for row in rows)
    sizes = {"pce": 12, "gdp-per-head": 4, "cpi-u": 1}
    assert {size for (name, _), size in counts.items() if name == "pce"} == {12}
    assert all(size == sizes[name] for (name, _), size in counts.items())
    assert len({(row["series"], row["date"]) for row in rows}) == len(rows)
    # the PCE index rises less than the CPI-U (by 0.5 points a year), real output by 1.8% a year
    pce, cpi = (kuhle.macro(s, 2024) / kuhle.macro(s, 1975) for s in ("pce", "cpi-u"))
    assert 0.003 < np.log(cpi / pce) / 49 < 0.007
    growth = kuhle.macro("gdp-per-head", 2024) / kuhle.macro("gdp-per-head", 1975)
    assert growth == pytest.approx(68_681.25 / 28_061.25, rel=1e-12)
    assert 0.017 < np.log(growth) / 49 < 0.020


def test_what_is_kept_for_all_cannot_be_changed():
    data = kuhle.households()
    for name in ("year", "median", "mean", "median_se", "mean_se", "fifths"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(data, name)[:] = 0.0
    assert kuhle.jump_of_1993() == pytest.approx(0.0624, abs=5e-5)
    kuhle.dispersion_measures().clear()
    assert len(kuhle.dispersion_measures()) == 7


@pytest.mark.parametrize("deflator", ["nominal", "ppi", "", None, 3, ["pce"], np.nan])
def test_two_years_in_different_dollars_are_refused(deflator):
    """Nominal dollars made γ* 10.2 without a sign; the three and a new one are named."""
    for call in (kuhle.two_years, lambda d: kuhle.pivotal_economy(0.05, d)):
        with pytest.raises(ValueError, match=r"deflator = .*'pce', 'c-cpi-u', 'cpi-u-rs', 'cpi-u'"):
            call(deflator)


# Calibration --------------------------------------------------------------------------------------


def test_numbers_in_the_notes_of_the_rows():
    """What the ledger's notes say in words is computed here."""
    pairs = [kuhle.two_years(d) for d in kuhle.DEFLATORS]
    medians = [new.median / old.median for old, new in pairs]
    means = [new.mean / old.mean for old, new in pairs]
    assert [round(100 * (x - 1)) for x in (min(medians), max(medians))] == [22, 54]
    assert [round(100 * (x - 1)) for x in (min(means), max(means))] == [51, 91]
    assert [round(x, 2) for x in means] == [1.91, 1.77, 1.65, 1.51]
    old, new = kuhle.two_years()
    ranks = (0.5, None, 0.97725)
    growth = [kuhle.value_of_skill(new, p) / kuhle.value_of_skill(old, p) for p in ranks]
    assert [round(x, 1) for x in growth] == [2.2, 2.7, 4.0]
    nominal = kuhle.calibrate(11_800, 13_779)
    in_current_dollars = kuhle.value_of_skill(new, 0.5) / kuhle.value_of_skill(nominal, 0.5)
    assert in_current_dollars == pytest.approx(10.9, abs=0.05)
    rise = {name: after / before for name, (before, after) in kuhle.dispersion_measures().items()}
    by_shares = [x for name, x in rise.items() if "share" in name or "Gini" in name]
    assert [round(100 * (x - 1)) for x in (min(by_shares), max(by_shares))] == [17, 32]
    assert round(100 * (rise["mean over median, 1993 mended"] - 1)) == 39
    point = kuhle.value_of_skill(new, 0.5) / (kuhle.macro("pce", 2024) / kuhle.macro("pce", 2004))
    assert [round(point / x) for x in (616, 234)] == [5, 13]


def test_the_opportunity_cost_is_income_growth_times_technology():
    """×1.76 at the median is ×1.43 × ×1.23; at +1 and +2 sd technology's part is 1.67, 2.25."""
    from scipy.special import ndtr

    old, new = kuhle.two_years()
    ranks = ndtr(np.array([0.0, 1.0, 2.0]))
    before, after = (kuhle.opportunity_cost(e, ranks, 3.0, 3.0).total for e in (old, new))
    income = new.median / old.median
    part = after / before / income
    assert after[0] / before[0] == pytest.approx(1.76, abs=5e-3)
    assert income == pytest.approx(1.43, abs=5e-3)
    np.testing.assert_allclose(part, [1.23, 1.67, 2.25], atol=5e-3)
    # a second way: technology moved alone, the median of 2024 in both
    still = kuhle.Economy(old.technology, new.median, 0.0)
    moved = kuhle.Economy(new.technology, new.median, 0.0)
    a, b = (kuhle.opportunity_cost(e, ranks, 3.0, 3.0).total for e in (still, moved))
    np.testing.assert_allclose(b / a, part, rtol=1e-12)


def test_a_passing_part_of_income_divides_gamma_star():
    """γ* over lifetime incomes is γ*/φ where the passing part is a fixed share of the variance.

    Income exp(μ + √φ σ z + √(1−φ) σ ε_t): averaged over ε the person with z has a lifetime income
    with dispersion √φ σ and the same mean, so that its median is above the yearly one.
    """
    old, new = kuhle.two_years()
    star = float(kuhle.indifference_gamma(old, new))
    for share in (1.0, 0.7, 0.5):
        years = []
        for e in (old, new):
            nodes, weights = np.polynomial.hermite_e.hermegauss(80)
            weights = weights / weights.sum()
            passing = weights @ np.exp(np.sqrt(1 - share) * e.dispersion * nodes)
            years.append(kuhle.Economy(np.sqrt(share) * e.technology, e.median * passing, 0.0))
        lifetime = float(kuhle.indifference_gamma(*years))
        assert lifetime == pytest.approx(star / share, rel=1e-12)
        ce = [kuhle.certainty_equivalent(e, star / share) for e in years]
        assert ce[0] == pytest.approx(ce[1], rel=1e-12)
    assert star / 0.7 == pytest.approx(3.81, abs=5e-3)
    assert star / 0.5 == pytest.approx(5.34, abs=5e-3)


@given(
    median=st.floats(1.0, 1e6),
    ratio=st.floats(1.0, 20.0),
    mean=st.floats(-50, 150),
    sd=st.floats(1, 30),
)
@settings(max_examples=100, deadline=None)
def test_calibration_returns_what_it_was_given(median, ratio, mean, sd):
    economy = kuhle.calibrate(median, median * ratio, mean, sd)
    assert economy.median == pytest.approx(median, rel=1e-9)
    assert economy.mean == pytest.approx(median * ratio, rel=1e-9)
    assert economy.dispersion == pytest.approx(np.sqrt(2 * np.log(ratio)), abs=1e-7)


def test_calibration_of_an_equal_society():
    assert kuhle.calibrate(100.0, 100.0).technology == 0.0


def test_calibration_from_a_large_sample():
    economy = kuhle.Economy(0.0372, 1433.0)
    rng = np.random.default_rng(1975)
    estimates = []
    for _ in range(30):
        w = economy.scale * np.exp(economy.technology * (100 + 15 * rng.standard_normal(20_000)))
        estimates.append(kuhle.calibrate(np.median(w), w.mean()).technology)
    error = np.std(estimates, ddof=1) / np.sqrt(30)
    assert abs(np.mean(estimates) - economy.technology) < 4.5 * error


def test_gamma_star_by_deflator_and_technology():
    stars = [float(kuhle.indifference_gamma(*kuhle.two_years(d))) for d in kuhle.DEFLATORS]
    assert [round(x, 2) for x in stars] == [3.03, 2.67, 2.35, 1.92]
    old, new = kuhle.two_years()
    assert new.technology / old.technology == pytest.approx(1.541, abs=5e-4)
    nominal = kuhle.calibrate(11_800, 13_779)
    assert kuhle.indifference_gamma(nominal, new) == pytest.approx(10.19, abs=5e-3)


def test_the_unit_of_skill_cancels_and_its_zero_moves_the_scale():
    wide = kuhle.two_years(skill_sd=16.0)
    base = kuhle.two_years()
    assert wide[1].technology / wide[0].technology == pytest.approx(
        base[1].technology / base[0].technology, rel=1e-12
    )
    assert kuhle.indifference_gamma(*wide) == pytest.approx(kuhle.indifference_gamma(*base))
    assert base[1].scale < base[0].scale
    centred = kuhle.two_years(skill_mean=0.0)
    assert centred[1].scale > centred[0].scale  # B is then the median
    pivot = kuhle.pivot_skill(*base)
    at_pivot = kuhle.two_years(skill_mean=100 - pivot)
    assert at_pivot[1].scale == pytest.approx(at_pivot[0].scale, rel=1e-10)


@given(sigma=st.floats(0.05, 2.5), p=st.floats(0.01, 0.6))
@settings(max_examples=80, deadline=None)
def test_other_measures_of_dispersion_invert_their_closed_forms(sigma, p):
    economy = kuhle.Economy(sigma / 15, 300.0, 0.0)
    assert kuhle.dispersion_from_gini(economy.gini) == pytest.approx(sigma, rel=1e-8)
    top, bottom = kuhle.top_share(economy, p), kuhle.lorenz(economy, p)
    assert kuhle.dispersion_from_top_share(top, p) == pytest.approx(sigma, rel=1e-6, abs=1e-8)
    assert kuhle.dispersion_from_bottom_share(bottom, p) == pytest.approx(sigma, rel=1e-6)
    mean = kuhle.dispersion_from_mean(economy.median, economy.mean)
    assert mean == pytest.approx(sigma, rel=1e-9)


def test_indifference_scale_makes_gamma_star_what_is_asked():
    old, new = kuhle.two_years()
    factor = kuhle.indifference_scale(old, new, 2.5)
    pair = kuhle.incomes(1975, "c-cpi-u")
    scaled = kuhle.calibrate(pair.median * factor, pair.mean * factor)
    assert kuhle.indifference_gamma(scaled, new) == pytest.approx(2.5, rel=1e-10)


# The value of a point -----------------------------------------------------------------------------


def test_value_of_skill_is_the_derivative_of_income():
    _, new = kuhle.two_years()
    for p, z in ((0.5, 0.0), (0.8413447460685429, 1.0), (0.02275013194817921, -2.0)):
        s = 100 + 15 * z
        slope = (kuhle.income(new, s + 1e-4) - kuhle.income(new, s - 1e-4)) / 2e-4
        assert kuhle.value_of_skill(new, p) == pytest.approx(slope, rel=1e-7)


def test_expected_value_of_skill_against_simulation():
    _, new = kuhle.two_years()
    rng = np.random.default_rng(40)
    s = 100 + 15 * rng.standard_normal(200_000)
    gain = kuhle.income(new, s + 1e-3) - kuhle.income(new, s)
    sample = gain / 1e-3
    # a difference quotient of 1e-3 points is off by a share a/2·1e-3 = 3e-5
    error = 4.5 * sample.std() / np.sqrt(s.size) + 3e-5 * sample.mean()
    assert abs(sample.mean() - kuhle.value_of_skill(new)) < error


@given(rate=st.one_of(st.just(0.0), st.floats(-0.05, 0.3)), years=st.integers(0, 60))
@settings(max_examples=80, deadline=None)
def test_annuity_is_the_sum(rate, years):
    total = sum((1 + rate) ** -k for k in range(1, years + 1))
    assert kuhle.annuity(rate, years) == pytest.approx(total, rel=1e-7, abs=1e-12)


def test_annuity_is_continuous_at_zero():
    assert kuhle.annuity([-1e-12, 0.0, 1e-12]) == pytest.approx(40.0, rel=1e-9)


def test_opportunity_cost_year_by_year():
    _, new = kuhle.two_years()
    cost = kuhle.opportunity_cost(new, 0.5, 3, 2.0, horizon=40, rate=0.03)
    w = new.median
    total = sum(w * 1.03**-k for k in (1, 2, 3))
    total += sum(w * (1 - np.exp(-2 * new.technology)) * 1.03**-k for k in range(4, 41))
    assert cost.total == pytest.approx(total, rel=1e-12)
    assert kuhle.opportunity_cost(new, 0.5, 0, 0.0).total == 0.0


# Extrapolation ------------------------------------------------------------------------------------


def test_interval_covers_as_often_as_it_says():
    rng = np.random.default_rng(2050)
    hits, runs = 0, 2000
    for _ in range(runs):
        path = np.concatenate([[0.0], np.cumsum(0.006 + 0.014 * rng.standard_normal(60))])
        f = kuhle.extrapolate(np.arange(31), path[:31], [60], level=0.8)
        hits += bool(f.lower[0] <= path[60] <= f.upper[0])
    assert abs(hits / runs - 0.8) < 4.5 * np.sqrt(0.8 * 0.2 / runs)


def test_drift_is_the_slope_between_the_ends_and_gaps_count_their_years():
    year = [2000, 2001, 2002, 2003, 2008]
    f = kuhle.extrapolate(year, [0.0, 1.0, 1.5, 3.0, 8.0], [2010])
    assert f.drift == pytest.approx(1.0)
    assert f.centre[0] == pytest.approx(10.0)
    assert f.drift_se == pytest.approx(f.volatility / np.sqrt(8))
    by_hand = np.sqrt((0 + 0.25 + 0.25 + 0) / 3)
    assert f.volatility == pytest.approx(by_hand)


def test_leaving_a_break_out_lowers_the_drift():
    data = kuhle.households()
    sigma = kuhle.dispersion_from_mean(data.median, data.mean)
    later = data.year >= 1975
    whole = kuhle.extrapolate(data.year[later], sigma[later], [2050])
    without = kuhle.extrapolate(data.year[later], sigma[later], [2050], without=[1993])
    assert without.drift < whole.drift
    assert without.steps == whole.steps - 1
    jump = sigma[data.year == 1993] - sigma[data.year == 1992]
    assert float(jump[0]) > 4 * whole.volatility


def test_backtest_uses_only_what_was_known():
    data = kuhle.households()
    sigma = kuhle.dispersion_from_mean(data.median, data.mean)
    changed = sigma.copy()
    changed[data.year > 1990] += 0.1
    a = kuhle.backtest(data.year, sigma, [1985, 1990], 2019)
    b = kuhle.backtest(data.year, changed, [1985, 1990], 2019)
    np.testing.assert_array_equal(a[:, :3], b[:, :3])
    np.testing.assert_allclose(b[:, 3] - a[:, 3], 0.1)
    # a break is left out where it was known, as in the forecast that the chapter quotes
    mended = kuhle.backtest(data.year, sigma, [1990, 2000], 2019, without=(1993,))
    by_hand = kuhle.extrapolate(data.year[:34], sigma[:34], [2019], without=(1993,))
    assert data.year[33] == 2000
    assert mended[1, 1] == by_hand.centre[0]
    np.testing.assert_array_equal(mended[0], a[1])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: kuhle.calibrate(100.0, 90.0), "mean ≥ median"),
        (lambda: kuhle.calibrate(0.0, 90.0), "median > 0"),
        (lambda: kuhle.calibrate(80.0, 90.0, skill_sd=0.0), "skill_sd > 0"),
        (lambda: kuhle.calibrate(80.0, np.nan), "a finite mean"),
        (lambda: kuhle.calibrate([80.0, 90.0], [100.0, 80.0]), r"mean\[1\] = 80.0"),
        (lambda: kuhle.dispersion_from_gini(1.0), "0 ≤ gini < 1"),
        (lambda: kuhle.dispersion_from_top_share(1.0), "0 < share < 1"),
        (lambda: kuhle.dispersion_from_top_share(0.1, 0.2), "share = 0.1 .* share ≥ top"),
        (lambda: kuhle.dispersion_from_top_share([0.3, 0.1]), r"share\[1\] = 0.1"),
        (lambda: kuhle.dispersion_from_bottom_share(0.3, 0.2), "share = 0.3 .* share ≤ bottom"),
        (lambda: kuhle.dispersion_from_gini(-0.1), "0 ≤ gini < 1"),
        (lambda: kuhle.calibrate(100.0, 120.0, 1e6), "skill_mean = .* a scale B > 0"),
        (lambda: kuhle.calibrate(1e-300, 1e300), "mean = .* a number when divided"),
        (lambda: kuhle.indifference_scale(*kuhle.two_years(), 1e9), "a factor between"),
        (lambda: kuhle.incomes(["1975"]), "there are 1975 nominal"),
        (lambda: kuhle.macro("ppi", 1975), "there are pce 1975"),
        (lambda: kuhle.extrapolate([], [], [5]), "at least two years"),
        (
            lambda: kuhle.extrapolate([1, 2, 3, 4], [1, 2, 3, 4], [5], without=[9]),
            r"without\[0\] = 9",
        ),
        (lambda: kuhle.extrapolate([1, 2, 3, 4], [1, 2, 3, 4], [5], without="x"), "without = 'x'"),
        (lambda: kuhle.extrapolate([1, 2, 3, 4], [1, 2, 3, 4], [5], level="x"), "level = 'x'"),
        (lambda: kuhle.backtest([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [5], 4), "before the target"),
        (lambda: kuhle.opportunity_cost(kuhle.two_years()[0], 0.5, 1, 0, "x"), "horizon = 'x'"),
        (lambda: kuhle.dispersion_from_bottom_share(0.1, 0.0), "0 < bottom < 1"),
        (lambda: kuhle.annuity(-1.0), "rate > −1"),
        (lambda: kuhle.annuity(0.02, -1), "years ≥ 0"),
        (lambda: kuhle.value_of_skill(kuhle.two_years()[0], 1.0), "0 < p < 1"),
        (
            lambda: kuhle.opportunity_cost(kuhle.two_years()[0], 0.5, 50, 0.0),
            "horizon ≥ years_away",
        ),
        (
            lambda: kuhle.opportunity_cost(kuhle.two_years()[0], 0.5, 1, -1.0),
            "skill_lost ≥ 0",
        ),
        (lambda: kuhle.extrapolate([1, 2, 2, 3], [1, 2, 3, 4], [5]), "increasing years"),
        (lambda: kuhle.extrapolate([1, 2, 3], [1, 2, 3], [5]), "at least three changes"),
        (lambda: kuhle.extrapolate([1, 2, 3, 4], [1, 2, 3, 4], [4]), "years after the last"),
        (lambda: kuhle.extrapolate([1, 2, 3, 4], [1, 2, 3, 4], [5], level=1.0), "0 < level < 1"),
        (lambda: kuhle.backtest([1, 2, 3, 4], [1, 2, 3, 4], [9], 4), "a year of the series"),
    ],
)
def test_bad_input_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


# Measures of dispersion ---------------------------------------------------------------------------


def test_measures_agree_where_income_is_lognormal():
    economy = kuhle.Economy(0.0572, 1.0, 0.0, 15.0)
    shares = np.diff(kuhle.lorenz(economy, np.linspace(0, 1, 6)))
    sigma = economy.dispersion
    assert kuhle.dispersion_from_top_share(shares[4]) == pytest.approx(sigma, rel=1e-9)
    assert kuhle.dispersion_from_bottom_share(shares[0]) == pytest.approx(sigma, rel=1e-9)
    assert kuhle.grouped_gini(shares) < economy.gini  # what is inside the fifths is missing
    fine = np.diff(kuhle.lorenz(economy, np.linspace(0, 1, 20_001)))
    assert kuhle.grouped_gini(fine) == pytest.approx(economy.gini, abs=1e-4)


def test_measures_of_the_two_years():
    measures = kuhle.dispersion_measures()
    old, new = kuhle.two_years()
    assert measures["mean over median"] == (old.dispersion, new.dispersion)
    assert all(after > before for before, after in measures.values())
    largest = max(after / before for before, after in measures.values())
    assert largest == pytest.approx(new.technology / old.technology, rel=1e-3)
    mended = measures["mean over median, 1993 mended"]
    assert mended[0] - old.dispersion == pytest.approx(kuhle.jump_of_1993(), rel=1e-12)


@pytest.mark.parametrize("sigma", [0.0, 1e-12, 1e-9, 1e-6])
def test_small_dispersions_survive_the_gini_coefficient(sigma):
    """G = erf(σ/2) has no cancellation; 2N(σ/√2) − 1 lost everything below 10⁻¹⁶."""
    gini = kuhle.Economy(sigma, 1.0, 0.0, 1.0).gini
    assert gini == pytest.approx(sigma / np.sqrt(np.pi), rel=1e-9, abs=1e-320)
    assert kuhle.dispersion_from_gini(gini) == pytest.approx(sigma, rel=1e-12, abs=1e-320)


def test_equality_up_to_rounding_is_no_dispersion():
    third = 1 - 1 / 3 - 1 / 3  # one unit of rounding above 1/3
    assert third != 1 / 3
    for share, part in ((third, 1 / 3), (1 / 3, third)):
        assert kuhle.dispersion_from_top_share(share, part) == pytest.approx(0.0, abs=1e-15)
        assert kuhle.dispersion_from_bottom_share(share, part) == pytest.approx(0.0, abs=1e-15)
    assert kuhle.dispersion_from_mean(1.0, 1 - 2**-53) == 0.0
    assert kuhle.grouped_gini([third, 1 / 3, 1 / 3]) == pytest.approx(0.0, abs=1e-15)
    assert kuhle.grouped_gini([-1e-17, 0.5, 0.5]) == pytest.approx(1 / 3)
    above = 0.1 + 0.2  # more than 0.3
    economy = kuhle.two_years()[0]
    assert kuhle.opportunity_cost(economy, 0.5, above, 1.0, horizon=0.3).lost_later == 0.0


def test_shares_that_rounding_carries_over_one():
    over = 1 + 2**-52
    economy = kuhle.two_years()[1]
    assert kuhle.lorenz(economy, over) == kuhle.top_share(economy, over) == 1.0
    assert kuhle.generalised_lorenz(economy, over) == economy.mean
    assert kuhle.after_tax(economy, over).gini == 0.0
    assert kuhle.corrective_spending_tax(over) == np.inf
    assert kuhle.Race(economy, kuhle.Cost(1.0, 0.1), over).chi == 1.0


@pytest.mark.parametrize(
    "shares", [[0.5, 0.4], [[0.5, 0.5]], [], [0.5, 0.3, 0.2], [-0.1, 0.4, 0.7], "x", [np.nan, 1.0]]
)
def test_bad_shares_are_refused(shares):
    with pytest.raises(ValueError, match="shares"):
        kuhle.grouped_gini(shares)


# The chapter --------------------------------------------------------------------------------------


def test_the_baseline_fell_below_the_pivot_and_rose_above():
    pivot = float(kuhle.pivot_skill(*kuhle.two_years()))
    for origin, falls in ((pivot - 1, True), (pivot + 1, False)):
        old, new = kuhle.two_years(skill_mean=100 - origin)
        assert (new.scale < old.scale) == falls


def test_the_rank_from_which_a_point_tripled():
    tripled = ledger.claim("ku.cal.iq-point").finding.required()
    for rank, deflator in zip(tripled, kuhle.DEFLATORS, strict=True):
        old, new = kuhle.two_years(deflator)
        growth = kuhle.value_of_skill(new, rank) / kuhle.value_of_skill(old, rank)
        assert growth == pytest.approx(3.0, rel=1e-9)


def test_bringing_estimates_to_prices_of_2024_makes_the_gap_smaller():
    assert kuhle.macro("pce", 2024) > kuhle.macro("pce", 2004)


def test_the_row_on_time_is_technologys_part():
    old, new = kuhle.two_years()
    still, moved = (
        kuhle.opportunity_cost(
            kuhle.Economy(e.technology, new.median, 0.0), [0.5, 0.8413, 0.9772], 3, 3.0
        ).total
        for e in (old, new)
    )
    ours = ledger.claim("ku.cal.time").verdict().ours
    np.testing.assert_allclose(ours + 1, moved / still, rtol=1e-3)


def test_the_forecasts_of_the_figure():
    """Centres of 6.8 and 6.6 per cent in 2050, intervals from 6.0 to 7.6 and to 7.2."""
    data = kuhle.households()
    kept, sigma = data.year >= 1975, np.sqrt(2 * np.log(data.ratio))
    found = [
        kuhle.extrapolate(data.year[kept], sigma[kept], [2050], without=broken)
        for broken in ((), (1993,))
    ]
    ends = [[100 / 15 * x[0] for x in (f.centre, f.lower, f.upper)] for f in found]
    np.testing.assert_allclose(ends, [[6.8, 6.0, 7.6], [6.6, 6.0, 7.2]], atol=0.06)


def test_indifference_reproduces_the_stars_of_the_deflators():
    names = ("PCE index", "C-CPI-U chain", "CPI-U-RS", "CPI-U")
    for name, deflator in zip(names, kuhle.DEFLATORS, strict=True):
        text = indifference.description(**indifference.presets[name])
        star = float(kuhle.indifference_gamma(*kuhle.two_years(deflator)))
        assert f"γ* = {star:.2f}" in text
    assert indifference.samples().pixels < 0.1  # the page holds both dispersions to 5e-5


# Captions and text alternatives -------------------------------------------------------------------


def test_what_the_figures_say():
    chapter = "kuhle/calibration"
    old, new = kuhle.two_years()
    worth = [float(kuhle.certainty_equivalent(e, 4.0)) for e in (old, new)]
    said = (old.median, new.median, old.mean, new.mean, *worth)
    says(chapter, "fig-ku-cal-distributions", *(x / 1e3 for x in said))
    pairs = [kuhle.two_years(name) for name in ("pce", "c-cpi-u", "cpi-u-rs", "cpi-u")]
    grown = [float(after.mean / before.mean) for before, after in pairs]
    stars = [float(kuhle.indifference_gamma(*pair)) for pair in pairs]
    says(chapter, "fig-ku-cal-gamma", min(grown), max(grown), *grown, *stars)
    data = kuhle.households()
    at = {int(y): i for i, y in enumerate(data.year)}
    fifths = []
    for economy, year in ((old, 1975), (new, 2024)):
        fifths += [
            *data.fifth_shares[at[year]],
            *np.diff(kuhle.lorenz(economy, np.linspace(0, 1, 6))),
        ]
    says(chapter, "fig-ku-cal-fifths", *fifths)
    assert fifths[5] / fifths[0] == pytest.approx(2, abs=0.2)  # twice what it had
    value = [
        float(kuhle.value_of_skill(e, p)) / 1e3 for e, p in ((old, 0.02), (old, 0.98), (new, 0.02))
    ]
    middle = float(kuhle.value_of_skill(new, 0.5)) / 1e3
    lifetime = [middle * float(kuhle.annuity(rate)) for rate in (0.0, 0.02, 0.04)]
    says(chapter, "fig-ku-cal-value", *value, middle, *lifetime)
    assert kuhle.value_of_skill(new, 0.98) > 20_000
    sigma, year = np.sqrt(2 * np.log(data.ratio)), data.year
    seen = [100 / 15 * sigma[at[y]] for y in (1967, 1992, 1993, 2019, 2024)]
    since = year >= 1975
    fans = [
        kuhle.extrapolate(year[since], sigma[since], np.arange(2025, 2051), without=years)
        for years in ((), (1993,))
    ]
    ends = [100 / 15 * np.array([x.centre[-1], x.lower[-1], x.upper[-1]]) for x in fans]
    centres = (ends[0][0], ends[1][0])
    says(chapter, "fig-ku-cal-series", *seen, *centres, *ends[0][1:], *ends[1][1:])
