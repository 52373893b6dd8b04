#!/usr/bin/env bash
# Print the path of a Virtuoso 7 server for the tests of the remote store, in this order: $VIRTUOSO, one on the machine,
# one already unpacked in .cache/virtuoso; else Debian's package, unpacked there without root (apt-get download, dpkg -x).
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
unpacked="$root/.cache/virtuoso"
# The server, and the libraries of it that a small machine may lack.
packages=(virtuoso-opensource-7-bin libminizip1 libpcre3 libldap-2.5-0)

found() {
  if [ -n "${VIRTUOSO:-}" ]; then echo "$VIRTUOSO"; return; fi
  if command -v virtuoso-t >/dev/null; then command -v virtuoso-t; return; fi
  if [ -x "$unpacked/run" ]; then echo "$unpacked/run"; else return 1; fi
}

# apt-get download needs the lists of a Debian mirror; a machine without them gets lists of its own in .cache.
download() {
  local apt=(apt-get -qq)
  if [ -z "$(apt-cache show --no-all-versions virtuoso-opensource-7-bin 2>/dev/null)" ]; then
    mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial"
    apt=(apt-get -qq -o "Dir::State::Lists=$work/apt/lists" -o "Dir::Cache=$work/apt" -o APT::Sandbox::User=)
    "${apt[@]}" update
  fi
  local name
  for name in "${packages[@]}"; do
    "${apt[@]}" download "$name" || [ "$name" != virtuoso-opensource-7-bin ]
  done
}

mkdir -p "$root/.cache"
exec 9>"$root/.cache/virtuoso.lock"
flock 9
if found; then exit; fi
echo "Virtuoso 7 is not on this machine; unpacking Debian's package into .cache/virtuoso" >&2
work="$root/.cache/virtuoso-work"
rm -rf "$work" "$unpacked"
mkdir -p "$work"
if ! (cd "$work" && download && for each in *.deb; do dpkg -x "$each" "$unpacked"; done) >"$root/.cache/virtuoso.log" 2>&1; then
  echo "apt-get has no virtuoso-opensource-7-bin (see .cache/virtuoso.log); set VIRTUOSO to the path of virtuoso-t" >&2
  exit 1
fi
rm -rf "$work"
# Written last: it says that the folder is whole.
cat >"$unpacked/run.new" <<RUN
#!/bin/sh
LD_LIBRARY_PATH="$unpacked/lib/x86_64-linux-gnu:$unpacked/usr/lib/x86_64-linux-gnu\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}" exec "$unpacked/usr/bin/virtuoso-t" "\$@"
RUN
chmod +x "$unpacked/run.new"
mv "$unpacked/run.new" "$unpacked/run"
found
