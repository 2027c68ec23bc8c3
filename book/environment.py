"""Makes .venv hold what requirements.lock asks for; `make` runs this first.

It is made afresh when it is of another lock, was left half finished, or lost its interpreter.
Nothing in it that `make` uses knows where it stands: the book's folder can be moved, copied and
renamed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there nothing waits for another
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
PACKAGES = VENV / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
NEEDED = ("aiecon", "exhibits", "nbclient", "numpy", "pytest")
CHECK = "import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, sys.argv[1:])))"


@contextmanager
def alone(folder: Path, waiting: str) -> Iterator[None]:
    """Waits, with a sentence, while another process holds the folder. A killed one holds none."""
    with (folder / "requirements.lock").open("ab") as handle:
        if fcntl:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                print(waiting, flush=True)
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _run(*command: str | Path) -> bool:
    own = {**os.environ, "PYTHONPATH": "", "PIP_USER": "0"}
    return subprocess.run([str(part) for part in command], env=own, check=False).returncode == 0


def is_ready(stamp: str) -> bool:
    """Whether .venv was finished with this stamp, and still starts and finds its packages."""
    try:
        finished = (VENV / ".ready").read_text("utf8") == stamp
        return finished and _run(PYTHON, "-c", CHECK, *NEEDED)
    except OSError:
        return False


def make(stamp: str) -> str | None:
    """Makes .venv afresh; what went wrong, in a sentence."""
    version = sys.version.split()[0]
    print(f"Setting up .venv with Python {version} (once; about two minutes)", flush=True)
    if not _run(sys.executable, "-m", "venv", "--clear", VENV):
        return "The venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"
    install = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if not _run(*install, "--require-hashes", "-r", "requirements.lock"):
        return "The packages could not be installed: see above. The same command tries again."
    # The library, from where the packages lie: a relative path goes with the folder.
    (PACKAGES / "aiecon.pth").write_text("../../../../lib\n", "utf8")
    (VENV / ".ready").write_text(stamp, "utf8")
    return None if is_ready(stamp) else "The new .venv does not start: see above."


def main() -> str | None:
    os.chdir(ROOT)
    stamp = f"requirements.lock {zlib.crc32(Path('requirements.lock').read_bytes()):08x}\n"
    if not is_ready(stamp):
        with alone(ROOT, "Another process is setting up .venv; waiting for it."):
            if not is_ready(stamp) and (error := make(stamp)):
                return error
    return None if _run(PYTHON, "book/saving.py") else "Jupyter's settings could not be written."


if __name__ == "__main__":
    sys.exit(main())
