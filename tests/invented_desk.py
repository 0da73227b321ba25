"""An invented letter and an invented article, put where a desk finds them."""

import hashlib
import io
from collections.abc import Sequence
from datetime import date

from PIL import Image

from onrecord.casework.docket import Docket
from onrecord.casework.sourcing import CapturedFile, capture_source
from onrecord.ground.ids import SourceId
from onrecord.seal.letter.content import Consent, Letter
from onrecord.seal.letter.write import LetterFile, identity_json, seal_letter
from onrecord.store.folder_spool import FolderSpool

ACCOUNT = """I came from Tarazan in spring 2024 for a building site in Port Sampel. The agent said two years of \
construction, good pay, no army.

The firm was Granit-Example. They kept our passports “for registration”. They kept our passports.

At the office an officer they called Captain Muster told us: sign, or you will be charged and go to prison.

I was not beaten myself. A name with a trick: abc\u202ecba.

Їжак, नमस्ते, مرحبا 🙂 and my passport is still with the firm."""

COURT = "share_international_court"

ARTICLE = """Workers asked to sign in Port Sampel

By Ann Example

Migrant workers in Port Sampel are being made to join the army, a press office said on Monday.

Hundreds have signed since January, the office says. It gave no source for the figure.
"""


def picture() -> bytes:
    """Return a photo that says where it was taken, in metadata that must never reach a page."""
    image, exif = Image.new("RGB", (320, 180), "#6a7a86"), Image.Exif()
    exif[0x010E] = "taken in Brick Street"
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif)
    return written.getvalue()


def put_letter(
    docket: Docket, account: str = ACCOUNT, *, allowed: Sequence[str] = ("share_international_court",)
) -> None:
    """Put a sealed letter with a photo and a name into the spool, as a door would."""
    photo = picture()
    letter = Letter(
        "report_form.1",
        "C",
        "en",
        "safe",
        date(2026, 3, 1),
        {"account": account, "place.text": "Port Sampel"},
        prompted=("place.text",),
        consent=tuple(Consent(purpose, "given", hashlib.sha256(b"wording").hexdigest()) for purpose in allowed),
    )
    arrival = FolderSpool(docket.folder / "spool").begin()
    piece = arrival.letter()
    seal_letter(
        letter,
        [LetterFile("bus.jpg", len(photo), [photo])],
        to=docket.keyset,
        sink=piece.write,
        identity=identity_json(name="Invented Reporter", contact="nowhere"),
    )
    piece.finish()
    arrival.complete()


def put_article(docket: Docket) -> SourceId:
    """Capture the article as a source."""
    data = ARTICLE.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    file = CapturedFile("article.txt", "text/plain", sha256, "invented reader 1", reading_text=ARTICLE)
    return capture_source(docket, file, [data])
