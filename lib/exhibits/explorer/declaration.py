"""An explorer as data: what moves, what is computed, what is drawn and said."""

from __future__ import annotations

import inspect
import itertools
import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from .controls import Choice, Control, FloatArray, Slider, check_spec, require
from .marks import Bet, Clause, Goal, Label, Mark, Panel

Arrays = dict[str, FloatArray]


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """Name and number format of each placeholder in a text."""
    for _, name, spec, _ in string.Formatter().parse(text):
        if name is not None:
            yield name, spec or ""


@dataclass(frozen=True, eq=False)
class Declaration:
    """See :class:`~exhibits.explorer.Explorer`, which adds the faces."""

    name: str
    title: str
    alt: str
    panels: Mapping[str, Panel]
    controls: Mapping[str, Control]
    compute: Callable[..., Mapping[str, Any]]
    marks: Sequence[Mark]
    sentence: str | Sequence[str | Clause]
    caption: str = ""
    columns: Mapping[str, str] | None = None
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reference: str | None = None
    structure: str | None = None
    margins: Sequence[str] = ()
    smooth: Sequence[str] = ()
    formulas: Mapping[str, Any] = field(default_factory=dict)
    play: str | None = None
    bet: Bet | None = None
    goal: Goal | None = None
    size: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        for name in ("panels", "controls", "presets", "formulas"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        require(
            re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", self.name),
            f"name: {self.name!r}",
            "are lower-case Latin letters, digits and hyphens between them",
        )
        require(self.title.strip(), "title: empty", "are words for what the figure is about")
        long = len(self.alt.strip()) >= 40
        require(long, f"alt: {self.alt!r}", "are 40 or more characters on its axes and its curves")
        for name in ("controls", "panels", "marks"):
            require(getattr(self, name), f"{name}: none", "are one or more")
        for name, control in self.controls.items():
            known = isinstance(control, Slider | Choice)
            require(known, f"controls: {name} is {control!r}", "are Slider and Choice")
        for name in (*self.controls, *self.panels):
            require(name.isidentifier(), f"name: {name!r}", "are names of letters and digits")
        for mark in self.marks:
            mark.check(tuple(self.panels))
        empty = self.panels.keys() - {mark.panel for mark in self.marks}
        require(not empty, f"panels: {', '.join(sorted(empty))}", "are panels with a mark")
        for name, formula in self.formulas.items():
            known = hasattr(formula, "free_symbols")
            require(known, f"formulas: {name} is {formula!r}", "is a SymPy expression")
        for name, given in self.presets.items():
            self.setting(given, f"presets: {name!r}: ")
        for what, names in (("reference", self.presets), ("play", self.sliders)):
            given = getattr(self, what)
            known = given is None or given in names
            require(
                known, f"{what}: {given!r}", f"are {', '.join(names) or 'none: there are none'}"
            )
        for text in self.texts:
            for name, spec in placeholders(text):
                if not isinstance(self.controls.get(name), Choice):
                    check_spec(f"{text!r}: {name}", spec)
        try:
            inspect.signature(self.compute).bind(**dict.fromkeys(self.controls))
        except TypeError as error:
            needed = f"is a function of ({', '.join(self.controls)}), a parameter for each control"
            raise ValueError(f"compute: {error}; allowed {needed}") from None

    # Settings -----------------------------------------------------------------------------------

    @property
    def sliders(self) -> dict[str, Slider]:
        return {name: c for name, c in self.controls.items() if isinstance(c, Slider)}

    @property
    def choices(self) -> dict[str, Choice]:
        return {name: c for name, c in self.controls.items() if isinstance(c, Choice)}

    def setting(self, given: Mapping[str, Any], what: str = "") -> dict[str, Any]:
        """A value for each control; one that is not given stands at its default."""
        unknown = ", ".join(sorted(given.keys() - self.controls.keys()))
        require(not unknown, f"{what}{unknown}", f"are {', '.join(self.controls)}")
        return {
            name: control.checked(what + name, given.get(name, control.default))
            for name, control in self.controls.items()
        }

    def words(self, setting: Mapping[str, Any]) -> str:
        """A setting as the reader sees it: ``Automated share Φ = 0.50; Scenario = AGI``."""
        pairs = self.controls.items()
        return "; ".join(
            f"{control.label} = {control.text(setting[name])}" for name, control in pairs
        )

    @property
    def option_sets(self) -> list[dict[str, str]]:
        """Every combination of the choices' options."""
        found = itertools.product(*(choice.options for choice in self.choices.values()))
        return [dict(zip(self.choices, options, strict=True)) for options in found]

    # What is computed ---------------------------------------------------------------------------

    def batch(self, sliders: Mapping[str, FloatArray], options: Mapping[str, str]) -> Arrays:
        """What ``compute`` gives for n settings of the sliders: arrays (n,) or (n, points).

        The controls' own values are among them; what is infinite is missing (NaN).
        """
        n = len(next(iter(sliders.values()))) if sliders else 1
        given = self.compute(**{name: {**sliders, **options}[name] for name in self.controls})
        out: Arrays = dict(sliders)
        for name, value in dict(given).items():
            array: FloatArray = np.ma.filled(np.ma.asarray(value, dtype=float), np.nan)
            new = name not in self.controls
            require(new, f"compute: {name!r} is the name of a control", "are other names")
            fits = array.ndim < 3 and array.shape[:1] in ((), (1,), (n,))
            allowed = f"are ({n},), ({n}, points), and 1 for {n} where all settings share it"
            require(fits, f"compute: {name} of shape {array.shape} for {n} settings", allowed)
            array = np.where(np.isfinite(array), array, np.nan)
            out[name] = np.broadcast_to(array, (n, *array.shape[1:]))
        missing = self.used - out.keys() - self.choices.keys()
        returned = f"is all that is named; {', '.join(sorted(dict(given)))} were returned"
        require(not missing, f"compute: no {', '.join(sorted(missing))}", returned)
        return out

    def at(self, setting: Mapping[str, Any]) -> dict[str, Any]:
        """Arrays (points,) and numbers at one setting, and the controls' values."""
        sliders = {name: np.array([setting[name]]) for name in self.sliders}
        options = {name: setting[name] for name in self.choices}
        return {name: array[0] for name, array in self.batch(sliders, options).items()} | options

    def behind(self) -> dict[str, Any] | None:
        """What stands in the background: the values at the reference, where there is one."""
        given = None if self.reference is None else self.presets[self.reference]
        return None if given is None else self.at(self.setting(given))

    @property
    def clauses(self) -> list[Clause]:
        given = [self.sentence] if isinstance(self.sentence, str) else self.sentence
        return [part if isinstance(part, Clause) else Clause(part) for part in given]

    @property
    def texts(self) -> list[str]:
        """All texts with numbers in them."""
        texts = [clause.text for clause in self.clauses]
        texts += [mark.text for mark in self.marks if isinstance(mark, Label)]
        return texts + ([self.goal.reached] if self.goal else [])

    @property
    def drawn(self) -> list[str]:
        """The arrays that marks show, in their order."""
        found = [s for m in self.marks for _, s in m.sources if isinstance(s, str)]
        return list(dict.fromkeys(found))

    @property
    def used(self) -> set[str]:
        """Everything that the declaration names."""
        names = {name for text in self.texts for name, _ in placeholders(text)}
        flags = {flag for c in self.clauses for flag in (c.when, c.unless) if flag}
        more = {self.structure} if self.structure else set()
        more |= {self.goal.of} if self.goal else set()
        table = (self.columns or {}).values()
        formulas = {str(s) for e in self.formulas.values() for s in e.free_symbols} - {"u"}
        more |= {*self.margins, *self.smooth}
        return {*self.drawn, *names, *flags, *more, *table, *formulas}

    # What is said -------------------------------------------------------------------------------

    def said(self, values: Mapping[str, Any]) -> str:
        """The sentence at values as :meth:`at` gives them."""
        parts = [clause.text for clause in self.clauses if clause.shown(values)]
        return " ".join(" ".join(parts).split()).format(**values)

    def description(self, **parameters: Any) -> str:
        """The sentence at the given parameters; what is not given stands at its default."""
        return self.said(self.at(self.setting(parameters)))

    def csv(self, **parameters: Any) -> str:
        """The shown data as CSV, ten significant digits; the parameters stand in comments.

        Write it with the encoding ``utf-8-sig``, by which a spreadsheet knows it.
        """
        setting = self.setting(parameters)
        values = self.at(setting)
        columns = {head: np.atleast_1d(values[name]) for head, name in self.table.items()}
        lines = [f"# {self.title}", f"# {self.words(setting)}", ",".join(map(csv_field, columns))]
        for row in itertools.zip_longest(*columns.values()):
            lines.append(",".join("" if cell is None else f"{cell:.10g}" for cell in row))
        return "\n".join(lines) + "\n"

    @property
    def table(self) -> dict[str, str]:
        """The columns of the data: heading → array."""
        return dict(self.columns) if self.columns else {name: name for name in self.drawn}


def csv_field(text: str) -> str:
    """A column's name as a field of a CSV line."""
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n#') else text
