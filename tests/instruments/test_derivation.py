"""A derivation that runs must be able to fail: each kind of wrong step is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import sympy as sp

from exhibits import derivation
from exhibits.derivation import DerivationError, step

K, L, sigma, Phi = sp.symbols("K L sigma Phi", positive=True)
e = (sigma - 1) / sigma
Y = (K**e * Phi ** (1 / sigma) + L**e * (1 - Phi) ** (1 / sigma)) ** (1 / e)
INSIDE = {sigma: (0.1, 0.9), Phi: (0.1, 0.9)}


def test_a_true_step_is_printed(capsys):
    step("Euler's theorem", K * sp.diff(Y, K) + L * sp.diff(Y, L), Y, at=INSIDE)
    assert capsys.readouterr().out == "✓ Euler's theorem\n"


def test_products_of_powers_need_no_simplifier(monkeypatch, capsys):
    monkeypatch.setattr(sp, "simplify", lambda expression: expression)
    w = Y * (Y / L) ** (1 / sigma - 1) / L * (1 - Phi) ** (1 / sigma)
    R = Y * (Y / K) ** (1 / sigma - 1) / K * Phi ** (1 / sigma)
    step("w/R", w / R, (K / Phi / (L / (1 - Phi))) ** (1 / sigma), at=INSIDE)
    assert capsys.readouterr().out.startswith("✓ w/R")


def test_a_constant_step_without_symbols():
    step("one half", sp.Rational(1, 2), sp.Rational(2, 4))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (K * sp.diff(Y, K) + L * sp.diff(Y, L), Y * (1 + sp.Rational(1, 10**20))),
        (sp.diff(Y, K), sp.diff(Y, L)),
        (sp.sqrt(K**2), -K),
        (sp.Integer(1), sp.Rational(1, 3) * 2),
    ],
)
def test_a_wrong_step_is_refused_with_the_point(left, right):
    with pytest.raises(DerivationError, match=r"slip: the sides differ by .* at "):
        step("slip", left, right, at=INSIDE)


def test_a_step_without_proof_is_refused_unless_said(capsys):
    angles = sp.atan(K) + sp.atan(1 / K), sp.pi / 2
    with pytest.raises(DerivationError, match="found no proof"):
        step("angles", *angles)
    step("angles", *angles, numerically=True)
    assert "to forty digits" in capsys.readouterr().out


def test_the_points_are_the_same_in_every_run():
    messages = set()
    for _ in range(3):
        with pytest.raises(DerivationError) as error:
            step("same", K, L)
        messages.add(str(error.value))
    assert len(messages) == 1


# On the whole set that the assumptions allow ----------------------------------------------------

p, q = sp.symbols("p q", positive=True)
r, s = sp.symbols("r s", real=True)
z, w = sp.symbols("z w")
n = sp.symbols("n", integer=True)
even = sp.symbols("even", even=True)
not_negative = sp.symbols("x", nonnegative=True)
negative = sp.symbols("y", negative=True)
g = sp.Function("g")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (sp.sqrt(p**2), p),
        (sp.sqrt(not_negative**2), not_negative),
        (sp.Abs(negative), -negative),
        (sp.log(p * q), sp.log(p) + sp.log(q)),
        (sp.log(p * r), sp.log(p) + sp.log(r)),
        ((p**r) ** s, p ** (r * s)),
        (sp.log(sp.exp(r)), r),
        (sp.Pow(r, 0, evaluate=False), 1),
        (sp.Integer(-1) ** even, 1),
        (sp.floor(n), n),
        (sp.cos(z) ** 2 + sp.sin(z) ** 2, 1),
        (sp.Integral(z**2, (z, 0, p)), p**3 / 3),
        (sp.diff(p * g(p), p), g(p) + p * g(p).diff(p)),
        (sp.gamma(p + 1), p * sp.gamma(p)),
        (1e-3 * p, p / 2000 + 5e-4 * p),
        (sp.Piecewise((p, q > 1), (q, True)), sp.Piecewise((q, q <= 1), (p, True))),
    ],
)
def test_what_holds_everywhere_is_accepted_without_a_condition(left, right, capsys):
    step("true", left, right)
    assert capsys.readouterr().out == "✓ true\n"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        # the other sign
        (sp.Abs(r), r),
        (sp.sqrt(r**2), r),
        ((r**2) ** sp.Rational(3, 2), r**3),
        (sp.log(r * s), sp.log(r) + sp.log(s)),
        (sp.log(r**2), 2 * sp.log(r)),
        (sp.sqrt(r * s), sp.sqrt(r) * sp.sqrt(s)),
        ((r**p) ** q, r ** (p * q)),
        (sp.atan(r) + sp.atan(1 / r), sp.pi / 2),
        # complex numbers
        (sp.sqrt(z**2), z),
        (sp.log(z * w), sp.log(z) + sp.log(w)),
        ((z**r) ** s, z ** (r * s)),
        ((p**z) ** w, p ** (z * w)),
        (sp.log(sp.exp(z)), z),
        (sp.conjugate(z), z),
        # zero, other integers
        (sp.Integer(0) ** not_negative, 0),
        (sp.Mul(not_negative, 1 / not_negative, evaluate=False), 1),
        (sp.sign(not_negative), 1),
        (sp.Integer(-1) ** n, 1),
        (n**2, n),
        # far away
        (sp.Abs(p - 10**9), 10**9 - p),
        (sp.Max(p, 10**9), sp.Integer(10) ** 9),
        (sp.floor(p / 10**5), 0),
        (sp.Piecewise((r, r < 5), (5, True)), r),
        (sp.asin(sp.sin(r)), r),
        (sp.exp(-p), 0),
        # another piece
        (sp.Piecewise((r, r > 0), (0, True)), r),
        (sp.Piecewise((1, sp.Eq(r, 7)), (0, True)), 0),
        (sp.Piecewise((r**2, sp.Ne(r, sp.Rational(22, 7))), (0, True)), r**2),
        (sp.Piecewise((0, sp.Abs(r) < sp.Rational(1, 10**9)), (r, True)), r),
        # where a side is not defined
        ((r**2 - 1) / (r - 1), r + 1),
        ((p**2 - 49) / (p - 7), p + 7),
        ((p**2 - q**2) / (p - q), p + q),
        ((p - q) / (sp.sqrt(p) - sp.sqrt(q)), sp.sqrt(p) + sp.sqrt(q)),
        ((p**4 - 9) / (p**2 - 3), p**2 + 3),
        ((7 * r - 3) ** 2 / (7 * r - 3), (7 * r - 3) ** 2 / sp.Abs(7 * r - 3)),
        (sp.diff(p * g(p), p), g(p) + g(p).diff(p)),
    ],
)
def test_what_fails_somewhere_is_refused_with_the_point_and_both_values(left, right):
    point = r"(the sides differ by \S+ at .* = .*: \S+.* and \S+|is not defined at .* = .*, where)"
    with pytest.raises(DerivationError, match=f"slip: .*{point}"):
        step("slip", left, right)


def test_a_step_that_needs_more_says_what(capsys):
    cancelled = ((p**2 - q**2) / (p - q), p + q)
    with pytest.raises(DerivationError, match="agree for positive r: declare that, or say"):
        step("root", sp.sqrt(r**2), r)
    step("root", sp.sqrt(r**2), r, at={r: (0, sp.oo)})
    step("root", sp.sqrt(r**2), -r, at={r: (-sp.oo, 0)})
    step("root", sp.sqrt((1 - p) ** 2), 1 - p, at={p: (0, 1)})
    step("root", sp.sqrt((q - p) ** 2), q - p, where=q > p)
    with pytest.raises(DerivationError, match=r"say so: where=sp.Ne\(p - q, 0\)"):
        step("cancelled", *cancelled)
    step("cancelled", *cancelled, where=sp.Ne(p, q))
    step("more than is needed", (p + q) ** 2, p**2 + 2 * p * q + q**2, at={p: (0, 1)}, where=p > q)
    assert capsys.readouterr().out.splitlines() == [
        "✓ root (for 0 < r)",
        "✓ root (for r < 0)",
        "✓ root (for 0 < p < 1)",
        "✓ root (for q > p)",
        "✓ cancelled (for p ≠ q)",
        "✓ more than is needed",
    ]


def test_symbols_of_one_name_are_different_symbols(capsys):
    other = sp.symbols("p")
    step("a square", (p + other) ** 2, p**2 + 2 * p * other + other**2)
    assert capsys.readouterr().out == "✓ a square\n"
    with pytest.raises(DerivationError, match="differ"):
        step("twins", p, other)


def test_an_assumption_is_enough_only_where_it_is_said():
    with pytest.raises(DerivationError, match="differ"):
        step("root", sp.sqrt((1 - p) ** 2), 1 - p, at={p: (0, 2)})
    with pytest.raises(ValueError, match=r"p: no test value .* \(2, 1\)"):
        step("root", sp.sqrt((1 - p) ** 2), 1 - p, at={p: (2, 1)})


def test_nothing_is_forced():
    """With force, SymPy applies rules where the assumptions do not license them."""
    source = Path(derivation.__file__).read_text("utf8")
    assert "force" not in source.replace("nothing is forced", "")
