"""Answer a reporter: write a note or a question, and seal a new box to them that holds it.

What is said is signed by the member who says it, stands in the ledger under the letter's own key, and reaches the
reporter only if they come back with their receipt. A question is asked only of somebody who agreed to be asked, and
never without saying why.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.casework.consent import GIVEN, consent_of
from onrecord.casework.docket import Docket
from onrecord.casework.entries.replies import LetterAcknowledged, ReplyWritten
from onrecord.casework.holds import first_letter
from onrecord.casework.models import Letter, Reply
from onrecord.casework.record.append import newest_entry, record
from onrecord.casework.texts import recordable
from onrecord.errors import BadInput, NotThere, Refused
from onrecord.seal.letter.box import NOTE, QUESTION, Box, BoxFull, Message, fits, seal_box

CONTACT_AGAIN = "contact_again"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class NoWayBack(Refused):
    """This reporter took no receipt, so nothing can be said to them."""

    next_step = "Keep what you wanted to ask with the case. Nobody else may be asked in their place."


class NotOpenedYet(NotThere):
    """There is no opened letter of this identifier, so there is nothing to reply to."""

    next_step = "Open the letter first; the inbox and `onrecord letter list` show every letter."


class MailboxTaken(Refused):
    """Another letter named this mailbox first, so nothing is said here: this one may be a stranger's."""

    next_step = "Reply to the other letter. If you doubt which of the two is the reporter's, ask there."


class QuestionNotAllowed(Refused):
    """This reporter did not agree to be asked questions."""

    next_step = "Write a note that asks nothing, or wait until they write that they may be asked."


@dataclass(frozen=True, slots=True)
class Draft:
    """What a member is about to say to a reporter."""

    text: str
    why: str = ""
    is_question: bool = False


def acknowledgement(docket: Docket, letter: Letter, reporter: Mapping[str, str]) -> Iterator[LetterAcknowledged]:
    """Yield the entry with the first box of a reporter, unless their mailbox is another letter's or takes no box."""
    if _is_taken(letter.id, letter.entry, reporter["mailbox"]):
        return
    month = _month(docket)
    try:
        box = _sealed(docket, reporter, Box(letter.sealed_sha256, 1, month, month, (), docket.actor))
    except BadInput:  # written by hand: what should be a recipient is none. The letter is read all the same.
        return
    mailbox = reporter["mailbox"]
    yield LetterAcknowledged(letter=letter.id, counter=1, mailbox=mailbox, month=month, opened=month, box=box)


def reply(docket: Docket, letter: str, draft: Draft) -> Reply:
    """Record what is said to a reporter, in a new box; raise a Refused or BadInput that says why it cannot be."""
    seen = newest_entry()
    first, reporter = answerable(letter)
    if draft.is_question and not may_ask(first.id):
        raise QuestionNotAllowed
    before = _replies(first.id)
    message = _next_message(before, draft)
    month, counter = _month(docket), len(before) + 1
    opened = before[0].opened if before else month
    messages = _newest_that_fit([*_messages(before), message])
    entry = ReplyWritten(
        letter=first.id,
        counter=counter,
        mailbox=first.mailbox,
        month=month,
        opened=opened,
        box=_sealed(docket, reporter, Box(first.sealed_sha256, counter, month, opened, messages, docket.actor)),
        number=message.number,
        kind=message.kind,
        text=message.text,
        why=message.why,
    )
    record(docket, entry, seen=seen)
    return Reply.objects.get(letter=first.id, counter=counter)


def what_is_read(letter: str, draft: Draft) -> Sequence[Message]:
    """Return what the reporter would find: the newest messages that one box holds, this one last; raise BoxFull."""
    before = _replies(answerable(letter)[0].id)
    return _newest_that_fit([*_messages(before), _next_message(before, draft)])


def answerable(letter: str) -> tuple[Letter, Mapping[str, str]]:
    """Return the first letter of whoever wrote this one and where its boxes go; raise a Refused that says why not."""
    first = Letter.objects.filter(pk=first_letter(letter), state=Letter.State.OPENED).first()
    if first is None:
        raise NotOpenedYet
    if first.reporter is None:
        raise NoWayBack
    if _is_taken(first.id, first.entry, first.mailbox):
        raise MailboxTaken
    return first, first.reporter


def may_ask(letter: str) -> bool:
    """Tell whether a letter's reporter agreed to be asked questions under their receipt."""
    return consent_of(letter).get(CONTACT_AGAIN) == GIVEN


def _is_taken(letter: str, entry: int, mailbox: str) -> bool:
    """Tell whether a letter that came earlier names this mailbox: its name is known to doors, its key is not."""
    others = Letter.objects.filter(mailbox=mailbox, continues="", state=Letter.State.OPENED).exclude(pk=letter)
    return others.filter(entry__lt=entry).exists() or Reply.objects.filter(letter__in=others.values("id")).exists()


def _replies(letter: str) -> list[Reply]:
    return list(Reply.objects.filter(letter=letter).order_by("counter"))


def _messages(replies: Sequence[Reply]) -> list[Message]:
    return [Message(one.number, one.kind, one.text, one.why) for one in replies if one.number]


def _next_message(before: Sequence[Reply], draft: Draft) -> Message:
    number = 1 + sum(1 for one in before if one.number)
    return Message(number, QUESTION if draft.is_question else NOTE, _plain(draft.text), _plain(draft.why))


def _newest_that_fit(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Return the newest messages that one box holds; raise BoxFull if it cannot hold the last one alone."""
    for start in range(len(messages)):
        if fits(messages[start:]):
            return tuple(messages[start:])
    raise BoxFull


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", recordable(text).replace("\r\n", "\n")).strip()


def _sealed(docket: Docket, reporter: Mapping[str, str], box: Box) -> str:
    return base64.b64encode(seal_box(box, docket.keyring.signing_key, reporter["recipient"])).decode()


def _month(docket: Docket) -> str:
    return docket.clock.now().strftime("%Y-%m")
