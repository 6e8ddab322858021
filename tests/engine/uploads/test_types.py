"""What a file is, is told by its content; what it may be, by the kind of material."""

from pathlib import Path

import pytest

from engine.uploads.refused import WHY, UploadRefused
from engine.uploads.taking import take_upload
from tests.engine.uploads.files import HEIC, MOV, MP4, PDF, WEBM, compound, office, picture, zipped

GOOD = [
    ("photo", picture("JPEG"), "jpg"),
    ("photo", picture("PNG"), "png"),
    ("photo", picture("WEBP"), "jpg"),
    ("photo", picture("GIF"), "png"),
    ("video", MP4, "mp4"),
    ("video", MOV, "mov"),
    ("video", WEBM, "webm"),
    ("summary", PDF, "pdf"),
    ("summary", office("word/document.xml"), "docx"),
    ("summary", office("xl/workbook.xml"), "xlsx"),
    ("summary", office("ppt/presentation.xml"), "pptx"),
    ("summary", compound("WordDocument"), "doc"),
    ("summary", compound("Workbook"), "xls"),
    ("summary", compound("PowerPoint Document"), "ppt"),
    ("summary", "本次活动共有 320 人参加。".encode("gb18030"), "txt"),
    ("summary", "活动,人数\n科学课,320\n".encode("utf-16"), "txt"),
    ("stamped_scan", PDF, "pdf"),
    ("poster", MP4, "mp4"),
]


@pytest.mark.parametrize(("kind", "data", "ending"), GOOD, ids=[f"{k}-{e}" for k, _, e in GOOD])
def test_a_file_is_named_by_its_content_whatever_it_was_called(
    kind: str, data: bytes, ending: str, tmp_path: Path
) -> None:
    material = take_upload(data, name="材料.jpg", kind=kind, store=tmp_path)

    assert (material.kind, material.name) == (kind, f"材料.{ending}")
    assert material.size == (tmp_path / str(material.sha256)).stat().st_size


BAD = [
    ("photo", b"", "empty"),
    ("photo", HEIC, "heic"),
    ("photo", b"BM" + b"\0" * 60, "other_image"),
    ("photo", b"II*\0" + b"\0" * 60, "other_image"),
    ("photo", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "svg"),
    ("summary", b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg onload="x()"/>', "svg"),
    ("summary", b"  <!DOCTYPE html><html></html>", "html"),
    ("summary", b"hello <script>alert(1)</script>", "html"),
    ("summary", "﻿<html>".encode("utf-16"), "html"),
    ("summary", b"MZ\x90\0" + b"\0" * 60, "program"),
    ("summary", b"\x7fELF" + b"\0" * 60, "program"),
    ("summary", b"#!/bin/sh\nrm -rf /\n", "program"),
    ("summary", b"<?php phpinfo(); ?>", "program"),
    ("summary", zipped(), "archive"),
    ("summary", b"Rar!\x1a\x07\0" + b"\0" * 60, "archive"),
    ("summary", office("word/document.xml", "word/vbaProject.bin"), "macros"),
    ("summary", office(types='<Override ContentType="application/vnd.ms-word.macroEnabled"/>'), "macros"),
    ("summary", office("AndroidManifest.xml"), "archive"),
    ("summary", b"PK\3\4" + b"\0" * 200, "broken_office"),
    ("summary", office()[:-30], "broken_office"),
    ("summary", compound("EncryptedPackage"), "locked"),
    ("summary", compound("_StringPool"), "archive"),
    ("summary", compound("WordDocument")[:300], "broken_office"),
    ("summary", b"{\\rtf1 hello}", "rich_text"),
    ("summary", bytes(range(256)), "unknown"),
    ("video", b"RIFF\0\0\0\0AVI LIST", "other_video"),
    ("video", MP4.replace(b"isommp42", b"M4A mp42").replace(b"ftypisom", b"ftypM4A "), "audio"),
    ("video", picture(), "other_kind"),
    ("photo", MP4, "other_kind"),
    ("photo", PDF, "other_kind"),
]


@pytest.mark.parametrize(("kind", "data", "why"), BAD, ids=[f"{n}-{b[2]}" for n, b in enumerate(BAD)])
def test_what_is_not_taken_is_refused_by_name_and_leaves_nothing(
    kind: str, data: bytes, why: str, tmp_path: Path
) -> None:
    with pytest.raises(UploadRefused) as refused:
        take_upload(data, name="现场.jpg", kind=kind, store=tmp_path)

    assert (refused.value.why, refused.value.code) == (why, f"upload.{why}")
    assert "现场.jpg" in refused.value.text.zh
    assert "现场.jpg" in refused.value.text.en
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["run.bat", "x.PS1", "a.js", "b.hta", "c.py"])
def test_a_script_that_calls_itself_one_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UploadRefused) as refused:
        take_upload(b"start calc", name=name, kind="summary", store=tmp_path)

    assert refused.value.why == "program"


def test_every_refusal_has_a_way_out_in_both_languages() -> None:
    silent = [
        why
        for why, text in WHY.items()
        if not (("请" in text.zh or "可以上传" in text.zh) and (";" in text.en or "upload " in text.en))
    ]

    assert silent == []
