"""Builds a JupyterLite beside the site: notebooks that run in the browser, without a server.

    python book/lite.py     what `make lite` runs, after `make book`

It is the one part of the book that loads something from another host: Python and NumPy for the
browser, from jsDelivr. So it is built only on request, and its first page says so before it does.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import nbformat

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "book" / "lite.lock"
VENV = ROOT / ".venv-lite"
NOTEBOOKS = ROOT / "_build" / "html" / "notebooks"
OUT = ROOT / "_build" / "lite"
#: Pure Python that Pyodide lacks; it stands on the site, so that no package index is asked.
WHEELS = ("comm", "ipywidgets", "jupyterlab-widgets")
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
PREPARE = """\
# Python in the browser: what is named here is loaded from where the first page said.
%pip install -q comm ipywidgets
import matplotlib, numpy, scipy, sympy"""

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Run the notebooks in your browser</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 44rem; margin: 8vh auto; padding: 0 1rem; font: 1.1rem/1.5 sans-serif; }}
:target {{ font-weight: bold; }}
</style>
</head>
<body>
<main>
<h1>Run the notebooks in your browser</h1>
<p>This page has loaded nothing from elsewhere. A link below opens a notebook in JupyterLite, which
stands on this site; then your browser loads Python (Pyodide {pyodide}), and with the first cell
NumPy, SciPy, Matplotlib and SymPy, from <strong>{host}</strong>: some tens of megabytes. What you
write stays in your browser. Everything is slower than on a computer's own Python.</p>
<ul>
{links}
</ul>
</main>
</body>
</html>
"""


def environment() -> Path:
    """The folder of programs of an environment of its own, made where it is not of this lock."""
    ready, stamp = VENV / ".ready", f"{zlib.crc32(LOCK.read_bytes()):08x}"
    binaries = VENV / "bin"
    if not ready.is_file() or ready.read_text("utf8") != stamp:
        print("Setting up .venv-lite (once; about a minute)", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
        pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "-r", str(LOCK)], check=True)
        ready.write_text(stamp, "utf8")
    return binaries


def of_the_lock(lock: str, names: tuple[str, ...]) -> str:
    """The lines of a lock file that are about these packages."""
    blocks = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    return "".join(block for block in blocks if block.split("==")[0] in names)


def notebooks(source: Path, target: Path) -> list[str]:
    """The notebooks, each with a first cell that gets what the library needs; their paths."""
    found = sorted(file.relative_to(source) for file in source.rglob("*.ipynb"))
    for name in found:
        notebook = nbformat.read(source / name, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(PREPARE, id="prepare-browser"))
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target / name)
    return [name.as_posix() for name in found]


def title(notebook: Path) -> str:
    """The heading of a notebook's first text, without its number."""
    cells = nbformat.read(notebook, as_version=4).cells
    text = next(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.sub(r"^#+ (\d+\. )?", "", text.split("\n")[0])


def first_page(folder: Path, names: list[str], kernel: str) -> str:
    """What is loaded from where, said before it is; ``kernel`` is Pyodide's address."""
    version = re.findall(r"/v([\d.]+)/", kernel)[0]
    host = urlsplit(kernel).hostname
    links = "\n".join(
        f'<li id="{name.removesuffix(".ipynb")}"><a href="jupyter/lab/index.html?path={name}">'
        f"{html.escape(title(folder / name), quote=False)}</a></li>"
        for name in names
    )
    return PAGE.format(pyodide=version, host=host, links=links)


def build() -> None:
    binaries = environment()
    ask = "from jupyterlite_pyodide_kernel import constants as c; print(c.PYODIDE_CDN_URL)"
    command = [str(binaries / "python"), "-c", ask]
    kernel = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "wheels.txt").write_text(of_the_lock(LOCK.read_text("utf8"), WHEELS), "utf8")
        get = [str(binaries / "python"), "-m", "pip", "download", "--quiet", "--no-deps"]
        get += ["--require-hashes", "--only-binary=:all:", "-d", str(place / "wheels")]
        subprocess.run([*get, "-r", str(place / "wheels.txt")], check=True)
        names = notebooks(NOTEBOOKS, place / "files")
        own = {KERNEL: {"pyodideUrl": f"{kernel}/pyodide.mjs", "disablePyPIFallback": True}}
        settings = {"jupyter-lite-schema-version": 0, "jupyter-config-data": {}}
        settings["jupyter-config-data"] = {"litePluginSettings": own}
        (place / "jupyter-lite.json").write_text(json.dumps(settings), "utf8")
        command = [str(binaries / "jupyter"), "lite", "build", "--lite-dir", str(place)]
        command += ["--contents", str(place / "files"), "--output-dir", str(place / "out")]
        for wheel in sorted((place / "wheels").glob("*.whl")):
            command += ["--piplite-wheels", str(wheel)]
        subprocess.run(command, check=True, cwd=place, stdout=subprocess.DEVNULL)
        shutil.rmtree(OUT, ignore_errors=True)
        shutil.copytree(place / "out", OUT / "jupyter")  # whose own first page must stay
    (OUT / "index.html").write_text(first_page(NOTEBOOKS, names, kernel), "utf8")
    print(f"JupyterLite stands in {OUT.relative_to(ROOT)}; put it on the site as the folder lite.")


def main() -> str | None:
    if not NOTEBOOKS.is_dir():
        return "There are no notebooks yet: run make book first."
    build()
    return None


if __name__ == "__main__":
    sys.exit(main())
