"""What is computed once is shared: arrays, dictionaries and objects in it cannot be changed."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import pkgutil
from collections.abc import Iterator
from types import MappingProxyType

import numpy as np
import pytest

from aiecon import wang_wong as ww
from aiecon.cached import cached, latest, read_only
from aiecon.numerics.problem import INFINITY, Structure
from exhibits.korinek_suh import research

#: Arguments of cached functions that have no defaults.
EXAMPLES: dict[str, tuple] = {
    "korinek_suh.dynamics.scenarios:_solved": ("c",),
    "numerics.chebyshev:grid": (8,),
    "numerics.chebyshev:refinement": (8, 12),
    "wang_wong.identification:_profile": ("all",),
    "wang_wong.efficiency:_solve": (ww.Parameters(), ww.Channels(), 1.0, 0.9, 1e-6),
    "wang_wong.transition:_solve": (ww.Parameters(), "some-AI", 1.0, 0.9, 0.0, None, 1e-6),
    "numerics.mesh:mesh": (Structure((1,), (INFINITY,), 1), ((0.0, 1.0),), 8),
}


def cached_functions(*packages: str) -> Iterator[str]:
    """Public functions of modules whose results are kept."""
    for package in packages:
        for module in pkgutil.walk_packages(
            importlib.import_module(f"aiecon.{package}").__path__, f"aiecon.{package}."
        ):
            for name, thing in vars(importlib.import_module(module.name)).items():
                kept = isinstance(thing, functools._lru_cache_wrapper)
                if kept and thing.__module__ == module.name:
                    yield f"{module.name.removeprefix('aiecon.')}:{name}"


def changeable(thing: object, path: str, seen: set[int]) -> Iterator[str]:
    """Where something could be changed."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        if thing.flags.writeable:
            yield path
    elif isinstance(thing, (dict, list, set)):
        yield path
    elif isinstance(thing, (tuple, MappingProxyType)):
        items = enumerate(thing) if isinstance(thing, tuple) else thing.items()
        for key, value in items:
            yield from changeable(value, f"{path}[{key!r}]", seen)
    elif type(thing).__module__.startswith(("aiecon.", "exhibits.")) and not isinstance(
        thing, type
    ):
        for key, value in getattr(thing, "__dict__", {}).items():
            yield from changeable(value, f"{path}.{key}", seen)


#: These keep numbers, which nobody can change.
NUMBERS = {"korinek_suh.dynamics.scenarios:_weight_for_return"}


def call(place: str) -> object:
    module, name = place.split(":")
    function = getattr(importlib.import_module(f"aiecon.{module}"), name)
    return function(*EXAMPLES.get(place, ()))


PLACES = set(cached_functions("korinek_suh", "numerics", "wang_wong")) - NUMBERS
PLACES |= {p for p in cached_functions("kuhle", "chen_meng") if ":_" not in p}


@pytest.mark.parametrize("place", sorted(PLACES))
def test_nothing_that_is_kept_can_be_changed(place):
    assert list(changeable(call(place), "", set())) == []


def test_what_an_object_computes_later_cannot_be_changed_either():
    """Tables that a kept path makes when it is first asked for a date."""
    kept = [
        research.kind_of_growth(next(iter(research.KINDS.values()))),
        research.transition_of(0.9),
        call("korinek_suh.dynamics.scenarios:_solved"),
    ]
    kept[0].log_wage(0.1)
    kept[1].log_wage(0.1)
    assert kept[2].solution.residual < 1.0
    for path in kept:
        assert list(changeable(path, "", set())) == []


def test_the_walk_sees_what_it_looks_for():
    """That the walk sees what it looks for, at any depth."""

    @dataclasses.dataclass(frozen=True)
    class Thing:
        x: object

    Thing.__module__ = "aiecon.thing"
    inside = Thing({"a": [np.ones(2)], "b": (np.ones(1), Thing(np.ones(3)))})
    assert list(changeable(inside, "", set())) == [".x"]
    assert list(changeable(read_only(inside), "", set())) == []
    assert isinstance(inside.x, MappingProxyType)
    kept = cached()(lambda n: {"x": [n, np.ones(n)]})
    with pytest.raises(TypeError):
        kept(2)["x"] = 1
    with pytest.raises(ValueError, match="read-only"):
        kept(2)["x"][1][:] = 0
    assert kept(2) is kept(2)


def test_each_method_of_times_keeps_its_own_latest_result():
    class Path:
        @latest
        def rising(self, t):
            return np.asarray(t)

        @latest
        def falling(self, t):
            return -np.asarray(t)

    path, t = Path(), np.array([0.0, 1.0])
    rising = path.rising(t)
    assert path.falling(t).tolist() == [-0.0, -1.0]
    assert path.rising(t) is rising
    t[1] = 2.0
    assert path.rising(t).tolist() == [0.0, 2.0]
    assert rising.tolist() == [0.0, 1.0]
