"""The peers' own environment: ``.venv-benchmarks``, from pins with hashes.

The pins come from requirements.in with the book's own as constraints:

    uv pip compile benchmarks/requirements.in -c requirements.lock -o benchmarks/requirements.lock \
        --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".venv-benchmarks"
LOCK = ROOT / "benchmarks" / "requirements.lock"

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def python() -> Path:
    """The interpreter of the peers' environment, which is made or renewed where necessary."""
    interpreter = PLACE / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = PLACE / ".ready"
    key = hashlib.sha256(LOCK.read_bytes() + platform.python_version().encode()).hexdigest()
    if interpreter.exists() and stamp.exists() and stamp.read_text("utf8") == key:
        return interpreter
    print(f"Setting up {PLACE.name} (once; about a minute)", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(PLACE)], check=True)
    pip = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    stamp.write_text(key, "utf8")
    return interpreter


def variables() -> dict[str, str]:
    """What every measured process gets: one thread, and the library from this tree."""
    one = dict.fromkeys(THREADS, "1")
    path = os.pathsep.join([str(ROOT), str(ROOT / "lib")])
    return {**os.environ, **one, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}
