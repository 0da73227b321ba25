"""What the two stand-alone verifiers say about trust, and how they behave when used wrongly."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.bundle.proof import pem
from onrecord.bundle.redact import keep_what_may_leave
from onrecord.bundle.report import Finding, Report
from unit.bundle.forgeries import added_file
from unit.bundle.invented_docket import CASE, COLLECTOR, InventedDocket, bundle_up, decisions, fill, make_key, raw
from unit.bundle.verifiers import VERIFY_PY, VERIFY_SH, by_onrecord, by_python, by_shell

BOTH = pytest.mark.parametrize("verify", [by_shell, by_python])
COMMANDS = pytest.mark.parametrize("command", [["dash", str(VERIFY_SH)], [sys.executable, "-I", str(VERIFY_PY)]])


def make(docket: InventedDocket, target: Path) -> Path:
    content = fill(docket)
    return bundle_up(docket, keep_what_may_leave(content, decisions(content)), target)


@BOTH
def test_without_keys_from_elsewhere_it_warns_before_and_after(verify, bundle: Path):
    verdict = verify(bundle)

    assert verdict.code == 0
    assert verdict.said.count("WARNING") == 2
    assert "forger" in verdict.said


@BOTH
def test_with_keys_from_elsewhere_it_warns_of_nothing(verify, bundle: Path, keys: Path):
    assert "WARNING" not in verify(bundle, keys).said


def test_a_bundle_forged_from_nothing_is_only_whole_against_its_own_keys(tmp_path: Path, keys: Path):
    forger = InventedDocket(tmp_path / "tiles", root_key=make_key("forger"))
    forged = make(forger, tmp_path / "forged")

    assert [by_shell(forged).code, by_python(forged).code] == [0, 0]
    verdicts = [by_shell(forged, keys), by_python(forged, keys), by_onrecord(forged, keys)]
    assert [(verdict.code, verdict.check) for verdict in verdicts] == [(4, "keysets")] * 3


def test_keys_given_one_by_one_must_be_those_of_the_keysets(bundle: Path, keys: Path, tmp_path: Path):
    mine = Path(shutil.copytree(keys, tmp_path / "mine"))
    (mine / "log.pem").write_bytes(pem(raw(make_key("another log"))))

    verdicts = [by_shell(bundle, mine), by_python(bundle, mine), by_onrecord(bundle, mine)]

    assert [(verdict.code, verdict.check) for verdict in verdicts] == [(4, "keysets")] * 3


def test_an_entry_of_every_kind_of_character_and_the_largest_size_is_read(tmp_path: Path, keys: Path):
    docket = InventedDocket(tmp_path / "tiles")
    odd = [{"a": -number, "b": [True, None, {}, []], "c d/e~f": "\u2028\x7f\ue000\t\n"} for number in range(200)]
    docket.record("SourcesRelated", CASE, note='Ж"\\' * 30_000, more=odd)

    folder = make(docket, tmp_path / "bundle")

    assert [by_shell(folder, keys).code, by_python(folder, keys).code, by_onrecord(folder, keys).code] == [0, 0, 0]


@pytest.mark.parametrize("others", [0, 1, 2, 3, 7, 8, 60, 300])
def test_paths_of_ledgers_of_many_sizes_are_climbed(others: int, tmp_path: Path, keys: Path):
    docket = InventedDocket(tmp_path / "tiles")
    content = fill(docket, others)
    folder = bundle_up(docket, keep_what_may_leave(content, decisions(content)), tmp_path / "bundle")

    assert [by_shell(folder, keys).code, by_python(folder, keys).code] == [0, 0]


def test_what_a_service_signed_beyond_receiving_is_refused_though_it_stands_in_the_ledger(tmp_path, keys, monkeypatch):
    docket = InventedDocket(tmp_path / "tiles")
    docket.record("SourcesRelated", CASE, actor=COLLECTOR, note="all of it is true")
    with monkeypatch.context() as careless:  # a desk that does not check what it made
        careless.setattr(
            "onrecord.bundle.write.check_bundle", lambda *_, **__: Report(False, [Finding("shape", True, "")])
        )
        folder = make(docket, tmp_path / "bundle")

    verdicts = [by_shell(folder, keys), by_python(folder, keys), by_onrecord(folder, keys)]

    assert [(verdict.code, verdict.check) for verdict in verdicts] == [(4, "signatures")] * 3
    assert all("entry 1 is of a kind that its signer may not sign" in verdict.said for verdict in verdicts[:2])


@COMMANDS
def test_ones_own_copy_checks_the_bundle_one_stands_in(command: list[str], bundle: Path, keys: Path):
    run = subprocess.run([*command, str(keys)], cwd=bundle, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stderr) == (0, "")


def test_the_copy_inside_a_bundle_checks_that_bundle_from_anywhere(bundle: Path, keys: Path, tmp_path: Path):
    for command in (["sh", str(bundle / "verify.sh")], [sys.executable, "-I", str(bundle / "verify.py")]):
        run = subprocess.run([*command, str(keys)], cwd=tmp_path, capture_output=True, text=True, check=False)

        assert (run.returncode, run.stderr) == (0, "")


@COMMANDS
@pytest.mark.parametrize("wrong", [["nowhere"], ["-", "nowhere"], ["-", "here", "more"]])
def test_wrong_use_is_told_with_code_2(command: list[str], wrong: list[str], bundle: Path):
    run = subprocess.run([*command, *wrong], cwd=bundle, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr


@COMMANDS
def test_without_openssl_nothing_is_called_whole(command: list[str], bundle: Path, tmp_path: Path):
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "awk", "find", "sed", "sort", "head", "wc", "cat", "mktemp", "dirname"):
        (tools / name).symlink_to(shutil.which(name) or name)
    python = [shutil.which(command[0]) or command[0], *command[1:]]

    run = subprocess.run(python, cwd=bundle, capture_output=True, text=True, check=False, env={"PATH": str(tools)})

    assert run.returncode == 1
    assert "WHOLE" not in run.stdout


def test_a_tool_that_fails_is_not_a_check_that_found_nothing(bundle: Path, keys: Path, tmp_path: Path):
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "awk").write_text("#!/bin/sh\nexit 3\n")
    (tools / "awk").chmod(0o755)
    path = f"{tools}:{os.environ['PATH']}"

    run = subprocess.run(
        ["dash", str(VERIFY_SH), str(keys), str(bundle)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": path},
    )

    assert run.returncode in (1, 4)
    assert not re.search(r"(?m)^WHOLE$", run.stdout)


def test_checking_changes_nothing_and_leaves_nothing(bundle: Path, keys: Path, tmp_path: Path):
    before = {path: path.stat().st_mtime_ns for path in bundle.rglob("*")}
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    for command in (["dash", VERIFY_SH], [sys.executable, "-I", VERIFY_PY]):
        env = {**os.environ, "TMPDIR": str(scratch)}
        subprocess.run([*command, keys, bundle], capture_output=True, check=True, env=env)

    assert list(scratch.iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in bundle.rglob("*")} == before


@BOTH
def test_the_callers_environment_does_not_change_what_is_checked(
    verify, bundle: Path, keys: Path, tmp_path, monkeypatch
):
    forged = Path(shutil.copytree(bundle, tmp_path / "elsewhere" / "bundle"))
    added_file(forged)
    monkeypatch.setenv("CDPATH", str(forged.parent))
    monkeypatch.setenv("IFS", "e")
    monkeypatch.chdir(bundle.parent)

    verdicts = [verify(Path("bundle"), keys), verify(Path("elsewhere/bundle"), keys)]

    assert [verdict.code for verdict in verdicts] == [0, 4]
