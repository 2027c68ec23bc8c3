"""What the solver promises: no converged path is wrong unseen, and a failure says what it is."""

import numpy as np
import pytest
from scipy.special import erf

from aiecon import korinek_suh as ks
from aiecon.numerics import (
    INFINITY,
    Guess,
    Problem,
    SolverError,
    Structure,
    check_jacobian,
    saddle_path,
    solve,
    solve_many,
)
from aiecon.numerics.mesh import Clock
from aiecon.numerics.newton import newton
from tests.numerics.problems import Asset, Linear, Ramsey


class Forced(Problem):
    """ẋ = u(t) − x from 0: one component, no jump; the forcing and its slope are given."""

    size, time_scale = 1, 1.0
    initial, tail_rate = np.array([[0.0]]), np.array([1.0])

    def __init__(self, u, u_t, rate=1.0):
        self.u, self.u_t, self.tail_rate = u, u_t, np.array([rate])

    def field(self, t, x, regime):
        return self.u(t) - x, -np.ones((1, *x.shape)), (self.u_t(t) + 0.0 * x[0])[None]

    def terminal(self, t, x):
        return np.empty((0, *x.shape[1:])), np.empty((0, *x.shape)), np.empty((0, *x.shape[1:]))

    def guesses(self):
        yield Guess(lambda t: np.zeros((1, *t.shape)))


def pulse(date, width, area):
    """A bell of that area around a date, its slope, and x(t) from it."""

    def u(t):
        z = (np.minimum(t, 1e6) - date) / width
        return area * np.exp(-(z**2)) / (width * np.sqrt(np.pi))

    def exact(t):
        z = (t - date) / width
        both = erf(z - width / 2) - erf(-date / width - width / 2)
        return 0.5 * area * np.exp(0.25 * width**2 - (t - date)) * both

    return u, lambda t: -2 * (np.minimum(t, 1e6) - date) / width**2 * u(t), exact


# R1 and its kind: what is concentrated in time ----------------------------------------------------


def test_a_pulse_that_neither_grid_sees_is_seen():
    u, u_t, _ = pulse(20.0, 0.1, 1.0)
    path = solve(Forced(u, u_t))
    assert path(20.5)[0] == pytest.approx(0.6080488833507212, abs=1e-9)
    blind = Forced(u, u_t)
    blind.samples = 0  # a negative control: without the trial times it is missed
    assert abs(solve(blind)(20.5)[0]) < 1e-6


def test_pulses_of_any_width_anywhere():
    rng = np.random.default_rng(1)
    for _ in range(40):
        date, width = rng.uniform(0.2, 45.0), np.exp(rng.uniform(np.log(0.02), np.log(3.0)))
        area = rng.choice([-1, 1]) * np.exp(rng.uniform(np.log(1e-4), np.log(10.0)))
        u, u_t, exact = pulse(date, width, area)
        path = solve(Forced(u, u_t))
        t = np.concatenate([date + width * np.linspace(-4, 4, 41), date + np.linspace(0, 5, 21)])
        error = abs(path(t[t >= 0])[0] - exact(t[t >= 0])).max()
        assert error <= path.error + 1e-13 <= 1e-8, (date, width, area)


def test_a_kink_that_was_not_declared_is_resolved():
    rng = np.random.default_rng(2)
    for date in [
        *rng.uniform(0.2, 20.0, 12),
        6.53522826431567,
    ]:  # the last: next to an element's end

        def since(t, date=date):
            return np.maximum(np.minimum(t, 1e4) - date, 0.0)

        problem = Forced(
            lambda t: 3.0 * since(t) * np.exp(-since(t)),
            lambda t, date=date: 3.0 * (t > date) * (1.0 - since(t)) * np.exp(-since(t)),
        )
        path = solve(problem)
        t = np.linspace(0, 30, 1201)
        exact = 1.5 * since(t) ** 2 * np.exp(-since(t))
        assert abs(path(t)[0] - exact).max() <= path.error + 1e-13 <= 1e-8, date


def test_a_jump_of_the_field_is_named_with_its_date_and_declared_it_is_solved():
    def u(t):
        return np.where(t > 7.3, np.exp(-0.5 * (np.minimum(t, 1e4) - 7.3)), 0.0)

    problem = Forced(u, lambda t: -0.5 * u(t), rate=0.5)
    with pytest.raises(SolverError, match=r"after t = 7\.3.*`kinks`"):
        solve(problem)
    problem.kinks = np.array([[7.3]])
    t = np.linspace(7.3, 30, 100)
    exact = 2 * (np.exp(-0.5 * (t - 7.3)) - np.exp(-(t - 7.3)))
    # at the date itself f is taken from the left: nodes are inside of the arcs
    assert abs(solve(problem)(t)[0] - exact).max() < 1e-8


def test_a_bump_of_the_field_in_the_state_is_seen():
    """ẋ = −x (1 + 2 exp(−((x − .5)/.01)²)): crossed within a fiftieth of a time scale."""

    class Bump(Forced):
        initial = np.array([[1.0]])

        def __init__(self):
            super().__init__(None, None)

        def field(self, t, x, regime):
            bell = 2 * np.exp(-(((x - 0.5) / 0.01) ** 2))
            slope = -1 - bell + 2 * x * (x - 0.5) / 0.01**2 * bell
            return -x * (1 + bell), slope[None], None

        def guesses(self):
            yield Guess(lambda t: np.exp(-t)[None])

    y = np.linspace(0.2, 1.0, 400_001)
    pace = 1 / (y * (1 + 2 * np.exp(-(((y - 0.5) / 0.01) ** 2))))
    arrives = np.sum(0.5 * (pace[1:] + pace[:-1])) * (y[1] - y[0])  # at .2
    path = solve(Bump())
    assert path(arrives)[0] == pytest.approx(0.2, abs=1e-8)
    assert arrives < np.log(5.0) - 0.01  # the bump shortens the way


def test_a_border_crossed_between_the_nodes_is_found():
    """The border dips to the path: b = 1 + x − 1.3 exp(−((t − 9)/.05)²), x = e^{−t}."""

    class Dip(Forced):
        has_border = True
        initial = np.array([[1.0]])

        def __init__(self):
            super().__init__(None, None)

        def field(self, t, x, regime):
            rate = -1.0 if regime == 1 else -1.0 - 50.0  # the crossing costs most of what is left
            extra = 0.0 if regime == 1 else 50.0 * np.exp(-9.0)
            z = np.zeros(np.broadcast_shapes(np.shape(t), x.shape[1:]))[None]
            return rate * x + extra + z, rate + 0.0 * x[None], z

        def border(self, t, x):
            bell = 1.3 * np.exp(-(((np.minimum(t, 1e4) - 9.0) / 0.05) ** 2))
            z = 0.0 * (x[0] + t)
            drift = 2 * (np.minimum(t, 1e4) - 9.0) / 0.05**2 * bell
            return 1.0 + x[0] - bell + z, np.ones(x.shape), drift + z

        def guesses(self):
            yield Guess(lambda t: np.exp(-t)[None])

    path = solve(Dip())
    (first, into), (second, back) = path.switches
    assert (into, back) == (2, 1)
    half = 0.05 * np.sqrt(np.log(1.3))  # up to the x of 1e-4 beside 1
    assert [first, second] == pytest.approx([9 - half, 9 + half], abs=1e-4)


# R2: the estimate bounds the error ----------------------------------------------------------------


def test_an_estimate_that_was_too_small():
    mixed = ks.Mixed(weight=0.30737, horizon=1.02324, beta=0.28985, rate=0.19327, initial=0.11882)
    params = ks.Parameters(0.0827, 7.48446, 0.19563, 0.1809, 0.2896, 9.07401)
    found, right = (ks.solve_transition(mixed, 43.96881, params, tol) for tol in (1e-8, 1e-12))
    t = 1.02324 * (1 - np.geomspace(1e-9, 1, 300))
    error = abs(found.solution(t) - right.solution(t)).max()
    assert error <= found.error <= 1e-8


# R3: determinacy ----------------------------------------------------------------------------------


def sink(given):
    problem = Linear([0.2, 0.5], [], [1.0, 0.5])
    problem.given, problem.initial = given, problem.initial[:given]
    return problem


def test_a_continuum_of_paths_is_named():
    with pytest.raises(SolverError, match=r"indeterminate: 2 stable roots.*1 given"):
        solve(sink(1))
    path = solve(sink(1), raise_on_failure=False)
    assert not path.converged
    assert solve(sink(2)).converged


def test_too_many_conditions_are_named():
    problem = Linear([0.2, 0.1], [0.4], [1.0, -0.5])
    problem.M = np.diag([-0.2, 0.3, 0.4]) + 0.0
    with pytest.raises(SolverError, match=r"overdetermined: 1 stable roots.*2 given"):
        solve(problem)


def test_many_at_once_name_it_too():
    class Two(Asset):
        """An asset whose price would be bounded from any start."""

        r = -0.5

        def take(self, draws):
            return Two(self.S[draws], self.x0[draws])

    paths = solve_many(Two([2.0, 3.0], [0.5, 0.4]))
    assert not paths.converged.any()
    assert all("indeterminate" in words for words in paths.failures.values())


def test_a_root_of_zero_is_either():
    """A state that stays where it is (the level of a unit root) counts as settled."""
    problem = Linear([0.2, 0.1], [0.4], [1.0, -0.5])
    problem.M = (problem.V * [-0.2, 0.0, 0.4]) @ np.linalg.inv(problem.V)
    problem.tail_rate = np.array([0.2])

    def terminal(t, x):  # on the unstable direction there is nothing
        row = np.linalg.inv(problem.V)[2]
        g = np.einsum("j,j...->...", row, x)[None]
        return g, row[None, :, None, None, None] + 0.0 * x[None], 0.0 * g

    problem.terminal = terminal
    assert solve(problem).converged


# R4: what need not be known -----------------------------------------------------------------------


class Plain(Ramsey):
    """The Ramsey model without a word on rates, scales, guesses and its end."""

    nodes = 16
    time_scale = Problem.time_scale
    terminal, guesses = Problem.terminal, Problem.guesses

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        del self.tail_rate
        self.steady_state = np.array([[self.k_star + 0.1], [self.q_star - 0.1]])


del Plain.time_scale


@pytest.mark.parametrize("ratio", [0.02, 0.5, 1.0, 3.0, 50.0])
def test_the_defaults_follow_from_the_roots(ratio):
    problem = Plain(alpha=0.7, ratio=ratio)
    assert problem.tail_rate == pytest.approx([0.03], rel=1e-10)
    k, _ = solve(problem, 1e-10)(np.linspace(0, 100, 201))
    assert np.exp(k) == pytest.approx(problem.bernoulli(np.linspace(0, 100, 201)), rel=1e-10)


def test_spirals_by_default():
    """ẋ = Re λ of a pair −.2 ± 2i and a jump: complex roots."""

    class Spiral(Problem):
        size, initial, steady_state = 3, np.array([[1.0], [0.5]]), np.zeros((3, 1))
        M = np.array([[-0.2, 2.0, 0.3], [-2.0, -0.2, 0.1], [0.0, 0.0, 0.5]])

        def field(self, t, x, regime):
            f = np.einsum("ij,j...->i...", self.M, x)
            return f, np.broadcast_to(self.M[:, :, None, None, None], (3, *x.shape)), None

    path = solve(Spiral())
    t = np.linspace(0, 40, 401)
    turned = np.exp(-0.2 * t) * np.array(
        [np.cos(2 * t) + 0.5 * np.sin(2 * t), 0.5 * np.cos(2 * t) - np.sin(2 * t)]
    )
    assert path(t)[:2] == pytest.approx(turned, abs=1e-8)
    assert abs(path(t)[2]).max() < 1e-8


def test_without_a_point_of_rest_it_says_what_is_missing():
    class Bare(Plain):
        def __init__(self):
            super().__init__()
            self.steady_state = None

    with pytest.raises(ValueError, match=r"Bare says no steady_state.*tail_rate, time_scale"):
        solve(Bare())

    class Nowhere(Plain):
        def __init__(self):
            super().__init__()
            self.steady_state = np.array([[np.nan], [0.0]])

    with pytest.raises(ValueError, match="no point of rest was found"):
        solve(Nowhere())


# R5: true messages --------------------------------------------------------------------------------


def test_a_guess_without_a_value_at_infinity_is_named():
    class Nan(Ramsey):
        def guesses(self):
            with np.errstate(invalid="ignore"):
                yield Guess(lambda t: np.array([self.k_star + 0 * t, self.q_star + 0 * t]))

    problem = Nan()
    with np.errstate(invalid="ignore"), pytest.raises(SolverError, match="not finite") as failure:
        solve(problem)
    assert "border" not in str(failure.value)
    assert str(failure.value).count("not finite") == 1


def test_a_failure_names_causes_once_and_never_an_empty_list():
    class Impossible(Ramsey):
        def terminal(self, t, x):
            g, g_x, g_t = super().terminal(t, x)
            return g - 2.0, g_x, g_t

    with pytest.raises(SolverError) as failure:
        solve(Impossible())
    words = str(failure.value)
    assert "tried: ." not in words
    assert "Newton steps" in words
    assert "Try" in words
    assert "border" not in words  # it has none


BAD = {
    "size": ({"size": 2.0}, r"size = '?2\.0"),
    "initial of one axis": ({"initial": np.array([0.5])}, "initial = .*2 axes"),
    "a list": ({"initial": [[0.5]]}, "initial = .*array"),
    "too many given": ({"initial": np.zeros((3, 1))}, "size = "),
    "a NaN": ({"initial": np.array([[np.nan]])}, r"initial\[0, 0\] = nan .*finite"),
    "a number as rate": ({"tail_rate": 0.1}, "tail_rate = "),
    "a rate below zero": ({"tail_rate": np.array([-0.1])}, "tail_rate = "),
    "unsorted kinks": ({"kinks": np.array([[3.0], [1.0]])}, "kinks = .*first date"),
    "kinks of one axis": ({"kinks": np.array([3.0])}, "kinks = .*2 axes"),
    "last regime": ({"last_regime": 3}, "last_regime = "),
    "nodes": ({"nodes": 2.5}, "nodes = "),
    "time scale": ({"time_scale": -1.0}, "time_scale = "),
    "samples": ({"samples": -1}, "samples = "),
}


def test_many_draws_name_the_entries_that_are_not_numbers():
    start = np.array([0.5, np.nan, 0.3, np.inf])
    with pytest.raises(ValueError, match=r"initial\[0, 1\] = nan .*\[0, 3\]"):
        solve_many(Asset(np.full(4, 2.0), start))
    with pytest.raises(ValueError, match=r"K0\[1\] = -1.0 .*\[3\]"):
        ks.solve_transitions(ks.Bounded(20.0), [4.6, -1.0, 4.6, 0.0])


def test_a_sentence_ends_once():
    class NeverBelow(Asset):
        def border(self, t, x):
            b, b_x, b_t = super().border(t, x)
            return b + 2.0, b_x, b_t

    with pytest.raises(SolverError) as failure:
        solve(NeverBelow(2.0, 3.0))
    assert ".." not in str(failure.value)


@pytest.mark.parametrize("name", BAD)
def test_a_problem_that_is_not_written_as_it_should_be(name):
    attributes, words = BAD[name]
    problem = Ramsey()
    for key, value in attributes.items():
        setattr(problem, key, value)
    with pytest.raises(ValueError, match=words):
        solve(problem)
    with pytest.raises(ValueError, match=words):
        solve_many(problem)


def test_what_the_methods_return_is_looked_at():
    class Lists(Ramsey):
        def field(self, t, x, regime):
            f, f_x, f_t = super().field(t, x, regime)
            return [*f], f_x, f_t

    class Turned(Ramsey):
        ready = False

        def field(self, t, x, regime):
            f, f_x, f_t = super().field(t, x, regime)
            return f, f_x[..., 0] if self.ready else f_x, f_t

    with pytest.raises(ValueError, match="part 1 of f in regime 1 = list"):
        solve(Lists())
    problem = Turned()
    problem.ready = True
    with pytest.raises(ValueError, match="part 2 of f in regime 1"):
        solve(problem)


def test_wrong_derivatives_are_named_by_their_entry():
    assert check_jacobian(Ramsey()) < 1e-7
    assert check_jacobian(Asset()) < 1e-7

    class Wrong(Ramsey):
        def field(self, t, x, regime):
            f, f_x, f_t = super().field(t, x, regime)
            return f, f_x.swapaxes(0, 1), f_t

    with pytest.raises(ValueError, match=r"∂f_[12]/∂x_[12] in regime 1 is .*by differences"):
        check_jacobian(Wrong())


# Bounded time, and no large residual --------------------------------------------------------------

EXTREME = {
    "hardly any capital": (ks.Bounded(20.0), {"K0": 1e-12}),
    "hardly any, and there and back": (ks.Mixed(0.9), {"K0": 1e-12}),
    "more capital than there is": (ks.Bounded(20.0), {"K0": 1e15}),
    "most tasks go in the last instant": (ks.Bounded(20.0, beta=0.05), {}),
}


@pytest.mark.parametrize("name", EXTREME)
def test_what_says_converged_has_a_small_residual(name):
    scenario, keywords = EXTREME[name]
    path = ks.solve_transition(scenario, **keywords)
    assert path.residual < 1e-3
    t = np.sort(20.0 * np.random.default_rng(3).uniform(size=300))
    t = t[np.all(abs(t[:, None] - path.kinks) > 1e-4, axis=1)]
    h = 1e-6 * t
    slope = (path.log_capital(t + h) - path.log_capital(t - h)) / (2 * h)
    right = (path.output(t) - path.consumption(t)) / path.capital(t) - path.params.delta
    assert abs((slope - right) / (1 + abs(right))).max() < 1e-6


HOPELESS = {
    "nothing": (ks.Bounded(20.0), {"K0": 1e-300}),
    "nothing, and balanced growth": (ks.BusinessAsUsual(), {"K0": 1e-300}),
    "the last instant is between two numbers": (ks.Bounded(20.0, beta=0.01), {}),
    "almost Leontief": (ks.Bounded(20.0), {"params": ks.Parameters(sigma=1e-6)}),
}


@pytest.mark.parametrize("name", HOPELESS)
def test_what_cannot_be_solved_says_so_after_a_bounded_number_of_steps(name):
    scenario, keywords = HOPELESS[name]
    with pytest.raises(SolverError, match=r"Newton steps.*Try") as failure:
        ks.solve_transition(scenario, **keywords)
    assert "tried: ." not in str(failure.value)
    path = None
    try:
        path = ks.solve_transition(scenario, raise_on_failure=False, **keywords)
    except SolverError:  # there is not even a last path
        return
    assert not path.converged
    assert path.solution.newton_steps <= 1100


# A warm start -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scenario", [ks.BusinessAsUsual(), ks.Mixed(0.9), ks.Bounded(20.0)], ids=["bau", "mixed", "T20"]
)
def test_a_warm_start_gives_the_same_path(scenario):
    before = ks.solve_transition(scenario, 4.6)
    warm = ks.solve_transition(scenario, 4.7, near=before)
    cold = ks.solve_transition(scenario, 4.7, tol=1e-11)
    t = np.linspace(0, 60, 241)
    error = abs(warm.solution(t) - cold.solution(t)).max()
    assert error <= warm.error + 1e-11
    assert warm.error <= 1e-8
    assert warm.solution.newton_steps < ks.solve_transition(scenario, 4.7).solution.newton_steps


def test_a_warm_start_from_another_order_of_regimes():
    before = ks.solve_transition(ks.Mixed(0.9), 4.6)
    assert len(before.region_changes) == 2
    warm = ks.solve_transition(ks.Mixed(0.2), 4.6, near=before)
    cold = ks.solve_transition(ks.Mixed(0.2), 4.6)
    assert warm.solution.structure == cold.solution.structure
    t = np.linspace(0, 60, 241)
    assert warm.solution(t) == pytest.approx(cold.solution(t), abs=1e-8)
    assert ks.solve_transition(ks.BusinessAsUsual(), near=before).region_changes == ()


def test_a_grid_that_is_handed_on_does_not_grow_for_ever():
    """From path to path a grid is only refined: after fifty it had thousands of nodes."""
    near, nodes = None, []
    for weight in np.linspace(0.6, 0.95, 60):
        near = ks.solve_transition(ks.Mixed(weight), near=near)
        nodes.append(near.solution.nodes)
    assert max(nodes) < 1000
    alone, t = ks.solve_transition(ks.Mixed(0.95)), np.linspace(0.0, 100.0, 101)
    assert near.log_capital(t) == pytest.approx(alone.log_capital(t), abs=2e-8)


def test_a_start_that_ends_in_failure_is_given_up(monkeypatch):
    def lost(self, near):
        self.effort = np.inf
        raise SolverError("lost")

    before = ks.solve_transition(ks.Mixed(0.9))
    monkeypatch.setattr(saddle_path._Work, "warm", lost)
    again = ks.solve_transition(ks.Mixed(0.9), near=before)
    assert again.solution.message == before.solution.message


def test_the_estimate_of_a_warm_start_grows_with_what_the_equations_are_violated_by():
    """From a neighbour far away on a coarse grid, whose own error is smaller than the new one."""

    class Coarse(Ramsey):
        nodes = 5

    before = solve(Coarse(ratio=0.8), 1e-3)
    t = np.linspace(0, 60, 601)
    for ratio in (0.2, 0.1, 0.05):
        warm, right = (
            solve(Coarse(ratio=ratio), 1e-3, near=before),
            solve(Ramsey(ratio=ratio), 1e-12),
        )
        assert abs(warm(t) - right(t)).max() <= warm.error <= 1e-3
    warm, right = solve(Coarse(ratio=0.2), 1e-3, near=before), solve(Ramsey(ratio=0.2), 1e-12)
    assert warm.nodes == before.nodes
    assert abs(warm(t) - right(t)).max() > before.error


def test_orders_of_regimes_that_alternate_are_not_tried_again_and_again():
    """Beside the kink a crossing passes it and comes back, without end."""
    mixed = ks.Mixed(0.7222359592904988, 3.08329842, 0.01042535969, 1.0, 0.47710302)
    params = ks.Parameters(0.0331989, 1.3240618, 0.0605896, 0.7517431, 0.5969655)
    assert ks.solve_transition(mixed, 1.9624915, params).solution.newton_steps < 60


@pytest.mark.parametrize("length", [1e-9, 0.5, 3.0, 33.0, 60.0, 300.0])
def test_an_element_of_a_tail_ends_where_it_should(length):
    """Also where nothing that a float could show is left of exp(−τ)."""
    structure = Structure((1,), (INFINITY,), last_regime=1)
    y = np.array([0.0, 0.5, 1.0])
    clock = Clock(structure, ((0.0, 2.0, 2.0 + length, np.inf),), y)
    t, rate = clock.times(np.zeros((1, 1)), np.array([0.25]))
    assert t[0, 1, [0, 2]] == pytest.approx([8.0, (2.0 + length) / 0.25], rel=1e-14)
    assert t[0, 1, 1] == pytest.approx(8.0 - 4.0 * np.log(0.5 * (1.0 + np.exp(-length))), rel=1e-13)
    assert (rate[0, 1] > 0).all()


def test_a_path_is_judged_next_to_the_ends_of_its_elements():
    """Between the last node and the end of an element there is a thousandth that no node sees."""
    path = solve(Ramsey())
    clock, _ = path.system.mesh.checks
    ends = clock.edge[:, [0, -1]]
    left, right = np.array(path.system.mesh.elements[-1])[[0, -1]]
    assert ends[0, 0] - left < 1e-6
    assert right - ends[-1, -1] > 1e3  # at infinity
    assert np.exp(-ends[-1, -1]) < 1e-6


def test_a_step_of_some_elements_is_followed_by_one_of_all():
    """Otherwise the estimate of a path that was cut near its kink is that of the cut alone."""
    moves = []

    class Watched(Ramsey):
        nodes = 6

    def watch(system, start, *arguments, **named):
        outcome = newton(system, start, *arguments, **named)
        moves.append((system.mesh.elements, system.mesh.grid.size))
        return outcome

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saddle_path, "newton", watch)
        problem = Watched(ratio=0.001)
        problem.tail_rate = 0.9 * problem.tail_rate  # a tail that is not smooth in exp(−rt)
        path = solve(problem)
    assert path.converged
    (before, nodes), (after, more) = moves[-2:]
    whole = before == after and more > nodes
    halved = all(2 * (len(a) - 1) == len(b) - 1 for a, b in zip(before, after, strict=True))
    assert whole or halved
    assert len({elements for elements, _ in moves}) > 3  # some were cut on the way


def test_a_first_grid_that_is_too_coarse_is_refined_before_giving_up():
    """ẋ = −x − c x³ from 3 on four nodes: 1/x² is linear in e^{2t}."""

    class Steep(Forced):
        nodes, initial, c = 4, np.array([[3.0]]), 1e4

        def field(self, t, x, regime):
            return -x - self.c * x**3, (-1 - 3 * self.c * x**2)[None], None

        def guesses(self):
            yield Guess(lambda t: 3.0 * np.exp(-t)[None])

    problem = Steep(None, None)
    t = np.geomspace(1e-8, 5.0, 200)
    exact = 1 / np.sqrt((1 / 9 + problem.c) * np.exp(2 * t) - problem.c)
    assert abs(solve(problem)(t)[0] - exact).max() < 1e-8
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saddle_path, "MOST_HALVINGS", 0)
        with pytest.raises(SolverError):
            solve(problem)
