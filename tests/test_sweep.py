"""The same numbers for any number of workers, nothing lost, every failure told."""

from __future__ import annotations

import functools
import logging
import math
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.special

from aiecon.chen_meng.msm import estimate
from aiecon.chen_meng.results import Bootstrap
from aiecon.fingerprint import fingerprint
from aiecon.sweep import latin_hypercube, sweep, vectorised

from . import sweep_functions
from .sweep_functions import (
    counted,
    deadly,
    greedy,
    kills_once,
    misshapen,
    noisy,
    picky,
    picky_batch,
    scaled,
    slow,
)

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
        ([1.0], {"chunk": 0}, "chunk = 0"),
        ([1.0], {"chunk": 1.5}, "chunk = 1.5"),
        ([1.0], {"workers": 0}, "workers = 0"),
        ([1.0], {"workers": 2.5}, "workers = 2.5"),
        ([1.0], {"workers": True}, "workers = True"),
        ([1.0], {"seed": "x"}, "seed = 'x'"),
        ([1.0], {"seed": -1}, "seed = -1"),
        ([1.0], {"client": "tcp://scheduler:8786"}, "client = 'tcp"),
        ("1234", {}, "draws = '1234'"),
        (b"1234", {}, "draws = b'1234'"),
        ({1.0, 2.0}, {}, "draws = {1.0, 2.0}"),
        (5, {}, "draws = 5"),
        (np.array(5.0), {}, "draws = array"),
        ({"x": "ab"}, {}, "one length"),
        ({1: [1.0]}, {}, "1 is not allowed: each column needs a name"),
        ({"x": [[1.0], [1.0, 2.0]]}, {}, "x is no array"),
        ({"x": np.ma.array([1.0, 2.0], mask=[False, True])}, {}, "masked"),
        (pd.DataFrame([[1.0, 2.0]], columns=["x", "x"]), {}, "a name of its own"),
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


@pytest.mark.parametrize(
    "draws",
    [
        pd.DataFrame({"x": [1.0, 4.0], "y": [1, 2]}),
        np.array([(1.0, 1), (4.0, 2)], dtype=[("x", float), ("y", int)]),
        {"x": pd.Series([1.0, 4.0]), "y": range(1, 3)},
    ],
)
def test_columns_are_the_names_of_the_arguments(draws):
    assert sweep(lambda x, y: x + y, draws, workers=1).values == (2.0, 6.0)


def test_bad_numbers_of_a_latin_hypercube_are_named():
    rng = np.random.default_rng(0)
    for arguments, message in (
        ((4.5, 0.1, rng), "count = 4.5"),
        ((0, 0.1, rng), "count = 0"),
        ((4, -0.1, rng), "share = -0.1"),
        ((4, np.nan, rng), "share = nan"),
        ((4, 0.1, 7), "rng = 7"),
    ):
        with pytest.raises(ValueError, match=message):
            latin_hypercube(*arguments, a=1.0)
    with pytest.raises(ValueError, match="a = '1'"):
        latin_hypercube(4, 0.1, rng, a="1")


# Processes that end -------------------------------------------------------------------------------


@pytest.mark.parametrize("places", [{0}, {2}, {59}, {7, 8, 31}, set(range(60, 68))])
def test_a_draw_that_ends_its_process_is_the_only_one_lost(places):
    result = sweep(deadly, [(i, i in places) for i in range(68)], workers=2)
    assert {failure.index for failure in result.failures} == places
    assert all(v == i * i for i, v in enumerate(result.values) if i not in places)
    assert "Lost: its process ended, twice (SIGKILL(-9))" in result.failures[0].error


def test_nothing_but_the_deadly_is_left():
    for count in (1, 6):  # also where a single process would do
        result = sweep(deadly, [(i, True) for i in range(count)], workers=2)
        assert len(result.failures) == count


def test_leaving_is_a_failure_of_the_draw():
    for workers in (1, 2):
        result = sweep(sys.exit, ["now", None], workers=workers)
        assert [f.error for f in result.failures] == ["SystemExit: now", "SystemExit: "]


def run(code: str, *arguments: str) -> str:
    """What a script without a main guard prints."""
    where = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, *arguments],
        input=textwrap.dedent(code),
        env={**os.environ, "PYTHONPATH": where},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_script_needs_no_main_guard(tmp_path):
    code = """
        import math
        from aiecon.sweep import sweep
        shift = 1.0
        print(sweep(math.sqrt, [4.0, 9.0], workers=2).values)
        print(sweep(lambda x: math.sqrt(x) + shift, [4.0, 9.0], workers=2).values)
        """
    (tmp_path / "script.py").write_text(textwrap.dedent(code))
    assert run("", str(tmp_path / "script.py")) == "(2.0, 3.0)\n(3.0, 4.0)\n"
    assert run(code, "-") == "(2.0, 3.0)\n(3.0, 4.0)\n"


def test_what_cannot_be_sent_says_so_at_once():
    lock = threading.Lock()
    with pytest.raises(ValueError, match="cannot be sent to another process: cannot pickle"):
        sweep(lambda x: lock.locked(), [1.0, 2.0], workers=2)
    with pytest.raises(ValueError, match="function = 'sqrt'"):
        sweep("sqrt", [1.0])


def test_what_cannot_be_started_says_so_at_once(monkeypatch):
    monkeypatch.setitem(sys.modules, "only_here", type(sys)("only_here"))
    exec("def f(x):\n    return x", vars(sys.modules["only_here"]))
    function = sys.modules["only_here"].f
    function.__module__ = "only_here"
    assert sweep(function, [1.0, 2.0], workers=1).values == (1.0, 2.0)
    monkeypatch.setattr(sys.modules["only_here"], "__spec__", object())  # as if it had a file
    with pytest.raises(RuntimeError, match="cannot be computed in another process: ModuleNot"):
        sweep(function, [1.0, 2.0], workers=2)


def test_a_draw_or_result_that_cannot_be_pickled_has_failed():
    for workers in (1, 2):
        result = sweep(lambda x: iter([x]) if x else (y for y in "ab"), [1, 0], workers=workers)
        assert list(result.values[0]) == [1]
        assert "its result cannot be pickled" in result.failures[0].error
        result = sweep(lambda x: 1, [0, threading.Lock()], workers=workers)
        assert result.values == (1, None)
        assert "cannot pickle '_thread.lock'" in result.failures[0].error


# Results ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_results_keep_their_type_and_shape(workers):
    def array(function, draws=(0, 1, 2)):
        return sweep(function, draws, workers=workers).array

    for function, dtype in (
        (lambda x: x > 1, bool),
        (lambda x: x, int),
        (lambda x: x / 2, float),
        (lambda x: 1j * x, complex),
        (lambda x: np.float32(x), np.float32),
        (lambda x: np.full((2, 3), x, dtype=np.int8), np.int8),
    ):
        got = array(function)
        assert got.dtype == dtype
        np.testing.assert_array_equal(got, np.array([function(x) for x in (0, 1, 2)]))
    some = array(lambda x: 1j / x)
    assert some.dtype == complex
    assert np.isnan(some[0])
    assert array(lambda x: 6 // x).dtype == float
    np.testing.assert_array_equal(array(lambda x: 2**64 + x), np.full(3, 2.0**64))
    masked = array(lambda x: np.ma.array([1.0, x], mask=[False, x == 1]))
    np.testing.assert_array_equal(masked, [[1, 0], [1, np.nan], [1, 2]])
    with pytest.raises(ValueError, match=r"draw 0 gave \(0,\), draw 1 gave \(1,\)"):
        array(lambda x: np.zeros(x))
    with pytest.raises(ValueError, match="no numbers"):
        array(str)


def test_a_function_may_change_what_it_is_given():
    draws = [np.ones(2), np.ones(2)]
    both = {"x": np.ones((4, 2))}
    for workers in (1, 2):
        assert sweep(greedy, draws * 2, workers=workers, chunk=4).values == (4.0,) * 4
        assert sweep(greedy, both, workers=workers).values == (4.0,) * 4
    np.testing.assert_array_equal(draws, np.ones((2, 2)))
    np.testing.assert_array_equal(both["x"], np.ones((4, 2)))

    @vectorised
    def batch(x):
        x *= 2
        if len(x) > 1:
            raise ValueError
        return x

    np.testing.assert_array_equal(sweep(batch, {"x": [1.0, 2.0]}).array, [2.0, 4.0])


def test_a_function_may_use_its_result_again():
    buffer = np.zeros(2)

    def fill(x):
        buffer[:] = x
        return buffer

    for workers in (1, 2):
        got = sweep(fill, [1.0, 2.0], workers=workers, chunk=2).array
        np.testing.assert_array_equal(got, [[1, 1], [2, 2]])


def test_a_vectorised_function_returns_no_tuple():
    two = sweep(vectorised(lambda x: (x, x)), {"x": [1.0, 2.0]})
    assert "returned a tuple" in two.failures[0].error


# What is kept -------------------------------------------------------------------------------------


def shifted(x):
    return x + SHIFT


class Plus:
    def __init__(self, a):
        self.a = a

    def __call__(self, x):
        return x + self.a


SHIFT = 1.0


def test_another_closure_default_global_or_object_is_another_function(tmp_path, monkeypatch):
    def both(first, second):
        a = sweep(first, [1.0, 2.0], workers=1, folder=tmp_path)
        b = sweep(second, [1.0, 2.0], workers=1, folder=tmp_path)
        again = sweep(first, [1.0, 2.0], workers=1, folder=tmp_path)
        assert again.values == a.values
        assert a.values == tuple(first(x) for x in (1.0, 2.0))
        assert b.values == tuple(second(x) for x in (1.0, 2.0))
        assert a.values != b.values

    both(scaled(1.0), scaled(2.0))
    both(lambda x, a=1.0: a * x, lambda x, a=2.0: a * x)
    both(functools.partial(math.pow, 2.0), functools.partial(math.pow, 3.0))
    both(Plus(1.0), Plus(2.0))
    both(Plus(1.0).__call__, Plus(2.0).__call__)
    before = sweep(shifted, [1.0], workers=1, folder=tmp_path).values
    monkeypatch.setitem(globals(), "SHIFT", 3.0)
    assert before == (2.0,)
    assert sweep(shifted, [1.0], workers=1, folder=tmp_path).values == (4.0,)
    monkeypatch.setattr(Plus, "__call__", lambda self, x: x - self.a)
    assert sweep(Plus(1.0), [1.0, 2.0], workers=1, folder=tmp_path).values == (0.0, 1.0)


@pytest.mark.parametrize(
    "change",
    [
        ("SCALE = 2.0", "SCALE = 3.0"),  # a global of a module behind the function's module
        ("return SCALE * x", "return SCALE - x"),  # the code there
        ("from helper import scale", "from helper import other as scale"),
        ("x + 1", "x + 2"),
    ],
)
def test_a_change_in_the_readers_own_modules_is_seen(tmp_path, change):
    script = """
        import sys
        sys.path.insert(0, sys.argv[1])
        from aiecon.sweep import sweep
        import helper, main_part
        def f(x):
            return main_part.g(x)
        print(sweep(f, [1.0], workers=1, folder=sys.argv[1] + "/kept").values)
        """
    files = {
        "helper.py": "SCALE = 2.0\ndef scale(x):\n    return SCALE * x\n"
        "def other(x):\n    return 100.0\n",
        "main_part.py": "def g(x):\n    from helper import scale\n    return scale(x + 1)\n",
    }
    found = []
    for old, new in (("", ""), ("", ""), change):
        for name, text in files.items():
            (tmp_path / name).write_text(text.replace(old, new) if old else text)
        found.append(run(script, "-B", "-", str(tmp_path)))
    assert found[0] == found[1] == "(4.0,)\n"
    assert found[2] != found[0]
    assert len(list((tmp_path / "kept").glob("*.pickle"))) == 2  # the second time it was kept


def test_a_global_that_is_named_by_a_text_is_seen(tmp_path, monkeypatch):
    found = []
    for factor in (2.0, 3.0):
        monkeypatch.setattr(sweep_functions, "FACTOR", factor, raising=False)
        by_text = lambda x: x * getattr(sweep_functions, "FACTOR")  # noqa: B009, E731
        found += sweep(by_text, [1.0], workers=1, folder=tmp_path).values
    assert found == [2.0, 3.0]


def test_our_own_bootstrap_and_partials_have_a_fingerprint(tmp_path):
    fitted = estimate(n=500)
    draw = Bootstrap(-0.01, fitted, n=500)
    first = sweep(draw, [0, 1], seed=1, workers=1, folder=tmp_path)
    assert not first.failures
    count = len(list(tmp_path.iterdir()))
    again = sweep(Bootstrap(-0.01, estimate(n=500), n=500), [0, 1], seed=1, workers=1,
                  folder=tmp_path)  # fmt: skip
    np.testing.assert_equal(again.values, first.values)
    assert len(list(tmp_path.iterdir())) == count
    sweep(Bootstrap(-0.01, fitted, n=501), [0], seed=1, workers=1, folder=tmp_path)
    assert len(list(tmp_path.iterdir())) > count


def test_what_functions_commonly_hold_has_a_fingerprint():
    from scipy.interpolate import CubicSpline

    kinds = [
        np.sin,
        math.sqrt,
        re.compile("a"),
        np.vectorize(shifted),
        CubicSpline([0, 1, 2], [0, 1, 4]),
        pd.DataFrame({"a": [1, 2]}),
        np.random.default_rng(0),
        functools.lru_cache(shifted),
        Plus,
        Path("a"),
        frozenset("abc"),
        {"a": [shifted, Plus(1.0)]},
        np.polynomial.Polynomial([1, 2]),
    ]
    found = [fingerprint(kind) for kind in kinds]
    assert found == [fingerprint(kind) for kind in kinds]
    assert len(set(found)) == len(kinds)


def test_a_class_stays_what_it_is_when_an_instance_is_pickled():
    class Times:
        def __init__(self, factor):
            self.factor = factor

    before = fingerprint(Times)
    fingerprint(Times(2.0))
    assert "__slotnames__" in vars(Times)  # this is what changes
    assert fingerprint(Times) == before


def test_what_has_no_fingerprint_is_refused_by_name(tmp_path):
    lock = threading.Lock()
    with pytest.raises(ValueError, match=r"<lambda>.*no fingerprint: cannot pickle '_thread.lock'"):
        sweep(lambda x: lock.locked(), [1.0], workers=1, folder=tmp_path)
    with pytest.raises(ValueError, match="no fingerprint"):
        sweep(str, [(x for x in "ab")], workers=1, folder=tmp_path)
    doubled = np.frompyfunc(lambda x: 2 * x, 1, 1)  # another one has the same name
    for hidden in (doubled, lambda x: eval("math.pi") * x, lambda x: globals()["math"].pi * x):
        with pytest.raises(ValueError, match="no fingerprint"):
            sweep(hidden, [1.0], workers=1, folder=tmp_path)
    assert sweep(np.sqrt, [4.0], workers=1, folder=tmp_path).values == (2.0,)
    assert sweep(scipy.special.gammaln, [1.0], workers=1, folder=tmp_path).values == (0.0,)


@pytest.mark.parametrize("folder", ["", 5, b"kept", True])
def test_a_folder_is_a_path(folder):
    with pytest.raises(ValueError, match=r"folder = .* is not allowed: a folder's path"):
        sweep(abs, [1.0], workers=1, folder=folder)


def test_an_error_that_cannot_say_what_it_is_is_one_draws_failure():
    class Dumb(Exception):
        def __str__(self):
            raise RuntimeError

    def f(x):
        if x:
            raise Dumb
        return x

    assert [(x.index, x.error) for x in sweep(f, [0, 1], workers=1).failures] == [(1, "Dumb")]


def test_a_failure_is_not_kept(tmp_path):
    switch = tmp_path / "on"
    log = str(tmp_path / "calls")

    def f(x):
        counted((log, x))
        if x == 2 and not switch.exists():
            raise OSError("not yet")
        return x

    first = sweep(f, [1, 2, 3, 4], workers=1, chunk=2, folder=tmp_path / "kept")
    assert first.values == (1, None, 3, 4)
    switch.touch()
    assert sweep(f, [1, 2, 3, 4], workers=1, chunk=2, folder=tmp_path / "kept").values == (
        (1, 2, 3, 4)
    )
    assert len(Path(log).read_text().splitlines()) == 5  # the failed draw alone


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-5], lambda b: b"", lambda b: b[:40] + b"x" + b[41:], lambda b: b"no"]
)
def test_a_damaged_file_is_computed_again(tmp_path, damage):
    before = sweep(picky, [4.0, 9.0], workers=1, chunk=1, folder=tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(damage(file.read_bytes()))
    assert sweep(picky, [4.0, 9.0], workers=1, chunk=1, folder=tmp_path).values == before.values


def test_a_full_disk_loses_nothing_in_memory(tmp_path, monkeypatch, caplog):
    def full(*_):
        raise OSError(28, "No space left on device")

    for place in ("write_bytes", "replace"):
        monkeypatch.setattr(Path if place == "write_bytes" else os, place, full)
        result = sweep(picky, [4.0, 9.0], workers=1, chunk=1, folder=tmp_path)
        monkeypatch.undo()
        assert result.values == (2.0, 3.0)
    assert "No space left" in caplog.text
    assert not list(tmp_path.iterdir())  # nor half a file


def test_an_interrupted_sweep_goes_on(tmp_path):
    script = f"""
        import time
        from aiecon.sweep import sweep
        from tests.sweep_functions import counted
        def slowly(item):
            time.sleep(0.02)
            return counted(item)
        items = [({str(tmp_path / "calls")!r}, float(i)) for i in range(60)]
        done = sweep(slowly, items, workers=2, folder={str(tmp_path / "kept")!r})
        print(done.values == tuple(2.0 * i for i in range(60)))
        """
    first = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.DEVNULL,
    )
    while not (tmp_path / "kept").exists() or len(list((tmp_path / "kept").iterdir())) < 5:
        time.sleep(0.01)
        assert first.poll() is None
    first.send_signal(signal.SIGINT)
    assert first.wait(60) != 0
    assert run(script, "-") == "True\n"
    calls = Path(tmp_path / "calls").read_text().splitlines()
    assert len(calls) <= 60 + 4  # what was under way, and nothing that was finished


def test_no_process_outlives_a_sweep_that_is_killed(tmp_path):
    script = """
        import os, sys, time
        from aiecon.sweep import sweep
        def f(x):
            with open(sys.argv[1], "a") as log:
                print(os.getpid(), file=log, flush=True)
            time.sleep(0.2)
        sweep(f, range(1000), workers=2)
        """
    log = tmp_path / "processes"
    first = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(log)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    while not log.exists() or not log.read_text().endswith("\n"):
        time.sleep(0.01)
    first.kill()
    first.wait()
    running = set(map(int, log.read_text().split()))
    deadline = time.monotonic() + 30
    while any(map(alive, running)):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)  # does nothing, if there is such a process
    except ProcessLookupError:
        return False
    return True


def test_rate_and_time_left_are_shown(capsys):
    sweep(slow, range(20), workers=1, progress=True)
    shown = capsys.readouterr().err
    assert re.search(r"\] 10/20, [\d.]+ a second, \d+ s left", shown)
    assert shown.endswith("] 20/20\n")


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


@pytest.mark.filterwarnings("ignore")
def test_on_a_cluster_too_the_deadly_draws_alone_are_lost(cluster):
    workers = set(cluster.run(os.getpid).values())
    for places in ({0}, {2, 3}, {19}, set(range(4, 10))):
        result = sweep(deadly, [(i, i in places) for i in range(20)], cluster, chunk=2)
        assert {failure.index for failure in result.failures} == places
        assert all(v == i * i for i, v in enumerate(result.values) if i not in places)
    assert set(cluster.run(os.getpid).values()) == workers  # no worker was lost
    assert sweep(lambda x: 1j * x, [1, 2], cluster).array.dtype == complex


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
