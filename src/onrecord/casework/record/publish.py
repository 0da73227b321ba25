"""Bring the ledger's public files up to its entries: hash tiles, and a checkpoint signed by the log key.

Everything here is derived from committed rows. If the program stops in between, the next call finishes the work: tiles
that a crash cut short are made again from the leaves.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from onrecord.casework.docket import Docket
from onrecord.casework.models import LedgerRow
from onrecord.ledger.log import CHECKPOINT_NAME, Log
from onrecord.ledger.merkle import LedgerForked
from onrecord.ledger.note import read_checkpoint_without_checking
from onrecord.ledger.tiles import TileDamaged
from onrecord.store.blobs import BlobMissing


def publish(docket: Docket) -> bytes:
    """Extend the tiles by every entry they lack and return the newest signed checkpoint; see `published`."""
    with published(docket) as (_, checkpoint):
        return checkpoint


@contextmanager
def published(docket: Docket) -> Iterator[tuple[Log, bytes]]:
    """Give the log with every committed entry in it, and the checkpoint just signed over it.

    Raises LedgerForked where the entries are fewer or other than what was published before: a database that was rolled
    back is noticed here. One program publishes at a time, so that an older state is never signed after a newer one.
    """
    with (docket.folder / "db" / "publishing.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            log = Log.load(docket.tiles, docket.settings.origin)
            log.follow(leaves)
        except TileDamaged:
            # Cut short by a crash, or changed by somebody: what is truly wrong is refused and named by the rebuild.
            log = Log.rebuild(docket.tiles, docket.settings.origin, leaves())
        yield log, log.checkpoint(docket.log_key)


def check_not_rolled_back(docket: Docket, entries: int) -> None:
    """Raise LedgerForked if more entries were published than the database holds: writing on would rewrite history.

    Called with the ledger's lock held, so that no other program is between its entries and their checkpoint.
    """
    with suppress(BlobMissing):  # nothing was published yet
        if read_checkpoint_without_checking(docket.tiles.read_all(CHECKPOINT_NAME)).size > entries:
            raise LedgerForked


def leaves(start: int = 0) -> Iterator[bytes]:
    """Yield the leaves of all entries from an index on."""
    rows = LedgerRow.objects.filter(index__gte=start).order_by("index").values_list("leaf", flat=True)
    for leaf in rows.iterator(chunk_size=10_000):
        yield bytes(leaf)
