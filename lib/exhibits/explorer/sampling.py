"""The samples that a page holds, and how they are interpolated.

Every array that the declaration names is computed on the tensor grid of the controls' nodes, in few
calls, and kept as integers: multiples of a step that is finer than what a page shows of it; many
curves as amounts of the few (principal components) whose sums they are. Between nodes it is
interpolated along each slider by polynomials through neighbouring nodes, cubic where four are in
reach (``explorer.js`` holds the same few lines). Nodes of different structure are never mixed:
where ``margins`` tell on which side a setting lies, the nodes of that side are used alone; else the
page shows the state at the nearest node of the sliders along which structure changes.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from .controls import Choice, Control, FloatArray, Scale, require
from .declaration import Declaration, placeholders

_STEP = 0.05  # pixels: to what coordinates are rounded
_DIGIT = 0.05  # units of the last place: to what numbers are rounded
_FINE = 6e-5  # of the largest: to what margins are rounded, and curves that only formulas use
_LOSS = 1.5  # steps: by how much sums of few curves may miss a curve
_MANY = 2_000  # numbers, below which it saves nothing to look for few curves
_FAR = 1e4  # panels: what is further outside is not told apart

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
            return (not self.around(window, place), -length, abs(first + length / 2 - cell - 1))

        return sorted(found, key=rank)

    def around(self, window: tuple[int, int], place: Place) -> bool:
        """Whether a place lies between the nodes of a window."""
        return window[0] <= self.cell(place) <= window[0] + window[1] - 2

    def weights(self, window: tuple[int, int], place: Place) -> Window:
        """Lagrange's; a single node has all the weight."""
        first, length = window
        nodes, out = self.places[first : first + length], np.ones(length)
        for i, j in itertools.permutations(range(length), 2):
            out[i] *= (place - nodes[j]) / (nodes[i] - nodes[j])
        return first, out


class Curves(NamedTuple):
    """Of which others are sums."""

    whole: np.ndarray  # integers (amounts, points)
    units: FloatArray  # (amounts,): what one of these is, in steps, for an amount of one


@dataclass(frozen=True)
class Table:
    """An array at all nodes: ``codes`` times ``step``, its logarithm if ``log``, NaN in ``holes``.

    One dimension for each control, of length 1 where nothing depends on it, and one for points; a
    number (``single``) has one. With ``curves`` the last dimension of codes holds amounts of
    them, and there are no holes.
    """

    codes: np.ndarray
    holes: np.ndarray
    step: float
    log: bool
    single: bool
    curves: Curves | None = None

    def at(self, windows: Sequence[Window]) -> Any:
        """The array at a setting."""
        part = tuple(
            slice(0, 1) if length == 1 else slice(first, first + len(weights))
            for (first, weights), length in zip(windows, self.codes.shape, strict=False)
        )
        block = self.codes[part] * self.step
        if self.curves is None:
            block = np.where(self.holes[part], np.nan, block)
        for _, weights in windows:
            rows = block.reshape(len(block), -1)
            block = (rows[0] if len(rows) == 1 else weights @ rows).reshape(block.shape[1:])
        if self.curves is not None:
            block = (block * self.curves.units) @ self.curves.whole
        block = np.exp(block) if self.log else block
        return float(block[0]) if self.single else block


@dataclass(frozen=True)
class Formula:
    """An array that a page computes: an expression in values and ``u``, and how many points.

    Values are numbers, or arrays of as many points.
    """

    expression: Any
    names: tuple[str, ...]
    points: int | None

    @functools.cached_property
    def function(self) -> Callable[..., Any]:
        from sympy import lambdify  # only where a formula is given

        arguments = [*map(str, self.names), "u"]
        return lambdify(arguments, self.expression, "numpy", docstring_limit=0)  # nobody reads it

    @property
    def code(self) -> str:
        """The expression in the page's language."""
        from sympy import jscode

        return str(jscode(self.expression))

    def at(self, values: Mapping[str, Any]) -> Any:
        u = np.linspace(0, 1, self.points) if self.points else 0.0
        with np.errstate(all="ignore"):
            found = self.function(*(np.asarray(values[name], float) for name in self.names), u)
        found = np.where(np.isfinite(found), found, np.nan)
        return np.broadcast_to(found, self.points) if self.points else float(found)


@dataclass(frozen=True)
class Samples:
    """All tables and formulas, and what :func:`~.measuring.measured` found."""

    axes: tuple[Axis, ...]
    tables: Mapping[str, Table]
    formulas: Mapping[str, Formula]
    structure: np.ndarray  # an integer at each node, of length 1 where it is the same everywhere
    margins: tuple[str, ...] = ()
    smooth: frozenset[str] = frozenset()
    pixels: float = 0.0
    digits: float = 0.0
    mixed: float = 0.0  # the share of settings at which the nearest computed state is shown
    checked: int = 0  # random settings at which all this was measured

    def windows(self, places: Sequence[Place]) -> tuple[list[Window], list[Window], bool]:
        """What to interpolate at a setting, the same for what is smooth across structures, and
        whether the nearest state is shown instead."""
        pairs = list(zip(self.axes, places, strict=True))
        near = [axis.nearest(place) for axis, place in pairs]
        free = self._weighed(places, self._grown(places, near, None))
        if self.structure.size == 1:
            return free, free, False
        side = int(sides([self.tables[name].at(free) for name in self.margins]))
        corners = [
            [axis.cell(place), axis.cell(place) + 1] if axis.node(place) is None else [node]
            for (axis, place), node in zip(pairs, near, strict=True)
        ]

        def away(nodes: tuple[int, ...]) -> float:
            return sum(abs(a.places[n] - p) for (a, p), n in zip(pairs, nodes, strict=True))

        ranked = sorted(itertools.product(*corners), key=away)
        kinds = [int(self.structure[corner]) for corner in ranked]
        fitting = {kind for kind in kinds if kind % 2 ** len(self.margins) == side} or set(kinds)
        known = len(fitting) == 1
        target = fitting.pop() if known else kinds[0]
        anchor = ranked[kinds.index(target)]
        grown = self._grown(places, anchor, target, beyond=known)
        stuck = (
            length == 1 and axis.node(place) is None
            for (_, length), (axis, place) in zip(grown, pairs, strict=True)
        )
        chosen = self._weighed(places, grown)
        return (chosen, chosen, True) if any(stuck) else (chosen, free, False)

    def _grown(
        self,
        places: Sequence[Place],
        anchor: Sequence[int],
        target: int | None,
        beyond: bool = True,
    ) -> list[tuple[int, int]]:
        """Windows around an anchor, all of whose nodes have the target's structure.

        Two nodes along every slider that is between nodes, then more where there are; the setting
        lies between them, unless it may lie ``beyond``. Where there are none the anchor stands.
        """
        chosen = [(node, 1) for node in anchor]
        for longest in (2, 4):
            for k, (axis, place) in enumerate(zip(self.axes, places, strict=True)):
                if axis.node(place) is not None:
                    continue
                for window in axis.windows(place, anchor[k]):
                    wider = [*chosen[:k], window, *chosen[k + 1 :]]
                    part = tuple(slice(first, first + length) for first, length in wider)
                    same = target is None or (self.structure[part] == target).all()
                    if same and window[1] <= longest and (beyond or axis.around(window, place)):
                        chosen = wider
                        break
        return chosen

    def _weighed(self, places: Sequence[Place], windows: Sequence[tuple[int, int]]) -> list[Window]:
        pairs = zip(self.axes, windows, places, strict=True)
        return [axis.weights(window, place) for axis, window, place in pairs]


def sides(margins: Sequence[Any]) -> Any:
    """An integer for the signs of the margins."""
    return sum(((np.asarray(m) > 0) * 2**k for k, m in enumerate(margins)), start=0)


def interpolated(
    declaration: Declaration, samples: Samples, setting: Mapping[str, Any]
) -> tuple[dict[str, Any], bool]:
    """The values that a page shows at a setting, and whether they are those of another, nearest."""
    places = [
        c.options.index(setting[name]) if isinstance(c, Choice) else float(c.place(setting[name]))
        for name, c in declaration.controls.items()
    ]
    windows, free, mixed = samples.windows(places)
    values = dict(setting)
    for name, table in samples.tables.items():
        values[name] = table.at(free if name in samples.smooth else windows)
    for name, formula in samples.formulas.items():
        values[name] = formula.at(values)
    return values, mixed


# Computing --------------------------------------------------------------------------------------


def sampled(declaration: Declaration, sizes: Sizes) -> Samples:
    """The samples of an explorer whose panels have these sizes in pixels, not yet measured."""
    arrays, numbers = _at_nodes(declaration)
    structure = np.zeros((1,) * len(declaration.controls), dtype=int)
    structure = structure + sides([arrays[name][..., 0] for name in declaration.margins])
    if declaration.structure is not None:
        given = np.rint(arrays[declaration.structure][..., 0]).astype(int)
        structure = structure + given * 2 ** len(declaration.margins)
    if np.ptp(structure) == 0:
        structure = structure[(slice(0, 1),) * structure.ndim]
    exact = declaration.formulas.keys() - set(declaration.margins)
    named = declaration.used - declaration.controls.keys() - exact
    return Samples(
        tuple(map(Axis.of, declaration.controls.values())),
        {
            name: _table(declaration, name, arrays[name], name in numbers, sizes)
            for name in sorted(named)
        },
        {
            name: Formula(
                expression,
                tuple(sorted(str(s) for s in expression.free_symbols if str(s) != "u")),
                None if name in numbers else arrays[name].shape[-1],
            )
            for name, expression in declaration.formulas.items()
        },
        structure,
        tuple(declaration.margins),
        frozenset(declaration.smooth),
    )


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
        what = f"compute: {name} of shapes {', '.join(map(str, shapes))}"
        require(len(shapes) == 1, what, "is the same number of points for all options")
        array = np.stack([part[name] for part in found]).reshape(*counts, *map(len, grids), -1)
        out[name] = array.transpose(*turn, len(turn))
    return out, {name for name, array in found[0].items() if array.ndim == 1}


def _table(
    declaration: Declaration, name: str, array: FloatArray, single: bool, sizes: Sizes
) -> Table:
    """An array as integers, without the controls on which it does not depend."""
    holes = np.isnan(array)
    known = array[~holes]
    scales = [
        (declaration.panels[mark.panel].scale(axis), sizes[mark.panel]["xy".index(axis)])
        for mark in declaration.marks
        for axis, source in mark.sources
        if source == name
    ]
    specs = [spec for text in declaration.texts for key, spec in placeholders(text) if key == name]
    if declaration.goal and declaration.goal.of == name:
        specs.append(".4g")
    log = any(scale.kind == "log" for scale, _ in scales)
    good, what = not log or (known > 0).all(), f"compute: {name} has values ≤ 0"
    require(good, what, "on a logarithmic axis are values > 0, and NaN in place of others")
    wide = known.size > 0 and known.min() > 0 and known.max() > 20 * known.min()
    log = log or (wide and not scales and bool(specs) and all(s[-1] in "ge" for s in specs))
    steps = [_pixel(scale, pixels, log) * _STEP for scale, pixels in scales]
    size = np.abs(known[known != 0])
    for spec in specs:
        least = unit(spec, float(size.min()) if size.size else 1.0)
        least = max(least, 1e-7 * float(size.max(initial=1e-300))) if spec[-1] in "ge" else least
        steps.append(_DIGIT * (10.0 ** -_digits(spec) if log else least))
    loose = not single or name in {*declaration.margins, *declaration.smooth}
    steps = steps or [(_FINE if loose else 1e-6) * float(size.max(initial=1.0))]
    scaled = np.log(np.where(holes, 1, array)) if log else np.where(holes, 0, array)
    if scales and not specs:
        ends = [end for scale, _ in scales for end in (scale.low, scale.high)]
        room = 20.0 if log else _FAR * (max(ends) - min(ends))
        middle = math.log(max(ends)) if log else 0.0
        scaled = np.clip(scaled, middle - room, middle + room)
    scaled = scaled / min(steps)
    codes = np.rint(scaled).astype(np.int64)
    for k in range(codes.ndim - 1):
        first = (slice(None),) * k + (slice(0, 1),)
        if (codes == codes[first]).all() and (holes == holes[first]).all():
            scaled, codes, holes = scaled[first], codes[first], holes[first]
    few = None if holes.any() or codes.size < _MANY else _few_curves(scaled)
    codes, curves = few or (codes, None)
    return Table(codes, holes, min(steps), log, single, curves)


def _few_curves(scaled: FloatArray) -> tuple[np.ndarray, Curves] | None:
    """Amounts of the fewest principal components that sum to all curves, and these.

    None where that is not fewer numbers.
    """
    rows = scaled.reshape(-1, scaled.shape[-1])
    _, _, basis = np.linalg.svd(rows, full_matrices=False)
    for count in range(1, int(0.7 * len(basis)) + 1):
        amounts = np.rint(rows @ basis[:count].T)
        most = np.maximum(np.abs(amounts).max(axis=0), 1)  # all may be rounded to zero
        units = 1 / (8 * most)  # an eighth of a step where it is most
        whole = np.rint(basis[:count] / units[:, None])
        if np.abs((amounts * units) @ whole - rows).max() <= _LOSS:
            codes = amounts.astype(np.int64).reshape(*scaled.shape[:-1], count)
            return codes, Curves(whole, units)
    return None


def _pixel(scale: Scale, pixels: float, log: bool) -> float:
    """A pixel in units of an array, or of its logarithm."""
    low, high = scale.low, scale.high
    if scale.kind == "log":
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
