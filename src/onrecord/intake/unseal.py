"""Open a collected letter with a member's keys: every file into the vault, every word under the letter's own key.

Nothing of a letter is kept before all of it has been checked: what was already received is taken out of the vault
again if the seal, the padding, a part or the signature turns out to be wrong. Such a letter goes to quarantine:
kept, listed and never dropped, and it may be tried again. The part with names and contacts stays sealed to the
identity key.

LIMIT: a letter in quarantine changes nothing, also where its reporter signed it: a withdrawal whose file went missing,
or that is too long for an entry, is seen only by the member who looks at the list.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from onrecord.casework import search
from onrecord.casework.consent import is_narrower
from onrecord.casework.docket import Docket
from onrecord.casework.entries.exhibits import ExhibitReceived
from onrecord.casework.entries.form import Entry
from onrecord.casework.entries.letters import LetterOpened, LetterQuarantined
from onrecord.casework.entries.replies import ErasureAsked
from onrecord.casework.models import Letter as LetterRow
from onrecord.casework.record.append import StaleRecord, newest_entry, record
from onrecord.errors import BadInput, Damaged, NotThere, OnrecordError
from onrecord.ground.bounds import KIB
from onrecord.ground.ids import LetterId, SubjectId, new_id
from onrecord.ground.media import HEAD_BYTES, media_type_of
from onrecord.intake.continuing import FirstLetterMissing, first_letter_of
from onrecord.intake.replying import acknowledgement
from onrecord.ledger.entry import EntryTooLarge
from onrecord.seal.letter.content import Consent, Letter, LetterMalformed, Part
from onrecord.seal.letter.read import LetterReading, read_part
from onrecord.seal.open import NoKeyFits, open_chunks
from onrecord.seal.recipients import HybridIdentity, WorkFactorTooHigh
from onrecord.store.blobs import BlobMissing
from onrecord.vault.exhibit import open_exhibit

ACCOUNT, MORE, ANSWER, ERASE = "account", "more", "answer.", "erase"
READER = "onrecord letter reader 1"

# An account always stands in an exhibit of its own; a longer one than this stands there only, because an entry is a
# line of the ledger. The longest account that the door takes is up to 400 kB in some scripts.
ACCOUNT_IN_ENTRY_BYTES = 128 * KIB

# What a stranger can bring about. Anything else, a full disk for example, is no reason for quarantine.
NOT_A_LETTER = (BadInput, Damaged, NoKeyFits, WorkFactorTooHigh)


class NoSuchLetter(NotThere):
    """There is no letter of this identifier."""

    next_step = "Look for it in the inbox, or list the letters with `onrecord letter list`."


class PartMissing(Damaged):
    """A file that the letter names did not arrive with it."""

    next_step = "Keep the letter. Ask the reporter to send the file again if you can reach them."


@dataclass(slots=True)
class _Intake:
    """What has been received of a letter so far."""

    docket: Docket
    key: bytes
    exhibits: list[ExhibitReceived] = field(default_factory=list)
    blobs: list[str] = field(default_factory=list)

    def receive(self, name: str, chunks: Iterable[bytes], **about: Any) -> ExhibitReceived:
        head, rest = _peek(chunks)
        received = self.docket.vault.receive(rest, self.key)
        self.blobs.append(received.ct_sha256)
        exhibit = ExhibitReceived(
            id=new_id(),
            name=name,
            media_type=media_type_of(name, head),
            size_bytes=received.size_bytes,
            sha256=received.sha256,
            blob=received.ct_sha256,
            **about,
        )
        self.exhibits.append(exhibit)
        return exhibit

    def keep_sealed(self, sealed: bytes | None) -> str:
        if sealed is None:
            return ""
        received = self.docket.vault.receive([sealed], self.key)
        self.blobs.append(received.ct_sha256)
        return received.ct_sha256

    def take_back(self) -> None:
        for blob in self.blobs:
            with suppress(
                BlobMissing
            ):  # two equal files share nothing: each blob has its own nonce, so this one is simply gone
                self.docket.vault.remove(blob)


def unseal(docket: Docket, letter: LetterId, *, may_begin: bool = True) -> LetterRow:
    """Open a letter, or put it in quarantine, and return its row. Opening an opened letter again changes nothing.

    With `may_begin` false a letter that may continue one that is still sealed waits in quarantine.
    """
    seen = newest_entry()
    row = LetterRow.objects.filter(pk=letter).first()
    if row is None:
        raise NoSuchLetter
    if row.state != LetterRow.State.OPENED:
        with docket.receiving():
            _unseal(docket, row, seen, may_begin=may_begin)
    return LetterRow.objects.get(pk=letter)


def unseal_all(docket: Docket) -> Iterator[LetterRow]:
    """Open every letter that is still sealed, one after another; then those that waited for one of them."""
    letters = LetterRow.objects.order_by("id").values_list("id", flat=True)
    waiting, is_any_open = [], False
    for letter in list(letters.filter(state=LetterRow.State.SEALED)):
        row = unseal(docket, LetterId(letter), may_begin=False)
        is_any_open |= row.state == LetterRow.State.OPENED
        if row.reason == FirstLetterMissing.__name__:
            waiting.append(letter)
        else:
            yield row
    if is_any_open:
        waiting = list(letters.filter(reason=FirstLetterMissing.__name__))
    for letter in waiting:
        yield unseal(docket, LetterId(letter))


def told_in(answers: Mapping[str, Any]) -> list[str]:
    """Return the answers that tell something: the account, or in a letter from a mailbox what is answered and added."""
    written = [question for question, answer in answers.items() if isinstance(answer, str) and answer]
    if ACCOUNT in written:
        return [ACCOUNT]
    return [question for question in written if question == MORE or question.startswith(ANSWER)]


def _unseal(docket: Docket, row: LetterRow, seen: int, *, may_begin: bool) -> None:
    identities = docket.keyring.identities("epoch")
    intake = _Intake(docket, docket.subjects.open(SubjectId(row.id), docket.keyring))
    try:
        entries, words = _open(intake, row, identities, may_begin=may_begin)
    except NOT_A_LETTER as error:
        intake.take_back()
        _quarantine(docket, row, error)
        return
    except OnrecordError:
        intake.take_back()
        raise
    try:
        record(docket, *entries, seen=seen, words=words)
    except EntryTooLarge as error:
        intake.take_back()
        _quarantine(docket, row, error)
    except StaleRecord:
        intake.take_back()  # another program was faster; what it recorded stands


def _quarantine(docket: Docket, row: LetterRow, error: OnrecordError) -> None:
    # The reason is named by the class of the refusal: it says what was wrong and holds no word of the letter.
    reason = type(error).__name__
    if row.reason != reason:
        record(docket, LetterQuarantined(letter=row.id, reason=reason))


def _open(
    intake: _Intake, row: LetterRow, identities: list[HybridIdentity], *, may_begin: bool
) -> tuple[list[Entry], list[search.Words]]:
    sealed = open_exhibit(intake.docket.vault.blobs, row.blob, intake.key)
    reading = LetterReading(open_chunks(sealed, identities))
    letter = reading.letter
    _check_words(letter)
    original = intake.receive("letter.json", [reading.letter_json])
    words = _receive_account(intake, row, letter, original)
    identity_blob = intake.keep_sealed(reading.identity)
    for file in reading.files():
        intake.receive(file.name, file.chunks)
    continues = first_letter_of(reading, letter, may_begin=may_begin)
    for part in letter.parts:
        intake.receive(part.name, read_part(_open_part(intake, row, part, identities), part.size_bytes))
    opened = LetterOpened(
        letter=row.id,
        form=letter.form,
        tier=letter.tier,
        language=letter.language,
        path=letter.path,
        written_on=letter.written_on.isoformat(),
        answers=_answers(letter),
        prompted=letter.prompted,
        consent=_consent(letter),
        reporter=None if letter.reporter is None else asdict(letter.reporter),
        continues=continues,
        counter=letter.counter,
        body_sha256=reading.body_sha256,
        identity_blob=identity_blob,
        exhibits=tuple(exhibit.plain() for exhibit in intake.exhibits),
    )
    return [opened, *_what_follows(intake.docket, row, opened)], words


def _what_follows(docket: Docket, row: LetterRow, opened: LetterOpened) -> Iterator[Entry]:
    """Yield what stands from the moment a letter is open: that its reporter is told so, or asks to erase everything."""
    if opened.reporter and not opened.continues:
        yield from acknowledgement(docket, row, opened.reporter)
    if opened.answers.get(ERASE) is True:
        yield ErasureAsked(letter=opened.continues or row.id, said_in=row.id, tier=opened.tier)


def _check_words(letter: Letter) -> None:
    """Refuse what no table can hold, before any of it is kept."""
    if any("\x00" in text for text in _texts(letter.answers)):
        raise LetterMalformed


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _receive_account(intake: _Intake, row: LetterRow, letter: Letter, original: ExhibitReceived) -> list[search.Words]:
    """Keep the reporter's own words as a text of their own: passages are offsets into it."""
    words = "\n\n".join(letter.answers[question] for question in told_in(letter.answers))
    if not words:
        return []
    made = {"made_from": original.id, "tool": READER, "is_reading_text": True}
    exhibit = intake.receive("account.txt", [words.encode()], **made)
    return [search.Words(row.id, exhibit.id, words)]


def _answers(letter: Letter) -> dict[str, Any]:
    """Return the answers as they stand in the entry."""
    told = told_in(letter.answers)
    is_long = sum(len(letter.answers[question].encode()) for question in told) > ACCOUNT_IN_ENTRY_BYTES
    return {question: answer for question, answer in letter.answers.items() if not (is_long and question in told)}


def _consent(letter: Letter) -> tuple[dict[str, str], ...]:
    """Return one answer for each purpose, the narrowest where there are several: a no is never lost."""
    answers: dict[str, Consent] = {}
    for consent in letter.consent:
        other = answers.get(consent.purpose)
        if other is None or is_narrower(consent.state, other.state):
            answers[consent.purpose] = consent
    return tuple(asdict(consent) for consent in answers.values())


def _open_part(intake: _Intake, row: LetterRow, part: Part, identities: list[HybridIdentity]) -> Iterator[bytes]:
    for kept in row.parts:
        if kept["sealed_sha256"] == part.sha256:
            return open_chunks(open_exhibit(intake.docket.vault.blobs, kept["blob"], intake.key), identities)
    raise PartMissing


def _peek(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes, which tell what kind of file it is, and all of the bytes."""
    iterator = iter(chunks)
    head = next(iterator, b"")
    return head[:HEAD_BYTES], _chain(head, iterator)


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest
