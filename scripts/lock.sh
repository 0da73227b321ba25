#!/bin/sh
# Choose the newest versions that pyproject.toml allows and write them with their hashes, and no registry's address.
set -eu

lock() {
    name=$1
    shift
    .venv/bin/uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --output-file "requirements/$name.txt" "$@" >/dev/null
}

lock base pyproject.toml
lock door pyproject.toml --extra door
lock desk pyproject.toml --extra desk
lock s3 pyproject.toml --extra s3
lock build --group build
lock dev pyproject.toml --extra door --extra desk --extra s3 --group dev --group build
lock uv --group uv
