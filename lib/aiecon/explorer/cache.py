"""Frames kept between builds under a key of everything they were computed from.

The key covers the functions (code, defaults, closures and every global that they reach, followed
through the notebook's own functions and data), all files of ``aiecon``, the parameters, the
versions of Python and of the packages, and matplotlib's settings. What cannot be fingerprinted is
never cached.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import io
import json
import os
import pickle
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl

PACKAGE = Path(__file__).resolve().parent.parent  # of aiecon
_SUFFIXES = {".py", ".csv", ".json"}
_OF_NO_EFFECT = {"__dict__", "__weakref__", "__doc__", "__firstlineno__", "__static_attributes__"}
_DESCRIPTORS = (types.GetSetDescriptorType, types.MemberDescriptorType)
_KEPT = 4  # states of one explorer
_VERSIONS = ("numpy", "scipy", "matplotlib", "sympy")


class NotFingerprintable(Exception):
    """Something that the key cannot stand for; the frames are then computed every time."""


def fingerprint(*things: Any) -> str:
    """A hash of values and functions, and of all that the functions reach."""
    digest = hashlib.sha256()
    walker = _Walker(digest)
    for thing in things:
        walker.visit(thing)
    library = library_hash(PACKAGE)
    if library != library_at_start():
        raise NotFingerprintable("a file of aiecon changed after this process had started")
    digest.update(library.encode())
    digest.update(repr(sys.version_info).encode())
    digest.update(_settings().encode())
    for name in sorted({*_VERSIONS, *walker.distributions}):
        digest.update(f"{name}={_version(name)};".encode())
    return digest.hexdigest()


def library_hash(package: Path) -> str:
    """A hash of all files of a package that its results can depend on."""
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        if file.suffix in _SUFFIXES and file.is_file():
            digest.update(str(file.relative_to(package)).encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@functools.cache
def library_at_start() -> str:
    """The library's hash when this process first asked: what it imported, or is about to."""
    return library_hash(PACKAGE)


if "AIECON_BOOK" in os.environ:
    library_at_start()


def _settings() -> str:
    """Matplotlib's settings, which a cell or a file of the user's can change."""
    found = dict.items(mpl.rcParams)  # as they stand: asking for the backend would choose one
    return repr(sorted((k, repr(v)) for k, v in found if not k.startswith(("backend", "interact"))))


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "none"


class _Walker:
    """Feeds a hash with a value and, for functions, with what their code can reach."""

    def __init__(self, digest: Any) -> None:
        self.digest = digest
        self.distributions: set[str] = set()
        self._seen: dict[int, int] = {}
        self._alive: list[Any] = []  # an id is unique only while its object lives

    def visit(self, thing: Any) -> None:
        if id(thing) in self._seen and not isinstance(thing, (int, float, str, bytes)):
            self._put("again", self._seen[id(thing)])
            return
        self._seen[id(thing)] = len(self._seen)
        self._alive.append(thing)
        if isinstance(thing, types.ModuleType):
            self._module(thing.__name__)
        elif isinstance(thing, types.FunctionType):
            self._function(thing)
        elif isinstance(thing, types.CodeType):
            self._code(thing)
        elif isinstance(thing, functools.partial):
            self._put("partial")
            for part in (thing.func, thing.args, thing.keywords):
                self.visit(part)
        elif isinstance(thing, types.MethodType):
            self._put("method")
            self.visit(thing.__func__)
            self.visit(thing.__self__)
        elif isinstance(thing, type):
            self._class(thing)
        elif isinstance(thing, (list, tuple)):
            self._put(type(thing).__name__, len(thing))
            for item in thing:
                self.visit(item)
        elif isinstance(thing, (set, frozenset)):
            self._put("set", len(thing))
            for item in sorted(thing, key=repr):  # its own order differs between processes
                self.visit(item)
        elif isinstance(thing, (dict, types.MappingProxyType)):
            self._put("dict", len(thing))
            for key, value in thing.items():
                self.visit(key)
                self.visit(value)
        elif hasattr(thing, "__wrapped__"):  # a function behind functools.cache
            self._put("wrapped", type(thing).__qualname__)
            self.visit(thing.__wrapped__)
        else:
            self._value(thing)

    def _put(self, *parts: Any) -> None:
        self.digest.update((repr(parts) + ";").encode())

    def _module(self, name: str) -> None:
        top = name.partition(".")[0]
        self._put("module", name)
        if top == "aiecon" or top in sys.stdlib_module_names:
            return  # the library's files and Python's version are part of every key
        file = getattr(sys.modules.get(name), "__file__", None)
        if file is None or "site-packages" in Path(file).parts or "dist-packages" in file:
            names = importlib.metadata.packages_distributions().get(top, [top])
            self.distributions.update(names)
        else:  # a module of the reader's own, beside the notebook
            self._put(library_hash(Path(file).parent))

    def _is_installed(self, thing: Any) -> bool:
        """Whether a hash of files or a version already stands for it."""
        name = getattr(thing, "__module__", None) or "__main__"
        if name in ("__main__", "builtins") or name not in sys.modules:
            return name == "builtins"
        self._module(name)
        return True

    def _function(self, function: types.FunctionType) -> None:
        self._put("function", function.__module__, function.__qualname__)
        if function.__module__ != "__main__" and self._is_installed(function):
            # Its code is covered, what it closes over is not.
            self._closure(function)
            return
        self.visit(function.__code__)
        self._closure(function)
        for name in sorted(_names(function.__code__)):
            if name in function.__globals__:
                self._put("global", name)
                self.visit(function.__globals__[name])

    def _closure(self, function: types.FunctionType) -> None:
        self.visit(function.__defaults__)
        self.visit(function.__kwdefaults__)
        for cell in function.__closure__ or ():
            try:
                self.visit(cell.cell_contents)
            except ValueError:
                self._put("empty cell")
        wrapped = getattr(function, "__wrapped__", None)
        if wrapped is not None:
            self.visit(wrapped)

    def _code(self, code: types.CodeType) -> None:
        self._put("code", code.co_code, code.co_names, code.co_varnames, code.co_freevars)
        for constant in code.co_consts:
            self.visit(constant)

    def _class(self, thing: type) -> None:
        self._put("class", thing.__module__, thing.__qualname__)
        if thing.__module__ != "__main__" and self._is_installed(thing):
            return
        for base in thing.__bases__:
            self.visit(base)
        for name, value in sorted(vars(thing).items()):
            if isinstance(value, (staticmethod, classmethod)):
                value = value.__func__
            if isinstance(value, property):
                value = [value.fget, value.fset]
            if name in _OF_NO_EFFECT or isinstance(value, _DESCRIPTORS):
                continue
            self._put("attribute", name)
            self.visit(value)

    def _value(self, thing: Any) -> None:
        self._put("value", type(thing).__module__, type(thing).__qualname__)
        if type(thing).__module__ == "__main__":
            self.visit(type(thing))
            self.visit(vars(thing) if hasattr(thing, "__dict__") else repr(thing))
            return
        self._is_installed(type(thing))
        stream = io.BytesIO()
        pickler = _Pickler(stream)
        try:
            pickler.dump(thing)
        except Exception as error:
            raise NotFingerprintable(f"{thing!r}: {error}") from error
        self.digest.update(stream.getvalue())
        for found in pickler.of_notebook:
            self.visit(found)


class _Pickler(pickle.Pickler):
    """Collects the notebook's own functions in a value: pickle would write but their names."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream, protocol=4)
        self.of_notebook: list[Any] = []

    def persistent_id(self, thing: Any) -> str | None:
        if getattr(thing, "__module__", None) != "__main__":
            return None
        if isinstance(thing, (types.FunctionType, type)) or hasattr(thing, "__wrapped__"):
            self.of_notebook.append(thing)
            return f"notebook {len(self.of_notebook)}"
        return None


def _names(code: types.CodeType) -> set[str]:
    """The names that code can look up among the globals, nested functions included."""
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found |= _names(constant)
    return found


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
