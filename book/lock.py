"""Resolves the pins of pyproject.toml into requirements.lock and environment.yml, and lite.in.

The lock is universal: one file with hashes for Python 3.11 to 3.13 on Linux, macOS and Windows.
environment.yml carries, for Binder, which builds with conda, the same pins of what a reader of a
notebook needs and no more; a test compares the two.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? ?\\?$"
)
#: What running a notebook needs; the rest of the lock builds, tests and lints the book.
READERS = {"contourpy", "ipywidgets", "jupyterlab", "jupyterlab-myst", "jupytext"}
READERS |= {"matplotlib", "numpy", "scipy", "setuptools", "sympy"}
#: In place of Binder's own, which wants an older JupyterLab than ours.
NOTEBOOK = "notebook==7.6.5"
HEAD = """\
# For Binder and conda. Generated from requirements.lock by `make lock`; a test compares the two.
name: aiecon
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def pins(lock: str) -> list[tuple[str, str, str]]:
    """(name, version, marker) for each package of a lock file."""
    found = []
    for line in lock.splitlines():
        match = PIN.match(line)
        if match:
            found.append((match["name"], match["version"], match["marker"] or ""))
    return found


def environment(lock: str) -> str:
    """The text of environment.yml for a lock file."""
    lines = []
    for name, version, marker in pins(lock):
        if name in READERS:
            requirement = f"{name}=={version}" + (f" ; {marker}" if marker else "")
            lines.append(f'      - "{requirement}"\n')
    return HEAD + "".join(sorted([*lines, f'      - "{NOTEBOOK}"\n']))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder, "bin", "python"))
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        command = [str(Path(folder, "bin", "uv")), "pip", "compile", "--universal", "--upgrade"]
        command += ["--python-version", "3.11", "--generate-hashes", "--no-header"]
        command += ["--no-annotate", "--quiet"]
        book = ["--all-extras", "pyproject.toml", "--output-file", "requirements.lock"]
        lite = ["book/lite.in", "--output-file", "book/lite.lock"]
        for what in (book, lite):
            subprocess.run([*command, *what], check=True, cwd=ROOT)
    lock = (ROOT / "requirements.lock").read_text("utf8")
    (ROOT / "environment.yml").write_text(environment(lock), "utf8")


if __name__ == "__main__":
    main()
