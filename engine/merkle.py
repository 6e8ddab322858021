"""The Merkle tree of RFC 9162, section 2.1: its hash, that a leaf is in it, that it only grew.

Every function takes leaf hashes (``leaf_hash`` of the data), so that no data need be kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

EMPTY = sha256().digest()
"""The hash of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf; the first byte keeps it apart from every node."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a growing tree: its size and the roots of its perfect subtrees, the largest first.

    All that is needed to add leaves and to tell the root: at most one hash for each binary digit of the size.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, leaves: Iterable[bytes]) -> "Edge":
        """Return the edge once leaf hashes are added."""
        size, peaks = self.size, list(self.peaks)
        for node in leaves:
            size += 1
            rest = size
            while rest % 2 == 0:
                node, rest = node_hash(peaks.pop(), node), rest // 2  # noqa: PLW2901 - it is what grows
            peaks.append(node)
        return Edge(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """Return the hash of the whole tree."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            root = node_hash(peak, root)
        return root


def tree_hash(leaves: Iterable[bytes]) -> bytes:
    """Return the hash of the tree over leaf hashes."""
    return Edge().grown(leaves).root


def _split(size: int) -> int:
    """Return the largest power of two smaller than ``size`` (of at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes that lead from the leaf at ``index`` to the root (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(leaves[:k], index), tree_hash(leaves[k:])]
    return [*inclusion_proof(leaves[k:], index - k), tree_hash(leaves[:k])]


def includes(root: bytes, size: int, *, leaf: bytes, index: int, proof: Sequence[bytes]) -> bool:
    """Return whether a proof shows a leaf hash at ``index`` in a tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if first % 2 or first == last:
            node = node_hash(sibling, node)
            while first % 2 == 0 and first:
                first, last = first >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and node == root


def consistency_proof(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """Return the hashes that show that the tree grew from its first ``old`` leaves (RFC 9162, 2.1.4.1)."""
    if not 0 < old <= len(leaves):
        raise IndexError(f"no tree of {old} leaves within one of {len(leaves)}")
    return _subproof(leaves, old, whole=True)


def _subproof(leaves: Sequence[bytes], old: int, *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [tree_hash(leaves)]
    k = _split(len(leaves))
    if old <= k:
        return [*_subproof(leaves[:k], old, whole=whole), tree_hash(leaves[k:])]
    return [*_subproof(leaves[k:], old - k, whole=False), tree_hash(leaves[:k])]


def grew(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Return whether a proof shows that a tree (size, root) grew into another (RFC 9162, 2.1.4.2)."""
    (old_size, old_root), (new_size, new_root) = old, new
    if old_size == new_size:
        return not proof and old_root == new_root
    if not 0 < old_size < new_size or not proof:
        return False
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    first, last = old_size - 1, new_size - 1
    while first % 2:
        first, last = first >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if first % 2 or first == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while first % 2 == 0 and first:
                first, last = first >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
