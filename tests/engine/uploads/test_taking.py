"""Files are limited in size and number, kept by content, named for people, and never half kept."""

from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pytest

from config.errors import UserError
from engine.uploads import taking
from engine.uploads.filetypes import MB, FileType
from engine.uploads.naming import safe_name
from engine.uploads.taking import Incoming, take_upload, take_uploads
from tests.engine.uploads.files import MP4, PDF, picture


class Endless:
    """A sender who never stops; counts what was read of him."""

    def __init__(self, start: bytes) -> None:
        self.start, self.read_so_far = start, 0

    def read(self, size: int = -1, /) -> bytes:
        piece = self.start.ljust(size, b"\0") if not self.read_so_far else b"\0" * size
        self.read_so_far += len(piece)
        return piece


def test_a_file_that_does_not_end_is_cut_off(tmp_path: Path) -> None:
    sender = Endless(b"\xff\xd8\xff")

    with pytest.raises(UserError, match="more than 30 MB"):
        take_upload(sender, name="a.jpg", kind="photo", store=tmp_path)

    assert sender.read_so_far <= 32 * MB
    assert list(tmp_path.iterdir()) == []


def test_a_video_may_be_larger_than_a_document_of_the_same_kind_of_material(tmp_path: Path) -> None:
    content = BytesIO(MP4 + b"\0" * (31 * MB))

    assert take_upload(content, name="a", kind="poster", store=tmp_path).name == "a.mp4"
    with pytest.raises(UserError, match="more than 30 MB"):
        take_upload(BytesIO(PDF + b"\0" * (31 * MB)), name="a", kind="poster", store=tmp_path)


def test_what_a_web_server_spooled_is_read_piece_by_piece(tmp_path: Path) -> None:
    with SpooledTemporaryFile(max_size=1000) as spooled:
        spooled.write(PDF * 100)
        spooled.seek(0)

        material = take_upload(spooled, name="总结.pdf", kind="summary", store=tmp_path)

    assert (material.name, material.size) == ("总结.pdf", len(PDF) * 100)


def test_of_several_files_all_are_kept_or_none(tmp_path: Path) -> None:
    files = [Incoming(content=data, name="x", kind="photo") for data in (picture(), picture("PNG"), PDF)]

    with pytest.raises(UserError):
        take_uploads(files, store=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_twenty_files_at_once_are_enough(tmp_path: Path) -> None:
    files = [Incoming(content=PDF, name=f"{n}.pdf", kind="summary") for n in range(21)]

    with pytest.raises(UserError, match="21 files at once"):
        take_uploads(files, store=tmp_path)
    assert len(take_uploads(files[:20], store=tmp_path)) == 20


def test_a_full_disk_is_told_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "recognise", full)

    with pytest.raises(UserError, match="disk is full"):
        take_upload(PDF, name="a.pdf", kind="summary", store=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("现场 1.JPG", "现场 1.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\王敏\\总结.doc", "总结.pdf"),
        ("evil.html", "evil.html.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("总结2023.09.17", "总结2023.09.17.pdf"),
        ("", "活动总结.pdf"),
        ("....", "活动总结.pdf"),
        (".htaccess", ".htaccess.pdf".lstrip(".")),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ('"><img src=x>.pdf', "img src=x.pdf"),
    ],
)
def test_a_name_is_only_a_name(given: str, shown: str) -> None:
    assert safe_name(given, "summary", FileType.PDF) == shown
