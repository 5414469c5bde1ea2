#!/usr/bin/env bash
# torch, transformers and TRL from PyPI, in an environment of their own: wheels only, nothing is built.
set -euo pipefail
cd "$(dirname "$0")"
environment="${SLUICE_CLOSED_LOOP:-${TMPDIR:-/tmp}/sluice-closed-loop}"
[ -x "$environment/bin/python" ] || python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check --no-compile --no-deps --only-binary=:all: -r python/requirements.txt
