"""Switching dates that are known: the roots of a cubic."""

import numpy as np
import pytest

from aiecon.numerics import BORDER, INFINITY, Guess, SolverError, Structure, solve
from aiecon.numerics.mesh import graded
from aiecon.numerics.regimes import without_collapsed_arc
from tests.numerics.problems import Asset

T = np.linspace(0, 12, 481)

CASES = {  # strength, start → the regimes visited
    "never": (2.0, 0.5, (2,)),
    "once": (2.0, 3.0, (1, 2)),
    "there and back": (6.0, 0.3, (2, 1, 2)),
    "three times": (4.0, 1.2, (1, 2, 1, 2)),
    "starts on the border": (2.0, 1.0, (2,)),
    "starts just above the border": (2.0, 1.0 + 1e-6, (1, 2)),
    "starts just below the border": (6.0, 1.0 - 1e-6, (2, 1, 2)),
    "almost touches the border": (3.374, 0.0, (2,)),
    "just crosses the border": (3.376, 0.0, (2, 1, 2)),
    "just crosses the border, for a thousandth of a time scale": (3.375001, 0.0, (2, 1, 2)),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("at_infinity", [True, False])
def test_the_order_and_the_dates_are_found(name, at_infinity):
    strength, start, regimes = CASES[name]
    problem = Asset(strength, start, at_infinity)
    path = solve(problem, 1e-10)
    dates = [date for date, _ in path.switches]
    assert (path.structure.regimes[0] if path.structure.size else 2) == regimes[0]
    assert tuple(after for _, after in path.switches) == regimes[1:]
    assert dates == pytest.approx(problem.crossings(), abs=1e-8 if "just" in name else 1e-10)
    assert path.structure.tail == at_infinity
    assert abs(path(T) - problem.exact(T)).max() < 2e-10


@pytest.mark.parametrize("date", [0.05, 0.5, 1.5, 3.0])
def test_a_poor_guess_of_the_dates_does_not_matter(date):
    class Misled(Asset):
        def guesses(self):
            structure = Structure((1, 2, 1), (BORDER, BORDER, BORDER), last_regime=2)
            dates = date * np.array([[0.0, 1.0, 2.0, 3.0]])
            yield Guess(lambda t: np.array([self.forced(t), np.zeros(t.shape)]), structure, dates)

    path = solve(Misled(4.0, 1.2, at_infinity=False), 1e-10)
    assert [d for d, _ in path.switches] == pytest.approx(Asset(4.0, 1.2).crossings(), abs=1e-10)


@pytest.mark.parametrize("regimes", [(2,), (1, 2, 1, 2)])
def test_a_wrong_order_in_the_guess_is_corrected(regimes):
    class Misled(Asset):
        def guesses(self):
            ends = (BORDER,) * (len(regimes) - 1) + (INFINITY,)
            dates = np.arange(len(regimes))[None] * 0.7
            structure = Structure(regimes, ends, last_regime=2)
            yield Guess(lambda t: np.array([self.forced(t), np.zeros(t.shape)]), structure, dates)

    right = Asset(6.0, 0.3)
    path = solve(Misled(6.0, 0.3), 1e-10)
    assert [d for d, _ in path.switches] == pytest.approx(right.crossings(), abs=1e-10)
    assert abs(path(T) - right.exact(T)).max() < 1e-9


def test_a_kink_in_time_is_kept_out_of_the_elements():
    class Kinked(Asset):
        """The force doubles from t = 1 on, by a kink in its slope."""

        def __init__(self, *arguments):
            super().__init__(*arguments)
            self.kinks = np.array([[1.0]])

        def field(self, t, x, regime):
            f, f_x, f_t = super().field(t, x, regime)
            late = np.maximum(t - 1.0, 0.0) * np.exp(-t)
            f[0] += late
            f_t[0] += np.where(t > 1.0, np.exp(-t) - late, 0.0)
            return f, f_x, f_t

    def added(t):  # to x, by variation of constants: ẋ = (t − 1) e^{−t} − 3x from t = 1 on
        since = np.maximum(t - 1.0, 0.0)
        return np.exp(-1.0) * ((since / 2 - 0.25) * np.exp(-since) + 0.25 * np.exp(-3 * since))

    path = solve(Kinked(2.0, 3.0), 1e-10)
    assert 1.0 in path.dates
    assert path(T)[0] == pytest.approx(Asset(2.0, 3.0).forced(T[None])[0] + added(T), abs=1e-10)


def test_a_path_that_ends_on_the_wrong_side_is_refused():
    class NeverBelow(Asset):
        """It is closed in regime 2 but stays in regime 1: the border is at −1."""

        def border(self, t, x):
            b, b_x, b_t = super().border(t, x)
            return b + 2.0, b_x, b_t

    with pytest.raises(SolverError, match="followed to its end in regime 1"):
        solve(NeverBelow(2.0, 3.0))


def test_which_structures_are_left_when_an_arc_vanishes():
    def repaired(regimes, ends, dates, last=2):
        found = without_collapsed_arc(Structure(regimes, ends, last), np.array([dates]))
        return None if found is None else str(found[0])

    assert repaired((1, 2, 1), (BORDER,) * 3, [0.0, 2.0, 2.0, 5.0]) == "1 →border→ 2 (closing rule)"
    assert repaired((2, 1), (BORDER, BORDER), [0.0, 1e-9, 3.0]) == "1 →border→ 2 (closing rule)"
    assert repaired((1, 2), (BORDER, INFINITY), [0.0, 3.0]) is None
    assert repaired((1, 2, 2), (BORDER, 0, INFINITY), [0.0, 5.0 - 1e-9, 5.0]) == (
        "1 →kink 1→ 1 →border→ 2"
    )


@pytest.mark.parametrize("first", [None, 1e-3])
def test_an_arc_without_length_does_not_divide_by_it(first):
    """Two dates of a guess may be the same."""
    assert graded(0.0, 8.0, first) == (0.0, 1.0)


@pytest.mark.parametrize("off", [0.0, 1e-12, -1e-12, 1e-10, -1e-10, 1e-8, 1e-5])
@pytest.mark.parametrize("at_infinity", [True, False])
@pytest.mark.parametrize(("strength", "start"), [(2.0, 3.0), (6.0, 0.3), (4.0, 1.2)])
def test_a_crossing_on_a_kink_date(strength, start, at_infinity, off):
    """Then no arc lies between the two; the regime changes on the kink."""
    for date in Asset(strength, start).crossings():
        problem = Asset(strength, start, at_infinity)
        problem.kinks = np.array([[date + off]])
        path = solve(problem, 1e-10)
        assert [d for d, _ in path.switches] == pytest.approx(problem.crossings(), abs=2e-10)
        assert abs(path(T) - problem.exact(T)).max() < 2e-10
