"""Remove what a program that died left half done: blobs that no entry names, and keys of subjects never recorded.

Blobs and keys come first and their entry last, so whatever is unnamed while nobody is receiving is nobody's. The
tables say what is named: where they are not what the ledger draws, or the ledger was rolled back, nothing is swept,
because then an unnamed blob may be the only copy of a letter.
"""

from contextlib import suppress
from dataclasses import dataclass

from onrecord.casework.docket import Docket, DocketBusy
from onrecord.casework.models import Exhibit, LedgerRow, Letter, Source
from onrecord.casework.record.append import newest_entry
from onrecord.casework.record.publish import check_not_rolled_back
from onrecord.ledger.merkle import LedgerForked
from onrecord.store.blobs import BlobMissing


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was swept."""

    blobs: int = 0
    keys: int = 0


def sweep(docket: Docket) -> Swept:
    """Remove orphans; or nothing while anybody is receiving, the next sweep finds them."""
    try:
        with docket.sweeping():
            check_not_rolled_back(docket, newest_entry() + 1)
            docket.vault.sweep_partials()
            recorded = set(LedgerRow.objects.values_list("subject", flat=True).distinct())
            keys = docket.subjects.forget_orphans(recorded)
            return Swept(_sweep_blobs(docket) if _is_drawn(docket) else 0, keys)
    except (DocketBusy, LedgerForked):  # a fork is named by the audit, and the next entry is refused
        return Swept()


def named_blobs(**of: str) -> set[str]:
    """Return the blobs that letters and exhibits name: all of them, or those of one subject."""
    blobs = set(Exhibit.objects.filter(**of).values_list("blob", flat=True))
    for letter in Letter.objects.filter(**of).values("blob", "identity_blob", "parts"):
        blobs |= {letter["blob"], letter["identity_blob"], *(part["blob"] for part in letter["parts"])}
    return blobs - {""}


def _is_drawn(docket: Docket) -> bool:
    """Tell whether every letter and source that has a key has its row."""
    rows = {id for table in (Letter, Source) for id in table.objects.values_list("id", flat=True)}
    return docket.subjects.of_kind("letter") | docket.subjects.of_kind("source") <= rows


def _sweep_blobs(docket: Docket) -> int:
    orphans = set(docket.vault.stored()) - named_blobs()
    for blob in orphans:
        with suppress(BlobMissing):  # an erasure removed it meanwhile
            docket.vault.remove(blob)
    return len(orphans)
