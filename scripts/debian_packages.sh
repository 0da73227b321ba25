#!/bin/sh
# Install the Debian programs that Onrecord uses, when one of them is missing: the browser that the page tests drive,
# the team database, the sandbox for hostile files, and age and mmdebstrap, against which sealing and proofs are tested.
# fonts-lohit-deva draws Nepali and Hindi, so that page tests measure letters. libatomic1 is for the program that drives
# the browser; uidmap lets mmdebstrap work for who is not root.
set -eu

packages="age bubblewrap chromium fonts-lohit-deva libatomic1 mmdebstrap postgresql uidmap"

missing=""
for package in $packages; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "These Debian packages are missing; ask someone who may to run: apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

echo "installing Debian packages:$missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=5 update
# The word list is left open to splitting on purpose: it is a list of package names.
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=5 install --yes --no-install-recommends $missing >/dev/null
