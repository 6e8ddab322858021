"""Reading a file, whatever it is called: its text, or one sentence on what to do instead."""

import os
import subprocess
from pathlib import Path

import pytest

from config.errors import UserError
from engine.documents import apart, reading
from engine.documents.document import MAX_BYTES, Kind
from engine.documents.reading import read_document
from tests.engine.documents.conftest import Read, Refusal
from tests.engine.documents.made import LOCK, SENTENCE, packed, paragraph, pdf, word
from tests.engine.uploads.files import HEIC, MP4, compound, picture

DOCX, PDF = word(paragraph(SENTENCE)), pdf([SENTENCE])
PAGE = f"\n<!-- a --><!DOCTYPE html><p>{SENTENCE}".encode()


@pytest.mark.parametrize(
    ("data", "kind", "pages"),
    [
        (DOCX, Kind.WORD, None),
        (PDF, Kind.PDF, 1),
        (b"junk\n" + PDF, Kind.PDF, 1),
        (PAGE, Kind.PAGE, None),
        (PAGE.decode().encode("utf-16"), Kind.PAGE, None),
        (SENTENCE.encode("gbk"), Kind.TEXT, None),
    ],
    ids=["docx", "pdf", "pdf after junk", "html", "html in utf-16", "txt"],
)
@pytest.mark.parametrize("name", ["通知.docx", "通知.doc", "x.exe"])
def test_a_document_is_told_by_its_content_not_by_its_name(
    read: Read, *, data: bytes, kind: Kind, pages: int | None, name: str
) -> None:
    found = read(data, name)

    assert (found.kind, found.text, found.pages, found.name) == (kind, SENTENCE, pages, name)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (word(""), "empty"),
        (compound("WordDocument", "1Table"), "old_word"),
        (compound("EncryptedPackage", "EncryptionInfo"), "locked"),
        (compound("Workbook"), "sheet"),
        (compound("PowerPoint Document"), "slides"),
        (compound("Contents"), "no_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
        (packed({"OFD.xml": "x"}), "ofd"),
        (packed({"xl/workbook.xml": "x"}), "sheet"),
        (DOCX[:-100], "damaged"),
        (packed({"word/document.xml": "<w:p>"}), "damaged"),
        (pdf([SENTENCE], trailer=LOCK), "locked"),
        (PDF[:300], "damaged"),
        (picture(), "picture"),
        (picture("PNG"), "picture"),
        (picture("TIFF"), "picture"),
        (HEIC, "picture"),
        (MP4, "picture"),
        (b"{\\rtf1 \\'b1}", "rich_text"),
        (b"MIME-Version: 1.0\r\n", "mail"),
        (b"\x1f\x8b\x08", "archive"),
        (b"\x7fELF\2\1\1\0\0\0", "no_kind"),
        (b"x" * (MAX_BYTES + 1), "large"),
        (SENTENCE.encode() * 70_000, "much_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_read_is_told_with_the_way_out(refusal: Refusal, data: bytes, why: str) -> None:
    told = refusal(data, "通知.docx")

    assert told.code == f"document.{why}"
    assert told.text.zh.startswith("通知.docx：")
    assert told.text.en.startswith("通知.docx: ")
    assert len(told.text.zh) > 20


@pytest.mark.parametrize(("path", "why"), [("nowhere.docx", "missing"), (".", "folder"), ("a\0b", "missing")])
def test_a_path_that_leads_to_no_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, why: str
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UserError) as caught:
        read_document(Path(path))

    assert caught.value.code in (f"document.{why}", "document.unreadable")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes")
def test_a_pipe_is_no_file_and_does_not_stop_the_program(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UserError):
        read_document(tmp_path / "pipe")


def test_a_hostile_name_is_told_on_one_plain_line(tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[31m{why}\u202e名.docx"
    path.write_bytes(b"")

    with pytest.raises(UserError) as caught:
        read_document(path)

    assert caught.value.text.en.startswith("a [31m{why} 名.docx: there is no text")


def test_a_parser_that_dies_is_told_and_harms_nothing(
    monkeypatch: pytest.MonkeyPatch, refusal: Refusal
) -> None:
    monkeypatch.setattr(apart, "_COMMAND", (apart._COMMAND[0], "-c", "import os; os.abort()"))

    assert refusal(DOCX).code == "document.broke"


def test_a_parser_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch, refusal: Refusal) -> None:
    monkeypatch.setattr(apart, "_COMMAND", (apart._COMMAND[0], "-c", "while True: pass"))
    monkeypatch.setattr(apart, "PATIENCE", 0.5)

    assert refusal(PDF).code == "document.slow"


@pytest.mark.parametrize("answer", ["[]", "{}", '{"kind": "exe", "text": "", "pages": 1, "doubts": []}', "x"])
def test_an_answer_that_is_none_counts_as_broken(
    monkeypatch: pytest.MonkeyPatch, refusal: Refusal, answer: str
) -> None:
    monkeypatch.setattr(apart, "_COMMAND", (apart._COMMAND[0], "-c", f"print('''{answer}''')"))

    assert refusal(PDF).code == "document.broke"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_the_memory_of_a_parser_is_limited() -> None:
    code = (
        "from engine.documents.child import _confine; _confine()\n"
        "try: bytearray(600 * 2**20)\nexcept MemoryError: print('limited')"
    )
    done = subprocess.run(
        [apart._COMMAND[0], "-c", code], cwd=apart._ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout == "limited\n"


def test_libraries_that_are_not_installed_are_named(
    monkeypatch: pytest.MonkeyPatch, refusal: Refusal
) -> None:
    code = "import sys; sys.modules['pypdfium2'] = None; from engine.documents.child import main; main()"
    monkeypatch.setattr(apart, "_COMMAND", (apart._COMMAND[0], "-c", code))

    assert "duban[documents]" in refusal(PDF).text.en


def test_the_program_itself_loads_no_parser() -> None:
    code = (
        "import sys, engine.documents.reading; "
        "print([one for one in ('pypdfium2', 'selectolax', 'xml.etree') if one in sys.modules])"
    )
    done = subprocess.run(
        [apart._COMMAND[0], "-c", code], cwd=apart._ROOT, capture_output=True, text=True, check=True
    )

    assert (done.stdout, reading.__name__) == ("[]\n", "engine.documents.reading")
