"""The page that most readers open first: five pictures, plain words, and a way on from each."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from aiecon import chen_meng as cm
from aiecon import korinek_suh as ks
from aiecon import who_benefits as wb
from aiecon.korinek_suh.dynamics.scenarios import solved, wage_collapse
from tests.told import says

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ROOT / "chapters"
PAGE = (CHAPTERS / "what_we_found.md").read_text("utf8").split("---\n", 2)[2]
PROSE = re.sub(r"^```\{code-cell\}.*?^```$", "[cell]", PAGE, flags=re.DOTALL | re.MULTILINE)
PICTURE = re.compile(r"^    name: (fig-[\w-]+)$.*?^```$(.*?)(?=^## )", re.DOTALL | re.MULTILINE)
GLOSSARY = (CHAPTERS / "reference" / "glossary.md").read_text("utf8")
TERMS = {
    line.lower()
    for block in re.findall(r"^```\{glossary\}\n(.*?)^```$", GLOSSARY, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
    if line and not line.startswith(" ")
}
SOURCES = [ROOT / "intro.md", *sorted(CHAPTERS.rglob("*.md"))]


def test_it_is_the_first_page_of_the_book():
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))
    assert contents["parts"][0] == {"chapters": [{"file": "chapters/what_we_found"}]}
    assert "(chapters/what_we_found.md)" in (ROOT / "intro.md").read_text("utf8")


def test_it_has_no_formula():
    assert "$" not in PROSE
    assert not re.search(r"\{(?:math|eq)\}|[Α-Ωα-ω∫∑≤≥]", PROSE)


def test_each_of_five_pictures_leads_to_where_it_is_derived():
    pictures = dict(PICTURE.findall(PAGE))
    assert len(pictures) == 5
    for name, after in pictures.items():
        links = re.findall(r"\]\(([\w/]+\.md)\)", after)
        assert links, name
        assert all((CHAPTERS / link).is_file() for link in links), name


def test_every_model_has_output_rise():
    assert set(wb.agreement()["Does output rise?"].values()) == {"yes"}


def test_it_is_read_in_the_time_that_it_says():
    assert "in five minutes" in PROSE
    assert 4 <= len(PROSE.split()) / 240 <= 5.5


def test_it_says_what_is_a_reconstruction_and_what_nobody_knows():
    assert "**reconstruction**" in PROSE
    assert "## What nobody knows" in PROSE


@pytest.mark.parametrize("source", SOURCES, ids=lambda file: file.stem)
def test_a_term_of_the_glossary_exists_and_stands_once_in_a_chapter(source):
    """At its first use alone; in a fold's title a link could not be reached."""
    used = re.findall(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`", source.read_text("utf8"))
    names = [name.lower() for name in used]
    assert set(names) <= TERMS
    assert len(names) == len(set(names)) or source.stem == "glossary"
    assert not re.search(r"^`{3,}\{dropdown\}.*\{term\}", source.read_text("utf8"), re.MULTILINE)


def test_the_glossary_is_in_plain_words():
    assert "$" not in GLOSSARY
    assert len(TERMS) >= 40


def alt(figure: str) -> str:
    found = re.search(rf"name: {figure}$.*?alt: \|\n(.*?)^---$", PAGE, re.DOTALL | re.MULTILINE)
    assert found
    return " ".join(found[1].split())


def test_what_the_pictures_are_said_to_show_is_what_the_models_give():
    models = {model.model: model for model in wb.common_measures()}
    futures = [models[name] for name in ("Baseline AGI", "Aggressive AGI", "Bout of automation")]
    said = alt("fig-lay-who")
    for person, form in (("worker", ".2f"), ("median", ".2f"), ("owner", ".1f")):
        values = [format(1 + model.gain(person), form) for model in futures]
        assert "{}, {} and {}".format(*values) in said
    table = {x.instrument: x for x in wb.instrument_table() if x.scenario == "Baseline AGI"}
    said = alt("fig-lay-help")
    for name, kind in (
        ("Tax on what capital earns", "tax on capital's income"),
        ("Public fund or tax on consumption", "public fund"),
        ("Jobs kept for people", "nostalgic jobs"),
        ("Half the speed", "automation at half speed"),
    ):
        numbers = re.findall(r"\d+(?:\.\d+)?", said.partition(name)[2].partition(":")[2])[:3]
        gains = [f"{1 + table[kind].gain[who]:.2f}" for who in ("worker", "median", "owner")]
        assert numbers == gains, name
    fund, consumption = table["public fund"], table["tax on consumption"]
    assert fund.gain == pytest.approx(consumption.gain)  # one row of the picture for both
    incomes = [cm.economy(cm.with_ratio(cm.Parameters(), ratio)) for ratio in (0.25, 5.0)]
    ends = [incomes[0].gini_before, *(economy.gini for economy in incomes)]
    assert all(f"{gini:.2f}" in alt("fig-lay-gini") for gini in ends)
    params, capital = ks.Parameters(A=1.0, sigma=0.2), 10.0
    peak, whole = ks.wage_peak(capital, params), ks.equilibrium(capital, 1.0, params)
    border = float(ks.scarcity_threshold(capital))
    chapter = "what_we_found"
    says(chapter, "fig-lay-hump", whole.output, peak.wage, 100 * peak.Phi, whole.wage, 100 * border)
    a, b, c, d = (solved(panel) for panel in "abcd")
    slow, floor, top = (
        float(x / b.wage(0.0)) for x in (a.wage(40.0), 0.5, wage_collapse(b).peak_wage)
    )
    rise = float(d.wage(40.0) / d.wage(0.0))
    falls = [float(np.ceil(path.region_changes[0].date)) for path in (b, c, d)]
    dates = (wage_collapse(b).peak_date, falls[0], falls[1], falls[2], d.region_changes[1].date)
    said = (slow, top, dates[0], floor, dates[1], floor, dates[2], floor, dates[3], dates[4], rise)
    says(chapter, "fig-lay-futures", *said)
    people = [format(1 + m.gain(who), ".2f") for who in ("worker", "median") for m in futures]
    says(chapter, "fig-lay-who", *map(float, people), *(1 + m.gain("owner") for m in futures))
    costs = [-100 * table[kind].output for kind in ("tax on capital's income", "nostalgic jobs")]
    costs.append(-100 * table["automation at half speed"].output)
    says(chapter, "fig-lay-help", *costs)
