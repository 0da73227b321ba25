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
    Act,
    ActValue,
    Basis,
    BundleProof,
    Claim,
    Content,
    EarlierCheckpoint,
    Exhibit,
    Involvement,
    KeysetLeaf,
    OpenedEntry,
    Origin,
    Passage,
    Value,
)  # fmt: skip
from onrecord.bundle.write import prepare_bundle
from onrecord.ground.clock import StillClock, utc_text
from onrecord.ledger.entry import Event, commit, commit_keyset, sign_event
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
WORDS, PHOTO, ARTICLE = (make_id(name) for name in ("words", "photo", "article"))
MEMBER, COLLECTOR = make_id("member Lantern"), make_id("service collector")

FILES = {
    WORDS: "They said: sign, or the flat is gone. Олим Выдуманный signed.\n".encode(),
    PHOTO: bytes(range(256)) * 8,
    ARTICLE: b"<html><title>Invented page</title><p>Eleven men were threatened.</p></html>\n",
}
NAMES = {WORDS: "letter.txt", PHOTO: "Фото с автобусом.JPG", ARTICLE: "page.html"}
TYPES = {WORDS: "text/plain", PHOTO: "image/jpeg", ARTICLE: "text/html"}


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
        self.keyset = self.publish_keyset()

    def publish_keyset(self) -> KeysetLeaf:
        signers = (
            Signer(MEMBER, "member", base64.b64encode(raw(make_key(MEMBER))).decode()),
            Signer(COLLECTOR, "service", base64.b64encode(raw(make_key(COLLECTOR))).decode()),
        )
        keyset = Keyset(
            number=1, docket=self.origin, epoch=1, issued=utc_text(NOON), expires=utc_text(NOON + timedelta(days=90)),
            letter_recipients=("age1pq1invented",), identity_recipients=("age1pq1alsoinvented",),
            log_key=base64.b64encode(raw(self.log_key)).decode(), signers=signers, doors=("https://door.example/",),
            root_key=base64.b64encode(raw(self.root_key)).decode(),
        )  # fmt: skip
        data = sign_keyset(keyset, self.root_key)
        self._append(commit_keyset(data), b"", b"")
        return KeysetLeaf(index=0, file=data)

    def record(self, kind: str, subject: str, *, actor: str = MEMBER, **body: Any) -> int:
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
        ct_sha256=make_id(f"ciphertext {exhibit_id}") * 2,
    )  # fmt: skip


def received(*ids: str) -> list[dict[str, Any]]:
    return [
        {"id": one, "sha256": hashlib.sha256(FILES[one]).hexdigest(), "size_bytes": len(FILES[one]),
         "name": NAMES[one], "media_type": TYPES[one]} for one in ids
    ]  # fmt: skip


def claim(name: str, exhibit_id: str, start: int, end: int, field_: str, value: str) -> Claim:
    quote = FILES[exhibit_id].decode()[start:end]
    return Claim(
        id=make_id(name), kind="act", about=make_id("act"), values=(Value(field=field_, value=value),),
        passage=Passage(exhibit=exhibit_id, start=start, end=end, quote=quote,
                        quote_sha256=hashlib.sha256(quote.encode()).hexdigest()),
        said_by=("the reporter",), connection="was_told", reliability="B", credibility="2",
    )  # fmt: skip


def fill(docket: InventedDocket, others: int = 5) -> Content:
    """Record an invented story among the entries of strangers, and return all that could be bundled."""
    for number in range(others):
        docket.record("LetterReceived", make_id(f"stranger {number}"), actor=COLLECTOR, ct_sha256=make_id("x") * 2)
    docket.record("LetterReceived", LETTER, actor=COLLECTOR, ct_sha256=make_id("y") * 2)
    # The body holds text that looks like structure: a reader that searches instead of parsing would be fooled.
    trap = '","id":"' + PHOTO + '","sha256":"' + "0" * 64 + '"},{"kind":"BundleMade"'
    docket.record("LetterOpened", LETTER, exhibits=received(WORDS, PHOTO), note=trap, language="uk")
    docket.record("SourceCaptured", PAGE, exhibits=received(ARTICLE), title='Invented page \\ "quoted"')
    docket.record("CaseOpened", CASE, name="Lantern")
    docket.record("ClaimCoded", CASE, claim=make_id("threat"), passage={"exhibit": WORDS, "start": 0, "end": 36})
    docket.record("LetterReceived", STRANGER, actor=COLLECTOR, ct_sha256=make_id("z") * 2)
    docket.record("ClaimCoded", CASE, claim=make_id("eleven"), passage={"exhibit": ARTICLE, "start": 38, "end": 65})
    threat = claim("threat", WORDS, 11, 35, "coercion.means", "immovable_property")
    eleven = claim("eleven", ARTICLE, 37, 64, "act.victims", "11")
    act = Act(
        id=make_id("act"), event=make_id("event"), kind="coerced_contract", victim="person 1", when="2025-02~",
        earliest="2025-02-01", where="Aldia", claims=(threat.id, eleven.id),
        involvements=(Involvement(perpetrator="=Captain Muster, as alleged", degree="ordered", claims=(threat.id,)),),
        values=(ActValue(field="coercion.means", value="immovable_property", claims=(threat.id,)),),
    )  # fmt: skip
    rests = {index: () for subject in (LETTER, PAGE, CASE) for index in docket.by_subject[subject]}
    rests[docket.by_subject[LETTER][1]] = (WORDS, PHOTO)
    rests[docket.by_subject[PAGE][0]] = (ARTICLE,)
    rests[docket.by_subject[CASE][1]] = (WORDS,)
    rests[docket.by_subject[CASE][2]] = (ARTICLE,)
    return Content(
        bundle=make_id("bundle"), subject=CASE, subject_kind="case", name="Lantern",
        purpose="share_international_court", bases=(Basis.CONSENT, Basis.PUBLIC_SOURCE),
        exhibits=(exhibit(WORDS, LETTER, Origin.LETTER), exhibit(PHOTO, LETTER, Origin.LETTER),
                  exhibit(ARTICLE, PAGE, Origin.SOURCE)),
        claims=(threat, eleven), acts=(act,),
        opened=tuple(docket.opened(index, *rests[index]) for index in sorted(rests)),
        keysets=(docket.keyset,),
        counts={subject: len(docket.by_subject[subject]) for subject in (LETTER, PAGE, CASE)},
    )  # fmt: skip


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
    docket: InventedDocket, content: Content, target: Path, *, read: Callable[[str], Iterator[bytes]] | None = None
) -> Path:
    """Make a bundle as the desk does: prepare, seal in the ledger, finish."""
    early = docket.log.checkpoint(docket.log_key)
    early_size = docket.log.size
    read = read or (lambda one: iter([FILES[one][:50], FILES[one][50:]]))
    with prepare_bundle(content, read, target, StillClock(NOON)) as prepared:
        seal = docket.record(
            "BundleMade", CASE, bundle=content.bundle, basis=[str(one) for one in content.bases],
            manifest_sha256=prepared.manifest_sha256, counts=dict(content.counts), log_size=docket.log.size,
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
