"""Keys are opened by whom they were sealed to, in memory only, and a damaged key file says so."""

import base64
import json
import secrets
import unicodedata
from pathlib import Path

import pytest

from onrecord.seal import keyring
from onrecord.seal.close import seal
from onrecord.seal.keyring import (
    KeyAlreadyThere,
    KeyFileDamaged,
    KeyNotHeld,
    Keyring,
    NoSuchPrincipal,
    PassphraseTooShort,
    WrongPassphrase,
    create_docket_key,
    create_member,
    create_service,
    principals,
    unlock,
)
from onrecord.seal.open import NoKeyFits

PASSPHRASE = "correct horse battery staple"


@pytest.fixture(autouse=True)
def quick_stretching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with little memory: what is tested here is who opens what."""
    monkeypatch.setattr(keyring, "ARGON2_MEMORY_KIB", 64)
    monkeypatch.setattr(keyring, "ARGON2_PASSES", 1)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def member(keys: Path, name: str = "Mira Example", passphrase: str = PASSPHRASE) -> Keyring:
    return create_member(keys, kind="member", name=name, passphrase=passphrase, random=secrets.token_bytes)


def operator(keys: Path) -> Keyring:
    return create_member(keys, kind="operator", name="Mira Example", passphrase=PASSPHRASE, random=secrets.token_bytes)


def test_the_right_passphrase_opens_the_same_keys_again(keys: Path) -> None:
    made = member(keys)

    opened = unlock(keys, PASSPHRASE, kind="member")

    assert opened.principal == made.principal
    assert opened.signing_key.private_bytes_raw() == made.signing_key.private_bytes_raw()


def test_what_is_sealed_to_one_member_opens_for_nobody_else_and_not_after_forgetting(keys: Path) -> None:
    mira, other = member(keys), member(keys, "Ada Placeholder")

    sealed = seal(b"a bundle", [mira.principal.recipient])

    assert b"".join(mira.open_for_me([sealed])) == b"a bundle"
    with pytest.raises(NoKeyFits):
        list(other.open_for_me([sealed]))
    mira.forget()
    with pytest.raises(KeyNotHeld):
        mira.open_for_me([sealed])


def test_a_wrong_passphrase_opens_nothing(keys: Path) -> None:
    member(keys)

    with pytest.raises(WrongPassphrase):
        unlock(keys, PASSPHRASE + ".", kind="member")


def test_a_passphrase_in_another_normal_form_is_the_same_passphrase(keys: Path) -> None:
    member(keys, passphrase="café au lait à minuit")

    opened = unlock(keys, unicodedata.normalize("NFD", "café au lait à minuit"), kind="member")

    assert opened.principal.name == "Mira Example"


def test_a_short_passphrase_is_refused_and_nothing_is_written(keys: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        member(keys, passphrase="fifteen letters")

    assert not keys.exists()


def test_among_several_members_the_passphrase_finds_its_own(keys: Path) -> None:
    member(keys, "Ada Placeholder", "one two three four five")
    member(keys, "Mira Example")

    assert unlock(keys, PASSPHRASE, kind="member").principal.name == "Mira Example"
    with pytest.raises(WrongPassphrase):
        unlock(keys, PASSPHRASE, kind="member", name="Ada Placeholder")
    with pytest.raises(NoSuchPrincipal):
        unlock(keys, PASSPHRASE, kind="member", name="Nobody Invented")
    with pytest.raises(NoSuchPrincipal):
        unlock(keys, PASSPHRASE, kind="operator")


def test_a_docket_key_opens_for_its_holders_only(keys: Path) -> None:
    reader, runner = member(keys), operator(keys)
    log = create_docket_key(keys, "log", may_use=[reader.principal, runner.principal], random=secrets.token_bytes)
    epoch = create_docket_key(keys, "epoch-1", may_use=[reader.principal], random=secrets.token_bytes)

    assert reader.docket_key("log") == runner.docket_key("log") == log
    assert reader.docket_key("epoch", 1) == epoch
    assert not runner.holds("epoch", 1)
    with pytest.raises(KeyNotHeld):
        runner.docket_key("epoch", 1)


def test_identities_come_newest_first_and_only_those_that_are_held(keys: Path) -> None:
    reader, runner = member(keys), operator(keys)
    for number in (1, 2, 10):
        create_docket_key(keys, f"epoch-{number}", may_use=[reader.principal], random=secrets.token_bytes)
    create_docket_key(keys, "epoch-3", may_use=[runner.principal], random=secrets.token_bytes)
    (keys / "epoch-old.age").write_bytes(b"put aside by hand")

    seeds = [identity.seed for identity in reader.identities("epoch")]

    assert seeds == [reader.docket_key("epoch", number) for number in (10, 2, 1)]


def test_a_service_runs_in_the_hands_of_those_who_may_run_it(keys: Path) -> None:
    reader, runner, stranger = member(keys), operator(keys), member(keys, "Ada Placeholder", "one two three four five")
    made = create_service(
        keys, name="collector", may_run=[reader.principal, runner.principal], random=secrets.token_bytes
    )

    for holder in (reader, runner):
        assert holder.service("collector").signing_key.public_key() == made.signing_key.public_key()
    with pytest.raises(KeyNotHeld):
        stranger.service("collector")
    with pytest.raises(NoSuchPrincipal):
        reader.service("translator")


def test_forgetting_takes_every_key_out_of_the_keyring(keys: Path) -> None:
    reader = member(keys)
    create_docket_key(keys, "log", may_use=[reader.principal], random=secrets.token_bytes)
    reader.docket_key("log")

    reader.forget()

    with pytest.raises(KeyNotHeld):
        reader.docket_key("log")
    with pytest.raises(KeyNotHeld):
        _ = reader.signing_key


def test_a_key_that_is_there_is_never_written_over(keys: Path) -> None:
    reader = member(keys)
    first = create_docket_key(keys, "log", may_use=[reader.principal], random=secrets.token_bytes)

    with pytest.raises(KeyAlreadyThere):
        create_docket_key(keys, "log", may_use=[reader.principal], random=secrets.token_bytes)

    assert unlock(keys, PASSPHRASE, kind="member").docket_key("log") == first


def test_no_secret_stands_in_a_key_file(keys: Path) -> None:
    reader = member(keys)
    secret = create_docket_key(keys, "log", may_use=[reader.principal], random=secrets.token_bytes)
    signing = reader.signing_key.private_bytes_raw()

    files = b"".join(path.read_bytes() for path in keys.rglob("*") if path.is_file())

    for hidden in (secret, signing):
        assert hidden not in files and base64.b64encode(hidden) not in files and hidden.hex().encode() not in files


def test_the_folder_tells_who_holds_keys(keys: Path) -> None:
    reader, runner = member(keys), operator(keys)
    service = create_service(keys, name="collector", may_run=[runner.principal], random=secrets.token_bytes)

    assert principals(keys) == [reader.principal, runner.principal, service.principal]


def _spoil(**changes: object):
    def spoil(record: dict[str, object]) -> bytes:
        for name, value in changes.items():
            if value is None:
                del record[name]
            else:
                record[name] = value
        return json.dumps(record).encode()

    return spoil


DAMAGE = {
    "no JSON": lambda record: b"{",
    "not UTF-8": lambda record: b"\xff\xfe",
    "a list": lambda record: b"[]",
    "another id": _spoil(id="f" * 32),
    "no name": _spoil(name=None),
    "a number for a name": _spoil(name=7),
    "no wrap": _spoil(wrap=None),
    "a wrap without salt": _spoil(wrap={"kdf": "argon2id"}),
    "a salt that is no base64": lambda record: _spoil(wrap=record["wrap"] | {"salt": "*"})(record),
    "more memory than there is": lambda record: _spoil(wrap=record["wrap"] | {"memory_kib": 2**40})(record),
    "more passes than a night has": lambda record: _spoil(wrap=record["wrap"] | {"passes": 2**31})(record),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_member_file_is_named_as_damaged(keys: Path, damage) -> None:
    reader = member(keys)
    path = keys / "principals" / f"{reader.principal.id}.json"
    path.write_bytes(damage(json.loads(path.read_bytes())))

    with pytest.raises(KeyFileDamaged):
        unlock(keys, PASSPHRASE, kind="member")


@pytest.mark.parametrize(
    "change", [{"recipient": "age1pq1x"}, {"recipient": 7}, {"verify_key": "AAAA"}, {"verify_key": None}]
)
def test_a_public_half_that_was_changed_opens_nothing(keys: Path, change: dict[str, object]) -> None:
    reader = member(keys)
    path = keys / "principals" / f"{reader.principal.id}.json"
    path.write_bytes(_spoil(**change)(json.loads(path.read_bytes())))

    with pytest.raises(KeyFileDamaged):
        principals(keys)
    # The wrapping covers the public half: a recipient put in by somebody else never comes to use.
    with pytest.raises(WrongPassphrase):
        unlock(keys, PASSPHRASE, kind="member")


@pytest.mark.parametrize("content", [b"", b"no age file", b"age-encryption.org/v1\n-> X25519", bytes(4000)])
def test_a_damaged_docket_key_is_named_as_damaged(keys: Path, content: bytes) -> None:
    reader = member(keys)
    create_docket_key(keys, "log", may_use=[reader.principal], random=secrets.token_bytes)
    (keys / "log.age").write_bytes(content)

    with pytest.raises(KeyFileDamaged):
        reader.docket_key("log")


def test_a_docket_key_of_a_wrong_length_is_named_as_damaged(keys: Path) -> None:
    reader = member(keys)
    (keys / "log.age").write_bytes(seal(b"short", [reader.principal.recipient]))

    with pytest.raises(KeyFileDamaged):
        reader.docket_key("log")


def test_a_cut_off_docket_key_is_named_as_damaged(keys: Path) -> None:
    reader = member(keys)
    create_docket_key(keys, "log", may_use=[reader.principal], random=secrets.token_bytes)
    (keys / "log.age").write_bytes((keys / "log.age").read_bytes()[:-1])

    with pytest.raises(KeyFileDamaged):
        reader.docket_key("log")
