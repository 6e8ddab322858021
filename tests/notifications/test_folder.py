"""Mails as files."""

import errno
import os
from pathlib import Path

import pytest

from notifications.outcome import Answer, Outcome
from notifications.policy import as_bytes
from notifications.transport import open_transport
from tests.notifications.conftest import MakeMail


def test_each_mail_is_a_file_with_what_would_have_been_sent(tmp_path: Path, make_mail: MakeMail) -> None:
    transport = open_transport(f"folder:{tmp_path / 'new' / 'mail'}")

    outcome = transport.send(make_mail())

    [file] = (tmp_path / "new" / "mail").iterdir()
    assert outcome == Outcome(answer=Answer.ACCEPTED, detail=file.name)
    assert file.read_bytes() == as_bytes(make_mail())


def test_a_second_copy_of_a_mail_is_a_second_file(tmp_path: Path, make_mail: MakeMail) -> None:
    transport = open_transport(f"folder:{tmp_path}?fsync=1")

    details = [transport.send(make_mail(number=number)).detail for number in (1, 1, 2)]

    stems = [detail.rsplit("-", 1) for detail in details]
    assert [number for _, number in stems] == ["1.eml", "2.eml", "1.eml"]
    assert stems[0][0] == stems[1][0] != stems[2][0]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(details)


def test_a_path_that_is_a_file_is_the_hosts_trouble_in_plain_words(
    tmp_path: Path, make_mail: MakeMail
) -> None:
    (tmp_path / "mail").write_text("")

    outcome = open_transport(f"folder:{tmp_path / 'mail'}").send(make_mail())

    assert (outcome.answer, outcome.whole_host) == (Answer.NOT_ACCEPTED, True)
    assert outcome.detail == f"邮件没有写成 (not written): File exists: {tmp_path / 'mail'}"


@pytest.mark.parametrize(
    "trouble",
    [
        (errno.ENOSPC, "磁盘已满，邮件没有写成 (disk full)"),
        (errno.EROFS, "文件夹只读，邮件没有写成 (read-only folder)"),
        (errno.EACCES, "没有写入权限，邮件没有写成 (no permission to write)"),
    ],
)
def test_a_full_or_locked_disk_leaves_no_half_mail(
    trouble: tuple[int, str], tmp_path: Path, make_mail: MakeMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, words = trouble

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)

    outcome = open_transport(f"folder:{tmp_path}").send(make_mail())

    assert outcome == Outcome(answer=Answer.NOT_ACCEPTED, detail=f"{words}: {tmp_path}", whole_host=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_links_still_keeps_both_copies(
    tmp_path: Path, make_mail: MakeMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    transport = open_transport(f"folder:{tmp_path}")

    answers = [transport.send(make_mail()).answer for _ in range(2)]

    assert answers == [Answer.ACCEPTED] * 2
    assert len(list(tmp_path.iterdir())) == 2
