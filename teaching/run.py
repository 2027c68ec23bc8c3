"""Runs one submission in the process that grade.py makes for it, and writes what came out.

    run.py NOTEBOOK RESULTS SECONDS MEGABYTES

A cell that stops, or takes longer than SECONDS, ends; the next one begins. The results are written
anew after each cell, so that what was answered before the process had to be ended still counts.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from exhibits.check import check, exercises

#: The first cell of a notebook that was handed out brings the library along, which is here already.
LIBRARY = "# The book's library: the copy that this notebook carries"


class OutOfTime(BaseException):
    """No Exception, so that a loop which catches those ends too."""


def limited(megabytes: int) -> None:
    """Memory and the size of files, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (("RLIMIT_AS", megabytes << 20), ("RLIMIT_FSIZE", 50 << 20)):
        try:
            resource.setrlimit(getattr(resource, kind), (most, most))
        except (AttributeError, ValueError, OSError):
            continue


def within(seconds: float, do: Callable[[], Any]) -> str:
    """What stopped it, in words; nothing if nothing did."""

    def end(*_: Any) -> None:
        raise OutOfTime(f"after {seconds:g} seconds")

    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, end)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        do()
    except BaseException as stopped:
        try:
            return f"{type(stopped).__name__}: {stopped}"[:200]
        except BaseException:  # of the student's own, that cannot even be written
            return type(stopped).__name__
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def cells(file: Path) -> Iterator[tuple[int, str]]:
    """The code cells with their numbers; ValueError if the file is no notebook."""
    try:
        notebook = json.loads(file.read_bytes())
        made = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise ValueError(f"no notebook ({type(wrong).__name__})") from None
    for number, (kind, source) in enumerate(made, 1):
        if kind == "code" and not source.startswith(LIBRARY):
            yield number, source


def execute(source: str, number: int, space: dict[str, Any]) -> None:
    try:
        code = compile(source, f"cell {number}", "exec")
    except SyntaxError:  # perhaps lines for IPython alone
        plain = re.sub(r"^(\s*)[%!].*", r"\1pass", source, flags=re.M)
        code = compile(plain, f"cell {number}", "exec")
    exec(code, space)


def dots(answer: Any) -> bool:
    """Whether nobody has put anything in place of the dots."""
    parts = answer if type(answer) is tuple and answer else (answer,)
    return all(part is ... for part in parts)


def run(file: Path, results: Path, seconds: float) -> None:
    known = set(exercises())
    found: dict[str, Any] = {"answers": {}, "stopped": [], "ended": False}
    space: dict[str, Any] = {"__name__": "__main__"}
    seen: dict[str, Any] = {}

    def keep() -> None:
        results.with_suffix(".part").write_text(json.dumps(found), "utf8")
        results.with_suffix(".part").replace(results)

    def look(id: str, given: Any) -> None:
        done = check(id, given)
        told = {"passed": done.passed, "message": done.message}
        if done.passed is None:
            parts = given if isinstance(given, tuple | list) else (given,)
            told["given"] = "\n".join(part[:5000] for part in parts if isinstance(part, str))
        found["answers"][id] = told

    try:
        todo = list(cells(file))
    except ValueError as wrong:
        found["stopped"].append(str(wrong))
        todo = []
    for number, source in todo:
        if what := within(seconds, partial(execute, source, number, space)):
            found["stopped"].append(f"cell {number} stops with {what}")
        given = space.get("answers")
        for id, answer in dict(given).items() if isinstance(given, dict) else ():
            if id not in known or dots(answer) or seen.get(id, known) is answer:
                continue
            seen[id] = answer
            if what := within(seconds, partial(look, id, answer)):
                found["answers"][id] = {"passed": False, "message": f"The check stops: {what}"}
        keep()
    found["ended"] = True
    keep()


if __name__ == "__main__":
    notebook, results, seconds, megabytes = sys.argv[1:]
    warnings.simplefilter("ignore")
    exercises()
    limited(int(megabytes))
    run(Path(notebook), Path(results), float(seconds))
