"""Previews, sweeps, mails and the reasons for them."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from config.catalogue import catalogue
from tests.cli.conftest import Duban

DUE = "2023-08-25T09:05+08:00"


def _days(found: list[dict[str, Any]], rung: str, *, due: str) -> set[str]:
    return {one["day"] for one in found if one["due"] == due and one["rung"] == rung}


def test_a_past_notice_is_previewed_from_its_schedule(duban: Duban) -> None:
    found = duban(
        "remind", "preview", "--notice", "quanzhou-2023", "--json", at="2026-01-01T09:00+08:00"
    ).json

    before = {
        one["day"] for one in found if one["due"] == "2023-09-30" and one["rung"].startswith(("-", "0"))
    }
    assert _days(found, "-3", due="2023-09-30") == {"2023-09-26"}
    assert not before & {"2023-09-29", "2023-09-30"}
    assert _days(found, "-1", due="2023-10-10") == {"2023-10-09"}
    assert _days(found, "-3", due="2023-10-10") == {"2023-10-07"}
    assert {(one["cases"], tuple(one["mails"])) for one in found} == {(None, ())}


def test_instants_carry_their_offset(duban: Duban) -> None:
    first = duban("remind", "preview", "--notice", "quanzhou-2023", "--json").json[0]

    assert (first["at"], first["local"]) == ("2023-08-21T01:00:00+00:00", "2023-08-21T09:00:00+08:00")


def test_a_preview_of_a_running_home_names_mails_and_cases_and_changes_nothing(
    duban: Duban, running: Path
) -> None:
    asked = ("remind", "preview", "--to", "2023-08-21", "--json")
    found = duban(*asked).json

    assert found == duban(*asked).json
    assert [(one["milestone"], one["rung"], one["roles"], one["cases"]) for one in found] == [
        ("register", "opening", ["coordinator"], 2),
        ("filing", "-7", ["coordinator"], 2),
        ("activity_form", "-7", ["coordinator"], 2),
    ]
    assert [(mail["to"], [case["ref"] for case in mail["cases"]]) for mail in found[0]["mails"]] == [
        ("chen@example.cn", ["QZ-2023-0001"]),
        ("zhao@example.cn", ["QZ-2023-0002"]),
    ]
    told = [one["mails"][0]["cases"][0]["missing"] for one in found]
    assert told == [["1 条平台发布链接"], ["1 份活动登记表", "1 份汇总表"], ["1 份登记表"]]


def test_a_preview_only_counts_what_nobody_needs(duban: Duban, running: Path) -> None:
    shown = duban("remind", "preview").out
    found = duban("remind", "preview", "--json").json

    quiet = [one for one in found if one["cases"] == 0]
    assert quiet
    assert f"另有 {len(quiet)} 次提醒目前无人需要。" in shown
    assert shown.count("省级科协") == 0


def test_daily_summaries_are_named_and_told_of_once(duban: Duban, running: Path, tmp_path: Path) -> None:
    text = catalogue()["quanzhou-2023"].replace("\ncode:", "\ndaily: true\ncode:")
    (tmp_path / "qz.yaml").write_text(text, "utf-8")
    duban("notice", "apply", "qz.yaml")

    shown = duban("remind", "preview").out

    assert ("次每日汇总，发给管理员（2023-" in shown, "*" in shown, "daily" in shown) == (True, False, False)


def test_a_preview_without_a_home_needs_a_notice(duban: Duban) -> None:
    said = duban("remind", "preview")

    assert (said.code, said.out) == (1, "")
    assert "请先运行 duban init" in said.err


def test_a_sweep_queues_what_was_previewed(duban: Duban, running: Path) -> None:
    previewed = duban("remind", "preview", "--to", "2023-08-21", "--json").json
    people = {mail["to"] for one in previewed for mail in one["mails"]}

    swept = duban("remind", "sweep", "--json", at="2023-08-21T09:00+08:00").json
    queued = duban("mail", "list", "--state", "待发送", "--json").json

    assert swept == {"sweep": 1, "firings": len(previewed), "messages": len(people)}
    assert {one["to"] for one in queued["items"]} == people
    assert duban("remind", "sweep", at="2023-08-21T09:01+08:00").out == "没有到时间的提醒。\n"


def test_a_mail_is_shown_as_it_will_be_read(duban: Duban, running: Path, tmp_path: Path) -> None:
    duban("remind", "sweep", at=DUE)

    said = duban("mail", "show", "1", "--html", "mail.html", at=DUE)
    form = duban("mail", "show", "1", "--json", at=DUE).json

    assert said.out.splitlines()[:2] == ['发件人："督办" <duban@localhost>', "收件人：陈静 <chen@example.cn>"]
    assert "机器人走进校园" in form["text"]
    assert (tmp_path / "mail.html").read_text("utf-8") == form["html"]


def test_a_mail_is_held_and_sent_again_with_a_reason(duban: Duban, running: Path) -> None:
    duban("remind", "sweep", at=DUE)

    held = duban("mail", "hold", "1", "2", "--reason", "先核对", "--json", at=DUE).json
    released = duban("mail", "release", "1", at=DUE)
    retried = duban("mail", "retry", "1", at=DUE)
    history = duban("history", "list", "mail:1", "--json", at=DUE).json

    assert held == [{"number": 1, "state": "held"}, {"number": 2, "state": "held"}]
    assert (released.code, released.err) == (1, "邮件 1 现在是“已搁置”，不能放行。\n")
    assert retried.out == "第 1 号邮件：待发送\n"
    assert [(one["trigger"], one["reason"]) for one in history[1:]] == [("hold", "先核对"), ("retry", None)]


def test_all_mails_named_are_held_or_none(duban: Duban, running: Path) -> None:
    duban("remind", "sweep", at=DUE)

    assert duban("mail", "hold", "1", "99", at=DUE).err == "没有第 99 号邮件；用 duban mail list 查看。\n"
    assert duban("mail", "list", "--state", "held", at=DUE).out == "没有这样的邮件。\n"


def test_only_an_admin_may_hold_mails(duban: Duban, running: Path) -> None:
    duban("remind", "sweep", at=DUE)

    assert duban("mail", "hold", "1", "--as", "chen@example.cn", at=DUE).code == 1
    assert duban("mail", "hold", "1", "--as", "lin@example.cn", at=DUE).code == 0


def test_a_test_mail_tells_what_the_transport_answered(duban: Duban, home: Path) -> None:
    said = duban("mail", "test", "li@example.cn")
    [file] = (home / "mail").glob("*.eml")
    sent = message_from_bytes(file.read_bytes(), policy=default)

    assert (said.code, said.out.startswith("服务器已收下给 li@example.cn 的邮件")) == (0, True)
    assert (str(sent["From"]), str(sent["To"])) == ("督办 <duban@localhost>", "li@example.cn")


def test_a_server_out_of_reach_is_told_in_words(duban: Duban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_MAIL_URL", "smtp://127.0.0.1:9")

    said = duban("mail", "test", "li@example.cn")

    assert (said.code, said.out.startswith("邮件没有交出去（smtp://127.0.0.1:9）")) == (1, True)


def test_a_wrong_address_is_refused_before_anything_is_sent(duban: Duban, home: Path) -> None:
    said = duban("mail", "test", "li@example.cn\nBcc: x@example.cn")

    assert (said.code, said.out, home.exists()) == (1, "", False)


def test_why_answers_for_a_case_and_for_a_person(duban: Duban, running: Path) -> None:
    duban("remind", "sweep", at="2023-08-21T09:00+08:00")

    case = duban("why", "qz-2023-0001", "--json", at=DUE).json
    person = duban("why", "chen@example.cn", at=DUE)

    mailed = [(one["milestone"], one["rung"], one["mail"]) for one in case if one["reason"] == "mailed"]
    assert mailed == [("register", "opening", 1), ("activity_form", "-7", 1)]
    assert "写进了给 陈静（chen@example.cn） 的第 1 号邮件，待发送" in person.out
    assert duban("why", "nobody@example.cn").err.startswith("没有邮箱为 nobody@example.cn 的人员")
