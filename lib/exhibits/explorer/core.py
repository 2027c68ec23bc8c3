"""The explorer itself: one drawing function, its controls, and three faces."""

from __future__ import annotations

import base64
import functools
import inspect
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from aiecon.validation import filled
from exhibits.plotting import BookFigure, png

from . import cache, page
from .controls import Control, Controls, Setting
from .drawing import Box, all_frames, figure_at, layout, picture_at
from .frames import pack

if TYPE_CHECKING:
    from ipywidgets import VBox

#: No explorer may add more than this to a page, compressed as a server sends it.
MAX_BYTES = 150_000
#: More settings than this would take minutes to draw.
MAX_FRAMES = 4000

Columns = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Reference:
    """A paper's own setting, handed to ``draw``: its name, and its value for each control."""

    label: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Explorer:
    """A figure that a reader can move, in a live kernel, on a static page, and still on paper.

    ``name``: lower-case letters, digits and hyphens; the figure's place in the page
    (``#explorer-NAME``) and in its address (``?NAME.Phi=0.5``).

    ``title``, ``caption``: above and below the figure, plain text; ``caption`` may be empty.

    ``alt``: what the figure shows whatever the controls say, its axes and its curves, in 40
    characters or more. ``describe`` says what is seen at one setting.

    ``draw(figure, **parameters)``: draws on an empty :class:`exhibits.plotting.BookFigure`, in the
    book's style. It must be pure: the same parameters, the same figure. Fix the limits of axes
    that should not jump, and sample curves at the same number of points for all parameters (80
    are plenty): both make frames small.

    ``controls``: a :class:`Slider` or :class:`Choice` for each parameter of ``draw``. The number of
    frames is the product of their lengths, and a frame takes 10 to 20 ms for each pair of axes when
    the book is built. Frames pack best when the figure moves smoothly with the last control.

    ``describe(**parameters)``: what is seen now, one to three sentences with numbers.

    ``data(**parameters)``: the shown data, column name (with unit) to array, all of one length.

    ``presets``: name to parameters; what one leaves out stands at its default.

    ``reference``: the preset that is the paper's own setting. ``draw`` then has a parameter
    ``reference``, a :class:`Reference`, and draws it in the background with
    :func:`reference_line`.

    ``size``: width and height in inches; wider figures have small text on a phone.

    Raises ValueError when a name, value or signature does not fit; and, when a page is built, when
    the explorer is over :data:`MAX_BYTES`, when ``draw`` draws two figures for one setting, and
    when ``describe`` or ``data`` return something else than said here.

    >>> from exhibits.explorer import Explorer, Slider
    >>> def draw(figure, alpha):
    ...     K = np.linspace(0, 4, 60)
    ...     ax = figure.subplots()
    ...     ax.plot(K, K**alpha)
    ...     ax.set(xlim=(0, 4), ylim=(0, 4), xlabel="Capital K", ylabel="Output Y")
    >>> explorer = Explorer(
    ...     name="power",
    ...     title="Output and capital",
    ...     alt="Output against capital: a line from the origin that bends downwards.",
    ...     draw=draw,
    ...     controls={"alpha": Slider("Exponent α", np.linspace(0.2, 1, 5), default=0.6)},
    ...     describe=lambda alpha: f"Four units of capital yield {4**alpha:.2f} of output.",
    ...     data=lambda alpha: {"K": np.arange(5.0), "Y": np.arange(5.0) ** alpha},
    ... )
    >>> explorer.description(alpha=1)
    'Four units of capital yield 4.00 of output.'
    >>> print(explorer.csv(alpha=0.2))  # doctest: +ELLIPSIS
    # Output and capital
    # Exponent α = 0.2
    K,Y
    0,0
    1,1
    2,1.148698355
    ...
    """

    name: str
    title: str
    alt: str
    draw: Callable[..., Any]
    controls: Mapping[str, Control]
    describe: Callable[..., str]
    data: Callable[..., Columns]
    caption: str = ""
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reference: str | None = None
    size: tuple[float, float] = (5.4, 3.5)

    def __post_init__(self) -> None:
        for name in ("controls", "presets"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", self.name):
            raise ValueError(
                f"name: {self.name!r}; allowed are lower-case Latin letters, digits and hyphens "
                "between them, as in 'factor-price-frontier'"
            )
        if not self.title.strip():
            raise ValueError("title: empty; say what the figure is about")
        if len(self.alt.strip()) < 40:
            raise ValueError(
                f"alt: {self.alt!r} has {len(self.alt.strip())} characters; say in 40 or more what "
                "the figure shows, its axes and its curves"
            )
        settings = self.span  # checks the controls
        if settings.count > MAX_FRAMES:
            raise ValueError(
                f"controls: {' × '.join(map(str, settings.shape))} = {settings.count} settings; "
                f"allowed are {MAX_FRAMES}: give the sliders fewer values"
            )
        for name, given in self.presets.items():
            settings.setting(given, f"presets: {name!r}")
        if self.reference is not None and self.reference not in self.presets:
            raise ValueError(
                f"reference: {self.reference!r}; allowed are the names of presets: "
                f"{', '.join(self.presets) or 'there are none'}"
            )
        parameters = dict.fromkeys(self.controls)
        extra = {} if self.reference is None else {"reference": None}
        _check_signature("draw", self.draw, (None,), {**parameters, **extra})
        _check_signature("describe", self.describe, (), parameters)
        _check_signature("data", self.data, (), parameters)

    # What is seen at one setting ----------------------------------------------------------------

    def figure(self, **parameters: Any) -> BookFigure:
        """The figure at the given parameters; a control that is not given stands at its default.

        A Choice is given by the option's name. The axes stand where they stand in every frame.
        """
        return figure_at(self, self.span.setting(parameters))

    def svg(self, **parameters: Any) -> str:
        """The figure as an SVG element for a page, its colours open to the page's theme."""
        picture = picture_at(self, self.span.setting(parameters))
        return page.svg(picture, f"explorer-{self.name}", self.alt)

    def description(self, **parameters: Any) -> str:
        """What ``describe`` says at the given parameters."""
        return self.description_at(self.span.setting(parameters))

    def csv(self, **parameters: Any) -> str:
        """The shown data as CSV, ten significant digits; the parameters stand in comments.

        Write it with the encoding ``utf-8-sig``, by which a spreadsheet knows it.
        """
        setting = self.span.setting(parameters)
        columns = self.data_at(setting)
        lines = [f"# {self.title}", f"# {self.span.words(setting)}"]
        lines.append(",".join(map(page.csv_field, columns)))
        for row in zip(*columns.values(), strict=True):
            lines.append(",".join(f"{value:.10g}" for value in row))
        return "\n".join(lines) + "\n"

    # Faces --------------------------------------------------------------------------------------

    def panel(self) -> VBox:
        """The controls as Jupyter widgets around the figure, for a live kernel."""
        from .live import panel  # ipywidgets takes a while to import, and a built page needs none

        return panel(self)

    def html(self, frames: Path | None = None) -> str:
        """The figure for a page: with frames it moves by its own script, without it is a still.

        ``frames``: the folder in which the computed frames are kept.
        """
        earlier = _shown[self.name]
        place = f"explorer-{self.name}" + (f"-{earlier + 1}" if earlier else "")
        if frames is None:
            document = page.still(self, place, picture_at(self, self.span.default))
        else:
            kept = self.kept_frames(frames)
            document = page.moving(self, place, kept["picture"], kept["frames"])
            size = page.compressed_size(document)
            if size > MAX_BYTES:
                raise ValueError(self._too_large(size, kept["parts"]))
        _shown[self.name] += 1
        return document

    def kept_frames(self, folder: Path) -> dict[str, Any]:
        """The picture with its marks, the packed frames in base64, and the size of each part.

        Taken from the folder when it holds them for exactly this explorer and this library.
        """

        def compute() -> dict[str, Any]:
            frames = all_frames(self)
            packed = pack(frames)
            return {
                "picture": page.moving_drawing(frames),
                "frames": page.encoded(packed.data),
                "parts": packed.parts,
            }

        inputs = [self.draw, self.describe, self.data, self.size, self.reference, self.alt]
        controls = [(name, vars(control)) for name, control in self.controls.items()]
        try:
            key = cache.fingerprint(*inputs, controls, self.presets)
        except cache.NotFingerprintable:
            return compute()
        return cache.cached(folder / self.name, key[:32], compute)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """While the book is built, the page with its frames, and a still for the notebook that the
        book offers; else the widgets, and a still."""
        folder = os.environ.get("AIECON_BOOK")
        plain = {"text/plain": f"Explorer {self.name!r}: {self.title}"}
        if folder:
            still = base64.b64encode(png(self.figure())).decode()
            return plain | {"text/html": self.html(Path(folder)), "image/png": still}
        return self.panel()._repr_mimebundle_() | plain | {"text/html": self.html()}

    # What the other modules need ----------------------------------------------------------------

    @functools.cached_property
    def span(self) -> Controls:
        """The controls and the settings they span."""
        return Controls(self.controls)

    @functools.cached_property
    def layout(self) -> tuple[Box, ...] | None:
        """Where all figures have their axes."""
        return layout(self)

    @functools.cached_property
    def reference_argument(self) -> dict[str, Reference]:
        """What ``draw`` gets beside the parameters."""
        if self.reference is None:
            return {}
        setting = self.span.setting(self.presets[self.reference])
        return {"reference": Reference(self.reference, self.span.parameters(setting))}

    def description_at(self, setting: Setting) -> str:
        text = self.describe(**self.span.parameters(setting))
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"describe: it returned {text!r}; allowed is a sentence")
        return " ".join(text.split())

    def data_at(self, setting: Setting) -> dict[str, np.ndarray]:
        given = self.data(**self.span.parameters(setting))
        try:
            columns = {str(k): _real(v) for k, v in dict(given).items()}
        except (TypeError, ValueError) as error:
            raise ValueError(f"data: it must return columns of numbers: {error}") from error
        shapes = {column.shape for column in columns.values()}
        if len(shapes) != 1 or len(next(iter(shapes))) != 1:
            told = ", ".join(f"{name}: {column.shape}" for name, column in columns.items())
            raise ValueError(f"data: {told or 'no column'}; allowed are columns of one length")
        return columns

    def _too_large(self, size: int, parts: Mapping[str, int]) -> str:
        heaviest = sorted(parts.items(), key=lambda part: -part[1])[:5]
        frames = " × ".join(f"{len(c.values)} {name}" for name, c in self.controls.items())
        return (
            f"explorer {self.name!r}: {size / 1000:.0f} kB compressed, "
            f"{(size - MAX_BYTES) / 1000:.0f} kB more than the {MAX_BYTES / 1000:.0f} kB allowed, "
            f"for {frames} = {self.span.count} frames. The heaviest parts are "
            + ", ".join(f"{name} {part / 1000:.1f} kB" for name, part in heaviest)
            + ". Give a control fewer values, a curve or a column of data fewer points (80 are "
            "plenty), and fix the limits of the axes."
        )


def _real(column: Any) -> np.ndarray:
    """Real numbers, NaN among them; what is masked is missing too."""
    array = np.asarray(filled(column))
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{column!r} holds something else")
    return array.astype(float)


_shown: Counter[str] = Counter()  # how often each name was shown: the ids in a page must differ


def _check_signature(what: str, function: Any, args: tuple, names: Mapping[str, Any]) -> None:
    if not callable(function):
        raise ValueError(f"{what}: {function!r}; allowed is a function")
    try:
        inspect.signature(function).bind(*args, **names)
    except TypeError as error:
        expected = ", ".join(["figure"] * len(args) + list(names))
        raise ValueError(
            f"{what}: it must take ({expected}), a parameter for each control"
            + (" and one for the reference" if "reference" in names else "")
            + f": {error}"
        ) from None
