"""The numbers that a page states in words, and what accounts for each.

    python tests/prose.py chapters/kuhle/plateau.md

prints what nothing accounts for, as lines for ``tests/numbers/kuhle_plateau.txt``, and the lines of
that list that fit nothing any more. The rules are in :func:`numbers` and :func:`says_the_code`, the
list's form in :class:`Entry`, what its sources are held against in :func:`doubt`.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "tests" / "numbers"
AROUND = 3  # words on each side by which a number of a list is found again

_CELL = re.compile(
    r"^(?P<fence>`{3,})\{code-cell\}[^\n]*\n"
    r"(?:---\n(?P<head>.*?)^---\n|(?P<short>(?::[^\n]*\n)*))(?P<code>.*?)^(?P=fence)$",
    re.M | re.S,
)
_NUMBER = re.compile(
    r"10\^\{?[-−]?\d+\}?|10[⁻⁺]?[⁰¹²³⁴-⁹]+|(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)"
)
#: What is no text of the page: comments, labels, options, names of directives, their fences.
_MARKUP = re.compile(
    r"<!--.*?-->|^\([\w-]+\)=$|^\s*:[\w-]+:[^\n]*$"
    r"|^\s*[:`]{3,}(?:\{(?:div|math|grid|figure|bibliography)[\w-]*\}[^\n]*|\{[\w:-]+\})?|<[a-z/][^>]*>",
    re.M | re.S,
)
#: A role that leads elsewhere or quotes a glued value; code; where a link leads; an address.
_ROLE = re.compile(
    r"\{(?!term)[\w:-]+\}`[^`]*`|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\]\([^)]*\)|https?://\S+", re.S
)
_PLACES = (
    "figure|fig\\.|table|section|equation|eq\\.|proposition|lemma|corollary|theorem|definition|"
    "assumption|exercise|chapter|appendix|solution"
)
_ITEMS = (
    "condition|part|step|panel|page|pp?\\.|footnote|note|region|regime|column|row|week|hint|case|"
    "version|line|question|remark|example|python|scenario|session|problem|claim|item|point|period|date"
)
_AND = r"(?:,|–|-|\s+and|\s+or|\s+to|,\s+and)\s*"


def _named(kinds: str, label: str) -> str:
    return rf"\b(?:{kinds})(?:e?s)?\s+{label}(?:{_AND}{label})*"


#: Numbers that name a place: of the book, of a paper, of a list; what an exercise counts for.
_STRUCTURE = re.compile(
    f"{_named(_PLACES, r'[(]?[A-Z]?[.]?[0-9]+(?:[.][0-9]+)*[a-z]?[)]?')}"
    f"|{_named(_ITEMS, r'[0-9]+[a-z]?(?![0-9]|[.,][0-9])')}"
    r"|\(\d{1,2}[a-z]?(?:[,–]\s?\d{1,2})*\)|^\s*\d+\.\s|\b\d+(?:–\d+)?\s+(?:points?|minutes)\b",
    re.I | re.M,
)
#: What compares in a chapter's code: the statement up to the line that ends it.
_COMPARISON = re.compile(r"^[ \t]*(?:assert\b|assert_allclose\(|check\()(?:.*\n)+?(?=\S|\Z)", re.M)
_YEAR = re.compile(r"(?:1[89]\d\d|20[01]\d|202[0-6])")
_UNIT = re.compile(r"\s*(?:%|‰|\\%|per\s?cent|percentage|times|dollars|years?\b|thousand|million)")


@dataclass(frozen=True)
class Number:
    """A number in a page's words: as it stands, the words around it, and the code beside it."""

    text: str
    before: str
    after: str
    part: str  # prose, exercise, solution, caption, alt or description
    code: frozenset[float]  # the numbers that the code of its figure or solution has

    @property
    def words(self) -> str:
        start = " ".join(self.before.split()[-AROUND:])
        glue = "" if self.before[-1:].strip() else " "
        end = " ".join(self.after.split()[:AROUND])
        space = " " if self.after[:1].isspace() else ""
        return f"{start}{glue}{self.text}{space}{end}".strip()


# What a page says -------------------------------------------------------------------------------


def numbers(page: str) -> Iterator[Number]:
    """Every number that the page states itself: neither glued from code nor a part of notation.

    Notation and structure are: what is in code or quoted by a role; numbers of sections, equations,
    figures, exercises, pages and lists; points and minutes; years up to the present; 0 and 1
    without a unit; in formulas exponents, indices, and integers below ten that no ≈ precedes.
    """
    _, front, body = page.split("---\n", 2) if page.startswith("---\n") else ("", "", page)
    not_said = r"^:::\{admonition\} Marking$.*?^:::$|^```\w+\n.*?^```$"  # a teacher's; code
    body = re.sub(not_said, "", body, flags=re.M | re.S)
    yield from _found(str((yaml.safe_load(front) or {}).get("description", "")), "description")
    for cell in _CELL.finditer(body):
        head = (yaml.safe_load(cell["head"] or "") or {}).get("mystnb", {})
        code = literals(cell["code"])
        yield from _found(head.get("figure", {}).get("caption", ""), "caption", code)
        yield from _found(head.get("image", {}).get("alt", ""), "alt", code)
    for part, text, beside in _parts(body):
        yield from _found(_CELL.sub("\n\n", text), part, literals(beside))


def _parts(body: str) -> Iterator[tuple[str, str, str]]:
    """Prose, exercises and solutions with the code beside each: that of the page's comparisons, and
    for an exercise and its solution what the solution computes."""
    fenced = re.compile(
        r"^`{3,}\{(exercise|solution)-start\}([^\n]*)\n(.*?)^`{3,}\{\1-end\}", re.M | re.S
    )
    code = "\n".join(cell["code"] for cell in _CELL.finditer(body))
    compared = "\n".join(_COMPARISON.findall(code))
    answers = {}
    for kind, title, text in fenced.findall(body):
        if kind == "solution":
            answers[title.strip()] = "\n".join(cell["code"] for cell in _CELL.finditer(text))
    yield "prose", fenced.sub("\n", body), compared
    for kind, title, text in fenced.findall(body):
        label = re.search(r"^:label:\s*(\S+)", text, re.M)
        name = title.strip() if kind == "solution" else label[1] if label else ""
        yield kind, text, f"{compared}\n{answers.get(name, '')}"


def literals(code: str) -> frozenset[float]:
    """The numbers in code, those in its strings too: the name of a curve, a tick.

    >>> sorted(literals('line(ax, "γ = 2.5", 1_000)'))
    [2.5, 1000.0]
    """
    code = re.sub(r"(?<=\d)_(?=\d)|#[^\n]*", "", code)
    return frozenset(map(float, re.findall(r"(?<![\w.])\d+(?:\.\d*)?(?:e-?\d+)?(?!\w)", code)))


def value(text: str) -> float:
    """
    >>> value("1,200.5"), value("10^{-9}"), value("10⁻⁹")
    (1200.5, 1e-09, 1e-09)
    """
    small = text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+"))
    if "^" in text or small != text:
        power = re.sub(r"^10|[\^{}]", "", small).replace("−", "-")
        return float(f"1e{power}")
    return float(text.replace(",", ""))


def _found(text: str, part: str, code: frozenset[float] = frozenset()) -> Iterator[Number]:
    text = _ROLE.sub(lambda m: "]" if m[0].startswith("]") else "¤", _MARKUP.sub("", text))
    text = text.replace("|", "¦")  # which a list keeps for itself
    hidden = [m.span() for m in _STRUCTURE.finditer(text)]
    formulas = [m.span() for m in re.finditer(r"\$\$.+?\$\$|(?<!\\)\$[^$]+?(?<!\\)\$", text, re.S)]
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if any(a <= start < b for a, b in hidden):
            continue
        before, after = text[max(0, start - 120) : start], text[end : end + 120]
        in_formula = any(a <= start < b for a, b in formulas)
        if not (_is_sign(match[0], before, after) if in_formula else _is_plain(match[0], after)):
            yield Number(match[0], before, after, part, code)


def _is_sign(number: str, before: str, after: str) -> bool:
    """Whether it is a part of a formula's notation."""
    if re.search(r"[_^](?:\{[^{}]*)?$", before):
        return True
    small = number.isdigit() and int(number) < 10
    says = re.search(r"(?:\\approx|≈)\s*-?$", before) or _UNIT.match(after)
    return (small and not says) or bool(_YEAR.fullmatch(number))


def _is_plain(number: str, after: str) -> bool:
    bare = number in "01" and not _UNIT.match(after)
    return bare or bool(_YEAR.fullmatch(number)) or bool(re.match(r"(?:st|nd|rd|th)\b", after))


# What accounts for it ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A line of a list: ``number | the words around it | where it comes from``."""

    text: str
    words: str
    source: str


def entries(file: Path) -> list[Entry]:
    """The entries of a list; a missing list is empty."""
    lines = file.read_text("utf8").splitlines() if file.exists() else []
    parts = [line.split(" | ") for line in lines if line.strip() and not line.startswith("#")]
    if wrong := [" | ".join(part) for part in parts if len(part) != 3]:
        raise ValueError(f"{file.name}: not 'number | words | source': {wrong[0]}")
    return [Entry(*map(str.strip, part)) for part in parts]


def list_of(page: Path) -> Path:
    """
    >>> list_of(ROOT / "chapters" / "kuhle" / "plateau.md").name
    'kuhle_plateau.txt'
    """
    parts = page.relative_to(ROOT).with_suffix("").parts
    return LISTS / ("_".join(part for part in parts if part != "chapters") + ".txt")


def says_the_code(number: Number) -> bool:
    """Whether the number stands in the code beside it, 5% as 0.05 too.

    Beside a caption and an alternative is the code of the figure; beside an exercise that of its
    solution; beside every text, what the page's code compares (``assert``, ``check``).
    """
    x = value(number.text)
    return any(math.isclose(y, z) for y in (x, x / 100, 1 - x / 100, x * 1e3) for z in number.code)


def unaccounted(found: Iterable[Number], listed: Iterable[Entry]) -> list[Number]:
    known = {(entry.text, entry.words) for entry in listed}
    return [n for n in found if not says_the_code(n) and (n.text, n.words) not in known]


def left_over(found: Iterable[Number], listed: Iterable[Entry]) -> list[Entry]:
    """The entries that fit no number, or one for which the code accounts."""
    needed = {(n.text, n.words) for n in found if not says_the_code(n)}
    return [entry for entry in listed if (entry.text, entry.words) not in needed]


def doubt(entry: Entry, page: Path) -> str:
    """Why the source of an entry is none, in words; empty if it is one.

    ``calibration``: a default of the paper's library has the value. ``input: what``: the page's
    code has it. ``exact: expression``: Python evaluates it to the same digits. ``printed: where``:
    the paper prints it, or a claim of the ledger says so. ``source: key``: of references.bib.
    ``test: name``: a test that compares it. ``notation: what``: it is no result. A ``typed`` number
    is a result that was typed by hand.
    """
    kind, _, rest = (part.strip() for part in entry.source.partition(":"))
    x = value(entry.text)
    near = (x, x / 100, 1 - x / 100, x * 1e3)
    if kind == "calibration":
        known = defaults(page.parent.name)
        return "" if any(math.isclose(y, z) for y in near for z in known) else "no default has it"
    if kind == "input":
        known = literals("\n".join(c["code"] for c in _CELL.finditer(page.read_text("utf8"))))
        return "" if any(math.isclose(y, z) for y in near for z in known) else "not in the code"
    if kind == "exact":
        digits = len(entry.text.partition(".")[2])
        result = eval(rest, {"__builtins__": {}}, vars(math))
        close = abs(result - x) <= 0.5000001 * 10**-digits
        return "" if close else f"it is {result:.6g}"
    if kind == "source":
        keys = re.findall(r"^@\w+\{([^,]+),", (ROOT / "references.bib").read_text("utf8"), re.M)
        return "" if rest.split()[0].rstrip(",") in keys else "no such key in references.bib"
    if kind == "test":
        tests = (file.read_text("utf8") for file in (ROOT / "tests").rglob("test_*.py"))
        return "" if rest and any(f"def {rest}(" in text for text in tests) else "no such test"
    if kind in ("printed", "notation"):
        return "" if rest else f"{kind}: where, or what, is missing"
    return "a result typed by hand" if kind == "typed" else f"{kind!r} is no kind of source"


@cache
def defaults(paper: str) -> frozenset[float]:
    """The numbers that a paper's library sets: defaults of its records, and its constants."""
    folder = ROOT / "lib" / "aiecon" / paper
    found: set[float] = set()
    for file in folder.rglob("*.py"):
        for line in re.findall(
            r"^ *\w+(?:: [\w\[\], |]+)? = (.+)$|^def .*$", file.read_text("utf8"), re.M
        ):
            found |= literals(line)
    return frozenset(found)


def pages() -> list[Path]:
    more = [ROOT / "intro.md", ROOT / "teaching" / "projects.md"]
    return [*more, *sorted((ROOT / "chapters").rglob("*.md"))]


def main() -> None:
    for page in [Path(name).resolve() for name in sys.argv[1:]] or pages():
        file, found = list_of(page), list(numbers(page.read_text("utf8")))
        listed = entries(file)
        print(f"# {file.relative_to(ROOT)}")
        for number in unaccounted(found, listed):
            print(f"{number.text} | {number.words} | typed")
        for entry in left_over(found, listed):
            print(f"# no longer there: {entry.text} | {entry.words} | {entry.source}")
        for entry in listed:
            if why := doubt(entry, page):
                print(f"# {why}: {entry.text} | {entry.words} | {entry.source}")


if __name__ == "__main__":
    main()
