import sys
from io import StringIO

import pytest
from rich.console import Console

from engine.simulate import Season, describe
from engine.simulate import demo as demo_of

from .conftest import SettingsOf


def shown(season: Season, lang: str) -> list[str]:
    out = StringIO()
    console = Console(file=out, width=140)
    for part in describe(season, lang):
        console.print(part)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_the_demonstration_has_a_home_of_its_own(
    settings_of: SettingsOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules[demo_of.__module__]
    monkeypatch.setattr(module, "ACTIVITIES", 3)
    monkeypatch.setattr(module, "YEAR", 2021)
    settings = settings_of("home")

    played = demo_of(settings)

    assert played.season.home == settings.home / "demo"
    assert played.desks.home == settings.home / "demo" / "desks"
    assert sorted(path.name for path in settings.home.iterdir()) == ["demo"]


def test_a_season_is_told_in_chinese(season: Season) -> None:
    lines = shown(season, "zh")

    assert lines[0].startswith("2021 年，1 份通知，25 项活动")
    assert [line for line in lines if line and not line.startswith(" ")][1:] == [
        "谁收到了什么（邮件数，按提醒档；一封邮件可以提到几个节点）",
        "活动走到了哪一步",
        "应报送的单位",
        "文件和表扬",
        "打开看看",
        "接下来可以输入",
    ]


def test_a_season_is_told_in_english(season: Season) -> None:
    lines = shown(season, "en")

    assert lines[0].startswith("2021: 1 notice(s), 25 activities")
    assert any(line.split()[:2] == ["jiangmen-2021", "File"] for line in lines)
    assert not any("活动征集" in line for line in lines if "mail" not in line and "【" not in line)


def test_the_paths_of_mails_are_whole(season: Season) -> None:
    text = "\n".join(shown(season, "zh"))

    assert all(one.path.name in text for one in season.examples)
