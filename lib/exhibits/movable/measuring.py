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

from .controls import Choice, FloatArray
from .declaration import Declaration, placeholders, shown
from .marks import Clause, Label, Line
from .sampling import Samples, Sizes, interpolated, sampled, unit

#: A mark may be off by half a pixel where the figure is widest.
PIXELS = 0.5
_TOGETHER, _ALONE = 60, 16  # random settings: all sliders between nodes; one of them
_MIXED = 0.25  # of the settings at most may lie between two structures
_EDGE = 0.01  # so close to 0 a clause may come early or late


def measured(declaration: Declaration, sizes: Sizes, seed: int = 0) -> Samples:
    """The samples of an explorer whose panels have these sizes in pixels, with their errors.

    ValueError where they are not good enough, with the slider that needs more nodes.
    """
    samples, checks = sampled(declaration, sizes), random_settings(declaration, seed)
    found = _errors(declaration, samples, sizes, checks)
    for k, name in enumerate(declaration.controls):  # lower degrees do better beside kinks
        for degree in (2, 1) if name in declaration.sliders and found.worst > 0.5 else ():
            axes = list(samples.axes)
            axes[k] = replace(axes[k], degree=degree)
            lower = replace(samples, axes=tuple(axes))
            then = _errors(declaration, lower, sizes, checks)
            if then.worst < found.worst:
                samples, found = lower, then
    found.require(declaration)
    pixels, digits, mixed, _ = found
    return replace(samples, pixels=pixels, digits=digits, mixed=mixed, checked=len(checks))


class Check(NamedTuple):
    setting: dict[str, Any]
    exact: dict[str, Any]
    alone: str  # the one slider that is between nodes, or ""


class _Errors(NamedTuple):
    """The largest errors; ``by`` slider: the largest where it alone is between nodes."""

    pixels: float
    digits: float
    mixed: float
    by: dict[str, tuple[float, str]]

    @property
    def worst(self) -> float:
        return max(self.pixels / PIXELS, self.digits)

    def require(self, declaration: Declaration) -> None:
        if self.worst > 1:
            name, (_, words) = max(self.by.items(), key=lambda item: item[1][0])
            alone = {key: f"{error:.3g}" for key, (error, _) in self.by.items() if key}
            raise ValueError(
                f"explorer {declaration.name!r}: between its nodes the picture is off by "
                f"{self.pixels:.3g} pixels and the sentence by {self.digits:.3g} units of the last "
                f"place; allowed are {PIXELS} and 1. Give {name or 'the sliders'} more nodes, or "
                f"breaks, or tell structures apart: {words}. With one slider between nodes the "
                f"error, relative to what is allowed, is {alone}"
            )
        if self.mixed > _MIXED:
            raise ValueError(
                f"explorer {declaration.name!r}: {self.mixed:.0%} of the settings lie between two "
                f"structures; allowed are {_MIXED:.0%}. Give margins, or more nodes"
            )


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


def _errors(
    declaration: Declaration, samples: Samples, sizes: Sizes, checks: Sequence[Check]
) -> _Errors:
    pixels = digits = 0.0
    mixed = together = 0
    by = dict.fromkeys(["", *declaration.sliders], (0.0, ""))
    for check in checks:
        values, nearest = interpolated(declaration, samples, check.setting)
        together += not check.alone
        if nearest:
            mixed += not check.alone
            continue
        off, mark = _off_by_pixels(declaration, values, check.exact, sizes)
        wrong, text = _off_by_digits(declaration, values, check.exact)
        pixels, digits = max(pixels, off), max(digits, wrong)
        worst = max(off / PIXELS, wrong)
        if worst > by[check.alone][0]:
            what = mark if off / PIXELS >= wrong else text
            words = ", ".join(f"{name} = {value}" for name, value in check.setting.items())
            by[check.alone] = (worst, f"{what} at {words}")
    if max(by[name][0] for name in declaration.sliders or [""]) > 1:
        by[""] = (0.0, "")  # a slider alone is to blame
    return _Errors(pixels, digits, mixed / max(together, 1), by)


def _off_by_pixels(
    declaration: Declaration, values: Mapping[str, Any], exact: Mapping[str, Any], sizes: Sizes
) -> tuple[float, str]:
    worst, what = 0.0, ""
    for mark in declaration.marks:
        panel = declaration.panels[mark.panel]
        pairs = []
        for axis, source in mark.sources:
            if isinstance(source, str):
                length = sizes[mark.panel]["xy".index(axis)]
                two = [length * panel.place(axis, where[source]) for where in (values, exact)]
                pairs.append([np.clip(np.atleast_1d(v), 0, length) for v in two])
        if isinstance(mark, Label) and any(one.size > 1 for one, _ in pairs):
            continue  # it stands anywhere along its curve
        if not pairs:
            continue
        if any((np.isnan(one) != np.isnan(two)).any() for one, two in pairs):
            off = math.inf
        else:
            off = max(float(np.nanmax(np.abs(a - b), initial=0.0)) for a, b in pairs)
        if isinstance(mark, Line) and len(pairs) == 2 and PIXELS / 2 < off < math.inf:
            (x, x0), (y, y0) = pairs
            here, there = np.column_stack([x, y]), np.column_stack([x0, y0])
            off = max(_apart(here, there), _apart(there, here))
        if off > worst:
            worst = off
            names = ", ".join(str(source) for _, source in mark.sources)
            what = f"{type(mark).__name__}({names}) is off by {off:.3g} pixels"
            if off == math.inf:
                what = f"{type(mark).__name__}({names}) has other gaps"
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
        if shown(clause, values) != shown(clause, exact):
            flags = [flag for flag in (clause.when, clause.unless) if flag]
            if any(abs(exact[flag]) > _EDGE for flag in flags):
                return math.inf, f"the clause {clause.text!r} is shown and should not be, or not"
            continue
        if not shown(clause, exact):
            continue
        for name, spec in placeholders(clause.text):
            if isinstance(declaration.controls.get(name), Choice):
                continue
            two = [float(where[name]) for where in (values, exact)]
            if any(map(math.isnan, two)):
                raise ValueError(
                    f"the sentence shows {name}, which is missing at "
                    f"{declaration.words({k: exact[k] for k in declaration.controls})}; make a "
                    "clause of it, with when or unless"
                )
            last = unit(spec, two[1])
            off = abs(round(two[0] / last) - round(two[1] / last))
            if off > worst:
                worst, what = float(off), f"{name} is shown as {two[0]:{spec}}, not {two[1]:{spec}}"
    return worst, what
