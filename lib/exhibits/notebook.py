"""What a chapter's cells need from the page they stand in: numbers that the prose can quote."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shlex
import sys
import sysconfig
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["MissingPackage", "glue", "require", "tell_source"]

_PREFIX = "application/papermill.record/"


def glue(**values: Any) -> None:
    """Makes values quotable in the prose: ``glue(peak="0.83")``, then ``{glue:text}`peak```.

    A string is quoted as it is; a number is written with four significant digits (format it
    yourself for anything else). Names are those of the page. In a notebook outside the book the
    call shows nothing, so a downloaded chapter runs without the book's build tools; in a chapter's
    source it says what the names in the text stand for.

    >>> glue(peak=0.83214)  # the record as a terminal shows it; a notebook shows nothing
    {'application/papermill.record/text/plain': "'0.8321'"}
    """
    from IPython.display import Markdown, display  # the rest of the module runs without

    texts = {n: v if isinstance(v, str) else f"{v:.4g}" for n, v in values.items()}
    for name, text in texts.items():
        # Quoted: the page evaluates what it finds, 0.80 to 0.8 and 1,000 to a pair of numbers.
        data = {f"{_PREFIX}text/plain": repr(text)}
        metadata = {"scrapbook": {"name": name, "mime_prefix": _PREFIX}}
        display(data, metadata=metadata, raw=True)
    if tell_source():
        display(Markdown("In the text, " + ", ".join(f"`{n}` is {t}" for n, t in texts.items())))


@cache
def tell_source() -> bool:
    """Whether the kernel belongs to a chapter's source, opened as a notebook; if so, once, says so.

    Its text has names where the page has numbers, so this names the notebook that has the numbers.
    """
    source = Path(os.environ.get("JPY_SESSION_NAME", ""))  # set by Jupyter's server
    if source.suffix != ".md":
        return False
    from IPython.display import Markdown, display

    root = Path(__file__).resolve().parents[2]
    page = Path(os.path.relpath(source.resolve(), root)).with_suffix(".ipynb")
    prepared = root / "_build" / "html" / "notebooks" / page
    link = Path(os.path.relpath(prepared, source.parent)).as_posix()
    where = f"[stands here]({link})" if prepared.is_file() else "is what `make book` writes"
    display(
        Markdown(
            "This is the **source** of a page of the book: its text has names where the page has "
            f"numbers. The notebook that says what the page says {where}."
        )
    )
    return True


class MissingPackage(ImportError):
    """A package is missing or too old; a notebook shows the sentence alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def require(**least: str) -> None:
    """Says in one sentence which packages are missing or too old, with the command that gets them.

    >>> require(numpy="2.1")
    >>> require(numpy="999.1")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    exhibits.notebook.MissingPackage: This notebook needs numpy 999.1 or newer (here: ...). ...
    """
    if tuple(sys.version_info) < (3, 11):
        raise MissingPackage(
            f"This notebook needs Python 3.11 or newer (here: {sys.version.split()[0]}). Open it "
            "with a newer one."
        )
    lacking = {name: _installed(name) for name, version in least.items() if _is_old(name, version)}
    if lacking:
        words = [f"{name} {least[name]} or newer (here: {is_})" for name, is_ in lacking.items()]
        raise MissingPackage(f"This notebook needs {', '.join(words)}. {_cure(lacking, least)}")


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "of unknown version" if importlib.util.find_spec(name) else "none"


def _is_old(name: str, version: str) -> bool:
    installed = _installed(name)
    here, wanted = ([int(n) for n in re.findall(r"\d+", v)] for v in (installed, version))
    return installed == "none" or (bool(here) and here < wanted)


def _cure(lacking: dict[str, str], least: dict[str, str]) -> str:
    """What to type: into this environment where that is allowed, else into one of its own."""
    packages = " ".join(f'"{name}>={least[name]}"' for name in lacking)
    if sys.platform == "emscripten":
        return f"Run in a cell: %pip install {packages}"
    managed = Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    if importlib.util.find_spec("pip") and not (managed and sys.prefix == sys.base_prefix):
        command = f"{shlex.quote(sys.executable)} -m pip install {packages}"
        return f"Run in a terminal, then restart the kernel: {command}"
    every = " ".join(f'"{name}>={version}"' for name, version in least.items())
    place = "Scripts" if sys.platform == "win32" else "bin"
    return (
        "This Python takes no packages; run in a terminal, and open the notebook there: "
        f"python3 -m venv book && book/{place}/python -m pip install jupyterlab {every} "
        f"&& book/{place}/python -m jupyterlab"
    )
