"""The code of templates, kept for a process: to compile one takes a hundred times as long as to run it."""

from collections import OrderedDict
from threading import Lock
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_MOST = 256
_Key = tuple[type, str, str]


class CodeKept(BytecodeCache):
    """The latest code by kind of environment, name and source: nothing of a text is found for another."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, CodeType] = OrderedDict()
        self._lock = Lock()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template the code that its text was compiled to before."""
        key = _key(bucket)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                bucket.code = self._kept[key]

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is None:
            return
        with self._lock:
            self._kept[_key(bucket)] = bucket.code
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)


def _key(bucket: Bucket) -> _Key:
    return type(bucket.environment), bucket.key, bucket.checksum
