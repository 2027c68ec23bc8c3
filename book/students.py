"""Students' notebooks of the problem sets: the exercises' texts, and a cell for each answer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import volume
from exhibits.answers import DEFINITIONS
from exhibits.check import exercises
from folds import IMPORTS
from notebooks import first_cell
from prepared import prepared

_HOW = """\
# {title}

Put each answer in place of the dots. Where a line with `check` follows, it says whether the answer
is right, and if not what is wrong with it; ask it as often as you like. Answers in words are read
by your teacher. Run the notebook from top to bottom before you hand it in."""


def notebook(
    declared: volume.Set, chosen: Iterable[volume.Exercise], setups: Mapping[str, str]
) -> NotebookNode:
    """A set's notebook; ``setups`` is the code with which an exercise's chapter begins, by id."""
    known = exercises()
    cells = [
        new_code_cell(first_cell(), metadata={"jupyter": {"source_hidden": True}}),
        new_markdown_cell(_HOW.format(title=declared.title)),
        new_code_cell('from exhibits.check import check\n\nname = "..."\nanswers = {}'),
    ]
    begun: set[str] = set()
    for exercise in chosen:
        setup = setups.get(exercise.id, "")
        if setup and setup not in begun:
            begun.add(setup)
            cells.append(new_code_cell(setup))
        text = prepared(new_notebook(), str(BeautifulSoup(str(exercise.text), "html.parser")))
        cells += [new_markdown_cell(cell.source) for cell in text.cells]
        kinds = DEFINITIONS[exercise.id].kinds if exercise.id in known else ()
        dots = f"({', '.join('...' for _ in kinds)})" if len(kinds) > 1 else "..."
        asked = f"  # {', '.join(kind.name for kind in kinds)}" if kinds else ""
        place = f'answers["{exercise.id}"]'
        more = f'\ncheck("{exercise.id}", {place})' if kinds else ""
        cells.append(new_code_cell(f"{place} = {dots}{asked}{more}"))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(
        cells=cells, metadata={"kernelspec": kernel, "aiecon": {"set": declared.name}}
    )


def setup(executed: NotebookNode) -> str:
    """The imports with which a chapter begins, without what they quote for its prose."""
    for cell in executed.cells:
        hidden = "hide-cell" in cell.metadata.get("tags", ())
        if cell.cell_type == "code" and hidden and IMPORTS.match(cell.source):
            lines = cell.source.splitlines()
            for node in reversed(ast.parse(cell.source).body):
                if isinstance(node, ast.Expr) and re.match(r"glue\(", ast.unparse(node)):
                    del lines[node.lineno - 1 : node.end_lineno]
            return "\n".join(lines).strip()
    return ""


def write(
    out: Path,
    found: Iterable[volume.Chapter],
    executed: Mapping[str, Path],
    declared: Iterable[volume.Set],
) -> list[Path]:
    """Writes a notebook for each set; ``executed`` are the chapters' notebooks by name."""
    found = list(found)
    known = {e.id: e for chapter in found for e in chapter.exercises}
    setups = {
        e.id: setup(nbformat.read(executed[chapter.name], as_version=4))
        for chapter in found
        for e in chapter.exercises
    }
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for one in declared:
        made.append(out / f"{one.name}.ipynb")
        nbformat.write(notebook(one, volume.of(one, known), setups), made[-1])
    return made
