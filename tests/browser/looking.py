"""What is wrong with a page in the eyes of a browser: its width, its frame, axe-core's rules."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
_RUN = """
async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const asked = { runOnly: tags, resultTypes: ["violations"], iframes: false, preload: false };
  const { violations } = await axe.run(document, asked);
  return violations.map((one) => [one.impact, one.id, one.nodes.map((node) => node.html).slice(0, 3)]);
}
"""
_FRAME = """
() => ({
  wide: document.documentElement.scrollWidth - innerWidth,
  h1: document.querySelectorAll("h1").length,
  title: document.title.split(" · ")[0].trim(),
  lang: document.documentElement.lang.slice(0, 2),
})
"""
_GRAVE = ("serious", "critical")


class Listener:
    """Hears what a window complains of: errors of scripts, refusals of the policy, files that fail."""

    def __init__(self, page: Page) -> None:
        self._heard: list[str] = []
        page.on("pageerror", lambda error: self._heard.append(f"script: {error}"))
        page.on("console", lambda line: self._note(line.type, line.text))

    def take(self) -> list[str]:
        """Return what was heard since the last time."""
        heard, self._heard = self._heard, []
        return heard

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") or "Content Security" in text:
            self._heard.append(f"console: {text}")


def frame_flaws(page: Page, lang: str) -> list[str]:
    """Return what is wrong with the frame of a page at its present width."""
    frame = page.evaluate(_FRAME)
    found = [f"{frame['wide']} px too wide"] if frame["wide"] > 0 else []
    found += [f"{frame['h1']} main headings"] if frame["h1"] != 1 else []
    found += ["no title"] if not frame["title"] else []
    found += [f"lang is {frame['lang']}"] if frame["lang"] != lang else []
    return found


def axe_flaws(page: Page) -> list[str]:
    """Return the serious and critical findings of axe-core."""
    found: list[Any] = _axe(page)
    return [f"axe {impact}: {rule} {nodes}" for impact, rule, nodes in found if impact in _GRAVE]


def _axe(page: Page) -> list[Any]:
    page.evaluate(f"() => {{ if (!window.axe) {{ {AXE} }} }}")  # the policy lets no script element in
    found: list[Any] = page.evaluate(_RUN)
    return found


def flaws(page: Page) -> list[str]:
    """Return what is wrong with the Chinese page before us, as wide as its window is."""
    return frame_flaws(page, "zh") + axe_flaws(page)
