"""Turn a picture into bare pixels: place, camera, owner, comments, thumbnails and hidden data are gone.

A photograph stays a JPEG, everything else becomes a PNG. The picture is turned as its camera meant it before that
note is dropped. LIMIT: what is visible in the picture stays, and so may the fingerprint of the camera's sensor.
"""

import io

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")

# High enough that no one can say the copy hides something, low enough not to grow beyond the original.
JPEG_QUALITY = 92


def work(data: bytes, most_pixels: str) -> tuple[bytes, dict[str, str | None]]:
    """Return a clean picture, its kind and size; raise OSError or ValueError if it is none or is a bomb."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as source:
        if source.width * source.height > int(most_pixels):
            raise ValueError("too many pixels")
        kind = "JPEG" if source.format == "JPEG" else "PNG"
        upright = ImageOps.exif_transpose(source).convert(_mode(source, kind))
    # Only the pixels are carried over: a copy would take the notes along.
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, kind, **({"quality": JPEG_QUALITY} if kind == "JPEG" else {}))
    width, height = map(str, clean.size)
    return out.getvalue(), {"media_type": f"image/{kind.lower()}", "width_pixels": width, "height_pixels": height}


def _mode(source: Image.Image, kind: str) -> str:
    if source.mode in ("L", "RGB"):
        return source.mode
    return "RGBA" if kind == "PNG" and source.has_transparency_data else "RGB"
