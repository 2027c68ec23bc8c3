#!/bin/sh
# The browser tests need Chromium. Where the system's package manager can install it without asking,
# this does; elsewhere it says what to do, and the browser tests then fail with the same words.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests (once)"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq chromium >/dev/null; then exit 0; fi
fi
echo "Chromium was not found: the browser tests will fail. Install it (Debian: apt-get install chromium)." >&2
exit 0
