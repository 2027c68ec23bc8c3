"""``python -m aiecon.ledger [pattern …]``: the ledger in a terminal, as CSV and as JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import registry, text
from .rows import rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the chosen rows; 1 if some verdict is not the declared one, 2 for a wrong pattern."""
    parser = argparse.ArgumentParser(
        prog="python -m aiecon.ledger",
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
    parser.add_argument("--package", default="aiecon", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        chosen = registry.claims(*options.pattern, package=options.package)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if options.figures_table:
        print(text.figures_table(chosen))
        return 0
    found = rows(chosen)
    print(text.terminal(found))
    if options.sensitivity:
        print("\n" + text.sensitivity(found))
    print("\n" + text.counts_text(found))
    for path, write in ((options.csv, text.csv_text), (options.json, text.json_text)):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(write(found), encoding="utf8")
            print(f"written: {path}")
    wrong = [row for row in found if not row.judgement.as_expected]
    for row in wrong:
        print(
            f"{row.claim.id}: {row.verdict.value}, expected: {row.claim.expected.value}. "
            f"{row.judgement.sentence}",
            file=sys.stderr,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
