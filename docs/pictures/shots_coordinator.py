"""What a coordinator sees: signing in, handing in, a new activity, changed plans, the calendar."""

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import Page
from shot import Shot, press
from stage import Stage

BUSY = "min.deng@example.cn"
"""A coordinator with an activity at every step."""
_DAY = "2023-09-26T01%3A00%3A00%2B00%3A00"


def _speak(stage: Stage, page: Page) -> None:
    """Choose the language of the pictures for her mails as well."""
    page.check(f"input[name=lang][value={stage.lang}]")
    page.locator("form[action='/me/language'] button").click()
    page.goto("/me")


def _photo(hue: int) -> dict[str, object]:
    """Draw a picture of an activity: hills, a sun, a tent."""
    image = Image.new("RGB", (640, 480), f"hsl({hue},45%,82%)")
    draw = ImageDraw.Draw(image)
    draw.ellipse((470, 40, 560, 130), fill="#f4c95d")
    draw.polygon([(0, 360), (220, 170), (430, 360)], fill=f"hsl({hue + 60},25%,45%)")
    draw.polygon([(250, 360), (470, 210), (640, 360)], fill=f"hsl({hue + 75},25%,38%)")
    draw.rectangle((0, 350, 640, 480), fill=f"hsl({hue + 80},30%,58%)")
    draw.polygon([(250, 430), (330, 320), (410, 430)], fill="#b3341f")
    kept = BytesIO()
    image.save(kept, "JPEG", quality=85)
    return {"name": f"photo-{hue}.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def _photos(stage: Stage, page: Page) -> None:
    page.locator("main input[type=file]").first.set_input_files([_photo(200), _photo(30)])
    page.get_by_text(stage.say("case.kept", n=2)).first.wait_for()
    page.reload()


def _new(stage: Stage, page: Page) -> None:
    zh = stage.lang == "zh"
    page.fill("[name=title]", "身边的药草：开放日" if zh else "Herbs about us: open day")
    page.fill("[name=starts_on]", "2023-09-27")
    page.fill("[name=place]", "泉州市农业示范园" if zh else "Quanzhou model farm")


def _more(stage: Stage, page: Page) -> None:
    page.locator("main summary", has_text=stage.say("case.more")).click()


def _postpone(stage: Stage, page: Page) -> None:
    page.fill("[name=starts_on]", "2023-09-28")
    page.fill("[name=ends_on]", "2023-09-28")
    page.fill("[name=reason]", "场馆检修，推迟两天" if stage.lang == "zh" else "The hall is being repaired.")


def _calendar(stage: Stage, page: Page) -> None:
    press(page, stage.say("account.make_feed"))


COORDINATOR = (
    Shot(name="sign-in", who="nobody", path="/sign-in", height=400),
    Shot(name="my-account", who="coordinator", path="/me", height=560, act=_speak),
    Shot(
        name="reminder-mail",
        who="admin",
        path=f"/reminders/mail/body?at={_DAY}&person=440",
        width=680,
        height=693,
    ),
    Shot(name="my-cases", who="coordinator", path="/my", height=620),
    Shot(name="my-cases-phone", who="coordinator", path="/my", width=390, height=700),
    Shot(name="case", who="coordinator", path="/cases/QZ-2023-0157", height=800),
    Shot(name="photos", who=BUSY, path="/cases/QZ-2023-0158", height=760, top=".columns"),
    Shot(name="materials", who=BUSY, path="/cases/QZ-2023-0158", height=640, top="#materials", act=_photos),
    Shot(name="form", who=BUSY, path="/cases/QZ-2023-0063/form", height=760),
    Shot(name="new-activity", who="coordinator", path="/cases/new", height=860, act=_new),
    Shot(name="other-actions", who=BUSY, path="/cases/QZ-2023-0063", height=900, act=_more),
    Shot(name="postpone", who=BUSY, path="/cases/QZ-2023-0383/postpone", height=490, act=_postpone),
    Shot(name="hand-over", who=BUSY, path="/cases/QZ-2023-0383/hand-over", height=540),
    Shot(name="calendar", who="coordinator", path="/me", height=700, act=_calendar),
)
