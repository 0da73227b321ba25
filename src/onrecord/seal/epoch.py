"""Begin an epoch: make the keys that open its letters, and the keyset that names their public halves.

An epoch has two keys: one opens letters, the other names and contacts. Both are sealed to the members for whom the root
key vouches. The keys of earlier epochs stay where they are and go on opening what was sealed to them.

LIMIT: the root key vouches for what a member signs with, not for what is sealed to them. Whoever can write in the keys
folder could put another recipient into a second member's file, and would hold the keys of the next epoch.
LIMIT: nothing here destroys the keys of an epoch that is long over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from onrecord.errors import Damaged
from onrecord.ground.clock import utc_text
from onrecord.ground.ids import RandomBytes
from onrecord.seal.keyring import Keyring, Principal, create_docket_key, principals
from onrecord.seal.keyset import Keyset, raw_key
from onrecord.seal.recipients import HybridIdentity

LETTERS, NAMES = "epoch", "identity"


class EpochKeysWrong(Damaged):
    """The keys in the keys folder do not open what is sealed to this keyset."""

    next_step = "Give this keyset to nobody. Restore the keys folder from a backup that was made after the keyset."


@dataclass(frozen=True, slots=True)
class NextEpoch:
    """What is decided anew for each epoch: how long it lasts from now on, and where its doors are."""

    doors: Sequence[str]
    days: int


def make_epoch_keys(
    folder: Path, epoch: int, may_use: Sequence[Principal], random: RandomBytes
) -> tuple[tuple[str], tuple[str]]:
    """Make both keys of an epoch that no keyset names yet, and return whom letters and names are sealed to."""
    letters, names = (_recipient(folder, f"{name}-{epoch}", may_use, random) for name in (LETTERS, NAMES))
    return letters, names


def next_keyset(folder: Path, before: Keyset, wanted: NextEpoch, *, now: datetime, random: RandomBytes) -> Keyset:
    """Make the keys of the next epoch, and the keyset that takes the place of the one before."""
    vouched = {(signer.id, raw_key(signer.verify_key)) for signer in before.signers if signer.role == "member"}
    members = [one for one in principals(folder) if one.kind == "member" and (one.id, one.verify_key) in vouched]
    letters, names = make_epoch_keys(folder, before.epoch + 1, members, random)
    return replace(
        before,
        number=before.number + 1,
        epoch=before.epoch + 1,
        issued=utc_text(now),
        expires=utc_text(now + timedelta(days=wanted.days)),
        letter_recipients=letters,
        identity_recipients=names,
        doors=tuple(wanted.doors) or before.doors,
    )


def check_opens(keyring: Keyring, keyset: Keyset) -> None:
    """Raise EpochKeysWrong unless the keys that lie here open what is sealed to a keyset; raise KeyNotHeld."""
    for name, recipients in ((LETTERS, keyset.letter_recipients), (NAMES, keyset.identity_recipients)):
        if str(keyring.identity(name, keyset.epoch).recipient) not in recipients:
            raise EpochKeysWrong


def _recipient(folder: Path, label: str, may_use: Sequence[Principal], random: RandomBytes) -> tuple[str]:
    # An attempt that broke off may have left a key of this name. It is not used: whoever can write here could have laid
    # it there, knowing what is in it.
    (folder / f"{label}.age").unlink(missing_ok=True)
    seed = create_docket_key(folder, label, may_use=may_use, random=random)
    return (str(HybridIdentity.from_seed(seed).recipient),)
