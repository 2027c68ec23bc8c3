"""What a path is worth, and to whom: equivalents in consumption (section 3, our addition).

On an optimal path the price today of output at date t is D(t) = exp(−ρt) (C(t)/C(0))^−η, and all
households with the same ρ and η that can lend and borrow at the interest rate R − δ hold constant
shares of aggregate consumption. With wealth W = K₀ + H, H the present value of wages,

    ∫ exp(−ρt) C(t)^(1−η) dt = C(0)^−η W,

so welfare is known from consumption and wealth at the start. The equivalent of a path is the
constant consumption for ever that is worth as much.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from aiecon.korinek_suh.dynamics.transition import Transition
from aiecon.korinek_suh.parameters import instance
from aiecon.numerics import SolverError
from aiecon.validation import FloatArray, require

__all__ = ["Welfare", "equivalent", "human_wealth", "present_value", "welfare", "worth"]

Flow = Callable[[FloatArray], Any]

_X, _W = np.polynomial.legendre.leggauss(24)
_EDGES = 2.0 ** np.arange(-1.0, 14.5, 0.5)  # years; the last panels are to add nothing
_TAIL = 1e-11  # largest share of the last panel in the whole


@dataclass(frozen=True)
class Welfare:
    """Constant consumption for ever, in goods a year, that is worth a path to somebody.

    ``household`` owns all capital and labour; ``worker`` owns the labour L but no capital at t = 0,
    and saves; ``owner`` owns the capital K₀ and does not work; ``hand_to_mouth`` has the labour L
    and consumes each year's wage. The last one is a single household: many of them would change
    what is saved.
    """

    household: float
    worker: float
    owner: float
    hand_to_mouth: float
    wealth: float  # K₀ + H, in goods at t = 0
    human_wealth: float  # H, the present value of wages

    def gain_over(self, other: Welfare) -> dict[str, float]:
        """By how much more consumption at all dates is worth the step from the other path.

        >>> from aiecon.korinek_suh.dynamics.scenarios import solved
        >>> gain = welfare(solved("c")).gain_over(welfare(solved("a")))
        >>> {name: round(share, 3) for name, share in gain.items()}
        {'household': 1.871, 'worker': 0.515, 'owner': 9.309, 'hand_to_mouth': -0.707}
        """
        people = [field.name for field in fields(self)][:4]
        return {name: getattr(self, name) / getattr(other, name) - 1.0 for name in people}


def welfare(path: Transition) -> Welfare:
    """Equivalents of an optimal path for the household, a worker, an owner of capital.

    Raises ValueError at ρ = 0 and for what is no :class:`~aiecon.korinek_suh.Transition`,
    :class:`~aiecon.numerics.SolverError` if an integral over time does not settle within 16,000
    years.

    >>> from aiecon.korinek_suh.dynamics.scenarios import solved
    >>> found = welfare(solved("a"))
    >>> round(found.household, 4), round(found.worker, 4), round(found.owner, 4)
    (2.1678, 1.8334, 0.3344)
    """
    p = _path(path).params
    H = human_wealth(path)
    W = path.K0 + H
    whole = equivalent(path, path.log_consumption)
    alone = equivalent(path, lambda t: path.log_wage(t) + np.log(p.L))
    return Welfare(whole, whole * H / W, whole * path.K0 / W, alone, W, H)


def human_wealth(path: Transition) -> float:
    """H = ∫ D(t) w(t) L dt, the present value of wages, in goods at t = 0.

    >>> from aiecon.korinek_suh.dynamics.scenarios import solved
    >>> round(human_wealth(solved("b")), 6)
    10.394786
    """
    log_L = np.log(_path(path).params.L)
    return present_value(path, lambda t: path.log_wage(t) + log_L)


def present_value(path: Transition, log_flow: Flow) -> float:
    """∫ D(t) x(t) dt for a flow given by log x, at the prices of the path.

    >>> from aiecon.korinek_suh.dynamics.scenarios import solved
    >>> path = solved("a")  # what is consumed is worth what is owned
    >>> round(present_value(path, path.log_consumption) - human_wealth(path), 6)
    4.6
    """
    kinks = _path(path).kinks
    return float(np.exp(_log_integral(kinks, lambda t: path.log_discount_factor(t) + log_flow(t))))


def equivalent(path: Transition, log_flow: Flow) -> Any:
    """Constant consumption that is worth the flow c(t), at the preferences of the path:

        [ρ ∫ exp(−ρt) c^(1−η) dt]^(1/(1−η)),   exp(ρ ∫ exp(−ρt) log c dt) at η = 1.

    Raises ValueError at ρ = 0, where every constant flow that lasts for ever is worth infinity.
    """
    return worth(log_flow, _path(path).params.rho, path.params.eta, path.kinks)


def worth(log_flow: Flow, rho: float, eta: float, kinks: ArrayLike = ()) -> Any:
    """:func:`equivalent` of a flow that has kinks at some dates; of n flows for kinks (n, m).

    >>> round(worth(lambda t: np.log(2.0) + 0.0 * t, rho=0.04, eta=2.0), 12)
    2.0
    """
    require("rho", rho, rho > 0, "rho > 0", "Without discounting no constant flow is worth a path.")
    if eta == 1:
        dates, weights = panels(kinks)
        flows = _at(dates, log_flow)
        total = settled(rho * weights * np.exp(-rho * dates) * flows).sum(axis=(-2, -1))
    else:
        total = _log_integral(kinks, lambda t: (1.0 - eta) * log_flow(t) - rho * t)
        total = (np.log(rho) + total) / (1.0 - eta)
    return np.exp(total) if np.ndim(total) else float(np.exp(total))


def _path(path: Transition) -> Transition:
    return instance("path", path, Transition, "a Transition", "See solve_transition.")


def panels(kinks: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Dates and weights of Gauss's rule on panels between kinks and geometric dates.

    (P, 24), or (n, P, 24) for kinks (n, m); a date that never comes is no kink.
    """
    dates = np.asarray(kinks, dtype=np.float64)
    dates = np.where(np.isfinite(dates), dates, 0.0)
    always = np.broadcast_to([0.0, *_EDGES], (*dates.shape[:-1], len(_EDGES) + 1))
    edges = np.sort(np.concatenate([always, dates], axis=-1), axis=-1)
    half = 0.5 * np.diff(edges)[..., None]
    return edges[..., :-1, None] + half * (1.0 + _X), half * _W


def _at(dates: FloatArray, flow: Flow) -> FloatArray:
    """A flow at dates (…, P, 24)."""
    flat = dates.reshape(*dates.shape[:-2], -1)
    return np.asarray(flow(flat)).reshape(dates.shape)


def _log_integral(kinks: ArrayLike, log_integrand: Flow) -> Any:
    dates, weights = panels(kinks)
    values = _at(dates, log_integrand)
    largest = values.max(axis=(-2, -1), keepdims=True)
    terms = settled(weights * np.exp(values - largest))
    return largest[..., 0, 0] + np.log(terms.sum(axis=(-2, -1)))


def settled(terms: FloatArray) -> FloatArray:
    """The terms of an integral, if the last panel adds nothing; SolverError otherwise."""
    sizes = np.abs(terms).sum(axis=-1)
    if np.any(sizes[..., -1] > _TAIL * sizes.sum(axis=-1)):
        raise SolverError(
            "the integral over time has not settled after 16,000 years: the interest rate hardly "
            "exceeds growth; raise rho"
        )
    return terms
