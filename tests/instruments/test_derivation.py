"""A derivation that runs must be able to fail: each kind of wrong step is refused."""

from __future__ import annotations

import pytest
import sympy as sp

from aiecon.derivation import DerivationError, step

K, L, sigma, Phi = sp.symbols("K L sigma Phi", positive=True)
e = (sigma - 1) / sigma
Y = (K**e * Phi ** (1 / sigma) + L**e * (1 - Phi) ** (1 / sigma)) ** (1 / e)
INSIDE = {sigma: (0.1, 0.9), Phi: (0.1, 0.9)}


def test_a_true_step_is_printed(capsys):
    step("Euler's theorem", K * sp.diff(Y, K) + L * sp.diff(Y, L), Y, at=INSIDE)
    assert capsys.readouterr().out == "✓ Euler's theorem\n"


def test_products_of_powers_need_no_simplifier(monkeypatch, capsys):
    monkeypatch.setattr("aiecon.derivation._vanishes", lambda expression: False)
    w = Y * (Y / L) ** (1 / sigma - 1) / L * (1 - Phi) ** (1 / sigma)
    R = Y * (Y / K) ** (1 / sigma - 1) / K * Phi ** (1 / sigma)
    step("w/R", w / R, (K / Phi / (L / (1 - Phi))) ** (1 / sigma), at=INSIDE)
    assert capsys.readouterr().out == "✓ w/R\n"
    with pytest.raises(DerivationError, match="found no proof"):  # sums are not its business
        step("a square", (K + L) ** 2, K**2 + 2 * K * L + L**2)


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


def test_a_step_without_proof_is_refused_unless_said(monkeypatch, capsys):
    monkeypatch.setattr("aiecon.derivation._vanishes", lambda expression: False)
    with pytest.raises(DerivationError, match="found no proof"):
        step("a square", (K + L) ** 2, K**2 + 2 * K * L + L**2)
    step("a square", (K + L) ** 2, K**2 + 2 * K * L + L**2, numerically=True)
    assert "to forty digits" in capsys.readouterr().out


def test_the_points_are_the_same_in_every_run():
    messages = set()
    for _ in range(3):
        with pytest.raises(DerivationError) as error:
            step("same", K, L)
        messages.add(str(error.value))
    assert len(messages) == 1
