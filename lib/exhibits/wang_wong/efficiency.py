"""Efficiency: what a constant transfer to every match does, and what it gains.

>>> subsidy.description(transfer=0.5)[:30]
'A transfer of 0.50 times outpu'
"""

from __future__ import annotations

from typing import Any

from aiecon.validation import FloatArray
from aiecon.wang_wong import (
    Parameters,
    highest_transfer,
    long_run,
    solve_transitions,
    welfare_gain,
)
from exhibits.explorer import Clause, Explorer, Goal, Line, Panel, Rule, Slider
from exhibits.wang_wong.free_entry import YEARS

__all__ = ["subsidy"]


def _paid(transfer: FloatArray, epsilon: FloatArray) -> dict[str, Any]:
    """Paths with n transfers, set against those without."""
    p = Parameters(epsilon=epsilon)
    path = solve_transitions(p, tol=1e-6, transfer=transfer)
    free, rest = solve_transitions(p, tol=1e-6), long_run(p, transfer=transfer)
    return {
        "year": YEARS[None],
        "H": path.employment(YEARS),
        "s": path.surplus(YEARS),
        "pi": p.pi_A,
        "H_5": path.employment([5.0])[:, 0],
        "H_5_free": free.employment([5.0])[:, 0],
        "H_end": rest.employment,
        "A_end": rest.capability / p.A_0,
        "short": welfare_gain(path, free, 5.0),
        "forever": welfare_gain(path, free),
        "highest": highest_transfer(p),
    }


#: What a constant transfer to every match does.
subsidy = Explorer(
    name="wang-wong-subsidy",
    title="A transfer to every match",
    alt=(
        "Two panels over twenty years with AI. Left: employment with the transfer above the grey "
        "curve without it, both falling to the same level. Right: the surplus rising towards a "
        "horizontal line at π_A."
    ),
    panels={
        "jobs": Panel("", "years with AI", "employment H", xlim=(0, 20), ylim=(0.7, 1.0)),
        "worth": Panel("", "years with AI", "surplus s", xlim=(0, 20), ylim=(0, 2.3)),
    },
    controls={
        "transfer": Slider(
            "Transfer T over output",
            0,
            16,
            0.5,
            positions=161,
            nodes=[0, 0.4, 1, 2, 3.5, 5.5, 8, 11, 14, 16],
        ),
        "epsilon": Slider("Elasticity of productivity ε", 0.4, 1.6, 1.069, format=".3f", nodes=4),
    },
    compute=_paid,
    marks=[
        Line("jobs", "year", "H", name="employment", reference=True),
        Rule("worth", y="pi", colour="vermilion", label="π_A: no adoption above"),
        Line("worth", "year", "s", name="surplus", reference=True),
    ],
    sentence=[
        Clause(
            "A transfer of {transfer:.2f} times output keeps employment at {H_5:.3f} after five "
            "years ({H_5_free:.3f} without) and lets AI end at {A_end:.2f} times its start. "
            "Employment ends at {H_end:.3f} all the same. Welfare changes by {short:.1%} over five "
            "years and by {forever:.0%} for ever.",
            when="transfer",
        ),
        Clause(
            "Without a transfer employment is {H_5:.3f} after five years and AI ends at "
            "{A_end:.2f} times its start. Transfers above {highest:.1f} would end adoption.",
            unless="transfer",
        ),
    ],
    columns={"years with AI": "year", "employment": "H", "surplus": "s"},
    caption=(
        "Grey: without a transfer. The transfer is paid to every match for ever and financed by a "
        "lump-sum tax. Try: raise T and watch the surplus approach π_A, above which firms no "
        "longer adopt AI."
    ),
    presets={
        "No transfer": {"transfer": 0, "epsilon": 1.069},
        "26.6% of output": {"transfer": 0.266, "epsilon": 1.069},
        "Half of output": {"transfer": 0.5, "epsilon": 1.069},
        "Near the end of adoption": {"transfer": 16, "epsilon": 1.069},
    },
    reference="No transfer",
    play="transfer",
    goal=Goal(
        "Find a transfer that gains 26.6% for ever.",
        of="forever",
        low=0.26,
        high=0.272,
        reached="T = {transfer:.2f} gains {forever:.0%} for ever, and {short:.1%} over five years.",
    ),
)
