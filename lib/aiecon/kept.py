"""Finished draws of a sweep in a folder, each file under the fingerprint of what was computed."""

from __future__ import annotations

import functools
import hashlib
import logging
import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiecon.drafts import write_whole
from aiecon.fingerprint import fingerprint, library_hash

__all__ = ["Kept"]

_log = logging.getLogger(__name__)
_library_at_start = functools.cache(library_hash)


class Kept:
    """``load(numbers)`` and ``save(numbers, results)``; neither does anything without a folder.

    ``some(numbers)``: what belongs to these draws and is part of the key, beside the function.
    """

    def __init__(
        self, folder: str | Path | None, function: Any, some: Callable[[Sequence[int]], Any]
    ) -> None:
        if folder is not None and not (folder and isinstance(folder, str | Path)):
            raise ValueError(f"folder = {folder!r} is not allowed: a folder's path is required.")
        self.folder = None if folder is None else Path(folder)
        if self.folder is None:
            return
        library = library_hash()
        if library != _library_at_start():
            raise ValueError("a file of aiecon has changed since this process used it: start anew")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.function, self.some = fingerprint(function, library=library), some

    def _file(self, folder: Path, numbers: Sequence[int]) -> Path:
        key = fingerprint(self.function, self.some(numbers), library="in the function's")
        return folder / f"{key[:32]}.pickle"

    def load(self, numbers: Sequence[int]) -> dict[int, bytes]:
        """The pickled results that the file holds; none unless it is just what was written."""
        if self.folder is None:
            return {}
        try:
            content = self._file(self.folder, numbers).read_bytes()
        except OSError:
            return {}
        seal, data = content[:32], content[32:]
        if hashlib.sha256(data).digest() != seal:
            return {}
        return {i: pickled for i, pickled in pickle.loads(data).items() if _readable(pickled)}

    def save(self, numbers: Sequence[int], results: Mapping[int, bytes | None]) -> None:
        """Failures, which have no result, are not kept: their cause may be gone the next time."""
        good = {i: results[i] for i in numbers if results[i] is not None}
        if self.folder is None or not good:
            return
        file, data = self._file(self.folder, numbers), pickle.dumps(good, protocol=5)
        try:
            write_whole(file, hashlib.sha256(data).digest() + data)
        except OSError as error:  # a full disk, say: what is in memory is safe
            _log.warning("Draws %d to %d are not kept: %s", numbers[0], numbers[-1], error)


def _readable(pickled: bytes) -> bool:
    try:
        pickle.loads(pickled)
    except Exception:  # of a class that is no more, say
        return False
    return True
