"""Look at a live door from outside, and say of each thing what is seen and what to do about it.

LIMIT: a door that lies to one visitor and not to another cannot be found out this way. Ask from several places.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from onrecord.cli.door.looking import Answer, Door
from onrecord.door.headers import HEADERS, POLICY, SCRIPT_POLICY
from onrecord.door.pages import SCRIPTS
from onrecord.door.text import TEXT
from onrecord.ground.bounds import EPOCH_DAYS, MAILBOX_PAGE_BYTES
from onrecord.ground.clock import Clock, parse_utc
from onrecord.seal.keyset import Keyset, KeysetForged, KeysetMalformed, raw_key, read_keyset
from onrecord.seal.kits import KitsForged, KitsMalformed, read_kits
from onrecord.words.catalogue import FALLBACK, declared_languages, load_language

GOOD, LOOK, WRONG = "good", "look", "WRONG"
PAGE_BUDGET_BYTES = 14_000
KEYSET_WARNING_DAYS = 14
_WELL_KNOWN = "/.well-known/onrecord"
_POLICIES = {each["content-security-policy"] for each in (POLICY, SCRIPT_POLICY)}
# What a web server in between writes about itself; the door writes none of them.
_OF_A_PROXY = ("server", "via", "x-powered-by", "x-cache", "cf-ray", "date", "age", "set-cookie")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    state: str
    seen: str
    todo: str = ""


def look(door: Door, clock: Clock, keyset_file: bytes | None = None) -> Iterator[Finding]:
    """Yield what is seen at a door, one thing after another; raise DoorSilent if it stops answering."""
    yield _transport(door)
    yield _buffering(door)
    first = door.get("/")
    yield _redirect(first)
    languages = [tag for tag in declared_languages() if door.get(f"/{tag}/").status == 200]
    yield from _languages(door, languages)
    pages = {"/": first} | {
        f"/{tag}/{name}": door.get(f"/{tag}/{name}")
        for tag in [FALLBACK] * (FALLBACK in languages) or languages[:1]
        for name in ("", "searched", "safe", "sealed", "return", "rights", "how")
    }
    for path, page in pages.items():
        yield _headers(path, page)
        yield _weight(path, page)
    yield _proxy(pages.values())
    yield from _scripts(door)
    if languages:
        yield _mailbox(door, languages[0])
    keyset, findings = _keyset(door, clock, keyset_file)
    yield from findings
    if keyset:
        yield from _kits(door, keyset)
    yield _clock(door, clock)


def _transport(door: Door) -> Finding:
    host = door.address.hostname or ""
    if version := door.tls():
        return Finding("transport", GOOD, version)
    if host.endswith(".onion"):
        return Finding("transport", GOOD, "onion service")
    if host == "localhost" or _is_loopback(host):
        return Finding("transport", LOOK, "loopback", "Look from outside too.")
    return Finding("transport", WRONG, "no encryption", "Give `door serve` a --certificate and --key, or use an onion.")


def _buffering(door: Door) -> Finding:
    if door.answers_before_the_body_has_come():
        return Finding("uploads", GOOD, "refused before the whole body has come")
    todo = "Something in front waits for whole uploads and may write them down in clear. Let the door speak TLS itself."
    return Finding("uploads", WRONG, "nothing is said before the whole body has come", todo)


def _redirect(first: Answer) -> Finding:
    if first.status == 200:
        return Finding("first page", GOOD, "200, no redirect")
    return Finding("first page", WRONG, str(first.status), "Answer at this address; a redirect by guess is a trace.")


def _languages(door: Door, languages: list[str]) -> Iterator[Finding]:
    drafts = [tag for tag in languages if load_language(tag).say(TEXT["draft"]) in door.get(f"/{tag}/").text]
    if not languages:
        yield Finding("languages", WRONG, "none", "Look whether the door runs, and whether a language is reviewed.")
    else:
        yield Finding("languages", GOOD, " ".join(languages))
    if drafts:
        yield Finding("drafts", LOOK, " ".join(drafts), "For practice only: have them reviewed.")


def _headers(path: str, page: Answer) -> Finding:
    expected = {name: {value} for name, value in HEADERS.items()} | {"content-security-policy": _POLICIES}
    wrong = [name for name, values in expected.items() if page.headers.get(name) not in values]
    if page.status == 200 and not wrong:
        return Finding(f"headers of {path}", GOOD, f"{len(expected)} as the door sends them")
    todo = "Something in front changes them, or the door is of another version."
    return Finding(f"headers of {path}", WRONG, f"{page.status} {' '.join(wrong)}".strip(), todo)


def _weight(path: str, page: Answer) -> Finding:
    requests = 1 + page.text.count("<script")
    seen = f"{page.sent_bytes:,} bytes, {requests} request{'s' * (requests > 1)}"
    if page.sent_bytes <= PAGE_BUDGET_BYTES:
        return Finding(f"weight of {path}", GOOD, seen)
    return Finding(f"weight of {path}", LOOK, seen, f"More than {PAGE_BUDGET_BYTES:,}: slow over Tor.")


def _proxy(pages: Iterable[Answer]) -> Finding:
    seen = sorted({f"{name}: {page.headers[name]}" for page in pages for name in _OF_A_PROXY if name in page.headers})
    if not seen:
        return Finding("what stands in front", GOOD, "nothing names itself, no cookie")
    return Finding("what stands in front", WRONG, "; ".join(seen), "Take it away. It sees who comes, and may keep it.")


def _scripts(door: Door) -> Iterator[Finding]:
    for name, own in SCRIPTS.items():
        answer = door.get(f"/{name}")
        seen = hashlib.sha256(answer.body).hexdigest()
        if answer.status == 200 and answer.body == bytes(own.body):
            yield Finding(f"script {name}", GOOD, seen)
        else:
            todo = "Compare with a door of the same version. A changed script can read what is written."
            yield Finding(f"script {name}", WRONG, f"{answer.status} {seen}", todo)


def _mailbox(door: Door, language: str) -> Finding:
    pages = [door.post(f"/{language}/return", {"words": words}) for words in ("one", "two that nobody was given")]
    seen = {f"{page.status}, {page.sent_bytes:,} bytes {page.headers.get('content-encoding', '')}" for page in pages}
    if seen == {f"200, {MAILBOX_PAGE_BYTES:,} bytes "}:
        return Finding("mailbox", GOOD, f"every box is one page of {MAILBOX_PAGE_BYTES:,} bytes, not compressed")
    return Finding("mailbox", WRONG, "; ".join(sorted(seen)), "Nothing may compress these pages: the size would tell.")


def _keyset(door: Door, clock: Clock, known: bytes | None) -> tuple[Keyset | None, list[Finding]]:
    file = door.get(f"{_WELL_KNOWN}/keyset").body
    try:
        keyset = read_keyset(file, root_key=None, now=None)
        if known is not None:
            read_keyset(file, root_key=raw_key(read_keyset(known, root_key=None, now=None).root_key), now=None)
    except (KeysetForged, KeysetMalformed) as error:
        return None, [Finding("keyset", WRONG, error.sentence(), "Close this door now, and tell reporters.")]
    findings = [Finding("root key", GOOD if known else LOOK, keyset.root_key, "" if known else "Compare it by hand.")]
    if known is not None and known != file:
        findings.append(Finding("keyset", LOOK, f"number {keyset.number}, another than yours", "Which one is newer?"))
    days = (parse_utc(keyset.expires) - clock.now()).days
    seen = f"number {keyset.number}, {days} days left of at most {EPOCH_DAYS}"
    state = WRONG if days < 0 else LOOK if days < KEYSET_WARNING_DAYS else GOOD
    return keyset, [*findings, Finding("keys end", state, seen, "" if state == GOOD else "Make the next keyset.")]


def _kits(door: Door, keyset: Keyset) -> Iterator[Finding]:
    answer = door.get(f"{_WELL_KNOWN}/kits")
    if answer.status == 404:
        yield Finding("kits", LOOK, "none", "Make them with `onrecord kit build`, where reporters can use them.")
        return
    try:
        kits = read_kits(answer.body, root_key=raw_key(keyset.root_key))
    except (KitsForged, KitsMalformed) as error:
        yield Finding("kits", WRONG, error.sentence(), "Take the kits away until you know why.")
        return
    if kits.keyset != keyset.number:
        yield Finding("kits", LOOK, f"of keyset {kits.keyset}", "Build them anew for the keyset in use.")
    for tag, sha256 in kits.kits.items():
        kit = door.get(f"/kit/{tag}.html")
        if kit.status == 200 and hashlib.sha256(kit.body).hexdigest() == sha256:
            yield Finding(f"kit {tag}", GOOD, sha256)
        elif kit.status == 404:
            yield Finding(f"kit {tag}", LOOK, "listed, not offered", "Nothing, if it is switched off here.")
        else:
            yield Finding(f"kit {tag}", WRONG, "not what the list names", "Put the file that was signed there.")


def _clock(door: Door, clock: Clock) -> Finding:
    """The door sends no date: the hour that its scripts work for is all that it tells."""
    try:
        hour = str(json.loads(door.get(f"{_WELL_KNOWN}/work").body)["hour"])
    except (ValueError, KeyError, TypeError):
        return Finding("clock", LOOK, "it does not say", "Is the door of this version?")
    near = [f"{clock.now() + timedelta(minutes=minutes):%Y-%m-%dT%H}" for minutes in (-2, 0, 2)]
    if hour in near:
        return Finding("clock", GOOD, f"hour {hour} UTC")
    return Finding("clock", WRONG, f"hour {hour} UTC", "Set its clock: keys end and letters are dated by it.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
