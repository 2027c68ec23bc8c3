"""The reference pages keep up with the code."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import aiecon

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "chapters" / "reference"


def papers_in_the_book() -> list[str]:
    """Paper packages that have a part in the table of contents."""
    toc = (ROOT / "_toc.yml").read_text("utf8")
    return [m.name for m in pkgutil.iter_modules(aiecon.__path__) if f"chapters/{m.name}/" in toc]


def test_there_are_papers():
    assert "korinek_suh" in papers_in_the_book()


@pytest.mark.parametrize("paper", papers_in_the_book())
def test_every_parameter_has_its_line_in_the_notation(paper):
    notation = (REFERENCE / "notation.md").read_text("utf8")
    module = importlib.import_module(f"aiecon.{paper}")
    assert f"`aiecon.{paper}`" in notation
    if not hasattr(module, "Parameters"):  # a paper of closed forms has arguments only
        return
    parameters = module.Parameters
    missing = [f.name for f in fields(parameters) if f"`params.{f.name}`" not in notation]
    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "chapters/reference/rerun.md"])
def test_a_page_names_only_targets_of_the_makefile(name):
    text = (ROOT / name).read_text("utf8")
    makefile = (ROOT / "Makefile").read_text("utf8")
    named = {w for part in text.split("`make ")[1:] for w in part.split("`")[0].split()}
    targets = {word for word in named if "=" not in word}  # PYTHON=…, SUBMISSIONS=…
    assert {"book"} <= targets
    for target in targets:
        assert f"\n{target}:" in makefile, target


def test_the_generated_parts_of_the_readme_are_up_to_date():
    run = subprocess.run(
        [sys.executable, str(ROOT / "book" / "readme.py"), "--check"],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
