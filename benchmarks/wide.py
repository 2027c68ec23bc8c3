"""Random parameters of the T = 20 scenario: near those of the paper, and far from them."""

from __future__ import annotations

import numpy as np

from benchmarks.problems import FloatArray

SEED, COUNT = 20, 10_000

RANGES = {
    "near": {
        "rho": (0.03, 0.05),
        "eta": (1.5, 2.5),
        "delta": (0.075, 0.125),
        "sigma": (0.375, 0.625),
        "A": (0.375, 0.625),
        "rest": (0.3, 0.5),  # 1 − Φ₀
        "K0": (3.5, 5.75),
    },
    "wide": {
        "rho": (0.01, 0.08),
        "eta": (0.8, 4.0),
        "delta": (0.03, 0.15),
        "sigma": (0.2, 0.9),
        "A": (0.3, 0.8),
        "rest": (0.25, 0.7),
        "K0": (1.5, 12.0),
    },
}


def drawn(which: str, count: int = COUNT) -> dict[str, FloatArray]:
    """The parameters, each (count,)."""
    rng = np.random.default_rng(SEED)
    draws = {name: rng.uniform(low, high, COUNT) for name, (low, high) in RANGES[which].items()}
    return {name: values[:count] for name, values in draws.items()}
