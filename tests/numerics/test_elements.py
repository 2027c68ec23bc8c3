"""Elements of an arc, against what they are for: short where the path moves, doubling inwards."""

from __future__ import annotations

import numpy as np
import pytest

from aiecon.numerics.mesh import graded, layer


def ends_by_hand(length: float, scale: float) -> list[float]:
    """Elements of the lengths s, 2s, 4s, … from both ends, s the power of two in (scale, 2 scale].

    They are added as long as the next two thirds of the way to the middle are not reached.
    """
    if length <= 4 * scale:
        return [0.0, 1.0]
    first = 2.0 ** np.floor(np.log2(2 * scale / length))
    count = 0
    while first * (2.0**count - 1) + 1.5 * first * 2.0**count < 0.5:
        count += 1
    left = [first * (2.0**k - 1) for k in range(count + 1)]
    return [*left, *(1 - x for x in left[::-1])]


@pytest.mark.parametrize("scale", [0.3, 1.0, 10.0])
@pytest.mark.parametrize("length", [0.5, 3.9, 4.1, 20.0, 40.0, 41.0, 100.0, 400.0, 1e4, 1e6])
def test_arcs_have_short_elements_at_both_ends(length, scale):
    ends = np.array(graded(length, scale))
    np.testing.assert_array_equal(ends, ends_by_hand(length, scale))
    sizes = np.diff(ends)
    assert (sizes > 0).all()
    np.testing.assert_allclose(sizes, sizes[::-1], rtol=1e-12)
    np.testing.assert_allclose(ends[[0, -1]], [0, 1])
    if len(sizes) == 1:
        assert length < 10 * scale  # a single element for a path that hardly rests
        return
    assert scale < sizes[0] * length <= 2 * scale
    half = sizes[: len(sizes) // 2]
    np.testing.assert_allclose(half[1:], 2 * half[:-1])
    assert half[-1] < sizes[len(sizes) // 2] <= 6 * half[-1]  # the middle, where it rests


@pytest.mark.parametrize("scale", [1e-4, 1e-3, 1e-2, 0.1, 0.17, 1.0])
def test_a_tail_is_short_at_first_only(scale):
    """Up to .35 of the time in which it settles; what follows never ends."""
    ends = np.array(layer(scale, 0.35))
    sizes = np.diff(ends)
    assert ends[0] == 0
    if len(sizes):
        assert scale < sizes[0] <= 2 * scale
        np.testing.assert_array_equal(sizes[1:], 2 * sizes[:-1])
        assert ends[-2] + 1.5 * sizes[-1] < 0.35 <= ends[-1] + 3 * sizes[-1]
    else:
        assert 3 * scale >= 0.35 / 2
