"""Derivations that run: each algebraic step of a proof is handed to SymPy, and a wrong one fails.

A chapter states a step in words and both of its sides in symbols::

    from aiecon.derivation import step

    step("Euler's theorem", K * diff(Y, K) + L * diff(Y, L), Y)

The two sides are first compared as numbers, at random points with fifty digits, so that a wrong
step is refused at once with the point that refutes it; then SymPy must reduce their difference to
zero.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

__all__ = ["DerivationError", "by_difference", "step"]

DIGITS = 50
POINTS = 4


class DerivationError(ArithmeticError):
    """A step of a derivation that does not hold, or that could not be shown to hold."""


def step(
    says: str,
    left: Any,
    right: Any = 0,
    *,
    at: Mapping[sp.Symbol, tuple[float, float]] | None = None,
    numerically: bool = False,
) -> None:
    """Checks that ``left = right`` identically, prints the step, or raises.

    Parameters
    ----------
    says : what the step says, in words or with Unicode symbols.
    left, right : SymPy expressions, equal for all admissible values of their symbols (declare the
        symbols positive where the theory does: ``sp.symbols("K L", positive=True)``). A relation
        or a limit is written as the expression that must vanish.
    at : the interval from which each symbol's test points are drawn, (0.1, 3) unless said;
        needed where an expression is defined on a part of the positive numbers only, as for
        ``{sigma: (0, 1), Phi: (0, 1)}``.
    numerically : accept agreement to forty digits at random points where SymPy's simplifier finds
        no proof. The printed line then says so.

    Raises
    ------
    DerivationError : the sides differ at a point (which is named), or no proof was found.

    Examples
    --------
    >>> a, b = sp.symbols("a b", positive=True)
    >>> step("a square", (a + b) ** 2, a**2 + 2 * a * b + b**2)
    ✓ a square
    >>> step("a slip", (a + b) ** 2, a**2 + b**2)
    Traceback (most recent call last):
    aiecon.derivation.DerivationError: a slip: the sides differ by 4.61 at a = 1.75, b = 1.32.
    """
    difference = sp.sympify(left) - sp.sympify(right)
    symbols = sorted(difference.free_symbols | sp.sympify(right).free_symbols, key=str)
    draw = random.Random(says)  # a seed of its own: the same points in every run
    for _ in range(POINTS if symbols else 1):
        point = {}
        for symbol in symbols:
            low, high = (at or {}).get(symbol, (0.1, 3.0))
            # A rational point is exact: what is left is the expression's own difference.
            share = sp.Rational(draw.randint(50, 950), 1000)
            point[symbol] = sp.nsimplify(low) + share * (sp.nsimplify(high) - sp.nsimplify(low))
        # Not subs(): SymPy would simplify rational powers of rationals, which can take minutes.
        gap = sp.N(difference, DIGITS, subs=point)
        scale = 1 + abs(sp.N(sp.sympify(right), DIGITS, subs=point))
        if not gap.is_Number or not abs(gap) < scale * sp.Float(10) ** (10 - DIGITS):
            place = ", ".join(f"{s} = {float(v):.3g}" for s, v in point.items()) or "every point"
            size = f"{abs(complex(gap)):.3g}" if gap.is_Number else str(gap)
            raise DerivationError(f"{says}: the sides differ by {size} at {place}.")
    if _same_product(sp.sympify(left), sp.sympify(right)) or _vanishes(difference):
        print(f"✓ {says}")
    elif numerically:
        print(f"✓ {says} (to forty digits at {POINTS} random points)")
    else:
        raise DerivationError(
            f"{says}: both sides agree to forty digits at {POINTS} random points, but SymPy "
            "found no proof. Take a smaller step, declare the symbols' signs, or pass "
            "numerically=True."
        )


def by_difference(function: Callable[[Any], Any], t: Any, h: float) -> Any:
    """(f(t + h) − f(t − h))/(2h): a derivative that shares nothing with the equations it checks.

    The growth rate of x is that of ``log x``. Its error is of the order of h², plus the function's
    own error over h.

    >>> round(by_difference(lambda t: t**3, 2.0, 1e-3), 5)
    12.0
    """
    return (function(t + h) - function(t - h)) / (2 * h)


def _same_product(left: Any, right: Any) -> bool:
    """Whether the logarithms of both sides agree term by term: quick where sides are products.

    Expanding logarithms may lose a multiple of 2πi, a factor of one or minus one, which the
    numbers have excluded.
    """
    if left == 0 or right == 0:
        return False
    return sp.expand(sp.expand_log(sp.log(left) - sp.log(right), force=True)) == 0


def _vanishes(expression: Any) -> bool:
    """Whether SymPy's simplifiers, gentle ones first, reduce the expression to zero."""
    ways: tuple[Callable[[Any], Any], ...] = (
        lambda e: e,
        sp.expand,
        sp.simplify,
        lambda e: sp.simplify(sp.powdenest(sp.expand_log(e, force=True), force=True)),
        lambda e: sp.simplify(sp.powsimp(sp.expand(sp.powdenest(e, force=True)), force=True)),
        lambda e: sp.simplify(sp.expand(sp.expand_power_base(e, force=True))),
    )
    return any(way(expression) == 0 for way in ways)
