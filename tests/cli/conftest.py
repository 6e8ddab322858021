"""A command line to type at: in an empty folder, or in a home with a notice, people and activities."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from cli.main import run

UNITS = """单位名称,地区,类型,级别
泉州市科学技术协会,泉州市,科协,市
鲤城区科学技术协会,鲤城区,科协,县
丰泽区科学技术协会,丰泽区,科协,县
泉州市物理学会,泉州市,学会,市
鲤城区实验小学,鲤城区,学校,县
"""
PEOPLE = """姓名,邮箱,电话,角色,地区,单位
陈静,chen@example.cn,13800000000,联系人,鲤城区,鲤城区实验小学
王敏,wang@example.cn,,负责人,鲤城区,
林悦,lin@example.cn,0595-00000000,管理员,泉州市,
赵磊,zhao@example.cn,,联系人,鲤城区,鲤城区科学技术协会
"""
ACTIVITIES = """活动名称,主办单位,地区,联系人邮箱,开始日期,结束日期,地点
机器人走进校园,鲤城区实验小学,鲤城区,chen@example.cn,2023-09-18,2023-09-18,学校操场
社区科普讲堂,鲤城区科学技术协会,鲤城区,zhao@example.cn,9月20日,9月21日,社区中心
"""
BEFORE = "2023-08-20T10:00+08:00"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command ended with and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return what was printed, read as JSON."""
        return orjson.loads(self.out)


Duban = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the home is to be; nothing is there yet."""
    for name in ("DUBAN_LANG", "DUBAN_DATABASE_URL", "DUBAN_MAIL_URL", "DUBAN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def duban(home: Path, capsys: pytest.CaptureFixture[str]) -> Duban:
    """Return a function that runs one command at a given time: ``duban("mail", "list", at=...)``."""

    def typed(*words: str, at: str = BEFORE) -> Said:
        capsys.readouterr()
        code = run(words, clock=lambda: datetime.fromisoformat(at))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return typed


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a home with quanzhou-2023 in force once, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    sheets = {"units.csv": UNITS, "people.csv": PEOPLE, "activities.csv": ACTIVITIES}
    for name, text in sheets.items():
        (folder / name).write_text(text, "utf-8")
    orders = (
        ("init",),
        ("unit", "import", str(folder / "units.csv")),
        ("person", "import", str(folder / "people.csv")),
        ("notice", "apply", "quanzhou-2023"),
        ("activity", "import", str(folder / "activities.csv")),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUBAN_HOME", str(folder / "home"))
        for order in orders:
            assert run(order, clock=lambda: datetime.fromisoformat(BEFORE)) == 0
    yield folder / "home"


@pytest.fixture
def running(template: Path, home: Path) -> Path:
    """Return a home with one notice in force on 20 August 2023."""
    shutil.copytree(template, home)
    return home
