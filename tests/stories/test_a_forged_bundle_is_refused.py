"""A clerk of a court receives two bundles on a stick: one as it was sealed, one that somebody improved on the way."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.bundle.proof import pem
from onrecord.bundle.redact import keep_what_may_leave
from unit.bundle.forgeries import changed_claim_with_manifests_recomputed, missing_entry_of_the_subject
from unit.bundle.invented_docket import InventedDocket, bundle_up, decisions, fill, raw
from unit.bundle.verifiers import VERIFY_SH

ONRECORD = Path(sys.executable).with_name("onrecord")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick with one whole bundle; the desk's root key came by letter post."""
    docket = InventedDocket(tmp_path / "tiles")
    content = fill(docket)
    bundle_up(docket, keep_what_may_leave(content, decisions(content)), tmp_path / "stick/sealed")
    (tmp_path / "post").mkdir()
    (tmp_path / "post/root.pem").write_bytes(pem(raw(docket.root_key)))
    return tmp_path / "stick"


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)


def test_the_clerk_sees_which_bundle_is_whole_and_what_is_wrong_with_the_other(stick: Path):
    improved = Path(shutil.copytree(stick / "sealed", stick / "improved"))
    changed_claim_with_manifests_recomputed(improved)

    sealed = run("sh", VERIFY_SH, "../post", "sealed", cwd=stick)
    forged = run("sh", VERIFY_SH, "../post", "improved", cwd=stick)

    assert (sealed.returncode, sealed.stdout.splitlines()[-1]) == (0, "WHOLE")
    assert forged.returncode == 4
    assert forged.stdout.splitlines()[-1] == (
        "NOT WHOLE: seal: these are not the files that were sealed: the list of files was made anew"
    )


def test_the_partner_who_has_onrecord_is_told_the_same(stick: Path):
    shortened = Path(shutil.copytree(stick / "sealed", stick / "shortened"))
    missing_entry_of_the_subject(shortened)

    sealed = run(ONRECORD, "bundle", "verify", "sealed", "--keys", "../post", "--json", cwd=stick)
    forged = run(ONRECORD, "bundle", "verify", "shortened", "--keys", "../post", cwd=stick)

    assert (sealed.returncode, json.loads(sealed.stdout)["whole"]) == (0, True)
    assert forged.returncode == 4
    assert "NOT WHOLE: counts: entry 14 is missing or another" in forged.stdout


def test_whoever_trusts_the_keys_on_the_stick_is_warned_even_when_all_is_whole(stick: Path):
    by_shell = run("sh", VERIFY_SH, "-", "sealed", cwd=stick)
    by_onrecord = run(ONRECORD, "bundle", "verify", "sealed", cwd=stick)

    assert "A forger could have made both" in by_shell.stdout
    assert "which a forger could have made" in by_onrecord.stdout
