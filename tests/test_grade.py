"""Grading: whatever is handed in gets its row, and ends nobody else's."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "teaching"))

import grade  # noqa: E402

RIGHT = 'answers["ku.plateau.1"] = 1.917'
START = "from exhibits.check import check\nanswers = {}"

WORDS = "All tasks are taken as profitable, and the best one as the average: who measured that?"


def notebook(*cells: str, set: str = "set-5") -> str:
    made = [{"cell_type": "code", "source": [cell], "outputs": []} for cell in cells]
    made.insert(0, {"cell_type": "markdown", "source": "Words."})
    return json.dumps({"cells": made, "metadata": {"aiecon": {"set": set}}})


SUBMISSIONS = {
    "right.ipynb": notebook(
        START,
        RIGHT,
        'answers["ku.plateau.2"] = (0.0783, 1.485, 0.706)\ncheck("ku.plateau.2", 1)',
        'answers["ku.plateau.4"] = ...',
        'answers["ku.race.1"] = (..., ...)',
    ),
    "wrong.ipynb": notebook(START, 'answers["ku.plateau.1"] = 2.376'),
    "stops.ipynb": notebook(START, "1 / 0", RIGHT, "nonsense here"),
    "quits.ipynb": notebook(START, "import sys; sys.exit()", RIGHT),
    "dies.ipynb": notebook(START, RIGHT, "import os; os._exit(0)", 'answers["ku.plateau.1"] = 3'),
    "loops.ipynb": notebook(START, "while True:\n    pass", RIGHT),
    "stubborn.ipynb": notebook(
        START,
        RIGHT,
        "from time import sleep",
        "while True:\n    try:\n        while True: sleep(0.01)\n    except: pass",
    ),
    "hungry.ipynb": notebook(START, "x = bytearray(10**10)", RIGHT),
    "prints.ipynb": notebook(
        START,
        "import os, sys\nprint('SECRET', dict(os.environ)); print('SECRET', file=sys.stderr)",
        "os.write(1, b'SECRET')",
        RIGHT,
    ),
    "asks.ipynb": notebook(START, "name = input('Who?')", RIGHT),
    "magic.ipynb": notebook(START, "%matplotlib inline\n!ls\n" + RIGHT),
    "slow_function.ipynb": notebook(
        START, "class Slow:\n    def __float__(self):\n        while True: pass", RIGHT
    ),
    "no_answers.ipynb": notebook("x = 1"),
    "odd_answers.ipynb": notebook("answers = 3", "answers = {1: 2, 'no.such.1': 3}\n" + RIGHT),
    "words.ipynb": notebook(
        START, f"answers['exam.5'] = (0.0075, {WORDS!r})\nanswers['exam.1'] = 'c'", set="exam"
    ),
    "list.ipynb": "[1, 2]",
    "broken.ipynb": "{",
    "binary.ipynb": "\0\1\2",
    "essay.txt": "My answers are right.",
    "of_no_set.ipynb": notebook(START, RIGHT, set="set-99"),
    "anna/set-5.ipynb": json.dumps({"cells": json.loads(notebook(START, RIGHT))["cells"]}),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The tables of all of them, graded by the command itself; what it printed."""
    folder = tmp_path_factory.mktemp("submissions")
    for name, text in SUBMISSIONS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    out = tmp_path_factory.mktemp("grades")
    command = [sys.executable, ROOT / "teaching" / "grade.py", folder, "--out", out]
    own = os.environ | {"AIECON_SECRET": "SECRET", "PYTHONPATH": str(ROOT / "lib")}
    ran = subprocess.run(
        [*command, "--seconds", "5", "--megabytes", "3000", "--overall", "20", "--at-once", "4"],
        capture_output=True,
        text=True,
        check=True,
        env=own,
    )
    rows = list(csv.DictReader((out / "grades.csv").read_text("utf8").splitlines()))
    return {(row["student"], row["question"]): row for row in rows}, out, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "student",
    [
        *("right", "stops", "quits", "dies", "loops", "stubborn", "hungry", "prints", "asks"),
        *("magic", "slow_function", "odd_answers", "of_no_set", "anna/set-5"),
    ],
)
def test_a_right_answer_counts_whatever_else_the_notebook_does(student, results):
    row = results[0][student, "ku.plateau.1"]
    assert (row["points"], row["of"]) == ("2", "2"), row


@pytest.mark.parametrize("student", ["wrong", "no_answers", "list", "broken", "binary", "essay"])
def test_who_has_no_right_answer_has_a_row_too(student, results):
    of_a_set = student in ("wrong", "no_answers")
    row = results[0][student, "ku.plateau.1" if of_a_set else ""]
    assert (row["points"], row["of"]) == ("0", "2" if of_a_set else "0"), row
    assert f"\n{student} " in (results[1] / "grades.txt").read_text("utf8")


def test_points_and_dots(results):
    rows = results[0]
    assert rows["right", "ku.plateau.2"]["points"] == "4"
    for untouched in ("ku.plateau.4", "ku.race.1"):
        assert rows["right", untouched]["message"] == "No answer."
    assert "multiplies it by 0.602" in rows["wrong", "ku.plateau.1"]["message"]


@pytest.mark.parametrize(
    ("student", "note"),
    [
        ("stops", "cell 3 stops with ZeroDivisionError"),
        ("stops", "cell 5 stops with SyntaxError"),
        ("quits", "cell 3 stops with SystemExit"),
        ("dies", "the process ended before the notebook did"),
        ("loops", "cell 3 stops with OutOfTime: after 5 seconds"),
        ("stubborn", "ended by force after 20 seconds"),
        ("hungry", "cell 3 stops with MemoryError"),
        ("asks", "cell 3 stops with EOFError"),
        ("list", "no notebook"),
        ("broken", "no notebook"),
        ("essay", "no notebook"),
        ("of_no_set", "of no known set"),
    ],
)
def test_the_table_says_what_happened(student, note, results):
    lines = (results[1] / "grades.txt").read_text("utf8").splitlines()
    assert [line for line in lines if line.startswith(f"  {student}: ") and note in line]


def test_answers_in_words_are_laid_beside_what_to_compare_them_with(results):
    rows, out, _ = results
    assert rows["words", "exam.5"]["points"] == ""
    assert rows["words", "exam.1"]["points"] == "2"
    text = (out / "to_read.md").read_text("utf8")
    assert "## exam.5, words (of 4 points)\n\nTo compare: " in text
    assert f"> {WORDS}" in text
    assert "?" in next(
        line for line in (out / "grades.txt").read_text("utf8").splitlines() if line[:6] == "words "
    )


def test_nothing_that_a_notebook_prints_arrives(results):
    _, out, printed = results
    assert "SECRET" not in printed
    assert not [file for file in out.iterdir() if "SECRET" in file.read_text("utf8")]
    assert "This was no sandbox" in printed


def test_a_notebook_finds_the_library_alone(tmp_path):
    """No chapter, no test, no solution in its folder or on its path, nothing in its variables."""
    look = """
import os, sys, pathlib
here = pathlib.Path.cwd()
near = [str(p.relative_to(here.parent)) for p in here.parent.rglob("*.md")]
near += [p for p in map(str, here.parent.rglob("test_*"))]
found = [p for p in sys.path if (pathlib.Path(p) / "chapters").exists()]
names = [n for n in os.environ if n.startswith("AIECON")]
assert not (near or found or names), (near, found, names)
import aiecon
assert str(aiecon.__file__).startswith(str(here.parent)), aiecon.__file__
import exhibits.exam.exam_checks
"""
    file = tmp_path / "a.ipynb"
    file.write_text(notebook(START, look, RIGHT))
    found = grade.run(file, ROOT, 60, 4096, 120)
    assert found["stopped"] == []
    assert found["answers"]["ku.plateau.1"]["passed"] is True


def test_formulas_of_a_spreadsheet_are_words():
    assert grade._harmless("=1+1") == "'=1+1"
    assert grade._harmless("Fine.") == "Fine."
    assert grade._harmless(-1) == -1
