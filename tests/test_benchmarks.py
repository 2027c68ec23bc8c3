"""The benchmark's references, errors and tables. No peer is needed and no time is asserted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from benchmarks import references
from benchmarks.measure import Case, error_of, measure, steady
from benchmarks.peers import handmade, scipy_bvp
from benchmarks.problems import RAMSEY, TAKEOVER, Ramsey, Takeover
from benchmarks.report import text
from mpmath import mp, mpf
from scipy.integrate import solve_ivp

from exhibits import benchmarks as report

ROOT = Path(__file__).resolve().parents[1]


@cache
def ramsey() -> references.Reference:
    return references.solve_ramsey()


@cache
def takeover() -> references.Reference:
    return references.solve_takeover()


# The references -----------------------------------------------------------------------------------


def test_the_takeover_has_the_known_answers():
    assert mp.nstr(takeover().C0, 11) == "1.6011726097"
    assert mp.nstr(takeover().switch, 12) == "18.6130644159"


def test_the_fast_takeover_has_the_known_answers():
    fast = references.solve_takeover(Takeover(T=5.0))
    assert mp.nstr(fast.C0, 11) == "1.4380419721"
    assert mp.nstr(fast.switch, 11) == "3.5793734894"


@pytest.mark.parametrize("share", [0.5, 0.05])  # the power series alone; with Taylor steps as well
def test_ramsey_agrees_with_the_closed_form_of_a_constant_saving_rate(share):
    p = Ramsey(alpha=0.7, share=share)  # α = (ρ+δ)/(ηδ): the saving rate is 1/η for ever
    path = references.solve_ramsey(p)
    t = np.linspace(0, 100, 201)
    K, C = path(t)
    z0, z_star = np.exp((1 - p.alpha) * p.k0), 1 / (p.eta * p.delta)  # of K^(1−α), Bernoulli
    z = z_star + (z0 - z_star) * np.exp(-(1 - p.alpha) * p.delta * t)
    np.testing.assert_allclose(K, z ** (1 / (1 - p.alpha)), rtol=1e-13)
    np.testing.assert_allclose(C, (1 - 1 / p.eta) * K**p.alpha, rtol=1e-13)
    with mp.workdps(40):
        assert abs(path.C0 - path.K0 ** (mpf(7) / 10) / 2) < mpf(10) ** -30


def test_both_cases_of_the_closed_form_are_different_code():
    def pieces(share: float) -> int:
        return len(references.solve_ramsey(Ramsey(alpha=0.7, share=share)).starts)

    assert pieces(0.5) == 1 < pieces(0.05)


def test_the_references_do_not_depend_on_their_own_precision():
    saving, coarse = references.solve_ramsey(digits=32), references.solve_takeover(digits=32)
    with mp.workdps(40):
        assert mpf(0) < abs(saving.C0 - ramsey().C0) < mpf(10) ** -24
        assert mpf(0) < abs(coarse.C0 - takeover().C0) < mpf(10) ** -22
        assert abs(coarse.switch - takeover().switch) < mpf(10) ** -22


def test_the_takeover_follows_a_runge_kutta_method_backwards():
    p, path = TAKEOVER, takeover()

    def field(t: float, x: np.ndarray) -> np.ndarray:
        y, R, *_ = p.region_1(t, x[0])
        growth = y - p.delta - np.exp(x[1])
        return np.array([growth, (R - p.rho - p.delta) / p.eta - growth])

    start = float(path.switch)
    K, C = path(np.array([start]))[:, 0]
    t = np.linspace(start, 0, 41)
    run = solve_ivp(
        field, (start, 0), [np.log(K), np.log(C / K)], "DOP853", t, rtol=1e-12, atol=1e-13
    )
    assert run.success
    expected = path(t)
    np.testing.assert_allclose(np.exp(run.y[0]), expected[0], rtol=1e-9)
    np.testing.assert_allclose(np.exp(run.y[0] + run.y[1]), expected[1], rtol=1e-9)


def test_after_the_switch_capital_obeys_its_equation_of_motion():
    p, path = TAKEOVER, takeover()
    t, h = np.linspace(20, 39, 20), 1e-4
    K, C = path(t)
    slope = (path(t + h)[0] - path(t - h)[0]) / (2 * h)
    np.testing.assert_allclose(slope, p.A * (K + 1) - p.delta * K - C, rtol=1e-7)


# The problems -------------------------------------------------------------------------------------


def test_the_jacobian_of_ramsey_is_exact():
    rng = np.random.default_rng(1)
    x, h = rng.normal(size=(2, 20)), 1e-6
    for j in range(2):
        step = np.zeros((2, 1))
        step[j] = h
        slope = (RAMSEY.field(x + step) - RAMSEY.field(x - step)) / (2 * h)
        np.testing.assert_allclose(RAMSEY.jacobian(x)[:, j], slope, rtol=1e-8, atol=1e-8)


def test_the_stable_manifold_of_ramsey_is_an_eigenvector():
    J = RAMSEY.linear()
    mu, slope = RAMSEY.stable()
    star = np.array([[RAMSEY.k_star], [RAMSEY.q_star]])
    np.testing.assert_allclose(RAMSEY.field(star), 0, atol=1e-15)
    np.testing.assert_allclose(RAMSEY.jacobian(star)[:, :, 0], J, rtol=1e-13)
    np.testing.assert_allclose(J @ [1, slope], -mu * np.array([1, slope]), rtol=1e-12)
    assert mu > 0


def test_the_derivatives_of_the_takeover_are_exact():
    p, h = replace(TAKEOVER, sigma=0.7), 1e-6
    t, k = np.meshgrid(np.linspace(0.5, 18, 7), np.linspace(0.5, 3, 6))
    y, R, y_k, R_k, y_t, R_t = p.region_1(t, k)
    for value, by_k, by_t, i in ((y, y_k, y_t, 0), (R, R_k, R_t, 1)):
        assert value.shape == t.shape
        in_k = (p.region_1(t, k + h)[i] - p.region_1(t, k - h)[i]) / (2 * h)
        in_t = (p.region_1(t + h, k)[i] - p.region_1(t - h, k)[i]) / (2 * h)
        np.testing.assert_allclose(by_k, in_k, rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(by_t, in_t, rtol=1e-7, atol=1e-9)


def test_the_regions_of_the_takeover_meet_at_the_border():
    p = TAKEOVER
    t = np.linspace(0, 19, 20)
    k = np.log((1 - p.unautomated(t)) / p.unautomated(t))
    np.testing.assert_allclose(p.region_1(t, k)[:2], p.region_2(k)[:2], rtol=1e-12)
    assert p.in_region_1(t, k + 1e-9).all()
    assert not p.in_region_1(t, k - 1e-9).any()


def test_a_capital_stock_above_the_steady_state_is_refused():
    with pytest.raises(ValueError, match=r"share = 1\.5 is not allowed"):
        Ramsey(share=1.5)


# Errors and measurements --------------------------------------------------------------------------


def test_the_error_is_what_was_planted():
    exact = ramsey()
    assert error_of(exact, exact, 100.0) == 0.0

    def spoilt(t: np.ndarray) -> np.ndarray:
        return exact(t) * (1 + 1e-7 * (np.abs(t - 50) < 1) * [[0], [1]])

    assert error_of(spoilt, exact, 100.0) == pytest.approx(1e-7, rel=1e-6)
    t = np.array([0.0, 40.0, 120.0])
    values = exact(t) * [1.0, 1.0 + 3e-5, 2.0]  # what comes after the horizon does not count
    assert error_of((t, values), exact, 100.0) == pytest.approx(3e-5, rel=1e-6)


def test_a_path_that_stops_early_is_no_small_error():
    exact = ramsey()
    t = np.linspace(0, 60, 61)
    with pytest.raises(ValueError, match="ends at t = 60"):
        error_of((t, exact(t)), exact, 100.0)


def test_a_solver_that_fails_gets_a_row_that_says_so():
    def fails(_: object) -> None:
        raise RuntimeError("no convergence\nmore words")

    row = measure(Case("s", "ramsey", "x", lambda: None, fails, lambda x: x), ramsey(), 100.0)
    assert row.error is row.seconds is row.setup is None
    assert row.note == "failed: RuntimeError: no convergence"


def test_a_burst_of_other_work_does_not_count():
    assert steady([2.0] * 15 + [1.0] * 15 + [9.0] * 15) == 1.0
    assert steady([3.0, 1.0, 2.0]) == 2.0  # fewer than one block: their median
    assert steady([2.0] * 15 + [0.1]) == 2.0  # a rest that is no block does not count


def test_a_measured_row_is_complete():
    exact = ramsey()
    case = Case("s", "ramsey", "x", lambda: 3, lambda n: n + 1, lambda _: exact)
    row = measure(case, exact, 100.0, quick=True)
    assert row.error == 0.0
    assert row.repetitions == 1
    assert row.seconds is not None
    assert row.setup is not None


@pytest.mark.parametrize(
    ("solve", "path", "reference", "until", "sizes"),
    [
        (handmade.solve_ramsey, handmade.ramsey_path, ramsey, 100.0, (6, 10, 14)),
        (handmade.solve_takeover, handmade.takeover_path, takeover, 40.0, (12, 20, 28)),
    ],
)
def test_the_script_for_one_model_converges_spectrally(solve, path, reference, until, sizes):
    errors = [error_of(path(solve(n)), reference(), until) for n in sizes]
    assert errors[0] < 1e-5
    assert errors[1] < 1e-2 * errors[0]
    assert errors[2] < 1e-2 * errors[1]
    assert errors[2] < 1e-11


@pytest.mark.parametrize(
    ("solve", "path", "reference", "until"),
    [
        (scipy_bvp.ramsey_truncated, scipy_bvp.truncated_path, ramsey, 100.0),
        (scipy_bvp.ramsey_compact, scipy_bvp.compact_path, ramsey, 100.0),
        (scipy_bvp.takeover_kink, scipy_bvp.takeover_path, takeover, 40.0),
        (scipy_bvp.takeover_free, scipy_bvp.takeover_path, takeover, 40.0),
    ],
)
def test_every_formulation_for_scipy_is_right(solve, path, reference, until):
    assert error_of(path(solve((1e-6, 40))), reference(), until) < 1e-6


# Pins and requests --------------------------------------------------------------------------------

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


def test_the_peers_run_on_the_pins_of_the_book():
    book = dict(PIN.findall((ROOT / "requirements.lock").read_text("utf8")))
    peers = dict(PIN.findall((ROOT / "benchmarks" / "requirements.lock").read_text("utf8")))
    assert {"numpy", "scipy", "casadi", "gekko", "sequence-jacobian"} <= set(peers)
    assert {name: peers[name] for name in peers if name in book} == {
        name: book[name] for name in peers if name in book
    }


def test_gekko_never_asks_another_host():
    source = (ROOT / "benchmarks" / "peers" / "gekko_apm.py").read_text("utf8")
    assert source.count("GEKKO(") == source.count("GEKKO(remote=False)") > 0


# The committed results ----------------------------------------------------------------------------

ROW = {"solver", "problem", "setting", "error", "seconds", "spread", "repetitions", "setup", "note"}
DRAW = {"solver", "set", "draws", "solved", "refused", "failed", "per_second", "error", "note"}

EVERYBODY = {
    "ramsey": {
        report.OURS,
        report.ONCE,
        "NumPy script for this model only",
        "SciPy solve_bvp, long finite horizon",
        "SciPy solve_bvp, compactified time",
        "CasADi, its own Gauss points",
        "CasADi, one element of many points",
        "GEKKO",
        "sequence-jacobian",
        "Dynare (Octave)",
    },
    "takeover": {
        report.OURS,
        report.ONCE,
        "NumPy script for this model only",
        "SciPy solve_bvp, kink inside",
        "SciPy solve_bvp, free boundary",
        "CasADi, its own Gauss points",
        "CasADi, one element of many points",
        "GEKKO",
        "Dynare (Octave)",
    },
}


@pytest.fixture(scope="module")
def results() -> dict:
    return report.load()


def test_the_results_are_complete(results):
    assert set(results) - {"families"} == {
        "measured",
        "machine",
        "versions",
        "problems",
        "references",
        "rows",
        "missing",
        "first_call",
        "draws",
        "promises",
    }
    assert {"python", "numpy", "scipy", "casadi", "gekko"} <= set(results["versions"])
    assert {"cpu", "cores", "memory_gb", "system", "load_before"} <= set(results["machine"])
    assert all(results["missing"].values())  # a reason
    for problem, solvers in EVERYBODY.items():
        seen = {row["solver"] for row in results["rows"] if row["problem"] == problem}
        assert seen | set(results["missing"]) >= solvers
        assert not seen & set(results["missing"])


def test_no_estimate_was_below_its_error(results):
    assert len(results["promises"]) == 5
    for row in results["promises"]:
        assert row["draws"] >= 2000
        assert row["above_estimate"] == row["above_tol"] == 0
        assert row["failed"] + row["unverified"] < 0.01 * row["draws"]


def test_each_result_was_measured_more_than_once_or_says_why_it_failed(results):
    for row in results["rows"]:
        assert set(row) == ROW
        if row["error"] is None:
            assert row["note"].startswith("failed: ")
        else:
            assert row["repetitions"] >= 3
            assert 0 < row["seconds"] <= row["spread"][1]
    assert results["first_call"]["runs"] >= 5
    assert sum(results["first_call"]["scenarios"].values()) > 0


def test_the_draws_account_for_every_draw(results):
    ours = [row for row in results["draws"]["rows"] if row["solver"] == report.OURS]
    assert {row["set"] for row in ours} == {"near", "wide"}
    for row in results["draws"]["rows"]:
        assert set(row) == DRAW
        assert row["solved"] + row["refused"] + row["failed"] == row["draws"]
    for row in ours:
        assert row["draws"] == 10_000
        assert row["failed"] == 0
        assert row["error"] < 1e-8


def test_the_results_name_no_host_and_no_folder(results):
    words = json.dumps([results["machine"], results["versions"], results["rows"]])
    assert "/" not in words.replace("GNU/Linux", "")
    assert "\\\\" not in words


def test_the_references_of_the_results_are_the_ones_computed_here(results):
    for name, path in (("ramsey", ramsey()), ("takeover", takeover())):
        stored = results["references"][name]
        assert stored["C0"] == mp.nstr(path.C0, 30)
        some = [0, 7, 23, 40]
        K, C = path(np.array(stored["t"])[some])
        np.testing.assert_allclose(np.array(stored["K"])[some], K, rtol=1e-15)
        np.testing.assert_allclose(np.array(stored["C"])[some], C, rtol=1e-15)


def test_ours_reaches_the_accuracy_asked_for(results):
    for problem in EVERYBODY:
        first, second = report.comparison(results, problem)[:2]
        assert (first.solver, second.solver) == (report.OURS, report.ONCE)
        assert first.reaches
        assert second.reaches
        assert first.ratio == 1.0


def test_with_the_tolerance_at_the_goal_the_error_is_below_it(results):
    for problem, asked in results["problems"].items():
        (row,) = (
            row
            for row in results["rows"]
            if row["solver"] == report.OURS
            and row["problem"] == problem
            and row["setting"].startswith("tol ")
            and float(row["setting"][4:]) == asked["goal"]
        )
        assert report.certified(results, problem) == row["seconds"]
        assert row["error"] <= asked["goal"]


def test_the_table_shows_every_solver(results):
    shown = text(results)
    for problem, solvers in EVERYBODY.items():
        table = report.markdown(results, problem)
        assert table.splitlines()[2].startswith(f"| {report.OURS} · ")
        for solver in solvers - set(results["missing"]):
            assert solver in shown
            assert f"| {solver} · " in table


def test_the_machine_is_named_with_all_versions(results):
    table = report.machine_markdown(results)
    for words in (results["measured"], results["machine"]["cpu"], *results["versions"].values()):
        assert words in table


def test_the_figures_show_every_solver_that_solved(results):
    for problem in EVERYBODY:
        fig = report.figure(results, problem)
        solved = {
            row["solver"]
            for row in results["rows"]
            if row["problem"] == problem and row["error"] is not None
        }
        labels = [line.get_label() for line in fig.axes[0].get_lines()]
        assert len([label for label in labels if not label.startswith("_")]) == len(solved)


# The comparison of a run -------------------------------------------------------------------------


def made(solver: str, setting: str, error: float | None, seconds: float | None) -> dict:
    row = dict.fromkeys(ROW, None)
    row |= {"solver": solver, "problem": "ramsey", "setting": setting, "note": "failed: why"}
    return row | {"error": error, "seconds": seconds, "setup": 0.0}


def test_the_comparison_takes_the_fastest_setting_that_is_accurate_enough():
    rows = [
        made(report.OURS, "a", 1e-12, 3e-4),
        made(report.OURS, "b", 1e-9, 1e-4),
        made("slow", "c", 1e-11, 6e-4),
        made("slow", "d", 1e-11, 9e-4),
        made("rough", "e", 1e-7, 1e-5),
        made("rough", "f", 1e-8, 2e-5),
        made("broken", "g", None, None),
    ]
    results = {"rows": rows, "problems": {"ramsey": {"goal": 1e-10, "seconds": 4e-4}}}
    lines = report.comparison(results, "ramsey")
    assert [(x.solver, x.setting, x.reaches) for x in lines] == [
        (report.OURS, "a", True),
        ("slow", "c", True),
        ("rough", "f", False),
        ("broken", "g", False),
    ]
    assert lines[1].ratio == pytest.approx(2.0)
    assert "failed: why" in report.markdown(results, "ramsey")
