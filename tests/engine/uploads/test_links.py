"""Links are web addresses and nothing else."""

import pytest

from config.errors import UserError
from engine.uploads.links import take_link


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://example.cn/新闻/1?页=2", "https://example.cn/%E6%96%B0%E9%97%BB/1?%E9%A1%B5=2"),
        ("  HTTP://Example.CN:8080/a%20b#c  ", "http://example.cn:8080/a%20b#c"),
        ("https://科普.中国/x", "https://xn--tkv944b.xn--fiqs8s/x"),
        ("https://аpple.com/", "https://xn--pple-43d.com/"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
    ],
)
def test_a_link_is_kept_in_ascii_so_that_nothing_looks_like_another(given: str, kept: str) -> None:
    link = take_link("news_link", given)

    assert (link.kind, link.uri, link.name, link.sha256) == ("news_link", kept, kept, None)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "example.cn",
        "javascript:alert(1)",
        "data:text/html,<script>",
        "ftp://example.cn/x",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:secret@example.cn/",
        "https://example.cn@evil.example/",
        "https://example.cn\\@evil.example/",
        "https://example.cn/a b",
        "https://example.cn/\r\nSet-Cookie: x",
        "https://example.cn/\u202e",
        'https://example.cn/"onclick=',
        "https://example.cn:0/",
        "https://example.cn:99999/",
        "https://exa mple.cn/",
        "https://-x-.cn/",
        "https://[::1",
        "https://" + "长" * 70 + ".cn/",
        "https://example.cn/" + "a" * 2000,
        "https://example.cn/" + "长" * 700,
    ],
)
def test_anything_else_is_refused_with_the_way_out(given: str) -> None:
    with pytest.raises(UserError) as refused:
        take_link("news_link", given)

    assert refused.value.code == "link.form"
    assert "请从浏览器地址栏复制" in refused.value.text.zh


def test_a_long_link_is_shown_short() -> None:
    link = take_link("news_link", "https://example.cn/" + "a" * 500)

    assert (len(link.name), len(link.uri)) == (120, 519)
