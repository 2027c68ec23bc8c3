"""``python -m exhibits.ledger [pattern …]``: the ledger in a terminal, as CSV and as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from aiecon.drafts import write_whole

from . import registry, text
from .rows import rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the chosen rows; 1 if some verdict is not the declared one, 2 for a wrong pattern."""
    parser = argparse.ArgumentParser(
        prog="python -m exhibits.ledger",
        description="What the papers print, what the library computes, and the verdicts.",
    )
    parser.add_argument("pattern", nargs="*", help="ids, with * and ?: ks.fig6*")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write every field as CSV")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every field as JSON")
    parser.add_argument(
        "--sensitivity",
        action="store_true",
        help="plant each claim's errors in the library and print what the verdict becomes",
    )
    parser.add_argument(
        "--figures-table",
        action="store_true",
        help="only print the table of figures and numbers, with what makes them, as Markdown",
    )
    parser.add_argument("--package", default="exhibits", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a console without ✓ gets ? instead
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        chosen = registry.claims(*options.pattern, package=options.package)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if options.figures_table:
        print(text.figures_table(chosen))
        return 0
    found = rows(chosen)
    written = [
        _write(options.csv, text.csv_text(found), "utf-8-sig"),  # the mark tells a spreadsheet
        _write(options.json, text.json_text(found), "utf-8"),
    ]
    print(text.terminal(found))
    if options.sensitivity:
        print("\n" + text.sensitivity(found))
    print("\n" + text.counts_text(found))
    wrong = [row for row in found if not row.judgement.as_expected]
    for row in wrong:
        print(
            f"{row.claim.id}: {row.verdict.value}, expected: {row.claim.expected.value}. "
            f"{row.judgement.sentence}",
            file=sys.stderr,
        )
    return 2 if False in written else 1 if wrong else 0


def _write(path: Path | None, content: str, encoding: str) -> bool | None:
    """Writes a file whole or not at all, and says so; whether it did, None without a path."""
    if path is None:
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # a device
            path.write_text(content, encoding)
            return True
        write_whole(path.resolve(), content.encode(encoding))
    except OSError as error:
        print(f"not written: {path} ({error.strerror})", file=sys.stderr)
        return False
    print(f"written: {path}")
    return True


if __name__ == "__main__":
    sys.exit(main())
