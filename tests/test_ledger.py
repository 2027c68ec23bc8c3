"""The ledger judged on a toy paper whose every number is known, then on the papers of the book."""

from __future__ import annotations

import csv
import dataclasses
import errno
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import html5lib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits import ledger
from exhibits.ledger import (
    ByConstruction,
    Claim,
    Course,
    Differs,
    Edition,
    Exact,
    Kind,
    NotIdentified,
    Number,
    OfTheBook,
    OutOfReach,
    Planted,
    Range,
    Shape,
    Sign,
    Verdict,
    planted,
    scale,
    shift,
    smallest_noticed,
    text,
)
from exhibits.ledger.__main__ import main
from exhibits.ledger.rows import counts, rows
from exhibits.ledger.verdicts import judge, judgement

from .conftest import NOT_THERE
from .toy_papers.solow import growth_claims as toy_claims
from .toy_papers.solow import model
from .toy_papers.solow.claims import PAPER
from .toy_papers.solow.growth_claims import text_output

ROOT = Path(__file__).resolve().parents[1]
TOY = "tests.toy_papers"
MODEL = "tests.toy_papers.solow.model"


def toy(id: str) -> Claim:
    return ledger.claim(id, package=TOY)


NOBODY = Edition("Nobody (1900)", "Read.", "All seen.", "None later.")


def claim_of(reported, ours, **changes) -> Claim:
    """A claim about a given result."""
    fields = {
        "id": "toy.made.up",
        "edition": NOBODY,
        "source": "nowhere",
        "statement": "s",
        "reported": reported,
        "compute": lambda: ours,
        "function": f"{MODEL}:output",
        "chapter": "solow/growth",
        "anchor": "a",
        "planted": (Planted(f"{MODEL}:output", scale(2), "twice"),),
    }
    return Claim(**(fields | changes))


# What is reported ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "value", "tolerance"),
    [
        ("1.949", 1.949, 0.001),
        (".8735", 0.8735, 0.0001),
        ("22", 22, 1),
        ("85%", 0.85, 0.01),
        ("−23%", -0.23, 0.01),
        ("-23%", -0.23, 0.01),
        ("+49.3%", 0.493, 0.001),
        ("−11.5 pp", -0.115, 0.001),
        ("11,800", 11800, 1),
    ],
)
def test_a_printed_number_carries_its_own_tolerance(printed, value, tolerance):
    number = Number(printed)
    assert number.value == pytest.approx(value, rel=1e-15)
    assert number.tolerance == pytest.approx(tolerance, rel=1e-12)
    assert number.holds(np.array(value + 0.999 * tolerance))
    assert number.holds(np.array(value - 0.999 * tolerance))
    assert not number.holds(np.array(value + 1.001 * tolerance))
    assert not number.holds(np.array(value - 1.001 * tolerance))
    assert number.gap(np.array(value + tolerance)) == pytest.approx(tolerance)


def test_the_edge_of_a_tolerance_belongs_to_it_whatever_the_rounding():
    assert Number("85%").holds(np.array(0.86))  # .86 − .85 is a little more than .01 in binary
    assert abs(0.86 - 0.85) > 0.01


def test_a_tolerance_of_ones_own_needs_a_reason():
    with pytest.raises(ValueError, match="because"):
        Number("5", tolerance=2)
    with pytest.raises(ValueError, match="because"):
        Exact("five", 5, tolerance=0.1)
    assert Number("5", tolerance=2, because="read off a figure").holds(np.array(6.9))


@pytest.mark.parametrize("printed", ["about 5", "", "ten", "5 years", "1e-3", "%"])
def test_what_is_no_printed_number_is_refused(printed):
    with pytest.raises(ValueError, match="printed"):
        Number(printed)


def test_an_array_must_hold_everywhere():
    number = Number("1.0")
    assert number.holds(np.array([0.95, 1.05]))
    assert not number.holds(np.array([0.95, 1.05, 1.2]))
    assert number.gap(np.array([0.95, 1.05, 1.2])) == pytest.approx(0.2)
    assert Exact("K + 1", [2.0, 3.0]).holds(np.array([2.0, 3.0]))
    assert not Exact("K + 1", [2.0, 3.0]).holds(np.array([2.0, 3.0 + 1e-8]))


@pytest.mark.parametrize(
    "reported",
    [
        Number("1"),
        Exact("one", 1),
        Range(-9, 9, "about zero"),
        Sign(">0"),
        Sign("≤0"),
        Course("rises"),
        Shape("any", lambda y: True),
    ],
)
def test_nan_never_holds(reported):
    assert not reported.holds(np.array([1.0, np.nan]))
    assert not reported.holds(np.array([np.nan, np.nan]))
    reported.describe(np.array([1.0, np.nan]))


def test_infinity_is_a_value():
    endless = Exact("∞", np.inf)
    assert endless.holds(np.array(np.inf))
    assert endless.gap(np.array(np.inf)) == 0
    assert not endless.holds(np.array(1e300))
    assert not endless.holds(np.array(-np.inf))
    assert not Exact("one", 1).holds(np.array(np.inf))
    assert Range(5, np.inf, "large").holds(np.array(np.inf))


@pytest.mark.parametrize(
    ("sign", "positive", "zero", "negative"),
    [(">0", 1, 0, 0), ("≥0", 1, 1, 0), ("<0", 0, 0, 1), ("≤0", 0, 1, 1)],
)
def test_signs(sign, positive, zero, negative):
    assert Sign(sign).holds(np.array(2.0)) == bool(positive)
    assert Sign(sign).holds(np.array(0.0)) == bool(zero)
    assert Sign(sign).holds(np.array(-2.0)) == bool(negative)


@pytest.mark.parametrize(
    ("course", "curve", "holds"),
    [
        (Course("rises"), [1, 2, 3], True),
        (Course("rises"), [1, 2, 2], False),
        (Course("rises", weak=True), [1, 2, 2, 3], True),
        (Course("rises", weak=True), [1, 2, 1, 3], False),
        (Course("rises", "falls"), [1, 2, 1], True),
        (Course("rises", "falls"), [1, 2, 3], False),
        (Course("rises", "falls"), [1, 2, 1, 2], False),
        (Course("falls", "stays"), [3, 2, 2, 2], True),
        (Course("rises", "falls", "rises"), [1, 2, 1, 4], True),
        (Course("stays"), [2, 2 + 1e-13, 2], True),
        (Course("rises"), [1e-20, 1e-10, 1], True),  # flat is relative to the neighbours
        (Course("rises"), [[1, 2], [2, 5]], True),
        (Course("rises"), [[1, 2], [5, 2]], False),
    ],
)
def test_courses(course, curve, holds):
    assert course.holds(np.array(curve, dtype=float)) == holds


def test_wrong_reports_are_refused():
    with pytest.raises(ValueError, match="low"):
        Range(3, 2, "3–2")
    with pytest.raises(ValueError, match="sign"):
        Sign("positive")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="steps"):
        Course("climbs")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="steps"):
        Course("rises", "rises")
    with pytest.raises(ValueError, match="two points"):
        Course("rises").holds(np.array(1.0))


def test_results_are_written_in_one_digit_more_than_printed():
    assert Number("85%").describe(np.array(0.8536)) == "85.4%"
    assert Number("−23%").describe_gap(-0.0021) == "−0.2 pp"
    assert Number("9", unit="years").describe(np.array(9.04)) == "9.0 years"
    assert Number("1.0").describe(np.array([0.95, 1.05])) == "0.95 to 1.05"
    assert Exact("zero", 0).describe_gap(3e-12) == "+3.0×10⁻¹²"
    assert Range(0.8, 0.83, ".80–.83").describe_gap(0.0) == "inside"


# Verdicts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "verdict"),
    [
        ("toy.text.output", Verdict.REPLICATED),
        ("toy.fig1.course", Verdict.IN_SHAPE),
        ("toy.prop1.share", Verdict.DIFFERS),
        ("toy.table1.capital", Verdict.DIFFERS),
        ("toy.fig2.doubling", Verdict.NOT_IDENTIFIED),
        ("toy.data.fit", Verdict.OUT_OF_REACH),
        ("toy.text.target", Verdict.BY_CONSTRUCTION),
        ("toy.text.ours", Verdict.OF_THE_BOOK),
    ],
)
def test_every_verdict_is_reached_and_expected(id, verdict):
    found = toy(id).verdict()
    assert found.verdict is verdict
    assert found.as_expected


def test_our_results_and_gaps():
    assert toy("toy.text.output").verdict().ours == pytest.approx(4)
    assert toy("toy.prop1.share").verdict().gap == pytest.approx(-0.5)
    assert toy("toy.table1.capital").verdict().gap == pytest.approx(-2)
    assert toy("toy.fig2.doubling").verdict().required == "s = 0.30"


EVIDENCE = {
    "kind": Kind.MISPRINT,
    "quotation": "capital earns one",
    "assumptions": "Cobb–Douglas output.",
    "readings": ("Net of depreciation it earns less still.",),
    "because": "A slip.",
    "instead": Exact("half", 0.5),
    "proof": "solow/growth#p",
}


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [
        (0.5, Verdict.DIFFERS),  # the printed value fails and ours is what we said
        (1.0, Verdict.REPLICATED),  # the printed value holds after all
        (0.6, Verdict.UNSETTLED),  # neither holds: no accusation without its proof
    ],
)
def test_what_differs_must_fail_as_printed_and_hold_as_corrected(ours, verdict):
    claim = claim_of(Exact("one", 1), ours, finding=Differs(**EVIDENCE), page=3)
    assert claim.verdict().verdict is verdict
    assert claim.verdict().as_expected == (verdict is Verdict.DIFFERS)


def test_what_fails_without_explanation_is_unsettled():
    found = claim_of(Exact("one", 1), 0.5).verdict()
    assert found.verdict is Verdict.UNSETTLED
    assert not found.as_expected


@pytest.mark.parametrize("finding", [ByConstruction("A target."), OfTheBook("It adds.")])
def test_what_is_built_in_or_our_own_is_checked_and_is_no_replication(finding):
    assert claim_of(Exact("one", 1), 1.0, finding=finding).verdict().as_expected
    wrong = claim_of(Exact("one", 1), 2.0, finding=finding).verdict()
    assert wrong.verdict is Verdict.UNSETTLED


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ({"kind": "misprint"}, "kind"),
        ({"kind": None}, "kind"),
        ({"quotation": ""}, "quotation"),
        ({"quotation": "one two three four five six seven eight nine ten eleven"}, "quotation"),
        ({"assumptions": " "}, "assumptions"),
        ({"readings": ()}, "readings"),
        ({"readings": ("",)}, "readings"),
        ({"readings": "a sentence, not a tuple"}, "readings"),
        ({"because": ""}, "because"),
        ({"instead": None}, "instead"),
        ({"instead": "half"}, "instead"),
        ({"proof": ""}, "proof"),
        ({"proof": "solow/growth"}, "proof"),
    ],
)
def test_a_row_cannot_differ_without_its_evidence(missing, named):
    with pytest.raises(ValueError, match=f"^{named} = "):
        Differs(**(EVIDENCE | missing))
    left_out = {name: value for name, value in EVIDENCE.items() if name != named}
    with pytest.raises(ValueError, match=f"^{named} = "):
        Differs(**left_out)


def test_a_row_that_differs_names_the_page_where_there_are_pages():
    with pytest.raises(ValueError, match="page = None"):
        claim_of(Exact("one", 1), 0.5, finding=Differs(**EVIDENCE))
    loose = dataclasses.replace(NOBODY, paged=False)
    claim_of(Exact("one", 1), 0.5, finding=Differs(**EVIDENCE), edition=loose)


@pytest.mark.parametrize("finding", [ByConstruction, OfTheBook])
def test_a_mark_needs_its_reason(finding):
    with pytest.raises(ValueError, match="say w"):
        finding(" ")


def test_a_quotation_is_looked_up_whatever_the_white_space(tmp_path):
    with pytest.raises(ValueError, match="folder"):
        ledger.not_in(["a"], tmp_path)
    (tmp_path / "paper.txt").write_text("the wage\n  rises first\nand falls", "utf8")
    assert ledger.not_in(["wage rises first and", "THE wage"], tmp_path) == []
    assert ledger.not_in(["wage falls first", "the wage"], tmp_path) == ["wage falls first"]


def test_the_passages_of_the_book_are_in_the_sources(source_texts):
    """Needs the papers' texts, which the book may not carry: AIECON_SOURCES names their folder.

    Without it pytest's last lines say that the quotations were not looked up.
    """
    quotations: dict[str, list[str]] = {}
    for claim in ledger.claims():
        if isinstance(claim.finding, Differs):
            quotations.setdefault(claim.paper, []).append(claim.finding.quotation)
    assert quotations
    if source_texts:
        for paper, passages in quotations.items():
            missing = ledger.not_in(passages, source_texts)
            if missing == passages:  # the folder does not have this paper
                NOT_THERE.append(paper)
            else:
                assert missing == []
        assert len(NOT_THERE) < len(quotations)


@pytest.mark.parametrize(
    ("at_required", "otherwise", "verdict"),
    [
        (1.0, 2.0, Verdict.NOT_IDENTIFIED),  # it depends on the missing input
        (1.0, 1.0, Verdict.REPLICATED),  # the missing input does not matter
        (2.0, 1.0, Verdict.UNSETTLED),  # what we say is required does not do it
        (2.0, 2.0, Verdict.UNSETTLED),
    ],
)
def test_not_identified_must_depend_on_the_missing_input(at_required, otherwise, verdict):
    finding = NotIdentified("x is not printed", lambda: 7, lambda: otherwise, "x = {}")
    assert claim_of(Exact("1", 1), at_required, finding=finding).verdict().verdict is verdict


def test_out_of_reach_rests_on_its_obstacle():
    there = OutOfReach("no data", lambda: True)
    gone = OutOfReach("no data", lambda: False)
    assert claim_of(Sign(">0"), 0, compute=None, finding=there).verdict().as_expected
    assert claim_of(Sign(">0"), 0, compute=None, finding=gone).verdict().verdict is (
        Verdict.UNSETTLED
    )


def test_unsettled_is_never_expected():
    everything = [*ledger.claims(), *ledger.claims(package=TOY)]
    assert all(claim.expected is not Verdict.UNSETTLED for claim in everything)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": "Fig 6"}, "id"),
        ({"planted": ()}, "planted"),
        ({"compute": None}, "compute"),
        ({"finding": OutOfReach("why", lambda: True)}, "compute"),
    ],
)
def test_a_malformed_claim_is_refused(changes, named):
    with pytest.raises(ValueError, match=named):
        claim_of(Exact("one", 1), 1.0, **changes)


def test_a_verdict_is_computed_once_and_forgotten_when_asked():
    calls = []
    claim = claim_of(Exact("one", 1), 1.0, compute=lambda: calls.append(1) or 1.0)
    assert claim.verdict() is claim.verdict()
    assert len(calls) == 1
    ledger.clear()
    claim.verdict()
    assert len(calls) == 2


def test_kernels_of_a_build_judge_once_and_a_planted_error_is_judged_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("AIECON_VERDICTS", str(tmp_path))
    kinds = ledger.claims("toy.*", package=TOY)
    ledger.clear()
    first = [c.verdict() for c in kinds]
    assert {file.name for file in tmp_path.iterdir()} == {c.id for c in kinds}
    ledger.clear()  # another kernel
    with monkeypatch.context() as there:
        there.setattr("exhibits.ledger.verdicts.judge", None)
        for before, after in zip(first, [c.verdict() for c in kinds], strict=True):
            assert (before.claim, before.verdict) == (after.claim, after.verdict)
            assert (before.gap, before.required) == (after.gap, after.required)
            np.testing.assert_array_equal(before.ours, after.ours)
    for trial in ledger.trials(toy("toy.text.output")):
        assert trial.noticed
    with planted(toy("toy.text.output").planted[0]):
        assert toy("toy.text.output").verdict().verdict is Verdict.UNSETTLED
    assert toy("toy.text.output").verdict().verdict is Verdict.REPLICATED
    ledger.clear()


# Planted errors -----------------------------------------------------------------------------------


def test_a_planted_function_is_wrong_wherever_it_is_named_and_right_afterwards():
    original = model.output
    assert toy_claims.output is original  # imported by name in another module
    with planted(Planted(f"{MODEL}:output", scale(1.05), "high")) as trace:
        assert model.output(4.0) == pytest.approx(4.2)
        assert toy_claims.output(4.0) == pytest.approx(4.2)
        assert model.output.__name__ == "output"
    assert trace.calls == 2
    assert model.output is original
    assert toy_claims.output is original


def test_a_planted_error_goes_even_when_the_block_raises():
    original = model.output
    with (
        pytest.raises(ZeroDivisionError),
        planted(Planted(f"{MODEL}:output", scale(2), "twice")),
    ):
        1 / 0  # noqa: B018
    assert model.output is original
    with (
        pytest.raises(ZeroDivisionError),
        planted(Planted(f"{MODEL}:Parameters.A", scale(2), "twice")),
    ):
        1 / 0  # noqa: B018
    assert model.Parameters().A == 2
    assert vars(model.Parameters)["A"] == 2


def test_caches_are_forgotten_on_both_sides():
    model.steady_state.cache_clear()  # other tests of the toy paper have filled it
    assert model.steady_state(0.2).share == pytest.approx(0.5)
    assert model.steady_state.cache_info().currsize == 1
    with planted(Planted(f"{MODEL}:Parameters.delta", scale(2), "twice")):
        assert model.steady_state(0.2).capital == pytest.approx(4)
    assert model.steady_state(0.2).capital == pytest.approx(16)


def test_a_formula_can_be_replaced():
    wrong = Planted(f"{MODEL}:output", instead=lambda K: 2 * K**0.6, says="exponent")
    with planted(wrong):
        assert model.output(4.0) == pytest.approx(2 * 4**0.6)


def test_a_field_reads_wrongly_in_old_and_new_instances_and_once():
    """The toy's ``__post_init__`` stores what it reads: that must not change the field twice."""
    with planted(Planted(f"{MODEL}:Parameters.A", scale(1.05), "high")) as trace:
        read = [model.BASELINE.A, model.Parameters().A, model.Parameters(A=4).A]
        assert read == pytest.approx([2.1, 2.1, 4.2])
        assert model.output(4.0) == pytest.approx(4.2)
    assert trace.calls == 4
    assert (model.BASELINE.A, model.Parameters().A, model.Parameters(A=4).A) == (2, 2, 4)


def test_fields_in_slots_properties_and_methods():
    slotted, steady = model.Slotted(), model.Steady(8.0, 0.5)
    assert steady.twice == 16  # now held by the instance
    with planted(Planted(f"{MODEL}:Slotted.share", shift(0.25), "more")):
        assert slotted.share == 0.5
        assert model.Slotted(0.5).share == 0.75
    assert slotted.share == 0.25
    for name, right, wrong in (
        ("capital_per_share", lambda: steady.capital_per_share, 32),
        ("twice", lambda: steady.twice, 32),
        ("times", lambda: steady.times(2), 32),
    ):
        with planted(Planted(f"{MODEL}:Steady.{name}", scale(2), "twice")):
            assert right() == wrong
        assert right() == 16


def test_scale_and_shift_act_on_the_named_fields():
    steady = model.Steady(8.0, 0.5)
    assert scale(2, "capital")(steady) == model.Steady(16.0, 0.5)
    assert shift(1, "capital", "share")(steady) == model.Steady(9.0, 1.5)


@pytest.mark.parametrize(
    ("target", "named"),
    [(f"{MODEL}:nothing", "nothing"), (f"{MODEL}:BASELINE", "not a function"), ("x", "target")],
)
def test_what_cannot_be_planted_is_refused(target, named):
    with pytest.raises(ValueError, match=named), ExitStack() as planting:
        planting.enter_context(planted(Planted(target, scale(2), "twice")))


def test_a_planted_error_needs_one_change_and_a_description():
    with pytest.raises(ValueError, match="either"):
        Planted(f"{MODEL}:output", says="nothing")
    with pytest.raises(ValueError, match="says"):
        Planted(f"{MODEL}:output", scale(2))


# The check that each claim can fail ---------------------------------------------------------------


def assert_can_fail(claim: Claim) -> None:
    """Each planted error is met by the computation and changes the verdict."""
    for trial in ledger.trials(claim):
        assert trial.noticed, f"{claim.id}: {trial}"


def assert_well_made(claim: Claim) -> None:
    """The computation calls the function that the claim names; some change would be noticed."""
    assert_notices_a_change(claim)
    assert ledger.calls_of_function(claim), f"{claim.id}: {claim.function} is not called"


def assert_notices_a_change(claim: Claim) -> None:
    if claim.expected is not Verdict.OUT_OF_REACH:
        assert smallest_noticed(claim) is not None, f"{claim.id} notices no change up to tenfold"


def with_planted(id: str, *errors: Planted, **changes) -> Claim:
    return dataclasses.replace(toy(id), planted=errors, **changes)


def test_an_error_too_small_to_notice_fails_the_check():
    claim = with_planted("toy.text.output", Planted(f"{MODEL}:output", scale(1.01), "1% too high"))
    with pytest.raises(AssertionError, match="NOT NOTICED"):
        assert_can_fail(claim)


def test_an_error_where_the_computation_does_not_pass_fails_the_check():
    claim = with_planted("toy.text.output", Planted(f"{MODEL}:steady_state", scale(2), "twice"))
    with pytest.raises(AssertionError, match="not met"):
        assert_can_fail(claim)


def test_an_error_that_raises_is_not_noticed():
    claim = with_planted("toy.text.output", Planted(f"{MODEL}:output", lambda y: 1 / 0, "bad"))
    with pytest.raises(ZeroDivisionError):
        ledger.trials(claim)
    assert model.output(4.0) == 4


def test_a_wrong_maker_and_a_deaf_check_fail():
    with pytest.raises(AssertionError, match="not called"):
        assert_well_made(dataclasses.replace(toy("toy.text.output"), function=f"{MODEL}:Steady"))
    deaf = dataclasses.replace(
        toy("toy.text.output"), reported=Shape("anything", lambda y: True), finding=None
    )
    with pytest.raises(AssertionError, match="notices no change"):
        assert_well_made(deaf)


@pytest.mark.parametrize("claim", ledger.claims(package=TOY), ids=lambda claim: claim.id)
def test_the_checks_of_the_toy_paper_can_fail(claim):
    assert_can_fail(claim)
    assert_well_made(claim)


# The smallest noticed change ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reported", "ours", "size", "how"),
    [
        (Number("4.0"), 4.0, 0.025, "scale"),  # .1/4, up or down
        (Number("85%"), 0.858, 0.002 / 0.858, "scale"),  # up to .86
        (Number("−23%"), -0.228, -0.008 / 0.228, "scale"),  # to −.22
        (Range(8.5, 9.5, "around nine"), 9.2, 0.3 / 9.2, "scale"),
        (Sign(">0"), 5.0, -1.0, "scale"),
        (Sign("<0"), -5.0, -1.0, "scale"),
        (Sign(">0"), [4.0, 1.0, 10.0], -1.0, "scale"),
        (Course("rises"), [0.0, 1.0, 2.0], 0.5, "any"),  # tilted, or one point moved
        (Course("rises", "falls"), [0.0, 4.0, 3.9, 1.0], 2.9 / 3.9, "one point"),  # 3.9 → 1
        (Course("rises"), [1.0, 2.0, 2.1, 3.0], 0.1 / 2.1, "one point"),  # 2.1 → 2
        (Exact("a curve", [1.0, 10.0]), [1.0, 10.0], 1e-9, "any"),
        (Exact("two", 2), 2.0, 1e-9, "scale"),
    ],
)
def test_smallest_noticed_by_hand(reported, ours, size, how):
    found = smallest_noticed(claim_of(reported, ours))
    assert found is not None
    assert abs(found.size) == pytest.approx(abs(size), rel=1e-6)
    assert how in (found.how, "any")
    assert found.relative


@pytest.mark.parametrize(
    ("reported", "ours", "size"),
    [
        (Number("85%"), 0.858, +1),  # .86 is nearer than .84
        (Number("85%"), 0.842, -1),
        (Number("−23%"), -0.228, -1),  # −.22: smaller in magnitude
        (Sign("<0"), -5.0, -1),
    ],
)
def test_the_sign_of_the_change_says_where_the_edge_is(reported, ours, size):
    found = smallest_noticed(claim_of(reported, ours))
    assert found is not None
    assert np.sign(found.size) == size


def test_one_point_of_many_is_noticed():
    """A long curve whose smallest relative step lies between points of the even choice."""
    ours = np.linspace(1.0, 2.0, 1001)
    ours[504] = ours[503] * (1 + 1e-6)
    found = smallest_noticed(claim_of(Course("rises"), ours))
    assert found is not None
    assert found.how == "one point"
    assert abs(found.size) == pytest.approx(1e-6, rel=1e-3)


def test_a_zero_within_an_array_stays():
    found = smallest_noticed(claim_of(Sign("≥0"), [0.0, 2.0]))
    assert found is not None
    assert found.relative
    assert found.size == pytest.approx(-1)


def test_a_zero_has_no_relative_change():
    found = smallest_noticed(claim_of(Exact("zero", 0), 0.0))
    assert found is not None
    assert not found.relative
    assert abs(found.size) == pytest.approx(1e-9)
    assert "absolute" in str(found)


def test_a_corrected_value_is_watched_on_its_own_tolerance():
    finding = Differs(**(EVIDENCE | {"instead": Range(0.4, 0.6, "about half")}))
    found = smallest_noticed(claim_of(Exact("one", 1), 0.5, finding=finding, page=3))
    assert found is not None
    assert abs(found.size) == pytest.approx(0.2)


def test_where_nothing_is_noticed_nothing_is_claimed():
    assert smallest_noticed(claim_of(Shape("anything", lambda y: True), 1.0)) is None
    assert smallest_noticed(toy("toy.data.fit")) is None


@given(value=st.floats(0.5, 100).map(lambda x: round(x, 2)), share=st.floats(-0.99, 0.99))
def test_smallest_noticed_of_a_number_is_the_way_to_the_nearest_edge(value, share):
    number = Number(f"{value:.2f}")
    ours = number.value + share * number.tolerance
    claim = claim_of(number, ours)
    found = smallest_noticed(claim)
    assert found is not None
    assert abs(found.size) == pytest.approx(number.tolerance * (1 - abs(share)) / ours, rel=1e-3)
    before = judge(claim, np.array(ours))
    assert judge(claim, np.array(ours * (1 + 0.999 * found.size))) is before
    assert judge(claim, np.array(ours * (1 + 1.001 * found.size))) is not before


# Finding claims -----------------------------------------------------------------------------------


def test_patterns_choose_and_a_wrong_one_is_named():
    assert [c.id for c in ledger.claims("toy.fig*", package=TOY)] == [
        "toy.fig1.course",
        "toy.fig2.doubling",
    ]
    with pytest.raises(ValueError, match=r"toy\.fig9.*toy\.fig"):
        ledger.claims("toy.fig9*", package=TOY)


def test_the_oldest_paper_stands_first():
    years = [re.search(r"\d{4}", claim.paper)[0] for claim in ledger.claims()]
    assert len(set(years)) > 1
    assert years == sorted(years)


def test_two_claims_with_one_id_are_refused():
    ledger.claims(package=TOY)
    with pytest.raises(ValueError, match=r"toy\.text\.output"):
        PAPER.claim(Number("4"), statement="Once more.")(text_output)


def test_a_claim_says_what_is_claimed():
    with pytest.raises(ValueError, match=r"toy\.fig7\.peak: no statement"):
        PAPER.claim(Number("4"), id="toy.fig7.peak")(lambda: 4.0)


def test_only_the_papers_that_are_asked_for_are_loaded():
    code = (
        "import sys; from exhibits import ledger; ledger.claims('ku.*'); "
        "sys.exit(any(m.startswith('exhibits.wang_wong.') and m.endswith('_claims') "
        "for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_values_for_prose(monkeypatch):
    monkeypatch.setattr(ledger.registry, "claim", toy)
    assert ledger.value("toy.text.output") == "4.00"
    assert ledger.value("toy.text.output", ".0f") == "4"
    assert ledger.value("toy.fig1.course") == "rises, then falls"
    with pytest.raises(ValueError, match="out of reach"):
        ledger.value("toy.data.fit")


# Faces --------------------------------------------------------------------------------------------


def parse(fragment: str):
    """The fragment as HTML's standard reads it; any parse error raises."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(
        f'<!doctype html><html lang="en"><head><title>t</title></head><body>{fragment}</body>'
        "</html>"
    )


def body_rows(tree):
    table = next(t for t in tree.iter("table") if t.attrib["class"] == "ledger-table")
    return table.find("tbody").findall("tr")


@pytest.mark.parametrize(
    "shown",
    [ledger.table("toy.*", package=TOY), ledger.full_table(package=TOY)],
    ids=["chapter", "full"],
)
def test_the_html_is_well_formed_and_says_everything_in_text(shown):
    tree = parse(shown._repr_html_())
    ids = Counter(e.attrib["id"] for e in tree.iter() if "id" in e.attrib)
    assert set(ids.values()) == {1}
    found = body_rows(tree)
    assert len(found) == 8
    for line, claim in zip(found, ledger.claims(package=TOY), strict=True):
        words = " ".join(line.itertext())
        assert line.attrib["id"] == f"claim-{claim.id}"
        assert claim.statement in words
        assert claim.expected.value in words
        assert claim.reported.printed in words
        tolerance = claim.reported.tolerance_text
        said_once = re.match("none: a|exact|steps below", tolerance)
        assert bool(said_once) != (tolerance in words)
        assert claim.note in words
        links = [a.attrib["href"] for a in line.iter("a")]
        assert f"#claim-{claim.id}" in links
        anchor = f"#{claim.anchor}" if claim.anchor else ""
        assert f"../solow/growth.html{anchor}" in links
    for table in tree.iter("table"):
        assert table.find("caption") is not None
        for head in table.iter("th"):
            assert head.attrib["scope"] in ("row", "col")


def test_causes_and_proofs_are_in_the_rows():
    tree = parse(ledger.table("toy.*", package=TOY)._repr_html_())
    words = " ".join("".join(tree.itertext()).split())
    assert "differs: false statement" in words
    assert "The paper’s words: capital earns all of output (Proposition 1, p. 5)." in words
    assert "With Cobb–Douglas output capital earns α." in words
    assert "What holds instead: α." in words
    assert "In force: Cobb–Douglas output, competitive factor prices." in words
    assert "Gross of depreciation, it earns α; net of it, less." in words
    assert "K = 4 was chosen so that output is four." in words
    assert "The paper has the level only." in words
    assert "The saving rate is not printed. It holds if s = 0.30." in words
    assert "The data are not public." in words
    assert (
        'href="../solow/growth.html#proof-1"'
        in ledger.table("toy.prop1*", package=TOY)._repr_html_()
    )


def test_a_second_table_on_a_page_can_do_without_ids():
    tree = parse(ledger.table("toy.*", anchors=False, package=TOY)._repr_html_())
    assert not [e for e in tree.iter() if "id" in e.attrib]


def test_the_counts_are_right_and_kinds_are_not_added_up():
    found = rows(ledger.claims(package=TOY))
    numbers = counts(found)["Solow & Toy (1956)"]
    assert {category for category, n in numbers.items() if n} == {
        "replicated",
        "replicated in shape",
        "differs: false statement",
        "differs: unexplained",
        "not identified",
        "out of reach",
        "by construction",
        "result of the book",
    }
    tree = parse(ledger.full_table(package=TOY)._repr_html_())
    table = next(t for t in tree.iter("table") if t.attrib["class"] == "ledger-counts")
    lines = [
        ("".join(tr.find("th").itertext()).lstrip("✓≈≠?–=+!"), *(td.text for td in tr.iter("td")))
        for tr in table.find("tbody").iter("tr")
    ]
    assert lines == [(c, "1", "1") for c, n in numbers.items() if n] + [("Statements", "8", "8")]
    assert ledger.summary("toy.*", package=TOY).startswith("1 replicated, 1 replicated in shape, ")
    assert ledger.summary("toy.prop1*", package=TOY) == "1 differs: false statement"


def test_a_chapter_shows_its_count_a_link_and_the_rows_that_differ():
    report = ledger.report("toy.*", package=TOY)
    tree = parse(report._repr_html_())
    assert [e.attrib["id"] for e in tree.iter("tr") if "id" in e.attrib] == [
        "claim-toy.prop1.share",
        "claim-toy.table1.capital",
    ]
    count = next(p for p in tree.iter("p") if p.attrib.get("class") == "ledger-count")
    words = "".join(count.itertext())
    assert words.startswith("Of 8 statements compared with what we get: 1 replicated")
    assert next(count.iter("a")).attrib["href"] == (
        "../reference/ledger.html?chapter=solow%2Fgrowth"
    )
    agree = ledger.report("toy.text.output", package=TOY)
    assert "<table" not in agree._repr_html_()
    for shown in (agree._repr_markdown_(), repr(agree)):
        assert shown == "Of 1 compared: 1 replicated."
    for shown in (report._repr_markdown_(), repr(report)):
        assert "toy.prop1.share" in shown
        assert "toy.fig1.course" not in shown


def test_what_was_read_stands_in_every_form():
    table = ledger.editions_table(package=TOY)
    for shown in (table._repr_html_(), table._repr_markdown_(), repr(table)):
        words = shown.replace("&amp;", "&")
        assert "Solow & Toy (1956)" in words
        assert "Nothing was unseen." in words
    known = [
        "Acemoglu (2024)",
        "Korinek & Suh (2024)",
        "Wang & Wong (2025)",
        "Chen & Meng (2026)",
        "Kuhle (2026)",
        "Reflexive AI Initiative (2026)",
    ]
    assert [edition for edition in ledger.editions() if edition in known] == known


def test_nothing_in_the_output_asks_another_host():
    shown = ledger.full_table(package=TOY)._repr_html_()
    assert "http:" not in shown
    assert "https:" not in shown


def test_the_terminal_table_fits_100_columns():
    long = claim_of(
        Exact("a very long printed statement in words, " * 3, 1),
        1.0,
        id="toy." + "-".join(["part"] * 20) + ".averyverylongwordwithoutanybreakinit",
    )
    found = rows([*ledger.claims(package=TOY), long])
    lines = text.terminal(found).splitlines()
    assert max(map(len, lines)) <= 100
    words = text.terminal(found)
    for claim in ledger.claims(package=TOY):
        assert claim.id in words  # short ids are never broken
        assert claim.expected.value in words


def test_markdown_has_a_row_per_claim():
    lines = ledger.table("toy.*", package=TOY)._repr_markdown_().splitlines()
    assert len([line for line in lines if line.startswith("| ")]) == 9


def test_csv_and_json_carry_every_field():
    found = rows(ledger.claims(package=TOY))
    table = list(csv.DictReader(io.StringIO(text.csv_text(found))))
    document = json.loads(text.json_text(found))
    assert [line["id"] for line in table] == [c.id for c in ledger.claims(package=TOY)]
    assert [line["id"] for line in document["claims"]] == [line["id"] for line in table]
    assert all(set(record) == set(table[0]) for record in document["claims"])
    first, last = document["claims"][0], document["claims"][5]
    assert first["ours_value"] == 4
    assert abs(first["smallest_noticed"]) == pytest.approx(0.025)  # either side: a tie
    assert last["ours_value"] is None
    assert document["counts"]["Solow & Toy (1956)"]["replicated"] == 1
    assert len(document["claims"][1]["ours_value"]) == 40
    differs, built, ours = (document["claims"][k] for k in (2, 6, 7))
    assert differs["verdict"] == "differs"
    assert differs["kind"] == "false statement"
    assert differs["quotation"] == "capital earns all of output"
    assert differs["readings"] == ["Gross of depreciation, it earns α; net of it, less."]
    assert differs["instead"] == "α"
    assert differs["proof"] == "solow/growth#proof-1"
    assert built["by_construction"] == "K = 4 was chosen so that output is four."
    assert ours["result_of_the_book"]
    assert not first["kind"]
    assert not first["result_of_the_book"]


def test_infinity_survives_json():
    document = json.loads(text.json_text(rows([claim_of(Exact("∞", np.inf), np.inf)])))
    assert document["claims"][0]["ours_value"] == "inf"


def test_the_command_line(capsys, tmp_path):
    files = [tmp_path / "out" / "ledger.csv", tmp_path / "out" / "ledger.json"]
    arguments = ["--package", TOY, "--csv", str(files[0]), "--json", str(files[1])]
    assert main([*arguments, "--sensitivity"]) == 0
    printed = capsys.readouterr().out
    assert "output 5% too high: unsettled" in printed
    assert "8 claims; 1 replicated, 1 replicated in shape" in printed
    assert max(map(len, printed.splitlines()[:20])) <= 100
    assert all(file.stat().st_size > 500 for file in files)
    assert files[0].read_bytes().startswith("\ufeff".encode())  # by which a spreadsheet knows UTF-8
    assert sorted(file.name for file in files[0].parent.iterdir()) == ["ledger.csv", "ledger.json"]
    again = [file.read_bytes() for file in files]
    assert main(arguments) == 0
    assert [file.read_bytes() for file in files] == again
    capsys.readouterr()
    assert main(["toy.fig*", "--package", TOY]) == 0
    assert "toy.text.output" not in capsys.readouterr().out


def test_the_command_line_fails_with_a_verdict_that_was_not_expected(capsys):
    with planted(Planted(f"{MODEL}:output", scale(1.05), "high")):
        assert main(["toy.text.output", "--package", TOY]) == 1
    streams = capsys.readouterr()
    assert "(expected:" in streams.out
    assert "toy.text.output: unsettled, expected: replicated" in streams.err
    assert main(["no.such.claim", "--package", TOY]) == 2


def test_the_module_runs_as_a_program():
    run = subprocess.run(
        [sys.executable, "-m", "exhibits.ledger", "toy.text*", "--package", TOY],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf8",
        env={"PYTHONIOENCODING": "utf8", "PYTHONPATH": str(ROOT / "lib"), "PATH": ""},
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "✓ replicated" in run.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_lacks_characters_gets_the_table_and_the_files(tmp_path, encoding):
    arguments = ["toy.text*", "--package", TOY, "--csv", str(tmp_path / "l.csv")]
    own = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT / "lib")}
    run = subprocess.run(
        [sys.executable, "-m", "exhibits.ledger", *arguments],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, **own},
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"? replicated" in run.stdout
    assert "✓" not in run.stdout.decode(encoding)
    assert (tmp_path / "l.csv").read_text("utf-8-sig").startswith("id,paper,")


def test_what_cannot_be_written_whole_leaves_the_old_file(capsys, tmp_path, monkeypatch):
    file = tmp_path / "ledger.csv"
    file.write_text("old")
    write = Path.write_bytes

    def full(path, content):
        write(path, content[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(["--package", TOY, "--csv", str(file)]) == 2
    streams = capsys.readouterr()
    assert "No space left on device" in streams.err
    assert "replicated" in streams.out
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.csv"]
    assert file.read_text() == "old"


def test_a_cell_that_no_spreadsheet_takes_stands_in_the_json_alone():
    values = np.linspace(1, 2, 9_000)
    found = rows([claim_of(Sign(">0"), values)])
    [row] = csv.DictReader(io.StringIO(text.csv_text(found)))
    assert max(map(len, row.values())) <= 32_767
    assert "in the JSON file only" in row["ours_value"]
    assert len(json.loads(text.json_text(found))["claims"][0]["ours_value"]) == 9_000


def test_the_table_of_figures_names_chapter_and_maker(capsys):
    assert main(["--package", TOY, "--figures-table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    row = f"| [solow/growth](chapters/solow/growth.md) | `{MODEL}.output` | 1 |"
    assert f"| Solow & Toy (1956) | Figure 1 {row}" in lines
    assert len(lines) == 2 + 7


# The papers of the book ---------------------------------------------------------------------------


def test_the_book_makes_claims():
    assert ledger.claims()


def test_the_page_explains_every_verdict():
    page = (ROOT / "chapters" / "reference" / "ledger.md").read_text("utf8")
    for verdict in set(Verdict) - {Verdict.UNSETTLED}:
        assert f"\n| {verdict.value} | " in page
    assert f"*{Verdict.UNSETTLED.value}*" in page
    for kind in Kind:
        assert f"\n| {kind.value} | " in page


@pytest.mark.parametrize("claim", ledger.claims(), ids=lambda claim: claim.id)
class TestEachClaimOfTheBook:
    def test_its_verdict_is_the_expected_one(self, claim):
        found = judgement(claim)
        assert found.as_expected, found.sentence

    def test_its_check_can_fail(self, claim):
        assert_notices_a_change(claim)  # first: errors that are planted cost all that was cached
        assert_can_fail(claim)
        if claim.function not in {error.target for error in claim.planted}:  # which were met
            assert_well_made(claim)

    def test_it_names_the_page_where_there_are_pages(self, claim):
        assert claim.page is not None or not claim.edition.paged

    def test_what_it_says_of_its_finding_is_a_sentence(self, claim):
        finding = claim.finding
        for name in ("because", "adds", "why"):
            assert getattr(finding, name, ".").endswith(".")

    def test_its_chapters_exist(self, claim):
        proof = claim.finding.proof if isinstance(claim.finding, Differs) else ""
        for place in filter(None, (claim.chapter, proof.partition("#")[0])):
            assert (ROOT / "chapters" / f"{place}.md").is_file(), f"{claim.id}: {place}"


@pytest.mark.parametrize("paper", ["ks.*", "ww.*", "ku.*", "cm.*", "wb.*"])
def test_decimals_have_a_zero_before_the_point(paper):
    """In what we say; what is reported or quoted stands as the paper prints it."""
    for claim in ledger.claims(paper):
        said = [claim.statement, claim.note, *(error.says for error in claim.planted)]
        for name, value in getattr(claim.finding, "__dict__", {}).items():
            if name != "quotation":
                said += value if isinstance(value, tuple) else [value]
        for words in said:
            if isinstance(words, str):
                assert not re.search(r"(?<![\w.…:])\.\d", words), f"{claim.id}: {words}"
