"""Builds the book: executes what changed, in parallel, then lets Sphinx typeset it.

    python book/build.py            what `make book` runs
    python book/build.py --clean    the same from nothing

A chapter is executed again when its own text, a library file that its code reaches, the pins or
the Python version changed, and only then: the key of an execution is a hash of exactly these. The
notebook cache of Jupyter Book knows the chapter's text alone and would serve results of an older
library; here it is filled afresh from the executions that are still valid.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_client.manager import AsyncKernelManager
from myst_nb.core.read import is_myst_markdown_notebook, myst_nb_reader_plugin
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from environment import alone

ROOT = Path(__file__).resolve().parent.parent
KEPT_PER_PAGE = 3  # executions of a page that stay on disk, so that going back a commit is quick


@dataclass(frozen=True)
class Page:
    """A notebook page and the execution that belongs to its present inputs."""

    name: str  # the docname: the path from the root, without suffix
    source: Path
    key: str
    executed: Path

    @property
    def is_executed(self) -> bool:
        return self.executed.exists()


# What a page depends on -------------------------------------------------------------------------


def documents(root: Path) -> Iterator[str]:
    """The docnames of the table of contents, in order."""

    def walk(entry: dict) -> Iterator[str]:
        for name in ("root", "file"):
            if name in entry:
                yield str(Path(entry[name]).with_suffix(""))
        for name in ("parts", "chapters", "sections"):
            for child in entry.get(name, ()):
                yield from walk(child)

    yield from walk(yaml.safe_load((root / "_toc.yml").read_text("utf8")))


def imported_modules(code: str) -> Iterator[str]:
    """Dotted names that the code imports; ``from a import b`` gives both a and a.b."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_files(name: str, library: Path) -> list[Path]:
    """The files behind a dotted name: its module and the packages it lies in."""
    files, parts = [], name.split(".")
    for depth in range(1, len(parts) + 1):
        base = library.joinpath(*parts[:depth])
        files += [f for f in (base / "__init__.py", base.with_suffix(".py")) if f.is_file()]
    return files


def library_files(codes: Iterable[str], library: Path) -> list[Path]:
    """Every file of ``library`` that the codes reach through imports, data files included.

    The ledger finds the papers' claims at run time, so whoever reaches it depends on everything.
    """
    found: set[Path] = set()
    pending = [name for code in codes for name in imported_modules(code)]
    seen: set[str] = set()
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        for file in module_files(name, library):
            if file not in found:
                found.add(file)
                pending += _absolute_imports(file, library)
    if any("ledger" in file.relative_to(library).parts or file.stem == "ledger" for file in found):
        found.update(library.rglob("*.py"))
    if found:  # data, styles and scripts are few: any page with library code depends on them
        found.update(f for f in library.rglob("*") if f.suffix in {".csv", ".css", ".js", ".json"})
    return sorted(f for f in found if "egg-info" not in str(f))


def _absolute_imports(file: Path, library: Path) -> tuple[str, ...]:
    """The imports of a library file, relative ones resolved."""
    return _imports(file.relative_to(library).parent.parts, file.read_text("utf8"))


@cache
def _imports(package: tuple[str, ...], code: str) -> tuple[str, ...]:
    """The same, parsed once for all pages that reach the file."""
    names: list[str] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names += [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return tuple(names)


def pages(root: Path, build: Path) -> list[Page]:
    """All notebook pages with the key of their present inputs."""
    library = root / "lib"
    pins = (root / "requirements.lock").read_bytes()
    found = []
    for name in documents(root):
        source = root / f"{name}.md"
        text = source.read_text("utf8")
        if not is_myst_markdown_notebook(text):
            continue
        codes = [_plain_code(c.source) for c in _read(source).cells if c.cell_type == "code"]
        digest = hashlib.sha256()
        for part in (text.encode(), pins, repr(sys.version_info[:2]).encode()):
            digest.update(hashlib.sha256(part).digest())
        for file in library_files(codes, library):
            digest.update(str(file.relative_to(library)).encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        key = digest.hexdigest()[:16]
        found.append(Page(name, source, key, build / "executed" / name / f"{key}.ipynb"))
    return found


def _read(source: Path) -> nbformat.NotebookNode:
    return myst_nb_reader_plugin(str(source))


def _plain_code(source: str) -> str:
    """A cell without IPython's own lines, which Python's parser does not know."""
    return "\n".join(
        "pass" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()
    )


# Execution --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    page: Page
    seconds: float
    error: str | None


def execute(page: Page, environment: dict[str, str]) -> Outcome:
    """Runs one page's cells in a kernel of its own and keeps the executed notebook."""
    started = time.perf_counter()
    notebook = _read(page.source)
    manager = AsyncKernelManager(kernel_name="python3")
    if place := socket_folder():  # no open port where it can be helped
        sockets = tempfile.TemporaryDirectory(prefix="aiecon-", dir=place)
        manager.transport, manager.ip = "ipc", str(Path(sockets.name, "kernel"))
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=600,
        resources={"metadata": {"path": str(page.source.parent)}},
    )
    client.owns_km = True  # so that the kernel ends with the notebook
    try:
        client.execute(env=environment)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return Outcome(page, time.perf_counter() - started, _report(page, notebook, error))
    finally:
        if place:
            sockets.cleanup()
    page.executed.parent.mkdir(parents=True, exist_ok=True)
    older = sorted(page.executed.parent.glob("*.ipynb"), key=lambda f: f.stat().st_mtime)
    for file in older[: max(0, len(older) - KEPT_PER_PAGE + 1)]:
        file.unlink()
    partial = page.executed.with_suffix(".part")
    nbformat.write(notebook, partial)
    partial.replace(page.executed)
    return Outcome(page, time.perf_counter() - started, None)


def socket_folder() -> str | None:
    """A folder for sockets, whose paths a system limits to about a hundred bytes."""
    places = (tempfile.gettempdir(), "/tmp", "/var/tmp") if os.name == "posix" else ()
    fit = (place for place in places if len(os.fsencode(place)) < 70 and os.access(place, os.W_OK))
    return next(fit, None)


def _report(page: Page, notebook: nbformat.NotebookNode, error: Exception) -> str:
    """Which chapter, which cell, at which line, and the traceback."""
    lines = notebook.metadata.get("source_map", [])
    for number, cell in enumerate(notebook.cells):
        failed = cell.cell_type == "code" and any(
            output.output_type == "error" for output in cell.get("outputs", ())
        )
        if failed:
            line = f", line {lines[number] + 1}" if number < len(lines) else ""
            code = "\n".join(f"    {text}" for text in cell.source.splitlines())
            return f"{page.name}.md, cell {number + 1}{line}:\n{code}\n{error}"
    return f"{page.name}.md: {type(error).__name__}: {error}"


def execute_all(stale: list[Page], environment: dict[str, str], workers: int) -> list[Outcome]:
    """Executes the pages in parallel, each in its kernel's process, saying how far it is."""
    outcomes: list[Outcome] = []
    if not stale:
        return outcomes
    # Long pages first, so that no core waits for the last one; the landing page, which shows the
    # explorers of others, finds their frames computed.
    stale = sorted(stale, key=lambda page: page.source.stat().st_size, reverse=True)
    pool = ThreadPoolExecutor(max_workers=min(workers, len(stale)))
    try:
        for done in as_completed([pool.submit(_attempt, page, environment) for page in stale]):
            outcome = done.result()
            outcomes.append(outcome)
            state = "failed" if outcome.error else "done"
            count = f"[{len(outcomes)}/{len(stale)}]"
            print(f"{count} {outcome.page.name}: {state} in {outcome.seconds:.1f} s", flush=True)
    except KeyboardInterrupt:
        print("\nInterrupted; what was executed is kept.", file=sys.stderr, flush=True)
        os._exit(130)  # at once: a kernel whose parent is gone ends by itself
    pool.shutdown()
    return outcomes


def _attempt(page: Page, environment: dict[str, str]) -> Outcome:
    """``execute``; whatever else goes wrong, a full disk say, is this page's failure alone."""
    try:
        return execute(page, environment)
    except Exception as error:
        return Outcome(page, 0.0, f"{page.name}.md: {type(error).__name__}: {error}")


def surroundings(root: Path, build: Path) -> dict[str, str]:
    """The variables that a page is executed with: no setting of the reader's changes it."""
    return {
        **os.environ,
        "AIECON_BOOK": str(build / ".frames"),  # explorers compute and keep their frames there
        "IPYTHONDIR": str(build / ".ipython"),
        "OMP_NUM_THREADS": "1",  # the pages already share the cores
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join([str(root / "lib"), os.environ.get("PYTHONPATH", "")]),
        "PYTHONUTF8": "1",
    }


def edited_meanwhile(before: list[Page], now: list[Page]) -> list[Page]:
    """The pages whose inputs have changed since they were listed."""
    keys = {page.name: page.key for page in now}
    return [page for page in before if keys.get(page.name) != page.key]


# Typesetting ------------------------------------------------------------------------------------


def fill_cache(found: list[Page], build: Path) -> None:
    """Jupyter Book's notebook cache, holding just the executions that are valid now."""
    place = build / ".jupyter_cache"
    shutil.rmtree(place, ignore_errors=True)
    cache = get_cache(str(place))
    for page in found:
        notebook, executed = _read(page.source), nbformat.read(page.executed, as_version=4)
        for cell, done in zip(notebook.cells, executed.cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = done.outputs, done.execution_count
        bundle = CacheBundleIn(notebook, str(page.source), data={"execution_seconds": 0.0})
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def typeset(root: Path, build: Path, found: list[Page]) -> bool:
    """Runs Sphinx through Jupyter Book's own entry, every warning an error."""
    from jupyter_book.sphinx import build_sphinx

    # house.py reads these: the pages to read again, and the notebooks that it offers.
    state = {page.name: {"key": page.key, "notebook": str(page.executed)} for page in found}
    (build / "pages.json").write_text(json.dumps(state, indent=1), "utf8")
    result = build_sphinx(
        root,
        build / "html",
        path_config=root / "_config.yml",
        confoverrides={"latex_individualpages": False},
        doctreedir=build / ".doctrees",
        noconfig=True,
        warningiserror=True,
        keep_going=True,
        jobs=1,  # the numbering of parts is not safe in parallel; this takes seconds anyway
    )
    return result == 0


def build_book(root: Path, *, clean: bool = False, workers: int | None = None) -> int:
    started = time.perf_counter()
    build = root / "_build"
    if clean:
        shutil.rmtree(build, ignore_errors=True)
    build.mkdir(exist_ok=True)
    workers = workers or os.cpu_count() or 1
    found = pages(root, build)
    stale = [page for page in found if not page.is_executed]
    print(f"{len(found)} notebook pages, {len(stale)} to execute with {workers} processes")
    outcomes = execute_all(stale, surroundings(root, build), workers)
    failures = [outcome.error for outcome in outcomes if outcome.error]
    if failures:
        print("\n" + "\n\n".join(failures), file=sys.stderr)
        print(f"\n{len(failures)} page(s) failed; the site was not written.", file=sys.stderr)
        return 1
    if edited := edited_meanwhile(found, pages(root, build)):
        for page in edited:
            page.executed.unlink(missing_ok=True)  # of which text it is, nobody knows
        names = ", ".join(page.name for page in edited)
        print(f"\nEdited while the book was built: {names}. Run the same again.", file=sys.stderr)
        return 1
    executed = time.perf_counter() - started
    fill_cache(found, build)
    if not typeset(root, build, found):
        print("\nThe site has warnings, which count as errors: see above.", file=sys.stderr)
        return 1
    total = time.perf_counter() - started
    print(
        f"\nThe book stands in {(build / 'html' / 'index.html').relative_to(Path.cwd())}"
        if build.is_relative_to(Path.cwd())
        else f"\nThe book stands in {build / 'html' / 'index.html'}",
        f"({total:.0f} s: {executed:.0f} s to execute, {total - executed:.0f} s to typeset).",
        "`make serve` shows it.",
    )
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clean", action="store_true", help="start from nothing")
    parser.add_argument("--workers", type=int, help="processes (default: one a core)")
    parser.add_argument("--root", type=Path, default=ROOT, help="the book's folder")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    os.environ["MATPLOTLIBRC"] = str(root / "book" / "matplotlibrc")
    for readers in ("MPLBACKEND", "PYTHONWARNINGS"):
        os.environ.pop(readers, None)
    with alone(root, "Another build of this book is running; waiting for it."):
        return build_book(root, clean=arguments.clean, workers=arguments.workers)


if __name__ == "__main__":
    sys.exit(main())
