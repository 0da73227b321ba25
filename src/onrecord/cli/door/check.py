"""Look at a live door from outside, and say of each thing what is seen and what to do about it.

LIMIT: a door that lies to one visitor and not to another cannot be found out this way. Ask from several places.
LIMIT: what stands in front, passes uploads on piece by piece, speaks HTTP/1.1 alone and adds no header is not seen.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from onrecord.cli.door.looking import Answer, Door, Tls
from onrecord.door.headers import HEADERS, POLICY, SCRIPT_POLICY
from onrecord.door.pages import SCRIPTS
from onrecord.door.text import TEXT
from onrecord.ground.bounds import EPOCH_DAYS, KEYSET_WARNING_DAYS, MAILBOX_PAGE_BYTES
from onrecord.ground.clock import Clock, parse_utc
from onrecord.seal.fingerprint import root_words
from onrecord.seal.keyset import Keyset, KeysetForged, KeysetMalformed, raw_key, read_keyset
from onrecord.seal.kits import KitsForged, KitsMalformed, read_kits
from onrecord.words.catalogue import declared_languages, load_language
from onrecord.words.wordlist import load_wordlist

GOOD, LOOK, WRONG = "good", "look", "WRONG"
PAGE_BUDGET_BYTES = 14_000
CERTIFICATE_WARNING_DAYS = 14
_PAGES = ("", "searched", "safe", "sealed", "return", "rights", "how")
_WELL_KNOWN = "/.well-known/onrecord"
_POLICIES = {each["content-security-policy"] for each in (POLICY, SCRIPT_POLICY)}
# Whatever else is sent was written by something in between.
_OF_A_DOOR = {*HEADERS, "content-length", "content-type", "content-encoding", "vary", "connection", "onion-location"}
_AWAY = "Take it away, whoever recommended it."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    state: str
    seen: str
    todo: str = ""


def look(door: Door, clock: Clock, keyset_file: bytes | None = None) -> Iterator[Finding]:
    """Yield what is seen at a door, one thing after another; raise DoorSilent if it stops answering."""
    yield from _transport(door, clock)
    yield _buffering(door)
    first = door.get("/")
    yield _redirect(first)
    yield from _pages("/", {"/": first})
    languages = [tag for tag in declared_languages() if door.get(f"/{tag}/").status == 200]
    yield from _languages(door, languages)
    seen = [first]
    for tag in languages:
        pages = {f"/{tag}/{name}": door.get(f"/{tag}/{name}") for name in _PAGES}
        yield from _pages(tag, pages)
        seen += pages.values()
    yield _proxy(seen)
    yield from _onion(door, first)
    yield from _scripts(door)
    if languages:
        yield _mailbox(door, languages[0])
    keyset, findings = _keyset(door, clock, keyset_file)
    yield from findings
    if keyset:
        yield from _kits(door, keyset, languages)
    yield _clock(door, clock)


def _transport(door: Door, clock: Clock) -> Iterator[Finding]:
    host = door.address.hostname or ""
    if spoken := door.tls():
        yield Finding("transport", GOOD, spoken.version)
        yield _certificate(spoken, clock)
        if spoken.protocol == "h2":
            yield Finding(
                "HTTP/2", WRONG, "spoken here", f"A door does not speak it: something stands in front. {_AWAY}"
            )
    elif host.endswith(".onion"):
        yield Finding("transport", GOOD, "onion service")
    elif host == "localhost" or _is_loopback(host):
        yield Finding("transport", LOOK, "loopback", "Look from outside too.")
    else:
        todo = "Give `door serve` a --certificate and --key, or use an onion."
        yield Finding("transport", WRONG, "no encryption", todo)


def _certificate(spoken: Tls, clock: Clock) -> Finding:
    days = (spoken.ends - clock.now()).days
    seen = f"{days} days left, from {spoken.issuer}"
    if days >= CERTIFICATE_WARNING_DAYS:
        return Finding("certificate", GOOD, seen)
    todo = "Renew it, and restart the door: it reads its certificate when it starts."
    return Finding("certificate", WRONG if days < 0 else LOOK, seen, todo)


def _buffering(door: Door) -> Finding:
    answer = door.answers_before_the_body_has_come()
    if answer and answer.headers.get("content-security-policy") in _POLICIES:
        return Finding("uploads", GOOD, "refused by the door before the whole body has come")
    seen = f"{answer.status}, not from the door" if answer else "nothing is said before the whole body has come"
    todo = "What stands in front takes uploads itself and may write them down in clear. Let the door speak TLS itself."
    return Finding("uploads", WRONG, seen, todo)


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


def _pages(what: str, pages: Mapping[str, Answer]) -> Iterator[Finding]:
    """Look at the pages of one language, or at the first page: what is not as the door sends it, and what is heavy."""
    wrong = [f"{path}: {each}" for path, page in pages.items() for each in _wrong_with(page, path.split("/")[1])]
    heaviest = max(pages, key=lambda path: pages[path].sent_bytes)
    page = pages[heaviest]
    requests = 1 + page.text.count("<script")
    seen = f"at most {page.sent_bytes:,} bytes in {requests} request{'s' * (requests > 1)} ({heaviest})"
    if wrong:
        todo = "Something in front changes it, or the door is of another version."
        yield Finding(f"pages of {what}", WRONG, ", ".join(wrong), todo)
    if page.sent_bytes > PAGE_BUDGET_BYTES:
        yield Finding(f"weight of {what}", LOOK, seen, f"More than {PAGE_BUDGET_BYTES:,}: slow over Tor.")
    elif not wrong:
        yield Finding(f"pages of {what}", GOOD, seen)


def _wrong_with(page: Answer, tag: str) -> Iterator[str]:
    """Yield what of a page is not as the door sends it: status, headers, and the language and direction it says."""
    expected = {name: {value} for name, value in HEADERS.items()} | {"content-security-policy": _POLICIES}
    if page.status != 200:
        yield str(page.status)
    yield from (name for name, values in expected.items() if page.headers.get(name) not in values)
    if tag and f'<html lang="{tag}" dir="{load_language(tag).direction}">' not in page.text:
        yield "language or direction"


def _proxy(pages: Iterable[Answer]) -> Finding:
    added = {name: value for page in pages for name, value in page.headers.items() if name not in _OF_A_DOOR}
    if not added:
        return Finding("what stands in front", GOOD, "no header but the door's own, no cookie")
    seen = "; ".join(f"{name}: {value}" for name, value in sorted(added.items()))
    return Finding("what stands in front", WRONG, seen, f"{_AWAY} It sees who comes.")


def _onion(door: Door, first: Answer) -> Iterator[Finding]:
    if (door.address.hostname or "").endswith(".onion"):
        return
    if offered := first.headers.get("onion-location"):
        yield Finding("onion", GOOD, f"Tor Browser is led to {offered}")
    else:
        yield Finding("onion", LOOK, "none is offered", "Nothing, if there is none; else set `onion` in door.toml.")


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
    words = " ".join(root_words(raw_key(keyset.root_key), load_wordlist("en").words))
    compare = "Compare the words with those of `onrecord keyset show`, or name your --keyset."
    findings = [Finding("root key", GOOD if known else LOOK, words, "" if known else compare)]
    if known is not None and known != file:
        findings.append(Finding("keyset", LOOK, f"number {keyset.number}, another than yours", "Which one is newer?"))
    days = (parse_utc(keyset.expires) - clock.now()).days
    seen = f"number {keyset.number}, {days} days left of at most {EPOCH_DAYS}"
    state = WRONG if days < 0 else LOOK if days < KEYSET_WARNING_DAYS else GOOD
    return keyset, [*findings, Finding("keys end", state, seen, "" if state == GOOD else "`onrecord keyset next`")]


def _kits(door: Door, keyset: Keyset, languages: Sequence[str]) -> Iterator[Finding]:
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
    if without := " ".join(tag for tag in languages if tag not in kits.kits):
        yield Finding("no kit", LOOK, without, "Nothing, where people are searched; else `onrecord kit build`.")
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
