"""Lays a new paper: ``make paper NAME=surname_surname``.

Copies the templates of ``book/paper/`` to their places: a plain model, its exhibits, a claim with a
planted error, a chapter with the anatomy of all others, tests, and the entry in the table of
contents. All of it builds, passes its tests and has an explorer that moves; then it is rewritten.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = Path(__file__).resolve().parent / "paper"
ENTRY = """\
  - caption: {title}
    numbered: true
    chapters:
      - file: chapters/{name}/{chapter}
"""


def lay(root: Path, name: str, chapter: str = "model") -> list[Path]:
    """Writes the files of a new paper and returns them; ValueError before anything is written.

    ``name``: the authors' surnames, which name its folders; ``chapter``: its first chapter.
    """
    for what, given in (("NAME", name), ("CHAPTER", chapter)):
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", given):
            raise ValueError(
                f"{what} = {given!r}: lower-case Latin letters, digits and _ between them are "
                "allowed, as in surname_surname"
            )
    surnames = [part.capitalize() for part in name.split("_")]
    words = {
        "NAME": name,
        "CHAPTER": chapter,
        "AUTHORS": " & ".join(surnames),
        "PREFIX": _prefix(root, name),
        "HYPHENS": f"{name}-{chapter}".replace("_", "-"),
        "DOTS": f"{name}.{chapter}".replace("_", "."),
    }
    files = {}
    for template in sorted(TEMPLATES.rglob("*.*.txt")):
        place = template.relative_to(TEMPLATES).as_posix().removesuffix(".txt")
        files[root / _filled(place, words)] = _filled(template.read_text("utf8"), words)
    present = [str(file.relative_to(root)) for file in files if file.exists()]
    if present:
        raise ValueError(f"NAME = {name!r}: {', '.join(present)} is there already; choose another")
    contents = root / "_toc.yml"
    toc = contents.read_text("utf8")
    before = "  - caption: Reference\n"
    if toc.count(before) != 1:
        raise ValueError(f"_toc.yml: there is no line {before.strip()!r} to stand before")
    entry = ENTRY.format(title=words["AUTHORS"], name=name, chapter=chapter)
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf8")
    contents.write_text(toc.replace(before, entry + before), "utf8")
    notation = root / "chapters" / "reference" / "notation.md"
    section = _filled((TEMPLATES / "notation.txt").read_text("utf8"), words)
    notation.write_text(notation.read_text("utf8") + section, "utf8")
    return [*files, contents, notation]


def _filled(text: str, words: dict[str, str]) -> str:
    return re.sub(r"@([A-Z]+)@", lambda match: words[match[1]], text)


def _prefix(root: Path, name: str) -> str:
    """Initials of the surnames, or as many letters of the first as no other paper's rows have."""
    taken = set()
    for file in (root / "lib" / "exhibits").glob("*/claims.py"):
        taken |= set(re.findall(r'Paper\(\s*"(\w+)"', file.read_text("utf8")))
    parts = name.split("_")
    first = ["".join(part[0] for part in parts)] if len(parts) > 1 else []
    return next(p for p in [*first, *(name[:n] for n in range(2, 40))] if p not in taken)


def main() -> int:
    parser = argparse.ArgumentParser(description="Lay a new paper.")
    parser.add_argument("name", help="the authors' surnames, as in surname_surname")
    parser.add_argument("--chapter", default="model", help="the name of its first chapter")
    options = parser.parse_args()
    try:
        written = lay(ROOT, options.name, options.chapter)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    # Where an import stands depends on the paper's name.
    python = [str(file) for file in written if file.suffix == ".py"]
    subprocess.run([sys.executable, "-m", "ruff", "check", "-q", "--fix", *python], check=True)
    # The README counts the rows of every paper.
    subprocess.run([sys.executable, str(ROOT / "book" / "readme.py")], check=True)
    for file in written:
        print(f"written: {file.relative_to(ROOT)}")
    print("Next: make test book, then CONTRIBUTING.md from step 2 on.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
