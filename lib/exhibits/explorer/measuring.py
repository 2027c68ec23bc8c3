"""How far a page's picture is off between the nodes: computed exactly at random settings.

:func:`measured` raises a ValueError where the picture is off by more than :data:`PIXELS` or a
number in the sentence by more than one unit of its last place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from .controls import Choice, FloatArray, require
from .declaration import Declaration, placeholders
from .marks import Clause, Label, Line
from .sampling import Samples, Sizes, interpolated, sampled, unit

#: A mark may be off by half a pixel where the figure is widest.
PIXELS = 0.5
_TOGETHER, _ALONE = 60, 16  # random settings: all sliders between nodes; one of them
_MIXED = 0.25  # of the settings at most may lie between two structures
_SEEN = 0.2  # pixels
_EDGE = 0.01  # so close to 0 a clause may come early or late


def measured(declaration: Declaration, sizes: Sizes, seed: int = 0) -> Samples:
    """The samples of an explorer whose panels have these sizes in pixels, with their errors.

    ValueError where they are not good enough, with the slider that needs more nodes.
    """
    samples, checks = sampled(declaration, sizes), random_settings(declaration, seed)
    found = [_error(declaration, samples, sizes, check) for check in checks]
    for k, name in enumerate(declaration.controls):  # lower degrees do better beside kinks
        for degree in (2, 1) if name in declaration.sliders and _worst(found) > 0.5 else ():
            axes = list(samples.axes)
            axes[k] = replace(axes[k], degree=degree)
            lower, then = replace(samples, axes=tuple(axes)), []
            for error in sorted(found, key=lambda error: -error.worst):  # one is often enough
                then.append(_error(declaration, lower, sizes, error.check))
                if then[-1].worst >= _worst(found):
                    break
            else:
                samples, found = lower, then
    pixels = max((error.pixels for error in found), default=0.0)
    digits = max((error.digits for error in found), default=0.0)
    together = [error.nearest for error in found if not error.check.alone]
    mixed = sum(together) / max(len(together), 1)
    _require_good(declaration, found, pixels, digits, mixed)
    return replace(samples, pixels=pixels, digits=digits, mixed=mixed, checked=len(checks))


class Check(NamedTuple):
    setting: dict[str, Any]
    exact: dict[str, Any]
    alone: str  # the one slider that is between nodes, or ""


class _Error(NamedTuple):
    """At a check: pixels, units of the last place, and what is off."""

    pixels: float
    digits: float
    words: str
    nearest: bool  # the nearest computed state was shown, with its words
    check: Check

    @property
    def worst(self) -> float:
        """Relative to what is allowed."""
        return max(self.pixels / PIXELS, self.digits)


def _worst(errors: Sequence[_Error]) -> float:
    return max((error.worst for error in errors), default=0.0)


def _require_good(
    declaration: Declaration, errors: Sequence[_Error], pixels: float, digits: float, mixed: float
) -> None:
    what = f"explorer {declaration.name!r}: "
    if _worst(errors) > 1:
        by = {name: [e for e in errors if e.check.alone == name] for name in declaration.sliders}
        alone = {name: f"{_worst(found):.3g}" for name, found in by.items()}
        blamed = [error for error in errors if error.check.alone and error.worst > 1] or errors
        worst = max(blamed, key=lambda error: error.worst)
        at = ", ".join(f"{name} = {value}" for name, value in worst.check.setting.items())
        raise ValueError(
            f"{what}between its nodes the picture is off by {pixels:.3g} pixels and the sentence "
            f"by {digits:.3g} units of the last place; allowed are {PIXELS} and 1. Give "
            f"{worst.check.alone or 'the sliders'} more nodes, or breaks, or tell structures "
            f"apart: {worst.words} at {at}. With one slider between nodes the error, relative to "
            f"what is allowed, is {alone}"
        )
    what += f"{mixed:.0%} of the settings lie between two structures"
    require(mixed <= _MIXED, what, f"are {_MIXED:.0%}. Give margins, or more nodes")


def random_settings(declaration: Declaration, seed: int) -> list[Check]:
    """Random settings and what they are exactly."""
    random, out = np.random.default_rng(seed), []
    sliders, sets = declaration.sliders, declaration.option_sets
    for options in sets if sliders else []:
        rows: list[tuple[str, dict[str, float]]] = []
        for alone in ["", *sliders]:
            count = _TOGETHER if not alone else _ALONE
            for _ in range(max(4, count // len(sets))):
                row = {
                    name: float(slider.value(random.random()))
                    if alone in ("", name)
                    else float(random.choice(slider.grid))
                    for name, slider in sliders.items()
                }
                rows.append((alone, row))
        columns = {name: np.array([row[name] for _, row in rows]) for name in sliders}
        exact = declaration.batch(columns, options)
        for i, (alone, row) in enumerate(rows):
            now = {name: array[i] for name, array in exact.items()}
            out.append(Check({**row, **options}, {**now, **options}, alone))
    return out


def idle(declaration: Declaration, values: Mapping[str, Any], sizes: Sizes) -> list[str]:
    """Of the controls that say why they may move nothing, those which do not at ``values``."""
    setting, found = {name: values[name] for name in declaration.controls}, []
    for name, control in declaration.controls.items():
        if not control.idle:
            continue
        others: Sequence[Any] = (
            control.options
            if isinstance(control, Choice)
            else [control.value(k / 2) for k in range(3)]
        )
        there = (declaration.at({**setting, name: other}) for other in others)
        if all(
            _off_by_pixels(declaration, other, values, sizes)[0] < _SEEN
            and declaration.said(other) == declaration.said(values)
            for other in there
        ):
            found.append(name)
    return found


def _error(declaration: Declaration, samples: Samples, sizes: Sizes, check: Check) -> _Error:
    values, nearest = interpolated(declaration, samples, check.setting)
    if nearest:
        return _Error(0.0, 0.0, "", nearest, check)
    pixels, mark = _off_by_pixels(declaration, values, check.exact, sizes)
    digits, text = _off_by_digits(declaration, values, check.exact)
    return _Error(pixels, digits, mark if pixels / PIXELS >= digits else text, nearest, check)


def _off_by_pixels(
    declaration: Declaration, values: Mapping[str, Any], exact: Mapping[str, Any], sizes: Sizes
) -> tuple[float, str]:
    worst, what = 0.0, ""
    for mark in declaration.marks:
        pairs = []
        for axis, source in mark.sources:
            if isinstance(source, str):
                length = sizes[mark.panel]["xy".index(axis)]
                place = declaration.panels[mark.panel].scale(axis).place
                two = [np.atleast_1d(length * place(where[source])) for where in (values, exact)]
                pairs.append([np.clip(row, 0, length) for row in two])
        if isinstance(mark, Label) and any(one.size > 1 for one, _ in pairs):
            continue  # it stands anywhere along its curve
        gaps = any((np.isnan(one) != np.isnan(two)).any() for one, two in pairs)
        apart = [float(np.nanmax(np.abs(a - b), initial=0.0)) for a, b in pairs]
        off = math.inf if gaps else max(apart, default=0.0)
        if isinstance(mark, Line) and len(pairs) == 2 and PIXELS / 2 < off < math.inf:
            here, there = (np.column_stack(points) for points in zip(*pairs, strict=True))
            off = max(_apart(here, there), _apart(there, here))
        if off > worst:
            names = ", ".join(str(source) for _, source in mark.sources)
            how = "has other gaps" if gaps else f"is off by {off:.3g} pixels"
            worst, what = off, f"{type(mark).__name__}({names}) {how}"
    return worst, what


def _apart(points: FloatArray, line: FloatArray) -> float:
    """The largest distance of a point from a line through points."""
    start, way = line[:-1], np.diff(line, axis=0)
    known = ~np.isnan(way).any(axis=1)
    points, start, way = points[~np.isnan(points).any(axis=1)], start[known], way[known]
    if not len(points) or not len(start):
        return 0.0
    ahead = points[:, None, :] - start
    square = (way**2).sum(axis=1)
    part = np.clip((ahead * way).sum(axis=2) / np.where(square > 0, square, 1), 0, 1)
    return float(np.sqrt(((ahead - part[..., None] * way) ** 2).sum(axis=2)).min(axis=1).max())


def _off_by_digits(
    declaration: Declaration, values: Mapping[str, Any], exact: Mapping[str, Any]
) -> tuple[float, str]:
    """How many units of its last place a number is off, as it is shown."""
    worst, what = 0.0, ""
    texts = [Clause(mark.text) for mark in declaration.marks if isinstance(mark, Label)]
    for clause in [*declaration.clauses, *texts]:
        if clause.shown(values) != clause.shown(exact):
            flags = [flag for flag in (clause.when, clause.unless) if flag]
            if any(abs(exact[flag]) > _EDGE for flag in flags):
                return math.inf, f"the clause {clause.text!r} is shown and should not be, or not"
        elif clause.shown(exact):
            for name, spec in placeholders(clause.text):
                if not isinstance(declaration.controls.get(name), Choice):
                    shown, right = float(values[name]), float(exact[name])
                    missing = math.isnan(shown) or math.isnan(right)
                    setting = {key: exact[key] for key in declaration.controls}
                    here = f"the sentence shows {name}, which is missing at "
                    cure = "is a clause of its own, with when or unless"
                    require(not missing, here + declaration.words(setting), cure)
                    last = unit(spec, right)
                    off = float(abs(round(shown / last) - round(right / last)))
                    if off > worst:
                        worst, what = off, f"{name} is shown as {shown:{spec}}, not {right:{spec}}"
    return worst, what
