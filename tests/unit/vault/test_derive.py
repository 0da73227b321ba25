"""What is derived from a stranger's file is text or bare pixels, and says from what and by what it was made."""

import io
import json
from importlib.metadata import version

import pytest
from PIL import Image

from onrecord.store.folder import FolderStore
from onrecord.vault import sandbox
from onrecord.vault.derive import NoDeriver, derive
from onrecord.vault.exhibit import check_exhibit, open_exhibit
from onrecord.vault.receive import Vault
from onrecord.vault.sandbox import FileUnreadable

PARENT = "ab" * 32

PAGE = """<!doctype html><html lang="uk"><head><title>Вигадана новина</title>
<meta name="author" content="Вигадана Авторка"><meta property="og:site_name" content="Вигадана газета">
<meta property="article:published_time" content="2025-02-09T10:00:00+02:00">
<script src="http://127.0.0.1:1/tracker.js"></script></head><body><article><h1>Вигадана новина</h1>
<p>Перший абзац вигаданої статті, досить довгий, щоб його вважали текстом сторінки.</p>
<p>Другий абзац вигаданої статті, теж досить довгий, щоб його вважали текстом сторінки.</p>
</article></body></html>"""


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **save: object) -> bytes:
    out = io.BytesIO()
    image = Image.new(mode, size)
    image.putpixel((0, 0), 255 if mode in ("L", "P") else (255, 0, 0, 255)[: len(mode)])
    image.save(out, kind, **save)
    return out.getvalue()


def test_a_page_gives_its_words_and_what_it_says_about_itself():
    derived = derive("text/html", [PAGE.encode()], parent_sha256=PARENT)

    assert "Перший абзац" in derived.content.decode()
    assert "tracker" not in derived.content.decode()
    assert derived.facts["title"] == "Вигадана новина"
    assert derived.facts["author"] == "Вигадана Авторка"
    assert derived.facts["sitename"] == "Вигадана газета"
    assert derived.facts["date"] == "2025-02-09"


def test_what_is_derived_names_its_parent_and_its_tool():
    derived = derive("text/html", [PAGE.encode()], parent_sha256=PARENT)

    assert (derived.parent_sha256, derived.tool, derived.version) == (PARENT, "trafilatura", version("trafilatura"))
    assert derived.media_type == "text/plain"


def test_a_page_without_title_or_date_gets_none():
    page = "<html><body><p>" + "Слова без жодної дати й заголовка. " * 20 + "</p></body></html>"

    derived = derive("text/html", [page.encode()], parent_sha256=PARENT)

    assert not derived.facts.keys() & {"title", "author", "date", "sitename"}


@pytest.mark.parametrize(
    ("data", "encoding", "is_guess"),
    [
        ("Вигадка".encode(), "utf-8", False),
        (b"plain words", "utf-8", False),
        ("Вигадка".encode("utf-8-sig"), "utf-8", False),
        ("Вигадка".encode("utf-16"), "utf-16-le", False),
        (b"\xfe\xff" + "Вигадка".encode("utf-16-be"), "utf-16-be", False),
        ("Вигадка".encode("utf-32"), "utf-32-le", False),
        ("Мене звати Вигадана, це вигадка.".encode("windows-1251"), "windows-1251", True),
        ("Une invention, déjà racontée à Genève".encode("latin-1"), "windows-1252", True),
        (b"", "utf-8", False),
    ],
)
def test_a_text_is_read_in_its_encoding_and_a_guess_is_called_a_guess(data, encoding, is_guess):
    derived = derive("text/plain", [data], parent_sha256=PARENT)

    expected = data.decode(encoding).removeprefix("\ufeff")
    assert derived.content.decode() == expected
    assert derived.facts == {"encoding": encoding} | ({"is_guess": "yes"} if is_guess else {})


def test_a_photograph_loses_place_camera_and_comments_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right by a quarter
    exif[0x010F] = "Вигадана камера"
    exif.get_ifd(0x8825)[2] = (46.0, 38.0, 0.0)
    photograph = picture("JPEG", exif=exif, comment=b"invented comment", icc_profile=b"invented profile")

    derived = derive("image/jpeg", [photograph], parent_sha256=PARENT)

    clean = Image.open(io.BytesIO(derived.content))
    assert (clean.format, clean.size) == ("JPEG", (20, 40))
    assert set(clean.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not clean.getexif()
    assert b"invented" not in derived.content
    assert derived.facts == {"width_pixels": "20", "height_pixels": "40"}


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("GIF", "P"), ("WEBP", "RGB"), ("TIFF", "CMYK"), ("BMP", "RGB")],
)
def test_every_other_picture_becomes_a_bare_png(kind, mode):
    derived = derive(f"image/{kind.lower()}", [picture(kind, mode)], parent_sha256=PARENT)

    clean = Image.open(io.BytesIO(derived.content))
    assert (clean.format, clean.size, clean.info) == ("PNG", (40, 20), {})
    assert derived.media_type == "image/png"


def test_a_picture_bomb_is_refused_before_it_unpacks():
    bomb = picture("PNG", "1", (20_000, 20_000))

    assert len(bomb) < 100_000
    with pytest.raises(FileUnreadable):
        derive("image/png", [bomb], parent_sha256=PARENT)


def test_an_exhibit_stays_as_it_was_when_its_file_turns_out_to_be_hostile(tmp_path):
    vault, key = Vault(FolderStore(tmp_path)), bytes(32)
    received = vault.receive([picture("PNG", "1", (20_000, 20_000))], key)

    with pytest.raises(FileUnreadable):
        derive("image/png", open_exhibit(vault.blobs, received.ct_sha256, key), parent_sha256=received.sha256)

    check_exhibit(vault.blobs, received.ct_sha256, sha256=received.sha256, key=key)


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("image/png", b""),
        ("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("image/jpeg", picture("JPEG", size=(400, 400))[:500]),
        ("text/plain", b"\x7fELF\x00\x00"),
        ("text/plain", b"\xff\xfea"),
        ("text/html", b""),
        ("text/html", b"\x00\x01\x02"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(media_type, data):
    with pytest.raises(FileUnreadable):
        derive(media_type, [data], parent_sha256=PARENT)


@pytest.mark.parametrize("media_type", ["application/x-msdownload", "image/svg+xml", "", "application/pdf"])
def test_a_kind_of_file_we_cannot_open_is_named(media_type):
    with pytest.raises(NoDeriver):
        derive(media_type, [b"bytes"], parent_sha256=PARENT)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no line end",
        b"[]\nwords",
        b'{"title": 1}\nwords',
        b'{"title": null}\nwords',
        b'{"title": {"a": 1}}\nwords',
        b'{"title": "\\ud800"}\nwords',
        b'{"media_type": "text/html"}\n<script>',
        b"{}\n\xff\xfe",
        b"{}" + b" " * 100_000 + b"\nwords",
        b"[" * 50_000 + b"\nwords",
    ],
)
def test_a_task_taken_over_by_its_file_cannot_answer_anything_but_text(monkeypatch, answer):
    monkeypatch.setattr(sandbox, "run", lambda *_: answer)

    with pytest.raises(FileUnreadable):
        derive("text/plain", [b"hostile"], parent_sha256=PARENT)


def test_facts_are_only_words(monkeypatch):
    monkeypatch.setattr(sandbox, "run", lambda *_: json.dumps({"title": "вигадка"}).encode() + b"\nwords")

    derived = derive("text/html", [b"page"], parent_sha256=PARENT)

    assert (derived.facts, derived.content) == ({"title": "вигадка"}, b"words")
