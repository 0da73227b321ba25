"""The folder is a BagIt 1.0 bag, whatever tool opens it (RFC 8493)."""

import hashlib
import re
from pathlib import Path

import pytest

from onrecord.bundle.bag import bundle_file_name


def listed(bundle: Path, manifest: str) -> dict[str, str]:
    lines = (bundle / manifest).read_text().splitlines()
    return {name: sums for sums, name in (line.split("  ") for line in lines)}


def files_of(bundle: Path) -> set[str]:
    return {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}


def test_the_declaration_is_that_of_version_1_0(bundle: Path):
    assert (bundle / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def test_the_payload_manifest_lists_exactly_the_payload(bundle: Path):
    assert set(listed(bundle, "manifest-sha256.txt")) == {name for name in files_of(bundle) if name.startswith("data/")}


def test_the_tag_manifest_lists_every_other_file_but_itself(bundle: Path):
    beside = {name for name in files_of(bundle) if not name.startswith("data/")} - {"tagmanifest-sha256.txt"}

    assert set(listed(bundle, "tagmanifest-sha256.txt")) == beside
    assert any(name.startswith("proof/") for name in beside)


def test_every_listed_hash_is_that_of_its_file(bundle: Path):
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for name, sums in listed(bundle, manifest).items():
            assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == sums


def test_payload_oxum_counts_every_octet_and_file_of_the_payload(bundle: Path):
    sizes = [path.stat().st_size for path in (bundle / "data").rglob("*") if path.is_file()]

    assert f"\nPayload-Oxum: {sum(sizes)}.{len(sizes)}\n" in (bundle / "bag-info.txt").read_text()


def test_every_line_of_bag_info_is_a_label_and_a_value(bundle: Path):
    lines = (bundle / "bag-info.txt").read_text().splitlines()

    assert all(re.fullmatch(r"[A-Za-z-]+: \S.*", line) for line in lines)


def test_the_hashes_of_the_files_beside_the_payload_are_sealed_in_the_payload(bundle: Path):
    sealed = listed(bundle, "data/manifest/tag-files.txt")

    verifiers = {"verify.py", "verify.sh", "verify_entries.py"}
    assert set(sealed) == {"READ-ME-FIRST.html", "bag-info.txt", "bagit.txt"} | verifiers
    assert sealed.items() <= listed(bundle, "tagmanifest-sha256.txt").items()


@pytest.mark.parametrize(
    ("received", "name"),
    [
        ("letter.txt", "letter.txt"),
        ("Фото с автобусом.JPG", "exhibit.jpg"),
        ("scan (2) of page.pdf", "scan_2_of_page.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("a\nb.txt", "a_b.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("con.txt", "con.txt"),
        ("", "unnamed"),
        ("x" * 300 + ".png", "x" * 80 + ".png"),
        ("no-extension", "no-extension"),
        ("sentence. With an end", "sentence._With_an_end"),
    ],
)
def test_a_name_on_disk_is_one_that_nothing_misreads(received: str, name: str):
    found = bundle_file_name(received)

    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", found)
    assert found == name
