#!/bin/sh
# Run every check that reads the code without running it: style, types, layers.
set -eu

.venv/bin/ruff check --quiet
.venv/bin/ruff format --check --quiet
.venv/bin/mypy --no-error-summary
.venv/bin/lint-imports --no-logo
