"""The explorer: a declaration and its faces."""

from __future__ import annotations

import base64
import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from ..notebook import tell_source
from ..plotting import BookFigure, pdf, png
from . import page
from .declaration import Declaration
from .drawing import at_default, figure, sizes
from .measuring import measured
from .sampling import Samples

if TYPE_CHECKING:
    from ipywidgets import VBox


class Explorer(Declaration):
    """A figure that a reader can move, in a live kernel, on a static page, and still on paper.

    ``name``: lower-case letters, digits and hyphens; the figure's place in the page
    (``#explorer-NAME``) and in its address (``?NAME.Phi=0.5``).

    ``title``, ``caption``: above and below the figure, plain text; ``caption`` may be empty.

    ``alt``: what the figure shows whatever the controls say, its axes and its curves, in 40
    characters or more.

    ``panels``: name to :class:`Panel`; side by side where there is room, else one below the other.

    ``controls``: name to :class:`Slider` or :class:`Choice`, a parameter of ``compute`` each.

    ``compute(**parameters)``: gets every slider as an array (n,) and every choice as the name of an
    option; returns a mapping of names to arrays (n,) or (n, points), or of length 1 in place of n
    where all settings share it. It must be pure. Points move smoothly when curves are computed
    piece by piece between their kinks (:func:`between_kinks`); what is missing is NaN.

    ``marks``: a sequence of :class:`Line`, :class:`Area`, :class:`Points`, :class:`Rule`,
    :class:`Label`, from back to front.

    ``sentence``: what is seen now, with numbers of ``compute`` or of the controls in it, each with
    a format: ``"After 40 years the wage is {wage_40:.3g}."``; or a sequence of texts and of
    :class:`Clause` objects, which are shown when a number is positive.

    ``structure``: the name of a number that tells the regimes of the picture apart, an integer;
    nodes of different structure are never interpolated, the page shows the nearest computed state.
    Better, where they can be had, are ``margins``: names of numbers that move smoothly through 0
    where the regime changes (Φ less the border); the page then takes the side of each setting.
    ``smooth``: names of arrays and numbers that move smoothly across these borders, too; they are
    interpolated with nodes of all sides.

    ``columns``: heading (with unit) to array, for the CSV; unless given, the arrays that are drawn.

    ``presets``: name to parameters; what one leaves out stands at its default. ``reference``: the
    preset that is the paper's own setting: marks with ``reference=True`` are also drawn as they
    are there, in grey and dashed.

    ``formulas``: arrays by name as SymPy expressions in symbols named as the controls, as other
    numbers or arrays of as many points (sampled, or given by earlier formulas), and ``u``, which
    runs from 0 to 1 over an array's points: the page computes these by itself, exactly, from code
    that SymPy writes. ``compute`` gives them too, and both are compared.

    ``play``: the slider that a button moves. ``bet``: a :class:`Bet`; ``goal``: a :class:`Goal`.
    ``size``: width and height in inches where there is room; (6.8, 3.6) for two panels or more.

    Raises ValueError when something does not fit; and, when a page is built, when the picture is
    not good enough between the nodes (``samples``) or too large.

    >>> import numpy as np
    >>> from exhibits.explorer import Explorer, Line, Panel, Slider
    >>> K = np.linspace(0, 4, 60)[None, :]
    >>> def compute(alpha):
    ...     return {"K": K, "Y": K ** alpha[:, None], "Y_4": 4**alpha}
    >>> explorer = Explorer(
    ...     name="power",
    ...     title="Output and capital",
    ...     alt="Output against capital: a line from the origin that bends downwards.",
    ...     panels={"main": Panel(xlabel="Capital K", ylabel="Output Y", xlim=(0, 4), ylim=(0, 4))},
    ...     controls={"alpha": Slider("Exponent α", 0.2, 1, 0.6)},
    ...     compute=compute,
    ...     marks=[Line("main", "K", "Y")],
    ...     sentence="Four units of capital yield {Y_4:.2f} of output.",
    ... )
    >>> explorer.description(alpha=1)
    'Four units of capital yield 4.00 of output.'
    >>> explorer.samples().pixels < 0.3
    True
    """

    def samples(self) -> Samples:
        """What a page holds of this explorer; ``.pixels`` and ``.digits`` are its measured error.

        ValueError where it is not good enough.
        """
        return measured(self, sizes(self))

    def figure(self, **parameters: Any) -> BookFigure:
        """The figure at the given parameters; what is not given stands at its default."""
        return figure(self, self.at(self.setting(parameters)), self.behind())[0]

    def panel(self) -> VBox:
        """The controls as Jupyter widgets around the figure, for a live kernel."""
        from .live import panel  # ipywidgets takes a while to import, and a built page needs none

        return panel(self)

    def html(self, moving: bool = True) -> str:
        """The figure for a page of the book, which has ``explorer.css`` and ``explorer.js``.

        A still unless ``moving``.
        """
        earlier = _shown[self.name]
        place = f"explorer-{self.name}" + (f"-{earlier + 1}" if earlier else "")
        document = page.moving(self, place, self.samples()) if moving else page.still(self, place)
        _shown[self.name] += 1
        return document

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """While the book is built (``AIECON_BOOK`` is set), the page, and stills to take away; else
        the widgets, and a still."""
        plain = {"text/plain": f"Explorer {self.name!r}: {self.title}"}
        if os.environ.get("AIECON_BOOK"):
            document = self.html()
            still, _ = at_default(self, False)
            made = {"image/png": png(still), "application/pdf": pdf(still)}
            encoded = {kind: base64.b64encode(data).decode() for kind, data in made.items()}
            return plain | {"text/html": document} | encoded
        tell_source()
        return self.panel()._repr_mimebundle_() | plain | {"text/html": self.html(moving=False)}


_shown: Counter[str] = Counter()  # how often each name was shown: the ids in a page must differ
