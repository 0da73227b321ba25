"""Show that the sandbox works: load everything the other tasks need, and answer nothing."""

import PIL.Image
import trafilatura

NEEDED = (PIL.Image, trafilatura)


def work(data: bytes) -> tuple[bytes, dict[str, str | None]]:
    """Return what was given."""
    return data, {}
