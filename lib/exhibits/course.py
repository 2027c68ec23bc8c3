"""How long a chapter takes to read and to teach, measured from its source; what needs what.

Nothing here is typed twice: words, equations, figures and statements of each section, the short
path, levels and minutes of the exercises, the objectives and the chapters that are needed stand in
the chapters, and :func:`read` takes them from there. The paces are ours: see :data:`BOARD`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

__all__ = ["BOARD", "HOME", "Chapter", "Exercise", "Schedule", "Section", "book", "read"]

ROOT = Path(__file__).resolve().parents[2]
#: What the chapters said, in a copy of the library without them: a notebook carries one.
CARRIED = Path(__file__).with_name("course.json")

#: Minutes in class: a word told, an equation on its line, a figure explained, a statement proved.
BOARD = {"words": 1 / 140, "equations": 1.5, "figures": 2.0, "statements": 3.0}
#: Minutes at home, with a pen.
HOME = {"words": 1 / 150, "equations": 1.5, "figures": 1.5, "statements": 3.0}

#: What every class has besides sections: minutes, in this order around them.
QUESTION, EXPLORER, PAIRS, CLOSE = 5, 8, 10, 5
LEAST = 3  # minutes for a section that is taught at all
LEVELS = ("Warm-up", "Standard", "Challenge", "Open")

#: Sections that end every chapter, and are no part of the derivation.
_LAST = re.compile(
    r"exercises|summary|sources|where it is fragile|what .* we get$|what .* models imply$", re.I
)
_LINE = re.compile(rf"\*({'|'.join(LEVELS)}) · \d points · (\d+) minutes\.\*")


@dataclass(frozen=True)
class Section:
    """A section with all that stands below its heading up to the next of the same depth."""

    title: str
    short: bool = True  # on the short path
    words: int = 0
    equations: int = 0
    figures: int = 0
    statements: int = 0

    def minutes(self, pace: dict[str, float] = BOARD) -> float:
        """What its parts take, at minutes for each.

        >>> Section("A", words=280, equations=2, figures=1, statements=1).minutes()
        10.0
        """
        return sum(getattr(self, part) * each for part, each in pace.items())


@dataclass(frozen=True)
class Exercise:
    label: str
    title: str
    number: str
    level: str
    minutes: int


@dataclass(frozen=True)
class Chapter:
    """What a chapter's source says of itself; ``name`` is its path, as ``kuhle/plateau``."""

    name: str
    number: int
    title: str
    sections: tuple[Section, ...]
    exercises: tuple[Exercise, ...] = ()
    objectives: tuple[tuple[str, tuple[str, ...]], ...] = ()  # in words, labels of exercises
    needs: tuple[tuple[str, str], ...] = ()  # name of a chapter, needed or helpful
    counts: dict[str, int] = field(default_factory=dict)  # over all sections and the first screen

    @property
    def home(self) -> int:
        """Minutes to read it, without its exercises."""
        return round(sum(self.counts[part] * each for part, each in HOME.items()))

    def plan(self, minutes: int) -> list[tuple[int, int, str]]:
        """From, to and what: a class of so many minutes, the short path if they are under 90.

        Question and bet, the explorer, the sections in proportion to what they take at the board, a
        warm-up in pairs, the ledger. ValueError if there is no time for the sections.
        """
        taught = [s for s in self.sections if s.short or minutes >= 90]
        warm = [e for e in self.exercises if e.level == "Warm-up"][:1]
        pairs = min(warm[0].minutes, PAIRS) if warm else 0
        left = minutes - QUESTION - EXPLORER - pairs - CLOSE
        if left < LEAST * len(taught):
            raise ValueError(
                f"minutes = {minutes}: the {len(taught)} sections of {self.title} need "
                f"{LEAST * len(taught)} besides the {minutes - left} for question, explorer, "
                "exercise and close; take a longer class, or mark a shorter path in the chapter"
            )
        parts = [("The question, and the bet", QUESTION), ("The explorer", EXPLORER)]
        shares = spread([s.minutes() for s in taught], left, LEAST)
        parts += [(s.title, n) for s, n in zip(taught, shares, strict=True)]
        if warm:
            parts.append((f"In pairs: Exercise {warm[0].number}, {warm[0].title}", pairs))
        parts.append(("The ledger, where it is fragile, what is next", CLOSE))
        out, at = [], 0
        for what, n in parts:
            out.append((at, at + n, what))
            at += n
        return out


def spread(weights: Sequence[float], total: int, least: int = 0) -> list[int]:
    """``total`` in whole parts in proportion to ``weights``, none under ``least``.

    By largest remainders; what lies under the least is lifted, and the others share the rest.

    >>> spread([1, 1, 2], 10)
    [3, 2, 5]
    >>> spread([1, 1, 98], 20, least=3)
    [3, 3, 14]
    """
    low: set[int] = set()
    while True:
        rest = [i for i in range(len(weights)) if i not in low]
        free = total - least * len(low)
        whole = sum(weights[i] for i in rest)
        shares = {i: free * weights[i] / whole if whole else free / len(rest) for i in rest}
        under = {i for i, share in shares.items() if share < least}
        if not under or under == set(rest):
            break
        low |= under
    parts = [int(shares.get(i, least)) for i in range(len(weights))]
    order = sorted(shares, key=lambda i: (int(shares[i]) - shares[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


# From the source --------------------------------------------------------------------------------


def read(source: str, name: str, number: int) -> Chapter:
    """A chapter from its MyST source."""
    text = re.sub(r"(?s)\A---\n.*?\n---\n", "", source)
    text = re.sub(r"(?ms)^```\{solution-start\}.*?^```\{solution-end\}\n```", "", text)
    title = re.search(r"(?m)^# (.+)", text)
    exercises = tuple(_exercises(text, number))
    body = re.sub(r"(?ms)^```\{exercise-start\}.*?^```\{exercise-end\}\n```", "", text)
    fold = re.search(r"(?ms)^(`{4,})\{dropdown\}[^\n]*\n:class-container: needed\n(.*?)^\1$", body)
    if fold:
        body = body.replace(fold[0], "")
    body = re.sub(r"(?m)^\([\w-]+\)=\n", "", _prose(body))
    body = re.sub(r"(?m)^\{[^}\n]*\bshort-path\b[^}\n]*\}\n(#+) ", r"\1 !", body)
    first, *pieces = re.split(r"(?m)^(?=#{2,3} )", body)
    grouped: list[tuple[str, list[tuple[dict[str, int], bool]]]] = []
    for piece in pieces:
        heading = piece.split("\n", 1)[0].strip("# !")
        if not piece.startswith("###"):
            grouped.append((_plain(heading), []))
        whole = grouped[-1][1] and grouped[-1][1][0][1]  # a mark on a section holds below it
        grouped[-1][1].append((_count(piece), bool(whole) or "# !" in piece[:5]))
    found = [section for title, parts in grouped for section in _sections(title, parts)]
    counts = _count(first)
    for part in counts:
        counts[part] += sum(getattr(section, part) for section in found)
    taught = [section for section in found if not _LAST.match(section.title)]
    if not any(section.short for section in taught):  # none marked: all of it
        taught = [replace(section, short=True) for section in taught]
    return Chapter(
        name,
        number,
        _plain(title[1]) if title else name,
        tuple(taught),
        exercises,
        tuple(_objectives(fold[2])) if fold else (),
        tuple(_needs(fold[2], name)) if fold else (),
        counts,
    )


def _sections(title: str, parts: list[tuple[dict[str, int], bool]]) -> Iterable[Section]:
    """A section; where some of its subsections are on the short path, these, and the rest."""
    for short in (True, False):
        counts = [count for count, on in parts if on == short]
        if counts:
            rest = ", the rest" if len(counts) < len(parts) and not short else ""
            total = {part: sum(count[part] for count in counts) for part in counts[0]}
            yield Section(title + rest, short, **total)


def _prose(text: str) -> str:
    """Without code, whose figures are counted by their names."""

    def cell(match: re.Match) -> str:
        return "FIGURE\n\n" if re.search(r"(?m)^ +name: fig-", match[0]) else ""

    text = re.sub(r"(?ms)^```\{code-cell\}.*?^```$", cell, text)
    return re.sub(r"(?ms)^:::+\{admonition\} (?:First|Second) hint.*?^:::+$", "", text)


def _count(piece: str) -> dict[str, int]:
    statement = r"(?m)^(?:`{3,}|:{3,})\{prf:(?:theorem|proposition|lemma|corollary)\}"
    words = re.sub(r"(?s)\$\$.*?\$\$(?: \([\w-]+\))?", " ", piece)
    words = re.sub(r"(?m)^(?:`{3,}|:{3,}|FIGURE|:[\w-]+:).*$", " ", words)
    return {
        "words": len(re.findall(r"[^\W\d_]{2,}", re.sub(r"\$[^$\n]*\$", " x ", words))),
        "equations": len(re.findall(r"(?m)^\$\$", piece)) // 2,
        "figures": piece.count("FIGURE"),
        "statements": len(re.findall(statement, piece)),
    }


def _exercises(text: str, number: int) -> Iterable[Exercise]:
    pattern = (
        r"(?ms)^```\{exercise-start\} *([^\n]*)\n:label: ([\w-]+)\n```\n(.*?)^```\{exercise-end\}"
    )
    for order, (title, label, body) in enumerate(re.findall(pattern, text), 1):
        if (said := _LINE.search(body)) is None:
            raise ValueError(
                f"{label}: the exercise does not say its level, points and minutes; begin it with "
                "*Warm-up · 2 points · 10 minutes.*"
            )
        yield Exercise(label, _plain(title), f"{number}.{order}", said[1], int(said[2]))


def _objectives(fold: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    said = re.search(r"(?ms)After this chapter you can:?\s*\n\n(.*?)(?:\n\n|\Z)", fold)
    for item in re.split(r"(?m)^- ", said[1] if said else "")[1:]:
        labels = tuple(re.findall(r"\{ref\}`(ex-[\w-]+)`", item))
        words = re.sub(r"\(?\{ref\}`ex-[\w-]+`(?:, |\))?", "", item)
        yield _plain(words).strip(" ;.,"), labels


def _needs(fold: str, name: str) -> Iterable[tuple[str, str]]:
    """The chapters that the table of what is needed links to."""
    paper = name.split("/")[0]
    for row in re.findall(r"(?m)^\|.*\|.*\|$", fold):
        level = "needed" if "needed" in row.rsplit("|", 2)[1] else "helpful"
        for link in re.findall(r"\]\(([\w./]+)\.md\)", row):
            yield (link.removeprefix("../") if "/" in link else f"{paper}/{link}"), level


#: Of TeX and Markdown in titles and objectives, what a plain line has instead.
_GREEK = {"sigma": "σ", "gamma": "γ", "Phi": "Φ", "eta": "η", "rho": "ρ", "ldots": "…", "dots": "…"}


def _plain(text: str) -> str:
    text = re.sub(r"\{[\w:]+\}`([^`<]*?)(?: <[^>]*>)?`", r"\1", text)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\\([A-Za-z]+) ?", lambda m: _GREEK.get(m[1], m[1]), text)
    return " ".join(re.sub(r"[*$`]", "", text).split())


# The book ---------------------------------------------------------------------------------------


def book(root: Path = ROOT) -> Schedule:
    """The chapters that have exercises, in order, from their sources beside the library.

    A copy that a notebook carries has no sources; it has what they said (:meth:`Schedule.packed`).
    """
    if CARRIED.is_file():
        return unpacked(CARRIED.read_text("utf8"))
    names = re.findall(r"file: chapters/(?!reference/)(\w+/\w+)", _contents(root))
    sources = ((root / "chapters" / f"{name}.md").read_text("utf8") for name in names)
    pairs = enumerate(zip(names, sources, strict=True), 1)
    return Schedule([read(source, name, number) for number, (name, source) in pairs])


def _contents(root: Path) -> str:
    file = root / "_toc.yml"
    if not file.is_file():
        raise FileNotFoundError(
            "The times are measured from the chapters' sources, which are not beside this copy of "
            "the library. Run this page in a copy of the whole book."
        )
    return file.read_text("utf8")


def unpacked(text: str) -> Schedule:
    """What :meth:`Schedule.packed` wrote."""
    return Schedule([_unpacked(**said) for said in json.loads(text)])


def _unpacked(objectives: Sequence, needs: Sequence, **said: Any) -> Chapter:
    for name, kind in (("sections", Section), ("exercises", Exercise)):
        said[name] = tuple(kind(**one) for one in said[name])
    tested = tuple((words, tuple(labels)) for words, labels in objectives)
    return Chapter(objectives=tested, needs=tuple((n, level) for n, level in needs), **said)


@dataclass(frozen=True)
class Schedule:
    """The chapters, and tables about them for the page on teaching."""

    chapters: Sequence[Chapter]

    def packed(self) -> str:
        """JSON from which :func:`unpacked` makes the same."""
        return json.dumps([asdict(chapter) for chapter in self.chapters], ensure_ascii=False)

    def __getitem__(self, name: str) -> Chapter:
        return next(c for c in self.chapters if c.name == name)

    @cached_property
    def depth(self) -> dict[str, int]:
        """How many chapters a chapter waits for, one after the other."""
        found: dict[str, int] = {}
        for chapter in self.chapters:
            before = [found.get(n, 0) for n, level in chapter.needs if level == "needed"]
            found[chapter.name] = 1 + max(before, default=-1)
        return found

    @cached_property
    def direct(self) -> dict[str, list[str]]:
        """What each chapter needs, without what it needs by way of another, or finds helpful."""
        before: dict[str, set[str]] = {}
        found = {}
        for c in self.chapters:
            needed = [name for name, level in c.needs if level == "needed"]
            implied = set().union(*(before.get(name, set()) for name in needed))
            before[c.name] = implied.union(needed)
            found[c.name] = [name for name in needed if name not in implied]
        return found

    def lengths(self) -> Table:
        """What a chapter has, and how long it takes to read and to solve."""
        rows: list[list[str | int]] = []
        for c in self.chapters:
            levels = [e.level for e in c.exercises]
            by_level = " + ".join(str(levels.count(level)) for level in LEVELS)
            solve = sum(e.minutes for e in c.exercises)
            counts = [f"{c.counts[part]:,}" for part in HOME]
            rows.append([f"{c.number}. {_link(c)}", *counts, c.home, by_level, solve])
        head = ["Chapter", *map(str.capitalize, HOME), "Minutes to read"]
        head += ["Exercises", "Minutes to solve"]
        return Table(head, rows)

    def plans(self) -> Folds:
        """Minute by minute, and which exercise tests which objective."""
        return Folds([(f"{c.number}. {c.title}", _plan(c) + _tested(c)) for c in self.chapters])

    def weeks(self, plan: Sequence[tuple[str, Sequence[str], str]], unit: str = "Week") -> Table:
        """``plan``: when, names of chapters, what the session turns on."""
        rows: list[list[str | int]] = []
        for when, names, question in plan:
            chapters = [self[name] for name in names]
            minutes = sum(chapter.home for chapter in chapters)
            linked = ", ".join(map(_link, chapters))
            rows.append([when, linked or "–", html.escape(question), minutes or "–"])
        return Table([unit, "Read before", "What the session turns on", "Minutes to read"], rows)


def _plan(chapter: Chapter) -> str:
    short, long = ({what: f"{a}–{b}" for a, b, what in chapter.plan(n)} for n in (75, 90))
    rows = [[html.escape(what), short.get(what, "–"), when] for what, when in long.items()]
    board = round(sum(section.minutes() for section in chapter.sections))
    table = Table(["Part", "75 minutes", "90 minutes"], rows)
    return f"{table}<p>Told, derived and shown in full the sections would take {board} minutes.</p>"


def _tested(chapter: Chapter) -> str:
    by = {exercise.label: exercise for exercise in chapter.exercises}
    rows = []
    for words, labels in chapter.objectives:
        links = [_exercise(chapter, by[label]) for label in labels if label in by]
        rows.append([html.escape(words), ", ".join(links) or "–"])
    return str(Table(["Students can then", "Tested by"], rows)) if rows else ""


def _link(chapter: Chapter) -> str:
    return f'<a href="../{chapter.name}.html">{html.escape(chapter.title.partition(":")[0])}</a>'


def _exercise(chapter: Chapter, exercise: Exercise) -> str:
    return f'<a href="../{chapter.name}.html#{exercise.label}">Exercise {exercise.number}</a>'


@dataclass(frozen=True)
class Table:
    """HTML cells under plain headings; numbers stand to the right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{name}</th>' for name in self.head)
        body = "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in self.rows
        )
        return f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    __str__ = _repr_html_


@dataclass(frozen=True)
class Folds:
    """Pieces of HTML, each behind its title."""

    folds: Sequence[tuple[str, str]]

    def _repr_html_(self) -> str:
        return "".join(
            f'<details class="fold"><summary>{html.escape(title, quote=False)}</summary>'
            f"{body}</details>"
            for title, body in self.folds
        )
