"""Acemoglu (2024): the arithmetic against an identity and the race, the claims, the explorer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from aiecon import acemoglu as ac
from aiecon import korinek_suh as ks
from exhibits import ledger
from exhibits.acemoglu.counterweight import small_numbers, ten_years
from tests.told import says

SHARES = st.floats(0.01, 0.9)


@given(easy=SHARES, saving=SHARES, share=SHARES)
def test_equal_savings_in_hard_tasks_give_equation_14(easy, saving, share):
    p = ac.Parameters(profitable=share, easy=easy, labor_saving=saving, hard_saving=saving)
    assert_allclose(ac.tfp_with_hard_tasks(p), ac.tfp(p))


@given(share=SHARES, gain=st.floats(1e-4, 0.1))
def test_capital_in_proportion_keeps_its_ratio_to_output(share, gain):
    p = ac.Parameters(capital_share=share)
    output = ac.gdp(gain, p)
    assert_allclose(output, gain + share * output)  # (13) with d ln K = d ln Y


@pytest.mark.parametrize("horizon", [5.0, 20.0, None])
def test_the_saving_per_task_is_the_slope_of_output(horizon):
    p, h = ks.Parameters(), 1e-6
    low, high = (ks.equilibrium(4.6, 0.608 + x, p).output for x in (-h, h))
    assert_allclose(ten_years(horizon).saving, np.log(high / low) / (2 * h), rtol=1e-6)


def test_technology_alone_gives_less_than_with_capital():
    assert ten_years().technology < ten_years().output
    assert ten_years().technology < ten_years().saving * ten_years().tasks


@pytest.mark.parametrize("claim", ledger.claims("ac.*"), ids=lambda claim: claim.id)
def test_a_claim_has_its_verdict_and_its_check_can_fail(claim):
    assert claim.verdict().as_expected
    assert all(trial.noticed for trial in ledger.trials(claim))


def test_the_explorer_shows_the_model():
    p = ac.Parameters(profitable=0.5)
    assert f"productivity rises by {ac.tfp(p):.2%}" in small_numbers.description(profitable=0.5)
    assert small_numbers.samples().pixels < 0.5


@pytest.mark.parametrize("bad", [{"exposed": 1.2}, {"hard_saving": -0.1}, {"capital_share": 1.0}])
def test_bad_inputs_are_named(bad):
    with pytest.raises(ValueError, match=next(iter(bad))):
        ac.Parameters(**bad)


def test_what_the_figures_say():
    """The factors in the text alternatives, of both papers in turn."""
    p, race = ac.Parameters(), ten_years()
    bend = race.technology / (race.saving * race.tasks)
    pairs = (
        (ac.impacted(p), race.tasks),
        (ac.cost_saving(p), race.saving),
        (1.0, bend),
        (ac.gdp(1.0, p), race.output / race.technology),
        (ac.gdp(ac.tfp(p), p), race.output),
    )
    says("acemoglu/counterweight", "fig-ac-factors", *(x for pair in pairs for x in pair))
    flat = ks.equilibrium(4.6, np.array([0.608 + 0.25, 0.608 + 0.3])).output
    assert_allclose(*flat)  # the plateau is reached before a quarter more
