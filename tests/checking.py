"""One test of the checks of a chapter: the solution passes, the usual mistakes and garbage do not.

test_answers = of(
    {
        "ku.plateau.1": Case(
            right=lambda: (kuhle.indifference_gamma(now, twice),),
            wrong={"the vertex at a": wrong(2.376, says="unchanged"), ...},
        ),
    }
)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import getsource
from sys import modules
from typing import Any

import numpy as np
import pytest

from exhibits import answers
from exhibits.check import check, exercises

Answers = tuple[Any, ...]


@dataclass(frozen=True)
class Wrong:
    answers: Answers
    says: str  # a fragment of what is said of it


def wrong(*answers: Any, says: str = "") -> Wrong:
    """A plausible wrong answer, and words that the message must have."""
    return Wrong(answers, says)


@dataclass(frozen=True)
class Case:
    """``right`` is the solution, computed when it is asked for; ``also`` are other right answers,
    such as the solution rounded; ``wrong`` has three usual mistakes or more, each with its name."""

    right: Callable[[], Answers]
    wrong: Mapping[str, Wrong]
    also: tuple[Answers, ...] = ()


#: What is an answer to nothing, each with its name.
GARBAGE: dict[str, Any] = {
    "None": None,
    "an ellipsis": ...,
    "not a number": float("nan"),
    "infinity": float("inf"),
    "true": True,
    "words": "forty-two",
    "no words": "",
    "a number as text": "3.14",
    "a complex number": 1 + 2j,
    "a class": dict,
    "an object": object(),
    "a dictionary": {"a": 1},
    "an empty list": [],
    "a ragged list": [[1, 2], [3]],
    "a list of None": [None, None],
    "a matrix of NaN": np.full((2, 2), np.nan),
    "a huge array": np.zeros(2_000_000),
    "a huge number": 10**400,
    "a huge text": "x " * 1_000_000,
    "a function of nothing": lambda: 1.0,
    "a function that gives None": lambda *x: None,
    "a function that stops": lambda *x: 1 / 0,
    "a module": np,
}


def _written(id: str, garbage: Any) -> bool:
    """Whether the exercise asks for words and these are some: no program tells that from sense."""
    kinds = answers.DEFINITIONS[id].kinds
    return isinstance(garbage, str) and any(isinstance(k, answers.Text) for k in kinds)


def of(cases: Mapping[str, Case]) -> Callable[..., None]:
    """The test of a chapter: assign it to a name that begins with ``test_``."""

    @pytest.mark.parametrize("id", cases)
    def test(id: str) -> None:
        holds(id, cases[id])

    return test


def holds(id: str, case: Case) -> None:
    chapter = id.rpartition(".")[0]
    assert id in exercises(chapter), f"{id} has no check; there are {exercises(chapter)}"
    right = case.right()
    for given in (right, *case.also):
        done = check(id, *given)
        assert done.passed is not False, f"{id}: a right answer {given} is refused: {done}"
    in_words = all(isinstance(kind, answers.Text) for kind in answers.DEFINITIONS[id].kinds)
    assert len(case.wrong) >= (0 if in_words else 3), f"{id}: name three usual mistakes"
    numbers = {f"{x:.3g}" for x in right if isinstance(x, float)}
    secret = {n for n in numbers if len(re.sub(r"^[-0.]+|\.", "", n)) >= 3}
    source = getsource(modules[answers.DEFINITIONS[id].holds.__module__])
    written = {digits for digits in secret if re.search(rf"(?<![\w.]){re.escape(digits)}", source)}
    assert not written, f"{id}: the definition has the answer {written}"
    for name, mistake in case.wrong.items():
        done = check(id, *mistake.answers)
        assert done.passed is False, f"{id}, {name}: passes"
        assert mistake.says in done.message, f"{id}, {name}: {done.message}"
        assert "The check stops" not in done.message, f"{id}, {name}: {done.message}"
        given = {f"{x:.3g}" for x in mistake.answers if isinstance(x, float)}
        told = set(re.findall(r"-?\d+(?:\.\d+)?", done.message)) - given
        assert not told & secret, f"{id}, {name}: gives the answer away: {done.message}"
    for name, garbage in GARBAGE.items():
        if _written(id, garbage):
            continue
        for place in range(len(right)):
            done = check(id, *right[:place], garbage, *right[place + 1 :])
            assert done.passed is False, f"{id}: {name} passes as answer {place + 1}"
            assert "The check stops" not in done.message, f"{id}, {name}: {done.message}"
            assert len(done.message) < 500, f"{id}, {name}: a message of {len(done.message)}"
    for count in {0, len(right) + 1}:
        assert "asks for" in check(id, *[1.0] * count).message
