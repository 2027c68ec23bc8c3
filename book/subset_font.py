"""Make the book's mathematics font from Latin Modern Math.

A build never runs this; its results are committed. On Debian, after
``apt-get install fonts-lmodern``::

    python book/subset_font.py /usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf

writes ``assets/fonts/aiecon-math.woff2`` and ``book/math_metrics.json``.

The font is a derived work of Latin Modern Math 1.959 under the GUST Font License, which asks for
another name: it is called Aiecon Math. What was changed, and why:

1. Only the characters of ``CHARACTERS`` are kept, with the larger variants and the pieces of the
   stretchy ones. No hinting, no substitutions.
2. A browser reads the advance width of a letter but not its italic correction, so the correction
   is added to the width of the letters of mathematics (in TeX ``Y = `` has this space too). The
   renderer takes it off again below a subscript: `math_metrics.json` says by how much.
3. Chromium gives a stretchy bracket the width of its widest variant. The variants of a bracket
   get one common, narrower width, with their outline moved to the inner side.
4. Combining accents that stretch have no width, which makes browsers place them differently.
   They get the width of their outline.
5. An accent stands where TeX puts it: the middle of the letter with its italic correction, plus
   the kern that Computer Modern Math Italic (cmmi10.tfm) has for the purpose.
6. Scripts drop as little from the top and foot of their base as in TeX, where the drop applies
   to boxes only: a browser applies it to letters too.
7. The prime is the script-size glyph of the same font, as TeX uses it in a superscript.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "assets" / "fonts" / "aiecon-math.woff2"
METRICS = ROOT / "book" / "math_metrics.json"

FAMILY = "Aiecon Math"
NAMES = {
    1: FAMILY,
    2: "Regular",
    3: "1.0; derived from Latin Modern Math 1.959",
    4: FAMILY,
    5: "Version 1.0",
    6: "AieconMath-Regular",
    10: "A subset of Latin Modern Math 1.959 with changed widths; see README-aiecon-math.txt.",
}


Metrics = dict[str, dict[str, Any]]


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


LETTERS = "".join(
    [
        _span(0x1D400, 0x1D49B),  # bold, italic, bold italic Latin
        "ℎ",  # italic h
        _span(0x1D49C, 0x1D4B5) + "ℬℰℱℋℐℒℳℛ",  # script capitals
        _span(0x1D538, 0x1D550) + "ℂℍℕℙℚℝℤ",  # double-struck capitals
        _span(0x1D6A4, 0x1D6A5),  # dotless i and j
        _span(0x1D6A8, 0x1D755),  # bold, italic, bold italic Greek
    ]
)
CHARACTERS = "".join(
    [
        _span(0x20, 0x7E) + _span(0xA0, 0xFF),
        "–—‘’“”†‡•… ′\u2009\u2061\u2062\u2063\u2064ı\u0237€",
        _span(0x391, 0x3A9) + _span(0x3B1, 0x3C9) + "ϑϕϖϰϱϵ",
        LETTERS,
        _span(0x1D7CE, 0x1D7E1),  # bold and double-struck digits
        "ℓℏ℘ℜℑℵ",
        "ˆˇ˘˙˚˜\u0302\u0305\u0332\u20d7",
        "−±∓×÷⋅∗⋆∘∙⊕⊖⊗⊙∧∨¬∩∪∖∁⊎⊔⊓†",
        "<>=≠≤≥⩽⩾≪≫≲≳≺≻⪯⪰≼≽∼≃≅≈≡≢≐≜≔≕∝∣∤∥∦⊥≍≶≷⊢⊣⊨∶∷",
        "∈∉∋⊂⊃⊆⊇⊄⊊⊋∀∃∄∅∞∂∇√∎∴∵∠△▽□■◊⋄✓⊤⊥⟂⊲⊳",
        "←→↑↓↔↕↖↗↘↙↦↩↪⇐⇒⇑⇓⇔⇕⇌↛↚⟵⟶⟷⟸⟹⟺⟼↼⇀⇝",
        "∫∬∭∮∑∏∐⋃⋂⋁⋀⨁⨂⨀",
        "⋯⋮⋱⋰",
        "‖⌈⌉⌊⌋⟨⟩⟦⟧⏞⏟⏜⏝⎴⎵",
    ]
)

# Opening bracket, closing bracket, common width, inner side bearing (thousandths of an em).
BRACKETS = [
    ("(", ")", 580, 55),
    ("[", "]", 450, 25),
    ("{", "}", 720, 80),
    ("⌊", "⌋", 480, 28),
    ("⌈", "⌉", 480, 28),
    ("⟨", "⟩", 620, 55),
]
# TeX's shift of an accent to the right, by letter: the kerns with the skewchar of cmmi10.
SKEW = {
    -28: "h",
    28: "LUguvxαμντυ\u0131",
    56: "DHKceorsyzδηιχοϵΗΙΚΠΥΨ",
    83: "BCEFGMNOPQRSTXZlpqtwβεζθρςφϑϕϱ∂\u0237ΒΓΕΖΘΜΝΞΟΡΣΤΦΧΩ",
    111: "Iξψℓ",
    139: "AΑ",
    167: "JdfΔΛ",
}
SUPERSCRIPT_DROP, SUBSCRIPT_DROP = 300, 50
BIG = (1, 3, 5, 6)  # the variants that \big, \Big, \bigg and \Bigg take
ACCENTS = "\u0302˜\u0305\u0332\u20d7"  # those that stretch


def _keep(path: Path) -> TTFont:
    """The font with CHARACTERS and what they stretch to."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7]
    options.drop_tables += ["FFTM", "GSUB", "GPOS", "GDEF"]
    font = TTFont(path, recalcTimestamp=False)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord("′")] = "minute.st"  # drawn for superscripts
            table.cmap[ord("˜")] = "tildecomb"  # has variants; browsers do not stretch U+0303
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    return font


def _bounds(font: TTFont, glyph: str) -> tuple[float, float, float, float]:
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[glyph].draw(pen)
    return pen.bounds or (0.0, 0.0, 0.0, 0.0)


def _set_glyph(font: TTFont, glyph: str, advance: int, shift: float = 0) -> None:
    """Give `glyph` another advance width and move its outline to the right by `shift`."""
    top = font["CFF "].cff.topDictIndex[0]
    private = top.Private
    glyphs = font.getGlyphSet()
    left = _bounds(font, glyph)[0] + shift
    width = None if advance == private.defaultWidthX else advance - private.nominalWidthX
    pen = T2CharStringPen(width, glyphs)
    glyphs[glyph].draw(TransformPen(pen, (1, 0, 0, 1, round(shift), 0)))
    top.CharStrings[glyph] = pen.getCharString(private=private, globalSubrs=top.GlobalSubrs)
    font["hmtx"][glyph] = (advance, round(left))


def _stretched(coverage: Any, constructions: Any, glyph: str) -> list[str]:
    """The larger variants of `glyph` and the pieces of its assembly."""
    construction = constructions[coverage.glyphs.index(glyph)]
    names = [r.VariantGlyph for r in construction.MathGlyphVariantRecord if r.VariantGlyph != glyph]
    if construction.GlyphAssembly:
        names += [part.glyph for part in construction.GlyphAssembly.PartRecords]
    return list(dict.fromkeys(names))


def _add_italic_correction(font: TTFont) -> dict[str, int]:
    """Widen the letters by their italic correction; return it by character."""
    cmap = font.getBestCmap()
    info = font["MATH"].table.MathGlyphInfo.MathItalicsCorrectionInfo
    correction = dict(zip(info.Coverage.glyphs, info.ItalicsCorrection, strict=True))
    added = {}
    for character in LETTERS:
        glyph = cmap.get(ord(character))
        if glyph in correction and correction[glyph].Value > 0:
            added[character] = correction[glyph].Value
            _set_glyph(font, glyph, font["hmtx"][glyph][0] + correction[glyph].Value)
            correction[glyph].Value = 0
    return added


def _respace_brackets(font: TTFont) -> dict[str, list[int]]:
    r"""Change the widths; return how much wider TeX has \big, \Big, \bigg and \Bigg."""
    big: dict[str, list[int]] = {}
    cmap, variants = font.getBestCmap(), font["MATH"].table.MathVariants
    done: set[str] = set()  # floor and bracket share their pieces
    for opening, closing, width, bearing in BRACKETS:
        for character, opens in ((opening, True), (closing, False)):
            names = _stretched(
                variants.VertGlyphCoverage, variants.VertGlyphConstruction, cmap[ord(character)]
            )
            big[character] = [font["hmtx"][names[i]][0] - width for i in BIG]
            bounds = {name: _bounds(font, name) for name in names}
            # The pieces of an assembly move together.
            pieces = [name for name in names if name.startswith("uni23") or ".ex" in name]
            for name in names:
                if name in done:
                    continue
                group = pieces if name in pieces else [name]
                if opens:
                    shift = width - bearing - max(bounds[n][2] for n in group)
                else:
                    shift = bearing - min(bounds[n][0] for n in group)
                _set_glyph(font, name, width, shift)
                done.add(name)
    return big


def _widen_accents(font: TTFont) -> None:
    cmap, variants = font.getBestCmap(), font["MATH"].table.MathVariants
    attachment = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    points = dict(
        zip(attachment.TopAccentCoverage.glyphs, attachment.TopAccentAttachment, strict=True)
    )
    for character in ACCENTS:
        glyph = cmap[ord(character)]
        for name in [
            glyph,
            *_stretched(variants.HorizGlyphCoverage, variants.HorizGlyphConstruction, glyph),
        ]:
            left, _, right, _ = _bounds(font, name)
            _set_glyph(font, name, round(right - left), -left)
            if name in points:
                points[name].Value = round((right - left) / 2)


def _slanted(letter: str) -> list[str]:
    """The italic and the bold italic of `letter`, and itself where it is slanted already."""
    if letter == "h":
        return ["ℎ", chr(0x1D489)]
    if letter == "ℓ":
        return ["ℓ"]
    if letter in "\u0131\u0237":
        return [chr(0x1D6A4 + (letter == "\u0237"))]
    if letter in "∂ϵϑϰϕϱϖ":
        return [chr(start + "∂ϵϑϰϕϱϖ".index(letter)) for start in (0x1D715, 0x1D74F)]
    for first, last, italic, bold in (
        ("A", "Z", 0x1D434, 0x1D468),
        ("a", "z", 0x1D44E, 0x1D482),
        ("Α", "Ω", 0x1D6E2, 0x1D71C),
        ("α", "ω", 0x1D6FC, 0x1D736),
    ):
        if first <= letter <= last:
            return [chr(start + ord(letter) - ord(first)) for start in (italic, bold)]
    raise ValueError(f"SKEW: {letter!r} has no slanted form; use a letter of TeX's math italic")


def _place_accents(font: TTFont) -> dict[str, int]:
    """Set where accents go on slanted letters; return how far right of the middle of the width."""
    cmap = font.getBestCmap()
    attachment = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    points = dict(
        zip(attachment.TopAccentCoverage.glyphs, attachment.TopAccentAttachment, strict=True)
    )
    skew = {
        slanted: shift
        for shift, letters in SKEW.items()
        for letter in letters
        for slanted in _slanted(letter)
    }
    for character in LETTERS:
        glyph = cmap.get(ord(character))
        if glyph in points:
            middle = round(font["hmtx"][glyph][0] / 2)
            points[glyph].Value = middle + skew.get(character, 0)
    return {c: shift for c, shift in sorted(skew.items()) if ord(c) in cmap}


def _metrics(font: TTFont) -> Metrics:
    """In thousandths of an em, by character: the advance width; of accents the outline's foot."""
    cmap = font.getBestCmap()
    advance = {chr(code): font["hmtx"][glyph][0] for code, glyph in sorted(cmap.items())}
    marks = [c for c in sorted("ˆˇ˘˙˚˜¯¨´`→←↔" + ACCENTS) if ord(c) in cmap]
    bottom = {c: round(_bounds(font, cmap[ord(c)])[1]) for c in marks}
    return {"advance": advance, "bottom": bottom}


def _rename(font: TTFont) -> None:
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 7)]
    for name_id, text in NAMES.items():
        names.setName(text, name_id, 3, 1, 0x409)
        names.setName(text, name_id, 1, 0, 0)
    cff = font["CFF "].cff
    cff.fontNames[0] = NAMES[6]
    cff.topDictIndex[0].FullName = FAMILY
    cff.topDictIndex[0].FamilyName = FAMILY


def make_font(source: Path) -> tuple[TTFont, Metrics]:
    """The derived font and its metrics, from the file of Latin Modern Math."""
    font = _keep(source)
    italic = _add_italic_correction(font)
    skew = _place_accents(font)
    constants = font["MATH"].table.MathConstants
    constants.SuperscriptBaselineDropMax.Value = SUPERSCRIPT_DROP
    constants.SubscriptBaselineDropMin.Value = SUBSCRIPT_DROP
    big = _respace_brackets(font)
    _widen_accents(font)
    _rename(font)
    font.flavor = "woff2"
    return font, _metrics(font) | {"italic": italic, "skew": skew, "big": big}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("source", type=Path, help="latinmodern-math.otf, version 1.959")
    font, metrics = make_font(parser.parse_args().source)
    font.save(FONT)
    METRICS.write_text(json.dumps(metrics, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    count = len(metrics["advance"])
    print(f"{FONT.relative_to(ROOT)}: {FONT.stat().st_size} bytes, {count} characters")


if __name__ == "__main__":
    main()
