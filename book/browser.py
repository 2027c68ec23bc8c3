"""The browser that prints: Chromium, named by ``$CHROMIUM`` or found on the system."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def chromium() -> str | None:
    """Its path; None where there is none but, perhaps, playwright's own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened(width: int, height: int) -> Iterator[Any]:
    """A page of this size (playwright's ``Page``) in a browser of its own."""
    from playwright.sync_api import sync_playwright  # the rest of the book is built without

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser.new_page(viewport={"width": width, "height": height})
        browser.close()
