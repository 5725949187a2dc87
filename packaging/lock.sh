#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml, for Python 3.11, the oldest that is supported. For developers.
# Usage: bash packaging/lock.sh [--upgrade]
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

tidy_environment
tools=$(mktemp -d)
trap 'rm -rf -- "$tools"' EXIT
python3.11 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet 'pip-tools>=7.6,<8'

# Neither file may name an index, which is the business of the person's own pip configuration.
lock() {
  CUSTOM_COMPILE_COMMAND="bash packaging/lock.sh" "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras \
    --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
    --build-deps-for editable "$@" pyproject.toml
}

cd -- "$project"
lock "$@" --output-file requirements.lock
lock "$@" --extra dev --constraint requirements.lock --output-file packaging/requirements-dev.lock
lock "$@" --extra bundle --constraint requirements.lock --output-file packaging/requirements-bundle.lock
lock "$@" --extra full --constraint requirements.lock --output-file packaging/requirements-full.lock
