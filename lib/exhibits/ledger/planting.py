"""Errors planted in the library, to see that a check can fail.

A check that nobody has seen fail has unknown power. Each claim therefore names errors (a wage 5%
too high, a wrong exponent, a parameter off by 5%) under which its verdict must change, and a test
plants them one by one.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

#: Names the folder in which the kernels of a build keep verdicts for each other.
SHARED = "AIECON_VERDICTS"


@dataclass(frozen=True)
class Planted:
    """An error in the library.

    ``target`` names a function (``"aiecon.korinek_suh.prices:wage"``), a method or property
    (``"aiecon.korinek_suh.statics.production:Equilibrium.labor_share"``), or a field of a dataclass
    (``"aiecon.korinek_suh.parameters:Parameters.sigma"``). Either ``change`` takes what it
    returns (or holds) and gives something wrong back, or ``instead`` is a function that takes
    its place. ``says`` describes the error: ``"the wage 5% too high"``.
    """

    target: str
    change: Callable[[Any], Any] | None = None
    says: str = ""
    instead: Callable[..., Any] | None = None

    def __post_init__(self) -> None:
        module, colon, name = self.target.partition(":")
        if not (module and colon and name):
            raise ValueError(f"target = {self.target!r}: expected 'package.module:name'")
        if (self.change is None) == (self.instead is None):
            raise ValueError(f"{self.target}: give either change or instead")
        if not self.says:
            raise ValueError(f"{self.target}: says = '': describe the error in a few words")


def scale(factor: float, *fields: str) -> Callable[[Any], Any]:
    """Multiplies a result, or the named fields of a result that is a dataclass.

    >>> scale(1.5)(2.0)
    3.0
    """
    return _on_fields(lambda x: x * factor, fields)


def shift(amount: float, *fields: str) -> Callable[[Any], Any]:
    """Adds to a result, or to the named fields of a result that is a dataclass.

    >>> shift(0.5)(2.0)
    2.5
    """
    return _on_fields(lambda x: x + amount, fields)


def _on_fields(change: Callable[[Any], Any], fields: tuple[str, ...]) -> Callable[[Any], Any]:
    def changed(result: Any) -> Any:
        if not fields:
            return change(result)
        return dataclasses.replace(result, **{f: change(getattr(result, f)) for f in fields})

    return changed


@dataclass
class Trace:
    """How often the planted error was met: zero means that the computation does not use it."""

    calls: int = 0


def locate(target: str) -> tuple[ModuleType | type, str]:
    """The module or class that holds ``target``, and the name there.

    >>> locate("exhibits.plotting:panels")[1]
    'panels'
    """
    module_name, _, path = target.partition(":")
    owner: Any = importlib.import_module(module_name)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    if not hasattr(owner, name) and name not in _field_names(owner):
        raise ValueError(f"target = {target!r}: {path!r} is not in {module_name}")
    return owner, name


def _field_names(owner: Any) -> set[str]:
    if isinstance(owner, type) and dataclasses.is_dataclass(owner):
        return {f.name for f in dataclasses.fields(owner)}
    return set()


@contextmanager
def planted(error: Planted) -> Iterator[Trace]:
    """The library with an error in it, for the duration of a ``with`` block.

    A function is replaced wherever a loaded module of its package refers to it by name (``from
    .prices import wage`` included); a field reads wrongly in every instance, old and new. What
    ``functools`` has cached in these modules is forgotten on the way in and on the way out, and
    so are the ledger's verdicts. References kept elsewhere (in a dictionary, a default argument,
    ``functools.partial``) are not seen: then :attr:`Trace.calls` stays at zero. A field is changed
    once more in a copy made by ``dataclasses.replace``, which reads the wrong value.

    >>> import exhibits.ledger.quantities as module
    >>> wrong = Planted("exhibits.ledger.reported:number_text", lambda s: s + "!", says="noise")
    >>> with planted(wrong) as trace:
    ...     module.Number("2").describe_gap(1.0)
    '+1.0!'
    >>> trace.calls, module.Number("2").describe_gap(1.0)
    (1, '+1.0')
    """
    owner, name = locate(error.target)
    package = error.target.partition(":")[0].partition(".")[0]
    trace = Trace()
    with ExitStack() as undo:
        undo.callback(_forget, package)
        if folder := os.environ.pop(SHARED, None):  # other kernels' library has no error
            undo.callback(os.environ.__setitem__, SHARED, folder)
        if isinstance(owner, type):
            stand_in = _in_class(owner, name, error, trace)
            if isinstance(stand_in, _WrongField):
                _replace(undo, owner, "__init__", stand_in.initialiser(vars(owner)["__init__"]))
            _replace(undo, owner, name, stand_in)
        else:
            original = getattr(owner, name)
            if not callable(original):
                raise ValueError(f"target = {error.target!r}: not a function")
            wrong = _wrong(original, error, trace)
            for module in _modules(package):
                for alias, value in list(vars(module).items()):
                    if value is original:
                        _replace(undo, module, alias, wrong)
        _forget(package)
        yield trace


def _wrong(original: Callable[..., Any], error: Planted, trace: Trace) -> Callable[..., Any]:
    @functools.wraps(original)
    def wrong(*args: Any, **kwargs: Any) -> Any:
        trace.calls += 1
        if error.change is None:
            assert error.instead is not None
            return error.instead(*args, **kwargs)
        return error.change(original(*args, **kwargs))

    return wrong


def _in_class(owner: type, name: str, error: Planted, trace: Trace) -> Any:
    """What stands in for a field, property or method of a class."""
    if name in _field_names(owner):
        if error.change is None:
            raise ValueError(f"target = {error.target!r}: a field takes change, not instead")
        return _WrongField(vars(owner).get(name), name, error.change, trace)
    original = vars(owner).get(name)
    if isinstance(original, property):
        assert original.fget is not None
        return property(_wrong(original.fget, error, trace))
    if isinstance(original, functools.cached_property):
        return property(_wrong(original.func, error, trace))
    if isinstance(original, staticmethod | classmethod):
        return type(original)(_wrong(original.__func__, error, trace))
    if callable(original):
        return _wrong(original, error, trace)
    raise ValueError(f"target = {error.target!r}: not a field, property or method of the class")


class _WrongField:
    """A data descriptor: it goes before what the instances hold, so that each reads wrongly.

    While an instance is made, its field reads truly: what ``__post_init__`` checks and stores again
    would otherwise be changed twice.
    """

    def __init__(
        self, original: Any, name: str, change: Callable[[Any], Any], trace: Trace
    ) -> None:
        self.original, self.name, self.change, self.trace = original, name, change, trace
        self.slot = hasattr(original, "__set__")  # a dataclass with slots
        self.being_made: list[Any] = []

    def initialiser(self, original: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(original)
        def initialise(instance: Any, *args: Any, **kwargs: Any) -> None:
            self.being_made.append(instance)
            try:
                original(instance, *args, **kwargs)
            finally:
                self.being_made.pop()

        return initialise

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self.original  # the class itself holds the default
        held = self.original.__get__(instance) if self.slot else vars(instance)[self.name]
        if any(instance is new for new in self.being_made):
            return held
        self.trace.calls += 1
        return self.change(held)

    def __set__(self, instance: Any, value: Any) -> None:
        if self.slot:
            self.original.__set__(instance, value)
        else:
            vars(instance)[self.name] = value


def _replace(undo: ExitStack, owner: ModuleType | type, name: str, value: Any) -> None:
    if name in vars(owner):
        undo.callback(setattr, owner, name, vars(owner)[name])
    else:
        undo.callback(delattr, owner, name)
    setattr(owner, name, value)


def _modules(package: str) -> list[ModuleType]:
    names = [n for n in sys.modules if n.partition(".")[0] in (package, "exhibits")]
    return [m for n in names if isinstance(m := sys.modules.get(n), ModuleType)]


def _forget(package: str) -> None:
    """Empty every cache of functools in the package and in what shows it, verdicts included."""
    for module in _modules(package):
        for value in list(vars(module).values()):
            members = list(vars(value).values()) if isinstance(value, type) else []
            for cached in (value, *members):
                if callable(empty := getattr(cached, "cache_clear", None)):
                    empty()
