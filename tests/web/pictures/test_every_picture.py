"""What holds of every picture, in both languages and both layouts."""

import re
from itertools import combinations
from pathlib import Path as File
from xml.etree import ElementTree

import pytest

from tests.web.pictures.reading import SVG, drawings, labels
from tests.web.pictures.samples import NASTY, PICTURES

every_picture = pytest.mark.parametrize("name", PICTURES)
each_language = pytest.mark.parametrize("lang", ["zh", "en"])
STYLES = File(__file__).parents[3] / "web" / "static" / "pictures.css"
PHONE = 360 - 2 * 16


@each_language
@every_picture
def test_a_picture_has_a_title_a_description_and_a_role(name: str, lang: str) -> None:
    for drawing in drawings(PICTURES[name](lang)):
        title, desc = drawing[0], drawing[1]

        assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
        assert title.text and desc.text
        assert drawing.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert drawing.get("role") == ("group" if drawing.find(f".//{SVG}a") is not None else "img")
        assert drawing.get("lang") == ("en" if lang == "en" else "zh-CN")


def test_all_pictures_together_use_no_id_twice() -> None:
    ids = re.findall(r' id="([^"]+)"', "".join(make("zh") for make in PICTURES.values()))

    assert len(ids) == len(set(ids))


@each_language
@every_picture
def test_no_label_lies_on_another_and_none_is_cut_off(name: str, lang: str) -> None:
    for drawing in drawings(PICTURES[name](lang)):
        size = [float(edge) for edge in drawing.get("viewBox", f"0 0 {PHONE} 44").split()]
        found = labels(drawing, width=size[2])

        assert [(a.said, b.said) for a, b in combinations(found, 2) if a.meets(b)] == []
        assert [each.said for each in found if each.left < -1 or each.right > size[2] + 1] == []
        assert [each.said for each in found if each.top < 0 or each.bottom > size[3]] == []


@each_language
@every_picture
def test_letters_are_large_enough_on_a_narrow_phone(name: str, lang: str) -> None:
    smallest = drawings(PICTURES[name](lang))[-1]
    width = float(smallest.get("viewBox", f"0 0 {PHONE} 44").split()[2])
    sizes = {float(each.attrib["font-size"]) for each in smallest.iter(f"{SVG}text")}

    assert all(size * PHONE / width >= 11 for size in sizes)


@every_picture
def test_nothing_in_a_picture_needs_inline_style_or_script(name: str) -> None:
    for element in ElementTree.fromstring(PICTURES[name]("zh")).iter():
        assert element.tag.removeprefix(SVG) not in ("style", "script", "image", "foreignObject")
        assert not [key for key in element.attrib if key == "style" or key.startswith("on")]


@every_picture
def test_hostile_words_stay_words(name: str) -> None:
    picture = NASTY[name]
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(picture).iter()}

    assert not tags & {"script", "b"}
    assert "&lt;script&gt;" in picture
    assert "\x00" not in picture


@every_picture
def test_a_picture_is_the_same_each_time(name: str) -> None:
    assert PICTURES[name]("zh") == PICTURES[name]("zh")


def test_colours_of_pictures_are_the_tokens_of_the_pages() -> None:
    rules = STYLES.read_text(encoding="utf-8").split("@media print")[0].splitlines()
    coloured = [rule.split(" {")[0] for rule in rules if re.search(r":\s*#[0-9a-f]{3}", rule)]

    assert coloured == [".qr-ground", ".qr-dark"]


@every_picture
def test_every_filled_or_drawn_class_is_known_to_the_styles(name: str) -> None:
    styles = STYLES.read_text(encoding="utf-8")
    known = set(re.findall(r"\.([a-z][\w-]*)", styles))

    for drawing in drawings(PICTURES[name]("zh")):
        for element in drawing.iter():
            assert not element.get("class") or known & set(element.attrib["class"].split())
