"""The same numbers for any number of workers, nothing lost, every failure told."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from aiecon.sweep import sweep

from .sweep_functions import counted, kills_once, misshapen, noisy, picky, picky_batch, slow

SCALES = {"scale": np.linspace(0.1, 2.0, 23)}


def test_one_generator_for_each_draw_whatever_the_chunks():
    expected = [
        s
        * np.random.default_rng(np.random.SeedSequence(7, spawn_key=(i,))).standard_normal(50).sum()
        for i, s in enumerate(SCALES["scale"])
    ]
    for chunk in (1, 4, 23, 100):
        np.testing.assert_array_equal(
            sweep(noisy, SCALES, seed=7, workers=1, chunk=chunk).array, expected
        )
    assert not np.array_equal(sweep(noisy, SCALES, seed=8, workers=1).array, expected)


def test_two_processes_give_what_one_gives():
    one = sweep(noisy, SCALES, seed=7, workers=1)
    two = sweep(noisy, SCALES, seed=7, workers=2)
    np.testing.assert_array_equal(one.array, two.array)


def test_failed_draws_are_recorded_and_the_rest_is_kept():
    result = sweep(picky, [4.0, -1.0, 9.0, -2.0], workers=1)
    assert result.values == (2.0, None, 3.0, None)
    assert [(f.index, f.parameters) for f in result.failures] == [(1, -1.0), (3, -2.0)]
    assert result.failures[0].error == "ValueError: x = -1.0 is negative"
    np.testing.assert_array_equal(result.ok, [True, False, True, False])
    np.testing.assert_array_equal(result.array, [2, np.nan, 3, np.nan])


def test_a_failing_batch_is_halved_until_the_bad_draws_are_found():
    x = np.arange(40.0)
    x[[7, 30, 31]] *= -1
    result = sweep(picky_batch, {"x": x}, chunk=16)
    assert [f.index for f in result.failures] == [7, 30, 31]
    assert result.failures[0].parameters == {"x": -7.0}
    good = result.ok
    np.testing.assert_array_equal(result.column("root")[good], np.sqrt(x[good]))
    np.testing.assert_array_equal(result.column("square")[good], x[good] ** 2)
    assert np.isnan(result.column("root")[~good]).all()


def test_a_sweep_goes_on_where_it_ended(tmp_path):
    log = str(tmp_path / "calls")
    items = [(log, float(i)) for i in range(10)]
    for chunk, calls in ((5, 10), (5, 10), (2, 20)):  # other chunks are other files
        result = sweep(counted, items, workers=1, chunk=chunk, folder=tmp_path / "kept")
        assert result.values == tuple(2.0 * i for i in range(10))
        with open(log) as lines:
            assert len(lines.readlines()) == calls
    one = sorted((tmp_path / "kept").glob("*.pickle"))[0]
    one.unlink()  # as if interrupted
    sweep(counted, items, workers=1, chunk=5, folder=tmp_path / "kept")
    sweep(counted, items, workers=1, chunk=2, folder=tmp_path / "kept")
    with open(log) as lines:
        assert len(lines.readlines()) in (22, 25)  # what the one file held, and nothing else


def test_a_killed_process_loses_nothing(tmp_path):
    items = [(str(tmp_path / "killed"), i) for i in range(8)]
    result = sweep(kills_once, items, workers=2, chunk=2)
    assert (tmp_path / "killed").exists()
    assert result.values == tuple(i * i for i in range(8))
    assert not result.failures


def test_the_bar_is_shown_when_asked_for(capsys):
    sweep(picky, [1.0, -1.0], workers=1, progress=True)
    assert capsys.readouterr().err.endswith("] 2/2, 1 failed\n")
    sweep(picky, [1.0], workers=1, progress=False)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("draws", "options", "message"),
    [
        ({"x": [1.0, 2.0], "y": [1.0]}, {}, "one length"),
        ({"x": 1.0}, {}, "one length"),
        ([], {}, "there are none"),
        ([1.0], {"chunk": -2}, "chunk = -2"),
        ([1.0], {"workers": 0}, "workers = 0"),
    ],
)
def test_bad_input_is_named(draws, options, message):
    with pytest.raises(ValueError, match=message):
        sweep(picky, draws, **options)


def test_a_vectorised_function_must_return_the_draws_and_takes_no_seed():
    result = sweep(misshapen, {"x": np.arange(3.0)})
    assert len(result.failures) == 3
    assert "first axis must be the draws" in result.failures[0].error
    with pytest.raises(ValueError, match="seed = 1"):
        sweep(picky_batch, {"x": [1.0]}, seed=1)


def test_without_a_client_dask_is_not_imported():
    code = (
        "import sys, math; from aiecon.sweep import sweep; sweep(math.sqrt, [1.0], workers=1);"
        "sys.exit('dask' in sys.modules or 'distributed' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


HOW_TO_INSTALL = (
    "Dask is not installed: the cluster test cannot run, and it is not skipped. Install it with "
    "\"pip install 'aiecon[cluster]'\" (or: pip install distributed)."
)


@pytest.fixture
def cluster():
    """Two worker processes on this machine, no dashboard, nothing beyond the loopback."""
    try:
        import dask
        from dask.distributed import Client, LocalCluster
    except ImportError:
        pytest.fail(HOW_TO_INSTALL, pytrace=False)
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            host="127.0.0.1",
            silence_logs=logging.CRITICAL,
        ) as running,
        Client(running) as client,
        # From here on a lost worker is given up after seconds, not after a network's half minute.
        dask.config.set({"distributed.comm.timeouts.connect": "2s"}),
    ):
        yield client


@pytest.mark.xdist_group("dask")
@pytest.mark.filterwarnings("ignore")  # Dask's own, about sockets of the worker that is killed
def test_a_cluster_that_loses_a_worker_loses_nothing(cluster):
    draws = list(range(60))
    pids = cluster.run(os.getpid)
    assert len(pids) == 2
    victim = min(pids.values())

    def kill_one() -> None:
        time.sleep(0.2)  # the sweep takes 0.6 seconds or more
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    result = sweep(slow, draws, cluster, chunk=2)
    killer.join()
    assert not result.failures
    assert result.values == tuple(i * i for i in draws)
    noise = sweep(noisy, SCALES, cluster, seed=7, chunk=3)
    np.testing.assert_array_equal(noise.array, sweep(noisy, SCALES, seed=7, workers=1).array)
    assert victim not in cluster.run(os.getpid).values()
