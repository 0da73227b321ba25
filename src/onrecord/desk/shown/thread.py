"""Show what passed between desk and reporter: letters and replies in order, what they allow, what they ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext

from onrecord.casework.consent import (
    ASK_FIRST,
    GIVEN,
    SEALED_ON_ARRIVAL,
    consent_of,
    letters_of_reporter,
    may_widen,
)
from onrecord.casework.holds import first_letter
from onrecord.casework.models import Consent, Hold, Letter, Reply
from onrecord.desk.shown.wording import terms_of, tier_name, value_name
from onrecord.ground.bounds import BOX_TEXT_BYTES
from onrecord.intake.replying import MailboxTaken, NotOpenedYet, NoWayBack, answerable, may_ask
from onrecord.intake.unseal import told_in
from onrecord.seal.letter.box import QUESTION
from onrecord.words.form import PathName, load_form

FIRST_WORDS = 600

# What stands where a reporter said nothing to a purpose. Both mean no.
LEFT_BLANK, NOT_ASKED = "left_blank", "not_asked"


@dataclass(frozen=True, slots=True)
class Allowed:
    """One purpose: what the reporter says to it now, in which letter, and the hash of the sentence they read there."""

    code: str
    purpose: str
    state: str
    is_given: bool
    is_blank: bool
    asks_first: bool
    wording_sha256: str
    said_in: Letter | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One letter of the reporter, or one reply; the one that is not is None."""

    letter: Letter | None
    reply: Reply | None
    tier: str
    words: str
    is_doubtful: bool  # a later letter that the door could have written


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to erase: the letter that makes it, and whether the door could have written that."""

    hold: Hold
    letter: Letter | None
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything that passed, and what may be said next; `closed` says why nothing may, if so."""

    first: str
    turns: tuple[Turn, ...]
    asked: tuple[Asked, ...]
    could_say_yes: tuple[Letter, ...]
    is_answered: bool
    closed: str
    may_ask: bool
    questions: int
    most_bytes: int = BOX_TEXT_BYTES

    @property
    def replies(self) -> Mapping[int, Reply]:
        """Return the replies by their number."""
        return {turn.reply.number: turn.reply for turn in self.turns if turn.reply}


def thread_of(row: Letter) -> Thread:
    """Return the thread to which an opened letter belongs."""
    first, letters = first_letter(row.id), letters_of_reporter(row.id)
    replies = list(Reply.objects.filter(letter=first).order_by("counter"))
    said = [_turn_of_letter(letter) for letter in letters]
    said += [Turn(None, reply, "", reply.text, is_doubtful=False) for reply in replies if reply.number]
    return Thread(
        first=first,
        turns=tuple(sorted(said, key=_place)),
        asked=tuple(_asked(Hold.objects.filter(letter=first).order_by("entry"), letters)),
        could_say_yes=tuple(may_widen(letters)),
        is_answered=bool(replies),
        closed=_why_closed(row.id),
        may_ask=may_ask(first),
        questions=sum(reply.kind == QUESTION for reply in replies),
    )


def consent_lines(row: Letter) -> list[Allowed]:
    """Return what a letter's reporter allows now, for every purpose there is."""
    letters = {letter.id: letter for letter in letters_of_reporter(row.id)}
    now, purposes = consent_of(row.id), dict(terms_of("consent_purpose"))
    said = list(Consent.objects.filter(letter__in=letters).order_by("entry"))
    asked = {code for letter in letters.values() for code in _asked_to_allow(letter)}
    return [
        _allowed(
            code,
            purposes.get(code, code),
            now.get(code, "") or (LEFT_BLANK if code in asked else NOT_ASKED),
            [one for one in said if one.purpose == code],
            letters,
        )
        for code in dict.fromkeys((*purposes, *now))
    ]


def _asked_to_allow(letter: Letter) -> Iterable[str]:
    """Give the purposes that the form put to a letter's reporter: a path that asks no consent puts none.

    LIMIT: today's form stands for the one that was shown; a letter keeps its form's version, not its questions.
    """
    for screen in load_form().paths.get(cast(PathName, letter.path), ()):
        for question in screen.questions:
            if question.kind == "consent":
                yield from (purpose.code for purpose in question.options)


def _allowed(code: str, purpose: str, state: str, said: list[Consent], letters: Mapping[str, Letter]) -> Allowed:
    # The sentence that counts is the one under the state that stands; a yes when asked rests on "ask me".
    wanted = [one for one in said if one.state == state] or said
    is_confirmed = state == GIVEN and not any(one.state == GIVEN for one in said)
    if is_confirmed:
        shown = gettext("asked, and said yes: good for one bundle")
    elif state == LEFT_BLANK:
        shown = gettext("asked, left blank: no")
    elif state == NOT_ASKED:
        shown = gettext("not asked: no")
    else:
        shown = value_name("consent_state", state)
    return Allowed(
        code=code,
        purpose=purpose,
        state=shown,
        is_given=state == GIVEN,
        is_blank=state in (LEFT_BLANK, NOT_ASKED),
        asks_first=state == ASK_FIRST,
        wording_sha256=wanted[-1].wording_sha256 if wanted else "",
        said_in=letters[wanted[-1].letter] if wanted else None,
    )


def _turn_of_letter(letter: Letter) -> Turn:
    words = "\n\n".join(letter.answers[name] for name in told_in(letter.answers))
    words = words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rstrip() + "…"
    return Turn(letter, None, tier_name(letter.tier), words, is_doubtful=_is_doubtful(letter))


def _place(turn: Turn) -> tuple[bool, int]:
    row = turn.letter or turn.reply
    # The first letter comes first, however its number in the ledger fell when letters were collected together.
    return turn.letter is None or bool(turn.letter.continues), row.entry if row else 0


def _asked(holds: Iterable[Hold], letters: list[Letter]) -> Iterable[Asked]:
    rows = {letter.id: letter for letter in letters}
    for hold in holds:
        yield Asked(hold, rows.get(hold.id), is_doubtful=hold.tier == SEALED_ON_ARRIVAL)


def _is_doubtful(letter: Letter) -> bool:
    return bool(letter.continues) and letter.tier == SEALED_ON_ARRIVAL


def _why_closed(letter: str) -> str:
    try:
        answerable(letter)
    except (NotOpenedYet, NoWayBack, MailboxTaken) as error:
        return gettext(error.sentence())
    return ""
