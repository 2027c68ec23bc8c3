"""The moments: what the first five leave open, and the sixth does not.

>>> flat_direction.description()[:37]
'η₁/η₀ = 2.20 with ξ = 0.196: the Gini'
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp

from aiecon import chen_meng as cm
from exhibits.chen_meng.estimates import fitted
from exhibits.explorer import (
    Area,
    Choice,
    Clause,
    Explorer,
    Goal,
    Line,
    Panel,
    Points,
    Rule,
    Slider,
)

__all__ = ["flat_direction"]

_ALONG, _HELD = "moves along the flat direction", "stays at its estimate"
_PEOPLE = 3000
_RATIOS = np.geomspace(0.25, 12, 23)


def _flat_direction(way: str, delta: Any, ratio: Any, noise: Any) -> dict[str, Any]:
    """ξ, m₄ and ΔGini at each η₁/η₀, for a noise in measured revenue; m₁, m₂, m₃, m₅ stay."""
    found = fitted(0.01)
    centre, along = found.params, float(way == _ALONG)

    def spread(r: Any) -> Any:
        return centre.weight**2 * cm.log_productivity_variance(r, centre.zeta)

    def change(xi: Any, r: Any) -> Any:
        return cm.delta_gini_map(xi, r, centre, n=_PEOPLE)

    each, place = np.unique(noise, return_inverse=True)
    xi = [np.minimum(_shared(along, v, spread(_RATIOS))[0], 1) for v in each]
    gini = change(_shared(along, noise, spread(ratio))[0], ratio)
    return {
        "ratios": _RATIOS[None],
        "curve": np.array([change(x, _RATIOS) for x in xi])[place],
        "along": [along],
        "log_spread": np.log(spread(ratio)),
        "gini": gini,
        "rise": gini,
        "fall": -gini,
        "band": np.array([[-1.96, 1.96]]),
        "four": found.misfit[None, [0, 1, 2, 4]],
        "four_at": np.array([[5, 4, 3, 1]]),
        **_targets(along, delta, noise, np.log(spread(ratio)), gini, np),
    }


def _shared(along: Any, noise: Any, spread: Any) -> tuple[Any, Any]:
    """ξ, and m₄ with it: the curve of (iii) in the chapter's proposition, or ξ as estimated."""
    found = fitted(0.01)
    m4, held = float(found.moments[3]), found.params.xi
    xi = along * m4 * (1 + noise**2 / spread) + (1 - along) * held
    return xi, xi * spread / (spread + noise**2)


def _targets(along: Any, delta: Any, noise: Any, log_spread: Any, gini: Any, of: Any) -> Any:
    """What is missed; ``of`` has the functions, NumPy for the library or SymPy for the page."""
    least, most, size = (np.minimum, np.maximum, np.abs) if of is np else (sp.Min, sp.Max, sp.Abs)
    xi, m4 = _shared(along, noise, of.exp(log_spread))
    m4, m6 = (m4 - cm.TARGETS[3].value) / cm.TARGETS[3].se, (gini - delta) / cm.TARGETS[5].se
    rest = float(np.sum(fitted(0.01).misfit[[0, 1, 2, 4]] ** 2))
    return {
        "xi": xi,
        "m4": most(-4, least(4, m4)),
        "m6": most(-4, least(4, m6)),
        "m4_off": size(m4),
        "m6_off": size(m6),
        "m4_missed": size(m4) - 1.96,
        "m6_missed": size(m6) - 1.96,
        "met": 1.96 - most(size(m4), size(m6)),
        "criterion": rest + m4**2 + m6**2,
    }


def _formulas() -> dict[str, Any]:
    along, delta, noise, log_spread, gini = sp.symbols("along delta noise log_spread gini")
    return _targets(along, delta, noise, log_spread, gini, sp)


#: What the first five moments cannot tell, and the sixth can.
flat_direction = Explorer(
    name="cm-flat-direction",
    title="Which moments see the sign?",
    alt=(
        "Left: for each of six moments a dot at its misfit from −4 to 4 standard errors, a grey "
        "band from −1.96 to 1.96. Right: the change of the Gini against proprietary over commodity "
        "AI, a rising curve that crosses zero, with a dot at the chosen economy and a dashed line "
        "at the target of the sixth moment."
    ),
    panels={
        "misfit": Panel(
            xlabel="misfit, standard errors",
            xlim=(-4.4, 4.4),
            ylim=(-0.6, 5.6),
            xticks={-4: "≤ −4", -2: "−2", 0: "0", 2: "2", 4: "≥ 4"},
            yticks={5: "m₁", 4: "m₂", 3: "m₃", 2: "m₄", 1: "m₅", 0: "m₆"},
        ),
        "gini": Panel(
            xlabel="η₁/η₀",
            ylabel="ΔGini",
            xlim=(0.25, 12),
            ylim=(-0.045, 0.075),
            xscale="log",
            xticks=[0.3, 1, 3, 10],
        ),
    },
    controls={
        "way": Choice("Rent sharing ξ", [_ALONG, _HELD], default=_ALONG),
        "delta": Slider(
            "Target m₆, the change of the Gini", -0.03, 0.05, 0.01, format=".3f", nodes=2
        ),
        "ratio": Slider(
            "Proprietary over commodity AI, η₁/η₀", 0.3, 10, 2.2, scale="log", nodes=15
        ),
        "noise": Slider("Noise v in measured revenue", 0.02, 0.09, 0.05, format=".3f", nodes=7),
    },
    compute=_flat_direction,
    formulas=_formulas(),
    marks=[
        Area("misfit", "band", -0.6, 5.6, colour="faint", opacity=0.45, name="met"),
        Rule("misfit", x=0.0, dash=0, width=1.0, name="target"),
        Points("misfit", "four", "four_at", colour="ink", name="m₁, m₂, m₃, m₅"),
        Points("misfit", "m4", 2.0, colour="green", marker="d", size=9, name="m₄"),
        Points("misfit", "m6", 0.0, colour="purple", marker="s", size=9, name="m₆"),
        Rule("gini", y=0.0, dash=0, width=1.0, name="no change"),
        Rule("gini", y="delta", colour="purple", dash=1, label="target m₆"),
        Line("gini", "ratios", "curve", colour="ink", label="this way"),
        Points("gini", "ratio", "gini", colour="purple", size=10, label="here"),
    ],
    sentence=[
        "η₁/η₀ = {ratio:.2f} with ξ = {xi:.3f}:",
        Clause("the Gini rises by {rise:.3f}.", when="rise"),
        Clause("the Gini falls by {fall:.3f}.", unless="rise"),
        Clause("m₄ and m₆ are met.", when="met"),
        Clause("m₄ is missed by {m4_off:.1f} standard errors.", when="m4_missed"),
        Clause("m₆ is missed by {m6_off:.1f} standard errors.", when="m6_missed"),
        "The other four stay where they are; the criterion is {criterion:.0f}.",
    ],
    columns={"eta1 over eta0": "ratios", "change of the Gini": "curve"},
    caption=(
        "A stylised reconstruction of the mechanism. Try: move η₁/η₀ along the flat direction and "
        "watch which dots stay where they are; hold ξ and see the fourth move as well. With less "
        "noise ξ is nearly m₄ itself, and the sign is as open as before."
    ),
    presets={
        "Concentrating": {"way": _ALONG, "delta": 0.01, "ratio": 2.2},
        "Levelling": {"way": _ALONG, "delta": -0.01, "ratio": 0.9},
        "The wrong sign": {"way": _ALONG, "delta": -0.01, "ratio": 5.0},
        "ξ held": {"way": _HELD, "delta": 0.01, "ratio": 5.0},
    },
    play="ratio",
    goal=Goal(
        "Find an economy on the flat direction that leaves the Gini where it was.",
        of="gini",
        low=-0.001,
        high=0.001,
        reached="At η₁/η₀ = {ratio:.2f} and ξ = {xi:.3f} all of m₁ to m₅ are what they were.",
    ),
    size=(6.8, 3.4),
)
