#!/usr/bin/env bash
# README's second command: sets up what is missing, then runs every check and test on a virtual screen of its own.
# Usage: bash packaging/test.sh [--full] [PYTEST ARGUMENTS]      --full adds the tests that take long
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

selection=(-m "not full")
if [[ ${1:-} == --full ]]; then
  selection=()
  shift
  set_up full
else
  set_up tests
fi

# The tests see nothing of the caller's account: a home, a run-time folder, a message bus and a screen of their own.
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf -- "$scratch"' EXIT
mkdir -m 700 "$scratch/home" "$scratch/run" "$scratch/tmp"
status=0
(
  cd -- "$project"
  env -i HOME="$scratch/home" TMPDIR="$scratch/tmp" XDG_RUNTIME_DIR="$scratch/run" LANG=C.UTF-8 ${CI:+CI="$CI"} \
    PATH="$venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
    dbus-run-session -- xvfb-run -a -s "-screen 0 1920x1200x24" \
    "$venv/bin/python" -m pytest -n 2 --dist worksteal ${selection[@]+"${selection[@]}"} "$@" </dev/null
) || status=$?
exit "$status"
