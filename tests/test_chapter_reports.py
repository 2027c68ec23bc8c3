"""What a chapter reports of the ledger is all that the ledger has of it; where it checks."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from exhibits import ledger

CHAPTERS = Path(__file__).parents[1] / "chapters"
CELL = re.compile(
    r"^```\{code-cell\} i?python3\n(?:---\n.*?^---\n|(?::[^\n]*\n)*)(.*?)^```$", re.M | re.S
)


def patterns(path: Path) -> list[str]:
    """The patterns of each ``ledger.report`` in the cells, ``*name`` by the name's tuple."""
    found: list[str] = []
    named: dict[str, ast.expr] = {}
    for source in CELL.findall(path.read_text(encoding="utf-8")):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                named[node.targets[0].id] = node.value
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "ledger.report":
                for given in node.args:
                    if isinstance(given, ast.Starred):
                        found += ast.literal_eval(named[ast.unparse(given.value)])
                    else:
                        found.append(ast.literal_eval(given))
    return found


REPORTING = {
    path.relative_to(CHAPTERS).with_suffix("").as_posix(): wanted
    for path in sorted(CHAPTERS.glob("*/*.md"))
    if (wanted := patterns(path))
}


@pytest.mark.parametrize("chapter", REPORTING)
def test_it_reports_all_of_its_rows_and_no_others(chapter):
    reported = {claim.id for claim in ledger.claims(*REPORTING[chapter])}
    assert reported == {claim.id for claim in ledger.claims() if claim.chapter == chapter}


#: What the prose says of the rows that differ.
DIFFERING = {
    "korinek_suh/compute": {"MISSING_CONDITION": 1},
    "korinek_suh/factor_prices": {"WRONG_STEP": 1, "MISPRINT": 1},
    "korinek_suh/fixed_factor": {
        "FALSE": 1,
        "MISSING_CONDITION": 3,
        "WRONG_STEP": 1,
        "MISPRINT": 2,
        "UNEXPLAINED": 1,
    },
    "korinek_suh/nostalgic_jobs": {"MISPRINT": 1},
    "korinek_suh/race": {
        "FALSE": 3,
        "MISSING_CONDITION": 1,
        "LOOSE": 1,
        "MISPRINT": 4,
        "UNEXPLAINED": 1,
    },
    "korinek_suh/research": {"MISSING_CONDITION": 1},
    "korinek_suh/scenarios": {},
    "korinek_suh/skills": {"FALSE": 1, "MISSING_CONDITION": 3},
    "korinek_suh/tasks": {},
}


@pytest.mark.parametrize("chapter", DIFFERING)
def test_the_prose_names_every_kind_of_difference(chapter):
    findings = [claim.finding for claim in ledger.claims() if claim.chapter == chapter]
    kinds = Counter(f.kind.name for f in findings if isinstance(f, ledger.Differs))
    assert kinds == DIFFERING[chapter]


@pytest.mark.parametrize("path", sorted(CHAPTERS.rglob("*.md")), ids=lambda path: path.stem)
def test_a_cell_that_nobody_sees_checks_nothing(path):
    """What is checked stands where a reader sees it, or in a test."""
    for cell in CELL.finditer(path.read_text(encoding="utf-8")):
        if "remove-cell" in cell[0].removesuffix(cell[1] + "```"):
            assert not any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(cell[1])))


def test_tags_are_spelt_in_one_way():
    """As the options of a figure are, beside which they often stand."""
    short = [path.name for path in CHAPTERS.rglob("*.md") if "\n:tags:" in path.read_text("utf-8")]
    assert short == []
