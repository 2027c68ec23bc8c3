"""Grades a folder of students' notebooks: a table for each student and for each question.

    make grade SUBMISSIONS=folder        the tables are in _build/grades

Each notebook runs in a process of its own, with limits of time and memory, in a temporary folder
that has the notebook and the library and nothing else: no chapter, no test, no variable of yours.
**This is no sandbox.** It survives mistakes: a notebook that does not run, that loops for ever,
that prints what it likes. A student who means harm can read the disk, use the network, and write
her own marks; grade work that you do not trust in a container or on a machine of its own.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_EXERCISE = re.compile(
    r"^:label: ex-([\w-]+)\n```\n\s*\*(?:Warm-up|Standard|Challenge|Open) · (\d+) points", re.M
)


@dataclass(frozen=True)
class Mark:
    """An answer: ``points`` is None where a teacher has to read it."""

    id: str
    points: int | None
    of: int
    message: str
    given: str = ""


@dataclass(frozen=True)
class Graded:
    student: str
    set: str
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]

    @property
    def points(self) -> int:
        return sum(mark.points or 0 for mark in self.marks)


def worth(root: Path) -> dict[str, int]:
    """The points of every exercise, as its text says."""
    files = [*(root / "chapters").rglob("*.md"), *(root / "teaching").glob("*.md")]
    texts = (file.read_text("utf8") for file in files)
    found = (match.groups() for text in texts for match in _EXERCISE.finditer(text))
    return {label.replace("-", "."): int(points) for label, points in found}


def library(root: Path, place: Path) -> None:
    """The library, and the checks of the exam as a chapter of it."""
    unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(root / "lib", place, ignore=unwanted)
    exam = place / "exhibits" / "exam"
    exam.mkdir()
    (exam / "__init__.py").touch()
    for file in (root / "teaching").glob("*_checks.py"):
        shutil.copy(file, exam)


def run(submission: Path, root: Path, seconds: float, megabytes: int, overall: float) -> dict:
    """What a submission answers, and what stopped it; never an exception of its making."""
    with tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        library(root, here / "lib")
        shutil.copy(Path(__file__).with_name("run.py"), here / "run.py")
        shutil.copy(submission, here / "submission.ipynb")
        (here / "work").mkdir()
        results = here / "results.json"
        environment = {
            "HOME": folder,
            "TMPDIR": folder,
            "PATH": os.defpath,
            "PYTHONPATH": str(here / "lib"),
            "PYTHONUTF8": "1",
            "MPLBACKEND": "agg",
            "MPLCONFIGDIR": folder,
            "OPENBLAS_NUM_THREADS": "1",
            **{name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ},
        }
        limits = [str(seconds), str(megabytes)]
        process = subprocess.Popen(
            [sys.executable, "-s", here / "run.py", here / "submission.ipynb", results, *limits],
            cwd=here / "work",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        note = ""
        try:
            process.wait(timeout=overall)
        except subprocess.TimeoutExpired:
            note = f"ended by force after {overall:g} seconds"
        finally:
            _end(process)
        try:
            found = json.loads(results.read_text("utf8")[:2_000_000])
            found["stopped"] = [str(what) for what in found["stopped"]][:5]
        except (OSError, ValueError, KeyError, TypeError):
            found = {"answers": {}, "stopped": [], "ended": False}
        if note or not found.get("ended"):
            found["stopped"].append(note or "the process ended before the notebook did")
        return found


def _end(process: subprocess.Popen) -> None:
    """The process and what it has started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, OSError):
        process.kill()
    process.wait()


def graded(submission: Path, student: str, found: dict, sets: dict, points: dict) -> Graded:
    """The marks of one submission; of which set it is, it says itself, or its file's name."""
    answers = found.get("answers", {})
    try:
        name = json.loads(submission.read_bytes())["metadata"]["aiecon"]["set"]
    except (ValueError, KeyError, TypeError, OSError):
        name = next((name for name in sets if name in submission.stem), "")
    ids = sets[name]["exercises"] if name in sets else list(answers)
    marks = []
    for id in ids:
        told, of = answers.get(id), points.get(id, 0)
        if not isinstance(told, dict):
            marks.append(Mark(id, 0, of, "No answer."))
            continue
        passed = told.get("passed")
        earned = None if passed is None else of * (passed is True)
        marks.append(Mark(id, earned, of, str(told.get("message")), str(told.get("given", ""))))
    notes = list(found["stopped"])
    if name not in sets:
        notes.append("of no known set: only what it answers is in the table")
    return Graded(student, name, tuple(marks), tuple(notes))


def table(done: Iterable[Graded]) -> str:
    """Students by questions, a table for each set; ? is to be read, – has no answer."""
    done, out = list(done), []
    for name in dict.fromkeys(one.set for one in done):
        here = [one for one in done if one.set == name]
        ids = list(dict.fromkeys(mark.id for one in here for mark in one.marks))
        rows = [["student", *ids, "points", "of"]]
        for one in here:
            marks = {mark.id: mark for mark in one.marks}
            shown = [_shown(marks[id]) if id in marks else "" for id in ids]
            rows.append([one.student, *shown, str(one.points), str(sum(m.of for m in one.marks))])
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        out.append(name or "of no known set")
        for row in rows:
            first, *rest = (cell.rjust(w) for cell, w in zip(row, widths, strict=True))
            out.append("  ".join([first.strip().ljust(widths[0]), *rest]))
        out += [f"  {one.student}: {note}" for one in here for note in one.notes]
        out.append("")
    return "\n".join([*out, "? has to be read by you (to_read.md); – has no answer.", ""])


def _shown(mark: Mark) -> str:
    return "–" if mark.message == "No answer." else "?" if mark.points is None else str(mark.points)


def write(done: Iterable[Graded], out: Path) -> None:
    """grades.csv has a row for each answer, grades.txt the tables, to_read.md what is in words."""
    done = list(done)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "grades.csv").open("w", encoding="utf8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["student", "set", "question", "points", "of", "message"])
        for one in done:
            for mark in one.marks:
                points = "" if mark.points is None else mark.points
                row = [one.student, one.set, mark.id, points, mark.of, mark.message]
                rows.writerow([_harmless(cell) for cell in row])
            if not one.marks:
                rows.writerow([one.student, one.set, "", 0, 0, "; ".join(one.notes)])
    (out / "grades.txt").write_text(table(done), "utf8")
    read = [
        f"## {mark.id}, {one.student} (of {mark.of} points)\n\nTo compare: {mark.message}\n\n"
        + "\n".join(f"> {line}" for line in mark.given.splitlines())
        for one in done
        for mark in one.marks
        if mark.points is None
    ]
    (out / "to_read.md").write_text("\n\n".join(["# Answers in words", *sorted(read), ""]), "utf8")


def _harmless(cell: str | int) -> str | int:
    """A spreadsheet would take what begins so for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell


def main() -> str | None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where the students' notebooks are")
    parser.add_argument("--out", type=Path, default=ROOT / "_build" / "grades")
    parser.add_argument("--seconds", type=float, default=60, help="for a cell")
    parser.add_argument("--overall", type=float, default=300, help="seconds for a notebook")
    parser.add_argument("--megabytes", type=int, default=4096, help="of memory, each")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="notebooks")
    chosen = parser.parse_args()
    if not chosen.folder.is_dir():
        return f"SUBMISSIONS={chosen.folder}: there is no such folder."
    files = sorted(f for f in chosen.folder.rglob("*") if f.is_file() and f.name[0] != ".")
    if not files:
        return f"SUBMISSIONS={chosen.folder}: there is no file in it."
    sets, points = tomllib.loads((ROOT / "teaching/sets.toml").read_text("utf8")), worth(ROOT)

    def grade(file: Path) -> Graded:
        student = file.relative_to(chosen.folder).with_suffix("").as_posix()
        found = run(file, ROOT, chosen.seconds, chosen.megabytes, chosen.overall)
        return graded(file, student, found, sets, points)

    done: list[Graded] = []
    with ThreadPoolExecutor(max(1, chosen.at_once)) as pool:
        for one in pool.map(grade, files):
            done.append(one)
            print(f"[{len(done)}/{len(files)}] {one.student}", flush=True)
    write(done, chosen.out)
    print(f"\n{table(done)}\nThe tables are in {chosen.out}. This was no sandbox: see grade.py.")
    return None


if __name__ == "__main__":
    sys.exit(main())
