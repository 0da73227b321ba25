"""Run each of the three verifiers on a bundle and return what they conclude, in one form."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import onrecord.bundle.carried.verify
from onrecord.bundle.check import check_bundle
from onrecord.bundle.check_proof import OutsideKeys

VERIFY_PY = Path(onrecord.bundle.carried.verify.__file__)
VERIFY_SH = VERIFY_PY.with_name("verify.sh")


@dataclass(frozen=True)
class Verdict:
    """The exit code, the first check that failed (or None), and all that was said."""

    code: int
    check: str | None
    said: str


def by_shell(bundle: Path, keys: Path | str = "-", *, shell: str = "dash") -> Verdict:
    """Run our own copy of verify.sh."""
    return _run([shell, str(VERIFY_SH), str(keys), str(bundle)])


def by_python(bundle: Path, keys: Path | str = "-") -> Verdict:
    """Run our own copy of verify.py."""
    return _run([sys.executable, "-I", str(VERIFY_PY), str(keys), str(bundle)])


def by_onrecord(bundle: Path, keys: Path | None = None) -> Verdict:
    """Check as `onrecord bundle verify` does."""
    report = check_bundle(bundle, OutsideKeys.read(keys) if keys else None)
    check = report.reason.partition(":")[0] if report.reason else None
    return Verdict(4 if check else 0, check, "\n".join(finding.says for finding in report.findings))


def _run(command: list[str]) -> Verdict:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    last = run.stdout.rstrip("\n").rpartition("\n")[2]
    assert (last == "WHOLE") == (run.returncode == 0), run.stdout + run.stderr
    check = last.removeprefix("NOT WHOLE: ").partition(":")[0] if run.returncode else None
    return Verdict(run.returncode, check, run.stdout + run.stderr)
