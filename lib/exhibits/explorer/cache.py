"""Frames kept between builds under a key of everything they were computed from.

The key covers the functions (code, defaults, closures and every global that they reach, followed
through the notebook's own functions and data), all files of ``aiecon``, the parameters, the
versions of Python and of the packages, and matplotlib's settings. What cannot be fingerprinted is
never cached.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl

from aiecon.fingerprint import NotFingerprintable, library_hash
from aiecon.fingerprint import fingerprint as everything

PACKAGE = Path(__file__).resolve().parents[1]  # of exhibits
_KEPT = 4  # states of one explorer
_VERSIONS = ("numpy", "scipy", "matplotlib", "sympy")


def _hash() -> str:
    return library_hash() + library_hash(PACKAGE)


def fingerprint(*things: Any) -> str:
    """A hash of values and functions, of all that the functions reach, and of the settings."""
    library = _hash()
    if library != library_at_start():
        raise NotFingerprintable("a file of aiecon changed after this process had started")
    return everything(*things, _settings(), library=library, also=_VERSIONS)


@functools.cache
def library_at_start() -> str:
    """The library's hash when this process first asked: what it imported, or is about to."""
    return _hash()


if "AIECON_BOOK" in os.environ:
    library_at_start()


def _settings() -> str:
    """Matplotlib's settings, which a cell or a file of the user's can change."""
    found = dict.items(mpl.rcParams)  # as they stand: asking for the backend would choose one
    return repr(sorted((k, repr(v)) for k, v in found if not k.startswith(("backend", "interact"))))


# The folder -------------------------------------------------------------------------------------


def cached(folder: Path, key: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What ``compute`` gives, from the folder when it has it under this key.

    A file that does not hold what was written is computed again; a file is written beside its
    place and moved there, so that no reader sees half of one. Of older files a few stay, so that
    going back a change is quick.
    """
    file = folder / f"{key}.json"
    try:
        seal, _, text = file.read_text("utf8").partition("\n")
        if seal == hashlib.sha256(text.encode()).hexdigest():
            os.utime(file)
            return json.loads(text)
    except (OSError, ValueError):
        pass
    result = compute()
    text = json.dumps(result, ensure_ascii=False)
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{key[:16]}-")
    try:
        with os.fdopen(handle, "w", encoding="utf8") as stream:
            stream.write(hashlib.sha256(text.encode()).hexdigest() + "\n" + text)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for old in sorted(folder.glob("*.json"), key=_age)[_KEPT:]:
        old.unlink(missing_ok=True)
    return result


def _age(file: Path) -> float:
    try:
        return -file.stat().st_mtime
    except FileNotFoundError:  # another process was quicker
        return 0
