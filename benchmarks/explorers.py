"""Every explorer of the built site: controls, nodes, bytes, error, and time from input to picture.

    python benchmarks/explorers.py        after make book; prints a table in Markdown

A time is the median of 200 movements of a slider in headless Chromium, from the input event until
the new picture is laid out; of an explorer's sliders the slowest counts.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"
MOST = 8.0  # milliseconds
MOVE = """input => Array.from({ length: 200 }, (_, i) => {
  const start = performance.now();
  input.value = (37 * i) % (Number(input.max) + 1);
  input.dispatchEvent(new Event("input"));
  input.closest(".explorer").getBoundingClientRect();
  return performance.now() - start;
})"""


def rows(site: Path) -> list[dict[str, Any]]:
    """What the table shows, an explorer each, in the order of the files."""
    from playwright.sync_api import sync_playwright

    found: dict[str, dict[str, Any]] = {}
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or None
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for file in sorted(site.rglob("*.html")):
            deck = "slides" in file.relative_to(site).parts  # the same explorers, hidden
            if deck or 'data-part="samples"' not in file.read_text("utf8"):
                continue
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(file.as_uri())
            for root in page.locator(".explorer:has(script[data-part='samples'])").all():
                page.add_style_tag(content="* { content-visibility: visible !important; }")
                root.scroll_into_view_if_needed()
                root.and_(page.locator("[data-said]")).wait_for()
                part = root.locator("script[data-part='config']").text_content()
                config = json.loads(part or "")
                samples = root.locator("script[data-part='samples']").get_attribute("data-file")
                apart = (site / "samples" / samples).read_bytes() if samples else b""
                found.setdefault(config["name"], _row(root, config, apart))
            page.close()
        browser.close()
    return list(found.values())


def _row(root: Any, config: dict[str, Any], apart: bytes) -> dict[str, Any]:
    sizes = [len(control["places"]) for control in config["controls"]]
    sliders = root.locator("input[data-control]").all()
    times = [statistics.median(slider.evaluate(MOVE)) for slider in sliders]
    told = root.locator(".explorer-measure").inner_text()
    error = re.search(r"at most ([\d.]+) px", told)
    document = root.evaluate("root => root.outerHTML").encode() + apart
    return {
        "explorer": config["name"],
        "controls": ", ".join(control["name"] for control in config["controls"]),
        "nodes": " × ".join(map(str, sizes)),
        "kB": round(len(gzip.compress(document, 9)) / 1000, 1),
        "error, px": error[1] if error else "none",
        "nearest": (re.search(r"(\d+%) of the settings", told) or [None, "none"])[1],
        "ms": round(max(times, default=0.0), 2),
    }


def main() -> int:
    if not (SITE / "index.html").exists():
        print("Explorers are not measured: there is no site yet (make book).", file=sys.stderr)
        return 0
    table = rows(SITE)
    heads = list(table[0]) if table else ["explorer"]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in table:
        print(f"| {' | '.join(str(row[head]) for head in heads)} |")
    slow = [row["explorer"] for row in table if row["ms"] > MOST]
    if slow:
        print(f"Slower than {MOST:g} ms: {', '.join(slow)}", file=sys.stderr)
    return len(slow) > 0


if __name__ == "__main__":
    sys.exit(main())
