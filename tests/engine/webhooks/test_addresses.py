"""Which addresses a person may have us call: never our own network, however it is written."""

import socket
from typing import Any

import pytest

from config.errors import UserError
from engine.webhooks.addresses import checked_url, target_of
from engine.webhooks.post import post

PRIVATE = (
    "https://127.0.0.1/",
    "https://localhost/",
    "https://x.localhost/",
    "https://10.0.0.8/",
    "https://172.16.3.4/",
    "https://192.168.1.1:8443/x",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://[::1]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
)
NEVER = (
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://[::]/",
    "http://hook.example.cn/",
    "ftp://hook.example.cn/",
    "file:///etc/passwd",
    "https://user:secret@hook.example.cn/",
    "https://hook.example.cn/#x",
    "https://hook.example.cn:0/",
    "https://hook.example.cn:99999/",
    "https:///path",
    "hook.example.cn",
    "https://hook.example.cn/\r\nX: 1",
    "https://hook.example.cn\\@127.0.0.1/",
    "https://hook.example.cn/" + "x" * 600,
    "",
)


def looked_up(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name have these addresses."""

    def answer(*_arguments: Any, **_named: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


@pytest.mark.parametrize("url", PRIVATE)
def test_our_own_network_is_refused_unless_the_setting_allows_it(url: str) -> None:
    with pytest.raises(UserError, match="DUBAN_WEBHOOK_PRIVATE") as refused:
        checked_url(url, private=False)

    assert refused.value.code == "webhook.url"
    assert checked_url(url, private=True) == url


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("url", NEVER)
def test_what_is_no_plain_web_address_is_always_refused(url: str, private: bool) -> None:
    with pytest.raises(UserError) as refused:
        checked_url(url, private=private)

    assert refused.value.code == "webhook.url"


def test_plain_http_is_for_this_machine_alone() -> None:
    assert checked_url("http://127.0.0.1:9000/x", private=True) == "http://127.0.0.1:9000/x"
    with pytest.raises(UserError):
        checked_url("http://192.168.1.1/", private=True)


def test_a_public_address_may_be_called() -> None:
    target = target_of("https://93.184.216.34:8443/a/b?c=d", private=False)

    assert (target.host, target.port, target.path, target.tls) == ("93.184.216.34", 8443, "/a/b?c=d", True)


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("93.184.216.34", "10.0.0.1"), ("::1",)])
def test_a_name_that_leads_inside_is_refused_when_it_is_called(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    looked_up(monkeypatch, *addresses)

    reply = post("https://hook.example.cn/", b"{}", {}, private=False)

    assert not reply.taken
    assert "within our own network" in reply.detail


def test_a_name_that_is_not_found_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_arguments: Any, **_named: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)

    assert "its host is not found" in post("https://hook.example.cn/", b"{}", {}, private=False).detail
