"""Odd paths beside the known ones: all three verifiers answer alike, and none of them calls the bundle whole."""

from itertools import product
from pathlib import Path

import pytest

from unit.bundle.forging import retag
from unit.bundle.verifiers import by_onrecord, by_python, by_shell

FOLDERS = {
    "openings": "envelope",
    "keysets": "keyset",
    "checkpoints": "consistency",
    "keys": "pem",
}
# How a number, a folder and an ending can be put together other than `proof/FOLDER/NUMBER.ENDING`.
SHAPES = (
    "proof/{folder}.7/{ending}",
    "proof/{folder}.7.{ending}",
    "proof/{folder}/7/{ending}",
    "proof/{folder}/7.more/{ending}",
    "proof/{folder}/7.{ending}.{ending}",
    "proof/{folder}/07.{ending}",
    "proof/{folder}/-7.{ending}",
    "proof/{folder}/7{ending}",
    "proof/{folder}/.{ending}",
    "proof/{folder}/7.",
    "proof/{folder}/1234567890123456.{ending}",
    "proof/{folder}/actor-.{ending}",
    "proof/{folder}/actor-ffff.{ending}",
    "proof/{folder}/actor-FFFF.{ending}",
    "proof/more/{folder}/7.{ending}",
    "proof./{folder}/7.{ending}",
    "more/proof/{folder}/7.{ending}",
    "proof.{folder}.7.{ending}",
    "{folder}/7.{ending}",
)
FIXED = ("proof.checkpoint", "proof/checkpoint.", "proof/checkpoint7", "proof/keys.log.pem", "proof/keys/log.pem.pem",
         "proof/keys/root-pem", "proof/keys/rootlog.pem", "bagit-txt", "bagit.txt.", "sub/bagit.txt",
         "READ-ME-FIRST-html", "verify-sh", "verify.shell", "data.more", "data-more", ".data/more",
         "-", "...", "data/...", "data/-n")  # fmt: skip


def odd_paths() -> list[str]:
    made = {shape.format(folder=folder, ending=FOLDERS[folder]) for shape, folder in product(SHAPES, FOLDERS)}
    return sorted(made | set(FIXED))


@pytest.mark.parametrize("name", odd_paths())
def test_a_file_at_an_odd_path_is_refused_by_every_verifier_alike(name: str, bundle: Path, keys: Path):
    (bundle / name).parent.mkdir(parents=True, exist_ok=True)
    (bundle / name).write_bytes(b"x" * 32)
    retag(bundle)

    verdicts = [by_shell(bundle, keys), by_python(bundle, keys), by_onrecord(bundle, keys)]

    assert verdicts[0].code == 4
    assert {(verdict.code, verdict.check) for verdict in verdicts} == {(4, verdicts[0].check)}, verdicts
