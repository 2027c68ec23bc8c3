"""What must be true of the answers to the exercises on the counterweight."""

from __future__ import annotations

import numpy as np

from aiecon import acemoglu as ac
from aiecon import korinek_suh as ks
from exhibits.answers import Array, Choice, Number, Text, answer, expect, same

K0, PHI = 4.6, 0.608
CHANGES = np.array([0.01, 0.05, 0.1, 0.2])


@answer("ac.1", Number("the rise", least=0), Choice("abcd"))
def which_input(rise, choice):
    """The number is a product; the input to measure again is the one that is known least."""
    expect(rise < 1, "The rise is asked as a share of the number itself: 0.5 is half as much again")
    exact = ac.tfp(ac.Parameters(profitable=0.23 * 1.1)) / ac.tfp(ac.Parameters())
    expect(abs(1 + rise - exact) < 1e-3, "Put a tenth more of one input into the product")
    said = {
        "a": "Exposure was measured for many tasks; another input comes from one technology alone",
        "c": "The saving is the mean of two experiments; another input rests on one study",
        "d": "Labour's share is in the national accounts",
    }
    expect(same(choice, "dc5cc012c099"), said.get(choice, ""))


@answer("ac.2", Number("the capital share", share=True))
def the_introduction(share):
    """With this share 0.53% of productivity is 0.90% of GDP."""
    expect(share < 1, "If capital earned everything GDP would have no multiple")
    found = float(ac.gdp(0.53, ac.Parameters(capital_share=share)))
    expect(abs(found - 0.90) < 0.008, f"With your share 0.53% becomes {found:.2f}%")


@answer("ac.3", Array("the errors", shape=(4,)))
def large_changes(errors):
    """Hulten's number is too high, more than in proportion to the change."""
    expect(
        errors > 0, "The more tasks are automated, the less the next one saves: Hulten is too high"
    )
    expect(errors < 5, "The errors are shares of the exact number: 0.5 is half too high")
    expect(np.diff(errors) > 0, "The larger the change, the larger the error")
    now = ks.equilibrium(K0, PHI)
    labor, capital = (float(x / 0.5) ** 0.5 for x in (now.wage, now.rental_rate))
    exact = np.log(ks.equilibrium(K0, PHI + CHANGES).output / now.output)
    ratio = 2 * (labor - capital) * CHANGES / exact
    own = abs(errors[-1] - (1 - 1 / ratio[-1])) < 0.01
    expect(not own, "Too high by a share of the exact number, not of its own")
    expect(
        abs(errors / (ratio - 1) - 1) < 0.06,
        "Compare logs: the saving times the change with the difference of ln Y, at the capital of "
        "year 0",
    )


@answer("ac.4", Array("the gains", shape=(4,)), Choice("abc"))
def meeting_in_the_middle(gains, choice):
    """Easy substitution lowers the gain towards ln(w/R) times the change, and no further."""
    expect(gains > 0, "Automation raises output at given capital: all gains are positive")
    expect(np.diff(gains) < 0, "The easier tasks replace each other, the less a cheap one gains")
    found = []
    for sigma in (0.2, 0.5, 0.9, 0.999):
        p = ks.Parameters(sigma=sigma)
        after, before = (ks.equilibrium(K0, x, p).output for x in (PHI + 0.046, PHI))
        found.append(float(np.log(after / before)))
    expect(abs(gains / found - 1) < 0.06, "The gain in ln Y from Φ = 0.608 to 0.654 is another one")
    said = {"a": "By your own numbers a lower σ raises the gain", "b": "Look at your last number"}
    expect(same(choice, "c92213c42247"), said.get(choice, ""))


@answer(
    "ac.5",
    Number("the lower end", least=0),
    Number("the upper end", least=0),
    Text("your reasons", words=30),
)
def your_forecast(low, high, text):
    """A forecast to compare."""
    expect(low < high, "An interval has a lower end and an upper end above it")
    expect(high < 1, "The ends are shares: 0.01 is one per cent in ten years")
    return [
        "a source for each of the four inputs, and what it measures",
        "an interval for each input, and whether the ends of the result take all low and all high",
        "which of the two papers the interval contains",
        "which input is a guess",
    ]
