"""Takes the pictures of the guides: ``python docs/pictures/make.py [--desks FOLDER] [NAME…]``.

FOLDER is what ``make run`` has left (by default ``var/demo/desks``); it is only copied. With names, only
those pictures are written, though every page is gone through: a later one shows what an earlier one did.
"""

import argparse
from io import BytesIO
from pathlib import Path

import structlog
from PIL import Image
from shot import Shot
from shots import SHOTS
from stage import Stage, on_stage

HERE = Path(__file__).parent
MOST = 120_000
_SETTLED = 600  # milliseconds until parts that a page fetches, and its one fade, are there


def main() -> None:
    """Take all pictures, in both languages."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--desks", type=Path, default=Path("var/demo/desks"))
    wanted.add_argument("--lang", choices=["zh", "en"], action="append")
    wanted.add_argument("names", nargs="*")
    asked = wanted.parse_args()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    for lang in asked.lang or ["zh", "en"]:
        with on_stage(asked.desks, lang) as stage:
            for shot in SHOTS:
                picture = _take(stage, shot)
                if not asked.names or shot.name in asked.names:
                    _keep(picture, HERE / lang / f"{shot.name}.png")


def _take(stage: Stage, shot: Shot) -> bytes:
    path = shot.path(stage) if callable(shot.path) else shot.path
    page = stage.window(shot.who, shot.width)
    answer = page.goto(path)
    if answer is None or not answer.ok:
        raise SystemExit(f"{shot.name}: {page.url} answers {answer and answer.status}")
    shot.act(stage, page)
    page.wait_for_load_state("load")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(_SETTLED)
    top = 0.0
    if shot.top is not None:
        box = page.locator(shot.top).first.bounding_box()
        top = page.evaluate("scrollY") + (box["y"] if box else 0) - 16
    whole = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": top, "width": shot.width, "height": min(shot.height, whole - top)}
    return page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")


def _keep(picture: bytes, file: Path) -> None:
    """Write a picture with as few colours as its pages have, bordered like paper on paper."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    edged = Image.new("RGB", (image.width + 2, image.height + 2), "#d8d6d0")
    edged.paste(image, (1, 1))
    small = edged.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file.parent.mkdir(exist_ok=True)
    small.save(file, optimize=True)
    size = file.stat().st_size
    print(f"{size:>8,}  {file.parent.name}/{file.name}  {small.width} × {small.height}")  # noqa: T201
    if size > MOST:
        raise SystemExit(f"{file.name} is larger than {MOST:,} bytes")


if __name__ == "__main__":
    main()
