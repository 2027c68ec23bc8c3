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

import mathml  # noqa: E402

FONT = ROOT / "assets" / "fonts" / "stix-two-math.woff2"

# A small site ------------------------------------------------------------------------------------

CONF = rf"""
import sys
sys.path.insert(0, {str(ROOT / "book")!r})
project, copyright, html_title = "A sample", "us", "A sample"
extensions = ["myst_parser", "sphinx_proof", "mathml"]
myst_enable_extensions = ["dollarmath"]
myst_dmath_double_inline = True
html_theme = "sphinx_book_theme"
html_context = {{"default_mode": "auto"}}
html_math_renderer = "mathml"
html_static_path = [{str(ROOT / "assets")!r}]
html_css_files = ["mathml.css"]
templates_path = [{str(ROOT / "book" / "templates")!r}]
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

WAGES = r"""# When Φ passes its bound

Inline: $\frac{K}{L} > \kappa$, $\kappa = 1$, and a rate: $\frac{\partial Y}{\partial\Phi}$.

In brackets ($a$) or [$b$ and ($c$, $d$)].

Two full stops: the match is worth it *to the pair*.
The share is $1-\vartheta$.

$$
w = \left(\frac{A^{1-\sigma}-R^{1-\sigma}\Phi}{1-\Phi}\right)^{\frac{1}{1-\sigma}}
$$ (frontier)

$$
\begin{aligned}
F_K &= R \\
F_L &= w
\end{aligned}
$$ (prices)

$$
\begin{gathered}
c = d \\
e = f
\end{gathered}
$$

In a sentence: $$ \dot K = sY - \delta K $$ it stands.

See {eq}`frontier` and {eq}`prices`, and {eq}`long` of the next page.

## The limit

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

$$ \Big(\frac kl\Big)^2 $$

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
    assert tails[r"\frac{\partial Y}{\partial\Phi}"] == "."
    assert [formula.tail for formula in line] == [" ", " and a rate: ", None]


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


def test_rows_are_one_block_with_one_number(wages):
    prices = display(wages, "F_K")
    assert len(list(prices.iter(f"{MATHML}mtr"))) == 2
    assert prices.get("id") == "equation-prices"
    assert number(prices) == "(1.2)"
    assert drawn(prices) == "FK=RFL=w"


def test_a_block_without_a_name_has_no_number(wages):
    assert number(display(wages, "c = d")) is None


def test_no_script_sets_mathematics(wages):
    scripts = [script.get("src", "") + text(script) for script in wages.iter("script")]
    assert scripts
    assert not [script for script in scripts if "math" in script.lower()]


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
    r"$\eqref{x}$": "a reference inside mathematics",
    r"$\text{for $": "closing",
    r"$$ x \tag{1} $$": r"tag.*numbered",
    r"$$ x \label{inside} $$": "label",
    r"$$ \begin{align} a &= b \end{align} $$": "align numbers its rows; write aligned",
    r"$$ \begin{split} a &= b \end{split} $$": "Unknown environment",
    r"$$ a & b $$": "&",
    r"## A heading with $\Phi$": "mathematics in a heading",
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
    warnings = [w for w in done.stderr.splitlines() if f"index.md:{line}: WARNING:" in w]
    assert any(re.search(BAD[tex], warning) for warning in warnings), done.stderr


# The parts ---------------------------------------------------------------------------------------


def test_examples_in_the_docstrings():
    done = doctest.testmod(mathml)
    assert done.attempted
    assert not done.failed


def test_the_annotation_is_the_source_and_markup_is_escaped():
    made = mathml.mathml(r"a < b \text{ \& } c")
    assert r"a &lt; b \text{ \&amp; } c</annotation>" in made


@pytest.mark.parametrize(
    ("tex", "forms"),
    [
        (r"\begin{aligned} a = b &- c \\ &+ d \end{aligned}", ["infix", "infix"]),
        (r"\begin{aligned} a &= -c \\ -a &= d \end{aligned}", [None, None]),
        (r"\begin{cases} -1 & -x \\ 1 & +x \end{cases}", [None, None, None]),
        (r"\begin{pmatrix} 1 & -x \end{pmatrix}", [None]),
    ],
)
def test_a_sign_that_opens_a_row_goes_on_from_the_row_above(tex, forms):
    made = mathml.mathml(tex, display=True)
    signs = re.findall(r"<mo([^>]*)>[+−]</mo>", made)
    assert ["infix" if "infix" in sign else None for sign in signs] == forms


# The font ----------------------------------------------------------------------------------------

CONSTRUCTS = r"""
Y=A\left[\int_i y(i)^{\frac{\sigma-1}{\sigma}}\,\mathrm{d}\Phi(i)\right]^{\frac{\sigma}{\sigma-1}}
y(i)=\begin{cases}k(i)+\ell(i)&\text{for }i<I\\ \ell(i)&\text{for }i\ge I\end{cases}
\max_{\{C_t\}}U=\int_0^\infty e^{-\rho t}u(C_t)\,\mathrm{d}t
\lim_{K/L\to\infty}w=A(1-\Phi)^{1/(\sigma-1)} \iff R = 0 \Rightarrow w > R
\underbrace{\frac1\sigma}_{\text{productivity effect}} - \overbrace{x}^{y}
\bigl(\Bigl(\biggl(\Biggl[x\Biggr]\biggr)\Bigr)\bigr) \left\{x\right\} \left\lfloor x\right\rfloor
\dot K \ddot K \bar w \hat\Phi \tilde s \vec x \overline{Y} \underline{Y}
\overrightarrow{AB} \check a \breve a \mathring a \acute a \grave a
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
    emitted = {c for tex in CONSTRUCTS for c in mathml.plain(mathml.mathml(tex, display=True))}
    assert len(emitted) > 250
    slanted = {"𝑌", "𝜎", "ℎ", "𝛷", "𝜕"}  # what browsers make of a single letter
    drawn = (emitted | slanted) - {"\u2061", "\n"}
    assert not [c for c in sorted(drawn) if ord(c) not in font.getBestCmap()]


def test_the_font_can_set_mathematics(font):
    table = font["MATH"].table
    cmap = font.getBestCmap()
    vertical = table.MathVariants.VertGlyphCoverage.glyphs
    horizontal = table.MathVariants.HorizGlyphCoverage.glyphs
    assert {cmap[ord(c)] for c in "()[]{}|√∫∑⟨⌈"} <= set(vertical)
    assert {cmap[ord(c)] for c in "⏟⏞→‾"} <= set(horizontal)
    assert table.MathConstants.AxisHeight.Value > 0


def test_the_font_is_light_and_carries_its_licence(font):
    assert FONT.stat().st_size < 80_000
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1] == "STIX Two Math"
    assert "SIL Open Font License" in names[13]
    licence = FONT.with_name("OFL.txt").read_text("utf8")
    assert names[0] in licence
    assert "pyftsubset" in FONT.with_name("README.txt").read_text("utf8")


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
        "() => [...document.fonts].filter(f => f.family.includes('STIX')).map(f => f.status)"
    )
    assert loaded == ["loaded"]
    fraction = equation(page, "R^{1-").locator("mfrac").first
    above = fraction.evaluate(BOX, ":scope > :nth-child(1)")
    below = fraction.evaluate(BOX, ":scope > :nth-child(2)")
    assert above["bottom"] <= below["top"]
    assert abs(above["left"] + above["right"] - below["left"] - below["right"]) < 2


@pytest.mark.browser
def test_the_dot_stands_over_the_letter_and_clear_of_it(page, serve, site):
    show(page, serve, site, "growth")
    dotted = equation(page, re.compile(r"^\\dot K$"))
    base, dot = dotted.evaluate(BOX, "mi"), dotted.evaluate(BOX, "mo")
    assert abs(dot["left"] + dot["right"] - base["left"] - base["right"]) < 3
    assert dot["top"] < base["top"]


@pytest.mark.browser
def test_a_bracket_with_a_power_is_as_large_as_the_one_that_it_closes(page, serve, site):
    show(page, serve, site, "growth")
    brackets = equation(page, r"\Big(").locator("mo").all()
    first, last = (bracket.evaluate(BOX) for bracket in brackets)
    height = first["bottom"] - first["top"]
    assert height == pytest.approx(last["bottom"] - last["top"], abs=1)
    assert height > 25


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
def test_what_is_wider_than_a_phone_can_be_scrolled_by_keyboard(browser, serve):
    """By the count of its signs: never too few."""
    page = browser.new_page()
    page.goto(f"{serve(ROOT / 'assets')}/mathml.css")  # a page of the same origin as the font
    made = {tex: mathml.mathml(tex, display=True) for tex in CONSTRUCTS}
    boxes = "".join(f"<div>{formula}</div>" for formula in made.values())
    page.set_content(f"<!doctype html><link rel=stylesheet href=mathml.css>{boxes}")
    widths = page.evaluate(
        """async () => {
          await document.fonts.ready;
          const drawn = [...document.querySelectorAll("math")];
          return drawn.map(e => (e.style.width = "max-content", e.getBoundingClientRect().width));
        }"""
    )
    wide = [tex for tex, width in zip(made, widths, strict=True) if width > 200]
    assert len(wide) >= 8
    assert [tex for tex in wide if not mathml.is_long(made[tex])] == []
    page.close()
