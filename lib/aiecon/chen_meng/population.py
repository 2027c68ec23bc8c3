"""The simulated people: the same random numbers in every economy.

Each person has a rank in ability given the wish to study, in that wish, in luck with the employer's
signal, in the firm and in ownership. Every rank is a shuffled (i + ½)/n, a Latin hypercube: each
margin is exact and only the joint distribution is random. What changes from economy to economy
is what the ranks are mapped to, so that results are smooth in the parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from aiecon.chen_meng.parameters import read_only, whole
from aiecon.validation import FloatArray

__all__ = ["People", "people"]


@dataclass(frozen=True, eq=False)
class People:
    """n people; each array has one entry for each, none depends on any parameter."""

    wish: FloatArray  # standard normal: the index by which they rank themselves for education
    wish_rank: FloatArray  # its rank in (0, 1)
    talent: FloatArray  # standard normal: ability beyond what the index tells
    luck: FloatArray  # standard normal: noise in the employer's signal
    log_firm: FloatArray  # −ln(1 − u), exponential: log assets of the firm, times ζ
    owner: np.ndarray  # place among the owners, 0 the poorest

    @property
    def n(self) -> int:
        return self.wish.size


def people(n: int = 20_000, seed: int = 2026) -> People:
    """n people, the same for the same seed; they are kept, and cannot be written to.

    ValueError for n < 10 and for what is not a whole number; also for ``seed = None``, which would
    be other people at each call and blur every comparison.

    >>> crowd = people(1000)
    >>> abs(float(crowd.wish.mean())) < 1e-12, crowd is people(1000)
    (True, True)
    """
    return _people(whole("n", n, 10, "people"), whole("seed", seed, 0))


@lru_cache(maxsize=8)
def _people(n: int, seed: int) -> People:
    rng = np.random.default_rng(seed)
    grid = (np.arange(n) + 0.5) / n
    wish, talent, luck, firm = (rng.permutation(grid) for _ in range(4))
    arrays = (ndtri(wish), wish, ndtri(talent), ndtri(luck), -np.log1p(-firm), rng.permutation(n))
    read_only(*arrays)
    return People(*arrays)
