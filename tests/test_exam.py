"""The problem sets name exercises that there are; the exam's checks know right from wrong."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "teaching"), str(ROOT / "book")]

import exam_checks  # noqa: E402, F401
import grade  # noqa: E402
import volume  # noqa: E402
from aiecon import korinek_suh as ks  # noqa: E402
from tests.checking import Case, holds, wrong  # noqa: E402
from tests.test_checks import EXERCISE, LINE, MARKING, POINTS, SOLUTION, id_of  # noqa: E402

SETS = volume.sets(ROOT / "teaching" / "sets.toml")
EXAM = (ROOT / "teaching" / "exam.md").read_text("utf8")
Phi, k, sigma = sp.symbols("Phi k sigma")


def share(Phi, k, sigma):
    labour = (1 - Phi) ** (1 / sigma)
    return labour / (labour + Phi ** (1 / sigma) * k ** ((sigma - 1) / sigma))


def _wage():
    found = ks.equilibrium(K=3.0, Phi=0.6, params=ks.Parameters(A=1.0, sigma=0.5))
    return float(found.output), float(found.wage)


def _spiral():
    root = np.linalg.eigvals([[-0.02, -0.3], [0.1, -0.04]])[0]
    return float(2 * np.pi / abs(root.imag)), float(np.log(2) / -root.real)


REASONS = "It takes all tasks as profitable and the best one as the average: who has measured that?"
CASES = {
    "exam.1": Case(
        right=lambda: ("c",),
        also=(("(C)",),),
        wrong={
            "machines do all": wrong("a", says="what does the market pay"),
            "Cobb-Douglas": wrong("b", says="elasticity of one"),
            "nothing moves": wrong("d", says="Prices change"),
        },
    ),
    "exam.2": Case(
        right=_wage,
        also=((3.571, 2.041),),
        wrong={
            "perfect substitutes": wrong(4.0, 1.0, says="K + L"),
            "weights without the exponent": wrong(1 / (0.6 / 3 + 0.4), 0.4, says="region 1"),
            "the average product": wrong(3.571, 3.571, says="more than all output"),
            "the labour share of tasks": wrong(3.571, 0.4 * 3.571, says="derivative"),
        },
    ),
    "exam.3": Case(
        right=lambda: (2 * 20 / (2 * 15**2),),
        also=((0.0889,),),
        wrong={
            "the plateau": wrong(0.0444, says="better off"),
            "with γ in place of γ − 1": wrong(2 * 20 / (3 * 15**2), says="better off"),
            "the standard deviation not squared": wrong(2 * 20 / (2 * 15), says="worse off"),
        },
    ),
    "exam.4": Case(
        right=lambda: (share(Phi, k, sigma),),
        also=((share,),),
        wrong={
            "the exponent σ": wrong(
                (1 - Phi) ** sigma / ((1 - Phi) ** sigma + Phi**sigma * k ** (1 - 1 / sigma)),
                says="is not the share",
            ),
            "the share of tasks": wrong(1 - Phi, says="is not the share"),
            "the capital share": wrong(1 - share(Phi, k, sigma), says="is not the share"),
            "another symbol": wrong(1 - sp.Symbol("K"), says="has also K"),
        },
    ),
    "exam.5": Case(
        right=lambda: (0.0075, REASONS),
        wrong={
            "all tasks": wrong(0.2 * 0.15, REASONS, says="profitably"),
            "the newspaper's": wrong(0.1, REASONS, says="profitably"),
            "for each year": wrong(0.00075, REASONS, says="10 times too small"),
            "in per cent": wrong(0.75, REASONS, says="profitably"),
            "one word": wrong(0.0075, "Hype.", says="15 words or more"),
        },
    ),
    "exam.6": Case(
        right=_spiral,
        also=((36.3, 23.1),),
        wrong={
            "the frequency": wrong(1 / 36.3, 23.1, says="turns a year"),
            "half a turn": wrong(18.2, 23.1, says="180 degrees"),
            "two turns": wrong(72.7, 23.1, says="more than one turn"),
            "the whole trace": wrong(36.3, 11.55, says="are left"),
            "a time constant": wrong(36.3, 1 / 0.03, says="are left"),
        },
    ),
}


@pytest.mark.parametrize("id", CASES)
def test_the_exams_checks(id):
    holds(id, CASES[id])


def test_the_exam_has_lines_solutions_and_marking_notes():
    found, solved = dict(EXERCISE.findall(EXAM)), dict(SOLUTION.findall(EXAM))
    assert {id_of(label) for label in found} == CASES.keys()
    total = minutes = 0
    for label, text in found.items():
        line = LINE.match(text)
        assert line, label
        assert int(line[2]) == POINTS[line[1]]
        total, minutes = total + int(line[2]), minutes + int(line[3])
        assert solved[label].count(MARKING) == 1
    assert (total, minutes) == (24, 120)
    assert "24 points, two hours" in EXAM


@pytest.mark.parametrize("one", SETS, ids=lambda one: one.name)
def test_a_set_names_exercises_that_there_are(one):
    sources = [file.read_text("utf8") for file in (ROOT / "chapters").glob("*/*.md")]
    labels = re.findall(r"^:label: ex-([\w-]+)$", "\n".join([*sources, EXAM]), re.M)
    assert set(one.ids) <= {label.replace("-", ".") for label in labels}
    assert len(set(one.ids)) == len(one.ids)
    assert 4 <= len(one.ids) <= 7


def test_there_are_six_sets_and_an_exam():
    assert [one.name for one in SETS] == [*(f"set-{n}" for n in range(1, 7)), "exam"]


def test_points_are_read_from_the_exercises():
    points = grade.worth(ROOT)
    assert points["exam.6"] == 6
    assert points["ku.plateau.2"] == 4
