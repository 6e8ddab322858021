"""What a paragraph or a run of Word has from its style: struck out, numbered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from engine.documents.parts import attribute, child, is_on, local

_DEEP = 12  # styles based on each other may go round in a circle


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids."""

    by_id: Mapping[str, Element] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> "Styles":
        """Read the part that defines them."""
        found = [
            (attribute(one, "styleId"), one)
            for one in ([] if root is None else root)
            if local(one) == "style"
        ]
        return cls({key: one for key, one in found if key})

    def is_struck(self, properties: Element | None, paragraph: Element | None) -> bool:
        """Tell whether a run is struck out, by its own properties or else by a style."""
        styles = [attribute(child(properties, "rStyle"), "val"), attribute(child(paragraph, "pStyle"), "val")]
        said = [_strike(properties)]
        said += [_strike(child(one, "rPr")) for style in styles for one in self._line(style)]
        return next((one for one in said if one is not None), False)

    def numbering(self, paragraph: Element | None) -> tuple[str, int] | None:
        """Return the list and the level that a paragraph is counted in."""
        style = attribute(child(paragraph, "pStyle"), "val")
        own = child(paragraph, "numPr")
        found = [own] + [child(one, "pPr", "numPr") for one in self._line(style)]
        numbers = [attribute(child(one, "numId"), "val") for one in found]
        levels = [attribute(child(one, "ilvl"), "val") for one in found]
        number = next((one for one in numbers if one), None)
        level = next((one for one in levels if one), "0")
        if not number or number == "0":
            return None
        return number, int(level) if level.isascii() and level.isdigit() and len(level) == 1 else 0

    def _line(self, style: str | None) -> Iterator[Element]:
        """Yield a style and those it is based on."""
        for _ in range(_DEEP):
            found = self.by_id.get(style or "")
            if found is None:
                return
            yield found
            style = attribute(child(found, "basedOn"), "val")


def _strike(properties: Element | None) -> bool | None:
    found = [child(properties, name) for name in ("strike", "dstrike")]
    said = [is_on(one) for one in found if one is not None]
    return any(said) if said else None
