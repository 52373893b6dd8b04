#!/usr/bin/env bash
# Run a command with Node.js on the PATH: the machine's, or else one from a Python wheel kept in .cache/node.
#   scripts/with-node.sh npm ci
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
wheel="$root/.cache/node"

# The front-end tools run on Node 20.19 or later and on 22.12 or later.
serves() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
             process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null
}

if [ -n "${TREATYGRAPH_NODE_WHEEL:-}" ] || ! serves; then
  lock="$root/requirements-node.txt"
  if ! cmp -s "$lock" "$wheel/lock.txt"; then
    echo "Node.js 20.19 or later with npm is not on this machine; installing it into .cache/node" >&2
    rm -rf "$wheel"
    "${PYTHON:-python3}" -m venv "$wheel"
    "$wheel/bin/python" -m pip install --quiet --require-hashes --requirement "$lock" >&2
    cp "$lock" "$wheel/lock.txt"
  fi
  export PATH="$wheel/bin:$PATH"
  serves || { echo "Node.js from the wheel in $wheel does not run here; install Node.js 22 and try again" >&2; exit 1; }
fi
exec "$@"
