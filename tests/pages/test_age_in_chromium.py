"""A letter sealed by npm's age-encryption in a real browser opens here, and the browser opens what is sealed here.

The page and its scripts are served from memory under an invented https address: nothing asks the network, and the page
may use the browser's own cryptography, as the door's pages do.
"""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from onrecord.ground.bounds import CHUNK_BYTES
from onrecord.seal.close import seal
from onrecord.seal.open import open_sealed
from onrecord.seal.recipients import HybridIdentity, X25519Identity
from pages.conftest import new_context

pytestmark = pytest.mark.browser

PACKAGES = Path(__file__).resolve().parents[2] / "node_modules"
ADDRESS = "https://onrecord.example/"
PAGE = """<!doctype html><title>age</title>
<script type="importmap">{"imports": {
  "age-encryption": "/age-encryption/dist/index.js", "@scure/base": "/@scure/base/index.js", "@noble/": "/@noble/"
}}</script>
<script type="module">
  import * as age from "age-encryption";
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const text = (data) => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
  window.sealFor = async ([recipients, data]) => {
    const encrypter = new age.Encrypter();
    recipients.forEach((recipient) => encrypter.addRecipient(recipient));
    return text(await encrypter.encrypt(bytes(data)));
  };
  window.openWith = async ([identity, data]) => {
    const decrypter = new age.Decrypter();
    decrypter.addIdentity(identity);
    return text(await decrypter.decrypt(bytes(data)));
  };
  window.ready = true;
</script>"""

TEXT = "Invented Person 7 was told to sign. Вигадана особа 7. شخص مخترع".encode()
CONTENTS = {"nothing": b"", "a text": TEXT, "two full chunks": bytes(2 * CHUNK_BYTES), "more": TEXT * 3000}

every_content = pytest.mark.parametrize("data", CONTENTS.values(), ids=CONTENTS.keys())
every_kind = pytest.mark.parametrize("kind", [HybridIdentity, X25519Identity])


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    page = new_context(browser).new_page()
    page.route("**/*", serve)
    page.goto(ADDRESS)
    page.wait_for_function("window.ready === true")
    return page


def serve(route: Route) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    if path == "":
        route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
    elif path.endswith(".js"):
        route.fulfill(body=(PACKAGES / path).read_text(encoding="utf-8"), content_type="text/javascript")
    else:
        route.abort()


@every_content
@every_kind
def test_what_the_browser_seals_opens_here(
    page: Page, kind: type[HybridIdentity | X25519Identity], data: bytes
) -> None:
    identities = [kind.generate(), kind.generate()]
    recipients = [str(identity.recipient) for identity in identities]

    sealed = base64.b64decode(page.evaluate("sealFor", [recipients, base64.b64encode(data).decode()]))

    assert [open_sealed(sealed, [identity]) for identity in identities] == [data, data]


@every_content
@every_kind
def test_what_is_sealed_here_opens_in_the_browser(
    page: Page, kind: type[HybridIdentity | X25519Identity], data: bytes
) -> None:
    identity = kind.generate()

    sealed = seal(data, [kind.generate().recipient, identity.recipient])

    opened = page.evaluate("openWith", [str(identity), base64.b64encode(sealed).decode()])
    assert base64.b64decode(opened) == data
