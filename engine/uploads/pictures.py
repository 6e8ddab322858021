"""Pictures made anew: what is kept holds the picture alone, no place, no camera, no hidden second file."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from engine.uploads.filetypes import FileType
from engine.uploads.refused import UploadRefused

MOST_PIXELS = 60_000_000
LONGEST = 4096
THUMB = 320
_QUALITY, _THUMB_QUALITY = 88, 80
_FORMATS = {
    FileType.JPEG: ("JPEG", "MPO"),
    FileType.PNG: ("PNG",),
    FileType.WEBP: ("WEBP",),
    FileType.GIF: ("GIF",),
}
_SEE_THROUGH = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})
_DEEP = frozenset({"I", "I;16", "I;16L", "I;16B", "I;16N"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture made anew: its type now, and where it and its small form were written."""

    filetype: FileType
    thumb: Path


def remake(part: Path, filetype: FileType, name: str) -> Picture:
    """Write the picture in ``part`` anew over it, a small one beside it; UploadRefused if it cannot be."""
    try:
        with Image.open(part, formats=_FORMATS[filetype]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UploadRefused("vast_image", name=name)
            clean = _clean(image)
    except UploadRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused("vast_image", name=name) from error
    # a decoder fed with anything at all fails in any way at all
    except Exception as error:
        raise UploadRefused("broken_image", name=name) from error
    return _written(clean, part, lossless=filetype in (FileType.PNG, FileType.GIF))


def _clean(image: Image.Image) -> Image.Image:
    """Return the first frame upright, in eight bits, no side too long, and nothing but its pixels."""
    if image.format in ("JPEG", "MPO"):
        image.draft(image.mode, (LONGEST, LONGEST))
    image.seek(0)
    image.load()
    if min(image.size) < 1:
        raise ValueError("nothing to see")
    upright = _plain(_upright(image))
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    return bare


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    # broken camera data are no reason to refuse a photo: they are dropped anyway
    except Exception:
        return image


def _plain(image: Image.Image) -> Image.Image:
    """Return an image of one of three modes: L, RGB, RGBA."""
    if image.mode in _DEEP:
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in _SEE_THROUGH or "transparency" in image.info:
        see_through = image.convert("RGBA")
        (lowest, _) = see_through.getchannel("A").getextrema()
        return see_through if _number(lowest) < 255 else see_through.convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 255


def _written(image: Image.Image, part: Path, *, lossless: bool) -> Picture:
    keep_exact = lossless or image.mode == "RGBA"
    if keep_exact:
        image.save(part, "PNG")
    else:
        image.save(part, "JPEG", quality=_QUALITY, optimize=True)
    thumb = part.with_suffix(".thumb.part")
    small = image.copy()
    small.thumbnail((THUMB, THUMB), Image.Resampling.LANCZOS)
    _on_white(small).save(thumb, "JPEG", quality=_THUMB_QUALITY, optimize=True)
    return Picture(filetype=FileType.PNG if keep_exact else FileType.JPEG, thumb=thumb)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white
