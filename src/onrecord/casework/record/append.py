"""Record entries: the one way in which anything about a case comes into being or changes.

One lock, one transaction: check what the caller saw, number, sign, seal and append the entries, draw their rows,
commit. Blobs are in the vault before (an orphan is swept), tiles and checkpoint are written after (they can be made
again).
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Max

from onrecord.casework import search
from onrecord.casework.docket import Docket
from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.drawers.draw import draw
from onrecord.casework.entries.form import Entry, SubjectKind
from onrecord.casework.entries.letters import SERVICE_KINDS
from onrecord.casework.models import LedgerRow
from onrecord.casework.record.publish import check_not_rolled_back, publish
from onrecord.casework.record.sealing import entry_cipher, seal_entry
from onrecord.casework.record.subjects import SubjectErased
from onrecord.errors import Refused
from onrecord.ground.bounds import CLOCK_SLACK_SECONDS
from onrecord.ground.clock import parse_utc, utc_text
from onrecord.ground.files import NoSpaceLeft
from onrecord.ground.ids import SubjectId, new_id
from onrecord.ledger.entry import Event, commit, commit_keyset, new_salt, sign_event
from onrecord.store.rows import insert_rows

# A row of the ledger's table, in this order (see models.ledger).
_COLUMNS = [str(field.column) for field in LedgerRow._meta.concrete_fields]

# Any number will do, as long as every Onrecord program takes the same one.
POSTGRES_LOCK = 0x6F6E7265636F7264


class StaleRecord(Refused):
    """Somebody else changed this after you opened it; nothing was recorded."""

    next_step = "Open it again, look at what changed, and repeat what you did."
    http_status = 409


class NotForThisKey(Refused):
    """The key in use may not record this: an operator and a service cannot speak for a member."""

    next_step = "Sign in as a member, then do it again."


class ClockBehind(Refused):
    """This machine's clock stands before the last entry of the ledger; nothing was recorded."""

    next_step = "Set the clock right, then do it again. If the last entry was made with a wrong clock, tell your lead."


@dataclass(slots=True)
class _Numbers:
    """The running numbers that the next entry takes."""

    index: int
    actor_seq: int
    subject_seq: dict[str, int]

    def take(self, subject: str) -> tuple[int, int, int]:
        self.index += 1
        self.actor_seq += 1
        self.subject_seq[subject] = self.subject_seq.get(subject, 0) + 1
        return self.index, self.actor_seq, self.subject_seq[subject]


def record(
    docket: Docket,
    *entries: Entry,
    seen: int | None = None,
    fresh: Mapping[SubjectId, bytes] | None = None,
    words: Sequence[search.Words] = (),
    check: Callable[[], None] = lambda: None,
) -> int:
    """Record entries in one step and return the index of the last; raise StaleRecord, ClockBehind or SubjectErased.

    `seen` is the index of the newest entry that the caller had read: if a subject touched here changed since,
    nothing is recorded. A subject that is new gets its key here, before anything is written about it; `fresh` are keys
    that the caller has just made, because the collector could not open them again. `words` can be searched for from
    the moment when the entries stand. `check` looks again at what they rest on while nobody else can write, and raises
    if it must not be.
    """
    _check_may_record(docket, entries)
    with docket.receiving():
        keys = _subject_keys(docket, entries, fresh or {})
        with ledger_lock():
            check_not_rolled_back(docket, _last("index") + 1)
            if seen is not None and LedgerRow.objects.filter(index__gt=seen, subject__in=list(keys)).exists():
                raise StaleRecord
            check()
            last = _append(docket, entries, keys)
            for text in words:
                search.index(text)
    # A disk that is full now is no reason to say that nothing was recorded: the next publishing catches up.
    with suppress(NoSpaceLeft):
        publish(docket)
    return last


def _check_may_record(docket: Docket, entries: Sequence[Entry]) -> None:
    kind = docket.keyring.principal.kind
    if kind == "operator" or (kind == "service" and any(type(e).__name__ not in SERVICE_KINDS for e in entries)):
        raise NotForThisKey


def _append(docket: Docket, entries: Sequence[Entry], keys: Mapping[SubjectId, bytes]) -> int:
    ciphers = {subject: entry_cipher(key) for subject, key in keys.items()}
    at = _now(docket)
    numbers = _Numbers(_last("index"), _last("actor_seq", actor=docket.actor), _last_of_each(keys))
    canvas, rows = Canvas(), []
    for entry in entries:
        index, actor_seq, subject_seq = numbers.take(entry.subject)
        event = Event(
            kind=type(entry).__name__,
            id=new_id(),
            at=at,
            actor=docket.actor,
            actor_seq=actor_seq,
            subject=entry.subject,
            subject_seq=subject_seq,
            body=entry.body(),
            v=entry.VERSION,
        )
        envelope, salt = sign_event(event, docket.keyring.signing_key), new_salt()
        leaf = commit(salt, envelope)
        sealed = seal_entry(ciphers[entry.subject], salt=salt, envelope=envelope, leaf=leaf)
        rows.append((index, leaf, sealed, False, entry.subject, subject_seq, docket.actor, actor_seq, at))
        draw(canvas, index, entry)
    insert_rows(connections[DEFAULT_DB_ALIAS], LedgerRow._meta.db_table, _COLUMNS, rows)
    canvas.paint(DEFAULT_DB_ALIAS)
    return numbers.index


def record_keyset(docket: Docket, keyset_file: bytes) -> int:
    """Record a published keyset as a leaf of its own: unsalted and unsealed, because everybody may check it."""
    with ledger_lock():
        index = _last("index") + 1
        actor_seq, subject_seq = _last("actor_seq", actor=docket.actor) + 1, _last("subject_seq", subject=docket.id) + 1
        LedgerRow.objects.create(
            index=index,
            leaf=commit_keyset(keyset_file),
            sealed=keyset_file,
            is_keyset=True,
            subject=docket.id,
            subject_seq=subject_seq,
            actor=docket.actor,
            actor_seq=actor_seq,
            at=_now(docket),
        )
    publish(docket)
    return index


def newest_keyset() -> bytes:
    """Return the keyset that was recorded last."""
    return bytes(LedgerRow.objects.filter(is_keyset=True).order_by("-index")[0].sealed)


@contextmanager
def ledger_lock() -> Iterator[None]:
    """Hold the ledger for one writer, in one transaction."""
    with transaction.atomic():
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSTGRES_LOCK])
        yield


def newest_entry() -> int:
    """Return the index of the newest entry, to be given back as `seen`; -1 in an empty ledger."""
    return _last("index")


def _subject_keys(docket: Docket, entries: Sequence[Entry], fresh: Mapping[SubjectId, bytes]) -> dict[SubjectId, bytes]:
    kinds = dict[SubjectId, SubjectKind]()
    for entry in entries:
        if entry.subject not in fresh:
            kinds.setdefault(entry.subject, entry.SUBJECT_KIND)
    kept = docket.subjects.find_all(kinds)
    new = {subject: kind for subject, kind in kinds.items() if subject not in kept}
    # Never recorded: it is new. Recorded once and without a key: it was erased, and stays so.
    if LedgerRow.objects.filter(subject__in=list(new)).exists():
        raise SubjectErased
    opened = {key.subject: key.unwrap(docket.keyring) for key in kept.values()}
    return {**fresh, **opened, **docket.subjects.create_all(new)}


def _now(docket: Docket) -> str:
    now = docket.clock.now()
    last = LedgerRow.objects.order_by("-index").values_list("at", flat=True).first()
    if last is None:
        return utc_text(now)
    behind = (parse_utc(last) - now).total_seconds()
    if behind > CLOCK_SLACK_SECONDS:
        raise ClockBehind
    # Within the slack the order of times follows the order of entries.
    return last if behind > 0 else utc_text(now)


def _last_of_each(subjects: Collection[str]) -> dict[str, int]:
    """Return the newest running number of each subject that has one."""
    rows = LedgerRow.objects.filter(subject__in=list(subjects)).order_by()
    return dict(rows.values_list("subject").annotate(Max("subject_seq")))


def _last(number: str, **where: str) -> int:
    start = -1 if number == "index" else 0
    last: int | None = LedgerRow.objects.filter(**where).aggregate(last=Max(number))["last"]
    return start if last is None else last
