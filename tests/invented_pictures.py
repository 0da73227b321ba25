"""Pictures that tell where, with what, by whom and when they were taken; all of it invented."""

import io
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

DEVICE, AUTHOR, TAKEN = "Invented Phone 7", "Invented Person 7", "2025:02:14 02:10:00"
PLACE = "48.5042, -37.2667"


def exif(*, turned: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[Base.Model] = DEVICE
    found[Base.Artist] = AUTHOR
    found[Base.Orientation] = turned
    found.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = TAKEN
    found.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: (48.0, 30.0, 15.0),
            GPS.GPSLongitudeRef: "W",
            GPS.GPSLongitude: (37.0, 16.0, 0.0),
        }
    )
    return found


def picture(kind: str, **options: Any) -> bytes:
    image = Image.effect_noise((64, 48), 90).convert("RGB")
    made = io.BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def told_photo() -> bytes:
    return picture("JPEG", exif=exif())
