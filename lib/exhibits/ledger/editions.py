"""Which printing of a paper was read, what of it was not seen, and whether it was looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edition:
    """What stands behind a paper's rows; ``CLAIMS`` and ``EDITION`` stand side by side.

    paper
        ``"Korinek & Suh (2024)"``.
    read
        The printings that were read, in a sentence.
    unseen
        What was not seen of the paper, in a sentence.
    searched
        Which later versions, errata or code were looked for, until when, in a sentence.
    paged
        Has what was read page numbers? Then a row that differs names its page.
    """

    paper: str
    read: str
    unseen: str
    searched: str
    paged: bool = True

    @property
    def line(self) -> str:
        """All of it, for a chapter's first screen."""
        return f"{self.read} {self.unseen} {self.searched}"


def not_in(quotations: Iterable[str], folder: Path) -> list[str]:
    """The quotations that occur in no text file of the folder, white space and case ignored.

    ValueError if the folder holds no text: then nothing would be looked up.
    """
    texts = [_bare(file.read_text("utf8")) for file in sorted(folder.glob("*.txt"))]
    if not texts:
        raise ValueError(f"folder = {str(folder)!r}: holds no .txt file with a source's text")
    return [q for q in quotations if not any(_bare(q) in text for text in texts)]


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
