"""Runs the site's notebooks as a reader does: in an empty folder, in a fresh environment.

    python book/rerun.py                 with the newest packages that pip finds
    python book/rerun.py --oldest        with the lower bounds of pyproject.toml
    python book/rerun.py plateau race    only the notebooks of these names

The environment has the library's dependencies and a kernel, not the library: that is what each
notebook carries.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "_build" / "html" / "notebooks"


def requirements(*, oldest: bool) -> list[str]:
    """The library's dependencies, as they are declared or each at its lower bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    declared = project["dependencies"]
    return [name.replace(">=", "==") if oldest else name for name in declared]


def rerun(notebook: Path, binaries: Path) -> str | None:
    """Executes a notebook in place; the end of what it said where it failed."""
    command = [str(binaries / "jupyter-execute"), "--inplace", "--timeout=900", str(notebook)]
    own = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "AIECON", "MPL"))}
    ran = subprocess.run(
        command, cwd=notebook.parent, env=own, capture_output=True, text=True, check=False
    )
    return None if ran.returncode == 0 else ran.stderr[-2000:]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="of notebooks (default: all)")
    parser.add_argument("--oldest", action="store_true", help="the lower bounds")
    arguments = parser.parse_args()
    found = sorted(NOTEBOOKS.rglob("*.ipynb"))
    chosen = [n for n in found if not arguments.names or n.stem in arguments.names]
    if not chosen or set(arguments.names) - {n.stem for n in found}:
        known = ", ".join(n.stem for n in found) or "none, run make book first"
        print(f"No such notebook: {' '.join(arguments.names)}. There are: {known}", file=sys.stderr)
        return 2
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        binaries = Path(folder, "environment", "bin")
        subprocess.run([sys.executable, "-m", "venv", str(binaries.parent)], check=True)
        packages = [*requirements(oldest=arguments.oldest), "ipykernel", "nbclient"]
        install = [str(binaries / "python"), "-m", "pip", "install", "--quiet", *packages]
        subprocess.run(install, check=True)
        for notebook in chosen:
            place = Path(folder, notebook.stem)
            place.mkdir()
            shutil.copy(notebook, place)
            started = time.perf_counter()
            error = rerun(place / notebook.name, binaries)
            failed += error is not None
            print(
                f"{notebook.stem}: {error or f'{time.perf_counter() - started:.0f} s'}", flush=True
            )
    print(f"{len(chosen) - failed} of {len(chosen)} notebooks ran")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
