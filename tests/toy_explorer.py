"""A small explorer that has all an explorer can have; the tests build pages and panels from it."""

from __future__ import annotations

import numpy as np
import sympy

from exhibits.explorer import (
    Area,
    Bet,
    Choice,
    Clause,
    Explorer,
    Goal,
    Label,
    Line,
    Panel,
    Points,
    Rule,
    Slider,
    between_kinks,
)

CAPACITY = 2.0
HORIZON = 4.0


def compute(alpha, technology, scale):
    """Output with K, of which no more than the capacity is sold, in two technologies."""
    curved = technology == "Cobb–Douglas"

    def output(K):
        shape = K ** alpha[:, None] if curved else alpha[:, None] * K
        return scale[:, None] * shape

    full = (CAPACITY / scale) ** (1 / alpha) if curved else CAPACITY / (scale * alpha)
    K = between_kinks(0, [full], HORIZON, points=25)
    fixed = np.linspace(0, HORIZON, 31)[None, :]
    return {
        "K": K,
        "sold": np.minimum(output(K), CAPACITY),
        "fixed": fixed,
        "Y": output(fixed),
        "average": np.where(fixed > 0.5, output(fixed) / fixed.clip(0.5), np.nan),  # has a gap
        "dots": fixed[:, ::10],
        "Y_dots": output(fixed[:, ::10]),
        "full": full,
        "idle": HORIZON - full,
        "Y_2": output(np.array([[2.0]]))[:, 0],
        "line": scale[:, None] * fixed,
    }


def make(**changes) -> Explorer:
    scale, fixed, u = sympy.symbols("scale fixed u")
    parts = {
        "name": "toy-model",
        "title": "Output <and> capital",
        "alt": "Two panels: output against capital, and output per unit of capital.",
        "panels": {
            "output": Panel("Output", "K", "Y", xlim=(0, HORIZON), ylim=(0, 6)),
            "average": Panel(
                "", "K", "Y/K", (0.4, HORIZON), (0.1, 4), yscale="log", yticks=[0.2, 1, 3]
            ),
        },
        "controls": {
            "alpha": Slider("Exponent α", 0.3, 1, 0.6, nodes=17, idle="A reason."),
            "technology": Choice("Technology", ["Cobb–Douglas", "Linear"], "Cobb–Douglas"),
            "scale": Slider("Productivity A", 0.5, 2, 1, scale="log", nodes=17),
        },
        "compute": compute,
        "marks": [
            Area("output", "fixed", 0, "Y", colour="amber", hatch="//", label="output"),
            Line("output", "fixed", "line", colour="green", dash=1, width=1.2, label="45°"),
            Line("output", "K", "sold", label="sold", reference=True),
            Points("output", "dots", "Y_dots", marker="s", size=6, name="dots"),
            Rule("output", x="full", label="capacity is reached"),
            Label("output", "Y(2) = {Y_2:.2f}", 2.0, "Y_2", colour="blue"),
            Label("output", "line", "fixed", "line", colour="green"),
            Line("average", "fixed", "average", colour="vermilion"),
            Rule("average", y=1.0),
            Label("average", "per unit", "fixed", "average", colour="vermilion"),
        ],
        "sentence": [
            "With α = {alpha:.2f} ({technology}) output at K = 2 is {Y_2:.3f}.",
            Clause("Capacity is reached at {full:.2f}.", when="idle"),
            Clause("Capacity is never reached.", unless="idle"),
        ],
        "margins": ["idle"],
        "formulas": {"line": scale * (fixed + HORIZON * u) / 2},
        "columns": {"K": "fixed", "Y, output": "Y", "capacity": "full"},
        "presets": {
            "Figure 6a": {"alpha": 0.4},
            "Figure 6b": {"technology": "Linear", "scale": 1.5},
        },
        "reference": "Figure 6a",
        "play": "alpha",
        "goal": Goal("Find an output of three at K = 2.", "Y_2", 2.95, 3.05, "It is {Y_2:.2f}."),
    }  # fmt: skip
    return Explorer(**(parts | changes))


BET = Bet("Does output rise with α?", ["Yes", "No"], "Yes", "Where K is above one.")
