"""Gather one case or pattern from the docket: its claims, the exhibits they rest on, every entry behind them.

This is the one room of the bundle that knows the desk's tables. What may leave is decided here for each exhibit,
from the consent that its letter carries and the bases that the operator named; the rest of the package sees plain
values only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from onrecord.bundle.basis import GIVEN, PASS_IDENTITY, Decision, Standing, decide
from onrecord.bundle.content import Basis, Claim, Content, Exhibit, KeysetLeaf, OpenedEntry, Origin, Value
from onrecord.casework.consent import consents_of, letters_of_reporters
from onrecord.casework.docket import Docket
from onrecord.casework.holds import on_hold
from onrecord.casework.models import Case, LedgerRow, Pattern, Source
from onrecord.casework.models import Exhibit as ExhibitRow
from onrecord.casework.overview import ClaimShown, NoSuchCase, claims_of
from onrecord.casework.record.reading import Opened, entries_of
from onrecord.ground.ids import BundleId, ClaimId, ExhibitId, SubjectId

# Fields whose value would be who a person is; they leave only where the person agreed to pass identity on. None of them
# is a fact of the codebook: a name cannot be coded as a value today, and could not leave by accident on the day it can.
IDENTITY_FIELDS = frozenset({"person.name", "victim.name", "perp.name"})


@dataclass(frozen=True, slots=True)
class Request:
    """What the operator asked for: the case or pattern, the bases, for whom, and why where a basis needs a reason."""

    holder: str
    bases: tuple[Basis, ...]
    purpose: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything about a case before anything is left out, what was decided of each exhibit, and what that rests on."""

    content: Content
    decisions: dict[ExhibitId, Decision]
    with_identity: bool
    read: frozenset[SubjectId]


def gather(docket: Docket, request: Request, bundle: BundleId) -> Gathered:
    """Read a case or pattern with everything it rests on; raise NoSuchCase or SubjectKeyMissing."""
    if not any(table.objects.filter(pk=request.holder).exists() for table in (Case, Pattern)):
        raise NoSuchCase
    claims = [claim for claim in claims_of(request.holder) if not claim.withdrawn_because and claim.passage is not None]
    exhibits = _exhibits(claims)
    decisions, with_identity = _decide(exhibits, request)
    subjects = [SubjectId(request.holder), *sorted({SubjectId(row.subject) for row in exhibits})]
    opened = entries_of(docket, subjects)
    content = Content(
        bundle=bundle,
        subject=SubjectId(request.holder),
        purpose=request.purpose,
        bases=request.bases,
        exhibits=tuple(_exhibit(row) for row in exhibits),
        claims=tuple(_claim(claim) for claim in claims),
        opened=tuple(_entry(entry, exhibits) for entry in opened),
        keysets=tuple(_keysets()),
        counts=_counts(subjects),
    )
    return Gathered(content, decisions, with_identity, with_later_letters(subjects))


def _exhibits(claims: Iterable[ClaimShown]) -> list[ExhibitRow]:
    """Return every exhibit of every letter and source that a claim rests on: the whole of it leaves, or nothing."""
    rested_on = {claim.exhibit for claim in claims}
    origins = set(ExhibitRow.objects.filter(pk__in=rested_on).values_list("origin", flat=True))
    return list(ExhibitRow.objects.filter(origin__in=origins).order_by("entry", "place"))


def _decide(exhibits: Iterable[ExhibitRow], request: Request) -> tuple[dict[ExhibitId, Decision], bool]:
    origins = {row.origin for row in exhibits}
    letters = _letters(exhibits)
    consents, held = consents_of(letters), on_hold(letters)
    published = set(Source.objects.filter(pk__in=origins, is_described=True).values_list("id", flat=True))
    decisions = {
        ExhibitId(row.id): decide(
            Standing(
                origin=Origin(row.origin_kind),
                consents=consents.get(row.origin, {}),
                is_on_hold=row.origin in held,
                is_published=row.origin in published,
            ),
            bases=request.bases,
            purpose=request.purpose,
        )
        for row in exhibits
    }
    with_identity = bool(consents) and all(states.get(PASS_IDENTITY) == GIVEN for states in consents.values())
    return decisions, with_identity


def _letters(exhibits: Iterable[ExhibitRow]) -> set[str]:
    return {row.origin for row in exhibits if row.origin_kind == Origin.LETTER}


def with_later_letters(subjects: Iterable[SubjectId]) -> frozenset[SubjectId]:
    """Add every other letter of the same reporters: what they allow now may stand in a later one."""
    subjects = frozenset(subjects)
    letters = chain.from_iterable(letters_of_reporters(subjects).values())
    return subjects | {SubjectId(row.id) for row in letters}


def _exhibit(row: ExhibitRow) -> Exhibit:
    return Exhibit(
        id=ExhibitId(row.id),
        subject=SubjectId(row.subject),
        origin=Origin(row.origin_kind),
        file_name=row.name,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        made_from=row.made_from,
    )


def _claim(claim: ClaimShown) -> Claim:
    return Claim(
        id=ClaimId(claim.id),
        kind=claim.kind,
        act=claim.act,
        exhibit=ExhibitId(claim.exhibit),
        values=tuple(Value(field=value.field, value=value.value) for value in claim.values),
        holds_identity=any(value.field in IDENTITY_FIELDS for value in claim.values),
    )


def _entry(opened: Opened, exhibits: Iterable[ExhibitRow]) -> OpenedEntry:
    return OpenedEntry(
        index=opened.index,
        envelope=opened.envelope,
        salt=opened.salt,
        rests_on=tuple(_rests_on(opened, exhibits)),
        holds_identity=any(value.get("field") in IDENTITY_FIELDS for value in opened.event.body.get("values", ())),
    )


def _rests_on(opened: Opened, exhibits: Iterable[ExhibitRow]) -> Iterator[ExhibitId]:
    """Yield the exhibits whose words an entry repeats: a claim's own, or all of the letter or source it belongs to."""
    event = opened.event
    if event.kind == "ClaimCoded":
        yield ExhibitId(event.body["exhibit"])
        return
    yield from (ExhibitId(row.id) for row in exhibits if row.subject == event.subject)


def _keysets() -> Iterator[KeysetLeaf]:
    for row in LedgerRow.objects.filter(is_keyset=True).order_by("index"):
        yield KeysetLeaf(index=row.index, file=bytes(row.sealed))


def _counts(subjects: Iterable[SubjectId]) -> dict[SubjectId, int]:
    return {subject: LedgerRow.objects.filter(subject=subject).count() for subject in subjects}
