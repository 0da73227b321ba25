"""An invented docket, kept in memory: a letter, a captured page, a case, and the ledger that holds their entries."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onrecord.bundle.basis import Standing, decide
from onrecord.bundle.content import (
    Basis,
    BundleProof,
    Claim,
    Content,
    EarlierCheckpoint,
    Exhibit,
    KeysetLeaf,
    OpenedEntry,
    Origin,
    Value,
)  # fmt: skip
from onrecord.bundle.report import Progress
from onrecord.bundle.write import prepare_bundle
from onrecord.ground.clock import StillClock, utc_text
from onrecord.ledger.entry import Event, commit, commit_keyset, read_without_checking, sign_event
from onrecord.ledger.log import Log
from onrecord.seal.keyset import Keyset, Signer, sign_keyset
from onrecord.store.folder import FolderStore

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ORIGIN = "docket.example/invented"


def make_id(name: str) -> str:
    """Return an identifier that is the same in every run."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def make_key(name: str) -> Ed25519PrivateKey:
    """Return a key that is the same in every run, and no secret."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"invented key " + name.encode()).digest())


def raw(key: Ed25519PrivateKey) -> bytes:
    """Return the public half, 32 bytes."""
    return key.public_key().public_bytes_raw()


LETTER, PAGE, CASE, STRANGER = (make_id(name) for name in ("letter", "page", "case", "another letter"))
WORDS, PHOTO, ARTICLE, READING = (make_id(name) for name in ("words", "photo", "article", "reading text"))
ACT, EVENT, VICTIM, PERPETRATOR = (make_id(name) for name in ("act", "event", "victim", "perpetrator"))
MEMBER, COLLECTOR, LATER_MEMBER = make_id("member Lantern"), make_id("service collector"), make_id("member Ladder")
COURT = "share_international_court"

FILES = {
    WORDS: "They said: sign, or the flat is gone. Олим Выдуманный signed.\n".encode(),
    PHOTO: bytes(range(256)) * 8,
    ARTICLE: b"<html><title>Invented page</title><p>Eleven men were threatened.</p></html>\n",
    READING: b'Invented page\nEleven men said: "sign\\or\tgo", in March.\n',
}
NAMES = {WORDS: "letter.txt", PHOTO: "Фото с автобусом.JPG", ARTICLE: "page.html", READING: "reading.txt"}
TYPES = {WORDS: "text/plain", PHOTO: "image/jpeg", ARTICLE: "text/html", READING: "text/plain"}
MADE_FROM = {READING: ARTICLE}


@dataclass
class InventedDocket:
    """A ledger one can write to, whose entries can then be bundled."""

    folder: Path
    entries: list[tuple[bytes, bytes]] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    by_subject: dict[str, list[int]] = field(default_factory=dict)
    log_key: Ed25519PrivateKey = field(default_factory=lambda: make_key("log"))
    root_key: Ed25519PrivateKey = field(default_factory=lambda: make_key("root"))
    origin: str = ORIGIN

    def __post_init__(self) -> None:
        self.log = Log(FolderStore(self.folder), self.origin)
        self.keysets: list[KeysetLeaf] = []
        self.publish_keyset({MEMBER: "member", COLLECTOR: "service"})

    def publish_keyset(self, roles: dict[str, str]) -> None:
        signers = tuple(Signer(id, role, base64.b64encode(raw(make_key(id))).decode()) for id, role in roles.items())
        keyset = Keyset(
            number=len(self.keysets) + 1, docket=self.origin, epoch=1,
            issued=utc_text(NOON), expires=utc_text(NOON + timedelta(days=90)),
            letter_recipients=("age1pq1invented",), identity_recipients=("age1pq1alsoinvented",),
            log_key=base64.b64encode(raw(self.log_key)).decode(), signers=signers, doors=("https://door.example/",),
            root_key=base64.b64encode(raw(self.root_key)).decode(),
        )  # fmt: skip
        data = sign_keyset(keyset, self.root_key)
        self.keysets.append(KeysetLeaf(index=len(self.leaves), file=data))
        self._append(commit_keyset(data), b"", b"")

    def record(self, kind: str, subject: str, /, *, actor: str = MEMBER, **body: Any) -> int:
        index = len(self.leaves)
        event = Event(
            kind=kind, id=make_id(f"event {index}"), at=utc_text(NOON + timedelta(minutes=index)),
            actor=actor, actor_seq=self._next(f"actor {actor}"), subject=subject,
            subject_seq=self._next(f"subject {subject}"), body=body,
        )  # fmt: skip
        salt = hashlib.sha256(f"salt {index}".encode()).digest()
        envelope = sign_event(event, make_key(actor))
        self._append(commit(salt, envelope), envelope, salt)
        self.by_subject.setdefault(subject, []).append(index)
        return index

    def opened(self, index: int, *rests_on: str) -> OpenedEntry:
        envelope, salt = self.entries[index]
        return OpenedEntry(index=index, envelope=envelope, salt=salt, rests_on=rests_on)

    def _next(self, name: str) -> int:
        self.numbers[name] = self.numbers.get(name, 0) + 1
        return self.numbers[name]

    def _append(self, leaf: bytes, envelope: bytes, salt: bytes) -> None:
        self.leaves.append(leaf)
        self.entries.append((envelope, salt))
        self.log.extend([leaf])


def exhibit(exhibit_id: str, subject: str, origin: Origin) -> Exhibit:
    return Exhibit(
        id=exhibit_id, subject=subject, origin=origin, file_name=NAMES[exhibit_id], media_type=TYPES[exhibit_id],
        size_bytes=len(FILES[exhibit_id]), sha256=hashlib.sha256(FILES[exhibit_id]).hexdigest(),
        made_from=MADE_FROM.get(exhibit_id, ""),
    )  # fmt: skip


def received(*ids: str) -> list[dict[str, Any]]:
    return [
        {"id": one, "sha256": hashlib.sha256(FILES[one]).hexdigest(), "size_bytes": len(FILES[one]),
         "name": NAMES[one], "media_type": TYPES[one], "blob": make_id(f"ciphertext {one}") * 2,
         "made_from": MADE_FROM.get(one, ""), "tool": "invented 1" if one in MADE_FROM else "",
         "is_reading_text": one in (WORDS, READING)} for one in ids
    ]  # fmt: skip


def code(
    docket: InventedDocket, name: str, exhibit_id: str, start: int, end: int, *values: str, act: str = ACT
) -> Claim:
    """Mark a passage and code a claim on it; each value is FIELD=VALUE or FIELD=VALUE:MODE."""
    quote = FILES[exhibit_id].decode()[start:end]
    passage, claim = make_id(f"passage of {name}"), make_id(name)
    owner = LETTER if exhibit_id in (WORDS, PHOTO) else PAGE
    docket.record(
        "PassageMarked", owner, passage=passage, owner=owner, exhibit=exhibit_id, start=start, end=end, quote=quote,
        quote_sha256=hashlib.sha256(quote.encode()).hexdigest(),
    )  # fmt: skip
    parts = [value.replace("=", ":", 1).split(":") for value in values]
    coded = [{"field": field, "value": value, "mode": "".join(mode)} for field, value, *mode in parts]
    by = [{"kind": "source", "source": PAGE, "name": ""}, {"kind": "name", "source": "", "name": "an invented office"}]
    docket.record(
        "ClaimCoded", CASE, holder=CASE, holder_kind="case", claim=claim, act=act, person="", kind="act",
        passage=passage, exhibit=exhibit_id, values=coded, by=by, connection="was_told", manner="", stance="supports",
        reliability="B", credibility="2",
    )  # fmt: skip
    shown = tuple(Value(field=one["field"], value=one["value"]) for one in coded)
    return Claim(id=claim, kind="act", act=act, exhibit=exhibit_id, values=shown)


def fill(docket: InventedDocket, others: int = 5, *, consent: str = "given") -> Content:
    """Record an invented story among the entries of strangers, and return all that could be bundled."""
    for number in range(others):
        docket.record("LetterReceived", make_id(f"stranger {number}"), actor=COLLECTOR, sealed_sha256=make_id("x") * 2)
    docket.record("LetterReceived", LETTER, actor=COLLECTOR, sealed_sha256=make_id("y") * 2)
    # The body holds text that looks like structure: a reader that searches instead of parsing would be fooled.
    trap = '","id":"' + PHOTO + '","sha256":"' + "0" * 64 + '"},{"kind":"BundleMade"'
    agreed = [{"purpose": COURT, "state": consent, "wording_sha256": "0" * 64}]
    docket.record("LetterOpened", LETTER, exhibits=received(WORDS, PHOTO), note=trap, language="uk", consent=agreed)
    docket.record("SourceCaptured", PAGE, exhibits=received(ARTICLE, READING), source=PAGE, tool="invented 1")
    docket.record(
        "SourceDescribed", PAGE, source=PAGE, title='=LINK("Invented, page \\ ")', author="", publisher="The Example",
        published="2025-02", published_raw="лютий 2025", reading_order="",
    )  # fmt: skip
    docket.record("CaseOpened", CASE, case=CASE, name="Lantern")
    numbers = {"number_min": 2, "number_best": None, "number_max": 11, "basis": ""}
    docket.record("PersonAdded", CASE, case=CASE, person=VICTIM, counting_unit="group", **numbers)
    docket.record("ActOpened", CASE, case=CASE, act=ACT, event=EVENT, victim=VICTIM)
    threat = code(
        docket, "threat", WORDS, 11, 35, "coercion.means=immovable_property:threatened", "event.date=2025-02~"
    )
    docket.record("LetterReceived", STRANGER, actor=COLLECTOR, sealed_sha256=make_id("z") * 2)
    docket.publish_keyset({MEMBER: "member", COLLECTOR: "service", LATER_MEMBER: "member"})
    eleven = code(docket, "eleven", READING, 14, 43, "act.victims=11", "event.date=2025-03")
    nothing = code(docket, "nothing", READING, 0, 13, act="")
    docket.record(
        "InvolvementAdded", CASE, case=CASE, involvement=make_id("tie"), act=ACT, perpetrator=PERPETRATOR,
        degree="ordered",
    )  # fmt: skip
    docket.publish_keyset({MEMBER: "member", COLLECTOR: "service"})
    exhibits = (
        exhibit(WORDS, LETTER, Origin.LETTER), exhibit(PHOTO, LETTER, Origin.LETTER),
        exhibit(ARTICLE, PAGE, Origin.SOURCE), exhibit(READING, PAGE, Origin.SOURCE),
    )  # fmt: skip
    return Content(
        bundle=make_id("bundle"), subject=CASE, purpose=COURT, bases=(Basis.CONSENT, Basis.PUBLIC_SOURCE),
        exhibits=exhibits, claims=(threat, eleven, nothing), opened=openings(docket), keysets=tuple(docket.keysets),
        counts={subject: len(docket.by_subject[subject]) for subject in (LETTER, PAGE, CASE)},
    )  # fmt: skip


def openings(docket: InventedDocket) -> tuple[OpenedEntry, ...]:
    """Return every entry of the letter, the page and the case, each with the exhibits whose words it repeats."""
    rests = {LETTER: (WORDS, PHOTO), PAGE: (ARTICLE, READING), CASE: ()}
    found = []
    for subject, exhibits in rests.items():
        for index in docket.by_subject[subject]:
            event = read_without_checking(docket.entries[index][0])
            found.append(docket.opened(index, *([event.body["exhibit"]] if event.kind == "ClaimCoded" else exhibits)))
    return tuple(sorted(found, key=lambda entry: entry.index))


def decisions(content: Content, *, letter: str = "given") -> dict[str, Any]:
    """Return the decision on every exhibit when the reporter of the letter said this."""
    return {
        one.id: decide(
            Standing(
                origin=one.origin,
                consents={content.purpose: letter} if one.origin == Origin.LETTER else {},
                is_published=one.origin == Origin.SOURCE,
            ),
            bases=content.bases, purpose=content.purpose,
        )
        for one in content.exhibits
    }  # fmt: skip


def bundle_up(
    docket: InventedDocket,
    content: Content,
    target: Path,
    *,
    read: Callable[[str], Iterator[bytes]] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Make a bundle as the desk does: prepare, seal in the ledger, finish."""
    early = docket.log.checkpoint(docket.log_key)
    early_size = docket.log.size
    read = read or (lambda one: iter([FILES[one][:50], FILES[one][50:]]))
    with prepare_bundle(content, read, target, StillClock(NOON), progress=progress) as prepared:
        seal = docket.record(
            "BundleMade", CASE, bundle=content.bundle, basis=[str(one) for one in content.bases],
            purpose=content.purpose, manifest_sha256=prepared.manifest_sha256, counts=dict(content.counts),
            log_size=docket.log.size,
        )  # fmt: skip
        docket.record("LetterReceived", make_id("a later stranger"), actor=COLLECTOR, ct_sha256=make_id("w") * 2)
        note = docket.log.checkpoint(docket.log_key)
        indexes = [entry.index for entry in content.opened] + [leaf.index for leaf in content.keysets] + [seal]
        proof = BundleProof(
            root_key=raw(docket.root_key),
            seal=docket.opened(seal),
            checkpoint=note,
            paths={index: tuple(docket.log.inclusion(index)) for index in indexes},
            earlier=(EarlierCheckpoint(note=early, consistency=tuple(docket.log.consistency(early_size))),),
        )
        return prepared.finish(proof)
