"""Messages of the shared input checks."""

from fractions import Fraction

import numpy as np
import pytest

from aiecon.validation import broadcast, finite, require, whole


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


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (Fraction(1, 4), 0.25),
        (2**64, 2.0**64),
        (-(10**300), -1e300),
        ([Fraction(1, 2), 2**70, 1.5], [0.5, 2.0**70, 1.5]),
        (np.array([Fraction(1, 2), 3], dtype=object), [0.5, 3.0]),
        (np.ma.array([1.0, 2.0]), [1.0, 2.0]),
        (np.ma.array([1, 2], mask=[False, False]), [1.0, 2.0]),
    ],
)
def test_finite_takes_whatever_is_a_real_number(value, wanted):
    found = finite("x", value)
    assert type(found) is np.ndarray
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize(
    "value",
    [
        np.ma.array([1.0, 2.0], mask=[False, True]),
        np.ma.array([1, 2], mask=[True, True]),
        np.ma.masked,
        [np.ma.array([1.0, 2.0], mask=[False, True])],
        [1.0, np.ma.masked],
        (2.0, [1, np.ma.masked]),
    ],
)
def test_what_is_masked_is_refused_as_nan_is(value):
    with pytest.raises(ValueError, match=r"^x.* = nan is not allowed: a finite x|real number"):
        finite("x", value)


@pytest.mark.parametrize("value", [10**400, [1, -(10**400)], np.longdouble("1e400")])
def test_what_no_float_can_hold_is_refused(value):
    with pytest.raises(ValueError, match=r"^x"):
        finite("x", value)


@pytest.mark.parametrize(
    "value", ["10", ["1", "2"], b"10", [1, "2"], [1, None], np.datetime64(1, "D")]
)
def test_text_is_no_number(value):
    with pytest.raises(ValueError, match=r"^x = .*a real number"):
        finite("x", value)


@pytest.mark.parametrize("value", [1.5, 4.0, "4", None, True, np.True_, np.nan, [1], 0, -3])
def test_a_whole_number_is_one(value):
    with pytest.raises(ValueError, match=r"^n = .* is not allowed: a whole number ≥ 1 is required"):
        whole("n", value)
    assert whole("n", np.int8(4)) == 4
    assert whole("n", 0, 0) == 0
