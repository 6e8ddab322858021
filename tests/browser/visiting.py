"""What visitors do on every page: come in, read what is said, know that nothing hinders them."""

import struct
import zlib

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.site import Site


def come_in(page: Page, site: Site, address: str) -> None:
    """Sign in by the link of a mail: open it, press its button."""
    page.goto(site.link(address))
    page.locator("main").get_by_role("button", name="登录").click()
    expect(page.locator("form[action='/sign-out']").first).to_be_attached()


def heading(page: Page) -> str:
    """Return the answer that a page begins with."""
    return page.locator("h1").inner_text()


def photo(name: str = "现场.png", *, size: int = 8) -> FilePayload:
    """Return a small picture to upload."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x1f\x5f\x8b" * size for _ in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    content = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
    return {"name": name, "mimeType": "image/png", "buffer": content}
