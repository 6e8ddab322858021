"""Pictures are made anew: nothing of a file is kept but what it shows."""

import zlib
from io import BytesIO
from pathlib import Path
from random import Random
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from config.errors import UserError
from engine.material_rows import Material
from engine.uploads.taking import take_upload
from tests.engine.uploads.files import opened, picture, saved, zipped

SECRET = b"GPS-of-my-home"


def take(data: bytes, store: Path) -> Material:
    return take_upload(data, name="现场.jpg", kind="photo", store=store)


def kept(data: bytes, store: Path) -> Image.Image:
    return opened((store / str(take(data, store).sha256)).read_bytes())


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = "2023:09:17"
    return picture(exif=exif, comment=SECRET)


def test_place_camera_and_comments_are_gone(tmp_path: Path) -> None:
    data = turned(1)

    material = take(data, tmp_path)

    left = (tmp_path / str(material.sha256)).read_bytes()
    assert SECRET in data
    assert SECRET not in left
    assert dict(opened(left).getexif()) == {}


def test_what_a_png_says_beside_its_picture_is_gone(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    told = PngInfo()
    told.add_text("where", SECRET.decode())

    material = take(picture("PNG", pnginfo=told), tmp_path)

    assert SECRET not in (tmp_path / str(material.sha256)).read_bytes()


def test_a_photo_taken_sideways_stands_upright(tmp_path: Path) -> None:
    image = kept(turned(6), tmp_path)

    assert image.size == (48, 64)
    assert image.getpixel((24, 5)) > (200, 200, 200)  # type: ignore[operator]
    assert image.getpixel((24, 60)) < (50, 50, 50)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("mode", "kind", "now"),
    [
        ("CMYK", "JPEG", "RGB"),
        ("L", "JPEG", "L"),
        ("I;16", "PNG", "L"),
        ("1", "PNG", "L"),
        ("RGBA", "PNG", "RGBA"),
        ("LA", "PNG", "RGBA"),
        ("RGBA", "WEBP", "RGBA"),
        ("P", "PNG", "RGB"),
        ("P", "GIF", "RGB"),
    ],
)
def test_every_sort_of_pixels_becomes_a_plain_one(mode: str, kind: str, now: str, tmp_path: Path) -> None:
    image = kept(picture(kind, mode=mode), tmp_path)

    assert (image.mode, image.size) == (now, (64, 48))


def test_sixteen_bits_keep_their_brightness(tmp_path: Path) -> None:
    grey = Image.new("I;16", (8, 8), 40_000)

    image = kept(saved(grey, "PNG"), tmp_path)

    assert image.getpixel((4, 4)) == 40_000 // 256


def test_a_see_through_palette_stays_see_through(tmp_path: Path) -> None:
    image = Image.new("P", (8, 8), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])

    found = kept(saved(image, "PNG", transparency=0), tmp_path)

    assert (found.mode, found.getpixel((4, 4))) == ("RGBA", (255, 0, 0, 0))


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind: str, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]

    image = kept(saved(frames[0], kind, save_all=True, append_images=frames[1:]), tmp_path)

    red = image.convert("RGB").getpixel((8, 8))
    assert isinstance(red, tuple)
    assert getattr(image, "n_frames", 1) == 1
    assert (red[0] > 200, red[2] < 50) == (True, True)


def test_a_large_picture_is_made_smaller_and_gets_a_small_one(tmp_path: Path) -> None:
    material = take(picture(size=(5000, 1000)), tmp_path)

    large = opened((tmp_path / str(material.sha256)).read_bytes())
    small = opened((tmp_path / "thumbs" / str(material.sha256)).read_bytes())
    assert (large.size, small.size, small.format) == ((4096, 819), (320, 64), "JPEG")


def test_the_same_picture_is_kept_once(tmp_path: Path) -> None:
    data = picture()

    assert take(data, tmp_path) == take(data, tmp_path)
    assert len([path for path in tmp_path.iterdir() if path.is_file()]) == 1


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it is vast."""
    head = pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b""))
    told = (
        pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


@pytest.mark.parametrize("side", [7_800, 10_000, 14_000, 50_000, 2**31 - 1])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        take(bomb(side, side), tmp_path)

    assert refused.value.code in ("upload.vast_image", "upload.broken_image")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [
        picture()[:200],
        picture("PNG")[:60],
        picture("GIF")[:20],
        picture("WEBP")[:40],
        bomb(0, 0),
        bomb(900, 900),
        b"GIF89a\0\0\0\0\0\0\0;",
        b"GIF89a=1;/*" + b"\0" * 40 + b"*/alert(1)",
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        b"\xff\xd8\xff\xe1\xff\xffExif\0\0MM",
    ],
)
def test_a_broken_picture_is_refused_in_words(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        take(data, tmp_path)

    assert refused.value.code == "upload.broken_image"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tail", [zipped(), b"<script>alert(1)</script>", b"<?php system($_GET[0]);"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_what_hides_behind_a_picture_is_not_kept(kind: str, tail: bytes, tmp_path: Path) -> None:
    material = take(picture(kind) + tail, tmp_path)

    assert tail not in (tmp_path / str(material.sha256)).read_bytes()


def harmless(data: bytes, store: Path) -> bool:
    """Take anything in; return whether it was refused in words, or what is kept is a clean picture."""
    try:
        material = take(data, store)
    except UserError:
        return not list(store.rglob("*.part"))
    left = (store / str(material.sha256)).read_bytes()
    image = Image.open(BytesIO(left))
    image.load()
    return image.format in ("JPEG", "PNG") and max(image.size) <= 4096


MADE = [
    turned(6),
    picture("PNG", mode="RGBA"),
    picture("GIF"),
    picture("WEBP"),
    picture("JPEG", mode="CMYK"),
    saved(Image.new("I;16", (20, 20), 999), "PNG"),
]


@settings(max_examples=150, deadline=None)
@given(
    data=st.sampled_from([b"", b"\xff\xd8\xff", b"GIF89a", b"\x89PNG\r\n\x1a\n"]),
    rest=st.binary(max_size=400),
)
def test_random_bytes_never_end_in_a_traceback(
    data: bytes, rest: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert harmless(data + rest, tmp_path_factory.mktemp("store"))


@settings(max_examples=200, deadline=None)
@given(made=st.sampled_from(MADE), seed=st.integers(0, 2**32), many=st.integers(1, 12))
def test_altered_pictures_never_end_in_a_traceback(
    made: bytes, seed: int, many: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    random, data = Random(seed), bytearray(made)
    for _ in range(many):
        data[random.randrange(len(data))] = random.randrange(256)

    assert harmless(
        bytes(data[: random.choice((len(data), random.randrange(1, len(data))))]),
        tmp_path_factory.mktemp("s"),
    )
