"""Invented people, titles and places; every draw is from the ``Random`` given."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from engine.material_rows import Material
from engine.simulate.words import FORMS, GIVEN, ONLINE_FORMS, PLACES, SURNAMES, TOPICS
from workflows.wording import MATERIALS

_HOSTS = ("example.cn", "example.com")
_SHARE_ENGLISH = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """An invented person; the telephone number has an area code that does not exist."""

    name: str
    email: str
    phone: str
    lang: str


@dataclass(slots=True)
class Inventor:
    """Invents people with addresses of their own."""

    random: Random
    _addresses: set[str] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def somebody(self) -> Somebody:
        """Return a person nobody has met before."""
        surname, given = self.random.choice(SURNAMES), self.random.choice(GIVEN)
        number = next(self._numbers)
        address = f"{given[1]}.{surname[1]}@{self.random.choice(_HOSTS)}"
        if address in self._addresses:
            address = address.replace("@", f"{number}@")
        self._addresses.add(address)
        lang = "en" if self.random.random() < _SHARE_ENGLISH else "zh"
        return Somebody(name=surname[0] + given[0], email=address, phone=f"0000-5{number:06d}", lang=lang)


def titles(random: Random, unit: str) -> Iterator[tuple[str, bool]]:
    """Yield titles of a unit's activities, none twice, each with whether it is held online."""
    seen: dict[str, int] = {}
    while True:
        online = random.random() < 0.06
        topic, form = random.choice(TOPICS), random.choice(ONLINE_FORMS if online else FORMS)
        title = f"{topic}{form}" if random.random() < 0.5 else f"走近{topic}：{unit}{form}"
        seen[title] = seen.get(title, 0) + 1
        yield title if seen[title] == 1 else f"{title}（第 {seen[title]} 场）", online


def material(kind: str) -> Material:
    """Return a material as a link that leads nowhere, named as people call it."""
    return Material(kind=kind, name=MATERIALS[kind].zh, uri=f"https://files.example.cn/{kind}")


def place(random: Random, region_name: str) -> str:
    """Return a place in a region."""
    return region_name + random.choice(PLACES)
