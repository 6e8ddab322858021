"""Going through a page by keyboard alone."""

from typing import NamedTuple

from playwright.sync_api import Page

_MANY = 150
_FOCUS = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const own = one.getAttribute("aria-label") || one.innerText || one.textContent;
  const label = one.labels?.[0]?.innerText || own;
  return [
    one.tagName.toLowerCase(),
    (label || "").trim().split("\\n")[0],
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  ];
}
"""


class Stop(NamedTuple):
    """Where the focus is: on what, whether a ring shows it, whether it is on the screen."""

    tag: str
    name: str
    ringed: bool
    on_screen: bool


def stop(page: Page) -> Stop | None:
    """Return where the focus is, None where nothing has it."""
    found = page.evaluate(_FOCUS)
    return None if found is None else Stop(*found)


def tab_to(page: Page, name: str) -> Stop:
    """Press Tab until something whose name begins so has the focus."""
    for _ in range(_MANY):
        page.keyboard.press("Tab")
        at = stop(page)
        if at is not None and at.name.startswith(name):
            return at
    raise AssertionError(f"no way by keyboard to {name}")


def stops(page: Page) -> list[Stop]:
    """Press Tab through a whole page and return every stop, the parts of a date as one.

    The button for its calendar, the last part of a date, has a ring of the browser's own.
    """
    found: list[Stop] = []
    for _ in range(_MANY):
        page.keyboard.press("Tab")
        at = stop(page)
        if at is None or found[:1] == [at]:
            break
        if not (found and at[:2] == found[-1][:2] and found[-1].ringed):
            found.append(at)
    return found
