"""The rooms of the house and the arrows between them: who imports whom, and what that costs."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIB = ROOT / "lib"
#: What a student who only wants the economics need not have, or wait for.
HEAVY = {"matplotlib", "sympy", "IPython", "ipywidgets", "loky", "dask", "distributed", "pandas"}
#: The papers, each of which has claims; one imports none of the others.
SHOWN = {file.parent.name for file in (LIB / "exhibits").glob("*/claims.py")}
PAPERS = SHOWN - {"who_benefits"}


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(LIB).with_suffix("").parts).removesuffix(".__init__")


FILES = {name_of(file): file for file in sorted(LIB.rglob("*.py"))}


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """What is run, at once or when a function is called: not what is for a type checker alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from statements(node)


def imported(module: str) -> set[str]:
    """The modules of the house that a module imports, anywhere in its file."""
    file, found = FILES[module], set()
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    for node in statements(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else ()), *filter(None, [node.module])])
            inner = {f"{base}.{alias.name}" for alias in node.names}
            found |= (inner & FILES.keys()) or {base}
    return found & FILES.keys()


GRAPH = {module: imported(module) for module in FILES}
DOORS = {module for module, file in FILES.items() if file.name == "__init__.py"}


def room(module: str) -> str:
    """``numerics``, ``korinek_suh/statics``, ``exhibits/ledger``, …; ``tools`` for single files."""
    package, *inside = module.split(".")
    first, *more = inside or [""]
    if package == "aiecon":
        if module not in DOORS and not more:
            return "tools"
        if first != "korinek_suh":
            return "<paper>" if first in PAPERS else first
        return f"{first}/{more[0] if len(more) > 1 else 'equations'}"
    single = module not in DOORS and not more
    return f"exhibits/{'tools' if single else '<paper>' if first in SHOWN else first}"


def arrows() -> dict[str, set[str]]:
    """The rooms that each room imports from; a paper is one room for those outside of it."""
    found: dict[str, set[str]] = {}
    for module, others in GRAPH.items():
        if module in DOORS and module.count(".") < 2:
            continue  # a door shows what is in its own rooms
        here = room(module)
        found.setdefault(here, set())
        for other in others:
            there = room(other)
            if there.partition("/")[0] == "korinek_suh" != here.partition("/")[0]:
                there = "korinek_suh"
            if there != here:
                found[here].add(there)
    return found


def drawing() -> dict[str, set[str]]:
    """The drawing under "Rooms and arrows" in CONTRIBUTING.md: a room and what it imports from."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    block = re.search(r"## Rooms and arrows.*?```text\n(.*?)```", text, re.DOTALL)
    assert block, "CONTRIBUTING.md has no drawing under 'Rooms and arrows'"
    lines = [line.partition("→") for line in block[1].splitlines() if line.strip()]
    return {here.strip(): set(filter(None, re.split(r"[,\s]+", rest))) for here, _, rest in lines}


def test_the_rooms_are_those_of_the_drawing():
    assert arrows() == drawing()


def test_the_economics_knows_nothing_of_what_shows_it():
    outward = {m: o for m, others in GRAPH.items() for o in others if o.startswith("exhibits")}
    assert [m for m in outward if m.startswith("aiecon")] == []


def test_no_paper_imports_another():
    for module, others in GRAPH.items():
        own = set(module.split(".")) & PAPERS
        if own and module.startswith("aiecon"):
            assert not {part for other in others for part in other.split(".")} & (PAPERS - own)


def test_statics_do_without_dynamics_and_dynamics_without_extensions():
    for lower, upper in (("statics", "dynamics|extensions|checks"), ("dynamics", "extensions")):
        for module, others in GRAPH.items():
            if module.startswith(f"aiecon.korinek_suh.{lower}."):
                assert not [other for other in others if re.search(rf"\.({upper})\b", other)], (
                    module
                )


@pytest.mark.parametrize("package", ["aiecon", "exhibits"])
def test_no_circle_not_even_one_hidden_in_a_function(package):
    inside = {m: others for m, others in GRAPH.items() if m.partition(".")[0] == package}
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_the_economics_loads_without_anything_that_draws():
    """Every module in a fresh process; SciPy is all that it brings along."""
    modules = [name for name in FILES if name.partition(".")[0] == "aiecon"]
    code = (
        "import importlib, json, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(LIB)}, capture_output=True, check=True
    )
    assert not set(json.loads(loaded.stdout)) & (HEAVY | {"exhibits"})
