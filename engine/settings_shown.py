"""What is set, in words and without secrets."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from config.schedule import Name
from config.settings import PREFIX, Settings
from notifications.transport import redact

_MEANS: Mapping[str, Name] = {
    "home": Name(zh="数据目录", en="folder of data"),
    "database_url": Name(zh="数据库", en="database"),
    "mail_url": Name(zh="发信服务器", en="mail server"),
    "mail_from": Name(zh="发件人地址", en="sender's address"),
    "mail_from_name": Name(zh="发件人名称", en="sender's name"),
    "base_url": Name(zh="页面网址", en="address of the pages"),
    "lang": Name(zh="命令行语言", en="language of commands"),
    "mail_policy": Name(zh="没有答复时", en="where no answer comes"),
    "mail_rate": Name(zh="每秒最多几封", en="mails a second at most"),
    "sso_issuer": Name(zh="统一登录网址", en="organisation's sign-in"),
    "sso_client_id": Name(zh="统一登录编号", en="its client id"),
    "sso_client_secret": Name(zh="统一登录密钥", en="its client secret"),
    "webhook_private": Name(zh="可向内网推送变更", en="changes may be told to private addresses"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One setting: its variable, meaning and value without secrets; ``is_set``: not left to its default."""

    variable: str
    meaning: Name
    value: str
    is_set: bool


def settings_shown(settings: Settings) -> tuple[Shown, ...]:
    """Return what is set here, in words, without any secret."""
    plain = {
        "database_url": redact(settings.database),
        "mail_url": redact(settings.mail_url.get_secret_value()),
    }
    return tuple(
        Shown(
            variable=f"{PREFIX}{field.upper()}",
            meaning=_MEANS.get(field) or Name(zh=field, en=field),
            value=plain.get(field) or _said(getattr(settings, field)),
            is_set=field in settings.model_fields_set,
        )
        for field in type(settings).model_fields
    )


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return "…"
    return str(value).lower() if isinstance(value, bool) else str(value)
