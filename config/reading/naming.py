"""Names of windows: what the words beside a period call it."""

import re

from config.reading import words
from config.reading.parties import typeset
from config.reading.scene import Scene

_TIME = re.compile(r"(?:起止|具体)?(?:时间|日期|时段)(?:及地点|和地点|、地点|地点)?$")
_MARK = re.compile(r"^[\s\d一二三四五六七八九十、.()①-⑳#*-]+(?=[^\s\d年月、.()])")
_HELD = re.compile(r"(?:举办|举行|召开|开展|进行|开放|启动) ?(?P<what>[^,。;:\n]{2,36})")
_EVENT = re.compile(r"(?P<what>[^,。;:\n()]{2,30}?)(?:定于|将于|拟于|于|在)$")


def window_name(scene: Scene) -> str | None:
    """Return how the period of ``scene`` is called."""
    for name in (_of_label(scene), _of_words(scene), _of_heading(scene)):
        if name:
            return typeset(name)
    return None


def _of_label(scene: Scene) -> str:
    label = _MARK.sub("", scene.label).strip(" :,。;")
    stem = _TIME.sub("", label).strip()
    if not stem:
        return ""
    return (stem if len(stem) > 2 else label)[:40]


def _of_words(scene: Scene) -> str:
    for found in (_HELD.search(scene.rest), _EVENT.search(scene.lead[-40:])):
        if found:
            return found["what"].strip(" “”的")
    return "集中开展" if "集中" in scene.rest[:20] else ""


def _of_heading(scene: Scene) -> str:
    for heading in reversed(scene.paragraph.headings):
        name = _TIME.sub("", _MARK.sub("", heading).strip(" :")).strip()
        if 2 <= len(name) <= 24 and words.EVENT.search(name):
            return name
    return "活动时间"
