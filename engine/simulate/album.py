"""Pictures for the desks of a demonstration: drawn scenes of a fair, not photos of anybody."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZE = (1280, 960)  # pixels, as a phone sends them when asked for less
_SKIES = ("#cfe5f5", "#e8eef2", "#fbe6cf", "#d9ecd9")
_GROUNDS = ("#8fb08c", "#b9a98c", "#a8b0b5", "#7fa0a8")
_COLOURS = ("#b5483c", "#2f6690", "#d9a441", "#4f8a5b", "#7a5c8e", "#3d7ea6")
_SKIN = "#e9c9a8"


def scene(random: Random) -> bytes:
    """Return a JPEG of tents, a banner and visitors, different at every draw."""
    image = Image.new("RGB", SIZE, random.choice(_SKIES))
    draw = ImageDraw.Draw(image)
    horizon = random.randint(480, 600)
    draw.rectangle((0, horizon, *SIZE), fill=random.choice(_GROUNDS))
    _banner(draw, random)
    for left in range(random.randint(20, 120), SIZE[0] - 240, random.randint(280, 360)):
        _tent(draw, left, horizon, random.choice(_COLOURS))
    for _ in range(random.randint(9, 16)):
        _visitor(draw, random.randint(40, SIZE[0] - 60), random.randint(horizon + 60, 900), random)
    file = BytesIO()
    image.save(file, "JPEG", quality=82)
    return file.getvalue()


def _banner(draw: ImageDraw.ImageDraw, random: Random) -> None:
    top = random.randint(90, 150)
    draw.rectangle((180, top, 1100, top + 90), fill="#b5302a")
    for at in range(240, 1040, 64):  # where its words would be
        draw.rectangle((at, top + 26, at + 38, top + 64), fill="#f6e7c1")


def _tent(draw: ImageDraw.ImageDraw, left: int, horizon: int, colour: str) -> None:
    draw.polygon(
        ((left, horizon - 110), (left + 115, horizon - 210), (left + 230, horizon - 110)), fill=colour
    )
    draw.rectangle((left + 12, horizon - 110, left + 218, horizon + 30), fill="#f7f5f0")
    draw.rectangle((left + 22, horizon - 20, left + 208, horizon + 40), fill=colour)


def _visitor(draw: ImageDraw.ImageDraw, x: int, foot: int, random: Random) -> None:
    tall = random.randint(90, 150)
    draw.rectangle((x, foot - tall, x + tall // 3, foot), fill=random.choice(_COLOURS))
    head = tall // 4
    draw.ellipse((x + head // 6, foot - tall - head, x + head // 6 + head, foot - tall), fill=_SKIN)
