"""Tells whether an answer to an exercise is right, and if not what is wrong with it.

    check("ku.plateau.1", gamma)

The ids are those of the exercises. What is checked stands in
``exhibits/<paper>/<chapter>_checks.py`` (:mod:`exhibits.answers` says how); the answers stand
nowhere: single numbers and letters are known by their hashes alone. That keeps an honest reader
from seeing them; who lets a program try all numbers would find them.

    python -m exhibits.check --hash ID VALUE [DIGITS]     the hash of a number, or of letters
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .answers import ASKED, DEFINITIONS, Definition, NotYet, hashed

__all__ = ["Checked", "check", "exercises"]


@dataclass(frozen=True, repr=False)
class Checked:
    """What came out: ``passed`` is None where somebody has to read the answer."""

    passed: bool | None
    message: str

    def __repr__(self) -> str:
        lead = {True: "✓", False: "Not yet:", None: "To compare:"}[self.passed]
        return f"{lead} {self.message}"

    def _repr_markdown_(self) -> str:
        return re.sub(r"([\\`*_{}\[\]<>$|~#])", r"\\\1", repr(self))


def check(id: str, *answers: Any) -> Checked:
    """Whether the answers to the exercise ``id`` are right; if not, a sentence says why.

    Several answers may also be given as one tuple. ValueError if there is no such exercise.

    >>> check("ku.plateau.1", None)
    Not yet: γ is asked as a number; this is nothing yet.
    """
    definition = _definition(id)
    kinds = definition.kinds
    if len(answers) == 1 < len(kinds) and isinstance(answers[0], tuple | list):
        answers = tuple(answers[0])
    if len(answers) != len(kinds):
        names = ", ".join(kind.name for kind in kinds)
        asked = "one answer" if len(kinds) == 1 else f"{len(kinds)} answers"
        return Checked(False, f"{id} asks for {asked} ({names}); here are {len(answers)}.")
    asking = ASKED.set(id)
    try:
        with np.errstate(all="ignore"):
            read = [kind.read(given) for kind, given in zip(kinds, answers, strict=True)]
            points = definition.holds(*read)
    except NotYet as wrong:
        return Checked(False, _sentence(str(wrong)))
    except ValueError as refused:  # by the model, in a sentence
        return Checked(False, _sentence(f"The model does not take this: {refused}"))
    except Exception as stopped:
        what = f"{type(stopped).__name__}: {stopped}"[:200]
        return Checked(False, _sentence(f"The check stops at this answer ({what})"))
    finally:
        ASKED.reset(asking)
    if points:  # of a text
        return Checked(None, "; ".join(points) + ".")
    return Checked(True, " ".join((definition.holds.__doc__ or "").split()))


def _sentence(words: str) -> str:
    text = " ".join(words.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."


def exercises(chapter: str = "") -> tuple[str, ...]:
    """The ids of all exercises that have a check, or of those of a chapter.

    >>> exercises("ku.plateau")[:2]
    ('ku.plateau.1', 'ku.plateau.2')
    """
    _load()
    ids = (id for id in DEFINITIONS if not chapter or _chapter(id) == chapter)
    return tuple(sorted(ids, key=lambda id: (_chapter(id), int(id.rpartition(".")[2]))))


def _definition(id: str) -> Definition:
    known = exercises()
    if isinstance(id, str) and id in DEFINITIONS:
        return DEFINITIONS[id]
    if not isinstance(id, str):
        raise ValueError('The id of the exercise comes first, as a text: check("ku.plateau.1", …)')
    chapter = _chapter(id.strip().lower())
    if here := chapter and exercises(chapter):
        raise ValueError(f"id = {id!r}: no exercise has it. There are {', '.join(here)}.")
    chapters = dict.fromkeys(map(_chapter, known))
    raise ValueError(
        f"id = {id!r}: no exercise has it. The ids begin with {', '.join(chapters)}; each "
        "exercise says its own."
    )


def _chapter(id: str) -> str:
    return id.rpartition(".")[0]


@cache
def _load() -> None:
    papers = importlib.import_module("exhibits").__path__
    for paper in pkgutil.iter_modules(papers, "exhibits."):
        if paper.ispkg:
            inside = importlib.import_module(paper.name).__path__
            for module in pkgutil.iter_modules(inside, f"{paper.name}."):
                if module.name.endswith("_checks"):
                    importlib.import_module(module.name)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m exhibits.check", description=__doc__)
    parser.add_argument("--hash", nargs="+", metavar=("ID", "VALUE"), required=True)
    id, value, *digits = parser.parse_args().hash
    print(hashed(id, value, *map(int, digits)))


if __name__ == "__main__":
    main()
