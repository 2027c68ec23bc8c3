r"""TeX before its conversion: rows, numbers and environments as math-core takes them.

math-core numbers the rows of an ``align`` itself and knows no ``split``; a book numbers blocks.
"""

from __future__ import annotations

import re


class TexError(ValueError):
    """TeX that cannot be set as MathML in the book's font."""


ROWS = {
    **dict.fromkeys(["align", "align*", "alignat", "alignat*", "split"], "aligned"),
    **dict.fromkeys(["gather", "gather*"], "gathered"),
}
TAG = re.compile(r"\\tag\*?\{([^{}$\\]*)\}")


def take_tag(tex: str) -> tuple[str, str | None]:
    r"""TeX without its ``\tag{...}``, and what is in the tag.

    >>> take_tag(r"w = R = A \tag{5}")
    ('w = R = A ', '5')
    """
    tags = TAG.findall(tex)
    if len(tags) > 1:
        raise TexError(r"more than one \tag in one block: a block has one number")
    return TAG.sub("", tex), tags[0] if tags else None


def normalise(tex: str) -> str:
    r"""Display TeX with environments that math-core draws as one block, free of its numbers.

    Blank lines part equations, as in Sphinx's own renderers.

    >>> print(normalise(r"\begin{align} a &= b \\[1ex] &= c \end{align}"))
    \begin{aligned} a &= b \\ &= c \end{aligned}
    """
    tex = re.sub(r"\\\\\*?\s*\[\s*-?[\d.]+\s*(?:ex|em|pt|mm|cm|in)\s*\]", r"\\\\", tex)
    tex = re.sub(r"\\(?:begin|end)\{equation\*?\}", "", tex)
    tex = re.sub(r"(\\begin\{alignat\*?\})\{\d+\}", r"\1", tex)
    for environment, drawn in ROWS.items():
        for end in ("begin", "end"):
            tex = tex.replace(rf"\{end}{{{environment}}}", rf"\{end}{{{drawn}}}")
    parts = [part.strip() for part in re.split(r"\n\s*\n", tex) if part.strip()]
    parts = [
        rf"\begin{{aligned}}{part}\end{{aligned}}" if _has_rows(part) else part for part in parts
    ]
    if len(parts) > 1:
        return r"\begin{gathered}" + r"\\".join(parts) + r"\end{gathered}"
    return "".join(parts)


def _has_rows(tex: str) -> bool:
    """Whether rows or columns stand outside every environment."""
    inner = re.compile(r"\\begin\{(\w+\*?)\}(?:(?!\\begin\{).)*?\\end\{\1\}", re.DOTALL)
    while (shorter := inner.sub("", tex)) != tex:
        tex = shorter
    return bool(re.search(r"\\\\|(?<!\\)&", tex))
