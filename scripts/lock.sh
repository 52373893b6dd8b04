#!/usr/bin/env bash
# Renew the lock files: requirements*.txt (hashes, no index lines) and each package-lock.json (no addresses).
# The machine's own pip settings (extra indexes, local wheels) are left out, so that the locks are the same everywhere.
# Arguments go to pip-compile, for instance: scripts/lock.sh --upgrade
set -euo pipefail
cd "$(dirname "$0")/.."

tools=.cache/pip-tools
if ! [ -x "$tools/bin/pip-compile" ]; then
  "${PYTHON:-python3}" -m venv "$tools"
  "$tools/bin/pip" install --quiet pip-tools
fi

compile() { # compile OUTPUT INPUT [OPTION…]
  env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u PIP_INDEX_URL -u PIP_CONSTRAINT \
    PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" \
    "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras --allow-unsafe \
    --no-emit-options --no-emit-find-links --no-emit-index"-"url --no-emit-trusted-host \
    --output-file "$@"
}
compile requirements.txt pyproject.toml "$@"
compile requirements-dev.txt requirements-dev.in "$@"
compile requirements-node.txt requirements-node.in "$@"
compile requirements-bench.txt requirements-bench.in "$@"

for folder in web scripts/chromium tests/clients; do
  scripts/with-node.sh npm --prefix "$folder" install --package-lock-only --silent
done
