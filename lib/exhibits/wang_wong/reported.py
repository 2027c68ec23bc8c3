"""The reported point of local indeterminacy, and economies near it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from aiecon.wang_wong import Parameters

#: A neighbour of the reference point that meets the reported transition as well as it does; at the
#: reference point itself nobody is replaced with θ = 1.
NEIGHBOUR = Parameters(sigma=0.1, alpha=1.9, theta=0.541, b=0.7219, xi=0.5372)
#: The reported point of local indeterminacy, with that labour market.
REPORTED = replace(NEIGHBOUR, theta=1.0, xi=0.765, epsilon=6.0)
#: The same in a slower labour market with dearer home time, and with fewer jobs found: where the
#: reported pattern is there.
SLOW = replace(REPORTED, sigma=0.05, alpha=0.95, b=0.9)
TURNING = replace(SLOW, alpha=0.118)


def towards_the_reported(way: Any) -> Parameters:
    """θ, then ξ, then ε moved to (1, 0.765, 6), ``way`` from 0 to 3; σ, b and α₀ stay."""
    legs = {
        name: getattr(NEIGHBOUR, name)
        + np.clip(np.asarray(way) - leg, 0.0, 1.0)
        * (getattr(REPORTED, name) - getattr(NEIGHBOUR, name))
        for leg, name in enumerate(("theta", "xi", "epsilon"))
    }
    return replace(NEIGHBOUR, **legs)
