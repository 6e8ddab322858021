"""The types of file that are taken in, and which of them each kind of material may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from config.schedule import Name

MB = 1024 * 1024


class Family(StrEnum):
    """What kind of thing a file is: they are cleaned and limited differently."""

    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"


class FileType(StrEnum):
    """A type of file that is taken in, by the extension it is given."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    MP4 = "mp4"
    MOV = "mov"
    WEBM = "webm"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    TXT = "txt"
    CSV = "csv"

    @property
    def family(self) -> Family:
        """Return what kind of thing it is."""
        if self in IMAGES:
            return Family.IMAGE
        return Family.VIDEO if self in VIDEOS else Family.DOCUMENT


IMAGES = frozenset({FileType.JPEG, FileType.PNG, FileType.WEBP, FileType.GIF})
VIDEOS = frozenset({FileType.MP4, FileType.MOV, FileType.WEBM})
SHEETS = frozenset({FileType.XLSX, FileType.XLS, FileType.CSV})
DOCUMENTS = frozenset(FileType) - IMAGES - VIDEOS
SCANS = IMAGES | {FileType.PDF}

LARGEST: Mapping[Family, int] = MappingProxyType(
    {Family.IMAGE: 30 * MB, Family.VIDEO: 200 * MB, Family.DOCUMENT: 30 * MB}
)
"""How many bytes a file may have."""

MEDIA: Mapping[str, str] = MappingProxyType(
    {
        FileType.JPEG: "image/jpeg",
        FileType.PNG: "image/png",
        FileType.WEBP: "image/webp",
        FileType.GIF: "image/gif",
        FileType.MP4: "video/mp4",
        FileType.MOV: "video/quicktime",
        FileType.WEBM: "video/webm",
        FileType.PDF: "application/pdf",
        FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileType.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        FileType.DOC: "application/msword",
        FileType.XLS: "application/vnd.ms-excel",
        FileType.PPT: "application/vnd.ms-powerpoint",
        FileType.TXT: "text/plain",
        FileType.CSV: "text/csv",
        "jpeg": "image/jpeg",
        "json": "application/json",
    }
)
"""What a file of an extension is called on the web; anything else is only bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a kind of material may be, and how that is said."""

    types: frozenset[FileType]
    said: Name

    @property
    def largest(self) -> int:
        """Return how many bytes the largest file may have that is read at all."""
        return max(LARGEST[one.family] for one in self.types)


_PHOTO = Accepted(
    types=IMAGES, said=Name(zh="JPG、PNG、WebP 或 GIF 图片", en="a JPG, PNG, WebP or GIF picture")
)
_VIDEO = Accepted(types=VIDEOS, said=Name(zh="MP4、MOV 或 WebM 视频", en="an MP4, MOV or WebM video"))
_SCAN = Accepted(
    types=SCANS,
    said=Name(zh="PDF 或 JPG、PNG、WebP 图片", en="a PDF, or a JPG, PNG or WebP picture"),
)
_PAPER = Accepted(
    types=DOCUMENTS | IMAGES,
    said=Name(
        zh="PDF、Word、Excel、PPT、文本文件，或 JPG、PNG、WebP 图片",
        en="a PDF, Word, Excel, PowerPoint or text file, or a JPG, PNG or WebP picture",
    ),
)
_ANY = Accepted(
    types=frozenset(FileType),
    said=Name(
        zh="PDF、Word、Excel、PPT、文本文件，JPG、PNG、WebP 图片，或 MP4、MOV 视频",
        en="a PDF, Word, Excel, PowerPoint or text file, a JPG, PNG or WebP picture, or an MP4 or MOV video",
    ),
)
_BY_KIND: Mapping[str, Accepted] = MappingProxyType(
    {
        "photo": _PHOTO,
        "video": _VIDEO,
        "stamped_scan": _SCAN,
        "platform_listing": _SCAN,
        "news_link": _SCAN,
        "application_form": _PAPER,
        "registration_form": _PAPER,
        "summary": _PAPER,
        "summary_sheet": _PAPER,
        "plan_table": _PAPER,
        "intention_form": _PAPER,
        "report": _PAPER,
    }
)


def accepted(kind: str) -> Accepted:
    """Return what a kind of material may be; one that only a schedule knows may be anything taken in."""
    return _BY_KIND.get(kind, _ANY)


def accept_attribute(kind: str) -> str:
    """Return what a file field of a page offers first for a kind: ``.jpg,.png``."""
    return ",".join(sorted(f".{one}" for one in accepted(kind).types))
