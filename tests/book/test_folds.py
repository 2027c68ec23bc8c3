"""Folds are named after what is inside."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import folds  # noqa: E402

FIGURE = '<figure ids="fig-x"><image alt="A line." uri="x.svg"/></figure>'


@pytest.mark.parametrize(
    ("code", "output", "name"),
    [
        ("import sympy as sp\n\nx = sp.symbols('x')", "", "Setting up"),
        ("from aiecon import kuhle\n\n\ndef half(x):\n    return x / 2", "", "Setting up"),
        ("import numpy as np\nprint(np.pi)", "<literal_block>3.14</literal_block>", "The code"),
        ("import sympy as sp\nstep('w', 1, 1)", "<raw>✓ w</raw>", "The algebra, checked"),
        ("derivation.step('w', 1, 1)", "", "The algebra, checked"),
        ("steps = 3\nstepwise(steps)", "", "The code"),
        ("fig, ax = panels()\nfig", FIGURE, "How this figure is drawn"),
        ("import numpy as np\nfig", FIGURE, "How this figure is drawn"),
        ("show()", '<raw><div class="explorer"><svg/></div></raw>', "How this explorer is made"),
        ("ledger.full_table()", '<raw><table class="ledger"/></raw>', "How this table is made"),
        ("Markdown(lines)", "<table><tgroup/></table>", "How this table is made"),
        ("assert 1 + 1 == 2", "", "The check"),
        ("np.testing.assert_allclose(a, b)", "", "The check"),
        ("%matplotlib inline\nimport numpy as np", "", "Setting up"),
        ("this is no Python", "", "The code"),
        ("", "", "The code"),
    ],
)
def test_a_hidden_cell_is_called_what_it_does(code, output, name):
    assert folds.fold_name(code, output) == name
