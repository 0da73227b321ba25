"""An exhibit leaves the desk bit-exact as a download, or as bare pixels; never as what a stranger says it is."""

from invented_desk import picture
from onrecord.casework.models import Exhibit
from unit.desk.conftest import Desk


def test_a_download_is_the_file_as_it_was_received(desk: Desk) -> None:
    desk.open_letter()
    photo = Exhibit.objects.get(name="bus.jpg")

    answer = desk.client.get(f"/exhibit/{photo.id}")

    assert b"".join(answer.streaming_content) == picture()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''bus.jpg"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_shown_without_what_it_says_about_its_place(desk: Desk) -> None:
    desk.open_letter()
    photo = Exhibit.objects.get(name="bus.jpg")

    answer = desk.client.get(f"/exhibit/{photo.id}/picture")

    assert b"Brick Street" in picture()
    assert answer["Content-Type"].startswith("image/")
    assert b"Brick Street" not in answer.content


def test_a_file_that_is_no_picture_is_not_shown_as_one(desk: Desk) -> None:
    account = desk.account()

    assert desk.client.get(f"/exhibit/{account.id}/picture").status_code == 400


def test_a_damaged_exhibit_does_not_leave_in_part(desk: Desk) -> None:
    desk.open_letter()
    photo = Exhibit.objects.get(name="bus.jpg")
    (blob,) = (desk.docket.folder / "vault").rglob(photo.blob)
    blob.chmod(0o600)
    stored = blob.read_bytes()
    blob.write_bytes(stored[:-1] + bytes([stored[-1] ^ 1]))

    answer = desk.client.get(f"/exhibit/{photo.id}")

    assert answer.status_code == 500
    assert "stored bytes were changed" in answer.content.decode()
