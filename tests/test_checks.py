"""Teaching material: what each chapter's exercises, checks, bets and objectives must have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exhibits import answers
from exhibits.check import exercises

ROOT = Path(__file__).parents[1]
CHAPTERS = {
    file.relative_to(ROOT / "chapters").with_suffix("").as_posix(): file.read_text("utf-8")
    for file in sorted((ROOT / "chapters").glob("*/*.md"))
    if "{exercise-start}" in file.read_text("utf-8")
}
POINTS = {"Warm-up": 2, "Standard": 4, "Challenge": 6, "Open": 8}
EXERCISE = re.compile(
    r"^```\{exercise-start\}[^\n]*\n:label: (ex-[\w-]+)\n```\n(.*?)^```\{exercise-end\}",
    re.M | re.S,
)
SOLUTION = re.compile(
    r"^```\{solution-start\} (ex-[\w-]+)\n.*?^```\n(.*?)^```\{solution-end\}", re.M | re.S
)
LINE = re.compile(r"\*(Warm-up|Standard|Challenge|Open) · (\d) points · (\d+) minutes\.\* ")
HINT = ":::{admonition} %s hint\n:class: hint dropdown\n\n"
MARKING = ":::{admonition} Marking\n:class: marking\n\n"


def id_of(label: str) -> str:
    """ex-ks-fp-3 → ks.fp.3"""
    return label.removeprefix("ex-").replace("-", ".")


def faults(chapter: str) -> list[str]:
    """What is missing in a chapter, in sentences."""
    text = CHAPTERS[chapter]
    found = dict(EXERCISE.findall(text))
    solved = dict(SOLUTION.findall(text))
    paper, name = chapter.split("/")
    test = ROOT / "tests" / paper / f"test_{name}_checks.py"
    tried = test.read_text("utf-8") if test.exists() else ""
    out = []
    if len(found) != text.count("{exercise-start}"):
        out.append("an exercise has not the form of ':label: ex-…' in its first line")
    here = {
        id
        for id, definition in answers.DEFINITIONS.items()
        if definition.holds.__module__ == f"exhibits.{paper}.{name}_checks"
    }
    wanted = {id_of(label) for label in found}
    out += [f"{id}: an exercise without a check" for id in sorted(wanted - here)]
    out += [f"{id}: a check without an exercise" for id in sorted(here - wanted)]
    levels = []
    for label, words in found.items():
        id, solution = id_of(label), solved.get(label, "")
        if line := LINE.match(words.lstrip()):
            levels.append(line[1])
            if int(line[2]) != POINTS[line[1]]:
                out.append(f"{id}: {line[1]} has {POINTS[line[1]]} points, not {line[2]}")
        else:
            out.append(f"{id}: begins without '*Level · N points · M minutes.* '")
        for order in ("First", "Second"):
            if words.count(HINT % order) != 1:
                out.append(f"{id}: no {order.lower()} hint")
        if f'check("{id}",' not in words:
            out.append(f"{id}: its text does not say how to check")
        if f'check("{id}",' not in solution:
            out.append(f"{id}: its solution is not checked")
        if solution.count(MARKING) != 1:
            out.append(f"{id}: its solution has no marking notes")
        if f'"{id}": Case(' not in tried:
            out.append(f"{id}: its check is not tested in {test.relative_to(ROOT)}")
    if levels.count("Warm-up") < 2:
        out.append(f"{levels.count('Warm-up')} warm-ups instead of two or more")
    if text.count(":::{bet} ") < 3:
        out.append(f"{text.count(':::{bet} ')} bets instead of three")
    if not re.search(r"^\{\.short-path\}\n##", text, re.M):
        out.append("no section is on the short path")
    objectives = re.search(r"After this chapter you can\s*\n\n((?:- .*\n(?:  .*\n)*)+)", text)
    for item in re.split(r"^- ", objectives[1] if objectives else "- none\n", flags=re.M)[1:]:
        tests = re.findall(r"\{ref\}`(ex-[\w-]+)`", item)
        if not tests or not set(tests) <= found.keys():
            out.append(f"an objective that no exercise of the chapter tests: {item[:50]!r}")
    return out


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_can_be_taught(chapter):
    exercises()  # loads all definitions
    found = faults(chapter)
    assert not found, "\n".join(found)


def test_no_two_modules_declare_the_same_id():
    """A second declaration would silently replace the first."""
    modules = sorted((ROOT / "lib" / "exhibits").glob("*/*_checks.py"))
    ids = [id for m in modules for id in re.findall(r'@answer\(\s*"([^"]+)"', m.read_text("utf-8"))]
    assert len(ids) == len(set(ids))
    exercises()
    ours = re.compile(r"exhibits\.\w+\.\w+_checks")  # not the exam's, nor those of other tests
    known = answers.DEFINITIONS.items()
    assert {id for id, d in known if ours.fullmatch(d.holds.__module__)} == set(ids)
