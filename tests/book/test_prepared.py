"""A chapter as a notebook for any Jupyter: what a small book says, and that nothing is lost."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import prepared  # noqa: E402
from exhibits import plotting as figures  # noqa: E402

CONF = rf"""
import os, sys
sys.path.insert(0, {str(ROOT / "book")!r})
html_baseurl = os.environ["AIECON_SITE"]
project = "A small book"
extensions = ["myst_nb", "sphinx_design", "sphinx_proof", "sphinx_exercise",
              "sphinxcontrib.bibtex", "folds", "prepared"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
nb_execution_mode = "off"
bibtex_bibfiles, bibtex_reference_style = ["all.bib"], "author_year"
numfig = math_numfig = True
math_eqref_format = "({{number}})"
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
    alt: From "0" to 1.
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
```{exercise-end}
```

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
    executed = {"key": "k", "notebook": str(source / "parts" / "growth.ipynb")}
    (folder / "pages.json").write_text(json.dumps({"parts/growth": executed}), "utf8")
    command = [sys.executable, "-m", "sphinx", "-q", str(source), str(folder / "html")]
    environment = os.environ | {"AIECON_SITE": base}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr
    made = nbformat.read(folder / "prepared" / "parts" / "growth.ipynb", 4)
    nbformat.validate(made)
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
        "<details><summary><b>Solution to Exercise 1.2 (Again)</b></summary>\n\nIn the code below.",
        "<details><summary>Raw</summary>\n\nFolded.\n\n</details>",
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


def test_code_is_folded_where_the_page_folds_it(alone):
    cells = {cell.source: cell for cell in alone[1].cells if cell.cell_type == "code"}
    assert cells["hidden = 1"].metadata.jupyter.source_hidden
    assert cells["draw()"].metadata.jupyter.source_hidden
    assert "jupyter" not in cells["table"].metadata
    for solution in ("print(2)", "print(3)"):
        assert cells[solution].metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
    assert cells["hidden = 1"].outputs == []  # the number stands in the text


def test_a_figure_has_its_drawing_with_words_and_its_picture(alone):
    cells = {cell.source: cell for cell in alone[1].cells if cell.cell_type == "code"}
    data = cells["draw()"].outputs[0].data
    assert data["image/png"] == "UE5H"
    assert (
        'role="img" aria-label="From &quot;0&quot; to 1." style="background: #fff"'
        in (data["image/svg+xml"])
    )


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


def test_the_largest_drawings_go_first_where_there_are_too_many():
    def cell(size: int, png: bool = True):
        data = {"image/svg+xml": "x" * size} | ({"image/png": ""} if png else {})
        output = nbformat.v4.new_output("display_data", data)
        return nbformat.v4.new_code_cell("", outputs=[output])

    half = prepared.DRAWINGS // 2 + 1
    notebook = nbformat.v4.new_notebook(cells=[cell(half), cell(half + 1), cell(5), cell(9, False)])
    prepared._spare_drawings(notebook)
    kept = ["image/svg+xml" in c.outputs[0].data for c in notebook.cells]
    assert kept == [True, False, True, True]


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
    monkeypatch.delenv("AIECON_BINDER", raising=False)
    assert prepared.launch_links(repository, branch, "a/b") == links


def test_another_binder_can_be_named(monkeypatch):
    monkeypatch.setenv("AIECON_BINDER", "https://binder.org/")
    links = prepared.launch_links("https://github.com/o/r", "notebooks", "a")
    assert links["Binder"] == "https://binder.org/v2/gh/o/r/notebooks?urlpath=lab/tree/a.ipynb"
