"""Erase a subject: record who asked and why, remove every word about it, destroy its key, blobs and bundles.

The ledger keeps the leaf of each erased entry, so every proof stays whole, and nobody can read what stood there.
A reporter's later letters go with the first one. Alone, a later letter goes only if that brings no consent back.

LIMIT: PostgreSQL's write-ahead log keeps old pages until it is recycled, and so do its backups; bundles that left
are out of reach. What a copy of db/subjects.db still opens is open until the epoch's keys are destroyed.
LIMIT: a letter that nobody opened may be erased, and what it would have taken back is never known.
"""

from contextlib import suppress
from datetime import date, timedelta

from django.db import DEFAULT_DB_ALIAS, connections

from onrecord.casework import search
from onrecord.casework.consent import GIVEN, SEALED_ON_ARRIVAL
from onrecord.casework.docket import Docket
from onrecord.casework.entries.docket import Erased
from onrecord.casework.models import Consent, Erasure, Hold, Letter, Person
from onrecord.casework.models.drawn import drawn_tables
from onrecord.casework.record.append import record
from onrecord.casework.record.kept_bundles import remove_erased_bundles
from onrecord.casework.record.sweep import named_blobs, sweep
from onrecord.errors import BadInput, Refused
from onrecord.ground.bounds import EPOCH_DAYS
from onrecord.ground.clock import day_of
from onrecord.ground.ids import SubjectId
from onrecord.store.blobs import BlobMissing
from onrecord.store.sqlcipher.connect import wipe_deleted

REASONS = ("asked_by_the_person", "court_order", "no_basis", "mistake", "retention_over")


class NothingToErase(BadInput):
    """There is nothing of this kind to erase, or it was erased before."""

    next_step = "Check the identifier."


class ReasonUnknown(BadInput):
    """An erasure needs one of the reasons that Onrecord knows."""

    next_step = "Use asked_by_the_person, court_order, no_basis, mistake or retention_over."


class TakesBackConsent(Refused):
    """This later letter limits what its reporter allows: erased alone, it would bring back what was taken."""

    next_step = "Erase the reporter's first letter too: name that one, and its later letters go with it."


def erase(docket: Docket, subject: SubjectId, reason: str) -> None:
    """Erase a subject; raise NothingToErase, ReasonUnknown or TakesBackConsent.

    If it stops halfway, `finish_erasures` ends it.
    """
    kind = docket.subjects.kind(subject)
    if kind is None or kind == "docket":
        raise NothingToErase
    if reason not in REASONS:
        raise ReasonUnknown
    if _limits_consent(subject):
        raise TakesBackConsent
    # A name without its case is nobody's to ask for, and a later letter means nothing without the first: they go along.
    erased = {subject: kind} | dict.fromkeys(_named_people(docket, subject), "person")
    erased |= dict.fromkeys(_later_letters(docket, subject), "letter")
    blobs, until = set[str]().union(*(named_blobs(subject=one) for one in erased)), _complete_after(docket).isoformat()
    record(
        docket,
        *(
            Erased(
                docket=docket.id,
                erased=one,
                erased_kind=kind,
                reason=reason,
                complete_after=until,
                sealed_sha256=_sealed_sha256(one),
            )
            for one, kind in erased.items()
        ),
    )
    for blob in blobs:
        with suppress(BlobMissing):  # it was missing before, as an audit would have said
            docket.vault.remove(blob)
    _destroy(docket, *erased)


def _sealed_sha256(subject: SubjectId) -> str:
    return Letter.objects.filter(pk=subject).values_list("sealed_sha256", flat=True).first() or ""


def finish_erasures(docket: Docket) -> int:
    """Destroy the keys of subjects whose erasure is on record and was cut short; return how many there were."""
    unfinished = [
        SubjectId(subject)
        for subject in Erasure.objects.values_list("id", flat=True)
        if docket.subjects.kind(SubjectId(subject)) is not None
    ]
    if unfinished:
        _destroy(docket, *unfinished)
        sweep(docket)  # their blobs: no row names them any more
    return len(unfinished)


def _destroy(docket: Docket, *subjects: SubjectId) -> None:
    remove_erased_bundles(docket)  # before the keys: while a key is there, an erasure that stopped halfway is found
    for subject in subjects:
        search.forget(subject)
        docket.subjects.erase(subject)
    _wipe_pages()


def _named_people(docket: Docket, case: SubjectId) -> list[SubjectId]:
    people = [SubjectId(id) for id in Person.objects.filter(case=case).values_list("id", flat=True)]
    return [person for person in people if docket.subjects.kind(person) is not None]


def _later_letters(docket: Docket, first: SubjectId) -> list[SubjectId]:
    letters = [SubjectId(id) for id in Letter.objects.filter(continues=first).values_list("id", flat=True)]
    return [letter for letter in letters if docket.subjects.kind(letter) is not None]


def _limits_consent(subject: SubjectId) -> bool:
    """Tell whether a later letter, whose first one stands, says less than yes, asks to erase or comes from a door."""
    letter = Letter.objects.filter(pk=subject).first()
    if letter is None or not Letter.objects.filter(pk=letter.continues).exists():
        return False
    says_less = Consent.objects.filter(letter=subject).exclude(state=GIVEN).exists()
    return says_less or letter.tier == SEALED_ON_ARRIVAL or Hold.objects.filter(pk=subject, lifted_because="").exists()


def _complete_after(docket: Docket) -> date:
    # The epoch key that could still open a stored copy is destroyed when the next epoch has ended too.
    return day_of(docket.clock.now()) + timedelta(days=2 * EPOCH_DAYS)


def _wipe_pages() -> None:
    """Make the database forget the pages in which the deleted rows lay."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    if connection.vendor != "postgresql":
        wipe_deleted(connection.connection)
        return
    names = [table._meta.db_table for table in drawn_tables()] + ["search_text"]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(name)}")
