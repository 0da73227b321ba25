"""The hands of a forger: change a file of a bundle, and write the lists of hashes anew so that they fit."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def relist(bundle: Path) -> None:
    """Write both lists of hashes anew, as a forger would."""
    fixed = [line.split("  ")[1] for line in (bundle / "data/manifest/tag-files.txt").read_text().splitlines()]
    (bundle / "data/manifest/tag-files.txt").write_text(_list(bundle, [bundle / name for name in fixed]))
    (bundle / "manifest-sha256.txt").write_text(_list(bundle, bundle.glob("data/**/*")))
    retag(bundle)


def retag(bundle: Path) -> None:
    """Write the list of what lies beside the payload anew."""
    tags = [path for path in bundle.rglob("*") if path.name != "tagmanifest-sha256.txt"]
    beside = [path for path in tags if path.relative_to(bundle).parts[0] != "data"]
    (bundle / "tagmanifest-sha256.txt").write_text(_list(bundle, beside))


def _list(bundle: Path, paths: Iterable[Path]) -> str:
    files = sorted(path for path in paths if path.is_file())
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(bundle).as_posix()}\n" for path in files
    )


def replace_in(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


def add(bundle: Path, name: str, text: str) -> None:
    (bundle / name).parent.mkdir(exist_ok=True)
    (bundle / name).write_text(text)
    retag(bundle)


def remove(bundle: Path, name: str) -> None:
    (bundle / name).unlink()
    retag(bundle)
