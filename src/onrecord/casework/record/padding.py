"""Pad the ledger before a public checkpoint, so that its size does not tell how many letters came."""

from onrecord.casework.docket import Docket
from onrecord.casework.entries.docket import Padding
from onrecord.casework.record.append import newest_entry, record
from onrecord.ground.bounds import CHECKPOINT_MULTIPLE


def pad(docket: Docket) -> int:
    """Add padding entries up to the next multiple of 256 and return how many were added."""
    missing = -(newest_entry() + 1) % CHECKPOINT_MULTIPLE
    if missing:
        record(docket, *(Padding(docket=docket.id) for _ in range(missing)))
    return missing
