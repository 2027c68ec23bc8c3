"""The samples that a page holds, how they are interpolated, and how far off that is.

Every array that the declaration names is computed on the tensor grid of the controls' nodes, in few
calls, and kept as integers: multiples of a step that is finer than what a page shows of it. Between
nodes it is interpolated along each slider by polynomials through neighbouring nodes, cubic where
four are in reach (``explorer.js`` holds the same few lines). Nodes of different structure are never
mixed: where ``margins`` tell on which side a setting lies, the nodes of that side are used alone;
else the page shows the nearest computed state.

:func:`sampled` computes random settings between the nodes exactly and compares; it raises a
ValueError where the picture is off by more than :data:`PIXELS` or a number in the sentence by more
than one unit of its last place.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from .controls import Choice, Control, FloatArray
from .declaration import Declaration, placeholders, shown
from .marks import Clause, Label, Line, Panel

#: A mark may be off by half a pixel where the figure is widest.
PIXELS = 0.5
_STEP = 0.05  # pixels: to what coordinates are rounded
_DIGIT = 0.05  # units of the last place: to what numbers are rounded
_TOGETHER, _ALONE = 60, 16  # random settings: all sliders between nodes; one of them
_MIXED = 0.25  # of the settings at most may lie between two structures
_EDGE = 0.01  # of a number's range: so close to 0 a clause may come early or late

Sizes = Mapping[str, tuple[float, float]]  # width and height of each panel in pixels
Window = tuple[int, FloatArray]  # the first node, and the weights of it and of those after it
Place = float | int  # on a slider, from 0 to 1; the number of an option


@dataclass(frozen=True)
class Axis:
    """The nodes of a control: places from 0 to 1, pieces between breaks, degree of polynomials."""

    places: FloatArray
    ends: tuple[int, ...]  # nodes at which pieces begin and end
    degree: int = 3

    @classmethod
    def of(cls, control: Control) -> Axis:
        if isinstance(control, Choice):
            return cls(np.arange(len(control.options), dtype=float), ())
        ends = np.searchsorted(control.grid, [control.low, *control.breaks, control.high])
        return cls(control.place(control.grid), tuple(ends.tolist()))

    def node(self, place: Place) -> int | None:
        """The node at a place, if there is one."""
        near = self.nearest(place)
        return near if abs(self.places[near] - place) < 1e-9 else None

    def nearest(self, place: Place) -> int:
        return int(np.argmin(np.abs(self.places - place)))

    def cell(self, place: Place) -> int:
        """The node before a place."""
        return int(np.clip(np.searchsorted(self.places, place) - 1, 0, len(self.places) - 2))

    def windows(self, place: Place, anchor: int) -> list[tuple[int, int]]:
        """First node and length of all runs of nodes around ``anchor``, the best first."""
        cell = self.cell(place)
        low = max(end for end in self.ends if end <= cell)
        high = min(end for end in self.ends if end > cell)
        found = [
            (first, length)
            for length in range(2, min(self.degree, high - low) + 2)
            for first in range(max(low, anchor - length + 1), min(high - length + 1, anchor) + 1)
        ]

        def rank(window: tuple[int, int]) -> tuple[float, ...]:
            first, length = window
            off = abs(first + length / 2 - cell - 1)
            return (not first <= cell <= first + length - 2, -length, off, first)

        return sorted(found, key=rank)

    def around(self, window: tuple[int, int], place: Place) -> bool:
        return window[0] <= self.cell(place) <= window[0] + window[1] - 2

    def weights(self, window: tuple[int, int], place: Place) -> Window:
        """Lagrange's."""
        first, length = window
        nodes, out = self.places[first : first + length], np.ones(length)
        for i, j in itertools.permutations(range(length), 2):
            out[i] *= (place - nodes[j]) / (nodes[i] - nodes[j])
        return first, out


@dataclass(frozen=True)
class Table:
    """An array at all nodes: ``codes`` times ``step``, its logarithm if ``log``, NaN in ``holes``.

    One dimension for each control, of length 1 where nothing depends on it, and one for points; a
    number (``single``) has one.
    """

    codes: np.ndarray
    holes: np.ndarray
    step: float
    log: bool
    single: bool

    def at(self, windows: Sequence[Window]) -> Any:
        """The array at a setting."""
        part = tuple(
            slice(0, 1) if length == 1 else slice(first, first + len(weights))
            for (first, weights), length in zip(windows, self.codes.shape, strict=False)
        )
        block = np.where(self.holes[part], np.nan, self.codes[part] * self.step)
        for _, weights in windows:
            block = block[0] if len(block) == 1 else np.tensordot(weights, block, axes=(0, 0))
        block = np.exp(block) if self.log else block
        return float(block[0]) if self.single else block


@dataclass(frozen=True)
class Formula:
    """An array that a page computes: an expression in values and ``u``, and how many points."""

    expression: Any
    names: tuple[str, ...]
    points: int | None

    @functools.cached_property
    def function(self) -> Callable[..., Any]:
        from sympy import lambdify  # only where a formula is given

        return lambdify([*map(str, self.names), "u"], self.expression, "numpy")

    def at(self, values: Mapping[str, Any]) -> Any:
        u = np.linspace(0, 1, self.points) if self.points else 0.0
        with np.errstate(all="ignore"):
            found = self.function(*(np.float64(values[name]) for name in self.names), u)
        found = np.where(np.isfinite(found), found, np.nan)
        return np.broadcast_to(found, self.points) if self.points else float(found)


@dataclass(frozen=True)
class Samples:
    """All tables and formulas, and the measure: see :func:`sampled`."""

    axes: tuple[Axis, ...]
    tables: Mapping[str, Table]
    formulas: Mapping[str, Formula]
    structure: np.ndarray  # an integer at each node, of length 1 where it is the same everywhere
    margins: tuple[str, ...] = ()
    pixels: float = 0.0
    digits: float = 0.0
    mixed: float = 0.0  # the share of settings at which the nearest computed state is shown
    checked: int = 0  # random settings at which all this was measured

    def windows(self, places: Sequence[Place]) -> tuple[list[Window], bool]:
        """What to interpolate at a setting, and whether the nearest state is shown instead."""
        single = [axis.node(place) for axis, place in zip(self.axes, places, strict=True)]
        near = [axis.nearest(place) for axis, place in zip(self.axes, places, strict=True)]
        if self.structure.size == 1:
            return self._weighed(places, self._grown(places, near, None, single)), False
        side = 0
        if self.margins:
            free = self._weighed(places, self._grown(places, near, None, single))
            side = int(sides([self.tables[name].at(free) for name in self.margins]))
        corners = [
            [axis.cell(place), axis.cell(place) + 1] if node is None else [node]
            for axis, place, node in zip(self.axes, places, single, strict=True)
        ]
        ranked = sorted(
            itertools.product(*corners),
            key=lambda c: sum(
                abs(a.places[n] - p) for a, n, p in zip(self.axes, c, places, strict=True)
            ),
        )
        kinds = [int(self.structure[corner]) for corner in ranked]
        fitting = {kind for kind in kinds if kind % 2 ** len(self.margins) == side} or set(kinds)
        if len(fitting) > 1:
            return self._weighed(places, [(node, 1) for node in near]), True
        target = fitting.pop()
        anchor = list(ranked[kinds.index(target)])
        grown = self._grown(places, anchor, target, single)
        lost = any(
            node is None and window[1] == 1 for node, window in zip(single, grown, strict=True)
        )
        if lost:
            grown = [(node, 1) for node in anchor]
        return self._weighed(places, grown), lost

    def _grown(
        self,
        places: Sequence[Place],
        anchor: Sequence[int],
        target: int | None,
        single: Sequence[int | None],
    ) -> list[tuple[int, int]]:
        """Windows around an anchor, all of whose nodes have the target's structure."""
        chosen = [(node, 1) for node in anchor]
        for k, (axis, place) in enumerate(zip(self.axes, places, strict=True)):
            if single[k] is not None:
                continue
            for window in axis.windows(place, anchor[k]):
                wider = [*chosen[:k], window, *chosen[k + 1 :]]
                part = tuple(slice(first, first + length) for first, length in wider)
                if target is None or (self.structure[part] == target).all():
                    chosen = wider
                    break
        return chosen

    def _weighed(self, places: Sequence[Place], windows: Sequence[tuple[int, int]]) -> list[Window]:
        return [
            (window[0], np.ones(1)) if window[1] == 1 else axis.weights(window, place)
            for axis, window, place in zip(self.axes, windows, places, strict=True)
        ]


def sides(margins: Sequence[Any]) -> Any:
    """An integer for the signs of the margins."""
    return sum((np.asarray(m) > 0) * 2**k for k, m in enumerate(margins))


def interpolated(
    declaration: Declaration, samples: Samples, setting: Mapping[str, Any]
) -> tuple[dict[str, Any], bool]:
    """The values that a page shows at a setting, and whether they are those of another, nearest."""
    places = [
        c.options.index(setting[name]) if isinstance(c, Choice) else float(c.place(setting[name]))
        for name, c in declaration.controls.items()
    ]
    windows, mixed = samples.windows(places)
    values = {**setting, **{name: table.at(windows) for name, table in samples.tables.items()}}
    for name, formula in samples.formulas.items():
        values[name] = formula.at(values)
    return values, mixed


# Computing --------------------------------------------------------------------------------------


def sampled(declaration: Declaration, sizes: Sizes, seed: int = 0) -> Samples:
    """The samples of an explorer, measured; ``sizes`` of its panels in pixels.

    ValueError where they are not good enough, with the slider that needs more nodes.
    """
    axes = tuple(map(Axis.of, declaration.controls.values()))
    arrays, numbers = _at_nodes(declaration)
    structure = np.zeros((1,) * len(axes), dtype=int)
    if declaration.structure is not None or declaration.margins:
        structure = sides([arrays[name][..., 0] for name in declaration.margins]) + structure
        if declaration.structure is not None:
            given = np.rint(arrays[declaration.structure][..., 0]).astype(int)
            structure = structure + given * 2 ** len(declaration.margins)
        if np.ptp(structure) == 0:
            structure = structure[(slice(0, 1),) * structure.ndim]
    tables = {
        name: _table(declaration, name, arrays[name], name in numbers, sizes)
        for name in sorted(declaration.used - declaration.controls.keys())
        if name not in declaration.formulas
    }
    formulas = {
        name: Formula(
            expression,
            tuple(sorted(str(s) for s in expression.free_symbols if str(s) != "u")),
            None if name in numbers else arrays[name].shape[-1],
        )
        for name, expression in declaration.formulas.items()
    }
    samples = Samples(axes, tables, formulas, structure, tuple(declaration.margins))
    checks = _checks(declaration, seed)
    found = _measured(declaration, samples, sizes, checks)
    for k, name in enumerate(declaration.controls):  # lower degrees do better beside kinks
        for degree in (2, 1) if name in declaration.sliders and found.worst > 0.5 else ():
            lower = replace(axes[k], degree=degree)
            other = replace(samples, axes=(*samples.axes[:k], lower, *samples.axes[k + 1 :]))
            then = _measured(declaration, other, sizes, checks)
            if then.worst < found.worst:
                samples, found = other, then
    found.require(declaration)
    pixels, digits, mixed = found[:3]
    return replace(samples, pixels=pixels, digits=digits, mixed=mixed, checked=len(checks))


def _at_nodes(declaration: Declaration) -> tuple[dict[str, FloatArray], set[str]]:
    """Every array on the tensor grid of all controls, (…, points), and which are numbers."""
    grids = [slider.grid for slider in declaration.sliders.values()]
    mesh = np.meshgrid(*grids, indexing="ij") if grids else []
    flat = {name: m.ravel() for name, m in zip(declaration.sliders, mesh, strict=True)}
    found = [declaration.batch(flat, options) for options in declaration.option_sets]
    counts = [len(choice.options) for choice in declaration.choices.values()]
    order = [*declaration.choices, *declaration.sliders]
    turn = [order.index(name) for name in declaration.controls]
    out = {}
    for name in found[0]:
        shapes = {part[name].shape for part in found}
        if len(shapes) > 1:
            raise ValueError(
                f"compute: {name} of shapes {', '.join(map(str, shapes))}; allowed is the same "
                "number of points for all options"
            )
        array = np.stack([part[name] for part in found]).reshape(*counts, *map(len, grids), -1)
        out[name] = array.transpose(*turn, len(turn))
    return out, {name for name, array in found[0].items() if array.ndim == 1}


def _table(
    declaration: Declaration, name: str, array: FloatArray, single: bool, sizes: Sizes
) -> Table:
    """An array as integers, without the controls on which it does not depend."""
    holes = np.isnan(array)
    known = array[~holes]
    panels = [
        (declaration.panels[mark.panel], axis, sizes[mark.panel]["xy".index(axis)])
        for mark in declaration.marks
        for axis, source in mark.sources
        if source == name
    ]
    specs = [spec for text in declaration.texts for key, spec in placeholders(text) if key == name]
    if declaration.goal and declaration.goal.of == name:
        specs.append(".4g")
    log = any(_scale(panel, axis) == "log" for panel, axis, _ in panels)
    if log and not (known > 0).all():
        raise ValueError(
            f"compute: {name} has values ≤ 0 and stands on a logarithmic axis; give NaN for them"
        )
    wide = known.size > 0 and known.min() > 0 and known.max() > 20 * known.min()
    log = log or (wide and not panels and bool(specs) and all(s[-1] in "ge" for s in specs))
    steps = [_pixel(panel, axis, pixels, log) * _STEP for panel, axis, pixels in panels]
    size = np.abs(known[known != 0])
    for spec in specs:
        least = unit(spec, float(size.min()) if size.size else 1.0)
        least = max(least, 1e-7 * float(size.max(initial=1e-300))) if spec[-1] in "ge" else least
        steps.append(_DIGIT * (10.0 ** -_digits(spec) if log else least))
    steps = steps or [1e-6 * float(size.max(initial=1.0))]
    scaled = np.log(np.where(holes, 1, array)) if log else np.where(holes, 0, array)
    codes = np.rint(scaled / min(steps)).astype(np.int64)
    for k in range(codes.ndim - 1):
        first = (slice(None),) * k + (slice(0, 1),)
        if (codes == codes[first]).all() and (holes == holes[first]).all():
            codes, holes = codes[first], holes[first]
    return Table(codes, holes, min(steps), log, single)


def _scale(panel: Panel, axis: str) -> str:
    return panel.xscale if axis == "x" else panel.yscale


def _pixel(panel: Panel, axis: str, pixels: float, log: bool) -> float:
    """A pixel in units of an array, or of its logarithm."""
    low, high = panel.xlim if axis == "x" else panel.ylim
    if _scale(panel, axis) == "log":
        return math.log(high / low) / pixels
    return (high - low) / pixels / (max(abs(low), abs(high)) if log else 1.0)


def _digits(spec: str) -> int:
    found = spec.strip(",.").rstrip("fge%d")
    return int(found) if found else (0 if spec == "d" else 6)


def unit(spec: str, value: float) -> float:
    """One unit of the last place in which a number is shown.

    >>> unit(".3g", 1234.0), unit(".1%", 0.5)
    (10.0, 0.001)
    """
    places = _digits(spec)
    if spec[-1] in "ge":
        size = math.floor(math.log10(abs(value))) if value else 0
        return 10.0 ** (size - places + (spec[-1] == "g"))
    return 10.0 ** -(places + 2 * (spec[-1] == "%"))


# Measuring --------------------------------------------------------------------------------------


class _Check(NamedTuple):
    setting: dict[str, Any]
    exact: dict[str, Any]
    alone: str  # the one slider that is between nodes, or ""


class _Found(NamedTuple):
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


def _checks(declaration: Declaration, seed: int) -> list[_Check]:
    """Random settings and what they are exactly."""
    random, out = np.random.default_rng(seed), []
    sliders, sets = declaration.sliders, declaration.option_sets
    for options in sets:
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
            out.append(_Check({**row, **options}, {**now, **options}, alone))
    return out


def _measured(
    declaration: Declaration, samples: Samples, sizes: Sizes, checks: Sequence[_Check]
) -> _Found:
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
    return _Found(pixels, digits, mixed / max(together, 1), by)


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
                two = (on_axis(panel, axis, where[source]) * length for where in (values, exact))
                pairs.append(tuple(np.clip(np.atleast_1d(v), 0, length) for v in two))
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
            one, two = (np.column_stack(np.broadcast_arrays(*c)) for c in ((x, y), (x0, y0)))
            off = max(_apart(one, two), _apart(two, one))
        if off > worst:
            worst = off
            names = ", ".join(str(source) for _, source in mark.sources)
            what = f"{type(mark).__name__}({names}) is off by {off:.3g} pixels"
            if off == math.inf:
                what = f"{type(mark).__name__}({names}) has other gaps"
    return worst, what


def on_axis(panel: Panel, axis: str, value: Any) -> FloatArray:
    """Where values stand on an axis: 0 at its lower end, 1 at its upper."""
    low, high = panel.xlim if axis == "x" else panel.ylim
    value = np.asarray(value, dtype=float)
    if _scale(panel, axis) == "log":
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(np.where(value > 0, value, np.nan) / low) / math.log(high / low)
    return (value - low) / (high - low)


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
