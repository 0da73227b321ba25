#!/bin/sh
# Make .venv hold exactly the packages of requirements/dev.txt and uv itself, each checked against its hash.
set -eu

[ -x .venv/bin/python ] || python3 -m venv .venv
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
.venv/bin/uv pip sync --quiet --require-hashes requirements/dev.txt requirements/uv.txt
