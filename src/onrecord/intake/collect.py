"""Collect sealed letters from the spool into the vault and the ledger, without opening them.

For each letter: its sealed bytes go to the vault, `LetterReceived` is recorded, and only then is it removed from
the spool. Whenever the program dies in between, the next collection finds the letter recorded or still waiting; the
hash of the sealed bytes says which, so that nothing is lost and nothing counted twice.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from onrecord.casework.docket import Docket
from onrecord.casework.entries.letters import LetterReceived
from onrecord.casework.models import Erasure, Letter
from onrecord.casework.record.append import record
from onrecord.ground.clock import day_of
from onrecord.ground.ids import LetterId, SubjectId, new_id
from onrecord.store.spool import ArrivalMissing, Spool


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of one arrival: the letter it became, or the letter it was a copy of."""

    letter: LetterId
    is_copy: bool


def collect(docket: Docket, spool: Spool) -> Iterator[Collected]:
    """Collect every arrival of a spool, one after another; stop at any time and begin again."""
    collector = docket.as_collector()
    for arrival in spool.arrivals():
        with suppress(ArrivalMissing):  # another collector was faster
            yield _collect_one(collector, spool, arrival)


def _collect_one(docket: Docket, spool: Spool, arrival: str) -> Collected:
    with docket.collecting():
        with docket.receiving():
            collected = _receive(docket, spool, arrival)
        spool.remove(arrival)
        return collected


def _receive(docket: Docket, spool: Spool, arrival: str) -> Collected:
    sealed_sha256 = _sha256(spool.read(arrival))
    known = _known(sealed_sha256)
    if known is not None:
        return Collected(LetterId(known), is_copy=True)
    letter = LetterId(new_id())
    key = docket.subjects.create(SubjectId(letter), "letter")
    received = docket.vault.receive(spool.read(arrival), key)
    record(
        docket,
        LetterReceived(
            letter=letter,
            sealed_sha256=received.sha256,
            size_bytes=received.size_bytes,
            blob=received.ct_sha256,
            parts=tuple(_receive_part(docket, spool, arrival, name, key) for name in spool.parts(arrival)),
            arrived_on=day_of(docket.clock.now()).isoformat(),
        ),
        fresh={SubjectId(letter): key},
    )
    return Collected(letter, is_copy=False)


def _known(sealed_sha256: str) -> str | None:
    """Return the letter that these sealed bytes became, also when it was erased since: what was erased stays so."""
    for table in (Letter, Erasure):
        found: str | None = table.objects.filter(sealed_sha256=sealed_sha256).values_list("id", flat=True).first()
        if found is not None:
            return found
    return None


def _receive_part(docket: Docket, spool: Spool, arrival: str, name: str, key: bytes) -> dict[str, str | int]:
    part = docket.vault.receive(spool.read(arrival, name), key)
    return {"sealed_sha256": part.sha256, "size_bytes": part.size_bytes, "blob": part.ct_sha256}


def _sha256(chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
