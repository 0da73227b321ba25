#!/bin/sh
# Run a command beside a PostgreSQL of its own, which lives as long as the command does:
#
#     sh scripts/with_postgres.sh COMMAND [ARGUMENT]...
#
# The command finds it through ONRECORD_TEST_POSTGRES; when that is already set, the server it names is used. The
# cluster listens on a socket in a private folder, never on the network. It lies under the machine's temporary folder
# and not in var/, because the user postgres cannot enter a clone under a private home, and a socket's path may have
# no more than 107 bytes.
set -eu

[ -z "${ONRECORD_TEST_POSTGRES:-}" ] || exec "$@"

programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
folder=$(mktemp -d)

as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && exec runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

stop() {
    as_postgres "$programs/pg_ctl" -D "$folder/cluster" stop --mode=immediate --silent || true
    rm -rf "$folder"
}

[ "$(id -u)" != 0 ] || chown postgres "$folder"
trap stop EXIT
trap 'exit 130' INT TERM

as_postgres "$programs/initdb" -D "$folder/cluster" --username=onrecord --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
    --no-sync >/dev/null
# The data are thrown away at the end: flushing them to disk would only make the tests slower.
as_postgres "$programs/pg_ctl" -D "$folder/cluster" start --wait --timeout=300 --silent \
    --log="$folder/cluster/server.log" --options="-c listen_addresses='' -c unix_socket_directories=$folder -c fsync=off"
"$programs/createdb" --host="$folder" --username=onrecord onrecord

status=0
ONRECORD_TEST_POSTGRES="host=$folder user=onrecord dbname=onrecord" "$@" || status=$?
exit "$status"
