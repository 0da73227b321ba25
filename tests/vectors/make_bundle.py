"""Write the bundle vectors again: one whole bundle, and what a forger changed in it.

Run `python tests/vectors/make_bundle.py` after a change that is meant to change the format, and read the difference.
Everything is invented and made from fixed keys. A bundle carries its verifiers, so they are part of the vector too.
"""

import gzip
import io
import json
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from onrecord.bundle.proof import pem
from onrecord.bundle.redact import keep_what_may_leave
from unit.bundle.forgeries import FORGERIES
from unit.bundle.invented_docket import InventedDocket, bundle_up, decisions, fill, make_key, raw

HERE = Path(__file__).resolve().parent

# Links, odd names and empty folders cannot be told as text; verifiers are tested on them elsewhere.
UNTOLD = ("link_", "file_name_", "folder_name_", "empty_folder")
TOLD = [name for name in FORGERIES if not name.startswith(UNTOLD)]


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        docket = InventedDocket(place / "tiles")
        content = fill(docket)
        whole = bundle_up(docket, keep_what_may_leave(content, decisions(content)), place / "bundle")
        write(whole)
        forged = [tell(whole, name, place / name) for name in TOLD]
    (HERE / "bundle/root.pem").write_bytes(pem(raw(make_key("root"))))
    text = json.dumps(forged, ensure_ascii=True, indent=1)
    (HERE / "bundle/forged.json").write_text(text + "\n")


def write(whole: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(whole.rglob("*")):
            if path.is_file():
                member = tarfile.TarInfo(path.relative_to(whole).as_posix())
                member.size = path.stat().st_size
                archive.addfile(member, io.BytesIO(path.read_bytes()))
    (HERE / "bundle/whole.tar.gz").write_bytes(gzip.compress(packed.getvalue(), mtime=0))


def tell(whole: Path, name: str, place: Path) -> dict[str, object]:
    """Return what one forgery changes, and the check that must see it."""
    place.mkdir()
    forged = Path(shutil.copytree(whole, place / "bundle"))
    forge, seen_by = FORGERIES[name]
    forge(forged)
    before, after = contents(whole), contents(forged)
    changed = {path: data for path, data in sorted(after.items()) if before.get(path) != data}
    binary = {path: data.hex() for path, data in changed.items() if not is_text(data)}
    return {
        "forgery": name,
        "refused_at": seen_by,
        "removed": sorted(before.keys() - after.keys()),
        "written": {path: data.decode() for path, data in changed.items() if path not in binary},
        "written_hex": binary,
    }


def is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main()
