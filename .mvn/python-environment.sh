#!/usr/bin/env bash
# Makes a Python environment in .meterlake/python, once for each state of its pinned requirements, and prints its folder.
# usage: python-environment.sh NAME REQUIREMENTS
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
name=$1
requirements=$2
if ! command -v python3 >/dev/null 2>&1; then
  echo "Cannot make the Python environment $name: no python3 on the PATH" >&2
  echo "Fix: install Python 3.10 or later with its venv module." >&2
  exit 2
fi
state=$({ python3 --version; cat "$requirements"; } | cksum | cut -d' ' -f1)
folder="$home/.meterlake/python/$name-$state"
mkdir -p "$home/.meterlake/python"
if command -v flock >/dev/null 2>&1; then
  # Who comes second finds what the first one made.
  exec 9>"$home/.meterlake/python/$name.lock"
  flock 9
fi
if [ ! -f "$folder/complete" ]; then
  rm -rf "$folder"
  echo "Making the Python environment $name (once for each state of $requirements)" >&2
  if ! { python3 -m venv "$folder" &&
    "$folder/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$requirements"; } >&2; then
    echo "Cannot make the Python environment $name: what went wrong stands above" >&2
    echo "Fix: check the network and that python3 is 3.10 or later with its venv module, and run this again." >&2
    exit 1
  fi
  touch "$folder/complete"
fi
printf '%s\n' "$folder"
