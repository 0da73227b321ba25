#!/bin/sh
# Check an Onrecord bundle with nothing but a POSIX shell, openssl >= 3 and Debian's essential packages.
#
#   sh verify.sh [KEYS [BUNDLE]]
#
# KEYS is a folder with root.pem (and, if you have them, log.pem and actor-<id>.pem) that reached you by another way than
# the bundle; `-` or nothing means that the bundle's own keys are believed, which proves little: whoever forges a bundle
# forges its keys too. BUNDLE is the bundle's folder; without it, the folder you are in, or else the one of this script.
# A forged bundle would carry a forged verify.sh: run your own copy.
#
# Exit codes: 0 whole, 1 a check could not be made, 2 wrong use, 4 damaged or forged. Nothing is changed or sent.
#
# How it stays quick: one openssl hashes many files, and bytes are written by the shell's own printf, so that only the
# signatures cost a process each. How it stays safe: a file name with any unusual character is refused before anything
# is read, and values are taken from signed JSON by a small parser, never by searching for a text that looks right.

set -u
# What the caller's environment could change: where cd goes, what a shell reads first, how words are split and sorted.
unset CDPATH ENV BASH_ENV IFS
LC_ALL=C
export LC_ALL
umask 077
first=''

say() { printf '%s\n' "$*"; }
ok() { printf 'ok      %-17s %s\n' "$1" "$2"; }
bad() {
    printf 'NOT OK  %-17s %s\n' "$1" "$2"
    [ -n "$first" ] || first="$1: $2"
}
cannot() { say "CANNOT CHECK: $1" >&2; exit "$2"; }

# A tool that fails must never pass for a check that found nothing.
awk() { command awk "$@" || : >"$tmp/failed"; }

finish() {
    say
    say done >"$tmp/done"
    if [ -e "$tmp/failed" ] || [ ! -s "$tmp/done" ]; then cannot 'a tool failed; is the disk for temporary files full?' 1; fi
    if [ "$own_keys" = yes ]; then
        say 'WARNING: the keys were taken from the bundle itself. A forger could have made both. Ask the sender for root.pem'
        say 'by another way (in person, by telephone, from a partner) and run: sh verify.sh FOLDER-WITH-ROOT.PEM'
    fi
    if [ -n "$first" ]; then
        say 'Do not use this bundle. Keep it as it is and ask the sender for a new one.'
        say "NOT WHOLE: $first"
        exit 4
    fi
    say 'The bytes are those that were sealed, and every entry stands in the signed ledger.'
    say 'This does not say that what they tell happened, nor who wrote it.'
    say 'WHOLE'
    exit 0
}
stop() { bad "$1" "$2"; finish; }

# Print each line of a file as a failed check, the first twenty of them.
bad_lines() {
    while IFS= read -r line; do bad "$1" "$line"; done <<END
$(head -n 20 "$2")
END
    [ "$(wc -l <"$2")" -le 20 ] || bad "$1" 'and more'
}

# ------------------------------------------------------------------------------------------------- before anything

for tool in openssl awk cat cmp cp find grep head mktemp mv od sed sort tail tr uniq wc; do
    command -v "$tool" >/dev/null 2>&1 || cannot "$tool is not installed" 1
done
case "$(openssl version)" in
'OpenSSL '[3-9].* | 'OpenSSL '[1-9][0-9].*) ;;
*) cannot 'openssl 3 or newer is needed' 1 ;;
esac

here=$(cd -- "$(dirname -- "$0")" && pwd) || cannot 'the folder of this script cannot be entered' 1
if [ $# -gt 2 ]; then cannot 'use: sh verify.sh [KEYS [BUNDLE]]' 2; fi
keys=${1:--}
own_keys=no
if [ "$keys" = - ]; then
    own_keys=yes
else
    keys=$(cd -- "$keys" 2>/dev/null && pwd) || cannot 'the folder of keys is not there' 2
    [ -f "$keys/root.pem" ] || cannot 'the folder of keys holds no root.pem' 2
fi
if [ $# -eq 2 ]; then bundle=$2; elif [ -f bagit.txt ]; then bundle=.; else bundle=$here; fi
cd -- "$bundle" 2>/dev/null || cannot 'the folder of the bundle is not there' 2
[ -f bagit.txt ] || cannot 'this folder is not a bundle: it holds no bagit.txt' 2

tmp=$(mktemp -d) || cannot 'no temporary folder can be made' 1
case $tmp in /*) ;; *) rmdir "$tmp"; cannot 'TMPDIR must be a path that begins with /' 1 ;; esac
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$tmp/key" "$tmp/message" "$tmp/signature" "$tmp/opened" "$tmp/node" "$tmp/case"

if [ "$own_keys" = yes ]; then
    say 'WARNING: no keys were given. The bundle is checked against its own keys, which a forger could have made.'
    keys=proof/keys
fi

# ------------------------------------------------------------------------------------------------- small programs

# Byte strings in awk: from base64 or hexadecimal to the octal escapes that printf understands.
BYTES='
function bytes_start(   i) {
    for (i = 0; i < 64; i++)
        digit64[substr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", i + 1, 1)] = i
    for (i = 0; i < 16; i++) digit16[substr("0123456789abcdef", i + 1, 1)] = i
    for (i = 0; i < 256; i++) { octal[i] = sprintf("\\%03o", i); hex[i] = sprintf("%02x", i) }
}
function is_hex(text) { return length(text) == 64 && text !~ /[^0-9a-f]/ }
function is_number(text) { return length(text) < 16 && text ~ /^(0|[1-9][0-9]*)$/ }
function octal_of_hex(text,   i, out) {
    for (i = 1; i < length(text); i += 2)
        out = out octal[digit16[substr(text, i, 1)] * 16 + digit16[substr(text, i + 1, 1)]]
    return out
}
# The bytes of a base64 text of exactly `size` bytes, each written by `form` (octal or hex); empty if it is anything else.
function decode64(text, size, form,   pad, i, n, got, out) {
    pad = (3 - size % 3) % 3
    if (length(text) != (size + pad) / 3 * 4 || substr(text, length(text) - pad + 1) != substr("==", 1, pad)) return ""
    if (substr(text, 1, length(text) - pad) ~ /[^A-Za-z0-9+\/]/) return ""
    for (i = 1; i <= length(text); i += 4) {
        n = digit64[substr(text, i, 1)] * 262144 + digit64[substr(text, i + 1, 1)] * 4096
        n += digit64[substr(text, i + 2, 1)] * 64 + digit64[substr(text, i + 3, 1)]
        if (i + 3 >= length(text) && n % (pad == 2 ? 65536 : pad ? 256 : 1)) return ""  # one spelling for one value
        got = int(n / 65536) % 256
        out = out (form == "hex" ? hex[got] : octal[got])
        got = int(n / 256) % 256
        if (i + 3 < length(text) || pad < 2) out = out (form == "hex" ? hex[got] : octal[got])
        if (i + 3 < length(text) || pad < 1) out = out (form == "hex" ? hex[n % 256] : octal[n % 256])
    }
    return out
}
'

# Canonical JSON, one value a line, as `NAME <tab> POINTER <tab> VALUE` (RFC 6901 pointers; strings keep their escapes
# and lose their quotation marks; null is empty). A real parser: text inside a string can never be taken for structure.
JSON='
function refuse() { if (!unreadable) print name "\tERROR\t-"; unreadable = 1; return "" }
function json(text, of) {
    s = text; p = 1; name = of; unreadable = 0
    if (s ~ /[\001-\037]/) return refuse()
    read_value("", 0)
    if (!unreadable && p != length(s) + 1) refuse()
}
function read_string(   begin, quote, b) {
    if (substr(s, p, 1) != "\"") return refuse()
    begin = ++p
    do {
        quote = index(substr(s, p), "\"")
        if (!quote) return refuse()
        p += quote
        for (b = p - 2; b >= begin && substr(s, b, 1) == "\\"; b--) ;
    } while ((p - 2 - b) % 2)
    return substr(s, begin, p - 1 - begin)
}
function read_value(pointer, depth,   c, token) {
    if (unreadable || depth > 64) return refuse()
    c = substr(s, p, 1)
    if (c == "{") return read_object(pointer, depth)
    if (c == "[") return read_list(pointer, depth)
    if (c == "\"") token = read_string()
    else if (match(substr(s, p, 20), /^(true|false|null|0|-?[1-9][0-9]*)/)) { token = substr(s, p, RLENGTH); p += RLENGTH }
    else return refuse()
    if (c == "n") token = ""
    if (!unreadable) print name "\t" pointer "\t" token
}
function read_object(pointer, depth,   key, last, c) {
    p++
    if (substr(s, p, 1) == "}") { p++; return }
    do {
        key = read_string()
        if (unreadable || key ~ /[^ !#-[\]-~]/ || (last != "" && key "" <= last "")) return refuse()
        last = key
        gsub(/~/, "~0", key)
        gsub(/\//, "~1", key)
        if (substr(s, p++, 1) != ":") return refuse()
        read_value(pointer "/" key, depth + 1)
        c = substr(s, p++, 1)
    } while (!unreadable && c == ",")
    if (c != "}") refuse()
}
function read_list(pointer, depth,   i, c) {
    p++
    if (substr(s, p, 1) == "]") { p++; return }
    do { read_value(pointer "/" i++ + 0, depth + 1); c = substr(s, p++, 1) } while (!unreadable && c == ",")
    if (c != "]") refuse()
}
'
LIBRARY="$BYTES $JSON BEGIN { bytes_start() }"

# A public key file as the base64 of its DER form: 16 letters that mean Ed25519 (RFC 8410), then the 32 bytes.
key_text() {
    openssl pkey -pubin -in "$1" -outform DER 2>/dev/null | openssl base64 -A
}
# Write the key file of a raw key in base64: the 12 bytes before it are whole base64 letters, so the two just join.
write_key() {
    printf -- '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA%s\n-----END PUBLIC KEY-----\n' "$1" >"$2"
}
signed_by() {
    openssl pkeyutl -verify -pubin -inkey "$1" -rawin -in "$2" -sigfile "$3" >/dev/null 2>&1
}

# ------------------------------------------------------------------------------------------------- 1 shape

if [ -n "$(find . -mindepth 1 -name '*[!A-Za-z0-9._-]*' | head -c 1)" ]; then
    stop shape 'a file name holds a character that no bundle uses'
fi
odd=$(find . ! -type f ! -type d | head -n 1)
[ -z "$odd" ] || stop shape "neither a file nor a folder (a link?): $odd"
odd=$(find . -type d -empty | head -n 1)
[ -z "$odd" ] || stop shape "an empty folder: $odd"
odd=$(find proof -type f \( -size +2048 -o -name '*.salt' ! -size 32c \) | head -n 1)
[ -z "$odd" ] || stop shape "not the size of a proof: $odd"

find . -type f | sort >"$tmp/files"
awk "$LIBRARY"'
function known(f,   number) {
    if (f ~ /^(bagit|bag-info|manifest-sha256|tagmanifest-sha256)\.txt$/) return 1
    if (f ~ /^(READ-ME-FIRST\.html|verify\.sh|verify(_entries)?\.py|proof\/checkpoint)$/) return 1
    if (f ~ /^data\/(ro-crate-metadata\.json|manifest\/((basis|entries|keysets|left-out)\.csv|tag-files\.txt))$/) return 1
    if (f ~ /^data\/case\/(case\.json|(acts|claims|custody|exhibits|people|sources|timeline)\.csv)$/) return 1
    if (f ~ /^data\/exhibits\/[0-9a-f]+\/(original|derived)\/[^\/]+$/) return 1
    if (f ~ /^proof\/keys\/(root|log|actor-[0-9a-f]+)\.pem$/) return 1
    number = f
    sub(/^proof\/[a-z]+\//, "", number)
    sub(/\.[a-z]+$/, "", number)
    if (!is_number(number)) return 0
    if (f ~ /^proof\/openings\/[0-9]+\.(envelope|salt|path)$/ || f ~ /^proof\/keysets\/[0-9]+\.(keyset|path)$/) return 1
    return f ~ /^proof\/checkpoints\/[0-9]+\.(checkpoint|consistency)$/
}
function need(f) { if (!(f in there)) print "removed file: " f }
{ f = substr($0, 3); there[f] = 1; if (!known(f)) print "added file: " f }
END {
    n = split("bag-info.txt manifest-sha256.txt tagmanifest-sha256.txt READ-ME-FIRST.html verify.sh verify.py", must, " ")
    n = split("verify_entries.py proof/checkpoint proof/keys/root.pem data/manifest/tag-files.txt", more, " ")
    n = split("basis entries keysets left-out", list, " ")
    for (i in must) need(must[i])
    for (i in more) need(more[i])
    for (i in list) need("data/manifest/" list[i] ".csv")
    for (f in there) {
        stem = f
        sub(/\.[a-z]*$/, "", stem)
        if (f ~ /^proof\/openings\//) { openings++; need(stem ".envelope"); need(stem ".salt"); need(stem ".path") }
        if (f ~ /^proof\/keysets\//) { keysets++; need(stem ".keyset"); need(stem ".path") }
        if (f ~ /^proof\/checkpoints\//) { need(stem ".checkpoint"); need(stem ".consistency") }
    }
    if (!openings) print "the bundle holds none: openings"
    if (!keysets) print "the bundle holds none: keysets"
}' "$tmp/files" >"$tmp/shape"
if [ -s "$tmp/shape" ]; then
    sort -u "$tmp/shape" >"$tmp/shape.sorted"
    bad_lines shape "$tmp/shape.sorted"
    finish
fi
ok shape "$(wc -l <"$tmp/files") files, each where it belongs"

# ------------------------------------------------------------------------------------------------- 2, 3 manifests

# Compare a list of hashes with the hashes of the files: same NAME LIST HASHES
same() {
    awk -v list="$1" '
    pass == 1 {
        path = substr($0, 67)
        if (substr($0, 1, 64) ~ /[^0-9a-f]/ || substr($0, 65, 2) != "  " || path !~ /^[A-Za-z0-9._\/-]+$/) {
            print "the list " list " has a line that cannot be read"; exit
        }
        if (path in want) print "listed twice: " path
        want[path] = substr($0, 1, 64)
        next
    }
    { path = substr($0, 67); sub(/^\.\//, "", path) }
    !(path in want) { print "added file: " path; next }
    want[path] != substr($0, 1, 64) { print "changed file: " path }
    { delete want[path] }
    END { for (path in want) print "removed file: " path }' pass=1 "$2" pass=2 "$3" | sort
}

find . -type f ! -path './data/*' ! -path ./tagmanifest-sha256.txt -exec openssl dgst -sha256 -r {} + >"$tmp/tags"
find data -type f -exec openssl dgst -sha256 -r {} + >"$tmp/payload"
same tagmanifest-sha256.txt tagmanifest-sha256.txt "$tmp/tags" >"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then bad_lines tag-manifest "$tmp/wrong"; else ok tag-manifest 'every file beside the payload is as listed'; fi

same manifest-sha256.txt manifest-sha256.txt "$tmp/payload" >"$tmp/wrong"
grep -v -e '\*\./proof/' -e 'manifest-sha256\.txt$' "$tmp/tags" >"$tmp/fixed"
same tag-files.txt data/manifest/tag-files.txt "$tmp/fixed" >>"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then bad_lines payload-manifest "$tmp/wrong"; else
    ok payload-manifest "$(wc -l <"$tmp/payload") files are as listed, none added, none removed"
fi

# ------------------------------------------------------------------------------------------------- 4 keysets

root=$(key_text "$keys/root.pem")
case "$root" in MCowBQYDK2VwAyEA*) root=${root#MCowBQYDK2VwAyEA} ;; *) stop keysets 'root.pem is no Ed25519 key' ;; esac
[ ${#root} -eq 44 ] || stop keysets 'root.pem is no Ed25519 key'
write_key "$root" "$tmp/key/root.pem"

# The signature stands last in the file and has one length, so what was signed lies between two fixed texts.
for file in proof/keysets/*.keyset; do
    number=${file##*/}
    number=${number%.keyset}
    rm -f "$tmp/script" "$tmp/message/keyset"
    awk -v name="$number" -v message="$tmp/message/keyset" -v out="$tmp/signature/keyset" -v script="$tmp/script" "$LIBRARY"'
    NR > 1 { print name "\tERROR\t-"; exit }
    {
        tail = ",\"signature\":\""
        at = length($0) - 90 - length(tail)
        octets = decode64(substr($0, at + length(tail) + 1, 88), 64, "octal")
        if (substr($0, 1, 10) != "{\"keyset\":" || substr($0, at + 1, length(tail)) != tail) octets = ""
        if (octets == "") { print name "\tERROR\t-"; exit }
        ORS = ""
        print "onrecord-keyset/v1\n" substr($0, 11, at - 10) > message
        ORS = "\n"
        print "printf \047" octets "\047 >\"" out "\"" > script
        json($0, name)
    }' "$file" >>"$tmp/keysets"
    if [ ! -s "$tmp/script" ] || grep -q '	ERROR	' "$tmp/keysets"; then stop keysets "keyset $number cannot be read"; fi
    . "$tmp/script"
    signed_by "$tmp/key/root.pem" "$tmp/message/keyset" "$tmp/signature/keyset" ||
        stop keysets "keyset $number is not signed by the root key"
done

# From all keysets: the docket they belong to, and every key that the root vouches for.
awk -F '\t' -v root="$root" "$LIBRARY"'
$2 == "/keyset/docket" { if (docket != "" && $3 "" != docket) wrong = "two dockets"; docket = $3 }
$2 == "/keyset/root_key" && $3 "" != root "" { wrong = "another root key" }
$2 == "/keyset/log_key" { log_key[$3] }
$2 ~ /^\/keyset\/signers\/[0-9]+\/(id|role|verify_key)$/ { split($2, part, "/"); signer[$1 " " part[4], part[5]] = $3; seen[$1 " " part[4]] }
END {
    for (one in seen) {
        id = signer[one, "id"]; key = signer[one, "verify_key"]
        if (id == "" || id ~ /[^0-9a-f]/) wrong = "a signer without an id"
        if (id in actor && (actor[id] "" != key "" || role[id] "" != signer[one, "role"] "")) wrong = "two keys or roles for one signer"
        actor[id] = key; role[id] = signer[one, "role"]
    }
    for (key in log_key) { print "log", key; if (decode64(key, 32, "hex") == "") wrong = "a key that is none" }
    for (id in role) if (role[id] != "member") print "service", id
    for (id in actor) { print "actor", actor[id], id; if (decode64(actor[id], 32, "hex") == "") wrong = "a key that is none" }
    print "docket", docket
    if (docket == "" || docket ~ /[^!-~]/) wrong = "no docket"
    if (wrong != "") print "ERROR", wrong
}' "$tmp/keysets" >"$tmp/keys"
error=$(sed -n 's/^ERROR //p' "$tmp/keys")
[ -z "$error" ] || stop keysets "the keysets name $error"
docket=$(sed -n 's/^docket //p' "$tmp/keys")

# One whose keys signed nothing here would be missed by nothing else: they run from number 1 to the last one listed.
awk -F '\t' '$2 == "/keyset/number" { print $1 "," $3 }' "$tmp/keysets" | sort -n >"$tmp/numbers"
[ -z "$(awk -F , '$2 != NR' "$tmp/numbers")" ] ||
    stop keysets 'a keyset is missing: they are not numbered from 1 without a gap'
{ say index,number; cat "$tmp/numbers"; } | cmp -s - data/manifest/keysets.csv ||
    stop keysets 'a keyset is missing or added: they are not those that were listed'

count=0
while read -r kind key id; do
    case $kind in
    log) count=$((count + 1)) && write_key "$key" "$tmp/key/log-$count.pem" ;;
    actor)
        write_key "$key" "$tmp/key/actor-$id.pem"
        [ -f "proof/keys/actor-$id.pem" ] || stop keysets "removed file: proof/keys/actor-$id.pem"
        ;;
    esac
done <"$tmp/keys"
[ -f proof/keys/log.pem ] || stop keysets 'removed file: proof/keys/log.pem'
services=" $(sed -n 's/^service //p' "$tmp/keys" | tr '\n' ' ')"

# Keys given one by one, from outside or in the bundle, must be the ones that the root vouches for.
for folder in "$keys" proof/keys; do
    for file in "$folder"/*.pem; do
        [ -f "$file" ] || continue
        name=${file##*/}
        case $name in
        root.pem | log.pem) ;;
        *) printf '%s\n' "$name" | grep -q -x -e 'actor-[0-9a-f][0-9a-f]*\.pem' || continue ;;
        esac
        text=$(key_text "$file")
        [ ${#text} -eq 60 ] || stop keysets "no Ed25519 key: $name"
        case $name in
        root.pem) [ "$text" = "MCowBQYDK2VwAyEA$root" ] || stop keysets "the root key in the bundle is another: $name" ;;
        log.pem) grep -q -x -F "log ${text#MCowBQYDK2VwAyEA}" "$tmp/keys" || stop keysets "in no keyset: $name" ;;
        *) [ -f "$tmp/key/$name" ] && [ "$text" = "$(key_text "$tmp/key/$name")" ] || stop keysets "in no keyset: $name" ;;
        esac
    done
done
ok keysets "signed by the root key: $(find proof/keysets -name '*.keyset' | wc -l), docket $docket"

# ------------------------------------------------------------------------------------------------- 5 checkpoint

# Read a checkpoint (C2SP tlog-checkpoint) and check its log signature: note FILE -> sets size and top (hexadecimal)
note() {
    rm -f "$tmp/script"
    read_note=$(awk -v dir="$tmp" -v docket="$docket" -v script="$tmp/script" "$LIBRARY"'
    NR == 1 && $0 != docket { wrong = "it is not signed by the log of this docket" }
    NR == 2 { size = $0; if (!is_number(size)) wrong = "it has no size" }
    NR == 3 { top = decode64($0, 32, "hex"); if (top == "") wrong = "it has no root" }
    NR <= 3 { text = text $0 "\n" }
    NR == 4 && $0 != "" { wrong = "it cannot be read" }
    NR > 4 && index($0, "\342\200\224 " docket " ") == 1 {
        octets = decode64(substr($0, length(docket) + 6), 68, "octal")
        if (octets == "") next
        print "printf \047" substr(octets, 17) "\047 >\"" dir "/signature/note-" ++n "\"" > script
        print "printf \047" substr(octets, 1, 16) "\047 >\"" dir "/signature/id-" n "\"" > script
    }
    END {
        if (wrong == "" && (NR < 5 || !n)) wrong = "it is not signed by the log of this docket"
        ORS = ""
        print text > (dir "/message/note")
        print wrong == "" ? "ok " size " " top " " n : "wrong " wrong
    }' "$1")
    case $read_note in ok*) ;; *) wrong=${read_note#wrong } && return 1 ;; esac
    . "$tmp/script"
    read -r read_note size top signatures <<END
$read_note
END
    while [ "$signatures" -gt 0 ]; do
        for key in "$tmp"/key/log-*.pem; do
            signed_by "$key" "$tmp/message/note" "$tmp/signature/note-$signatures" &&
                [ "$(key_id "$key")" = "$(od -An -v -tx1 "$tmp/signature/id-$signatures" | tr -d ' ')" ] && return 0
        done
        signatures=$((signatures - 1))
    done
    wrong='it is not signed by the log of this docket'
    return 1
}
# The four bytes by which a signed note names a key: the beginning of SHA-256(name, newline, 1, the 32 bytes).
key_id() {
    { printf '%s\n\001' "$docket"; openssl pkey -pubin -in "$1" -outform DER | tail -c 32; } | openssl dgst -sha256 -r |
        head -c 8
}

if note proof/checkpoint; then
    last_size=$size last_top=$top
    ok checkpoint "signed by the log of this docket, $last_size entries"
else
    stop checkpoint "$wrong"
fi

# ------------------------------------------------------------------------------------------------- 6 signatures

find proof/openings -name '*.envelope' -exec awk -v dir="$tmp" "$LIBRARY"'
FNR == 1 {
    name = FILENAME; gsub(/[^0-9]/, "", name); size = length($0) + 90
    message = dir "/message/" name
    ORS = ""; print "onrecord-entry/v1\n" $0 > message; close(message); ORS = "\n"
    print name "\t" $0 >> (dir "/lines")
    json($0, name)
}
FNR == 2 {
    octets = decode64($0, 64, "octal")
    if (octets != "") print "printf \047" octets "\047 >\"" dir "/signature/" name "\"" > (dir "/signatures." name)
    close(dir "/signatures." name)
    print name "\tSIZE\t" size
}
FNR > 2 { print name "\tERROR\t-" }' {} + >"$tmp/values" || : >"$tmp/failed"
find proof/openings -name '*.envelope' -exec wc -c {} + |
    awk '$2 != "total" { name = $2; gsub(/[^0-9]/, "", name); print name "\tBYTES\t" $1 }' >>"$tmp/values"

# One line for each entry: index actor actor_seq kind subject subject_seq
awk -F '\t' "$LIBRARY"'
{ at[$1]; value[$1, $2] = $3 }
$2 == "ERROR" { broken[$1] }
END {
    for (i in at) {
        good = !(i in broken) && value[i, "SIZE"] == value[i, "BYTES"] && value[i, "/v"] != ""
        good = good && value[i, "/actor"] ~ /^[0-9a-f]+$/ && value[i, "/subject"] ~ /^[0-9a-f]+$/
        good = good && value[i, "/kind"] ~ /^[A-Za-z]+$/ && is_number(value[i, "/actor_seq"]) && is_number(value[i, "/subject_seq"])
        if (!good) { print i, "ERROR"; continue }
        print i, value[i, "/actor"], value[i, "/actor_seq"], value[i, "/kind"], value[i, "/subject"], value[i, "/subject_seq"]
    }
}' "$tmp/values" | sort -n >"$tmp/events"
: >"$tmp/wrong"
while read -r number actor _ kind _; do
    if [ "$actor" = ERROR ] || [ ! -f "$tmp/signatures.$number" ]; then
        say "entry $number cannot be read" >>"$tmp/wrong"
        continue
    fi
    . "$tmp/signatures.$number"
    signed_by "$tmp/key/actor-$actor.pem" "$tmp/message/$number" "$tmp/signature/$number" ||
        say "entry $number is not signed by the actor it names" >>"$tmp/wrong"
    # The key of a service lies open on a machine that is on the network: it may say that a letter came, and no more.
    case "$services $kind" in
    *" $actor "*' LetterReceived') ;;
    *" $actor "*) say "entry $number is of a kind that its signer may not sign" >>"$tmp/wrong" ;;
    esac
    cat "proof/openings/$number.salt" "proof/openings/$number.envelope" >"$tmp/opened/$number.entry"
done <"$tmp/events"
if [ -s "$tmp/wrong" ]; then bad_lines signatures "$tmp/wrong"; finish; fi
ok signatures "$(wc -l <"$tmp/events") entries, each signed by the actor it names"

# ------------------------------------------------------------------------------------------------- 7, 8 places

# A chain is `NAME HASH WANTED STEP...`: each step turns HASH into the hash above it (0: a leaf; L or R with the hash that
# stands on its left or right; RFC 9162, 2.1.3.2 and 2.1.4.2). All chains climb together, one openssl a level.
climb() {
    cp "$1" "$tmp/state"
    while :; do
        rm -rf "$tmp/node" && mkdir "$tmp/node"
        awk -v dir="$tmp/node" "$LIBRARY"'
        NF > 3 {
            side = substr($4, 1, 1); other = octal_of_hex(substr($4, 2)); own = octal_of_hex($2)
            text = side == "0" ? "\\000" own : side == "L" ? "\\001" other own : "\\001" own other
            print "printf \047" text "\047 >\"" dir "/" $1 "\""
        }' "$tmp/state" >"$tmp/script"
        [ -s "$tmp/script" ] || break
        . "$tmp/script"
        find "$tmp/node" -type f -exec openssl dgst -sha256 -r {} + >"$tmp/hashes"
        awk 'pass == 1 { name = $2; sub(/.*\//, "", name); hash[name] = $1; next }
        $1 in hash { line = $1 " " hash[$1] " " $3; for (i = 5; i <= NF; i++) line = line " " $i; print line; next }
        { print }' pass=1 "$tmp/hashes" pass=2 "$tmp/state" >"$tmp/state.next"
        mv "$tmp/state.next" "$tmp/state"
    done
    awk '$2 "" != $3 "" { print $1 }' "$tmp/state" # as texts: some hashes look like numbers
}

for file in proof/keysets/*.keyset; do
    name=${file##*/}
    cat "$file" >"$tmp/opened/${name%.keyset}.keyset"
done
find "$tmp/opened" -type f -exec openssl dgst -sha256 -r {} + >"$tmp/leaves"
find proof/openings proof/keysets -name '*.path' >"$tmp/paths"
awk -v size="$last_size" -v top="$last_top" "$LIBRARY"'
function half(n) { return int(n / 2) }
function chain(name, leaf, file,   line, n, fn, sn, steps, good) {
    fn = name + 0; sn = size - 1; good = is_number(name) && fn < size
    while ((getline line < file) > 0) {
        n++
        if (n == 1) { good = good && line == "index " name; continue }
        if (n == 2) { good = good && line == "size " size; continue }
        if (!is_hex(line) || sn == 0) { good = 0; continue }
        if (fn % 2 || fn == sn) {
            steps = steps " L" line
            while (fn % 2 == 0 && fn != 0) { fn = half(fn); sn = half(sn) }
        } else steps = steps " R" line
        fn = half(fn); sn = half(sn)
    }
    close(file)
    print name, leaf, (good && n >= 2 && sn == 0 ? top : "none") " 0" steps
}
{
    name = $2; sub(/.*\//, "", name); kind = name; sub(/\..*/, "", name); sub(/.*\./, "", kind)
    chain(name, $1, "proof/" (kind == "keyset" ? "keysets" : "openings") "/" name ".path")
}' "$tmp/leaves" >"$tmp/chains"
climb "$tmp/chains" | sort -n | sed 's/.*/entry & does not stand in the ledger at this place/' >"$tmp/wrong"
[ "$(sort -u -k 1,1 "$tmp/chains" | wc -l)" -eq "$(wc -l <"$tmp/paths")" ] || say 'two things stand at one place' >>"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then bad_lines places "$tmp/wrong"; else
    ok places "$(wc -l <"$tmp/chains") entries and keysets stand in the ledger at the place they name"
fi

: >"$tmp/wrong"
: >"$tmp/chains"
for file in proof/checkpoints/*.checkpoint; do
    [ -f "$file" ] || continue
    name=${file##*/}
    name=${name%.checkpoint}
    if ! note "$file"; then say "checkpoint $name: $wrong" >>"$tmp/wrong" && continue; fi
    [ "$size" = "$name" ] || say "checkpoint $name has another size" >>"$tmp/wrong"
    awk -v old="$size" -v old_top="$top" -v new="$last_size" -v new_top="$last_top" "$LIBRARY"'
    function half_both() { fn = int(fn / 2); sn = int(sn / 2) }
    BEGIN { good = old > 0 && old < new; fn = old - 1; sn = new - 1; while (fn % 2) half_both(); whole = fn == 0 }
    NR == 1 { good = good && $0 == "old " old; next }
    NR == 2 { good = good && $0 == "new " new; if (whole) start = old_top; next }
    !is_hex($0) { good = 0; next }
    start == "" { start = $0; next }
    sn == 0 { good = 0; next }
    fn % 2 || fn == sn {
        first = first " L" $0; second = second " L" $0
        while (fn % 2 == 0 && fn != 0) half_both()
        half_both(); next
    }
    { second = second " R" $0; half_both() }
    END {
        good = good && sn == 0 && start != "" && NR > 2
        print old ".first", (good ? start : "none"), old_top first
        print old ".second", (good ? start : "none"), new_top second
    }' "proof/checkpoints/$name.consistency" >>"$tmp/chains"
done
climb "$tmp/chains" | sed 's/\..*//; s/.*/checkpoint & is not an earlier state of this ledger/' | sort -u >>"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then bad_lines earlier "$tmp/wrong"; else
    ok earlier "$(find proof -name '*.consistency' | wc -l) earlier checkpoints, each an earlier state of the same ledger"
fi

# ------------------------------------------------------------------------------------------------- 9 seal

seal=$(awk '$4 == "BundleMade" { at = $1 } END { print at }' "$tmp/events")
[ -n "$seal" ] || stop seal 'the bundle holds no entry by which it was sealed'
sealed=$(awk -F '\t' -v at="$seal" '$1 == at && $2 == "/body/manifest_sha256" { print $3 }' "$tmp/values")
begun=$(awk -F '\t' -v at="$seal" '$1 == at && $2 == "/body/log_size" { print $3 }' "$tmp/values")
here=$(openssl dgst -sha256 -r manifest-sha256.txt)
: >"$tmp/wrong"
[ ${#sealed} -eq 64 ] && [ "${here%% *}" = "$sealed" ] ||
    say 'these are not the files that were sealed: the list of files was made anew' >>"$tmp/wrong"
grep -q -x -F "./proof/checkpoints/$begun.checkpoint" "$tmp/files" ||
    say 'the checkpoint from which the seal was made is missing' >>"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then bad_lines seal "$tmp/wrong"; else ok seal "entry $seal sealed exactly this list of files"; fi

# ------------------------------------------------------------------------------------------------- 10 counts

# A list is its head, then lines of one form, each with its line end: plain NAME HEAD FORM
plain() {
    { say "$2" && sed 1d "data/manifest/$1.csv" | grep -E -x -e "$3"; } | cmp -s - "data/manifest/$1.csv" ||
        stop counts "this list cannot be read: data/manifest/$1.csv"
}
id='[0-9a-f]+' number='(0|[1-9][0-9]{0,14})' word='[a-z0-9_:]+'
plain basis exhibit,basis,reason,entry "$id,$word,$word,$number?"
plain entries index,subject,subject_seq,state "$number,$id,$number,(opened|withheld)"
plain left-out thing,id,reason "(exhibit|claim),$id,$word|entry,$number,$word"

awk -F '\t' -v at="$seal" '$1 == at && index($2, "/body/counts/") == 1 { print substr($2, 14), $3 }' "$tmp/values" >"$tmp/counts"
sed 1d data/manifest/entries.csv | tr ',' ' ' | sort -n >"$tmp/entries"
awk -v seal="$seal" "$LIBRARY"'
pass == 1 { count[$1] = $2; if ($2 > 0) total++; if (NF != 2 || $1 ~ /[^0-9a-f]/ || !is_number($2)) odd = 1; next }
pass == 2 { if ($1 == seal) { subject = $5; last = $6 } else opened[$1] = $5 " " $6; next }
$4 == "opened" && opened[$1] != $2 " " $3 { print "entry " $1 " is missing or another" }
$4 == "opened" { delete opened[$1] }
!($2 in count) { print "entry " $1 " is of a subject that is not counted"; next }
$3 + 0 != ++have[$2] { gap[$2] }
END {
    if (odd || !total) print "the counts cannot be read"
    for (index_ in opened) print "entry " index_ " is not in the list of entries"
    if (!(subject in count) || last != count[subject] + 1) print "the seal does not follow the last entry it counts"
    for (one in count) if (one in gap || have[one] + 0 != count[one] + 0)
        print "entries of a subject are missing or doubled: " have[one] + 0 " here, " count[one] " counted"
}' pass=1 "$tmp/counts" pass=2 "$tmp/events" pass=3 "$tmp/entries" | sort >"$tmp/wrong"
sed -n 's/,.*,withheld$//p' data/manifest/entries.csv | sort -u >"$tmp/withheld"
sed -n 's/^entry,\(.*\),.*/\1/p' data/manifest/left-out.csv | sort -u >"$tmp/named"
sort "$tmp/withheld" "$tmp/named" | uniq -u | sed 's/.*/entry & is withheld in one list and not in the other/' >>"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then bad_lines counts "$tmp/wrong"; else
    ok counts "every entry is here or listed; $(wc -l <"$tmp/withheld") withheld"
fi

# ------------------------------------------------------------------------------------------------- 11 exhibits

awk -F '\t' '
pass == 1 { split($0, word, " "); kind[word[1]] = word[4]; next }
kind[$1] ~ /^(LetterOpened|SourceCaptured)$/ && $2 ~ /^\/body\/exhibits\/[0-9]+\/(id|made_from|sha256)$/ {
    split($2, part, "/"); value[$1 "/" part[4], part[5]] = $3; seen[$1 "/" part[4]]
}
END {
    for (one in seen) print value[one, "id"], (value[one, "made_from"] == "" ? "original" : "derived") "/" value[one, "sha256"]
}' pass=1 "$tmp/events" pass=2 "$tmp/values" >"$tmp/received"
awk '
pass == 1 { if ($1 in received && received[$1] != $2) print "two entries differ about exhibit " $1; received[$1] = $2; next }
{
    split(substr($0, 67), part, "/")
    if (part[2] != "exhibits") next
    id = part[3]; files[id]++
    if (received[id] != part[4] "/" substr($0, 1, 64)) print "not as it was received: exhibit " id
}
END {
    for (id in files) if (files[id] != 1) print "not one file: exhibit " id
    for (id in received) if (!(id in files)) print "removed exhibit: " id
}' pass=1 "$tmp/received" pass=2 "$tmp/payload" >"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then bad_lines exhibits "$tmp/wrong"; else
    ok exhibits "$(wc -l <"$tmp/received") exhibits are byte for byte what was received"
fi

# ------------------------------------------------------------------------------------------------- 12 statements

# Every row of a table is an entry written differently, so the tables are made again and compared. A row is printed as
# `TABLE <tab> ORDER <tab> NUMBER <tab> CELL <tab> CELL...`, its cells as canonical JSON has them (so none holds a tab).
awk -F '\t' -v seal="$seal" -v grounds="$tmp/grounds" '
function row(table, order, cells) { print table "\t" order "\t" sprintf("%09d", ++rows) "\t" cells }
function body(i, name) { return value[i, "/body/" name] }
function cells(i, where, names,   k, n, name, out) {
    n = split(names, name, " ")
    for (k = 1; k <= n; k++) out = out (k > 1 ? "\t" : "") body(i, where name[k])
    return out
}
function plain(table, i) { row(table, "", cells(i, "", columns[table]) "\t" i) }
function ground(id, basis, reason, i) { if (basis in named) print id "," basis "," reason "," i > grounds }
function exhibits(i,   c, confirmed, e, id, j, k, n, same, state) {
    n = split(about[subject[i]], same, " ")
    for (c = 0; (i, "/body/consent/" c "/purpose") in value; c++)
        if (body(i, "consent/" c "/purpose") "" == purpose "") state = body(i, "consent/" c "/state")
    for (e = 0; (i, "/body/exhibits/" e "/id") in value; e++) {
        id = body(i, "exhibits/" e "/id")
        row("exhibits", "", id "\t" cells(i, "exhibits/" e "/", "made_from tool name media_type size_bytes sha256 blob") \
            "\t" subject[i] "\t" i)
        ground(id, "lawful_order", "named_by_operator", ""); ground(id, "vital_interest", "named_by_operator", "")
        for (k = 1; k <= n; k++) {
            j = same[k]
            row("custody", "", id "\t" value[j, "/at"] "\t" kind[j] "\t" actor[j] "\t" subject[j] "\t" j)
            if (kind[j] == "SourceDescribed") ground(id, "public_source", "captured_publication", j)
            if (kind[j] != "ConsentConfirmed" || body(j, "purpose") "" != purpose "") continue
            ground(id, "consent", purpose ":confirmed", j); confirmed = 1
        }
        if (kind[i] != "LetterOpened") continue
        if (state == "given") ground(id, "consent", purpose ":given", i)
        else if (!confirmed) ground(id, "consent", purpose ":given_later", "")
    }
}
function said_by(i,   b, k, link, out, part) {
    for (b = 0; (i, "/body/by/" b "/kind") in value; b++) {
        split(cells(i, "by/" b "/", "kind source name"), part, "\t")
        for (link = k = ""; ++k <= 3; ) if (part[k] != "") link = link (link == "" ? "" : " ") part[k]
        out = out (b ? " > " : "") link
    }
    return out
}
function claim(i,   m, v, act, coded, before, after) {
    m = marked[body(i, "passage")]; act = body(i, "act")
    before = cells(i, "", "claim kind act person")
    after = cells(m, "", "quote") "\t" body(i, "exhibit") "\t" cells(m, "", "start end quote_sha256") "\t" said_by(i) "\t" \
        cells(i, "", "connection manner stance reliability credibility") "\t" basis[body(i, "exhibit")] "\t" i
    for (v = 0; (i, "/body/values/" v "/field") in value; v++) {
        coded = cells(i, "values/" v "/", "field value mode")
        row("claims", "", before "\t" coded "\t" after)
        if (act != "") row("acts", act, act "\t" coded "\t\t" body(i, "claim") "\t" i)
        if (body(i, "values/" v "/field") == "event.date")
            row("timeline", body(i, "values/" v "/value"), body(i, "values/" v "/value") "\t" cells(i, "", "act person claim") "\t" i)
    }
    if (!v) row("claims", "", before "\t\t\t\t" after)
}
pass == 1 { split($0, w, " "); i = w[1] }
pass == 1 && i != seal { order[++n] = i; actor[i] = w[2]; kind[i] = w[4]; subject[i] = w[5]; about[w[5]] = about[w[5]] " " i }
pass == 2 { split($0, w, ","); basis[w[1]] = w[2] }
pass == 3 { value[$1, $2] = $3; if (kind[$1] == "PassageMarked" && $2 == "/body/passage") marked[$3] = $1 }
END {
    columns["acts"] = "act field value mode degree claim"
    columns["claims"] = "claim kind act person field value mode quote exhibit start end quote_sha256"
    columns["claims"] = columns["claims"] " said_by connection manner stance reliability credibility basis"
    columns["custody"] = "exhibit at kind actor subject"
    columns["exhibits"] = "exhibit made_from tool name media_type size_bytes sha256 blob subject"
    columns["people"] = "person counting_unit number_min number_best number_max"
    columns["sources"] = "source title author publisher published published_raw reading_order"
    columns["timeline"] = "date act person claim"
    for (table in columns) { line = columns[table] " entry"; gsub(/ /, "\t", line); row(table, "", line) }
    purpose = body(seal, "purpose")
    for (k = 0; (seal, "/body/basis/" k) in value; k++) named[body(seal, "basis/" k)]
    for (k = 1; k <= n; k++) {
        i = order[k]
        if (kind[i] ~ /^(LetterOpened|SourceCaptured)$/) exhibits(i)
        if (kind[i] == "SourceDescribed") plain("sources", i)
        if (kind[i] == "PersonAdded") plain("people", i)
        if (kind[i] == "ActOpened") {
            row("acts", body(i, "act"), body(i, "act") "\tevent\t" body(i, "event") "\t\t\t\t" i)
            row("acts", body(i, "act"), body(i, "act") "\tvictim\t" body(i, "victim") "\t\t\t\t" i)
        }
        if (kind[i] == "InvolvementAdded")
            row("acts", body(i, "act"), body(i, "act") "\tperpetrator\t" body(i, "perpetrator") "\t\t" body(i, "degree") "\t\t" i)
        if (kind[i] == "ClaimCoded") claim(i)
    }
}' pass=1 "$tmp/events" pass=2 data/manifest/basis.csv pass=3 "$tmp/values" | sort >"$tmp/rows"
awk -F '\t' -v dir="$tmp/case" '{
    for (k = 4; k <= NF; k++) {
        cell = $k; gsub(/\\"/, "\"\"", cell)
        line = (k > 4 ? line "," : "") "\"" (cell ~ /^[=+@-]/ ? "\047" : "") cell "\""
    }
    print line > (dir "/" $1 ".csv")
}' "$tmp/rows"
{
    say '{'
    sort -n "$tmp/lines" | awk -F '\t' -v seal="$seal" '$1 != seal { print (n++ ? "," : "") "\"" $1 "\":" substr($0, length($1) + 2) }'
    say '}'
} >"$tmp/case/case.json"

for file in "$tmp/case/"*; do
    cmp -s "$file" "data/case/${file##*/}" || say "not what the signed entries say: data/case/${file##*/}"
done >"$tmp/wrong"
: >>"$tmp/grounds"
awk -F , '
pass == 1 { split($0, w, " "); id[w[1]]; next }
pass == 2 { ground[$0]; next }
FNR == 1 { next }
{ have[$1]++ }
!($0 in ground) { print "no entry carries the basis of exhibit " $1 }
END {
    for (one in id) if (have[one] != 1) wrong = 1
    for (one in have) if (!(one in id)) wrong = 1
    if (wrong) print "not one basis for each exhibit"
}' pass=1 "$tmp/received" pass=2 "$tmp/grounds" pass=3 data/manifest/basis.csv >>"$tmp/wrong"
if [ -s "$tmp/wrong" ]; then bad_lines statements "$tmp/wrong"; else
    ok statements 'all tables and every basis are what the signed entries say'
fi
finish
