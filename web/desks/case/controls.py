"""What a page offers right beside a blocker to clear it: a field of the same form, or a way to a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from config.form import Form, forms
from config.schedule import Name
from engine.uploads.filetypes import accept_attribute
from workflows.blockers import Blocker, Code
from workflows.materials import either
from workflows.wording import MATERIALS

_LINKS = {
    "platform_listing": "case.link_platform_listing",
    "video": "case.link_video",
    "news_link": "case.link_news_link",
}
"""Materials that are mostly handed in as an address of the web, with what its field is called."""

_FILES = {
    "platform_listing": "case.file_platform_listing",
    "application_form": "case.file_instead",
    "video": "case.file_video",
}
_NO_FILE = ("news_link",)


class Control(StrEnum):
    """The sorts of controls; WAY leads to another page."""

    FILE = "file"
    LINK = "link"
    TITLE = "title"
    DATES = "dates"
    PLACE = "place"
    ADDRESS = "online_url"
    PARTICIPANTS = "participants"
    REASON = "reason"
    WAY = "way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One control. ``name`` is its field, or the end of the address it leads to; ``label`` a message."""

    control: Control
    name: str
    label: str = ""
    thing: Name | None = None
    accept: str = ""

    @property
    def in_form(self) -> bool:
        """Return whether it is a field of the same form."""
        return self.control is not Control.WAY

    @property
    def is_material(self) -> bool:
        """Return whether it hands in a material."""
        return self.control in (Control.FILE, Control.LINK)


_FIXES: Mapping[str, Offer] = MappingProxyType(
    {
        "edit:title": Offer(control=Control.TITLE, name="title"),
        "edit:dates": Offer(control=Control.DATES, name="starts_on"),
        "edit:place": Offer(control=Control.PLACE, name="place"),
        "edit:online_url": Offer(control=Control.ADDRESS, name="online_url"),
        "edit:participants": Offer(control=Control.PARTICIPANTS, name="participants"),
        "reason": Offer(control=Control.REASON, name="reason"),
        "hand_over": Offer(control=Control.WAY, name="hand-over", label="case.to_hand_over"),
    }
)
_POSTPONE = Offer(control=Control.WAY, name="postpone", label="case.to_postpone")


def offers_for(blocker: Blocker) -> tuple[Offer, ...]:
    """Return the controls that clear a blocker; none where only time or somebody else can."""
    if blocker.code == Code.MATERIALS_MISSING:
        return tuple(offer for kind in either(str(blocker.params["kind"])) for offer in _for_material(kind))
    if blocker.code in (Code.NOT_OVER, Code.NOT_BEGUN) and blocker.fix == "edit:dates":
        return (_POSTPONE,)
    found = _FIXES.get(blocker.fix or "")
    return (found,) if found else ()


def _for_material(kind: str) -> tuple[Offer, ...]:
    thing = material_name(kind)
    offers = []
    if form_for(kind) is not None:
        offers.append(Offer(control=Control.WAY, name="form", label="case.to_form"))
    if kind in _LINKS:
        offers.append(Offer(control=Control.LINK, name=f"link.{kind}", label=_LINKS[kind], thing=thing))
    if kind not in _NO_FILE:
        label = _FILES.get(kind, "case.file_of")
        accept = accept_attribute(kind)
        offers.append(
            Offer(control=Control.FILE, name=f"file.{kind}", label=label, thing=thing, accept=accept)
        )
    return tuple(offers)


def form_for(kind: str) -> Form | None:
    """Return the form that is filled in on a page for a kind of material."""
    return next((form for form in forms().values() if form.material == kind), None)


def material_name(kind: str) -> Name:
    """Return what a kind of material is called; one that only a schedule knows has its own name."""
    known = MATERIALS.get(kind)
    return Name(zh=known.zh, en=known.en) if known else Name(zh=kind, en=kind)
