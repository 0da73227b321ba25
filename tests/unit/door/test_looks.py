"""What a file gives away is found before it is sent, and the clean copy of a picture holds nothing but the picture."""

import base64
import io
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, PngImagePlugin
from PIL.ExifTags import Base

from door_script import DoorScript, door_script, text
from invented_pictures import AUTHOR, DEVICE, PLACE, TAKEN, exif, picture

NOTHING = {"isKnown": True, "clean": None}


@pytest.fixture(scope="module")
def script() -> Iterator[DoorScript]:
    with door_script() as running:
        yield running


def look(script: DoorScript, data: bytes) -> dict[str, Any]:
    return dict(script.ask("look", data=text(data)))


def pixels(data: bytes) -> list[Any]:
    return list(Image.open(io.BytesIO(data)).convert("RGB").tobytes())


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_tells_where_with_what_by_whom_and_when(script: DoorScript, kind: str):
    data = picture(kind, exif=exif())

    found = look(script, data)

    assert {name: found[name] for name in ("place", "device", "author", "time")} == {
        "place": PLACE,
        "device": DEVICE,
        "author": AUTHOR,
        "time": TAKEN,
    }


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"optimize": True, "subsampling": 0}])
def test_the_clean_copy_of_a_jpeg_is_the_same_picture_and_nothing_else(script: DoorScript, options: dict[str, Any]):
    data = picture("JPEG", exif=exif(turned=6), comment=b"invented comment", **options) + b"a film behind the picture"

    clean = base64.b64decode(look(script, data)["clean"])

    assert pixels(clean) == pixels(data)
    assert dict(Image.open(io.BytesIO(clean)).getexif()) == {Base.Orientation: 6}
    assert not [word for word in (b"Invented", b"invented", b"film") if word in clean]


def test_the_clean_copy_of_a_png_is_the_same_picture_and_nothing_else(script: DoorScript):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", AUTHOR)
    notes.add_itxt("Software", DEVICE)
    data = picture("PNG", exif=exif(), pnginfo=notes)

    clean = base64.b64decode(look(script, data)["clean"])

    assert pixels(clean) == pixels(data)
    assert Image.open(io.BytesIO(clean)).info == {}
    assert b"Invented" not in clean


def test_a_png_says_who_wrote_it_without_exif(script: DoorScript):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", AUTHOR)
    notes.add_text("Software", DEVICE)

    assert look(script, picture("PNG", pnginfo=notes)) | {"clean": ""} == {
        "isKnown": True,
        "author": AUTHOR,
        "device": DEVICE,
        "clean": "",
    }


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def test_a_film_tells_where_with_what_and_when(script: DoorScript):
    seconds = 2082844800 + 1739499000
    header = box(b"mvhd", bytes(4), struct.pack(">II", seconds, seconds), bytes(88))
    traces = box(b"udta", b"\xa9xyz\x00\x12\x15\xc7+48.5042-037.2667/", b"\xa9mod\x00\x0a\x15\xc7Samsung A99")
    film = box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", bytes(5000)) + box(b"moov", header, traces)

    found = look(script, film)

    assert found | NOTHING == found
    assert (found["place"], found["device"], found["time"]) == (
        "+48.5042, -037.2667",
        "Samsung A99",
        "2025-02-14 02:10",
    )


def test_a_heic_picture_tells_what_its_exif_says(script: DoorScript):
    heic = box(b"ftyp", b"heic\0\0\0\0") + box(b"meta", bytes(300)) + box(b"mdat", bytes(40), exif().tobytes())

    found = look(script, heic)

    assert (found["place"], found["device"], found["clean"]) == (PLACE, DEVICE, None)


def test_a_pdf_tells_its_author_in_latin_and_in_wide_letters(script: DoorScript):
    wide = ("\ufeff" + "Вигадана особа").encode("utf-16-be").hex().encode()
    plain = (
        b"%PDF-1.7\n1 0 obj <</Author (Invented \\(7\\)) /Producer (Invented Writer) /CreationDate (D:20250214021000)>>"
    )

    assert look(script, plain) == NOTHING | {
        "author": "Invented (7)",
        "device": "Invented Writer",
        "time": "2025-02-14",
    }
    assert look(script, b"%PDF-1.7\n1 0 obj <</Author <" + wide + b">>>")["author"] == "Вигадана особа"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_office_paper_tells_who_wrote_and_who_changed_it(script: DoorScript, method: int):
    core = (
        "<cp:coreProperties><dc:creator>Вигадана особа</dc:creator><cp:lastModifiedBy>Invented 8</cp:lastModifiedBy>"
        '<dcterms:created xsi:type="x">2025-02-14T02:10:00Z</dcterms:created></cp:coreProperties>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as paper:
        paper.writestr("word/document.xml", "<w:document/>" * 900)
        paper.writestr("docProps/core.xml", core)
        paper.writestr("docProps/app.xml", "<Properties><Application>Invented Office</Application></Properties>")

    assert look(script, made.getvalue()) == NOTHING | {
        "author": "Вигадана особа, Invented 8",
        "device": "Invented Office",
        "time": "2025-02-14T02:10:00Z",
    }


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\x89PNG\r\n\x1a\n\xff",
        b"PK\x03\x04broken",
        b"\0\0\0\1ftyp",
    ],
    ids=["empty", "text", "cut jpeg", "lying jpeg", "cut png", "broken zip", "lying film"],
)
def test_a_broken_file_never_stops_the_page(script: DoorScript, data: bytes):
    found = look(script, data)

    assert not {"place", "device", "author", "time"}.intersection(found)


@pytest.mark.parametrize("size", range(100, 1500, 100))
def test_a_photo_cut_anywhere_never_stops_the_page(script: DoorScript, size: int):
    assert look(script, picture("JPEG", exif=exif())[:size])["isKnown"] in (True, False)
