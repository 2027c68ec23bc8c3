"""The teachers' volume: of each page the exercises with solutions, outputs and marking notes, open.

It is made from a site in the edition "solutions": pages without navigation and scripts, that print
as they stand, for every chapter and for every problem set (teaching/sets.toml). The front page
lists them with points and minutes.
"""

from __future__ import annotations

import copy
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag

_LINE = re.compile(r"(Warm-up|Standard|Challenge|Open) · (\d+) points · (\d+) minutes")
_STYLE = """
body { max-width: 52rem; margin: 0 auto; padding: 1rem; }
.exercise, tr { break-inside: avoid; }
.admonition.marking { border-left: 3px solid var(--figure-vermilion); }
table { margin: 0; }
td, th { padding: 0.1rem 0.75rem 0.1rem 0; text-align: left; }
"""


@dataclass(frozen=True)
class Exercise:
    id: str
    title: str
    points: int
    minutes: int
    text: Tag
    solution: tuple[Tag, ...]  # with the marking notes


@dataclass(frozen=True)
class Chapter:
    name: str
    title: str
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True)
class Set:
    """A problem set or an exam: the exercises in their order."""

    name: str
    title: str
    ids: tuple[str, ...]


def sets(file: Path) -> list[Set]:
    """The problem sets and exams that the file declares."""
    declared = tomllib.loads(file.read_text("utf8")) if file.exists() else {}
    return [Set(name, s["title"], tuple(s["exercises"])) for name, s in declared.items()]


def read(name: str, page: BeautifulSoup) -> Chapter:
    """A chapter's exercises out of its page, each with what solves it."""
    heading = page.select("article h1")[0]
    for link in page.select("article .headerlink"):
        link.decompose()
    found: list[tuple[Tag, list[Tag]]] = []
    for part in page.select("article .exercise, article .solution"):
        if part.find_parent(class_=["exercise", "solution"]):
            continue
        if "exercise" in part.get_attribute_list("class"):
            found.append((part, []))
        elif found:
            found[-1][1].append(part)
    made = []
    for text, solution in found:
        line = _LINE.search(text.get_text())
        points, minutes = (int(line[2]), int(line[3])) if line else (0, 0)
        id = str(text["id"]).removeprefix("ex-").replace("-", ".")
        title = text.select(".admonition-title")[0].get_text().strip()
        made.append(Exercise(id, title, points, minutes, text, tuple(solution)))
    return Chapter(name, heading.get_text().strip(), tuple(made))


def chapters(site: Path, names: Iterable[str]) -> Iterator[tuple[Chapter, BeautifulSoup]]:
    """The pages of a site that have exercises."""
    for name in names:
        page = BeautifulSoup((site / f"{name}.html").read_text("utf8"), "html.parser")
        if (chapter := read(name, page)).exercises:
            yield chapter, page


def write(site: Path, out: Path, names: Iterable[str], declared: Iterable[Set]) -> list[Chapter]:
    """Writes the volume; ValueError where a set names an exercise that no chapter has."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for folder in ("_static", "_images"):
        if (site / folder).exists():
            shutil.copytree(site / folder, out / folder)
    found = list(chapters(site, names))
    styles: list[str] = []
    for _, page in found:
        for link in page.select("link[rel=stylesheet]"):
            href = re.sub(r"^(\.\./)+", "", str(link["href"]))
            if "://" not in href and href not in styles:
                styles.append(href)
    rows = {"Problem sets and exam": "", "Chapters": ""}
    known = {e.id: e for chapter, _ in found for e in chapter.exercises}
    for kind, name, title, chosen in (
        *(("Problem sets and exam", f"sets/{s.name}", s.title, of(s, known)) for s in declared),
        *(("Chapters", c.name, c.title, list(c.exercises)) for c, _ in found),
    ):
        _page(out, name, title, _parts(chosen), styles)
        worth = ((e.points, e.minutes) for e in chosen)
        points, minutes = (sum(n) for n in zip(*worth, strict=True))
        rows[kind] += (
            f'<tr><td><a href="{name}.html">{escape(title)}</a></td><td>{len(chosen)}</td>'
            f"<td>{points}</td><td>{minutes}</td></tr>\n"
        )
    head = "<tr><th>Title</th><th>Exercises</th><th>Points</th><th>Minutes</th></tr>\n"
    lists = (f"<h2>{kind}</h2>\n<table>{head}{r}</table>\n" for kind, r in rows.items() if r)
    words = "<p>For teachers: not to be published. Each page prints as it stands.</p>\n"
    _page(out, "index", "Solutions and marking notes", words + "".join(lists), styles)
    return [chapter for chapter, _ in found]


def of(declared: Set, known: Mapping[str, Exercise]) -> list[Exercise]:
    """A set's exercises in its order."""
    if missing := [id for id in declared.ids if id not in known]:
        raise ValueError(f"{declared.name} names {', '.join(missing)}, which no chapter has")
    return [known[id] for id in declared.ids]


def _parts(exercises: Iterable[Exercise]) -> str:
    """The exercises and their solutions, open; links to what is not here are words."""
    made = []
    for exercise in exercises:
        for part in map(copy.copy, (exercise.text, *exercise.solution)):
            for fold in [part, *part.select("details")]:
                if fold.name == "details":
                    fold["open"] = ""
            for link in part.select("a[href]"):
                if "://" not in str(link["href"]):
                    link.unwrap()
            for script in part.select("script, button"):
                script.decompose()
            made.append(str(part))
    return "\n".join(made)


def _page(out: Path, name: str, title: str, body: str, styles: Iterable[str]) -> None:
    file = out / f"{name}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    up = "../" * (len(file.relative_to(out).parts) - 1)
    links = "".join(f'<link rel="stylesheet" href="{up}{style}">\n' for style in styles)
    title = escape(title)
    file.write_text(
        '<!doctype html>\n<html lang="en" data-theme="light"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n{links}<style>{_STYLE}</style></head>\n"
        f'<body><main class="bd-article"><h1>{title}</h1>\n{body}</main></body></html>\n',
        "utf8",
    )
