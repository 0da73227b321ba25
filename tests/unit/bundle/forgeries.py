"""What somebody without the keys can do to a bundle: each forgery named, with the check that must see it.

The forger is a good one: wherever a list of hashes would betray the change, the lists are written anew.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from onrecord.ledger.entry import read_without_checking, sign_event
from onrecord.ledger.note import sign_note
from unit.bundle.forging import add, relist, remove, replace_in, retag
from unit.bundle.invented_docket import COLLECTOR, LATER_MEMBER, ORIGIN, PHOTO, InventedDocket, make_key

LETTER_ENTRY, SOURCE_ENTRY, CLAIM_ENTRY, SEAL_ENTRY, STRANGER_ENTRY = 7, 8, 14, 23, 15
MIDDLE_KEYSET, LAST_KEYSET = 16, 22

Forge = Callable[[Path], None]
FORGERIES: dict[str, tuple[Forge, str]] = {}


def forgery(seen_by: str) -> Callable[[Forge], Forge]:
    """Add a forgery to the list; `seen_by` is the first check that must fail."""

    def add(forge: Forge) -> Forge:
        FORGERIES[forge.__name__] = (forge, seen_by)
        return forge

    return add


def _photo(bundle: Path) -> Path:
    return next((bundle / "data/exhibits" / PHOTO / "original").iterdir())


def _opening(bundle: Path, index: int, ending: str) -> Path:
    return bundle / f"proof/openings/{index}.{ending}"


@forgery("payload-manifest")
def changed_file(bundle):
    path = _photo(bundle)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")


@forgery("seal")
def changed_file_with_manifests_recomputed(bundle):
    changed_file(bundle)
    relist(bundle)


@forgery("seal")
def changed_claim_with_manifests_recomputed(bundle):
    replace_in(bundle / "data/case/claims.csv", b"immovable_property", b"violence_to_others")
    relist(bundle)


@forgery("payload-manifest")
def added_file(bundle):
    (_photo(bundle).parent / "more.txt").write_text("this was always here\n")


@forgery("seal")
def added_file_with_manifests_recomputed(bundle):
    added_file(bundle)
    relist(bundle)


@forgery("shape")
def added_file_beside_the_payload(bundle):
    (bundle / "expert-opinion.html").write_text("all of it is true")
    retag(bundle)


@forgery("shape")
def added_file_among_the_proofs(bundle):
    (bundle / "proof/openings/note.txt").write_text("all of it is true")
    retag(bundle)


@forgery("payload-manifest")
def removed_file(bundle):
    (bundle / "data/case/timeline.csv").unlink()


@forgery("seal")
def removed_exhibit_with_manifests_recomputed(bundle):
    shutil.rmtree(_photo(bundle).parent.parent)
    relist(bundle)


@forgery("shape")
def removed_salt(bundle):
    _opening(bundle, LETTER_ENTRY, "salt").unlink()
    retag(bundle)


@forgery("payload-manifest")
def rewritten_first_page_with_tags_recomputed(bundle):
    replace_in(bundle / "READ-ME-FIRST.html", b"Do not run the verifier", b"Please run the verifier")
    retag(bundle)


@forgery("tag-manifest")
def edited_event_without_more(bundle):
    replace_in(_opening(bundle, CLAIM_ENTRY, "envelope"), b'"credibility":"2"', b'"credibility":"1"')


@forgery("signatures")
def edited_event(bundle):
    edited_event_without_more(bundle)
    retag(bundle)


@forgery("signatures")
def event_signed_by_a_strangers_key(bundle):
    path = _opening(bundle, CLAIM_ENTRY, "envelope")
    event = path.read_bytes().split(b"\n")[0]
    forged = make_key("stranger").sign(b"onrecord-entry/v1\n" + event)
    import base64

    path.write_bytes(event + b"\n" + base64.b64encode(forged) + b"\n")
    retag(bundle)


@forgery("signatures")
def envelope_with_one_more_line(bundle):
    path = _opening(bundle, CLAIM_ENTRY, "envelope")
    path.write_bytes(path.read_bytes() + b"and this\n")
    retag(bundle)


@forgery("places")
def altered_index(bundle):
    for path in (bundle / "proof/openings").glob(f"{CLAIM_ENTRY}.*"):
        path.rename(path.with_name(f"{STRANGER_ENTRY}{path.suffix}"))
    replace_in(_opening(bundle, STRANGER_ENTRY, "path"), b"index 14\n", b"index 15\n")
    retag(bundle)


@forgery("places")
def altered_index_in_the_path_alone(bundle):
    replace_in(_opening(bundle, CLAIM_ENTRY, "path"), b"index 14\n", b"index 15\n")
    retag(bundle)


@forgery("places")
def altered_salt(bundle):
    _opening(bundle, CLAIM_ENTRY, "salt").write_bytes(bytes(32))
    retag(bundle)


@forgery("places")
def path_from_elsewhere(bundle):
    path = _opening(bundle, CLAIM_ENTRY, "path")
    path.write_bytes(re.sub(rb"\n[0-9a-f]{64}\n", b"\n" + b"0" * 64 + b"\n", path.read_bytes(), count=1))
    retag(bundle)


@forgery("places")
def shortened_path(bundle):
    path = _opening(bundle, CLAIM_ENTRY, "path")
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:-2]) + b"\n")
    retag(bundle)


@forgery("checkpoint")
def checkpoint_of_another_ledger(bundle):
    other = InventedDocket(
        bundle.parent / "other",
        log_key=make_key("other log"),
        root_key=make_key("other root"),
        origin="other.example/x",
    )
    other.record("LetterReceived", PHOTO)
    (bundle / "proof/checkpoint").write_bytes(other.log.checkpoint(other.log_key))
    retag(bundle)


@forgery("checkpoint")
def checkpoint_of_another_ledger_under_our_name(bundle):
    other = InventedDocket(bundle.parent / "other", log_key=make_key("other log"), root_key=make_key("other root"))
    other.record("LetterReceived", PHOTO)
    (bundle / "proof/checkpoint").write_bytes(other.log.checkpoint(other.log_key))
    retag(bundle)


@forgery("checkpoint")
def checkpoint_of_another_ledger_with_our_log_key(bundle):
    text = (bundle / "proof/checkpoint").read_bytes().split(b"\n\n")[0] + b"\n"
    text = text.replace(ORIGIN.encode(), b"other.example/x")
    (bundle / "proof/checkpoint").write_bytes(sign_note(text, ORIGIN, make_key("log")))
    retag(bundle)


@forgery("checkpoint")
def checkpoint_with_another_root(bundle):
    lines = (bundle / "proof/checkpoint").read_bytes().split(b"\n")
    lines[2] = b"A" * 43 + b"="
    (bundle / "proof/checkpoint").write_bytes(b"\n".join(lines))
    retag(bundle)


@forgery("earlier")
def earlier_checkpoint_of_a_fork(bundle):
    fork = InventedDocket(bundle.parent / "fork")
    for _ in range(22):
        fork.record("LetterReceived", PHOTO)
    (bundle / "proof/checkpoints/23.checkpoint").write_bytes(fork.log.checkpoint(fork.log_key))
    retag(bundle)


@forgery("earlier")
def altered_consistency_proof(bundle):
    path = bundle / "proof/checkpoints/23.consistency"
    path.write_bytes(re.sub(rb"\n[0-9a-f]{64}\n", b"\n" + b"0" * 64 + b"\n", path.read_bytes(), count=1))
    retag(bundle)


@forgery("counts")
def missing_entry_of_the_subject(bundle):
    for path in (bundle / "proof/openings").glob(f"{CLAIM_ENTRY}.*"):
        path.unlink()
    retag(bundle)


@forgery("seal")
def missing_entry_called_withheld(bundle):
    missing_entry_of_the_subject(bundle)
    path = bundle / "data/manifest/entries.csv"
    path.write_text(re.sub(r"(?m)^(14,.*),opened$", r"\1,withheld", path.read_text()))
    relist(bundle)


@forgery("seal")
def missing_seal(bundle):
    for path in (bundle / "proof/openings").glob(f"{SEAL_ENTRY}.*"):
        path.unlink()
    retag(bundle)


@forgery("keysets")
def keyset_of_the_forger(bundle):
    forger = InventedDocket(bundle.parent / "forger", root_key=make_key("forger"))
    (bundle / "proof/keysets/0.keyset").write_bytes(forger.keysets[0].file)
    retag(bundle)


@forgery("keysets")
def edited_keyset(bundle):
    replace_in(bundle / "proof/keysets/0.keyset", b"door.example", b"trap.example")
    retag(bundle)


@forgery("keysets")
def key_file_of_the_forger(bundle):
    from onrecord.bundle.proof import pem

    (bundle / "proof/keys/log.pem").write_bytes(pem(make_key("forger").public_key().public_bytes_raw()))
    retag(bundle)


@forgery("keysets")
def removed_keyset_whose_keys_signed_nothing(bundle):
    for name in (f"keysets/{MIDDLE_KEYSET}.keyset", f"keysets/{MIDDLE_KEYSET}.path", f"keys/actor-{LATER_MEMBER}.pem"):
        (bundle / "proof" / name).unlink()
    retag(bundle)


@forgery("keysets")
def removed_keyset_and_its_line_in_the_list(bundle):
    removed_keyset_whose_keys_signed_nothing(bundle)
    replace_in(bundle / "data/manifest/keysets.csv", b"16,2\n", b"")
    relist(bundle)


@forgery("keysets")
def removed_newest_keyset(bundle):
    for ending in ("keyset", "path"):
        (bundle / f"proof/keysets/{LAST_KEYSET}.{ending}").unlink()
    retag(bundle)


@forgery("seal")
def removed_newest_keyset_and_its_line_in_the_list(bundle):
    removed_newest_keyset(bundle)
    replace_in(bundle / "data/manifest/keysets.csv", b"22,3\n", b"")
    relist(bundle)


@forgery("seal")
def altered_basis_with_manifests_recomputed(bundle):
    replace_in(bundle / "data/manifest/basis.csv", b",public_source,", b",lawful_order,")
    relist(bundle)


@forgery("shape")
def link_in_place_of_a_file(bundle):
    path = _photo(bundle)
    path.rename(bundle.parent / "elsewhere.jpg")
    path.symlink_to(bundle.parent / "elsewhere.jpg")


@forgery("shape")
def link_in_place_of_a_folder(bundle):
    (bundle / "data/case").rename(bundle.parent / "case")
    (bundle / "data/case").symlink_to(bundle.parent / "case")


@forgery("shape")
def file_name_with_a_line_end(bundle):
    (bundle / "data/a\nfile.txt").write_text("x")


@forgery("shape")
def folder_name_that_looks_like_two_files(bundle):
    (bundle / "data/x\n.").mkdir()
    (bundle / "data/x\n./y").write_text("x")


@forgery("shape")
def file_name_that_reads_backwards(bundle):
    (bundle / "data/exhibit\u202egpj.exe").write_text("x")


@forgery("shape")
def empty_folder(bundle):
    (bundle / "data/exhibits/empty").mkdir()


@forgery("payload-manifest")
def list_that_names_a_file_twice(bundle):
    path = bundle / "manifest-sha256.txt"
    path.write_text(path.read_text() + path.read_text().splitlines(keepends=True)[0])
    retag(bundle)


@forgery("payload-manifest")
def list_with_a_line_that_is_none(bundle):
    path = bundle / "manifest-sha256.txt"
    path.write_text(path.read_text() + "no hash  data/../../etc\n")
    retag(bundle)


@forgery("shape")
def proof_folder_whose_name_holds_a_number(bundle):
    add(bundle, "proof/openings.7/envelope", "all of it is true")


@forgery("shape")
def proof_file_one_folder_too_high(bundle):
    add(bundle, "proof/openings.7.envelope", "all of it is true")


@forgery("keysets")
def key_file_that_holds_no_key(bundle):
    add(bundle, "proof/keys/actor-ffff.pem", "all of it is true")


@forgery("keysets")
def removed_key_of_the_log(bundle):
    remove(bundle, "proof/keys/log.pem")


@forgery("keysets")
def removed_key_of_a_signer(bundle):
    remove(bundle, f"proof/keys/actor-{COLLECTOR}.pem")


@forgery("seal")
def removed_earlier_checkpoints(bundle):
    shutil.rmtree(bundle / "proof/checkpoints")
    retag(bundle)


@forgery("signatures")
def claim_signed_by_a_service(bundle):
    path = _opening(bundle, CLAIM_ENTRY, "envelope")
    event = read_without_checking(path.read_bytes())
    path.write_bytes(sign_event(replace(event, actor=COLLECTOR), make_key(COLLECTOR)))
    retag(bundle)
