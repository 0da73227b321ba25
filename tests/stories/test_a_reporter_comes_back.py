"""A reporter writes in each tier, is answered, comes back with nine words and nothing else, and nobody speaks for them.

What a browser or the kit does is done here by the library, in the same steps: the tests of the door and of the kit show
that they take them.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from invented_letters import WORDING, InventedLetter, drop, sealed_part, spool_of
from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request
from onrecord.bundle.make import preview
from onrecord.bundle.redact import NothingMayLeave
from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.consent import confirm_consent, consent_of
from onrecord.casework.docket import Docket
from onrecord.casework.holds import lift_hold
from onrecord.casework.models import Consent, Exhibit, Letter, Reply
from onrecord.casework.opening import open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.audit import audit
from onrecord.casework.texts import exhibit_bytes
from onrecord.errors import OnrecordError
from onrecord.ground.bounds import BOX_BYTES
from onrecord.intake.boxes import boxes_of, put_boxes
from onrecord.intake.collect import collect
from onrecord.intake.replying import Draft, reply
from onrecord.intake.unseal import unseal_all
from onrecord.seal.close import seal
from onrecord.seal.keyset import read_keyset
from onrecord.seal.letter.box import Box, read_box, seal_box
from onrecord.seal.letter.content import Part
from onrecord.seal.open import open_sealed
from onrecord.seal.receipt import Receipt, ReceiptKeys, parse
from onrecord.seal.recipients import HybridRecipient
from onrecord.words.wordlist import load_wordlist

WORDS = load_wordlist("en").words
COURT, UN, ASK = "share_international_court", "share_un", "contact_again"
SAID = [(COURT, "given"), (UN, "ask_first"), (ASK, "given"), ("publish_identity", "never")]
PHOTO = bytes(range(256)) * 400
QUESTION = Draft("Which month was it?", "A court asks when it happened.", is_question=True)

pytestmark = pytest.mark.postgres


@pytest.fixture
def docket(docket_on_each_database: Docket) -> Docket:
    return docket_on_each_database


@dataclass(frozen=True)
class Reporter:
    """Somebody who remembers nine words, and finds all else at the door."""

    docket: Docket
    words: str
    tier: str

    @property
    def keys(self) -> ReceiptKeys:
        return parse(self.words, WORDS).keys()

    def writes(self, **about: Any) -> Letter:
        """Write for the first time: with words, ticks and a file, in the way of the tier."""
        answers = {"source_kind": "victim", "means": {"legal_threat": ["said"]}, **about.pop("answers", {})}
        letter = {
            "tier": self.tier,
            "language": "uk",
            "receipt": self.keys,
            "answers": answers,
            "consent": SAID,
        } | about
        if self.tier != "C":
            return self._hands_in(InventedLetter(files=[("photo.jpg", PHOTO)], **letter))
        part = sealed_part(self.docket, PHOTO)
        named = Part("photo.jpg", hashlib.sha256(part).hexdigest(), len(PHOTO))
        return self._hands_in(InventedLetter(parts=(named,), **letter), parts=[part])

    def finds(self) -> Box | None:
        """Come back: what is in the mailbox, or nothing for whatever reason."""
        put_boxes(boxes_of(self.docket))
        return self.reads(boxes_of(self.docket).read(self.keys.mailbox_id) or b"")

    def reads(self, sealed: bytes) -> Box | None:
        keys = self.keys
        keyset = read_keyset(
            (self.docket.folder / "keys/keyset.json").read_bytes(), root_key=None, now=self.docket.clock.now()
        )
        try:
            opened = open_sealed(sealed, [keys.identity])
            return read_box(opened, keyset=keyset, recipient=str(keys.identity.recipient))
        except OnrecordError:
            return None

    def answers(self, box: Box, **about: Any) -> Letter:
        """Answer what was found, signed with what the nine words give."""
        later = {"counter": box.counter, "first_sha256": box.letter_sha256, "signed_by": self.keys} | about
        return self._hands_in(InventedLetter(account="", form="mailbox.1", tier=self.tier, language="uk", **later))

    def _hands_in(self, letter: InventedLetter, parts: Sequence[bytes] = ()) -> Letter:
        sealed = letter.sealed(self.docket)
        drop(self.docket, sealed, parts=parts)
        list(collect(self.docket, spool_of(self.docket)))
        list(unseal_all(self.docket))
        return Letter.objects.get(sealed_sha256=hashlib.sha256(sealed).hexdigest())


@pytest.fixture(params=["A", "B", "C"])
def reporter(request: pytest.FixtureRequest, docket: Docket) -> Reporter:
    return Reporter(docket, " ".join(Receipt.new().words(WORDS)), request.param)


def test_a_letter_of_each_tier_is_opened_whole(reporter: Reporter) -> None:
    row = reporter.writes()

    photo = Exhibit.objects.get(origin=row.id, name="photo.jpg")
    consent = Consent.objects.filter(letter=row.id)
    assert (row.state, row.tier, row.language) == ("opened", reporter.tier, "uk")
    assert row.answers["means"] == {"legal_threat": ["said"]}
    assert dict(consent.values_list("purpose", "state")) == dict(SAID)
    assert set(consent.values_list("wording_sha256", flat=True)) == {WORDING}
    assert b"".join(exhibit_bytes(reporter.docket, photo)) == PHOTO


def test_a_question_is_read_answered_and_the_answer_tied_to_the_first_letter(reporter: Reporter) -> None:
    row = reporter.writes()
    acknowledged = reporter.finds()

    reply(reporter.docket, row.id, QUESTION)
    box = reporter.finds()
    assert box is not None
    answer = reporter.answers(box, answers={"answer.1": "It was March."})

    assert acknowledged is not None
    assert (acknowledged.counter, acknowledged.messages) == (1, ())
    assert [message.text for message in box.messages] == [QUESTION.text]
    assert (answer.state, answer.continues, answer.counter) == ("opened", row.id, 2)
    assert redraw.check(reporter.docket) == []
    assert audit(reporter.docket).findings == []


def test_who_found_nothing_yet_writes_again_and_is_known(reporter: Reporter) -> None:
    row = reporter.writes()

    again = reporter.writes(account="Did it arrive?", signed_by=reporter.keys, consent=[])

    assert (again.state, again.continues) == ("opened", row.id)


def test_no_reply_is_shown_that_no_member_wrote_to_this_reporter_about_this_letter(reporter: Reporter) -> None:
    row = reporter.writes()
    reply(reporter.docket, row.id, QUESTION)
    box = reporter.finds()
    assert box is not None
    other = Reporter(reporter.docket, " ".join(Receipt.new().words(WORDS)), "A")
    other.writes(account="Somebody else's.")

    read = {why: reporter.reads(sealed) for why, sealed in false_boxes(reporter, other, box).items()}

    assert read == dict.fromkeys(read)
    assert reporter.finds() == box


def false_boxes(reporter: Reporter, other: Reporter, box: Box) -> dict[str, bytes]:
    """Return what somebody who controls the door could put in the place of a box."""
    recipient, stranger = str(reporter.keys.identity.recipient), Ed25519PrivateKey.generate()
    put_boxes(boxes_of(reporter.docket))
    others = boxes_of(reporter.docket).read(other.keys.mailbox_id) or b""
    body, signature, _ = resealable(reporter)
    forged = body.replace(b"Which month", b"Which names")
    return {
        "forged": seal_box(box, stranger, recipient),
        "unsigned": sealed_for(reporter, body + b"\n\n"),
        "a word changed": sealed_for(reporter, forged + b"\n" + signature + b"\n"),
        "signed with zeros": sealed_for(reporter, body + b"\n" + b64encode(bytes(64)) + b"\n"),
        "another reporter's": others,
        "another reporter's, sealed anew": sealed_for(reporter, open_sealed(others, [other.keys.identity])),
        "cut short": (boxes_of(reporter.docket).read(reporter.keys.mailbox_id) or b"")[:-1],
        "nothing": b"",
    }


def resealable(reporter: Reporter) -> tuple[bytes, bytes, bytes]:
    sealed = boxes_of(reporter.docket).read(reporter.keys.mailbox_id) or b""
    body, signature, rest = open_sealed(sealed, [reporter.keys.identity]).split(b"\n", 2)
    return body, signature, rest


def sealed_for(reporter: Reporter, plaintext: bytes) -> bytes:
    """Seal as anybody can who knows a recipient: that proves nothing about who wrote."""
    recipient = HybridRecipient.parse(str(reporter.keys.identity.recipient))
    return seal(plaintext.ljust(BOX_BYTES, b"\x00"), [recipient])


def test_nobody_speaks_for_a_reporter_and_nothing_said_once_counts_twice(reporter: Reporter) -> None:
    reporter.writes()
    box = reporter.finds()
    assert box is not None
    stranger = Receipt.new().keys()
    said = {"consent": [(COURT, "withdrawn")], "answers": {"more": "Take it back."}}

    forged = reporter.answers(box, signed_by=stranger, answers={"more": "Give it all."})
    unsigned = reporter.answers(box, signed_by=None, answers={"more": "Give it all."})
    moved = reporter.answers(Box(**asdict(box) | {"letter_sha256": "0" * 64}), answers={"more": "Elsewhere."})
    once, twice = reporter.answers(box, **said), reporter.answers(box, **said)

    assert [row.reason for row in (forged, unsigned, moved, once, twice)] == [
        "SignatureWrong",
        "LaterLetterUnsigned",
        "FirstLetterMissing",
        "",
        "LaterLetterRepeated",
    ]


def test_less_counts_at_once_and_more_only_where_the_door_could_not_have_written_it(reporter: Reporter) -> None:
    row = reporter.writes()
    box = reporter.finds()
    assert box is not None

    reporter.answers(box, consent=[(COURT, "withdrawn"), ("publish_facts", "given")], answers={"more": "Less."})

    allowed = consent_of(row.id)
    assert allowed[COURT] == "withdrawn"
    assert ("publish_facts" in allowed) == (reporter.tier != "C")


def test_a_request_to_erase_holds_everything_back_until_a_member_has_decided(reporter: Reporter) -> None:
    row, case = reporter.writes(), open_case(reporter.docket, "Lantern")
    code_claim(reporter.docket, Coding(row.id, 0, 4, "act", "new:act", victim="new:person", by=["reporter"]))
    box = reporter.finds()
    assert box is not None
    asked = reporter.answers(box, answers={"erase": True})

    for basis in (Basis.CONSENT, Basis.LAWFUL_ORDER):
        with pytest.raises(NothingMayLeave):
            preview(reporter.docket, Request(case, (basis,), COURT, "an order"))
    lift_hold(reporter.docket, asked.id, "They wrote that it was not they who asked.")

    assert preview(reporter.docket, Request(case, (Basis.CONSENT,), COURT)).exhibits


def test_who_wants_to_be_asked_is_asked_before_anything_leaves(docket: Docket) -> None:
    reporter = Reporter(docket, " ".join(Receipt.new().words(WORDS)), "A")
    row, case = reporter.writes(), open_case(docket, "Lantern")
    code_claim(docket, Coding(row.id, 0, 4, "act", "new:act", victim="new:person", by=["reporter"]))
    asked = Request(case, (Basis.CONSENT,), UN)
    with pytest.raises(NothingMayLeave):
        preview(docket, asked)
    reply(docket, row.id, Draft("May the UN read it?", "You wanted to be asked.", is_question=True))
    box = reporter.finds()
    assert box is not None

    answer = reporter.answers(box, answers={"answer.1": "Yes."})
    confirm_consent(docket, row.id, UN, said_in=answer.id)

    assert preview(docket, asked).exhibits


def test_what_a_member_said_stands_in_the_ledger_byte_for_byte_as_it_was_put_out(reporter: Reporter) -> None:
    row = reporter.writes()
    reply(reporter.docket, row.id, QUESTION)
    reporter.finds()

    kept = Reply.objects.get(letter=row.id, number=1)

    assert b64decode(kept.box) == boxes_of(reporter.docket).read(reporter.keys.mailbox_id)
    assert reporter.reads(b64decode(kept.box)) == reporter.finds()
