#!/usr/bin/env bash
# The whole way of a release on Linux in one command: builds the bundle and its packages, retakes the sample in the
# frozen app beside the source tree's start, checks the packages, and with --deb also installs the .deb into a bare
# Debian, retakes there, and uninstalls it (root; takes some minutes more). Pictures of both reviews lie in build/.
# Usage: bash packaging/build_and_try.sh [--deb]
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

set_up tests
bash "$project/packaging/build.sh"

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
mkdir -m 700 "$scratch/home" "$scratch/run" "$scratch/tmp"
env -i HOME="$scratch/home" TMPDIR="$scratch/tmp" XDG_RUNTIME_DIR="$scratch/run" LANG=C.UTF-8 \
  PATH="$venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
  dbus-run-session -- xvfb-run -a -s "-screen 0 1280x800x24" \
  "$venv/bin/python" -u "$project/packaging/smoke.py" "$project/dist/retake-desktop" --beside-source \
  --picture "$project/build/review.png" </dev/null

bash "$project/packaging/linux/check.sh" "$project"/dist/*.deb "$project"/dist/*.rpm
[[ ${1:-} != --deb ]] || bash "$project/packaging/linux/try_deb.sh" "$project"/dist/*.deb "$project/build/review-deb.png"
