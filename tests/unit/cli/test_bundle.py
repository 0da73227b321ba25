"""Bundles: what may not leave is refused, what was changed is found, and a failure leaves no half bundle."""

import hashlib
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from invented_commands import Filled, Onrecord

REASON = ("--basis", "lawful_order", "--reason", "order 12")


@pytest.fixture
def bundle(filled: Filled, onrecord: Onrecord, tmp_path: Path) -> Path:
    assert onrecord("bundle", "make", filled.case, *REASON, "-o", "bundle").code == 0
    return tmp_path / "bundle"


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (("--basis", "consent"), 3, "No exhibit of this case may leave"),
        (("--basis", "lawful_order"), 2, "This basis needs a reason"),
        (("--basis", "because"), 2, "This is not a basis on which anything may leave."),
        ((*REASON, "--for", "share_with_a_court"), 2, "The vocabulary has no term of this code."),
        ((), 2, "The command line does not know"),
    ],
)
def test_a_bundle_without_a_basis_is_refused_and_nothing_is_written(
    filled: Filled, onrecord: Onrecord, tmp_path: Path, options: tuple[str, ...], code: int, sentence: str
) -> None:
    before = sorted(tmp_path.iterdir())

    answer = onrecord("bundle", "make", filled.case, *options, "-o", "bundle", "--json")

    assert (answer.code, answer.out) == (code, "")
    assert answer.error["error"].startswith(sentence)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("holder", ["case", "pattern"])
def test_nothing_is_bundled_to_be_published_while_a_danger_to_somebody_told_of_forbids_it(
    filled: Filled, onrecord: Onrecord, tmp_path: Path, holder: str
) -> None:
    words = ("claim", "code", filled.letter, "--words", "The list was long")
    onrecord(*words, "--kind", "context", "--on", filled.pattern)
    make = ("bundle", "make", getattr(filled, holder), *REASON, "--json", "--for")
    before = onrecord(*make, "publish_facts", "-o", "before")

    serving = onrecord(*words, "--kind", "act", "--on", filled.act, "--value", "recruit.stage=in_training")
    refused = onrecord(*make, "publish_facts", "-o", "after")
    court = onrecord(*make, "share_international_court", "-o", "court")

    assert [one.code for one in (before, serving, refused, court)] == [0, 0, 3, 0]
    assert "nothing about them is published" in refused.error["error"]
    assert refused.error["next_step"].startswith("Choose a recipient who publishes nothing.")
    assert not (tmp_path / "after").exists()


def test_a_folder_that_is_there_is_not_touched(filled: Filled, onrecord: Onrecord, tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()

    answer = onrecord("bundle", "make", filled.case, *REASON, "-o", "bundle", "--json")

    assert (answer.code, list((tmp_path / "bundle").iterdir())) == (2, [])


@pytest.mark.parametrize("place", ["docket/new", "docket/bundles", "docket/bundles/new", "docket", "link/new"])
@pytest.mark.parametrize("command", ["bundle make", "backup"])
def test_nothing_is_copied_out_of_a_docket_into_it_where_an_erasure_would_not_reach_it(
    filled: Filled, onrecord: Onrecord, tmp_path: Path, command: str, place: str
) -> None:
    (tmp_path / "link").symlink_to("docket/spool")
    before = sorted(filled.folder.rglob("*"))
    words = ["backup", place] if command == "backup" else ["bundle", "make", filled.case, *REASON, "-o", place]

    answer = onrecord(*words, "--json")

    assert (answer.code, answer.out) == (3, "")
    assert answer.error["error"].startswith("This folder would lie inside the docket")
    assert sorted(filled.folder.rglob("*")) == before


def test_a_case_that_is_not_there_is_refused(filled: Filled, onrecord: Onrecord) -> None:
    assert onrecord("bundle", "make", "0" * 32, *REASON, "-o", "bundle", "--json").code == 2


def test_a_person_reads_what_was_left_out_and_why(filled: Filled, onrecord: Onrecord) -> None:
    source = onrecord("claim", "code", filled.source, "--kind", "act", "--on", filled.act, "--passage", "0:7")

    answer = onrecord("bundle", "make", filled.case[:6], "--basis", "public_source", "-o", "bundle")

    left_out = answer.out.split("left out, and why")[1]
    assert (source.code, answer.code) == (0, 0)
    assert filled.claim in left_out
    assert "consent_not_named" in left_out


def test_a_bundle_is_verified_without_a_docket(
    bundle: Path, onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_DOCKET")

    answer = onrecord("bundle", "verify", bundle, "--json")

    assert (answer.code, answer.json["whole"], answer.json["own_keys"]) == (0, True, True)


def test_a_changed_bundle_is_named_and_ends_with_4(bundle: Path, onrecord: Onrecord) -> None:
    changed = next(bundle.glob("data/exhibits/*/derived/account.txt"))
    changed.write_bytes(changed.read_bytes().replace(b"night", b"noon!"))

    answer = onrecord("bundle", "verify", bundle, "--json")

    assert answer.code == 4
    assert answer.json["whole"] is False
    assert answer.error["error"].startswith("This bundle is not what was made")


@pytest.mark.parametrize("place", ["missing", "passphrase", "docket/bundles"])
def test_a_folder_without_a_bundle_is_a_wrong_use(filled: Filled, onrecord: Onrecord, place: str) -> None:
    answer = onrecord("bundle", "verify", place, "--json")

    assert (answer.code, answer.error["error"]) == (2, "There is no bundle here.")


def test_the_root_key_is_written_for_a_partner_with_the_fingerprint_that_openssl_prints(
    bundle: Path, onrecord: Onrecord, tmp_path: Path
) -> None:
    (tmp_path / "keys").mkdir()

    answer = onrecord("bundle", "key", "-o", "keys/root.pem", "--json")

    der = ["openssl", "pkey", "-pubin", "-in", "keys/root.pem", "-outform", "DER"]
    public = subprocess.run(der, check=True, capture_output=True).stdout
    assert answer.json["fingerprint"] == hashlib.sha256(public).hexdigest()
    assert onrecord("bundle", "verify", bundle, "--keys", "keys", "--json").json["own_keys"] is False


def test_a_person_reads_the_lines_that_verify_sh_prints(bundle: Path, onrecord: Onrecord) -> None:
    onrecord("bundle", "key", "-o", "root.pem")
    by_shell = subprocess.run(["sh", bundle / "verify.sh", "."], capture_output=True, text=True, check=True).stdout

    answer = onrecord("bundle", "verify", bundle, "--keys", ".")

    assert answer.out == by_shell


@pytest.mark.parametrize("content", [None, b"no key"])
def test_keys_that_are_no_keys_are_refused(
    bundle: Path, onrecord: Onrecord, tmp_path: Path, content: bytes | None
) -> None:
    (tmp_path / "keys").mkdir()
    if content:
        (tmp_path / "keys" / "root.pem").write_bytes(content)

    answer = onrecord("bundle", "verify", bundle, "--keys", "keys", "--json")

    assert (answer.code, answer.out) == (2, "")


def test_a_full_disk_is_one_sentence_and_leaves_no_half_bundle_and_the_next_try_works(
    filled: Filled, onrecord: Onrecord, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    limited = 30_000  # smaller than verify.sh, larger than most files of a bundle

    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "bundle", "make", filled.case, *REASON, "-o", "bundle", "--json"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limited, limited)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert '"error": "The disk is full' in done.stderr
    assert sorted(tmp_path.iterdir()) == before
    assert onrecord("bundle", "make", filled.case, *REASON, "-o", "bundle").code == 0
    assert onrecord("bundle", "verify", "bundle").code == 0
