"""What a style sheet loses: rules that nothing in the site can use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

from lighter import join, look_once, prune, pruned, words_of  # noqa: E402


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".a{x:1}.b{x:1}", ".a{x:1}"),
        ("#a .b,p>.a{x:1}", "p>.a{x:1}"),
        (".a:not(.b):hover{x:1}", ".a:not(.b):hover{x:1}"),
        (":is(.a,.b) p,.b{x:1}", ":is(.a,.b) p{x:1}"),
        ("/* .a{} */ .b{x:1} p{x:1}", "p{x:1}"),
        ("@media print{.b{x:1}}", ""),
        ("@media print{@supports (x:1){.a{x:1}}}", "@media print{@supports (x:1){.a{x:1}}}"),
        ("@keyframes b{from{x:1}to{x:2}}", "@keyframes b{from{x:1}to{x:2}}"),
        ('@import url("a;b.css");.a{x:1}', '@import url("a;b.css");.a{x:1}'),
        ('.a{x:url("data:;{}")}', '.a{x:url("data:;{}")}'),
        (r".c\.d{x:1}.c\.e{x:1}", r".c\.d{x:1}"),
        (""".b{x:url("d:;'rgba(0)'{")}.a{x:1}.b{x:url('d:;"(')}""", ".a{x:1}"),
        (".composed-by-script{x:1}", ".composed-by-script{x:1}"),
        ("input[type='.b']{x:0.5em}", "input[type='.b']{x:0.5em}"),
    ],
)  # fmt: skip
def test_a_rule_stays_if_all_it_names_may_occur(css, left):
    assert pruned(css, {"a", "c.d", "composed-"}) == left


def test_words_come_from_pages_and_scripts(tmp_path):
    (tmp_path / "_static" / "styles").mkdir(parents=True)
    (tmp_path / "a.html").write_text('<p class="a b" id="c"><script>add("d-e")</script>', "utf8")
    (tmp_path / "_static" / "x.js").write_text("classList.add(`f-${x}`)", "utf8")
    assert {"a", "b", "c", "d-e", "f-"} <= words_of(tmp_path)
    sheet = tmp_path / "_static" / "styles" / "bootstrap.css"
    sheet.write_text(".a{x:1}.z{x:1}", "utf8")
    prune(tmp_path)
    assert sheet.read_text("utf8") == ".a{x:1}"


def test_a_page_asks_for_the_themes_styles_once(tmp_path):
    styles = tmp_path / "_static" / "styles"
    styles.mkdir(parents=True)
    names = ("theme", "bootstrap", "pydata-sphinx-theme", "sphinx-book-theme")
    for name in names:
        (styles / f"{name}.css").write_text(f"{name}{{}}", "utf8")
    (tmp_path / "_static" / "basic.css").write_text("basic{}", "utf8")
    page = tmp_path / "a.html"
    links = {
        name: f'<link href="_static/styles/{name}.css?v=1" rel="stylesheet" />' for name in names
    }
    page.write_text("\n".join([*links.values(), '<link href="_static/own.css">']), "utf8")
    for _ in range(2):  # the second time nothing is copied anew
        join(tmp_path)
    assert page.read_text("utf8") == links["theme"] + '\n<link href="_static/own.css">'
    assert [file.name for file in tmp_path.rglob("*.css")] == ["theme.css"]
    assert (styles / "theme.css").read_text("utf8") == (
        "basic{}bootstrap{}pydata-sphinx-theme{}sphinx-book-theme{}"
    )


def test_the_theme_does_not_look_at_every_box(tmp_path):
    script = tmp_path / "_static" / "scripts" / "pydata-sphinx-theme.js"
    script.parent.mkdir(parents=True)
    looks = '"complete"===document.readyState?T():window.addEventListener("load",T)'
    script.write_text(f"(()=>{{e(a),{looks}}})();", "utf8")
    for _ in range(2):
        look_once(tmp_path)
    assert script.read_text("utf8") == '(()=>{e(a),"book.js looks"})();'
    script.write_text("(()=>{e(a),looks()})();", "utf8")
    with pytest.raises(ValueError, match="no longer looks"):
        look_once(tmp_path)
