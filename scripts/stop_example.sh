#!/bin/sh
# End the processes that `make run` left running, each by the id it wrote to var/example/run.
set -eu

for file in var/example/run/*.pid; do
    [ -e "$file" ] || continue
    pid=$(cat "$file")
    # An id may have been given to another program since: end only what is Onrecord.
    if grep -q onrecord "/proc/$pid/cmdline" 2>/dev/null; then
        kill "$pid"
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.5
        done
        # What is still there after five seconds ends with everything it started.
        kill -9 -- "-$pid" 2>/dev/null || true
        echo "ended $(basename "$file" .pid)"
    fi
    rm -f "$file"
done
