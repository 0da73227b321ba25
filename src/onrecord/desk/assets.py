"""Hand out the desk's own style sheets, scripts and pictures: a few files, read once, named by their hash."""

import hashlib
from functools import cache
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
DIGITS = 12


def address(name: str) -> str:
    """Return the address of a file; a changed file has another one, so that browsers may keep what they have."""
    return reverse("asset", args=[hashlib.sha256(_read(name)).hexdigest()[:DIGITS], name])


def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:  # noqa: ARG001
    """Answer with one of the files."""
    suffix = name[name.rfind(".") :]
    if suffix not in MEDIA_TYPES:
        raise Http404
    response = HttpResponse(_read(name), content_type=MEDIA_TYPES[suffix])
    response.headers["Cache-Control"] = "max-age=31536000, immutable"
    return response


@cache
def _read(name: str) -> bytes:
    try:
        return files("onrecord.desk").joinpath(f"static/desk/{name}").read_bytes()
    except FileNotFoundError:
        raise Http404 from None
