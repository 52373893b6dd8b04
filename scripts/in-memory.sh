#!/usr/bin/env bash
# in-memory.sh COMMAND… runs a command with its temporary files in memory, where the machine has room for them:
# each commit to a store is synced, which takes a disk some ten milliseconds each time. They are gone with the command.
set -euo pipefail

# The tests leave up to two gigabytes there; the rest is for what they run.
need=$((6 * 1024 * 1024))

room() { df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }'; }
memory() { awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo 2>/dev/null; }

if [[ -w /dev/shm && $(room) -ge $need && $(memory) -ge $need ]]; then
  TMPDIR=$(mktemp -d /dev/shm/treatygraph.XXXXXX)
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
fi
"$@"
