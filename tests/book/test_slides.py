"""A deck from a chapter's page: what goes on slides, by rule; the copy of reveal.js."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import slides  # noqa: E402

PAGE = "chapters/solow_swan/growth"


def statement(kind: str, number: str, title: str, text: str = "It holds.") -> str:
    return (
        f'<div class="proof {kind} admonition" id="x"><p class="admonition-title">'
        f'<span class="caption-number">{kind.title()} {number} </span> ({title})</p>'
        f'<section class="{kind}-content"><p>{text}</p></section></div>'
        f'<div class="proof admonition"><p>Proof. Of {title}.</p></div>'
    )


def figure(name: str, shape: str = "300 200", caption: str = "A caption.") -> str:
    return (
        '<div class="cell"><details><summary>How</summary><pre>code</pre></details>'
        f'<div class="cell_output"><figure id="{name}">'
        f'<svg viewBox="0 0 {shape}"><path id="p"/></svg><figcaption><p>'
        f'<span class="caption-number">Fig. 1 </span><span class="caption-text">{caption}</span>'
        '<a class="headerlink" href="#f">#</a></p></figcaption></figure></div></div>'
    )


def section(title: str, *parts: str, classes: str = "") -> str:
    head = f'<h2><span class="section-number">1.1. </span>{title}</h2>'
    return f'<section class="{classes}">{head}{"".join(parts)}</section>'


EXERCISE = (
    '<div class="exercise admonition"><p class="admonition-title"><span class="caption-number">'
    "Exercise {0} </span>(Title {0})</p><section><p><em>{1} · 2 points · 10 minutes.</em> Do {0}."
    "</p>"
    '<details class="hint"><summary>First hint</summary>secret</details></section></div>'
    '<details class="solution"><summary>Solution</summary>the answer {0}</details>'
)


def page(*sections: str) -> str:
    exercises = "".join(
        EXERCISE.format(n, level)
        for n, level in enumerate(["Standard", "Warm-up", "Warm-up", "Challenge"])
    )
    return (
        '<section id="growth"><h1><span class="section-number">1. </span>Growth</h1>'
        '<div class="question"><p>Why do we grow?</p></div>'
        '<div class="findings admonition"><ol><li><p>We save.</p></li></ol></div>'
        '<div class="cell"><div class="explorer" id="explorer-a"><p class="explorer-title"><strong>'
        'Move</strong></p><fieldset class="explorer-bet"></fieldset>'
        '<p class="explorer-feedback"></p><div class="explorer-controls"></div>'
        '<div class="explorer-picture"></div>'
        '<script data-part="samples">AbC</script></div></div><p>Three things to try.</p>'
        '<div class="bet"><p>Your bet.</p></div>'
        + section("What is given", "<p>Labour <a href='other.html#x'>L</a>.</p>", "<table></table>")
        + "".join(sections)
        + section(
            "What we get",
            '<div class="cell"><p class="ledger-count">Of 3 statements compared with what we get: '
            "2 replicated, 1 by construction. All.</p></div>",
        )
        + section("Where it is fragile", "<ul><li>It is a model. More of this.</li></ul>")
        + section("Exercises", exercises)
        + section("Summary", "<p>We grew.</p>")
        + section("Sources", "<p>Solow.</p>")
        + "</section>"
    )


def made(*sections: str) -> list[slides.Slide]:
    return slides.deck(page(*sections), PAGE, "Neighbours")


def titles(*sections: str) -> list[str]:
    """Of the slides between assumptions and ledger."""
    found = [slide.title for slide in made(*sections)]
    return found[found.index("What is given") + 1 : found.index("What we get")]


def test_a_deck_has_its_parts_in_order():
    kinds = [slide.kind for slide in made(section("A", statement("theorem", "1.1", "Growth")))]
    assert kinds == [
        *("opening", "betting", "findings", "moving", "assumed", "theorem", "ledger"),
        *("exercises", "ending"),
    ]


def test_a_statement_has_its_title_and_its_proof_in_the_notes():
    slide = next(
        s for s in made(section("A", statement("lemma", "1.1", "K &lt; L"))) if s.kind == "lemma"
    )
    assert slide.title == "K &lt; L"
    assert "Lemma 1.1" in slide.body
    assert "Proof. Of K &lt; L." in slide.notes
    assert "Proof" not in slide.body


def test_a_short_statement_shares_a_slide_with_the_figure_behind_it():
    both = section("A", statement("theorem", "1", "T"), figure("f"))
    assert [s.kind for s in made(both)].count("pair") == 1
    wide = section("A", statement("theorem", "1", "T"), figure("f", "400 200"))
    assert [s.kind for s in made(wide)].count("over") == 1
    long = section("A", statement("theorem", "1", "T", "words " * 110), figure("f"))
    assert {"theorem long", "figure"} <= {slide.kind for slide in made(long)}


def test_a_sentence_that_leads_to_code_stays_away_with_it():
    code = '<div class="highlight-python"><pre>f(x)</pre></div>'
    said = "<p>Labour <a href='other.html#x'>L</a>.</p>"
    long = (
        "Of capital the share c makes output, and the rest of it makes ideas. In <code>code</code>:"
    )
    short = "Otherwise both are one. In code:"
    for words, kept in (
        *((w, w.partition(" In")[0]) for w in (long, short)),
        ("In code:", ""),
    ):
        page_ = page().replace(said, f"{said}<p>{words}</p>{code}<p>More.</p>")
        (slide,) = (s for s in slides.deck(page_, PAGE) if s.kind == "assumed")
        assert "In " not in slide.body
        assert kept in slide.body
        assert "More." in slide.body
    led = page().replace(said, f"<p>{long}</p><p>Behind it no code.</p>")
    assert "In <code>" in next(s.body for s in slides.deck(led, PAGE) if s.kind == "assumed")


def test_no_kind_of_slide_is_a_class_that_reveal_keeps_for_itself():
    """A stack, to reveal.js, is slides below one another: not counted, and not printed."""
    kept = {"stack", "present", "past", "future", "center", "reveal", "slides"}
    both = made(section("A", statement("theorem", "1", "T"), figure("f", "400 200")))
    assert not kept & {word for slide in both for word in slide.kind.split()}


def test_every_section_comes_before_the_second_of_another_and_the_short_path_first():
    many = [
        section(f"S{n}", *(statement("proposition", f"{n}.{k}", f"{n}.{k}") for k in range(3)))
        for n in range(5)
    ]
    assert titles(*many) == ["0.0", "0.1", "1.0", "1.1", "2.0", "3.0", "4.0"]
    many[4] = many[4].replace('class=""', 'class="short-path"')
    assert titles(*many) == ["0.0", "1.0", "2.0", "3.0", "4.0", "4.1", "4.2"]


def test_a_theorem_comes_before_the_lemma_above_it():
    full = [section(f"S{n}", statement("theorem", f"{n}", f"T{n}")) for n in range(6)]
    mixed = section("M", statement("lemma", "1", "L"), statement("theorem", "2", "T"))
    assert titles(mixed, *full) == ["T", *(f"T{n}" for n in range(6))]


def test_hints_put_first_and_leave_out():
    sections = [section(f"S{n}", statement("theorem", f"{n}", f"T{n}")) for n in range(8)]
    sections[7] = sections[7].replace('class=""', 'class="slide"')
    sections[0] = sections[0].replace('class=""', 'class="no-slide"')
    assert titles(*sections) == [f"T{n}" for n in range(1, 8)]


def test_an_equation_counts_on_the_short_path():
    equation = '<div class="math display" id="equation-eq-a"><math></math></div>'
    assert titles(section("A", equation)) == []
    assert titles(section("A", equation, classes="short-path")) == ["A"]


def test_an_equation_comes_with_the_words_before_it_unless_it_is_among_the_assumptions():
    equation = '<div class="math display" id="equation-eq-a"><math></math></div>'
    found = made(section("A", f"<p>So that</p>{equation}", classes="short-path"))
    slide = next(slide for slide in found if slide.kind == "equation")
    assert slide.body.startswith("<div><p>So that</p><div")
    assert "So that" not in slide.notes
    beside = made(section("A", f"<p>So that</p>{equation}", figure("f"), classes="short-path"))
    slide = next(slide for slide in beside if slide.kind == "pair")
    assert re.match(r"<div><p>.*?</div></div><figure", slide.body)  # two parts, side by side
    given = page().replace("<table></table>", equation).replace('class=""', 'class="short-path"')
    found = slides.deck(given, PAGE)
    assert [slide.kind for slide in found].count("equation") == 0


def test_of_exercises_the_first_warm_up_and_the_first_beyond_it_are_shown_without_answers():
    slide = next(slide for slide in made() if slide.kind == "exercises")
    assert "Do 1." in slide.body
    assert "Do 0." in slide.body
    assert slide.body.count("Do ") == 2
    text = "".join(s.body + s.notes for s in made())
    assert "the answer" not in text
    assert "secret" not in text


def test_a_caption_ends_with_a_sentence_and_is_whole_in_the_notes():
    long = "A question? " + "It says 0.5 of much. " * 30
    slide = next(s for s in made(section("A", figure("f", caption=long))) if s.kind == "figure")
    shown = re.sub("<[^>]+>", "", slide.body)
    assert len(shown) <= slides.CAPTION + 20
    assert shown.rstrip().endswith("of much.")
    assert slide.notes.count("It says 0.5") == 30


def test_drawings_and_samples_pass_through_and_ids_are_the_pages():
    deck = made(section("A", figure("fig-a")))
    text = "".join(slide.body for slide in deck)
    assert '<svg viewBox="0 0 300 200"><path id="p"/></svg>' in text
    assert '<script data-part="samples">AbC</script>' in text
    assert 'id="explorer-a"' in text
    assert 'id="fig-a"' not in text
    assert "headerlink" not in text


def test_links_lead_where_they_led_from_the_page():
    slide = next(slide for slide in made() if slide.kind == "assumed")
    assert 'href="../../chapters/solow_swan/other.html#x"' in slide.body


def test_the_ledger_is_counted():
    slide = next(slide for slide in made() if slide.kind == "ledger")
    assert re.findall(r"<td>(\d+)</td><th scope='row'>([^<]+)", slide.body) == [
        ("2", "replicated"),
        ("1", "by construction"),
    ]
    assert "It is a model." in slide.body


def test_a_file_is_made_of_it():
    text = slides.document(made(), PAGE, "A book")
    assert "<title>Growth: slides of A book</title>" in text
    assert text.count("<section class=") == len(made())
    assert 'href="../../chapters/solow_swan/growth.html"' in text
    assert "http" not in text


def test_a_chapters_menu_offers_its_deck_and_no_other_pages_does():
    for page, offered in ((PAGE, ["slides/solow_swan/growth.html"]), ("chapters/reference/a", [])):
        menu = {"label": "download-buttons", "buttons": []}
        context = {"header_buttons": [menu], "pathto": lambda path, kind: path}
        slides.offer(None, page, "page.html", context, None)
        assert [button["url"] for button in menu["buttons"]] == offered


@pytest.mark.parametrize(
    ("digest", "name"),
    re.findall(
        r"^([0-9a-f]{64})  (\S+)$",
        (ROOT / "assets" / "reveal" / "README.txt").read_text("utf8"),
        re.MULTILINE,
    ),
)
def test_the_copy_of_reveal_is_as_its_makers_published_it(digest, name):
    file = ROOT / "assets" / "reveal" / name
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest


def test_the_copy_of_reveal_is_no_more_than_is_listed():
    folder = ROOT / "assets" / "reveal"
    listed = (folder / "README.txt").read_text("utf8")
    assert all(file.name in listed for file in folder.iterdir() if file.name != "README.txt")
    assert sum(file.stat().st_size for file in folder.iterdir()) < 260_000
