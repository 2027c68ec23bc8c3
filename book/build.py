"""Builds the book: executes what changed, in parallel, then lets Sphinx typeset it.

    python book/build.py                      what `make book` runs
    python book/build.py --clean              the same from nothing
    python book/build.py --edition handout    an edition (editions.py) in a folder of its own

A page is executed again when its code, a file of the library, the pins, the Python version or a
file that its head says it reads changed: the key of an execution is a hash of exactly these. Its
prose is only typeset again.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

# None there means "not installed" to an import, with which jsonschema does well: it would read a
# grammar of international addresses, for a second, and no schema of a notebook has one. The lock
# cannot leave the package out: Jupyter's server asks for it. Before what needs jsonschema.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
# ruff: noqa: E402

import nbformat
import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbclient import NotebookClient
from sphinx_external_toc.parsing import parse_toc_yaml
from traitlets.config import Config

import editions
from environment import alone

ROOT = Path(__file__).resolve().parent.parent
#: What passes between a page and its kernel is nobody else's.
KERNELS = Config({"KernelManager": {"transport_encryption": "auto"}})
#: Python looks for garbage among all that SymPy, matplotlib or a page's tree have made: at its own
#: thresholds a third of the time to typeset, and half a second a page to execute.
SELDOM = (100_000, 50, 100)
KEPT_PER_PAGE = 3  # executions of a page that stay on disk, so that going back a commit is quick


@dataclass(frozen=True)
class Page:
    """A notebook page, and where the execution of its present code lies once there is one."""

    name: str  # the docname: the path from the root, without suffix
    source: Path
    executed: Path
    last: bool = False  # as its head says: it shows what the others compute


@dataclass(frozen=True)
class Outcome:
    page: Page
    seconds: float
    error: str | None


# What a page depends on -------------------------------------------------------------------------


def pages(root: Path, build: Path) -> list[Page]:
    """The notebook pages of the table of contents, in order, as the edition has them."""
    library = digest(_library_parts(root))
    found = []
    for name in parse_toc_yaml(contents(root, build)):
        source = root / f"{name}.md"
        if is_myst_markdown_notebook(source.read_text("utf8")):
            notebook = _read(source)
            cells = (cell for cell in notebook.cells if cell.cell_type == "code")
            code = ((cell.source, sorted(cell.metadata.get("tags", ()))) for cell in cells)
            key = digest((library, *map(repr, code), *_reads(root, notebook)))
            executed = build / "executed" / name / f"{key}.ipynb"
            found.append(Page(name, source, executed, notebook.metadata.get("last", False)))
    return found


def contents(root: Path, build: Path) -> Path:
    """The table of contents of the edition: the teachers' has the exam, which no other shows."""
    toc, exam = root / "_toc.yml", root / "teaching" / "exam.md"
    if editions.edition() != "solutions" or not exam.exists():
        return toc
    own = build / ".toc.yml"
    entries = yaml.safe_load(toc.read_text("utf8"))
    chapters = [{"file": "teaching/exam"}]
    if "parts" in entries:
        entries["parts"].append({"caption": "Exam", "chapters": chapters})
    else:
        entries["chapters"] += chapters
    own.write_text(yaml.safe_dump(entries), "utf8")
    return own


def _reads(root: Path, notebook: nbformat.NotebookNode) -> Iterable[str]:
    """What a page's cells read of the book, as its head says: ``reads: ["chapters/a/*.md"]``."""
    for pattern in notebook.metadata.get("reads", ()):
        for file in sorted(root.glob(pattern)):
            yield hashlib.sha256(file.read_bytes()).hexdigest()


def digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _library_parts(root: Path) -> Iterable[str]:
    """Everything but a page's own code that its outputs come from."""
    yield repr(sys.version_info[:2])
    yield (root / "requirements.lock").read_text("utf8")
    for file in sorted((root / "lib").rglob("*")):
        if file.is_file() and not {"__pycache__", "aiecon.egg-info"} & set(file.parts):
            yield str(file.relative_to(root))
            yield hashlib.sha256(file.read_bytes()).hexdigest()


def _read(source: Path) -> nbformat.NotebookNode:
    text = editions.shown(source.read_text("utf8"), editions.edition())
    return read_myst_markdown_notebook(text, add_source_map=True, path=source)


# Execution --------------------------------------------------------------------------------------


def execute(page: Page, environment: dict[str, str]) -> Outcome:
    """Runs a page's cells in a kernel of its own and keeps the executed notebook."""
    started = time.perf_counter()
    error = None
    notebook = _read(page.source)
    where = {"metadata": {"path": str(page.source.parent)}}
    client = NotebookClient(
        notebook,
        timeout=600,
        resources=where,
        config=KERNELS,
        extra_arguments=[f"--IPKernelApp.exec_lines=__import__('gc').set_threshold{SELDOM}"],
        coalesce_streams=True,  # else a line may break wherever a kernel's messages happen to
        shutdown_kernel="immediate",  # a kernel needs half a second to take itself apart
    )
    try:
        client.execute(env=environment)
        _keep(page, notebook)
    except Exception as failure:  # whatever goes wrong, a full disk say, is this page's alone
        error = _report(page, notebook, failure)
    return Outcome(page, time.perf_counter() - started, error)


def _keep(page: Page, notebook: nbformat.NotebookNode) -> None:
    folder = page.executed.parent
    folder.mkdir(parents=True, exist_ok=True)
    newest = sorted(folder.glob("*.ipynb"), key=lambda file: -file.stat().st_mtime)
    for file in newest[KEPT_PER_PAGE - 1 :]:
        file.unlink()
    partial = page.executed.with_suffix(".part")
    nbformat.write(notebook, partial)
    partial.replace(page.executed)


def _report(page: Page, notebook: nbformat.NotebookNode, error: Exception) -> str:
    """Which chapter, which cell, at which line, and the traceback."""
    for number, cell in enumerate(notebook.cells):
        if any(output.output_type == "error" for output in cell.get("outputs", ())):
            line = notebook.metadata.source_map[number] + 1
            code = "\n".join(f"    {text}" for text in cell.source.splitlines())
            return f"{page.name}.md, cell {number + 1}, line {line}:\n{code}\n{error}"
    return f"{page.name}.md: {type(error).__name__}: {error}"


def execute_all(stale: list[Page], environment: dict[str, str], workers: int) -> list[Outcome]:
    """Executes the pages in parallel, each in its kernel's process, saying how far it is."""
    outcomes: list[Outcome] = []
    # Long pages first, so that no core waits for the last one.
    stale = sorted(stale, key=lambda page: (page.last, -page.source.stat().st_size))
    pool = ThreadPoolExecutor(workers)
    try:
        for done in as_completed([pool.submit(execute, page, environment) for page in stale]):
            outcomes.append(outcome := done.result())
            state = "failed" if outcome.error else "done"
            count = f"[{len(outcomes)}/{len(stale)}]"
            print(f"{count} {outcome.page.name}: {state} in {outcome.seconds:.1f} s", flush=True)
    except KeyboardInterrupt:
        print("\nInterrupted; what was executed is kept.", file=sys.stderr, flush=True)
        os._exit(130)  # at once: a kernel whose parent is gone ends by itself
    return outcomes


def _verdicts(build: Path) -> Path:
    """Where pages keep verdicts for each other, in this build: of the same library for certain."""
    return build / ".verdicts"


def surroundings(root: Path, build: Path) -> dict[str, str]:
    """The variables that a page is executed with: no setting of the reader's changes it."""
    return {
        **os.environ,
        "AIECON_BOOK": "yes",  # figures show themselves in all their forms
        "AIECON_VERDICTS": str(_verdicts(build)),
        "IPYTHONDIR": str(build / ".ipython"),
        "OMP_NUM_THREADS": "1",  # the pages already share the cores
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join([str(root / "lib"), os.environ.get("PYTHONPATH", "")]),
        "PYTHONUTF8": "1",
    }


# Typesetting ------------------------------------------------------------------------------------


def fill_cache(found: list[Page], build: Path) -> None:
    """Jupyter Book's notebook cache, holding just the executions that are valid now.

    It knows a page by captions, too, which change without an execution: so it is filled afresh.
    """
    place = build / ".jupyter_cache"
    shutil.rmtree(place, ignore_errors=True)
    cache = get_cache(str(place))
    for page in found:
        notebook, executed = _read(page.source), nbformat.read(page.executed, as_version=4)
        code = [[c for c in n.cells if c.cell_type == "code"] for n in (notebook, executed)]
        for cell, done in zip(*code, strict=True):
            cell.outputs, cell.execution_count = done.outputs, done.execution_count
        bundle = CacheBundleIn(notebook, str(page.source), data={"execution_seconds": 0.0})
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    # The house's extension reads which pages to typeset anew, and what to offer for download.
    state = {page.name: os.path.relpath(page.executed, build) for page in found}
    (build / "pages.json").write_text(json.dumps(state, indent=1), "utf8")


def typeset(root: Path, site: Path, toc: Path) -> bool:
    """Runs Sphinx through Jupyter Book's own entry, every warning an error."""
    from jupyter_book.sphinx import build_sphinx

    gc.set_threshold(*SELDOM)
    result = build_sphinx(
        root,
        site,
        path_config=root / "_config.yml",
        confoverrides={"latex_individualpages": False, "external_toc_path": str(toc)},
        doctreedir=site.parent / ".doctrees",
        noconfig=True,
        warningiserror=True,
        keep_going=True,
        jobs=1,  # of reading: what pages tell of each other is not put together; house.py writes
    )
    return result == 0


def build_book(
    root: Path, *, edition: str | None = None, clean: bool = False, workers: int | None = None
) -> str | None:
    """What went wrong, in words. Editions share what is executed alike."""
    started = time.perf_counter()
    kept = root / "_build"
    build = kept / edition if edition else kept
    if edition:
        os.environ["AIECON_EDITION"] = edition
    if clean:
        shutil.rmtree(build, ignore_errors=True)
    build.mkdir(parents=True, exist_ok=True)
    workers = workers or 1 + (os.cpu_count() or 1)  # a kernel that starts or ends waits, too
    found = pages(root, kept)
    stale = [page for page in found if not page.executed.exists()]
    print(f"{len(found)} notebook pages, {len(stale)} to execute with {workers} processes")
    shutil.rmtree(_verdicts(kept), ignore_errors=True)
    _verdicts(kept).mkdir()
    outcomes = execute_all(stale, surroundings(root, kept), workers)
    if failures := [outcome.error for outcome in outcomes if outcome.error]:
        told = "\n\n".join(failures)
        return f"\n{told}\n\n{len(failures)} page(s) failed; the site was not written."
    now = pages(root, kept)
    if edited := [page for page in found if page not in now]:
        for page in edited:
            page.executed.unlink(missing_ok=True)  # of which code it is, nobody knows
        names = ", ".join(page.name for page in edited)
        return f"\nEdited while the book was built: {names}. Run the same again."
    executed = time.perf_counter() - started
    fill_cache(found, build)
    site, toc = build / "html", contents(root, kept)
    if edition == "solutions":
        site = build / ".site"  # of which the volume is made
    if not typeset(root, site, toc):
        return "\nThe site has warnings, which count as errors: see above."
    if edition == "solutions":
        for_teachers(root, build, toc, found)
    public = {"handout": build / "html", "solutions": build / "students"}
    hidden = public.get(editions.edition())
    if hidden and (given := leaks(root, toc, hidden)):
        return "\nSolutions are given away:\n" + "\n".join(given)
    total = time.perf_counter() - started
    took = f"{total:.0f} s: {executed:.0f} s to execute, {total - executed:.0f} s to typeset"
    print(f"\nThe book stands in {os.path.relpath(build / 'html' / 'index.html')} ({took}).")
    if edition is None:
        print("`make serve` shows it.")
    return None


def for_teachers(root: Path, build: Path, toc: Path, found: list[Page]) -> None:
    """The volume, and the students' notebooks of the problem sets and the exam."""
    import students  # loads the library, which the other editions do without
    import volume

    declared = volume.sets(root / "teaching" / "sets.toml")
    chapters = volume.write(build / ".site", build / "html", parse_toc_yaml(toc), declared)
    executed = {page.name: page.executed for page in found}
    students.write(build / "students", chapters, executed, declared)


def leaks(root: Path, toc: Path, folder: Path) -> list[str]:
    """What a folder has of the solutions, file by file."""
    sources = (root / f"{name}.md" for name in parse_toc_yaml(toc))
    library = (file for file in (root / "lib").rglob("*.py") if "_checks" not in file.name)
    texts = ((file.read_text("utf8") for file in files) for files in (sources, library))
    secret = editions.secrets(*texts)
    return editions.leaks(secret, sorted(file for file in folder.rglob("*") if file.is_file()))


def main() -> str | None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clean", action="store_true", help="start from nothing")
    parser.add_argument("--edition", choices=editions.EDITIONS, help="in _build/EDITION")
    parser.add_argument("--workers", type=int, help="processes (default: one more than cores)")
    parser.add_argument("--root", type=Path, default=ROOT, help="the book's folder")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    os.environ["MATPLOTLIBRC"] = str(root / "book" / "matplotlibrc")
    for readers in ("MPLBACKEND", "PYTHONWARNINGS"):
        os.environ.pop(readers, None)
    with alone(root, "Another build of this book is running; waiting for it."):
        return build_book(
            root,
            edition=arguments.edition,
            clean=arguments.clean,
            workers=arguments.workers,
        )


if __name__ == "__main__":
    sys.exit(main())
