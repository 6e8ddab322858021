"""A QR code as SVG, drawn here: no picture is fetched from anywhere."""

from itertools import groupby

import segno
from markupsafe import Markup

from config.schedule import Name
from web.pictures.frame import Caption, Table, named, opened
from web.pictures.strokes import path, tag

TITLE = Name(zh="二维码", en="QR code")
DESC = Name(zh="扫码打开：{text}", en="Scan to open: {text}")
CONTENT = Name(zh="二维码内容", en="Content of the code")
QUIET = 4


def qr_picture(content: str, *, key: str, lang: str, title: str = "") -> Markup:
    """Return the code of ``content``, black on white in every colour scheme so that it can be read."""
    modules = segno.make(content, error="m", micro=False).matrix
    size = len(modules) + 2 * QUIET
    caption = Caption(title or TITLE.in_(lang), DESC.in_(lang).format(text=content))
    ground = tag("rect", width=size, height=size, class_="qr-ground", fill="#fff")
    return tag(
        "svg",
        named(caption, key),
        ground,
        path(_shape(modules), "qr-dark"),
        xmlns="http://www.w3.org/2000/svg",
        class_="pic pic-qr",
        viewBox=f"0 0 {size} {size}",
        width=size * 4,
        height=size * 4,
        shape_rendering="crispEdges",
        **opened(key, lang, ground),
    )


def qr_table(content: str, lang: str) -> Table:
    """Return the code's content, for those who cannot scan it."""
    return Table((CONTENT.in_(lang),), ((content,),))


def _shape(modules: tuple[bytearray, ...]) -> str:
    """Return the dark modules as one path: a bar for each run in a row."""
    shape = ""
    for y, row in enumerate(modules):
        x = 0
        for dark, run in groupby(row, key=bool):
            length = len(list(run))
            if dark:
                shape += f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z"
            x += length
    return shape
