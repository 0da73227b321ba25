"""An epoch ends and the next begins: letters of both are opened, answered and proven, and none falls in between.

Everybody in it is invented.
"""

import base64
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from conftest import PASSPHRASE
from counted_writes import COUNTED_WRITES
from door_script import door_script, text
from invented_letters import InventedLetter, lay
from onrecord.bundle.check import check_bundle
from onrecord.casework.create import ROOT_FILE
from onrecord.casework.docket import KEYSET_FILE, Docket
from onrecord.casework.models import LedgerRow
from onrecord.casework.record.audit import audit
from onrecord.ground.clock import SystemClock
from onrecord.seal.epoch import check_opens
from onrecord.seal.keyring import unlock
from onrecord.seal.keyset import Keyset, read_keyset
from onrecord.seal.letter.box import read_box
from onrecord.seal.open import open_sealed
from onrecord.seal.receipt import Receipt
from onrecord.store.boxes import FolderBoxes
from onrecord.store.folder_spool import FolderSpool
from onrecord.words.wordlist import load_wordlist
from unit.bundle.verifiers import by_python, by_shell

WORDS = load_wordlist("en").words
SAID = "The officer said: sign, or you go to prison."
NAME = "Zyxwen Placeholderovich"
DOORS = ("https://one.example", "http://invented.onion")


class Epochs:
    """A docket that was given its second keyset after a first letter had come."""

    def __init__(self, onrecord: Any, docket: Path) -> None:
        self.onrecord, self.docket = onrecord, docket
        self.receipts = {epoch: Receipt.new() for epoch in (1, 2)}
        self.files = {1: (docket / KEYSET_FILE).read_bytes()}
        self._send(InventedLetter(f"In spring. {SAID}", receipt=self.receipts[1].keys(), name=NAME), 1)
        doors = [word for door in DOORS for word in ("--door", door)]
        self.said = onrecord("keyset", "next", "--root-key", docket / ROOT_FILE, *doors)
        self.files[2] = (docket / KEYSET_FILE).read_bytes()
        self._send(InventedLetter("Sealed in spring, sent in summer."), 1)
        self._seal_in_the_page(f"In summer. {SAID}", 2)

    def keyset(self, epoch: int) -> Keyset:
        return read_keyset(self.files[epoch], root_key=None, now=None)

    def open(self) -> dict[str, str]:
        """Collect and open, and return the letters by the first two words of what they say."""
        collected = self.onrecord("letter", "collect", "--open")
        assert (len(collected["opened"]), collected["quarantined"]) == (3, [])
        ids = [item["id"] for item in self.onrecord("letter", "list")["items"]]
        return {" ".join(self.onrecord("letter", "read", one)["text"].split()[:2]): one for one in ids}

    def box(self, receipt: Receipt) -> bytes:
        """Return the box that this receipt leads to."""
        sealed = FolderBoxes(self.docket / "spool/boxes").read(receipt.keys().mailbox_id)
        assert sealed
        return sealed

    def _send(self, letter: InventedLetter, epoch: int) -> None:
        lay(FolderSpool(self.docket / "spool"), letter.sealed_to(self.keyset(epoch)))

    def _seal_in_the_page(self, account: str, epoch: int) -> None:
        with door_script() as script:
            made = script.ask(
                "seal",
                letter={"written_on": "2026-03-01", "answers": {"account": account}},
                identity={"name": NAME, "contact": ""},
                entropy=self.receipts[epoch].entropy.hex(),
                file=text(self.files[epoch]),
                rootKey=self.keyset(epoch).root_key,
                now=None,
            )
        lay(FolderSpool(self.docket / "spool"), base64.b64decode(made["data"]))


@pytest.fixture
def epochs(onrecord: Any, tmp_path: Path) -> Epochs:
    return Epochs(onrecord, tmp_path / "docket")


def test_the_next_keyset_has_the_next_number_other_keys_and_the_doors_that_were_named(epochs: Epochs) -> None:
    first, second = epochs.keyset(1), epochs.keyset(2)

    shown = epochs.onrecord("keyset", "show")

    changed = {name for name, value in asdict(second).items() if value != asdict(first)[name]}
    assert (second.number, second.epoch, second.doors) == (2, 2, DOORS)
    assert changed >= {"letter_recipients", "identity_recipients"}
    assert not changed & {"docket", "log_key", "root_key", "signers"}
    assert shown == epochs.said and shown["doors"] == [*DOORS]


def test_letters_of_both_epochs_are_opened_with_their_names_and_so_is_one_that_came_late(epochs: Epochs) -> None:
    letters = epochs.open()

    assert letters.keys() == {"In spring.", "Sealed in", "In summer."}
    for first_words in ("In spring.", "In summer."):
        assert epochs.onrecord("letter", "read", letters[first_words], "--identity")["identity"]["name"] == NAME
    assert epochs.onrecord("ledger", "audit")["whole"]


def test_an_answer_is_read_by_door_and_script_whichever_keyset_either_still_has(epochs: Epochs, tmp_path: Path) -> None:
    (tmp_path / "said.txt").write_text("It was read.")
    letters = epochs.open()
    for first_words in ("In spring.", "In summer."):
        epochs.onrecord("letter", "reply", letters[first_words], "--text", tmp_path / "said.txt")
    epochs.onrecord("letter", "collect")

    read = []
    with door_script() as script:
        for receipt in epochs.receipts.values():
            keys, sealed, words = receipt.keys(), epochs.box(receipt), " ".join(receipt.words(WORDS))
            for epoch in (1, 2):
                keyset, recipient = epochs.keyset(epoch), str(keys.identity.recipient)
                box = read_box(open_sealed(sealed, [keys.identity]), keyset=keyset, recipient=recipient)
                known = {"file": text(epochs.files[epoch]), "rootKey": keyset.root_key}
                in_page = script.ask("open", text=words, box=text(sealed), **known)
                read += [box.messages[-1].text, in_page["messages"][-1]["text"]]

    assert read == ["It was read."] * 8


def test_a_bundle_made_after_the_change_holds_both_keysets_and_is_whole_by_every_verifier(
    epochs: Epochs, tmp_path: Path
) -> None:
    letters, case = epochs.open(), epochs.onrecord("case", "new", "Lantern")["id"]
    on = ("new:act", "--victim", "new:person")
    for letter in (letters["In spring."], letters["In summer."]):
        what = ("--kind", "act", "--value", "coercion.means=detention:threatened", "--by", "reporter")
        claimed = epochs.onrecord("claim", "code", letter, "--words", SAID, "--on", *on, "--case", case, *what)
        on = (claimed["act"],)
    order = ("--basis", "lawful_order", "--reason", "order 12")
    epochs.onrecord("bundle", "make", case, *order, "-o", tmp_path / "bundle")

    verdicts = [by_shell(tmp_path / "bundle"), by_python(tmp_path / "bundle")]

    assert [verdict.code for verdict in verdicts] == [0, 0], verdicts
    assert check_bundle(tmp_path / "bundle", None).reason is None
    carried = {path.read_bytes() for path in (tmp_path / "bundle/proof/keysets").glob("*.keyset")}
    assert carried == set(epochs.files.values())


def test_a_backup_of_the_second_epoch_opens_letters_of_both(epochs: Epochs, onrecord: Any, tmp_path: Path) -> None:
    onrecord("backup", tmp_path / "backup")
    onrecord("restore", tmp_path / "backup", tmp_path / "restored")

    collected = onrecord(
        "letter", "collect", "--open", "-d", tmp_path / "restored", "--spool", tmp_path / "docket/spool"
    )

    assert (len(collected["opened"]), collected["quarantined"]) == (3, [])


def test_a_door_and_kits_get_the_keyset_that_is_newest(epochs: Epochs, onrecord: Any, tmp_path: Path) -> None:
    onrecord("door", "export", "-o", tmp_path / "door", as_json=False)
    root = ("--root-key", tmp_path / "docket" / ROOT_FILE)
    kit = onrecord("kit", "build", "--language", "en", "-o", tmp_path / "kits", *root)

    assert (tmp_path / "door/keyset.json").read_bytes() == epochs.files[2]
    assert kit["keyset"] == 2
    assert all(door in (tmp_path / "kits/en.html").read_text() for door in DOORS)


def test_no_keyset_is_made_without_the_root_key_or_beside_a_desk_that_is_open(onrecord: Any, tmp_path: Path) -> None:
    docket, other = tmp_path / "docket", tmp_path / "other"
    onrecord("init", other, "--member", "Vira Example")
    before = sorted((path.name, path.read_bytes()) for path in (docket / "keys").iterdir() if path.is_file())

    wrong = onrecord("keyset", "next", "--root-key", other / ROOT_FILE, code=2)
    missing = onrecord("keyset", "next", "--root-key", tmp_path / "nothing", code=2)
    no_address = onrecord("keyset", "next", "--root-key", docket / ROOT_FILE, "--door", "door.example", code=2)
    with open_docket(docket).serving():
        served = onrecord("keyset", "next", "--root-key", docket / ROOT_FILE, code=3)

    assert wrong["error"] == missing["error"] == "This file does not hold the root key that the keyset names."
    assert no_address["error"] == "This is not the address of a door."
    assert served["error"].startswith("Another Onrecord program")
    assert before == sorted((path.name, path.read_bytes()) for path in (docket / "keys").iterdir() if path.is_file())


def open_docket(folder: Path) -> Docket:
    connections.close_all()
    return Docket.open(folder, unlock(folder / "keys", PASSPHRASE, kind="member"), SystemClock())


# A program that makes the next keyset and dies just before a write of that number. Every write that must survive goes
# through one of these calls.
PROGRAM = (
    """
import os, sys
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "onrecord.desk.settings"
import django
django.setup()
from onrecord.casework.create import ROOT_FILE, create_keyset
from onrecord.casework.docket import Docket
from onrecord.cli.opening import open_root_key
from onrecord.ground.clock import SystemClock
from onrecord.seal.epoch import NextEpoch
from onrecord.seal.keyring import unlock
from onrecord.seal.keyset import raw_key

folder, passphrase = Path(sys.argv[1]), Path(os.environ["ONRECORD_PASSPHRASE_FILE"]).read_text().strip()
keyring = unlock(folder / "keys", passphrase, kind="member")
docket = Docket.open(folder, keyring, SystemClock())
root = open_root_key(None, folder, raw_key(docket.keyset.root_key))
from django.db import connections
connections.close_all()
"""
    + COUNTED_WRITES
    + """

for line in sys.stdin:
    dies_at = int(line)
    child = os.fork()
    if child == 0:
        keyset = create_keyset(Docket.open(folder, keyring, SystemClock()), root, NextEpoch((), 90))
        print(keyset.number, writes, flush=True)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(flush=True)
"""
)


@pytest.mark.slow
def test_broken_off_before_any_write_it_is_made_by_the_same_command_again(onrecord: Any, tmp_path: Path) -> None:
    folder = tmp_path / "docket"
    program = [sys.executable, "-c", PROGRAM, str(folder)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ) as running:
        assert running.stdin and running.stdout
        orders, answers = running.stdin, running.stdout

        def make(*, dies_at: int = 0) -> list[str]:
            orders.write(f"{dies_at}\n")
            orders.flush()
            return answers.readline().split()

        number, writes = map(int, make())
        for dies_at in range(1, writes + 1):
            died, (made, _) = make(dies_at=dies_at), make()
            assert (died, int(made)) in (([], number + 1), ([], number + 2))
            number = int(made)
        orders.close()

    docket, files = (
        open_docket(folder),
        LedgerRow.objects.filter(is_keyset=True).order_by("index").values_list("sealed"),
    )
    recorded = [read_keyset(bytes(file), root_key=None, now=None) for (file,) in files]
    assert writes > 10
    assert [keyset.number for keyset in recorded] == [*range(1, number + 1)]
    assert recorded[-1] == docket.keyset
    for keyset in recorded:
        check_opens(docket.keyring, keyset)
    assert audit(docket).findings == []
