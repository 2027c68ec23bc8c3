"""Fixtures that several test folders share: headless Chromium, a loopback server, axe."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from book.browser import chromium

# The same commit meets the same examples on any machine; the weekly workflow draws others
# (pytest --hypothesis-profile=fresh, which prints what brings a failure back).
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.register_profile("fresh", print_blob=True)
hypothesis.settings.load_profile("same")

CHROMIUM_FLAGS = (
    "--no-sandbox",  # a container often runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PATIENCE = 120_000  # milliseconds: a busy machine is no fault of the page

# Axe judges the contrast of each text by itself, most of its time on texts that are coloured alike:
# the cells of a table, the links of a menu. It is given one text of each kind, the longest that is
# visible, and none that is known from another page. Alike are texts that agree in colour, state
# and being large or not, and in all that is drawn behind them or hides them: what they stand in
# counts where it is not as elements are by default.
ONE_OF_EACH_KIND = """([within, excluded, known]) => {
  const own = ["color", "fill", "visibility", "text-shadow", "-webkit-text-stroke-width"];
  const behind = { "background-color": "rgba(0, 0, 0, 0)", "background-image": "none",
    "background-clip": "border-box", opacity: "1", "mix-blend-mode": "normal", filter: "none",
    position: "static", "z-index": "auto", float: "none", clip: "auto", "clip-path": "none",
    overflow: "visible" };
  const states = ["role", "hidden", "disabled", "aria-hidden", "aria-disabled"];
  const grounds = new Map();  // all that an element stands on
  function ground(element) {
    if (element === null) return "";
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const values = Object.keys(behind).map(name => style.getPropertyValue(name));
      const said = states.map(name => element.getAttribute(name));
      const plain = said.every(x => x === null)
        && Object.values(behind).every((value, i) => values[i] === value);
      const under = ground(element.parentElement);
      grounds.set(element, plain ? under : [under, ...said, ...values].join("|"));
    }
    return grounds.get(element);
  }
  const chosen = new Map();
  for (const element of document.querySelectorAll(`:is(${within}) *`)) {
    const words = Array.from(element.childNodes, node => node.nodeType === 3 ? node.data : "");
    const field = element.matches("input, select, textarea") ? element.type : "";
    const length = words.join(" ").trim().length;
    if (!(field || length) || element.matches("script, style, title")
      || excluded.some(selector => element.closest(selector))) continue;
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const seen = box.width > 0 && box.height > 0 && element.checkVisibility();
    const size = parseFloat(style.fontSize), bold = parseFloat(style.fontWeight) >= 700;
    const large = size >= (bold ? 18.66 : 24), look = own.map(name => style.getPropertyValue(name));
    const kind = [ground(element), field, large, ...look].join("|");
    const rank = (seen ? 1e6 : 0) + length;
    if (known.includes(kind) || chosen.get(kind)?.rank >= rank) continue;
    chosen.set(kind, { element, rank });
  }
  document.querySelectorAll("[data-judged]").forEach(e => e.removeAttribute("data-judged"));
  for (const { element } of chosen.values()) element.dataset.judged = "";
  return [...chosen.keys()];
}"""

SOURCES = "AIECON_SOURCES"  # the folder with the papers' texts, which the book may not carry


@pytest.fixture(scope="session")
def source_texts() -> Path | None:
    """The folder with the papers' texts, or None; see :func:`pytest_terminal_summary`."""
    folder = os.environ.get(SOURCES)
    return Path(folder) if folder else None


#: Papers of which the folder holds no text, so that their quotations were not looked up.
NOT_THERE: list[str] = []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for paper in NOT_THERE:
        terminalreporter.write_line(f"NOT LOOKED UP: {paper}, whose text is not in the folder.")
    if not os.environ.get(SOURCES):
        terminalreporter.write_line(
            f"NOT LOOKED UP: whether the ledger's quotations stand in the papers. {SOURCES}=FOLDER "
            "names a folder with their texts (.txt)."
        )


HOW_TO_INSTALL = (
    "No Chromium found: the browser tests cannot run, and they are not skipped. Install one with "
    "'apt-get install chromium' (Debian, Ubuntu) or 'python -m playwright install chromium', or "
    "set CHROMIUM to the path of a Chromium or Chrome."
)


BROWSER_TESTS = ("browser", "book", "site")  # folders: make test and make check look in no others


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent.parent).parts[1]
        if item.get_closest_marker("browser") and folder not in BROWSER_TESTS:
            raise pytest.UsageError(
                f"{item.nodeid}: tests that drive a browser belong in tests/browser or tests/book; "
                "make test looks for them there"
            )


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One headless Chromium for the session (a playwright Browser); fails loudly without one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = chromium() or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.fail(HOW_TO_INSTALL, pytrace=False)
        running = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """``page = open_page(width=1000, theme="light", javascript=True)``: a fresh page, watched.

    When the test ends it fails for every console error or warning, uncaught exception, failed
    request and request to another host than the loopback that any of its pages saw. The list
    stands in ``page.problems``: a test that provokes a problem on purpose clears it.
    """
    pages = []

    def open_one(
        *, width: int = 1000, height: int = 900, theme: str = "light", javascript: bool = True
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        problems: list[str] = []
        page.problems = problems

        def on_console(message: Any) -> None:
            if message.type in ("error", "warning"):
                problems.append(f"console {message.type}: {message.text}")

        def on_request(request: Any) -> None:
            url = urlsplit(request.url)
            if url.scheme not in ("data", "blob", "about", "file") and url.hostname not in (
                "127.0.0.1",
                "localhost",
            ):
                problems.append(f"request to another host: {request.url}")

        page.on("console", on_console)
        page.on("pageerror", lambda error: problems.append(f"uncaught exception: {error}"))
        page.on("request", on_request)
        page.on(
            "requestfailed",
            lambda request: problems.append(f"failed request: {request.url} ({request.failure})"),
        )
        page.on(
            "response",
            lambda reply: (
                problems.append(f"status {reply.status}: {reply.url}")
                if reply.status >= 400
                else None
            ),
        )
        pages.append(page)
        return page

    yield open_one
    seen = [problem for page in pages for problem in page.problems]
    for page in pages:
        page.context.close()
    assert not seen, "the page had problems:\n" + "\n".join(seen)


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """A watched page, 1000 pixels wide, light (see :func:`open_page`)."""
    return open_page()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """``address = serve(directory)``: the folder over HTTP on the loopback, until the session ends.

    A missing favicon is answered with an empty reply, so that it does not count as a problem.
    """
    servers = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing: pages are watched by what the browser tells of them."""

        def do_GET(self) -> None:
            if self.path == "/favicon.ico" and not Path(self.translate_path(self.path)).exists():
                self.send_response(204)
                self.end_headers()
            else:
                super().do_GET()

    def start(directory: Path) -> str:
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Handler, directory=str(directory))
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[..., None]:
    """``assert_accessible(page)``: axe-core finds no violation in the page as it stands.

    ``within``: the CSS selector of the part that is judged, else the whole page; ``exclude``: those
    of parts in it that are not. ``contrast_only`` leaves out the rules that do not look at colours;
    of texts that look as one on a page before, nothing is asked again.
    See :data:`ONE_OF_EACH_KIND` on the contrast of texts.
    """
    from axe_playwright_python.sync_playwright import Axe

    script = Axe().axe_script
    run = """async ([within, excluded, options]) => {
      axe.configure({ rules: [{ id: "color-contrast", selector: "[data-judged]" }] });
      const context = { include: [[within]], exclude: excluded.map(selector => [selector]) };
      return (await axe.run(context, options)).violations;
    }"""
    # Without preload: it would fetch the theme's style sheets again, from wrong addresses.
    usual: dict[str, Any] = {"preload": False, "resultTypes": ["violations"]}
    known: set[str] = set()

    def check(
        page: Any,
        within: str = "html",
        exclude: Sequence[str] = (),
        contrast_only: bool = False,
    ) -> None:
        rules = {"rules": {"target-size": {"enabled": True}}}
        options = usual | ({"runOnly": ["color-contrast"]} if contrast_only else rules)
        kinds = page.evaluate(ONE_OF_EACH_KIND, [within, list(exclude), sorted(known)])
        if contrast_only and not kinds:
            return
        page.evaluate(script)
        found = page.evaluate(run, [within, list(exclude), options])
        told = "\n".join(
            f"{v['id']} ({v['impact']}): {v['help']}\n    "
            + "\n    ".join(node["html"][:300] for node in v["nodes"])
            for v in found
        )
        assert not found, f"axe violations on {page.url}:\n{told}"
        known.update(kinds)

    return check
