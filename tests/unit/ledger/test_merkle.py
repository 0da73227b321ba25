"""The hash tree: every proof verifies, and nothing that is not a proof does."""

from hashlib import sha256

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from onrecord.ledger.merkle import (
    Frontier,
    LedgerForked,
    NotInTheLedger,
    ProofWrong,
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    verify_consistency,
    verify_inclusion,
)
from unit.ledger.plain import plain_reader, plain_root, sample_leaves, unhex, vectors

ALL_REFUSED = vectors("proofs-refused")


def test_the_published_vectors_of_rfc_6962_hold() -> None:
    published = vectors("rfc6962")
    leaves = unhex(published["leaves"])
    read = plain_reader(leaves)

    assert Tree(0, read).root().hex() == published["empty_root"]
    for size, root in enumerate(published["roots"], start=1):
        assert Tree(size, read).root().hex() == root
    for case in published["inclusion"]:
        assert inclusion_proof(case["index"], case["size"], read) == unhex(case["proof"])
    for case in published["consistency"]:
        assert consistency_proof(case["old_size"], case["new_size"], read) == unhex(case["proof"])


def test_roots_and_proofs_are_those_of_the_vectors() -> None:
    trees = vectors("trees")
    roots = {case["size"]: bytes.fromhex(case["root"]) for case in trees["roots"]}
    leaves = sample_leaves(1000)
    read = plain_reader(leaves)

    for case in (case for case in trees["inclusion"] if case["size"] <= len(leaves)):
        proof = inclusion_proof(case["index"], case["size"], read)
        assert proof == unhex(case["proof"])
        place = {"index": case["index"], "size": case["size"]}
        verify_inclusion(
            leaves[case["index"]], proof, **place, root=roots.get(case["size"], Tree(case["size"], read).root())
        )
    for case in (case for case in trees["consistency"] if case["new_size"] <= len(leaves)):
        assert consistency_proof(case["old_size"], case["new_size"], read) == unhex(case["proof"])


def test_large_proofs_of_the_vectors_verify() -> None:
    trees = vectors("trees")
    roots = {case["size"]: bytes.fromhex(case["root"]) for case in trees["roots"]}
    large = [case for case in trees["inclusion"] if case["size"] in roots]

    for case in large:
        leaf = sha256(str(case["index"]).encode()).digest()
        verify_inclusion(leaf, unhex(case["proof"]), index=case["index"], size=case["size"], root=roots[case["size"]])

    assert max(case["size"] for case in large) == 70000


def test_a_growing_frontier_has_the_root_of_every_size() -> None:
    leaves = sample_leaves(300)
    frontier = Frontier()

    for size, leaf in enumerate(leaves, start=1):
        frontier.append(leaf_hash(leaf))
        assert frontier.root() == plain_root(leaves[:size])


@given(sizes=st.lists(st.integers(0, 70), max_size=8))
def test_a_frontier_fed_in_any_portions_ends_the_same(sizes: list[int]) -> None:
    leaves = sample_leaves(sum(sizes))
    frontier = Frontier()

    fed = 0
    for size in sizes:
        frontier.extend(leaf_hashes(leaves[fed : fed + size]))
        fed += size

    assert (frontier.size, frontier.root()) == (len(leaves), plain_root(leaves))
    assert Frontier.at(len(leaves), plain_reader(leaves)).root() == frontier.root()


def test_roots_equal_those_of_another_implementation() -> None:
    leaves = sample_leaves(130)
    other = InmemoryTree(algorithm="sha256")
    frontier = Frontier()

    for leaf in leaves:
        other.append_entry(leaf)
        frontier.append(leaf_hash(leaf))
        assert frontier.root() == other.get_root()


@given(size=st.integers(1, 600), data=st.data())
def test_every_inclusion_proof_verifies(size: int, data: st.DataObject) -> None:
    leaves = sample_leaves(600)[:size]
    index = data.draw(st.integers(0, size - 1))

    proof = inclusion_proof(index, size, plain_reader(leaves))

    verify_inclusion(leaves[index], proof, index=index, size=size, root=plain_root(leaves))


@given(new_size=st.integers(1, 600), data=st.data())
def test_every_consistency_proof_verifies(new_size: int, data: st.DataObject) -> None:
    leaves = sample_leaves(600)[:new_size]
    old_size = data.draw(st.integers(1, new_size))

    proof = consistency_proof(old_size, new_size, plain_reader(leaves))

    roots = {"old_root": plain_root(leaves[:old_size]), "new_root": plain_root(leaves)}
    verify_consistency(proof, old_size=old_size, new_size=new_size, **roots)


@given(size=st.integers(2, 300), data=st.data())
def test_a_flipped_bit_anywhere_in_an_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    leaves = sample_leaves(300)[:size]
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, plain_reader(leaves))
    parts = [leaves[index], plain_root(leaves), *proof]

    part = data.draw(st.integers(0, len(parts) - 1))
    parts[part] = _flip(parts[part], data.draw(st.integers(0, 255)))

    with pytest.raises(ProofWrong):
        verify_inclusion(parts[0], parts[2:], index=index, size=size, root=parts[1])


@given(new_size=st.integers(2, 300), data=st.data())
def test_a_flipped_bit_anywhere_in_a_consistency_proof_is_refused(new_size: int, data: st.DataObject) -> None:
    leaves = sample_leaves(300)[:new_size]
    old_size = data.draw(st.integers(1, new_size - 1))
    proof = consistency_proof(old_size, new_size, plain_reader(leaves))
    parts = [plain_root(leaves[:old_size]), plain_root(leaves), *proof]

    part = data.draw(st.integers(0, len(parts) - 1))
    parts[part] = _flip(parts[part], data.draw(st.integers(0, 255)))

    with pytest.raises(ProofWrong):
        verify_consistency(parts[2:], old_size=old_size, old_root=parts[0], new_size=new_size, new_root=parts[1])


@given(size=st.integers(2, 300), data=st.data())
def test_a_proof_for_one_place_never_proves_another(size: int, data: st.DataObject) -> None:
    leaves = sample_leaves(300)[:size]
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    assume(index != other)

    proof = inclusion_proof(index, size, plain_reader(leaves))

    with pytest.raises(ProofWrong):
        verify_inclusion(leaves[index], proof, index=other, size=size, root=plain_root(leaves))


@pytest.mark.parametrize("case", ALL_REFUSED["inclusion"], ids=lambda case: f"{case['why']}, {case['size']}")
def test_a_wrong_inclusion_proof_is_refused(case: dict) -> None:
    place = {"index": case["index"], "size": case["size"]}

    with pytest.raises(ProofWrong):
        verify_inclusion(bytes.fromhex(case["leaf"]), unhex(case["proof"]), **place, root=bytes.fromhex(case["root"]))


@pytest.mark.parametrize("case", ALL_REFUSED["consistency"], ids=lambda case: f"{case['why']}, {case['new_size']}")
def test_a_wrong_consistency_proof_is_refused(case: dict) -> None:
    old = {"old_size": case["old_size"], "old_root": bytes.fromhex(case["old_root"])}
    new = {"new_size": case["new_size"], "new_root": bytes.fromhex(case["new_root"])}

    with pytest.raises((ProofWrong, LedgerForked)):
        verify_consistency(unhex(case["proof"]), **old, **new)


def test_two_roots_of_one_size_are_a_fork() -> None:
    one, other = plain_root(sample_leaves(5)), plain_root(sample_leaves(6)[1:])

    with pytest.raises(LedgerForked):
        verify_consistency([], old_size=5, old_root=one, new_size=5, new_root=other)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 5), (5, 5), (6, 5)])
def test_there_is_no_proof_for_a_place_outside_the_ledger(index: int, size: int) -> None:
    read = plain_reader(sample_leaves(5))

    with pytest.raises(NotInTheLedger):
        inclusion_proof(index, size, read)


@pytest.mark.parametrize(("old_size", "new_size"), [(0, 5), (-1, 5), (6, 5)])
def test_there_is_no_proof_of_growth_from_nothing_or_backwards(old_size: int, new_size: int) -> None:
    read = plain_reader(sample_leaves(5))

    with pytest.raises(NotInTheLedger):
        consistency_proof(old_size, new_size, read)


def _flip(data: bytes, bit: int) -> bytes:
    return (int.from_bytes(data, "big") ^ (1 << bit)).to_bytes(len(data), "big")
