"""A statement judged of many results at once says of each what it says of it alone."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from exhibits.ledger import Course, Exact, Number, Range, Shape, Sign

STEPS = ("rises", "falls", "stays")
COURSES = [
    steps
    for length in (1, 2, 3)
    for steps in itertools.product(STEPS, repeat=length)
    if all(a != b for a, b in itertools.pairwise(steps))
]


@pytest.mark.parametrize("shape", [(), (1,), (5,), (3, 4)])
@pytest.mark.parametrize(
    "reported",
    [
        Number("1"),
        Exact("one", 1.0),
        Exact("infinite", np.inf),
        Range(0.0, 1.0, "a share"),
        Range(-np.inf, 1.0, "at most one"),
        *map(Sign, (">0", "<0", "≥0", "≤0")),
        Shape("above its mean", lambda y: bool(np.all(y >= y.mean()))),
    ],
)
def test_many_results_are_judged_one_by_one(reported, shape):
    values = np.array([-np.inf, -1.0, -0.0, 0.0, 0.5, 1.0, 2.0, 3.0, np.inf, np.nan])
    rng = np.random.default_rng(1)
    alike = [np.full(shape, value) for value in values]
    mixed = [rng.choice(values[1:-2], size=shape) for _ in range(200)]
    results = np.array(alike + mixed)
    together = reported.holds_each(results)
    assert together.tolist() == [reported.holds(ours) for ours in results]
    assert together.any()
    assert not together.all()


@pytest.mark.parametrize("weak", [False, True])
@pytest.mark.parametrize("shape", [(4,), (2, 3)])
def test_a_course_holds_where_it_is_the_course_that_is_described(weak, shape):
    results = np.array(list(itertools.product((0.0, 1.0, 2.0), repeat=int(np.prod(shape)))))
    results = results.reshape(-1, *shape)
    described = [Course("rises", weak=weak).describe(ours) for ours in results]
    for steps in COURSES:
        words = ", then ".join(steps)
        flat = weak and steps == ("stays",)  # pauses are passed over: no weak course is flat
        expected = [words == text and not flat for text in described]
        assert Course(*steps, weak=weak).holds_each(results).tolist() == expected


def test_a_result_that_is_not_finite_takes_no_course():
    curve = np.array([1.0, 2.0, 3.0])
    results = np.array([curve, [1.0, np.nan, 3.0], [1.0, 2.0, np.inf]])
    assert Course("rises").holds_each(results).tolist() == [True, False, False]


@pytest.mark.parametrize("shape", [(), (1,), (3, 1)])
def test_a_course_needs_two_points(shape):
    with pytest.raises(ValueError, match="two points"):
        Course("rises").holds(np.ones(shape))
