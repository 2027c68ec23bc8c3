"""The pins say the same everywhere."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

from lock import NOTEBOOK, READERS, environment, pins  # noqa: E402

LOCK = (ROOT / "requirements.lock").read_text("utf8")


def test_the_lock_has_a_hash_for_every_package():
    blocks = LOCK.split("\n")
    packages = [i for i, line in enumerate(blocks) if "==" in line and not line.startswith(" ")]
    assert len(packages) == len(pins(LOCK)) > 100
    for start in packages:
        assert "--hash=sha256:" in blocks[start + 1]


def test_environment_yml_carries_the_same_pins_of_what_a_reader_needs():
    text = (ROOT / "environment.yml").read_text("utf8")
    assert text == environment(LOCK)
    listed = next(d["pip"] for d in yaml.safe_load(text)["dependencies"] if isinstance(d, dict))
    locked = {f"{name}=={version}" for name, version, _ in pins(LOCK)}
    assert len(listed) == len(READERS) + 1
    assert set(listed) - locked == {NOTEBOOK}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    assert {r.split(">=")[0] for r in project["dependencies"]} <= READERS


def test_one_lock_serves_all_python_versions_with_the_same_numerics():
    """A package that the numbers rest on may not differ between Python versions."""
    names = [name for name, _, _ in pins(LOCK)]
    for name in ("numpy", "scipy", "matplotlib", "sympy", "mpmath", "contourpy", "fonttools"):
        assert names.count(name) == 1


def test_exact_requirements_of_the_project_stand_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    locked = {(name, version) for name, version, _ in pins(LOCK)}
    wanted = [r for rs in project["optional-dependencies"].values() for r in rs if "==" in r]
    assert len(wanted) >= 10
    for requirement in wanted:
        assert tuple(requirement.split("==")) in locked
