"""A subject from its history alone: its state, its version and every value it was ever given."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.verifier import Chain


def fold(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what one subject's rows, in the order of their versions, come to.

    The values they set under their own names, and ``state``, ``version``, ``head`` and ``materials`` (what is
    there, counted by kind). Raises ValueError where the details of a row cannot be understood.
    """
    chain = Chain(b"")
    last: Mapping[str, Any] = {"dest": "", "version": 0, "hash": ""}
    for last in rows:
        if not chain.fold(last["details"].encode()):
            raise ValueError(f"{last['subject']} version {last['version']}: its details cannot be understood")
    materials = {kind: count for kind, count in chain.counts.items() if count}
    ends = {"state": last["dest"], "version": last["version"], "head": last["hash"], "materials": materials}
    return {**chain.fields, **ends}
