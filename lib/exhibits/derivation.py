"""Derivations that run: each algebraic step of a proof is handed to SymPy, and a wrong one fails.

A chapter states a step in words and both of its sides in symbols::

    from exhibits.derivation import step

    step("Euler's theorem", K * diff(Y, K) + L * diff(Y, L), Y)

A step is claimed for everything that the assumptions on its symbols allow. The two sides are first
compared as numbers, at points drawn from that whole set: both signs where a symbol is only real,
complex where nothing is assumed, tiny and huge values, small integers, and the places where a base,
a denominator or an argument of the two sides vanishes or changes its sign. So a wrong step is
refused with the point that refutes it. Then SymPy must reduce the difference to zero by rules that
hold on that set: nothing is forced.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import mpmath
import sympy as sp
from mpmath.libmp import NoConvergence
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

__all__ = ["DerivationError", "by_difference", "step"]

DIGITS = 50

_UNDEFINED = (ZeroDivisionError, ValueError, TypeError, OverflowError, NoConvergence)

Intervals = Mapping[sp.Symbol, tuple[Any, Any]]
Point = Mapping[sp.Symbol, sp.Expr]


class DerivationError(ArithmeticError):
    """A step of a derivation that does not hold, or that could not be shown to hold."""


def step(
    says: str,
    left: Any,
    right: Any = 0,
    *,
    at: Intervals | None = None,
    where: Any = True,
    numerically: bool = False,
) -> None:
    """Checks that ``left = right`` identically, prints the step, or raises.

    Parameters
    ----------
    says : what the step says, in words or with Unicode symbols.
    left, right : SymPy expressions, equal for all admissible values of their symbols (declare the
        symbols positive where the theory does: ``sp.symbols("K L", positive=True)``). A relation
        or a limit is written as the expression that must vanish.
    at : what the step assumes beyond its symbols' declarations: an open interval for each symbol
        that has one, ``{sigma: (0, 1), r: (0, sp.oo)}``. Where the step holds without, nothing is
        said of it; where it does not, the printed line names the intervals.
    where : what else the step assumes, as a SymPy condition: ``sp.Ne(X, g)``, ``X > g``. It too is
        printed where it is needed.
    numerically : accept agreement to forty digits at all test points where SymPy's simplifier finds
        no proof. The printed line then says so.

    Raises
    ------
    DerivationError : the sides differ at a point, which is named with both values (and with the
        assumption that would be enough, where declaring symbols positive is), or one of them is
        not defined there, or no proof was found.

    Examples
    --------
    >>> a, b = sp.symbols("a b", positive=True)
    >>> step("a square", (a + b) ** 2, a**2 + 2 * a * b + b**2)
    ✓ a square
    >>> r = sp.symbols("r", real=True)
    >>> step("a root", sp.sqrt(r**2), r)
    Traceback (most recent call last):
    exhibits.derivation.DerivationError: a root: the sides differ by 4.28 at r = -2.14: 2.14 and
    -2.14. They agree for positive r: declare that, or say at={r: (0, oo)}.
    >>> step("a root", sp.sqrt(r**2), r, at={r: (0, sp.oo)})
    ✓ a root (for 0 < r)
    """
    left, right = (_plain(sp.sympify(side)) for side in (left, right))
    symbols = sorted(left.free_symbols | right.free_symbols, key=str)
    inside = {s: at[s] for s in symbols if s in at} if at else {}
    refuted = ""
    for given, such in dict.fromkeys([((), sp.true), (tuple(inside.items()), where)]):
        refuted = _refutation(says, left, right, symbols, dict(given), such)
        if not refuted and _proved(left, right, dict(given), such):
            _say(f"✓ {says}{_condition(dict(given), such)}")
            return
    if refuted:
        more = {s: (0, sp.oo) for s in symbols if s.is_real and not s.is_positive} | inside
        cure = ""
        enough = len(more) > len(inside)
        if enough and not _refutation(says, left, right, symbols, more, where):
            names = ", ".join(str(s) for s in more if s not in inside)
            intervals = ", ".join(f"{s}: {ends}" for s, ends in more.items())
            cure = f" They agree for positive {names}: declare that, or say at={{{intervals}}}."
        raise DerivationError(f"{says}: {refuted}{cure}")
    if not numerically:
        raise DerivationError(
            f"{says}: both sides agree to forty digits at all test points, but SymPy found no "
            "proof. Take a smaller step, declare the symbols' signs, give intervals (at=…), "
            "or pass numerically=True."
        )
    _say(f"✓ {says} (to forty digits at all test points){_condition(inside, where)}")


def by_difference(function: Callable[[Any], Any], t: Any, h: float) -> Any:
    """(f(t + h) − f(t − h))/(2h): a derivative that shares nothing with the equations it checks.

    The growth rate of x is that of ``log x``. Its error is of the order of h², plus the function's
    own error over h.

    >>> round(by_difference(lambda t: t**3, 2.0, 1e-3), 5)
    12.0
    """
    return (function(t + h) - function(t - h)) / (2 * h)


def _say(line: str) -> None:
    """Prints, with ? for what a console cannot show."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding))


def _condition(inside: Intervals, where: Any) -> str:
    """What is assumed, in words: `` (for 0 < Phi < 1)``."""
    words = []
    for symbol, (low, high) in inside.items():
        below = "" if low == -sp.oo else f"{low} < "
        above = "" if high == sp.oo else f" < {high}"
        words.append(f"{below}{symbol}{above}")
    for condition in sp.And.make_args(sp.sympify(where)):
        if isinstance(condition, Relational):
            sign = {"!=": "≠", "<=": "≤", ">=": "≥"}.get(condition.rel_op, condition.rel_op)
            words.append(f"{condition.lhs} {sign} {condition.rhs}")
        elif condition != sp.true:
            words.append(str(condition))
    return f" (for {', '.join(words)})" if words else ""


def _plain(side: Any) -> Any:
    """Integrals and sums done; undefined functions as symbols: a step holds whatever they are."""
    if side.has(sp.Integral, sp.Sum, sp.Product, sp.Limit, sp.Derivative, sp.Subs):
        side = side.doit()
    derived = [d for d in side.atoms(sp.Derivative) if d.atoms(AppliedUndef)]
    unknown = [*sorted(derived, key=sp.default_sort_key, reverse=True), *side.atoms(AppliedUndef)]
    for part in unknown:
        side = side.xreplace({part: sp.Symbol(str(part))})
    return side


# Numbers ----------------------------------------------------------------------------------------

_SPECIAL = tuple(
    sp.sympify(
        "0, 1, -1, 2, -2, 3, -3, 4, 1/2, -1/2, sqrt(2), -sqrt(2), "
        "I, -I, 10*I, sqrt(2)*I, 2 - 7*I, -3 + 9*I, -1/2 - I/3"
    )
)
_TAME = (
    *(sp.Abs, sp.sign, sp.log, sp.floor, sp.ceiling, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise),
)


def _refutation(
    says: str, left: Any, right: Any, symbols: Sequence[sp.Symbol], inside: Intervals, where: Any
) -> str:
    """Words on the first admissible test point at which the sides differ; none where all agree."""
    functions: dict[Any, Callable[..., list[Any]]] = {}
    common = 0
    for point, kink in _points(random.Random(says), [left, right], symbols, inside):
        if not _holds(where, point):
            continue
        if kink not in functions:
            functions[kink] = _function(symbols, kink, left, right)

        def values(digits: int, point: Point = point, kink: Any = kink) -> list[Any]:
            with mpmath.workdps(digits):
                return functions[kink](*(_number(point[s]) for s in symbols))

        rough = values(DIGITS)
        both = None not in rough
        common += both
        gap = _lasting_gap(rough, values) if both else 0
        if not gap and rough.count(None) != 1:
            continue
        place = ", ".join(f"{s} = {_short(_number(v))}" for s, v in point.items()) or "every point"
        words = [_short(v) for v in rough]
        if gap:
            return f"the sides differ by {_short(gap)} at {place}: {' and '.join(words)}."
        side, other = ("left", words[1]) if rough[0] is None else ("right", words[0])
        cure = f" If that is excluded, say so: where=sp.Ne({kink}, 0)." if kink else ""
        return f"the {side} side is not defined at {place}, where the other is {other}.{cure}"
    return "" if common else "no admissible point was found at which both sides are defined."


def _function(symbols: Sequence[sp.Symbol], kink: Any, *sides: Any) -> Callable[..., list[Any]]:
    """The sides as a function of mpmath's numbers; None for one that is not defined there.

    A kink stands for an exact zero, which rounding would make another number.
    """
    zero = sp.Symbol("exactly_zero")
    exact = {} if kink is None else {kink: zero, -kink: -zero}
    of_one_name = len({s.name for s in symbols}) < len(symbols)
    renamed = {s: sp.Dummy() for s in symbols} if of_one_name else {}
    arguments = [*(renamed.get(s, s) for s in symbols), zero]

    def alone(side: Any) -> Callable[..., Any]:
        if side.has(sp.zoo, sp.nan):
            return lambda *numbers: None
        side = side.xreplace(exact).xreplace(renamed)
        function = sp.lambdify(arguments, side, "mpmath", docstring_limit=0)  # nobody reads it

        def value(*numbers: Any) -> Any:
            try:
                found = function(*numbers, mpmath.mpf(0))
            except _UNDEFINED:
                return None
            return found if mpmath.isfinite(found) else None

        return value

    functions = [alone(side) for side in sides]
    return lambda *numbers: [function(*numbers) for function in functions]


def _holds(where: Any, point: Point) -> bool:
    """Whether a condition holds at a point; one that orders complex numbers does not."""
    try:
        return bool(sp.sympify(where).xreplace(point))
    except TypeError:
        return False


def _lasting_gap(rough: list[Any], values: Callable[[int], list[Any]]) -> Any:
    """The difference of the sides, or zero where it falls with the precision."""
    gap = abs(rough[0] - rough[1])
    for digits in (3 * DIGITS, 100 * DIGITS) if gap else ():  # the second if the first confirms it
        fine = values(digits)
        if None in fine or abs(fine[0] - fine[1]) < gap * mpmath.mpf(10) ** -DIGITS:
            return 0
        gap = abs(fine[0] - fine[1])
    return gap


def _number(value: sp.Expr) -> Any:
    """A constant in mpmath's present precision."""
    return _constant(value, mpmath.mp.dps)


@cache  # the points of a step share most of their coordinates
def _constant(value: sp.Expr, digits: int) -> Any:
    real, imaginary = (sp.N(part, digits + 5) for part in value.as_real_imag())
    numbers = [mpmath.mpf(part._mpf_) if part else mpmath.mpf(0) for part in (real, imaginary)]
    return mpmath.mpc(*numbers) if imaginary else numbers[0]


def _short(value: Any) -> str:
    """Three digits: 1.75, −2 + 7i."""
    if value is None:
        return "undefined"
    if isinstance(value, mpmath.mpc) and value.imag:
        return mpmath.nstr(value, 3).strip("()")
    return mpmath.nstr(value.real, 3, strip_zeros=True).removesuffix(".0")


def _points(
    draw: random.Random, sides: list[Any], symbols: Sequence[sp.Symbol], inside: Intervals
) -> Iterator[tuple[Point, Any]]:
    """Points of the set on which the step is claimed: ordinary ones, then odd ones.

    With each comes the expression that is zero there, if that is why it was chosen.
    """
    if not symbols:
        yield {}, None
        return
    nodes = list(itertools.chain.from_iterable(map(sp.preorder_traversal, sides)))
    exponents = [n.exp for n in nodes if isinstance(n, sp.Pow)]
    exponents += [n for n in nodes if isinstance(n, sp.Function) and not isinstance(n, _TAME)]
    usual, all_of = {}, {}
    for symbol in symbols:
        far = sp.Integer(10) ** (3 if any(e.has(symbol) for e in exponents) else 12) + 3
        usual[symbol], all_of[symbol] = _candidates(draw, symbol, inside.get(symbol), far)

    def ordinary() -> dict[sp.Symbol, sp.Expr]:
        return {s: draw.choice(usual[s]) for s in symbols}

    for _ in range(12):
        yield ordinary(), None
    for fact in ("positive", "negative"):
        signed = {s: [v for v in usual[s] if _known(v, fact)] or usual[s] for s in symbols}
        yield {s: draw.choice(signed[s]) for s in symbols}, None
    for symbol in symbols:
        for value in all_of[symbol]:
            yield {**ordinary(), symbol: value}, None
    for kink in _kinks(nodes):
        for symbol in sorted(kink.free_symbols, key=str):
            point = ordinary()
            others = {s: v for s, v in point.items() if s != symbol}
            for root, exact in _roots(kink.xreplace(others), symbol):
                near = [root * 999 / 1000, root * 1001 / 1000]
                for value in [root, *near] if exact else near:
                    if _admits(symbol, inside.get(symbol), value):
                        yield {**point, symbol: value}, kink if value == root else None
    for one, other in itertools.permutations(symbols, 2):  # the zeros of √p − √q, say
        point = ordinary()
        if _admits(one, inside.get(one), point[other]):
            yield {**point, one: point[other]}, None


def _candidates(
    draw: random.Random, symbol: sp.Symbol, interval: tuple[Any, Any] | None, far: sp.Expr
) -> tuple[list[sp.Expr], list[sp.Expr]]:
    """Ordinary values of a symbol, and those with the special and far ones."""
    sizes = [sp.Rational(draw.randint(13, 192), 64) for _ in range(6)]  # exact in binary
    usual = [sign * size for size in sizes for sign in (1, -1)]
    low, high = map(sp.nsimplify, interval) if interval else (-sp.oo, sp.oo)
    if low.is_finite and high.is_finite:
        shares = [sp.Rational(draw.randint(3, 61), 64) for _ in range(6)]
        usual = [low + share * (high - low) for share in shares]
    elif low.is_finite or high.is_finite:
        usual = [low + size if low.is_finite else high - size for size in sizes]
    if symbol.is_integer:
        usual = [sp.Integer(v) for v in (1, 2, 3, 5, 8, 13, -1, -2, -3, -8)]
    odd = [*_SPECIAL, far, -far, 1 / far, -1 / far]
    odd += [low + 1 / far, low + far] if low.is_finite else []
    odd += [high - 1 / far, high - far] if high.is_finite else []
    every = [v for v in [*usual, *odd] if _admits(symbol, interval, v)]
    if not every:
        raise ValueError(
            f"{symbol}: no test value was found in {interval or 'its assumptions'}; the interval's "
            "lower end must lie below the upper one, and the assumptions must allow some number"
        )
    return [v for v in usual if v in every] or every, every


def _admits(symbol: sp.Symbol, interval: tuple[Any, Any] | None, value: sp.Expr) -> bool:
    """Whether the symbol's assumptions and the interval allow the value."""
    if interval and not (value.is_real and interval[0] < value < interval[1]):
        return False
    facts = ((_known(value, fact), so) for fact, so in symbol.assumptions0.items())
    return all(known is None or known == so for known, so in facts)


@cache  # steps share most of their values
def _known(value: sp.Expr, fact: str) -> bool | None:
    return getattr(value, f"is_{fact}", None)


def _kinks(nodes: list[Any]) -> list[Any]:
    """Expressions at whose zeros a side may have a pole, a kink or another branch."""
    found: set[Any] = set()
    for node in nodes:
        if isinstance(node, sp.Max | sp.Min):
            found |= {a - b for a, b in itertools.combinations(node.args, 2)}
        elif isinstance(node, Relational):
            found.add(node.lhs - node.rhs)
        elif isinstance(node, sp.Pow) and not (node.exp.is_integer and node.exp.is_positive):
            found.add(node.base)
        elif isinstance(node, sp.Function):
            found |= {arg for arg in node.args if isinstance(arg, sp.Expr)}
    compound = [k for k in found if not k.is_Atom and k.is_polynomial()]
    return sorted(compound, key=sp.default_sort_key)


def _roots(kink: Any, symbol: sp.Symbol) -> list[tuple[Any, bool]]:
    """The zeros of a polynomial, and whether they are exact."""
    try:
        polynomial = sp.Poly(kink, symbol)
        if polynomial.degree() == 1:
            return [(-polynomial.nth(0) / polynomial.nth(1), True)]
        rational = [(root, True) for root in sp.roots(polynomial, cubics=False, quartics=False)]
        zeros = polynomial.nroots(n=15) if not rational else []
        return rational + [(sp.nsimplify(z, rational=True), False) for z in zeros if z.is_real]
    except (sp.PolynomialError, NoConvergence):
        return []


# Proofs -----------------------------------------------------------------------------------------


def _proved(left: Any, right: Any, inside: Intervals, where: Any) -> bool:
    """Whether SymPy's simplifiers show that the sides are the same."""
    return left == right or any(found == 0 for found in _differences(left, right, inside, where))


def _differences(left: Any, right: Any, inside: Intervals, where: Any) -> Iterator[Any]:
    """The difference of the sides as the simplifiers leave it, the quick ones first."""
    difference = left - right
    yield sp.expand(difference)
    yield _numerator(difference)
    yield 0 if _same_product(left, right) else difference
    signs = _Signs(inside, _greater(where))
    l, r = signs(left), signs(right)
    d = l - r
    yield _numerator(signs.out(sp.expand_log(d)))
    yield 0 if _same_product(l, r, signs.out) else difference
    yield sp.expand(signs.out(sp.powsimp(sp.expand(sp.expand_log(d)))))
    yield sp.simplify(difference)
    yield sp.simplify(signs.out(sp.simplify(sp.expand_log(d))))
    yield sp.simplify(signs.out(sp.powsimp(sp.expand(sp.powdenest(d)))))
    yield sp.simplify(signs.out(sp.expand(sp.expand_power_base(d))))


def _numerator(e: Any) -> Any:
    return sp.expand(sp.fraction(sp.together(e))[0])


def _same_product(left: Any, right: Any, out: Callable[[Any], Any] = lambda e: e) -> bool:
    """Whether the logarithms of both sides agree term by term: quick where sides are products."""
    if left == 0 or right == 0:
        return False
    return sp.expand(out(sp.expand(sp.expand_log(sp.log(left) - sp.log(right))))) == 0


def _greater(where: Any) -> set[Any]:
    """What the conditions say to be positive: a − b for a > b."""
    conditions = sp.And.make_args(sp.sympify(where))
    strict = (sp.StrictGreaterThan, sp.StrictLessThan)
    return {c.gts - c.lts for c in conditions if isinstance(c, strict)}


@dataclass
class _Signs:
    """Puts a positive symbol for what is known to be positive, so that SymPy knows it too.

    Known to be positive are sums of positive terms, and what is so in the given intervals: 1 − Φ
    for Φ between 0 and 1. ``known`` are expressions that a condition makes positive.
    """

    inside: Intervals
    known: set[Any]
    names: dict[Any, Any] = field(default_factory=dict)

    def __call__(self, e: Any) -> Any:
        if e.is_Atom:
            return self._named(e) if e.is_Symbol and e.is_positive is None else e
        e = e.func(*map(self, e.args))
        if isinstance(e, sp.Pow) and e.base.is_Add:
            return self._named(e.base) ** e.exp
        if isinstance(e, sp.Mul | sp.log | sp.Abs):
            return e.func(*(self._named(part) if part.is_Add else part for part in e.args))
        return e

    def out(self, e: Any) -> Any:
        """The expression in its own symbols."""
        back = {name: meant for meant, name in self.names.items()}
        while e.free_symbols & back.keys():
            e = e.xreplace(back)
        return e

    def _named(self, part: Any) -> Any:
        for sign in (1, -1):
            if sign * part in self.names:
                return sign * self.names[sign * part]
            if (sign * part).is_positive or self._is_positive(sign * self.out(part)):
                self.names[sign * part] = sp.Dummy("p", positive=True)
                return sign * self.names[sign * part]
        return part

    def _is_positive(self, part: Any) -> bool:
        """Whether all terms of the numerator and of the denominator have one sign.

        With x = (low + high p)/(1 + p), p > 0 runs through the interval.
        """
        if part in self.known:
            return True
        admitted = {}
        for symbol, ends in self.inside.items():
            low, high = map(sp.nsimplify, ends)
            p = sp.Dummy(positive=True)
            below, above = low.is_finite, high.is_finite
            if below and above:
                admitted[symbol] = (low + high * p) / (1 + p)
            elif below or above:
                admitted[symbol] = low + p if below else high - p
        over, under = map(sp.expand, sp.fraction(sp.together(part.xreplace(admitted))))
        return bool(
            (over.is_positive and under.is_positive) or (over.is_negative and under.is_negative)
        )
