"""Send with every answer what a browser needs to keep the page to itself and to forget it.

No cookie, no storage, no referrer, no frame, no device; nothing is cached and nothing names the program. A page runs
no script, or only the one that seals in the page, and that one may speak to this server alone.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TEMPLATES: Final = Path(__file__).parent / "templates"
# A line end and what indents the next line say nothing to a browser, and every byte is slow where this is read.
STYLE: Final = re.sub(r"\s*([{},;])\s*|(:)\s+", r"\1\2", (TEMPLATES / "door.css").read_text(encoding="utf-8")).strip()
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")

# Every feature that a page could ask a browser for, switched off (W3C Permissions Policy, list of browsers' features).
_FEATURES: Final = """
    accelerometer autoplay browsing-topics camera clipboard-read clipboard-write display-capture encrypted-media
    fullscreen gamepad geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer
    microphone midi otp-credentials payment picture-in-picture publickey-credentials-create
    publickey-credentials-get screen-wake-lock serial storage-access sync-xhr usb window-management
    xr-spatial-tracking
"""

_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
)
POLICY: Final = {"content-security-policy": f"{_POLICY}trusted-types 'none'"}
# One Trusted Types policy, which makes the address of the script's own worker and nothing else.
SCRIPT_POLICY: Final = {
    "content-security-policy": f"{_POLICY}trusted-types door; script-src 'self'; worker-src 'self'; connect-src 'self'"
}

HEADERS: Final = POLICY | {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in _FEATURES.split()),
    "x-robots-tag": "noindex",
}


class PrivateAnswers:
    """Wraps an application and adds the same headers to every answer, errors included."""

    def __init__(self, application: ASGIApp, *, onion: str = "") -> None:
        self._application = application
        self._onion = onion

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_privately(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if self._onion and headers.get("content-type", "").startswith("text/html"):
                    # Tor Browser offers to go to the same page of the onion service.
                    headers["onion-location"] = self._onion + quote(scope["path"])
            await send(message)

        await self._application(scope, receive, send_privately)
