"""Know the bundles that still lie in the docket, and remove those that hold something erased since.

A bundle made at the desk lies in `bundles/<its id>.tar.age`, sealed to the member who made it. A clear one may have
been put beside it by the command line; its bag-info.txt says which it is.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from onrecord.casework.docket import Docket
from onrecord.casework.models import BundleRecord, Erasure
from onrecord.ground.files import flush_folder
from onrecord.ground.ids import BundleId, is_id

SUFFIX = ".tar.age"
_LABEL = "External-Identifier: "


def kept_bundle(docket: Docket, bundle: BundleId) -> Path:
    """Return where a sealed bundle lies while it is kept. The name tells nobody which case left, or when."""
    return docket.folder / "bundles" / f"{bundle}{SUFFIX}"


def remove_erased_bundles(docket: Docket) -> int:
    """Remove every kept bundle that opens an erased subject or whose own case was erased; return how many."""
    erased = [path for path, bundle in _kept(docket.folder / "bundles") if holds_erased(bundle)]
    for path in erased:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    if erased:
        flush_folder(docket.folder / "bundles")
    return len(erased)


def holds_erased(bundle: str) -> bool:
    """Tell whether a bundle opens a subject that was erased, or is one of an erased case."""
    # The record of a bundle goes with its case, so a bundle without one is a bundle of an erased case.
    record = BundleRecord.objects.filter(pk=bundle).first()
    return record is None or Erasure.objects.filter(pk__in=list(record.counts)).exists()


def _kept(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in folder.iterdir() if folder.is_dir() else ():
        bundle = _named_in(path / "bag-info.txt") if path.is_dir() else path.name.removesuffix(SUFFIX)
        if is_id(bundle):
            yield path, bundle


def _named_in(bag_info: Path) -> str:
    try:
        lines = bag_info.read_text(errors="replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):  # not a bundle, so nothing of ours
        return ""
    return next((line.removeprefix(_LABEL) for line in lines if line.startswith(_LABEL)), "")
