"""Wait for what must happen on any machine, however slow; whoever waits in vain learns it, and nobody else waits."""

import time
from collections.abc import Callable
from pathlib import Path

# Reached only where something hangs.
PATIENCE_SECONDS = 120


def wait_until(is_so: Callable[[], bool]) -> bool:
    """Look twenty times a second whether something is so, and return whether it came to be."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not (has_come := is_so()) and time.monotonic() < ends:
        time.sleep(0.05)
    return has_come


def is_running(process: int) -> bool:
    """Tell whether a process is there; one that has ended and is only remembered by its parent is not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
