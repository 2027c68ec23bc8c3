"""The environment of `make`: made once, made afresh when it must be, at home wherever it stands."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTING_UP = "Setting up .venv with Python"
# As `make` runs it, for a lock that asks for nothing.
MAIN = (
    "import sys; sys.path.insert(0, 'book'); import environment; "
    "environment.NEEDED = ('aiecon', 'pip'); sys.exit(environment.main())"
)


@pytest.fixture
def folder(tmp_path) -> Path:
    """The parts of the book that `make` needs before it builds."""
    place = tmp_path / "a é b"
    (place / "book").mkdir(parents=True)
    (place / "lib" / "aiecon").mkdir(parents=True)
    (place / "lib" / "aiecon" / "__init__.py").touch()
    shutil.copy(ROOT / "Makefile", place)
    for name in ("environment.py", "saving.py"):
        shutil.copy(ROOT / "book" / name, place / "book")
    (place / "requirements.lock").write_text("# nothing\n")
    return place


def start(folder: Path) -> subprocess.Popen:
    own = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"LC_ALL": "C"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen([sys.executable, "-c", MAIN], cwd=folder, env=own, **pipes)


def set_up(folder: Path) -> str:
    process = start(folder)
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return said


def test_an_environment_is_made_once_and_goes_with_its_folder(folder, tmp_path):
    assert SETTING_UP in set_up(folder)
    assert set_up(folder) == ""
    for place in (folder.rename(tmp_path / "renamed"), tmp_path / "copied"):
        if not place.exists():
            shutil.copytree(tmp_path / "renamed", place, symlinks=True)
        assert set_up(place) == ""
        command = [
            place / ".venv" / "bin" / "python",
            "-c",
            "import aiecon; print(aiecon.__file__)",
        ]
        own = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"LC_ALL": "C"}
        found = subprocess.run(command, capture_output=True, text=True, env=own, cwd=tmp_path)
        assert Path(found.stdout.strip()) == place / "lib" / "aiecon" / "__init__.py"
    for file in (tmp_path / "renamed" / ".venv").rglob("*.pth"):
        assert str(tmp_path) not in file.read_text("utf8")


def test_what_is_half_finished_or_broken_is_made_afresh(folder):
    set_up(folder)
    venv = folder / ".venv"
    (venv / ".ready").unlink()
    assert SETTING_UP in set_up(folder)
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").symlink_to("/no/such/python")
    assert SETTING_UP in set_up(folder)
    (folder / "requirements.lock").write_text("# another\n")
    assert SETTING_UP in set_up(folder)
    assert set_up(folder) == ""


def test_of_two_at_once_one_waits(folder):
    said = [process.communicate()[0] for process in [start(folder), start(folder)]]
    assert sum(SETTING_UP in words for words in said) == 1
    assert sum("Another process is setting up .venv" in words for words in said) == 1


def make(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    # The tests may themselves run under make, which would say where it goes.
    inherited = {
        k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    }
    own = {**inherited, **variables}
    return subprocess.run(["make", *arguments], cwd=folder, env=own, capture_output=True, text=True)


def test_a_long_temporary_folder_gives_way(folder):
    with (folder / "Makefile").open("a") as file:
        file.write('show:\n\t@echo "$$TMPDIR"\n')
    for given, taken in (("/short", "/short"), ("/" + 116 * "t", "/tmp")):
        assert make(folder, "show", TMPDIR=given).stdout.strip() == taken


def test_an_old_python_is_refused_before_anything_is_made(folder):
    old = folder / "old python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    refused = make(folder, "book", f"PYTHON={old}")
    assert refused.returncode != 0
    assert "is not a Python of 3.11 or newer. Name another: make book PYTHON=" in refused.stdout
    assert not (folder / ".venv").exists()


def test_a_port_that_is_taken_is_said_with_the_way_to_another(folder):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        arguments = ("-o", "environment", "serve", f"PY={sys.executable}", f"PORT={port}")
        refused = make(folder, *arguments)
    assert refused.returncode != 0
    said = f"Port {port} is not free. Choose another: make serve PORT=8001"
    assert refused.stdout.strip() == said
    assert "Traceback" not in refused.stderr
