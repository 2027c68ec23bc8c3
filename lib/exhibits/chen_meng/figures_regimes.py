"""The figures of the chapter on the two regimes; all drawings are ours.

>>> len(schools().axes)
1
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiecon.chen_meng.boundary import boundary_ratio, with_ratio
from aiecon.chen_meng.decomposition import BLOCKS, decompose
from aiecon.chen_meng.economy import economy, log_human_capital
from aiecon.chen_meng.firms import labour_share
from aiecon.chen_meng.inequality import lognormal_gini
from aiecon.chen_meng.parameters import Parameters
from aiecon.chen_meng.population import people
from aiecon.chen_meng.schooling import (
    all_schooling,
    pay_dispersion,
    schooling,
    screening_weight,
    skill_variance,
    study_threshold,
)
from aiecon.validation import FloatArray
from exhibits.plotting import (
    COLOURS,
    DASHES,
    PALETTE,
    BookFigure,
    label_line,
    panels,
    share_axis,
    style,
)

__all__ = ["blocks", "boundaries", "compression", "convergence", "firms", "picture", "schools"]

#: The ratios η₁/η₀ of the two economies that stand for the regimes.
LEVELLING, CONCENTRATING = 0.25, 5.0

#: The blocks of the decomposition as the figure names them.
NAMES = {block: block for block in BLOCKS} | {"firms": "firms' pay"}


def _lorenz(income: FloatArray) -> tuple[FloatArray, FloatArray]:
    y = np.concatenate([[0.0], np.cumsum(np.sort(income))])
    at = np.linspace(0, y.size - 1, 101).astype(int)
    return at / (y.size - 1), y[at] / y[-1]


@style()
def picture() -> BookFigure:
    """Within a task skills draw together; in the economy incomes may draw apart."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.4))
    base = Parameters()
    crowd = people(20_000)
    ln_h = log_human_capital(base, schooling(base, 1.0), crowd)
    ln_task = (1 - base.lam) * ln_h + base.lam * np.log(base.eta0)
    border = np.linspace(-1.7, 2.3, 41)
    centre = (border[1:] + border[:-1]) / 2
    for x, colour, dash, name, at in (
        (ln_h, "muted", DASHES[1], "before", (-1.55, 0.42)),
        (ln_task, "blue", DASHES[0], "with AI", (0.75, 0.66)),
    ):
        height, _ = np.histogram(x, border, density=True)
        left.plot(centre, height, color=PALETTE[colour], linestyle=dash)
        label_line(left, *at, name, "ink" if colour == "muted" else colour, offset=(0, 0))
    left.set(xlabel="log output in an exposed task", ylabel="density", ylim=(0, 0.95))
    cases = (
        (economy(base).pay_before, "muted", DASHES[1], "before"),
        (economy(with_ratio(base, LEVELLING)).income, "blue", DASHES[0], "η₁/η₀ = 0.25"),
        (economy(with_ratio(base, CONCENTRATING)).income, "vermilion", DASHES[3], "η₁/η₀ = 5"),
    )
    for income, colour, dash, name in cases:
        right.plot(*_lorenz(income), color=PALETTE[colour], linestyle=dash, label=name)
    right.plot([0, 1], [0, 1], color=PALETTE["faint"], linewidth=1)
    share_axis(right, "x", "share of people, poorest first")
    share_axis(right, "y", "share of income")
    right.legend(loc="upper left")
    return fig


@style()
def compression() -> BookFigure:
    """Gini of pay without education against aλ: closed form and simulation, three noises."""
    fig, ax = panels()
    w = np.linspace(0, 0.6, 61)
    dots = np.linspace(0, 0.6, 7)
    for tau, colour, dash in zip((0.1, 0.35, 0.8), COLOURS, DASHES, strict=False):
        base = Parameters(psi=0.0, tau=tau, eta1=0.0)
        ax.plot(w, lognormal_gini(pay_dispersion(w, base)), color=PALETTE[colour], linestyle=dash)
        simulated = [economy(replace(base, a=1.0, lam=float(x))).gini for x in dots]
        ax.plot(dots, simulated, "o", color=PALETTE[colour], markersize=4.5)
        at = float(lognormal_gini(pay_dispersion(0.02, base)))
        label_line(ax, 0.02, at, f"τ = {tau:g}", colour)
    ax.set(xlim=(0, 0.6), ylim=(0, 0.3), xlabel="weight of AI aλ", ylabel="Gini of pay")
    return fig


@style()
def schools() -> BookFigure:
    """The fixed point of education and screening, before and after AI."""
    fig, ax = panels()
    beta = np.linspace(0, 1, 101)
    base = Parameters()
    for m, colour, dash, name, above in (
        (1.0, "muted", DASHES[1], "before", 5),
        (1 - base.weight, "blue", DASHES[0], "aλ = 0.1", -15),
        (0.6, "vermilion", DASHES[3], "aλ = 0.4", -24),
    ):
        t = study_threshold(beta * m * base.psi, base)
        reply = screening_weight(m**2 * skill_variance(t, base), base.tau)
        ax.plot(beta, reply, color=PALETTE[colour], linestyle=dash)
        rest = all_schooling(base, m)[-1]
        ax.plot([rest.weight], [rest.weight], "o", color=PALETTE[colour], markersize=7)
        ink = "ink" if colour == "muted" else colour
        label = f"{name}: {rest.share:.0%} study"
        label_line(ax, 1.0, float(reply[-1]), label, ink, ha="right", offset=(-2, above))
    ax.plot(beta, beta, color=PALETTE["faint"], linewidth=1)
    ax.set(
        xlim=(0, 1),
        ylim=(0.3, 1),
        xlabel="weight β that people expect",
        ylabel="weight β that employers then give",
    )
    return fig


@style()
def firms() -> BookFigure:
    """Labour's share of revenue against η₁/η₀, for four elasticities of rent sharing."""
    fig, ax = panels()
    ratio = np.geomspace(0.01, 100, 81)
    for xi, colour, dash in zip((1.0, 0.6, 0.2, 0.0), COLOURS, DASHES, strict=False):
        share = [labour_share(with_ratio(Parameters(xi=xi), float(r))) for r in ratio]
        ax.plot(ratio, share, color=PALETTE[colour], linestyle=dash)
        place = {"ha": "right", "offset": (-4, -12)} if xi == 0 else {"offset": (4, 3)}
        label_line(ax, float(ratio[62]), share[62], f"ξ = {xi:g}", colour, **place)
    ax.set_xscale("log")
    ax.set_xticks([0.01, 0.1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
    ax.set(
        xlim=(0.01, 100),
        ylim=(0.55, 1.03),
        xlabel="proprietary over commodity AI, η₁/η₀",
        ylabel="wages over revenue",
    )
    return fig


def bars(ax: object, parts: dict[str, float], total: float, colour: str = "blue") -> None:
    """One horizontal bar for each block and one for the total."""
    names = [*(NAMES[block] for block in BLOCKS), "together"]
    values = [*(parts[block] for block in BLOCKS), total]
    fill = [PALETTE["blue" if v < 0 else "vermilion"] for v in values[:-1]] + [PALETTE["ink"]]
    ax.barh(range(6), values, color=fill, height=0.62)  # type: ignore[attr-defined]
    ax.set_yticks(range(6), names)  # type: ignore[attr-defined]
    ax.set_ylim(5.6, -0.6)  # type: ignore[attr-defined]
    ax.axvline(0, color=PALETTE["muted"], linewidth=1)  # type: ignore[attr-defined]


@style()
def blocks() -> BookFigure:
    """The Shapley parts of ΔGini in an economy of each regime."""
    fig, axes = panels(1, 2, size=(6.8, 3.4), sharey=True, sharex=True)
    for ax, ratio, name in zip(
        axes, (LEVELLING, CONCENTRATING), ("levelling", "concentrating"), strict=True
    ):
        found = decompose(with_ratio(Parameters(), ratio))
        bars(ax, found.shapley, found.total)
        ax.set_title(f"{name}, η₁/η₀ = {ratio:g}")
        ax.set(xlim=(-0.05, 0.08), xlabel="change of the Gini")
    axes[1].tick_params(axis="y", length=0)
    return fig


@style()
def boundaries() -> BookFigure:
    """The boundary in (ξ, η₁/η₀): three tails of firms' assets, three shares of the top owners."""
    fig, (left, right) = panels(1, 2, size=(6.8, 3.6), sharey=True)
    xi = np.linspace(0, 0.8, 21)
    for ax, name, values, symbol in (
        (left, "zeta", (3.0, 1.5, 1.2), "ζ"),
        (right, "Omega", (0.8, 0.9, 0.95), "Ω"),
    ):
        for value, colour, dash in zip(values, COLOURS, DASHES, strict=False):
            r = boundary_ratio(xi, replace(Parameters(), **{name: value}), n=4000)
            ax.plot(xi, r, color=PALETTE[colour], linestyle=dash, label=f"{symbol} = {value:g}")
        ax.set_yscale("log")
        ax.set_yticks([0.3, 1, 3, 10, 30], ["0.3", "1", "3", "10", "30"])
        ax.minorticks_off()
        ax.set(xlim=(0, 0.8), ylim=(0.3, 40), xlabel="rent-sharing elasticity ξ")
        ax.text(0.03, 0.42, "levelling", color=PALETTE["ink"])
        ax.text(0.03, 22, "concentrating", color=PALETTE["ink"])
        ax.legend(loc="lower right", handlelength=2.6)
    left.set_ylabel("η₁/η₀ at which ΔGini = 0")
    left.set_title("assets among firms")
    right.set_title("ownership among people")
    return fig


@style()
def convergence() -> BookFigure:
    """Standard deviation of ΔGini over twelve crowds against their size, and 1/√n."""
    fig, ax = panels()
    sizes = np.array([250, 500, 1000, 2000, 4000, 8000])
    for same, colour, marker, name in (
        (False, "vermilion", "s", "other people before and after"),
        (True, "blue", "o", "the same people"),
    ):
        spread = []
        for n in sizes:
            found = []
            for seed in range(12):
                e = economy(Parameters(), int(n), seed)
                before = e if same else economy(Parameters(), int(n), 1000 + seed)
                found.append(e.gini - before.gini_before)
            spread.append(np.std(found, ddof=1))
        ax.plot(sizes, spread, marker, color=PALETTE[colour], label=name)
        slope = np.exp(np.mean(np.log(spread) + 0.5 * np.log(sizes)))
        ax.plot(sizes, slope / np.sqrt(sizes), color=PALETTE[colour], linestyle=DASHES[1])
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xticks(
        [250, 500, 1000, 2000, 4000, 8000], ["250", "500", "1000", "2000", "4000", "8000"]
    )
    ax.set_yticks([3e-4, 1e-3, 3e-3, 1e-2], ["0.0003", "0.001", "0.003", "0.01"])
    ax.minorticks_off()
    ax.set(xlabel="simulated people", ylabel="standard deviation of ΔGini")
    ax.legend(loc="lower left")
    return fig
