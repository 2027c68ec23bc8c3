"""A chapter as a notebook for any Jupyter: its words, its code, the library that it carries."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import notebooks  # noqa: E402
import prepared  # noqa: E402
from exhibits import plotting as figures  # noqa: E402

CONF = rf"""
import os, sys
sys.path.insert(0, {str(ROOT / "book")!r})
html_baseurl = os.environ["AIECON_SITE"]
project = "A small book"
extensions = ["myst_nb", "sphinx_design", "sphinx_proof", "sphinx_exercise",
              "sphinxcontrib.bibtex", "folds", "mathml", "notebooks", "teach"]
html_math_renderer = "mathml"
myst_enable_extensions = ["colon_fence", "dollarmath"]
nb_execution_mode = "off"
bibtex_bibfiles, bibtex_reference_style = ["all.bib"], "author_year"
numfig = math_numfig = True
math_eqref_format = "({{number}})"

def setup(app):
    from house import quote_in_alternatives

    app.connect("doctree-read", quote_in_alternatives)
"""

CHAPTER = r"""---
jupytext:
  text_representation:
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# Growth

:::{div} question
What does a *capital* of 5 $ cost? 2 * 3 and a_b_c.
:::

```{code-cell} python3
:tags: [remove-cell]
hidden = 1
```

The [other page](other.md), {ref}`later <sec-later>`, {cite:t}`solow1956`, {cite:p}`solow1956`,
{prf:ref}`prop-a`, {eq}`eq-a`, {numref}`fig-a` and {glue:text}`peak`; a
[site](https://example.org/a).

```{prf:proposition} A bound on $K$
:label: prop-a

For $K > 0$

$$
\begin{aligned}
Y &= K, \\
C &= Y.
\end{aligned}
$$ (eq-a)
```

```{prf:proof}
By {eq}`eq-a`.

- first
- second, with

  $$a = b$$
```

```{prf:remark}
Short.
```

:::{admonition} What we find
:class: findings

1. **One.**
2. Two.
:::

````{dropdown} More about $K$
Inside, | a bar.

| $\|x\|$ | n |
|---|--:|
````

```{code-cell} python3
---
tags: [hide-input]
mystnb:
  figure:
    name: fig-a
    caption: |
      A line that rises,
      see {eq}`eq-a`.
  image:
    alt: From "0" to {glue:text}`peak`.
---
draw()
```

(sec-later)=
## Later

```{exercise-start} Doubling $K$
:label: ex-a
```
Show *it*.
```{exercise-end}
```

```{solution-start} ex-a
:class: dropdown
```
First this:

```{code-cell} python3
print(2)
```

then that.
```{solution-end}
```

```{exercise-start} Again
:label: ex-b
```
More.

:::{admonition} First hint
:class: hint dropdown

Halve $K$.
:::
```{exercise-end}
```

:::{bet} If $K$ doubles, $Y$
- [ ] stays.

  No.
- [x] doubles.

  By {eq}`eq-a`.
:::

```{solution-start} ex-b
```
```{code-cell} python3
print(3)
```
```{solution-end}
```

<details><summary>Raw</summary>

Folded.

</details>

```{table} A table
:name: tab-a

| a | b |
|---|---|
| 1 | [2](#sec-later) |
```

```{code-cell} python3
:tags: [remove-input]
explorer
```

```{code-cell} python3
both
```

```{code-cell} python3
:tags: [remove-cell]
glue(
    peak="0.83",
)
```

```{code-cell} python3
table
```
"""

EXPLORER = (
    '<div class="explorer"><p class="explorer-title" id="t"><strong>A &lt; B</strong></p>'
    '<svg/><p class="explorer-description" id="d">It is 2_000.</p><script>1</script></div>'
)


def outputs() -> dict[str, list]:
    """What the cells of the chapter have put out, by their source."""
    fig, ax = figures.panels()
    ax.plot([0, 1])
    picture = base64.b64encode(figures.png(fig)).decode()
    drawing = {"image/svg+xml": fig._repr_svg_(), "image/png": "UE5H", "text/plain": "<F>"}
    drawing["application/pdf"] = "JVBERg=="
    record = {"application/papermill.record/text/plain": "'0.83'"}
    links = 'See <a class="x" href="other.html#a">the <b>other</b></a>, '
    links += '<a href="https://a.org/">a</a>'
    prefix = "application/papermill.record/"
    given = {
        "hidden = 1": (record, {"scrapbook": {"name": "peak", "mime_prefix": prefix}}),
        "draw()": (drawing, {}),
        "explorer": ({"text/html": EXPLORER, "image/png": picture, "text/plain": "E"}, {}),
        "both": ({"text/html": "<b>1</b>", "text/markdown": "**1**", "text/plain": "1"}, {}),
        "table": ({"text/html": links, "text/plain": "t"}, {}),
    }
    return {
        source: [nbformat.v4.new_output("display_data", data, metadata=metadata)]
        for source, (data, metadata) in given.items()
    }


def build(folder: Path, base: str) -> tuple[list[str], nbformat.NotebookNode]:
    """The chapter as Sphinx typesets and ``prepared`` writes it: its texts, and the notebook."""
    from myst_nb.core.read import myst_nb_reader_plugin

    source = folder / "source"
    source.mkdir()
    (source / "conf.py").write_text(CONF, "utf8")
    index = "# Book\n\n```{toctree}\n:numbered:\nparts/growth\nparts/other\n```\n"
    (source / "index.md").write_text(index, "utf8")
    entry = "@article{solow1956, author={Robert Solow}, title={T}, year={1956}, journal={J}}"
    (source / "all.bib").write_text(entry, "utf8")
    (source / "parts").mkdir()
    (source / "parts" / "other.md").write_text("# Other\n\n```{bibliography}\n```\n", "utf8")
    plain = source / "parts" / "growth.md"
    plain.write_text(CHAPTER, "utf8")
    notebook = myst_nb_reader_plugin(str(plain))
    plain.unlink()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = outputs().get(cell.source, [])
            cell.execution_count = 1
    nbformat.write(notebook, source / "parts" / "growth.ipynb")
    executed = str((source / "parts" / "growth.ipynb").relative_to(folder))
    (folder / "pages.json").write_text(json.dumps({"parts/growth": executed}), "utf8")
    command = [sys.executable, "-m", "sphinx", "-q", str(source), str(folder / "html")]
    environment = os.environ | {"AIECON_SITE": base}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr
    made = nbformat.read(folder / "html" / "notebooks" / "parts" / "growth.ipynb", 4)
    nbformat.validate(made)
    assert made.cells.pop(0).source == notebooks.first_cell()
    return [cell.source for cell in made.cells if cell.cell_type == "markdown"], made


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    return build(tmp_path_factory.mktemp("alone"), "")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return build(tmp_path_factory.mktemp("published"), "https://book.org/x")


@pytest.fixture(scope="module")
def text(alone) -> str:
    return "\n\n".join(alone[0])


@pytest.mark.parametrize(
    "said",
    [
        "# 1. Growth",
        "## 1.1. Later",
        r"What does a *capital* of 5 <span>&#36;</span> cost? 2 \* 3 and a\_b\_c.",
        "The other page, later, Solow \\[1956\\], \\[Solow, 1956\\], Proposition 1.1, (1.1), "
        "Fig. 1.1 and 0.83; a [site](https://example.org/a).",
        "> **Proposition 1.1** (A bound on $K$)\n>\n> For $K > 0$\n>\n"
        r"> $$\begin{aligned} Y &= K, \\ C &= Y. \end{aligned} \tag{1.1}$$",
        "**Proof.** By (1.1).\n\n- first\n- second, with\n\n  $$a = b$$\n\n∎",
        "> **Remark 1.1**\n>\n> Short.",
        "> **What we find**\n>\n> 1. **One.**\n> 2. Two.",
        "<details><summary><b>More about $K$</b></summary>\n\nInside, \\| a bar.\n\n"
        "| $\\vert x\\vert $ | n |\n| --- | ---: |\n\n</details>",
        "**Fig. 1.1** A line that rises, see (1.1).",
        "**Exercise 1.1** (Doubling $K$)\n\nShow *it*.",
        "<details><summary><b>Solution to Exercise 1.1 (Doubling $K$)</b></summary>\n\n"
        "First this:\n\n</details>",
        "<details><summary><b>Solution to Exercise 1.1 (Doubling $K$), continued</b></summary>\n\n"
        "then that.\n\n</details>",
        "**Exercise 1.2** (Again)\n\nMore.\n\n<details><summary><b>First hint</b></summary>\n\n"
        "Halve $K$.\n\n</details>",
        "**Your bet.** If $K$ doubles, $Y$\n\n1. stays.\n2. doubles.\n\n"
        "<details><summary><b>The answer</b></summary>\n\n1. **Not so.** No.\n"
        "2. **Right.** By (1.1).\n\n</details>",
        "<details><summary><b>Solution to Exercise 1.2 (Again)</b></summary>\n\nIn the code below.",
        "<details><summary><b>Raw</b></summary>\n\nFolded.\n\n</details>",
        "**Table 1.1** A table\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
    ],
)
def test_what_the_page_says_stands_in_plain_markdown(text, said):
    assert said in text


def test_nothing_of_the_source_is_left(text):
    assert not re.search(r"\{(prf|glue|cite|eq|ref|numref|exercise|solution)|:::|````", text)


def test_text_stands_where_it_stood_between_the_code(alone):
    _, notebook = alone
    order = [c.source.split("\n")[0] for c in notebook.cells if c.cell_type == "code"]
    assert order == ["hidden = 1", "draw()", "print(2)", "print(3)", "explorer", "both", "table"]
    after = {c.source: n.source for c, n in zip(notebook.cells, notebook.cells[1:], strict=False)}
    assert after["draw()"].startswith("**Fig. 1.1**")
    assert "then that" in after["print(2)"]


def test_a_cell_that_only_quotes_is_left_out():
    cells = {"glue(a=1)": True, "glue(\n  a=1)\nglue(b=2)": True, "x = glue": False, "": False}
    cells |= {
        "glue(\n a=1\n)\nx = f(\n)": False,
        "%matplotlib inline": False,
        "x = glue(a=1)": False,
    }
    for source, only in cells.items():
        assert prepared._only_quotes(nbformat.v4.new_code_cell(source)) is only


def test_code_is_folded_where_the_page_folds_it(alone):
    cells = {cell.source: cell for cell in alone[1].cells if cell.cell_type == "code"}
    assert cells["hidden = 1"].metadata.jupyter.source_hidden
    assert cells["draw()"].metadata.jupyter.source_hidden
    assert "jupyter" not in cells["table"].metadata
    for solution in ("print(2)", "print(3)"):
        assert cells[solution].metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
    assert cells["hidden = 1"].outputs == []  # the number stands in the text


def test_a_figure_is_one_picture_with_words(alone):
    cells = {cell.source: cell for cell in alone[1].cells if cell.cell_type == "code"}
    assert cells["draw()"].outputs[0].data == {
        "image/png": "UE5H",
        "text/plain": 'From "0" to 0.83.',
    }


def test_an_explorer_is_a_still_with_its_sentence(alone):
    cells = {cell.source: cell for cell in alone[1].cells if cell.cell_type == "code"}
    still, words = (output.data for output in cells["explorer"].outputs)
    assert set(still) == {"image/png", "text/plain"}
    assert cells["explorer"].outputs[0].metadata["image/png"].width == 518  # 5.4 inches at 96 dpi
    assert words["text/markdown"].startswith("**A \\< B**\n\nIt is 2\\_000.\n\n*The picture is a")


def test_an_output_that_knows_markdown_shows_that(alone):
    (cell,) = (cell for cell in alone[1].cells if cell.source == "both")
    assert set(cell.outputs[0].data) == {"text/markdown", "text/plain"}


def test_links_of_outputs_are_words_away_from_the_site_and_whole_where_it_is_known(
    alone, published
):
    def table(notebook):
        return notebook.cells[-1].outputs[0].data["text/html"]

    assert table(alone[1]) == 'See the <b>other</b>, <a href="https://a.org/">a</a>'
    assert 'href="https://book.org/x/parts/other.html#a"' in table(published[1])


def test_links_of_the_text_lead_to_the_site_where_it_is_known(published):
    text = "\n\n".join(published[0])
    assert "[other page](https://book.org/x/parts/other.html)" in text
    assert "Solow \\[[1956](https://book.org/x/parts/other.html#" in text
    assert "By (1.1)." in text  # on this page: words
    assert ", later, " in text


def test_the_same_page_gives_the_same_file(alone, published):
    ids = [cell.id for cell in alone[1].cells]
    assert ids == [cell.id for cell in published[1].cells]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("repository", "branch", "links"),
    [
        (
            "https://github.com/o/r",
            "notebooks",
            {
                "Binder": "https://mybinder.org/v2/gh/o/r/notebooks?urlpath=lab/tree/a/b.ipynb",
                "Colab": "https://colab.research.google.com/github/o/r/blob/notebooks/a/b.ipynb",
            },
        ),
        (
            "https://gitlab.com/g/s/r",
            "n/b",
            {"Binder": "https://mybinder.org/v2/gl/g%2Fs%2Fr/n%2Fb?urlpath=lab/tree/a/b.ipynb"},
        ),
        ("https://codeberg.org/o/r", "notebooks", {}),
        ("https://git.host.org:8443/o/r", "notebooks", {}),
        ("https://evil.org/github.com/r", "notebooks", {}),
        ("https://github.com/o/r", None, {}),
        (None, "notebooks", {}),
    ],
)
def test_a_notebook_is_offered_to_run_where_a_branch_holds_it(
    monkeypatch, repository, branch, links
):
    for setting in ("AIECON_BINDER", "AIECON_LITE"):
        monkeypatch.delenv(setting, raising=False)
    assert notebooks.launch_links(repository, branch, "a/b") == links


@pytest.mark.parametrize("branch", ["notebooks", None])
def test_the_page_on_rerunning_has_the_real_link(tmp_path, monkeypatch, branch):
    monkeypatch.setenv("AIECON_REPOSITORY", "https://github.com/o/r")
    monkeypatch.delenv("AIECON_BINDER", raising=False)
    for name, value in {"AIECON_NOTEBOOKS": branch, "AIECON_LITE": None}.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name, raising=False)
    assert "](https://mybinder.org)" in (ROOT / f"{notebooks.RERUN}.md").read_text("utf8")
    config = SimpleNamespace(root_doc="intro")
    app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "html", config=config)
    context = {"body": '<a href="https://mybinder.org">'}
    notebooks.offer(app, notebooks.RERUN, "", context, None)
    real = "https://mybinder.org/v2/gh/o/r/notebooks?urlpath=lab/tree/intro.ipynb"
    assert context["body"] == f'<a href="{real if branch else "https://mybinder.org"}">'


def test_another_binder_can_be_named(monkeypatch):
    monkeypatch.setenv("AIECON_BINDER", "https://binder.org/")
    monkeypatch.delenv("AIECON_LITE", raising=False)
    links = notebooks.launch_links("https://github.com/o/r", "notebooks", "a")
    assert links["Binder"] == "https://binder.org/v2/gh/o/r/notebooks?urlpath=lab/tree/a.ipynb"


def test_a_jupyterlite_is_offered_where_one_stands(monkeypatch):
    monkeypatch.setenv("AIECON_LITE", "https://book.org/lite/")
    links = notebooks.launch_links(None, None, "chapters/a")
    assert links == {"Browser": "https://book.org/lite/index.html#chapters/a"}
    links = notebooks.launch_links("https://github.com/o/r", "notebooks", "a")
    assert list(links) == ["Browser", "Binder", "Colab"]


# The first cell of an offered notebook ----------------------------------------------------------


@pytest.fixture(scope="module")
def first_cell() -> str:
    return notebooks.first_cell()


def run_alone(code: str, folder: Path, path: str = "") -> subprocess.CompletedProcess:
    """In a Python that sees what lies on ``path``, and neither this checkout nor pip."""
    place = folder / "bare"
    if not place.exists():
        command = [sys.executable, "-m", "venv", "--without-pip", str(place)]
        subprocess.run(command, check=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    (folder / "cell.py").write_text(code, "utf8")
    return subprocess.run(
        [str(place / "bin" / "python"), str(folder / "cell.py")],
        env=environment | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
    )


def test_the_first_cell_is_short_and_calls_no_installer(first_cell):
    lines = first_cell.splitlines()
    assert len(lines) <= 10
    assert sum(len(line) > 130 for line in lines) == 1
    assert "subprocess" not in first_cell
    assert not re.search(r"\bpip\b", "".join(line for line in lines if len(line) <= 130))


def test_the_carried_library_is_found_before_any_other_of_its_name(first_cell, tmp_path):
    """As in a folder with an older library in it; the cell is run twice, as readers do."""
    (tmp_path / "aiecon").mkdir()
    (tmp_path / "aiecon" / "__init__.py").write_text("import nothing_like_it", "utf8")
    code = (
        f"{first_cell}\n{first_cell}\nimport sys, aiecon\nfrom aiecon import kuhle\n"
        "kuhle.households()\nprint(aiecon.__file__, sum('aiecon-' in p for p in sys.path))"
    )
    ran = run_alone(code, tmp_path, path=sysconfig.get_paths()["purelib"])
    assert ran.returncode == 0, ran.stderr
    file, times = ran.stdout.split()
    assert "aiecon-" in file
    assert times == "1"
    assert not Path(file).exists()  # gone with the kernel


def test_what_is_missing_is_said_in_a_sentence_with_a_command_that_works_without_pip(
    first_cell, tmp_path
):
    ran = run_alone(first_cell, tmp_path)
    assert ran.returncode == 1
    said = ran.stderr.splitlines()[-1]
    assert "This notebook needs ipywidgets 8.1 or newer (here: none), matplotlib" in said
    assert "python3 -m venv book && book/bin/python -m pip install jupyterlab" in said


def test_what_is_too_old_is_named_with_both_versions(first_cell, tmp_path):
    packages = tmp_path / "packages"
    for name, version in [("numpy", "1.26.4"), ("scipy", "1.15.0"), ("sympy", "1.14.0")]:
        (packages / f"{name}-{version}.dist-info").mkdir(parents=True)
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (packages / f"{name}-{version}.dist-info" / "METADATA").write_text(text)
    said = run_alone(first_cell, tmp_path, path=str(packages)).stderr.splitlines()[-1]
    assert "numpy 2.1 or newer (here: 1.26.4)" in said
    assert "scipy 1.15" not in said.partition(" This Python takes")[0]
