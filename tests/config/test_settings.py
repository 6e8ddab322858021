"""Settings from the environment."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.errors import UserError
from config.settings import Settings, load_settings

SECRET = "s3cret-word"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DUBAN_{name.upper()}", raising=False)


def test_without_any_setting_everything_is_under_var() -> None:
    made = load_settings()

    assert (made.home, made.database) == (Path("var"), "sqlite:///var/duban.db")
    assert made.mail_url.get_secret_value() == f"folder:{Path('var') / 'mail'}"
    assert (made.base_url, made.lang, made.mail_policy, made.mail_rate) == (
        "http://127.0.0.1:8000",
        "zh",
        "resend",
        None,
    )


def test_database_and_mail_folder_follow_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path))

    made = load_settings()

    assert made.database == f"sqlite:///{tmp_path.as_posix()}/duban.db"
    assert made.mail_url.get_secret_value() == f"folder:{tmp_path / 'mail'}"


def test_home_may_be_in_the_users_folder() -> None:
    assert load_settings(home=Path("~/duban")).home == Path.home() / "duban"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_MAIL_RATE", "")
    monkeypatch.setenv("DUBAN_MAIL_URL", "")

    assert load_settings() == Settings()


def test_secrets_are_in_no_text_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_DATABASE_URL", f"postgresql://duban:{SECRET}@db.example.cn/duban")
    monkeypatch.setenv("DUBAN_MAIL_URL", f"smtps://duban:{SECRET}@mail.example.cn:465")

    made = load_settings()

    assert SECRET not in f"{made} {made!r} {made.model_dump()} {made.model_dump_json()}"
    assert made.database == f"postgresql://duban:{SECRET}@db.example.cn/duban"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUBAN_DATABASE_URL", f"mysql://u:{SECRET}@h/x"),
        ("DUBAN_MAIL_URL", f"smtpx://u:{SECRET}@h"),
        ("DUBAN_MAIL_URL", f"smtps://u:{SECRET}@h:port"),
        ("DUBAN_MAIL_URL", f"smtps:{SECRET}"),
        ("DUBAN_BASE_URL", f"ftp://u:{SECRET}@h"),
        ("DUBAN_BASE_URL", f"https://u:{SECRET}@h"),
        ("DUBAN_MAIL_FROM_NAME", f"督办\r\nBcc: {SECRET}"),
    ],
)
def test_a_wrong_value_is_told_by_its_variable_and_never_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(UserError) as refused:
        load_settings()

    told = f"{refused.value.text} {refused.value!r} {refused.value.__context__!r}"
    assert refused.value.code == "settings.invalid"
    assert refused.value.text.zh.startswith(f"环境变量 {name} 不对：")
    assert SECRET not in told


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DUBAN_LANG", "fr", "环境变量 DUBAN_LANG“fr”不对：请写 zh 或 en"),
        ("DUBAN_MAIL_POLICY", "x", "环境变量 DUBAN_MAIL_POLICY“x”不对：请写 resend 或 hold"),
        ("DUBAN_MAIL_RATE", "0", "环境变量 DUBAN_MAIL_RATE“0”不对：请写每秒邮件数，如 0.5 或 10"),
        ("DUBAN_MAIL_RATE", "inf", "环境变量 DUBAN_MAIL_RATE“inf”不对：请写每秒邮件数，如 0.5 或 10"),
    ],
)
def test_a_wrong_word_is_told_the_right_ones(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(UserError) as refused:
        load_settings()

    assert refused.value.text.zh == says


@pytest.mark.parametrize(
    "address", ["duban", "a b@example.cn", "督办 <a@example.cn>", "a@example.cn\nBcc: b@c"]
)
def test_the_sender_is_a_bare_address(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DUBAN_MAIL_FROM", address)

    with pytest.raises(UserError, match="DUBAN_MAIL_FROM"):
        load_settings()


def test_all_wrong_variables_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_LANG", "fr")
    monkeypatch.setenv("DUBAN_MAIL_RATE", "-1")

    with pytest.raises(UserError) as refused:
        load_settings()

    assert len(refused.value.text.en.splitlines()) == 2


def test_a_web_address_ends_without_a_slash() -> None:
    assert load_settings(base_url="https://duban.example.cn/").base_url == "https://duban.example.cn"


def test_the_rest_of_config_does_not_import_the_settings_library() -> None:
    code = "import sys, config.stored, config.firings, config.dates; print('pydantic' in sys.modules)"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "False"
