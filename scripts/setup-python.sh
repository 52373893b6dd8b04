#!/usr/bin/env bash
# Make .venv hold exactly what the lock file names, and treatygraph itself in editable mode.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python="${PYTHON:-python3}"

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "treatygraph needs Python 3.11 or later; $python is $("$python" -V 2>&1). Name another with PYTHON=…" >&2
  exit 1
}
# An environment that was made elsewhere, or whose Python has gone, does not run its own pip script.
if ! .venv/bin/pip --version >/dev/null 2>&1; then
  echo "Making .venv" >&2
  "$python" -m venv --clear .venv || {
    echo "Python's venv is missing; on Debian: apt-get install python3-venv" >&2
    exit 1
  }
fi
export PIP_DISABLE_PIP_VERSION_CHECK=1
echo "Installing Python packages from requirements-dev.txt" >&2
.venv/bin/pip install --quiet --require-hashes --requirement requirements-dev.txt
.venv/bin/pip install --quiet --no-deps --no-build-isolation --editable .
