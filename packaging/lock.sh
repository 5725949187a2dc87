#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml, for Python 3.11, the oldest that is supported; the bundle's also holds
# for newer ones and for Windows and macOS, whose bundles are built from it. For developers.
# Usage: bash packaging/lock.sh [--upgrade]
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

tidy_environment
tools=$(mktemp -d)
trap 'rm -rf -- "$tools"' EXIT
python3.11 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet 'pip-tools>=7.6,<8' 'uv>=0.13,<0.14'

# Neither file may name an index, which is the business of the person's own pip configuration.
lock() {
  CUSTOM_COMPILE_COMMAND="bash packaging/lock.sh" "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras \
    --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
    --build-deps-for editable "$@" pyproject.toml
}

# pip-compile sees the system it runs on only.
lock_for_all_systems() {
  local index
  index=$("$tools/bin/python" -m pip config get global.index-url 2>/dev/null || true)
  ${index:+env UV_DEFAULT_INDEX="$index"} "$tools/bin/uv" pip compile --quiet --universal --generate-hashes \
    --python-version 3.11 --custom-compile-command "bash packaging/lock.sh" --no-sources "$@" --extra bundle \
    --constraint requirements.lock --output-file packaging/requirements-bundle.lock pyproject.toml
}

cd -- "$project"
lock "$@" --output-file requirements.lock
lock "$@" --extra dev --constraint requirements.lock --output-file packaging/requirements-dev.lock
lock_for_all_systems "$@"
lock "$@" --extra full --constraint requirements.lock --output-file packaging/requirements-full.lock
