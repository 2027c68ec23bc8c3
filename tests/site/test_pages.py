"""What can be read off the built files: links, ids, figures, mathematics, chapters' parts."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import nbformat
import pytest
import yaml
from fontTools.ttLib import TTFont

from .conftest import ROOT, SITE, content_pages, pages, text, tree

MATHML = "{http://www.w3.org/1998/Math/MathML}"
CHAPTERS = [page for page in content_pages() if re.match(r"chapters/(?!reference/).+/", page)]


def test_there_is_a_site(site):
    """Guards the other tests: parametrised over no pages they would all pass."""
    planned = (ROOT / "_toc.yml").read_text("utf8").count("- file:")
    assert len(content_pages()) == planned + 1  # and the landing page
    assert len(CHAPTERS) >= 2


def _targets(page: str):
    for element in tree(page).iter():
        for attribute in ("href", "src"):
            if attribute in element.attrib:
                yield element, element.attrib[attribute]


@cache
def _anchors(page: Path) -> set[str | None]:
    """What a link into the page can name."""
    root = tree(str(page.relative_to(SITE)))
    return {e.attrib.get("id") for e in root.iter()} | {
        e.attrib.get("name") for e in root.iter("a")
    }


@pytest.mark.parametrize("page", pages())
def test_internal_links_and_anchors_lead_somewhere(page):
    assert targets_that_lead_nowhere(page) == []


def targets_that_lead_nowhere(page: str) -> list[str]:
    broken = []
    for _, target in _targets(page):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc or target.startswith("data:"):
            continue
        path, fragment = urldefrag(target)
        path = unquote(path.split("?")[0])
        file = ((SITE / page).parent / path).resolve() if path else SITE / page
        if file.is_dir():
            file = file / "index.html"
        anchored = bool(fragment) and file.suffix == ".html"
        if not file.exists() or (anchored and unquote(fragment) not in _anchors(file)):
            broken.append(target)
    return broken


@pytest.mark.parametrize("page", pages())
def test_nothing_is_loaded_from_another_host(page):
    loading = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
    foreign = []
    for element in tree(page).iter():
        target = element.attrib.get(loading.get(str(element.tag), ""), "")
        if urlsplit(target).netloc and element.attrib.get("rel") != "canonical":
            foreign.append(target)
    assert foreign == []


@pytest.mark.parametrize("page", pages())
def test_ids_are_unique(page):
    ids = [e.attrib["id"] for e in tree(page).iter() if "id" in e.attrib]
    assert sorted(i for i in set(ids) if ids.count(i) > 1) == []


@pytest.mark.parametrize("page", content_pages())
def test_a_page_says_what_it_is(page):
    root = tree(page)
    assert root.attrib.get("lang") == "en"
    assert text(root.find(".//title"))
    descriptions = [
        m.attrib["content"] for m in root.iter("meta") if m.attrib.get("name") == "description"
    ]
    assert len(descriptions) == 1
    assert 40 <= len(descriptions[0]) <= 160
    assert len(list(root.find(".//article").iter("h1"))) == 1


@pytest.mark.parametrize("page", [*content_pages(), "search.html"])
def test_a_page_chooses_its_theme_before_it_is_painted(page):
    """Before the first style sheet: a first visit follows the system, later ones what is stored."""
    parts = [e for e in tree(page).find(".//head") if e.tag in ("script", "link")]
    sheets = [i for i, e in enumerate(parts) if e.attrib.get("rel") == "stylesheet"]
    scripts = "".join("".join(e.itertext()) for e in parts[: sheets[0]])
    first_visit = scripts.index('localStorage.setItem("mode", "auto")')
    assert first_visit < scripts.index('dataset.theme = localStorage.getItem("theme")')


@pytest.mark.parametrize("page", content_pages())
def test_every_figure_has_a_caption_and_a_text_alternative(page):
    article = tree(page).find(".//article")
    problems = []
    for figure in article.iter("figure"):
        caption = figure.find(".//figcaption")
        if caption is None or len(text(caption)) < 20:
            problems.append(f"caption of {figure.attrib.get('id')}")
    for image in [*article.iter("img"), *article.findall(".//{*}svg")]:
        hidden = image.attrib.get("aria-hidden") == "true"
        words = image.attrib.get("alt") or image.attrib.get("aria-label") or ""
        if not hidden and len(words) < 40:
            problems.append(f"alternative: {words!r}")
    assert problems == []


@pytest.mark.parametrize("page", content_pages())
def test_every_word_in_a_figure_has_a_colour(page):
    """Without one it is black, in the dark theme too."""
    article = tree(page).find(".//article")
    words = article.findall(".//{*}svg//{*}text")
    assert [text(word) for word in words if "fill" not in str(word.attrib)] == []


@pytest.mark.parametrize("page", content_pages())
def test_mathematics_is_set_and_nothing_is_left_as_source(page):
    article = tree(page).find(".//article")
    words = text(article)
    assert not re.search(r"\\\(|\\\[|\$\$|\\begin\{", words)
    for element in article.iter():
        if "math" in element.attrib.get("class", "").split():
            assert any("math" in str(e.tag) for e in element.iter()), text(element)
    assert "??" not in words


def test_the_font_has_every_sign_of_the_formulas(site):
    font = TTFont(site / "_static" / "fonts" / "stix-two-math.woff2").getBestCmap()
    formulas = [
        e for page in content_pages() for e in tree(page).iter() if e.tag == f"{MATHML}math"
    ]
    signs = {sign for formula in formulas for sign in text(formula)}
    assert len(signs) > 100
    assert [sign for sign in sorted(signs) if ord(sign) not in font] == []


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_has_its_parts(page):
    article = tree(page).find(".//article")
    classes = [e.attrib.get("class", "").split() for e in article.iter()]

    def count(name: str) -> int:
        return sum(name in c for c in classes)

    assert count("exercise") >= 5
    assert count("solution") >= 5
    assert count("proof") >= 2
    assert len(list(article.iter("figure"))) >= 2
    assert count("ledger-count") == 1, "one report of the ledger"
    assert count("explorer") >= 1


def _notebook_pages() -> list[str]:
    state = SITE.parent / "pages.json"
    return sorted(json.loads(state.read_text("utf8"))) if state.exists() else []


@pytest.mark.parametrize("name", _notebook_pages())
def test_a_notebook_page_offers_its_executed_notebook(name):
    notebook = nbformat.read(SITE / "notebooks" / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code[0].source.splitlines()) <= 10  # the carried library stands in one line
    assert "from exhibits.notebook import require" in code[0].source
    assert all(cell.execution_count for cell in code[1:])
    links = [target for _, target in _targets(f"{name}.html")]
    assert any(target.endswith(f"{Path(name).name}.ipynb") for target in links)


@pytest.mark.parametrize("name", _notebook_pages())
def test_an_offered_notebook_says_what_its_page_says(name):
    """In plain Markdown that any Jupyter shows: nothing of the source is left, nothing is lost."""
    file = SITE / "notebooks" / f"{name}.ipynb"
    assert file.stat().st_size <= 1_500_000
    notebook = nbformat.read(file, as_version=4)
    words = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    left = re.findall(
        r"\{(?:prf|glue|cite|eq|ref|numref|exercise|solution)\b[^}]*\}|:::|````", words
    )
    assert not left
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    shown = [output.get("data", {}) for output in outputs]
    assert not any("papermill" in kind for data in shown for kind in data)
    assert all("image/png" in data for data in shown if "image/svg+xml" in data)
    page = [e.get("class", "").split() for e in tree(f"{name}.html").iter() if e.get("class")]

    def on_page(*classes: str) -> int:
        return sum(set(classes) <= set(found) for found in page)

    assert words.count("**Exercise ") == on_page("admonition", "exercise")
    first = re.findall(r"<summary><b>Solution to .*?</b></summary>", words)
    assert len([s for s in first if ", continued<" not in s]) == on_page("fold", "solution")
    pictures = sum("image/png" in data for data in shown)
    assert pictures == on_page("book-figure") - on_page("explorer-narrow")  # one layout of two
    captions = len(list(tree(f"{name}.html").iter("figcaption")))
    assert len(re.findall(r"^\*\*Fig\. ", words, re.MULTILINE)) == captions


def test_a_host_serves_the_folders_that_begin_with_an_underscore(site):
    assert (site / ".nojekyll").is_file()


def test_the_search_index_knows_the_chapters(site):
    index = (site / "searchindex.js").read_text("utf8")
    names = json.loads(index[index.index("(") + 1 : index.rindex(")")])["docnames"]
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))
    planned = {c["file"] for part in toc["parts"] for c in part["chapters"]}
    assert planned <= set(names)


def test_no_source_of_this_machine_shows(site):
    """No path, name or address of the machine that built the site."""
    for file in site.rglob("*"):
        if file.suffix in {".html", ".ipynb", ".js", ".md", ".json"}:
            assert str(ROOT) not in file.read_text("utf8", errors="ignore"), file
