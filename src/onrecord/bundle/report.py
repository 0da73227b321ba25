"""Say what a check of a bundle found: one line for each check, and whether the bundle is whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from onrecord.errors import OnrecordError

# Told after each piece of work: how much is done, of how much.
Progress = Callable[[int, int], None]

# As many lines as one check may say; a forger must not flood the screen that warns of the forgery.
_LINES = 20


class CheckStopped(OnrecordError):
    """What was found makes the remaining checks impossible."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    holds: bool
    says: str


@dataclass(slots=True)
class Report:
    """All findings, in the order of the checks."""

    own_keys: bool
    findings: list[Finding] = field(default_factory=list)

    @property
    def reason(self) -> str | None:
        """Return the first thing found wrong."""
        return next((f"{finding.check}: {finding.says}" for finding in self.findings if not finding.holds), None)

    @property
    def is_whole(self) -> bool:
        """Tell whether every check was made and held."""
        return self.reason is None and bool(self.findings)

    def conclude(self, check: str, wrong: Iterable[str], says: str) -> None:
        """Add what a check found: everything that is wrong, or else the one sentence that says what held."""
        lines = sorted(set(wrong))
        if not lines:
            self.findings.append(Finding(check, True, says))
        self.findings += [Finding(check, False, line) for line in lines[:_LINES]]
        if len(lines) > _LINES:
            self.findings.append(Finding(check, False, "and more"))

    def stop(self, check: str, says: str) -> CheckStopped:
        """Add what is wrong and return what to raise: nothing after it can be checked."""
        self.findings.append(Finding(check, False, says))
        return CheckStopped()
