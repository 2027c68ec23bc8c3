"""A hash of values and functions, under which results are kept between sessions.

What a function is, cloudpickle says: its code, defaults and closure, and the globals that it names,
followed through the functions, classes and modules of a reader's notebook and folders. The library
stands for itself by a hash of its files, an installed package by its version. What a function reads
while it runs or looks up by a text (``eval``, a file), no key can know.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import io
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["PACKAGE", "NotFingerprintable", "fingerprint", "library_hash"]

PACKAGE = Path(__file__).resolve().parent  # of aiecon
_SUFFIXES = {".py", ".csv", ".json"}
_VALUES = (bool, int, float, complex, str, tuple, list, dict, np.ndarray)


class NotFingerprintable(ValueError):
    """Something that a key cannot stand for."""


def library_hash(package: Path = PACKAGE) -> str:
    """A hash of all files of a package that its results can depend on."""
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        if file.suffix in _SUFFIXES and file.is_file():
            digest.update(str(file.relative_to(package)).encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def fingerprint(*things: Any, library: str | None = None) -> str:
    """The hash of values and functions, with ``library`` (the hash of aiecon's files unless given)
    and the versions of Python, NumPy, SciPy and the packages they name.

    >>> def scaled(factor):
    ...     return lambda x: factor * x
    >>> fingerprint(scaled(1.0)) == fingerprint(scaled(1.0))
    True
    >>> fingerprint(scaled(1.0)) == fingerprint(scaled(2.0))
    False
    """
    own = dict(_own_modules())
    data = _pickled(things, own)
    loaded = {name for name in sys.modules if "." not in name and name.encode() in data}
    loaded -= sys.stdlib_module_names
    versions = [(name, version(name)) for name in sorted({"numpy", "scipy", *loaded})]
    files = [hashlib.sha256(Path(m.__file__).read_bytes()).hexdigest() for m in own.values()]
    around = (library_hash() if library is None else library, sys.version_info[:], versions, files)
    return hashlib.sha256(data + repr(around).encode()).hexdigest()


@functools.cache
def version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return getattr(sys.modules.get(distribution), "__version__", "none")


def _own_modules() -> Iterator[tuple[str, Any]]:
    """The reader's own loaded modules."""
    for _, module in sorted(sys.modules.items()):
        file = str(getattr(module, "__file__", None))
        if isinstance(module, types.ModuleType) and _is_own(module.__name__, file):
            yield module.__name__, module


@functools.cache
def _is_own(name: str, file: str) -> bool:
    """Whether a module is not the library's, not Python's and not installed."""
    installed = {"site-packages", "dist-packages"} & set(Path(file).parts)
    elsewhere = {"__main__", "aiecon", "exhibits"} | sys.stdlib_module_names
    return file.endswith(".py") and not installed and name.partition(".")[0] not in elsewhere


@contextmanager
def _by_value(modules: dict[str, Any]) -> Iterator[None]:
    """Cloudpickle takes what these modules define apart, as it does in a notebook."""
    import cloudpickle

    new = [m for n, m in modules.items() if n not in cloudpickle.list_registry_pickle_by_value()]
    for module in new:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in new:
            cloudpickle.unregister_pickle_by_value(module)


def _pickled(things: Any, own: dict[str, Any]) -> bytes:
    """What cloudpickle makes of things, such that the next session gets the same bytes."""
    try:
        import cloudpickle
    except ImportError as error:
        raise ImportError("To keep results needs cloudpickle: pip install loky") from error

    class Pickler(cloudpickle.Pickler):
        def reducer_override(self, thing: Any) -> Any:
            if isinstance(thing, types.CodeType):
                return str, _code(thing)
            if isinstance(thing, types.ModuleType) and thing.__name__ in own:
                return str, (thing.__name__, _data(thing))
            if isinstance(thing, types.MappingProxyType):
                return dict, (dict(thing),)
            if hasattr(thing, "cache_info"):  # functools.cache, which would go by its name
                return str, (thing.__wrapped__,)
            made = super().reducer_override(thing)
            if isinstance(made, tuple) and isinstance(thing, types.FunctionType):
                return (made[0], made[1][:1], *made[2:])  # without its file's place
            if isinstance(made, tuple) and isinstance(thing, type) and len(made) > 2:
                members, slots = made[2]
                members.pop("__slotnames__", None)  # which pickling an instance leaves there
                # without cloudpickle's random number
                return (made[0], made[1][:4], (members, slots), *made[3:])
            return made

    out = io.BytesIO()
    try:
        with _by_value(own):
            Pickler(out, protocol=5).dump(things)
    except Exception as error:
        raise NotFingerprintable(f"{things!r} has no fingerprint: {error}") from error
    return out.getvalue()


def _code(code: types.CodeType) -> tuple[Any, ...]:
    """What code does, not where it stands; a set, whose own order is another in each session, as
    what it holds."""
    if by_text := {"eval", "exec", "globals", "__import__"} & set(code.co_names):
        raise NotFingerprintable(f"what {by_text.pop()}() finds is known only as it runs")
    constants = [sorted(map(repr, c)) if type(c) is frozenset else c for c in code.co_consts]
    names = (code.co_names, code.co_varnames, code.co_freevars)
    return code.co_code, constants, names, code.co_flags, code.co_exceptiontable


def _data(module: types.ModuleType) -> dict[str, Any]:
    """The values in a module, which a session may have changed; its file has the rest."""
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("__") and isinstance(value, _VALUES)
    }
