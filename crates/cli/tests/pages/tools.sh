#!/usr/bin/env bash
# Finds or fetches what the pages are tried with, a browser and the accessibility checker axe-core, and prints where they
# are, as assignments for the shell. What cannot be had is told on standard error; the tests then say what they left out.
set -u
axe_version=4.11.0
cache="${XDG_CACHE_HOME:-$HOME/.cache}/viite-tools"

browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if ! browser >/dev/null && command -v apt-get >/dev/null; then
    { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1
fi
found="$(browser)" || echo "no browser: install Chromium (on Debian: apt-get install chromium)" >&2

axe="$cache/axe-core-$axe_version/package/axe.min.js"
if [ ! -s "$axe" ]; then
    folder="$(mktemp -d)"
    if (cd "$folder" && npm pack "axe-core@$axe_version" --silent && tar xf axe-core-*.tgz) >/dev/null 2>&1; then
        mkdir -p "${axe%/package/*}" && cp -R "$folder/package" "${axe%/package/*}/"
    else
        echo "no accessibility checker: install npm, which fetches axe-core $axe_version" >&2
    fi
    rm -rf "$folder"
fi
[ -s "$axe" ] || axe=""
printf 'VIITE_BROWSER=%q VIITE_AXE=%q\n' "$found" "$axe"
