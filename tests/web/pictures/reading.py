"""Pictures read back: their drawings, their texts, and the room that each text takes."""

from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from web.pictures.lettering import text_width

SVG = "{http://www.w3.org/2000/svg}"


class Label(NamedTuple):
    """A text and its edges, in user units."""

    said: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Label") -> bool:
        """Tell whether the two lie on each other."""
        level = self.left < other.right and other.left < self.right
        return level and self.top < other.bottom and other.top < self.bottom


def drawings(picture: str) -> list[Element]:
    """Return the svg elements of a picture: wide and narrow, or the only one."""
    root = ElementTree.fromstring(picture)
    return [root] if root.tag == f"{SVG}svg" else list(root)


def drawing(picture: str, layout: str = "wide") -> Element:
    """Return one layout of a picture."""
    return next(each for each in drawings(picture) if f"pic-{layout}" in each.get("class", "").split())


def of_kind(element: Element, kind: str) -> list[Element]:
    """Return the elements that have all classes of ``kind``."""
    wanted = set(kind.split())
    return [each for each in element.iter() if wanted <= set(each.get("class", "").split())]


def texts(element: Element, kind: str = "") -> list[str]:
    """Return the texts of a kind, as they are read."""
    return ["".join(each.itertext()) for each in of_kind(element, kind) if each.tag == f"{SVG}text"]


def labels(element: Element, *, width: float = 0) -> list[Label]:
    """Return the room of every text; ``width`` is that of a drawing whose places are in percent."""
    return [_label(each, width) for each in element.iter(f"{SVG}text")]


def _label(element: Element, width: float) -> Label:
    said = "".join(element.itertext())
    size = float(element.attrib["font-size"])
    room, x, y = text_width(said, size), _place(element, width), float(element.attrib["y"])
    left = x - {"start": 0.0, "middle": room / 2, "end": room}[element.get("text-anchor", "start")]
    return Label(said, left, left + room, y - size * 0.82, y + size * 0.12)


def _place(element: Element, width: float) -> float:
    x = element.attrib["x"]
    place = float(x[:-1]) / 100 * width if x.endswith("%") else float(x)
    return place + float(element.get("dx", 0))
