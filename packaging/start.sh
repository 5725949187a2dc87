#!/usr/bin/env bash
# README's first command: sets up what is missing, then opens the window on the built-in demo service.
# Usage: bash packaging/start.sh [VIDEO]
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

set_up app
if ! has_display; then
  printf 'Everything is set up, but there is no display to open a window on. For a virtual one: xvfb-run -a bash %q\n' \
    "${BASH_SOURCE[0]}" >&2
  exit 2
fi
exec "$venv/bin/retake-desktop" --demo "$@"
