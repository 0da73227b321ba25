"""A court's machine: Debian's essential packages, openssl, and nothing else."""

import os
import platform
import shutil
import subprocess
from pathlib import Path

import pytest

from unit.bundle.forgeries import FORGERIES
from unit.bundle.verifiers import VERIFY_SH

IS_ROOT = os.geteuid() == 0
TARBALL = Path(__file__).resolve().parents[4] / "var/essential-root.tar"

# One of each of the eight ways that every reader will try first.
TRIED = (
    "changed_file", "changed_file_with_manifests_recomputed", "added_file", "removed_file", "edited_event",
    "altered_index", "checkpoint_of_another_ledger", "missing_entry_of_the_subject",
)  # fmt: skip


@pytest.fixture(scope="session")
def essential_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not TARBALL.exists():
        make_tarball()
    root = tmp_path_factory.mktemp("essential-root")
    without_devices = [] if IS_ROOT else ["--exclude=./dev/*"]
    subprocess.run(["tar", "-xf", TARBALL, "-C", root, *without_devices], check=True)
    shutil.copy(VERIFY_SH, root / "own-verify.sh")
    return root


def make_tarball() -> None:
    TARBALL.parent.mkdir(exist_ok=True)
    half = TARBALL.with_suffix(f".{os.getpid()}.tar")
    suite = platform.freedesktop_os_release()["VERSION_CODENAME"]
    command = ["mmdebstrap", "--quiet", "--variant=essential", "--include=openssl", "--aptopt=Acquire::Retries 5"]
    made = subprocess.run([*command, suite, half], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if made.returncode != 0:
        half.unlink(missing_ok=True)
        pytest.fail(f"mmdebstrap could not make a root folder; is there a network?\n{made.stdout}")
    half.rename(TARBALL)


def verify_in(root: Path, bundle: Path, keys: Path) -> subprocess.CompletedProcess[str]:
    for name, folder in (("bundle", bundle), ("keys", keys)):
        shutil.rmtree(root / name, ignore_errors=True)
        shutil.copytree(folder, root / name, symlinks=True)
    # Only root may enter another root folder; for anybody else bubblewrap makes one of it, with the devices needed.
    by_bubblewrap = ["bwrap", "--unshare-all", "--bind", root, "/", "--dev", "/dev"]
    enter = ["/usr/sbin/chroot", root] if IS_ROOT else by_bubblewrap
    command = [*enter, "/bin/sh", "/own-verify.sh", "/keys", "/bundle"]
    clean = {"PATH": "/usr/bin:/bin"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=clean)


def test_the_root_holds_no_python(essential_root: Path):
    assert not list(essential_root.glob("usr/bin/python*"))


def test_a_whole_bundle_is_whole_on_a_machine_with_nothing_of_ours(essential_root: Path, bundle: Path, keys: Path):
    run = verify_in(essential_root, bundle, keys)

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith("\nWHOLE\n")


@pytest.mark.parametrize("name", TRIED)
def test_a_forged_bundle_is_refused_there_with_one_clear_line(name, essential_root: Path, bundle: Path, keys: Path):
    forge, seen_by = FORGERIES[name]
    forge(bundle)

    run = verify_in(essential_root, bundle, keys)

    assert run.returncode == 4
    assert run.stdout.rstrip().rpartition("\n")[2].startswith(f"NOT WHOLE: {seen_by}: ")
    assert run.stderr == ""
