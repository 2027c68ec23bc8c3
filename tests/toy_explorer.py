"""A small explorer that has all an explorer can have; the tests build pages and panels from it."""

from __future__ import annotations

import numpy as np

from exhibits import plotting as figures
from exhibits.explorer import Choice, Explorer, Slider, reference_line

K = np.linspace(0, 4, 41)
TECHNOLOGIES = {"Cobb–Douglas": 1.0, "Linear": 0.0}


def output(alpha: float, scale: float, technology: float) -> np.ndarray:
    return scale * (K**alpha if technology else alpha * K)


def draw(figure, alpha, scale, technology, reference):
    left, right = figure.subplots(1, 2)
    reference_line(left, K, output(**reference.parameters), reference.label)
    Y = output(alpha, scale, technology)
    left.plot(K, Y, label="Y")
    left.plot(K, scale * K, label="45°")
    left.axvspan(1, 2, alpha=0.2, color=figures.PALETTE["amber"], linewidth=0, hatch="//")
    left.set(xlim=(0, 4), ylim=(0, 6), xlabel="K", ylabel="Y")
    if scale > 1:  # an artist that some frames lack, and before others
        left.axhline(scale, color=figures.PALETTE["muted"])
    figures.label_line(left, K[20], Y[20], f"Y = {Y[20]:.2f}", "blue")
    left.legend(loc="upper left")
    with np.errstate(divide="ignore"):
        right.plot(K, np.where(K > 0.5, Y / K.clip(0.5), np.nan))  # a line with a gap
    right.scatter(K[::10], Y[::10], marker="s")
    right.set(xlabel="K", ylabel="Y/K")  # limits that move with the data
    right.fill_between(K, 0, Y, alpha=0.3)


def describe(alpha, scale, technology):
    Y = output(alpha, scale, technology)
    return f"With α = {alpha:.2f} output at K = {K[20]:g} is {Y[20]:.3f}."


def data(alpha, scale, technology):
    Y = output(alpha, scale, technology)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {"K": K, "Y, output": Y, "ln Y": np.log(Y)}


def make(**changes) -> Explorer:
    parts = {
        "name": "toy-model",
        "title": "Output <and> capital",
        "alt": "Two panels: output against capital, and output per unit of capital.",
        "draw": draw,
        "controls": {
            "alpha": Slider("Exponent α", np.linspace(0.2, 1, 5), default=0.6, format="{:.2f}"),
            "technology": Choice("Technology", TECHNOLOGIES, default="Cobb–Douglas"),
            "scale": Slider("Productivity A", [0.5, 1, 1.5], default=1),
        },
        "describe": describe,
        "data": data,
        "presets": {
            "Figure 6a": {"alpha": 0.4},
            "Figure 6b": {"technology": "Linear", "scale": 1.5},
        },
        "reference": "Figure 6a",
        "size": (6.8, 3.2),
    }
    return Explorer(**(parts | changes))
