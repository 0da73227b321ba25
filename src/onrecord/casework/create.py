"""Make a new docket: its folders, its keys, its first keyset, its database and the first entries of its ledger.

The root key is written to a file of its own, sealed by the member's passphrase. It signs keysets and lists of kits, and
it belongs on a medium that is kept offline, which is why the person who makes the docket is told to move it. It is
fetched again for the keyset of each later epoch, which is made here too.
"""

import base64
import json
import secrets
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onrecord.casework.docket import FOLDERS, KEYSET_FILE, Docket, migrate, public_key_text
from onrecord.casework.entries.docket import DocketOpened, MemberAdded, RolesGiven
from onrecord.casework.members.roles import Role
from onrecord.casework.record.append import newest_keyset, record, record_keyset
from onrecord.errors import BadInput, Damaged
from onrecord.ground.bounds import EPOCH_DAYS
from onrecord.ground.clock import Clock, utc_text
from onrecord.ground.files import create_file, is_new_or_empty, replace_file
from onrecord.ground.ids import RandomBytes, new_id
from onrecord.seal.close import seal
from onrecord.seal.epoch import NextEpoch, check_opens, make_epoch_keys, next_keyset
from onrecord.seal.keyring import Keyring, Principal, create_docket_key, create_member, create_service, principals
from onrecord.seal.keyset import Keyset, Signer, raw_key, read_keyset, sign_keyset
from onrecord.seal.recipients import PassphraseRecipient
from onrecord.settings import FILE_NAME, DocketSettings

ROOT_FILE = "root-key-KEEP-OFFLINE.age"
FIRST = 1
NAME_CHARACTERS = 100


class FolderNotEmpty(BadInput):
    """There is something of this name already, and it is no empty folder; it was not touched."""

    next_step = "Name a new or empty folder."


class MemberNameWrong(BadInput):
    """A member needs a name of one to a hundred characters."""

    next_step = "Give the name, or any word, by which the member signs in."


class KeysetUnrecorded(Damaged):
    """The keyset in the keys folder is newer than the last one in the ledger."""

    next_step = "The database or the keys folder is not of this day. Restore the newest backup whole."


@dataclass(frozen=True, slots=True)
class NewDocket:
    """What is decided when a docket is made."""

    name: str
    member: str
    passphrase: str
    example: bool = False
    postgres: str = ""
    door_address: str = "http://localhost:8470"


def create_docket(folder: Path, wanted: NewDocket, clock: Clock, random: RandomBytes = secrets.token_bytes) -> Docket:
    """Make a docket in a new or empty folder and return it open in its first member's hands; or leave nothing there."""
    if not is_new_or_empty(folder):
        raise FolderNotEmpty
    if not 0 < len(wanted.member) <= NAME_CHARACTERS:
        raise MemberNameWrong
    try:
        return _create(folder, wanted, clock, random)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _create(folder: Path, wanted: NewDocket, clock: Clock, random: RandomBytes) -> Docket:
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, mode=0o700)
    keys = folder / "keys"
    settings = _write_settings(folder, wanted, random)
    member, operator = (
        create_member(keys, kind=kind, name=wanted.member, passphrase=wanted.passphrase, random=random)
        for kind in ("member", "operator")
    )
    root = Ed25519PrivateKey.from_private_bytes(random(32))
    secret = base64.b64encode(root.private_bytes_raw()) + b"\n"
    root_file = seal(secret, [PassphraseRecipient(wanted.passphrase)], armored=True)
    create_file(folder / ROOT_FILE, [root_file])
    keyset_file = sign_keyset(_first_keyset(keys, settings, member, operator, root, clock, random), root)
    create_file(folder / KEYSET_FILE, [keyset_file])
    docket = Docket.open(folder, member, clock, may_be_older=True)  # there are no tables yet
    migrate()
    record(
        docket,
        DocketOpened(docket=docket.id, origin=settings.origin),
        MemberAdded(
            docket=docket.id,
            member=member.principal.id,
            name=wanted.member,
            verify_key=public_key_text(member.principal.verify_key),
        ),
        RolesGiven(docket=docket.id, grant=new_id(), member=member.principal.id, roles=(Role.LEAD.value,)),
    )
    record_keyset(docket, keyset_file)
    return docket


def create_keyset(docket: Docket, root: Ed25519PrivateKey, wanted: NextEpoch) -> Keyset:
    """Make a docket's next keyset, record it, and only then publish it; or publish the one that was recorded last.

    Broken off at any moment, it is simply done again. Nobody may serve the docket meanwhile: they would go on with the
    keyset before. Raise DocketBusy, KeysetUnrecorded or EpochKeysWrong.
    """
    with docket.serving():
        keys, before = docket.folder / "keys", docket.keyset
        keyset = read_keyset(newest_keyset(), root_key=raw_key(before.root_key), now=None)
        if keyset.number < before.number:
            raise KeysetUnrecorded
        is_recorded = keyset != before
        if not is_recorded:
            keyset = next_keyset(keys, before, wanted, now=docket.clock.now(), random=secrets.token_bytes)
        check_opens(docket.keyring, keyset)
        file = sign_keyset(keyset, root)  # signed again, a keyset is the same file
        if not is_recorded:
            record_keyset(docket, file)
        replace_file(docket.folder / KEYSET_FILE, file)
        return keyset


def _write_settings(folder: Path, wanted: NewDocket, random: RandomBytes) -> DocketSettings:
    # The origin names the ledger in every checkpoint. It says nothing about where or whose the docket is.
    origin = f"onrecord/{random(8).hex()}"
    lines = [f"name = {_quoted(wanted.name)}", f"origin = {_quoted(origin)}"]
    lines += ["example = true"] if wanted.example else []
    lines += ['database = "postgresql"', f"postgres = {_quoted(wanted.postgres)}"] if wanted.postgres else []
    lines += [f"door_address = {_quoted(wanted.door_address)}"]
    create_file(folder / FILE_NAME, ["\n".join(lines).encode() + b"\n"])
    return DocketSettings.read(folder)


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for one character that TOML wants escaped and JSON does not.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _first_keyset(
    keys: Path,
    settings: DocketSettings,
    member: Keyring,
    operator: Keyring,
    root: Ed25519PrivateKey,
    clock: Clock,
    random: RandomBytes,
) -> Keyset:
    """Make the docket keys, each sealed to those who may use it, and name their public halves."""
    members, both = [member.principal], [member.principal, operator.principal]
    create_service(keys, name="collector", may_run=both, random=random)
    create_docket_key(keys, "database", may_use=both, random=random)
    log = create_docket_key(keys, "log", may_use=both, random=random)
    letters, names = make_epoch_keys(keys, FIRST, members, random)
    now = clock.now()
    return Keyset(
        number=FIRST,
        docket=settings.origin,
        epoch=FIRST,
        issued=utc_text(now),
        expires=utc_text(now + timedelta(days=EPOCH_DAYS)),
        letter_recipients=letters,
        identity_recipients=names,
        log_key=public_key_text(Ed25519PrivateKey.from_private_bytes(log).public_key().public_bytes_raw()),
        signers=tuple(_signer(principal) for principal in principals(keys) if principal.kind != "operator"),
        doors=(settings.door_address,),
        root_key=public_key_text(root.public_key().public_bytes_raw()),
    )


def _signer(principal: Principal) -> Signer:
    return Signer(id=principal.id, role=principal.kind, verify_key=public_key_text(principal.verify_key))
