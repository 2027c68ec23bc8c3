r"""Mathematics as MathML: what Sphinx is given, what the reader's browser draws, what must fail."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book"))

import mathml_layout  # noqa: E402
import mathml_measure  # noqa: E402
import mathml_tex  # noqa: E402
from mathml_layout import convert, markup  # noqa: E402
from mathml_measure import characters, metrics, plain_text, width  # noqa: E402
from mathml_tex import TexError, normalise, take_tag  # noqa: E402
from subset_font import FONT  # noqa: E402

# A small site ------------------------------------------------------------------------------------

CONF = rf"""
import sys
sys.path.insert(0, {str(ROOT / "book")!r})
project, copyright, html_title = "A sample", "us", "A sample"
extensions = ["myst_parser", "sphinx_proof", "mathml"]
myst_enable_extensions = ["amsmath", "dollarmath"]
myst_dmath_double_inline = True
html_theme = "sphinx_book_theme"
html_context = {{"default_mode": "auto"}}
html_math_renderer = "mathml"
html_static_path = [{str(ROOT / "assets")!r}]
html_css_files = ["mathml.css"]
mathml_macros = {{"E": r"\mathbb{{E}}", "pd": r"\frac{{\partial #1}}{{\partial #2}}"}}
numfig = True
language = "en"
"""

INDEX = r"""# A sample

```{toctree}
:numbered:
wages
growth
```
"""

WAGES = r"""# When $\Phi$ passes $\hat\Phi$

Inline: $\frac{K}{L} > \kappa$, $\kappa = 1$, and a macro: $\E[\pd{Y}{\Phi}]$.

In brackets ($a$) or [$b$ and ($c$, $d$)].

Two full stops: the match is worth it *to the pair*.
The share is $1-\vartheta$.

$$
w = \left(\frac{A^{1-\sigma}-R^{1-\sigma}\Phi}{1-\Phi}\right)^{\frac{1}{1-\sigma}}
$$ (frontier)

\begin{align}
F_K &= R \\
F_L &= w \label{prices}
\end{align}

\begin{align}
a &= b
\end{align}

\begin{align*}
c &= d \\
e &= f
\end{align*}

$$ w = R = A \tag{5'} $$

$$
\begin{split}
x &= y \\[1ex]
  &= z
\end{split}
$$

In a sentence: $$ \dot K = sY - \delta K $$ it stands.

See {eq}`frontier` and {eq}`prices`, and {eq}`long` of the next page.

## The limit $\sigma \to 1$

```{prf:lemma} Scarcity at $\Phi(\hat I)$
:label: scarcity
There is a threshold $\hat I$.
```
"""

GROWTH = r"""# Growth

Output is $Y = A\left[K^{\frac{\sigma-1}{\sigma}}\Phi^{\frac1\sigma} + L^{\frac{\sigma-1}{\sigma}}(1-\Phi)^{\frac1\sigma}\right]^{\frac{\sigma}{\sigma-1}}$ here.

$$
w^*(I)=\lim_{K/L\to\infty}w=A\left[0\cdot\Phi(I)^{\frac1\sigma}+(1-\Phi(I))^{\frac1\sigma}\right]^{\frac1{\sigma-1}}(1-\Phi(I))^{\frac1\sigma}=A(1-\Phi(I))^{\frac1{\sigma-1}}
$$ (long)

$$ Y $$

$$ \dot K $$

$$ \underbrace{a+b+c+d+e+f+g+h+i+j+k+l}_{\text{a long brace}} $$

The word of the search is scarcity, $\frac{k}{\ell}$.
"""  # noqa: E501


def build(folder: Path, **pages: str) -> subprocess.CompletedProcess[str]:
    """Build a site of these pages in `folder`, warnings as errors."""
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-n", "-b", "html"]
    return subprocess.run(
        [*command, str(folder), str(folder / "_build")], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mathml")
    done = build(folder, index=INDEX, wages=WAGES, growth=GROWTH)
    assert done.returncode == 0, done.stderr
    return folder / "_build"


def read(file: Path) -> Element:
    return html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)


@pytest.fixture(scope="module")
def wages(site: Path) -> Element:
    return read(site / "wages.html")


MATHML = "{http://www.w3.org/1998/Math/MathML}"


def annotation(element: Element) -> str:
    (found,) = element.iter(f"{MATHML}annotation")
    return "".join(found.itertext())


def drawn(element: Element) -> str:
    """The text of an element without the annotation."""
    return "".join("".join(e.itertext()) for e in element.iter(f"{MATHML}semantics") for e in e[:1])


def with_class(tree: Element, name: str) -> list[Element]:
    return [e for e in tree.iter() if name in e.get("class", "").split()]


def displays(tree: Element) -> dict[str, Element]:
    """The displayed equations by their TeX."""
    return {annotation(e): e for e in with_class(tree, "display")}


def display(tree: Element, part: str) -> Element:
    (found,) = [e for tex, e in displays(tree).items() if part in tex]
    return found


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def number(element: Element) -> str | None:
    labels = with_class(element, "eqno")
    return text(labels[0]).rstrip("#") if labels else None


# What Sphinx writes ------------------------------------------------------------------------------


def test_inline_mathematics_keeps_its_tex(wages):
    inline = [e for e in with_class(wages, "math") if "display" not in e.get("class")]
    found = {annotation(e): e for e in inline}
    fraction = found[r"\frac{K}{L} > \kappa"]
    assert fraction.tag == "span"
    assert fraction.find(f"{MATHML}math").get("display") is None
    assert len(list(fraction.iter(f"{MATHML}mfrac"))) == 1
    assert drawn(fraction) == "KL>κ"


def test_punctuation_behind_a_formula_stays_in_its_line(wages):
    (line,) = [e for e in wages.iter() if e.tag == "p" and text(e).startswith("Inline:")]
    tails = {annotation(formula): formula[0].tail for formula in line}
    assert tails[r"\frac{K}{L} > \kappa"] == ","
    assert tails[r"\E[\pd{Y}{\Phi}]"] == "."
    assert [formula.tail for formula in line] == [" ", " and a macro: ", None]


def test_an_opening_bracket_stays_with_the_formula_behind_it(wages):
    (line,) = [e for e in wages.iter() if e.tag == "p" and text(e).startswith("In brackets")]
    assert line.text == "In brackets "
    parts = [(formula.text, formula[0].tail, formula.tail) for formula in line]
    assert parts == [
        ("(", ")", " or "),
        ("[", None, " and "),
        ("(", ",", " "),
        (None, ")].", None),
    ]


def test_the_full_stop_behind_a_formula_is_its_own_and_not_an_earlier_one(wages):
    (line,) = [e for e in wages.iter() if e.tag == "p" and text(e).startswith("Two full stops:")]
    emphasis, formula = line
    assert emphasis.tail == ".\nThe share is "
    assert formula[0].tail == "."
    assert formula.tail is None


def test_display_mathematics_is_a_block(wages):
    frontier = display(wages, "R^{1-")
    assert frontier.tag == "div"
    assert frontier.find(f".//{MATHML}math").get("display") == "block"


def test_display_mathematics_in_a_sentence_stays_in_its_paragraph(wages):
    (paragraph,) = [p for p in wages.iter("p") if text(p).startswith("In a sentence")]
    assert text(paragraph).endswith("it stands.")
    assert len(with_class(paragraph, "display")) == 1


def test_macros_stand_for_their_replacement(wages):
    (macro,) = [e for e in with_class(wages, "math") if annotation(e) == r"\E[\pd{Y}{\Phi}]"]
    assert drawn(macro) == "𝔼[∂Y∂Φ]"


def test_equations_are_numbered_and_links_reach_them(site, wages):
    links = {}
    for link in with_class(wages, "reference"):
        page, _, target = link.get("href", "").partition("#")
        if target.startswith("equation-"):
            links[text(link)] = (page, target)
    assert list(links) == ["(1.1)", "(1.2)", "(2.1)"]
    for shown, (page, target) in links.items():
        tree = read(site / page) if page else wages
        (equation,) = [e for e in tree.iter() if e.get("id") == target]
        assert number(equation) == shown
        (permalink,) = with_class(equation, "headerlink")
        assert permalink.get("href") == f"#{target}"


def test_an_align_is_one_block_with_one_number(wages):
    prices = display(wages, "F_K")
    assert len(list(prices.iter(f"{MATHML}mtr"))) == 2
    assert prices.get("id") == "equation-prices"
    assert number(prices) == "(1.2)"
    assert r"\label" not in annotation(prices)
    assert drawn(prices) == "FK=RFL=w"  # math-core's own numbers are gone


def test_the_id_of_an_unnamed_align_is_the_same_in_every_build(wages):
    unnamed = display(wages, "a &= b")
    assert unnamed.get("id") == "equation-wages-block-2"
    assert number(unnamed) == "(1.3)"


def test_starred_environments_have_no_number(wages):
    assert number(display(wages, "c &= d")) is None


def test_a_tag_is_the_number(wages):
    assert number(display(wages, r"\tag{5'}")) == "(5')"


def test_split_becomes_rows(wages):
    rows = list(display(wages, "split").iter(f"{MATHML}mtr"))
    assert len(rows) == 2
    assert "ex" not in drawn(display(wages, "split"))


def test_no_script_sets_mathematics(wages):
    scripts = [script.get("src", "") + text(script) for script in wages.iter("script")]
    assert scripts
    assert not [script for script in scripts if "math" in script.lower()]


def test_headings_are_plain_text_wherever_they_go(site, wages):
    assert text(wages.find(".//title")) == "1. When Φ passes Φ̂ — A sample"
    for heading in wages.iter("h1"):
        assert re.fullmatch(r"(1\. )?When Φ passes Φ̂#?", text(heading))
    for nav in wages.iter("nav"):
        assert not list(nav.iter(f"{MATHML}math"))
        assert "\\" not in text(nav)
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "When \\u03a6 passes" in index
    assert "The limit \\u03c3 \\u2192 1" in index


def test_the_title_of_a_lemma_keeps_its_mathematics(wages):
    (title,) = [e for e in with_class(wages, "admonition-title") if "Scarcity" in text(e)]
    assert list(title.iter(f"{MATHML}math"))


def test_the_search_index_has_no_tex(site):
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    words = json.loads(index[index.index("(") + 1 : index.rindex(")")])
    found = words["terms"].keys() | words["titleterms"].keys()
    assert "threshold" in found
    assert "κ" in found
    assert not found & {"frac", "sigma", "phi", "left", "align", "hat", "kappa"}


# What must fail ----------------------------------------------------------------------------------

BAD = {  # TeX: what the warning says
    r"$\foo x$": r"Unknown command \"\\foo\"",
    r"$\frac{1$": "reached end of input",
    r"$\mathfrak{A}$": "not in the book's mathematics font: 𝔄",
    r"$\eqref{x}$": "a reference inside mathematics",
    r"$\text{for $": "closing",
    "$$ a & b $$ (named)": None,  # a table without an environment is set as rows: good
    r"$$ x \tag{1} $$ (both)": "a label",
    r"$$ x \label{inside} $$": "label",
    r"$$ \begin{flalign} a &= b \end{flalign} $$": "Unknown environment",
    r"## A heading with $\frac{a}{b}$": "fits in a line",
    r"## A heading with $\foo$": "Unknown command",
}


@pytest.fixture(scope="module")
def bad_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess, Path]:
    folder = tmp_path_factory.mktemp("bad")
    return build(folder, index="# Bad\n\n" + "\n\n".join(BAD)), folder / "_build"


@pytest.mark.parametrize("tex", BAD)
def test_tex_that_cannot_be_converted_stops_the_build_and_says_where(bad_site, tex):
    done, _ = bad_site
    assert done.returncode == 1
    line = 3 + 2 * list(BAD).index(tex)
    here = [w for w in done.stderr.splitlines() if f"index.md:{line}: WARNING:" in w]
    if BAD[tex] is None:
        assert not here
        return
    (warning,) = here
    inside = re.search(r"\$+ ?(.*?) ?\$+", tex)[1]
    assert "TeX that cannot be set as MathML" in warning
    assert re.search(BAD[tex], warning)
    assert warning.endswith(f"in: {inside}")


def test_tex_that_cannot_be_converted_is_shown(bad_site):
    _, folder = bad_site
    shown = [text(e) for e in with_class(read(folder / "index.html"), "math-error")]
    assert r"\foo x" in shown
    assert len(shown) >= 8


def test_macros_that_cannot_be_read_stop_the_build(tmp_path):
    (tmp_path / "index.md").write_text("# A page\n\nNo mathematics.\n")
    (tmp_path / "conf.py").write_text(
        CONF + 'mathml_macros = {"bad": r"\\begin{nothing}x\\end{nothing}"}\n'
    )
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html"]
    done = subprocess.run(
        [*command, str(tmp_path), str(tmp_path / "_build")], capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "mathml_macros: in the macros (bad)" in done.stderr


def test_two_tags_in_a_block_are_refused():
    with pytest.raises(TexError, match="more than one"):
        take_tag(r"a \tag{1} \\ b \tag{2}")


# The parts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [mathml_tex, mathml_measure, mathml_layout])
def test_examples_in_the_docstrings(module):
    done = doctest.testmod(module)
    assert done.attempted
    assert not done.failed


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("a = b", "a = b"),
        (r"a &= b \\ c &= d", r"\begin{aligned}a &= b \\ c &= d\end{aligned}"),
        ("a\n\nb", r"\begin{gathered}a\\b\end{gathered}"),
        (r"\begin{cases} a & b \\ c & d \end{cases}", r"\begin{cases} a & b \\ c & d \end{cases}"),
        (r"\begin{equation*} a \end{equation*}", "a"),
        (r"50 \% \text{ of } A \& B", r"50 \% \text{ of } A \& B"),
    ],
)
def test_normalise(tex, expected):
    assert normalise(tex) == expected


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\Phi", "Φ"),
        ("K/L", "K/L"),
        (r"w^*", "w*"),
        (r"K_0^2", None),
        (r"\sigma < 1", "σ < 1"),
        (r"\lambda g \le (1-\sigma)G", "λg ≤ (1 − σ)G"),
        (r"\frac{a}{b}", None),
        (r"K_t", None),
        (r"\dot K", "K̇"),
    ],
)
def test_plain_text(tex, expected):
    assert plain_text(convert(tex)) == expected


def test_the_annotation_is_the_source_and_markup_is_escaped():
    tex = r"a < b \text{ & } c"
    html = markup(convert(r"a < b"), tex)
    assert "a &lt; b \\text{ &amp; } c</annotation>" in html


def test_brackets_around_one_line_keep_their_size():
    (low,) = [e for e in convert(r"\left( K_0 \right)").iter("mo") if e.text == "("]
    (tall,) = [e for e in convert(r"\left( \frac12 \right)").iter("mo") if e.text == "("]
    assert low.get("stretchy") == "false"
    assert tall.get("stretchy") is None


@pytest.mark.parametrize(
    ("tex", "forms"),
    [
        (r"\begin{aligned} a = b &- c \\ &+ d \end{aligned}", ["infix", "infix"]),
        (r"\begin{aligned} a &= -c \\ -a &= d \end{aligned}", [None, None]),
        (r"\begin{aligned} a &= b & -c &= d \end{aligned}", [None]),
        (r"\begin{cases} -1 & -x \\ 1 & +x \end{cases}", [None, None, None]),
        (r"\begin{pmatrix} 1 & -x \end{pmatrix}", [None]),
    ],
)
def test_a_sign_that_opens_a_row_goes_on_from_the_row_above(tex, forms):
    signs = [mo for mo in convert(tex, display=True).iter("mo") if mo.text in ("+", "−")]
    assert [mo.get("form") for mo in signs] == forms


def test_the_dots_of_an_ellipsis_are_evenly_spaced():
    dots = [(mo.get("lspace"), mo.get("rspace")) for mo in convert(r"\ldots").iter("mo")]
    assert dots == [("0", "0.1667em")] * 3


def test_a_subscript_tucks_under_a_slanted_letter_only():
    tuck = f"--tuck:{metrics()['italic']['𝑌'] / 1000:.3g}em"
    assert tuck in markup(convert("Y_t"), "")
    assert "--tuck" not in markup(convert(r"\Phi_t"), "")


# The font ----------------------------------------------------------------------------------------

CONSTRUCTS = r"""
Y=A\left[\int_i y(i)^{\frac{\sigma-1}{\sigma}}\,\mathrm{d}\Phi(i)\right]^{\frac{\sigma}{\sigma-1}}
y(i)=\begin{cases}k(i)+\ell(i)&\text{for }i<I\\ \ell(i)&\text{for }i\ge I\end{cases}
\max_{\{C_t\}}U=\int_0^\infty e^{-\rho t}u(C_t)\,\mathrm{d}t
\lim_{K/L\to\infty}w=A(1-\Phi)^{1/(\sigma-1)} \iff R = 0 \Rightarrow w > R
\underbrace{\frac1\sigma}_{\text{productivity effect}} - \overbrace{x}^{y}
\bigl(\Bigl(\biggl(\Biggl[x\Biggr]\biggr)\Bigr)\bigr) \left\{x\right\} \left\lfloor x\right\rfloor
\dot K \ddot K \bar w \hat\Phi \tilde s \vec x \overline{Y} \underline{Y} \widehat{KL}
\widetilde{KL} \overrightarrow{AB} \check a \breve a \mathring a \acute a \grave a
\mathbb{ABCDEFGHIJKLMNOPQRSTUVWXYZ}1 \mathbb{1} \mathcal{ABCDEFGHIJKLMNOPQRSTUVWXYZ}
\mathbf{Ax1} \boldsymbol{\beta\Phi} \mathit{ab} \mathrm{Var} \operatorname*{arg\,max}_x
\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\vartheta\iota\kappa\lambda\mu\nu\xi
\pi\varpi\rho\varrho\sigma\varsigma\tau\upsilon\phi\varphi\chi\psi\omega
\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Upsilon\Phi\Psi\Omega
abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789
\pm\mp\times\cdot\div\ast\star\circ\oplus\otimes\wedge\vee\neg\cap\cup\setminus
\leq\geq\neq\ll\gg\leqslant\geqslant\lesssim\gtrsim\sim\simeq\approx\equiv\propto\perp\mid\parallel
\in\notin\subset\subseteq\supset\forall\exists\emptyset\varnothing\infty\partial\nabla
\leftarrow\rightarrow\to\uparrow\downarrow\leftrightarrow\nearrow\searrow\mapsto\Leftarrow
\Leftrightarrow\implies\impliedby\longrightarrow\xrightarrow{d}
\sum_{i=1}^n\prod_j\coprod\iint\bigcup\bigcap
\ldots\cdots\vdots\ddots\langle x\rangle\lVert x\rVert\lceil x\rceil
\ell\hbar\Re\Im\aleph\dagger\ddagger f'(x) f'' f''' \sqrt{x}\sqrt[3]{x}\binom nk
\text{naïve “quoted” – text’s} 85\,\% \$ \# \& x\quad y\qquad z \coloneqq \triangleq
\begin{pmatrix}a&b\\c&d\end{pmatrix}\begin{bmatrix}a\end{bmatrix}\begin{vmatrix}a\end{vmatrix}
""".strip().split("\n")


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(FONT)


def test_the_font_covers_what_the_renderer_emits(font):
    cmap = font.getBestCmap()
    emitted = {c for tex in CONSTRUCTS for c in characters(convert(tex, display=True))}
    assert len(emitted) > 250
    assert {"𝑌", "𝜎", "ℎ", "𝔼", "ℒ", "∫", "⏟", "Φ"} <= emitted
    assert not [c for c in sorted(emitted) if ord(c) not in cmap]


def test_the_font_can_set_mathematics(font):
    table = font["MATH"].table
    cmap = font.getBestCmap()
    vertical = table.MathVariants.VertGlyphCoverage.glyphs
    horizontal = table.MathVariants.HorizGlyphCoverage.glyphs
    assert {cmap[ord(c)] for c in "()[]{}|√∫∑⟨⌈"} <= set(vertical)
    assert {cmap[ord(c)] for c in "⏟⏞→˜\u0302\u0332"} <= set(horizontal)
    assert table.MathConstants.AxisHeight.Value > 0


def test_the_measures_are_those_of_the_font(font):
    cmap = font.getBestCmap()
    measured = {chr(code): font["hmtx"][glyph][0] for code, glyph in cmap.items()}
    assert metrics()["advance"] == measured


def test_the_font_is_light_and_carries_its_licence(font):
    assert FONT.stat().st_size < 100_000
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1] == "Aiecon Math"  # another name than the original's, as the licence asks
    assert "Latin Modern" not in names[1] + names[4] + names[6]
    assert "GUST Font License" in names[0]
    assert "LaTeX Project Public License" in (
        FONT.with_name("GUST-FONT-LICENSE.txt").read_text(encoding="utf-8")
    )
    assert "Changes" in FONT.with_name("README-aiecon-math.txt").read_text(encoding="utf-8")


# What a browser draws ----------------------------------------------------------------------------

BOX = """(e, selector) => {
  const r = (selector ? e.querySelector(selector) : e).getBoundingClientRect();
  return {left: r.left, right: r.right, top: r.top, bottom: r.bottom, width: r.width};
}"""


def show(page, serve, site: Path, name: str):
    page.goto(f"{serve(site)}/{name}.html")
    page.evaluate("() => document.fonts.ready")
    return page


def equation(page, tex: str):
    return page.locator(".math.display").filter(has=page.locator("annotation", has_text=tex)).first


@pytest.mark.browser
def test_a_fraction_is_a_fraction_and_the_font_comes_from_the_book(page, serve, site):
    show(page, serve, site, "wages")
    loaded = page.evaluate(
        "() => [...document.fonts].filter(f => f.family.includes('Aiecon')).map(f => f.status)"
    )
    assert loaded == ["loaded"]
    fraction = equation(page, "R^{1-").locator("mfrac").first
    above = fraction.evaluate(BOX, ":scope > :nth-child(1)")
    below = fraction.evaluate(BOX, ":scope > :nth-child(2)")
    assert above["bottom"] <= below["top"]
    assert abs(above["left"] + above["right"] - below["left"] - below["right"]) < 2


@pytest.mark.browser
def test_letters_have_the_width_of_the_font(page, serve, site):
    show(page, serve, site, "growth")
    letter = equation(page, re.compile("^Y$")).locator("mi")
    size = letter.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    expected = metrics()["advance"]["𝑌"] / 1000 * size
    assert letter.evaluate(BOX)["width"] == pytest.approx(expected, abs=0.5)


@pytest.mark.browser
def test_the_dot_stands_over_the_letter(page, serve, site):
    show(page, serve, site, "growth")
    dotted = equation(page, re.compile(r"^\\dot K$"))
    base, dot = dotted.evaluate(BOX, "mi"), dotted.evaluate(BOX, "mo")
    size = dotted.locator("math").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    middle = (dot["left"] + dot["right"] - base["left"] - base["right"]) / 2
    assert middle / size == pytest.approx(metrics()["skew"]["𝐾"] / 1000, abs=0.03)
    assert dot["top"] < base["top"]


@pytest.mark.browser
def test_the_number_stands_at_the_right_edge(page, serve, site):
    show(page, serve, site, "wages")
    frontier = equation(page, "R^{1-")
    whole, label = frontier.evaluate(BOX), frontier.evaluate(BOX, ".eqno")
    drawn = frontier.evaluate(BOX, "math")
    assert label["right"] == pytest.approx(whole["right"], abs=1)
    assert drawn["left"] + drawn["right"] == pytest.approx(whole["left"] + whole["right"], abs=2)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["wages", "growth"])
def test_a_phone_scrolls_the_equation_and_not_the_page(open_page, serve, site, name):
    page = show(open_page(width=320, height=700), serve, site, name)
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.equation, .math.long')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.tabIndex)"
    )
    assert wide.count(0) == len(wide) >= (2 if name == "growth" else 0)


@pytest.mark.browser
@pytest.mark.parametrize("screen", [320, 390, 1000])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_no_complaint(open_page, serve, site, assert_accessible, screen, theme):
    page = show(open_page(width=screen, theme=theme), serve, site, "growth")
    assert_accessible(page, "article")
    if any("/basic.css" in problem for problem in page.problems):
        page.problems.clear()  # axe follows an import of the theme to the wrong folder
    ink, ground = page.evaluate(
        "() => ['math', 'body'].map(s => getComputedStyle(document.querySelector(s)))"
        ".map((s, i) => i ? s.backgroundColor : s.color)"
    )
    lightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (ink, ground)]
    assert (lightness[0] < lightness[1]) == (theme == "light")


@pytest.mark.browser
def test_mathematics_needs_no_script(open_page, serve, site):
    page = open_page(javascript=False)
    page.goto(f"{serve(site)}/wages.html")
    assert equation(page, "R^{1-").locator("math").bounding_box()["height"] > 30
    page.problems.clear()  # each script of the theme is one: it is not let in


@pytest.mark.browser
def test_search_results_show_no_tex(page, serve, site):
    page.goto(f"{serve(site)}/search.html?q=word")
    found = page.locator("ul.search p.context").filter(has_text="word of the search")
    found.wait_for()
    shown = found.inner_text()
    assert "The word of the search is scarcity, …" in shown
    assert "\\" not in shown


@pytest.mark.browser
@pytest.mark.parametrize("tex", CONSTRUCTS)
def test_the_estimated_width_is_no_less_than_the_drawn(browser_page, tex):
    """What decides whether an equation can be scrolled with the keyboard."""
    math = convert(tex, display=True)
    drawn = browser_page(markup(math, tex))
    assert 0.97 * drawn < width(math, display=True) < 1.6 * drawn + 1


@pytest.fixture(scope="module")
def browser_page(browser, serve):
    """``drawn = browser_page(html)``: how wide the browser draws it, in em."""
    page = browser.new_page()
    page.goto(f"{serve(ROOT / 'assets')}/mathml.css")  # a page of the same origin as the font
    page.set_content(
        "<!doctype html><link rel=stylesheet href=mathml.css><div class='math display'>"
        "<div class=equation></div></div>"
    )

    def drawn(html: str) -> float:
        return page.evaluate(
            """async html => {
              const box = document.querySelector('.equation');
              box.innerHTML = html;
              await document.fonts.ready;
              const math = box.querySelector('math');
              const range = math.querySelector('semantics > :first-child').getBoundingClientRect();
              return range.width / parseFloat(getComputedStyle(math).fontSize);
            }""",
            html,
        )

    yield drawn
    page.close()
