"""Make the bundle of one case: gather, leave out what has no basis, write, seal in the ledger, prove, check.

The sealing entry is recorded between writing the files and proving them, and only if nothing about the case and nothing
that its reporters said changed in between; otherwise nothing leaves and the operator is told to look again. On consent
nothing leaves while a letter lies unopened: it may be the one that takes it back. While a danger to somebody told of
forbids publication, no bundle is made to be published.

LIMIT: a letter that is still in the spool, or is collected after the work began, is not waited for.
LIMIT: stopped between the sealing entry and the last proof, it leaves that entry in the ledger and no bundle.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from onrecord.bundle.content import Basis, BundleProof, Content, EarlierCheckpoint, OpenedEntry
from onrecord.bundle.gather import Gathered, Request, gather, with_later_letters
from onrecord.bundle.redact import keep_what_may_leave
from onrecord.bundle.report import Progress
from onrecord.bundle.write import PreparedBundle, prepare_bundle
from onrecord.casework.consent import GIVEN, consents_of
from onrecord.casework.docket import Docket
from onrecord.casework.entries.cases import BundleMade
from onrecord.casework.law.publishing import check_may_be_published, everybody_told_of
from onrecord.casework.models import Erasure, Exhibit, LedgerRow, Letter
from onrecord.casework.record.append import StaleRecord, record
from onrecord.casework.record.publish import publish, published
from onrecord.casework.record.reading import entries_of
from onrecord.casework.record.tables import check_tables
from onrecord.casework.texts import exhibit_bytes
from onrecord.errors import BadInput, Refused
from onrecord.ground.ids import BundleId, ExhibitId, SubjectId, new_id
from onrecord.ledger.note import read_checkpoint_without_checking
from onrecord.seal.keyset import raw_key
from onrecord.words.codebook import load_codebook

# A bundle is made for a court unless the operator names another recipient; consent is asked for each on its own.
DEFAULT_PURPOSE = "share_international_court"
NEEDS_REASON = (Basis.LAWFUL_ORDER, Basis.VITAL_INTEREST)


class ReasonMissing(BadInput):
    """This basis needs a reason that can be checked later: which order, or whose life."""

    next_step = "Add --reason with the reference of the order, or the danger in a sentence."


class BasisMissing(BadInput):
    """A bundle leaves on a named basis, and none was named."""

    next_step = "Add --basis consent, public_source, lawful_order or vital_interest; it may be given more than once."


class LettersUnopened(Refused):
    """Letters lie here unopened, and one of them may take a consent back."""

    next_step = "Open the letters first, then make the bundle again."


@dataclass(frozen=True, slots=True)
class MadeBundle:
    """A bundle that was made: where it stands, and what stayed behind."""

    id: BundleId
    folder: Path
    content: Content


def preview(docket: Docket, request: Request) -> Content:
    """Return what would leave, and what would stay and why; nothing is recorded or written."""
    return _what_may_leave(_gathered(docket, request))


def make_bundle(docket: Docket, request: Request, target: Path, *, progress: Progress | None = None) -> MadeBundle:
    """Make a bundle in a new folder; raise a Refused or BadInput that says why not, and whatever is damaged.

    `progress` is told how many bytes of exhibits are written and checked. What it raises stops the work, and nothing
    stays in the folder.
    """
    before = publish(docket)
    # What is gathered next is at least as new as this checkpoint; whatever of it changes until the seal is refused.
    seen = read_checkpoint_without_checking(before).size - 1
    gathered = _gathered(docket, request)
    check_tables(docket, gathered.read)
    content = _what_may_leave(gathered)
    read = partial(_read, docket)
    _check_may_be_published(docket, content)
    with prepare_bundle(content, read, target, docket.clock, progress=progress) as prepared:

        def check() -> None:
            check_unchanged(gathered.read, seen)
            check_still_given(_on_consent(content), request.purpose)
            _check_may_be_published(docket, content)  # by now a claim in another case may tell of a danger

        record(docket, _seal(content, request, prepared, seen), seen=seen, check=check)
        folder = prepared.finish(_proof(docket, content, before))
    return MadeBundle(content.bundle, folder, content)


def _gathered(docket: Docket, request: Request) -> Gathered:
    check_request(request)
    return gather(docket, request, BundleId(new_id()))


def _what_may_leave(gathered: Gathered) -> Content:
    return keep_what_may_leave(gathered.content, gathered.decisions, with_identity=gathered.with_identity)


def check_request(request: Request) -> None:
    """Raise BasisMissing, ReasonMissing or LettersUnopened, or that the codebook knows no such purpose."""
    if not request.bases:
        raise BasisMissing
    if not request.reason and any(basis in NEEDS_REASON for basis in request.bases):
        raise ReasonMissing
    load_codebook().vocabulary("consent_purpose").term(request.purpose)
    if Basis.CONSENT in request.bases and Letter.objects.filter(state=Letter.State.SEALED).exists():
        raise LettersUnopened


def check_unchanged(read: frozenset[SubjectId], seen: int) -> None:
    """Raise StaleRecord if a letter of these reporters was opened, held, changed or erased since all was gathered."""
    now = with_later_letters(read)
    is_changed = LedgerRow.objects.filter(index__gt=seen, subject__in=list(now)).exists()
    if is_changed or Erasure.objects.filter(pk__in=list(read)).exists():
        raise StaleRecord


def check_still_given(letters: Collection[str], purpose: str) -> None:
    """Raise StaleRecord if a yes that is good for one time was used for another case since all was gathered."""
    if any(states.get(purpose) != GIVEN for states in consents_of(letters).values()):
        raise StaleRecord


def _check_may_be_published(docket: Docket, content: Content) -> None:
    exhibits = {exhibit.id for exhibit in content.exhibits}
    check_may_be_published(content.purpose, everybody_told_of(content.subject, exhibits, docket.law), docket.law)


def _on_consent(content: Content) -> set[str]:
    leaving = {line.exhibit for line in content.basis_lines if line.basis == Basis.CONSENT}
    return {exhibit.subject for exhibit in content.exhibits if exhibit.id in leaving}


def _seal(content: Content, request: Request, prepared: PreparedBundle, seen: int) -> BundleMade:
    return BundleMade(
        holder=content.subject,
        bundle=content.bundle,
        basis=tuple(basis.value for basis in request.bases),
        purpose=request.purpose,
        reason=request.reason,
        manifest_sha256=prepared.manifest_sha256,
        counts={str(subject): count for subject, count in content.counts.items()},
        left_out=len(content.left_out),
        log_size=seen + 1,
    )


def _proof(docket: Docket, content: Content, before: bytes) -> BundleProof:
    """Prove each entry, and that the ledger in which they stand grew out of the one before the bundle was sealed."""
    seal = next(
        entry
        for entry in reversed(entries_of(docket, [content.subject]))
        if entry.event.body.get("bundle") == content.bundle
    )
    indexes = [entry.index for entry in content.opened] + [leaf.index for leaf in content.keysets] + [seal.index]
    old_size = read_checkpoint_without_checking(before).size
    with published(docket) as (log, checkpoint):
        return BundleProof(
            root_key=raw_key(docket.keyset.root_key),
            seal=OpenedEntry(index=seal.index, envelope=seal.envelope, salt=seal.salt),
            checkpoint=checkpoint,
            paths={index: tuple(log.inclusion(index)) for index in indexes},
            earlier=(EarlierCheckpoint(note=before, consistency=tuple(log.consistency(old_size))),),
        )


def _read(docket: Docket, exhibit: ExhibitId) -> Iterator[bytes]:
    row = Exhibit.objects.filter(pk=exhibit).first()
    if row is None:
        raise StaleRecord
    return exhibit_bytes(docket, row)
