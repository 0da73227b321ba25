"""Send with every answer what a browser needs to keep the page to itself and to forget it.

No cookie, no storage, no referrer, no frame, no script, no device; nothing is cached and nothing names the program.
"""

from collections.abc import MutableMapping
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.door.pages import STYLE_HASH

# Every feature that a page could ask a browser for, switched off (W3C Permissions Policy, list of browsers' features).
_FEATURES: Final = """
    accelerometer autoplay browsing-topics camera clipboard-read clipboard-write display-capture encrypted-media
    fullscreen gamepad geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer
    microphone midi otp-credentials payment picture-in-picture publickey-credentials-create
    publickey-credentials-get screen-wake-lock serial storage-access sync-xhr usb window-management
    xr-spatial-tracking
"""

HEADERS: Final = {
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; img-src data:; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in _FEATURES.split()),
    "x-robots-tag": "noindex",
}
_RAW: Final = [(name.encode("ascii"), value.encode("ascii")) for name, value in HEADERS.items()]


class PrivateAnswers:
    """Wraps an application and adds the same headers to every answer, errors included."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_privately(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = _with_headers(message)
            await send(message)

        await self._application(scope, receive, send_privately)


def _with_headers(message: Message) -> MutableMapping[str, Any]:
    kept = [
        (name, value) for name, value in message.get("headers", ()) if name.lower().decode("latin-1") not in HEADERS
    ]
    return {**message, "headers": [*kept, *_RAW]}
