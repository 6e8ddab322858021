"""The tree of RFC 9162: known answers, and what holds of every tree."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.merkle import (
    EMPTY,
    Edge,
    consistency_proof,
    grew,
    includes,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_hash,
)
from engine.verifier import roots

# the leaves and answers that implementations of Certificate Transparency test themselves with
KNOWN = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(data) for data in KNOWN]
SIZES = st.integers(1, 70)


def some(count: int) -> list[bytes]:
    return [leaf_hash(bytes([number])) for number in range(count)]


def plain(leaves: list[bytes]) -> bytes:
    """Return the tree's hash word for word as RFC 9162, 2.1.1 defines it."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(plain(leaves[:k]), plain(leaves[k:]))


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert (
        tree_hash([])
        == EMPTY
        == bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    )


@pytest.mark.parametrize("size", range(1, 9))
def test_known_trees_have_their_known_roots(size: int) -> None:
    assert tree_hash(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_a_known_proof_of_inclusion() -> None:
    path = [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]

    assert [node.hex() for node in inclusion_proof(LEAVES, 5)] == path


def test_a_known_proof_of_growth() -> None:
    path = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]

    assert [node.hex() for node in consistency_proof(LEAVES, 6)] == path


@given(size=st.integers(0, 70), cut=st.integers(0, 70))
def test_a_tree_grown_in_two_parts_is_the_tree_as_defined(size: int, cut: int) -> None:
    leaves = some(size)

    grown = Edge().grown(leaves[:cut]).grown(leaves[cut:])

    assert (grown.size, grown.root) == (size, plain(leaves))


@given(hashes=st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_the_verifier_counts_the_same_roots(hashes: list[bytes]) -> None:
    leaves = [leaf_hash(one) for one in hashes]

    told = dict(roots([one.hex().encode() for one in hashes], range(len(hashes) + 1)))

    assert told == {size: plain(leaves[:size]) for size in range(len(hashes) + 1)}


@given(size=SIZES, data=st.data())
def test_every_leaf_is_proved_to_be_where_it_is_and_nowhere_else(size: int, data: st.DataObject) -> None:
    leaves, index = some(size), data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-1, size))
    proof, root = inclusion_proof(leaves, index), tree_hash(leaves)

    assert includes(root, size, leaf=leaves[index], index=index, proof=proof)
    assert includes(root, size, leaf=leaves[index], index=other, proof=proof) == (other == index)
    assert not includes(root, size, leaf=leaf_hash(b"another"), index=index, proof=proof)
    assert not includes(EMPTY, size, leaf=leaves[index], index=index, proof=proof)
    assert not includes(root, size, leaf=leaves[index], index=index, proof=[*proof, EMPTY])


@given(size=SIZES, data=st.data())
def test_every_tree_is_proved_to_have_grown_from_each_before(size: int, data: st.DataObject) -> None:
    leaves, old = some(size), data.draw(st.integers(1, size))
    before, after = (old, tree_hash(leaves[:old])), (size, tree_hash(leaves))
    proof = consistency_proof(leaves, old)

    assert grew(before, after, proof)
    assert not grew((old, EMPTY), after, proof)
    assert not grew(before, (size, EMPTY), proof)
    assert not grew(before, after, [*proof, EMPTY])


@given(size=st.integers(2, 70), data=st.data())
def test_a_tree_whose_past_was_changed_did_not_grow_from_it(size: int, data: st.DataObject) -> None:
    leaves, old = some(size), data.draw(st.integers(1, size - 1))
    changed = [leaf_hash(b"another") if n == old - 1 else leaf for n, leaf in enumerate(leaves)]

    before, after = (old, tree_hash(leaves[:old])), (size, tree_hash(changed))

    assert not grew(before, after, consistency_proof(changed, old))
    assert not grew(before, after, consistency_proof(leaves, old))
    assert not grew(before, after, [])


def test_there_is_no_proof_of_what_is_not_there() -> None:
    with pytest.raises(IndexError, match="no leaf 8 in a tree of 8"):
        inclusion_proof(LEAVES, 8)
    with pytest.raises(IndexError, match="no tree of 9 leaves within one of 8"):
        consistency_proof(LEAVES, 9)
