"""The four scenarios: dates, the weight of the bout, sensitivity, explorers."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from aiecon import korinek_suh as ks
from aiecon.korinek_suh.dynamics import scenarios, welfare
from aiecon.korinek_suh.dynamics.backward_integration import integrate_backwards
from aiecon.korinek_suh.dynamics.scenario_sensitivity import preferences, sensitivity
from exhibits.korinek_suh.scenarios import automation, economy
from tests.told import assert_said

PANELS = "abcd"


# Dates --------------------------------------------------------------------------------------------


def test_known_paths():
    """Consumption at the start and the date of region 2, known to ten digits."""
    for panel, consumption, date in (
        ("b", 1.6011726097, 18.6130644159),
        ("c", 1.4380419721, 3.5793734894),
    ):
        path = scenarios.solved(panel)
        assert_allclose(path.consumption(0.0), consumption, rtol=1e-9)
        assert_allclose(path.region_changes[0].date, date, rtol=1e-8)


@pytest.mark.parametrize("panel", ["e", ["a"], {"a"}, None, 0])
def test_solved_refuses_other_panels(panel):
    with pytest.raises(ValueError, match=r"panel = .* one of a, b, c, d"):
        scenarios.solved(panel)


@pytest.mark.parametrize("panel", "bc")
def test_entry_is_where_the_tasks_left_are_one_in_the_factors(panel):
    path = scenarios.solved(panel)
    found = scenarios.wage_collapse(path)
    left = 0.392 * (1 - found.entry / path.automation.horizon)
    assert_allclose(left, 1 / (1 + path.capital(found.entry)), rtol=1e-7)


def test_peak_is_where_the_balancing_rate_is_saved():
    path = scenarios.solved("b")
    t = scenarios.wage_collapse(path).peak_date
    net = path.saving_rate(t) - 0.1 * path.capital(t) / path.output(t)
    balancing = ks.balancing_saving_rate(path.capital(t), path.share(t), 0.392 / 20)
    assert_allclose(net, balancing, rtol=1e-7)


@pytest.mark.parametrize("panel", PANELS)
def test_collapse_says_what_the_path_does(panel):
    path, found = scenarios.solved(panel), scenarios.wage_collapse(scenarios.solved(panel))
    t = np.linspace(0, 40, 4001)
    wages = path.wage(t)
    if panel == "a":
        assert np.isinf(found.entry)
        assert np.isnan(found.fall)
        assert np.all(np.diff(wages) > 0)
        return
    before = t < found.entry
    assert wages[before].max() <= found.peak_wage * (1 + 1e-12)
    assert_allclose(wages[before].max(), found.peak_wage, rtol=1e-6)
    assert_allclose(path.wage(found.half_date), (found.peak_wage + 0.5) / 2)
    assert_allclose(path.wage(found.entry), 0.5, rtol=1e-6)
    assert_allclose(found.fall, 1 - 0.5 / found.peak_wage)
    inside = (t > found.entry) & (t < found.back)
    assert np.all(wages[inside] == 0.5)
    assert np.all(wages[t > found.back] > 0.5)


def test_collapse_without_a_peak_above_the_floor():
    """From region 2 on there is nothing to fall from."""
    path = ks.solve_transition(ks.Bounded(20.0), K0=0.5)
    assert path.region(0.0) == 2
    with np.errstate(all="raise"):
        found = scenarios.wage_collapse(path)
    assert found.peak_wage >= 0.5


def test_many_collapses_are_those_of_each():
    horizons, etas = np.array([5.0, 12.0, 20.0]), np.array([1.2, 2.0, 3.0])
    many = scenarios.collapses(ks.solve_transitions(ks.Bounded(horizons), eta=etas), until=22)
    for i, (T, eta) in enumerate(zip(horizons, etas, strict=True)):
        one = scenarios.wage_collapse(
            ks.solve_transition(ks.Bounded(T), params=ks.Parameters(eta=eta))
        )
        assert_allclose(many.entry[i], one.entry, rtol=1e-6)
        assert_allclose(many.half_date[i], one.half_date, rtol=1e-4)
        assert_allclose(many.fall[i], one.fall, rtol=1e-4)
        assert abs(many.peak_date[i] - one.peak_date) <= 0.02
        assert many.back[i] == one.back == np.inf


def test_many_returns_are_those_of_each():
    weights = np.array([0.5, 0.8, 0.9])
    many = scenarios.collapses(ks.solve_transitions(ks.Mixed(weights)), until=15)
    assert np.isinf(many.entry[0])
    assert np.isinf(many.back[0])
    assert np.isnan(many.fall[0])
    for i in (1, 2):
        path = ks.solve_transition(ks.Mixed(weights[i]))
        assert_allclose(many.back[i], scenarios.return_date(path), atol=1e-3)


def test_many_collapses_without_a_path():
    """NaN where utility is infinite, and a clear refusal of a range that is too short."""
    paths = ks.solve_transitions(ks.Bounded(20.0), eta=np.array([0.5, 2.0]))
    found = scenarios.collapses(paths, until=20)
    assert np.isnan(found.entry[0])
    assert np.isnan(found.back[0])
    assert found.entry[1] < 20
    with pytest.raises(ValueError, match="until"):
        scenarios.collapses(paths, until=10)
    with pytest.raises(ValueError, match="step"):
        scenarios.collapses(paths, until=20, step=0.0)


# The weight ---------------------------------------------------------------------------------------


def test_weight_of_the_scenario_is_the_one_identified():
    assert round(scenarios.weight_for_return(9.0), 3) == scenarios.WEIGHT


@pytest.mark.parametrize("date", [5.5, 8.5, 14.0])
def test_weight_brings_the_return_back(date):
    path = ks.solve_transition(ks.Mixed(scenarios.weight_for_return(date)))
    assert_allclose(scenarios.return_date(path), date, atol=1e-3)


@pytest.mark.parametrize(("weight", "year"), [(0.8, 6.4), (0.877, 8.98), (0.95, 14.02)])
def test_the_date_of_the_return_is_the_weights(weight, year):
    """The text's "around year 9" holds for one of the three: not identified without the weight."""
    found = scenarios.return_date(ks.solve_transition(ks.Mixed(weight)))
    assert_allclose(found, year, atol=0.01)


@pytest.mark.parametrize("weight", [0.75, 0.8, 0.877, 0.95, 0.99, 0.999])
def test_with_twenty_years_nothing_returns_around_year_nine(weight):
    """So of the horizons of "the previous two cases", 20 and 5, the bout must have 5."""
    path = ks.solve_transition(ks.Mixed(weight, horizon=20.0))
    assert all(change.date > 18 for change in path.region_changes)


@pytest.mark.parametrize(
    ("panel", "end", "gain"), [("a", 150, 0.16), ("b", 20, 1.21), ("d", 120, 5.33)]
)
def test_output_after_ten_years_by_a_second_method(panel, end, gain):
    automation, t = scenarios.SCENARIOS[panel].automation, np.array([0.0, 10.0])
    capital = np.exp(integrate_backwards(automation, float(end)).log_capital(t))
    output = ks.equilibrium(capital, automation.share(t)).output
    assert_allclose(output[1] / output[0] - 1, gain, atol=0.005)
    ours = scenarios.solved(panel).output(t)
    assert_allclose(output, ours, rtol=1e-6)


def test_output_after_ten_years_of_the_aggressive_scenario():
    """From year 5 on the path is known: wealth grows at G, and C = m W."""
    path, lasting = scenarios.solved("c"), 0.5 / 0.4
    capital = (path.capital(5.0) + lasting) * np.exp(0.18 * 5) - lasting
    assert_allclose(0.5 * (capital + 1) / path.output(0.0) - 1, 5.80, atol=0.005)


def test_words_that_the_ledger_does_not_test_are_said_with_their_numbers():
    """Numbers in the notes of rows on Figure 8."""
    back = scenarios.return_date(scenarios.solved("d"))
    bout, agi = scenarios.solved("d"), scenarios.solved("b")
    assert_allclose(np.diff(bout.log_wage([back, back + 1])), 0.33, atol=0.005)
    fall = scenarios.wage_collapse(agi)
    assert_allclose(fall.peak_wage / agi.wage(0.0) - 1, 0.30, atol=0.005)
    assert round(fall.peak_date) == 13
    assert agi.output(fall.peak_date) > 3 * agi.output(0.0)
    first = agi.wage(np.linspace(0, 1, 101))
    assert 0 < 1 - first.min() / first[0] < 1e-3


@pytest.mark.parametrize("date", [4.0, 5.0, 60.0])
def test_weight_refuses_dates_that_no_weight_gives(date):
    with pytest.raises(ValueError, match="date"):
        scenarios.weight_for_return(date)


@pytest.mark.parametrize(("weight", "rate"), [(0.877, 0.01), (0.5, 0.03), (0.95, 0.1)])
def test_mixture_of_distributions_has_the_same_path(weight, rate):
    """The printed mixture of whole distributions on one automation index."""
    printed, years = scenarios.mixture_weight(weight, horizon=5.0, rate=rate)
    g = 0.4
    tasks = ks.MixedTasks(
        printed, ks.BoundedTasks(log_max=g * (years + 5)), ks.ParetoTasks(decay=rate / g)
    )
    t = np.array([0.0, 1.0, 4.9, 5.0, 30.0])
    path = ks.Mixed(weight, 5.0, rate)
    assert_allclose(tasks.survival(np.exp(g * (years + t))), path.unautomated(t), rtol=1e-10)


def test_mixture_refuses_what_it_cannot_hold():
    for bad in ({"weight": 1.0}, {"weight": 0.5, "rate": 0.0}, {"weight": 0.5, "horizon": -1.0}):
        with pytest.raises(ValueError, match=list(bad)[-1]):
            scenarios.mixture_weight(**bad)


def test_tail_brings_scarcity_back_only_below_the_growth_of_capital():
    """λg < G: back some day; λg ≥ G: never. At equality there is a path as well."""
    found = [
        scenarios.return_date(ks.solve_transition(ks.Mixed(scenarios.WEIGHT, 5.0, rate)))
        for rate in (0.01, 0.1, 0.15, 0.18, 0.2)
    ]
    assert np.all(np.diff(found[:3]) > 0)
    assert found[3] == found[4] == np.inf


# Sensitivity --------------------------------------------------------------------------------------


def test_sensitivity_is_what_single_paths_say():
    found = sensitivity("b", 0.1)
    base = scenarios.wage_collapse(scenarios.solved("b"))
    assert_allclose(found.base.entry, base.entry, rtol=1e-6)
    i = found.names.index("eta")
    one = scenarios.wage_collapse(
        ks.solve_transition(ks.Bounded(20.0), params=ks.Parameters(eta=2.2))
    )
    assert_allclose(found.high.entry[i], one.entry, rtol=1e-6)
    assert_allclose(found.high.fall[i], one.fall, rtol=1e-4)
    i = found.names.index("initial")
    one = scenarios.wage_collapse(ks.solve_transition(ks.Bounded(20.0, initial=0.9 * 0.608)))
    assert_allclose(found.low.entry[i], one.entry, rtol=1e-6)


def test_only_capital_per_worker_matters():
    """K₀ a tenth higher and L lower by the factor 1/1.1 are the same economy on another scale."""
    more = scenarios.wage_collapse(ks.solve_transition(ks.Bounded(20.0), K0=1.1 * 4.6))
    less = scenarios.wage_collapse(
        ks.solve_transition(ks.Bounded(20.0), params=ks.Parameters(L=1 / 1.1))
    )
    assert_allclose(more.entry, less.entry, rtol=1e-9)
    assert_allclose(more.peak_wage, less.peak_wage, rtol=1e-9)


def test_sensitivity_refuses_large_changes():
    with pytest.raises(ValueError, match="change"):
        sensitivity("d", 0.2)


def test_preferences_have_a_path_where_utility_is_finite():
    etas, rhos = np.array([0.7, 0.95, 2.0]), np.array([0.01, 0.04])
    found = preferences(etas, rhos)
    finite = (1 - etas) * (0.4 - rhos[:, None]) / etas < rhos[:, None]
    assert np.array_equal(np.isfinite(found.entry), finite)
    assert_allclose(found.entry[1, 2], scenarios.solved("b").region_changes[0].date, rtol=1e-7)


# Explorers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("explorer", [automation, economy], ids=lambda e: e.name)
def test_presets_are_the_panels(explorer):
    assert len(explorer.presets) == 4
    for panel, given in zip(PANELS, explorer.presets.values(), strict=True):
        text, path = explorer.description(**given), scenarios.solved(panel)
        for change in path.region_changes:
            assert f"year {change.date:.1f}" in text
        assert f"wage is {path.wage(25.0):.{0 if path.wage(25.0) > 10 else 1}f}" in text
        at = explorer.at(explorer.setting(given))
        t = at["year"]
        for name in ("wage", "output", "labor_share"):
            assert_allclose(at[name], getattr(path, name)(t), rtol=1e-4, atol=1e-6)
        assert_allclose(at["tasks"], path.unautomated(t), atol=1e-9)
        assert_allclose(at["log_K"], path.log_capital(t), atol=1e-4)


def test_explorer_without_return():
    """λg above the growth of capital: labour is never scarce again."""
    say = automation.description
    assert "not scarce again in the picture" in say(weight=scenarios.WEIGHT, horizon=5, rate=0.2)
    assert "remains scarce in all" in say(weight=0.5, horizon=5)
    assert "remains scarce in all" in say(weight=1.0, horizon=40)  # region 2 begins later


def test_explorer_between_its_ends():
    """ω just above 0 and just below 1 is near the scenarios at the ends."""
    for weight, end in ((1e-6, 0.0), (1 - 1e-6, 1.0)):
        near, there = (automation.at(automation.setting({"weight": w})) for w in (weight, end))
        assert_allclose(near["log_K"], there["log_K"], atol=1e-4)
        assert_allclose(near["labor_share"], there["labor_share"], atol=1e-3)


def test_collapse_fields_are_all_compared():
    """A field added to the record is noticed here: the tests above go by name."""
    names = [field.name for field in fields(scenarios.Collapse)]
    assert names == ["peak_date", "peak_wage", "half_date", "entry", "back", "fall"]
    base = scenarios.wage_collapse(scenarios.solved("b"))
    assert replace(base, back=1.0) != base


# What is said of the figures ----------------------------------------------------------------------

PAGE = "korinek_suh/scenarios"


def test_caption_of_figure_8_says_what_the_model_gives():
    path = {panel: scenarios.solved(panel) for panel in PANELS}
    output = {panel: path[panel].output([0.0, 25.0]) for panel in PANELS}
    wage = {panel: path[panel].wage([0.0, 25.0]) for panel in PANELS}
    b, c, d = (scenarios.wage_collapse(path[panel]) for panel in "bcd")
    told = (
        "output rises from {:.1f} to {:.1f}".format(*output["a"]),
        "the wage bill from {:.1f} to {:.1f}".format(*wage["a"]),
        f"output rises to {output['b'][1]:.0f}",
        f"rises to {b.peak_wage:.1f}, falls from year {b.peak_date:.0f} to",
        f"0.5 at year {b.entry:.1f}",
        f"to 0.5 by year {c.entry:.1f} while output reaches {output['c'][1]:.0f}",
        f"to 0.5 by year {d.entry:.1f}, stays until year {d.back:.0f}",
        f"climbs to {wage['d'][1]:.0f}",
        f"ω = {scenarios.WEIGHT}",
    )
    assert_said(PAGE, "fig-ks-scen-figure8", *told, given="2 8 25")


def test_captions_of_the_weight_and_of_what_is_unseen_say_what_the_model_gives():
    low, middle, high = (scenarios.weight_for_return(year) for year in (8.5, 9.0, 9.5))
    barely, late = (
        ks.solve_transition(ks.Mixed(weight)).region_changes for weight in (0.743, 0.965)
    )
    assert ks.solve_transition(ks.Mixed(0.735)).region_changes == ()
    told = (
        f"from year {barely[1].date:.0f} at weight 0.74 to {late[1].date:.0f} at 0.965",
        f"falls from {barely[0].date:.0f} to {late[0].date:.1f}",
        f"at weights {low:.3f} and {high:.3f}",
        f"year 9 at {middle:.3f}",
    )
    given = "0.01 0.70 0.74 0.97 1 2 5 8.5 9 9.5"
    assert_said(PAGE, "fig-ks-scen-omega", *told, given=given)

    path = {panel: scenarios.solved(panel) for panel in PANELS}
    later = {panel: path[panel].labor_share(25.0) for panel in PANELS}
    bottom = path["d"].labor_share(np.linspace(0, 25, 2501)).min()
    interest = {panel: 100 * path[panel].interest_rate([0.0, 25.0]) for panel in "bcd"}
    assert max(later["b"], later["c"]) < 0.01
    assert_allclose(100 * path["a"].interest_rate(25.0), 7, atol=0.1)
    told = (
        f"a hump to {scenarios.wage_collapse(path['b']).peak_wage:.1f} and a fall to 0.5 in (b)",
        f"a rise to {path['d'].wage(25.0):.0f} from year 9",
        f"fall from {path['a'].labor_share(0.0):.2f}: to {later['a']:.2f} in (a)",
        f"to {bottom:.2f} and back to {later['d']:.2f} in (d)",
        f"to {path['c'].saving_rate(25.0):.2f}, from {path['b'].saving_rate(0.0):.2f} in (b)",
        f"from {path['c'].saving_rate(0.0):.2f} in (c)",
        "from {:.0f} to {:.0f} per cent".format(*interest["b"]),
        f"again to {interest['d'][1]:.0f}",
    )
    assert_said(PAGE, "fig-ks-scen-unseen", *told, given="0 0.5 0.877 2 25")


def test_captions_of_sensitivity_say_what_the_model_gives():
    b, d = sensitivity("b"), sensitivity("d")
    moved = {n: (b.low.entry[i], b.high.entry[i]) for i, n in enumerate(b.names)}
    by_size = sorted(moved, key=lambda n: -abs(np.subtract(*moved[n])))
    assert by_size[:2] == ["horizon", "A"]  # as they stand in the picture
    others = [abs(x - b.base.entry) for n, pair in moved.items() if n != "horizon" for x in pair]
    assert max(others) < 0.5
    falls = {n: (b.low.fall[i], b.high.fall[i]) for i, n in enumerate(b.names)}
    widest = sorted(falls, key=lambda n: -abs(np.subtract(*falls[n])))[:3]
    assert set(widest) == {"A", "eta", "initial"}
    ends = [100 * end(falls[n][k] for n in widest for k in (0, 1)) for end in (min, max)]
    i = d.names.index("weight")
    told = (
        "year {:.1f} to {:.1f}".format(*moved["horizon"]),
        "between {:.0f} and {:.0f} per cent".format(*ends),
        f"from year {d.low.back[i]:.1f} to {d.high.back[i]:.1f}",
    )
    assert abs(np.subtract(*falls["sigma"])) < 0.002  # "hardly"
    assert_said(PAGE, "fig-ks-scen-tornado", *told, given="2 10")

    etas = np.linspace(1, 5, 81)
    row = preferences(etas, np.array([0.04]))
    at_year, at_fall = (
        [np.interp(-level, -values[0], etas) for level in levels]
        for values, levels in ((row.entry, (19, 15)), (row.fall, (0.90, 0.75, 0.66)))
    )
    highest = 0.5 / (1 - 0.66) / scenarios.solved("a").wage(0.0) - 1
    told = (
        f"rises by as much as {highest:.0%}",
        "year 19 at eta {:.1f}, year 15 at {:.1f}".format(*at_year),
        "90 per cent at eta {:.1f}, 75 at {:.1f}, 66 at {:.1f}".format(*at_fall),
    )
    assert_said(PAGE, "fig-ks-scen-preferences", *told, given="0 0.04 0.1 0.75 2 5 66")


def test_caption_of_who_gains_says_what_the_model_gives():
    worth = {panel: welfare.welfare(scenarios.solved(panel)) for panel in PANELS}
    factor = {p: {k: 1 + v for k, v in worth[p].gain_over(worth["a"]).items()} for p in "bcd"}
    told = (
        "{:.1f} in (b), {:.1f} in (c), {:.1f} in (d)".format(*(factor[p]["owner"] for p in "bcd")),
        "{:.1f}, {:.1f}, {:.1f}".format(*(factor[p]["household"] for p in "bcd")),
        "{:.2f}, {:.2f}, {:.2f}".format(*(factor[p]["worker"] for p in "bcd")),
        "{:.2f}, {:.2f}, {:.2f}".format(*(factor[p]["hand_to_mouth"] for p in "bcd")),
    )
    assert_said(PAGE, "fig-ks-scen-gains", *told, given="0.877 2")
