"""Messages of the shared input checks."""

import numpy as np
import pytest

from aiecon.validation import broadcast, finite, require


def test_require_is_silent_when_the_condition_holds():
    require("x", [1, 2], np.array([True, True]), "x > 0")


@pytest.mark.parametrize(
    ("value", "condition", "start"),
    [
        (-1.0, False, "x = -1.0 is not allowed: x > 0 is required."),
        (np.array([[1.0, -2.0]]), np.array([[True, False]]), r"x\[0, 1\] = -2.0 is not allowed"),
        (np.array([1.0, 2.0]), False, r"x = \[1. 2.\] is not allowed"),
    ],
)
def test_require_names_the_offending_entry(value, condition, start):
    with pytest.raises(ValueError, match="^" + start):
        require("x", value, condition, "x > 0")


def test_require_adds_the_hint():
    with pytest.raises(ValueError, match=r"x > 0 is required\. Try one\.$"):
        require("x", 0, False, "x > 0", "Try one.")


@pytest.mark.parametrize("value", ["text", 1j, None, object(), [[1], [1, 2]], {"a": 1}])
def test_finite_rejects_what_is_not_a_real_number(value):
    with pytest.raises(ValueError, match=r"^x = .*a real number or an array of real numbers"):
        finite("x", value)


@pytest.mark.parametrize("value", [np.nan, np.inf, [1.0, -np.inf]])
def test_finite_rejects_nan_and_infinity(value):
    with pytest.raises(ValueError, match="is not allowed: a finite x is required"):
        finite("x", value)


@pytest.mark.parametrize("value", [1, 1.5, True, [1, 2], np.float32(2), np.array([], dtype=int)])
def test_finite_returns_floats(value):
    assert finite("x", value).dtype == np.float64


def test_broadcast():
    a, b = broadcast(a=np.ones((3, 1)), b=np.zeros(2))
    assert a.shape == b.shape == (3, 2)
    with pytest.raises(ValueError, match=r"shapes do not broadcast: a \(3,\), b \(2,\); make them"):
        broadcast(a=np.ones(3), b=np.ones(2))


def test_an_empty_array_is_named_too():
    with pytest.raises(ValueError, match=r"years = \[\] is not allowed: one year or more"):
        require("years", np.zeros(0), False, "one year or more")
