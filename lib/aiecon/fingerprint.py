"""A hash of a value and, for functions, of everything that their code can reach.

Results that are kept between sessions stand under such a key, and are used again only where nothing
that made them has changed: bytecode, defaults, closures, attributes, and the globals that the code
names, followed through the reader's own functions, classes, modules and objects. The library, the
standard library and installed packages are left to their versions. What cannot be followed (a lock,
a generator, an open file) is refused by name. What a function reads while it runs, such as a file,
no key can know.
"""

from __future__ import annotations

import copyreg
import dataclasses
import dis
import functools
import hashlib
import importlib
import importlib.metadata
import importlib.util
import operator
import pickle
import sys
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["PACKAGE", "NotFingerprintable", "fingerprint", "library_hash"]

PACKAGE = Path(__file__).resolve().parent  # of aiecon
_SUFFIXES = {".py", ".csv", ".json"}
_PLAIN = (type(None), bool, int, float, complex, str, bytes, range, type(...), np.generic)
_DESCRIPTORS = (types.GetSetDescriptorType, types.MemberDescriptorType)
_WRAPPERS = (property, staticmethod, classmethod, functools.cached_property)
#: What looks things up by a text, behind which no key can see.
_BY_TEXT = {"eval", "exec", "globals", "__import__", "import_module"}
#: Of a class, what does not say how it behaves; a dataclass's fields stand in its __init__.
_OF_NO_EFFECT = {"__dict__", "__weakref__", "__doc__", "__module__", "__annotations__"} | {
    "__firstlineno__", "__static_attributes__", "__dataclass_fields__", "__dataclass_params__",
    "_abc_impl", "__slotnames__", "__annotations_cache__", "__annotate_func__",
}  # fmt: skip


class NotFingerprintable(ValueError):
    """Something that a key cannot stand for, and where it was found."""


def library_hash(package: Path = PACKAGE) -> str:
    """A hash of all files of a package that its results can depend on."""
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        if file.suffix in _SUFFIXES and file.is_file():
            digest.update(str(file.relative_to(package)).encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def fingerprint(
    *things: Any, library: str | None = None, also: tuple[str, ...] = ("numpy", "scipy")
) -> str:
    """The hash of values and functions, with ``library`` (the hash of aiecon's files unless given)
    and the versions of Python, of the packages they use and of those named in ``also``.

    >>> def scaled(factor):
    ...     return lambda x: factor * x
    >>> fingerprint(scaled(1.0)) == fingerprint(scaled(1.0))
    True
    >>> fingerprint(scaled(1.0)) == fingerprint(scaled(2.0))
    False
    """
    walker = _Walker()
    walker.visit(things)
    walker.put(library_hash() if library is None else library, tuple(sys.version_info))
    walker.put([(name, version(name)) for name in sorted({*also, *walker.distributions})])
    return walker.digest.hexdigest()


def version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "none"


@functools.cache
def _distributions() -> Mapping[str, list[str]]:
    return importlib.metadata.packages_distributions()


class _Walker:
    """Feeds a hash with values and with what functions reach; collects the packages they use."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.distributions: set[str] = set()
        self._seen: dict[Any, int] = {}
        self._alive: list[Any] = []  # an id is unique only while its object lives
        self._where: list[str] = []

    def visit(self, thing: Any) -> None:
        if isinstance(thing, _PLAIN):
            self.put(type(thing).__name__, repr(thing))
        elif isinstance(thing, types.ModuleType):
            self._module(thing, frozenset())
        elif self._first(id(thing)):
            self._alive.append(thing)
            self._visit(thing)

    def put(self, *parts: Any) -> None:
        self.digest.update((repr(parts) + ";").encode())

    def _first(self, key: Any) -> bool:
        if key in self._seen:
            self.put("again", self._seen[key])
            return False
        self._seen[key] = len(self._seen)
        return True

    @contextmanager
    def _in(self, name: str) -> Iterator[None]:
        self._where.append(name)
        self.put(name)
        yield
        self._where.pop()

    def _visit(self, thing: Any) -> None:
        if isinstance(thing, types.FunctionType):
            self._function(thing)
        elif isinstance(thing, types.CodeType):
            self._code(thing)
        elif isinstance(thing, type):
            self._class(thing)
        elif type(thing) in (list, tuple):
            self._all(type(thing).__name__, thing)
        elif type(thing) in (set, frozenset):  # its own order differs between processes
            self._all("set", sorted(thing, key=lambda x: (type(x).__name__, repr(x))))
        elif type(thing) in (dict, types.MappingProxyType):
            self._all("dict", [x for pair in thing.items() for x in pair])
        elif type(thing) is np.ndarray and not thing.dtype.hasobject:
            self.put("array", thing.dtype.descr, thing.shape)
            self.digest.update(np.ascontiguousarray(thing).tobytes())
        elif type(thing) is np.ndarray:
            self._all("array", [thing.dtype.descr, thing.shape, *thing.flat])
        elif dataclasses.is_dataclass(thing) and not isinstance(thing, list | dict | set | tuple):
            self._dataclass(thing)
        elif hasattr(thing, "__wrapped__"):  # a function behind functools.cache
            self._class_of(thing)
            self.visit(thing.__wrapped__)
        else:
            self._object(thing)

    def _all(self, kind: str, items: Any) -> None:
        self.put(kind, len(items))
        for item in items:
            self.visit(item)

    def _class_of(self, thing: Any) -> None:
        self.put("object")
        self.visit(type(thing))

    def _dataclass(self, thing: Any) -> None:
        """Its fields, and what was set beside them; what it has computed from them is no news."""
        self._class_of(thing)
        names = [field.name for field in dataclasses.fields(thing)]
        for name in (*names, *sorted(set(getattr(thing, "__dict__", ())) - set(names))):
            if not isinstance(getattr(type(thing), name, None), functools.cached_property):
                with self._in(f"field {name!r}"):
                    self.visit(getattr(thing, name, None))

    def _object(self, thing: Any) -> None:
        """Any other object by what pickle and copy would take it apart into."""
        try:
            reduce = copyreg.dispatch_table.get(type(thing))
            parts = reduce(thing) if reduce else thing.__reduce_ex__(4)
        except Exception as error:
            raise self._refused(f"{thing!r}", error) from error
        if isinstance(parts, str):  # it can be found by its name
            module = pickle.whichmodule(thing, parts)  # type: ignore[attr-defined]
            try:
                found = operator.attrgetter(parts)(sys.modules[module])
            except (AttributeError, KeyError):
                found = None
            if found is not thing:  # such as a function that numpy.frompyfunc made
                raise self._refused(f"{thing!r}", "it is not what its name stands for")
            self.put("named", module, parts)
            self._covered(module)
            return
        self._class_of(thing)
        function, arguments, state, items, pairs = (*parts, None, None, None)[:5]
        for part in (function, arguments, state, list(items or ()), list(pairs or ())):
            self.visit(part)

    def _refused(self, what: str, why: object) -> NotFingerprintable:
        path = " of ".join(reversed(self._where)) or "it"
        return NotFingerprintable(f"{path}: {what} has no fingerprint ({why})")

    # Functions, classes and modules: of the reader's own, what they say; of others, the name -----

    def _covered(self, module: str | None) -> bool:
        """Whether the library's hash or a version stands for what a module defines."""
        top = (module or "__main__").partition(".")[0]
        if top == "__main__":
            return False
        if top == "aiecon" or top in sys.stdlib_module_names:
            return True
        file = getattr(sys.modules.get(module or ""), "__file__", None)
        if file is None or not {"site-packages", "dist-packages"} & set(Path(file).parts):
            return False
        self.distributions.update(_distributions().get(top, [top]))
        return True

    def _function(self, function: types.FunctionType) -> None:
        self.put("function", function.__module__, function.__qualname__)
        with self._in(f"{function.__qualname__}"):
            self.visit(function.__code__)
            for name, default in (function.__kwdefaults__ or {}).items():
                with self._in(f"default {name!r}"):
                    self.visit(default)
            self._all("defaults", function.__defaults__ or ())
            self._all("attributes", [x for pair in vars(function).items() for x in pair])
            names = function.__code__.co_freevars
            for name, cell in zip(names, function.__closure__ or (), strict=True):
                with self._in(f"closure {name!r}"):
                    try:
                        contents = cell.cell_contents
                    except ValueError:  # not yet assigned
                        contents = None
                    self.visit(contents)
            if not self._covered(function.__module__):
                self._globals(function)

    def _globals(self, function: types.FunctionType) -> None:
        names = frozenset(_names(function.__code__))
        for name in _calls_by_text(function.__code__):
            if name not in function.__globals__:
                raise self._refused(f"{name}()", "what it finds is known only as it runs")
        for name in sorted(names):
            if name in function.__globals__:
                with self._in(f"global {name!r}"):
                    thing = function.__globals__[name]
                    if isinstance(thing, types.ModuleType):
                        self._module(thing, names)
                    else:
                        self.visit(thing)
        for name in sorted(set(_imports(function.__code__, function.__globals__))):
            with self._in(f"import {name!r}"):
                try:
                    self._module(importlib.import_module(name), names)
                except ImportError:  # it is the function that will say so
                    self.put("missing")

    def _code(self, code: types.CodeType) -> None:
        self.put("code", code.co_code, code.co_names, code.co_varnames, code.co_freevars)
        self.put(code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags)
        self.put(code.co_exceptiontable)
        self._all("constants", code.co_consts)

    def _class(self, thing: type) -> None:
        self.put("class", thing.__module__, thing.__qualname__)
        if self._covered(thing.__module__):
            return
        with self._in(f"class {thing.__qualname__!r}"):
            self._all("bases", thing.__bases__)
            for name, value in sorted(vars(thing).items()):
                if name in _OF_NO_EFFECT or isinstance(value, _DESCRIPTORS):
                    continue
                if isinstance(value, _WRAPPERS):
                    parts = ("__func__", "func", "fget", "fset", "fdel")
                    value = [type(value), *(getattr(value, part, None) for part in parts)]
                with self._in(f"attribute {name!r}"):
                    self.visit(value)

    def _module(self, module: types.ModuleType, names: frozenset[str]) -> None:
        """A module, and of a reader's own module what the code may take from it."""
        self.put("module", module.__name__)
        if self._covered(module.__name__) or not self._first((id(module), names)):
            return
        if file := getattr(module, "__file__", None):
            self.put(hashlib.sha256(Path(file).read_bytes()).hexdigest())
        for name in sorted(names & set(vars(module))):
            thing = vars(module)[name]
            with self._in(f"{module.__name__}.{name}"):
                if isinstance(thing, types.ModuleType):
                    self._module(thing, names)
                else:
                    self.visit(thing)


def _names(code: types.CodeType) -> set[str]:
    """The names that code can look up, as a text too (getattr), nested functions included."""
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, str):  # getattr(module, "name")
            found.add(constant)
        if isinstance(constant, types.CodeType):
            found |= _names(constant)
    return found


def _calls_by_text(code: types.CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.argval == "import_module" or step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield from {step.argval} & _BY_TEXT
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _calls_by_text(constant)


def _imports(code: types.CodeType, around: Mapping[str, Any]) -> Iterator[str]:
    """The modules that code imports while it runs."""
    steps = list(dis.get_instructions(code))
    for i, step in enumerate(steps):
        if step.opname == "IMPORT_NAME":
            level, picked = steps[i - 2].argval or 0, steps[i - 1].argval or ()
            name = "." * level + step.argval
            name = importlib.util.resolve_name(name, around.get("__package__")) if level else name
            yield from (name, *(f"{name}.{x}" for x in picked))  # which may be modules too
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _imports(constant, around)
