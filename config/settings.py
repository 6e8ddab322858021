"""Settings from the environment (``DUBAN_…``), checked at start. Secrets are in no text and no repr."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NoReturn
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.errors import UserError
from config.schedule import Name

PREFIX = "DUBAN_"
SMTP_SCHEMES = ("smtp", "smtp+starttls", "smtps")
DATABASE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
_ADDRESS = re.compile(r"[^\s@<>\x00-\x1f]+@[^\s@<>\x00-\x1f]+")
_SHOWN = frozenset({"lang", "mail_policy", "mail_rate", "mail_from", "webhook_private"})

_WANTED: Mapping[str, Name] = {
    "lang": Name(zh="请写 zh 或 en", en="write zh or en"),
    "mail_policy": Name(zh="请写 resend 或 hold", en="write resend or hold"),
    "mail_rate": Name(zh="请写每秒邮件数，如 0.5 或 10", en="write mails per second, such as 0.5 or 10"),
    "home": Name(zh="请写一个文件夹的路径", en="write the path of a folder"),
    "webhook_private": Name(zh="请写 true 或 false", en="write true or false"),
}


class Settings(BaseSettings):
    """How this installation runs. Use ``load_settings``, which tells mistakes in the reader's words."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, hide_input_in_errors=True, frozen=True, extra="ignore"
    )

    home: Path = Path("var")
    database_url: SecretStr | None = None
    mail_url: SecretStr = SecretStr("")
    mail_from: str = "duban@localhost"
    mail_from_name: str = "督办"
    base_url: str = "http://127.0.0.1:8000"
    lang: Literal["zh", "en"] = "zh"
    mail_policy: Literal["resend", "hold"] = "resend"
    mail_rate: float | None = Field(None, gt=0, allow_inf_nan=False)
    sso_issuer: str | None = None
    sso_client_id: str | None = None
    sso_client_secret: SecretStr | None = Field(None, validate_default=True)
    webhook_private: bool = False

    @property
    def database(self) -> str:
        """The URL of the database, password and all: for the engine, never for a text."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.home / 'duban.db').as_posix()}"

    @field_validator("home")
    @classmethod
    def _expand(cls, home: Path) -> Path:
        return home.expanduser()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and _scheme(url.get_secret_value()) not in DATABASE_SCHEMES:
            _refuse(
                zh="请写 postgresql://用户:密码@主机/库，或不写（用 home 里的 SQLite 文件）",
                en="write postgresql://user:password@host/name, or leave it out for the SQLite file in home",
            )
        return url

    @field_validator("mail_url")
    @classmethod
    def _known_transport(cls, url: SecretStr) -> SecretStr:
        text = url.get_secret_value()
        if text and _scheme(text) != "folder" and not (_scheme(text) in SMTP_SCHEMES and _has_host(text)):
            _refuse(
                zh="请写 smtps://用户:密码@主机:465、smtp+starttls://…:587、smtp://… 或 folder:路径；"
                "用户名和密码里的 @ : / # 写成 %40 %3A %2F %23",
                en="write smtps://user:password@host:465, smtp+starttls://…:587, smtp://… or folder:PATH; "
                "in user and password write @ : / # as %40 %3A %2F %23",
            )
        return url

    @field_validator("mail_from")
    @classmethod
    def _address(cls, address: str) -> str:
        if not _ADDRESS.fullmatch(address):
            _refuse(
                zh="请只写邮箱地址，如 duban@example.cn；名称写在 DUBAN_MAIL_FROM_NAME",
                en="write the mail address alone, such as duban@example.cn; its name is DUBAN_MAIL_FROM_NAME",
            )
        return address

    @field_validator("mail_from_name")
    @classmethod
    def _one_line(cls, name: str) -> str:
        if not name.isprintable():
            _refuse(zh="名称里不能有换行等控制字符", en="no line breaks or control characters in a name")
        return name

    @field_validator("base_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if _scheme(url) not in ("http", "https") or not _has_host(url) or {"?", "#", "@"} & set(url):
            _refuse(
                zh="请写网址，如 https://duban.example.cn",
                en="write a web address such as https://duban.example.cn",
            )
        return url.rstrip("/")

    @field_validator("sso_issuer")
    @classmethod
    def _known_issuer(cls, url: str | None) -> str | None:
        if url is not None and (not _has_host(url) or not _is_private(url) or {"?", "#", "@"} & set(url)):
            _refuse(
                zh="请写单位统一登录的网址，如 https://login.example.cn/realms/city",
                en="write the web address of your organisation's sign-in, such as"
                " https://login.example.cn/realms/city",
            )
        return url

    @field_validator("sso_client_secret")
    @classmethod
    def _whole_sso(cls, secret: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
        given = [others.data[name] for name in ("sso_issuer", "sso_client_id") if name in others.data]
        if {value is None for value in (*given, secret)} == {True, False}:
            _refuse(
                zh="DUBAN_SSO_ISSUER、DUBAN_SSO_CLIENT_ID、DUBAN_SSO_CLIENT_SECRET 要一起写，或者都不写",
                en="write DUBAN_SSO_ISSUER, DUBAN_SSO_CLIENT_ID, DUBAN_SSO_CLIENT_SECRET together, or none",
            )
        return secret

    @model_validator(mode="before")
    @classmethod
    def _mail_folder(cls, data: dict[str, Any]) -> dict[str, Any]:
        if data.get("mail_url"):
            return data
        return {**data, "mail_url": f"folder:{Path(data.get('home') or 'var').expanduser() / 'mail'}"}


def load_settings(**given: object) -> Settings:
    """Read and check the settings; ``given`` values go before the environment's.

    Raises ``UserError`` (``settings.invalid``), one line a variable that is wrong. Values of
    variables that can hold a secret are never repeated.
    """
    try:
        return Settings(**given)  # type: ignore[arg-type]  # checked by pydantic, field by field
    except ValidationError as error:
        told = [_tell(one) for one in error.errors(include_url=False)]
    raise UserError(
        zh="\n".join(text.zh for text in told),
        en="\n".join(text.en for text in told),
        code="settings.invalid",
    )


def _tell(one: ErrorDetails) -> Name:
    field = str(one["loc"][0]) if one["loc"] else ""
    given = one.get("ctx", {})
    wanted = _WANTED.get(field) or Name(
        zh=str(given.get("zh", "写法不对")), en=str(given.get("en", "not right"))
    )
    value = str(one["input"])[:40] if field in _SHOWN else ""
    variable = f"{PREFIX}{field.upper()}"
    return Name(
        zh=f"环境变量 {variable}{f'“{value}”' if value else ' '}不对：{wanted.zh}",
        en=f"environment variable {variable}{f' {value!r}' if value else ''} is not right: {wanted.en}",
    )


def _refuse(*, zh: str, en: str) -> NoReturn:
    raise PydanticCustomError("user", "{en}", {"zh": zh, "en": en})


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


def _is_private(url: str) -> bool:
    """Return whether nobody can read or change what goes to an address: TLS, or this machine itself."""
    scheme, host = _scheme(url), urlsplit(url).hostname
    return scheme == "https" or (scheme == "http" and host in ("127.0.0.1", "::1", "localhost"))


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
