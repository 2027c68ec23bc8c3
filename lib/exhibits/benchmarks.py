"""What ``make benchmark`` measured, read from its committed result file: tables and a figure.

Nothing is measured here. Each row of the file is one solver at one setting; a comparison takes for
each solver the fastest setting that reaches the accuracy asked for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.ticker import NullLocator

from exhibits.plotting import PALETTE, BookFigure, panels

__all__ = [
    "ONCE",
    "OURS",
    "Line",
    "break_even",
    "cells",
    "certified",
    "comparison",
    "draw_rows",
    "draws_markdown",
    "duration",
    "figure",
    "load",
    "machine_markdown",
    "markdown",
    "power_of_ten",
    "scientific",
]

OURS = "aiecon"  # with an error estimate
ONCE = "aiecon, one grid"  # solved once, on a given number of nodes


def load(path: Path | None = None) -> dict[str, Any]:
    """The results as the benchmark wrote them."""
    source = path or files("aiecon").joinpath("data", "benchmarks.json")
    return json.loads(source.read_text("utf8"))


@dataclass(frozen=True)
class Line:
    """A solver in a comparison, at its best setting."""

    solver: str
    setting: str
    error: float | None  # the largest relative error of K and C; None if it failed
    seconds: float | None  # a solve
    setup: float | None  # before the first
    ratio: float | None  # of its time to ours
    reaches: bool  # the accuracy asked for
    note: str = ""


def _best(rows: Sequence[dict[str, Any]], goal: float) -> dict[str, Any]:
    """The fastest setting with an error of at most ``goal``, else the most accurate one."""
    solved = [row for row in rows if row["error"] is not None]
    if not solved:
        return rows[0]
    accurate = [row for row in solved if row["error"] <= goal]
    if accurate:
        return min(accurate, key=lambda row: row["seconds"])
    return min(solved, key=lambda row: row["error"])


def _by_solver(results: dict[str, Any], problem: str) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in results["rows"]:
        if row["problem"] == problem:
            groups.setdefault(row["solver"], []).append(row)
    return groups


def comparison(results: dict[str, Any], problem: str) -> list[Line]:
    """Ours first, then the peers: those that reach the goal by speed, then those that do not.

    Ratios are to our time with an error estimate.
    """
    goal = results["problems"][problem]["goal"]
    best = {name: _best(rows, goal) for name, rows in _by_solver(results, problem).items()}
    ours = best.get(OURS, {}).get("seconds")
    lines = []
    for name, row in best.items():
        seconds, error = row["seconds"], row["error"]
        lines.append(
            Line(
                name,
                row["setting"],
                error,
                seconds,
                row["setup"],
                seconds / ours if seconds and ours else None,
                error is not None and error <= goal,
                row["note"],
            )
        )
    slow = float("inf")
    first = [OURS, ONCE]
    return sorted(
        lines,
        key=lambda x: (
            first.index(x.solver) if x.solver in first else len(first),
            not x.reaches,
            x.seconds or slow,
        ),
    )


def certified(results: dict[str, Any], problem: str) -> float:
    """Seconds of our solve with the tolerance at the accuracy asked for.

    The rule of :func:`comparison` may take a looser one, whose path is better than its estimate.
    """
    setting = f"tol {results['problems'][problem]['goal']:.0e}"
    (row,) = (r for r in _by_solver(results, problem)[OURS] if r["setting"] == setting)
    return float(row["seconds"])


def break_even(results: dict[str, Any], problem: str, peer: str) -> int | None:
    """After how many solves the set-up of a peer has paid; None where ours is the faster one.

    >>> results = load()
    >>> break_even(results, "ramsey", "CasADi, one element of many points") > 1
    True
    """
    best = {line.solver: line for line in comparison(results, problem)}
    ours, theirs = best[OURS].seconds, best[peer]
    if ours is None or theirs.seconds is None or theirs.setup is None or theirs.seconds >= ours:
        return None
    return int(np.ceil(theirs.setup / (ours - theirs.seconds)))


def cells(line: Line) -> tuple[str, ...]:
    """Solver, setting, error, a solve, the set-up, its ratio to ours, and whether it gets there."""
    if line.error is None:
        return (line.solver, line.setting, line.note or "failed", "", "", "", "no")
    ratio = "1" if line.solver == OURS else _short(line.ratio)
    return (
        line.solver,
        line.setting,
        scientific(line.error),
        duration(line.seconds),
        duration(line.setup),
        ratio,
        "yes" if line.reaches else "no",
    )


def _short(x: float | None) -> str:
    if x is None:
        return ""
    return f"{x:.0f}" if x >= 10 else f"{x:.2g}"


def duration(seconds: float | None) -> str:
    """A time in ms or s with two digits.

    >>> duration(0.000134), duration(0.0291), duration(1.26), duration(0.0)
    ('0.13 ms', '29 ms', '1.3 s', '0 ms')
    """
    if seconds is None:
        return ""
    if seconds >= 1:
        return f"{seconds:.2g} s"
    ms = 1e3 * seconds
    return f"{ms:.0f} ms" if ms >= 10 or ms < 0.005 else f"{ms:.2g} ms"


def draw_rows(results: dict[str, Any]) -> list[tuple[str, ...]]:
    """Solver, draws, solved, refused, failed, a second, error: of the random draws."""
    rows: list[tuple[str, ...]] = []
    for row in results["draws"]["rows"]:
        counts = tuple(f"{row[name]:,}" for name in ("solved", "refused", "failed"))
        draws = f"{row['draws']:,} {row['set']}"
        speed = f"{row['per_second']:,.0f}"
        rows.append((row["solver"], draws, *counts, speed, scientific(row["error"])))
    return rows


def draws_markdown(results: dict[str, Any]) -> str:
    """The random draws as a Markdown table of five columns."""
    rows: list[tuple[str, ...]] = [("Solver · draws", "Refused", "Failed", "A second", "Error")]
    for solver, draws, _, *numbers in draw_rows(results):
        rows.append((f"{solver} · {draws}", *numbers))
    return _five_columns(rows)


def families_markdown(results: dict[str, Any]) -> str:
    """Other families of draws, warm starts and what is solved on top, as a Markdown table."""
    rows = [("What", "How fast"), ("---", "--:")]
    for row in results["families"]:
        what, draws = row["family"], f"{row.get('draws', 0):,}"
        if "per_second" in row:
            rows.append((f"{what}, {draws} wide draws", f"{row['per_second']:,.0f} a second"))
        elif "warm_share" in row:
            share = f"{row['warm_share']:.2f} of {duration(row['cold'])}"
            rows.append((f"{what}, from the path of a neighbour", share))
        elif "times_the_plain" in row:
            rows.append((f"{what}, with a tax", f"{row['times_the_plain']:.2f} × the plain path"))
        else:
            rows.append((f"the table of {what}, {draws} draws", duration(row["seconds"])))
    return "\n".join(f"| {what} | {fast.replace(' ', chr(160))} |" for what, fast in rows)


def markdown(results: dict[str, Any], problem: str) -> str:
    """The comparison as a Markdown table of five columns, narrow enough for a phone."""
    rows: list[tuple[str, ...]] = [("Solver · setting", "Error", "A solve", "Set-up", "× ours")]
    for line in comparison(results, problem):
        solver, setting, error, *times, _ = cells(line)
        if line.error is None:  # the reason, in words
            solver, error = f"{solver} ({error})", ""
        mark = "" if line.reaches or line.error is None else " †"
        rows.append((" · ".join(filter(None, (solver, setting))), error + mark, *times))
    return _five_columns(rows)


def _five_columns(rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table: words, then four numbers that are not broken."""
    whole = [(words, *(cell.replace(" ", "\u00a0") for cell in cells)) for words, *cells in rows]
    header, *body = (f"| {' | '.join(row)} |" for row in whole)
    return "\n".join([header, "|---|--:|--:|--:|--:|", *body])


def machine_markdown(results: dict[str, Any]) -> str:
    """When, where and with what it was measured, as a Markdown table."""
    machine = results["machine"]
    where = f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB"
    rows = [
        ("Machine", f"{where}, {machine['system']}"),
        ("Load before the start", str(machine.get("load_before", "unknown"))),
        ("Versions", ", ".join(f"{name} {v}" for name, v in results["versions"].items())),
    ]
    rows += [(f"Without {name}", reason) for name, reason in results["missing"].items()]
    header = [f"| Measured | {results['measured']} |", "|---|---|"]
    return "\n".join([*header, *(f"| {name} | {words} |" for name, words in rows)])


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def scientific(value: float) -> str:
    """A small number with one digit, as prose has it.

    >>> scientific(8.2e-12), scientific(0.0)
    ('8 · 10⁻¹²', '0')
    """
    if value == 0:
        return "0"
    digit, exponent = f"{value:.0e}".split("e")
    return f"{digit} · 10{str(int(exponent)).translate(_RAISED)}"


# The figure ---------------------------------------------------------------------------------------

# colour, dash, marker, and the name at the line
_LOOKS: dict[str, tuple[str, Any, str, str]] = {
    OURS: ("vermilion", "-", "o", OURS),
    ONCE: ("vermilion", (0, (5, 2)), "o", ONCE),
    "NumPy script for this model only": ("ink", (0, (1.2, 1.6)), "s", "NumPy script"),
    "CasADi, its own Gauss points": ("blue", (0, (5, 2)), "^", "CasADi"),
    "CasADi, one element of many points": ("blue", "-", "v", "CasADi, one element"),
    "SciPy solve_bvp, long finite horizon": ("green", (0, (5, 2)), "D", "SciPy, finite horizon"),
    "SciPy solve_bvp, compactified time": ("green", "-", "d", "SciPy, compactified"),
    "SciPy solve_bvp, kink inside": ("green", (0, (5, 2)), "D", "SciPy, kink inside"),
    "SciPy solve_bvp, free boundary": ("green", "-", "d", "SciPy, free boundary"),
    "Dynare (Octave)": ("purple", (0, (6, 2, 1.2, 2)), "P", "Dynare"),
    "GEKKO": ("amber", (0, (9, 3)), "X", "GEKKO"),
    "sequence-jacobian": ("sky", (0, (1.2, 1.6)), "h", "sequence-jacobian"),
}


def power_of_ten(value: float, _: object = None) -> str:
    """Plain text for a tick: 10⁻⁵.

    >>> power_of_ten(1e-12), power_of_ten(0.1), power_of_ten(100.0)
    ('10⁻¹²', '0.1', '100')
    """
    if 0.009 < value < 11_000:
        return f"{value:g}"
    exponent = str(round(float(np.log10(value))))
    return "10" + exponent.translate(_RAISED)


def figure(results: dict[str, Any], problem: str) -> BookFigure:
    """Error against the time of a solve, both on logarithmic axes; a line is a solver.

    Settings that are slower and less accurate than another of the same solver are left out.
    """
    fig, ax = panels(size=(5.4, 4.6))
    groups = _by_solver(results, problem)
    for name in sorted(groups, key=lambda name: name not in (OURS, ONCE)):
        solved = sorted((r["seconds"], r["error"]) for r in groups[name] if r["error"] is not None)
        if not solved:
            continue
        best = [p for i, p in enumerate(solved) if all(p[1] < q[1] for q in solved[:i])]
        colour, dash, marker, label = _LOOKS[name]
        ax.plot(
            [1e3 * seconds for seconds, _ in best],
            [error for _, error in best],
            color=PALETTE[colour],
            linestyle=dash,
            linewidth=2.6 if name in (OURS, ONCE) else 1.6,
            marker=marker,
            markersize=5,
            label=label,
            zorder=3 if name in (OURS, ONCE) else 2,
        )
    ax.set(xscale="log", yscale="log", xlabel="one solve, milliseconds", ylabel="largest error")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(power_of_ten)
    ax.yaxis.set_minor_locator(NullLocator())
    goal = results["problems"][problem]["goal"]
    ax.axhline(goal, color=PALETTE["muted"], linewidth=1, linestyle=(0, (1, 3)))
    ax.annotate(
        "asked for",
        (0.99, goal),
        xycoords=ax.get_yaxis_transform(),
        xytext=(0, 3),
        textcoords="offset points",
        ha="right",
        color=PALETTE["muted"],
        fontsize=9.5,
    )
    ax.legend(
        loc="upper center",
        bbox_to_anchor=(0.45, -0.16),
        ncols=2,
        handlelength=3,
        frameon=False,
        labelcolor=PALETTE["ink"],
    )
    return fig
