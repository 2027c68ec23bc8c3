"""Students' notebooks of the problem sets: the exercises' texts, and a cell for each answer."""

from __future__ import annotations

import ast
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
by your teacher. A name that an exercise uses and that is not here is in the chapter's notebook. Run
this one from top to bottom before you hand it in."""


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
    """The imports with which a chapter begins, and what it names beside them; no numbers for its
    prose, and no explorer."""
    before: list[str] = []
    for cell in executed.cells:
        if cell.cell_type != "code":
            continue
        lines, body = cell.source.splitlines(), ast.parse(cell.source).body
        found = "hide-cell" in cell.metadata.get("tags", ()) and IMPORTS.match(cell.source)
        for node in reversed(body):
            glued = isinstance(node, ast.Expr) and ast.unparse(node).startswith("glue(")
            if glued or not (found or isinstance(node, ast.Import | ast.ImportFrom)):
                del lines[node.lineno - 1 : node.end_lineno]
        before += lines
        if found:
            return "\n".join(before).strip()
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
